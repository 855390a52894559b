//! The schedule (序时进度) that completion is held against.

use serde::Deserialize;

/// How far the year's plan should have come (domain 2.3).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Its name in the profile and in JSON: `year`.
    pub id: String,
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
