//! Sheets 目标, 调整 and 上年同期: figures and decisions, by the profile's books, measures and rankings.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::compared;
use super::fault::SettingsFault;
use super::form::ADJUSTMENTS;
use super::sheet::{Sheet, SheetRow};
use super::{Adjustment, Decision, LastYear, Target, Unit};
use crate::profile::{Book, MeasuredIn, Profile, RankingPlan, WHOLE, advice};
use crate::say;

/// The column of an adjusted plan.
const NEW_PLAN: &str = "调整后年度计划(万元)";

/// What sheet 目标 states; where there is a roster, its units must be on it.
pub(super) fn targets(
    sheet: &Sheet,
    profile: &Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Vec<Target> {
    let mut seen = BTreeSet::new();
    let mut targets = Vec::new();
    for row in sheet.rows() {
        let Some(target) = target(&row, profile, units, faults) else { continue };
        if seen.insert((target.book.clone(), target.unit.clone(), target.measure.clone())) {
            targets.push(target);
        } else {
            faults.push(row.fault("指标", say!("settings-target-twice")));
        }
    }
    targets
}

fn target(row: &SheetRow, profile: &Profile, units: &[Unit], faults: &mut Vec<SettingsFault>) -> Option<Target> {
    let book = book(row, profile, faults);
    let unit = row.needed("单位", faults).and_then(|written| unit(row, "单位", &written, profile, units, faults));
    let measure = row.needed("指标", faults);
    let known = book.and_then(|book| {
        let same = |id: &str, title: &str, words: &str| words == compared(id) || words == compared(title);
        let words = compared(measure.as_deref()?);
        let known = book.measures.iter().find(|measure| same(&measure.id, &measure.title, &words));
        if known.is_none() {
            let titles: Vec<&str> = book.measures.iter().map(|measure| measure.title.as_str()).collect();
            let message =
                say!("settings-no-measure", book = book.title, advice = advice(&words, &titles), words = words);
            faults.push(row.fault("指标", message));
        }
        known
    });
    let measured_in = row.text("计量单位", faults);
    let money = known.is_some_and(|measure| measure.measured_in == MeasuredIn::Yuan);
    row.needed("目标值", faults)?;
    let value = row.target("目标值", measured_in.as_deref(), money, faults)?;
    let at = row.place("目标值");
    Some(Target { book: book?.id.clone(), unit: unit?, measure: known?.id.clone(), value, at })
}

/// The unit's canonical name.
pub(super) fn unit(
    row: &SheetRow,
    column: &str,
    written: &str,
    profile: &Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Option<String> {
    let words = compared(written);
    if units.is_empty() || words == compared(&profile.county.whole) {
        return Some(written.to_owned());
    }
    let called = |unit: &&Unit| unit.aliases.iter().chain([&unit.name]).any(|name| compared(name) == words);
    if let Some(unit) = units.iter().find(called) {
        return Some(unit.name.clone());
    }
    let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    let nearest = crate::profile::nearest(&words, &names).unwrap_or_default();
    let message = say!("settings-no-unit", written = written, nearest = nearest);
    faults.push(row.fault(column, message));
    None
}

/// The book of column 账册.
pub(super) fn book<'p>(row: &SheetRow, profile: &'p Profile, faults: &mut Vec<SettingsFault>) -> Option<&'p Book> {
    let written = row.needed("账册", faults)?;
    book_named(row, "账册", &written, profile, faults)
}

/// The book that a column's words name.
pub(super) fn book_named<'p>(
    row: &SheetRow,
    title: &str,
    written: &str,
    profile: &'p Profile,
    faults: &mut Vec<SettingsFault>,
) -> Option<&'p Book> {
    let words = compared(written);
    let called = |book: &&Book| words == book.id || words == compared(&book.title);
    let worded = |book: &&Book| book.words.iter().any(|word| compared(word) == words);
    let book = profile.books.iter().find(called).or_else(|| profile.books.iter().find(worded));
    if book.is_none() {
        let titles: Vec<&str> = profile.books.iter().map(|book| book.title.as_str()).collect();
        faults.push(row.fault(title, say!("settings-no-book", advice = advice(&words, &titles), written = written)));
    }
    book
}

/// What sheet 调整 states.
pub(super) fn adjustments(sheet: &Sheet, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Vec<Adjustment> {
    let mut seen: BTreeMap<_, Vec<Decision>> = BTreeMap::new();
    let mut adjustments = Vec::new();
    for row in sheet.rows() {
        let Some(adjustment) = adjustment(&row, profile, faults) else { continue };
        let project = adjustment.code.clone().unwrap_or_else(|| adjustment.project.clone());
        let decided = seen.entry((adjustment.book.clone(), compared(&project), adjustment.from)).or_default();
        if decided.iter().all(|other| go_together(*other, adjustment.decision)) {
            decided.push(adjustment.decision);
            adjustments.push(adjustment);
        } else {
            faults.push(row.fault("项目名称", say!("settings-decided-twice")));
        }
    }
    adjustments
}

/// Whether one document may decide both of a project: that it comes onto the list, and with which plan.
fn go_together(a: Decision, b: Decision) -> bool {
    matches!((a, b), (Decision::In, Decision::Replan(_)) | (Decision::Replan(_), Decision::In))
}

fn adjustment(row: &SheetRow, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Option<Adjustment> {
    let book = book(row, profile, faults);
    let project = row.needed("项目名称", faults);
    let code = row.text("项目代码", faults);
    let decision = decision(row, faults);
    let from = row.period("生效时间", faults);
    let document = row.needed("依据文件", faults);
    let reason = row.needed("原因", faults);
    Some(Adjustment {
        book: book?.id.clone(),
        project: project?,
        code,
        decision: decision?,
        from,
        document: document?,
        reason: reason?,
        place: row.place("项目名称"),
    })
}

fn decision(row: &SheetRow, faults: &mut Vec<SettingsFault>) -> Option<Decision> {
    let written = row.needed("调整类型", faults)?;
    let before = faults.len();
    let plan = row.amount(NEW_PLAN, faults);
    let unread = faults.len() > before;
    match compared(&written).as_str() {
        "移出" | "退出" | "调出" => {
            if plan.is_some() {
                faults.push(row.fault(NEW_PLAN, say!("settings-off-plan")));
            }
            Some(Decision::Out)
        }
        "调入" | "列入" | "新增" | "移入" => {
            if plan.is_some() {
                faults.push(row.fault(NEW_PLAN, say!("settings-in-plan")));
            }
            Some(Decision::In)
        }
        "计划调整" | "调整计划" | "调整年度计划" => match plan {
            Some(plan) if plan < 0 => {
                faults.push(row.fault(NEW_PLAN, say!("settings-plan-negative")));
                None
            }
            Some(plan) => Some(Decision::Replan(plan)),
            None if unread => None,
            None => {
                faults.push(row.fault(NEW_PLAN, say!("settings-plan-missing")));
                None
            }
        },
        _ => {
            let known = ADJUSTMENTS.columns.iter().find(|c| c.title == "调整类型").map_or(&[][..], |c| c.choices);
            faults.push(
                row.fault(
                    "调整类型",
                    say!("settings-no-decision", advice = advice(&written, known), written = written),
                ),
            );
            None
        }
    }
}

/// What sheet 上年同期 states.
pub(super) fn last_year(sheet: &Sheet, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Vec<LastYear> {
    let mut seen = BTreeSet::new();
    let mut figures = Vec::new();
    for row in sheet.rows() {
        let ranking = ranking(&row, profile, faults);
        let name = row.text("名称", faults);
        let plan = row.amount("年度计划(万元)", faults);
        let done = row.amount("完成投资(万元)", faults);
        let period = row.reported("报告期", faults);
        let Some((ranking, whole)) = ranking else { continue };
        let Some(group) = whole.or(name) else {
            faults.push(row.fault("名称", say!("settings-name-missing")));
            continue;
        };
        if seen.insert((ranking.clone(), compared(&group), period)) {
            let (plan_at, done_at) = (row.place("年度计划(万元)"), row.place("完成投资(万元)"));
            figures.push(LastYear { ranking, group, plan, done, period, plan_at, done_at });
        } else {
            faults.push(row.fault("名称", say!("settings-last-year-twice", group = group)));
        }
    }
    figures
}

/// The ranking of the whole county, which is no ranking of the profile.
const COUNTY: &str = "county";

/// A ranking's id and, where it has only one group, what that is called.
fn ranking(row: &SheetRow, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Option<(String, Option<String>)> {
    let written = row.needed("统计口径", faults)?;
    let words = compared(&written);
    let county = &profile.county;
    if words == COUNTY || words == compared(&county.whole) {
        return Some((COUNTY.to_owned(), Some(county.whole.clone())));
    }
    let plans = || county.rankings.iter();
    let called = |plan: &&RankingPlan| {
        let one = plan.basis.iter().chain(&plan.named).chain([&plan.id, &plan.title]);
        one.chain((plan.group != WHOLE).then_some(&plan.group_title)).any(|name| compared(name) == words)
    };
    if let Some(plan) = plans().find(called) {
        let whole = (plan.group == WHOLE).then(|| plan.named.as_ref().unwrap_or(&county.whole).clone());
        return Some((plan.id.clone(), whole));
    }
    let basis = plans().filter_map(|plan| plan.basis.as_deref());
    let names: Vec<&str> = [county.whole.as_str()].into_iter().chain(basis).collect();
    faults.push(row.fault("统计口径", say!("settings-no-ranking", advice = advice(&words, &names), written = written)));
    None
}
