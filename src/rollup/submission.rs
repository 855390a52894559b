//! What a county hands up: its books as cells, their totals and where each value came from.

use std::collections::BTreeMap;

use super::{Books, Tabled};
use crate::ledger::{CellOrigin, Origin, origins_by_cell};
use crate::merge::Facts;
use crate::period::Period;
use crate::profile::{Kind, Profile};

/// What a county hands to the higher office for a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// The county.
    pub office: String,
    /// The period.
    pub period: Period,
    /// The program that made it, with its version.
    pub program: String,
    /// Its books in the order of the profile.
    pub books: Vec<BookSheet>,
}

/// A book of a submission.
#[derive(Debug, Clone, PartialEq)]
pub struct BookSheet {
    /// The book's id.
    pub id: String,
    /// Its title for readers.
    pub title: String,
    /// What readers call its columns, by id.
    pub titles: BTreeMap<String, String>,
    /// Its rows.
    pub rows: Tabled,
    /// The sum of every amount and count, in yuan or as such, by id.
    pub totals: Vec<(String, i128)>,
    /// Where its values stand.
    pub origins: Vec<CellOrigin>,
}

impl Submission {
    /// What a county's books come to, for the workbook.
    pub fn of(
        office: &str,
        period: Period,
        profile: &Profile,
        facts: &Books,
        origins: &BTreeMap<String, Vec<CellOrigin>>,
    ) -> Self {
        let books = profile.books.iter().filter_map(|book| {
            let facts = facts.get(&book.id)?;
            let rows = Tabled::of(&facts.frame);
            let summed: Vec<&str> = book.fields.iter().filter(|f| is_summed(f.kind)).map(|f| f.id.as_str()).collect();
            let fields = book.fields.iter().map(|field| (field.id.clone(), field.title.clone()));
            let derived = book.derived.iter().map(|derived| (derived.id.clone(), derived.title.clone()));
            Some(BookSheet {
                id: book.id.clone(),
                title: book.title.clone(),
                titles: fields.chain(derived).collect(),
                totals: rows.totals(&summed),
                rows,
                origins: origins.get(&book.id).cloned().unwrap_or_default(),
            })
        });
        let program = concat!("wuzhang ", env!("CARGO_PKG_VERSION")).to_owned();
        Self { office: office.to_owned(), period, program, books: books.collect() }
    }
}

fn is_summed(kind: Kind) -> bool {
    matches!(kind, Kind::Amount | Kind::Count)
}

impl BookSheet {
    /// Origins with a line a cell again, in the order of rows and columns.
    pub(super) fn cells(&self, facts: &Facts) -> Vec<Origin> {
        let fields: Vec<&str> = self.rows.columns.iter().map(|(id, _)| id.as_str()).collect();
        origins_by_cell(&self.origins, facts, &fields)
    }
}
