//! Ledger: the merged periods as hive-partitioned Parquet that any engine can read, and every run
//! that made them.
//!
//! ```text
//! ledger/
//!   ledger.json                              the ledger's form
//!   book=key_projects/period=2026-05/part.parquet   what stands now, for any engine
//!   receipts/…                               other files of the ledger (its state)
//!   runs/period=2026-05/current.json         the period's runs in order; the last one stands
//!   runs/period=2026-05/2-0123456789ab/      a run: manifest.json, facts/, documents/, settings.xlsx,
//!                                            profile/, places.json, …
//!   journal.json                             only while a commit is under way
//! ```
//!
//! Takes what a run hands over ([`Record`]), commits it whole or not at all ([`Ledger::commit`]), and
//! gives back what stands ([`Ledger::facts`]) or any earlier run ([`Ledger::run`]). The switch of
//! `current.json` is the commit: before it nothing has changed, after it `book=…/` and `out/` only
//! repeat what the run has recorded, and [`Ledger::recover`] finishes what a kill left half done.
//! The program itself reads the recorded runs, so that it never sees a period half written.

mod commit;
mod diff;
mod diff_rows;
mod fault;
mod manifest;
mod origins;
mod part;
mod places;
mod query;
mod record;
mod run;
mod staging;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use commit::Committed;
pub use diff::{Became, FileChange, PlaceChange, RowAt, RunDiff, ValueChange, diff};
pub use fault::LedgerError;
pub use manifest::{FORMAT, Input, RunManifest, sha256};
pub use origins::{CellOrigin, Origin, origins_by_cell, origins_file, origins_name};
pub use part::{frame, parquet};
pub use places::{PLACES, RecordedFigure, RecordedRanking, RecordedRow, places_file, write_places};
pub use query::{Answer, PLACES_TABLE, QueryError, TableListing};
pub use record::{Files, Record};
pub use run::Run;
pub use staging::{StagedFile, Staging};
pub use value::Value;

/// What the documents of a run that may be taken over were made from: a digest by the document's name.
pub const MADE_FROM: &str = "made_from.json";

use crate::merge::Facts;
use crate::period::Period;
use crate::workspace::Workspace;
use fault::{at, damaged};
use manifest::{Standing, Stated};

/// The one file of a book's period.
const PART: &str = "part.parquet";
/// What a run states about itself.
const MANIFEST: &str = "manifest.json";
/// The runs of a period in order.
const CURRENT: &str = "current.json";
/// The ledger's form.
const LEDGER: &str = "ledger.json";
/// A commit under way.
const JOURNAL: &str = "journal.json";

/// An office's ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    root: PathBuf,
    /// The workspace whose `out/` follows the ledger.
    workspace: Option<Workspace>,
}

/// Where a book's period stands in a ledger.
pub fn part(root: &Path, book: &str, period: Period) -> PathBuf {
    root.join(format!("book={book}")).join(format!("period={period}")).join(PART)
}

/// Puts a period into a ledger that no `out/` follows: each book's facts, and no other book's any longer.
///
/// # Errors
///
/// As [`Ledger::commit`].
pub fn commit(root: &Path, period: Period, facts: &BTreeMap<String, Facts>) -> Result<(), LedgerError> {
    Ledger::at(root).commit(&Record::new(period, facts)).map(drop)
}

/// A book's facts of a period as they stand; `None` where the ledger has none.
///
/// # Errors
///
/// As [`Ledger::facts`].
pub fn read_period(root: &Path, book: &str, period: Period) -> Result<Option<Facts>, LedgerError> {
    Ledger::at(root).facts(book, period)
}

impl Ledger {
    /// The ledger of a workspace; its `out/` is part of every commit.
    pub fn of(workspace: &Workspace) -> Self {
        Self { root: workspace.ledger.clone(), workspace: Some(workspace.clone()) }
    }

    /// A ledger by its folder, which need not exist.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), workspace: None }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The periods that it has, in order.
    ///
    /// # Errors
    ///
    /// A ledger of a newer form, a folder that cannot be listed.
    pub fn periods(&self) -> Result<Vec<Period>, LedgerError> {
        self.check_form()?;
        let mut periods = periods_in(&self.root.join("runs"))?;
        for book in names_in(&self.root)?.iter().filter(|name| name.starts_with("book=")) {
            let folder = self.root.join(book);
            let parts = periods_in(&folder)?;
            periods.extend(
                parts.into_iter().filter(|period| folder.join(format!("period={period}")).join(PART).is_file()),
            );
        }
        periods.sort();
        periods.dedup();
        Ok(periods)
    }

    /// The books that a period has, sorted by id.
    ///
    /// # Errors
    ///
    /// As [`Ledger::runs`].
    pub fn books(&self, period: Period) -> Result<Vec<String>, LedgerError> {
        if let Some(run) = self.current(period)? {
            return Ok(run.books().map(str::to_owned).collect());
        }
        let names = names_in(&self.root)?;
        let books = names.iter().filter_map(|name| name.strip_prefix("book="));
        Ok(books.filter(|book| part(&self.root, book, period).is_file()).map(str::to_owned).collect())
    }

    /// A book's facts of a period as they stand; `None` where the ledger has none.
    ///
    /// # Errors
    ///
    /// A ledger of a newer form; facts that are damaged, where no whole copy stands either.
    pub fn facts(&self, book: &str, period: Period) -> Result<Option<Facts>, LedgerError> {
        let path = part(&self.root, book, period);
        let Some(run) = self.current(period)? else { return self.part_alone(book, &path) };
        match run.facts(book) {
            // What stands for other engines is a second copy, good where it has the recorded digest.
            Err(error @ (LedgerError::Damaged { .. } | LedgerError::Io { .. })) => {
                let recorded = run.manifest.files.get(&run::facts_name(book));
                let copy = fs::read(&path).ok().filter(|bytes| Some(&sha256(bytes)) == recorded);
                let Some(copy) = copy else { return Err(error) };
                Ok(Some(Facts { book: book.to_owned(), frame: frame(copy, &path)? }))
            }
            facts => facts,
        }
    }

    /// A part of the ledger's first form, which knew no runs.
    fn part_alone(&self, book: &str, path: &Path) -> Result<Option<Facts>, LedgerError> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(Facts { book: book.to_owned(), frame: frame(bytes, path)? })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at(path)(error)),
        }
    }

    /// The run that stands for a period; `None` where none was recorded.
    ///
    /// # Errors
    ///
    /// As [`Ledger::runs`].
    pub fn current(&self, period: Period) -> Result<Option<Run>, LedgerError> {
        let digests = self.digests(period)?;
        let Some(digest) = digests.last() else { return Ok(None) };
        self.read_run(period, digests.len(), digest).map(Some)
    }

    /// Every run of a period, the first one first; one whose record is damaged is an error in its place.
    ///
    /// # Errors
    ///
    /// A ledger of a newer form; a list of runs that cannot be read.
    pub fn runs(&self, period: Period) -> Result<Vec<Result<Run, LedgerError>>, LedgerError> {
        let digests = self.digests(period)?;
        Ok(digests.iter().enumerate().map(|(at, digest)| self.read_run(period, at + 1, digest)).collect())
    }

    /// A run of a period by its number, its name or the beginning of its digest.
    ///
    /// # Errors
    ///
    /// No such run, with those there are; a run whose record is damaged.
    pub fn run(&self, period: Period, given: &str) -> Result<Run, LedgerError> {
        let digests = self.digests(period)?;
        if digests.is_empty() {
            return Err(LedgerError::NoRun(period));
        }
        let named = |(at, digest): &(usize, &String)| {
            let number = at + 1;
            given.parse() == Ok(number)
                || given == run::folder_name(number, digest)
                || (given.len() >= 4 && digest.starts_with(given))
        };
        // Where two runs came to the same, the later one is meant.
        let found = digests.iter().enumerate().rev().find(named);
        let Some((at, digest)) = found else {
            let name = |(at, digest): (usize, &String)| run::folder_name(at + 1, digest);
            let known = digests.iter().enumerate().map(name).collect::<Vec<_>>().join("、");
            return Err(LedgerError::NoSuchRun { period, given: given.to_owned(), known });
        };
        self.read_run(period, at + 1, digest)
    }

    /// The digests of the period's runs, the first one first.
    fn digests(&self, period: Period) -> Result<Vec<String>, LedgerError> {
        self.check_form()?;
        let path = self.runs_of(period).join(CURRENT);
        let Some(standing) = stated::<Standing>(&path)? else { return Ok(Vec::new()) };
        Ok(standing.runs)
    }

    fn read_run(&self, period: Period, number: usize, digest: &str) -> Result<Run, LedgerError> {
        run::read(&self.runs_of(period).join(run::folder_name(number, digest)), number, digest)
    }

    fn runs_of(&self, period: Period) -> PathBuf {
        self.root.join("runs").join(format!("period={period}"))
    }

    /// Refuses a ledger that a newer program wrote.
    fn check_form(&self) -> Result<(), LedgerError> {
        stated::<Stated>(&self.root.join(LEDGER)).map(drop)
    }
}

/// A statement of the ledger; `None` where there is none.
fn stated<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Option<T>, LedgerError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(at(path)(error)),
    };
    known_format(path, &bytes)?;
    serde_json::from_slice(&bytes).map(Some).map_err(|error| damaged(path, error.to_string()))
}

/// Refuses a statement of a newer form before anything else in it is looked at.
fn known_format(path: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    let stated: Stated = serde_json::from_slice(bytes).map_err(|error| damaged(path, error.to_string()))?;
    match stated.format {
        found if found > FORMAT => Err(LedgerError::Newer { path: path.to_owned(), found, known: FORMAT }),
        _ => Ok(()),
    }
}

/// The names of what stands in a folder, sorted; none where there is no folder.
fn names_in(folder: &Path) -> Result<Vec<String>, LedgerError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(at(folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(at(folder))?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

/// The periods whose folders stand in a folder.
fn periods_in(folder: &Path) -> Result<Vec<Period>, LedgerError> {
    let names = names_in(folder)?;
    Ok(names.iter().filter_map(|name| name.strip_prefix("period=")?.parse().ok()).collect())
}
