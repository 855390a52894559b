//! The cell that each value of a book came from, kept with the run as `origins/<book>.parquet`.

use std::collections::BTreeMap;
use std::path::Path;

use polars::prelude::{Column, DataFrame};

use super::fault::damaged;
use super::{LedgerError, Run, part};

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

/// The name of a book's origins in a run.
pub fn origins_name(book: &str) -> String {
    format!("origins/{book}.parquet")
}

/// Origins as the bytes of a Parquet file, in the order given.
///
/// # Errors
///
/// What polars says.
pub fn origins_file(origins: &[Origin]) -> Result<Vec<u8>, LedgerError> {
    let column =
        |name: &str, of: fn(&Origin) -> &str| Column::new(name.into(), origins.iter().map(of).collect::<Vec<_>>());
    let columns = vec![
        column("key", |origin| &origin.key),
        column("field", |origin| &origin.field),
        column("file", |origin| &origin.file),
        column("sheet", |origin| &origin.sheet),
        column("cell", |origin| &origin.cell),
    ];
    let path = Path::new("origins.parquet");
    let frame = DataFrame::new(origins.len(), columns);
    let frame = frame.map_err(|source| LedgerError::Parquet { path: path.to_owned(), source })?;
    part::parquet(&frame, path)
}

impl Run {
    /// Where each value of a book stands, by key and field; empty where the run recorded none.
    ///
    /// # Errors
    ///
    /// As [`Run::file`].
    pub fn origins(&self, book: &str) -> Result<BTreeMap<(String, String), Origin>, LedgerError> {
        let name = origins_name(book);
        let Some(bytes) = self.file(&name)? else { return Ok(BTreeMap::new()) };
        let path = self.folder.join(&name);
        let frame = part::frame(bytes, &path)?;
        read(&frame).ok_or_else(|| damaged(&path, "缺少应有的列"))
    }
}

fn read(frame: &DataFrame) -> Option<BTreeMap<(String, String), Origin>> {
    let column = |name: &str| frame.column(name).ok()?.str().ok();
    let (keys, fields) = (column("key")?, column("field")?);
    let (files, sheets, cells) = (column("file")?, column("sheet")?, column("cell")?);
    let text = |column: &polars::prelude::StringChunked, row| column.get(row).unwrap_or_default().to_owned();
    let origin = |row: usize| Origin {
        key: text(keys, row),
        field: text(fields, row),
        file: text(files, row),
        sheet: text(sheets, row),
        cell: text(cells, row),
    };
    Some((0..frame.height()).map(origin).map(|o| ((o.key.clone(), o.field.clone()), o)).collect())
}
