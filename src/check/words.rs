//! Message templates: `{field}` becomes the row's value as a reader writes it.

use std::fmt::{Display, Write};

use polars::prelude::{AnyValue, Column, DataFrame};

use crate::amount;
use crate::profile::{Book, Kind};

/// What a reader sees where a row has no value.
const NOTHING: &str = "（空）";

/// The names between braces in a template, in order.
pub(crate) fn placeholders(template: &str) -> Vec<&str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// A template over the rows of a frame, taken apart once.
pub(crate) struct Message<'a> {
    /// What stands before each name, with the name.
    parts: Vec<(&'a str, Named<'a>)>,
    /// What stands behind the last.
    rest: &'a str,
}

/// A name in a template.
struct Named<'a> {
    name: &'a str,
    cells: Option<&'a Column>,
    kind: Option<Kind>,
}

impl<'a> Message<'a> {
    /// A template of a book's rule; a name that is no column says that nothing is there.
    pub(crate) fn of(template: &'a str, book: &Book, frame: &'a DataFrame) -> Self {
        let (mut parts, mut rest) = (Vec::new(), template);
        while let Some((before, name, behind)) = next_name(rest) {
            parts.push((before, Named { name, cells: frame.column(name).ok(), kind: kind(name, book) }));
            rest = behind;
        }
        Self { parts, rest }
    }

    /// Puts the words of a row behind others.
    pub(crate) fn put_row(&self, row: usize, words: &mut String) {
        for (before, named) in &self.parts {
            words.push_str(before);
            named.put(row, words);
        }
        words.push_str(self.rest);
    }
}

/// What stands before the first name between braces, the name, and what stands behind it.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, behind) = rest.split_once('}')?;
    Some((before, name, behind))
}

/// The kind of the field that a column is about.
fn kind(name: &str, book: &Book) -> Option<Kind> {
    let reported = name.strip_suffix("_reported").unwrap_or(name);
    let of_last = reported.strip_prefix("last_").unwrap_or(reported);
    let field = book.field(name).or_else(|| book.field(reported)).or_else(|| book.field(of_last));
    field.map(|field| field.kind)
}

impl Named<'_> {
    /// The value as a reader writes it: amounts in 万元 (the template names the unit), rates in percent.
    fn put(&self, row: usize, words: &mut String) {
        let cell = self.cells.and_then(|cells| cells.get(row).ok()).unwrap_or(AnyValue::Null);
        if let Some(text) = cell.get_str() {
            return match self.kind {
                Some(Kind::Date) => *words += &date_in_words(text),
                _ if self.name == "last_period" => {
                    *words += &text.parse().map_or_else(|_| text.to_owned(), crate::period::Period::in_words);
                }
                _ => words.push_str(text),
            };
        }
        match (cell, self.kind) {
            (AnyValue::Int64(yuan), Some(Kind::Amount)) => put(amount::wan(yuan), words),
            (AnyValue::Float64(number), Some(Kind::Number)) => match amount::decimal(number) {
                Some(decimal) => put(decimal, words),
                None => put(number, words),
            },
            // A derived float is a rate too: no book computes anything else that is not whole.
            (AnyValue::Float64(rate), _) => *words += &percent(rate),
            (AnyValue::Boolean(truth), _) => words.push_str(if truth { "是" } else { "否" }),
            (AnyValue::Null, _) => words.push_str(NOTHING),
            (other, _) => put(other, words),
        }
    }
}

fn put(shown: impl Display, words: &mut String) {
    write!(words, "{shown}").expect("text is written to memory");
}

/// 0.356 as 35.60%.
fn percent(rate: f64) -> String {
    let shown = amount::exact(rate).and_then(|rate| amount::rounded(rate, 100, 2));
    shown.map_or_else(|| rate.to_string(), |percent| format!("{percent}%"))
}

/// `2026-03` as 2026年3月, no more precise than it is.
fn date_in_words(date: &str) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    let plain = |digits: &str| digits.trim_start_matches('0').to_owned();
    match parts.as_slice() {
        [year] => format!("{year}年"),
        [year, "H1"] => format!("{year}年上半年"),
        [year, "H2"] => format!("{year}年下半年"),
        [year, part] => match part.strip_prefix('Q') {
            Some(quarter) => format!("{year}年第{quarter}季度"),
            None => format!("{year}年{}月", plain(part)),
        },
        [year, month, day] => format!("{year}年{}月{}日", plain(month), plain(day)),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::df;

    use super::*;
    use crate::check::sample;

    #[test]
    fn values_read_as_clerks_write_them() {
        let book = sample::key_projects();
        let frame = df!(
            "done" => [Some(88_448_600i64), None], "rate" => [0.356, 1.0 / 3.0],
            "actual_start" => ["2026-03", "2026-10-05"], "behind" => [true, false],
        )
        .unwrap();
        let message = Message::of("{done}万元，{rate}，{actual_start}，{behind}", &book, &frame);
        let of = |row| {
            let mut words = String::new();
            message.put_row(row, &mut words);
            words
        };
        assert_eq!(of(0), "8844.86万元，35.60%，2026年3月，是");
        assert_eq!(of(1), "（空）万元，33.33%，2026年10月5日，否");
        assert_eq!(date_in_words("2026-Q1"), "2026年第1季度");
        assert_eq!(date_in_words("2026-H2"), "2026年下半年");
    }
}
