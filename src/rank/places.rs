//! Places 1-2-2-4, among all and among a group's own like, and the gaps to the place before and after.

use std::collections::{BTreeMap, BTreeSet};

use super::PlaceWithin;
use super::reason::Reasons;
use crate::amount::Fraction;
use crate::measure::{Group, in_series};
use crate::profile::{Order, RankingPlan, Sort};

/// A group with its place.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) group: Group,
    pub(super) place: Option<u32>,
    /// Why it has none.
    pub(super) reason: Option<String>,
    pub(super) gaps: Gaps,
    pub(super) within: Option<PlaceWithin>,
}

/// How far others are in the deciding measure; always positive, whichever end is the first place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Gaps {
    pub(super) ahead: Option<Fraction>,
    pub(super) behind: Option<Fraction>,
    pub(super) to_first: Option<Fraction>,
}

/// What decides a group's place, the better the less; a missing value of the chain ranks below every other.
type Key = Vec<(bool, Option<Fraction>)>;

fn deciding(plan: &RankingPlan, group: &Group) -> Key {
    let turned = |value: Option<Fraction>| match plan.order {
        Order::Highest => value.map(|value| -value),
        Order::Lowest => value,
    };
    let value = |measure: &String| turned(group.figures.value(measure));
    let values = [&plan.by].into_iter().chain(&plan.then).map(value);
    values.map(|value| (value.is_none(), value)).collect()
}

/// Groups in order of place, then of name; those without a place last. A series stands in its own order.
pub(super) fn placed(plan: &RankingPlan, groups: Vec<Group>, reasons: &Reasons) -> Vec<Placed> {
    if plan.sort == Sort::Name {
        return series(groups);
    }
    let judged = groups.into_iter().map(|group| (reasons.against(&group), group));
    let (ranked, mut unranked): (Vec<_>, Vec<_>) = judged.partition(|(reason, _)| reason.is_none());
    let mut keyed: Vec<(Key, _)> = ranked.into_iter().map(|one| (deciding(plan, &one.1), one)).collect();
    keyed.sort_unstable_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.1.name.cmp(&other.1.name)));
    unranked.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    let (keys, ranked): (Vec<Key>, Vec<_>) = keyed.into_iter().unzip();
    let spots = spots(&keys);
    let mut within = places_within(&ranked, &keys);
    let with_place = ranked.into_iter().zip(spots).enumerate().map(|(at, ((_, group), (place, gaps)))| Placed {
        group,
        place: Some(place),
        reason: None,
        gaps,
        within: within.remove(&at),
    });
    let without = unranked.into_iter().map(|(reason, group)| Placed { reason, ..bare(group) });
    with_place.chain(without).collect()
}

fn series(mut groups: Vec<Group>) -> Vec<Placed> {
    groups.sort_by_cached_key(|group| in_series(&group.name));
    groups.into_iter().map(bare).collect()
}

fn bare(group: Group) -> Placed {
    Placed { group, place: None, reason: None, gaps: Gaps::default(), within: None }
}

/// The place of each key of a sorted list, and its gaps.
fn spots(keys: &[Key]) -> Vec<(u32, Gaps)> {
    let by = |at: usize| keys.get(at).and_then(|key| key[0].1);
    let gap =
        |better: Option<Fraction>, worse: Option<Fraction>| better.zip(worse).map(|(better, worse)| worse - better);
    let mut spots = Vec::with_capacity(keys.len());
    // Those that share a place stand one after another.
    for equals in keys.chunk_by(|one, other| one == other) {
        let (first, next) = (spots.len(), spots.len() + equals.len());
        let ahead = first.checked_sub(1);
        let gaps = Gaps {
            ahead: gap(ahead.and_then(by), by(first)),
            behind: gap(by(first), by(next)),
            to_first: ahead.and_then(|_| gap(by(0), by(first))),
        };
        spots.resize(next, (u32::try_from(first + 1).unwrap_or(u32::MAX), gaps));
    }
    spots
}

/// The places among those of the same group of groups, by where a group stands in the ranking.
fn places_within(ranked: &[(Option<String>, Group)], keys: &[Key]) -> BTreeMap<usize, PlaceWithin> {
    let names: BTreeSet<&String> = ranked.iter().filter_map(|(_, group)| group.within.as_ref()).collect();
    let mut places = BTreeMap::new();
    for name in names {
        let own: Vec<usize> = (0..ranked.len()).filter(|&at| ranked[at].1.within.as_ref() == Some(name)).collect();
        let among: Vec<Key> = own.iter().map(|&at| keys[at].clone()).collect();
        for (&at, (place, gaps)) in own.iter().zip(spots(&among)) {
            let of = u32::try_from(own.len()).unwrap_or(u32::MAX);
            places.insert(at, PlaceWithin { group: name.clone(), place, of, gap_to_first: gaps.to_first.into() });
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;
    use crate::check::sample;
    use crate::measure::Figure;
    use crate::profile::{Book, MeasuredIn, Minimum, Number};

    fn plan() -> RankingPlan {
        sample::profile().county.rankings.into_iter().find(|plan| plan.id == "towns").unwrap()
    }

    fn group(name: &str, done: i64, plan: i64) -> Group {
        let figure = |measure: &str, measured_in, value, denominator| Figure {
            measure: measure.into(),
            measured_in,
            value,
            numerator: Some(done),
            denominator,
        };
        let figures = [
            figure("completion", MeasuredIn::Fraction, fraction(done, plan), Some(plan)),
            figure("done", MeasuredIn::Yuan, fraction(done, 1), None),
            figure("plan", MeasuredIn::Yuan, fraction(plan, 1), None),
        ];
        Group { name: name.into(), figures: figures.into(), ..Group::default() }
    }

    fn all_placed(plan: &RankingPlan, groups: Vec<Group>) -> Vec<Placed> {
        let book: Book = sample::key_projects();
        placed(plan, groups, &Reasons { plan, book: &book })
    }

    fn places(plan: &RankingPlan, groups: Vec<Group>) -> Vec<(String, Option<u32>)> {
        all_placed(plan, groups).into_iter().map(|placed| (placed.group.name, placed.place)).collect()
    }

    #[test]
    fn equals_share_a_place_and_the_next_is_skipped() {
        // B and C are equal in the whole chain; D has their rate but less done.
        let groups = vec![group("丁", 1, 2), group("丙", 2, 4), group("甲", 3, 4), group("乙", 2, 4)];
        let mut turned = groups.clone();
        turned.reverse();
        let expected = [("甲", 1), ("丙", 2), ("乙", 2), ("丁", 4)].map(|(name, place)| (name.to_owned(), Some(place)));
        let mut by_name = expected.clone();
        by_name[1..3].sort();
        assert_eq!(places(&plan(), groups.clone()), by_name);
        assert_eq!(places(&plan(), turned), by_name, "row order decides nothing");
        let lowest = RankingPlan { order: Order::Lowest, ..plan() };
        let expected = [("丁", 1), ("丙", 2), ("乙", 2), ("甲", 4)].map(|(name, place)| (name.to_owned(), Some(place)));
        let mut by_name = expected.clone();
        by_name[1..3].sort();
        assert_eq!(places(&lowest, groups), by_name, "云浮 ranks from the lowest");
    }

    #[test]
    fn a_rate_that_only_shows_alike_is_not_equal() {
        // Both show 33.3%.
        assert_eq!(places(&plan(), vec![group("甲", 333, 1000), group("乙", 334, 1002)])[0].0, "乙");
    }

    #[test]
    fn gaps_are_exact_and_pass_over_equals() {
        let groups = vec![group("甲", 3, 4), group("乙", 1, 3), group("丙", 1, 3), group("丁", 1, 6)];
        let twelfths = |n| fraction(n, 12);
        let gaps = |ahead, behind, to_first| Gaps { ahead, behind, to_first };
        let middle = gaps(twelfths(5), twelfths(2), twelfths(5));
        let expected = [gaps(None, twelfths(5), None), middle, middle, gaps(twelfths(2), None, twelfths(7))];
        let rows = all_placed(&plan(), groups.clone());
        assert_eq!(rows.iter().map(|row| row.gaps).collect::<Vec<_>>(), expected);
        let rows = all_placed(&RankingPlan { order: Order::Lowest, ..plan() }, groups);
        assert_eq!(rows[0].gaps, gaps(None, twelfths(2), None), "a gap has no sign");
        assert_eq!(rows[3].gaps, gaps(twelfths(5), None, twelfths(7)));
    }

    #[test]
    fn a_town_has_its_place_among_its_like_too() {
        let of = |within: &str, group| Group { within: Some(within.to_owned()), ..group };
        let groups = vec![
            of("一类", group("甲", 8, 10)),
            of("二类", group("乙", 6, 10)),
            of("一类", group("丙", 5, 10)),
            of("二类", group("丁", 3, 10)),
            group("戊", 1, 10),
        ];
        let rows = all_placed(&plan(), groups);
        let within: Vec<_> =
            rows.iter().map(|row| row.within.as_ref().map(|w| (w.place, w.of, w.gap_to_first.get()))).collect();
        let tenths = |n| fraction(n, 10);
        assert_eq!(
            within,
            [Some((1, 2, None)), Some((1, 2, None)), Some((2, 2, tenths(3))), Some((2, 2, tenths(3))), None]
        );
        assert_eq!(rows[3].gaps.to_first, tenths(5), "the leader of all is another");
    }

    #[test]
    fn who_has_too_little_to_be_compared_stands_apart_with_the_reason() {
        let least = |words: Option<&str>| Minimum {
            measure: "plan".into(),
            at_least: Number::whole(500),
            words: words.map(Into::into),
        };
        let with = |words| RankingPlan { minimum: vec![least(words)], ..plan() };
        let groups = || vec![group("甲", 4_999_999, 4_999_999), group("乙", 1, 5_000_000)];
        let rows = all_placed(&with(None), groups());
        assert_eq!(rows[0].place, Some(1));
        assert_eq!(rows[1].reason.as_deref(), Some("年度计划投资不足500万元，不参与排名"));
        let rows = all_placed(&with(Some("计划太小")), groups());
        assert_eq!(rows[1].reason.as_deref(), Some("计划太小"));
    }

    #[test]
    fn a_series_stands_in_the_order_of_the_calendar_without_places() {
        let plan = RankingPlan { sort: Sort::Name, ..plan() };
        let quarters = ["2026年三季度", "2026年一季度", "2025年四季度", "2026年二季度"];
        let rows = places(&plan, quarters.map(|name| group(name, 1, 2)).to_vec());
        let expected = ["2025年四季度", "2026年一季度", "2026年二季度", "2026年三季度"];
        assert_eq!(rows, expected.map(|name| (name.to_owned(), None)));
    }
}
