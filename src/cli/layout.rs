//! `wuzhang layout`: what the office decided about doubtful layouts, kept, listed and forgotten.

use super::aligned::{Side, aligned, shortened};
use super::commands::last_month;
use super::holding::hold;
use super::layout_args::{ConfirmArgs, ForgetArgs, LayoutCommand, ListArgs};
use super::{CommandError, Exit, Said};
use crate::layout::ConfirmedLayout;
use crate::pipeline::memory::{self, Decision};
use crate::profile::Profile;

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
    let path = workspace.layouts.display();
    Ok(format!("{}\n已记入 {path}，同样的版式以后都照此读取。\n", told(&layout, &profile)))
}

/// A decision in full.
fn told(layout: &ConfirmedLayout, profile: &Profile) -> String {
    let book = profile.book(&layout.book);
    let title = book.map_or("不是账册的表", |book| &book.title);
    let unit = if layout.unit.is_empty() { "没有写明" } else { &layout.unit };
    let mut text = format!("版式 {}\n  账册：{title}\n  填报单位：{unit}\n", layout.fingerprint);
    if !layout.money.is_empty() {
        text += &format!("  金额单位：{}（表中没有写明时）\n", layout.money);
    }
    if !layout.stale.is_empty() {
        text += &format!("  表头中的{}按本期读取\n", layout.stale.join("、"));
    }
    let line = |heading: &String| {
        let (letter, words) = heading.split_once(' ').unwrap_or((heading, ""));
        let field = layout.columns.get(letter);
        let title = field.map_or("不用", |id| book.and_then(|book| book.field(id)).map_or(id, |field| &field.title));
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
        let book = profile.book(&layout.book).map_or("不是账册", |book| &book.title);
        vec![
            layout.fingerprint.clone(),
            layout.unit.clone(),
            book.to_owned(),
            format!("{}列", layout.columns.len()),
            layout.by.clone(),
            shortened(&layout.reason, WIDEST),
        ]
    };
    let lines: Vec<Vec<String>> = confirmed.iter().map(line).collect();
    match lines.is_empty() {
        true => Ok("还没有确认过版式\n".to_owned()),
        false => Ok(aligned("", &[Side::Left; 6], &lines)),
    }
}

fn forget(args: &ForgetArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let said = |text: String, exit| Ok(Said { text, exit });
    let _held = hold(&workspace, "layout forget", true)?;
    match memory::forget(&workspace, &args.fingerprint)? {
        Some(layout) => {
            let unit = if layout.unit.is_empty() { String::new() } else { format!("（{}）", layout.unit) };
            said(format!("版式 {}{unit}不再照确认的读，下次按表头重新判读。\n", layout.fingerprint), Exit::Clean)
        }
        None => {
            said(format!("没有确认过版式 {}；用 wuzhang layout list 查看全部。\n", args.fingerprint), Exit::WrongUse)
        }
    }
}
