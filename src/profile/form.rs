//! The blank form of a book (`wuzhang forms`): which columns it has and who fills them in.

use serde::Deserialize;

use super::book::{Book, Field, Kind};
use super::misfit::Misfit;
use super::reading::Step;
use super::wording::advice;
use crate::say;

/// Rows for new projects, where the book does not say.
const SPARE: u32 = 10;
/// The most rows for new projects.
const MOST_SPARE: u32 = 1000;

/// `[form]` of a book's file. Columns stand in the order of `fixed`, `kept`, `last`, `asked`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FormPlan {
    /// Fields filled in from the ledger and locked: what only a decision of the office changes.
    pub fixed: Vec<String>,
    /// Fields filled in from the ledger, which the unit may change.
    pub kept: Vec<String>,
    /// Fields whose figure of the last period stands beside the new one, locked, to compare with.
    pub last: Vec<String>,
    /// Fields to be filled in each time.
    pub asked: Vec<String>,
    /// Of `fixed` and `kept` those that hold for one year and are asked again in the next.
    pub of_year: Vec<String>,
    /// How many rows there are for new projects.
    pub spare: Option<u32>,
}

impl FormPlan {
    /// Every field that is read from the form, in its order.
    pub fn fields(&self) -> impl Iterator<Item = &String> {
        self.fixed.iter().chain(&self.kept).chain(&self.asked)
    }

    /// How many rows there are for new projects.
    pub fn spare(&self) -> u32 {
        self.spare.unwrap_or(SPARE)
    }
}

impl Book {
    /// The plan of its blank form: as its file says, else all fields, what tells its rows apart locked and
    /// figures and reports asked.
    pub fn form_plan(&self) -> FormPlan {
        if let Some(plan) = &self.form {
            return plan.clone();
        }
        let mut plan = FormPlan::default();
        for field in &self.fields {
            let list = match field {
                _ if self.names_rows(field) => &mut plan.fixed,
                Field { kind: Kind::Text | Kind::Choice | Kind::Date, .. } if !is_told_anew(field) => &mut plan.kept,
                _ => &mut plan.asked,
            };
            list.push(field.id.clone());
        }
        plan
    }

    fn names_rows(&self, field: &Field) -> bool {
        field.id == self.subject || self.told_by.contains(&field.id) || field.id == "code"
    }
}

/// Texts that say how things stand, and would be wrong if they were carried on.
fn is_told_anew(field: &Field) -> bool {
    ["status", "problem", "measure", "note"].contains(&field.id.as_str())
}

/// What is wrong with a book's form.
pub(super) fn of_form(book: &Book) -> Vec<Misfit> {
    let Some(plan) = &book.form else { return Vec::new() };
    let at = |key: &str, nth: Option<usize>, message: String| {
        let path = [Step::Key("form".into()), Step::Key(key.into())].into_iter().chain(nth.map(Step::At));
        Misfit { path: path.collect(), message }
    };
    let mut found = Vec::new();
    if book.internal {
        found.push(at("fixed", None, say!("profile-form-internal")));
    }
    let ids: Vec<&str> = book.fields.iter().map(|field| field.id.as_str()).collect();
    let lists = [("fixed", &plan.fixed), ("kept", &plan.kept), ("last", &plan.last), ("asked", &plan.asked)];
    for (key, fields) in lists.into_iter().chain([("of_year", &plan.of_year)]) {
        for (nth, field) in fields.iter().enumerate().filter(|(_, field)| book.field(field).is_none()) {
            found.push(at(key, Some(nth), say!("profile-no-field", advice = advice(field, &ids), field = field)));
        }
    }
    let mut seen: Vec<&String> = Vec::new();
    for (key, fields) in lists.into_iter().filter(|(key, _)| *key != "last") {
        for (nth, field) in fields.iter().enumerate() {
            if seen.contains(&field) {
                found.push(at(key, Some(nth), say!("profile-form-twice", field = field)));
            }
            seen.push(field);
        }
    }
    let needed = book.fields.iter().filter(|field| field.required || book.names_rows(field) && field.id != "code");
    for field in needed.filter(|field| !seen.contains(&&field.id)) {
        let message = say!("profile-form-wants", field = field.id, title = field.title);
        found.push(at("fixed", None, message));
    }
    let figure =
        |id: &String| book.field(id).is_none_or(|field| !matches!(field.kind, Kind::Text | Kind::Choice | Kind::Date));
    for (nth, field) in plan.last.iter().enumerate().filter(|(_, field)| !figure(field)) {
        found.push(at("last", Some(nth), say!("profile-form-number", field = field)));
    }
    let given = |id: &String| plan.fixed.contains(id) || plan.kept.contains(id);
    for (nth, field) in
        plan.of_year.iter().enumerate().filter(|(_, field)| book.field(field).is_some() && !given(field))
    {
        found.push(at("of_year", Some(nth), say!("profile-form-asked", field = field)));
    }
    if plan.spare() > MOST_SPARE {
        found.push(at("spare", None, say!("profile-form-spare", most_spare = MOST_SPARE)));
    }
    found
}
