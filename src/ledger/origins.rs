//! The cell that each value of a book came from, kept with the run as `origins/<book>.parquet`.
//!
//! A field stands in one column of a sheet for all its rows: that is a line, and only a value that stands elsewhere has
//! one of its own, so that the file grows with the sheets and not with the cells. Records of before had a line a
//! value, and are read as well.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, StringChunked};

use super::fault::damaged;
use super::{LedgerError, Run, part};
use crate::merge::Facts;

/// What stands for the letters of a column that is not known.
const ROW_ONLY: &str = "行";

/// Where a value of a merged row stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The row's key.
    pub key: String,
    /// The field.
    pub field: String,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cell: `G12`; only the row where the column is not known.
    pub cell: String,
}

/// Where values of a book stand: a whole column of a sheet, or one cell that was taken from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellOrigin {
    /// The file.
    pub file: Arc<str>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The field.
    pub field: Arc<str>,
    /// For a whole column: its letters, or what stands for them where only the rows are known.
    pub column: Option<Arc<str>>,
    /// For one value: its row's key, and the cell.
    pub one: Option<(String, String)>,
}

impl CellOrigin {
    /// The letters of a column, or what stands for them where it is not known.
    pub fn letters(column: Option<u32>) -> Arc<str> {
        column.map_or_else(|| ROW_ONLY.into(), |column| crate::origin::column_letters(column).into())
    }

    /// The cell of a column in a row: `G12`; `第12行` where the column is not known.
    pub fn cell(letters: &str, row: i64) -> String {
        match letters {
            ROW_ONLY => format!("第{row}行"),
            letters => format!("{letters}{row}"),
        }
    }
}

/// The name of a book's origins in a run.
pub fn origins_name(book: &str) -> String {
    format!("origins/{book}.parquet")
}

/// Origins as the bytes of a Parquet file, in the order given.
///
/// # Errors
///
/// What polars says.
pub fn origins_file(origins: &[CellOrigin]) -> Result<Vec<u8>, LedgerError> {
    let column = |name: &str, of: fn(&CellOrigin) -> Option<&str>| {
        Column::new(name.into(), origins.iter().map(of).collect::<Vec<Option<&str>>>())
    };
    let columns = vec![
        column("file", |origin| Some(&origin.file)),
        column("sheet", |origin| Some(&origin.sheet)),
        column("field", |origin| Some(&origin.field)),
        column("column", |origin| origin.column.as_deref()),
        column("key", |origin| origin.one.as_ref().map(|(key, _)| key.as_str())),
        column("cell", |origin| origin.one.as_ref().map(|(_, cell)| cell.as_str())),
    ];
    let path = Path::new("origins.parquet");
    let frame = DataFrame::new(origins.len(), columns);
    let frame = frame.map_err(|source| LedgerError::Parquet { path: path.to_owned(), source })?;
    part::parquet(&frame, path)
}

/// Origins with a line a value again, in the order of the facts' rows and of `fields`; a value without a line has none.
pub fn origins_by_cell(origins: &[CellOrigin], facts: &Facts, fields: &[&str]) -> Vec<Origin> {
    let mut columns: BTreeMap<(&str, &str, &str), &str> = BTreeMap::new();
    let mut ones: BTreeMap<(&str, &str), &CellOrigin> = BTreeMap::new();
    for line in origins {
        if let Some(letters) = &line.column {
            columns.insert((&line.file, &line.sheet, &line.field), letters);
        }
        if let Some((key, _)) = &line.one {
            ones.insert((key, &line.field), line);
        }
    }
    let fields: Vec<(&str, Vec<bool>)> = fields.iter().map(|field| (*field, facts.filled(field))).collect();
    let mut cells = Vec::new();
    for row in 0..facts.height() {
        let text = |column: &str| facts.text(column, row).unwrap_or_default();
        let (key, file, sheet) = (text("key"), text("file"), text("sheet"));
        let number = facts.whole("row", row).unwrap_or_default();
        for (field, _) in fields.iter().filter(|(_, filled)| filled.get(row).is_some_and(|filled| *filled)) {
            let one = ones.get(&(key, *field)).and_then(|line| Some((line, &line.one.as_ref()?.1)));
            let (file, sheet, cell) = match (one, columns.get(&(file, sheet, *field))) {
                (Some((line, cell)), _) => (&*line.file, &*line.sheet, cell.clone()),
                (None, Some(letters)) => (file, sheet, CellOrigin::cell(letters, number)),
                (None, None) => continue,
            };
            let (file, sheet) = (file.to_owned(), sheet.to_owned());
            cells.push(Origin { key: key.to_owned(), field: (*field).to_owned(), file, sheet, cell });
        }
    }
    cells
}

impl Run {
    /// Where each value of a book stands, by key and field; empty where the run recorded none.
    ///
    /// # Errors
    ///
    /// As [`Run::file`].
    pub fn origins(&self, book: &str) -> Result<BTreeMap<(String, String), Origin>, LedgerError> {
        let by_cell = match self.recorded_origins(book)? {
            None => Vec::new(),
            Some(Recorded::ByCell(origins)) => origins,
            Some(Recorded::ByColumn(lines)) => {
                let Some(facts) = self.facts(book)? else { return Ok(BTreeMap::new()) };
                let mut fields: Vec<&str> = lines.iter().map(|line| &*line.field).collect();
                fields.sort_unstable();
                fields.dedup();
                origins_by_cell(&lines, &facts, &fields)
            }
        };
        Ok(by_cell.into_iter().map(|origin| ((origin.key.clone(), origin.field.clone()), origin)).collect())
    }

    /// The same with a line a column of a sheet, as it is kept; a record of before is pressed so.
    ///
    /// # Errors
    ///
    /// As [`Run::file`].
    pub fn origin_lines(&self, book: &str, facts: &Facts) -> Result<Vec<CellOrigin>, LedgerError> {
        Ok(match self.recorded_origins(book)? {
            None => Vec::new(),
            Some(Recorded::ByCell(origins)) => pressed(facts, &origins),
            Some(Recorded::ByColumn(lines)) => lines,
        })
    }

    fn recorded_origins(&self, book: &str) -> Result<Option<Recorded>, LedgerError> {
        let name = origins_name(book);
        let Some(bytes) = self.file(&name)? else { return Ok(None) };
        let path = self.folder.join(&name);
        let frame = part::frame(bytes, &path)?;
        let read = match frame.column("column").is_ok() {
            true => by_column(&frame).map(Recorded::ByColumn),
            false => by_cell(&frame).map(Recorded::ByCell),
        };
        read.map(Some).ok_or_else(|| damaged(&path, "缺少应有的列"))
    }
}

/// Origins with a line a column of a sheet instead of a line a cell.
fn pressed(facts: &Facts, origins: &[Origin]) -> Vec<CellOrigin> {
    let stands: BTreeMap<&str, (&str, &str, i64)> = (0..facts.height())
        .filter_map(|row| {
            let place = (facts.text("file", row)?, facts.text("sheet", row)?, facts.whole("row", row)?);
            Some((facts.text("key", row)?, place))
        })
        .collect();
    let mut columns: BTreeMap<(&str, &str, &str), &str> = BTreeMap::new();
    let mut lines = Vec::new();
    for origin in origins {
        let letters = origin.cell.trim_end_matches(|c: char| c.is_ascii_digit());
        let row: Option<i64> = origin.cell.get(letters.len()..).and_then(|digits| digits.parse().ok());
        let at_home = stands.get(origin.key.as_str()) == row.map(|row| (&*origin.file, &*origin.sheet, row)).as_ref();
        let regular = letters.chars().all(|c| c.is_ascii_uppercase()) && at_home;
        let column = (origin.file.as_str(), origin.sheet.as_str(), origin.field.as_str());
        if regular && *columns.entry(column).or_insert(letters) == letters {
            continue;
        }
        lines.push(CellOrigin {
            file: column.0.into(),
            sheet: column.1.into(),
            field: column.2.into(),
            column: None,
            one: Some((origin.key.clone(), origin.cell.clone())),
        });
    }
    lines.extend(columns.into_iter().map(|((file, sheet, field), letters)| CellOrigin {
        file: file.into(),
        sheet: sheet.into(),
        field: field.into(),
        column: Some(letters.into()),
        one: None,
    }));
    lines.sort();
    lines
}

/// Origins as a run has them.
enum Recorded {
    ByCell(Vec<Origin>),
    ByColumn(Vec<CellOrigin>),
}

fn texts<'f>(frame: &'f DataFrame, name: &str) -> Option<&'f StringChunked> {
    frame.column(name).ok()?.str().ok()
}

fn by_cell(frame: &DataFrame) -> Option<Vec<Origin>> {
    let (keys, fields) = (texts(frame, "key")?, texts(frame, "field")?);
    let (files, sheets, cells) = (texts(frame, "file")?, texts(frame, "sheet")?, texts(frame, "cell")?);
    let text = |column: &StringChunked, row| column.get(row).unwrap_or_default().to_owned();
    let origin = |row: usize| Origin {
        key: text(keys, row),
        field: text(fields, row),
        file: text(files, row),
        sheet: text(sheets, row),
        cell: text(cells, row),
    };
    Some((0..frame.height()).map(origin).collect())
}

fn by_column(frame: &DataFrame) -> Option<Vec<CellOrigin>> {
    let (files, sheets) = (texts(frame, "file")?, texts(frame, "sheet")?);
    let (fields, columns) = (texts(frame, "field")?, texts(frame, "column")?);
    let (keys, cells) = (texts(frame, "key")?, texts(frame, "cell")?);
    let text = |column: &StringChunked, row| -> Arc<str> { column.get(row).unwrap_or_default().into() };
    let line = |row: usize| CellOrigin {
        file: text(files, row),
        sheet: text(sheets, row),
        field: text(fields, row),
        column: columns.get(row).map(Into::into),
        one: keys.get(row).zip(cells.get(row)).map(|(key, cell)| (key.to_owned(), cell.to_owned())),
    };
    Some((0..frame.height()).map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample;
    use crate::ledger::{Ledger, Record};
    use crate::period::Period;

    /// A run with two projects and these origins.
    fn recorded(name: &str, bytes: Vec<u8>) -> (tempfile::TempDir, Run) {
        let folder = tempfile::tempdir().unwrap();
        let book = sample::key_projects();
        let rows = ["水厂", "北路"].map(|name| sample::Project { name, ..sample::sound() });
        let (frame, _) = sample::frame(&book, &rows);
        let facts = BTreeMap::from([(book.id.clone(), Facts { book: book.id, frame })]);
        let period = Period::new(2026, 5).unwrap();
        let mut record = Record::new(period, &facts);
        record.keep(name, bytes);
        let ledger = Ledger::at(folder.path());
        ledger.commit(&record).unwrap();
        let run = ledger.current(period).unwrap().unwrap();
        (folder, run)
    }

    #[test]
    fn a_column_of_a_sheet_is_one_line_and_every_value_has_its_cell() {
        let line = |field: &str, column: Option<&str>, one: Option<(&str, &str)>| CellOrigin {
            file: "甲.xlsx".into(),
            sheet: "Sheet1".into(),
            field: field.into(),
            column: column.map(Into::into),
            one: one.map(|(key, cell)| (key.to_owned(), cell.to_owned())),
        };
        let (_folder, run) = recorded("settings", Vec::new());
        let facts = run.facts("key_projects").unwrap().unwrap();
        let (file, sheet) = (facts.text("file", 0).unwrap(), facts.text("sheet", 0).unwrap());
        let at_home = |mut line: CellOrigin| {
            (line.file, line.sheet) = (file.into(), sheet.into());
            line
        };
        let key = facts.text("key", 1).unwrap();
        let lines = [
            at_home(line("done", Some("G"), None)),
            at_home(line("name", Some("行"), None)),
            line("done", None, Some((key, "K9"))),
        ];
        let (_folder, run) = recorded(&origins_name("key_projects"), origins_file(&lines).unwrap());
        let facts = run.facts("key_projects").unwrap().unwrap();
        let origins = run.origins("key_projects").unwrap();
        let cell = |row: usize, field: &str| {
            let origin = &origins[&(facts.text("key", row).unwrap().to_owned(), field.to_owned())];
            (origin.file.as_str(), origin.cell.as_str())
        };
        let row = facts.whole("row", 0).unwrap();
        assert_eq!(cell(0, "done"), (file, format!("G{row}").as_str()));
        assert_eq!(cell(0, "name"), (file, format!("第{row}行").as_str()));
        assert_eq!(cell(1, "done"), ("甲.xlsx", "K9"), "a value that was taken from elsewhere");
        assert_eq!(origins.len(), 4, "a field without a line has no cell");
    }

    #[test]
    fn records_of_before_are_read_as_they_were() {
        let text = |name: &str, values: [&str; 2]| Column::new(name.into(), values);
        let columns = vec![
            text("key", ["k1", "k2"]),
            text("field", ["done", "done"]),
            text("file", ["甲.xlsx", "乙.xlsx"]),
            text("sheet", ["表", "表"]),
            text("cell", ["G7", "第8行"]),
        ];
        let frame = DataFrame::new(2, columns).unwrap();
        let bytes = part::parquet(&frame, Path::new("origins.parquet")).unwrap();
        let (_folder, run) = recorded(&origins_name("key_projects"), bytes);
        let origins = run.origins("key_projects").unwrap();
        let of = |key: &str| origins[&(key.to_owned(), "done".to_owned())].clone();
        assert_eq!((of("k1").cell, of("k2").cell, of("k2").file), ("G7".into(), "第8行".into(), "乙.xlsx".into()));
    }
}
