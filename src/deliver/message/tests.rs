//! What mail says, read back by a library that is not the one that wrote it.

use std::sync::Arc;

use mail_parser::{MessageParser, MimeHeaders};

use super::super::letter::Kind;
use super::super::log::Known;
use super::*;

fn letter() -> Letter {
    let long = "云山县住房和城乡建设局2026年5月重点建设项目进度月报表（第三次修改）-终稿 退改单.xlsx";
    let attachment = |name: &str, bytes: Vec<u8>| Attachment {
        name: name.into(),
        bytes: Arc::new(bytes),
        sha256: String::new(),
        why: String::new(),
    };
    Letter {
        kind: Kind::Documents,
        whom: "县住房和城乡建设局".into(),
        name: Some("周某".into()),
        roles: vec!["填报人".into()],
        address: "zjj@yunshan.example".into(),
        subject: "【更正】2026年5月重点项目退改单和排名，请于3日内回复（第1封，共2封）".into(),
        text: "第一行\n.\n以点开头的一行\n".into(),
        html: "<p>完成率 &lt;35.6%&gt;</p>".into(),
        attachments: vec![
            attachment(long, (0..=255u8).cycle().take(5000).collect()),
            attachment("plain name.csv", b"a\n".to_vec()),
            attachment("a\"b\\c\u{1}.docx", b"x".to_vec()),
        ],
        why: String::new(),
        digest: "0123456789abcdef".repeat(4),
        known: Known::New,
        corrects: true,
    }
}

fn written() -> Vec<u8> {
    let from = Mailbox::of("云山县统计局 <tjj@yunshan.example>").unwrap();
    let sender = Sender { from: &from, reply_to: None };
    message(&letter(), sender, DateTime::parse_from_rfc3339("2026-06-08T10:00:05+08:00").unwrap()).unwrap()
}

#[test]
fn names_texts_and_bytes_arrive_as_they_were() {
    let bytes = written();
    let read = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(read.subject(), Some(letter().subject.as_str()));
    assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), letter().text.trim_end());
    assert!(read.body_html(0).unwrap().contains("&lt;35.6%&gt;"));
    let from = read.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("云山县统计局"), Some("tjj@yunshan.example")));
    let expected = letter().attachments;
    let found: Vec<_> = read.attachments().collect();
    assert_eq!(found.len(), 3);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found.contents(), expected.bytes.as_slice());
    }
    assert_eq!(found[0].attachment_name(), Some(expected[0].name.as_str()));
    assert_eq!(found[0].content_type().unwrap().attribute("name"), Some(expected[0].name.as_str()));
    assert_eq!(found[2].attachment_name(), Some("a\"b\\c_.docx"));
}

#[test]
fn it_is_ascii_in_short_lines_and_the_same_every_time() {
    let bytes = written();
    assert!(bytes.is_ascii());
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.lines().all(|line| line.len() <= 200), "{:?}", text.lines().max_by_key(|line| line.len()));
    assert!(text.contains("Date: Mon, 8 Jun 2026 10:00:05 +0800"), "{text}");
    assert!(text.contains("X-Wuzhang: 0123456789ab"));
    assert_eq!(bytes, written());
    assert!(letter().attachments.iter().map(Attachment::weight).sum::<u64>() + 8_000 > bytes.len() as u64);
}

#[test]
fn nothing_in_a_name_begins_a_header() {
    let mut bad = letter();
    bad.name = Some("周某\r\nBcc: all@yunshan.example".into());
    bad.subject = "a\r\nBcc: all@yunshan.example".into();
    let from = Mailbox::of("tjj@yunshan.example").unwrap();
    let at = DateTime::parse_from_rfc3339("2026-06-08T10:00:05+08:00").unwrap();
    let bytes = message(&bad, Sender { from: &from, reply_to: None }, at).unwrap();
    let read = MessageParser::default().parse(&bytes).unwrap();
    assert!(read.bcc().is_none(), "{}", String::from_utf8_lossy(&bytes));
    bad.address = "a@b.example\r\nBcc: x@y.example".into();
    assert!(message(&bad, Sender { from: &from, reply_to: None }, at).is_err());
}
