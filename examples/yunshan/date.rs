//! Dates: a day each, and the many ways in which clerks write them.

use chrono::{Datelike, Days, NaiveDate};

use super::sheet::{Content, Look};

/// A calendar day.
pub type Day = NaiveDate;

/// How a sheet writes its dates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// `2026.3`
    Dot,
    /// `2026.03`
    DotTwo,
    /// `2026.3.15`
    DotDay,
    /// `2026年3月`
    Chinese,
    /// `2026年3月15日`
    ChineseDay,
    /// `2026年3月底`
    MonthEnd,
    /// `2026/3/15`
    Slash,
    /// `2026-03-15`
    Iso,
    /// `2026-03`
    Dash,
    /// A date cell shown to the day.
    TrueDay,
    /// A date cell shown to the month.
    TrueMonth,
}

impl Dates {
    /// A day as a cell of this sheet.
    pub fn cell(self, day: Day) -> (Content, Look) {
        let (y, m, d) = (day.year(), day.month(), day.day());
        let text = match self {
            Self::TrueDay => return (Content::Number(serial(day)), Look::Day),
            Self::TrueMonth => return (Content::Number(serial(day)), Look::Month),
            Self::Dot => format!("{y}.{m}"),
            Self::DotTwo => format!("{y}.{m:02}"),
            Self::DotDay => format!("{y}.{m}.{d}"),
            Self::Chinese => format!("{y}年{m}月"),
            Self::ChineseDay => format!("{y}年{m}月{d}日"),
            Self::MonthEnd => format!("{y}年{m}月底"),
            Self::Slash => format!("{y}/{m}/{d}"),
            Self::Iso => format!("{y}-{m:02}-{d:02}"),
            Self::Dash => format!("{y}-{m:02}"),
        };
        (Content::Text(text), Look::Body)
    }
}

/// A day of the calendar.
pub fn day(year: i32, month: u32, of_month: u32) -> Day {
    NaiveDate::from_ymd_opt(year, month, of_month).expect("the generator only makes days up to the 28th")
}

/// The day count of the 1900 system.
fn serial(day: Day) -> f64 {
    (day - epoch()).num_days() as f64
}

/// The day of a day count.
pub fn iso_of_serial(serial: f64) -> String {
    (epoch() + Days::new(serial as u64)).to_string()
}

fn epoch() -> Day {
    day(1899, 12, 28) + Days::new(2)
}
