//! How a period is held against earlier ones: what counts as unmoved, as a leap, as the same project.

use serde::Deserialize;

/// What `[history]` of `county.toml` states; each key may be left out.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HistoryPlan {
    /// After how many earlier periods with the same figure a project is asked about; rules know it as
    /// `unchanged_limit`.
    pub unchanged: u32,
    /// A month's figure of more than this many times the median of its earlier months is asked about.
    pub times_median: u32,
    /// From which likeness of names on (0 to 100) a project that is gone and one that is new may be one.
    pub likeness: u32,
    /// Fields that must agree where two books hold the same project.
    pub agree: Vec<String>,
}

impl Default for HistoryPlan {
    fn default() -> Self {
        Self { unchanged: 2, times_median: 10, likeness: 50, agree: vec!["actual_start".into(), "total".into()] }
    }
}
