//! `wuzhang cluster`: what the job in `cluster/` calls, on its driver (`plan`, `rank`) and on its workers (`read`, `settle`).

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::args::TEMPLATE;
use super::at_args::OfMonth;
use super::{CommandError, Exit, Said, measure_lines, measure_text};
use crate::pipeline::RunError;
use crate::pipeline::cluster::{self, ClusterFault, Cut, Done, Meant, Post};
use crate::workspace::{Workspace, write_whole};

pub(super) const CLUSTER_EXAMPLES: &str = "例子：
  wuzhang cluster plan 云州市 --period 2026-05 --office 云山县 --office 临溪县
  wuzhang cluster read 云山县 --period 2026-05 --for 云州市 --list 清单.txt --to 结果文件夹
  wuzhang cluster rank 云州市 --period 2026-05 --from 汇总.jsonl --folder 结果文件夹 --to 成果文件夹

一般不用自己运行：cluster/ 里的 Spark 程序会调用，说明见 cluster/README.md。";

#[derive(Debug, Subcommand)]
pub(super) enum ClusterCommand {
    /// 列出要读的文件和要交给 Spark 的 SQL，以 JSON 输出
    #[command(override_usage = "wuzhang cluster plan <工作区> --period <报告期> [--office <县工作区>]... [选项]")]
    #[command(help_template = TEMPLATE)]
    Plan(PlanArgs),
    /// 读取清单里的文件，各行分别写成 Parquet
    #[command(override_usage = "wuzhang cluster read <县工作区> --period <报告期> --list <清单> --to <文件夹>")]
    #[command(help_template = TEMPLATE)]
    Read(ReadArgs),
    /// 把几份报表都涉及的行放在一起并账，写成 Parquet
    #[command(override_usage = "wuzhang cluster settle <县工作区> --period <报告期> --list <清单> --to <文件夹>")]
    #[command(help_template = TEMPLATE)]
    Settle(ReadArgs),
    /// 用集群汇总的数排名，做出排名工作簿
    #[command(
        override_usage = "wuzhang cluster rank <工作区> --period <报告期> --from <汇总> --folder <文件夹> [选项]"
    )]
    #[command(help_template = TEMPLATE)]
    Rank(RankArgs),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct PlanArgs {
    #[command(flatten)]
    at: OfMonth,
    /// 下属县的工作区，一县写一次；不写就是工作区自己的收件箱
    #[arg(long = "office", value_name = "县工作区")]
    offices: Vec<PathBuf>,
    /// 每个任务最多几份文件
    #[arg(long, value_name = "份数", default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..))]
    files_per_task: u32,
    /// 每个任务最多多少兆字节
    #[arg(long, value_name = "兆字节", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..))]
    megabytes_per_task: u32,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ReadArgs {
    #[command(flatten)]
    at: OfMonth,
    /// 汇总到哪个上级工作区
    #[arg(long = "for", value_name = "上级工作区")]
    above: Option<PathBuf>,
    /// 清单文件；写 - 就从标准输入读
    #[arg(long, value_name = "清单")]
    list: PathBuf,
    /// 写到哪个文件夹
    #[arg(long, value_name = "文件夹")]
    to: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct RankArgs {
    #[command(flatten)]
    at: OfMonth,
    /// 集群汇总的结果
    #[arg(long, value_name = "汇总")]
    from: PathBuf,
    /// 集群写的 Parquet 所在的文件夹
    #[arg(long, value_name = "文件夹")]
    folder: PathBuf,
    /// 排名工作簿写到哪个文件夹
    #[arg(long, value_name = "文件夹")]
    to: Option<PathBuf>,
    /// 各指标以 JSON 输出
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
