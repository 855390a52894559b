//! 口径说明: what every figure means, how it was rounded, how ties end, which decisions are in force.
//!
//! The schedule and the remaining months stand here as the cells that formulas everywhere refer to by name.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::detail::months_left;
use super::grades::Marks;
use super::report::Report;
use super::style::{Shown, Style};
use super::table::{Cell, Column, Table};
use super::{detail, names, scores, words, workbook};
use crate::amount::{Fraction, rounded, to_f64};
use crate::finding::Level;
use crate::profile::{Book, Joined, Measure, MeasuredIn, Order, Sort};
use crate::settings::{Adjustment, Decision, Override};

/// Where the named cells stand: the first two rows of the table.
pub(super) const SCHEDULE_AT: &str = "$B$4";
/// The cell of the remaining months.
pub(super) const MONTHS_LEFT_AT: &str = "$B$5";

/// The sheet.
pub(super) fn write(report: &Report, book: &Book, style: Style) -> Result<Worksheet, XlsxError> {
    let table = table(report, book);
    let mut sheet = table.write(style)?;
    // The schedule is a rate among words.
    let (row, percent) = (table.frame().first - 1, style.cell(Shown::Percent));
    table.rows[0][1].write(&mut sheet, row, 1, &percent)?;
    Ok(sheet)
}

fn table(report: &Report, book: &Book) -> Table {
    let mut rows = calendar(report, book);
    rows.extend(changes(report));
    rows.extend(measures(book));
    rows.extend(rules(report));
    rows.extend(marks(report, book));
    rows.extend(rankings(report));
    rows.extend(scores::definitions(report).into_iter().map(|(item, words)| row(item, Cell::text("分"), words)));
    rows.extend(decisions(report));
    rows.extend(corrections(report));
    rows.extend(shares(report));
    Table {
        sheet: names::DEFINITIONS.to_owned(),
        title: format!("{}{}{}排名口径说明", report.county, report.period.in_words(), book.short()),
        caption: workbook::caption(report),
        above: None,
        columns: vec![Column::text("条目", 30.0), Column::of("数值或单位", Shown::Centre), Column::text("口径", 96.0)],
        total: None,
        rows,
        notes: Vec::new(),
        printed: 3,
        frozen: 0,
        filter: false,
        row_height: 20.0,
    }
}

fn row(item: impl Into<String>, unit: Cell, words: impl Into<String>) -> Vec<Cell> {
    vec![Cell::text(item), unit, Cell::text(words)]
}

fn calendar(report: &Report, book: &Book) -> Vec<Vec<Cell>> {
    let county = &report.profile.county;
    let own = county.schedule(book, None, None);
    let words = own.words.trim_end_matches('。');
    let due = Cell::number_or_dash(report.schedule.map(to_f64));
    let (due, words) = match county.share(own, report.period) {
        Some(share) => (
            due.by(format!("={}/{}", share.numerator, share.denominator)),
            format!("{words}。本表各处“序时进度”均引用此单元格，另有注明的除外"),
        ),
        None => (due, format!("{words}。此处为全县合计，各单位、各项目按各自计划，见各表")),
    };
    let (year, month, day) = words::last_day(report.period);
    let sources = if report.elsewhere == 0 { "见“数据来源”" } else { "在集群的台账里" };
    let mut rows = vec![
        row(detail::SCHEDULE, due, words),
        months_left_row(report),
        row(
            "数据截止",
            Cell::text(format!("{month}月{day}日")),
            format!("{year}年1月1日至{month}月{day}日累计；以各单位报送的本期报表为准，逐表来源{sources}"),
        ),
    ];
    rows.extend(report.schedules.iter().filter(|used| used.id != own.id).map(|used| {
        let item = format!("{}（{}）", detail::SCHEDULE, used.used_by.join("、"));
        row(item, Cell::text(used.share_in_words()), &used.words)
    }));
    rows
}

/// The months that the formulas of what is left to do divide by, in the cell that they name.
fn months_left_row(report: &Report) -> Vec<Cell> {
    let left = months_left(report);
    let formula = match left.is_integer() {
        true => format!("=12-{}", report.period.month()),
        false => format!("={}/{}", left.numer(), left.denom()),
    };
    let words = "本年剩余月数，不足整月的按天数折算，用于计算月均需完成投资";
    row(detail::MONTHS_LEFT, Cell::number(to_f64(left)).by(formula), words)
}

fn measures(book: &Book) -> Vec<Vec<Cell>> {
    let words = |measure: &Measure| row(&measure.title, Cell::text(unit(measure)), &measure.words);
    book.measures.iter().map(words).collect()
}

/// What a measure is counted in.
pub(super) fn unit(measure: &Measure) -> &str {
    if let Some(unit) = &measure.unit {
        return unit;
    }
    match measure.measured_in {
        MeasuredIn::Yuan => "万元",
        MeasuredIn::Count => "个",
        MeasuredIn::Fraction => "%",
        MeasuredIn::Points => "百分点",
        MeasuredIn::Score => "分",
    }
}

fn rules(report: &Report) -> Vec<Vec<Cell>> {
    let mut rows = vec![
        row(
            "取整",
            Cell::blank(),
            "金额按元存储和累加，比率由未取整的金额计算，只在显示时四舍五入一次，因此分项之和与合计、两率之差可能相差末位",
        ),
        row(
            "同比",
            Cell::blank(),
            "比率之差用百分点表示，金额增减用百分比表示；相差不足0.05（百分点或百分比）的为持平",
        ),
        row(
            "未能计算",
            Cell::blank(),
            "没有年度计划、没有上年同期数或数值无法识别的，不作0处理，以“—”表示，不参与排名",
        ),
        row(
            "距标兵、距追兵",
            Cell::blank(),
            "与前一名、后一名在排名指标上的差距；并列的与并列之外的前一名、后一名比较",
        ),
    ];
    let found: Vec<String> =
        Level::ALL.iter().map(|level| format!("{}{}条", level.title(), report.found(*level))).collect();
    rows.push(row(
        "核验情况",
        Cell::blank(),
        format!("本期报表核验：{}。强制性事项须修改，核实性事项须说明", found.join("，")),
    ));
    rows.push(row(
        "表内公式",
        Cell::blank(),
        "排名表中的个数、金额、比率、名次和差距均为公式，取自“项目明细”；在 Excel、WPS 中改动明细后自动重算",
    ));
    rows
}

/// Grades and lights, each wording once with the rankings that it holds for.
fn marks(report: &Report, book: &Book) -> Vec<Vec<Cell>> {
    let county = &report.profile.county;
    let mut said: Vec<(&str, String, Vec<&str>)> = Vec::new();
    for ranking in report.sheets() {
        let Some(plan) = report.plan(ranking) else { continue };
        for (what, marks) in [("等次", Marks::grades(county, plan, book)), ("亮灯", Marks::lights(county, plan, book))]
        {
            let Some(words) = marks.in_words().filter(|_| marks.can_mark(plan)) else { continue };
            match said.iter_mut().find(|(known, same, _)| *known == what && *same == words) {
                Some((_, _, titles)) => titles.push(&ranking.title),
                None => said.push((what, words, vec![&ranking.title])),
            }
        }
    }
    let several = |what: &str| said.iter().filter(|(other, _, _)| *other == what).count() > 1;
    let in_words = |(what, words, titles): &(&str, String, Vec<&str>)| {
        let of = if several(what) { format!("（{}）", titles.join("、")) } else { String::new() };
        row(*what, Cell::blank(), format!("{words}{of}"))
    };
    said.iter().map(in_words).collect()
}

fn rankings(report: &Report) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for ranking in report.sheets() {
        let Some(plan) = report.plan(ranking) else { continue };
        let by = report.measure(&plan.book, &plan.by).map_or(plan.by.as_str(), |measure| measure.title.as_str());
        let tie = plan.tie_words.trim_end_matches('。');
        let order = match (plan.sort, plan.order) {
            (Sort::Name, _) => "按时序列出，不排名".to_owned(),
            (_, Order::Highest) => format!("按{by}从高到低排名"),
            (_, Order::Lowest) => format!("按{by}从低到高排名"),
        };
        rows.push(row(&ranking.title, Cell::blank(), format!("{order}。{tie}")));
    }
    rows
}

/// How rows count that several share, and which projects the office has divided.
fn shares(report: &Report) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let joined = |joined: Joined| {
        let plans = report.sheets().filter_map(|ranking| Some((ranking, report.plan(ranking)?)));
        let titles: Vec<&str> =
            plans.filter(|(_, plan)| plan.leaders == joined).map(|(ranking, _)| ranking.title.as_str()).collect();
        titles.join("、")
    };
    for (how, words) in [
        (Joined::First, "一行列有几个对象的，只计入第一个"),
        (Joined::Shared, "一行列有几个对象的，金额按元平均分摊，余数从前往后各分一元；个数计入第一个"),
    ] {
        let titles = joined(how);
        if !titles.is_empty() {
            rows.push(row("归属", Cell::blank(), format!("{words}（{titles}）")));
        }
    }
    let percent =
        |share: Fraction| rounded(share, 100, 2).map_or_else(|| share.to_string(), |p| p.normalize().to_string());
    for shares in report.shares {
        let parts: Vec<String> =
            shares.parts.iter().map(|(unit, share)| format!("{unit}{}%", percent(*share))).collect();
        let words = format!(
            "{}：{}（{}）。金额按份额计入各单位，个数计入第一个单位",
            shares.project,
            parts.join("、"),
            shares.document
        );
        rows.push(row("分摊", Cell::blank(), words));
    }
    rows
}

/// The list of projects and its plan, how both have changed, and the decisions that made them.
fn decisions(report: &Report) -> Vec<Vec<Cell>> {
    let version = version(report).map_or_else(String::new, |version| format!("{version}。"));
    let decided = match report.decisions.len() {
        0 => "本期没有项目移出或计划调整的决定".to_owned(),
        count => format!("下列{count}项决定已生效"),
    };
    let words = format!("{version}按各单位报送的年度计划计算，{decided}");
    let mut rows = vec![row("计划口径", Cell::blank(), words)];
    rows.extend(report.decisions.iter().map(decision));
    rows
}

/// 本期名单109个项目，年度计划30.9亿元；上期110个、31.2亿元.
fn version(report: &Report) -> Option<String> {
    let whole = report.ranked().find(|ranking| ranking.id == "county")?;
    let now = |id: &str| whole.rows.first()?.figure(id)?.value;
    let in_words = |id: &str, value: Fraction| {
        let measure = report.measure(&whole.book, id)?;
        Some(words::figure_in_words(measure, value))
    };
    let (count, plan) = (in_words("count", now("count")?)?, in_words("plan", now("plan")?)?);
    let stated = format!("本期名单{count}项目，年度计划合计{plan}");
    let before = (report.before(whole, "count"), report.before(whole, "plan"));
    Some(match before {
        (Some(then), Some(planned)) if Some(then) == now("count") && Some(planned) == now("plan") => {
            format!("{stated}，与上期相同")
        }
        (Some(then), Some(planned)) => {
            format!("{stated}；上期{}项目，{}", in_words("count", then)?, in_words("plan", planned)?)
        }
        _ => stated,
    })
}

/// What is reckoned otherwise than in the period before.
fn changes(report: &Report) -> Vec<Vec<Cell>> {
    let item = "与上期口径相比";
    let Some(period) = report.past.compared else {
        return vec![row(item, Cell::blank(), "台账中没有上期的运行记录，无从比较")];
    };
    let period = period.in_words();
    if report.past.changes.is_empty() {
        return vec![row(item, Cell::blank(), format!("与{period}相同，没有改动"))];
    }
    let count = report.past.changes.len();
    let words = format!("与{period}相比，下列{count}处有改动；往期的走势和名次按现行口径重新计算");
    let mut rows = vec![row(item, Cell::blank(), words)];
    rows.extend(report.past.changes.iter().map(|one| row(format!("　{}", one.item), Cell::blank(), &one.words)));
    rows
}

/// Values that the office uses in place of reported ones, and projects that go on earlier ones.
fn corrections(report: &Report) -> Vec<Vec<Cell>> {
    let revised = report.revised.iter().map(|one| {
        let Override { document, reason, .. } = &one.decision;
        let words =
            format!("{}单位填报{}，按{}计算。依据：{document}。原因：{reason}", one.title, one.reported, one.decided);
        row(&one.name, Cell::text("更正"), words)
    });
    let links = report.links.iter().map(|one| {
        let words = format!("原为“{}”，以前各期接续计算。依据：{}", one.link.old, one.link.document);
        row(&one.link.new, Cell::text(one.link.relation.title()), words)
    });
    revised.chain(links).collect()
}

fn decision(decision: &Adjustment) -> Vec<Cell> {
    let (kind, what) = match decision.decision {
        Decision::Out => ("移出", "移出名单，不计入各项合计和排名".to_owned()),
        Decision::In => ("调入", "列入名单，自生效之日起计入各项合计和排名".to_owned()),
        Decision::Replan(yuan) => ("计划调整", format!("年度计划调整为{}", words::amount_in_words(yuan))),
    };
    let from = decision.from.map_or(String::new(), |from| format!("，自{}起", from.in_words()));
    let document = match decision.document.as_str() {
        "" => "未注明".to_owned(),
        document => document.to_owned(),
    };
    row(&decision.project, Cell::text(kind), format!("{what}{from}。依据：{document}。原因：{}", decision.reason))
}
