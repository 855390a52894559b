//! Rust code as lines, files and functions: what the test of the architecture and `cargo xtask sizes` measure with.

use std::fs;
use std::path::{Path, PathBuf};

/// Adds the Rust files below a folder; nothing of one that is not there.
pub fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code alone: comments, strings and character literals as blanks, lines kept.
pub fn blanked(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// Where a comment, string or character that begins here ends; the same place where none does.
fn literal_end(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    let find = |from: usize, what: &[char]| {
        (from..rest.len()).find(|&i| rest[i..].starts_with(what)).map_or(chars.len(), |i| at + i + what.len())
    };
    let named = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match rest {
        ['/', '/', ..] => find(2, &['\n']).saturating_sub(1).max(at + 1),
        ['/', '*', ..] => find(2, &['*', '/']),
        ['r', '"' | '#', ..] if !named => {
            let hashes = rest[1..].iter().take_while(|&&c| c == '#').count();
            if rest.get(1 + hashes) != Some(&'"') {
                return at;
            }
            let mut close = vec!['"'];
            close.extend(std::iter::repeat_n('#', hashes));
            find(2 + hashes, &close)
        }
        ['"', ..] => quoted_end(chars, at, '"'),
        ['\'', '\\', ..] => quoted_end(chars, at, '\''),
        ['\'', _, '\'', ..] => at + 3,
        _ => at,
    }
}

fn quoted_end(chars: &[char], at: usize, quote: char) -> usize {
    let mut end = at + 1;
    while end < chars.len() && chars[end] != quote {
        end += if chars[end] == '\\' { 2 } else { 1 };
    }
    (end + 1).min(chars.len())
}

/// Functions with the line where each begins and the lines it takes, by counting braces.
pub fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let name_in = |line: &str| {
        let at = line.find("fn ").filter(|&at| at == 0 || line[..at].ends_with([' ', '(']))?;
        let name: String = line[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        (!name.is_empty()).then_some(name)
    };
    let begins = lines.iter().enumerate().filter_map(|(at, line)| Some((at, name_in(line)?)));
    begins.filter_map(|(at, name)| Some((name, at + 1, length_from(&lines[at..])?))).collect()
}

/// Lines to the brace that closes the first one; `None` for a declaration without a body.
fn length_from(lines: &[&str]) -> Option<usize> {
    let (mut depth, mut open) = (0i32, false);
    for (count, line) in lines.iter().enumerate() {
        for c in line.chars() {
            match c {
                '{' => (depth, open) = (depth + 1, true),
                '}' => depth -= 1,
                ';' if !open => return None,
                _ => {}
            }
            if open && depth == 0 {
                return Some(count + 1);
            }
        }
    }
    None
}
