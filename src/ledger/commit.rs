//! A run enters the ledger whole or not at all, and what a kill left half done is finished.
//!
//! The steps, in order: clear what dead runs left; stage the run's record, the parts and `out/`
//! beside their places; put the record in place; note the commit in the journal; switch the period's
//! `current.json` to the new run (**the commit**); move parts, state and `out/` into place; remove the
//! journal. The record and the documents are on the disk before the commit; what comes after it only repeats
//! them and can be done again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::fault::{at, at_documents};
use super::manifest::{self, FORMAT, Journal, RunManifest, Standing};
use super::run::{self, DOCUMENTS, FACTS, STATE, folder_name};
use super::staging::Staging;
use super::{CURRENT, JOURNAL, LEDGER, Ledger, LedgerError, MANIFEST, Record, names_in, stated};
use crate::period::Period;
use crate::workspace::{Held, STOP, WholeFolder, write_whole};

/// What became of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The run that stands for the period now.
    pub number: usize,
    /// Its digest.
    pub digest: String,
    /// Whether it was recorded just now; the same inputs come to the run that stood already.
    pub is_new: bool,
}

/// Where a commit is, for tests that stop it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Cleared,
    Staged,
    Recorded,
    Journalled,
    Committed,
    PartPlaced,
    PartsPlaced,
    StatePlaced,
    DocumentsPlaced,
    Closed,
}

impl Ledger {
    /// Puts a run into the ledger, and its documents into `out/`.
    ///
    /// A run that comes to the same as the one that stands adds nothing; what is damaged of that
    /// one is mended.
    ///
    /// # Errors
    ///
    /// A ledger of a newer form, or what the file system says: before the commit everything is as it was,
    /// after it the run is recorded and the next run or [`Ledger::recover`] finishes the rest.
    pub fn commit(&self, record: &Record) -> Result<Committed, LedgerError> {
        self.commit_watched(record, None, &|_| {})
    }

    /// The same for a run whose documents were staged as they were made.
    ///
    /// # Errors
    ///
    /// As [`Ledger::commit`].
    pub fn commit_staged(&self, record: &Record, staging: Staging) -> Result<Committed, LedgerError> {
        self.commit_watched(record, Some(staging), &|_| {})
    }

    /// Finishes a commit that was stopped half way; does nothing where there is none.
    ///
    /// # Errors
    ///
    /// As [`Ledger::commit`].
    pub fn recover(&self) -> Result<(), LedgerError> {
        self.check_form()?;
        if !self.root.join(JOURNAL).exists() {
            return Ok(());
        }
        let _held = self.hold()?;
        self.roll_forward()
    }

    pub(super) fn commit_watched(
        &self,
        record: &Record,
        staging: Option<Staging>,
        watch: &dyn Fn(Step),
    ) -> Result<Committed, LedgerError> {
        self.check_form()?;
        fs::create_dir_all(&self.root).map_err(at(&self.root))?;
        let _held = self.hold()?;
        let form = self.root.join(LEDGER);
        if !form.exists() {
            write(&form, manifest::text(&serde_json::json!({"format": FORMAT})).as_bytes())?;
        }
        self.roll_forward()?;
        let period = record.period;
        let mut standing = self.standing(period)?;
        self.clear_dead(period, &standing)?;
        watch(Step::Cleared);
        let staging = staging.map_or_else(|| self.stage(), Ok)?;
        let stated = record.complete(&staging, self.earlier(period)?)?;
        let text = manifest::text(&stated);
        let digest = manifest::sha256(text.as_bytes());
        let is_new = standing.runs.last() != Some(&digest);
        if is_new {
            standing.runs.push(digest.clone());
        }
        let number = standing.runs.len();
        let folder = self.runs_of(period).join(folder_name(number, &digest));
        let whole = run::read(&folder, number, &digest).and_then(|run| run.verify()).is_ok();
        let path = staging.path().join(MANIFEST);
        fs::write(&path, text).map_err(at(&path))?;
        let out = self.stage_out(&stated, if whole { &folder } else { staging.path() })?;
        watch(Step::Staged);
        if !whole {
            let ready = staging.into_folder().to_stand_at(&folder).map_err(at(&folder))?;
            ready.commit().map_err(at(&folder))?;
            sync_folder(&folder)?;
        }
        watch(Step::Recorded);
        // From here on a stop that is asked for finds the run on its way to the end.
        let _passing = STOP.pass().map_err(|stopped| {
            if !whole {
                // Nothing names the record yet; the next commit would remove it.
                let _ = fs::remove_dir_all(&folder);
            }
            at(&folder)(stopped.into())
        })?;
        let journal = Journal { format: FORMAT, period, digest: digest.clone() };
        write(&self.root.join(JOURNAL), manifest::text(&journal).as_bytes())?;
        watch(Step::Journalled);
        write(&self.runs_of(period).join(CURRENT), manifest::text(&standing).as_bytes())?;
        sync_folder(&self.runs_of(period).join(CURRENT))?;
        watch(Step::Committed);
        self.place(&stated, &folder, watch)?;
        if let Some((out, target)) = out {
            out.commit().map_err(at_documents(&target))?;
        }
        watch(Step::DocumentsPlaced);
        self.close_journal()?;
        watch(Step::Closed);
        Ok(Committed { number, digest, is_new })
    }

    /// Keeps other programs out of the ledger while it changes; waits for them.
    fn hold(&self) -> Result<Held, LedgerError> {
        let path = self.root.join(".lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(at(&path))?;
        Held::wait(file).map_err(at(&path))
    }

    /// What the journal says is under way: committed, then the rest is done; else it is forgotten.
    fn roll_forward(&self) -> Result<(), LedgerError> {
        let path = self.root.join(JOURNAL);
        let journal = match stated::<Journal>(&path) {
            // The journal is written whole: one that cannot be read is not ours to act on.
            Err(LedgerError::Damaged { .. }) => return self.close_journal(),
            journal => journal?,
        };
        let Some(journal) = journal else { return Ok(()) };
        let run = self.current(journal.period)?.filter(|run| run.digest == journal.digest);
        if let Some(run) = run {
            run.verify()?;
            let out = self.stage_out(&run.manifest, &run.folder)?;
            self.place(&run.manifest, &run.folder, &|_| {})?;
            if let Some((out, target)) = out {
                out.commit().map_err(at_documents(&target))?;
            }
        }
        self.close_journal()
    }

    fn close_journal(&self) -> Result<(), LedgerError> {
        let path = self.root.join(JOURNAL);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&path)(error)),
            _ => sync_folder(&path),
        }
    }

    /// The period's runs; where their list is damaged, as the records themselves have them.
    fn standing(&self, period: Period) -> Result<Standing, LedgerError> {
        let path = self.runs_of(period).join(CURRENT);
        match stated::<Standing>(&path) {
            Ok(Some(standing)) => Ok(standing),
            Ok(None) => Ok(Standing { format: FORMAT, runs: Vec::new() }),
            Err(LedgerError::Damaged { .. }) => Ok(Standing { format: FORMAT, runs: self.recorded(period)? }),
            Err(error) => Err(error),
        }
    }

    /// The digests of the records that stand in the period's folder without a gap in their numbers.
    fn recorded(&self, period: Period) -> Result<Vec<String>, LedgerError> {
        let folder = self.runs_of(period);
        let mut found: BTreeMap<usize, String> = BTreeMap::new();
        for name in names_in(&folder)? {
            let Some(number) = name.split_once('-').and_then(|(number, _)| number.parse().ok()) else { continue };
            let Ok(bytes) = fs::read(folder.join(&name).join(MANIFEST)) else { continue };
            let digest = manifest::sha256(&bytes);
            if name == folder_name(number, &digest) {
                found.insert(number, digest);
            }
        }
        let gapless = found.into_iter().zip(1..).take_while(|((number, _), expected)| number == expected);
        Ok(gapless.map(|((_, digest), _)| digest).collect())
    }

    /// The runs that stand for earlier periods, which this one was reckoned on.
    fn earlier(&self, period: Period) -> Result<BTreeMap<Period, String>, LedgerError> {
        let mut earlier = BTreeMap::new();
        for before in self.periods()?.into_iter().filter(|before| *before < period) {
            if let Some(digest) = self.digests(before)?.pop() {
                earlier.insert(before, digest);
            }
        }
        Ok(earlier)
    }

    /// Removes records that no commit took up, and scratch files of dead runs.
    fn clear_dead(&self, period: Period, standing: &Standing) -> Result<(), LedgerError> {
        let folder = self.runs_of(period);
        let known: Vec<String> =
            standing.runs.iter().enumerate().map(|(at, digest)| folder_name(at + 1, digest)).collect();
        for name in names_in(&folder)? {
            let path = folder.join(&name);
            if path.is_dir() && !known.contains(&name) {
                fs::remove_dir_all(&path).map_err(at(&path))?;
            }
        }
        clear_scratch(&folder)?;
        clear_scratch(&self.root)?;
        for name in names_in(&self.root)?.iter().filter(|name| name.starts_with("book=")) {
            clear_scratch(&self.root.join(name).join(format!("period={period}")))?;
        }
        Ok(())
    }

    /// The folder of documents built beside `out/`'s from those of a run's folder, where the ledger has a workspace.
    fn stage_out(&self, stated: &RunManifest, from: &Path) -> Result<Option<(WholeFolder, PathBuf)>, LedgerError> {
        let Some(workspace) = &self.workspace else { return Ok(None) };
        let target = workspace.out(stated.period);
        let out = WholeFolder::begin(&target).map_err(at_documents(&target))?;
        for name in stated.files.keys() {
            let Some(document) = below(name, DOCUMENTS) else { continue };
            // Copied, not linked: a reader may write into what lies in `out/`, and the record stays as it is.
            let path = out.path().join(document);
            let parent = path.parent().unwrap_or(out.path());
            let copied = fs::create_dir_all(parent).and_then(|()| fs::copy(from.join(name), &path));
            copied.map_err(at_documents(&path))?;
        }
        Ok(Some((out, target)))
    }

    /// Repeats the record where other engines and later runs look.
    fn place(&self, stated: &RunManifest, from: &Path, watch: &dyn Fn(Step)) -> Result<(), LedgerError> {
        for name in stated.files.keys() {
            let Some(book) = below(name, FACTS).and_then(|name| name.strip_suffix(".parquet")) else { continue };
            replace(&super::part(&self.root, book, stated.period), &from.join(name))?;
            watch(Step::PartPlaced);
        }
        self.drop_others(stated)?;
        watch(Step::PartsPlaced);
        for name in stated.files.keys() {
            if let Some(state) = below(name, STATE) {
                replace(&self.root.join(state), &from.join(name))?;
            }
        }
        watch(Step::StatePlaced);
        Ok(())
    }

    /// Removes what an earlier run of the period wrote for books that it no longer has.
    fn drop_others(&self, stated: &RunManifest) -> Result<(), LedgerError> {
        for name in names_in(&self.root)? {
            let Some(book) = name.strip_prefix("book=") else { continue };
            let path = super::part(&self.root, book, stated.period);
            if !stated.rows.contains_key(book) && path.exists() {
                fs::remove_file(&path).map_err(at(&path))?;
                sync_folder(&path)?;
            }
        }
        Ok(())
    }
}

/// Removes the scratch files that a dead run left in a folder.
fn clear_scratch(folder: &Path) -> Result<(), LedgerError> {
    for name in names_in(folder)?.iter().filter(|name| name.starts_with(".wuzhang-") || name.starts_with(".part-")) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(at(&path))?;
    }
    Ok(())
}

/// The name below a folder: `a.xlsx` of `documents/a.xlsx`.
fn below<'a>(name: &'a str, folder: &str) -> Option<&'a str> {
    name.strip_prefix(folder)?.strip_prefix('/')
}

/// Copies a file whole; one that has these bytes already is left alone.
fn replace(path: &Path, from: &Path) -> Result<(), LedgerError> {
    let bytes = fs::read(from).map_err(at(from))?;
    if fs::read(path).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    write(path, &bytes)?;
    sync_folder(path)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(at(folder))?;
    write_whole(path, bytes).map_err(at(path))
}

/// Brings a rename to the disk where the system can (a folder cannot be opened on Windows).
fn sync_folder(path: &Path) -> Result<(), LedgerError> {
    match path.parent().map(File::open) {
        Some(Ok(folder)) if cfg!(unix) => folder.sync_all().map_err(at(path)),
        _ => Ok(()),
    }
}
