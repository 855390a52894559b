//! The layouts of the books beside the key projects from June on: with the dates, states and registers that the county asks
//! for since its half-year meeting. No two units' are alike.

use super::super::date::Dates;
use super::{Form, KEY, Numbers, Rates, Total};

const ATTRACTED: Form = Form { book: "investment", sheet: "招商引资", ..KEY };
const DIFFICULTY: Form = Form { book: "bottlenecks", sheet: "堵点清单", ..KEY };
const MATTER: Form = Form { book: "initiatives", sheet: "联系事项", ..KEY };
const CAMPAIGN: Form = Form { book: "campaign", sheet: "百日攻坚", ..KEY };

/// A unit's form of a book from June on.
pub fn form(book: &str, unit: &str) -> Option<Form> {
    match book {
        "investment" => investment(unit),
        "bottlenecks" => bottlenecks(unit),
        "initiatives" => initiatives(unit),
        "indicators" => (unit == "县统计局").then_some(INDICATORS),
        "campaign" => campaign(unit),
        _ => None,
    }
}

fn investment(unit: &str) -> Option<Form> {
    Some(match unit {
        "县招商服务中心" => CENTRE,
        "云山经开区管委会" => ZONE,
        "县商务局" => COMMERCE,
        "县文旅局" => TOURISM,
        "县工信局" => INDUSTRY,
        "龙潭镇" => BY_TOWN[0],
        "云溪镇" | "双河镇" | "马家集镇" => BY_TOWN[1],
        "城关镇" | "高桥镇" => BY_TOWN[2],
        "金坪镇" | "北门街道" => BY_TOWN[3],
        _ => return None,
    })
}

/// 县招商服务中心
const CENTRE: Form = Form {
    sheet: "招商月报",
    top: "#2026年1-5月招商引资工作月报表\n填报单位：县招商服务中心||单位：万元",
    columns: "序号|引进项目名称=name|签约企业=investor|投资方来源地=origin|所属行业=industry|落地乡镇=town|意向协议时间=intended|签约时间=signed|正式合同时间=fulfilled|注册时间=landed|实际开工时间=actual_start|投产时间=in_production|协议引资额=contract|到位资金=in_place|其中：上年结转=carried|目前阶段=stage|项目进展情况=status|招商单位=unit|备注=note",
    dates: Dates::DotDay,
    total: Total::Bottom,
    bottom: "填报人：\t审核人：",
    ..ATTRACTED
};

/// 云山经开区管委会
const ZONE: Form = Form {
    top: "#云山经开区2026年5月招商引资统计表\n||单位：亿元",
    columns: "序号|项目名称=name|投资方情况>投资企业=investor|投资方情况>来源地=origin|产业类别=industry|所属乡镇=town|推进节点>意向签订时间=intended|推进节点>合同签订日期=signed|推进节点>转合同时间=fulfilled|推进节点>公司注册日期=landed|推进节点>实际开工日期=actual_start|推进节点>投产日期=in_production|资金情况（亿元）>合同投资额=contract|资金情况（亿元）>累计到位=in_place|资金情况（亿元）>其中：上年结转=carried|所处阶段=stage|进展情况=status|备注=note",
    money: "亿元",
    dates: Dates::Slash,
    total: Total::Top,
    ..ATTRACTED
};

/// 县商务局
const COMMERCE: Form = Form {
    sheet: "招商项目",
    top: "#招商引资项目台账\n填报单位：县商务局||单位：万元||截至2026年5月31日",
    columns: "序号|招商项目名称=name|投资商=investor|来源地=origin|行业=industry|拟落户地点=town|意向时间=intended|签订时间=signed|签订正式合同时间=fulfilled|落地时间=landed|开工时间=actual_start|竣工投产时间=in_production|签约金额（万元）=contract|实际到位资金（万元）=in_place|其中上年结转到位（万元）=carried|推进阶段=stage|项目进展=status|责任单位=unit|备注=note",
    dates: Dates::ChineseDay,
    ..ATTRACTED
};

/// 县文旅局
const TOURISM: Form = Form {
    sheet: "文旅招商",
    top: "#文旅招商项目推进表（5月）\n填报单位：县文旅局||单位：亿元",
    columns: "编号|招引项目名称=name|投资主体=investor|客商所在地=origin|产业类型=industry|落户乡镇=town|签约日期=signed|注册时间=landed|动工时间=actual_start|投产时间=in_production|合同额=contract|到位金额=in_place|当前阶段=stage|目前进展=status|备注=note",
    money: "亿元",
    dates: Dates::Iso,
    total: Total::Top,
    ..ATTRACTED
};

/// 县工信局
const INDUSTRY: Form = Form {
    sheet: "工业招商",
    top: "#工业招商引资统计表（1-5月）\n||计量单位：元",
    columns: "序号|签约项目名称=name|客商名称=investor|资金来源地=origin|所属产业=industry|落地镇街=town|协议签订时间=signed|履约时间=fulfilled|落地时间=landed|开工日期=actual_start|投产年月=in_production|协议引资额（元）=contract|年初以来到位资金（元）=in_place|上年结转（元）=carried|项目阶段=stage|进展情况=status|备注=note",
    money: "元",
    dates: Dates::Iso,
    ..ATTRACTED
};

/// The towns' four ways.
const BY_TOWN: [Form; 4] = [
    Form {
        sheet: "招商引资项目",
        top: "#招商引资项目推进情况表\n2026年1-5月||单位：万元",
        columns: "序号|项目名称=name|投资方=investor|投资方所在地=origin|产业类别=industry|签约时间=signed|正式合同时间=fulfilled|注册时间=landed|开工时间=actual_start|投产时间=in_production|协议投资额=contract|到位资金=in_place|所处阶段=stage|进展情况=status|备注=note",
        dates: Dates::TrueDay,
        total: Total::Top,
        ..ATTRACTED
    },
    Form {
        sheet: "招商",
        top: "#招商引资工作进展表（5月）\n||单位：万元",
        columns: "序号|引进项目=name|投资企业名称=investor|来源地=origin|所属产业=industry|洽谈签约>意向签约时间=intended|洽谈签约>签约日期=signed|洽谈签约>正式合同签订日期=fulfilled|落地建设>落户时间=landed|落地建设>开工年月=actual_start|落地建设>投产时间=in_production|合同投资额=contract|累计到位资金=in_place|推进阶段=stage|推进情况=status",
        dates: Dates::DotDay,
        total: Total::Bottom,
        ..ATTRACTED
    },
    Form {
        sheet: "招商台账",
        top: "#招商引资项目台账\n填报时间：2026年6月2日||单位：万元",
        columns: "项目名称=name|投资主体=investor|投资方所在地=origin|行业类别=industry|落地乡镇=town|签约日期=signed|落地日期=landed|实际开工时间=actual_start|投产日期=in_production|合同引资额=contract|到位市外资金=in_place|其中：上年结转=carried|目前阶段=stage|目前进展情况=status|备注=note",
        dates: Dates::ChineseDay,
        ..ATTRACTED
    },
    Form {
        sheet: "招商项目库",
        top: "#招商项目库\n单位：亿元",
        columns: "编号|招商引资项目名称=name|客商=investor|产业=industry|对接时间=intended|签约时间=signed|转合同时间=fulfilled|公司注册时间=landed|动工日期=actual_start|投产年月=in_production|总投资（亿元）=contract|已到位资金（亿元）=in_place|现阶段=stage|工作进展=status",
        money: "亿元",
        dates: Dates::Slash,
        ..ATTRACTED
    },
];

fn bottlenecks(unit: &str) -> Option<Form> {
    Some(match unit {
        "县政府督查室" => Form {
            top: "#云山县项目堵点难题清单\n填报单位：县政府督查室||截至2026年5月31日",
            columns: "序号|督办号=ticket|涉及项目名称=name|所属乡镇=town|堵点类型=kind|存在的堵点难点问题=problem|问题成因=cause|化解措施=measure|责任分工>责任单位=unit|责任分工>包保领导=leader|责任分工>解决时限=deadline|首次上报时间=first_reported|解决情况>进展情况=status|解决情况>台账状态=closing|解决情况>申请销号时间=applied|解决情况>销号时间=resolved|解决情况>重新交办时间=reopened|回访情况>回访日期=visited|回访情况>回访结果=visit|备注=note",
            dates: Dates::DotDay,
            ..DIFFICULTY
        },
        "县自然资源局" => Form {
            sheet: "堵点",
            top: "#项目堵点难点台账\n填报单位：县自然资源局||2026年5月",
            columns: "序号|台账编号=ticket|项目（事项）名称=name|属地=town|问题类别=kind|具体问题=problem|解决措施=measure|牵头单位=unit|交办日期=first_reported|要求解决时限=deadline|推进情况=status|销号状态=closing|销号日期=resolved|回访时间=visited",
            dates: Dates::ChineseDay,
            ..DIFFICULTY
        },
        "高桥镇" | "城关镇" => Form {
            sheet: "堵点问题",
            top: "#5月堵点问题清单",
            columns: "序号|督办编号=ticket|项目名称=name|堵点类型=kind|堵点难点=problem|破解措施=measure|责任部门=unit|责任领导=leader|提出时间=first_reported|完成时限=deadline|办理情况=status|是否销号=closing|申请销号日期=applied|销号时间=resolved|满意度=visit",
            dates: Dates::Slash,
            ..DIFFICULTY
        },
        _ => return None,
    })
}

fn initiatives(unit: &str) -> Option<Form> {
    Some(match unit {
        "县委督查室" => Form {
            top: "附件2：\n#县处级领导干部挂点联系事项进展情况汇总表\n（5月份）\n填报单位：县委督查室",
            columns: "序号|联系领导=leader|类别=category|工作事项=item|年度目\n标任务=goal|责任单位=unit|计划完\n成时间=deadline|工作推\n进情况=status|达到情况=state|存在的主要问题=problem|备注=note",
            dates: Dates::DotDay,
            ..MATTER
        },
        "县政府办公室" => Form {
            sheet: "县领导联系事项进展(县政府办公室)",
            top: "县领导联系事项进展情况\n填报单位：县政府办公室",
            columns: "序号|事项类别=category|联系事项=item|工作目标=goal|责任领导=leader|牵头单位=unit|完成时限=deadline|进展情况=status|是否达到进度=state|存在问题=problem",
            dates: Dates::Iso,
            ..MATTER
        },
        _ => return None,
    })
}

/// 县统计局
const INDICATORS: Form = Form {
    book: "indicators",
    sheet: "县统计局1-5月主要经济指标",
    top: "云山县2026年1-5月主要经济指标\n填报单位：县统计局",
    columns: "序号|经济指标=indicator|计量单位=measured_in|1-5月累计=value|同比增长（%）=growth|年度目标增速（%）=growth_goal|全市增速（%）=growth_city|全省增速（%）=growth_province|全国增速（%）=growth_nation|在全市位次=rank|上月位次=rank_before",
    rates: Rates::Points,
    ..KEY
};

/// Who has tasks in the hundred days; the way in which each keeps them.
fn campaign(unit: &str) -> Option<Form> {
    let way = super::super::truth::campaign::REPORTERS.iter().position(|known| *known == unit)?;
    Some(match way % 4 {
        0 => Form {
            top: "#百日攻坚行动任务推进表\n||单位：万元",
            columns: "序号|攻坚项目=name|所在乡镇=town|一名领导=leader|一套班子=team|一套方案=scheme|一抓到底=follow_through|攻坚目标=goal|百日计划投资=plan|本周完成投资=done_week|百日累计完成投资=done|完成率=rate|完成时限=deadline|推进状态=state|进展情况=status|存在问题=problem|下步措施=measure",
            dates: Dates::DotDay,
            rates: Rates::Percent,
            total: Total::Bottom,
            ..CAMPAIGN
        },
        1 => Form {
            sheet: "百日会战",
            top: "#“项目为王”百日会战任务清单\n单位：亿元",
            columns: "编号|会战项目名称=name|类别=kind|五个一>包联领导=leader|五个一>工作专班=team|五个一>实施方案=scheme|五个一>跟踪机制=follow_through|会战目标=goal|会战计划投资=plan|会战以来完成投资=done|完成比例=rate|任务状态=state|形象进度=status|备注=note",
            money: "亿元",
            rates: Rates::Text,
            ..CAMPAIGN
        },
        2 => Form {
            sheet: "攻坚任务",
            top: "#百日攻坚任务台账\n||单位：万元",
            columns: "序号|任务名称=name|任务类别=kind|属地=town|责任单位=unit|包抓领导=leader|攻坚专班=team|攻坚方案=scheme|调度机制=follow_through|目标任务=goal|攻坚计划投资=plan|攻坚以来累计完成投资=done|占计划（%）=rate|时限要求=deadline|完成状态=state|工作进展=status|困难问题=problem",
            dates: Dates::Chinese,
            rates: Rates::Points,
            numbers: Numbers::SomeText,
            total: Total::Top,
            ..CAMPAIGN
        },
        _ => Form {
            sheet: "冬季攻坚",
            top: "#冬季百日攻坚行动进展表\n||单位：元",
            columns: "序号|项目（任务）名称=name|建设地点=town|联系领导=leader|班子成员=team|方案文号=scheme|推进机制=follow_through|百日目标=goal|计划完成投资=plan|攻坚期完成投资=done|任务完成率=rate|计划完成时间=deadline|项目状态=state|目前进展=status|备注=note",
            money: "元",
            dates: Dates::Iso,
            rates: Rates::Percent,
            ..CAMPAIGN
        },
    })
}
