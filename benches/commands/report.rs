//! What was measured, as Markdown, with what is aimed at.

use std::{fs, path::Path, process::Command, time::Duration};

use crate::{
    Result,
    arguments::Arguments,
    command::{Round, Taken},
    start::Start,
    subject::{Kind, Subject},
    usage::Usage,
};

const MIB: f64 = 1024.0 * 1024.0;
/// A plan asks the provider about a pod: to validate and plan it, and where there is one, to upgrade and read its state.
const CALLS_PER_POD: [(&str, usize); 2] = [("plan, all new", 2), ("plan, no change", 4)];
/// What Terraform may take, as many times the floor: the command, the pods, the cloud's latency in ms, and the times.
const TARGETS: [(&str, usize, u128, f64); 6] = [
    ("validate", 1, 0, 1.9),
    ("plan, all new", 1, 0, 2.0),
    ("plan, all new", 100, 0, 1.6),
    ("plan, all new", 1000, 0, 1.35),
    ("plan, no change", 1000, 50, 1.3),
    ("plan, no change", 3000, 0, 1.35),
];

/// Where the two floors stand among the subjects.
const FLOOR: usize = 0;
const LARGE_FLOOR: usize = 1;

pub struct Report {
    /// What is told at the end, because it was learned between the commands.
    usage: Vec<String>,
}

impl Report {
    pub fn new(arguments: &Arguments) -> Result<Self> {
        let version = Command::new("terraform").arg("version").output()?;
        let version = String::from_utf8_lossy(&version.stdout);
        let cores = std::thread::available_parallelism()?;
        println!(
            "{} · {cores} cores · {}",
            version.lines().next().unwrap_or_default(),
            std::env::consts::OS
        );
        println!("Medians; up to {} rounds, fewer for many pods.", arguments.rounds);
        Ok(Self { usage: Vec::new() })
    }

    pub fn heading(&self, text: &str) {
        println!("\n## {text}\n");
        println!(
            "| command | pods | subject | wall ms | times the floor | times the large one | CPU ms | times the floor | \
             times the large one | requests | aim |"
        );
        println!("|---|--:|---|--:|--:|--:|--:|--:|--:|--:|---|");
    }

    pub fn start(&mut self, start: &Start, provider: &Path) -> Result<()> {
        println!("\n## A process\n");
        println!("| | median | least | most | aim |\n|---|--:|--:|--:|---|");
        let ms = |durations: &[Duration]| durations.iter().map(|one| one.as_secs_f64() * 1e3).collect();
        spread("spawn to handshake, ms", ms(&start.handshake), 4.0);
        spread("CPU of a process that does nothing, ms", ms(&start.cpu), 6.0);
        let mib = start.memory.iter().map(|&bytes| bytes as f64 / MIB).collect::<Vec<_>>();
        if !mib.is_empty() {
            spread("resident after the handshake, MiB", mib, 8.0);
        }
        let size = fs::metadata(provider)?.len() as f64 / MIB;
        println!("| executable, MiB | {size:.2} | | | {} |", aim(size, 8.0));
        Ok(())
    }

    pub fn command(&self, name: &str, pods: usize, subjects: &[Subject], rounds: &[Round]) {
        for (index, subject) in subjects.iter().enumerate() {
            let of = |of: fn(&Taken) -> Duration| -> (f64, f64, f64) {
                let seconds = |taken: &Taken| of(taken).as_secs_f64();
                // Subject and floor of the same round have met the same mood of the machine.
                let times = |floor: usize| {
                    let times = |round: &Round| seconds(&round[index]) / seconds(&round[floor]);
                    median(rounds.iter().map(times).collect())
                };
                let all = rounds.iter().map(|round| seconds(&round[index]) * 1e3).collect();
                (median(all), times(FLOOR), times(LARGE_FLOOR))
            };
            let (wall, wall_times, wall_large) = of(|taken| taken.wall);
            let (cpu, cpu_times, cpu_large) = of(|taken| taken.cpu);
            let requests = rounds
                .iter()
                .map(|round| round[index].requests)
                .max()
                .unwrap_or_default();
            let target = TARGETS.into_iter().find(|&(command, count, latency, _)| {
                let kind = Kind::Gpupod(Duration::from_millis(u64::try_from(latency).unwrap_or_default()));
                (command, count) == (name, pods) && subject.kind == kind
            });
            println!(
                "| {name} | {pods} | {} | {wall:.0} | {wall_times:.2} | {wall_large:.2} | {cpu:.0} | {cpu_times:.2} | \
                 {cpu_large:.2} | {} | {} |",
                subject.kind.name(),
                if subject.is_ours() {
                    requests.to_string()
                } else {
                    String::new()
                },
                target.map_or(String::new(), |(.., most)| aim(wall_times, most))
            );
        }
    }

    /// The provider's own share of a plan.
    pub fn usage(&mut self, name: &str, pods: usize, subject: &Subject, processes: &[Usage]) {
        let memory = processes.iter().map(|one| one.memory).max().unwrap_or_default() as f64 / MIB;
        let cpu: Vec<_> = processes.iter().map(|one| one.cpu.as_secs_f64() * 1e6).collect();
        // The first process only tells its schema, the last one has answered all the calls for pods.
        let per_pod = CALLS_PER_POD.iter().find(|(command, _)| *command == name);
        let calls = (per_pod.map_or(1, |(_, calls)| *calls) * pods) as f64;
        let each = (cpu.last().unwrap_or(&0.0) - cpu.first().unwrap_or(&0.0)) / calls;
        // The calls for one pod are too few to be told from what a process takes anyway.
        let shown_each = if pods > 1 { format!("{each:.1}") } else { String::new() };
        let shown = cpu.iter().map(|one| format!("{:.1}", one / 1e3)).collect::<Vec<_>>();
        let (memory_aim, call_aim) = match (name, pods) {
            ("plan, no change", 1000) => (aim(memory, 16.0), aim(each, 40.0)),
            _ => (String::new(), String::new()),
        };
        self.usage.push(format!(
            "| {name} | {pods} | {} | {} | {shown_each} | {call_aim} | {memory:.1} | {memory_aim} |",
            subject.kind.name(),
            shown.join(" + ")
        ));
    }

    pub fn finish(self) {
        println!("\n## The provider's processes\n");
        println!("| command | pods | subject | CPU of each, ms | CPU per call, µs | aim | most memory, MiB | aim |");
        println!("|---|--:|---|---|--:|---|--:|---|");
        for line in self.usage {
            println!("{line}");
        }
    }
}

fn spread(name: &str, mut values: Vec<f64>, most: f64) {
    values.sort_by(f64::total_cmp);
    let (least, largest) = (values.first().unwrap_or(&0.0), values.last().unwrap_or(&0.0));
    let middle = median(values.clone());
    println!(
        "| {name} | {middle:.2} | {least:.2} | {largest:.2} | {} |",
        aim(middle, most)
    );
}

fn aim(value: f64, most: f64) -> String {
    let met = if value <= most { "met" } else { "missed" };
    format!("{met} ({most})")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
