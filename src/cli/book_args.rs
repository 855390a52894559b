//! What may be written behind `wuzhang book`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::TEMPLATE;
use super::at_args::InWorkspace;
use crate::period::Period;

/// What can be done with the office's own forms.
#[derive(Debug, Subcommand)]
pub(super) enum BookCommand {
    /// 由一张报表起草一本账册
    #[command(override_usage = "wuzhang book new <文件> --id <代号> [选项]")]
    #[command(help_template = TEMPLATE, after_help = BOOK_EXAMPLES)]
    New(BookNewArgs),
    /// 检查工作区的账册和口径
    #[command(override_usage = "wuzhang book check <工作区>")]
    #[command(help_template = TEMPLATE, after_help = BOOK_EXAMPLES)]
    Check(BookCheckArgs),
}

pub(super) const BOOK_EXAMPLES: &str = "例子：
  wuzhang book new 老旧小区.xlsx --id estates                看起草的结果
  wuzhang book new 老旧小区.xlsx --id estates --to 云山县    写进 云山县/profile/estates.toml
  wuzhang book check 云山县                                  改过以后检查";

#[derive(Debug, Args)]
pub(super) struct BookNewArgs {
    /// 一张用这种表填好的报表
    #[arg(value_name = "文件", help_heading = "参数")]
    pub(super) from: PathBuf,
    /// 账册的代号，小写英文，如 estates
    #[arg(long, value_name = "代号")]
    pub(super) id: String,
    /// 账册的名称；不写则取自表的标题
    #[arg(long, value_name = "名称")]
    pub(super) title: Option<String>,
    /// 用哪张工作表；不写则用第一张有表格的
    #[arg(long, value_name = "工作表")]
    pub(super) sheet: Option<String>,
    /// 写进哪个工作区的 profile；不写则只显示
    #[arg(long, value_name = "工作区")]
    pub(super) to: Option<PathBuf>,
    /// 这张表的报告期；不写则为上个月
    #[arg(long, value_name = "报告期")]
    pub(super) period: Option<Period>,
}

#[derive(Debug, Args)]
pub(super) struct BookCheckArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
}
