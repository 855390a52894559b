//! Rank: places, gaps to the one ahead and behind, grades and lights.
//!
//! Takes the figures of a ranking's groups, gives a [`Ranking`]. Places compare exact fractions,
//! never what is shown of them: by the deciding measure from the end that the ranking states, then by
//! its declared chain; what is equal in all of them shares a place (1-2-2-4). Row order decides
//! nothing. Besides the place among all there is one among a unit's own group, where the ranking says
//! so. [`remember`] adds what earlier periods tell: how a place moved, the year's curve.

mod bands;
mod places;
mod reason;
mod scored;
mod trend;

pub(crate) use bands::{Standing, as_shown, last_places, mark};
pub use scored::rank_scored;
pub use trend::remember;

use std::sync::Arc;

use crate::amount::{Fraction, Kept};
use crate::measure::{Figure, Figures, Measured};
use crate::period::Period;
use crate::profile::{County, Sort, WHOLE};
use crate::score::Scored;

/// A ranking with its rows in order of place; those without a place stand last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking {
    /// Its id: `towns`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The book it ranks.
    pub book: String,
    /// The measure that decides its places.
    pub by: String,
    /// A row a group.
    pub rows: Vec<Ranked>,
}

/// A group's row in a ranking.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranked {
    /// The group: a town's, a department's, a leader's name.
    pub group: String,
    /// Its figures, in the ranking's order of measures.
    pub figures: Figures,
    /// Its place (1-2-2-4); `None` where it cannot be ranked.
    pub place: Option<u32>,
    /// Why it has no place.
    pub unranked: Option<String>,
    /// Its place among its own group (同类乡镇), where the ranking gives such places.
    pub within: Option<Box<PlaceWithin>>,
    /// 优, 中 or 差.
    pub grade: Option<Arc<str>>,
    /// 绿, 黄 or 红.
    pub light: Option<Arc<str>>,
    /// How far the one ahead (标兵) leads it, as a fraction of the deciding measure.
    pub gap_ahead: Kept,
    /// How far it leads the one behind (追兵).
    pub gap_behind: Kept,
    /// How far the first leads it; none for the first.
    pub gap_to_first: Kept,
    /// Its place in the period just before, where the ledger has that period.
    pub before: Option<u32>,
    /// How many places it rose since (negative: fell).
    pub movement: Option<i64>,
    /// The year's curve up to this period: the deciding measure and the place, as far as the ledger has them.
    pub trend: Box<[Point]>,
    /// Its score, apart to its terms, where the ranking has one.
    pub score: Option<Box<Scored>>,
}

/// A place among the groups of one group of groups.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceWithin {
    /// What those are called: 一类乡镇.
    pub group: String,
    /// The place among them.
    pub place: u32,
    /// How many of them have one.
    pub of: u32,
    /// How far their first leads it; none for the first.
    pub gap_to_first: Kept,
}

/// Where a group stood in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The period.
    pub period: Period,
    /// Its place then.
    pub place: Option<u32>,
    /// The deciding measure then.
    pub value: Kept,
}

impl Ranked {
    /// The figure of a measure.
    pub fn figure(&self, measure: &str) -> Option<Figure> {
        self.figures.get(measure)
    }

    /// The value of a measure's figure.
    pub fn value(&self, measure: &str) -> Option<Fraction> {
        self.figures.value(measure)
    }
}

/// A ranking of measured groups; the whole of a county and the parts of a series have marks, but no place.
pub fn rank(measured: Measured, county: &County) -> Ranking {
    let Measured { plan, book, groups } = measured;
    let unplaced = plan.group == WHOLE || plan.sort == Sort::Name;
    let placed = places::placed(plan, groups, &reason::Reasons { plan, book });
    let ranked = u32::try_from(placed.iter().filter(|placed| placed.place.is_some()).count()).unwrap_or(u32::MAX);
    let marked = plan.marked_by.as_deref().and_then(|id| book.measures.iter().find(|measure| measure.id == id));
    let mut names = bands::Names::default();
    let row = |placed: places::Placed| {
        let place = placed.place.filter(|_| !unplaced);
        let kind = marked.map(|measure| measure.kind);
        let standing = Standing::of(plan, &placed.group, kind, place.map(|place| (place, ranked)));
        let unranked = placed.reason.filter(|_| !unplaced);
        Ranked {
            place,
            // Who is not compared is not graded either; the light says how it stands by itself.
            grade: mark(county.grades_of(plan), &standing)
                .filter(|_| unranked.is_none())
                .map(|name| names.shared(name)),
            light: mark(county.lights_of(plan), &standing).map(|name| names.shared(name)),
            unranked,
            within: placed.within.map(Box::new),
            gap_ahead: placed.gaps.ahead.into(),
            gap_behind: placed.gaps.behind.into(),
            gap_to_first: placed.gaps.to_first.into(),
            group: placed.group.name,
            figures: placed.group.figures,
            before: None,
            movement: None,
            trend: Box::default(),
            score: None,
        }
    };
    Ranking {
        id: plan.id.clone(),
        title: plan.title.clone(),
        book: book.id.clone(),
        by: plan.by.clone(),
        rows: placed.into_iter().map(row).collect(),
    }
}
