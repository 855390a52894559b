//! The run's record: all that the ledger keeps of it, so that it can be shown, compared and run again.

use super::documents::Documents;
use super::{Office, Outcome, RunError, origins};
use crate::ledger::{
    Committed, Input, Ledger, PLACES, Record, RecordedFigure, RecordedRow, origins_file, origins_name, write_places,
};
use crate::measure::Figure;
use crate::rank::Ranked;
use crate::workspace::{Level, Workspace};

/// Commits a run: facts, places, what the office stated, and the documents, which take their place in `out/`.
pub(super) fn commit(
    workspace: &Workspace,
    office: &Office,
    outcome: &Outcome,
    documents: Documents,
) -> Result<Committed, RunError> {
    let staging = documents.into_staging()?;
    let mut record = Record::new(office.period, &outcome.merged.facts);
    record.office = workspace.county.clone();
    let input = |file: &super::TakenFile| Input { file: file.name.to_string(), sha256: file.digest.clone() };
    record.inputs = outcome.files.iter().map(input).collect();
    let mut places = staging.begin(PLACES)?;
    let rankings = outcome.rankings.iter();
    write_places(rankings.map(|one| ([&*one.id, &*one.book, &*one.title], one.rows.iter().map(row))), &mut places)?;
    places.finish()?;
    for (book, facts) in &outcome.merged.facts {
        let Some(known) = office.profile.book(book) else { continue };
        let lines = origins::lines(known, &outcome.merged.origins, facts);
        staging.put(&origins_name(book), &origins_file(&lines)?)?;
    }
    for (name, bytes) in &office.stated {
        staging.put(name, bytes)?;
    }
    if workspace.level == Level::County {
        let (name, bytes) = outcome.reporting.register.file();
        record.state(name, bytes);
    }
    Ok(Ledger::of(workspace).commit_staged(&record, staging)?)
}

fn row(row: &Ranked) -> RecordedRow {
    RecordedRow {
        group: row.group.clone(),
        place: row.place,
        grade: row.grade.as_deref().map(str::to_owned),
        figures: row.figures.iter().map(figure).collect(),
    }
}

fn figure(figure: Figure) -> RecordedFigure {
    RecordedFigure {
        measure: figure.measure.to_string(),
        numerator: figure.numerator,
        denominator: figure.denominator,
        value: figure.value.map(|value| format!("{}/{}", value.numer(), value.denom())),
    }
}
