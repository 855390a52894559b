//! Kinds of projects: what is built, who answers for it, and how it is described. `{t}` is the town's stem,
//! `{T}` the town, `{n}` a number.

/// A kind of project.
pub struct Kind {
    /// Who answers for it.
    pub unit: &'static str,
    /// Its category.
    pub category: &'static str,
    /// How its projects are named.
    pub name: &'static str,
    /// How they are described.
    pub scale: &'static str,
    /// How large they are, 1 to 9.
    pub size: i64,
}

const fn kind(unit: &'static str, category: &'static str, name: &'static str, scale: &'static str, size: i64) -> Kind {
    Kind { unit, category, name, scale, size }
}

/// The category that S003 gives figures for.
pub const INFRASTRUCTURE: &str = "基础设施";
/// All categories, in the order in which sheets list them.
pub const CATEGORIES: [&str; 5] = [INFRASTRUCTURE, "产业发展", "社会民生", "生态环保", "乡村振兴"];

/// What departments build: each in so many towns, and reported by the department.
pub const OF_DEPARTMENTS: [(Kind, usize); 23] = [
    (kind("县发改局", "基础设施", "{t}110千伏输变电工程", "主变2×50兆伏安，线路{n}公里", 4), 2),
    (kind("县住建局", "社会民生", "{T}老旧小区改造项目", "涉及小区{n}个、住户{n}00户", 3), 2),
    (kind("县住建局", "生态环保", "{T}污水处理厂及配套管网工程", "新增日处理污水0.5万吨，配套管网{n}公里", 4), 3),
    (kind("县交通运输局", "基础设施", "G356{t}段公路改建工程", "全长{n}公里，路基宽8.5米，沥青混凝土路面", 9), 4),
    (kind("县交通运输局", "基础设施", "{t}大桥危桥改造工程", "桥长{n}0米，桥宽9米", 3), 2),
    (kind("县水利局", "基础设施", "{t}水库除险加固工程", "大坝加固、溢洪道改造，库容{n}0万立方米", 4), 3),
    (kind("县水利局", "生态环保", "{t}河防洪堤工程（一期）", "新建堤防{n}公里，穿堤涵闸6座", 5), 2),
    (kind("县农业农村局", "乡村振兴", "{T}2026年高标准农田建设项目", "建设高标准农田{n}00亩", 2), 2),
    (kind("县农业农村局", "产业发展", "{t}现代农业产业园", "建设大棚{n}0亩，冷库{n}00立方米，分拣中心1处", 5), 2),
    (kind("县教育局", "社会民生", "{t}中学迁建工程", "占地{n}亩，教学班36个", 5), 3),
    (kind("县卫健委", "社会民生", "{t}中心卫生院改扩建工程", "建筑面积{n}00平方米，床位80张", 3), 3),
    (kind("县工信局", "产业发展", "{t}电子元器件产业园", "总用地{n}亩，标准厂房6栋", 8), 3),
    (kind("县商务局", "产业发展", "{t}冷链物流中心", "冷库库容{n}00立方米，分拣车间1处", 5), 2),
    (kind("县文旅局", "产业发展", "{t}景区提质升级项目", "新建游客中心{n}0平方米、游步道5公里", 4), 3),
    (kind("县民政局", "社会民生", "{T}区域性养老服务中心", "设养老床位{n}张", 3), 2),
    (kind("县自然资源局", "生态环保", "{t}废弃矿山生态修复工程", "修复面积{n}亩", 3), 2),
    (kind("县生态环境分局", "生态环保", "{t}河流域水生态修复项目", "生态护坡{n}公里，湿地120亩", 4), 3),
    (kind("县城投公司", "基础设施", "{t}大道延伸段道路工程", "道路全长{n}0米，红线宽36米，含雨污管网及路灯", 7), 4),
    (kind("县城投公司", "社会民生", "{t}片区棚户区改造安置房", "总建筑面积{n}00平方米，安置房320套", 8), 2),
    (kind("云山经开区管委会", "产业发展", "经开区{t}片区标准厂房", "新建标准厂房{n}栋", 8), 2),
    (kind("云山经开区管委会", "基础设施", "经开区{t}片区路网工程", "新建道路{n}公里，同步铺设管网", 6), 2),
    (kind("县林业局", "产业发展", "{t}油茶产业基地建设项目", "新造油茶林{n}00亩，低改2000亩", 3), 2),
    (kind("县乡村振兴局", "乡村振兴", "{t}和美乡村示范片建设", "覆盖行政村{n}个，整治农房260栋", 3), 2),
];

/// What towns build and report themselves; the unit is the department that oversees it.
pub const OF_TOWNS: [Kind; 8] = [
    kind("县交通运输局", "基础设施", "{T}农村公路提升改造工程", "改造农村公路{n}公里", 4),
    kind("县农业农村局", "产业发展", "{t}农产品加工园", "建设厂房{n}00平方米，生产线4条", 5),
    kind("县生态环境分局", "生态环保", "{T}农村生活污水治理项目", "新建处理站点{n}座，管网21公里", 2),
    kind("县水利局", "基础设施", "{t}自来水厂扩建工程", "日供水能力提升至1万吨，管网{n}公里", 3),
    kind("县教育局", "社会民生", "{T}中心小学综合楼", "建筑面积{n}00平方米", 2),
    kind("县乡村振兴局", "乡村振兴", "{t}乡村振兴产业车间", "建设车间{n}个，吸纳就业200人", 2),
    kind("县商务局", "产业发展", "{t}农贸市场改造升级项目", "改造面积{n}00平方米", 2),
    kind("县文旅局", "社会民生", "{T}综合文化站", "建筑面积{n}0平方米，配套广场1处", 1),
];

/// What subdistricts build, where there are no villages.
pub const OF_STREETS: [Kind; 6] = [
    kind("县住建局", "基础设施", "{t}片区背街小巷改造工程", "改造街巷{n}条", 3),
    kind("县民政局", "社会民生", "{T}社区综合服务中心", "建筑面积{n}0平方米", 2),
    kind("县商务局", "产业发展", "{t}特色商业街区提升项目", "改造街区{n}0米，商铺180间", 5),
    kind("县住建局", "基础设施", "{t}片区停车场建设项目", "新增停车位{n}0个", 3),
    kind("县生态环境分局", "生态环保", "{t}片区雨污分流改造项目", "改造管网{n}公里", 3),
    kind("县工信局", "产业发展", "{t}数字经济产业园", "建筑面积{n}00平方米", 6),
];

/// How far along a project is said to be: not started, a third, two thirds, nearly done.
pub fn progress(category: &str) -> [&'static str; 4] {
    match category {
        "基础设施" => [
            "正在开展招投标",
            "完成清表和便道修建，基础工程施工",
            "主体工程完成60%，附属工程同步施工",
            "主体完工，附属工程完成90%",
        ],
        "产业发展" => {
            ["正在办理施工许可", "完成场地平整，正在进行基础施工", "主体结构施工至3层", "厂房主体完工，设备安装调试中"]
        }
        "社会民生" => {
            ["正在进行施工图审查", "基础施工完成", "主体封顶，正在进行砌体施工", "已基本完工，正在进行竣工资料整理"]
        }
        "生态环保" => {
            ["正在编制实施方案", "管网铺设完成30%", "生化池主体结构完成，设备招标完成", "设备安装完毕，正在调试"]
        }
        _ => [
            "正在开展招投标",
            "完成土地流转和测绘",
            "完成土地平整，道路硬化1.2公里",
            "主体工程已完工，正在进行附属工程施工",
        ],
    }
}
