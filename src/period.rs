//! A reporting period: a year and a month.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A calendar month, written `2026-05`; figures are cumulative from January to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: i32,
    month: u32,
}

impl Period {
    /// The period of a year (1900 to 2999) and a month (1 to 12), or `None` outside these.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1900..3000).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// The year, such as 2026.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }

    /// The same month a year earlier.
    pub fn last_year(self) -> Self {
        Self { year: self.year - 1, ..self }
    }

    /// The month before this one.
    pub fn previous(self) -> Self {
        match self.month {
            1 => Self { year: self.year - 1, month: 12 },
            month => Self { month: month - 1, ..self },
        }
    }

    /// The first day of its year, which cumulative figures begin with.
    pub fn first_of_year(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, 1, 1).expect("a period is a month of a year from 1900 to 2999")
    }

    /// Its last day, which cumulative figures end with.
    pub fn last_day(self) -> NaiveDate {
        let (year, month) = if self.month == 12 { (self.year + 1, 1) } else { (self.year, self.month + 1) };
        let next = NaiveDate::from_ymd_opt(year, month, 1).and_then(|first| first.pred_opt());
        next.expect("a period is a month of a year from 1900 to 2999")
    }

    /// As readers write it: `2026年5月`.
    pub fn in_words(self) -> String {
        format!("{}年{}月", self.year, self.month)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Text that is no period; its message says what one looks like.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{0}”不是报告期：应写成年-月，如 2026-05")]
pub struct NoPeriod(String);

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let parse = || {
            let (year, month) = text.split_once('-')?;
            let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
            if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
                return None;
            }
            Self::new(year.parse().ok()?, month.parse().ok()?)
        };
        parse().ok_or_else(|| NoPeriod(text.to_owned()))
    }
}

impl TryFrom<String> for Period {
    type Error = NoPeriod;

    fn try_from(text: String) -> Result<Self, NoPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_itself() {
        let may: Period = "2026-05".parse().unwrap();
        assert_eq!((may.year(), may.month(), may.to_string().as_str()), (2026, 5, "2026-05"));
        assert_eq!(may.previous().to_string(), "2026-04");
        assert_eq!(Period::new(2026, 1).unwrap().previous().to_string(), "2025-12");
        let last = |text: &str| text.parse::<Period>().unwrap().last_day().to_string();
        assert_eq!(["2028-02", "2026-02", "2026-12"].map(last), ["2028-02-29", "2026-02-28", "2026-12-31"]);
        for bad in ["2026", "2026-13", "2026-5", "26-05", "2026-00", "+026-05", ""] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }
}
