//! Merging small sheets: the input of each test stands in it.

use proptest::prelude::*;

use super::*;
use crate::check::sample;
use crate::finding::Level;
use crate::layout::RowKind;
use crate::profile::Kind;
use crate::record::{Date, Texts, TypedColumn, Values};
use crate::settings::{Adjustment, Decision, Leader, Unit, UnitKind};

/// A sheet of key projects of a unit: the first line names the fields, each other line is a row from 5 on; `-` is empty,
/// amounts in 万元, dates `2026-03`.
fn sheet(file: &str, unit: &str, lines: &[&str]) -> Table {
    sheet_of("key_projects", file, unit, lines)
}

/// The same, of any book.
fn sheet_of(book: &str, file: &str, unit: &str, lines: &[&str]) -> Table {
    let profile = sample::profile();
    let fields: Vec<&str> = lines[0].split_whitespace().collect();
    let rows: Vec<Vec<Option<&str>>> = lines[1..]
        .iter()
        .map(|line| line.split_whitespace().map(|cell| Some(cell).filter(|c| *c != "-")).collect())
        .collect();
    let columns = fields.iter().enumerate().map(|(at, field)| {
        let cells = rows.iter().map(|row| row[at]);
        let values = match profile.book(book).unwrap().field(field).expect("a field").kind {
            Kind::Amount => Values::Amount(cells.map(|c| c.map(|c| c.parse::<i64>().unwrap() * 10_000)).collect()),
            Kind::Date => Values::Date(cells.map(|c| c.map(month)).collect()),
            Kind::Rate => Values::Number(cells.map(|c| c.map(|c| c.parse().unwrap())).collect()),
            _ => Values::Text(cells.map(|c| c.map(Into::into)).collect()),
        };
        TypedColumn { field: (*field).to_owned(), column: at as u32 + 1, row: None, values }
    });
    Table {
        book: book.into(),
        file: file.into(),
        sheet: "重点项目".into(),
        reporting_unit: unit.into(),
        rows: (0..rows.len() as u32).map(|at| at + 5).collect(),
        sections: rows.iter().map(|_| Some("续建项目".into())).collect(),
        columns: columns.collect(),
        row_kinds: vec![(RowKind::Title, 1), (RowKind::Data, rows.len())],
        stated: Vec::new(),
        findings: vec![],
    }
}

fn month(text: &str) -> Date {
    let (year, month) = text.split_once('-').unwrap();
    Date::Month(year.parse().unwrap(), month.parse().unwrap())
}

fn may() -> Period {
    Period::new(2026, 5).unwrap()
}

fn merged(tables: &[Table], settings: &Settings) -> Merged {
    merge(tables, &sample::profile(), settings, may()).unwrap()
}

fn facts(merged: &Merged) -> &Facts {
    &merged.facts["key_projects"]
}

fn rules(merged: &Merged) -> Vec<(Level, &str)> {
    merged.findings.iter().map(|finding| (finding.level, &*finding.rule)).collect()
}

#[test]
fn a_project_that_two_units_report_is_one_with_every_difference_told() {
    let town = sheet(
        "b/城关镇.xlsx",
        "城关镇",
        &["name town total plan done status", "污水处理厂 城关镇 5000 1000 300 主体完工"],
    );
    let office = sheet(
        "a/住建局.xlsx",
        "县住建局",
        &["name town unit plan done status", "★污水处理厂 城关镇东街 县住建局 1200 300 在建"],
    );
    let merged = merged(&[town, office], &Settings::default());
    let facts = facts(&merged);
    assert_eq!(facts.height(), 1);
    assert_eq!((facts.whole("plan", 0), facts.whole("total", 0)), (Some(12_000_000), Some(50_000_000)));
    assert_eq!(facts.text("status", 0), Some("主体完工"), "the town has the last word on the status");
    assert_eq!((facts.text("town_group", 0), facts.text("department_group", 0)), (Some("城关镇"), Some("县住建局")));
    assert_eq!(rules(&merged), [(Level::Query, "project.reported_twice")]);
    let said = &merged.findings[0].message;
    for words in
        ["a/住建局.xlsx › 重点项目 › 第5行", "b/城关镇.xlsx › 重点项目 › 第5行", "县住建局填1200万元、城关镇填1000万元"]
    {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(!said.contains("done"), "what agrees is not told: {said}");
    let counts: Vec<_> = merged.account.iter().map(|sheet| (sheet.file.as_str(), sheet.merged, sheet.joined)).collect();
    assert_eq!(counts, [("a/住建局.xlsx", 1, 0), ("b/城关镇.xlsx", 0, 1)]);
    let known_by = crate::check::RowPlace { file: "a/住建局.xlsx".into(), sheet: "重点项目".into(), row: 5 };
    let key = facts.text("key", 0).unwrap();
    let place = |field| merged.origins.place("key_projects", key, &known_by, field).in_words();
    assert_eq!(place("status"), "b/城关镇.xlsx › 重点项目 › F5");
    assert_eq!(place("plan"), "a/住建局.xlsx › 重点项目 › D5");
}

#[test]
fn a_unit_that_reports_a_project_twice_has_its_later_row_set_aside() {
    let office = sheet(
        "住建局.xlsx",
        "县住建局",
        &["name done", "污水处理厂（一期） 300", "污水处理厂（二期） 10", "●污水处理厂【一期】 400"],
    );
    let merged = merged(&[office], &Settings::default());
    assert_eq!(facts(&merged).height(), 2);
    assert_eq!(facts(&merged).whole("done", 0), Some(3_000_000));
    assert_eq!(rules(&merged), [(Level::Error, "project.duplicate")]);
    assert!(merged.findings[0].message.contains("第5行") && merged.findings[0].message.contains("第7行"));
    assert_eq!(merged.account[0].set_aside, 1);
}

#[test]
fn a_code_tells_projects_apart_and_together() {
    let office =
        sheet("a.xlsx", "县住建局", &["code name", "2020-411522-01 老旧小区改造", "2020-411522-02 老旧小区改造"]);
    let other = sheet("b.xlsx", "县财政局", &["code name", "2020-411522-02 老旧小区综合改造", "待办 老旧小区"]);
    let merged = merged(&[office, other], &Settings::default());
    let keys: Vec<_> = (0..3).map(|row| facts(&merged).text("key", row).unwrap()).collect();
    assert_eq!(facts(&merged).height(), 3);
    assert_eq!(keys, ["2020-411522-01", "2020-411522-02", "老旧小区@县财政局"]);
}

#[test]
fn one_name_in_two_towns_is_two_projects() {
    let office = sheet("a.xlsx", "县住建局", &["name town", "老旧小区改造 城关镇", "老旧小区改造 柳河乡"]);
    let merged = merged(&[office], &Settings::default());
    assert_eq!(facts(&merged).height(), 2);
    assert_eq!(rules(&merged), []);
    assert_eq!(facts(&merged).text("key", 0), Some("老旧小区改造@县住建局@城关镇"));
}

#[test]
fn one_name_that_two_towns_report_counts_twice_and_is_asked_about() {
    let of = |town: &str| sheet(&format!("{town}.xlsx"), town, &["name plan", "跨镇公路改造 1000"]);
    let merged = merged(&[of("城关镇"), of("柳河乡")], &Settings::default());
    assert_eq!(facts(&merged).height(), 2);
    assert_eq!(rules(&merged), [(Level::Query, "project.same_name")]);
    let said = &merged.findings[0].message;
    assert!(said.contains("城关镇.xlsx › 重点项目 › 第5行") && said.contains("柳河乡.xlsx"), "{said}");
}

#[test]
fn a_correction_beside_the_report_it_corrects_counts_once() {
    let report = sheet("a.xlsx", "县住建局", &["name done", "污水处理厂 100", "水厂 200"]);
    let correction = sheet("b(更正).xlsx", "县住建局", &["name done", "污水处理厂 150", "水厂 200"]);
    let merged = merged(&[report, correction], &Settings::default());
    assert_eq!(facts(&merged).height(), 2);
    assert_eq!(rules(&merged), [(Level::Error, "project.duplicate"); 2]);
    assert!(merged.findings.iter().all(|finding| &*finding.place.file == "b(更正).xlsx"));
    assert!(merged.findings[0].advice.contains("移走作废的那份"), "{}", merged.findings[0].advice);
    assert_eq!((merged.account[1].merged, merged.account[1].set_aside), (0, 2));
}

#[test]
fn a_department_s_project_counts_for_the_town_in_charge() {
    let lines = ["name town unit", "甲 - 柳河乡", "乙 城关镇 柳河乡", "丙 - -"];
    let merged = merged(&[sheet("a.xlsx", "县水利局", &lines)], &Settings::default());
    let facts = facts(&merged);
    let group = |column| {
        ["甲", "乙", "丙"].map(|name| {
            let row = (0..3).find(|&row| facts.text("name", row) == Some(name)).unwrap();
            facts.text(column, row)
        })
    };
    assert_eq!(group("town_group"), [Some("柳河乡"), Some("城关镇"), None]);
    assert_eq!(group("department_group"), [Some("县水利局"); 3]);
}

#[test]
fn a_difficulty_is_told_by_its_project_too() {
    let lines = ["problem name", "环评手续未办结 河道整治", "环评手续未办结 客运站搬迁"];
    let one = sheet_of("bottlenecks", "a.xlsx", "县水利局", &lines);
    let other =
        sheet_of("bottlenecks", "b.xlsx", "县督查室", &["problem name unit", "环评手续未办结 河道整治 县水利局"]);
    let merged = merged(&[one, other], &Settings::default());
    assert_eq!(merged.facts["bottlenecks"].height(), 2);
    assert_eq!(rules(&merged), [(Level::Note, "project.reported_twice")]);
}

#[test]
fn rows_that_cannot_be_used_are_set_aside_and_told() {
    let nameless = sheet("a.xlsx", "县住建局", &["name done", "- 300", "污水处理厂 400"]);
    let columnless = sheet("b.xlsx", "县水利局", &["plan done", "1 1", "2 2"]);
    let merged = merged(&[nameless, columnless], &Settings::default());
    assert_eq!(rules(&merged), [(Level::Error, "subject.missing"), (Level::Error, "column.required")]);
    assert_eq!(merged.findings[0].place.in_words(), "a.xlsx › 重点项目 › A5");
    let counts: Vec<_> = merged.account.iter().map(|sheet| (sheet.data(), sheet.merged, sheet.set_aside)).collect();
    assert_eq!(counts, [(2, 1, 1), (2, 0, 2)]);
}

#[test]
fn an_amount_that_no_project_has_is_an_error_and_not_a_sum() {
    let office = sheet("a.xlsx", "县住建局", &["name done", "污水处理厂 900000000000", "水厂 1"]);
    let merged = merged(&[office], &Settings::default());
    assert_eq!(rules(&merged), [(Level::Error, "amount.impossible")]);
    assert_eq!(merged.findings[0].place.in_words(), "a.xlsx › 重点项目 › B5");
    let done: Vec<_> = (0..2).map(|row| facts(&merged).whole("done", row)).collect();
    assert!(done.contains(&None) && done.contains(&Some(10_000)), "{done:?}");
}

#[test]
fn groups_come_from_cells_then_from_who_reports() {
    let lines = ["name town unit leader", "甲 柳河乡三道沟村 - 甲一、乙二", "乙 - 县水利局 -", "丙 - 柳河乡 甲一"];
    let merged = merged(&[sheet("a.xlsx", "城关镇", &lines)], &Settings::default());
    let facts = facts(&merged);
    let group = |column, name| {
        let row = (0..3).find(|&row| facts.text("name", row) == Some(name)).unwrap();
        facts.text(column, row)
    };
    assert_eq!(
        ["甲", "乙", "丙"].map(|name| group("town_group", name)),
        [Some("柳河乡"), Some("城关镇"), Some("城关镇")]
    );
    assert_eq!(["甲", "乙", "丙"].map(|name| group("department_group", name)), [None, Some("县水利局"), None]);
    assert_eq!(group("leader_group", "甲"), Some("甲一、乙二"));
    assert_eq!(group("category_group", "甲"), Some("续建项目"), "no category column: the section");
}

#[test]
fn a_roster_names_units_and_tells_strangers() {
    let unit = |name: &str, kind| Unit { name: name.into(), kind, ..Unit::default() };
    let settings = Settings {
        units: vec![
            unit("城关镇", UnitKind::Town),
            Unit { aliases: vec!["住建局".into()], ..unit("县住房和城乡建设局", UnitKind::Department) },
        ],
        leaders: vec![Leader { name: "甲一".into(), ..Leader::default() }],
        ..Settings::default()
    };
    let lines = ["name town unit leader", "甲 城关镇 住建局 甲一县长", "乙 柳河乡 城投公司 丙三", "丙 - 城投公司 -"];
    let merged = merged(&[sheet("a.xlsx", "云山县住建局", &lines)], &settings);
    let facts = facts(&merged);
    assert_eq!(facts.text("reporting_unit", 0), Some("县住房和城乡建设局"));
    let told: Vec<_> = merged.findings.iter().map(|f| (&*f.rule, f.place.field.as_deref().unwrap_or(""))).collect();
    assert_eq!(told, [("unit.unknown", "town"), ("unit.unknown", "unit"), ("leader.unknown", "leader")]);
    assert!(merged.findings[1].message.contains("共2行"), "once a name: {}", merged.findings[1].message);
    assert_eq!(merged.findings[0].level, Level::Query);
    let leaders: Vec<_> = (0..3).filter_map(|row| facts.text("leader_group", row)).collect();
    assert!(leaders.contains(&"甲一") && leaders.contains(&"丙三"), "{leaders:?}");
}

#[test]
fn decisions_take_off_and_replan() {
    let office = sheet("a.xlsx", "县住建局", &["name plan done", "甲 1000 100", "乙 2000 100", "丙 3000 100"]);
    let decide = |project: &str, decision, from| Adjustment {
        book: "key_projects".into(),
        project: project.into(),
        decision,
        from: Period::new(2026, from),
        document: "云山政办〔2026〕6号".into(),
        reason: "征迁未完成".into(),
        ..Adjustment::default()
    };
    let settings = Settings {
        adjustments: vec![
            decide("甲", Decision::Out, 4),
            decide("乙", Decision::Replan(15_000_000), 5),
            decide("丙", Decision::Out, 6),
            decide("丁", Decision::Out, 1),
        ],
        ..Settings::default()
    };
    let merged = merged(&[office], &settings);
    let facts = facts(&merged);
    assert_eq!(facts.height(), 2, "丙 goes in June");
    let row = (0..2).find(|&row| facts.text("name", row) == Some("乙")).unwrap();
    assert_eq!((facts.whole("plan", row), facts.whole("plan_reported", row)), (Some(15_000_000), Some(20_000_000)));
    assert_eq!(facts.whole("plan_reported", 1 - row), None);
    assert_eq!((merged.taken_off[0].name.as_str(), merged.taken_off[0].reason.as_str()), ("甲", "征迁未完成"));
    assert_eq!((merged.replanned[0].reported, merged.replanned[0].plan), (Some(20_000_000), 15_000_000));
    assert_eq!(rules(&merged), [(Level::Note, "adjustment.stale")]);
    let applied: Vec<_> = merged.decisions.iter().map(|decision| decision.project.as_str()).collect();
    assert_eq!(applied, ["甲", "乙"], "what is not in force or finds nothing decides nothing");
    assert_eq!((merged.account[0].merged, merged.account[0].taken_off), (2, 1));
}

#[test]
fn a_likely_rename_is_only_asked_about() {
    let office = sheet(
        "a.xlsx",
        "县住建局",
        &[
            "name total plan",
            "城区污水处理厂扩建工程 5000 1000",
            "城区污水处理厂扩建项目 5000 1000",
            "城区供水管网改造 5000 1000",
        ],
    );
    let merged = merged(&[office], &Settings::default());
    assert_eq!(facts(&merged).height(), 3);
    assert_eq!(rules(&merged), [(Level::Query, "project.similar")]);
}

#[test]
fn an_account_that_does_not_balance_stops_the_run() {
    let mut office = sheet("a.xlsx", "县住建局", &["name", "甲", "乙"]);
    office.row_kinds = vec![(RowKind::Data, 3)];
    let error = merge(&[office.clone()], &sample::profile(), &Settings::default(), may()).unwrap_err();
    assert!(matches!(error, MergeError::Unbalanced { data: 3, merged: 2, .. }), "{error}");
    office.row_kinds = vec![(RowKind::Data, 2)];
    office.sections = Texts::default();
    let error = merge(&[office], &sample::profile(), &Settings::default(), may()).unwrap_err();
    assert!(matches!(error, MergeError::Misshapen { .. }), "{error}");
}

#[test]
fn derived_columns_and_dates_stand_beside_the_fields() {
    let lines = ["name plan done actual_start", "甲 309 110 2025-03", "乙 1000 0 -", "丙 - 10 2026-02"];
    let merged = merged(&[sheet("a.xlsx", "县住建局", &lines)], &Settings::default());
    let facts = facts(&merged);
    let at = |name| (0..3).find(|&row| facts.text("name", row) == Some(name)).unwrap();
    assert_eq!((facts.truth("behind", at("甲")), facts.truth("behind", at("丙"))), (Some(true), None));
    assert_eq!(["甲", "乙"].map(|name| facts.truth("not_started", at(name))), [Some(false), Some(true)]);
    assert_eq!(facts.text("actual_start_last", at("甲")), Some("2025-03-31"));
    assert_eq!((facts.whole("schedule_num", 0), facts.text("period_last", 0)), (Some(5), Some("2026-05-31")));
    // 2025-03-01 is day 20148 from 1970-01-01, 31 May 2026 is 456 days later.
    let age = facts.whole("period_last_day", 0).unwrap() - facts.whole("actual_start_first_day", at("甲")).unwrap();
    assert_eq!((facts.whole("actual_start_last_day", at("甲")), age), (Some(20_178), 456));
    assert_eq!(facts.whole("period_last_day", 0).unwrap() - facts.whole("year_first_day", 0).unwrap(), 150);
    let in_words = |row| (facts.text("actual_start_month", row), facts.text("actual_start_quarter", row));
    assert_eq!(in_words(at("甲")), (Some("2025-03"), Some("2025年一季度")));
    assert_eq!((in_words(at("乙")), facts.whole("actual_start_first_day", at("乙"))), ((None, None), None));
}

#[test]
fn texts_that_are_shared_make_the_same_facts_as_copies_of_them() {
    let lines = ["name plan problem", "甲 1 征迁", "乙 2 征迁", "丙 3 -", "丁 4 资金", "戊 5 征迁"];
    let apart = sheet("a.xlsx", "县住建局", &lines);
    let mut shared = apart.clone();
    let mut known: BTreeMap<String, crate::text::SharedText> = BTreeMap::new();
    for column in &mut shared.columns {
        let Values::Text(cells) = &mut column.values else { continue };
        let mut share =
            |cell: &crate::text::SharedText| known.entry(cell.to_string()).or_insert_with(|| cell.clone()).clone();
        *cells = cells.iter().map(|cell| cell.map(&mut share)).collect();
    }
    assert_eq!(known.len(), 7, "five names and two problems");
    let frames = [apart, shared].map(|table| facts(&merged(&[table], &Settings::default())).frame.clone());
    assert!(frames[0].equals_missing(&frames[1]), "{} {}", frames[0], frames[1]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Whatever is reported by whom, in whatever order of files: rows balance, keys are unique, bytes agree.
    #[test]
    fn every_row_ends_in_one_place(rows in proptest::collection::vec((0usize..4, 0usize..5, 0usize..4, 0usize..4, 0usize..3), 1..30)) {
        let names = ["-", "污水处理厂", "水厂", "道路", "小区"];
        let (units, towns) = (["县住建局", "城关镇", "", "柳河乡"], ["-", "城关镇", "柳河乡", "柳河乡三道沟"]);
        let (codes, offices) = (["-", "2020-411522-01", "2020-411522-02"], ["-", "县住建局", "城关镇", "县水利局"]);
        let mut tables: Vec<Table> = (0..4).map(|unit| {
            let mut lines = vec!["code name town unit".to_owned()];
            lines.extend(rows.iter().filter(|row| row.0 == unit).map(|row| format!("{} {} {} {}", codes[row.4], names[row.1], towns[row.2], offices[row.3])));
            sheet(&format!("{unit}.xlsx"), units[unit], &lines.iter().map(String::as_str).collect::<Vec<_>>())
        }).collect();
        let one = merged(&tables, &Settings::default());
        prop_assert!(one.account.iter().all(SheetAccount::balances));
        prop_assert_eq!(one.account.iter().map(|sheet| sheet.merged).sum::<usize>(), facts(&one).height());
        let mut keys: Vec<_> = (0..facts(&one).height()).map(|row| facts(&one).text("key", row).unwrap().to_owned()).collect();
        prop_assert!(keys.is_sorted());
        keys.dedup();
        prop_assert_eq!(keys.len(), facts(&one).height());
        tables.reverse();
        let other = merged(&tables, &Settings::default());
        prop_assert!(facts(&one).frame.equals_missing(&facts(&other).frame));
        prop_assert_eq!(one.findings, other.findings);
        prop_assert_eq!(one.account, other.account);
    }
}
