//! Value: the grammar of what departments write into a cell (domain 4.2).
//!
//! Takes a cell's text or number, gives a [`Reading`]: the value, and what there is to ask about
//! it. A string that holds an unknown word never becomes a plain value.

mod date;
mod moment;
mod money;
mod rate;

pub use date::{Date, read_date, read_date_number, read_date_serial};
pub use moment::Moment;
pub use money::{Money, MoneyUnit, read_money};
pub use rate::{Rate, read_rate};

/// What a cell says, and how sure that is.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading<T> {
    /// Nothing: empty or a placeholder.
    Empty,
    /// The value, beyond doubt.
    Plain(T),
    /// The value as interpreted, and what was interpreted: to be confirmed.
    Asked(T, String),
    /// No value, though something stands there that is understood (待定, 未开工): to be confirmed.
    Unsaid(String),
    /// No value: what stands there is not understood.
    Unreadable(String),
}

impl<T> Reading<T> {
    /// The value, however sure.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Plain(value) | Self::Asked(value, _) => Some(value),
            _ => None,
        }
    }

    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Empty => Reading::Empty,
            Self::Plain(value) => Reading::Plain(change(value)),
            Self::Asked(value, why) => Reading::Asked(change(value), why),
            Self::Unsaid(why) => Reading::Unsaid(why),
            Self::Unreadable(why) => Reading::Unreadable(why),
        }
    }
}

/// Words that say a value is not there, beside the placeholder marks.
fn says_nothing(label: &str) -> bool {
    matches!(
        label,
        "" | "无"
            | "暂无"
            | "空"
            | "n/a"
            | "na"
            | "null"
            | "未填"
            | "没有"
            | "无。"
            | "不涉及"
            | "//"
            | "、"
            | "."
            | "。"
    )
}
