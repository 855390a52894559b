//! `[mail]` of `wuzhang.toml`: who writes, by which servers, how fast; never a password.
//!
//! Takes what the file states, gives [`Mail`] or every fault with its line.

use std::path::PathBuf;

use serde::Deserialize;

use crate::profile::{Fault, TomlFile};
use crate::say;
use crate::text::is_mail_address;

/// The office's mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Who writes; `None` where the file does not say.
    pub from: Option<Mailbox>,
    /// Where answers go, where that is another address.
    pub reply_to: Option<Mailbox>,
    /// The server that takes mail to be sent; `None` where the file names none.
    pub smtp: Option<Server>,
    /// The server and folder that mail is fetched from; `None` where the file names none.
    pub imap: Option<Imap>,
    /// Messages a minute, at most.
    pub per_minute: u32,
    /// Bytes of a message as it is sent, at most.
    pub max_bytes: u64,
    /// Seconds until the second, third … attempt after a temporary refusal.
    pub retry_after: Vec<u64>,
}

/// An address with the name that readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// 云山县统计局
    pub name: Option<String>,
    /// `tjj@yunshan.example`
    pub address: String,
}

/// How to reach a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name, or its number.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is kept secret.
    pub security: Security,
    /// The account; `None` where the server asks for none.
    pub user: Option<String>,
    /// A file of certificates (PEM) that are trusted besides the system's.
    pub ca_file: Option<PathBuf>,
    /// Seconds to wait for an answer.
    pub timeout: u64,
}

/// A folder of a mailbox that mail is fetched from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imap {
    /// The server's name, or its number.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How the line is kept secret.
    pub security: Security,
    /// The account.
    pub user: String,
    /// The folder: `INBOX`; Chinese names as readers see them.
    pub folder: String,
    /// A file of certificates (PEM) that are trusted besides the system's.
    pub ca_file: Option<PathBuf>,
    /// Larger messages are left where they are, and told.
    pub max_bytes: u64,
    /// Seconds to wait for an answer.
    pub timeout_seconds: u64,
}

/// How a line to a server is kept secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte.
    #[default]
    Tls,
    /// TLS after the first words.
    Starttls,
    /// Nothing; for servers on the same machine.
    None,
}

/// `[mail]` as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMail {
    from: Option<String>,
    reply_to: Option<String>,
    server: Option<String>,
    port: Option<u16>,
    #[serde(default)]
    security: Security,
    #[serde(default)]
    insecure: bool,
    user: Option<String>,
    ca_file: Option<PathBuf>,
    #[serde(default = "RawMail::timeout")]
    timeout_seconds: u64,
    #[serde(default = "RawMail::per_minute")]
    per_minute: u32,
    #[serde(default = "RawMail::max_bytes")]
    max_bytes: u64,
    #[serde(default = "RawMail::retry")]
    retry_seconds: Vec<u64>,
    password: Option<serde::de::IgnoredAny>,
    imap: Option<RawImap>,
}

/// `[mail.imap]` as it is written; what it leaves out is as for sending.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawImap {
    server: String,
    port: Option<u16>,
    #[serde(default)]
    security: Security,
    #[serde(default)]
    insecure: bool,
    user: Option<String>,
    ca_file: Option<PathBuf>,
    #[serde(default = "RawMail::timeout")]
    timeout_seconds: u64,
    #[serde(default = "RawImap::folder")]
    folder: String,
    #[serde(default = "RawImap::max_bytes")]
    max_bytes: u64,
    password: Option<serde::de::IgnoredAny>,
}

impl RawMail {
    fn timeout() -> u64 {
        60
    }
    fn per_minute() -> u32 {
        30
    }
    /// What most offices' servers take.
    fn max_bytes() -> u64 {
        20 * 1024 * 1024
    }
    fn retry() -> Vec<u64> {
        vec![10, 60, 300]
    }
}

impl RawImap {
    fn folder() -> String {
        "INBOX".into()
    }
    fn max_bytes() -> u64 {
        64 * 1024 * 1024
    }
}

/// What may be asked for as the size of a message.
const BYTES: std::ops::RangeInclusive<u64> = 100_000..=1_000_000_000;
/// How many mails a minute a server may be sent.
const MAILS_A_MINUTE: std::ops::RangeInclusive<u64> = 1..=6000;

/// The faults of one file, as they are found.
struct Faults<'f, 't, T> {
    file: &'f TomlFile<'t, T>,
    found: Vec<Fault>,
}

impl<T> Faults<'_, '_, T> {
    fn at(&mut self, keys: &[&str], message: impl Into<String>) {
        self.found.push(self.file.fault_at_keys(keys, message));
    }
}

/// What `[mail]` states, or all that is wrong with it; `root` is the folder that relative paths start from.
pub(super) fn checked<T>(raw: &RawMail, root: &std::path::Path, file: &TomlFile<T>) -> Result<Mail, Vec<Fault>> {
    let mut faults = Faults { file, found: Vec::new() };
    if raw.password.is_some() {
        faults.at(&["mail", "password"], say!("workspace-password"));
    }
    let from = raw.from.as_ref().and_then(|text| mailbox(text, "from", &mut faults));
    let reply_to = raw.reply_to.as_ref().and_then(|text| mailbox(text, "reply_to", &mut faults));
    let smtp = raw.server.as_ref().map(|host| Server {
        host: host.trim().to_owned(),
        port: raw.port.unwrap_or(smtp_port(raw.security)),
        security: raw.security,
        user: raw.user.clone(),
        ca_file: raw.ca_file.as_ref().map(|path| root.join(path)),
        timeout: raw.timeout_seconds,
    });
    if let Some(server) = &smtp {
        of_server(server, raw.insecure, &["mail"], &mut faults);
    }
    let imap = raw.imap.as_ref().map(|imap| imap_of(imap, raw, root, &mut faults));
    let (mails, bytes) = (u64::from(raw.per_minute), raw.max_bytes);
    if !MAILS_A_MINUTE.contains(&mails) {
        let (least, most) = (MAILS_A_MINUTE.start(), MAILS_A_MINUTE.end());
        faults.at(&["mail", "per_minute"], say!("workspace-mails", least = least, most = most));
    }
    if !BYTES.contains(&bytes) {
        faults.at(&["mail", "max_bytes"], say!("workspace-bytes", least = BYTES.start(), most = BYTES.end()));
    }
    if raw.retry_seconds.len() > 10 || raw.retry_seconds.iter().any(|seconds| *seconds > 3600) {
        faults.at(&["mail", "retry_seconds"], say!("workspace-retries"));
    }
    if !raw.retry_seconds.is_sorted() {
        faults.at(&["mail", "retry_seconds"], say!("workspace-retries-order"));
    }
    let settings = Mail {
        from,
        reply_to,
        smtp,
        imap,
        per_minute: raw.per_minute,
        max_bytes: raw.max_bytes,
        retry_after: raw.retry_seconds.clone(),
    };
    if faults.found.is_empty() { Ok(settings) } else { Err(faults.found) }
}

fn imap_of<T>(imap: &RawImap, raw: &RawMail, root: &std::path::Path, faults: &mut Faults<T>) -> Imap {
    if imap.password.is_some() {
        faults.at(&["mail", "imap", "password"], say!("workspace-password"));
    }
    let ca_file = imap.ca_file.as_ref().or(raw.ca_file.as_ref());
    let server = Server {
        host: imap.server.trim().to_owned(),
        port: imap.port.unwrap_or(if imap.security == Security::Tls { 993 } else { 143 }),
        security: imap.security,
        user: imap.user.clone().or_else(|| raw.user.clone()),
        ca_file: ca_file.map(|path| root.join(path)),
        timeout: imap.timeout_seconds,
    };
    of_server(&server, imap.insecure, &["mail", "imap"], faults);
    if server.user.is_none() {
        faults.at(&["mail", "imap"], say!("workspace-imap-user"));
    }
    if imap.folder.trim().is_empty() {
        faults.at(&["mail", "imap", "folder"], say!("workspace-imap-folder"));
    }
    if !BYTES.contains(&imap.max_bytes) {
        faults.at(&["mail", "imap", "max_bytes"], say!("workspace-bytes", least = BYTES.start(), most = BYTES.end()));
    }
    Imap {
        server: server.host,
        port: server.port,
        security: server.security,
        user: server.user.unwrap_or_default(),
        folder: imap.folder.trim().to_owned(),
        ca_file: server.ca_file,
        max_bytes: imap.max_bytes,
        timeout_seconds: server.timeout,
    }
}

fn smtp_port(security: Security) -> u16 {
    match security {
        Security::Tls => 465,
        Security::Starttls => 587,
        Security::None => 25,
    }
}

fn of_server<T>(server: &Server, insecure: bool, table: &[&str], faults: &mut Faults<T>) {
    let at = |key: &'static str| -> Vec<&str> { table.iter().copied().chain([key]).collect() };
    let host = &server.host;
    let ipv6 = host.parse::<std::net::Ipv6Addr>().is_ok();
    if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c == '/') || (host.contains(':') && !ipv6) {
        faults.at(&at("server"), say!("workspace-host", host = host));
    }
    if server.port == 0 {
        faults.at(&at("port"), say!("workspace-port"));
    }
    if !(1..=3600).contains(&server.timeout) {
        faults.at(&at("timeout_seconds"), say!("workspace-timeout"));
    }
    if server.security == Security::None && !insecure && !is_loopback(host) {
        faults.at(&at("security"), say!("workspace-insecure"));
    }
    if server.user.as_ref().is_some_and(|user| user.trim().is_empty()) {
        faults.at(&at("user"), say!("workspace-no-account"));
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `云山县统计局 <tjj@yunshan.example>`, or the address alone.
fn mailbox<T>(text: &str, key: &str, faults: &mut Faults<T>) -> Option<Mailbox> {
    let found = Mailbox::of(text);
    if found.is_none() {
        faults.at(&["mail", key], say!("workspace-mailbox", text = text));
    }
    found
}

impl Mailbox {
    /// What text such as `云山县统计局 <tjj@yunshan.example>` says; `None` where it is no mailbox.
    pub fn of(text: &str) -> Option<Self> {
        let (name, address) = match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => (name.trim().trim_matches('"').trim(), address.trim()),
            None => ("", text.trim()),
        };
        let clean = !name.contains(|c: char| c.is_control() || c == '<' || c == '>');
        (clean && is_mail_address(address))
            .then(|| Self { name: Some(name.to_owned()).filter(|name| !name.is_empty()), address: address.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CONFIG, Workspace};
    use super::*;

    fn opened(mail: &str) -> Result<Mail, String> {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join(CONFIG), format!("county = \"云山县\"\n{mail}")).unwrap();
        Workspace::open(root.path()).map(|workspace| workspace.mail.unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_left_out_is_as_most_offices_have_it() {
        let mail = opened(
            "[mail]\nfrom = \"云山县统计局 <tjj@yunshan.example>\"\nserver = \"smtp.yunshan.example\"\n\
                           [mail.imap]\nserver = \"imap.yunshan.example\"\nuser = \"tjj\"\n",
        );
        let mail = mail.unwrap();
        let from = mail.from.unwrap();
        assert_eq!((from.name.as_deref(), &*from.address), (Some("云山县统计局"), "tjj@yunshan.example"));
        let (smtp, imap) = (mail.smtp.unwrap(), mail.imap.unwrap());
        assert_eq!((smtp.port, smtp.security, smtp.user), (465, Security::Tls, None));
        assert_eq!((imap.port, &*imap.user, &*imap.folder), (993, "tjj", "INBOX"));
    }

    #[test]
    fn a_password_in_the_file_is_refused_with_the_reason() {
        for text in ["[mail]\npassword = \"geheim1\"\n", "[mail.imap]\nserver = \"a.b\"\nuser = \"u\"\npassword = 7\n"]
        {
            let told = opened(text).unwrap_err();
            assert!(told.contains("WUZHANG_MAIL_PASSWORD") && told.contains('第'), "{told}");
            assert!(!told.contains("geheim1"), "{told}");
        }
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let told = opened(
            "[mail]\nfrom = \"统计局\"\nserver = \"smtp://a.b:25\"\nsecurity = \"none\"\nper_minute = 0\nmax_bytes = 5\nretry_seconds = [60, 10]\n",
        )
        .unwrap_err();
        for place in ["第3行", "第4行", "第5行", "第6行", "第7行", "第8行"] {
            assert!(told.contains(place), "{place} {told}");
        }
        assert!(opened("[mail]\nserver = \"127.0.0.1\"\nport = 2525\nsecurity = \"none\"\n").is_ok());
        assert!(opened("[mail]\nserver = \"mail.lan\"\nsecurity = \"none\"\ninsecure = true\n").is_ok());
    }
}
