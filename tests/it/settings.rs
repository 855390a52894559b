//! The settings workbook through the real reader: blank as we make it, and filled in by hand.

use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use wuzhang::collect::{Limits, read_file};
use wuzhang::profile::Profile;
use wuzhang::publish::settings_form;
use wuzhang::settings::{self, FORMS, Settings, UnitKind};

#[test]
fn the_blank_form_reads_as_no_settings_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.xlsx");
    std::fs::write(&path, settings_form().unwrap()).unwrap();
    let file = read_file(&path, "settings.xlsx", &Limits::default());
    let sheets: Vec<&str> = file.grids.iter().map(|grid| &*grid.sheet).collect();
    assert_eq!(sheets, FORMS.iter().map(|form| form.sheet).collect::<Vec<_>>());
    assert_eq!(settings::read(&path, &Profile::built_in(), &Limits::default()), Ok(Settings::default()));
}

/// A roster as an officer types it: a date cell for a month, a number where text is meant.
fn roster(path: &Path, kind: &str) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("单位").unwrap();
    for (column, title) in (0..).zip(["单位名称", "类别", "启用时间", "分组"]) {
        sheet.write(2, column, title).unwrap();
    }
    sheet.write(0, 0, "云山县报送单位").unwrap();
    sheet.write(3, 0, "城关镇").unwrap();
    sheet.write(3, 1, kind).unwrap();
    let month = ExcelDateTime::from_ymd(2026, 3, 1).unwrap();
    sheet.write_with_format(3, 2, &month, &Format::new().set_num_format("yyyy年m月")).unwrap();
    sheet.write(3, 3, 1).unwrap();
    workbook.save(path).unwrap();
}

#[test]
fn a_roster_typed_in_excel_is_read_and_its_faults_have_cells() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.xlsx");
    roster(&path, "乡镇");
    let units = settings::read(&path, &Profile::built_in(), &Limits::default()).unwrap().units;
    assert_eq!(
        (units[0].name.as_str(), units[0].kind, units[0].group.as_deref()),
        ("城关镇", UnitKind::Town, Some("1"))
    );
    assert_eq!(units[0].from.unwrap().to_string(), "2026-03");
    roster(&path, "村");
    let told = settings::read(&path, &Profile::built_in(), &Limits::default()).unwrap_err().to_string();
    assert!(told.contains("settings.xlsx › 单位 › B4：“村”不是单位类别"), "{told}");
}
