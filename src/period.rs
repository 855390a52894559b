//! A reporting period: a month, or a cut-off inside one, such as a week's end or the 20th.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::amount::Fraction;
use crate::say;

/// What figures are reported for: `2026-05` (a month), `2026-W38` (an ISO week, to its Sunday),
/// `2026-09-20` (a cut-off day). Figures are cumulative from 1 January to its last day, and it belongs
/// to the year and month of that day. Periods are in the order of their last days, finer ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    last: NaiveDate,
    grain: Grain,
}

/// How far apart periods of a kind lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// A cut-off day: every ten days (旬报), or any day that was set.
    Day,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

/// Years that a period can lie in.
const YEARS: std::ops::Range<i32> = 1900..3000;

impl Period {
    /// The period of a year (1900 to 2999) and a month (1 to 12), or `None` outside these.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        Self::ending(first.checked_add_months(Months::new(1))?.pred_opt()?, Grain::Month)
    }

    /// The period of an ISO week, 1 to 53, or `None` where the year has no such week.
    pub fn week(year: i32, week: u32) -> Option<Self> {
        Self::ending(NaiveDate::from_isoywd_opt(year, week, Weekday::Sun)?, Grain::Week)
    }

    /// The period that ends with a day, or `None` outside the years 1900 to 2999.
    pub fn to_day(last: NaiveDate) -> Option<Self> {
        Self::ending(last, Grain::Day)
    }

    fn ending(last: NaiveDate, grain: Grain) -> Option<Self> {
        YEARS.contains(&last.year()).then_some(Self { last, grain })
    }

    /// The year of its last day, such as 2026.
    pub fn year(self) -> i32 {
        self.last.year()
    }

    /// The month of its last day, 1 to 12.
    pub fn month(self) -> u32 {
        self.last.month()
    }

    /// Whether it is a month, a week or a cut-off day.
    pub fn grain(self) -> Grain {
        self.grain
    }

    /// The month that it belongs to; itself where it is one.
    pub fn whole_month(self) -> Self {
        Self::new(self.year(), self.month()).expect("the month of a period is one")
    }

    /// The same month, week or day a year earlier; the 53rd week becomes the 52nd and 29 February the 28th.
    pub fn last_year(self) -> Self {
        let earlier = match self.grain {
            Grain::Month => Self::new(self.year() - 1, self.month()),
            Grain::Week => {
                let week = self.last.iso_week();
                Self::week(week.year() - 1, week.week()).or_else(|| Self::week(week.year() - 1, 52))
            }
            Grain::Day => self.last.checked_sub_months(Months::new(12)).and_then(Self::to_day),
        };
        earlier.unwrap_or(self)
    }

    /// The one before, of the same kind: last month, last week. A cut-off on the 10th, the 20th or a
    /// month's last day goes back ten days (旬报), any other to the same day of the month before.
    pub fn previous(self) -> Self {
        let last = self.last;
        let earlier = match self.grain {
            Grain::Month => self.first_of_month().pred_opt().and_then(|day| Self::new(day.year(), day.month())),
            Grain::Week => last.checked_sub_days(Days::new(7)).and_then(|day| Self::ending(day, Grain::Week)),
            Grain::Day if last == self.whole_month().last => last.with_day(20).and_then(Self::to_day),
            Grain::Day if last.day() == 20 => last.with_day(10).and_then(Self::to_day),
            Grain::Day if last.day() == 10 => self.first_of_month().pred_opt().and_then(Self::to_day),
            Grain::Day => last.checked_sub_months(Months::new(1)).and_then(Self::to_day),
        };
        earlier.unwrap_or(self)
    }

    /// The first day of its year, which cumulative figures begin with.
    pub fn first_of_year(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), 1, 1).expect("every year of a period begins")
    }

    /// The last day of its year.
    pub fn last_of_year(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), 12, 31).expect("every year of a period ends")
    }

    /// The months from the day after it to a last day, parts of months by their days; 0 where that is over.
    pub fn months_until(self, last: NaiveDate) -> Fraction {
        let mut months = Fraction::from_integer(0);
        let mut day = self.last.succ_opt().filter(|day| *day <= last);
        while let Some(first) = day {
            let next = first_of_next_month(first);
            let until = last.succ_opt().map_or(last, |after| after.min(next));
            let days = |from: NaiveDate, to: NaiveDate| i128::from(to.signed_duration_since(from).num_days());
            let whole = first.with_day(1).map_or(1, |begin| days(begin, next));
            months += Fraction::new(days(first, until), whole.max(1));
            day = Some(next).filter(|next| *next <= last && *next > first);
        }
        months
    }

    fn first_of_month(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.month(), 1).expect("every month of a period begins")
    }

    /// Its own first day: of the month, of the week; of a cut-off day that day itself.
    pub fn first_day(self) -> NaiveDate {
        match self.grain {
            Grain::Month => self.first_of_month(),
            Grain::Week => self.last.checked_sub_days(Days::new(6)).unwrap_or(self.last),
            Grain::Day => self.last,
        }
    }

    /// Its last day, which cumulative figures end with.
    pub fn last_day(self) -> NaiveDate {
        self.last
    }

    /// Whether what is in force from one period to another, both included and either left open, is in
    /// force at this one's last day: from September on, it is in force in the month's first week.
    pub fn lies_within(self, from: Option<Self>, to: Option<Self>) -> bool {
        from.is_none_or(|from| from.first_day() <= self.last) && to.is_none_or(|to| self.last <= to.last)
    }

    /// As readers write it: `2026年5月`, `2026年第38周（截至9月20日）`, `2026年9月20日`.
    pub fn in_words(self) -> String {
        let (year, month, day) = (self.year(), self.month(), self.last.day());
        match self.grain {
            Grain::Month => format!("{year}年{month}月"),
            Grain::Week => {
                let week = self.last.iso_week();
                let end = if week.year() == year { String::new() } else { format!("{year}年") };
                format!("{}年第{}周（截至{end}{month}月{day}日）", week.year(), week.week())
            }
            Grain::Day => format!("{year}年{month}月{day}日"),
        }
    }

    /// Up to when figures count: `截至2026年5月底`, `截至2026年9月20日`.
    pub fn as_of(self) -> String {
        match self.grain {
            Grain::Month => format!("截至{}底", self.in_words()),
            Grain::Week | Grain::Day => format!("截至{}年{}月{}日", self.year(), self.month(), self.last.day()),
        }
    }
}

fn first_of_next_month(day: NaiveDate) -> NaiveDate {
    let next = day.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    next.unwrap_or(day)
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.last, self.grain).cmp(&(other.last, other.grain))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.grain {
            Grain::Month => write!(f, "{:04}-{:02}", self.year(), self.month()),
            Grain::Week => write!(f, "{:04}-W{:02}", self.last.iso_week().year(), self.last.iso_week().week()),
            Grain::Day => write!(f, "{}", self.last),
        }
    }
}

/// Text that is no period; its message says what one looks like.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{}", say!("period-none", text = _0))]
pub struct NoPeriod(String);

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        parsed(text).ok_or_else(|| NoPeriod(text.to_owned()))
    }
}

fn parsed(text: &str) -> Option<Period> {
    let number = |digits: &str, length: usize| {
        let plain = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse::<u32>().ok())?
    };
    let (year, rest) = text.split_once('-')?;
    let year = i32::try_from(number(year, 4)?).ok()?;
    if let Some(week) = rest.strip_prefix('W') {
        return Period::week(year, number(week, 2)?);
    }
    match rest.split_once('-') {
        None => Period::new(year, number(rest, 2)?),
        Some((month, day)) => {
            NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?).and_then(Period::to_day)
        }
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

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn reads_and_writes_itself() {
        let may = period("2026-05");
        assert_eq!((may.year(), may.month(), may.to_string().as_str()), (2026, 5, "2026-05"));
        assert_eq!(may.previous().to_string(), "2026-04");
        assert_eq!(Period::new(2026, 1).unwrap().previous().to_string(), "2025-12");
        let last = |text: &str| period(text).last_day().to_string();
        assert_eq!(["2028-02", "2026-02", "2026-12"].map(last), ["2028-02-29", "2026-02-28", "2026-12-31"]);
        for bad in ["2026", "2026-13", "2026-5", "26-05", "2026-00", "+026-05", "", "2026-W54", "2026-w38"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
        for bad in ["2026-W5", "2026-09-31", "2026-9-20", "2026-09-20-1", "3000-01", "2025-W53"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }

    #[test]
    fn weeks_and_days_belong_to_the_month_of_their_last_day() {
        let week = period("2026-W38");
        assert_eq!(
            (week.first_day().to_string(), week.last_day().to_string()),
            ("2026-09-14".into(), "2026-09-20".into())
        );
        assert_eq!((week.to_string().as_str(), week.month(), week.grain()), ("2026-W38", 9, Grain::Week));
        assert_eq!(week.in_words(), "2026年第38周（截至9月20日）");
        assert_eq!((week.whole_month(), week.as_of().as_str()), (period("2026-09"), "截至2026年9月20日"));
        // 2026 has 53 ISO weeks, and the last of them ends in the new year.
        let over = period("2026-W53");
        assert_eq!((over.year(), over.month(), over.to_string().as_str()), (2027, 1, "2026-W53"));
        assert_eq!(over.in_words(), "2026年第53周（截至2027年1月3日）");
        assert_eq!(over.previous(), period("2026-W52"));
        assert_eq!((over.last_year(), period("2027-W01").previous()), (period("2025-W52"), over));
        let day = period("2026-09-20");
        assert_eq!((day.to_string().as_str(), day.in_words().as_str()), ("2026-09-20", "2026年9月20日"));
        assert_ne!(day, week);
    }

    #[test]
    fn ten_days_come_before_ten_days() {
        let before = |text: &str| period(text).previous().to_string();
        let tens = ["2026-03-10", "2026-03-20", "2026-03-31", "2026-02-28"].map(before);
        assert_eq!(tens, ["2026-02-28", "2026-03-10", "2026-03-20", "2026-02-20"]);
        assert_eq!(["2026-08-15", "2026-03-30"].map(before), ["2026-07-15", "2026-02-28"]);
        assert_eq!(period("2028-02-29").last_year().to_string(), "2027-02-28");
        assert_eq!(period("2026-05").last_year().to_string(), "2025-05");
    }

    #[test]
    fn months_left_are_whole_months_and_parts_of_them_by_days() {
        let left = |at: &str, last: &str| period(at).months_until(last.parse().unwrap()).to_string();
        assert_eq!(["2026-05", "2026-11", "2026-12"].map(|at| left(at, "2026-12-31")), ["7", "1", "0"]);
        // Ten of September's thirty days and three months; two months and nine of December's 31 days.
        assert_eq!(left("2026-09-20", "2026-12-31"), "10/3");
        assert_eq!(left("2026-09", "2026-12-09"), "71/31");
        assert_eq!((left("2026-12-05", "2026-12-09"), left("2027-01", "2026-12-09")), ("4/31".into(), "0".into()));
    }

    #[test]
    fn order_is_that_of_the_last_days_and_the_finer_first() {
        let mut periods = ["2026-06", "2026-05-31", "2026-05", "2026-W22", "2026-05-20", "2026-W23"].map(period);
        periods.sort();
        let sorted = ["2026-05-20", "2026-05-31", "2026-W22", "2026-05", "2026-W23", "2026-06"].map(period);
        assert_eq!(periods, sorted, "31 May 2026 is a Sunday");
    }

    #[test]
    fn what_begins_in_a_month_is_in_force_in_its_first_week() {
        let at = |text: &str, from: &str, to: &str| {
            let of = |text: &str| text.parse().ok();
            period(text).lies_within(of(from), of(to))
        };
        assert!(at("2026-W36", "2026-09", "") && at("2026-09", "2026-09", "2026-09"));
        assert!(!at("2026-W35", "2026-09", "") && !at("2026-10-10", "", "2026-09") && at("2026-09-30", "", "2026-09"));
    }
}
