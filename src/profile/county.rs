//! The county's own choices: calendar, rankings, grades, lights.

use chrono::NaiveDate;
use serde::Deserialize;

use super::band::Band;
use super::book::Book;
use super::bulletin::BulletinPlan;
use super::campaign::Campaign;
use super::chart::ChartPlan;
use super::history::HistoryPlan;
use super::large::LargePlan;
use super::last_word::LastWord;
use super::mail::{self, MailRole, MailRules};
use super::measure::Measure;
use super::ranking::RankingPlan;
use super::reports::Reporting;
use super::schedule::{Schedule, Share};
use super::score::ScorePlan;
use crate::period::Period;

/// What `county.toml` states.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct County {
    /// What the whole is called in outputs: 全县.
    pub whole: String,
    /// The schedules (序时进度) that completion can be held against; the first is the county's own.
    #[serde(rename = "schedule")]
    pub schedules: Vec<Schedule>,
    /// Campaigns beside the calendar year.
    #[serde(default, rename = "campaign")]
    pub campaigns: Vec<Campaign>,
    /// Marks by the lead over the schedule, best first.
    #[serde(rename = "grade")]
    pub grades: Vec<Band>,
    /// Lights by the lead over the schedule, best first.
    #[serde(rename = "light")]
    pub lights: Vec<Band>,
    /// Who is believed where a town and a department report one project differently.
    #[serde(default)]
    pub last_word: LastWord,
    /// How far back, and from which change on, a period is held against earlier ones.
    #[serde(default)]
    pub history: HistoryPlan,
    /// What is done where a month has more than a workbook should carry.
    #[serde(default)]
    pub large: LargePlan,
    /// What units owe, and until when.
    #[serde(default)]
    pub reports: Reporting,
    /// Who gets what by mail.
    #[serde(default = "mail::usual_roles", rename = "mail_role")]
    pub mail_roles: Vec<MailRole>,
    /// How mail is handled.
    #[serde(default)]
    pub mail: MailRules,
    /// Who issues the bulletin, to whom, and how it is numbered.
    #[serde(default)]
    pub bulletin: BulletinPlan,
    /// The rankings, in the order of the workbook's sheets.
    #[serde(rename = "ranking")]
    pub rankings: Vec<RankingPlan>,
    /// The scores, at most one a ranking.
    #[serde(default, rename = "score")]
    pub scores: Vec<ScorePlan>,
    /// The charts of counts on the overviews, in their order there.
    #[serde(default, rename = "chart")]
    pub charts: Vec<ChartPlan>,
}

impl County {
    /// The measures of a ranking that any score looks at, some more than once.
    pub fn measures_scored(&self, plan: &RankingPlan) -> Vec<&str> {
        self.scores.iter().flat_map(|score| score.measures_of(&plan.book, &plan.id)).collect()
    }

    /// The score of a ranking.
    pub fn score_of(&self, book: &str, ranking: &str) -> Option<&ScorePlan> {
        self.scores.iter().find(|score| score.book == book && score.ranking == ranking)
    }
}

impl County {
    /// The schedule of a statement: the measure's own, else the ranking's, else the book's, else the one that is for
    /// the book, else the county's first.
    pub fn schedule(&self, book: &Book, ranking: Option<&RankingPlan>, measure: Option<&Measure>) -> &Schedule {
        let of_measure = measure.and_then(|measure| measure.schedule.as_deref());
        let of_ranking = || ranking.and_then(|ranking| ranking.schedule.as_deref());
        let named = of_measure.or_else(of_ranking).or(book.schedule.as_deref());
        let known = match named {
            Some(id) => self.schedules.iter().find(|schedule| schedule.id == id),
            None => {
                let of_book = self.schedules.iter().find(|schedule| schedule.books.contains(&book.id));
                of_book.or(self.schedules.first())
            }
        };
        known.expect("a profile that names an unknown schedule, or has none, is refused when it is loaded")
    }

    /// The campaign whose days a schedule counts.
    pub fn campaign(&self, schedule: &Schedule) -> Option<&Campaign> {
        let id = schedule.campaign.as_deref()?;
        self.campaigns.iter().find(|campaign| campaign.id == id)
    }

    /// How far a schedule has come at a period's end; `None` for one of the plan's own figures.
    pub fn share(&self, schedule: &Schedule, period: Period) -> Option<Share> {
        schedule.share(period, self.campaign(schedule))
    }

    /// The last day that a schedule runs to: its campaign's, or that of the period's year.
    pub fn ends(&self, schedule: &Schedule, period: Period) -> NaiveDate {
        self.campaign(schedule).map_or_else(|| period.last_of_year(), |campaign| campaign.last.0)
    }
}

impl County {
    /// The grades of a ranking: its own, else the county's.
    pub fn grades_of<'a>(&'a self, plan: &'a RankingPlan) -> &'a [Band] {
        if plan.grades.is_empty() { &self.grades } else { &plan.grades }
    }

    /// The lights of a ranking: its own, else the county's.
    pub fn lights_of<'a>(&'a self, plan: &'a RankingPlan) -> &'a [Band] {
        if plan.lights.is_empty() { &self.lights } else { &plan.lights }
    }
}
