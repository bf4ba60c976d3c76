//! The connections to a cloud: kept for what can be sent again, fresh for what cannot.
//!
//! A server may close a connection that is kept without a word, and its client finds that out by sending a request into
//! it: whether that was read is not known. A question is asked again then. An order that may be given once only goes out
//! on a connection of its own, which costs a handshake and loses nothing.

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

use super::{BaseUrl, Failure, Repeat, Settings, USER_AGENT, stop, tls};

/// Load balancers commonly close idle connections after a minute. Letting go of ours earlier spares a question that would
/// have to be asked again.
const LONGEST_IDLE: Duration = Duration::from_secs(20);

/// Made when they are first needed: what the system trusts takes milliseconds to read.
#[derive(Default)]
pub struct Clients {
    kept: OnceCell<Client>,
    fresh: OnceCell<Client>,
    tls: OnceCell<ClientConfig>,
}

impl Clients {
    /// The client for a request that may be repeated so.
    pub async fn client(&self, repeat: Repeat, settings: &Settings, base_url: &BaseUrl) -> Result<&Client, Failure> {
        let (client, idle_connections) = match repeat {
            Repeat::Safely => (&self.kept, usize::MAX),
            Repeat::OnlyIfNothingHappened => (&self.fresh, 0),
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
        .connector_layer(layer_fn(LeaveUnsent))
}

fn user_agent(settings: &Settings) -> header::HeaderValue {
    header::HeaderValue::from_str(&settings.user_agent).unwrap_or(header::HeaderValue::from_static(USER_AGENT))
}

/// Makes connections, but hands none out for an order that is to be left by then: a handshake takes its time.
#[derive(Clone)]
struct LeaveUnsent<S>(S);

type BoxError = Box<dyn Error + Send + Sync>;

impl<S, Address> Service<Address> for LeaveUnsent<S>
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
            match stop::is_to_be_left() {
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
    use crate::clouds::unless_stopped;

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
    async fn a_connection_that_comes_too_late_is_for_questions_only() {
        for is_order in [true, false] {
            let stop = CancellationToken::new();
            let connecting = LeaveUnsent(Stopping(stop.clone())).call(());
            let connected = unless_stopped(&stop, stop::sending(is_order, connecting)).await;
            assert_eq!(connected.is_err(), is_order);
        }
    }
}
