//! The figures that sheets state, gathered from the tables: for the check report, and as findings.

use std::sync::Arc;

use crate::amount;
use crate::finding::{Finding, Level, Place};
use crate::layout::RowKind;
use crate::profile::{Book, Kind, Profile};
use crate::publish::StatedLine;
use crate::record::{StatedColumn, StatedFigure, Table};
use crate::stated::Verdict;

/// What recomputing the stated figures of a month gave.
#[derive(Debug, Clone, Default)]
pub struct StatedFigures {
    /// Those of totals, and of data rows that are not reproduced as they stand, in order of place.
    pub lines: Vec<StatedLine>,
    /// How many data rows' figures are reproduced as they stand.
    pub reproduced: usize,
    /// Those that no convention reproduces, to be asked about, until they stand among an outcome's findings; totals of
    /// amounts are asked about where they are read.
    pub findings: Vec<Finding>,
}

/// The stated figures of all tables, which are taken from them: each is held as one line from here on.
pub(super) fn stated_figures(tables: &mut [Table], profile: &Profile) -> StatedFigures {
    let mut all = StatedFigures::default();
    for table in tables {
        let stated = std::mem::take(&mut table.stated);
        let Some(book) = profile.book(&table.book) else { continue };
        for column in stated {
            all.reproduced += column.reproduced;
            all.take(table, book, &column);
        }
    }
    all.lines.sort_by(|a, b| place(a).cmp(&place(b)));
    all.lines.shrink_to_fit();
    all
}

fn place(line: &StatedLine) -> (&str, &str, u32, u32) {
    (&line.file, &line.sheet, line.row, line.column)
}

impl StatedFigures {
    fn take(&mut self, table: &Table, book: &Book, column: &StatedColumn) {
        let Some(field) = book.field(&column.field) else { return };
        let title: Arc<str> = field.title.as_str().into();
        let by_rule = book.stated.iter().any(|spec| spec.field == column.field && spec.asked_by_rule);
        for figure in &column.figures {
            let told = field.kind != Kind::Rate || (by_rule && figure.of == RowKind::Data);
            if figure.verdict == Verdict::NotReproduced && !told {
                self.findings.push(finding(table, &field.title, figure));
            }
            self.lines.push(StatedLine::of(figure, (&table.file, &table.sheet), (&title, field.kind)));
        }
    }
}

fn finding(table: &Table, title: &str, figure: &StatedFigure) -> Finding {
    let place = Place::sheet(&table.file, &table.sheet).at_row(figure.row).at_column(figure.column);
    let digits = figure.stated.scale();
    let recomputed = figure.recomputed.and_then(|value| amount::rounded(value, 1, digits));
    let recomputed = recomputed.map_or_else(|| "—".to_owned(), |number| format!("{number}%"));
    let message = format!("{title}：填报{}%，按表中的数复算为{recomputed}", figure.stated);
    let place = place.of_field(&figure.field);
    Finding::new(Level::Query, "stated.unlike", place, message, "请核对比率和所依据的数，改正其中有误的")
}
