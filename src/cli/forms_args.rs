//! What may be written behind `wuzhang forms`.

use clap::Args;

use super::at_args::OfMonth;

pub(super) const FORMS_EXAMPLES: &str = "例子：
  wuzhang forms 云山县 --period 2026-06                          各单位应报的表单，放在 云山县/forms/2026-06/
  wuzhang forms 云山县 --period 2026-06 --unit 城关镇              只发一个单位
  wuzhang forms 云山县 --period 2026-06 --book 重点建设项目         只发一种

表单按单位预先填好台账里的项目，带下拉列表和核对；填好后改名、另存都能准确认出。
已经填过的表单不会被覆盖。";

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct FormsArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// 只发这个单位
    #[arg(long, value_name = "单位")]
    pub(super) unit: Option<String>,
    /// 只发这种账册，如 key_projects 或 重点建设项目
    #[arg(long, value_name = "账册")]
    pub(super) book: Option<String>,
    /// 工作区正由另一个程序使用时，等它结束
    #[arg(long)]
    pub(super) wait: bool,
    /// 结果以 JSON 输出
    #[arg(long)]
    pub(super) json: bool,
}
