//! All that a run found out, for the documents, the manifest and the terminal.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Office, TakenFile};
use crate::amount::Fraction;
use crate::check::CheckOutcome;
use crate::finding::{Finding, Level};
use crate::layout::RowKind;
use crate::measure::Figure;
use crate::merge::{Merged, SheetAccount};
use crate::period::Period;
use crate::rank::Ranking;

/// A month's results.
#[derive(Debug)]
pub struct Outcome {
    /// The month.
    pub period: Period,
    /// The files in the order of their names.
    pub files: Vec<TakenFile>,
    /// The merged rows and their account.
    pub merged: Merged,
    /// How each book's rules went.
    pub checks: BTreeMap<String, CheckOutcome>,
    /// Each book's title and number of merged rows, in the profile's order.
    pub books: Vec<(String, usize)>,
    /// The rankings in the profile's order.
    pub rankings: Vec<Ranking>,
    /// The whole county's figures: each measure's title and what it came to.
    pub county: Vec<(String, Figure)>,
    /// All findings, by place.
    pub findings: Vec<Finding>,
    /// The schedule in force.
    pub schedule: Fraction,
    /// What was written.
    pub documents: Vec<PathBuf>,
}

/// One sheet's row account with its findings, for the sources.
#[derive(Debug, Clone)]
pub struct SheetSource {
    /// The file.
    pub file: Arc<str>,
    /// Its digest.
    pub digest: String,
    /// The sheet; `None` for a file that could not be opened.
    pub sheet: Option<Arc<str>>,
    /// The book's id.
    pub book: Option<String>,
    /// How many rows of each kind it has.
    pub kinds: Vec<(RowKind, usize)>,
    /// Rows passed over as a whole, and why.
    pub passed_over: Option<(&'static str, usize)>,
    /// Data rows merged.
    pub merged: usize,
    /// Data rows joined to another unit's row of the same project.
    pub joined: usize,
    /// Data rows set aside with a finding.
    pub set_aside: usize,
    /// Data rows taken off by a decision.
    pub taken_off: usize,
    /// Findings by level.
    pub findings: Vec<(Level, usize)>,
}

impl Outcome {
    pub(super) fn new(
        office: &Office,
        files: Vec<TakenFile>,
        read: Vec<Finding>,
        merged: Merged,
        checks: BTreeMap<String, CheckOutcome>,
        rankings: Vec<Ranking>,
    ) -> Self {
        let mut findings: Vec<Finding> = files.iter().flat_map(|file| file.findings.iter().cloned()).collect();
        findings.extend(read);
        findings.extend(merged.findings.iter().cloned());
        findings.extend(checks.values().flat_map(|check| check.findings.iter().cloned()));
        findings.sort();
        findings.dedup();
        let height = |id: &String| merged.facts.get(id).map(|facts| facts.height());
        let books =
            office.profile.books.iter().filter_map(|book| Some((book.title.clone(), height(&book.id)?))).collect();
        let county = county_figures(office, &rankings);
        let schedule = crate::merge::schedule_in_force(&office.profile.county.schedule, office.period);
        Self {
            period: office.period,
            files,
            merged,
            checks,
            books,
            rankings,
            county,
            findings,
            schedule,
            documents: Vec::new(),
        }
    }

    /// How many findings there are of each level.
    pub fn count_levels(&self) -> Vec<(Level, usize)> {
        levels_of(self.findings.iter())
    }

    /// Files that could not be opened.
    pub fn unopened(&self) -> usize {
        self.files.iter().filter(|file| !file.opened).count()
    }

    /// The row account of every sheet, and a line for each file that could not be opened.
    pub fn sources(&self) -> Vec<SheetSource> {
        self.files.iter().flat_map(|file| self.sources_of(file)).collect()
    }

    fn sources_of(&self, file: &TakenFile) -> Vec<SheetSource> {
        let of_file = |sheet: Option<&Arc<str>>| {
            let mine = |finding: &&Finding| finding.place.file == file.name && finding.place.sheet.as_ref() == sheet;
            levels_of(self.findings.iter().filter(mine))
        };
        let blank = |sheet: Option<Arc<str>>| SheetSource {
            file: file.name.clone(),
            digest: file.digest.clone(),
            findings: of_file(sheet.as_ref()),
            sheet,
            book: None,
            kinds: Vec::new(),
            passed_over: None,
            merged: 0,
            joined: 0,
            set_aside: 0,
            taken_off: 0,
        };
        if file.sheets.is_empty() {
            return vec![blank(None)];
        }
        let with_account = |(at, sheet): (usize, &super::TakenSheet)| {
            // Two tables on one sheet have an account each, in their order.
            let twins = file.sheets[..at].iter().filter(|other| other.name == sheet.name);
            let before = twins.clone().filter(|other| other.book.is_some()).count();
            let mine = |account: &&SheetAccount| *account.file == *file.name && *account.sheet == *sheet.name;
            let account = self.merged.account.iter().filter(mine).nth(before).filter(|_| sheet.book.is_some());
            let mut source = blank(Some(sheet.name.clone()));
            if twins.count() > 0 {
                source.findings.clear();
            }
            source.book = sheet.book.clone();
            source.kinds = sheet.kinds.clone();
            source.passed_over = sheet.reason.map(|reason| (reason, sheet.passed_over));
            if let Some(account) = account {
                source.merged = account.merged;
                source.joined = account.joined;
                source.set_aside = account.set_aside;
                source.taken_off = account.taken_off;
            }
            source
        };
        file.sheets.iter().enumerate().map(with_account).collect()
    }
}

fn levels_of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<(Level, usize)> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.level).or_insert(0) += 1;
    }
    Level::ALL.into_iter().map(|level| (level, counts.get(&level).copied().unwrap_or(0))).collect()
}

/// The figures of the rankings that are the whole county, with their measures' titles.
fn county_figures(office: &Office, rankings: &[Ranking]) -> Vec<(String, Figure)> {
    let title = |book: &str, measure: &str| {
        let measures = office.profile.book(book).map(|book| &book.measures);
        let known = measures.and_then(|measures| measures.iter().find(|known| known.id == measure));
        known.map_or_else(|| measure.to_owned(), |known| known.title.clone())
    };
    let whole = rankings.iter().filter(|ranking| ranking.id == "county");
    let figures = whole.flat_map(|ranking| {
        ranking.rows.iter().flat_map(move |row| row.figures.iter().map(move |figure| (&ranking.book, figure)))
    });
    figures.map(|(book, figure)| (title(book, &figure.measure), figure.clone())).collect()
}
