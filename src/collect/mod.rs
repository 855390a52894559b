//! Collect: whatever lies in the inbox becomes grids of cells.
//!
//! Takes paths, gives a [`SourceFile`] for each: its digest, its sheets as [`Grid`]s, and findings
//! about what could not be opened or read. Told apart by content, not by name; read within limits.
//! Archives, mails and mailboxes are opened to the files in them, each a source file of its own. Where a program
//! for it is named ([`read_apart_by`]), tables are read in a process of their own, within memory and time.

mod apart;
mod archive;
mod build;
mod fault;
mod grid;
mod html;
mod inbox;
mod letters;
mod locked;
mod mail;
mod mailbox;
mod maildir;
mod naming;
mod number_format;
mod ods;
mod open;
mod original;
mod package;
mod password;
mod properties;
mod reading;
mod serial;
mod sniff;
mod spreadsheet_xml;
mod text;
mod unpack;
mod xls;
mod xlsb;
mod xlsx;

use std::sync::Arc;

pub use crate::workspace::Limits;
pub use apart::{read_apart_by, serve};
pub use fault::unharmed;
pub use grid::{Cell, Grid, Merge, Row, Shown, Value};
pub use inbox::{list_inbox, read_inbox};
pub use mail::{Attached, Enclosure, Mail, MailKind, read_mail};
pub use open::{digest, digest_of_file, read_bytes, read_file};
pub use original::{Form, Original};
pub use password::Password;
pub use properties::Properties;
pub use unpack::{Loaded, originals, read_all};

use crate::finding::Finding;

/// A file of the inbox and all that could be read of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceFile {
    /// How it is called in findings and sources: its path below the inbox, with `/`, and that in an
    /// archive or a mail after the container's: `报送.zip/城关镇.xlsx`.
    pub name: Arc<str>,
    /// SHA-256 of its bytes, as 64 hex digits.
    pub digest: String,
    /// Its size in bytes.
    pub size: u64,
    /// The sheets in the file's order; empty where it could not be opened.
    pub grids: Vec<Grid>,
    /// What is to be said about the file: not openable, encrypted, an error cell …
    pub findings: Vec<Finding>,
    /// The texts that the document carries beside its sheets (自定义属性), by their names.
    pub properties: Properties,
    /// The address that it was mailed from, in lower case.
    pub sender: Option<String>,
    /// When it was mailed, as the mail says.
    pub sent: Option<String>,
}

impl SourceFile {
    /// Whether the file could be opened at all.
    pub fn opened(&self) -> bool {
        !self.findings.iter().any(|f| f.place.sheet.is_none() && f.level == crate::finding::Level::Error)
    }
}
