//! From entries to the facts frame: columns in the order of [`columns`](crate::check::columns).

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use polars::prelude::{
    Column, DataFrame, DataType, Float64Chunked, IdxSize, Int64Chunked, IntoSeries, NamedFrom, Series,
    StringChunkedBuilder,
};

use super::MergeError;
use super::entry::{Attribution, Cell, Entry, Tables, cell_of};
use super::names;
use crate::check::few::{KnownTexts, few_of, same};
use crate::check::{columns, dtype};
use crate::period::Period;
use crate::profile::{County, Field, Kind};
use crate::record::{Table, Values};
use crate::text::TextMap;
use crate::value::Date;

/// The frame of a book's entries, its derived columns included; the entries are let go before these are made.
pub(crate) fn frame(
    tables: &Tables,
    entries: Vec<Entry>,
    county: &County,
    period: Period,
) -> Result<DataFrame, MergeError> {
    let fault = |fault: String| MergeError::Frame { book: tables.book.id.clone(), fault };
    let rows = Rows::of(tables, &entries, period);
    let mut made: Vec<Column> = Vec::new();
    for (name, dtype) in columns(tables.book) {
        let column = rows.column(&name);
        let is_text = matches!(column.dtype(), DataType::Enum(..)) && dtype == DataType::String;
        debug_assert!(is_text || column.dtype() == &dtype, "{name}");
        made.push(column);
    }
    let frame = DataFrame::new(entries.len(), made).map_err(|error| fault(error.to_string()))?;
    drop(entries);
    let schedule = county.schedule(tables.book, None, None);
    super::judged::judged(frame, tables.book, county, schedule, period).map_err(fault)
}

/// The cell of a row among those of a field.
type CellOf<'o, 'a> = &'o dyn Fn(&'a Entry<'a>, &Cells<'a>) -> Option<Cell<'a>>;

/// The rows that columns are made from.
struct Rows<'a> {
    tables: &'a Tables<'a>,
    entries: &'a [Entry<'a>],
    period: Period,
    /// Whom rows count for, each once, and which of them each row's is.
    who: Few<'a, Attribution>,
    /// What each row is known by.
    key: Column,
    /// The fields for which another record or a decision gives some row's value.
    touched: BTreeSet<&'a str>,
}

/// The few different things that many rows refer to.
struct Few<'a, T: ?Sized> {
    each: Vec<&'a T>,
    of_row: Vec<Option<IdxSize>>,
}

impl<'a, T: ?Sized> Few<'a, T> {
    /// Of what each row refers to; the same thing in one place is known by that place.
    fn of(rows: impl Iterator<Item = Option<&'a T>>) -> Self {
        let (mut each, mut at) = (Vec::new(), TextMap::default());
        let mut number = |one: &'a T| {
            *at.entry(std::ptr::from_ref(one)).or_insert_with(|| {
                each.push(one);
                (each.len() - 1) as IdxSize
            })
        };
        let of_row = rows.map(|row| row.map(&mut number)).collect();
        Self { each, of_row }
    }

    /// A column with a text for each thing.
    fn texts<'t, U: Into<Cow<'t, str>>>(&self, name: &str, of: impl Fn(&'a T) -> Option<U>) -> Column {
        by_thing(name, self.each.iter().map(|thing| of(thing).map(Into::into)), &self.of_row)
    }
}

/// A column with the text of the thing that each row refers to; what says the same is one text.
fn by_thing<'t>(name: &str, texts: impl Iterator<Item = Option<Cow<'t, str>>>, of_row: &[Option<IdxSize>]) -> Column {
    let mut numbers = KnownTexts::default();
    let of_each: Vec<Option<IdxSize>> = texts.map(|text| text.map(|text| numbers.number(text))).collect();
    numbers.column(name, of_row.iter().map(|at| of_each[(*at)? as usize]))
}

/// A column of which all cells are the same whole number.
pub(super) fn same_whole(name: &str, whole: i64, height: usize) -> Column {
    Column::from(Series::new(name.into(), [whole])).new_from_index(0, height)
}

impl<'a> Rows<'a> {
    fn of(tables: &'a Tables<'a>, entries: &'a [Entry<'a>], period: Period) -> Self {
        let who = Few::of(entries.iter().map(|entry| Some(&*entry.who)));
        let others = entries.iter().map(Entry::more);
        let touched =
            others.flat_map(|more| more.taken.keys().chain(more.decided.keys())).map(String::as_str).collect();
        let mut keys = StringChunkedBuilder::new("key".into(), entries.len());
        entries.iter().for_each(|entry| keys.append_value(&entry.key));
        let key = keys.finish().into_series().into();
        Self { tables, entries, period, who, key, touched }
    }

    /// A column of the facts by its name.
    fn column(&self, name: &str) -> Column {
        let height = self.entries.len();
        let period = self.period;
        match name {
            "period" => same(name, Some(&period.to_string()), height),
            "key" => self.key.clone(),
            "file" => self.of_tables().texts(name, |table| Some(&*table.file)),
            "sheet" => self.of_tables().texts(name, |table| Some(&*table.sheet)),
            "row" => self.wholes(name, |entry| Some(i64::from(self.tables.row(entry.source)))),
            "reporting_unit" => self.who.texts(name, |who| Some(&*who.reporting.name)),
            "section" => Few::of(self.entries.iter().map(|entry| self.section(entry))).texts(name, Some),
            "decisions" => {
                let said = |entry: &'a Entry| Some(&entry.more().said).filter(|said| !said.is_empty());
                Few::of(self.entries.iter().map(said)).texts(name, |said| Some(said.join("；")))
            }
            "town_group" => self.who.texts(name, |who| who.town.as_deref()),
            "department_group" => self.who.texts(name, |who| who.department.as_deref()),
            "category_group" => self.who.texts(name, |who| who.category.as_deref()),
            "leader_group" => self.who.texts(name, |who| who.leaders.as_deref()),
            "unit_shares" => self.who.texts(name, |who| who.shares.as_deref()),
            // Filled where the rows are judged, when all other columns stand.
            "schedule_num" | "schedule_den" => Column::full_null(name.into(), height, &DataType::Int64),
            "year_first" => same(name, Some(&format!("{:04}-01-01", period.year())), height),
            "year_last" => same(name, Some(&format!("{:04}-12-31", period.year())), height),
            "period_last" => same(name, Some(&period.last_day().to_string()), height),
            "year_first_day" => same_whole(name, day_number(period.first_of_year()), height),
            "period_last_day" => same_whole(name, day_number(period.last_day()), height),
            _ => self.field(name),
        }
    }

    fn of_tables(&self) -> Few<'a, Table> {
        Few::of(self.entries.iter().map(|entry| Some(self.tables.table(entry.source))))
    }

    fn section(&self, entry: &Entry) -> Option<&'a str> {
        self.tables.table(entry.source).sections.get(entry.source.at())
    }

    /// A column of a field, or one that goes with it.
    fn field(&self, name: &str) -> Column {
        let none = || Column::full_null(name.into(), self.entries.len(), &DataType::String);
        if let Some(field) = self.tables.book.field(name) {
            return self.cells(name, field.kind, &|entry, cells| cells.get(entry));
        }
        if let Some(field) = name.strip_suffix("_reported").and_then(|id| self.tables.book.field(id)) {
            return self.reported(name, field);
        }
        for field in &self.tables.book.fields {
            match name.strip_prefix(field.id.as_str()).and_then(|rest| rest.strip_prefix('_')) {
                Some("choice") if field.kind == Kind::Choice => return self.choices(name, field),
                Some(what) if field.kind == Kind::Date => return self.of_date(name, field, what),
                _ => {}
            }
        }
        none()
    }

    /// A column of cells by their kind.
    fn cells(&self, name: &str, kind: Kind, of: CellOf<'_, 'a>) -> Column {
        let field = name.strip_suffix("_reported").unwrap_or(name);
        let cells = Cells::of(self.tables, field, self.touched.contains(field));
        match kind {
            _ if cells.are_none() => Column::full_null(name.into(), self.entries.len(), &dtype(kind)),
            Kind::Amount | Kind::Count => self.wholes(name, |entry| match of(entry, &cells)? {
                Cell::Whole(whole) => Some(whole),
                _ => None,
            }),
            Kind::Rate | Kind::Number => {
                let number = |entry| match of(entry, &cells)? {
                    Cell::Number(number) => Some(number),
                    _ => None,
                };
                let numbers: Float64Chunked = self.entries.iter().map(number).collect();
                numbers.with_name(name.into()).into_series().into()
            }
            Kind::Date => self.dates(field, of).texts(name, |date| Some(date.to_string())),
            Kind::Choice | Kind::Text if self.are_keys(&cells, of) => self.key.clone().with_name(name.into()),
            Kind::Choice | Kind::Text => self.texts(name, |entry| match of(entry, &cells)? {
                Cell::Text(text) => Some(Cow::Borrowed(text)),
                Cell::Date(date) => Some(Cow::Owned(date.to_string())),
                _ => None,
            }),
        }
    }

    /// Whether cells say what their rows are known by, as platform codes mostly do: then they are kept once.
    fn are_keys(&self, cells: &Cells<'a>, of: CellOf<'_, 'a>) -> bool {
        let is_key = |entry| matches!(of(entry, cells), Some(Cell::Text(text)) if *text == entry.key);
        self.entries.iter().all(is_key)
    }

    /// The dates of a field, each once.
    fn dates(&self, field: &str, of: CellOf<'_, 'a>) -> Dates {
        let cells = Cells::of(self.tables, field, self.touched.contains(field));
        Dates::of(self.entries.iter().map(|entry| match of(entry, &cells)? {
            Cell::Date(date) => Some(date),
            _ => None,
        }))
    }

    /// A column that goes with a date field.
    fn of_date(&self, name: &str, field: &Field, what: &str) -> Column {
        let dates = self.dates(&field.id, &|entry, cells| cells.get(entry));
        match what {
            "first" => dates.texts(name, |date| Some(date.first_day().to_string())),
            "last" => dates.texts(name, |date| Some(date.last_day().to_string())),
            "first_day" => dates.days(name, Date::first_day),
            "last_day" => dates.days(name, Date::last_day),
            "month" => dates.texts(name, Date::in_month),
            "quarter" => dates.texts(name, Date::in_quarter),
            _ => Column::full_null(name.into(), self.entries.len(), &DataType::String),
        }
    }

    /// The canonical choices of a field's words.
    fn choices(&self, name: &str, field: &Field) -> Column {
        let cells = Cells::of(self.tables, &field.id, self.touched.contains(field.id.as_str()));
        let mut known: TextMap<&'a str, Option<&str>> = TextMap::default();
        let chosen = self.entries.iter().map(|entry| match cells.get(entry)? {
            Cell::Text(text) => *known.entry(text).or_insert_with(|| choice(text, field)),
            _ => None,
        });
        Few::of(chosen).texts(name, Some)
    }

    /// What was reported where a decision set another value.
    fn reported(&self, name: &str, field: &Field) -> Column {
        let id = field.id.as_str();
        if !self.touched.contains(id) || !self.entries.iter().any(|entry| entry.more().decided.contains_key(id)) {
            return Column::full_null(name.into(), self.entries.len(), &dtype(field.kind));
        }
        self.cells(name, field.kind, &|entry, cells| entry.more().decided.get(id).and_then(|_| cells.reported(entry)))
    }

    /// A column of texts; of what is said again and again each text once.
    fn texts(&self, name: &str, of: impl Fn(&'a Entry<'a>) -> Option<Cow<'a, str>>) -> Column {
        if let Some(few) = few_of(name, self.entries.iter().map(&of), self.entries.len() / 2) {
            return few;
        }
        let mut cells = StringChunkedBuilder::new(name.into(), self.entries.len());
        for entry in self.entries {
            cells.append_option(of(entry));
        }
        cells.finish().into_series().into()
    }

    fn wholes(&self, name: &str, of: impl Fn(&'a Entry<'a>) -> Option<i64>) -> Column {
        let wholes: Int64Chunked = self.entries.iter().map(of).collect();
        wholes.with_name(name.into()).into_series().into()
    }
}

/// The dates of a column, each once.
struct Dates {
    each: Vec<Date>,
    of_row: Vec<Option<IdxSize>>,
}

impl Dates {
    fn of(rows: impl Iterator<Item = Option<Date>>) -> Self {
        let (mut each, mut at) = (Vec::new(), TextMap::default());
        let mut number = |date: Date| {
            *at.entry(date).or_insert_with(|| {
                each.push(date);
                (each.len() - 1) as IdxSize
            })
        };
        let of_row = rows.map(|row| row.map(&mut number)).collect();
        Self { each, of_row }
    }

    fn texts(&self, name: &str, of: impl Fn(Date) -> Option<String>) -> Column {
        by_thing(name, self.each.iter().map(|date| of(*date).map(Cow::Owned)), &self.of_row)
    }

    fn days(&self, name: &str, of: impl Fn(Date) -> NaiveDate) -> Column {
        let each: Vec<i64> = self.each.iter().map(|date| day_number(of(*date))).collect();
        let days: Int64Chunked = self.of_row.iter().map(|at| at.map(|at| each[at as usize])).collect();
        days.with_name(name.into()).into_series().into()
    }
}

/// The cells of a field, looked up once for all rows.
struct Cells<'a> {
    tables: &'a Tables<'a>,
    field: String,
    columns: Vec<Option<&'a Values>>,
    /// Whether another record or a decision gives some row's value.
    touched: bool,
}

impl<'a> Cells<'a> {
    fn of(tables: &'a Tables<'a>, field: &str, touched: bool) -> Self {
        Self { tables, field: field.to_owned(), columns: tables.column(field), touched }
    }

    /// Whether no row has any.
    fn are_none(&self) -> bool {
        !self.touched && self.columns.iter().all(Option::is_none)
    }

    /// The value that counts.
    fn get(&self, entry: &'a Entry<'a>) -> Option<Cell<'a>> {
        match self.touched {
            true => entry.cell(self.tables, &self.field),
            false => cell_of(self.columns[entry.source.table()]?, entry.source.at()),
        }
    }

    /// The value that was reported.
    fn reported(&self, entry: &Entry) -> Option<Cell<'a>> {
        let source = entry.source_of(&self.field);
        cell_of(self.columns[source.table()]?, source.at())
    }
}

/// A day as SQL counts with it: days since 1970-01-01.
fn day_number(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

/// The canonical choice of a cell: the one whose longest word stands in it.
fn choice<'f>(cell: &str, field: &'f Field) -> Option<&'f str> {
    let cell = names::squeezed(cell);
    let words =
        field.choices.iter().flat_map(|choice| choice.words.iter().map(move |word| (names::squeezed(word), choice)));
    let found = words.filter(|(word, _)| !word.is_empty() && cell.contains(word.as_str()));
    // Of equally long words the first listed stands.
    let longest = found.reduce(|best, next| if next.0.len() > best.0.len() { next } else { best });
    longest.map(|(_, choice)| choice.value.as_str())
}
