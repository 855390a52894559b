//! Why mail stops: for the operator, with what to do next.

use std::io;
use std::path::PathBuf;

use crate::publish::PublishError;
use crate::say;
use crate::template::TemplateErrors;
use crate::workspace::Doing;

/// Why no mail could be made or sent. What was sent before stands in the log.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// Nothing to send yet.
    #[error("{}", say!("mail-not-run", period = _0))]
    NotRun(String),
    /// A run that left the returns out.
    #[error("{}", say!("mail-quick", period = _0))]
    Quick(String),
    /// `wuzhang.toml` does not say who writes.
    #[error("{}", say!("mail-no-sender"))]
    NoSender,
    /// `wuzhang.toml` names no server.
    #[error("{}", say!("mail-no-server"))]
    NoServer,
    /// Nobody of that name.
    #[error("{}", say!("mail-nobody", name = name, nearest = nearest))]
    Nobody {
        /// What was asked for.
        name: String,
        /// The nearest name.
        nearest: String,
    },
    /// A digest that no mail has.
    #[error("{}", say!("mail-no-digest", digest = _0))]
    NoDigest(String),
    /// An address or header that cannot be written.
    #[error("{}", say!("mail-message", whom = whom, fault = fault))]
    Message {
        /// Whom it is for.
        whom: String,
        /// What is wrong.
        fault: String,
    },
    /// A template of the office.
    #[error(transparent)]
    Template(#[from] TemplateErrors),
    /// A document of the run that is not what the program writes.
    #[error("{}", say!("mail-damaged", path = path.display(), fault = fault))]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// The plan.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The file system.
    #[error("{}", say!("mail-io", action = action, path = path.display(), source = source))]
    Io {
        /// What was tried.
        action: Doing,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process sends.
    #[error("{}", say!("mail-busy", path = _0.display()))]
    Busy(PathBuf),
    /// A password is needed and not given.
    #[error(transparent)]
    Password(#[from] super::secret::NoPassword),
    /// A certificate file that cannot be used.
    #[error("{}", say!("mail-certificates", path = path.display(), fault = fault))]
    Certificates {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
}

impl DeliverError {
    /// Whether the operator's settings or words are at fault, and not the machine.
    pub fn is_wrong_use(&self) -> bool {
        !matches!(self, Self::Io { .. } | Self::Busy(_) | Self::Publish(_) | Self::Damaged { .. })
    }

    /// For `map_err` of what is done to a file.
    pub(super) fn io(action: Doing, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}
