//! A table's header without a book: for drafting the book of a form that no book knows yet.
//!
//! Takes a grid, gives the columns' headings in the form in which books spell them, and the data rows.

use super::header;
use super::heading::Heading;
use super::sheet::{Sheet, text_of};
use crate::collect::{Grid, Row};
use crate::period::Period;
use crate::text::label;
use crate::value::MoneyUnit;

/// The deepest header looked for.
const DEEPEST: u32 = 3;

/// A table that no book knows.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownTable {
    /// The text of the row above the header that says the most.
    pub title: String,
    /// First and last row of the header.
    pub header: (u32, u32),
    /// Its columns, in order.
    pub columns: Vec<UnknownColumn>,
    /// The numbers of its data rows: those below the header without totals and remarks.
    pub rows: Vec<u32>,
}

/// A column of such a table.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownColumn {
    /// Its number, A is 1.
    pub column: u32,
    /// Its own heading, with the period taken out: `1-{m}月到位`.
    pub own: String,
    /// The headings above it, joined with `|`; empty for a plain heading.
    pub group: String,
    /// The unit of money that the heading names.
    pub unit: Option<MoneyUnit>,
    /// Whether the heading says percent.
    pub percent: bool,
}

/// The table of a grid, found by its shape alone; `None` where nothing looks like a header with rows.
pub fn unknown_table(grid: &Grid, period: Period) -> Option<UnknownTable> {
    let sheet = Sheet::new(grid);
    let rows: Vec<&Row> = grid.rows.iter().take(header::SEARCHED_ROWS).collect();
    let widest = rows.iter().filter(|row| header::can_name_columns(row)).map(|row| row.cells.len()).max()?;
    // Titles and captions name few columns; the first row that names most of them is the header.
    let first = rows.iter().find(|row| header::can_name_columns(row) && row.cells.len() * 2 > widest)?.number;
    let last = last_row(&sheet, first);
    let headings = header::headings(&sheet, first, last, period);
    let columns: Vec<UnknownColumn> = headings.into_iter().map(|(column, heading)| unknown(column, heading)).collect();
    let rows: Vec<u32> =
        grid.rows.iter().filter(|row| row.number > last && is_data(row, &columns)).map(|row| row.number).collect();
    let named = columns.iter().filter(|column| !column.own.is_empty()).count();
    (named >= 2 && !rows.is_empty()).then(|| UnknownTable {
        title: title(&sheet, first),
        header: (first, last),
        columns,
        rows,
    })
}

fn unknown(column: u32, heading: Heading) -> UnknownColumn {
    UnknownColumn { column, own: heading.own, group: heading.group, unit: heading.unit, percent: heading.percent }
}

/// A header goes on as long as a merge reaches down from it, or the next row names columns under its groups.
fn last_row(sheet: &Sheet, first: u32) -> u32 {
    let mut last = first;
    while last < first + DEEPEST - 1 {
        let Some(row) = sheet.grid.row(last) else { break };
        let merges = || row.cells.iter().filter_map(|cell| sheet.merge_at(last, cell.column));
        let down = merges().any(|merge| merge.bottom > last);
        let across = merges().any(|merge| merge.right > merge.left);
        let below = sheet.grid.row(last + 1);
        let under_gaps = below.is_some_and(|below| {
            header::can_continue(below) && below.cells.iter().any(|cell| row.cell(cell.column).is_none())
        });
        if !(down || (across || sheet.grid.merges.is_empty()) && under_gaps) {
            break;
        }
        last += 1;
    }
    last
}

/// A row that fills more than a label, and is no total.
fn is_data(row: &Row, columns: &[UnknownColumn]) -> bool {
    let filled = row.cells.iter().filter(|cell| columns.iter().any(|column| column.column == cell.column)).count();
    let first = row.cells.iter().filter_map(text_of).take(2);
    let total = first.map(|text| label(&text)).any(|text| {
        ["合计", "总计", "小计", "其中", "累计"].iter().any(|word| text.trim_matches('"').starts_with(word))
    });
    filled >= 2 && filled * 3 >= columns.len() && !total
}

/// The longest text above the header.
fn title(sheet: &Sheet, first: u32) -> String {
    let above = sheet.grid.rows.iter().take_while(|row| row.number < first);
    let texts = above.flat_map(|row| row.cells.iter().filter_map(text_of)).map(|text| label(&text));
    texts.max_by_key(|text| text.chars().count()).unwrap_or_else(|| label(&sheet.grid.sheet))
}
