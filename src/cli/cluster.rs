//! `wuzhang cluster`: what the job in `cluster/` calls, on its driver (`plan`, `rank`) and on its workers (`read`, `settle`).

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::at_args::OfMonth;
use super::{CommandError, Exit, Said, measure_lines, measure_text};
use crate::pipeline::RunError;
use crate::pipeline::cluster::{self, ClusterFault, Cut, Done, Meant, Post};
use crate::workspace::{Workspace, write_whole};

#[derive(Debug, Subcommand)]
pub(super) enum ClusterCommand {
    /// Print the files to read and the SQL for Spark as JSON.
    Plan(PlanArgs),
    /// Read the files of a list, each one's rows to Parquet.
    Read(ReadArgs),
    /// Merge the rows that several reports speak of, to Parquet.
    Settle(ReadArgs),
    /// Rank the cluster's sums and make the ranking workbook.
    Rank(RankArgs),
}

#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    at: OfMonth,
    /// A county's workspace, once for each; else the workspace's own inbox.
    #[arg(long = "office")]
    offices: Vec<PathBuf>,
    /// At most so many files a task.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..))]
    files_per_task: u32,
    /// At most so many megabytes a task.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..))]
    megabytes_per_task: u32,
}

#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    #[command(flatten)]
    at: OfMonth,
    /// For which workspace above.
    #[arg(long = "for")]
    above: Option<PathBuf>,
    /// The list; - reads standard input.
    #[arg(long)]
    list: PathBuf,
    /// Where to write.
    #[arg(long)]
    to: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RankArgs {
    #[command(flatten)]
    at: OfMonth,
    /// What the cluster summed.
    #[arg(long)]
    from: PathBuf,
    /// The folder with the cluster's Parquet.
    #[arg(long)]
    folder: PathBuf,
    /// Where to write the ranking workbook.
    #[arg(long)]
    to: Option<PathBuf>,
    /// Print the measures as JSON.
    #[arg(long)]
    json: bool,
}

/// `wuzhang cluster …`
pub(super) fn cluster(command: &ClusterCommand) -> Result<Said, CommandError> {
    match command {
        ClusterCommand::Plan(args) => plan(args),
        ClusterCommand::Read(args) => {
            let list: Vec<String> = text(&args.list)?.lines().filter(|line| !line.is_empty()).map(Into::into).collect();
            Ok(done(&cluster::read(&post(args)?, &list, &args.to)?))
        }
        ClusterCommand::Settle(args) => {
            let meant = Meant::read(&text(&args.list)?)?;
            Ok(done(&cluster::settle(&post(args)?, &meant, &args.to)?))
        }
        ClusterCommand::Rank(args) => rank(args),
    }
}

fn plan(args: &PlanArgs) -> Result<Said, CommandError> {
    let below = args.offices.iter().map(|path| Workspace::open(path)).collect::<Result<Vec<_>, _>>()?;
    let cut = Cut { files: args.files_per_task as usize, bytes: u64::from(args.megabytes_per_task) << 20 };
    let plan = cluster::plan(&args.at.open()?, &below, args.at.period, cut)?;
    Ok(said(serde_json::to_string(&plan).unwrap_or_default()))
}

fn post(args: &ReadArgs) -> Result<Post, CommandError> {
    let above = args.above.as_deref().map(Workspace::open).transpose()?;
    Ok(Post::open(args.at.open()?, above.as_ref(), args.at.period)?)
}

/// What a task came to, for the job: findings and files that cannot be opened are no reason to try again.
fn done(done: &Done) -> Said {
    said(serde_json::to_string(done).unwrap_or_default())
}

fn said(line: String) -> Said {
    Said { text: format!("{line}\n"), exit: Exit::Clean }
}

fn rank(args: &RankArgs) -> Result<Said, CommandError> {
    let ranked = cluster::rank(&args.at.open()?, args.at.period, &text(&args.from)?, &args.folder)?;
    for notice in &ranked.outcome.notices {
        let _ = writeln!(io::stderr().lock(), "{notice}");
    }
    if let Some(to) = &args.to {
        fs::create_dir_all(to).map_err(at(to))?;
        for (name, bytes) in &ranked.documents {
            let path = to.join(name);
            write_whole(&path, bytes).map_err(at(&path))?;
        }
    }
    let (rankings, profile) = (&ranked.outcome.rankings, &ranked.profile);
    let text = match args.json {
        true => measure_lines(rankings, profile).iter().map(|line| format!("{line}\n")).collect(),
        false => measure_text(rankings, profile),
    };
    Ok(Said { text, exit: Exit::Clean })
}

/// A file's text, or that of standard input.
fn text(path: &Path) -> Result<String, CommandError> {
    let read = match path.to_str() {
        Some("-") => {
            let mut text = String::new();
            io::stdin().lock().read_to_string(&mut text).map(|_| text)
        }
        _ => fs::read_to_string(path),
    };
    Ok(read.map_err(at(path))?)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> RunError {
    let at = ClusterFault::at(path);
    move |source| at(source).into()
}
