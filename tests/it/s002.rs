//! S002's hundred-day campaign in the sample county: its tasks by month, the "five ones", and who is behind.

use wuzhang::pipeline::run;

use crate::history::{of, percent_of, whole_of};
use crate::sample::yunshan::date::day;
use crate::sample::yunshan::inbox;
use crate::sample::yunshan::truth::{Row, campaign};

const COUNTY: (&str, &str) = ("campaign", "county");
/// What a scheme that is none says.
const UNMADE: &str = "正在制定";

fn complete(row: &Row) -> bool {
    let said = |field: &str| !row.text(field).is_empty() && row.text(field) != UNMADE;
    ["leader", "team", "scheme", "follow_through"].into_iter().all(said)
}

#[test]
fn every_task_is_counted_with_its_own_plan() {
    for (month, last) in [(9, day(2026, 9, 30)), (11, day(2026, 11, 30))] {
        let tasks = campaign::rows(last);
        let whole = |measure: &str| whole_of(of(month), COUNTY, "全县", measure);
        assert_eq!(whole("campaign_count"), tasks.len() as i64);
        for (measure, field) in [("campaign_plan", "plan"), ("campaign_done", "done")] {
            assert_eq!(whole(measure), tasks.iter().map(|row| row.amount(field)).sum::<i64>(), "{month} {field}");
        }
        let full = tasks.iter().filter(|row| complete(row)).count() as i64;
        assert!(full < tasks.len() as i64, "some lack one of the five");
        let share = format!("{:.1}", full as f64 / tasks.len() as f64 * 100.0);
        assert_eq!(percent_of(of(month), COUNTY, "全县", "campaign_five_ones_share"), share);
        // The hundred days have a schedule of their own: 30 of them are over at September's end, 91 at November's.
        let over = if month == 9 { 30 } else { 91 };
        assert_eq!(percent_of(of(month), COUNTY, "全县", "campaign_schedule"), format!("{over}.0"));
        let behind = tasks.iter().filter(|row| row.amount("done") * 100 < row.amount("plan") * over).count() as i64;
        assert_eq!(whole("campaign_behind"), behind);
        let idle = tasks.iter().filter(|row| row.text("state") == "未启动").count() as i64;
        assert_eq!(whole("campaign_not_started"), idle);
    }
}

#[test]
fn towns_and_departments_are_ranked_apart() {
    let tasks = campaign::rows(day(2026, 10, 31));
    for unit in campaign::REPORTERS {
        let ranking = if unit.starts_with('县') { "departments" } else { "towns" };
        // The zone is no town, and no department of the county either.
        if unit == "云山经开区管委会" {
            continue;
        }
        let own: Vec<&Row> = tasks.iter().filter(|row| row.reporters == [unit]).collect();
        let done = own.iter().map(|row| row.amount("done")).sum::<i64>();
        if ranking == "departments" {
            assert_eq!(whole_of(of(10), ("campaign", ranking), unit, "campaign_done"), done, "{unit}");
        }
    }
}

#[test]
fn every_task_that_lacks_one_of_the_five_is_asked_about() {
    let lacking = campaign::rows(day(2026, 9, 30)).iter().filter(|row| !complete(row)).count();
    let asked = of(9).findings.iter().filter(|finding| &*finding.rule == "campaign.five_ones");
    assert_eq!(asked.count(), lacking);
}

#[test]
fn a_week_is_reported_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = crate::s003::county(folder.path());
    let outcome = run(&workspace, inbox::WEEK.parse().unwrap(), &|_| {}).unwrap();
    let tasks = campaign::rows(day(2026, 9, 20));
    let sum = |field: &str| tasks.iter().map(|row| row.amount(field)).sum::<i64>();
    let whole = |measure: &str| whole_of(&outcome, COUNTY, "全县", measure);
    assert_eq!((whole("campaign_count"), whole("campaign_plan")), (tasks.len() as i64, sum("plan")));
    assert_eq!(whole("campaign_done"), sum("done"));
    assert_eq!(percent_of(&outcome, COUNTY, "全县", "campaign_schedule"), "20.0");
    assert!(sum("done") < campaign::rows(day(2026, 9, 30)).iter().map(|row| row.amount("done")).sum());
}
