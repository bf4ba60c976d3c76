//! The load: how long Terraform takes for many pods on a cloud that takes few requests a second, against what that
//! limit allows at best for the orders, and for one read of each pod that is deleted.
//!
//! `cargo run --release --example load -- --pods 1000 --per-second 5`; with `--help` it tells the rest. The pods of the
//! simulated cloud run as soon as they are asked about, so that nothing but the limit takes time. Nothing in the
//! provider block is set: its own defaults have to do.

mod shared;
mod smallest_pods;

use std::{
    env,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
    str::FromStr,
    time::{Duration, Instant},
};

use gpupod::simulator::{Options, RecordedRequest, Simulator};
use serde_json::json;
use shared::{Folder, Result};
use smallest_pods::SmallestPod;

const HELP: &str = "\
Usage: cargo run --release --example load -- [OPTION VALUE]...

  --pods N          how many (default 1000)
  --per-second N    how many requests the cloud takes (default 5)
  --retry-after N   the seconds in the Retry-After of its refusals (default: it sends none)
  --parallelism N   of Terraform (default 50)
  --cloud NAME      as configurations write it (default yotta)
  --provider PATH   a provider that is built already (default: it is built)
  --requests PATH   write what the cloud was asked to this file
";
/// Within so many times of what the limit allows it has to be done.
const MOST: f64 = 1.5;
/// Terraform takes its time for blocks of more: it grows with their square.
const BLOCK: usize = 100;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

struct Asked {
    pods: usize,
    per_second: usize,
    retry_after: Option<u64>,
    parallelism: usize,
    pod: &'static SmallestPod,
    provider: Option<PathBuf>,
    requests: Option<PathBuf>,
}

/// Whether each phase was within its limit.
fn run() -> Result<bool> {
    let asked = read_arguments(env::args().skip(1))?;
    let terraform = shared::find_terraform()?;
    let provider = asked.provider.clone().map_or_else(shared::build_provider, Ok)?;
    let simulator = Simulator::start(Options {
        strict: true,
        ..Options::default()
    })?;
    let folder = tempfile::tempdir()?;
    let mut folder = Folder::new(&terraform, &provider, folder.path()).map(|made| (made, folder))?;
    let cloud = asked.pod.cloud;
    folder.0.set(simulator.environment_of(cloud));
    folder.0.write(&configuration(asked.pod, asked.pods))?;
    simulator.limit(json!({"per_second": asked.per_second, "retry_after": asked.retry_after}))?;
    println!(
        "{} pods on {cloud}, which takes {} requests a second; -parallelism={}\n",
        asked.pods, asked.per_second, asked.parallelism
    );
    println!("          time  at best  times  requests  orders  reads   429");
    let mut bench = Bench {
        asked: &asked,
        folder: &folder.0,
        simulator: &simulator,
        record: String::new(),
    };
    let made = bench.phase("apply", simulator_has(asked.pods))?;
    let gone = bench.phase("destroy", simulator_has(0))?;
    if let Some(path) = &asked.requests {
        std::fs::write(path, bench.record)?;
    }
    Ok(made && gone)
}

fn simulator_has(pods: usize) -> impl Fn(&Simulator) -> bool {
    move |simulator| simulator.living_pods().len() == pods
}

struct Bench<'a> {
    asked: &'a Asked,
    folder: &'a Folder,
    simulator: &'a Simulator,
    record: String,
}

impl Bench<'_> {
    fn phase(&mut self, command: &str, is_done: impl Fn(&Simulator) -> bool) -> Result<bool> {
        self.simulator.clear_requests();
        let parallelism = format!("-parallelism={}", self.asked.parallelism);
        let mut terraform = self.folder.command(&[command, "-auto-approve", &parallelism]);
        let began = Instant::now();
        let output = terraform.stdin(Stdio::null()).output()?;
        let time = began.elapsed();
        let requests = self.simulator.requests();
        for request in &requests {
            let RecordedRequest { method, path, time, .. } = request;
            let status = request.status.unwrap_or_default();
            writeln!(self.record, "{command} {time} {status} {method} {path}")?;
        }
        let is_within = self.report(command, time, &requests);
        if !output.status.success() || !is_done(self.simulator) {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(format!("`terraform {command}` did not do it:\n{errors}").into());
        }
        Ok(is_within)
    }

    fn report(&self, command: &str, time: Duration, requests: &[RecordedRequest]) -> bool {
        let count = |is_meant: &dyn Fn(&RecordedRequest) -> bool| requests.iter().filter(|one| is_meant(one)).count();
        let refused = count(&|one| one.status == Some(429));
        let orders = count(&|one| one.status != Some(429) && is_order(one));
        let reads = requests.len() - refused - orders;
        // A pod is dropped from the state only when it was asked for and was not there.
        let deletions = count(&|one| one.status != Some(429) && one.method == "DELETE");
        let best = Duration::from_secs_f64((orders + deletions) as f64 / self.asked.per_second as f64);
        let times = time.as_secs_f64() / best.as_secs_f64();
        println!(
            "{command:8} {:4.0} s  {:5.0} s  {times:5.2}  {:8}  {orders:6}  {reads:5}  {refused:4}",
            time.as_secs_f64(),
            best.as_secs_f64(),
            requests.len()
        );
        times <= MOST
    }
}

/// What has to be asked at least: of a search for an offer the answer could be known, of an order not.
fn is_order(request: &RecordedRequest) -> bool {
    request.method != "GET" && request.path.contains("/pods")
}

fn configuration(pod: &SmallestPod, pods: usize) -> String {
    let settings = pod.settings;
    let attributes = pod.attributes.iter();
    let attributes: Vec<String> = attributes.map(|(name, value)| format!("{name} = {value}")).collect();
    let attributes = attributes.join("\n  ");
    let mut text = format!(
        "terraform {{\n  required_providers {{\n    gpupod = {{ source = \"gpupod/gpupod\" }}\n  }}\n}}\n\n\
         provider \"gpupod\" {{\n  {settings}\n}}\n"
    );
    for (block, start) in (0..pods).step_by(BLOCK).enumerate() {
        let count = BLOCK.min(pods - start);
        text += &format!(
            "\nresource \"gpupod_pod\" \"block_{block}\" {{\n  count = {count}\n  \
             name = \"load-{block}-${{count.index}}\"\n  {attributes}\n}}\n"
        );
    }
    text
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Asked> {
    let mut asked = Asked {
        pods: 1000,
        per_second: 5,
        retry_after: None,
        parallelism: 50,
        pod: smallest_pods::ALL[0],
        provider: None,
        requests: None,
    };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(HELP)?;
        match name.as_str() {
            "--pods" => asked.pods = number(&value)?,
            "--per-second" => asked.per_second = number(&value)?,
            "--retry-after" => asked.retry_after = Some(number(&value)?),
            "--parallelism" => asked.parallelism = number(&value)?,
            "--cloud" => {
                let found = smallest_pods::ALL.into_iter().find(|pod| pod.cloud == value);
                asked.pod = found.ok_or_else(|| format!("there is no cloud {value}\n\n{HELP}"))?;
            }
            "--provider" => asked.provider = Some(Path::new(&value).canonicalize()?),
            "--requests" => asked.requests = Some(value.into()),
            _ => return Err(HELP.into()),
        }
    }
    Ok(asked)
}

fn number<N: FromStr>(text: &str) -> Result<N> {
    text.parse()
        .map_err(|_| format!("{text} is no number\n\n{HELP}").into())
}
