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
        found.push(top("id", format!("id “{}”与文件名 {stem}.toml 不一致，请改成一样", book.id)));
    }
    let ids: Vec<&str> = book.fields.iter().map(|field| field.id.as_str()).collect();
    let named = [("subject", &book.subject)].into_iter().chain(book.told_by.iter().map(|field| ("told_by", field)));
    for (key, field) in named.filter(|(_, field)| book.field(field).is_none()) {
        found.push(top(key, format!("“{field}”不是本账册的字段{}", advice(field, &ids))));
    }
    if book.only_named && book.words.is_empty() {
        found.push(top("words", "only_named 的账册凭表名认出，words 至少写一个词"));
    }
    found.extend(ids_of_book(book));
    found.extend(of_internal(book));
    for (at, measure) in book.measures.iter().enumerate() {
        let without = matches!(measure.kind, Reckoning::LastYear | Reckoning::Change);
        if without && measure.schedule.is_some() {
            let message = format!("指标“{}”与上年相比，不用序时进度，请删去 schedule", measure.id);
            found.push(misfit("measure", at, "schedule", message));
        }
    }
    found.extend(of_stated(book, &ids));
    found.extend(of_own_rankings(book));
    found.extend(form::of_form(book));
    for (at, field) in book.fields.iter().enumerate() {
        if (field.kind == Kind::Choice) == field.choices.is_empty() {
            let message = format!("字段“{}”：choices 与 kind = \"choice\" 必须同时有或同时没有", field.id);
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
    let message = "internal = true 的账册由程序生成，不从报表读取：";
    let mut found = Vec::new();
    if !book.words.is_empty() {
        found.push(top("words", format!("{message}words 应为空")));
    }
    let spelled =
        book.fields.iter().enumerate().filter(|(_, field)| !field.spellings.is_empty() || !field.shared.is_empty());
    found.extend(spelled.map(|(at, _)| misfit("field", at, "spellings", format!("{message}spellings 应为空"))));
    found
}

/// The rankings of a book's own file are of that book.
fn of_own_rankings(book: &Book) -> Vec<Misfit> {
    let own = book.rankings.iter().enumerate();
    own.flat_map(|(at, ranking)| match ranking.book == book.id {
        true => ranking_misfit::of_ranking(at, ranking, std::slice::from_ref(book)),
        false => vec![misfit("ranking", at, "book", format!("账册文件里的排名只能是本账册（{}）的", book.id))],
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
                None => {
                    found.push(misfit("stated", at, key, format!("“{field}”不是本账册的字段{}", advice(field, ids))))
                }
                Some(kind) if number != is_number(kind) || (!number && kind != Kind::Rate) => {
                    let wanted = if number { "金额、个数或数值" } else { "比率（kind = \"rate\"）" };
                    found.push(misfit("stated", at, key, format!("“{field}”不是{wanted}字段")));
                }
                Some(_) => {}
            }
        }
        if below.count() != 1 {
            found.push(misfit("stated", at, "field", "whole 和 whole_of 必须写一个，且只写一个"));
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
    found.extend(reserved.map(|&(table, at, _)| misfit(table, at, "id", "“score”留给得分用，请换一个 id")));
    found.extend(given_twice(&measures));
    found.extend(given_twice(&rules.collect::<Vec<_>>()));
    found.extend(columns.iter().chain(&measures).filter(|(_, _, id)| !is_name(id)).map(|&(table, at, id)| {
        misfit(table, at, "id", format!("id “{id}”只能用小写英文字母、数字和下划线，以字母开头"))
    }));
    found
}

pub(super) fn given_twice(ids: &[(&str, usize, &str)]) -> Vec<Misfit> {
    let mut seen = BTreeSet::new();
    let again = ids.iter().filter(|(_, _, id)| !seen.insert(*id));
    again.map(|&(table, at, id)| misfit(table, at, "id", format!("id “{id}”已经用过，请换一个"))).collect()
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
                let message = format!("序时进度“{}”：没有账册“{book}”{}", schedule.id, advice(book, &known));
                found.push(misfit("schedule", at, "books", message));
            } else if !taken.insert(book) {
                let message = format!("账册“{book}”已经用了前面的序时进度，只能用一个");
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
            found.push(top(key, "至少要有一档"));
        }
        found.extend(band_misfit::of_bands(&[Step::Key(key.into())], bands));
    }
    let fields: Vec<&str> = books.iter().flat_map(|book| &book.fields).map(|field| field.id.as_str()).collect();
    let usual = super::HistoryPlan::default().agree;
    for field in county.history.agree.iter().filter(|field| !fields.contains(&field.as_str()) && !usual.contains(field))
    {
        let path = vec![Step::Key("history".into()), Step::Key("agree".into())];
        let message =
            format!("没有一本账册有字段“{field}”，最接近的是“{}”", nearest(field, &fields).unwrap_or_default());
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
        Some(misfit("measure", at, "schedule", format!("指标“{}”：{fault}", measure.id)))
    };
    let of_ranking = |(at, ranking)| of_ranking_schedule(at, ranking, county);
    let of_measures = book.measures.iter().enumerate().filter_map(of_measure);
    own.into_iter().chain(of_measures).chain(book.rankings.iter().enumerate().filter_map(of_ranking)).collect()
}

fn of_ranking_schedule(at: usize, ranking: &RankingPlan, county: &County) -> Option<Misfit> {
    let fault = calendar::unknown_schedule(ranking.schedule.as_deref(), county)?;
    Some(misfit("ranking", at, "schedule", format!("排名“{}”：{fault}", ranking.id)))
}

/// A ranking by a score that nothing states.
fn without_score(at: usize, ranking: &RankingPlan, county: &County) -> Option<Misfit> {
    let keys = [("measures", ranking.measures.contains(&SCORE.to_owned())), ("by", ranking.by == SCORE)];
    let named = keys.into_iter().chain([("then", ranking.then.contains(&SCORE.to_owned()))]).find(|(_, named)| *named);
    let (key, _) = named.filter(|_| county.score_of(&ranking.book, &ranking.id).is_none())?;
    let message = format!(
        "排名“{}”用到得分，但没有 book = \"{}\"、ranking = \"{}\" 的 [[score]]，请补上",
        ranking.id, ranking.book, ranking.id
    );
    Some(misfit("ranking", at, key, message))
}
