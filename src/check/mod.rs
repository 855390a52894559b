//! Check: the books' rules over merged rows, three outcomes each.
//!
//! Takes a book and a frame of its rows (columns as in [`columns`]), gives a [`CheckOutcome`]: a
//! finding for each row that fails a rule, and how often each rule held, failed or could not be
//! evaluated. [`validate_profile`] says before any file is read whether the profile's SQL can run.

use crate::say;
mod across;
pub(crate) mod by_text;
pub(crate) mod few;
mod origins;
mod portable;
mod reckoned;
mod rules;
#[cfg(test)]
pub(crate) mod sample;
mod schema;
pub(crate) mod sql;
mod validate;
mod words;

pub use across::{check_across, columns_across};
pub use few::{FewTexts, in_full};
pub use origins::{Held, Origins, RowPlace};
pub(crate) use portable::adds_up;
pub use rules::{CheckOutcome, RuleCount, check_rows};
pub use schema::{columns, completed, dtype, empty};
pub use validate::{validate, validate_profile};

/// A profile whose SQL does not run: told to the operator, never to a department.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A rule that [`validate`] would have refused.
    #[error("{}", say!("run-rules", book = book, fault = fault))]
    Rules {
        /// The book's id.
        book: String,
        /// What is wrong.
        fault: String,
    },
}
