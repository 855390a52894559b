//! The manual is true: its commands are there, and every rule stands in it with its cure.
//!
//! `WUZHANG_BLESS=1 cargo test --test it manual` writes the rules into it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use wuzhang::finding::Level;
use wuzhang::lang::{self, Language};
use wuzhang::profile::Profile;

const MANUAL: &str = include_str!("../../docs/manual.zh-CN.md");
const MARK: &str = "<!-- rules: tests/it/manual.rs writes what follows -->\n";

/// The rules as the manual tells them: the program's own, then those of each book.
fn rules() -> String {
    let said = |id: &str| lang::message_in(Language::Zh, id, &[]);
    let mut text =
        "\n### 程序自身的规则\n\n| 规则 | 级别 | 含义 | 什么时候提出 | 怎样处理 |\n|---|---|---|---|---|\n".to_owned();
    for id in lang::entries("rule") {
        let rule = id.strip_prefix("rule-").unwrap().replacen('-', ".", 1);
        let levels = said(&format!("{id}.level"));
        let levels: Vec<&str> = levels.split(' ').map(|level| title(level)).collect();
        let (when, cure) = (said(&format!("{id}.when")), said(&format!("{id}.cure")));
        text += &format!("| `{rule}` | {} | {} | {when} | {cure} |\n", levels.join("、"), said(&id));
    }
    for book in Profile::load(None).unwrap().books.iter().filter(|book| !book.rules.is_empty()) {
        text += &format!("\n### {}的规则\n\n| 规则 | 级别 | 问题 | 怎样处理 |\n|---|---|---|---|\n", book.title);
        for rule in &book.rules {
            let message = rule.message.replace(['{', '}'], "").replace('|', "／");
            text += &format!("| `{}` | {} | {message} | {} |\n", rule.id, rule.level.title(), rule.advice);
        }
    }
    text
}

fn title(level: &str) -> &'static str {
    Level::ALL.into_iter().find(|known| known.id() == level).map(Level::title).expect("a level of the catalogue")
}

#[test]
fn every_rule_stands_in_the_manual_with_its_cure() {
    let (before, shown) = MANUAL.split_once(MARK).unwrap();
    if std::env::var_os("WUZHANG_BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/manual.zh-CN.md");
        std::fs::write(path, format!("{before}{MARK}{}", rules())).unwrap();
        return;
    }
    assert_eq!(shown, rules());
}

#[test]
fn every_command_that_the_manual_names_is_there() {
    let words =
        |line: &str| line.split_once("wuzhang ").map(|(_, rest)| rest.split(' ').next().unwrap_or("").to_owned());
    let named: BTreeSet<String> = MANUAL.lines().filter(|line| line.starts_with("    ")).filter_map(words).collect();
    assert!(named.len() > 8, "{named:?}");
    for command in named {
        let help = Command::new(env!("CARGO_BIN_EXE_wuzhang")).args([&command, "--help"]).output().unwrap();
        assert!(help.status.success(), "wuzhang {command}");
    }
}

/// Rules that the program's sources name, without those of tests and books.
#[test]
fn every_rule_that_the_program_can_name_is_explained() {
    let known: BTreeSet<String> =
        lang::entries("rule").iter().map(|id| id.strip_prefix("rule-").unwrap().replacen('-', ".", 1)).collect();
    let call = regex::Regex::new(r#"(?:Finding::new\(\s*(?:Level::\w+|\w+),|self\.say\(\s*Level::\w+,\s*\w+,|reader\.say\(\s*Level::\w+,\s*\w+,)\s*"([a-z]+\.[a-z_]+)""#).unwrap();
    let mut named = BTreeSet::new();
    for text in super::architecture::texts("src") {
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        named.extend(call.captures_iter(program).map(|found| found[1].to_owned()));
    }
    assert!(named.len() > 50, "{}", named.len());
    let books: BTreeSet<String> = Profile::load(None)
        .unwrap()
        .books
        .iter()
        .flat_map(|book| book.rules.iter().map(|rule| rule.id.clone()))
        .collect();
    let unexplained: Vec<&String> =
        named.iter().filter(|rule| !known.contains(*rule) && !books.contains(*rule)).collect();
    assert!(unexplained.is_empty(), "say in src/lang/*/rule.ftl what these mean: {unexplained:?}");
}
