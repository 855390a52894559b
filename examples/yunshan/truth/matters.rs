//! Matters that are not projects: difficulties to be resolved, and items that leaders answer for.

use chrono::{Days, Months};

use super::super::date::{Day, day};
use super::super::dice::Dice;
use super::super::month::Month;
use super::county::{LEADERS, TOWNS};
use super::{Row, Value};

/// Kind, problem, cause, measure.
const DIFFICULTIES: [[&str; 4]; 7] = [
    ["征地拆迁", "剩余3户房屋未签订征收协议", "补偿标准有争议", "成立工作专班，逐户上门做工作"],
    ["资金短缺", "县级配套资金1200万元未到位", "财政支出压力大", "统筹整合资金予以保障"],
    ["用地保障", "项目二期用地186亩未完成报批", "用地指标不足", "由县自然资源局牵头组卷上报"],
    ["审批手续", "环评手续未办结", "材料多次补正", "启动容缺受理、并联审批"],
    ["管线迁改", "10千伏线路2.6公里未迁改", "迁改方案未确定", "函告产权单位限期迁改"],
    ["施工组织", "施工单位投入人员、机械不足", "分包队伍不稳定", "约谈施工单位负责人，限期增加投入"],
    ["要素保障", "用电容量不足，无法满足设备调试", "专线未架设", "协调供电公司架设专线"],
];

/// The difficulties, by who reports them.
pub fn bottlenecks() -> Vec<Row> {
    let mut dice = Dice::new(7);
    let reporters = [("县政府督查室", 9), ("县自然资源局", 4), ("高桥镇", 3), ("城关镇", 2)];
    let mut rows = Vec::new();
    for (unit, count) in reporters {
        for _ in 0..count {
            let at = rows.len();
            let [kind, problem, cause, measure] = DIFFICULTIES[at * 3 % DIFFICULTIES.len()];
            let own = TOWNS.iter().find(|town| town.name == unit);
            let town = own.unwrap_or(&TOWNS[at * 5 % TOWNS.len()]);
            let solved = dice.chance(35);
            let row = Row::of(unit)
                .words(
                    "name",
                    format!(
                        "{}{}",
                        town.stem,
                        dice.pick(&["工业小区扩建项目", "客运站搬迁项目", "河道整治项目", "粮食储备库项目"])
                    ),
                )
                .words("kind", kind)
                .words("problem", problem)
                .words("cause", cause)
                .words("measure", measure)
                .words("unit", *dice.pick(&["县自然资源局", "县住建局", "县发改局", "县交通运输局"]))
                .words("leader", LEADERS[at % LEADERS.len()].0)
                .day("deadline", day(2026, dice.between(6, 9) as u32, 28))
                .words(
                    "status",
                    if solved {
                        "已办结销号"
                    } else {
                        *dice.pick(&["正在推进", "已召开协调会2次", "方案已报批，待批复"])
                    },
                );
            rows.push(if solved { row.day("resolved", day(2026, 5, dice.between(5, 28) as u32)) } else { row });
        }
    }
    rows
}

/// Category, item, goal, unit.
const ITEMS: [[&str; 4]; 14] = [
    ["重大项目", "推进县人民医院综合楼建设", "年内完成主体工程并投入使用", "县卫健委"],
    ["重大项目", "推进G356云溪段公路改建", "年底前路基贯通", "县交通运输局"],
    ["重要企业", "联系挂点万丰科技有限公司", "解决企业反映问题5个以上", "县工信局"],
    ["重要企业", "联系嘉禾实业有限公司上市培育", "年底前完成股份制改造", "县发改局"],
    ["创先争优", "创建国家卫生县城", "年底前通过省级验收", "县卫健委"],
    ["创先争优", "创建“四好农村路”示范县", "力争10月底前完成申报", "县交通运输局"],
    ["创先争优", "创建省级旅游度假区", "力争12月底前完成申报", "县文旅局"],
    ["重点改革", "深化“一件事一次办”改革", "完成改革任务12项", "县行政审批局"],
    ["重点改革", "推进农村宅基地制度改革试点", "出台实施方案并全面推开", "县农业农村局"],
    ["重点改革", "推进县属国有企业整合重组", "年内完成3户企业重组", "县城投公司"],
    ["党建", "联系龙潭镇党建引领基层治理", "打造示范点2个", "县委组织部"],
    ["党建", "推进村级集体经济发展", "年收入10万元以上的村达80%", "县委组织部"],
    ["党建", "软弱涣散党组织整顿", "年底前全部转化", "县委组织部"],
    ["重要企业", "联系汇通食品有限公司技改扩能", "实现产值同比增长10%以上", "县工信局"],
];

/// The items, by who reports them.
pub fn initiatives() -> Vec<Row> {
    let mut dice = Dice::new(14);
    ITEMS
        .iter()
        .enumerate()
        .map(|(at, [category, item, goal, unit])| {
            Row::of(if at < 8 { "县委督查室" } else { "县政府办公室" })
                .words("category", *category)
                .words("item", *item)
                .words("goal", *goal)
                .words("unit", *unit)
                .words("leader", LEADERS[at % LEADERS.len()].0)
                .day("deadline", day(2026, dice.between(9, 12) as u32, 28))
                .words(
                    "status",
                    *dice.pick(&[
                        "基本达到序时进度",
                        "正在推进",
                        "已完成申报材料编制",
                        "已走访企业3次，协调解决用工问题1个",
                    ]),
                )
                .words("problem", *dice.pick(&["无", "无", "人手不足", "上级批复尚未下达"]))
                .words("note", *dice.pick(&["达到", "基本达到", "未达到"]))
        })
        .collect()
}

/// What was added to the list of difficulties since May: project, town, kind, problem, unit, month of the first report.
const ADDED: [(&str, &str, &str, &str, &str, u32); 8] = [
    ("云溪中学迁建工程", "云溪镇", "审批手续", "用地预审意见未批复", "县自然资源局", 6),
    ("石桥农贸市场改造升级项目", "石桥镇", "施工组织", "施工班组撤场，停工两个月", "县商务局", 7),
    ("双河大道延伸段道路工程", "双河镇", "征地拆迁", "剩余5户房屋未签订征收协议", "县自然资源局", 7),
    ("经开区龙潭片区标准厂房", "龙潭镇", "要素保障", "供水管网未接通", "县住建局", 8),
    ("白沙现代农业产业园", "白沙镇", "资金短缺", "企业自筹资金到位不足40%", "县发改局", 8),
    ("金坪中学迁建工程", "金坪镇", "管线迁改", "通信光缆1.8公里未迁改", "县教育局", 9),
    ("G356东风段公路改建工程", "东风街道", "征地拆迁", "红线内2处坟墓未迁移", "县交通运输局", 9),
    ("清水塘冷链物流中心", "清水塘乡", "用地保障", "林地使用手续未批复", "县林业局", 9),
];
/// The difficulties at the end of a month after May: with their numbers, dates and states.
pub fn bottlenecks_of(month: Month) -> Vec<Row> {
    let until = month.last_day();
    let added =
        ADDED.iter().filter(|added| day(2026, added.5, 10) <= until).map(|(name, town, kind, problem, unit, _)| {
            Row::of("县政府督查室")
                .words("name", *name)
                .words("town", *town)
                .words("kind", *kind)
                .words("problem", *problem)
                .words("cause", "协调不及时")
                .words("measure", "列入县级督办，限期办结")
                .words("unit", *unit)
                .words("leader", LEADERS[town.len() % LEADERS.len()].0)
        });
    let mut rows: Vec<Row> = bottlenecks().into_iter().chain(added).collect();
    // The first that was closed in May comes back.
    let back = rows.iter().position(|row| row.values.contains_key("resolved"));
    for (at, row) in rows.iter_mut().enumerate() {
        *row = followed(at, std::mem::take(row), until, back == Some(at));
    }
    rows
}

/// A difficulty's life: reported, due, applied for, closed, visited; one is opened again.
fn followed(at: usize, mut row: Row, until: Day, comes_back: bool) -> Row {
    let old = row.values.contains_key("deadline");
    let first = if old { day(2026, 2 + at as u32 % 3, 8 + at as u32) } else { day(2026, ADDED[at - 18].5, 10) };
    let closed = match row.values.get("resolved") {
        Some(Value::Date(day)) => Some(*day),
        _ if at % 4 == 3 => None,
        _ => Some(first + Months::new(4 + at as u32 % 4) + Days::new(9)),
    };
    let town = row.text("town").to_string();
    let stem = row.text("name").to_string();
    let home = TOWNS.iter().find(|town| stem.starts_with(town.stem)).map_or(town, |town| town.name.to_string());
    if !old {
        row = row.day("deadline", first + Months::new(3));
    }
    row = row.words("ticket", format!("云督〔2026〕{:02}号", at + 1)).day("first_reported", first).words("town", home);
    row.values.remove("resolved");
    let reopened = comes_back.then(|| closed.map(|day| day + Days::new(40))).flatten().filter(|day| *day <= until);
    if let Some(reopened) = reopened {
        return row.day("reopened", reopened).words("closing", "推进中").words("status", "回访发现问题反弹，退回重办");
    }
    let Some(closed) = closed else {
        let fresh = first + Months::new(1) > until;
        let state = if fresh { "未启动" } else { "推进中" };
        return row
            .words("closing", state)
            .words("status", if fresh { "尚未启动" } else { "正在推进，已召开协调会2次" });
    };
    let applied = closed - Days::new(25);
    if closed <= until {
        row = row
            .day("applied", applied)
            .day("resolved", closed)
            .words("closing", "已销号")
            .words("status", "已办结销号");
        let visited = closed + Days::new(15);
        return if visited <= until && at % 6 != 1 {
            row.day("visited", visited).words("visit", "满意")
        } else {
            row
        };
    }
    match applied <= until {
        true => row.day("applied", applied).words("closing", "申请销号").words("status", "问题已化解，申请销号"),
        false => row.words("closing", "推进中").words("status", "正在推进"),
    }
}

/// What leaders answer for from June on: the fourteen of May and six more, with what has become of them.
pub fn initiatives_of(month: Month) -> Vec<Row> {
    const MORE: [[&str; 4]; 6] = [
        ["重大项目", "推进双河水库除险加固", "年底前完成大坝加固", "县水利局"],
        ["重大项目", "推进经开区标准厂房建设", "", "云山经开区管委会"],
        ["重要企业", "服务规上企业纾困解难", "新增规上企业8户", "县工信局"],
        ["创先争优", "创建全国文明城市提名城市", "", "县委组织部"],
        ["重点改革", "深化集体林权制度改革", "完成流转5万亩", "县林业局"],
        ["党建", "推进机关党建与业务融合", "无", "县委组织部"],
    ];
    // By item: what it has come to by September, and a month later and so on one step nearer.
    const STATES: [usize; 20] = [0, 1, 0, 2, 1, 0, 2, 0, 1, 2, 0, 1, 0, 1, 1, 2, 0, 2, 1, 2];
    const WORDS: [(&str, &str); 3] = [
        ("达到", "各项任务按期推进，已达到年度进度要求"),
        ("基本达到", "主要任务基本达到序时进度"),
        ("未达到", "工作推进滞后，未达到进度要求"),
    ];
    let more = MORE.iter().map(|[category, item, goal, unit]| {
        Row::of("县政府办公室")
            .words("category", *category)
            .words("item", *item)
            .words("goal", *goal)
            .words("unit", *unit)
            .words("leader", LEADERS[item.len() % LEADERS.len()].0)
            .day("deadline", day(2026, 12, 28))
    });
    let better = (month.month as usize).saturating_sub(9);
    let rows = initiatives().into_iter().chain(more).enumerate();
    rows.map(|(at, mut row)| {
        let (state, status) = WORDS[STATES[at].saturating_sub(if at % 3 == 0 { better } else { 0 })];
        row.values.remove("note");
        // By the year's last quarter what was reached is finished.
        let status = if state == "达到" && month.month > 9 { "年度目标任务已完成" } else { status };
        let problem = if state == "未达到" { "牵头单位力量不足" } else { "无" };
        row.words("state", state).words("status", status).words("problem", problem)
    })
    .collect()
}
