//! A ranking whose groups have scores: vetoes take places away and change grades.

use std::collections::BTreeMap;

use super::bands::Names;
use super::{Ranked, Ranking, rank};
use crate::measure::Measured;
use crate::profile::{County, SCORE};
use crate::score::Scored;

/// As [`rank`], with the scores of the ranking's groups, by name.
///
/// Who is barred has neither place nor grade, and takes no place from others; grades of the rest are
/// capped, raised and lowered as their verdicts say.
pub fn rank_scored(measured: Measured, county: &County, scores: Option<BTreeMap<String, Scored>>) -> Ranking {
    let Some(mut scores) = scores else { return rank(measured, county) };
    let Measured { plan, book, groups } = measured;
    let is_barred = |name: &str| scores.get(name).is_some_and(|scored| scored.barred().is_some());
    let (barred, groups) = groups.into_iter().partition(|group| is_barred(&group.name));
    let mut ranking = rank(Measured { plan, book, groups }, county);
    let grades: Vec<&str> = county.grades_of(plan).iter().map(|band| band.name.as_str()).collect();
    let mut names = Names::default();
    for row in &mut ranking.rows {
        row.score = scores.remove(&row.group).map(Box::new);
        if let Some(scored) = &row.score {
            row.grade = scored.graded(&grades, row.grade.as_deref()).map(|name| names.shared(&name));
            // A ranking by score says why there is none better than that a figure is missing.
            if let (SCORE, Some(unranked), Some(lost)) = (plan.by.as_str(), &mut row.unranked, &scored.lost) {
                *unranked = format!("{lost}，不参与排名");
            }
        }
    }
    let unplaced = rank(Measured { plan, book, groups: barred }, county).rows.into_iter().map(|row| {
        let score = scores.remove(&row.group).map(Box::new);
        let why = score.as_deref().and_then(Scored::barred).map(|why| format!("{why}，取消评优，不参与排名"));
        let Ranked { group, figures, light, .. } = row;
        Ranked { group, figures, light, unranked: why, score, ..Ranked::default() }
    });
    ranking.rows.extend(unplaced);
    let placed = ranking.rows.iter().filter(|row| row.place.is_some()).count();
    ranking.rows[placed..].sort_by(|a, b| a.group.cmp(&b.group));
    ranking
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;
    use crate::check::sample;
    use crate::measure::{Figure, Group};
    use crate::profile::{Effect, MeasuredIn};
    use crate::score::Verdict;

    fn group(name: &str, percent: i64) -> Group {
        let figure = Figure {
            measure: "completion".into(),
            measured_in: MeasuredIn::Fraction,
            value: fraction(percent, 100),
            numerator: Some(percent),
            denominator: Some(100),
        };
        let lead = figure.value.zip(fraction(50, 100)).map(|(value, schedule)| value - schedule);
        Group { name: name.into(), figures: [figure].into(), lead, ..Group::default() }
    }

    fn scored(verdicts: &[(Effect, Option<&str>)]) -> Scored {
        let verdict = |(effect, grade): &(Effect, Option<&str>)| Verdict {
            effect: *effect,
            grade: grade.map(str::to_owned),
            why: "弄虚作假".into(),
        };
        let zero = fraction(0, 1).unwrap();
        Scored {
            group: String::new(),
            total: None,
            lost: None,
            terms: Vec::new(),
            parts: Vec::new(),
            scale: None,
            bonus: zero,
            penalty: zero,
            entries: Vec::new(),
            verdicts: verdicts.iter().map(verdict).collect(),
            undecided: Vec::new(),
        }
    }

    #[test]
    fn who_is_barred_takes_no_place_from_others() {
        let profile = sample::profile();
        let plan = profile.county.rankings.iter().find(|plan| plan.id == "towns").unwrap();
        let book = profile.book(&plan.book).unwrap();
        let groups = vec![group("甲镇", 90), group("乙镇", 80), group("丙镇", 70), group("丁镇", 30)];
        let scores = BTreeMap::from([
            ("甲镇".to_owned(), scored(&[(Effect::Unranked, None)])),
            ("乙镇".to_owned(), scored(&[(Effect::GradeAtMost, Some("中"))])),
            ("丁镇".to_owned(), scored(&[(Effect::GradeUp, None)])),
        ]);
        let ranking = rank_scored(Measured { plan, book, groups }, &profile.county, Some(scores));
        let rows: Vec<_> =
            ranking.rows.iter().map(|row| (row.group.as_str(), row.place, row.grade.as_deref())).collect();
        assert_eq!(
            rows,
            [
                ("乙镇", Some(1), Some("中")),
                ("丙镇", Some(2), Some("优")),
                ("丁镇", Some(3), Some("中")),
                ("甲镇", None, None),
            ]
        );
        assert_eq!(ranking.rows[3].unranked.as_deref(), Some("弄虚作假，取消评优，不参与排名"));
        assert_eq!(ranking.rows[0].gap_ahead.get(), None);
    }
}
