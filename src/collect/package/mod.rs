//! The parts of a zip package, inflated within limits.
//!
//! Takes a file's bytes, gives readers of its parts by name; what inflates beyond the limits stops
//! with [`Fault::TooLarge`], whatever the package claims about itself.

mod plain;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart};
use zip::ZipArchive;

use super::fault::{Fault, Lock};
use crate::workspace::Limits;
use plain::{Inflating, Plain};

/// A package whose parts can be asked for by name.
pub(super) struct Package<'a> {
    zip: Opened<'a>,
    /// By lower-case name with forward slashes: some programs write either wrong.
    index: HashMap<String, usize>,
    allowance: Cell<u64>,
    allowed: u64,
    /// What parts other than [`Package::plain_part`]s may inflate to together, where that is less.
    small: Option<Cell<u64>>,
}

/// A package by the reader that is enough for it.
enum Opened<'a> {
    Plain(Plain<'a>),
    /// ZIP64, encrypted, in several pieces, with something before or behind it.
    Other(ZipArchive<Cursor<&'a [u8]>>),
}

/// A part of a plain package as it inflates.
pub(super) type PlainPart<'p, 'a> = Capped<'p, Inflating<'a>>;

/// A part's XML while it is read.
pub(super) type PartXml<'p> = Reader<BufReader<Capped<'p>>>;

impl<'a> Package<'a> {
    /// Opens a package, without inflating anything yet.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        let (zip, index) = match Plain::open(bytes, limits.entries) {
            Some((plain, names)) => (Opened::Plain(plain), names.into_iter().collect()),
            None => Self::open_other(bytes, limits)?,
        };
        let allowed = limits.unpacked_of(bytes.len() as u64);
        Ok(Self { zip, index, allowance: Cell::new(allowed), allowed, small: None })
    }

    /// The same for a reader that no limit of memory holds from outside: the parts that are read as events, each of
    /// which stands in memory as a whole, come to an end after so many bytes together.
    pub(super) fn with_small_parts(self, most: u64) -> Self {
        let most = most.min(self.allowed);
        Self { small: Some(Cell::new(most)), ..self }
    }

    fn open_other(bytes: &'a [u8], limits: &Limits) -> Result<(Opened<'a>, HashMap<String, usize>), Fault> {
        let zip = listed(bytes, limits)?;
        if zip.len() > limits.entries {
            return Err(Fault::TooLarge(format!("压缩包内文件超过{}个", limits.entries)));
        }
        let index = (0..zip.len()).filter_map(|at| Some((folded(&zip.name_for_index(at)?.ok()?), at))).collect();
        Ok((Opened::Other(zip), index))
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index.contains_key(&folded(name))
    }

    /// The names of the parts, lower-case, sorted.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.index.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// A part's bytes as they inflate; `None` where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<BufReader<Capped<'_>>>, Fault> {
        let Some(&at) = self.index.get(&folded(name)) else { return Ok(None) };
        let (left, allowed) = (self.small.as_ref().unwrap_or(&self.allowance), self.allowed);
        let inner: Box<dyn Read> = match &mut self.zip {
            Opened::Plain(plain) => {
                Box::new(plain.part(at).ok_or_else(|| Fault::Unreadable("Invalid local file header".into()))?)
            }
            Opened::Other(zip) => Box::new(zip.by_index(at).map_err(|error| match error {
                zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                    Fault::Encrypted(Lock::NotHere("压缩包"))
                }
                other => Fault::unreadable(other),
            })?),
        };
        let ends_all = self.small.is_some();
        Ok(Some(BufReader::with_capacity(64 << 10, Capped { inner, left, allowed, ends_all })))
    }

    /// A part of a plain package and how many bytes it claims to have, several of them side by side; `None` where
    /// there is none, or where the package is not plain.
    pub(super) fn plain_part(&self, name: &str) -> Option<(PlainPart<'_, 'a>, usize)> {
        let Opened::Plain(plain) = &self.zip else { return None };
        let inner = plain.part(*self.index.get(&folded(name))?)?;
        let claimed = inner.claimed();
        Some((Capped { inner, left: &self.allowance, allowed: self.allowed, ends_all: false }, claimed))
    }

    /// A part as XML; `None` where there is none.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<PartXml<'_>>, Fault> {
        Ok(self.part(name)?.map(|part| {
            let mut xml = Reader::from_reader(part);
            let config = xml.config_mut();
            config.check_end_names = false;
            config.allow_dangling_amp = true;
            xml
        }))
    }

    /// A whole part, where it is short.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(mut part) = self.part(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(io_fault)?;
        Ok(Some(bytes))
    }

    /// The first bytes of a part; `None` where there is none.
    pub(super) fn beginning(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        let Some(part) = self.part(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.take(most).read_to_end(&mut bytes).map_err(io_fault)?;
        Ok(Some(bytes))
    }

    /// Inflates every part once and forgets it: for readers that would inflate without limits.
    pub(super) fn prove_within_limits(&mut self) -> Result<(), Fault> {
        let names: Vec<_> = self.names().into_iter().map(str::to_owned).collect();
        for name in names {
            if let Some(mut part) = self.part(&name)? {
                io::copy(&mut part, &mut io::sink()).map_err(io_fault)?;
            }
        }
        Ok(())
    }
}

/// Lists of contents that may stand in an archive beside its own, since archives in it may be stored as they are:
/// how many times the parts of one package.
const LISTS: usize = 16;
/// The first bytes of an entry in a list of contents, and the fewest that one takes.
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_BYTES: usize = 46;

/// An archive with its list of contents read: an entry of fifty bytes takes hundreds then, so that a file of nothing
/// but entries is refused before.
pub(super) fn listed<'a>(bytes: &'a [u8], limits: &Limits) -> Result<ZipArchive<Cursor<&'a [u8]>>, Fault> {
    let most = limits.entries.saturating_mul(LISTS);
    let entries = || bytes.windows(ENTRY.len()).filter(|seen| *seen == ENTRY);
    if bytes.len() / ENTRY_BYTES > most && entries().nth(most).is_some() {
        return Err(Fault::TooLarge(format!("压缩包内文件超过{most}个")));
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(Fault::unreadable)
}

fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A part that ends in an error when the package's allowance is used up.
pub(super) struct Capped<'p, R = Box<dyn Read + 'p>> {
    inner: R,
    left: &'p Cell<u64>,
    allowed: u64,
    /// Whether the parts after one that is too large are refused too, however small.
    ends_all: bool,
}

impl<R: Read> Read for Capped<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => {
                if self.ends_all {
                    self.left.set(0);
                }
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, self.allowed.to_string()));
            }
        }
        Ok(read)
    }
}

fn io_fault(error: io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::FileTooLarge => Fault::TooLarge(format!("解压后超过{error}字节")),
        _ => Fault::unreadable(error),
    }
}

/// An XML error as the fault behind it.
pub(super) fn xml_fault(error: quick_xml::Error) -> Fault {
    match error {
        quick_xml::Error::Io(error) => match error.kind() {
            io::ErrorKind::FileTooLarge => Fault::TooLarge(format!("解压后超过{error}字节")),
            _ => Fault::unreadable(error),
        },
        other => Fault::unreadable(other),
    }
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute<'e>(element: &'e BytesStart, name: &str) -> Option<Cow<'e, str>> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| a.unescaped())
}

/// Whether an attribute says yes: `1`, `true`, `on`.
pub(super) fn is_set(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// An attribute's text with its entities resolved; left as it is where they are broken.
pub(super) trait Unescaped<'e> {
    /// The text.
    fn unescaped(self) -> Cow<'e, str>;
}

impl<'e> Unescaped<'e> for quick_xml::events::attributes::Attribute<'e> {
    fn unescaped(self) -> Cow<'e, str> {
        if !self.value.contains('&') {
            return self.value;
        }
        match quick_xml::escape::unescape(&self.value) {
            Ok(text) => Cow::Owned(text.into_owned()),
            Err(_) => self.value,
        }
    }
}

/// Adds what an entity or character reference stands for.
pub(super) fn push_reference(text: &mut String, reference: &BytesRef) {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => text.push(c),
        _ => match quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()) {
            Some(known) => text.push_str(known),
            // An undeclared entity is kept as written rather than lost.
            None => {
                text.push('&');
                text.push_str(&reference.xml10_content());
                text.push(';');
            }
        },
    }
}

/// Reads on to the end of the element that was just opened.
pub(super) fn skip<R: BufRead>(xml: &mut Reader<R>, buf: &mut Vec<u8>) -> Result<(), Fault> {
    use quick_xml::events::Event;
    let mut depth = 1;
    while depth > 0 {
        buf.clear();
        match xml.read_event_into(buf).map_err(xml_fault)? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// A package of parts, for tests.
    pub(in crate::collect) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        zipped_bytes(&parts)
    }

    /// A package of parts that are no text, for tests.
    pub(in crate::collect) fn zipped_bytes(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_whatever_their_spelling() {
        let bytes = zipped(&[("xl\\Worksheets/Sheet1.xml", "<a/>")]);
        let mut package = Package::open(&bytes, &Limits::default()).unwrap();
        assert_eq!(package.bytes("/xl/worksheets/sheet1.xml").unwrap().unwrap(), b"<a/>");
        assert!(package.part("xl/none.xml").unwrap().is_none());
    }

    #[test]
    fn a_file_of_nothing_but_entries_is_refused_before_they_are_read() {
        let most = Limits { entries: 2, ..Limits::default() };
        let entries = |count| [&[0; 4000], &ENTRY.repeat(count)[..]].concat();
        let told = |bytes: &[u8]| listed(bytes, &most).err();
        assert!(matches!(told(&entries(33)), Some(Fault::TooLarge(_))));
        assert!(matches!(told(&entries(32)), Some(Fault::Unreadable(_))));
    }

    #[test]
    fn small_parts_end_together_before_large_ones() {
        let bytes = zipped(&[
            ("a.xml", &" ".repeat(900)),
            ("b.xml", &" ".repeat(200)),
            ("c.xml", &" ".repeat(5_000)),
            ("d.xml", "x"),
        ]);
        let mut package = Package::open(&bytes, &Limits::default()).unwrap().with_small_parts(1_000);
        assert!(package.bytes("a.xml").is_ok());
        assert!(matches!(package.bytes("b.xml"), Err(Fault::TooLarge(_))));
        assert!(matches!(package.bytes("d.xml"), Err(Fault::TooLarge(_))), "nothing passes after that");
        let mut large = Vec::new();
        package.plain_part("c.xml").unwrap().0.read_to_end(&mut large).unwrap();
        assert_eq!(large.len(), 5_000);
    }

    #[test]
    fn a_bomb_stops_at_the_allowance() {
        let bytes = zipped(&[("a.xml", &" ".repeat(200_000)), ("b.xml", &" ".repeat(200_000))]);
        let limits = Limits { bytes_unpacked: 300_000, ..Limits::default() };
        let mut package = Package::open(&bytes, &limits).unwrap();
        assert!(package.bytes("a.xml").is_ok());
        assert!(matches!(package.bytes("b.xml"), Err(Fault::TooLarge(_))));
        let mut package = Package::open(&bytes, &limits).unwrap();
        assert!(matches!(package.prove_within_limits(), Err(Fault::TooLarge(_))));
        assert!(matches!(Package::open(&bytes, &Limits { entries: 1, ..limits }), Err(Fault::TooLarge(_))));
    }
}
