//! The ranking workbooks' reports, put together from an outcome: one for each book that has rankings.

use std::sync::Arc;

use super::documents::{Maker, Part};
use super::past::{self, Definitions};
use super::{Office, Outcome, RunError, SheetSource};
use crate::amount::Fraction;
use crate::merge::{AppliedLink, Revised};
use crate::profile::{Book, ChartPlan, Measure, Reckoning, WHOLE};
use crate::publish::{self, Bars, BookFigures, Report, Series, SourceSheet};
use crate::rank::Ranking;
use crate::settings::{Adjustment, ProjectShares};
use crate::workspace::Workspace;

/// The book whose workbook shows the other books' figures of the whole too.
const MAIN: &str = "key_projects";
/// The book whose open rows that workbook lists.
const BOTTLENECKS: &str = "bottlenecks";

/// Makes the ranking workbooks of the month: of each book with facts that has more to rank than the whole, and
/// of the main book in any case.
pub(super) fn makers<'o>(
    workspace: &'o Workspace,
    office: &'o Office,
    outcome: &'o Outcome,
) -> Result<Vec<Maker<'o>>, RunError> {
    let with_rankings = |book: &&Book| book.id == MAIN || outcome.rankings.iter().any(|it| compares(office, it, book));
    let definitions = Arc::new(Definitions::of(workspace, office, outcome)?);
    let maker = |book: &'o Book| -> Maker<'o> {
        let definitions = definitions.clone();
        Box::new(move |part| workbook(workspace, office, outcome, (book, &definitions), part))
    };
    Ok(office.profile.books.iter().filter(with_rankings).map(maker).collect())
}

/// What those workbooks that go with a bulletin are called, the main book's first: not those of the program's own
/// books, which tell how units report.
pub(super) fn names(office: &Office, outcome: &Outcome) -> Vec<String> {
    let made = |book: &&Book| {
        let ranked = book.id == MAIN || outcome.rankings.iter().any(|it| compares(office, it, book));
        ranked && !book.internal && outcome.merged.facts.contains_key(&book.id)
    };
    office.profile.books.iter().filter(made).map(|book| publish::ranking_file_name(book, office.period)).collect()
}

/// Whether a ranking is of a book and has groups, and not only the whole.
fn compares(office: &Office, ranking: &Ranking, book: &Book) -> bool {
    let mut plans = office.profile.county.rankings.iter();
    let plan = plans.find(|plan| plan.id == ranking.id && plan.book == ranking.book);
    ranking.book == book.id && !ranking.rows.is_empty() && plan.is_some_and(|plan| plan.group != WHOLE)
}

/// Puts a book's workbook, and beside it what is too much for it; nothing where no sheet of the month is of
/// the book.
fn workbook(
    workspace: &Workspace,
    office: &Office,
    outcome: &Outcome,
    (book, definitions): (&Book, &Definitions),
    documents: &mut Part,
) -> Result<(), RunError> {
    let Some(facts) = outcome.merged.facts.get(&book.id) else { return Ok(()) };
    let others = if book.id == MAIN { others(outcome) } else { Vec::new() };
    let title = |id: &String| office.profile.book(id).map(|book| book.title.clone());
    let of_book = |source: &SheetSource| book.id == MAIN || source.book.as_ref() == Some(&book.id);
    let sources: Vec<SourceSheet> =
        outcome.sources().filter(of_book).map(|source| source_sheet(source, &title)).collect();
    let decided = Decided::of(outcome, &book.id);
    let past = past::past(workspace, office, outcome, (book, definitions))?;
    let bars: Vec<Bars> =
        office.profile.county.charts.iter().filter_map(|plan| bars(office, outcome, plan, book)).collect();
    let report = Report {
        profile: &office.profile,
        period: office.period,
        county: workspace.county.as_deref().unwrap_or_default(),
        facts,
        rankings: &outcome.rankings,
        others: &others,
        sources: &sources,
        findings: &outcome.count_levels(),
        decisions: &decided.adjustments,
        revised: &decided.revised,
        links: &decided.links,
        shares: &decided.shares,
        schedule: due(office, book, &outcome.rankings),
        schedules: &outcome.schedules,
        past: &past,
        bars: &bars,
        sheet_rows: publish::SHEET_ROWS,
        elsewhere: outcome.elsewhere.get(&book.id).copied().unwrap_or_default(),
        bottlenecks: outcome.merged.facts.get(BOTTLENECKS).filter(|_| book.id == MAIN),
    };
    let mut beside = documents.another();
    let (workbook, lists) = rayon::join(|| publish::ranking_workbook(&report), || lists(&report, &mut beside));
    documents.put(publish::ranking_file_name(book, office.period), &workbook?)?;
    lists?;
    documents.join(beside);
    Ok(())
}

/// Puts beside the workbook what is too much for it: the projects, and rankings of very many groups.
fn lists(report: &Report, documents: &mut Part) -> Result<(), RunError> {
    let too_much = publish::detail_csv(report).into_iter();
    let mut too_much = too_much.chain(publish::ranking_csvs(report)).chain(publish::score_csvs(report));
    too_much.try_for_each(|listing| documents.list(&listing))
}

/// What the office decided about a book's projects, as far as it took effect.
struct Decided {
    adjustments: Vec<Adjustment>,
    revised: Vec<Revised>,
    links: Vec<AppliedLink>,
    shares: Vec<ProjectShares>,
}

impl Decided {
    fn of(outcome: &Outcome, book: &str) -> Self {
        let merged = &outcome.merged;
        Self {
            adjustments: merged.decisions.iter().filter(|one| one.book == book).cloned().collect(),
            revised: merged.revised.iter().filter(|one| one.decision.book == book).cloned().collect(),
            links: merged.links.iter().filter(|one| one.link.book == book).cloned().collect(),
            shares: merged.shared.iter().filter(|shares| shares.book == book).cloned().collect(),
        }
    }
}

/// A chart of counts with its figures, where a book's overview shows it and there is anything to draw.
fn bars(office: &Office, outcome: &Outcome, plan: &ChartPlan, on: &Book) -> Option<Bars> {
    let book = office.profile.book(&plan.book).filter(|_| plan.is_on(&on.id))?;
    let measures: Vec<&Measure> =
        plan.measures.iter().filter_map(|id| book.measures.iter().find(|measure| measure.id == *id)).collect();
    let series = |id: &String| {
        let ranking = outcome.rankings.iter().find(|ranking| ranking.book == book.id && ranking.id == *id)?;
        let row = ranking.rows.first()?;
        let value =
            |measure: &&Measure| row.figure(&measure.id)?.value.map(|value| publish::shown_value(measure, value));
        Some(Series { ranking: id.clone(), name: row.group.clone(), values: measures.iter().map(value).collect() })
    };
    let series: Vec<Series> = plan.rankings.iter().filter_map(series).collect();
    let drawn = series.iter().flat_map(|series| &series.values).flatten().any(|value| *value > 0.0);
    drawn.then(|| Bars {
        title: plan.title.clone(),
        book: book.id.clone(),
        titles: measures.iter().map(|measure| measure.title.clone()).collect(),
        measures: plan.measures.clone(),
        series,
    })
}

/// The whole's figures of the other books.
fn others(outcome: &Outcome) -> Vec<BookFigures> {
    let others = outcome.rankings.iter().filter(|ranking| ranking.book != MAIN && ranking.id == "county");
    let figures = others.flat_map(|ranking| {
        ranking.rows.iter().map(|row| BookFigures { book: ranking.book.clone(), figures: row.figures.iter().collect() })
    });
    figures.collect()
}

/// How far the schedule of the ranked book has come; for one of the plan's own figures that of the whole county.
fn due(office: &Office, book: &Book, rankings: &[Ranking]) -> Option<Fraction> {
    let county = &office.profile.county;
    if let Some(share) = county.share(county.schedule(book, None, None), office.period) {
        return Some(share.value());
    }
    let of_whole = |ranking: &&Ranking| ranking.book == book.id && ranking.id == "county";
    let whole = rankings.iter().find(of_whole)?.rows.first()?;
    let schedule = book.measures.iter().find(|measure| measure.kind == Reckoning::Schedule)?;
    whole.figure(&schedule.id)?.value
}

/// A sheet's account as documents tell it.
pub(super) fn source_sheet(source: SheetSource, title: &dyn Fn(&String) -> Option<String>) -> SourceSheet {
    SourceSheet {
        file: source.file,
        digest: source.digest.chars().take(12).collect(),
        sheet: source.sheet,
        book: source.book.as_ref().and_then(title),
        rows: source.kinds,
        merged: source.merged + source.joined,
        set_aside: source.set_aside,
        taken_off: source.taken_off,
        passed_over: source.passed_over.map_or(0, |(_, rows)| rows),
        findings: source.findings,
    }
}
