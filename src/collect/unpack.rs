//! Files within files: archives and mails opened to what is in them.
//!
//! Takes a path, gives a [`SourceFile`] for the file itself or, of an archive or a mail, one for
//! each file in it, to a small depth and within one allowance for all.

use std::path::Path;

use super::SourceFile;
use super::archive::Archive;
use super::fault::{Fault, guarded};
use super::limits::Limits;
use super::mail::{self, Mail};
use super::naming::Names;
use super::open::{failed, is_archive, load, read_unlocked, read_with};
use super::original::Original;
use super::password::Password;
use super::sniff::{Format, sniff};
use crate::finding::Level;

/// Reads a file and, where it is an archive or a mail, the files in it, called `报送.zip/城关镇.xlsx`.
///
/// `name` is how findings call the file itself; the passwords are tried on whatever is locked.
pub fn read_all(path: &Path, name: &str, limits: &Limits, passwords: &[Password]) -> Vec<SourceFile> {
    match load(path, limits) {
        Ok(bytes) => unpacked(bytes, name, limits, passwords),
        Err((fault, size)) => vec![failed(name, size, &fault)],
    }
}

/// The bytes of the files that [`read_all`] reads, under the same names; of a workbook with a password
/// that is known, the workbook as it is when opened. What could not be taken out is left out.
pub fn originals(path: &Path, name: &str, limits: &Limits, passwords: &[Password]) -> Vec<Original> {
    let Ok(bytes) = load(path, limits) else { return Vec::new() };
    let mut unpacking = Unpacking::of(&bytes, limits, passwords);
    unpacking.originals = Some(Vec::new());
    unpacking.open(bytes, name, 0, &Letter::default());
    unpacking.originals.unwrap_or_default()
}

/// As [`read_all`], of a file that is in memory already.
fn unpacked(bytes: Vec<u8>, name: &str, limits: &Limits, passwords: &[Password]) -> Vec<SourceFile> {
    let mut unpacking = Unpacking::of(&bytes, limits, passwords);
    unpacking.open(bytes, name, 0, &Letter::default());
    unpacking.read
}

/// Who sent a file, and when.
#[derive(Debug, Clone, Default)]
struct Letter {
    sender: Option<String>,
    sent: Option<String>,
}

/// A container while it is unpacked.
struct Unpacking<'a> {
    /// Those of what is still to be read: the cells of all files count together.
    limits: Limits,
    passwords: &'a [Password],
    /// Bytes that may still be taken out of containers.
    allowed: u64,
    /// Files that may still be taken out of containers.
    files: usize,
    names: Names,
    read: Vec<SourceFile>,
    /// The files themselves, where these are wanted and nothing is to be read.
    originals: Option<Vec<Original>>,
}

/// A file that holds others.
enum Container {
    Archive,
    Mail,
}

fn container(bytes: &[u8], limits: &Limits) -> Option<Container> {
    match sniff(bytes) {
        Format::Zip => is_archive(bytes, limits).then_some(Container::Archive),
        Format::Message => Some(Container::Mail),
        _ => None,
    }
}

impl<'a> Unpacking<'a> {
    fn of(bytes: &[u8], limits: &Limits, passwords: &'a [Password]) -> Self {
        let (allowed, files) = (limits.unpacked_of(bytes.len() as u64), limits.files);
        let (names, read) = (Names::default(), Vec::new());
        Self { limits: *limits, passwords, allowed, files, names, read, originals: None }
    }

    fn open(&mut self, bytes: Vec<u8>, name: &str, depth: usize, letter: &Letter) {
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

    fn keep(&mut self, source: SourceFile, letter: &Letter) {
        self.read.push(SourceFile { sender: letter.sender.clone(), sent: letter.sent.clone(), ..source });
    }

    fn archive(&mut self, bytes: &[u8], name: &str, depth: usize, letter: &Letter) -> Result<(), Fault> {
        let mut archive = guarded(|| Archive::open(bytes))?;
        let entries = archive.entries();
        if entries.is_empty() {
            return Err(Fault::NoFiles("压缩包是空的,里面没有文件".into()));
        }
        for entry in &entries {
            self.count_file()?;
            let inner = format!("{name}/{}", entry.name);
            match guarded(|| archive.read(entry, self.allowed, self.passwords)) {
                Ok(bytes) => {
                    self.allowed -= (bytes.len() as u64).min(self.allowed);
                    self.open(bytes, &inner, depth + 1, letter);
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

    fn mail(&mut self, bytes: &[u8], name: &str, depth: usize) -> Result<(), Fault> {
        let Mail { sender, sent, files } = guarded(|| mail::read(bytes))?;
        if files.is_empty() {
            return Err(Fault::NoFiles("邮件没有附件".into()));
        }
        let letter = Letter { sender, sent };
        for file in files {
            self.count_file()?;
            self.open(file.bytes, &format!("{name}/{}", file.name), depth + 1, &letter);
        }
        Ok(())
    }

    fn count_file(&mut self) -> Result<(), Fault> {
        let left = self.files.checked_sub(1);
        self.files = left.ok_or_else(|| Fault::TooLarge("压缩包或邮件中的文件太多".into()))?;
        Ok(())
    }

    /// A stamped scan beside the workbook is as it should be: where a container gave a table, its
    /// other documents are told of and no more.
    fn excuse_companions(&mut self, begun: usize) {
        let files = &mut self.read[begun..];
        if files.iter().all(|file| file.grids.is_empty()) {
            return;
        }
        for finding in files.iter_mut().flat_map(|file| &mut file.findings) {
            if &*finding.rule == "file.unknown_format" && finding.place.sheet.is_none() {
                finding.level = Level::Note;
                finding.advice = "只读取表格;如其中有要报送的数据,请填入表格一并报送".into();
            }
        }
    }
}
