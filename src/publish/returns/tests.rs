//! Returns of workbooks made in the test: what changes, what does not, and that marks come off again.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormatDataBar, DataValidation, Format, Formula, Note, Workbook, XlsxError,
};

use super::styles::colour;
use super::*;
use crate::collect::{Grid, Value};
use crate::package::{ContentTypes, Tags};

pub(super) fn line(level: Level, sheet: &str, row: Option<u32>, column: Option<u32>, problem: &str) -> ReturnLine {
    ReturnLine {
        level,
        sheet: Some(sheet.into()),
        row,
        column,
        field: "累计完成投资".to_owned(),
        project: Some("滨河公园".into()),
        problem: problem.to_owned(),
        expected: "不大于年度计划投资".to_owned(),
        advice: "请核对".to_owned(),
        explanation: None,
        rule: "done.over_plan".into(),
    }
}

pub(super) fn report(lines: Vec<ReturnLine>) -> ReturnReport {
    let sheet = ReadSheet {
        sheet: "项目".into(),
        book: Some("重点建设项目".to_owned()),
        used: 3,
        unused: 1,
        remark: "搁置1行".to_owned(),
    };
    ReturnReport {
        unit: Some("城关镇".to_owned()),
        period: "2026-05".parse().unwrap(),
        file: "城关镇.xlsx".into(),
        digest: "0".repeat(64),
        size: 12_345,
        received: None,
        sheets: vec![sheet],
        lines,
        left_out: 0,
        earlier: Vec::new(),
    }
}

/// A workbook with what a splice could harm.
pub(super) fn rich() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.define_name("'项目'!区域", "='项目'!$A$1:$B$9")?;
    let yellow = Format::new().set_background_color(Color::Yellow).set_num_format("#,##0.00");
    let sheet = workbook.add_worksheet().set_name("封面")?;
    sheet.write_string(0, 0, "云山县重点项目月报")?;
    let sheet = workbook.add_worksheet().set_name("项目")?;
    sheet.merge_range(0, 0, 0, 3, "城关镇重点项目", &Format::new().set_bold())?;
    sheet.merge_range(1, 2, 2, 3, "投资", &yellow)?;
    for row in 3..9 {
        sheet.write_string(row, 0, format!("项目{row}"))?;
        sheet.write_number_with_format(row, 1, f64::from(row) * 100.0, &yellow)?;
        sheet.write_formula(row, 2, Formula::new(format!("=B{}*2", row + 1)).set_result("800"))?;
    }
    sheet.insert_note(4, 1, &Note::new("原有批注").set_author("张"))?;
    sheet.add_data_validation(3, 1, 8, 1, &DataValidation::new().allow_list_strings(&["甲", "乙"])?)?;
    sheet.add_conditional_format(3, 2, 8, 2, &ConditionalFormatDataBar::new())?;
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("='项目'!$B$4:$B$9");
    sheet.insert_chart(10, 5, &chart)?;
    sheet.set_print_area(0, 0, 8, 3)?.set_repeat_rows(0, 1)?.set_freeze_panes(3, 0)?.protect();
    workbook.add_worksheet().set_name("底稿")?.set_hidden(true).write_number(0, 0, 1)?;
    workbook.save_to_buffer()
}

fn original(bytes: Vec<u8>) -> Original {
    let digest = crate::collect::digest(&bytes);
    Original { name: "城关镇.xlsx".into(), digest, bytes, unlocked: false, form: Form::Workbook }
}

pub(super) fn returned(bytes: &[u8], report: &ReturnReport) -> Vec<u8> {
    return_workbook(report, Some(&original(bytes.to_vec())), &Limits::default()).unwrap().bytes
}

fn grids(bytes: &[u8]) -> Vec<Grid> {
    let read = read_bytes(bytes.to_vec(), "a.xlsx", &Limits::default());
    assert!(read.opened(), "{:?}", read.findings);
    read.grids
}

/// The parts that differ, and those that only the later package has.
fn changed(before: &[u8], after: &[u8]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (before, after) = (Package::open(before.to_vec()).unwrap(), Package::open(after.to_vec()).unwrap());
    assert!(before.names().all(|name| after.has(name)), "no part is lost");
    let differs = |name: &&str| before.has(name) && before.part(name).unwrap() != after.part(name).unwrap();
    let new = |name: &&str| !before.has(name);
    let named = |wanted: &dyn Fn(&&str) -> bool| after.names().filter(|name| wanted(name)).map(str::to_owned).collect();
    (named(&differs), named(&new))
}

/// The fill of every cell of a sheet's part that has one, by its address.
fn fills(bytes: &[u8], part: &str) -> BTreeMap<String, String> {
    let package = Package::open(bytes.to_vec()).unwrap();
    let styles = package.text("xl/styles.xml").unwrap().unwrap();
    let inner = |list: &str| -> Vec<String> {
        let (mut found, mut from, mut inside) = (Vec::new(), 0, false);
        for tag in Tags::of(&styles).flatten() {
            match tag.depth {
                1 => inside = tag.begins() && tag.local() == list,
                2 if inside && tag.begins() && tag.kind == crate::package::TagKind::Open => from = tag.range.start,
                2 if inside && tag.begins() => found.push(styles[tag.range.clone()].to_owned()),
                2 if inside => found.push(styles[from..tag.range.end].to_owned()),
                _ => {}
            }
        }
        found
    };
    let (formats, fills) = (inner("cellXfs"), inner("fills"));
    let text = package.text(part).unwrap().unwrap();
    let cells = Tags::of(&text).flatten().filter(|tag| tag.begins() && tag.local() == "c");
    let fill = |format: usize| {
        let fill: usize = Tags::of(&formats[format]).next()?.ok()?.attribute("fillId")?.parse().ok()?;
        let front = Tags::of(&fills[fill]).flatten().find(|tag| tag.local() == "fgColor")?;
        front.attribute("rgb").map(|colour| colour.into_owned())
    };
    let filled = cells.filter_map(|cell| {
        let format = cell.attribute("s").map_or(0, |format| format.parse().unwrap());
        Some((cell.attribute("r")?.into_owned(), fill(format)?))
    });
    filled.collect()
}

#[test]
fn only_what_must_change_changes() {
    let before = rich().unwrap();
    let lines = vec![
        line(Level::Error, "项目", Some(5), Some(2), "超过计划"),
        line(Level::Query, "项目", Some(5), Some(2), "又一条"),
        line(Level::Query, "项目", Some(3), Some(4), "在合并区里"),
        line(Level::Note, "项目", Some(7), None, "整行"),
        line(Level::Note, "项目", Some(40), Some(7), "没有的行"),
        line(Level::Query, "不在的表", Some(1), Some(1), "表没有了"),
    ];
    let after = returned(&before, &report(lines));
    let (parts, new) = changed(&before, &after);
    let expected = [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
    ];
    // The first sheet is only no longer the chosen one; relations are there already, for the note.
    assert_eq!(parts.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    assert_eq!(
        new.iter().map(String::as_str).collect::<Vec<_>>(),
        ["xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml"]
    );
    let package = Package::open(after.clone()).unwrap();
    let text = |part: &str| package.text(part).unwrap().unwrap();
    let first = Package::open(before.clone()).unwrap().text("xl/worksheets/sheet1.xml").unwrap().unwrap();
    assert_eq!(text("xl/worksheets/sheet1.xml"), first.replace("tabSelected=\"1\"", "tabSelected=\"0\""));
    let workbook = text("xl/workbook.xml");
    assert!(workbook.contains("name=\"_xlnm.Print_Area\" localSheetId=\"2\""), "{workbook}");
    assert!(workbook.contains("name=\"区域\" localSheetId=\"2\""), "{workbook}");
    let comments = text("xl/comments1.xml");
    assert!(
        comments.contains("原有批注") && comments.contains("超过计划") && comments.contains("又一条"),
        "{comments}"
    );
    assert_eq!(comments.matches("<comment ").count(), 4, "two on one cell are one note");
    let (mut marked, before_fills) =
        (fills(&after, "xl/worksheets/sheet2.xml"), fills(&before, "xl/worksheets/sheet2.xml"));
    marked.retain(|cell, fill| before_fills.get(cell) != Some(fill));
    let level = |cell: &str| marked.get(cell).map(String::as_str);
    assert_eq!(level("B5"), Some(colour(Level::Error)), "the gravest of two");
    assert_eq!(
        (level("C2"), level("A7"), level("G40")),
        (Some(colour(Level::Query)), Some(colour(Level::Note)), Some(colour(Level::Note)))
    );
    assert_eq!(marked.len(), 4);
    let (read, written) = (grids(&before), grids(&after));
    assert_eq!((&*written[0].sheet, &*written[4].sheet), ("需修改事项", "回执"));
    // Everything that was read of the sheets is read of them again.
    assert_eq!(written[1..4], read[..]);
}

#[test]
fn the_first_sheet_says_where_what_and_what_to_do() {
    let mut lines = vec![line(Level::Error, "项目", Some(5), Some(2), "超过<计划>&\"100\"")];
    lines.push(ReturnLine {
        explanation: Some("已报批".into()),
        ..line(Level::Query, "项目", Some(6), Some(2), "已说明的")
    });
    let after = returned(&rich().unwrap(), &report(lines));
    let written = grids(&after);
    let text = |row: u32, column: u32| match &written[0].cell(row, column).unwrap().value {
        Value::Text(text) => text.to_string(),
        other => panic!("{other:?}"),
    };
    let heading: Vec<String> = (1..=8).map(|column| text(5, column)).collect();
    assert_eq!(heading, ["级别", "位置", "项目", "问题", "应为", "怎么办", "说明（请填写）", "规则编号"]);
    assert!(text(3, 1).contains("请修改") && text(3, 1).contains("强制性1条") && text(3, 1).contains("已说明1条"));
    assert_eq!((text(6, 2).as_str(), text(6, 4).as_str()), ("B5 累计完成投资（项目）", "超过<计划>&\"100\""));
    assert_eq!((text(7, 1).as_str(), text(7, 7).as_str()), ("核实性\n（已说明）", "已报批"));
    let package = Package::open(after.clone()).unwrap();
    let sheet = package.text("xl/worksheets/sheet4.xml").unwrap().unwrap();
    assert!(sheet.contains("location=\"'项目'!B5\"") && sheet.contains("tabSelected=\"1\""));
    assert!(!fills(&after, "xl/worksheets/sheet2.xml").values().any(|fill| fill == colour(Level::Query)), "explained");
    let receipt: Vec<String> =
        written[4].rows.iter().flat_map(|row| &row.cells).map(|cell| format!("{:?}", cell.value)).collect();
    for said in ["城关镇.xlsx", &"0".repeat(64), "（未登记）", "请修改", "重点建设项目", "搁置1行"]
    {
        assert!(receipt.iter().any(|cell| cell.contains(said)), "{said}");
    }
}

#[test]
fn a_return_of_a_return_has_the_marks_of_this_round_only() {
    let before = rich().unwrap();
    let first = returned(
        &before,
        &report(vec![
            line(Level::Error, "项目", Some(5), Some(2), "第一轮"),
            line(Level::Query, "项目", Some(8), Some(1), "第一轮"),
        ]),
    );
    let mut second = report(vec![line(Level::Note, "项目", Some(9), Some(1), "第二轮")]);
    second.earlier = vec!["需修改事项".into(), "回执".into()];
    let second = returned(&first, &second);
    let names: Vec<String> = grids(&second).iter().map(|grid| grid.sheet.to_string()).collect();
    assert_eq!(names, ["需修改事项", "封面", "项目", "底稿", "回执"]);
    let (mut now, was) = (fills(&second, "xl/worksheets/sheet2.xml"), fills(&before, "xl/worksheets/sheet2.xml"));
    assert_eq!(now.remove("A9").as_deref(), Some(colour(Level::Note)));
    assert_eq!(now, was, "the yellow under the first mark is there again");
    let package = Package::open(second).unwrap();
    let comments = package.text("xl/comments1.xml").unwrap().unwrap();
    assert!(comments.contains("原有批注") && comments.contains("第二轮") && !comments.contains("第一轮"), "{comments}");
    let boxes = package.text("xl/drawings/vmlDrawing1.vml").unwrap().unwrap();
    assert_eq!(boxes.matches("<v:shape ").count(), 2);
}

#[test]
fn macros_keep_their_ending_and_signatures_go() {
    let mut package = Package::open(rich().unwrap()).unwrap();
    let macros = package.text("[Content_Types].xml").unwrap().unwrap();
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    package
        .set_part("[Content_Types].xml", macros.replace(main, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"));
    package.set_part("xl/vbaProject.bin", vec![1, 2, 3]);
    package.set_part("_xmlsignatures/origin.sigs", "");
    let mut root = crate::package::Relations::of(&package, "").unwrap();
    root.add("http://x/digital-signature/origin", "_xmlsignatures/origin.sigs").unwrap();
    root.write(&mut package);
    let bytes = package.save().unwrap();
    let made = return_workbook(&report(Vec::new()), Some(&original(bytes)), &Limits::default()).unwrap();
    assert_eq!(made.ending, "xlsm");
    let package = Package::open(made.bytes.clone()).unwrap();
    assert!(
        !package.has("_xmlsignatures/origin.sigs") && package.part("xl/vbaProject.bin").unwrap() == Some(vec![1, 2, 3])
    );
    assert!(format!("{:?}", grids(&made.bytes)[0].rows).contains("签名"));
    assert!(ContentTypes::of(&package).unwrap().of_part("xl/workbook.xml").unwrap().unwrap().contains("macroEnabled"));
}

#[test]
fn what_cannot_be_marked_is_carried_over_and_what_cannot_be_read_gives_two_sheets() {
    let csv = "城关镇2026年5月重点项目（单位：万元）,,\n项目,计划,完成率\n滨河公园,1200.50,35.6%\n二小扩建,=1+1,\n";
    let table = Original { form: Form::TEXT, name: "城关镇[5月].csv".into(), ..original(csv.into()) };
    let mut asked = report(vec![line(Level::Error, "城关镇[5月]", Some(3), Some(2), "有误")]);
    asked.sheets.clear();
    let made = return_workbook(&asked, Some(&table), &Limits::default()).unwrap();
    let (written, read) = (grids(&made.bytes), read_bytes(csv.into(), "城关镇[5月].csv", &Limits::default()).grids);
    assert_eq!((written.len(), &*written[1].sheet, made.ending), (3, "城关镇 5月", "xlsx"));
    let text = |row: u32, column: u32| written[1].cell(row, column).unwrap().value.clone();
    assert_eq!(text(4, 2), read[0].cell(4, 2).unwrap().value, "text that looks like a formula is text");
    let plan = written[1].cell(3, 2).unwrap();
    assert_eq!((&plan.value, plan.shown), (&Value::Number(1200.5), crate::collect::Shown::Decimals(2)));
    assert!(fills(&made.bytes, "xl/worksheets/sheet1.xml").contains_key("B3"));
    assert!(format!("{:?}", written[0].rows).contains(".csv"));
    for broken in [Form::Other, Form::Workbook, Form::Table("旧版工作簿（.xls、.et）")] {
        let broken = Original { form: broken, ..original(b"PK\x03\x04broken".to_vec()) };
        let made = return_workbook(&asked, Some(&broken), &Limits::default()).unwrap();
        let names: Vec<String> = grids(&made.bytes).iter().map(|grid| grid.sheet.to_string()).collect();
        assert_eq!(names, ["需修改事项", "回执"]);
    }
    let without = || return_workbook(&asked, None, &Limits::default()).unwrap();
    assert_eq!(without(), without(), "the same bytes");
}

/// A sheet of random numbers, some merged, and random cells to mark on it.
fn workbook() -> impl Strategy<Value = (Vec<u8>, Vec<(u32, u32)>)> {
    let cells = prop::collection::btree_map((0u32..12, 0u16..8), -1000i32..1000, 0..40);
    let marks = prop::collection::vec((1u32..16, 1u32..12), 0..12);
    (cells, marks, 0u32..3, any::<bool>()).prop_map(|(cells, marks, merged, noted)| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let format = Format::new().set_bold();
        for at in 0..merged {
            sheet.merge_range(at * 4, 1, at * 4 + 1, 3, "合", &format).unwrap();
        }
        for ((row, column), value) in cells {
            sheet.write_number(row, column, value).unwrap();
        }
        if noted {
            sheet.insert_note(2, 2, &Note::new("原有")).unwrap();
        }
        (workbook.save_to_buffer().unwrap(), marks)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_marked_nothing_else_changes((before, cells) in workbook()) {
        let levels = [Level::Error, Level::Query, Level::Note];
        let lines: Vec<ReturnLine> = cells.iter().enumerate()
            .map(|(at, (row, column))| line(levels[at % 3], "Sheet1", Some(*row), Some(*column), "问题"))
            .collect();
        let after = returned(&before, &report(lines));
        let (read, written) = (grids(&before), grids(&after));
        prop_assert_eq!(&written[1..written.len() - 1], &read[..]);
        let (parts, _) = changed(&before, &after);
        let allowed = ["[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml",
            "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"];
        prop_assert!(parts.iter().all(|part| allowed.contains(&part.as_str())), "{:?}", parts);
        let shown: BTreeSet<(u32, u32)> = cells.iter().map(|&(row, column)| {
            let merge = read[0].merges.iter().find(|merge| merge.covers(row, column));
            merge.map_or((row, column), |merge| (merge.top, merge.left))
        }).collect();
        let marked: BTreeSet<(u32, u32)> = fills(&after, "xl/worksheets/sheet1.xml").keys()
            .map(|address| crate::origin::parse_address(address).unwrap()).collect();
        prop_assert_eq!(&marked, &shown);
        let mut again = report(Vec::new());
        again.earlier = vec!["需修改事项".into(), "回执".into()];
        let again = returned(&after, &again);
        prop_assert_eq!(&grids(&again)[1..=read.len()], &read[..]);
        prop_assert!(fills(&again, "xl/worksheets/sheet1.xml").is_empty(), "every mark comes off");
    }
}

/// What the first sheet of a return says, cell after cell.
fn said(bytes: &[u8]) -> String {
    let first = &grids(bytes)[0];
    let text = |cell: &crate::collect::Cell| match &cell.value {
        Value::Text(text) => text.to_string(),
        _ => String::new(),
    };
    first.rows.iter().flat_map(|row| &row.cells).map(text).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_too_much_is_left_out_and_said_so() {
    let lines = vec![line(Level::Error, "项目", Some(5), Some(2), "累计完成大于年度计划")];
    let many = ReturnReport { left_out: 7_000, ..report(lines.clone()) };
    let told = said(&returned(&rich().unwrap(), &many));
    assert!(told.contains("这里按级别列前1条，其余7000条请向统计局索取"), "{told}");
    // A file of a part that inflates to 65 MB is not given back with it.
    let mut huge = Package::open(rich().unwrap()).unwrap();
    huge.set_part("xl/media/image1.bmp", vec![0u8; 65 << 20]);
    let huge = huge.save().unwrap();
    let made = returned(&huge, &report(lines));
    assert!(made.len() < 20_000, "{} bytes", made.len());
    let names: Vec<String> = grids(&made).iter().map(|grid| grid.sheet.to_string()).collect();
    assert_eq!(names, ["需修改事项", "回执"]);
    let told = said(&made);
    assert!(told.contains("原文件过大，不能在上面标注") && told.contains("累计完成大于年度计划"), "{told}");
}
