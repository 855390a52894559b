//! What may be written after `wuzhang send` and `wuzhang remind`.

use clap::Args;

use super::at_args::OfMonth;

/// For the help of `send`.
pub(super) const SEND_EXAMPLES: &str = "例子：
  wuzhang send 云山县 --period 2026-10                   写出邮件和发送计划，不发送
  wuzhang send 云山县 --period 2026-10 --confirm         照计划发送，发过的不再发
  wuzhang send 云山县 --period 2026-10 --only 城关镇 --confirm

密码从环境变量 WUZHANG_MAIL_PASSWORD 读取；没有设的，从系统的钥匙串读取（先用 --save-password 存入）。";

/// For the help of `remind`.
pub(super) const REMIND_EXAMPLES: &str = "例子：
  wuzhang remind 云山县 --period 2026-10                 写出催报邮件和计划，不发送
  wuzhang remind 云山县 --period 2026-10 --confirm       发送，每个单位每天最多一次";

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct MailArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// 真正发送；不写则只写出邮件和计划
    #[arg(long)]
    pub(super) confirm: bool,
    /// 只给这个单位或领导
    #[arg(long, value_name = "单位或领导")]
    pub(super) only: Option<String>,
    /// 工作区正由另一个程序使用时，等它结束
    #[arg(long)]
    pub(super) wait: bool,
    /// 结果以 JSON 输出
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct SendArgs {
    #[command(flatten)]
    pub(super) mail: MailArgs,
    /// 是否送达不明、或已发过的，按计划中的摘要再发一次；可以写多个
    #[arg(long, value_name = "摘要", requires = "confirm")]
    pub(super) resend: Vec<String>,
    /// 把环境变量 WUZHANG_MAIL_PASSWORD 中的密码存入系统的钥匙串，不发送
    #[arg(long, conflicts_with_all = ["confirm", "json", "only", "wait"])]
    pub(super) save_password: bool,
}
