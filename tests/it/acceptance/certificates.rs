//! A cloud behind a certificate of one's own, and a proxy that cannot be read.

use std::{fs, net::SocketAddr, sync::Arc, thread};

use gpupod::simulator::Simulator;
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    runtime,
};
use tokio_rustls::TlsAcceptor;

use super::{pod::Pod, workspace::Workspace};

/// A second loopback address, which every system has of another kind.
const HOST: &str = if cfg!(target_os = "linux") { "127.0.0.2" } else { "::1" };

/// What `openssl req -x509` makes by default, but for its names.
struct Own {
    pem: String,
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

impl Own {
    fn new(names: &[&str]) -> Self {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut parameters = CertificateParams::new(names).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.self_signed(&key).unwrap();
        Self {
            pem: pem(certificate.der()),
            certificate: certificate.der().clone(),
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        }
    }
}

fn pem(der: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        STANDARD.encode(der)
    )
}

/// Puts TLS in front of the clouds, and returns the address.
fn with_tls(own: &Own, cloud: &Simulator) -> String {
    let url = cloud
        .environment_of("yotta")
        .into_iter()
        .find(|(name, _)| name.ends_with("_URL"));
    let clouds: SocketAddr = url.unwrap().1.trim_start_matches("http://").parse().unwrap();
    let server = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.certificate.clone()], own.key.clone_key())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(server));
    // At the simulator's own port, since it serves no other: https is at one loopback address, http at another.
    let address = SocketAddr::new(HOST.parse().unwrap(), clouds.port());
    let listener = std::net::TcpListener::bind(address).unwrap();
    listener.set_nonblocking(true).unwrap();
    thread::spawn(move || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let mut secured = acceptor.accept(stream).await?;
                    let mut plain = TcpStream::connect(clouds).await?;
                    copy_bidirectional(&mut secured, &mut plain).await
                });
            }
        });
    });
    format!("https://{address}")
}

fn trusting(own: &Own) -> Workspace {
    let mut workspace = Workspace::new(Pod::minimal());
    let file = workspace.file("trusted.pem");
    fs::write(&file, &own.pem).unwrap();
    let url = with_tls(own, &workspace.cloud);
    workspace.tool.set("SSL_CERT_FILE", file.display());
    workspace.tool.set("YOTTA_BASE_URL", url);
    workspace
}

#[test]
fn a_certificate_as_openssl_makes_it_can_be_trusted() {
    let workspace = trusting(&Own::new(&[HOST]));
    workspace.apply();
    workspace.finish();
}

#[test]
fn what_is_wrong_with_a_certificate_is_told() {
    let mut workspace = trusting(&Own::new(&[]));
    workspace.write("data \"gpupod_pods\" \"all\" {}\n");
    workspace.run(&["plan"]).fails().says(&["has no subjectAltName"]);
    let other = workspace.file("other.pem");
    fs::write(&other, Own::new(&[HOST]).pem).unwrap();
    workspace.tool.set("SSL_CERT_FILE", other.display());
    workspace
        .run(&["plan"])
        .fails()
        .says(&["not itself among the trusted ones"]);
    workspace
        .tool
        .set("SSL_CERT_FILE", workspace.file("missing.pem").display());
    workspace
        .run(&["plan"])
        .fails()
        .says(&["the certificates of trusted authorities cannot be read"]);

    workspace
        .tool
        .set("HTTPS_PROXY", "http://someone:hunter2@proxy example.com");
    let refused = workspace.run(&["plan"]).fails();
    refused.says(&["HTTPS_PROXY of the environment cannot be read"]);
    for name in ["HTTPS_PROXY", "SSL_CERT_FILE"] {
        workspace.tool.unset(name);
    }
    for (name, value) in workspace.cloud.environment_of("yotta") {
        workspace.tool.set(name, value);
    }
    workspace.write("");
    workspace.finish();
}
