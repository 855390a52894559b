//! A column's heading, brought to the form in which books spell their fields.
//!
//! Takes the header's levels as written, gives a [`Heading`]: own words and group apart, the
//! period's numbers as `{y}`, `{ly}`, `{m}`, `{nm}`, units and decoration taken out and kept.

use std::borrow::Borrow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::period::Period;
use crate::text::label;
use crate::value::MoneyUnit;

/// A column's heading in comparable form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Heading {
    /// As written, the levels joined with `|`.
    pub(super) written: String,
    /// The lowest level, canonical.
    pub(super) own: String,
    /// The levels above it, canonical, joined with `|`; empty for a plain heading.
    pub(super) group: String,
    /// The unit of money in the lowest level that names one.
    pub(super) unit: Option<MoneyUnit>,
    /// Whether it says percent.
    pub(super) percent: bool,
    /// A period in the heading that is not the one reported, as written.
    pub(super) stale: Option<String>,
}

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:[(/:,、]+(?:金额)?(?:计量)?(?:单位)?:?(?:人民币)?(亿元|百万元|万元|千元|元|万|亿)\)?$)|\((?:金额)?(?:单位:?)?(?:人民币)?(亿元|百万元|万元|千元|元|亿|万)\)",
    )
});
static PERCENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"[(/:]?(?:单位:?)?%\)?|\(百分比\)|\(百分数\)"));
static DECORATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\((?:必填|选填|下拉选择|下拉|盖章|签字|签名|填写|请填写|个|项|若有|如有|可不填|具体到月|年月|按月填报|详细)\)|^[*★☆●△▲※◆■]+|[*★☆※]+$|^\d{1,2}[.、]",
    )
});
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"((?:19|20)\d{2})(?:年度?|$)|(?:^|[^\d])(2\d)年度?|((?:19|20)\d{2})(计划|完成|投资|累计|目标|任务)")
});
static SPAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"1月?[-至到](\d{0,2})月份?|1-\{m\}月"));
static MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(^|[^\d-])(\d{1,2})月份?(底|末)?"));
/// A month left to be filled in: `  月完成投资`.
static NO_MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:(\{y\}年))?月(完成|累计|底|末|计划)"));
/// The year before where only a plan of this year makes sense.
static OLD_PLAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\{ly\}年(?:投资)?(?:计划|目标|任务)"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that the tests compile")
}

/// One level of a heading: the text of a header's cell in comparable form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    /// As written, on one line; all else follows from it.
    pub(super) written: String,
    /// As any text is compared.
    pub(super) label: String,
    /// Canonical; empty where nothing but a unit or decoration is said.
    word: String,
    unit: Option<MoneyUnit>,
    percent: bool,
    stale: Option<String>,
}

impl Heading {
    /// The heading of a column whose header levels, from the top, say `levels`.
    pub(super) fn new(levels: &[&str], period: Period) -> Self {
        let words: Vec<Words> = levels.iter().map(|level| Words::new(level, period)).collect();
        Self::of(&words)
    }

    /// The heading of a column by its levels from the top.
    pub(super) fn of(levels: &[impl Borrow<Words>]) -> Self {
        let mut heading = Self::default();
        let mut own = "";
        for (at, level) in levels.iter().map(Borrow::borrow).enumerate() {
            if at > 0 {
                heading.written.push('|');
            }
            heading.written.push_str(&level.written);
            heading.unit = level.unit.or(heading.unit);
            heading.percent |= level.percent;
            if level.stale.is_some() {
                heading.stale.clone_from(&level.stale);
            }
            if level.word.is_empty() {
                continue;
            }
            if !own.is_empty() {
                let between = if heading.group.is_empty() { "" } else { "|" };
                heading.group.push_str(between);
                heading.group.push_str(own);
            }
            own = &level.word;
        }
        heading.own = own.to_owned();
        heading
    }
}

impl Words {
    /// A header's cell as written.
    pub(super) fn new(level: &str, period: Period) -> Self {
        let mut words = Self { written: one_line(level), label: label(level), ..Self::default() };
        words.word = words.canonical(period);
        words
    }

    fn canonical(&mut self, period: Period) -> String {
        let mut word = self.label.clone();
        if let Some(parts) = word.contains(['元', '万', '亿']).then(|| UNIT.captures(&word)).flatten() {
            let unit = parts.get(1).or(parts.get(2)).map_or("", |unit| unit.as_str());
            self.unit = money_unit(unit);
            word = UNIT.replace(&word, "").into_owned();
        }
        if word.contains(['%', '百']) && PERCENT.is_match(&word) {
            self.percent = true;
            word = PERCENT.replace_all(&word, "").into_owned();
        }
        let word = DECORATION.replace_all(&word, "");
        let word = self.with_period(&word, period);
        word.trim_matches([':', '、', ',', '.', ';']).to_owned()
    }

    fn with_period(&mut self, word: &str, period: Period) -> String {
        // Years stand in figures, and months before 月; most headings have neither.
        if !word.contains(|c: char| c.is_numeric() || c == '月') {
            return word.to_owned();
        }
        let mut stale = None;
        let word = YEARS.replace_all(word, |parts: &Captures| {
            let year =
                parts.get(1).or(parts.get(3)).map_or_else(|| format!("20{}", &parts[2]), |y| y.as_str().to_owned());
            let before =
                parts.get(2).map_or("", |short| &parts[0][..short.start() - parts.get(0).map_or(0, |all| all.start())]);
            let behind = parts.get(4).map_or("", |word| word.as_str());
            match year.parse::<i32>() {
                Ok(year) if year == period.year() => format!("{before}{{y}}年{behind}"),
                Ok(year) if year == period.year() - 1 => format!("{before}{{ly}}年{behind}"),
                _ => {
                    stale = Some(parts[0].to_owned());
                    format!("{before}{{y}}年{behind}")
                }
            }
        });
        let word = SPAN.replace_all(&word, |parts: &Captures| {
            if parts.get(1).is_some_and(|month| month.as_str().parse() != Ok(period.month())) {
                stale = Some(parts[0].to_owned());
            }
            "1-{m}月".to_owned()
        });
        let next = period.month() % 12 + 1;
        let word = MONTH.replace_all(&word, |parts: &Captures| {
            let end = parts.get(3).map_or("", |end| end.as_str());
            let upto = !end.is_empty() || parts[1].ends_with(['至', '止', '到']);
            match parts[2].parse::<u32>() {
                Ok(month) if month == period.month() => format!("{}{{m}}月{end}", &parts[1]),
                // The year before is known to its end: 至2025年12月底.
                Ok(12) if word.contains("{ly}") => parts[0].to_owned(),
                Ok(month @ 1..=12) => {
                    if upto || month != next {
                        stale = Some(parts[0].to_owned());
                    }
                    let mark = if upto {
                        "{m}".to_owned()
                    } else if month == next {
                        "{nm}".to_owned()
                    } else {
                        month.to_string()
                    };
                    format!("{}{mark}月{end}", &parts[1])
                }
                _ => parts[0].to_owned(),
            }
        });
        let word = NO_MONTH.replace(&word, |parts: &Captures| {
            stale = Some("月".to_owned());
            format!("{}{{m}}月{}", parts.get(1).map_or("", |year| year.as_str()), &parts[2])
        });
        let word = OLD_PLAN.replace(&word, |parts: &Captures| {
            stale = Some("{ly}年".replace("{ly}", &(period.year() - 1).to_string()));
            parts[0].replace("{ly}", "{y}")
        });
        if stale.is_some() {
            self.stale = stale;
        }
        word.into_owned()
    }
}

impl Heading {
    /// Own words behind the group's levels, all of them first, then the lower ones only.
    pub(super) fn joins(&self) -> Vec<String> {
        let levels: Vec<&str> = self.group.split('|').filter(|level| !level.is_empty()).collect();
        (0..levels.len()).map(|from| format!("{}{}", levels[from..].concat(), self.own)).collect()
    }

    /// The group without its first levels, and the own words.
    pub(super) fn lower_group(&self, without: usize) -> Option<(String, String)> {
        let levels: Vec<&str> = self.group.split('|').skip(without).collect();
        (without > 0 && !levels.is_empty()).then(|| (levels.join("|"), self.own.clone()))
    }

    /// Own words and group run together, as one would say them.
    pub(super) fn joined(&self) -> String {
        format!("{}{}", self.group.replace('|', ""), self.own)
    }
}

/// A spelling from a book, in the same form: its own words and its group.
pub(super) fn spelling(text: &str) -> (String, String) {
    let mut words: Vec<String> =
        text.split('|').map(|part| label(part).replace("{y}年度", "{y}年").replace("{m}月份", "{m}月")).collect();
    let own = words.pop().unwrap_or_default();
    (own, words.join("|"))
}

/// The unit of money a word names.
pub(super) fn money_unit(word: &str) -> Option<MoneyUnit> {
    match word {
        "元" => Some(MoneyUnit::Yuan),
        "万" | "万元" => Some(MoneyUnit::Wan),
        "亿" | "亿元" => Some(MoneyUnit::Yi),
        "千元" => Some(MoneyUnit::Qian),
        "百万元" => Some(MoneyUnit::Baiwan),
        _ => None,
    }
}

/// A header cell on one line, as `inspect` shows it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(levels: &[&str]) -> Heading {
        Heading::new(levels, "2026-10".parse().unwrap())
    }

    #[test]
    fn units_periods_and_decoration_come_out() {
        for (written, own, unit) in [
            ("总投资\n（万元）", "总投资", Some(MoneyUnit::Wan)),
            ("计划总投资额/亿元", "计划总投资额", Some(MoneyUnit::Yi)),
            ("总投资规模：万元", "总投资规模", Some(MoneyUnit::Wan)),
            ("总投资估算(单位:万元)", "总投资估算", Some(MoneyUnit::Wan)),
            ("协议引资额（元）", "协议引资额", Some(MoneyUnit::Yuan)),
            ("2026年1—10月完成（万元）", "{y}年1-{m}月完成", Some(MoneyUnit::Wan)),
            ("至2025年底累计完成投资", "至{ly}年底累计完成投资", None),
            ("10月份完成投资", "{m}月完成投资", None),
            ("11月计划完成投资", "{nm}月计划完成投资", None),
            ("截至10月底形象进度", "截至{m}月底形象进度", None),
            ("占年度计划（%）", "占年度计划", None),
            ("★项 目 名 称（必填）", "项目名称", None),
        ] {
            let heading = heading(&[written]);
            assert_eq!((heading.own.as_str(), heading.unit), (own, unit), "{written}");
        }
        let grouped = heading(&["投资情况（万元）", "1-10月\n累计"]);
        assert_eq!(
            (grouped.group.as_str(), grouped.own.as_str(), grouped.unit),
            ("投资情况", "1-{m}月累计", Some(MoneyUnit::Wan))
        );
        assert!(heading(&["完成率(%)"]).percent);
    }

    #[test]
    fn a_stale_or_blank_period_is_noticed() {
        assert_eq!(heading(&["1-9月完成投资"]).stale.as_deref(), Some("1-9月"));
        assert_eq!(heading(&["1-  月完成投资"]).own, "1-{m}月完成投资");
        assert_eq!(heading(&["1-  月完成投资"]).stale.as_deref(), Some("1-月"));
        assert_eq!(heading(&["2024年计划投资"]).stale.as_deref(), Some("2024年"));
        assert_eq!(heading(&["1-10月完成投资"]).stale, None);
    }
}
