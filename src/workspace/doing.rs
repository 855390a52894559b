//! What was tried with a file or folder when the system refused, as errors tell it.

use std::fmt;

use crate::say;

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Reading it.
    Reading,
    /// Writing it.
    Writing,
    /// Making a folder.
    Making,
    /// Opening a file.
    Opening,
    /// Holding a lock.
    Locking,
    /// Putting a new folder in an old one's place.
    Replacing,
    /// Getting ready to use the network.
    Connecting,
    /// Clearing away what an earlier run left.
    Clearing,
}

impl fmt::Display for Doing {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&match self {
            Self::Reading => say!("workspace-reading"),
            Self::Writing => say!("workspace-writing"),
            Self::Making => say!("workspace-making"),
            Self::Opening => say!("workspace-opening"),
            Self::Locking => say!("workspace-locking"),
            Self::Replacing => say!("workspace-replacing"),
            Self::Connecting => say!("workspace-connecting"),
            Self::Clearing => say!("workspace-clearing"),
        })
    }
}
