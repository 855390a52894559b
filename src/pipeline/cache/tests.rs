//! Entries: everything that reading may give comes back, and no damage is more than a missing entry.

use num_rational::Ratio;
use rust_decimal::Decimal;

use super::codec;
use crate::finding::{Finding, Level, Place};
use crate::history::Returned;
use crate::layout::RowKind;
use crate::pipeline::intake::{IS_OF_RETURN, TakenFile, TakenSheet};
use crate::record::{Date, StatedColumn, StatedFigure, Table, TypedColumn, Values};
use crate::stated::Verdict;

/// A file with something in each of its parts.
fn read() -> super::Read {
    let place = Place::sheet(&"甲.xlsx".into(), &"表".into()).at_row(7).at_column(3).of_field("done");
    let finding = Finding::new(Level::Query, "amount.interpreted", place.clone(), "按万元读取", "请核实").about("水厂");
    let column = |field: &str, values| TypedColumn { field: field.into(), column: 3, row: Some(4), values };
    let dates =
        [Date::Day(2026, 2, 28), Date::Month(2026, 12), Date::Quarter(2026, 4), Date::Half(2026, 2), Date::Year(1999)];
    let table = Table {
        book: "key_projects".into(),
        file: "甲.xlsx".into(),
        sheet: "表".into(),
        reporting_unit: "城关镇".into(),
        rows: vec![5, 6, 7],
        sections: [None, Some("一".into()), Some("一".into())].into_iter().collect(),
        columns: vec![
            column("done", Values::Amount([Some(-1), None, Some(i64::MAX)].into_iter().collect())),
            column("rate", Values::Number([Some(0.1), None, Some(-0.0)].into_iter().collect())),
            column("count", Values::Count([None, Some(3), Some(0)].into_iter().collect())),
            column("start", Values::Date(dates.into_iter().map(Some).chain([None]).collect())),
            column("name", Values::Text([Some("水厂".into()), None, Some("".into())].into_iter().collect())),
        ],
        row_kinds: vec![(RowKind::Title, 1), (RowKind::Data, 3), (RowKind::Blank, 9)],
        stated: vec![StatedColumn {
            field: "rate".into(),
            figures: vec![StatedFigure {
                row: 9,
                column: 2,
                field: "rate".into(),
                of: RowKind::Total,
                stated: Decimal::new(-356, 1),
                recomputed: Some(Ratio::new(-7, 3)),
                verdict: Verdict::Truncated,
            }],
            reproduced: 2,
        }],
        findings: vec![finding.clone()],
    };
    let sheet = TakenSheet {
        name: "表".into(),
        book: Some("key_projects".into()),
        kinds: vec![(RowKind::Data, 3)],
        passed_over: 2,
        reason: Some(IS_OF_RETURN[1]),
        blank: true,
        replaced_by: None,
        header: Some((3, 4)),
        of_return: true,
    };
    let returned = Returned {
        project: Some("水厂".into()),
        rule: "done.over_plan".into(),
        problem: None,
        text: "属实".into(),
        place,
    };
    let file = TakenFile {
        name: "甲.xlsx".into(),
        digest: "ab".into(),
        size: 1 << 40,
        opened: true,
        sender: Some("a@b".into()),
        sent: None,
        modified: None,
        copy_of: None,
        sheets: vec![sheet.clone(), TakenSheet { reason: None, header: None, book: None, ..sheet }],
        findings: vec![finding],
        returned: vec![returned],
        return_of: Some("cd".into()),
    };
    vec![(TakenFile { name: "乙.xlsx".into(), ..file.clone() }, Vec::new()), (file, vec![table])]
}

#[test]
fn everything_that_was_read_comes_back() {
    let read = read();
    let back = codec::read(&codec::written(&read).unwrap()).unwrap();
    assert_eq!(format!("{back:?}"), format!("{read:?}"));
}

#[test]
fn what_is_cut_or_bent_is_refused_or_read_and_never_a_panic() {
    let bytes = codec::written(&read()).unwrap();
    for end in 0..bytes.len() {
        assert!(codec::read(&bytes[..end]).is_none(), "{end}");
    }
    for at in 0..bytes.len() {
        for bent in [0, 1, 0x7f, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] = bent;
            let _ = codec::read(&bytes);
        }
    }
}

#[test]
fn what_is_not_listed_is_not_kept() {
    let mut unlisted = read();
    unlisted[0].0.sheets[0].reason = Some("另一个原因");
    assert!(codec::written(&unlisted).is_none());
}
