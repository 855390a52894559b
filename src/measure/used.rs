//! Which fields of a row a measure looks at, its derived columns taken apart to what is reported.

use crate::check::sql;
use crate::profile::{Book, County, Measure, RankingPlan, Schedule, ScheduleKind};

/// Endings of the columns that go with a field.
const BESIDE: [&str; 8] = ["_first", "_last", "_first_day", "_last_day", "_month", "_quarter", "_choice", "_reported"];

/// The fields that a measure looks at, by what for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used {
    /// Above the line.
    pub numerator: Vec<String>,
    /// Below the line.
    pub denominator: Vec<String>,
    /// To pick the rows.
    pub condition: Vec<String>,
    /// To tell whom a row counts for.
    pub group: Vec<String>,
}

/// The fields that a measure of a ranking looks at.
pub fn used(county: &County, book: &Book, plan: &RankingPlan, measure: &Measure) -> Used {
    let finder = Finder { book, schedule: county.schedule(book, Some(plan), Some(measure)) };
    let condition = [plan.filter.as_deref(), measure.filter.as_deref()];
    Used {
        numerator: finder.of_sql([Some(measure.numerator.as_str())]),
        denominator: finder.of_sql([measure.denominator.as_deref()]),
        condition: finder.of_sql(condition),
        group: finder.of_columns(std::slice::from_ref(&plan.group)),
    }
}

/// Finds the fields behind columns.
struct Finder<'a> {
    book: &'a Book,
    schedule: &'a Schedule,
}

impl Finder<'_> {
    fn of_sql<'t>(&self, texts: impl IntoIterator<Item = Option<&'t str>>) -> Vec<String> {
        self.of_columns(&self.named(texts))
    }

    /// The fields of some columns, in the book's order.
    fn of_columns(&self, columns: &[String]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut open: Vec<String> = columns.to_vec();
        let mut seen: Vec<String> = Vec::new();
        while let Some(column) = open.pop() {
            if !seen.contains(&column) {
                match self.book.field(&column) {
                    Some(_) => found.push(column.clone()),
                    None => open.extend(self.behind(&column)),
                }
                seen.push(column);
            }
        }
        let fields = self.book.fields.iter().map(|field| &field.id);
        fields.filter(|id| found.contains(id)).cloned().collect()
    }

    /// What a column that is no field is made from; nothing for the calendar's.
    fn behind(&self, column: &str) -> Vec<String> {
        if let Some(derived) = self.book.derived.iter().find(|derived| derived.id == column) {
            return self.named([Some(derived.sql.as_str())]);
        }
        let beside = |field: &&crate::profile::Field| {
            column.strip_prefix(field.id.as_str()).is_some_and(|rest| BESIDE.contains(&rest))
        };
        if let Some(field) = self.book.fields.iter().find(beside) {
            return vec![field.id.clone()];
        }
        let fields: &[&str] = match column {
            "town_group" => &["town", "unit"],
            "department_group" => &["unit"],
            "category_group" => &["category"],
            "leader_group" => &["leader"],
            "schedule_num" | "schedule_den" if self.schedule.kind == ScheduleKind::Plan => {
                return self.named([self.schedule.numerator.as_deref(), self.schedule.denominator.as_deref()]);
            }
            _ => &[],
        };
        fields.iter().map(|id| (*id).to_owned()).collect()
    }

    /// The columns that some expressions name.
    fn named<'t>(&self, texts: impl IntoIterator<Item = Option<&'t str>>) -> Vec<String> {
        let named = |text: &str| sql::expression(text).map(|expr| sql::columns(&expr)).unwrap_or_default();
        texts.into_iter().flatten().filter(|text| !text.is_empty()).flat_map(named).collect()
    }
}
