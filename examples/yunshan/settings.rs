//! The office's own workbook: units, leaders, targets, adjustments, last year.

use super::month::Month;
use super::sheet::{Content, Look, Sheet, Workbook};
use super::truth::county::{DEPARTMENTS, LEADERS, TOWNS};
use super::truth::kinds::CATEGORIES;
use super::truth::projects::OFF_THE_LIST;
use super::truth::{Row, Truth, WAN, attraction, events, history};
use super::{decisions, receipts, recipients};

/// What stands in a cell.
pub enum Put<'a> {
    /// Words that are known.
    Words(&'a str),
    /// Words that are made.
    Owned(String),
    /// A whole number.
    Number(i64),
}

/// The settings workbook.
pub fn workbook() -> Workbook {
    Workbook {
        sheets: vec![
            units(),
            leaders(),
            targets(),
            adjustments(),
            last_year(),
            receipts::arrivals(),
            receipts::obligations(),
            recipients::recipients(),
            decisions::links(),
            decisions::overrides(),
            decisions::explanations(),
        ],
    }
}

/// A sheet of the settings: its head, and a row each.
pub fn table(name: &str, head: &[&str], rows: Vec<Vec<Put>>) -> Sheet {
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
                Put::Owned(words) if words.is_empty() => Content::Blank,
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
        vec![
            Words(town.name),
            Owned(aliases),
            Words("乡镇"),
            Words(town.group),
            mail(town.mail),
            Words("2026-01"),
            Words(""),
        ]
    });
    let departments = DEPARTMENTS.iter().map(|(name, aliases, kind, group, box_name)| {
        // The settings know towns, departments (companies of the county among them) and parks.
        let kind = if *kind == "企业" { "部门" } else { kind };
        let until = if *name == events::CLOSED.0 { format!("2026-{:02}", events::CLOSED_AFTER) } else { String::new() };
        vec![Words(name), Words(aliases), Words(kind), Words(group), mail(box_name), Words("2026-01"), Owned(until)]
    });
    let (opened, from) = (history::OPENED.0, format!("2026-{:02}", history::OPENED_FROM));
    let row = [Words(opened), Words("数据局"), Words("部门"), Words("综合"), mail("shuju"), Owned(from), Words("")];
    let head = ["单位名称", "别名", "类别", "分组", "邮箱", "启用时间", "停用时间"];
    table("单位", &head, towns.chain(departments).chain([row.into()]).collect())
}

fn leaders() -> Sheet {
    let rows = LEADERS.iter().enumerate().map(|(at, (name, post))| {
        vec![Put::Words(name), Put::Words(post), Put::Owned(format!("leader{:02}@yunshan.example", at + 1))]
    });
    table("领导", &["姓名", "职务", "邮箱"], rows.collect())
}

/// The year's targets: of attraction, S001's 100 projects and 100 亿元, by town.
fn targets() -> Sheet {
    use Put::{Number, Words};
    let line = |book, unit, measure, value, unit_of| {
        vec![Words(book), Words(unit), Words(measure), Number(value), Words(unit_of)]
    };
    let mut rows = vec![
        line("重点建设项目", "全县", "累计完成投资", 309_000, "万元"),
        line("招商引资项目", "全县", "其中新签个数", attraction::TARGET.0, "个"),
        line("招商引资项目", "全县", "其中新签协议投资", attraction::TARGET.1, "万元"),
    ];
    for (town, count, wan) in attraction::TARGETS {
        rows.push(line("招商引资项目", town, "其中新签个数", count, "个"));
        rows.push(line("招商引资项目", town, "其中新签协议投资", wan, "万元"));
    }
    rows.push(line("谋划储备项目", "全县", "储备项目个数", 600, "个"));
    table("目标", &["账册", "单位", "指标", "目标值", "计量单位"], rows)
}

/// The decisions: a project taken off the list, so that 109 of May's 110 count, and two whose plan of the year is another.
fn adjustments() -> Sheet {
    use Put::{Number, Owned, Words};
    let key = |project: &'static str, code: &'static str, what: &'static str| {
        vec![Words("重点建设项目"), Words(project), Words(code), Words(what)]
    };
    let mut off = key(OFF_THE_LIST.0, OFF_THE_LIST.1, "移出");
    off.extend([Words(""), Words("2026-04"), Words("云重点办〔2026〕8号"), Words("投资方退出，项目终止")]);
    let plan = |project: &str| events::new_plan(project) / WAN;
    let [(more, _), (less, _)] = events::REPLANNED;
    let mut first = key(more, "", "计划调整");
    let second =
        [Number(plan(more)), Words("2026-07"), Words("云重点办〔2026〕15号"), Words("二期厂房提前实施，追加年度计划")];
    first.extend(second);
    let mut last = key(less, "", "计划调整");
    last.extend([
        Number(plan(less)),
        Owned(format!("2026-{:02}", events::UNREPORTED_FROM)),
        Words("云重点办〔2026〕19号"),
        Words("征地未完成，核减年度计划"),
    ]);
    let head = ["账册", "项目名称", "项目代码", "调整类型", "调整后年度计划(万元)", "生效时间", "依据文件", "原因"];
    table("调整", &head, vec![off, first, last])
}

/// What January to May of last year added up to, in the county, by category and by town.
fn last_year() -> Sheet {
    use Put::{Number, Words};
    let truth = Truth::of(Month { year: 2025, month: 5 });
    let rows = &truth.books["key_projects"];
    let sums = |keep: &dyn Fn(&Row) -> bool| {
        let sum = |field: &str| rows.iter().filter(|row| keep(row)).map(|row| row.amount(field) / WAN).sum::<i64>();
        [Number(sum("plan")), Number(sum("done"))]
    };
    let line = |of: &'static str, name: &'static str, [plan, done]: [Put<'static>; 2]| {
        vec![Words(of), Words(name), plan, done, Words("2026-05")]
    };
    let mut lines = vec![line("全县", "全县", sums(&|_| true))];
    lines.extend(CATEGORIES.map(|category| line("类别", category, sums(&|row| row.text("category") == category))));
    lines.extend(TOWNS.iter().map(|town| line("乡镇", town.name, sums(&|row| row.text("town") == town.name))));
    table("上年同期", &["统计口径", "名称", "年度计划(万元)", "完成投资(万元)", "报告期"], lines)
}
