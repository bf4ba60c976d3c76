//! The plugin as a client meets it: a line, a connection with two certificates, services, an end.
#![cfg(unix)] // Elsewhere the plugin listens on TCP, which its unit tests cover.

use std::{io, path::Path, time::Duration};

use gpupod::{
    plugin::{
        Definition, Error, Mode,
        handshake::Settings,
        proto::{
            Empty,
            grpc_broker_client::GrpcBrokerClient,
            grpc_controller_client::GrpcControllerClient,
            grpc_stdio_client::GrpcStdioClient,
            health::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient},
        },
        serve_on,
    },
    wire::proto::{DynamicValue, call_function, get_metadata, provider_client::ProviderClient},
};
use tempfile::TempDir;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time,
};
use tonic::{Code, Status, transport::Channel};

use self::client::{Client, Handshake};

mod client;
mod echo;

const DEFINITION: Definition = Definition {
    name: "example",
    address: "registry.example.org/acme/example",
    magic_cookie: ("COOKIE", "biscuit"),
    protocol_version: 6,
};

/// A plugin that serves within the test, in a folder of its own.
struct Plugin {
    announcement: String,
    terminate: oneshot::Sender<()>,
    served: JoinHandle<Result<(), Error>>,
    _directory: TempDir,
}

impl Plugin {
    /// With an empty certificate in plain text, as go-plugin has it.
    async fn start(mode: Mode, certificate: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let settings = settings(mode, directory.path(), certificate);
        let (output, mut announced) = mpsc::unbounded_channel();
        let (terminate, terminated) = oneshot::channel();
        let terminated = async { terminated.await.unwrap_or(()) };
        let served = tokio::spawn(async move {
            serve_on(&DEFINITION, mode, settings, Output(output), terminated, echo::services).await
        });
        let announcement = announced.recv().await.unwrap();
        Self {
            announcement,
            terminate,
            served,
            _directory: directory,
        }
    }

    fn handshake(&self) -> Handshake {
        Handshake::read(&self.announcement)
    }
}

fn settings(mode: Mode, directory: &Path, certificate: &str) -> Settings {
    let environment = |name: &str| match name {
        "COOKIE" => Some("biscuit".to_owned()),
        "PLUGIN_UNIX_SOCKET_DIR" => directory.to_str().map(str::to_owned),
        "PLUGIN_CLIENT_CERT" => Some(certificate.to_owned()),
        _ => None,
    };
    Settings::from_environment(&DEFINITION, mode, &environment).unwrap()
}

/// Stands for stdout: each write is a message.
struct Output(mpsc::UnboundedSender<String>);

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8(bytes.to_vec()).map_err(io::Error::other)?;
        self.0.send(text).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn health(channel: &Channel, service: &str) -> Result<ServingStatus, Code> {
    let request = HealthCheckRequest {
        service: service.to_owned(),
    };
    let answer = HealthClient::new(channel.clone())
        .check(request)
        .await
        .map_err(|status| status.code())?;
    Ok(answer.into_inner().status())
}

async fn shut_down(channel: &Channel) {
    GrpcControllerClient::new(channel.clone())
        .shutdown(Empty {})
        .await
        .unwrap();
}

async fn call(channel: &Channel, name: &str, argument: DynamicValue) -> Result<DynamicValue, Status> {
    let mut provider = ProviderClient::new(channel.clone()).max_decoding_message_size(usize::MAX);
    let request = call_function::Request {
        name: name.to_owned(),
        arguments: vec![argument],
    };
    Ok(provider
        .call_function(request)
        .await?
        .into_inner()
        .result
        .unwrap_or_default())
}

#[tokio::test]
async fn serves_until_shutdown() {
    let client = Client::new();
    let plugin = Plugin::start(Mode::Plugin, &client.pem()).await;
    let handshake = plugin.handshake();
    let channel = handshake.connect(Some(&client)).await.unwrap();

    assert_eq!(health(&channel, "plugin").await, Ok(ServingStatus::Serving));
    assert_eq!(health(&channel, "other").await, Err(Code::NotFound));
    let mut stdio = GrpcStdioClient::new(channel.clone())
        .stream_stdio(())
        .await
        .unwrap()
        .into_inner();
    let words = tonic::codegen::tokio_stream::pending();
    let mut broker = GrpcBrokerClient::new(channel.clone())
        .start_stream(words)
        .await
        .unwrap()
        .into_inner();
    assert!(Path::new(&handshake.path).exists());

    shut_down(&channel).await;
    assert_eq!(stdio.message().await.unwrap(), None);
    assert_eq!(broker.message().await.unwrap(), None);
    plugin.served.await.unwrap().unwrap();
    assert!(!Path::new(&handshake.path).exists());
}

#[tokio::test]
async fn strangers_are_not_served() {
    let client = Client::new();
    let plugin = Plugin::start(Mode::Plugin, &client.pem()).await;
    for stranger in [None, Some(Client::new())] {
        // In TLS 1.3 a client hears of its refusal only when it reads.
        if let Ok(channel) = plugin.handshake().connect(stranger.as_ref()).await {
            assert!(health(&channel, "plugin").await.is_err());
        }
    }
    let channel = plugin.handshake().connect(Some(&client)).await.unwrap();
    assert_eq!(health(&channel, "plugin").await, Ok(ServingStatus::Serving));
}

#[tokio::test]
async fn plain_text_if_the_client_has_no_certificate() {
    let plugin = Plugin::start(Mode::Plugin, "").await;
    let channel = plugin.handshake().connect(None).await.unwrap();
    assert_eq!(health(&channel, "plugin").await, Ok(ServingStatus::Serving));
}

#[tokio::test]
async fn large_messages_pass_both_ways() {
    let client = Client::new();
    let plugin = Plugin::start(Mode::Plugin, &client.pem()).await;
    let channel = plugin.handshake().connect(Some(&client)).await.unwrap();
    let large = DynamicValue {
        msgpack: vec![7; 6 << 20].into(),
        ..DynamicValue::default()
    };
    let answer = call(&channel, "echo", large.clone()).await.unwrap();
    assert!(answer == large);
}

#[tokio::test]
async fn what_is_left_out_answers_unimplemented() {
    let plugin = Plugin::start(Mode::Plugin, "").await;
    let channel = plugin.handshake().connect(None).await.unwrap();
    let status = ProviderClient::new(channel)
        .get_metadata(get_metadata::Request {})
        .await
        .unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
}

#[tokio::test]
async fn a_signal_lets_work_end_and_answer() {
    let plugin = Plugin::start(Mode::Plugin, "").await;
    let channel = plugin.handshake().connect(None).await.unwrap();
    let terminate = async {
        // Answered only after the call before it has arrived, because both take one way.
        health(&channel, "plugin").await.unwrap();
        plugin.terminate.send(()).unwrap();
    };
    let (answer, ()) = tokio::join!(biased; call(&channel, "work_until_the_end", DynamicValue::default()), terminate);
    assert_eq!(answer.unwrap().json, "\"ended well\"");
    plugin.served.await.unwrap().unwrap();
}

#[tokio::test]
async fn after_a_signal_a_client_that_is_connected_gets_every_answer() {
    let plugin = Plugin::start(Mode::Plugin, "").await;
    let channel = plugin.handshake().connect(None).await.unwrap();
    let terminate = async {
        health(&channel, "plugin").await.unwrap();
        plugin.terminate.send(()).unwrap();
        // What is called now is answered as well.
        let echo = call(&channel, "echo", DynamicValue::default()).await;
        assert_eq!(echo.unwrap(), DynamicValue::default());
        time::pause();
    };
    let long = call(&channel, "work_long_after_the_end", DynamicValue::default());
    let (answer, ()) = tokio::join!(biased; long, terminate);
    assert_eq!(answer.unwrap().json, "\"ended well\"");
    let told = time::Instant::now();
    plugin.served.await.unwrap().unwrap();
    // go-plugin cancels the calls of a process that has ended, and may not have read what it has received.
    assert!(told.elapsed() > Duration::from_secs(1), "{:?}", told.elapsed());
}

#[tokio::test]
async fn a_signal_does_not_keep_a_client_from_shutting_down() {
    let plugin = Plugin::start(Mode::Plugin, "").await;
    let channel = plugin.handshake().connect(None).await.unwrap();
    health(&channel, "plugin").await.unwrap();
    plugin.terminate.send(()).unwrap();
    shut_down(&channel).await;
    time::pause();
    let asked = time::Instant::now();
    plugin.served.await.unwrap().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
}

#[tokio::test]
async fn work_stops_the_moment_that_its_client_is_gone_and_the_next_client_can_begin_anew() {
    for mode in [Mode::Plugin, Mode::Debug] {
        let plugin = Plugin::start(mode, "").await;
        let handshake = match mode {
            Mode::Plugin => plugin.handshake(),
            Mode::Debug => attached(&plugin.announcement),
        };
        let channel = handshake.connect(None).await.unwrap();
        let working = tokio::spawn({
            let channel = channel.clone();
            async move { call(&channel, "work_until_stopped", DynamicValue::default()).await }
        });
        while health(&channel, "plugin").await != Ok(ServingStatus::Serving) {}
        let mut stands = stand(&channel).await;
        assert_eq!(stands, "[false, false]");
        working.abort();
        drop((working.await, channel));
        while stands == "[false, false]" {
            // However soon the next one comes.
            stands = stand(&handshake.connect(None).await.unwrap()).await;
        }
        assert_eq!(stands, "[true, false]", "{mode:?}");
    }
}

async fn stand(channel: &Channel) -> String {
    let answer = call(channel, "how_it_stands", DynamicValue::default()).await.unwrap();
    String::from_utf8(answer.json.to_vec()).unwrap()
}

#[tokio::test]
async fn a_call_that_hangs_does_not_hold_up_shutdown() {
    let plugin = Plugin::start(Mode::Plugin, "").await;
    let channel = plugin.handshake().connect(None).await.unwrap();
    let hanging = tokio::spawn({
        let channel = channel.clone();
        async move { call(&channel, "hang", DynamicValue::default()).await }
    });
    health(&channel, "plugin").await.unwrap();
    shut_down(&channel).await;
    time::pause();
    plugin.served.await.unwrap().unwrap();
    hanging.abort();
}

#[tokio::test]
async fn a_plugin_whose_client_was_killed_ends() {
    let plugin = Plugin::start(Mode::Plugin, "").await;
    let channel = plugin.handshake().connect(None).await.unwrap();
    health(&channel, "plugin").await.unwrap();
    drop(channel);
    time::pause();
    plugin.served.await.unwrap().unwrap();
}

#[tokio::test]
async fn debug_mode_says_how_to_attach() {
    let plugin = Plugin::start(Mode::Debug, &Client::new().pem()).await;
    let channel = attached(&plugin.announcement).connect(None).await.unwrap();
    assert_eq!(health(&channel, "plugin").await, Ok(ServingStatus::Serving));
    plugin.terminate.send(()).unwrap();
    drop(channel);
    plugin.served.await.unwrap().unwrap();
}

/// The address that debug mode prints.
fn attached(announcement: &str) -> Handshake {
    let assignment = announcement.lines().last().unwrap();
    let json = assignment
        .strip_prefix("TF_REATTACH_PROVIDERS='")
        .unwrap()
        .strip_suffix('\'')
        .unwrap();
    let reattach: serde_json::Value = serde_json::from_str(json).unwrap();
    let address = reattach[DEFINITION.address]["Addr"]["String"].as_str().unwrap();
    Handshake::read(&format!("1|6|unix|{address}|grpc|\n"))
}
