//! Amounts of money as written: `54,583.00`, `1.5亿`, `约3000万元`, `5000(其中专项债3000)`.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::{Reading, says_nothing};
use crate::text::{is_placeholder, label};

/// A unit of money in headers, captions and cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyUnit {
    /// 元
    Yuan,
    /// 千元
    Qian,
    /// 万元
    Wan,
    /// 百万元
    Baiwan,
    /// 亿元
    Yi,
}

impl MoneyUnit {
    /// How many yuan one of it is.
    pub fn in_yuan(self) -> i64 {
        match self {
            Self::Yuan => 1,
            Self::Qian => 1_000,
            Self::Baiwan => 1_000_000,
            Self::Wan => 10_000,
            Self::Yi => 100_000_000,
        }
    }

    /// As departments write it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Qian => "千元",
            Self::Baiwan => "百万元",
            Self::Wan => "万元",
            Self::Yi => "亿元",
        }
    }

    fn of(word: &str) -> Option<Self> {
        match word {
            "元" => Some(Self::Yuan),
            "万" | "万元" => Some(Self::Wan),
            "亿" | "亿元" => Some(Self::Yi),
            _ => None,
        }
    }
}

/// A number of money, and its unit where the cell itself names one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Money {
    /// The number.
    pub number: Decimal,
    /// The unit written behind it.
    pub unit: Option<MoneyUnit>,
}

/// `[sign]digits[.digits]`, with or without thousands separators, then perhaps a unit.
static PLAIN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([+-]?)(\d{1,3}(?:,\d{3})+|\d+|)((?:\.\d*)?)(亿元|万元|元|亿|万)?(?:人民币|整)?$"));
/// The same in accountants' brackets: negative.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\(([\d,.]+)(亿元|万元|元|亿|万)?\)$"));
/// A main figure with a remark in brackets behind it.
static REMARKED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([^()]+)\(([^()]*)\)$"));
/// Two or more numbers added up.
static SUM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[\d.,]+(?:亿元|万元|元|亿|万)?(?:\+[\d.,]+(?:亿元|万元|元|亿|万)?)+$"));
/// A lower and an upper bound.
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[\d.,]+(?:亿元|万元|元|亿|万)?(?:-|至|到)[\d.,]+(?:亿元|万元|元|亿|万)?$"));
/// Words and marks of approximation around or inside a figure.
static ROUGH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:约为|大约|约|近|将近|接近|超过|超|不足|不低于|≥|>|≤|<|>=|<=|≈|预计|估计|预估|暂估|暂定|估算|计划|拟|总计|合计|共计|共|总|达到|达|已完成|完成)*(.*?)(?:左右|上下|以上|以下|以内|[。;,*?!])*$",
    )
});

/// A figure in two units: 1亿2000万元.
static TWO_UNITS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([\d.]+)亿元?([\d.]+)万元?$"));
/// A figure in hundreds or thousands of 万: 2.5千万.
static GREAT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([\d,.]+)(百万|千万)元?$"));
/// A figure and a part of it: 5000,其中到位3000.
static OF_WHICH: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([^,;、。]+)[,;、。]?(?:其中|含|包括).+$"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that the tests compile")
}

/// Reads an amount of money as written.
pub fn read_money(text: &str) -> Reading<Money> {
    if is_placeholder(text) {
        return Reading::Empty;
    }
    let mut written = label(text);
    for sign in ["¥", "￥", "rmb", "人民币"] {
        written = written.strip_prefix(sign).map(str::to_owned).unwrap_or(written);
    }
    if says_nothing(&written) {
        return Reading::Empty;
    }
    // A tilde before a figure is no minus sign.
    if text.trim_start().starts_with(['~', '～', '∼', '〜']) {
        return interpreted(&written.replacen('-', "约", 1), text);
    }
    plain(&written).map_or_else(|| interpreted(&written, text), Reading::Plain)
}

fn plain(written: &str) -> Option<Money> {
    let parts = PLAIN.captures(written)?;
    let digits = format!("{}{}", &parts[2], parts[3].trim_end_matches('.')).replace(',', "");
    if !digits.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: Decimal = if digits.starts_with('.') { format!("0{digits}") } else { digits }.parse().ok()?;
    let number = if &parts[1] == "-" { -number } else { number };
    Some(Money { number, unit: parts.get(4).and_then(|unit| MoneyUnit::of(unit.as_str())) })
}

fn interpreted(written: &str, text: &str) -> Reading<Money> {
    if let Some(parts) = BRACKETED.captures(written)
        && let Some(money) = plain(&format!("{}{}", &parts[1], parts.get(2).map_or("", |unit| unit.as_str())))
    {
        return Reading::Asked(Money { number: -money.number, ..money }, format!("“{text}”带括号，按负数读取"));
    }
    if SUM.is_match(written) {
        return sum(written, text);
    }
    if RANGE.is_match(written) {
        return Reading::Unreadable(format!("“{text}”是一个区间，不是一个金额"));
    }
    if let Some(money) = in_great_units(written) {
        return Reading::Asked(money, format!("“{text}”按{}万元读取", money.number));
    }
    if let Some(parts) = REMARKED.captures(written).or_else(|| OF_WHICH.captures(written)) {
        return match plain(&parts[1]).or_else(|| rough(&parts[1])) {
            Some(money) => Reading::Asked(money, format!("“{text}”带有说明，按说明前的金额读取")),
            None => Reading::Unreadable(format!("“{text}”不是金额")),
        };
    }
    match rough(written) {
        Some(money) => Reading::Asked(money, format!("“{text}”是约数，按所写数字读取")),
        None => Reading::Unreadable(format!("“{text}”不是金额")),
    }
}

/// `1亿2000万元` and `2.5千万` in 万元.
fn in_great_units(written: &str) -> Option<Money> {
    let number = |text: &str| plain(text).map(|money| money.number);
    let in_wan = |number: Decimal| Money { number: number.normalize(), unit: Some(MoneyUnit::Wan) };
    if let Some(parts) = TWO_UNITS.captures(written) {
        return Some(in_wan(number(&parts[1])?.checked_mul(Decimal::from(10_000))?.checked_add(number(&parts[2])?)?));
    }
    let parts = GREAT.captures(written)?;
    let wan = if &parts[2] == "百万" { 100 } else { 1_000 };
    Some(in_wan(number(&parts[1])?.checked_mul(Decimal::from(wan))?))
}

/// A figure with words of approximation: 约, 近, 余, 多, 左右.
fn rough(written: &str) -> Option<Money> {
    let inner = ROUGH.captures(written)?.get(1)?.as_str().replace(['余', '多', '几'], "");
    let inner = inner.strip_suffix('元').filter(|rest| rest.ends_with(['万', '亿'])).unwrap_or(&inner).to_owned();
    plain(&inner).filter(|_| inner != written)
}

fn sum(written: &str, text: &str) -> Reading<Money> {
    let parts: Option<Vec<Money>> = written.split('+').map(plain).collect();
    let Some(parts) =
        parts.filter(|parts| parts.windows(2).all(|two| two[0].unit == two[1].unit || two[0].unit.is_none()))
    else {
        return Reading::Unreadable(format!("“{text}”不是金额"));
    };
    // A unit behind the last term counts for all: 3000+2000万元.
    let unit = parts.last().and_then(|last| last.unit);
    let number = parts.iter().map(|part| part.number).sum();
    Reading::Asked(Money { number, unit }, format!("“{text}”是一个算式，按其和读取"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn figure(text: &str) -> (String, Option<MoneyUnit>) {
        match read_money(text) {
            Reading::Plain(money) => (money.number.to_string(), money.unit),
            Reading::Asked(money, _) => (format!("?{}", money.number), money.unit),
            Reading::Empty => (String::new(), None),
            Reading::Unsaid(_) | Reading::Unreadable(_) => ("!".into(), None),
        }
    }

    #[test]
    fn reads_what_departments_write() {
        use MoneyUnit::{Wan, Yi, Yuan};
        for (text, number, unit) in [
            ("1378400", "1378400", None),
            ("54,583.00", "54583.00", None),
            ("１２００", "1200", None),
            (" 391818.41万元 ", "391818.41", Some(Wan)),
            ("1.5亿", "1.5", Some(Yi)),
            ("¥3,000元", "3000", Some(Yuan)),
            ("-20", "-20", None),
            (".5", "0.5", None),
            ("约3000万元", "?3000", Some(Wan)),
            ("3000余万元", "?3000", Some(Wan)),
            ("1亿多元", "?1", Some(Yi)),
            ("≥1亿", "?1", Some(Yi)),
            ("2000左右", "?2000", None),
            ("5000（其中专项债3000）", "?5000", None),
            ("3000+2000", "?5000", None),
            ("(1200)", "?-1200", None),
            ("3000～5000", "!", None),
            ("~3000", "?3000", None),
            ("预计3000万元", "?3000", Some(Wan)),
            ("3000万元。", "?3000", Some(Wan)),
            ("3000？", "?3000", None),
            ("2.5千万", "?2500", Some(Wan)),
            ("1 亿 2000 万元", "?12000", Some(Wan)),
            ("5000，其中到位3000", "?5000", None),
            ("3000万美元", "!", None),
            ("3000;2000", "!", None),
            ("数千万", "!", None),
            ("已完成", "!", None),
            ("12,34", "!", None),
            ("1.2.3", "!", None),
            ("1O0", "!", None),
            ("—", "", None),
            ("无", "", None),
            ("", "", None),
        ] {
            assert_eq!(figure(text), (number.to_owned(), unit), "{text}");
        }
    }

    proptest! {
        #[test]
        fn canonical_spellings_read_back(yuan in -10_000_000_000i64..10_000_000_000_000) {
            let number = crate::amount::wan(yuan);
            for text in [number.to_string(), format!(" {number} "), format!("{number}万元")] {
                prop_assert_eq!(read_money(&text).value().map(|money| money.number), Some(number));
            }
        }

        #[test]
        fn no_string_panics_and_no_word_becomes_a_plain_number(text in "\\PC{0,12}") {
            if let Reading::Plain(_) = read_money(&text) {
                let rest = label(&text).replace(['亿', '万', '元', '整', '¥', '￥'], "").replace("人民币", "").replace("rmb", "");
                prop_assert!(rest.chars().all(|c| c.is_ascii_digit() || "+-.,".contains(c)), "{text}");
            }
        }
    }
}
