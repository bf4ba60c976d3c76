//! Everything that is simulated, behind one lock, and what a request does to it.

use std::error::Error;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fmt, io, mem};

use serde_json::{Map, Value, json};
use tokio::sync::watch;

use super::clock::{Clock, Pace};
use super::cloud::{self, Cloud, Fates, LivingPod, LivingVolume, Quirks, Scene};
use super::faults::{Action, Faults, merge_data};
use super::http::{Body, Request, Response};
use super::limit::Limit;
use super::record::{Record, RecordedRequest};
use super::store::Store;

/// How long a test waits for what it expects before that counts as a failure.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct World {
    state: Mutex<State>,
    recorded: Condvar,
}

pub(super) struct State {
    pub clock: Clock,
    pub record: Record,
    pub faults: Faults,
    pub fates: Fates,
    pub volume_fates: Fates,
    pub quirks: Quirks,
    pub limit: Limit,
    pub clouds: Vec<Box<dyn Cloud>>,
    store: Store,
}

/// The connection is to be closed without an answer.
#[derive(Debug)]
pub(super) struct CutOff;

impl fmt::Display for CutOff {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the connection is cut as ordered")
    }
}

impl Error for CutOff {}

struct Arrival {
    number: u64,
    refusal: Option<Response>,
    action: Option<Action>,
    release: watch::Receiver<u64>,
}

impl World {
    pub fn new(pace: Pace, file: Option<PathBuf>) -> io::Result<World> {
        let mut state = State {
            clock: Clock::new(pace),
            record: Record::default(),
            faults: Faults::default(),
            fates: Fates::default(),
            volume_fates: Fates::default(),
            quirks: Quirks::default(),
            limit: Limit::default(),
            clouds: cloud::all(),
            store: Store::new(file),
        };
        state.restore()?;
        Ok(World {
            state: Mutex::new(state),
            recorded: Condvar::new(),
        })
    }

    /// The state stays usable after a test panicked with it in its hands.
    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request to a cloud, or lets its connection be cut.
    pub async fn answer(&self, request: &Request) -> Result<Response, CutOff> {
        let arrival = self.arrive(request);
        let response = match arrival.refusal {
            Some(refusal) => refusal,
            None => self.act(request, arrival.action, arrival.release).await?,
        };
        self.lock().record.answered(arrival.number, response.status);
        self.recorded.notify_all();
        Ok(response)
    }

    /// Blocks until the record is as `seen` demands; `false` if that takes too long.
    pub fn wait_for(&self, seen: impl Fn(&[RecordedRequest]) -> bool) -> bool {
        let state = self.lock();
        let missing = |state: &mut State| !seen(state.record.requests());
        let (_state, timeout) = self
            .recorded
            .wait_timeout_while(state, PATIENCE, missing)
            .unwrap_or_else(PoisonError::into_inner);
        !timeout.timed_out()
    }

    fn arrive(&self, request: &Request) -> Arrival {
        let mut state = self.lock();
        let now = state.clock.now();
        let number = state.record.arrived(request, now);
        self.recorded.notify_all();
        let refusal = state.refusal(request);
        Arrival {
            number,
            // What is refused meets no fault: the order waits for a request that the cloud looks at.
            action: match refusal {
                Some(_) => None,
                None => state.faults.take(request),
            },
            refusal,
            release: state.faults.release(),
        }
    }

    async fn act(
        &self,
        request: &Request,
        action: Option<Action>,
        mut release: watch::Receiver<u64>,
    ) -> Result<Response, CutOff> {
        let carry_out = || self.lock().carry_out(request);
        match action {
            None => Ok(carry_out()),
            Some(Action::Respond(respond)) => {
                respond.carried_out.then(carry_out);
                Ok(respond.answer())
            }
            Some(Action::Cut(cut)) => {
                cut.carried_out.then(carry_out);
                Err(CutOff)
            }
            Some(Action::ReplaceBody(body)) => Ok(Response {
                body: Body::from_order(body),
                ..carry_out()
            }),
            Some(Action::MergeData(changes)) => Ok(merged(carry_out(), &changes)),
            Some(Action::AnswerOf(path)) => Ok(self.lock().carry_out(&Request {
                path,
                ..request.clone()
            })),
            Some(Action::DelayMs(delay)) => {
                let response = carry_out();
                tokio::time::sleep(Duration::from_millis(delay)).await;
                Ok(response)
            }
            Some(Action::Hang(hang)) => {
                let early = hang.carried_out().then(carry_out);
                // An error means that the simulator ends, which releases the request too.
                let _ = release.changed().await;
                Ok(early.unwrap_or_else(carry_out))
            }
        }
    }
}

fn merged(mut response: Response, changes: &Map<String, Value>) -> Response {
    if let Body::Json(body) = &mut response.body {
        merge_data(body, changes);
    }
    response
}

impl State {
    /// If the cloud has taken as many requests as its limit allows.
    fn refusal(&mut self, request: &Request) -> Option<Response> {
        let cloud = self.clouds.iter().find(|cloud| cloud.serves(&request.path))?.name();
        self.limit.refusal(cloud, self.clock.passed_for_clients())
    }

    fn carry_out(&mut self, request: &Request) -> Response {
        let Some(index) = self.clouds.iter().position(|cloud| cloud.serves(&request.path)) else {
            return Response::json(404, json!({"error": format!("no cloud serves {}", request.path)}));
        };
        self.let_time_pass();
        let mut scene = Scene {
            now: self.clock.now(),
            quirks: &self.quirks,
            fates: &mut self.fates,
            volume_fates: &mut self.volume_fates,
        };
        let response = self.clouds[index].answer(request, &mut scene);
        self.keep();
        response
    }

    fn let_time_pass(&mut self) {
        if self.clock.pace == Pace::Instant {
            let now = self.clock.now();
            self.clouds.iter_mut().for_each(|cloud| cloud.step(now));
        } else {
            self.pass();
        }
    }

    /// Brings the clouds to the present. An instant clock has none: there, only requests move things.
    pub fn catch_up(&mut self) {
        if self.clock.pace != Pace::Instant {
            self.pass();
        }
    }

    fn pass(&mut self) {
        let (now, speed) = (self.clock.now(), self.clock.speed());
        self.clouds.iter_mut().for_each(|cloud| cloud.pass(now, speed));
    }

    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
        self.pass();
        self.keep();
    }

    pub fn living_pods(&mut self) -> Vec<LivingPod> {
        self.catch_up();
        self.clouds.iter().flat_map(|cloud| cloud.living_pods()).collect()
    }

    pub fn living_volumes(&mut self) -> Vec<LivingVolume> {
        self.catch_up();
        self.clouds.iter().flat_map(|cloud| cloud.living_volumes()).collect()
    }

    /// Forgets everything in the clouds; orders and the record stay.
    pub fn reset(&mut self) {
        self.clouds.iter_mut().for_each(|cloud| cloud.reset());
        self.keep();
    }

    /// A full disk must not change what the cloud answers, so it is told on the side.
    pub fn keep(&mut self) {
        if !self.store.has_file() {
            return;
        }
        let mut clouds = Map::new();
        for cloud in &self.clouds {
            clouds.insert(cloud.name().to_owned(), cloud.save());
        }
        if let Err(error) = self.store.save(&Value::Object(clouds), self.clock.now()) {
            eprintln!("the simulator could not save its state: {error}");
        }
    }

    fn restore(&mut self) -> io::Result<()> {
        let Some(mut saved) = self.store.load()? else {
            return Ok(());
        };
        self.clock.reach(saved["time"].as_u64().unwrap_or_default());
        for cloud in &mut self.clouds {
            let part = saved.pointer_mut(&format!("/clouds/{}", cloud.name())).map(mem::take);
            if let Some(part) = part {
                cloud.load(part).map_err(|reason| self.store.unreadable(&reason))?;
            }
        }
        Ok(())
    }
}
