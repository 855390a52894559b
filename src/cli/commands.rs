//! The commands: each calls one function of the program and says what came of it.

use std::fmt::Write;

use super::args::{InitArgs, InspectArgs, RunArgs};
use super::at_args::MonthArgs;
use super::holding::hold;
use super::progress::Shown;
use super::{CommandError, Exit, RunSummary, Said, complain, interrupt};
use super::{file_line, file_text, measure_lines, measure_text, print_run, run_json, sheet_line, sheet_text};
use crate::finding::Level;
use crate::layout::Layout;
use crate::period::Period;
use crate::pipeline::{self, InspectedSheet, Inspection};
use crate::profile::Profile;
use crate::publish::settings_form;
use crate::say;
use crate::workspace::Workspace;

/// `wuzhang init`
pub(super) fn init(args: &InitArgs) -> Result<Said, CommandError> {
    let made = Workspace::init(&args.folder, &settings_form()?)?;
    let folder = args.folder.display();
    let mut text = say!("init-made", folder = folder) + "\n";
    for path in made {
        let _ = writeln!(text, "  {}", path.display());
    }
    let steps = [say!("init-settings"), say!("init-inbox"), say!("init-run", folder = folder)];
    let _ = writeln!(text, "\n{}", say!("init-next"));
    steps.iter().for_each(|step| text += &format!("  {step}\n"));
    Ok(Said { text, exit: Exit::Clean })
}

/// `wuzhang run`
pub(super) fn run(args: &RunArgs) -> Result<Said, CommandError> {
    interrupt::arrange();
    let mut workspace = args.at.open()?;
    workspace.cache = workspace.cache.filter(|_| !args.no_cache);
    workspace.quick = args.quick;
    let _held = hold(&workspace, format_args!("run {}", args.at.period), args.wait)?;
    let shown = Shown::new(args.quiet || args.json);
    let outcome = pipeline::run_known(&workspace, args.at.period, &args.known, &|step| shown.hear(step))?;
    let times = shown.times();
    drop(shown);
    if args.times {
        complain(&times);
    }
    let summary = RunSummary::of(&outcome);
    let errors = summary.count(Level::Error) + summary.unopened;
    let text = match (args.json, args.quiet && errors == 0) {
        (true, _) => format!("{}\n", run_json(&summary)),
        (false, true) => String::new(),
        (false, false) => print_run(&summary),
    };
    Ok(Said { text, exit: Exit::done(errors) })
}

/// `wuzhang inspect`
pub(super) fn inspect(args: &InspectArgs) -> Result<Said, CommandError> {
    // A file in a workspace is read as a run of that workspace would read it.
    let workspace = match (&args.profile, args.files.first()) {
        (None, Some(first)) => Workspace::around(first)?,
        _ => None,
    };
    let own = args.profile.as_deref().or_else(|| workspace.as_ref()?.profile.as_deref());
    let profile = Profile::load(own)?;
    let by = Inspection { profile, workspace, period: args.period, otherwise: last_month() };
    let sheets = pipeline::inspect(&args.files, &by)?;
    let told: Vec<String> = sheets.iter().map(|sheet| inspected(sheet, &by, args.json)).collect();
    let unopened = sheets.iter().filter(|sheet| !sheet.file.opened()).count();
    let between = if args.json { "" } else { "\n" };
    Ok(Said { text: told.join(between), exit: Exit::done(unopened) })
}

fn inspected(sheet: &InspectedSheet, by: &Inspection, json: bool) -> String {
    let Some((grid, layout)) = &sheet.read else {
        return if json { format!("{}\n", file_line(&sheet.file)) } else { file_text(&sheet.file) };
    };
    let (file, grid, table) = (&sheet.file, &sheet.file.grids[*grid], sheet.table.as_ref());
    let book = layout.book.as_deref().and_then(|id| by.profile.book(id));
    match json {
        true => format!("{}\n", sheet_line(file, grid, layout, table, book)),
        false => sheet_text(file, grid, layout, table, book) + &how_to_confirm(sheet, layout, &grid.sheet, by),
    }
}

/// The layout's fingerprint, and where it is in doubt the command that settles it.
fn how_to_confirm(sheet: &InspectedSheet, layout: &Layout, name: &str, by: &Inspection) -> String {
    let Some(fingerprint) = &sheet.fingerprint else { return String::new() };
    let mut text = format!("  {}\n", say!("inspect-layout", fingerprint = fingerprint));
    if layout.in_doubt().next().is_some() {
        let known = by.workspace.as_ref().map(|workspace| quoted(&workspace.root.to_string_lossy()));
        let workspace = known.unwrap_or_else(|| say!("inspect-workspace"));
        let period = by.period.map_or(String::new(), |period| format!(" --period {period}"));
        let (file, name) = (quoted(&sheet.file.name), quoted(name));
        let (how, book) = match layout.book {
            Some(_) => (say!("inspect-confirm"), ""),
            None => (say!("inspect-confirm-none"), " --book -"),
        };
        text += &format!("  {how}\n    wuzhang layout confirm {workspace} {file} --sheet {name}{book}{period}\n");
    }
    text
}

/// A word as a shell takes it for one.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:\\".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("\"{word}\"") }
}

/// `wuzhang measures`
pub(super) fn measures(args: &MonthArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let (profile, rankings) = pipeline::measures(&workspace, args.at.period)?;
    let text = match args.json {
        true => measure_lines(&rankings, &profile).iter().map(|line| format!("{line}\n")).collect(),
        false => measure_text(&rankings, &profile),
    };
    Ok(Said { text, exit: Exit::Clean })
}

/// The month before today's, for files that do not say theirs: the one place that asks the clock.
pub(super) fn last_month() -> Period {
    use chrono::Datelike;
    let today: chrono::DateTime<chrono::Utc> = std::time::SystemTime::now().into();
    Period::new(today.year(), today.month()).map_or_else(first_period, Period::previous)
}

/// Where the machine's clock is out of all bounds.
fn first_period() -> Period {
    Period::new(2000, 1).expect("January 2000 is a period")
}
