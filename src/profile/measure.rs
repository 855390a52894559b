//! Measures: SQL aggregates over a book's rows, and what is reckoned from them.

use serde::Deserialize;

/// An aggregate over rows, with its numerator and denominator kept; or what is reckoned from one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its id: `completion`.
    pub id: String,
    /// Its name for readers: 完成率.
    pub title: String,
    /// How it is shown and what its value means.
    pub measured_in: MeasuredIn,
    /// What a count counts, where that is not 个: 天.
    #[serde(default)]
    pub unit: Option<String>,
    /// How it comes about; without it, by its own SQL.
    #[serde(default)]
    pub kind: Reckoning,
    /// The measure that the other kinds are reckoned from: `completion`.
    #[serde(default)]
    pub of: Option<String>,
    /// For [`Reckoning::Due`]: by when the schedule is to be met again.
    #[serde(default)]
    pub until: Option<Until>,
    /// An SQL aggregate over the book's rows: `SUM(done)`; empty for the other kinds.
    #[serde(default)]
    pub numerator: String,
    /// Another, for rates: `SUM(plan)`. Empty or 0 makes the measure not computable.
    #[serde(default)]
    pub denominator: Option<String>,
    /// An SQL predicate that picks the rows it is computed over.
    #[serde(default)]
    pub filter: Option<String>,
    /// The schedule that it reckons with, or that its rows are held against; without it, the ranking's.
    #[serde(default)]
    pub schedule: Option<String>,
    /// Its formula in words, for 口径说明.
    pub words: String,
}

/// How a measure comes about: by SQL over one table, or by what no such SQL can say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reckoning {
    /// `numerator` over `denominator`.
    #[default]
    Sql,
    /// The schedule in force.
    Schedule,
    /// The schedule less the measure `of`: positive is behind.
    Lag,
    /// The measure `of` in the same months of last year.
    LastYear,
    /// The measure `of` against last year: a difference where it is counted in points, else its growth.
    Change,
    /// What is missing from the denominator of `of`, spread over the months left; at least 0.
    CatchUp,
    /// What is missing from the denominator of `of` to be on schedule again at the end of the span `until`; at least 0.
    Due,
    /// The year's target of the measure `of` (settings, sheet 目标): the group's own; the whole's as
    /// stated for it, else the sum of the units'.
    Target,
    /// The measure `of` over its target.
    OfTarget,
    /// What is missing from the target of the measure `of`; at least 0.
    Left,
    /// What is missing from the target of the measure `of`, spread over the months left.
    Pace,
    /// The measure `of` less that of the quarter, month or year before, in a series of them: the slide.
    Step,
    /// The group's part of the measure `of` over all rows of the ranking.
    Share,
    /// What the ranking's `[[score]]` gives: only the program states this one.
    #[serde(skip)]
    Score,
}

impl Reckoning {
    /// Whether it is reckoned from a target of the settings workbook.
    pub fn needs_target(self) -> bool {
        matches!(self, Self::Target | Self::OfTarget | Self::Left | Self::Pace)
    }
}

/// By when something is to be made up: 以季保年, 以下半年补上半年.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// The end of the period's quarter.
    Quarter,
    /// The end of the period's half of the year.
    HalfYear,
    /// The end of the year.
    Year,
}

/// The unit of a measure's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MeasuredIn {
    /// Money; yuan inside, 万元 shown.
    Yuan,
    /// A number of rows.
    Count,
    /// A fraction, shown as percent.
    Fraction,
    /// A difference of two rates as a fraction, shown in 百分点.
    Points,
    /// Points of a score (分).
    #[serde(skip)]
    Score,
}
