//! Dates of every precision: how they are kept, and the first and last day they may mean.

use chrono::{Datelike, NaiveDate};

use crate::period::Period;
use crate::record::Date;

/// The canonical form, no more precise than written: `2026-Q1`.
pub(crate) fn canonical(date: Date) -> String {
    match date {
        Date::Day(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
        Date::Month(year, month) => format!("{year:04}-{month:02}"),
        Date::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
        Date::Half(year, half) => format!("{year:04}-H{half}"),
        Date::Year(year) => format!("{year:04}"),
    }
}

/// The first and the last day that a date may mean, ISO; `None` for a date that is none.
pub(crate) fn ends(date: Date) -> Option<(String, String)> {
    let (year, first, last) = match date {
        Date::Day(year, month, day) => {
            let day = NaiveDate::from_ymd_opt(year, month, day)?.to_string();
            return Some((day.clone(), day));
        }
        Date::Month(year, month) => (year, month, month),
        Date::Quarter(year, quarter) => (year, quarter.checked_mul(3)?.checked_sub(2)?, quarter * 3),
        Date::Half(year, half) => (year, half.checked_mul(6)?.checked_sub(5)?, half * 6),
        Date::Year(year) => (year, 1, 12),
    };
    Some((NaiveDate::from_ymd_opt(year, first, 1)?.to_string(), month_end(year, last)?))
}

/// The last day of a month, ISO.
fn month_end(year: i32, month: u32) -> Option<String> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let days = u32::from(first.num_days_in_month());
    first.with_day(days).map(|day| day.to_string())
}

/// The last day of a period, ISO.
pub(crate) fn period_end(period: Period) -> String {
    month_end(period.year(), period.month()).expect("a period is a month of a year from 1900 to 2999")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_means_its_whole_span() {
        let of = |date| ends(date).map(|(first, last)| format!("{first} {last}"));
        assert_eq!(of(Date::Month(2024, 2)).as_deref(), Some("2024-02-01 2024-02-29"));
        assert_eq!(of(Date::Quarter(2026, 1)).as_deref(), Some("2026-01-01 2026-03-31"));
        assert_eq!(of(Date::Half(2026, 2)).as_deref(), Some("2026-07-01 2026-12-31"));
        assert_eq!(of(Date::Year(2026)).as_deref(), Some("2026-01-01 2026-12-31"));
        assert_eq!(of(Date::Day(2026, 2, 30)), None);
        assert_eq!(of(Date::Quarter(2026, 0)), None);
        assert_eq!(canonical(Date::Half(2026, 1)), "2026-H1");
        assert_eq!(period_end(Period::new(2026, 5).unwrap()), "2026-05-31");
    }
}
