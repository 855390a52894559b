//! Projects in preparation: 44, of which 12 have become real projects and 6 are ready to (40.9%).

use chrono::Datelike;

use super::super::date::day;
use super::super::dice::Dice;
use super::county::{LEADERS, TOWNS};
use super::kinds::{OF_DEPARTMENTS, OF_TOWNS};
use super::{Row, Value, WAN, history, reserve};

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

/// The same at the end of a month after May: what was ready becomes a real project, the rest comes a stage nearer; the idea
/// that moves from the reserve list is prepared from June on.
pub fn rows_of(month: u32) -> Vec<Row> {
    let mut rows = rows();
    let mut ready = 0;
    for (at, row) in rows.iter_mut().enumerate() {
        let due = match row.values.get("planned_conversion") {
            Some(Value::Date(day)) if day.year() == 2026 => day.month(),
            _ => 13,
        };
        match row.text("stage") {
            _ if due <= month => *row = converted(std::mem::take(row), due),
            "已转实施" => {}
            "前期工作已完成" => {
                ready += 1;
                if month >= 6 + ready {
                    *row = converted(std::mem::take(row), 6 + ready);
                }
            }
            stage => {
                let now = UNDER_WAY.iter().position(|(known, _)| *known == stage).unwrap_or(0);
                let later = (now + (month as usize - 5) / (3 + at % 2)).min(UNDER_WAY.len() - 1);
                let (stage, status) =
                    if now == UNDER_WAY.len() - 1 { UNDER_WAY[now] } else { UNDER_WAY[later.min(6).max(now)] };
                *row = std::mem::take(row).words("stage", stage).words("status", status);
            }
        }
    }
    rows.extend(moved(month));
    rows
}

fn converted(mut row: Row, month: u32) -> Row {
    row.values.remove("planned_conversion");
    row.words("stage", "已转实施").words("status", "已转入在建项目管理").words("note", format!("2026年{month}月已转"))
}

fn moved(month: u32) -> Option<Row> {
    let (unit, name) = history::MOVED;
    let (from, until) = history::MOVED_IN;
    let idea = reserve::rows().into_iter().find(|row| row.text("name") == name).filter(|_| month >= from)?;
    let row = Row::of(unit)
        .words("name", name)
        .words("category", idea.text("category"))
        .words("unit", unit)
        .words("scale", idea.text("scale"))
        .yuan("total", idea.amount("total"))
        .words("problem", "无");
    Some(match month >= until {
        true => converted(row, until),
        false => row
            .words("stage", ["可研批复", "用地预审", "初步设计", "招投标"][(month - from) as usize])
            .words("status", "由储备项目转入，正在办理前期手续")
            .day("planned_conversion", day(2026, until, 8)),
    })
}
