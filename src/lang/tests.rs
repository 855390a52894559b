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
    for (path, text) in program() {
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

/// The files of the program but this one: where they stand in `src`, wherever that is, and what they say.
fn program() -> Vec<(PathBuf, String)> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let files = sources(root).into_iter().filter(|path| !path.ends_with("lang/tests.rs"));
    files.map(|path| (path.strip_prefix(root).unwrap().to_owned(), fs::read_to_string(&path).unwrap())).collect()
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
    // Rules and help are asked for by the ids of what they tell of, terms by what they are called; a few by their
    // whole ids in a language of their own.
    let sources = program();
    let quoted: BTreeSet<&str> = sources.iter().flat_map(|(_, text)| text.split('"')).collect();
    let by_id = |id: &str| ["rule-", "help-", "term-"].iter().any(|file| id.starts_with(file)) || quoted.contains(id);
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

/// What tells the operator something: the command line, and the faults of files that the office writes.
const TOLD_BY: [&str; 1] = ["cli"];
/// The files that the office writes and their faults: what stands there besides is what documents and the settings
/// workbook say.
const FAULTS_OF: [&str; 5] = ["profile", "settings", "template", "workspace", "check"];

/// The string literals of a file, but for its tests and comments.
fn literals(text: &str) -> Vec<String> {
    let program = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String =
        program.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
    let literal = regex::Regex::new(r#""((?:[^"\\]|\\.)*)""#).unwrap();
    literal.captures_iter(&code).map(|found| found[1].to_owned()).collect()
}

#[test]
fn what_the_operator_reads_stands_in_the_catalogues_and_nowhere_else() {
    let is_chinese =
        |text: &str| text.chars().any(|c| ('\u{3000}'..='\u{9fff}').contains(&c) || "：，；（）".contains(c));
    let terms: BTreeSet<String> = entries("term").iter().map(|id| message_in(Language::Zh, id, &[])).collect();
    for (path, text) in program().into_iter().filter(|(path, _)| TOLD_BY.iter().any(|of| path.starts_with(of))) {
        // A word of the office is asked for as documents write it; what programs read is no sentence.
        let json = text.contains("json!(") && !path.ends_with("report.rs");
        let pieces = literals(&text).into_iter().filter(|text| is_chinese(text) && !terms.contains(text));
        let pieces: Vec<String> = pieces.filter(|text| !json || text.contains(['：', '，', '{'])).collect();
        assert!(pieces.is_empty(), "{}: {pieces:?} belongs into src/lang", path.display());
    }
}

#[test]
fn faults_of_the_office_s_files_stand_in_the_catalogues() {
    let asks =
        |text: &str| ["请改", "请删", "请补", "请写", "应写成", "是否应为"].iter().any(|word| text.contains(word));
    let of_faults = |path: &Path| FAULTS_OF.iter().any(|of| path.iter().any(|part| part.to_str() == Some(of)));
    let tested = |path: &Path| path.file_stem().is_some_and(|name| name.to_string_lossy().ends_with("tests"));
    for (path, text) in program().into_iter().filter(|(path, _)| of_faults(path) && !tested(path)) {
        // A form's note and the files of a new workspace are read there, in Chinese.
        let long = |text: &String| text.contains("例：") || text.contains('\n');
        let faults: Vec<String> = literals(&text).into_iter().filter(|text| asks(text) && !long(text)).collect();
        assert!(faults.is_empty(), "{}: {faults:?} belongs into src/lang", path.display());
    }
}

#[test]
fn terms_are_called_as_documents_call_them() {
    use crate::{finding, layout, publish, register, settings, trace};
    let levels = finding::Level::ALL.map(finding::Level::title);
    let rows = layout::RowKind::ALL.map(layout::RowKind::title);
    let states = register::State::ALL.map(register::State::title);
    let evidence = [register::Evidence::Settings, register::Evidence::Mail, register::Evidence::File];
    let returns = [publish::ReturnStatus::Correct, publish::ReturnStatus::Query, publish::ReturnStatus::Accepted];
    let roles = {
        use trace::Role::{Condition, Denominator, Group, Numerator, Subject};
        [Subject, Numerator, Denominator, Condition, Group].map(trace::Role::title)
    };
    let relations = {
        use settings::Relation::{Joined, Moved, Renamed, Split};
        [Renamed, Split, Joined, Moved].map(settings::Relation::title)
    };
    let all = levels.into_iter().chain(rows).chain(states).chain(evidence.map(register::Evidence::title));
    let all = all.chain(returns.map(publish::ReturnStatus::title)).chain(roles).chain(relations);
    let unknown: Vec<&str> = all.filter(|title| super::catalogue::translated(title).is_none()).collect();
    assert!(unknown.is_empty(), "no English for {unknown:?}: add them to term.ftl");
    assert_eq!(super::catalogue::translated("城关镇"), None, "a name is no term");
}

#[test]
fn long_numbers_lose_no_digit() {
    let code = "915301020000000137";
    let told = message_in(Language::En, "project-key", &[("key", code.to_owned())]);
    assert!(told.ends_with(code), "{told}");
}
