//! `wuzhang runs` and `wuzhang rerun`: the recorded runs of each period, and periods run again in order.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::aligned::{Side, aligned};
use super::diff::recorded_figure;
use super::holding::hold;
use super::ledger_args::{RerunArgs, RunsArgs};
use super::progress::Shown;
use super::{CommandError, Exit, RunSummary, Said, interrupt};
use crate::finding::Level;
use crate::ledger::{Ledger, LedgerError, Run};
use crate::period::Period;
use crate::pipeline;
use crate::profile::Profile;
use crate::workspace::{LAYOUTS, SETTINGS, WholeFolder, Workspace, WorkspaceError};

/// `wuzhang rerun`
pub(super) fn rerun(args: &RerunArgs) -> Result<Said, CommandError> {
    interrupt::arrange();
    let workspace = args.at.open()?;
    let _held = hold(&workspace, format_args!("rerun {}", args.from), args.wait)?;
    let (mut lines, mut errors) = (Vec::new(), 0);
    let mut done = |period: Period, outcome: pipeline::Outcome| {
        let summary = RunSummary::of(&outcome);
        let found = summary.count(Level::Error) + summary.unopened;
        errors += found;
        let told = summary.recorded.as_ref().map_or_else(String::new, |run| match run.is_new {
            true => format!("记为第{}次运行", run.number),
            false => format!("与第{}次运行相同", run.number),
        });
        let found = if found == 0 { String::new() } else { format!("强制性问题{found}条") };
        lines.push(vec![period.to_string(), format!("{}行", summary.merged), told, found]);
    };
    let shown = Shown::new(false);
    let hear = |step| shown.hear(step);
    let ended = pipeline::rerun(&workspace, (args.from, args.to), &args.known(), (&hear, &mut done));
    drop(shown);
    let text = aligned("", &[Side::Left, Side::Right, Side::Left, Side::Left], &lines);
    match ended {
        Ok(()) => Ok(Said { text, exit: Exit::done(errors) }),
        Err(error) if lines.is_empty() => Err(error.into()),
        Err(error) => {
            super::print(&text)?;
            Err(error.into())
        }
    }
}

/// `wuzhang runs`
pub(super) fn runs(args: &RunsArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let ledger = Ledger::of(&workspace);
    if let (Some(period), Some(given)) = (args.period, &args.run) {
        let run = ledger.run(period, given)?;
        let text = match &args.to {
            Some(folder) => taken_out(&run, folder)?,
            None => places(&run, &workspace)?,
        };
        return Ok(Said { text, exit: Exit::Clean });
    }
    let periods = ledger.periods()?;
    let periods: Vec<Period> =
        periods.into_iter().filter(|period| args.period.is_none_or(|only| only == *period)).collect();
    if let (Some(period), true) = (args.period, periods.is_empty()) {
        return Err(LedgerError::NoRun(period).into());
    }
    let (mut text, mut damaged) = (String::new(), 0);
    for period in periods {
        let runs = ledger.runs(period)?;
        let count = runs.len();
        damaged += runs.iter().filter(|run| run.is_err()).count();
        let each = runs.into_iter().enumerate().map(|(at, run)| (at + 1, at + 1 == count, run));
        if args.json {
            text.extend(each.map(|(number, stands, run)| format!("{}\n", line(period, number, stands, &run))));
        } else {
            text += &format!("{}\n", period.in_words());
            text += &described(each.collect(), &workspace);
        }
    }
    if text.is_empty() {
        text = "台账里还没有运行记录：请先运行 wuzhang run\n".to_owned();
    }
    Ok(Said { text, exit: Exit::done(damaged) })
}

type Listed = (usize, bool, Result<Run, LedgerError>);

fn line(period: Period, number: usize, stands: bool, run: &Result<Run, LedgerError>) -> Value {
    match run {
        Ok(run) => json!({
            "period": period.to_string(),
            "run": number,
            "digest": run.digest,
            "stands": stands,
            "program": run.manifest.program,
            "files": run.manifest.inputs.len(),
            "rows": run.manifest.rows,
            "documents": documents(run).collect::<Vec<_>>(),
        }),
        Err(error) => {
            json!({"period": period.to_string(), "run": number, "stands": stands, "damaged": error.to_string()})
        }
    }
}

/// A period's runs for people.
fn described(runs: Vec<Listed>, workspace: &Workspace) -> String {
    if runs.is_empty() {
        return "  只有数据，没有运行记录（由旧版本写成）\n".to_owned();
    }
    let lines: Vec<Vec<String>> = runs
        .into_iter()
        .map(|(number, stands, run)| {
            let mark = if stands { "现用" } else { "" };
            let told = match &run {
                Ok(run) => {
                    let rows: usize = run.manifest.rows.values().sum();
                    let files = run.manifest.inputs.len();
                    format!("{files}个文件，{rows}行，{}，{}", settings(run, workspace), run.manifest.program)
                }
                Err(error) => format!("已损坏：{error}"),
            };
            let name = run.map_or_else(|_| number.to_string(), |run| run.name());
            vec![format!("第{number}次"), name, mark.to_owned(), told]
        })
        .collect();
    aligned("  ", &[Side::Left, Side::Left, Side::Left, Side::Left], &lines)
}

/// Whether a run was made with what the workspace states today.
fn settings(run: &Run, workspace: &Workspace) -> &'static str {
    let today =
        workspace.settings.as_ref().and_then(|path| fs::read(path).ok()).map(|bytes| crate::ledger::sha256(&bytes));
    match run.manifest.files.get(SETTINGS) == today.as_ref() {
        true => "设置表与现在相同",
        false => "设置表与现在不同",
    }
}

fn documents(run: &Run) -> impl Iterator<Item = &str> {
    run.names_in("documents/").filter_map(|name| name.strip_prefix("documents/"))
}

/// Puts what a run made, and what it was made with, into an empty folder.
fn taken_out(run: &Run, folder: &Path) -> Result<String, CommandError> {
    if folder.exists() && fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(CommandError::Taken(folder.to_owned()));
    }
    let refused = |source| WorkspaceError::Io { action: "写入", path: folder.to_owned(), source };
    let whole = WholeFolder::begin(folder).map_err(refused)?;
    let mut text = String::new();
    let stated = [SETTINGS, LAYOUTS].into_iter().chain(run.names_in("profile/"));
    for (name, from) in
        documents(run).map(|name| (name, format!("documents/{name}"))).chain(stated.map(|name| (name, name.to_owned())))
    {
        let Some(bytes) = run.file(&from)? else { continue };
        let path = whole.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(refused)?;
        fs::write(&path, bytes).map_err(refused)?;
        text += &format!("  {}\n", folder.join(name).display());
    }
    whole.commit().map_err(refused)?;
    Ok(format!("{}第{}次运行的成果和当时的设置：\n{text}", run.manifest.period.in_words(), run.number))
}

/// The rankings as a run gave them.
fn places(run: &Run, workspace: &Workspace) -> Result<String, CommandError> {
    let profile = workspace.load_profile().unwrap_or_else(|_| Profile::built_in());
    let mut lines = Vec::new();
    for ranking in run.places()? {
        for row in &ranking.rows {
            for figure in &row.figures {
                let (title, value) = recorded_figure(&profile, &ranking.book, figure);
                let place = row.place.map_or_else(String::new, |place| format!("第{place}名"));
                lines.push(vec![ranking.title.clone(), row.group.clone(), title, value, place]);
            }
        }
    }
    Ok(aligned("", &[Side::Left, Side::Left, Side::Left, Side::Right, Side::Right], &lines))
}
