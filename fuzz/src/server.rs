//! A loopback server that answers every request with the bodies that it was last given, one after the other.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What is answered from now on. The last body is repeated.
#[derive(Default)]
pub struct Script {
    pub status: u16,
    pub content_type: &'static str,
    pub bodies: Vec<Vec<u8>>,
}

impl Script {
    fn next_body(&mut self) -> Vec<u8> {
        match self.bodies.len() {
            0 => Vec::new(),
            1 => self.bodies[0].clone(),
            _ => self.bodies.remove(0),
        }
    }
}

pub type Shared = Arc<Mutex<Script>>;

/// Listens within the current runtime, and tells its address.
pub async fn start(script: Shared) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&script)));
        }
    });
    address
}

async fn serve(stream: TcpStream, script: Shared) {
    let mut stream = BufReader::new(stream);
    while let Some(length) = request_length(&mut stream).await {
        let mut body = vec![0; length];
        if stream.read_exact(&mut body).await.is_err() || answer(&mut stream, &script).await.is_err() {
            return;
        }
    }
}

/// Reads the head of a request, and tells how long its body is.
async fn request_length(stream: &mut BufReader<TcpStream>) -> Option<usize> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            None if line.trim_end().is_empty() => return Some(length),
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().ok()?,
            _ => {}
        }
    }
}

async fn answer(stream: &mut BufReader<TcpStream>, script: &Shared) -> std::io::Result<()> {
    let (head, body) = {
        let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
        let body = script.next_body();
        let Script {
            status, content_type, ..
        } = &*script;
        let length = body.len();
        let head = format!("HTTP/1.1 {status} -\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n");
        (head, body)
    };
    stream.write_all(&[head.as_bytes(), &body].concat()).await
}
