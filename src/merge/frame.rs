//! From entries to the facts frame: columns in the order of [`columns`](crate::check::columns).

use chrono::NaiveDate;
use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::MergeError;
use super::entry::{Cell, Entry, Tables};
use super::names;
use crate::check::columns;
use crate::period::Period;
use crate::profile::{County, Field, Kind};
use crate::value::Date;

/// The frame of a book's entries, its derived columns included.
pub(crate) fn frame(
    tables: &Tables,
    entries: &[Entry],
    county: &County,
    period: Period,
) -> Result<DataFrame, MergeError> {
    let fault = |fault: String| MergeError::Frame { book: tables.book.id.clone(), fault };
    let rows = Rows { tables, entries, period };
    let mut made: Vec<Column> = Vec::new();
    for (name, dtype) in columns(tables.book) {
        let series = rows.column(&name);
        // An empty or all-null column still has its type.
        made.push(series.strict_cast(&dtype).map_err(|error| fault(error.to_string()))?.into());
    }
    let frame = DataFrame::new(entries.len(), made).map_err(|error| fault(error.to_string()))?;
    let schedule = county.schedule(tables.book, None, None);
    super::judged::judged(frame, tables.book, county, schedule, period).map_err(fault)
}

/// The rows that columns are made from.
struct Rows<'a> {
    tables: &'a Tables<'a>,
    entries: &'a [Entry],
    period: Period,
}

impl Rows<'_> {
    /// A column of the facts by its name.
    fn column(&self, name: &str) -> Series {
        match name {
            "period" => self.same(name, &self.period.to_string()),
            "key" => self.texts(name, |_, entry| Some(entry.key.clone())),
            "file" => self.texts(name, |tables, entry| Some(tables.place(entry.source).file.to_string())),
            "sheet" => self.texts(name, |tables, entry| Some(tables.place(entry.source).sheet.to_string())),
            "row" => self.wholes(name, |tables, entry| Some(i64::from(tables.place(entry.source).row))),
            "reporting_unit" => self.texts(name, |_, entry| Some(entry.who.reporting.name.clone())),
            "section" => self.texts(name, section),
            "plan_reported" => self.wholes(name, |tables, entry| entry.replan.and(whole(tables, entry, "plan"))),
            "town_group" => self.texts(name, |_, entry| entry.who.town.clone()),
            "department_group" => self.texts(name, |_, entry| entry.who.department.clone()),
            "category_group" => self.texts(name, |_, entry| entry.who.category.clone()),
            "leader_group" => self.texts(name, |_, entry| entry.who.leaders.clone()),
            "unit_shares" => self.texts(name, |_, entry| entry.who.shares.clone()),
            // Filled where the rows are judged, when all other columns stand.
            "schedule_num" | "schedule_den" => self.wholes(name, |_, _| None),
            "year_first" => self.same(name, &format!("{:04}-01-01", self.period.year())),
            "year_last" => self.same(name, &format!("{:04}-12-31", self.period.year())),
            "period_last" => self.same(name, &self.period.last_day().to_string()),
            "year_first_day" => self.wholes(name, |_, _| Some(day_number(self.period.first_of_year()))),
            "period_last_day" => self.wholes(name, |_, _| Some(day_number(self.period.last_day()))),
            "plan" => self.wholes(name, |tables, entry| entry.replan.or_else(|| whole(tables, entry, "plan"))),
            _ => self.field(name),
        }
    }

    /// A column of a field, or one that goes with it.
    fn field(&self, name: &str) -> Series {
        if let Some(field) = self.tables.book.field(name) {
            return match field.kind {
                Kind::Amount | Kind::Count => self.wholes(name, |tables, entry| whole(tables, entry, name)),
                Kind::Rate | Kind::Number => self.numbers(name),
                Kind::Date | Kind::Choice | Kind::Text => self.texts(name, |tables, entry| text(tables, entry, name)),
            };
        }
        for field in &self.tables.book.fields {
            match name.strip_prefix(field.id.as_str()).and_then(|rest| rest.strip_prefix('_')) {
                Some("choice") if field.kind == Kind::Choice => {
                    return self.texts(name, |tables, entry| choice(&text(tables, entry, &field.id)?, field));
                }
                Some(what) if field.kind == Kind::Date => return self.of_date(name, field, what),
                _ => {}
            }
        }
        self.texts(name, |_, _| None)
    }

    /// A column that goes with a date field.
    fn of_date(&self, name: &str, field: &Field, what: &str) -> Series {
        let texts =
            |of: fn(Date) -> Option<String>| self.texts(name, |tables, entry| of(date(tables, entry, &field.id)?));
        let days = |of: fn(Date) -> NaiveDate| {
            self.wholes(name, |tables, entry| Some(day_number(of(date(tables, entry, &field.id)?))))
        };
        match what {
            "first" => texts(|date| Some(date.first_day().to_string())),
            "last" => texts(|date| Some(date.last_day().to_string())),
            "first_day" => days(Date::first_day),
            "last_day" => days(Date::last_day),
            "month" => texts(Date::in_month),
            "quarter" => texts(Date::in_quarter),
            _ => self.texts(name, |_, _| None),
        }
    }

    fn texts(&self, name: &str, of: impl Fn(&Tables, &Entry) -> Option<String>) -> Series {
        let cells: Vec<Option<String>> = self.entries.iter().map(|entry| of(self.tables, entry)).collect();
        Series::new(name.into(), cells)
    }

    fn wholes(&self, name: &str, of: impl Fn(&Tables, &Entry) -> Option<i64>) -> Series {
        let cells: Vec<Option<i64>> = self.entries.iter().map(|entry| of(self.tables, entry)).collect();
        Series::new(name.into(), cells)
    }

    fn numbers(&self, name: &str) -> Series {
        let number = |entry: &Entry| match self.tables.cell(entry.source_of(name), name) {
            Some(Cell::Number(number)) => Some(number),
            _ => None,
        };
        Series::new(name.into(), self.entries.iter().map(number).collect::<Vec<_>>())
    }

    fn same(&self, name: &str, value: &str) -> Series {
        Series::new(name.into(), vec![value; self.entries.len()])
    }
}

fn whole(tables: &Tables, entry: &Entry, field: &str) -> Option<i64> {
    match tables.cell(entry.source_of(field), field)? {
        Cell::Whole(number) => Some(number),
        _ => None,
    }
}

fn text(tables: &Tables, entry: &Entry, field: &str) -> Option<String> {
    match tables.cell(entry.source_of(field), field)? {
        Cell::Text(text) => Some(text.to_owned()),
        Cell::Date(date) => Some(date.to_string()),
        Cell::Whole(_) | Cell::Number(_) => None,
    }
}

fn date(tables: &Tables, entry: &Entry, field: &str) -> Option<Date> {
    match tables.cell(entry.source_of(field), field)? {
        Cell::Date(date) => Some(date),
        _ => None,
    }
}

/// A day as SQL counts with it: days since 1970-01-01.
fn day_number(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

fn section(tables: &Tables, entry: &Entry) -> Option<String> {
    let section = tables.table(entry.source).sections.get(entry.source.at)?;
    section.as_deref().map(str::to_owned)
}

/// The canonical choice of a cell: the one whose longest word stands in it.
fn choice(cell: &str, field: &Field) -> Option<String> {
    let cell = names::squeezed(cell);
    let words =
        field.choices.iter().flat_map(|choice| choice.words.iter().map(move |word| (names::squeezed(word), choice)));
    let found = words.filter(|(word, _)| !word.is_empty() && cell.contains(word.as_str()));
    // Of equally long words the first listed stands.
    let longest = found.reduce(|best, next| if next.0.len() > best.0.len() { next } else { best });
    longest.map(|(_, choice)| choice.value.clone())
}
