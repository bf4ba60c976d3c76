//! The soak: many rounds of apply, drift, apply and destroy over all clouds, with random faults from a seed.
//!
//! `cargo run --example soak -- --rounds 200 --seed 7`; with `--provider PATH` a provider that is built already. It fails
//! if anything was lost.

mod shared;

#[path = "soak/rounds.rs"]
mod rounds;

use std::{env, path::PathBuf, process::ExitCode, time::Instant};

use gpupod::simulator::{Options, Simulator};
use rounds::{Soak, Tally};
use shared::{Folder, Result};

const HELP: &str = "Usage: cargo run --example soak -- [--rounds N] [--seed N] [--provider PATH]";

fn main() -> ExitCode {
    match run() {
        Ok(tally) if tally.violations.is_empty() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Tally> {
    let (mut rounds, mut seed, mut provider) = (200, 7, None);
    let mut arguments = env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(HELP)?;
        match name.as_str() {
            "--rounds" => rounds = value.parse()?,
            "--seed" => seed = value.parse()?,
            "--provider" => provider = Some(PathBuf::from(value).canonicalize()?),
            _ => return Err(HELP.into()),
        }
    }
    let terraform = shared::find_terraform()?;
    let provider = provider.map_or_else(shared::build_provider, Ok)?;
    let simulator = Simulator::start(Options {
        strict: true,
        ..Options::default()
    })?;
    let place = tempfile::tempdir()?;
    let mut folder = Folder::new(&terraform, &provider, place.path())?;
    folder.set(simulator.environment());
    let began = Instant::now();
    let soak = Soak {
        simulator: &simulator,
        command: &|arguments| folder.command(arguments),
        write: &|configuration| folder.write(configuration),
        state: &|| folder.state(),
    };
    let mut shown = 0;
    let tally = soak.run(rounds, seed, |round, tally| {
        for violation in &tally.violations[shown..] {
            println!("{violation}");
        }
        shown = tally.violations.len();
        if round % 10 == 0 {
            println!("{round} rounds, {} s", began.elapsed().as_secs());
        }
    })?;
    println!(
        "{} rounds in {} s with the seed {seed}: {} commands, {} of them failed; {} things found in the state, {} left over and named; {} violations",
        tally.rounds,
        began.elapsed().as_secs(),
        tally.commands,
        tally.failed_commands,
        tally.kept,
        tally.named,
        tally.violations.len()
    );
    for (what, times) in &tally.ordered {
        println!("{times:5}  {what}");
    }
    Ok(tally)
}
