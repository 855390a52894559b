//! From a group's terms, entries and verdicts to its total.

use num_traits::Zero;

use super::shapes::clamped;
use super::{Scored, ScoredTerm, Verdict};
use crate::amount::{Exact, Fraction, narrowed, widened};
use crate::profile::{Effect, Missing, Rounding, ScorePlan};
use crate::settings::{EntryKind, ScoreEntry};

/// A group's terms with their points before rounding, and each term's full marks.
type Terms = (Vec<(ScoredTerm, Option<Exact>)>, Vec<Option<Fraction>>);

/// A term's points as the score counts them: rounded where each term is, else to twelve decimals.
pub(super) fn rounded(plan: &ScorePlan, own: Option<u32>, points: &Exact) -> Option<Fraction> {
    let decimals = match plan.rounding {
        Rounding::Terms => Some(own.unwrap_or(plan.decimals)),
        Rounding::Total => own,
    };
    decimals.map_or_else(|| super::shown(points), |decimals| narrowed(points, decimals))
}

/// The score of a group.
pub(super) fn total(
    plan: &ScorePlan,
    group: &str,
    (terms, full): Terms,
    entries: Vec<ScoreEntry>,
    (verdicts, undecided): (Vec<Verdict>, Vec<String>),
) -> Scored {
    let lost = lost(&terms);
    let scale = scale(&terms, &full);
    let (sum, parts) = summed(plan, &terms, &full, scale.as_ref());
    let bonus = together(&entries, EntryKind::Bonus, plan.entries.bonus_cap.map(|cap| cap.0));
    let penalty = together(&entries, EntryKind::Penalty, plan.entries.penalty_cap.map(|cap| cap.0));
    let voided = verdicts.iter().any(|one| one.effect == Effect::Zero);
    let reached = sum + widened(bonus) - widened(penalty);
    let reached = clamped(reached, plan.floor.map(|n| n.0), plan.cap.map(|n| n.0));
    let total = if voided { Some(Fraction::zero()) } else { narrowed(&reached, plan.decimals) };
    Scored {
        group: group.to_owned(),
        total: total.filter(|_| lost.is_none()),
        lost,
        terms: terms.into_iter().map(|(term, _)| term).collect(),
        parts,
        scale: scale.as_ref().and_then(super::shown),
        bonus,
        penalty,
        entries,
        verdicts,
        undecided,
    }
}

/// The total of a score put together again from its terms' points, as they are shown, and its entries.
pub fn total_again(plan: &ScorePlan, scored: &Scored) -> Option<Fraction> {
    if scored.lost.is_some() {
        return None;
    }
    if scored.verdicts.iter().any(|one| one.effect == Effect::Zero) {
        return Some(Fraction::zero());
    }
    let full: Vec<Option<Fraction>> = plan.terms.iter().map(super::desk::full_marks).collect();
    let exact = |term: &ScoredTerm| (term.clone(), term.points.map(widened));
    let terms: Vec<_> = scored.terms.iter().map(exact).collect();
    let scale = scale(&terms, &full);
    let (sum, _) = summed(plan, &terms, &full, scale.as_ref());
    let bonus = together(&scored.entries, EntryKind::Bonus, plan.entries.bonus_cap.map(|cap| cap.0));
    let penalty = together(&scored.entries, EntryKind::Penalty, plan.entries.penalty_cap.map(|cap| cap.0));
    let reached = sum + widened(bonus) - widened(penalty);
    narrowed(&clamped(reached, plan.floor.map(|n| n.0), plan.cap.map(|n| n.0)), plan.decimals)
}

/// Why there is no score: the terms that it cannot do without.
fn lost(terms: &[(ScoredTerm, Option<Exact>)]) -> Option<String> {
    let wanting = |(term, _): &&(ScoredTerm, Option<Exact>)| term.missing == Some(Missing::None);
    let titles: Vec<&str> = terms.iter().filter(wanting).map(|(term, _)| term.title.as_str()).collect();
    if !titles.is_empty() {
        return Some(format!("“{}”无法计算，不计算得分", titles.join("”“")));
    }
    let excluded = terms.iter().all(|(term, _)| term.missing == Some(Missing::Exclude));
    excluded.then(|| "各项都无法计算，不计算得分".to_owned())
}

/// What the other terms are multiplied by where terms were left out: all full marks over theirs.
fn scale(terms: &[(ScoredTerm, Option<Exact>)], full: &[Option<Fraction>]) -> Option<Exact> {
    let out = |term: &ScoredTerm| term.missing == Some(Missing::Exclude);
    terms.iter().any(|(term, _)| out(term)).then_some(())?;
    let sum = |only_in: bool| {
        let counted = terms.iter().zip(full).filter(|((term, _), _)| !(only_in && out(term)));
        counted.filter_map(|(_, full)| *full).fold(Exact::zero(), |sum, full| sum + widened(full))
    };
    let (all, left) = (sum(false), sum(true));
    (!left.is_zero()).then(|| all / left)
}

/// The terms together, and what each part gives after its cap and floor.
///
/// Where terms were left out, what has full marks is scaled; bonus counts, which have none, are not.
fn summed(
    plan: &ScorePlan,
    terms: &[(ScoredTerm, Option<Exact>)],
    full: &[Option<Fraction>],
    scale: Option<&Exact>,
) -> (Exact, Vec<(String, Fraction)>) {
    let points = |at: usize| -> Exact {
        let (term, exact) = &terms[at];
        let counted = match plan.rounding {
            Rounding::Terms => term.points.map(widened),
            // A term that is rounded on its own counts as rounded.
            Rounding::Total if plan.terms[at].decimals.is_some() => term.points.map(widened),
            Rounding::Total => exact.clone(),
        };
        let counted = counted.unwrap_or_else(Exact::zero);
        match scale.filter(|_| full[at].is_some()) {
            Some(scale) => counted * scale,
            None => counted,
        }
    };
    let of_part = |part: Option<&str>| {
        let within = (0..terms.len()).filter(|at| plan.terms[*at].part.as_deref() == part);
        within.map(points).fold(Exact::zero(), |sum, points| sum + points)
    };
    let mut sum = of_part(None);
    let mut parts = Vec::new();
    for part in &plan.parts {
        let together = clamped(of_part(Some(&part.id)), part.floor.map(|n| n.0), part.cap.map(|n| n.0));
        parts.push((part.id.clone(), super::shown(&together).unwrap_or_else(Fraction::zero)));
        sum += together;
    }
    (sum, parts)
}

/// The entries of a kind together, at most their cap.
fn together(entries: &[ScoreEntry], kind: EntryKind, cap: Option<Fraction>) -> Fraction {
    let of_kind = entries.iter().filter(|entry| entry.kind == kind);
    let sum = of_kind.fold(Fraction::zero(), |sum, entry| sum + entry.points);
    cap.map_or(sum, |cap| sum.min(cap))
}
