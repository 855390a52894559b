//! The values of settings cells: text, periods, amounts, mail addresses.
//!
//! Each gives the value or says, in the office's words, what it should have been.

use std::str::FromStr;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use unicode_normalization::UnicodeNormalization;

use crate::amount::{self, YUAN_PER_WAN};
use crate::collect::{Password, Value};
use crate::period::Period;
use crate::say;
use crate::value::Moment;

/// A value, or why there is none.
pub(super) type Read<T> = Result<T, String>;

/// Words as they are compared: full width as half width, without any white space.
pub(super) fn compared(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// A cell as text, trimmed, inner breaks as one space; a blank one is `None`.
pub(super) fn text(value: &Value) -> Read<Option<String>> {
    let text = match value {
        Value::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => decimal_of(*number)?.to_string(),
        Value::Bool(_) | Value::Date(_) => return Err(say!("settings-not-text")),
        Value::Error(code) => return Err(say!("settings-formula", code = code)),
        Value::Uncalculated => return Err(say!("settings-uncalculated")),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// The longest number that a cell holds to the last digit.
const LAST_EXACT: f64 = 999_999_999_999_999.0;

/// A password as typed; what is said of a wrong one does not repeat it.
pub(super) fn password(value: &Value) -> Read<Option<Password>> {
    let word = match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Number(number) if number.fract() == 0.0 && (0.0..=LAST_EXACT).contains(number) => format!("{number:.0}"),
        Value::Error(_) | Value::Uncalculated => return Err(say!("settings-password-formula")),
        _ => return Err(say!("settings-password-text")),
    };
    Ok(Some(word).filter(|word| !word.is_empty()).map(Password::new))
}

fn decimal_of(number: f64) -> Read<Decimal> {
    amount::decimal(number).ok_or_else(|| say!("settings-number", number = number))
}

/// The days of the 1900 system are counted from here (1900-02-29, which never was, included).
const DAY_ZERO: (i32, u32, u32) = (1899, 12, 30);

/// A month, from a date cell or from text such as `2026-05`, `2026年5月`, `202605`.
pub(super) fn period(value: &Value) -> Read<Option<Period>> {
    if let Value::Date(days) = value {
        return day_count(*days).map(Some).ok_or_else(|| say!("settings-month-outside"));
    }
    let Some(text) = text(value)? else { return Ok(None) };
    let wrong = || say!("settings-month", text = text);
    let plain = compared(&text);
    month_of(&plain).map(Some).ok_or_else(wrong)
}

/// A month, or a cut-off within one as a folder of the inbox is called: `2026-W38`, `2026-09-20`. A date cell on a
/// month's first day is what Excel makes of `2026-09`.
pub(super) fn reported(value: &Value) -> Read<Option<Period>> {
    let cut_off = match value {
        Value::Date(days) => day_of(*days).filter(|day| day.day() != 1).and_then(Period::to_day),
        Value::Text(text) => compared(text).parse().ok(),
        _ => None,
    };
    cut_off.map_or_else(|| period(value), |period| Ok(Some(period)))
}

fn day_count(days: f64) -> Option<Period> {
    let date = day_of(days)?;
    Period::new(date.year(), date.month())
}

/// The day of a date cell.
fn day_of(days: f64) -> Option<NaiveDate> {
    let (year, month, day) = DAY_ZERO;
    NaiveDate::from_ymd_opt(year, month, day)?.checked_add_signed(Duration::try_days(days as i64)?)
}

/// A day with or without an hour, from a date cell or from text such as `2026-06-05 16:30`, `2026年6月5日`.
pub(super) fn moment(value: &Value) -> Read<Option<Moment>> {
    if let Value::Date(days) = value {
        let minutes = ((days - days.floor()) * 1440.0).round();
        let time = NaiveTime::from_num_seconds_from_midnight_opt((minutes as u32 % 1440) * 60, 0);
        let day = day_of(*days).ok_or_else(|| say!("settings-moment-outside"))?;
        return Ok(Some(Moment { day, time: time.filter(|_| minutes > 0.0) }));
    }
    let Some(text) = text(value)? else { return Ok(None) };
    let plain: String = text.nfkc().collect();
    let plain = plain.replace(['年', '月', '/', '.'], "-").replace('日', " ");
    let mut parts = plain.split_whitespace();
    let day = parts.next().and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    let time = parts.next().map(|time| {
        NaiveTime::parse_from_str(time, "%H:%M:%S").or_else(|_| NaiveTime::parse_from_str(time, "%H:%M")).ok()
    });
    match (day, time, parts.next()) {
        (Some(day), None, None) => Ok(Some(Moment { day, time: None })),
        (Some(day), Some(Some(time)), None) => Ok(Some(Moment { day, time: Some(time) })),
        _ => Err(say!("settings-moment", text = text)),
    }
}

/// How many times: a whole number from 0 to 99.
pub(super) fn times(value: &Value) -> Read<Option<u32>> {
    let Some((number, _)) = number(value)? else { return Ok(None) };
    let whole = Some(number).filter(Decimal::is_integer).and_then(|number| u32::try_from(number).ok());
    whole.filter(|times| *times < 100).map(Some).ok_or_else(|| say!("settings-times", number = number))
}

fn month_of(text: &str) -> Option<Period> {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Period::new(i32::try_from(number(&text[..4])?).ok()?, number(&text[4..])?);
    }
    let mut parts = text.trim_end_matches(['日', '月']).split(['-', '/', '年', '月']);
    let year = parts.next().filter(|year| year.len() == 4)?;
    let month = number(parts.next()?)?;
    match (parts.next(), parts.next()) {
        (None, _) => {}
        (Some(day), None) if number(day).is_some_and(|day| (1..=31).contains(&day)) => {}
        _ => return None,
    }
    Period::new(i32::try_from(number(year)?).ok()?, month)
}

/// A plain number, thousands separators allowed, with the unit of measure that may follow it.
fn number(value: &Value) -> Read<Option<(Decimal, String)>> {
    if let Value::Number(number) = value {
        return Ok(Some((decimal_of(*number)?, String::new())));
    }
    let Some(text) = text(value)? else { return Ok(None) };
    let plain: String = compared(&text).chars().filter(|&c| c != ',').collect();
    let end = plain.find(|c: char| !c.is_ascii_digit() && !"+-.".contains(c)).unwrap_or(plain.len());
    let (digits, unit) = plain.split_at(end);
    let number = Decimal::from_str(digits).map_err(|_| say!("settings-no-number", text = text))?;
    Ok(Some((number, unit.to_owned())))
}

/// A number without a unit, or with one that says no more than 分.
pub(super) fn plain_number(value: &Value) -> Read<Option<Decimal>> {
    let Some((number, unit)) = number(value)? else { return Ok(None) };
    match unit.as_str() {
        "" | "分" => Ok(Some(number)),
        unit => Err(say!("settings-points", unit = unit)),
    }
}

fn yuan_of(unit: &str) -> Option<i64> {
    match unit {
        "元" => Some(1),
        "万元" | "万" => Some(YUAN_PER_WAN),
        "亿元" | "亿" => Some(100_000_000),
        _ => None,
    }
}

/// An amount in yuan, from a number of 万元 or one with its own unit.
pub(super) fn amount(value: &Value) -> Read<Option<i64>> {
    amount_in(value, "万元")
}

/// An amount in yuan, from a number of a unit (元, 万元, 亿元) or one with its own.
fn amount_in(value: &Value, unit: &str) -> Read<Option<i64>> {
    let Some((number, own)) = number(value)? else { return Ok(None) };
    let unit = if own.is_empty() { unit } else { &own };
    let scale = yuan_of(unit).ok_or_else(|| say!("settings-money-unit", unit = unit))?;
    amount::yuan(number, scale).map(Some).ok_or_else(|| say!("settings-too-large"))
}

/// A target: yuan where its unit is one of money, else the whole number itself.
pub(super) fn target(value: &Value, unit: Option<&str>, money: bool) -> Read<Option<i64>> {
    let unit = unit.map(compared);
    if money || unit.as_deref().is_some_and(|unit| yuan_of(unit).is_some()) {
        return amount_in(value, unit.as_deref().unwrap_or("万元"));
    }
    let Some((number, _)) = number(value)? else { return Ok(None) };
    let whole = Some(number).filter(Decimal::is_integer).and_then(|number| i64::try_from(number).ok());
    whole.map(Some).ok_or_else(|| say!("settings-target", number = number))
}

/// A rate as a fraction: `35.6%`, or 0.356 in a cell without a percent sign.
pub(super) fn rate(value: &Value) -> Read<Option<f64>> {
    let Some((number, unit)) = number(value)? else { return Ok(None) };
    match unit.as_str() {
        "%" => Ok((number / Decimal::ONE_HUNDRED).to_f64()),
        "" if number.abs() <= Decimal::ONE => Ok(number.to_f64()),
        "" => Err(say!("settings-rate", number = number)),
        _ => Err(say!("settings-rate-unit", unit = unit)),
    }
}

/// The parts of a cell that lists several, separated by 、；;，, or a break.
pub(super) fn list(value: &Value) -> Read<Option<Vec<String>>> {
    let whole = match value {
        Value::Text(text) => text.to_string(),
        other => text(other)?.unwrap_or_default(),
    };
    let parts = whole.split(['、', '；', ';', '，', ',', '\n']).map(str::trim);
    Ok(Some(parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_mail_address;

    fn text_cell(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn months_are_read_as_offices_write_them() {
        for written in ["2026-05", "2026年5月", "2026/5", "202605", "２０２６年５月", "2026-05-31", "2026年5月31日"]
        {
            assert_eq!(period(&text_cell(written)).unwrap().unwrap().to_string(), "2026-05", "{written}");
        }
        assert_eq!(period(&Value::Number(202_605.0)).unwrap().unwrap().to_string(), "2026-05");
        // Excel shows day 46143 as 2026-05-01.
        assert_eq!(period(&Value::Date(46143.0)).unwrap().unwrap().to_string(), "2026-05");
        for written in ["2026", "5月", "26-05", "2026-13", "2026.5", "去年"] {
            assert!(period(&text_cell(written)).is_err(), "{written}");
        }
    }

    #[test]
    fn moments_are_days_with_or_without_an_hour() {
        let told = |value: Value| moment(&value).unwrap().unwrap().to_string();
        for written in ["2026-06-05", "2026年6月5日", "2026/6/5", "2026.6.5"] {
            assert_eq!(told(text_cell(written)), "2026-06-05", "{written}");
        }
        assert_eq!(told(text_cell("2026年6月5日 16:30")), "2026-06-05 16:30");
        // Excel shows 46178.6875 as 2026-06-05 16:30.
        assert_eq!(told(Value::Date(46178.6875)), "2026-06-05 16:30");
        assert_eq!(told(Value::Date(46178.0)), "2026-06-05");
        for written in ["6月5日", "2026-06", "2026-06-31", "2026-06-05 下午", "昨天"] {
            assert!(moment(&text_cell(written)).is_err(), "{written}");
        }
        assert!(times(&Value::Number(1.5)).is_err() && times(&Value::Number(2.0)) == Ok(Some(2)));
    }

    #[test]
    fn reports_may_be_for_a_week_or_a_day() {
        let told = |value: Value| reported(&value).unwrap().unwrap().to_string();
        assert_eq!(told(text_cell("2026-W38")), "2026-W38");
        assert_eq!(told(text_cell("2026-09-20")), "2026-09-20");
        assert_eq!(told(text_cell("2026年9月")), "2026-09");
        // Excel makes the first of May of 2026-05.
        assert_eq!(told(Value::Date(46143.0)), "2026-05");
        assert!(reported(&text_cell("上旬")).is_err());
    }

    #[test]
    fn amounts_are_wan_unless_they_say_otherwise() {
        assert_eq!(amount(&Value::Number(1234.5)), Ok(Some(12_345_000)));
        assert_eq!(amount(&text_cell("1,234.5")), Ok(Some(12_345_000)));
        assert_eq!(amount(&text_cell("1.2 亿元")), Ok(Some(120_000_000)));
        for wrong in ["约1200", "1200个", "-", "1.2.3"] {
            assert!(amount(&text_cell(wrong)).is_err(), "{wrong}");
        }
        assert_eq!(target(&Value::Number(26.0), Some("个"), false), Ok(Some(26)));
        assert_eq!(target(&Value::Number(5.0), None, true), Ok(Some(50_000)));
        assert!(target(&Value::Number(2.5), Some("个"), false).is_err());
        assert!(target(&Value::Number(5.0), Some("个"), true).is_err());
    }

    #[test]
    fn mail_addresses_have_a_user_and_a_domain() {
        assert!(is_mail_address("zjj@yunshan.example"));
        for wrong in ["zjj", "zjj@yunshan", "zjj@@a.b", "住建局@a.b", "a b@c.d", "a@.b", "a@b.", ".a@b.c", "a@b_c.d"]
        {
            assert!(!is_mail_address(wrong), "{wrong}");
        }
    }
}
