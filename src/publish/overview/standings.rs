//! 排名概况: the first and the last of every ranking, with what decides, and how the grades are spread.

use rust_xlsxwriter::{Color, Format, FormatAlign, Url, XlsxError};

use super::{LAST, Overview, ROW};
use crate::profile::SCORE;
use crate::publish::live::shown;
use crate::publish::members::shown_value;
use crate::publish::names;
use crate::publish::ranking_sheet::RankingSheet;
use crate::publish::style::Shown;
use crate::publish::table::Cell;
use crate::rank::Ranked;

/// How many of each end are named.
const NAMED: usize = 3;
/// More rankings than these do not fit the page.
const MOST: usize = 8;
/// Longer names are cut here; the ranking's sheet has them whole.
const LONGEST: usize = 18;
const AHEAD: u32 = 0xE2EFDA;
const BEHIND: u32 = 0xFCE4D6;

/// The rankings that compare at least two.
pub(super) fn compared<'s, 'r, 'a>(rankings: &'s [RankingSheet<'r, 'a>]) -> Vec<&'s RankingSheet<'r, 'a>> {
    // Who answers for projects is compared; what projects are sorted by, such as causes of delay, is not.
    let answers = |sheet: &&RankingSheet| !sheet.groups_are_derived();
    rankings.iter().filter(|sheet| placed(sheet).len() > 1).filter(answers).take(MOST).collect()
}

/// The rows with a place, by where they stand in the ranking.
fn placed<'s>(sheet: &RankingSheet<'s, '_>) -> Vec<(usize, &'s Ranked)> {
    sheet.ranking.rows.iter().enumerate().filter(|(_, row)| row.place.is_some()).collect()
}

impl Overview<'_, '_> {
    /// Two rows a ranking, from a row on.
    pub(super) fn standings(&mut self, compared: &[&RankingSheet], top: u32) -> Result<(), XlsxError> {
        if compared.is_empty() {
            return Ok(());
        }
        self.heading(top, (0, LAST), "一、排名概况")?;
        for (at, sheet) in compared.iter().enumerate() {
            let row = top + 1 + 2 * at as u32;
            for row in [row, row + 1] {
                self.sheet.set_row_height(row, ROW)?;
            }
            self.named(sheet, row)?;
            let all = placed(sheet);
            // Where there are few, no one stands at both ends.
            let ahead = all.len().min(NAMED);
            let behind = all.len().saturating_sub(ahead).min(NAMED);
            self.end(sheet, row, ("领先", AHEAD), &all[..ahead])?;
            let last: Vec<_> = all[all.len() - behind..].iter().rev().copied().collect();
            self.end(sheet, row + 1, ("靠后", BEHIND), &last)?;
        }
        Ok(())
    }

    /// The ranking's title, leading to its sheet, and its grades under it.
    fn named(&mut self, sheet: &RankingSheet, row: u32) -> Result<(), XlsxError> {
        let format = self.style.link(Shown::Text).set_bold().set_shrink();
        self.sheet.merge_range(row, 0, row, 1, "", &format)?;
        let link = Url::new(format!("internal:{}!A1", names::quoted(&sheet.table.sheet)));
        self.sheet.write_url_with_options(row, 0, link, sheet.ranking.title.as_str(), "", Some(&format))?;
        let format = self.style.cell(Shown::Text).set_font_size(9).set_shrink();
        let cell = self.grades(sheet);
        self.merged(row + 1, 0, &cell, &format)
    }

    /// 优6　中2　差8, as a formula over the sheet's grades.
    fn grades(&self, sheet: &RankingSheet) -> Cell {
        let rows = &sheet.ranking.rows;
        let Some(column) = sheet.grade_column() else {
            return Cell::text(format!("共{}个参与排名", placed(sheet).len()));
        };
        let counted: Vec<(&str, usize)> = sheet
            .grade_names()
            .into_iter()
            .map(|name| (name, rows.iter().filter(|row| row.grade.as_deref() == Some(name)).count()))
            .collect();
        let text: Vec<String> = counted.iter().map(|(name, count)| format!("{name}{count}")).collect();
        // The sheet does not list all that are counted.
        if sheet.is_by_ends() {
            return Cell::text(text.join("　"));
        }
        let range = format!("{}!{}", names::quoted(&sheet.table.sheet), sheet.frame().range(column));
        let part = |(name, _): &(&str, usize)| {
            let name = name.replace('"', "\"\"");
            format!("\"{name}\"&COUNTIF({range},\"{name}\")")
        };
        let formula: Vec<String> = counted.iter().map(part).collect();
        Cell::text(text.join("　")).by(format!("={}", formula.join("&\"　\"&")))
    }

    /// One end of a ranking: up to three names with their figures.
    fn end(
        &mut self,
        sheet: &RankingSheet,
        row: u32,
        (word, fill): (&str, u32),
        named: &[(usize, &Ranked)],
    ) -> Result<(), XlsxError> {
        let filled = |format: Format| format.set_background_color(Color::RGB(fill));
        self.sheet.write_string_with_format(row, 2, word, &filled(self.style.cell(Shown::Centre)))?;
        for at in 0..NAMED {
            let column = 3 + 3 * at as u16;
            let (name, value, kind) = match named.get(at) {
                Some((index, ranked)) => self.one(sheet, *index, ranked),
                None => (Cell::blank(), Cell::blank(), Shown::Text),
            };
            self.merged(row, column, &name, &filled(self.style.cell(Shown::Text).set_shrink()))?;
            let format = filled(self.style.cell(kind).set_indent(0).set_align(FormatAlign::Center));
            value.write(&mut self.sheet, row, column + 2, &format)?;
        }
        Ok(())
    }

    /// A group's name and figure, found by its place where no two share one.
    fn one(&self, sheet: &RankingSheet, index: usize, ranked: &Ranked) -> (Cell, Cell, Shown) {
        let report = self.live.report;
        // A ranking by score still tells the rate that leaders ask for first.
        let by_score = sheet.ranking.by == SCORE;
        let rate = ranked.figure("completion").filter(|_| by_score);
        let figure = &rate.or_else(|| ranked.figure(&sheet.ranking.by));
        let measure = figure.as_ref().and_then(|figure| report.measure(&sheet.ranking.book, &figure.measure));
        let value = measure.zip(figure.as_ref().and_then(|figure| figure.value));
        let number = Cell::number_or_dash(value.map(|(measure, value)| shown_value(measure, value)));
        let kind = measure.map_or(Shown::Count, shown);
        let match_at = self.place_formula(sheet, ranked);
        let column = measure.and_then(|measure| sheet.measure_column(&measure.id));
        let whole_name = ranked.group.chars().count() <= LONGEST;
        let text = match whole_name {
            true => ranked.group.clone(),
            false => ranked.group.chars().take(LONGEST - 1).chain(['…']).collect(),
        };
        let name = Cell::text(text);
        let Some((match_at, group)) = match_at.zip(sheet.group_column()) else {
            return (self.linked(sheet, index, name), number, kind);
        };
        let sheet_name = names::quoted(&sheet.table.sheet);
        let of = |column: usize| format!("=INDEX({sheet_name}!{},{match_at})", sheet.frame().range(column));
        let name = if whole_name { name.by(of(group)) } else { name };
        let number = match column {
            Some(column) => number.by(of(column)),
            None => number,
        };
        (name, number, kind)
    }

    fn linked(&self, sheet: &RankingSheet, index: usize, name: Cell) -> Cell {
        let column = sheet.group_column().unwrap_or_default();
        match sheet.row_of(index) {
            Some(row) => name.to(&sheet.table.sheet, &sheet.frame().address(row, column)),
            None => name,
        }
    }

    /// Where in the ranking's rows a place stands; from the end for the last ones, so that the last stay the last.
    fn place_formula(&self, sheet: &RankingSheet, ranked: &Ranked) -> Option<String> {
        let all = placed(sheet);
        let place = ranked.place? as usize;
        let unique = all.iter().enumerate().all(|(at, (_, row))| row.place == Some(at as u32 + 1));
        let column = sheet.place_column().filter(|_| unique && !sheet.is_by_ends())?;
        let range = format!("{}!{}", names::quoted(&sheet.table.sheet), sheet.frame().range(column));
        Some(match all.len() - place {
            from_end if place > NAMED && from_end == 0 => format!("MATCH(COUNT({range}),{range},0)"),
            from_end if place > NAMED => format!("MATCH(COUNT({range})-{from_end},{range},0)"),
            _ => format!("MATCH({place},{range},0)"),
        })
    }
}
