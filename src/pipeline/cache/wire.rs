//! Bytes of an entry: whole numbers little end first, every text once.
//!
//! What is read is checked by its digest before; even so a count reserves nothing and an end too early is no panic.

use std::collections::HashMap;
use std::sync::Arc;

use crate::text::SharedText;

/// An entry on its way out.
#[derive(Default)]
pub(super) struct Writer<'t> {
    body: Vec<u8>,
    numbers: HashMap<&'t str, u32>,
    texts: Vec<&'t str>,
}

impl<'t> Writer<'t> {
    /// The texts and what was written of them.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes =
            Vec::with_capacity(self.body.len() + self.texts.iter().map(|text| text.len() + 4).sum::<usize>());
        bytes.extend((self.texts.len() as u32).to_le_bytes());
        for text in self.texts {
            bytes.extend((text.len() as u32).to_le_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes.extend(self.body);
        bytes
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.body.push(byte);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.body.extend(bytes);
    }

    pub(super) fn u32(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }

    pub(super) fn u64(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    /// A count of things; what is counted follows.
    pub(super) fn count(&mut self, count: usize) {
        self.u32(count as u32);
    }

    pub(super) fn text(&mut self, text: &'t str) {
        let next = self.texts.len() as u32;
        let number = *self.numbers.entry(text).or_insert(next);
        if number == next {
            self.texts.push(text);
        }
        self.u32(number);
    }

    pub(super) fn option<T>(&mut self, value: Option<T>, one: impl FnOnce(&mut Self, T)) {
        self.byte(u8::from(value.is_some()));
        if let Some(value) = value {
            one(self, value);
        }
    }

    pub(super) fn all<T>(&mut self, all: &'t [T], one: impl Fn(&mut Self, &'t T)) {
        self.count(all.len());
        all.iter().for_each(|each| one(self, each));
    }
}

/// An entry on its way in; everything is `None` where the bytes make no sense.
pub(super) struct Reader<'b> {
    rest: &'b [u8],
    texts: Vec<SharedText>,
    /// Those that are names, by number.
    names: HashMap<u32, Arc<str>>,
}

impl<'b> Reader<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Option<Self> {
        let mut reader = Self { rest: bytes, texts: Vec::new(), names: HashMap::new() };
        for _ in 0..reader.u32()? {
            let length = reader.u32()? as usize;
            let text = std::str::from_utf8(reader.bytes(length)?).ok()?;
            reader.texts.push(text.into());
        }
        Some(reader)
    }

    /// Whether everything was read.
    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(bytes)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    pub(super) fn bool(&mut self) -> Option<bool> {
        Some(self.byte()? != 0)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.array()?))
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.array()?))
    }

    pub(super) fn text(&mut self) -> Option<SharedText> {
        let number = self.u32()? as usize;
        self.texts.get(number).cloned()
    }

    /// A text that names something: the same one for the same words.
    pub(super) fn name(&mut self) -> Option<Arc<str>> {
        let number = self.u32()?;
        let text = self.texts.get(number as usize)?;
        Some(self.names.entry(number).or_insert_with(|| text.as_str().into()).clone())
    }

    pub(super) fn string(&mut self) -> Option<String> {
        let number = self.u32()? as usize;
        self.texts.get(number).map(|text| (**text).to_owned())
    }

    pub(super) fn option<T>(&mut self, one: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.bool()? { one(self).map(Some) } else { Some(None) }
    }

    pub(super) fn all<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.u32()? as usize;
        // Each takes a byte at least.
        let mut all = Vec::with_capacity(count.min(self.rest.len()));
        for _ in 0..count {
            all.push(one(self)?);
        }
        Some(all)
    }
}
