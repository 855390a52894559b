//! Mailbox files: many mails in one (mbox), as Thunderbird, Apple Mail and most servers keep and export them.
//!
//! Takes a stream of bytes, gives the messages in it one at a time, so that a mailbox of any size is read within
//! the bounds of one message. A message begins where a line `From … date` follows a blank one and a header
//! follows it: a sentence that begins with that word does not cut a mail in two and lose its attachments, which
//! is what reading every such line as a beginning does.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::sniff::{Format, sniff};

/// Bytes that tell whether a file is a mailbox.
const HEAD: usize = 4096;
/// Of one line; a longer one is no separator and is passed on in pieces.
const LONGEST_LINE: u64 = 1 << 20;

/// A message of a mailbox.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its bytes, as far as they are within the limit.
    pub(super) bytes: Vec<u8>,
    /// Whether there is more of it than the limit allows.
    pub(super) cut: bool,
}

impl Piece {
    /// Whether its owner threw it away: mail clients only mark it so, until they compact the file.
    pub(super) fn is_deleted(&self) -> bool {
        const EXPUNGED: u16 = 0x0008;
        let mut headers = self.bytes.split(|&b| b == b'\n').take_while(|line| !line.trim_ascii().is_empty());
        let status = headers.find_map(|line| line.strip_prefix(b"X-Mozilla-Status:"));
        let status = status.and_then(|status| std::str::from_utf8(status.trim_ascii()).ok());
        status.and_then(|status| u16::from_str_radix(status, 16).ok()).is_some_and(|flags| flags & EXPUNGED != 0)
    }
}

/// The messages of a mailbox in order.
pub(super) struct Messages<R> {
    lines: R,
    /// Bytes that one message may have.
    limit: u64,
    begun: bool,
}

impl<R: BufRead> Messages<R> {
    /// A mailbox at its beginning.
    pub(super) fn new(lines: R, limit: u64) -> Self {
        Self { lines, limit, begun: false }
    }

    /// The next line with its end; empty at the end of the file.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// Whether what comes next is a header, as far as it can be seen.
    fn at_header(&mut self) -> io::Result<bool> {
        let seen = self.lines.fill_buf()?;
        let name = seen.iter().take_while(|b| b.is_ascii_graphic() && **b != b':').count();
        Ok(seen.get(name).map_or(name > 0 || seen.is_empty(), |after| name > 0 && *after == b':'))
    }

    fn message(&mut self) -> io::Result<Option<Piece>> {
        if !self.begun {
            self.begun = true;
            let mut first = self.line()?;
            while !first.is_empty() && first.trim_ascii().is_empty() {
                first = self.line()?;
            }
        }
        let mut piece = Piece { bytes: Vec::new(), cut: false };
        let mut after_blank = false;
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(Some(piece).filter(|piece| !piece.bytes.trim_ascii().is_empty()));
            }
            if after_blank && is_separator(&line) && self.at_header()? {
                return Ok(Some(piece));
            }
            after_blank = line.trim_ascii().is_empty();
            let kept = unquoted(&line);
            piece.cut |= piece.bytes.len() as u64 + kept.len() as u64 > self.limit;
            if !piece.cut {
                piece.bytes.extend_from_slice(kept);
            }
        }
    }
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        self.message().transpose()
    }
}

/// `From zjj@yunshan.example Fri Jun  5 09:30:00 2026`: the word, a clock's time and a year.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = || rest.split(u8::is_ascii_whitespace);
    let is_number = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_time = |word: &[u8]| {
        let parts: Vec<&[u8]> = word.split(|&b| b == b':').collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|part| part.len() <= 2 && is_number(part))
    };
    words().any(is_time) && words().any(|word| word.len() == 4 && is_number(word))
}

/// A line of a text that began with `From ` was marked with `>` when it was written.
fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|&&b| b == b'>').count();
    if marks > 0 && line[marks..].starts_with(b"From ") { &line[1..] } else { line }
}

/// A mailbox on disk, and what its file was when it was opened.
pub(super) struct MailboxFile {
    /// Where to read it.
    pub(super) file: BufReader<File>,
    before: Metadata,
}

impl MailboxFile {
    /// Opens a file that is a mailbox; `None` for any other, and for one that does not open.
    pub(super) fn open(path: &Path) -> Option<Self> {
        // Looked at before it is opened: opening a pipe would wait for someone to write to it.
        let before = std::fs::metadata(path).ok().filter(Metadata::is_file)?;
        let mut head = Vec::new();
        File::open(path).ok()?.take(HEAD as u64).read_to_end(&mut head).ok()?;
        if sniff(&head) != Format::Mailbox {
            return None;
        }
        Some(Self { file: BufReader::with_capacity(1 << 16, File::open(path).ok()?), before })
    }

    /// Its size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.before.len()
    }

    /// Whether its file at a path is no longer what it was.
    pub(super) fn has_changed(before: &Metadata, path: &Path) -> bool {
        std::fs::metadata(path)
            .map_or(true, |after| after.len() != before.len() || after.modified().ok() != before.modified().ok())
    }

    /// What its file was when it was opened.
    pub(super) fn metadata(&self) -> Metadata {
        self.before.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let read = Messages::new(text.as_bytes(), 1000);
        read.map(|piece| String::from_utf8(piece.unwrap().bytes).unwrap()).collect()
    }

    #[test]
    fn a_mailbox_is_cut_where_its_messages_begin() {
        let text = "From - Fri Jun 05 09:30:00 2026\nSubject: a\n\none\n\n\
                    From 1863@xxx Fri Jun 05 01:30:00 +0000 2026\r\nSubject: b\r\n\r\ntwo\r\n";
        assert_eq!(messages(text), ["Subject: a\n\none\n\n", "Subject: b\r\n\r\ntwo\r\n"]);
        assert_eq!(messages("From - Fri Jun 05 09:30:00 2026\n\n"), [""; 0]);
    }

    #[test]
    fn a_sentence_cuts_no_message_in_two() {
        for sentence in [
            "From now on we send it by mail.\nTo: nobody\n",
            "\nFrom 09:30:00 on, in 2026 too,\nwe are open\n",
            "no blank line before\nFrom - Fri Jun 05 09:30:00 2026\nSubject: b\n",
        ] {
            let text = format!("From - Fri Jun 05 09:30:00 2026\nSubject: a\n\n{sentence}");
            assert_eq!(messages(&text).len(), 1, "{sentence}");
        }
        let quoted = "From - Fri Jun 05 09:30:00 2026\nSubject: a\n\n>From one\n>>From two\n> From three\n";
        assert_eq!(messages(quoted), ["Subject: a\n\nFrom one\n>From two\n> From three\n"]);
    }

    #[test]
    fn a_message_beyond_the_limit_is_cut_and_the_next_is_not() {
        let long = "x".repeat(700);
        let text = format!(
            "From - Fri Jun 05 09:30:00 2026\nSubject: a\n\n{long}\n{long}\n\nFrom - Fri Jun 05 09:30:00 2026\nTo: b\n"
        );
        let pieces: Vec<Piece> = Messages::new(text.as_bytes(), 1000).map(Result::unwrap).collect();
        assert_eq!((pieces.len(), pieces[0].cut, pieces[1].cut), (2, true, false));
        assert!(pieces[0].bytes.len() <= 1000);
    }

    #[test]
    fn what_a_client_marked_as_deleted_is_told() {
        let piece = |status: &str| Piece {
            bytes: format!("X-Mozilla-Status: {status}\r\nSubject: a\r\n\r\n").into_bytes(),
            cut: false,
        };
        assert!(piece("0009").is_deleted() && !piece("0001").is_deleted() && !piece("?").is_deleted());
    }
}
