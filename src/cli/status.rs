//! `wuzhang status`: how a month's reporting stands, for people and for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use super::aligned::{Side, aligned, shortened};
use super::at_args::MonthArgs;
use super::progress::Shown;
use super::words::period;
use super::{CommandError, Exit, Said};
use crate::lang::{self, term};
use crate::pipeline::{self, Status};
use crate::register::{self, Report, Share, State};
use crate::say;

/// The places of a file's name, or of a remark, on a terminal.
const WIDEST: usize = 44;

/// `wuzhang status`
pub(super) fn status(args: &MonthArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let shown = Shown::new(args.json);
    let status = pipeline::status(&workspace, args.at.period, &|step| shown.hear(step))?;
    drop(shown);
    let text = if args.json { format!("{:#}\n", status_json(&status)) } else { status_text(&status) };
    Ok(Said { text, exit: Exit::Clean })
}

/// For people: a line a unit and report, then how many are in each state.
pub fn status_text(status: &Status) -> String {
    let owed = status.reports.iter().filter(|report| report.owed).count();
    let mut text = say!("status-title", period = period(status.period), units = status.units.len(), owed = owed) + "\n";
    if !status.inbox {
        let _ = writeln!(text, "{}", say!("status-no-inbox"));
    }
    let mut lines = vec![head()];
    lines.extend(status.reports.iter().map(|report| line(report, status)));
    let sides =
        [Side::Left, Side::Left, Side::Left, Side::Left, Side::Left, Side::Left, Side::Right, Side::Left, Side::Left];
    let _ = write!(text, "\n{}", aligned("  ", &sides, &lines));
    let of = |share: &Share| (term(share.title), share.count, share.percent());
    let (by_report, by_unit) = (register::by_report(&status.reports), register::by_unit(&status.units));
    let by_report = by_report
        .iter()
        .map(of)
        .map(|(state, count, percent)| say!("status-reports-of", state = state, count = count, percent = percent));
    let by_unit = by_unit
        .iter()
        .map(of)
        .map(|(state, count, percent)| say!("status-units-of", state = state, count = count, percent = percent));
    let each = |shares: Vec<String>| shares.join("  ");
    let _ = writeln!(text, "\n{}", say!("status-by-report", each = each(by_report.collect())));
    let _ = writeln!(text, "{}", say!("status-by-unit", each = each(by_unit.collect())));
    if !status.unknown.is_empty() {
        let _ = writeln!(text, "\n{}", say!("status-unknown", files = lang::list(&status.unknown)));
    }
    if !status.absent.is_empty() {
        let _ = writeln!(text, "\n{}", say!("status-absent", files = lang::list(&status.absent)));
    }
    if !status.former.is_empty() {
        let _ = writeln!(text, "\n{}", say!("status-former"));
        for receipt in &status.former {
            let digest: String = receipt.sha256.chars().take(12).collect();
            let _ = writeln!(text, "  {}", say!("status-former-of", file = receipt.file, digest = digest));
        }
    }
    text
}

fn head() -> Vec<String> {
    vec![
        say!("status-unit"),
        say!("status-report"),
        say!("status-state"),
        say!("status-due"),
        say!("status-came"),
        say!("status-by"),
        say!("status-rows"),
        say!("status-file"),
        say!("status-note"),
    ]
}

fn line(report: &Report, status: &Status) -> Vec<String> {
    let came = report.received;
    vec![
        report.unit.clone(),
        register::title(report, &status.profile).to_owned(),
        if report.owed { state(report) } else { say!("status-extra", state = state(report)) },
        report.due.to_string(),
        came.map_or_else(|| "—".to_owned(), |came| came.at.to_string()),
        came.map_or_else(|| "—".to_owned(), |came| term(came.by.title())),
        report.rows.to_string(),
        shortened(&lang::list(&report.files), WIDEST),
        shortened(&report.note, WIDEST),
    ]
}

/// A report's state: 迟报2天, 退改1次.
fn state(report: &Report) -> String {
    match report.state {
        State::Late => say!("status-late", days = report.days_late.unwrap_or_default()),
        State::Returned => say!("status-returned", times = report.returns),
        other => term(other.title()),
    }
}

/// For programs.
pub fn status_json(status: &Status) -> Value {
    let shares = |shares: &[Share]| -> Value {
        shares
            .iter()
            .map(|share| json!({"state": share.title, "count": share.count, "percent": share.percent()}))
            .collect()
    };
    let report = |report: &Report| {
        json!({
            "unit": report.unit,
            "book": report.book,
            "title": register::title(report, &status.profile),
            "owed": report.owed,
            "state": report.state,
            "words": report.in_words(),
            "due": report.due,
            "received": report.received.map(|came| came.at),
            "by": report.received.map(|came| came.by),
            "days_late": report.days_late,
            "returns": report.returns,
            "rows": report.rows,
            "files": report.files,
            "replaced": report.replaced,
            "note": report.note,
        })
    };
    json!({
        "period": status.period,
        "inbox": status.inbox,
        "reports": status.reports.iter().map(report).collect::<Value>(),
        "units": status.units.iter().map(|unit| json!({"unit": unit.unit, "state": unit.state, "owed": unit.owed})).collect::<Value>(),
        "by_report": shares(&register::by_report(&status.reports)),
        "by_unit": shares(&register::by_unit(&status.units)),
        "unknown": status.unknown,
        "absent": status.absent,
        "former": status.former.iter().map(|receipt| json!({"file": receipt.file, "sha256": receipt.sha256})).collect::<Value>(),
    })
}
