//! The stages in order, a line each.
//!
//! Takes a workspace and a period, gives an [`Outcome`]; what it writes it writes whole or not at
//! all. A run is a function of the profile, the settings, the inbox and the ledger's earlier
//! periods: no clock, no environment, no terminal.

mod again;
mod drafting;
mod error;
mod intake;
mod manifest;
pub mod memory;
mod office;
mod outcome;
mod ranking;
mod record;
mod replacing;
mod reporting;
mod scores;
mod stated;
mod status;
mod trace;
mod written;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use again::{Known, rerun, run_known};
pub use drafting::{DraftError, DraftRequest, Drafted, draft_book, draft_text};
pub use error::RunError;
pub use intake::{TakenFile, TakenSheet, take_in};
pub use office::{InspectedSheet, Inspection, Office, inspect};
pub use outcome::{Outcome, SheetSource};
pub use reporting::Reporting;
pub use stated::StatedFigures;
pub use status::{Status, status};
pub use trace::Tracing;

use crate::check::{self, CheckOutcome};
use crate::finding::{Finding, Place};
use crate::ledger::{self, Committed, Ledger};
use crate::measure::{self, Frame, Measured};
use crate::merge::{self, Facts, Merged};
use crate::period::Period;
use crate::profile::Profile;
use crate::publish::{self, CheckReport};
use crate::rank::{self, Ranking};
use crate::record::Table;
use crate::register::Before;
use crate::score;
use crate::workspace::Workspace;

/// Runs a month: reads the inbox, merges, ranks, and writes the documents and the ledger.
///
/// # Errors
///
/// Faults in profile or settings, all of them, before anything is written; a folder that cannot be
/// read or written.
pub fn run(workspace: &Workspace, period: Period, progress: &dyn Fn(&str)) -> Result<Outcome, RunError> {
    Ledger::of(workspace).recover()?;
    let office = Office::open(workspace, period)?;
    let mut outcome = reckon(workspace, &office, progress)?;
    progress("写出成果");
    let (documents, committed) = hand_over(workspace, &office, &outcome)?;
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

/// All stages but the last: from the inbox to the rankings.
fn reckon(workspace: &Workspace, office: &Office, progress: &dyn Fn(&str)) -> Result<Outcome, RunError> {
    progress("读取报表");
    let before = Before::read(&workspace.ledger, office.period, office.profile.county.reports.remember)?;
    let (mut files, tables) = take_in(workspace, office)?;
    progress("合并和核验");
    let basis = status::basis(workspace, office, &before)?;
    let (reporting, tables) = reporting::reckon(office, &mut files, tables, (&before, basis))?;
    let mut merged = merge::merge(&tables, &office.profile, &office.settings, office.period)?;
    merged.facts.extend(reporting.facts.clone().map(|facts| (facts.book.clone(), facts)));
    let checks = check_all(office, &merged)?;
    progress("计算和排名");
    let (rankings, of_scores) = rank_all(workspace, office, &merged)?;
    let stated = stated::stated_figures(&tables, &office.profile);
    let mut read = findings_of(tables);
    read.extend(of_scores);
    read.extend(stated.findings.iter().cloned());
    let mut outcome = Outcome::new(office, files, read, merged, checks, (rankings, reporting));
    outcome.stated = stated;
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

/// The rankings, and what is to be said of the entries of their scores.
fn rank_all(workspace: &Workspace, office: &Office, merged: &Merged) -> Result<(Vec<Ranking>, Vec<Finding>), RunError> {
    let mut last_year = BTreeMap::new();
    for book in merged.facts.keys() {
        if let Some(facts) = ledger::read_period(&workspace.ledger, book, office.period.last_year())? {
            last_year.insert(book.clone(), facts);
        }
    }
    let frame = Frame { profile: &office.profile, settings: &office.settings, period: office.period };
    let measured = measure::measure_all(frame, &merged.facts, &last_year)?;
    Ok(rank_measured(office, office.period, measured))
}

/// Scores and ranks what was measured in a period.
fn rank_measured(office: &Office, period: Period, mut measured: Vec<Measured>) -> (Vec<Ranking>, Vec<Finding>) {
    let scores = score::score(&office.profile, &office.settings, period, &mut measured);
    let rank = |measured: Measured| {
        let of = scores.ranking(&measured.plan.book, &measured.plan.id);
        rank::rank_scored(measured, &office.profile.county, of)
    };
    (measured.into_iter().map(rank).collect(), scores.findings.clone())
}

/// Makes the documents, then hands them over with the ledger: both change together or not at all.
fn hand_over(workspace: &Workspace, office: &Office, outcome: &Outcome) -> Result<(Vec<PathBuf>, Committed), RunError> {
    let mut documents: Vec<(String, Vec<u8>)> = ranking::workbooks(workspace, office, outcome)?;
    let title = |place: &Place| outcome.field_title(&office.profile, place);
    let report = CheckReport {
        findings: &outcome.findings,
        period: office.period,
        title: &title,
        stated: outcome.stated_lines(),
        reporting: outcome.reporting.view(&office.profile),
    };
    documents.push((publish::FINDINGS.to_owned(), publish::findings_workbook(report)?));
    let names: Vec<String> = documents.iter().map(|(name, _)| name.clone()).collect();
    let manifest = manifest::manifest(office, outcome, &names);
    documents.push((manifest::NAME.to_owned(), manifest.into_bytes()));
    let committed = record::commit(workspace, office, outcome, &documents)?;
    outcome.reporting.register.write(&workspace.ledger)?;
    let target = workspace.out(office.period);
    Ok((documents.into_iter().map(|(name, _)| target.join(name)).collect(), committed))
}
