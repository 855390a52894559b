//! What does not fit together in the calendar: schedules and campaigns.
//!
//! Takes what `county.toml` states, gives every fault with its place.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::misfit::{Misfit, given_twice, is_name, misfit, top};
use super::schedule::By;
use super::wording::advice;
use super::{Campaign, County, Schedule, ScheduleKind};
use crate::say;

/// All that is wrong with a county's schedules and campaigns.
pub(super) fn of_calendar(county: &County) -> Vec<Misfit> {
    let mut found = Vec::new();
    if county.schedules.is_empty() {
        found.push(top("schedule", say!("profile-first-schedule")));
    }
    let schedules = county.schedules.iter().enumerate().map(|(at, one)| ("schedule", at, one.id.as_str()));
    let campaigns = county.campaigns.iter().enumerate().map(|(at, one)| ("campaign", at, one.id.as_str()));
    for ids in [schedules.collect::<Vec<_>>(), campaigns.collect()] {
        found.extend(given_twice(&ids));
        found.extend(
            ids.iter()
                .filter(|(_, _, id)| !is_name(id))
                .map(|&(table, at, id)| misfit(table, at, "id", say!("profile-id-name", id = id))),
        );
    }
    for (at, campaign) in county.campaigns.iter().enumerate() {
        if campaign.last < campaign.first {
            let message = say!(
                "profile-campaign-days",
                campaign = campaign.title,
                last = campaign.last.0,
                first = campaign.first.0
            );
            found.push(misfit("campaign", at, "last", message));
        }
    }
    for (at, schedule) in county.schedules.iter().enumerate() {
        let faults = of_schedule(schedule, county);
        found.extend(faults.into_iter().map(|(key, fault)| {
            misfit("schedule", at, key, say!("profile-schedule-fault", schedule = schedule.id, fault = fault))
        }));
    }
    found
}

/// That a schedule of this id is not stated.
pub(super) fn unknown_schedule(named: Option<&str>, county: &County) -> Option<String> {
    let known: Vec<&str> = county.schedules.iter().map(|schedule| schedule.id.as_str()).collect();
    let id = named.filter(|id| !known.contains(id))?;
    Some(say!("profile-no-schedule", advice = advice(id, &known), id = id))
}

/// A key of a schedule and what is wrong with it.
type KeyFault = (&'static str, String);

fn of_schedule(schedule: &Schedule, county: &County) -> Vec<KeyFault> {
    let mut found: Vec<KeyFault> = Vec::new();
    if let Some(id) = schedule.campaign.as_deref().filter(|_| county.campaign(schedule).is_none()) {
        let known: Vec<&str> = county.campaigns.iter().map(|campaign| campaign.id.as_str()).collect();
        found.push(("campaign", say!("profile-no-campaign", advice = advice(id, &known), id = id)));
        return found;
    }
    let by_month = matches!(schedule.kind, ScheduleKind::Months | ScheduleKind::HalfMonths);
    if by_month && schedule.campaign.is_some() {
        found.push(("kind", say!("profile-campaign-kind")));
    }
    let of_plan = schedule.kind == ScheduleKind::Plan;
    let sql = [("numerator", &schedule.numerator), ("denominator", &schedule.denominator)];
    found.extend(sql.into_iter().filter(|(_, text)| text.is_some() != of_plan).map(|(key, _)| match of_plan {
        true => ("kind", say!("profile-plan-wants", key = key)),
        false => (key, say!("profile-plan-only")),
    }));
    found.extend(of_points(schedule, county.campaign(schedule)));
    found
}

fn of_points(schedule: &Schedule, campaign: Option<&Campaign>) -> Vec<KeyFault> {
    let pointed = matches!(schedule.kind, ScheduleKind::Milestones | ScheduleKind::Curve);
    let Some(last) = schedule.points.last().filter(|_| pointed) else {
        return match (pointed, schedule.points.is_empty()) {
            (true, _) => vec![("kind", say!("profile-points-wanted"))],
            (false, false) => vec![("points", say!("profile-points-only"))],
            (false, true) => Vec::new(),
        };
    };
    let mut found: Vec<String> = Vec::new();
    // A year that stands for every other.
    let day = |by: By| by.day(2027);
    let span = match campaign {
        Some(campaign) => campaign.first.0..=campaign.last.0,
        None => day(By::OfYear(1, 1))..=day(By::OfYear(12, 31)),
    };
    let mut before: Option<(NaiveDate, f64)> = None;
    for point in &schedule.points {
        found.extend(of_day(point.by, campaign, &span));
        if !(0.0..=1.0).contains(&point.share) {
            found.push(say!("profile-point-share", share = point.share));
        }
        let here = (day(point.by), point.share);
        if before.is_some_and(|before| here.0 <= before.0 || here.1 < before.1) {
            found.push(say!("profile-points-order", day = here.0.format("%m-%d"), share = point.share));
        }
        before = Some(here);
    }
    if schedule.kind == ScheduleKind::Curve && day(last.by) != *span.end() {
        let end = if campaign.is_some() { span.end().to_string() } else { span.end().format("%m-%d").to_string() };
        found.push(say!("profile-curve-end", end = end));
    }
    found.into_iter().map(|fault| ("points", fault)).collect()
}

/// A day of a campaign is a whole date within it; one of the year has no year.
fn of_day(by: By, campaign: Option<&Campaign>, span: &RangeInclusive<NaiveDate>) -> Option<String> {
    match (by, campaign) {
        (By::Day(day), Some(campaign)) if !span.contains(&day) => Some(say!(
            "profile-day-outside",
            campaign = campaign.title,
            first = span.start(),
            last = span.end(),
            day = day
        )),
        (By::OfYear(month, day), Some(_)) => {
            let example = format!("{}-{month:02}-{day:02}", span.start().format("%Y"));
            Some(say!("profile-day-of-campaign", example = example))
        }
        (By::Day(day), None) => Some(say!("profile-day-year", short = day.format("%m-%d"), day = day)),
        _ => None,
    }
}
