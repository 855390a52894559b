//! `wuzhang` alone: where the month stands and what to do next; outside a workspace, the short help.

use std::env;
use std::path::Path;

use super::commands::{last_month, quoted};
use super::{CommandError, Exit, Said, words};
use crate::lang::known;
use crate::period::Period;
use crate::pipeline::{self, Standing, Stood};
use crate::say;
use crate::workspace::{CONFIG, Level, Workspace};

/// `wuzhang`
pub(super) fn stands() -> Result<Said, CommandError> {
    let here = env::current_dir()?;
    let Some(root) = here.ancestors().find(|folder| folder.join(CONFIG).is_file()) else {
        return Ok(Said { text: short_help(), exit: Exit::Clean });
    };
    // In the workspace itself commands are as short as they can be.
    let root = if root == here { Path::new(".") } else { root };
    let workspace = Workspace::open(root)?;
    let text = told(&workspace, &quoted(&root.to_string_lossy()), pipeline::standing(&workspace)?.as_ref());
    Ok(Said { text, exit: Exit::Clean })
}

/// What the program does, how it begins, where the rest is told.
fn short_help() -> String {
    let part = |id: &str| known(id).unwrap_or_default();
    let examples = part("help-top.examples");
    // What an exit status means is for the long help.
    let examples = examples.split("\n\n").next().unwrap_or_default();
    format!("{}\n\n{examples}\n\n{}\n", part("help-top"), say!("stands-help"))
}

fn told(workspace: &Workspace, root: &str, standing: Option<&Standing>) -> String {
    let county = workspace.county.clone().unwrap_or_else(|| root.to_owned());
    let Some(standing) = standing else {
        let period = last_month();
        let inbox = workspace.inbox(period);
        let first = next("run", root, period);
        return format!(
            "{county}\n  {}\n\n{}\n  {}\n  {first}\n",
            say!("stands-empty"),
            say!("stands-next"),
            say!("stands-put", inbox = inbox.display()),
        );
    };
    let files = say!("stands-files", period = words::period(standing.period), files = standing.files);
    let lines: Vec<String> = how(standing).iter().map(|line| format!("  {line}\n")).collect();
    let steps: Vec<String> = steps(workspace, root, standing).iter().map(|line| format!("  {line}\n")).collect();
    format!("{county}\n  {files}\n{}\n{}\n{}", lines.concat(), say!("stands-next"), steps.concat())
}

/// How the period stands, a line a thing.
fn how(standing: &Standing) -> Vec<String> {
    let Some(run) = &standing.run else { return vec![say!("stands-not-run")] };
    let mut lines = vec![match (run.files_changed, run.stated_changed) {
        (0, false) => say!("stands-current", number = run.number),
        (0, true) => say!("stands-stated-changed", number = run.number),
        (files, _) => say!("stands-files-changed", number = run.number, files = files),
    }];
    lines.push(match run.errors {
        0 => say!("stands-clean"),
        errors => say!("stands-errors", count = errors),
    });
    lines.push(match (standing.sent, run.quick) {
        (_, true) => say!("stands-quick"),
        (0, false) => say!("stands-not-sent"),
        (sent, false) => say!("stands-sent", count = sent),
    });
    lines
}

/// What to do next, the first thing first.
fn steps(workspace: &Workspace, root: &str, standing: &Standing) -> Vec<String> {
    let period = standing.period;
    let step = |command| next(command, root, period);
    let is_current = |run: &&Stood| run.files_changed == 0 && !run.stated_changed && !run.quick;
    let mut steps = match standing.run.as_ref().filter(is_current) {
        None => vec![step("run")],
        Some(run) => {
            let report = workspace.out(period);
            let look = say!("stands-look", folder = report.display());
            let send = (standing.sent == 0).then(|| step("send"));
            let remind = (run.errors > 0 && standing.sent > 0).then(|| step("remind"));
            [Some(look), send, remind].into_iter().flatten().collect()
        }
    };
    if workspace.level == Level::County {
        steps.push(step("status"));
    }
    steps
}

/// A command as it is typed, with what it does.
fn next(command: &str, root: &str, period: Period) -> String {
    let line = format!("wuzhang {command} {root} --period {period}");
    match command {
        "run" => say!("stands-run", command = line),
        "send" => say!("stands-send", command = line),
        "remind" => say!("stands-remind", command = line),
        _ => say!("stands-status", command = line),
    }
}
