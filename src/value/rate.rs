//! Rates as written: `35.6%`, `0.356`, `35.6`, `下降3.2%`.

use rust_decimal::Decimal;

use super::{Reading, says_nothing};
use crate::text::{is_placeholder, label};

/// A rate as written; only the column can tell whether a bare 35.6 is a percentage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rate {
    /// With a percent sign: already divided by 100.
    Fraction(Decimal),
    /// A bare number.
    Bare(Decimal),
}

/// Reads a rate as written.
pub fn read_rate(text: &str) -> Reading<Rate> {
    if is_placeholder(text) {
        return Reading::Empty;
    }
    let written = label(text);
    if says_nothing(&written) {
        return Reading::Empty;
    }
    if let Some(rate) = plain(&written) {
        return Reading::Plain(rate);
    }
    if written == "持平" {
        return Reading::Asked(Rate::Fraction(Decimal::ZERO), format!("“{text}”按0读取"));
    }
    let (sign, rest) = signed_words(&written);
    match plain(rest) {
        Some(rate) => Reading::Asked(times(rate, sign), format!("“{text}”带有文字，按其中的数字读取")),
        None => Reading::Unreadable(format!("“{text}”不是比率")),
    }
}

fn plain(written: &str) -> Option<Rate> {
    let (digits, percent) = match written.strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (written, false),
    };
    let body = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    if body.is_empty()
        || !body.starts_with(|c: char| c.is_ascii_digit())
        || !body.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return None;
    }
    let number: Decimal = digits.trim_start_matches('+').trim_end_matches('.').parse().ok()?;
    Some(if percent { Rate::Fraction(number / Decimal::ONE_HUNDRED) } else { Rate::Bare(number) })
}

fn signed_words(written: &str) -> (Decimal, &str) {
    let rest = written.trim_end_matches("左右").trim_end_matches("个百分点");
    for word in ["同比下降", "下降", "负增长", "减少", "↓", "▼", "-"] {
        if let Some(rest) = rest.strip_prefix(word) {
            return (Decimal::NEGATIVE_ONE, rest);
        }
    }
    for word in ["同比增长", "增长", "完成", "约", "近", "超", "增加", "↑", "▲", "达", "已完成"] {
        if let Some(rest) = rest.strip_prefix(word) {
            return (Decimal::ONE, rest);
        }
    }
    (Decimal::ONE, rest)
}

fn times(rate: Rate, sign: Decimal) -> Rate {
    match rate {
        Rate::Fraction(number) => Rate::Fraction(number * sign),
        Rate::Bare(number) => Rate::Bare(number * sign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_three_forms_and_words() {
        let bare = |text: &str| Rate::Bare(text.parse().unwrap());
        let fraction = |text: &str| Rate::Fraction(text.parse().unwrap());
        assert_eq!(read_rate("35.6%"), Reading::Plain(fraction("0.356")));
        assert_eq!(read_rate("３５.６％"), Reading::Plain(fraction("0.356")));
        assert_eq!(read_rate("0.356"), Reading::Plain(bare("0.356")));
        assert_eq!(read_rate("-5.2"), Reading::Plain(bare("-5.2")));
        assert_eq!(read_rate("下降3.2%").value(), Some(fraction("-0.032")));
        assert_eq!(read_rate("——"), Reading::Empty);
        for bad in ["完成过半", "%", "1.2.3%", "三成"] {
            assert!(matches!(read_rate(bad), Reading::Unreadable(_)), "{bad}");
        }
    }
}
