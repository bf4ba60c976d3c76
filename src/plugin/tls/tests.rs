//! Who gets through the TLS handshake, and who does not.

use rcgen::{BasicConstraints, IsCa, PKCS_ECDSA_P521_SHA512, SignatureAlgorithm};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion, pki_types::ServerName, version::TLS12};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::*;

type Connected = TlsStream<tokio::io::DuplexStream>;

struct Client {
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

/// A client's certificate as go-plugin makes it: its own authority, on P-521.
fn client() -> Client {
    client_with(&PKCS_ECDSA_P521_SHA512)
}

fn client_with(algorithm: &'static SignatureAlgorithm) -> Client {
    let key = KeyPair::generate_for(algorithm).unwrap();
    let mut parameters = CertificateParams::new(["localhost".to_owned()]).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters
        .distinguished_name
        .push(DnType::OrganizationName, "HashiCorp");
    Client {
        certificate: parameters.self_signed(&key).unwrap().into(),
        key,
    }
}

fn config(server: &Identity, version: &'static SupportedProtocolVersion, client: Option<Client>) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(server.certificate.clone()).unwrap();
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots);
    let mut config = match client {
        Some(Client { certificate, key }) => builder
            .with_client_auth_cert(vec![certificate], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
            .unwrap(),
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    config
}

/// The client's end of the connection, or why the server refused it.
async fn connect(server: Identity, config: ClientConfig) -> Result<Connected, String> {
    let (near, far) = tokio::io::duplex(16 * 1024);
    let connecting = TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), near);
    let (accepted, connected) = tokio::join!(server.acceptor.accept(far), connecting);
    accepted.map_err(|error| error.to_string())?;
    connected.map_err(|error| error.to_string())
}

#[tokio::test]
async fn the_pinned_client_gets_in() {
    let client = client();
    let server = Identity::for_client(client.certificate.clone()).unwrap();
    let config = config(&server, &TLS13, Some(client));
    let connected = connect(server, config).await.unwrap();
    let (_, session) = connected.get_ref();
    assert_eq!(session.protocol_version(), Some(rustls::ProtocolVersion::TLSv1_3));
    assert_eq!(session.alpn_protocol(), Some(&b"h2"[..]));
}

#[tokio::test]
async fn nobody_else_does() {
    let refusal = |presented| async {
        let server = Identity::for_client(client().certificate).unwrap();
        let config = config(&server, &TLS13, presented);
        connect(server, config).await.map(|_| ()).unwrap_err()
    };
    assert_eq!(refusal(None).await, "peer sent no certificates");
    assert_eq!(
        refusal(Some(client())).await,
        "invalid peer certificate: ApplicationVerificationFailure"
    );
}

#[tokio::test]
async fn the_certificate_without_its_key_is_worth_nothing() {
    let honest = client();
    let server = Identity::for_client(honest.certificate.clone()).unwrap();
    let thief = Client {
        certificate: honest.certificate,
        key: client().key,
    };
    let resolver = Arc::new(Stolen(thief));
    let mut config = config(&server, &TLS13, None);
    config.client_auth_cert_resolver = resolver;
    assert_eq!(
        connect(server, config).await.map(|_| ()).unwrap_err(),
        "invalid peer certificate: BadSignature"
    );
}

#[tokio::test]
async fn older_versions_of_tls_are_refused() {
    let client = client();
    let server = Identity::for_client(client.certificate.clone()).unwrap();
    let config = config(&server, &TLS12, Some(client));
    assert!(connect(server, config).await.is_err());
}

/// Presents a certificate with a key that is not its own, which rustls's builder would notice.
struct Stolen(Client);

impl std::fmt::Debug for Stolen {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Stolen")
    }
}

impl rustls::client::ResolvesClientCert for Stolen {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<rustls::sign::CertifiedKey>> {
        let key = PrivatePkcs8KeyDer::from(self.0.key.serialize_der()).into();
        let key = aws_lc_rs::sign::any_supported_type(&key).ok()?;
        Some(Arc::new(rustls::sign::CertifiedKey::new(
            vec![self.0.certificate.clone()],
            key,
        )))
    }

    fn has_certs(&self) -> bool {
        true
    }
}
