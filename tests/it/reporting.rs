//! The inbox as a record: who reported what and when, what replaced what, through the whole program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_xlsxwriter::{Workbook, XlsxError};
use wuzhang::amount::Fraction;
use wuzhang::pipeline::{Outcome, Status, run, status};
use wuzhang::register::{Evidence, Report, State, by_report, by_unit};
use wuzhang::workspace::Workspace;

/// An office with a roster, and inboxes that tests fill.
struct County {
    folder: tempfile::TempDir,
}

/// A sheet of the settings: its name and its rows, the headings first.
type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

const ROSTER: Sheet = (
    "单位",
    &[
        &["单位名称", "类别", "邮箱", "启用时间", "停用时间"],
        &["城关镇", "乡镇", "", "", ""],
        &["石桥镇", "乡镇", "", "", ""],
        &["白沙镇", "乡镇", "", "", ""],
        &["柳河乡", "乡镇", "", "", "2026-03"],
        &["县住建局", "部门", "zjj@yunshan.example", "", ""],
        &["县水利局", "部门", "", "", ""],
        &["县审计局", "部门", "", "", ""],
        &["县林业局", "部门", "", "2026-06", ""],
    ],
);

fn settings(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name)?;
        for (at, row) in rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(at as u32, column as u16, *cell)?;
            }
        }
    }
    workbook.save_to_buffer()
}

/// A unit's month as CSV: each project with the year's plan and what is done, in 万元.
fn sheet(unit: &str, projects: &[(&str, u32, u32)]) -> String {
    let mut text =
        format!("{unit}2026年1-5月重点项目进度表（单位：万元）,,,\n项目名称,总投资,年度计划投资,1-5月完成投资\n");
    for (name, plan, done) in projects {
        text += &format!("{name},{},{plan},{done}\n", plan * 3);
    }
    text
}

impl County {
    fn new(sheets: &[Sheet]) -> Self {
        let county = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::write(county.path("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
        std::fs::write(county.path("settings.xlsx"), settings(sheets).unwrap()).unwrap();
        county.put("inbox/2026-05/.keep", "");
        county
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), text).unwrap();
    }

    fn report(&self, name: &str, unit: &str, projects: &[(&str, u32, u32)]) {
        self.put(&format!("inbox/2026-05/{name}"), &sheet(unit, projects));
    }

    fn workspace(&self) -> Workspace {
        Workspace::open(self.folder.path()).unwrap()
    }

    fn run(&self) -> Outcome {
        run(&self.workspace(), "2026-05".parse().unwrap(), &|_| {}).unwrap()
    }

    fn status(&self) -> Status {
        status(&self.workspace(), "2026-05".parse().unwrap(), &|_| {}).unwrap()
    }
}

/// A mail with one attachment.
fn mail(from: &str, date: &str, file: &str, text: &str) -> String {
    format!(
        "From: <{from}>\nTo: tjj@yunshan.example\nDate: {date}\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/csv; charset=utf-8\n\
         Content-Disposition: attachment; filename*=utf-8''{file}\nContent-Transfer-Encoding: 8bit\n\n{text}\n--b--\n"
    )
    .replace('\n', "\r\n")
}

fn of<'r>(reports: &'r [Report], unit: &str) -> &'r Report {
    let mut own = reports.iter().filter(|report| report.unit == unit);
    let report = own.next().unwrap_or_else(|| panic!("{unit} has no report"));
    assert!(own.next().is_none(), "{unit} has several");
    report
}

fn done(outcome: &Outcome) -> Vec<(String, i64)> {
    let facts = &outcome.merged.facts["key_projects"];
    let row = |row| Some((facts.text("name", row)?.to_owned(), facts.whole("done", row)? / 10_000));
    let mut rows: Vec<_> = (0..facts.height()).filter_map(row).collect();
    rows.sort();
    rows
}

fn measured(outcome: &Outcome, ranking: &str, group: &str, measure: &str) -> Option<Fraction> {
    let ranking = outcome.rankings.iter().find(|known| known.book == "reports" && known.id == ranking).unwrap();
    ranking.rows.iter().find(|row| row.group == group).unwrap().figure(measure).unwrap().value
}

const THREE: [(&str, u32, u32); 3] = [("滨河公园", 1000, 400), ("二小扩建", 800, 300), ("农贸市场", 600, 100)];

#[test]
fn every_state_of_the_roster_is_told_and_the_shares_are_whole() {
    let arrivals: Sheet = (
        "收文",
        &[
            &["报告期", "文件或单位", "账册", "收到时间", "退改次数", "说明"],
            &["2026-05", "石桥镇", "", "2026-06-08", "", "纸质报送"],
            &["2026-04", "城关镇", "", "2026-05-20", "", ""],
            &["2026-05", "县审计局", "堵点难题", "2026-06-05 17:20", "2", "纸质报送，退改两次"],
        ],
    );
    let county = County::new(&[ROSTER, arrivals]);
    county.report("城关镇.csv", "城关镇", &THREE);
    county.report("石桥镇.csv", "石桥镇", &[("卫生院", 500, 200)]);
    county.report("白沙镇.csv", "白沙镇", &[]);
    // 01:30 of the sixth in Beijing: a day late, whatever zone the mail server is in.
    let text = sheet("县住建局", &[("管网改造", 900, 500)]);
    let name = "%E7%AE%A1%E7%BD%91.csv";
    county.put("inbox/2026-05/来信.eml", &mail("zjj@yunshan.example", "Fri, 05 Jun 2026 17:30:00 +0000", name, &text));
    let outcome = county.run();
    let reports = &outcome.reporting.register.reports;
    let told: Vec<(&str, String)> = reports.iter().map(|report| (report.unit.as_str(), report.in_words())).collect();
    let expected = [
        ("城关镇", "已收"),
        ("石桥镇", "迟报3天"),
        ("白沙镇", "空表"),
        ("县住建局", "迟报1天"),
        ("县水利局", "未报"),
        ("县审计局", "按时"),
    ];
    assert_eq!(told, expected.map(|(unit, words)| (unit, words.to_owned())), "柳河乡 is closed, 县林业局 not yet open");
    assert_eq!(of(reports, "石桥镇").received.unwrap().by, Evidence::Settings);
    assert_eq!(of(reports, "县住建局").received.unwrap().by, Evidence::Mail);
    assert!(of(reports, "县审计局").note.contains("收件箱里没有文件"), "{:?}", of(reports, "县审计局"));
    assert_eq!(of(reports, "城关镇").due.to_string(), "2026-06-05");
    for shares in [by_report(reports), by_unit(&outcome.reporting.register.units)] {
        assert_eq!(shares.iter().map(|share| share.tenths).sum::<u32>(), 1000);
        assert_eq!(shares.iter().map(|share| share.count).sum::<usize>(), 6);
    }
    let whole = |measure| measured(&outcome, "county", "全县", measure).unwrap();
    assert_eq!(whole("reports_due"), Fraction::from_integer(6));
    assert_eq!(whole("reports_days_late"), Fraction::from_integer(4));
    assert_eq!(whole("reports_filed"), Fraction::new(4, 6));
    assert_eq!(measured(&outcome, "departments", "县水利局", "reports_missing"), Some(Fraction::from_integer(1)));
    assert_eq!(measured(&outcome, "towns", "石桥镇", "reports_punctual"), Some(Fraction::from_integer(0)));
    assert_eq!(measured(&outcome, "towns", "城关镇", "reports_punctual"), None, "nobody knows when it came");
}

#[test]
fn a_correction_takes_the_place_of_the_first_report() {
    let county = County::new(&[ROSTER]);
    county.report("城关镇.csv", "城关镇", &THREE);
    county.report("城关镇（更正）.csv", "城关镇", &[("滨河公园", 1000, 410), ("二小扩建", 800, 300)]);
    let outcome = county.run();
    assert_eq!(done(&outcome), [("二小扩建".to_owned(), 300), ("滨河公园".to_owned(), 410)]);
    let report = of(&outcome.reporting.register.reports[..1], "城关镇");
    assert_eq!((report.state, report.returns, report.rows), (State::Returned, 1, 2));
    assert_eq!(report.replaced, [Arc::from("城关镇.csv")]);
    let sources: Vec<_> = outcome.sources().collect();
    let first = sources.iter().find(|source| &*source.file == "城关镇.csv").unwrap();
    assert_eq!((first.merged, first.replaced_by.as_deref()), (0, Some("城关镇（更正）.csv")));
    assert!(
        first.passed_over.is_some_and(|(_, rows)| rows == 5),
        "title, header and three rows: {:?}",
        first.passed_over
    );
    let rules: Vec<(&str, &str)> = outcome.findings.iter().map(|f| (&*f.rule, &*f.message)).collect();
    assert!(rules.iter().any(|(rule, _)| *rule == "report.replaced"), "{rules:?}");
    let shrunk = rules.iter().find(|(rule, _)| *rule == "report.shrunk").unwrap();
    assert!(shrunk.1.contains("少了1个") && shrunk.1.contains("农贸市场"), "{shrunk:?}");
    assert!(!rules.iter().any(|(rule, _)| *rule == "project.duplicate"), "{rules:?}");
}

#[test]
fn a_correction_of_a_few_rows_leaves_the_others() {
    let county = County::new(&[ROSTER]);
    county.report("城关镇.csv", "城关镇", &THREE);
    county.report("城关镇更正.csv", "城关镇", &[("农贸市场", 600, 150)]);
    let outcome = county.run();
    let expected = [("二小扩建", 300), ("农贸市场", 150), ("滨河公园", 400)];
    assert_eq!(done(&outcome), expected.map(|(name, done)| (name.to_owned(), done)));
    let sources: Vec<_> = outcome.sources().collect();
    let merged: Vec<_> = sources.iter().map(|source| (&*source.file, source.merged)).collect();
    assert_eq!(merged, [("城关镇.csv", 2), ("城关镇更正.csv", 1)]);
    let report = of(&outcome.reporting.register.reports[..1], "城关镇");
    assert_eq!((report.state, report.returns, report.rows), (State::Returned, 1, 3));
}

#[test]
fn a_file_that_could_not_be_opened_was_returned_once_a_good_one_came() {
    let county = County::new(&[ROSTER]);
    county.put("inbox/2026-05/城关镇重点项目.xlsx", "PK\u{3}\u{4}残缺的文件");
    let outcome = county.run();
    let report = of(&outcome.reporting.register.reports[..1], "城关镇");
    assert_eq!((report.state, report.note.as_str()), (State::Missing, "打不开：城关镇重点项目.xlsx"));
    county.report("城关镇重点项目（重发）.csv", "城关镇", &THREE);
    let outcome = county.run();
    assert_eq!(of(&outcome.reporting.register.reports[..1], "城关镇").in_words(), "退改1次");
}

#[test]
fn a_book_in_two_files_is_no_correction() {
    let county = County::new(&[ROSTER]);
    county.report("城关镇-市政.csv", "城关镇", &THREE[..2]);
    county.report("城关镇-商贸（补报）.csv", "城关镇", &THREE[2..]);
    let outcome = county.run();
    assert_eq!(done(&outcome).len(), 3);
    let report = of(&outcome.reporting.register.reports[..1], "城关镇");
    assert_eq!((report.state, report.returns, report.files.len()), (State::Received, 0, 2));
}

#[test]
fn of_two_reports_the_later_mail_stands_and_without_evidence_the_office_is_asked() {
    let county = County::new(&[ROSTER]);
    let (early, late) = (sheet("县住建局", &THREE), sheet("县住建局", &[THREE[0], THREE[1], ("农贸市场", 600, 120)]));
    // By name the second would be first.
    county.put("inbox/2026-05/1.eml", &mail("zjj@yunshan.example", "Thu, 04 Jun 2026 16:00:00 +0800", "a.csv", &late));
    county.put("inbox/2026-05/2.eml", &mail("zjj@yunshan.example", "Wed, 03 Jun 2026 09:00:00 +0800", "a.csv", &early));
    let outcome = county.run();
    assert!(done(&outcome).contains(&("农贸市场".to_owned(), 120)), "{:?}", done(&outcome));
    let report = outcome.reporting.register.reports.iter().find(|report| report.unit == "县住建局").unwrap();
    assert_eq!((report.in_words().as_str(), report.days_late), ("退改1次", Some(0)), "on time by the first mail");

    let county = County::new(&[ROSTER]);
    county.report("甲.csv", "城关镇", &THREE);
    county.report("乙.csv", "城关镇", &[THREE[0], THREE[1], ("农贸市场", 600, 120)]);
    let outcome = county.run();
    let doubles = outcome.findings.iter().filter(|finding| &*finding.rule == "project.duplicate").count();
    assert_eq!(doubles, 3, "which of the two counts is not guessed");
}

#[test]
fn what_was_reported_before_is_owed_again_until_the_office_says_otherwise() {
    let march = |county: &County| {
        county.put("inbox/2026-03/城关镇.csv", &sheet("城关镇", &THREE).replace("1-5月", "1-3月"));
        county.put("inbox/2026-03/石桥镇.csv", &sheet("石桥镇", &THREE[..1]).replace("1-5月", "1-3月"));
        run(&county.workspace(), "2026-03".parse().unwrap(), &|_| {}).unwrap();
    };
    let book = |county: &County, unit: &str| {
        let status = county.status();
        status
            .reports
            .iter()
            .filter(|report| report.unit == unit)
            .map(|r| (r.book.clone(), r.state))
            .collect::<Vec<_>>()
    };
    let county = County::new(&[ROSTER]);
    march(&county);
    let owed = vec![(Some("key_projects".to_owned()), State::Missing)];
    assert_eq!(book(&county, "城关镇"), owed);
    assert_eq!(book(&county, "县水利局"), [(None, State::Missing)], "any report at all");

    let duties: Sheet = (
        "报送",
        &[
            &["单位", "账册", "是否应报", "启用时间", "停用时间"],
            &["城关镇", "重点建设项目", "不报", "2026-05", ""],
            &["石桥镇", "堵点难题、谋划储备项目", "应报", "", ""],
            &["部门", "全部", "不报", "", ""],
        ],
    );
    let county = County::new(&[ROSTER, duties]);
    march(&county);
    assert_eq!(book(&county, "城关镇"), [(None, State::Missing)], "excused from the one it had");
    let owed = ["reserve", "bottlenecks"].map(|book| (Some(book.to_owned()), State::Missing));
    assert_eq!(book(&county, "石桥镇"), owed);
    assert_eq!(book(&county, "县水利局"), []);
    let units = by_unit(&county.status().units);
    assert_eq!(units.iter().map(|share| share.tenths).sum::<u32>(), 1000);
    assert!(units.iter().any(|share| share.title == "无报送任务" && share.count == 3), "{units:?}");
}

#[test]
fn status_writes_nothing_but_the_register_and_answers_from_it() {
    let county = County::new(&[ROSTER]);
    county.report("城关镇.csv", "城关镇", &THREE);
    let first = county.status();
    assert_eq!(of(&first.reports[..1], "城关镇").state, State::Received);
    assert!(!county.path("out").exists());
    let register = county.path("ledger/receipts/period=2026-05.json");
    let written = std::fs::read(&register).unwrap();
    // What stands in the register is told again: a row count that no workbook has shows it.
    let changed = String::from_utf8(written.clone())
        .unwrap()
        .replace("\"rows\": 3,\n      \"files\"", "\"rows\": 77,\n      \"files\"");
    std::fs::write(&register, changed).unwrap();
    assert_eq!(county.status().reports[0].rows, 77);
    // A file that is overwritten is another one; the former stays on record.
    county.report("城关镇.csv", "城关镇", &THREE[..2]);
    let second = county.status();
    assert_eq!(second.reports[0].rows, 2);
    assert_eq!(second.former.len(), 1);
    assert_eq!(&*second.former[0].file, "城关镇.csv");
    county.run();
    assert_eq!(county.status().former.len(), 1, "a run keeps it too");
}

#[test]
fn the_time_of_a_file_counts_only_where_the_county_says_so_and_never_changes() {
    let stamp = |path: &Path, day: u64| {
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(day * 86_400);
        std::fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    };
    // Days since 1970: 20,613 is 2026-06-09.
    let county = County::new(&[ROSTER]);
    county.report("城关镇.csv", "城关镇", &THREE);
    stamp(&county.path("inbox/2026-05/城关镇.csv"), 20_613);
    let before = std::fs::read(county.path("inbox/2026-05/城关镇.csv")).unwrap();
    assert_eq!(county.run().reporting.register.reports[0].state, State::Received);
    let outputs = |county: &County| std::fs::read(county.path("out/2026-05/核验报告.xlsx")).unwrap();
    let first = outputs(&county);
    stamp(&county.path("inbox/2026-05/城关镇.csv"), 20_620);
    county.run();
    assert_eq!(first, outputs(&county), "a copied file changes no byte");

    let rules = include_str!("../../templates/county/county.toml").replace("file_times = false", "file_times = true");
    county.put("profile/county.toml", &rules);
    let first = county.run();
    let report = &first.reporting.register.reports[0];
    assert_eq!((report.in_words().as_str(), report.received.unwrap().by), ("迟报11天", Evidence::File));
    stamp(&county.path("inbox/2026-05/城关镇.csv"), 20_613);
    assert_eq!(county.run().reporting.register.reports[0].in_words(), "迟报11天", "as it was first registered");
    assert_eq!(std::fs::read(county.path("inbox/2026-05/城关镇.csv")).unwrap(), before);
}

#[test]
fn a_damaged_or_newer_register_is_an_error_that_says_what_to_do() {
    let county = County::new(&[ROSTER]);
    county.report("城关镇.csv", "城关镇", &THREE);
    for (text, told) in
        [("{\"format\": 1, ", "已损坏"), ("{\"format\": 99}", "升级程序"), ("{\"format\": 1}", "已损坏")]
    {
        county.put("ledger/receipts/period=2026-05.json", text);
        let error = status(&county.workspace(), "2026-05".parse().unwrap(), &|_| {}).unwrap_err().to_string();
        assert!(error.contains(told) && error.contains("period=2026-05.json"), "{error}");
    }
}

#[test]
fn the_check_report_and_the_command_line_show_the_same() {
    use calamine::Reader;
    let arrivals: Sheet = (
        "收文",
        &[
            &["报告期", "文件或单位", "账册", "收到时间", "退改次数", "说明"],
            &["2026-05", "石桥镇.csv", "", "2026-06-08 09:00", "", ""],
        ],
    );
    let county = County::new(&[ROSTER, arrivals]);
    county.report("石桥镇.csv", "石桥镇", &THREE);
    county.run();
    let mut book = calamine::open_workbook_auto(county.path("out/2026-05/核验报告.xlsx")).unwrap();
    let sheets = book.sheet_names();
    for name in ["报送情况", "乡镇（街道）报送排名", "县直部门报送排名"] {
        assert!(sheets.contains(&name.to_owned()), "{sheets:?}");
    }
    let range = book.worksheet_range("报送情况").unwrap();
    let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let town = rows.iter().find(|row| row[1] == "石桥镇").unwrap();
    assert_eq!(town[2..9], ["重点建设项目", "迟报3天", "2026-06-05", "2026-06-08 09:00", "收文登记", "3", "0"]);
    assert!(rows.iter().any(|row| row[0].starts_with("按份数：已收0份（0.0%）")), "{rows:?}");

    let command = |json: bool| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wuzhang"));
        command.args(["status", "--period", "2026-05"]).arg(county.folder.path()).args(json.then_some("--json"));
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = command(false);
    assert!(
        text.contains("6个单位，应报6份") && text.contains("迟报1份(16.7%)") && text.contains("未报5份(83.3%)"),
        "{text}"
    );
    let value: serde_json::Value = serde_json::from_str(&command(true)).unwrap();
    let reports = value["reports"].as_array().unwrap();
    let town = reports.iter().find(|report| report["unit"] == "石桥镇").unwrap();
    assert_eq!((&town["state"], &town["days_late"]), (&"late".into(), &3.into()));
    assert_eq!((&town["received"], &town["by"]), (&"2026-06-08 09:00".into(), &"settings".into()));
}

#[test]
fn a_cut_off_within_a_month_is_due_the_day_after() {
    let arrivals: Sheet = (
        "收文",
        &[
            &["报告期", "文件或单位", "账册", "收到时间", "退改次数", "说明"],
            &["2026-06-10", "城关镇.csv", "", "2026-06-12", "", ""],
            &["2026-06-10", "丢失.xlsx", "", "2026-06-11", "", ""],
        ],
    );
    let county = County::new(&[ROSTER, arrivals]);
    county.put("inbox/2026-06-10/城关镇.csv", &sheet("城关镇", &THREE));
    let status = status(&county.workspace(), "2026-06-10".parse().unwrap(), &|_| {}).unwrap();
    let report = &status.reports[0];
    assert_eq!((report.due.to_string().as_str(), report.in_words().as_str()), ("2026-06-11", "迟报1天"));
    assert!(status.units.iter().any(|unit| unit.unit == "县林业局"), "open since June, this week of it too");
    assert_eq!(status.absent, ["丢失.xlsx"]);
}

#[test]
fn an_inbox_that_is_not_there_yet_has_everything_missing() {
    let county = County::new(&[ROSTER]);
    let status = status(&county.workspace(), "2026-07".parse().unwrap(), &|_| {}).unwrap();
    assert!(!status.inbox && status.reports.iter().all(|report| report.state == State::Missing));
    assert_eq!(status.reports.len(), 7, "县林业局 reports since June");
    assert!(!county.path("ledger/receipts/period=2026-07.json").exists());
}

#[test]
fn wrong_rows_of_the_two_sheets_are_told_with_their_cells() {
    let arrivals: Sheet = (
        "收文",
        &[
            &["报告期", "文件或单位", "账册", "收到时间", "退改次数", "说明"],
            &["2026-05", "城关镇", "重点建设项目", "6月5日", "", ""],
            &["2026-05", "桥石镇", "", "2026-06-05", "", ""],
            &["2026-05", "石桥镇", "报送情况", "2026-06-05", "", ""],
            &["2026-05", "石桥镇", "", "", "", "忘了填"],
            &["2026-05", "石桥镇.csv", "", "2026-06-05", "2", ""],
        ],
    );
    let duties: Sheet = (
        "报送",
        &[
            &["单位", "账册", "是否应报", "启用时间", "停用时间"],
            &["乡镇", "重点项目建设进度", "应报", "", ""],
            &["城关镇", "堵点难题", "也许", "", ""],
            &["城关镇", "堵点难题", "应报", "2026-06", "2026-05"],
        ],
    );
    let county = County::new(&[ROSTER, arrivals, duties]);
    let told = status(&county.workspace(), "2026-05".parse().unwrap(), &|_| {}).unwrap_err().to_string();
    let cells =
        ["收文 › D2", "收文 › B3", "收文 › C4", "收文 › D5", "收文 › E6", "报送 › B2", "报送 › C3", "报送 › E4"];
    for cell in cells {
        assert!(told.contains(cell), "{cell}: {told}");
    }
    assert!(told.contains("是否应为“石桥镇”"), "{told}");
}

#[test]
fn rules_of_reporting_that_cannot_be_are_told_with_their_lines() {
    let county = County::new(&[ROSTER]);
    let rules = include_str!("../../templates/county/county.toml");
    let rules =
        rules.replace("due_day = 5", "due_day = 500").replace("towns = []", "towns = [\"key_project\", \"reports\"]");
    county.put("profile/county.toml", &rules);
    let book = include_str!("../../templates/county/reports.toml").replace("words = []", "words = [\"报送\"]");
    county.put("profile/reports.toml", &book);
    let told = status(&county.workspace(), "2026-05".parse().unwrap(), &|_| {}).unwrap_err().to_string();
    assert!(told.contains("reports.toml") && told.contains("words 应为空"), "{told}");
    std::fs::remove_file(county.path("profile/reports.toml")).unwrap();
    let told = status(&county.workspace(), "2026-05".parse().unwrap(), &|_| {}).unwrap_err().to_string();
    assert!(
        told.contains("500天太长") && told.contains("key_project”") && told.contains("没有可报送的账册“reports”"),
        "{told}"
    );
}
