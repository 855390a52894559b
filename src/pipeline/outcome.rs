//! All that a run found out, for the documents, the manifest and the terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::{Office, Reporting, StatedFigures, TakenFile, TakenSheet, told};
use crate::check::CheckOutcome;
use crate::finding::{Finding, Level, Place};
use crate::layout::RowKind;
use crate::ledger::Committed;
use crate::measure::{self, Figure, ScheduleUsed};
use crate::merge::{Merged, SheetAccount};
use crate::period::Period;
use crate::profile::Profile;
use crate::publish;
use crate::rank::Ranking;
use crate::text::TextMap;

/// A month's results.
#[derive(Debug)]
pub struct Outcome {
    /// The month.
    pub period: Period,
    /// The files in the order of their names; what is said of them is among the findings.
    pub files: Vec<TakenFile>,
    /// The merged rows and their account; what is said of them is among the findings.
    pub merged: Merged,
    /// How each book's rules went; what they found is among the findings.
    pub checks: BTreeMap<String, CheckOutcome>,
    /// Each book's title and number of merged rows, in the profile's order.
    pub books: Vec<(String, usize)>,
    /// The rankings in the profile's order.
    pub rankings: Vec<Ranking>,
    /// The rankings of the year's earlier periods of the same grain, the first first.
    pub earlier: Vec<(Period, Vec<Ranking>)>,
    /// The whole county's figures: each measure's title and what it came to.
    pub county: Vec<(String, Figure)>,
    /// What the units owed and what came.
    pub reporting: Reporting,
    /// How many rows of each book stay on a cluster, where this month was summed there.
    pub elsewhere: BTreeMap<String, usize>,
    /// All findings, by place.
    pub findings: Vec<Finding>,
    /// The schedules that figures are held against.
    pub schedules: Vec<ScheduleUsed>,
    /// The rates and totals that sheets state, recomputed.
    pub stated: StatedFigures,
    /// The files that go back to their units.
    pub returns: Vec<super::Return>,
    /// The bulletin; `None` before it is made.
    pub bulletin: Option<publish::Bulletin>,
    /// What was written.
    pub documents: Vec<PathBuf>,
    /// What the operator should know of the run itself, a sentence each.
    pub notices: Vec<String>,
    /// The run as the ledger recorded it; `None` before it has.
    pub committed: Option<Committed>,
    /// Where each file stands in `files`.
    by_name: TextMap<Arc<str>, usize>,
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
    /// The file whose report took the place of its rows, or of some of them.
    pub replaced_by: Option<Arc<str>>,
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
        mut files: Vec<TakenFile>,
        read: Vec<Finding>,
        mut merged: Merged,
        mut checks: BTreeMap<String, CheckOutcome>,
        (rankings, reporting): (Vec<Ranking>, Reporting),
    ) -> Self {
        let mut findings = told::all(read, &mut files, &mut merged, &mut checks);
        let returned: Vec<_> = files.iter().flat_map(|file| file.returned.iter().cloned()).collect();
        let by = (&office.settings, &office.profile, &merged);
        crate::history::answer(&mut findings, &returned, by, office.period);
        let height = |id: &String| merged.facts.get(id).map(|facts| facts.height());
        let reported = office.profile.books.iter().filter(|book| !book.internal);
        let books = reported.filter_map(|book| Some((book.title.clone(), height(&book.id)?))).collect();
        let county = county_figures(office, &rankings);
        let with_facts: Vec<&str> = merged.facts.keys().map(String::as_str).collect();
        let schedules = measure::schedules_used(&office.profile, &with_facts, office.period);
        let by_name = files.iter().enumerate().map(|(at, file)| (file.name.clone(), at)).collect();
        Self {
            by_name,
            period: office.period,
            files,
            merged,
            checks,
            books,
            rankings,
            earlier: Vec::new(),
            elsewhere: BTreeMap::new(),
            county,
            reporting,
            findings,
            schedules,
            stated: StatedFigures::default(),
            returns: Vec::new(),
            bulletin: None,
            documents: Vec::new(),
            committed: None,
            notices: Vec::new(),
        }
    }

    /// The stated figures as the check report shows them.
    pub(super) fn stated_lines(&self) -> publish::Stated<'_> {
        publish::Stated { lines: &self.stated.lines, reproduced: self.stated.reproduced }
    }

    /// The book that the sheet of a place was read as.
    pub fn book_of(&self, place: &Place) -> Option<&str> {
        let of_place = |sheet: &&TakenSheet| Some(&sheet.name) == place.sheet.as_ref();
        let file = self.by_name.get(&place.file).map(|&at| &self.files[at])?;
        file.sheets.iter().find(of_place)?.book.as_deref()
    }

    /// What readers call the field of a place: by the book that its sheet was read as, where that has it.
    pub fn field_title<'p>(&self, profile: &'p Profile, place: &Place) -> Option<&'p str> {
        let field = profile.book(self.book_of(place)?)?.field(place.field.as_deref()?)?;
        Some(&field.title)
    }

    /// How many findings were explained, and the office accepts that.
    pub fn answered(&self) -> usize {
        self.findings.iter().filter(|finding| finding.answer().is_some()).count()
    }

    /// How many findings there are of each level, without those that were explained.
    pub fn count_levels(&self) -> Vec<(Level, usize)> {
        levels_of(self.findings.iter())
    }

    /// The sheets whose layout is in doubt: findings about how they were read, not about their figures.
    pub fn doubtful_sheets(&self) -> usize {
        let doubts = self.findings.iter().filter(|finding| publish::is_doubt(finding));
        doubts.map(|finding| (&finding.place.file, &finding.place.sheet)).collect::<BTreeSet<_>>().len()
    }

    /// How many rules were held, and how many of them could not be evaluated for some row.
    pub fn rules(&self) -> (usize, usize) {
        let rules = || self.checks.values().flat_map(|check| &check.rules);
        (rules().count(), rules().filter(|rule| rule.not_evaluated > 0).count())
    }

    /// Files that could not be opened.
    pub fn unopened(&self) -> usize {
        self.files.iter().filter(|file| !file.opened).count()
    }

    /// The row account of every sheet, and a line for each file that could not be opened.
    pub fn sources(&self) -> impl Iterator<Item = SheetSource> {
        self.files.iter().flat_map(|file| self.sources_of(file))
    }

    /// The findings on a sheet, or on a file as a whole: a run of the sorted list.
    fn findings_of(&self, file: &Arc<str>, sheet: Option<&Arc<str>>) -> &[Finding] {
        let wanted = (file, sheet);
        let before =
            self.findings.partition_point(|finding| (&finding.place.file, finding.place.sheet.as_ref()) < wanted);
        let rest = &self.findings[before..];
        let count = rest.partition_point(|finding| (&finding.place.file, finding.place.sheet.as_ref()) == wanted);
        &rest[..count]
    }

    /// The row accounts of a sheet's tables: a run of the list, which is in order of file and sheet.
    fn accounts_of(&self, file: &str, sheet: &str) -> &[SheetAccount] {
        let accounts = &self.merged.account;
        let before = accounts.partition_point(|account| (&*account.file, &*account.sheet) < (file, sheet));
        let rest = &accounts[before..];
        &rest[..rest.partition_point(|account| (&*account.file, &*account.sheet) == (file, sheet))]
    }

    fn sources_of(&self, file: &TakenFile) -> Vec<SheetSource> {
        let of_file = |sheet: Option<&Arc<str>>| levels_of(self.findings_of(&file.name, sheet).iter());
        let blank = |sheet: Option<Arc<str>>| SheetSource {
            file: file.name.clone(),
            digest: file.digest.clone(),
            findings: of_file(sheet.as_ref()),
            sheet,
            book: None,
            kinds: Vec::new(),
            passed_over: None,
            replaced_by: None,
            merged: 0,
            joined: 0,
            set_aside: 0,
            taken_off: 0,
        };
        if file.sheets.is_empty() {
            return vec![blank(None)];
        }
        let with_account = |(at, sheet): (usize, &TakenSheet)| {
            // Two tables on one sheet have an account each, in their order; findings stand with the first.
            let twins = file.sheets[..at].iter().filter(|other| other.name == sheet.name);
            let before = twins.clone().filter(|other| other.stands()).count();
            let accounts = self.accounts_of(&file.name, &sheet.name);
            let account = accounts.get(before).filter(|_| sheet.stands());
            let mut source = blank(Some(sheet.name.clone()));
            if twins.count() > 0 {
                source.findings = levels_of(std::iter::empty());
            }
            source.book = sheet.book.clone();
            source.kinds = sheet.kinds.clone();
            source.replaced_by = sheet.replaced_by.clone();
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
    for finding in findings.filter(|finding| finding.answer().is_none()) {
        *counts.entry(finding.level).or_insert(0) += 1;
    }
    Level::ALL.into_iter().map(|level| (level, counts.get(&level).copied().unwrap_or(0))).collect()
}

/// The figures of the rankings that are the whole county, with their measures' titles; how the units
/// reported is told by state.
fn county_figures(office: &Office, rankings: &[Ranking]) -> Vec<(String, Figure)> {
    let title = |book: &str, measure: &str| {
        let measures = office.profile.book(book).map(|book| &book.measures);
        let known = measures.and_then(|measures| measures.iter().find(|known| known.id == measure));
        known.map_or_else(|| measure.to_owned(), |known| known.title.clone())
    };
    let internal = |book: &str| office.profile.book(book).is_some_and(|book| book.internal);
    let whole = rankings.iter().filter(|ranking| ranking.id == "county" && !internal(&ranking.book));
    let figures = whole.flat_map(|ranking| {
        ranking.rows.iter().flat_map(move |row| row.figures.iter().map(move |figure| (&ranking.book, figure)))
    });
    figures.map(|(book, figure)| (title(book, &figure.measure), figure.clone())).collect()
}
