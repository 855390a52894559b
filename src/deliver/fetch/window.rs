//! The days on which a period's reports come.
//!
//! Takes a period, and days where the officer names some; gives a [`Window`]. Days are those of Beijing, whatever
//! zone a server counts in.

use chrono::{DateTime, Datelike, Days, NaiveDate};

use crate::period::{Grain, Period};
use crate::value::Moment;

/// Days from one to before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Window {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Window {
    /// From the last day of a period to the day before the next one's last day: after that, what comes is about
    /// the next. A day that the officer names counts instead.
    pub fn of(period: Period, since: Option<NaiveDate>, until: Option<NaiveDate>) -> Self {
        let last = period.last_day();
        let to = until.unwrap_or_else(|| next_end(period).pred_opt().unwrap_or(last));
        Self { from: since.unwrap_or(last), to }
    }

    /// Whether a day lies in it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// What to ask a server for: a day more at both ends, since its midnight is not ours.
    pub(super) fn as_search(&self) -> String {
        let since = self.from.checked_sub_days(Days::new(1)).unwrap_or(self.from);
        let before = self.to.checked_add_days(Days::new(2)).unwrap_or(self.to);
        format!("SINCE {} BEFORE {}", of_imap(since), of_imap(before))
    }
}

/// `5-Jun-2026`, in English whatever the machine's language.
fn of_imap(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    format!("{}-{}-{:04}", day.day(), MONTHS[day.month0() as usize], day.year())
}

/// The day in Beijing of ` 5-Jun-2026 23:30:00 +0000`; `None` where it is no date.
pub(super) fn day_of(came: &str) -> Option<NaiveDate> {
    let stamped = DateTime::parse_from_str(came.trim(), "%e-%b-%Y %H:%M:%S %z").ok()?;
    Some(Moment::of_utc(stamped.to_utc()).day)
}

/// The last day of the period after one: the next month, the next week, the next cut-off.
fn next_end(period: Period) -> NaiveDate {
    let last = period.last_day();
    let following = |days: u64| last.checked_add_days(Days::new(days)).unwrap_or(last);
    match period.grain() {
        Grain::Week => following(7),
        Grain::Month => {
            let first = following(1);
            Period::new(first.year(), first.month()).map_or(last, Period::last_day)
        }
        Grain::Day => {
            let is_next = |day: &NaiveDate| Period::to_day(*day).is_some_and(|next| next.previous() == period);
            (1..=31).map(following).find(is_next).unwrap_or_else(|| following(31))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(period: &str) -> String {
        let window = Window::of(period.parse().unwrap(), None, None);
        format!("{} {}", window.from, window.to)
    }

    #[test]
    fn reports_come_from_a_periods_end_to_the_next_ones() {
        assert_eq!(window("2026-05"), "2026-05-31 2026-06-29");
        assert_eq!(window("2026-12"), "2026-12-31 2027-01-30");
        assert_eq!(window("2026-W38"), "2026-09-20 2026-09-26");
        assert_eq!(window("2026-09-20"), "2026-09-20 2026-09-29");
        assert_eq!(window("2026-09-10"), "2026-09-10 2026-09-19");
        assert_eq!(window("2026-09-15"), "2026-09-15 2026-10-14");
    }

    #[test]
    fn days_are_those_of_beijing() {
        let day = |came: &str| day_of(came).map(|day| day.to_string());
        assert_eq!(day(" 5-Jun-2026 23:30:00 +0000").as_deref(), Some("2026-06-06"));
        assert_eq!(day("05-Jun-2026 09:30:00 +0800").as_deref(), Some("2026-06-05"));
        assert_eq!(day("yesterday"), None);
        let window = Window::of("2026-05".parse().unwrap(), None, None);
        assert_eq!(window.as_search(), "SINCE 30-May-2026 BEFORE 1-Jul-2026");
    }
}
