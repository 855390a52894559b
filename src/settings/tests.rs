//! Settings read from grids that stand in the test as they would in Excel.

use super::*;
use crate::collect::{Cell, Grid, Row, Shown, SourceFile, Value};
use crate::profile::Profile;
use crate::profile::sample::load_all;

const BOOK: &str = r#"
id = "key_projects"
title = "重点建设项目"
row = "一个项目"
words = ["重点项目"]
subject = "name"
[[field]]
id = "name"
title = "项目名称"
kind = "text"
spellings = ["项目名称"]
[[field]]
id = "done"
title = "累计完成"
kind = "amount"
spellings = ["累计完成"]
[[field]]
id = "name_of_town"
title = "乡镇"
kind = "text"
spellings = ["乡镇"]
[[measure]]
id = "done"
title = "完成投资"
measured_in = "yuan"
numerator = "SUM(done)"
words = "完成投资之和"
[[measure]]
id = "count"
title = "项目个数"
measured_in = "count"
numerator = "COUNT(*)"
words = "项目数"
"#;
const COUNTY: &str = r#"
whole = "全县"
[[schedule]]
id = "year"
kind = "months"
words = "月数÷12"
[[grade]]
name = "优"
colour = "92D050"
[[light]]
name = "绿"
colour = "92D050"
[[ranking]]
id = "towns"
title = "乡镇（街道）排名"
group_title = "乡镇（街道）"
basis = "乡镇"
book = "key_projects"
group = "town_group"
measures = ["done"]
by = "done"
tie_words = "并列"
"#;

fn profile() -> Profile {
    load_all(&[("key_projects.toml", BOOK), ("county.toml", COUNTY)]).unwrap()
}

/// A sheet from lines of cells separated by `|`; what parses as a number is one.
fn grid(sheet: &str, lines: &[&str]) -> Grid {
    let cell = |(at, text): (usize, &str)| {
        let text = text.trim();
        let value = text.parse().map_or_else(|_| Value::Text(text.into()), Value::Number);
        let column = u32::try_from(at).unwrap() + 1;
        (!text.is_empty()).then_some(Cell { column, value, shown: Shown::Plain, formula: false })
    };
    let row = |(at, line): (usize, &&str)| Row {
        number: u32::try_from(at).unwrap() + 1,
        cells: line.split('|').enumerate().filter_map(cell).collect(),
    };
    let rows = lines.iter().enumerate().map(row).filter(|row| !row.cells.is_empty()).collect();
    Grid { rows, ..Grid::empty(sheet) }
}

fn settings(grids: Vec<Grid>) -> Result<Settings, SettingsErrors> {
    let file = SourceFile { name: "settings.xlsx".into(), grids, ..SourceFile::default() };
    of_file(&file, &profile())
}

/// The faults, and that each of these is among them and no other.
fn faults(grids: Vec<Grid>, expected: &[(&str, &str)]) {
    let told: Vec<String> = settings(grids)
        .unwrap_err()
        .0
        .iter()
        .map(|fault| format!("{}：{}", fault.place.in_words(), fault.message))
        .collect();
    for (place, words) in expected {
        let found =
            told.iter().any(|told| told.starts_with(&format!("settings.xlsx › {place}：")) && told.contains(words));
        assert!(found, "{place} {words}: {told:#?}");
    }
    assert_eq!(told.len(), expected.len(), "{told:#?}");
}

#[test]
fn units_are_read_in_any_order_of_columns() {
    let sheet = grid(
        " 单位 ",
        &[
            "报送单位名单||||",
            "序号|类 别|单位名称|别名|邮箱|启用时间|停用时间|分组",
            "1|部门|县住房和城乡建设局|县住建局、住建局；建设局|zjj@yunshan.example; b@yunshan.example|2026-01||甲组",
            "",
            "2|街道|新城街道||||2026年12月",
            "3|园区|云山经开区管委会",
        ],
    );
    let units = settings(vec![sheet]).unwrap().units;
    assert_eq!(units.len(), 3);
    assert_eq!(units[0].aliases, ["县住建局", "住建局", "建设局"]);
    assert_eq!(units[0].mail.len(), 2);
    assert_eq!((units[0].from, units[0].group.as_deref()), (crate::period::Period::new(2026, 1), Some("甲组")));
    assert_eq!((units[1].kind, units[1].to), (UnitKind::Town, crate::period::Period::new(2026, 12)));
    assert_eq!(units[2].kind, UnitKind::Park);
}

#[test]
fn a_list_of_names_alone_is_a_roster_of_leaders() {
    let leaders = settings(vec![grid("领导", &["县领导名单", "姓名", "甲一", "乙二"])]).unwrap().leaders;
    assert_eq!(leaders.iter().map(|leader| leader.name.as_str()).collect::<Vec<_>>(), ["甲一", "乙二"]);
}

#[test]
fn every_fault_of_the_roster_is_told_with_its_cell() {
    let sheet = grid(
        "单位",
        &[
            "单位名称|别名|类别|邮相|邮箱|启用时间|停用时间",
            "城关镇|城关|乡镇||cg@yunshan|去年|",
            "县住建局|城关、建设局|不明||||",
            "城 关 镇||乡镇||||",
            "||部门||||",
            "县水利局||部门|||2026-05|2026-01",
        ],
    );
    faults(
        vec![sheet],
        &[
            ("单位 › D1", "是否应为“邮箱”"),
            ("单位 › E2", "不是邮箱地址"),
            ("单位 › F2", "2026-05"),
            ("单位 › B3", "已属于“城关镇”"),
            ("单位 › C3", "不是单位类别"),
            ("单位 › A4", "与第2行重复"),
            ("单位 › A5", "没有填"),
            ("单位 › G6", "早于启用时间"),
        ],
    );
}

#[test]
fn decisions_and_figures_follow_the_profile() {
    let read = settings(vec![
        grid("单位", &["单位名称|类别|别名", "城关镇|乡镇|城关"]),
        grid(
            "目标",
            &[
                "账册|单位|指标|目标值|计量单位",
                "重点建设项目|城关|完成投资|5.2|亿元",
                "key_projects|全县|项目个数|109|个",
            ],
        ),
        grid(
            "调整",
            &[
                "账册|项目名称|项目代码|调整类型|调整后年度计划（万元）|生效时间|依据文件|原因",
                "重点项目|云山大道|2026-1|移出||2026-04|云政办〔2026〕7号|选址调整",
                "重点建设项目|污水厂||计划调整|1,200.5||云政办〔2026〕8号|规模核减",
            ],
        ),
        grid(
            "上年同期",
            &["统计口径|名称|年度计划(万元)|完成投资(万元)", "全县||286000|135278", "乡镇(街道)|城关镇|9000|"],
        ),
        grid("说明", &["随便写"]),
        Grid::empty("Sheet3"),
    ])
    .unwrap();
    assert_eq!(
        read.targets[0],
        Target {
            book: "key_projects".into(),
            unit: "城关镇".into(),
            measure: "done".into(),
            value: 520_000_000,
            at: read.targets[0].at.clone()
        }
    );
    assert_eq!((read.targets[1].measure.as_str(), read.targets[1].value), ("count", 109));
    assert_eq!(read.adjustments[0].decision, Decision::Out);
    assert_eq!(read.adjustments[1].decision, Decision::Replan(12_005_000));
    assert_eq!(read.last_year[0].group, "全县");
    assert_eq!(
        (read.last_year[1].ranking.as_str(), read.last_year[1].plan, read.last_year[1].done),
        ("towns", Some(90_000_000), None)
    );
}

#[test]
fn faults_of_all_sheets_come_together() {
    faults(
        vec![
            grid("单位", &["单位名称|类别", "城关镇|乡镇"]),
            grid("单位名单", &["单位名称|类别"]),
            grid(
                "目标",
                &["账册|单位|指标|目标值", "重点建社项目|城关镇|完成投资|1", "重点建设项目|成关镇|完成投次|约5"],
            ),
            grid(
                "调整",
                &[
                    "账册|项目名称|调整类型|调整后年度计划(万元)|依据文件|原因",
                    "重点建设项目|甲|计划调整||文|因",
                    "重点建设项目|乙|取消||文|因",
                    "重点建设项目|丙|移出|5|文|",
                    "重点建设项目|丁|计划调整|不少于5|文|因",
                ],
            ),
            grid("上年同期", &["统计口径|名称|年度计划(万元)", "村排名|甲|1"]),
            grid("领导们", &["姓名|职务", "甲"]),
        ],
        &[
            ("单位名单", "请合并"),
            ("目标 › A2", "重点建设项目"),
            ("目标 › B3", "是否应为“城关镇”"),
            ("目标 › C3", "完成投资"),
            ("目标 › D3", "不是数字"),
            ("调整 › D2", "要填调整后的年度计划"),
            ("调整 › C3", "不是调整类型"),
            ("调整 › D4", "移出的项目不填"),
            ("调整 › F4", "没有填"),
            ("调整 › D5", "不是数字"),
            ("上年同期 › A2", "没有排名"),
            ("领导们", "是否应为“领导”"),
        ],
    );
}

#[test]
fn a_sheet_without_its_header_is_told() {
    faults(vec![grid("领导", &["甲|县长"])], &[("领导", "找不到表头")]);
    faults(
        vec![grid("调整", &["账册|项目名称|原因"])],
        &[("调整 › 第1行", "缺少列“调整类型”"), ("调整 › 第1行", "缺少列“依据文件”")],
    );
}

#[test]
fn passwords_are_read_as_typed_and_never_repeated() {
    let read = settings(vec![grid("密码", &["单位|密码", "城关镇|Ab 12", "|20260531", "县水利局|Ab 12"])]).unwrap();
    assert_eq!(read.passwords, ["Ab 12", "20260531"].map(crate::collect::Password::new));
    let printed = format!("{read:?}");
    assert!(!printed.contains("Ab 12") && !printed.contains("20260531"), "{printed}");
    assert_eq!(settings(vec![]).unwrap().passwords, []);
    // 1.5 would be another word in another cell format, and the fault must not say it.
    let wrong = settings(vec![grid("密码", &["单位|密码", "城关镇|1.5", "县水利局|"])]).unwrap_err().to_string();
    assert!(wrong.contains("密码 › B2") && wrong.contains("密码 › B3：“密码”没有填"), "{wrong}");
    assert!(!wrong.contains("1.5"), "{wrong}");
}

#[test]
fn corrections_links_and_explanations_are_read_with_where_they_stand() {
    let read = settings(vec![
        grid(
            "更正",
            &[
                "账册|项目名称|项目代码|字段|更正值|生效时间|截止时间|依据文件|原因",
                "重点建设项目|水厂||name_of_town|城关镇|2026-05||文1|核查",
                "重点建设项目|水厂||累计完成|900|2026-05||文1|核查",
            ],
        ),
        grid(
            "认定",
            &[
                "账册|原名称|原账册|现名称|关系|生效时间|依据文件",
                "重点建设项目|水厂||净水厂|更名|2026-04|文2",
                "key_projects|路||东路|拆分||文2",
                "key_projects|路||西路|拆分||文2",
            ],
        ),
        grid("核实说明", &["账册|项目名称|规则|说明|有效期", "重点建设项目|水厂|done.over_plan|已报批|2026-12"]),
    ])
    .unwrap();
    let figure = &read.overrides[1];
    assert_eq!(
        (&figure.value, figure.to),
        (&Corrected::Whole(9_000_000), Some(figure.from)),
        "a figure is of its period"
    );
    assert_eq!(read.overrides[0].to, None, "a text holds on");
    assert_eq!(read.overrides[1].place.in_words(), "settings.xlsx › 更正 › E3");
    assert_eq!(
        read.links.iter().map(|link| link.relation).collect::<Vec<_>>(),
        [Relation::Renamed, Relation::Split, Relation::Split]
    );
    assert_eq!((read.explanations[0].rule.as_str(), read.explanations[0].from), ("done.over_plan", None));
}

#[test]
fn decisions_that_contradict_or_say_nothing_are_faults() {
    faults(
        vec![
            grid(
                "更正",
                &[
                    "账册|项目名称|字段|更正值|生效时间|截止时间|依据文件|原因",
                    "重点建设项目|水厂|累计完成|900|2026-05|2026-08|文1|核查",
                    "重点建设项目|水厂|累计完成|800|2026-07||文1|核查",
                    "重点建设项目|水厂|项目名称|净水厂|2026-05||文1|核查",
                    "重点建设项目|水厂|累计|800|2026-05||文1|核查",
                    "重点建设项目|水厂|累计完成|约800|2026-05||文1|核查",
                    "重点建设项目|水厂|累计完成|800|||文1|核查",
                ],
            ),
            grid(
                "认定",
                &[
                    "账册|原名称|原账册|现名称|关系|生效时间|依据文件",
                    "重点建设项目|水厂||净水厂|更名|2026-04|文2",
                    "重点建设项目|水厂||给水厂|更名|2026-04|文3",
                    "重点建设项目|桥||桥|转入||文3",
                    "重点建设项目|桥||大桥|改组||文3",
                ],
            ),
            grid(
                "核实说明",
                &[
                    "账册|项目名称|规则|说明|有效期",
                    "重点建设项目|水厂|done.over_plan|已报批|2026-12",
                    "重点建设项目|水厂|done.over_plan|又说明|",
                    "重点建设项目|水厂|超计划|说明|",
                ],
            ),
        ],
        &[
            ("更正 › D3", "与第2行"),
            ("更正 › C4", "“认定”表"),
            ("更正 › C5", "没有字段“累计”"),
            ("更正 › D6", "约800"),
            ("更正 › E7", "没有填"),
            ("认定 › D3", "与第2行矛盾"),
            ("认定 › C4", "要写明原账册"),
            ("认定 › E5", "不是一种关系"),
            ("核实说明 › D3", "与第2行"),
            ("核实说明 › C4", "不是规则编号"),
        ],
    );
}
