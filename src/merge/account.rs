//! The row account: every data row of every sheet ends in exactly one place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::MergeError;
use super::entry::{Entry, Source, Tables};
use crate::layout::RowKind;
use crate::profile::Profile;
use crate::record::{Table, Values};

/// What became of a sheet's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetAccount {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The book's id.
    pub book: String,
    /// How many rows of each kind the sheet has.
    pub kinds: Vec<(RowKind, usize)>,
    /// Data rows that became a project's row.
    pub merged: usize,
    /// Data rows joined to the row of another unit.
    pub joined: usize,
    /// Data rows set aside, each with an error finding.
    pub set_aside: usize,
    /// Data rows that a decision took off the list, rows joined to them included.
    pub taken_off: usize,
}

impl SheetAccount {
    /// How many data rows the sheet has.
    pub fn data(&self) -> usize {
        self.kinds.iter().filter(|(kind, _)| *kind == RowKind::Data).map(|(_, count)| count).sum()
    }

    /// Whether every data row is accounted for once.
    pub fn balances(&self) -> bool {
        self.data() == self.merged + self.joined + self.set_aside + self.taken_off
    }
}

/// The accounts of all sheets while the month is merged.
#[derive(Debug)]
pub(crate) struct Ledgers {
    accounts: Vec<SheetAccount>,
}

impl Ledgers {
    /// Accounts with nothing entered yet.
    pub(crate) fn of(tables: &[Cow<Table>]) -> Self {
        let account = |table: &Table| SheetAccount {
            file: table.file.to_string(),
            sheet: table.sheet.to_string(),
            book: table.book.clone(),
            kinds: table.row_kinds.clone(),
            merged: 0,
            joined: 0,
            set_aside: 0,
            taken_off: 0,
        };
        Self { accounts: tables.iter().map(|table| account(table)).collect() }
    }

    /// Enters rows that were set aside.
    pub(crate) fn set_aside(&mut self, tables: &Tables, counted: &BTreeMap<usize, usize>, duplicates: &[Source]) {
        for (&table, count) in counted {
            self.of_table(tables, table).set_aside += count;
        }
        for source in duplicates {
            self.of_table(tables, source.table()).set_aside += 1;
        }
    }

    /// Enters projects that stay on the list.
    pub(crate) fn keep(&mut self, tables: &Tables, entries: &[Entry]) {
        for entry in entries {
            self.of_table(tables, entry.source.table()).merged += 1;
            for source in &entry.more().joined {
                self.of_table(tables, source.table()).joined += 1;
            }
        }
    }

    /// Enters projects that are off the list.
    pub(crate) fn take_off<'e, 'a: 'e>(&mut self, tables: &Tables, entries: impl Iterator<Item = &'e Entry<'a>>) {
        for source in entries.flat_map(Entry::sources) {
            self.of_table(tables, source.table()).taken_off += 1;
        }
    }

    /// The accounts in order of file and sheet, if all of them balance.
    pub(crate) fn close(mut self) -> Result<Vec<SheetAccount>, MergeError> {
        self.accounts.sort_by(|a, b| (&a.file, &a.sheet).cmp(&(&b.file, &b.sheet)));
        match self.accounts.iter().find(|account| !account.balances()) {
            None => Ok(self.accounts),
            Some(account) => Err(MergeError::Unbalanced {
                file: account.file.clone(),
                sheet: account.sheet.clone(),
                data: account.data(),
                merged: account.merged,
                joined: account.joined,
                set_aside: account.set_aside,
                taken_off: account.taken_off,
            }),
        }
    }

    fn of_table(&mut self, tables: &Tables, number: usize) -> &mut SheetAccount {
        &mut self.accounts[tables.tables[number].0]
    }
}

/// That every table has a book, and columns as long as its rows and of their field's kind.
pub(crate) fn well_shaped(tables: &[Table], profile: &Profile) -> Result<(), MergeError> {
    for table in tables {
        if let Err(fault) = shape(table, profile) {
            return Err(MergeError::Misshapen { file: table.file.to_string(), sheet: table.sheet.to_string(), fault });
        }
    }
    Ok(())
}

fn shape(table: &Table, profile: &Profile) -> Result<(), String> {
    use crate::profile::Kind;
    let book = profile.book(&table.book).ok_or_else(|| format!("没有账册 {}", table.book))?;
    if table.sections.len() != table.rows.len() {
        return Err(format!("有{}行、{}个分类标题", table.rows.len(), table.sections.len()));
    }
    for column in &table.columns {
        let field = book.field(&column.field).ok_or_else(|| format!("账册 {} 没有字段 {}", book.id, column.field))?;
        let (length, fits) = match &column.values {
            Values::Amount(cells) => (cells.len(), field.kind == Kind::Amount),
            Values::Count(cells) => (cells.len(), field.kind == Kind::Count),
            Values::Number(cells) => (cells.len(), matches!(field.kind, Kind::Rate | Kind::Number)),
            Values::Date(cells) => (cells.len(), field.kind == Kind::Date),
            Values::Text(cells) => (cells.len(), matches!(field.kind, Kind::Text | Kind::Choice)),
        };
        if !fits || length != table.rows.len() {
            return Err(format!("字段 {} 有{length}个值，类型{}", field.id, if fits { "相符" } else { "不符" }));
        }
    }
    Ok(())
}
