//! The sixteen towns' workbooks. No two are alike.

use super::super::csv::Encoding;
use super::super::date::Dates;
use super::others::{BOTTLENECKS_TOWN, INVESTMENT_TOWN, reserve};
use super::{Extra, Form, Format, Habit, KEY, Numbers, Rates, Submission, Total};

/// Their workbooks.
pub const TOWNS: &[Submission] = &[
    Submission {
        unit: "城关镇",
        file: "城关镇2026年5月重点项目月报.xlsx",
        format: Format::Xlsx,
        forms: &[CHENGGUAN, reserve(0), INVESTMENT_TOWN, BOTTLENECKS_TOWN],
        extras: &[Extra::Cover, Extra::Lookup],
    },
    Submission {
        unit: "云溪镇",
        file: "云溪镇重点项目进度(修改版).xlsx",
        format: Format::Xlsx,
        forms: &[YUNXI, reserve(1)],
        extras: &[Extra::Empty("Sheet3")],
    },
    Submission {
        unit: "双河镇",
        file: "附件1重点项目推进情况表-双河镇.xls",
        format: Format::Xls,
        forms: &[SHUANGHE, reserve(2)],
        extras: &[Extra::Empty("Sheet2"), Extra::Empty("Sheet3")],
    },
    Submission {
        unit: "高桥镇",
        file: "高桥镇5月重点项目.xlsx",
        format: Format::Xlsx,
        forms: &[GAOQIAO, reserve(3), BOTTLENECKS_TOWN],
        extras: &[Extra::Notes],
    },
    Submission {
        unit: "金坪镇",
        file: "金坪镇2026年1-5月重点项目投资完成情况.ods",
        format: Format::Ods,
        forms: &[JINPING, reserve(4)],
        extras: &[],
    },
    Submission {
        unit: "白沙镇",
        file: "白沙镇重点项目月报表(5月).xlsx",
        format: Format::Xlsx,
        forms: &[BAISHA, reserve(5)],
        extras: &[Extra::Empty("Sheet2")],
    },
    Submission {
        unit: "龙潭镇",
        file: "重点项目进度表_龙潭镇_202605.xls",
        format: Format::Xls,
        forms: &[LONGTAN, reserve(0)],
        extras: &[Extra::Lookup],
    },
    Submission {
        unit: "石桥镇",
        file: "石桥镇5月份重点项目进度(终稿).xlsx",
        format: Format::Xlsx,
        forms: &[SHIQIAO, reserve(1)],
        extras: &[],
    },
    Submission {
        unit: "马家集镇",
        file: "马家集镇重点建设项目调度表0602.xlsx",
        format: Format::Xlsx,
        forms: &[MAJIAJI, reserve(2)],
        extras: &[Extra::Cover, Extra::Notes],
    },
    Submission {
        unit: "黄泥岗镇",
        file: "黄泥岗镇上报-5月重点项目建设进展.xls",
        format: Format::Xls,
        forms: &[HUANGNIGANG, reserve(3)],
        extras: &[],
    },
    Submission {
        unit: "和平乡",
        file: "和平乡重点项目进展情况.csv",
        format: Format::Csv(Encoding::Gb18030),
        forms: &[HEPING],
        extras: &[],
    },
    Submission {
        unit: "和平乡",
        file: "储备项目清单(和平乡).csv",
        format: Format::Csv(Encoding::Utf8),
        forms: &[reserve(4)],
        extras: &[],
    },
    Submission {
        unit: "青竹乡",
        file: "青竹乡5月重点项目进度表.xlsx",
        format: Format::Xlsx,
        forms: &[QINGZHU, reserve(5)],
        extras: &[Extra::Empty("Sheet3")],
    },
    Submission {
        unit: "清水塘乡",
        file: "清水塘乡5月重点项目.ods",
        format: Format::Ods,
        forms: &[QINGSHUITANG, reserve(0)],
        extras: &[Extra::Notes],
    },
    Submission {
        unit: "北门街道",
        file: "2026年5月北门街道项目调度.xlsx",
        format: Format::Xlsx,
        forms: &[BEIMEN, reserve(1)],
        extras: &[Extra::Lookup],
    },
    Submission {
        unit: "东风街道",
        file: "东风街道重点项目进度(1).xls",
        format: Format::Xls,
        forms: &[DONGFENG, reserve(2)],
        extras: &[Extra::Empty("Sheet2")],
    },
    Submission {
        unit: "新城街道",
        file: "新城街道2026年5月重点项目月报.xlsx",
        format: Format::Xlsx,
        forms: &[XINCHENG, reserve(3)],
        extras: &[],
    },
];

const CHENGGUAN: Form = Form {
    sheet: "重点建设项目",
    top: "#2026年1—5月重点项目投资完成情况一览表\n填报单位（盖章）：城关镇人民政府||填报时间：2026.6.2",
    columns: "序\n号|项目代码=code|项目名称=name|项目类别=category|建设规模及（主要）建设内容=scale|总投资\n（万元）=total|年度计划完成投资\n（万元）=plan|上年同期完成投资\n（万元）=done_last_year|5月完成投资\n（万元）=done_month|1-5月完成情况>完成投资\n（万元）=done|1-5月完成情况>完成率=rate|1-5月完成情况>形象进度=status|建设时间>开工时间=actual_start|建设时间>计划竣工时间=planned_finish|存在困难和问题=problem|主管单位=unit|联系县领导=leader",
    rates: Rates::Formula,
    total: Total::Top,
    bottom: "填报人：\t审核人：",
    ..KEY
};

const YUNXI: Form = Form {
    sheet: "5月",
    top: "#云溪镇2026年重点建设项目进展情况表\n填报单位：云溪镇人民政府\n单位：万元",
    columns: "序号|重点项目名称=name|所属行业=category|项目性质=nature|投资情况>总投资=total|投资情况>以前年度完成投资=done_before|投资情况>本年计划投资=plan|投资情况>1-5月累计完成=done|投资情况>上年同期累计完成投资=done_last_year|投资完成比例(%)=rate|目前进展情况=status|存在的问题=problem|下步措施=measure|责任领导=leader|项目法人=owner|备注=note",
    rates: Rates::Points,
    numbers: Numbers::Thousands,
    total: Total::Bottom,
    empty: "/",
    ..KEY
};

const SHUANGHE: Form = Form {
    sheet: "重点项目",
    top: "附件1\n#云山县2026年重点项目推进情况表\n填报单位：双河镇||单位：万元",
    columns: "序号|项目赋码=code|建设项目名称=name|类别=category|新建/续建=nature|建设地点=town|项目责任单位=unit|计划总投资=total|截至上年底累计完成投资=done_before|2026年计划完成投资=plan|5月份完成投资=done_month|2026年1—5月完成=done|去年同期完成投资=done_last_year|工程形象进度=status|存在的主要问题=problem|挂点县领导=leader|备注=note",
    sections: &["nature"],
    habits: &[Habit::Subtotals],
    total: Total::Bottom,
    ..KEY
};

const GAOQIAO: Form = Form {
    sheet: "Sheet1",
    top: "#高桥镇重点项目1-5月投资完成情况表\n填报单位：高桥镇||填报日期：2026年6月3日||单位：元",
    columns: "序号|项目全称=name|行业类别=category|建设年限=years|项目总投资额=total|当年计划投资=plan|今年以来累计完成投资=done|上年同期完成投资=done_last_year|完成比例=rate|开工日期=actual_start|项目进度=status|需协调解决问题=problem|行业主管部门=unit|包联领导=leader",
    money: "元",
    dates: Dates::TrueDay,
    rates: Rates::Text,
    total: Total::Bottom,
    bottom: "注：完成投资为自年初累计数。",
    habits: &[Habit::StraySpaces],
    ..KEY
};

const JINPING: Form = Form {
    sheet: "投资完成情况",
    top: "#金坪镇2026年1-5月重点项目投资完成情况表\n单位（盖章）：金坪镇人民政府||计量单位：万元",
    columns: "序号|工程名称=name|所属领域=category|性质=nature|开竣工时间>拟开工时间=planned_start|开竣工时间>实际开工=actual_start|开竣工时间>计划竣工时间=planned_finish|投资额>总投资=total|投资额>年计划=plan|投资额>本年累计完成=done|投资额>上年同期完成=done_last_year|完成率=rate|项目建设进展=status|项目建设中存在的问题=problem|牵头单位=unit|联系领导=leader",
    dates: Dates::DotTwo,
    rates: Rates::Formula,
    total: Total::TopOfWhich,
    ..KEY
};

const BAISHA: Form = Form {
    sheet: "5月月报",
    top: "#白沙镇重点项目月报表\n（2026年5月）\n填报单位：白沙镇人民政府||单位：万元",
    columns: "编号|项目名称=name|项目分类=category|建设内容及规模=scale|总投资规模=total|年度投资目标=plan|1～5月累计完成投资额=done|其中：5月完成投资=done_month|去年同期完成投资=done_last_year|完成年度投资计划%=rate|实际形象进度=status|存在的困难及问题=problem|工作建议=measure|挂钩责任单位=unit|县级联系领导=leader|是否入统",
    rates: Rates::Points,
    total: Total::Bottom,
    empty: "-",
    habits: &[Habit::HiddenColumns],
    ..KEY
};

const LONGTAN: Form = Form {
    sheet: "进度表",
    top: "#龙潭镇重点项目进度表\n填报单位：龙潭镇\n填报时间：2026年6月1日||单位：万元",
    columns: "序号|建设项目=name|建设类别（续建/新建）=nature|项目类型=category|投资完成情况（万元）>计划总投资=total|投资完成情况（万元）>以前年度完成=done_before|投资完成情况（万元）>年度计划=plan|投资完成情况（万元）>自年初累计完成=done|投资完成情况（万元）>上年同期=done_last_year|投资完成情况（万元）>占年度计划=rate|截至5月底形象进度=status|问题及建议>主要问题=problem|问题及建议>下步措施=measure|责任分工>责任单位=unit|责任分工>联系领导=leader",
    dates: Dates::Chinese,
    rates: Rates::Percent,
    numbers: Numbers::SomeText,
    sections: &["nature", "category"],
    total: Total::Top,
    ..KEY
};

const SHIQIAO: Form = Form {
    sheet: "石桥镇",
    top: "#石桥镇2026年5月份重点项目进度表\n2026年5月||||单位：亿元",
    columns: "序号|项目名称=name|类别=category|总投资（亿元）=total|年度计划投资（亿元）=plan|1-5月完成投资（亿元）=done|上年同期（亿元）=done_last_year|年度投资完成率=rate|开工时间=actual_start|预计竣工时间=planned_finish|工程进展情况=status|存在问题=problem|责任部门=unit|县级责任领导=leader|备注=note",
    money: "亿元",
    dates: Dates::Slash,
    rates: Rates::Percent,
    total: Total::Bottom,
    bottom: "填报人：\t单位负责人：\t填报单位：石桥镇",
    ..KEY
};

const MAJIAJI: Form = Form {
    sheet: "调度表",
    top: "#马家集镇重点建设项目调度表\n填报单位：马家集镇||填报时间：2026-06-02||单位：万元",
    columns: "序 号|项 目 名 称=name|项 目 类 别=category|所 在 乡 镇=town|建 设 规 模=scale|投资（万元）>总 投 资=total|投资（万元）>年 度 计 划=plan|投资（万元）>1-5月完成>累 计=done|投资（万元）>1-5月完成>其中：5月=done_month|投资（万元）>1-5月完成>上年同期=done_last_year|占年度计划比例（%）=rate|项 目 进 度=status|存 在 问 题=problem|主 管 单 位=unit|挂 点 领 导=leader",
    rates: Rates::Points,
    total: Total::Top,
    habits: &[Habit::Offset],
    ..KEY
};

const HUANGNIGANG: Form = Form {
    sheet: "项目进展",
    top: "#2026年5月重点项目建设进展\n填报单位：黄泥岗镇人民政府||单位：万元",
    columns: "序号|项目名称=name|建设性质=nature|行业类别=category|建设期限=years|总投资额=total|2025年底前累计完成投资=done_before|年度计划投资=plan|年度累计完成投资=done|去年同期=done_last_year|完成投资占年计划(%)=rate|拟开工时间=planned_start|实际开工时间=actual_start|拟竣工时间=planned_finish|目前项目建设形象进度=status|需县级协调解决的问题=problem|县领导=leader|业主=owner",
    dates: Dates::TrueMonth,
    rates: Rates::Text,
    habits: &[Habit::BlankRows],
    total: Total::Bottom,
    ..KEY
};

const HEPING: Form = Form {
    sheet: "和平乡重点项目进展情况",
    top: "和平乡重点项目进展情况\n填报单位：和平乡||单位：万元",
    columns: "序号|项目名称=name|项目类别=category|总投资=total|年度计划投资=plan|1-5月完成投资=done|上年同期完成投资=done_last_year|完成率=rate|开工时间=actual_start|形象进度=status|存在问题=problem|下一步工作打算=measure|责任领导=leader|责任单位=unit",
    rates: Rates::Text,
    dates: Dates::Dash,
    ..KEY
};

const QINGZHU: Form = Form {
    sheet: "Sheet1",
    top: "#青竹乡5月重点项目进度表\n填报单位：青竹乡人民政府\t\t填报时间：6月2日\t\t单位：万元",
    columns: "序号|建设项\n目名称=name|项目\n类型=category|总投资=total|本年度\n投资计划=plan|今年累计完\n成投资额=done|上年同期\n完成投资=done_last_year|完成投资占年\n度计划比重=rate|目前形\n象进度=status|存在问\n题及困难=problem|推进措施=measure|包保领导=leader|项目责\n任单位=unit|备注说明=note",
    rates: Rates::Formula,
    empty: "无",
    numbers: Numbers::Plain,
    ..KEY
};

const QINGSHUITANG: Form = Form {
    sheet: "重点项目",
    top: "#清水塘乡2026年重点项目建设情况表\n填报单位：清水塘乡||单位：万元\n截至2026年5月31日",
    columns: "序号|项目名称=name|性质=nature|总投资=total|2026年计划完成投资=plan|1-5月实际完成投资=done|上年同期累计完成投资=done_last_year|年度投资完成率=rate|项目建设进展=status|存在问题=problem|责任单位=unit|挂点领导=leader|计划竣工日期=planned_finish",
    sections: &["category"],
    habits: &[Habit::Subtotals],
    dates: Dates::ChineseDay,
    rates: Rates::Percent,
    total: Total::Top,
    ..KEY
};

const BEIMEN: Form = Form {
    sheet: "2026年5月",
    top: "#北门街道2026年5月项目调度表\n填报单位：北门街道办事处||单位：万元",
    columns: "序号|项目名称=name|项目类别=category|建设地址=town|建设内容=scale|总投资=total|年度计划=plan|1-5月完成=done|开工以来累计完成投资|去年同期完成投资=done_last_year|完成比例（%）=rate|工程形象进度=status|存在困难和问题=problem|下步工作安排=measure|责任单位=unit|挂点县领导=leader|备 注=note",
    rates: Rates::Points,
    numbers: Numbers::FullWidth,
    habits: &[Habit::HiddenRow, Habit::SpreadHeader],
    ..KEY
};

const DONGFENG: Form = Form {
    sheet: "东风街道",
    top: "#东风街道重点项目进度表\n填报单位:东风街道办事处  单位:万元  时间:2026年5月",
    columns: "序号|工程项目名称=name|类别=category|建设起止年限=years|概算总投资（万元）=total|年度投资（万元）>计划投资=plan|年度投资（万元）>累计完成=done|年度投资（万元）>当月完成=done_month|上年同期完成投资（万元）=done_last_year|投资完成比例=rate|实际开工年月=actual_start|计划建成时间=planned_finish|项目进展情况=status|存在问题=problem|推进措施=measure|县级责任领导=leader|主管部门=unit",
    dates: Dates::Chinese,
    rates: Rates::Formula,
    habits: &[Habit::Merged("category")],
    total: Total::Top,
    ..KEY
};

const XINCHENG: Form = Form {
    sheet: "月报",
    top: "附表\n#新城街道重点项目月报\n填报单位：新城街道||单位：万元||2026年5月",
    columns: "序号|项目编码=code|项目=name|行业类别=category|属地=town|主要建设内容=scale|总投资（亿元）=total@亿元|本年计划投资（万元）=plan|本年累计完成（万元）=done|上年同期完成（万元）=done_last_year|占年度计划（%）=rate|计划开工日期=planned_start|实际开工日期=actual_start|当前进展情况=status|存在的问题=problem|责任单位=unit|联系县领导=leader",
    dates: Dates::Iso,
    rates: Rates::Points,
    total: Total::Bottom,
    bottom: "说明：总投资单位为亿元，其余为万元。",
    ..KEY
};
