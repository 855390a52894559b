//! What the rows of a table are about, as far as two reports of one unit are held against each other.

use std::collections::BTreeSet;

use crate::merge::{platform_code, project_name};
use crate::profile::Book;
use crate::record::{Table, Values};

/// What a record is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    /// Which record of its table.
    pub(super) record: usize,
    /// As written.
    pub(super) written: String,
    /// As it compares, with what tells it apart.
    name: String,
    /// The platform code, where there is one.
    code: Option<String>,
}

/// The subjects of a report, for finding one among them.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    names: BTreeSet<String>,
    codes: BTreeSet<String>,
}

impl Subjects {
    pub(super) fn of<'s>(subjects: impl Iterator<Item = &'s Subject>) -> Self {
        let mut all = Self::default();
        for subject in subjects {
            all.names.insert(subject.name.clone());
            all.codes.extend(subject.code.clone());
        }
        all
    }

    /// Whether a subject is among them, by its code or its name.
    pub(super) fn has(&self, subject: &Subject) -> bool {
        subject.code.as_ref().is_some_and(|code| self.codes.contains(code)) || self.names.contains(&subject.name)
    }
}

/// The records of a table that say what they are about.
pub(super) fn subjects(table: &Table, book: &Book) -> Vec<Subject> {
    let text = |field: &str, record: usize| match table.column(field).map(|column| &column.values) {
        Some(Values::Text(cells)) => cells.get(record),
        _ => None,
    };
    let subject = |record: usize| {
        let written = text(&book.subject, record)?;
        let own = Some(project_name(written)).filter(|name| !name.is_empty())?;
        let apart = book.told_by.iter().filter_map(|field| text(field, record)).map(project_name);
        let name = [own].into_iter().chain(apart).collect::<Vec<_>>().join("/");
        let code = text("code", record).and_then(platform_code);
        Some(Subject { record, written: written.to_owned(), name, code })
    };
    (0..table.rows.len()).filter_map(subject).collect()
}
