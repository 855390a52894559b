//! Styles of an OpenDocument sheet: which cell style shows a number how, which tables are hidden.
//!
//! Takes the elements of `office:styles` and `office:automatic-styles`, gives a [`Shown`] by style name.

use std::collections::{HashMap, HashSet};

use quick_xml::events::BytesStart;

use crate::collect::grid::Shown;
use crate::collect::package::attribute;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    data: HashMap<String, Shown>,
    cells: HashMap<String, CellStyle>,
    hidden_tables: HashSet<String>,
    /// The data style that is being read.
    open_data: Option<DataStyle>,
    /// The table style that is being read.
    open_table: Option<String>,
    /// Widths by column style, in digits.
    widths: HashMap<String, f64>,
    /// The column style that is being read.
    open_column: Option<String>,
}

#[derive(Debug, Default)]
struct CellStyle {
    data: Option<String>,
    parent: Option<String>,
}

#[derive(Debug, Default)]
struct DataStyle {
    name: String,
    percent: bool,
    year: bool,
    month: bool,
    day: bool,
    time: bool,
    decimals: Option<u8>,
}

impl DataStyle {
    fn shown(&self) -> Shown {
        match self {
            Self { percent: true, .. } => Shown::Percent,
            Self { day: true, .. } | Self { time: true, .. } => Shown::Day,
            Self { month: true, .. } => Shown::Month,
            Self { year: true, .. } => Shown::Year,
            Self { decimals: Some(places), .. } => Shown::Decimals(*places),
            _ => Shown::Plain,
        }
    }

    fn take(&mut self, element: &BytesStart) {
        match element.local_name().as_ref() {
            "year" => self.year = true,
            "month" => self.month = true,
            "day" | "day-of-week" => self.day = true,
            "hours" | "minutes" | "seconds" => self.time = true,
            "number" => self.decimals = forced_decimals(element),
            _ => {}
        }
    }
}

/// A length as digits of the usual font, which are 5.25 points wide.
fn digits(length: &str) -> Option<f64> {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = length.strip_suffix(unit)?.parse().ok()?;
    let points = match unit {
        "cm" => number * 72.0 / 2.54,
        "mm" => number * 72.0 / 25.4,
        "in" => number * 72.0,
        "pt" => number,
        _ => return None,
    };
    Some(points / 5.25)
}

/// Decimal places that are always shown; none stated is the general format.
fn forced_decimals(element: &BytesStart) -> Option<u8> {
    let places: u8 = attribute(element, "decimal-places")?.parse().ok()?;
    let forced = attribute(element, "min-decimal-places").and_then(|n| n.parse().ok()).unwrap_or(places);
    (places == forced).then_some(places)
}

impl Styles {
    /// Takes an element that begins.
    pub(super) fn start(&mut self, element: &BytesStart) {
        let name = || attribute(element, "name").unwrap_or_default().into_owned();
        match element.local_name().as_ref() {
            "style" => self.style(element, name()),
            "table-properties" => self.table_properties(element),
            "table-column-properties" => {
                let width = attribute(element, "column-width").and_then(|width| digits(&width));
                self.widths.extend(self.open_column.clone().zip(width));
            }
            "percentage-style" => {
                self.open_data = Some(DataStyle { name: name(), percent: true, ..Default::default() });
            }
            "date-style" | "time-style" | "number-style" | "currency-style" => {
                self.open_data = Some(DataStyle { name: name(), ..Default::default() });
            }
            _ => self.open_data.iter_mut().for_each(|data| data.take(element)),
        }
    }

    /// Takes an element that ends, by its name without prefix.
    pub(super) fn end(&mut self, element: &str) {
        match element {
            "percentage-style" | "date-style" | "time-style" | "number-style" | "currency-style" => {
                self.data.extend(self.open_data.take().map(|data| (data.shown(), data.name)).map(|(s, n)| (n, s)));
            }
            "style" => (self.open_table, self.open_column) = (None, None),
            _ => {}
        }
    }

    fn style(&mut self, element: &BytesStart, name: String) {
        let text = |attr: &str| attribute(element, attr).map(|value| value.into_owned());
        match attribute(element, "family").as_deref() {
            Some("table-cell") => {
                let style = CellStyle { data: text("data-style-name"), parent: text("parent-style-name") };
                self.cells.insert(name, style);
            }
            Some("table") => self.open_table = Some(name),
            Some("table-column") => self.open_column = Some(name),
            _ => {}
        }
    }

    fn table_properties(&mut self, element: &BytesStart) {
        if attribute(element, "display").as_deref() == Some("false") {
            self.hidden_tables.extend(self.open_table.clone());
        }
    }

    /// The width that a column style gives, in digits.
    pub(super) fn width(&self, style: &str) -> Option<f64> {
        self.widths.get(style).copied()
    }

    /// How a cell style shows a number: by its own format or the nearest of its parents'.
    pub(super) fn shown(&self, style: &str) -> Shown {
        let mut style = self.cells.get(style);
        // A chain of parents is short; a loop in a broken file is not followed.
        for _ in 0..16 {
            let Some(here) = style else { break };
            if let Some(data) = &here.data {
                return self.data.get(data).copied().unwrap_or_default();
            }
            style = here.parent.as_ref().and_then(|parent| self.cells.get(parent));
        }
        Shown::Plain
    }

    /// Whether a table style hides its tables.
    pub(super) fn hides_table(&self, style: &str) -> bool {
        self.hidden_tables.contains(style)
    }
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    fn styles(xml: &str) -> Styles {
        let (mut styles, mut reader) = (Styles::default(), Reader::from_str(xml));
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) => styles.start(&e),
                Event::Empty(e) => {
                    styles.start(&e);
                    styles.end(e.local_name().as_ref());
                }
                Event::End(e) => styles.end(e.local_name().as_ref()),
                Event::Eof => return styles,
                _ => {}
            }
        }
    }

    #[test]
    fn formats_are_resolved_through_parents() {
        let styles = styles(
            r#"<a><number:date-style style:name="N1"><number:year/><number:text>年</number:text><number:month/></number:date-style>
            <number:number-style style:name="N2"><number:number number:decimal-places="2" number:min-decimal-places="2"/></number:number-style>
            <number:percentage-style style:name="N3"><number:number number:decimal-places="1"/></number:percentage-style>
            <style:style style:name="p" style:family="table-cell" style:data-style-name="N1"/>
            <style:style style:name="c" style:family="table-cell" style:parent-style-name="p"><style:text-properties/></style:style>
            <style:style style:name="d" style:family="table-cell" style:parent-style-name="p" style:data-style-name="N2"/>
            <style:style style:name="l" style:family="table-cell" style:parent-style-name="l"/>
            <style:style style:name="q" style:family="table-cell" style:data-style-name="N3"/></a>"#,
        );
        let shown = ["c", "d", "q", "l", "none"].map(|name| styles.shown(name));
        assert_eq!(shown, [Shown::Month, Shown::Decimals(2), Shown::Percent, Shown::Plain, Shown::Plain]);
    }

    #[test]
    fn hidden_tables_are_known() {
        let styles = styles(
            r#"<a><style:style style:name="t1" style:family="table"><style:table-properties table:display="false"/></style:style>
            <style:style style:name="t2" style:family="table"><style:table-properties table:display="true"/></style:style></a>"#,
        );
        assert_eq!([styles.hides_table("t1"), styles.hides_table("t2")], [true, false]);
    }
}
