//! How a sheet was read, for the clerk who filled it in.
//!
//! Takes what [`sheet_line`](super::inspect_json::sheet_line) takes, gives text: which book and why, what each column and
//! row was taken for, how many values were read, and everything in doubt.

use super::aligned::{Side, aligned, shortened};
use super::inspect_json::{findings, is_doubt, kinds};
use crate::collect::{Grid, SourceFile};
use crate::finding::{Finding, Level};
use crate::layout::{Column, Layout, RowKind};
use crate::origin::column_letters;
use crate::profile::{Book, Field, Kind};
use crate::record::{Table, Values};

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
    let hidden = if grid.hidden { "（隐藏的工作表）" } else { "" };
    let mut text = format!("{} › {}{hidden}\n", file.name, grid.sheet);
    text += &what_it_is(layout, book);
    if let Some((first, last)) = layout.header {
        text += &format!("  表头：第{first}{}行\n", if first == last { String::new() } else { format!("至{last}") });
    }
    text += &columns(layout, table, book);
    text += &row_kinds(layout);
    let all = findings(file, grid, layout, table);
    let (doubts, changes): (Vec<&Finding>, Vec<&Finding>) = all.into_iter().partition(|finding| is_doubt(finding));
    text += &block("存疑", &doubts);
    text += &block("读时改动（不影响含义）", &changes);
    if doubts.is_empty() && layout.book.is_some() {
        text += "  没有存疑的地方\n";
    }
    text
}

fn what_it_is(layout: &Layout, book: Option<&Book>) -> String {
    let unit = layout.reporting_unit.as_deref().unwrap_or("没有写明");
    match (&layout.book, book) {
        (Some(_), Some(book)) => {
            let fields: Vec<&str> =
                layout.columns.iter().filter_map(|c| book.field(c.field.as_deref()?)).map(|f| &*f.title).collect();
            let why = shortened(&fields.join("、"), 2 * WIDEST);
            format!("  账册：{}（依据表头：{why}）\n  填报单位：{unit}\n", book.title)
        }
        (Some(id), None) => format!("  账册：{id}\n  填报单位：{unit}\n"),
        (None, _) => "  账册：不属于任何一种账册\n".to_owned(),
    }
}

fn columns(layout: &Layout, table: Option<&Table>, book: Option<&Book>) -> String {
    let line = |column: &Column| {
        let field = column.field.as_deref().and_then(|id| book?.field(id));
        let title = field.map_or_else(|| column.field.clone().unwrap_or("不用".into()), |field| field.title.clone());
        let (kind, read) = match field {
            Some(field) => (kind_of(field, column), read_count(table, &field.id)),
            None => (String::new(), String::new()),
        };
        vec![column_letters(column.column), shortened(&column.header, WIDEST), format!("→ {title}"), kind, read]
    };
    let lines: Vec<Vec<String>> = layout.columns.iter().map(line).collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!(
            "  各列\n{}",
            aligned("    ", &[Side::Left, Side::Left, Side::Left, Side::Left, Side::Right], &lines)
        ),
    }
}

fn kind_of(field: &Field, column: &Column) -> String {
    match field.kind {
        Kind::Amount => format!("金额（{}）", column.measured_in.map_or("单位不明", |unit| unit.title())),
        Kind::Rate => "比率".into(),
        Kind::Count | Kind::Number => "数字".into(),
        Kind::Date => "日期".into(),
        Kind::Choice => "选项".into(),
        Kind::Text => "文字".into(),
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
    format!("{filled}个值")
}

fn row_kinds(layout: &Layout) -> String {
    let word = |kind| match kind {
        RowKind::Title => "标题",
        RowKind::Caption => "题注",
        RowKind::Header => "表头",
        RowKind::Section => "分节",
        RowKind::Data => "数据",
        RowKind::Subtotal => "小计",
        RowKind::Total => "合计",
        RowKind::Note => "备注",
        RowKind::Blank => "空行",
    };
    let kinds: Vec<String> =
        kinds(layout).into_iter().map(|(kind, count)| format!("{}{count}行", word(kind))).collect();
    if kinds.is_empty() { String::new() } else { format!("  各行：{}\n", kinds.join("，")) }
}

fn block(title: &str, findings: &[&Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let lines: String = findings.iter().map(|finding| told(finding)).collect();
    format!("  {title}（{}处）\n{lines}", findings.len())
}

/// A finding on a line: where in the sheet, how grave, what and what to do.
fn told(finding: &Finding) -> String {
    let place = match (finding.place.row, finding.place.column) {
        (Some(row), Some(column)) => crate::origin::cell_address(row, column),
        (Some(row), None) => format!("第{row}行"),
        (None, Some(column)) => format!("{}列", column_letters(column)),
        (None, None) => "整表".to_owned(),
    };
    let level = if finding.level == Level::Info { String::new() } else { format!("【{}】", finding.level.title()) };
    format!("    {place} {level}{}\n", finding.in_words())
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
        assert!(text.contains("表头：第3至4行") && text.contains("表头2行，分节1行，数据1行"), "{text}");
        assert!(text.contains("    H6 【核实性】“约500”按500读。请核实\n"), "{text}");
    }
}
