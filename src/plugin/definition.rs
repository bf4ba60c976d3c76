//! A plugin's definition: name, protocol version, magic cookie, and the two modes to run it in.

/// The facts that tell one plugin from another.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// The short name, and the root of the crate's module paths: names the log's variable and modules.
    pub name: &'static str,
    /// The address in a registry, `host/namespace/name`.
    pub address: &'static str,
    /// An environment variable and its value, by which a client shows that it knows what it starts.
    pub magic_cookie: (&'static str, &'static str),
    /// The version of the protocol that is spoken once go-plugin's handshake is over.
    pub protocol_version: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Started by a client for one of its runs.
    Plugin,
    /// Started by a developer, and used by any number of clients until it is told to stop.
    Debug,
}
