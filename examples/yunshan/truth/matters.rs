//! Matters that are not projects: difficulties to be resolved, and items that leaders answer for.

use super::super::date::day;
use super::super::dice::Dice;
use super::Row;
use super::county::{LEADERS, TOWNS};

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
