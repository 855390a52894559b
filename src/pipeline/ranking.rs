//! The ranking workbooks' reports, put together from an outcome.

use super::{Office, Outcome, RunError, SheetSource};
use crate::amount::Fraction;
use crate::merge::{AppliedLink, Revised};
use crate::profile::{Book, Reckoning};
use crate::publish::{self, BookFigures, Report, SourceSheet};
use crate::rank::{Ranked, Ranking};
use crate::settings::{Adjustment, ProjectShares};
use crate::workspace::Workspace;

/// The book that the ranking workbook is about.
const RANKED: &str = "key_projects";

/// The ranking workbooks by file name: that of the key projects, where the month has any, then one for
/// each other book whose groups are ranked.
pub(super) fn workbooks(
    workspace: &Workspace,
    office: &Office,
    outcome: &Outcome,
) -> Result<Vec<(String, Vec<u8>)>, RunError> {
    let title = |id: &String| office.profile.book(id).map(|book| book.title.clone());
    let sources: Vec<SourceSheet> = outcome.sources().iter().map(|source| source_sheet(source, &title)).collect();
    let mut made = Vec::new();
    let ranked =
        office.profile.books.iter().filter_map(|book| outcome.merged.facts.get(&book.id).map(|facts| (book, facts)));
    for (book, facts) in ranked {
        let of_book = Parts::of(outcome, &book.id);
        let report = Report {
            profile: &office.profile,
            period: office.period,
            county: workspace.county.as_deref().unwrap_or_default(),
            facts,
            rankings: &of_book.rankings,
            others: &of_book.others,
            sources: &sources,
            findings: &outcome.count_levels(),
            decisions: &of_book.decisions,
            revised: &of_book.revised,
            links: &of_book.links,
            shares: &of_book.shares,
            schedule: due(office, book, &of_book.rankings),
            schedules: &outcome.schedules,
        };
        if book.id == RANKED {
            made.push((publish::ranking_file_name(office.period), publish::ranking_workbook(&report)?));
        } else if let Some(bytes) = publish::book_workbook(&report)? {
            made.push((publish::book_file_name(office.period, &book.title), bytes));
        }
    }
    Ok(made)
}

/// What of an outcome is about one book.
struct Parts {
    rankings: Vec<Ranking>,
    others: Vec<BookFigures>,
    decisions: Vec<Adjustment>,
    revised: Vec<Revised>,
    links: Vec<AppliedLink>,
    shares: Vec<ProjectShares>,
}

impl Parts {
    fn of(outcome: &Outcome, book: &str) -> Self {
        let whole = |ranking: &&Ranking| ranking.book != book && ranking.id == "county";
        let figures = |ranking: &Ranking| {
            let row = |row: &Ranked| BookFigures { book: ranking.book.clone(), figures: row.figures.clone() };
            ranking.rows.iter().map(row).collect::<Vec<_>>()
        };
        Self {
            rankings: outcome.rankings.iter().filter(|ranking| ranking.book == book).cloned().collect(),
            others: outcome.rankings.iter().filter(whole).flat_map(figures).collect(),
            decisions: outcome.merged.decisions.iter().filter(|decision| decision.book == book).cloned().collect(),
            revised: outcome.merged.revised.iter().filter(|one| one.decision.book == book).cloned().collect(),
            links: outcome.merged.links.iter().filter(|one| one.link.book == book).cloned().collect(),
            shares: outcome.merged.shared.iter().filter(|shares| shares.book == book).cloned().collect(),
        }
    }
}

/// How far the schedule of a book has come; for one of the plan's own figures that of the whole county.
fn due(office: &Office, book: &Book, rankings: &[Ranking]) -> Option<Fraction> {
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
