//! The rows of a ranking, each with the group it counts for; a row of several leaders once for each.

use polars::prelude::{Column, DataFrame, IdxCa, IntoLazy, NamedFrom, Series};

use crate::check::sql;
use crate::profile::{RankingPlan, WHOLE};

/// The column that holds the group; no book can have a field of that name.
pub(super) const GROUP: &str = "the group";

/// What joins several groups in one cell.
const SEPARATOR: char = '、';

/// The rows of a ranking.
pub(super) enum Grouped {
    /// All in one group, be there rows or not.
    Whole(String, DataFrame),
    /// By the column [`GROUP`].
    Each(DataFrame),
}

impl Grouped {
    /// The rows.
    pub(super) fn frame(&self) -> &DataFrame {
        match self {
            Self::Whole(_, frame) | Self::Each(frame) => frame,
        }
    }
}

impl Grouped {
    /// The same groups over rows with other columns.
    pub(super) fn with_rows(&self, rows: DataFrame) -> Self {
        match self {
            Self::Whole(name, _) => Self::Whole(name.clone(), rows),
            Self::Each(_) => Self::Each(rows),
        }
    }
}

/// The rows that a ranking picks, by group.
pub(super) fn grouped(plan: &RankingPlan, whole: &str, frame: &DataFrame) -> Result<Grouped, String> {
    let picked = match &plan.filter {
        None => frame.clone(),
        Some(filter) => {
            let expr = sql::over(filter, frame.schema())?;
            frame.clone().lazy().filter(expr).collect().map_err(|error| error.to_string())?
        }
    };
    if plan.group == WHOLE {
        return Ok(Grouped::Whole(plan.named.clone().unwrap_or_else(|| whole.to_owned()), picked));
    }
    by_column(&picked, &plan.group).map(Grouped::Each).map_err(|error| error.to_string())
}

/// The rows whose column is filled, with [`GROUP`] beside them.
fn by_column(frame: &DataFrame, column: &str) -> polars::prelude::PolarsResult<DataFrame> {
    let cells = frame.column(column)?.str()?;
    let mut rows: Vec<u32> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for (row, cell) in (0u32..).zip(cells.iter()) {
        // A person, however often named in a cell, counts the row once.
        let mut seen: Vec<&str> = Vec::new();
        for name in cell.unwrap_or_default().split(SEPARATOR).filter(|name| !name.is_empty()) {
            if !seen.contains(&name) {
                seen.push(name);
                rows.push(row);
                names.push(name);
            }
        }
    }
    let mut taken = frame.take(&IdxCa::new("rows".into(), rows))?;
    taken.with_column(Column::from(Series::new(GROUP.into(), names)))?;
    Ok(taken)
}
