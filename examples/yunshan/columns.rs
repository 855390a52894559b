//! The columns of a form: from one line of text to header cells of up to three rows.

use super::month::Month;
use super::sheet::{Content, Look, Sheet};

/// A column.
#[derive(Clone)]
pub struct Column {
    /// Its header, level by level.
    pub levels: Vec<String>,
    /// The book's field in it, if any.
    pub field: Option<&'static str>,
    /// Its own unit of money, if it has one.
    pub money: Option<&'static str>,
}

impl Column {
    /// Its lowest header without breaks.
    pub fn words(&self) -> String {
        self.levels.last().expect("a column has a header").replace(['\n', ' '], "")
    }

    /// How wide clerks make it, in characters.
    pub fn width(&self) -> u32 {
        match self.field {
            Some("name" | "item" | "problem") => 26,
            Some("scale" | "status" | "measure" | "goal" | "cause" | "investor") => 24,
            Some("code") => 26,
            Some("owner" | "unit" | "leader" | "indicator" | "town") => 14,
            None => 6,
            _ => 11,
        }
    }
}

/// Reads `header>level=field@unit|…`, the headers in the words of a month.
pub fn parse(text: &'static str, month: Month) -> Vec<Column> {
    let column = |part: &'static str| {
        let (header, field) = match part.split_once('=') {
            Some((header, field)) => (header, Some(field)),
            None => (part, None),
        };
        let (field, money) = match field.and_then(|field| field.split_once('@')) {
            Some((field, money)) => (Some(field), Some(money)),
            None => (field, None),
        };
        Column { levels: header.split('>').map(|level| month.in_words(level)).collect(), field, money }
    };
    text.split('|').map(column).collect()
}

/// Writes the header from a row on, merged across and down; gives the row below it.
pub fn write_header(sheet: &mut Sheet, columns: &[Column], top: u32, left: u32, spread: bool) -> u32 {
    let depth = columns.iter().map(|column| column.levels.len()).max().unwrap_or(1) as u32;
    for (at, column) in columns.iter().enumerate() {
        for (level, words) in column.levels.iter().enumerate() {
            let same =
                |other: &Column| other.levels.len() > level + 1 && other.levels[..=level] == column.levels[..=level];
            let inner = level + 1 < column.levels.len();
            if inner && at > 0 && same(&columns[at - 1]) {
                continue;
            }
            let (row, from) = (top + level as u32, left + at as u32);
            let across = if inner { columns[at..].iter().take_while(|other| same(other)).count() as u32 } else { 1 };
            let bottom = if inner { row } else { top + depth - 1 };
            sheet.put(row, from, Content::Text(shown(words, spread)), Look::Head);
            sheet.merge(row, from, bottom, from + across - 1);
        }
    }
    top + depth
}

/// Short headers are spread out with spaces where the writer likes it so.
fn shown(words: &str, spread: bool) -> String {
    if spread && words.chars().count() <= 4 && !words.contains(' ') {
        words.chars().map(String::from).collect::<Vec<_>>().join(" ")
    } else {
        words.to_string()
    }
}
