//! What may be written behind `wuzhang trace`.

use clap::Args;

use super::at_args::OfMonth;

pub(super) const TRACE_EXAMPLES: &str = "例子：
  wuzhang trace 云山县 --period 2026-10 --ranking towns --group 城关镇 --measure done
  wuzhang trace 云山县 --period 2026-10 --ranking 乡镇 --group 城关镇 --measure 完成率 --book 重点建设项目

排名、账册、指标写代号或名称都可以；分子、分母各由哪些单元格合成，逐格列出，并核对与此数是否完全一致。
退出状态：0 一致；3 不一致。";

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct TraceArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// 排名，如 towns 或 乡镇
    #[arg(long, value_name = "排名")]
    pub(super) ranking: String,
    /// 排名中的单位、领导或类别，如 城关镇；全县合计写 全县
    #[arg(long, value_name = "单位")]
    pub(super) group: String,
    /// 指标，如 done 或 累计完成投资
    #[arg(long, value_name = "指标")]
    pub(super) measure: String,
    /// 账册；几本账册都有这个排名和指标时写明
    #[arg(long, value_name = "账册")]
    pub(super) book: Option<String>,
    /// 连同计为0的行一起列出
    #[arg(long, conflicts_with = "json")]
    pub(super) all: bool,
    /// 结果以 JSON 输出
    #[arg(long)]
    pub(super) json: bool,
}
