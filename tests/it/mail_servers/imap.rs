//! An IMAP server of the test's own: Dovecot in the foreground, its mailbox a Maildir of the test's.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;

use super::certificates::Authority;
use super::skipped;

/// Who may log in.
pub const USER: &str = "tjj@yunshan.example";
/// With what.
pub const PASSWORD: &str = "imap-secret-7";

/// A running server; dies with this value.
pub struct ImapServer {
    process: Child,
    folder: TempDir,
    /// Where it listens for plain text and STARTTLS on 127.0.0.1.
    pub port: u16,
    /// Where it listens for TLS.
    pub tls_port: u16,
}

impl ImapServer {
    /// Starts a server with an empty mailbox; `None` where Dovecot is missing.
    pub fn start(authority: Option<&Authority>) -> Option<Self> {
        let program = ["dovecot", "/usr/sbin/dovecot", "/usr/local/sbin/dovecot"].into_iter().find(|program| {
            let mut version = Command::new(program);
            version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
            version.status().is_ok_and(|status| status.success())
        });
        let Some(program) = program else {
            skipped("dovecot-imapd");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("wz").tempdir_in("/tmp").unwrap();
        // Another user than ours reads the mailbox where we are root.
        open_to_all(folder.path());
        for part in ["mail/new", "mail/cur", "mail/tmp", "home"] {
            fs::create_dir_all(folder.path().join(part)).unwrap();
        }
        fs::write(folder.path().join("users"), format!("{USER}:{{PLAIN}}{PASSWORD}\n")).unwrap();
        ["mail", "home"].iter().for_each(|part| give(&folder.path().join(part)));
        // A free port may be taken by another test before the server asks for it: then it ends, and gets others.
        for _ in 0..5 {
            let (port, tls_port) = (free_port(), free_port());
            let config = folder.path().join("dovecot.conf");
            fs::write(&config, configuration(folder.path(), (port, tls_port), authority)).unwrap();
            let mut server = Command::new(program);
            server.arg("-F").arg("-c").arg(&config).stdout(Stdio::null()).stderr(Stdio::null());
            let mut process = server.spawn().unwrap();
            if answers(&mut process, port) {
                return Some(Self { process, folder, port, tls_port });
            }
            let _ = process.kill();
            let _ = process.wait();
        }
        panic!("Dovecot does not answer: {}", fs::read_to_string(folder.path().join("log")).unwrap_or_default())
    }

    /// Puts a message into the inbox as one that came then.
    pub fn deliver(&self, name: &str, message: &[u8], came: SystemTime) {
        self.deliver_into("", name, message, came);
    }

    /// Puts a message into a folder (`.&YkSQAQ-`, as Maildir++ names it; empty for the inbox).
    pub fn deliver_into(&self, folder: &str, name: &str, message: &[u8], came: SystemTime) {
        let folder = self.folder.path().join("mail").join(folder);
        for part in ["new", "cur", "tmp"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        let path = folder.join("new").join(name);
        fs::write(&path, message).unwrap();
        fs::File::options().append(true).open(&path).unwrap().set_modified(came).unwrap();
        give(&self.folder.path().join("mail"));
    }

    /// Takes a message out, as another mail client may at any time.
    pub fn remove(&self, name: &str) {
        fs::remove_file(self.folder.path().join("mail/new").join(name)).unwrap();
    }

    /// Every message with its flags (in its name) and its bytes: what reading must leave as it is.
    pub fn mailbox(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        gather(&self.folder.path().join("mail"), "", &mut found);
        found
    }

    /// What the server wrote into its log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

/// Waits until a server that was begun greets as an IMAP server does; not so where it has ended, or never speaks.
fn answers(process: &mut Child, port: u16) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(90) {
        if !matches!(process.try_wait(), Ok(None)) {
            return false;
        }
        let greets = TcpStream::connect(("127.0.0.1", port)).and_then(|mut line| {
            line.set_read_timeout(Some(Duration::from_secs(20)))?;
            let mut word = [0; 4];
            line.read_exact(&mut word)?;
            Ok(&word == b"* OK")
        });
        if greets.unwrap_or(false) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

/// Lets the server's user own what it must write.
fn give(path: &Path) {
    if let Some((user, group)) = other_user() {
        own(path, user, group);
    }
}

impl Drop for ImapServer {
    fn drop(&mut self) {
        // The master takes its children with it when it is asked to end, and not when it is killed.
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        let begun = Instant::now();
        while matches!(self.process.try_wait(), Ok(None)) && begun.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The messages below a Maildir, without the server's own files.
fn gather(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown = format!("{prefix}{name}");
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{shown}/"), found);
        } else if prefix.ends_with("new/") || prefix.ends_with("cur/") {
            found.insert(shown, fs::read(entry.path()).unwrap());
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Dovecot lets nobody read mail as root: there the mailbox is that of `nobody`.
fn other_user() -> Option<(u32, u32)> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    is_root.then_some((65534, 65534))
}

#[cfg(unix)]
fn own(path: &Path, user: u32, group: u32) {
    std::os::unix::fs::chown(path, Some(user), Some(group)).unwrap();
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| own(&entry.unwrap().path(), user, group));
    }
}

#[cfg(unix)]
fn open_to_all(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn own(_: &Path, _: u32, _: u32) {}

#[cfg(not(unix))]
fn open_to_all(_: &Path) {}

fn configuration(folder: &Path, (port, tls_port): (u16, u16), authority: Option<&Authority>) -> String {
    let at = |name: &str| PathBuf::from(folder).join(name).display().to_string();
    let id = |what: &str| {
        let output = Command::new("id").arg(what).output().unwrap().stdout;
        String::from_utf8(output).unwrap().trim().to_owned()
    };
    let (user, group, owner) = match other_user() {
        Some((user, group)) => ("nobody".to_owned(), "nogroup".to_owned(), format!("uid={user} gid={group}")),
        None => (id("-un"), id("-gn"), format!("uid={} gid={}", id("-u"), id("-g"))),
    };
    let tls = match authority {
        Some(authority) => format!(
            "ssl = yes\nssl_cert = <{}\nssl_key = <{}\n",
            authority.certificate.display(),
            authority.key.display()
        ),
        None => "ssl = no\n".to_owned(),
    };
    let tls_port = if authority.is_some() { tls_port } else { 0 };
    let (base, state, log) = (at("run"), at("state"), at("log"));
    let (mail, users, home) = (at("mail"), at("users"), at("home"));
    format!(
        "base_dir = {base}\nstate_dir = {state}\nlog_path = {log}\nprotocols = imap\nlisten = 127.0.0.1\n{tls}\
         disable_plaintext_auth = no\nmail_location = maildir:{mail}\nfirst_valid_uid = 1\n\
         default_internal_user = {user}\ndefault_login_user = {user}\ndefault_internal_group = {group}\n\
         namespace inbox {{\n  inbox = yes\n}}\n\
         passdb {{\n  driver = passwd-file\n  args = {users}\n}}\n\
         userdb {{\n  driver = static\n  args = {owner} home={home}\n}}\n\
         service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n  \
         inet_listener imaps {{\n    port = {tls_port}\n    ssl = yes\n  }}\n}}\n\
         service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n"
    )
}
