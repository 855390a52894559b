//! What serde and the TOML reader complain of, in the words of the office.

use crate::lang::{self, Language, message_in};
use crate::say;
/// What an error of reading a document into a type is about.
#[derive(Debug, PartialEq)]
pub(super) enum Complaint {
    /// A key that the table does not have, and those that it has.
    UnknownKey { key: String, known: Vec<String> },
    /// A key that must be there.
    MissingKey(String),
    /// A value of another type, or none of the words that may stand there.
    WrongValue { message: String, wanted: Option<Wanted> },
}

/// What a place in a document must hold.
#[derive(Debug, PartialEq)]
pub(super) enum Wanted {
    /// One of a few words; this is the first.
    Word(String),
    Text,
    List,
    Table,
    Number,
    Truth,
    Day,
}

impl Complaint {
    /// Takes serde's message apart; its forms are fixed by serde's `de::Error`.
    pub(super) fn of(message: &str) -> Self {
        let mut quoted = quoted(message).into_iter();
        if message.starts_with("unknown field") {
            let key = quoted.next().unwrap_or_default();
            return Self::UnknownKey { key, known: quoted.collect() };
        }
        if message.starts_with("missing field") {
            return Self::MissingKey(quoted.next().unwrap_or_default());
        }
        if message.starts_with("unknown variant") {
            let found = quoted.next().unwrap_or_default();
            let known: Vec<String> = quoted.collect();
            return Self::WrongValue {
                message: say!("profile-not-among", advice = advice(&found, &known), found = found),
                wanted: known.into_iter().next().map(Wanted::Word),
            };
        }
        let expected = message.rsplit_once("expected ").map_or("", |(_, expected)| expected);
        let wanted = Wanted::of(expected);
        let message = match &wanted {
            Some(wanted) => say!("profile-should-be", wanted = wanted.in_words()),
            None => say!("profile-cannot-be", message = message),
        };
        Self::WrongValue { message, wanted }
    }

    /// For the operator.
    pub(super) fn in_words(&self) -> String {
        match self {
            Self::UnknownKey { key, known } => say!("profile-no-key", advice = advice(key, known), key = key),
            Self::MissingKey(key) => say!("profile-key-missing", key = key),
            Self::WrongValue { message, .. } => message.clone(),
        }
    }
}

impl Wanted {
    fn of(expected: &str) -> Option<Self> {
        let starts = |words: &[&str]| words.iter().any(|word| expected.starts_with(word));
        if starts(&["a string", "a borrowed string", "string"]) {
            Some(Self::Text)
        } else if starts(&["a sequence", "an array", "a tuple"]) {
            Some(Self::List)
        } else if starts(&["struct", "a map", "a table"]) {
            Some(Self::Table)
        } else if starts(&["f64", "f32", "i64", "u64", "u32", "i32", "usize", "a number", "an integer"]) {
            Some(Self::Number)
        } else if starts(&["a boolean", "bool"]) {
            Some(Self::Truth)
        } else if starts(&["a day"]) {
            Some(Self::Day)
        } else {
            None
        }
    }

    fn in_words(&self) -> String {
        match self {
            Self::Word(_) | Self::Text => say!("profile-a-text"),
            Self::List => say!("profile-a-list"),
            Self::Table => say!("profile-a-table"),
            Self::Number => say!("profile-a-number"),
            Self::Truth => say!("profile-a-truth"),
            Self::Day => say!("profile-a-day"),
        }
    }
}

/// A syntax error as the TOML reader words it.
pub(super) fn syntax(message: &str) -> String {
    let hint = if message.contains("duplicate key") {
        say!("profile-toml-twice")
    } else if message.contains("string") {
        say!("profile-toml-string")
    } else if message.contains("array") {
        say!("profile-toml-array")
    } else {
        say!("profile-toml-other")
    };
    say!("profile-toml", hint = hint, message = message)
}

/// `，是否应为 …？可用的有：…`, with the nearest first.
pub fn advice<S: AsRef<str>>(found: &str, known: &[S]) -> String {
    advice_in(lang::chosen(), found, known)
}

/// The same in a language, such as that of a document.
pub fn advice_in<S: AsRef<str>>(language: Language, found: &str, known: &[S]) -> String {
    let Some(nearest) = nearest(found, known) else { return String::new() };
    let all: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    match all.len() {
        1 => message_in(language, "profile-advice-one", &[("nearest", nearest.to_owned())]),
        _ => {
            let all = lang::list_in(language, &all);
            message_in(language, "profile-advice", &[("nearest", nearest.to_owned()), ("all", all)])
        }
    }
}

/// The known word nearest to what was written; ties go to the first.
pub fn nearest<'k, S: AsRef<str>>(found: &str, known: &'k [S]) -> Option<&'k str> {
    let distance = |word: &str| strsim::damerau_levenshtein(found, word);
    known.iter().map(AsRef::as_ref).min_by_key(|word| distance(word))
}

/// The words between backticks.
fn quoted(message: &str) -> Vec<String> {
    message.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_nearest_known_key() {
        let complaint = Complaint::of("unknown field `spelings`, expected one of `id`, `title`, `spellings`");
        assert_eq!(
            complaint.in_words(),
            "没有名为 `spelings` 的键，是否应为 `spellings`？可用的有：id、title、spellings"
        );
        assert_eq!(Complaint::of("missing field `kind`"), Complaint::MissingKey("kind".into()));
    }
}
