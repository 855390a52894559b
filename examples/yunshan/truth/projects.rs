//! The key projects: which there are, who reports them, who is linked to them, what holds them up.
//! Their money is dealt out by [`money`](super::money).

use super::super::date::day;
use super::super::dice::Dice;
use super::county::{LEADERS, TOWNS, Town};
use super::kinds::{CATEGORIES, INFRASTRUCTURE, Kind, OF_DEPARTMENTS, OF_STREETS, OF_TOWNS, progress};
use super::{Row, WAN, money};

/// How many projects have a leader: in infrastructure, and elsewhere. Together S003's 29.
const LINKED: (usize, usize) = (12, 17);

const LAND: [&str; 4] = [
    "征地拆迁进度缓慢，尚有3户未签订协议",
    "征迁工作滞后，红线内坟墓尚未迁移",
    "征地拆迁补偿标准有争议，涉及村民26户",
    "征迁未完成，施工场地未移交",
];
const MONEY: [&str; 4] =
    ["项目资金缺口约2000万元", "专项债资金拨付较慢", "县级配套资金未到位", "资金筹措困难，工程款支付滞后"];
const REST: [&str; 6] = [
    "用地指标未落实",
    "施工图审查意见尚未反馈",
    "林地使用手续办理周期较长",
    "涉及10千伏线路迁改未完成",
    "施工单位投入人员、机械不足",
    "受连续降雨影响，施工进度滞后",
];

/// A project while it is being made up.
pub struct Draft {
    /// Who reports it.
    pub reporter: &'static str,
    /// What kind it is.
    pub kind: &'static Kind,
    /// Where it is.
    pub town: &'static Town,
    /// Whether a county leader is linked to it.
    pub linked: bool,
    /// Its money.
    pub money: money::Money,
}

/// All that are reported: S003's 109, and one that a decision takes off the list.
pub fn rows() -> Vec<Row> {
    let mut dice = Dice::new(202_605);
    let mut drafts = drafts();
    link(&mut drafts, &mut dice);
    money::deal(&mut drafts, &mut dice);
    let mut causes = Causes::default();
    let mut rows: Vec<Row> =
        drafts.iter().enumerate().map(|(at, draft)| row(at, draft, &mut causes, &mut dice)).collect();
    name_leaders(&mut rows, &drafts);
    rows.sort_by_key(|row| CATEGORIES.iter().position(|category| *category == row.text("category")));
    rows.push(off_the_list());
    faults(&mut rows);
    rows
}

/// Department kinds go round the towns in steps of five, so that every town gets some of each sort.
fn drafts() -> Vec<Draft> {
    let blank = |reporter, kind, town| Draft { reporter, kind, town, linked: false, money: money::Money::default() };
    let mut drafts = Vec::new();
    let mut turn = 1;
    for (kind, times) in &OF_DEPARTMENTS {
        for _ in 0..*times {
            drafts.push(blank(kind.unit, kind, &TOWNS[turn % TOWNS.len()]));
            turn += 5;
        }
    }
    for (at, town) in TOWNS.iter().enumerate() {
        let kinds: &'static [Kind] = if town.name.ends_with("街道") { &OF_STREETS } else { &OF_TOWNS };
        for number in 0..town.projects {
            drafts.push(blank(town.name, &kinds[(at * 3 + number) % kinds.len()], town));
        }
    }
    drafts
}

fn link(drafts: &mut [Draft], dice: &mut Dice) {
    for (infrastructure, count) in [(true, LINKED.0), (false, LINKED.1)] {
        let mut places: Vec<usize> =
            (0..drafts.len()).filter(|at| (drafts[*at].kind.category == INFRASTRUCTURE) == infrastructure).collect();
        dice.shuffle(&mut places);
        places.into_iter().take(count).for_each(|at| drafts[at].linked = true);
    }
}

fn row(at: usize, draft: &Draft, causes: &mut Causes, dice: &mut Dice) -> Row {
    let Draft { kind, town, money, .. } = draft;
    let number = dice.between(12, 48);
    let made =
        |pattern: &str| pattern.replace("{t}", town.stem).replace("{T}", town.name).replace("{n}", &number.to_string());
    let (problem, measure) = causes.of(draft, dice);
    let step = match money.done * 100 / money.plan.max(1) {
        _ if money.done == 0 => 0,
        rate if rate < 33 => 1,
        rate if rate < 60 => 2,
        _ => 3,
    };
    let owner = match draft.reporter == town.name {
        true => format!("{}{}", town.name, if town.name.ends_with("街道") { "办事处" } else { "人民政府" }),
        false => kind.unit.to_string(),
    };
    let row = Row::of(draft.reporter)
        .words("name", made(kind.name))
        .words("category", kind.category)
        .words("town", town.name)
        .words("unit", kind.unit)
        .words("owner", owner)
        .words("scale", made(kind.scale))
        .words("status", progress(kind.category)[step])
        .words("problem", problem)
        .words("measure", measure)
        .words(
            "note",
            if dice.chance(22) {
                *dice.pick(&["省重点", "市重点", "专项债项目", "新增", "已入统"])
            } else {
                ""
            },
        );
    calendar(money.write(row), at, money, dice)
}

fn calendar(row: Row, at: usize, money: &money::Money, dice: &mut Dice) -> Row {
    let start = match (money.continued, money.done) {
        (true, _) => day(dice.between(2023, 2024) as i32, dice.between(3, 12) as u32, dice.between(5, 28) as u32),
        (false, 0) => day(2026, dice.between(6, 9) as u32, 20),
        (false, _) => day(2026, dice.between(1, 5) as u32, dice.between(5, 28) as u32),
    };
    let finish = day(dice.between(2026, 2028) as i32, dice.between(9, 12) as u32, 28);
    let (from, to) = (chrono::Datelike::year(&start), chrono::Datelike::year(&finish));
    let row = row
        .words("code", format!("{from}-369921-{:02}-01-{:06}", 40 + at % 50, dice.between(100_000, 999_999)))
        .words("nature", if money.continued { "续建" } else { "新开工" })
        .words("years", if from == to { format!("{from}年") } else { format!("{from}-{to}年") })
        .day("planned_start", start)
        .day("planned_finish", finish);
    if money.done > 0 { row.day("actual_start", start) } else { row }
}

/// What holds projects up. Of the 20 linked ones that are behind, S003 names 征迁 for 10 and 资金 for 8.
#[derive(Default)]
struct Causes {
    linked_behind: usize,
}

impl Causes {
    fn of(&mut self, draft: &Draft, dice: &mut Dice) -> (&'static str, &'static str) {
        if !draft.money.behind() {
            return ("无", "");
        }
        let turn = if draft.linked { self.linked_behind } else { dice.between(0, 40) as usize };
        if draft.linked {
            self.linked_behind += 1;
        }
        match turn {
            0..10 => (LAND[turn % LAND.len()], "加大征拆力度，6月底前完成清零"),
            10..18 => (MONEY[turn % MONEY.len()], "积极对接上级部门争取支持"),
            _ => (
                REST[turn % REST.len()],
                *dice.pick(&["每周召开一次调度会", "倒排工期、挂图作战", "由属地牵头，一周内完成协调"]),
            ),
        }
    }
}

/// Leaders in turn; one project has two of them.
fn name_leaders(rows: &mut [Row], drafts: &[Draft]) {
    let linked = rows.iter_mut().zip(drafts).filter(|(_, draft)| draft.linked);
    for (turn, (row, _)) in linked.enumerate() {
        let name = LEADERS[turn % LEADERS.len()].0;
        let leader = if turn == 13 { format!("{name}、{}", LEADERS[8].0) } else { name.to_string() };
        *row = std::mem::take(row).words("leader", leader);
    }
}

/// Name and code of the project that the settings take off the list: it is reported, and must not count.
pub const OFF_THE_LIST: (&str, &str) = ("双河再生资源综合利用项目", "2025-369921-42-03-600110");

fn off_the_list() -> Row {
    let money = money::Money {
        plan: 8000 * WAN,
        done: 1200 * WAN,
        month: 200 * WAN,
        total: 15_000 * WAN,
        ..Default::default()
    };
    let mut row = money
        .write(Row::of("县工信局"))
        .words("name", OFF_THE_LIST.0)
        .words("code", OFF_THE_LIST.1)
        .words("category", "产业发展")
        .words("nature", "新开工")
        .words("town", "双河镇")
        .words("unit", "县工信局")
        .words("owner", "县工信局")
        .words("scale", "建设分拣车间2栋，生产线3条")
        .words("years", "2026-2027年")
        .words("status", "已停工，投资方拟退出")
        .words("problem", "投资方推进意愿不强")
        .words("measure", "已申请调出重点项目名单")
        .words("note", "拟调出")
        .day("planned_start", day(2026, 2, 20))
        .day("actual_start", day(2026, 2, 20))
        .day("planned_finish", day(2027, 12, 28));
    row.off_list = true;
    row
}

/// The deliberate faults: each gives a finding, none touches a figure that S003 names.
fn faults(rows: &mut [Row]) {
    let first = |rows: &[Row], unit: &str| {
        rows.iter().position(|row| row.reporters == [unit]).expect("every unit named here reports a project")
    };
    // Reported by the department and by the town, under one name and one platform code: counts once.
    let twice =
        rows.iter().position(|row| row.text("name") == REPORTED_TWICE.0).expect("the kind and its town are fixed");
    rows[twice].reporters.push(REPORTED_TWICE.1);
    // An approximate amount, and one that cannot be read, in a column that decides nothing.
    let at = first(rows, "白沙镇");
    rows[at].said.insert("total", format!("约{}", rows[at].amount("total") / WAN));
    let at = first(rows, "县教育局");
    rows[at].values.remove("total");
    rows[at].said.insert("total", "正在核算".to_string());
    // A stated rate that the amounts do not give.
    let at = first(rows, "县商务局");
    rows[at].said.insert("rate", "88.8%".to_string());
    // A unit that nobody knows.
    let at = first(rows, "石桥镇");
    rows[at].said.insert("unit", "县城建指挥部".to_string());
}

/// The project that its department and its town both report.
pub const REPORTED_TWICE: (&str, &str) = ("双河水库除险加固工程", "双河镇");
