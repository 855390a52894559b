//! `trace`: a month reckoned once more, and each of its figures followed to the cells.
//!
//! A run is a function of its inputs, so that reckoning again gives the run's own figures; where the
//! inbox, the settings or the profile have changed since the run that the ledger has, that is said.

use std::collections::BTreeMap;

use super::written::Cells;
use super::{Office, Outcome, Progress, RunError, reckon};
use crate::finding::Place;
use crate::lang::{self, Language, message_in};
use crate::ledger::{self, Ledger, Run};
use crate::period::Period;
use crate::profile::Profile;
use crate::trace::{EarlierBook, Traceable, Tracer};
use crate::workspace::{LAYOUTS, SETTINGS, Workspace};

/// A month whose figures can be traced.
#[derive(Debug)]
pub struct Tracing {
    office: Office,
    outcome: Outcome,
    last_year: BTreeMap<String, EarlierBook>,
    cells: Cells,
    /// How what lies in the workspace differs from what the month was last run with; empty where nothing does.
    pub changed: Vec<Changed>,
}

/// Something that is not as it was when a month was last run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// The month has not been run.
    NotRun,
    /// A file that came after a run, which is named.
    New(String, String),
    /// A file, of the inbox or stated, that was changed after a run.
    Other(String, String),
    /// A file that was there at a run and is gone.
    Gone(String, String),
}

impl Changed {
    /// For the operator.
    pub fn told(&self) -> String {
        self.told_in(lang::chosen())
    }

    /// The same in a language.
    pub fn told_in(&self, language: Language) -> String {
        let (id, file, run) = match self {
            Self::NotRun => return message_in(language, "trace-not-run", &[]),
            Self::New(file, run) => ("trace-file-new", file, run),
            Self::Other(file, run) => ("trace-file-changed", file, run),
            Self::Gone(file, run) => ("trace-file-gone", file, run),
        };
        message_in(language, id, &[("file", file.clone()), ("run", run.clone())])
    }
}

impl Tracing {
    /// Reckons a month; writes nothing.
    ///
    /// # Errors
    ///
    /// As [`measures`](super::measures); a ledger that cannot be read.
    pub fn open(workspace: &Workspace, period: Period, progress: &Progress<'_>) -> Result<Self, RunError> {
        let office = Office::open(workspace, period)?;
        let outcome = reckon(workspace, &office, progress)?;
        let ledger = Ledger::of(workspace);
        let changed = match ledger.current(period)? {
            Some(run) => changes(&office, &outcome, &run),
            None => vec![Changed::NotRun],
        };
        let before = period.last_year();
        let run_before = ledger.current(before)?;
        let mut last_year = BTreeMap::new();
        for book in outcome.merged.facts.keys() {
            let facts = ledger.facts(book, before)?;
            let origins = run_before.as_ref().map(|run| run.origins(book)).transpose()?.unwrap_or_default();
            last_year.insert(book.clone(), EarlierBook { facts, origins });
        }
        let mut cells = Cells::of(workspace, &office.settings.passwords);
        cells.expect(period, outcome.files.iter().map(|file| (file.name.to_string(), file.digest.clone())));
        if let Some(run) = &run_before {
            cells.expect(before, run.manifest.inputs.iter().map(|input| (input.file.clone(), input.sha256.clone())));
        }
        Ok(Self { office, outcome, last_year, cells, changed })
    }

    /// What was found out, as a run would.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The books and rankings.
    pub fn profile(&self) -> &Profile {
        &self.office.profile
    }

    /// Does something with a tracer of the month's figures.
    pub fn with<T>(&self, with: impl FnOnce(&Tracer) -> T) -> T {
        let written = |period: Period, place: &Place| self.cells.written(period, place);
        let of = Traceable {
            profile: &self.office.profile,
            settings: &self.office.settings,
            period: self.office.period,
            merged: &self.outcome.merged,
            findings: &self.outcome.findings,
            rankings: &self.outcome.rankings,
            last_year: &self.last_year,
            written: &written,
        };
        with(&Tracer::new(&of))
    }
}

/// What is not as it was when a run was recorded.
fn changes(office: &Office, outcome: &Outcome, run: &Run) -> Vec<Changed> {
    let now: BTreeMap<&str, &str> = outcome.files.iter().map(|file| (&*file.name, file.digest.as_str())).collect();
    let then: BTreeMap<&str, &str> =
        run.manifest.inputs.iter().map(|input| (input.file.as_str(), input.sha256.as_str())).collect();
    let name = run.name();
    let other = |file: &str| Changed::Other(file.to_owned(), name.clone());
    let gone = |file: &str| Changed::Gone(file.to_owned(), name.clone());
    let mut changed = Vec::new();
    for (file, digest) in &now {
        match then.get(file) {
            None => changed.push(Changed::New((*file).to_owned(), name.clone())),
            Some(recorded) if recorded != digest => changed.push(other(file)),
            Some(_) => {}
        }
    }
    changed.extend(then.keys().filter(|file| !now.contains_key(*file)).map(|file| gone(file)));
    let stated: BTreeMap<&String, String> =
        office.stated.iter().map(|(name, bytes)| (name, ledger::sha256(bytes))).collect();
    let differs = stated.iter().filter(|(file, digest)| run.manifest.files.get(**file) != Some(*digest));
    changed.extend(differs.map(|(file, _)| other(file)));
    let kept = [SETTINGS, LAYOUTS].into_iter().filter(|file| run.manifest.files.contains_key(*file));
    let lost = kept.chain(run.names_in("profile/")).filter(|file| !stated.keys().any(|known| known == file));
    changed.extend(lost.map(gone));
    changed
}
