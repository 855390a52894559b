//! Reads a TOML file into a type and, where it does not fit, lists every fault and not only the first.
//!
//! serde stops at its first error. So the fault is noted with its place, mended in a copy of the
//! document (an unknown key taken out, a missing or wrong value replaced by a placeholder), and
//! the copy is read again, until nothing is left to say.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use super::fault::Fault;
use super::wording::{self, Complaint, Wanted};

/// Faults of one file beyond which reading it any further helps nobody.
const MOST_FAULTS: usize = 500;

/// A step from a table or array of a document to what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A key of a table.
    Key(String),
    /// An element of an array, from 0.
    At(usize),
}

/// A file as it was read: the value where it is without fault, and the way back to its lines.
pub struct TomlFile<'t, T> {
    /// What it states; `None` where it has faults.
    pub value: Option<T>,
    /// All that is wrong with its keys and the types of their values, in the file's order.
    pub faults: Vec<Fault>,
    file: &'t str,
    text: &'t str,
    root: Spanned<DeValue<'t>>,
}

impl<T> TomlFile<'_, T> {
    /// A fault of what stands at a path, or of the nearest thing above it that stands there.
    pub(super) fn fault_at(&self, path: &[Step], message: impl Into<String>) -> Fault {
        let mut here = &self.root;
        for step in path {
            let next = match (step, here.get_ref()) {
                (Step::Key(key), DeValue::Table(table)) => table.get(key.as_str()),
                (Step::At(at), DeValue::Array(array)) => array.get(*at),
                _ => None,
            };
            match next {
                Some(next) => here = next,
                None => break,
            }
        }
        Fault::at_byte(self.file, self.text, here.span().start, message)
    }

    /// A fault of what stands under keys, outermost first, or of the nearest thing above it that stands there.
    pub fn fault_at_keys(&self, keys: &[&str], message: impl Into<String>) -> Fault {
        let path: Vec<Step> = keys.iter().map(|key| Step::Key((*key).to_owned())).collect();
        self.fault_at(&path, message)
    }
}

/// Reads a file's text; `file` is how its faults call it.
pub fn read_toml<'t, T: DeserializeOwned>(file: &'t str, text: &'t str) -> TomlFile<'t, T> {
    let (table, broken) = DeTable::parse_recoverable(text);
    let root = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let mut flaws: Vec<(usize, String)> = broken.iter().map(|e| (start_of(e), wording::syntax(e.message()))).collect();
    let mut mender = Mender { root: root.clone(), marks: text.len()..text.len(), flaws: Vec::new() };
    let value = mender.read::<T>();
    // After a syntax error half a file may be gone: what is then missing is no fault of its own.
    let whole = broken.is_empty();
    flaws.extend(mender.flaws.into_iter().filter(|flaw| whole || flaw.unknown_key).map(|f| (f.byte, f.message)));
    flaws.sort();
    flaws.dedup();
    let faults: Vec<Fault> = flaws.into_iter().map(|(at, message)| Fault::at_byte(file, text, at, message)).collect();
    TomlFile { value: value.filter(|_| faults.is_empty()), faults, file, text, root }
}

fn start_of(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// A fault found by reading, and whether it is a key that nobody knows.
struct Flaw {
    byte: usize,
    message: String,
    unknown_key: bool,
}

/// A document that is mended fault by fault.
struct Mender<'t> {
    root: Spanned<DeValue<'t>>,
    /// Places beyond the text's end that placeholders are given, so that they are known again.
    marks: Range<usize>,
    flaws: Vec<Flaw>,
}

impl<'t> Mender<'t> {
    fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        for _ in 0..MOST_FAULTS {
            let DeValue::Table(table) = self.root.get_ref() else { return None };
            match T::deserialize(Deserializer::from(Spanned::new(self.root.span(), table.clone()))) {
                Ok(value) => return Some(value),
                Err(error) => self.mend(&error)?,
            }
        }
        None
    }

    /// Notes an error and changes the document so that it does not come again; `None` where it can't.
    fn mend(&mut self, error: &Error) -> Option<()> {
        let span = error.span()?;
        let complaint = Complaint::of(error.message());
        if !self.is_placeholder(&span) {
            let unknown_key = matches!(complaint, Complaint::UnknownKey { .. });
            self.flaws.push(Flaw { byte: span.start, message: complaint.in_words(), unknown_key });
        }
        let placeholder = |mark| Spanned::new(mark, DeValue::String(Cow::Borrowed("")));
        match complaint {
            Complaint::UnknownKey { .. } => remove_key(&mut self.root, &span).then_some(()),
            Complaint::MissingKey(key) => {
                let (key_mark, mark) = (self.next_mark(), self.next_mark());
                let DeValue::Table(table) = value_at(&mut self.root, &span)?.get_mut() else { return None };
                table.insert(Spanned::new(key_mark, Cow::Owned(key)), placeholder(mark));
                Some(())
            }
            Complaint::WrongValue { wanted, .. } => {
                let mark = self.next_mark();
                let value = value_at(&mut self.root, &span)?;
                let instead = stand_in(wanted?)?;
                // The same placeholder again would go round in circles.
                if span.start >= self.marks.start && value.get_ref().same_type(&instead) && !instead.is_str() {
                    return None;
                }
                *value = Spanned::new(mark, instead);
                Some(())
            }
        }
    }

    fn is_placeholder(&self, span: &Range<usize>) -> bool {
        span.start > self.marks.start
    }

    fn next_mark(&mut self) -> Range<usize> {
        self.marks.end += 1;
        self.marks.end..self.marks.end + 1
    }
}

/// A value of the wanted type that says nothing.
fn stand_in<'t>(wanted: Wanted) -> Option<DeValue<'t>> {
    // Numbers have no constructor of their own in the crate; a parsed one is as good.
    let parsed = |text| DeValue::parse(text).ok().map(Spanned::into_inner);
    match wanted {
        Wanted::Word(word) => Some(DeValue::String(Cow::Owned(word))),
        Wanted::Day => Some(DeValue::String(Cow::Borrowed("2026-01-01"))),
        Wanted::Text => Some(DeValue::String(Cow::Borrowed(""))),
        Wanted::List => parsed("[]"),
        Wanted::Table => parsed("{}"),
        Wanted::Number => parsed("0"),
        Wanted::Truth => parsed("false"),
    }
}

/// Takes the key at a place out of its table; whether it was there.
fn remove_key(value: &mut Spanned<DeValue>, span: &Range<usize>) -> bool {
    match value.get_mut() {
        DeValue::Table(table) => {
            let found = table.keys().find(|key| key.span() == *span).cloned();
            match found {
                Some(key) => table.remove(&key).is_some(),
                None => table.iter_mut().any(|(_, inner)| remove_key(inner, span)),
            }
        }
        DeValue::Array(array) => array.iter_mut().any(|inner| remove_key(inner, span)),
        _ => false,
    }
}

/// The value at a place, the innermost where several begin and end there: an array of tables
/// has the place of its first table.
fn value_at<'v, 't>(value: &'v mut Spanned<DeValue<'t>>, span: &Range<usize>) -> Option<&'v mut Spanned<DeValue<'t>>> {
    let holds = |inner: &Spanned<DeValue>| holds_place(inner, span);
    let inside = match value.get_ref() {
        DeValue::Table(table) => table.values().any(holds),
        DeValue::Array(array) => array.iter().any(holds),
        _ => false,
    };
    if !inside {
        return Some(value).filter(|value| value.span() == *span);
    }
    match value.get_mut() {
        DeValue::Table(table) => table.iter_mut().find_map(|(_, inner)| value_at(inner, span)),
        DeValue::Array(array) => array.iter_mut().find_map(|inner| value_at(inner, span)),
        _ => None,
    }
}

fn holds_place(value: &Spanned<DeValue>, span: &Range<usize>) -> bool {
    value.span() == *span
        || match value.get_ref() {
            DeValue::Table(table) => table.values().any(|inner| holds_place(inner, span)),
            DeValue::Array(array) => array.iter().any(|inner| holds_place(inner, span)),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Book, County};

    const BOOK: &str = r#"id = "key_projects"
titel = "重点建设项目"
row = "一个在建项目"
words = ["重点项目"]
subject = "name"

[[field]]
id = "name"
title = "项目名称"
kind = "txt"
spelings = ["项目名称"]

[[field]]
id = 3
titel = "年度计划"
requird = true
spellings = ["年度计划投资"]
"#;

    #[test]
    fn every_fault_of_a_file_is_listed_with_its_line() {
        let read = read_toml::<Book>("b.toml", BOOK);
        assert!(read.value.is_none());
        let told: Vec<String> = read.faults.iter().map(Fault::to_string).collect();
        let expect = [
            ("第1行", "缺少键 title"),
            ("第2行第1列", "`titel`"),
            ("第7行", "缺少键 spellings"),
            ("第10行第8列", "`text`"),
            ("第11行", "`spellings`"),
            ("第13行", "缺少键 title"),
            ("第13行", "缺少键 kind"),
            ("第14行第6列", "文字"),
            ("第15行", "`title`"),
            ("第16行", "`required`"),
        ];
        for (line, words) in expect {
            assert!(told.iter().any(|t| t.contains(line) && t.contains(words)), "{line} {words}: {told:#?}");
        }
        assert_eq!(told.len(), expect.len(), "{told:#?}");
    }

    #[test]
    fn a_missing_table_is_one_fault() {
        let text = "whole = \"全县\"\ngrade = []\nlight = 3\nranking = []\n";
        let read = read_toml::<County>("county.toml", text);
        let told: Vec<String> = read.faults.iter().map(Fault::to_string).collect();
        assert_eq!(told.len(), 2, "{told:#?}");
        assert!(told[0].contains("缺少键 schedule"), "{told:?}");
        assert!(told[1].contains("第3行第9列"), "{told:?}");
    }

    #[test]
    fn broken_syntax_is_told_and_unknown_keys_still_found() {
        let text = "id = \"a\"\ntitle = \"b\nrwo = \"c\"\nwords = [\n";
        let read = read_toml::<Book>("b.toml", text);
        assert!(read.value.is_none());
        assert!(read.faults.iter().any(|f| f.at.is_some_and(|(line, _)| line == 2)), "{:?}", read.faults);
        assert!(read.faults.iter().all(|f| !f.message.contains("缺少键")), "{:?}", read.faults);
    }
}
