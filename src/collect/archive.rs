//! Archives: the files in a .zip that is no workbook.
//!
//! Takes an archive's bytes, gives its files by name, inflated one at a time within an allowance;
//! nothing is written to disk.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipReadOptions;
use zip::result::ZipError;

use super::fault::{Fault, Lock};
use super::inbox::is_left_over;
use super::naming;
use super::package::listed;
use super::password::Password;
use crate::workspace::Limits;

/// An open archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its name, fit to be shown.
    pub(super) name: String,
    at: usize,
}

impl<'a> Archive<'a> {
    /// Opens an archive, without inflating anything yet.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        Ok(Self { zip: listed(bytes, limits)? })
    }

    /// Its files by name, without folders and without what systems and programs leave behind.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let names = self.zip.file_names_raw().map(naming::decoded);
        let left_over = |part: &str| is_left_over(part) && !matches!(part, "." | "..");
        let is_file = |name: &str| !name.ends_with(['/', '\\']) && !name.split(['/', '\\']).any(left_over);
        let files = names.enumerate().filter(|(_, name)| is_file(name));
        let mut entries: Vec<Entry> = files.map(|(at, name)| Entry { name: naming::shown(&name), at }).collect();
        entries.sort_by(|a, b| (&a.name, a.at).cmp(&(&b.name, b.at)));
        entries
    }

    /// A file's bytes, at most as many as are allowed; a locked one is tried with each password.
    pub(super) fn read(&mut self, entry: &Entry, allowed: u64, passwords: &[Password]) -> Result<Vec<u8>, Fault> {
        match self.attempt(entry, allowed, None) {
            Err(Fault::Encrypted(Lock::NoneFits(_))) => {}
            read => return read,
        }
        for password in passwords {
            // The check of a password is one byte: what it lets pass must still have the right sum.
            match self.attempt(entry, allowed, Some(password)) {
                Ok(bytes) => return Ok(bytes),
                Err(other @ Fault::Encrypted(Lock::NotHere(_))) => return Err(other),
                Err(_) => {}
            }
        }
        Err(Fault::Encrypted(Lock::NoneFits(passwords.len())))
    }

    fn attempt(&mut self, entry: &Entry, allowed: u64, password: Option<&Password>) -> Result<Vec<u8>, Fault> {
        let options = ZipReadOptions::new().password(password.map(|password| password.word().as_bytes()));
        let file = self.zip.by_index_with_options(entry.at, options).map_err(fault)?;
        let mut bytes = Vec::new();
        file.take(allowed.saturating_add(1)).read_to_end(&mut bytes).map_err(Fault::unreadable)?;
        match bytes.len() as u64 > allowed {
            true => Err(Fault::TooLarge("压缩包解压后的内容超出上限".into())),
            false => Ok(bytes),
        }
    }
}

fn fault(error: ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Fault::Encrypted(Lock::NoneFits(0))
        }
        // Method 99 is no compression but the mark of a lock.
        ZipError::CompressionMethodNotSupported(99) => Fault::Encrypted(Lock::NotHere("压缩包")),
        other => Fault::unreadable(other),
    }
}
