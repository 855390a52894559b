//! Rankings: whom they compare, by what, how ties end.

use serde::Deserialize;

use super::band::Band;
use super::number::Number;

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
    /// The book it ranks; in a book's own file that book.
    #[serde(default)]
    pub book: String,
    /// The column of the facts whose values are the groups, or [`WHOLE`] for all rows together.
    pub group: String,
    /// For [`WHOLE`]: what the one group is called; without it, as the county calls the whole.
    #[serde(default)]
    pub named: Option<String>,
    /// An SQL predicate that picks its rows.
    #[serde(default)]
    pub filter: Option<String>,
    /// The schedule that its groups and rows are held against; without it, the book's.
    #[serde(default)]
    pub schedule: Option<String>,
    /// Whose list of the settings workbook its groups come from: those without rows appear too.
    #[serde(default)]
    pub roster: Option<RosterOf>,
    /// How a row counts whose group column names several.
    #[serde(default)]
    pub leaders: Joined,
    /// The measures shown, in order.
    pub measures: Vec<String>,
    /// The measure that decides the place.
    pub by: String,
    /// Which end of the deciding measure is the first place.
    #[serde(default)]
    pub order: Order,
    /// Measures that break ties, in the same order; what is still equal shares a place (1-2-2-4).
    #[serde(default)]
    pub then: Vec<String>,
    /// How ties end, in words, for 口径说明.
    pub tie_words: String,
    /// Whether it gives places, or is a series of its groups in their own order.
    #[serde(default)]
    pub sort: Sort,
    /// Groups among which places are given too, besides those among all.
    #[serde(default)]
    pub within: Option<Within>,
    /// What a group must have to be given a place.
    #[serde(default)]
    pub minimum: Vec<Minimum>,
    /// The measure that `from` and `relative` of grades and lights look at; without it the book's lag.
    #[serde(default)]
    pub marked_by: Option<String>,
    /// Its own grades, best first; without them, the county's.
    #[serde(default, rename = "grade")]
    pub grades: Vec<Band>,
    /// Its own lights, best first; without them, the county's.
    #[serde(default, rename = "light")]
    pub lights: Vec<Band>,
    /// Whether amounts shown in a table are made to add up to its total as shown (舍位平衡), and where
    /// what is left over goes.
    #[serde(default)]
    pub balanced: Option<Balance>,
}

/// The `group` of a ranking that has only one: all its rows together.
pub const WHOLE: &str = "whole";

/// Which end of the deciding measure is the first place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// 由高到低.
    #[default]
    Highest,
    /// 由低到高.
    Lowest,
}

/// How a ranking's rows stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By place.
    #[default]
    Place,
    /// A series: by name, numbers in it by their size (一季度 before 二季度), without places.
    Name,
}

/// A list of the settings workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RosterOf {
    /// Sheet 单位: 乡镇, 街道.
    Towns,
    /// Sheet 单位: 部门, 县属企业, 园区.
    Departments,
    /// Sheet 单位: 园区.
    Parks,
    /// Sheet 领导.
    Leaders,
    /// Sheet 单位, whole.
    All,
}

/// Groups of a ranking's groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// 分组 of the settings' sheet 单位: towns of a kind (同类乡镇).
    UnitGroup,
}

/// How a row counts whose group column names several, such as a project with two leaders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// Once for each, wholly.
    #[default]
    Each,
    /// For the first only.
    First,
    /// Its amounts in equal parts, in whole yuan; what is counted, for the first.
    Shared,
}

/// What a group must have to be given a place: a denominator too small says nothing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    /// An amount or a count of the book.
    pub measure: String,
    /// The least of it, in 万元 or 个.
    pub at_least: Number,
    /// Why a group below it has no place; without it, said from the measure's title.
    #[serde(default)]
    pub words: Option<String>,
}

/// Where 舍位平衡 puts what rounding leaves over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Balance {
    /// On the largest addend, where it is seen least.
    Largest,
    /// On the last addend.
    Last,
}

impl RankingPlan {
    /// Every measure that it shows, is decided by or looks at, each once, the shown ones first.
    pub fn needed(&self) -> Vec<&str> {
        let looked_at = self.minimum.iter().map(|minimum| &minimum.measure).chain(&self.marked_by);
        let all = self.measures.iter().chain([&self.by]).chain(&self.then).chain(looked_at);
        let mut needed: Vec<&str> = Vec::new();
        for id in all {
            if !needed.contains(&id.as_str()) {
                needed.push(id);
            }
        }
        needed
    }
}
