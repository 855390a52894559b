//! Sheet 加减分: bonus and penalty entries to scores, each with its reason and document.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::cell::compared;
use super::fault::SettingsFault;
use super::form::ENTRIES;
use super::sheet::{Sheet, SheetRow};
use super::{EntryKind, ScoreEntry, Unit};
use crate::amount::{Fraction, exact_decimal};
use crate::profile::{Profile, ScorePlan, advice};
use crate::say;

/// What sheet 加减分 states; a unit of the roster may be written by any of its names.
pub(super) fn entries(
    sheet: &Sheet,
    profile: &Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Vec<ScoreEntry> {
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for row in sheet.rows() {
        let Some(entry) = entry(&row, profile, units, faults) else { continue };
        let same = (entry.score.clone(), entry.group.clone(), entry.kind, entry.points, entry.reason.clone());
        if seen.insert((same, entry.document.clone(), entry.from)) {
            entries.push(entry);
        } else {
            faults.push(row.fault("名称", say!("settings-entry-twice")));
        }
    }
    entries
}

fn entry(row: &SheetRow, profile: &Profile, units: &[Unit], faults: &mut Vec<SettingsFault>) -> Option<ScoreEntry> {
    let score = score(row, profile, faults);
    let group = row.needed("名称", faults).map(|written| called(&written, units));
    let kind = kind(row, faults);
    let points = kind.and_then(|kind| points(row, kind, faults));
    let reason = row.needed("事由", faults);
    let document = row.needed("依据文件", faults);
    let before = faults.len();
    let from = row.period("生效时间", faults);
    if from.is_none() && before == faults.len() {
        faults.push(row.fault("生效时间", say!("settings-from-missing")));
    }
    Some(ScoreEntry {
        score: score?.id.clone(),
        group: group?,
        kind: kind?,
        points: points?,
        reason: reason?,
        document: document?,
        from: from?,
        place: row.place("名称"),
    })
}

/// The unit's canonical name, where the roster knows it; leaders and others stand as written.
fn called(written: &str, units: &[Unit]) -> String {
    let words = compared(written);
    let same = |unit: &&Unit| unit.aliases.iter().chain([&unit.name]).any(|name| compared(name) == words);
    units.iter().find(same).map_or_else(|| written.to_owned(), |unit| unit.name.clone())
}

/// The score that an entry names: by its own name, or by that of its ranking where only one is meant.
fn score<'p>(row: &SheetRow, profile: &'p Profile, faults: &mut Vec<SettingsFault>) -> Option<&'p ScorePlan> {
    let written = row.needed("得分", faults)?;
    let words = compared(&written);
    let scores = &profile.county.scores;
    let own = |score: &&ScorePlan| [&score.id, &score.title].into_iter().any(|name| compared(name) == words);
    let of_ranking = |score: &&ScorePlan| {
        let plan = profile.county.rankings.iter().find(|plan| plan.book == score.book && plan.id == score.ranking);
        plan.is_some_and(|plan| plan.basis.iter().chain([&plan.id, &plan.title]).any(|name| compared(name) == words))
    };
    let mut meant: Vec<&ScorePlan> = scores.iter().filter(own).collect();
    if meant.is_empty() {
        meant = scores.iter().filter(of_ranking).collect();
    }
    let titles: Vec<&str> = scores.iter().map(|score| score.title.as_str()).collect();
    match meant[..] {
        [score] => return Some(score),
        [] if scores.is_empty() => {
            faults.push(row.fault("得分", say!("settings-no-scores")));
        }
        [] => faults
            .push(row.fault("得分", say!("settings-no-score", advice = advice(&words, &titles), written = written))),
        _ => {
            let titles: Vec<&str> = meant.iter().map(|score| score.title.as_str()).collect();
            let message = say!("settings-which-score", titles = crate::lang::list(&titles), written = written);
            faults.push(row.fault("得分", message));
        }
    }
    None
}

fn kind(row: &SheetRow, faults: &mut Vec<SettingsFault>) -> Option<EntryKind> {
    let written = row.needed("类型", faults)?;
    let kind = match compared(&written).as_str() {
        "加分" | "奖励" | "奖励加分" => EntryKind::Bonus,
        "减分" | "扣分" | "惩戒扣分" => EntryKind::Penalty,
        "一票否决" | "否决" | "取消评优" => EntryKind::Veto,
        "升一档" | "提一档" | "升档" | "提档" => EntryKind::GradeUp,
        "降一档" | "降档" => EntryKind::GradeDown,
        _ => {
            let known = ENTRIES.columns.iter().find(|c| c.title == "类型").map_or(&[][..], |c| c.choices);
            faults.push(
                row.fault("类型", say!("settings-no-entry", advice = advice(&written, known), written = written)),
            );
            return None;
        }
    };
    Some(kind)
}

/// Points of a bonus or a penalty, always above 0: the kind says which it is.
fn points(row: &SheetRow, kind: EntryKind, faults: &mut Vec<SettingsFault>) -> Option<Fraction> {
    let before = faults.len();
    let points = row.number("分值", faults);
    let counted = matches!(kind, EntryKind::Bonus | EntryKind::Penalty);
    match points {
        Some(points) if counted && points > Decimal::ZERO => return Some(exact_decimal(points)),
        Some(_) if counted => {
            faults.push(row.fault("分值", say!("settings-points-above")));
        }
        Some(_) => faults.push(row.fault("分值", say!("settings-points-none"))),
        None if faults.len() > before => {}
        None if counted => faults.push(row.fault("分值", say!("settings-points-missing"))),
        None => return Some(Fraction::from_integer(0)),
    }
    None
}
