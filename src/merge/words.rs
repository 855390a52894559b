//! Values in the sentences of findings.

use super::entry::Cell;
use crate::amount;
use crate::profile::Kind;

/// How much of a text a sentence quotes.
const QUOTED: usize = 20;

/// A value as a reader writes it, its unit with it.
pub(crate) fn cell(cell: Cell, kind: Kind) -> String {
    match cell {
        Cell::Whole(yuan) if kind == Kind::Amount => format!("{}万元", amount::wan(yuan)),
        Cell::Whole(count) => count.to_string(),
        Cell::Number(rate) if kind == Kind::Rate => {
            let percent = amount::exact(rate).and_then(|rate| amount::rounded(rate, 100, 2));
            percent.map_or_else(|| rate.to_string(), |percent| format!("{percent}%"))
        }
        Cell::Number(number) => amount::decimal(number).map_or_else(|| number.to_string(), |number| number.to_string()),
        Cell::Date(date) => date.to_string(),
        Cell::Text(text) if text.chars().count() > QUOTED => {
            format!("“{}…”", text.chars().take(QUOTED).collect::<String>())
        }
        Cell::Text(text) => format!("“{text}”"),
    }
}
