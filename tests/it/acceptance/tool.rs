//! Runs `terraform`, or `tofu`, with nothing of this machine's own settings.

use std::{
    collections::BTreeMap,
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

const PROVIDER: &str = env!("CARGO_BIN_EXE_terraform-provider-gpupod");
/// In the folder of the tool.
#[cfg(unix)]
const LOG: &str = "terraform.log";
/// What is taken over from this machine. Windows opens no socket without its own.
const INHERITED: &[&str] = match cfg!(windows) {
    true => &["PATH", "SystemRoot", "TEMP", "TMP"],
    false => &["PATH"],
};
pub const TERRAFORM: &str = "terraform";
pub const TOFU: &str = "tofu";

/// A command line tool in a folder that is the caller's.
pub struct Tool {
    program: &'static str,
    directory: PathBuf,
    environment: BTreeMap<String, String>,
}

impl Tool {
    pub fn new(program: &'static str, directory: &Path) -> Self {
        let mut tool = Self {
            program,
            directory: directory.to_owned(),
            environment: BTreeMap::new(),
        };
        tool.install_from_cargo();
        let settings = tool.settings();
        for name in INHERITED {
            tool.set(name, env::var(name).unwrap_or_default());
        }
        tool.set("HOME", directory.display());
        tool.set("TF_CLI_CONFIG_FILE", settings.display());
        tool.set("TF_IN_AUTOMATION", "1");
        tool.set("TF_INPUT", "0");
        tool.set("CHECKPOINT_DISABLE", "1");
        // A command is over before its memory is worth collecting.
        tool.set("GOGC", "off");
        tool.set("GOMEMLIMIT", "512MiB");
        tool
    }

    fn settings(&self) -> PathBuf {
        self.directory.join("settings.tfrc")
    }

    /// Makes the tool take the provider from cargo's folder, so that there is nothing to `init`.
    pub fn install_from_cargo(&self) {
        let folder = Path::new(PROVIDER).parent().unwrap();
        let overrides = format!("dev_overrides {{ \"gpupod/gpupod\" = {folder:?} }}\n  direct {{}}");
        self.install(&overrides);
    }

    /// Makes the tool take providers from a mirror, and from nowhere else.
    pub fn install_from(&self, mirror: &Path) {
        self.install(&format!("filesystem_mirror {{ path = {mirror:?} }}"));
    }

    fn install(&self, methods: &str) {
        let text = format!("provider_installation {{\n  {methods}\n}}\ndisable_checkpoint = true\n");
        fs::write(self.settings(), text).unwrap();
    }

    pub fn set(&mut self, name: &str, value: impl ToString) {
        self.environment.insert(name.to_owned(), value.to_string());
    }

    pub fn unset(&mut self, name: &str) {
        self.environment.remove(name);
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(self.program, arguments)
    }

    /// A command whose log says which processes it starts.
    #[cfg(unix)]
    pub fn logged(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command.env("TF_LOG", "DEBUG").env("TF_LOG_PATH", LOG);
        command
    }

    /// The provider that the logged command started last.
    #[cfg(unix)]
    pub fn last_provider(&self) -> rustix::process::Pid {
        let log = fs::read_to_string(self.directory.join(LOG)).unwrap();
        let mut started = log.lines().filter(|line| line.contains("plugin started:"));
        let number = started.next_back().and_then(|line| line.rsplit("pid=").next());
        let number = number.and_then(|number| number.trim().parse().ok());
        number
            .and_then(rustix::process::Pid::from_raw)
            .expect("no provider was started")
    }

    /// The provider itself, as somebody starts it by hand.
    #[cfg(unix)]
    pub fn provider(&self, arguments: &[&str]) -> Command {
        self.command_of(PROVIDER, arguments)
    }

    /// A line as somebody types it in a terminal.
    #[cfg(unix)]
    pub fn shell(&self, line: &str) -> Command {
        self.command_of("sh", &["-c", line])
    }

    fn command_of(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(&self.directory)
            .env_clear()
            .envs(&self.environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Outcome {
        let mut command = self.command(arguments);
        command
            .output()
            .unwrap_or_else(|error| cannot_run(&command, &error))
            .into()
    }
}

pub fn cannot_run(command: &Command, error: &io::Error) -> ! {
    let program = command.get_program().display();
    panic!("`{program}` cannot be run: {error}. The acceptance tests need it on the PATH.")
}

/// Whether a program is on the `PATH`.
pub fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// How a command ended and what it said, on both streams.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub output: String,
    pub errors: String,
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            output: String::from_utf8_lossy(&output.stdout).into_owned(),
            errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Outcome {
    /// Everything that was said, without the frames and line breaks that a message is set in.
    pub fn told(&self) -> String {
        let text = format!("{}\n{}", self.output, self.errors);
        let words = text.split(|c: char| c.is_whitespace() || "╷│╵".contains(c));
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Summary and detail of all that a command with `-json` says of this address, which is one error.
    #[track_caller]
    pub fn error_at(&self, address: &str) -> (String, String) {
        let lines = self.output.lines().map(|line| serde_json::from_str(line).unwrap());
        let told = lines.map(|mut line: serde_json::Value| line["diagnostic"].take());
        let of_it: Vec<_> = told.filter(|one| one["address"] == address).collect();
        let [only] = &of_it[..] else {
            panic!("not one error of {address}: {of_it:?}\n{}", self.output)
        };
        assert_eq!(only["severity"], "error", "{only}");
        let part = |name: &str| only[name].as_str().unwrap_or_default().to_owned();
        (part("summary"), part("detail"))
    }

    #[track_caller]
    pub fn succeeds(self) -> Self {
        assert_eq!(self.code, Some(0), "{}\n{}", self.output, self.errors);
        self
    }

    #[track_caller]
    pub fn fails(self) -> Self {
        assert_eq!(self.code, Some(1), "{}\n{}", self.output, self.errors);
        self
    }

    /// Holds that all of these were said.
    #[track_caller]
    pub fn says(self, phrases: &[&str]) -> Self {
        let told = self.told();
        for phrase in phrases {
            assert!(
                told.contains(phrase),
                "{phrase:?} is not said:\n{}\n{}",
                self.output,
                self.errors
            );
        }
        self
    }
}
