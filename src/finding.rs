//! What is to be said about a department's data, and where it stands.
//!
//! A finding goes back to the department; an error about our own run goes to the operator and is
//! never a finding.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// How much a finding asks for, in the field's own classes (domain: 强制性, 核实性, 提示性).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 强制性: must be mended by the department.
    Error,
    /// 核实性: may stay, but has to be confirmed.
    Query,
    /// 提示性: advice.
    Note,
    /// A change on reading that cannot alter the meaning; kept for the record.
    Info,
}

impl Level {
    /// All levels, the gravest first.
    pub const ALL: [Self; 4] = [Self::Error, Self::Query, Self::Note, Self::Info];

    /// The word in code and JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Query => "query",
            Self::Note => "note",
            Self::Info => "info",
        }
    }

    /// The word that clerks and officers read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Error => "强制性",
            Self::Query => "核实性",
            Self::Note => "提示性",
            Self::Info => "说明",
        }
    }
}

/// Where a finding points: a file, and as much below it as is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file as it was named to us, relative to the inbox.
    pub file: Arc<str>,
    /// The sheet's name.
    pub sheet: Option<Arc<str>>,
    row: Number,
    column: Number,
    /// The book's field that the column was read as.
    pub field: Option<Arc<str>>,
}

/// A row or a column where one is known, in four bytes: a large month has half a million places.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Number(u32);

impl Number {
    fn of(number: Option<u32>) -> Self {
        Self(number.map_or(0, |number| number.saturating_add(1)))
    }

    fn get(self) -> Option<u32> {
        self.0.checked_sub(1)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl Place {
    /// A whole file.
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: file.clone(), ..Self::default() }
    }

    /// A whole sheet.
    pub fn sheet(file: &Arc<str>, sheet: &Arc<str>) -> Self {
        Self { sheet: Some(sheet.clone()), ..Self::file(file) }
    }

    /// A whole file, or of it a sheet that may be known.
    pub fn within_file(file: Arc<str>, sheet: Option<Arc<str>>) -> Self {
        Self { file, sheet, ..Self::default() }
    }

    /// The sheet, or the file where none is known, as a whole.
    pub fn whole_sheet(&self) -> Self {
        Self::within_file(self.file.clone(), self.sheet.clone())
    }

    /// The row, from 1.
    pub fn row(&self) -> Option<u32> {
        self.row.get()
    }

    /// The column, A is 1.
    pub fn column(&self) -> Option<u32> {
        self.column.get()
    }

    /// The same, narrowed to a row.
    pub fn at_row(self, row: u32) -> Self {
        self.within(Some(row), None)
    }

    /// The same, narrowed to a column.
    pub fn at_column(self, column: u32) -> Self {
        self.within(None, Some(column))
    }

    /// The same, narrowed to a row and a column as far as they are known.
    pub fn within(self, row: Option<u32>, column: Option<u32>) -> Self {
        let row = row.map_or(self.row, |row| Number::of(Some(row)));
        let column = column.map_or(self.column, |column| Number::of(Some(column)));
        Self { row, column, ..self }
    }

    /// The same, with the field that the column was read as.
    pub fn of_field(mut self, field: &str) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The same, with the field or none.
    pub fn with_field(mut self, field: Option<Arc<str>>) -> Self {
        self.field = field;
        self
    }

    /// As a reader finds it: `城关镇.xlsx › 重点项目 › G12`.
    pub fn in_words(&self) -> String {
        let mut words = self.file.to_string();
        if let Some(sheet) = self.sheet.as_deref().filter(|s| !s.is_empty()) {
            words += &format!(" › {sheet}");
        }
        match (self.row(), self.column()) {
            (Some(row), Some(column)) => words += &format!(" › {}", crate::origin::cell_address(row, column)),
            (Some(row), None) => words += &format!(" › 第{row}行"),
            (None, Some(column)) => words += &format!(" › {}列", crate::origin::column_letters(column)),
            (None, None) => {}
        }
        words
    }

    /// By file, sheet, row, column, field.
    fn in_order(&self) -> (Shared<'_>, Option<Shared<'_>>, Number, Number, Option<&str>) {
        (Shared(&self.file), self.sheet.as_ref().map(Shared), self.row, self.column, self.field.as_deref())
    }
}

/// A name that most neighbours share, so that its text need not be compared with itself.
#[derive(PartialEq, Eq)]
struct Shared<'a>(&'a Arc<str>);

impl Ord for Shared<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(self.0, other.0) { Ordering::Equal } else { self.0.cmp(other.0) }
    }
}

impl PartialOrd for Shared<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        self.in_order().cmp(&other.in_order())
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// One thing to say about a department's data.
///
/// A large month has half a million of them: what many say alike is one text for all, and what few have stands apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where it stands.
    pub place: Place,
    /// What it asks for.
    pub level: Level,
    /// The rule that speaks, such as `amount.unreadable` or `done.over_plan`.
    pub rule: Arc<str>,
    /// What was found and what was expected, in one sentence.
    pub message: Box<str>,
    /// What to do about it.
    pub advice: Arc<str>,
    rare: Option<Box<Rare>>,
}

/// What few findings have; never nothing at all, so that no two ways of having nothing differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Rare {
    project: Option<Arc<str>>,
    answer: Option<Answer>,
}

/// An accepted explanation of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// What was explained.
    pub text: Arc<str>,
    /// Where it was: `settings.xlsx › 核实说明 › E3`, or the return that the department sent back.
    pub from: Arc<str>,
}

impl Finding {
    /// A finding of a rule at a place.
    pub fn new(
        level: Level,
        rule: impl Into<Arc<str>>,
        place: Place,
        message: impl Into<Box<str>>,
        advice: impl Into<Arc<str>>,
    ) -> Self {
        Self { place, level, rule: rule.into(), message: message.into(), advice: advice.into(), rare: None }
    }

    /// The same, about a project.
    pub fn about(mut self, project: &str) -> Self {
        if !project.is_empty() {
            self.rare.get_or_insert_default().project = Some(project.into());
        }
        self
    }

    /// The project, as reported, that it was said to be about.
    pub fn project(&self) -> Option<&Arc<str>> {
        self.rare.as_ref()?.project.as_ref()
    }

    /// What the department has said to it and the office accepts.
    pub fn answer(&self) -> Option<&Answer> {
        self.rare.as_ref()?.answer.as_ref()
    }

    /// Puts an explanation to it, where it has none yet.
    pub fn explain(&mut self, answer: &Answer) {
        self.rare.get_or_insert_default().answer.get_or_insert_with(|| answer.clone());
    }

    /// The message and the advice in one line.
    pub fn in_words(&self) -> String {
        match &*self.advice {
            "" => self.message.to_string(),
            advice => format!("{}。{advice}", self.message.trim_end_matches('。')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(file: &str, sheet: Option<&str>, (row, column): (Option<u32>, Option<u32>), field: Option<&str>) -> Place {
        let place = Place::within_file(file.into(), sheet.map(Into::into));
        place.within(row, column).with_field(field.map(Into::into))
    }

    #[test]
    fn places_stand_in_order_of_what_is_known_of_them() {
        let sorted = [
            place("甲", None, (None, None), None),
            place("甲", None, (Some(0), None), None),
            place("甲", Some(""), (None, None), None),
            place("甲", Some("表"), (None, None), Some("plan")),
            place("甲", Some("表"), (None, Some(2)), None),
            place("甲", Some("表"), (Some(9), None), None),
            place("甲", Some("表"), (Some(9), Some(1)), Some("plan")),
            place("甲", Some("表"), (Some(10), Some(1)), None),
            place("甲", Some("表"), (Some(10), Some(1)), Some("done")),
            place("甲", Some("表"), (Some(10), Some(1)), Some("plan")),
        ];
        assert!(sorted.is_sorted_by(|a, b| a < b));
        let twin = place("甲", Some("表"), (Some(9), Some(1)), Some("plan"));
        assert_eq!(twin.cmp(&sorted[6]), Ordering::Equal, "a text is the same wherever it is kept");
        assert_eq!((sorted[1].row(), sorted[0].row(), sorted[4].column()), (Some(0), None, Some(2)));
    }

    #[test]
    fn what_is_about_nothing_is_as_if_nothing_was_said() {
        let plain = Finding::new(Level::Note, "rule", Place::default(), "发现", "处理");
        assert_eq!(plain.clone().about(""), plain);
        let about = plain.clone().about("水厂");
        let mut answered = about.clone();
        answered.explain(&Answer { text: "已核实".into(), from: "设置".into() });
        answered.explain(&Answer { text: "另一说".into(), from: "设置".into() });
        assert!(plain < about && about < answered);
        assert_eq!(answered.answer().map(|answer| &*answer.text), Some("已核实"), "the first stands");
        assert_eq!(answered.project(), about.project());
    }
}
