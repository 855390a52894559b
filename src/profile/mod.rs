//! Profile: the books and the county's choices, built in and overridable from a workspace.
//!
//! [`Profile::load`] takes a folder or nothing and gives a [`Profile`], or every fault in every file.

mod book;
mod county;
mod fault;
mod load;
mod misfit;
mod reading;
mod wording;

pub use book::{Book, Choice, Derived, Field, Kind, Measure, MeasuredIn, Reckoning, Rule};
pub use county::{Band, County, LastWord, RankingPlan, Schedule, ScheduleKind, Side, WHOLE};
pub use fault::{Fault, ProfileErrors};
pub use load::ProfileFile;
pub use reading::{TomlFile, read_toml};
pub use wording::{advice, nearest};

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
