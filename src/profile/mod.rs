//! Profile: the books and the county's choices, built in and overridable from a workspace.

mod book;
mod county;

pub use book::{Book, Choice, Derived, Field, Kind, Measure, MeasuredIn, Reckoning, Rule};
pub use county::{Band, County, LastWord, RankingPlan, Schedule, ScheduleKind, Side, WHOLE};

/// All that an office's TOML files state.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The books, in the order of the contract.
    pub books: Vec<Book>,
    /// Calendar, rankings, grades, lights.
    pub county: County,
}

impl Profile {
    /// The book of an id.
    pub fn book(&self, id: &str) -> Option<&Book> {
        self.books.iter().find(|book| book.id == id)
    }
}
