//! The measures of every ranking, line by line.
//!
//! Takes [`Ranking`]s, gives a JSON object a ranking, group and measure, or a line of text. A `value`
//! in money is in 万元, a rate or 百分点 a fraction; numerators and denominators are whole yuan or counts.

use serde_json::{Number, Value, json};

use super::aligned::{Side, aligned};
use super::scores::{score_lines, score_parts};
use super::standing::standing;
use super::words;
use crate::amount::{self, Fraction, YUAN_PER_WAN};
use crate::measure::Figure;
use crate::profile::{MeasuredIn, Profile, Reckoning, SCORE};
use crate::rank::{Ranked, Ranking};

/// For programs.
pub fn measure_lines(rankings: &[Ranking], profile: &Profile) -> Vec<Value> {
    let lines = each(rankings).map(|(ranking, row, figure)| {
        let mut line = line(ranking, row, &figure);
        if let Some(schedule) = schedule_of(ranking, &figure, profile) {
            line["schedule"] = json!(schedule);
        }
        line
    });
    lines.collect()
}

/// The id of the schedule that a figure says or is held against.
fn schedule_of<'p>(ranking: &Ranking, figure: &Figure, profile: &'p Profile) -> Option<&'p str> {
    let book = profile.book(&ranking.book)?;
    let mut plans = profile.county.rankings.iter();
    let plan = plans.find(|plan| plan.id == ranking.id && plan.book == ranking.book)?;
    let measure = book.measures.iter().find(|measure| *measure.id == *figure.measure)?;
    let told = matches!(measure.kind, Reckoning::Schedule | Reckoning::Lag);
    told.then(|| profile.county.schedule(book, Some(plan), Some(measure)).id.as_str())
}

fn each(rankings: &[Ranking]) -> impl Iterator<Item = (&Ranking, &Ranked, Figure)> {
    rankings.iter().flat_map(|ranking| {
        ranking.rows.iter().flat_map(move |row| row.figures.iter().map(move |figure| (ranking, row, figure)))
    })
}

fn line(ranking: &Ranking, row: &Ranked, figure: &Figure) -> Value {
    let mut line = json!({
        "ranking": ranking.id,
        "group": row.group,
        "measure": *figure.measure,
        "value": figure.value.and_then(|value| number(value, figure.measured_in)),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "place": row.place,
        "score": row.score.as_ref().and_then(|scored| number(scored.total?, MeasuredIn::Score)),
        "grade": row.grade.as_deref(),
        "book": ranking.book,
        "measured_in": unit(figure.measured_in),
    });
    if let (SCORE, Some(scored), Value::Object(line)) = (&*figure.measure, &row.score, &mut line) {
        line.extend(score_parts(scored));
    }
    if let Value::Object(line) = &mut line {
        line.extend(standing(ranking, row, figure));
    }
    line
}

/// What a `value` is counted in.
pub(super) fn unit(measured_in: MeasuredIn) -> &'static str {
    match measured_in {
        MeasuredIn::Yuan => "万元",
        MeasuredIn::Count => "个",
        MeasuredIn::Fraction => "fraction",
        MeasuredIn::Points => "points",
        MeasuredIn::Score => "分",
    }
}

pub(super) fn number(value: Fraction, measured_in: MeasuredIn) -> Option<Number> {
    match measured_in {
        MeasuredIn::Yuan => amount::rounded(value / Fraction::from(i128::from(YUAN_PER_WAN)), 1, 4)?
            .normalize()
            .to_string()
            .parse()
            .ok(),
        MeasuredIn::Count if value.is_integer() => i64::try_from(value.to_integer()).ok().map(Number::from),
        MeasuredIn::Count | MeasuredIn::Fraction | MeasuredIn::Points | MeasuredIn::Score => {
            Number::from_f64(amount::to_f64(value))
        }
    }
}

/// For people.
pub fn measure_text(rankings: &[Ranking], profile: &Profile) -> String {
    let title = |ranking: &Ranking, figure: &Figure| {
        let measures = profile.book(&ranking.book).map_or(&[][..], |book| &book.measures);
        let known = measures.iter().find(|known| *known.id == *figure.measure);
        known.map_or(&*figure.measure, |known| &*known.title).to_owned()
    };
    let lines: Vec<Vec<String>> = each(rankings)
        .flat_map(|(ranking, row, figure)| {
            let (shown, place) = (words::figure(&figure), words::place(row.place));
            let own = vec![ranking.title.clone(), row.group.clone(), title(ranking, &figure), shown, place];
            let terms = if *figure.measure == *SCORE { score_lines(ranking, row) } else { Vec::new() };
            std::iter::once(own).chain(terms)
        })
        .collect();
    aligned("", &[Side::Left, Side::Left, Side::Left, Side::Right, Side::Right], &lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::Kept;
    use crate::rank::{PlaceWithin, Point};

    fn rankings() -> Vec<Ranking> {
        let figure = |measure: &str, measured_in, numerator, denominator: Option<i64>| Figure {
            measure: measure.into(),
            measured_in,
            value: amount::fraction(numerator, denominator.unwrap_or(1)),
            numerator: Some(numerator),
            denominator,
        };
        let row = Ranked {
            group: "城关镇".into(),
            figures: [
                figure("completion", MeasuredIn::Fraction, 356, Some(1000)),
                figure("done", MeasuredIn::Yuan, 88_448_601, None),
                figure("count", MeasuredIn::Count, 9, None),
                figure("empty", MeasuredIn::Fraction, 0, Some(0)),
            ]
            .into(),
            place: Some(3),
            grade: Some("中".into()),
            within: Some(Box::new(PlaceWithin {
                group: "一类".into(),
                place: 1,
                of: 4,
                gap_to_first: Kept::default(),
            })),
            gap_ahead: amount::fraction(2, 100).into(),
            gap_to_first: amount::fraction(1, 10).into(),
            before: Some(5),
            movement: Some(2),
            trend: Box::new([Point {
                period: "2026-05".parse().unwrap(),
                place: Some(3),
                value: amount::fraction(356, 1000).into(),
            }]),
            ..Ranked::default()
        };
        vec![Ranking {
            id: "towns".into(),
            title: "乡镇排名".into(),
            book: "key_projects".into(),
            by: "completion".into(),
            rows: vec![row],
        }]
    }

    #[test]
    fn a_line_a_ranking_group_and_measure() {
        let lines = measure_lines(&rankings(), &Profile::built_in());
        let expected = r#"{"ranking":"towns","group":"城关镇","measure":"completion","value":0.356,"numerator":356,"denominator":1000,"place":3,"score":null,"grade":"中","book":"key_projects","measured_in":"fraction""#;
        let told = lines[0].to_string();
        assert!(told.starts_with(expected), "{told}");
        let standing = r#","within":{"group":"一类","place":1,"of":4,"gap_to_first":null},"gap_ahead":0.02,"gap_behind":null,"gap_to_first":0.1,"before":5,"movement":2,"trend":[{"period":"2026-05","place":3,"value":0.356}],"light":null,"unranked":null}"#;
        assert_eq!(&told[expected.len()..], standing);
        assert_eq!(lines[1].get("trend"), None, "the measure that decides tells how a group stands");
        assert_eq!(lines[1]["value"].to_string(), "8844.8601");
        assert_eq!(lines[2]["value"], 9);
        assert!(lines[3]["value"].is_null());
    }

    #[test]
    fn people_see_units() {
        let text = measure_text(&rankings(), &Profile::built_in());
        assert!(text.contains("完成率") && text.contains("35.6%") && text.contains("8844.86万元"), "{text}");
    }
}
