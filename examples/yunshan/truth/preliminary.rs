//! Projects in preparation: 44, of which 12 have become real projects and 6 are ready to (40.9%).

use super::super::date::day;
use super::super::dice::Dice;
use super::county::{LEADERS, TOWNS};
use super::kinds::{OF_DEPARTMENTS, OF_TOWNS};
use super::{Row, WAN};

/// Who reports how many.
pub const REPORTERS: [(&str, usize); 8] = [
    ("县重点项目办公室", 14),
    ("县发改局", 6),
    ("县住建局", 5),
    ("县交通运输局", 5),
    ("县水利局", 4),
    ("云山经开区管委会", 4),
    ("县教育局", 3),
    ("县城投公司", 3),
];

const UNDER_WAY: [(&str, &str); 8] = [
    ("可研编制", "已委托第三方编制可研报告"),
    ("可研批复", "可研已批复，正在办理用地预审"),
    ("用地预审", "选址方案正在论证，涉及林地12亩"),
    ("环评", "已完成环评二次公示"),
    ("初步设计", "初步设计编制中，地勘已完成"),
    ("施工图设计", "正在开展施工图设计"),
    ("招投标", "招标文件已备案"),
    ("立项", "项目建议书已批复"),
];

/// All of them.
pub fn rows() -> Vec<Row> {
    let mut dice = Dice::new(44);
    let mut stages: Vec<(&str, &str)> = vec![("已转实施", "已转入在建项目管理"); 12];
    stages.extend([("前期工作已完成", "各项批复手续已办结，具备开工条件"); 6]);
    stages.extend((0..26).map(|at| UNDER_WAY[at % UNDER_WAY.len()]));
    dice.shuffle(&mut stages);
    let reporters = REPORTERS.iter().flat_map(|(unit, count)| std::iter::repeat_n(*unit, *count));
    reporters.zip(stages).enumerate().map(|(at, (unit, stage))| row(at, unit, stage, &mut dice)).collect()
}

fn row(at: usize, reporter: &'static str, (stage, status): (&str, &str), dice: &mut Dice) -> Row {
    let town = &TOWNS[at * 3 % TOWNS.len()];
    let own: Vec<_> = OF_DEPARTMENTS.iter().map(|(kind, _)| kind).filter(|kind| kind.unit == reporter).collect();
    let kind = match own.is_empty() {
        true => &OF_TOWNS[at % OF_TOWNS.len()],
        false => own[at % own.len()],
    };
    let number = dice.between(12, 48).to_string();
    let made = |pattern: &str| pattern.replace("{t}", town.stem).replace("{T}", town.name).replace("{n}", &number);
    let conversion = day(if dice.chance(60) { 2026 } else { 2027 }, dice.between(7, 12) as u32, 28);
    let row = Row::of(reporter)
        .words("name", format!("{}（二期）", made(kind.name).trim_end_matches("（一期）")))
        .words("category", kind.category)
        .words("unit", kind.unit)
        .words("scale", made(kind.scale))
        .words("leader", if dice.chance(40) { LEADERS[at % LEADERS.len()].0 } else { "" })
        .yuan("total", dice.between(12, 600) * 100 * WAN)
        .words("stage", stage)
        .words("status", status)
        .words(
            "problem",
            if stage.starts_with('已') || stage.starts_with('前') {
                "无"
            } else {
                *dice.pick(&["用地指标未落实", "无", "林地使用手续办理周期较长"])
            },
        )
        .words("measure", *dice.pick(&["加强与省厅对接，争取尽快批复", "每周召开一次调度会", ""]));
    if stage == "已转实施" {
        row.words("note", "2026年4月已转")
    } else {
        row.day("planned_conversion", conversion)
    }
}
