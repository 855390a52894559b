//! Mails: who sent them, and the files attached.
//!
//! Takes a message's bytes, gives a [`Mail`]; pictures and signatures that belong to the text are
//! passed over. A page saved as one file is a message too, and is told apart.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::fault::Fault;
use super::naming;

/// A mail as far as it matters here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mail {
    /// The address in `From`, in lower case.
    pub(super) sender: Option<String>,
    /// The `Date` as it is written.
    pub(super) sent: Option<String>,
    /// The attached files.
    pub(super) files: Vec<Attached>,
}

/// An attached file, or a mail that was forwarded whole.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attached {
    /// Its name, fit to be shown.
    pub(super) name: String,
    /// Its bytes, decoded.
    pub(super) bytes: Vec<u8>,
}

/// Reads a message.
pub(super) fn read(bytes: &[u8]) -> Result<Mail, Fault> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Err(Fault::Unreadable("邮件结构异常".into()));
    };
    let parts: Vec<_> = message.attachments().filter(|part| !belongs_to_text(part)).collect();
    if is_saved_page(&message) {
        return Err(Fault::ForeignFormat("文件实为保存成单个文件的网页(MHTML)".into()));
    }
    let attached =
        |(nth, part): (usize, &&MessagePart)| Attached { name: name(part, nth + 1), bytes: content(&message, part) };
    Ok(Mail {
        sender: message.from().and_then(|from| from.first()?.address()).map(|address| address.trim().to_lowercase()),
        sent: message.header_raw(HeaderName::Date).map(|date| date.split_whitespace().collect::<Vec<_>>().join(" ")),
        files: parts.iter().enumerate().map(attached).collect(),
    })
}

/// Excel, WPS and browsers save a page and what it shows as one message that nobody sends.
fn is_saved_page(message: &Message) -> bool {
    let root = message.root_part();
    let is_related = root.is_content_type("multipart", "related") || root.is_content_type("text", "html");
    let is_sent = message.to().is_some() || message.received().is_some() || message.message_id().is_some();
    message.header_raw("X-Document-Type").is_some() || (is_related && !is_sent)
}

/// Pictures shown in the text, footers without a name, cryptographic signatures.
fn belongs_to_text(part: &MessagePart) -> bool {
    let kind = |kind: &str| part.content_type().is_some_and(|content| content.c_type.eq_ignore_ascii_case(kind));
    let is_shown =
        part.content_disposition().is_some_and(|disposition| disposition.is_inline()) || part.content_id().is_some();
    let is_signature = ["pkcs7-signature", "x-pkcs7-signature", "pgp-signature"]
        .iter()
        .any(|subtype| part.is_content_type("application", subtype));
    is_signature || (kind("image") && is_shown) || (kind("text") && part.attachment_name().is_none())
}

fn name(part: &MessagePart, nth: usize) -> String {
    let subject = || part.message().and_then(|message| Some(format!("{}.eml", message.subject()?)));
    let name = part.attachment_name().map(str::to_owned).or_else(subject);
    // A slash in a mail's name is no folder.
    naming::shown(&name.map_or_else(|| format!("附件{nth}"), |name| name.replace(['/', '\\'], "_")))
}

/// A part's bytes. Text is taken from the message itself: decoded by what the mail says of it, a
/// table in GBK that does not say so would be lost.
fn content(message: &Message, part: &MessagePart) -> Vec<u8> {
    if !matches!(part.body, PartType::Text(_) | PartType::Html(_)) {
        return part.contents().to_vec();
    }
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let decoded = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    decoded.unwrap_or_else(|| part.contents().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(text: &str) -> Mail {
        read(text.replace('\n', "\r\n").as_bytes()).unwrap()
    }

    const HEAD: &str = "From: =?utf-8?B?5Y6/5L2P5bu65bGA?= <ZJJ@Yunshan.example>\nTo: tjj@yunshan.example\n\
                        Date: Fri, 05 Jun 2026\n 09:30:00 +0800\nMIME-Version: 1.0\n\
                        Content-Type: multipart/mixed; boundary=\"b\"\n\n";

    #[test]
    fn attachments_with_names_in_every_spelling() {
        let mail = mail(&format!(
            "{HEAD}--b\nContent-Type: text/plain; charset=gb2312\n\n请查收\n\
             --b\nContent-Type: application/octet-stream; name=\"=?gb18030?B?s8e52NXyLnhsc3g=?=\"\nContent-Transfer-Encoding: base64\n\nUEsDBA==\n\
             --b\nContent-Type: text/csv\nContent-Disposition: attachment; filename*=utf-8''%E8%A1%A8%2F1.csv\nContent-Transfer-Encoding: quoted-printable\n\n=CF=EE=C4=BF,1\n\
             --b\nContent-Type: image/png\nContent-ID: <logo>\n\nPNG\n--b--\n"
        ));
        assert_eq!(mail.sender.as_deref(), Some("zjj@yunshan.example"));
        assert_eq!(mail.sent.as_deref(), Some("Fri, 05 Jun 2026 09:30:00 +0800"));
        let files: Vec<_> = mail.files.iter().map(|file| (file.name.as_str(), &file.bytes[..])).collect();
        // The second is GBK that nothing declares: its bytes must come through.
        assert_eq!(files, [("城关镇.xlsx", &b"PK\x03\x04"[..]), ("表_1.csv", b"\xCF\xEE\xC4\xBF,1")]);
    }

    #[test]
    fn a_forwarded_mail_keeps_its_own_sender() {
        let outer = format!(
            "{HEAD}--b\nContent-Type: message/rfc822\n\nFrom: cgz@yunshan.example\nSubject: 5yue\nContent-Type: text/csv; name=\"a.csv\"\n\
             Content-Disposition: attachment\n\nx,1\n--b--\n"
        );
        let mail = mail(&outer);
        assert_eq!((mail.files.len(), mail.files[0].name.as_str()), (1, "5yue.eml"));
        let inner = read(&mail.files[0].bytes).unwrap();
        assert_eq!((inner.sender.as_deref(), inner.files.len()), (Some("cgz@yunshan.example"), 1));
    }

    #[test]
    fn a_saved_page_is_no_mail() {
        let page = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n\
                    Content-Type: text/html\r\n\r\n<table></table>\r\n--b--\r\n";
        assert!(matches!(read(page.as_bytes()), Err(Fault::ForeignFormat(_))));
    }
}
