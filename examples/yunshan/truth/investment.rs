//! Attracted projects: 26, of which 12 carried over; 16.1 亿元 agreed, 7.3 亿元 arrived, 5.6 of it carried over;
//! five of 1 亿元 and more.

use super::super::date::day;
use super::super::dice::{Dice, split};
use super::county::TOWNS;
use super::{Row, WAN};

/// Who reports how many.
pub const REPORTERS: [(&str, usize); 5] =
    [("县招商服务中心", 10), ("云山经开区管委会", 7), ("县商务局", 4), ("县工信局", 3), ("城关镇", 2)];

/// The five large contracts in 万元, and whether they are carried over.
const LARGE: [(i64, bool); 5] = [(38_000, true), (26_000, true), (18_500, false), (15_000, true), (12_500, false)];
const CARRIED_ROWS: usize = 12;
const ROWS: usize = 26;
const CONTRACT: i64 = 161_000;
const IN_PLACE: i64 = 73_000;
const CARRIED: i64 = 56_000;
/// What arrived this year for contracts carried over; the rest is for new ones.
const NEW_MONEY_FOR_OLD: i64 = 5_400;

const INDUSTRIES: [&str; 6] = ["电子信息", "新材料", "食品加工", "装备制造", "商贸物流", "现代农业"];
const GOODS: [&str; 13] = [
    "光学镜头",
    "锂电池隔膜",
    "预制菜",
    "稀土永磁电机",
    "竹木制品",
    "铝型材",
    "脐橙精深加工",
    "医用敷料",
    "陶瓷釉料",
    "油茶精炼",
    "电子线路板",
    "富硒大米",
    "新能源汽车零部件",
];
const ORIGINS: [(&str, &str); 6] = [
    ("广东东莞", "广东"),
    ("浙江温州", "浙江"),
    ("福建泉州", "福建"),
    ("湖南长沙", "湖南"),
    ("江苏苏州", "江苏"),
    ("上海", "上海"),
];
const FIRMS: [&str; 7] = ["万丰", "汇通", "远大", "嘉禾", "腾达", "新锐", "绿源"];

/// All of them.
pub fn rows() -> Vec<Row> {
    let mut dice = Dice::new(26);
    let mut contracts = contracts(&mut dice);
    dice.shuffle(&mut contracts);
    let sizes =
        |old: bool| contracts.iter().map(|(size, carried)| if *carried == old { *size } else { 0 }).collect::<Vec<_>>();
    let carried = split(CARRIED * WAN, &sizes(true), 10 * WAN);
    let fresh_old = split(NEW_MONEY_FOR_OLD * WAN, &sizes(true), 10 * WAN);
    let fresh_new = split((IN_PLACE - CARRIED - NEW_MONEY_FOR_OLD) * WAN, &sizes(false), 10 * WAN);
    let reporters = REPORTERS.iter().flat_map(|(unit, count)| std::iter::repeat_n(*unit, *count));
    reporters
        .enumerate()
        .map(|(at, unit)| {
            let in_place = carried[at] + fresh_old[at] + fresh_new[at];
            row(at, unit, contracts[at], &mut dice).yuan("in_place", in_place).yuan("carried", carried[at])
        })
        .collect()
}

fn contracts(dice: &mut Dice) -> Vec<(i64, bool)> {
    let old = CARRIED_ROWS - LARGE.iter().filter(|large| large.1).count();
    let weights: Vec<i64> = (LARGE.len()..ROWS).map(|_| dice.between(60, 140)).collect();
    let left = CONTRACT - LARGE.iter().map(|large| large.0).sum::<i64>();
    let small = split(left, &weights, 100);
    let mut contracts = LARGE.map(|(size, carried)| (size * WAN, carried)).to_vec();
    contracts.extend(small.into_iter().enumerate().map(|(at, size)| (size * WAN, at < old)));
    contracts
}

fn row(at: usize, reporter: &'static str, (contract, carried): (i64, bool), dice: &mut Dice) -> Row {
    let (origin, short) = *dice.pick(&ORIGINS);
    let goods = GOODS[at % GOODS.len()];
    let tail = if at < GOODS.len() { "生产基地项目" } else { "智能制造产业园项目" };
    let signed = match carried {
        true => day(dice.between(2024, 2025) as i32, dice.between(3, 12) as u32, dice.between(5, 28) as u32),
        false => day(2026, dice.between(1, 5) as u32, dice.between(5, 28) as u32),
    };
    let (stage, status) = match carried {
        true => {
            *dice.pick(&[("开工", "厂房主体施工中"), ("投产", "已投产并入规"), ("在建", "设备采购中，厂房装修完成60%")])
        }
        false => *dice.pick(&[
            ("签约", "正在办理环评、能评手续"),
            ("注册", "已完成公司注册"),
            ("落地", "已摘牌，正在进行施工图设计"),
        ]),
    };
    let row = Row::of(reporter)
        .words("name", format!("{goods}{tail}"))
        .words(
            "investor",
            format!("{short}{}{}有限公司", dice.pick(&FIRMS), dice.pick(&["科技", "实业", "电子", "食品"])),
        )
        .words("origin", origin)
        .words("industry", *dice.pick(&INDUSTRIES))
        .words("town", TOWNS[at * 7 % TOWNS.len()].name)
        .words("unit", reporter)
        .words("scale", format!("用地{}亩，建设厂房、仓库及办公楼", dice.between(20, 120)))
        .day("signed", signed)
        .yuan("contract", contract)
        .words("stage", stage)
        .words("status", status)
        .words("note", if carried { "上年结转" } else { "新签" });
    if carried { row.day("actual_start", day(2025, dice.between(4, 12) as u32, 20)) } else { row }
}
