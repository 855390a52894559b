//! What a county hands up: its books as cells, their totals and where each value came from.

use std::collections::BTreeMap;

use super::{Books, Tabled};
use crate::ledger::Origin;
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

/// Where values of a book stand: a whole column of a sheet, or one cell that was taken from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellOrigin {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The field.
    pub field: String,
    /// For a whole column: its letters.
    pub column: Option<String>,
    /// For one value: its row's key, and the cell.
    pub one: Option<(String, String)>,
}

impl Submission {
    /// What a county's books come to, for the workbook.
    pub fn of(
        office: &str,
        period: Period,
        profile: &Profile,
        facts: &Books,
        origins: &BTreeMap<String, Vec<Origin>>,
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
                origins: pressed(facts, origins.get(&book.id).map_or(&[], Vec::as_slice)),
            })
        });
        let program = concat!("wuzhang ", env!("CARGO_PKG_VERSION")).to_owned();
        Self { office: office.to_owned(), period, program, books: books.collect() }
    }
}

fn is_summed(kind: Kind) -> bool {
    matches!(kind, Kind::Amount | Kind::Count)
}

/// Origins with a line a column of a sheet instead of a line a cell.
fn pressed(facts: &Facts, origins: &[Origin]) -> Vec<CellOrigin> {
    let stands: BTreeMap<&str, (&str, &str, i64)> = (0..facts.height())
        .filter_map(|row| {
            let place = (facts.text("file", row)?, facts.text("sheet", row)?, facts.whole("row", row)?);
            Some((facts.text("key", row)?, place))
        })
        .collect();
    let mut columns: BTreeMap<(&str, &str, &str), &str> = BTreeMap::new();
    let mut lines = Vec::new();
    for origin in origins {
        let letters = origin.cell.trim_end_matches(|c: char| c.is_ascii_digit());
        let row: Option<i64> = origin.cell.get(letters.len()..).and_then(|digits| digits.parse().ok());
        let at_home = stands.get(origin.key.as_str()) == row.map(|row| (&*origin.file, &*origin.sheet, row)).as_ref();
        let regular = letters.chars().all(|c| c.is_ascii_uppercase()) && at_home;
        let column = (origin.file.as_str(), origin.sheet.as_str(), origin.field.as_str());
        if regular && *columns.entry(column).or_insert(letters) == letters {
            continue;
        }
        let (file, sheet, field) = (origin.file.clone(), origin.sheet.clone(), origin.field.clone());
        lines.push(CellOrigin {
            file,
            sheet,
            field,
            column: None,
            one: Some((origin.key.clone(), origin.cell.clone())),
        });
    }
    lines.extend(columns.into_iter().map(|((file, sheet, field), letters)| CellOrigin {
        file: file.to_owned(),
        sheet: sheet.to_owned(),
        field: field.to_owned(),
        column: Some(letters.to_owned()),
        one: None,
    }));
    lines.sort();
    lines
}

impl BookSheet {
    /// Origins with a line a cell again, in the order of rows and columns.
    pub(super) fn cells(&self, facts: &Facts) -> Vec<Origin> {
        let mut columns: BTreeMap<(&str, &str, &str), &str> = BTreeMap::new();
        let mut ones: BTreeMap<(&str, &str), &CellOrigin> = BTreeMap::new();
        for line in &self.origins {
            if let Some(letters) = &line.column {
                columns.insert((&line.file, &line.sheet, &line.field), letters);
            }
            if let Some((key, _)) = &line.one {
                ones.insert((key, &line.field), line);
            }
        }
        let fields: Vec<(&String, Vec<bool>)> =
            self.rows.columns.iter().map(|(id, _)| (id, facts.filled(id))).collect();
        let mut cells = Vec::new();
        for row in 0..facts.height() {
            let text = |column: &str| facts.text(column, row).unwrap_or_default();
            let (key, file, sheet) = (text("key"), text("file"), text("sheet"));
            let number = facts.whole("row", row).unwrap_or_default();
            let filled = fields.iter().filter(|(_, filled)| filled.get(row).is_some_and(|filled| *filled));
            for (field, _) in filled {
                let (file, sheet, cell) = match ones.get(&(key, field.as_str())) {
                    Some(one) => {
                        (&*one.file, &*one.sheet, one.one.as_ref().map_or(String::new(), |(_, cell)| cell.clone()))
                    }
                    None => match columns.get(&(file, sheet, field.as_str())) {
                        Some(letters) => (file, sheet, format!("{letters}{number}")),
                        None => continue,
                    },
                };
                let (file, sheet) = (file.to_owned(), sheet.to_owned());
                cells.push(Origin { key: key.to_owned(), field: (*field).clone(), file, sheet, cell });
            }
        }
        cells
    }
}
