//! Two tables on one sheet, below or beside each other, taken apart.
//!
//! Takes a grid, gives the grids of its tables: each used cell goes to exactly one of them, and a
//! sheet with one table comes back as it is. A table begins where a row of other column names
//! begins, with the titles right above it.

use std::collections::HashSet;

use super::rows;
use super::sheet::{Sheet, is_figure, is_text, text_of};
use super::vocabulary::Vocabulary;
use crate::collect::{Grid, Merge, Row, Value};
use crate::text::label;

/// Fewer names of columns than this make no header.
const LEAST_NAMES: usize = 3;

/// The tables of a sheet, from the top and from the left.
pub(super) fn take_apart(grid: Grid, vocabulary: &Vocabulary) -> Vec<Grid> {
    let heads: Vec<(u32, Names)> =
        grid.rows.iter().filter_map(|row| Some((row.number, names(row, vocabulary)?))).collect();
    let Some((_, first)) = heads.first() else { return vec![grid] };
    let mut starts = Vec::new();
    let mut known: Vec<&Names> = vec![first];
    for ((above, _), (row, names)) in heads.iter().zip(&heads[1..]) {
        // The next level of the same header, or the same header on the next page.
        if row - above < 2 || known.iter().any(|known| names.repeats(known)) {
            continue;
        }
        let start = start_of(&grid, *row);
        let stands_apart = start < *row || grid.row(row - 1).is_none();
        // Names with one row of values between them are a card's.
        if rows_between(&grid, *above, start) >= if stands_apart { 1 } else { 3 } {
            starts.push(start);
            known = vec![names];
        }
    }
    let mut parts = Vec::new();
    let mut rest = grid;
    for start in starts.into_iter().rev() {
        let below = rows_of(&rest, |row| row >= start);
        rest = rows_of(&rest, |row| row < start);
        parts.push(below);
    }
    parts.push(rest);
    parts.reverse();
    parts.into_iter().flat_map(|part| side_by_side(part, vocabulary)).collect()
}

/// The names of columns that a row holds.
struct Names(HashSet<String>);

impl Names {
    fn repeats(&self, other: &Self) -> bool {
        let shared = self.0.intersection(&other.0).count();
        shared * 5 >= self.0.len().min(other.0.len()) * 4
    }
}

/// A row's names of columns, where it is a header: three at least, and half of its cells.
fn names(row: &Row, vocabulary: &Vocabulary) -> Option<Names> {
    let texts = row.cells.iter().filter(|cell| is_text(cell)).count();
    if texts < LEAST_NAMES || texts < row.cells.len() {
        return None;
    }
    let named: Vec<String> = row.cells.iter().filter_map(|cell| name_of(&cell.value, vocabulary)).collect();
    let is_half = named.len() * 2 >= row.cells.len();
    let names: HashSet<String> = named.into_iter().collect();
    (is_half && names.len() >= LEAST_NAMES).then_some(Names(names))
}

fn name_of(value: &Value, vocabulary: &Vocabulary) -> Option<String> {
    let Value::Text(text) = value else { return None };
    if text.len() > 60 {
        return None;
    }
    let words = label(text);
    let words = words.split('(').next().unwrap_or_default().to_owned();
    vocabulary.is_name(&words).then_some(words)
}

/// How many rows with more than one cell stand between two rows.
fn rows_between(grid: &Grid, above: u32, below: u32) -> usize {
    grid.rows.iter().filter(|row| row.number > above && row.number < below && row.cells.len() >= 2).count()
}

/// The first row of the table whose header begins at a row: its titles and captions with it.
fn start_of(grid: &Grid, header: u32) -> u32 {
    let mut start = header;
    let above = grid.rows.iter().rev().filter(|row| row.number < header);
    for row in above.take(3) {
        let far = start - row.number > 2;
        let is_head = row.cells.len() <= 4 && !row.cells.iter().any(is_figure) && !rows::is_remark(row);
        // Two lines of data that happen to be words alone are no titles.
        let is_words =
            row.cells.len() <= 2 || row.cells.iter().filter_map(text_of).any(|text| text.contains(['：', ':']));
        if far || !is_head || !is_words {
            break;
        }
        start = row.number;
    }
    start
}

fn rows_of(grid: &Grid, keep: impl Fn(u32) -> bool) -> Grid {
    part_of(grid, |row, _| keep(row))
}

fn part_of(grid: &Grid, keep: impl Fn(u32, u32) -> bool) -> Grid {
    let rows = grid.rows.iter().filter_map(|row| {
        let cells: Vec<_> = row.cells.iter().filter(|cell| keep(row.number, cell.column)).cloned().collect();
        (!cells.is_empty()).then_some(Row { number: row.number, cells })
    });
    let merges = grid.merges.iter().filter(|merge| keep(merge.top, merge.left)).copied();
    Grid { rows: rows.collect(), merges: merges.collect::<Vec<Merge>>(), ..grid.clone() }
}

/// Two tables beside each other: the columns' names begin again, behind an empty column or with a
/// serial number of their own.
fn side_by_side(grid: Grid, vocabulary: &Vocabulary) -> Vec<Grid> {
    let Some((header, split)) =
        grid.rows.iter().find_map(|row| Some((row.number, second_start(&grid, row, vocabulary)?)))
    else {
        return vec![grid];
    };
    let sheet = Sheet::new(&grid);
    // A title across both stays with the left one.
    let right =
        |row: u32, column: u32| column >= split && sheet.merge_at(row, column).is_none_or(|merge| merge.left >= split);
    let has_title = |row: u32| row < header;
    let parts = [
        part_of(&grid, |row, column| !right(row, column) || has_title(row)),
        part_of(&grid, |row, column| right(row, column) && !has_title(row)),
    ];
    drop(sheet);
    parts.into()
}

/// The column where a header begins anew.
fn second_start(grid: &Grid, row: &Row, vocabulary: &Vocabulary) -> Option<u32> {
    let names = names(row, vocabulary)?;
    if names.0.len() < LEAST_NAMES {
        return None;
    }
    let words: Vec<(u32, String)> =
        row.cells.iter().filter_map(|cell| Some((cell.column, label(&text_of(cell)?)))).collect();
    let (first, lead) = words.first()?;
    let (again, _) = words.iter().skip(LEAST_NAMES - 1).find(|(_, word)| word == lead)?;
    let of_left = words.iter().filter(|(column, _)| column < again).count();
    let alike =
        words.iter().filter(|(column, _)| column >= again).zip(&words).filter(|((_, a), (_, b))| a == b).count();
    let is_free = |below: &Row| below.number < row.number || below.cell(again - 1).is_none();
    let is_gap = *again > first + 1 && grid.rows.iter().all(is_free);
    let is_serial = ["序号", "编号", "序"].contains(&lead.as_str());
    (is_serial || is_gap && alike * 2 >= of_left).then_some(*again)
}
