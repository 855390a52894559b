//! Which rows a later report of the same unit and book takes the place of.
//!
//! Later is what was received later; of files whose times tell nothing, what its name calls the later version,
//! and a return that came back is later than the file that it was made from.
//! A unit may well send one book in several files, so a report gives way as a whole only where most of its projects
//! stand in the later one, or where that says that it corrects and is as long. A later report that repeats some
//! rows of a longer one (most of its own, or some and it says that it corrects) replaces those rows alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::receipt::Receipt;
use super::revision::Revision;
use super::subjects::{Subject, Subjects, subjects};
use crate::merge::Roster;
use crate::profile::Profile;
use crate::record::Table;

/// Rows of a table that a later report replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The table, among all.
    pub table: usize,
    /// Its replaced records, in order; all of them where `whole`.
    pub records: Vec<usize>,
    /// Whether the table as a whole gives way.
    pub whole: bool,
    /// The file that replaces it.
    pub by: Arc<str>,
    /// The first sheet of that report.
    pub by_sheet: Arc<str>,
    /// Subjects that the later report no longer has.
    pub gone: Vec<String>,
}

/// A unit's tables of a book in one file.
struct Version<'t> {
    file: &'t Arc<str>,
    receipt: &'t Receipt,
    revision: Revision,
    /// When it came, as far as that tells all versions apart.
    came: Option<(NaiveDate, Option<NaiveTime>)>,
    /// By number among all tables.
    tables: Vec<(usize, &'t Table, Vec<Subject>)>,
    all: Subjects,
    /// How many subjects there are.
    count: usize,
}

/// The numbers of a unit's tables of a book, by their file.
type ByFile<'t> = BTreeMap<&'t Arc<str>, Vec<usize>>;

/// What is replaced among the tables of a period; at most one replacement a table.
pub fn superseded(tables: &[Table], receipts: &[Receipt], roster: &Roster, profile: &Profile) -> Vec<Replacement> {
    let by_name: BTreeMap<&str, &Receipt> = receipts.iter().map(|receipt| (&*receipt.file, receipt)).collect();
    let mut groups: BTreeMap<(String, &str), ByFile> = BTreeMap::new();
    for (at, table) in tables.iter().enumerate().filter(|(_, table)| !table.reporting_unit.trim().is_empty()) {
        let unit = roster.find_or_as_written(&table.reporting_unit).name;
        groups.entry((unit, &table.book)).or_default().entry(&table.file).or_default().push(at);
    }
    let mut replaced = Vec::new();
    for ((_, book), files) in groups.iter().filter(|(_, files)| files.len() > 1) {
        let Some(book) = profile.book(book) else { continue };
        let of = |&at: &usize| (at, &tables[at], subjects(&tables[at], book));
        let version = |(file, numbers): (&&Arc<str>, &Vec<usize>)| {
            Version::of(by_name.get(&***file)?, numbers.iter().map(of).collect())
        };
        let mut versions: Vec<Version> = files.iter().filter_map(version).collect();
        set_times(&mut versions);
        set_returns(&mut versions);
        replaced.extend(versions.iter().flat_map(|version| version.replaced(&versions)));
    }
    replaced.sort_by_key(|replacement| replacement.table);
    replaced
}

/// Times count where every version has one, hours where every one has an hour: held against each other one by
/// one, three versions could each be later than the next.
fn set_times(versions: &mut [Version]) {
    let at = |version: &Version| version.receipt.received.map(|received| received.at);
    let all = versions.iter().all(|version| at(version).is_some());
    let hours = versions.iter().all(|version| at(version).is_some_and(|at| at.time.is_some()));
    for version in versions {
        let known = version.receipt.received.filter(|_| all);
        version.came = known.map(|known| (known.at.day, known.at.time.filter(|_| hours)));
    }
}

/// A return that came back is a later version of the file that it was made from, and corrects it, whatever
/// either is called. As many rounds as there are versions reach the end of every chain.
fn set_returns(versions: &mut [Version]) {
    for _ in 0..versions.len() {
        let known: Vec<(String, u32)> =
            versions.iter().map(|version| (version.receipt.sha256.clone(), version.revision.ordinal)).collect();
        for version in versions.iter_mut() {
            let Some(made_from) = &version.receipt.return_of else { continue };
            let Some((_, ordinal)) = known.iter().find(|(digest, _)| digest == made_from) else { continue };
            let ordinal = version.revision.ordinal.max(ordinal.saturating_add(1));
            version.revision = Revision { ordinal, corrects: true };
        }
    }
}

impl<'t> Version<'t> {
    fn of(receipt: &'t Receipt, tables: Vec<(usize, &'t Table, Vec<Subject>)>) -> Option<Self> {
        let file = &tables.first()?.1.file;
        let all = Subjects::of(tables.iter().flat_map(|(_, _, subjects)| subjects));
        let count = tables.iter().map(|(_, _, subjects)| subjects.len()).sum();
        Some(Self { file, receipt, revision: Revision::of(file), came: None, tables, all, count })
    }

    fn order(&self) -> (Option<(NaiveDate, Option<NaiveTime>)>, u32) {
        (self.came, self.revision.ordinal)
    }

    /// What of this version later ones replace: all of it by the last that does, else the rows that they repeat.
    fn replaced(&self, versions: &[Self]) -> Vec<Replacement> {
        let mut later: Vec<&Self> = versions.iter().filter(|other| other.order() > self.order()).collect();
        later.sort_by_key(|version| (std::cmp::Reverse(version.order()), version.file));
        if let Some(by) = later.iter().find(|by| self.gives_way_to(by)) {
            return self.whole(by);
        }
        later.retain(|by| self.gives_rows_to(by));
        self.rows(&later)
    }

    /// How many of its subjects stand in the other.
    fn common(&self, other: &Self) -> usize {
        self.tables.iter().flat_map(|(_, _, subjects)| subjects).filter(|subject| other.all.has(subject)).count()
    }

    fn gives_way_to(&self, later: &Self) -> bool {
        let common = self.common(later);
        let by_word = match common {
            0 => later.revision.corrects && later.count * 2 > self.count,
            _ => later.revision.corrects && later.count >= self.count,
        };
        later.count > 0 && (self.count == 0 || common * 2 > self.count || by_word)
    }

    fn gives_rows_to(&self, later: &Self) -> bool {
        let common = self.common(later);
        common > 0 && (common * 2 > later.count || later.revision.corrects)
    }

    fn whole(&self, by: &Self) -> Vec<Replacement> {
        let replacement = |(at, table, subjects): &(usize, &Table, Vec<Subject>)| Replacement {
            table: *at,
            records: (0..table.rows.len()).collect(),
            whole: true,
            by: by.file.clone(),
            by_sheet: by.tables[0].1.sheet.clone(),
            gone: subjects
                .iter()
                .filter(|subject| !by.all.has(subject))
                .map(|subject| subject.written.clone())
                .collect(),
        };
        self.tables.iter().map(replacement).collect()
    }

    /// The rows that later reports repeat; the last of those is told.
    fn rows(&self, later: &[&Self]) -> Vec<Replacement> {
        let repeats = |by: &&&Self, subject: &Subject| by.all.has(subject);
        let of_sheet = |(at, _, subjects): &(usize, &Table, Vec<Subject>)| {
            let repeated = |subject: &&Subject| later.iter().any(|by| repeats(&by, subject));
            let records: BTreeSet<usize> = subjects.iter().filter(repeated).map(|subject| subject.record).collect();
            let by = later.iter().find(|by| subjects.iter().any(|subject| repeats(by, subject)))?;
            Some(Replacement {
                table: *at,
                records: records.into_iter().collect(),
                whole: false,
                by: by.file.clone(),
                by_sheet: by.tables[0].1.sheet.clone(),
                gone: Vec::new(),
            })
        };
        self.tables.iter().filter_map(of_sheet).collect()
    }
}
