//! A ranking as CSV, where it has more groups than a sheet is read with: a line a group, with the columns of the sheet.
//!
//! Takes a ranking, gives lines in its order. Amounts stand in 万元 to the yuan, as the cells of a sheet hold them;
//! rates and points are rounded once, half up, as a sheet shows them. A curve is no column here: its figures are.

use num_traits::ToPrimitive;

use super::lines::{Line, Listing};
use super::live::{rate_last_year, shown};
use super::names::ranking_csv_names;
use super::ranking_columns::{self, Part, Titles};
use super::report::Report;
use super::style::Shown;
use crate::amount::{Fraction, rounded, wan};
use crate::period::Period;
use crate::profile::{Book, Measure, Profile, RankingPlan};
use crate::rank::{Ranked, Ranking};

/// A ranking of which the workbook shows both ends, as a line a group.
struct Lines<'a> {
    ranking: &'a Ranking,
    columns: Vec<(Part<'a>, Option<&'a Measure>)>,
    /// The deciding measure, in whose unit gaps are.
    by: Option<&'a Measure>,
    periods: Vec<Period>,
}

/// A ranking whose sheets show both ends.
pub struct ByEnds<'a> {
    /// Which.
    pub ranking: &'a Ranking,
    /// The file that has all of it.
    pub file: String,
    /// The file that has every term of every score, where it is scored.
    pub evidence: Option<String>,
}

/// The rankings of a book whose sheets show both ends.
pub fn rankings_by_ends<'a>(
    profile: &Profile,
    period: Period,
    book: &Book,
    rankings: &'a [Ranking],
) -> Vec<ByEnds<'a>> {
    let plans = &profile.county.rankings;
    let stated = |ranking: &Ranking| plans.iter().any(|plan| plan.id == ranking.id && plan.book == ranking.book);
    let of_book = |ranking: &&Ranking| ranking.book == book.id && ranking.id != "county" && stated(ranking);
    let many = |ranking: &&Ranking| profile.county.large.by_ends(ranking.rows.len());
    let found: Vec<&Ranking> = rankings.iter().filter(of_book).filter(many).collect();
    let titles: Vec<&str> = found.iter().map(|ranking| ranking.title.as_str()).collect();
    let scored = |ranking: &Ranking| {
        let county = &profile.county;
        county.score_of(&ranking.book, &ranking.id).is_some() && ranking.rows.iter().any(|row| row.score.is_some())
    };
    let of = |(ranking, (file, evidence)): (&'a Ranking, (String, String))| {
        let evidence = scored(ranking).then_some(evidence);
        ByEnds { ranking, file, evidence }
    };
    found.into_iter().zip(ranking_csv_names(book, period, &titles)).map(of).collect()
}

/// The files of a report's rankings, where its workbook shows only both ends of them.
pub fn ranking_csvs<'a>(report: &Report<'a>) -> Vec<Listing<'a>> {
    let Some(book) = report.book() else { return Vec::new() };
    let of = |all: ByEnds<'a>| Some(listing(report, book, (report.plan(all.ranking)?, all.ranking), &all.file));
    report.by_ends().filter_map(of).collect()
}

fn listing<'a>(
    report: &Report<'a>,
    book: &Book,
    (plan, ranking): (&'a RankingPlan, &'a Ranking),
    file: &str,
) -> Listing<'a> {
    let by = report.measure(&plan.book, &plan.by);
    let titles = Titles { plan, ranking, by };
    let column = |part: Part<'a>| {
        let measure = match part {
            Part::Measure(id) => report.measure(&plan.book, id),
            _ => by,
        };
        let column = titles.column(part, measure);
        // No caption says here what amounts are in.
        let unit = if column.shown == Shown::Wan { "(万元)" } else { "" };
        ((part, measure), column.title + unit)
    };
    let (_, parts) = ranking_columns::parts(&report.profile.county, book, plan, ranking);
    let columns = parts.into_iter().filter(|part| *part != Part::Curve).map(column);
    let (columns, headings): (Vec<_>, Vec<String>) = columns.unzip();
    let lines = Lines { ranking, columns, by, periods: ranking_columns::periods(ranking) };
    let single = std::iter::repeat_n(1, ranking.rows.len());
    Listing::new(file, headings.into_iter(), single, move |at, line| lines.group(at, line))
}

impl Lines<'_> {
    fn group(&self, at: usize, line: &mut Line) {
        self.columns.iter().for_each(|(part, measure)| self.cell(*part, *measure, &self.ranking.rows[at], line));
    }

    fn cell(&self, part: Part, measure: Option<&Measure>, row: &Ranked, line: &mut Line) {
        let within = row.within.as_ref();
        match part {
            Part::Place => line.number(row.place.map(Into::into), ""),
            Part::Movement if row.movement.is_none() => line.words(if row.place.is_some() { "新" } else { "—" }),
            Part::Movement => line.number(row.movement.map(Into::into), ""),
            Part::Group => line.words(&row.group),
            Part::Within => line.words(within.map_or("—", |within| &within.group)),
            Part::PlaceWithin => line.number(within.map(|within| within.place.into()), ""),
            Part::Measure(id) => figure(row.value(id), measure, line),
            Part::RateLastYear => number(rate_last_year(row), Shown::Percent, line),
            Part::Ahead => self.gap(row.gap_ahead.get(), line),
            Part::Behind => self.gap(row.gap_behind.get(), line),
            Part::ToFirst => self.gap(row.gap_to_first.get(), line),
            Part::ToFirstWithin => self.gap(within.and_then(|within| within.gap_to_first.get()), line),
            Part::Score => number(row.score.as_ref().and_then(|score| score.total), Shown::Score, line),
            Part::Grade => line.words(row.grade.as_deref().unwrap_or("—")),
            Part::Light => line.words(row.light.as_deref().unwrap_or("—")),
            Part::Remark => line.words(row.unranked.as_deref().unwrap_or_default()),
            Part::Past(at) => self.past(row, at, line),
            Part::Curve => {}
        }
    }

    /// A gap in the unit of the deciding measure; of rates and points in 百分点.
    fn gap(&self, gap: Option<Fraction>, line: &mut Line) {
        match self.by.map(shown) {
            Some(unit @ (Shown::Wan | Shown::Count | Shown::Score)) => number(gap, unit, line),
            _ => number(gap, Shown::Gap, line),
        }
    }

    /// The deciding measure in a period of the year; a group may be younger.
    fn past(&self, row: &Ranked, at: usize, line: &mut Line) {
        let period = self.periods.get(at);
        match row.trend.iter().find(|point| Some(&point.period) == period).and_then(|point| point.value.get()) {
            Some(value) => figure(Some(value), self.by, line),
            None => line.empty(),
        }
    }
}

/// A measure's figure; of the lag, the lead.
fn figure(value: Option<Fraction>, measure: Option<&Measure>, line: &mut Line) {
    match measure.map(shown) {
        Some(Shown::Lead) => number(value.map(|lag| -lag), Shown::Lead, line),
        shown => number(value, shown.unwrap_or(Shown::Count), line),
    }
}

/// A number as its column shows it; a dash where there is none.
fn number(value: Option<Fraction>, shown: Shown, line: &mut Line) {
    match shown {
        Shown::Percent | Shown::Growth => line.tenths(value, "%"),
        Shown::Lead | Shown::Shift | Shown::Gap => line.tenths(value, ""),
        Shown::Wan => line.number(value.and_then(|yuan| Some(wan(rounded(yuan, 1, 0)?.to_i64()?))), ""),
        Shown::Score => line.number(value.and_then(|score| Some(rounded(score, 1, 4)?.normalize())), ""),
        _ => line.number(value.and_then(|count| rounded(count, 1, 0)), ""),
    }
}
