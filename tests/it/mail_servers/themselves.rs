//! The servers held against Python's own clients: what our program meets is a server that others can use.

use std::process::Command;
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::python::python_with;
use super::{Authority, Fault, ImapServer, PASSWORD, Proxy, Side, SmtpServer, USER, parsed};

/// Runs a Python program; its last line on standard output, or the last of what it complained of.
fn python(program: &str, arguments: &[&str]) -> String {
    let mut python = Command::new(python_with("smtplib, imaplib, ssl").unwrap());
    let output = python.arg("-c").arg(program).args(arguments).output().unwrap();
    let text = if output.status.success() { output.stdout } else { output.stderr };
    String::from_utf8_lossy(&text).trim().lines().last().unwrap_or_default().to_owned()
}

const SEND: &str = "
import smtplib, ssl, sys
mode, port, ca, user, password, *to = sys.argv[1:]
trust = ssl.create_default_context(cafile=ca or None)
client = smtplib.SMTP_SSL('localhost', int(port), context=trust, timeout=20) if mode == 'implicit' \
    else smtplib.SMTP('localhost', int(port), timeout=20)
if mode == 'starttls':
    client.starttls(context=trust)
if user:
    client.login(user, password)
text = 'From: a@b.example\\r\\nTo: c@d.example\\r\\nSubject: =?utf-8?B?5LqU6LSm?=\\r\\n\\r\\n.dot\\r\\n'
print(client.sendmail('a@b.example', to, text))
";

#[test]
fn smtp_takes_refuses_and_remembers() {
    let authority = Authority::for_localhost();
    let ca = authority.ca.to_str().unwrap();
    let behaviour =
        || json!({"user": "tjj", "password": "mima-7", "refuse_rcpt": {"no@d.example": "550 5.1.1 no such user"}});
    let Some(server) = SmtpServer::starttls(&authority, behaviour()) else { return };
    let port = server.port.to_string();
    let told = python(SEND, &["starttls", &port, ca, "tjj", "mima-7", "c@d.example", "no@d.example"]);
    assert!(told.contains("no@d.example") && told.contains("550"), "{told}");
    assert!(python(SEND, &["none", &port, "", "", "", "c@d.example"]).contains("530"), "nothing without STARTTLS");
    assert_eq!((server.accepted().len(), server.events("login").len()), (1, 1));
    let Some(server) = SmtpServer::implicit(&authority, behaviour()) else { return };
    let port = server.port.to_string();
    let told = python(SEND, &["implicit", &port, ca, "tjj", "mima-7", "c@d.example", "no@d.example"]);
    assert!(told.contains("no@d.example") && told.contains("550"), "{told}");
    let told = python(SEND, &["implicit", &port, ca, "tjj", "wrong", "c@d.example"]);
    assert!(told.contains("SMTPAuthenticationError"), "{told}");
    let told = python(SEND, &["implicit", &port, "", "tjj", "mima-7", "c@d.example"]);
    assert!(told.contains("CERTIFICATE_VERIFY_FAILED"), "{told}");
    let taken = server.accepted();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].0, ["c@d.example"]);
    let seen = parsed(&[taken[0].1.clone()]).unwrap();
    assert_eq!((seen[0]["subject"].as_str(), seen[0]["text"].as_str()), (Some("五账"), Some(".dot\n")), "{seen:?}");
}

#[test]
fn a_cut_line_is_cut_where_it_was_said() {
    let Some(server) = SmtpServer::plain(json!({})) else { return };
    let count = Proxy::start(server.port, Fault::None, 0);
    let send = |proxy: &Proxy| python(SEND, &["none", &proxy.port.to_string(), "", "", "", "c@d.example"]);
    assert_eq!(send(&count), "{}");
    let (lines, said) = (count.lines(Side::Server), count.lines(Side::Client));
    assert!(lines >= 6 && said >= 5, "{lines} lines from the server, {said} from the client");
    // The last line of the server answers DATA: cut before it, the message is there and the client cannot know.
    let before_answer = Proxy::start(server.port, Fault::Cut(Side::Server, lines), 1);
    assert!(send(&before_answer).contains("SMTPServerDisconnected"));
    assert_eq!(server.accepted().len(), 2);
    assert_eq!(send(&before_answer), "{}", "only the first connection is cut");
    let at_mail = Proxy::start(server.port, Fault::Cut(Side::Client, 2), 1);
    assert!(send(&at_mail).contains("SMTPServerDisconnected"));
    let nonsense = Proxy::start(server.port, Fault::Instead(1, b"hello, who is there?\r\n".to_vec()), 1);
    assert!(send(&nonsense).contains("Error") || send(&nonsense).contains("Disconnected"));
    assert_eq!(server.accepted().len(), 3);
}

#[test]
fn imap_shows_what_was_delivered_and_changes_nothing() {
    const READ: &str = "
import imaplib, ssl, sys
port, ca, user, password = sys.argv[1:]
client = imaplib.IMAP4_SSL('localhost', int(port), ssl_context=ssl.create_default_context(cafile=ca))
client.login(user, password)
client.select('INBOX', readonly=True)
print(client.uid('fetch', '1', '(INTERNALDATE BODY.PEEK[])')[1][0])
";
    let authority = Authority::for_localhost();
    let Some(server) = ImapServer::start(Some(&authority)) else { return };
    let came = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_624_800);
    server.deliver("1.a.host", b"Subject: x\n\nwords\n", came);
    let before = server.mailbox();
    let told = python(READ, &[&server.tls_port.to_string(), authority.ca.to_str().unwrap(), USER, PASSWORD]);
    assert!(told.contains("words") && told.contains("05-Jun-2026"), "{told}: {}", server.log());
    assert_eq!(server.mailbox(), before);
}
