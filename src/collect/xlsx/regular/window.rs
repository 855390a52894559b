//! A part's text as it inflates, as much of it at a time as one cell or tag needs.
//!
//! Takes a part of a plain package, gives its text piece by piece. A part of ordinary size is inflated
//! at once; a large one slides by, so that the sheet of a million rows never stands in memory.

use std::io::Read;

use super::Irregular;

/// Parts up to this many bytes are inflated at once.
const AT_ONCE: usize = 1 << 20;
/// Bytes that a larger part is inflated by.
const STEP: usize = 256 << 10;
/// Bytes that a part is inflated by of which perhaps only the beginning is wanted.
const SMALL_STEP: usize = 32 << 10;
/// No cell and no tag of an office's table is longer.
const LONGEST: usize = 1 << 20;

/// The text from where a reader stands to where the part has been inflated.
pub(super) struct Window<R> {
    part: R,
    claimed: usize,
    step: usize,
    text: String,
    at: usize,
    /// What was inflated and is not yet text: at most the first bytes of a character.
    raw: Vec<u8>,
    is_whole: bool,
}

impl<R: Read> Window<R> {
    /// A part from its beginning, with how many bytes it claims to have.
    pub(super) fn new(part: R, claimed: usize) -> Self {
        Self { part, claimed, step: STEP, text: String::new(), at: 0, raw: Vec::new(), is_whole: false }
    }

    /// A part of which perhaps only the beginning is wanted.
    pub(super) fn by_and_by(part: R) -> Self {
        Self { step: SMALL_STEP, ..Self::new(part, usize::MAX) }
    }

    /// What is there and has not been taken.
    pub(super) fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Takes bytes of [`Self::rest`].
    pub(super) fn take(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Has more of the part be there; whether there was more.
    pub(super) fn more(&mut self) -> Result<bool, Irregular> {
        if self.is_whole {
            return Ok(false);
        }
        if self.text.is_empty() && self.claimed <= AT_ONCE {
            return self.all();
        }
        if self.text.len() - self.at > LONGEST {
            return Err(Irregular);
        }
        self.text.drain(..self.at);
        self.at = 0;
        let held = self.raw.len();
        self.raw.resize(self.step, 0);
        let read = self.part.read(&mut self.raw[held..]).map_err(|_| Irregular)?;
        self.raw.truncate(held + read);
        self.is_whole = read == 0;
        let valid = match std::str::from_utf8(&self.raw) {
            Ok(text) => text.len(),
            Err(cut) if cut.error_len().is_none() && !self.is_whole => cut.valid_up_to(),
            Err(_) => return Err(Irregular),
        };
        self.text.push_str(std::str::from_utf8(&self.raw[..valid]).map_err(|_| Irregular)?);
        self.raw.drain(..valid);
        Ok(read > 0)
    }

    fn all(&mut self) -> Result<bool, Irregular> {
        let (mut bytes, mut filled) = (vec![0; self.claimed], 0);
        while filled < bytes.len() {
            match self.part.read(&mut bytes[filled..]).map_err(|_| Irregular)? {
                0 => return Err(Irregular),
                read => filled += read,
            }
        }
        // The read at the end is the one that verifies the checksum.
        let is_all = self.part.read(&mut [0]).map_err(|_| Irregular)? == 0;
        self.is_whole = true;
        self.text = String::from_utf8(bytes).map_err(|_| Irregular)?;
        if is_all { Ok(!self.text.is_empty()) } else { Err(Irregular) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes a few at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
            let most = self.1.min(buf.len());
            self.0.read(&mut buf[..most])
        }
    }

    #[test]
    fn characters_cut_in_two_come_out_whole() {
        let text = "五账，云山县2026年10月";
        for step in 1..9 {
            let mut window = Window::new(Drops(text.as_bytes(), step), usize::MAX);
            let mut seen = String::new();
            while window.more().is_ok_and(|more| more) {
                seen += window.rest();
                window.take(window.rest().len());
            }
            assert_eq!(seen, text, "{step}");
        }
    }

    #[test]
    fn what_is_no_utf_8_or_not_as_long_as_it_claims_is_irregular() {
        for bytes in [&b"ab\xff"[..], b"ab\xe4"] {
            assert!(Window::new(bytes, 3).more().is_err());
            let mut window = Window::new(bytes, usize::MAX);
            assert!(window.more().and_then(|_| window.more()).is_err());
        }
        assert!(Window::new(&b"abc"[..], 2).more().is_err());
        assert!(Window::new(&b"abc"[..], 4).more().is_err());
        assert!(Window::new(&b"abc"[..], 3).more().is_ok());
    }
}
