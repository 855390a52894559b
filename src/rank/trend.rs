//! The year's curve: where each group stood in the earlier periods, and how its place moved.

use super::{Point, Ranked, Ranking};
use crate::period::Period;
use crate::text::TextMap;

/// Adds the earlier periods of the year, in order, to the rankings of a period.
///
/// Earlier rankings are those of the same profile over the ledger's facts, so that the figures of a
/// curve are comparable. A place is compared with that of the period just before, and with no other.
pub fn remember(rankings: &mut [Ranking], period: Period, earlier: &[(Period, Vec<Ranking>)]) {
    for ranking in rankings {
        let then: Vec<(Period, &Ranking)> = earlier
            .iter()
            .filter_map(|(period, all)| Some((*period, all.iter().find(|then| same(then, ranking))?)))
            .collect();
        let by = ranking.by.clone();
        let then: Vec<(Period, TextMap<&str, &Ranked>)> =
            then.into_iter().map(|(period, then)| (period, by_group(then))).collect();
        for row in &mut ranking.rows {
            let mut trend = Vec::with_capacity(then.len() + 1);
            trend.extend(then.iter().filter_map(|(period, then)| Some(point(*period, then.get(&*row.group)?, &by))));
            let last = trend.last().filter(|point| point.period == period.previous());
            row.before = last.and_then(|point| point.place);
            row.movement = row.before.zip(row.place).map(|(before, now)| i64::from(before) - i64::from(now));
            trend.push(point(period, row, &by));
            row.trend = trend.into();
        }
    }
}

fn same(one: &Ranking, other: &Ranking) -> bool {
    one.id == other.id && one.book == other.book
}

/// The first row of each group: a province has too many groups to look through all of them for each.
fn by_group(ranking: &Ranking) -> TextMap<&str, &Ranked> {
    ranking.rows.iter().rev().map(|row| (&*row.group, row)).collect()
}

fn point(period: Period, row: &Ranked, by: &str) -> Point {
    Point { period, place: row.place, value: row.value(by).into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;
    use crate::measure::Figure;
    use crate::profile::MeasuredIn;

    fn ranking(rows: &[(&str, Option<u32>, i64)]) -> Ranking {
        let row = |(group, place, percent): &(&str, Option<u32>, i64)| Ranked {
            group: (*group).to_owned(),
            place: *place,
            figures: [Figure {
                measure: "completion".into(),
                measured_in: MeasuredIn::Fraction,
                value: fraction(*percent, 100),
                numerator: None,
                denominator: None,
            }]
            .into(),
            ..Ranked::default()
        };
        let rows = rows.iter().map(row).collect();
        Ranking { id: "towns".into(), by: "completion".into(), rows, ..Ranking::default() }
    }

    #[test]
    fn places_move_from_the_period_before_and_values_through_the_year() {
        let month = |month| Period::new(2026, month).unwrap();
        let earlier = [
            (month(2), vec![ranking(&[("甲", Some(1), 10), ("乙", Some(2), 8)])]),
            (month(4), vec![ranking(&[("甲", Some(2), 20), ("乙", Some(1), 30), ("丙", None, 0)])]),
        ];
        let mut now =
            vec![ranking(&[("甲", Some(1), 50), ("乙", Some(3), 40), ("丙", Some(2), 45), ("丁", Some(4), 1)])];
        remember(&mut now, month(5), &earlier);
        let moved: Vec<_> = now[0].rows.iter().map(|row| (row.before, row.movement)).collect();
        assert_eq!(moved, [(Some(2), Some(1)), (Some(1), Some(-2)), (None, None), (None, None)]);
        let of_first: Vec<_> =
            now[0].rows[0].trend.iter().map(|at| (at.period.month(), at.place, at.value.get())).collect();
        let percent = |n| fraction(n, 100);
        assert_eq!(of_first, [(2, Some(1), percent(10)), (4, Some(2), percent(20)), (5, Some(1), percent(50))]);
        assert_eq!(now[0].rows[3].trend.len(), 1);
        let mut later = vec![ranking(&[("甲", Some(1), 60)])];
        remember(&mut later, month(6), &earlier);
        assert_eq!(later[0].rows[0].before, None, "April is not the month before June");
    }
}
