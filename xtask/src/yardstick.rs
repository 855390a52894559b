//! The yardstick: every cell of a folder's workbooks read by calamine, files side by side, and counted.
//!
//! What it takes is what reading takes with the best-known reader, without layout, types, checks or documents.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use calamine::{DataRef, Reader, ReaderRef, Xlsx, open_workbook};
use rayon::prelude::*;

use crate::Outcome;

/// `cargo xtask yardstick`
pub(crate) fn yardstick(dir: &Path, threads: Option<usize>) -> Outcome {
    rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build_global()?;
    let files = workbooks(dir)?;
    let cells: Vec<u64> = files.par_iter().map(|path| cells(path)).collect::<Outcome<_>>()?;
    println!("{} workbooks, {} cells", files.len(), cells.iter().sum::<u64>());
    Ok(())
}

/// The .xlsx files of a folder, by name.
pub(crate) fn workbooks(dir: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let mut found: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Outcome<_>>()?;
    found.retain(|path| path.extension().is_some_and(|ending| ending == "xlsx"));
    found.sort();
    if found.is_empty() {
        return Err(format!("{}: no .xlsx workbook in it", dir.display()).into());
    }
    Ok(found)
}

fn cells(path: &Path) -> Outcome<u64> {
    let told = |error| format!("{}: {error}", path.display());
    let mut workbook: Xlsx<BufReader<File>> = open_workbook(path).map_err(told)?;
    let mut cells = 0;
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range_ref(&sheet).map_err(told)?;
        cells += range.rows().flatten().filter(|cell| !matches!(cell, DataRef::Empty)).count() as u64;
    }
    Ok(cells)
}
