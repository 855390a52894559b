//! A project's whole life: what every period of the ledger says of it, each value with its cell.

use std::collections::{BTreeMap, BTreeSet};

use crate::amount;
use crate::ledger::{Ledger, LedgerError, Origin};
use crate::merge::{Facts, platform_code, project_name};
use crate::period::Period;
use crate::profile::{Book, Kind, Profile};
use crate::settings::{Link, Settings};

/// A project over all books and periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Life {
    /// Its identity.
    pub key: String,
    /// Its latest name.
    pub name: String,
    /// Its latest platform code.
    pub code: Option<String>,
    /// What each period says of it, in order of periods and books.
    pub periods: Vec<Moment>,
    /// The decisions of the sheet 认定 that name it.
    pub links: Vec<Link>,
}

/// A project in one book of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// The period.
    pub period: Period,
    /// The book's id.
    pub book: String,
    /// The book's title.
    pub title: String,
    /// The project's name, as reported.
    pub name: String,
    /// Who reported it.
    pub unit: String,
    /// The file, the sheet and the row that it is known by.
    pub file: String,
    /// See `file`.
    pub sheet: String,
    /// See `file`.
    pub row: i64,
    /// Its values, in the book's order.
    pub values: Vec<Said>,
    /// The decisions that touched it.
    pub decisions: Option<String>,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The field's id.
    pub field: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// The value that counts: amounts in 万元, rates in percent.
    pub value: String,
    /// The reported value, where a decision set another.
    pub reported: Option<String>,
    /// The cell it came from, with the file and the sheet where those are not the row's.
    pub cell: String,
}

/// The projects that a name or code means: those of exactly this code, key or name, else those whose
/// name holds it; in order of their keys.
///
/// # Errors
///
/// A ledger that cannot be read.
pub fn lives(ledger: &Ledger, profile: &Profile, settings: &Settings, wanted: &str) -> Result<Vec<Life>, LedgerError> {
    let mut periods = Vec::new();
    for period in ledger.periods()? {
        for id in ledger.books(period)? {
            let Some(book) = profile.book(&id).filter(|book| !book.internal) else { continue };
            periods.extend(ledger.facts(&id, period)?.map(|facts| (period, book, facts)));
        }
    }
    let keys = keys_of(&periods, settings, wanted);
    let mut lives: BTreeMap<&str, Life> = BTreeMap::new();
    for (period, book, facts) in &periods {
        let rows: Vec<(usize, &String)> =
            (0..facts.height()).filter_map(|row| Some((row, keys.get(facts.text("key", row)?)?))).collect();
        if rows.is_empty() {
            continue;
        }
        let origins = match ledger.current(*period)? {
            Some(run) => run.origins(&book.id)?,
            None => BTreeMap::new(),
        };
        for (row, key) in rows {
            let moment = moment(*period, book, facts, row, &origins);
            let life = lives.entry(key).or_insert_with(|| Life {
                key: key.clone(),
                name: String::new(),
                code: None,
                periods: Vec::new(),
                links: Vec::new(),
            });
            life.name.clone_from(&moment.name);
            life.code = facts.text("code", row).map(str::to_owned).or_else(|| life.code.take());
            life.periods.push(moment);
        }
    }
    Ok(lives.into_values().map(|life| with_links(life, settings)).collect())
}

/// The keys that a name or code means.
fn keys_of(periods: &[(Period, &Book, Facts)], settings: &Settings, wanted: &str) -> BTreeSet<String> {
    let (code, name) = (platform_code(wanted), project_name(wanted));
    // A project that a decision says had this name before is meant by it too.
    let names: BTreeSet<String> = settings
        .links
        .iter()
        .filter(|link| project_name(&link.old) == name)
        .map(|link| project_name(&link.new))
        .chain([name.clone()])
        .collect();
    let (mut exact, mut near) = (BTreeSet::new(), BTreeSet::new());
    for (_, book, facts) in periods {
        for row in 0..facts.height() {
            let Some(key) = facts.text("key", row) else { continue };
            let own = project_name(facts.text(&book.subject, row).unwrap_or_default());
            let own_code = || facts.text("code", row).and_then(platform_code);
            if names.contains(&own) || key == wanted || (code.is_some() && own_code() == code) {
                exact.insert(key.to_owned());
            } else if !name.is_empty() && own.contains(&name) {
                near.insert(key.to_owned());
            }
        }
    }
    if exact.is_empty() { near } else { exact }
}

fn with_links(mut life: Life, settings: &Settings) -> Life {
    let names: BTreeSet<String> = life.periods.iter().map(|moment| project_name(&moment.name)).collect();
    let named = |link: &&Link| names.contains(&project_name(&link.old)) || names.contains(&project_name(&link.new));
    life.links = settings.links.iter().filter(named).cloned().collect();
    life
}

fn moment(
    period: Period,
    book: &Book,
    facts: &Facts,
    row: usize,
    origins: &BTreeMap<(String, String), Origin>,
) -> Moment {
    let text = |column: &str| facts.text(column, row).unwrap_or_default().to_owned();
    let (key, file, sheet) = (text("key"), text("file"), text("sheet"));
    let said = |(id, title, kind): (&str, &str, Kind)| {
        let value = value(facts, id, kind, row)?;
        let origin = origins.get(&(key.clone(), id.to_owned()));
        let cell = origin.map_or_else(String::new, |origin| match origin.file == file && origin.sheet == sheet {
            true => origin.cell.clone(),
            false => format!("{} › {} › {}", origin.file, origin.sheet, origin.cell),
        });
        let reported = self::value(facts, &format!("{id}_reported"), kind, row);
        Some(Said { field: id.to_owned(), title: title.to_owned(), kind, value, reported, cell })
    };
    let fields = book.fields.iter().map(|field| (field.id.as_str(), field.title.as_str(), field.kind));
    Moment {
        period,
        book: book.id.clone(),
        title: book.title.clone(),
        name: text(&book.subject),
        unit: text("reporting_unit"),
        row: facts.whole("row", row).unwrap_or_default(),
        values: fields.filter_map(said).collect(),
        decisions: facts.text("decisions", row).map(str::to_owned),
        file,
        sheet,
    }
}

/// A value as a reader writes it.
fn value(facts: &Facts, column: &str, kind: Kind, row: usize) -> Option<String> {
    match kind {
        Kind::Amount => Some(amount::wan(facts.whole(column, row)?).to_string()),
        Kind::Count => Some(facts.whole(column, row)?.to_string()),
        Kind::Rate => {
            let percent = amount::rounded(amount::exact(facts.number(column, row)?)?, 100, 2)?;
            Some(format!("{}%", percent.normalize()))
        }
        Kind::Number => amount::decimal(facts.number(column, row)?).map(|number| number.to_string()),
        Kind::Date | Kind::Choice | Kind::Text => facts.text(column, row).map(str::to_owned),
    }
}
