//! The stages in order, a line each.
//!
//! Takes a workspace and a period, gives an [`Outcome`]; what it writes it writes whole or not at
//! all. A run is a function of the profile, the settings, the inbox and the ledger's earlier
//! periods: no clock, no environment, no terminal.

mod again;
mod bulletin;
mod cache;
mod check_report;
mod city;
pub mod cluster;
mod documents;
mod drafting;
mod error;
mod fetching;
mod file_names;
mod form_rows;
mod forms;
mod groups;
mod heap;
mod intake;
mod large;
mod mailing;
mod manifest;
pub mod memory;
mod office;
mod origins;
mod outcome;
mod past;
mod places;
mod progress;
mod ranking;
mod record;
mod replacing;
mod reporting;
mod returns;
mod scores;
mod standing;
mod stated;
mod status;
mod told;
mod trace;
mod written;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use again::{Known, rerun, run_known};
pub use drafting::{DraftError, DraftRequest, Drafted, draft_book, draft_text};
pub use error::RunError;
pub use fetching::{FetchRequest, FetchingError, fetch_mail};
pub use forms::{FormRequest, FormsError, Issued, IssuedFile, forms};
pub use intake::{TakenFile, TakenIn, TakenSheet, take_in};
pub use mailing::{MailError, plan_mail, plan_reminders, send_mail, settle_plan};
pub use office::{InspectedSheet, Inspection, Office, inspect};
pub use outcome::{Outcome, SheetSource};
pub use progress::{Progress, Stage, Step};
pub use reporting::Reporting;
pub use returns::{RETURNS, Return};
pub use standing::{Standing, Stood, standing};
pub use stated::StatedFigures;
pub use status::{Status, status};
pub use trace::{Changed, Tracing};

use crate::check::{self, CheckOutcome};
use crate::finding::Finding;
use crate::history::{self, Earlier, Life, Past};
use crate::ledger::{Committed, Ledger};
use crate::merge::{self, Facts, Merged};
use crate::period::Period;
use crate::profile::Profile;
use crate::publish;
use crate::rank::Ranking;
use crate::record::Table;
use crate::register::Before;
use crate::rollup::{ROLLUP, Submission};
use crate::workspace::{Level, STOP, Workspace};
use documents::Documents;

/// Runs a month: reads the inbox, merges, ranks, and writes the documents and the ledger.
///
/// # Errors
///
/// Faults in profile or settings, all of them, before anything is written; a folder that cannot be
/// read or written.
pub fn run(workspace: &Workspace, period: Period, progress: &Progress<'_>) -> Result<Outcome, RunError> {
    heap::settle();
    Ledger::of(workspace).recover()?;
    let office = Office::open(workspace, period)?;
    let mut outcome = reckon(workspace, &office, progress)?;
    heap::hand_back();
    progress(Step::Begun(Stage::Writing));
    outcome.bulletin = Some(bulletin::bulletin(workspace, &office, &outcome)?);
    let (documents, committed) = hand_over(workspace, &office, &mut outcome, progress)?;
    (outcome.documents, outcome.committed) = (documents, Some(committed));
    Ok(outcome)
}

/// The rankings of a month as a run would give them, with the profile that names them; writes nothing.
///
/// # Errors
///
/// As [`run`], but for writing.
pub fn measures(workspace: &Workspace, period: Period) -> Result<(Profile, Vec<Ranking>), RunError> {
    let office = Office::open(workspace, period)?;
    let rankings = reckon(workspace, &office, &|_| {})?.rankings;
    Ok((office.profile, rankings))
}

/// The projects of the ledger that a name or code means, each with its whole life.
///
/// # Errors
///
/// Faults in profile or settings; a ledger that cannot be read.
pub fn project(workspace: &Workspace, wanted: &str) -> Result<Vec<Life>, RunError> {
    let profile = Profile::load(workspace.profile.as_deref())?;
    let settings = match &workspace.settings {
        Some(path) => crate::settings::read(path, &profile, &workspace.limits)?,
        None => crate::settings::Settings::default(),
    };
    Ok(history::lives(&Ledger::of(workspace), &profile, &settings, wanted)?)
}

/// All stages but the last: from the inbox to the rankings.
fn reckon(workspace: &Workspace, office: &Office, progress: &Progress<'_>) -> Result<Outcome, RunError> {
    progress(Step::Begun(Stage::Reading));
    if workspace.level == Level::City {
        let (files, merged) = city::gather(workspace, office)?;
        progress(Step::Begun(Stage::Ranking));
        let places = places::rank_all(workspace, office, &merged)?;
        // Rows were checked where their departments can be asked: in the counties.
        let with = (places.rankings, Reporting::none(office.period));
        let mut outcome = Outcome::new(office, files, places.findings, merged, BTreeMap::new(), with);
        outcome.earlier = places.earlier;
        return Ok(outcome);
    }
    let before = Before::read(&workspace.ledger, office.period, office.profile.county.reports.remember)?;
    let TakenIn { mut files, tables, digests, notice } = take_in(workspace, office, progress)?;
    STOP.go_on()?;
    heap::hand_back();
    progress(Step::Begun(Stage::Checking));
    let of = (&office.profile, office.period);
    let basis = status::basis(workspace, of, (&office.stated, &before), &digests)?;
    let (reporting, mut tables) = reporting::reckon(office, &mut files, tables, (&before, basis))?;
    let earlier = Earlier::read(&workspace.ledger, &office.profile, office.period)?;
    let known = earlier.known(&office.profile);
    let mut stated = stated::stated_figures(&mut tables, &office.profile);
    let mut merged = merge::merge_after(&known, &tables, &office.profile, &office.settings, office.period)?;
    merged.facts.extend(reporting.facts.clone().map(|facts| (facts.book.clone(), facts)));
    // The rows stand in the facts now; what was typed from the sheets is not held beside them.
    let mut read = findings_of(tables);
    heap::hand_back();
    let mut checks = check_all(office, &merged)?;
    let (profile, settings) = (&office.profile, &office.settings);
    let past = Past { profile, settings, period: office.period, earlier: &earlier };
    for (book, found) in history::check(past, &merged)? {
        checks.entry(book).or_default().join(found);
    }
    STOP.go_on()?;
    progress(Step::Begun(Stage::Ranking));
    let places = places::rank_all(workspace, office, &merged)?;
    read.extend(places.findings);
    read.append(&mut stated.findings);
    let mut outcome = Outcome::new(office, files, read, merged, checks, (places.rankings, reporting));
    (outcome.stated, outcome.earlier, outcome.notices) = (stated, places.earlier, Vec::from_iter(notice));
    Ok(outcome)
}

fn findings_of(tables: Vec<Table>) -> Vec<Finding> {
    tables.into_iter().flat_map(|table| table.findings).collect()
}

fn check_all(office: &Office, merged: &Merged) -> Result<BTreeMap<String, CheckOutcome>, RunError> {
    let known = |id: &String| office.profile.book(id);
    let of = |(id, facts): (&String, &Facts)| {
        known(id).map(|book| Ok((id.clone(), check::check_rows(book, &facts.frame, &merged.origins)?)))
    };
    merged.facts.iter().filter_map(of).collect()
}

/// Makes the documents, then hands them over with the ledger: both change together or not at all.
fn hand_over(
    workspace: &Workspace,
    office: &Office,
    outcome: &mut Outcome,
    progress: &Progress<'_>,
) -> Result<(Vec<PathBuf>, Committed), RunError> {
    let mut documents = Documents::begin(workspace, office.period)?;
    let made = &*outcome;
    let mut makers = ranking::makers(workspace, office, made)?;
    if let Some(bulletin) = &made.bulletin {
        makers.push(Box::new(|part| part.put(publish::BULLETIN, &bulletin.bytes)));
    }
    // The cells of a large month's workbooks and those of its check report do not stand in memory together.
    if large::is_large(office, made) {
        documents.side_by_side(std::mem::take(&mut makers))?;
        heap::hand_back();
    }
    makers.push(Box::new(|part| check_report::put(office, made, part)));
    documents.side_by_side(makers)?;
    let hands_up = workspace.county.as_ref().filter(|_| !large::is_large(office, made));
    if let Some(county) = hands_up {
        let origins = origins::all(office, made);
        let submission = Submission::of(county, office.period, &office.profile, &made.merged.facts, &origins);
        documents.put(ROLLUP, &publish::rollup_workbook(&submission)?)?;
    }
    if !workspace.quick {
        outcome.returns = returns::make(workspace, office, outcome, (&mut documents, progress))?;
    }
    let notices = large::notices(workspace, office, outcome);
    outcome.notices.extend(notices.iter().cloned());
    let outcome = &*outcome;
    let groups = groups::groups(workspace, office, outcome, &mut documents)?;
    let manifest = manifest::manifest(office, outcome, documents.names(), (groups, notices, workspace.quick));
    documents.put(manifest::NAME, manifest.as_bytes())?;
    let names = documents.names().to_vec();
    STOP.go_on()?;
    heap::hand_back();
    progress(Step::Begun(Stage::HandingOver));
    let committed = record::commit(workspace, office, outcome, documents)?;
    let target = workspace.out(office.period);
    Ok((names.into_iter().map(|name| target.join(name)).collect(), committed))
}
