//! What may be written on the command line, with its help.

use std::path::PathBuf;

use clap::builder::styling::Styles;
use clap::{Args, Parser, Subcommand};

use super::at_args::{InWorkspace, MonthArgs, OfMonth};
use super::book_args::{BOOK_EXAMPLES, BookCommand};
use super::cluster::{CLUSTER_EXAMPLES, ClusterCommand};
use super::explain::{EXPLAIN_EXAMPLES, ExplainArgs};
use super::fetch::{FETCH_EXAMPLES, FetchArgs};
use super::forms_args::{FORMS_EXAMPLES, FormsArgs};
use super::layout_args::{LAYOUT_EXAMPLES, LayoutCommand};
use super::ledger_args::{self, DiffArgs, QueryArgs, RerunArgs, RunsArgs};
use super::mail_args::{MailArgs, REMIND_EXAMPLES, SEND_EXAMPLES, SendArgs};
use super::shell::{COMPLETIONS_EXAMPLES, CompletionsArgs, ManArgs};
use super::trace_args::{TRACE_EXAMPLES, TraceArgs};
use crate::lang::Language;
use crate::period::Period;
use crate::pipeline::Known;
use crate::say;

pub(super) const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

const EXAMPLES: &str = "例子：
  wuzhang init 云山县                          新建工作区
  wuzhang run 云山县 --period 2026-10          处理 2026 年 10 月的报表
  wuzhang run 报表文件夹 --period 2026-10      没有工作区，直接处理一个文件夹
  wuzhang inspect 城关镇.xlsx                  看一张表是怎样读的

退出状态：0 正常；1 完成，但有强制性问题或打不开的文件；2 用法、设置或配置有误；3 没有完成。";

/// 五账：把各单位报来的项目表汇总成排名
#[derive(Debug, Parser)]
#[command(name = "wuzhang", version, styles = Styles::plain(), color = clap::ColorChoice::Never)]
#[command(override_usage = "wuzhang <命令> [选项]", help_template = TEMPLATE, after_help = EXAMPLES, subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
#[command(next_help_heading = "选项")]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// 界面语言：zh 或 en；不写则依次看 WUZHANG_LANG、系统的语言
    #[arg(long, global = true, value_name = "语言", hide_possible_values = true)]
    pub(super) lang: Option<Language>,
    /// 显示说明
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 新建工作区：设置表、收件文件夹和说明
    #[command(override_usage = "wuzhang init <文件夹>")]
    #[command(help_template = TEMPLATE, after_help = "例子：\n  wuzhang init 云山县")]
    Init(InitArgs),
    /// 处理一期报表，做出排名
    #[command(override_usage = "wuzhang run <工作区> --period <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = "例子：\n  wuzhang run 云山县 --period 2026-10\n  wuzhang run 报表文件夹 --period 2026-10")]
    Run(RunArgs),
    /// 把报来的邮件从邮箱取到收件文件夹
    #[command(override_usage = "wuzhang fetch <工作区> --period <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = FETCH_EXAMPLES)]
    Fetch(FetchArgs),
    /// 看每张工作表是怎样读的，不写任何文件
    #[command(override_usage = "wuzhang inspect <文件>... [选项]")]
    #[command(help_template = TEMPLATE, after_help = "例子：\n  wuzhang inspect 城关镇.xlsx\n  wuzhang inspect inbox/2026-10/* --json --period 2026-10")]
    Inspect(InspectArgs),
    /// 列出各排名、各单位的指标
    #[command(override_usage = "wuzhang measures <工作区> --period <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = "例子：\n  wuzhang measures 云山县 --period 2026-10 --json")]
    Measures(MonthArgs),
    /// 看一个项目在各期、各账册的全部情况
    #[command(override_usage = "wuzhang project <工作区> <名称或代码> [选项]")]
    #[command(help_template = TEMPLATE, after_help = "例子：\n  wuzhang project 云山县 城关镇污水处理厂扩建")]
    Project(ProjectArgs),
    /// 看各单位报送了没有、按时没有
    #[command(override_usage = "wuzhang status <工作区> --period <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = "例子：\n  wuzhang status 云山县 --period 2026-10")]
    Status(MonthArgs),
    /// 给各单位发空白表单：项目、下拉列表、核对都已做好
    #[command(override_usage = "wuzhang forms <工作区> --period <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = FORMS_EXAMPLES)]
    Forms(FormsArgs),
    /// 把退改单、排名、通报做成邮件，确认后发送
    #[command(override_usage = "wuzhang send <工作区> --period <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = SEND_EXAMPLES)]
    Send(SendArgs),
    /// 催还没有报、或没有回复退改单的单位，每个单位每天最多一次
    #[command(override_usage = "wuzhang remind <工作区> --period <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = REMIND_EXAMPLES)]
    Remind(MailArgs),
    /// 查一个数由哪些单元格合成，核对是否一致
    #[command(
        override_usage = "wuzhang trace <工作区> --period <报告期> --ranking <排名> --group <单位> --measure <指标> [选项]"
    )]
    #[command(help_template = TEMPLATE, after_help = TRACE_EXAMPLES)]
    Trace(TraceArgs),
    /// 从某期起，逐期重新处理台账里已有的各期
    #[command(override_usage = "wuzhang rerun <工作区> --from <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = ledger_args::RERUN_EXAMPLES)]
    Rerun(RerunArgs),
    /// 列出各期的历次运行，或取出其中一次的成果
    #[command(override_usage = "wuzhang runs <工作区> [选项]")]
    #[command(help_template = TEMPLATE, after_help = ledger_args::RUNS_EXAMPLES)]
    Runs(RunsArgs),
    /// 比较一期的两次运行：文件、行、数值、名次各有什么变化
    #[command(override_usage = "wuzhang diff <工作区> --period <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = ledger_args::DIFF_EXAMPLES)]
    Diff(DiffArgs),
    /// 用 SQL 查询台账（只读）
    #[command(override_usage = "wuzhang query <工作区> [查询语句] [选项]")]
    #[command(help_template = TEMPLATE, after_help = ledger_args::QUERY_EXAMPLES)]
    Query(QueryArgs),
    /// 说明一条规则：什么时候提出，怎样处理
    #[command(override_usage = "wuzhang explain [规则] [选项]")]
    #[command(help_template = TEMPLATE, after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// 在 Spark 集群上处理（供工程人员）
    #[command(
        override_usage = "wuzhang cluster <plan|read|settle|rank> ...",
        subcommand_value_name = "命令",
        subcommand_help_heading = "命令"
    )]
    #[command(help_template = TEMPLATE, after_help = CLUSTER_EXAMPLES, disable_help_subcommand = true)]
    Cluster {
        #[command(subcommand)]
        command: ClusterCommand,
    },
    /// 输出命令行的自动补全脚本
    #[command(override_usage = "wuzhang completions <命令行>")]
    #[command(help_template = TEMPLATE, after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// 写出各命令的手册页，供 man 阅读
    #[command(override_usage = "wuzhang man <文件夹>")]
    #[command(help_template = TEMPLATE, after_help = "例子：\n  wuzhang man /usr/local/share/man/man1")]
    Man(ManArgs),
    /// 供程序自己调用：读取标准输入送来的文件
    #[command(hide = true)]
    ReadApart,
    /// 确认存疑的版式，以后都照此读取
    #[command(
        override_usage = "wuzhang layout <confirm|list|forget> <工作区> ...",
        subcommand_value_name = "命令",
        subcommand_help_heading = "命令"
    )]
    #[command(help_template = TEMPLATE, after_help = LAYOUT_EXAMPLES, disable_help_subcommand = true)]
    Layout {
        #[command(subcommand)]
        command: LayoutCommand,
    },
    /// 由一张报表起草自己的账册，或检查账册
    #[command(
        override_usage = "wuzhang book <new|check> ...",
        subcommand_value_name = "命令",
        subcommand_help_heading = "命令"
    )]
    #[command(help_template = TEMPLATE, after_help = BOOK_EXAMPLES, disable_help_subcommand = true)]
    Book {
        #[command(subcommand)]
        command: BookCommand,
    },
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct InitArgs {
    /// 工作区文件夹，可以还不存在
    #[arg(value_name = "文件夹", help_heading = "参数")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// 用哪时的设置：now 现在的（默认），then 该期上次运行时的，或某次运行的序号
    #[arg(long, value_name = "设置", default_value = "now", hide_default_value = true)]
    pub(super) known: Known,
    /// 工作区正由另一个程序使用时，等它结束
    #[arg(long)]
    pub(super) wait: bool,
    /// 先看排名：不做退改单（这样的成果不能发送，发送前要完整运行一次）
    #[arg(long)]
    pub(super) quick: bool,
    /// 最后列出各步用时
    #[arg(long)]
    pub(super) times: bool,
    /// 全部重新读取，不用以前读过的，也不记下
    #[arg(long)]
    pub(super) no_cache: bool,
    /// 只在有问题时输出
    #[arg(long, conflicts_with = "json")]
    pub(super) quiet: bool,
    /// 结果以 JSON 输出
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct InspectArgs {
    /// 要看的文件，可以有多个
    #[arg(value_name = "文件", required = true, help_heading = "参数")]
    pub(super) files: Vec<PathBuf>,
    /// 每张工作表一行 JSON
    #[arg(long)]
    pub(super) json: bool,
    /// 报告期，如 2026-10；用来读“1-{m}月完成投资”这类表头
    #[arg(long, value_name = "报告期")]
    pub(super) period: Option<Period>,
    /// 本县自己的账册和排名设置所在文件夹
    #[arg(long, value_name = "文件夹")]
    pub(super) profile: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ProjectArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// 项目名称（或其中几个字）、项目代码
    #[arg(value_name = "名称或代码", help_heading = "参数")]
    pub(super) project: String,
    /// 每个项目一行 JSON
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
