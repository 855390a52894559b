//! A book: one kind of ledger, as its TOML file states it.

use serde::Deserialize;

use super::form::FormPlan;
use super::measure::Measure;
use super::ranking::RankingPlan;
use super::stated::StatedRate;
use crate::finding::Level;

/// A ledger that a sheet can belong to: its fields, rules and measures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// Its name in code, JSON and the ledger's folders: `key_projects`.
    pub id: String,
    /// Its name for readers: 重点建设项目.
    pub title: String,
    /// What its documents are called after, where that is not the title: 重点项目 of 重点项目排名.xlsx.
    #[serde(default)]
    pub short: Option<String>,
    /// What one row is, for readers.
    pub row: String,
    /// Words in a title, a sheet's or a file's name that speak for this book.
    pub words: Vec<String>,
    /// Whether only a sheet that one of `words` stands on (title, its name, the file's name) can belong to it:
    /// for a book whose columns are another's too, such as the tasks of a campaign.
    #[serde(default)]
    pub only_named: bool,
    /// Field whose cell names what the row is about (`name`, `item`, `indicator`).
    pub subject: String,
    /// Headers that look like a field and are none of them; spelt like the fields' own.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// Fields that, with the subject, tell its rows apart: the project of a difficulty, the unit of an indicator.
    #[serde(default)]
    pub told_by: Vec<String>,
    /// Whether the list of its rows is decided for the year, so that what comes onto it needs a decision.
    #[serde(default)]
    pub fixed_list: bool,
    /// The schedule (序时进度) that its rows are held against; without it, the county's first.
    #[serde(default)]
    pub schedule: Option<String>,
    /// Whether the program makes its rows itself: no sheet is ever read as it.
    #[serde(default)]
    pub internal: bool,
    /// Its blank form; without it, one of all its fields.
    #[serde(default)]
    pub form: Option<FormPlan>,
    /// The fields, in the order in which documents show them.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    /// Columns computed from a row's own fields, usable in rules, measures and rankings.
    #[serde(default, rename = "derived")]
    pub derived: Vec<Derived>,
    /// Checks over one row, alone or with the same project's row of earlier periods.
    #[serde(default, rename = "rule")]
    pub rules: Vec<Rule>,
    /// Rates and shares that its sheets state, to be recomputed.
    #[serde(default, rename = "stated")]
    pub stated: Vec<StatedRate>,
    /// Aggregates over many rows.
    #[serde(default, rename = "measure")]
    pub measures: Vec<Measure>,
    /// Its own rankings, shown after the county's; their `book` goes without saying.
    #[serde(default, rename = "ranking")]
    pub rankings: Vec<RankingPlan>,
}

impl Book {
    /// What its documents are called after.
    pub fn short(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.title)
    }

    /// Whether its rows have a plan for the period and what is done of it, in money.
    pub fn has_plan(&self) -> bool {
        let amount = |id| self.field(id).is_some_and(|field| field.kind == Kind::Amount);
        amount("plan") && amount("done")
    }

    /// The field of an id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }
}

/// A column that a book knows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in code, JSON, SQL and Parquet.
    pub id: String,
    /// Its name for readers.
    pub title: String,
    /// How its cells are typed.
    pub kind: Kind,
    /// Whether a sheet without it cannot be used (a finding, and its rows are set aside).
    #[serde(default)]
    pub required: bool,
    /// How departments write its header, `|` between a group's header and its own. `{y}` is the
    /// period's year, `{ly}` the year before, `{m}` its month, `{nm}` the next; spaces, breaks,
    /// brackets, units of money and full width do not matter.
    pub spellings: Vec<String>,
    /// Spellings that other columns share: they count for this field where nothing else speaks
    /// against it, and are asked about where nothing speaks for it.
    #[serde(default)]
    pub shared: Vec<String>,
    /// For `choice`: the values it may take, each with the words that mean it.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Whether it goes beyond the fields that programs were promised in `inspect --json`: there it stands under
    /// `more`, so that what they were promised stays as it was.
    #[serde(default)]
    pub beyond: bool,
}

/// How a field's cells are typed; the canonical forms are those of `inspect --json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Money: whole yuan (`i64`) inside, 万元 in JSON and outputs.
    Amount,
    /// A rate as a fraction: 35.6% is 0.356.
    Rate,
    /// A whole number.
    Count,
    /// A number in the row's own unit of measure (an indicator's value).
    Number,
    /// A date, no more precise than written: `2026-03-15`, `2026-03`, `2026-Q1`, `2026-H1`, `2026`.
    Date,
    /// One of a few words; kept as written in JSON, its canonical choice beside it in the ledger.
    Choice,
    /// Free text.
    Text,
}

/// A value of a `choice` field.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The canonical value.
    pub value: String,
    /// Words that mean it where they occur in the cell.
    pub words: Vec<String>,
}

/// A column computed from a row's own fields, such as whether it is behind schedule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    /// Its name in SQL and Parquet: `behind`.
    pub id: String,
    /// Its name for readers: 未达序时进度.
    pub title: String,
    /// An SQL expression over the row's fields and the derived columns before it.
    pub sql: String,
}

/// A check over one row: it holds, fails or cannot be evaluated (NULL).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id in findings: `done.over_plan`.
    pub id: String,
    /// What a failure asks for.
    pub level: Level,
    /// An SQL predicate over the row's fields that is true where all is well.
    pub holds: String,
    /// The fields it speaks of; the first is where the finding is marked.
    pub columns: Vec<String>,
    /// What is wrong; `{field}` is replaced by the field's value as a reader writes it.
    pub message: String,
    /// What would have been right, in a few words, for the column 应为 of returns; empty where nothing says it.
    #[serde(default)]
    pub expected: String,
    /// What to do.
    pub advice: String,
    /// Where the rule comes from.
    #[serde(default)]
    pub source: String,
    /// What it looks at beside the row itself; without it, nothing.
    #[serde(default)]
    pub across: Option<Across>,
}

/// What a rule looks at beside one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Across {
    /// The same project's rows of earlier periods: the columns `last_…`, see
    /// [`columns_across`](crate::check::columns_across).
    Months,
}
