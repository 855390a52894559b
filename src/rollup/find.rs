//! What the counties sent: ledger folders and workbooks below the period's inbox.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::fault::Refusal;
use super::{Books, Submission, read};
use crate::collect::{self, Limits, Password};
use crate::finding::Finding;
use crate::ledger::{Ledger, LedgerError, Run};
use crate::period::Period;
use crate::profile::Profile;

/// What makes a folder a ledger.
const LEDGER: &str = "ledger.json";

/// One thing that lies in the inbox.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its name below the inbox: `云山县/汇总上报表.xlsx`, `云山县/ledger`.
    pub name: String,
    /// SHA-256 of the file; of a ledger, its run's.
    pub digest: String,
    /// Its size in bytes; 0 for a ledger.
    pub size: u64,
    /// Whether it is a ledger folder.
    pub is_ledger: bool,
    /// What it holds: a submission, why that is not taken, or nothing of ours.
    pub content: Option<Result<Submission, Refusal>>,
    /// Books of a ledger that this office's profile does not know.
    pub left_out: Vec<String>,
    /// What reading the file had to say where it is nothing of ours.
    pub findings: Vec<Finding>,
}

/// Reads what lies below the period's inbox, in the order of names. A folder with a `ledger.json` is
/// taken as a whole.
///
/// # Errors
///
/// A folder that cannot be listed.
pub fn receive(
    inbox: &Path,
    period: Period,
    profile: &Profile,
    (limits, passwords): (&Limits, &[Password]),
) -> Result<Vec<Received>, io::Error> {
    let (mut ledgers, mut folders) = (Vec::new(), vec![inbox.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.join(LEDGER).is_file() {
                ledgers.push(path);
            } else if path.is_dir() {
                folders.push(path);
            }
        }
    }
    let files = collect::list_inbox(inbox)?;
    let loose = files.into_iter().filter(|(_, path)| !ledgers.iter().any(|ledger| path.starts_with(ledger)));
    let loose: Vec<(String, PathBuf)> = loose.collect();
    let mut received: Vec<Received> = loose
        .par_iter()
        .flat_map_iter(|(name, path)| collect::read_all(path, name, limits, passwords))
        .map(of_file)
        .collect();
    received.extend(ledgers.iter().map(|path| of_ledger(path, &below(inbox, path), period, profile)));
    received.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(received)
}

fn below(inbox: &Path, path: &Path) -> String {
    path.strip_prefix(inbox).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn of_file(file: collect::SourceFile) -> Received {
    Received {
        name: file.name.to_string(),
        digest: file.digest.clone(),
        size: file.size,
        is_ledger: false,
        content: read::of_file(&file),
        left_out: Vec::new(),
        findings: file.findings,
    }
}

fn of_ledger(path: &Path, name: &str, period: Period, profile: &Profile) -> Received {
    let mut received = Received {
        name: name.to_owned(),
        digest: String::new(),
        size: 0,
        is_ledger: true,
        content: None,
        left_out: Vec::new(),
        findings: Vec::new(),
    };
    let ledger = Ledger::at(path);
    received.content = Some(match ledger.current(period) {
        Ok(Some(run)) => {
            received.digest = run.digest.clone();
            received.left_out = run.books().filter(|book| profile.book(book).is_none()).map(str::to_owned).collect();
            of_run(&run, profile).unwrap_or_else(|error| Err(Refusal::Unreadable(error.to_string())))
        }
        Ok(None) => Err(match ledger.periods().ok().and_then(|periods| periods.last().copied()) {
            Some(other) => Refusal::OtherPeriod(other),
            None => Refusal::Unreadable("里面没有任何一期的运行记录".to_owned()),
        }),
        Err(LedgerError::Newer { found, known, .. }) => Err(Refusal::Newer { found, known }),
        Err(error) => Err(Refusal::Unreadable(error.to_string())),
    });
    received
}

/// A county's run as what it would hand up.
fn of_run(run: &Run, profile: &Profile) -> Result<Result<Submission, Refusal>, LedgerError> {
    let Some(office) = &run.manifest.office else { return Ok(Err(Refusal::Nameless)) };
    let mut facts = Books::new();
    let mut origins = std::collections::BTreeMap::new();
    for book in run.books() {
        let Some(of_book) = run.facts(book)? else { continue };
        origins.insert(book.to_owned(), run.origin_lines(book, &of_book)?);
        facts.insert(book.to_owned(), of_book);
    }
    let submission = Submission::of(office, run.manifest.period, profile, &facts, &origins);
    Ok(Ok(Submission { program: run.manifest.program.clone(), ..submission }))
}
