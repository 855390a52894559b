//! A small county scored: what is looked up where, what is missing, what is decided.

use super::*;
use crate::amount::{exact, rounded};
use crate::measure::Group;
use crate::profile::RankingPlan;
use crate::profile::sample::{COUNTY, load_all};
use crate::settings::EntryKind;

const BOOKS: [(&str, &str); 2] = [
    (
        "roads",
        r#"
[[measure]]
id = "rate"
title = "完成率"
measured_in = "fraction"
numerator = "SUM(done)"
denominator = "SUM(plan)"
words = "完成÷计划"
[[measure]]
id = "schedule"
title = "序时进度"
measured_in = "fraction"
kind = "schedule"
words = "序时"
[[measure]]
id = "idle"
title = "未开工项目"
measured_in = "count"
numerator = "COUNT(*)"
words = "个数"
"#,
    ),
    (
        "money",
        r#"
[[measure]]
id = "arrived"
title = "到位资金"
measured_in = "yuan"
numerator = "SUM(done)"
words = "到位"
"#,
    ),
];
/// A middle grade, and what is ranked and scored beside the sample's own.
const MIDDLE: &str = r#"[[grade]]
name = "中"
from = -5
colour = "FFEB9C"
[[grade]]
name = "差""#;
const SCORED: &str = r#"
[[ranking]]
id = "towns"
title = "招商排名"
group_title = "乡镇"
book = "money"
group = "town_group"
measures = ["arrived"]
by = "arrived"
tie_words = "并列"
[[score]]
id = "monthly"
title = "月度综合得分"
book = "roads"
ranking = "towns"
words = "示例"
"#;

/// The sample county with a score over two books.
fn county() -> String {
    let by_score = COUNTY.replace("[\"count\"]", "[\"rate\", \"score\"]").replace("by = \"count\"", "by = \"score\"");
    by_score.replace("[[grade]]\nname = \"差\"", MIDDLE) + SCORED
}

/// The default terms of these tests: 60 points by the schedule, 2 for each 亿元 that arrived, 10 at most.
const TERMS: &str = r#"
[[score.term]]
id = "rate"
title = "投资完成"
shape = "ratio"
measure = "rate"
at_measure = "schedule"
points = 60
cap = 60
[[score.term]]
id = "money"
title = "招商到位"
shape = "count"
measure = "arrived"
from = "money/towns"
unit = "亿元"
points = 2
cap = 10
missing = "zero"
"#;

fn profile(terms: &str) -> Profile {
    let field = |id: &str, kind: &str| {
        format!("[[field]]\nid = \"{id}\"\ntitle = \"{id}\"\nkind = \"{kind}\"\nspellings = [\"{id}\"]\n")
    };
    let fields = [field("name", "text"), field("done", "amount"), field("plan", "amount")].concat();
    let head =
        |id: &str| format!("id = \"{id}\"\ntitle = \"{id}\"\nrow = \"一个\"\nwords = [\"x\"]\nsubject = \"name\"\n");
    let books = BOOKS.map(|(id, text)| (format!("{id}.toml"), format!("{}{fields}{text}", head(id))));
    let mut files: Vec<(&str, &str)> = books.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let county = format!("{}{terms}", county());
    files.push(("county.toml", &county));
    load_all(&files).unwrap_or_else(|errors| panic!("{errors}"))
}

fn figure(measure: &str, measured_in: MeasuredIn, value: Option<(i64, i64)>) -> Figure {
    Figure {
        measure: measure.into(),
        measured_in,
        value: value.and_then(|(above, below)| crate::amount::fraction(above, below)),
        numerator: value.map(|(above, _)| above),
        denominator: value.map(|(_, below)| below).filter(|_| measured_in == MeasuredIn::Fraction),
    }
}

/// A town: its name, its rate in thousandths, its 亿元 that arrived; half of the year is over.
type Town = (&'static str, Option<i64>, Option<i64>);

fn measured<'p>(profile: &'p Profile, towns: &[Town]) -> Vec<Measured<'p>> {
    let plan = |book: &str| profile.county.rankings.iter().find(|plan| plan.book == book).unwrap();
    let group = |name: &str, figures: Vec<Figure>| Group {
        name: name.into(),
        figures: figures.into_iter().collect(),
        ..Group::default()
    };
    let of = |plan: &'p RankingPlan, groups| Measured { plan, book: profile.book(&plan.book).unwrap(), groups };
    let roads = towns.iter().map(|(name, rate, _)| {
        let figures = vec![
            figure("rate", MeasuredIn::Fraction, rate.map(|rate| (rate, 1000))),
            figure("schedule", MeasuredIn::Fraction, Some((6, 12))),
            figure("idle", MeasuredIn::Count, Some((2, 1))),
            figure("score", MeasuredIn::Score, None),
        ];
        group(name, figures)
    });
    let money = towns.iter().filter_map(|(name, _, money)| {
        let arrived = figure("arrived", MeasuredIn::Yuan, Some(((*money)? * 100_000_000, 1)));
        Some(group(name, vec![arrived]))
    });
    vec![of(plan("roads"), roads.collect()), of(plan("money"), money.collect())]
}

fn entry(group: &str, kind: EntryKind, points: i64, month: u32) -> ScoreEntry {
    ScoreEntry {
        score: "monthly".into(),
        group: group.into(),
        kind,
        points: Fraction::from_integer(points.into()),
        reason: "观摩会".into(),
        document: "云政办〔2026〕12号".into(),
        from: Period::new(2026, month).unwrap(),
        place: Default::default(),
    }
}

fn scored_with(terms: &str, towns: &[Town], entries: Vec<ScoreEntry>) -> (Scores, Vec<Option<String>>) {
    let profile = profile(terms);
    let settings = Settings { entries, ..Settings::default() };
    let mut measured = measured(&profile, towns);
    let scores = score(&profile, &settings, Period::new(2026, 6).unwrap(), &mut measured);
    let figure = |group: &Group| group.figure(SCORE).unwrap().value.map(written);
    let figures = measured[0].groups.iter().map(figure).collect();
    (scores, figures)
}

fn written(value: Fraction) -> String {
    rounded(value, 1, 4).unwrap().normalize().to_string()
}

fn of<'s>(scores: &'s Scores, group: &str) -> &'s Scored {
    &scores.ranking("roads", "towns").unwrap()[group]
}

#[test]
fn a_score_adds_terms_of_two_rankings_and_becomes_a_figure() {
    let towns = [("城关镇", Some(356), Some(3)), ("柳河镇", Some(600), Some(9)), ("石桥镇", Some(500), None)];
    let (scores, figures) = scored_with(TERMS, &towns, Vec::new());
    // 35.6 ÷ 50 × 60 = 42.72, and 3 × 2; capped at 60 and 10; no money reported is 0 by this rule.
    assert_eq!(figures, ["48.72", "70", "60"].map(|total| Some(total.to_owned())));
    let town = of(&scores, "城关镇");
    assert_eq!(town.terms.iter().map(|term| written(term.points.unwrap())).collect::<Vec<_>>(), ["42.72", "6"]);
    assert_eq!(town.terms[0].evidence, "完成率35.6%（356/1000）÷序时进度50.0%（6/12）×60＝42.72，计42.72分");
    assert_eq!(
        of(&scores, "柳河镇").terms[0].evidence,
        "完成率60.0%（600/1000）÷序时进度50.0%（6/12）×60＝72，封顶60，计60分"
    );
    let without = &of(&scores, "石桥镇").terms[1];
    assert_eq!((without.missing, without.evidence.as_str()), (Some(Missing::Zero), "到位资金无法计算，按规则计0分"));
}

#[test]
fn what_cannot_be_computed_takes_the_score_with_it_unless_the_rule_says_otherwise() {
    let towns = [("城关镇", None, Some(3)), ("柳河镇", Some(600), Some(3))];
    let (scores, figures) = scored_with(TERMS, &towns, Vec::new());
    assert_eq!(figures, [None, Some("66".to_owned())]);
    assert_eq!(of(&scores, "城关镇").lost.as_deref(), Some("“投资完成”无法计算，不计算得分"));
}

#[test]
fn a_term_left_out_scales_the_others_up_from_their_full_marks() {
    let terms = r#"
[[score.term]]
id = "rate"
title = "投资完成"
shape = "ratio"
measure = "rate"
at = 100
points = 60
[[score.term]]
id = "money"
title = "招商到位"
shape = "ratio"
measure = "arrived"
from = "money/towns"
unit = "亿元"
at = 4
points = 40
missing = "exclude"
"#;
    let (scores, figures) = scored_with(terms, &[("城关镇", Some(500), None), ("柳河镇", Some(500), Some(1))], vec![]);
    // 30 of 60 becomes 50 of 100.
    assert_eq!(figures, ["50", "40"].map(|total| Some(total.to_owned())));
    assert_eq!(of(&scores, "城关镇").scale.map(written).as_deref(), Some("1.6667"));
    assert_eq!(of(&scores, "城关镇").terms[1].points, None);
}

#[test]
fn terms_are_rounded_so_that_they_add_up_or_the_total_alone() {
    let thirds = |rounding: &str| {
        let term = |id: &str| {
            format!(
                "[[score.term]]\nid = \"{id}\"\ntitle = \"{id}\"\nshape = \"count\"\nmeasure = \"idle\"\npoints = \"1/3\"\n"
            )
        };
        format!("rounding = \"{rounding}\"\n{}{}", term("a"), term("b"))
    };
    let towns = [("城关镇", Some(500), None)];
    // Two thirds each: 0.67 + 0.67, or 1.3333… rounded once.
    assert_eq!(scored_with(&thirds("terms"), &towns, vec![]).1[0].as_deref(), Some("1.34"));
    assert_eq!(scored_with(&thirds("total"), &towns, vec![]).1[0].as_deref(), Some("1.33"));
}

#[test]
fn parts_are_capped_together() {
    let terms = r#"
[[score.part]]
id = "extra"
title = "附加分"
cap = 5
[[score.term]]
id = "rate"
title = "投资完成"
shape = "ratio"
measure = "rate"
at = 100
points = 60
[[score.term]]
id = "a"
title = "甲项"
shape = "count"
measure = "idle"
points = 2
part = "extra"
[[score.term]]
id = "b"
title = "乙项"
shape = "count"
measure = "idle"
points = 1
part = "extra"
"#;
    let (scores, figures) = scored_with(terms, &[("城关镇", Some(500), None)], vec![]);
    assert_eq!(figures, [Some("35".to_owned())]);
    assert_eq!(of(&scores, "城关镇").parts, [("extra".to_owned(), Fraction::from_integer(5))]);
}

#[test]
fn entries_count_from_their_month_on_up_to_their_caps() {
    let entries = vec![
        entry("城关镇", EntryKind::Bonus, 2, 5),
        entry("城关镇", EntryKind::Bonus, 3, 6),
        entry("城关镇", EntryKind::Penalty, 1, 1),
        entry("城关镇", EntryKind::Bonus, 9, 7),
        entry("城关真", EntryKind::Bonus, 9, 6),
        ScoreEntry { from: Period::new(2025, 12).unwrap(), ..entry("城关镇", EntryKind::Bonus, 9, 1) },
    ];
    let caps = format!("{TERMS}[score.entries]\nbonus_cap = 4\n");
    let (scores, figures) = scored_with(&caps, &[("城关镇", Some(500), Some(1))], entries.clone());
    let town = of(&scores, "城关镇");
    assert_eq!((written(town.bonus), written(town.penalty), town.entries.len()), ("4".into(), "1".into(), 3));
    assert_eq!(figures, [Some("65".to_owned())], "60 + 2 + 4 − 1; July is to come");
    let told: Vec<_> = scores.findings.iter().map(|finding| (&*finding.rule, finding.in_words())).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told.iter().any(|(rule, words)| *rule == "score_entry.unknown" && words.contains("是否应为“城关镇”")));
    assert!(told.iter().any(|(rule, words)| *rule == "score_entry.stale" && words.contains("往年")));
    let month = format!("{TERMS}[score.entries]\nhold = \"month\"\n");
    assert_eq!(scored_with(&month, &[("城关镇", Some(500), Some(1))], entries).1, [Some("65".to_owned())], "3 of June");
}

/// A veto on completion below 30 %, and on money of which nothing is known.
fn vetoed(effect: &str) -> String {
    format!(
        "{TERMS}[[score.veto]]\nid = \"slow\"\ntitle = \"进度过慢\"\nwhen = [{{ measure = \"rate\", below = 30 }}]\neffect = {effect}\n"
    )
}

#[test]
fn vetoes_void_cap_lower_and_raise() {
    let towns = [("城关镇", Some(299), None), ("柳河镇", Some(300), None)];
    let grades = ["优", "中", "差"];
    let (scores, figures) = scored_with(&vetoed("\"unranked\""), &towns, vec![]);
    assert_eq!(of(&scores, "城关镇").barred(), Some("进度过慢：完成率29.9%（299/1000）"));
    assert_eq!(of(&scores, "柳河镇").barred(), None);
    assert_eq!(of(&scores, "城关镇").graded(&grades, Some("优")), None);
    assert_eq!(figures[0].as_deref(), Some("35.88"), "what is reached is still shown");
    assert_eq!(scored_with(&vetoed("\"zero\""), &towns, vec![]).1, ["0", "36"].map(|n| Some(n.to_owned())));
    let (scores, _) = scored_with(&vetoed("\"grade_at_most\"\ngrade = \"中\""), &towns, vec![]);
    let graded = |reached| of(&scores, "城关镇").graded(&grades, Some(reached)).unwrap();
    assert_eq!(["优", "中", "差"].map(graded), ["中", "中", "差"]);
    // Rule 5: each failed check lowers by one grade; rule 13: an extra achievement raises.
    let entries = |kinds: &[EntryKind]| kinds.iter().map(|kind| entry("柳河镇", *kind, 0, 6)).collect::<Vec<_>>();
    let graded = |kinds: &[EntryKind], reached| {
        let (scores, _) = scored_with(TERMS, &towns, entries(kinds));
        of(&scores, "柳河镇").graded(&grades, Some(reached))
    };
    assert_eq!(graded(&[EntryKind::GradeDown], "优").as_deref(), Some("中"));
    assert_eq!(graded(&[EntryKind::GradeDown, EntryKind::GradeDown], "中").as_deref(), Some("差"));
    assert_eq!(graded(&[EntryKind::GradeUp], "优").as_deref(), Some("优"));
    assert_eq!(graded(&[EntryKind::GradeUp], "差").as_deref(), Some("中"));
    assert_eq!(graded(&[EntryKind::Veto], "优"), None);
}

#[test]
fn a_veto_that_cannot_be_decided_is_told_and_does_not_hold() {
    let veto = vetoed("\"unranked\"")
        .replace("measure = \"rate\", below", "measure = \"arrived\", from = \"money/towns\", below");
    let (scores, _) = scored_with(&veto, &[("城关镇", Some(500), None)], vec![]);
    let town = of(&scores, "城关镇");
    assert_eq!(
        (town.barred(), town.undecided.as_slice()),
        (None, ["进度过慢：到位资金无法计算".to_owned()].as_slice())
    );
}

#[test]
fn places_and_coefficients_look_at_all_groups_of_the_ranking() {
    let terms = r#"
[[score.term]]
id = "place"
title = "名次"
shape = "rank"
measure = "rate"
places = [{ to = 1, points = 10 }, { to = 2, points = 8 }, { points = 5 }]
[[score.term]]
id = "efficacy"
title = "功效"
shape = "efficacy"
measure = "rate"
weight = 0.3
[[score.term]]
id = "mean"
title = "比平均"
shape = "per_point"
measure = "rate"
at_average = true
points = 20
up = 1
down = 0.5
"#;
    let towns =
        [("丙镇", Some(200), None), ("丁镇", None, None), ("乙镇", Some(600), None), ("甲镇", Some(1000), None)];
    let (scores, _) = scored_with(&terms.replace("weight", "missing = \"none\"\nweight"), &towns, vec![]);
    let points = |town: &str| of(&scores, town).terms.iter().map(|term| term.points.map(written)).collect::<Vec<_>>();
    let told = |points: [&str; 3]| points.map(|points| Some(points.to_owned())).to_vec();
    assert_eq!(points("甲镇"), told(["10", "30", "60"]));
    assert_eq!(points("乙镇"), told(["8", "24", "20"]));
    assert_eq!(points("丙镇"), told(["5", "18", "0"]));
    assert_eq!(points("丁镇"), [None, None, None], "who has no value is no group to compare with");
    assert_eq!(of(&scores, "乙镇").terms[0].evidence, "完成率60.0%（600/1000），第2名，得8，计8分");
    let efficacy = &of(&scores, "乙镇").terms[1].evidence;
    assert_eq!(efficacy, "完成率60.0%（600/1000）：60＋40×（本单位－20）÷（100－20）＝80×权重0.3＝24，计24分");
}

#[test]
fn rules_are_told_in_words_that_say_what_is_computed() {
    let terms = r#"
[[score.term]]
id = "a"
title = "一"
shape = "bands"
measure = "rate"
at = 100
points = 25
above = [{ to = 30, per = 0.2 }, { per = 0.1 }]
below = [{ per = 0.1 }]
cap = 35
floor = 15
[[score.term]]
id = "b"
title = "二"
shape = "steps"
measure = "rate"
steps = [{ at_least = 100, points = 100, and = [{ measure = "arrived", from = "money/towns", unit = "亿元", at_least = 20 }] }, { at_least = 80, points = 75 }, { points = 0 }]
[[score.term]]
id = "c"
title = "三"
shape = "deductions"
points = 10
floor = 0
deduct = [{ measure = "idle", points = 1, most = 5 }]
[[score.term]]
id = "d"
title = "四"
shape = "rank"
measure = "rate"
places = [{ to = 3, points = 7 }, { to = 4, points = 5 }, { points = 3 }]
weight = 0.5
missing = "zero"
"#;
    let profile = profile(terms);
    let plan = &profile.county.scores[0];
    let words: Vec<String> = plan.terms.iter().map(|term| term_in_words(&profile, plan, term)).collect();
    let missing = "；无法计算的，不计算得分";
    assert_eq!(
        words,
        [
            format!(
                "完成率达到100%得25分，高出0至30个百分点的部分每个百分点加0.2分，高出30个百分点以上的部分每个百分点加0.1分，每低1个百分点减0.1分，最高35分，最低15分{missing}"
            ),
            format!("完成率达到100%且到位资金达到20亿元的100分，完成率达到80%的75分，其余0分{missing}"),
            format!("基础分10分，未开工项目每1扣1分（最多扣5分），最低0分{missing}"),
            "按完成率从高到低的名次：第1至3名7分，第4名5分，其余3分，乘以权重0.5；无法计算的，本项计0分".to_owned(),
        ]
    );
    assert_eq!(entries_in_words(plan), "各项四舍五入到2位小数后相加；加减分自生效月起计到当年年底");
    assert_eq!(plain(exact(33.5).unwrap()), "33.5");
}
