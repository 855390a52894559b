//! Hypertext that calls itself a workbook, as many web systems export it.
//!
//! Takes bytes, gives one grid with the cells of all its tables one below the other, as text: what
//! such a file shows is all that it holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::build::{GridBuilder, LAST_COLUMN, LAST_ROW};
use super::fault::Fault;
use super::grid::{Merge, Value};
use super::reading::{Built, Reading, Sheets};
use super::text::{decode, stem};
use crate::finding::{Finding, Level, Place};

/// Reads the tables of a page.
pub(super) fn read(bytes: &[u8], reading: &Reading) -> Result<Sheets, Fault> {
    let page = decode(bytes)?.text;
    let sheet: Arc<str> = stem(reading.file).into();
    let mut pass = Pass::new(GridBuilder::new(reading, sheet.clone()));
    let read = pass.run(&page).map(|()| pass.grid.finish());
    if matches!(&read, Ok(Built { grid, .. }) if grid.rows.is_empty()) {
        return Err(Fault::UnknownFormat("文件实为网页（HTML），其中没有表格".into()));
    }
    let mut sheets = Sheets::default();
    let place = Place::sheet(reading.file, &sheet);
    let message = "文件实为网页（HTML），按其中显示的表格读取";
    sheets.findings.push(Finding::new(
        Level::Note,
        "file.html",
        place,
        message,
        "请用 Excel 或 WPS 另存为 .xlsx 后再报送",
    ));
    sheets.add(reading.file, &sheet, false, read);
    Ok(sheets)
}

/// Columns that a cell may span, as browsers have it.
const MOST_COLUMNS_SPANNED: u32 = 1_000;

struct Pass<'a> {
    grid: GridBuilder<'a>,
    row: u32,
    column: u32,
    /// Columns that a cell above still covers, and the last row it covers.
    covered: BTreeMap<u32, u32>,
    /// The text of the open cell.
    cell: Option<String>,
    /// Tables that are open; those within a cell are part of its text.
    depth: u32,
}

/// A tag: its name in lower case, with `/` where it closes, and its attributes as written.
struct Tag<'t> {
    name: String,
    attributes: &'t str,
}

impl<'a> Pass<'a> {
    fn new(grid: GridBuilder<'a>) -> Self {
        Self { grid, row: 0, column: 1, covered: BTreeMap::new(), cell: None, depth: 0 }
    }

    fn run(&mut self, page: &str) -> Result<(), Fault> {
        let mut rest = page;
        while let Some((text, after)) = rest.split_once('<') {
            self.text(text);
            let end = if after.starts_with("!--") { "-->" } else { ">" };
            let Some((inside, next)) = after.split_once(end) else { break };
            let tag = tag(inside);
            rest = match &*tag.name {
                "style" | "script" | "head" | "title" => after_element(next, &tag.name),
                _ => next,
            };
            self.tag(&tag)?;
        }
        self.close_cell()
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            push_text(cell, text);
        }
    }

    fn tag(&mut self, tag: &Tag) -> Result<(), Fault> {
        match &*tag.name {
            "table" => self.depth += 1,
            "/table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.close_cell()?;
                }
            }
            "br" | "/p" | "/div" => self.cell.iter_mut().for_each(|cell| cell.push('\n')),
            _ if self.depth > 1 => {}
            "tr" => self.start_row(tag)?,
            "td" | "th" => self.start_cell(tag)?,
            "/td" | "/th" | "/tr" => self.close_cell()?,
            _ => {}
        }
        Ok(())
    }

    fn start_row(&mut self, tag: &Tag) -> Result<(), Fault> {
        self.close_cell()?;
        self.row = self.row.saturating_add(1);
        self.column = 0;
        let style = attribute(tag.attributes, "style").unwrap_or_default().replace(' ', "");
        if style.contains("display:none") {
            self.grid.hide_rows(self.row, self.row);
        }
        Ok(())
    }

    /// Finds the next free place; the cell's text is put there when it closes.
    fn start_cell(&mut self, tag: &Tag) -> Result<(), Fault> {
        self.close_cell()?;
        self.row = self.row.max(1);
        self.column += 1;
        while self.covered.get(&self.column).is_some_and(|&last| last >= self.row) {
            self.column += 1;
        }
        let span = |name, most: u32| {
            let stated = attribute(tag.attributes, name).and_then(|n| n.trim().parse::<u32>().ok());
            stated.unwrap_or(1).clamp(1, most)
        };
        let (rows, columns) = (span("rowspan", LAST_ROW), span("colspan", MOST_COLUMNS_SPANNED));
        if rows > 1 || columns > 1 {
            let (bottom, right) = (self.row.saturating_add(rows - 1), self.column.saturating_add(columns - 1));
            self.grid.merge(Merge { top: self.row, left: self.column, bottom, right })?;
            self.covered.extend((self.column..=right.min(LAST_COLUMN)).map(|column| (column, bottom)));
        }
        self.cell = Some(String::new());
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Fault> {
        let Some(text) = self.cell.take() else { return Ok(()) };
        let lines: Vec<&str> = text.trim().split('\n').map(|line| line.trim_matches(' ')).collect();
        self.grid.put_value(self.row, self.column, Value::Text(lines.join("\n").into()))
    }
}

fn tag(inside: &str) -> Tag<'_> {
    let length = inside.find(|c: char| c.is_whitespace()).unwrap_or(inside.len());
    let name = inside[..length].to_ascii_lowercase();
    let name = if name.starts_with('/') { name } else { name.trim_end_matches('/').to_owned() };
    Tag { name, attributes: &inside[length..] }
}

/// What follows an element that holds nothing to read.
fn after_element<'t>(text: &'t str, name: &str) -> &'t str {
    let end = format!("</{name}");
    let bytes = text.as_bytes();
    let at = bytes.windows(end.len()).position(|window| window.eq_ignore_ascii_case(end.as_bytes()));
    at.map_or("", |at| &text[at..])
}

fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let lower = attributes.to_ascii_lowercase();
    let at = lower.match_indices(name).map(|(at, _)| at).find(|&at| {
        let before = lower[..at].chars().next_back().is_none_or(char::is_whitespace);
        before && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = attributes[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    }
}

/// Adds text with its entities resolved and its white space collapsed.
fn push_text(cell: &mut String, text: &str) {
    for c in resolved(text).chars() {
        match c {
            ' ' | '\t' | '\r' | '\n' if cell.is_empty() || cell.ends_with([' ', '\n']) => {}
            ' ' | '\t' | '\r' | '\n' => cell.push(' '),
            c => cell.push(c),
        }
    }
}

fn resolved(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest))) {
            Some((c, rest)) => {
                plain.push(c);
                plain.push_str(rest);
            }
            None => {
                plain.push('&');
                plain.push_str(part);
            }
        }
    }
    plain
}

fn entity(name: &str) -> Option<char> {
    const NAMED: [(&str, char); 6] =
        [("nbsp", '\u{A0}'), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    if let Some((_, c)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*c);
    }
    let number = match name.strip_prefix('#')? {
        "" => None,
        hex if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
        decimal => decimal.parse().ok(),
    };
    number.and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use crate::collect::{Limits, Merge, SourceFile, Value, read_bytes};

    fn source(page: &str) -> SourceFile {
        let (bytes, _, _) = encoding_rs::GB18030.encode(page);
        read_bytes(bytes.into_owned(), "报表/甲.xls", &Limits::default())
    }

    #[test]
    fn tables_become_cells() {
        let source = source(
            "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style>td{a>b}</style></head><body><!-- <td>x</td> --><table>\
             <tr><th colspan=2>标题&nbsp;A &amp; B</th></tr><tr><td rowspan='2'>甲<br>乙</td><td>1,200\n  元</td></tr>\
             <tr style=\"display: none\"><td>35.6%<table><tr><td>内</td></tr></table></td></tr></table><TABLE><TR><TD>&#39033;</TABLE></body></html>",
        );
        assert_eq!(&*source.findings[0].rule, "file.html");
        let grid = &source.grids[0];
        let cells =
            grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.number, cell.column, &cell.value)));
        let text = |text: &str| Value::Text(text.into());
        let expected = [
            (1, 1, text("标题\u{A0}A & B")),
            (2, 1, text("甲\n乙")),
            (2, 2, text("1,200 元")),
            (3, 2, text("35.6%内")),
            (4, 1, text("项")),
        ];
        assert!(cells.eq(expected.iter().map(|(row, column, value)| (*row, *column, value))), "{grid:?}");
        let merge = |top, left, bottom, right| Merge { top, left, bottom, right };
        assert_eq!(grid.merges, [merge(1, 1, 1, 2), merge(2, 1, 3, 1)]);
        assert_eq!(Vec::from_iter(&grid.hidden_rows), [&3]);
    }

    #[test]
    fn a_page_without_tables_is_no_workbook() {
        assert_eq!(&*source("<html><body>甲</body></html>").findings[0].rule, "file.unknown_format");
    }
}
