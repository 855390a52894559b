//! A form that no book knows: drafted from a workbook, kept in the workspace, merged and added up.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// 老旧小区改造, with a two-level header, a total and a remark.
fn estates() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("改造情况")?;
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 6, "云山县2026年9月老旧小区改造进展情况表", &plain)?;
    sheet.write_string(1, 0, "填报单位：县住建局")?;
    sheet.write_string(1, 5, "单位：万元")?;
    for (column, heading) in [(0, "序号"), (1, "小区名称"), (2, "涉及户数"), (5, "开工日期"), (6, "居民满意率")]
    {
        sheet.merge_range(2, column, 3, column, heading, &plain)?;
    }
    sheet.merge_range(2, 3, 2, 4, "改造支出", &plain)?;
    sheet.write_string(3, 3, "2026年安排")?;
    sheet.write_string(3, 4, "1-9月支出")?;
    let rows =
        [("城南小区", 320, 1200.0, 600.5, "2026.3", "95.5%"), ("河西小区", 150, 800.0, 399.5, "2026年5月", "88%")];
    for (at, (name, homes, planned, spent, started, content)) in rows.into_iter().enumerate() {
        let row = at as u32 + 4;
        sheet.write_number(row, 0, at as f64 + 1.0)?;
        sheet.write_string(row, 1, name)?;
        sheet.write_number(row, 2, f64::from(homes))?;
        sheet.write_number(row, 3, planned)?;
        sheet.write_number(row, 4, spent)?;
        sheet.write_string(row, 5, started)?;
        sheet.write_string(row, 6, content)?;
    }
    sheet.write_string(6, 1, "合计")?;
    sheet.write_number(6, 2, 470.0)?;
    sheet.write_number(6, 3, 2000.0)?;
    sheet.write_number(6, 4, 1000.0)?;
    workbook.save_to_buffer()
}

fn wuzhang(folder: &Path, line: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wuzhang")).current_dir(folder).args(line.split(' ')).output().unwrap()
}

#[track_caller]
fn said(output: Output, status: i32) -> String {
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{text}");
    text
}

#[test]
fn a_form_is_drafted_checked_and_added_up() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("老旧小区.xlsx"), estates().unwrap()).unwrap();
    let at = |line: &str| wuzhang(root.path(), line);
    said(at("init 云山县"), 0);
    let shown = said(at("book new 老旧小区.xlsx --id estates --period 2026-09"), 0);
    assert!(shown.contains("spellings = [\"改造支出|1-{m}月支出\"]"), "{shown}");
    let made = said(at("book new 老旧小区.xlsx --id estates --period 2026-09 --to 云山县"), 0);
    assert!(made.contains("老旧小区改造进展情况") && made.contains("照此读取：2行"), "{made}");
    let again = said(at("book new 老旧小区.xlsx --id estates --period 2026-09 --to 云山县"), 2);
    assert!(again.contains("不覆盖"), "{again}");
    assert!(said(at("book check 云山县"), 0).contains("estates"));
    let inbox = root.path().join("云山县/inbox/2026-09");
    fs::create_dir_all(&inbox).unwrap();
    fs::write(inbox.join("县住建局.xlsx"), estates().unwrap()).unwrap();
    said(at("run 云山县 --period 2026-09"), 0);
    let figures = said(at("measures 云山县 --period 2026-09"), 0);
    let line = |title: &str| figures.lines().find(|line| line.contains(title)).unwrap_or_default().to_owned();
    assert!(line("涉及户数").contains("470"), "{figures}");
    assert!(line("行数").contains('2'), "{figures}");
    // 1200 + 800 and 600.5 + 399.5 万元.
    assert!(line("改造支出安排").contains("2000万元"), "{figures}");
    assert!(figures.contains("改造支出  ") && figures.contains("1000万元"), "{figures}");
}

#[test]
fn what_cannot_be_drafted_is_told() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("老旧小区.xlsx"), estates().unwrap()).unwrap();
    fs::write(root.path().join("空.csv"), "只有一行字\n").unwrap();
    let at = |line: &str| wuzhang(root.path(), line);
    for (line, expected) in [
        ("book new 老旧小区.xlsx --id Estates", "小写英文字母"),
        ("book new 空.csv --id estates", "没有找到表格"),
        ("book new 没有.xlsx --id estates", "没有.xlsx"),
        ("book new 老旧小区.xlsx --id estates --sheet 汇总", "改造情况"),
        ("book new 老旧小区.xlsx --id key_projects --to .", "不是工作区"),
    ] {
        let told = said(at(line), 2);
        assert!(told.contains(expected), "{line}: {told}");
    }
    said(at("init 县"), 0);
    assert!(said(at("book new 老旧小区.xlsx --id key_projects --to 县"), 2).contains("不覆盖"));
}

#[test]
fn the_sample_s_own_book_is_what_would_be_drafted_with_its_shares_recomputed() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunshan");
    let book = fs::read_to_string(sample.join("profile/investment_by_industry.toml")).unwrap();
    let workbook = "inbox/2026-09/县招商服务中心1-9月招商引资月报.xlsx";
    let line = format!("book new {workbook} --sheet 分产业汇总 --id investment_by_industry --period 2026-09");
    let drafted = said(wuzhang(&sample, &line), 0);
    let spelt = |text: &str| {
        let table: toml::Table = text.parse().unwrap();
        let fields = table["field"].as_array().unwrap().iter();
        fields.map(|field| (field["kind"].clone(), field["spellings"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(spelt(&drafted), spelt(&book));
}
