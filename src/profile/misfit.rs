//! What fits its type but not the rest of the profile: ids given twice, a ranking of no book.
//!
//! What the SQL of rules and measures names is checked where SQL is known, in `check`.

use std::collections::BTreeSet;

use super::form;
use super::mail;
use super::reading::Step;
use super::score::{self, SCORE};
use super::wording::{advice, nearest};
use super::{Book, County, Kind, Measure, RankingPlan, Reckoning, band_misfit, calendar, chart, ranking_misfit};
use super::{bulletin, large, reports};
use crate::say;

/// A fault of meaning, by the path to where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) path: Vec<Step>,
    pub(super) message: String,
}

pub(super) fn misfit(table: &str, at: usize, key: &str, message: impl Into<String>) -> Misfit {
    let path = vec![Step::Key(table.into()), Step::At(at), Step::Key(key.into())];
    Misfit { path, message: message.into() }
}

pub(super) fn top(key: &str, message: impl Into<String>) -> Misfit {
    Misfit { path: vec![Step::Key(key.into())], message: message.into() }
}

/// What is wrong within a book; `stem` is its file's name without `.toml`.
pub(super) fn of_book(book: &Book, stem: &str) -> Vec<Misfit> {
    let mut found = Vec::new();
    if book.id != stem {
        found.push(top("id", say!("profile-id-file", id = book.id, stem = stem)));
    }
    let ids: Vec<&str> = book.fields.iter().map(|field| field.id.as_str()).collect();
    let named = [("subject", &book.subject)].into_iter().chain(book.told_by.iter().map(|field| ("told_by", field)));
    for (key, field) in named.filter(|(_, field)| book.field(field).is_none()) {
        found.push(top(key, say!("profile-no-field", advice = advice(field, &ids), field = field)));
    }
    if book.only_named && book.words.is_empty() {
        found.push(top("words", say!("profile-only-named")));
    }
    found.extend(ids_of_book(book));
    found.extend(of_internal(book));
    for (at, measure) in book.measures.iter().enumerate() {
        let without = matches!(measure.kind, Reckoning::LastYear | Reckoning::Change);
        if without && measure.schedule.is_some() {
            let message = say!("profile-no-schedule-of", measure = measure.id);
            found.push(misfit("measure", at, "schedule", message));
        }
    }
    found.extend(of_stated(book, &ids));
    found.extend(of_own_rankings(book));
    found.extend(form::of_form(book));
    for (at, field) in book.fields.iter().enumerate() {
        if (field.kind == Kind::Choice) == field.choices.is_empty() {
            let message = say!("profile-choices", field = field.id);
            found.push(misfit("field", at, "kind", message));
        }
    }
    found
}

/// A book that the program fills itself must not look as if a sheet could be read as it.
fn of_internal(book: &Book) -> Vec<Misfit> {
    if !book.internal {
        return Vec::new();
    }
    let mut found = Vec::new();
    if !book.words.is_empty() {
        found.push(top("words", say!("profile-internal-words")));
    }
    let spelled =
        book.fields.iter().enumerate().filter(|(_, field)| !field.spellings.is_empty() || !field.shared.is_empty());
    found.extend(spelled.map(|(at, _)| misfit("field", at, "spellings", say!("profile-internal-spellings"))));
    found
}

/// The rankings of a book's own file are of that book.
fn of_own_rankings(book: &Book) -> Vec<Misfit> {
    let own = book.rankings.iter().enumerate();
    own.flat_map(|(at, ranking)| match ranking.book == book.id {
        true => ranking_misfit::of_ranking(at, ranking, std::slice::from_ref(book)),
        false => vec![misfit("ranking", at, "book", say!("profile-own-rankings", book = book.id))],
    })
    .collect()
}

/// Stated rates name fields of the right kinds, and exactly one whole.
fn of_stated(book: &Book, ids: &[&str]) -> Vec<Misfit> {
    let mut found = Vec::new();
    for (at, stated) in book.stated.iter().enumerate() {
        let wholes = [("whole", &stated.whole), ("whole_of", &stated.whole_of)];
        let below = wholes.into_iter().filter_map(|(key, field)| Some((key, field.as_ref()?)));
        let numbers = [("part", &stated.part)].into_iter().chain(below.clone());
        let is_number = |kind: Kind| matches!(kind, Kind::Amount | Kind::Count | Kind::Number);
        let named = [("field", &stated.field, false)].into_iter().chain(numbers.map(|(key, field)| (key, field, true)));
        for (key, field, number) in named {
            match book.field(field).map(|field| field.kind) {
                None => found.push(misfit(
                    "stated",
                    at,
                    key,
                    say!("profile-no-field", advice = advice(field, ids), field = field),
                )),
                Some(kind) if number != is_number(kind) || (!number && kind != Kind::Rate) => {
                    let wanted = if number { say!("profile-numbers") } else { say!("profile-rates") };
                    found.push(misfit("stated", at, key, say!("profile-not-rate", field = field, wanted = wanted)));
                }
                Some(_) => {}
            }
        }
        if below.count() != 1 {
            found.push(misfit("stated", at, "field", say!("profile-one-whole")));
        }
    }
    found
}

fn ids_of_book(book: &Book) -> Vec<Misfit> {
    let fields = book.fields.iter().enumerate().map(|(at, field)| ("field", at, field.id.as_str()));
    let derived = book.derived.iter().enumerate().map(|(at, derived)| ("derived", at, derived.id.as_str()));
    let measures = book.measures.iter().enumerate().map(|(at, measure)| ("measure", at, measure.id.as_str()));
    let rules = book.rules.iter().enumerate().map(|(at, rule)| ("rule", at, rule.id.as_str()));
    // Fields and derived columns share one frame, so they share their names.
    let columns: Vec<_> = fields.chain(derived).collect();
    let measures: Vec<_> = measures.collect();
    let mut found = given_twice(&columns);
    let reserved = measures.iter().filter(|(_, _, id)| *id == SCORE);
    found.extend(reserved.map(|&(table, at, _)| misfit(table, at, "id", say!("profile-score-taken"))));
    found.extend(given_twice(&measures));
    found.extend(given_twice(&rules.collect::<Vec<_>>()));
    found.extend(
        columns
            .iter()
            .chain(&measures)
            .filter(|(_, _, id)| !is_name(id))
            .map(|&(table, at, id)| misfit(table, at, "id", say!("profile-id-name", id = id))),
    );
    found
}

pub(super) fn given_twice(ids: &[(&str, usize, &str)]) -> Vec<Misfit> {
    let mut seen = BTreeSet::new();
    let again = ids.iter().filter(|(_, _, id)| !seen.insert(*id));
    again.map(|&(table, at, id)| misfit(table, at, "id", say!("profile-id-taken", id = id))).collect()
}

pub(super) fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The books that schedules are for: there must be such a book, and one schedule of it.
fn of_schedules(county: &County, books: &[Book]) -> Vec<Misfit> {
    let known: Vec<&str> = books.iter().map(|book| book.id.as_str()).collect();
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    for (at, schedule) in county.schedules.iter().enumerate() {
        for book in &schedule.books {
            if !known.contains(&book.as_str()) {
                let message = say!(
                    "profile-schedule-no-book",
                    schedule = schedule.id,
                    advice = advice(book, &known),
                    book = book
                );
                found.push(misfit("schedule", at, "books", message));
            } else if !taken.insert(book) {
                let message = say!("profile-schedule-twice", book = book);
                found.push(misfit("schedule", at, "books", message));
            }
        }
    }
    found
}

/// What is wrong with the county's choices, given the books.
pub(super) fn of_county(county: &County, books: &[Book]) -> Vec<Misfit> {
    let mut found = Vec::new();
    found.extend(of_schedules(county, books));
    // Each book may have a ranking of the whole county, so ids are a book's own.
    for book in books {
        let own = county.rankings.iter().enumerate().filter(|(_, ranking)| ranking.book == book.id);
        found.extend(given_twice(&own.map(|(at, ranking)| ("ranking", at, ranking.id.as_str())).collect::<Vec<_>>()));
    }
    found.extend(calendar::of_calendar(county));
    found.extend(reports::of_reports(&county.reports, books));
    found.extend(large::of_large(county));
    found.extend(mail::of_mail(&county.mail_roles, &county.mail));
    found.extend(bulletin::of_bulletin(&county.bulletin, &county.rankings, books));
    for (key, bands) in [("grade", &county.grades), ("light", &county.lights)] {
        if bands.is_empty() {
            found.push(top(key, say!("profile-no-band")));
        }
        found.extend(band_misfit::of_bands(&[Step::Key(key.into())], bands));
    }
    let fields: Vec<&str> = books.iter().flat_map(|book| &book.fields).map(|field| field.id.as_str()).collect();
    let usual = super::HistoryPlan::default().agree;
    for field in county.history.agree.iter().filter(|field| !fields.contains(&field.as_str()) && !usual.contains(field))
    {
        let path = vec![Step::Key("history".into()), Step::Key("agree".into())];
        let message = say!("profile-no-book-has", nearest = nearest(field, &fields).unwrap_or_default(), field = field);
        found.push(Misfit { path, message });
    }
    for (at, ranking) in county.rankings.iter().enumerate() {
        found.extend(ranking_misfit::of_ranking(at, ranking, books));
        found.extend(of_ranking_schedule(at, ranking, county));
        found.extend(without_score(at, ranking, county));
    }
    found.extend(score::of_scores(county, books));
    let charts = county.charts.iter().enumerate();
    found.extend(charts.flat_map(|(at, chart)| chart::of_chart(at, chart, books, &county.rankings)));
    found
}

/// What a book names that the county does not state.
pub(super) fn of_book_in_county(book: &Book, county: &County) -> Vec<Misfit> {
    let own = calendar::unknown_schedule(book.schedule.as_deref(), county).map(|fault| top("schedule", fault));
    let of_measure = |(at, measure): (usize, &Measure)| {
        let fault = calendar::unknown_schedule(measure.schedule.as_deref(), county)?;
        Some(misfit("measure", at, "schedule", say!("profile-measure-fault", measure = measure.id, fault = fault)))
    };
    let of_ranking = |(at, ranking)| of_ranking_schedule(at, ranking, county);
    let of_measures = book.measures.iter().enumerate().filter_map(of_measure);
    own.into_iter().chain(of_measures).chain(book.rankings.iter().enumerate().filter_map(of_ranking)).collect()
}

fn of_ranking_schedule(at: usize, ranking: &RankingPlan, county: &County) -> Option<Misfit> {
    let fault = calendar::unknown_schedule(ranking.schedule.as_deref(), county)?;
    Some(misfit("ranking", at, "schedule", say!("profile-ranking-fault", ranking = ranking.id, fault = fault)))
}

/// A ranking by a score that nothing states.
fn without_score(at: usize, ranking: &RankingPlan, county: &County) -> Option<Misfit> {
    let keys = [("measures", ranking.measures.contains(&SCORE.to_owned())), ("by", ranking.by == SCORE)];
    let named = keys.into_iter().chain([("then", ranking.then.contains(&SCORE.to_owned()))]).find(|(_, named)| *named);
    let (key, _) = named.filter(|_| county.score_of(&ranking.book, &ranking.id).is_none())?;
    let message = say!("profile-no-score", ranking = ranking.id, book = ranking.book, id = ranking.id);
    Some(misfit("ranking", at, key, message))
}
