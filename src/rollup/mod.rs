//! Roll-up: what a county hands to the higher office, and what that office makes of several of them.
//!
//! A county's run writes `汇总上报表.xlsx` ([`Submission`], written by `publish`); the higher office takes
//! such a workbook, or the county's ledger folder, from `inbox/2026-05/云山县/`. Both are known with certainty
//! by a stamp (whose, which period, which program, a digest of every book). [`roll_up`] holds each against its
//! stamp and its totals, and puts the counties' rows below one another: the county stands in `county_group`,
//! and every row and value keeps the file, sheet and cell of the department.

mod combine;
mod fault;
mod find;
mod read;
mod submission;
mod tabled;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use combine::{Combined, aligned, roll_up};
pub use fault::Refusal;
pub use find::{Received, receive};
pub use read::of_file;
pub use submission::{BookSheet, Submission};
pub use tabled::{ColumnKind, Tabled};

use crate::merge::Facts;

/// The workbook's name.
pub const ROLLUP: &str = "汇总上报表.xlsx";
/// The sheet that says whose it is.
pub const STAMP_SHEET: &str = "上报说明";
/// The sheet with every book's totals.
pub const TOTALS_SHEET: &str = "合计";
/// The sheet that says which cells the values came from.
pub const ORIGINS_SHEET: &str = "来源";
/// What stands beside 标识 in the stamp.
pub const MARK: &str = "wuzhang-rollup";
/// The newest form of the workbook that this program reads and the one that it writes.
pub const FORM: u32 = 1;
/// The row of a book's sheet in which the columns' ids stand; their kinds follow, then the rows.
pub const IDS_ROW: u32 = 3;

/// The stamp's lines, by what stands in the first column.
pub mod stamp {
    /// [`super::MARK`].
    pub const MARK: &str = "标识";
    /// [`super::FORM`].
    pub const FORM: &str = "格式";
    /// The program and its version.
    pub const PROGRAM: &str = "程序";
    /// The county.
    pub const OFFICE: &str = "上报单位";
    /// The period.
    pub const PERIOD: &str = "报告期";
    /// The heading of the list of books: 账册, 名称, 工作表, 行数, 校验码.
    pub const BOOKS: &str = "账册";
}

/// The facts of the books, by id.
pub type Books = BTreeMap<String, Facts>;
