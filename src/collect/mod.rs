//! Collect: whatever lies in the inbox becomes grids of cells.
//!
//! Takes paths, gives a [`SourceFile`] for each: its digest, its sheets as [`Grid`]s, and findings
//! about what could not be opened or read. Told apart by content, not by name; read within limits.

mod build;
mod fault;
mod grid;
mod html;
mod inbox;
mod limits;
mod number_format;
mod ods;
mod open;
mod package;
mod reading;
mod serial;
mod sniff;
mod text;
mod xls;
mod xlsb;
mod xlsx;

use std::sync::Arc;

pub use grid::{Cell, Grid, Merge, Row, Shown, Value};
pub use inbox::{list_inbox, read_inbox};
pub use limits::Limits;
pub use open::{read_bytes, read_file};

use crate::finding::Finding;

/// A file of the inbox and all that could be read of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceFile {
    /// How it is called in findings and sources: its path below the inbox, with `/`.
    pub name: Arc<str>,
    /// SHA-256 of its bytes, as 64 hex digits.
    pub digest: String,
    /// Its size in bytes.
    pub size: u64,
    /// The sheets in the file's order; empty where it could not be opened.
    pub grids: Vec<Grid>,
    /// What is to be said about the file: not openable, encrypted, an error cell …
    pub findings: Vec<Finding>,
}

impl SourceFile {
    /// Whether the file could be opened at all.
    pub fn opened(&self) -> bool {
        !self.findings.iter().any(|f| f.place.sheet.is_none() && f.level == crate::finding::Level::Error)
    }
}
