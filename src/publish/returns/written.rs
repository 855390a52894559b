//! A sheet of ours as an XML part: rows of text cells with their looks, links, merged titles, a page set up.

use super::looks::{Look, Looks};
use crate::origin::cell_address;
use crate::package::{escape_attribute, escape_text};

/// Excel holds 32,767 characters in a cell.
const LONGEST: usize = 32_000;

/// A cell: where it stands, how it looks, what it says, where it leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) look: Look,
    pub(super) text: String,
    /// `'重点项目'!F12`
    pub(super) link: Option<String>,
}

impl Cell {
    pub(super) fn of(look: Look, text: impl Into<String>) -> Self {
        Self { look, text: text.into(), link: None }
    }

    pub(super) fn linked(self, link: Option<String>) -> Self {
        Self { link, ..self }
    }
}

/// A row: its height in points, its cells from column A on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) height: f64,
    pub(super) cells: Vec<Cell>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    /// Widths of the columns in digits.
    pub(super) widths: Vec<f64>,
    pub(super) lines: Vec<Line>,
    /// `A1:H1`
    pub(super) merges: Vec<String>,
    /// Rows that stay when the sheet is scrolled.
    pub(super) frozen: usize,
    /// The rows with a filter over them: heading and last.
    pub(super) filter: Option<(usize, usize)>,
    /// Whether the workbook opens on it.
    pub(super) chosen: bool,
    pub(super) landscape: bool,
}

impl Page {
    /// The part.
    pub(super) fn xml(&self, looks: &Looks) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>",
        );
        xml.push_str(&self.views());
        let width = |(at, width): (usize, &f64)| {
            let n = at + 1;
            format!("<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>")
        };
        let widths: String = self.widths.iter().enumerate().map(width).collect();
        xml.push_str(&format!("<sheetFormatPr defaultRowHeight=\"15\"/><cols>{widths}</cols><sheetData>"));
        let mut links = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            let row = at as u32 + 1;
            xml.push_str(&format!("<row r=\"{row}\" ht=\"{:.1}\" customHeight=\"1\">", line.height));
            for (column, cell) in line.cells.iter().enumerate() {
                let address = cell_address(row, column as u32 + 1);
                let format = looks.format(cell.look);
                contents(&mut xml, &address, format, &cell.text);
                if let Some(link) = &cell.link {
                    let link = escape_attribute(link);
                    links.push_str(&format!("<hyperlink ref=\"{address}\" location=\"{link}\" display=\"{link}\"/>"));
                }
            }
            xml.push_str("</row>");
        }
        xml.push_str("</sheetData>");
        if let Some((heading, last)) = self.filter {
            let end = cell_address(last as u32, self.widths.len() as u32);
            xml.push_str(&format!("<autoFilter ref=\"A{heading}:{end}\"/>"));
        }
        xml.push_str(&self.behind_cells(&links));
        xml
    }

    fn views(&self) -> String {
        let chosen = if self.chosen { " tabSelected=\"1\"" } else { "" };
        let pane = match self.frozen {
            0 => String::new(),
            rows => format!(
                "<pane ySplit=\"{rows}\" topLeftCell=\"A{n}\" activePane=\"bottomLeft\" state=\"frozen\"/>\
                 <selection pane=\"bottomLeft\" activeCell=\"A{n}\" sqref=\"A{n}\"/>",
                n = rows + 1
            ),
        };
        format!(
            "<sheetViews><sheetView showGridLines=\"0\"{chosen} workbookViewId=\"0\">{pane}</sheetView></sheetViews>"
        )
    }

    fn behind_cells(&self, links: &str) -> String {
        let merge = |merge: &String| format!("<mergeCell ref=\"{merge}\"/>");
        let merges: String = self.merges.iter().map(merge).collect();
        let orientation = if self.landscape { "landscape" } else { "portrait" };
        let mut xml = String::new();
        if !merges.is_empty() {
            xml.push_str(&format!("<mergeCells count=\"{}\">{merges}</mergeCells>", self.merges.len()));
        }
        if !links.is_empty() {
            xml.push_str(&format!("<hyperlinks>{links}</hyperlinks>"));
        }
        xml.push_str(&format!(
            "<printOptions horizontalCentered=\"1\"/>\
             <pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
             <pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"{orientation}\"/>\
             <headerFooter><oddFooter>&amp;C&amp;9第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>"
        ));
        xml
    }
}

fn contents(xml: &mut String, address: &str, format: usize, text: &str) {
    xml.push_str(&format!("<c r=\"{address}\" s=\"{format}\""));
    if text.is_empty() {
        xml.push_str("/>");
        return;
    }
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    xml.push_str(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    xml.push_str(&escape_text(&text[..end]));
    xml.push_str("</t></is></c>");
}
