//! Why a month cannot be worked on a cluster: for the engineer, with what to do next.

use std::io;
use std::path::{Path, PathBuf};

use crate::cluster::AnswerFault;
use crate::say;

/// Why a month cannot be worked on a cluster.
#[derive(Debug, thiserror::Error)]
pub enum ClusterFault {
    /// An office that reads no departments' files.
    #[error("{}", say!("cluster-not-county", path = _0.display()))]
    NotCounty(PathBuf),
    /// An office that ranks others' files and is no higher office.
    #[error("{}", say!("cluster-not-city", path = _0.display()))]
    NotCity(PathBuf),
    /// No list of units.
    #[error("{}", say!("cluster-no-roster", path = _0.display()))]
    NoRoster(PathBuf),
    /// An office without a name.
    #[error("{}", say!("cluster-nameless", path = _0.display()))]
    Nameless(PathBuf),
    /// A county that the higher office does not expect.
    #[error("{}", say!("cluster-unknown", name = name, known = known))]
    Unknown {
        /// The county.
        name: String,
        /// Those that it expects.
        known: String,
    },
    /// Two offices of one name.
    #[error("{}", say!("cluster-same-name", name = _0))]
    SameName(String),
    /// A book whose columns are of other types than those of the higher office.
    #[error("{}", say!("cluster-other-columns", name = name, book = book))]
    OtherColumns {
        /// The county.
        name: String,
        /// The book's id.
        book: String,
    },
    /// A list that names a file that is not there.
    #[error("{}", say!("cluster-no-file", name = _0))]
    NoFile(String),
    /// A list with nothing in it.
    #[error("{}", say!("cluster-empty-list"))]
    EmptyList,
    /// A line of what is to be settled that cannot be understood.
    #[error("{}", say!("cluster-line", line = line, fault = fault))]
    Line {
        /// Which.
        line: usize,
        /// What is wrong.
        fault: String,
    },
    /// What a task has registered cannot be understood.
    #[error("{}", say!("cluster-registered", path = path.display(), fault = fault))]
    Registered {
        /// Where it stands.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// A file of the inbox that no task has registered.
    #[error("{}", say!("cluster-unread", name = _0))]
    Unread(String),
    /// What came back.
    #[error(transparent)]
    Answers(#[from] AnswerFault),
    /// The file system refused.
    #[error("{}", say!("cluster-io", path = path.display(), source = source))]
    Io {
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ClusterFault {
    /// What makes a file system's refusal a fault that names the place.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// Whether the engineer gave us something wrong, so that trying again is no use.
    pub fn is_wrong_use(&self) -> bool {
        !matches!(self, Self::Io { .. })
    }
}
