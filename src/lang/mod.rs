//! The languages of the program: what it says to its operator, from catalogues.
//!
//! Takes a message's id and its arguments, gives the text in the language that was chosen
//! ([`choose`]). The catalogues are Fluent files beside this one, a folder a language and a file a
//! subject; an id's first word names the file. Whole sentences only: no text is built from pieces.
//! What departments and leaders read (documents, findings) is Chinese and not asked of this module.

mod catalogue;
#[cfg(test)]
mod tests;

use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};

use fluent_bundle::{FluentArgs, FluentValue};

pub use catalogue::entries;

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Chinese, the language of the office.
    Zh,
    /// English.
    En,
}

impl Language {
    /// Both, Chinese first.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The language of a locale such as `en_US.UTF-8` or `zh-Hans-CN`; Chinese where it names neither.
    ///
    /// ```
    /// use wuzhang::lang::Language;
    /// assert_eq!(Language::of_locale("en_GB.UTF-8"), Language::En);
    /// assert_eq!(Language::of_locale("C"), Language::Zh);
    /// ```
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("en") { Self::En } else { Self::Zh }
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "zh" => Ok(Self::Zh),
            "en" => Ok(Self::En),
            _ => Err(crate::say!("cli-no-language", language = word)),
        }
    }
}

/// Whether messages are in English. One for the process: only the command line chooses, and what is
/// chosen reaches messages to the operator, never a document.
static ENGLISH: AtomicBool = AtomicBool::new(false);

/// Chooses the language of all messages from here on.
pub fn choose(language: Language) {
    ENGLISH.store(language == Language::En, Ordering::Relaxed);
}

/// The language that was chosen; Chinese until one was.
pub fn chosen() -> Language {
    if ENGLISH.load(Ordering::Relaxed) { Language::En } else { Language::Zh }
}

/// A message in the chosen language. Use [`say!`](crate::say), which names the arguments.
pub fn message(id: &str, arguments: &[(&'static str, String)]) -> String {
    message_in(chosen(), id, arguments)
}

/// The same in a language.
pub fn message_in(language: Language, id: &str, arguments: &[(&'static str, String)]) -> String {
    let arguments = arguments.iter().map(|(name, value)| (*name, argument(value))).collect();
    // A message that is missing is a fault that a test finds; its id is the best that can be said.
    catalogue::text(language, id, &arguments).unwrap_or_else(|| id.to_owned())
}

/// A message without arguments in the chosen language; `None` where the catalogues have none of that id.
pub fn known(id: &str) -> Option<String> {
    known_in(chosen(), id)
}

/// The same in a language.
pub fn known_in(language: Language, id: &str) -> Option<String> {
    catalogue::text(language, id, &FluentArgs::new())
}

/// A term of the office in the chosen language: 未报, 合计, 强制性 as documents write them. What no glossary has
/// (a unit, a book, a measure of the office's own) stays as it is.
pub fn term(office: &str) -> String {
    match chosen() {
        Language::Zh => office.to_owned(),
        Language::En => catalogue::translated(office).unwrap_or_else(|| office.to_owned()),
    }
}

/// Several things in one sentence, with the comma that a list has in the chosen language.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    list_in(chosen(), items)
}

/// The same in a language.
pub fn list_in<S: AsRef<str>>(language: Language, items: &[S]) -> String {
    joined(language, items, ["、", ", "])
}

/// Several clauses in one sentence, apart as they are in the chosen language.
pub fn clauses<S: AsRef<str>>(items: &[S]) -> String {
    joined(chosen(), items, ["，", ", "])
}

/// Several statements on one line, apart as they are in the chosen language.
pub fn statements<S: AsRef<str>>(items: &[S]) -> String {
    joined(chosen(), items, ["；", "; "])
}

fn joined<S: AsRef<str>>(language: Language, items: &[S], between: [&str; 2]) -> String {
    items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(between[language as usize])
}

/// What a number in a catalogue can be exactly: more digits, as of a project's code, are text.
const LARGEST_NUMBER: u64 = 1 << 53;

/// Whole numbers decide on plurals; everything else is text as it stands.
fn argument(value: &str) -> FluentValue<'_> {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value && number.unsigned_abs() < LARGEST_NUMBER => {
            FluentValue::from(number)
        }
        _ => FluentValue::from(value.to_owned()),
    }
}

/// A message to the operator by its id, with named arguments that can be displayed.
///
/// ```
/// let told = wuzhang::say!("run-no-inbox", path = "inbox/2026-05");
/// assert!(told.contains("inbox/2026-05"));
/// ```
#[macro_export]
macro_rules! say {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::lang::message($id, &[$((stringify!($name), ::std::string::ToString::to_string(&$value))),*])
    };
}
