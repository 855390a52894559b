//! Grids built cell by cell, within limits.
//!
//! Takes what a format's reader finds, in any order, gives a [`Grid`] that keeps what its type
//! promises, and findings about what had to be left out.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use super::fault::Fault;
use super::grid::{Cell, Grid, Merge, Row, Shown, Value};
use super::reading::{Built, Reading};
use super::serial;
use crate::finding::{Finding, Level, Place};

/// The last row a sheet can have.
pub(super) const LAST_ROW: u32 = 1_048_576;
/// The last column a sheet can have.
pub(super) const LAST_COLUMN: u32 = 16_384;

/// A sheet while it is being read.
pub(super) struct GridBuilder<'a> {
    reading: &'a Reading<'a>,
    grid: Grid,
    /// The cells of the last row.
    cells: Vec<Cell>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    outside: usize,
    odd: Vec<(u32, u32, String)>,
    odd_left_out: usize,
    scaled: usize,
    first_scaled: Option<(u32, u32)>,
    in_order: bool,
}

/// Cells with a fault of their own that are named one by one; the rest are counted.
const ODD_NAMED: usize = 20;

/// Text without what no document can hold: characters below the blank that neither break a line nor part columns, and
/// two that mean nothing. Copied from elsewhere they stand in cells unseen, and a workbook that repeats one does not
/// open.
fn writable<T: From<String> + Deref<Target = str>>(text: T) -> T {
    let is_fit =
        |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    // Only bytes like these begin such a character: one look at a cell is all that nearly every cell takes.
    let is_odd = |byte: u8| byte < 0x20 || byte == 0xEF;
    match !text.bytes().any(is_odd) || text.chars().all(is_fit) {
        true => text,
        false => text.chars().filter(|c| is_fit(*c)).collect::<String>().into(),
    }
}

impl<'a> GridBuilder<'a> {
    /// A sheet without cells.
    pub(super) fn new(reading: &'a Reading<'a>, sheet: Arc<str>) -> Self {
        Self {
            reading,
            grid: Grid::empty(writable(sheet)),
            cells: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            outside: 0,
            odd: Vec::new(),
            odd_left_out: 0,
            scaled: 0,
            first_scaled: None,
            in_order: true,
        }
    }

    /// Takes a used cell; blank text is dropped, a cell outside the grid is counted.
    pub(super) fn put(&mut self, row: u32, cell: Cell) -> Result<(), Fault> {
        let mut cell = without_time_of_day(cell);
        if let Value::Text(text) = cell.value {
            cell.value = Value::Text(writable(text));
        }
        if matches!(&cell.value, Value::Text(text) if is_blank(text)) {
            return Ok(());
        }
        if !(1..=LAST_ROW).contains(&row) || !(1..=LAST_COLUMN).contains(&cell.column) {
            self.outside += 1;
            return Ok(());
        }
        self.reading.take_cell(&cell.value)?;
        match self.grid.rows.last_mut() {
            Some(last) if last.number == row => {
                self.in_order &= self.cells.last().is_none_or(|before| before.column < cell.column);
                self.cells.push(cell);
            }
            last => {
                self.in_order &= last.is_none_or(|before| before.number < row);
                self.start_row(row, cell)?;
            }
        }
        Ok(())
    }

    /// Gives the last row its cells, in no more memory than they take: a million rows have no room to spare.
    fn end_row(&mut self) {
        if let Some(last) = self.grid.rows.last_mut() {
            last.cells = Vec::with_capacity(self.cells.len());
            last.cells.append(&mut self.cells);
        }
    }

    fn start_row(&mut self, number: u32, cell: Cell) -> Result<(), Fault> {
        if self.grid.rows.len() >= self.reading.limits.rows {
            return Err(Fault::TooLarge(format!("行数超过{}行", self.reading.limits.rows)));
        }
        self.end_row();
        self.cells.push(cell);
        self.grid.rows.push(Row { number, cells: Vec::new() });
        Ok(())
    }

    /// A plain number, text or truth value at an address.
    pub(super) fn put_value(&mut self, row: u32, column: u32, value: Value) -> Result<(), Fault> {
        self.put(row, Cell { column, value, shown: Shown::Plain, formula: false })
    }

    /// Takes a merged region.
    pub(super) fn merge(&mut self, merge: Merge) -> Result<(), Fault> {
        if self.grid.merges.len() >= self.reading.limits.merges {
            return Err(Fault::TooLarge(format!("合并单元格超过{}处", self.reading.limits.merges)));
        }
        self.grid.merges.push(merge);
        Ok(())
    }

    /// Takes hidden rows, first and last; those below the last used row are of no interest.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        match self.hidden_rows.last_mut() {
            Some(before) if before.1.checked_add(1) == Some(first) => before.1 = last,
            _ => self.hidden_rows.push((first, last)),
        }
        make_room(&mut self.hidden_rows, LAST_ROW);
    }

    /// Takes hidden columns, first and last.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        if self.hidden_columns.last() != Some(&(first, last)) {
            self.hidden_columns.push((first, last));
            make_room(&mut self.hidden_columns, LAST_COLUMN);
        }
    }

    /// Takes the width of columns, first and last, in digits; what is no width is left out.
    pub(super) fn widen(&mut self, first: u32, last: u32, digits: f64) {
        if first <= last && digits.is_finite() && digits > 0.0 && self.grid.widths.len() < LAST_COLUMN as usize {
            self.grid.widths.push((first.max(1), last.min(LAST_COLUMN), digits));
        }
    }

    /// Takes a fault of a single cell; the sheet goes on.
    pub(super) fn odd(&mut self, row: u32, column: u32, message: impl Into<String>) {
        if self.odd.len() < ODD_NAMED {
            self.odd.push((row, column, message.into()));
        } else {
            self.odd_left_out += 1;
        }
    }

    /// Takes note of a number that its format shows smaller than it is stored.
    pub(super) fn scaled(&mut self, row: u32, column: u32) {
        self.scaled += 1;
        self.first_scaled.get_or_insert((row, column));
    }

    /// The sheet, in order.
    pub(super) fn finish(mut self) -> Built {
        self.end_row();
        if !self.in_order {
            self.sort();
        }
        self.settle_merges();
        self.settle_hidden();
        let findings = self.findings();
        Built { grid: self.grid, findings }
    }

    /// Rows and cells in order; of two cells at one address the later one holds.
    fn sort(&mut self) {
        self.grid.rows.sort_by_key(|row| row.number);
        self.grid.rows.dedup_by(|later, kept| {
            let same = later.number == kept.number;
            if same {
                kept.cells.append(&mut later.cells);
            }
            same
        });
        for row in &mut self.grid.rows {
            row.cells.sort_by_key(|cell| cell.column);
            row.cells.dedup_by(|later, kept| {
                let same = later.column == kept.column;
                if same {
                    std::mem::swap(later, kept);
                }
                same
            });
        }
    }

    /// Merges of more than one cell, in order, none overlapping an earlier one.
    fn settle_merges(&mut self) {
        let mut merges = std::mem::take(&mut self.grid.merges);
        merges.retain(|m| m.top >= 1 && m.left >= 1 && m.bottom >= m.top && m.right >= m.left);
        merges.retain(|m| (m.bottom, m.right) != (m.top, m.left) && m.bottom <= LAST_ROW && m.right <= LAST_COLUMN);
        merges.sort_unstable();
        let mut open: Vec<Merge> = Vec::new();
        for merge in merges {
            open.retain(|m| m.bottom >= merge.top);
            if open.iter().all(|m| m.right < merge.left || merge.right < m.left) {
                open.push(merge);
                self.grid.merges.push(merge);
            }
        }
    }

    fn settle_hidden(&mut self) {
        let used = self.grid.rows.last().map_or(0, |row| row.number);
        self.grid.hidden_rows = numbers_of(std::mem::take(&mut self.hidden_rows), used);
        self.grid.hidden_columns = numbers_of(std::mem::take(&mut self.hidden_columns), LAST_COLUMN);
    }

    fn findings(&mut self) -> Vec<Finding> {
        let sheet = Place::sheet(self.reading.file, &self.grid.sheet);
        let mut findings: Vec<_> = std::mem::take(&mut self.odd)
            .into_iter()
            .map(|(row, column, message)| {
                let place = sheet.clone().at_row(row).at_column(column);
                Finding::new(Level::Error, "cell.unreadable", place, message, "请重新填写该单元格")
            })
            .collect();
        if self.odd_left_out > 0 {
            let message = format!("另有{}个单元格无法读取", self.odd_left_out);
            findings.push(Finding::new(
                Level::Error,
                "cell.unreadable",
                sheet.clone(),
                message,
                "请用 Excel 打开后另存，重新报送",
            ));
        }
        if let Some((row, column)) = self.first_scaled {
            let place = sheet.clone().at_row(row).at_column(column);
            let message =
                format!("从此处起有{}个数字按千位或万位缩小显示，看到的数与存储的数不同，按存储的数读取", self.scaled);
            findings.push(Finding::new(
                Level::Query,
                "cell.scaled",
                place,
                message,
                "请确认存储的数与表头单位一致，或改为常规数字格式",
            ));
        }
        if self.outside > 0 {
            let message = format!("有{}个单元格的位置超出工作表范围（XFD1048576），未读取", self.outside);
            findings.push(Finding::new(
                Level::Query,
                "cell.outside",
                sheet,
                message,
                "请用 Excel 打开后另存，确认数据完整再报送",
            ));
        }
        findings
    }
}

/// Ranges that are kept as a file names them; a file that names more has them put together. No more than half as many
/// can lie apart on a sheet.
const MOST_RANGES: usize = LAST_ROW as usize;

/// Puts ranges together that meet or overlap, where there are too many of them.
fn make_room(ranges: &mut Vec<(u32, u32)>, most: u32) {
    if ranges.len() < MOST_RANGES {
        return;
    }
    ranges.retain(|(first, last)| first <= last && *first <= most);
    ranges.sort_unstable();
    ranges.dedup_by(|next, kept| {
        let meets = next.0 <= kept.1.saturating_add(1);
        if meets {
            kept.1 = kept.1.max(next.1);
        }
        meets
    });
}

/// The numbers in ranges, each looked at once however often a file names it.
fn numbers_of(mut ranges: Vec<(u32, u32)>, most: u32) -> BTreeSet<u32> {
    ranges.sort_unstable();
    let (mut numbers, mut done) = (BTreeSet::new(), 0);
    for (first, last) in ranges {
        let last = last.min(most);
        numbers.extend(first.max(done + 1)..=last);
        done = done.max(last);
    }
    numbers
}

/// A time of day is no date: 1:2 typed as a ratio became 1:02, which nobody may take for a day of
/// 1900. It is kept as the text that it shows.
fn without_time_of_day(cell: Cell) -> Cell {
    match (&cell.value, cell.shown) {
        (Value::Date(serial), Shown::Day) if *serial > 0.0 && *serial < 1.0 => {
            Cell { value: Value::Text(serial::clock(*serial).into()), shown: Shown::Plain, ..cell }
        }
        _ => cell,
    }
}

/// Whether a text says nothing: white space of any script, zero-width marks included.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SharedText;
    use crate::workspace::Limits;

    fn number(column: u32, value: f64) -> Cell {
        cell_of(column, Value::Number(value))
    }

    fn cell_of(column: u32, value: Value) -> Cell {
        Cell { column, value, shown: Shown::Plain, formula: false }
    }

    fn built(limits: Limits, fill: impl FnOnce(&mut GridBuilder) -> Result<(), Fault>) -> Result<Built, Fault> {
        let file: Arc<str> = "甲.xlsx".into();
        let reading = Reading::new(&file, &limits);
        let mut grid = GridBuilder::new(&reading, "表".into());
        fill(&mut grid)?;
        Ok(grid.finish())
    }

    #[test]
    fn what_no_document_can_hold_is_left_out() {
        assert_eq!(&*writable("水\u{b}厂\u{0}\u{1f}\u{fffe}\r\n\t一期".to_owned()), "水厂\r\n\t一期");
        let plain: SharedText = "水厂".into();
        assert!(SharedText::ptr_eq(&plain, &writable(plain.clone())));
    }

    #[test]
    fn disorder_is_sorted_and_the_later_cell_holds() {
        let built = built(Limits::default(), |grid| {
            grid.put(3, number(2, 1.0))?;
            grid.put(1, number(5, 2.0))?;
            grid.put(3, number(1, 3.0))?;
            grid.put(3, number(2, 4.0))
        })
        .unwrap();
        let rows: Vec<_> = built.grid.rows.iter().map(|r| (r.number, r.cells.clone())).collect();
        assert_eq!(rows, [(1, vec![number(5, 2.0)]), (3, vec![number(1, 3.0), number(2, 4.0)])]);
    }

    #[test]
    fn hidden_rows_named_without_end_take_no_more_than_there_are_rows() {
        let mut most = 0;
        let built = built(Limits::default(), |grid| {
            for nth in 0..3_000_000u32 {
                grid.hide_rows(nth * 7 % 21 + 2, nth * 7 % 21 + 2);
                grid.hide_columns(nth % 2 * 4 + 1, nth % 2 * 4 + 1);
                most = most.max(grid.hidden_rows.len()).max(grid.hidden_columns.len());
            }
            grid.put(20, number(1, 1.0))
        });
        let grid = built.unwrap().grid;
        assert!(most <= MOST_RANGES, "{most}");
        assert_eq!(grid.hidden_rows.into_iter().collect::<Vec<_>>(), [2, 9, 16]);
        assert_eq!(grid.hidden_columns.into_iter().collect::<Vec<_>>(), [1, 5]);
    }

    #[test]
    fn blank_text_is_dropped_and_cells_outside_are_told() {
        let built = built(Limits::default(), |grid| {
            grid.put_value(1, 1, Value::Text(" \u{3000}\n\u{200B}".into()))?;
            grid.put_value(LAST_ROW + 1, 1, Value::Bool(true))?;
            grid.put_value(1, LAST_COLUMN + 1, Value::Bool(true))
        })
        .unwrap();
        assert!(built.grid.rows.is_empty());
        assert_eq!(&*built.findings[0].rule, "cell.outside");
        assert!(built.findings[0].message.contains("2个"));
    }

    #[test]
    fn a_time_of_day_is_the_text_it_shows() {
        let built = built(Limits::default(), |grid| {
            let date = |column, serial| Cell { shown: Shown::Day, ..cell_of(column, Value::Date(serial)) };
            [(1, 62.0 / 1440.0), (2, 0.75), (3, 46_326.25), (4, 0.0)]
                .iter()
                .try_for_each(|&(c, s)| grid.put(1, date(c, s)))
        });
        let built = built.unwrap();
        let values: Vec<&Value> = built.grid.rows[0].cells.iter().map(|cell| &cell.value).collect();
        let text = |text: &str| Value::Text(text.into());
        assert_eq!(values, [&text("1:02"), &text("18:00"), &Value::Date(46_326.25), &Value::Date(0.0)]);
    }

    #[test]
    fn limits_stop_the_reading() {
        let limits = Limits { cells: 1, ..Limits::default() };
        let two = |grid: &mut GridBuilder| grid.put(1, number(1, 1.0)).and_then(|()| grid.put(1, number(2, 1.0)));
        assert!(matches!(built(limits, two), Err(Fault::TooLarge(_))));
        let limits = Limits { rows: 1, ..Limits::default() };
        let rows = |grid: &mut GridBuilder| grid.put(1, number(1, 1.0)).and_then(|()| grid.put(2, number(1, 1.0)));
        assert!(matches!(built(limits, rows), Err(Fault::TooLarge(_))));
    }

    #[test]
    fn merges_do_not_overlap() {
        let merge = |top, left, bottom, right| Merge { top, left, bottom, right };
        let built = built(Limits::default(), |grid| {
            for m in [merge(3, 1, 4, 2), merge(1, 1, 1, 9), merge(4, 2, 5, 3), merge(7, 7, 7, 7), merge(3, 3, 3, 4)] {
                grid.merge(m)?;
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(built.grid.merges, [merge(1, 1, 1, 9), merge(3, 1, 4, 2), merge(3, 3, 3, 4)]);
    }
}
