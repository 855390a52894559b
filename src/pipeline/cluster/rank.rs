//! Rankings and their workbooks from the sums that a cluster made.

use std::collections::BTreeMap;
use std::path::Path;

use crate::check;
use crate::cluster::{Answers, parted, statements};
use crate::measure::{Frame, Measured};
use crate::merge::{Facts, Merged};
use crate::period::Period;
use crate::pipeline::documents::Documents;
use crate::pipeline::{Office, Outcome, Reporting, RunError, places, ranking};
use crate::profile::Profile;
use crate::workspace::Workspace;

/// What a cluster's month came to.
#[derive(Debug)]
pub struct Ranked {
    /// The month as a run would give it, but that its rows stay on the cluster.
    pub outcome: Outcome,
    /// The ranking workbooks, by name.
    pub documents: Vec<(String, Vec<u8>)>,
    /// The books and rankings.
    pub profile: Profile,
}

/// Ranks a month by the cluster's answers. `folder` is where the job's Parquet lies: of it only the few rows are read
/// whose amounts several units share.
///
/// # Errors
///
/// As [`run`](crate::pipeline::run); answers that are not whole or not to these questions.
pub fn rank(workspace: &Workspace, period: Period, answers: &str, folder: &Path) -> Result<Ranked, RunError> {
    let office = Office::open(workspace, period)?;
    let frame = Frame { profile: &office.profile, settings: &office.settings, period };
    let answers = Answers::read(answers, &statements(frame)?.digest()).map_err(super::ClusterFault::from)?;
    let (mut merged, mut elsewhere) = (Merged::default(), BTreeMap::new());
    for book in &office.profile.books {
        let rows = answers.rows(&book.id).unwrap_or_default();
        if rows > 0 {
            let frame = check::empty(book).0;
            merged.facts.insert(book.id.clone(), Facts { book: book.id.clone(), frame });
            elsewhere.insert(book.id.clone(), rows);
        }
    }
    let last_year = places::facts_of(workspace, merged.facts.keys(), period.last_year())?;
    let shared = merged.facts.keys().map(|book| Ok((book.clone(), parted(&folder.join("parted").join(book), book)?)));
    let shared = shared.collect::<Result<BTreeMap<String, Option<Facts>>, RunError>>()?;
    let mut measured = Vec::new();
    for plan in office.profile.county.rankings.iter().filter(|plan| merged.facts.contains_key(&plan.book)) {
        let Some(book) = office.profile.book(&plan.book) else { continue };
        let parts = shared.get(&plan.book).and_then(Option::as_ref);
        let groups =
            answers.measure(frame, plan, parts, last_year.get(&plan.book)).map_err(super::ClusterFault::from)?;
        measured.push(Measured { plan, book, groups });
    }
    let places = places::rank_measured_with(workspace, &office, &merged, measured)?;
    let reporting = Reporting::none(period);
    let with = (places.rankings, reporting);
    let mut outcome = Outcome::new(&office, Vec::new(), places.findings, merged, BTreeMap::new(), with);
    (outcome.earlier, outcome.elsewhere) = (places.earlier, elsewhere);
    let mut documents = Documents::begin(workspace, period)?;
    documents.side_by_side(ranking::makers(workspace, &office, &outcome)?)?;
    let documents = documents.taken_out()?;
    Ok(Ranked { outcome, documents, profile: office.profile })
}
