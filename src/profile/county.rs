//! The county's own choices: calendar, rankings, grades, lights.

use serde::Deserialize;

use super::band::Band;
use super::last_word::LastWord;
use super::ranking::RankingPlan;
use super::reports::Reporting;
use super::schedule::Schedule;
use super::score::ScorePlan;

/// What `county.toml` states.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct County {
    /// What the whole is called in outputs: 全县.
    pub whole: String,
    /// The schedules (序时进度) that completion can be held against; the first is the county's own.
    #[serde(rename = "schedule")]
    pub schedules: Vec<Schedule>,
    /// Marks by the lead over the schedule, best first.
    #[serde(rename = "grade")]
    pub grades: Vec<Band>,
    /// Lights by the lead over the schedule, best first.
    #[serde(rename = "light")]
    pub lights: Vec<Band>,
    /// Who is believed where a town and a department report one project differently.
    #[serde(default)]
    pub last_word: LastWord,
    /// What units owe, and until when.
    #[serde(default)]
    pub reports: Reporting,
    /// The rankings, in the order of the workbook's sheets.
    #[serde(rename = "ranking")]
    pub rankings: Vec<RankingPlan>,
    /// The scores, at most one a ranking.
    #[serde(default, rename = "score")]
    pub scores: Vec<ScorePlan>,
}

impl County {
    /// The score of a ranking.
    pub fn score_of(&self, book: &str, ranking: &str) -> Option<&ScorePlan> {
        self.scores.iter().find(|score| score.book == book && score.ranking == ranking)
    }
}

impl County {
    /// The schedule in force wherever no other is named.
    pub fn schedule(&self) -> &Schedule {
        self.schedules.first().expect("a profile without a schedule is refused when it is loaded")
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
