//! The rows of a ranking, each with the groups it counts for.
//!
//! A row whose group column names several (`、` between them) counts as the ranking says: for each, for
//! the first, or in parts. Where the office has decided shares of a project (`unit_shares`), these hold.

use std::collections::BTreeSet;
use std::sync::Arc;

use polars::prelude::{
    BooleanChunked, ChunkFull, Column, DataFrame, DataType, IdxCa, IntoLazy, IntoSeries, NamedFrom, PolarsError,
    PolarsResult, Series, StringChunked, col,
};

use super::shares::{Part, Shared};
use crate::amount::Fraction;
use crate::check::sql;
use crate::merge::shares_of;
use crate::profile::{Joined, RankingPlan, WHOLE};

/// The column that holds the group; no book can have a field of that name.
pub(super) const GROUP: &str = "the group";

/// The column that tells which rows count, where not all do: whoever sums some columns of them copies no others. No
/// book can have a field of that name either.
pub(super) const PICKED: &str = "the picked";

/// What joins several groups in one cell.
const SEPARATOR: char = '、';

/// The rows of a ranking.
#[derive(Debug, Clone)]
pub(super) struct Grouped {
    /// What the only group is called, where there is but one: it stands, be there rows or not.
    pub(super) whole: Option<String>,
    /// The rows as they are counted, with [`GROUP`] beside them, and [`PICKED`] where not all of them are.
    pub(super) counted: DataFrame,
    /// The rows as their amounts are summed, where some are shared.
    pub(super) shared: Option<Shared>,
}

impl Grouped {
    /// The groups that rows count for; the only one, where there is but one.
    pub(super) fn names(&self) -> Result<Vec<String>, String> {
        if let Some(whole) = &self.whole {
            return Ok(vec![whole.clone()]);
        }
        let rows = self.shared.as_ref().map_or(&self.counted, |shared| &shared.frame);
        let names = rows.column(GROUP).and_then(|names| match rows.column(PICKED) {
            Ok(picked) => names.filter(picked.bool()?)?.unique(),
            Err(_) => names.unique(),
        });
        let names = names.and_then(|names| names.cast(&DataType::String)).map_err(|error| error.to_string())?;
        let names: BTreeSet<&str> = names.str().map_err(|error| error.to_string())?.iter().flatten().collect();
        Ok(names.into_iter().map(str::to_owned).collect())
    }
}

/// Rows by group, those that a ranking picks marked with [`PICKED`] unless it picks all.
pub(super) fn grouped(plan: &RankingPlan, whole: &str, frame: &DataFrame) -> Result<Grouped, String> {
    let said = |error: PolarsError| error.to_string();
    let picked = match &plan.filter {
        None => BooleanChunked::full("picked".into(), true, frame.height()),
        Some(filter) => {
            // Beside the rows, a truth that is the same for all of them has their height too.
            let expr = sql::over(filter, frame.schema())?.alias(PICKED);
            let rows = frame.clone().lazy().with_columns([expr]).select([col(PICKED)]).collect().map_err(said)?;
            rows.column(PICKED).and_then(|picked| picked.bool().cloned()).map_err(said)?
        }
    };
    if plan.group == WHOLE {
        let whole = Some(plan.named.clone().unwrap_or_else(|| whole.to_owned()));
        let counted = marked(frame.clone(), picked).map_err(said)?;
        return Ok(Grouped { whole, counted, shared: None });
    }
    by_column(frame, picked, plan).map_err(said)
}

/// Rows with a mark at those that count, where not all do.
fn marked(mut rows: DataFrame, picked: BooleanChunked) -> PolarsResult<DataFrame> {
    if !picked.all() || picked.null_count() > 0 {
        rows.with_column(picked.with_name(PICKED.into()).into_series().into())?;
    }
    Ok(rows)
}

/// The same by a column; a row without a group is not picked. [`GROUP`] stands beside them.
fn by_column(frame: &DataFrame, picked: BooleanChunked, plan: &RankingPlan) -> PolarsResult<Grouped> {
    let column = frame.column(&plan.group)?;
    // Parts of a ledger from before there were shares lack the column.
    let shares = frame.column("unit_shares").ok().filter(|column| column.null_count() < column.len());
    let shares = shares.map(|column| column.cast(&DataType::String)).transpose()?;
    let shares: Option<&StringChunked> = shares.as_ref().and_then(|column| column.str().ok());
    if shares.is_none() && are_single(column) {
        return one_each(frame, column, &picked & &column.is_not_null());
    }
    let cells = column.cast(&DataType::String)?;
    let cells = cells.str()?;
    if shares.is_none() && !cells.iter().flatten().any(|cell| cell.contains(SEPARATOR)) {
        let filled = cells.iter().map(|cell| Some(cell.is_some_and(|cell| !cell.is_empty())));
        return one_each(frame, &cells.clone().into_series().into(), picked & filled.collect::<BooleanChunked>());
    }
    let mut claims: Vec<(u32, Claim)> = Vec::new();
    for (row, (cell, _)) in
        (0u32..).zip(cells.iter().zip(picked.iter())).filter(|(_, (_, picked))| *picked == Some(true))
    {
        let shares = shares.and_then(|shares| shares.get(row as usize)).map(shares_of).unwrap_or_default();
        claims.extend(claims_of(cell.unwrap_or_default(), &shares, plan.leaders).into_iter().map(|claim| (row, claim)));
    }
    let counted = taken(frame, claims.iter().filter(|(_, claim)| claim.counts))?;
    let split = claims.iter().any(|(_, claim)| claim.part.is_some());
    let shared = match split {
        true => Some(taken(frame, claims.iter())?),
        false => None,
    };
    let parts = || claims.iter().map(|(_, claim)| claim.part.clone()).collect();
    Ok(Grouped { whole: None, counted, shared: shared.map(|frame| Shared { frame, parts: parts() }) })
}

/// Whether each text of a column, of which there are few, is one name: then its rows are grouped by their numbers, and
/// no text is made of them.
fn are_single(column: &Column) -> bool {
    match column.dtype() {
        DataType::Enum(texts, _) => {
            texts.categories().values_iter().all(|text| !text.is_empty() && !text.contains(SEPARATOR))
        }
        _ => false,
    }
}

/// Rows of which each counts for one group and no other, those that are picked marked.
fn one_each(frame: &DataFrame, names: &Column, picked: BooleanChunked) -> PolarsResult<Grouped> {
    let mut rows = frame.clone();
    rows.with_column(names.clone().with_name(GROUP.into()))?;
    Ok(Grouped { whole: None, counted: marked(rows, picked)?, shared: None })
}

/// That a row counts for a group.
struct Claim<'c> {
    name: &'c str,
    /// Its part of the row's amounts; `None` has them wholly.
    part: Option<Part>,
    /// Whether the row is counted for it.
    counts: bool,
}

/// The groups that a cell names, each with what of the row is its own.
fn claims_of<'c>(cell: &'c str, shares: &[(String, Fraction)], joined: Joined) -> Vec<Claim<'c>> {
    let mut names: Vec<&str> = Vec::new();
    for name in cell.split(SEPARATOR).filter(|name| !name.is_empty()) {
        // A person, however often named in a cell, counts the row once.
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let share_of = |name: &str| shares.iter().position(|(unit, _)| unit == name);
    let decided = names.iter().any(|name| share_of(name).is_some());
    let of: Arc<[Fraction]> = match (decided, joined) {
        (true, _) => shares.iter().map(|(_, share)| *share).collect(),
        (false, Joined::Shared) if names.len() > 1 => vec![Fraction::new(1, names.len() as i128); names.len()].into(),
        _ => Arc::from([]),
    };
    let claim = |(at, name): (usize, &'c str)| {
        let at_share = if decided { share_of(name) } else { Some(at).filter(|_| !of.is_empty()) };
        let part = at_share.map(|at| Part { shares: of.clone(), at });
        Claim { name, counts: part.is_none() || at == 0, part }
    };
    let most = if joined == Joined::First && !decided { 1 } else { names.len() };
    names.into_iter().take(most).enumerate().map(claim).collect()
}

/// The rows of some claims, with [`GROUP`] beside them.
fn taken<'c>(frame: &DataFrame, claims: impl Iterator<Item = &'c (u32, Claim<'c>)>) -> PolarsResult<DataFrame> {
    let (rows, names): (Vec<u32>, Vec<&str>) = claims.map(|(row, claim)| (*row, claim.name)).unzip();
    let mut taken = frame.take(&IdxCa::new("rows".into(), rows))?;
    taken.with_column(Column::from(Series::new(GROUP.into(), names)))?;
    Ok(taken)
}
