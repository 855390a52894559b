//! The schedules (序时进度) that completion is held against, and how far each has come by a day.
//!
//! Takes what `county.toml` states and a period, gives a [`Share`]; a schedule of the plan's own
//! figures has none but by rows, and is summed where SQL is known.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::campaign::{Campaign, Day, NoDay, days_between};
use crate::amount::{Fraction, exact};
use crate::period::Period;

/// How far the year's or a campaign's plan should have come (domain 2.3).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Its name in the profile and in JSON: `year`.
    pub id: String,
    /// Which definition it follows.
    pub kind: ScheduleKind,
    /// How documents name and explain it.
    pub words: String,
    /// The campaign whose days it counts; without one, those of the period's year.
    #[serde(default)]
    pub campaign: Option<String>,
    /// The books whose rows and measures it is for, where these name none themselves.
    #[serde(default)]
    pub books: Vec<String>,
    /// For `milestones` and `curve`: the share that is due by each day.
    #[serde(default)]
    pub points: Vec<Point>,
    /// For `plan`: an SQL sum of what was planned up to the period: `SUM(plan_to_date)`.
    #[serde(default)]
    pub numerator: Option<String>,
    /// For `plan`: an SQL sum of the whole plan: `SUM(plan)`.
    #[serde(default)]
    pub denominator: Option<String>,
}

/// A definition of the schedule; S003 used the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleKind {
    /// Months that have ended ÷ 12 (T1).
    Months,
    /// Half months that have ended ÷ 24; the first half ends with the 15th (T2).
    HalfMonths,
    /// Days over ÷ days of the year or campaign (T3).
    Days,
    /// What the plan itself says for the period ÷ the whole plan, for each project and group (T4).
    Plan,
    /// The share of the last milestone reached (T5): a step on each day.
    Milestones,
    /// A curve through points, straight between them, from nothing on the eve of the first day.
    Curve,
}

impl ScheduleKind {
    /// Its name in the profile and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Months => "months",
            Self::HalfMonths => "half_months",
            Self::Days => "days",
            Self::Plan => "plan",
            Self::Milestones => "milestones",
            Self::Curve => "curve",
        }
    }
}

/// What is due by a day.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The day at whose end it is due.
    pub by: By,
    /// The share of the plan: 0 to 1.
    pub share: f64,
}

/// A day of every year (`06-30`), or one day (`2026-10-31`), which campaigns use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum By {
    /// A month and a day.
    OfYear(u32, u32),
    /// A whole date.
    Day(NaiveDate),
}

impl TryFrom<String> for By {
    type Error = NoDay;

    fn try_from(text: String) -> Result<Self, NoDay> {
        if let Ok(Day(day)) = Day::try_from(text.clone()) {
            return Ok(Self::Day(day));
        }
        // 2027 has no 29 February: a day of every year is in it.
        let Day(day) = Day::try_from(format!("2027-{text}"))?;
        Ok(Self::OfYear(day.month(), day.day()))
    }
}

impl By {
    /// The day that it means in a year.
    pub(super) fn day(self, year: i32) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::OfYear(month, day) => {
                NaiveDate::from_ymd_opt(year, month, day).expect("a day of every year was read as one")
            }
        }
    }
}

/// How far a schedule has come: 5 of 12 months, 30 of 100 days, 2/5 of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Above the line.
    pub numerator: i64,
    /// Below the line, positive.
    pub denominator: i64,
}

impl Share {
    /// Its value.
    pub fn value(self) -> Fraction {
        Fraction::new(self.numerator.into(), self.denominator.into())
    }

    fn of(value: Fraction) -> Option<Self> {
        let (numerator, denominator) = (i64::try_from(*value.numer()).ok()?, i64::try_from(*value.denom()).ok()?);
        Some(Self { numerator, denominator })
    }
}

impl Schedule {
    /// How far it has come at a period's end, within its campaign where it has one; `None` for one of
    /// the plan's own figures, which differs from row to row.
    pub(super) fn share(&self, period: Period, campaign: Option<&Campaign>) -> Option<Share> {
        let at = period.last_day();
        let month_over = at.succ_opt().is_some_and(|next| next.day() == 1);
        let months = i64::from(at.month()) - i64::from(!month_over);
        let span = Span::of(period, campaign);
        let share = |numerator, denominator| Some(Share { numerator, denominator });
        match self.kind {
            ScheduleKind::Months => share(months, 12),
            ScheduleKind::HalfMonths => share(2 * months + i64::from(!month_over && at.day() >= 15), 24),
            ScheduleKind::Days => share(span.over(at), span.days()),
            ScheduleKind::Plan => None,
            ScheduleKind::Milestones => Share::of(self.reached(at)?),
            ScheduleKind::Curve => Share::of(self.interpolated(at, span)?),
        }
    }

    /// The share of the last milestone whose day has ended.
    fn reached(&self, at: NaiveDate) -> Option<Fraction> {
        let reached = self.points.iter().rev().find(|point| point.by.day(at.year()) <= at);
        reached.map_or(Some(Fraction::from_integer(0)), |point| exact(point.share))
    }

    /// The share on a straight line from the point before to the point after; after the last, its own.
    fn interpolated(&self, at: NaiveDate, span: Span) -> Option<Fraction> {
        let mut before = (0, Fraction::from_integer(0));
        let at = span.over(at);
        for point in &self.points {
            let here = (span.over(point.by.day(span.last.year())), exact(point.share)?);
            if at <= here.0 {
                let (days, share) = (here.0 - before.0, here.1 - before.1);
                let part = Fraction::new((at - before.0).into(), i128::from(days.max(1)));
                return Some(before.1 + share * part);
            }
            before = here;
        }
        Some(before.1)
    }
}

/// The days that a schedule runs over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

impl Span {
    fn of(period: Period, campaign: Option<&Campaign>) -> Self {
        match campaign {
            Some(campaign) => Self { first: campaign.first.0, last: campaign.last.0 },
            None => Self { first: period.first_of_year(), last: period.last_of_year() },
        }
    }

    fn days(self) -> i64 {
        days_between(self.first, self.last)
    }

    /// Days over at a day's end, between none and all.
    fn over(self, at: NaiveDate) -> i64 {
        days_between(self.first, at).clamp(0, self.days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::{fraction, rounded};

    fn schedule(text: &str) -> Schedule {
        toml::from_str(&format!("id = \"it\"\nwords = \"\"\n{text}")).unwrap()
    }

    fn share(schedule: &Schedule, period: &str) -> (i64, i64) {
        let share = schedule.share(period.parse().unwrap(), None).unwrap();
        (share.numerator, share.denominator)
    }

    #[test]
    fn months_and_half_months_count_when_they_are_over() {
        let months = schedule("kind = \"months\"");
        assert_eq!(share(&months, "2026-05"), (5, 12), "S003");
        assert_eq!(["2026-09-20", "2026-09-30", "2026-W01"].map(|at| share(&months, at).0), [8, 9, 0]);
        // 云浮: January to the first half of August is 62.5%.
        let halves = schedule("kind = \"half_months\"");
        let august = halves.share("2026-08-15".parse().unwrap(), None).unwrap();
        assert_eq!(rounded(august.value(), 100, 1).unwrap().to_string(), "62.5");
        assert_eq!(["2026-08-14", "2026-08-20", "2026-08"].map(|at| share(&halves, at).0), [14, 15, 16]);
    }

    #[test]
    fn days_are_those_of_the_year_or_of_the_campaign() {
        let days = schedule("kind = \"days\"");
        assert_eq!(share(&days, "2026-05"), (151, 365));
        assert_eq!((share(&days, "2028-02"), share(&days, "2026-12")), ((60, 366), (365, 365)));
        let campaign: Campaign =
            toml::from_str("id = \"c\"\ntitle = \"百日\"\nfirst = \"2026-09-01\"\nlast = \"2026-12-09\"").unwrap();
        let of = |at: &str| days.share(at.parse().unwrap(), Some(&campaign)).unwrap().numerator;
        assert_eq!(["2026-08", "2026-09", "2026-W50", "2027-01"].map(of), [0, 30, 100, 100]);
    }

    #[test]
    fn milestones_step_and_curves_run_straight() {
        let points = "points = [{ by = \"06-30\", share = 0.4 }, { by = \"12-31\", share = 1.0 }]";
        let steps = schedule(&format!("kind = \"milestones\"\n{points}"));
        assert_eq!(
            ["2026-05", "2026-06", "2026-11", "2026-12"].map(|at| share(&steps, at)),
            [(0, 1), (2, 5), (2, 5), (1, 1)]
        );
        // 惠东: half of the plan by the end of May.
        let curve =
            schedule("kind = \"curve\"\npoints = [{ by = \"05-31\", share = 0.5 }, { by = \"12-31\", share = 1.0 }]");
        assert_eq!((share(&curve, "2026-05"), share(&curve, "2026-12")), ((1, 2), (1, 1)));
        // 31 January is 31 of the 151 days to the first point; 30 June is 30 of the 214 after it.
        assert_eq!(share(&curve, "2026-01"), (31, 302));
        let june = curve.share("2026-06".parse().unwrap(), None).unwrap().value();
        assert_eq!(june, fraction(1, 2).unwrap() + fraction(30, 428).unwrap());
    }

    #[test]
    fn the_plan_has_no_share_of_its_own() {
        let plan = schedule("kind = \"plan\"\nnumerator = \"SUM(plan_to_date)\"\ndenominator = \"SUM(plan)\"");
        assert_eq!(plan.share("2026-05".parse().unwrap(), None), None);
    }

    #[test]
    fn a_day_of_every_year_is_not_the_29th_of_february() {
        assert_eq!(By::try_from("06-30".to_owned()).unwrap(), By::OfYear(6, 30));
        for bad in ["02-29", "6-30", "13-01", "06-31", "6月底"] {
            assert!(By::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
