//! A conversation with an IMAP server: each command to its own end, or why it had none.
//!
//! Takes commands, gives every response to whoever asked, and then whether the server said yes. The crate's own
//! streams end alike where a command is done, refused, or the line is cut; here these are three things, since a
//! list that was cut short must never pass for a list.

use std::time::Duration;

use async_imap::imap_proto::{Response, Status};
use async_imap::{Authenticator, Client, Session, error::Error};
use tokio::time::timeout;

use super::fault::{FetchError, Step, Stop};
use super::line::Line;
use crate::deliver::secret::Secret;
use crate::workspace::Imap;

/// Bytes a second that even a poor line brings: a large mail may take longer than an answer.
const SLOWEST: u64 = 4 * 1024;
/// Characters of a server's words that are told.
const TOLD: usize = 200;

/// A mailbox that we are logged in to.
pub(super) struct Talk {
    session: Session<Box<dyn Line>>,
    seconds: u64,
}

/// Logs in on a line whose greeting has been read.
pub(super) async fn log_in(line: Client<Box<dyn Line>>, imap: &Imap, secret: &Secret) -> Result<Talk, FetchError> {
    let wait = Duration::from_secs(imap.timeout_seconds);
    let plain = format!("\0{}\0{}", imap.user, secret.reveal());
    let answer = if plain.is_ascii() {
        timeout(wait, line.login(&imap.user, secret.reveal())).await
    } else {
        timeout(wait, line.authenticate("PLAIN", Plain(plain))).await
    };
    let Ok(answer) = answer else {
        return Err(Stop::Silent { step: Step::LoggingIn, seconds: imap.timeout_seconds }.into());
    };
    let session = answer.map_err(|(error, _)| match error {
        Error::No(said) | Error::Bad(said) => {
            let said = shortened(&secret.hidden_in(&words_of(&said), &imap.user));
            FetchError::Login { user: imap.user.clone(), said }
        }
        Error::Validate(_) => FetchError::Login { user: imap.user.clone(), said: "帐号或密码里有换行".into() },
        other => FetchError::from(stop(other, Step::LoggingIn)).without(secret, &imap.user),
    })?;
    Ok(Talk { session, seconds: imap.timeout_seconds })
}

/// User and password in one, for names that are not ASCII.
struct Plain(String);

impl Authenticator for Plain {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.0.clone()
    }
}

impl Talk {
    /// Sends a command and hands over what comes until it is done; `bytes` are those that are expected with it.
    pub(super) async fn ask(
        &mut self,
        step: Step,
        command: &str,
        bytes: u64,
        mut each: impl FnMut(&Response<'_>),
    ) -> Result<(), Stop> {
        let seconds = self.seconds.saturating_add(bytes / SLOWEST);
        let wait = Duration::from_secs(seconds);
        let silent = |_| Stop::Silent { step, seconds };
        let tag = timeout(wait, self.session.run_command(command)).await.map_err(silent)?;
        let tag = tag.map_err(|error| stop(error, step))?;
        loop {
            let response = timeout(wait, self.session.read_response()).await.map_err(silent)?;
            let Some(response) = response.map_err(|error| stop(Error::Io(error), step))? else {
                return Err(Stop::Cut(step));
            };
            match response.parsed() {
                Response::Done { tag: done, status, outcome } if *done == tag => {
                    let said = || shortened(outcome.information.as_deref().unwrap_or_default());
                    return if *status == Status::Ok { Ok(()) } else { Err(Stop::Refused { step, said: said() }) };
                }
                Response::Data { status: Status::Bye, outcome } => {
                    let said = shortened(outcome.information.as_deref().unwrap_or_default());
                    return Err(Stop::Refused { step, said });
                }
                other => each(other),
            }
        }
    }

    /// Takes leave; what the server says to that is of no matter.
    pub(super) async fn leave(mut self) {
        let _ = timeout(Duration::from_secs(5), self.session.logout()).await;
    }
}

/// Why a conversation ended, from what the crate makes of it.
pub(super) fn stop(error: Error, step: Step) -> Stop {
    use std::io::ErrorKind;
    match error {
        Error::ConnectionLost => Stop::Cut(step),
        Error::Io(error) => match error.kind() {
            // What cannot be parsed is an error of no kind, and quotes all that came.
            ErrorKind::Other => Stop::Nonsense { step, said: quoted(&error.to_string()) },
            _ => Stop::Cut(step),
        },
        Error::No(said) | Error::Bad(said) => Stop::Refused { step, said: shortened(&words_of(&said)) },
        other => Stop::Nonsense { step, said: shortened(&other.to_string()) },
    }
}

/// What the server said, out of what the crate makes of it: `code: None, info: Some("…")`.
fn words_of(said: &str) -> String {
    let info = said.split_once("info: Some(\"").map(|(_, info)| info.trim_end_matches("\")"));
    info.unwrap_or(said).to_owned()
}

/// The bytes that were no IMAP, out of the crate's `… during parsing of "…"`.
fn quoted(error: &str) -> String {
    shortened(error.split_once("during parsing of ").map_or(error, |(_, bytes)| bytes))
}

/// A server's words in one line, not longer than anyone reads.
pub(super) fn shortened(said: &str) -> String {
    let plain: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut told: String = words.chars().take(TOLD).collect();
    if told.len() < words.len() {
        told.push('…');
    }
    told
}

impl FetchError {
    /// The same with the password hidden, where a server repeats what it was sent.
    fn without(self, secret: &Secret, user: &str) -> Self {
        match self {
            Self::Stopped { stop: Stop::Nonsense { step, said }, taken } => {
                Self::Stopped { stop: Stop::Nonsense { step, said: secret.hidden_in(&said, user) }, taken }
            }
            Self::Stopped { stop: Stop::Refused { step, said }, taken } => {
                Self::Stopped { stop: Stop::Refused { step, said: secret.hidden_in(&said, user) }, taken }
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_are_told_as_it_said_them() {
        let said = "code: None, info: Some(\"[AUTHENTICATIONFAILED] Authentication failed.\")";
        assert_eq!(words_of(said), "[AUTHENTICATIONFAILED] Authentication failed.");
        assert_eq!(shortened("a\r\n\u{1b}b"), "a b");
        assert_eq!(shortened(&"长".repeat(300)).chars().count(), 201);
        let nonsense = std::io::Error::other("Error(Tag) during parsing of \"HTTP/1.1 400\\r\\n\"");
        let told = stop(Error::Io(nonsense), Step::Greeting).to_string();
        assert!(told.contains("等待服务器应答") && told.contains("HTTP/1.1 400"), "{told}");
        let cut = std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        assert!(matches!(stop(Error::Io(cut), Step::Reading), Stop::Cut(Step::Reading)));
    }
}
