//! A provider process that is started, says where it listens, and is ended: what Terraform pays for each step of a
//! command, whatever it does there.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, PKCS_ECDSA_P521_SHA512};

use crate::{Result, arguments::Arguments, usage};

const ROUNDS: usize = 41;

pub struct Start {
    /// From the start of the process to its line on stdout.
    pub handshake: Vec<Duration>,
    pub cpu: Vec<Duration>,
    /// Bytes, with the line written. Only where the system has /proc.
    pub memory: Vec<u64>,
}

pub fn measure(arguments: &Arguments) -> Result<Start> {
    let certificate = certificate()?;
    let mut start = Start {
        handshake: Vec::new(),
        cpu: Vec::new(),
        memory: Vec::new(),
    };
    for _ in 0..ROUNDS {
        once(arguments, &certificate, &mut start)?;
    }
    Ok(start)
}

fn once(arguments: &Arguments, certificate: &str, start: &mut Start) -> Result<()> {
    let mut command = Command::new(&arguments.provider);
    command
        .env_clear()
        .env(
            "TF_PLUGIN_MAGIC_COOKIE",
            "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        )
        .env("PLUGIN_PROTOCOL_VERSIONS", "6")
        .env("PLUGIN_CLIENT_CERT", certificate)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let before = usage::of_children()?;
    let began = Instant::now();
    let mut provider = command.spawn()?;
    let mut line = String::new();
    if let Some(output) = provider.stdout.take() {
        BufReader::new(output).read_line(&mut line)?;
    }
    start.handshake.push(began.elapsed());
    if !line.starts_with("1|6|") {
        return Err(format!("no handshake: {line:?}").into());
    }
    start.memory.extend(resident(provider.id()));
    provider.kill()?;
    provider.wait()?;
    start.cpu.push(usage::of_children()?.cpu - before.cpu);
    Ok(())
}

fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

/// As Terraform makes one for each process.
fn certificate() -> Result<String> {
    let key = KeyPair::generate_for(&PKCS_ECDSA_P521_SHA512)?;
    let mut parameters = CertificateParams::new(["localhost".to_owned()])?;
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = parameters.self_signed(&key)?;
    let body = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, certificate.der());
    Ok(format!(
        "-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"
    ))
}
