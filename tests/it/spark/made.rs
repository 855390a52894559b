//! A county as large as is wanted: units that each send a workbook, and all that several files can do to one another.
//!
//! Figures come from a counter, so that they are the same each time. Among the projects there are some that a town
//! and its department both report, with other figures; some that a unit lists twice; a file sent twice; a corrected one.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Workbook, XlsxError};

/// Projects in each unit's workbook.
pub(super) const PROJECTS: usize = 500;

const HEADINGS: [&str; 9] =
    ["序号", "项目名称", "项目代码", "责任单位", "所在乡镇", "联系领导", "总投资", "年度计划投资", "1-5月完成投资"];

/// A county's workspace with at least so many rows.
pub(super) fn county(folder: &Path, rows: usize) {
    let units = rows.div_ceil(PROJECTS).max(4);
    fs::create_dir_all(folder.join("inbox/2026-05")).unwrap();
    fs::write(folder.join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    settings(units).unwrap().save(folder.join("settings.xlsx")).unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.join("inbox/2026-05").join(name), bytes).unwrap();
    for at in 0..units {
        put(&format!("{}重点项目.xlsx", unit(at)), &workbook(at, units, false).unwrap());
    }
    // The second town corrects itself, and the first one's report came twice, to the byte.
    put(&format!("{}重点项目（更正）.xlsx", unit(2)), &workbook(2, units, true).unwrap());
    let first = fs::read(folder.join("inbox/2026-05").join(format!("{}重点项目.xlsx", unit(0)))).unwrap();
    put(&format!("转发{}重点项目.xlsx", unit(0)), &first);
}

/// Towns and departments by turns.
fn unit(at: usize) -> String {
    let number: String =
        at.to_string().chars().map(|digit| "零一二三四五六七八九".chars().nth(digit as usize - 48).unwrap()).collect();
    if at.is_multiple_of(2) { format!("甲{number}镇") } else { format!("县乙{number}局") }
}

fn settings(units: usize) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("单位")?;
    sheet.write_row(0, 0, ["单位名称", "类别"])?;
    for at in 0..units {
        let row = u32::try_from(at + 1).unwrap();
        sheet.write_row(row, 0, [unit(at).as_str(), if at % 2 == 0 { "乡镇" } else { "部门" }])?;
    }
    Ok(workbook)
}

fn workbook(at: usize, units: usize, corrected: bool) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("重点项目")?;
    sheet.write_string(0, 0, "2026年1-5月重点项目完成情况（单位：万元）")?;
    sheet.write_string(1, 0, format!("填报单位：{}", unit(at)))?;
    sheet.write_row(2, 0, HEADINGS)?;
    for nth in 0..PROJECTS {
        let row = u32::try_from(nth + 3).unwrap();
        let project = Project::of(at, nth, units, corrected);
        sheet.write_number(row, 0, f64::from(row - 2))?;
        sheet.write_row(
            row,
            1,
            [project.name.as_str(), &project.code, &project.unit, &project.town, &project.leader],
        )?;
        for (column, fen) in (6u16..).zip([project.total, project.plan, project.done]) {
            if let Some(fen) = fen {
                sheet.write_number(row, column, fen as f64 / 100.0)?;
            }
        }
    }
    workbook.save_to_buffer()
}

/// A row; amounts in hundredths of 万元.
struct Project {
    name: String,
    code: String,
    unit: String,
    town: String,
    leader: String,
    total: Option<u64>,
    plan: Option<u64>,
    done: Option<u64>,
}

impl Project {
    fn of(at: usize, nth: usize, units: usize, corrected: bool) -> Self {
        // Every fortieth project of a department is one of the town before it, which reports it too.
        let (whose, number) = match nth % 40 {
            7 if at % 2 == 1 => (at - 1, nth),
            // And every fiftieth of a unit is the one above it once more.
            _ if nth % 50 == 49 => (at, nth - 1),
            _ => (at, nth),
        };
        let seed = (whose * PROJECTS + number) as u64;
        let plan = 10_000 + seed * 7_919 % 900_000;
        let done = plan * (seed * 31 % 97) / 100 + u64::from(corrected) * 3 + (at - whose) as u64;
        let town = if whose % 2 == 0 { whose } else { (whose + 1) % units / 2 * 2 };
        Self {
            name: format!("{}第{}号工程", unit(whose), number + 1),
            code: if number % 3 == 0 {
                format!("2026-{:06}-{:02}-01-{number:06}", whose, whose % 90 + 10)
            } else {
                String::new()
            },
            unit: unit(whose),
            town: unit(town),
            leader: ["甲一", "乙二、丙三", "丁四", ""][number % 4].to_owned(),
            total: Some(plan * 3),
            plan: (number % 71 != 3).then_some(plan),
            done: (number % 89 != 5).then_some(done),
        }
    }
}
