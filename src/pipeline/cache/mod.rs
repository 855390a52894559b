//! What was read of the inbox's files in earlier runs, so that only what changed is read again.
//!
//! Takes a file's name and digest, gives the tables that reading it gave, where everything that reading depends on
//! is the same: the content, the name (it tells who reports), the period, the office's profile and layouts, the
//! addresses of its units, the limits, the program. An entry says what it is and is checked before it is used: one
//! that is damaged counts as missing. What took a password to open is never kept. The folder may be deleted at any
//! time; a disk that is full costs a notice and not the run.

mod codec;
mod figures;
#[cfg(test)]
mod tests;
mod wire;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{Office, TakenFile};
use crate::MADE_FROM;
use crate::collect::digest;
use crate::record::Table;
use crate::workspace::{CacheFolder, SETTINGS, Workspace};

/// A file's account with its tables, for each file that a file of the inbox holds.
pub(super) type Read = Vec<(TakenFile, Vec<Table>)>;

/// The digest of an entry stands before it, as hex.
const DIGEST: usize = 64;

/// The entries of earlier runs, and those that this run adds.
pub(super) struct Cache<'a> {
    folder: &'a CacheFolder,
    /// All that reading depends on besides a file's name and content.
    basis: String,
    /// Whether passwords are tried: then a package of packages may hold what one of them opened.
    with_passwords: bool,
    this_run: Mutex<ThisRun>,
}

/// What a run did with the cache.
#[derive(Default)]
struct ThisRun {
    /// The entries that it used or wrote.
    used: BTreeSet<String>,
    /// Their bytes.
    bytes: u64,
    /// Why the first entry that could not be written was not.
    fault: Option<String>,
}

impl<'a> Cache<'a> {
    /// The cache of a workspace, where it keeps one.
    pub(super) fn of(workspace: &'a Workspace, office: &Office) -> Option<Self> {
        let folder = workspace.cache.as_ref()?;
        let with_passwords = !office.settings.passwords.is_empty();
        Some(Self { folder, basis: basis(workspace, office), with_passwords, this_run: Mutex::default() })
    }

    /// What an earlier run read of a file.
    pub(super) fn look_up(&self, name: &str, of: &str) -> Option<Read> {
        let entry = self.entry(name, of);
        let bytes = fs::read(self.folder.path.join(&entry)).ok()?;
        let read = codec::read(sound(&bytes)?)?;
        self.note(entry, bytes.len());
        Some(read)
    }

    /// Keeps what was read of a file; `is_plain` where it is a workbook and no archive or mail of them.
    pub(super) fn keep(&self, name: &str, of: &str, is_plain: bool, read: &Read) {
        let all_opened = read.iter().all(|(file, _)| file.opened);
        if !all_opened || (self.with_passwords && !is_plain) {
            return;
        }
        let Some(body) = codec::written(read) else { return };
        let entry = self.entry(name, of);
        if !self.has_room(body.len()) {
            return;
        }
        let mut bytes = digest(&body).into_bytes();
        bytes.extend(body);
        match self.write(&entry, &bytes) {
            Ok(()) => self.note(entry, bytes.len()),
            Err(error) => {
                let _ = fs::remove_file(self.folder.path.join(&entry));
                self.this_run().fault.get_or_insert_with(|| error.to_string());
            }
        }
    }

    /// Takes the oldest entries away where there are too many; what the operator should know.
    pub(super) fn close(self) -> Option<String> {
        let this_run = self.this_run.into_inner().unwrap_or_else(PoisonError::into_inner);
        prune(self.folder, &this_run.used);
        let path = self.folder.path.display();
        this_run.fault.map(|fault| {
            format!(
                "读过的报表没有全部记入 {path}（{fault}），不影响本次结果；下次运行要重新读取。请检查磁盘空间和权限"
            )
        })
    }

    fn this_run(&self) -> std::sync::MutexGuard<'_, ThisRun> {
        self.this_run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn entry(&self, name: &str, of: &str) -> String {
        digest(format!("{}\n{of}\n{name}", self.basis).as_bytes())
    }

    fn note(&self, entry: String, bytes: usize) {
        let mut this_run = self.this_run();
        this_run.bytes += bytes as u64;
        this_run.used.insert(entry);
    }

    /// Whether another entry of this run fits, whatever older ones there are; after a fault nothing is tried again.
    fn has_room(&self, bytes: usize) -> bool {
        let this_run = self.this_run();
        this_run.fault.is_none() && this_run.bytes + (bytes + DIGEST) as u64 <= self.folder.bytes
    }

    /// A write that is cut short leaves an entry that its digest belies.
    fn write(&self, entry: &str, bytes: &[u8]) -> std::io::Result<()> {
        let path = self.folder.path.join(entry);
        match fs::write(&path, bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                fs::create_dir_all(&self.folder.path)?;
                fs::write(&path, bytes)
            }
            done => done,
        }
    }
}

/// All that reading depends on besides the file.
fn basis(workspace: &Workspace, office: &Office) -> String {
    let mut basis = format!("{MADE_FROM}\n{}\n{:?}\n{:?}\n", office.period, workspace.level, workspace.limits);
    for (name, bytes) in office.stated.iter().filter(|(name, _)| name.as_str() != SETTINGS) {
        basis += &format!("{name} {}\n", digest(bytes));
    }
    for (address, unit) in super::intake::senders(office) {
        basis += &format!("{address} {unit}\n");
    }
    digest(basis.as_bytes())
}

/// The body of an entry whose digest is right.
fn sound(bytes: &[u8]) -> Option<&[u8]> {
    let (told, body) = bytes.split_at_checked(DIGEST)?;
    (digest(body).as_bytes() == told).then_some(body)
}

/// Takes away what this run did not use, the oldest first, until the rest fits.
fn prune(folder: &CacheFolder, used: &BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(&folder.path) else { return };
    let known = entries.flatten().filter_map(|entry| {
        let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some((about.modified().ok(), entry.file_name(), about.len()))
    });
    let mut known: Vec<_> = known.collect();
    let mut bytes: u64 = known.iter().map(|(_, _, size)| size).sum();
    if bytes <= folder.bytes {
        return;
    }
    known.sort();
    for (_, name, size) in known {
        let in_use = name.to_str().is_some_and(|name| used.contains(name));
        if bytes > folder.bytes && !in_use && remove(&folder.path, &name) {
            bytes -= size;
        }
    }
}

fn remove(folder: &Path, name: &std::ffi::OsStr) -> bool {
    fs::remove_file(folder.join(name)).is_ok()
}
