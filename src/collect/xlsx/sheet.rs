//! A worksheet's XML, read once from front to back.
//!
//! Takes the part, gives cells, hidden rows and columns, and merges. Row and cell numbers are
//! taken where the file states them and counted on where it does not.

use std::io::BufRead;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cell::{self, Head};
use super::{Shared, strings};
use crate::collect::build::GridBuilder;
use crate::collect::fault::Fault;
use crate::collect::grid::Merge;
use crate::collect::package::{PartXml, Unescaped, attribute, is_set, push_reference, xml_fault};
use crate::collect::reading::{Built, Reading};

/// Reads a worksheet.
pub(super) fn read(xml: PartXml, name: Arc<str>, shared: &Shared, reading: &Reading) -> Result<Built, Fault> {
    let grid = GridBuilder::new(reading, name);
    let mut pass = Pass { xml, shared, grid, row: 0, column: 0, text: String::new(), buf: Vec::new() };
    pass.run()?;
    Ok(pass.grid.finish())
}

struct Pass<'a, R> {
    xml: Reader<R>,
    shared: &'a Shared,
    grid: GridBuilder<'a>,
    row: u32,
    column: u32,
    text: String,
    buf: Vec<u8>,
}

impl<R: BufRead> Pass<'_, R> {
    fn run(&mut self) -> Result<(), Fault> {
        let (mut buf, mut closed) = (Vec::new(), false);
        loop {
            buf.clear();
            match self.xml.read_event_into(&mut buf).map_err(xml_fault)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "c" => self.cell(Head::of(&e))?,
                    _ => self.element(&e)?,
                },
                Event::Empty(e) => match e.local_name().as_ref() {
                    "c" => drop(self.locate(&Head::of(&e))),
                    _ => self.element(&e)?,
                },
                Event::End(e) => closed |= e.local_name().as_ref() == "worksheet",
                Event::Eof if closed => return Ok(()),
                Event::Eof => return Err(Fault::Unreadable("工作表内容不完整".into())),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: &BytesStart) -> Result<(), Fault> {
        match element.local_name().as_ref() {
            "row" => self.start_row(element),
            "col" => self.hide_columns(element),
            "mergeCell" => return self.merge(element),
            _ => {}
        }
        Ok(())
    }

    fn start_row(&mut self, element: &BytesStart) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
        let mut hidden = false;
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => self.row = attribute.value.parse().unwrap_or(self.row),
                "hidden" => hidden = is_set(&attribute.unescaped()),
                "zeroHeight" => hidden |= is_set(&attribute.unescaped()),
                _ => {}
            }
        }
        if hidden {
            self.grid.hide_rows(self.row, self.row);
        }
    }

    fn hide_columns(&mut self, element: &BytesStart) {
        let number = |name| attribute(element, name).and_then(|value| value.parse().ok());
        let hidden = attribute(element, "hidden").is_some_and(|value| is_set(&value));
        if let (true, Some(first), Some(last)) = (hidden, number("min"), number("max")) {
            self.grid.hide_columns(first, last);
        }
    }

    fn merge(&mut self, element: &BytesStart) -> Result<(), Fault> {
        let reference = attribute(element, "ref").unwrap_or_default();
        let corners = reference.split_once(':').and_then(|(a, b)| Some((cell::address(a)?, cell::address(b)?)));
        match corners {
            Some(((top, left), (bottom, right))) => self.grid.merge(Merge { top, left, bottom, right }),
            None => Ok(()),
        }
    }

    fn locate(&mut self, head: &Head) -> (u32, u32) {
        let (row, column) = head.address.unwrap_or((self.row, self.column.saturating_add(1)));
        self.column = column;
        (row, column)
    }

    fn cell(&mut self, head: Head) -> Result<(), Fault> {
        let (row, column) = self.locate(&head);
        let (has_value, formula) = self.children()?;
        let text = has_value.then_some(self.text.as_str());
        cell::put(&mut self.grid, (row, column), &head, (text, formula), self.shared)
    }

    /// Reads a cell's children: the text of its value is left in `self.text`.
    fn children(&mut self) -> Result<(bool, bool), Fault> {
        let (mut has_value, mut formula, mut in_value, mut inline) = (false, false, false, false);
        self.text.clear();
        loop {
            self.buf.clear();
            match self.xml.read_event_into(&mut self.buf).map_err(xml_fault)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    // Some programs write the text twice: the inline string is the one that counts.
                    "v" => (has_value, in_value) = (true, !inline),
                    "f" => formula = true,
                    "is" => {
                        (has_value, inline) = (true, true);
                        self.text.clear();
                        strings::runs(&mut self.xml, "is", &mut self.text)?;
                    }
                    _ => {}
                },
                Event::Empty(e) => match e.local_name().as_ref() {
                    "v" => has_value = true,
                    "f" => formula = true,
                    _ => {}
                },
                Event::Text(t) if in_value => self.text.push_str(&t.xml10_content()),
                Event::CData(t) if in_value => self.text.push_str(&t.xml10_content()),
                Event::GeneralRef(r) if in_value => push_reference(&mut self.text, &r),
                Event::End(e) => match e.local_name().as_ref() {
                    "v" => in_value = false,
                    "c" => return Ok((has_value, formula)),
                    _ => {}
                },
                Event::Eof => return Err(Fault::Unreadable("工作表内容不完整".into())),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::collect::package::tests::zipped;
    use crate::collect::{Grid, Limits, Merge, Shown, SourceFile, Value, read_bytes};

    const MAIN: &str = r#"<workbook><workbookPr/><sheets><sheet name="表" r:id="a"/></sheets></workbook>"#;
    const RELATIONS: &str =
        r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="180" formatCode="0!.0,"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/></cellXfs></styleSheet>"#;

    fn source(main: &str, sheet: &str) -> SourceFile {
        let bytes = zipped(&[
            ("xl/workbook.xml", main),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/styles.xml", STYLES),
            ("xl/sharedStrings.xml", r#"<sst uniqueCount="9000000000000000000"><si><t>甲</t></si></sst>"#),
            ("xl/worksheets/sheet1.xml", sheet),
        ]);
        read_bytes(bytes, "甲.xlsx", &Limits::default())
    }

    fn grid(sheet: &str) -> Grid {
        let source = source(MAIN, &format!("<worksheet>{sheet}</worksheet>"));
        assert_eq!(source.findings, []);
        source.grids.into_iter().next().unwrap()
    }

    fn cells(grid: &Grid) -> Vec<(u32, u32, Value)> {
        let cells = grid.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell)));
        cells.map(|(row, cell)| (row, cell.column, cell.value.clone())).collect()
    }

    #[test]
    fn missing_addresses_are_counted_on() {
        let grid = grid(
            r#"<dimension ref="A1"/><sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row><row/>
            <row r="7"><c r="C7"><v>7</v></c><c><v>8</v></c></row><row><c><v>9</v></c></row></sheetData>"#,
        );
        let number = |row, column, value| (row, column, Value::Number(value));
        let expected = [number(1, 1, 1.0), number(1, 3, 3.0), number(7, 3, 7.0), number(7, 4, 8.0), number(8, 1, 9.0)];
        assert_eq!(cells(&grid), expected);
    }

    #[test]
    fn every_kind_of_cell() {
        let grid = grid(
            r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>乙</t></r><rPh><t>yi</t></rPh></is></c>
            <c r="C1" t="e"><f>A:A</f><v>#SPILL!</v></c><c r="D1"><f>A1</f></c><c r="E1"><f>A1</f><v></v></c><c r="F1" t="str"><f>""</f><v></v></c>
            <c r="G1" t="d"><v>2026-10-31T00:00:00</v></c><c r="H1" s="1"><v>61</v></c><c r="I1" t="b"><v>1</v></c><c r="J1" t="str"><f/><v>a&amp;b</v></c>
            <c r="K1" t="inlineStr"><v>x</v><is><t>丙</t></is><v>y</v></c></row></sheetData>"#,
        );
        let text = |text: &str| Value::Text(text.into());
        let expected = [
            (1, 1, text("甲")),
            (1, 2, text("乙")),
            (1, 3, Value::Error("#SPILL!".into())),
            (1, 4, Value::Uncalculated),
            (1, 5, Value::Uncalculated),
            (1, 7, Value::Date(46_326.0)),
            (1, 8, Value::Date(61.0)),
            (1, 9, Value::Bool(true)),
            (1, 10, text("a&b")),
            (1, 11, text("丙")),
        ];
        assert_eq!(cells(&grid), expected);
        assert_eq!(grid.cell(1, 8).unwrap().shown, Shown::Day);
    }

    #[test]
    fn the_1904_epoch_is_converted() {
        let main = MAIN.replace("<workbookPr/>", r#"<workbookPr date1904="true"/>"#);
        let source = source(
            &main,
            r#"<worksheet><sheetData><row><c s="1"><v>0</v></c><c><v>0</v></c></row></sheetData></worksheet>"#,
        );
        let expected = [(1, 1, Value::Date(1462.0)), (1, 2, Value::Number(0.0))];
        assert_eq!(cells(&source.grids[0]), expected);
    }

    #[test]
    fn hidden_rows_columns_and_merges() {
        let grid = grid(
            r#"<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="9"/></cols>
            <sheetData><row r="2" hidden="1"><c><v>1</v></c></row><row r="3" hidden="0"><c><v>1</v></c></row><row r="9" hidden="true"/></sheetData>
            <mergeCells count="2"><mergeCell ref="A3:B4"/><mergeCell ref="A1"/></mergeCells>"#,
        );
        assert_eq!((Vec::from_iter(grid.hidden_rows), Vec::from_iter(grid.hidden_columns)), (vec![2], vec![2, 3]));
        assert_eq!(grid.merges, [Merge { top: 3, left: 1, bottom: 4, right: 2 }]);
    }

    #[test]
    fn what_lies_outside_or_contradicts_itself_is_told_and_the_rest_is_read() {
        let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" t="s"><v>5</v></c></row>
            <row r="1048576"><c r="XFD1048576"><v>2</v></c><c r="XFE16777217"><v>3</v></c></row></sheetData></worksheet>"#;
        let source = source(MAIN, sheet);
        let told: Vec<_> = source.findings.iter().map(|f| (&*f.rule, f.place.in_words())).collect();
        assert_eq!(told, [("cell.unreadable", "甲.xlsx › 表 › B1".into()), ("cell.outside", "甲.xlsx › 表".into())]);
        let numbers =
            [(1, 1, Value::Number(1.0)), (1, 2, Value::Error("#REF!".into())), (1_048_576, 16_384, Value::Number(2.0))];
        assert_eq!(cells(&source.grids[0]), numbers);
    }

    #[test]
    fn numbers_shown_smaller_than_they_are_are_told() {
        let sheet = r#"<worksheet><sheetData><row><c><v>1</v></c><c s="2"><v>120000</v></c><c s="2"><v>5</v></c></row></sheetData></worksheet>"#;
        let source = source(MAIN, sheet);
        let told: Vec<_> = source.findings.iter().map(|f| (&*f.rule, f.place.in_words())).collect();
        assert_eq!(told, [("cell.scaled", "甲.xlsx › 表 › B1".into())]);
        assert!(source.findings[0].message.contains("2个"));
    }

    #[test]
    fn a_sheet_cut_short_is_not_half_read() {
        for cut in ["<worksheet><sheetData><row><c><v>1</v></c></row>", "<worksheet><sheetData><row><c><v>1"] {
            let source = source(MAIN, cut);
            assert_eq!(&*source.findings[0].rule, "sheet.unreadable", "{cut}");
            assert!(source.grids[0].rows.is_empty() && source.opened());
        }
    }
}
