//! The package of a .docx: its parts put together.

use chrono::NaiveDate;

use super::frame;
use super::letter::Letter;
use super::measures::*;
use super::styles::{self, MAIN};
use crate::package::{Package, PackageError, escape_text};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts beside the document: name, type, and how the document relates to it.
const PARTS: [(&str, &str, &str); 5] = [
    ("styles", "styles", "styles"),
    ("settings", "settings", "settings"),
    ("fontTable", "fontTable", "fontTable"),
    ("footer1", "footer", "footer"),
    ("footer2", "footer", "footer"),
];

/// The bytes of a document with a body between masthead and imprint.
pub(super) fn docx(title: &str, body: &str, letter: &Letter) -> Result<Vec<u8>, PackageError> {
    let mut package = Package::new();
    package.set_part("[Content_Types].xml", content_types());
    package.set_part("_rels/.rels", relations());
    package.set_part("docProps/core.xml", core(title, &letter.issuer, letter.day));
    package.set_part("docProps/app.xml", format!("{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>wuzhang</Application></Properties>"));
    package.set_part("word/document.xml", document(body, letter));
    package.set_part("word/_rels/document.xml.rels", document_relations());
    package.set_part("word/styles.xml", styles::styles());
    package.set_part("word/settings.xml", styles::settings());
    package.set_part("word/fontTable.xml", styles::font_table());
    package.set_part("word/footer1.xml", frame::footer(true));
    package.set_part("word/footer2.xml", frame::footer(false));
    package.save()
}

fn document(body: &str, letter: &Letter) -> String {
    let (head, imprint) = (frame::head(letter), frame::imprint(letter));
    let section = format!(
        r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/><w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="851" w:footer="{FOOTER}" w:gutter="0"/><w:pgNumType w:start="1"/></w:sectPr>"#
    );
    format!(
        "{DECLARATION}<w:document {MAIN} xmlns:r=\"{OFFICE}\"><w:body>{head}{body}{imprint}{}{section}</w:body></w:document>",
        frame::END
    )
}

fn content_types() -> String {
    let parts: String = PARTS
        .iter()
        .map(|(name, kind, _)| format!(r#"<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>"#))
        .collect();
    format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>{parts}<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/><Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>"
    )
}

fn relations() -> String {
    related(&[
        (format!("{OFFICE}/officeDocument"), "word/document.xml".to_owned()),
        (
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned(),
            "docProps/core.xml".to_owned(),
        ),
        (format!("{OFFICE}/extended-properties"), "docProps/app.xml".to_owned()),
    ])
}

fn document_relations() -> String {
    let parts: Vec<(String, String)> =
        PARTS.iter().map(|(name, _, kind)| (format!("{OFFICE}/{kind}"), format!("{name}.xml"))).collect();
    related(&parts)
}

fn related(parts: &[(String, String)]) -> String {
    let each: String = parts
        .iter()
        .enumerate()
        .map(|(at, (kind, target))| format!(r#"<Relationship Id="rId{}" Type="{kind}" Target="{target}"/>"#, at + 1))
        .collect();
    format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{each}</Relationships>"
    )
}

/// Who made it and when: dated by its period, as all documents are.
fn core(title: &str, issuer: &str, day: NaiveDate) -> String {
    let (title, issuer) = (escape_text(title), escape_text(issuer));
    let time = |name: &str| format!(r#"<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{name}>"#);
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>{issuer}</dc:creator><cp:lastModifiedBy>{issuer}</cp:lastModifiedBy>{}{}</cp:coreProperties>",
        time("created"),
        time("modified")
    )
}
