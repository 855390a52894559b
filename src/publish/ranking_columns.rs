//! Which columns a ranking's sheet has, and what they are called.
//!
//! Takes a ranking and its plan, gives its [`Part`]s in order: the table, then beyond the printed page the
//! periods of the year that the curve is drawn from.

use super::grades::Marks;
use super::live::{Live, shown, title};
use super::style::Shown;
use super::table::Column;
use crate::measure::schedule_in_words;
use crate::period::Period;
use crate::profile::{Book, County, Measure, RankingPlan, Reckoning, SCORE, Schedule, Sort};
use crate::rank::{Ranked, Ranking};

/// A column of the sheet.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Part<'a> {
    Place,
    Movement,
    Group,
    /// What the group's own group is called.
    Within,
    PlaceWithin,
    Measure(&'a str),
    RateLastYear,
    Ahead,
    Behind,
    ToFirst,
    ToFirstWithin,
    /// The score, where it does not stand among the measures.
    Score,
    /// The year's curve, drawn over the columns beyond the page.
    Curve,
    Grade,
    Light,
    Remark,
    /// A period of the curve, by its place in it.
    Past(usize),
}

/// How many of a ranking's columns are printed, and all of them.
pub(super) fn parts<'s>(
    county: &County,
    book: &Book,
    plan: &'s RankingPlan,
    ranking: &Ranking,
) -> (usize, Vec<Part<'s>>) {
    let any = |of: &dyn Fn(&Ranked) -> bool| ranking.rows.iter().any(of);
    let (placed, within) = (plan.sort == Sort::Place, any(&|row| row.within.is_some()));
    let periods = periods(ranking).len();
    let bands = |marks: Marks| marks.names().next().is_some();
    let stated = [
        (Part::Place, placed),
        (Part::Movement, placed && any(&|row| row.before.is_some())),
        (Part::Group, true),
        (Part::Within, within),
        (Part::PlaceWithin, within),
    ];
    let mut parts: Vec<Part> = stated.into_iter().filter(|(_, shown)| *shown).map(|(part, _)| part).collect();
    for id in &plan.measures {
        if id == "completion_change" && plan.measures.iter().any(|id| id == "completion") {
            parts.push(Part::RateLastYear);
        }
        parts.push(Part::Measure(id));
    }
    let graded = bands(Marks::grades(county, plan, book)) && any(&|row| row.grade.is_some());
    let lit = bands(Marks::lights(county, plan, book)) && any(&|row| row.light.is_some());
    let stated = [
        (Part::Ahead, placed),
        (Part::Behind, placed),
        (Part::ToFirst, any(&|row| row.gap_to_first.is_some())),
        (Part::ToFirstWithin, within),
        (Part::Score, any(&|row| row.score.is_some()) && !plan.measures.iter().any(|id| id == SCORE)),
        (Part::Curve, periods > 1),
        (Part::Grade, graded),
        (Part::Light, lit),
        (Part::Remark, any(&|row| row.unranked.is_some())),
    ];
    parts.extend(stated.into_iter().filter(|(_, shown)| *shown).map(|(part, _)| part));
    let printed = parts.len();
    parts.extend((0..periods).filter(|_| periods > 1).map(Part::Past));
    (printed, parts)
}

/// The periods of the year's curve.
pub(super) fn periods(ranking: &Ranking) -> Vec<Period> {
    let longest = ranking.rows.iter().max_by_key(|row| row.trend.len());
    longest.map_or_else(Vec::new, |row| row.trend.iter().map(|point| point.period).collect())
}

/// What a column needs to know of its ranking.
#[derive(Clone, Copy)]
pub(super) struct Titles<'t> {
    pub(super) plan: &'t RankingPlan,
    pub(super) ranking: &'t Ranking,
    /// The deciding measure.
    pub(super) by: Option<&'t Measure>,
}

impl Titles<'_> {
    /// The column of a part; `measure` is the one that it shows.
    pub(super) fn column(&self, part: Part, measure: Option<&Measure>) -> Column {
        match part {
            Part::Place => Column::of("名次", Shown::Centre),
            Part::Movement => Column::of("比上期", Shown::Movement),
            Part::Group => Column::text(&self.plan.group_title, 30.0),
            Part::Within => Column::of("分组", Shown::Centre),
            Part::PlaceWithin => Column::of("组内名次", Shown::Centre),
            Part::Measure(id) => measure.map_or(Column::of(id, Shown::Count), |measure| {
                Column::of(titled(title(measure), shown(measure)), shown(measure))
            }),
            Part::RateLastYear => Column::of("上年同期完成率", Shown::Percent),
            Part::Ahead => self.gap("距标兵"),
            Part::Behind => self.gap("距追兵"),
            Part::ToFirst => self.gap("距第一名"),
            Part::ToFirstWithin => self.gap("距组内第一"),
            Part::Score => Column::of("得分", Shown::Score),
            Part::Curve => Column { title: "年内走势".to_owned(), shown: Shown::Curve, widest: 14.0 },
            Part::Grade => Column::of("等次", Shown::Centre),
            Part::Light => Column::of("亮灯", Shown::Centre),
            Part::Remark => Column::text("备注", 24.0),
            Part::Past(at) => Column::of(self.period(at), self.by.map_or(Shown::Count, shown)),
        }
    }

    fn gap(&self, word: &str) -> Column {
        match self.gap_shown() {
            Shown::Gap => Column::of(format!("{word}\n(百分点)"), Shown::Gap),
            shown => Column::of(word, shown),
        }
    }

    fn gap_shown(&self) -> Shown {
        match self.by.map(shown) {
            Some(shown @ (Shown::Wan | Shown::Count | Shown::Score)) => shown,
            _ => Shown::Gap,
        }
    }

    /// A period of the curve with what it shows: 3月完成率.
    fn period(&self, at: usize) -> String {
        let Some(period) = periods(self.ranking).get(at).copied() else { return String::new() };
        let words = period.in_words();
        let words = words.split_once('年').map_or(words.as_str(), |(_, rest)| rest);
        format!("{words}{}", self.by.map_or("", title))
    }
}

/// A measure's title with its unit on a line of its own, where the number alone would not tell.
fn titled(title: &str, shown: Shown) -> String {
    match shown {
        Shown::Lead | Shown::Shift if !title.contains("百分点") => format!("{title}\n(百分点)"),
        _ => title.to_owned(),
    }
}

/// The remarks under a ranking: how places and schedule come about, and grades and lights as far as they are shown.
pub(super) fn notes(live: Live, plan: &RankingPlan, shown: [bool; 2]) -> Vec<String> {
    let county = &live.report.profile.county;
    let mut words = vec![format!("排名办法：{}", plan.tie_words.trim_end_matches('。'))];
    words.extend(least(live, plan).map(|least| format!("不参与排名：{least}")));
    words.extend(schedules(live, plan));
    let marks = [("等次", Marks::grades(county, plan, live.book)), ("亮灯", Marks::lights(county, plan, live.book))];
    words.extend(
        marks
            .into_iter()
            .zip(shown)
            .filter_map(|(marks, shown)| shown.then_some(marks))
            .filter_map(|(what, marks)| Some(format!("{what}：{}", marks.in_words()?))),
    );
    let noted = words.into_iter().enumerate().map(|(at, words)| match at {
        0 => format!("注：1. {words}。"),
        at => format!("{}. {words}。", at + 1),
    });
    noted.collect()
}

/// The schedules that a ranking's figures are held against, with what each is for where there are several.
fn schedules(live: Live, plan: &RankingPlan) -> Option<String> {
    let county = &live.report.profile.county;
    let lags = live.book.measures.iter().filter(|one| one.kind == Reckoning::Lag && plan.measures.contains(&one.id));
    let mut found: Vec<(&Schedule, Vec<&str>)> = Vec::new();
    for lag in lags {
        let schedule = county.schedule(live.book, Some(plan), Some(lag));
        match found.iter_mut().find(|(known, _)| known.id == schedule.id) {
            Some((_, titles)) => titles.push(title(lag)),
            None => found.push((schedule, vec![title(lag)])),
        }
    }
    let several = found.len() > 1;
    let words: Vec<String> = found
        .into_iter()
        .map(|(schedule, titles)| {
            let words = schedule_in_words(county, schedule, live.report.period);
            if several { format!("{}按{words}", titles.join("、")) } else { words }
        })
        .collect();
    (!words.is_empty()).then(|| format!("序时进度：{}", words.join("；")))
}

/// Who is too small to be compared.
fn least(live: Live, plan: &RankingPlan) -> Option<String> {
    let of = |minimum: &crate::profile::Minimum| {
        let measure = live.report.measure(&plan.book, &minimum.measure);
        let said = || {
            let (title, unit) = measure.map_or(("", ""), |measure| (title(measure), super::definitions::unit(measure)));
            let least = crate::amount::rounded(minimum.at_least.0, 1, 4).unwrap_or_default().normalize();
            format!("{title}不足{least}{unit}的")
        };
        minimum.words.clone().unwrap_or_else(said)
    };
    let words: Vec<String> = plan.minimum.iter().map(of).collect();
    (!words.is_empty()).then(|| words.join("；"))
}
