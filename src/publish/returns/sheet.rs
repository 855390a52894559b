//! A worksheet's XML, looked through before it is marked.
//!
//! Takes the part as text, gives what marking has to know: merged regions, the first used cell of the rows
//! asked about, the formats and sizes of columns and rows, and where a drawing of notes may be named.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::origin::parse_address;
use crate::package::{PackageError, Tag, TagKind, Tags};

/// Widths and heights of a sheet that states none.
const WIDTH: f64 = 8.43;
const HEIGHT: f64 = 15.0;

/// Elements of a worksheet that stand behind its drawing of notes.
const BEHIND_NOTES: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// A span of columns with a format or a width of their own.
#[derive(Debug, Clone, PartialEq)]
struct Columns {
    span: Range<u32>,
    format: Option<usize>,
    width: Option<f64>,
}

/// What a worksheet has.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The prefix of its elements.
    pub(super) prefix: String,
    /// Merged regions: top, left, bottom, right, from 1.
    merges: Vec<(u32, u32, u32, u32)>,
    /// The first cell with contents of the rows asked about.
    first_used: BTreeMap<u32, u32>,
    columns: Vec<Columns>,
    heights: BTreeMap<u32, f64>,
    width: Option<f64>,
    height: Option<f64>,
    /// The id of its drawing of notes.
    pub(super) notes: Option<String>,
    /// Where a drawing of notes may be named.
    pub(super) notes_place: usize,
    /// Where it says that it is the chosen sheet.
    pub(super) chosen: Vec<Range<usize>>,
}

impl Sheet {
    /// Looks through a worksheet; `rows` are those of which the first used cell is wanted.
    pub(super) fn of(text: &str, part: &str, rows: &[u32]) -> Result<Self, PackageError> {
        let mut sheet = Self::default();
        let rows: BTreeSet<u32> = rows.iter().copied().collect();
        let (mut row, mut column, mut behind_cells, mut placed) = (0, 0, false, false);
        let mut tags = Tags::of(text);
        while let Some(tag) = tags.next() {
            let tag = tag?;
            match (tag.local(), tag.kind) {
                ("row", TagKind::Open | TagKind::Empty) => {
                    row = row_number(&tag, row);
                    column = 0;
                    if let Some(height) = number(&tag, "ht") {
                        sheet.heights.insert(row, height);
                    }
                    if !rows.contains(&row) {
                        tags.pass_over(&tag);
                    }
                }
                ("c", TagKind::Open | TagKind::Empty) => {
                    column = column_number(&tag, column);
                    if tag.kind == TagKind::Open {
                        sheet.first_used.entry(row).or_insert(column);
                        tags.pass_over(&tag);
                    }
                }
                ("sheetData", TagKind::Close | TagKind::Empty) => behind_cells = true,
                (local, kind) if kind == TagKind::Close && local == "worksheet" => {
                    if !placed {
                        sheet.notes_place = tag.range.start;
                    }
                    placed = true;
                }
                (local, _) if tag.begins() => {
                    if behind_cells && !placed && tag.depth == 1 && BEHIND_NOTES.contains(&local) {
                        sheet.notes_place = tag.range.start;
                        placed = true;
                    }
                    sheet.element(&tag);
                }
                _ => {}
            }
        }
        match placed {
            true => Ok(sheet),
            false => Err(PackageError::Unexpected(part.to_owned())),
        }
    }

    fn element(&mut self, tag: &Tag) {
        match tag.local() {
            "worksheet" => tag.prefix().clone_into(&mut self.prefix),
            "sheetFormatPr" => {
                self.width = number(tag, "defaultColWidth").or_else(|| number(tag, "baseColWidth"));
                self.height = number(tag, "defaultRowHeight");
            }
            "sheetView" => self.chosen.extend(tag.attribute_range("tabSelected")),
            "col" => {
                let (Some(first), Some(last)) = (number(tag, "min"), number(tag, "max")) else { return };
                let format = number(tag, "style").map(|format| format as usize);
                let hidden = tag.attribute("hidden").is_some_and(|said| said == "1" || said == "true");
                let width = if hidden { Some(0.0) } else { number(tag, "width") };
                self.columns.push(Columns { span: first as u32..(last as u32).saturating_add(1), format, width });
            }
            "mergeCell" => {
                let said = tag.attribute("ref").unwrap_or_default();
                let corners = said.split_once(':').and_then(|(a, b)| Some((parse_address(a)?, parse_address(b)?)));
                self.merges.extend(corners.map(|((top, left), (bottom, right))| (top, left, bottom, right)));
            }
            "legacyDrawing" => self.notes = tag.attribute("id").map(|id| id.into_owned()),
            _ => {}
        }
    }

    /// The cell that shows what a place says: the first of a merged region, the first used one of a row.
    pub(super) fn shown(&self, row: u32, column: Option<u32>) -> (u32, u32) {
        let column = column.or_else(|| self.first_used.get(&row).copied()).unwrap_or(1);
        let covers = |(top, left, bottom, right): &&(_, _, _, _)| {
            (*top..=*bottom).contains(&row) && (*left..=*right).contains(&column)
        };
        self.merges.iter().find(covers).map_or((row, column), |(top, left, _, _)| (*top, *left))
    }

    /// The format of a column's cells that have none of their own.
    pub(super) fn column_format(&self, column: u32) -> Option<usize> {
        self.columns.iter().find(|columns| columns.span.contains(&column))?.format
    }

    /// A column's width in pixels.
    pub(super) fn width(&self, column: u32) -> f64 {
        let own = self.columns.iter().find(|columns| columns.span.contains(&column)).and_then(|columns| columns.width);
        let digits = own.or(self.width).unwrap_or(WIDTH);
        if digits <= 0.0 { 0.0 } else { digits * 7.0 + 5.0 }
    }

    /// A row's height in pixels.
    pub(super) fn height(&self, row: u32) -> f64 {
        self.heights.get(&row).copied().or(self.height).unwrap_or(HEIGHT) * 4.0 / 3.0
    }
}

/// A row's number: stated, or one more than that of the row before.
pub(super) fn row_number(tag: &Tag, before: u32) -> u32 {
    tag.attribute("r").and_then(|said| said.parse().ok()).unwrap_or(before.saturating_add(1))
}

/// A cell's column: stated, or one more than that of the cell before.
pub(super) fn column_number(tag: &Tag, before: u32) -> u32 {
    tag.attribute("r").and_then(|said| parse_address(&said)).map_or(before.saturating_add(1), |(_, column)| column)
}

fn number(tag: &Tag, name: &str) -> Option<f64> {
    tag.attribute(name)?.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_marking_has_to_know() {
        let text = "<x:worksheet><x:sheetViews><x:sheetView tabSelected='1'/></x:sheetViews>\
            <x:sheetFormatPr defaultRowHeight='12'/><x:cols><x:col min='2' max='3' width='10' style='4'/></x:cols>\
            <x:sheetData><x:row r='3' ht='30'><x:c r='B3'/><x:c r='C3'><x:v>1</x:v></x:c></x:row></x:sheetData>\
            <x:mergeCells><x:mergeCell ref='A5:B6'/></x:mergeCells><x:drawing r:id='d'/><x:tableParts/></x:worksheet>";
        let sheet = Sheet::of(text, "sheet1.xml", &[3, 5, 9]).unwrap();
        assert_eq!(sheet.shown(3, None), (3, 3), "an empty cell says nothing");
        assert_eq!((sheet.shown(6, Some(2)), sheet.shown(6, Some(3)), sheet.shown(9, None)), ((5, 1), (6, 3), (9, 1)));
        assert_eq!((sheet.column_format(3), sheet.column_format(4)), (Some(4), None));
        assert_eq!((sheet.width(2), sheet.height(3), sheet.height(4)), (75.0, 40.0, 16.0));
        assert!(text[sheet.notes_place..].starts_with("<x:tableParts/>"));
        assert_eq!((sheet.prefix.as_str(), &text[sheet.chosen[0].clone()]), ("x:", "1"));
        assert!(Sheet::of("<worksheet><sheetData>", "sheet1.xml", &[]).is_err());
    }
}
