//! The clouds as a caller sees them, on one loopback port, written from their documents. Shares no type with
//! `clouds`, or both would agree on the same mistake. In reading order: the command, the server, the world behind
//! it, what can be ordered, and the clouds one by one.

mod command;

mod server;

mod origin;

mod world;

mod control;

mod faults;

mod record;

mod secrets;

mod clock;

mod passing;

mod store;

mod http;

mod limit;

mod limits;

mod price;

mod cloud;

mod yotta;

mod prime_intellect;

mod cpod;

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::{self, Runtime};
use tokio::sync::oneshot;

pub use clock::Pace;
pub use cloud::{LivingPod, LivingVolume};
pub use command::run;
pub use record::RecordedRequest;
use world::World;

/// The only key that the simulated Yotta accepts.
pub const API_KEY: &str = "gpupod-simulator";

/// The only key that the simulated cPod accepts, in the form that its pages show.
pub const CPOD_API_KEY: &str = "cpod_gpupodsimulator00000";

/// The only key that the simulated Prime Intellect accepts.
pub const PRIME_INTELLECT_API_KEY: &str = "simulated-prime-intellect";

/// Where and how a simulator runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Keeps the clouds from one run to the next.
    pub file: Option<PathBuf>,
    pub pace: Pace,
    /// How many requests a second each cloud takes.
    pub limit: Option<NonZeroUsize>,
    /// How much longer each answer of a cloud takes than it has to.
    pub latency: Duration,
    /// Refuses what no document of a cloud has, although its vendor's own clients send it.
    pub strict: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            file: None,
            pace: Pace::Instant,
            limit: None,
            latency: Duration::ZERO,
            strict: false,
        }
    }
}

/// The simulated clouds, served on a thread of their own until this is dropped.
pub struct Simulator {
    address: SocketAddr,
    world: Arc<World>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Simulator {
    pub fn start(options: Options) -> io::Result<Simulator> {
        let world = Arc::new(World::new(options.pace, options.file)?);
        world.lock().quirks.strict = options.strict;
        if let Some(limit) = options.limit {
            let ordered = world.lock().limit.order(json!({ "per_second": limit }));
            ordered.map_err(io::Error::other)?;
        }
        let listener = TcpListener::bind(options.listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&world);
        let thread = thread::Builder::new()
            .name("simulator".to_owned())
            .spawn(move || serve_until(&runtime, listener, served, options.latency, stopped))?;
        Ok(Simulator {
            address,
            world,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What a process needs in its environment to use all the simulated clouds.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        self.environment_where(|_| true)
    }

    /// What a process needs in its environment to use this cloud and no other.
    pub fn environment_of(&self, cloud: &str) -> Vec<(&'static str, String)> {
        self.environment_where(|name| name == cloud)
    }

    /// The names of the simulated clouds.
    pub fn clouds(&self) -> Vec<&'static str> {
        self.world.lock().clouds.iter().map(|cloud| cloud.name()).collect()
    }

    fn environment_where(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<(&'static str, String)> {
        let url = self.url();
        let world = self.world.lock();
        let clouds = world.clouds.iter().filter(|cloud| is_wanted(cloud.name()));
        clouds.flat_map(|cloud| cloud.environment(&url)).collect()
    }

    /// The requests since the start or the last [`clear_requests`](Simulator::clear_requests).
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.world.lock().record.requests().to_vec()
    }

    pub fn clear_requests(&self) {
        self.world.lock().record.clear();
    }

    /// Blocks until the record is as `seen` demands; `false` after a minute, which is a test's failure.
    pub fn wait_for(&self, seen: impl Fn(&[RecordedRequest]) -> bool) -> bool {
        self.world.wait_for(seen)
    }

    /// Orders a fault, like `POST /_simulator/faults`.
    pub fn order(&self, fault: Value) -> Result<(), String> {
        self.world.lock().faults.order(fault)
    }

    /// Drops all ordered faults and lets held requests go, like `DELETE /_simulator/faults`.
    pub fn clear_faults(&self) {
        self.world.lock().faults.clear();
    }

    /// Lets the requests go that are held now; other faults, and requests that come later, still hold.
    pub fn let_go(&self) {
        self.world.lock().faults.let_go();
    }

    /// Changes a pod behind its owner's back, like `POST /_simulator/pods/{id}`.
    pub fn event(&self, pod_id: &str, event: Value) -> Result<(), String> {
        control::change_pod(&mut self.world.lock(), pod_id, event)
    }

    /// Says how the next pods fare, like `POST /_simulator/next-pods`.
    pub fn next_pods(&self, fate: Value) -> Result<(), String> {
        self.world.lock().fates.order(fate)
    }

    /// Changes a volume behind its owner's back, like `POST /_simulator/volumes/{id}`.
    pub fn volume_event(&self, volume_id: &str, event: Value) -> Result<(), String> {
        control::change_volume(&mut self.world.lock(), volume_id, event)
    }

    /// Says how the next volumes fare, like `POST /_simulator/next-volumes`.
    pub fn next_volumes(&self, fate: Value) -> Result<(), String> {
        self.world.lock().volume_fates.order(fate)
    }

    /// Turns freedoms of the clouds on and off, like `POST /_simulator/quirks`.
    pub fn quirks(&self, quirks: Value) -> Result<(), String> {
        self.world.lock().quirks.merge(quirks)
    }

    /// Lets each cloud take so many requests a second, like `POST /_simulator/limit`. The second is one of the wall
    /// clock, or of the stepped one.
    pub fn limit(&self, limit: Value) -> Result<(), String> {
        self.world.lock().limit.order(limit)
    }

    /// Moves the simulated clock, like `POST /_simulator/clock`.
    pub fn advance(&self, by: Duration) {
        self.world.lock().advance(by);
    }

    /// What exists at each cloud, like `GET /_simulator/state`.
    pub fn state(&self) -> Value {
        control::shown_state(&mut self.world.lock())
    }

    /// Every pod that is not terminated: what costs money.
    pub fn living_pods(&self) -> Vec<LivingPod> {
        self.world.lock().living_pods()
    }

    /// Every volume that is not deleted: what costs money too.
    pub fn living_volumes(&self) -> Vec<LivingVolume> {
        self.world.lock().living_volumes()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic in there has been printed already, and a panic here could hide a test's own.
            let _ = thread.join();
        }
    }
}

/// Ends when the sender of `stopped` is gone; the runtime takes its connections with it, also those that hang.
fn serve_until(
    runtime: &Runtime,
    listener: TcpListener,
    world: Arc<World>,
    latency: Duration,
    stopped: oneshot::Receiver<()>,
) {
    runtime.block_on(async move {
        let listener = match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => listener,
            Err(error) => return eprintln!("the simulator could not listen: {error}"),
        };
        tokio::select! {
            () = server::serve(listener, world, latency) => {}
            _ = stopped => {}
        }
    });
}
