//! The content of an OpenDocument file, read once from front to back.
//!
//! Takes `content.xml` and the shared styles, gives the sheets: repeats are expanded only where
//! something stands in them.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cell::{self, Head};
use super::styles::Styles;
use crate::collect::build::{GridBuilder, LAST_COLUMN, LAST_ROW};
use crate::collect::fault::Fault;
use crate::collect::grid::{Cell, Grid, Merge, Shown, Value};
use crate::collect::package::{PartXml, attribute, skip, xml_fault};
use crate::collect::reading::{Reading, Sheets};

/// Reads every sheet.
pub(super) fn read(mut xml: PartXml, mut styles: Styles, reading: &Reading) -> Result<Sheets, Fault> {
    let (mut sheets, mut buf, mut closed) = (Sheets::default(), Vec::new(), false);
    loop {
        buf.clear();
        match xml.read_event_into(&mut buf).map_err(xml_fault)? {
            Event::Start(e) => match e.name().as_ref() {
                "table:table" => table(&mut xml, &e, &styles, reading, &mut sheets)?,
                // Deleted cells and links to other files hold tables that are no sheets.
                "table:tracked-changes" | "table:dde-links" => skip(&mut xml, &mut Vec::new())?,
                _ => styles.start(&e),
            },
            Event::Empty(e) if e.name().as_ref() == "table:table" => {
                let name: Arc<str> = attribute(&e, "name").unwrap_or_default().as_ref().into();
                sheets.grids.push(Grid::empty(name));
            }
            Event::Empty(e) => {
                styles.start(&e);
                styles.end(e.local_name().as_ref());
            }
            Event::End(e) => {
                closed = e.name().as_ref() == "office:document-content";
                styles.end(e.local_name().as_ref());
            }
            Event::Eof if closed => return Ok(sheets),
            Event::Eof => return Err(Fault::Unreadable("表格内容不完整".into())),
            _ => {}
        }
    }
}

fn table(
    xml: &mut PartXml,
    element: &BytesStart,
    styles: &Styles,
    reading: &Reading,
    sheets: &mut Sheets,
) -> Result<(), Fault> {
    if sheets.grids.len() >= reading.limits.sheets {
        return Err(Fault::TooLarge(format!("工作表超过{}个", reading.limits.sheets)));
    }
    let name: Arc<str> = attribute(element, "name").unwrap_or_default().as_ref().into();
    let hidden = attribute(element, "style-name").is_some_and(|style| styles.hides_table(&style));
    let grid = GridBuilder::new(reading, name.clone());
    let mut pass = Pass {
        xml,
        styles,
        grid,
        columns: BTreeMap::new(),
        column: 1,
        row: 1,
        row_cells: Vec::new(),
        text: String::new(),
    };
    let read = pass.run().map(|()| pass.grid.finish());
    // The table cannot be left half-read: what follows would be taken for its sheets' own.
    if let Err(fault @ (Fault::TooLarge(_) | Fault::Unreadable(_))) = read {
        return Err(fault);
    }
    sheets.add(reading.file, &name, hidden, read);
    Ok(())
}

struct Pass<'p, 'a, R> {
    xml: &'p mut Reader<R>,
    styles: &'a Styles,
    grid: GridBuilder<'a>,
    /// The default cell style of the columns from a number on.
    columns: BTreeMap<u32, Shown>,
    /// The next column, of declarations and then of cells.
    column: u32,
    row: u32,
    row_cells: Vec<Cell>,
    text: String,
}

/// A row's attributes.
struct RowHead {
    repeated: u32,
    hidden: bool,
    shown: Option<Shown>,
}

impl<R: BufRead> Pass<'_, '_, R> {
    fn run(&mut self) -> Result<(), Fault> {
        let mut buf = Vec::new();
        loop {
            buf.clear();
            match self.xml.read_event_into(&mut buf).map_err(xml_fault)? {
                Event::Start(e) => match e.name().as_ref() {
                    "table:table-row" => self.row(&row_head(&e, self.styles), false)?,
                    "table:table-column" => self.column(&e),
                    // Groups and header rows hold rows and columns like any other.
                    name if is_group(name) => {}
                    _ => skip(self.xml, &mut Vec::new())?,
                },
                Event::Empty(e) => match e.name().as_ref() {
                    "table:table-row" => self.row(&row_head(&e, self.styles), true)?,
                    "table:table-column" => self.column(&e),
                    _ => {}
                },
                Event::End(e) if e.name().as_ref() == "table:table" => return Ok(()),
                Event::Eof => return Err(Fault::Unreadable("表格内容不完整".into())),
                _ => {}
            }
        }
    }

    fn column(&mut self, element: &BytesStart) {
        let end = self.column.saturating_add(repeated(element, "number-columns-repeated"));
        if let Some(style) = attribute(element, "default-cell-style-name") {
            self.columns.insert(self.column, self.styles.shown(&style));
        }
        if is_hidden(element) {
            self.grid.hide_columns(self.column, end - 1);
        }
        if let Some(digits) = attribute(element, "style-name").and_then(|style| self.styles.width(&style)) {
            self.grid.widen(self.column, end - 1, digits);
        }
        self.column = end;
    }

    fn row(&mut self, head: &RowHead, empty: bool) -> Result<(), Fault> {
        self.column = 1;
        self.row_cells.clear();
        if !empty {
            self.cells(head)?;
        }
        let end = self.row.saturating_add(head.repeated);
        if head.hidden {
            self.grid.hide_rows(self.row, end - 1);
        }
        if !self.row_cells.is_empty() {
            let cells = std::mem::take(&mut self.row_cells);
            for row in self.row..end.min(LAST_ROW + 2) {
                cells.iter().try_for_each(|cell| self.grid.put(row, cell.clone()))?;
            }
            self.row_cells = cells;
        }
        self.row = end;
        Ok(())
    }

    fn cells(&mut self, row: &RowHead) -> Result<(), Fault> {
        let mut buf = Vec::new();
        loop {
            buf.clear();
            match self.xml.read_event_into(&mut buf).map_err(xml_fault)? {
                Event::Start(e) if e.name().as_ref() == "table:table-cell" => {
                    let head = Head::of(&e);
                    cell::text(self.xml, &mut self.text)?;
                    self.cell(&head, row)?;
                }
                Event::Empty(e) if e.name().as_ref() == "table:table-cell" => {
                    self.text.clear();
                    self.cell(&Head::of(&e), row)?;
                }
                Event::Start(e) => {
                    self.pass_over(&e);
                    skip(self.xml, &mut Vec::new())?;
                }
                Event::Empty(e) => self.pass_over(&e),
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(Fault::Unreadable("表格内容不完整".into())),
                _ => {}
            }
        }
    }

    /// A covered cell takes its place, whatever stands under the merge.
    fn pass_over(&mut self, element: &BytesStart) {
        if element.name().as_ref() == "table:covered-table-cell" {
            self.column = self.column.saturating_add(repeated(element, "number-columns-repeated"));
        }
    }

    fn cell(&mut self, head: &Head, row: &RowHead) -> Result<(), Fault> {
        let end = self.column.saturating_add(head.repeated);
        if head.columns_spanned > 1 || head.rows_spanned > 1 {
            let bottom = self.row.saturating_add(head.rows_spanned) - 1;
            let right = self.column.saturating_add(head.columns_spanned) - 1;
            self.grid.merge(Merge { top: self.row, left: self.column, bottom, right })?;
        }
        // Repeated cells share one text, whatever its length; only how they are shown may differ.
        let mut before: Option<(Shown, (Value, Shown))> = None;
        for column in self.column..end.min(LAST_COLUMN + 2) {
            let styled = self.shown(head, row, column);
            let same = before.take().filter(|(of, _)| *of == styled).map(|(_, read)| read);
            let Some(read) = same.or_else(|| cell::value(head, &self.text, styled)) else { break };
            let (value, shown) = read.clone();
            self.row_cells.push(Cell { column, value, shown, formula: head.formula });
            before = Some((styled, read));
        }
        self.column = end;
        Ok(())
    }

    /// How the cell's style shows a number; where it has none, its row's or its column's.
    fn shown(&self, head: &Head, row: &RowHead, column: u32) -> Shown {
        let own = head.style.as_deref().map(|style| self.styles.shown(style));
        let of_column = || self.columns.range(..=column).next_back().map(|(_, shown)| *shown);
        own.or(row.shown).or_else(of_column).unwrap_or_default()
    }
}

fn is_group(name: &str) -> bool {
    matches!(
        name,
        "table:table-header-rows"
            | "table:table-rows"
            | "table:table-row-group"
            | "table:table-header-columns"
            | "table:table-columns"
            | "table:table-column-group"
    )
}

fn row_head(element: &BytesStart, styles: &Styles) -> RowHead {
    RowHead {
        repeated: repeated(element, "number-rows-repeated"),
        hidden: is_hidden(element),
        shown: attribute(element, "default-cell-style-name").map(|style| styles.shown(&style)),
    }
}

fn repeated(element: &BytesStart, name: &str) -> u32 {
    attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(element: &BytesStart) -> bool {
    attribute(element, "visibility").is_some_and(|word| word == "collapse" || word == "filter")
}

#[cfg(test)]
mod tests {
    use crate::collect::package::tests::zipped;
    use crate::collect::{Grid, Limits, Merge, Shown, SourceFile, Value, read_bytes};

    fn source(tables: &str) -> SourceFile {
        limited(tables, &Limits::default())
    }

    fn limited(tables: &str, limits: &Limits) -> SourceFile {
        let content = format!(
            r#"<office:document-content><office:automatic-styles>
            <style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
            <style:style style:name="ce1" style:family="table-cell" style:data-style-name="N37"/></office:automatic-styles>
            <office:body><office:spreadsheet><table:tracked-changes><table:table table:name="旧"/></table:tracked-changes>
            {tables}</office:spreadsheet></office:body></office:document-content>"#
        );
        let styles = r#"<office:document-styles><number:date-style style:name="N37"><number:year/><number:month/></number:date-style></office:document-styles>"#;
        let bytes = zipped(&[("content.xml", &content), ("styles.xml", styles)]);
        read_bytes(bytes, "甲.ods", limits)
    }

    fn grid(rows: &str) -> Grid {
        let source = source(&format!(r#"<table:table table:name="表">{rows}</table:table>"#));
        assert_eq!(source.findings, []);
        source.grids.into_iter().next().unwrap()
    }

    const X: &str = r#"<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>"#;

    fn addresses(grid: &Grid) -> Vec<(u32, u32)> {
        grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.number, cell.column))).collect()
    }

    #[test]
    fn repeats_count_and_empty_ones_cost_nothing() {
        let grid = grid(&format!(
            r#"<table:table-header-rows><table:table-row table:number-rows-repeated="2">{X}<table:table-cell table:number-columns-repeated="16383"/></table:table-row></table:table-header-rows>
            <table:table-row table:number-rows-repeated="5"><table:table-cell table:number-columns-repeated="4294967295"/></table:table-row>
            <table:table-row><table:table-cell/><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="4294967295"><table:table-cell/></table:table-row>"#
        ));
        assert_eq!(addresses(&grid), [(1, 1), (2, 1), (8, 2), (8, 3)]);
    }

    #[test]
    fn merges_take_their_covered_cells() {
        let grid = grid(&format!(
            r#"<table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2"/>
            <table:covered-table-cell table:number-columns-repeated="2"><text:p>盖住</text:p></table:covered-table-cell>{X}</table:table-row>"#
        ));
        assert_eq!(grid.merges, [Merge { top: 1, left: 1, bottom: 2, right: 3 }]);
        assert_eq!(addresses(&grid), [(1, 4)]);
    }

    #[test]
    fn formats_come_from_the_cell_or_its_column() {
        let date =
            r#"office:value-type="date" office:date-value="2026-10-01"><text:p>2026年10月</text:p></table:table-cell>"#;
        let grid = grid(&format!(
            r#"<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>
            <table:table-row><table:table-cell {date}<table:table-cell {date}<table:table-cell table:style-name="ce1" {date}</table:table-row>"#
        ));
        let cells: Vec<_> = grid.rows[0].cells.iter().map(|cell| (cell.value.clone(), cell.shown)).collect();
        let october = |shown| (Value::Date(46_296.0), shown);
        assert_eq!(cells, [october(Shown::Day), october(Shown::Month), october(Shown::Month)]);
    }

    #[test]
    fn what_is_hidden_is_known() {
        let source = source(&format!(
            r#"<table:table table:name="甲" table:style-name="ta2"><table:table-column table:number-columns-repeated="2"/>
            <table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>
            <table:table-row table:visibility="filter">{X}</table:table-row><table:table-row>{X}</table:table-row>
            <table:table-row table:visibility="collapse" table:number-rows-repeated="1048574"><table:table-cell/></table:table-row></table:table>
            <table:table table:name="乙"/>"#
        ));
        let grid = &source.grids[0];
        assert!(grid.hidden);
        assert_eq!((Vec::from_iter(&grid.hidden_rows), Vec::from_iter(&grid.hidden_columns)), (vec![&1], vec![&3, &4]));
        assert_eq!(source.grids.len(), 2, "an empty table is a sheet too, a deleted one is none");
    }

    #[test]
    fn repeats_without_end_stop_at_the_limits() {
        let bomb =
            format!(r#"<table:table-row table:number-rows-repeated="1000000">{}</table:table-row>"#, X.repeat(100));
        let limits = Limits { cells: 10_000, ..Limits::default() };
        let source = limited(&format!(r#"<table:table table:name="表">{bomb}</table:table>"#), &limits);
        assert_eq!(&*source.findings[0].rule, "file.too_large");
    }
}
