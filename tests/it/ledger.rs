//! The ledger through the whole program: runs recorded, compared, taken out, run again and queried.

use std::fs;
use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::{Workbook, XlsxError};
use serde_json::Value;

use crate::trees::tree;

/// What the program prints for a command in a workspace, which must end with `status`.
pub(crate) fn told(folder: &Path, status: i32, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_wuzhang")).current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let complained = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{said}{complained}");
    if status == 0 || status == 1 { said } else { complained }
}

/// A town's workbook: projects with their completed investment, plans of 1,000 万元.
pub(crate) fn workbook(town: &str, month: u32, done: &[(&str, f64)]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, format!("{town}2026年1-{month}月重点项目进度表（单位：万元）"))?;
    let headings = ["项目名称", "总投资", "年度计划投资", &format!("1-{month}月完成投资"), "形象进度", "所在乡镇"];
    for (column, heading) in headings.iter().enumerate() {
        sheet.write_string(1, column as u16, *heading)?;
    }
    for (row, (name, done)) in (2u32..).zip(done) {
        sheet.write_string(row, 0, *name)?;
        sheet.write_number(row, 1, 3000.0)?;
        sheet.write_number(row, 2, 1000.0)?;
        sheet.write_number(row, 3, *done)?;
        sheet.write_string(row, 4, "施工中")?;
        sheet.write_string(row, 5, town)?;
    }
    workbook.save_to_buffer()
}

pub(crate) fn put(folder: &Path, month: u32, town: &str, done: &[(&str, f64)]) {
    let inbox = folder.join(format!("inbox/2026-{month:02}"));
    fs::create_dir_all(&inbox).unwrap();
    fs::write(inbox.join(format!("{town}.xlsx")), workbook(town, month, done).unwrap()).unwrap();
}

/// An office of two towns with three months, 10 万元 a month a project.
fn office(folder: &Path) {
    fs::write(folder.join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    for month in 1..=3 {
        let done = f64::from(month) * 10.0;
        put(folder, month, "双河镇", &[("双河滨水公园", done), ("双河二小扩建", done)]);
        put(folder, month, "石桥镇", &[("石桥水厂", done * 2.0)]);
    }
}

pub(crate) fn run(folder: &Path, month: u32) -> String {
    let period = format!("2026-{month:02}");
    let output = Command::new(env!("CARGO_BIN_EXE_wuzhang"))
        .current_dir(folder)
        .args(["run", ".", "--period", &period, "--json"])
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_corrected_month_and_all_later_ones_are_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    office(at);
    for month in 1..=3 {
        run(at, month);
    }
    let before = tree(at);
    for _ in 0..2 {
        let again: Value = serde_json::from_str(&run(at, 3)).unwrap();
        assert_eq!((again["run"]["number"].as_u64(), again["run"]["new"].as_bool()), (Some(1), Some(false)));
    }
    assert!(tree(at) == before, "the same inputs give the same bytes, and nothing new");

    // February comes in again: a project taken back by half, and another one.
    put(at, 2, "双河镇", &[("双河滨水公园", 10.0), ("双河二小扩建", 20.0), ("双河桥", 5.0)]);
    let said = told(at, 0, &["rerun", ".", "--from", "2026-02"]);
    assert!(said.contains("2026-02") && said.contains("2026-03") && !said.contains("2026-01"), "{said}");
    assert!(said.lines().all(|line| line.contains("记为第2次运行")), "March rests on February: {said}");

    let said = told(at, 0, &["diff", ".", "--period", "2026-02", "--json"]);
    let diff: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(diff["files"][0]["file"], "双河镇.xlsx");
    assert_eq!(diff["files"][0]["became"], "changed");
    assert_eq!(diff["added"][0]["name"], "双河桥");
    let done: Vec<&Value> = diff["values"].as_array().unwrap().iter().filter(|v| v["column"] == "done").collect();
    assert_eq!(done.len(), 1, "{said}");
    assert_eq!((&done[0]["before"], &done[0]["after"]), (&Value::from(200_000), &Value::from(100_000)));
    assert_eq!(done[0]["place"], "双河镇.xlsx › Sheet1 › D3", "the very cell");
    let towns = diff["places"].as_array().unwrap().iter().filter(|place| place["ranking"] == "towns");
    assert!(towns.clone().any(|place| place["group"] == "双河镇"), "{said}");
    let text = told(at, 0, &["diff", ".", "--period", "2026-02"]);
    for words in ["内容有变  双河镇.xlsx", "双河桥", "20万元 → 10万元", "名次和指标变化"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let march = told(at, 0, &["diff", ".", "--period", "2026-03"]);
    assert!(march.contains("有变  2026-02"), "what March rests on has changed: {march}");
    assert!(told(at, 2, &["diff", ".", "--period", "2026-02", "--against", "9"]).contains("没有第 9 次运行"));
}

#[test]
fn a_month_is_run_with_the_settings_known_then_or_now() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    office(at);
    fs::create_dir(at.join("profile")).unwrap();
    let county =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/county/county.toml")).unwrap();
    fs::write(at.join("profile/county.toml"), county.replace("\"全县\"", "\"当时的全县\"")).unwrap();
    run(at, 3);
    fs::write(at.join("profile/county.toml"), county.replace("\"全县\"", "\"现在的全县\"")).unwrap();
    let whole = |arguments: &[&str]| {
        told(at, 0, arguments);
        let said = told(at, 0, &["query", ".", "SELECT DISTINCT name FROM places WHERE ranking = 'county'", "--csv"]);
        said.lines().nth(1).unwrap().to_owned()
    };
    let period = ["run", ".", "--period", "2026-03", "--quiet"];
    assert_eq!(whole(&[&period[..], &["--known", "then"]].concat()), "当时的全县");
    assert_eq!(whole(&period), "现在的全县");
    assert_eq!(whole(&[&period[..], &["--known", "1"]].concat()), "当时的全县");
    assert_eq!(whole(&["rerun", ".", "--from", "2026-03", "--known", "then"]), "当时的全县");
    let listed = told(at, 0, &["runs", ".", "--period", "2026-03", "--json"]);
    assert_eq!(listed.lines().count(), 3, "then, now, and again as first: {listed}");
    assert!(told(at, 2, &["run", ".", "--period", "2026-02", "--known", "then"]).contains("还没有运行记录"));
    // An earlier run can be shown again as it was.
    told(at, 0, &["runs", ".", "--period", "2026-03", "--run", "2", "--to", "当时"]);
    let then = fs::read_to_string(at.join("当时/profile/county.toml")).unwrap();
    assert!(then.contains("现在的全县"));
    let documents = tree(&at.join("当时"));
    assert!(documents.keys().any(|name| name.ends_with("排名.xlsx")) && documents.contains_key("run.json"));
    assert!(told(at, 2, &["runs", ".", "--period", "2026-03", "--run", "1", "--to", "当时"]).contains("不覆盖"));
    assert!(told(at, 0, &["runs", ".", "--period", "2026-03", "--run", "1"]).contains("当时的全县"));
}

#[test]
fn the_ledger_answers_queries_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    office(at);
    for month in 1..=3 {
        run(at, month);
    }
    let before = tree(&at.join("ledger"));
    let sql = "SELECT town, period, SUM(done) AS done, SUM(done)/SUM(plan) AS rate FROM key_projects \
               GROUP BY town, period ORDER BY period DESC";
    let csv = told(at, 0, &["query", ".", sql, "--csv"]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "town,period,done,rate");
    assert_eq!(lines[1..3], ["双河镇,2026-03,600000,0.03", "石桥镇,2026-03,600000,0.06"]);
    assert_eq!(lines.len(), 7);
    let json = told(at, 0, &["query", ".", sql, "--json"]);
    let first: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!((&first["town"], &first["done"]), (&Value::from("双河镇"), &Value::from(600_000)));
    assert!(told(at, 0, &["query", ".", sql]).contains("（6行）"));
    assert!(told(at, 0, &["query", ".", sql, "--xlsx", "答.xlsx"]).contains("6行"));
    assert!(fs::read(at.join("答.xlsx")).unwrap().starts_with(b"PK"));
    let listed = told(at, 0, &["query", "."]);
    assert!(listed.contains("key_projects 重点建设项目（2026-01 至 2026-03，共3期，9行）"), "{listed}");
    assert!(told(at, 2, &["query", ".", "SELECT dnoe FROM key_projects"]).contains("最接近的是“done”"));
    assert!(told(at, 2, &["query", ".", "DELETE FROM key_projects"]).contains("只能查看"));
    assert!(tree(&at.join("ledger")) == before);
}

#[test]
fn damage_and_newer_ledgers_are_told_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    office(at);
    run(at, 1);
    run(at, 2);
    let whole = tree(at);
    let spoil = |period: &str| {
        for (name, _) in tree(at) {
            if name.contains(&format!("period={period}")) && name.ends_with(".parquet") && !name.contains("origins") {
                fs::write(at.join(&name), "damaged").unwrap();
            }
        }
    };
    spoil("2026-01");
    let told_of = told(at, 3, &["query", ".", "SELECT name FROM key_projects"]);
    assert!(told_of.contains("period=2026-01") && told_of.contains("重新运行该报告期"), "{told_of}");
    // The other month is still readable, and a run of the damaged one mends it to the byte.
    assert!(told(at, 0, &["diff", ".", "--period", "2026-02"]).contains("只运行过一次"));
    run(at, 1);
    assert!(tree(at) == whole);
    fs::write(at.join("ledger/ledger.json"), "{\"format\": 99}").unwrap();
    let newer = told(at, 3, &["run", ".", "--period", "2026-02"]);
    assert!(newer.contains("请升级程序") && newer.contains("没有改动"), "{newer}");
}
