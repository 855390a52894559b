//! The county's towns, departments and leaders. Nobody and nothing here is real.

/// A town: its name, the stem that its projects are named after, its group, its mail box, and how far its
/// projects get compared with the whole county, in percent.
pub struct Town {
    /// 城关镇
    pub name: &'static str,
    /// 老城
    pub stem: &'static str,
    /// 一类 or 二类, for grouped rankings.
    pub group: &'static str,
    /// The part of its mail address before the @.
    pub mail: &'static str,
    /// How far its projects get: 100 is the county's average.
    pub pace: i64,
    /// How many key projects it reports itself.
    pub projects: usize,
    /// How many ideas it has on the reserve list.
    pub reserve: usize,
}

const fn town(
    name: &'static str,
    stem: &'static str,
    group: &'static str,
    mail: &'static str,
    pace: i64,
    projects: usize,
    reserve: usize,
) -> Town {
    Town { name, stem, group, mail, pace, projects, reserve }
}

/// The sixteen towns and subdistricts.
pub const TOWNS: [Town; 16] = [
    town("城关镇", "老城", "一类", "chengguan", 118, 5, 30),
    town("云溪镇", "云溪", "一类", "yunxi", 104, 3, 26),
    town("双河镇", "双河", "一类", "shuanghe", 92, 4, 25),
    town("高桥镇", "高桥", "一类", "gaoqiao", 135, 3, 24),
    town("金坪镇", "金坪", "一类", "jinping", 84, 3, 23),
    town("白沙镇", "白沙", "一类", "baisha", 72, 3, 22),
    town("龙潭镇", "龙潭", "二类", "longtan", 110, 4, 24),
    town("石桥镇", "石桥", "二类", "shiqiao", 66, 3, 21),
    town("马家集镇", "马家集", "二类", "majiaji", 97, 4, 22),
    town("黄泥岗镇", "黄泥岗", "二类", "huangnigang", 58, 3, 20),
    town("和平乡", "和平", "二类", "heping", 142, 2, 16),
    town("青竹乡", "青竹", "二类", "qingzhu", 80, 2, 15),
    town("清水塘乡", "清水塘", "二类", "qingshuitang", 49, 3, 18),
    town("北门街道", "北门", "三类", "beimen", 126, 4, 24),
    town("东风街道", "东风", "三类", "dongfeng", 88, 3, 22),
    town("新城街道", "新城", "三类", "xincheng", 101, 3, 20),
];

/// A department, a company of the county, or the development zone: its name, other ways it is written,
/// its kind in the settings, its group, the part of its mail address before the @.
pub type Department = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The departments that report, and those that only answer for projects.
pub const DEPARTMENTS: [Department; 25] = [
    ("县发改局", "县发展和改革局、发改局、云山县发改局", "部门", "经济", "fagai"),
    ("县住建局", "县住房和城乡建设局、住建局、云山县住建局", "部门", "建设", "zhujian"),
    ("县交通运输局", "县交通局、交通运输局、云山县交通运输局", "部门", "建设", "jiaotong"),
    ("县水利局", "水利局、云山县水利局", "部门", "建设", "shuili"),
    ("县农业农村局", "农业农村局、云山县农业农村局", "部门", "建设", "nongye"),
    ("县教育局", "教育局、云山县教育局", "部门", "民生", "jiaoyu"),
    ("县卫健委", "县卫生健康委员会、卫健委、云山县卫生健康委员会", "部门", "民生", "weijian"),
    ("县工信局", "县工业和信息化局、工信局", "部门", "经济", "gongxin"),
    ("县商务局", "商务局、云山县商务局", "部门", "经济", "shangwu"),
    ("县文旅局", "县文化和旅游局、文旅局、县文广旅局", "部门", "经济", "wenlv"),
    ("县民政局", "民政局、云山县民政局", "部门", "民生", "minzheng"),
    ("县自然资源局", "自然资源局、云山县自然资源局", "部门", "建设", "ziyuan"),
    ("县生态环境分局", "云山生态环境分局、县生态环境局", "部门", "建设", "huanjing"),
    ("县城投公司", "云山县城市建设投资有限公司、城投公司", "企业", "建设", "chengtou"),
    ("云山经开区管委会", "县经开区、经开区管委会、云山经济开发区管委会", "园区", "经济", "jingkai"),
    ("县招商服务中心", "招商服务中心、县招商中心", "部门", "经济", "zhaoshang"),
    ("县重点项目办公室", "县重点办、重点办、县重点项目办", "部门", "综合", "zhongdian"),
    ("县政府办公室", "县政府办、政府办", "部门", "综合", "zhengfuban"),
    ("县委督查室", "", "部门", "综合", "xianweiducha"),
    ("县政府督查室", "", "部门", "综合", "zhengfuducha"),
    ("县乡村振兴局", "乡村振兴局", "部门", "建设", "zhenxing"),
    ("县林业局", "林业局、云山县林业局", "部门", "建设", "linye"),
    ("县统计局", "统计局、云山县统计局", "部门", "综合", "tongji"),
    ("县委组织部", "", "部门", "综合", "zuzhi"),
    ("县行政审批局", "县政务服务局", "部门", "综合", "shenpi"),
];

/// The county's leaders and their posts. Invented names.
pub const LEADERS: [(&str, &str); 10] = [
    ("周庆丰", "县委书记"),
    ("金思远", "县长"),
    ("贾波", "县委副书记"),
    ("冯立新", "常务副县长"),
    ("于丽娟", "县委常委、组织部部长"),
    ("武翔", "县委常委、副县长"),
    ("郝学军", "县人大常委会主任"),
    ("余立新", "县政协主席"),
    ("周冬梅", "副县长"),
    ("江建平", "副县长"),
];
