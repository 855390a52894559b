//! A worksheet's XML, read once from front to back.
//!
//! Takes the part, gives cells, hidden rows and columns, and merges. Row and cell numbers are
//! taken where the file states them and counted on where it does not.

use std::io::BufRead;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cell::{self, Head, Kept};
use super::{Shared, strings};
use crate::collect::build::{Built, GridBuilder, Reading};
use crate::collect::fault::Fault;
use crate::collect::grid::{Cell, Merge};
use crate::collect::package::{PartXml, Unescaped, attribute, is_set, push_reference, xml_fault};

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
        let (value, shown) = match cell::value(&head, text, formula, self.shared) {
            Kept::Nothing => return Ok(()),
            Kept::Value(value, shown) => (value, shown),
            Kept::Odd(value, message) => {
                self.grid.odd(row, column, message);
                (value, Default::default())
            }
        };
        self.grid.put(row, Cell { column, value, shown, formula })
    }

    /// Reads a cell's children: the text of its value is left in `self.text`.
    fn children(&mut self) -> Result<(bool, bool), Fault> {
        let (mut has_value, mut formula, mut in_value) = (false, false, false);
        self.text.clear();
        loop {
            self.buf.clear();
            match self.xml.read_event_into(&mut self.buf).map_err(xml_fault)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "v" => (has_value, in_value) = (true, true),
                    "f" => formula = true,
                    "is" => {
                        has_value = true;
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
