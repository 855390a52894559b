//! Rankings: whom they compare, by what, how ties end; grades and lights.

use serde::Deserialize;

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
    /// The schedule that its groups and rows are held against; without it, the book's.
    #[serde(default)]
    pub schedule: Option<String>,
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
