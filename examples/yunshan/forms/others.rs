//! Layouts of the other six books. Units share a few of them, as they do in life; no workbook equals another.

use super::super::date::Dates;
use super::{Form, Habit, KEY, Numbers, Total};

const RESERVE: Form = Form { book: "reserve", ..KEY };
const PRELIMINARY: Form = Form { book: "preliminary", sheet: "前期项目", ..KEY };
const ATTRACTED: Form = Form { book: "investment", ..KEY };
const DIFFICULTY: Form = Form { book: "bottlenecks", ..KEY };
const MATTER: Form = Form { book: "initiatives", ..KEY };

/// One of six ways to lay out the reserve list.
pub const fn reserve(way: usize) -> Form {
    match way {
        0 => Form {
            sheet: "储备项目",
            top: "#谋划储备项目清单\n单位：万元",
            columns: "序号|项目名称=name|所属领域=category|建设内容及规模=scale|估算总投资（万元）=total|谋划单位=unit|备注=note",
            total: Total::Bottom,
            ..RESERVE
        },
        1 => Form {
            sheet: "谋划储备",
            top: "#“十五五”重大项目谋划储备表\n2026年5月||单位：万元",
            columns: "序号|类别=category|谋划项\n目名称=name|牵头单位=unit|建设内容及规模=scale|拟投资额=total|资金渠道=source|前期工\n作进度=stage",
            numbers: Numbers::SomeText,
            ..RESERVE
        },
        2 => Form {
            sheet: "储备库",
            top: "#储备项目库\n单位：亿元",
            columns: "编号|储备项目名称=name|类别=category|建设内容=scale|总投资估算(亿元)=total|资金来源=source|前期工作深度=stage|储备单位=unit",
            money: "亿元",
            total: Total::Top,
            ..RESERVE
        },
        3 => Form {
            sheet: "谋划项目",
            top: "#谋划项目(2026)\n单位:元",
            columns: "序号|项目=name|建设内容及规模=scale|用地面积(亩)|计划总投资:元=total|项目单位=unit",
            money: "元",
            ..RESERVE
        },
        4 => Form {
            sheet: "储备项目清单",
            top: "储备项目清单\n单位：万元",
            columns: "序号|储备项目名称=name|投资领域=category|匡算投资(万元)=total|拟申报资金渠道=source|前期工作进度=stage",
            sections: &["category"],
            ..RESERVE
        },
        _ => Form {
            sheet: "储备",
            top: "附件3\n#重大项目储备清单\n填报时间：2026年6月2日||单位：万元",
            columns: "序 号|谋 划 项 目 名 称=name|行 业 领 域=category|拟 建 设 内 容=scale|匡 算 投 资=total|牵 头 单 位=unit|备 注=note",
            habits: &[Habit::RepeatedHeader],
            total: Total::Bottom,
            ..RESERVE
        },
    }
}

/// One of four ways to lay out projects in preparation.
pub const fn preliminary(way: usize) -> Form {
    match way {
        0 => Form {
            top: "#云山县2026年重大前期项目推进情况表\n||单位：万元",
            columns: "序号|项目名称=name|项目类别=category|责任单位=unit|责任领导=leader|估算总投资=total|目前所处阶段=stage|前期工作进展=status|计划转实施时间=planned_conversion|存在困\n难和问题=problem|下步措施=measure|备注=note",
            ..PRELIMINARY
        },
        1 => Form {
            sheet: "重大前期",
            top: "#2026年前期项目进展表\n单位：亿元",
            columns: "序号|前期项目名称=name|所属领域=category|拟建规模及内容=scale|计划总投资（亿元）=total|前期工作情况>目前阶段=stage|前期工作情况>计划转实施时间=planned_conversion|前期工作情况>进展情况=status|存在的问题=problem|备注=note",
            money: "亿元",
            dates: Dates::TrueMonth,
            ..PRELIMINARY
        },
        2 => Form {
            sheet: "前期",
            top: "#重大前期项目台账（5月）\n单位：万元||截至2026年5月底",
            columns: "编号|项目名称=name|行业类别=category|主要建设内容=scale|匡算总投资=total|工作阶段=stage|进展情况=status|预计转实施时间=planned_conversion|需协调解决的问题=problem|解决措施=measure|牵头单位=unit|分管县领导=leader|备注=note",
            dates: Dates::Chinese,
            total: Total::Bottom,
            ..PRELIMINARY
        },
        _ => Form {
            top: "附件2\n#重大前期项目推进情况表\n填报时间：2026.6.2||单位：万元",
            columns: "序号|项目名称=name|项目类型=category|建设内容及规模=scale|总投资=total|前期工作进展>所处阶段=stage|前期工作进展>目前进展=status|前期工作进展>拟转实施时间=planned_conversion|责任落实>牵头单位=unit|责任落实>联系领导=leader|存在问题=problem|备注=note",
            dates: Dates::DotTwo,
            total: Total::Top,
            ..PRELIMINARY
        },
    }
}

/// 县招商服务中心
pub const INVESTMENT: Form = Form {
    sheet: "招商月报",
    top: "#2026年1-5月招商引资工作月报表\n填报单位：县招商服务中心||单位：万元",
    columns: "序号|引进项目名称=name|签约企业=investor|投资方来源地=origin|所属行业=industry|落地乡镇=town|建设内容及规模=scale|签约时间=signed|协议引资额=contract|到位资金=in_place|其中：上年结转=carried|目前阶段=stage|项目进展情况=status|招商单位=unit|备注=note",
    dates: Dates::Dot,
    total: Total::Bottom,
    bottom: "填报人：\t审核人：",
    ..ATTRACTED
};

/// 云山经开区管委会
pub const INVESTMENT_ZONE: Form = Form {
    sheet: "招商引资",
    top: "#云山经开区2026年5月招商引资统计表\n||单位：亿元",
    columns: "序号|项目名称=name|投资方情况>投资企业=investor|投资方情况>来源地=origin|产业类别=industry|合同签订日期=signed|资金情况（亿元）>合同投资额=contract|资金情况（亿元）>累计到位=in_place|资金情况（亿元）>其中：上年结转=carried|推进情况>所处阶段=stage|推进情况>实际开工时间=actual_start|推进情况>进展情况=status|备注=note",
    money: "亿元",
    dates: Dates::Slash,
    total: Total::Top,
    ..ATTRACTED
};

/// 县商务局
pub const INVESTMENT_COMMERCE: Form = Form {
    sheet: "招商项目",
    top: "#招商引资项目台账\n填报单位：县商务局||单位：万元",
    columns: "序号|招商项目名称=name|投资商=investor|行业=industry|拟落户地点=town|签订时间=signed|签约金额（万元）=contract|实际到位资金（万元）=in_place|其中上年结转到位（万元）=carried|推进阶段=stage|项目进展=status|责任单位=unit|备注=note",
    dates: Dates::Chinese,
    ..ATTRACTED
};

/// 县工信局
pub const INVESTMENT_INDUSTRY: Form = Form {
    sheet: "工业招商",
    top: "#工业招商引资统计表（1-5月）\n||计量单位：元",
    columns: "序号|签约项目名称=name|客商名称=investor|资金来源地=origin|所属产业=industry|协议签订时间=signed|协议引资额（元）=contract|年初以来到位资金（元）=in_place|上年结转（元）=carried|项目阶段=stage|进展情况=status|备注=note",
    money: "元",
    dates: Dates::Iso,
    ..ATTRACTED
};

/// 城关镇
pub const INVESTMENT_TOWN: Form = Form {
    sheet: "招商",
    top: "#城关镇招商引资项目进展（5月报）\n||单位：万元",
    columns: "项目名称=name|投资主体=investor|投资方所在地=origin|签约日期=signed|合同引资额=contract|到位市外资金=in_place|其中：上年结转=carried|目前进展情况=status|备注=note",
    dates: Dates::DotDay,
    ..ATTRACTED
};

/// 县政府督查室
pub const BOTTLENECKS: Form = Form {
    sheet: "堵点清单",
    top: "#云山县项目堵点难题清单\n填报单位：县政府督查室||截至2026年5月31日",
    columns: "序号|涉及项目名称=name|堵点类型=kind|存在的堵点难点问题=problem|问题成因=cause|化解措施=measure|责任分工>责任单位=unit|责任分工>包保领导=leader|责任分工>解决时限=deadline|解决情况>进展情况=status|解决情况>销号时间=resolved|备注=note",
    dates: Dates::DotDay,
    ..DIFFICULTY
};

/// 县自然资源局
pub const BOTTLENECKS_LAND: Form = Form {
    sheet: "堵点",
    top: "#项目堵点难点台账\n填报单位：县自然资源局",
    columns: "序号|项目（事项）名称=name|问题类别=kind|具体问题=problem|解决措施=measure|牵头单位=unit|要求解决时限=deadline|推进情况=status",
    dates: Dates::Chinese,
    ..DIFFICULTY
};

/// Towns
pub const BOTTLENECKS_TOWN: Form = Form {
    sheet: "堵点问题",
    top: "#5月堵点问题清单",
    columns: "序号|项目名称=name|堵点类型=kind|堵点难点=problem|破解措施=measure|责任部门=unit|责任领导=leader|完成时限=deadline|办理情况=status|销号时间=resolved",
    dates: Dates::Slash,
    ..DIFFICULTY
};

/// 县委督查室
pub const INITIATIVES: Form = Form {
    sheet: "联系事项",
    top: "附件2：\n#县处级领导干部挂点联系事项进展情况汇总表\n（5月份）\n填报单位：县委督查室",
    columns: "序号|联系领导=leader|类别=category|工作事项=item|年度目\n标任务=goal|责任单位=unit|计划完\n成时间=deadline|工作推\n进情况=status|存在的主要问题=problem|备注=note",
    dates: Dates::DotDay,
    habits: &[Habit::Offset],
    ..MATTER
};

/// 县政府办公室
pub const INITIATIVES_OFFICE: Form = Form {
    sheet: "县领导联系事项进展(县政府办公室)",
    top: "县领导联系事项进展情况\n填报单位：县政府办公室",
    columns: "序号|事项类别=category|联系事项=item|工作目标=goal|责任领导=leader|牵头单位=unit|完成时限=deadline|进展情况=status|存在问题=problem",
    dates: Dates::Iso,
    ..MATTER
};

/// 县统计局
pub const INDICATORS: Form = Form {
    book: "indicators",
    sheet: "县统计局1-5月主要经济指标",
    top: "云山县2026年1-5月主要经济指标\n填报单位：县统计局",
    columns: "序号|经济指标=indicator|计量单位=measured_in|1-5月累计=value|同比增长（%）=growth|全市增速（%）=growth_city|全省增速（%）=growth_province|在全市位次=rank",
    rates: super::Rates::Points,
    ..KEY
};
