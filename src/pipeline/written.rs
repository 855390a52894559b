//! What stands in a cell of a period's inbox or of the settings workbook: just the files concerned, read again.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use crate::amount;
use crate::collect::{self, Cell, Grid, Password, Shown, SourceFile, Value};
use crate::finding::Place;
use crate::origin::cell_address;
use crate::period::Period;
use crate::trace::Written;
use crate::value::read_date_serial;
use crate::workspace::{SETTINGS, Workspace};

/// A file's sheets, once they have been read; `None` where it is not what it was.
type Sheets = Option<Rc<Vec<Grid>>>;

/// The cells of a workspace's files, each file read when it is first asked for.
#[derive(Debug)]
pub(super) struct Cells {
    workspace: Workspace,
    passwords: Vec<Password>,
    /// The digest that each file must have, by period and name.
    expected: BTreeMap<(Period, String), String>,
    read: RefCell<BTreeMap<(Period, String), Sheets>>,
}

impl Cells {
    /// The cells of a workspace, before any file is expected.
    pub(super) fn of(workspace: &Workspace, passwords: &[Password]) -> Self {
        let (workspace, passwords) = (workspace.clone(), passwords.to_vec());
        Self { workspace, passwords, expected: BTreeMap::new(), read: RefCell::default() }
    }

    /// Notes the files that a period was made from: only with these digests are they looked into.
    pub(super) fn expect(&mut self, period: Period, files: impl Iterator<Item = (String, String)>) {
        self.expected.extend(files.map(|(name, digest)| ((period, name), digest)));
    }

    /// What stands at a place; `None` for an empty cell and for a file that is gone or has changed.
    pub(super) fn written(&self, period: Period, place: &Place) -> Option<Written> {
        let (sheet, row, column) = (place.sheet.as_ref()?, place.row()?, place.column()?);
        let sheets = self.sheets(period, &place.file)?;
        let mut grids = sheets.iter().filter(|grid| grid.sheet == *sheet);
        grids.find_map(|grid| cell(grid, row, column))
    }

    fn sheets(&self, period: Period, file: &str) -> Sheets {
        let key = (period, file.to_owned());
        if let Some(known) = self.read.borrow().get(&key) {
            return known.clone();
        }
        let mut read: BTreeMap<(Period, String), Sheets> = BTreeMap::new();
        for source in self.open(&key) {
            let of_source = (period, source.name.to_string());
            let same = self.expected.get(&of_source).is_none_or(|digest| *digest == source.digest);
            read.insert(of_source, same.then(|| Rc::new(source.grids)));
        }
        let mut known = self.read.borrow_mut();
        known.extend(read);
        known.entry(key).or_default().clone()
    }

    /// The file of a name and those that stand in the same archive or mail.
    fn open(&self, (period, file): &(Period, String)) -> Vec<SourceFile> {
        if !self.expected.contains_key(&(*period, file.clone())) {
            let settings = self.workspace.settings.iter().filter(|_| file == SETTINGS);
            return settings.map(|path| collect::read_file(path, SETTINGS, &self.workspace.limits)).collect();
        }
        let listed: Vec<(String, PathBuf)> = collect::list_inbox(&self.workspace.inbox(*period)).unwrap_or_default();
        let holds = |name: &str| file.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let found = listed.iter().filter(|(name, _)| holds(name));
        found.flat_map(|(name, path)| collect::read_all(path, name, &self.workspace.limits, &self.passwords)).collect()
    }
}

/// A cell as it counts for a row: its own, or that of a region merged downwards over it.
fn cell(grid: &Grid, row: u32, column: u32) -> Option<Written> {
    let merged = grid.merges.iter().find(|merge| merge.covers(row, column) && merge.left == column);
    let (row, column) = merged.map_or((row, column), |merge| (merge.top, merge.left));
    let cell = grid.cell(row, column)?;
    Some(Written { cell: cell_address(row, column), text: text(cell), formula: cell.formula })
}

/// What a reader of the workbook sees, numbers with all their decimals.
fn text(cell: &Cell) -> String {
    let plain = |number: f64| amount::decimal(number).map_or_else(|| number.to_string(), |exact| exact.to_string());
    match &cell.value {
        Value::Text(text) | Value::Error(text) => text.to_string(),
        Value::Number(number) if cell.shown == Shown::Percent => match amount::decimal(*number) {
            Some(exact) => format!("{}%", (exact * rust_decimal::Decimal::ONE_HUNDRED).normalize()),
            None => number.to_string(),
        },
        Value::Number(number) => plain(*number),
        Value::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Date(serial) => {
            read_date_serial(*serial, cell.shown).value().map_or_else(|| plain(*serial), |date| date.to_string())
        }
        Value::Uncalculated => "（公式，没有保存结果）".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::{Merge, Row};

    #[test]
    fn a_cell_is_told_as_its_reader_sees_it() {
        let cell = |column, value, shown| Cell { column, value, shown, formula: false };
        let row = |number, cells| Row { number, cells };
        let mut grid = Grid::empty("表");
        grid.rows = vec![
            row(
                3,
                vec![
                    cell(1, Value::Text("城关镇".into()), Shown::Plain),
                    cell(2, Value::Number(0.356), Shown::Percent),
                ],
            ),
            row(4, vec![cell(2, Value::Number(8844.86), Shown::Plain)]),
        ];
        grid.merges = vec![Merge { top: 3, left: 1, bottom: 4, right: 1 }];
        let at = |row, column| super::cell(&grid, row, column).map(|written| (written.cell, written.text));
        assert_eq!(at(3, 2), Some(("B3".into(), "35.6%".into())));
        assert_eq!(at(4, 2), Some(("B4".into(), "8844.86".into())));
        assert_eq!(at(4, 1), Some(("A3".into(), "城关镇".into())), "a merged region is told at its first cell");
        assert_eq!(at(5, 2), None);
    }
}
