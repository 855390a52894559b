//! The records of a BIFF stream.
//!
//! Takes the bytes of a `Workbook` stream, gives its records one after the other, and the numbers
//! in them; what is cut short reads as nothing instead of past the end.

/// A record: its type and its data, continuations not joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    /// Where its data begins in the stream.
    pub(super) at: usize,
}

impl Record<'_> {
    /// A number of two bytes.
    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data.get(at..at + 2)?.try_into().ok()?))
    }

    /// A number of four bytes.
    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at + 4)?.try_into().ok()?))
    }
}

/// The records of the substream that begins at an offset, up to its end; those of substreams
/// within it (charts) are passed over.
pub(super) fn substream(stream: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let (mut at, mut depth) = (start, 0);
    std::iter::from_fn(move || {
        loop {
            let record = record_at(stream, at)?;
            at = record.at + record.data.len();
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF if depth <= 1 => return None,
                kind::EOF => depth -= 1,
                _ if depth <= 1 => return Some(record),
                _ => {}
            }
        }
    })
}

fn record_at(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let head = Record { kind: 0, data: stream.get(at..at.checked_add(4)?)?, at };
    let (kind, length) = (head.u16(0)?, usize::from(head.u16(2)?));
    Some(Record { kind, data: stream.get(at + 4..at + 4 + length)?, at: at + 4 })
}

/// The types of records that are looked at.
pub(super) mod kind {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const EOF: u16 = 0x000A;
    pub(in super::super) const DATE_MODE: u16 = 0x0022;
    pub(in super::super) const FILE_PASS: u16 = 0x002F;
    pub(in super::super) const COL_INFO: u16 = 0x007D;
    pub(in super::super) const BOUND_SHEET: u16 = 0x0085;
    pub(in super::super) const MUL_RK: u16 = 0x00BD;
    pub(in super::super) const R_STRING: u16 = 0x00D6;
    pub(in super::super) const XF: u16 = 0x00E0;
    pub(in super::super) const LABEL_SST: u16 = 0x00FD;
    pub(in super::super) const DIMENSIONS: u16 = 0x0200;
    pub(in super::super) const NUMBER: u16 = 0x0203;
    pub(in super::super) const LABEL: u16 = 0x0204;
    pub(in super::super) const BOOL_ERR: u16 = 0x0205;
    pub(in super::super) const ROW: u16 = 0x0208;
    pub(in super::super) const RK: u16 = 0x027E;
    pub(in super::super) const FORMAT: u16 = 0x041E;
    pub(in super::super) const BOF: u16 = 0x0809;
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A record's bytes.
    pub(in super::super) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
    }

    #[test]
    fn charts_within_a_sheet_are_passed_over() {
        let stream = [
            record(kind::BOF, &[0; 4]),
            record(kind::NUMBER, &[1]),
            record(kind::BOF, &[0; 4]),
            record(kind::NUMBER, &[2]),
            record(kind::EOF, &[]),
            record(kind::NUMBER, &[3]),
            record(kind::EOF, &[]),
            record(kind::NUMBER, &[4]),
        ]
        .concat();
        let seen: Vec<_> = substream(&stream, 0).map(|r| r.data[0]).collect();
        assert_eq!(seen, [1, 3]);
    }

    #[test]
    fn what_is_cut_short_ends() {
        let whole = [record(kind::BOF, &[0; 4]), record(kind::NUMBER, &[1, 2, 3])].concat();
        assert_eq!(substream(&whole[..whole.len() - 1], 0).count(), 0);
        assert_eq!(substream(&whole, usize::MAX).count(), 0);
        assert_eq!(substream(&whole, 0).next().unwrap().u32(0), None);
    }
}
