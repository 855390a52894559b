//! Where a figure stands: Excel's own rows (from 1) and column letters.
//!
//! An address is made once, where the cell is read, and carried from there on.

/// A column number (A is 1) as Excel's letters.
///
/// ```
/// assert_eq!(wuzhang::origin::column_letters(1), "A");
/// assert_eq!(wuzhang::origin::column_letters(28), "AB");
/// ```
pub fn column_letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&b| b as char).collect()
}

/// A cell's address in A1 form, from its row and column, both counted from 1.
pub fn cell_address(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column))
}

/// The row and column (both from 1) of an address such as `B12`; `None` where it is none.
pub fn parse_address(address: &str) -> Option<(u32, u32)> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = address.split_at(letters);
    if column.is_empty() || column.len() > 3 {
        return None;
    }
    let column = column.bytes().fold(0, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((row.parse().ok().filter(|&row| row > 0)?, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_addresses_agree() {
        for column in [1, 26, 27, 52, 53, 702, 703, 16384] {
            assert_eq!(parse_address(&cell_address(7, column)), Some((7, column)));
        }
        assert_eq!(column_letters(16384), "XFD");
        for bad in ["", "A", "7", "A0", "ABCD1", "甲1"] {
            assert_eq!(parse_address(bad), None, "{bad}");
        }
    }
}
