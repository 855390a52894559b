//! The ranking workbook's report, put together from an outcome.

use super::{Office, Outcome, RunError, SheetSource};
use crate::amount::Fraction;
use crate::profile::Reckoning;
use crate::publish::{self, BookFigures, Report, SourceSheet};
use crate::rank::Ranking;
use crate::settings::Adjustment;
use crate::workspace::Workspace;

/// The book that the ranking workbook is about.
const RANKED: &str = "key_projects";

/// The ranking workbook; `None` where no sheet of the month is about key projects.
pub(super) fn workbook(workspace: &Workspace, office: &Office, outcome: &Outcome) -> Result<Option<Vec<u8>>, RunError> {
    let Some(facts) = outcome.merged.facts.get(RANKED) else { return Ok(None) };
    let rankings: Vec<_> = outcome.rankings.iter().filter(|ranking| ranking.book == RANKED).cloned().collect();
    let others: Vec<BookFigures> = outcome
        .rankings
        .iter()
        .filter(|ranking| ranking.book != RANKED && ranking.id == "county")
        .flat_map(|ranking| {
            ranking.rows.iter().map(|row| BookFigures { book: ranking.book.clone(), figures: row.figures.clone() })
        })
        .collect();
    let title = |id: &String| office.profile.book(id).map(|book| book.title.clone());
    let sources: Vec<SourceSheet> = outcome.sources().iter().map(|source| source_sheet(source, &title)).collect();
    let of_book = |adjustment: &&Adjustment| adjustment.book == RANKED;
    let decisions: Vec<Adjustment> = outcome.merged.decisions.iter().filter(of_book).cloned().collect();
    let revised: Vec<_> = outcome.merged.revised.iter().filter(|one| one.decision.book == RANKED).cloned().collect();
    let links: Vec<_> = outcome.merged.links.iter().filter(|one| one.link.book == RANKED).cloned().collect();
    let report = Report {
        profile: &office.profile,
        period: office.period,
        county: workspace.county.as_deref().unwrap_or_default(),
        facts,
        rankings: &rankings,
        others: &others,
        sources: &sources,
        findings: &outcome.count_levels(),
        decisions: &decisions,
        revised: &revised,
        links: &links,
        schedule: due(office, &rankings),
        schedules: &outcome.schedules,
    };
    Ok(Some(publish::ranking_workbook(&report)?))
}

/// How far the schedule of the ranked book has come; for one of the plan's own figures that of the whole county.
fn due(office: &Office, rankings: &[Ranking]) -> Option<Fraction> {
    let book = office.profile.book(RANKED)?;
    let county = &office.profile.county;
    if let Some(share) = county.share(county.schedule(book, None, None), office.period) {
        return Some(share.value());
    }
    let whole = rankings.iter().find(|ranking| ranking.id == "county")?.rows.first()?;
    let schedule = book.measures.iter().find(|measure| measure.kind == Reckoning::Schedule)?;
    whole.figure(&schedule.id)?.value
}

fn source_sheet(source: &SheetSource, title: &dyn Fn(&String) -> Option<String>) -> SourceSheet {
    SourceSheet {
        file: source.file.clone(),
        digest: source.digest.chars().take(12).collect(),
        sheet: source.sheet.clone(),
        book: source.book.as_ref().and_then(title),
        rows: source.kinds.clone(),
        merged: source.merged + source.joined,
        set_aside: source.set_aside,
        taken_off: source.taken_off,
        passed_over: source.passed_over.map_or(0, |(_, rows)| rows),
        findings: source.findings.clone(),
    }
}
