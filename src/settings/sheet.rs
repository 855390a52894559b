//! Finds the table of a settings sheet: its header by the words in it, its columns in any order.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::cell::{self, Read, compared};
use super::fault::SettingsFault;
use super::form::{Form, Heading, REMARK_COLUMNS};
use super::shares;
use crate::amount::Fraction;
use crate::collect::{Grid, Password, Row, Value};
use crate::finding::Place;
use crate::period::Period;
use crate::profile::nearest;
use crate::say;
use crate::text::is_mail_address;
use crate::value::Moment;

/// Rows from the top of a sheet within which its header must stand.
const HEADER_WITHIN: usize = 20;

/// A settings sheet with its columns told apart.
pub(super) struct Sheet<'g> {
    place: Place,
    columns: BTreeMap<&'static str, u32>,
    rows: Vec<&'g Row>,
}

impl<'g> Sheet<'g> {
    /// Finds a form's table; what is wrong with its header joins the faults.
    pub(super) fn find(file: &Arc<str>, grid: &'g Grid, form: &Form, faults: &mut Vec<SettingsFault>) -> Option<Self> {
        let place = Place::sheet(file, &grid.sheet);
        let Some(header) = header_row(grid, form) else {
            if !grid.rows.is_empty() {
                let titles: Vec<&str> = form.columns.iter().map(|column| column.title).collect();
                let message = say!("settings-no-header", titles = crate::lang::list(&titles));
                faults.push(SettingsFault { place, message });
            }
            return None;
        };
        let columns = columns_of(&place, header, form, faults);
        let rows = grid.rows.iter().filter(|row| row.number > header.number);
        let known: Vec<u32> = columns.values().copied().collect();
        let filled = |row: &&Row| row.cells.iter().any(|cell| known.contains(&cell.column));
        Some(Self { place, rows: rows.filter(filled).collect(), columns })
    }

    /// A reader for each filled row, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        self.rows.iter().map(|row| SheetRow { sheet: self, row })
    }
}

fn says(heading: &Heading, words: &str) -> bool {
    compared(heading.title) == words || heading.others.iter().any(|other| compared(other) == words)
}

/// The text of a header cell; numbers and dates head nothing.
fn words_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(compared(text)).filter(|words| !words.is_empty()),
        _ => None,
    }
}

/// The row near the top with the most of the form's words, the first of equals; two at least, or all
/// that the form requires.
fn header_row<'g>(grid: &'g Grid, form: &Form) -> Option<&'g Row> {
    let matched = |row: &Row| {
        let words: Vec<String> = row.cells.iter().filter_map(|cell| words_of(&cell.value)).collect();
        form.columns.iter().filter(|heading| words.iter().any(|words| says(heading, words))).count()
    };
    let required = form.columns.iter().filter(|heading| heading.required).count();
    let candidates = grid.rows.iter().take(HEADER_WITHIN).map(|row| (matched(row), row));
    let best = candidates.rev().max_by_key(|(matched, _)| *matched);
    best.filter(|(matched, _)| *matched >= required.clamp(1, 2)).map(|(_, row)| row)
}

fn columns_of(
    place: &Place,
    header: &Row,
    form: &Form,
    faults: &mut Vec<SettingsFault>,
) -> BTreeMap<&'static str, u32> {
    let mut columns = BTreeMap::new();
    let mut fault = |place, message| faults.push(SettingsFault { place, message });
    for cell in &header.cells {
        let place = place.clone().at_row(header.number).at_column(cell.column);
        let Some(words) = words_of(&cell.value) else {
            fault(place, say!("settings-header-text"));
            continue;
        };
        match form.columns.iter().find(|heading| says(heading, &words)) {
            Some(heading) if columns.contains_key(heading.title) => {
                fault(place, say!("settings-column-twice", column = heading.title));
            }
            Some(heading) => drop(columns.insert(heading.title, cell.column)),
            None if REMARK_COLUMNS.contains(&words.as_str()) => {}
            None => {
                let titles: Vec<&str> = form.columns.iter().map(|heading| heading.title).collect();
                let nearest = nearest(&words, &titles).unwrap_or_default();
                fault(place, say!("settings-no-column", words = words, nearest = nearest));
            }
        }
    }
    let missing = form.columns.iter().filter(|heading| heading.required && !columns.contains_key(heading.title));
    for heading in missing {
        fault(place.clone().at_row(header.number), say!("settings-column-missing", column = heading.title));
    }
    columns
}

/// A row of a settings sheet, read by the titles of its columns.
pub(super) struct SheetRow<'s> {
    sheet: &'s Sheet<'s>,
    row: &'s Row,
}

impl SheetRow<'_> {
    /// Where a column's cell of this row stands.
    pub(super) fn place(&self, title: &str) -> Place {
        let place = self.sheet.place.clone().at_row(self.row.number);
        match self.sheet.columns.get(title) {
            Some(&column) => place.at_column(column),
            None => place,
        }
    }

    /// A fault of a column's cell.
    pub(super) fn fault(&self, title: &str, message: impl Into<String>) -> SettingsFault {
        SettingsFault { place: self.place(title), message: message.into() }
    }

    /// A cell read by a grammar; what it complains of joins the faults.
    pub(super) fn read<T>(
        &self,
        title: &str,
        faults: &mut Vec<SettingsFault>,
        read: impl FnOnce(&Value) -> Read<Option<T>>,
    ) -> Option<T> {
        let column = self.sheet.columns.get(title)?;
        match read(&self.row.cell(*column)?.value) {
            Ok(value) => value,
            Err(message) => {
                faults.push(self.fault(title, message));
                None
            }
        }
    }

    /// A cell's text.
    pub(super) fn text(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<String> {
        self.read(title, faults, cell::text)
    }

    /// A cell's text that must be there.
    pub(super) fn needed(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<String> {
        // A column that is missing altogether is told once, at the header.
        let before = faults.len();
        let text = self.text(title, faults);
        if text.is_none() && before == faults.len() && self.sheet.columns.contains_key(title) {
            faults.push(self.fault(title, say!("settings-missing", title = title)));
        }
        text
    }

    /// A password that must be there, exactly as it is typed.
    pub(super) fn password(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<Password> {
        let before = faults.len();
        let password = self.read(title, faults, cell::password);
        if password.is_none() && before == faults.len() && self.sheet.columns.contains_key(title) {
            faults.push(self.fault(title, say!("settings-missing", title = title)));
        }
        password
    }

    /// A month.
    pub(super) fn period(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<Period> {
        self.read(title, faults, cell::period)
    }

    /// A period that was reported for: a month, a week, a cut-off day.
    pub(super) fn reported(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<Period> {
        self.read(title, faults, cell::reported)
    }

    /// A month that must be there.
    pub(super) fn needed_period(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<Period> {
        let before = faults.len();
        let period = self.period(title, faults);
        if period.is_none() && before == faults.len() && self.sheet.columns.contains_key(title) {
            faults.push(self.fault(title, say!("settings-missing-month", title = title)));
        }
        period
    }

    /// A day, with the hour where it is written.
    pub(super) fn moment(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<Moment> {
        self.read(title, faults, cell::moment)
    }

    /// A whole number of times.
    pub(super) fn times(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<u32> {
        self.read(title, faults, cell::times)
    }

    /// An amount in yuan.
    pub(super) fn amount(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<i64> {
        self.read(title, faults, cell::amount)
    }

    /// A plain number.
    pub(super) fn number(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<Decimal> {
        self.read(title, faults, cell::plain_number)
    }

    /// A target's value; see [`cell::target`].
    pub(super) fn target(
        &self,
        title: &str,
        unit: Option<&str>,
        money: bool,
        faults: &mut Vec<SettingsFault>,
    ) -> Option<i64> {
        self.read(title, faults, |value| cell::target(value, unit, money))
    }

    /// A share of a whole; see [`shares::share`].
    pub(super) fn share(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Option<Fraction> {
        self.read(title, faults, shares::share)
    }

    /// Several names in one cell.
    pub(super) fn list(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Vec<String> {
        self.read(title, faults, cell::list).unwrap_or_default()
    }

    /// Mail addresses.
    pub(super) fn mail(&self, title: &str, faults: &mut Vec<SettingsFault>) -> Vec<String> {
        let mail: Vec<String> = self.list(title, faults).iter().map(|m| compared(m)).collect();
        for wrong in mail.iter().filter(|mail| !is_mail_address(mail)) {
            faults.push(self.fault(title, say!("settings-mail", wrong = wrong)));
        }
        mail
    }
}
