//! The properties of an OLE file: the second section of its document summary.
//!
//! Takes the container's bytes. Every length in it is held against the bytes that are there.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use encoding_rs::Encoding;

use super::{LONGEST, MOST, Properties};

/// The stream that holds them.
const SUMMARY: &str = "/\u{5}DocumentSummaryInformation";
/// The longest such stream that is looked at.
const STREAM: u64 = 1 << 20;
/// The section of a document's own properties: D5CDD505-2E9C-101B-9397-08002B2CF9AE.
const OWN: [u8; 16] = [0x05, 0xD5, 0xCD, 0xD5, 0x9C, 0x2E, 0x1B, 0x10, 0x93, 0x97, 0x08, 0x00, 0x2B, 0x2C, 0xF9, 0xAE];
/// The property that names the others.
const DICTIONARY: u32 = 0;
/// The property that says how texts are written.
const CODE_PAGE: u32 = 1;
/// Texts of two bytes a unit.
const UTF_16: u16 = 1200;
const LPSTR: u32 = 30;
const LPWSTR: u32 = 31;

/// Those of an .xls or .et file.
pub(in crate::collect) fn of_ole(bytes: &[u8]) -> Properties {
    let stream = || {
        let mut ole = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
        let mut stream = Vec::new();
        ole.open_stream(SUMMARY).ok()?.take(STREAM).read_to_end(&mut stream).ok()?;
        Some(stream)
    };
    stream().and_then(|stream| of_summary(&stream)).unwrap_or_default()
}

/// The properties of a document summary.
fn of_summary(stream: &[u8]) -> Option<Properties> {
    let sections = long(stream, 24)?.min(8) as usize;
    let own = (0..sections).map(|nth| 28 + nth * 20).find(|&at| stream.get(at..at + 16) == Some(&OWN))?;
    let section = stream.get(long(stream, own + 16)? as usize..)?;
    let count = (long(section, 4)? as usize).min(MOST);
    let entry = |nth: usize| Some((long(section, 8 + nth * 8)?, long(section, 12 + nth * 8)? as usize));
    let entries: BTreeMap<u32, usize> = (0..count).filter_map(entry).collect();
    let page = entries.get(&CODE_PAGE).and_then(|&at| short(section, at + 4)).unwrap_or(936);
    let names = dictionary(section, *entries.get(&DICTIONARY)?, page)?;
    let value = |(id, name): (u32, String)| Some((name, text(section, *entries.get(&id)?, page)?));
    Some(names.into_iter().filter_map(value).collect())
}

/// The names of the properties by their numbers.
fn dictionary(section: &[u8], at: usize, page: u16) -> Option<Vec<(u32, String)>> {
    let count = (long(section, at)? as usize).min(MOST);
    let mut names = Vec::new();
    let mut at = at + 4;
    for _ in 0..count {
        let (id, length) = (long(section, at)?, long(section, at + 4)? as usize);
        let bytes = if page == UTF_16 { length.checked_mul(2)? } else { length };
        names.push((id, decoded(section.get(at + 8..(at + 8).checked_add(bytes)?)?, page)));
        // Only names of two bytes a unit are filled up to four.
        at += 8 + if page == UTF_16 { bytes.next_multiple_of(4) } else { bytes };
    }
    Some(names)
}

/// A property's text; `None` where it is none.
fn text(section: &[u8], at: usize, page: u16) -> Option<String> {
    let length = long(section, at.checked_add(4)?)? as usize;
    let (bytes, page) = match long(section, at)? {
        LPSTR => (length, page),
        LPWSTR => (length.checked_mul(2)?, UTF_16),
        _ => return None,
    };
    let start = at + 8;
    section.get(start..start.checked_add(bytes)?).filter(|text| text.len() <= LONGEST).map(|text| decoded(text, page))
}

fn decoded(bytes: &[u8], page: u16) -> String {
    let encoding: &Encoding = match page {
        UTF_16 => encoding_rs::UTF_16LE,
        65001 => encoding_rs::UTF_8,
        _ => encoding_rs::GB18030,
    };
    encoding.decode_without_bom_handling(bytes).0.trim_end_matches('\0').trim().to_owned()
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn units(text: &str) -> Vec<u8> {
        let mut bytes: Vec<u8> = text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    }

    fn longs(numbers: &[u32]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    /// A summary with one property of its own, its name and text in UTF-16.
    fn summary(name: &str, value: &str) -> Vec<u8> {
        let (name_units, value_units) =
            (name.encode_utf16().count() as u32 + 1, value.encode_utf16().count() as u32 + 1);
        let dictionary = [longs(&[1, 2, name_units]), units(name)].concat();
        let page = longs(&[2, u32::from(UTF_16)]);
        let value = [longs(&[LPWSTR, value_units]), units(value)].concat();
        let first = 8 + 3 * 8;
        let (second, third) = (first + dictionary.len(), first + dictionary.len() + page.len());
        let entries = longs(&[0, first as u32, 1, second as u32, 2, third as u32]);
        let section = [longs(&[0, 3]), entries, dictionary, page, value].concat();
        [longs(&[0xFFFE, 0, 0, 0, 0, 0, 1]), OWN.to_vec(), longs(&[48]), section].concat()
    }

    fn ole(stream: &[u8]) -> Vec<u8> {
        let mut ole = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        ole.create_stream(SUMMARY).unwrap().write_all(stream).unwrap();
        ole.into_inner().into_inner()
    }

    #[test]
    fn a_property_of_an_old_workbook_is_read() {
        let stream = summary("wuzhang.unit", "城关镇");
        assert_eq!(of_ole(&ole(&stream)), Properties::from([("wuzhang.unit".into(), "城关镇".into())]));
    }

    #[test]
    fn what_is_cut_or_lies_about_its_length_has_none() {
        let whole = summary("wuzhang.unit", "城关镇");
        for length in 0..whole.len() {
            of_summary(&whole[..length]);
        }
        for at in 0..whole.len() {
            let mut lying = whole.clone();
            lying[at] = 0xFF;
            of_summary(&lying);
        }
        assert_eq!(of_ole(b"no container"), Properties::new());
    }
}
