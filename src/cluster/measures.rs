//! The books' measures as statements: the text that polars runs, between brackets.

use super::statements::{Output, columns};
use crate::measure::{Frame, MeasureError, Query, queries};
use crate::profile::{Book, Joined, RankingPlan};

/// The sums of every ranking, and the rows whose amounts several groups share.
pub(super) fn outputs(frame: Frame, books: &[&Book]) -> Result<Vec<Output>, MeasureError> {
    let mut outputs: Vec<Output> = books.iter().map(|book| parted(book, &frame.profile.county.rankings)).collect();
    for plan in &frame.profile.county.rankings {
        let Some(book) = books.iter().find(|book| book.id == plan.book) else { continue };
        let (by_group, whole) = queries(frame, plan)?;
        let named = [("group", by_group), ("whole", whole)];
        for (kind, at, query) in
            named.iter().flat_map(|(kind, all)| all.iter().enumerate().map(move |(at, q)| (kind, at, q)))
        {
            outputs.push(Output::of(book, name(plan, kind, at), sums(book, query)));
        }
    }
    Ok(outputs)
}

/// What the answer to a query is called.
pub(super) fn name(plan: &RankingPlan, kind: &str, at: usize) -> String {
    format!("sum/{}@{}/{kind}{at}", plan.id, plan.book)
}

/// Rows that this program parts among groups in whole yuan.
fn parted(book: &Book, plans: &[RankingPlan]) -> Output {
    let shared = plans.iter().filter(|plan| plan.book == book.id && plan.leaders == Joined::Shared);
    let mut wanted = vec!["unit_shares IS NOT NULL".to_owned()];
    wanted.extend(shared.map(|plan| format!("`{}` LIKE '%、%'", plan.group)));
    wanted.dedup();
    let sql = format!("SELECT * FROM facts_{} WHERE {}", book.id, wanted.join(" OR "));
    Output::of(book, format!("parted/{}", book.id), sql)
}

/// The sums of a query (each table with a name of its own: Spark takes `FROM facts WHERE (behind)` for a table called
/// `where` with a column `behind`): `n0`, `d0`, `l0`, `m0` of its first measure, and so on.
fn sums(book: &Book, query: &Query) -> String {
    let picked = query.picked.as_ref().map_or(String::new(), |filter| format!(" WHERE ({filter})"));
    let rows = format!("SELECT * FROM facts_{} AS f{picked}", book.id);
    let rows = query.judged.map_or(rows.clone(), |share| judged(book, &rows, share));
    let mut wanted = vec!["COUNT(*) AS rows".to_owned()];
    for (at, sought) in query.sums.iter().enumerate() {
        wanted.push(format!("CAST(({}) AS BIGINT) AS n{at}", sought.numerator));
        wanted.extend(sought.denominator.iter().map(|sum| format!("CAST(({sum}) AS BIGINT) AS d{at}")));
        wanted.extend(
            sought
                .last_year
                .iter()
                .map(|column| format!("SUM(`{column}`) AS l{at}, COUNT(*) - COUNT(`{column}`) AS m{at}")),
        );
    }
    let wanted = wanted.join(", ");
    let filter = query.filter.as_ref().map_or(String::new(), |filter| format!(" WHERE ({filter})"));
    match &query.group {
        None => format!("SELECT {wanted} FROM ({rows}) AS r{filter}"),
        Some(column) => {
            let rows = grouped(&rows, column, query.joined);
            format!("SELECT cluster_group, {wanted} FROM ({rows}) AS r{filter} GROUP BY cluster_group")
        }
    }
}

/// Rows as another schedule judges them: its share in each, and the derived columns made anew one by one.
fn judged(book: &Book, rows: &str, (above, below): (i64, i64)) -> String {
    let derived = |name: &String| book.derived.iter().any(|derived| derived.id == *name);
    let kept =
        columns(book).into_iter().filter(|name| !derived(name) && name != "schedule_num" && name != "schedule_den");
    let kept: Vec<String> = kept.map(|name| format!("`{name}`")).collect();
    let first = format!("SELECT {}, {above}L AS schedule_num, {below}L AS schedule_den FROM ({rows})", kept.join(", "));
    book.derived
        .iter()
        .fold(first, |rows, derived| format!("SELECT *, ({}) AS `{}` FROM ({rows})", derived.sql, derived.id))
}

/// Rows once for each group that they count for wholly.
fn grouped(rows: &str, column: &str, joined: Joined) -> String {
    let names = format!("ARRAY_DISTINCT(FILTER(SPLIT(`{column}`, '、'), name -> name <> ''))");
    let (names, wholly) = match joined {
        Joined::First => (format!("SLICE({names}, 1, 1)"), String::new()),
        Joined::Each => (names, String::new()),
        Joined::Shared => (names, format!(" AND `{column}` NOT LIKE '%、%'")),
    };
    format!("SELECT *, EXPLODE({names}) AS cluster_group FROM ({rows}) WHERE unit_shares IS NULL{wholly}")
}
