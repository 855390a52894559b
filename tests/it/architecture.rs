//! The manners of ARCHITECTURE.md, held: who may know whom, where each outside crate lives, and how
//! long a file or a function may be.

use std::path::{Path, PathBuf};

/// The same measure as `cargo xtask sizes` takes.
#[path = "../../xtask/src/code.rs"]
mod code;

use code::{blanked, functions, gather};

/// The modules in the order of the data; each may use those before it and none after it.
const ORDER: &[&str] = &[
    "amount",
    "finding",
    "lang",
    "origin",
    "period",
    "text",
    "package",
    "template",
    "profile",
    "workspace",
    "collect",
    "value",
    "stated",
    "layout",
    "record",
    "draft",
    "settings",
    "check",
    "merge",
    "ledger",
    "rollup",
    "history",
    "register",
    "measure",
    "cluster",
    "score",
    "rank",
    "trace",
    "publish",
    "deliver",
    "pipeline",
    "cli",
];

/// The small words, which may know one another.
const SHARED: [&str; 6] = ["amount", "finding", "lang", "origin", "period", "text"];

/// Outside crates that have a home, and where that is.
const HOMES: [(&str, &[&str]); 33] = [
    ("fluent_bundle", &["lang"]),
    ("fluent_syntax", &["lang"]),
    ("unic_langid", &["lang"]),
    ("sys_locale", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("clap_complete", &["cli"]),
    ("calamine", &["collect"]),
    ("quick_xml", &["collect", "package"]),
    ("zip", &["collect", "package"]),
    ("encoding_rs", &["collect"]),
    ("csv", &["collect", "publish"]),
    ("cfb", &["collect"]),
    ("flate2", &["collect"]),
    ("arcstr", &["text"]),
    ("foldhash", &["text"]),
    ("memchr", &["collect", "package"]),
    ("office_crypto", &["collect"]),
    ("mail_parser", &["collect", "deliver"]),
    ("chardetng", &["collect"]),
    ("polars", &["check", "merge", "ledger", "rollup", "history", "measure", "cluster"]),
    ("sqlparser", &["check", "ledger"]),
    ("rust_xlsxwriter", &["publish"]),
    ("minijinja", &["template"]),
    ("lettre", &["deliver"]),
    ("async_imap", &["deliver"]),
    ("tokio", &["deliver"]),
    ("tokio_rustls", &["deliver"]),
    ("rustls_native_certs", &["deliver"]),
    ("keyring", &["deliver"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("rayon", &["collect", "rollup", "measure", "pipeline", "cli"]),
    ("libc", &["pipeline"]),
];

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 70;
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 4] = ["utils", "util", "helpers", "common"];

/// A source file with its text, and the same text with strings and comments blanked out.
struct Source {
    path: PathBuf,
    text: String,
    code: String,
}

impl Source {
    /// The module below `src` that it belongs to; `lib` and `main` for the roots.
    fn module(&self) -> String {
        let mut parts = self.path.strip_prefix(root().join("src")).unwrap().components();
        parts.next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
    }

    /// Its code without its tests, which may look at the whole program.
    fn shipped(&self) -> &str {
        let tests = self.path.file_name().is_some_and(|name| name == "tests.rs");
        let end = self.code.find("#[cfg(test)]\nmod tests {").unwrap_or(self.code.len());
        if tests { "" } else { &self.code[..end] }
    }

    fn shown(&self) -> String {
        self.path.strip_prefix(root()).unwrap().display().to_string()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    gather(&root().join(folder), &mut found);
    found.sort();
    assert!(!found.is_empty(), "no source in {folder}");
    let source = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = blanked(&text);
        Source { path, text, code }
    };
    found.into_iter().map(source).collect()
}

/// The texts of a folder's Rust files.
pub fn texts(folder: &str) -> Vec<String> {
    sources(folder).into_iter().map(|source| source.text).collect()
}

/// Whether code names a path such as `polars::` at the beginning of a path or in a `use`.
fn names_crate(code: &str, name: &str) -> bool {
    let bounded = |at: usize| {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        let after = code[at + name.len()..].trim_start();
        let path_start = !before.is_alphanumeric() && before != '_' && !code[..at].trim_end().ends_with("::");
        let used = code[..at].trim_end().ends_with("use");
        path_start && (after.starts_with("::") || (used && (after.starts_with(';') || after.starts_with(" as"))))
    };
    code.match_indices(name).any(|(at, _)| bounded(at))
}

/// The modules of ours that code names: `crate::x`, and each of `crate::{x, y::z}`.
fn named_modules(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut named = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            named.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                c if start && !c.is_whitespace() => {
                    named.push(word(&group[i..]));
                    start = false;
                }
                _ => {}
            }
        }
    }
    named
}

#[track_caller]
fn none(what: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{what}:\n  {}", offenders.join("\n  "));
}

#[test]
fn a_stage_knows_the_stages_before_it_and_none_after() {
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut offenders = Vec::new();
    for source in sources("src") {
        let module = source.module();
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let Some(own) = place(&module) else {
            offenders.push(format!("{}: module {module} has no place in the order", source.shown()));
            continue;
        };
        let shared = SHARED.contains(&module.as_str());
        for named in named_modules(source.shipped()) {
            let later = place(&named).is_some_and(|at| at > own);
            if later && !(shared && SHARED.contains(&named.as_str())) {
                offenders.push(format!("{}: {module} uses {named}, which comes after it", source.shown()));
            }
        }
    }
    none("a stage that knows a later one", &offenders);
}

#[test]
fn each_outside_crate_has_one_home() {
    let mut offenders = Vec::new();
    for source in sources("src") {
        let module = source.module();
        for (name, homes) in HOMES {
            if !homes.contains(&module.as_str()) && names_crate(&source.code, name) {
                offenders.push(format!("{}: {name} lives in {}", source.shown(), homes.join(", ")));
            }
        }
    }
    none("an outside crate away from its home", &offenders);
}

#[test]
fn files_and_functions_are_short() {
    let mut offenders = Vec::new();
    for source in ["src", "tests", "examples", "benches", "xtask"]
        .iter()
        .filter(|f| root().join(f).exists())
        .flat_map(|f| sources(f))
    {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            offenders.push(format!("{}: {lines} lines, at most {LONGEST_FILE}", source.shown()));
        }
        for (name, line, length) in functions(&source.code).into_iter().filter(|(_, _, n)| *n > LONGEST_FUNCTION) {
            let shown = source.shown();
            offenders.push(format!("{shown}:{line}: fn {name} has {length} lines, at most {LONGEST_FUNCTION}"));
        }
    }
    none("too long", &offenders);
}

#[test]
fn every_module_is_named_for_what_it_holds() {
    let empty =
        |source: &Source| source.shown().split('/').any(|part| EMPTY_NAMES.contains(&part.trim_end_matches(".rs")));
    let offenders: Vec<String> = sources("src").iter().filter(|s| empty(s)).map(Source::shown).collect();
    none("a name that says nothing", &offenders);
}

#[test]
fn every_file_opens_with_what_it_is() {
    let silent = |source: &Source| !source.text.starts_with("//!");
    let all = ["src", "benches", "xtask"].into_iter().flat_map(sources);
    let offenders: Vec<String> = all.filter(silent).map(|source| source.shown()).collect();
    none("no module doc", &offenders);
}

#[test]
fn the_scanner_sees_what_it_must() {
    let code = blanked(
        "use crate::{period::Period, merge}; // crate::rank\nlet s = \"crate::cli {\"; crate::amount::yuan('{');",
    );
    assert_eq!(named_modules(&code), ["period", "merge", "amount"]);
    assert!(names_crate("use polars::prelude::*;", "polars") && names_crate("use zip;", "zip"));
    assert!(!names_crate("values.iter().zip(other)", "zip") && !names_crate("crate::csv::read()", "csv"));
    let text =
        blanked("fn a() {\n let r = r#\"}\"#;\n}\nfn b();\n    pub(crate) fn c(x: fn() -> u8) -> u8 {\n  x()\n }\n");
    let lengths: Vec<(String, usize)> = functions(&text).into_iter().map(|(name, _, n)| (name, n)).collect();
    assert_eq!(lengths, [("a".to_owned(), 3), ("c".to_owned(), 3)]);
}
