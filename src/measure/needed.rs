//! The columns that a ranking's SQL looks at: rows are grouped, split and taken apart with these and no others.

use std::collections::BTreeSet;

use polars::prelude::DataFrame;

use super::MeasureError;
use super::aggregate::summed;
use crate::check::sql;
use crate::merge::Facts;
use crate::profile::{Book, County, Kind, Measure, Profile, RankingPlan, Schedule};

/// A frame's rows with the columns that anything of the ranking, its book or the county's schedules names.
pub(super) fn rows(plan: &RankingPlan, book: &Book, county: &County, frame: &DataFrame) -> Result<DataFrame, String> {
    let named = named(plan, book, county)?;
    let kept = frame
        .get_column_names()
        .into_iter()
        .filter(|name| named.contains(name.as_str()) || name.starts_with(sql::SEARCH))
        .cloned();
    frame.select(kept.collect::<Vec<_>>()).map_err(|error| error.to_string())
}

/// Facts with what the `LIKE`s of the book's SQL and of its rankings find, for all of these together.
pub(super) fn searched(
    plan: &RankingPlan,
    book: &Book,
    profile: &Profile,
    facts: &Facts,
) -> Result<Facts, MeasureError> {
    let of_measures = book.measures.iter().flat_map(texts_of);
    let of_rankings = profile.county.rankings.iter().filter(|plan| plan.book == book.id);
    let texts = of_measures.chain(book.derived.iter().map(|derived| &derived.sql));
    let texts = texts.chain(of_rankings.filter_map(|plan| plan.filter.as_ref()));
    let frame = sql::with_searches(&facts.frame, texts);
    let fault = |fault| MeasureError { ranking: plan.id.clone(), book: book.id.clone(), fault };
    Ok(Facts { book: facts.book.clone(), frame: frame.map_err(fault)? })
}

/// The SQL of a measure.
fn texts_of(measure: &Measure) -> impl Iterator<Item = &String> {
    [Some(&measure.numerator), measure.denominator.as_ref(), measure.filter.as_ref()].into_iter().flatten()
}

/// The measures that a ranking shows or is decided by, then those that a score looks at; each once.
pub(super) fn asked<'p>(plan: &'p RankingPlan, county: &'p County) -> Vec<&'p str> {
    let mut asked = plan.needed();
    for id in county.measures_scored(plan) {
        if !asked.contains(&id) {
            asked.push(id);
        }
    }
    asked
}

/// The measures that a ranking's figures are reckoned from: those that are asked for, and what these are of.
pub(super) fn measures<'b>(plan: &RankingPlan, book: &'b Book, county: &County) -> Vec<&'b Measure> {
    let mut open = asked(plan, county);
    let mut needed: BTreeSet<&str> = BTreeSet::new();
    while let Some(id) = open.pop() {
        let known = book.measures.iter().find(|measure| measure.id == id);
        if let Some(measure) = known.filter(|measure| needed.insert(&measure.id)) {
            open.extend(measure.of.as_deref());
        }
    }
    book.measures.iter().filter(|measure| needed.contains(measure.id.as_str())).collect()
}

fn named(plan: &RankingPlan, book: &Book, county: &County) -> Result<BTreeSet<String>, String> {
    let needed = measures(plan, book, county);
    let schedule = |measure: Option<&Measure>| county.schedule(book, measure.map(|_| plan), measure);
    // Rows that another schedule judges are derived again, from whatever the book derives from.
    match needed.iter().all(|one| schedule(Some(*one)).id == schedule(None).id) {
        true => of_needed(plan, &needed, schedule(None)),
        false => of_book(plan, book, county),
    }
}

/// The columns that only some measures, under the book's own schedule, look at.
fn of_needed(plan: &RankingPlan, needed: &[&Measure], schedule: &Schedule) -> Result<BTreeSet<String>, String> {
    let texts = needed.iter().flat_map(|one| texts_of(one)).chain(&schedule.numerator).chain(&schedule.denominator);
    let mut named: BTreeSet<String> = BTreeSet::new();
    for text in texts.chain(&plan.filter).filter(|text| !text.trim().is_empty()) {
        named.extend(sql::columns(&sql::expression(text)?));
    }
    named.extend(needed.iter().filter_map(|measure| Some(format!("{}_last_year", summed(&measure.numerator)?))));
    // Without any column a frame has no rows to count.
    named.extend(["period", "unit_shares"].map(str::to_owned));
    named.insert(plan.group.clone());
    Ok(named)
}

fn of_book(plan: &RankingPlan, book: &Book, county: &County) -> Result<BTreeSet<String>, String> {
    let of_measures = book.measures.iter().flat_map(texts_of);
    let of_schedules = county.schedules.iter().flat_map(|one| [&one.numerator, &one.denominator].into_iter().flatten());
    let texts = of_measures.chain(of_schedules).chain(book.derived.iter().map(|derived| &derived.sql));
    let mut named: BTreeSet<String> = BTreeSet::new();
    for text in texts.chain(&plan.filter).filter(|text| !text.trim().is_empty()) {
        named.extend(sql::columns(&sql::expression(text)?));
    }
    // What rows say of last year themselves, what a schedule is judged by, whom rows count for.
    named.extend(book.measures.iter().filter_map(|measure| Some(format!("{}_last_year", summed(&measure.numerator)?))));
    named.extend(book.fields.iter().filter(|field| field.kind == Kind::Amount).map(|field| field.id.clone()));
    named.extend(book.derived.iter().map(|derived| derived.id.clone()));
    named.extend(["schedule_num", "schedule_den", "unit_shares", "period"].map(str::to_owned));
    named.insert(plan.group.clone());
    Ok(named)
}
