//! Connections on their way from the socket to the server: accepted, through TLS, and counted.

use std::{
    convert::Infallible,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::stream;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    task::JoinSet,
    time,
};
use tokio_rustls::TlsAcceptor;
use tonic::transport::server::Connected;

use super::{
    listen::{Listener, Stream},
    presence::{Client, Presence},
};

/// How long a stranger may keep a connection open without showing a certificate.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);

/// How long to leave the system alone when it has no connection to give, for instance for want of descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections for as long as somebody asks for them.
pub(super) struct Connections {
    listener: Listener,
    acceptor: Option<TlsAcceptor>,
    handshakes: JoinSet<io::Result<Box<dyn Stream>>>,
    presence: Arc<Presence>,
}

impl Connections {
    /// Without an acceptor, connections are in plain text.
    pub(super) fn new(listener: Listener, acceptor: Option<TlsAcceptor>, presence: Arc<Presence>) -> Self {
        Self {
            listener,
            acceptor,
            handshakes: JoinSet::new(),
            presence,
        }
    }

    pub(super) fn into_stream(self) -> impl stream::Stream<Item = Result<Connection, Infallible>> {
        stream::unfold(self, |mut connections| async {
            let connection = connections.next().await;
            Some((Ok(connection), connections))
        })
    }

    /// The next connection that has come through its handshake. Each has its own task, so that nobody can keep
    /// the others waiting.
    async fn next(&mut self) -> Connection {
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok(stream) => drop(self.handshakes.spawn(secure(stream, self.acceptor.clone()))),
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept a connection");
                        time::sleep(PAUSE).await;
                    }
                },
                Some(Ok(secured)) = self.handshakes.join_next() => match secured {
                    Ok(stream) => return Connection { stream, client: self.presence.enter() },
                    Err(error) => tracing::warn!(%error, "refused a connection"),
                },
            }
        }
    }
}

async fn secure(stream: Box<dyn Stream>, acceptor: Option<TlsAcceptor>) -> io::Result<Box<dyn Stream>> {
    let Some(acceptor) = acceptor else { return Ok(stream) };
    let secured = time::timeout(HANDSHAKE_LIMIT, acceptor.accept(stream)).await??;
    Ok(Box::new(secured))
}

/// A connection whose client is present until it is dropped.
pub(super) struct Connection {
    stream: Box<dyn Stream>,
    client: Client,
}

impl Connected for Connection {
    type ConnectInfo = ();

    fn connect_info(&self) {}
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.client.note_word();
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.client.note_word();
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
