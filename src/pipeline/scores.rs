//! What `run.json` says of scores: the rules in force, and the entries that counted.

use serde_json::{Value, json};

use crate::amount::Fraction;
use crate::profile::{Profile, ScorePlan};
use crate::rank::Ranking;
use crate::score::{entries_in_words, plain, term_in_words, veto_in_words};

/// The scores' rules, in the words that readers are given; they are made from what is computed.
pub(super) fn definitions(profile: &Profile) -> Value {
    let score = |plan: &ScorePlan| {
        let terms = plan.terms.iter().map(|term| json!({"id": term.id, "rule": term_in_words(profile, plan, term)}));
        let vetoes = plan.vetoes.iter().map(|veto| json!({"id": veto.id, "rule": veto_in_words(profile, plan, veto)}));
        json!({
            "id": plan.id,
            "title": plan.title,
            "book": plan.book,
            "ranking": plan.ranking,
            "words": plan.words,
            "rounding_and_entries": entries_in_words(plan),
            "terms": terms.collect::<Value>(),
            "vetoes": vetoes.collect::<Value>(),
        })
    };
    profile.county.scores.iter().map(score).collect()
}

/// The bonus and penalty entries and the vetoes that counted, by ranking and group.
pub(super) fn entries(rankings: &[Ranking]) -> Value {
    let rows = rankings.iter().flat_map(|ranking| ranking.rows.iter().map(move |row| (ranking, row)));
    let counted = rows.flat_map(|(ranking, row)| {
        let entries = row.score.iter().flat_map(|score| &score.entries);
        entries.map(|entry| {
            let points = (entry.points != Fraction::from_integer(0)).then(|| plain(entry.points));
            json!({
                "book": ranking.book,
                "ranking": ranking.id,
                "group": row.group,
                "kind": entry.kind.title(),
                "points": points,
                "reason": entry.reason,
                "document": entry.document,
                "from": entry.from.to_string(),
            })
        })
    });
    counted.collect()
}
