//! Figures from sums are those from rows: the queries are answered here by polars, as Spark answers them on a cluster.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame, DataType, IdxCa, IntoLazy, NamedFrom, Series, col, len};

use super::summed::{Query, Summed, measure_summed, queries};
use super::*;
use crate::check::sample::{self, Project};
use crate::check::sql;
use crate::profile::Joined;

/// The rows of a query, once for each group that they count for wholly.
fn rows(query: &Query, frame: &DataFrame) -> DataFrame {
    let picked = |text: &Option<String>, frame: DataFrame| match text {
        Some(text) => frame.clone().lazy().filter(sql::over(text, frame.schema()).unwrap()).collect().unwrap(),
        None => frame,
    };
    let frame = picked(&query.picked, frame.clone());
    let Some(column) = &query.group else { return picked(&query.filter, frame) };
    let shares = frame.column("unit_shares").unwrap().str().unwrap().clone();
    let cells = frame.column(column).unwrap().str().unwrap().clone();
    let (mut at, mut names) = (Vec::new(), Vec::new());
    for (row, cell) in (0u32..).zip(cells.iter()).filter(|(row, _)| shares.get(*row as usize).is_none()) {
        let cell = cell.unwrap_or_default();
        let most = if query.joined == Joined::First { 1 } else { usize::MAX };
        if query.joined == Joined::Shared && cell.contains('、') {
            continue;
        }
        for name in cell.split('、').filter(|name| !name.is_empty()).take(most) {
            at.push(row);
            names.push(name.to_owned());
        }
    }
    let mut taken = frame.take(&IdxCa::new("rows".into(), at)).unwrap();
    taken.with_column(Column::from(Series::new("cluster_group".into(), names))).unwrap();
    picked(&query.filter, taken)
}

fn answer(query: &Query, frame: &DataFrame) -> BTreeMap<String, Summed> {
    assert_eq!(query.judged, None, "the built-in profile has one schedule");
    let rows = rows(query, frame);
    let mut asked = vec![len().cast(DataType::Int64).alias("rows")];
    let whole = |text: &str| sql::over(text, frame.schema()).unwrap().cast(DataType::Int64);
    for (at, sought) in query.sums.iter().enumerate() {
        asked.push(whole(&sought.numerator).alias(format!("n{at}")));
        asked.extend(sought.denominator.iter().map(|text| whole(text).alias(format!("d{at}"))));
        asked.extend(sought.last_year.iter().map(|name| whole(&format!("SUM({name})")).alias(format!("l{at}"))));
        let missing = |name: &String| whole(&format!("COUNT(*) - COUNT({name})")).alias(format!("m{at}"));
        asked.extend(sought.last_year.iter().map(missing));
    }
    let out = match query.group {
        Some(_) => rows.lazy().group_by([col("cluster_group")]).agg(asked),
        None => rows.lazy().select(asked),
    };
    let out = out.collect().unwrap();
    let cell = |name: String, row: usize| out.column(&name).ok().and_then(|column| column.i64().unwrap().get(row));
    let one = |row: usize| {
        let name = out.column("cluster_group").map_or("", |names| names.str().unwrap().get(row).unwrap());
        let sums = (0..query.sums.len()).map(|at| ["n", "d", "l", "m"].map(|kind| cell(format!("{kind}{at}"), row)));
        (name.to_owned(), Summed { rows: cell("rows".into(), row).unwrap(), sums: sums.collect() })
    };
    (0..out.height()).map(one).collect()
}

#[test]
fn figures_from_sums_are_those_from_rows() {
    let project = |name, town, leader, plan, done| Project {
        name,
        town: Some(town),
        leader: Some(leader),
        plan,
        done,
        problem: Some("征迁"),
        ..sample::sound()
    };
    let made = [
        project("甲", "城关镇", "甲一、乙二、丙三", Some(1_000), Some(100)),
        project("乙", "城关镇", "乙二", Some(1_000), Some(500)),
        project("丙", "柳河乡", "丙三", None, Some(7)),
        project("丁", "柳河乡", "甲一", Some(0), None),
        Project { done_last_year: Some(30), ..project("戊", "东城街道", "乙二、甲一", Some(333), Some(400)) },
        project("己", "城关镇、柳河乡", "甲一", Some(1_001), Some(333)),
    ];
    let book = sample::key_projects();
    let (mut facts, _) = sample::frame(&book, &made);
    // The last one is shared by decision.
    let shares: Vec<Option<&str>> = vec![None, None, None, None, None, Some("城关镇=1/3、柳河乡=2/3")];
    facts.with_column(Column::new("unit_shares".into(), shares)).unwrap();
    let facts = Facts { book: book.id, frame: facts };
    let mut profile = sample::profile();
    let leaders = profile.county.rankings.iter().find(|plan| plan.id == "leaders").unwrap().clone();
    for (id, joined) in [("first", Joined::First), ("shared", Joined::Shared)] {
        profile.county.rankings.push(RankingPlan { id: id.into(), leaders: joined, ..leaders.clone() });
    }
    let settings = Settings::default();
    let frame = Frame { profile: &profile, settings: &settings, period: Period::new(2026, 5).unwrap() };
    let plans: Vec<&RankingPlan> = profile.county.rankings.iter().filter(|plan| plan.book == "key_projects").collect();
    assert!(plans.len() > 6, "{}", plans.len());
    for plan in plans {
        let (by_group, whole) = queries(frame, plan).unwrap();
        let by_group: Vec<_> = by_group.iter().map(|query| answer(query, &facts.frame)).collect();
        let whole: Vec<_> = whole.iter().map(|query| answer(query, &facts.frame).pop_first().unwrap().1).collect();
        let ours = measure(frame, plan, &facts, None).unwrap();
        let theirs = measure_summed(frame, plan, (&by_group, &whole), Some(&facts), None).unwrap();
        assert_eq!(theirs, ours, "{}", plan.id);
    }
}
