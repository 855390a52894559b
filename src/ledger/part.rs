//! Frames as Parquet: the same frame gives the same bytes.

use std::io::{Cursor, Write};
use std::path::Path;

use polars::prelude::{Column, DataFrame, ParquetCompression, ParquetReader, ParquetWriter, SerReader};

use super::LedgerError;
use crate::check::in_full;

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
    let schema = in_full(&frame.clear()).map_err(fault)?.schema().clone();
    let mut batched = writer.batched(&schema).map_err(fault)?;
    // A column of which all cells are the same has as many as rows while it is written: never those of all rows at once.
    for first in (0..frame.height()).step_by(GROUP) {
        batched.write_batch(&in_full(&frame.slice(first as i64, GROUP)).map_err(fault)?).map_err(fault)?;
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

#[cfg(test)]
mod tests {
    use polars::prelude::{DataType, Scalar, df};

    use super::*;

    /// A frame of several groups; in one of them each column that is all the same is one cell.
    fn frames() -> [DataFrame; 2] {
        let height = GROUP + 1;
        let of_rows: DataFrame = df!(
            "key" => (0..height).map(|row| format!("项目{row}")).collect::<Vec<_>>(),
            "plan" => (0..height).map(|row| (row % 3 > 0).then_some(row as i64)).collect::<Vec<_>>(),
            "behind" => (0..height).map(|row| (row % 5 > 0).then_some(row % 2 == 0)).collect::<Vec<_>>(),
        )
        .unwrap();
        let same = [
            Column::new_scalar("year_first".into(), Scalar::from(20_454i64), height),
            Column::full_null("note".into(), height, &DataType::String),
        ];
        let series = same.clone().map(|column| Column::from(column.as_materialized_series().clone()));
        [same, series.clone()].map(|more| of_rows.hstack(&more).unwrap())
    }

    #[test]
    fn rows_beyond_a_group_come_back_and_pieces_change_no_byte() {
        let shown = Path::new("facts.parquet");
        let [one_cell, many_cells] = frames();
        let bytes = parquet(&one_cell, shown).unwrap();
        let back = frame(bytes.clone(), shown).unwrap();
        assert!(back.equals_missing(&many_cells), "{back}");
        assert_eq!(parquet(&many_cells, shown).unwrap(), bytes, "one cell for all rows is written as many");
        let mut pieces = many_cells.slice(0, 1_000);
        pieces.vstack_mut(&many_cells.slice(1_000, GROUP)).unwrap();
        assert_eq!(parquet(&pieces, shown).unwrap(), bytes, "pieces of a frame");
    }
}
