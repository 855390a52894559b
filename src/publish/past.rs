//! What the ledger's earlier periods say beside a report: figures of then, projects month by month, what
//! has changed in how figures are made.

use std::collections::BTreeMap;

use super::report::Report;
use crate::amount::Fraction;
use crate::period::Period;
use crate::rank::{Ranked, Ranking};

/// The year before the period, as far as the ledger has it.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// The book's rankings in the year's earlier periods of the same grain, the first first.
    pub rankings: Vec<(Period, Vec<Ranking>)>,
    /// How far each project had come at the end of the year's earlier months, by month and key.
    pub months: BTreeMap<u32, BTreeMap<String, Stage>>,
    /// What is reckoned otherwise than in the last period.
    pub changes: Vec<Change>,
    /// The period that the changes are against.
    pub compared: Option<Period>,
}

/// How far a project had come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stage {
    /// The year's plan, in yuan.
    pub plan: Option<i64>,
    /// Done since the year began, in yuan.
    pub done: Option<i64>,
    /// Planned to be done by then, in yuan, where its own plan says so.
    pub plan_to_date: Option<i64>,
}

/// Something that is reckoned otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What: 指标“完成率”.
    pub item: String,
    /// How, in words.
    pub words: String,
}

/// A chart of counts with what is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// The title over it.
    pub title: String,
    /// The book of its figures.
    pub book: String,
    /// What is counted, a title a bar.
    pub titles: Vec<String>,
    /// The measures, as many as titles.
    pub measures: Vec<String>,
    /// Whose figures: the ranking's id, its name, and a value a bar.
    pub series: Vec<Series>,
}

/// One whole's figures in a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The ranking.
    pub ranking: String,
    /// What its whole is called.
    pub name: String,
    /// The figures in the unit that they are shown in.
    pub values: Vec<Option<f64>>,
}

impl<'a> Report<'a> {
    /// The one row of a whole's ranking in the period just before.
    pub(super) fn whole_before(&self, ranking: &Ranking) -> Option<&'a Ranked> {
        let (period, rankings) = self.past.rankings.last()?;
        let same = |then: &&Ranking| then.id == ranking.id && then.book == ranking.book;
        rankings.iter().find(same).filter(|_| *period == self.period.previous())?.rows.first()
    }

    /// A figure of the period just before.
    pub(super) fn before(&self, ranking: &Ranking, measure: &str) -> Option<Fraction> {
        self.whole_before(ranking)?.figure(measure)?.value
    }
}
