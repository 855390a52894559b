//! What may be written behind `wuzhang layout`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::TEMPLATE;
use super::at_args::InWorkspace;
use crate::period::Period;

pub(super) const LAYOUT_EXAMPLES: &str = "例子：
  wuzhang layout confirm 云山县 城关镇.xlsx                          照 inspect 显示的读法确认
  wuzhang layout confirm 云山县 城关镇.xlsx --column G=done --by 周某  改 G 列为 done 后确认
  wuzhang layout list 云山县
  wuzhang layout forget 云山县 0123456789abcdef";

/// What can be done about confirmed layouts.
#[derive(Debug, Subcommand)]
pub(super) enum LayoutCommand {
    /// 确认一张工作表的版式
    #[command(override_usage = "wuzhang layout confirm <工作区> <文件> [选项]", help_template = TEMPLATE)]
    Confirm(ConfirmArgs),
    /// 列出确认过的版式
    #[command(override_usage = "wuzhang layout list <工作区>", help_template = TEMPLATE)]
    List(ListArgs),
    /// 取消对一种版式的确认
    #[command(override_usage = "wuzhang layout forget <工作区> <版式>", help_template = TEMPLATE)]
    Forget(ForgetArgs),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ConfirmArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// 报表文件
    #[arg(value_name = "文件", help_heading = "参数")]
    pub(super) file: PathBuf,
    /// 工作表名；文件里只有一张能读的表时可不写
    #[arg(long, value_name = "工作表")]
    pub(super) sheet: Option<String>,
    /// 账册，如 key_projects 或 重点建设项目；不是账册的表写 -
    #[arg(long, value_name = "账册")]
    pub(super) book: Option<String>,
    /// 某列是什么，如 G=done 或 G=今年累计完成投资；不用的列写 G=-；可以写多个
    #[arg(long = "column", value_name = "列=字段", value_parser = column_choice)]
    pub(super) columns: Vec<(String, String)>,
    /// 表中没有写明时的金额单位：元、万元 或 亿元
    #[arg(long, value_name = "单位")]
    pub(super) money: Option<String>,
    /// 谁决定的
    #[arg(long, value_name = "姓名", default_value = "", hide_default_value = true)]
    pub(super) by: String,
    /// 依据
    #[arg(long, value_name = "依据", default_value = "", hide_default_value = true)]
    pub(super) reason: String,
    /// 报告期，如 2026-10；文件在 inbox/报告期/ 下或写明了月份时可不写
    #[arg(long, value_name = "报告期")]
    pub(super) period: Option<Period>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ForgetArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// inspect 和 list 显示的版式号
    #[arg(value_name = "版式", help_heading = "参数")]
    pub(super) fingerprint: String,
}

/// `G=done`
fn column_choice(text: &str) -> Result<(String, String), String> {
    let (column, field) = text.split_once('=').ok_or_else(|| format!("“{text}”应写成 列=字段，如 G=done"))?;
    Ok((column.trim().to_owned(), field.trim().to_owned()))
}
