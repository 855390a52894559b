//! Figures of small frames; S003's figures stand for those of a county.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame};
use proptest::prelude::*;

use super::*;
use crate::amount::{fraction, rounded};
use crate::check::few::fewer;
use crate::check::sample::{self, Project};
use crate::settings::LastYear;

fn facts(rows: &[Project]) -> Facts {
    let book = sample::key_projects();
    let (frame, _) = sample::frame(&book, rows);
    Facts { book: book.id, frame }
}

/// The groups of a ranking over some rows, for a month of 2026.
fn groups(ranking: &str, rows: &[Project], settings: &Settings, past: Option<&[Project]>) -> Vec<Group> {
    in_month(5, ranking, rows, settings, past)
}

fn in_month(month: u32, ranking: &str, rows: &[Project], settings: &Settings, past: Option<&[Project]>) -> Vec<Group> {
    let profile = sample::profile();
    let frame = Frame { profile: &profile, settings, period: Period::new(2026, month).unwrap() };
    let plan = profile.county.rankings.iter().find(|plan| plan.id == ranking).unwrap();
    measure(frame, plan, &facts(rows), past.map(facts).as_ref()).unwrap()
}

/// A figure in the measure's own shown form: percent and points with one decimal.
fn shown(group: &Group, measure: &str) -> Option<String> {
    let figure = group.figure(measure).unwrap_or_else(|| panic!("{measure}"));
    let (scale, digits) = match figure.measured_in {
        MeasuredIn::Yuan | MeasuredIn::Count | MeasuredIn::Score => (1, 0),
        MeasuredIn::Fraction | MeasuredIn::Points => (100, 1),
    };
    Some(rounded(figure.value?, scale, digits).unwrap().to_string())
}

fn all_shown<const N: usize>(group: &Group, measures: [&str; N]) -> [Option<String>; N] {
    measures.map(|measure| shown(group, measure))
}

fn some<const N: usize>(words: [&str; N]) -> [Option<String>; N] {
    words.map(|word| Some(word.to_owned()))
}

/// 11 of 30.9 亿元 in five months, in two towns, one part linked to leaders.
fn s003() -> Vec<Project> {
    let part = |name, town, leader, plan, done, problem| Project {
        name,
        town: Some(town),
        leader,
        plan: Some(plan),
        done: Some(done),
        done_last_year: None,
        problem,
        ..sample::sound()
    };
    vec![
        part("甲", "城关镇", Some("甲一、乙二"), 143_000, 43_000, Some("征迁未完成，用地未报批")),
        part("乙", "柳河乡", None, 100_000, 60_000, Some("资金紧张")),
        part("丙", "城关镇", None, 66_000, 7_000, None),
    ]
}

#[test]
fn the_county_of_s003_to_the_digit() {
    let last = LastYear {
        ranking: "county".into(),
        group: "全县".into(),
        plan: Some(1_000_000),
        done: Some(473_000),
        ..LastYear::default()
    };
    let settings = Settings { last_year: vec![last], ..Settings::default() };
    let county = groups("county", &s003(), &settings, None);
    assert_eq!(county.len(), 1);
    assert_eq!(county[0].name, "全县");
    let figures =
        all_shown(&county[0], ["count", "done", "plan", "completion", "schedule", "lag", "completion_change"]);
    assert_eq!(figures, some(["3", "1100000000", "3090000000", "35.6", "41.7", "6.1", "-11.7"]));
    let figures = all_shown(
        &county[0],
        ["behind", "behind_share", "delayed_by_clearance", "delayed_by_funds", "delayed_by_land"],
    );
    assert_eq!(figures, some(["2", "66.7", "1", "0", "1"]), "乙 is ahead: its 资金 delays nothing");
    assert_eq!(county[0].lead, Some(fraction(110, 309).unwrap() - fraction(5, 12).unwrap()));
    let catch_up = county[0].figure("catch_up").unwrap();
    assert_eq!(catch_up.value, fraction(1_990_000_000, 7));
    let linked = groups("leader_linked", &s003(), &settings, None);
    assert_eq!((linked[0].name.as_str(), shown(&linked[0], "completion")), ("县领导联系项目", Some("30.1".into())));
}

#[test]
fn a_project_counts_for_each_of_its_leaders() {
    let leaders = groups("leaders", &s003(), &Settings::default(), None);
    let names: Vec<_> = leaders.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&"甲一") && names.contains(&"乙二"));
    assert!(leaders.iter().all(|group| shown(group, "count").as_deref() == Some("1")));
}

#[test]
fn what_nobody_reported_is_never_zero() {
    let empty = Project { plan: None, done: None, done_last_year: None, actual_start: None, ..sample::sound() };
    let town = groups("towns", &[empty], &Settings::default(), None);
    let figures = all_shown(
        &town[0],
        ["count", "plan", "done", "completion", "lag", "behind", "not_started", "catch_up", "done_change"],
    );
    assert_eq!(figures[0].as_deref(), Some("1"));
    assert_eq!(figures[1..], [const { None::<String> }; 8]);
    assert_eq!(town[0].lead, None);
    let no_plan = Project { plan: Some(0), ..sample::sound() };
    let town = groups("towns", &[no_plan], &Settings::default(), None);
    assert_eq!(all_shown(&town[0], ["plan", "completion", "behind"]), [Some("0".to_owned()), None, None]);
    let nobody = groups("leader_linked", &[Project { leader: None, ..sample::sound() }], &Settings::default(), None);
    assert_eq!(all_shown(&nobody[0], ["count", "done"]), [Some("0".to_owned()), None], "the whole stands without rows");
}

#[test]
fn last_year_is_asked_in_order() {
    let now = [Project { done: Some(500), plan: Some(1_000), done_last_year: Some(400), ..sample::sound() }];
    let past = [Project { done: Some(250), plan: Some(1_000), ..sample::sound() }];
    let told = |group: &str| LastYear {
        ranking: "towns".into(),
        group: group.into(),
        plan: Some(8_000_000),
        done: Some(4_800_000),
        ..LastYear::default()
    };
    let of = |settings: &Settings, past: Option<&[Project]>| {
        all_shown(&groups("towns", &now, settings, past)[0], ["done_last_year", "done_change", "completion_change"])
    };
    let settings = Settings { last_year: vec![told("城关镇")], ..Settings::default() };
    assert_eq!(of(&settings, Some(&past)), some(["2500000", "100.0", "25.0"]), "the ledger");
    assert_eq!(of(&settings, None), some(["4800000", "4.2", "-10.0"]), "then the settings");
    let stranger = Settings { last_year: vec![told("柳河乡")], ..Settings::default() };
    assert_eq!(
        of(&stranger, None),
        [Some("4000000".into()), Some("25.0".into()), None],
        "then the column, for the amount"
    );
    let other = LastYear { period: "2026-09".parse().ok(), ..told("城关镇") };
    let other = Settings { last_year: vec![other], ..Settings::default() };
    assert_eq!(of(&other, None), of(&stranger, None), "what is told for September is not used in May");
    let gap = [now[0].clone(), Project { name: "水厂", done_last_year: None, ..sample::sound() }];
    let figures = all_shown(&groups("towns", &gap, &Settings::default(), None)[0], ["done_last_year", "done_change"]);
    assert_eq!(figures, [None, None], "a column with a gap tells nothing");
}

#[test]
fn catch_up_is_never_negative_and_ends_in_december() {
    let ahead = [Project { plan: Some(1_000), done: Some(1_200), ..sample::sound() }];
    let shown_in = |month| shown(&in_month(month, "county", &ahead, &Settings::default(), None)[0], "catch_up");
    assert_eq!((shown_in(5).as_deref(), shown_in(12)), (Some("0"), None));
}

#[test]
fn every_ranking_of_the_built_in_profile_is_measured_and_ranked() {
    let profile = sample::profile();
    let settings = Settings::default();
    let frame = Frame { profile: &profile, settings: &settings, period: Period::new(2026, 5).unwrap() };
    let facts: BTreeMap<String, Facts> = profile
        .books
        .iter()
        .map(|book| {
            let (frame, faults) = crate::check::empty(book);
            assert_eq!(faults, [""; 0]);
            (book.id.clone(), Facts { book: book.id.clone(), frame })
        })
        .chain([("key_projects".to_owned(), facts(&s003()))])
        .collect();
    let measured = measure_all(frame, &facts, &BTreeMap::new()).unwrap();
    assert_eq!(measured.len(), profile.county.rankings.len());
    let rankings: Vec<_> = measured.into_iter().map(|measured| crate::rank::rank(measured, &profile.county)).collect();
    let towns = rankings.iter().find(|ranking| ranking.id == "towns").unwrap();
    let row = |at: usize| {
        (
            towns.rows[at].group.as_str(),
            towns.rows[at].place,
            towns.rows[at].grade.as_deref(),
            towns.rows[at].light.as_deref(),
        )
    };
    // 60% leads by 18.3 百分点; 50000/209000 = 23.9% is 17.7 behind.
    assert_eq!(row(0), ("柳河乡", Some(1), Some("优"), Some("绿")));
    assert_eq!(row(1), ("城关镇", Some(2), Some("差"), Some("红")));
    assert_eq!(rankings[0].rows[0].place, None, "the county has no place");
    assert_eq!((rankings[0].rows[0].grade.as_deref(), rankings[0].rows[0].unranked.as_deref()), (Some("差"), None));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Sums of whole yuan are exact: the towns add up to the county, as do the rows in `i128`.
    #[test]
    fn groups_add_up_to_the_county(cells in proptest::collection::vec((0usize..3, proptest::option::of(0i64..90_000_000_000), proptest::option::of(0i64..90_000_000_000)), 1..40)) {
        let towns = ["城关镇", "柳河乡", "东城街道"];
        let rows: Vec<Project> = cells.iter().map(|&(town, plan, done)| Project { town: Some(towns[town]), plan, done, ..sample::sound() }).collect();
        let settings = Settings::default();
        let (county, by_town) = (groups("county", &rows, &settings, None), groups("towns", &rows, &settings, None));
        for measure in ["count", "plan", "done", "behind", "not_started"] {
            let whole = county[0].figure(measure).unwrap().numerator;
            let parts: Vec<i64> = by_town.iter().filter_map(|group| group.figure(measure).unwrap().numerator).collect();
            prop_assert_eq!(whole, (!parts.is_empty()).then(|| parts.iter().sum()), "{}", measure);
        }
        let expected: i128 = cells.iter().filter_map(|cell| cell.2).map(|wan| i128::from(wan) * 10_000).sum();
        prop_assert_eq!(county[0].figure("done").unwrap().numerator.map_or(0, i128::from), expected);
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(by_town, groups("towns", &turned, &settings, None));
    }
}

/// Names that are kept once for all rows are grouped by their numbers; what a ranking does not pick stays in the frame.
#[test]
fn figures_do_not_depend_on_how_names_are_kept_or_rows_picked() {
    let town = |town, done| Project { town, done: Some(done), ..sample::sound() };
    let rows =
        [town(Some("城关镇"), 7), town(None, 5), town(Some("柳河乡"), 3), town(Some("城关镇"), 1), town(Some(""), 9)];
    let joined = [town(Some("城关镇、柳河乡"), 40), town(Some("柳河乡"), 2), town(Some("城关镇"), 8)];
    // What a filter cannot be told for is not picked.
    let untold = |town| Project { done: None, ..town };
    let untold = [town(Some("城关镇"), 7), untold(town(Some("城关镇"), 0)), untold(town(Some("柳河乡"), 0))];
    let settings = Settings::default();
    let mut profile = sample::profile();
    let at = profile.county.rankings.iter().position(|plan| plan.id == "towns").unwrap();
    for (rows, filter, expected) in [
        (&untold[..], Some("done > 10000"), [Some(70_000), None]),
        (&rows[..], None, [Some(80_000), Some(30_000)]),
        (&rows[..], Some("done > 10000"), [Some(70_000), Some(30_000)]),
        (&rows[..], Some("done > 30000"), [Some(70_000), None]),
        (&rows[..], Some("done > 90000"), [None, None]),
        (&rows[..4], Some("TRUE"), [Some(80_000), Some(30_000)]),
        (&joined[..], Some("done > 20000"), [Some(480_000), Some(400_000)]),
    ] {
        profile.county.rankings[at].filter = filter.map(str::to_owned);
        let frame = Frame { profile: &profile, settings: &settings, period: Period::new(2026, 5).unwrap() };
        let texts = facts(rows);
        let kept = |column: &Column| fewer(column).unwrap_or_else(|| column.clone());
        let few = texts.frame.columns().iter().map(kept).collect();
        let few = Facts { frame: DataFrame::new(rows.len(), few).unwrap(), ..texts.clone() };
        for facts in [texts, few] {
            let groups = measure(frame, &profile.county.rankings[at], &facts, None).unwrap();
            let done = |name| groups.iter().find(|group| group.name == name).map(|group| group.figure("done").unwrap());
            let done = ["城关镇", "柳河乡"].map(|name| done(name).and_then(|figure| figure.numerator));
            assert_eq!(done, expected, "{filter:?}");
            assert_eq!(groups.len(), expected.iter().flatten().count(), "{filter:?}");
        }
    }
}

/// The built-in profile with another calendar behind its own, as an office would write it.
fn with_calendar(calendar: &str, change: impl Fn(&mut Profile)) -> Profile {
    #[derive(serde::Deserialize)]
    struct Calendar {
        schedule: Vec<crate::profile::Schedule>,
        #[serde(default)]
        campaign: Vec<crate::profile::Campaign>,
    }
    let calendar: Calendar = toml::from_str(calendar).unwrap();
    let mut profile = sample::profile();
    profile.county.schedules.extend(calendar.schedule);
    profile.county.campaigns.extend(calendar.campaign);
    change(&mut profile);
    profile
}

fn measure_of<'p>(profile: &'p mut Profile, id: &str) -> &'p mut crate::profile::Measure {
    let book = profile.books.iter_mut().find(|book| book.id == "key_projects").unwrap();
    book.measures.iter_mut().find(|measure| measure.id == id).unwrap()
}

const CAMPAIGN: &str = "schedule = [{ id = \"winter\", kind = \"days\", words = \"\", campaign = \"hundred\" }]
campaign = [{ id = \"hundred\", title = \"百日攻坚\", first = \"2026-09-01\", last = \"2026-12-09\" }]";

#[test]
fn a_measure_beats_its_ranking_which_beats_the_book_which_beats_the_county() {
    let profile = with_calendar(CAMPAIGN, |profile| {
        profile.county.rankings.iter_mut().find(|plan| plan.id == "towns").unwrap().schedule = Some("winter".into());
        measure_of(profile, "lag").schedule = Some("year".into());
    });
    let settings = Settings::default();
    let frame = Frame { profile: &profile, settings: &settings, period: "2026-09".parse().unwrap() };
    let third = [Project { plan: Some(1_000), done: Some(350), ..sample::sound() }];
    let of = |ranking: &str| {
        let plan = profile.county.rankings.iter().find(|plan| plan.id == ranking).unwrap();
        let groups = measure(frame, plan, &facts(&third), None).unwrap();
        all_shown(&groups[0], ["completion", "schedule", "lag", "behind", "catch_up"])
    };
    // Nine months of twelve: 75% against 35% done; 30 of the campaign's 100 days. What is left falls on
    // the year's three months, or on the campaign's two and nine of December's 31 days.
    assert_eq!(of("county"), some(["35.0", "75.0", "40.0", "1", "2166667"]));
    assert_eq!(of("towns"), some(["35.0", "30.0", "40.0", "0", "2838028"]));
    let winter = schedules_used(&profile, &["key_projects"], frame.period);
    let told: Vec<_> = winter.iter().map(|used| (used.id.as_str(), used.share_in_words())).collect();
    assert_eq!(told, [("year", "9/12＝75.0%".to_owned()), ("winter", "30/100＝30.0%".to_owned())]);
    assert!(winter[1].words.contains("2026年9月1日至12月9日，共100天，至本期已过30天"), "{}", winter[1].words);
    assert_eq!(winter[1].used_by, ["乡镇（街道）排名"]);
}

#[test]
fn the_plans_own_figures_are_summed_for_each_group_and_judge_each_row() {
    // 松阳, January to April 2025: 21.3% of the year's plan, 12.0 百分点 behind months/12 and far
    // ahead of the plan's own 16.1% for these months.
    let plan = "schedule = [{ id = \"own\", kind = \"plan\", words = \"\", numerator = \"SUM(done_before)\", denominator = \"SUM(plan)\" }]";
    let profile = with_calendar(plan, |profile| {
        profile.county.rankings.iter_mut().find(|plan| plan.id == "towns").unwrap().schedule = Some("own".into());
    });
    let settings = Settings::default();
    let frame = Frame { profile: &profile, settings: &settings, period: "2026-04".parse().unwrap() };
    let row =
        |name, due, done| Project { name, done_before: due, plan: Some(492_500), done: Some(done), ..sample::sound() };
    let rows = [row("甲", Some(79_500), 150_100), row("乙", Some(79_500), 60_000)];
    let of = |ranking: &str, rows: &[Project]| {
        let plan = profile.county.rankings.iter().find(|plan| plan.id == ranking).unwrap();
        measure(frame, plan, &facts(rows), None).unwrap().remove(0)
    };
    assert_eq!(all_shown(&of("county", &rows), ["completion", "schedule", "lag"]), some(["21.3", "33.3", "12.0"]));
    let own = of("towns", &rows);
    assert_eq!(all_shown(&own, ["completion", "schedule", "lag", "behind"]), some(["21.3", "16.1", "-5.2", "1"]));
    let due = own.figure("schedule").unwrap();
    assert_eq!((due.numerator, due.denominator), (Some(1_590_000_000), Some(9_850_000_000)));
    // Nobody said what was planned: nothing is behind it, and nothing is 0.
    let untold = of("towns", &[row("甲", None, 150_100)]);
    assert_eq!(all_shown(&untold, ["schedule", "lag", "behind"]), [const { None::<String> }; 3]);
    assert_eq!(untold.lead, None);
}

/// The leaders' ranking with another way of counting a project of several.
fn with_leaders(joined: crate::profile::Joined, rows: &[Project]) -> Vec<Group> {
    let mut profile = sample::profile();
    let plan = profile.county.rankings.iter_mut().find(|plan| plan.id == "leaders").unwrap();
    plan.leaders = joined;
    let plan = plan.clone();
    let settings = Settings::default();
    let frame = Frame { profile: &profile, settings: &settings, period: Period::new(2026, 5).unwrap() };
    measure(frame, &plan, &facts(rows), None).unwrap()
}

#[test]
fn several_leaders_count_as_the_ranking_says() {
    use crate::profile::Joined;
    let rows = [
        Project {
            name: "甲", leader: Some("甲一、乙二、丙三"), plan: Some(1_000), done: Some(100), ..sample::sound()
        },
        Project { name: "乙", leader: Some("乙二"), plan: Some(1_000), done: Some(500), ..sample::sound() },
    ];
    let of = |groups: &[Group]| {
        let mut found: Vec<_> = groups
            .iter()
            .map(|group| (group.name.clone(), shown(group, "count"), shown(group, "done"), shown(group, "behind")))
            .collect();
        found.sort();
        found
    };
    let row = |name: &str, count: &str, done: Option<&str>, behind: &str| {
        (name.to_owned(), Some(count.to_owned()), done.map(str::to_owned), Some(behind.to_owned()))
    };
    let each = [
        row("丙三", "1", Some("1000000"), "1"),
        row("乙二", "2", Some("6000000"), "1"),
        row("甲一", "1", Some("1000000"), "1"),
    ];
    assert_eq!(of(&with_leaders(Joined::Each, &rows)), each);
    let first = [row("乙二", "1", Some("5000000"), "0"), row("甲一", "1", Some("1000000"), "1")];
    assert_eq!(of(&with_leaders(Joined::First, &rows)), first);
    let shared = with_leaders(Joined::Shared, &rows);
    // A million yuan by three: 333,334 and twice 333,333; the project is counted for the first.
    let done: Vec<_> = of(&shared).into_iter().map(|(name, count, done, _)| (name, count, done)).collect();
    let expected = [("丙三", "0", "333333"), ("乙二", "1", "5333333"), ("甲一", "1", "333334")];
    assert_eq!(
        done,
        expected.map(|(name, count, done)| (name.to_owned(), Some(count.to_owned()), Some(done.to_owned())))
    );
    let total: i64 = shared.iter().filter_map(|group| group.figure("done")?.numerator).sum();
    assert_eq!(total, 6_000_000, "parts add up to the yuan");
    let rate = shared.iter().find(|group| group.name == "丙三").and_then(|group| group.figure("completion")).unwrap();
    assert_eq!((rate.numerator, rate.denominator), (Some(333_333), Some(3_333_333)), "a rate of money is of the parts");
}
