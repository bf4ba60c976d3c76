//! What each of Rust's targets is called by Terraform.

use super::Result;

/// A system that the provider is released for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Rust's name.
    pub triple: &'static str,
    /// Terraform's names, which are Go's.
    pub os: &'static str,
    pub arch: &'static str,
}

/// Of several that are the same to Terraform, a release holds one.
pub const TARGETS: [Target; 13] = [
    target("x86_64-unknown-linux-gnu", "linux", "amd64"),
    target("x86_64-unknown-linux-musl", "linux", "amd64"),
    target("aarch64-unknown-linux-gnu", "linux", "arm64"),
    target("aarch64-unknown-linux-musl", "linux", "arm64"),
    target("x86_64-apple-darwin", "darwin", "amd64"),
    target("aarch64-apple-darwin", "darwin", "arm64"),
    target("x86_64-pc-windows-msvc", "windows", "amd64"),
    target("x86_64-pc-windows-gnu", "windows", "amd64"),
    target("x86_64-pc-windows-gnullvm", "windows", "amd64"),
    target("aarch64-pc-windows-msvc", "windows", "arm64"),
    target("aarch64-pc-windows-gnullvm", "windows", "arm64"),
    target("x86_64-unknown-freebsd", "freebsd", "amd64"),
    target("aarch64-unknown-freebsd", "freebsd", "arm64"),
];

const fn target(triple: &'static str, os: &'static str, arch: &'static str) -> Target {
    Target { triple, os, arch }
}

impl Target {
    pub fn named(triple: &str) -> Result<Self> {
        let found = TARGETS.into_iter().find(|target| target.triple == triple);
        found.ok_or_else(|| {
            let known = TARGETS.map(|target| target.triple).join(", ");
            format!("{triple} is no target that the provider is released for; these are: {known}").into()
        })
    }

    /// As it stands in the names of files.
    pub fn platform(self) -> String {
        format!("{}_{}", self.os, self.arch)
    }

    /// What a program's name ends in.
    pub fn suffix(self) -> &'static str {
        if self.os == "windows" { ".exe" } else { "" }
    }
}
