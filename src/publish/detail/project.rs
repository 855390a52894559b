//! The cells of one project on the detail sheet.

use super::columns::Making;
use super::{DUE, Detail, LEAD, RATE, SCHEDULE, wan, yes_no};
use crate::amount::{Fraction, to_f64};
use crate::merge::Cells;
use crate::publish::table::Cell;
use crate::publish::{names, sources};

/// Makes the cells of projects.
pub(super) struct Maker<'m, 'a> {
    pub(super) detail: &'m Detail<'a>,
    /// Where 数据来源 tells of a sheet; `None` where cells have no formulas and lead nowhere.
    pub(super) sources: Option<&'m sources::Addresses>,
}

impl Maker<'_, '_> {
    /// A cell of a row of the facts, which stands at a place of the sheet.
    pub(super) fn cell(&self, making: Making, (at, row): (usize, usize)) -> Cell {
        let judge = &self.detail.judge;
        match making {
            Making::Number => Cell::number((at + 1) as f64),
            Making::File(files) => self.file(files, row),
            Making::Amount(yuan) => yuan.whole(row).map_or_else(Cell::blank, |yuan| Cell::number(wan(yuan))),
            Making::Plain(cells) => plain(cells, row),
            Making::Derived(cells) => cells.flag(row).map_or_else(|| plain(cells, row), said),
            Making::NotStarted(cells) => cells.flag(row).map_or_else(|| Cell::text("—"), said),
            Making::Rate => self.rate(row),
            Making::Due => Cell::number_or_dash(judge.due(row).map(to_f64)),
            Making::Lead => self.lead(row),
            Making::Behind => self.behind(row),
        }
    }

    /// The file, leading to the account of its sheet.
    fn file(&self, files: Cells, row: usize) -> Cell {
        let file = files.text(row).unwrap_or_default();
        let cell = Cell::text(file);
        let sheet = self.detail.report.facts.text("sheet", row).unwrap_or_default();
        let address = self.sources.and_then(|sources| sources.of(file, sheet));
        match address {
            Some(address) if cell != Cell::blank() => cell.to(names::SOURCES, address),
            _ => cell,
        }
    }

    /// The address of another cell of the project, where it has a row of its own.
    fn own(&self, key: &str, row: usize) -> Option<String> {
        self.sources?;
        self.detail.address(key, row)
    }

    fn rate(&self, row: usize) -> Cell {
        let cell = Cell::number_or_dash(self.detail.judge.rate(row).map(to_f64));
        match self.own("plan", row).zip(self.own("done", row)) {
            Some((plan, done)) => cell.by(format!("=IF(AND(ISNUMBER({done}),N({plan})>0),{done}/{plan},\"—\")")),
            None => cell,
        }
    }

    fn lead(&self, row: usize) -> Cell {
        let judge = &self.detail.judge;
        let lead = judge.rate(row).zip(judge.due(row));
        let lead = lead.map(|(rate, due)| to_f64((rate - due) * Fraction::from_integer(100)));
        let cell = Cell::number_or_dash(lead);
        let Some(rate) = self.own(RATE, row) else { return cell };
        match self.own(DUE, row) {
            Some(due) => cell.by(format!("=IF(AND(ISNUMBER({rate}),ISNUMBER({due})),({rate}-{due})*100,\"—\")")),
            None => cell.by(format!("=IF(ISNUMBER({rate}),({rate}-{SCHEDULE})*100,\"—\")")),
        }
    }

    /// As a formula where the formula says what the book's file derived.
    fn behind(&self, row: usize) -> Cell {
        let judge = &self.detail.judge;
        let behind = judge.behind(row);
        let cell = Cell::text(yes_no(behind));
        match self.own(LEAD, row).filter(|_| behind == judge.behind_by_rate(row)) {
            Some(lead) => cell.by(format!("=IF(ISNUMBER({lead}),IF(ROUND({lead},9)<0,\"是\",\"否\"),\"—\")")),
            None => cell,
        }
    }
}

fn said(flag: bool) -> Cell {
    Cell::text(yes_no(Some(flag)))
}

fn plain(cells: Cells, row: usize) -> Cell {
    match cells.text(row) {
        Some(text) => Cell::text(text),
        None => {
            let number = cells.whole(row).map(|number| number as f64).or_else(|| cells.number(row));
            number.map_or_else(Cell::blank, Cell::number)
        }
    }
}
