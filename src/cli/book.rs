//! `wuzhang book`: a form of the office's own, drafted from a workbook and checked.

use std::fmt::Write;

use super::aligned::{Side, aligned};
use super::book_args::{BookCheckArgs, BookCommand, BookNewArgs};
use super::commands::last_month;
use super::{CommandError, Exit, Said};
use crate::check;
use crate::draft::Draft;
use crate::origin::column_letters;
use crate::pipeline::{DraftRequest, RunError, draft_book, draft_text};
use crate::profile::{Kind, Profile};
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
    let mut text = format!("由工作表“{}”起草了账册“{}”：{}\n\n", made.sheet, made.draft.title, made.path.display());
    text += &fields(&made.draft);
    let _ = write!(text, "\n照此读取：{}行。", made.records);
    text += match made.records {
        0 => "没有读到行，请核对文件中的 words 和各字段的 spellings。\n",
        _ => "请核对各列的类型和名称，改正后运行 wuzhang book check 检查。\n",
    };
    Ok(text)
}

/// The fields of a draft, a line each.
fn fields(draft: &Draft) -> String {
    let line = |field: &crate::draft::DraftField| {
        let subject = if field.id == draft.subject { "（每行说的是它）" } else { "" };
        vec![
            column_letters(field.column),
            field.spelling.clone(),
            format!("→ {}", field.id),
            format!("{}{subject}", kind(field.kind)),
        ]
    };
    aligned("  ", &[Side::Left; 4], &draft.fields.iter().map(line).collect::<Vec<_>>())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Amount => "金额",
        Kind::Rate => "比率",
        Kind::Count => "个数",
        Kind::Number => "数值",
        Kind::Date => "日期",
        Kind::Choice => "选项",
        Kind::Text => "文字",
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
            format!("{}个字段", book.fields.len()),
            format!("{}条规则", book.rules.len()),
            format!("{}个指标", book.measures.len()),
            format!("{rankings}个排名"),
        ]
    };
    let lines: Vec<Vec<String>> = profile.books.iter().map(line).collect();
    let sides = [Side::Left, Side::Left, Side::Right, Side::Right, Side::Right, Side::Right];
    Ok(format!("账册和口径没有错误：\n{}", aligned("  ", &sides, &lines)))
}
