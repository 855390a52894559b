//! How a sheet was read, for programs: the lines of `inspect --json`, after the reading contract.
//!
//! Takes a file and what layout and record made of one of its grids, gives one JSON object. Fields beyond
//! the contract stand under `more`, of a column as of a record; a program that knows the contract passes them by.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value, json};

use crate::amount;
use crate::collect::{Grid, SourceFile};
use crate::finding::{Finding, Level};
use crate::layout::{Column, Layout, RowKind};
use crate::origin::column_letters;
use crate::profile::Book;
use crate::record::{Table, TypedColumn, Values};

/// The line of a file that has no sheets to show: it could not be opened.
pub fn file_line(file: &SourceFile) -> Value {
    json!({
        "file": &*file.name,
        "sheet": null,
        "hidden": false,
        "book": null,
        "reporting_unit": null,
        "header": null,
        "columns": [],
        "rows": [],
        "records": [],
        "findings": file.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

/// The line of a sheet; amounts in 万元, values in canonical form, empty ones left out.
pub fn sheet_line(
    file: &SourceFile,
    grid: &Grid,
    layout: &Layout,
    table: Option<&Table>,
    book: Option<&Book>,
) -> Value {
    json!({
        "file": &*file.name,
        "sheet": &*grid.sheet,
        "hidden": grid.hidden,
        "book": layout.book,
        "reporting_unit": layout.reporting_unit,
        "header": layout.header.map(|(first, last)| json!({"first_row": first, "last_row": last})),
        "columns": layout.columns.iter().map(|it| column(it, book)).collect::<Vec<_>>(),
        "rows": rows(layout),
        "records": table.map(|table| records(table, book)).unwrap_or_default(),
        "findings": findings(file, grid, layout, table).into_iter().map(finding).collect::<Vec<_>>(),
    })
}

fn column(column: &Column, book: Option<&Book>) -> Value {
    let beyond = column.field.as_deref().filter(|id| is_beyond(book, id));
    let mut line = json!({
        "column": column_letters(column.column),
        "field": column.field.as_deref().filter(|_| beyond.is_none()),
        "header": column.header,
    });
    if let Some(beyond) = beyond {
        line["more"] = beyond.into();
    }
    if let Some(unit) = column.measured_in {
        line["measured_in"] = unit.title().into();
    }
    line
}

/// Whether a field goes beyond the contract.
fn is_beyond(book: Option<&Book>, field: &str) -> bool {
    book.and_then(|book| book.field(field)).is_some_and(|field| field.beyond)
}

fn rows(layout: &Layout) -> Vec<Value> {
    (layout.first_row..).zip(&layout.rows).map(|(row, is)| json!({"row": row, "is": is})).collect()
}

fn records(table: &Table, book: Option<&Book>) -> Vec<Value> {
    let mut columns: Vec<&TypedColumn> = table.columns.iter().collect();
    let place = |column: &&TypedColumn| {
        book.and_then(|book| book.fields.iter().position(|field| field.id == column.field)).unwrap_or(usize::MAX)
    };
    columns.sort_by_key(place);
    let record = |(at, row): (usize, &u32)| {
        let values = columns.iter().filter_map(|column| Some((column.field.clone(), value(&column.values, at)?)));
        let (more, values): (Map<_, _>, Map<_, _>) = values.partition(|(field, _)| is_beyond(book, field));
        let mut line = json!({"row": row, "values": values});
        if !more.is_empty() {
            line["more"] = more.into();
        }
        line
    };
    table.rows.iter().enumerate().map(record).collect()
}

/// A value in its canonical form; `None` where the row does not fill it.
fn value(values: &Values, at: usize) -> Option<Value> {
    match values {
        Values::Amount(values) => wan(values.get(at)?).map(Value::Number),
        Values::Number(values) => Number::from_f64(values.get(at)?).map(Value::Number),
        Values::Count(values) => Some(json!(values.get(at)?)),
        Values::Date(values) => Some(json!((*values.get(at)?)?.to_string())),
        Values::Text(values) => values.get(at).map(Value::from),
    }
}

/// Yuan as a number of 万元, from its decimal text so that no binary fraction shows.
fn wan(yuan: i64) -> Option<Number> {
    amount::wan(yuan).to_string().parse().ok()
}

/// All that is to be said about a sheet, in its order; what concerns the whole file stands with
/// the file's first sheet.
pub(super) fn findings<'f>(
    file: &'f SourceFile,
    grid: &Grid,
    layout: &'f Layout,
    table: Option<&'f Table>,
) -> Vec<&'f Finding> {
    let is_only = |grid: &Grid| file.grids.iter().filter(|other| other.sheet == grid.sheet).count() == 1;
    let first = file.grids.first().is_some_and(|first| first.sheet == grid.sheet);
    let of_file = file.findings.iter().filter(|finding| match &finding.place.sheet {
        // Of a sheet's two tables, the one that has the row.
        Some(sheet) => {
            *sheet == grid.sheet && (finding.place.row().is_none_or(|row| grid.row(row).is_some()) || is_only(grid))
        }
        None => first,
    });
    let of_table = table.into_iter().flat_map(|table| &table.findings);
    let mut all: Vec<&Finding> = of_file.chain(&layout.findings).chain(of_table).collect();
    all.sort();
    all
}

fn finding(finding: &Finding) -> Value {
    let mut line = Map::new();
    line.insert("rule".into(), json!(&*finding.rule));
    line.insert("level".into(), json!(finding.level.id()));
    let place = &finding.place;
    line.extend(place.row().map(|row| ("row".to_owned(), json!(row))));
    line.extend(place.column().map(|column| ("column".to_owned(), json!(column_letters(column)))));
    line.extend(place.field.as_deref().map(|field| ("field".to_owned(), json!(field))));
    line.insert("message".into(), json!(finding.in_words()));
    line.into()
}

/// How many rows of each kind a sheet has, for the human form too.
pub(super) fn kinds(layout: &Layout) -> BTreeMap<RowKind, usize> {
    let mut kinds = BTreeMap::new();
    for kind in &layout.rows {
        *kinds.entry(*kind).or_insert(0) += 1;
    }
    kinds
}

/// Whether a finding is more than a record of a harmless change.
pub(super) fn is_doubt(finding: &Finding) -> bool {
    finding.level != Level::Info
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::layout::MoneyUnit;
    use crate::record::Date;

    /// A sheet of one project as the contract shows it.
    pub(in crate::cli) fn example() -> (SourceFile, Layout, Table) {
        let file = SourceFile {
            name: "inbox/2026-10/城关镇.xlsx".into(),
            grids: vec![Grid::empty("重点项目")],
            ..SourceFile::default()
        };
        let column = |column, field: Option<&str>, header: &str, measured_in| Column {
            column,
            field: field.map(str::to_owned),
            header: header.into(),
            row: None,
            measured_in,
        };
        let place = Place::sheet(&file.name, &"重点项目".into()).at_row(6).at_column(8).of_field("done");
        let doubt = Finding::new(Level::Query, "amount.approximate", place, "“约500”按500读", "请核实");
        let layout = Layout {
            stated_period: None,
            book: Some("key_projects".into()),
            reporting_unit: Some("城关镇".into()),
            header: Some((3, 4)),
            columns: vec![
                column(2, Some("name"), "项目名称", None),
                column(7, Some("plan"), "投资|年度计划", Some(MoneyUnit::Wan)),
                column(16, None, "备用列", None),
            ],
            rows: vec![
                RowKind::Title,
                RowKind::Caption,
                RowKind::Header,
                RowKind::Header,
                RowKind::Section,
                RowKind::Data,
            ],
            first_row: 1,
            findings: Vec::new(),
        };
        let typed = |field: &str, column, values| TypedColumn { field: field.into(), column, row: None, values };
        let table = Table {
            book: "key_projects".into(),
            file: file.name.clone(),
            sheet: "重点项目".into(),
            reporting_unit: "城关镇".into(),
            rows: vec![6],
            sections: [None].into_iter().collect(),
            columns: vec![
                typed("plan", 7, Values::Amount([Some(88_448_601)].into_iter().collect())),
                typed("name", 2, Values::Text([Some("城关镇污水处理厂扩建".into())].into_iter().collect())),
                typed("rate", 9, Values::Number([Some(0.356)].into_iter().collect())),
                typed("done", 8, Values::Amount([None].into_iter().collect())),
                typed("actual_start", 10, Values::Date(vec![Some(Date::Month(2026, 3))])),
            ],
            row_kinds: Vec::new(),
            stated: Vec::new(),
            findings: vec![doubt],
        };
        (file, layout, table)
    }

    #[test]
    fn a_sheet_is_one_line_after_the_contract() {
        let (file, layout, table) = example();
        let line = sheet_line(&file, &file.grids[0], &layout, Some(&table), None).to_string();
        let expected = concat!(
            r#"{"file":"inbox/2026-10/城关镇.xlsx","sheet":"重点项目","hidden":false,"book":"key_projects","#,
            r#""reporting_unit":"城关镇","header":{"first_row":3,"last_row":4},"columns":["#,
            r#"{"column":"B","field":"name","header":"项目名称"},"#,
            r#"{"column":"G","field":"plan","header":"投资|年度计划","measured_in":"万元"},"#,
            r#"{"column":"P","field":null,"header":"备用列"}],"rows":[{"row":1,"is":"title"},{"row":2,"is":"caption"},"#,
            r#"{"row":3,"is":"header"},{"row":4,"is":"header"},{"row":5,"is":"section"},{"row":6,"is":"data"}],"#,
            r#""records":[{"row":6,"values":{"plan":8844.8601,"name":"城关镇污水处理厂扩建","rate":0.356,"actual_start":"2026-03"}}],"#,
            r#""findings":[{"rule":"amount.approximate","level":"query","row":6,"column":"H","field":"done","message":"“约500”按500读。请核实"}]}"#,
        );
        assert_eq!(line, expected);
    }

    #[test]
    fn amounts_show_no_binary_fraction() {
        for (yuan, text) in [(0, "0"), (120_000_000, "12000"), (1, "0.0001"), (-88_448_600, "-8844.86")] {
            assert_eq!(wan(yuan).unwrap().to_string(), text);
        }
    }

    #[test]
    fn an_unopened_file_says_why() {
        let (mut file, _, _) = example();
        file.grids.clear();
        file.findings =
            vec![Finding::new(Level::Error, "file.unreadable", Place::file(&file.name), "打不开", "请重发")];
        let line = file_line(&file);
        assert!(line["sheet"].is_null() && line["findings"][0]["level"] == "error", "{line}");
        assert!(!file.opened());
    }

    #[test]
    fn dates_are_no_more_precise_than_written() {
        let dates = [
            (Date::Day(2026, 3, 5), "2026-03-05"),
            (Date::Month(2026, 3), "2026-03"),
            (Date::Quarter(2026, 1), "2026-Q1"),
            (Date::Half(2026, 2), "2026-H2"),
            (Date::Year(2026), "2026"),
        ];
        for (date, text) in dates {
            assert_eq!(date.to_string(), text);
        }
    }
}
