//! Changes to a text, by place, made all at once.

use std::ops::Range;

/// Changes to one text; places are byte offsets into the text as it was.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    list: Vec<(Range<usize>, String)>,
}

impl Edits {
    /// No change.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts text in; several insertions at one place come in the order in which they were asked for.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.list.push((at..at, text.into()));
    }

    /// Puts text in the place of a range; ranges must not overlap.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.list.push((range, text.into()));
    }

    /// Whether nothing is to be changed.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The changed text.
    pub fn apply(mut self, text: &str) -> String {
        self.list.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.list.iter().map(|(_, new)| new.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut done = 0;
        for (range, new) in &self.list {
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.push_str(new);
            done = done.max(range.end);
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_at_once_by_their_places_in_the_old_text() {
        let mut edits = Edits::new();
        assert!(edits.is_empty());
        edits.replace(4..5, "D");
        edits.insert(2, "x");
        edits.insert(2, "y");
        edits.insert(4, "z");
        edits.replace(0..1, "");
        assert_eq!(edits.apply("abcdef"), "bxycdzDf");
    }
}
