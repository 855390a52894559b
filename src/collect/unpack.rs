//! Files within files: archives and mails opened to what is in them.
//!
//! Takes a path, gives a [`SourceFile`] for the file itself or, of an archive or a mail, one for
//! each file in it, to a small depth and within one allowance for all.

use std::path::Path;

use super::SourceFile;
use super::archive::Archive;
use super::fault::{Fault, guarded};
use super::mailbox::{MailboxFile, Messages};
use super::naming::Names;
use super::open::{digest, failed, is_archive, load, read_unlocked, read_with};
use super::original::Original;
use super::password::Password;
use super::sniff::{Format, sniff};
use crate::finding::Level;
use crate::workspace::Limits;

/// Reads a file and, where it is an archive or a mail, the files in it, called `报送.zip/城关镇.xlsx`.
///
/// `name` is how findings call the file itself; the passwords are tried on whatever is locked.
pub fn read_all(path: &Path, name: &str, limits: &Limits, passwords: &[Password]) -> Vec<SourceFile> {
    if let Some(mailbox) = MailboxFile::open(path) {
        let mut unpacking = Unpacking::new(0, limits, passwords);
        unpacking.mailbox_file(mailbox, path, name);
        return unpacking.read;
    }
    match load(path, limits) {
        Ok(bytes) => unpacked(bytes, name, limits, passwords),
        Err((fault, size)) => vec![failed(name, size, &fault)],
    }
}

/// A file in memory before anything is made of it: known by its digest, so that what an earlier run read of the
/// same bytes can stand.
#[derive(Debug)]
pub struct Loaded {
    bytes: Vec<u8>,
    /// SHA-256 of its bytes, as 64 hex digits.
    pub digest: String,
}

impl Loaded {
    /// Loads a file; `None` where it cannot be loaded or is a mailbox, which is read as a stream: [`read_all`]
    /// tells of the one and reads the other.
    pub fn of(path: &Path, limits: &Limits) -> Option<Self> {
        if MailboxFile::open(path).is_some() {
            return None;
        }
        let bytes = load(path, limits).ok()?;
        let digest = digest(&bytes);
        Some(Self { bytes, digest })
    }

    /// Whether it is a zip package: a workbook that takes a password to open is none.
    pub fn is_package(&self) -> bool {
        sniff(&self.bytes) == Format::Zip
    }

    /// As [`read_all`].
    pub fn read(self, name: &str, limits: &Limits, passwords: &[Password]) -> Vec<SourceFile> {
        unpacked(self.bytes, name, limits, passwords)
    }
}

/// The bytes of the files that [`read_all`] reads, under the same names; of a workbook with a password
/// that is known, the workbook as it is when opened. What could not be taken out is left out.
pub fn originals(path: &Path, name: &str, limits: &Limits, passwords: &[Password]) -> Vec<Original> {
    let mut unpacking = Unpacking::new(0, limits, passwords);
    unpacking.originals = Some(Vec::new());
    if let Some(mailbox) = MailboxFile::open(path) {
        unpacking.mailbox_file(mailbox, path, name);
    } else if let Ok(bytes) = load(path, limits) {
        unpacking.allowed = limits.unpacked_of(bytes.len() as u64);
        unpacking.open(bytes, name, 0, &Letter::default());
    }
    unpacking.originals.unwrap_or_default()
}

/// As [`read_all`], of a file that is in memory already.
fn unpacked(bytes: Vec<u8>, name: &str, limits: &Limits, passwords: &[Password]) -> Vec<SourceFile> {
    let mut unpacking = Unpacking::new(bytes.len() as u64, limits, passwords);
    unpacking.open(bytes, name, 0, &Letter::default());
    unpacking.read
}

/// Who sent a file, and when.
#[derive(Debug, Clone, Default)]
pub(super) struct Letter {
    pub(super) sender: Option<String>,
    pub(super) sent: Option<String>,
}

/// A container while it is unpacked.
pub(super) struct Unpacking<'a> {
    /// Those of what is still to be read: the cells of all files count together.
    pub(super) limits: Limits,
    passwords: &'a [Password],
    /// Bytes that may still be taken out of containers.
    pub(super) allowed: u64,
    /// Files that may still be taken out of containers.
    pub(super) files: usize,
    pub(super) names: Names,
    pub(super) read: Vec<SourceFile>,
    /// The files themselves, where these are wanted and nothing is to be read.
    originals: Option<Vec<Original>>,
}

/// A file that holds others.
enum Container {
    Archive,
    Mail,
    Mailbox,
}

fn container(bytes: &[u8], limits: &Limits) -> Option<Container> {
    match sniff(bytes) {
        Format::Zip => is_archive(bytes, limits).then_some(Container::Archive),
        Format::Message => Some(Container::Mail),
        Format::Mailbox => Some(Container::Mailbox),
        _ => None,
    }
}

impl<'a> Unpacking<'a> {
    /// The allowances of a file of this many bytes.
    fn new(bytes: u64, limits: &Limits, passwords: &'a [Password]) -> Self {
        let (allowed, files) = (limits.unpacked_of(bytes), limits.files);
        let (names, read) = (Names::default(), Vec::new());
        Self { limits: *limits, passwords, allowed, files, names, read, originals: None }
    }

    pub(super) fn open(&mut self, bytes: Vec<u8>, name: &str, depth: usize, letter: &Letter) {
        let name = self.names.unique(name);
        let begun = self.read.len();
        let Some(container) = container(&bytes, &self.limits) else { return self.file(bytes, &name, letter) };
        let opened = match container {
            _ if bytes.len() as u64 > self.limits.bytes => {
                Err(Fault::TooLarge(format!("文件超过{}字节", self.limits.bytes)))
            }
            _ if depth >= self.limits.nesting => Err(Fault::TooLarge(format!("压缩包或邮件套了{depth}层以上"))),
            Container::Archive => self.archive(&bytes, &name, depth, letter),
            Container::Mail => self.mail(&bytes, &name, depth),
            Container::Mailbox => {
                let messages = Messages::new(&bytes[..], self.limits.bytes);
                self.mailbox(messages, &name, depth, (digest(&bytes), bytes.len() as u64))
            }
        };
        self.excuse_companions(begun);
        if let Err(fault) = opened {
            let source = read_with(bytes, &name, &self.limits, |_| Err(fault));
            self.keep(source, letter);
        }
    }

    fn file(&mut self, bytes: Vec<u8>, name: &str, letter: &Letter) {
        if let Some(originals) = &mut self.originals {
            originals.push(Original::of(bytes, name, &self.limits, self.passwords));
            return;
        }
        let source = read_unlocked(bytes, name, &self.limits, self.passwords);
        let cells: usize = source.grids.iter().flat_map(|grid| &grid.rows).map(|row| row.cells.len()).sum();
        self.limits.cells = self.limits.cells.saturating_sub(cells);
        self.keep(source, letter);
    }

    pub(super) fn keep(&mut self, source: SourceFile, letter: &Letter) {
        self.read.push(SourceFile { sender: letter.sender.clone(), sent: letter.sent.clone(), ..source });
    }

    fn archive(&mut self, bytes: &[u8], name: &str, depth: usize, letter: &Letter) -> Result<(), Fault> {
        let mut archive = guarded(|| Archive::open(bytes, &self.limits))?;
        let entries = archive.entries();
        if entries.is_empty() {
            return Err(Fault::NoFiles("压缩包是空的，里面没有文件".into()));
        }
        for entry in &entries {
            self.count_file()?;
            let inner = format!("{name}/{}", entry.name);
            // No file is read that is larger than a file may be: it is not unpacked to find that out.
            let most = self.allowed.min(self.limits.bytes);
            match guarded(|| archive.read(entry, most, self.passwords)) {
                Ok(bytes) => {
                    self.allowed -= (bytes.len() as u64).min(self.allowed);
                    self.open(bytes, &inner, depth + 1, letter);
                }
                Err(Fault::TooLarge(_)) if most < self.allowed => {
                    self.allowed -= most;
                    let fault = Fault::TooLarge(format!("文件超过{}字节", self.limits.bytes));
                    let inner = self.names.unique(&inner);
                    self.keep(failed(&inner, 0, &fault), letter);
                }
                Err(fault @ Fault::TooLarge(_)) => return Err(fault),
                Err(fault) => {
                    let inner = self.names.unique(&inner);
                    self.keep(failed(&inner, 0, &fault), letter);
                }
            }
        }
        Ok(())
    }

    pub(super) fn count_file(&mut self) -> Result<(), Fault> {
        let left = self.files.checked_sub(1);
        self.files = left.ok_or_else(|| Fault::TooLarge("压缩包或邮件中的文件太多".into()))?;
        Ok(())
    }

    /// A stamped scan beside the workbook is as it should be: where a container gave a table, its
    /// other documents are told of and no more.
    pub(super) fn excuse_companions(&mut self, begun: usize) {
        let files = &mut self.read[begun..];
        if files.iter().all(|file| file.grids.is_empty()) {
            return;
        }
        for finding in files.iter_mut().flat_map(|file| &mut file.findings) {
            if &*finding.rule == "file.unknown_format" && finding.place.sheet.is_none() {
                finding.level = Level::Note;
                finding.advice = "只读取表格；如其中有要报送的数据，请填入表格一并报送".into();
            }
        }
    }
}
