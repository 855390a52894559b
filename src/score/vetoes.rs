//! (i) Vetoes and grade jumps: what holds of a group whatever its points.

use super::Verdict;
use super::desk::Desk;
use super::evidence;
use crate::profile::{Effect, VetoPlan};
use crate::settings::{EntryKind, ScoreEntry};

/// The verdicts over a group, those of the profile first, and the vetoes that cannot be decided.
pub(super) fn verdicts(desk: &Desk, group: &str, entries: &[ScoreEntry]) -> (Vec<Verdict>, Vec<String>) {
    let mut verdicts = Vec::new();
    let mut undecided = Vec::new();
    for veto in &desk.plan.vetoes {
        match decide(desk, group, veto) {
            Some(Decided::Holds(why)) => verdicts.push(Verdict { effect: veto.effect, grade: veto.grade.clone(), why }),
            Some(Decided::Unknown(why)) => undecided.push(why),
            None => {}
        }
    }
    let of_entry = |entry: &ScoreEntry| {
        let effect = match entry.kind {
            EntryKind::Bonus | EntryKind::Penalty => return None,
            EntryKind::Veto => Effect::Unranked,
            EntryKind::GradeUp => Effect::GradeUp,
            EntryKind::GradeDown => Effect::GradeDown,
        };
        let why = format!("{}：{}（{}）", entry.kind.title(), entry.reason, entry.document);
        Some(Verdict { effect, grade: None, why })
    };
    verdicts.extend(entries.iter().filter_map(of_entry));
    (verdicts, undecided)
}

/// How a veto went where it did not simply fail.
enum Decided {
    Holds(String),
    Unknown(String),
}

/// All conditions must hold; one that fails settles it, whatever else cannot be computed.
fn decide(desk: &Desk, group: &str, veto: &VetoPlan) -> Option<Decided> {
    let looked: Vec<_> = veto.when.iter().map(|condition| desk.holds(group, condition)).collect();
    if looked.iter().any(|(holds, _)| *holds == Some(false)) {
        return None;
    }
    let figures: Vec<String> = looked.iter().map(|(_, looked)| evidence::figure(looked)).collect();
    let why = format!("{}：{}", veto.title, figures.join("，"));
    Some(match looked.iter().all(|(holds, _)| *holds == Some(true)) {
        true => Decided::Holds(why),
        false => Decided::Unknown(why),
    })
}
