//! Returns that come back: a sheet of findings with its 说明 column filled in by the department.

use crate::collect::{Grid, Row, SourceFile, Value};
use crate::finding::Place;
use crate::text::canonical;

/// Rows from the top within which the header must stand.
const HEADER_WITHIN: usize = 10;

/// What a department says to one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The project, where the return names it.
    pub project: Option<String>,
    /// The finding's rule.
    pub rule: String,
    /// The finding's words, where the return has them.
    pub problem: Option<String>,
    /// The explanation.
    pub text: String,
    /// The cell that it stands in.
    pub place: Place,
}

/// The columns of a return.
struct Columns {
    rule: u32,
    text: u32,
    project: Option<u32>,
    problem: Option<u32>,
}

/// The explanations on a sheet; `None` where it is no return.
pub fn read_return(file: &SourceFile, grid: &Grid) -> Option<Vec<Returned>> {
    let (header, columns) =
        grid.rows.iter().take(HEADER_WITHIN).find_map(|row| Some((row.number, columns_of(row)?)))?;
    let rows = grid.rows.iter().filter(|row| row.number > header);
    let returned = rows.filter_map(|row| {
        Some(Returned {
            rule: text(row, Some(columns.rule))?,
            text: text(row, Some(columns.text))?,
            project: text(row, columns.project),
            problem: text(row, columns.problem),
            place: Place::sheet(&file.name, &grid.sheet).at_row(row.number).at_column(columns.text),
        })
    });
    Some(returned.collect())
}

/// The content that a sheet is the receipt of, where it is the receipt that a return carries: it says so over its
/// table, and names the SHA-256 of the file that the return was made from (empty where nobody could read that).
pub fn receipt_of(grid: &Grid) -> Option<String> {
    let says = |row: &Row, wanted: &dyn Fn(&str) -> bool| {
        row.cells.iter().any(|cell| matches!(&cell.value, Value::Text(text) if wanted(&canonical(text))))
    };
    grid.rows.first().filter(|row| says(row, &|text| text.ends_with("回执")))?;
    let named = grid.rows.iter().take(HEADER_WITHIN).find(|row| says(row, &|text| text.contains("SHA-256")))?;
    let digest = named.cells.iter().find_map(|cell| match &cell.value {
        Value::Text(text) if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) => Some(text),
        _ => None,
    });
    Some(digest.map_or_else(String::new, |digest| digest.to_lowercase()))
}

/// The columns, where a row heads them: 级别, 规则编号 and 说明 at least.
fn columns_of(row: &Row) -> Option<Columns> {
    let headings: Vec<(u32, String)> =
        row.cells.iter().filter_map(|cell| Some((cell.column, text(row, Some(cell.column))?))).collect();
    let named =
        |words: &[&str]| headings.iter().find(|(_, heading)| words.contains(&heading.as_str())).map(|(at, _)| *at);
    let explained = headings.iter().find(|(_, heading)| heading.starts_with("说明")).map(|(at, _)| *at);
    named(&["级别"])?;
    Some(Columns {
        rule: named(&["规则编号", "规则"])?,
        text: explained?,
        project: named(&["项目", "项目名称"]),
        problem: named(&["问题"]),
    })
}

fn text(row: &Row, column: Option<u32>) -> Option<String> {
    match &row.cell(column?)?.value {
        Value::Text(text) => Some(canonical(text)).filter(|text| !text.is_empty()),
        _ => None,
    }
}
