//! `[bulletin]` of `county.toml`: who issues the bulletin to whom, how its issues are numbered and dated, which
//! rankings stand in it as tables.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::misfit::Misfit;
use super::reading::Step;
use super::reports::Reporting;
use super::wording::advice;
use super::{Book, RankingPlan};
use crate::period::{Grain, Period};
use crate::say;

/// The office's words and rules for its bulletin; what is not stated is made from the county's name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BulletinPlan {
    /// 发文机关标志, the red line on top: 云山县统计局文件.
    pub masthead: Option<String>,
    /// 机关代字 of the monthly series: 云督.
    pub mark: Option<String>,
    /// The same for cut-offs within a month, which are a series of their own: 云督周.
    pub mark_within_month: Option<String>,
    /// The number of the year's first monthly issue.
    pub first: u32,
    /// The same for cut-offs within a month.
    pub first_within_month: u32,
    /// Numbers that the office has given by hand, by period: `"2026-05" = 7`.
    pub numbers: BTreeMap<String, u32>,
    /// 主送机关, without the colon.
    pub to: Option<String>,
    /// 抄送机关, without the full stop; empty for none.
    pub copy_to: Option<String>,
    /// 发文机关署名.
    pub issuer: Option<String>,
    /// 印发机关.
    pub printed_by: Option<String>,
    /// 成文日期 in days after a month's end; without it, the day its reports are due.
    pub dated: Option<u32>,
    /// The same for cut-offs within a month.
    pub dated_within_month: Option<u32>,
    /// Rows beyond which a ranking's table is cut and refers to the workbook.
    pub most_rows: usize,
    /// The same for lists of projects.
    pub most_projects: usize,
    /// Characters beyond which the run says that the bulletin is too long.
    pub most_characters: usize,
    /// The rankings that stand in it as tables; without any, those of the month's main book.
    #[serde(rename = "table")]
    pub tables: Vec<BulletinTable>,
}

/// A ranking as a table of the bulletin.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletinTable {
    /// The book's id.
    pub book: String,
    /// The ranking's id.
    pub ranking: String,
    /// The measures that are its columns, in order.
    pub measures: Vec<String>,
}

impl Default for BulletinPlan {
    fn default() -> Self {
        Self {
            masthead: None,
            mark: None,
            mark_within_month: None,
            first: 1,
            first_within_month: 1,
            numbers: BTreeMap::new(),
            to: None,
            copy_to: None,
            issuer: None,
            printed_by: None,
            dated: None,
            dated_within_month: None,
            most_rows: 20,
            most_projects: 10,
            most_characters: 4000,
            tables: Vec::new(),
        }
    }
}

impl BulletinPlan {
    /// The number that the office has given to a period's issue.
    pub fn number(&self, period: Period) -> Option<u32> {
        self.numbers.get(&period.to_string()).copied()
    }

    /// The number that a year's series begins with.
    pub fn first_of(&self, grain: Grain) -> u32 {
        if grain == Grain::Month { self.first } else { self.first_within_month }
    }

    /// 成文日期 of a period's issue: never the clock's, so that a month that is run again is dated as it was.
    pub fn day(&self, reports: &Reporting, period: Period) -> NaiveDate {
        let days = match period.grain() {
            Grain::Month => self.dated.unwrap_or(reports.due_day),
            _ => self.dated_within_month.unwrap_or(reports.due_day_within_month),
        };
        period.last_day().checked_add_days(Days::new(days.into())).expect("a period is of a year before 3000")
    }
}

/// The longest that a bulletin may come after its period, in days.
const LATEST: u32 = 90;
/// Columns of a table on a portrait page, besides place and name.
const MOST_COLUMNS: usize = 6;

/// What is wrong with the bulletin's settings, given the books and the rankings.
pub(super) fn of_bulletin(plan: &BulletinPlan, rankings: &[RankingPlan], books: &[Book]) -> Vec<Misfit> {
    let mut found = Vec::new();
    let days = [("dated", plan.dated), ("dated_within_month", plan.dated_within_month)];
    for (key, _) in days.iter().filter(|(_, days)| days.is_some_and(|days| days > LATEST)) {
        found.push(at(&[key], say!("profile-bulletin-date", latest = LATEST)));
    }
    if plan.most_rows < 6 {
        found.push(at(&["most_rows"], say!("profile-bulletin-rows")));
    }
    if plan.most_projects == 0 {
        found.push(at(&["most_projects"], say!("profile-bulletin-projects")));
    }
    found.extend(of_numbers(plan));
    let own = books.iter().flat_map(|book| &book.rankings);
    let all: Vec<&RankingPlan> = rankings.iter().chain(own).collect();
    for (index, table) in plan.tables.iter().enumerate() {
        found.extend(of_table(table, &all).into_iter().map(|(key, message)| Misfit {
            path: vec![step("bulletin"), step("table"), Step::At(index), step(key)],
            message,
        }));
    }
    found
}

fn of_numbers(plan: &BulletinPlan) -> Vec<Misfit> {
    let mut found = Vec::new();
    let firsts = [("first", plan.first), ("first_within_month", plan.first_within_month)];
    for (key, _) in firsts.iter().filter(|(_, first)| *first == 0) {
        found.push(at(&[key], say!("profile-bulletin-number")));
    }
    let mut taken = BTreeSet::new();
    for (text, number) in &plan.numbers {
        match text.parse::<Period>() {
            Ok(_) if *number == 0 => found.push(at(&["numbers", text], say!("profile-bulletin-number"))),
            Ok(period) if !taken.insert((period.year(), period.grain(), *number)) => {
                found.push(at(&["numbers", text], say!("profile-bulletin-twice", number = number)));
            }
            Ok(_) => {}
            Err(_) => found.push(at(&["numbers", text], say!("profile-bulletin-period", text = text))),
        }
    }
    found
}

/// The key at fault and what is wrong.
fn of_table(table: &BulletinTable, rankings: &[&RankingPlan]) -> Vec<(&'static str, String)> {
    let of_book: Vec<&&RankingPlan> = rankings.iter().filter(|ranking| ranking.book == table.book).collect();
    let ids: Vec<&str> = of_book.iter().map(|ranking| ranking.id.as_str()).collect();
    if ids.is_empty() {
        return vec![("book", say!("profile-bulletin-no-rankings", book = table.book))];
    }
    let Some(ranking) = of_book.iter().find(|ranking| ranking.id == table.ranking) else {
        let advice = advice(&table.ranking, &ids);
        return vec![(
            "ranking",
            say!("profile-bulletin-no-ranking", book = table.book, ranking = table.ranking, advice = advice),
        )];
    };
    let shown: Vec<&str> = ranking.measures.iter().map(String::as_str).collect();
    let unknown = table.measures.iter().filter(|measure| !shown.contains(&measure.as_str()));
    let mut found: Vec<_> = unknown
        .map(|measure| {
            let advice = advice(measure, &shown);
            (
                "measures",
                say!("profile-bulletin-no-measure", ranking = table.ranking, measure = measure, advice = advice),
            )
        })
        .collect();
    if table.measures.is_empty() || table.measures.len() > MOST_COLUMNS {
        found.push(("measures", say!("profile-bulletin-columns", most_columns = MOST_COLUMNS)));
    }
    found
}

fn step(key: &str) -> Step {
    Step::Key(key.to_owned())
}

fn at(keys: &[&str], message: impl Into<String>) -> Misfit {
    let path = [step("bulletin")].into_iter().chain(keys.iter().map(|key| step(key))).collect();
    Misfit { path, message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Profile, ProfileErrors, ProfileFile};

    fn told(bulletin: &str) -> Vec<String> {
        let mut files = super::super::load::built_in_files();
        let county: &mut ProfileFile = files.last_mut().unwrap();
        let built_in = county.text.split_once("\n[bulletin]").unwrap().0;
        county.text = format!(
            "{built_in}\n[bulletin]\n{bulletin}\n\n[[ranking]]\nid = \"towns\"\ntitle = \"t\"\ngroup_title = \"g\"\nbook = \"key_projects\"\ngroup = \"town_group\"\nmeasures = [\"plan\"]\nby = \"plan\"\ntie_words = \"t\"\n"
        );
        // Scores of rankings that this leaves out would be faults of their own.
        match Profile::of_files(&files) {
            Ok(_) => Vec::new(),
            Err(ProfileErrors(faults)) => {
                faults.iter().map(ToString::to_string).filter(|fault| fault.contains("bulletin")).collect()
            }
        }
    }

    #[test]
    fn an_office_hears_of_every_fault_with_its_line() {
        assert_eq!(told("mark = \"云督\"\nnumbers = { \"2026-05\" = 7, \"2026-W38\" = 7 }"), Vec::<String>::new());
        let faults = told(
            "first = 0\ndated = 400\nnumbers = { \"2026-05\" = 7, \"2026-06\" = 7, \"五月\" = 1 }\n\
             [[bulletin.table]]\nbook = \"key_projects\"\nranking = \"twons\"\nmeasures = [\"plan\"]\n\
             [[bulletin.table]]\nbook = \"key_projects\"\nranking = \"towns\"\nmeasures = [\"plna\"]",
        );
        let says = ["从1开始", "0至90天", "给了两期", "“五月”不是报告期", "没有排名“twons”", "没有列出指标“plna”"];
        for words in says {
            assert!(faults.iter().any(|fault| fault.contains(words) && fault.contains('行')), "{words}: {faults:#?}");
        }
        assert_eq!(faults.len(), says.len(), "{faults:#?}");
    }

    #[test]
    fn an_issue_is_dated_by_its_period() {
        let reports = Reporting::default();
        let day = |plan: &BulletinPlan, period: &str| plan.day(&reports, period.parse().unwrap()).to_string();
        let plan = BulletinPlan::default();
        assert_eq!(day(&plan, "2026-05"), "2026-06-05");
        assert_eq!(day(&plan, "2026-W38"), "2026-09-21");
        assert_eq!(day(&BulletinPlan { dated: Some(8), ..plan }, "2026-12"), "2027-01-08");
    }
}
