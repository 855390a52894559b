//! A figure as a template sees it: in words, as a phrase of the field, as a table's cell.

use std::collections::BTreeMap;

use num_traits::Signed;
use serde::Serialize;

use crate::amount::{Fraction, rounded};
use crate::profile::{Book, Measure, MeasuredIn, Profile, Reckoning};
use crate::publish::words;
use crate::rank::Ranked;

/// Yuan below which an amount is shown with decimals of a 万元.
const SMALL: i128 = 1_000_000;
/// What stands in place of a figure that cannot be computed.
const NONE: &str = "—";
/// Figures that a template may ask for in any book; where the book has none such, they are unknown.
const USUAL: [&str; 16] = [
    "count",
    "total",
    "plan",
    "done",
    "completion",
    "schedule",
    "lag",
    "behind",
    "behind_share",
    "not_started",
    "done_last_year",
    "completion_change",
    "done_change",
    "catch_up",
    "due_quarter",
    "due_half",
];

/// A figure of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Said {
    /// The measure's title.
    pub(super) title: String,
    /// The value with its unit: 11亿元, 35.6%, 109个.
    pub(super) words: String,
    /// As a clause of a sentence: 比序时进度慢6.1个百分点, 引进项目26个.
    pub(super) phrase: String,
    /// Whether it could be computed.
    pub(super) known: bool,
    /// Whether it is more than nothing.
    pub(super) positive: bool,
}

/// The figures of a row by their measures' ids, and by those without the book's name: `campaign_plan` is `plan` too.
pub(super) type Figures = BTreeMap<String, Said>;

/// All figures that a book can have, as far as rows of its whole or of one group have them; the first row that
/// has one tells it.
pub(super) fn figures(book: &Book, rows: &[&Ranked]) -> Figures {
    let mut figures: Figures = USUAL.iter().map(|id| ((*id).to_owned(), unknown(""))).collect();
    for measure in &book.measures {
        let value = rows.iter().find_map(|row| row.figure(&measure.id)).and_then(|figure| figure.value);
        let said = value.map_or_else(|| unknown(&measure.title), |value| say(measure, value));
        let short = measure.id.strip_prefix(&format!("{}_", book.id)).unwrap_or(&measure.id);
        figures.insert(short.to_owned(), said.clone());
        figures.insert(measure.id.clone(), said);
    }
    figures
}

fn unknown(title: &str) -> Said {
    let phrase = if title.is_empty() { String::new() } else { format!("{title}暂无法计算") };
    Said { title: title.to_owned(), words: NONE.to_owned(), phrase, known: false, positive: false }
}

fn say(measure: &Measure, value: Fraction) -> Said {
    Said {
        title: measure.title.clone(),
        words: words::figure_in_words(measure, value),
        phrase: words::phrase(measure, value),
        known: true,
        positive: value.is_positive(),
    }
}

/// A table's column for a measure, with the unit that its cells leave out.
pub(super) fn column(measure: &Measure) -> String {
    match (measure.kind, measure.measured_in) {
        (Reckoning::Lag, _) => "比序时进度（百分点）".to_owned(),
        (Reckoning::Change, MeasuredIn::Points) => "比去年同期（百分点）".to_owned(),
        (_, MeasuredIn::Yuan) => format!("{}（万元）", measure.title),
        (_, MeasuredIn::Fraction) => format!("{}（%）", measure.title),
        (_, MeasuredIn::Points) => format!("{}（百分点）", measure.title),
        (_, MeasuredIn::Count) => format!("{}（{}）", measure.title, measure.unit.as_deref().unwrap_or("个")),
        (_, MeasuredIn::Score) => format!("{}（分）", measure.title),
    }
}

/// A table's cell: 35.6, 慢6.1, 持平.
pub(super) fn cell(measure: &Measure, value: Option<Fraction>) -> String {
    let Some(value) = value else { return NONE.to_owned() };
    match (measure.kind, measure.measured_in) {
        (Reckoning::Lag, _) => turned(-value, ["快", "慢"]),
        (Reckoning::Change, MeasuredIn::Points) => turned(value, ["升", "降"]),
        (Reckoning::Change, MeasuredIn::Fraction) => turned(value, ["增", "降"]),
        (_, MeasuredIn::Yuan) => wan(value),
        (_, MeasuredIn::Fraction | MeasuredIn::Points) => number(value, 100, 1, false),
        (_, MeasuredIn::Count) => number(value, 1, 1, true),
        (_, MeasuredIn::Score) => number(value, 1, 2, true),
    }
}

/// Yuan in 万元 for a table: whole ones, which is what leaders read; of small amounts, where that would lose
/// what matters, two decimals.
pub(super) fn wan(yuan: Fraction) -> String {
    let small = yuan.abs() < Fraction::from_integer(SMALL);
    number(yuan / 10_000, 1, if small { 2 } else { 0 }, true)
}

/// A rate that no measure states, as a table's cell.
pub(super) fn plain(measured_in: MeasuredIn, value: Option<Fraction>) -> String {
    let scale = if matches!(measured_in, MeasuredIn::Fraction | MeasuredIn::Points) { 100 } else { 1 };
    value.map_or(NONE.to_owned(), |value| number(value, scale, 1, false))
}

/// A lag behind the schedule that no measure states, as a table's cell.
pub(super) fn lead(lag: Option<Fraction>) -> String {
    lag.map_or(NONE.to_owned(), |lag| turned(-lag, ["快", "慢"]))
}

/// A difference with the word for its direction.
fn turned(value: Fraction, [more, less]: [&str; 2]) -> String {
    match rounded(value.abs(), 100, 1) {
        None => NONE.to_owned(),
        Some(size) if size.is_zero() => "持平".to_owned(),
        Some(size) => format!("{}{size}", if value.is_negative() { less } else { more }),
    }
}

fn number(value: Fraction, scale: i64, digits: u32, short: bool) -> String {
    rounded(value, scale, digits)
        .map_or(NONE.to_owned(), |number| if short { number.normalize().to_string() } else { number.to_string() })
}

/// The measure of an id in a book.
pub(super) fn measure<'p>(profile: &'p Profile, book: &str, id: &str) -> Option<&'p Measure> {
    profile.book(book)?.measures.iter().find(|measure| measure.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;
    use crate::check::sample;
    use crate::measure::Figure;

    #[test]
    fn figures_are_there_whether_they_can_be_computed_or_not() {
        let book = sample::key_projects();
        let figure = |measure: &str, value| Figure {
            measure: measure.into(),
            measured_in: MeasuredIn::Fraction,
            value,
            numerator: None,
            denominator: None,
        };
        let row =
            Ranked { figures: [figure("lag", fraction(61, 1000)), figure("plan", None)].into(), ..Ranked::default() };
        let told = figures(&book, &[&row]);
        assert_eq!(told["lag"].phrase, "比序时进度慢6.1个百分点");
        assert_eq!((told["plan"].known, told["plan"].words.as_str()), (false, "—"));
        assert!(USUAL.iter().all(|id| told.contains_key(*id)));
    }

    #[test]
    fn cells_leave_the_unit_to_the_column() {
        let book = sample::key_projects();
        let of = |id: &str| book.measures.iter().find(|measure| measure.id == id).unwrap();
        assert_eq!(
            (column(of("lag")).as_str(), cell(of("lag"), fraction(61, 1000)).as_str()),
            ("比序时进度（百分点）", "慢6.1")
        );
        assert_eq!(cell(of("lag"), fraction(4, 10_000)), "持平");
        assert_eq!(
            (column(of("plan")).as_str(), cell(of("plan"), fraction(56_305_000, 1)).as_str()),
            ("年度计划投资（万元）", "5631")
        );
        assert_eq!(cell(of("plan"), fraction(123_456, 1)), "12.35");
        assert_eq!(
            (cell(of("completion"), fraction(3, 10)).as_str(), cell(of("completion"), None).as_str()),
            ("30.0", "—")
        );
    }
}
