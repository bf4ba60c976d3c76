//! What the examples have in common: Terraform, the provider just built, and a folder that brings them together.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The program's name.
pub const PROVIDER: &str = "terraform-provider-gpupod";

/// The program on the `PATH`.
pub fn find_terraform() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let named = |name: &str| {
        let name = format!("{name}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&path)
            .map(|folder| folder.join(&name))
            .find(|file| file.is_file())
    };
    named("terraform").or_else(|| named("tofu")).ok_or_else(|| {
        "neither `terraform` nor `tofu` is on the PATH.\nInstall Terraform 1.11 or later \
         (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.11 or later \
         (https://opentofu.org/docs/intro/install/), then run this again."
            .into()
    })
}

/// Builds the provider with the same profile as this example, and finds it beside the folder of the examples.
pub fn build_provider() -> Result<PathBuf> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args([
        "build",
        "--bin",
        PROVIDER,
        "--manifest-path",
        concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
    ]);
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    let status = cargo.status()?;
    let examples = env::current_exe()?.parent().map(Path::to_owned).unwrap_or_default();
    let provider = examples.with_file_name(format!("{PROVIDER}{}", env::consts::EXE_SUFFIX));
    match status.success() && provider.is_file() {
        true => Ok(provider),
        false => Err(format!("{} was not built", provider.display()).into()),
    }
}

/// What Terraform gets of this process's environment. Windows opens no socket without its own.
#[allow(dead_code, reason = "not every example has a folder")]
const INHERITED: &[&str] = match cfg!(windows) {
    true => &["PATH", "SystemRoot", "TEMP", "TMP"],
    false => &["PATH"],
};

/// A folder with a configuration, which Terraform applies with the provider in another one.
#[allow(dead_code, reason = "not every example has one")]
pub struct Folder {
    terraform: PathBuf,
    folder: PathBuf,
    environment: Vec<(String, String)>,
}

#[allow(dead_code, reason = "not every example has one")]
impl Folder {
    /// Nothing has to be initialized in it. Of this process's environment Terraform gets the `PATH` alone, and what Windows needs.
    pub fn new(terraform: &Path, provider: &Path, folder: &Path) -> Result<Self> {
        let settings = folder.join("settings.tfrc");
        let provider = provider.parent().unwrap_or(provider);
        fs::write(
            &settings,
            format!(
                "provider_installation {{\n  dev_overrides {{ \"gpupod/gpupod\" = {provider:?} }}\n  direct {{}}\n}}\n"
            ),
        )?;
        let inherited = INHERITED
            .iter()
            .map(|name| ((*name).to_owned(), env::var(name).unwrap_or_default()));
        let own = [
            ("HOME", folder.display().to_string()),
            ("TF_CLI_CONFIG_FILE", settings.display().to_string()),
            ("TF_IN_AUTOMATION", "1".to_owned()),
            ("TF_INPUT", "0".to_owned()),
            ("CHECKPOINT_DISABLE", "1".to_owned()),
        ];
        Ok(Self {
            terraform: terraform.to_owned(),
            folder: folder.to_owned(),
            environment: inherited
                .chain(own.map(|(name, value)| (name.to_owned(), value)))
                .collect(),
        })
    }

    pub fn set(&mut self, variables: impl IntoIterator<Item = (&'static str, String)>) {
        let variables = variables.into_iter().map(|(name, value)| (name.to_owned(), value));
        self.environment.extend(variables);
    }

    /// Replaces the configuration.
    pub fn write(&self, configuration: &str) -> Result<()> {
        Ok(fs::write(self.folder.join("main.tf"), configuration)?)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.terraform);
        command
            .args(arguments)
            .arg("-no-color")
            .current_dir(&self.folder)
            .env_clear()
            .envs(self.environment.iter().cloned());
        command
    }

    /// The state as it stands in its file.
    pub fn state(&self) -> String {
        fs::read_to_string(self.folder.join("terraform.tfstate")).unwrap_or_default()
    }
}
