//! A score apart to its terms: for programs in JSON, for people in lines under the score.

use serde_json::{Map, Value, json};

use super::measures::number;
use crate::amount::Fraction;
use crate::profile::{MeasuredIn, Missing};
use crate::rank::{Ranked, Ranking};
use crate::say;
use crate::score::{InputFigure, Scored, ScoredTerm, plain};

/// What a score's line says besides its value.
pub(super) fn score_parts(scored: &Scored) -> Map<String, Value> {
    let parts: Map<String, Value> = scored.parts.iter().map(|(id, sum)| (id.clone(), points(*sum))).collect();
    let entries = scored.entries.iter().map(|entry| {
        json!({
            "kind": entry.kind.title(),
            "points": points(entry.points),
            "reason": entry.reason,
            "document": entry.document,
            "from": entry.from.to_string(),
            "place": entry.place.in_words(),
        })
    });
    let verdicts = scored
        .verdicts
        .iter()
        .map(|verdict| json!({"effect": verdict.effect.title(), "grade": verdict.grade, "why": verdict.why}));
    let all = json!({
        "terms": scored.terms.iter().map(term).collect::<Value>(),
        "parts": parts,
        "scale": scored.scale.map(points),
        "bonus": points(scored.bonus),
        "penalty": points(scored.penalty),
        "entries": entries.collect::<Value>(),
        "verdicts": verdicts.collect::<Value>(),
        "undecided": scored.undecided,
        "lost": scored.lost,
    });
    match all {
        Value::Object(all) => all,
        _ => Map::new(),
    }
}

fn term(term: &ScoredTerm) -> Value {
    json!({
        "id": term.id,
        "title": term.title,
        "points": term.points.map(points),
        "raw": term.raw.map(points),
        "missing": term.missing.map(missing),
        "inputs": term.inputs.iter().map(input).collect::<Value>(),
        "evidence": term.evidence,
    })
}

fn input(input: &InputFigure) -> Value {
    let figure = input.figure.as_ref();
    json!({
        "from": input.from,
        "measure": figure.map(|figure| &figure.measure),
        "title": input.title,
        "value": figure.and_then(|figure| number(figure.value?, figure.measured_in)),
        "numerator": figure.and_then(|figure| figure.numerator),
        "denominator": figure.and_then(|figure| figure.denominator),
    })
}

fn points(points: Fraction) -> Value {
    number(points, MeasuredIn::Score).map_or(Value::Null, Value::Number)
}

fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::None => "none",
        Missing::Zero => "zero",
        Missing::Exclude => "exclude",
    }
}

/// The lines under a score: ranking, group, term, points.
pub(super) fn score_lines(ranking: &Ranking, row: &Ranked) -> Vec<Vec<String>> {
    let Some(scored) = &row.score else { return Vec::new() };
    let line = |title: &str, points: String| {
        vec![ranking.title.clone(), row.group.clone(), format!("  {title}"), points, String::new()]
    };
    let points = |term: &ScoredTerm| {
        term.points.map_or_else(|| "—".to_owned(), |points| say!("scores-points", points = plain(points)))
    };
    let mut lines: Vec<_> = scored.terms.iter().map(|term| line(&term.title, points(term))).collect();
    let zero = Fraction::from_integer(0);
    if scored.bonus != zero {
        lines.push(line(&say!("scores-bonus"), say!("scores-points", points = plain(scored.bonus))));
    }
    if scored.penalty != zero {
        lines.push(line(&say!("scores-penalty"), say!("scores-minus", points = plain(scored.penalty))));
    }
    lines.extend(scored.verdicts.iter().map(|verdict| line(&verdict.why, verdict.effect.title().to_owned())));
    lines
}
