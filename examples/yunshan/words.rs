//! How things are put into words and figures on a sheet.

use super::forms::Numbers;
use super::sheet::Content;
use super::truth::Row;

/// Numerals of sections.
pub const NUMERALS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];

/// The words of a field, each once, in the order of first use; 续建 comes before 新开工.
pub fn distinct<'a>(rows: &[&'a Row], field: &str) -> Vec<&'a str> {
    let mut list = Vec::new();
    for row in rows {
        if !list.contains(&row.text(field)) {
            list.push(row.text(field));
        }
    }
    if field == "nature" {
        list.sort_by_key(|nature| *nature != "续建");
    }
    list
}

/// A section's title: 续建项目（3个）.
pub fn section(field: &str, value: &str, count: usize) -> String {
    format!("{value}{}（{count}个）", if field == "nature" { "项目" } else { "" })
}

/// What stands in a column that is in no book.
pub fn of_no_book(header: &str, row: &Row, at: usize) -> Content {
    match header {
        "序号" | "编号" => Content::Number(at as f64 + 1.0),
        "是否入统" => Content::Text(["是", "否"][at % 2].to_string()),
        "开工以来累计完成投资" => {
            Content::Number((row.amount("done_before") + row.amount("done")) as f64 / 1e4)
        }
        _ => Content::Number((at * 37 % 180 + 12) as f64),
    }
}

/// How many yuan a unit of money is.
pub fn yuan_in(unit: &str) -> i64 {
    match unit {
        "元" => 1,
        "亿元" => 100_000_000,
        _ => 10_000,
    }
}

/// An amount as text: with thousands separators, in full-width digits, or plainly.
pub fn amount(yuan: i64, unit: i64, style: Numbers) -> String {
    let plain = (yuan as f64 / unit as f64).to_string();
    match style {
        Numbers::Thousands => thousands(&plain),
        Numbers::FullWidth => plain
            .chars()
            .map(|c| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c })
            .collect(),
        _ => plain,
    }
}

fn thousands(plain: &str) -> String {
    let (whole, cents) = plain.split_once('.').unwrap_or((plain, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{cents:0<2}")
}
