//! Sheets that are no book: covers, instructions, lookup lists, and what else clerks leave in a workbook.

use super::forms::Extra;
use super::sheet::{Content, Look, Sheet};
use super::truth::county::{DEPARTMENTS, TOWNS};
use super::truth::kinds::CATEGORIES;

/// The sheet of an extra, in a unit's workbook.
pub fn sheet(extra: Extra, unit: &str) -> Sheet {
    match extra {
        Extra::Cover => cover(unit),
        Extra::Notes => notes(),
        Extra::Empty(name) => Sheet::named(name),
        Extra::Lookup => lookup(),
        Extra::Duty => duty(),
    }
}

/// Whether it stands before the books.
pub fn leads(extra: Extra) -> bool {
    matches!(extra, Extra::Cover | Extra::Notes)
}

fn cover(unit: &str) -> Sheet {
    let mut sheet = Sheet::named("封面");
    sheet.text(3, 1, "云山县重点项目月报", Look::Title);
    sheet.merge(3, 1, 3, 6);
    sheet.text(7, 2, &format!("报送单位：{unit}（盖章）"), Look::Plain);
    sheet.text(8, 2, "报 告 期：2026年5月", Look::Plain);
    sheet.text(9, 2, "报送日期：2026年6月2日", Look::Plain);
    sheet
}

fn notes() -> Sheet {
    let mut sheet = Sheet::named("填表说明");
    sheet.text(0, 0, "填表说明", Look::Title);
    let lines = [
        "1.本表由各乡镇、各部门于每月3日前报送。",
        "2.总投资、年度计划投资、完成投资的单位见表头。",
        "3.完成投资为自年初累计数，不含上年结转。",
        "4.形象进度请据实填写，存在问题请写明需协调的事项。",
        "5.本表不得增减列，不得合并单元格。",
    ];
    for (at, line) in lines.iter().enumerate() {
        sheet.text(at as u32 + 1, 0, line, Look::Plain);
    }
    sheet.widths.insert(0, 60);
    sheet
}

fn lookup() -> Sheet {
    let mut sheet = Sheet::named("数据字典");
    sheet.hidden = true;
    let natures = ["续建", "新开工"];
    let towns: Vec<&str> = TOWNS.iter().map(|town| town.name).collect();
    let departments: Vec<&str> = DEPARTMENTS.iter().map(|department| department.0).collect();
    let lists: [(&str, &[&str]); 4] =
        [("建设性质", &natures), ("乡镇", &towns), ("责任单位", &departments), ("类别", &CATEGORIES)];
    for (column, (head, list)) in lists.iter().enumerate() {
        sheet.text(0, column as u32, head, Look::Plain);
        for (row, word) in list.iter().enumerate() {
            sheet.text(row as u32 + 1, column as u32, word, Look::Plain);
        }
    }
    sheet
}

/// A sheet of another matter altogether.
fn duty() -> Sheet {
    let mut sheet = Sheet::named("会议安排");
    sheet.text(0, 0, "6月份项目调度会议安排", Look::Title);
    sheet.merge(0, 0, 0, 3);
    for (column, head) in ["日期", "时段", "地点", "参会范围"].iter().enumerate() {
        sheet.text(1, column as u32, head, Look::Head);
    }
    for (at, place) in ["县政府三楼会议室", "云山经开区", "县住建局", "高桥镇"].iter().enumerate() {
        let row = at as u32 + 2;
        sheet.put(row, 0, Content::Text(format!("6月{}日", 5 + at * 7)), Look::Body);
        sheet.text(row, 1, ["上午", "下午"][at % 2], Look::Body);
        sheet.text(row, 2, place, Look::Body);
        sheet.text(row, 3, "各项目责任单位", Look::Body);
    }
    sheet.widths.extend([(2, 20), (3, 20)]);
    sheet
}
