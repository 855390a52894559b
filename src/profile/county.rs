//! The county's own choices: calendar, rankings, grades, lights.

use serde::Deserialize;

/// What `county.toml` states.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct County {
    /// What the whole is called in outputs: 全县.
    pub whole: String,
    /// The schedule (序时进度) that completion is held against.
    pub schedule: Schedule,
    /// Marks by the lead over the schedule, best first.
    #[serde(rename = "grade")]
    pub grades: Vec<Band>,
    /// Lights by the lead over the schedule, best first.
    #[serde(rename = "light")]
    pub lights: Vec<Band>,
    /// Who is believed where a town and a department report one project differently.
    #[serde(default)]
    pub last_word: LastWord,
    /// The rankings, in the order of the workbook's sheets.
    #[serde(rename = "ranking")]
    pub rankings: Vec<RankingPlan>,
}

/// How far the year's plan should have come (domain 2.3).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Which definition is in force.
    pub kind: ScheduleKind,
    /// How documents name and explain it.
    pub words: String,
}

/// A definition of the schedule. One so far: T1, the one that S003 used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScheduleKind {
    /// Months elapsed ÷ 12.
    Months,
}

/// A mark for every group whose lead over the schedule is at least `from` 百分点.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// 优, 中, 差; 绿, 黄, 红.
    pub name: String,
    /// The least lead in 百分点 (negative is behind), itself included; the last band has none.
    #[serde(default)]
    pub from: Option<f64>,
    /// The colour of its cell, as RRGGBB.
    pub colour: String,
}

/// A ranking: whom it compares, by what, and how ties end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankingPlan {
    /// Its id in JSON: `towns`.
    pub id: String,
    /// The title of its sheet: 乡镇（街道）排名.
    pub title: String,
    /// What a group is called in the table's header: 乡镇（街道）.
    pub group_title: String,
    /// How the settings workbook calls it under 统计口径, where it may give last year's figures: 乡镇.
    #[serde(default)]
    pub basis: Option<String>,
    /// The book it ranks.
    pub book: String,
    /// The column of the facts whose values are the groups, or [`WHOLE`] for all rows together.
    pub group: String,
    /// For [`WHOLE`]: what the one group is called; without it, as the county calls the whole.
    #[serde(default)]
    pub named: Option<String>,
    /// An SQL predicate that picks its rows.
    #[serde(default)]
    pub filter: Option<String>,
    /// The measures shown, in order.
    pub measures: Vec<String>,
    /// The measure that decides the place, highest first.
    pub by: String,
    /// Measures that break ties, highest first; what is still equal shares a place (1-2-2-4).
    #[serde(default)]
    pub then: Vec<String>,
    /// How ties end, in words, for 口径说明.
    pub tie_words: String,
}

/// The `group` of a ranking that has only one: all its rows together.
pub const WHOLE: &str = "whole";

/// Whose value stands, field by field, where a town and a department report one project.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastWord {
    /// Whose, for every field not named below.
    pub otherwise: Side,
    /// Fields for which the town is believed first.
    #[serde(default)]
    pub town: Vec<String>,
    /// Fields for which the department is believed first.
    #[serde(default)]
    pub department: Vec<String>,
}

impl LastWord {
    /// Who is believed first for a field.
    pub fn side(&self, field: &str) -> Side {
        let names = |fields: &[String]| fields.iter().any(|name| name == field);
        match () {
            () if names(&self.town) => Side::Town,
            () if names(&self.department) => Side::Department,
            () => self.otherwise,
        }
    }
}

impl Default for LastWord {
    fn default() -> Self {
        Self { otherwise: Side::Department, town: Vec::new(), department: Vec::new() }
    }
}

/// One of the two sides that report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// 乡镇、街道
    Town,
    /// 部门、园区、县属企业
    Department,
}

impl Side {
    /// The word in the profile and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Town => "town",
            Self::Department => "department",
        }
    }
}
