//! `wuzhang forms`: the blank forms of a period, for people and for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use super::aligned::{Side, aligned};
use super::forms_args::FormsArgs;
use super::holding::hold;
use super::words::period;
use super::{CommandError, Exit, Said};
use crate::lang::list;
use crate::pipeline::{self, FormRequest, Issued, IssuedFile};
use crate::say;

/// `wuzhang forms`
pub(super) fn forms(args: &FormsArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let _held = hold(&workspace, format_args!("forms {}", args.at.period), args.wait)?;
    let request = FormRequest { unit: args.unit.as_deref(), book: args.book.as_deref() };
    let issued = pipeline::forms(&workspace, args.at.period, request)?;
    let text = if args.json { format!("{:#}\n", in_json(&issued)) } else { in_words(&issued) };
    Ok(Said { text, exit: Exit::Clean })
}

fn in_words(issued: &Issued) -> String {
    let rows: usize = issued.forms.iter().map(|form| form.rows).sum();
    let folder = issued.folder.display();
    let mut text = say!("forms-issued", forms = issued.forms.len(), rows = rows, folder = folder) + "\n\n";
    let line = |form: &IssuedFile| {
        let from = match form.last {
            Some(last) => say!("forms-from", period = period(last)),
            None => say!("forms-from-nothing"),
        };
        vec![form.file.clone(), say!("forms-rows", count = form.rows), from]
    };
    let lines: Vec<Vec<String>> = issued.forms.iter().map(line).collect();
    text += &aligned("  ", &[Side::Left, Side::Right, Side::Left], &lines);
    if !issued.without.is_empty() {
        let _ = writeln!(text, "\n{}", say!("forms-without", units = list(&issued.without)));
    }
    if !issued.removed.is_empty() {
        let _ = writeln!(text, "\n{}", say!("forms-removed", files = list(&issued.removed)));
    }
    text
}

fn in_json(issued: &Issued) -> Value {
    json!({
        "folder": issued.folder,
        "forms": issued.forms,
        "without": issued.without,
        "removed": issued.removed,
    })
}
