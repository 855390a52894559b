//! The table of a form: title, captions, headings, sums, the rows known and those for new projects.

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, Format, FormatAlign, Formula, ProtectionOptions, Worksheet, XlsxError,
};

use super::cells::{ASKED_FILL, LOCKED_FILL, cell, colours, header, locked, number, put, rate};
use super::checks::Checks;
use super::columns::{Columns, FormCol, Role};
use super::inputs::Lists;
use super::{IssuedForm, Known, KnownRow, title};
use crate::layout::Filled;
use crate::profile::{Field, Kind};
use crate::publish::{style, widths};

const TITLE_ROW: u32 = 0;
const CAPTION_ROW: u32 = 1;
const LEGEND_ROW: u32 = 2;
const HEADER_ROW: u32 = 3;
const TOTAL_ROW: u32 = 4;
/// The first row of the table, from 0.
pub(super) const FIRST_ROW: u32 = 5;
/// What may be frozen without leaving too little to scroll.
const FROZEN: u16 = 3;

/// Beyond this the letters of a page of A4 could not be read any more.
const WIDEST_ON_A4: f64 = 190.0;
/// The number of A3 among the papers.
const A3: u8 = 8;

/// Writes the table.
pub(super) fn write(
    sheet: &mut Worksheet,
    form: &IssuedForm,
    columns: &Columns,
    checks: &Checks,
    lists: &Lists,
) -> Result<(), XlsxError> {
    // Nothing is typed yet, so no formula gives anything; without this the stored result would be 0.
    sheet.set_formula_result_default("");
    let table = Table { form, columns, last: last_row(form) };
    table.head(sheet)?;
    for (number, column) in columns.numbered() {
        sheet.set_column_width(number, column.width)?;
        sheet.write_string_with_format(HEADER_ROW, number, &column.heading, &header(column.role))?;
    }
    table.totals(sheet)?;
    for (nth, row) in (FIRST_ROW..=table.last).enumerate() {
        table.row(sheet, row, form.rows.get(nth), checks)?;
    }
    table.checks(sheet, checks)?;
    for (number, column) in columns.numbered() {
        let Role::Field(field, _) = column.role else { continue };
        if let Some(validation) = lists.validation(field, &format!("${}{}", column.letters, FIRST_ROW + 1))? {
            sheet.add_data_validation(FIRST_ROW, number, table.last, number, &validation)?;
        }
    }
    table.foot(sheet)?;
    table.page(sheet)
}

/// The last row of the table, from 0.
fn last_row(form: &IssuedForm) -> u32 {
    let rows = u32::try_from(form.rows.len()).unwrap_or(u32::MAX - FIRST_ROW - 2000);
    FIRST_ROW + (rows + form.book.form_plan().spare()).max(1) - 1
}

struct Table<'t, 'a> {
    form: &'t IssuedForm<'a>,
    columns: &'t Columns<'a>,
    last: u32,
}

impl Table<'_, '_> {
    fn head(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let end = self.columns.printed();
        let style = style::Style { cents: false };
        style::span(sheet, TITLE_ROW, (0, end), &title(self.form), &style.title())?;
        sheet.set_row_height(TITLE_ROW, 34)?;
        let has_money = self
            .columns
            .all
            .iter()
            .any(|column| matches!(column.role, Role::Field(field, _) if field.kind == Kind::Amount));
        let (unit, due) = (format!("填报单位：{}", self.form.unit), self.form.due.format("%Y-%m-%d"));
        let money = if has_money { "单位：万元    " } else { "" };
        let middle = (end / 2).max(1);
        style::span(sheet, CAPTION_ROW, (0, middle - 1), &unit, &style.caption(FormatAlign::Left))?;
        style::span(
            sheet,
            CAPTION_ROW,
            (middle, end),
            &format!("{money}报送期限：{due}"),
            &style.caption(FormatAlign::Right),
        )?;
        sheet.set_row_height(CAPTION_ROW, 20)?;
        let legend = "说明：灰底是台账已有的，不用填；浅黄底每期填写；白底是上次报的，有变化就改。新项目填在后面的空行。填错的会变色，原因看最右边“核对提示”。";
        style::span(sheet, LEGEND_ROW, (0, end), legend, &style.note())?;
        sheet.set_row_height(LEGEND_ROW, widths::height(widths::lines(legend, self.columns.across()), 18.0))?;
        let lines =
            self.columns.all.iter().map(|column| widths::lines(&column.heading, column.width)).max().unwrap_or(1);
        sheet.set_row_height(HEADER_ROW, widths::height(lines, 32.0))?;
        Ok(())
    }

    /// Sums under the headings, where new rows cannot push them away.
    fn totals(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (first, last) = (FIRST_ROW + 1, self.last + 1);
        for (number, column) in self.columns.numbered() {
            let kind = if number == 0 { Kind::Choice } else { Kind::Amount };
            let format = cell(kind).set_bold().set_background_color(Color::RGB(LOCKED_FILL));
            let letters = &column.letters;
            let range = format!("{letters}{first}:{letters}{last}");
            match column.role {
                Role::Serial => sheet.write_string_with_format(TOTAL_ROW, number, "合计", &format)?,
                Role::Field(field, _) | Role::Last(field) if matches!(field.kind, Kind::Amount | Kind::Count) => {
                    let sum = Formula::new(format!("=IF(COUNT({range})=0,\"\",SUM({range}))"));
                    let stored = self.stored(column.role).map_or(String::new(), |sum| sum.to_string());
                    sheet.write_formula_with_format(TOTAL_ROW, number, sum.set_result(stored), &format)?
                }
                Role::Field(field, _) if self.columns.stated(self.form.book, field).is_some() => {
                    let format = rate(&format);
                    sheet.write_formula_with_format(TOTAL_ROW, number, self.rate(field, TOTAL_ROW), &format)?
                }
                _ => sheet.write_blank(TOTAL_ROW, number, &format)?,
            };
        }
        sheet.set_row_height(TOTAL_ROW, 22)?;
        Ok(())
    }

    /// The sum of what is filled in already; `None` where nothing is.
    fn stored(&self, role: Role) -> Option<f64> {
        let known: Vec<&Known> = self.form.rows.iter().filter_map(|row| self.value(role, row)).collect();
        let whole = |known: &&Known| match known {
            Known::Yuan(whole) | Known::Count(whole) => Some(*whole),
            Known::Number(_) | Known::Text(_) => None,
        };
        let sum = known.iter().filter_map(whole).reduce(i64::saturating_add)?;
        number(&if matches!(known[0], Known::Yuan(_)) { Known::Yuan(sum) } else { Known::Count(sum) })
    }

    /// What the ledger has for a cell of the form.
    fn value<'r>(&self, role: Role, row: &'r KnownRow) -> Option<&'r Known> {
        let plan = self.form.book.form_plan();
        let of_year = |field: &Field| plan.of_year.contains(&field.id) && !self.form.is_in_year();
        match role {
            Role::Field(field, Filled::Fixed | Filled::Kept) if !of_year(field) => row.values.get(&field.id),
            Role::Last(field) => row.values.get(&field.id),
            _ => None,
        }
    }

    /// A rate by the cells of its row; nothing before both are filled in.
    fn rate(&self, field: &Field, row: u32) -> Formula {
        let row = row + 1;
        let formula = match self.columns.stated(self.form.book, field) {
            Some((part, whole)) => {
                let (part, whole) = (format!("${}{row}", part.letters), format!("${}{row}", whole.letters));
                format!("=IF(AND(ISNUMBER({part}),N({whole})>0),{part}/{whole},\"\")")
            }
            None => "=\"\"".to_owned(),
        };
        Formula::new(formula).set_result("")
    }

    fn row(&self, sheet: &mut Worksheet, row: u32, known: Option<&KnownRow>, checks: &Checks) -> Result<(), XlsxError> {
        let serial = row - FIRST_ROW + 1;
        for (number, column) in self.columns.numbered() {
            let value = known.and_then(|known| self.value(column.role, known));
            match column.role {
                Role::Serial => {
                    let format = locked(cell(Kind::Choice));
                    match known {
                        Some(_) => sheet.write_number_with_format(row, number, serial, &format)?,
                        None => sheet.write_blank(row, number, &format)?,
                    };
                }
                Role::Hints => {
                    let begun = self.columns.begun(self.form.book, FIRST_ROW + 1);
                    let formula = Formula::new(shifted(&checks.remarks(&begun), row)).set_result("");
                    let format = locked(cell(Kind::Text)).set_font_color(Color::RGB(0xC0_0000));
                    sheet.write_formula_with_format(row, number, formula, &format)?;
                }
                Role::Last(_) => put(sheet, (row, number), value, &locked(cell(Kind::Amount)))?,
                Role::Field(field, filled) => {
                    let format = cell(field.kind);
                    let is_locked = filled == Filled::Fixed && value.is_some();
                    let format = match filled {
                        _ if is_locked => locked(format),
                        Filled::Asked => format.set_unlocked().set_background_color(Color::RGB(ASKED_FILL)),
                        _ => format.set_unlocked(),
                    };
                    match self.columns.stated(self.form.book, field) {
                        Some(_) if value.is_none() => {
                            sheet.write_formula_with_format(row, number, self.rate(field, row), &format)?;
                        }
                        _ => put(sheet, (row, number), value, &format)?,
                    }
                }
            }
        }
        sheet.set_row_height(row, self.height(known))?;
        Ok(())
    }

    /// High enough for what is filled in; what is typed makes it grow only in spreadsheets that do so.
    fn height(&self, known: Option<&KnownRow>) -> f64 {
        let lines = |column: &FormCol| match known.and_then(|known| self.value(column.role, known)) {
            Some(Known::Text(text)) => widths::lines(text, column.width),
            _ => 1,
        };
        widths::height(self.columns.all.iter().map(lines).max().unwrap_or(1), 30.0)
    }

    /// Colours where a row breaks a rule.
    fn checks(&self, sheet: &mut Worksheet, checks: &Checks) -> Result<(), XlsxError> {
        let begun = self.columns.begun(self.form.book, FIRST_ROW + 1);
        for check in &checks.all {
            let (fill, letters) = colours(check.rule.level);
            let format = Format::new().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(letters));
            let rule = ConditionalFormatFormula::new().set_rule(format!("=AND({begun},{})", check.breaks).as_str());
            sheet.add_conditional_format(FIRST_ROW, check.column, self.last, check.column, &rule.set_format(format))?;
        }
        Ok(())
    }

    /// Who signs.
    fn foot(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let row = self.last + 1;
        let signed =
            "单位负责人：                    填报人：                    联系电话：                    填报日期：";
        let format = style::Style { cents: false }.caption(FormatAlign::Left).set_unlocked();
        style::span(sheet, row, (0, self.columns.printed()), signed, &format)?;
        sheet.set_row_height(row, 26)?;
        Ok(())
    }

    fn page(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        style::page(sheet);
        if self.columns.across() > WIDEST_ON_A4 {
            sheet.set_paper_size(A3);
        }
        sheet.set_margins(0.35, 0.35, 0.5, 0.55, 0.3, 0.3);
        sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
        sheet.set_print_area(0, 0, self.last + 1, self.columns.printed())?;
        let subject = self.columns.of_field(&self.form.book.subject).map(|column| column.letters.as_str());
        let at = self.columns.numbered().find(|(_, column)| Some(column.letters.as_str()) == subject);
        let frozen = at.map_or(1, |(number, _)| number + 1);
        sheet.set_freeze_panes(FIRST_ROW, if frozen <= FROZEN { frozen } else { 1 })?;
        sheet.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::new()
        });
        sheet.set_active(true);
        let asked = self.columns.numbered().find(|(_, column)| matches!(column.role, Role::Field(_, Filled::Asked)));
        if let Some((number, _)) = asked {
            sheet.set_selection(FIRST_ROW, number, FIRST_ROW, number)?;
        }
        Ok(())
    }
}

/// A formula of the first row for another row: its references name their columns as fixed.
fn shifted(formula: &str, row: u32) -> String {
    let (from, to) = (FIRST_ROW + 1, row + 1);
    let mut out = String::with_capacity(formula.len());
    for (nth, part) in formula.split('"').enumerate() {
        if nth > 0 {
            out.push('"');
        }
        // Between quotes stands text.
        if nth % 2 == 1 {
            out.push_str(part);
            continue;
        }
        let mut rest = part;
        while let Some(at) = rest.find('$') {
            let letters = rest[at + 1..].find(|c: char| !c.is_ascii_uppercase()).map_or(rest.len(), |end| at + 1 + end);
            out.push_str(&rest[..letters]);
            rest = &rest[letters..];
            if let Some(behind) = rest.strip_prefix(&from.to_string()) {
                out.push_str(&to.to_string());
                rest = behind;
            }
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_moves_to_another_row_and_its_texts_stay() {
        assert_eq!(
            shifted("=IF($K6&$L6=\"$K6\",\"$A6\",$AB6*10000+6)", 40),
            "=IF($K41&$L41=\"$K6\",\"$A6\",$AB41*10000+6)"
        );
        assert_eq!(shifted("=\"\"", 9), "=\"\"");
    }
}
