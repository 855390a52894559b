//! From bytes to a [`SourceFile`]: the format is told, its reader called, its failure told.
//!
//! Takes a path or bytes and a name, gives a source file whatever they are: never an error, never
//! a panic.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::fault::{Fault, guarded};
use super::package::Package;
use super::password::Password;
use super::properties::{self, Properties};
use super::reading::{Reading, Sheets};
use super::sniff::{Format, sniff};
use super::{SourceFile, apart, html, locked, mail, ods, spreadsheet_xml, text, xls, xlsb, xlsx};
use crate::workspace::Limits;

/// Reads a file; `name` is how findings call it.
pub fn read_file(path: &Path, name: &str, limits: &Limits) -> SourceFile {
    match load(path, limits) {
        Ok(bytes) => read_bytes(bytes, name, limits),
        Err((fault, size)) => failed(name, size, &fault),
    }
}

/// A file of which nothing could be read.
pub(super) fn failed(name: &str, size: u64, fault: &Fault) -> SourceFile {
    let name: Arc<str> = name.into();
    let findings = vec![fault.of_file(&name)];
    SourceFile { name, size, findings, ..SourceFile::default() }
}

/// A file's bytes, or why they are not to be had, with its size where that is known.
pub(super) fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, (Fault, u64)> {
    let inaccessible = |error: std::io::Error| (Fault::Inaccessible(in_words(&error)), 0);
    // Looked at before it is opened: opening a pipe would wait for someone to write to it.
    if !std::fs::metadata(path).map_err(inaccessible)?.is_file() {
        return Err((Fault::Inaccessible("不是文件，而是文件夹或设备".into()), 0));
    }
    let mut file = std::fs::File::open(path).map_err(inaccessible)?;
    let before = file.metadata().map_err(inaccessible)?;
    let size = before.len();
    if size > limits.bytes {
        return Err((Fault::TooLarge(format!("文件超过{}字节", limits.bytes)), size));
    }
    let mut bytes = Vec::with_capacity(size as usize);
    file.by_ref().take(limits.bytes).read_to_end(&mut bytes).map_err(inaccessible)?;
    let after = file.metadata().map_err(inaccessible)?;
    let same = before.modified().ok() == after.modified().ok() && after.len() == bytes.len() as u64;
    if same && size == after.len() { Ok(bytes) } else { Err((Fault::Changing, after.len())) }
}

/// What the system said, as clerks say it.
fn in_words(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "找不到文件".into(),
        ErrorKind::PermissionDenied => "没有读取权限".into(),
        other => other.to_string(),
    }
}

/// Reads a file that is in memory already; `name` is how findings call it.
pub fn read_bytes(bytes: Vec<u8>, name: &str, limits: &Limits) -> SourceFile {
    read_unlocked(bytes, name, limits, &[])
}

/// As [`read_bytes`], with passwords to try where the file is locked.
pub(super) fn read_unlocked(bytes: Vec<u8>, name: &str, limits: &Limits, passwords: &[Password]) -> SourceFile {
    read_with(bytes, name, limits, |(bytes, reading)| dispatch(bytes, reading, passwords))
}

/// What the reading process itself reads: the same, in the process that was asked.
pub(super) fn read_here(bytes: Vec<u8>, name: &str, limits: &Limits, passwords: &[Password]) -> Sheets {
    let name: Arc<str> = name.into();
    let reading = Reading::new(&name, limits);
    sheets_or_finding(&reading, || table(&bytes, &reading, passwords))
}

/// Reads bytes with a reader of any kind.
pub(super) fn read_with(
    bytes: Vec<u8>,
    name: &str,
    limits: &Limits,
    read: impl FnOnce((&[u8], &Reading)) -> Result<Sheets, Fault>,
) -> SourceFile {
    let name: Arc<str> = name.into();
    let reading = Reading::new(&name, limits);
    let sheets = sheets_or_finding(&reading, || read((&bytes, &reading)));
    let (digest, size) = (digest(&bytes), bytes.len() as u64);
    let Sheets { grids, findings, properties } = sheets;
    SourceFile { name, digest, size, grids, findings, properties, ..SourceFile::default() }
}

/// What a reader gives, or the one finding that says why it gives nothing.
fn sheets_or_finding(reading: &Reading, read: impl FnOnce() -> Result<Sheets, Fault>) -> Sheets {
    let read = guarded(read).and_then(|sheets| match sheets.grids.is_empty() {
        true => Err(Fault::Unreadable("文件中没有工作表".into())),
        false => Ok(sheets),
    });
    read.unwrap_or_else(|fault| Sheets { findings: vec![fault.of_file(reading.file)], ..Sheets::default() })
}

/// SHA-256 of bytes, as 64 hex digits: by what a content is known.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of a file's bytes, without holding them all.
///
/// # Errors
///
/// What the file system says; what is no file is not waited for.
pub fn digest_of_file(path: &Path) -> std::io::Result<String> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    let mut file = std::fs::File::open(path)?;
    let (mut hasher, mut part) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hex(&hasher.finalize())),
            read => hasher.update(&part[..read]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn dispatch(bytes: &[u8], reading: &Reading, passwords: &[Password]) -> Result<Sheets, Fault> {
    if bytes.len() as u64 > reading.limits.bytes {
        return Err(Fault::TooLarge(format!("文件超过{}字节", reading.limits.bytes)));
    }
    match sniff(bytes) {
        Format::Empty => Err(Fault::Empty),
        Format::BareBiff => Err(Fault::ForeignFormat("文件是没有外壳的旧版 Excel 数据".into())),
        Format::Xml => Err(Fault::UnknownFormat("文件是 XML 文本".into())),
        Format::Message => {
            let read = mail::read_within(bytes, reading.file, reading.limits);
            Err(read.err().unwrap_or_else(|| Fault::UnknownFormat("文件是邮件".into())))
        }
        Format::Mailbox => Err(Fault::UnknownFormat("文件是邮箱文件".into())),
        Format::Outlook(what) => Err(Fault::Outlook(what.into())),
        Format::ForeignArchive(what) => Err(Fault::ForeignArchive(what.into())),
        Format::Other(what) => Err(Fault::UnknownFormat(format!("文件是{what}"))),
        Format::Binary => Err(Fault::UnknownFormat("文件内容不是已知格式".into())),
        Format::Zip => match regular(bytes, reading) {
            Some(sheets) => Ok(sheets),
            None => apart_or_here(bytes, reading, passwords),
        },
        Format::Ole | Format::Html | Format::SpreadsheetXml | Format::Text => apart_or_here(bytes, reading, passwords),
    }
}

/// Reads in a process of its own, where there is one.
fn apart_or_here(bytes: &[u8], reading: &Reading, passwords: &[Password]) -> Result<Sheets, Fault> {
    match apart::readers() {
        Some(readers) => readers.read(bytes, reading, passwords),
        None => table(bytes, reading, passwords),
    }
}

/// Bytes that the parts around the sheets may inflate to here, all together: the list of sheets, relations,
/// properties. They are read as events, and one event may be a whole part.
const AROUND: u64 = 8 << 20;
/// Bytes of memory that a cell takes, its part of its row's counted: what a reader here holds itself to.
const CELL_COST: u64 = 64;

/// A workbook that is nothing but regular is read right here: its reader holds every limit from inside. What
/// is otherwise, and what is beyond a limit, begins anew with the readers that may need an end from outside.
pub(super) fn regular(bytes: &[u8], reading: &Reading) -> Option<Sheets> {
    let memory_mib = apart::beside_others(bytes.len(), reading.limits);
    let most = memory_mib.saturating_mul(1 << 20) / CELL_COST;
    let limits = Limits { cells: reading.limits.cells.min(most as usize), memory_mib, ..*reading.limits };
    let afresh = Reading::new(reading.file, &limits);
    let read = || {
        let mut package = Package::open(bytes, reading.limits)?.with_small_parts(AROUND);
        let properties = match kind(&mut package)? {
            Kind::Xlsx => properties::of_workbook(&mut package),
            _ => return Ok(None),
        };
        let read = xlsx::read_regular(&mut package, &afresh).filter(|read| !read.grids.is_empty());
        Ok(read.map(|read| Sheets { properties, ..read }))
    };
    guarded(read).ok().flatten()
}

/// Reads what may be a table: the one door to the readers of formats.
fn table(bytes: &[u8], reading: &Reading, passwords: &[Password]) -> Result<Sheets, Fault> {
    match sniff(bytes) {
        Format::Zip => package(bytes, reading),
        Format::Ole => match locked::unlocked(bytes, passwords, reading.limits)? {
            Some(unlocked) => package(&unlocked, reading),
            None => xls::read(bytes, reading).map(|read| Sheets { properties: properties::of_ole(bytes), ..read }),
        },
        Format::Html => html::read(bytes, reading),
        Format::SpreadsheetXml => spreadsheet_xml::read(bytes, reading),
        Format::Text => text::read(bytes, reading),
        _ => Err(Fault::UnknownFormat("文件内容不是已知格式".into())),
    }
}

/// What a zip package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsb,
    Xlsx,
    Ods,
    Document(&'static str),
    /// No document but files put together.
    Archive,
}

/// Tells a package by the parts it has.
pub(super) fn kind(package: &mut Package) -> Result<Kind, Fault> {
    let has_folder = |package: &Package, folder: &str| package.names().iter().any(|name| name.starts_with(folder));
    Ok(match () {
        () if package.has("xl/workbook.bin") => Kind::Xlsb,
        () if package.has("xl/workbook.xml") || has_folder(package, "xl/worksheets/") => Kind::Xlsx,
        () if says_spreadsheet(package)? => Kind::Xlsx,
        () if package.has("content.xml") => Kind::Ods,
        () if package.has("word/document.xml") => Kind::Document("文件是 Word 文档"),
        () if package.has("ppt/presentation.xml") => Kind::Document("文件是演示文稿"),
        () if package.has("ofd.xml") => Kind::Document("文件是 OFD 版式文档"),
        () => Kind::Archive,
    })
}

fn package(bytes: &[u8], reading: &Reading) -> Result<Sheets, Fault> {
    let mut package = Package::open(bytes, reading.limits)?;
    let kind = kind(&mut package)?;
    let properties = match kind {
        Kind::Xlsb | Kind::Xlsx => properties::of_workbook(&mut package),
        Kind::Ods => properties::of_opendocument(&mut package),
        Kind::Document(_) | Kind::Archive => Properties::new(),
    };
    let read = match kind {
        Kind::Xlsb => xlsb::read(package, bytes, reading),
        Kind::Xlsx => xlsx::read(&mut package, reading),
        Kind::Ods => ods::read(&mut package, reading),
        Kind::Document(what) => Err(Fault::UnknownFormat(what.into())),
        Kind::Archive => Err(Fault::UnknownFormat("文件是压缩包".into())),
    };
    read.map(|read| Sheets { properties, ..read })
}

/// Whether a zip file is an archive; one that does not open is left to be told of as a file.
pub(super) fn is_archive(bytes: &[u8], limits: &Limits) -> bool {
    guarded(|| kind(&mut Package::open(bytes, limits)?)) == Ok(Kind::Archive)
}

/// Bytes of a list of content types that are looked at, those of a workbook of ten thousand sheets; it is looked at
/// outside the reading process too.
const TYPES: u64 = 2 << 20;

/// Parts may stand anywhere: the list of content types is what says what a package is.
fn says_spreadsheet(package: &mut Package) -> Result<bool, Fault> {
    let types = package.beginning("[Content_Types].xml", TYPES)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&types).contains("spreadsheetml.sheet.main+xml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::package::tests::zipped;

    fn rule(bytes: &[u8], limits: &Limits) -> String {
        let source = read_bytes(bytes.to_vec(), "甲.xlsx", limits);
        assert!(!source.opened() && source.grids.is_empty(), "{bytes:?}");
        source.findings[0].rule.to_string()
    }

    #[test]
    fn nothing_passes_in_silence() {
        let limits = Limits::default();
        for (bytes, expected) in [
            (b" \r\n".to_vec(), "file.empty"),
            (b"%PDF-1.7".to_vec(), "file.unknown_format"),
            (zipped(&[("word/document.xml", "<w/>")]), "file.unknown_format"),
            (zipped(&[("1月/城关镇.xlsx", "PK")]), "file.unknown_format"),
            (zipped(&[("[Content_Types].xml", "<x>spreadsheetml.sheet.main+xml</x>")]), "file.unreadable"),
            (b"PK\x03\x04broken".to_vec(), "file.unreadable"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1broken".to_vec(), "file.unreadable"),
            (zipped(&[("xl/workbook.xml", "<workbook/>")]), "file.unreadable"),
        ] {
            assert_eq!(rule(&bytes, &limits), expected);
        }
        assert_eq!(rule(b"a,b\n1,2\n", &Limits { bytes: 3, ..limits }), "file.too_large");
    }

    #[test]
    fn a_missing_file_is_told_too() {
        let source = read_file(Path::new("does/not/exist.xlsx"), "exist.xlsx", &Limits::default());
        assert_eq!(&*source.findings[0].rule, "file.unreadable");
    }

    #[test]
    fn the_digest_is_that_of_the_bytes() {
        let source = read_bytes(b"abc".to_vec(), "a.csv", &Limits::default());
        assert_eq!(source.digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(source.size, 3);
    }
}
