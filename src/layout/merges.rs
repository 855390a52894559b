//! Merged regions looked up by the cell that they cover.
//!
//! Takes a grid's regions, gives the one over a cell, if any, in a few steps and with no more memory than the regions
//! themselves: a list by rows would grow with their height, which a file states as it likes.

use crate::collect::Merge;

/// Regions, none overlapping another.
#[derive(Debug, Default)]
pub(super) struct Merges {
    root: Option<Box<Node>>,
}

/// Some of the regions: those over one row, and those wholly above and below it.
#[derive(Debug)]
struct Node {
    /// First and last row of all of them.
    span: (u32, u32),
    row: u32,
    /// Those over the row, from left to right: as they do not overlap, none covers another's columns.
    over: Vec<Merge>,
    above: Option<Box<Node>>,
    below: Option<Box<Node>>,
}

impl Merges {
    /// Indexes regions that do not overlap.
    pub(super) fn of(merges: &[Merge]) -> Self {
        Self { root: Node::of(merges.to_vec()) }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// The region that covers a cell.
    pub(super) fn at(&self, row: u32, column: u32) -> Option<Merge> {
        let mut node = self.root.as_deref();
        while let Some(some) = node.filter(|some| (some.span.0..=some.span.1).contains(&row)) {
            let behind = some.over.partition_point(|merge| merge.left <= column);
            let nearest = behind.checked_sub(1).map(|at| some.over[at]);
            if let Some(merge) = nearest.filter(|merge| merge.covers(row, column)) {
                return Some(merge);
            }
            node = if row < some.row { some.above.as_deref() } else { some.below.as_deref() };
        }
        None
    }
}

impl Node {
    fn of(merges: Vec<Merge>) -> Option<Box<Self>> {
        let mut tops: Vec<u32> = merges.iter().map(|merge| merge.top).collect();
        tops.sort_unstable();
        // At most half begin above the middle one's first row, at most half below it.
        let row = *tops.get(tops.len() / 2)?;
        let span = (merges.iter().map(|merge| merge.top).min()?, merges.iter().map(|merge| merge.bottom).max()?);
        let (above, rest): (Vec<Merge>, Vec<Merge>) = merges.into_iter().partition(|merge| merge.bottom < row);
        let (below, mut over): (Vec<Merge>, Vec<Merge>) = rest.into_iter().partition(|merge| merge.top > row);
        over.sort_by_key(|merge| merge.left);
        Some(Box::new(Self { span, row, over, above: Self::of(above), below: Self::of(below) }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sheet_full_of_tall_regions_takes_no_more_than_they_do() {
        let tall = |at: u32| Merge { top: 1 + at / 16_384 * 9_000, left: 1 + at % 16_384, bottom: 9_000, right: 0 };
        let tall = (0..100_000).map(tall).map(|merge| Merge { bottom: merge.top + 8_999, right: merge.left, ..merge });
        let all: Vec<Merge> = tall.collect();
        let merges = Merges::of(&all);
        assert_eq!(merges.at(8_999, 16_384), Some(all[16_383]));
        assert_eq!(merges.at(9_001, 1), Some(all[16_384]));
        assert_eq!(merges.at(1_000_000, 1), None);
    }

    /// Regions that do not overlap, out of any.
    fn regions() -> impl Strategy<Value = Vec<Merge>> {
        let one = (1u32..30, 1u32..12, 0u32..9, 0u32..5);
        prop::collection::vec(one, 0..40).prop_map(|all| {
            let mut kept: Vec<Merge> = Vec::new();
            for (top, left, down, across) in all {
                let new = Merge { top, left, bottom: top + down, right: left + across };
                let apart = |old: &Merge| {
                    old.bottom < new.top || new.bottom < old.top || old.right < new.left || new.right < old.left
                };
                if kept.iter().all(apart) {
                    kept.push(new);
                }
            }
            kept
        })
    }

    proptest! {
        #[test]
        fn every_cell_finds_what_covers_it(all in regions()) {
            let merges = Merges::of(&all);
            prop_assert_eq!(merges.is_empty(), all.is_empty());
            for (row, column) in (0..45).flat_map(|row| (0..20).map(move |column| (row, column))) {
                let found = all.iter().copied().find(|merge| merge.covers(row, column));
                prop_assert_eq!(merges.at(row, column), found);
            }
        }
    }
}
