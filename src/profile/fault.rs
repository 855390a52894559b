//! What is wrong with the office's TOML files, and where; all of it at once.

use std::fmt;

use crate::say;

/// One fault in a file that the office writes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as the operator finds it.
    pub file: String,
    /// Line and column (in characters), both from 1, where they are known.
    pub at: Option<(usize, usize)>,
    /// What is wrong and what to do, in one sentence.
    pub message: String,
}

impl Fault {
    /// A fault of a whole file.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), at: None, message: message.into() }
    }

    /// A fault at a byte of a file's text.
    pub fn at_byte(file: &str, text: &str, byte: usize, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), at: Some(position(text, byte)), message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.at {
            Some((line, column)) => {
                let (file, fault) = (&self.file, &self.message);
                f.write_str(&say!("profile-fault-at", file = file, line = line, column = column, fault = fault))
            }
            None => f.write_str(&say!("profile-fault", file = self.file, fault = self.message)),
        }
    }
}

/// All faults of all files of a profile; the run stops before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ProfileErrors(pub Vec<Fault>);

impl fmt::Display for ProfileErrors {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&say!("profile-faults", count = self.0.len()))?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

/// Line and column, from 1, of a byte of a text; past its end is its end.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..byte.min(text.len())];
    let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes() {
        let text = "a = 1\n标题 = 2\n";
        assert_eq!(position(text, 0), (1, 1));
        assert_eq!(position(text, text.find('=').unwrap()), (1, 3));
        assert_eq!(position(text, text.find("= 2").unwrap()), (2, 4));
        assert_eq!(position(text, 999), (3, 1));
    }
}
