//! How sheets are read, one trouble a case: the sheet as it stands, and beside it what it says.
//!
//! Cells are divided by `|`, lines are rows; what is expected is written `row: field=value`, `!` for
//! a query or error on the cell and no value, `?` for a value with a query.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value as Json;
use wuzhang::collect::{Cell, Grid, Limits, Merge, Row, Shown, SourceFile, Value, list_inbox, read_all};
use wuzhang::layout::{Confirmed, Reader, Vocabulary};
use wuzhang::period::Period;
use wuzhang::profile::Profile;
use wuzhang::record;

/// A file of one sheet, a line a row; `=5` is the number 5, an empty cell none at all.
fn file(sheet: &str, lines: &str) -> SourceFile {
    let cell = |(at, text): (usize, &str)| {
        let text = text.trim_matches(' ');
        let value = match text.strip_prefix('=').map(str::parse) {
            Some(Ok(number)) => Value::Number(number),
            _ if text.starts_with('#') => Value::Error(text.into()),
            _ if text == "fx" => Value::Uncalculated,
            _ => Value::Text(text.replace("\\n", "\n").into()),
        };
        (!text.is_empty()).then_some(Cell { column: at as u32 + 1, value, shown: Shown::Plain, formula: text == "fx" })
    };
    let row = |(at, line): (usize, &str)| {
        let cells: Vec<Cell> = line.split('|').enumerate().filter_map(cell).collect();
        (!cells.is_empty()).then_some(Row { number: at as u32 + 1, cells })
    };
    let rows = lines.trim_matches('\n').lines().enumerate().filter_map(row).collect();
    let grid = Grid { rows, ..Grid::empty(sheet) };
    SourceFile { name: "城关镇.xlsx".into(), grids: vec![grid], ..SourceFile::default() }
}

/// Every table of a file as the contract shows it.
fn read(file: SourceFile) -> Vec<Json> {
    static BOOKS: LazyLock<(Profile, Vocabulary)> = LazyLock::new(|| {
        let profile = Profile::load(None).expect("the built-in profile has no fault");
        let vocabulary = Vocabulary::new(&profile);
        (profile, vocabulary)
    });
    let (profile, vocabulary) = &*BOOKS;
    read_with(profile, vocabulary, "2026-10", file)
}

fn read_with(profile: &Profile, vocabulary: &Vocabulary, period: &str, file: SourceFile) -> Vec<Json> {
    let period: Period = period.parse().unwrap();
    let reader = Reader { profile, vocabulary, period, confirmed: Confirmed::NONE };
    let file = reader.with_tables_apart(file);
    let line = |grid: &Grid| {
        let layout = reader.layout(&file, grid);
        let book = layout.book.as_deref().and_then(|id| profile.book(id));
        let table = book.map(|book| record::read(&file, grid, &layout, book, period));
        wuzhang::cli::sheet_line(&file, grid, &layout, table.as_ref(), book)
    };
    file.grids.iter().map(line).collect()
}

/// A sheet's records in short: `5: done=300 plan=?1000 total=!`.
fn short(line: &Json) -> Vec<String> {
    let loud = |row: &Json, field: &str| {
        line["findings"].as_array().into_iter().flatten().any(|finding| {
            let is_loud = finding["level"] == "query" || finding["level"] == "error";
            is_loud && finding["row"] == *row && finding["field"] == field
        })
    };
    let columns = line["columns"].as_array().cloned().unwrap_or_default();
    let record = |record: &Json| {
        let mut said: BTreeMap<String, String> = BTreeMap::new();
        for field in columns.iter().filter_map(|column| column["field"].as_str()) {
            let mark = if loud(&record["row"], field) { "?" } else { "" };
            let value = match &record["values"][field] {
                Json::Null if mark.is_empty() => continue,
                Json::Null => "!".to_owned(),
                Json::String(text) => format!("{mark}{text}"),
                other => format!("{mark}{other}"),
            };
            said.insert(field.to_owned(), value);
        }
        let said: Vec<String> = said.iter().map(|(field, value)| format!("{field}={value}")).collect();
        format!("{}: {}", record["row"], said.join(" "))
    };
    line["records"].as_array().into_iter().flatten().map(record).collect()
}

#[track_caller]
fn says(lines: &str, expected: &[&str]) {
    let read = read(file("重点项目", lines));
    assert_eq!(short(&read[0]), expected, "{:#}", read[0]);
}

/// The kinds of a sheet's rows, in order.
fn kinds(line: &Json) -> Vec<&str> {
    line["rows"].as_array().into_iter().flatten().filter_map(|row| row["is"].as_str()).collect()
}

/// The rules of the findings on the header's columns, such as `header.stale_period D`.
fn doubts(line: &Json) -> Vec<String> {
    let of_header = line["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|f| f["rule"].as_str().is_some_and(|r| r.starts_with("header")));
    of_header.map(|f| format!("{} {}", f["rule"].as_str().unwrap(), f["column"].as_str().unwrap_or("-"))).collect()
}

/// What a vocabulary remembers of other departments' headings changes nothing that is read.
#[test]
fn what_was_read_before_makes_no_difference() {
    let profile = Profile::load(None).expect("the built-in profile has no fault");
    let remembering = Vocabulary::new(&profile);
    let inbox = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunshan/inbox/2026-05");
    let files = list_inbox(&inbox).unwrap();
    assert!(files.len() > 30, "{}", files.len());
    for (name, path) in files {
        for file in read_all(&path, &name, &Limits::default(), &[]) {
            let apart = read_with(&profile, &Vocabulary::new(&profile), "2026-05", file.clone());
            assert_eq!(read_with(&profile, &remembering, "2026-05", file), apart, "{name}");
        }
    }
}

/// Where the same words stand, but another region is merged over them, they say something else.
#[test]
fn merges_tell_headers_apart() {
    let lines = "序号|项目名称|总投资|年度计划投资|||\n||||1-10月|10月\n=1|水厂|=900|=500|=300|=20";
    let over = |merges: &[(u32, u32, u32, u32)]| {
        let mut file = file("重点项目", lines);
        let merge = |&(top, left, bottom, right): &(u32, u32, u32, u32)| Merge { top, left, bottom, right };
        file.grids[0].merges = merges.iter().map(merge).collect();
        read(file)[0]["columns"].clone()
    };
    let (plain, merged) = (over(&[]), over(&[(1, 4, 1, 6)]));
    assert_ne!(plain, merged);
    assert_eq!((over(&[]), over(&[(1, 4, 1, 6)])), (plain, merged));
}

#[test]
fn headings_are_known_by_what_they_mean() {
    for (heading, field) in [
        ("全年投资任务", "plan"),
        ("2026年任务数", "plan"),
        ("县定年度计划投资", "plan"),
        ("年初至10月底完成投资", "done"),
        ("1—10月投资完成额", "done"),
        ("截止10月末累计完成投资", "done"),
        ("往年已完成投资", "done_before"),
        ("10月份当月投资", "done_month"),
        ("去年1-10月完成投资", "done_last_year"),
        ("立项总投资", "total"),
        ("投资总規模", "total"),
    ] {
        let sheet = format!(
            "单位：万元\n序号|项目名称|责任单位|形象进度|{heading}\n=1|甲路|县住建局|封顶|=300\n=2|乙路|县住建局|封顶|=500"
        );
        let line = &read(file("重点项目", &sheet))[0];
        assert_eq!(line["columns"][4]["field"], field, "{heading}");
    }
    for (heading, field) in [
        ("联系县处级领导", "leader"),
        ("县级领衔领导", "leader"),
        ("责任（牵头）单位", "unit"),
        ("项目承担单位", "owner"),
        ("责任蛋位", "unit"),
        ("当前存在的困难和问题", "problem"),
        ("下阶段工作计划", "measure"),
        ("備註", "note"),
    ] {
        let sheet = format!("单位：万元\n项目名称|年度计划投资|1-10月完成投资|{heading}\n甲路|=5|=3|甲\n乙路|=5|=3|乙");
        let line = &read(file("重点项目", &sheet))[0];
        assert_eq!(line["columns"][3]["field"], field, "{heading}");
    }
    for (heading, field) in [
        ("预计建成投产时间", "planned_finish"),
        ("拟完工日期", "planned_finish"),
        ("开（复）工时间", "actual_start"),
        ("预计动工年月", "planned_start"),
    ] {
        let sheet =
            format!("单位：万元\n项目名称|年度计划投资|1-10月完成投资|{heading}\n甲路|=5|=3|2026.3\n乙路|=5|=3|2026.5");
        let line = &read(file("重点项目", &sheet))[0];
        assert_eq!(line["columns"][3]["field"], field, "{heading}");
    }
}

#[test]
fn what_only_looks_like_a_field_is_left_out() {
    for heading in
        ["开工以来累计完成投资", "预计全年完成投资", "11月计划完成投资", "占总投资比例（%）", "1-10月计划完成投资"]
    {
        let sheet = format!(
            "单位：万元\n项目名称|年度计划投资|1-10月完成投资|形象进度|{heading}\n甲路|=5|=3|封顶|=4\n乙路|=5|=3|封顶|=4"
        );
        let line = &read(file("重点项目", &sheet))[0];
        assert_eq!(line["columns"][4]["field"], Json::Null, "{heading}");
    }
}

#[test]
fn a_period_that_is_not_the_reported_one_is_asked_about() {
    for heading in ["1-9月完成投资", "1-  月完成投资", "截至9月底完成投资", "1-12月累计完成投资", "2024年完成投资"]
    {
        let sheet = format!("单位：万元\n项目名称|年度计划投资|形象进度|{heading}\n甲路|=5|封顶|=3\n乙路|=5|封顶|=3");
        let line = &read(file("重点项目", &sheet))[0];
        assert_eq!(line["columns"][3]["field"], "done", "{heading}");
        assert_eq!(doubts(line), ["header.stale_period D"], "{heading}");
    }
}

#[test]
fn the_reported_month_is_taken_from_months_as_columns() {
    let sheet = "单位：万元\n项目名称|年度计划投资|9月完成投资|10月完成投资|11月完成投资|1-10月累计完成\n甲路|=900|=10|=20||=300\n乙路|=800|=30|=40||=500";
    says(sheet, &["3: done=300 done_month=20 name=甲路 plan=900", "4: done=500 done_month=40 name=乙路 plan=800"]);
}

#[test]
fn units_of_money_stand_in_many_places() {
    let rows = |head: &str| format!("{head}\n甲路|=2|=1\n乙路|=4|=2");
    says(
        &rows("单位：亿元\n项目名称|年度计划投资|1-10月完成投资"),
        &["3: done=10000 name=甲路 plan=20000", "4: done=20000 name=乙路 plan=40000"],
    );
    says(
        &rows("单位：千元\n项目名称|年度计划投资|1-10月完成投资"),
        &["3: done=0.1 name=甲路 plan=0.2", "4: done=0.2 name=乙路 plan=0.4"],
    );
    says(
        &rows("重点项目\n项目名称|年度计划投资（亿元）|1-10月完成投资：万元"),
        &["3: done=1 name=甲路 plan=20000", "4: done=2 name=乙路 plan=40000"],
    );
}

#[test]
fn a_filled_column_that_nobody_knows_is_told() {
    let lines =
        "单位：万元\n项目名称|年度计划投资|1-10月完成投资|绿化面积|特殊情况\n甲路|=20|=10|=5|无\n乙路|=40|=20|=6|涉铁";
    let read = read(file("重点项目", lines));
    assert_eq!(doubts(&read[0]), [""; 0]);
    let unknown = read[0]["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "column.unknown");
    let unknown: Vec<_> = unknown.map(|f| (f["column"].as_str().unwrap(), f["level"].as_str().unwrap())).collect();
    assert_eq!(unknown, [("D", "query"), ("E", "note")]);
}

#[test]
fn whoever_signs_below_is_no_project() {
    let lines = "单位：万元\n项目名称|年度计划投资|1-10月完成投资\n甲路|=20|=10\n\n填报：某某   复核：某某";
    assert_eq!(kinds(&read(file("重点项目", lines))[0]), ["caption", "header", "data", "blank", "note"]);
}

#[test]
fn foreign_money_is_no_yuan() {
    let lines = "招商引资项目（单位：万元）\n项目名称|投资方|协议投资额|到位资金（万美元）\n甲厂|某公司|=300|=20\n乙厂|某公司|=500|=30";
    let read = read(file("招商引资", lines));
    assert_eq!(doubts(&read[0]), ["header.foreign_money D"]);
    assert!(short(&read[0]).iter().all(|record| !record.contains("in_place")), "{:?}", short(&read[0]));
}

#[test]
fn amounts_are_read_or_asked_about() {
    for (written, read) in [
        ("12,345.67", "12345.67"),
        ("１２００", "1200"),
        ("1.2亿", "12000"),
        ("约3000万元", "?3000"),
        ("~3000", "?3000"),
        ("3000+2000", "?5000"),
        ("5000（其中专项债3000）", "?5000"),
        ("（1200）", "?-1200"),
        ("3000～5000", "!"),
        ("已完成", "!"),
        ("3000万美元", "!"),
        ("#REF!", "!"),
        ("fx", "!"),
    ] {
        let sheet = format!(
            "单位：万元\n项目名称|年度计划投资|1-10月完成投资|总投资\n甲路|=5|=3|{written}\n乙路|=5|=3|=7\n丙路|=5|=3|=7"
        );
        let line = &self::read(file("重点项目", &sheet))[0];
        let expected = format!("3: done=3 name=甲路 plan=5 total={read}");
        assert_eq!(short(line)[0], expected, "{written}");
    }
}

#[test]
fn dates_are_as_precise_as_written() {
    for (written, read) in [
        ("2026年3月15日", "2026-03-15"),
        ("2026.10", "2026-10"),
        ("2026年下半年", "2026-H2"),
        ("三季度", "?2026-Q3"),
        ("26.3", "?2026-03"),
        ("年底", "?2026-12"),
        ("待定", "!"),
        ("2025.3-2026.12", "!"),
        ("=2024.1", "?2024-01"),
    ] {
        let sheet = format!(
            "单位：万元\n项目名称|年度计划投资|1-10月完成投资|计划竣工时间\n甲路|=5|=3|{written}\n乙路|=5|=3|2027.5\n丙路|=5|=3|2027.6"
        );
        let line = &self::read(file("重点项目", &sheet))[0];
        assert_eq!(short(line)[0], format!("3: done=3 name=甲路 plan=5 planned_finish={read}"), "{written}");
    }
}

#[test]
fn percentages_are_told_by_their_amounts() {
    for (first, second) in [("=0.6", "=0.5"), ("=60", "=50"), ("60%", "50%")] {
        let sheet =
            format!("单位：万元\n项目名称|年度计划投资|1-10月完成投资|完成率\n甲路|=5|=3|{first}\n乙路|=8|=4|{second}");
        says(&sheet, &["3: done=3 name=甲路 plan=5 rate=0.6", "4: done=4 name=乙路 plan=8 rate=0.5"]);
    }
}

#[test]
fn rows_are_told_apart() {
    let sheet = "2026年10月重点项目进度表\n填报单位：城关镇|||单位：万元\n序号|项目名称|年度计划投资|1-10月完成投资\n栏次|甲|=1|2=1×60%\n|合计2个|=13|=7\n一|产业项目|=13|=7\n=1|甲路|=5|=3\n=2|乙路|=8|=4\n注：共2个项目，计划13万元。\n填报人：||审核人：";
    let line = &read(file("Sheet1", sheet))[0];
    let expected = ["title", "caption", "header", "header", "total", "section", "data", "data", "note", "note"];
    assert_eq!(kinds(line)[..3], expected[..3]);
    assert_eq!(kinds(line)[4..], expected[4..], "{line:#}");
}

#[test]
fn pages_begin_with_title_and_header_again() {
    let head = "云山县2026年10月重点项目进度表\n单位：万元\n序号|项目名称|年度计划投资|1-10月完成投资";
    let sheet = format!("{head}\n=1|甲路|=5|=3\n=2|乙路|=8|=4\n{head}\n=3|丙路|=5|=3");
    let line = &read(file("Sheet1", &sheet))[0];
    let expected = ["title", "caption", "header", "data", "data", "title", "caption", "header", "data"];
    assert_eq!(kinds(line), expected);
}

#[test]
fn two_tables_below_each_other_are_two() {
    let sheet = "单位：万元\n序号|项目名称|年度计划投资|1-10月完成投资|形象进度\n=1|甲路|=5|=3|封顶\n\n云山县2026年10月招商引资项目\n序号|项目名称|投资方|协议投资|到位资金|签约时间\n=1|乙厂|丙公司|=100|=20|2026.3";
    let read = read(file("重点项目", sheet));
    assert_eq!(read.len(), 2);
    assert_eq!(short(&read[0]), ["3: done=3 name=甲路 plan=5 status=封顶"]);
    assert_eq!(read[1]["book"], "investment");
    assert_eq!(short(&read[1]), ["7: contract=100 in_place=20 investor=丙公司 name=乙厂 signed=2026-03"]);
}

#[test]
fn two_tables_beside_each_other_are_two() {
    let sheet = "单位：万元\n序号|项目名称|年度计划投资|1-10月完成投资||序号|项目名称|年度计划投资|1-10月完成投资\n=1|甲路|=5|=3||=2|乙路|=8|=4";
    let read = read(file("重点项目", sheet));
    let all: Vec<String> = read.iter().flat_map(short).collect();
    assert_eq!(all, ["3: done=3 name=甲路 plan=5", "3: done=4 name=乙路 plan=8"]);
}

#[test]
fn a_card_is_one_project() {
    let right = "重点项目进度卡\n项目名称|甲路|责任单位|县住建局\n总投资（万元）|=900|联系领导|刘波\n年度计划投资（万元）|=500|1-10月完成投资（万元）|=300\n形象进度|封顶\n存在问题|资金缺口";
    let above = "单位：万元\n项目名称|责任单位|联系领导|总投资\n甲路|县住建局|刘波|=900\n年度计划投资|1-10月完成投资|形象进度|存在问题\n=500|=300|封顶|资金缺口\n建设内容及规模\n道路3公里";
    for (card, row, more) in [(right, 2, ""), (above, 3, " scale=道路3公里")] {
        let expected = format!(
            "{row}: done=300 leader=刘波 name=甲路 plan=500 problem=资金缺口{more} status=封顶 total=900 unit=县住建局"
        );
        says(card, &[expected.as_str()]);
    }
}

#[test]
fn a_cell_merged_downwards_counts_for_each_row() {
    let mut file =
        file("重点项目", "单位：万元\n责任单位|项目名称|年度计划投资|1-10月完成投资\n县水利局|甲路|=5|=3\n|乙路|=8|=4");
    file.grids[0].merges.push(Merge { top: 3, left: 1, bottom: 4, right: 1 });
    let read = read(file);
    assert_eq!(
        short(&read[0]),
        ["3: done=3 name=甲路 plan=5 unit=县水利局", "4: done=4 name=乙路 plan=8 unit=县水利局"]
    );
}

#[test]
fn summaries_and_lists_are_no_books() {
    for sheet in [
        "乡镇|项目个数|总投资|年度计划投资|1-10月完成投资\n城关镇|=5|=900|=500|=300\n龙潭镇|=3|=800|=400|=200",
        "项目类别|责任单位|联系领导\n产业|县发改局|刘波\n民生|县住建局|金华",
        "序号|单位|联系人|职务\n=1|城关镇|刘波|主任",
    ] {
        let line = &read(file("汇总", sheet))[0];
        assert_eq!(line["book"], Json::Null, "{sheet}");
    }
}
