//! The ledger's earlier periods, newest first.

use std::collections::BTreeMap;
use std::path::Path;

use crate::ledger::{self, LedgerError};
use crate::merge::{Facts, KnownProjects};
use crate::period::Period;
use crate::profile::Profile;

/// How many periods back are looked at: a year of months.
const BACK: usize = 12;

/// The earlier periods of a ledger that hold any facts.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// Newest first, each with the facts of its books.
    pub periods: Vec<(Period, BTreeMap<String, Facts>)>,
}

impl Earlier {
    /// Reads the periods before one, of the same grain, up to a year of months back.
    ///
    /// # Errors
    ///
    /// A ledger that cannot be read.
    pub fn read(ledger: &Path, profile: &Profile, period: Period) -> Result<Self, LedgerError> {
        let mut periods = Vec::new();
        for at in std::iter::successors(Some(period.previous()), |at| Some(at.previous())).take(BACK) {
            let mut books = BTreeMap::new();
            for book in &profile.books {
                if let Some(facts) = ledger::read_period(ledger, &book.id, at)? {
                    books.insert(book.id.clone(), facts);
                }
            }
            if !books.is_empty() {
                periods.push((at, books));
            }
        }
        Ok(Self { periods })
    }

    /// By what the projects of these periods are known.
    pub fn known(&self, profile: &Profile) -> KnownProjects {
        let mut known = KnownProjects::default();
        for (book, facts) in self.periods.iter().flat_map(|(_, books)| books) {
            if let Some(book) = profile.book(book) {
                known.add(book, facts);
            }
        }
        known
    }

    /// The periods that hold a book, newest first.
    pub fn of_book<'a>(&'a self, book: &'a str) -> impl Iterator<Item = (Period, &'a Facts)> {
        self.periods.iter().filter_map(move |(period, books)| Some((*period, books.get(book)?)))
    }
}
