//! A workbook as .xlsx.

use rust_xlsxwriter as office;

use super::Fault;
use super::sheet::{Cell, Content, Formula, Look, Sheet, Workbook, address};

/// The bytes of the file. The creation time is fixed, so that they are the same each time.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, Fault> {
    let mut file = office::Workbook::new();
    let made = office::ExcelDateTime::from_ymd(2026, 6, 2)?;
    file.set_properties(&office::DocProperties::new().set_creation_datetime(&made));
    for sheet in &workbook.sheets {
        fill(file.add_worksheet(), sheet)?;
    }
    Ok(file.save_to_buffer()?)
}

fn fill(page: &mut office::Worksheet, sheet: &Sheet) -> Result<(), Fault> {
    page.set_name(&sheet.name)?.set_hidden(sheet.hidden);
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    for (column, width) in &sheet.widths {
        page.set_column_width(*column as u16, f64::from(*width))?;
    }
    for row in 0..sheet.height() {
        page.set_row_height(row, if sheet.titled(row) { 26 } else { 13 * sheet.lines(row) + 2 })?;
    }
    for row in &sheet.hidden_rows {
        page.set_row_hidden(*row)?;
    }
    for column in &sheet.hidden_columns {
        page.set_column_hidden(*column as u16)?;
    }
    for area in &sheet.merges {
        let look = sheet.cells.get(&(area.top, area.left)).map_or(Look::Plain, |cell| cell.look);
        page.merge_range(area.top, area.left as u16, area.bottom, area.right as u16, "", &format(look))?;
    }
    for ((row, column), cell) in &sheet.cells {
        let covered = sheet.merge_at(*row, *column).is_some_and(|m| (m.top, m.left) != (*row, *column));
        if !covered {
            write_cell(page, *row, *column as u16, cell)?;
        }
    }
    Ok(())
}

fn write_cell(page: &mut office::Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), Fault> {
    let look = format(cell.look);
    match &cell.content {
        Content::Blank => page.write_blank(row, column, &look)?,
        Content::Text(text) => page.write_string_with_format(row, column, text, &look)?,
        Content::Number(number) => page.write_number_with_format(row, column, *number, &look)?,
        Content::Formula(formula, value) => {
            let formula = office::Formula::new(in_words(formula)).set_result(value.to_string());
            page.write_formula_with_format(row, column, formula, &look)?
        }
    };
    Ok(())
}

fn in_words(formula: &Formula) -> String {
    match formula {
        Formula::Sum(areas) => format!("=SUM({})", areas.iter().map(|a| a.range()).collect::<Vec<_>>().join(",")),
        Formula::Ratio(over, under) => format!("={}/{}", address(*over), address(*under)),
    }
}

fn format(look: Look) -> office::Format {
    let mut format =
        office::Format::new().set_font_name("宋体").set_font_size(if look == Look::Title { 18 } else { 10 });
    if look.bold() {
        format = format.set_bold();
    }
    if look.centred() {
        format = format.set_align(office::FormatAlign::Center);
    }
    if look.bordered() {
        format = format
            .set_border(office::FormatBorder::Thin)
            .set_text_wrap()
            .set_align(office::FormatAlign::VerticalCenter);
    }
    match look.format() {
        Some(code) => format.set_num_format(code),
        None => format,
    }
}
