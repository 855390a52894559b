//! The frame of an official document: who issues it to whom, its number and date; stated in `[bulletin]` of
//! `county.toml`, else made from the county's name.

use chrono::{Datelike, NaiveDate};

use crate::period::{Grain, Period};
use crate::profile::{BulletinPlan, Reporting};

/// The words around the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    /// 发文机关标志.
    pub(super) masthead: String,
    /// 发文字号.
    pub(super) number: String,
    /// 主送机关, without colon.
    pub(super) to: String,
    /// 抄送机关, without full stop; empty for none.
    pub(super) copy_to: String,
    /// 发文机关署名; empty where nobody has said whose office it is.
    pub(super) issuer: String,
    /// 印发机关.
    pub(super) printed_by: String,
    /// 成文日期, which is 印发日期 too.
    pub(super) day: NaiveDate,
}

impl Letter {
    /// The frame of a period's issue; `county` is empty where the office has not said.
    pub(super) fn new(plan: &BulletinPlan, reports: &Reporting, county: &str, (period, issue): (Period, u32)) -> Self {
        let or = |stated: &Option<String>, made: String| stated.as_deref().map_or(made, |text| text.trim().to_owned());
        let issuer = or(&plan.issuer, if county.is_empty() { String::new() } else { format!("{county}统计局") });
        let office = |ending: &str| if issuer.is_empty() { String::new() } else { format!("{issuer}{ending}") };
        let masthead = if issuer.is_empty() { "督查通报".to_owned() } else { office("文件") };
        Self {
            masthead: or(&plan.masthead, masthead),
            number: number(plan, county, period, issue),
            to: trimmed(or(&plan.to, to(county)), ['：', ':']),
            copy_to: trimmed(or(&plan.copy_to, copy_to(county)), ['。', '.']),
            printed_by: or(&plan.printed_by, office("办公室")),
            day: plan.day(reports, period),
            issuer,
        }
    }

    /// The date as official documents write it: 2026年6月5日.
    pub(super) fn dated(&self) -> String {
        in_words(self.day)
    }
}

/// A day without leading zeros.
pub(super) fn in_words(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// 云督〔2026〕5号; weeks and cut-off days are series of their own.
pub(super) fn number(plan: &BulletinPlan, county: &str, period: Period, issue: u32) -> String {
    let mark = plan.mark.clone().unwrap_or_else(|| format!("{}督", county.chars().take(1).collect::<String>()));
    let within = |kind: &str| plan.mark_within_month.clone().unwrap_or_else(|| format!("{mark}{kind}"));
    let mark = match period.grain() {
        Grain::Month => mark.clone(),
        Grain::Week => within("周"),
        Grain::Day => within("专"),
    };
    format!("{}〔{}〕{issue}号", mark.trim(), period.year())
}

fn to(county: &str) -> String {
    match county.chars().next_back() {
        Some('市' | '州' | '盟') => format!("各县（市、区）人民政府，{}政府各部门、各直属机构", level(county)),
        _ => format!("各乡镇人民政府、街道办事处，{}政府各部门、各直属机构", level(county)),
    }
}

fn copy_to(county: &str) -> String {
    let level = level(county);
    ["委办公室", "人大常委会办公室", "政府办公室", "政协办公室"].map(|office| format!("{level}{office}")).join("，")
}

/// How a government calls itself within its own walls: 县, 市, 区.
fn level(county: &str) -> char {
    county.chars().next_back().filter(|last| "县市区旗州盟".contains(*last)).unwrap_or('县')
}

fn trimmed(text: String, ends: [char; 2]) -> String {
    text.trim_end_matches(ends).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(plan: &BulletinPlan, county: &str, period: &str) -> Letter {
        Letter::new(plan, &Reporting::default(), county, (period.parse().unwrap(), 5))
    }

    #[test]
    fn what_is_not_stated_is_made_from_the_countys_name() {
        let made = letter(&BulletinPlan::default(), "云山县", "2026-05");
        assert_eq!(
            (made.masthead.as_str(), made.number.as_str(), made.issuer.as_str(), made.dated().as_str()),
            ("云山县统计局文件", "云督〔2026〕5号", "云山县统计局", "2026年6月5日")
        );
        assert_eq!(made.to, "各乡镇人民政府、街道办事处，县政府各部门、各直属机构");
        let city = letter(&BulletinPlan::default(), "云州市", "2026-05");
        assert_eq!(city.to, "各县（市、区）人民政府，市政府各部门、各直属机构");
        assert!(city.copy_to.starts_with("市委办公室，"));
    }

    #[test]
    fn weeks_are_a_series_of_their_own() {
        assert_eq!(letter(&BulletinPlan::default(), "云山县", "2026-W38").number, "云督周〔2026〕5号");
        let plan = BulletinPlan { mark: Some("云重办".into()), ..BulletinPlan::default() };
        assert_eq!(letter(&plan, "云山县", "2026-09-20").number, "云重办专〔2026〕5号");
    }

    #[test]
    fn an_office_without_a_name_still_has_a_document() {
        let made = letter(&BulletinPlan { to: Some("各单位：".into()), ..BulletinPlan::default() }, "", "2026-05");
        assert_eq!(
            (made.masthead.as_str(), made.number.as_str(), made.issuer.as_str()),
            ("督查通报", "督〔2026〕5号", "")
        );
        assert_eq!(made.to, "各单位");
    }
}
