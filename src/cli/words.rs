//! Figures, periods and spans of time as one reads them, in the chosen language.

use std::time::Duration;

use crate::amount::{self, Fraction, YUAN_PER_WAN};
use crate::lang::{self, Language, message_in};
use crate::measure::Figure;
use crate::period::Period;
use crate::profile::MeasuredIn;
use crate::say;

/// A period: `2026年5月` in Chinese, `2026-05` as the command line takes it in English.
pub(super) fn period(period: Period) -> String {
    match lang::chosen() {
        Language::Zh => period.in_words(),
        Language::En => period.to_string(),
    }
}

/// An amount of yuan.
pub(super) fn yuan(yuan: i64) -> String {
    say!("figure-yuan", value = amount::wan(yuan))
}

/// A place in a ranking; nothing where there is none.
pub(super) fn place(place: Option<u32>) -> String {
    place.map_or_else(String::new, |place| say!("figure-place", place = place))
}

/// A figure, rounded as documents round it.
pub(super) fn figure(figure: &Figure) -> String {
    figure_in(lang::chosen(), figure)
}

/// The same in a language: what programs read does not change with the operator's.
pub(super) fn figure_in(language: Language, figure: &Figure) -> String {
    let rounded = |value: Fraction| match figure.measured_in {
        MeasuredIn::Yuan => {
            amount::rounded(value / Fraction::from(i128::from(YUAN_PER_WAN)), 1, 2).map(|wan| wan.normalize())
        }
        MeasuredIn::Count => amount::rounded(value, 1, 0),
        MeasuredIn::Fraction | MeasuredIn::Points => amount::rounded(value, 100, 1),
        MeasuredIn::Score => amount::rounded(value, 1, 2),
    };
    let Some(value) = figure.value.and_then(rounded) else { return "—".to_owned() };
    let id = match figure.measured_in {
        MeasuredIn::Count => return value.to_string(),
        MeasuredIn::Yuan => "figure-yuan",
        MeasuredIn::Fraction => "figure-rate",
        MeasuredIn::Points => "figure-points",
        MeasuredIn::Score => "figure-score",
    };
    message_in(language, id, &[("value", value.to_string())])
}

/// A span of time as one says it: 9秒, 2分10秒, 1小时5分.
pub(super) fn span(span: Duration) -> String {
    match span.as_secs() {
        seconds @ 0..60 => say!("figure-seconds", seconds = seconds.max(1)),
        // To ten seconds: nobody knows it better, and it jumps less.
        seconds @ 60..3600 => match (seconds / 60, seconds % 60 / 10 * 10) {
            (minutes, 0) => say!("figure-minutes", minutes = minutes),
            (minutes, rest) => say!("figure-minutes-seconds", minutes = minutes, seconds = rest),
        },
        seconds => say!("figure-hours-minutes", hours = seconds / 3600, minutes = seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_time_as_one_says_it() {
        let said = [(0, "1秒"), (9, "9秒"), (60, "1分"), (137, "2分10秒"), (3_599, "59分50秒"), (3_900, "1小时5分")];
        for (seconds, expected) in said {
            assert_eq!(span(Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn a_figure_says_what_it_is_counted_in() {
        let told = |measured_in, value: (i64, i64), language| {
            let value = amount::fraction(value.0, value.1);
            let of = Figure { measure: "m".into(), measured_in, value, numerator: None, denominator: None };
            figure_in(language, &of)
        };
        assert_eq!(told(MeasuredIn::Yuan, (88_448_601, 1), Language::Zh), "8844.86万元");
        assert_eq!(told(MeasuredIn::Yuan, (88_448_601, 1), Language::En), "8844.86 wan yuan");
        assert_eq!(told(MeasuredIn::Fraction, (356, 1000), Language::En), "35.6%");
        assert_eq!(told(MeasuredIn::Points, (-117, 1000), Language::Zh), "-11.7个百分点");
        assert_eq!(told(MeasuredIn::Points, (-117, 1000), Language::En), "-11.7 percentage points");
        assert_eq!(told(MeasuredIn::Score, (88, 1), Language::En), "88.00 points");
        assert_eq!(told(MeasuredIn::Count, (109, 1), Language::En), "109");
    }
}
