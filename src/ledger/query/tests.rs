//! Queries over a small ledger of two months.

use std::collections::BTreeMap;

use polars::prelude::Column;

use super::*;
use crate::check::sample;
use crate::ledger::{Record, RecordedFigure, RecordedRanking, RecordedRow, places_file};
use crate::merge::Facts;
use crate::period::Period;

/// The facts of a month; done in 万元, plans of 1,000 万元.
fn facts(period: &str, projects: &[(&'static str, &'static str, i64)]) -> BTreeMap<String, Facts> {
    let book = sample::key_projects();
    let project = |&(name, unit, done): &(&'static str, &'static str, i64)| sample::Project {
        name,
        unit: Some(unit),
        plan: Some(1000),
        done: Some(done),
        ..sample::sound()
    };
    let rows: Vec<_> = projects.iter().map(project).collect();
    let (mut frame, _) = sample::frame(&book, &rows);
    frame.with_column(Column::new("period".into(), vec![period; rows.len()])).unwrap();
    BTreeMap::from([(book.id.clone(), Facts { book: book.id, frame })])
}

fn ledger(folder: &std::path::Path) -> Ledger {
    let ledger = Ledger::at(folder);
    let row = RecordedRow {
        group: "城关镇".into(),
        place: Some(2),
        grade: None,
        figures: vec![RecordedFigure {
            measure: "completion".into(),
            numerator: Some(356),
            denominator: Some(1000),
            value: Some("89/250".into()),
        }],
    };
    for (period, done) in [("2026-04", 200), ("2026-05", 400)] {
        let facts = facts(period, &[("水厂", "城关镇", done), ("北路", "东乡", done / 2), ("南桥", "城关镇", 0)]);
        let mut record = Record::new(period.parse::<Period>().unwrap(), &facts);
        let ranking = RecordedRanking {
            id: "towns".into(),
            book: "key_projects".into(),
            title: "乡镇".into(),
            rows: vec![row.clone()],
        };
        record.keep(crate::ledger::PLACES, places_file(&[ranking]));
        ledger.commit(&record).unwrap();
    }
    ledger
}

fn text(word: &str) -> Value {
    Value::Text(word.into())
}

#[test]
fn sums_by_unit_and_period_come_in_the_same_order_always() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path());
    let ask = |sql: &str| ledger.query(sql).unwrap_or_else(|error| panic!("{error}"));
    let sql = "SELECT unit, SUM(done) AS done, SUM(done)/SUM(plan) AS rate FROM key_projects \
               WHERE period = '2026-05' GROUP BY unit";
    let answer = ask(sql);
    assert_eq!(answer.columns, ["unit", "done", "rate"]);
    assert_eq!(
        answer.rows,
        [
            vec![text("东乡"), Value::Whole(2_000_000), Value::Number(0.2)],
            vec![text("城关镇"), Value::Whole(4_000_000), Value::Number(0.2)],
        ]
    );
    for _ in 0..5 {
        assert_eq!(ask(sql), answer);
    }
    let growth = ask("SELECT period, SUM(done) AS done FROM key_projects GROUP BY period ORDER BY done DESC;");
    assert_eq!(growth.rows[0], [text("2026-05"), Value::Whole(6_000_000)]);
    // Ties of the asked order are settled by the other columns.
    let tied = ask("SELECT name, unit FROM key_projects WHERE period='2026-05' ORDER BY unit DESC LIMIT 2");
    assert_eq!(tied.rows, [[text("南桥"), text("城关镇")], [text("水厂"), text("城关镇")]]);
    let none = ask("SELECT SUM(done)/SUM(0*plan) AS rate FROM key_projects");
    assert_eq!(none.rows, [[Value::Missing]], "a division by 0 is not computable");
}

#[test]
fn two_months_can_be_joined_and_places_asked() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path());
    let ask = |sql: &str| ledger.query(sql).unwrap_or_else(|error| panic!("{error}"));
    let moved = ask("WITH now AS (SELECT name, done FROM key_projects WHERE period='2026-05'), \
              before AS (SELECT name, done AS done_before FROM key_projects WHERE period='2026-04') \
         SELECT now.name, done - done_before AS month FROM now LEFT JOIN before ON now.name = before.name \
         ORDER BY month DESC");
    assert_eq!(moved.rows[0], [text("水厂"), Value::Whole(2_000_000)]);
    assert_eq!(moved.rows.len(), 3);
    let places = ask("SELECT name, place, value FROM places WHERE ranking='towns' AND period='2026-05'");
    assert_eq!(places.rows, [[text("城关镇"), Value::Whole(2), Value::Number(0.356)]]);
    let union = ask("SELECT name FROM key_projects WHERE done = 4000000 UNION ALL SELECT name FROM places");
    assert_eq!(union.rows.len(), 3);
    assert_eq!(
        union.rows,
        ask("SELECT name FROM places UNION ALL SELECT name FROM key_projects WHERE done = 4000000").rows
    );
}

#[test]
fn wrong_questions_are_told_with_what_may_have_been_meant() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path());
    let told = |sql: &str| ledger.query(sql).unwrap_err().to_string();
    let cases = [
        ("SELECT name FROM key_project", "key_projects"),
        ("SELECT nmae FROM key_projects", "“name”"),
        ("SELECT unit, SUM(don) AS s FROM key_projects GROUP BY unit", "“done”"),
        ("SELECT name FROM key_projects WHERE period = \"2026-05\"", "单引号"),
        ("DROP TABLE key_projects", "只能查看"),
        ("DELETE FROM key_projects", "只能查看"),
        ("SELECT 1; SELECT 2", "一条 SELECT"),
        ("", "一条 SELECT"),
        ("SELEC name FROM key_projects", "读不懂"),
        ("SELECT * FROM read_parquet('x.parquet')", "read_parquet"),
        ("SELECT a.name FROM key_projects a LEFT JOIN key_projects b ON a.key = b.key AND b.done > 2", "子查询"),
    ];
    for (sql, expected) in cases {
        let told = told(sql);
        assert!(told.contains(expected), "{sql}: {told}");
    }
}

#[test]
fn a_book_that_gained_a_column_is_still_one_table() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path());
    let mut wider = facts("2026-06", &[("水厂", "城关镇", 900)]);
    let frame = &mut wider.get_mut("key_projects").unwrap().frame;
    frame.with_column(Column::new("gained".into(), vec![7i64])).unwrap();
    ledger.commit(&Record::new("2026-06".parse().unwrap(), &wider)).unwrap();
    let answer = ledger.query("SELECT period, gained FROM key_projects WHERE name = '水厂'").unwrap();
    assert_eq!(
        answer.rows.iter().map(|row| row[1].clone()).collect::<Vec<_>>(),
        [Value::Missing, Value::Missing, Value::Whole(7)]
    );
    let listed = ledger.tables().unwrap();
    assert_eq!(listed.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["key_projects", "places"]);
    assert_eq!((listed[0].rows, listed[0].periods.len()), (7, 3));
}
