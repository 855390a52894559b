//! What the documents are made from: references to what the earlier stages gave, nothing computed here.

use std::sync::Arc;

use super::past::{Bars, Past};
use super::ranking_csv::{ByEnds, rankings_by_ends};
use crate::amount::Fraction;
use crate::finding::Level;
use crate::layout::RowKind;
use crate::measure::{Figure, ScheduleUsed};
use crate::merge::{AppliedLink, Facts, Revised};
use crate::period::Period;
use crate::profile::{Book, Measure, Profile, RankingPlan, WHOLE};
use crate::rank::{Ranked, Ranking};
use crate::settings::{Adjustment, ProjectShares};

/// The ranking of a book's whole with all its figures.
pub(super) const TOTALS: &str = "totals";

/// How many rows a sheet of Excel holds.
pub const SHEET_ROWS: usize = 1_048_576;

/// All that the ranking workbook says.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// Titles, measures with their words, grades, lights.
    pub profile: &'a Profile,
    /// The month.
    pub period: Period,
    /// The county: 云山县; empty where the office has not said.
    pub county: &'a str,
    /// The merged rows that the rankings rest on.
    pub facts: &'a Facts,
    /// The month's rankings in the order of their sheets, those of other books too, which are not shown; `county` and
    /// `leader_linked` stand in the overview.
    pub rankings: &'a [Ranking],
    /// Whole-county figures of the other books.
    pub others: &'a [BookFigures],
    /// Every sheet of every file, in the order in which 数据来源 lists them.
    pub sources: &'a [SourceSheet],
    /// How many findings there are of each level.
    pub findings: &'a [(Level, usize)],
    /// Decisions that took effect: projects taken off, plans adjusted.
    pub decisions: &'a [Adjustment],
    /// Values that decisions set in place of reported ones.
    pub revised: &'a [Revised],
    /// Decisions by which projects go on earlier ones.
    pub links: &'a [AppliedLink],
    /// Projects that units share, with the part of each.
    pub shares: &'a [ProjectShares],
    /// How far the schedule of the facts' book has come: 5/12; that of the whole county where each
    /// project has its own, `None` where that cannot be computed.
    pub schedule: Option<Fraction>,
    /// The schedules that figures of all books are held against.
    pub schedules: &'a [ScheduleUsed],
    /// What the ledger's earlier periods say.
    pub past: &'a Past,
    /// The charts of counts on the overview.
    pub bars: &'a [Bars],
    /// How many rows a sheet holds: [`SHEET_ROWS`].
    pub sheet_rows: usize,
    /// How many projects the figures count that are not among the facts, since their rows stay on a cluster.
    pub elsewhere: usize,
    /// The bottlenecks that are not closed yet, where the workbook lists them.
    pub bottlenecks: Option<&'a Facts>,
}

/// The whole-county figures of a book.
#[derive(Debug, Clone, PartialEq)]
pub struct BookFigures {
    /// The book's id.
    pub book: String,
    /// Its figures, in the order in which they are shown.
    pub figures: Vec<Figure>,
}

/// One sheet of the inbox and what became of its rows; a file that could not be opened has one without a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceSheet {
    /// The file's name below the inbox.
    pub file: Arc<str>,
    /// The first digits of its SHA-256.
    pub digest: String,
    /// The sheet.
    pub sheet: Option<Arc<str>>,
    /// The title of the book it was read as.
    pub book: Option<String>,
    /// How many rows of each kind it has.
    pub rows: Vec<(RowKind, usize)>,
    /// Data rows merged.
    pub merged: usize,
    /// Data rows set aside with a finding.
    pub set_aside: usize,
    /// Data rows that a decision of the office took off the list.
    pub taken_off: usize,
    /// Rows passed over with their whole sheet: no book, or a file that is there twice.
    pub passed_over: usize,
    /// Findings of each level.
    pub findings: Vec<(Level, usize)>,
}

impl<'a> Report<'a> {
    /// Whether there are more projects than the workbook lists one by one.
    pub fn is_large(&self) -> bool {
        self.facts.height() > self.profile.county.large.projects
    }

    /// The book of the facts.
    pub(super) fn book(&self) -> Option<&'a Book> {
        self.profile.book(&self.facts.book)
    }

    /// How the profile states a ranking; an id may stand once for each book.
    pub(super) fn plan(&self, ranking: &Ranking) -> Option<&'a RankingPlan> {
        let mut plans = self.profile.county.rankings.iter();
        plans.find(|plan| plan.id == ranking.id && plan.book == ranking.book)
    }

    /// The whole county's row of the facts' book.
    pub(super) fn whole(&self) -> Option<&'a Ranked> {
        self.ranked().find(|ranking| ranking.id == "county")?.rows.first()
    }

    /// A measure of a book.
    pub(super) fn measure(&self, book: &str, id: &str) -> Option<&'a Measure> {
        self.profile.book(book)?.measures.iter().find(|measure| measure.id == id)
    }

    /// The rankings of the facts' book.
    pub(super) fn ranked(&self) -> impl Iterator<Item = &'a Ranking> + use<'a> {
        let book = &self.facts.book;
        self.rankings.iter().filter(move |ranking| ranking.book == *book)
    }

    /// The rankings that have a sheet of their own.
    pub(super) fn sheets(&self) -> impl Iterator<Item = &'a Ranking> {
        self.ranked().filter(|ranking| !self.is_whole(ranking) && self.plan(ranking).is_some())
    }

    /// The rankings whose sheets list both ends, with the files that have all of each.
    pub(super) fn by_ends(&self) -> impl Iterator<Item = ByEnds<'a>> {
        let found = self.book().map(|book| rankings_by_ends(self.profile, self.period, book, self.rankings));
        found.into_iter().flatten()
    }

    /// The rankings of one row that the overview shows as columns; where the book has [`TOTALS`], these in place of
    /// the few figures that every run prints.
    pub(super) fn wholes(&self) -> impl Iterator<Item = &'a Ranking> {
        let filled = |ranking: &&Ranking| !ranking.rows.is_empty();
        let has_totals = self.ranked().filter(filled).any(|ranking| ranking.id == TOTALS);
        let wholes = self.ranked().filter(|ranking| self.is_whole(ranking)).filter(filled);
        wholes.filter(move |ranking| !has_totals || ranking.id != "county")
    }

    fn is_whole(&self, ranking: &Ranking) -> bool {
        let whole = self.plan(ranking).is_some_and(|plan| plan.group == WHOLE);
        ranking.id == "county" || (whole && ranking.rows.len() <= 1)
    }

    /// How many of the findings are of a level.
    pub(super) fn found(&self, level: Level) -> usize {
        self.findings.iter().filter(|(of, _)| *of == level).map(|(_, count)| count).sum()
    }
}
