//! Inboxes and workspaces that are wrong in every way, through the whole program: each ends with its
//! exit status and a sentence that helps, and none loses the last good result.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rust_xlsxwriter::Workbook;

const HEADER: [&str; 7] =
    ["序号", "项目名称", "建设地点", "责任单位", "总投资（万元）", "2026年计划投资（万元）", "1-5月完成投资（万元）"];

/// A report of key projects: name, place, unit, total, plan and done, a line a project.
fn report(path: &Path, unit: &str, lines: &[&str]) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("重点项目").unwrap();
    sheet.write(0, 0, format!("{unit}2026年5月重点建设项目进度表")).unwrap();
    sheet.write_row(1, 0, HEADER).unwrap();
    for (row, line) in (2u32..).zip(lines) {
        sheet.write(row, 0, row - 1).unwrap();
        for (column, cell) in (1u16..).zip(line.split(' ')) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    workbook.save(path).unwrap();
}

/// A workspace with one sound report.
fn workspace() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    report(&root.path().join("inbox/2026-05/城关镇.xlsx"), "城关镇", &["水厂 城关镇 县水利局 5000 1000 500"]);
    root
}

fn wuzhang(at: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_wuzhang")).current_dir(at).args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!told.contains("很抱歉") && !told.contains("panicked"), "{told}");
    output
}

fn run(at: &Path) -> (Option<i32>, String, String) {
    let output = wuzhang(at, &["run", ".", "--period", "2026-05"]);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// The value of a measure of a group in `measures --json`.
fn measure(at: &Path, folder: &str, ranking: &str, group: &str, measure: &str) -> serde_json::Value {
    let output = wuzhang(at, &["measures", folder, "--period", "2026-05", "--json"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut lines = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let line = lines.find(|line| line["ranking"] == ranking && line["group"] == group && line["measure"] == measure);
    line.unwrap_or_else(|| panic!("{ranking} {group} {measure}"))["value"].clone()
}

/// The findings of a run by rule, from run.json.
fn rules(out: &Path) -> serde_json::Value {
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("2026-05/run.json")).unwrap()).unwrap();
    manifest["findings"].clone()
}

#[test]
fn a_folder_of_workbooks_is_enough() {
    let root = tempfile::tempdir().unwrap();
    let inbox = root.path().join("报表");
    report(
        &inbox.join("县水利局.xlsx"),
        "县水利局",
        &["水库 城关镇 县水利局 5000 1000 600", "渠道 柳河乡 县水利局 5000 1000 400"],
    );
    report(&inbox.join("柳河乡.xlsx"), "柳河乡", &["公路 柳河乡 柳河乡 2000 1000 100.00005"]);
    fs::copy(inbox.join("柳河乡.xlsx"), inbox.join("柳河乡副本.xlsx")).unwrap();
    let output = wuzhang(root.path(), &["run", "报表", "--period", "2026-05"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("\n  out/2026-05/2026年5月重点项目排名.xlsx\n"), "{printed}");
    assert_eq!(rules(&root.path().join("out"))["query"]["rules"]["file.copy"], 1);
    let of = |ranking, group, id| measure(root.path(), "报表", ranking, group, id);
    assert_eq!(of("county", "全县", "count"), 3, "the copy does not count");
    assert_eq!(of("towns", "柳河乡", "done").to_string(), "500.0001", "half a yuan is rounded up where it is read");
    assert_eq!(of("departments", "县水利局", "completion"), 0.5);
    assert!(!inbox.join("out").exists());
}

#[test]
fn files_that_are_nothing_cost_a_finding_each_and_not_the_month() {
    let root = workspace();
    let noise: Vec<u8> = (0..4000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for extension in ["xlsx", "xls", "ods", "csv", "xlsb", "et"] {
        fs::write(root.path().join(format!("inbox/2026-05/乱码.{extension}")), &noise).unwrap();
        fs::write(root.path().join(format!("inbox/2026-05/空的.{extension}")), "").unwrap();
        let zipped = [b"PK\x03\x04".as_slice(), &noise].concat();
        fs::write(root.path().join(format!("inbox/2026-05/坏的.{extension}")), zipped).unwrap();
    }
    let (status, printed, told) = run(root.path());
    assert_eq!(status, Some(1), "{told}");
    assert!(printed.contains("  重点建设项目  1条\n"), "{printed}");
}

#[test]
fn every_fault_of_the_settings_stops_the_run_before_anything_is_written() {
    let root = workspace();
    let mut workbook = Workbook::new();
    let units = workbook.add_worksheet().set_name("单位").unwrap();
    units.write_row(0, 0, ["单位名称", "类别", "启用时间"]).unwrap();
    units.write_row(1, 0, ["城关镇", "村子", "2026-13"]).unwrap();
    units.write_row(2, 0, ["城关镇", "乡镇", ""]).unwrap();
    let decisions = workbook.add_worksheet().set_name("调整").unwrap();
    decisions.write_row(0, 0, ["账册", "项目名称", "调整类型", "依据文件", "原因"]).unwrap();
    decisions.write_row(1, 0, ["重点项目", "水厂", "撤销", "", "停建"]).unwrap();
    workbook.save(root.path().join("settings.xlsx")).unwrap();
    let (status, printed, told) = run(root.path());
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    for cell in ["单位 › B2", "单位 › C2", "单位 › A3", "调整 › C2", "调整 › D2"] {
        assert!(told.contains(cell), "{cell}: {told}");
    }
    assert!(told.contains("有5处错误"), "{told}");
    assert!(!root.path().join("out").exists() && !root.path().join("ledger").exists());
}

/// The built-in file of the profile with one thing changed, as the office's own; the line that changed.
fn own_profile(root: &Path, name: &str, from: &str, to: &str) -> usize {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/county").join(name);
    let text = fs::read_to_string(built_in).unwrap();
    assert!(text.contains(from), "{from}");
    fs::create_dir_all(root.join("profile")).unwrap();
    fs::write(root.join("profile").join(name), text.replacen(from, to, 1)).unwrap();
    text[..text.find(from).unwrap()].lines().count()
}

#[test]
fn a_broken_profile_is_told_where_it_is_broken() {
    let cases = [
        ("county.toml", "tie_words", "tie_wrods", "profile/county.toml 第", "`tie_words`"),
        ("county.toml", "\"completion\", \"schedule\"", "\"completoin\", \"schedule\"", "第{line}行", "`completion`"),
        ("county.toml", "leader_group IS NOT NULL", "leader_grop IS NOT NULL", "leader_linked", "“leader_group”"),
        ("key_projects.toml", "plan IS NOT NULL", "plan IS NOT", "“plan.missing”", "不是有效的 SQL"),
        ("key_projects.toml", "\"SUM(done)\"", "\"SUM(dnoe)\"", "measure “done”", "“done”"),
        (
            "key_projects.toml",
            "\"SUM(done)\"",
            "\"MEDIAN(done)\"",
            "measure “done”",
            "函数 MEDIAN 不在各引擎通用的范围内",
        ),
        ("key_projects.toml", "plan <> 0", "plan <> (SELECT 0)", "“plan.zero”", "SELECT"),
    ];
    for (name, from, to, place, words) in cases {
        let root = workspace();
        let line = own_profile(root.path(), name, from, to);
        let place = place.replace("{line}", &line.to_string());
        let (status, _, told) = run(root.path());
        assert_eq!(status, Some(2), "{to}: {told}");
        assert!(told.contains(&place) && told.contains(words), "{to}: {told}");
        assert!(!root.path().join("out").exists(), "{to}");
    }
}

#[test]
fn what_cannot_be_written_leaves_the_last_good_result() {
    let root = workspace();
    let (status, _, told) = run(root.path());
    assert_eq!(status, Some(0), "{told}");
    let stray = root.path().join("out/2026-05/手改.txt");
    fs::write(&stray, "x").unwrap();
    let good = fs::read(root.path().join("out/2026-05/run.json")).unwrap();
    // The ledger cannot be written: what was made before stays, the stray file too.
    fs::rename(root.path().join("ledger"), root.path().join("aside")).unwrap();
    fs::write(root.path().join("ledger"), "a file").unwrap();
    let (status, printed, told) = run(root.path());
    assert_eq!((status, printed.as_str()), (Some(3), ""));
    assert!(told.contains("ledger") && told.contains("重新运行"), "{told}");
    assert!(stray.exists());
    assert_eq!(fs::read(root.path().join("out/2026-05/run.json")).unwrap(), good);
    // Then it can: the folder is replaced whole.
    fs::remove_file(root.path().join("ledger")).unwrap();
    assert_eq!(run(root.path()).0, Some(0));
    assert!(!stray.exists());
    let left: Vec<_> = fs::read_dir(root.path().join("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["2026-05"]);
}
