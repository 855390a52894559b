//! Merge: one row a project and a period; every row of every sheet ends in exactly one place.
//!
//! Takes the typed tables, gives the [`Facts`] of each book and what was set aside.
//!
//! The columns of a facts frame, in order:
//!
//! | column | type | what |
//! |---|---|---|
//! | `period` | String | `2026-05` |
//! | `key` | String | the project's identity: its platform code, else its normalised name within its unit |
//! | `file`, `sheet` | String | where the row stands |
//! | `row` | Int64 | the sheet's row, from 1 |
//! | `reporting_unit` | String | who reported it, by its canonical name |
//! | `section` | String | the section it stood under |
//! | each field of the book | Int64 (amount in yuan, count), Float64 (rate, number), String (text, choice, date in canonical form) | null where not reported |
//! | `<date>_first`, `<date>_last` | String | the first and last day a date field may mean, ISO |
//! | `town_group`, `department_group`, `category_group`, `leader_group` | String | whom rankings count the row for; several leaders joined with `、` |
//! | `schedule_num`, `schedule_den` | Int64 | the schedule in force: 5, 12 |
//! | `year_first`, `year_last`, `period_last` | String | ISO days |
//! | each derived column of the book | as its SQL gives | |

use polars::prelude::DataFrame;

/// The merged rows of one book and period.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The book's id.
    pub book: String,
    /// One row a project; columns as above, sorted by key so that the same inputs give the same bytes.
    pub frame: DataFrame,
}

impl Facts {
    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.frame.height()
    }

    /// A text cell; `None` where empty or where there is no such column.
    pub fn text(&self, column: &str, row: usize) -> Option<&str> {
        self.frame.column(column).ok()?.str().ok()?.get(row)
    }

    /// A whole number: yuan or a count.
    pub fn whole(&self, column: &str, row: usize) -> Option<i64> {
        self.frame.column(column).ok()?.i64().ok()?.get(row)
    }

    /// A rate or a number.
    pub fn number(&self, column: &str, row: usize) -> Option<f64> {
        self.frame.column(column).ok()?.f64().ok()?.get(row)
    }

    /// A yes or no of a derived column.
    pub fn truth(&self, column: &str, row: usize) -> Option<bool> {
        self.frame.column(column).ok()?.bool().ok()?.get(row)
    }
}
