//! The subcommand `simulator`: reads its arguments, prints how to use it, serves until it is interrupted.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Duration;

use super::{Options, Pace, Simulator};

const HELP: &str = "\
Serves the clouds' APIs on a loopback port, for trying the provider without an account.

Usage: terraform-provider-gpupod simulator [--listen ADDRESS] [--file PATH] [--pace PACE] [--limit N]
                                         [--latency MS] [--strict]

  --listen ADDRESS  a loopback address and port; port 0 takes a free one (default 127.0.0.1:7800)
  --file PATH       keep the clouds in this file from one run to the next (default: in memory). It is for you alone:
                    a wider mode is narrowed to 0600, and a link or a file of somebody else is refused
  --pace PACE       instant: a pod or volume passes one state per request
                    fast: things take a twentieth of their time (default)
                    real: a pod takes 90 seconds until it runs
  --limit N         answer 429 to more than N requests a second to one cloud (default: no limit)
  --latency MS      take so many milliseconds longer for each answer (default 0)
  --strict          refuse what no document of a cloud has, such as a field that is not known, a port whose protocol is
                    SSH or http, an empty variable, or a ceiling of 0 (default: take what the clouds' own clients send)
  --help            this text

Only programs on this machine are answered: a request with a foreign Host or Origin header, as a web page sends it, is
refused. GET /_simulator/requests tells what was asked, with *** for whatever may be secret.

While it runs, POST /_simulator/limit {\"per_second\": N, \"retry_after\": SECONDS} sets a limit, with a Retry-After if
that is given, and DELETE /_simulator/limit ends it.
";
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 7800);

enum Command {
    Help,
    Serve(Options),
}

/// Runs the subcommand with the arguments behind its name.
#[expect(clippy::disallowed_methods, reason = "help, which a person asked for")]
pub fn run(arguments: impl Iterator<Item = String>) -> ExitCode {
    let done = match parse(arguments) {
        Ok(Command::Help) => io::stdout()
            .write_all(HELP.as_bytes())
            .map_err(|error| error.to_string()),
        Ok(Command::Serve(options)) => serve(options),
        Err(mistake) => Err(format!("{mistake}\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut options = Options {
        listen: DEFAULT_LISTEN,
        file: None,
        pace: Pace::Fast,
        limit: None,
        latency: Duration::ZERO,
        strict: false,
    };
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        if let ("--strict", Some(value)) = (name.as_str(), &value) {
            return Err(format!("--strict={value} is not an option: --strict takes no value"));
        }
        let mut value_of = || {
            value
                .clone()
                .or_else(|| arguments.next())
                .ok_or(format!("{name} needs a value"))
        };
        match name.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--listen" => options.listen = loopback(&value_of()?)?,
            "--file" => options.file = Some(value_of()?.into()),
            "--limit" => options.limit = Some(limit(&value_of()?)?),
            "--latency" => options.latency = latency(&value_of()?)?,
            "--pace" => options.pace = pace(&value_of()?)?,
            "--strict" => options.strict = true,
            _ => return Err(format!("{name} is not an option")),
        }
    }
    Ok(Command::Serve(options))
}

/// The simulator's key is public and its control endpoints ask for none, so other machines must not reach it.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let wanted = "use a loopback address with a port, such as 127.0.0.1:7800 or [::1]:7800";
    let address: SocketAddr = text
        .parse()
        .map_err(|_| format!("--listen {text} is not an address: {wanted}"))?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err(format!("--listen {text} can be reached from other machines: {wanted}"))
    }
}

fn limit(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .map_err(|_| format!("--limit {text} is not a number of requests a second: use 1 or more"))
}

fn latency(text: &str) -> Result<Duration, String> {
    let milliseconds = text.parse().map(Duration::from_millis);
    milliseconds.map_err(|_| format!("--latency {text} is not a number of milliseconds: use 0 or more"))
}

fn pace(text: &str) -> Result<Pace, String> {
    match text {
        "instant" => Ok(Pace::Instant),
        "fast" => Ok(Pace::Fast),
        "real" => Ok(Pace::Real),
        _ => Err(format!("--pace {text} is unknown: use instant, fast or real")),
    }
}

#[expect(clippy::disallowed_methods, reason = "the addresses, which a person waits for")]
fn serve(options: Options) -> Result<(), String> {
    let listen = options.listen;
    let simulator = Simulator::start(options).map_err(|error| format!("the simulator at {listen}: {error}"))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| e.to_string())?;
    runtime.block_on(async {
        let interrupted = interruption().map_err(|error| error.to_string())?;
        io::stdout()
            .write_all(greeting(&simulator).as_bytes())
            .map_err(|error| error.to_string())?;
        interrupted.await;
        Ok(())
    })
}

fn greeting(simulator: &Simulator) -> String {
    let exports: String = simulator
        .environment()
        .iter()
        .map(|(name, value)| format!("export {name}={value}\n"))
        .collect();
    format!(
        "# The simulated clouds listen at {}; Ctrl-C ends them.\n{exports}{}",
        simulator.url(),
        choice(&simulator.clouds())
    )
}

/// What the provider asks for as soon as it has the keys of several clouds.
fn choice(clouds: &[&str]) -> String {
    match clouds {
        [first, others @ ..] if !others.is_empty() => format!(
            "# These are the keys of several clouds, so say which one is meant: with `cloud` in the configuration, or with\n\
             export GPUPOD_CLOUD={first}  # or {}\n",
            others.join(", ")
        ),
        _ => String::new(),
    }
}

/// Ready at SIGINT or SIGTERM. The handlers stand when this returns, before the greeting invites anybody to send one.
#[cfg(unix)]
fn interruption() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn interruption() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a handler for Ctrl-C the process ends by itself.
        let _ = tokio::signal::ctrl_c().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_clouds_leave_a_choice() {
        let several = choice(&["one", "two", "three"]);
        assert!(
            several.ends_with("\nexport GPUPOD_CLOUD=one  # or two, three\n"),
            "{several}"
        );
        assert_eq!(choice(&["one"]), "");
    }

    #[test]
    fn arguments() {
        let check = |arguments: &str, expected: &str| {
            let shown = match parse(arguments.split_whitespace().map(str::to_owned)) {
                Ok(Command::Help) => "help".to_owned(),
                Ok(Command::Serve(o)) => {
                    let limit = o.limit.map_or("-".to_owned(), |limit| limit.to_string());
                    let file = o.file.unwrap_or_default();
                    let strict = if o.strict { " strict" } else { "" };
                    format!("{} {:?} {limit} {file:?} {:?}{strict}", o.listen, o.pace, o.latency)
                }
                Err(mistake) => mistake,
            };
            assert!(shown.starts_with(expected), "{arguments}: {shown}");
        };
        check("", "127.0.0.1:7800 Fast - \"\"");
        check(
            "--listen [::1]:0 --pace=real --file a.json",
            "[::1]:0 Real - \"a.json\"",
        );
        check("--pace instant", "127.0.0.1:7800 Instant - \"\"");
        check("--limit 5", "127.0.0.1:7800 Fast 5 \"\"");
        check("--latency 50 --pace real", "127.0.0.1:7800 Real - \"\" 50ms");
        check("--strict", "127.0.0.1:7800 Fast - \"\" 0ns strict");
        check("--strict --pace real", "127.0.0.1:7800 Real - \"\" 0ns strict");
        check("--strict=no", "--strict=no is not an option: --strict takes no value");
        check("--latency soon", "--latency soon is not a number of milliseconds");
        check("--limit 0", "--limit 0 is not a number of requests a second");
        check("--help", "help");
        check(
            "--listen 0.0.0.0:80",
            "--listen 0.0.0.0:80 can be reached from other machines",
        );
        check("--listen here", "--listen here is not an address");
        check("--pace stepped", "--pace stepped is unknown");
        check("--file", "--file needs a value");
        check("--port 1", "--port is not an option");
    }
}
