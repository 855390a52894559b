//! How long files and functions are: the figures that ARCHITECTURE.md's manners are held to.
//!
//! Prints a line a folder and the longest of each, for a reviewer; the test of the architecture holds the limits.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::Outcome;
use crate::code::{blanked, functions, gather};

/// What to print.
#[derive(Debug, Args)]
pub(crate) struct Wanted {
    /// How many of the longest files and functions are named
    #[arg(long, default_value_t = 5)]
    longest: usize,
}

/// A folder with what it is.
const FOLDERS: [(&str, &str); 4] = [
    ("src", "the program"),
    ("tests", "tests from outside"),
    ("xtask/src", "what engineers run"),
    ("benches", "benchmarks"),
];

/// Lengths with what each is of.
#[derive(Debug, Default)]
struct Lengths(Vec<(usize, String)>);

impl Lengths {
    /// The length under which a part of all lie, in hundredths: 50 for the median.
    fn at(&self, hundredths: usize) -> usize {
        let mut all: Vec<usize> = self.0.iter().map(|(length, _)| *length).collect();
        all.sort_unstable();
        let last = all.len().saturating_sub(1);
        all.get(last * hundredths / 100).copied().unwrap_or_default()
    }

    fn spread(&self) -> String {
        format!("{} / {} / {}", self.at(50), self.at(90), self.at(100))
    }

    fn sum(&self) -> usize {
        self.0.iter().map(|(length, _)| length).sum()
    }

    /// The longest, longest first.
    fn longest(mut self, many: usize) -> Vec<(usize, String)> {
        self.0.sort_by(|a, b| b.cmp(a));
        self.0.truncate(many);
        self.0
    }
}

/// `cargo xtask sizes`
pub(crate) fn sizes(wanted: &Wanted) -> Outcome {
    println!(
        "| folder | files | lines | of them tests | file median / p90 / max | functions | function median / p90 / max |"
    );
    println!("|---|---|---|---|---|---|---|");
    let mut longest = Vec::new();
    for (folder, what) in FOLDERS {
        let mut paths = Vec::new();
        gather(Path::new(folder), &mut paths);
        paths.sort();
        let (files, named, tests) = measured(&paths)?;
        println!(
            "| {folder} ({what}) | {} | {} | {tests} | {} | {} | {} |",
            files.0.len(),
            files.sum(),
            files.spread(),
            named.0.len(),
            named.spread(),
        );
        longest.push((folder, files.longest(wanted.longest), named.longest(wanted.longest)));
    }
    for (folder, files, named) in longest {
        println!("\n{folder}: the longest files and functions");
        files.iter().chain(&named).for_each(|(length, what)| println!("  {length:>4}  {what}"));
    }
    Ok(())
}

/// The lengths of files, of their functions without tests, and how many lines are tests.
fn measured(paths: &[PathBuf]) -> Outcome<(Lengths, Lengths, usize)> {
    let (mut files, mut named, mut tests) = (Lengths::default(), Lengths::default(), 0);
    for path in paths {
        let text = fs::read_to_string(path)?;
        let (shown, lines, shipped) = (path.display(), text.lines().count(), shipped(path, &text));
        tests += lines - shipped.lines().count();
        let code = blanked(shipped);
        let each = functions(&code).into_iter();
        named.0.extend(each.map(|(name, line, length)| (length, format!("{shown}:{line} fn {name}"))));
        files.0.push((lines, shown.to_string()));
    }
    Ok((files, named, tests))
}

/// A file of the program without its tests; whole where it is a test from outside.
fn shipped<'t>(path: &Path, text: &'t str) -> &'t str {
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    if !path.starts_with("tests") && (stem == "tests" || stem.ends_with("_tests")) {
        return "";
    }
    let end = text.find("#[cfg(test)]\nmod tests {").or_else(|| text.find("#[cfg(test)]\npub"));
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_from_the_program() {
        let text = "fn a() {\n}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n";
        assert_eq!(shipped(Path::new("src/a.rs"), text), "fn a() {\n}\n");
        assert_eq!(shipped(Path::new("src/a/tests.rs"), text), "");
        assert_eq!(functions(&blanked(shipped(Path::new("src/a.rs"), text))), [("a".to_owned(), 1, 2)]);
    }

    #[test]
    fn a_spread_names_the_middle_and_the_ends() {
        let lengths = Lengths((1..=100).map(|length| (length, String::new())).collect());
        assert_eq!(lengths.spread(), "50 / 90 / 100");
        assert_eq!(Lengths::default().spread(), "0 / 0 / 0");
    }
}
