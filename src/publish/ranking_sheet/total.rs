//! 合计 of a ranking: what its columns come to, each project once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::RankingSheet;
use crate::amount::{Fraction, to_f64};
use crate::profile::{Book, Reckoning};
use crate::publish::live::{Line, Live, RATE_LAST_YEAR};
use crate::publish::members::Members;
use crate::publish::ranking_columns::Part;
use crate::publish::table::Cell;
use crate::publish::words;
use crate::rank::Ranking;

impl RankingSheet<'_, '_> {
    /// All projects, or those that anyone answers for; none where the ranking is of other rows.
    pub(super) fn total_members(&self) -> Option<Members> {
        let (facts, column) = (self.live.report.facts, &self.plan.group);
        let Live { report, book, .. } = self.live;
        // Of very many groups those that are listed are looked at; without a filter none of the others leaves a project out.
        let unfiltered = !self.is_by_ends() || self.plan.filter.is_none();
        let rows = || self.listed.iter().flatten().map(|at| &self.ranking.rows[*at]);
        let of_facts = book.id == self.plan.book
            && unfiltered
            && rows().all(|row| Members::is_whole_group(report, self.plan, row));
        match report.count_with(column) {
            0 => None,
            _ if !of_facts => None,
            all if all == facts.height() => Some(Members::All),
            _ => Some(Members::Anyone { column: column.clone() }),
        }
    }

    /// Whether the workbook can follow at least half of a total: else it would be a row of dashes.
    pub(super) fn can_total(&self, members: &Members) -> bool {
        let values = self.live.totals(self.plan, members);
        let known = self.plan.measures.iter().filter(|id| values.get(id.as_str()).copied().flatten().is_some());
        known.count() * 2 >= self.plan.measures.len()
    }

    /// A project with several leaders is counted for each, and once in the total.
    fn total_title(&self) -> &'static str {
        match self.live.report.is_joined(&self.plan.group) {
            true => "合计（不重复计）",
            false => "合计",
        }
    }

    pub(super) fn total_row(&self) -> Option<Vec<Cell>> {
        let members = self.total.clone()?;
        let row = self.frame().header + 1;
        let address = |id: &str| self.address_of(id).map(|column| crate::origin::cell_address(row, column as u32 + 1));
        let mut values = self.live.totals(self.plan, &members);
        self.add_shares(&mut values);
        let sum = |id: &str| self.column_sum(id);
        let line = Line { members: Some(members), name_at: String::new(), values, at: &address, sum: &sum };
        let cell = |part: &Part| match part {
            Part::Group => Cell::text(self.total_title()),
            Part::Measure(id) => self.measure(id).map_or_else(Cell::blank, |measure| self.live.cell(measure, &line)),
            Part::RateLastYear => Cell::number_or_dash(line.values.get(RATE_LAST_YEAR).copied().flatten().map(to_f64)),
            _ => Cell::blank(),
        };
        Some(self.parts.iter().map(cell).collect())
    }

    /// All groups together are the whole, where they add up to it.
    fn add_shares(&self, values: &mut BTreeMap<Arc<str>, Option<Fraction>>) {
        for id in &self.plan.measures {
            let Some(measure) = self.measure(id).filter(|measure| measure.kind == Reckoning::Share) else { continue };
            let Some(of) = measure.of.as_ref() else { continue };
            let sum = self.sums.get(of).copied();
            if sum.is_some() && values.get(of.as_str()).copied().flatten() == sum {
                values.insert(id.as_str().into(), sum.and_then(|sum| words::quotient(sum, sum)));
            }
        }
    }
}

/// What the measures that shares are of add up to over a ranking's rows.
pub(super) fn sums(ranking: &Ranking, book: &Book) -> BTreeMap<String, Fraction> {
    let shares = book.measures.iter().filter(|measure| measure.kind == Reckoning::Share);
    let sum = |id: &String| {
        let values = ranking.rows.iter().filter_map(|row| row.value(id));
        // Shares are of whole numbers; quotients of many denominators need not be added up.
        let whole = values.filter(Fraction::is_integer).map(|value| *value.numer());
        (id.clone(), Fraction::from_integer(whole.fold(0i128, i128::saturating_add)))
    };
    shares.filter_map(|measure| measure.of.as_ref()).map(sum).collect()
}
