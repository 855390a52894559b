//! The line to an IMAP server: reached, encrypted as the settings say, and greeted.

use std::fmt::Debug;
use std::time::Duration;

use async_imap::Client;
use async_imap::error::Error;
use async_imap::imap_proto::{Response, Status};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::ServerName;

use super::fault::{FetchError, Step, Stop};
use super::talk::{shortened, stop};
use crate::deliver::tls;
use crate::workspace::{Imap, Security};

/// Bytes both ways, encrypted or not.
pub(super) trait Line: AsyncRead + AsyncWrite + Unpin + Send + Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Line for T {}

/// Reaches the server and hears its greeting, with TLS where it is asked for: never without it then.
pub(super) async fn connect(imap: &Imap) -> Result<Client<Box<dyn Line>>, FetchError> {
    let plain = reach(imap).await?;
    match imap.security {
        Security::None => {
            let mut client = Client::new(Box::new(plain) as Box<dyn Line>);
            greeting(&mut client, imap).await?;
            Ok(client)
        }
        Security::Tls => {
            let mut client = Client::new(encrypt(Box::new(plain), imap).await?);
            greeting(&mut client, imap).await?;
            Ok(client)
        }
        Security::Starttls => {
            let mut client = Client::new(Box::new(plain) as Box<dyn Line>);
            greeting(&mut client, imap).await?;
            let begun = within(imap, Step::Encrypting, client.run_command_and_check_ok("STARTTLS", None)).await?;
            begun.map_err(|error| no_starttls(error, imap))?;
            // What came before the handshake goes with the old client: none of it may count as encrypted.
            Ok(Client::new(encrypt(client.into_inner(), imap).await?))
        }
    }
}

fn no_starttls(error: Error, imap: &Imap) -> FetchError {
    match stop(error, Step::Encrypting) {
        Stop::Refused { said, .. } => FetchError::Tls {
            server: imap.server.clone(),
            fault: format!(
                "服务器不肯转为加密连接（{said}）。请改用 security = \"tls\"（端口993），或请网管开通 STARTTLS"
            ),
        },
        other => other.into(),
    }
}

async fn reach(imap: &Imap) -> Result<TcpStream, FetchError> {
    let unreachable = |fault: String| FetchError::Unreachable { server: imap.server.clone(), port: imap.port, fault };
    let wait = Duration::from_secs(imap.timeout_seconds);
    match timeout(wait, TcpStream::connect((imap.server.as_str(), imap.port))).await {
        Err(_) => Err(unreachable(format!("{}秒没有应答", imap.timeout_seconds))),
        Ok(Err(error)) => Err(unreachable(in_words(&error))),
        Ok(Ok(line)) => {
            // Commands are short, and the next one waits for the answer.
            let _ = line.set_nodelay(true);
            Ok(line)
        }
    }
}

fn in_words(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::ConnectionRefused => "没有程序在这个端口上应答".into(),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => "网络不通".into(),
        ErrorKind::TimedOut => "等了很久没有应答".into(),
        _ => error.to_string(),
    }
}

async fn encrypt(plain: Box<dyn Line>, imap: &Imap) -> Result<Box<dyn Line>, FetchError> {
    let connector = tls::connector(imap.ca_file.as_deref())
        .map_err(|bad| FetchError::Certificates { path: bad.path, fault: bad.fault })?;
    let failed = |fault: String| FetchError::Tls { server: imap.server.clone(), fault };
    let name = ServerName::try_from(imap.server.clone())
        .map_err(|_| failed("server 不是能写进证书的名字，请写服务器的域名".into()))?;
    let encrypted = within(imap, Step::Encrypting, connector.connect(name, plain)).await?;
    let encrypted = encrypted.map_err(|error| failed(tls::in_words(&error, &imap.server, imap.port)))?;
    Ok(Box::new(encrypted))
}

async fn greeting(client: &mut Client<Box<dyn Line>>, imap: &Imap) -> Result<(), FetchError> {
    let step = Step::Greeting;
    let heard = within(imap, step, client.read_response()).await?;
    let heard = heard.map_err(|error| stop(Error::Io(error), step))?.ok_or(Stop::Cut(step))?;
    let said = |information: Option<&str>| shortened(information.unwrap_or_default());
    match heard.parsed() {
        Response::Data { status: Status::Ok, .. } => Ok(()),
        Response::Data { status: Status::Bye, outcome } => {
            Err(Stop::Refused { step, said: said(outcome.information.as_deref()) }.into())
        }
        // Somebody who has let us in before we said who we are is not whom we wanted to speak to.
        other => Err(Stop::Nonsense { step, said: shortened(&format!("{other:?}")) }.into()),
    }
}

/// Waits for an answer as long as the settings say.
async fn within<T>(imap: &Imap, step: Step, answer: impl Future<Output = T>) -> Result<T, Stop> {
    let wait = Duration::from_secs(imap.timeout_seconds);
    timeout(wait, answer).await.map_err(|_| Stop::Silent { step, seconds: imap.timeout_seconds })
}
