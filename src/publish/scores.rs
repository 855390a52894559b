//! 得分构成 and 得分依据: every score taken apart to its terms, and how each of them came about.
//!
//! Takes the rankings of a report, gives a sheet a scored ranking and one with all evidence. Sums and
//! places are live where following them gives exactly what the score states.

use std::collections::BTreeMap;

use num_traits::Zero;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::grades::Marks;
use super::report::Report;
use super::style::{Shown, Style};
use super::table::{Cell, Column, Frame, Table};
use super::{names, workbook};
use crate::amount::{Fraction, to_f64, widened};
use crate::measure::Figure;
use crate::profile::{MeasuredIn, Missing, Part, RankingPlan, ScorePlan, TermPlan};
use crate::rank::{Ranked, Ranking};
use crate::score::{self, Scored, ScoredTerm};

/// The sheets of all scores: 得分构成 for each, then 得分依据; none where nothing is scored.
pub(super) fn sheets(report: &Report, style: Style) -> Result<Vec<Worksheet>, XlsxError> {
    let scored: Vec<(&Ranking, &ScorePlan)> = scored(report).collect();
    if scored.is_empty() {
        return Ok(Vec::new());
    }
    let titles = names::score_sheets(&scored.iter().map(|(ranking, _)| ranking.title.as_str()).collect::<Vec<_>>());
    let mut sheets = Vec::new();
    let mut evidence_rows = Vec::new();
    for ((ranking, plan), name) in scored.iter().zip(titles) {
        let sheet = Sheet::new(report, ranking, plan);
        sheets.push(sheet.write(name)?);
        evidence_rows.extend(sheet.evidence());
    }
    sheets.push(evidence(report, evidence_rows).write(style)?);
    Ok(sheets)
}

/// The rankings of a report that have scores.
pub(super) fn scored<'a>(report: &Report<'a>) -> impl Iterator<Item = (&'a Ranking, &'a ScorePlan)> {
    let county = &report.profile.county;
    let with_scores = report.ranked().filter(|ranking| ranking.rows.iter().any(|row| row.score.is_some()));
    with_scores.filter_map(|ranking| Some((ranking, county.score_of(&ranking.book, &ranking.id)?)))
}

/// Where each group's score of a ranking stands: the sheet and the cell of its total.
pub(super) fn totals_at(report: &Report, ranking: &Ranking) -> BTreeMap<String, (String, String)> {
    let scored: Vec<(&Ranking, &ScorePlan)> = scored(report).collect();
    let titles = names::score_sheets(&scored.iter().map(|(ranking, _)| ranking.title.as_str()).collect::<Vec<_>>());
    let own = scored.iter().zip(titles).find(|((of, _), _)| of.id == ranking.id && of.book == ranking.book);
    let Some(((ranking, plan), name)) = own else { return BTreeMap::new() };
    let sheet = Sheet::new(report, ranking, plan);
    let frame = sheet.frame();
    let total = sheet.columns.iter().position(|of| matches!(of, Of::Total));
    let at = |(at, row): (usize, &usize)| {
        Some((sheet.rows[*row].0.group.clone(), (name.clone(), frame.address(at, total?))))
    };
    sheet.listed.iter().enumerate().filter_map(at).collect()
}

/// What 口径说明 says of the scores: an item and its rule.
pub(super) fn definitions(report: &Report) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for (ranking, plan) in scored(report) {
        let words = plan.words.trim_end_matches('。');
        let entries = score::entries_in_words(plan);
        rows.push((plan.title.clone(), format!("用于“{}”。{words}。{entries}", ranking.title)));
        rows.extend(rules(report, plan).into_iter().map(|(title, words)| (format!("　{title}"), words)));
    }
    rows
}

/// The rules of a score's terms and vetoes.
fn rules(report: &Report, plan: &ScorePlan) -> Vec<(String, String)> {
    let profile = report.profile;
    let terms = plan.terms.iter().map(|term| (term.title.clone(), score::term_in_words(profile, plan, term)));
    let vetoes = plan.vetoes.iter().map(|veto| (veto.title.clone(), score::veto_in_words(profile, plan, veto)));
    terms.chain(vetoes).collect()
}

/// A column of 得分构成.
#[derive(Clone, Copy)]
enum Of<'a> {
    Place,
    Group,
    /// The figure that a term looks at, by the term's index.
    Value(usize),
    Points(usize),
    Part(&'a Part),
    Bonus,
    Penalty,
    Total,
    Grade,
    Remark,
}

/// 得分构成 of one ranking.
struct Sheet<'a> {
    report: &'a Report<'a>,
    ranking: &'a Ranking,
    plan: &'a ScorePlan,
    /// The scored rows, best first; those without a score last.
    rows: Vec<(&'a Ranked, &'a Scored)>,
    /// Those that it lists: all, or both ends where the ranking's own sheet has no more.
    listed: Vec<usize>,
    columns: Vec<Of<'a>>,
}

impl<'a> Sheet<'a> {
    fn new(report: &'a Report<'a>, ranking: &'a Ranking, plan: &'a ScorePlan) -> Self {
        let mut rows: Vec<_> = ranking.rows.iter().filter_map(|row| Some((row, row.score.as_deref()?))).collect();
        rows.sort_by(|a, b| compared(a).cmp(&compared(b)).reverse().then_with(|| a.0.group.cmp(&b.0.group)));
        let columns = columns(plan, &rows);
        let large = &report.profile.county.large;
        let ends = if large.by_ends(ranking.rows.len()) { large.ends } else { rows.len() };
        let listed = (0..rows.len()).filter(|at| *at < ends || *at + ends >= rows.len()).collect();
        Self { report, ranking, plan, rows, listed, columns }
    }

    fn frame(&self) -> Frame {
        Frame::of(false, false, self.listed.len())
    }

    /// Whether it lists all that have scores.
    fn is_whole(&self) -> bool {
        self.listed.len() == self.rows.len()
    }

    /// How each listed score came about: those of a whole ranking in its order.
    fn evidence(&self) -> Vec<Vec<Cell>> {
        let listed = || self.listed.iter().map(|at| self.rows[*at].1).collect();
        let scores: Vec<&Scored> = match self.is_whole() {
            true => self.ranking.rows.iter().filter_map(|row| row.score.as_deref()).collect(),
            false => listed(),
        };
        scores.into_iter().flat_map(|score| evidence_of(self.plan, score)).collect()
    }

    fn write(&self, name: String) -> Result<Worksheet, XlsxError> {
        let frame = self.frame();
        let (office, _) = workbook::caption(self.report);
        let table = Table {
            sheet: name,
            title: format!("{}{}{}得分构成", self.report.county, self.report.period.in_words(), self.ranking.title),
            caption: (office, format!("{}    {}", self.plan.title, workbook::until(self.report))),
            above: None,
            columns: self.columns.iter().map(|of| self.column(*of)).collect(),
            total: None,
            rows: (0..self.listed.len()).map(|at| self.row(at, frame)).collect(),
            notes: self.notes(),
            printed: self.columns.len(),
            frozen: 2,
            filter: false,
            row_height: 25.0,
        };
        // Leaders read whole 万元, as in the rankings.
        let mut sheet = table.write(Style { cents: false })?;
        if let Some(column) = self.columns.iter().position(|of| matches!(of, Of::Grade)) {
            let county = &self.report.profile.county;
            if let Some((plan, book)) = self.ranking_plan().zip(self.report.profile.book(&self.ranking.book)) {
                let rows = (frame.first - 1, frame.last - 1);
                Marks::grades(county, plan, book).colour(&mut sheet, rows, column as u16)?;
            }
        }
        Ok(sheet)
    }

    fn column(&self, of: Of) -> Column {
        let term = |at: usize| &self.plan.terms[at];
        match of {
            Of::Place => Column::of("得分位次", Shown::Centre),
            Of::Group => Column::text(self.ranking_plan().map_or("名称", |plan| plan.group_title.as_str()), 30.0),
            Of::Value(at) => {
                let (title, shown) = self.value_head(at);
                Column::of(title, shown)
            }
            Of::Points(at) => Column::of(format!("{}\n(分)", term(at).title), Shown::Score),
            Of::Part(part) => Column::of(format!("{}小计", part.title), Shown::Score),
            Of::Bonus => Column::of("加分", Shown::Score),
            Of::Penalty => Column::of("减分", Shown::Score),
            Of::Total => Column::of("得分", Shown::Score),
            Of::Grade => Column::of("等次", Shown::Centre),
            Of::Remark => Column::text("备注", 40.0),
        }
    }

    fn ranking_plan(&self) -> Option<&'a RankingPlan> {
        self.report.plan(self.ranking)
    }

    /// The title of a term's figure, and how it is shown.
    fn value_head(&self, at: usize) -> (String, Shown) {
        let looked = self.rows.iter().find_map(|(_, scored)| scored.terms.get(at)?.inputs.first());
        let title = looked.map_or(String::new(), |looked| looked.title.clone());
        let unit = looked.and_then(|looked| looked.figure.as_ref()).map(|figure| figure.measured_in);
        let shown = match unit {
            Some(MeasuredIn::Yuan) => Shown::Wan,
            Some(MeasuredIn::Count) => Shown::Count,
            Some(MeasuredIn::Points) => Shown::Gap,
            Some(MeasuredIn::Score) => Shown::Score,
            Some(MeasuredIn::Fraction) | None => Shown::Percent,
        };
        match shown {
            Shown::Gap if !title.contains("百分点") => (format!("{title}\n(百分点)"), shown),
            _ => (title, shown),
        }
    }

    fn row(&self, at: usize, frame: Frame) -> Vec<Cell> {
        let (row, scored) = self.rows[self.listed[at]];
        let points = |points: Option<Fraction>| Cell::number_or_dash(points.map(to_f64));
        let cell = |of: &Of| match of {
            Of::Place => self.place(at, frame),
            Of::Group => Cell::text(&row.group),
            Of::Value(term) => Cell::number_or_dash(
                scored.terms[*term].inputs.first().and_then(|looked| value(looked.figure.as_ref()?)),
            ),
            Of::Points(term) => points(scored.terms[*term].points),
            Of::Part(part) => self.part(part, scored, at, frame),
            Of::Bonus => Cell::number(to_f64(scored.bonus)),
            Of::Penalty => Cell::number(to_f64(scored.penalty)),
            Of::Total => self.total(scored, at, frame),
            Of::Grade => Cell::text(row.grade.as_deref().unwrap_or("—")),
            Of::Remark => Cell::text(remark(scored)),
        };
        self.columns.iter().map(cell).collect()
    }

    /// The place among the scores: 1-2-2-4; who is barred has none.
    fn place(&self, at: usize, frame: Frame) -> Cell {
        let total = |scored: &Scored| scored.total.filter(|_| scored.barred().is_none());
        let own = total(self.rows[self.listed[at]].1);
        // The rows stand best first.
        let better = |own: Fraction| self.rows.partition_point(|(_, other)| total(other) > Some(own)) + 1;
        let cell = Cell::number_or_dash(own.map(|own| better(own) as f64));
        let barred = self.rows.iter().any(|(_, scored)| scored.total.is_some() && scored.barred().is_some());
        match self.columns.iter().position(|of| matches!(of, Of::Total)) {
            Some(column) if !barred && self.is_whole() => {
                let (own, range) = (frame.address(at, column), frame.range(column));
                cell.by(format!("=IF(ISNUMBER({own}),1+COUNTIF({range},\">\"&{own}),\"—\")"))
            }
            _ => cell,
        }
    }

    /// The cells of the terms of a part, or of none, as a sum.
    fn sum_of(&self, part: Option<&str>, at: usize, frame: Frame) -> Vec<String> {
        let address = |(column, of): (usize, &Of)| match of {
            Of::Points(term) if self.plan.terms[*term].part.as_deref() == part => Some(frame.address(at, column)),
            _ => None,
        };
        self.columns.iter().enumerate().filter_map(address).collect()
    }

    fn part(&self, part: &Part, scored: &Scored, at: usize, frame: Frame) -> Cell {
        let stated = scored.parts.iter().find(|(id, _)| *id == part.id).map_or_else(Fraction::zero, |(_, sum)| *sum);
        let cell = Cell::number(to_f64(stated));
        match clamped(self.added(scored, Some(&part.id)), part.floor, part.cap) == stated {
            true => {
                let sum = format!("SUM({})", self.sum_of(Some(&part.id), at, frame).join(","));
                cell.by(format!("={}", limited(sum, part.floor, part.cap)))
            }
            false => cell,
        }
    }

    /// What the shown points of the terms of a part add up to.
    fn added(&self, scored: &Scored, part: Option<&str>) -> Fraction {
        let terms = self.plan.terms.iter().zip(&scored.terms).filter(|(term, _)| term.part.as_deref() == part);
        terms.filter_map(|(_, term)| term.points).fold(Fraction::zero(), |sum, points| sum + points)
    }

    fn total(&self, scored: &Scored, at: usize, frame: Frame) -> Cell {
        let cell = Cell::number_or_dash(scored.total.map(to_f64));
        let parts = scored.parts.iter().fold(Fraction::zero(), |sum, (_, part)| sum + part);
        let sum = self.added(scored, None) + parts + scored.bonus - scored.penalty;
        let reached = clamped(sum, self.plan.floor, self.plan.cap);
        if scored.total.is_none() || crate::amount::narrowed(&widened(reached), self.plan.decimals) != scored.total {
            return cell;
        }
        let mut added = self.sum_of(None, at, frame);
        let mut off = String::new();
        for (column, of) in self.columns.iter().enumerate() {
            match of {
                Of::Part(_) | Of::Bonus => added.push(frame.address(at, column)),
                Of::Penalty => off = format!("-{}", frame.address(at, column)),
                _ => {}
            }
        }
        let sum = limited(format!("SUM({}){off}", added.join(",")), self.plan.floor, self.plan.cap);
        cell.by(format!("=ROUND({sum},{})", self.plan.decimals))
    }

    fn notes(&self) -> Vec<String> {
        let words = self.plan.words.trim_end_matches('。');
        let mut notes = vec![format!("注：1. {words}。{}。", score::entries_in_words(self.plan))];
        for (title, rule) in rules(self.report, self.plan) {
            notes.push(format!("{}. {title}：{}。", notes.len() + 1, rule.trim_end_matches('。')));
        }
        let by_score = self.ranking_plan().is_some_and(|plan| plan.by == crate::profile::SCORE);
        if !by_score {
            notes.push(format!("{}. 本表得分不决定“{}”的名次。", notes.len() + 1, self.ranking.title));
        }
        notes.push(format!("{}. 每一项得分的算法和依据见“{}”。", notes.len() + 1, names::EVIDENCE));
        if !self.is_whole() {
            let (all, listed) = (self.rows.len(), self.listed.len());
            let mut by_ends = self.report.by_ends();
            let own = by_ends.find(|by_ends| std::ptr::eq(by_ends.ranking, self.ranking));
            let file = |file: String| format!("“{file}”");
            let files =
                own.map(|own| [Some(own.file), own.evidence].into_iter().flatten().map(file).collect::<Vec<_>>());
            notes.push(format!(
                "{}. 共{all}个对象，本表和“{}”只列得分在首尾的{listed}个，全部见同一文件夹的{}。",
                notes.len() + 1,
                names::EVIDENCE,
                files.unwrap_or_default().join("和")
            ));
        }
        notes
    }
}

/// What rows stand in order of: the score, the barred below all others that have one.
fn compared((_, scored): &(&Ranked, &Scored)) -> (bool, bool, Option<Fraction>) {
    (scored.total.is_some(), scored.barred().is_none(), scored.total)
}

fn columns<'a>(plan: &'a ScorePlan, rows: &[(&Ranked, &Scored)]) -> Vec<Of<'a>> {
    let mut columns = vec![Of::Place, Of::Group];
    let own = |at: usize, term: &TermPlan| {
        let before = plan.terms[..at].iter().any(|other| (&other.measure, &other.from) == (&term.measure, &term.from));
        term.measure.is_some() && !before
    };
    for (at, term) in plan.terms.iter().enumerate() {
        if own(at, term) {
            columns.push(Of::Value(at));
        }
        columns.push(Of::Points(at));
    }
    columns.extend(plan.parts.iter().map(Of::Part));
    if rows.iter().any(|(_, scored)| !scored.bonus.is_zero()) {
        columns.push(Of::Bonus);
    }
    if rows.iter().any(|(_, scored)| !scored.penalty.is_zero()) {
        columns.push(Of::Penalty);
    }
    columns.push(Of::Total);
    if rows.iter().any(|(row, _)| row.grade.is_some()) {
        columns.push(Of::Grade);
    }
    if rows.iter().any(|(_, scored)| !remark(scored).is_empty()) {
        columns.push(Of::Remark);
    }
    columns
}

/// A figure in the unit of its column.
fn value(figure: &Figure) -> Option<f64> {
    let value = figure.value?;
    Some(match figure.measured_in {
        MeasuredIn::Yuan => to_f64(value / 10_000),
        MeasuredIn::Points => to_f64(value * 100),
        MeasuredIn::Count | MeasuredIn::Fraction | MeasuredIn::Score => to_f64(value),
    })
}

/// Why a score is not simply the sum of its terms.
fn remark(scored: &Scored) -> String {
    let mut words: Vec<String> = scored.lost.iter().cloned().collect();
    if let Some(scale) = scored.scale.filter(|_| scored.lost.is_none()) {
        words.push(format!("有的项目不计，其余按满分折算（乘以{}）", score::plain(scale)));
    }
    words.extend(scored.verdicts.iter().map(|verdict| match &verdict.grade {
        Some(grade) => format!("{}，等次最高为“{grade}”", verdict.why),
        None => format!("{}（{}）", verdict.why, verdict.effect.title()),
    }));
    words.extend(scored.undecided.iter().map(|why| format!("未能判定{why}")));
    words.join("；")
}

fn clamped(sum: Fraction, floor: Option<crate::profile::Number>, cap: Option<crate::profile::Number>) -> Fraction {
    let sum = floor.map_or(sum, |floor| sum.max(floor.0));
    cap.map_or(sum, |cap| sum.min(cap.0))
}

/// The same in a formula.
fn limited(sum: String, floor: Option<crate::profile::Number>, cap: Option<crate::profile::Number>) -> String {
    let sum = floor.map_or(sum.clone(), |floor| format!("MAX({},{sum})", score::plain(floor.0)));
    cap.map_or(sum.clone(), |cap| format!("MIN({},{sum})", score::plain(cap.0)))
}

/// The columns of 得分依据.
pub(super) const EVIDENCE: [&str; 5] = ["得分", "名称", "项目", "计分", "算法和依据"];

/// 得分依据: a row for every term and entry of every group.
fn evidence(report: &Report, rows: Vec<Vec<Cell>>) -> Table {
    let (office, _) = workbook::caption(report);
    let [score, name, item, points, words] = EVIDENCE;
    let columns = vec![
        Column::text(score, 18.0),
        Column::text(name, 26.0),
        Column::text(item, 22.0),
        Column::of(points, Shown::Score),
        Column::text(words, 96.0),
    ];
    Table {
        sheet: names::EVIDENCE.to_owned(),
        title: format!("{}{}得分依据", report.county, report.period.in_words()),
        caption: (office, format!("单位：分    {}", workbook::until(report))),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows,
        notes: Vec::new(),
        frozen: 2,
        filter: true,
        row_height: 20.0,
    }
}

/// The rows of one score.
pub(super) fn evidence_of(plan: &ScorePlan, scored: &Scored) -> Vec<Vec<Cell>> {
    let row = |item: &str, points: Cell, words: String| {
        vec![Cell::text(&plan.title), Cell::text(&scored.group), Cell::text(item), points, Cell::text(words)]
    };
    let points = |points: Option<Fraction>| Cell::number_or_dash(points.map(to_f64));
    let term = |term: &ScoredTerm| {
        let own = points(term.points.filter(|_| term.missing != Some(Missing::Exclude)));
        row(&term.title, own, term.evidence.clone())
    };
    let mut rows: Vec<Vec<Cell>> = scored.terms.iter().map(term).collect();
    rows.extend(scored.entries.iter().map(|entry| {
        let counted = match entry.kind {
            crate::settings::EntryKind::Bonus => Cell::number(to_f64(entry.points)),
            crate::settings::EntryKind::Penalty => Cell::number(-to_f64(entry.points)),
            _ => Cell::blank(),
        };
        let words = format!("{}。依据：{}。自{}起", entry.reason, entry.document, entry.from.in_words());
        row(entry.kind.title(), counted, words)
    }));
    rows
}
