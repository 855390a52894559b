//! What a file is, told from its first bytes and not from its name.
//!
//! Takes bytes, gives a [`Format`]; only what the container itself cannot say (which kind of
//! package, whether an OLE file is a workbook) is left to the readers of containers.

/// The outermost shape of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Nothing, or white space only.
    Empty,
    /// A zip package: .xlsx, .xlsm, .xlsb, .ods, or something else.
    Zip,
    /// An OLE compound file: .xls, .et, encrypted .xlsx, or a Word document.
    Ole,
    /// A bare BIFF stream without its container, as old programs export it.
    BareBiff,
    /// Hypertext, whatever its name says.
    Html,
    /// XML that is not hypertext, such as a flat OpenDocument.
    Xml,
    /// A workbook as Excel 2003 writes it in XML.
    SpreadsheetXml,
    /// Many messages in one file (mbox).
    Mailbox,
    /// A message as it goes over the wire: a mail, or a page saved as one file.
    Message,
    /// An archive of a kind that is not opened; named for the reader.
    ForeignArchive(&'static str),
    /// What only Outlook opens; named for the reader.
    Outlook(&'static str),
    /// Something with a known signature that is no table; named for the reader.
    Other(&'static str),
    /// Bytes that are probably text.
    Text,
    /// Bytes that are none of these.
    Binary,
}

const SIGNATURES: [(&[u8], Format); 21] = [
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Ole),
    (b"\x09\x08\x10\x00\x00\x06", Format::BareBiff),
    (b"\x09\x08\x08\x00\x00\x05", Format::BareBiff),
    (b"%PDF", Format::Other("PDF 文档")),
    (b"\xFF\xD8\xFF", Format::Other("图片（JPEG）")),
    (b"\x89PNG", Format::Other("图片（PNG）")),
    (b"GIF8", Format::Other("图片（GIF）")),
    (b"BM", Format::Other("图片（BMP）")),
    (b"II*\0", Format::Other("图片（TIFF）")),
    (b"MM\0*", Format::Other("图片（TIFF）")),
    (b"Rar!\x1A\x07", Format::ForeignArchive("文件是 RAR 压缩包")),
    (b"7z\xBC\xAF\x27\x1C", Format::ForeignArchive("文件是 7z 压缩包")),
    (b"\x1F\x8B\x08", Format::ForeignArchive("文件是 GZIP 压缩包")),
    (b"{\\rtf", Format::Other("RTF 文档")),
    (b"MZ", Format::Other("可执行程序")),
    (b"SQLite format 3\0", Format::Other("数据库文件")),
    (b"\x78\x9F\x3E\x22", Format::Outlook("文件是 Outlook 专用附件（winmail.dat）")),
    (b"!BDN", Format::Outlook("文件是 Outlook 数据文件（.pst）")),
    (b"OFDR", Format::Other("OFD 版式文档")),
];

/// What the bytes are.
pub(super) fn sniff(bytes: &[u8]) -> Format {
    if is_blank(bytes) {
        return Format::Empty;
    }
    let signed = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic));
    match signed {
        // Two letters are too little to call a text a picture or a program.
        Some((magic, _)) if magic.len() == 2 && !bytes.iter().take(512).any(|&b| b == 0) => markup_or_text(bytes),
        Some((_, format)) => *format,
        None => markup_or_text(bytes),
    }
}

fn is_blank(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    body.iter().all(u8::is_ascii_whitespace)
}

fn markup_or_text(bytes: &[u8]) -> Format {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Format::Text;
    }
    let head = &bytes[..bytes.len().min(4096)];
    let body = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if body.starts_with(b"<") {
        return markup(body);
    }
    match () {
        () if head.contains(&0) => Format::Binary,
        () if is_message(body) && body.starts_with(b"From ") => Format::Mailbox,
        () if is_message(body) => Format::Message,
        () => Format::Text,
    }
}

/// Headers that a mail or a saved page begins with; two of them are no chance.
const MESSAGE_HEADERS: [&[u8]; 11] = [
    b"from",
    b"to",
    b"subject",
    b"date",
    b"mime-version",
    b"content-type",
    b"received",
    b"message-id",
    b"return-path",
    b"x-document-type",
    b"delivered-to",
];

/// Whether the lines up to the first blank one are headers, as far as they are known; in a mailbox file the
/// line `From … date` stands before them.
fn is_message(body: &[u8]) -> bool {
    let lines = body.split(|&b| b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let mut known = std::collections::BTreeSet::new();
    for (nth, line) in lines.take_while(|line| !line.is_empty()).enumerate() {
        if nth == 0 && line.starts_with(b"From ") {
            continue;
        }
        let is_folded = line.starts_with(b" ") || line.starts_with(b"\t");
        let Some(colon) = line.iter().position(|&b| b == b':').filter(|_| !is_folded) else {
            // The cut end of the head has no colon either.
            if is_folded {
                continue;
            }
            break;
        };
        let name = line[..colon].to_ascii_lowercase();
        if !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_') {
            break;
        }
        known.extend(MESSAGE_HEADERS.iter().position(|header| *header == name.as_slice()));
    }
    known.len() >= 2
}

fn markup(body: &[u8]) -> Format {
    let lower = body.to_ascii_lowercase();
    let has = |word: &[u8]| lower.windows(word.len()).any(|w| w == word);
    match () {
        () if has(b"urn:schemas-microsoft-com:office:spreadsheet") && !has(b"<html") => Format::SpreadsheetXml,
        () if has(b"<html") || has(b"<table") || has(b"<!doctype html") => Format::Html,
        () if lower.starts_with(b"<?xml") => Format::Xml,
        () => Format::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_by_content() {
        for (bytes, format) in [
            (&b""[..], Format::Empty),
            (b"\xEF\xBB\xBF \r\n", Format::Empty),
            (b"PK\x03\x04rest", Format::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Ole),
            (b"%PDF-1.7", Format::Other("PDF 文档")),
            (b"  <html xmlns:x='urn:schemas-microsoft-com:office:excel'>", Format::Html),
            (b"<?xml version='1.0'?><Workbook>", Format::Xml),
            (
                b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Table>",
                Format::SpreadsheetXml,
            ),
            (b"Rar!\x1A\x07\x01\0", Format::ForeignArchive("文件是 RAR 压缩包")),
            (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n", Format::Message),
            (b"Received: from a\n by b\nSubject: =?gb2312?B?1tjQ?=\nX-Q: 1\n\n<html>", Format::Message),
            (b"From - Fri Jun 05 09:30:00 2026\nX-Mozilla-Status: 0001\nFrom: a@b\nTo: c@d\n\n", Format::Mailbox),
            (b"From the town:\n1,2\n", Format::Text),
            ("From:,To:\n甲,1\n".as_bytes(), Format::Text),
            ("Date: 2026\n\nFrom: 甲".as_bytes(), Format::Text),
            (b"<?xml version='1.0'?><!DOCTYPE html><html>", Format::Html),
            ("项目,金额\n".as_bytes(), Format::Text),
            (b"\xFF\xFEa\0", Format::Text),
            (b"BMW,1\nMZ,2", Format::Text),
            (b"MZ\x90\0\x03\0", Format::Other("可执行程序")),
            (b"a\0b\0\x01", Format::Binary),
        ] {
            assert_eq!(sniff(bytes), format, "{bytes:?}");
        }
    }
}
