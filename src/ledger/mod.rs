//! Ledger: the merged periods as hive-partitioned Parquet that any engine can read.
//!
//! Takes the facts of a period, writes `ledger/book=key_projects/period=2026-05/part.parquet` for
//! each book, and gives them back as they were. A book's period is replaced whole or not at all: it
//! is written beside its place, brought to the disk, then renamed over the old one; all books are
//! written before the first is renamed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use polars::prelude::{ParquetCompression, ParquetReader, ParquetWriter, PolarsError, SerReader};
use tempfile::NamedTempFile;

use crate::merge::Facts;
use crate::period::Period;

/// The one file of a book's period.
const PART: &str = "part.parquet";

/// Why the ledger could not be written or read; told to the operator.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file system refused.
    #[error("台账 {path} 无法读写：{source}；请检查目录权限和磁盘空间后重新运行")]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A part that is no Parquet or could not be made into it.
    #[error("台账 {path} 不能作为 Parquet 读写：{source}；如文件已损坏，请重新运行该报告期")]
    Parquet {
        /// Where.
        path: PathBuf,
        /// What polars said.
        source: PolarsError,
    },
}

/// Where a book's period stands in a ledger.
pub fn part(root: &Path, book: &str, period: Period) -> PathBuf {
    root.join(format!("book={book}")).join(format!("period={period}")).join(PART)
}

/// Puts a period into the ledger: each book's facts, and no other book's any longer.
pub fn commit(root: &Path, period: Period, facts: &BTreeMap<String, Facts>) -> Result<(), LedgerError> {
    let mut staged = Vec::new();
    for (book, facts) in facts {
        let path = part(root, book, period);
        staged.push((stage(&path, facts)?, path));
    }
    for (file, path) in staged {
        let kept = file.persist(&path).map_err(|error| at(&path)(error.error))?;
        kept.sync_all().map_err(at(&path))?;
        sync_folder(&path)?;
    }
    drop_others(root, period, facts)
}

/// A book's facts of a period; `None` where the ledger has none.
pub fn read_period(root: &Path, book: &str, period: Period) -> Result<Option<Facts>, LedgerError> {
    let path = part(root, book, period);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(at(&path)(error)),
    };
    let frame = ParquetReader::new(file).finish();
    let frame = frame.map_err(|source| LedgerError::Parquet { path, source })?;
    Ok(Some(Facts { book: book.to_owned(), frame }))
}

/// Writes facts to a file beside their place and brings it to the disk.
fn stage(path: &Path, facts: &Facts) -> Result<NamedTempFile, LedgerError> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(at(folder))?;
    // Engines pass over files that start with a dot, should a kill leave one behind.
    let mut builder = tempfile::Builder::new();
    // The office's other programs read the ledger too: not the owner alone, as for scratch files.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.prefix(".part-").tempfile_in(folder).map_err(at(folder))?;
    let mut frame = facts.frame.clone();
    frame.rechunk_mut();
    ParquetWriter::new(file.as_file_mut())
        .with_compression(ParquetCompression::Zstd(None))
        .set_parallel(false)
        .finish(&mut frame)
        .map_err(|source| LedgerError::Parquet { path: path.to_owned(), source })?;
    file.as_file().sync_all().map_err(at(path))?;
    Ok(file)
}

/// Removes what an earlier run of the period wrote for books that it no longer has.
fn drop_others(root: &Path, period: Period, facts: &BTreeMap<String, Facts>) -> Result<(), LedgerError> {
    let Ok(folders) = fs::read_dir(root) else { return Ok(()) };
    for folder in folders {
        let name = folder.map_err(at(root))?.file_name();
        let Some(book) = name.to_str().and_then(|name| name.strip_prefix("book=")) else { continue };
        let path = part(root, book, period);
        if !facts.contains_key(book) && path.exists() {
            fs::remove_file(&path).map_err(at(&path))?;
            sync_folder(&path)?;
        }
    }
    Ok(())
}

/// Brings a rename to the disk where the system can (a folder cannot be opened on Windows).
fn sync_folder(path: &Path) -> Result<(), LedgerError> {
    match File::open(folder_of(path)) {
        Ok(folder) if cfg!(unix) => folder.sync_all().map_err(at(path)),
        _ => Ok(()),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().expect("a part stands in its period's folder")
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> LedgerError {
    let path = path.to_owned();
    move |source| LedgerError::Io { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample;

    fn facts() -> BTreeMap<String, Facts> {
        let book = sample::key_projects();
        let rows =
            [sample::sound(), sample::Project { name: "水厂", done: None, problem: Some("征迁"), ..sample::sound() }];
        let (frame, _) = sample::frame(&book, &rows);
        BTreeMap::from([(book.id.clone(), Facts { book: book.id, frame })])
    }

    #[test]
    fn what_is_committed_comes_back() {
        let root = tempfile::tempdir().unwrap();
        let may = Period::new(2026, 5).unwrap();
        let facts = facts();
        assert!(read_period(root.path(), "key_projects", may).unwrap().is_none());
        commit(root.path(), may, &facts).unwrap();
        let back = read_period(root.path(), "key_projects", may).unwrap().unwrap();
        assert!(back.frame.equals_missing(&facts["key_projects"].frame));
        assert_eq!(back.frame.schema(), facts["key_projects"].frame.schema());
        assert!(root.path().join("book=key_projects/period=2026-05/part.parquet").is_file());
    }

    #[test]
    fn the_same_facts_give_the_same_bytes() {
        let root = tempfile::tempdir().unwrap();
        let may = Period::new(2026, 5).unwrap();
        let path = part(root.path(), "key_projects", may);
        let bytes = || {
            commit(root.path(), may, &facts()).unwrap();
            fs::read(&path).unwrap()
        };
        assert_eq!(bytes(), bytes());
        let names: Vec<_> =
            fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["part.parquet"], "nothing is left behind");
    }

    #[test]
    fn a_book_that_is_gone_leaves_the_period() {
        let root = tempfile::tempdir().unwrap();
        let may = Period::new(2026, 5).unwrap();
        commit(root.path(), may, &facts()).unwrap();
        commit(root.path(), may.previous(), &facts()).unwrap();
        commit(root.path(), may, &BTreeMap::new()).unwrap();
        assert!(read_period(root.path(), "key_projects", may).unwrap().is_none());
        assert!(read_period(root.path(), "key_projects", may.previous()).unwrap().is_some());
    }

    #[test]
    fn a_damaged_part_is_an_error_that_names_it() {
        let root = tempfile::tempdir().unwrap();
        let may = Period::new(2026, 5).unwrap();
        let path = part(root.path(), "key_projects", may);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "no parquet").unwrap();
        let error = read_period(root.path(), "key_projects", may).unwrap_err();
        assert!(error.to_string().contains("part.parquet"), "{error}");
    }
}
