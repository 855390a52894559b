//! CSV and other delimited text.
//!
//! Takes bytes, gives one grid of text cells: in text nothing says what is a number, so that is
//! left to whoever knows the field.

mod decode;
mod delimiter;

use std::sync::Arc;

pub(super) use decode::decode;

use super::build::GridBuilder;
use super::fault::Fault;
use super::grid::Value;
use super::reading::{Built, Reading, Sheets};
use crate::finding::{Finding, Level, Place};

/// Reads delimited text; the sheet is called by the file's stem.
pub(super) fn read(bytes: &[u8], reading: &Reading) -> Result<Sheets, Fault> {
    let decoded = decode(bytes)?;
    let sheet: Arc<str> = stem(reading.file).into();
    let mut sheets = Sheets::default();
    let place = Place::sheet(reading.file, &sheet);
    sheets.findings.extend(decoded.doubt.map(|doubt| {
        Finding::new(
            Level::Query,
            "file.encoding",
            place,
            doubt,
            "请核对文字是否正确，另存为 UTF-8 或 .xlsx 后重新报送",
        )
    }));
    sheets.findings.extend(open_quote(&decoded.text, Place::sheet(reading.file, &sheet)));
    sheets.add(reading.file, &sheet.clone(), false, rows(&decoded.text, sheet, reading));
    Ok(sheets)
}

/// A quotation mark without its counterpart may have drawn the lines after it into one cell.
fn open_quote(text: &str, place: Place) -> Option<Finding> {
    let odd = text.matches('"').count() % 2 == 1;
    let message = "文件中的英文双引号不成对，其后的行可能被读进同一个单元格";
    odd.then(|| Finding::new(Level::Query, "sheet.quotes", place, message, "请检查双引号，或另存为 .xlsx 后重新报送"))
}

fn rows(text: &str, sheet: Arc<str>, reading: &Reading) -> Result<Built, Fault> {
    let mut grid = GridBuilder::new(reading, sheet);
    let mut lines = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter::of(text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    // Rows are numbered as a spreadsheet would number them: a quoted line break stays within its
    // row, a blank line is a row of its own, which the csv crate passes over.
    let mut passed = Passed::default();
    while lines.read_record(&mut record).map_err(Fault::unreadable)? {
        let start = record.position().map_or(0, |at| at.byte() as usize);
        row += 1 + passed.blank_lines(text, start, lines.position().byte() as usize);
        for (column, field) in (1..).zip(&record) {
            if !field.is_empty() {
                grid.put_value(row, column, Value::Text(field.into()))?;
            }
        }
    }
    Ok(grid.finish())
}

/// How far the text has been read.
#[derive(Default)]
struct Passed {
    end: usize,
}

impl Passed {
    /// Blank lines between the end of the last record and the start of this one.
    fn blank_lines(&mut self, text: &str, start: usize, end: usize) -> u32 {
        let gap = text.get(self.end.min(start)..start).unwrap_or_default();
        // A record's position may stand before or after the blank lines that precede it.
        let ahead = text.get(start..end).unwrap_or_default();
        let leading = ahead.len() - ahead.trim_start_matches(['\r', '\n']).len();
        let blank = [gap, &ahead[..leading]].concat();
        let blank = if self.end == 0 { blank } else { self.without_own_end(text, blank) };
        self.end = end;
        breaks(&blank)
    }

    /// The csv crate may end a record between `\r` and `\n`.
    fn without_own_end(&self, text: &str, blank: String) -> String {
        match text[..self.end].ends_with('\r') && blank.starts_with('\n') {
            true => blank[1..].to_owned(),
            false => blank,
        }
    }
}

/// Line breaks, `\r\n` counted once.
fn breaks(text: &str) -> u32 {
    let both = text.matches("\r\n").count();
    let single = text.matches(['\r', '\n']).count() - 2 * both;
    u32::try_from(both + single).unwrap_or(u32::MAX)
}

/// A file's name without folders and without its ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use crate::workspace::Limits;

    fn grid(text: &str) -> Vec<(u32, u32, String)> {
        let source = crate::collect::read_bytes(text.as_bytes().to_vec(), "镇/甲.v2.csv", &Limits::default());
        assert_eq!(source.findings, []);
        assert_eq!(&*source.grids[0].sheet, "甲.v2");
        let cells = source.grids[0].rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell)));
        cells.map(|(row, cell)| (row, cell.column, format!("{:?}", cell.value))).collect()
    }

    fn text(row: u32, column: u32, text: &str) -> (u32, u32, String) {
        (row, column, format!("Text({text:?})"))
    }

    #[test]
    fn quoted_breaks_stay_in_their_row_and_blank_lines_count() {
        for end in ["\n", "\r\n", "\r"] {
            let lines = format!("甲,乙{end}{end}\"一{end}二\", 3 {end}{end}{end},x{end}");
            let expected = [
                text(1, 1, "甲"),
                text(1, 2, "乙"),
                text(3, 1, &format!("一{end}二")),
                text(3, 2, " 3 "),
                text(6, 2, "x"),
            ];
            assert_eq!(grid(&lines), expected, "{end:?}");
        }
        assert_eq!(grid("\r\n\r\n甲,1\r\n"), [text(3, 1, "甲"), text(3, 2, "1")]);
    }

    #[test]
    fn an_open_quote_is_told() {
        let source = crate::collect::read_bytes("a,\"b\n1,2\n3,4\n".into(), "甲.csv", &Limits::default());
        assert_eq!(&*source.findings[0].rule, "sheet.quotes");
    }

    #[test]
    fn numbers_stay_text_and_quotes_are_undone() {
        assert_eq!(grid("\"a \"\"b\"\"\",007\n"), [text(1, 1, "a \"b\""), text(1, 2, "007")]);
    }
}
