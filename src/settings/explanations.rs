//! Sheet 核实说明: what a department has explained and the office accepts.

use std::collections::BTreeMap;

use super::cell::compared;
use super::decisions::book;
use super::fault::SettingsFault;
use super::form::{Form, heading, required};
use super::sheet::{Sheet, SheetRow};
use crate::finding::{Level, Place};
use crate::period::Period;
use crate::profile::{Profile, advice};
use crate::say;

/// Sheet 核实说明.
pub const EXPLANATIONS: Form = Form {
    sheet: "核实说明",
    others: &["说明事项", "核实情况说明"],
    columns: &[
        required("账册", &["台账", "账册名称"]),
        required("项目名称", &["项目"]),
        heading("项目代码", &["代码", "项目编码"]),
        required("规则", &["规则编号"]),
        required("说明", &["核实说明", "情况说明", "原因"]),
        heading("生效时间", &["生效", "起始时间"]),
        heading("有效期", &["截止时间", "有效期至"]),
    ],
    note: "单位对核实性、提示性问题作了说明、本单位认可的，每项一行，以后同样的问题仍列出，注明已说明。\
           规则写核验报告里的“规则编号”；有效期写到哪一期为止，不写即一直有效。强制性问题要改正，不能以说明代替。\
           例：重点建设项目｜城关镇污水处理厂｜｜done.over_plan｜追加了专项债资金，已报批｜2026-05｜2026-12",
};

/// A row of sheet 核实说明.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The book's id.
    pub book: String,
    /// The project's name as reported.
    pub project: String,
    /// Its platform code, where the row gives one.
    pub code: Option<String>,
    /// The rule whose finding is explained.
    pub rule: String,
    /// The explanation.
    pub text: String,
    /// First period it holds for.
    pub from: Option<Period>,
    /// Last period it holds for.
    pub to: Option<Period>,
    /// Where it stands in the settings.
    pub place: Place,
}

impl Explanation {
    /// Whether it holds for a period.
    pub fn holds(&self, period: Period) -> bool {
        period.lies_within(self.from, self.to)
    }
}

/// What sheet 核实说明 states.
pub(super) fn explanations(sheet: &Sheet, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Vec<Explanation> {
    let mut first: BTreeMap<(String, String, String), Vec<Explanation>> = BTreeMap::new();
    let mut explanations = Vec::new();
    for row in sheet.rows() {
        let Some(one) = one(&row, profile, faults) else { continue };
        let project = one.code.clone().unwrap_or_else(|| one.project.clone());
        let same = first.entry((one.book.clone(), compared(&project), one.rule.clone())).or_default();
        if let Some(other) = same.iter().find(|other| overlap(other, &one)) {
            let message = say!("settings-explained-twice", row = other.place.row().unwrap_or_default());
            faults.push(row.fault("说明", message));
            continue;
        }
        same.push(one.clone());
        explanations.push(one);
    }
    explanations
}

fn overlap(a: &Explanation, b: &Explanation) -> bool {
    let reaches = |one: &Explanation, other: &Explanation| one.to.zip(other.from).is_none_or(|(to, from)| from <= to);
    reaches(a, b) && reaches(b, a)
}

fn one(row: &SheetRow, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Option<Explanation> {
    let book = book(row, profile, faults);
    let project = row.needed("项目名称", faults);
    let code = row.text("项目代码", faults);
    let rule = row.needed("规则", faults);
    let text = row.needed("说明", faults);
    let (from, to) = (row.period("生效时间", faults), row.period("有效期", faults));
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        faults.push(row.fault("有效期", say!("settings-until-before")));
    }
    let (book, rule) = (book?, rule?);
    let ids: Vec<&str> = book.rules.iter().map(|rule| rule.id.as_str()).collect();
    let known = book.rules.iter().find(|known| known.id == rule);
    if known.is_some_and(|known| known.level == Level::Error) {
        faults.push(row.fault("规则", say!("settings-explained-error", rule = rule)));
        return None;
    }
    // Rules that are not the book's own (reading, merging, months) have ids of the same form.
    if known.is_none() && !is_rule(&rule) {
        let message = say!("settings-no-rule", advice = advice(&rule, &ids), rule = rule);
        faults.push(row.fault("规则", message));
        return None;
    }
    Some(Explanation {
        book: book.id.clone(),
        project: project?,
        code,
        rule,
        text: text?,
        from,
        to,
        place: row.place("说明"),
    })
}

fn is_rule(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    text.split_once('.').is_some_and(|(what, how)| word(what) && word(how))
}
