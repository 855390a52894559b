//! The run's record: all that the ledger keeps of it, so that it can be shown, compared and run again.

use super::{Office, Outcome, RunError};
use crate::check::{Origins, RowPlace};
use crate::ledger::{
    Committed, Input, Ledger, Origin, PLACES, Record, RecordedFigure, RecordedRanking, RecordedRow, origins_file,
    origins_name, places_file,
};
use crate::measure::Figure;
use crate::merge::Facts;
use crate::origin::cell_address;
use crate::rank::{Ranked, Ranking};
use crate::workspace::Workspace;

/// Commits a run: facts, places, what the office stated, and the documents, which take their place in `out/`.
pub(super) fn commit(
    workspace: &Workspace,
    office: &Office,
    outcome: &Outcome,
    documents: &[(String, Vec<u8>)],
) -> Result<Committed, RunError> {
    let mut record = Record::new(office.period, &outcome.merged.facts);
    record.office = workspace.county.clone();
    let input = |file: &super::TakenFile| Input { file: file.name.to_string(), sha256: file.digest.clone() };
    record.inputs = outcome.files.iter().map(input).collect();
    record.keep(PLACES, places_file(&outcome.rankings.iter().map(ranking).collect::<Vec<_>>()));
    for (book, facts) in &outcome.merged.facts {
        record.keep(origins_name(book), origins_file(&origins(office, &outcome.merged.origins, facts))?);
    }
    for (name, bytes) in &office.stated {
        record.keep(name, bytes.clone());
    }
    for (name, bytes) in documents {
        record.document(name, bytes.clone());
    }
    Ok(Ledger::of(workspace).commit(&record)?)
}

/// The cell of every value that a field of a book has, in the order of rows and fields.
fn origins(office: &Office, origins: &Origins, facts: &Facts) -> Vec<Origin> {
    let fields = office.profile.book(&facts.book).map_or(&[][..], |book| &book.fields);
    let filled = fields.iter().map(|field| (field, facts.filled(&field.id))).collect::<Vec<_>>();
    let mut found = Vec::new();
    for row in 0..facts.height() {
        let text = |column: &str| facts.text(column, row).unwrap_or_default();
        let number = facts.whole("row", row).and_then(|row| u32::try_from(row).ok()).unwrap_or_default();
        let known_by = RowPlace { file: text("file").into(), sheet: text("sheet").into(), row: number };
        for (field, _) in filled.iter().filter(|(_, filled)| filled.get(row).is_some_and(|filled| *filled)) {
            let place = origins.place(&facts.book, text("key"), &known_by, &field.id);
            let row = place.row.unwrap_or(number);
            found.push(Origin {
                key: text("key").to_owned(),
                field: field.id.clone(),
                file: place.file.to_string(),
                sheet: place.sheet.as_deref().unwrap_or_default().to_owned(),
                cell: place.column.map_or_else(|| format!("第{row}行"), |column| cell_address(row, column)),
            });
        }
    }
    found
}

fn ranking(ranking: &Ranking) -> RecordedRanking {
    RecordedRanking {
        id: ranking.id.clone(),
        book: ranking.book.clone(),
        title: ranking.title.clone(),
        rows: ranking.rows.iter().map(row).collect(),
    }
}

fn row(row: &Ranked) -> RecordedRow {
    RecordedRow {
        group: row.group.clone(),
        place: row.place,
        grade: row.grade.clone(),
        figures: row.figures.iter().map(figure).collect(),
    }
}

fn figure(figure: &Figure) -> RecordedFigure {
    RecordedFigure {
        measure: figure.measure.clone(),
        numerator: figure.numerator,
        denominator: figure.denominator,
        value: figure.value.map(|value| format!("{}/{}", value.numer(), value.denom())),
    }
}
