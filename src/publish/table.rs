//! A sheet that is one table: title, caption, header, total, rows, remarks, set up to be printed.
//!
//! Takes cells with their formulas and stored values, gives a worksheet.

use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign, Formula, Url, Worksheet, XlsxError};

use super::runs::Runs;
use super::style::{Shown, Style, page, span};
use super::{names, widths};
use crate::origin::{cell_address, column_letters};

/// Excel holds 32,767 characters in a cell; what is longer stands in full in its source.
const LONGEST: usize = 32_000;
/// Excel follows 65,530 links a sheet and refuses a workbook with more; a sheet that would have more has none.
const MOST_LINKS: usize = 60_000;

/// The widest table that is printed on one page, in digits; its letters are then half their size.
const PAGE: f64 = 270.0;

/// What a cell stores; of a formula, its result.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing.
    Blank,
    /// A number, in the unit it is shown in.
    Number(f64),
    /// Text, never read as a formula.
    Text(Box<str>),
}

/// A cell of a table. A sheet has a hundred thousand: what most of them lack stands apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// What it holds.
    pub(super) value: Value,
    more: Option<Box<More>>,
}

/// What a cell may have beside its value.
#[derive(Debug, Clone, Default, PartialEq)]
struct More {
    /// The formula that gives the value.
    formula: Option<Box<str>>,
    /// Where it leads: `'项目明细'!B7`.
    link: Option<Box<str>>,
    /// Whether it stands in a heading between rows.
    strong: bool,
}

impl Cell {
    /// An empty cell.
    pub(super) fn blank() -> Self {
        Self { value: Value::Blank, more: None }
    }

    /// A number.
    pub(super) fn number(number: f64) -> Self {
        // A negative zero would be written as such.
        Self { value: Value::Number(number + 0.0), more: None }
    }

    /// Text; empty text is an empty cell.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let value = if text.is_empty() { Value::Blank } else { Value::Text(clipped(text).into()) };
        Self { value, more: None }
    }

    /// A number, or a dash where there is none.
    pub(super) fn number_or_dash(number: Option<f64>) -> Self {
        number.map_or_else(|| Self::text("—"), Self::number)
    }

    /// The same value as the result of a formula.
    pub(super) fn by(mut self, formula: impl Into<Box<str>>) -> Self {
        self.more.get_or_insert_default().formula = Some(formula.into());
        self
    }

    /// The same, leading to a place in the workbook.
    pub(super) fn to(self, sheet: &str, address: &str) -> Self {
        self.linked(format!("{}!{address}", names::quoted(sheet)))
    }

    /// The same, leading to where another cell leads.
    pub(super) fn linked(mut self, link: impl Into<Box<str>>) -> Self {
        self.more.get_or_insert_default().link = Some(link.into());
        self
    }

    /// The same as part of a heading between rows.
    pub(super) fn strong(mut self) -> Self {
        self.more.get_or_insert_default().strong = true;
        self
    }

    /// The value alone, in the same heading.
    pub(super) fn plain(self) -> Self {
        let (is_strong, plain) = (self.is_strong(), Self { more: None, ..self });
        if is_strong { plain.strong() } else { plain }
    }

    fn unlinked(mut self) -> Self {
        if let Some(more) = &mut self.more {
            more.link = None;
        }
        self
    }

    /// The formula that gives the value.
    pub(super) fn formula(&self) -> Option<&str> {
        self.more.as_ref()?.formula.as_deref()
    }

    /// Where it leads: `'项目明细'!B7`.
    pub(super) fn link(&self) -> Option<&str> {
        self.more.as_ref()?.link.as_deref()
    }

    pub(super) fn is_strong(&self) -> bool {
        self.more.as_ref().is_some_and(|more| more.strong)
    }

    /// Writes it without a format; what leads somewhere is not written so.
    fn write_bare(&self, sheet: &mut Worksheet, row: u32, column: u16) -> Result<(), XlsxError> {
        match (self.formula(), &self.value) {
            (Some(formula), _) => sheet.write_formula(row, column, self.as_formula(formula))?,
            (None, Value::Text(text)) => sheet.write_string(row, column, &**text)?,
            (None, Value::Number(number)) => sheet.write_number(row, column, *number)?,
            (None, Value::Blank) => sheet,
        };
        Ok(())
    }

    fn as_formula(&self, formula: &str) -> Formula {
        let stored = match &self.value {
            Value::Blank => String::new(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.to_string(),
        };
        Formula::new(formula).set_result(stored)
    }

    fn lines(&self, column: f64) -> usize {
        match &self.value {
            Value::Text(text) if !self.is_strong() => widths::lines(text, column),
            _ => 1,
        }
    }

    /// Writes it with a format.
    pub(super) fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, format: &Format) -> Result<(), XlsxError> {
        if let Some(formula) = self.formula() {
            if let Some(link) = self.link() {
                // The formula takes the cell; the link stays on it.
                let link = Url::new(format!("internal:{link}"));
                sheet.write_url_with_options(row, column, link, "", "", Some(format))?;
            }
            sheet.write_formula_with_format(row, column, self.as_formula(formula), format)?;
            return Ok(());
        }
        match (&self.value, self.link()) {
            (Value::Text(text), Some(link)) => {
                let link = Url::new(format!("internal:{link}"));
                sheet.write_url_with_options(row, column, link, &**text, "", Some(format))?
            }
            (Value::Text(text), None) => sheet.write_string_with_format(row, column, &**text, format)?,
            (Value::Number(number), _) => sheet.write_number_with_format(row, column, *number, format)?,
            (Value::Blank, _) => sheet.write_blank(row, column, format)?,
        };
        Ok(())
    }
}

fn clipped(text: String) -> String {
    match text.chars().count() > LONGEST {
        true => text.chars().take(LONGEST).chain("……（全文见来源文件）".chars()).collect(),
        false => text,
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its name.
    pub(super) title: String,
    /// How its cells are shown.
    pub(super) shown: Shown,
    /// The most it may take, in digits; longer text wraps.
    pub(super) widest: f64,
}

impl Column {
    /// A column of text that wraps at a width.
    pub(super) fn text(title: impl Into<String>, widest: f64) -> Self {
        Self { title: title.into(), shown: Shown::Text, widest }
    }

    /// A column as wide as its cells.
    pub(super) fn of(title: impl Into<String>, shown: Shown) -> Self {
        Self { title: title.into(), shown, widest: 24.0 }
    }
}

/// A sheet that is one table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The sheet's name.
    pub(super) sheet: String,
    /// The title.
    pub(super) title: String,
    /// What stands under the title, left and right.
    pub(super) caption: (String, String),
    /// A row between caption and header that follows the filter.
    pub(super) above: Option<Vec<Cell>>,
    /// The columns.
    pub(super) columns: Vec<Column>,
    /// 合计, directly under the header.
    pub(super) total: Option<Vec<Cell>>,
    /// The rows.
    pub(super) rows: Vec<Vec<Cell>>,
    /// Remarks under the table.
    pub(super) notes: Vec<String>,
    /// How many columns are printed; the rest is for the screen.
    pub(super) printed: usize,
    /// How many columns stay in sight.
    pub(super) frozen: u16,
    /// Whether the rows can be filtered.
    pub(super) filter: bool,
    /// The least height of a row, in points.
    pub(super) row_height: f64,
}

/// Where the rows of a table stand, all from 1 as Excel counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    /// The header.
    pub(super) header: u32,
    /// The first row below header and total.
    pub(super) first: u32,
    /// The last row; of a table without rows, the blank one that stands for them.
    pub(super) last: u32,
}

impl Frame {
    /// The frame of a table with so many rows.
    pub(super) fn of(above: bool, total: bool, rows: usize) -> Self {
        let header = 3 + u32::from(above);
        let first = header + 1 + u32::from(total);
        Self { header, first, last: first + (rows.max(1) - 1) as u32 }
    }

    /// The range of a column, as formulas on the same sheet write it.
    pub(super) fn range(self, column: usize) -> String {
        let letters = column_letters(column as u32 + 1);
        format!("${letters}${}:${letters}${}", self.first, self.last)
    }

    /// The address of a cell of a row counted from 0.
    pub(super) fn address(self, row: usize, column: usize) -> String {
        cell_address(self.first + row as u32, column as u32 + 1)
    }
}

impl Table {
    /// Where its rows stand.
    pub(super) fn frame(&self) -> Frame {
        Frame::of(self.above.is_some(), self.total.is_some(), self.rows.len())
    }

    /// The worksheet.
    pub(super) fn write(&self, style: Style) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(&self.sheet)?;
        let widths = self.widths(style);
        for (column, width) in widths.iter().enumerate() {
            sheet.set_column_width(column as u16, *width)?;
        }
        self.write_heads(&mut sheet, style, &widths)?;
        self.write_rows(&mut sheet, style, &widths)?;
        let last = self.write_notes(&mut sheet, style, &widths)?;
        self.print_setup(&mut sheet, last, &widths)?;
        Ok(sheet)
    }

    fn widths(&self, style: Style) -> Vec<f64> {
        let width = |(at, column): (usize, &Column)| {
            let rows = self.above.iter().chain(&self.total).chain(&self.rows);
            let cells = rows.filter_map(|row| row.get(at)).filter(|cell| !cell.is_strong());
            let cells = widest(cells, column, style);
            // A long header takes two or three lines; a filter's arrow stands in its corner.
            let title = widths::width(&column.title);
            let header = match (column.shown, title) {
                (Shown::Text, 0..=14) => title,
                (_, 0..=8) => title.div_ceil(2).next_multiple_of(2).max(4),
                _ => title.div_ceil(3).next_multiple_of(2).max(6),
            } + self.arrow() as usize;
            (cells.max(header) as f64 + widths::PAD).min(column.widest.max(header as f64 + widths::PAD))
        };
        self.columns.iter().enumerate().map(width).collect()
    }

    /// What a filter's arrow takes of a header.
    fn arrow(&self) -> f64 {
        if self.filter { 2.0 } else { 0.0 }
    }

    fn write_heads(&self, sheet: &mut Worksheet, style: Style, widths: &[f64]) -> Result<(), XlsxError> {
        let end = self.first_page(widths);
        let middle = end / 2;
        span(sheet, 0, (0, end), &self.title, &style.title())?;
        sheet.set_row_height(0, 32)?;
        span(sheet, 1, (0, middle), &self.caption.0, &style.caption(FormatAlign::Left))?;
        if end > middle {
            span(sheet, 1, (middle + 1, end), &self.caption.1, &style.caption(FormatAlign::Right))?;
        }
        sheet.set_row_height(1, 18)?;
        if let Some(above) = &self.above {
            self.write_row(sheet, 2, above, |shown| style.total(shown))?;
            sheet.set_row_height(2, self.row_height)?;
        }
        let header = self.frame().header - 1;
        let format = style.header();
        let titles = self.columns.iter().zip(widths);
        let lines =
            titles.map(|(column, width)| widths::lines(&column.title, *width - self.arrow())).max().unwrap_or(1);
        for (at, column) in self.columns.iter().enumerate() {
            sheet.write_string_with_format(header, at as u16, &column.title, &format)?;
        }
        sheet.set_row_height(header, widths::height(lines, 32.0))?;
        Ok(())
    }

    /// How many pages stand side by side: more where a single one would be too small to read.
    fn pages(&self, widths: &[f64]) -> u16 {
        let all: f64 = widths.iter().take(self.printed).sum();
        (all / PAGE).ceil().clamp(1.0, 4.0) as u16
    }

    /// The last column of the first page, from 0: title and caption stand over it and not across pages.
    fn first_page(&self, widths: &[f64]) -> u16 {
        let printed = &widths[..self.printed.max(1).min(widths.len())];
        let room = printed.iter().sum::<f64>() / f64::from(self.pages(widths));
        let mut used = 0.0;
        let fits = |width: &&f64| {
            used += **width;
            used <= room + 0.01
        };
        (printed.iter().take_while(fits).count().max(1) - 1) as u16
    }

    fn write_rows(&self, sheet: &mut Worksheet, style: Style, widths: &[f64]) -> Result<(), XlsxError> {
        let frame = self.frame();
        if let Some(total) = &self.total {
            self.write_row(sheet, frame.header, total, |shown| style.total(shown))?;
            sheet.set_row_height(frame.header, self.row_height + 2.0)?;
        }
        let links = self.rows.iter().flatten().filter(|cell| cell.link().is_some()).count();
        let formats: Vec<Kinds> = self.columns.iter().map(|column| Kinds::of(style, column.shown)).collect();
        let mut runs = Runs::new(formats.len());
        for (at, cells) in self.rows.iter().enumerate() {
            let row = frame.first - 1 + at as u32;
            for (column, (cell, kinds)) in (0..).zip(cells.iter().zip(&formats)) {
                let leads = cell.link().is_some() && links <= MOST_LINKS;
                let format = kinds.fit(cell, leads);
                match !leads && runs.take(sheet, (row, column), format)? {
                    true => cell.write_bare(sheet, row, column)?,
                    false if leads || cell.link().is_none() => cell.write(sheet, row, column, format)?,
                    false => cell.clone().unlinked().write(sheet, row, column, format)?,
                }
            }
            // What is not printed does not spread the rows on paper.
            let printed = cells.iter().zip(widths).take(self.printed.max(1));
            let lines = printed.map(|(cell, width)| cell.lines(*width)).max().unwrap_or(1);
            sheet.set_row_height(row, widths::height(lines, self.row_height))?;
        }
        runs.end(sheet)?;
        if self.rows.is_empty() {
            self.write_row(sheet, frame.first - 1, &vec![Cell::blank(); self.columns.len()], |shown| {
                style.cell(shown)
            })?;
        }
        self.level_out(sheet)
    }

    fn write_row(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        cells: &[Cell],
        format: impl Fn(Shown) -> Format,
    ) -> Result<(), XlsxError> {
        for (at, (cell, column)) in cells.iter().zip(&self.columns).enumerate() {
            cell.write(sheet, row, at as u16, &format(column.shown))?;
        }
        Ok(())
    }

    /// Differences that round to nothing read 持平.
    fn level_out(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let frame = self.frame();
        for (at, column) in self.columns.iter().enumerate() {
            let Some(least) = column.shown.level_below() else { continue };
            let top = frame.header;
            let first = cell_address(top + 1, at as u32 + 1);
            let rule = format!("=IF(ISNUMBER({first}),ABS({first})<{least},FALSE)");
            let level = ConditionalFormatFormula::new()
                .set_rule(rule.as_str())
                .set_format(Format::new().set_num_format(r#""持平";"持平";"持平""#));
            sheet.add_conditional_format(top, at as u16, frame.last - 1, at as u16, &level)?;
        }
        Ok(())
    }

    /// Gives the last row used, from 0.
    fn write_notes(&self, sheet: &mut Worksheet, style: Style, widths: &[f64]) -> Result<u32, XlsxError> {
        let mut row = self.frame().last - 1;
        let end = self.first_page(widths);
        let room: f64 = widths.iter().take(usize::from(end) + 1).sum();
        for note in &self.notes {
            row += 1;
            span(sheet, row, (0, end), note, &style.note())?;
            sheet.set_row_height(row, widths::height(widths::lines(note, room), 18.0))?;
        }
        Ok(row)
    }

    fn print_setup(&self, sheet: &mut Worksheet, last: u32, widths: &[f64]) -> Result<(), XlsxError> {
        let frame = self.frame();
        page(sheet);
        let pages = self.pages(widths);
        if pages > 1 {
            sheet.set_print_fit_to_pages(pages, 0);
            if self.frozen > 0 {
                sheet.set_repeat_columns(0, self.frozen - 1)?;
            }
        }
        sheet.set_repeat_rows(0, frame.header - 1)?;
        sheet.set_freeze_panes(frame.header, self.frozen)?;
        sheet.set_print_area(0, 0, last, self.printed.max(1) as u16 - 1)?;
        if self.filter && !self.rows.is_empty() {
            sheet.autofilter(frame.header - 1, 0, frame.last - 1, self.columns.len() as u16 - 1)?;
        }
        Ok(())
    }
}

/// How wide the cells of a column are shown. Of numbers the largest and the smallest tell, but where each is shown with
/// the digits that it has. Of text what is as wide as the column may be is wide enough.
fn widest<'c>(cells: impl Iterator<Item = &'c Cell>, column: &Column, style: Style) -> usize {
    let shown = column.shown;
    let of_number = |number: f64| widths::width(&shown.text(number, style.cents));
    let (mut widest, mut least, mut most) = (0, f64::INFINITY, f64::NEG_INFINITY);
    for cell in cells {
        match &cell.value {
            Value::Blank => {}
            // No character is wider than it has bytes.
            Value::Text(text) if text.len() <= widest || widest as f64 >= column.widest => {}
            Value::Text(text) => widest = widest.max(widths::width(text)),
            Value::Number(number) if shown.has_own_digits() && number.fract() != 0.0 => {
                widest = widest.max(of_number(*number));
            }
            Value::Number(number) => (least, most) = (least.min(*number), most.max(*number)),
        }
    }
    let ends = [least, most].into_iter().filter(|number| number.is_finite()).map(of_number);
    ends.max().unwrap_or(0).max(widest)
}

/// The formats of a column's cells: plain, a dash, a link.
struct Kinds {
    plain: Format,
    dash: Format,
    link: Format,
    strong: Format,
}

impl Kinds {
    fn of(style: Style, shown: Shown) -> Self {
        Self { plain: style.cell(shown), dash: style.dash(shown), link: style.link(shown), strong: style.strong() }
    }

    fn fit(&self, cell: &Cell, leads: bool) -> &Format {
        match &cell.value {
            _ if cell.is_strong() => &self.strong,
            _ if leads => &self.link,
            Value::Text(text) if &**text == "—" => &self.dash,
            _ => &self.plain,
        }
    }
}
