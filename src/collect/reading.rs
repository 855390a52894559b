//! A file while it is read: its name, its bounds, and what has been read of it.
//!
//! Takes sheets as a format's reader finishes them, gives all of a file's grids and findings.

use std::cell::Cell;
use std::sync::Arc;

use super::fault::Fault;
use super::grid::{Grid, Value};
use super::properties::Properties;
use crate::finding::Finding;
use crate::workspace::Limits;

/// What all sheets of one file share while they are read.
pub(super) struct Reading<'a> {
    /// The file's name in findings.
    pub(super) file: &'a Arc<str>,
    /// The bounds.
    pub(super) limits: &'a Limits,
    /// How many more cells the file may hold.
    cells_left: Cell<usize>,
    /// How many more bytes of text its cells may hold, shared text counted in each.
    text_left: Cell<usize>,
}

impl<'a> Reading<'a> {
    /// A file at its beginning.
    pub(super) fn new(file: &'a Arc<str>, limits: &'a Limits) -> Self {
        Self { file, limits, cells_left: Cell::new(limits.cells), text_left: Cell::new(limits.text) }
    }

    /// Counts a cell that is to be kept, and its text: one long text shared by a million cells is a
    /// million long texts to whoever looks at them.
    pub(super) fn take_cell(&self, value: &Value) -> Result<(), Fault> {
        let left = self.cells_left.get().checked_sub(1);
        self.cells_left.set(left.ok_or_else(|| Fault::TooLarge(format!("单元格超过{}个", self.limits.cells)))?);
        if let Value::Text(text) | Value::Error(text) = value {
            let left = self.text_left.get().checked_sub(text.len());
            let beyond = || Fault::TooLarge(format!("单元格文字合计超过{}字节", self.limits.text));
            self.text_left.set(left.ok_or_else(beyond)?);
        }
        Ok(())
    }
}

/// What a file holds, as its format's reader gives it.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// In the file's order.
    pub(super) grids: Vec<Grid>,
    /// About single sheets and cells.
    pub(super) findings: Vec<Finding>,
    /// The document's own.
    pub(super) properties: Properties,
}

impl Sheets {
    /// Takes a sheet that was read, or a finding about why it was not.
    pub(super) fn add(&mut self, file: &Arc<str>, sheet: &Arc<str>, hidden: bool, read: Result<Built, Fault>) {
        match read {
            Ok(built) => {
                self.grids.push(Grid { hidden, ..built.grid });
                self.findings.extend(built.findings);
            }
            Err(fault) => {
                self.grids.push(Grid { hidden, ..Grid::empty(sheet.clone()) });
                self.findings.push(fault.of_sheet(file, sheet));
            }
        }
    }
}

/// A finished sheet.
#[derive(Debug)]
pub(super) struct Built {
    /// The cells.
    pub(super) grid: Grid,
    /// What was left out.
    pub(super) findings: Vec<Finding>,
}
