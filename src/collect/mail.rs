//! Mails: who sent them, what they are, and the files attached.
//!
//! Takes a message's bytes, gives a [`Mail`]; pictures and signatures that belong to the text are
//! passed over. A page saved as one file is a message too, and is told apart.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{DateTime, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use serde::{Deserialize, Serialize};

use super::apart;
use super::fault::{Fault, guarded, unharmed};
use super::naming;
use super::sniff::{Format, sniff};
use crate::workspace::Limits;

/// The header that this program gives its own mails.
const OWN: &str = "X-Wuzhang";
/// Beijing's offset from UTC, in seconds: a mail is of the day that it is there.
const BEIJING: i64 = 8 * 3600;

/// A mail as far as it matters here.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// What it is.
    pub kind: MailKind,
    /// The address in `From`, in lower case.
    pub sender: Option<String>,
    /// The `Date` as it is written.
    pub sent: Option<String>,
    /// The day of it in Beijing, `2026-06-05`.
    pub day: Option<String>,
    /// The `Subject`, decoded.
    pub subject: Option<String>,
    /// The attached files.
    pub files: Vec<Attached>,
    /// Whether its text speaks of a file that a mail service keeps and only links to (超大附件).
    pub links_to_files: bool,
}

/// What a mail is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailKind {
    /// What somebody wrote.
    #[default]
    Letter,
    /// A server's word that a mail was not delivered, often with that mail attached.
    Bounce,
    /// One that this program sent.
    Own,
}

/// An attached file, or a mail that was forwarded whole.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Its name, fit to be shown.
    pub name: String,
    /// Its bytes, decoded.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// What an attached file may be, before anyone opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enclosure {
    /// A table, an archive or another mail: what a report comes as.
    Report,
    /// A document or a picture that holds no table to be read.
    Document,
}

impl Attached {
    /// What it may be, by its bytes, and by its name where packages look alike.
    pub fn enclosure(&self) -> Enclosure {
        let extension = self.name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase());
        let is_document =
            matches!(&*extension, "doc" | "docx" | "wps" | "dot" | "dotx" | "ppt" | "pptx" | "dps" | "txt");
        match sniff(&self.bytes) {
            _ if is_document => Enclosure::Document,
            Format::Other(_) | Format::Empty | Format::Binary => Enclosure::Document,
            _ => Enclosure::Report,
        }
    }
}

/// Reads a message; `None` where it is none, or a page that was saved as one, or beyond the limits.
pub fn read_mail(bytes: &[u8], limits: &Limits) -> Option<Mail> {
    read_within(bytes, "", limits).ok()
}

/// Reads a message where tables are read: a few bytes are a part of a mail, and a part takes hundreds. `name` is
/// how findings call it.
pub(super) fn read_within(bytes: &[u8], name: &str, limits: &Limits) -> Result<Mail, Fault> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Fault::TooLarge(format!("邮件超过{}字节", limits.bytes)));
    }
    match apart::readers() {
        Some(readers) => readers.mail(bytes, name, limits),
        None => guarded(|| read(bytes, limits)),
    }
}

/// Reads a message.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Mail, Fault> {
    // Built with its own assertions the parser panics over a forwarded mail within one that does not end.
    let Some(message) = unharmed(|| MessageParser::default().parse(bytes)).flatten() else {
        return Err(Fault::Unreadable("邮件结构异常".into()));
    };
    let parts: Vec<_> = message.attachments().filter(|part| !belongs_to_text(part)).collect();
    if parts.len() > limits.files {
        return Err(Fault::TooLarge(format!("邮件的附件超过{}个", limits.files)));
    }
    if is_saved_page(&message) {
        return Err(Fault::ForeignFormat("文件实为保存成单个文件的网页（MHTML）".into()));
    }
    let attached = |(nth, part): (usize, &&MessagePart)| Attached {
        name: name(&message, part, nth + 1),
        bytes: content(&message, part),
    };
    let subject = message.subject().map(|subject| subject.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok(Mail {
        kind: kind(&message),
        sender: message.from().and_then(|from| from.first()?.address()).map(|address| address.trim().to_lowercase()),
        sent: message.header_raw(HeaderName::Date).map(|date| date.split_whitespace().collect::<Vec<_>>().join(" ")),
        day: message.date().filter(|date| date.is_valid()).map(day),
        subject: subject.filter(|subject| !subject.is_empty()),
        files: parts.iter().enumerate().map(attached).collect(),
        links_to_files: links_to_files(&message),
    })
}

fn day(date: &DateTime) -> String {
    let there = DateTime::from_timestamp(date.to_timestamp() + BEIJING);
    format!("{:04}-{:02}-{:02}", there.year, there.month, there.day)
}

fn kind(message: &Message) -> MailKind {
    let report = message.content_type().filter(|_| message.is_content_type("multipart", "report"));
    let from_server = message.return_path().as_text().is_some_and(str::is_empty) || is_daemon(message);
    let says_failure = message.header_raw("X-Failed-Recipients").is_some();
    match () {
        () if message.header_raw(OWN).is_some() => MailKind::Own,
        () if report.is_some_and(|report| report.attribute("report-type").is_some()) => MailKind::Bounce,
        () if from_server && (says_failure || has_status_part(message)) => MailKind::Bounce,
        () => MailKind::Letter,
    }
}

fn is_daemon(message: &Message) -> bool {
    let from = message.from().and_then(|from| from.first()?.address()).unwrap_or_default().to_lowercase();
    from.is_empty() || from.starts_with("mailer-daemon") || from.starts_with("postmaster@")
}

/// Not all servers say of the whole that it is a report.
fn has_status_part(message: &Message) -> bool {
    message.parts.iter().any(|part| part.is_content_type("message", "delivery-status"))
}

/// What the large mail services of the country write where a file is too large to go with the mail.
fn links_to_files(message: &Message) -> bool {
    const WORDS: [&str; 5] = ["超大附件", "云附件", "文件中转站", "大附件", "中转站下载"];
    let says =
        |text: Option<std::borrow::Cow<str>>| text.is_some_and(|text| WORDS.iter().any(|word| text.contains(word)));
    says(message.body_text(0)) || says(message.body_html(0))
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

fn name(message: &Message, part: &MessagePart, nth: usize) -> String {
    let subject = || part.message().and_then(|message| Some(format!("{}.eml", message.subject()?)));
    let undeclared = || undeclared_name(message, part);
    let name = part.attachment_name().filter(|name| !name.contains('\u{FFFD}')).map(str::to_owned);
    let name = name.or_else(undeclared).or_else(|| part.attachment_name().map(str::to_owned)).or_else(subject);
    // A slash in a mail's name is no folder.
    naming::shown(&name.map_or_else(|| format!("附件{nth}"), |name| name.replace(['/', '\\'], "_")))
}

/// A name that was written as it is, in GBK or UTF-8, without saying which: against the rules, and common.
fn undeclared_name(message: &Message, part: &MessagePart) -> Option<String> {
    let header = message.raw_message.get(part.offset_header as usize..part.offset_body as usize)?;
    let value = [&b"filename="[..], b"name="].into_iter().find_map(|key| {
        let at = header.windows(key.len()).position(|seen| seen.eq_ignore_ascii_case(key))?;
        Some(&header[at + key.len()..])
    })?;
    let raw = match value.strip_prefix(b"\"") {
        Some(quoted) => quoted.split(|&b| b == b'"').next()?,
        None => value.split(|b| b.is_ascii_whitespace() || *b == b';').next()?,
    };
    Some(naming::decoded(raw)).filter(|name| !raw.is_ascii() && !name.is_empty())
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
        read(text.replace('\n', "\r\n").as_bytes(), &Limits::default()).unwrap()
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
        let inner = read(&mail.files[0].bytes, &Limits::default()).unwrap();
        assert_eq!((inner.sender.as_deref(), inner.files.len()), (Some("cgz@yunshan.example"), 1));
    }

    #[test]
    fn a_forwarded_mail_that_does_not_end_is_no_panic() {
        let bare = format!(
            "{HEAD}--b\nContent-Type: message/rfc822\n\n=\n--b\nContent-Type: message/rfc822\n\n\
             From: x@y.example\nContent-Type: text/csv; name=c.csv\nContent-Disposition: attachment\n\n1,2\n--b--\n"
        );
        match read(bare.replace('\n', "\r\n").as_bytes(), &Limits::default()) {
            Ok(mail) => assert_eq!(mail.files.len(), 1),
            Err(fault) => assert!(matches!(fault, Fault::Unreadable(_)), "{fault:?}"),
        }
    }

    /// The name of the one attachment whose headers these are.
    fn named(headers: &[u8]) -> String {
        let head = HEAD.replace('\n', "\r\n");
        let message = [head.as_bytes(), b"--b\r\n", headers, b"\r\n\r\nx,1\r\n--b--\r\n"].concat();
        read(&message, &Limits::default()).unwrap().files.remove(0).name
    }

    #[test]
    fn names_as_the_countrys_mail_services_write_them() {
        let long = "云山县城关镇2026年5月重点建设项目进度情况统计表（最终版）.xlsx";
        // NetEase and QQ: one word in GBK; Foxmail: several, folded; Outlook: RFC 2231 in pieces.
        for headers in [
            "Content-Type: application/octet-stream; name=\"=?GBK?B?1MbJvc/Ys8e52NXyMjAyNsTqNdTC1ti1472oyejP7sS/vfi2yMfpv/bNs7zGse2jqNfu1tWw5qOpLnhsc3g=?=\"\r\nContent-Disposition: attachment",
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"=?gb2312?B?1MbJvc/Ys8e52NXyMjAyNsTqNdTC1ti1472oyejP7sS/?=\r\n =?gb2312?B?vfi2yMfpv/bNs7zGse2jqNfu1tWw5qOpLnhsc3g=?=\"",
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*0*=utf-8''%E4%BA%91%E5%B1%B1%E5%8E%BF%E5%9F%8E%E5%85%B3%E9%95%872026%E5%B9%B45%E6%9C%88;\r\n filename*1*=%E9%87%8D%E7%82%B9%E5%BB%BA%E8%AE%BE%E9%A1%B9%E7%9B%AE%E8%BF%9B%E5%BA%A6%E6%83%85%E5%86%B5;\r\n filename*2*=%E7%BB%9F%E8%AE%A1%E8%A1%A8%EF%BC%88%E6%9C%80%E7%BB%88%E7%89%88%EF%BC%89.xlsx",
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=gb18030''%D4%C6%C9%BD%CF%D8%B3%C7%B9%D8%D5%F22026%C4%EA5%D4%C2%D6%D8%B5%E3%BD%A8%C9%E8%CF%EE%C4%BF%BD%F8%B6%C8%C7%E9%BF%F6%CD%B3%BC%C6%B1%ED%A3%A8%D7%EE%D6%D5%B0%E6%A3%A9.xlsx",
        ] {
            assert_eq!(named(headers.as_bytes()), long, "{headers}");
        }
        for end in [&b"\""[..], b""] {
            let quote = if end.is_empty() { &b""[..] } else { b"\"" };
            let gbk =
                [b"Content-Disposition: attachment; filename=", quote, b"\xB3\xC7\xB9\xD8\xD5\xF25\xD4\xC2.xlsx", end]
                    .concat();
            assert_eq!(named(&gbk), "城关镇5月.xlsx");
        }
        let utf8 = "Content-Disposition: attachment; filename=\"城关镇5月.xlsx\"";
        assert_eq!(named(utf8.as_bytes()), "城关镇5月.xlsx");
    }

    #[test]
    fn what_is_no_letter_is_told_apart() {
        let kind = |head: &str| mail(&format!("{head}From: a@b.example\nTo: c@d.example\nSubject: x\n\n")).kind;
        assert_eq!(kind(""), MailKind::Letter);
        assert_eq!(kind("X-Wuzhang: 0123\n"), MailKind::Own);
        let bounce = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n";
        assert_eq!(kind(bounce), MailKind::Bounce);
        let odd = "Return-Path: <>\nFrom: Mail System <MAILER-DAEMON@x.example>\nSubject: x\n\
                   Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\
                   Final-Recipient: rfc822; a@b.example\n\n--b--\n";
        assert_eq!(mail(odd).kind, MailKind::Bounce);
        let link = mail("From: a@b.example\nTo: c@d.example\n\n从QQ邮箱发来的超大附件\n");
        assert!(link.links_to_files && link.files.is_empty());
    }

    #[test]
    fn a_scan_is_no_table() {
        let of = |name: &str, bytes: &[u8]| Attached { name: name.into(), bytes: bytes.to_vec() }.enclosure();
        for (name, bytes) in [
            ("甲.xlsx", &b"PK\x03\x04"[..]),
            ("甲", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            ("a.rar", b"Rar!\x1A\x07\x01\0"),
        ] {
            assert_eq!(of(name, bytes), Enclosure::Report);
        }
        for (name, bytes) in [("盖章.pdf", &b"%PDF-1.7"[..]), ("说明.docx", b"PK\x03\x04"), ("空.xlsx", b"")] {
            assert_eq!(of(name, bytes), Enclosure::Document);
        }
    }

    #[test]
    fn a_saved_page_is_no_mail() {
        let page = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n\
                    Content-Type: text/html\r\n\r\n<table></table>\r\n--b--\r\n";
        assert!(matches!(read(page.as_bytes(), &Limits::default()), Err(Fault::ForeignFormat(_))));
    }
}
