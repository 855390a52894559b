//! The projects of a book as CSV, where they are too many for a workbook: a line a project, written as a stream.

use std::io::Write;
use std::ops::Range;

use super::columns::{Columns, Making};
use super::{Judge, order, yes_no};
use crate::merge::Cells;
use crate::publish::lines::{self, Line};
use crate::publish::report::Report;
use crate::publish::{PublishError, names};

/// The projects of a report, for files of their own.
pub struct DetailCsv<'a> {
    columns: Columns<'a>,
    judge: Judge<'a>,
    order: Vec<usize>,
    stem: String,
}

/// The files that hold a report's projects, where its workbook does not.
pub fn detail_csv<'a>(report: &Report<'a>) -> Option<DetailCsv<'a>> {
    let book = report.book().filter(|_| report.is_large())?;
    let judge = Judge::new(report);
    let columns = Columns::of(report, book, &judge);
    let stem = names::detail_file_name(book, report.period);
    Some(DetailCsv { columns, judge, order: order(report), stem })
}

impl DetailCsv<'_> {
    /// The files by name, each with the lines it has: one, or several that say so in their names.
    pub fn parts(&self) -> Vec<(String, Range<usize>)> {
        lines::parts(&self.stem, self.order.len())
    }

    /// Writes the lines of one file.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn write(&self, part: Range<usize>, to: &mut dyn Write) -> Result<(), PublishError> {
        let headings = self.columns.columns.iter().map(|column| column.title.as_str());
        let of = |at: usize, line: &mut Line| {
            for making in &self.columns.making {
                self.cell(*making, (at, self.order[at]), line);
            }
        };
        lines::write(headings, part, of, to).map_err(|error| PublishError::Csv(error.into()))
    }

    fn cell(&self, making: Making, (at, row): (usize, usize), line: &mut Line) {
        match making {
            Making::Number => line.whole(at as i64 + 1),
            Making::Amount(yuan) => match yuan.whole(row) {
                Some(yuan) => line.decimal(yuan.into(), 4),
                None => line.empty(),
            },
            Making::File(cells) | Making::Plain(cells) => plain(cells, row, line),
            Making::Derived(cells) => match cells.flag(row) {
                Some(flag) => line.words(yes_no(Some(flag))),
                None => plain(cells, row, line),
            },
            Making::NotStarted(cells) => line.words(yes_no(cells.flag(row))),
            Making::Behind => line.words(yes_no(self.judge.behind(row))),
            Making::Rate => {
                let parts = self.judge.parts(row).map(|(done, plan)| (i128::from(done), i128::from(plan)));
                line.tenths(parts, "%");
            }
            Making::Due => line.tenths(self.judge.due(row).map(|due| (*due.numer(), *due.denom())), "%"),
            Making::Lead => line.tenths(self.judge.lead_parts(row), ""),
        }
    }
}

fn plain(cells: Cells, row: usize, line: &mut Line) {
    match (cells.text(row), cells.whole(row), cells.number(row)) {
        (Some(text), ..) => line.words(text),
        (_, Some(whole), _) => line.whole(whole),
        (_, _, Some(number)) => line.words(&number.to_string()),
        _ => line.empty(),
    }
}
