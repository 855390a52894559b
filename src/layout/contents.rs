//! What stands below a heading: figures, dates or words. Evidence for what the column is.

use std::cell::OnceCell;

use super::sheet::{Sheet, is_figure};
use crate::collect::{Cell, Value};
use crate::profile::Kind;
use crate::text::is_placeholder;
use crate::value::{Reading, read_date, read_date_number, read_rate};

/// Rows that are looked at below a header.
const SAMPLE: usize = 40;
/// No date with words around it takes more characters.
const LONGEST_DATE: usize = 24;

/// Counts over a sample of a column's cells; placeholders are not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Contents {
    pub(super) filled: u32,
    figures: u32,
}

impl Contents {
    /// Whether more than half of it is figures.
    pub(super) fn is_mostly_figures(&self) -> bool {
        self.filled > 0 && self.figures * 2 > self.filled
    }
}

/// The cells of a sample, with what they count up to. Rates and dates are counted only where a
/// heading could mean one: to read every remark as a date costs more than to read the file.
#[derive(Debug)]
pub(super) struct Sample<'a> {
    pub(super) contents: Contents,
    cells: Vec<&'a Cell>,
    rates: OnceCell<u32>,
    dates: OnceCell<u32>,
}

impl<'a> Sample<'a> {
    fn of(cells: impl Iterator<Item = &'a Cell>) -> Self {
        let is_said = |cell: &&Cell| !matches!(&cell.value, Value::Text(text) if is_placeholder(text));
        let cells: Vec<&Cell> = cells.filter(is_said).collect();
        let figures = count(&cells, |cell| is_figure(cell) && !matches!(cell.value, Value::Date(_)));
        let contents = Contents { filled: cells.len() as u32, figures };
        Self { contents, cells, rates: OnceCell::new(), dates: OnceCell::new() }
    }

    /// How well the contents suit a kind of field: 1 does, 0.4 speaks clearly against it.
    pub(super) fn suit(&self, kind: Kind) -> f64 {
        if self.cells.is_empty() {
            return 1.0;
        }
        let share = |count: u32| f64::from(count) / f64::from(self.contents.filled);
        match kind {
            Kind::Amount | Kind::Count | Kind::Number => graded(share(self.contents.figures)),
            Kind::Rate => graded(share(*self.rates.get_or_init(|| count(&self.cells, is_rate)))),
            Kind::Date => graded(share(*self.dates.get_or_init(|| count(&self.cells, is_date)))),
            Kind::Text | Kind::Choice => 1.0 - 0.12 * share(self.contents.figures),
        }
    }
}

fn count(cells: &[&Cell], is: impl Fn(&Cell) -> bool) -> u32 {
    cells.iter().filter(|cell| is(cell)).count() as u32
}

/// Four in ten are enough: words (已开工, 待定) stand among dates and remarks among amounts.
fn graded(share: f64) -> f64 {
    if share >= 0.4 { 1.0 } else { 0.4 + share }
}

fn is_rate(cell: &Cell) -> bool {
    match &cell.value {
        Value::Text(text) if !text.contains(|c: char| c.is_numeric() || c == '平') => false,
        Value::Text(text) => matches!(read_rate(text), Reading::Plain(_) | Reading::Asked(..)),
        Value::Number(_) | Value::Uncalculated | Value::Error(_) => true,
        _ => false,
    }
}

fn is_date(cell: &Cell) -> bool {
    // Any year will do where the text names none: only the form is asked about here.
    let in_text = |text: &str| !matches!(read_date(text, 2000), Reading::Unreadable(_) | Reading::Empty);
    match &cell.value {
        Value::Text(text) => text.chars().nth(LONGEST_DATE).is_none() && in_text(text),
        Value::Date(_) => true,
        Value::Number(number) => !matches!(read_date_number(*number, cell.shown), Reading::Unreadable(_)),
        _ => false,
    }
}

/// A sample of each column below a row: what stands in the first rows.
pub(super) fn sample<'a>(sheet: &Sheet<'a>, below: u32, columns: impl Iterator<Item = u32>) -> Vec<Sample<'a>> {
    let start = sheet.grid.rows.partition_point(|row| row.number <= below);
    let rows = &sheet.grid.rows[start..];
    columns.map(|column| Sample::of(rows.iter().take(SAMPLE).filter_map(|row| row.cell(column)))).collect()
}
