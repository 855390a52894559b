//! Which characters the bytes of a text are.
//!
//! Takes bytes, gives text by a ladder: byte order mark, strict UTF-8, strict GB18030; a doubt is
//! said. Guessing by frequency only breaks a tie: on short texts it is often wrong.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::collect::fault::Fault;

/// A text and what is doubtful about its characters.
#[derive(Debug, PartialEq)]
pub(in crate::collect) struct Decoded {
    pub(in crate::collect) text: String,
    pub(in crate::collect) doubt: Option<String>,
}

/// The text of some bytes.
pub(in crate::collect) fn decode(bytes: &[u8]) -> Result<Decoded, Fault> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(marked(encoding, &bytes[mark..]));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), doubt: None });
    }
    if is_damaged_utf8(bytes) {
        return Ok(lossy(UTF_8, bytes, "UTF-8"));
    }
    if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(tie_break(bytes, text.into_owned()));
    }
    match BIG5.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => {
            Ok(Decoded { text: text.into_owned(), doubt: Some("文件像是繁体中文（Big5）编码".into()) })
        }
        None if mostly_gb18030(bytes) => Ok(lossy(GB18030, bytes, "GB18030")),
        None => Err(Fault::UnknownFormat("文件不是文本，也不是已知的表格格式".into())),
    }
}

fn marked(encoding: &'static Encoding, body: &[u8]) -> Decoded {
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) => Decoded { text: text.into_owned(), doubt: None },
        None => lossy(encoding, body, if encoding == UTF_16LE || encoding == UTF_16BE { "UTF-16" } else { "UTF-8" }),
    }
}

fn lossy(encoding: &'static Encoding, bytes: &[u8], name: &str) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let lost = text.matches('\u{FFFD}').count();
    Decoded {
        text: text.into_owned(), doubt: Some(format!("文件按 {name} 编码读取时有{lost}处字符损坏"))
    }
}

/// One bad byte does not make a UTF-8 text a GB18030 one: most of its characters beyond ASCII
/// would have to be damaged.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    wide > 4 * broken
}

fn mostly_gb18030(bytes: &[u8]) -> bool {
    let (text, _) = GB18030.decode_without_bom_handling(bytes);
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    wide > 10 * text.matches('\u{FFFD}').count()
}

/// Most Big5 passes for GB18030 too: asked only where the result reads unlike Chinese.
fn tie_break(bytes: &[u8], text: String) -> Decoded {
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let common = text.chars().filter(|c| is_usual(*c)).count();
    if common * 10 >= wide * 8 {
        return Decoded { text, doubt: None };
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny);
    match guess.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(other) if guess == BIG5 => {
            Decoded { text: other.into_owned(), doubt: Some("文件像是繁体中文（Big5）编码".into()) }
        }
        _ => Decoded { text, doubt: Some("文件按 GB18030 编码读取，但部分文字不像中文".into()) },
    }
}

/// Whether a character is one that Chinese tables use: those of GB2312, whose bytes are the two
/// high ones, and not the private or rare ones that wrong decoding ends in.
fn is_usual(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let mut buf = [0; 4];
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(c.encode_utf8(&mut buf));
    !unmappable && matches!(*bytes, [lead, trail] if (0xA1..=0xD7).contains(&lead) && trail >= 0xA1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "项目名称,年度计划投资\n城关镇污水处理厂扩建,12000\n";

    #[test]
    fn every_encoding_gives_the_same_text() {
        let utf16: Vec<u8> = [0xFEFF].into_iter().chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let (gb, _, _) = GB18030.encode(TEXT);
        let marked = ["\u{FEFF}", TEXT].concat();
        for bytes in [TEXT.as_bytes(), marked.as_bytes(), &utf16, &gb] {
            assert_eq!(decode(bytes), Ok(Decoded { text: TEXT.into(), doubt: None }));
        }
    }

    #[test]
    fn short_gb18030_is_not_guessed_otherwise() {
        let (bytes, _, _) = GB18030.encode("镇");
        assert_eq!(decode(&bytes).unwrap().text, "镇");
    }

    #[test]
    fn one_bad_byte_does_not_change_the_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes[1] = b'?';
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.text.contains("城关镇污水处理厂扩建"), "{}", decoded.text);
        assert!(decoded.doubt.is_some());
    }

    #[test]
    fn big5_is_told() {
        let (bytes, _, unmappable) = BIG5.encode("項目名稱,年度計畫投資,完成情況說明,縣政府辦公室\n");
        assert!(!unmappable);
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.doubt.is_some(), "{decoded:?}");
    }
}
