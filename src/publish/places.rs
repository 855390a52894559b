//! Places and gaps as formulas over the ranking's own columns: 1-2-2-4, ties by the declared chain.
//!
//! As with all live figures, formulas stand only where they give what the ranking states.

use super::live::MOST_GROUPS;
use super::table::{Cell, Frame};
use crate::amount::{Fraction, to_f64};
use crate::profile::{MeasuredIn, Order, RankingPlan};
use crate::rank::Ranked;

/// The rows of a ranking and where they stand.
pub(super) struct Places<'p> {
    /// The ranking's rows.
    pub(super) rows: &'p [Ranked],
    /// Where they stand.
    pub(super) frame: Frame,
    /// The column of the places.
    pub(super) place_column: usize,
    /// The columns of the deciding measure and of those that break ties, with what they are counted in.
    pub(super) chain: Vec<(String, usize, MeasuredIn)>,
    /// What the deciding measure is counted in.
    unit: MeasuredIn,
    /// What decides each row's place, by their chain; `None` where a figure is missing.
    keys: Vec<Option<Vec<Fraction>>>,
    /// The same, those that are there, the best first.
    sorted: Vec<Vec<Fraction>>,
    /// Whether the formulas give the places that the ranking states.
    live: bool,
}

impl<'p> Places<'p> {
    /// The places of a ranking by a measure counted in `unit`; `column` finds a measure's column. Not `whole`, not all
    /// of its rows have cells to count.
    pub(super) fn new(
        (plan, unit): (&RankingPlan, MeasuredIn),
        rows: &'p [Ranked],
        frame: Frame,
        place_column: usize,
        whole: bool,
        column: impl Fn(&str) -> Option<(usize, MeasuredIn)>,
    ) -> Self {
        let measures = std::iter::once(&plan.by).chain(&plan.then);
        let chain: Option<Vec<_>> =
            measures.clone().map(|id| column(id).map(|(at, unit)| (id.clone(), at, unit))).collect();
        // The sheet shows the lag as a lead, with the sign turned, so formulas over it would rank backwards.
        let turned = measures.clone().any(|id| id == "lag") || plan.order == Order::Lowest;
        let chain = chain.unwrap_or_default();
        let could = whole && !turned && !chain.is_empty() && rows.len() <= MOST_GROUPS;
        let mut places =
            Self { rows, frame, place_column, chain, unit, keys: Vec::new(), sorted: Vec::new(), live: false };
        if could {
            places.keys = rows.iter().map(|row| places.key(row)).collect();
            places.sorted = places.keys.iter().flatten().cloned().collect();
            places.sorted.sort_by(|a, b| b.cmp(a));
            places.live = places.agree();
        }
        places
    }

    /// The place of a row.
    pub(super) fn place(&self, at: usize) -> Cell {
        let cell = Cell::number_or_dash(self.rows[at].place.map(f64::from));
        if !self.live {
            return cell;
        }
        let own = self.frame.address(at, self.chain[0].1);
        cell.by(format!("=IF(ISNUMBER({own}),1{},\"—\")", self.better(at, 0, String::new())))
    }

    /// 百分点 to the one ahead, or the difference of amounts.
    pub(super) fn ahead(&self, at: usize) -> Cell {
        let row = &self.rows[at];
        let cell = self.gap(row.gap_ahead.get());
        if !(self.live && self.neighbour(at, true) == row.gap_ahead.get()) {
            return cell;
        }
        let (place, own, range, scale) = self.parts(at);
        cell.by(format!("=IF(N({place})>1,(LARGE({range},{place}-1)-{own}){scale},\"—\")"))
    }

    /// 百分点 to the one behind.
    pub(super) fn behind(&self, at: usize) -> Cell {
        let row = &self.rows[at];
        let cell = self.gap(row.gap_behind.get());
        if !(self.live && self.neighbour(at, false) == row.gap_behind.get()) {
            return cell;
        }
        let (place, own, range, scale) = self.parts(at);
        let next = format!("{place}+COUNTIF({},{place})", self.frame.range(self.place_column));
        cell.by(format!(
            "=IF(ISNUMBER({place}),IF({next}>COUNT({range}),\"—\",({own}-LARGE({range},{next})){scale}),\"—\")"
        ))
    }

    /// 百分点 to the first, or the difference of amounts; a dash for the first.
    pub(super) fn to_first(&self, at: usize) -> Cell {
        let row = &self.rows[at];
        let cell = self.gap(row.gap_to_first.get());
        if !self.live {
            return cell;
        }
        let gives = self.keys[at].as_ref().zip(self.sorted.first()).map(|(own, first)| first[0] - own[0]);
        if gives.filter(|_| row.place != Some(1)) != row.gap_to_first.get() {
            return cell;
        }
        let (place, own, range, scale) = self.parts(at);
        cell.by(format!("=IF(N({place})>1,(MAX({range})-{own}){scale},\"—\")"))
    }

    fn parts(&self, at: usize) -> (String, String, String, &'static str) {
        let (_, column, unit) = &self.chain[0];
        let scale = if in_points(*unit) { "*100" } else { "" };
        (self.frame.address(at, self.place_column), self.frame.address(at, *column), self.frame.range(*column), scale)
    }

    /// A gap in the unit of the deciding measure.
    pub(super) fn gap(&self, gap: Option<Fraction>) -> Cell {
        Cell::number_or_dash(gap.map(|gap| match self.unit {
            MeasuredIn::Fraction | MeasuredIn::Points => to_f64(gap * Fraction::from_integer(100)),
            MeasuredIn::Yuan => to_f64(gap / 10_000),
            MeasuredIn::Count | MeasuredIn::Score => to_f64(gap),
        }))
    }

    /// Terms that count the rows better than this one from a link of the chain on.
    fn better(&self, at: usize, link: usize, equal_so_far: String) -> String {
        let Some((_, column, unit)) = self.chain.get(link) else { return String::new() };
        let (range, own) = (self.frame.range(*column), self.frame.address(at, *column));
        // Equal rates of different amounts may differ in their last binary digits.
        let least = if in_points(*unit) { "1E-12" } else { "1E-6" };
        let here = format!("+SUMPRODUCT({equal_so_far}ISNUMBER({range})*({range}>{own}+{least}))");
        let equal = format!("{equal_so_far}ISNUMBER({range})*({range}>={own}-{least})*({range}<={own}+{least})*");
        here + &self.better(at, link + 1, equal)
    }

    /// Whether counting gives the stated places.
    fn agree(&self) -> bool {
        let without = |row: &Ranked| row.value(&self.chain[0].0).is_none();
        self.rows.iter().zip(&self.keys).all(|(row, key)| match key {
            Some(key) => row.place == Some(1 + self.better_than(key) as u32),
            None => row.place.is_none() && without(row),
        })
    }

    /// How many keys are better than one.
    fn better_than(&self, key: &[Fraction]) -> usize {
        self.sorted.partition_point(|other| other.as_slice() > key)
    }

    fn key(&self, row: &Ranked) -> Option<Vec<Fraction>> {
        self.chain.iter().map(|(id, _, _)| row.value(id)).collect()
    }

    /// The gap as the formulas make it.
    fn neighbour(&self, at: usize, ahead: bool) -> Option<Fraction> {
        let own = self.keys[at].as_deref()?;
        let better = self.better_than(own);
        match ahead {
            true => better.checked_sub(1).map(|at| self.sorted[at][0] - own[0]),
            false => {
                let worse = self.sorted[better..].partition_point(|other| other == own);
                self.sorted.get(better + worse).map(|key| own[0] - key[0])
            }
        }
    }
}

fn in_points(unit: MeasuredIn) -> bool {
    matches!(unit, MeasuredIn::Fraction | MeasuredIn::Points)
}
