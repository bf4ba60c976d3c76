//! TLS trust: the system's certificate authorities, with SSL_CERT_FILE and SSL_CERT_DIR as OpenSSL has them; and for a
//! certificate that is not trusted, the reason in words that help whoever made it.
//!
//! `openssl req -x509` makes a certificate of an authority (`CA:TRUE`) by default, and people use it for the server
//! itself. rustls refuses that, also if exactly this certificate is among the trusted ones, where OpenSSL and curl take
//! it. So it is taken here as well: whoever trusts it as an authority trusts it with more than one name.

use std::{error::Error, io, sync::Arc};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};
use rustls_platform_verifier::Verifier as PlatformVerifier;

/// How connections are made, with what the system trusts now.
pub fn config() -> Result<ClientConfig, TlsError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = Verifier {
        platform: PlatformVerifier::new(Arc::clone(&provider))?,
        trusted: trusted_by_the_system,
    };
    with_verifier(verifier)
}

fn with_verifier(verifier: Verifier) -> Result<ClientConfig, TlsError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// Like the platform's verifier, but for a certificate that is trusted as it is.
#[derive(Debug)]
struct Verifier {
    platform: PlatformVerifier,
    /// The certificates that are trusted themselves. Read only if it matters.
    trusted: fn() -> Vec<CertificateDer<'static>>,
}

#[cfg(all(unix, not(any(target_os = "android", target_vendor = "apple"))))]
fn trusted_by_the_system() -> Vec<CertificateDer<'static>> {
    rustls_native_certs::load_native_certs().certs
}

/// These systems look at certificates themselves.
#[cfg(not(all(unix, not(any(target_os = "android", target_vendor = "apple")))))]
fn trusted_by_the_system() -> Vec<CertificateDer<'static>> {
    Vec::new()
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let verdict = self
            .platform
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        match verdict {
            // That it is valid at this time was looked at before.
            Err(error) if is_of_an_authority(&error) && (self.trusted)().contains(end_entity) => {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.platform.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.platform.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.platform.supported_verify_schemes()
    }
}

fn is_of_an_authority(error: &TlsError) -> bool {
    matches!(webpki_error(error), Some(webpki::Error::CaUsedAsEndEntity))
}

fn webpki_error(error: &TlsError) -> Option<&webpki::Error> {
    match error {
        TlsError::InvalidCertificate(CertificateError::Other(other)) => other.0.downcast_ref(),
        _ => None,
    }
}

/// The problem with a server's certificate, and its remedy, if that is why a connection was not made.
pub fn explain(error: &(dyn Error + 'static)) -> Option<&'static str> {
    let error = find(error)?;
    match webpki_error(error) {
        Some(webpki::Error::CaUsedAsEndEntity) => {
            return Some(
                "the server's certificate is one of an authority (CA:TRUE, the default of `openssl req -x509`) and not \
                 itself among the trusted ones: add it to the file that SSL_CERT_FILE names, or have it made with \
                 `-addext basicConstraints=critical,CA:FALSE`",
            );
        }
        Some(webpki::Error::UnsupportedCertVersion) => {
            return Some(
                "the server's certificate has no extensions (X.509 version 1, a default of `openssl x509 -req`), so that \
                 it does not say for which names it is: have it made with `-extfile` and a subjectAltName",
            );
        }
        _ => {}
    }
    let TlsError::InvalidCertificate(error) = error else {
        return None;
    };
    match error {
        CertificateError::UnknownIssuer => Some(
            "the server's certificate is from an authority that is not trusted here: put the authority's certificate \
             into a file in PEM form, and name that file in SSL_CERT_FILE",
        ),
        CertificateError::NotValidForNameContext { presented, .. } if presented.is_empty() => Some(
            "the server's certificate has no subjectAltName, and a common name (CN) alone is not looked at: have it made \
             with `-addext subjectAltName=DNS:HOST`, or IP:ADDRESS",
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Some(
            "the server's certificate is for other names than the one in the address: use one of its names, or have it \
             made with this one as subjectAltName",
        ),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            Some("the server's certificate has expired: have it renewed, or set this machine's clock right")
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Some("the server's certificate is not valid yet: set this machine's clock right")
        }
        _ => Some("the server's certificate is not accepted"),
    }
}

/// The error of TLS in a chain of errors. One of I/O hides what it holds from the chain.
fn find<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e TlsError> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match held {
            Some(held) => Some(held),
            None => error.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, sync::LazyLock};

    use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
    use rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer};
    use tokio::io::duplex;
    use tokio_rustls::{TlsAcceptor, TlsConnector};

    use super::*;

    struct Authority {
        certificate: Certificate,
        issuer: Issuer<'static, KeyPair>,
    }

    static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| {
        let key = KeyPair::generate().expect("a key");
        let parameters = parameters(&[], true);
        Authority {
            certificate: parameters.self_signed(&key).expect("a certificate"),
            issuer: Issuer::new(parameters, key),
        }
    });

    thread_local! {
        static TRUSTED: RefCell<Vec<CertificateDer<'static>>> = const { RefCell::new(Vec::new()) };
    }

    fn parameters(names: &[&str], is_authority: bool) -> CertificateParams {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut parameters = CertificateParams::new(names).expect("good names");
        if is_authority {
            parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        parameters
    }

    /// Connects to `127.0.0.1`, which has this certificate, and trusts these.
    async fn connect(certificate: &Certificate, key: &KeyPair, trusted: &[&Certificate]) -> Result<(), io::Error> {
        let trusted: Vec<CertificateDer<'static>> = trusted.iter().map(|one| one.der().clone()).collect();
        TRUSTED.set(trusted.clone());
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier = Verifier {
            platform: PlatformVerifier::new_with_extra_roots(trusted, Arc::clone(&provider)).expect("good roots"),
            trusted: || TRUSTED.with_borrow(Clone::clone),
        };
        let connector = TlsConnector::from(Arc::new(with_verifier(verifier).expect("a configuration")));
        let server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .expect("a server");
        let (client, other) = duplex(1 << 16);
        let name = ServerName::try_from("127.0.0.1").expect("a name");
        let (connected, _) = tokio::join!(
            connector.connect(name, client),
            TlsAcceptor::from(Arc::new(server)).accept(other)
        );
        connected.map(drop)
    }

    /// What is told of a certificate that is its own issuer.
    async fn check_alone(parameters: CertificateParams, is_trusted: bool, expected: &str) {
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.self_signed(&key).expect("a certificate");
        let trusted = if is_trusted {
            &[&certificate][..]
        } else {
            &[&AUTHORITY.certificate]
        };
        check_explanation(connect(&certificate, &key, trusted).await, expected);
    }

    /// The same of one from an authority.
    async fn check_issued(parameters: CertificateParams, is_trusted: bool, expected: &str) {
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.signed_by(&key, &AUTHORITY.issuer).expect("a certificate");
        let trusted = match is_trusted {
            true => vec![&AUTHORITY.certificate, &certificate],
            false => vec![&AUTHORITY.certificate],
        };
        check_explanation(connect(&certificate, &key, &trusted).await, expected);
    }

    fn check_explanation(connected: io::Result<()>, expected: &str) {
        match (connected, expected) {
            (Ok(()), "") => {}
            (Ok(()), _) => panic!("accepted, and not {expected:?}"),
            (Err(error), "") => panic!("{error}"),
            (Err(error), _) => {
                let explanation = explain(&error).unwrap_or("nothing");
                assert!(
                    explanation.contains(expected),
                    "{explanation:?} instead of {expected:?}: {error}"
                );
            }
        }
    }

    const HERE: &[&str] = &["127.0.0.1"];

    #[tokio::test]
    async fn what_openssl_makes_by_default_is_taken_if_it_is_trusted_as_it_is() {
        check_alone(parameters(HERE, true), true, "").await;
        check_alone(parameters(HERE, false), true, "").await;
        check_issued(parameters(HERE, false), false, "").await;
        check_issued(parameters(HERE, true), true, "").await;
    }

    #[tokio::test]
    async fn what_is_not_trusted_or_for_another_name_is_not() {
        check_alone(parameters(HERE, true), false, "not itself among the trusted ones").await;
        check_issued(parameters(HERE, true), false, "CA:TRUE").await;
        check_alone(parameters(&["10.0.0.1"], true), true, "for other names").await;
        check_alone(parameters(&[], true), true, "no subjectAltName").await;
        check_issued(parameters(&[], false), false, "no subjectAltName").await;
        check_issued(parameters(&["localhost"], false), false, "for other names").await;
    }

    #[tokio::test]
    async fn its_time_counts_also_if_it_is_trusted_as_it_is() {
        let at = |from, to| {
            let mut parameters = parameters(HERE, true);
            parameters.not_before = date_time_ymd(from, 1, 1);
            parameters.not_after = date_time_ymd(to, 1, 1);
            parameters
        };
        check_alone(at(2001, 2002), true, "has expired").await;
        check_alone(at(3001, 3002), true, "not valid yet").await;
    }
}
