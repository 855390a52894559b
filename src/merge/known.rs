//! The projects that earlier periods know: so that one keeps its key from period to period.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use super::names;
use crate::profile::Book;

/// The projects of earlier periods, by book and key.
#[derive(Debug, Clone, Default)]
pub struct KnownProjects {
    books: BTreeMap<String, BTreeMap<String, Identity>>,
}

/// By what a project was known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identity {
    /// Its names as they compare, those of all earlier periods.
    pub(crate) names: BTreeSet<String>,
    /// Its latest platform code.
    pub(crate) code: Option<String>,
    /// Who reported it and whom it counted for, by canonical names.
    pub(crate) units: BTreeSet<String>,
}

impl KnownProjects {
    /// Adds a book's rows of an earlier period; the newest period comes first, so that its codes stand.
    pub fn add(&mut self, book: &Book, facts: &Facts) {
        let known = self.books.entry(book.id.clone()).or_default();
        for row in 0..facts.height() {
            let Some(key) = facts.text("key", row) else { continue };
            let identity = known.entry(key.to_owned()).or_default();
            identity.names.extend(name(book, facts, row));
            let code = || facts.text("code", row).and_then(names::code);
            identity.code = identity.code.take().or_else(code);
            let units = ["town_group", "department_group", "reporting_unit"];
            identity.units.extend(units.iter().filter_map(|unit| facts.text(unit, row)).map(str::to_owned));
        }
    }

    /// The projects of a book, by key.
    pub(crate) fn of_book(&self, book: &str) -> impl Iterator<Item = (&str, &Identity)> {
        self.books.get(book).into_iter().flatten().map(|(key, identity)| (key.as_str(), identity))
    }

    /// Whether a book has a project of a key.
    pub(crate) fn has(&self, book: &str, key: &str) -> bool {
        self.books.get(book).is_some_and(|known| known.contains_key(key))
    }
}

/// A row's name as it compares, with what tells its book's rows apart.
fn name(book: &Book, facts: &Facts, row: usize) -> Option<String> {
    let mut name = names::project(facts.text(&book.subject, row)?);
    for other in book.told_by.iter().filter_map(|field| facts.text(field, row)) {
        name = format!("{name}/{}", names::project(other));
    }
    Some(name)
}
