//! A workbook before it has a format: cells, merges, what is hidden. Rows and columns count from 0 here.

use std::collections::{BTreeMap, BTreeSet};

/// A workbook.
#[derive(Default)]
pub struct Workbook {
    /// Its sheets in order.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Default)]
pub struct Sheet {
    /// Its name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Used cells by row and column.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Merged regions.
    pub merges: Vec<Area>,
    /// Rows that are hidden.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are hidden.
    pub hidden_columns: BTreeSet<u32>,
    /// Widths in characters.
    pub widths: BTreeMap<u32, u32>,
}

/// A used cell.
#[derive(Clone)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// How it looks.
    pub look: Look,
}

/// What a cell holds.
#[derive(Clone)]
pub enum Content {
    /// Nothing but its border.
    Blank,
    /// Text.
    Text(String),
    /// A number; with a date look, a day count of the 1900 system.
    Number(f64),
    /// A live formula and the value stored with it.
    Formula(Formula, f64),
}

/// The two formulas that clerks write.
#[derive(Clone)]
pub enum Formula {
    /// `SUM` of some regions.
    Sum(Vec<Area>),
    /// One cell divided by another.
    Ratio((u32, u32), (u32, u32)),
}

/// A rectangle, both corners included.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// How a cell looks. The order is that of the style tables in the files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// As a new sheet has it.
    Plain,
    /// Large, bold, centred.
    Title,
    /// Bold, bordered, centred, wrapped.
    Head,
    /// Bordered and wrapped.
    Body,
    /// Bold and bordered, for totals and sections.
    Strong,
    /// Percent with one decimal.
    Percent,
    /// 2026-05-31
    Day,
    /// 2026年5月
    Month,
}

impl Look {
    /// All looks, in the order of the style tables.
    pub const ALL: [Self; 8] =
        [Self::Plain, Self::Title, Self::Head, Self::Body, Self::Strong, Self::Percent, Self::Day, Self::Month];

    /// Its number format, where it has one of its own.
    pub fn format(self) -> Option<&'static str> {
        match self {
            Self::Percent => Some("0.0%"),
            Self::Day => Some("yyyy-mm-dd"),
            Self::Month => Some("yyyy\"年\"m\"月\""),
            _ => None,
        }
    }

    /// Whether it is bold.
    pub fn bold(self) -> bool {
        matches!(self, Self::Title | Self::Head | Self::Strong)
    }

    /// Whether it has borders, and breaks its lines.
    pub fn bordered(self) -> bool {
        !matches!(self, Self::Plain | Self::Title)
    }

    /// Whether it is centred.
    pub fn centred(self) -> bool {
        matches!(self, Self::Title | Self::Head)
    }
}

impl Sheet {
    /// An empty sheet.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_string(), ..Self::default() }
    }

    /// Puts text into a cell.
    pub fn text(&mut self, row: u32, column: u32, text: &str, look: Look) {
        self.put(row, column, Content::Text(text.to_string()), look);
    }

    /// Puts anything into a cell.
    pub fn put(&mut self, row: u32, column: u32, content: Content, look: Look) {
        self.cells.insert((row, column), Cell { content, look });
    }

    /// Merges a region that is more than one cell, filling it with borders where its corner has them.
    pub fn merge(&mut self, top: u32, left: u32, bottom: u32, right: u32) {
        if (top, left) == (bottom, right) {
            return;
        }
        self.merges.push(Area { top, left, bottom, right });
        let look = self.cells.get(&(top, left)).map_or(Look::Plain, |cell| cell.look);
        for row in top..=bottom {
            for column in left..=right {
                self.cells.entry((row, column)).or_insert(Cell { content: Content::Blank, look });
            }
        }
    }

    /// The number of rows in use.
    pub fn height(&self) -> u32 {
        self.cells.keys().map(|at| at.0 + 1).max().unwrap_or(0)
    }

    /// The number of columns in use.
    pub fn width(&self) -> u32 {
        self.cells.keys().map(|at| at.1 + 1).max().unwrap_or(0)
    }

    /// Whether a row holds a title.
    pub fn titled(&self, row: u32) -> bool {
        self.cells.range((row, 0)..(row + 1, 0)).any(|(_, cell)| cell.look == Look::Title)
    }

    /// How many lines the fullest cell of a row needs in its column.
    pub fn lines(&self, row: u32) -> u32 {
        let needed = |(at, cell): (&(u32, u32), &Cell)| match &cell.content {
            Content::Text(text) if cell.look.bordered() && self.merge_at(at.0, at.1).is_none() => {
                let width = self.widths.get(&at.1).copied().unwrap_or(9);
                text.lines().map(|line| (line.chars().count() as u32 * 2).div_ceil(width)).sum()
            }
            _ => 1,
        };
        self.cells.range((row, 0)..(row + 1, 0)).map(needed).max().unwrap_or(1).clamp(1, 6)
    }

    /// The merge that a cell lies in.
    pub fn merge_at(&self, row: u32, column: u32) -> Option<&Area> {
        self.merges.iter().find(|m| (m.top..=m.bottom).contains(&row) && (m.left..=m.right).contains(&column))
    }
}

/// A cell's address: row 0, column 0 is A1.
pub fn address((row, column): (u32, u32)) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

impl Area {
    /// `E5:E9`, or `E5` where it is one cell.
    pub fn range(self) -> String {
        let (first, last) = (address((self.top, self.left)), address((self.bottom, self.right)));
        if first == last { first } else { format!("{first}:{last}") }
    }
}
