//! The workbooks of other months than May: last year's, kept by one office, and those of units that were opened since.

use super::super::date::Dates;
use super::super::month::Month;
use super::super::truth::history::{OPENED, OPENED_FROM};
use super::super::truth::last_year::KEEPER;
use super::departments::DEPARTMENTS;
use super::systems;
use super::towns::TOWNS;
use super::{Extra, Form, Format, KEY, Rates, Submission, Total};

/// Who sends something in a month that he does not send in May.
pub fn submissions(month: Month) -> impl Iterator<Item = &'static Submission> {
    let old = (month.year < 2026).then_some(&LAST_YEAR);
    let new = (month >= Month::of_2026(OPENED_FROM)).then_some(&DATA);
    old.into_iter().chain(new)
}

/// The forms of a unit's workbook in a month: from June on the other books have layouts of their own, and more units keep them.
pub fn forms(submission: &Submission, month: Month) -> Vec<Form> {
    let known = submission.forms.iter().copied();
    if month <= Month::MAY {
        return known.collect();
    }
    let unit = submission.unit;
    // A unit that sends two files has the other books in the one with the key projects.
    let main = submission.forms.iter().any(|form| form.book == "key_projects");
    let alone = !TOWNS
        .iter()
        .chain(DEPARTMENTS)
        .any(|other| other.unit == unit && other.forms.iter().any(|form| form.book == "key_projects"));
    let later = BOOKS.iter().filter(|_| main || alone).filter_map(|book| systems::form(book, unit));
    known.filter(|form| !BOOKS.contains(&form.book)).chain(later).collect()
}

/// The books with layouts of their own from June on.
const BOOKS: [&str; 5] = ["investment", "bottlenecks", "initiatives", "indicators", "campaign"];

/// The one sheet of last year's key projects.
static LAST_YEAR: Submission = Submission {
    unit: KEEPER,
    file: "2026年1-5月重点项目完成情况总表(县重点项目办公室).xlsx",
    format: Format::Xlsx,
    forms: &[Form {
        sheet: "总表",
        top: "#云山县2026年1-5月重点项目投资完成情况总表\n填报单位：县重点项目办公室||单位：万元",
        columns: "序号|项目代码=code|项目名称=name|项目类别=category|所在乡镇=town|责任单位=unit|联系领导=leader|总投资=total|年度计划投资=plan|5月完成投资=done_month|1-5月累计完成投资=done|完成率=rate|备注=note",
        rates: Rates::Percent,
        total: Total::Top,
        ..KEY
    }],
    extras: &[],
};

/// The department that is opened in July.
static DATA: Submission = Submission {
    unit: OPENED.0,
    file: "县数据局重点项目进展(5月).xlsx",
    format: Format::Xlsx,
    forms: &[Form {
        sheet: "重点项目",
        top: "#县数据局重点项目进展情况\n填报单位：县数据局||单位：万元||2026年5月",
        columns: "序号|项目赋码=code|项目名称=name|项目类别=category|建设地点=town|主要建设内容=scale|总投资=total|年度计划投资=plan|5月完成投资=done_month|1-5月累计完成投资=done|完成率=rate|实际开工时间=actual_start|计划竣工时间=planned_finish|形象进度=status|存在问题=problem|责任单位=unit|备注=note",
        dates: Dates::Chinese,
        rates: Rates::Percent,
        ..KEY
    }],
    extras: &[Extra::Empty("Sheet2")],
};
