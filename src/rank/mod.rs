//! Rank: places, gaps to the one ahead and behind, grades and lights.
//!
//! Takes the figures of a ranking's groups, gives a [`Ranking`].

use crate::amount::Fraction;
use crate::measure::Figure;

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
#[derive(Debug, Clone, PartialEq)]
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
}

impl Ranked {
    /// The figure of a measure.
    pub fn figure(&self, measure: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.measure == measure)
    }
}
