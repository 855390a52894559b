//! What may be written behind `wuzhang forms`.

use clap::Args;

use super::at_args::OfMonth;

#[derive(Debug, Args)]
pub(super) struct FormsArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// This unit only.
    #[arg(long)]
    pub(super) unit: Option<String>,
    /// This book only, such as key_projects or 重点建设项目.
    #[arg(long)]
    pub(super) book: Option<String>,
    /// Where another program uses the workspace, wait until it has done.
    #[arg(long)]
    pub(super) wait: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub(super) json: bool,
}
