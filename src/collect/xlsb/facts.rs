//! What calamine leaves out of an .xlsb workbook: number formats and formulas of cells, merged
//! regions, hidden rows and columns.
//!
//! Takes the package, gives [`SheetFacts`] by the names of the sheets.

use std::collections::HashMap;

use super::records::{Record, kind, records};
use crate::collect::fault::Fault;
use crate::collect::grid::{Merge, Shown};
use crate::collect::number_format;
use crate::collect::package::Package;
use crate::collect::xlsx::relation_targets;

/// What is known of a sheet besides its values.
#[derive(Debug, Default)]
pub(super) struct SheetFacts {
    /// Cells by row and column (both from 1); those of which nothing is to be said are left out.
    cells: HashMap<(u32, u32), CellFacts>,
    /// Merged regions.
    pub(super) merges: Vec<Merge>,
    /// Hidden rows.
    pub(super) hidden_rows: Vec<u32>,
    /// First and last of hidden columns.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// First and last of columns with a width of their own, in digits.
    pub(super) widths: Vec<(u32, u32, f64)>,
}

/// What is known of a cell besides its value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CellFacts {
    /// How its format shows a number, and whether smaller than it is.
    pub(super) look: (Shown, bool),
    /// Whether it is a formula.
    pub(super) formula: bool,
}

/// The facts of every sheet whose part is found.
pub(super) fn read(package: &mut Package, most_cells: usize) -> Result<HashMap<String, SheetFacts>, Fault> {
    let styles = package.bytes("xl/styles.bin")?.map(|part| styles(&part)).unwrap_or_default();
    let targets = relation_targets(package, "xl/_rels/workbook.bin.rels", "xl")?;
    let workbook = package.bytes("xl/workbook.bin")?.unwrap_or_default();
    let mut sheets = HashMap::new();
    for (name, relation) in records(&workbook).filter(|record| record.kind == kind::SHEET).filter_map(|r| sheet(&r)) {
        let Some(part) = targets.get(&relation).map(|part| package.bytes(part)).transpose()?.flatten() else {
            continue;
        };
        let facts = SheetFacts::read(&part, &styles, most_cells);
        sheets.insert(name, facts.ok_or_else(|| Fault::TooLarge(format!("单元格超过{most_cells}个")))?);
    }
    Ok(sheets)
}

/// A sheet's name and the relation that leads to its part.
fn sheet(record: &Record) -> Option<(String, String)> {
    let (relation, end) = record.text(8)?;
    Some((record.text(end)?.0, relation))
}

/// How each cell style shows a number.
fn styles(part: &[u8]) -> Vec<(Shown, bool)> {
    let (mut codes, mut ids, mut in_cell_styles) = (HashMap::new(), Vec::new(), false);
    for record in records(part) {
        match record.kind {
            kind::FORMAT => codes.extend(record.u16(0).zip(record.text(2).map(|(code, _)| code))),
            kind::CELL_STYLES => in_cell_styles = true,
            kind::CELL_STYLES_END => in_cell_styles = false,
            kind::XF if in_cell_styles => ids.push(record.u16(2).unwrap_or(0)),
            _ => {}
        }
    }
    let look = |id: &u16| match codes.get(id) {
        Some(code) => (number_format::of_code(code), number_format::scales(code)),
        None => (number_format::of_builtin(u32::from(*id)), false),
    };
    ids.iter().map(look).collect()
}

impl SheetFacts {
    fn read(part: &[u8], styles: &[(Shown, bool)], most_cells: usize) -> Option<Self> {
        let (mut facts, mut row) = (Self::default(), 0);
        for record in records(part) {
            match record.kind {
                kind::ROW => row = facts.row(&record).unwrap_or(row),
                kind::FIRST_CELL..=kind::LAST_CELL => drop(facts.add_cell(&record, row, styles)),
                kind::COLUMNS => {
                    facts.hidden_columns.extend(hidden_columns(&record));
                    facts.widths.extend(width(&record));
                }
                kind::MERGE => facts.merges.extend(merge(&record)),
                _ => {}
            }
            if facts.cells.len() > most_cells {
                return None;
            }
        }
        Some(facts)
    }

    /// What is known of a cell.
    pub(super) fn cell(&self, row: u32, column: u32) -> CellFacts {
        self.cells.get(&(row, column)).copied().unwrap_or_default()
    }

    fn row(&mut self, record: &Record) -> Option<u32> {
        let row = record.u32(0)?.checked_add(1)?;
        // The fifth bit: a row of no height.
        if record.u8(11)? & 0x10 != 0 {
            self.hidden_rows.push(row);
        }
        Some(row)
    }

    fn add_cell(&mut self, record: &Record, row: u32, styles: &[(Shown, bool)]) -> Option<()> {
        let column = record.u32(0)?.checked_add(1)?;
        let style = record.u32(4)? & 0x00FF_FFFF;
        let look = styles.get(style as usize).copied().unwrap_or_default();
        let facts = CellFacts { look, formula: record.kind >= kind::FIRST_FORMULA };
        if facts != CellFacts::default() {
            self.cells.insert((row, column), facts);
        }
        Some(())
    }
}

fn hidden_columns(record: &Record) -> Option<(u32, u32)> {
    let hidden = record.u16(16)? & 1 != 0;
    hidden.then_some((record.u32(0)?.checked_add(1)?, record.u32(4)?.checked_add(1)?))
}

/// In 256ths of a digit.
fn width(record: &Record) -> Option<(u32, u32, f64)> {
    let (first, last) = (record.u32(0)?.checked_add(1)?, record.u32(4)?.checked_add(1)?);
    Some((first, last, f64::from(record.u32(8)?) / 256.0))
}

fn merge(record: &Record) -> Option<Merge> {
    let corner = |at| record.u32(at)?.checked_add(1);
    Some(Merge { top: corner(0)?, bottom: corner(4)?, left: corner(8)?, right: corner(12)? })
}
