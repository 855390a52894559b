//! The sample county: its truth has S003's figures, and the committed workbooks are what the generator writes.

#[allow(dead_code, unreachable_pub, reason = "the generator's own entry point is not called here")]
#[path = "../../examples/yunshan/main.rs"]
pub(crate) mod yunshan;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use yunshan::month::Month;
use yunshan::truth::{Row, Truth, Value, WAN};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunshan")
}

fn counted<'a>(truth: &'a Truth, book: &str) -> Vec<&'a Row> {
    truth.books[book].iter().filter(|row| !row.off_list).collect()
}

fn sum(rows: &[&Row], field: &str) -> i64 {
    rows.iter().map(|row| row.amount(field)).sum()
}

fn behind(row: &Row) -> bool {
    row.amount("done") * 12 < row.amount("plan") * 5
}

fn picked<'a>(rows: &[&'a Row], keep: impl Fn(&Row) -> bool) -> Vec<&'a Row> {
    rows.iter().copied().filter(|row| keep(row)).collect()
}

/// A rate in tenths of a percent, rounded half up once.
fn per_mille(over: i64, under: i64) -> i64 {
    (over * 2000 + under).div_euclid(under * 2)
}

/// Holds the files below a sample folder against what was made, but for what is written by hand or by a run.
fn hold(folder: &Path, made: &BTreeMap<String, Vec<u8>>, command: &str) {
    let found = crate::trees::tree(folder);
    let generated = |name: &&String| {
        let run = name.split('/').any(|part| ["ledger", "out", ".wuzhang.cache"].contains(&part));
        let by_hand = *name == "README.md" || name.starts_with("profile/");
        let sent_up = made.contains_key("linxi/wuzhang.toml") && name.starts_with("inbox/");
        !(run || by_hand || sent_up)
    };
    let names: Vec<&String> = found.keys().filter(generated).collect();
    assert_eq!(names, made.keys().collect::<Vec<_>>(), "run: {command}");
    for (name, bytes) in made {
        assert!(found[name] == *bytes, "{name} differs: run {command}");
    }
}

#[test]
fn the_committed_files_are_what_the_generator_writes() {
    let county = yunshan::inbox::files().expect("the generator runs");
    hold(&folder(), &county, "cargo run --example yunshan -- sample-data/yunshan");
    let city = yunshan::city::files().expect("the generator runs");
    hold(&folder().with_file_name("yunzhou"), &city, "cargo run --example yunshan -- --city sample-data/yunzhou");
}

#[test]
fn key_projects_have_the_figures_of_s003() {
    let truth = Truth::of_may();
    let rows = counted(&truth, "key_projects");
    assert_eq!(truth.books["key_projects"].len(), 110, "one is reported and taken off the list");
    assert_eq!(rows.len(), 109);
    let (plan, done) = (sum(&rows, "plan"), sum(&rows, "done"));
    assert_eq!((plan, done), (309_000 * WAN, 110_000 * WAN));
    assert_eq!(per_mille(done, plan), 356);
    // 5/12 less the rate, and last year's rate less this year's, from unrounded amounts.
    assert_eq!(per_mille(5 * plan - 12 * done, 12 * plan), 61);
    let (last_plan, last_done) =
        yunshan::truth::last_year::MAY.iter().fold((0, 0), |sum, year| (sum.0 + year.0, sum.1 + year.1));
    assert_eq!(per_mille(last_done, last_plan), 473);
    assert_eq!(per_mille(last_done * (plan / WAN) - done / WAN * last_plan, last_plan * (plan / WAN)), 117);

    let infrastructure = picked(&rows, |row| row.text("category") == "基础设施");
    let (now, then) = (sum(&infrastructure, "done"), sum(&infrastructure, "done_last_year"));
    assert_eq!((now, then), (41_000 * WAN, 45_708 * WAN));
    assert_eq!(per_mille(now - then, then), -103);
    assert_eq!(yunshan::truth::last_year::MAY[0].1 * WAN, then);
}

#[test]
fn leader_linked_projects_have_the_figures_of_s003() {
    let truth = Truth::of_may();
    let linked = picked(&counted(&truth, "key_projects"), |row| !row.text("leader").is_empty());
    assert_eq!(linked.len(), 29);
    let (plan, done) = (sum(&linked, "plan"), sum(&linked, "done"));
    assert_eq!((plan, done), (142_800 * WAN, 43_000 * WAN));
    assert_eq!(per_mille(done, plan), 301);
    let late = picked(&linked, behind);
    assert_eq!(late.len(), 20);
    let land = |row: &Row| row.text("problem").contains("征迁") || row.text("problem").contains("征地拆迁");
    let money = |row: &Row| row.text("problem").contains("资金");
    assert_eq!((picked(&late, land).len(), picked(&late, money).len()), (10, 8));
    assert!(!linked.iter().any(|row| land(row) && money(row)));
    assert!(!linked.iter().any(|row| !behind(row) && (land(row) || money(row))));
}

#[test]
fn the_other_books_have_the_figures_of_s003() {
    let truth = Truth::of_may();
    let preliminary = counted(&truth, "preliminary");
    let at = |stage: &str| picked(&preliminary, |row| row.text("stage") == stage).len() as i64;
    assert_eq!((preliminary.len(), at("已转实施"), at("前期工作已完成")), (44, 12, 6));
    assert_eq!(per_mille(at("已转实施") + at("前期工作已完成"), 44), 409);
    assert_eq!(counted(&truth, "reserve").len(), 574);

    let attracted = counted(&truth, "investment");
    let old = picked(&attracted, |row| row.text("note") == "上年结转");
    assert_eq!((attracted.len(), old.len()), (26, 12));
    assert_eq!(picked(&attracted, |row| row.amount("contract") >= 10_000 * WAN).len(), 5);
    let sums = ["contract", "in_place", "carried"].map(|field| sum(&attracted, field) / WAN);
    assert_eq!(sums, [161_000, 73_000, 56_000]);
    for row in &attracted {
        let year = match row.values["signed"] {
            Value::Date(day) => chrono::Datelike::year(&day),
            _ => unreachable!("signed is a date"),
        };
        assert_eq!(year < 2026, row.text("note") == "上年结转", "{}", row.text("name"));
        assert_eq!(row.amount("carried") > 0, year < 2026);
        assert!(row.amount("carried") <= row.amount("in_place") && row.amount("in_place") <= row.amount("contract"));
    }
}

#[test]
fn projects_are_told_apart_and_every_town_has_some() {
    let truth = Truth::of_may();
    for book in ["key_projects", "preliminary", "reserve", "investment"] {
        let names: BTreeSet<&str> = truth.books[book].iter().map(|row| row.text("name")).collect();
        assert_eq!(names.len(), truth.books[book].len(), "{book}");
    }
    let rows = counted(&truth, "key_projects");
    for town in &yunshan::truth::county::TOWNS {
        assert!(rows.iter().any(|row| row.text("town") == town.name), "{}", town.name);
        assert!(rows.iter().any(|row| row.reporters.contains(&town.name)), "{}", town.name);
    }
    assert_eq!(rows.iter().filter(|row| row.reporters.len() > 1).count(), 1);
    assert_eq!(rows.iter().filter(|row| row.amount("done") > row.amount("plan")).count(), 1);
    for row in &rows {
        assert!(row.amount("plan") > 0 && row.amount("done") >= 0, "{}", row.text("name"));
        assert!(row.amount("done_month") <= row.amount("done"), "{}", row.text("name"));
    }
}

#[test]
fn every_row_is_laid_out_and_no_two_departments_lay_out_alike() {
    let truth = Truth::of_may();
    let submissions = || yunshan::forms::towns::TOWNS.iter().chain(yunshan::forms::departments::DEPARTMENTS);
    let places: BTreeSet<(&str, &str)> =
        submissions().flat_map(|s| s.forms.iter().map(|form| (form.book, s.unit))).collect();
    for (book, rows) in &truth.books {
        for row in rows {
            assert!(row.reporters.iter().all(|unit| places.contains(&(*book, *unit))), "{book}: {}", row.text("name"));
        }
    }
    let mut layouts = BTreeSet::new();
    for form in submissions().flat_map(|s| s.forms).filter(|form| form.book == "key_projects") {
        assert!(layouts.insert(form.columns), "{}", form.top);
        assert!(form.columns.contains("=leader") && form.columns.contains("=problem"), "{}", form.top);
        assert!(form.columns.contains("=category") || form.sections.contains(&"category"), "{}", form.top);
    }
    assert_eq!(layouts.len(), 33);
}

/// What calamine, which had no part in the writing, reads from a cell.
fn read(cell: Option<&calamine::Data>) -> (String, Option<f64>) {
    use calamine::Data;
    match cell {
        None | Some(Data::Empty) => (String::new(), None),
        Some(Data::Int(number)) => (String::new(), Some(*number as f64)),
        Some(Data::Float(number)) => (String::new(), Some(*number)),
        Some(Data::DateTime(date)) => (String::new(), Some(date.as_f64())),
        Some(Data::DateTimeIso(day)) => (day.clone(), None),
        Some(other) => (other.to_string(), None),
    }
}

/// What the generator put into it.
fn put(sheet: &yunshan::sheet::Sheet, at: (u32, u32), ods: bool) -> (String, Option<f64>) {
    use yunshan::sheet::{Content, Look};
    let Some(cell) = sheet.cells.get(&at) else { return (String::new(), None) };
    match &cell.content {
        Content::Blank => (String::new(), None),
        Content::Text(text) => (text.clone(), None),
        Content::Number(serial) if ods && matches!(cell.look, Look::Day | Look::Month) => {
            (yunshan::date::iso_of_serial(*serial), None)
        }
        Content::Number(number) | Content::Formula(_, number) => (String::new(), Some(*number)),
    }
}

#[test]
fn another_reader_finds_every_cell_of_the_committed_workbooks() {
    use calamine::Reader;
    let truth = Truth::of_may();
    let mut sheets = 0;
    for submission in yunshan::forms::towns::TOWNS.iter().chain(yunshan::forms::departments::DEPARTMENTS) {
        if submission.file.ends_with(".csv") {
            continue;
        }
        let path = folder().join("inbox/2026-05").join(submission.file);
        let mut book =
            calamine::open_workbook_auto(&path).unwrap_or_else(|fault| panic!("{}: {fault}", submission.file));
        for sheet in &yunshan::inbox::workbook(submission, &truth, Month::MAY).sheets {
            let range =
                book.worksheet_range(&sheet.name).unwrap_or_else(|fault| panic!("{}: {fault}", submission.file));
            for row in 0..sheet.height() {
                for column in 0..sheet.width() {
                    let here =
                        || format!("{} {} {}", submission.file, sheet.name, yunshan::sheet::address((row, column)));
                    let (words, number) = read(range.get_value((row, column)));
                    let (expected_words, expected) = put(sheet, (row, column), submission.file.ends_with(".ods"));
                    assert_eq!(words, expected_words, "{}", here());
                    assert_eq!(number.is_some(), expected.is_some(), "{}", here());
                    let apart = (number.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs();
                    assert!(apart <= 1e-9 * expected.unwrap_or(0.0).abs(), "{}: {number:?} for {expected:?}", here());
                }
            }
            sheets += 1;
        }
    }
    assert!(sheets > 80, "{sheets} sheets were read");
}

#[test]
fn the_broken_file_is_broken() {
    let path = folder().join("inbox/2026-05/县林业局重点项目进度.xlsx");
    assert!(calamine::open_workbook_auto(path).is_err());
}
