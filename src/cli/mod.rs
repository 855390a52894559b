//! The command line: parses, calls one function, prints, and sets the exit status.
//!
//! The only place that knows a terminal. Each command gives its text and its [`Exit`], or a
//! [`CommandError`]; what is printed goes through one door.

mod aligned;
mod apart;
mod args;
mod at_args;
mod book;
mod book_args;
mod clock;
mod cluster;
mod commands;
mod diff;
mod exit;
mod explain;
mod fetch;
mod forms;
mod forms_args;
mod help;
mod holding;
mod inspect_json;
mod inspect_table;
mod interrupt;
mod layout;
mod layout_args;
mod ledger_args;
mod mail_args;
mod measures;
mod progress;
mod project;
mod query;
mod report;
mod runs;
mod scores;
mod send;
mod shell;
mod standing;
mod stands;
mod status;
mod trace;
mod trace_args;
mod trace_json;
mod words;

use std::any::Any;
use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use clap::FromArgMatches;
use clap::error::ErrorKind;

pub use exit::{CommandError, Exit};
pub use inspect_json::{file_line, sheet_line};
pub use inspect_table::{file_text, sheet_text};
pub use measures::{measure_lines, measure_text};
pub use report::{RunSummary, print_run, run_json};
pub use status::{status_json, status_text};
pub use trace::trace_text;
pub use trace_json::trace_json;

use crate::lang::{self, Language};
use crate::say;
use crate::workspace::STOP;
use args::{Arguments, Command};

/// The stack of a thread in bytes: as large as Linux gives the main one.
const STACK: usize = 8 << 20;

/// The whole program.
pub fn main() -> ExitCode {
    // The hook would print a stack trace; what is caught below is told in one sentence instead.
    panic::set_hook(Box::new(|_| {}));
    match panic::catch_unwind(program) {
        Ok(exit) => exit.into(),
        Err(cause) => {
            apologise(cause.as_ref());
            Exit::Unfinished.into()
        }
    }
}

/// What a command leaves for its user.
struct Said {
    text: String,
    exit: Exit,
}

fn program() -> Exit {
    // Help and wrong use are told in the language too, so it is chosen before the rest is understood.
    lang::choose(language_asked_for().unwrap_or_else(language_of_the_system));
    let arguments = help::command().try_get_matches().and_then(|found| Arguments::from_arg_matches(&found));
    let arguments = match arguments {
        Ok(arguments) => arguments,
        Err(error) => return without_command(&error),
    };
    apart::arrange();
    let Some(command) = arguments.command else { return said(stands::stands()) };
    // Documents are made and rankings measured on threads beside the main one: they have the room that it has. The
    // process that reads has neither, and room for threads would count as its memory.
    if !matches!(command, Command::ReadApart) {
        // Where there are threads already, those are used.
        let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    }
    said(match command {
        Command::Init(args) => commands::init(&args),
        Command::Run(args) => commands::run(&args),
        Command::Fetch(args) => fetch::fetch(&args),
        Command::Inspect(args) => commands::inspect(&args),
        Command::Measures(args) => commands::measures(&args),
        Command::Project(args) => project::project(&args),
        Command::Status(args) => status::status(&args),
        Command::Forms(args) => forms::forms(&args),
        Command::Send(args) => send::send(&args),
        Command::Remind(args) => send::remind(&args),
        Command::Trace(args) => trace::trace(&args),
        Command::Rerun(args) => runs::rerun(&args),
        Command::Runs(args) => runs::runs(&args),
        Command::Diff(args) => diff::diff(&args),
        Command::Query(args) => query::query(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Cluster { command } => cluster::cluster(&command),
        Command::Completions(args) => Ok(shell::completions(&args)),
        Command::Man(args) => shell::man(&args),
        Command::ReadApart => return apart::serve(),
        Command::Layout { command } => layout::layout(&command),
        Command::Book { command } => book::book(&command),
    })
}

/// Prints what a command leaves, or complains of what stopped it.
fn said(said: Result<Said, CommandError>) -> Exit {
    match said.and_then(|said| print(&said.text).map(|()| said.exit)) {
        Ok(exit) => exit,
        Err(_) if STOP.is_asked() => interrupt::stopped(),
        Err(error) => {
            if error.exit() != Exit::Clean {
                complain(&error.to_string());
            }
            error.exit()
        }
    }
}

/// The language that the command line names, wherever it does; one that it cannot name is told as wrong use later.
fn language_asked_for() -> Option<Language> {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let behind =
        words.iter().zip(words.iter().skip(1)).find(|(word, _)| *word == "--lang").map(|(_, named)| named.as_str());
    let named = behind.or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang=")))?;
    named.parse().ok()
}

/// The language that the surroundings ask for: ours first, then the system's.
fn language_of_the_system() -> Language {
    let ours = std::env::var("WUZHANG_LANG").ok().filter(|locale| !locale.is_empty());
    ours.or_else(sys_locale::get_locale).map_or(Language::Zh, |locale| Language::of_locale(&locale))
}

/// Help, version, or a wrong command line.
fn without_command(error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print(&error.to_string()).map_or_else(|error| error.exit(), |()| Exit::Clean)
        }
        _ => {
            complain(&args::in_words(error));
            Exit::WrongUse
        }
    }
}

fn print(text: &str) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// To standard error; where that is closed too, nobody is left to tell.
fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", say!("cli-complaint", text = text));
}

fn apologise(cause: &(dyn Any + Send)) {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    let what = text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("?");
    complain(&say!("cli-apology", what = what));
}
