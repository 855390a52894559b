//! Rankings as tables of the bulletin: which, with which columns, cut to what a page holds.

use serde::Serialize;

use super::BulletinReport;
use super::figures::{self, Figures};
use crate::amount::Fraction;
use crate::profile::{BulletinTable, Measure, Order, RankingPlan, Reckoning, Sort, WHOLE};
use crate::publish::words;
use crate::rank::{Ranked, Ranking};

/// How many of each end of a ranking a sentence names.
const NAMED: usize = 3;
/// Columns of a table that nobody has stated.
const USUAL: [&str; 5] = ["plan", "done", "completion", "completion_change", "lag"];
/// Tables where nobody has stated any.
const MOST_TABLES: usize = 2;
/// Characters of a unit's name beyond which it is cut.
const LONGEST_NAME: usize = 24;

/// A ranking as the template sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Tabled {
    /// The ranking's title.
    title: String,
    /// What a group is called.
    group: String,
    /// The columns' headings, after place and group.
    columns: Vec<String>,
    /// Its rows; where some are left out, a row of `…` stands for them.
    rows: Vec<Row>,
    /// How many groups it has, and how many of them have a place.
    count: usize,
    placed: usize,
    /// How many rows are left out.
    cut: usize,
    /// The first and the last with what decides their places; empty where there are too few to tell ends.
    first: Vec<String>,
    last: Vec<String>,
    /// Those behind their schedule, the furthest first, and how many there are in all.
    behind: Vec<String>,
    behind_count: usize,
    /// Whether groups could be held against a schedule at all.
    held: bool,
    /// Whether groups have grades.
    graded: bool,
    /// The deciding measure's title.
    by: String,
    /// Why some have no place, each reason once.
    unranked: Vec<String>,
}

/// A group's row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct Row {
    place: String,
    name: String,
    cells: Vec<String>,
    grade: String,
    light: String,
    movement: String,
    f: Figures,
}

/// The tables that the county states, as far as the month has them; without any, those of the main book.
pub(super) fn tables(report: &BulletinReport, main: Option<&str>) -> Vec<Tabled> {
    let county = &report.profile.county;
    let stated: Vec<BulletinTable> = county.bulletin.tables.clone();
    let has_facts = |book: &str| report.facts.get(book).is_some_and(|facts| facts.height() > 0);
    let of = |table: &BulletinTable| {
        let plan = county.rankings.iter().find(|plan| plan.id == table.ranking && plan.book == table.book)?;
        let ranking = report.rankings.iter().find(|it| it.id == plan.id && it.book == plan.book)?;
        (has_facts(&table.book) && !ranking.rows.is_empty()).then(|| tabled(report, plan, ranking, &table.measures))
    };
    if stated.is_empty() {
        return usual(report, main).iter().filter_map(of).take(MOST_TABLES).collect();
    }
    stated.iter().filter_map(of).collect()
}

/// Rankings of the main book that give places, with the usual columns or the first of their own.
fn usual(report: &BulletinReport, main: Option<&str>) -> Vec<BulletinTable> {
    let Some(book) = main else { return Vec::new() };
    let gives_places = |plan: &&RankingPlan| plan.book == book && plan.group != WHOLE && plan.sort == Sort::Place;
    let table = |plan: &RankingPlan| {
        let is = |id: &String, usual: &str| id == usual || *id == format!("{book}_{usual}");
        let usual = USUAL.iter().filter_map(|usual| plan.measures.iter().find(|id| is(id, usual)));
        let mut measures: Vec<String> = usual.cloned().collect();
        if measures.len() < 2 {
            measures = plan.measures.iter().take(USUAL.len()).cloned().collect();
        }
        BulletinTable { book: plan.book.clone(), ranking: plan.id.clone(), measures }
    };
    report.profile.county.rankings.iter().filter(gives_places).map(table).collect()
}

fn tabled(report: &BulletinReport, plan: &RankingPlan, ranking: &Ranking, measures: &[String]) -> Tabled {
    let known = |id: &String| figures::measure(report.profile, &plan.book, id);
    let measures: Vec<&Measure> = measures.iter().filter_map(known).collect();
    let behind = behind(report, ranking);
    let placed: Vec<&Ranked> = ranking.rows.iter().filter(|row| row.place.is_some()).collect();
    let ends = placed.len() >= 2 * NAMED;
    let by = figures::measure(report.profile, &plan.book, &plan.by);
    let named = |rows: &[&Ranked]| rows.iter().map(|row| named(by, row)).collect::<Vec<_>>();
    let (rows, cut) = shown(report, plan, ranking, &measures);
    let mut unranked: Vec<String> = Vec::new();
    for reason in ranking.rows.iter().filter_map(|row| row.unranked.clone()) {
        if !unranked.contains(&reason) {
            unranked.push(reason);
        }
    }
    Tabled {
        title: plan.title.clone(),
        group: plan.group_title.clone(),
        columns: measures.iter().map(|measure| figures::column(measure)).collect(),
        count: ranking.rows.len(),
        placed: placed.len(),
        cut,
        first: if ends { named(&placed[..NAMED]) } else { Vec::new() },
        last: if ends { named(&placed[placed.len() - NAMED..]) } else { Vec::new() },
        behind_count: behind.as_ref().map_or(0, Vec::len),
        held: behind.is_some(),
        behind: behind.unwrap_or_default().into_iter().take(NAMED).collect(),
        graded: ranking.rows.iter().any(|row| row.grade.is_some()),
        by: words::order_in_words(by, plan.order == Order::Lowest),
        rows,
        unranked,
    }
}

/// The rows that a page holds: all, or as many from both ends with a row between that says how many are left out.
fn shown(report: &BulletinReport, plan: &RankingPlan, ranking: &Ranking, measures: &[&Measure]) -> (Vec<Row>, usize) {
    let most = report.profile.county.bulletin.most_rows;
    let row = |ranked: &Ranked| row(report, plan, ranked, measures);
    let count = ranking.rows.len();
    if count <= most {
        return (ranking.rows.iter().map(row).collect(), 0);
    }
    let cut = count - most;
    let first = most.div_ceil(2);
    let mut rows: Vec<Row> = ranking.rows[..first].iter().map(row).collect();
    let name = format!("（中间{cut}个略）");
    let grade = "…".to_owned();
    rows.push(Row {
        place: "…".to_owned(),
        name,
        cells: vec!["…".to_owned(); measures.len()],
        grade,
        ..Row::default()
    });
    rows.extend(ranking.rows[first + cut..].iter().map(row));
    (rows, cut)
}

fn row(report: &BulletinReport, plan: &RankingPlan, ranked: &Ranked, measures: &[&Measure]) -> Row {
    let cell = |measure: &&Measure| figures::cell(measure, ranked.value(&measure.id));
    let book = report.profile.book(&plan.book);
    Row {
        place: ranked.place.map_or("—".to_owned(), |place| place.to_string()),
        name: shortened(&ranked.group),
        cells: measures.iter().map(cell).collect(),
        grade: ranked.grade.as_deref().unwrap_or("—").to_owned(),
        light: ranked.light.as_deref().unwrap_or_default().to_owned(),
        movement: match ranked.movement {
            None => String::new(),
            Some(0) => "持平".to_owned(),
            Some(rose @ 1..) => format!("升{rose}位"),
            Some(fell) => format!("降{}位", -fell),
        },
        f: book.map_or_else(Figures::new, |book| figures::figures(book, &[ranked])),
    }
}

/// The groups behind, the furthest first, each with how far; `None` where nothing is held against a schedule.
fn behind(report: &BulletinReport, ranking: &Ranking) -> Option<Vec<String>> {
    let book = report.profile.book(&ranking.book)?;
    let lag = book.measures.iter().find(|measure| {
        measure.kind == Reckoning::Lag && ranking.rows.iter().any(|row| row.figure(&measure.id).is_some())
    })?;
    let lags = ranking.rows.iter().filter_map(|row| Some((row.figure(&lag.id)?.value?, &row.group)));
    // What rounds to nothing is 持平 in the table beside.
    let counts = |lag: &Fraction| crate::amount::rounded(*lag, 100, 1).is_some_and(|lag| lag > 0.into());
    let mut behind: Vec<(Fraction, &String)> = lags.filter(|(lag, _)| counts(lag)).collect();
    behind.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    Some(
        behind
            .iter()
            .map(|(by, group)| format!("{}（{}个百分点）", shortened(group), figures::lead(Some(*by))))
            .collect(),
    )
}

fn named(by: Option<&Measure>, row: &Ranked) -> String {
    let told = by.and_then(|by| Some(words::figure_in_words(by, row.figure(&by.id)?.value?)));
    told.map_or(shortened(&row.group), |told| format!("{}（{told}）", shortened(&row.group)))
}

/// A name that may be 200 characters long.
pub(super) fn shortened(name: &str) -> String {
    match name.chars().count() {
        0..=LONGEST_NAME => name.to_owned(),
        _ => name.chars().take(LONGEST_NAME - 1).chain(['…']).collect(),
    }
}
