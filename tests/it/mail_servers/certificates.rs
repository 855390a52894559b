//! A certificate authority of an office's intranet, and the certificate of its mail server.

use std::path::PathBuf;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use tempfile::TempDir;

/// A CA and a server's certificate that it signed, as PEM files.
pub struct Authority {
    _folder: TempDir,
    /// The CA's certificate: what `ca_file` names.
    pub ca: PathBuf,
    /// The server's certificate.
    pub certificate: PathBuf,
    /// The server's key.
    pub key: PathBuf,
}

impl Authority {
    /// A certificate for this host by name and by address.
    pub fn for_localhost() -> Self {
        Self::of(&["localhost", "127.0.0.1"])
    }

    /// A certificate for other names: whoever connects here must refuse it.
    pub fn for_names(names: &[&str]) -> Self {
        Self::of(names)
    }

    fn of(names: &[&str]) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.distinguished_name.push(DnType::CommonName, "Yunshan Test CA");
        let ca_key = KeyPair::generate().unwrap();
        let ca = params.self_signed(&ca_key).unwrap();
        let issuer = Issuer::new(params, ca_key);
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &issuer).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: String| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        Self {
            ca: put("ca.pem", ca.pem()),
            certificate: put("server.pem", certificate.pem()),
            key: put("server.key", key.serialize_pem()),
            _folder: folder,
        }
    }
}
