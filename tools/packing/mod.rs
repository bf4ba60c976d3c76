//! Makes the files of a release from programs that are built already, as Terraform's registry and mirrors expect them.
//!
//! Read `target` for the names, then `archive` for what is in an archive and `materials` for the bill of materials.

pub mod target;

pub mod archive;

mod materials;

use std::{
    collections::BTreeSet,
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use target::Target;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The program's name.
pub const PROVIDER: &str = "terraform-provider-gpupod";
/// The one place where the version stands is Cargo.toml.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Tells the registry which protocol the provider speaks.
const MANIFEST: &str = "terraform-registry-manifest.json";
const LICENCE: &str = "LICENSE";

/// A provider for one target.
pub struct Built {
    pub target: Target,
    pub program: PathBuf,
}

/// Writes the archives, the manifest, the bill of materials and the checksums of them all. Tells what was written.
///
/// `package` is the folder with Cargo.toml. Files in `out` that are no part of this release stay as they are.
pub fn pack(package: &Path, built: &[Built], out: &Path) -> Result<Vec<PathBuf>> {
    let mut platforms = BTreeSet::new();
    if let Some(twice) = built.iter().find(|built| !platforms.insert(built.target.platform())) {
        return Err(format!("there are two programs for {}", twice.target.platform()).into());
    }
    fs::create_dir_all(out)?;
    let mut files = Vec::new();
    for built in built {
        files.push(pack_archive(package, built, out)?);
    }
    let manifest = named(out, "manifest.json");
    fs::write(&manifest, fs::read(package.join(MANIFEST))?)?;
    files.push(manifest);

    let targets: Vec<Target> = built.iter().map(|built| built.target).collect();
    let bill = named(out, "sbom.cdx.json");
    fs::write(&bill, format!("{:#}\n", materials::bill(package, &targets)?))?;
    files.push(bill);

    let checksums = named(out, "SHA256SUMS");
    fs::write(&checksums, checksums_of(&files)?)?;
    files.push(checksums);
    Ok(files)
}

/// Writes the archive of one target into `out`. The registry and mirrors ask for the same name.
pub fn pack_archive(package: &Path, built: &Built, out: &Path) -> Result<PathBuf> {
    let Built { target, program } = built;
    let file = named(out, &format!("{}.zip", target.platform()));
    let executable = format!("{PROVIDER}_v{VERSION}{}", target.suffix());
    let licence = package.join(LICENCE);
    archive::write(
        &file,
        &[(LICENCE, licence.as_path(), 0o644), (&executable, program, 0o755)],
    )?;
    Ok(file)
}

/// The cargo that runs this, or the one on the `PATH`.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn named(out: &Path, end: &str) -> PathBuf {
    out.join(format!("{PROVIDER}_{VERSION}_{end}"))
}

/// In the form of `sha256sum`, by name.
fn checksums_of(files: &[PathBuf]) -> Result<String> {
    let mut lines = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        lines.push((name.clone(), format!("{}  {name}\n", archive::sha256(file)?)));
    }
    lines.sort();
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}
