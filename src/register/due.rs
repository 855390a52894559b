//! Who owes which book for a period.
//!
//! In this order: sheet 报送 where it names the unit; else the books of its kind in `county.toml` and
//! those it reported in one of the last periods; a unit with neither owes any report at all.

use std::collections::{BTreeMap, BTreeSet};

use super::receipt::Receipt;
use super::received::{Evidence, Received};
use crate::merge::Roster;
use crate::period::Period;
use crate::profile::{Profile, Reporting};
use crate::settings::{Arrival, Obligation, Settings, Unit, UnitKind, Whom};

/// A report that is owed, or came unasked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owed {
    /// The unit.
    pub(super) unit: String,
    /// The book's id; `None` for any report at all.
    pub(super) book: Option<String>,
    /// Whether it counts among those owed.
    pub(super) counts: bool,
    /// When the office says that it came.
    pub(super) received: Option<Received>,
    /// How often the office says that it was returned.
    pub(super) returns: Option<u32>,
    /// What the office says of it.
    pub(super) note: Option<String>,
}

/// What is known about who owes what.
pub(super) struct Duties<'a> {
    pub(super) profile: &'a Profile,
    pub(super) settings: &'a Settings,
    pub(super) roster: &'a Roster,
    pub(super) period: Period,
    /// What each unit reported in the last periods, by unit and book.
    pub(super) before: &'a BTreeSet<(String, String)>,
}

impl Duties<'_> {
    /// What is owed for the period, in the order of the roster and of the books, then what came unasked.
    pub(super) fn owed(&self, receipts: &[Receipt]) -> Vec<Owed> {
        let mut came = came(receipts);
        let before = self.remembered();
        let mut owed = Vec::new();
        for unit in self.units(&came, &before) {
            let mine = came.remove(&unit.name).unwrap_or_default();
            let (books, closed) = self.books(&unit, before.get(&unit.name));
            let expected: BTreeSet<String> = match closed {
                true => books,
                false => books.into_iter().chain(mine.iter().cloned()).collect(),
            };
            if expected.is_empty() && !closed {
                owed.push(self.one(&unit.name, None, true));
            }
            let extra = mine.difference(&expected);
            let all = expected.iter().map(|book| (book, true)).chain(extra.map(|book| (book, false)));
            owed.extend(self.in_order(all).into_iter().map(|(book, counts)| self.one(&unit.name, Some(book), counts)));
        }
        for (unit, books) in came {
            let extra = self.in_order(books.iter().map(|book| (book, false)));
            owed.extend(extra.into_iter().map(|(book, counts)| self.one(&unit, Some(book), counts)));
        }
        owed
    }

    /// The units that report for the period: those of the roster in force, else all that ever did.
    fn units(
        &self,
        came: &BTreeMap<String, BTreeSet<String>>,
        before: &BTreeMap<String, BTreeSet<String>>,
    ) -> Vec<Unit> {
        if !self.settings.units.is_empty() {
            let in_force = |unit: &&Unit| unit.is_open(self.period);
            return self.settings.units.iter().filter(in_force).cloned().collect();
        }
        let names: BTreeSet<&String> = came.keys().chain(before.keys()).filter(|name| !name.is_empty()).collect();
        names.into_iter().map(|name| Unit { name: name.clone(), ..Unit::default() }).collect()
    }

    /// The books that a unit owes, and whether the office's list is all that it owes.
    fn books(&self, unit: &Unit, before: Option<&BTreeSet<String>>) -> (BTreeSet<String>, bool) {
        let rules = &self.profile.county.reports;
        let of_unit = |duty: &&Obligation| duty.is_of(unit) && duty.holds(self.period);
        let duties: Vec<&Obligation> = self.settings.obligations.iter().filter(of_unit).collect();
        let (named, excused): (Vec<&Obligation>, Vec<&Obligation>) = duties.into_iter().partition(|duty| duty.owed);
        let excused: BTreeSet<&String> = excused.iter().flat_map(|duty| &duty.books).collect();
        let mut all = self.profile.books.iter().filter(|book| !book.internal);
        let free = all.all(|book| excused.contains(&book.id));
        let closed = !named.is_empty() || free;
        let mut books: BTreeSet<String> = match closed {
            true => named.iter().flat_map(|duty| &duty.books).cloned().collect(),
            false => of_kind(rules, unit.kind).iter().chain(before.into_iter().flatten()).cloned().collect(),
        };
        books.retain(|book| !excused.contains(book));
        (books, closed)
    }

    /// What was reported before, by the names that units have now.
    fn remembered(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut by_unit: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (unit, book) in self.before.iter().filter(|(_, book)| self.profile.book(book).is_some()) {
            let unit = self.roster.find(unit).map_or(unit, |known| &known.name);
            by_unit.entry(unit.clone()).or_default().insert(book.clone());
        }
        by_unit
    }

    /// Books in the profile's order, those that count first.
    fn in_order<'b>(&self, books: impl Iterator<Item = (&'b String, bool)>) -> Vec<(&'b String, bool)> {
        let at = |id: &String| self.profile.books.iter().position(|book| book.id == *id);
        let mut books: Vec<(&String, bool)> = books.collect();
        books.sort_by_key(|(id, counts)| (!counts, at(id)));
        books
    }

    fn one(&self, unit: &str, book: Option<&String>, counts: bool) -> Owed {
        let of_it = |arrival: &&Arrival| {
            let of_book = arrival.book.is_none() || arrival.book.as_ref() == book;
            arrival.period == self.period && arrival.unit.as_deref() == Some(unit) && of_book
        };
        // An entry that names the book says more than one that does not.
        let told = self.settings.arrivals.iter().filter(of_it).max_by_key(|arrival| arrival.book.is_some());
        Owed {
            unit: unit.to_owned(),
            book: book.cloned(),
            counts,
            received: told.and_then(|told| Some(Received { at: told.at?, by: Evidence::Settings })),
            returns: told.and_then(|told| told.returns),
            note: told.and_then(|told| told.note.clone()),
        }
    }
}

/// Which books came from which unit.
fn came(receipts: &[Receipt]) -> BTreeMap<String, BTreeSet<String>> {
    let mut came: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in receipts.iter().flat_map(|receipt| &receipt.entries) {
        came.entry(entry.unit.clone()).or_default().insert(entry.book.clone());
    }
    came
}

fn of_kind(rules: &Reporting, kind: UnitKind) -> &[String] {
    match kind {
        UnitKind::Town => &rules.books.towns,
        UnitKind::Department => &rules.books.departments,
        UnitKind::Park => &rules.books.parks,
    }
}

impl Obligation {
    fn is_of(&self, unit: &Unit) -> bool {
        match &self.whom {
            Whom::All => true,
            Whom::Kind(kind) => *kind == unit.kind,
            Whom::Unit(name) => *name == unit.name,
        }
    }

    fn holds(&self, period: Period) -> bool {
        self.from.is_none_or(|from| from <= period) && self.to.is_none_or(|to| period <= to)
    }
}
