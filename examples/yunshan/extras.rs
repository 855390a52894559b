//! Sheets that are no book: covers, instructions, lookup lists, and what else clerks leave in a workbook.

use super::forms::Extra;
use super::month::Month;
use super::sheet::{Content, Look, Sheet};
use super::truth::county::{DEPARTMENTS, TOWNS};
use super::truth::kinds::CATEGORIES;
use super::truth::{Row, attraction};

/// The sheet of an extra, in a unit's workbook of a month.
pub fn sheet(extra: Extra, unit: &str, month: Month) -> Sheet {
    match extra {
        Extra::Cover => cover(unit, month),
        Extra::Notes => notes(),
        Extra::Empty(name) => Sheet::named(name),
        Extra::Lookup => lookup(),
        Extra::Duty => duty(month),
    }
}

/// Whether it stands before the books.
pub fn leads(extra: Extra) -> bool {
    matches!(extra, Extra::Cover | Extra::Notes)
}

fn cover(unit: &str, month: Month) -> Sheet {
    let mut sheet = Sheet::named("封面");
    sheet.text(3, 1, "云山县重点项目月报", Look::Title);
    sheet.merge(3, 1, 3, 6);
    sheet.text(7, 2, &format!("报送单位：{unit}（盖章）"), Look::Plain);
    sheet.text(8, 2, &month.in_words("报 告 期：2026年5月"), Look::Plain);
    sheet.text(9, 2, &month.in_words("报送日期：2026年6月2日"), Look::Plain);
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
fn duty(month: Month) -> Sheet {
    let mut sheet = Sheet::named("会议安排");
    sheet.text(0, 0, &month.in_words("6月份项目调度会议安排"), Look::Title);
    sheet.merge(0, 0, 0, 3);
    for (column, head) in ["日期", "时段", "地点", "参会范围"].iter().enumerate() {
        sheet.text(1, column as u32, head, Look::Head);
    }
    for (at, place) in ["县政府三楼会议室", "云山经开区", "县住建局", "高桥镇"].iter().enumerate() {
        let row = at as u32 + 2;
        sheet.put(row, 0, Content::Text(month.in_words(&format!("6月{}日", 5 + at * 7))), Look::Body);
        sheet.text(row, 1, ["上午", "下午"][at % 2], Look::Body);
        sheet.text(row, 2, place, Look::Body);
        sheet.text(row, 3, "各项目责任单位", Look::Body);
    }
    sheet.widths.extend([(2, 20), (3, 20)]);
    sheet
}

/// What the office for attraction puts behind its table from June on: the projects signed this year by industry, with shares.
/// In September it states 59.2% where its own figures give 59.1%.
pub fn by_industry(month: Month) -> Sheet {
    let rows = attraction::rows(month);
    let of = |keep: &dyn Fn(&Row) -> bool| {
        let kept = || rows.iter().filter(|row| attraction::is_new(row) && keep(row));
        (kept().count() as i64, kept().map(|row| row.amount("contract")).sum::<i64>())
    };
    let (industry, whole) = (of(&attraction::industrial), of(&|_| true));
    let others = (whole.0 - industry.0, whole.1 - industry.1);
    let percent = |part: i64, whole: i64| ((part * 2000 + whole) / (whole * 2)) as f64 / 10.0;
    let mut sheet = Sheet::named("分产业汇总");
    sheet.text(0, 0, &month.in_words("2026年1-5月新签招商引资项目分产业汇总表"), Look::Title);
    sheet.merge(0, 0, 0, 4);
    sheet.text(1, 0, "填报单位：县招商服务中心", Look::Plain);
    for (column, head) in
        ["产业类别", "项目个数（个）", "个数占比（%）", "合同投资额（亿元）", "投资额占比（%）"].iter().enumerate()
    {
        sheet.text(2, column as u32, head, Look::Head);
        sheet.widths.insert(column as u32, 16);
    }
    for (at, (name, (count, yuan))) in
        [("工业", industry), ("第三产业及其他", others), ("合计", whole)].into_iter().enumerate()
    {
        let row = at as u32 + 3;
        let wrong = if name == "工业" && month == Month::of_2026(9) { 0.1 } else { 0.0 };
        let share = ((percent(yuan, whole.1) + wrong) * 10.0).round() / 10.0;
        sheet.text(row, 0, name, Look::Body);
        for (column, number) in
            [count as f64, percent(count, whole.0), yuan as f64 / 1e8, share].into_iter().enumerate()
        {
            sheet.put(row, column as u32 + 1, Content::Number(number), Look::Body);
        }
    }
    sheet
}
