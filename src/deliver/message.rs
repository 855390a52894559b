//! A letter as mail: the bytes of an .eml file, the same for the same letter and hour.
//!
//! Everything is ASCII on the line: bodies and attachments in base64, names in RFC 2047 and RFC 2231. A Chinese name of
//! an attachment stands in both forms, since QQ Mail and older Foxmail read only the one and RFC 2231 wants the other.

use chrono::{DateTime, FixedOffset};
use lettre::message::header::{
    ContentDisposition, ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue,
};
use lettre::message::{MultiPart, SinglePart};
use lettre::{Address, Message};

use super::DeliverError;
use super::letter::{Attachment, Letter};
use super::secret::base64;
use crate::workspace::Mailbox;

/// Who writes.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// The office.
    pub from: &'a Mailbox,
    /// Where answers go, where that is another address.
    pub reply_to: Option<&'a Mailbox>,
}

/// The bytes of a letter as it is sent at an hour.
///
/// # Errors
///
/// An address that no header can hold.
pub fn message(letter: &Letter, sender: Sender, at: DateTime<FixedOffset>) -> Result<Vec<u8>, DeliverError> {
    let fault = |fault: String| DeliverError::Message { whom: letter.whom.clone(), fault };
    let digest = &letter.digest[..24];
    let domain = sender.from.address.split_once('@').map_or("localhost", |(_, domain)| domain);
    let mut builder = Message::builder()
        .from(mailbox(sender.from).map_err(fault)?)
        .to(address(letter.name.as_deref().unwrap_or(&letter.whom), &letter.address).map_err(fault)?)
        .subject(letter.subject.as_str())
        .message_id(Some(format!("<{digest}@{domain}>")))
        .header(Ours(letter.short_digest().to_owned()));
    if let Some(reply_to) = sender.reply_to {
        builder = builder.reply_to(mailbox(reply_to).map_err(fault)?);
    }
    let bodies = MultiPart::alternative()
        .boundary(format!("wz-b-{digest}"))
        .singlepart(body(&letter.text, ContentType::TEXT_PLAIN))
        .singlepart(body(&letter.html, ContentType::TEXT_HTML));
    let mut whole = MultiPart::mixed().boundary(format!("wz-a-{digest}")).multipart(bodies);
    for attachment in &letter.attachments {
        whole = whole.singlepart(attached(attachment));
    }
    let mut message = builder.multipart(whole).map_err(|error| fault(error.to_string()))?;
    // Set last: the builder takes an hour of another zone for none, and puts the machine's in its place.
    message.headers_mut().set(Dated(at));
    Ok(message.formatted())
}

fn mailbox(of: &Mailbox) -> Result<lettre::message::Mailbox, String> {
    address(of.name.as_deref().unwrap_or_default(), &of.address)
}

fn address(name: &str, address: &str) -> Result<lettre::message::Mailbox, String> {
    let parsed: Address = address.parse().map_err(|error| format!("“{address}”不是邮箱地址（{error}）"))?;
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    Ok(lettre::message::Mailbox::new(Some(name).filter(|name| !name.is_empty()), parsed))
}

/// A body, in base64 whatever it says: then no line of it is too long and no server changes it.
fn body(text: &str, kind: ContentType) -> SinglePart {
    // Mail ends its lines with both, and some readers show nothing but.
    let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    SinglePart::builder().header(kind).header(ContentTransferEncoding::Base64).body(text)
}

fn attached(attachment: &Attachment) -> SinglePart {
    let name: String = attachment.name.chars().map(|c| if c.is_control() { '_' } else { c }).collect();
    SinglePart::builder()
        .header(Named { kind: kind_of(&name), name: name.clone() })
        .header(ContentDisposition::attachment(&name))
        .header(ContentTransferEncoding::Base64)
        .body(attachment.bytes.as_ref().clone())
}

/// What a program opens it with.
fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("xlsm") => "application/vnd.ms-excel.sheet.macroEnabled.12",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

/// `Date`, by the office's own clock.
#[derive(Clone)]
struct Dated(DateTime<FixedOffset>);

impl Header for Dated {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Date")
    }
    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(DateTime::parse_from_rfc2822(text)?))
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.to_rfc2822())
    }
}

/// `X-Wuzhang`: a copy of our own mail that comes back is known and not taken for a report.
#[derive(Clone)]
struct Ours(String);

impl Header for Ours {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("X-Wuzhang")
    }
    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// `Content-Type` with the name in encoded words.
#[derive(Clone)]
struct Named {
    kind: &'static str,
    name: String,
}

impl Header for Named {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Type")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Err("only written".into())
    }
    fn display(&self) -> HeaderValue {
        let value = format!("{};\r\n name=\"{}\"", self.kind, encoded_words(&self.name));
        HeaderValue::dangerous_new_pre_encoded(Self::name(), value.clone(), value)
    }
}

/// Characters that one encoded word takes, so that it stays below RFC 2047's 75 whatever they are.
const BYTES_A_WORD: usize = 42;

/// Text as RFC 2047 writes it, a word a line; plain ASCII as it is.
fn encoded_words(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_graphic() && !b"\"\\".contains(&b)) {
        return text.to_owned();
    }
    let mut words = vec![String::new()];
    for c in text.chars() {
        if words.last().is_some_and(|word| word.len() + c.len_utf8() > BYTES_A_WORD) {
            words.push(String::new());
        }
        words.last_mut().expect("there is one from the start").push(c);
    }
    let encoded: Vec<String> = words.iter().map(|word| format!("=?utf-8?B?{}?=", base64(word))).collect();
    encoded.join("\r\n ")
}

#[cfg(test)]
mod tests;
