//! `wuzhang explain`: what a rule means, when it speaks, and how to mend what it finds.

use std::path::PathBuf;

use clap::Args;

use super::aligned::{Side, aligned};
use super::{CommandError, Exit, Said};
use crate::finding::Level;
use crate::lang;
use crate::profile::{Profile, Rule, nearest};
use crate::say;

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule, such as done.over_plan; without it all are listed.
    rule: Option<String>,
    /// The folder with the county's own books and rankings.
    #[arg(long)]
    profile: Option<PathBuf>,
}

pub(super) fn explain(args: &ExplainArgs) -> Result<Said, CommandError> {
    let profile = Profile::load(args.profile.as_deref())?;
    let text = match &args.rule {
        None => all(&profile),
        Some(rule) => one(&profile, rule).ok_or_else(|| unknown(&profile, rule))?,
    };
    Ok(Said { text: text + "\n", exit: Exit::Clean })
}

/// Every rule with its title, the program's own first.
fn all(profile: &Profile) -> String {
    let own = own().into_iter().map(|(rule, id)| vec![rule, lang::message(&id, &[])]);
    let of_books = rules(profile).map(|(_, rule)| vec![rule.id.clone(), bare(&rule.message)]);
    let sides = [Side::Left; 2];
    let (own, of_books): (Vec<_>, Vec<_>) = (own.collect(), of_books.collect());
    let listed = |rules: &[Vec<String>]| aligned("  ", &sides, rules).trim_end().to_owned();
    say!("explain-all", own = listed(&own), books = listed(&of_books))
}

/// A rule as one reads it; `None` where there is none of the name.
fn one(profile: &Profile, rule: &str) -> Option<String> {
    if let Some((_, id)) = own().into_iter().find(|(own, _)| own == rule) {
        let part = |name: &str| lang::message(&format!("{id}.{name}"), &[]);
        let (title, level) = (lang::message(&id, &[]), levels(&part("level")));
        let (when, cure) = (part("when"), part("cure"));
        return Some(say!("explain-own", rule = rule, title = title, level = level, when = when, cure = cure));
    }
    let told: Vec<String> =
        rules(profile).filter(|(_, of_book)| of_book.id == rule).map(|(book, rule)| of_book(book, rule)).collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

fn of_book(book: &str, rule: &Rule) -> String {
    say!(
        "explain-book",
        rule = rule.id,
        book = book,
        level = level(rule.level),
        message = bare(&rule.message),
        expected = or_dash(&rule.expected),
        advice = rule.advice,
        holds = rule.holds,
        source = or_dash(&rule.source),
    )
}

/// The program's own rules with the ids of their messages, in order.
fn own() -> Vec<(String, String)> {
    let entries = lang::entries("rule").into_iter();
    entries.filter_map(|id| Some((id.strip_prefix("rule-")?.replacen('-', ".", 1), id.clone()))).collect()
}

/// The rules of all books with their books' titles.
fn rules(profile: &Profile) -> impl Iterator<Item = (&str, &Rule)> {
    profile.books.iter().flat_map(|book| book.rules.iter().map(|rule| (book.title.as_str(), rule)))
}

fn unknown(profile: &Profile, rule: &str) -> CommandError {
    let own = own();
    let known = own.iter().map(|(rule, _)| rule.as_str()).chain(rules(profile).map(|(_, rule)| rule.id.as_str()));
    let known: Vec<&str> = known.collect();
    CommandError::NoRule(match nearest(rule, &known) {
        Some(near) => say!("explain-unknown-near", rule = rule, near = near),
        None => say!("explain-unknown", rule = rule),
    })
}

/// The levels of a catalogue's list in words.
fn levels(ids: &str) -> String {
    let of = |id: &str| Level::ALL.into_iter().find(|level| level.id() == id).map(level);
    ids.split(' ').filter_map(of).collect::<Vec<_>>().join(" / ")
}

fn level(level: Level) -> String {
    match level {
        Level::Error => say!("explain-level-error"),
        Level::Query => say!("explain-level-query"),
        Level::Note => say!("explain-level-note"),
        Level::Info => say!("explain-level-info"),
    }
}

/// A rule's message without the marks of the values that it names.
fn bare(message: &str) -> String {
    message.replace(['{', '}'], "")
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "—" } else { text }
}
