//! One cell of a sheet's XML and the value it stands for.
//!
//! Takes the `<c>` element's attributes and what its children say, gives a [`Value`].

use std::borrow::Cow;

use quick_xml::events::BytesStart;

use super::{Shared, strings};
use crate::collect::build::GridBuilder;
use crate::collect::fault::Fault;
use crate::collect::grid::{Cell, Shown, Value};
use crate::collect::package::Unescaped;
use crate::collect::{number_format, serial};

/// What a cell's `t` says about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Number,
    SharedText,
    Text,
    Bool,
    Error,
    IsoDate,
}

impl Kind {
    fn of(word: &str) -> Self {
        match word {
            "s" => Self::SharedText,
            "str" | "inlineStr" => Self::Text,
            "b" => Self::Bool,
            "e" => Self::Error,
            "d" => Self::IsoDate,
            _ => Self::Number,
        }
    }
}

/// A cell's attributes.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Row and column where the cell says so.
    pub(super) address: Option<(u32, u32)>,
    /// The index of its style.
    pub(super) style: usize,
    /// What its value is.
    pub(super) kind: Kind,
}

impl Head {
    /// From the element.
    pub(super) fn of(element: &BytesStart) -> Self {
        let mut head = Self::default();
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => head.address = address(&attribute.value),
                "s" => head.style = attribute.value.parse().unwrap_or(0),
                "t" => head.kind = Kind::of(&attribute.unescaped()),
                _ => {}
            }
        }
        head
    }
}

/// The row and column of an address; beyond what any sheet has it is still counted, not wrapped.
pub(super) fn address(text: &str) -> Option<(u32, u32)> {
    let (mut row, mut column) = (0u32, 0u32);
    for b in text.bytes() {
        match b {
            b'A'..=b'Z' if row == 0 => column = column.saturating_mul(26).saturating_add(u32::from(b - b'A') + 1),
            b'a'..=b'z' if row == 0 => column = column.saturating_mul(26).saturating_add(u32::from(b - b'a') + 1),
            b'0'..=b'9' => row = row.saturating_mul(10).saturating_add(u32::from(b - b'0')),
            b'$' => {}
            _ => return None,
        }
    }
    (row > 0 && column > 0).then_some((row, column))
}

/// What is to be kept of a cell.
#[derive(Debug, PartialEq)]
pub(super) enum Kept {
    /// Nothing stands in it.
    Nothing,
    /// A value.
    Value(Value, Shown),
    /// A value that the file itself contradicts; says what is wrong.
    Odd(Value, String),
}

/// Puts a cell into its sheet, whose children said a text (`None` where they had no value element) and whether it is a
/// formula.
///
/// # Errors
///
/// A sheet that outgrows its limits.
pub(super) fn put(
    grid: &mut GridBuilder,
    (row, column): (u32, u32),
    head: &Head,
    (text, formula): (Option<&str>, bool),
    shared: &Shared,
) -> Result<(), Fault> {
    let (value, shown) = match value(head, text, formula, shared) {
        Kept::Nothing => return Ok(()),
        Kept::Value(value, shown) => (value, shown),
        Kept::Odd(value, message) => {
            grid.odd(row, column, message);
            (value, Shown::default())
        }
    };
    if matches!(value, Value::Number(_)) && shared.styles.scales(head.style) {
        grid.scaled(row, column);
    }
    grid.put(row, Cell { column, value, shown, formula })
}

/// The value of a cell whose children said `text` (`None` where they had no value element).
pub(super) fn value(head: &Head, text: Option<&str>, formula: bool, shared: &Shared) -> Kept {
    let Some(text) = text else {
        return if formula { Kept::Value(Value::Uncalculated, Shown::Plain) } else { Kept::Nothing };
    };
    match head.kind {
        Kind::Number => number(text, head, formula, shared),
        Kind::SharedText => shared_text(text, shared),
        Kind::Text => plain(Value::Text(shared.own_text(&strings::unescaped(text)))),
        Kind::Bool => plain(Value::Bool(matches!(text.trim(), "1" | "true" | "TRUE"))),
        Kind::Error => plain(Value::Error(text.trim().into())),
        Kind::IsoDate => iso_date(text, head, shared),
    }
}

fn plain(value: Value) -> Kept {
    Kept::Value(value, Shown::Plain)
}

fn number(text: &str, head: &Head, formula: bool, shared: &Shared) -> Kept {
    let text = text.trim();
    if text.is_empty() {
        return if formula { plain(Value::Uncalculated) } else { Kept::Nothing };
    }
    match exact(text.as_bytes()).map_or_else(|| text.parse::<f64>(), Ok) {
        Ok(number) if number.is_finite() => dated(number, shared.styles.shown(head.style), shared.is_1904),
        Ok(_) => Kept::Odd(Value::Error("#NUM!".into()), format!("数值“{text}”超出可以表示的范围")),
        Err(_) => plain(Value::Text(text.into())),
    }
}

/// A number of at most fifteen digits with or without a point: digits and power are exact, and so is, but for
/// one rounding that any reader makes, their quotient.
fn exact(text: &[u8]) -> Option<f64> {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if !(1..=16).contains(&digits.len()) {
        return None;
    }
    let (mut whole, mut point) = (0u64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => whole = whole * 10 + u64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let decimals = point.map_or(0, |at| digits.len() - at - 1);
    if digits.len() - usize::from(point.is_some()) > 15 || point == Some(0) || point.is_some() && decimals == 0 {
        return None;
    }
    let number = whole as f64 / POWERS[decimals];
    Some(if digits.len() < text.len() { -number } else { number })
}

fn dated(number: f64, shown: Shown, is_1904: bool) -> Kept {
    match number_format::is_date(shown) {
        true => Kept::Value(Value::Date(serial::of_count(number, is_1904)), shown),
        false => Kept::Value(Value::Number(number), shown),
    }
}

fn shared_text(text: &str, shared: &Shared) -> Kept {
    let index = text.trim().parse::<usize>().ok();
    match index.and_then(|index| shared.strings.get(index)) {
        Some(text) => plain(Value::Text(text.clone())),
        None if text.trim().is_empty() => Kept::Nothing,
        None => Kept::Odd(Value::Error("#REF!".into()), format!("文字“{text}”在文件的字符表中不存在")),
    }
}

fn iso_date(text: &str, head: &Head, shared: &Shared) -> Kept {
    let shown = match shared.styles.shown(head.style) {
        shown if number_format::is_date(shown) => shown,
        _ => Shown::Day,
    };
    match serial::of_iso(text) {
        Some(serial) => Kept::Value(Value::Date(serial), shown),
        None => plain(Value::Text(Cow::Borrowed(text).into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared() -> Shared {
        Shared::new(vec!["甲".into()], false)
    }

    fn of(kind: Kind, text: Option<&str>, formula: bool) -> Kept {
        value(&Head { kind, ..Head::default() }, text, formula, &shared())
    }

    #[test]
    fn a_formula_without_value_is_never_zero() {
        assert_eq!(of(Kind::Number, None, true), plain(Value::Uncalculated));
        assert_eq!(of(Kind::Number, Some(""), true), plain(Value::Uncalculated));
        assert_eq!(of(Kind::Number, Some(""), false), Kept::Nothing);
        assert_eq!(of(Kind::Number, Some("0"), true), plain(Value::Number(0.0)));
    }

    #[test]
    fn what_contradicts_itself_is_told() {
        assert!(matches!(of(Kind::SharedText, Some("7"), false), Kept::Odd(Value::Error(_), _)));
        assert!(matches!(of(Kind::Number, Some("1e400"), false), Kept::Odd(Value::Error(_), _)));
        assert_eq!(of(Kind::Number, Some("1,234"), false), plain(Value::Text("1,234".into())));
        assert_eq!(of(Kind::Error, Some("#SPILL!"), false), plain(Value::Error("#SPILL!".into())));
        assert_eq!(of(Kind::IsoDate, Some("2026-10-31"), false), Kept::Value(Value::Date(46326.0), Shown::Day));
    }

    proptest::proptest! {
        #[test]
        fn the_quick_way_to_a_number_is_the_usual_one(text in "-?[0-9]{0,11}(\\.[0-9]{0,9})?") {
            if let Some(number) = exact(text.as_bytes()) {
                proptest::prop_assert_eq!(number.to_bits(), text.parse::<f64>().unwrap().to_bits());
            }
        }
    }

    #[test]
    fn the_quick_way_is_taken_by_usual_numbers_only() {
        let taken = ["0", "-0", "12345.67", "999999999999999", "-0.1", "0.30000000000000"].map(|n| exact(n.as_bytes()));
        assert!(taken.iter().all(Option::is_some), "{taken:?}");
        let left =
            ["", "-", ".5", "5.", "1e5", "1,000", "+1", "9999999999999999", "1.2.3"].map(|n| exact(n.as_bytes()));
        assert_eq!(left, [None; 9]);
    }

    #[test]
    fn addresses_do_not_wrap() {
        assert_eq!(address("B12"), Some((12, 2)));
        assert_eq!(address("$XFD$1048576"), Some((1_048_576, 16_384)));
        assert_eq!(address("ZZZZZZZZZZ99999999999"), Some((u32::MAX, u32::MAX)));
        assert_eq!([address("12"), address("B"), address("R1C1")], [None, None, None]);
    }
}
