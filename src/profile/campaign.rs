//! Campaigns: stretches of days with a beginning and an end of their own, beside the calendar year.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::period::Period;

/// A campaign such as 百日攻坚, both its ends included.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Its name in the profile and in JSON: `hundred_days`.
    pub id: String,
    /// Its name for readers: 百日攻坚.
    pub title: String,
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// What it is about, for 口径说明.
    #[serde(default)]
    pub words: String,
}

/// A day as the profile writes it: `2026-09-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(pub NaiveDate);

/// Text that is no day; the profile's reader puts it in words.
#[derive(Debug, thiserror::Error)]
#[error("expected a day")]
pub struct NoDay;

impl TryFrom<String> for Day {
    type Error = NoDay;

    fn try_from(text: String) -> Result<Self, NoDay> {
        // chrono takes 2026-9-1 too, which sorts and reads otherwise than it looks.
        let day: NaiveDate = text.parse().map_err(|_| NoDay)?;
        if day.to_string() == text { Ok(Self(day)) } else { Err(NoDay) }
    }
}

impl Campaign {
    /// How many days it lasts.
    pub fn days(&self) -> i64 {
        days_between(self.first.0, self.last.0)
    }

    /// How many of its days are over at a period's end: 0 before it begins, all of them after its end.
    pub fn days_over(&self, period: Period) -> i64 {
        days_between(self.first.0, period.last_day()).clamp(0, self.days().max(0))
    }

    /// When it is, as readers write it: `2026年9月1日至12月9日，共100天`.
    pub fn in_words(&self) -> String {
        let (first, last) = (self.first.0, self.last.0);
        let year = if first.year() == last.year() { String::new() } else { format!("{}年", last.year()) };
        let from = format!("{}年{}月{}日", first.year(), first.month(), first.day());
        format!("{from}至{year}{}月{}日，共{}天", last.month(), last.day(), self.days())
    }
}

/// From one day to another, both counted.
pub(super) fn days_between(first: NaiveDate, last: NaiveDate) -> i64 {
    last.signed_duration_since(first).num_days() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_hundred_days_are_counted_with_both_ends() {
        let campaign = Campaign {
            id: "hundred_days".into(),
            title: "百日攻坚".into(),
            first: day("2026-09-01"),
            last: day("2026-12-09"),
            words: String::new(),
        };
        assert_eq!(campaign.in_words(), "2026年9月1日至12月9日，共100天");
        let over = |period: &str| campaign.days_over(period.parse().unwrap());
        assert_eq!(["2026-08", "2026-09-01", "2026-W38", "2026-09", "2026-12"].map(over), [0, 1, 20, 30, 100]);
        let winter = Campaign { last: day("2027-01-10"), ..campaign };
        assert_eq!(winter.in_words(), "2026年9月1日至2027年1月10日，共132天");
    }

    #[test]
    fn only_a_whole_date_is_a_day() {
        for bad in ["2026-9-1", "2026-02-30", "09-01", "2026年9月1日", ""] {
            assert!(Day::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
