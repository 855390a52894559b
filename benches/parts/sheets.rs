//! Workbooks that are made in memory, so that a benchmark takes no files.

use rust_xlsxwriter::{Format, Workbook};

const HEADINGS: [&str; 12] = [
    "序号",
    "项目名称",
    "建设内容及规模",
    "建设性质",
    "总投资（万元）",
    "2026年度计划投资（万元）",
    "1-10月累计完成投资（万元）",
    "开工时间",
    "竣工时间",
    "责任单位",
    "形象进度",
    "备注",
];

/// A department's sheet: title, caption, header, `rows` projects in sections of twenty, a total.
pub(crate) fn workbook(unit: &str, rows: u32) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 11, "云山县2026年重点项目进展情况表", &Format::new()).unwrap();
    sheet.write(1, 0, format!("填报单位（盖章）：{unit}人民政府")).unwrap();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write(2, column, heading).unwrap();
    }
    let mut at = 3;
    for project in 1..=rows {
        if project % 20 == 1 {
            sheet
                .write(
                    at,
                    0,
                    format!("第{}部分", "一二三四五六七八九十".chars().nth(project as usize / 20 % 10).unwrap()),
                )
                .unwrap();
            at += 1;
        }
        let (total, plan) = (f64::from(project * 137 % 90_000), f64::from(project * 31 % 9_000));
        sheet.write(at, 0, project).unwrap();
        sheet.write(at, 1, format!("{unit}第{project}号道路改造工程")).unwrap();
        sheet.write(at, 2, "改造道路3.2公里，铺设管网，配套绿化和照明").unwrap();
        sheet.write(at, 3, if project % 3 == 0 { "续建" } else { "新开工" }).unwrap();
        sheet.write(at, 4, total).unwrap();
        sheet.write(at, 5, plan).unwrap();
        sheet
            .write(at, 6, if project % 10 == 0 { format!("约{}", plan / 2.0) } else { format!("{}", plan / 2.0) })
            .unwrap();
        sheet.write(at, 7, format!("2025年{}月", project % 12 + 1)).unwrap();
        sheet.write(at, 8, format!("2027.{}", project % 12 + 1)).unwrap();
        sheet.write(at, 9, unit).unwrap();
        sheet.write(at, 10, "完成路基施工，正在铺设管网").unwrap();
        at += 1;
    }
    sheet.write(at, 1, "合计").unwrap();
    workbook.save_to_buffer().unwrap()
}
