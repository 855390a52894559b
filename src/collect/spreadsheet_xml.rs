//! Workbooks as Excel 2003 writes them in XML, often called .xls by the systems that export them.
//!
//! Takes bytes, gives the worksheets as grids: one pass over the document, in which rows and cells
//! count on from one another unless they say where they stand.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::build::{GridBuilder, LAST_COLUMN, LAST_ROW};
use super::fault::Fault;
use super::grid::{Cell, Merge, Shown, Value};
use super::number_format;
use super::package::{attribute, is_set, push_reference, xml_fault};
use super::reading::{Reading, Sheets};
use super::serial;
use super::text::decode;

/// Reads every worksheet.
pub(super) fn read(bytes: &[u8], reading: &Reading) -> Result<Sheets, Fault> {
    let document = decode(bytes)?.text;
    let mut pass = Pass { xml: Reader::from_str(&document), reading, styles: HashMap::new(), is_1904: false };
    pass.xml.config_mut().expand_empty_elements = true;
    pass.xml.config_mut().check_end_names = false;
    pass.xml.config_mut().allow_dangling_amp = true;
    let mut sheets = Sheets::default();
    let mut closed = false;
    loop {
        match pass.xml.read_event().map_err(xml_fault)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "Style" => pass.style(&e)?,
                "Date1904" => pass.is_1904 = true,
                "Worksheet" => pass.worksheet(&e, &mut sheets)?,
                _ => {}
            },
            Event::End(e) => closed |= e.local_name().as_ref() == "Workbook",
            Event::Eof if closed => return Ok(sheets),
            Event::Eof => return Err(Fault::Unreadable("文件内容不完整".into())),
            _ => {}
        }
    }
}

/// How a style shows a number, and whether smaller than it is.
type Look = (Shown, bool);

struct Pass<'d, 'r> {
    xml: Reader<&'d [u8]>,
    reading: &'r Reading<'r>,
    styles: HashMap<String, Look>,
    is_1904: bool,
}

/// A worksheet while it is read.
struct Sheet<'r> {
    grid: GridBuilder<'r>,
    row: u32,
    column: u32,
    row_style: Option<String>,
    /// The last column with a declaration, and the style of each that has one.
    last_declared: u32,
    column_styles: BTreeMap<u32, String>,
    hidden: bool,
}

/// A cell's children.
#[derive(Default)]
struct Contents {
    /// What `Type` says, and the text.
    data: Option<(String, String)>,
}

impl Pass<'_, '_> {
    fn style(&mut self, element: &BytesStart) -> Result<(), Fault> {
        let id = attribute(element, "ID").unwrap_or_default().into_owned();
        let parent = attribute(element, "Parent").and_then(|parent| self.styles.get(&*parent).copied());
        let mut look = parent.unwrap_or_default();
        loop {
            match self.xml.read_event().map_err(xml_fault)? {
                Event::Start(e) if e.local_name().as_ref() == "NumberFormat" => {
                    look = attribute(&e, "Format").map_or_else(Look::default, |code| look_of(&code));
                }
                Event::End(e) if e.local_name().as_ref() == "Style" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        self.styles.insert(id, look);
        Ok(())
    }

    fn worksheet(&mut self, element: &BytesStart, sheets: &mut Sheets) -> Result<(), Fault> {
        let name: Arc<str> = attribute(element, "Name").unwrap_or_default().into();
        let mut sheet = Sheet {
            grid: GridBuilder::new(self.reading, name.clone()),
            row: 0,
            column: 0,
            row_style: None,
            last_declared: 0,
            column_styles: BTreeMap::new(),
            hidden: false,
        };
        let read = self.contents(&mut sheet);
        let hidden = sheet.hidden;
        sheets.add(self.reading.file, &name, hidden, read.map(|()| sheet.grid.finish()));
        Ok(())
    }

    fn contents(&mut self, sheet: &mut Sheet) -> Result<(), Fault> {
        loop {
            match self.xml.read_event().map_err(xml_fault)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "Column" => sheet.declare_columns(&e),
                    "Row" => sheet.start_row(&e),
                    "Cell" => self.cell(sheet, &e)?,
                    "Visible" => sheet.hidden = self.text("Visible")?.contains("Hidden"),
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "Worksheet" => return Ok(()),
                Event::Eof => return Err(Fault::Unreadable("工作表内容不完整".into())),
                _ => {}
            }
        }
    }

    fn cell(&mut self, sheet: &mut Sheet, element: &BytesStart) -> Result<(), Fault> {
        let (row, column) = sheet.locate(element);
        let style = attribute(element, "StyleID").map(|id| id.into_owned());
        let formula = attribute(element, "Formula").is_some();
        sheet.merge(element)?;
        let style = style.as_ref().or(sheet.row_style.as_ref()).or_else(|| sheet.column_styles.get(&column));
        let (shown, scaled) = style.and_then(|id| self.styles.get(id)).copied().unwrap_or_default();
        let contents = self.children()?;
        let (value, shown) = match contents.data {
            Some((kind, text)) if !(text.is_empty() && kind != "String") => value(&kind, &text, shown, self.is_1904),
            _ if formula => (Value::Uncalculated, Shown::Plain),
            _ => return Ok(()),
        };
        if scaled && matches!(value, Value::Number(_)) {
            sheet.grid.scaled(row, column);
        }
        sheet.grid.put(row, Cell { column, value, shown, formula })
    }

    /// A cell's data; what a comment on it says is no part of it.
    fn children(&mut self) -> Result<Contents, Fault> {
        let mut contents = Contents::default();
        loop {
            match self.xml.read_event().map_err(xml_fault)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "Data" => {
                        let kind = attribute(&e, "Type").unwrap_or_default().into_owned();
                        contents.data = Some((kind, self.text("Data")?));
                    }
                    "Comment" => drop(self.text("Comment")?),
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "Cell" => return Ok(contents),
                Event::Eof => return Err(Fault::Unreadable("工作表内容不完整".into())),
                _ => {}
            }
        }
    }

    /// The text of an element that was just opened, that of its children included.
    fn text(&mut self, element: &str) -> Result<String, Fault> {
        let mut text = String::new();
        loop {
            match self.xml.read_event().map_err(xml_fault)? {
                Event::Text(t) => text.push_str(&t.xml10_content()),
                Event::CData(t) => text.push_str(&t.xml10_content()),
                Event::GeneralRef(r) => push_reference(&mut text, &r),
                Event::End(e) if e.local_name().as_ref() == element => return Ok(text),
                Event::Eof => return Err(Fault::Unreadable("工作表内容不完整".into())),
                _ => {}
            }
        }
    }
}

impl Sheet<'_> {
    fn declare_columns(&mut self, element: &BytesStart) {
        let first = number(element, "Index").unwrap_or_else(|| self.last_declared.saturating_add(1));
        let last = first.saturating_add(number(element, "Span").unwrap_or(0)).min(LAST_COLUMN);
        self.last_declared = last;
        if attribute(element, "Hidden").is_some_and(|hidden| is_set(&hidden)) {
            self.grid.hide_columns(first, last);
        }
        // In points; a digit of the usual font takes five and a quarter.
        if let Some(points) = attribute(element, "Width").and_then(|width| width.parse::<f64>().ok()) {
            self.grid.widen(first, last, points / 5.25);
        }
        if let Some(id) = attribute(element, "StyleID") {
            self.column_styles.extend((first..=last).map(|column| (column, id.clone().into_owned())));
        }
    }

    fn start_row(&mut self, element: &BytesStart) {
        let first = number(element, "Index").unwrap_or_else(|| self.row.saturating_add(1));
        // A span repeats the row's look below it; no cells stand in those rows.
        let last = first.saturating_add(number(element, "Span").unwrap_or(0)).min(LAST_ROW);
        if attribute(element, "Hidden").is_some_and(|hidden| is_set(&hidden)) {
            self.grid.hide_rows(first, last);
        }
        (self.row, self.column) = (first, 0);
        self.row_style = attribute(element, "StyleID").map(|id| id.into_owned());
    }

    fn locate(&mut self, element: &BytesStart) -> (u32, u32) {
        let column = number(element, "Index").unwrap_or_else(|| self.column.saturating_add(1));
        self.column = column.saturating_add(number(element, "MergeAcross").unwrap_or(0));
        (self.row, column)
    }

    fn merge(&mut self, element: &BytesStart) -> Result<(), Fault> {
        let across = number(element, "MergeAcross").unwrap_or(0);
        let down = number(element, "MergeDown").unwrap_or(0);
        if across == 0 && down == 0 {
            return Ok(());
        }
        let left = self.column.saturating_sub(across);
        self.grid.merge(Merge { top: self.row, left, bottom: self.row.saturating_add(down), right: self.column })
    }
}

fn number(element: &BytesStart, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// How a format shows numbers: a code, or one of the names that this format has for some.
fn look_of(format: &str) -> Look {
    let shown = match format {
        "Percent" => Shown::Percent,
        "Fixed" | "Standard" | "Currency" | "Euro Currency" => Shown::Decimals(2),
        "General Date" | "Long Date" | "Medium Date" | "Short Date" | "Long Time" | "Medium Time" | "Short Time" => {
            Shown::Day
        }
        "Scientific" | "General Number" | "Yes/No" | "True/False" | "On/Off" => Shown::Plain,
        code => return (number_format::of_code(code), number_format::scales(code)),
    };
    (shown, false)
}

/// The value that a cell's data states.
fn value(kind: &str, text: &str, shown: Shown, is_1904: bool) -> (Value, Shown) {
    let is_date = number_format::is_date(shown);
    let plain = |value| (value, Shown::Plain);
    match kind {
        "Number" => match text.trim().parse::<f64>() {
            Ok(number) if !number.is_finite() => plain(Value::Error("#NUM!".into())),
            Ok(number) if is_date => (Value::Date(serial::of_count(number, is_1904)), shown),
            Ok(number) => (Value::Number(number), shown),
            Err(_) => plain(Value::Text(text.into())),
        },
        "DateTime" => match serial::of_iso(text) {
            Some(serial) => (Value::Date(serial), if is_date { shown } else { Shown::Day }),
            None => plain(Value::Text(text.into())),
        },
        "Boolean" => plain(Value::Bool(text.trim() == "1")),
        "Error" => plain(Value::Error(text.trim().into())),
        _ => plain(Value::Text(text.into())),
    }
}

#[cfg(test)]
mod tests {
    use crate::collect::{Limits, Merge, Shown, SourceFile, Value, read_bytes};

    fn source(body: &str) -> SourceFile {
        let page = format!(
            "<?xml version=\"1.0\" encoding=\"gb2312\"?>\r\n<?mso-application progid=\"Excel.Sheet\"?>\r\n\
             <ss:Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
             <Styles><Style ss:ID=\"p\"><NumberFormat ss:Format=\"Percent\"/></Style><Style ss:ID=\"q\" ss:Parent=\"p\"><Font/></Style>\
             <Style ss:ID=\"m\"><NumberFormat ss:Format=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></Style></Styles>{body}</ss:Workbook>"
        );
        read_bytes(encoding_rs::GB18030.encode(&page).0.into_owned(), "甲.xls", &Limits::default())
    }

    #[test]
    fn cells_count_on_unless_they_say_where_they_stand() {
        let source = source(
            "<Worksheet ss:Name=\"重点项目\"><Table ss:ExpandedColumnCount=\"4\"><Column ss:Index=\"2\" ss:Hidden=\"1\" ss:Span=\"1\"/>\
             <Row><Cell ss:MergeAcross=\"2\"><Data ss:Type=\"String\">标题 A&amp;B</Data></Cell><Cell><Data ss:Type=\"Boolean\">1</Data></Cell></Row>\
             <Row ss:Index=\"4\" ss:Hidden=\"1\"><Cell ss:Index=\"2\" ss:StyleID=\"q\"><Data ss:Type=\"Number\">0.356</Data></Cell>\
             <Cell ss:StyleID=\"m\"><Data ss:Type=\"DateTime\">2026-10-31T00:00:00.000</Data>\
             <Comment><ss:Data>批注</ss:Data></Comment></Cell><Cell ss:Formula=\"=RC[-1]\"/><Cell ss:Formula=\"=1/0\"><Data ss:Type=\"Error\">#DIV/0!</Data></Cell></Row>\
             <Row ss:StyleID=\"m\"><Cell ss:MergeDown=\"1\"><Data ss:Type=\"Number\">46326</Data></Cell><Cell/></Row></Table></Worksheet>\
             <Worksheet ss:Name=\"旧\"><Table/><WorksheetOptions><Visible>SheetVeryHidden</Visible></WorksheetOptions></Worksheet>",
        );
        assert_eq!(source.findings, []);
        let grid = &source.grids[0];
        let cells: Vec<_> = grid
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| (row.number, cell.column, cell.value.clone(), cell.shown)))
            .collect();
        let expected = [
            (1, 1, Value::Text("标题 A&B".into()), Shown::Plain),
            (1, 4, Value::Bool(true), Shown::Plain),
            (4, 2, Value::Number(0.356), Shown::Percent),
            (4, 3, Value::Date(46_326.0), Shown::Month),
            (4, 4, Value::Uncalculated, Shown::Plain),
            (4, 5, Value::Error("#DIV/0!".into()), Shown::Plain),
            (5, 1, Value::Date(46_326.0), Shown::Month),
        ];
        assert_eq!(cells, expected);
        let merge = |top, left, bottom, right| Merge { top, left, bottom, right };
        assert_eq!(grid.merges, [merge(1, 1, 1, 3), merge(5, 1, 6, 1)]);
        assert_eq!((Vec::from_iter(&grid.hidden_rows), Vec::from_iter(&grid.hidden_columns)), (vec![&4], vec![&2, &3]));
        assert_eq!((&*source.grids[1].sheet, source.grids[1].hidden), ("旧", true));
    }

    #[test]
    fn a_workbook_cut_short_is_told() {
        let whole = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"a\"><Table><Row><Cell>";
        let source = read_bytes(whole.into(), "甲.xls", &Limits::default());
        assert!(!source.findings.is_empty() && source.grids.iter().all(|grid| grid.rows.is_empty()));
    }
}
