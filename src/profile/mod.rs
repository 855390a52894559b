//! Profile: the books and the county's choices, built in and overridable from a workspace.
//!
//! [`Profile::load`] takes a folder or nothing and gives a [`Profile`], or every fault in every file.

mod band;
mod band_misfit;
mod book;
mod bulletin;
mod calendar;
mod campaign;
mod chart;
mod county;
mod fault;
mod form;
mod held;
mod history;
mod large;
mod last_word;
mod load;
mod mail;
mod measure;
mod misfit;
mod number;
mod ranking;
mod ranking_misfit;
mod reading;
mod reports;
#[cfg(test)]
pub(crate) mod sample;
mod schedule;
mod score;
mod stated;
mod wording;

pub use band::{Band, Basis, Rounds};
pub use book::{Across, Book, Choice, Derived, Field, Kind, Rule};
pub use bulletin::{BulletinPlan, BulletinTable};
pub use campaign::{Campaign, Day};
pub use chart::ChartPlan;
pub use county::County;
pub use fault::{Fault, ProfileErrors};
pub use form::FormPlan;
pub use history::HistoryPlan;
pub use large::LargePlan;
pub use last_word::{LastWord, Side};
pub use load::ProfileFile;
pub use mail::{Gets, MailRole, MailRules, Whose};
pub use measure::{Measure, MeasuredIn, Reckoning, Until};
pub use number::Number;
pub use ranking::{Balance, Joined, Minimum, Order, RankingPlan, RosterOf, Sort, WHOLE, Within};
pub use reading::{TomlFile, read_toml};
pub use reports::{OwedBooks, REPORTS, Reporting};
pub use schedule::{By, Point, Schedule, ScheduleKind, Share};
pub use score::{
    BandRate, Condition, Deduction, Effect, EntryPlan, Hold, Input, Missing, MoneyUnit, Part, PlaceStep, Rate,
    Reference, Rounding, SCORE, ScorePlan, Shape, ShapeKind, Step, TermPlan, VetoPlan,
};
pub use stated::StatedRate;
pub use wording::{advice, advice_in, nearest};

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
