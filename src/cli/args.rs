//! What may be written on the command line, with its help.

use std::path::PathBuf;

use clap::builder::styling::Styles;
use clap::{Args, Parser, Subcommand};

use super::at_args::{InWorkspace, MonthArgs, OfMonth};
use super::book_args::BookCommand;
use super::cluster::ClusterCommand;
use super::explain::ExplainArgs;
use super::fetch::FetchArgs;
use super::forms_args::FormsArgs;
use super::layout_args::LayoutCommand;
use super::ledger_args::{DiffArgs, QueryArgs, RerunArgs, RunsArgs};
use super::mail_args::{MailArgs, SendArgs};
use super::shell::{CompletionsArgs, ManArgs};
use super::trace_args::TraceArgs;
use crate::lang::Language;
use crate::period::Period;
use crate::pipeline::Known;
use crate::say;

/// wuzhang: merges the sheets that departments report into the month's rankings.
#[derive(Debug, Parser)]
#[command(name = "wuzhang", version, styles = Styles::plain(), color = clap::ColorChoice::Never)]
#[command(disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    /// Without one, where the workspace stands is told.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Language: zh or en; else WUZHANG_LANG, else the system's.
    #[arg(long, global = true, hide_possible_values = true)]
    pub(super) lang: Option<Language>,
    /// Show this help.
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// Show the version.
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a workspace: settings workbook, inbox, a guide.
    Init(InitArgs),
    /// Read a period's reports and make the rankings.
    Run(RunArgs),
    /// Fetch reports from the mailbox into the inbox.
    Fetch(FetchArgs),
    /// Show how each sheet is read; writes nothing.
    Inspect(InspectArgs),
    /// List the measures of every ranking and unit.
    Measures(MonthArgs),
    /// Show a project's life in all periods and books.
    Project(ProjectArgs),
    /// Show who reported, and whether in time.
    Status(MonthArgs),
    /// Issue blank forms to units: projects, choices and checks are in them.
    Forms(FormsArgs),
    /// Make returns, rankings and bulletin into mails, and send them when told to.
    Send(SendArgs),
    /// Remind units that have not reported or not answered their return, once a day at most.
    Remind(MailArgs),
    /// Show the cells that a figure is made from, and that they add up to it.
    Trace(TraceArgs),
    /// Run all periods of the ledger again, from one on.
    Rerun(RerunArgs),
    /// List the runs of each period, or take out the results of one.
    Runs(RunsArgs),
    /// Compare two runs of a period: files, rows, values, places.
    Diff(DiffArgs),
    /// Ask the ledger in SQL (it is only read).
    Query(QueryArgs),
    /// Explain a rule: when it speaks, how to mend what it finds.
    Explain(ExplainArgs),
    /// Work on a Spark cluster (for engineers).
    #[command(disable_help_subcommand = true)]
    Cluster {
        #[command(subcommand)]
        command: ClusterCommand,
    },
    /// Print a script that completes command lines.
    Completions(CompletionsArgs),
    /// Write manual pages for man.
    Man(ManArgs),
    /// Called by the program itself: read the files that come on standard input.
    #[command(hide = true)]
    ReadApart,
    /// Settle a doubtful layout, for all sheets like it.
    #[command(disable_help_subcommand = true)]
    Layout {
        #[command(subcommand)]
        command: LayoutCommand,
    },
    /// Draft a book of the office's own from a workbook, or check books.
    #[command(disable_help_subcommand = true)]
    Book {
        #[command(subcommand)]
        command: BookCommand,
    },
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The workspace's folder; it need not exist yet.
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// Which settings: now (default), then those of the period's last run, or the number of a run.
    #[arg(long, default_value = "now", hide_default_value = true)]
    pub(super) known: Known,
    /// Where another program uses the workspace, wait until it has done.
    #[arg(long)]
    pub(super) wait: bool,
    /// A first look at the rankings: no returns (such results cannot be sent; run in full before).
    #[arg(long)]
    pub(super) quick: bool,
    /// Tell at the end how long each step took.
    #[arg(long)]
    pub(super) times: bool,
    /// Read everything anew and keep nothing of it.
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Say something only where something is wrong.
    #[arg(long, conflicts_with = "json")]
    pub(super) quiet: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// The files to look at.
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// A line of JSON a sheet.
    #[arg(long)]
    pub(super) json: bool,
    /// The period, such as 2026-10; for headings such as “1-{m}月完成投资”.
    #[arg(long)]
    pub(super) period: Option<Period>,
    /// The folder with the county's own books and rankings.
    #[arg(long)]
    pub(super) profile: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ProjectArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// A project's name, or a part of it, or its code.
    pub(super) project: String,
    /// A line of JSON a project.
    #[arg(long)]
    pub(super) json: bool,
}

/// A wrong command line in the words of the office.
pub(super) fn in_words(error: &clap::Error) -> String {
    use clap::error::{ContextKind, ErrorKind};
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument => say!("cli-missing-argument", argument = argument.replace('\n', " ")),
        ErrorKind::UnknownArgument => say!("cli-unknown-argument", argument = argument),
        ErrorKind::InvalidSubcommand => say!("cli-unknown-command", command = context(ContextKind::InvalidSubcommand)),
        ErrorKind::ArgumentConflict => {
            say!("cli-conflict", argument = argument, other = context(ContextKind::PriorArg))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => say!("cli-no-command"),
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => {
            say!("cli-no-value", argument = argument)
        }
        ErrorKind::InvalidValue => {
            say!("cli-wrong-value", argument = argument, value = context(ContextKind::InvalidValue))
        }
        ErrorKind::ValueValidation => std::error::Error::source(error)
            .map_or_else(|| say!("cli-bad-value", argument = argument), ToString::to_string),
        ErrorKind::TooManyValues => say!("cli-too-many-values", argument = argument),
        _ => say!("cli-wrong", fault = error.kind()),
    };
    say!("cli-see-help", what = what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn wrong_use_is_told_in_chinese() {
        let told = |line: &str| in_words(&Arguments::try_parse_from(line.split(' ')).unwrap_err());
        assert!(told("wuzhang run x").contains("--period"), "{}", told("wuzhang run x"));
        assert!(told("wuzhang run x --period 2026-5").contains("应写成年-月"));
        assert!(told("wuzhang rn x").contains("没有命令 rn"));
        assert!(told("wuzhang layout confirm x y --column G").contains("列=字段"));
        assert!(told("wuzhang inspect x --jsn").contains("没有参数 --jsn"));
        assert!(told("wuzhang --lang fr run x --period 2026-05").contains("不能是“fr”"));
    }
}
