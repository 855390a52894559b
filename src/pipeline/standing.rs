//! Where a workspace's latest period stands, told from what lies on the disk; nothing is reckoned.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;

use super::{RunError, manifest, office};
use crate::collect;
use crate::deliver::{DeliverError, History};
use crate::ledger::{self, Ledger, Run};
use crate::period::Period;
use crate::workspace::{Level, Workspace};

/// Where a period stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The period: the latest that has an inbox or a run.
    pub period: Period,
    /// Files in its inbox.
    pub files: usize,
    /// The run that stands; `None` before the first.
    pub run: Option<Stood>,
    /// Messages with documents of this period that a server took.
    pub sent: usize,
}

/// A run as it stands against what lies in the workspace now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stood {
    /// Its number in its period.
    pub number: usize,
    /// Files of the inbox that came, went or changed since.
    pub files_changed: usize,
    /// Whether the settings, the profile or the confirmed layouts changed since.
    pub stated_changed: bool,
    /// Findings that departments must mend.
    pub errors: usize,
    /// Whether it left out the returns.
    pub quick: bool,
}

/// What is read of a run's `run.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Told {
    findings: BTreeMap<String, Counted>,
    quick: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Counted {
    count: usize,
}

/// Where a workspace's latest period stands; `None` where nothing has come and nothing was run.
///
/// # Errors
///
/// Folders, a ledger or a record of sent mail that cannot be read.
pub fn standing(workspace: &Workspace) -> Result<Option<Standing>, RunError> {
    let ledger = Ledger::of(workspace);
    let with_files = inboxes(workspace)?;
    let of_runs = ledger.periods()?;
    let Some(period) = with_files.into_iter().chain(of_runs).max() else { return Ok(None) };
    let inbox = digests(workspace, period)?;
    let run = ledger.current(period)?.map(|run| stood(workspace, &inbox, &run)).transpose()?;
    let sent = History::read(&workspace.sent, period).map_err(unread)?.sent_documents();
    Ok(Some(Standing { period, files: inbox.len(), run, sent }))
}

/// The periods whose inbox holds a file.
fn inboxes(workspace: &Workspace) -> Result<Vec<Period>, RunError> {
    let folder = workspace.inboxes();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(RunError::Reading { path: folder.to_owned(), source }),
    };
    let reading = |path: &Path| {
        let path = path.to_owned();
        move |source| RunError::Reading { path, source }
    };
    let mut filled = Vec::new();
    for entry in entries {
        let entry = entry.map_err(reading(folder))?;
        // What is named otherwise is no period's inbox.
        let Some(period) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let path = entry.path();
        if path.is_dir() && !collect::list_inbox(&path).map_err(reading(&path))?.is_empty() {
            filled.push(period);
        }
    }
    Ok(filled)
}

/// The files of an inbox and their digests.
fn digests(workspace: &Workspace, period: Period) -> Result<BTreeMap<String, String>, RunError> {
    let inbox = workspace.inbox(period);
    if !inbox.is_dir() {
        return Ok(BTreeMap::new());
    }
    let files = collect::list_inbox(&inbox).map_err(|source| RunError::Reading { path: inbox, source })?;
    let digest = |(name, path): (String, PathBuf)| match collect::digest_of_file(&path) {
        Ok(digest) => Ok((name, digest)),
        Err(source) => Err(RunError::Reading { path, source }),
    };
    // Of several that cannot be read the first is told.
    files.into_par_iter().map(digest).collect::<Vec<_>>().into_iter().collect()
}

fn stood(workspace: &Workspace, inbox: &BTreeMap<String, String>, run: &Run) -> Result<Stood, RunError> {
    let name = format!("documents/{}", manifest::NAME);
    // A run of before there was one tells neither.
    let told: Told = match run.file(&name)? {
        Some(bytes) => serde_json::from_slice(&bytes)
            .map_err(|fault| RunError::Reading { path: run.folder.join(&name), source: fault.into() })?,
        None => Told::default(),
    };
    let stated: BTreeMap<String, String> =
        office::stated(workspace)?.iter().map(|(name, bytes)| (name.clone(), ledger::sha256(bytes))).collect();
    let is_other = |(name, digest): (&String, &String)| run.manifest.files.get(name) != Some(digest);
    Ok(Stood {
        number: run.number,
        // A higher office's inbox is folders of counties, whose files are not its inputs one by one.
        files_changed: if workspace.level == Level::City { 0 } else { changed(inbox, run) },
        stated_changed: stated.iter().any(is_other),
        errors: told.findings.get("error").map_or(0, |of_level| of_level.count),
        quick: told.quick,
    })
}

/// How many files of the inbox are not as a run found them. Of archives and mails, whose files are the inputs,
/// only that they are there is known without opening them.
fn changed(inbox: &BTreeMap<String, String>, run: &Run) -> usize {
    let inputs: BTreeMap<&str, &str> =
        run.manifest.inputs.iter().map(|input| (input.file.as_str(), input.sha256.as_str())).collect();
    let holds = |container: &str| inputs.range(container..).next().is_some_and(|(name, _)| name.starts_with(container));
    let is_other = |(name, digest): &(&String, &String)| match inputs.get(name.as_str()) {
        Some(known) => known != digest,
        None => !holds(name),
    };
    let came_from = |input: &str| inbox.keys().any(|name| input.starts_with(name.as_str()));
    inbox.iter().filter(is_other).count() + inputs.keys().filter(|input| !came_from(input)).count()
}

fn unread(error: DeliverError) -> RunError {
    match error {
        DeliverError::Io { path, source, .. } => RunError::Reading { path, source },
        other => RunError::Reading { path: "sent".into(), source: std::io::Error::other(other.to_string()) },
    }
}
