//! Errors of starting and serving a plugin.

use std::{error, fmt, io};

#[derive(Debug)]
pub enum Error {
    /// Nobody started this as a plugin: a person ran it.
    NotAPlugin { address: &'static str },
    /// An environment variable says something that cannot be followed. The value stays out of the message.
    Setting { name: &'static str, problem: String },
    /// No socket could be opened.
    Listen { address: String, source: io::Error },
    /// No certificate or no TLS configuration could be made.
    Tls {
        source: Box<dyn error::Error + Send + Sync>,
    },
    /// The client could not be told where to connect.
    Announce { source: io::Error },
    /// The process could not be set up: its runtime or its signals.
    Process { source: io::Error },
    /// The server broke down while serving.
    Serve { source: tonic::transport::Error },
}

impl Error {
    pub(super) fn setting(name: &'static str, problem: impl Into<String>) -> Self {
        Self::Setting {
            name,
            problem: problem.into(),
        }
    }

    pub(super) fn tls(source: impl error::Error + Send + Sync + 'static) -> Self {
        Self::Tls {
            source: Box::new(source),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPlugin { address } => explain(address, out),
            Self::Setting { name, problem } => write!(out, "environment variable {name}: {problem}"),
            Self::Listen { address, .. } => write!(out, "cannot listen on {address}"),
            Self::Tls { .. } => write!(out, "cannot set up TLS"),
            Self::Announce { .. } => write!(out, "cannot write the handshake to stdout"),
            Self::Process { .. } => write!(out, "cannot set up the process"),
            Self::Serve { .. } => write!(out, "the server broke down"),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::NotAPlugin { .. } | Self::Setting { .. } => None,
            Self::Listen { source, .. } | Self::Announce { source } | Self::Process { source } => Some(source),
            Self::Tls { source } => Some(source.as_ref()),
            Self::Serve { source } => Some(source),
        }
    }
}

fn explain(address: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut parts = address.rsplitn(3, '/');
    let name = parts.next().unwrap_or_default();
    let namespace = parts.next().unwrap_or_default();
    write!(
        out,
        "This program is a plugin, the provider {address}.
It is not run by hand: Terraform or OpenTofu starts it whenever a configuration needs it.

To use it, write this into a configuration and run `terraform init`:

  terraform {{
    required_providers {{
      {name} = {{
        source = \"{namespace}/{name}\"
      }}
    }}
  }}

To run it under a debugger, start it with --debug and follow what it prints."
    )
}
