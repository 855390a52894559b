//! Several months kept as sheets of one workbook: only the period's counts.

use rust_xlsxwriter::{Workbook, XlsxError};
use wuzhang::pipeline::run;
use wuzhang::workspace::Workspace;

/// A town's workbook with a sheet for each month, cumulative figures growing by 10 a month.
fn by_month(months: &[u32]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for &month in months {
        let sheet = workbook.add_worksheet().set_name(format!("{month}月"))?;
        sheet.write_string(0, 0, format!("双河镇2026年1-{month}月重点项目（单位：万元）"))?;
        let headings = ["项目名称", "总投资", "年度计划投资", &format!("1-{month}月完成投资"), "形象进度"];
        for (column, heading) in headings.iter().enumerate() {
            sheet.write_string(1, column as u16, *heading)?;
        }
        for (row, name) in ["双河滨水公园", "双河二小扩建"].iter().enumerate() {
            let row = row as u32 + 2;
            sheet.write_string(row, 0, *name)?;
            sheet.write_number(row, 1, 3000.0)?;
            sheet.write_number(row, 2, 1000.0)?;
            sheet.write_number(row, 3, f64::from(month) * 10.0)?;
            sheet.write_string(row, 4, "施工中")?;
        }
    }
    workbook.save_to_buffer()
}

#[test]
fn only_the_period_s_sheet_counts() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("报表");
    std::fs::create_dir(&inbox).unwrap();
    std::fs::write(inbox.join("双河镇.xlsx"), by_month(&[8, 9, 10]).unwrap()).unwrap();
    let outcome = run(&Workspace::open(&inbox).unwrap(), "2026-10".parse().unwrap(), &|_| {}).unwrap();
    let facts = &outcome.merged.facts["key_projects"];
    let done: Vec<Option<i64>> = (0..facts.height()).map(|row| facts.whole("done", row)).collect();
    assert_eq!(done, [Some(1_000_000), Some(1_000_000)], "two projects with October's 100 万元 each");
    let passed: Vec<_> = outcome.files[0].sheets.iter().map(|sheet| sheet.reason).collect();
    assert_eq!(passed, [Some("其他报告期的工作表"), Some("其他报告期的工作表"), None]);
}

#[test]
fn a_lone_sheet_of_another_month_is_asked_about_and_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("报表");
    std::fs::create_dir(&inbox).unwrap();
    std::fs::write(inbox.join("双河镇.xlsx"), by_month(&[9]).unwrap()).unwrap();
    let outcome = run(&Workspace::open(&inbox).unwrap(), "2026-10".parse().unwrap(), &|_| {}).unwrap();
    assert_eq!(outcome.merged.facts["key_projects"].height(), 2);
    assert!(outcome.findings.iter().any(|finding| &*finding.rule == "period.mismatch"));
}
