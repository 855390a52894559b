//! Why the ledger could not be written or read; told to the operator, with what is still whole.

use std::io;
use std::path::{Path, PathBuf};

use polars::prelude::PolarsError;

use crate::period::Period;
use crate::say;

/// Why the ledger could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file system refused.
    #[error("{}", say!("ledger-io", path = path.display(), source = source))]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The documents' folder cannot be written.
    #[error("{}", say!("ledger-documents", path = path.display(), source = source))]
    Documents {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A part that is no Parquet or could not be made into it.
    #[error("{}", say!("ledger-parquet", path = path.display(), source = source))]
    Parquet {
        /// Where.
        path: PathBuf,
        /// What polars said.
        source: PolarsError,
    },
    /// Written by a program that knows more than this one.
    #[error("{}", say!("ledger-newer", path = path.display(), found = found, known = known))]
    Newer {
        /// The file that says so.
        path: PathBuf,
        /// The format it states.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// A file that is not what the run recorded.
    #[error("{}", say!("ledger-damaged", path = path.display(), fault = fault))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How it differs.
        fault: String,
    },
    /// A period without a run.
    #[error("{}", say!("ledger-no-run", period = _0.in_words()))]
    NoRun(Period),
    /// A run that there is not.
    #[error("{}", say!("ledger-no-such-run", period = period.in_words(), given = given, known = known))]
    NoSuchRun {
        /// The period.
        period: Period,
        /// What was asked for.
        given: String,
        /// The runs there are, as one writes them.
        known: String,
    },
}

impl LedgerError {
    /// Whether the operator asked for something that there is not (as against a ledger in trouble).
    pub fn is_wrong_use(&self) -> bool {
        matches!(self, Self::NoRun(_) | Self::NoSuchRun { .. })
    }
}

/// What makes a file system's refusal an error that names the place.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> LedgerError {
    let path = path.to_owned();
    move |source| LedgerError::Io { path, source }
}

pub(super) fn damaged(path: &Path, fault: impl Into<String>) -> LedgerError {
    LedgerError::Damaged { path: path.to_owned(), fault: fault.into() }
}

/// The same for the documents' folder, which a reader may hold open.
pub(super) fn at_documents(path: &Path) -> impl FnOnce(io::Error) -> LedgerError {
    let path = path.to_owned();
    move |source| LedgerError::Documents { path, source }
}
