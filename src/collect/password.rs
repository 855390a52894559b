//! Passwords that the office lists for locked files.
//!
//! Takes the words from the settings, gives a type that no finding, record or debug print shows.

use std::fmt;

/// A password; printed only as dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A password as it is typed when the file is opened.
    pub fn new(word: impl Into<String>) -> Self {
        Self(word.into())
    }

    /// The word itself, for the readers of locked files alone.
    pub(super) fn word(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_never_printed() {
        let printed = format!("{:?}", [Password::new("yunshan-2026")]);
        assert!(!printed.contains("yunshan") && !printed.contains("2026"), "{printed}");
    }
}
