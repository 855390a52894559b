//! What may be written behind `wuzhang book`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::at_args::InWorkspace;
use crate::period::Period;

/// What can be done with the office's own forms.
#[derive(Debug, Subcommand)]
pub(super) enum BookCommand {
    /// Draft a book from a workbook.
    New(BookNewArgs),
    /// Check a workspace's books and definitions.
    Check(BookCheckArgs),
}

#[derive(Debug, Args)]
pub(super) struct BookNewArgs {
    /// A report in this form.
    pub(super) from: PathBuf,
    /// The book's id in lower-case letters, such as estates.
    #[arg(long)]
    pub(super) id: String,
    /// The book's title; else the sheet's.
    #[arg(long)]
    pub(super) title: Option<String>,
    /// Which sheet; else the first with a table.
    #[arg(long)]
    pub(super) sheet: Option<String>,
    /// The workspace whose profile it is written to; else it is only shown.
    #[arg(long)]
    pub(super) to: Option<PathBuf>,
    /// The report's period; else last month.
    #[arg(long)]
    pub(super) period: Option<Period>,
}

#[derive(Debug, Args)]
pub(super) struct BookCheckArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
}
