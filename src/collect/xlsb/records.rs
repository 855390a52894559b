//! The records of a BIFF12 part.
//!
//! Takes a part's bytes, gives its records one after the other, and the numbers in them; what is
//! cut short reads as nothing instead of past the end.

/// A record: its type and its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

impl<'a> Record<'a> {
    /// A byte.
    pub(super) fn u8(&self, at: usize) -> Option<u8> {
        self.data.get(at).copied()
    }

    /// A number of two bytes.
    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data.get(at..at.checked_add(2)?)?.try_into().ok()?))
    }

    /// A number of four bytes.
    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    /// A text with its length before it, and where it ends.
    pub(super) fn text(&self, at: usize) -> Option<(String, usize)> {
        let end = (at + 4).checked_add(2usize.checked_mul(self.u32(at)? as usize)?)?;
        let units = self.data.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Some((char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), end))
    }
}

/// The records of a part. A type takes one or two bytes and a length up to four, seven bits each.
pub(super) fn records(part: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let (kind, after) = number(rest, 2)?;
        let (length, after) = number(after, 4)?;
        let data = after.get(..length as usize)?;
        rest = &after[length as usize..];
        Some(Record { kind: kind as u16, data })
    })
}

fn number(bytes: &[u8], longest: usize) -> Option<(u32, &[u8])> {
    let mut value = 0;
    for at in 0..longest {
        let byte = *bytes.get(at)?;
        value |= u32::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[at + 1..]));
        }
    }
    Some((value, &bytes[longest..]))
}

/// The types of records that are looked at.
pub(super) mod kind {
    pub(in super::super) const ROW: u16 = 0;
    pub(in super::super) const FIRST_CELL: u16 = 1;
    pub(in super::super) const FIRST_FORMULA: u16 = 8;
    pub(in super::super) const LAST_CELL: u16 = 11;
    pub(in super::super) const FORMAT: u16 = 44;
    pub(in super::super) const XF: u16 = 47;
    pub(in super::super) const COLUMNS: u16 = 60;
    pub(in super::super) const SHEET: u16 = 156;
    pub(in super::super) const MERGE: u16 = 176;
    pub(in super::super) const CELL_STYLES: u16 = 617;
    pub(in super::super) const CELL_STYLES_END: u16 = 618;
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A record's bytes.
    pub(in super::super) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let kind = match kind {
            0..=0x7F => vec![kind as u8],
            _ => vec![kind as u8 & 0x7F | 0x80, (kind >> 7) as u8],
        };
        let length = [data.len() as u8 & 0x7F | 0x80, (data.len() >> 7) as u8];
        [&kind, &length[..], data].concat()
    }

    #[test]
    fn types_and_lengths_of_several_bytes() {
        let bytes = [record(kind::ROW, &[7; 200]), record(kind::CELL_STYLES, &[1])].concat();
        let seen: Vec<_> = records(&bytes).map(|record| (record.kind, record.data.len())).collect();
        assert_eq!(seen, [(0, 200), (617, 1)]);
        assert_eq!(records(&bytes[..100]).count(), 0);
        assert_eq!(records(&[0x80, 0x80, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]).count(), 0);
    }

    #[test]
    fn texts_end_where_they_say() {
        let text = [&[9][..], &2u32.to_le_bytes(), &[0x32, 0x75, 0x59, 0x4E, 0xFF]].concat();
        let record = Record { kind: 0, data: &text };
        assert_eq!(record.text(1), Some(("甲乙".into(), 9)));
        assert_eq!(record.text(2), None);
    }
}
