//! The line to a mail server: TLS with certificates checked, login, and each message step by step, so that it is known
//! at which step a line broke.

use std::error::Error as _;
use std::fs;
use std::io;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use tokio_rustls::rustls;

use super::DeliverError;
use super::secret::Secret;
use super::sending::{Carried, Carrier, NoLine};
use crate::workspace::{Security, Server};

/// A mail server that takes our mail.
pub struct Smtp {
    server: Server,
    password: Option<Secret>,
    tls: Option<TlsParameters>,
    line: Option<SmtpConnection>,
    /// Whether a message was begun on the line that was not ended by the server's taking it.
    begun: bool,
}

impl Smtp {
    /// The server as `wuzhang.toml` states it; the password for its user. Nothing is connected yet.
    ///
    /// # Errors
    ///
    /// A file of certificates that cannot be used.
    pub fn new(server: &Server, password: Option<Secret>) -> Result<Self, DeliverError> {
        let tls = match server.security {
            Security::None => None,
            Security::Tls | Security::Starttls => Some(tls(server)?),
        };
        Ok(Self { server: server.clone(), password, tls, line: None, begun: false })
    }

    fn open(&mut self) -> Result<SmtpConnection, NoLine> {
        let Server { host, port, security, timeout, .. } = &self.server;
        let timeout = Some(Duration::from_secs(*timeout));
        let at_once = self.tls.as_ref().filter(|_| *security == Security::Tls);
        let hello = ClientId::default();
        let address = (host.as_str(), *port);
        let mut line =
            SmtpConnection::connect(address, timeout, &hello, at_once, None).map_err(|e| self.no_line(&e))?;
        if let Some(tls) = self.tls.as_ref().filter(|_| *security == Security::Starttls) {
            if !line.can_starttls() {
                line.abort();
                let why = "服务器不提供 STARTTLS，邮件和密码会不加密：没有发送。请把 security 改为 \"tls\"（端口一般是465），或问服务器管理员";
                return Err(NoLine::Never(self.named(why)));
            }
            line.starttls(tls, &hello).map_err(|e| self.no_line(&e))?;
        }
        if let (Some(user), Some(password)) = (&self.server.user, &self.password) {
            let credentials = Credentials::new(user.clone(), password.reveal().to_owned());
            line.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).map_err(|e| self.no_login(&e))?;
        }
        Ok(line)
    }

    fn named(&self, why: &str) -> String {
        format!("{}:{}：{why}", self.server.host, self.server.port)
    }

    fn no_line(&self, error: &Error) -> NoLine {
        let told = self.told(error);
        match certificate_fault(error) {
            Some(fault) => NoLine::Never(self.named(&format!(
                "服务器的证书不可信（{fault}），没有发送。请核对 server 与证书上的名称；内网服务器的证书，把签发它的 CA 证书写在 ca_file"
            ))),
            None if error.is_permanent() => NoLine::Never(self.named(&told)),
            None => NoLine::Later(self.named(&told)),
        }
    }

    fn no_login(&self, error: &Error) -> NoLine {
        let told = self.told(error);
        if error.is_permanent() {
            let advice = "登录被拒绝，请核对 user 和密码（网易、QQ 等邮箱用“授权码”，并在邮箱设置里开启 SMTP）";
            return NoLine::Never(self.named(&format!("{advice}。服务器说：{told}")));
        }
        if error.is_client() {
            let why = "服务器没有可用的登录方式（要 PLAIN 或 LOGIN）；不用登录的服务器，请删去 user";
            return NoLine::Never(self.named(why));
        }
        NoLine::Later(self.named(&told))
    }

    /// An error in words, without the password.
    fn told(&self, error: &Error) -> String {
        let told = in_words(error, self.server.timeout);
        match (&self.password, &self.server.user) {
            (Some(password), Some(user)) => password.hidden_in(&told, user),
            _ => told,
        }
    }

    fn answered(&self, response: &Response) -> String {
        let told = format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "));
        let told = told.trim().to_owned();
        match (&self.password, &self.server.user) {
            (Some(password), Some(user)) => password.hidden_in(&told, user),
            _ => told,
        }
    }

    /// Drops a line of which it is not known what the server would take the next words for.
    fn drop_line(&mut self) {
        if let Some(mut line) = self.line.take() {
            line.abort();
        }
        self.begun = false;
    }

    /// A command before the text; gives what came of the message where it was not agreed to.
    fn ask(
        &mut self,
        command: &str,
        expected: &[u16],
        ask: impl FnOnce(&mut SmtpConnection) -> Answer,
    ) -> Option<Carried> {
        let Some(line) = &mut self.line else { return Some(Carried::NotSent(self.named("没有连上服务器"))) };
        match ask(line) {
            Ok(response) if expected.contains(&code_of(&response)) => None,
            Ok(response) => {
                let told = self.answered(&response);
                self.drop_line();
                Some(Carried::NotSent(self.named(&format!("服务器对 {command} 的回答不合规范：{told}"))))
            }
            Err(error) => {
                let told = self.told(&error);
                Some(match error.status().map(u16::from) {
                    // 421: the server hangs up by itself.
                    Some(421) => {
                        self.drop_line();
                        Carried::Later(told)
                    }
                    Some(_) if error.is_transient() => Carried::Later(told),
                    Some(_) => Carried::Refused(told),
                    None => {
                        self.drop_line();
                        Carried::NotSent(self.named(&told))
                    }
                })
            }
        }
    }

    /// The text itself and what the server says of it.
    fn text(&mut self, message: &[u8]) -> Carried {
        let Some(line) = &mut self.line else { return Carried::NotSent(self.named("没有连上服务器")) };
        match line.message(message) {
            Ok(response) if (200..300).contains(&code_of(&response)) => {
                self.begun = false;
                Carried::Accepted(self.answered(&response))
            }
            Ok(response) => {
                let told = self.answered(&response);
                self.drop_line();
                Carried::Unknown(self.named(&format!("正文发出后，服务器的回答不合规范：{told}")))
            }
            Err(error) => {
                let told = self.told(&error);
                match error.status().map(u16::from) {
                    Some(421) => {
                        self.drop_line();
                        Carried::Later(told)
                    }
                    Some(_) if error.is_transient() => Carried::Later(told),
                    Some(552 | 523) => {
                        Carried::Refused(format!("{told}（邮件超过服务器的大小限制：请调小 max_bytes，分几封发）"))
                    }
                    Some(_) => Carried::Refused(told),
                    None => {
                        self.drop_line();
                        Carried::Unknown(self.named(&format!("正文发出后没有等到回答：{told}")))
                    }
                }
            }
        }
    }
}

type Answer = Result<Response, Error>;

impl Carrier for Smtp {
    fn connect(&mut self) -> Result<(), NoLine> {
        // A message that was refused half way is forgotten before the next one.
        if self.begun && self.line.as_mut().is_some_and(|line| line.command(Rset).is_err()) {
            self.drop_line();
        }
        self.begun = false;
        if self.line.is_none() {
            self.line = Some(self.open()?);
        }
        Ok(())
    }

    fn carry(
        &mut self,
        (from, to): (&str, &str),
        message: &[u8],
        before: &mut dyn FnMut() -> Result<(), DeliverError>,
    ) -> Result<Carried, DeliverError> {
        let address = |text: &str| text.parse::<Address>().ok();
        let (Some(sender), Some(recipient)) = (address(from), address(to)) else {
            return Ok(Carried::Refused(format!("“{to}”不是邮箱地址")));
        };
        self.begun = true;
        if let Some(carried) = self.ask("MAIL", &[250], |line| line.command(MailFrom::new(Some(sender), Vec::new()))) {
            // Who may not write one message may not write the others either.
            return Ok(match carried {
                Carried::Refused(told) => Carried::Never(self.named(&format!(
                    "服务器不接受发件人 {from}：{told}。请核对 [mail] 的 from 与登录的帐号是否一致，需要登录的写明 user"
                ))),
                other => other,
            });
        }
        if let Some(carried) = self.ask("RCPT", &[250, 251], |line| line.command(Rcpt::new(recipient, Vec::new()))) {
            return Ok(carried);
        }
        if let Some(carried) = self.ask("DATA", &[354], |line| line.command(Data)) {
            return Ok(carried);
        }
        if let Err(error) = before() {
            self.drop_line();
            return Err(error);
        }
        Ok(self.text(message))
    }

    fn hang_up(&mut self) {
        if let Some(mut line) = self.line.take() {
            let _ = line.quit();
        }
        self.begun = false;
    }
}

fn code_of(response: &Response) -> u16 {
    response.code().into()
}

fn tls(server: &Server) -> Result<TlsParameters, DeliverError> {
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(path) = &server.ca_file {
        let fault = |fault: String| DeliverError::Certificates { path: path.clone(), fault };
        let pem = fs::read(path).map_err(|error| fault(error.to_string()))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| fault(error.to_string()))?;
        if !pem.windows(5).any(|word| word == b"BEGIN") {
            return Err(fault("里面没有证书".to_owned()));
        }
        builder = builder.add_root_certificate(certificate);
    }
    let unusable = |error: Error| DeliverError::Certificates {
        path: server.ca_file.clone().unwrap_or_else(|| server.host.clone().into()),
        fault: error.to_string(),
    };
    builder.build_rustls().map_err(unusable)
}

/// The errors below an error, outermost first.
fn causes(error: &Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |error: &&(dyn std::error::Error + 'static)| (*error).source())
}

/// What is wrong with the server's certificate or its TLS, where that is it.
fn certificate_fault(error: &Error) -> Option<String> {
    let within = |cause: &(dyn std::error::Error + 'static)| -> Option<String> {
        let inner = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref)?;
        let fault = inner.downcast_ref::<rustls::Error>()?;
        match fault {
            rustls::Error::InvalidCertificate(fault) => Some(of_certificate(fault)),
            rustls::Error::InvalidMessage(_) => Some("对方说的不是 TLS，端口或 security 可能写错了".to_owned()),
            other => Some(other.to_string()),
        }
    };
    causes(error).find_map(within)
}

fn of_certificate(fault: &rustls::CertificateError) -> String {
    use rustls::CertificateError as Fault;
    match fault {
        Fault::UnknownIssuer => "不是本机信任的机构签发的".to_owned(),
        Fault::Expired | Fault::ExpiredContext { .. } => "已过期".to_owned(),
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => "尚未生效，请核对本机日期".to_owned(),
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => "不是发给这个服务器名的".to_owned(),
        other => format!("{other:?}"),
    }
}

/// An error as the operator reads it.
fn in_words(error: &Error, timeout: u64) -> String {
    if let Some(code) = error.status() {
        let said = error.source().map(ToString::to_string).unwrap_or_default();
        return format!("{code} {said}").trim().to_owned();
    }
    let kinds = || causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>().map(io::Error::kind));
    let is = |wanted: &[io::ErrorKind]| kinds().any(|kind| wanted.contains(&kind));
    if is(&[io::ErrorKind::TimedOut, io::ErrorKind::WouldBlock]) {
        return format!("等了{timeout}秒服务器没有回答");
    }
    if is(&[io::ErrorKind::ConnectionRefused]) {
        return "服务器不接受连接：请核对 server 和 port，以及服务器是否开着".to_owned();
    }
    let broken = [io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionAborted, io::ErrorKind::BrokenPipe];
    let told = error.to_string();
    if is(&broken) || is(&[io::ErrorKind::UnexpectedEof]) || told.contains("incomplete response") {
        return "服务器中途断开了连接".to_owned();
    }
    if error.is_response() {
        return format!("服务器的回答不合 SMTP 规范（{told}）");
    }
    told
}
