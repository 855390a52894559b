//! Rank: places, gaps to the one ahead and behind, grades and lights.
//!
//! Takes the figures of a ranking's groups, gives a [`Ranking`]. Places compare exact fractions,
//! never what is shown of them: highest first by the deciding measure, then by the ranking's
//! declared chain; what is equal in all of them shares a place (1-2-2-4). Row order decides nothing.

mod bands;
mod places;
mod scored;

pub(crate) use bands::mark;
pub use scored::rank_scored;

use crate::amount::Fraction;
use crate::measure::{Figure, Measured};
use crate::profile::{County, WHOLE};
use crate::score::Scored;

/// A ranking with its rows in order of place; those without a place stand last.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Its id: `towns`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The book it ranks.
    pub book: String,
    /// A row a group.
    pub rows: Vec<Ranked>,
}

/// A group's row in a ranking.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranked {
    /// The group: a town's, a department's, a leader's name.
    pub group: String,
    /// Its figures, in the ranking's order of measures.
    pub figures: Vec<Figure>,
    /// Its place (1-2-2-4); `None` where it cannot be ranked.
    pub place: Option<u32>,
    /// Why it has no place.
    pub unranked: Option<String>,
    /// 优, 中 or 差.
    pub grade: Option<String>,
    /// 绿, 黄 or 红.
    pub light: Option<String>,
    /// How far the one ahead (标兵) leads it, as a fraction of the deciding measure.
    pub gap_ahead: Option<Fraction>,
    /// How far it leads the one behind (追兵).
    pub gap_behind: Option<Fraction>,
    /// Its score, apart to its terms, where the ranking has one.
    pub score: Option<Scored>,
}

impl Ranked {
    /// The figure of a measure.
    pub fn figure(&self, measure: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.measure == measure)
    }
}

/// A ranking of measured groups; the whole of a county has marks, but no place.
pub fn rank(measured: Measured, county: &County) -> Ranking {
    let Measured { plan, book, groups } = measured;
    let title = book.measures.iter().find(|measure| measure.id == plan.by).map_or(plan.by.as_str(), |by| &by.title);
    let placed = places::placed(plan, groups);
    let row = |placed: places::Placed| {
        let whole = plan.group == WHOLE;
        let lost = (placed.place.is_none() && !whole).then(|| places::reason(title, &placed.group, &plan.by));
        Ranked {
            place: placed.place.filter(|_| !whole),
            unranked: lost,
            grade: bands::mark(&county.grades, placed.group.lead),
            light: bands::mark(&county.lights, placed.group.lead),
            gap_ahead: placed.gap_ahead,
            gap_behind: placed.gap_behind,
            group: placed.group.name,
            figures: placed.group.figures,
            score: None,
        }
    };
    Ranking {
        id: plan.id.clone(),
        title: plan.title.clone(),
        book: book.id.clone(),
        rows: placed.into_iter().map(row).collect(),
    }
}
