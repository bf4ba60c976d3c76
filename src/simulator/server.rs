//! Serves a world over HTTP/1: accepts connections, reads requests, and closes a connection where a fault says so.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::Request as Received;
use hyper::body::Incoming;
use hyper::header::{DATE, Entry, HeaderMap, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};

use super::clock::http_date;
use super::http::{Request, Response};
use super::world::World;
use super::{control, origin};

/// More than any request of a client, less than what hurts.
const MOST_BODY: usize = 16 * 1024 * 1024;
/// Before another try to accept, when the process has no file handle left.
const PAUSE: Duration = Duration::from_millis(50);

/// Accepts connections for as long as the future is polled.
///
/// An answer of a cloud takes `latency` longer than it has to.
pub(super) async fn serve(listener: TcpListener, world: Arc<World>, latency: Duration) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let port = stream.local_addr().map_or(0, |address| address.port());
                tokio::spawn(converse(stream, port, Arc::clone(&world), latency));
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

async fn converse(stream: TcpStream, port: u16, world: Arc<World>, latency: Duration) {
    // Without it a benchmark would measure how long the kernel waits for more to send.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |received| {
        let world = Arc::clone(&world);
        async move { respond(received, port, &world, latency).await }
    });
    // An error here is a client that went away or a connection that was cut as ordered.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// An error makes hyper close the connection before the first byte of an answer.
async fn respond(
    received: Received<Incoming>,
    port: u16,
    world: &World,
    latency: Duration,
) -> io::Result<hyper::Response<Full<Bytes>>> {
    if let Some(reason) = origin::refusal(received.uri(), received.headers(), port) {
        let refused = Response::json(403, json!({ "error": reason }));
        return refused.into_response().map_err(io::Error::other);
    }
    let request = read(received).await?;
    let response = if control::is_meant(&request.path) {
        control::answer(&mut world.lock(), &request)
    } else {
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        world.answer(&request).await.map_err(io::Error::other)?
    };
    let mut response = response.into_response().map_err(io::Error::other)?;
    // By the clock that the clouds go by, for a client may compare it with their moments; unless an order says otherwise.
    if let (Entry::Vacant(vacant), Ok(date)) = (
        response.headers_mut().entry(DATE),
        HeaderValue::from_str(&http_date(world.lock().clock.now())),
    ) {
        vacant.insert(date);
    }
    Ok(response)
}

async fn read(received: Received<Incoming>) -> io::Result<Request> {
    let (parts, body) = received.into_parts();
    let body = Limited::new(body, MOST_BODY)
        .collect()
        .await
        .map_err(|error| io::Error::other(error.to_string()))?
        .to_bytes();
    Ok(Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: shown(&parts.headers),
        body,
    })
}

/// A value that is no text is shown as far as it is.
fn shown(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect()
}
