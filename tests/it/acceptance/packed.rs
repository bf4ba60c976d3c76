//! What a release consists of, and how Terraform takes it: from a mirror, into the lock file, and to work.

use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use tempfile::TempDir;
use zip::ZipArchive;

use super::{pod::Pod, workspace::Workspace};
use crate::{
    files::{self, root},
    packing::{
        Built, VERSION, archive, pack, pack_archive,
        target::{TARGETS, Target},
    },
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_terraform-provider-gpupod");
const LOCK: &str = ".terraform.lock.hcl";
/// Where Terraform and OpenTofu look for the provider, below a mirror.
const SOURCES: [&str; 2] = [
    "registry.terraform.io/gpupod/gpupod",
    "registry.opentofu.org/gpupod/gpupod",
];

/// This machine's, as rustc calls it.
fn target() -> Target {
    let is_ours = |target: &Target| {
        let os = if target.os == "darwin" { "macos" } else { target.os };
        let architecture = if target.arch == "amd64" { "x86_64" } else { "aarch64" };
        os == std::env::consts::OS && architecture == std::env::consts::ARCH
    };
    TARGETS.into_iter().find(is_ours).unwrap()
}

/// A release with this program for this machine, in a folder of its own.
fn packed(program: &Path) -> (TempDir, Vec<PathBuf>) {
    let out = tempfile::tempdir().unwrap();
    let built = Built {
        target: target(),
        program: program.to_owned(),
    };
    let files = pack(root(), &[built], out.path()).unwrap();
    (out, files)
}

/// A release whose program only says something.
fn packed_text(text: &str) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    fs::write(&program, text).unwrap();
    packed(&program)
}

/// Lays the archive out as a mirror, which is then the only place that providers come from. Returns its copies.
fn mirror(workspace: &Workspace, archive: &Path) -> Vec<PathBuf> {
    let mirror = workspace.file("mirror");
    let copies = SOURCES.map(|source| {
        let copy = mirror.join(source).join(archive.file_name().unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(archive, &copy).unwrap();
        copy
    });
    workspace.tool.install_from(&mirror);
    copies.into()
}

fn names(zip: &ZipArchive<fs::File>) -> Vec<String> {
    zip.file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// The hash over an archive's contents that Terraform locks: of the files' own hashes, by name.
fn contents_hash(archive: &Path) -> String {
    let unpacked = tempfile::tempdir().unwrap();
    let mut zip = ZipArchive::new(fs::File::open(archive).unwrap()).unwrap();
    zip.extract(unpacked.path()).unwrap();
    let mut names = names(&zip);
    names.sort_unstable();
    let lines = names.iter().map(|name| {
        let hash = archive::sha256(&unpacked.path().join(name)).unwrap();
        format!("{hash}  {name}\n")
    });
    let lines: String = lines.collect();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, lines.as_bytes());
    format!("h1:{}", BASE64_STANDARD.encode(digest))
}

#[test]
fn what_is_packed_is_installed_locked_and_works() {
    let (_out, files) = packed(Path::new(PROGRAM));
    let hash = contents_hash(&files[0]);
    for workspace in Workspace::for_each_tool() {
        mirror(&workspace, &files[0]);
        workspace.write(Pod::minimal());
        workspace.run(&["init"]).succeeds();
        let lock = fs::read_to_string(workspace.file(LOCK)).unwrap();
        assert!(lock.contains(&format!("version = \"{VERSION}\"")), "{lock}");
        assert!(lock.contains(&hash), "no {hash} in {lock}");

        workspace.apply().says(&["1 added"]);
        workspace.plan().assert_empty();
        workspace.destroy();
        assert!(workspace.has_no_pods());
        workspace.write("");
        workspace.finish();
    }
}

#[test]
fn an_archive_that_is_broken_or_not_the_locked_one_is_not_installed() {
    let (_out, files) = packed_text("the one that was released");
    let (_other_out, other) = packed_text("another one");
    let workspace = Workspace::new("");
    let copies = mirror(&workspace, &files[0]);
    workspace.run(&["init"]).succeeds();

    let initialize_anew = |content: &[u8]| {
        fs::write(&copies[0], content).unwrap();
        fs::remove_dir_all(workspace.file(".terraform")).unwrap_or_default();
        workspace.run(&["init"])
    };
    let (ours, others) = (fs::read(&files[0]).unwrap(), fs::read(&other[0]).unwrap());
    initialize_anew(&others)
        .fails()
        .says(&["doesn't match any of the checksums"]);
    fs::remove_file(workspace.file(LOCK)).unwrap();
    initialize_anew(&ours[..ours.len() / 2]).fails().says(&["zip"]);
    initialize_anew(&ours).succeeds();

    workspace.tool.install_from_cargo();
    workspace.finish();
}

#[test]
fn the_same_program_makes_the_same_files() {
    let ((_first_out, first), (_second_out, second)) = (packed_text("released"), packed_text("released"));
    assert_eq!(first.len(), second.len());
    for (first, second) in first.iter().zip(&second) {
        assert_eq!(first.file_name(), second.file_name());
        assert!(
            fs::read(first).unwrap() == fs::read(second).unwrap(),
            "{first:?} differs"
        );
    }
    let (_other_out, other) = packed_text("another one");
    assert!(
        fs::read(&first[0]).unwrap() != fs::read(&other[0]).unwrap(),
        "another program makes another archive"
    );
}

#[test]
fn the_checksums_are_those_of_all_other_files() {
    let (_out, files) = packed_text("released");
    let (sums, others) = files.split_last().unwrap();
    let listed: BTreeMap<String, String> = fs::read_to_string(sums)
        .unwrap()
        .lines()
        .map(|line| {
            let (sum, name) = line.split_once("  ").unwrap();
            (name.to_owned(), sum.to_owned())
        })
        .collect();
    let name = |file: &PathBuf| file.file_name().unwrap().to_str().unwrap().to_owned();
    let found = others.iter().map(|file| (name(file), archive::sha256(file).unwrap()));
    assert_eq!(listed, found.collect());
    let start = format!("terraform-provider-gpupod_{VERSION}_");
    let expected = [
        format!("{start}{}.zip", target().platform()),
        format!("{start}manifest.json"),
        format!("{start}sbom.cdx.json"),
        format!("{start}SHA256SUMS"),
    ];
    assert_eq!(files.iter().map(name).collect::<Vec<_>>(), expected);
    assert_eq!(
        archive::sha256(&others[1]).unwrap(),
        archive::sha256(&root().join("terraform-registry-manifest.json")).unwrap()
    );
    // Of "abc", from the standard that defines the hash.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("abc"), "abc").unwrap();
    assert_eq!(
        archive::sha256(&folder.path().join("abc")).unwrap(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn an_archive_holds_an_executable_that_is_named_for_its_system() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    fs::write(&program, "released").unwrap();
    for target in TARGETS {
        let built = Built {
            target,
            program: program.clone(),
        };
        let archive = pack_archive(root(), &built, folder.path()).unwrap();
        let mut zip = ZipArchive::new(fs::File::open(archive).unwrap()).unwrap();
        let suffix = if target.os == "windows" { ".exe" } else { "" };
        let executable = format!("terraform-provider-gpupod_v{VERSION}{suffix}");
        assert_eq!(names(&zip), ["LICENSE", &executable]);
        let mut executable = zip.by_name(&executable).unwrap();
        assert_eq!(executable.unix_mode().unwrap() & 0o777, 0o755);
        // The earliest that an archive knows, and not that of a build.
        assert_eq!(executable.last_modified(), Some(zip::DateTime::DEFAULT));
        let mut content = String::new();
        executable.read_to_string(&mut content).unwrap();
        assert_eq!(content, "released");
    }
}

#[test]
fn what_cannot_be_packed_is_refused() {
    let unknown = Target::named("wasm32-wasip2").unwrap_err().to_string();
    assert!(unknown.starts_with("wasm32-wasip2 is no target"), "{unknown}");
    assert!(unknown.contains("x86_64-unknown-linux-musl"), "{unknown}");

    let built = |triple, program: &str| Built {
        target: Target::named(triple).unwrap(),
        program: program.into(),
    };
    let out = tempfile::tempdir().unwrap();
    let twice = [
        built("x86_64-unknown-linux-gnu", PROGRAM),
        built("x86_64-unknown-linux-musl", PROGRAM),
    ];
    let error = pack(root(), &twice, out.path()).unwrap_err().to_string();
    assert_eq!(error, "there are two programs for linux_amd64");

    let missing = [built("x86_64-unknown-linux-musl", "/nowhere/provider")];
    let error = pack(root(), &missing, out.path()).unwrap_err().to_string();
    assert!(error.contains("/nowhere/provider"), "{error}");
}

#[test]
fn the_bill_of_materials_lists_the_crates_that_are_linked() {
    let (_out, files) = packed_text("released");
    let bill: Value = serde_json::from_slice(&fs::read(&files[2]).unwrap()).unwrap();
    assert_eq!(bill["bomFormat"], "CycloneDX");
    assert_eq!(bill["metadata"]["component"]["version"], VERSION);

    let components = bill["components"].as_array().unwrap();
    let names: Vec<&str> = components.iter().map(|one| one["name"].as_str().unwrap()).collect();
    for linked in ["rustls", "aws-lc-sys", "hyper", "tonic"] {
        assert!(names.contains(&linked), "{linked} is linked");
    }
    for other in ["zip", "protox", "tempfile", "terraform-provider-gpupod"] {
        assert!(!names.contains(&other), "{other} is no part of the program");
    }
    let lock = files::read("Cargo.lock");
    for component in components {
        let text = |key: &str| component[key].as_str().unwrap();
        let locked = format!("name = \"{}\"\nversion = \"{}\"\n", text("name"), text("version"));
        assert!(lock.contains(&locked), "{locked}");
        assert!(component["licenses"][0]["expression"].is_string(), "{component}");
    }
    let references: Vec<&Value> = components.iter().map(|one| &one["bom-ref"]).collect();
    for dependency in bill["dependencies"].as_array().unwrap() {
        for needed in dependency["dependsOn"].as_array().unwrap() {
            assert!(references.contains(&needed), "{needed} is needed and not listed");
        }
    }
}
