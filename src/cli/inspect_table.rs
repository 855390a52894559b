//! How a sheet was read, for the clerk who filled it in.
//!
//! Takes what [`sheet_line`](super::inspect_json::sheet_line) takes, gives text: which book and why, what each column and
//! row was taken for, how many values were read, and everything in doubt.

use super::aligned::{Side, aligned, shortened};
use super::inspect_json::{findings, is_doubt, kinds};
use crate::collect::{Grid, SourceFile};
use crate::finding::{Finding, Level};
use crate::lang::{self, term};
use crate::layout::{Column, Layout, RowKind};
use crate::origin::column_letters;
use crate::profile::{Book, Field, Kind};
use crate::record::{Table, Values};
use crate::say;

/// Places that a header or a title may take before it is cut.
const WIDEST: usize = 36;

/// A file that could not be opened.
pub fn file_text(file: &SourceFile) -> String {
    let said: String = file.findings.iter().map(told).collect();
    format!("{}\n{said}", file.name)
}

/// A sheet.
pub fn sheet_text(
    file: &SourceFile,
    grid: &Grid,
    layout: &Layout,
    table: Option<&Table>,
    book: Option<&Book>,
) -> String {
    let mut text = match grid.hidden {
        true => say!("inspect-hidden", file = file.name, sheet = grid.sheet) + "\n",
        false => format!("{} › {}\n", file.name, grid.sheet),
    };
    text += &what_it_is(layout, book);
    match layout.header {
        Some((row, last)) if row == last => text += &line(&say!("inspect-header", row = row)),
        Some((first, last)) => text += &line(&say!("inspect-headers", first = first, last = last)),
        None => {}
    }
    text += &columns(layout, table, book);
    text += &row_kinds(layout);
    let all = findings(file, grid, layout, table);
    let (doubts, changes): (Vec<&Finding>, Vec<&Finding>) = all.into_iter().partition(|finding| is_doubt(finding));
    text += &block(&say!("inspect-doubts", count = doubts.len()), &doubts);
    text += &block(&say!("inspect-changes", count = changes.len()), &changes);
    if doubts.is_empty() && layout.book.is_some() {
        text += &line(&say!("inspect-no-doubt"));
    }
    text
}

/// A line under a sheet's name.
fn line(text: &str) -> String {
    format!("  {text}\n")
}

fn what_it_is(layout: &Layout, book: Option<&Book>) -> String {
    let unit = match &layout.reporting_unit {
        Some(unit) => say!("inspect-unit", unit = unit),
        None => say!("inspect-no-unit"),
    };
    match (&layout.book, book) {
        (Some(_), Some(book)) => {
            let fields: Vec<&str> =
                layout.columns.iter().filter_map(|c| book.field(c.field.as_deref()?)).map(|f| &*f.title).collect();
            let why = shortened(&lang::list(&fields), 2 * WIDEST);
            line(&say!("inspect-book-why", book = book.title, why = why)) + &line(&unit)
        }
        (Some(id), None) => line(&say!("inspect-book", book = id)) + &line(&unit),
        (None, _) => line(&say!("inspect-no-book")),
    }
}

fn columns(layout: &Layout, table: Option<&Table>, book: Option<&Book>) -> String {
    let of = |column: &Column| {
        let field = column.field.as_deref().and_then(|id| book?.field(id));
        let title = field.map(|field| field.title.clone()).or_else(|| column.field.clone());
        let title = title.unwrap_or_else(|| say!("inspect-unused"));
        let (kind, read) = match field {
            Some(field) => (kind_of(field, column), read_count(table, &field.id)),
            None => (String::new(), String::new()),
        };
        vec![column_letters(column.column), shortened(&column.header, WIDEST), format!("→ {title}"), kind, read]
    };
    let lines: Vec<Vec<String>> = layout.columns.iter().map(of).collect();
    match lines.is_empty() {
        true => String::new(),
        false => {
            let sides = [Side::Left, Side::Left, Side::Left, Side::Left, Side::Right];
            line(&say!("inspect-columns")) + &aligned("    ", &sides, &lines)
        }
    }
}

fn kind_of(field: &Field, column: &Column) -> String {
    match field.kind {
        Kind::Amount => match column.measured_in {
            Some(unit) => say!("inspect-amount", unit = term(unit.title())),
            None => say!("inspect-amount-unknown"),
        },
        Kind::Rate => say!("inspect-rate"),
        Kind::Count | Kind::Number => say!("inspect-number"),
        Kind::Date => say!("inspect-date"),
        Kind::Choice => say!("inspect-choice"),
        Kind::Text => say!("inspect-text"),
    }
}

/// How many records fill a field.
fn read_count(table: Option<&Table>, field: &str) -> String {
    let Some(column) = table.and_then(|table| table.column(field)) else { return String::new() };
    let filled = match &column.values {
        Values::Amount(values) | Values::Count(values) => values.iter().flatten().count(),
        Values::Number(values) => values.iter().flatten().count(),
        Values::Date(values) => values.iter().flatten().count(),
        Values::Text(values) => values.iter().flatten().count(),
    };
    say!("inspect-values", count = filled)
}

fn row_kinds(layout: &Layout) -> String {
    let of = |(kind, count): (RowKind, usize)| say!("inspect-rows-of", kind = term(kind.title()), count = count);
    let kinds: Vec<String> = kinds(layout).into_iter().map(of).collect();
    if kinds.is_empty() { String::new() } else { line(&say!("inspect-rows", each = lang::clauses(&kinds))) }
}

fn block(title: &str, findings: &[&Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    line(title) + &findings.iter().map(|finding| told(finding)).collect::<String>()
}

/// A finding on a line: where in the sheet, how grave, what and what to do.
fn told(finding: &Finding) -> String {
    let place = match (finding.place.row(), finding.place.column()) {
        (Some(row), Some(column)) => crate::origin::cell_address(row, column),
        (Some(row), None) => say!("inspect-row", row = row),
        (None, Some(column)) => say!("inspect-column", column = column_letters(column)),
        (None, None) => say!("inspect-whole"),
    };
    let said = match finding.level {
        Level::Info => finding.in_words(),
        level => say!("inspect-level", level = term(level.title()), finding = finding.in_words()),
    };
    format!("    {place} {said}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::inspect_json::tests::example;

    #[test]
    fn a_clerk_sees_what_became_of_the_sheet() {
        let (file, layout, table) = example();
        let text = sheet_text(&file, &file.grids[0], &layout, Some(&table), None);
        assert!(text.starts_with("inbox/2026-10/城关镇.xlsx › 重点项目\n"), "{text}");
        assert!(text.contains("    B  项目名称       → name"), "{text}");
        assert!(text.contains("    P  备用列         → 不用\n"), "{text}");
        assert!(text.contains("表头：第3至4行") && text.contains("表头2行，分组1行，数据1行"), "{text}");
        assert!(text.contains("    H6 【核实性】“约500”按500读。请核实\n"), "{text}");
    }
}
