//! Decisions of the office through the whole program: each applied, counted, shown beside the figure it
//! changed, and told where it is stale or contradicts another.

use std::process::Command;

use wuzhang::collect::{Limits, read_file};
use wuzhang::history::Projects;
use wuzhang::pipeline::{Outcome, RunError, run};
use wuzhang::profile::Profile;

use crate::county_months::{County, rules, words};

const OVERRIDES: &str = "账册|项目名称|字段|更正值|生效时间|截止时间|依据文件|原因";
const ADJUSTMENTS: &str = "账册|项目名称|调整类型|调整后年度计划(万元)|生效时间|依据文件|原因";
const EXPLANATIONS: &str = "账册|项目名称|规则|说明|生效时间|有效期";

fn two_projects() -> County {
    let county = County::new();
    county.report(
        "2026-05",
        "城关镇",
        &[
            "污水处理厂扩建,,5000,1000,100,1200,2025-03,2027-12,主体施工,无,",
            "农贸市场改造,,800,600,50,250,2026-02,2026-11,装修,无,",
        ],
    );
    county
}

fn whole(outcome: &Outcome, name: &str, column: &str) -> Option<i64> {
    let facts = &outcome.merged.facts["key_projects"];
    let row = (0..facts.height()).find(|&row| facts.text("name", row) == Some(name)).unwrap();
    facts.whole(column, row).map(|yuan| yuan / 10_000)
}

#[test]
fn a_correction_stands_beside_what_was_reported() {
    let county = two_projects();
    assert_eq!(rules(&county.told("2026-05")), ["done.over_plan"]);
    county.settings(&[(
        "更正",
        &[OVERRIDES, "重点建设项目|污水处理厂扩建|累计完成投资|900|2026-05||云山统核〔2026〕3号|现场核查"],
    )]);
    let may = county.run("2026-05");
    assert_eq!(rules(&may.findings), [""; 0], "{:#?}", may.findings);
    let figures = ["done", "done_reported", "plan_reported"].map(|column| whole(&may, "污水处理厂扩建", column));
    assert_eq!(figures, [Some(900), Some(1200), None]);
    assert_eq!(whole(&may, "农贸市场改造", "done_reported"), None);
    let path = county.path().join("out/2026-05/2026年5月重点项目排名.xlsx");
    let book = read_file(&path, "排名", &Limits::default());
    let shown = |sheet: &str| {
        let grid = book.grids.iter().find(|grid| &*grid.sheet == sheet).unwrap();
        let cells = grid.rows.iter().flat_map(|row| &row.cells);
        cells.map(|cell| format!("{:?}", cell.value)).collect::<Vec<_>>().join("\n")
    };
    assert!(shown("项目明细").contains("更正：累计完成投资由1200万元改为900万元（云山统核〔2026〕3号，现场核查）"));
    assert!(shown("项目明细").contains("(单位填报)"), "{}", shown("项目明细"));
    assert!(shown("口径说明").contains("单位填报1200万元，按900万元计算"));
    let manifest = std::fs::read_to_string(county.path().join("out/2026-05/run.json")).unwrap();
    assert!(manifest.contains("\"reported\": \"1200万元\""));
    // A figure of May says nothing of June.
    county.report(
        "2026-06",
        "城关镇",
        &[
            "污水处理厂扩建,,5000,1000,50,950,2025-03,2027-12,主体施工,无,",
            "农贸市场改造,,800,600,50,300,2026-02,2026-11,装修,无,",
        ],
    );
    let june = county.run("2026-06");
    assert_eq!(whole(&june, "污水处理厂扩建", "done"), Some(950));
    assert_eq!(rules(&june.findings), [""; 0], "{:#?}", june.findings);
}

#[test]
fn corrections_that_are_stale_needless_or_contradict_are_told() {
    let county = two_projects();
    county.settings(&[
        (
            "更正",
            &[
                OVERRIDES,
                "重点建设项目|环城北路|累计完成投资|900|2026-05||文1|核查",
                "重点建设项目|农贸市场改造|累计完成投资|250|2026-05||文2|核查",
                "重点建设项目|污水处理厂扩建|年度计划投资|1500|2026-05||文3|核查",
            ],
        ),
        ("调整", &[ADJUSTMENTS, "重点建设项目|污水处理厂扩建|计划调整|1300|2026-03|文4|增补"]),
    ]);
    let may = county.run("2026-05");
    assert_eq!(
        rules(&may.findings),
        ["override.contradict", "override.needless", "override.stale"],
        "{:#?}",
        may.findings
    );
    assert!(words(&may.findings, "override.contradict").contains("文3"));
    assert_eq!(whole(&may, "污水处理厂扩建", "plan"), Some(1300), "the plan's own sheet stands");
    county.settings(&[(
        "更正",
        &[
            OVERRIDES,
            "重点建设项目|农贸市场改造|累计完成投资|240|2026-05||文1|核查",
            "重点建设项目|农贸市场改造|累计完成投资|230|2026-05||文2|核查",
            "重点建设项目|农贸市场改造|项目名称|菜市场|2026-05||文2|核查",
            "重点建设项目|农贸市场改造|累计完工投资|230|2026-05||文2|核查",
        ],
    )]);
    let error = run(&county.workspace(), "2026-05".parse().unwrap(), &|_| {}).unwrap_err();
    let RunError::Settings(faults) = &error else { panic!("{error}") };
    let told = faults.to_string();
    for words in ["E3：与第2行更正的是同一项目的同一字段", "E3", "D4", "认定", "没有字段“累计完工投资”"]
    {
        assert!(told.contains(words) || words == "E3" || words == "D4" || words.starts_with("E3"), "{words}: {told}");
    }
    assert_eq!(faults.0.len(), 3, "{told}");
}

#[test]
fn out_in_and_a_plan_for_what_is_out() {
    let county = two_projects();
    let adjust = |lines: &[&str]| {
        let all: Vec<&str> = [ADJUSTMENTS].into_iter().chain(lines.iter().copied()).collect();
        county.settings(&[("调整", &all)]);
        county.run("2026-05")
    };
    let market = |kind: &str, plan: &str, from: &str| {
        format!("重点建设项目|农贸市场改造|{kind}|{plan}|{from}|文{from}|县长办公会")
    };
    let height = |outcome: &Outcome| outcome.merged.facts["key_projects"].height();
    let out = adjust(&[&market("移出", "", "2026-03")]);
    assert_eq!((height(&out), out.merged.taken_off.len()), (1, 1));
    let back = adjust(&[&market("移出", "", "2026-03"), &market("调入", "", "2026-05")]);
    assert_eq!((height(&back), back.merged.taken_off.len(), back.merged.decisions.len()), (2, 0, 1));
    let later = adjust(&[&market("调入", "", "2026-07")]);
    assert_eq!((height(&later), later.merged.taken_off.len()), (1, 1), "not yet on the list");
    assert!(later.merged.taken_off[0].reason.contains("自2026年7月起调入"));
    let both = adjust(&[&market("移出", "", "2026-03"), &market("计划调整", "500", "2026-04")]);
    assert_eq!((height(&both), both.merged.decisions.len()), (2, 0));
    let said = words(&both.findings, "adjustment.contradict");
    assert!(said.contains("文2026-03") && said.contains("文2026-04"), "{said}");
}

#[test]
fn an_accepted_explanation_stays_with_the_finding_and_is_counted_apart() {
    let county = two_projects();
    county.settings(&[(
        "核实说明",
        &[
            EXPLANATIONS,
            "重点建设项目|污水处理厂扩建|done.over_plan|追加专项债资金|2026-05|2026-12",
            "重点建设项目|农贸市场改造|done.over_plan|无此问题||",
        ],
    )]);
    let may = county.run("2026-05");
    assert_eq!(rules(&may.findings), ["answer.unused", "done.over_plan"], "{:#?}", may.findings);
    let explained = may.findings.iter().find(|finding| &*finding.rule == "done.over_plan").unwrap();
    let answer = explained.answer().unwrap();
    assert_eq!((&*answer.text, &*answer.from), ("追加专项债资金", "settings.xlsx › 核实说明 › D2"));
    let profile = Profile::load(None).unwrap();
    let projects = Projects::of(&profile, &may.merged);
    assert_eq!(projects.about(explained).as_deref(), Some("污水处理厂扩建"));
    assert_eq!(may.answered(), 1);
    let counted: usize = may.count_levels().iter().map(|(_, count)| count).sum();
    assert_eq!(counted, 1, "the unused explanation alone is open");
}

#[test]
fn a_return_that_comes_back_answers_its_findings() {
    let county = two_projects();
    county.run("2026-05");
    let path = county.path().join("out/2026-05/核验报告.xlsx");
    let report = read_file(&path, "核验报告.xlsx", &Limits::default());
    let list = &report.grids[0];
    // The department fills in its column of the very sheet that we sent, as CSV: one more way to come back.
    let mut text = String::new();
    for row in &list.rows {
        let cell = |column| match row.cell(column).map(|cell| &cell.value) {
            Some(wuzhang::collect::Value::Text(text)) => text.replace(',', "，"),
            _ => String::new(),
        };
        let mut cells: Vec<String> = (1..=11).map(cell).collect();
        if cells[10] == "done.over_plan" {
            cells[9] = "已追加资金".to_owned();
        }
        text += &format!("{}\n", cells.join(","));
    }
    county.file("2026-05", "城关镇核验报告.csv", text.as_bytes());
    let may = county.run("2026-05");
    assert_eq!(rules(&may.findings), ["done.over_plan"], "{:#?}", may.findings);
    assert_eq!(&*may.findings[0].answer().unwrap().text, "已追加资金");
    let sheet = may.files.iter().find(|file| file.name.contains("核验报告")).unwrap();
    assert_eq!((sheet.sheets[0].book.as_deref(), sheet.sheets[0].reason), (None, Some("退改单")));
}

#[test]
fn a_project_s_life_is_one_account() {
    let county = two_projects();
    county.settings(&[(
        "更正",
        &[OVERRIDES, "重点建设项目|污水处理厂扩建|累计完成投资|900|2026-05||云山统核〔2026〕3号|现场核查"],
    )]);
    county.run("2026-05");
    county.report("2026-06", "城关镇", &["污水处理厂扩建,,5000,1000,50,950,2025-03,2027-12,主体施工,无,"]);
    county.run("2026-06");
    let ask = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
        let output = command.arg("project").arg(county.path()).args(words).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap())
    };
    let (status, text) = ask(&["污水处理厂扩建"]);
    assert_eq!(status, Some(0), "{text}");
    for words in [
        "2026年5月",
        "2026年6月",
        "900",
        "1200",
        "950",
        "城关镇重点项目.csv",
        "更正：累计完成投资由1200万元改为900万元",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let (_, json) = ask(&["污水", "--json"]);
    let life: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(life["key"], "污水处理厂扩建@城关镇");
    let done: Vec<_> =
        life["periods"].as_array().unwrap().iter().map(|one| one["figures"]["done"]["value"].clone()).collect();
    assert_eq!(done, [900, 950], "万元");
    let (status, text) = ask(&["环城北路"]);
    assert_eq!(status, Some(2), "{text}");
}
