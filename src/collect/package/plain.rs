//! A package of the plain kind, which nearly all are: one disk, no ZIP64, stored or deflated parts.
//!
//! Takes a file's bytes, gives its parts as they inflate, checksums verified. Whatever is not plain is
//! `None` here and left to the zip crate, which knows all kinds. Nothing is allocated for what a file
//! merely claims: a part is known by where it stands in the bytes that are there.

use std::io::{self, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::folded;

/// Where a part stands.
#[derive(Debug, Clone, Copy)]
struct Entry {
    header: usize,
    packed: usize,
    size: u32,
    crc: u32,
    is_deflated: bool,
}

/// A plain package.
pub(super) struct Plain<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
}

const END: [u8; 4] = *b"PK\x05\x06";
const END_LENGTH: usize = 22;
const LISTED: [u8; 4] = *b"PK\x01\x02";
const LISTED_LENGTH: usize = 46;
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const LOCAL_LENGTH: usize = 30;
/// A part that is encrypted, patched or strongly encrypted.
const STRANGE_FLAGS: u16 = 1 | 1 << 5 | 1 << 6;

impl<'a> Plain<'a> {
    /// The package and its parts' folded names with their numbers; `None` where it is not plain or has more
    /// than `most` parts.
    pub(super) fn open(bytes: &'a [u8], most: usize) -> Option<(Self, Vec<(String, usize)>)> {
        let end = bytes.len().checked_sub(END_LENGTH)?;
        let tail = bytes.get(end..)?;
        let (disks, count) = (number(tail, 4, 4)?, number(tail, 10, 2)? as usize);
        let (size, start) = (number(tail, 12, 4)? as usize, number(tail, 16, 4)? as usize);
        let is_plain = tail.starts_with(&END) && disks == 0 && number(tail, 8, 2)? as usize == count;
        if !is_plain || count > most || number(tail, 20, 2)? != 0 || start.checked_add(size)? != end {
            return None;
        }
        let mut list = bytes.get(start..end)?;
        let (mut entries, mut names) = (Vec::new(), Vec::new());
        for at in 0..count {
            let (entry, name) = listed(&mut list, start)?;
            // Names in other encodings are no parts of documents.
            if name.is_ascii() {
                names.push((folded(std::str::from_utf8(name).ok()?), at));
            }
            entries.push(entry);
        }
        let is_whole = list.is_empty();
        let mut sorted: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        sorted.sort_unstable();
        // Of two parts of one name each program takes another.
        let is_clear = sorted.windows(2).all(|two| two[0] != two[1]);
        (is_whole && is_clear).then_some((Self { bytes, entries }, names))
    }

    /// A part as it inflates; `None` where its own header does not fit the list.
    pub(super) fn part(&self, at: usize) -> Option<Inflating<'a>> {
        let entry = self.entries.get(at)?;
        let header = self.bytes.get(entry.header..)?;
        let method = if entry.is_deflated { 8 } else { 0 };
        if !header.starts_with(&LOCAL) || number(header, 8, 2)? != method {
            return None;
        }
        let data = LOCAL_LENGTH + number(header, 26, 2)? as usize + number(header, 28, 2)? as usize;
        let packed = header.get(data..data.checked_add(entry.packed)?)?;
        let inflate = entry.is_deflated.then(|| Decompress::new(false));
        Some(Inflating { packed, inflate, is_done: false, seen: Crc::new(), crc: entry.crc, size: entry.size })
    }
}

/// The next entry of the list of parts, and its name.
fn listed<'l>(list: &mut &'l [u8], end: usize) -> Option<(Entry, &'l [u8])> {
    let (flags, method) = (number(list, 8, 2)? as u16, number(list, 10, 2)?);
    let (crc, packed, size) = (number(list, 16, 4)?, number(list, 20, 4)?, number(list, 24, 4)?);
    let lengths = [number(list, 28, 2)? as usize, number(list, 30, 2)? as usize, number(list, 32, 2)? as usize];
    let header = number(list, 42, 4)?;
    // These say that the true size stands in a ZIP64 field.
    let is_small = ![packed, size, header].contains(&u32::MAX);
    let is_inside = (header as usize).checked_add(packed as usize)? <= end;
    if !list.starts_with(&LISTED) || flags & STRANGE_FLAGS != 0 || ![0, 8].contains(&method) || !is_small || !is_inside
    {
        return None;
    }
    let name = list.get(LISTED_LENGTH..LISTED_LENGTH + lengths[0])?;
    *list = list.get(LISTED_LENGTH + lengths.iter().sum::<usize>()..)?;
    let entry = Entry { header: header as usize, packed: packed as usize, size, crc, is_deflated: method == 8 };
    Some((entry, name))
}

/// A little-endian number of two or four bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// A part's bytes as they inflate; one whose checksum is wrong ends in an error.
pub(in crate::collect) struct Inflating<'a> {
    packed: &'a [u8],
    /// `None` where the part is stored as it is.
    inflate: Option<Decompress>,
    is_done: bool,
    seen: Crc,
    crc: u32,
    size: u32,
}

impl Inflating<'_> {
    /// How many bytes the package claims that it has.
    pub(super) fn claimed(&self) -> usize {
        self.size as usize
    }

    fn some(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Some(inflate) = &mut self.inflate else { return self.packed.read(buf) };
        loop {
            let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
            let status = inflate.decompress(self.packed, buf, FlushDecompress::None);
            let status = status.map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "corrupt deflate stream"))?;
            self.packed = &self.packed[(inflate.total_in() - before_in) as usize..];
            let read = (inflate.total_out() - before_out) as usize;
            match status {
                Status::StreamEnd => {
                    self.inflate = None;
                    self.packed = &[];
                    return Ok(read);
                }
                _ if read > 0 => return Ok(read),
                _ if self.packed.is_empty() || inflate.total_in() == before_in => {
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, "corrupt deflate stream"));
                }
                _ => {}
            }
        }
    }
}

impl Read for Inflating<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() || self.is_done {
            return Ok(0);
        }
        let read = self.some(buf)?;
        self.seen.update(&buf[..read]);
        if read == 0 {
            self.is_done = true;
            if self.seen.sum() != self.crc {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "Invalid checksum"));
            }
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::package::tests::zipped;

    fn read(bytes: &[u8], at: usize) -> io::Result<Vec<u8>> {
        let (plain, _) = Plain::open(bytes, 9).unwrap();
        let mut inflated = Vec::new();
        plain.part(at).unwrap().read_to_end(&mut inflated).map(|_| inflated)
    }

    #[test]
    fn parts_come_out_as_they_went_in() {
        let long = "云山县".repeat(70_000);
        let bytes = zipped(&[("A.xml", "<a/>"), ("b\\C.xml", &long), ("空.xml", "")]);
        let names = Plain::open(&bytes, 3).unwrap().1;
        assert_eq!(names, [("a.xml".to_owned(), 0), ("b/c.xml".to_owned(), 1)]);
        assert_eq!(read(&bytes, 0).unwrap(), b"<a/>");
        assert_eq!(read(&bytes, 1).unwrap(), long.as_bytes());
        assert_eq!(read(&bytes, 2).unwrap(), b"");
        assert!(Plain::open(&bytes, 2).is_none());
    }

    #[test]
    fn what_is_bent_is_an_error_or_left_to_others_and_never_a_panic() {
        let bytes = zipped(&[("a.xml", "<a>云山县 2026 年 10 月</a>"), ("b.xml", "<b/>")]);
        let whole = read(&bytes, 0).unwrap();
        for at in 0..bytes.len() {
            let mut bent = bytes.clone();
            bent[at] ^= 0x55;
            let Some((plain, _)) = Plain::open(&bent, 9) else { continue };
            let Some(mut part) = plain.part(0) else { continue };
            let mut inflated = Vec::new();
            // A checksum that was bent with its part would need both bytes changed.
            assert!(part.read_to_end(&mut inflated).is_err() || inflated == whole, "byte {at}");
        }
        for end in 0..bytes.len() {
            assert!(Plain::open(&bytes[..end], 9).is_none());
        }
    }

    #[test]
    fn two_parts_of_one_name_are_left_to_others() {
        let bytes = zipped(&[("a.xml", "<a/>"), ("A.xml", "<b/>")]);
        assert!(Plain::open(&bytes, 9).is_none());
    }
}
