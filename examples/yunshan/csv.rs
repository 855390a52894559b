//! A sheet as .csv, in the two encodings that a Chinese spreadsheet program saves.

use super::Fault;
use super::date;
use super::sheet::{Content, Look, Workbook};

/// How the characters are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with a byte order mark.
    Utf8,
    /// GB18030, as `CSV(逗号分隔)` is saved.
    Gb18030,
}

/// The bytes of the file: the first sheet, row by row.
pub fn write(workbook: &Workbook, encoding: Encoding) -> Result<Vec<u8>, Fault> {
    let sheet = workbook.sheets.first().ok_or("a workbook has a sheet")?;
    let mut lines = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    for row in 0..sheet.height() {
        let cells = (0..sheet.width()).map(|column| match sheet.cells.get(&(row, column)) {
            Some(cell) => shown(&cell.content, cell.look),
            None => String::new(),
        });
        lines.write_record(cells)?;
    }
    let text = String::from_utf8(lines.into_inner()?)?;
    Ok(match encoding {
        Encoding::Utf8 => format!("\u{feff}{text}").into_bytes(),
        Encoding::Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
    })
}

/// A spreadsheet program saves what a cell shows, not what it holds.
fn shown(content: &Content, look: Look) -> String {
    match content {
        Content::Blank => String::new(),
        Content::Text(text) => text.clone(),
        Content::Number(number) | Content::Formula(_, number) if look == Look::Percent => {
            format!("{:.1}%", number * 100.0)
        }
        Content::Number(number) if look == Look::Day => date::iso_of_serial(*number),
        Content::Number(number) if look == Look::Month => date::iso_of_serial(*number)[..7].to_string(),
        Content::Number(number) | Content::Formula(_, number) => number.to_string(),
    }
}
