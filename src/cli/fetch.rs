//! `wuzhang fetch`: reports that came by mail, into the inbox.

use std::fmt::Write;
use std::io::IsTerminal;

use chrono::NaiveDate;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

use super::at_args::MonthArgs;
use super::holding::hold;
use super::{CommandError, Exit, Said};
use crate::deliver::fetch::{Fetched, Left, Taken, Window};
use crate::lang::list;
use crate::pipeline::{self, FetchRequest};
use crate::say;

#[derive(Debug, Args)]
pub(super) struct FetchArgs {
    #[command(flatten)]
    month: MonthArgs,
    /// Mails received from this day on, such as 2026-10-25.
    #[arg(long, value_parser = day)]
    since: Option<NaiveDate>,
    /// Mails received up to this day, with it.
    #[arg(long, value_parser = day)]
    until: Option<NaiveDate>,
    /// Fetch mails again that were fetched and then moved out of the inbox.
    #[arg(long)]
    again: bool,
    /// Where another program uses the workspace, wait until it has done.
    #[arg(long)]
    wait: bool,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| say!("fetch-no-day", text = text))
}

/// `wuzhang fetch`
pub(super) fn fetch(args: &FetchArgs) -> Result<Said, CommandError> {
    let workspace = args.month.at.open()?;
    let _held = hold(&workspace, format_args!("fetch {}", args.month.at.period), args.wait)?;
    let given = |name: &str| std::env::var(name).ok().filter(|word| !word.is_empty());
    let request = FetchRequest {
        since: args.since,
        until: args.until,
        again: args.again,
        password: given("WUZHANG_IMAP_PASSWORD").or_else(|| given("WUZHANG_MAIL_PASSWORD")),
    };
    let bar = bar(!args.month.json && std::io::stderr().is_terminal());
    let progress = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let fetched = pipeline::fetch_mail(&workspace, args.month.at.period, request, &progress);
    bar.finish_and_clear();
    let (window, fetched) = fetched?;
    let inbox = workspace.inbox(args.month.at.period);
    let text = match args.month.json {
        true => format!("{:#}\n", for_programs(&window, &fetched)),
        false => for_people(&window, &fetched, &inbox.display().to_string()),
    };
    let to_look_at = fetched.left.iter().filter(|left| left.why.needs_a_look()).count();
    Ok(Said { text, exit: Exit::done(to_look_at) })
}

/// How far it is, where somebody sits before it.
fn bar(shown: bool) -> ProgressBar {
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("… {msg} {bar:30} {pos}/{len}");
    let bar = ProgressBar::with_draw_target(None, target);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_message(say!("progress-fetching"))
}

fn for_people(window: &Window, fetched: &Fetched, inbox: &str) -> String {
    let mut text = say!(
        "fetch-done",
        from = window.from,
        to = window.to,
        taken = fetched.taken.len(),
        already = fetched.already,
        removed = fetched.removed,
        left = fetched.left.len(),
    ) + "\n";
    if !fetched.taken.is_empty() {
        let _ = writeln!(text, "\n{}", say!("fetch-taken", inbox = inbox));
        fetched.taken.iter().for_each(|taken| text += &taken_line(taken));
    }
    if !fetched.left.is_empty() {
        let _ = writeln!(text, "\n{}", say!("fetch-left"));
        fetched.left.iter().for_each(|left| text += &left_line(left));
    }
    if fetched.removed > 0 {
        let _ = writeln!(text, "\n{}", say!("fetch-again"));
    }
    text
}

fn taken_line(taken: &Taken) -> String {
    let (sender, subject) = (told(taken.sender.as_ref()), told(taken.subject.as_ref()));
    let attachments = list(&taken.attachments);
    let line = say!("fetch-taken-of", file = taken.file, sender = sender, subject = subject, attachments = attachments);
    format!("  {line}\n")
}

fn left_line(left: &Left) -> String {
    let (sender, subject) = (told(left.sender.as_ref()), told(left.subject.as_ref()));
    let day = left.day.clone().unwrap_or_else(|| say!("fetch-no-date"));
    let line = say!("fetch-left-of", day = day, sender = sender, subject = subject, why = left.why.in_words());
    format!("  {line}\n")
}

/// A header as it can stand on a terminal.
fn told(header: Option<&String>) -> String {
    let plain = |text: &String| text.chars().filter(|c| !c.is_control()).collect();
    header.map_or_else(|| say!("fetch-unsaid"), plain)
}

fn for_programs(window: &Window, fetched: &Fetched) -> Value {
    json!({
        "from": window.from,
        "to": window.to,
        "taken": fetched.taken,
        "already": fetched.already,
        "removed": fetched.removed,
        "left": fetched.left.iter().map(|left| json!({
            "day": left.day,
            "sender": left.sender,
            "subject": left.subject,
            "why": left.why,
            "words": left.why.in_words(),
        })).collect::<Value>(),
    })
}
