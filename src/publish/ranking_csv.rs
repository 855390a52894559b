//! A ranking as CSV, where it has more groups than a sheet is read with: a line a group, with the columns of the sheet.
//!
//! Takes a ranking, gives lines in its order. Amounts stand in 万元 to the yuan, as the cells of a sheet hold them;
//! rates and points are rounded once, half up, as a sheet shows them. A curve is no column here: its figures are.

use std::io::Write;
use std::ops::Range;

use num_traits::CheckedMul;

use super::PublishError;
use super::lines::{self, Line};
use super::live::{rate_last_year, shown};
use super::names::ranking_csv_names;
use super::ranking_columns::{self, Part, Titles};
use super::report::Report;
use super::style::Shown;
use crate::amount::Fraction;
use crate::period::Period;
use crate::profile::{Book, Measure, Profile, RankingPlan};
use crate::rank::{Ranked, Ranking};

/// A ranking of which the workbook shows both ends, for a file of its own.
pub struct RankingCsv<'a> {
    ranking: &'a Ranking,
    file: String,
    columns: Vec<(Part<'a>, Option<&'a Measure>, String)>,
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
pub fn ranking_csvs<'a>(report: &Report<'a>) -> Vec<RankingCsv<'a>> {
    let Some(book) = report.book() else { return Vec::new() };
    let of = |all: ByEnds<'a>| Some(RankingCsv::of(report, book, (report.plan(all.ranking)?, all.ranking), all.file));
    report.by_ends().filter_map(of).collect()
}

impl<'a> RankingCsv<'a> {
    fn of(report: &Report<'a>, book: &Book, (plan, ranking): (&'a RankingPlan, &'a Ranking), file: String) -> Self {
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
            (part, measure, column.title + unit)
        };
        let (_, parts) = ranking_columns::parts(&report.profile.county, book, plan, ranking);
        let columns = parts.into_iter().filter(|part| *part != Part::Curve).map(column).collect();
        Self { ranking, file, columns, by, periods: ranking_columns::periods(ranking) }
    }

    /// The files by name, each with the lines it has: one, or several that say so in their names.
    pub fn parts(&self) -> Vec<(String, Range<usize>)> {
        lines::parts(&self.file, self.ranking.rows.len())
    }

    /// Writes the lines of one file.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn write(&self, part: Range<usize>, to: &mut dyn Write) -> Result<(), PublishError> {
        let headings = self.columns.iter().map(|(.., title)| title.as_str());
        let of = |at: usize, line: &mut Line| {
            for (part, measure, _) in &self.columns {
                self.cell(*part, *measure, &self.ranking.rows[at], line);
            }
        };
        lines::write(headings, part, of, to).map_err(|error| PublishError::Csv(error.into()))
    }

    fn cell(&self, part: Part, measure: Option<&Measure>, row: &Ranked, line: &mut Line) {
        let within = row.within.as_ref();
        match part {
            Part::Place => line.decimal_or_dash(row.place.map(i128::from), 0),
            Part::Movement if row.movement.is_none() => line.words(if row.place.is_some() { "新" } else { "—" }),
            Part::Movement => line.decimal_or_dash(row.movement.map(i128::from), 0),
            Part::Group => line.words(&row.group),
            Part::Within => line.words(within.map_or("—", |within| &within.group)),
            Part::PlaceWithin => line.decimal_or_dash(within.map(|within| within.place.into()), 0),
            Part::Measure(id) => figure(row.figure(id).and_then(|figure| figure.value), measure, line),
            Part::RateLastYear => number(rate_last_year(row), Shown::Percent, line),
            Part::Ahead => self.gap(row.gap_ahead, line),
            Part::Behind => self.gap(row.gap_behind, line),
            Part::ToFirst => self.gap(row.gap_to_first, line),
            Part::ToFirstWithin => self.gap(within.and_then(|within| within.gap_to_first), line),
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
        match row.trend.iter().find(|point| Some(&point.period) == period).and_then(|point| point.value) {
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
    let scaled = |by: i128| Some(value?.checked_mul(&Fraction::from_integer(by))?.round().to_integer());
    let parts = value.map(|value| (*value.numer(), *value.denom()));
    match shown {
        Shown::Percent | Shown::Growth => line.tenths(parts, "%"),
        Shown::Lead | Shown::Shift | Shown::Gap => line.tenths(parts, ""),
        Shown::Wan => line.decimal_or_dash(scaled(1), 4),
        Shown::Score => line.decimal_or_dash(scaled(10_000), 4),
        _ => line.decimal_or_dash(scaled(1), 0),
    }
}
