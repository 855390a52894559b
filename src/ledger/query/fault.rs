//! Why a query has no answer; told to whoever asked, with what he may have meant.

use crate::ledger::LedgerError;
use crate::profile::{advice, nearest};
use crate::say;

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// Text that is no SQL.
    #[error("{}", say!("query-syntax", fault = _0))]
    Syntax(String),
    /// Something else than one question.
    #[error("{}", say!("query-not-a-question"))]
    NotAQuestion,
    /// A table that there is not.
    #[error("{}", say!("query-no-table", name = name, advice = advice))]
    NoTable {
        /// What was written.
        name: String,
        /// What there is.
        advice: String,
    },
    /// A column that no table of the query has.
    #[error("{}", say!("query-no-column", name = name, nearest = nearest))]
    NoColumn {
        /// What was written.
        name: String,
        /// What there is.
        nearest: String,
    },
    /// A join that the engine answers wrongly.
    #[error("{}", say!("query-outer-join"))]
    OuterJoin,
    /// What the engine refuses.
    #[error("{}", say!("query-engine", fault = _0))]
    Engine(String),
}

impl QueryError {
    pub(super) fn no_table(name: &str, known: &[String]) -> Self {
        let advice = match known.is_empty() {
            true => say!("query-nothing-run"),
            false => advice(name, known),
        };
        Self::NoTable { name: name.to_owned(), advice }
    }

    pub(super) fn no_column(name: &str, known: &[String]) -> Option<Self> {
        Some(Self::NoColumn { name: name.to_owned(), nearest: nearest(name, known)?.to_owned() })
    }

    /// Whether the question is at fault (as against the ledger).
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::Ledger(error) => error.is_wrong_use(),
            _ => true,
        }
    }
}
