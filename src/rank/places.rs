//! Places 1-2-2-4, and the gaps to the place before and after.

use std::cmp::Reverse;

use crate::amount::Fraction;
use crate::measure::Group;
use crate::profile::RankingPlan;

/// A group with its place.
pub(super) struct Placed {
    pub(super) group: Group,
    pub(super) place: Option<u32>,
    pub(super) gap_ahead: Option<Fraction>,
    pub(super) gap_behind: Option<Fraction>,
}

/// The value of a measure of a group.
fn value(group: &Group, measure: &str) -> Option<Fraction> {
    group.figure(measure).and_then(|figure| figure.value)
}

/// What decides a group's place, in order; a missing value of the chain ranks below every other.
fn deciding(plan: &RankingPlan, group: &Group) -> Vec<Option<Fraction>> {
    [&plan.by].into_iter().chain(&plan.then).map(|measure| value(group, measure)).collect()
}

/// Groups in order of place, then of name; those without a place last.
pub(super) fn placed(plan: &RankingPlan, groups: Vec<Group>) -> Vec<Placed> {
    let (mut ranked, mut unranked): (Vec<Group>, Vec<Group>) =
        groups.into_iter().partition(|group| value(group, &plan.by).is_some());
    ranked.sort_by_cached_key(|group| (Reverse(deciding(plan, group)), group.name.clone()));
    unranked.sort_by(|a, b| a.name.cmp(&b.name));
    let keys: Vec<_> = ranked.iter().map(|group| deciding(plan, group)).collect();
    // The first of those that share a place, and the first after them.
    let first = |at: usize| keys.partition_point(|key| *key > keys[at]);
    let next = |at: usize| keys.partition_point(|key| *key >= keys[at]);
    let by = |at: usize| keys.get(at).and_then(|key| key[0]);
    let gap =
        |ahead: Option<Fraction>, behind: Option<Fraction>| ahead.zip(behind).map(|(ahead, behind)| ahead - behind);
    let spots: Vec<_> = (0..keys.len())
        .map(|at| {
            let ahead = first(at).checked_sub(1).and_then(by);
            (first(at), gap(ahead, by(at)), gap(by(at), by(next(at))))
        })
        .collect();
    let with_place = ranked.into_iter().zip(spots).map(|(group, (first, gap_ahead, gap_behind))| Placed {
        group,
        place: u32::try_from(first + 1).ok(),
        gap_ahead,
        gap_behind,
    });
    let without = unranked.into_iter().map(|group| Placed { group, place: None, gap_ahead: None, gap_behind: None });
    with_place.chain(without).collect()
}

/// Why a group has no place.
pub(super) fn reason(title: &str, group: &Group, by: &str) -> String {
    let figure = group.figure(by);
    let why = match figure.map(|figure| (figure.numerator, figure.denominator)) {
        Some((None, _)) => "没有上报可以计算的数",
        Some((_, None)) => "没有上报作分母的数",
        Some((_, Some(denominator))) if denominator <= 0 => "作分母的数不大于0",
        _ => "缺少可以计算的数",
    };
    format!("{title}无法计算（{why}），不参与排名")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;
    use crate::check::sample;
    use crate::measure::Figure;
    use crate::profile::MeasuredIn;

    fn plan() -> RankingPlan {
        sample::profile().county.rankings.into_iter().find(|plan| plan.id == "towns").unwrap()
    }

    fn group(name: &str, done: i64, plan: i64) -> Group {
        let figure = |measure: &str, value, denominator| Figure {
            measure: measure.into(),
            measured_in: MeasuredIn::Fraction,
            value,
            numerator: Some(done),
            denominator,
        };
        let figures = vec![
            figure("completion", fraction(done, plan), Some(plan)),
            figure("done", fraction(done, 1), None),
            figure("plan", fraction(plan, 1), None),
        ];
        Group { name: name.into(), figures, lead: None }
    }

    fn places(groups: Vec<Group>) -> Vec<(String, Option<u32>)> {
        placed(&plan(), groups).into_iter().map(|placed| (placed.group.name, placed.place)).collect()
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
        assert_eq!(places(groups), by_name);
        assert_eq!(places(turned), by_name, "row order decides nothing");
    }

    #[test]
    fn a_rate_that_only_shows_alike_is_not_equal() {
        // Both show 33.3%.
        assert_eq!(places(vec![group("甲", 333, 1000), group("乙", 334, 1002)])[0].0, "乙");
    }

    #[test]
    fn gaps_are_exact_and_pass_over_equals() {
        let rows = placed(&plan(), vec![group("甲", 3, 4), group("乙", 1, 3), group("丙", 1, 3), group("丁", 1, 6)]);
        let gaps: Vec<_> = rows.iter().map(|row| (row.gap_ahead, row.gap_behind)).collect();
        let twelfths = |n| fraction(n, 12);
        let middle = (twelfths(5), twelfths(2));
        assert_eq!(gaps, [(None, twelfths(5)), middle, middle, (twelfths(2), None)]);
    }

    #[test]
    fn what_cannot_be_computed_stands_last_with_its_reason() {
        let rows = placed(&plan(), vec![group("甲", 5, 0), group("乙", 0, 3)]);
        assert_eq!((rows[0].place, rows[1].place), (Some(1), None));
        assert_eq!(reason("完成率", &rows[1].group, "completion"), "完成率无法计算（作分母的数不大于0），不参与排名");
    }
}
