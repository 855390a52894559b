//! What may be written behind `wuzhang trace`.

use clap::Args;

use super::at_args::OfMonth;

#[derive(Debug, Args)]
pub(super) struct TraceArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// The ranking, such as towns or 乡镇.
    #[arg(long)]
    pub(super) ranking: String,
    /// A unit, leader or category of the ranking, such as 城关镇; 全县 for the whole county.
    #[arg(long)]
    pub(super) group: String,
    /// The measure, such as done or 累计完成投资.
    #[arg(long)]
    pub(super) measure: String,
    /// The book, where several have this ranking and measure.
    #[arg(long)]
    pub(super) book: Option<String>,
    /// List rows that count as 0 as well.
    #[arg(long, conflicts_with = "json")]
    pub(super) all: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub(super) json: bool,
}
