//! `wuzhang runs` and `wuzhang rerun`: the recorded runs of each period, and periods run again in order.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::aligned::{Side, aligned};
use super::diff::recorded_figure;
use super::holding::hold;
use super::ledger_args::{RerunArgs, RunsArgs};
use super::progress::Shown;
use super::{CommandError, Exit, RunSummary, Said, interrupt, words};
use crate::finding::Level;
use crate::ledger::{Ledger, LedgerError, Run};
use crate::period::Period;
use crate::pipeline;
use crate::profile::Profile;
use crate::say;
use crate::workspace::Doing;
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
            true => say!("runs-new", number = run.number),
            false => say!("runs-same", number = run.number),
        });
        let found = if found == 0 { String::new() } else { say!("runs-errors", count = found) };
        lines.push(vec![period.to_string(), say!("runs-rows", count = summary.merged), told, found]);
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
            text += &format!("{}\n", words::period(period));
            text += &described(each.collect(), &workspace);
        }
    }
    if text.is_empty() {
        text = say!("runs-none") + "\n";
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
        return format!("  {}\n", say!("runs-bare"));
    }
    let lines: Vec<Vec<String>> = runs
        .into_iter()
        .map(|(number, stands, run)| {
            let mark = if stands { say!("runs-stands") } else { String::new() };
            let told = match &run {
                Ok(run) => told_of(run, workspace),
                Err(error) => say!("runs-damaged", fault = error),
            };
            let name = run.map_or_else(|_| number.to_string(), |run| run.name());
            vec![say!("runs-number", number = number), name, mark, told]
        })
        .collect();
    aligned("  ", &[Side::Left, Side::Left, Side::Left, Side::Left], &lines)
}

/// What a run was made from, and whether that is what the workspace states today.
fn told_of(run: &Run, workspace: &Workspace) -> String {
    let rows: usize = run.manifest.rows.values().sum();
    let (files, program) = (run.manifest.inputs.len(), &run.manifest.program);
    let today =
        workspace.settings.as_ref().and_then(|path| fs::read(path).ok()).map(|bytes| crate::ledger::sha256(&bytes));
    match run.manifest.files.get(SETTINGS) == today.as_ref() {
        true => say!("runs-of", files = files, rows = rows, program = program),
        false => say!("runs-of-other", files = files, rows = rows, program = program),
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
    let refused = |source| WorkspaceError::Io { action: Doing::Writing, path: folder.to_owned(), source };
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
    let of = words::period(run.manifest.period);
    Ok(format!("{}\n{text}", say!("runs-taken-out", period = of, number = run.number)))
}

/// The rankings as a run gave them.
fn places(run: &Run, workspace: &Workspace) -> Result<String, CommandError> {
    let profile = workspace.load_profile().unwrap_or_else(|_| Profile::built_in());
    let mut lines = Vec::new();
    for ranking in run.places()? {
        for row in &ranking.rows {
            for figure in &row.figures {
                let (title, value) = recorded_figure(&profile, &ranking.book, figure);
                lines.push(vec![ranking.title.clone(), row.group.clone(), title, value, words::place(row.place)]);
            }
        }
    }
    Ok(aligned("", &[Side::Left, Side::Left, Side::Left, Side::Right, Side::Right], &lines))
}
