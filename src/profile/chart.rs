//! Charts of the overview: which counts of a book's whole stand beside one another.
//!
//! Takes nothing but the text of `county.toml`, gives [`ChartPlan`]s and what is wrong with them.

use serde::Deserialize;

use super::misfit::{Misfit, misfit};
use super::wording::advice;
use super::{Book, RankingPlan, WHOLE};
use crate::say;

/// A chart as `county.toml` states it: measures as bars, a series for each ranking of the whole.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartPlan {
    /// The title over the chart.
    pub title: String,
    /// The book whose figures it shows, and on whose overview it stands.
    pub book: String,
    /// Rankings of one row (`group = "whole"`), a series each.
    pub rankings: Vec<String>,
    /// What is drawn, in this order; all counted in the same unit.
    pub measures: Vec<String>,
    /// Other books on whose overview it stands too.
    #[serde(default)]
    pub also_on: Vec<String>,
}

impl ChartPlan {
    /// Whether a book's overview shows it.
    pub fn is_on(&self, book: &str) -> bool {
        self.book == book || self.also_on.iter().any(|on| on == book)
    }
}

/// What is wrong with the chart at a place of the county's list.
pub(super) fn of_chart(at: usize, chart: &ChartPlan, books: &[Book], rankings: &[RankingPlan]) -> Vec<Misfit> {
    let of = |key: &str, message: String| {
        misfit("chart", at, key, say!("profile-chart-fault", chart = chart.title, message = message))
    };
    let ids: Vec<&str> = books.iter().map(|book| book.id.as_str()).collect();
    let unknown = |key: &str, id: &String| of(key, say!("profile-no-book", advice = advice(id, &ids), id = id));
    let Some(book) = books.iter().find(|book| book.id == chart.book) else {
        return vec![unknown("book", &chart.book)];
    };
    let others = chart.also_on.iter().filter(|id| !ids.contains(&id.as_str()));
    let mut found: Vec<Misfit> = others.map(|id| unknown("also_on", id)).collect();
    if chart.rankings.is_empty() || chart.measures.len() < 2 {
        found.push(of("measures", say!("profile-chart-few")));
    }
    let wholes: Vec<&RankingPlan> =
        rankings.iter().filter(|plan| plan.book == chart.book && plan.group == WHOLE).collect();
    let known: Vec<&str> = wholes.iter().map(|plan| plan.id.as_str()).collect();
    for id in &chart.rankings {
        match wholes.iter().find(|plan| plan.id == *id) {
            None => {
                let message = say!("profile-chart-whole", book = book.id, advice = advice(id, &known), id = id);
                found.push(of("rankings", message));
            }
            Some(plan) => {
                let shown: Vec<&str> = plan.measures.iter().map(String::as_str).collect();
                let missing = chart.measures.iter().filter(|id| !shown.contains(&id.as_str()));
                found.extend(missing.map(|id| {
                    of(
                        "measures",
                        say!("profile-chart-measure", ranking = plan.id, advice = advice(id, &shown), id = id),
                    )
                }));
            }
        }
    }
    let measures = chart.measures.iter().filter_map(|id| book.measures.iter().find(|measure| measure.id == *id));
    let units: Vec<_> = measures.map(|measure| (measure.measured_in, &measure.unit)).collect();
    if units.windows(2).any(|two| two[0] != two[1]) {
        found.push(of("measures", say!("profile-chart-units")));
    }
    found
}
