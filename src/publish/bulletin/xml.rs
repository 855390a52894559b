//! Paragraphs and runs of WordprocessingML.

use crate::package::{escape_attribute, escape_text};

/// A paragraph of a style around runs; `more` is what its properties have beyond the style.
pub(super) fn paragraph(style: &str, more: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>"#)
}

/// A run of text in the paragraph's type.
pub(super) fn run(text: &str) -> String {
    typed(text, "")
}

/// A run of text with properties of its own.
pub(super) fn typed(text: &str, properties: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    // Quotation marks and dashes are Chinese here, whatever font stands for Latin text.
    let properties = format!(r#"<w:rPr>{properties}</w:rPr>"#).replace("<w:rPr></w:rPr>", "");
    format!(r#"<w:r>{properties}<w:t xml:space="preserve">{}</w:t></w:r>"#, escape_text(text))
}

/// A bold run.
pub(super) fn bold(text: &str) -> String {
    typed(text, "<w:b/><w:bCs/>")
}

/// A break of the line.
pub(super) const BREAK: &str = "<w:r><w:br/></w:r>";

/// The four kinds of text in one font; quotation marks then are Chinese too.
pub(super) fn fonts(name: &str) -> String {
    let name = escape_attribute(name);
    format!(r#"<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>"#)
}
