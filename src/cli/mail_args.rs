//! What may be written after `wuzhang send` and `wuzhang remind`.

use clap::Args;

use super::at_args::OfMonth;

#[derive(Debug, Args)]
pub(super) struct MailArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// Send; without it only mails and plan are written.
    #[arg(long)]
    pub(super) confirm: bool,
    /// To this unit or leader only.
    #[arg(long)]
    pub(super) only: Option<String>,
    /// Where another program uses the workspace, wait until it has done.
    #[arg(long)]
    pub(super) wait: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct SendArgs {
    #[command(flatten)]
    pub(super) mail: MailArgs,
    /// Send once more, by its digest in the plan, a mail that was sent or of which nobody knows; may be given several times.
    #[arg(long, requires = "confirm")]
    pub(super) resend: Vec<String>,
    /// Keep the password of the environment variable WUZHANG_MAIL_PASSWORD in the system's keyring; send nothing.
    #[arg(long, conflicts_with_all = ["confirm", "json", "only", "wait"])]
    pub(super) save_password: bool,
}
