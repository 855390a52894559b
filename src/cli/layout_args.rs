//! What may be written behind `wuzhang layout`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::at_args::InWorkspace;
use crate::period::Period;
use crate::say;

/// What can be done about confirmed layouts.
#[derive(Debug, Subcommand)]
pub(super) enum LayoutCommand {
    /// Settle a sheet's layout.
    Confirm(ConfirmArgs),
    /// List the layouts that were settled.
    List(ListArgs),
    /// Take a settlement back.
    Forget(ForgetArgs),
}

#[derive(Debug, Args)]
pub(super) struct ConfirmArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// A report.
    pub(super) file: PathBuf,
    /// The sheet; not needed where only one can be meant.
    #[arg(long)]
    pub(super) sheet: Option<String>,
    /// The book, such as key_projects or 重点建设项目; - for a sheet of no book.
    #[arg(long)]
    pub(super) book: Option<String>,
    /// What a column is: G=done or G=今年累计完成投资; G=- for one that is not used; may be given several times.
    #[arg(long = "column", value_parser = column_choice)]
    pub(super) columns: Vec<(String, String)>,
    /// The unit of money where the sheet does not say: 元, 万元 or 亿元.
    #[arg(long)]
    pub(super) money: Option<String>,
    /// Who decides.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(super) by: String,
    /// REASON.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(super) reason: String,
    /// The period, such as 2026-10; not needed where folder or title say it.
    #[arg(long)]
    pub(super) period: Option<Period>,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
}

#[derive(Debug, Args)]
pub(super) struct ForgetArgs {
    #[command(flatten)]
    pub(super) at: InWorkspace,
    /// The layout's number, as inspect and list show it.
    pub(super) fingerprint: String,
}

/// `G=done`
fn column_choice(text: &str) -> Result<(String, String), String> {
    let (column, field) = text.split_once('=').ok_or_else(|| say!("layout-column-field", text = text))?;
    Ok((column.trim().to_owned(), field.trim().to_owned()))
}
