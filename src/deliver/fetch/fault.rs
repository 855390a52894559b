//! Why fetching stopped: for the operator, with what to do next.

use std::io;
use std::path::PathBuf;

use crate::deliver::secret::NoPassword;
use crate::say;
use crate::workspace::Doing;

/// What we were about when it stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Waiting for the server's first words.
    Greeting,
    /// From plain text to TLS.
    Encrypting,
    /// User and password.
    LoggingIn,
    /// What the server can do, and who we are.
    Introducing,
    /// Opening the folder.
    Opening,
    /// Which mails there are.
    Searching,
    /// When they came and how large they are.
    Listing,
    /// A mail itself.
    Reading,
}

impl Step {
    /// As it is told.
    pub fn title(self) -> String {
        match self {
            Self::Greeting => say!("fetch-step-greeting"),
            Self::Encrypting => say!("fetch-step-encrypting"),
            Self::LoggingIn => say!("fetch-step-logging-in"),
            Self::Introducing => say!("fetch-step-introducing"),
            Self::Opening => say!("fetch-step-opening"),
            Self::Searching => say!("fetch-step-searching"),
            Self::Listing => say!("fetch-step-listing"),
            Self::Reading => say!("fetch-step-reading"),
        }
    }
}

/// Why the conversation with the server ended.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// It said no.
    #[error("{}", say!("fetch-refused", step = step.title(), said = said))]
    Refused {
        /// To what.
        step: Step,
        /// In its words.
        said: String,
    },
    /// The line was closed.
    #[error("{}", say!("fetch-cut", step = _0.title()))]
    Cut(Step),
    /// No answer came in time.
    #[error("{}", say!("fetch-silent", step = step.title(), seconds = seconds))]
    Silent {
        /// To what.
        step: Step,
        /// How long we waited.
        seconds: u64,
    },
    /// What came is no IMAP.
    #[error("{}", say!("fetch-nonsense", step = step.title(), said = said))]
    Nonsense {
        /// When.
        step: Step,
        /// Its beginning.
        said: String,
    },
}

/// Why no mail, or not all of it, could be fetched. Mails that were fetched before are in the inbox, whole.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// `wuzhang.toml` names no server.
    #[error("{}", say!("fetch-no-server"))]
    NoServer,
    /// No password.
    #[error(transparent)]
    Password(#[from] NoPassword),
    /// A certificate file that cannot be used.
    #[error("{}", say!("fetch-certificates", path = path.display(), fault = fault))]
    Certificates {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// Nobody answers there.
    #[error("{}", say!("fetch-unreachable", server = server, port = port, fault = fault))]
    Unreachable {
        /// Whom.
        server: String,
        /// Where.
        port: u16,
        /// What the system said.
        fault: String,
    },
    /// No TLS with this server.
    #[error("{}", say!("fetch-tls", server = server, fault = fault))]
    Tls {
        /// Whom.
        server: String,
        /// What is wrong, and what to do.
        fault: String,
    },
    /// User or password.
    #[error("{}", say!("fetch-login", user = user, said = said))]
    Login {
        /// Who.
        user: String,
        /// What the server said.
        said: String,
    },
    /// No such folder in the mailbox.
    #[error("{}", no_folder(folder, known))]
    NoFolder {
        /// What was asked for.
        folder: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The conversation ended before its end.
    #[error("{}", stopped(stop, *taken))]
    Stopped {
        /// Why.
        stop: Stop,
        /// Mails that were written before.
        taken: usize,
    },
    /// The file system.
    #[error("{}", say!("fetch-io", action = action, path = path.display(), source = source))]
    Io {
        /// What was tried.
        action: Doing,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn no_folder(folder: &str, known: &[String]) -> String {
    match known {
        [] => say!("fetch-no-folder", folder = folder),
        known => say!("fetch-no-folder-known", folder = folder, known = known.join("、")),
    }
}

fn stopped(stop: &Stop, taken: usize) -> String {
    match taken {
        0 => say!("fetch-stopped-empty", stop = stop),
        taken => say!("fetch-stopped", stop = stop, taken = taken),
    }
}

impl FetchError {
    /// Whether the operator's settings or words are at fault, and not the line or the machine.
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::NoServer | Self::Password(_) | Self::Certificates { .. } => true,
            Self::Login { .. } | Self::NoFolder { .. } => true,
            Self::Unreachable { .. } | Self::Tls { .. } | Self::Stopped { .. } | Self::Io { .. } => false,
        }
    }
}

impl From<Stop> for FetchError {
    fn from(stop: Stop) -> Self {
        Self::Stopped { stop, taken: 0 }
    }
}
