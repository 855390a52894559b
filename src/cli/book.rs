//! `wuzhang book`: a form of the office's own, drafted from a workbook and checked.

use super::aligned::{Side, aligned};
use super::book_args::{BookCheckArgs, BookCommand, BookNewArgs};
use super::commands::last_month;
use super::{CommandError, Exit, Said};
use crate::check;
use crate::draft::Draft;
use crate::origin::column_letters;
use crate::pipeline::{DraftRequest, RunError, draft_book, draft_text};
use crate::profile::{Kind, Profile};
use crate::say;
use crate::workspace::Workspace;

pub(super) fn book(command: &BookCommand) -> Result<Said, CommandError> {
    let text = match command {
        BookCommand::New(args) => new(args)?,
        BookCommand::Check(args) => checked(args)?,
    };
    Ok(Said { text, exit: Exit::Clean })
}

fn new(args: &BookNewArgs) -> Result<String, CommandError> {
    let request = DraftRequest {
        file: &args.from,
        sheet: args.sheet.as_deref(),
        id: &args.id,
        title: args.title.as_deref(),
        period: args.period.unwrap_or_else(last_month),
    };
    let Some(root) = &args.to else {
        return Ok(draft_text(None, request)?.text);
    };
    let workspace = Workspace::open(root)?;
    let made = draft_book(&workspace, root, request)?;
    let drafted = say!("book-drafted", sheet = made.sheet, title = made.draft.title, path = made.path.display());
    let read = match made.records {
        0 => say!("book-read-nothing"),
        rows => say!("book-read", rows = rows),
    };
    Ok(format!("{drafted}\n\n{}\n{read}\n", fields(&made.draft)))
}

/// The fields of a draft, a line each.
fn fields(draft: &Draft) -> String {
    let line = |field: &crate::draft::DraftField| {
        let kind = kind(field.kind);
        vec![
            column_letters(field.column),
            field.spelling.clone(),
            format!("→ {}", field.id),
            if field.id == draft.subject { say!("book-subject", kind = kind) } else { kind },
        ]
    };
    aligned("  ", &[Side::Left; 4], &draft.fields.iter().map(line).collect::<Vec<_>>())
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Amount => say!("book-amount"),
        Kind::Rate => say!("book-rate"),
        Kind::Count => say!("book-count"),
        Kind::Number => say!("book-number"),
        Kind::Date => say!("book-date"),
        Kind::Choice => say!("book-choice"),
        Kind::Text => say!("book-text"),
    }
}

fn checked(args: &BookCheckArgs) -> Result<String, CommandError> {
    let workspace = args.at.open()?;
    let profile = Profile::load(workspace.profile.as_deref())?;
    let faults = check::validate_profile(&profile);
    if !faults.is_empty() {
        return Err(RunError::Formulas(faults).into());
    }
    let line = |book: &crate::profile::Book| {
        let rankings = profile.county.rankings.iter().filter(|ranking| ranking.book == book.id).count();
        vec![
            book.id.clone(),
            book.title.clone(),
            say!("book-fields", count = book.fields.len()),
            say!("book-rules", count = book.rules.len()),
            say!("book-measures", count = book.measures.len()),
            say!("book-rankings", count = rankings),
        ]
    };
    let lines: Vec<Vec<String>> = profile.books.iter().map(line).collect();
    let sides = [Side::Left, Side::Left, Side::Right, Side::Right, Side::Right, Side::Right];
    Ok(format!("{}\n{}", say!("book-sound"), aligned("  ", &sides, &lines)))
}
