//! A workbook as .ods: a zip of a few XML parts.

use std::io::Write;

use zip::write::SimpleFileOptions;

use super::Fault;
use super::date;
use super::sheet::{Area, Cell, Content, Formula, Look, Sheet, Workbook, address};

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The bytes of the file; entries carry the zip epoch, so that they are the same each time.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, Fault> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("mimetype", stored)?;
    archive.write_all(KIND.as_bytes())?;
    for (name, text) in [("content.xml", content(workbook)), ("META-INF/manifest.xml", manifest())] {
        archive.start_file(name, packed)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn manifest() -> String {
    let entry = |path: &str, kind: &str| {
        format!("<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{kind}\"/>")
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest manifest:version=\"1.2\" \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">{}{}</manifest:manifest>",
        entry("/", KIND),
        entry("content.xml", "text/xml")
    )
}

fn content(workbook: &Workbook) -> String {
    let names = ["office", "style", "text", "table", "number", "xsl-fo-compatible", "of"];
    let mut spaces = String::new();
    for name in names {
        let (prefix, tail) = match name {
            "xsl-fo-compatible" => ("fo", "xsl-fo-compatible:1.0".to_string()),
            "number" => ("number", "datastyle:1.0".to_string()),
            "of" => ("of", "of:1.2".to_string()),
            other => (other, format!("{other}:1.0")),
        };
        spaces += &format!(" xmlns:{prefix}=\"urn:oasis:names:tc:opendocument:xmlns:{tail}\"");
    }
    let sheets: String = workbook.sheets.iter().enumerate().map(|(at, sheet)| table(at, sheet)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content{spaces} office:version=\"1.2\">\
         <office:automatic-styles>{}{}</office:automatic-styles>\
         <office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>",
        styles(),
        workbook.sheets.iter().enumerate().map(|(at, sheet)| columns_and_table_styles(at, sheet)).collect::<String>(),
    )
}

fn styles() -> String {
    let mut xml = String::from(
        "<number:percentage-style style:name=\"N5\"><number:number number:decimal-places=\"1\" \
         number:min-integer-digits=\"1\"/><number:text>%</number:text></number:percentage-style>\
         <number:date-style style:name=\"N6\"><number:year number:style=\"long\"/><number:text>-</number:text>\
         <number:month number:style=\"long\"/><number:text>-</number:text><number:day number:style=\"long\"/>\
         </number:date-style><number:date-style style:name=\"N7\"><number:year number:style=\"long\"/>\
         <number:text>年</number:text><number:month/><number:text>月</number:text></number:date-style>",
    );
    for (at, look) in Look::ALL.into_iter().enumerate() {
        let format = look.format().map_or(String::new(), |_| format!(" style:data-style-name=\"N{at}\""));
        let border = if look.bordered() { " fo:border=\"0.5pt solid #000000\" fo:wrap-option=\"wrap\"" } else { "" };
        let size = if look == Look::Title { "18pt" } else { "10pt" };
        let weight = if look.bold() { " fo:font-weight=\"bold\" style:font-weight-asian=\"bold\"" } else { "" };
        let align = if look.centred() { "<style:paragraph-properties fo:text-align=\"center\"/>" } else { "" };
        xml += &format!(
            "<style:style style:name=\"ce{at}\" style:family=\"table-cell\"{format}>\
             <style:table-cell-properties style:vertical-align=\"middle\"{border}/>{align}\
             <style:text-properties fo:font-size=\"{size}\" style:font-size-asian=\"{size}\"{weight}/></style:style>"
        );
    }
    xml
}

fn columns_and_table_styles(at: usize, sheet: &Sheet) -> String {
    let mut xml = format!(
        "<style:style style:name=\"ta{at}\" style:family=\"table\"><style:table-properties table:display=\"{}\"/></style:style>",
        !sheet.hidden
    );
    for column in 0..sheet.width() {
        let width = f64::from(sheet.widths.get(&column).copied().unwrap_or(9)) * 0.2;
        xml += &format!(
            "<style:style style:name=\"co{at}-{column}\" style:family=\"table-column\">\
             <style:table-column-properties style:column-width=\"{width:.1}cm\"/></style:style>"
        );
    }
    xml
}

fn table(at: usize, sheet: &Sheet) -> String {
    let mut xml = format!("<table:table table:name=\"{}\" table:style-name=\"ta{at}\">", escape(&sheet.name));
    for column in 0..sheet.width().max(1) {
        let hidden = visibility(sheet.hidden_columns.contains(&column));
        xml += &format!("<table:table-column table:style-name=\"co{at}-{column}\"{hidden}/>");
    }
    for row in 0..sheet.height().max(1) {
        xml += &format!("<table:table-row{}>", visibility(sheet.hidden_rows.contains(&row)));
        for column in 0..sheet.width().max(1) {
            xml += &cell(sheet, row, column);
        }
        xml += "</table:table-row>";
    }
    xml + "</table:table>"
}

fn visibility(hidden: bool) -> &'static str {
    if hidden { " table:visibility=\"collapse\"" } else { "" }
}

fn cell(sheet: &Sheet, row: u32, column: u32) -> String {
    let used = sheet.cells.get(&(row, column));
    let merge = sheet.merge_at(row, column);
    if merge.is_some_and(|m| (m.top, m.left) != (row, column)) {
        return "<table:covered-table-cell/>".to_string();
    }
    let span = merge.map_or(String::new(), |m: &Area| {
        format!(
            " table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"",
            m.right - m.left + 1,
            m.bottom - m.top + 1
        )
    });
    let Some(Cell { content, look }) = used else { return "<table:table-cell/>".to_string() };
    let style = Look::ALL.iter().position(|l| l == look).unwrap_or(0);
    let (attributes, inner) = value(content, *look);
    format!("<table:table-cell table:style-name=\"ce{style}\"{span}{attributes}>{inner}</table:table-cell>")
}

fn value(content: &Content, look: Look) -> (String, String) {
    let number = |number: f64| match look {
        Look::Percent => {
            (format!(" office:value-type=\"percentage\" office:value=\"{number}\""), format!("{:.1}%", number * 100.0))
        }
        Look::Day | Look::Month => {
            let day = date::iso_of_serial(number);
            (format!(" office:value-type=\"date\" office:date-value=\"{day}\""), day)
        }
        _ => (format!(" office:value-type=\"float\" office:value=\"{number}\""), number.to_string()),
    };
    match content {
        Content::Blank => (String::new(), String::new()),
        Content::Text(text) => {
            let lines: String = text.split('\n').map(|line| format!("<text:p>{}</text:p>", spaced(line))).collect();
            (" office:value-type=\"string\"".to_string(), lines)
        }
        Content::Number(plain) => {
            let (attributes, shown) = number(*plain);
            (attributes, format!("<text:p>{shown}</text:p>"))
        }
        Content::Formula(formula, stored) => {
            let (attributes, shown) = number(*stored);
            (format!(" table:formula=\"{}\"{attributes}", in_words(formula)), format!("<text:p>{shown}</text:p>"))
        }
    }
}

fn in_words(formula: &Formula) -> String {
    let point = |at: (u32, u32)| format!(".{}", address(at));
    match formula {
        Formula::Sum(areas) => {
            let ranges: Vec<String> =
                areas.iter().map(|a| format!("[{}:{}]", point((a.top, a.left)), point((a.bottom, a.right)))).collect();
            format!("of:=SUM({})", ranges.join(";"))
        }
        Formula::Ratio(over, under) => format!("of:=[{}]/[{}]", point(*over), point(*under)),
    }
}

/// Runs of spaces collapse in XML unless they are spelled out.
fn spaced(line: &str) -> String {
    escape(line).replace("  ", " <text:s/>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
