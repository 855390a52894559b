//! The files of a run while they are made: each goes to the disk as it comes, with its digest, so that a run of
//! thousands of documents never has them in memory together.
//!
//! Takes bytes, or a stream of them, by name; gives the folder that becomes the run's record.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest, Sha256};

use super::fault::{at, damaged};
use super::manifest::{hex, sha256};
use super::{Ledger, LedgerError, Run};
use crate::workspace::WholeFolder;

/// What a run's record is called before its digest is known.
const MAKING: &str = "run";

/// The files of a run that is under way; dropped, nothing of them is left.
#[derive(Debug)]
pub struct Staging {
    folder: WholeFolder,
    /// SHA-256 of each file by its name.
    files: Mutex<BTreeMap<String, String>>,
}

impl Ledger {
    /// Begins a run's record beside the ledger's other folders; what a dead run left there is cleared.
    ///
    /// # Errors
    ///
    /// A ledger of a newer form; a folder that cannot be written.
    pub fn stage(&self) -> Result<Staging, LedgerError> {
        self.check_form()?;
        let target = self.root.join(MAKING);
        let folder = WholeFolder::begin(&target).map_err(at(&target))?;
        Ok(Staging { folder, files: Mutex::default() })
    }
}

impl Staging {
    /// Writes a file.
    ///
    /// # Errors
    ///
    /// A name that leads out of the folder or that a file has already; what the file system says.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), LedgerError> {
        let path = self.place(name)?;
        File::create_new(&path).and_then(|mut file| file.write_all(bytes)).map_err(at(&path))?;
        self.note(name, sha256(bytes));
        Ok(())
    }

    /// A file to be written in pieces.
    ///
    /// # Errors
    ///
    /// As [`Staging::put`].
    pub fn begin(&self, name: &str) -> Result<StagedFile<'_>, LedgerError> {
        let path = self.place(name)?;
        let file = File::create_new(&path).map_err(at(&path))?;
        Ok(StagedFile { staging: self, name: name.to_owned(), file: BufWriter::new(file), digest: Sha256::new() })
    }

    /// Takes a file over from an earlier run of the same ledger, whose records are never written to again; whether
    /// that run still has it as it recorded it.
    ///
    /// # Errors
    ///
    /// As [`Staging::put`].
    pub fn take_over(&self, name: &str, run: &Run, kept: &str) -> Result<bool, LedgerError> {
        let Some(recorded) = run.manifest.files.get(kept) else { return Ok(false) };
        let from = run.folder.join(kept);
        let Ok(bytes) = fs::read(&from) else { return Ok(false) };
        if sha256(&bytes) != *recorded {
            return Ok(false);
        }
        let path = self.place(name)?;
        if fs::hard_link(&from, &path).is_err() {
            File::create_new(&path).and_then(|mut file| file.write_all(&bytes)).map_err(at(&path))?;
        }
        self.note(name, recorded.clone());
        Ok(true)
    }

    /// A file that was written.
    ///
    /// # Errors
    ///
    /// A name that leads out of the folder or that nothing was written under; what the file system says.
    pub fn get(&self, name: &str) -> Result<Vec<u8>, LedgerError> {
        let path = self.place(name)?;
        fs::read(&path).map_err(at(&path))
    }

    /// Where a file of this name goes; its folder is made.
    fn place(&self, name: &str) -> Result<PathBuf, LedgerError> {
        let path = self.folder.path().join(name);
        // Names come from the profile's and the program's own files; none may lead out of the folder.
        if Path::new(name).components().any(|part| !matches!(part, Component::Normal(_))) {
            return Err(damaged(&path, "文件名不能用"));
        }
        let parent = path.parent().unwrap_or(&path);
        fs::create_dir_all(parent).map_err(at(parent))?;
        Ok(path)
    }

    fn note(&self, name: &str, digest: String) {
        self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(name.to_owned(), digest);
    }

    /// SHA-256 of every file so far, by name.
    pub(super) fn digests(&self) -> BTreeMap<String, String> {
        self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Where the files stand meanwhile.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder, to be put in its place.
    pub(super) fn into_folder(self) -> WholeFolder {
        self.folder
    }
}

/// A file of a run, written in pieces.
#[derive(Debug)]
pub struct StagedFile<'s> {
    staging: &'s Staging,
    name: String,
    file: BufWriter<File>,
    digest: Sha256,
}

impl StagedFile<'_> {
    /// Ends the file: only now is it one of the run's.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn finish(mut self) -> Result<(), LedgerError> {
        let path = self.staging.folder.path().join(&self.name);
        self.file.flush().map_err(at(&path))?;
        self.staging.note(&self.name, hex(&self.digest.finalize()));
        Ok(())
    }
}

impl StagedFile<'_> {
    /// Takes the file away again.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn forget(self) -> Result<(), LedgerError> {
        let path = self.staging.folder.path().join(&self.name);
        drop(self.file);
        fs::remove_file(&path).map_err(at(&path))
    }
}

impl Write for StagedFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Record;
    use crate::period::Period;

    fn ledger() -> (tempfile::TempDir, Ledger) {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::at(folder.path());
        (folder, ledger)
    }

    #[test]
    fn a_file_in_pieces_is_the_file_at_once() {
        let (_folder, ledger) = ledger();
        let staging = ledger.stage().unwrap();
        staging.put("甲/一.csv", "项目,金额\n".as_bytes()).unwrap();
        let mut file = staging.begin("甲/二.csv").unwrap();
        for piece in ["项目,", "金额", "\n"] {
            file.write_all(piece.as_bytes()).unwrap();
        }
        file.finish().unwrap();
        let digests = staging.digests();
        assert_eq!(digests["甲/一.csv"], digests["甲/二.csv"]);
        assert_eq!(digests["甲/一.csv"], sha256("项目,金额\n".as_bytes()));
        assert!(staging.put("../out.csv", b"").is_err(), "a name that leads out");
        assert!(staging.put("甲/二.csv", b"").is_err() && staging.begin("甲/一.csv").is_err(), "a name given twice");
        assert_eq!(staging.get("甲/一.csv").unwrap(), "项目,金额\n".as_bytes(), "what stands is left");
    }

    #[test]
    fn a_file_is_taken_over_only_as_it_was_recorded() {
        let (folder, ledger) = ledger();
        let (period, facts) = (Period::new(2026, 5).unwrap(), BTreeMap::new());
        let mut record = Record::new(period, &facts);
        record.document("退改单.xlsx", b"made".to_vec());
        ledger.commit(&record).unwrap();
        let run = ledger.current(period).unwrap().unwrap();
        let staging = ledger.stage().unwrap();
        assert!(staging.take_over("documents/别名.xlsx", &run, "documents/退改单.xlsx").unwrap());
        assert_eq!(staging.digests()["documents/别名.xlsx"], sha256(b"made"));
        assert!(staging.take_over("documents/别名.xlsx", &run, "documents/退改单.xlsx").is_err(), "a name given twice");
        assert!(!staging.take_over("documents/b", &run, "documents/none.xlsx").unwrap());
        fs::write(run.folder.join("documents/退改单.xlsx"), "other").unwrap();
        assert!(!staging.take_over("documents/c", &run, "documents/退改单.xlsx").unwrap());
        drop(staging);
        let left = fs::read_dir(folder.path()).unwrap().flatten();
        assert!(!left.into_iter().any(|entry| entry.file_name().to_string_lossy().contains("making")));
    }
}
