//! The listener: a unix socket, or TCP on loopback where those are not usual.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
};

use super::{Error, handshake::Endpoint};

#[cfg(unix)]
mod unix;

#[cfg(unix)]
mod leftovers;

/// An address as the handshake gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    pub network: &'static str,
    pub text: String,
}

/// A socket that clients can connect to. Dropping it takes its file away.
pub(super) struct Listener {
    pub address: Address,
    socket: Socket,
}

enum Socket {
    #[cfg(unix)]
    Unix(unix::Socket),
    Tcp(TcpListener),
}

/// One connection, whatever it runs on.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Listener {
    pub(super) async fn bind(endpoint: &Endpoint) -> Result<Self, Error> {
        match endpoint {
            #[cfg(unix)]
            Endpoint::Unix { directories, group } => {
                let socket = unix::Socket::bind(directories, group.as_deref())?;
                let address = Address {
                    network: "unix",
                    text: socket.path().to_owned(),
                };
                Ok(Self {
                    address,
                    socket: Socket::Unix(socket),
                })
            }
            #[cfg(not(unix))]
            Endpoint::Unix { .. } => Err(Error::Listen {
                address: "a unix socket".to_owned(),
                source: io::ErrorKind::Unsupported.into(),
            }),
            Endpoint::Tcp { ports } => {
                let (listener, address) = bind_tcp(ports.clone()).await?;
                let address = Address {
                    network: "tcp",
                    text: address.to_string(),
                };
                Ok(Self {
                    address,
                    socket: Socket::Tcp(listener),
                })
            }
        }
    }

    /// Removes what processes that were killed have left beside the socket, while other things go on.
    pub(super) fn clear_leftovers(&self) {
        #[cfg(unix)]
        if let Some(directory) = std::path::Path::new(&self.address.text).parent()
            && matches!(self.socket, Socket::Unix(_))
        {
            let directory = directory.to_owned();
            tokio::task::spawn_blocking(move || leftovers::clear(&directory));
        }
    }

    pub(super) async fn accept(&self) -> io::Result<Box<dyn Stream>> {
        match &self.socket {
            #[cfg(unix)]
            Socket::Unix(socket) => Ok(Box::new(socket.accept().await?)),
            Socket::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                // Small messages go back and forth: waiting to fill packets costs 40 ms for each of them.
                stream.set_nodelay(true)?;
                Ok(Box::new(stream))
            }
        }
    }
}

/// Binds the first free port.
async fn bind_tcp(ports: RangeInclusive<u16>) -> Result<(TcpListener, SocketAddr), Error> {
    let range = format!("{}, ports {} to {}", Ipv4Addr::LOCALHOST, ports.start(), ports.end());
    let mut last = io::ErrorKind::AddrInUse.into();
    for port in ports {
        match listen_tcp(port).await {
            Ok(bound) => return Ok(bound),
            Err(error) => last = error,
        }
    }
    Err(Error::Listen {
        address: range,
        source: last,
    })
}

async fn listen_tcp(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
    };

    use super::*;

    #[tokio::test]
    async fn tcp_takes_the_first_free_port() {
        let (_first, first) = bind_tcp(0..=0).await.unwrap();
        let (_second, second) = bind_tcp(first.port()..=u16::MAX).await.unwrap();
        assert!(second.port() > first.port() && second.ip().is_loopback(), "{second}");
    }

    #[tokio::test]
    async fn tcp_carries_bytes() {
        let listener = Listener::bind(&Endpoint::Tcp { ports: 0..=0 }).await.unwrap();
        assert_eq!(listener.address.network, "tcp");
        let mut client = TcpStream::connect(&listener.address.text).await.unwrap();
        let mut server = listener.accept().await.unwrap();
        client.write_all(b"hello").await.unwrap();
        let mut heard = [0; 5];
        server.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"hello");
    }

    #[tokio::test]
    async fn tcp_says_when_no_port_is_free() {
        let (_taken, address) = bind_tcp(0..=0).await.unwrap();
        let error = bind_tcp(address.port()..=address.port()).await.unwrap_err();
        assert!(matches!(error, Error::Listen { source, .. } if source.kind() == io::ErrorKind::AddrInUse));
    }
}
