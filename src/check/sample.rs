//! Books and small frames for the tests of the stages that reckon.

use std::sync::{Arc, LazyLock};

use polars::prelude::{Column, DataFrame, IntoLazy, NamedFrom, Series};

use super::{Origins, columns, sql};
use crate::profile::{Book, Profile};

/// 重点建设项目
pub(crate) fn key_projects() -> Book {
    profile().book("key_projects").cloned().expect("a built-in book")
}

/// The built-in profile, only the subject required: tests show no more columns than they are about.
pub(crate) fn profile() -> Profile {
    static PROFILE: LazyLock<Profile> = LazyLock::new(|| {
        let mut profile = Profile::built_in();
        for book in &mut profile.books {
            for field in &mut book.fields {
                field.required = field.id == book.subject;
            }
        }
        profile
    });
    PROFILE.clone()
}

/// A key project as its cells say, amounts in 万元.
#[derive(Debug, Clone, Default)]
pub(crate) struct Project {
    pub name: &'static str,
    pub town: Option<&'static str>,
    pub unit: Option<&'static str>,
    pub leader: Option<&'static str>,
    pub category: Option<&'static str>,
    pub total: Option<i64>,
    pub done_before: Option<i64>,
    pub plan: Option<i64>,
    pub done_month: Option<i64>,
    pub done: Option<i64>,
    pub done_last_year: Option<i64>,
    pub rate: Option<f64>,
    pub actual_start: Option<&'static str>,
    pub planned_finish: Option<&'static str>,
    pub status: Option<&'static str>,
    pub problem: Option<&'static str>,
}

/// A project that nothing is to be said about: half of its plan done in May 2026.
pub(crate) fn sound() -> Project {
    Project {
        name: "城关镇污水处理厂扩建",
        town: Some("城关镇"),
        unit: Some("县住房和城乡建设局"),
        leader: Some("甲一"),
        category: Some("基础设施"),
        total: Some(5_000),
        done_before: Some(1_000),
        plan: Some(1_000),
        done_month: Some(100),
        done: Some(500),
        done_last_year: Some(400),
        rate: Some(0.5),
        actual_start: Some("2025-03"),
        planned_finish: Some("2027-12"),
        status: Some("在建"),
        problem: None,
    }
}

/// The sheet's column of a field in [`frame`].
pub(crate) fn column_of(field: &str) -> u32 {
    let at = key_projects().fields.iter().position(|known| known.id == field).expect("a field of the book");
    at as u32 + 2
}

/// A frame of key projects for 2026-05, rows from 5 on, derived columns included.
pub(crate) fn frame(book: &Book, rows: &[Project]) -> (DataFrame, Origins) {
    let mut made: Vec<Column> = Vec::new();
    for (name, dtype) in columns(book) {
        made.push(cells(&name, rows).cast(&dtype).expect("cells of the column's type").into());
    }
    let mut frame = DataFrame::new(rows.len(), made).expect("columns of one length");
    for derived in &book.derived {
        let expr = sql::over(&derived.sql, frame.schema()).expect("valid SQL");
        frame = frame.lazy().with_columns([expr.alias(derived.id.as_str())]).collect().expect("evaluated");
    }
    let mut origins = Origins::default();
    let (file, sheet): (Arc<str>, Arc<str>) = ("甲.xlsx".into(), "表".into());
    for field in &book.fields {
        origins.note_column(&file, &sheet, &field.id, 1..=u32::MAX, (None, column_of(&field.id)));
    }
    (frame, origins)
}

/// The cells of a column, from the rows.
fn cells(name: &str, rows: &[Project]) -> Series {
    let wan = |of: fn(&Project) -> Option<i64>| {
        Series::new(name.into(), rows.iter().map(|row| of(row).map(|wan| wan * 10_000)).collect::<Vec<_>>())
    };
    let text =
        |of: fn(&Project) -> Option<&'static str>| Series::new(name.into(), rows.iter().map(of).collect::<Vec<_>>());
    let same = |value: &'static str| Series::new(name.into(), vec![value; rows.len()]);
    let end = |of: fn(&Project) -> Option<&'static str>, day: &str| {
        let whole = |month: &str| format!("{month}-{day}");
        Series::new(name.into(), rows.iter().map(|row| of(row).map(whole)).collect::<Vec<_>>())
    };
    match name {
        "period" => same("2026-05"),
        "file" => same("甲.xlsx"),
        "sheet" => same("表"),
        "row" => Series::new(name.into(), (0..rows.len() as i64).map(|at| at + 5).collect::<Vec<_>>()),
        "key" | "name" => text(|row| Some(row.name)),
        "reporting_unit" | "unit" | "department_group" => text(|row| row.unit),
        "town" | "town_group" => text(|row| row.town),
        "leader" | "leader_group" => text(|row| row.leader),
        "category" | "category_group" => text(|row| row.category),
        "total" => wan(|row| row.total),
        "done_before" => wan(|row| row.done_before),
        "plan" => wan(|row| row.plan),
        "done_month" => wan(|row| row.done_month),
        "done" => wan(|row| row.done),
        "done_last_year" => wan(|row| row.done_last_year),
        "rate" => Series::new(name.into(), rows.iter().map(|row| row.rate).collect::<Vec<_>>()),
        "actual_start" => text(|row| row.actual_start),
        "actual_start_first" => end(|row| row.actual_start, "01"),
        "actual_start_last" => end(|row| row.actual_start, "28"),
        "planned_finish" => text(|row| row.planned_finish),
        "planned_finish_first" => end(|row| row.planned_finish, "01"),
        "planned_finish_last" => end(|row| row.planned_finish, "28"),
        "status" => text(|row| row.status),
        "problem" => text(|row| row.problem),
        "schedule_num" => Series::new(name.into(), vec![5i64; rows.len()]),
        "schedule_den" => Series::new(name.into(), vec![12i64; rows.len()]),
        "year_first" => same("2026-01-01"),
        "year_last" => same("2026-12-31"),
        "period_last" => same("2026-05-31"),
        "year_first_day" => Series::new(name.into(), vec![20_454i64; rows.len()]),
        "period_last_day" => Series::new(name.into(), vec![20_604i64; rows.len()]),
        _ => Series::new(name.into(), vec![None::<&str>; rows.len()]),
    }
}
