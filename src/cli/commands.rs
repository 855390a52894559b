//! The commands: each calls one function of the program and says what came of it.

use std::fmt::Write;

use super::args::{InitArgs, InspectArgs, MeasuresArgs, RunArgs};
use super::{CommandError, Exit, RunSummary, Said};
use super::{file_line, file_text, measure_lines, measure_text, print_run, run_json, sheet_line, sheet_text};
use crate::finding::Level;
use crate::period::Period;
use crate::pipeline::{self, InspectedSheet};
use crate::profile::Profile;
use crate::publish::settings_form;
use crate::workspace::Workspace;

/// `wuzhang init`
pub(super) fn init(args: &InitArgs) -> Result<Said, CommandError> {
    let made = Workspace::init(&args.folder, &settings_form()?)?;
    let mut text = format!("新建了工作区 {}：\n", args.folder.display());
    for path in made {
        let _ = writeln!(text, "  {}", path.display());
    }
    text += "\n接下来：\n  1. 在 settings.xlsx 中填写单位、领导、目标；\n  \
             2. 把各单位报来的表放进 inbox/报告期/，如 inbox/2026-10/；\n";
    let _ = writeln!(text, "  3. 运行 wuzhang run {} --period 2026-10", args.folder.display());
    Ok(Said { text, exit: Exit::Clean })
}

/// `wuzhang run`
pub(super) fn run(args: &RunArgs) -> Result<Said, CommandError> {
    let workspace = Workspace::open(&args.workspace)?;
    let outcome = pipeline::run(&workspace, args.period, &progress(args.quiet || args.json))?;
    let summary = RunSummary::of(&outcome);
    let errors = summary.count(Level::Error) + summary.unopened;
    let text = match (args.json, args.quiet && errors == 0) {
        (true, _) => format!("{}\n", run_json(&summary)),
        (false, true) => String::new(),
        (false, false) => print_run(&summary),
    };
    Ok(Said { text, exit: Exit::done(errors) })
}

/// Where a run stands, on standard error so that the result can be piped.
fn progress(quiet: bool) -> impl Fn(&str) {
    move |step| {
        if !quiet {
            let _ = std::io::Write::write_fmt(&mut std::io::stderr().lock(), format_args!("… {step}\n"));
        }
    }
}

/// `wuzhang inspect`
pub(super) fn inspect(args: &InspectArgs) -> Result<Said, CommandError> {
    let profile = Profile::load(args.profile.as_deref())?;
    let sheets = pipeline::inspect(&args.files, &profile, args.period, last_month());
    let told: Vec<String> = sheets.iter().map(|sheet| inspected(sheet, &profile, args.json)).collect();
    let unopened = sheets.iter().filter(|sheet| !sheet.file.opened()).count();
    let between = if args.json { "" } else { "\n" };
    Ok(Said { text: told.join(between), exit: Exit::done(unopened) })
}

fn inspected(sheet: &InspectedSheet, profile: &Profile, json: bool) -> String {
    let Some((grid, layout)) = &sheet.read else {
        return if json { format!("{}\n", file_line(&sheet.file)) } else { file_text(&sheet.file) };
    };
    let (file, grid, table) = (&sheet.file, &sheet.file.grids[*grid], sheet.table.as_ref());
    let book = layout.book.as_deref().and_then(|id| profile.book(id));
    match json {
        true => format!("{}\n", sheet_line(file, grid, layout, table, book)),
        false => sheet_text(file, grid, layout, table, book),
    }
}

/// `wuzhang measures`
pub(super) fn measures(args: &MeasuresArgs) -> Result<Said, CommandError> {
    let workspace = Workspace::open(&args.workspace)?;
    let rankings = pipeline::measures(&workspace, args.period)?;
    let text = match args.json {
        true => measure_lines(&rankings).iter().map(|line| format!("{line}\n")).collect(),
        false => measure_text(&rankings),
    };
    Ok(Said { text, exit: Exit::Clean })
}

/// The month before today's, for files that do not say theirs: the one place that asks the clock.
fn last_month() -> Period {
    use chrono::Datelike;
    let today: chrono::DateTime<chrono::Utc> = std::time::SystemTime::now().into();
    Period::new(today.year(), today.month()).map_or_else(first_period, Period::previous)
}

/// Where the machine's clock is out of all bounds.
fn first_period() -> Period {
    Period::new(2000, 1).expect("January 2000 is a period")
}
