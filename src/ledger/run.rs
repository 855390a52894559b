//! A recorded run: its facts and files, each held against the digest that the run states.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::fault::{at, damaged};
use super::manifest::{self, RunManifest};
use super::{LedgerError, part};
use crate::merge::Facts;

/// The folder of a run's facts.
pub(super) const FACTS: &str = "facts";
/// The folder of its documents, as they went to `out/`.
pub(super) const DOCUMENTS: &str = "documents";
/// The folder of the ledger's own files that it changed.
pub(super) const STATE: &str = "state";

/// A run of a period, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its number among the period's runs, from 1.
    pub number: usize,
    /// SHA-256 of its manifest: by it the run is known.
    pub digest: String,
    /// What it states about itself.
    pub manifest: RunManifest,
    /// Where its files stand.
    pub folder: PathBuf,
}

impl Run {
    /// Its name, as one asks for it: `2-0123456789ab`.
    pub fn name(&self) -> String {
        folder_name(self.number, &self.digest)
    }

    /// A file kept with the run, by its name below the run's folder; `None` where it kept none.
    ///
    /// # Errors
    ///
    /// A file that is gone or is not what the run recorded.
    pub fn file(&self, name: &str) -> Result<Option<Vec<u8>>, LedgerError> {
        let Some(recorded) = self.manifest.files.get(name) else { return Ok(None) };
        let path = self.folder.join(name);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(damaged(&path, "文件不见了")),
            Err(error) => return Err(at(&path)(error)),
        };
        match manifest::sha256(&bytes) == *recorded {
            true => Ok(Some(bytes)),
            false => Err(damaged(&path, "内容与运行记录中的摘要不符")),
        }
    }

    /// The names of its files in a folder such as `profile/`, sorted.
    pub fn names_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.manifest.files.keys().map(String::as_str).filter(move |name| name.starts_with(folder))
    }

    /// The books whose facts it has, sorted.
    pub fn books(&self) -> impl Iterator<Item = &str> {
        self.manifest.rows.keys().map(String::as_str)
    }

    /// The facts of a book; `None` where the run had none.
    ///
    /// # Errors
    ///
    /// As [`Run::file`].
    pub fn facts(&self, book: &str) -> Result<Option<Facts>, LedgerError> {
        let Some(bytes) = self.file(&facts_name(book))? else { return Ok(None) };
        let frame = part::frame(bytes, &self.folder.join(facts_name(book)))?;
        Ok(Some(Facts { book: book.to_owned(), frame }))
    }

    /// Holds every file against the manifest.
    pub(super) fn verify(&self) -> Result<(), LedgerError> {
        self.manifest.files.keys().try_for_each(|name| self.file(name).map(drop))
    }
}

/// The name of a book's facts below a run's folder.
pub(super) fn facts_name(book: &str) -> String {
    format!("{FACTS}/{book}.parquet")
}

/// `2-0123456789ab`
pub(super) fn folder_name(number: usize, digest: &str) -> String {
    format!("{number}-{}", &digest[..digest.len().min(12)])
}

/// Reads a run from its folder; `digest` is the one that the period's list states.
pub(super) fn read(folder: &Path, number: usize, digest: &str) -> Result<Run, LedgerError> {
    let path = folder.join(super::MANIFEST);
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => damaged(&path, "运行记录不见了"),
        _ => at(&path)(error),
    })?;
    super::known_format(&path, &bytes)?;
    if manifest::sha256(&bytes) != digest {
        return Err(damaged(&path, "运行记录与清单中的摘要不符"));
    }
    let stated: RunManifest = serde_json::from_slice(&bytes).map_err(|error| damaged(&path, error.to_string()))?;
    Ok(Run { number, digest: digest.to_owned(), manifest: stated, folder: folder.to_owned() })
}
