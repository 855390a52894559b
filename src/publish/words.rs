//! Sentences of the field: rates differ in 百分点, amounts in %; a fall is 下降X%, never 增长-X%.

use chrono::Datelike;
use num_traits::Signed;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Report;
use crate::amount::{Fraction, rounded, wan, yi};
use crate::period::{Grain, Period};
use crate::profile::{Measure, MeasuredIn, Reckoning};
use crate::rank::Ranked;

/// Money as a sentence says it: `11亿元`, from one 亿元 on; `5630.5万元` below.
pub fn amount_in_words(yuan: i64) -> String {
    match yuan.unsigned_abs() >= 100_000_000 {
        true => format!("{}亿元", yi(yuan)),
        false => format!("{}万元", wan(yuan).round_dp(2).normalize()),
    }
}

/// A rate: `35.6%`.
pub fn rate_in_words(rate: Fraction) -> String {
    tenths(rate).map_or("—".to_owned(), |tenths| format!("{tenths}%"))
}

/// How far completion is ahead of the schedule (negative is behind): `比序时进度慢6.1个百分点`.
pub fn lead_in_words(lead: Fraction) -> String {
    compared(lead, "比序时进度快", "比序时进度慢", "个百分点").unwrap_or("与序时进度持平".to_owned())
}

/// How a rate has changed against last year: `比去年同期下降11.7个百分点`.
pub fn rate_change_in_words(change: Fraction) -> String {
    compared(change, "比去年同期上升", "比去年同期下降", "个百分点").unwrap_or("与去年同期持平".to_owned())
}

/// How an amount has changed against last year: `同比下降10.3%`.
pub fn growth_in_words(change: Fraction) -> String {
    compared(change, "同比增长", "同比下降", "%").unwrap_or("同比持平".to_owned())
}

/// `None` where the difference rounds to nothing.
fn compared(difference: Fraction, more: &str, less: &str, unit: &str) -> Option<String> {
    let size = tenths(difference.abs())?;
    let word = if difference.is_negative() { less } else { more };
    (!size.is_zero()).then(|| format!("{word}{size}{unit}"))
}

/// Percent with one decimal, always shown: 30.0.
fn tenths(rate: Fraction) -> Option<Decimal> {
    rounded(rate, 100, 1)
}

/// The months that cumulative figures cover: `前5个月`; up to a cut-off inside a month `截至9月20日`.
pub(super) fn months(period: Period) -> String {
    if period.grain() != Grain::Month {
        return format!("截至{}月{}日", period.month(), period.last_day().day());
    }
    match period.month() {
        1 => "1月份".to_owned(),
        12 => "全年".to_owned(),
        month => format!("前{month}个月"),
    }
}

/// The opening sentence: 全县109个重点建设项目前5个月完成投资11亿元，完成年度投资计划的35.6%，比去年同期下降11.7个百分点，比序时进度慢6.1个百分点。
pub fn headline(report: &Report) -> String {
    let Some(whole) = report.whole().filter(|_| report.facts.height() > 0) else {
        let what = report.book().map_or("重点项目", |book| book.short());
        return format!("{}尚无可汇总的{what}。", report.period.in_words());
    };
    if whole.figure("completion").is_none() {
        return key_figures(report, whole);
    }
    let value = |measure: &str| whole.figure(measure).and_then(|figure| figure.value);
    let mut clauses = vec![opening(report, whole)];
    clauses.extend(value("completion").map(|rate| format!("完成年度投资计划的{}", rate_in_words(rate))));
    clauses.extend(value("completion_change").map(rate_change_in_words));
    clauses.extend(value("lag").map(|lag| lead_in_words(-lag)));
    let mut sentence = format!("{}。", clauses.join("，"));
    let counted = |measure: &str| value(measure).filter(|n| n.is_positive()).map(|n| n.to_integer());
    match (counted("behind"), counted("not_started")) {
        (Some(behind), Some(idle)) => sentence += &format!("未达序时进度项目{behind}个，未开工项目{idle}个。"),
        (Some(behind), None) => sentence += &format!("未达序时进度项目{behind}个。"),
        (None, Some(idle)) => sentence += &format!("未开工项目{idle}个。"),
        (None, None) => {}
    }
    sentence
}

/// How many figures the opening sentence of a book without a plan names.
const NAMED: usize = 6;

/// The first figures of the whole: 截至2026年9月底，全县招商引资项目：引进项目个数86个，其中新签个数74个。
fn key_figures(report: &Report, whole: &Ranked) -> String {
    let book = &report.facts.book;
    let told = whole.figures.iter().filter_map(|figure| {
        let measure = report.measure(book, &figure.measure)?;
        Some(format!("{}{}", measure.title, figure_in_words(measure, figure.value?)))
    });
    let told: Vec<String> = told.take(NAMED).collect();
    let title = report.book().map_or(book.as_str(), |book| book.title.as_str());
    let whole = &report.profile.county.whole;
    format!("{}，{whole}{title}：{}。", report.period.as_of(), told.join("，"))
}

/// A figure as a sentence says it, in the measure's own unit.
pub(super) fn figure_in_words(measure: &Measure, value: Fraction) -> String {
    let shown = |scale, digits, unit: &str| {
        rounded(value, scale, digits).map_or("—".to_owned(), |shown| format!("{}{unit}", shown.normalize()))
    };
    match measure.measured_in {
        MeasuredIn::Yuan => value.round().to_integer().to_i64().map_or("—".to_owned(), amount_in_words),
        MeasuredIn::Count => shown(1, 1, measure.unit.as_deref().unwrap_or("个")),
        MeasuredIn::Fraction => rate_in_words(value),
        MeasuredIn::Points => shown(100, 1, "个百分点"),
        MeasuredIn::Score => shown(1, 2, "分"),
    }
}

/// A figure as a clause of a sentence: what differs says from what, a count drops the word for counting
/// (引进项目个数26个 is 引进项目26个).
pub(super) fn phrase(measure: &Measure, value: Fraction) -> String {
    match (measure.kind, measure.measured_in) {
        (Reckoning::Lag, _) => lead_in_words(-value),
        (Reckoning::Change, MeasuredIn::Points) => rate_change_in_words(value),
        (Reckoning::Change, MeasuredIn::Fraction) => growth_in_words(value),
        (_, MeasuredIn::Count) => {
            let title = measure.title.trim_end_matches("个数").trim_end_matches('数');
            format!("{title}{}", figure_in_words(measure, value))
        }
        _ => format!("{}{}", measure.title, figure_in_words(measure, value)),
    }
}

/// What decides a ranking: 完成率由高到低.
pub(super) fn order_in_words(by: Option<&Measure>, lowest: bool) -> String {
    let title = by.map_or("名次", |measure| measure.title.as_str());
    format!("{title}由{}", if lowest { "低到高" } else { "高到低" })
}

fn opening(report: &Report, whole: &Ranked) -> String {
    let whole_value = |measure: &str| whole.figure(measure).and_then(|figure| figure.value);
    let book = report.book().map_or("重点项目", |book| book.title.as_str());
    let count = whole_value("count").map_or(String::new(), |count| format!("{count}个"));
    let done = whole_value("done")
        .and_then(|yuan| yuan.to_integer().to_i64())
        .map_or("完成投资无法汇总".to_owned(), |yuan| format!("完成投资{}", amount_in_words(yuan)));
    format!("{}{count}{book}{}{done}", report.profile.county.whole, months(report.period))
}

/// The month's last day: 2026, 5, 31.
pub(super) fn last_day(period: Period) -> (u16, u8, u8) {
    let day = period.last_day();
    (day.year() as u16, day.month() as u8, day.day() as u8)
}

/// A quotient as a fraction, nothing where the divisor is nothing.
pub(super) fn quotient(above: Fraction, below: Fraction) -> Option<Fraction> {
    (below.is_positive()).then(|| above / below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;

    fn points(tenths: i64) -> Fraction {
        fraction(tenths, 1000).unwrap()
    }

    #[test]
    fn rates_differ_in_points_and_amounts_in_percent() {
        assert_eq!(lead_in_words(points(356) - fraction(5, 12).unwrap()), "比序时进度慢6.1个百分点");
        assert_eq!(lead_in_words(points(20)), "比序时进度快2.0个百分点");
        assert_eq!(rate_change_in_words(points(-117)), "比去年同期下降11.7个百分点");
        assert_eq!(growth_in_words(points(-103)), "同比下降10.3%");
        assert_eq!(growth_in_words(points(89)), "同比增长8.9%");
    }

    #[test]
    fn what_rounds_to_nothing_is_level() {
        for tiny in [fraction(4, 10_000), fraction(-4, 10_000), fraction(0, 1)] {
            assert_eq!(growth_in_words(tiny.unwrap()), "同比持平");
            assert_eq!(lead_in_words(tiny.unwrap()), "与序时进度持平");
        }
        assert_eq!(growth_in_words(fraction(-5, 10_000).unwrap()), "同比下降0.1%");
    }

    #[test]
    fn amounts_and_months_read_as_leaders_say_them() {
        assert_eq!(amount_in_words(1_100_000_000), "11亿元");
        assert_eq!(amount_in_words(410_000_000), "4.1亿元");
        assert_eq!(amount_in_words(56_305_000), "5630.5万元");
        assert_eq!(months(Period::new(2026, 5).unwrap()), "前5个月");
        assert_eq!(last_day(Period::new(2028, 2).unwrap()), (2028, 2, 29));
    }
}
