//! What to measure.

use std::{env, path::PathBuf, str::FromStr};

use crate::Result;

const HELP: &str = "\
Usage: cargo bench --bench commands -- [OPTION VALUE]...

  --pods N,N...      how many pods (default 1,100,1000,3000)
  --rounds N         how often each command of few pods runs (default 15)
  --most-to-apply N  apply and destroy no more pods than these (default 1000: for 3000 Terraform itself takes minutes)
  --provider PATH    another build of this provider, such as one that `cargo build --release` has left elsewhere
                     (default: the one just built, which has what only tests need as well and is larger by a little)
  --peer PATH        the executable of hashicorp/time, to be measured as well
";

pub struct Arguments {
    pub pods: Vec<usize>,
    pub rounds: usize,
    pub most_to_apply: usize,
    pub provider: PathBuf,
    pub peer: Option<PathBuf>,
}

impl Arguments {
    pub fn read() -> Result<Self> {
        let mut read = Self {
            pods: vec![1, 100, 1000, 3000],
            rounds: 15,
            most_to_apply: 1000,
            provider: env!("CARGO_BIN_EXE_terraform-provider-gpupod").into(),
            peer: None,
        };
        // Cargo adds `--bench`.
        let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or(HELP)?;
            match name.as_str() {
                "--pods" => read.pods = value.split(',').map(number).collect::<Result<_>>()?,
                "--rounds" => read.rounds = number(&value)?,
                "--most-to-apply" => read.most_to_apply = number(&value)?,
                "--provider" => read.provider = PathBuf::from(value).canonicalize()?,
                "--peer" => read.peer = Some(PathBuf::from(value).canonicalize()?),
                _ => return Err(HELP.into()),
            }
        }
        Ok(read)
    }

    /// Fewer of what takes long, which also differs less.
    pub fn rounds_of(&self, pods: usize) -> usize {
        let share = match pods {
            0..100 => 1,
            100..1000 => 2,
            _ => 3,
        };
        self.rounds.div_ceil(share)
    }
}

fn number<N: FromStr>(text: &str) -> Result<N> {
    text.parse()
        .map_err(|_| format!("{text} is no number\n\n{HELP}").into())
}
