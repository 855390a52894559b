//! Trace: the cells that a figure is made from, and that they add up to it.
//!
//! Takes what a run found out ([`Traceable`]) and one of its figures, gives a [`Traced`]: for a measure
//! of SQL the rows that count, what each gives above and below the line, and the cells that say so,
//! with what is found and decided about each; for a measure that is reckoned the figures that it is
//! reckoned from, each traced likewise, down to a cell of a report, a cell of the settings workbook or
//! the calendar. Each step is reckoned again from what it names: [`Traced::fault`] tells where that
//! does not come to the figure.

mod asked;
mod cells;
mod reckoned;
mod rows;
mod scored;
mod systems;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

pub use asked::Wanted;

use crate::amount::Fraction;
use crate::finding::{Finding, Place};
use crate::ledger::Origin;
use crate::measure::{Figure, Given, MeasureError};
use crate::merge::{Facts, Merged};
use crate::period::Period;
use crate::profile::{Book, Measure, MeasuredIn, Profile, RankingPlan, SCORE};
use crate::rank::{Ranked, Ranking};
use crate::say;
use crate::settings::Settings;

/// What a cell holds, as its file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The cell: `G12`; of a merged region its first.
    pub cell: String,
    /// What stands there.
    pub text: String,
    /// Whether a formula put it there.
    pub formula: bool,
}

/// Looks up what stands in a cell of the period's inbox, of an earlier one's, or of the settings workbook.
pub type Lookup<'a> = dyn Fn(Period, &Place) -> Option<Written> + 'a;

/// A period of the ledger, for last year's figures.
#[derive(Debug, Clone, Default)]
pub struct EarlierBook {
    /// The facts.
    pub facts: Option<Facts>,
    /// Where each value stands, by key and field.
    pub origins: BTreeMap<(String, String), Origin>,
}

/// All that figures are traced through.
pub struct Traceable<'a> {
    /// The books, the rankings.
    pub profile: &'a Profile,
    /// The office's own workbook.
    pub settings: &'a Settings,
    /// The period.
    pub period: Period,
    /// The merged rows.
    pub merged: &'a Merged,
    /// What was found, in order of place.
    pub findings: &'a [Finding],
    /// The figures.
    pub rankings: &'a [Ranking],
    /// The same books a year earlier, as far as the ledger has them.
    pub last_year: &'a BTreeMap<String, EarlierBook>,
    /// What stands in cells.
    pub written: &'a Lookup<'a>,
}

/// Which figure is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked<'a> {
    /// The book's id.
    pub book: &'a str,
    /// The ranking's id.
    pub ranking: &'a str,
    /// The group.
    pub group: &'a str,
    /// The measure's id.
    pub measure: &'a str,
}

/// A figure with what it is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Traced {
    /// The measure's title.
    pub title: String,
    /// How it is made, in words.
    pub words: String,
    /// Whose it is.
    pub group: String,
    /// Of which period.
    pub period: Period,
    /// The figure.
    pub figure: Figure,
    /// What it is made from.
    pub basis: Basis,
    /// Why what it is made from does not come to it; `None` where it does, exactly.
    pub fault: Option<String>,
}

/// What a figure is made from.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// Rows of reports.
    Rows(Rows),
    /// Other figures and numbers.
    Reckoned(Vec<Source>),
}

/// The rows of a figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Each row that the figure is reckoned over.
    pub rows: Vec<Row>,
    /// Whether the figure above the line is the sum of the rows, not another formula over them.
    pub adds_above: bool,
    /// The same below the line.
    pub adds_below: bool,
}

/// A row of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The project's identity.
    pub key: String,
    /// What the row is about.
    pub name: String,
    /// Who reported it.
    pub unit: String,
    /// Where it stands; without a sheet where the program keeps it itself.
    pub place: Place,
    /// The group's part of its amounts; `None` has them wholly.
    pub share: Option<Fraction>,
    /// What it gives above the line, in yuan or as a count.
    pub numerator: Option<i64>,
    /// What it gives below the line.
    pub denominator: Option<i64>,
    /// The same above the line before the row was shared.
    pub whole_numerator: Option<i64>,
    /// The same below the line before the row was shared.
    pub whole_denominator: Option<i64>,
    /// Its cells that the figure looks at.
    pub cells: Vec<CellTrace>,
    /// Decisions of the office that touched it.
    pub decisions: Vec<String>,
}

/// What a figure looks at a cell for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It names the row.
    Subject,
    /// Above the line.
    Numerator,
    /// Below the line.
    Denominator,
    /// It picks the row.
    Condition,
    /// It says whom the row counts for.
    Group,
}

impl Role {
    /// As a reader is told.
    pub fn title(self) -> &'static str {
        match self {
            Self::Subject => "名称",
            Self::Numerator => "分子",
            Self::Denominator => "分母",
            Self::Condition => "条件",
            Self::Group => "归属",
        }
    }
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct CellTrace {
    /// What it is looked at for.
    pub roles: Vec<Role>,
    /// The field that it was read as.
    pub field: String,
    /// The field's title.
    pub title: String,
    /// Where it stands; without a column where the sheet has none for the field.
    pub place: Place,
    /// What stands there; `None` for an empty cell, or where the file is no longer at hand.
    pub written: Option<Written>,
    /// The value as it counts.
    pub read: Option<Value>,
    /// The value as reported, where a decision put another in its place.
    pub reported: Option<Value>,
    /// What was found there.
    pub findings: Vec<Finding>,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Money in yuan.
    Yuan(i64),
    /// A whole number.
    Count(i64),
    /// A rate or a number in the row's own unit.
    Number(f64),
    /// Text, a date, a choice.
    Text(String),
}

/// Something that a figure is reckoned from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// As what: 本期, 上年同期, 序时进度.
    pub role: String,
    /// What it is.
    pub what: What,
}

/// What a figure is reckoned from.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Another figure.
    Figure(Box<Traced>),
    /// A number that the calendar or the profile says.
    Number {
        /// How it comes about.
        words: String,
        /// The number.
        value: Fraction,
    },
    /// A cell of the settings workbook.
    Setting {
        /// Where it stands.
        place: Place,
        /// What stands there.
        written: Option<Written>,
        /// What it was read as: yuan, or the number itself.
        value: i64,
        /// What that is counted in.
        measured_in: MeasuredIn,
    },
    /// Something that is not there, and why.
    Missing(String),
}

/// Why a figure cannot be traced: it does not exist.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// No such ranking, group or measure.
    #[error("{0}")]
    Unknown(String),
    /// SQL that validation would have refused.
    #[error(transparent)]
    Measure(#[from] MeasureError),
}

/// The contributions of a measure, by book, ranking, what it is grouped by, measure and period.
type Known = BTreeMap<(String, String, String, String, Period), Rc<Given>>;

/// Traces figures one after the other; what several share is reckoned once.
pub struct Tracer<'a> {
    pub(crate) of: &'a Traceable<'a>,
    known: RefCell<Known>,
}

/// A figure's surroundings.
#[derive(Clone, Copy)]
pub(crate) struct Seat<'a> {
    pub(crate) plan: &'a RankingPlan,
    pub(crate) book: &'a Book,
    pub(crate) row: &'a Ranked,
}

impl<'a> Tracer<'a> {
    /// A tracer of what a run found out.
    pub fn new(of: &'a Traceable<'a>) -> Self {
        Self { of, known: RefCell::default() }
    }

    /// Every figure of every ranking.
    pub fn all(&self) -> Vec<Asked<'a>> {
        let of = |ranking: &'a Ranking| {
            ranking.rows.iter().flat_map(move |row| {
                row.figures.measures().map(move |measure| Asked {
                    book: &ranking.book,
                    ranking: &ranking.id,
                    group: &row.group,
                    measure,
                })
            })
        };
        self.of.rankings.iter().flat_map(of).collect()
    }

    /// Traces a figure.
    ///
    /// # Errors
    ///
    /// That there is no such figure.
    pub fn trace(&self, asked: Asked<'_>) -> Result<Traced, TraceError> {
        let unknown = || {
            let Asked { book, ranking, group, measure } = asked;
            TraceError::Unknown(say!(
                "trace-no-figure",
                book = book,
                ranking = ranking,
                group = group,
                measure = measure
            ))
        };
        let rankings = || self.of.rankings.iter().filter(|one| one.book == asked.book && one.id == asked.ranking);
        let ranking = rankings().next().ok_or_else(unknown)?;
        let row = ranking.rows.iter().find(|row| row.group == asked.group).ok_or_else(unknown)?;
        let figure = row.figure(asked.measure).ok_or_else(unknown)?;
        let mut plans = self.of.profile.county.rankings.iter();
        let plan = plans.find(|plan| plan.book == asked.book && plan.id == asked.ranking).ok_or_else(unknown)?;
        let book = self.of.profile.book(asked.book).ok_or_else(unknown)?;
        let seat = Seat { plan, book, row };
        if asked.measure == SCORE {
            return self.score(seat, &figure);
        }
        let measure = book.measures.iter().find(|known| known.id == asked.measure).ok_or_else(unknown)?;
        self.measure(seat, measure, &figure)
    }

    /// The contributions of a measure to all groups of a ranking in a period.
    pub(crate) fn contributions(
        &self,
        seat: Seat,
        measure: &Measure,
        (period, facts): (Period, &Facts),
    ) -> Result<Rc<Given>, MeasureError> {
        let plan = seat.plan;
        let id = (plan.book.clone(), plan.id.clone(), plan.group.clone(), measure.id.clone(), period);
        if let Some(known) = self.known.borrow().get(&id) {
            return Ok(known.clone());
        }
        let frame = crate::measure::Frame { period, ..self.frame() };
        let found = Rc::new(crate::measure::contributions(frame, seat.plan, facts, measure)?);
        self.known.borrow_mut().insert(id, found.clone());
        Ok(found)
    }

    pub(crate) fn frame(&self) -> crate::measure::Frame<'a> {
        crate::measure::Frame { profile: self.of.profile, settings: self.of.settings, period: self.of.period }
    }
}

impl Traced {
    /// Whether all that it is made from comes to it, down to the cells.
    pub fn adds_up(&self) -> bool {
        self.faults().is_empty()
    }

    /// Where what a figure is made from does not come to it: its own fault, and those of what it is reckoned from.
    pub fn faults(&self) -> Vec<String> {
        let mut faults: Vec<String> =
            self.fault.iter().map(|fault| format!("{}（{}）：{fault}", self.title, self.period.in_words())).collect();
        if let Basis::Reckoned(sources) = &self.basis {
            for source in sources {
                if let What::Figure(traced) = &source.what {
                    faults.extend(traced.faults());
                }
            }
        }
        faults
    }

    /// All rows that it rests on, its own and those of what it is reckoned from.
    pub fn all_rows(&self) -> Vec<&Row> {
        match &self.basis {
            Basis::Rows(rows) => rows.rows.iter().collect(),
            Basis::Reckoned(sources) => sources
                .iter()
                .flat_map(|source| match &source.what {
                    What::Figure(traced) => traced.all_rows(),
                    _ => Vec::new(),
                })
                .collect(),
        }
    }
}
