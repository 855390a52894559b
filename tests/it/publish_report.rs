//! A made-up month of 云山县 for the publishing tests: profile, facts, and rankings reckoned here by plain
//! whole-number arithmetic, so that the workbook's formulas are held against figures it did not make itself.

use std::collections::BTreeSet;

use polars::prelude::*;
use wuzhang::amount::{Fraction, fraction};
use wuzhang::finding::Level;
use wuzhang::layout::RowKind;
use wuzhang::measure::Figure;
use wuzhang::merge::Facts;
use wuzhang::period::Period;
use wuzhang::profile::{Book, County, MeasuredIn, Profile, RankingPlan};
use wuzhang::publish::{BookFigures, Past, Report, SHEET_ROWS, SourceSheet};
use wuzhang::rank::{Ranked, Ranking};
use wuzhang::settings::{Adjustment, Decision};

const BOOK: &str = r#"
id = "key_projects"
title = "重点建设项目"
row = "项目"
words = ["重点项目"]
subject = "name"
field = [
  { id = "code", title = "项目代码", kind = "text", spellings = [] },
  { id = "name", title = "项目名称", kind = "text", spellings = [] },
  { id = "category", title = "类别", kind = "text", spellings = [] },
  { id = "town", title = "所在乡镇", kind = "text", spellings = [] },
  { id = "unit", title = "责任单位", kind = "text", spellings = [] },
  { id = "total", title = "总投资", kind = "amount", spellings = [] },
  { id = "plan", title = "年度计划", kind = "amount", spellings = [] },
  { id = "done", title = "累计完成", kind = "amount", spellings = [] },
  { id = "done_last_year", title = "上年同期完成", kind = "amount", spellings = [] },
  { id = "planned_start", title = "计划开工", kind = "date", spellings = [] },
  { id = "status", title = "形象进度", kind = "text", spellings = [] },
  { id = "problem", title = "存在问题", kind = "text", spellings = [] },
]
derived = [
  { id = "behind", title = "未达序时进度", sql = "done * 12 < plan * 5" },
  { id = "not_started", title = "未开工", sql = "actual_start IS NULL" },
  { id = "delayed_by_clearance", title = "征迁原因", sql = "problem LIKE '%征迁%'" },
  { id = "delayed_by_funds", title = "资金原因", sql = "problem LIKE '%资金%'" },
]
measure = [
  { id = "count", title = "项目个数", measured_in = "count", numerator = "COUNT(*)", words = "纳入名单的项目个数" },
  { id = "total", title = "总投资", measured_in = "yuan", numerator = "SUM(total)", words = "项目总投资之和" },
  { id = "plan", title = "年度计划", measured_in = "yuan", numerator = "SUM(plan)", words = "本年计划投资之和" },
  { id = "done", title = "累计完成", measured_in = "yuan", numerator = "SUM(done)", words = "年初至本期累计完成投资之和" },
  { id = "completion", title = "完成率", measured_in = "fraction", numerator = "SUM(done)", denominator = "NULLIF(SUM(plan), 0)", words = "累计完成投资 ÷ 年度计划投资" },
  { id = "schedule", title = "序时进度", measured_in = "fraction", numerator = "MAX(schedule_num)", denominator = "MAX(schedule_den)", words = "已过月数 ÷ 12" },
  { id = "lag", title = "比序时进度", measured_in = "points", kind = "lag", of = "completion", words = "完成率 − 序时进度，快为超前，慢为滞后" },
  { id = "behind", title = "未达序时个数", measured_in = "count", numerator = "SUM(CASE WHEN behind THEN 1 ELSE 0 END)", words = "完成率低于序时进度的项目个数" },
  { id = "not_started", title = "未开工个数", measured_in = "count", numerator = "SUM(CASE WHEN not_started THEN 1 ELSE 0 END)", words = "尚未开工的项目个数" },
  { id = "done_last_year", title = "上年同期完成", measured_in = "yuan", numerator = "SUM(done_last_year)", words = "上年同期累计完成投资之和" },
  { id = "completion_change", title = "完成率同比", measured_in = "points", numerator = "0", denominator = "1", words = "完成率 − 上年同期完成率" },
  { id = "done_change", title = "完成投资同比", measured_in = "fraction", numerator = "SUM(done) - SUM(done_last_year)", denominator = "SUM(done_last_year)", words = "累计完成投资比上年同期增减" },
  { id = "catch_up", title = "月均需完成", measured_in = "yuan", numerator = "SUM(plan) - SUM(done)", denominator = "7", words = "（年度计划 − 累计完成）÷ 剩余月数" },
  { id = "delayed_by_clearance", title = "因征迁滞后个数", measured_in = "count", numerator = "SUM(CASE WHEN delayed_by_clearance THEN 1 ELSE 0 END)", words = "存在问题涉及征迁的项目个数" },
  { id = "delayed_by_funds", title = "因资金滞后个数", measured_in = "count", numerator = "SUM(CASE WHEN delayed_by_funds THEN 1 ELSE 0 END)", words = "存在问题涉及资金的项目个数" },
]
"#;

const PRELIMINARY: &str = r#"
id = "preliminary"
title = "重大前期项目"
row = "项目"
words = ["前期项目"]
subject = "name"
field = [{ id = "name", title = "项目名称", kind = "text", spellings = [] }]
measure = [
  { id = "count", title = "项目个数", measured_in = "count", numerator = "COUNT(*)", words = "个数" },
  { id = "conversion", title = "前期工作完成率", measured_in = "fraction", numerator = "COUNT(*)", denominator = "COUNT(*)", words = "率" },
  { id = "total", title = "总投资", measured_in = "yuan", numerator = "SUM(total)", words = "和" },
]
"#;

const COUNTY: &str = r#"
whole = "全县"
last_word = { otherwise = "department" }
schedule = [{ id = "year", kind = "months", words = "已过月数 ÷ 12，1—5月为 5/12（41.7%）" }]
grade = [{ name = "优", from = 0.0, colour = "C6E0B4" }, { name = "中", from = -5.0, colour = "FFE699" }, { name = "差", colour = "F4B084" }]
light = [{ name = "绿", from = 0.0, colour = "70AD47" }, { name = "黄", from = -10.0, colour = "FFC000" }, { name = "红", colour = "C00000" }]
"#;

const SHOWN: [&str; 13] = [
    "count",
    "total",
    "plan",
    "done",
    "completion",
    "schedule",
    "lag",
    "behind",
    "not_started",
    "done_last_year",
    "completion_change",
    "done_change",
    "catch_up",
];

/// The profile of the tests.
pub(crate) fn profile() -> Profile {
    let plan = |id: &str, title: &str, group_title: &str, group: &str| {
        let is_whole = group == "whole";
        let causes = ["delayed_by_clearance", "delayed_by_funds"].into_iter().filter(|_| is_whole);
        let measures: Vec<&str> = SHOWN.into_iter().chain(causes).collect();
        let filter = if id == "leader_linked" { "filter = \"leader_group IS NOT NULL\"" } else { "" };
        let text = format!(
            "id = \"{id}\"\ntitle = \"{title}\"\ngroup_title = \"{group_title}\"\ngroup = \"{group}\"\n{filter}\n\
             book = \"key_projects\"\nmeasures = {measures:?}\nby = \"completion\"\nthen = [\"done\"]\n\
             tie_words = \"完成率相同的，累计完成投资多者在前；仍相同的并列，后一名次顺延（1-2-2-4）\"\n"
        );
        toml::from_str::<RankingPlan>(&text).expect("the ranking's text fits its type")
    };
    let mut raw: toml::Table = toml::from_str(COUNTY).expect("the county's text is TOML");
    raw.insert("ranking".into(), toml::Value::Array(Vec::new()));
    let mut county: County = raw.try_into().expect("the county's text fits its type");
    county.rankings = vec![
        plan("county", "全县", "全县", "whole"),
        plan("towns", "乡镇（街道）排名", "乡镇（街道）", "town_group"),
        plan("departments", "部门排名", "责任部门", "department_group"),
        plan("leaders", "县领导联系项目排名", "联系领导", "leader_group"),
        plan("categories", "分类别完成情况", "类别", "category_group"),
        plan("leader_linked", "县领导联系项目", "全县", "whole"),
    ];
    let book = |text: &str| toml::from_str::<Book>(text).expect("the book's text fits its type");
    Profile { books: vec![book(BOOK), book(PRELIMINARY)], county }
}

/// One made-up project.
#[derive(Clone, Default)]
pub(crate) struct Project {
    pub(crate) name: String,
    pub(crate) town: Option<String>,
    pub(crate) department: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) leader: Option<String>,
    pub(crate) total: Option<i64>,
    pub(crate) plan: Option<i64>,
    pub(crate) done: Option<i64>,
    pub(crate) last_year: Option<i64>,
    pub(crate) not_started: bool,
    pub(crate) problem: Option<String>,
}

impl Project {
    fn behind(&self) -> Option<bool> {
        Some(self.done? * 12 < self.plan? * 5)
    }

    fn delayed(&self, word: &str) -> bool {
        self.problem.as_deref().is_some_and(|problem| problem.contains(word))
    }

    fn group(&self, column: &str) -> Option<&str> {
        match column {
            "town_group" => self.town.as_deref(),
            "department_group" => self.department.as_deref(),
            "category_group" => self.category.as_deref(),
            "leader_group" => self.leader.as_deref(),
            _ => None,
        }
    }
}

const TOWNS: [&str; 16] = [
    "城关镇",
    "青石镇",
    "龙潭镇",
    "白沙镇",
    "清溪镇",
    "石桥镇",
    "东山街道",
    "西河街道",
    "梅岭乡",
    "柳林乡",
    "云台乡",
    "大坪乡",
    "南湖镇",
    "北关街道",
    "双龙镇",
    "枫树乡",
];
const DEPARTMENTS: [&str; 8] = [
    "县住房和城乡建设局",
    "县交通运输局",
    "县水利局",
    "县教育局",
    "县卫生健康委员会",
    "县农业农村局",
    "县文化广电和旅游体育局",
    "云山经济开发区管理委员会",
];
const CATEGORIES: [&str; 5] = ["基础设施", "产业发展", "社会民生", "生态环保", "乡村振兴"];
const LEADERS: [&str; 6] = ["领导甲", "领导乙", "领导丙", "领导丁", "领导戊", "领导己"];
const WORKS: [&str; 6] =
    ["污水处理厂扩建工程", "农村公路提升改造", "标准厂房二期", "中心小学迁建", "水库除险加固", "农产品冷链物流园"];

/// So many projects, no two alike; amounts to the yuan now and then.
pub(crate) fn projects(count: usize) -> Vec<Project> {
    let mut seed = 20_260_531u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    (0..count)
        .map(|at| {
            let plan = (next(90) as i64 + 5) * 1_000_000 + if next(6) == 0 { 1_234 } else { 0 };
            let not_started = next(9) == 0;
            let done = if not_started { 0 } else { plan * (next(60) as i64 + 5) / 100 };
            let slow = done * 12 < plan * 5;
            Project {
                name: format!("{}{}（{}号）", TOWNS[at % 16], WORKS[next(6) as usize], at + 1),
                town: Some(TOWNS[at % 16].into()),
                department: Some(DEPARTMENTS[next(8) as usize].into()),
                category: Some(CATEGORIES[next(5) as usize].into()),
                leader: match next(4) {
                    0 => Some(LEADERS[next(6) as usize].into()),
                    1 if at % 10 == 0 => Some(format!("{}、{}", LEADERS[at % 6], LEADERS[(at + 1) % 6])),
                    _ => None,
                },
                total: Some(plan * 3),
                plan: Some(plan),
                done: Some(done),
                last_year: (next(5) > 0).then_some(plan * (next(60) as i64 + 10) / 100),
                not_started,
                problem: slow.then(|| match next(3) {
                    0 => "征迁工作滞后，尚有3户未签订协议，施工场地不能按期交付".into(),
                    1 => "项目资金未足额到位，施工单位垫资压力大，影响形象进度".into(),
                    _ => "前期手续办理较慢".into(),
                }),
            }
        })
        .collect()
}

/// A month with all that a report refers to.
pub(crate) struct Month {
    pub(crate) profile: Profile,
    pub(crate) facts: Facts,
    pub(crate) rankings: Vec<Ranking>,
    others: Vec<BookFigures>,
    sources: Vec<SourceSheet>,
    decisions: Vec<Adjustment>,
    pub(crate) past: Past,
    pub(crate) sheet_rows: usize,
}

impl Month {
    /// The month of these projects.
    pub(crate) fn of(projects: &[Project]) -> Self {
        let profile = profile();
        let rankings = profile.county.rankings.iter().map(|plan| ranking(plan, projects)).collect();
        let (others, sources, decisions) = (others(), sources(), decisions());
        let (past, sheet_rows) = (Past::default(), SHEET_ROWS);
        Self { facts: facts(projects), rankings, others, sources, decisions, past, sheet_rows, profile }
    }

    /// Its report.
    pub(crate) fn report(&self) -> Report<'_> {
        Report {
            profile: &self.profile,
            period: Period::new(2026, 5).expect("May is a month"),
            county: "云山县",
            facts: &self.facts,
            rankings: &self.rankings,
            others: &self.others,
            sources: &self.sources,
            findings: &[(Level::Error, 12), (Level::Query, 31), (Level::Note, 5)],
            decisions: &self.decisions,
            revised: &[],
            links: &[],
            shares: &[],
            schedule: Some(schedule()),
            schedules: &[],
            past: &self.past,
            bars: &[],
            sheet_rows: self.sheet_rows,
            elsewhere: 0,
            bottlenecks: None,
        }
    }
}

fn schedule() -> Fraction {
    fraction(5, 12).expect("twelve is not nothing")
}

fn facts(projects: &[Project]) -> Facts {
    let text = |of: fn(&Project) -> Option<&str>| projects.iter().map(of).collect::<Vec<_>>();
    let whole = |of: fn(&Project) -> Option<i64>| projects.iter().map(of).collect::<Vec<_>>();
    let frame = df!(
        "file" => text(|p| p.town.as_deref().map(|_| "2026年5月重点项目报表.xlsx").or(Some("x.csv"))),
        "sheet" => text(|_| Some("重点项目")),
        "row" => (0..projects.len() as i64).map(|at| at + 5).collect::<Vec<_>>(),
        "name" => text(|p| Some(&p.name)),
        "category" => text(|p| p.category.as_deref()),
        "town" => text(|p| p.town.as_deref()),
        "unit" => text(|p| p.department.as_deref()),
        "total" => whole(|p| p.total),
        "plan" => whole(|p| p.plan),
        "done" => whole(|p| p.done),
        "done_last_year" => whole(|p| p.last_year),
        "planned_start" => text(|p| p.not_started.then_some("2026-03")),
        "status" => text(|p| Some(if p.not_started { "正在办理施工许可" } else { "主体施工" })),
        "problem" => text(|p| p.problem.as_deref()),
        "town_group" => text(|p| p.town.as_deref()),
        "department_group" => text(|p| p.department.as_deref()),
        "category_group" => text(|p| p.category.as_deref()),
        "leader_group" => text(|p| p.leader.as_deref()),
        "behind" => projects.iter().map(Project::behind).collect::<Vec<_>>(),
        "not_started" => projects.iter().map(|p| p.not_started).collect::<Vec<_>>(),
        "delayed_by_clearance" => projects.iter().map(|p| p.delayed("征迁")).collect::<Vec<_>>(),
        "delayed_by_funds" => projects.iter().map(|p| p.delayed("资金")).collect::<Vec<_>>(),
    );
    Facts { book: "key_projects".into(), frame: frame.expect("all columns are equally long") }
}

fn figure(measure: &str, measured_in: MeasuredIn, value: Option<Fraction>) -> Figure {
    Figure { measure: measure.into(), measured_in, value, numerator: None, denominator: None }
}

fn figures(measures: &[String], members: &[&Project]) -> Vec<Figure> {
    use MeasuredIn::{Count, Fraction as Rate, Points, Yuan};
    let sum = |of: fn(&Project) -> Option<i64>| members.iter().filter_map(|p| of(p)).sum::<i64>();
    let number = |of: &dyn Fn(&Project) -> bool| fraction(members.iter().filter(|p| of(p)).count() as i64, 1);
    let (plan, done, before) = (sum(|p| p.plan), sum(|p| p.done), sum(|p| p.last_year));
    let rate = fraction(done, plan);
    let figure_of = |id: &str| match id {
        "count" => figure(id, Count, number(&|_| true)),
        "total" => figure(id, Yuan, fraction(sum(|p| p.total), 1)),
        "plan" => figure(id, Yuan, fraction(plan, 1)),
        "done" => figure(id, Yuan, fraction(done, 1)),
        "completion" => figure(id, Rate, rate),
        "schedule" => figure(id, Rate, Some(schedule())),
        "lag" => figure(id, Points, rate.map(|rate| schedule() - rate)),
        "behind" => figure(id, Count, number(&|p| p.behind() == Some(true))),
        "not_started" => figure(id, Count, number(&|p| p.not_started)),
        "done_last_year" => figure(id, Yuan, fraction(before, 1)),
        // Last year's plan is made up as three times what was done by then.
        "completion_change" => {
            figure(id, Points, rate.filter(|_| before > 0).zip(fraction(before, plan)).map(|(now, then)| now - then))
        }
        "done_change" => figure(id, Rate, fraction(done, before).map(|ratio| ratio - 1)),
        "catch_up" => figure(id, Yuan, fraction(plan - done, 7)),
        "delayed_by_clearance" => figure(id, Count, number(&|p| p.delayed("征迁"))),
        "delayed_by_funds" => figure(id, Count, number(&|p| p.delayed("资金"))),
        other => panic!("no such measure in the test: {other}"),
    };
    measures.iter().map(|id| figure_of(id)).collect()
}

fn ranking(plan: &RankingPlan, projects: &[Project]) -> Ranking {
    let mut rows: Vec<Ranked> = match plan.id.as_str() {
        "county" => vec![row(plan, "全县", projects.iter().collect())],
        "leader_linked" => vec![row(plan, "全县", projects.iter().filter(|p| p.leader.is_some()).collect())],
        _ => {
            let names: BTreeSet<&str> =
                projects.iter().filter_map(|p| p.group(&plan.group)).flat_map(|group| group.split('、')).collect();
            let named =
                |p: &Project, name: &str| p.group(&plan.group).is_some_and(|g| g.split('、').any(|one| one == name));
            let of = |name: &str| projects.iter().filter(|p| named(p, name)).collect();
            names.into_iter().map(|name| row(plan, name, of(name))).collect()
        }
    };
    if !["county", "leader_linked"].contains(&plan.id.as_str()) {
        place(&mut rows);
    }
    Ranking { id: plan.id.clone(), title: plan.title.clone(), book: plan.book.clone(), by: plan.by.clone(), rows }
}

fn row(plan: &RankingPlan, group: &str, members: Vec<&Project>) -> Ranked {
    Ranked {
        group: group.into(),
        figures: figures(&plan.measures, &members).into_iter().collect(),
        place: None,
        unranked: None,
        grade: None,
        light: None,
        ..Ranked::default()
    }
}

fn place(rows: &mut [Ranked]) {
    let key = |row: &Ranked| {
        let value = |id: &str| row.figure(id).and_then(|figure| figure.value);
        value("completion").zip(value("done"))
    };
    rows.sort_by(|a, b| key(b).cmp(&key(a)).then(a.group.cmp(&b.group)));
    let keys: Vec<_> = rows.iter().map(key).collect();
    for row in rows.iter_mut() {
        let Some(own) = key(row) else {
            row.unranked = Some("没有年度计划，不能计算完成率".into());
            continue;
        };
        let ranked = || keys.iter().flatten();
        row.place = Some(1 + ranked().filter(|other| **other > own).count() as u32);
        row.gap_ahead = ranked().rfind(|other| **other > own).map(|other| other.0 - own.0).into();
        row.gap_behind = ranked().find(|other| **other < own).map(|other| own.0 - other.0).into();
        let lead = own.0 - schedule();
        let points = |n: i64| fraction(n, 100).expect("a hundred is not nothing");
        let band = |names: [&str; 3], middle| {
            let name = if lead >= points(0) {
                names[0]
            } else if lead >= points(middle) {
                names[1]
            } else {
                names[2]
            };
            Some(name.into())
        };
        row.grade = band(["优", "中", "差"], -5);
        row.light = band(["绿", "黄", "红"], -10);
    }
}

fn others() -> Vec<BookFigures> {
    let figures = vec![
        figure("count", MeasuredIn::Count, fraction(44, 1)),
        figure("conversion", MeasuredIn::Fraction, fraction(18, 44)),
        figure("total", MeasuredIn::Yuan, None),
    ];
    vec![BookFigures { book: "preliminary".into(), figures }]
}

fn sources() -> Vec<SourceSheet> {
    let sheet = |at: usize| SourceSheet {
        file: format!("{}2026年5月重点项目进展情况表.xlsx", TOWNS[at % 16]).into(),
        digest: format!("{:012x}", at * 7_919_551),
        sheet: (at != 20).then(|| "重点项目".into()),
        book: (at != 20).then(|| "重点建设项目".into()),
        rows: vec![
            (RowKind::Title, 1),
            (RowKind::Header, 2),
            (RowKind::Data, at),
            (RowKind::Total, 1),
            (RowKind::Note, 1),
        ],
        taken_off: 0,
        passed_over: 0,
        merged: at - usize::from(at > 5),
        set_aside: usize::from(at > 5),
        findings: vec![(Level::Error, usize::from(at > 5)), (Level::Query, at % 3)],
    };
    (0..40).map(sheet).collect()
}

fn decisions() -> Vec<Adjustment> {
    let out = Adjustment {
        book: "key_projects".into(),
        project: "枫树乡石材加工园".into(),
        decision: Decision::Out,
        from: Period::new(2026, 4),
        document: "云政办发〔2026〕12号".into(),
        reason: "环评未获批准".into(),
        ..Adjustment::default()
    };
    let replan = Adjustment {
        project: "城关镇污水处理厂扩建工程（1号）".into(),
        decision: Decision::Replan(56_000_000),
        ..out.clone()
    };
    vec![out, replan]
}
