//! What the office expects of its units: which books, until when, and what tells when one came.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Book;
use super::misfit::Misfit;
use super::reading::Step;
use super::wording::advice;
use crate::say;

/// The book of the reports themselves: a row a unit and a book that it owes.
pub const REPORTS: &str = "reports";

/// The county's rules of reporting (报送), `[reports]` in `county.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reporting {
    /// Days after a month's end until which its reports are on time, the last included.
    pub due_day: u32,
    /// The same for cut-offs within a month (weeks, ten days).
    pub due_day_within_month: u32,
    /// Days of books that are due sooner or later than the others, by the book's id.
    pub due: BTreeMap<String, u32>,
    /// The books that units of a kind owe, by their ids.
    pub books: OwedBooks,
    /// A book that a unit reported in one of so many periods before is owed again.
    pub remember: u32,
    /// Whether a file's own time counts where neither the settings nor a mail tell when it came.
    pub file_times: bool,
}

/// Books by the kind of unit that owes them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwedBooks {
    /// Of towns and subdistricts.
    pub towns: Vec<String>,
    /// Of departments and companies.
    pub departments: Vec<String>,
    /// Of parks.
    pub parks: Vec<String>,
}

impl Default for Reporting {
    fn default() -> Self {
        Self {
            due_day: 5,
            due_day_within_month: 1,
            due: BTreeMap::new(),
            books: OwedBooks::default(),
            remember: 3,
            file_times: false,
        }
    }
}

impl Reporting {
    /// Every book that the rules name, with the key that names it.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let owed = [&self.books.towns, &self.books.departments, &self.books.parks];
        let owed = owed.into_iter().flatten().map(|id| ("books", id));
        self.due.keys().map(|id| ("due", id)).chain(owed)
    }
}

/// The longest that a report may be waited for, in days.
const LATEST_DUE: u32 = 60;

/// What is wrong with the rules of reporting, given the books.
pub(super) fn of_reports(reports: &Reporting, books: &[Book]) -> Vec<Misfit> {
    let at =
        |key: &str, message: String| Misfit { path: vec![Step::Key("reports".into()), Step::Key(key.into())], message };
    let owable: Vec<&str> = books.iter().filter(|book| !book.internal).map(|book| book.id.as_str()).collect();
    let unknown = reports.named().filter(|(_, id)| !owable.contains(&id.as_str()));
    let mut found: Vec<Misfit> = unknown
        .map(|(key, id)| {
            let message = say!("profile-reports-book", advice = advice(id, &owable), id = id);
            at(key, message)
        })
        .collect();
    let days = [("due_day", reports.due_day), ("due_day_within_month", reports.due_day_within_month)];
    let days = days.into_iter().chain(reports.due.values().map(|&days| ("due", days)));
    found.extend(
        days.filter(|(_, days)| *days > LATEST_DUE)
            .map(|(key, days)| at(key, say!("profile-reports-due", days = days, latest_due = LATEST_DUE))),
    );
    found
}
