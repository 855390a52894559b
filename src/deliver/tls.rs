//! TLS to a server whose certificate is checked: against the system's authorities and the office's own.
//!
//! Takes a file of certificates (or none), gives what a line is encrypted with; what is wrong with a
//! certificate is told with what to do about it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{CertificateError, ClientConfig, Error, RootCertStore};

/// A certificate file that cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadCertificates {
    /// Which.
    pub(super) path: PathBuf,
    /// What is wrong.
    pub(super) fault: String,
}

/// What encrypts a line: trusts what the system trusts, and the certificates of a file besides.
pub(super) fn connector(ca_file: Option<&Path>) -> Result<TlsConnector, BadCertificates> {
    let mut roots = RootCertStore::empty();
    // A system without a store has none to give; a server of the intranet needs none of them.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca_file {
        let bad = |fault: String| BadCertificates { path: path.to_owned(), fault };
        let pem = std::fs::read(path).map_err(|error| bad(error.to_string()))?;
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
        let certificates = certificates.map_err(|error| bad(error.to_string()))?;
        if certificates.is_empty() {
            return Err(bad("里面没有证书（BEGIN CERTIFICATE）".into()));
        }
        for certificate in certificates {
            roots.add(certificate).map_err(|error| bad(error.to_string()))?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows the default versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Why a handshake failed, and what to do.
pub(super) fn in_words(error: &std::io::Error, server: &str, port: u16) -> String {
    let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) else {
        return format!("{error}。请检查网络，并核对 port（{port}）和 security 是否相配");
    };
    match error {
        Error::InvalidCertificate(fault) => of_certificate(fault, server),
        Error::InvalidMessage(_) => {
            format!("{port}端口上的服务器不讲 TLS。请核对 port 和 security：IMAP 的 tls 一般是993，starttls 一般是143")
        }
        Error::AlertReceived(_) | Error::PeerIncompatible(_) => {
            format!("加密协议谈不拢（{error}）。服务器可能太旧，只支持 TLS 1.1 以下：请网管升级")
        }
        other => format!("{other}。请网管检查服务器的证书和加密设置"),
    }
}

fn of_certificate(fault: &CertificateError, server: &str) -> String {
    use CertificateError as Fault;
    match fault {
        Fault::UnknownIssuer | Fault::BadSignature => {
            "服务器的证书不是可信机构签发的。内网服务器请向网管要签发它的 CA 证书（PEM 文件），在 wuzhang.toml 写 ca_file；\
             外网服务器遇到这种情况，可能有人冒充，不要继续"
                .into()
        }
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => {
            format!("服务器的证书不是发给“{server}”的。请把 server 写成证书上的名字，或请网管换证书")
        }
        Fault::Expired | Fault::ExpiredContext { .. } => {
            "服务器的证书已经过期。请核对本机日期；日期没错就请网管换证书".into()
        }
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => {
            "服务器的证书尚未生效。请核对本机日期；日期没错就请网管换证书".into()
        }
        other => format!("服务器的证书不能接受（{other}）。自签的证书不行，要由 CA 证书签发：请网管换证书"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificates_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let fault = |path: &Path| connector(Some(path)).err().unwrap().fault;
        assert!(!fault(&path).is_empty());
        std::fs::write(&path, "not a certificate").unwrap();
        assert!(fault(&path).contains("没有证书"));
        std::fs::write(&path, "-----BEGIN CERTIFICATE-----\nMTIz\n-----END CERTIFICATE-----\n").unwrap();
        assert!(!fault(&path).is_empty());
        assert!(connector(None).is_ok());
    }
}
