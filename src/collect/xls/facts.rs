//! What calamine leaves out of a BIFF workbook: number formats of cells, hidden rows and columns,
//! formulas that were never calculated, and how large the sheets are before they are built.
//!
//! Takes the `Workbook` stream, gives [`Facts`] by sheet and cell.

use std::collections::HashMap;

use super::records::{Record, kind, substream};
use crate::collect::grid::Shown;
use crate::collect::number_format;

/// What is known of a workbook besides its values.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The sheets in order.
    pub(super) sheets: Vec<SheetFacts>,
    /// Whether the file needs a password.
    pub(super) encrypted: bool,
    /// Whether day counts start in 1904.
    pub(super) is_1904: bool,
    /// Where the sheets' dimension records have their data.
    pub(super) dimensions: Vec<(usize, usize)>,
}

/// What is known of a sheet besides its values.
#[derive(Debug, Default)]
pub(super) struct SheetFacts {
    /// Cells by row and column (both from 1).
    cells: Vec<(u32, u32, CellFacts)>,
    /// Hidden rows.
    pub(super) hidden_rows: Vec<u32>,
    /// First and last of hidden columns.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// First and last of columns with a width of their own, in digits.
    pub(super) widths: Vec<(u32, u32, f64)>,
}

/// What is known of a cell besides its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellFacts {
    /// How its format shows a number.
    pub(super) shown: Shown,
    /// Whether its format shows a number smaller than it is.
    pub(super) scaled: bool,
    /// Whether it is a formula, and what is stored for it.
    pub(super) formula: Formula,
}

/// How a style shows a number, and whether smaller than it is.
type Look = (Shown, bool);

/// Whether a cell is a formula, and what is stored for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Formula {
    /// A plain value.
    No,
    /// A formula with its value.
    Calculated,
    /// A formula with an empty text for its value: a blank result, or one never calculated.
    Blank,
    /// A formula that its program left to be calculated on opening.
    Uncalculated,
}

impl Facts {
    /// Reads a stream.
    pub(super) fn read(stream: &[u8]) -> Self {
        let mut facts = Self::default();
        let (mut codes, mut styles, mut starts, mut biff8) = (HashMap::new(), Vec::new(), Vec::new(), true);
        if let Some(version) = stream.get(4..6) {
            biff8 = version != [0, 5];
        }
        for record in substream(stream, 0) {
            match record.kind {
                kind::FILE_PASS => facts.encrypted = record.u16(0) != Some(0),
                kind::DATE_MODE => facts.is_1904 = record.u16(0) == Some(1),
                kind::FORMAT => codes.extend(format_code(&record, biff8)),
                kind::XF => styles.extend(record.u16(2)),
                kind::BOUND_SHEET => starts.extend(record.u32(0)),
                _ => {}
            }
        }
        let look = |id: u16| codes.get(&id).copied().unwrap_or_else(|| (number_format::of_builtin(id.into()), false));
        let styles: Vec<Look> = styles.into_iter().map(look).collect();
        for start in starts {
            facts.sheet(stream, start as usize, &styles);
        }
        facts.settle_blank_formulas();
        facts
    }

    fn sheet(&mut self, stream: &[u8], start: usize, styles: &[Look]) {
        let mut sheet = SheetFacts::default();
        for record in substream(stream, start) {
            match record.kind {
                kind::DIMENSIONS => self.dimensions.push((record.at, record.data.len())),
                _ => drop(sheet.take(&record, styles)),
            }
        }
        // Of two records for one cell the later one holds, as in every program that reads them.
        sheet.cells.reverse();
        sheet.cells.sort_by_key(|&(row, column, _)| (row, column));
        sheet.cells.dedup_by_key(|&mut (row, column, _)| (row, column));
        self.sheets.push(sheet);
    }

    /// A program that calculates nothing writes an empty text for every formula; where some have a
    /// value, the empty ones are results like any other.
    fn settle_blank_formulas(&mut self) {
        let mut formulas: Vec<&mut Formula> = self
            .sheets
            .iter_mut()
            .flat_map(|sheet| sheet.cells.iter_mut().map(|(_, _, facts)| &mut facts.formula))
            .collect();
        let calculates = formulas.iter().any(|formula| **formula == Formula::Calculated);
        let settled = if calculates { Formula::Calculated } else { Formula::Uncalculated };
        formulas.iter_mut().filter(|formula| ***formula == Formula::Blank).for_each(|formula| **formula = settled);
    }

    /// The cells that a dense range over each sheet would have, which is what calamine builds.
    pub(super) fn dense_cells(&self) -> usize {
        self.sheets.iter().map(SheetFacts::dense_cells).fold(0, usize::saturating_add)
    }
}

impl SheetFacts {
    /// What is known of a cell.
    pub(super) fn cell(&self, row: u32, column: u32) -> Option<CellFacts> {
        let at = self.cells.binary_search_by_key(&(row, column), |&(row, column, _)| (row, column)).ok()?;
        Some(self.cells[at].2)
    }

    /// The formulas that were never calculated.
    pub(super) fn uncalculated(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let open = self.cells.iter().filter(|(_, _, facts)| facts.formula == Formula::Uncalculated);
        open.map(|&(row, column, _)| (row, column))
    }

    fn dense_cells(&self) -> usize {
        let (Some(first), Some(last)) = (self.cells.first(), self.cells.last()) else { return 0 };
        let columns = || self.cells.iter().map(|&(_, column, _)| column);
        let width = columns().max().unwrap_or(0) - columns().min().unwrap_or(0) + 1;
        (last.0 - first.0 + 1) as usize * width as usize
    }

    fn take(&mut self, record: &Record, styles: &[Look]) -> Option<()> {
        match record.kind {
            kind::ROW => {
                // The sixth bit of the options: a row of no height.
                let hidden = record.u16(12)? & 0x20 != 0;
                self.hidden_rows.extend(hidden.then_some(u32::from(record.u16(0)?) + 1));
            }
            kind::COL_INFO => {
                let (first, last) = (u32::from(record.u16(0)?) + 1, u32::from(record.u16(2)?) + 1);
                self.hidden_columns.extend((record.u16(8)? & 1 != 0).then_some((first, last)));
                // In 256ths of a digit.
                self.widths.push((first, last, f64::from(record.u16(4)?) / 256.0));
            }
            kind::NUMBER | kind::RK | kind::LABEL | kind::LABEL_SST | kind::R_STRING | kind::BOOL_ERR => {
                self.cell_at(record, 0, styles, Formula::No)?;
            }
            kind::FORMULA => self.cell_at(record, 0, styles, stored(record)?)?,
            kind::MUL_RK => {
                // Six bytes a cell between the first column and the last one.
                for nth in 0..(record.data.len().checked_sub(6)? / 6) {
                    self.cell_at(record, nth, styles, Formula::No)?;
                }
            }
            _ => {}
        }
        Some(())
    }

    fn cell_at(&mut self, record: &Record, nth: usize, styles: &[Look], formula: Formula) -> Option<()> {
        let (row, column) = (u32::from(record.u16(0)?) + 1, u32::from(record.u16(2)?) + 1 + nth as u32);
        let style = usize::from(record.u16(4 + 6 * nth)?);
        let (shown, scaled) = styles.get(style).copied().unwrap_or_default();
        self.cells.push((row, column, CellFacts { shown, scaled, formula }));
        Some(())
    }
}

/// What is stored for a formula.
fn stored(record: &Record) -> Option<Formula> {
    let value = record.data.get(6..14)?;
    let to_calculate = record.u16(14)? & 0b11 != 0;
    Some(match value {
        [3, .., 0xFF, 0xFF] => Formula::Blank,
        _ if to_calculate && value.iter().all(|&byte| byte == 0) => Formula::Uncalculated,
        _ => Formula::Calculated,
    })
}

fn format_code(record: &Record, biff8: bool) -> Option<(u16, Look)> {
    let code = if biff8 {
        let wide = record.data.get(4)? & 1 != 0;
        let text = record.data.get(5..)?;
        let count = usize::from(record.u16(2)?);
        match wide {
            true => utf16(text.get(..(2 * count).min(text.len()))?),
            false => text.iter().take(count).map(|&byte| char::from(byte)).collect(),
        }
    } else {
        // The letters that decide are ASCII in every code page.
        record.data.get(3..)?.iter().map(|&byte| char::from(byte)).collect::<String>()
    };
    Some((record.u16(0)?, (number_format::of_code(&code), number_format::scales(&code))))
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::records::tests::record;
    use super::*;

    /// A stream of one sheet with these records, and a month format as style 1.
    fn facts(sheet: &[Vec<u8>]) -> Facts {
        let code: Vec<u8> = "yyyy年m月".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let format = [&176u16.to_le_bytes()[..], &7u16.to_le_bytes(), &[1], &code].concat();
        let xf = |id: u16| record(kind::XF, &[&[0, 0], &id.to_le_bytes()[..]].concat());
        let mut stream = [record(kind::BOF, &[0, 6, 5, 0]), record(kind::FORMAT, &format), xf(10), xf(176)].concat();
        let start = (stream.len() + 4 + 8 + 4) as u32;
        stream.extend(record(kind::BOUND_SHEET, &[&start.to_le_bytes()[..], &[0; 4]].concat()));
        stream.extend(record(kind::EOF, &[]));
        stream.extend(record(kind::BOF, &[0, 6, 16, 0]));
        stream.extend(sheet.concat());
        stream.extend(record(kind::EOF, &[]));
        Facts::read(&stream)
    }

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn formats_and_what_is_hidden() {
        let facts = facts(&[
            record(kind::COL_INFO, &words(&[2, 3, 2560, 0, 1, 0])),
            record(kind::ROW, &words(&[6, 0, 0, 0, 0, 0, 0x20, 0])),
            record(kind::ROW, &words(&[7, 0, 0, 0, 0, 0, 0x10, 0])),
            record(kind::RK, &words(&[0, 0, 1, 0, 0])),
            record(kind::MUL_RK, &words(&[1, 4, 0, 0, 0, 1, 0, 0, 5])),
        ]);
        let sheet = &facts.sheets[0];
        assert_eq!((&sheet.hidden_columns[..], &sheet.hidden_rows[..]), (&[(3, 4)][..], &[7][..]));
        assert_eq!(sheet.widths, [(3, 4, 10.0)]);
        let shown = [(1, 1), (2, 5), (2, 6)].map(|(row, column)| sheet.cell(row, column).unwrap().shown);
        assert_eq!(shown, [Shown::Month, Shown::Percent, Shown::Month]);
        assert_eq!((sheet.cell(3, 1), facts.dense_cells()), (None, 12));
    }

    #[test]
    fn formulas_never_calculated_are_told_from_blank_ones() {
        let formula = |row: u16, value: [u8; 8], flags: u16| {
            record(kind::FORMULA, &[&words(&[row, 0, 0])[..], &value, &words(&[flags, 0, 0, 0])].concat())
        };
        let (blank, zero, one) = ([3, 0, 0, 0, 0, 0, 0xFF, 0xFF], [0; 8], 1f64.to_le_bytes());
        let open = |records: &[Vec<u8>]| facts(records).sheets[0].uncalculated().collect::<Vec<_>>();
        assert_eq!(open(&[formula(0, blank, 0), formula(1, blank, 0)]), [(1, 1), (2, 1)]);
        assert_eq!(open(&[formula(0, blank, 0), formula(1, one, 0), formula(2, zero, 0)]), []);
        assert_eq!(open(&[formula(0, one, 0), formula(1, zero, 2)]), [(2, 1)]);
    }
}
