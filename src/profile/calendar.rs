//! What does not fit together in the calendar: schedules and campaigns.
//!
//! Takes what `county.toml` states, gives every fault with its place.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::misfit::{Misfit, given_twice, is_name, misfit, top};
use super::schedule::By;
use super::wording::advice;
use super::{Campaign, County, Schedule, ScheduleKind};

/// All that is wrong with a county's schedules and campaigns.
pub(super) fn of_calendar(county: &County) -> Vec<Misfit> {
    let mut found = Vec::new();
    if county.schedules.is_empty() {
        found.push(top("schedule", "至少要有一个：第一个是全县的序时进度"));
    }
    let schedules = county.schedules.iter().enumerate().map(|(at, one)| ("schedule", at, one.id.as_str()));
    let campaigns = county.campaigns.iter().enumerate().map(|(at, one)| ("campaign", at, one.id.as_str()));
    for ids in [schedules.collect::<Vec<_>>(), campaigns.collect()] {
        found.extend(given_twice(&ids));
        found.extend(ids.iter().filter(|(_, _, id)| !is_name(id)).map(|&(table, at, id)| {
            misfit(table, at, "id", format!("id “{id}”只能用小写英文字母、数字和下划线，以字母开头"))
        }));
    }
    for (at, campaign) in county.campaigns.iter().enumerate() {
        if campaign.last < campaign.first {
            let message = format!("“{}”的最后一天 {} 早于第一天 {}", campaign.title, campaign.last.0, campaign.first.0);
            found.push(misfit("campaign", at, "last", message));
        }
    }
    for (at, schedule) in county.schedules.iter().enumerate() {
        let faults = of_schedule(schedule, county);
        found.extend(
            faults
                .into_iter()
                .map(|(key, fault)| misfit("schedule", at, key, format!("序时进度“{}”：{fault}", schedule.id))),
        );
    }
    found
}

/// That a schedule of this id is not stated.
pub(super) fn unknown_schedule(named: Option<&str>, county: &County) -> Option<String> {
    let known: Vec<&str> = county.schedules.iter().map(|schedule| schedule.id.as_str()).collect();
    let id = named.filter(|id| !known.contains(id))?;
    Some(format!("county.toml 没有序时进度“{id}”{}", advice(id, &known)))
}

/// A key of a schedule and what is wrong with it.
type KeyFault = (&'static str, String);

fn of_schedule(schedule: &Schedule, county: &County) -> Vec<KeyFault> {
    let mut found: Vec<KeyFault> = Vec::new();
    if let Some(id) = schedule.campaign.as_deref().filter(|_| county.campaign(schedule).is_none()) {
        let known: Vec<&str> = county.campaigns.iter().map(|campaign| campaign.id.as_str()).collect();
        found.push(("campaign", format!("没有 [[campaign]] “{id}”{}", advice(id, &known))));
        return found;
    }
    let by_month = matches!(schedule.kind, ScheduleKind::Months | ScheduleKind::HalfMonths);
    if by_month && schedule.campaign.is_some() {
        found.push(("kind", "专项行动不按整年月数计算，请改用 days、milestones 或 curve".into()));
    }
    let of_plan = schedule.kind == ScheduleKind::Plan;
    let sql = [("numerator", &schedule.numerator), ("denominator", &schedule.denominator)];
    found.extend(sql.into_iter().filter(|(_, text)| text.is_some() != of_plan).map(|(key, _)| match of_plan {
        true => ("kind", format!("kind = \"plan\" 要写明 {key}，如 \"SUM(plan)\"")),
        false => (key, "只有 kind = \"plan\" 才写 numerator、denominator".to_owned()),
    }));
    found.extend(of_points(schedule, county.campaign(schedule)));
    found
}

fn of_points(schedule: &Schedule, campaign: Option<&Campaign>) -> Vec<KeyFault> {
    let pointed = matches!(schedule.kind, ScheduleKind::Milestones | ScheduleKind::Curve);
    let Some(last) = schedule.points.last().filter(|_| pointed) else {
        return match (pointed, schedule.points.is_empty()) {
            (true, _) => vec![("kind", "要写明 points，如 points = [{ by = \"06-30\", share = 0.5 }]".into())],
            (false, false) => vec![("points", "只有 milestones、curve 才写 points".into())],
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
            found.push(format!("share = {} 应在 0 与 1 之间", point.share));
        }
        let here = (day(point.by), point.share);
        if before.is_some_and(|before| here.0 <= before.0 || here.1 < before.1) {
            found.push(format!("points 要按日期先后排列，比例不能变小：{}、{}", here.0.format("%m-%d"), point.share));
        }
        before = Some(here);
    }
    if schedule.kind == ScheduleKind::Curve && day(last.by) != *span.end() {
        let end = if campaign.is_some() { span.end().to_string() } else { span.end().format("%m-%d").to_string() };
        found.push(format!("curve 的最后一点应在最后一天（by = \"{end}\"）"));
    }
    found.into_iter().map(|fault| ("points", fault)).collect()
}

/// A day of a campaign is a whole date within it; one of the year has no year.
fn of_day(by: By, campaign: Option<&Campaign>, span: &RangeInclusive<NaiveDate>) -> Option<String> {
    match (by, campaign) {
        (By::Day(day), Some(campaign)) if !span.contains(&day) => {
            Some(format!("by = \"{day}\" 不在“{}”的起止日期以内（{} 至 {}）", campaign.title, span.start(), span.end()))
        }
        (By::OfYear(month, day), Some(_)) => {
            Some(format!("专项行动中的日期要写明年份，如 \"{}-{month:02}-{day:02}\"", span.start().format("%Y")))
        }
        (By::Day(day), None) => {
            Some(format!("by = \"{day}\"：按年度计算的不写年份，应写成 \"{}\"", day.format("%m-%d")))
        }
        _ => None,
    }
}
