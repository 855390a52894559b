//! Ideas on the reserve list: 574, of the towns and of eight departments.

use super::super::dice::Dice;
use super::county::TOWNS;
use super::kinds::{OF_DEPARTMENTS, OF_STREETS, OF_TOWNS};
use super::{Row, WAN};

/// How many the departments have; the towns have theirs in [`TOWNS`].
pub const DEPARTMENTS: [(&str, usize); 8] = [
    ("县发改局", 40),
    ("县农业农村局", 32),
    ("县住建局", 30),
    ("县交通运输局", 30),
    ("县水利局", 28),
    ("县文旅局", 22),
    ("县工信局", 20),
    ("县教育局", 20),
];

const TASKS: [&str; 5] = ["二期工程", "提标改造工程", "配套设施工程", "智能化改造项目", "扩建工程"];
const STAGES: [&str; 5] = ["谋划", "策划包装", "编制项目建议书", "概念性方案", "开展前期"];
const SOURCES: [&str; 6] =
    ["中央预算内投资", "地方政府专项债券", "超长期特别国债", "社会资本", "省级专项资金", "企业自筹"];

/// All of them.
pub fn rows() -> Vec<Row> {
    let mut dice = Dice::new(574);
    let towns = TOWNS.iter().flat_map(|town| (0..town.reserve).map(move |at| (town.name, at)));
    let departments = DEPARTMENTS.iter().flat_map(|(unit, count)| (0..*count).map(move |at| (*unit, at)));
    towns.chain(departments).map(|(unit, at)| row(unit, at, &mut dice)).collect()
}

/// A task on something that is or might be there: kinds turn fastest, then tasks, so that names differ.
fn row(reporter: &'static str, at: usize, dice: &mut Dice) -> Row {
    let own = TOWNS.iter().find(|town| town.name == reporter);
    let kinds: Vec<_> = match own {
        Some(town) if town.name.ends_with("街道") => OF_STREETS.iter().collect(),
        Some(_) => OF_TOWNS.iter().collect(),
        None => OF_DEPARTMENTS.iter().map(|(kind, _)| kind).filter(|kind| kind.unit == reporter).collect(),
    };
    let kind = kinds[at % kinds.len()];
    let turn = at / kinds.len();
    let (town, task) = match own {
        Some(town) => (town, TASKS[turn % TASKS.len()]),
        None => (&TOWNS[turn % TOWNS.len()], TASKS[turn / TOWNS.len() % TASKS.len()]),
    };
    let number = dice.between(12, 48).to_string();
    let made = |pattern: &str| pattern.replace("{t}", town.stem).replace("{T}", town.name).replace("{n}", &number);
    Row::of(reporter)
        .words("name", format!("{}{task}", made(kind.name).trim_end_matches("（一期）")))
        .words("category", kind.category)
        .words("unit", kind.unit)
        .words("scale", made(kind.scale))
        .yuan("total", dice.between(2, 36) * kind.size * 50 * WAN)
        .words("source", *dice.pick(&SOURCES))
        .words("stage", *dice.pick(&STAGES))
}
