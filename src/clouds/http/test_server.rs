//! Test server: gives canned responses, one to each connection, and records the requests.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The fate of one connection.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A whole response: status, further headers (each with its line end), body.
    Answer(u16, String, Vec<u8>),
    /// The connection is cut before the request was read.
    CutBeforeReading,
    /// The request is read, and the connection is cut.
    CutAfterReading,
    /// The status says success, and the body breaks off.
    CutInBody,
    /// The request is read, and nothing comes.
    Silence,
}

impl Reply {
    pub fn json(status: u16, body: &str) -> Self {
        Self::Answer(
            status,
            "content-type: application/json\r\n".to_owned(),
            body.as_bytes().to_vec(),
        )
    }
}

/// A request as it arrived. Header names are in lower case.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// Method and path.
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

pub struct TestServer {
    pub base_url: String,
    asked: Arc<Mutex<Vec<Received>>>,
    task: JoinHandle<()>,
}

impl TestServer {
    /// A request beyond the list is answered with 501, which no client should see.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let replies: Vec<Reply> = replies.into_iter().collect();
        let task = tokio::spawn(serve(listener, replies, asked.clone()));
        Self { base_url, asked, task }
    }

    pub fn requests(&self) -> Vec<Received> {
        self.asked.lock().expect("no test panics with the lock").clone()
    }

    /// Method and path of each request.
    pub fn lines(&self) -> Vec<String> {
        self.requests().into_iter().map(|asked| asked.line).collect()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, replies: Vec<Reply>, asked: Arc<Mutex<Vec<Received>>>) {
    let mut replies = replies.into_iter();
    // Kept, because dropping a connection would cut it.
    let mut silent = Vec::new();
    while let Ok((stream, _)) = listener.accept().await {
        let reply = replies.next().unwrap_or_else(|| Reply::json(501, ""));
        if let Reply::CutBeforeReading = reply {
            asked
                .lock()
                .expect("no test panics with the lock")
                .push(Received::default());
            continue;
        }
        let mut stream = BufReader::new(stream);
        let Some(request) = read(&mut stream).await else {
            continue;
        };
        asked.lock().expect("no test panics with the lock").push(request);
        match reply {
            Reply::Silence => silent.push(stream),
            reply => write(stream.into_inner(), reply).await,
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Received> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let line = lines.first()?.trim_end_matches(" HTTP/1.1").to_owned();
    let header = |line: &String| {
        line.split_once(": ")
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
    };
    let mut asked = Received {
        line,
        headers: lines.iter().filter_map(header).collect(),
        body: String::new(),
    };
    let length = asked
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    asked.body = String::from_utf8(body).ok()?;
    Some(asked)
}

async fn write(mut stream: TcpStream, reply: Reply) {
    let (status, headers, length, body) = match reply {
        Reply::Answer(status, headers, body) => (status, headers, body.len(), body),
        Reply::CutInBody => (200, String::new(), 100, b"{\"code\":".to_vec()),
        Reply::CutBeforeReading | Reply::CutAfterReading | Reply::Silence => return,
    };
    let head = format!("HTTP/1.1 {status} -\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n");
    // A client that has seen enough may be gone.
    let _ = stream.write_all(&[head.as_bytes(), &body].concat()).await;
    let _ = stream.shutdown().await;
}
