//! Dates as written: `2026.3`, `2026年3月底`, `一季度`, `46096`, `未开工`.

use std::fmt;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};
use regex::Regex;

use super::{Reading, says_nothing};
use crate::collect::Shown;
use crate::text::{is_placeholder, label};

/// A date as precise as it was written, in eight bytes: a year's columns hold millions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Date {
    /// 2026-03-15
    Day(i32, u8, u8),
    /// 2026-03
    Month(i32, u8),
    /// 2026-Q1
    Quarter(i32, u8),
    /// 2026-H1
    Half(i32, u8),
    /// 2026
    Year(i32),
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match *self {
            Self::Day(year, month, day) => write!(f, "{year:04}-{month:02}-{day:02}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        // Neither is above 31.
        Self::Day(day.year(), day.month() as u8, day.day() as u8)
    }
}

impl Date {
    /// The first day it may mean.
    pub fn first_day(self) -> NaiveDate {
        let (year, month, day) = match self {
            Self::Day(year, month, day) => (year, month, day),
            Self::Month(year, month) => (year, month, 1),
            Self::Quarter(year, quarter) => (year, quarter * 3 - 2, 1),
            Self::Half(year, half) => (year, half * 6 - 5, 1),
            Self::Year(year) => (year, 1, 1),
        };
        day_of(year, month, day).expect("dates are checked where they are read")
    }

    /// The last day it may mean.
    pub fn last_day(self) -> NaiveDate {
        let (year, month) = match self {
            Self::Day(..) => return self.first_day(),
            Self::Month(year, month) => (year, month),
            Self::Quarter(year, quarter) => (year, quarter * 3),
            Self::Half(year, half) => (year, half * 6),
            Self::Year(year) => (year, 12),
        };
        let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        let first_of_next = day_of(next.0, next.1, 1).expect("dates are checked where they are read");
        first_of_next.pred_opt().expect("no date read is near the calendar's beginning")
    }

    /// The month that it lies in, as `2026-09`; `None` where it is less precise than that.
    pub fn in_month(self) -> Option<String> {
        match self {
            Self::Day(year, month, _) | Self::Month(year, month) => Some(format!("{year:04}-{month:02}")),
            Self::Quarter(..) | Self::Half(..) | Self::Year(_) => None,
        }
    }

    /// The quarter that it lies in, as `2026年三季度`; `None` where it is less precise than that.
    pub fn in_quarter(self) -> Option<String> {
        let (year, quarter) = match self {
            Self::Day(year, month, _) | Self::Month(year, month) => (year, month.div_ceil(3)),
            Self::Quarter(year, quarter) => (year, quarter),
            Self::Half(..) | Self::Year(_) => return None,
        };
        let word = ["一", "二", "三", "四"].get(usize::from(quarter).checked_sub(1)?)?;
        Some(format!("{year}年{word}季度"))
    }

    fn day(year: i32, month: u8, day: u8) -> Option<Self> {
        is_year(year).then(|| day_of(year, month, day))?.map(Self::from)
    }

    fn month(year: i32, month: u8) -> Option<Self> {
        (is_year(year) && (1..=12).contains(&month)).then_some(Self::Month(year, month))
    }
}

fn day_of(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.into(), day.into())
}

/// Years that a project's sheet can mean.
fn is_year(year: i32) -> bool {
    (1950..=2099).contains(&year)
}

static FULL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(\d{4})(?:年度?|[-./、])(\d{1,2})(?:(?:月份?|[-./、])(?:(\d{1,2})[日号]?)?(上旬|中旬|下旬|初|中|底|末)?)?$",
    )
});
static COMPACT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^((?:19|20)\d{2})(\d{2})(\d{2})?$"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{4})年?度?$"));
static YEAR_PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:(\d{4})[年.-]?度?)?(?:第?([一二三四1-4])季度?|q([1-4])|([上下])半年|h([12]))(?:初|末|底)?$")
});
static YEAR_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:(\d{4})年?)?年?(底|末|初|中)$"));
static MONTH_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{1,2})月(?:份)?(?:(\d{1,2})[日号])?(上旬|中旬|下旬|初|中|底|末)?$"));
static SHORT_YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^'?(\d{2})(?:年|[-./])(\d{1,2})(?:(?:月份?|[-./])(?:(\d{1,2})[日号]?)?)?$"));
static AROUND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:计划|预计|力争|争取|拟|拟于|计划于|预计于|预计在|约|已于|于|实际|最迟|确保)?(.+?)(?:前|之前|左右|以前|开工|动工|完工|竣工|投产|完成|办结|建成|销号|已开工|签约|解决|开始|起|实施|转实施)*$",
    )
});
static REMARKED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([^()]+)\([^()]*\)$"));
static CHINESE: LazyLock<Regex> = LazyLock::new(|| pattern(r"([〇零一二三四五六七八九十]+)(年|月|日|号)"));
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\d{4}[年./-]?\d{0,2}月?(?:-|至|到)+\d{4}[年./-]?\d{0,2}月?$"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that the tests compile")
}

/// Words in a date column that say the day has not come or is not known.
const NOT_YET: [&str; 18] = [
    "未开工",
    "待定",
    "未定",
    "未确定",
    "尚未开工",
    "暂未开工",
    "未办结",
    "未解决",
    "待开工",
    "已开工",
    "已竣工",
    "已完工",
    "在建",
    "未销号",
    "长期",
    "已办结",
    "持续推进",
    "未签约",
];

/// Reads a date as written in text; `year` is the period's, for dates without one.
pub fn read_date(text: &str, year: i32) -> Reading<Date> {
    if is_placeholder(text) {
        return Reading::Empty;
    }
    let written = with_arabic_digits(&label(without_time(text)));
    if says_nothing(&written) {
        return Reading::Empty;
    }
    if let Some(date) = plain(&written) {
        return Reading::Plain(date);
    }
    if NOT_YET.contains(&written.as_str()) || ["常年", "全年", "长期坚持"].contains(&written.as_str()) {
        return Reading::Unsaid(format!("“{text}”不是时间"));
    }
    if !names_a_time(&written) {
        return Reading::Unreadable(format!("“{text}”不是时间"));
    }
    if let Some(date) = with_assumed_year(&written, year) {
        return Reading::Asked(date, format!("“{text}”没有写明年份或只写了大概时间，按{date}读取"));
    }
    if RANGE.is_match(&written) {
        return Reading::Unreadable(format!("“{text}”是一段时间，不是一个时间"));
    }
    if let Some(date) = with_remark_or_named_year(&written, year) {
        return Reading::Asked(date, format!("“{text}”带有文字，按{date}读取"));
    }
    let around = AROUND.captures(&written).and_then(|parts| parts.get(1)).map_or("", |part| part.as_str());
    match plain(around).or_else(|| with_assumed_year(around, year)) {
        Some(date) if around != written => Reading::Asked(date, format!("“{text}”带有文字，按{date}读取")),
        _ => Reading::Unreadable(format!("“{text}”不是时间")),
    }
}

/// `2026年3月(已开工)`, `明年3月`, `年内`.
fn with_remark_or_named_year(written: &str, year: i32) -> Option<Date> {
    if let Some(parts) = REMARKED.captures(written) {
        return plain(&parts[1]).or_else(|| with_assumed_year(&parts[1], year));
    }
    if ["年内", "今年内", "本年内", "今年", "本年"].contains(&written) {
        return Some(Date::Year(year));
    }
    let named = [("今年", 0), ("本年", 0), ("当年", 0), ("明年", 1), ("次年", 1), ("去年", -1), ("上年", -1)];
    let (rest, years) = named.iter().find_map(|(word, years)| Some((written.strip_prefix(word)?, years)))?;
    let written = format!("{}年{rest}", year + years);
    plain(&written).or_else(|| with_assumed_year(&written, year + years))
}

/// `二〇二六年三月` in the digits of everyone else; 三季度 stays.
fn with_arabic_digits(written: &str) -> String {
    let digits = |text: &str| -> String {
        const DIGITS: &str = "零一二三四五六七八九";
        let digit = |c: char| if c == '〇' { Some(0) } else { DIGITS.chars().position(|known| known == c) };
        match text.split_once('十') {
            Some((tens, ones)) => {
                let of = |text: &str, otherwise| text.chars().next().and_then(digit).unwrap_or(otherwise);
                (of(tens, 1) * 10 + of(ones, 0)).to_string()
            }
            None => text.chars().filter_map(digit).map(|digit| digit.to_string()).collect(),
        }
    };
    CHINESE.replace_all(written, |parts: &regex::Captures| format!("{}{}", digits(&parts[1]), &parts[2])).into_owned()
}

/// Whether there is a figure or a part of the year in it, as in every date, however written.
fn names_a_time(written: &str) -> bool {
    written.contains(|c: char| c.is_numeric() || "年季月日号底初末中".contains(c))
}

/// A clock time behind a date (`2026-03-15 00:00:00`) is cut off.
fn without_time(text: &str) -> &str {
    let cut = text.trim().find([' ', 'T']).filter(|&at| text.trim()[at + 1..].contains(':'));
    cut.map_or(text, |at| &text.trim()[..at])
}

fn plain(written: &str) -> Option<Date> {
    // The year at least is in figures.
    if !written.starts_with(|c: char| c.is_numeric()) {
        return None;
    }
    if let Some(parts) = FULL.captures(written) {
        let (year, month) = (parts[1].parse().ok()?, parts[2].parse().ok()?);
        return match parts.get(3) {
            Some(day) => Date::day(year, month, day.as_str().parse().ok()?),
            None => Date::month(year, month),
        };
    }
    if let Some(parts) = COMPACT.captures(written) {
        let (year, month) = (parts[1].parse().ok()?, parts[2].parse().ok()?);
        return match parts.get(3) {
            Some(day) => Date::day(year, month, day.as_str().parse().ok()?),
            None => Date::month(year, month),
        };
    }
    if let Some(parts) = YEAR.captures(written) {
        return parts[1].parse().ok().filter(|&year| is_year(year)).map(Date::Year);
    }
    let parts = YEAR_PART.captures(written)?;
    part_of_year(&parts, parts.get(1)?.as_str().parse().ok()?)
}

fn part_of_year(parts: &regex::Captures, year: i32) -> Option<Date> {
    let quarter = parts.get(2).or(parts.get(3)).map(|word| match word.as_str() {
        "一" | "1" => 1,
        "二" | "2" => 2,
        "三" | "3" => 3,
        _ => 4,
    });
    let half = parts.get(4).or(parts.get(5)).map(|word| if ["上", "1"].contains(&word.as_str()) { 1 } else { 2 });
    let date = quarter.map(|q| Date::Quarter(year, q)).or(half.map(|h| Date::Half(year, h)));
    date.filter(|_| is_year(year))
}

/// Dates that leave the year or the exact month to the reader.
fn with_assumed_year(written: &str, period_year: i32) -> Option<Date> {
    if let Some(parts) = MONTH_DAY.captures(written) {
        let month = parts[1].parse().ok()?;
        return match parts.get(2) {
            Some(day) => Date::day(period_year, month, day.as_str().parse().ok()?),
            None => Date::month(period_year, month),
        };
    }
    if let Some(parts) = YEAR_PART.captures(written) {
        return part_of_year(&parts, period_year);
    }
    if let Some(parts) = YEAR_END.captures(written) {
        let year = parts.get(1).map_or(Some(period_year), |year| year.as_str().parse().ok())?;
        return match &parts[2] {
            "底" | "末" => Date::month(year, 12),
            _ => is_year(year).then_some(Date::Year(year)),
        };
    }
    let parts = SHORT_YEAR.captures(written)?;
    let (year, month) = (2000 + parts[1].parse::<i32>().ok()?, parts[2].parse().ok()?);
    match parts.get(3) {
        Some(day) => Date::day(year, month, day.as_str().parse().ok()?),
        None => Date::month(year, month),
    }
}

/// Reads a plain number in a date column: `2026`, `2026.03`, `202603`, `20260315`, a day count.
pub fn read_date_number(number: f64, shown: Shown) -> Reading<Date> {
    let written = match shown {
        Shown::Decimals(digits) if digits > 0 => format!("{number:.*}", usize::from(digits)),
        _ => number.to_string(),
    };
    let whole = number.fract() == 0.0;
    if whole && (30_000.0..80_000.0).contains(&number) {
        return match serial_day(number) {
            Some(date) => Reading::Asked(date, format!("“{written}”是日期序号，按{date}读取")),
            None => Reading::Unreadable(format!("“{written}”不是时间")),
        };
    }
    let year_first = [1_900.0..2_100.0, 190_000.0..210_000.0, 19_000_000.0..21_000_000.0];
    match year_first.iter().any(|range| range.contains(&number)).then(|| plain(&written)).flatten() {
        // 2024.10 typed as a number loses its last zero: January or October?
        Some(Date::Month(year, 1)) if !whole && !matches!(shown, Shown::Decimals(2)) => {
            let date = Date::Month(year, 1);
            Reading::Asked(date, format!("“{written}”是数字，可能是{year}年1月，也可能是{year}年10月"))
        }
        Some(date) => Reading::Plain(date),
        None => Reading::Unreadable(format!("“{written}”不是时间")),
    }
}

/// Reads a number that is shown as a date, a day count in the 1900 system.
pub fn read_date_serial(serial: f64, shown: Shown) -> Reading<Date> {
    // A year typed into a cell with a date format: 2026 days after 1900 is in 1905.
    if serial.fract() == 0.0 && (1950.0..2100.0).contains(&serial) {
        return Reading::Asked(Date::Year(serial as i32), format!("“{serial}”在日期格式的单元格里，按年份读取"));
    }
    match (serial_day(serial), shown) {
        (Some(Date::Day(year, month, _)), Shown::Month) => Reading::Plain(Date::Month(year, month)),
        (Some(Date::Day(year, ..)), Shown::Year) => Reading::Plain(Date::Year(year)),
        (Some(date), _) => Reading::Plain(date),
        (None, _) => Reading::Unreadable(format!("日期序号{serial}不是1950年至2099年间的一天")),
    }
}

fn serial_day(serial: f64) -> Option<Date> {
    if !(0.0..100_000.0).contains(&serial) {
        return None;
    }
    // Day 0 of the 1900 system, whose 29 February 1900 never was: right from 1 March 1900 on.
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(serial as u64))?;
    is_year(day.year()).then(|| Date::from(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> String {
        match read_date(text, 2026) {
            Reading::Plain(date) => date.to_string(),
            Reading::Asked(date, _) => format!("?{date}"),
            Reading::Empty => String::new(),
            Reading::Unsaid(_) => "~".into(),
            Reading::Unreadable(_) => "!".into(),
        }
    }

    #[test]
    fn reads_what_departments_write() {
        for (text, expected) in [
            ("2026-03-15", "2026-03-15"),
            ("2026/3/5", "2026-03-05"),
            ("2026.03.15", "2026-03-15"),
            ("2026年3月15日", "2026-03-15"),
            ("2026-03-15 00:00:00", "2026-03-15"),
            ("2026.3", "2026-03"),
            ("2026.10", "2026-10"),
            ("2011年12月", "2011-12"),
            ("2024年3月底", "2024-03"),
            ("2026年3月上旬", "2026-03"),
            ("202603", "2026-03"),
            ("20260315", "2026-03-15"),
            ("2026", "2026"),
            ("2026年", "2026"),
            ("2026年一季度", "2026-Q1"),
            ("2026年上半年", "2026-H1"),
            ("2026Q3", "2026-Q3"),
            ("３月底", "?2026-03"),
            ("11月", "?2026-11"),
            ("3月15日", "?2026-03-15"),
            ("一季度", "?2026-Q1"),
            ("下半年", "?2026-H2"),
            ("年底", "?2026-12"),
            ("2027年底", "?2027-12"),
            ("26.3", "?2026-03"),
            ("力争2026年6月前", "?2026-06"),
            ("预计2026年6月开工", "?2026-06"),
            ("二〇二六年三月", "2026-03"),
            ("2026年十二月", "2026-12"),
            ("2026年3月（已开工）", "?2026-03"),
            ("明年3月", "?2027-03"),
            ("去年10月", "?2025-10"),
            ("年内", "?2026"),
            ("第三季度", "?2026-Q3"),
            ("已开工", "~"),
            ("待定", "~"),
            ("2026-02-30", "!"),
            ("2026.13", "!"),
            ("2025.3-2026.12", "!"),
            ("尽快", "!"),
            ("-", ""),
            ("", ""),
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
    }

    #[test]
    fn a_date_lies_in_a_month_and_a_quarter_where_it_says_so() {
        let of = |date: Date| (date.in_month(), date.in_quarter());
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(of(Date::Day(2026, 9, 30)), (some("2026-09"), some("2026年三季度")));
        assert_eq!(of(Date::Month(2026, 10)), (some("2026-10"), some("2026年四季度")));
        assert_eq!(of(Date::Quarter(2026, 1)), (None, some("2026年一季度")));
        assert_eq!((of(Date::Half(2026, 1)), of(Date::Year(2026))), ((None, None), (None, None)));
    }

    #[test]
    fn a_date_takes_no_more_than_a_number() {
        assert_eq!((size_of::<Date>(), size_of::<Option<Date>>()), (8, 8));
    }

    #[test]
    fn numbers_and_serials_are_dates_too() {
        assert_eq!(read_date_serial(46096.0, Shown::Day), Reading::Plain(Date::Day(2026, 3, 15)));
        assert_eq!(read_date_serial(46096.0, Shown::Month), Reading::Plain(Date::Month(2026, 3)));
        assert_eq!(read_date_serial(2024.0, Shown::Day).value(), Some(Date::Year(2024)));
        assert_eq!(read_date_number(2026.03, Shown::Plain), Reading::Plain(Date::Month(2026, 3)));
        assert_eq!(read_date_number(2024.1, Shown::Decimals(2)), Reading::Plain(Date::Month(2024, 10)));
        assert!(matches!(read_date_number(2024.1, Shown::Plain), Reading::Asked(..)));
        assert!(matches!(read_date_number(46096.0, Shown::Plain), Reading::Asked(Date::Day(2026, 3, 15), _)));
        assert!(matches!(read_date_number(7.0, Shown::Plain), Reading::Unreadable(_)));
    }

    proptest! {
        #[test]
        fn any_spelling_of_a_day_reads_back(y in 1990i32..2060, m in 1u8..=12, d in 1u8..=28) {
            for text in [format!("{y}-{m:02}-{d:02}"), format!("{y}.{m}.{d}"), format!("{y}年{m}月{d}日"), format!("{y}/{m}/{d}")] {
                prop_assert_eq!(read_date(&text, 2026), Reading::Plain(Date::Day(y, m, d)));
            }
        }

        #[test]
        fn no_string_panics(text in "\\PC{0,12}") {
            if let Some(date) = read_date(&text, 2026).value() {
                prop_assert!(date.first_day() <= date.last_day());
            }
        }
    }
}
