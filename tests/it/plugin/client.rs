//! The client's side of the connection: its certificate, and a channel to the address in the handshake.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};
use hyper_util::rt::TokioIo;
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, PKCS_ECDSA_P521_SHA512};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName},
    version::TLS13,
};
use tokio::net::UnixStream;
use tokio_rustls::TlsConnector;
use tonic::{
    codegen::{Service, http::Uri},
    transport::{Channel, Endpoint, Error},
};

/// A certificate as go-plugin makes it, with its key.
pub struct Client {
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Client {
    pub fn new() -> Self {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P521_SHA512).unwrap();
        let mut parameters = CertificateParams::new(["localhost".to_owned()]).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self {
            certificate: parameters.self_signed(&key).unwrap().into(),
            key,
        }
    }

    pub fn pem(&self) -> String {
        let body = STANDARD.encode(&self.certificate);
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    }
}

/// Where to connect, from the line that the plugin has printed.
pub struct Handshake {
    pub path: String,
    server: Option<CertificateDer<'static>>,
}

impl Handshake {
    pub fn read(line: &str) -> Self {
        let fields: Vec<_> = line.strip_suffix('\n').unwrap().split('|').collect();
        let ["1", "6", "unix", path, "grpc", certificate] = fields[..] else {
            panic!("not a handshake: {line}")
        };
        let der = STANDARD_NO_PAD.decode(certificate).unwrap();
        Self {
            path: path.to_owned(),
            server: (!der.is_empty()).then(|| der.into()),
        }
    }

    /// Connects, over TLS if the plugin has shown a certificate, and with the client's if there is one.
    pub async fn connect(&self, client: Option<&Client>) -> Result<Channel, Error> {
        let tls = self
            .server
            .as_ref()
            .map(|server| TlsConnector::from(Arc::new(tls_config(server, client))));
        let connector = Connector {
            path: self.path.clone(),
            tls,
        };
        Endpoint::from_static("http://localhost")
            .connect_with_connector(connector)
            .await
    }
}

fn tls_config(server: &CertificateDer<'static>, client: Option<&Client>) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(server.clone()).unwrap();
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[&TLS13])
        .unwrap()
        .with_root_certificates(roots);
    let mut config = match client {
        Some(Client { certificate, key }) => {
            let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
            builder.with_client_auth_cert(vec![certificate.clone()], key).unwrap()
        }
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    config
}

trait Stream: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin {}

impl<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin> Stream for S {}

#[derive(Clone)]
struct Connector {
    path: String,
    tls: Option<TlsConnector>,
}

impl Connector {
    async fn connect(self) -> io::Result<TokioIo<Box<dyn Stream>>> {
        let stream = UnixStream::connect(&self.path).await?;
        let stream: Box<dyn Stream> = match self.tls {
            Some(tls) => Box::new(tls.connect(ServerName::try_from("localhost").unwrap(), stream).await?),
            None => Box::new(stream),
        };
        Ok(TokioIo::new(stream))
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Box<dyn Stream>>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        Box::pin(self.clone().connect())
    }
}
