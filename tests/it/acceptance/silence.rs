//! A cloud that takes connections and never answers: many things wait as long as one.

use std::{
    io::Read,
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use super::{credential::credential, pod::Pod, volume, workspace::Workspace};

const MANY: usize = 8;
/// Less than there is, so that some are asked for after others.
const AT_ONCE: usize = 4;
const ATTEMPTS: usize = 2;

/// Keeps the first bytes of each request, and the connections open.
struct Silence {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Silence {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let heard = Arc::clone(&heard);
                thread::spawn(move || listen(stream, &heard));
            }
        });
        Self { url, requests }
    }

    /// Method and path of each request since the last time.
    fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

fn listen(mut stream: TcpStream, heard: &Mutex<Vec<String>>) {
    let mut bytes = [0; 4096];
    while let Ok(1..) = stream.read(&mut bytes) {
        let text = String::from_utf8_lossy(&bytes);
        let words: Vec<&str> = text.split_whitespace().take(2).collect();
        heard.lock().unwrap().push(words.join(" "));
    }
}

#[test]
fn many_things_wait_as_long_as_one() {
    let count = |block: Pod| {
        block
            .with("count", MANY)
            .with("name", r#""one-${count.index}""#)
            .to_string()
    };
    let things = [count(Pod::minimal()), count(volume::ceph()), count(credential())].concat();
    let mut workspace = Workspace::applied(things);
    let state = workspace.state();
    let (silence, address) = (Silence::start(), workspace.cloud.environment_of("yotta"));
    workspace.tool.set("YOTTA_BASE_URL", &silence.url);
    workspace.provider(&format!("request_timeout = \"1s\"\nmax_retries = {}", ATTEMPTS - 1));

    let parallelism = format!("-parallelism={AT_ONCE}");
    let refresh = workspace.run(&["plan", &parallelism]).fails();
    assert_eq!(
        refresh.told().matches("cannot be read").count(),
        3 * MANY,
        "{}",
        refresh.told()
    );
    refresh.says(&["no whole answer came in time"]);
    let requests = silence.take_requests();
    // What is asked for when the first ones have failed is not asked again.
    assert!(requests.len() <= ATTEMPTS * AT_ONCE, "{requests:#?}");
    assert_eq!(workspace.state(), state);

    workspace.write(format!(
        "data \"gpupod_pod\" \"this\" {{\n  count = {MANY}\n  id = \"p-${{count.index}}\"\n}}\n\
         data \"gpupod_pods\" \"this\" {{\n  count = {MANY}\n}}\n\
         data \"gpupod_gpu_specs\" \"this\" {{\n  count = {MANY}\n}}\n"
    ));
    workspace.run(&["plan", "-refresh=false", &parallelism]).fails();
    let requests = silence.take_requests();
    // If the first ones ask for the same list, one attempt of the next ones shows that it is not only the list.
    assert!(requests.len() <= (ATTEMPTS + 1) * AT_ONCE, "{requests:#?}");

    for (name, value) in address {
        workspace.tool.set(name, value);
    }
    workspace.restore_provider_block();
    workspace.write("");
    workspace.apply();
    workspace.finish();
}
