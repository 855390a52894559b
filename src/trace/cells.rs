//! The cells of a row that a figure looks at, with what is found and decided about them.

use super::{CellTrace, EarlierBook, Role, Row, Seat, Tracer, Value};
use crate::check::RowPlace;
use crate::finding::{Finding, Place};
use crate::measure::{Contribution, Used};
use crate::merge::{self, Facts};
use crate::origin::parse_address;
use crate::period::Period;
use crate::profile::{Book, Field, Kind};

/// Rows of a book in a period, and where their values stand.
#[derive(Clone, Copy)]
pub(super) struct Reported<'a> {
    pub(super) period: Period,
    pub(super) facts: &'a Facts,
    /// The ledger's record of an earlier period; `None` for the period itself.
    pub(super) earlier: Option<&'a EarlierBook>,
}

impl Tracer<'_> {
    /// A row of the facts with what it gives.
    pub(super) fn row(&self, seat: Seat, of: Reported, gives: &Contribution, used: &Used) -> Row {
        let text = |column: &str| of.facts.text(column, gives.fact).unwrap_or_default();
        let number = of.facts.whole("row", gives.fact).and_then(|row| u32::try_from(row).ok());
        let known_by =
            RowPlace { file: text("file").into(), sheet: text("sheet").into(), row: number.unwrap_or_default() };
        let place = match seat.book.internal {
            true => Place::file(&known_by.file),
            false => Place::sheet(&known_by.file, &known_by.sheet).at_row(known_by.row),
        };
        let cells = roles(seat.book, used).into_iter().map(|(field, roles)| {
            let place = if seat.book.internal { place.clone() } else { self.place(of, text("key"), &known_by, field) };
            self.cell(of, gives.fact, (field, roles), place)
        });
        Row {
            key: text("key").to_owned(),
            name: text(&seat.book.subject).to_owned(),
            unit: text("reporting_unit").to_owned(),
            place: place.clone(),
            share: gives.share,
            numerator: gives.numerator,
            denominator: gives.denominator,
            whole_numerator: gives.whole_numerator,
            whole_denominator: gives.whole_denominator,
            cells: cells.collect(),
            decisions: self.decisions(of, gives.fact),
        }
    }

    /// Where a field of a row stands.
    fn place(&self, of: Reported, key: &str, known_by: &RowPlace, field: &Field) -> Place {
        let Some(earlier) = of.earlier else {
            return self.of.merged.origins.place(&of.facts.book, key, known_by, &field.id);
        };
        let row = Place::sheet(&known_by.file, &known_by.sheet).at_row(known_by.row).of_field(&field.id);
        match earlier.origins.get(&(key.to_owned(), field.id.clone())) {
            Some(origin) => {
                let place = Place::sheet(&origin.file.as_str().into(), &origin.sheet.as_str().into());
                let place = place.of_field(&field.id);
                match parse_address(&origin.cell) {
                    Some((row, column)) => place.at_row(row).at_column(column),
                    None => place.at_row(known_by.row),
                }
            }
            None => row,
        }
    }

    fn cell(&self, of: Reported, fact: usize, (field, roles): (&Field, Vec<Role>), place: Place) -> CellTrace {
        let written = place.column().and_then(|_| (self.of.written)(of.period, &place));
        let findings = if of.earlier.is_none() { self.found(&place) } else { Vec::new() };
        CellTrace {
            roles,
            field: field.id.clone(),
            title: field.title.clone(),
            written,
            read: value(of.facts, &field.id, field.kind, fact),
            reported: value(of.facts, &format!("{}_reported", field.id), field.kind, fact),
            findings,
            place,
        }
    }

    /// What was found at a cell, in its row as a whole, or in its sheet for want of its column.
    fn found(&self, place: &Place) -> Vec<Finding> {
        let (Some(sheet), Some(row)) = (&place.sheet, place.row()) else { return Vec::new() };
        let key = |finding: &Finding| (finding.place.file.clone(), finding.place.sheet.clone());
        let wanted = (place.file.clone(), Some(sheet.clone()));
        let from = self.of.findings.partition_point(|finding| key(finding) < wanted);
        let of_sheet = self.of.findings[from..].iter().take_while(|finding| key(finding) == wanted);
        let meant = |finding: &&Finding| match (finding.place.row(), finding.place.column()) {
            (Some(at), column) if at == row => column.is_none() || column == place.column(),
            (None, _) => place.column().is_none() && finding.place.field == place.field,
            _ => false,
        };
        of_sheet.filter(meant).cloned().collect()
    }

    /// The decisions that touched a row.
    fn decisions(&self, of: Reported, fact: usize) -> Vec<String> {
        // The facts say it themselves where they keep all decisions of a row.
        if let Some(said) = of.facts.text("decisions", fact) {
            return said.split('；').map(str::to_owned).collect();
        }
        if of.earlier.is_some() {
            return Vec::new();
        }
        let text = |column: &str| of.facts.text(column, fact).unwrap_or_default();
        let replanned = self.of.merged.replanned.iter();
        let replanned = replanned.filter(|one| one.book == of.facts.book && one.key == text("key")).map(|one| {
            let before = one.reported.map_or_else(|| "未填".to_owned(), |yuan| crate::amount::wan(yuan).to_string());
            let after = crate::amount::wan(one.plan);
            format!("调整：年度计划由{before}万元改为{after}万元（{}）", because(&one.document, &one.reason))
        });
        let mut decisions: Vec<String> = replanned.collect();
        if let Some(shares) = of.facts.text("unit_shares", fact) {
            let name = merge::project_name(text("name"));
            let of_project = |one: &&crate::settings::ProjectShares| {
                one.book == of.facts.book && merge::project_name(&one.project) == name
            };
            let document = self.of.merged.shared.iter().find(of_project).map_or("", |one| one.document.as_str());
            decisions.push(format!("分摊：{shares}（{}）", because(document, "")));
        }
        decisions
    }
}

/// `依据某文件；原因`
fn because(document: &str, reason: &str) -> String {
    let document = if document.is_empty() { String::new() } else { format!("依据{document}") };
    let parts: Vec<&str> = [document.as_str(), reason].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("；")
}

/// Each field that a figure looks at, in the book's order, with what for; the subject names the row.
fn roles<'b>(book: &'b Book, used: &Used) -> Vec<(&'b Field, Vec<Role>)> {
    let of_field = |field: &'b Field| {
        let by = [
            (Role::Numerator, &used.numerator),
            (Role::Denominator, &used.denominator),
            (Role::Condition, &used.condition),
            (Role::Group, &used.group),
        ];
        let mut roles: Vec<Role> = if field.id == book.subject { vec![Role::Subject] } else { Vec::new() };
        roles.extend(by.into_iter().filter(|(_, fields)| fields.contains(&field.id)).map(|(role, _)| role));
        (!roles.is_empty()).then_some((field, roles))
    };
    book.fields.iter().filter_map(of_field).collect()
}

fn value(facts: &Facts, column: &str, kind: Kind, row: usize) -> Option<Value> {
    match kind {
        Kind::Amount => facts.whole(column, row).map(Value::Yuan),
        Kind::Count => facts.whole(column, row).map(Value::Count),
        Kind::Rate | Kind::Number => facts.number(column, row).map(Value::Number),
        Kind::Date | Kind::Choice | Kind::Text => facts.text(column, row).map(|text| Value::Text(text.to_owned())),
    }
}
