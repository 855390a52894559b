//! `wuzhang status`: how a month's reporting stands, for people and for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use super::aligned::{Side, aligned, shortened};
use super::at_args::MonthArgs;
use super::progress::Shown;
use super::{CommandError, Exit, Said};
use crate::pipeline::{self, Status};
use crate::register::{self, Report, Share};

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
    let mut text = format!("{}报送情况：{}个单位，应报{owed}份\n", status.period.in_words(), status.units.len());
    if !status.inbox {
        text += "收件箱里还没有这个报告期的文件夹。\n";
    }
    let head = ["单位", "报表", "状态", "期限", "收到时间", "依据", "行数", "文件", "说明"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    lines.extend(status.reports.iter().map(|report| line(report, status)));
    let sides =
        [Side::Left, Side::Left, Side::Left, Side::Left, Side::Left, Side::Left, Side::Right, Side::Left, Side::Left];
    let _ = write!(text, "\n{}", aligned("  ", &sides, &lines));
    let _ = write!(
        text,
        "\n按份数  {}\n按单位  {}\n",
        list(&register::by_report(&status.reports), "份"),
        list(&register::by_unit(&status.units), "个")
    );
    if !status.unknown.is_empty() {
        let _ = writeln!(text, "\n看不出是哪个单位的文件：{}", status.unknown.join("、"));
    }
    if !status.absent.is_empty() {
        let _ = writeln!(text, "\n设置表“收文”登记了、收件箱里没有的文件：{}", status.absent.join("、"));
    }
    if !status.former.is_empty() {
        text += "\n收到过、现已不在收件箱的文件：\n";
        for receipt in &status.former {
            let digest: String = receipt.sha256.chars().take(12).collect();
            let _ = writeln!(text, "  {}（{digest}）", receipt.file);
        }
    }
    text
}

fn line(report: &Report, status: &Status) -> Vec<String> {
    let extra = if report.owed { "" } else { "（额外）" };
    let came = report.received;
    vec![
        report.unit.clone(),
        register::title(report, &status.profile).to_owned(),
        format!("{}{extra}", report.in_words()),
        report.due.to_string(),
        came.map_or_else(|| "—".to_owned(), |came| came.at.to_string()),
        came.map_or_else(|| "—".to_owned(), |came| came.by.title().to_owned()),
        report.rows.to_string(),
        shortened(&report.files.join("、"), WIDEST),
        shortened(&report.note, WIDEST),
    ]
}

fn list(shares: &[Share], unit: &str) -> String {
    let each = shares.iter().map(|share| format!("{}{}{unit}({})", share.title, share.count, share.percent()));
    each.collect::<Vec<_>>().join("  ")
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
