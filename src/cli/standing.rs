//! How a group stands in its ranking, for programs.
//!
//! Takes a group's row, gives what stands on the line of the measure that decides its place: the place
//! within its own group, gaps, how the place moved, the year's curve, why it has no place. Gaps and
//! values are in the unit of the measure: 万元, a number, a fraction.

use serde_json::{Map, Value, json};

use super::measures::number;
use crate::amount::Fraction;
use crate::measure::Figure;
use crate::rank::{Point, Ranked, Ranking};

/// The keys of a line that tell how its group stands; none on the lines of other measures.
pub(super) fn standing(ranking: &Ranking, row: &Ranked, figure: &Figure) -> Map<String, Value> {
    if *figure.measure != *ranking.by {
        return Map::new();
    }
    let shown = |value: Option<Fraction>| value.and_then(|value| number(value, figure.measured_in));
    let within = row.within.as_ref().map(|within| {
        json!({
            "group": within.group,
            "place": within.place,
            "of": within.of,
            "gap_to_first": shown(within.gap_to_first.get()),
        })
    });
    let point = |point: &Point| json!({"period": point.period.to_string(), "place": point.place, "value": shown(point.value.get())});
    let standing = json!({
        "within": within,
        "gap_ahead": shown(row.gap_ahead.get()),
        "gap_behind": shown(row.gap_behind.get()),
        "gap_to_first": shown(row.gap_to_first.get()),
        "before": row.before,
        "movement": row.movement,
        "trend": row.trend.iter().map(point).collect::<Vec<_>>(),
        "light": row.light.as_deref(),
        "unranked": row.unranked,
    });
    match standing {
        Value::Object(standing) => standing,
        _ => Map::new(),
    }
}
