//! A small county whose towns are ranked by a score, through the whole program.

use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Workbook, XlsxError};
use wuzhang::pipeline::{Outcome, run};
use wuzhang::rank::Ranked;
use wuzhang::workspace::Workspace;

/// Towns ranked by score: 60 points for completion against the schedule, ten for the amount by place.
const COUNTY: &str = r#"
whole = "全县"
[[schedule]]
id = "months"
kind = "months"
words = "序时进度＝已过月数÷12"
[[grade]]
name = "优"
score = 60
colour = "C6EFCE"
[[grade]]
name = "中"
score = 50
colour = "FFEB9C"
[[grade]]
name = "差"
colour = "FFC7CE"
[[light]]
name = "绿"
colour = "00B050"
[[ranking]]
id = "towns"
title = "乡镇排名"
group_title = "乡镇"
book = "key_projects"
group = "town_group"
measures = ["count", "plan", "done", "score"]
by = "score"
tie_words = "并列"
[[score]]
id = "monthly"
title = "月度综合得分"
book = "key_projects"
ranking = "towns"
words = "试验口径"
[[score.term]]
id = "completion"
title = "投资完成"
shape = "ratio"
measure = "completion"
at_measure = "schedule"
points = 60
cap = 60
[[score.term]]
id = "volume"
title = "投资总量"
shape = "rank"
measure = "done"
places = [{ to = 1, points = 10 }, { to = 2, points = 8 }, { points = 6 }]
[score.entries]
bonus_cap = 3
"#;

/// A town's workbook: one project, its plan and what is done by May, in 万元.
fn report(folder: &Path, town: &str, plan: f64, done: f64) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, format!("{town}2026年1-5月重点项目进度表（单位：万元）"))?;
    for (column, title) in (0..).zip(["项目名称", "所属乡镇", "总投资", "年度计划投资", "1-5月完成投资", "形象进度"])
    {
        sheet.write(1, column, title)?;
    }
    sheet.write(2, 0, format!("{town}污水处理厂"))?;
    sheet.write(2, 1, town)?;
    for (column, amount) in (2..).zip([5000.0, plan, done]) {
        sheet.write(2, column, amount)?;
    }
    sheet.write(2, 5, "主体施工")?;
    workbook.save(folder.join(format!("{town}.xlsx")))
}

fn sheet(workbook: &mut Workbook, name: &str, rows: &[&[&str]]) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name(name)?;
    for (at, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*row) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(at, column, number)?,
                Err(_) => sheet.write(at, column, *text)?,
            };
        }
    }
    Ok(())
}

/// 城关镇 at 50 % (full marks), 柳河镇 at 25 %, 石桥镇 at 35 % with the most done, and what the office decided.
fn county(folder: &Path) -> Result<PathBuf, XlsxError> {
    let inbox = folder.join("inbox/2026-05");
    for made in [&inbox, &folder.join("profile")] {
        std::fs::create_dir_all(made).unwrap();
    }
    std::fs::write(folder.join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    std::fs::write(folder.join("profile/county.toml"), COUNTY).unwrap();
    report(&inbox, "城关镇", 1000.0, 500.0)?;
    report(&inbox, "柳河镇", 1000.0, 250.0)?;
    report(&inbox, "石桥镇", 2000.0, 700.0)?;
    let mut settings = Workbook::new();
    let units =
        [["单位名称", "别名", "类别"], ["城关镇", "城关", "乡镇"], ["柳河镇", "", "乡镇"], ["石桥镇", "", "乡镇"]];
    sheet(&mut settings, "单位", &units.each_ref().map(|row| &row[..]))?;
    let title = "月度综合得分";
    let entries = [
        ["得分", "名称", "类型", "分值", "事由", "依据文件", "生效时间"],
        [title, "城关", "减分", "1.5", "报表迟报", "云统〔2026〕3号", "2026-04"],
        [title, "柳河镇", "加分", "2", "承办观摩会", "云政办〔2026〕12号", "2026-05"],
        [title, "柳河镇", "加分", "2.5", "提前开工", "云政办〔2026〕13号", "2026-03"],
        [title, "石桥镇", "一票否决", "", "数据弄虚作假", "云统〔2026〕5号", "2026-05"],
        ["乡镇排名", "无名镇", "加分", "1", "不详", "云政办〔2026〕14号", "2026-05"],
    ];
    sheet(&mut settings, "加减分", &entries.each_ref().map(|row| &row[..]))?;
    settings.save(folder.join("settings.xlsx"))?;
    Ok(folder.to_owned())
}

fn outcome(folder: &Path) -> Outcome {
    run(&Workspace::open(folder).unwrap(), "2026-05".parse().unwrap(), &|_| {}).unwrap()
}

fn total(row: &Ranked) -> String {
    let total = row.score.as_ref().and_then(|scored| scored.total).unwrap();
    wuzhang::score::plain(total)
}

#[test]
fn towns_are_ranked_and_graded_by_their_score() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = outcome(&county(folder.path()).unwrap());
    let ranking = outcome.rankings.iter().find(|ranking| ranking.id == "towns").unwrap();
    let rows: Vec<_> =
        ranking.rows.iter().map(|row| (row.group.as_str(), row.place, total(row), row.grade.as_deref())).collect();
    // 60 + 8 − 1.5; 25 ÷ 41.67 × 60 + 6 + 3 of 4.5; 50.4 + 10, but barred.
    assert_eq!(
        rows,
        [
            ("城关镇", Some(1), "66.5".to_owned(), Some("优")),
            ("柳河镇", Some(2), "45".to_owned(), Some("差")),
            ("石桥镇", None, "60.4".to_owned(), None),
        ]
    );
    let why = ranking.rows[2].unranked.as_deref().unwrap();
    assert!(why.contains("数据弄虚作假") && why.contains("取消评优"), "{why}");
    let told: Vec<String> = outcome
        .findings
        .iter()
        .filter(|finding| finding.rule.starts_with("score_entry"))
        .map(|finding| format!("{} {}", finding.place.in_words(), finding.in_words()))
        .collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    let manifest = std::fs::read_to_string(folder.path().join("out/2026-05/run.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["score_entries"].as_array().unwrap().len(), 4, "the fifth counts for nobody");
    assert_eq!(manifest["definitions"]["scores"][0]["terms"][0]["id"], "completion");
    assert!(told[0].starts_with("settings.xlsx › 加减分 › B6") && told[0].contains("无名镇"), "{told:#?}");
}

/// The text and numbers of a sheet, row by row.
fn read(path: &Path, name: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let mut workbook: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let range = workbook.worksheet_range(name).unwrap();
    let cell = |data: &Data| match data {
        Data::Float(number) => wuzhang::amount::decimal(*number).unwrap().to_string(),
        other => other.to_string().replace('\n', ""),
    };
    let formulas = workbook.worksheet_formula(name).unwrap();
    let formulas = formulas.used_cells().map(|(_, _, formula)| formula.clone()).collect();
    (range.rows().map(|row| row.iter().map(cell).collect()).collect(), formulas)
}

#[test]
fn the_workbook_takes_every_score_apart() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = outcome(&county(folder.path()).unwrap());
    let path = outcome.documents.iter().find(|path| path.to_string_lossy().contains("排名")).unwrap();
    let (rows, formulas) = read(path, "得分构成");
    let title = ["得分位次", "乡镇", "完成率", "投资完成(分)", "累计完成投资", "投资总量(分)", "加分", "减分", "得分"];
    assert_eq!(rows[2][..9], title, "{rows:#?}");
    assert_eq!(rows[3][..9], ["1", "城关镇", "0.5", "60", "500", "8", "0", "1.5", "66.5"]);
    assert_eq!(rows[4][..9], ["2", "柳河镇", "0.25", "36", "250", "6", "3", "0", "45"]);
    assert_eq!(rows[5][..9], ["—", "石桥镇", "0.35", "50.4", "700", "10", "0", "0", "60.4"]);
    assert!(rows[5].last().unwrap().contains("数据弄虚作假（云统〔2026〕5号）（一票否决）"), "{:?}", rows[5]);
    assert!(formulas.contains(&"ROUND(SUM(D4,F4,G4)-H4,2)".to_owned()), "{formulas:?}");
    let (evidence, _) = read(path, "得分依据");
    let line = |row: &[&str]| evidence.iter().any(|cells| cells.iter().map(String::as_str).eq(row.iter().copied()));
    let ratio = "完成率25.0%（250/1000万元）÷序时进度41.7%（5/12）×60＝36，计36分";
    assert!(line(&["月度综合得分", "柳河镇", "投资完成", "36", ratio]), "{evidence:#?}");
    let bonus = "承办观摩会。依据：云政办〔2026〕12号。自2026年5月起";
    assert!(line(&["月度综合得分", "柳河镇", "加分", "2", bonus]), "{evidence:#?}");
    let (definitions, _) = read(path, "口径说明");
    let says = |words: &str| definitions.iter().flatten().any(|cell| cell.contains(words));
    assert!(says("完成率÷序时进度×60分，最高60分；无法计算的，不计算得分"), "{definitions:#?}");
    assert!(says("加分合计不超过3分"));
}

#[test]
fn measures_give_the_score_with_its_terms() {
    let folder = tempfile::tempdir().unwrap();
    let at = county(folder.path()).unwrap();
    let said = |arguments: &[&str]| {
        let run =
            Command::new(env!("CARGO_BIN_EXE_wuzhang")).arg("measures").arg(&at).args(arguments).output().unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    let json = said(&["--period", "2026-05", "--json"]);
    let lines: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let score = lines.iter().find(|line| line["measure"] == "score" && line["group"] == "柳河镇").unwrap();
    assert_eq!((&score["value"], &score["place"], &score["bonus"]), (&45.0.into(), &2.into(), &3.0.into()));
    assert_eq!(score["terms"][0]["id"], "completion");
    assert_eq!(score["terms"][0]["inputs"][0]["denominator"], 10_000_000);
    assert_eq!(score["entries"][1]["document"], "云政办〔2026〕13号");
    let done = lines.iter().find(|line| line["measure"] == "done" && line["group"] == "柳河镇").unwrap();
    assert_eq!(done["score"], 45.0, "every line tells the group's score");
    let text = said(&["--period", "2026-05"]);
    assert!(text.contains("月度综合得分") && text.contains("66.50分") && text.contains("投资总量"), "{text}");
}

#[test]
fn an_entry_that_cannot_be_read_stops_the_run_with_its_cell() {
    let folder = tempfile::tempdir().unwrap();
    let at = county(folder.path()).unwrap();
    let mut settings = Workbook::new();
    let entries = [
        ["得分", "名称", "类型", "分值", "事由", "依据文件", "生效时间"],
        ["月度得分", "城关镇", "加分", "2", "观摩会", "云政办〔2026〕12号", "2026-05"],
        ["月度综合得分", "城关镇", "加", "2", "观摩会", "云政办〔2026〕12号", "2026-05"],
        ["月度综合得分", "城关镇", "减分", "-2", "观摩会", "云政办〔2026〕12号", "2026-05"],
        ["月度综合得分", "城关镇", "一票否决", "2", "观摩会", "云政办〔2026〕12号", "2026-05"],
        ["月度综合得分", "城关镇", "加分", "", "观摩会", "", ""],
    ];
    sheet(&mut settings, "加减分", &entries.each_ref().map(|row| &row[..])).unwrap();
    settings.save(at.join("settings.xlsx")).unwrap();
    let told = run(&Workspace::open(&at).unwrap(), "2026-05".parse().unwrap(), &|_| {}).unwrap_err().to_string();
    for expected in [
        "A2：没有得分“月度得分”",
        "C3：“加”不是加减分的类型",
        "D4：分值写大于0的数",
        "D5：一票否决和升降档不填分值",
        "加分、减分要填分值",
        "F6：“依据文件”没有填",
        "“生效时间”没有填",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}
