//! Merge: one row a project and a period; every row of every sheet ends in exactly one place.
//!
//! Takes the typed tables, gives the [`Facts`] of each book and what was set aside.
//!
//! The columns of a facts frame, in order:
//!
//! | column | type | what |
//! |---|---|---|
//! | `period` | String | `2026-05` |
//! | `key` | String | the project's identity: its platform code, else its normalised name within its unit |
//! | `file`, `sheet` | String | where the row stands |
//! | `row` | Int64 | the sheet's row, from 1 |
//! | `reporting_unit` | String | who reported it, by its canonical name |
//! | `section` | String | the section it stood under |
//! | each field of the book | Int64 (amount in yuan, count), Float64 (rate, number), String (text, choice, date in canonical form) | null where not reported |
//! | `<date>_first`, `<date>_last` | String | the first and last day a date field may mean, ISO |
//! | `<date>_first_day`, `<date>_last_day` | Int64 | the same as days since 1970-01-01, for ages in days |
//! | `<date>_month`, `<date>_quarter` | String | `2026-09`, `2026年三季度`; null where the date is less precise |
//! | `<choice>_choice` | String | the canonical choice that a choice field's words mean |
//! | `<field>_reported` | as the field | the value as reported, where a decision sets another (then the field is the decided one) |
//! | `decisions` | String | the decisions that touched the row, a sentence each: 更正, 计划调整, 调入, 更名 |
//! | `town_group`, `department_group`, `category_group`, `leader_group` | String | whom rankings count the row for; several joined with `、` |
//! | `county_group` | String | the county, where a higher office puts several together; else null |
//! | `unit_shares` | String | the parts of the units that share a project: `城关镇=1/2、柳河乡=1/2` |
//! | `schedule_num`, `schedule_den` | Int64 | how far the book's schedule has come: 5, 12; for one of the plan's own figures the row's own, null where it says none |
//! | `year_first`, `year_last`, `period_last` | String | ISO days |
//! | `year_first_day`, `period_last_day` | Int64 | days since 1970-01-01 |
//! | each derived column of the book | as its SQL gives | |

mod account;
mod adjust;
mod apart;
mod attribute;
mod cells;
mod clusters;
mod corrections;
mod entry;
mod frame;
mod gather;
mod identity;
mod judged;
mod known;
mod lineage;
mod names;
mod shares;
#[cfg(test)]
mod tests;
mod units;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use polars::prelude::DataFrame;

pub use account::SheetAccount;
pub use adjust::{Replanned, TakenOff};
pub use apart::{Apart, Rows, apart};
pub use cells::Cells;
pub use corrections::Revised;
pub(crate) use judged::judged;
pub use known::KnownProjects;
pub use lineage::AppliedLink;
pub(crate) use names::{code as platform_code, project as project_name, project_in as project_name_in};
pub use shares::shares_of;
pub use units::{Known, Roster};

use crate::check::Origins;
use crate::finding::Finding;
use crate::period::Period;
use crate::profile::{Book, Profile};
use crate::record::Table;
use crate::say;
use crate::settings::{Adjustment, ProjectShares, Settings};
use account::Ledgers;
use entry::Tables;

/// A month's tables as one row a project, with every row accounted for.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    /// The facts of each book that a table belongs to, by the book's id.
    pub facts: BTreeMap<String, Facts>,
    /// What became of the rows of each sheet, in order of file and sheet.
    pub account: Vec<SheetAccount>,
    /// What merging had to say, in order of place.
    pub findings: Vec<Finding>,
    /// Projects that decisions took off the list.
    pub taken_off: Vec<TakenOff>,
    /// Projects whose plan decisions set.
    pub replanned: Vec<Replanned>,
    /// Values that decisions set in place of reported ones.
    pub revised: Vec<Revised>,
    /// Decisions by which a project goes on an earlier one.
    pub links: Vec<AppliedLink>,
    /// The decisions that took projects off or onto the list or set plans; others found no project, or several, and are among the findings.
    pub decisions: Vec<Adjustment>,
    /// Projects that units share.
    pub shared: Vec<ProjectShares>,
    /// Where each field of a merged row stands.
    pub origins: Origins,
}

/// Why tables could not be merged: a fault of the program or the profile, never of the data.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MergeError {
    /// Rows got lost or were counted twice.
    #[error("{}", say!("run-unbalanced", file = file, sheet = sheet, data = data, merged = merged, joined = joined, set_aside = set_aside, taken_off = taken_off))]
    Unbalanced {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// Data rows of the sheet.
        data: usize,
        /// Rows that became a project's row.
        merged: usize,
        /// Rows joined to another unit's.
        joined: usize,
        /// Rows set aside with a finding.
        set_aside: usize,
        /// Rows that a decision took off the list.
        taken_off: usize,
    },
    /// A table whose columns are not as long as its rows, or whose book there is not.
    #[error("{}", say!("run-misshapen", file = file, sheet = sheet, fault = fault))]
    Misshapen {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// What is wrong.
        fault: String,
    },
    /// A derived column that validation would have refused.
    #[error("{}", say!("run-frame", book = book, fault = fault))]
    Frame {
        /// The book's id.
        book: String,
        /// What is wrong.
        fault: String,
    },
}

/// Merges a month's tables: identity, decisions, groups, and the account of every row.
///
/// # Errors
///
/// A row that got lost, a table or a derived column that should not have come this far.
pub fn merge(tables: &[Table], profile: &Profile, settings: &Settings, period: Period) -> Result<Merged, MergeError> {
    merge_after(&KnownProjects::default(), tables, profile, settings, period)
}

/// The same after earlier periods: a project that they know keeps the key that they know it by.
///
/// # Errors
///
/// As [`merge`].
pub fn merge_after(
    known: &KnownProjects,
    tables: &[Table],
    profile: &Profile,
    settings: &Settings,
    period: Period,
) -> Result<Merged, MergeError> {
    account::well_shaped(tables, profile)?;
    let roster = Roster::of(settings, tables);
    let (tables, findings) = gather::plausible(tables);
    let mut merged = Merged {
        facts: BTreeMap::new(),
        account: Vec::new(),
        findings,
        taken_off: Vec::new(),
        replanned: Vec::new(),
        revised: Vec::new(),
        links: Vec::new(),
        decisions: Vec::new(),
        shared: Vec::new(),
        origins: origins(&tables),
    };
    let mut ledgers = Ledgers::of(&tables);
    for book in &profile.books {
        merge_book(book, &tables, &roster, (profile, settings, period, known), &mut merged, &mut ledgers)?;
    }
    merged.account = ledgers.close()?;
    merged.findings.sort();
    Ok(merged)
}

/// Merges the tables of one book.
fn merge_book(
    book: &Book,
    tables: &[Cow<Table>],
    roster: &Roster,
    (profile, settings, period, known): (&Profile, &Settings, Period, &KnownProjects),
    merged: &mut Merged,
    ledgers: &mut Ledgers,
) -> Result<(), MergeError> {
    let tables = Tables::of(book, tables);
    let gathered = gather::gather(&tables, roster, &merged.origins);
    let unified = identity::unify(&tables, gathered.entries, &profile.county.last_word, &merged.origins);
    let mut entries = unified.entries;
    let continued = lineage::go_on(&tables, &mut entries, &settings.links, known, period);
    let mut adjusted = adjust::adjust(&tables, entries, settings, period);
    let revised = corrections::correct(&tables, &mut adjusted.entries, roster, settings, period, &mut merged.findings);
    let (shared, about_shares) = shares::share(&tables, &mut adjusted.entries, roster, settings);
    merged.shared.extend(shared);
    merged.findings.extend(about_shares);
    ledgers.set_aside(&tables, &gathered.set_aside, &unified.duplicates);
    ledgers.keep(&tables, &adjusted.entries);
    ledgers.take_off(&tables, adjusted.taken_off.iter().map(|(entry, _)| entry));
    merged.findings.extend(gathered.findings.into_iter().chain(unified.findings).chain(adjusted.findings));
    merged.taken_off.extend(adjusted.taken_off.into_iter().map(|(_, off)| off));
    merged.replanned.extend(adjusted.replanned);
    merged.findings.extend(continued.findings);
    merged.links.extend(continued.links);
    merged.revised.extend(revised);
    merged.decisions.extend(adjusted.decisions);
    for entry in &adjusted.entries {
        for (field, &source) in &entry.more().taken {
            merged.origins.note_taken(&book.id, &entry.key, field, tables.place(source));
        }
    }
    if !tables.tables.is_empty() {
        let frame = frame::frame(&tables, adjusted.entries, &profile.county, period)?;
        merged.facts.insert(book.id.clone(), Facts { book: book.id.clone(), frame });
    }
    Ok(())
}

/// Which column of each sheet each field stands in.
fn origins(tables: &[Cow<Table>]) -> Origins {
    let mut origins = Origins::default();
    for table in tables {
        let (Some(&first), Some(&last)) = (table.rows.first(), table.rows.last()) else { continue };
        for column in &table.columns {
            let cell = (column.row, column.column);
            origins.note_column(&table.file, &table.sheet, &column.field, first..=last, cell);
        }
    }
    origins
}

/// The merged rows of one book and period.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The book's id.
    pub book: String,
    /// One row a project; columns as above, sorted by key so that the same inputs give the same bytes. A column of
    /// which all cells are the same is kept as that one cell, one of few different texts as a polars Enum: its cells
    /// are read with [`Facts::cells`].
    pub frame: DataFrame,
}

impl Facts {
    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.frame.height()
    }

    /// A text cell; `None` where empty or where there is no such column.
    pub fn text(&self, column: &str, row: usize) -> Option<&str> {
        self.cells(column).text(row)
    }

    /// A whole number: yuan or a count.
    pub fn whole(&self, column: &str, row: usize) -> Option<i64> {
        self.cells(column).whole(row)
    }

    /// A rate or a number.
    pub fn number(&self, column: &str, row: usize) -> Option<f64> {
        self.cells(column).number(row)
    }

    /// Which rows have anything in a column; none where there is no such column.
    pub fn filled(&self, column: &str) -> Vec<bool> {
        let Ok(column) = self.frame.column(column) else { return Vec::new() };
        column.is_not_null().iter().map(|filled| filled == Some(true)).collect()
    }

    /// A yes or no of a derived column.
    pub fn truth(&self, column: &str, row: usize) -> Option<bool> {
        self.cells(column).truth(row)
    }
}
