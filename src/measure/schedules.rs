//! The schedules that a run's figures are held against, for the words of its outputs.

use std::collections::BTreeMap;

use crate::amount;
use crate::period::Period;
use crate::profile::{County, Profile, Schedule, ScheduleKind, Share};

/// A schedule that figures of a run are held against.
#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleUsed {
    /// Its id.
    pub id: String,
    /// Which definition it follows.
    pub kind: ScheduleKind,
    /// How documents explain it, its campaign's days with it.
    pub words: String,
    /// How far it has come; `None` for one of the plan's own figures, of which each row and group has its own.
    pub share: Option<Share>,
    /// What is held against it: titles of books, rankings and measures.
    pub used_by: Vec<String>,
}

impl ScheduleUsed {
    /// How far it has come as readers write it: `30/100＝30.0%`.
    pub fn share_in_words(&self) -> String {
        let percent = |share: Share| amount::rounded(share.value(), 100, 1);
        match self.share.map(|share| (share, percent(share))) {
            Some((share, Some(percent))) => format!("{}/{}＝{percent}%", share.numerator, share.denominator),
            Some((share, None)) => format!("{}/{}", share.numerator, share.denominator),
            None => "各项目、各单位按各自计划".to_owned(),
        }
    }
}

/// The schedules that the figures of some books are held against, in the profile's order.
pub fn schedules_used(profile: &Profile, books: &[&str], period: Period) -> Vec<ScheduleUsed> {
    let county = &profile.county;
    let mut used: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let plans = county.rankings.iter().filter(|plan| books.contains(&plan.book.as_str()));
    for (plan, book) in plans.filter_map(|plan| Some((plan, profile.book(&plan.book)?))) {
        let shown = plan.measures.iter().chain([&plan.by]).chain(&plan.then);
        let shown = shown.filter_map(|id| book.measures.iter().find(|measure| measure.id == *id));
        for measure in shown.filter(|measure| book.is_held(measure)) {
            let title = match (&measure.schedule, &plan.schedule) {
                (Some(_), _) => format!("{}的{}", book.title, measure.title),
                (None, Some(_)) => plan.title.clone(),
                (None, None) => book.title.clone(),
            };
            let titles = used.entry(&county.schedule(book, Some(plan), Some(measure)).id).or_default();
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
    }
    let with_use = |schedule: &Schedule| Some(in_force(county, schedule, period, used.remove(schedule.id.as_str())?));
    county.schedules.iter().filter_map(with_use).collect()
}

fn in_force(county: &County, schedule: &Schedule, period: Period, used_by: Vec<String>) -> ScheduleUsed {
    let words = schedule_in_words(county, schedule, period);
    ScheduleUsed { id: schedule.id.clone(), kind: schedule.kind, words, share: county.share(schedule, period), used_by }
}

/// How documents explain a schedule, with the days of its campaign; no full stop behind it.
pub fn schedule_in_words(county: &County, schedule: &Schedule, period: Period) -> String {
    let words = schedule.words.trim_end_matches('。').to_owned();
    match county.campaign(schedule) {
        Some(campaign) => {
            let over = campaign.days_over(period);
            format!("{words}（{}：{}，至本期已过{over}天）", campaign.title, campaign.in_words())
        }
        None => words,
    }
}
