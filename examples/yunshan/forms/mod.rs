//! How each unit lays its sheets out: a form states the headers and the habits, [`fill`](super::fill) does the rest.

pub mod departments;
pub mod later;
pub mod others;
pub mod systems;
pub mod towns;

use super::csv::Encoding;
use super::date::Dates;

/// A workbook that a unit sends.
#[derive(Clone, Copy)]
pub struct Submission {
    /// The unit by its canonical name.
    pub unit: &'static str,
    /// The file's name.
    pub file: &'static str,
    /// Its format.
    pub format: Format,
    /// Its sheets that hold a book, in order.
    pub forms: &'static [Form],
    /// Sheets before and after them.
    pub extras: &'static [Extra],
}

/// A file format.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// .xlsx
    Xlsx,
    /// .xls
    Xls,
    /// .ods
    Ods,
    /// .csv
    Csv(Encoding),
}

/// A sheet that is no book.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// A cover, in front.
    Cover,
    /// 填表说明, in front.
    Notes,
    /// An empty sheet of a name, behind.
    Empty(&'static str),
    /// A hidden lookup list, behind.
    Lookup,
    /// A sheet of another matter: no book at all.
    Duty,
}

/// A sheet's layout and its writer's habits.
#[derive(Clone, Copy)]
pub struct Form {
    /// The book.
    pub book: &'static str,
    /// The tab.
    pub sheet: &'static str,
    /// Lines above the header. A line starting with `#` is the title; `||` parts left from right.
    pub top: &'static str,
    /// The columns: `header=field`, apart by `|`, header levels by `>`, `\n` breaks a line in a cell;
    /// `=field@亿元` where a column has a unit of its own. No `=field`: a column that is in no book.
    pub columns: &'static str,
    /// The unit of money: 元, 万元 or 亿元.
    pub money: &'static str,
    /// How dates are written.
    pub dates: Dates,
    /// How rates are written.
    pub rates: Rates,
    /// How amounts are written.
    pub numbers: Numbers,
    /// What an empty cell holds.
    pub empty: &'static str,
    /// Fields whose values part the rows into sections, outer first.
    pub sections: &'static [&'static str],
    /// Where the total stands.
    pub total: Total,
    /// Other habits.
    pub habits: &'static [Habit],
    /// Lines below the table.
    pub bottom: &'static str,
}

/// How a rate is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rates {
    /// A live formula shown as percent.
    Formula,
    /// 0.356 shown as 35.6%.
    Percent,
    /// 35.6, the percent sign in the header.
    Points,
    /// The text `35.6%`.
    Text,
}

/// How an amount is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// As a number.
    Plain,
    /// As text throughout.
    Text,
    /// As text in every third row.
    SomeText,
    /// As text with thousands separators in every second row.
    Thousands,
    /// As full-width digits in every fourth row.
    FullWidth,
}

/// Where the total stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Nowhere.
    None,
    /// Right under the header.
    Top,
    /// Under the header, with 其中 rows by nature below it.
    TopOfWhich,
    /// Under the last row.
    Bottom,
}

/// A habit of a sheet's writer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// The table begins in B2.
    Offset,
    /// A subtotal after each section.
    Subtotals,
    /// Like `Subtotals`, and the first of them is wrong.
    WrongSubtotal,
    /// Cells of a field that repeat are merged down.
    Merged(&'static str),
    /// The header is repeated in mid-table.
    RepeatedHeader,
    /// A blank row before each section and before the total.
    BlankRows,
    /// A data row is hidden.
    HiddenRow,
    /// Columns of no book are hidden.
    HiddenColumns,
    /// Names have stray spaces around them.
    StraySpaces,
    /// Header words are spread out with spaces.
    SpreadHeader,
}

/// What most monthly sheets of key projects have in common; each form says how it differs.
pub const KEY: Form = Form {
    book: "key_projects",
    sheet: "Sheet1",
    top: "",
    columns: "",
    money: "万元",
    dates: Dates::Dot,
    rates: Rates::Percent,
    numbers: Numbers::Plain,
    empty: "",
    sections: &[],
    total: Total::None,
    habits: &[],
    bottom: "",
};
