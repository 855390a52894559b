//! The projects of a book as CSV, where they are too many for a workbook: a line a project, written as a stream.

use super::columns::{Columns, Making};
use super::{Judge, order, yes_no};
use crate::amount;
use crate::merge::Cells;
use crate::publish::lines::{Line, Listing};
use crate::publish::names;
use crate::publish::report::Report;

/// The files that hold a report's projects, where its workbook does not.
pub fn detail_csv<'a>(report: &Report<'a>) -> Option<Listing<'a>> {
    let book = report.book().filter(|_| report.is_large())?;
    let judge = Judge::new(report);
    let Columns { columns, making, .. } = Columns::of(report, book, &judge);
    let order = order(report);
    let (file, lines) = (names::detail_file_name(book, report.period), std::iter::repeat_n(1, order.len()));
    let headings = columns.into_iter().map(|column| column.title);
    Some(Listing::new(&file, headings, lines, move |at, line| {
        for making in &making {
            cell(&judge, *making, (at, order[at]), line);
        }
    }))
}

fn cell(judge: &Judge, making: Making, (at, row): (usize, usize), line: &mut Line) {
    match making {
        Making::Number => line.whole(at as i64 + 1),
        Making::Amount(yuan) => match yuan.whole(row) {
            Some(yuan) => line.number(Some(amount::wan(yuan)), ""),
            None => line.empty(),
        },
        Making::File(cells) | Making::Plain(cells) => plain(cells, row, line),
        Making::Derived(cells) => match cells.flag(row) {
            Some(flag) => line.words(yes_no(Some(flag))),
            None => plain(cells, row, line),
        },
        Making::NotStarted(cells) => line.words(yes_no(cells.flag(row))),
        Making::Behind => line.words(yes_no(judge.behind(row))),
        Making::Rate => line.tenths(judge.rate(row), "%"),
        Making::Due => line.tenths(judge.due(row), "%"),
        Making::Lead => line.tenths(judge.lead(row), ""),
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
