//! What may be written on the command line, with its help.

use std::path::PathBuf;

use clap::builder::styling::Styles;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::period::Period;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

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
    /// 界面语言：zh 或 en
    #[arg(long, global = true, value_enum, default_value = "zh", value_name = "语言", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    pub(super) lang: Language,
    /// 显示说明
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// A language of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
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
    /// 看每张工作表是怎样读的，不写任何文件
    #[command(override_usage = "wuzhang inspect <文件>... [选项]")]
    #[command(help_template = TEMPLATE, after_help = "例子：\n  wuzhang inspect 城关镇.xlsx\n  wuzhang inspect inbox/2026-10/* --json --period 2026-10")]
    Inspect(InspectArgs),
    /// 列出各排名、各单位的指标
    #[command(override_usage = "wuzhang measures <工作区> --period <报告期> [选项]")]
    #[command(help_template = TEMPLATE, after_help = "例子：\n  wuzhang measures 云山县 --period 2026-10 --json")]
    Measures(MeasuresArgs),
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
    /// 工作区，或任何放着报表的文件夹
    #[arg(value_name = "工作区", help_heading = "参数")]
    pub(super) workspace: PathBuf,
    /// 报告期，如 2026-10
    #[arg(long, value_name = "报告期")]
    pub(super) period: Period,
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
pub(super) struct MeasuresArgs {
    /// 工作区，或任何放着报表的文件夹
    #[arg(value_name = "工作区", help_heading = "参数")]
    pub(super) workspace: PathBuf,
    /// 报告期，如 2026-10
    #[arg(long, value_name = "报告期")]
    pub(super) period: Period,
    /// 每个排名、单位和指标一行 JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// A wrong command line in the words of the office.
pub(super) fn in_words(error: &clap::Error) -> String {
    use clap::error::{ContextKind, ErrorKind};
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {}", argument.replace('\n', " ")),
        ErrorKind::UnknownArgument => format!("没有参数 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", context(ContextKind::InvalidSubcommand)),
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 同时用", context(ContextKind::PriorArg)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "要写明做什么：init、run、inspect 或 measures".to_owned()
        }
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => format!("{argument} 后面要有值"),
        ErrorKind::InvalidValue => format!("{argument} 不能是“{}”", context(ContextKind::InvalidValue)),
        ErrorKind::ValueValidation => {
            std::error::Error::source(error).map_or_else(|| format!("{argument} 的值不对"), ToString::to_string)
        }
        ErrorKind::TooManyValues => format!("{argument} 后面的值太多"),
        _ => format!("命令行有误（{}）", error.kind()),
    };
    format!("{what}。\n用 wuzhang --help 查看用法。")
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
        assert!(told("wuzhang inspect x --jsn").contains("没有参数 --jsn"));
        assert!(told("wuzhang --lang fr run x --period 2026-05").contains("不能是“fr”"));
    }
}
