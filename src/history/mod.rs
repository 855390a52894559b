//! History: a period held against the earlier ones of the ledger.
//!
//! Takes the merged facts and the [`Earlier`] periods, gives what the rules across months, across books
//! and the coming and going of projects have to say: a [`CheckOutcome`] for each book.
//!
//! A project is the same in two periods where its key is: merging keeps the key of a project that the
//! ledger knows already, by code, by name, or by a decision of the office (settings sheet 认定).

mod answers;
mod books;
mod earlier;
mod jumps;
mod life;
mod likely;
mod packed;
mod presence;
mod projects;
mod returns;
mod together;

use std::collections::{BTreeMap, BTreeSet};

pub use answers::answer;
pub use earlier::Earlier;
pub use life::{Life, Moment, Said as SaidValue, lives};
pub use projects::Projects;
pub use returns::{Returned, read_return, receipt_of};

use crate::check::{self, CheckError, CheckOutcome, RowPlace};
use crate::finding::Place;
use crate::merge::{Facts, Merged};
use crate::period::Period;
use crate::profile::{Book, HistoryPlan, Profile};
use crate::settings::Settings;
use books::Names;
use together::Together;

/// What a period is held against.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// The books and how far a change may go.
    pub profile: &'a Profile,
    /// The decisions of the office.
    pub settings: &'a Settings,
    /// The period itself.
    pub period: Period,
    /// The ledger's earlier periods.
    pub earlier: &'a Earlier,
}

/// One book of the period beside its past.
#[derive(Clone, Copy)]
struct Now<'a> {
    book: &'a Book,
    facts: &'a Facts,
    merged: &'a Merged,
    together: &'a Together<'a>,
    names: &'a Names<'a>,
    past: Past<'a>,
}

impl<'a> Now<'a> {
    fn plan(&self) -> &'a HistoryPlan {
        &self.past.profile.county.history
    }

    /// The cell of a field in a row of the facts.
    fn cell(&self, row: usize, field: &str) -> Place {
        let known_by = place_of(self.facts, row);
        let key = self.facts.text("key", row).unwrap_or_default();
        self.merged.origins.place(&self.book.id, key, &known_by, field)
    }

    /// What a row is about, as written.
    fn subject(&self, row: usize) -> &'a str {
        self.facts.text(&self.book.subject, row).unwrap_or_default()
    }
}

/// The row of a sheet that a row of the facts is known by.
fn place_of(facts: &Facts, row: usize) -> RowPlace {
    let number = facts.whole("row", row).and_then(|row| u32::try_from(row).ok());
    RowPlace {
        file: facts.text("file", row).unwrap_or_default().into(),
        sheet: facts.text("sheet", row).unwrap_or_default().into(),
        row: number.unwrap_or_default(),
    }
}

/// What the past has to say about each book of a period.
///
/// # Errors
///
/// A rule across months that validation would have refused.
pub fn check(past: Past, merged: &Merged) -> Result<BTreeMap<String, CheckOutcome>, CheckError> {
    let mut outcomes = BTreeMap::new();
    let names = Names::of(past.profile, merged);
    for (id, facts) in &merged.facts {
        let Some(book) = past.profile.book(id).filter(|book| !book.internal) else { continue };
        let together = Together::of(book, facts, past.earlier, past.period);
        let now = Now { book, facts, merged, together: &together, names: &names, past };
        outcomes.insert(id.clone(), check_book(now)?);
    }
    Ok(outcomes)
}

fn check_book(now: Now) -> Result<CheckOutcome, CheckError> {
    let frame = now
        .together
        .frame(now.book, now.facts, now.plan())
        .map_err(|error| CheckError::Rules { book: now.book.id.clone(), fault: error.to_string() })?;
    let mut outcome = check::check_across(now.book, &frame, &now.merged.origins)?;
    let jumps = jumps::jumps(now);
    // Whoever mistook the unit changed nothing else.
    outcome.findings.retain(|finding| !jumps.explains(finding));
    outcome.findings.extend(jumps.findings);
    let across_books = books::across_books(now);
    let moved: BTreeSet<&Place> =
        across_books.iter().filter(|finding| &*finding.rule == books::MOVED).map(|finding| &finding.place).collect();
    let mut presence = presence::presence(now);
    // Who came from another book is new in this one only.
    presence.retain(|finding| &*finding.rule != presence::NEW || !moved.contains(&finding.place));
    outcome.findings.extend(presence);
    outcome.findings.extend(across_books);
    outcome.findings.extend(packed::packed(now));
    Ok(outcome)
}
