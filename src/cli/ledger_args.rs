//! What may be written behind the commands that look at the ledger: runs, rerun, diff, query.

use std::path::PathBuf;

use clap::Args;

use super::at_args::{InWorkspace, OfMonth};
use crate::period::Period;
use crate::pipeline::Known;

pub(super) const RERUN_EXAMPLES: &str = "例子：
  wuzhang rerun 云山县 --from 2026-03                三月的数改了：三月起各期依次重算
  wuzhang rerun 云山县 --from 2026-03 --known then   各期仍用当时的设置和决定";

pub(super) const RUNS_EXAMPLES: &str = "例子：
  wuzhang runs 云山县                                各期各次运行
  wuzhang runs 云山县 --period 2026-05 --run 1       第1次运行时的排名
  wuzhang runs 云山县 --period 2026-05 --run 1 --to 五月第一次   取出当时的成果文件";

pub(super) const DIFF_EXAMPLES: &str = "例子：
  wuzhang diff 云山县 --period 2026-05               最近一次与上一次相比
  wuzhang diff 云山县 --period 2026-05 --against 1   与第1次相比";

pub(super) const QUERY_EXAMPLES: &str = "例子：
  wuzhang query 云山县                               列出有哪些表、哪些列
  wuzhang query 云山县 \"SELECT unit, SUM(done)/SUM(plan) FROM key_projects WHERE period = '2026-05' GROUP BY unit\"
  wuzhang query 云山县 \"SELECT period, place FROM places WHERE ranking = 'towns' AND name = '城关镇' AND measure = 'completion'\" --xlsx 名次.xlsx

每本账册是一张表，各期上下相接，列 period 是报告期；places 是历期排名。金额以元为单位。";

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct RerunArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// 从哪一期起
    #[arg(long, value_name = "报告期")]
    pub(super) from: Period,
    /// 到哪一期止；不写就到最后一期
    #[arg(long, value_name = "报告期")]
    pub(super) to: Option<Period>,
    /// 用哪时的设置：now 现在的（默认），then 各期上次运行时的
    #[arg(long, value_name = "设置", default_value = "now", hide_default_value = true, value_parser = ["now", "then"], hide_possible_values = true)]
    pub(super) known: String,
    /// 工作区正由另一个程序使用时，等它结束
    #[arg(long)]
    pub(super) wait: bool,
}

impl RerunArgs {
    pub(super) fn known(&self) -> Known {
        if self.known == "then" { Known::Then } else { Known::Now }
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct RunsArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// 只看这一期
    #[arg(long, value_name = "报告期")]
    pub(super) period: Option<Period>,
    /// 看这一次的排名：序号，或列出的名称
    #[arg(long, value_name = "运行", requires = "period")]
    pub(super) run: Option<String>,
    /// 把这一次的成果文件和当时的设置放到这个空文件夹
    #[arg(long, value_name = "文件夹", requires = "run")]
    pub(super) to: Option<PathBuf>,
    /// 每次运行一行 JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct DiffArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// 与哪一次比：序号，或 wuzhang runs 列出的名称；不写就与上一次比
    #[arg(long, value_name = "运行")]
    pub(super) against: Option<String>,
    /// 结果以 JSON 输出
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct QueryArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// 一条 SELECT；不写就列出有哪些表、哪些列
    #[arg(value_name = "查询语句", help_heading = "参数")]
    pub(super) sql: Option<String>,
    /// 结果以 CSV 输出
    #[arg(long, conflicts_with_all = ["json", "xlsx"])]
    pub(super) csv: bool,
    /// 结果以 JSON 输出，每行一个
    #[arg(long, conflicts_with = "xlsx")]
    pub(super) json: bool,
    /// 结果写到这个工作簿
    #[arg(long, value_name = "文件")]
    pub(super) xlsx: Option<PathBuf>,
}
