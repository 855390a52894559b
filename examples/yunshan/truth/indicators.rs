//! The county's main indicators for January to May.

use super::super::month::Month;
use super::{Row, Value};

/// Name, unit of measure, value, and growth of county, city, province in percent; place in the city.
type Indicator = (&'static str, &'static str, f64, f64, f64, f64, f64);

const INDICATORS: [Indicator; 10] = [
    ("规模以上工业总产值", "亿元", 86.42, 7.8, 7.1, 6.5, 4.0),
    ("规模以上工业增加值", "亿元", 21.35, 6.9, 6.4, 6.2, 5.0),
    ("固定资产投资", "亿元", 47.18, -3.2, 4.1, 3.9, 11.0),
    ("其中：民间投资", "亿元", 22.06, -5.4, 2.8, 2.6, 12.0),
    ("社会消费品零售总额", "亿元", 38.9, 5.1, 5.6, 5.3, 8.0),
    ("一般公共预算收入", "万元", 68_450.0, 4.3, 3.7, 3.5, 6.0),
    ("其中：税收收入", "万元", 42_130.0, 2.2, 2.9, 2.7, 9.0),
    ("城镇居民人均可支配收入", "元", 16_824.0, 4.9, 4.8, 4.7, 7.0),
    ("农村居民人均可支配收入", "元", 8_215.0, 6.6, 6.3, 6.1, 3.0),
    ("工业用电量", "万千瓦时", 31_760.0, 8.4, 6.9, 6.0, 2.0),
];

/// All of them.
pub fn rows() -> Vec<Row> {
    let percent = |points: f64| Value::Rate((points * 10.0).round() as i64, 1000);
    INDICATORS
        .iter()
        .map(|(name, unit, value, growth, city, province, rank)| {
            let mut row = Row::of("县统计局").words("indicator", *name).words("measured_in", *unit);
            row.values.extend([
                ("value", Value::Number(*value)),
                ("growth", percent(*growth)),
                ("growth_city", percent(*city)),
                ("growth_province", percent(*province)),
                ("rank", Value::Number(*rank)),
            ]);
            row
        })
        .collect()
}

/// Growth of the nation and the year's goal in percent, and by how many places the county rises or falls from month to month.
const LATER: [(f64, f64, i64); 10] = [
    (5.9, 8.0, -1),
    (5.8, 8.0, 0),
    (2.8, 6.0, -1),
    (1.2, 5.0, 0),
    (4.6, 7.0, 1),
    (0.6, 4.5, -1),
    (1.1, 4.0, 1),
    (4.4, 6.5, 0),
    (5.6, 7.5, 0),
    (4.9, 9.0, 0),
];

/// The indicators of another month than May: grown in step with the year, each in the city's order as it was the month before.
pub fn rows_of(month: Month) -> Vec<Row> {
    let share = f64::from(month.month) / 5.0;
    let place = |at: usize, month: u32| {
        let steps = (i64::from(month) - 5) / 2 * LATER[at].2;
        (INDICATORS[at].6 as i64 + steps).clamp(1, 12) as f64
    };
    let percent = |points: f64| Value::Rate((points * 10.0).round() as i64, 1000);
    let mut rows = rows();
    for (at, row) in rows.iter_mut().enumerate() {
        let (_, _, value, growth, city, province, _) = INDICATORS[at];
        let drift = (f64::from(month.month) - 5.0) * [0.1, -0.1, 0.2][at % 3];
        row.values.extend([
            ("value", Value::Number((value * share * 100.0).round() / 100.0)),
            ("growth", percent(growth + drift)),
            ("growth_city", percent(city + drift / 2.0)),
            ("growth_province", percent(province)),
            ("growth_nation", percent(LATER[at].0)),
            ("growth_goal", percent(LATER[at].1)),
            ("rank", Value::Number(place(at, month.month))),
            ("rank_before", Value::Number(place(at, month.month - 1))),
        ]);
    }
    rows
}
