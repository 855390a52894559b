//! Attraction from June on, when every town's projects are counted: September has S001's figures, to the digit.
//!
//! 74 of 100 projects and 77.64 of 100 亿元; 59 of them industrial with 45.89; 31 in one town; 21 with 11.49 in the third
//! quarter, of them four of one town in September with just under 6. Twelve older ones and some intentions stand beside them.

use chrono::{Datelike, Months};

use super::super::date::{Day, day};
use super::super::dice::{Dice, split};
use super::super::month::Month;
use super::{Row, Value, WAN, investment};

/// What September adds up to: so many projects signed this year, with so many 万元.
pub const SEPTEMBER: (i64, i64) = (74, 776_400);
/// Of them industrial.
pub const INDUSTRIAL: (i64, i64) = (59, 458_900);
/// Of them signed in the third quarter.
pub const THIRD_QUARTER: (i64, i64) = (21, 114_900);
/// The town with most of them, and how many.
pub const LEADING: (&str, i64) = ("龙潭镇", 31);
/// The town that signed some in September alone: how many, with how many 万元.
pub const LATE_RUSH: (&str, i64, i64) = ("云溪镇", 4, 59_800);
/// The year's target: so many projects, with so many 万元.
pub const TARGET: (i64, i64) = (100, 1_000_000);
/// The target by town.
pub const TARGETS: [(&str, i64, i64); 16] = [
    ("龙潭镇", 40, 360_000),
    ("城关镇", 9, 160_000),
    ("云溪镇", 8, 110_000),
    ("高桥镇", 7, 80_000),
    ("双河镇", 7, 70_000),
    ("马家集镇", 6, 50_000),
    ("金坪镇", 5, 40_000),
    ("北门街道", 5, 50_000),
    ("新城街道", 3, 20_000),
    ("东风街道", 2, 15_000),
    ("石桥镇", 2, 10_000),
    ("白沙镇", 2, 10_000),
    ("黄泥岗镇", 1, 10_000),
    ("和平乡", 1, 5_000),
    ("青竹乡", 1, 5_000),
    ("清水塘乡", 1, 5_000),
];
/// How many are only intended.
const INTENDED: usize = 6;
/// What of the third quarter is not the rush of September: industrial, others.
const SUMMER: [(i64, i64); 2] = [(12, 34_600), (5, 20_500)];
/// What comes after September, a month: industrial, others.
const AUTUMN: [(u32, i64, i64); 3] = [(10, 7, 61_000), (11, 8, 48_500), (12, 6, 39_200)];

/// Towns that have some beside the leading one, in turn; the others have what they had in May.
const TOWNS: [&str; 6] = ["高桥镇", "双河镇", "城关镇", "马家集镇", "金坪镇", "北门街道"];
const GOODS: [&str; 23] = [
    "精密模具",
    "汽车内饰件",
    "智能门锁",
    "特种纸",
    "不锈钢制品",
    "连接器",
    "蓝牙耳机",
    "户外帐篷",
    "功能饮料",
    "卤味食品",
    "生物有机肥",
    "光伏支架",
    "数控刀具",
    "包装彩印",
    "环保涂料",
    "家纺面料",
    "电动工具",
    "硅胶制品",
    "宠物食品",
    "中药饮片",
    "石英板材",
    "五金配件",
    "高压线束",
];
const TAILS: [&str; 3] = ["生产线建设项目", "生产加工项目", "研发制造中心项目"];
const INDUSTRY: [&str; 5] = ["电子信息", "新材料", "装备制造", "食品加工", "轻工纺织"];
/// What is not industrial: name and industry.
const SERVICES: [(&str, &str); 20] = [
    ("云山康养文旅度假区项目", "文化旅游"),
    ("云山国际商贸城项目", "商贸物流"),
    ("赣闽冷链物流集散中心项目", "商贸物流"),
    ("云山湖酒店集群项目", "文化旅游"),
    ("城市商业综合体项目", "现代服务业"),
    ("龙潭古镇文化旅游开发项目", "文化旅游"),
    ("智慧物流园项目", "商贸物流"),
    ("电商直播产业园项目", "现代服务业"),
    ("数字文创街区项目", "现代服务业"),
    ("森林康养基地项目", "康养服务"),
    ("农产品交易市场项目", "商贸物流"),
    ("会展中心项目", "现代服务业"),
    ("二手车交易市场项目", "商贸物流"),
    ("研学旅行营地项目", "文化旅游"),
    ("温泉康养中心项目", "康养服务"),
    ("建材家居市场项目", "商贸物流"),
    ("职业技能培训基地项目", "现代服务业"),
    ("滨河夜市街区项目", "现代服务业"),
    ("汽车营地项目", "文化旅游"),
    ("供应链金融服务中心项目", "现代服务业"),
];
const ORIGINS: [(&str, &str); 5] =
    [("广东深圳", "深圳"), ("浙江宁波", "宁波"), ("福建厦门", "厦门"), ("江苏无锡", "无锡"), ("湖北武汉", "武汉")];
const FIRMS: [&str; 6] = ["宏远", "金源", "中瑞", "华盛", "天成", "永兴"];

/// A project signed this year while it is being made up.
struct Signed {
    town: &'static str,
    industrial: bool,
    on: Day,
    contract: i64,
}

/// All that are known in a month, whoever reports them.
pub fn rows(month: Month) -> Vec<Row> {
    let until = month.last_day();
    let mut rows: Vec<Row> = investment::rows().into_iter().map(|row| grown(row, month)).collect();
    let new = signed(&rows);
    let (mut goods, mut services) = (0, 0);
    for (at, one) in new.into_iter().enumerate() {
        let (name, industry) = if one.industrial {
            goods += 1;
            (format!("{}{}", GOODS[(goods - 1) % GOODS.len()], TAILS[(goods - 1) / GOODS.len()]), INDUSTRY[goods % 5])
        } else {
            services += 1;
            (SERVICES[services - 1].0.to_string(), SERVICES[services - 1].1)
        };
        if one.on <= until {
            rows.push(row(at, name, industry, &one, until));
        }
    }
    rows.extend((0..INTENDED).map(intention));
    rows
}

/// Whether a row's industry counts as industry in S001's sense.
pub fn industrial(row: &Row) -> bool {
    INDUSTRY.contains(&row.text("industry"))
}

/// Whether a row was signed this year.
pub fn is_new(row: &Row) -> bool {
    matches!(row.values.get("signed"), Some(Value::Date(day)) if day.year() == 2026)
}

/// What the 14 new ones of May leave for others to bring in, dealt out over the year.
fn signed(may: &[Row]) -> Vec<Signed> {
    let known = |keep: &dyn Fn(&Row) -> bool| {
        let rows = || may.iter().filter(|row| is_new(row) && keep(row));
        (rows().count() as i64, rows().map(|row| row.amount("contract")).sum::<i64>() / WAN)
    };
    let (old, other) = (known(&industrial), known(&|row| !industrial(row)));
    let leading = known(&|row| row.text("town") == LEADING.0).0;
    let rush = (LATE_RUSH.1, LATE_RUSH.2);
    let left = |whole: (i64, i64), parts: &[(i64, i64)]| {
        parts.iter().fold(whole, |left, part| (left.0 - part.0, left.1 - part.1))
    };
    let services = (SEPTEMBER.0 - INDUSTRIAL.0, SEPTEMBER.1 - INDUSTRIAL.1);
    let mut all = Vec::new();
    deal(&mut all, left(INDUSTRIAL, &[old, rush, SUMMER[0]]), true, (1, 6));
    deal(&mut all, left(services, &[other, SUMMER[1]]), false, (2, 6));
    deal(&mut all, SUMMER[0], true, (7, 9));
    deal(&mut all, SUMMER[1], false, (7, 9));
    let home = all.iter().enumerate().filter(|(_, one)| one.industrial).map(|(at, _)| at);
    for at in home.collect::<Vec<_>>().into_iter().take((LEADING.1 - leading) as usize) {
        all[at].town = LEADING.0;
    }
    let weights = [31, 24, 22, 19];
    for (at, contract) in split(rush.1 * WAN, &weights[..rush.0 as usize], 100 * WAN).into_iter().enumerate() {
        all.push(Signed { town: LATE_RUSH.0, industrial: true, on: day(2026, 9, 8 + at as u32 * 5), contract });
    }
    for (month, count, sum) in AUTUMN {
        deal(&mut all, (count - 1, sum - 12_000), true, (month, month));
        deal(&mut all, (1, 12_000), false, (month, month));
    }
    all
}

/// So many projects with a sum, of all sizes, over some months.
fn deal(all: &mut Vec<Signed>, (count, sum): (i64, i64), industrial: bool, (first, last): (u32, u32)) {
    const SIZES: [i64; 9] = [60, 170, 8, 95, 40, 120, 28, 75, 12];
    let sizes: Vec<i64> = (0..count as usize).map(|at| SIZES[at % SIZES.len()] + at as i64).collect();
    for (at, contract) in split(sum * WAN, &sizes, 50 * WAN).into_iter().enumerate() {
        let month = first + at as u32 % (last - first + 1);
        let on = day(2026, month, 3 + (at as u32 * 7) % 25);
        all.push(Signed { town: TOWNS[at % TOWNS.len()], industrial, on, contract });
    }
}

/// May's project some months later: more money has come in.
fn grown(row: Row, month: Month) -> Row {
    let (contract, may, carried) = (row.amount("contract"), row.amount("in_place"), row.amount("carried"));
    let more = (may - carried) * i64::from(month.month) / 5 / WAN * WAN;
    let in_place = (carried + more).min(contract).max(may.min(contract));
    let done = row.text("note") == "上年结转";
    let mut row = row.yuan("in_place", in_place);
    if done {
        // May's sheets had no column that shows which came first.
        if let (Some(Value::Date(signed)), Some(Value::Date(start))) =
            (row.values.get("signed"), row.values.get("actual_start"))
        {
            let start = (*start).max(*signed + Months::new(2));
            row = row.day("actual_start", start);
        }
    } else {
        row = row.yuan("carried", 0);
        if let Some(Value::Date(on)) = row.values.get("signed").cloned() {
            row = staged(row, on, month.last_day(), in_place as usize / (10 * WAN as usize) % 4);
        }
    }
    row
}

fn row(at: usize, name: String, industry: &'static str, one: &Signed, until: Day) -> Row {
    let mut dice = Dice::new(74 + at as u64);
    let (origin, short) = *dice.pick(&ORIGINS);
    let firm = format!("{short}{}{}有限公司", dice.pick(&FIRMS), dice.pick(&["科技", "实业", "集团", "新材"]));
    let luck = dice.between(0, 9) as usize;
    let row = Row::of(reporter(one))
        .words("name", name)
        .words("investor", firm)
        .words("origin", origin)
        .words("industry", industry)
        .words("town", one.town)
        .words("unit", reporter(one))
        .words("scale", format!("用地{}亩，分{}期建设", dice.between(15, 160), dice.between(1, 2)))
        .day("signed", one.on)
        .yuan("contract", one.contract)
        .yuan("carried", 0)
        .words("note", "新签");
    let row = staged(row, one.on, until, luck);
    let share = [0, 6, 14, 38, 62][stage_number(row.text("stage"))];
    row.yuan("in_place", one.contract * share / 100 / (10 * WAN) * (10 * WAN))
}

/// Services are reported by their departments, the rest by the towns.
fn reporter(one: &Signed) -> &'static str {
    match one.industrial {
        true => one.town,
        false if one.contract >= 20_000 * WAN => "县文旅局",
        false => "县商务局",
    }
}

fn stage_number(stage: &str) -> usize {
    ["签约", "合同", "落地", "开工", "投产"].iter().position(|known| *known == stage).unwrap_or(0)
}

/// How far a project has come since it was signed; with little luck it stops on the way.
fn staged(mut row: Row, on: Day, until: Day, luck: usize) -> Row {
    let months = |count: u32| on + Months::new(count);
    let stops = [4, 1, 4, 2, 4, 3, 0, 3, 4, 2][luck];
    row = row.day("intended", on - Months::new(1 + luck as u32 % 3));
    let steps =
        [("fulfilled", "合同", 1), ("landed", "落地", 2), ("actual_start", "开工", 4), ("in_production", "投产", 7)];
    let mut stage = "签约";
    for (field, named, after) in steps.into_iter().take(stops) {
        if months(after) <= until {
            row = row.day(field, months(after));
            stage = named;
        }
    }
    let status = [
        "正在办理项目备案",
        "正式合同已签订，正在注册公司",
        "已供地，施工图设计中",
        "厂房主体施工中",
        "已投产，正在申报入规",
    ];
    row.words("stage", stage).words("status", status[stage_number(stage)])
}

/// A project that is only talked about.
fn intention(at: usize) -> Row {
    let names = [
        "无人机组装项目",
        "钠离子电池材料项目",
        "预制构件生产项目",
        "温泉酒店项目",
        "农机装备制造项目",
        "跨境电商产业园项目",
    ];
    let industry = ["装备制造", "新材料", "装备制造", "文化旅游", "装备制造", "现代服务业"];
    Row::of("县招商服务中心")
        .words("name", names[at])
        .words("origin", ORIGINS[at % ORIGINS.len()].0)
        .words("industry", industry[at])
        .words("town", TOWNS[at % TOWNS.len()])
        .words("unit", "县招商服务中心")
        .day("intended", day(2026, 1 + at as u32 % 5, 12))
        .yuan("contract", (6 + at as i64 * 4) * 1000 * WAN)
        .words("stage", "在谈")
        .words("status", "已签订意向协议，正在洽谈用地条件")
}
