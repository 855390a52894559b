//! `wuzhang layout`: what the office decided about doubtful layouts, kept, listed and forgotten.

use super::aligned::{Side, aligned, shortened};
use super::commands::last_month;
use super::holding::hold;
use super::layout_args::{ConfirmArgs, ForgetArgs, LayoutCommand, ListArgs};
use super::{CommandError, Exit, Said};
use crate::lang;
use crate::layout::ConfirmedLayout;
use crate::pipeline::memory::{self, Decision};
use crate::profile::Profile;
use crate::say;

/// Places that a reason may take in the list.
const WIDEST: usize = 40;

pub(super) fn layout(command: &LayoutCommand) -> Result<Said, CommandError> {
    let text = match command {
        LayoutCommand::Confirm(args) => confirm(args)?,
        LayoutCommand::List(args) => list(args)?,
        LayoutCommand::Forget(args) => return forget(args),
    };
    Ok(Said { text, exit: Exit::Clean })
}

fn confirm(args: &ConfirmArgs) -> Result<String, CommandError> {
    let workspace = args.at.open()?;
    let decision = Decision {
        sheet: args.sheet.clone(),
        book: args.book.clone(),
        columns: args.columns.clone(),
        money: args.money.clone(),
        by: args.by.clone(),
        reason: args.reason.clone(),
        period: args.period,
    };
    let _held = hold(&workspace, "layout confirm", true)?;
    let layout = memory::confirm(&workspace, &args.file, &decision, last_month())?;
    let profile = Profile::load(workspace.profile.as_deref())?;
    let kept = say!("layout-kept", path = workspace.layouts.display());
    Ok(format!("{}\n{kept}\n", told(&layout, &profile)))
}

/// A decision in full.
fn told(layout: &ConfirmedLayout, profile: &Profile) -> String {
    let book = profile.book(&layout.book);
    let mut lines = vec![match book {
        Some(book) => say!("layout-book", book = book.title),
        None => say!("layout-is-no-book"),
    }];
    lines.push(match layout.unit.as_str() {
        "" => say!("layout-no-unit"),
        unit => say!("layout-unit", unit = unit),
    });
    lines.extend((!layout.money.is_empty()).then(|| say!("layout-money", unit = lang::term(&layout.money))));
    lines.extend((!layout.stale.is_empty()).then(|| say!("layout-stale", words = lang::list(&layout.stale))));
    let mut text = say!("layout-title", fingerprint = layout.fingerprint) + "\n";
    lines.iter().for_each(|line| text += &format!("  {line}\n"));
    let line = |heading: &String| {
        let (letter, words) = heading.split_once(' ').unwrap_or((heading, ""));
        let field = layout.columns.get(letter);
        let title = match field {
            Some(id) => book.and_then(|book| book.field(id)).map_or(id, |field| &field.title).clone(),
            None => say!("layout-unused"),
        };
        vec![letter.to_owned(), words.to_owned(), format!("→ {title}")]
    };
    let lines: Vec<Vec<String>> = layout.headings.iter().filter(|_| book.is_some()).map(line).collect();
    text + &aligned("    ", &[Side::Left; 3], &lines)
}

fn list(args: &ListArgs) -> Result<String, CommandError> {
    let workspace = args.at.open()?;
    let profile = Profile::load(workspace.profile.as_deref())?;
    let confirmed = memory::confirmed(&workspace, &profile)?;
    let line = |layout: &ConfirmedLayout| {
        let book = profile.book(&layout.book).map(|book| book.title.clone());
        vec![
            layout.fingerprint.clone(),
            layout.unit.clone(),
            book.unwrap_or_else(|| say!("layout-listed-no-book")),
            say!("layout-columns", count = layout.columns.len()),
            layout.by.clone(),
            shortened(&layout.reason, WIDEST),
        ]
    };
    let lines: Vec<Vec<String>> = confirmed.iter().map(line).collect();
    match lines.is_empty() {
        true => Ok(say!("layout-none") + "\n"),
        false => Ok(aligned("", &[Side::Left; 6], &lines)),
    }
}

fn forget(args: &ForgetArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let said = |text: String, exit| Ok(Said { text: text + "\n", exit });
    let _held = hold(&workspace, "layout forget", true)?;
    match memory::forget(&workspace, &args.fingerprint)? {
        Some(layout) if layout.unit.is_empty() => {
            said(say!("layout-forgotten", fingerprint = layout.fingerprint), Exit::Clean)
        }
        Some(layout) => {
            said(say!("layout-forgotten-of", fingerprint = layout.fingerprint, unit = layout.unit), Exit::Clean)
        }
        None => said(say!("layout-unknown", fingerprint = args.fingerprint), Exit::WrongUse),
    }
}
