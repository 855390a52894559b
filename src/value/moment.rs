//! A moment as precise as it is told: a day, or a day and an hour.
//!
//! Days and hours are those of Beijing, whatever zone a mail was stamped in.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// Beijing's offset from UTC, in seconds.
const BEIJING: i32 = 8 * 3600;

/// A day, and the hour where that is known: `2026-06-05`, `2026-06-05 09:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The time of day, where it is known.
    pub time: Option<NaiveTime>,
}

impl Moment {
    /// A day without an hour.
    pub fn of_day(day: NaiveDate) -> Self {
        Self { day, time: None }
    }

    /// What a mail's `Date` says: `Fri, 05 Jun 2026 09:30:00 +0800`; `None` where it is no date.
    pub fn of_mail(date: &str) -> Option<Self> {
        let stamped = DateTime::parse_from_rfc2822(date).ok()?;
        Some(Self::of_utc(stamped.to_utc()))
    }

    /// An instant, by Beijing's clock.
    pub fn of_utc(instant: DateTime<Utc>) -> Self {
        let beijing = FixedOffset::east_opt(BEIJING).expect("eight hours are less than a day");
        let local = instant.with_timezone(&beijing).naive_local();
        Self { day: local.date(), time: Some(local.time()) }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.time {
            Some(time) => write!(f, "{} {}", self.day, time.format("%H:%M")),
            None => write!(f, "{}", self.day),
        }
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = chrono::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let with_time = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M");
        match with_time {
            Ok(at) => Ok(Self { day: at.date(), time: Some(at.time()) }),
            Err(_) => Ok(Self::of_day(text.parse()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_of_the_day_that_it_is_in_beijing() {
        let late = Moment::of_mail("Fri, 05 Jun 2026 17:30:00 +0000").unwrap();
        assert_eq!(late.to_string(), "2026-06-06 01:30");
        assert_eq!(Moment::of_mail("Fri, 05 Jun 2026 09:30:00 +0800").unwrap().to_string(), "2026-06-05 09:30");
        assert_eq!(Moment::of_mail("昨天"), None);
    }

    #[test]
    fn moments_come_back_as_they_were_written() {
        for written in ["2026-06-05", "2026-06-05 09:30"] {
            let moment = Moment::try_from(written.to_owned()).unwrap();
            assert_eq!(String::from(moment), written);
        }
        assert!(Moment::try_from("6月5日".to_owned()).is_err());
    }
}
