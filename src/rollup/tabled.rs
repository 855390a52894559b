//! A frame as plain cells and back: what a workbook can hold, no more and no less.

use polars::prelude::{Column, DataFrame, DataType};

use crate::ledger::{Value, sha256};

/// Excel holds 32,767 characters in a cell.
const LONGEST: usize = 32_000;

/// How a column's cells are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// Yuan or a count.
    Whole,
    /// A rate or a number.
    Number,
    /// Yes or no.
    Truth,
}

impl ColumnKind {
    /// The word for it in a workbook.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "whole",
            Self::Number => "number",
            Self::Truth => "truth",
        }
    }

    /// The kind of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Text, Self::Whole, Self::Number, Self::Truth].into_iter().find(|kind| kind.word() == word)
    }

    fn of(dtype: &DataType) -> Self {
        match dtype {
            DataType::Boolean => Self::Truth,
            dtype if dtype.is_integer() => Self::Whole,
            dtype if dtype.is_float() => Self::Number,
            _ => Self::Text,
        }
    }
}

/// A frame as cells; columns without any value are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Tabled {
    /// The columns' ids and kinds.
    pub columns: Vec<(String, ColumnKind)>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

impl Tabled {
    /// The cells of a frame.
    pub fn of(frame: &DataFrame) -> Self {
        let filled: Vec<&Column> =
            frame.columns().iter().filter(|column| column.null_count() < frame.height()).collect();
        let columns = filled.iter().map(|column| (column.name().to_string(), ColumnKind::of(column.dtype()))).collect();
        let mut rows = vec![Vec::with_capacity(filled.len()); frame.height()];
        for column in &filled {
            for (at, row) in rows.iter_mut().enumerate() {
                row.push(column.get(at).map_or(Value::Missing, |cell| holdable(Value::of(cell))));
            }
        }
        Self { columns, rows }
    }

    /// The frame of the cells; a cell that is not of its column's kind makes it `None`.
    pub fn frame(&self) -> Option<DataFrame> {
        let mut made = Vec::new();
        for (at, (id, kind)) in self.columns.iter().enumerate() {
            let cells = self.rows.iter().map(|row| row.get(at).unwrap_or(&Value::Missing));
            made.push(column(id, *kind, cells)?);
        }
        DataFrame::new(self.rows.len(), made).ok()
    }

    /// SHA-256 of ids, kinds and cells: the same for the same contents, wherever they are read from.
    pub fn digest(&self) -> String {
        let mut text = String::new();
        for (id, kind) in &self.columns {
            text += &format!("{id}\u{1f}{}\u{1e}", kind.word());
        }
        for row in &self.rows {
            text.push('\u{1d}');
            for cell in row {
                text += &match cell {
                    Value::Missing => String::new(),
                    Value::Text(text) => format!("t{text}"),
                    Value::Whole(whole) => format!("w{whole}"),
                    Value::Number(number) => format!("n{number}"),
                    Value::Truth(truth) => format!("b{truth}"),
                };
                text.push('\u{1f}');
            }
        }
        sha256(text.as_bytes())
    }

    /// The sum of every column of whole numbers that the ids name, and how many rows have one.
    pub fn totals(&self, ids: &[&str]) -> Vec<(String, i128)> {
        let wanted =
            |(_, (id, kind)): &(usize, &(String, ColumnKind))| *kind == ColumnKind::Whole && ids.contains(&id.as_str());
        let columns = self.columns.iter().enumerate().filter(wanted);
        let whole = |row: &Vec<Value>, at: usize| match row.get(at) {
            Some(Value::Whole(whole)) => i128::from(*whole),
            _ => 0,
        };
        columns.map(|(at, (id, _))| (id.clone(), self.rows.iter().map(|row| whole(row, at)).sum())).collect()
    }
}

/// A cell as a workbook gives it back: line breaks as one character, no control characters, and no text
/// that is only white.
fn holdable(value: Value) -> Value {
    let Value::Text(text) = value else { return value };
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    match clean.trim().is_empty() {
        true => Value::Missing,
        false if clean.chars().count() > LONGEST => {
            Value::Text(clean.chars().take(LONGEST).chain("……（过长，全文见来源文件）".chars()).collect())
        }
        false => Value::Text(clean),
    }
}

fn column<'v>(id: &str, kind: ColumnKind, cells: impl Iterator<Item = &'v Value>) -> Option<Column> {
    let name = id.into();
    let mut fits = true;
    let made = match kind {
        ColumnKind::Text => {
            let cell = |value: &'v Value| match value {
                Value::Text(text) => Some(text.as_str()),
                other => {
                    fits &= *other == Value::Missing;
                    None
                }
            };
            Column::new(name, cells.map(cell).collect::<Vec<Option<&str>>>())
        }
        ColumnKind::Whole => {
            let cell = |value: &Value| match value {
                Value::Whole(whole) => Some(*whole),
                other => {
                    fits &= *other == Value::Missing;
                    None
                }
            };
            Column::new(name, cells.map(cell).collect::<Vec<Option<i64>>>())
        }
        ColumnKind::Number => {
            let cell = |value: &Value| match value {
                Value::Number(number) => Some(*number),
                other => {
                    fits &= *other == Value::Missing;
                    None
                }
            };
            Column::new(name, cells.map(cell).collect::<Vec<Option<f64>>>())
        }
        ColumnKind::Truth => {
            let cell = |value: &Value| match value {
                Value::Truth(truth) => Some(*truth),
                other => {
                    fits &= *other == Value::Missing;
                    None
                }
            };
            Column::new(name, cells.map(cell).collect::<Vec<Option<bool>>>())
        }
    };
    fits.then_some(made)
}
