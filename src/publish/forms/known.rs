//! What the ledger knows of a project, for the rows of a form that are filled in already.

use std::collections::BTreeMap;

use crate::merge::Facts;
use crate::profile::{Book, Kind};

/// A value of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    /// Money.
    Yuan(i64),
    /// A count.
    Count(i64),
    /// A rate as a fraction, or a number.
    Number(f64),
    /// A text, or a date in its canonical form: `2026-03-15`, `2026-03`, `2026-Q1`.
    Text(String),
}

/// A project that the unit reported last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownRow {
    /// Its values by field; what the ledger has not is left out.
    pub values: BTreeMap<String, Known>,
}

impl KnownRow {
    /// A row of a book's facts.
    pub fn of(book: &Book, facts: &Facts, row: usize) -> Self {
        let value = |id: &str, kind| match kind {
            Kind::Amount => facts.whole(id, row).map(Known::Yuan),
            Kind::Count => facts.whole(id, row).map(Known::Count),
            Kind::Rate | Kind::Number => facts.number(id, row).map(Known::Number),
            Kind::Date | Kind::Choice | Kind::Text => facts.text(id, row).map(|text| Known::Text(text.to_owned())),
        };
        let of = |(id, kind): (&String, Kind)| Some((id.clone(), value(id, kind)?));
        Self { values: book.fields.iter().map(|field| (&field.id, field.kind)).filter_map(of).collect() }
    }
}
