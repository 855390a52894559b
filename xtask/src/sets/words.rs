//! The words that the sets' sheets are filled with: units, projects, progress. All of them are invented.

use super::dice::Dice;

const TOWNS: [&str; 30] = [
    "城关镇",
    "东风镇",
    "红星乡",
    "龙泉镇",
    "石桥镇",
    "柳林镇",
    "青山乡",
    "白云镇",
    "双河镇",
    "马家店乡",
    "新安镇",
    "太平镇",
    "南关街道",
    "北关街道",
    "河西街道",
    "高新街道",
    "金沙镇",
    "清水镇",
    "三合乡",
    "永兴镇",
    "大湾镇",
    "小河乡",
    "凤凰镇",
    "玉泉镇",
    "望江镇",
    "古城镇",
    "长岭乡",
    "黄土坡镇",
    "杨家湾乡",
    "桃源镇",
];
const DEPARTMENTS: [&str; 30] = [
    "发展和改革局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "教育局",
    "卫生健康局",
    "工业和信息化局",
    "自然资源局",
    "生态环境局",
    "文化和旅游局",
    "商务局",
    "民政局",
    "林业局",
    "城市管理局",
    "应急管理局",
    "乡村振兴局",
    "市场监督管理局",
    "人力资源和社会保障局",
    "财政局",
    "公安局",
    "司法局",
    "科学技术局",
    "退役军人事务局",
    "体育局",
    "医疗保障局",
    "供销合作社",
    "经济开发区管委会",
    "产业园区管委会",
    "城市投资集团",
];
const COUNTIES: [&str; 20] = [
    "云山县",
    "云溪县",
    "云坪县",
    "云岭县",
    "松山县",
    "松溪县",
    "松坪县",
    "松岭县",
    "白石县",
    "白溪县",
    "白坪县",
    "白岭县",
    "柳山县",
    "柳溪县",
    "柳坪县",
    "柳岭县",
    "金石县",
    "金溪县",
    "金坪县",
    "金岭县",
];
const CITIES: [&str; 10] =
    ["东云市", "西云市", "南云市", "北云市", "中云市", "东岭市", "西岭市", "南岭市", "北岭市", "中岭市"];
const PLACES: [&str; 12] = [
    "东风路",
    "解放大道",
    "人民中路",
    "滨河新区",
    "老城片区",
    "工业园",
    "南湖",
    "北山",
    "柳河",
    "双岭",
    "文昌街",
    "和平里",
];
const WORKS: [&str; 16] = [
    "老旧小区改造工程",
    "农村公路改扩建项目",
    "污水处理厂及配套管网工程",
    "高标准农田建设项目",
    "标准化厂房建设项目",
    "中心幼儿园新建项目",
    "门诊综合楼项目",
    "饮水安全巩固提升工程",
    "河道综合治理工程",
    "冷链物流园建设项目",
    "智慧停车场项目",
    "光伏发电项目",
    "养老服务中心项目",
    "农产品加工产业园项目",
    "供热管网改造工程",
    "道路提升改造工程",
];
const KINDS: [&str; 8] =
    ["基础设施", "产业发展", "社会民生", "生态环保", "城市更新", "乡村振兴", "交通能源", "水利工程"];
const INVESTORS: [&str; 8] =
    ["云山实业", "云溪新能源", "柳岭建设", "金坪农业", "松山科技", "白石食品", "南湖物流", "北山文旅"];
const TROUBLES: [&str; 5] =
    ["资金缺口较大，融资进展缓慢", "征地拆迁未完成", "用地指标未落实", "施工图审查滞后", "环评手续未办理"];

/// The unit that the file of a number comes from; no two files of a set share one.
pub(super) fn unit(levels: Levels, number: usize) -> String {
    let all = TOWNS.len() + DEPARTMENTS.len();
    let own = |at: usize| *TOWNS.get(at).unwrap_or_else(|| &DEPARTMENTS[at - TOWNS.len()]);
    match levels {
        Levels::County => own(number % all).to_owned(),
        Levels::City => format!("{}{}", COUNTIES[number / 50 % 20], own(number % 50)),
        Levels::Province => {
            format!("{}{}{}", CITIES[number / 1_000 % 10], COUNTIES[number / 50 % 20], own(number % 50))
        }
    }
}

/// How many levels a unit's name has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Levels {
    /// 城关镇
    County,
    /// 云山县城关镇
    City,
    /// 东云市云山县城关镇
    Province,
}

pub(super) fn project(dice: &mut Dice, unit: &str) -> String {
    format!("{unit}{}{}{}号", dice.one_of(&PLACES), dice.one_of(&WORKS), dice.between(1, 99))
}

pub(super) fn kind(dice: &mut Dice) -> &'static str {
    dice.one_of(&KINDS)
}

pub(super) fn investor(dice: &mut Dice) -> String {
    format!("{}有限公司", dice.one_of(&INVESTORS))
}

/// An office, not a person.
pub(super) fn leader(dice: &mut Dice) -> String {
    format!("县领导{:02}", dice.between(1, 30))
}

pub(super) fn progress(dice: &mut Dice) -> String {
    let (tens, other) = (dice.between(3, 98), dice.between(3, 98));
    match dice.between(1, 6) {
        1 => format!("完成主体工程的{tens}%，正在进行室内外装修"),
        2 => format!("累计完成土方开挖{tens}万立方米"),
        3 => "已完成可研批复，正在办理用地手续".to_owned(),
        4 => format!("完成路基{tens}公里，路面铺筑{other}公里"),
        5 => format!("完成管网铺设{tens}公里，\n检查井{other}座"),
        _ => "完成招投标，施工单位已进场".to_owned(),
    }
}

pub(super) fn trouble(dice: &mut Dice) -> Option<&'static str> {
    match dice.between(1, 10) {
        1..=4 => Some("无"),
        5..=7 => Some(dice.one_of(&TROUBLES)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_files_of_a_set_come_from_one_unit() {
        for (levels, files) in [(Levels::County, 60), (Levels::City, 1_000), (Levels::Province, 10_000)] {
            let units: BTreeSet<String> = (0..files).map(|number| unit(levels, number)).collect();
            assert_eq!(units.len(), files, "{levels:?}");
        }
    }
}
