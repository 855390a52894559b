//! The office's own workbook: units, leaders, targets, adjustments, last year.

use super::sheet::{Content, Look, Sheet, Workbook};
use super::truth::county::{DEPARTMENTS, LEADERS, TOWNS};
use super::truth::kinds::CATEGORIES;
use super::truth::projects::OFF_THE_LIST;

/// Last year by category: plan and done in the same months, in 万元. Infrastructure's 45,708 is what this
/// year's 41,000 is 10.3% less than; the whole, 125,345 of 265,000, is 47.3%.
pub const LAST_YEAR: [(i64, i64); 5] =
    [(96_000, 45_708), (74_000, 35_937), (46_000, 21_400), (31_000, 13_800), (18_000, 8_500)];

enum Put<'a> {
    Words(&'a str),
    Owned(String),
    Number(i64),
}

/// The settings workbook.
pub fn workbook() -> Workbook {
    Workbook { sheets: vec![units(), leaders(), targets(), adjustments(), last_year()] }
}

fn table(name: &str, head: &[&str], rows: Vec<Vec<Put>>) -> Sheet {
    let mut sheet = Sheet::named(name);
    for (column, word) in head.iter().enumerate() {
        sheet.text(0, column as u32, word, Look::Head);
        let width = if ["别名", "邮箱", "项目代码", "项目名称", "原因"].contains(word) { 32 } else { 16 };
        sheet.widths.insert(column as u32, width);
    }
    for (at, row) in rows.into_iter().enumerate() {
        for (column, put) in row.into_iter().enumerate() {
            let content = match put {
                Put::Words("") => Content::Blank,
                Put::Words(words) => Content::Text(words.to_string()),
                Put::Owned(words) => Content::Text(words),
                Put::Number(number) => Content::Number(number as f64),
            };
            sheet.put(at as u32 + 1, column as u32, content, Look::Body);
        }
    }
    sheet
}

fn units() -> Sheet {
    use Put::{Owned, Words};
    let mail = |name: &str| Owned(format!("{name}@yunshan.example"));
    let towns = TOWNS.iter().map(|town| {
        let office = if town.name.ends_with("街道") { "办事处" } else { "人民政府" };
        let short = town.name.trim_end_matches(['镇', '乡']);
        let aliases = match town.name.strip_suffix("街道") {
            Some(_) => format!("{}{office}、{}街道办", town.name, town.stem),
            None => format!("{}{office}、{short}", town.name),
        };
        vec![Words(town.name), Owned(aliases), Words("乡镇"), Words(town.group), mail(town.mail), Words("2026-01")]
    });
    let departments = DEPARTMENTS.iter().map(|(name, aliases, kind, group, box_name)| {
        // The settings know towns, departments (companies of the county among them) and parks.
        let kind = if *kind == "企业" { "部门" } else { kind };
        vec![Words(name), Words(aliases), Words(kind), Words(group), mail(box_name), Words("2026-01")]
    });
    let head = ["单位名称", "别名", "类别", "分组", "邮箱", "启用时间", "停用时间"];
    table("单位", &head, towns.chain(departments).collect())
}

fn leaders() -> Sheet {
    let rows = LEADERS.iter().enumerate().map(|(at, (name, post))| {
        vec![Put::Words(name), Put::Words(post), Put::Owned(format!("leader{:02}@yunshan.example", at + 1))]
    });
    table("领导", &["姓名", "职务", "邮箱"], rows.collect())
}

fn targets() -> Sheet {
    use Put::{Number, Words};
    let rows = vec![
        vec![Words("重点建设项目"), Words("全县"), Words("累计完成投资"), Number(309_000), Words("万元")],
        vec![Words("招商引资项目"), Words("全县"), Words("协议投资"), Number(300_000), Words("万元")],
        vec![Words("招商引资项目"), Words("云山经开区管委会"), Words("协议投资"), Number(120_000), Words("万元")],
        vec![Words("谋划储备项目"), Words("全县"), Words("储备项目个数"), Number(600), Words("个")],
    ];
    table("目标", &["账册", "单位", "指标", "目标值", "计量单位"], rows)
}

/// The one decision: a reported project is taken off the list, so that 109 of the 110 count.
fn adjustments() -> Sheet {
    use Put::Words;
    let row = vec![
        Words("重点建设项目"),
        Words(OFF_THE_LIST.0),
        Words(OFF_THE_LIST.1),
        Words("移出"),
        Words(""),
        Words("2026-04"),
        Words("云重点办〔2026〕8号"),
        Words("投资方退出，项目终止"),
    ];
    let head = ["账册", "项目名称", "项目代码", "调整类型", "调整后年度计划(万元)", "生效时间", "依据文件", "原因"];
    table("调整", &head, vec![row])
}

fn last_year() -> Sheet {
    use Put::{Number, Words};
    let sum = |pick: fn(&(i64, i64)) -> i64| LAST_YEAR.iter().map(pick).sum::<i64>();
    let (plan, done) = (sum(|year| year.0), sum(|year| year.1));
    let mut rows = vec![vec![Words("全县"), Words("全县"), Number(plan), Number(done)]];
    for (category, year) in CATEGORIES.iter().zip(LAST_YEAR) {
        rows.push(vec![Words("类别"), Words(category), Number(year.0), Number(year.1)]);
    }
    // Towns share the whole by the pace they had; the last one takes what is left.
    let weights: Vec<i64> = TOWNS.iter().map(|town| 60 + town.reserve as i64 * 2).collect();
    let plans = super::dice::split(plan, &weights, 100);
    let paces: Vec<i64> = TOWNS.iter().zip(&plans).map(|(town, plan)| plan * (60 + town.pace * 4 / 10)).collect();
    let dones = super::dice::split(done, &paces, 10);
    for (at, town) in TOWNS.iter().enumerate() {
        rows.push(vec![Words("乡镇"), Words(town.name), Number(plans[at]), Number(dones[at])]);
    }
    table("上年同期", &["统计口径", "名称", "年度计划(万元)", "完成投资(万元)"], rows)
}
