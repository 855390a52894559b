//! A ranking within groups: 一类乡镇, 二类乡镇 each for themselves, every figure following the ranking's sheet.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::names;
use super::ranking_columns::Part;
use super::ranking_sheet::RankingSheet;
use super::style::{Shown, Style};
use super::table::{Cell, Column, Table, Value};
use crate::rank::Ranked;

/// How many figures stand beside a name; the ranking's own sheet has all.
const FIGURES: usize = 9;

/// The sheet of a ranking that gives places within groups; `None` where it gives none, or lists but both ends of all.
pub(super) fn write(sheet: &RankingSheet, name: String, style: Style) -> Result<Option<Worksheet>, XlsxError> {
    if sheet.is_by_ends() {
        return Ok(None);
    }
    let Some(table) = table(sheet, name) else { return Ok(None) };
    let mut written = table.write(style)?;
    let frame = table.frame();
    // The place within the group stands before what is taken over.
    for (column, at) in (1u16..).zip(chosen(sheet)) {
        sheet.colour(&mut written, sheet.parts()[at], (frame.first - 1, frame.last - 1), column)?;
    }
    Ok(Some(written))
}

fn table(sheet: &RankingSheet, name: String) -> Option<Table> {
    let mut groups: BTreeMap<&str, Vec<(usize, &Ranked)>> = BTreeMap::new();
    for (at, row) in sheet.ranking.rows.iter().enumerate() {
        if let Some(within) = &row.within {
            groups.entry(within.group.as_str()).or_default().push((at, row));
        }
    }
    if groups.is_empty() {
        return None;
    }
    let chosen = chosen(sheet);
    let mut columns = vec![Column::of("组内名次", Shown::Centre)];
    columns.extend(chosen.iter().map(|at| sheet.table.columns[*at].clone()));
    let mut rows = Vec::new();
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(group, _)| numbered(group));
    for (group, mut members) in groups {
        members.sort_by_key(|(at, row)| (row.within.as_ref().map_or(u32::MAX, |within| within.place), *at));
        let placed = members.len();
        rows.push(headed(columns.len(), &format!("{group}（{placed}个）")));
        rows.extend(members.iter().map(|(at, row)| line(sheet, &chosen, *at, row)));
    }
    let (title, caption) = (format!("{}（分组）", sheet.table.title), sheet.table.caption.clone());
    Some(Table {
        sheet: name,
        title,
        caption,
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows,
        notes: vec![format!(
            "注：分组见设置表“单位”的“分组”列；各组内按“{}”的办法排名，数据随该表变动。",
            sheet.ranking.title
        )],
        frozen: 2,
        filter: false,
        row_height: 22.0,
    })
}

/// A name with its Chinese numerals as digits, so that 一类, 二类, 三类 stand in their order.
fn numbered(name: &str) -> String {
    const NUMERALS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit =
        |c: char| NUMERALS.iter().zip('1'..='9').find(|(numeral, _)| **numeral == c).map_or(c, |(_, digit)| digit);
    name.chars().map(digit).collect()
}

/// The columns of the ranking's sheet that are shown: the name, the place among all, figures, gap, marks.
fn chosen(sheet: &RankingSheet) -> Vec<usize> {
    let parts = sheet.parts();
    let find = |wanted: &dyn Fn(&Part) -> bool| parts.iter().position(wanted);
    let mut chosen: Vec<usize> = sheet.group_column().into_iter().chain(sheet.place_column()).collect();
    chosen.extend(sheet.measure_column(&sheet.ranking.by));
    for (at, part) in parts.iter().enumerate() {
        if matches!(part, Part::Measure(_)) && !chosen.contains(&at) && chosen.len() < FIGURES + 2 {
            chosen.push(at);
        }
    }
    chosen.extend(find(&|part| *part == Part::ToFirstWithin));
    chosen.extend(find(&|part| *part == Part::Grade).into_iter().chain(find(&|part| *part == Part::Light)));
    chosen
}

fn headed(columns: usize, words: &str) -> Vec<Cell> {
    let cell = |at: usize| if at == 1 { Cell::text(words).strong() } else { Cell::blank().strong() };
    (0..columns).map(cell).collect()
}

fn line(sheet: &RankingSheet, chosen: &[usize], at: usize, row: &Ranked) -> Vec<Cell> {
    let name = names::quoted(&sheet.table.sheet);
    let place = Cell::number_or_dash(row.within.as_ref().map(|within| within.place.into()));
    let cell = |column: &usize| {
        let source = &sheet.table.rows[at][*column];
        let plain = source.clone().plain();
        let address = sheet.frame().address(at, *column);
        match &plain.value {
            Value::Blank => plain,
            // The name leads to its row among all.
            Value::Text(_) if Some(*column) == sheet.group_column() => plain.to(&sheet.table.sheet, &address),
            _ => plain.by(format!("={name}!{address}")),
        }
    };
    std::iter::once(place).chain(chosen.iter().map(cell)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_stand_in_their_order() {
        let mut names = ["三类", "一类", "二类", "园区"];
        names.sort_by_key(|name| numbered(name));
        assert_eq!(names, ["一类", "二类", "三类", "园区"]);
    }
}
