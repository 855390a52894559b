//! What is to be said about a department's data, and where it stands.
//!
//! A finding goes back to the department; an error about our own run goes to the operator and is
//! never a finding.

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
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as it was named to us, relative to the inbox.
    pub file: Arc<str>,
    /// The sheet's name.
    pub sheet: Option<Arc<str>>,
    /// The row, from 1.
    pub row: Option<u32>,
    /// The column, A is 1.
    pub column: Option<u32>,
    /// The book's field that the column was read as.
    pub field: Option<Arc<str>>,
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

    /// The same, narrowed to a row.
    pub fn at_row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    /// The same, narrowed to a column.
    pub fn at_column(mut self, column: u32) -> Self {
        self.column = Some(column);
        self
    }

    /// The same, with the field that the column was read as.
    pub fn of_field(mut self, field: &str) -> Self {
        self.field = Some(field.into());
        self
    }

    /// As a reader finds it: `城关镇.xlsx › 重点项目 › G12`.
    pub fn in_words(&self) -> String {
        let mut words = self.file.to_string();
        if let Some(sheet) = self.sheet.as_deref().filter(|s| !s.is_empty()) {
            words += &format!(" › {sheet}");
        }
        match (self.row, self.column) {
            (Some(row), Some(column)) => words += &format!(" › {}", crate::origin::cell_address(row, column)),
            (Some(row), None) => words += &format!(" › 第{row}行"),
            (None, Some(column)) => words += &format!(" › {}列", crate::origin::column_letters(column)),
            (None, None) => {}
        }
        words
    }
}

/// One thing to say about a department's data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where it stands.
    pub place: Place,
    /// What it asks for.
    pub level: Level,
    /// The rule that speaks, such as `amount.unreadable` or `done.over_plan`.
    pub rule: Arc<str>,
    /// What was found and what was expected, in one sentence.
    pub message: String,
    /// What to do about it.
    pub advice: String,
    /// The project, as reported, that it is about, where it is about one.
    pub project: Option<Arc<str>>,
    /// What the department has said to it and the office accepts.
    pub answer: Option<Answer>,
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
    pub fn new(level: Level, rule: &str, place: Place, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            place,
            level,
            rule: rule.into(),
            message: message.into(),
            advice: advice.into(),
            project: None,
            answer: None,
        }
    }

    /// The same, about a project.
    pub fn about(mut self, project: &str) -> Self {
        self.project = Some(project.into()).filter(|_| !project.is_empty());
        self
    }

    /// The message and the advice in one line.
    pub fn in_words(&self) -> String {
        match self.advice.as_str() {
            "" => self.message.clone(),
            advice => format!("{}。{advice}", self.message.trim_end_matches('。')),
        }
    }
}
