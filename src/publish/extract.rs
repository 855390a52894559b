//! Rankings alone (本组排名): for units' mail, the places and figures of all groups and nobody's projects.
//!
//! Takes the rankings and the units, gives a workbook for each grouping that units stand in, and how each group stands in
//! words, for the text of a mail.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Workbook, Worksheet};

use super::grades::Marks;
use super::live::title;
use super::members::shown_value;
use super::ranking_columns::{Part, Titles};
use super::style::{Style, properties};
use super::table::{Cell, Column, Table};
use super::{PublishError, names, words};
use crate::amount::Fraction;
use crate::period::Period;
use crate::profile::{Book, Measure, MeasuredIn, Profile, RankingPlan, Reckoning, Sort, WHOLE};
use crate::rank::{Ranked, Ranking};

/// Figures of a group that a mail's text shows.
const SHOWN: usize = 8;

/// What extracts are made from.
#[derive(Debug, Clone, Copy)]
pub struct ExtractRequest<'a> {
    /// Books and rankings.
    pub profile: &'a Profile,
    /// The month.
    pub period: Period,
    /// The county's name for titles; may be empty.
    pub county: &'a str,
    /// The rankings of all books.
    pub rankings: &'a [Ranking],
    /// The names of the units.
    pub units: &'a BTreeSet<String>,
}

/// A workbook of rankings alone.
#[derive(Debug, Clone)]
pub struct Extract {
    /// What it is called: `2026年5月乡镇（街道）排名.xlsx`.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The rankings in it, by book and id.
    pub rankings: Vec<(String, String)>,
}

/// How one group of a ranking stands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The group.
    pub name: String,
    /// Its place.
    pub place: Option<u32>,
    /// How many have one.
    pub of: usize,
    /// How many places it rose since the last period (negative: fell).
    pub movement: Option<i64>,
    /// Its group among its like, its place there, how many have one there.
    pub within: Option<(String, u32, u32)>,
    /// Why it has no place.
    pub unranked: Option<String>,
    /// Titles and values, the first figures of the ranking and the one that decides.
    pub figures: Vec<(String, String)>,
}

/// How the groups of a ranking stand.
pub fn standings(profile: &Profile, ranking: &Ranking) -> Vec<Standing> {
    let Some((plan, book)) = plan_of(profile, ranking) else { return Vec::new() };
    let of = ranking.rows.iter().filter(|row| row.place.is_some()).count();
    let standing = |row: &Ranked| Standing {
        name: row.group.clone(),
        place: row.place,
        of,
        movement: row.movement,
        within: row.within.as_ref().map(|within| (within.group.clone(), within.place, within.of)),
        unranked: row.unranked.clone(),
        figures: figures(plan, book, row),
    };
    ranking.rows.iter().map(standing).collect()
}

fn plan_of<'p>(profile: &'p Profile, ranking: &Ranking) -> Option<(&'p RankingPlan, &'p Book)> {
    let plan = profile.county.rankings.iter().find(|plan| plan.id == ranking.id && plan.book == ranking.book)?;
    Some((plan, profile.book(&plan.book)?))
}

fn measure<'b>(book: &'b Book, id: &str) -> Option<&'b Measure> {
    book.measures.iter().find(|measure| measure.id == id)
}

fn figures(plan: &RankingPlan, book: &Book, row: &Ranked) -> Vec<(String, String)> {
    let measures = plan.measures.iter().filter_map(|id| measure(book, id));
    let told = measures.filter_map(|measure| Some((measure, row.figure(&measure.id)?.value?)));
    let mut told: Vec<_> = told.collect();
    if let Some(by) = told.iter().position(|(measure, _)| measure.id == plan.by).filter(|by| *by >= SHOWN) {
        told.swap(SHOWN - 1, by);
    }
    told.into_iter().take(SHOWN).map(|(measure, value)| (titled(measure), in_words(measure, value))).collect()
}

/// A measure's title where it stands before words such as 快 and 慢.
fn titled(measure: &Measure) -> String {
    let title = title(measure);
    match (measure.kind, title.strip_prefix("落后序时")) {
        (Reckoning::Lag, Some(rest)) => format!("比序时进度{rest}"),
        _ => title.to_owned(),
    }
}

/// A value beside its title: 慢6.1个百分点, 下降10.3%.
fn in_words(measure: &Measure, value: Fraction) -> String {
    let without = |text: String, prefixes: &[&str]| {
        let short = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix));
        short.map_or(text.clone(), str::to_owned)
    };
    match (measure.kind, measure.measured_in) {
        (Reckoning::Lag, _) => without(words::lead_in_words(-value), &["比序时进度", "与序时进度"]),
        (Reckoning::Change, MeasuredIn::Fraction) => without(words::growth_in_words(value), &["同比"]),
        (Reckoning::Change, MeasuredIn::Points) => {
            without(words::rate_change_in_words(value), &["比去年同期", "与去年同期"])
        }
        _ => words::figure_in_words(measure, value),
    }
}

/// The workbooks, in the order of the rankings; those over one column of units stand together in one.
///
/// # Errors
///
/// What the writer of workbooks refuses.
pub fn extracts(request: ExtractRequest) -> Result<Vec<Extract>, PublishError> {
    let mut groupings: Vec<(&RankingPlan, Vec<&Ranking>)> = Vec::new();
    for ranking in request.rankings {
        let Some((plan, _)) = plan_of(request.profile, ranking).filter(|(plan, _)| is_of_units(plan)) else { continue };
        if !ranking.rows.iter().any(|row| request.units.contains(&row.group)) {
            continue;
        }
        match groupings.iter_mut().find(|(first, _)| first.group == plan.group) {
            Some((_, rankings)) => rankings.push(ranking),
            None => groupings.push((plan, vec![ranking])),
        }
    }
    let titles: Vec<&str> = groupings.iter().map(|(plan, _)| plan.group_title.as_str()).collect();
    let titles = names::sheet_names(titles.into_iter());
    let made = groupings.iter().zip(titles).map(|((_, rankings), title)| {
        let file = format!("{}{title}排名.xlsx", request.period.in_words());
        let known_by = rankings.iter().map(|ranking| (ranking.book.clone(), ranking.id.clone()));
        let file = file.replace(['"', '<', '>', '|'], " ");
        Ok(Extract { file, bytes: workbook(request, rankings)?, rankings: known_by.collect() })
    });
    made.collect()
}

fn is_of_units(plan: &RankingPlan) -> bool {
    plan.group != WHOLE && plan.sort == Sort::Place
}

fn workbook(request: ExtractRequest, rankings: &[&Ranking]) -> Result<Vec<u8>, PublishError> {
    let style = Style { cents: false };
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&format!("{}排名", request.period.in_words()), request.period)?);
    let titles = names::sheet_names(rankings.iter().map(|ranking| ranking.title.as_str()));
    for (ranking, sheet) in rankings.iter().zip(titles) {
        let Some((plan, book)) = plan_of(request.profile, ranking) else { continue };
        workbook.push_worksheet(Extracted { request, plan, book, ranking }.write(sheet, style)?);
    }
    Ok(workbook.save_to_buffer()?)
}

/// One ranking on its sheet.
struct Extracted<'a> {
    request: ExtractRequest<'a>,
    plan: &'a RankingPlan,
    book: &'a Book,
    ranking: &'a Ranking,
}

impl<'a> Extracted<'a> {
    fn write(&self, sheet: String, style: Style) -> Result<Worksheet, PublishError> {
        let parts = self.parts();
        let titles = Titles { plan: self.plan, ranking: self.ranking, by: None };
        let columns: Vec<Column> = parts.iter().map(|part| titles.column(*part, self.measure(*part))).collect();
        let (period, county) = (self.request.period, self.request.county);
        let office = format!("编制单位：{county}统计局");
        let table = Table {
            sheet,
            title: format!("{county}{}{}", period.in_words(), self.ranking.title),
            caption: (office, format!("金额单位：万元    {}", period.as_of())),
            above: None,
            printed: columns.len(),
            columns,
            total: None,
            rows: self
                .ranking
                .rows
                .iter()
                .map(|row| parts.iter().map(|part| self.cell(*part, row)).collect())
                .collect(),
            notes: vec![
                format!("注：1. 排名办法：{}。", self.plan.tie_words.trim_end_matches('。')),
                "2. 本表只列各单位的名次和指标，不含各单位的项目明细。".to_owned(),
            ],
            frozen: 3,
            filter: false,
            row_height: 22.0,
        };
        let mut written = table.write(style)?;
        let frame = table.frame();
        for (column, part) in parts.iter().enumerate() {
            let marks = match part {
                Part::Grade => self.marks(Marks::grades),
                Part::Light => self.marks(Marks::lights),
                _ => continue,
            };
            marks.colour(&mut written, (frame.first - 1, frame.last - 1), column as u16)?;
        }
        Ok(written)
    }

    fn marks(&self, of: fn(&'a crate::profile::County, &'a RankingPlan, &'a Book) -> Marks<'a>) -> Marks<'a> {
        of(&self.request.profile.county, self.plan, self.book)
    }

    fn parts(&self) -> Vec<Part<'a>> {
        let any = |of: &dyn Fn(&Ranked) -> bool| self.ranking.rows.iter().any(of);
        let within = any(&|row| row.within.is_some());
        let mut parts = vec![(Part::Place, true), (Part::Movement, any(&|row| row.before.is_some()))];
        parts.extend([(Part::Group, true), (Part::Within, within), (Part::PlaceWithin, within)]);
        let measures = self.plan.measures.iter().filter(|id| measure(self.book, id).is_some());
        parts.extend(measures.map(|id| (Part::Measure(id), true)));
        parts.push((Part::Grade, any(&|row| row.grade.is_some())));
        parts.push((Part::Light, any(&|row| row.light.is_some())));
        parts.push((Part::Remark, any(&|row| row.unranked.is_some())));
        parts.into_iter().filter(|(_, shown)| *shown).map(|(part, _)| part).collect()
    }

    /// The measure that a column shows.
    fn measure(&self, part: Part) -> Option<&'a Measure> {
        match part {
            Part::Measure(id) => measure(self.book, id),
            _ => None,
        }
    }

    fn cell(&self, part: Part, row: &Ranked) -> Cell {
        let within = row.within.as_ref();
        let or_dash = |text: Option<&str>| Cell::text(text.unwrap_or("—"));
        match part {
            Part::Place => Cell::number_or_dash(row.place.map(f64::from)),
            Part::Movement => match (row.movement, row.place) {
                (Some(places), _) => Cell::number(places as f64),
                (None, Some(_)) => Cell::text("新"),
                (None, None) => Cell::text("—"),
            },
            Part::Group => Cell::text(&row.group),
            Part::Within => or_dash(within.map(|within| &*within.group)),
            Part::PlaceWithin => Cell::number_or_dash(within.map(|within| within.place.into())),
            Part::Grade => or_dash(row.grade.as_deref()),
            Part::Light => or_dash(row.light.as_deref()),
            Part::Remark => Cell::text(row.unranked.clone().unwrap_or_default()),
            part => {
                let value = |measure: &Measure| Some(shown_value(measure, row.figure(&measure.id)?.value?));
                Cell::number_or_dash(self.measure(part).and_then(value))
            }
        }
    }
}
