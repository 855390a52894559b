//! Register: the inbox as a record of what each unit owed, what came, when, and what replaced what.
//!
//! Takes the files of a period as [`Receipt`]s, their tables, the settings and the receipts of earlier
//! periods; gives which tables are replaced, a [`Report`] for each unit and book that was owed, and those as
//! the facts of the internal book `reports`.
//!
//! When a report came is told by sheet 收文, else by the mail that brought it. A file's own time changes with
//! every copy, so it counts only where `county.toml` says so, and then as it was first registered. Without
//! any of these a report is 已收: what a run writes never depends on when its files were copied.

mod due;
mod facts;
mod receipt;
mod received;
mod revision;
mod shares;
mod state;
mod store;
mod subjects;
mod supersede;

use std::collections::BTreeSet;

pub use facts::{ANY_REPORT, facts, title};
pub use receipt::{Entry, Receipt};
pub use received::{Evidence, Received};
pub use shares::{Share, UnitState, by_report, by_unit, units};
pub use state::{Report, State, due_day, due_day_of};
pub use store::{Before, Register, RegisterError};
pub use supersede::{Replacement, superseded};

use crate::merge::Roster;
use crate::period::Period;
use crate::profile::Profile;
use crate::settings::Settings;
use due::Duties;

/// The reports of a period, in the order of the roster and of the books; those that came unasked last.
///
/// `before` is what each unit reported in the periods before, by unit and book.
pub fn reports(
    receipts: &[Receipt],
    before: &BTreeSet<(String, String)>,
    roster: &Roster,
    (profile, settings, period): (&Profile, &Settings, Period),
) -> Vec<Report> {
    let duties = Duties { profile, settings, roster, period, before };
    state::reports(&duties.owed(receipts), receipts, &profile.county.reports, period)
}
