//! A file as it was received: what it is, who sent it, when it came, which books are in it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::received::Received;

/// A file of the inbox, known by its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its name below the inbox.
    pub file: Arc<str>,
    /// SHA-256 of its bytes; empty where it could not be read at all.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether it could be opened.
    pub opened: bool,
    /// Whether nothing is filled in on any of its sheets.
    pub blank: bool,
    /// The unit that its sender or its name tells, for files without a book.
    pub unit: Option<String>,
    /// When it came, where that is known.
    pub received: Option<Received>,
    /// What was found in it.
    pub entries: Vec<Entry>,
    /// The file with the same content that counts in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<Arc<str>>,
    /// SHA-256 of the file that it is the return of, sent back by the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_of: Option<String>,
}

/// A unit's report of a book in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The unit, by its canonical name; empty where nothing tells.
    pub unit: String,
    /// The book's id.
    pub book: String,
    /// How many rows it has.
    pub rows: usize,
    /// How many of them a later file replaces.
    #[serde(default)]
    pub replaced: usize,
    /// That file; `None` where this one stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<Arc<str>>,
}

impl Receipt {
    /// Whether it has a report of a unit.
    pub fn is_of(&self, unit: &str) -> bool {
        match self.entries.is_empty() {
            true => self.unit.as_deref() == Some(unit),
            false => self.entries.iter().any(|entry| entry.unit == unit),
        }
    }
}
