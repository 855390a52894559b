//! What separates the fields of a text.
//!
//! Takes text, gives the delimiter that cuts its lines most consistently.

/// The candidates, the likelier first.
const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Lines that are looked at.
const SAMPLE: usize = 200;

/// The delimiter of a text; a comma where it has none.
pub(super) fn of(text: &str) -> u8 {
    let score = |delimiter: u8| consistency(text, delimiter);
    // The first of equals wins: `max_by_key` would take the last.
    CANDIDATES.into_iter().rev().max_by_key(|&delimiter| score(delimiter)).unwrap_or(b',')
}

/// How many lines are cut into the commonest number of fields, more than one.
fn consistency(text: &str, delimiter: u8) -> (usize, usize) {
    let mut lines =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut widths = std::collections::BTreeMap::<usize, usize>::new();
    for record in lines.records().take(SAMPLE).flatten() {
        *widths.entry(record.len()).or_default() += 1;
    }
    widths.into_iter().filter(|(width, _)| *width > 1).map(|(width, count)| (count, width)).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_consistency_not_by_count() {
        for (text, delimiter) in [
            ("甲,乙\n1,2\n", b','),
            ("甲\t乙\n1,000\t2,000,000\n3\t4\n", b'\t'),
            ("甲;乙;丙\n1,5;2;3\n4;5;6\n", b';'),
            ("标题\n\"a;b;c\",2\n\"a;b\",2\n", b','),
            ("只有一列\n甲\n", b','),
            ("", b','),
        ] {
            assert_eq!(of(text), delimiter, "{text:?}");
        }
    }
}
