//! Layout: which book a sheet is, where its header stands, what each column and row is.
//!
//! Takes a [`Grid`](crate::collect::Grid) and the profile, gives a [`Layout`]. Evidence, not
//! position: header words against the books' spellings, units in header and caption, the types in
//! the column below, arithmetic between columns and rows. What is left in doubt is a finding.

mod blind;
mod caption;
mod card;
mod card_layout;
mod columns;
mod confirmed;
mod contents;
mod decide;
mod doubts;
mod header;
mod heading;
mod issued;
mod merges;
mod parts;
mod rows;
mod sheet;
mod signature;
mod stamp;
mod stated;
mod vocabulary;
mod wording;

pub use blind::{UnknownColumn, UnknownTable, unknown_table};
pub use confirmed::{Confirmed, ConfirmedLayout};
pub use decide::Reader;
pub(crate) use rows::stated_count;
pub(crate) use sheet::Sheet;
pub use signature::Signature;
pub use stamp::{Filled, FormColumn, Stamp};
pub use stated::period_of;
pub use vocabulary::Vocabulary;

use crate::finding::Finding;
pub use crate::value::MoneyUnit;

/// How a sheet is to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The book's id, or `None` where the sheet is none of them (a finding says why).
    pub book: Option<String>,
    /// Who filled the sheet in, as written or as the file's name tells.
    pub reporting_unit: Option<String>,
    /// The period that the sheet's name or title speaks of.
    pub stated_period: Option<crate::period::Period>,
    /// First and last row of the header.
    pub header: Option<(u32, u32)>,
    /// Every column of the table, in order.
    pub columns: Vec<Column>,
    /// Every row from the first used to the last.
    pub rows: Vec<RowKind>,
    /// The number of the row that `rows` starts with.
    pub first_row: u32,
    /// What is in doubt.
    pub findings: Vec<Finding>,
}

impl RowKind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Caption,
        Self::Header,
        Self::Section,
        Self::Data,
        Self::Subtotal,
        Self::Total,
        Self::Note,
        Self::Blank,
    ];

    /// As clerks call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Title => "标题",
            Self::Caption => "表注",
            Self::Header => "表头",
            Self::Section => "分组",
            Self::Data => "数据",
            Self::Subtotal => "小计",
            Self::Total => "合计",
            Self::Note => "备注",
            Self::Blank => "空行",
        }
    }
}

impl Layout {
    /// What the row of a number is; `None` outside the used rows.
    pub fn kind(&self, row: u32) -> Option<RowKind> {
        self.rows.get(row.checked_sub(self.first_row)? as usize).copied()
    }

    /// The findings that a decision of the office would settle.
    pub fn in_doubt(&self) -> impl Iterator<Item = &Finding> {
        const SETTLED: [&str; 6] = [
            "header.ambiguous",
            "header.unusual",
            "header.stale_period",
            "amount.no_unit",
            "layout.changed",
            "sheet.no_book",
        ];
        self.findings.iter().filter(|finding| SETTLED.contains(&&*finding.rule))
    }

    /// The number after the last used row's.
    pub fn end(&self) -> u32 {
        self.first_row + self.rows.len() as u32
    }

    /// How many rows there are of each kind.
    pub fn count_kinds(&self) -> Vec<(RowKind, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for kind in &self.rows {
            *counts.entry(*kind).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its number, A is 1.
    pub column: u32,
    /// The book's field it was read as.
    pub field: Option<String>,
    /// Its header as written, the levels joined with `|`.
    pub header: String,
    /// The row where its value stands, on a sheet that is one project's card; of a table `None`.
    pub row: Option<u32>,
    /// For amounts: the money unit of its plain numbers.
    pub measured_in: Option<MoneyUnit>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// The table's title.
    Title,
    /// 填报单位, 单位: 万元, 日期.
    Caption,
    /// A row of column names, also repeated in mid-table.
    Header,
    /// 一、续建项目(23个).
    Section,
    /// A row of the book: becomes a record.
    Data,
    /// 小计, 其中.
    Subtotal,
    /// 合计.
    Total,
    /// Remarks, 填报人, 审核人.
    Note,
    /// Nothing in it.
    Blank,
}
