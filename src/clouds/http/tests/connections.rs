//! Keep-alive connections that a server closes without a word after a response.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use reqwest::Method;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{http, read, request};
use crate::clouds::{
    Settings,
    http::{Idempotency, Request},
};

/// Answers one request on each connection, and lets it look as if it were kept. Returns its address, and how many
/// connections have been made and how many requests came on one that was gone.
async fn start() -> (String, Arc<[AtomicUsize; 2]>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    let counts = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let noted = Arc::clone(&counts);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            noted[0].fetch_add(1, Ordering::Relaxed);
            let noted = Arc::clone(&noted);
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                if read_request(&mut stream).await {
                    let response = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\n{}";
                    let _ = stream.get_mut().write_all(response).await;
                }
                if read_request(&mut stream).await {
                    noted[1].fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    (base_url, counts)
}

/// Whether a whole request without a body came.
async fn read_request(stream: &mut BufReader<TcpStream>) -> bool {
    loop {
        let mut line = String::new();
        match stream.read_line(&mut line).await {
            Ok(1..) if line == "\r\n" => return true,
            Ok(1..) => {}
            _ => return false,
        }
    }
}

#[tokio::test]
async fn a_write_that_may_be_given_once_is_never_sent_into_a_connection_that_may_be_gone() {
    const ROUNDS: usize = 20;
    let (base_url, counts) = start().await;
    let http = http(&base_url, Settings::default()).with_sleep(|_| {});
    let a_read = Request::new(Method::GET, "/v1/things", Idempotency::Idempotent, "listing things");
    for _ in 0..ROUNDS {
        assert!(http.send(&a_read, read).await.is_ok());
        assert!(http.send(&request(Idempotency::NonIdempotent), read).await.is_ok());
    }
    // Questions keep their connections, and are asked again.
    let lost = counts[1].load(Ordering::Relaxed);
    assert!(lost > 0);
    assert_eq!(counts[0].load(Ordering::Relaxed), 2 * ROUNDS);
}
