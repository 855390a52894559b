//! The catalogues hold every message that is asked for, in both languages, with the same arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};

use super::catalogue::{FILES, messages};
use super::{Language, entries, message_in};

/// The arguments of each message and attribute of a catalogue.
fn arguments(source: &'static str) -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut found = BTreeMap::new();
    for message in messages(source) {
        let mut of_value = BTreeSet::new();
        message.value.iter().for_each(|pattern| variables(pattern, &mut of_value));
        found.insert(message.id.name.to_owned(), of_value);
        for attribute in &message.attributes {
            let mut of_attribute = BTreeSet::new();
            variables(&attribute.value, &mut of_attribute);
            found.insert(format!("{}.{}", message.id.name, attribute.id.name), of_attribute);
        }
    }
    found
}

fn variables(pattern: &Pattern<&'static str>, found: &mut BTreeSet<&'static str>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| variables(&variant.value, found));
                selector
            }
        };
        if let InlineExpression::VariableReference { id } = inline {
            found.insert(id.name);
        }
    }
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_arguments() {
    for (file, [chinese, english]) in FILES {
        let (chinese_has, english_has) = (arguments(chinese), arguments(english));
        assert!(!chinese_has.is_empty(), "{file}");
        for (id, of_chinese) in &chinese_has {
            assert!(id.starts_with(&format!("{file}-")), "{id} stands in {file}.ftl");
            let of_english = english_has.get(id).unwrap_or_else(|| panic!("{id} is missing in en/{file}.ftl"));
            // A plural may ask for a count that the other language only shows, never for anything else.
            assert_eq!(of_chinese, of_english, "{id}");
        }
        let more: Vec<_> = english_has.keys().filter(|id| !chinese_has.contains_key(*id)).collect();
        assert!(more.is_empty(), "missing in zh/{file}.ftl: {more:?}");
    }
}

/// The calls of `say!` in the program: the id and the names of the arguments.
fn calls() -> Vec<(PathBuf, String, BTreeSet<String>)> {
    let call = regex::Regex::new(
        r#"say!\(\s*"([a-z0-9_.-]+)"((?:[^()"]|"[^"]*"|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*)\)"#,
    )
    .unwrap();
    let named = regex::Regex::new(r"(?:^|,)\s*([a-z_]+)\s*=[^=>]").unwrap();
    let mut found = Vec::new();
    for path in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        if path.ends_with("lang/tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let all = text.matches("say!(").count();
        let read: Vec<_> = call.captures_iter(&text).collect();
        assert_eq!(read.len(), all, "a call of say! in {} is too deep for this test to read", path.display());
        for one in read {
            let names = named.captures_iter(&one[2]).map(|name| name[1].to_owned()).collect();
            found.push((path.clone(), one[1].to_owned(), names));
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(sources(&entry));
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            found.push(entry);
        }
    }
    found
}

#[test]
fn every_message_that_is_asked_for_is_there_and_no_other() {
    let mut known: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    FILES.iter().for_each(|(_, [chinese, _])| known.extend(arguments(chinese)));
    let mut asked = BTreeSet::new();
    for (path, id, names) in calls() {
        let has = known.get(&id).unwrap_or_else(|| panic!("{} asks for {id}, which is nowhere", path.display()));
        let has: BTreeSet<String> = has.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(names, has, "the arguments of {id} in {}", path.display());
        asked.insert(id);
    }
    // Rules and help are asked for by the ids of what they tell of.
    let by_id = |id: &str| id.starts_with("rule-") || id.starts_with("help-");
    let unused: Vec<_> = known.keys().filter(|id| !by_id(id) && !asked.contains(*id)).collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}

#[test]
fn a_message_is_whole_in_both_languages() {
    for (file, _) in FILES {
        for id in entries(file) {
            for language in Language::ALL {
                assert!(
                    !message_in(language, &id, &[]).trim().is_empty() || !arguments_of(file, &id).is_empty(),
                    "{id}"
                );
            }
        }
    }
    assert_eq!(message_in(Language::En, "rule-amount-unreadable", &[]), "An amount that cannot be read");
    assert_eq!(message_in(Language::Zh, "rule-amount-unreadable", &[]), "金额读不出来");
}

fn arguments_of(file: &str, id: &str) -> BTreeSet<&'static str> {
    let texts = FILES.iter().find(|(name, _)| *name == file).map(|(_, texts)| texts[0]);
    texts.and_then(|text| arguments(text).remove(id)).unwrap_or_default()
}
