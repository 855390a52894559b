//! The truth about the county: what its departments and towns know, before anyone lays it out in a workbook.

pub mod attraction;
pub mod campaign;
pub mod county;
pub mod course;
pub mod events;
pub mod history;
pub mod indicators;
pub mod investment;
pub mod kinds;
pub mod last_year;
pub mod matters;
pub mod money;
pub mod preliminary;
pub mod projects;
pub mod reserve;

use std::collections::BTreeMap;

use super::date::Day;
use super::month::Month;

/// Yuan in one 万元.
pub const WAN: i64 = 10_000;

/// One row of a book, by the field ids of the reading contract.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Who reports it; more than one where it is reported twice.
    pub reporters: Vec<&'static str>,
    /// Its values; a field that is not known is absent.
    pub values: BTreeMap<&'static str, Value>,
    /// What a sheet says in place of the truth: the deliberate faults.
    pub said: BTreeMap<&'static str, String>,
    /// Taken off the list by a decision in the settings: reported, but not counted.
    pub off_list: bool,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Money in whole yuan.
    Yuan(i64),
    /// A rate of two amounts.
    Rate(i64, i64),
    /// A day.
    Date(Day),
    /// Words.
    Text(String),
    /// A number in the row's own unit.
    Number(f64),
}

impl Row {
    /// An empty row of a reporter.
    pub fn of(reporter: &'static str) -> Self {
        Self { reporters: vec![reporter], ..Self::default() }
    }

    /// With words in a field; empty words leave it empty.
    pub fn words(mut self, field: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.values.insert(field, Value::Text(text));
        }
        self
    }

    /// With an amount in a field.
    pub fn yuan(mut self, field: &'static str, amount: i64) -> Self {
        self.values.insert(field, Value::Yuan(amount));
        self
    }

    /// With a day in a field.
    pub fn day(mut self, field: &'static str, day: Day) -> Self {
        self.values.insert(field, Value::Date(day));
        self
    }

    /// The amount in a field, 0 where there is none.
    pub fn amount(&self, field: &str) -> i64 {
        match self.values.get(field) {
            Some(Value::Yuan(amount)) => *amount,
            _ => 0,
        }
    }

    /// The words in a field, empty where there are none.
    pub fn text(&self, field: &str) -> &str {
        match self.values.get(field) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }
}

/// Everything that is known, by book.
pub struct Truth {
    /// The rows of each book, by the book's id.
    pub books: BTreeMap<&'static str, Vec<Row>>,
}

impl Truth {
    /// The county's truth for a month: the key projects in every month, the reserve list in May 2026, the other
    /// books from then on.
    pub fn of(month: Month) -> Self {
        if month == Month::MAY {
            return Self::of_may();
        }
        if month.year < 2026 {
            return Self { books: [("key_projects", last_year::rows(&projects::rows(), month.month))].into() };
        }
        let mut books = BTreeMap::from([("key_projects", history::key_projects(month.month))]);
        if month > Month::MAY {
            books.extend([
                ("preliminary", preliminary::rows_of(month.month)),
                ("investment", attraction::rows(month)),
                ("bottlenecks", matters::bottlenecks_of(month)),
                ("initiatives", matters::initiatives_of(month)),
                ("indicators", indicators::rows_of(month)),
            ]);
        }
        if month >= Month::of_2026(9) {
            books.insert("campaign", campaign::rows(month.last_day()));
        }
        Self { books }
    }

    /// The county's truth for January to May 2026.
    pub fn of_may() -> Self {
        let books = [
            ("key_projects", projects::rows()),
            ("preliminary", preliminary::rows()),
            ("reserve", reserve::rows()),
            ("investment", investment::rows()),
            ("bottlenecks", matters::bottlenecks()),
            ("initiatives", matters::initiatives()),
            ("indicators", indicators::rows()),
        ];
        Self { books: books.into_iter().collect() }
    }

    /// What a unit reports in a book, in its own order.
    pub fn reported(&self, book: &str, unit: &str) -> Vec<&Row> {
        self.books.get(book).into_iter().flatten().filter(|row| row.reporters.contains(&unit)).collect()
    }
}
