//! Connection pools of one cloud: keep-alive for idempotent requests, a fresh connection for each that is not.
//!
//! A server may close an idle connection without a word, and its client finds that out by sending a request into it:
//! whether that was read is not known. An idempotent request is retried then. A non-idempotent one goes out on a
//! connection of its own, which costs a handshake and loses nothing.

use std::{
    error::Error,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use reqwest::{Client, header, redirect};
use rustls::ClientConfig;
use tokio::sync::OnceCell;
use tower_layer::layer_fn;
use tower_service::Service;

use super::{BaseUrl, Failure, Idempotency, Settings, USER_AGENT, call_context, tls};

/// Load balancers commonly close idle connections after a minute. Letting go of ours earlier spares a retry.
const LONGEST_IDLE: Duration = Duration::from_secs(20);

/// Made when they are first needed: what the system trusts takes milliseconds to read.
#[derive(Default)]
pub struct Clients {
    kept: OnceCell<Client>,
    fresh: OnceCell<Client>,
    tls: OnceCell<ClientConfig>,
}

impl Clients {
    /// The client for requests of this idempotency.
    pub async fn client(
        &self,
        idempotency: Idempotency,
        settings: &Settings,
        base_url: &BaseUrl,
    ) -> Result<&Client, Failure> {
        let (client, idle_connections) = match idempotency {
            Idempotency::Idempotent => (&self.kept, usize::MAX),
            Idempotency::NonIdempotent => (&self.fresh, 0),
        };
        let make = || async {
            let builder = builder(settings).pool_max_idle_per_host(idle_connections);
            let builder = match base_url.is_plain() {
                // A proxy would see the key, and without TLS a machine needs no certificates.
                true => builder.no_proxy().tls_certs_only([]),
                false => {
                    let tls = self.tls.get_or_try_init(|| async { tls::config() }).await;
                    let tls = tls.map_err(Failure::from_tls_setup)?;
                    builder.https_only(true).tls_backend_preconfigured(tls.clone())
                }
            };
            builder.build().map_err(Failure::from_setup)
        };
        client.get_or_try_init(make).await
    }
}

fn builder(settings: &Settings) -> reqwest::ClientBuilder {
    Client::builder()
        .user_agent(user_agent(settings))
        .timeout(settings.request_timeout)
        // A connection that takes too long has to fail as such, since that proves that nothing was sent.
        .connect_timeout(settings.request_timeout / 2)
        .pool_idle_timeout(LONGEST_IDLE)
        // Yotta's tutorial on serverless inference advises it: HTTP/2 fails on some networks.
        .http1_only()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connector_layer(layer_fn(CancelWrites))
}

fn user_agent(settings: &Settings) -> header::HeaderValue {
    header::HeaderValue::from_str(&settings.user_agent).unwrap_or(header::HeaderValue::from_static(USER_AGENT))
}

/// Makes connections, but hands none out for a write that is cancelled by then: a handshake takes its time.
#[derive(Clone)]
struct CancelWrites<S>(S);

type BoxError = Box<dyn Error + Send + Sync>;

impl<S, Address> Service<Address> for CancelWrites<S>
where
    S: Service<Address, Error = BoxError>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, address: Address) -> Self::Future {
        let connecting = self.0.call(address);
        Box::pin(async move {
            let connection = connecting.await?;
            match call_context::is_cancelled_write() {
                true => Err("the run was interrupted".into()),
                false => Ok(connection),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::future::{Ready, ready};

    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::clouds::with_cancellation;

    /// A connection during whose making the run is stopped.
    struct Stopping(CancellationToken);

    impl Service<()> for Stopping {
        type Response = ();
        type Error = BoxError;
        type Future = Ready<Result<(), BoxError>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, (): ()) -> Self::Future {
            self.0.cancel();
            ready(Ok(()))
        }
    }

    #[tokio::test]
    async fn a_connection_that_comes_too_late_is_for_reads_only() {
        for is_write in [true, false] {
            let stop = CancellationToken::new();
            let connecting = CancelWrites(Stopping(stop.clone())).call(());
            let connected = with_cancellation(&stop, call_context::sending(is_write, connecting)).await;
            assert_eq!(connected.is_err(), is_write);
        }
    }
}
