//! What a worker writes of the files it read: rows, sheets, files, findings.
//!
//! Rows have the columns of the ledger's parts and behind them those that tell whether another file reports the same:
//!
//! | column | type | what |
//! |---|---|---|
//! | `cluster_office` | String | the office whose inbox it came from |
//! | `cluster_file` | String | the file as that office knows it |
//! | `cluster_name`, `cluster_code` | String | name and platform code as they compare |
//! | `cluster_decided` | Boolean | whether a decision of the office speaks of it |

use std::path::Path;

use polars::prelude::{Column, DataFrame, PolarsError, PolarsResult};

use super::OFFICE;
use crate::finding::Finding;
use crate::ledger::{self, LedgerError};
use crate::merge::{Facts, Rows, SheetAccount};

/// A file as its office's register knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Its name below the inbox.
    pub file: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Its size in bytes.
    pub size: i64,
    /// Whether it could be opened.
    pub opened: bool,
    /// How many tables were found in it.
    pub tables: i64,
}

/// A table's account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetLine {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The book's id.
    pub book: String,
    /// Who reported it, by its canonical name; empty where nothing tells.
    pub unit: String,
    /// Data rows given.
    pub data: i64,
    /// Of them, rows that stand on their own or became a project's row.
    pub merged: i64,
    /// Of them, rows joined to another unit's.
    pub joined: i64,
    /// Of them, rows set aside with a finding.
    pub set_aside: i64,
    /// Of them, rows that a decision took off the list.
    pub taken_off: i64,
    /// Of them, rows that a later report replaced.
    pub replaced: i64,
}

impl SheetLine {
    /// A table's account, its unit not told.
    pub fn of(account: &SheetAccount) -> Self {
        let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
        Self {
            file: account.file.clone(),
            sheet: account.sheet.clone(),
            book: account.book.clone(),
            unit: String::new(),
            data: count(account.data()),
            merged: count(account.merged),
            joined: count(account.joined),
            set_aside: count(account.set_aside),
            taken_off: count(account.taken_off),
            replaced: 0,
        }
    }
}

/// What a worker made, to be written as Parquet.
#[derive(Debug, Clone, Copy)]
pub enum Part<'p> {
    /// A book's rows: as they are written, which a higher office gives other columns and names, and what they were
    /// made from.
    Rows(&'p Facts, &'p Rows),
    /// A book's settled rows.
    Settled(&'p Facts),
    /// Files, a row each.
    Files(&'p [FileLine]),
    /// The row account, a row a table.
    Sheets(&'p [SheetLine]),
    /// Findings by the stage that made them: `read` speaks of cells and sheets, `check` of a row held against the
    /// rules, `settled` of rows held against those of other files.
    Findings(&'p [(&'p str, &'p Finding)]),
}

impl Part<'_> {
    /// As the bytes of a Parquet file: the same part gives the same bytes. `shown` is where it is to stand.
    ///
    /// # Errors
    ///
    /// What polars says.
    pub fn parquet(self, office: &str, shown: &Path) -> Result<Vec<u8>, LedgerError> {
        let frame = match self {
            Self::Rows(facts, rows) => rows_frame(office, facts, rows),
            Self::Settled(facts) => Ok(facts.frame.clone()),
            Self::Files(lines) => files_frame(office, lines),
            Self::Sheets(lines) => sheets_frame(office, lines),
            Self::Findings(findings) => findings_frame(office, findings),
        };
        let frame = frame.map_err(|source| LedgerError::Parquet { path: shown.to_owned(), source })?;
        ledger::parquet(&frame, shown)
    }
}

/// The rows that Spark left for this program, from a folder of Parquet files; `None` where there is no such folder.
///
/// # Errors
///
/// Files that cannot be read.
pub fn parted(folder: &Path, book: &str) -> Result<Option<Facts>, LedgerError> {
    let at = |source| LedgerError::Io { path: folder.to_owned(), source };
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(at)? {
        paths.push(entry.map_err(at)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "parquet"));
    paths.sort();
    let mut whole: Option<DataFrame> = None;
    for path in paths {
        let bytes = std::fs::read(&path).map_err(|source| LedgerError::Io { path: path.clone(), source })?;
        let frame = ledger::frame(bytes, &path)?;
        whole = Some(match whole {
            None => frame,
            Some(above) => {
                above.vstack(&frame).map_err(|source| LedgerError::Parquet { path: path.clone(), source })?
            }
        });
    }
    Ok(whole.map(|frame| Facts { book: book.to_owned(), frame }))
}

/// A book's rows with the cluster's columns behind them.
fn rows_frame(office: &str, facts: &Facts, rows: &Rows) -> PolarsResult<DataFrame> {
    let height = facts.height();
    if height != rows.names.len() {
        return Err(PolarsError::ShapeMismatch("rows that do not belong together".into()));
    }
    let mut frame = facts.frame.clone();
    let codes: Vec<Option<&str>> = rows.codes.iter().map(Option::as_deref).collect();
    let file = rows.facts.frame.column("file")?.clone().with_name("cluster_file".into());
    for column in [
        Column::new(OFFICE.into(), vec![office; height]),
        file,
        Column::new("cluster_name".into(), &rows.names),
        Column::new("cluster_code".into(), codes),
        Column::new("cluster_decided".into(), &rows.decided),
    ] {
        frame.with_column(column)?;
    }
    Ok(frame)
}

/// Files, a row each.
fn files_frame(office: &str, lines: &[FileLine]) -> PolarsResult<DataFrame> {
    let texts = |name: &str, of: fn(&FileLine) -> &str| text(name, lines, of);
    let size: Vec<i64> = lines.iter().map(|line| line.size).collect();
    let opened: Vec<bool> = lines.iter().map(|line| line.opened).collect();
    let tables: Vec<i64> = lines.iter().map(|line| line.tables).collect();
    let columns = vec![
        Column::new("office".into(), vec![office; lines.len()]),
        texts("file", |line| &line.file),
        texts("digest", |line| &line.digest),
        Column::new("size".into(), size),
        Column::new("opened".into(), opened),
        Column::new("tables".into(), tables),
    ];
    DataFrame::new(lines.len(), columns)
}

/// The row account, a row a table.
fn sheets_frame(office: &str, lines: &[SheetLine]) -> PolarsResult<DataFrame> {
    let texts = |name: &str, of: fn(&SheetLine) -> &str| text(name, lines, of);
    let counts =
        |name: &str, of: fn(&SheetLine) -> i64| Column::new(name.into(), lines.iter().map(of).collect::<Vec<i64>>());
    let columns = vec![
        Column::new("office".into(), vec![office; lines.len()]),
        texts("file", |line| &line.file),
        texts("sheet", |line| &line.sheet),
        texts("book", |line| &line.book),
        texts("unit", |line| &line.unit),
        counts("data", |line| line.data),
        counts("merged", |line| line.merged),
        counts("joined", |line| line.joined),
        counts("set_aside", |line| line.set_aside),
        counts("taken_off", |line| line.taken_off),
        counts("replaced", |line| line.replaced),
    ];
    DataFrame::new(lines.len(), columns)
}

/// Findings by the stage that made them: `read` speaks of cells and sheets, `check` of a row held against the rules.
fn findings_frame(office: &str, findings: &[(&str, &Finding)]) -> PolarsResult<DataFrame> {
    let texts = |name: &str, of: fn(&Finding) -> &str| text(name, findings, |(_, finding)| of(finding));
    let sheets: Vec<Option<&str>> = findings.iter().map(|(_, finding)| finding.place.sheet.as_deref()).collect();
    let fields: Vec<Option<&str>> = findings.iter().map(|(_, finding)| finding.place.field.as_deref()).collect();
    let rows: Vec<Option<i64>> = findings.iter().map(|(_, finding)| finding.place.row().map(i64::from)).collect();
    let columns: Vec<Option<i64>> = findings.iter().map(|(_, finding)| finding.place.column().map(i64::from)).collect();
    let columns = vec![
        Column::new("office".into(), vec![office; findings.len()]),
        text("stage", findings, |(stage, _)| stage),
        texts("level", |finding| finding.level.id()),
        texts("rule", |finding| &finding.rule),
        texts("file", |finding| &finding.place.file),
        Column::new("sheet".into(), sheets),
        Column::new("row".into(), rows),
        Column::new("column".into(), columns),
        Column::new("field".into(), fields),
        texts("message", |finding| &finding.message),
        texts("advice", |finding| &finding.advice),
    ];
    DataFrame::new(findings.len(), columns)
}

fn text<'l, T>(name: &str, lines: &'l [T], of: impl Fn(&'l T) -> &'l str) -> Column {
    Column::new(name.into(), lines.iter().map(of).collect::<Vec<&str>>())
}
