//! What a run states about itself: its inputs, what it rests on, and the digest of every file it keeps.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::period::Period;

/// The newest form of the ledger that this program reads and the one that it writes.
/// Form 1 had parts only, and no runs.
pub const FORMAT: u32 = 2;

/// A file that a run was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// Its name below the period's inbox.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What a run states about itself; the run is known by the digest of this text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunManifest {
    /// The ledger's form.
    pub format: u32,
    /// The program and its version.
    pub program: String,
    /// Whose ledger it is: the county's name, where the workspace tells it.
    pub office: Option<String>,
    /// The period.
    pub period: Period,
    /// What lay in the inbox, by name.
    pub inputs: Vec<Input>,
    /// The runs of earlier periods that stood when this one was made: their digests.
    pub earlier: BTreeMap<Period, String>,
    /// How many rows each book's facts have.
    pub rows: BTreeMap<String, usize>,
    /// SHA-256 of every file kept with the run, by its name below the run's folder.
    pub files: BTreeMap<String, String>,
}

/// The runs of a period, and which of them stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    pub(super) format: u32,
    /// The digest of the run that stands: the last of `runs`.
    pub(super) runs: Vec<String>,
}

/// A commit under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) format: u32,
    pub(super) period: Period,
    pub(super) digest: String,
}

/// The one thing that every form of every statement in the ledger says.
#[derive(Debug, Deserialize)]
pub(super) struct Stated {
    pub(super) format: u32,
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A digest as text.
pub(super) fn hex(digest: &[u8]) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'));
    digest.iter().flat_map(digits).collect()
}

/// A statement as text.
pub(super) fn text<T: Serialize>(stated: &T) -> String {
    let text = serde_json::to_string_pretty(stated).expect("plain data with text keys");
    text + "\n"
}
