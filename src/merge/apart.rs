//! The rows of some files before they are held against those of other files: what one task of a cluster can do.
//!
//! Each usable row becomes a row of the facts, with what it would be known by; whether another file reports the same
//! project is left to who has all of them. A row that a decision of the office speaks of, or that another row could
//! be one with, has to be merged again beside those ([`merge_after`](super::merge_after)).

use super::account::{self, Ledgers, SheetAccount};
use super::entry::{Entry, Tables};
use super::units::Roster;
use super::{Facts, KnownProjects, MergeError, frame, gather, identity, lineage, names, origins};
use crate::check::Origins;
use crate::finding::Finding;
use crate::period::Period;
use crate::profile::{Book, Profile};
use crate::record::Table;
use crate::settings::Settings;

/// The rows of some files.
#[derive(Debug, Clone, Default)]
pub struct Apart {
    /// The rows of each book that a table belongs to.
    pub books: Vec<Rows>,
    /// What gathering them had to say, in order of place.
    pub findings: Vec<Finding>,
    /// The account of each table: rows given, rows set aside.
    pub account: Vec<SheetAccount>,
    /// Where each field of a row stands.
    pub origins: Origins,
}

/// The rows of a book, with what tells whether another row may be the same project.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The rows.
    pub facts: Facts,
    /// The name of each as it compares.
    pub names: Vec<String>,
    /// The platform code of each as it compares.
    pub codes: Vec<Option<String>>,
    /// Whether a decision of the office speaks of it.
    pub decided: Vec<bool>,
}

/// The rows of some tables, none held against another.
///
/// # Errors
///
/// As [`merge`](super::merge).
pub fn apart(
    known: &KnownProjects,
    tables: &[Table],
    profile: &Profile,
    settings: &Settings,
    period: Period,
) -> Result<Apart, MergeError> {
    account::well_shaped(tables, profile)?;
    let roster = Roster::of(settings, tables);
    let (tables, findings) = gather::plausible(tables);
    let mut made = Apart { findings, origins: origins(&tables), ..Apart::default() };
    let mut ledgers = Ledgers::of(&tables);
    for book in &profile.books {
        let tables = Tables::of(book, &tables);
        if tables.tables.is_empty() {
            continue;
        }
        let gathered = gather::gather(&tables, &roster, &made.origins);
        let mut entries = gathered.entries;
        identity::give_keys(&mut entries);
        lineage::go_on(&tables, &mut entries, &[], known, period);
        ledgers.set_aside(&tables, &gathered.set_aside, &[]);
        ledgers.keep(&tables, &entries);
        made.findings.extend(gathered.findings);
        let names = entries.iter().map(|entry| entry.name.to_string()).collect();
        let codes = entries.iter().map(|entry| entry.code.as_deref().map(str::to_owned)).collect();
        let decided = entries.iter().map(|entry| is_decided(entry, &tables, book, settings)).collect();
        let frame = frame::frame(&tables, entries, &profile.county, period)?;
        made.books.push(Rows { facts: Facts { book: book.id.clone(), frame }, names, codes, decided });
    }
    made.account = ledgers.close()?;
    made.findings.sort();
    Ok(made)
}

/// Whether any decision of the settings may mean an entry, be it in force or not.
fn is_decided(entry: &Entry, tables: &Tables, book: &Book, settings: &Settings) -> bool {
    let means = |of: &str, project: &str, code: &Option<String>| {
        of == book.id && entry.is_called(tables, project, code.as_deref())
    };
    let links = settings.links.iter().any(|link| {
        let goes_by = |name: &str| entry.goes_by(tables, &names::project(name));
        link.book == book.id
            && (means(&link.book, &link.new, &link.new_code) || goes_by(&link.new) || goes_by(&link.old))
    });
    links
        || settings.adjustments.iter().any(|one| means(&one.book, &one.project, &one.code))
        || settings.overrides.iter().any(|one| means(&one.book, &one.project, &one.code))
        || settings.shares.iter().any(|one| means(&one.book, &one.project, &one.code))
}
