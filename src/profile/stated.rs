//! Figures that a book's sheets state about their own columns.

use serde::Deserialize;

/// A rate or share that a sheet states, to be recomputed from the columns beside it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedRate {
    /// The field that states it, of kind `rate`.
    pub field: String,
    /// The field above the line: an amount, a count or a number.
    pub part: String,
    /// The field below the line, of the same row.
    #[serde(default)]
    pub whole: Option<String>,
    /// Or the field whose whole column stands below the line: its 合计, else the sum of its rows.
    #[serde(default)]
    pub whole_of: Option<String>,
    /// Whether a rule of the book asks already where a data row's figure cannot be reproduced.
    #[serde(default)]
    pub asked_by_rule: bool,
}
