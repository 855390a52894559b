//! The departments' workbooks. No two are alike.

use super::super::csv::Encoding;
use super::super::date::Dates;
use super::others::{
    BOTTLENECKS, BOTTLENECKS_LAND, INDICATORS, INITIATIVES, INITIATIVES_OFFICE, INVESTMENT, INVESTMENT_COMMERCE,
    INVESTMENT_INDUSTRY, INVESTMENT_ZONE, preliminary, reserve,
};
use super::{Extra, Form, Format, Habit, KEY, Numbers, Rates, Submission, Total};

const fn sends(
    unit: &'static str,
    file: &'static str,
    format: Format,
    forms: &'static [Form],
    extras: &'static [Extra],
) -> Submission {
    Submission { unit, file, format, forms, extras }
}

/// Their workbooks.
pub const DEPARTMENTS: &[Submission] = &[
    sends(
        "县发改局",
        "附件1重点项目推进情况表-县发改局.xlsx",
        Format::Xlsx,
        &[FAGAI, preliminary(0), reserve(4)],
        &[Extra::Lookup],
    ),
    sends(
        "县住建局",
        "县住建局2026年5月重点项目月报.xls",
        Format::Xls,
        &[ZHUJIAN, preliminary(1), reserve(5)],
        &[Extra::Notes],
    ),
    sends(
        "县交通运输局",
        "县交通运输局重点项目进展情况.xlsx",
        Format::Xlsx,
        &[JIAOTONG, preliminary(2), reserve(0)],
        &[Extra::Cover, Extra::Empty("Sheet3")],
    ),
    sends("县水利局", "附件1重点项目推进情况表-县水利局.ods", Format::Ods, &[SHUILI, preliminary(3), reserve(1)], &[]),
    sends(
        "县农业农村局",
        "县农业农村局重点项目月报表(5月).xlsx",
        Format::Xlsx,
        &[NONGYE, reserve(2)],
        &[Extra::Empty("Sheet2")],
    ),
    sends("县教育局", "2026年5月县教育局项目调度.xls", Format::Xls, &[JIAOYU, preliminary(0), reserve(3)], &[]),
    sends("县卫健委", "县卫健委5月重点项目进度表.xlsx", Format::Xlsx, &[WEIJIAN], &[Extra::Lookup]),
    sends(
        "县工信局",
        "5月份重点项目进度(终稿)县工信局.xlsx",
        Format::Xlsx,
        &[GONGXIN, INVESTMENT_INDUSTRY, reserve(4)],
        &[Extra::Notes],
    ),
    sends("县商务局", "重点项目进度表_县商务局_202605.xls", Format::Xls, &[SHANGWU, INVESTMENT_COMMERCE], &[]),
    sends(
        "县文旅局",
        "县文旅局重点项目进度(修改版).xlsx",
        Format::Xlsx,
        &[WENLV, reserve(5)],
        &[Extra::Empty("Sheet2")],
    ),
    sends("县民政局", "县民政局2026年1-5月重点项目投资完成情况.csv", Format::Csv(Encoding::Utf8), &[MINZHENG], &[]),
    sends("县自然资源局", "2026年重点项目调度表(县自然资源局).ods", Format::Ods, &[ZIYUAN, BOTTLENECKS_LAND], &[]),
    sends("县生态环境分局", "县生态环境分局重点建设项目调度表0602.xlsx", Format::Xlsx, &[HUANJING], &[Extra::Cover]),
    sends("县城投公司", "县城投公司上报-5月重点项目建设进展.xlsx", Format::Xlsx, &[CHENGTOU, preliminary(1)], &[]),
    sends(
        "云山经开区管委会",
        "云山经开区管委会2026年5月项目.xlsx",
        Format::Xlsx,
        &[JINGKAI, preliminary(2), INVESTMENT_ZONE],
        &[Extra::Notes, Extra::Lookup],
    ),
    sends("县林业局", "县林业局重点项目进度(重发).xls", Format::Xls, &[LINYE], &[]),
    sends("县乡村振兴局", "县乡村振兴局重点项目进展情况.csv", Format::Csv(Encoding::Gb18030), &[ZHENXING], &[]),
    sends("县招商服务中心", "县招商服务中心1-5月招商引资月报.xlsx", Format::Xlsx, &[INVESTMENT], &[Extra::Cover]),
    sends(
        "县重点项目办公室",
        "重大前期项目推进情况表(县重点项目办公室).xlsx",
        Format::Xlsx,
        &[preliminary(3)],
        &[Extra::Empty("Sheet2"), Extra::Empty("Sheet3")],
    ),
    sends(
        "县政府办公室",
        "县领导联系事项进展(县政府办公室).csv",
        Format::Csv(Encoding::Utf8),
        &[INITIATIVES_OFFICE],
        &[],
    ),
    sends("县委督查室", "县委督查室联系事项推进情况表.xlsx", Format::Xlsx, &[INITIATIVES], &[Extra::Duty]),
    sends("县政府督查室", "县政府督查室堵点难题清单.xls", Format::Xls, &[BOTTLENECKS], &[]),
    sends("县统计局", "县统计局1-5月主要经济指标.csv", Format::Csv(Encoding::Gb18030), &[INDICATORS], &[]),
];

const FAGAI: Form = Form {
    sheet: "能源项目",
    top: "附件1\n#云山县2026年重点项目推进情况表\n填报单位：县发展和改革局||单位：万元||2026年6月1日",
    columns: "序号|审批监管平台项目代码=code|项目名称=name|项目类别=category|所属乡镇=town|建设规模及内容=scale|总投资=total|至2025年底累计完成投资=done_before|2026年计划投资=plan|1-5月完成投资=done|上年同期完成投资=done_last_year|占年度计划（%）=rate|形象进度=status|存在问题=problem|下一步工作措施=measure|责任单位=unit|联系领导=leader|备注=note",
    rates: Rates::Points,
    total: Total::Bottom,
    ..KEY
};

const ZHUJIAN: Form = Form {
    sheet: "项目进度",
    top: "附表1\n#云山县2026年重点建设项目进展情况表\n填报单位（盖章）：云山县住建局\n填报时间：2026.6.3",
    columns: "序号|项目全称=name|项目性质=nature|项目类型=category|所在乡镇=town|计划总投资（万元）=total|当年计划投资\n（万元）=plan|5月份完成投资\n（万元）=done_month|1-5月实际完成投资（万元）=done|投资完\n成比例=rate|目前项目建\n设形象进度=status|需要县协调\n解决的问题=problem|项目单位=owner|包保领导=leader|备注=note",
    rates: Rates::Formula,
    total: Total::TopOfWhich,
    ..KEY
};

const JIAOTONG: Form = Form {
    sheet: "Sheet1",
    top: "#县交通运输局2026年1-5月重点项目（在建）完成情况一览表\n填报单位：县交通运输局||||单位：万元",
    columns: "序号|项目名称=name|类别=category|属地=town|建设年限=years|总投资=total|开工至上一年度底累计完成投资=done_before|2026年计划投资=plan|2026年实际完成情况>1-5月实际完成投资>合计=done|2026年实际完成情况>1-5月实际完成投资>其中：本月完成投资=done_month|2026年实际完成情况>完成投资占年计划%=rate|2026年实际完成情况>形象进度=status|上年同期完成投资=done_last_year|存在问题=problem|挂点领导=leader",
    dates: Dates::Chinese,
    rates: Rates::Formula,
    sections: &["category"],
    habits: &[Habit::WrongSubtotal],
    total: Total::Bottom,
    bottom: "填表人：\t审核人：\t日期：2026.6.2",
    ..KEY
};

const SHUILI: Form = Form {
    sheet: "水利项目",
    top: "附件1\n#重点项目推进情况表\n单位：县水利局||2026年5月||计量单位：亿元",
    columns: "编号|项目代码=code|建设项目名称=name|行业类别=category|建设地点=town|项目性质=nature|总投资=total|年度投资计划=plan|1—5月完成投资=done|上年同期完成投资=done_last_year|投资完成率=rate|开工时间=actual_start|竣工时间=planned_finish|目前形象进度=status|存在的主要问题=problem|责任单位=unit|挂点县领导=leader",
    money: "亿元",
    dates: Dates::DotTwo,
    rates: Rates::Percent,
    habits: &[Habit::BlankRows],
    sections: &["nature"],
    ..KEY
};

const NONGYE: Form = Form {
    sheet: "月报表",
    top: "#县农业农村局重点项目月报表\n填报单位：县农业农村局||报告期：2026年5月||单位：万元",
    columns: "序号|项目名称=name|所属领域=category|所属乡镇=town|新建/续建=nature|投资总额=total|年度计划完成投资=plan|今年以来累计完成投资=done|完成率=rate|拟开工时间=planned_start|实际开工时间=actual_start|项目建设进展=status|存在困难和问题=problem|工作建议=measure|责任领导=leader|用地面积（亩）",
    dates: Dates::MonthEnd,
    rates: Rates::Percent,
    numbers: Numbers::Text,
    total: Total::Bottom,
    habits: &[Habit::HiddenColumns],
    ..KEY
};

const JIAOYU: Form = Form {
    sheet: "教育项目",
    top: "#2026年5月县教育局项目调度表\n填报单位：县教育局||单位：元",
    columns: "序号|项目名称=name|项目类别=category|所在镇街=town|主要建设内容及规模=scale|总投资（元）=total|本年度计划完成投资（元）=plan|1-5月累计完成（元）=done|当月完成投资（元）=done_month|完成率=rate|开工日期=actual_start|计划竣工时间=planned_finish|工程形象进度=status|问题及建议>存在问题=problem|问题及建议>解决措施=measure|包联领导=leader|业主单位=owner",
    money: "元",
    dates: Dates::TrueDay,
    rates: Rates::Text,
    ..KEY
};

const WEIJIAN: Form = Form {
    sheet: "重点项目",
    top: "#县卫健委5月重点项目进度表\n填报单位：云山县卫生健康委员会\n单位：万元||填报日期：2026/6/2",
    columns: "序号|重点项目名称=name|项目分类=category|项目所在地=town|性质=nature|总投资额=total|年度投资目标=plan|自年初累计完成投资=done|年度投资完成率(%)=rate|实际开工日期=actual_start|预计完工时间=planned_finish|工程进展情况=status|项目建设中存在问题=problem|下步工作安排=measure|县级责任领导=leader|建设单位=owner|备注=note",
    dates: Dates::Slash,
    rates: Rates::Points,
    total: Total::Top,
    empty: "——",
    ..KEY
};

const GONGXIN: Form = Form {
    sheet: "工业项目",
    top: "#5月份工业重点项目进度表\n填报单位：县工业和信息化局||单位：万元",
    columns: "序号|项目赋码=code|项目名称=name|产业类别=category|所属乡镇（园区）=town|建设内容及规模=scale|投资额>总投资=total|投资额>至2025年底累计完成=done_before|投资额>年计划=plan|投资额>1-5月完成=done|占年计划=rate|形象进度=status|存在问题=problem|下步措施=measure|联系领导=leader|项目业主=owner|备注=note",
    rates: Rates::Formula,
    total: Total::Bottom,
    ..KEY
};

const SHANGWU: Form = Form {
    sheet: "商贸项目",
    top: "#重点项目进度表\n填报单位：县商务局  2026年5月  单位：万元",
    columns: "序号|项目名称=name|行业类别=category|所属乡镇=town|总投资规模：万元=total|年度计划投资：万元=plan|年度累计完成投资：万元=done|5月份完成投资：万元=done_month|完成年度投资计划=rate|目前进展情况=status|存在的困难及问题=problem|挂点县领导=leader",
    rates: Rates::Text,
    numbers: Numbers::Thousands,
    habits: &[Habit::Offset],
    ..KEY
};

const WENLV: Form = Form {
    sheet: "文旅项目",
    top: "#县文旅局重点项目进度表\n填报单位：县文广旅局||单位：万元||日期：2026.6.2",
    columns: "序号|项 目=name|类 别=category|所 属 乡 镇=town|投 资 总 额=total|2026年计划完成投资=plan|2026年1-5月完成投资=done|完 成 比 例=rate|建设起止时间>计划开工=planned_start|建设起止时间>实际开工=actual_start|建设起止时间>计划竣工=planned_finish|项 目 进 度=status|存 在 问 题=problem|责 任 领 导=leader|业 主 单 位=owner",
    dates: Dates::DotDay,
    rates: Rates::Percent,
    habits: &[Habit::Merged("category"), Habit::StraySpaces],
    total: Total::Top,
    ..KEY
};

const MINZHENG: Form = Form {
    sheet: "县民政局2026年1-5月重点项目投资完成情况",
    top: "县民政局2026年1-5月重点项目投资完成情况\n填报单位：县民政局\n单位：万元",
    columns: "序号|项目名称=name|项目类别=category|建设地点=town|建设规模=scale|总投资=total|年度计划投资=plan|1-5月完成投资=done|完成率=rate|开工时间=actual_start|形象进度=status|存在问题=problem|联系领导=leader",
    dates: Dates::Iso,
    rates: Rates::Percent,
    total: Total::Bottom,
    bottom: "填报人：",
    ..KEY
};

const ZIYUAN: Form = Form {
    sheet: "项目",
    top: "#2026年重点项目调度表\n填报单位：县自然资源局||单位：万元",
    columns: "序号|建设项目=name|项目类型=category|所属乡镇=town|县级联系领导=leader|计划完工时间=planned_finish|总投资=total|至2025年底累计完成投资=done_before|年度投资目标=plan|今年以来累计完成投资=done|完成比例=rate|项目建设进展=status|存在问题=problem|下一步工作措施=measure|备注=note",
    dates: Dates::Chinese,
    rates: Rates::Formula,
    total: Total::Top,
    ..KEY
};

const HUANJING: Form = Form {
    sheet: "调度表",
    top: "#县生态环境分局重点建设项目调度表\n填报单位：云山生态环境分局||填报时间：2026年6月2日||单位：万元",
    columns: "序号|项目名称=name|所属行业=category|建设地点=town|项目总投资=total|年计划投资=plan|年初至报告期累计完成投资=done|开工以来累计完成投资|占年计划（%）=rate|项目状态=nature|工程形象进度=status|存在的问题=problem|推进措施=measure|牵头单位=unit|包保领导=leader",
    rates: Rates::Points,
    numbers: Numbers::FullWidth,
    habits: &[Habit::Merged("unit"), Habit::BlankRows],
    total: Total::Bottom,
    ..KEY
};

const CHENGTOU: Form = Form {
    sheet: "进度表",
    top: "",
    columns: "编号|项目名称=name|项目类别=category|建设规\n模和内容=scale|所属乡镇=town|投资完成情况>计划总投资（万元）=total|投资完成情况>本年计划（万元）=plan|投资完成情况>本年累计完成\n（万元）=done|投资完成情况>上年同期\n（万元）=done_last_year|投资完成情况>占年度计划\n（%）=rate|拟竣工时间=planned_finish|是否入统|项目建\n设进展=status|需协调解决问题=problem|主管单位=unit|联系领导=leader|备注=note",
    rates: Rates::Points,
    sections: &["nature"],
    habits: &[Habit::Merged("unit"), Habit::RepeatedHeader],
    total: Total::Bottom,
    bottom: "填报单位：县城投公司      填报人：      填报时间：2026.6.2",
    ..KEY
};

const JINGKAI: Form = Form {
    sheet: "重点项目",
    top: "#云山经开区2026年5月重点项目建设情况\n填报单位：云山经济开发区管委会||||金额单位：亿元",
    columns: "序号|项目名称=name|类别=category|所属乡镇=town|续建/新开工=nature|总投资=total|年度计划投资=plan|本年累计完成投资=done|上年同期完成投资=done_last_year|年度投资完成率=rate|拟开工日期=planned_start|实际开工日期=actual_start|计划竣工日期=planned_finish|目前项目形象进度=status|存在的主要问题=problem|解决措施=measure|责任领导=leader",
    money: "亿元",
    dates: Dates::Dash,
    rates: Rates::Percent,
    total: Total::Top,
    ..KEY
};

const LINYE: Form = Form {
    sheet: "林业局",
    top: "#县林业局重点项目进度表\n填报单位：县林业局\n2026年5月||单位：万元",
    columns: "序号|项目名称=name|项目类别=category|建设地址=town|建设内容=scale|总投资=total|年度计划=plan|1—5月累计完成投资=done|年度完成比例（%）=rate|实际开工时间=actual_start|形象进度=status|存在问题=problem|工作建议=measure|县领导=leader|备注=note",
    dates: Dates::TrueMonth,
    rates: Rates::Points,
    numbers: Numbers::SomeText,
    ..KEY
};

const ZHENXING: Form = Form {
    sheet: "县乡村振兴局重点项目进展情况",
    top: "县乡村振兴局重点项目进展情况\n填报单位：县乡村振兴局||填报时间：2026年6月1日||单位：万元",
    columns: "序号|项目名称=name|类别=category|乡镇=town|总投资=total|本年计划投资=plan|本年累计完成投资=done|占年度计划比例（%）=rate|工程进展情况=status|需协调解决的问题=problem|下步措施=measure|挂点领导=leader",
    rates: Rates::Points,
    total: Total::Top,
    ..KEY
};
