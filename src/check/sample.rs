//! Books and small frames for the tests of the stages that reckon.

use std::sync::Arc;

use polars::prelude::{Column, DataFrame, IntoLazy, NamedFrom, Series};

use super::{Origins, columns, sql};
use crate::profile::{Book, County, Profile};

/// The fields of a book for tests: `id kind`, the subject first; all others are text.
fn book(id: &str, title: &str, fields: &[(&str, &str)], rules: &str) -> Book {
    let mut text = format!("id = '{id}'\ntitle = '{title}'\nrow = '一行'\nwords = []\nsubject = '{}'\n", fields[0].0);
    for (field, kind) in fields {
        let required = *field == fields[0].0;
        text += &format!(
            "[[field]]\nid = '{field}'\ntitle = '{field}'\nkind = '{kind}'\nrequired = {required}\nspellings = []\n"
        );
    }
    toml::from_str(&(text + rules)).unwrap_or_else(|error| panic!("{id}: {error}"))
}

/// Pairs of field and kind from `name:text plan:amount`.
fn fields(list: &'static str) -> Vec<(&'static str, &'static str)> {
    list.split_whitespace().map(|pair| pair.split_once(':').unwrap_or((pair, "text"))).collect()
}

/// 重点建设项目
pub(crate) fn key_projects() -> Book {
    let list = "name code category nature town unit owner leader scale years total:amount done_before:amount plan:amount \
        done_month:amount done:amount done_last_year:amount rate:rate planned_start:date actual_start:date \
        planned_finish:date status problem measure note";
    book("key_projects", "重点建设项目", &fields(list), include_str!("../../templates/county/key_projects.rules.toml"))
}

/// The profile with all seven books.
pub(crate) fn profile() -> Profile {
    let others = [
        (
            "preliminary",
            "name code category unit leader scale total:amount stage planned_conversion:date status problem measure note",
            include_str!("../../templates/county/preliminary.rules.toml"),
        ),
        (
            "investment",
            "name code investor origin industry town unit scale signed:date contract:amount in_place:amount carried:amount stage actual_start:date status note",
            include_str!("../../templates/county/investment.rules.toml"),
        ),
        (
            "reserve",
            "name category unit scale total:amount source stage note",
            include_str!("../../templates/county/reserve.rules.toml"),
        ),
        (
            "bottlenecks",
            "name kind problem cause measure unit leader deadline:date status resolved:date note",
            include_str!("../../templates/county/bottlenecks.rules.toml"),
        ),
        (
            "initiatives",
            "item category goal unit leader deadline:date status problem note",
            include_str!("../../templates/county/initiatives.rules.toml"),
        ),
        (
            "indicators",
            "indicator measured_in value:number growth:rate growth_city:rate growth_province:rate growth_nation:rate rank:count note",
            include_str!("../../templates/county/indicators.rules.toml"),
        ),
    ];
    let mut books = vec![key_projects()];
    books.extend(others.map(|(id, list, rules)| book(id, id, &fields(list), rules)));
    let county: County = toml::from_str(include_str!("../../templates/county/county.toml")).expect("county.toml");
    Profile { books, county }
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
        origins.note_column(&file, &sheet, &field.id, column_of(&field.id));
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
        _ => Series::new(name.into(), vec![None::<&str>; rows.len()]),
    }
}
