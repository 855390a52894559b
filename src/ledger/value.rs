//! A cell of the facts or of an answer, as people and programs are shown it.

use polars::prelude::AnyValue;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing there, or what cannot be computed (a division by 0).
    Missing,
    /// Text.
    Text(String),
    /// A whole number: yuan, a count.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
}

impl Value {
    /// The cell of a frame.
    pub fn of(cell: AnyValue) -> Self {
        match cell {
            AnyValue::Null => Self::Missing,
            AnyValue::String(text) => Self::Text(text.to_owned()),
            AnyValue::StringOwned(text) => Self::Text(text.to_string()),
            AnyValue::Enum(..) | AnyValue::EnumOwned(..) => Self::Text(cell.get_str().unwrap_or_default().to_owned()),
            AnyValue::Boolean(truth) => Self::Truth(truth),
            cell if cell.is_float() => match cell.extract::<f64>().filter(|number| number.is_finite()) {
                Some(number) => Self::Number(number),
                None => Self::Missing,
            },
            cell => cell.extract::<i64>().map_or_else(|| Self::Text(cell.to_string()), Self::Whole),
        }
    }
}
