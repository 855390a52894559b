//! Frames as Parquet: the same frame gives the same bytes.

use std::io::{Cursor, Write};
use std::path::Path;

use polars::prelude::{Column, DataFrame, ParquetCompression, ParquetReader, ParquetWriter, SerReader};

use super::LedgerError;

/// The rows of a group, the piece that a Parquet file is read and written by.
const GROUP: usize = 1 << 16;

/// A frame as the bytes of a Parquet file.
///
/// # Errors
///
/// What polars says; `shown` is where the file was to stand.
pub fn parquet(frame: &DataFrame, shown: &Path) -> Result<Vec<u8>, LedgerError> {
    write(frame, shown, Vec::new())
}

/// Writes a frame as a Parquet file; gives the writer back.
///
/// # Errors
///
/// As [`parquet`], and what the writer says.
pub(super) fn write<W: Write>(frame: &DataFrame, shown: &Path, mut to: W) -> Result<W, LedgerError> {
    let fault = |source| LedgerError::Parquet { path: shown.to_owned(), source };
    // Pieces of a frame would be groups of their own: the same rows must give the same bytes.
    let mut frame = frame.clone();
    frame.rechunk_mut();
    let writer = ParquetWriter::new(&mut to).with_compression(ParquetCompression::Zstd(None)).set_parallel(false);
    let mut batched = writer.batched(frame.schema()).map_err(fault)?;
    // A column of which all cells are the same has as many as rows while it is written: never those of all rows at once.
    for first in (0..frame.height()).step_by(GROUP) {
        batched.write_batch(&frame.slice(first as i64, GROUP)).map_err(fault)?;
    }
    batched.finish().map_err(fault)?;
    Ok(to)
}

/// The frame that the bytes of a Parquet file hold.
///
/// # Errors
///
/// Bytes that are no Parquet; `shown` is where they stand.
pub fn frame(bytes: Vec<u8>, shown: &Path) -> Result<DataFrame, LedgerError> {
    let at = |source| LedgerError::Parquet { path: shown.to_owned(), source };
    let read = ParquetReader::new(Cursor::new(bytes)).finish().map_err(at)?;
    // A column that nobody filled is one empty cell and not as many as there are rows.
    let slim = |column: &Column| match column.null_count() == column.len() {
        true => Column::full_null(column.name().clone(), column.len(), column.dtype()),
        false => column.clone(),
    };
    DataFrame::new(read.height(), read.columns().iter().map(slim).collect()).map_err(at)
}
