//! Schedules, campaigns and cut-offs inside a month, through the whole program.

use std::fs;
use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// A workspace whose own profile adds to the built-in county and book of key projects.
fn workspace(county: &str, measures: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    fs::create_dir(root.path().join("profile")).unwrap();
    for (name, more) in [("county.toml", county), ("key_projects.toml", measures)] {
        let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/county").join(name);
        let text = fs::read_to_string(built_in).unwrap();
        fs::write(root.path().join("profile").join(name), format!("{text}\n{more}")).unwrap();
    }
    root
}

/// A report of key projects under a title, a line a project.
fn report(root: &Path, period: &str, title: &str, header: &[&str], lines: &[&[&str]]) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("重点项目").unwrap();
    sheet.write(0, 0, title).unwrap();
    sheet.write_row(1, 0, header.iter().copied()).unwrap();
    for (row, line) in (2u32..).zip(lines) {
        for (column, cell) in (0u16..).zip(*line) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, *cell).unwrap(),
            };
        }
    }
    let folder = root.join("inbox").join(period);
    fs::create_dir_all(&folder).unwrap();
    workbook.save(folder.join("城关镇.xlsx")).unwrap();
}

fn wuzhang(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_wuzhang")).current_dir(root).args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!told.contains("panicked"), "{told}");
    (output.status.code(), String::from_utf8(output.stdout).unwrap() + &told)
}

/// The measures of a group of a ranking, as `measures --json` gives them.
fn measures(root: &Path, period: &str, ranking: &str, group: &str) -> Vec<Value> {
    let (status, text) = wuzhang(root, &["measures", ".", "--period", period, "--json"]);
    assert!(status.is_some_and(|status| status <= 1), "{text}");
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["ranking"] == ranking && line["group"] == group).collect()
}

/// A measure's value in percent with one decimal, and the schedule it names.
fn percent(lines: &[Value], measure: &str) -> (String, Option<String>) {
    let line = lines.iter().find(|line| line["measure"] == measure).unwrap_or_else(|| panic!("{measure}: {lines:#?}"));
    let value = line["value"].as_f64().map_or_else(|| "—".to_owned(), |value| format!("{:.1}", value * 100.0));
    (value, line["schedule"].as_str().map(str::to_owned))
}

const TWO_SCHEDULES: &str = r#"
[[schedule]]
id = "own"
kind = "plan"
words = "计划进度＝截至本期计划÷年度计划"
numerator = "SUM(plan_to_date)"
denominator = "SUM(plan)"

[[ranking]]
id = "projects"
title = "逐个项目"
group_title = "项目"
book = "key_projects"
group = "name"
measures = ["completion", "schedule", "lag", "due_by_plan", "lag_by_plan", "of_plan_to_date"]
by = "completion"
tie_words = "并列"
"#;

const BY_PLAN: &str = r#"
[[measure]]
id = "due_by_plan"
title = "计划进度"
measured_in = "fraction"
kind = "schedule"
schedule = "own"
words = "截至本期计划÷年度计划"
[[measure]]
id = "lag_by_plan"
title = "落后计划进度"
measured_in = "points"
kind = "lag"
of = "completion"
schedule = "own"
words = "计划进度减完成率"
[[measure]]
id = "of_plan_to_date"
title = "完成截至本期计划"
measured_in = "fraction"
numerator = "SUM(done)"
denominator = "SUM(plan_to_date)"
words = "累计完成÷截至本期计划"
"#;

/// 松阳, January to April 2025: 21.01 of 98.5 亿元 is 21.3% of the year's plan, 12.0 百分点 behind
/// months ÷ 12; of the 15.90 亿元 planned for these months it is 132.1%, far ahead.
#[test]
fn the_same_project_measured_by_two_schedules_shows_both() {
    let root = workspace(TWO_SCHEDULES, BY_PLAN);
    let header = [
        "项目名称",
        "建设地点",
        "总投资（万元）",
        "年度计划投资（万元）",
        "1-4月计划投资（万元）",
        "1-4月完成投资（万元）",
    ];
    let lines: [&[&str]; 2] = [
        &["田园综合体", "城关镇", "2000000", "985000", "159000", "210100"],
        &["水厂", "城关镇", "90000", "1000", "", "250"],
    ];
    report(root.path(), "2026-04", "城关镇2026年1—4月重点项目进度表", &header, &lines);
    let project = measures(root.path(), "2026-04", "projects", "田园综合体");
    let of = |measure: &str| percent(&project, measure);
    let by = |value: &str, schedule: &str| (value.to_owned(), Some(schedule.to_owned()));
    assert_eq!(of("completion"), ("21.3".into(), None));
    assert_eq!((of("schedule"), of("lag")), (by("33.3", "year"), by("12.0", "year")));
    assert_eq!((of("due_by_plan"), of("lag_by_plan")), (by("16.1", "own"), by("-5.2", "own")));
    assert_eq!(of("of_plan_to_date").0, "132.1");
    let untold = measures(root.path(), "2026-04", "projects", "水厂");
    assert_eq!((percent(&untold, "due_by_plan").0, percent(&untold, "lag").0), ("—".into(), "8.3".into()));
    // Both stand in what the run prints and writes.
    let (_, told) = wuzhang(root.path(), &["run", ".", "--period", "2026-04"]);
    assert!(told.contains("4/12＝33.3%") && told.contains("各项目、各单位按各自计划"), "{told}");
    let manifest: Value =
        serde_json::from_str(&fs::read_to_string(root.path().join("out/2026-04/run.json")).unwrap()).unwrap();
    let schedules = manifest["definitions"]["schedules"].as_array().unwrap();
    assert_eq!((&schedules[0]["value"], &schedules[1]["kind"]), (&"4/12".into(), &"plan".into()));
}

/// A week of the hundred days: 20 of 100 are over on Sunday 20 September, 8 of the year's months.
#[test]
fn a_week_of_a_campaign_is_a_period() {
    let campaign = r#"
[[campaign]]
id = "autumn"
title = "百日攻坚"
first = "2026-09-01"
last = "2026-12-09"
[[schedule]]
id = "autumn"
kind = "days"
campaign = "autumn"
words = "已过天数÷100"
[[ranking]]
id = "campaign"
title = "百日攻坚排名"
group_title = "乡镇"
book = "key_projects"
group = "town_group"
schedule = "autumn"
measures = ["completion", "schedule", "lag", "behind"]
by = "completion"
tie_words = "并列"
"#;
    let root = workspace(campaign, "");
    let header = ["项目名称", "建设地点", "总投资（万元）", "年度计划投资（万元）", "1-9月完成投资（万元）"];
    let lines: [&[&str]; 1] = [&["水厂", "城关镇", "90000", "1000", "300"]];
    report(root.path(), "2026-W38", "城关镇2026年9月重点项目进度表", &header, &lines);
    let towns = measures(root.path(), "2026-W38", "towns", "城关镇");
    assert_eq!((percent(&towns, "schedule").0, percent(&towns, "lag").0), ("66.7".into(), "36.7".into()));
    let campaign = measures(root.path(), "2026-W38", "campaign", "城关镇");
    assert_eq!((percent(&campaign, "schedule").0, percent(&campaign, "lag").0), ("20.0".into(), "-10.0".into()));
    let behind = |lines: &[Value]| lines.iter().find(|line| line["measure"] == "behind").unwrap()["value"].clone();
    assert_eq!((behind(&towns), behind(&campaign)), (1.into(), 0.into()), "rows are judged as their ranking is");
    let (status, told) = wuzhang(root.path(), &["run", ".", "--period", "2026-W38"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("2026年第38周（截至9月20日） 处理完毕") && told.contains("20/100＝20.0%"), "{told}");
    assert!(told.contains("百日攻坚：2026年9月1日至12月9日，共100天，至本期已过20天"), "{told}");
    assert!(root.path().join("out/2026-W38/2026年第38周（截至9月20日）重点项目排名.xlsx").is_file(), "{told}");
}
