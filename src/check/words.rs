//! Message templates: `{field}` becomes the row's value as a reader writes it.

use polars::prelude::{AnyValue, DataFrame};

use crate::amount;
use crate::profile::{Book, Kind};

/// What a reader sees where a row has no value.
const NOTHING: &str = "（空）";

/// The names between braces in a template, in order.
pub(crate) fn placeholders(template: &str) -> Vec<&str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// A template with the values of a row of the frame.
pub(crate) fn filled(template: &str, book: &Book, frame: &DataFrame, row: usize) -> String {
    let mut text = template.to_owned();
    for name in placeholders(template) {
        text = text.replace(&format!("{{{name}}}"), &value(name, book, frame, row));
    }
    text
}

/// A value as a reader writes it: amounts in 万元 (the template names the unit), rates in percent.
fn value(name: &str, book: &Book, frame: &DataFrame, row: usize) -> String {
    let Some(cell) = frame.column(name).ok().and_then(|column| column.get(row).ok()) else {
        return NOTHING.to_owned();
    };
    let reported = name.strip_suffix("_reported").unwrap_or(name);
    let of_last = reported.strip_prefix("last_").unwrap_or(reported);
    let field = book.field(name).or_else(|| book.field(reported)).or_else(|| book.field(of_last));
    let kind = field.map(|field| field.kind);
    match (cell, kind) {
        (AnyValue::Int64(yuan), Some(Kind::Amount)) => amount::wan(yuan).to_string(),
        (AnyValue::Float64(number), Some(Kind::Number)) => {
            amount::decimal(number).map_or_else(|| number.to_string(), |d| d.to_string())
        }
        // A derived float is a rate too: no book computes anything else that is not whole.
        (AnyValue::Float64(rate), _) => percent(rate),
        (AnyValue::String(text), Some(Kind::Date)) => date_in_words(text),
        (AnyValue::String(text), _) if name == "last_period" => {
            text.parse().map_or_else(|_| text.to_owned(), crate::period::Period::in_words)
        }
        (AnyValue::String(text), _) => text.to_owned(),
        (AnyValue::Boolean(truth), _) => if truth { "是" } else { "否" }.to_owned(),
        (AnyValue::Null, _) => NOTHING.to_owned(),
        (other, _) => other.to_string(),
    }
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
        let of = |row| filled("{done}万元，{rate}，{actual_start}，{behind}", &book, &frame, row);
        assert_eq!(of(0), "8844.86万元，35.60%，2026年3月，是");
        assert_eq!(of(1), "（空）万元，33.33%，2026年10月5日，否");
        assert_eq!(date_in_words("2026-Q1"), "2026年第1季度");
        assert_eq!(date_in_words("2026-H2"), "2026年下半年");
    }
}
