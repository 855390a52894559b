//! What may be written behind the commands that look at the ledger: runs, rerun, diff, query.

use std::path::PathBuf;

use clap::Args;

use super::at_args::{InWorkspace, OfMonth};
use crate::period::Period;
use crate::pipeline::Known;

#[derive(Debug, Args)]
pub(super) struct RerunArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// From which period.
    #[arg(long)]
    pub(super) from: Period,
    /// To which period; else to the last.
    #[arg(long)]
    pub(super) to: Option<Period>,
    /// Which settings: now (default), then those of each period's last run.
    #[arg(long, default_value = "now", hide_default_value = true, value_parser = ["now", "then"], hide_possible_values = true)]
    pub(super) known: String,
    /// Where another program uses the workspace, wait until it has done.
    #[arg(long)]
    pub(super) wait: bool,
}

impl RerunArgs {
    pub(super) fn known(&self) -> Known {
        if self.known == "then" { Known::Then } else { Known::Now }
    }
}

#[derive(Debug, Args)]
pub(super) struct RunsArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// This period only.
    #[arg(long)]
    pub(super) period: Option<Period>,
    /// Show the rankings of this run: its number or name.
    #[arg(long, requires = "period")]
    pub(super) run: Option<String>,
    /// Put the documents and settings of this run into this empty folder.
    #[arg(long, requires = "run")]
    pub(super) to: Option<PathBuf>,
    /// A line of JSON a run.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// Against which run: its number or name; else the one before.
    #[arg(long)]
    pub(super) against: Option<String>,
    /// Answer in JSON.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct QueryArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// One SELECT; without it all tables and columns are listed.
    pub(super) sql: Option<String>,
    /// Answer in CSV.
    #[arg(long, conflicts_with_all = ["json", "xlsx"])]
    pub(super) csv: bool,
    /// Answer in JSON, a line a row.
    #[arg(long, conflicts_with = "xlsx")]
    pub(super) json: bool,
    /// Write the answer to this workbook.
    #[arg(long)]
    pub(super) xlsx: Option<PathBuf>,
}
