//! `wuzhang forms`: the blank forms of a period, for people and for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use super::aligned::{Side, aligned};
use super::forms_args::FormsArgs;
use super::holding::hold;
use super::{CommandError, Exit, Said};
use crate::pipeline::{self, FormRequest, Issued, IssuedFile};

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
    let mut text = format!("发出表单{}份，预填项目{rows}行：{}\n\n", issued.forms.len(), issued.folder.display());
    let line = |form: &IssuedFile| {
        let from = form.last.map_or_else(|| "台账没有以前的数".to_owned(), |last| format!("取自{}", last.in_words()));
        vec![form.file.clone(), format!("{}行", form.rows), from]
    };
    let lines: Vec<Vec<String>> = issued.forms.iter().map(line).collect();
    text += &aligned("  ", &[Side::Left, Side::Right, Side::Left], &lines);
    if !issued.without.is_empty() {
        let units = issued.without.join("、");
        let _ = write!(
            text,
            "\n没有规定要报哪种表、没有发的单位：{units}\n请在设置表“报送”写明，或用 --unit 和 --book 指定。\n"
        );
    }
    if !issued.removed.is_empty() {
        let _ = write!(text, "\n不再要报、已收回的表单：{}\n", issued.removed.join("、"));
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
