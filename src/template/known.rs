//! The templates that there are, and an office's files that stand in their place.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{ENDING, TemplateFault};
use crate::{lang, say};

/// The bulletin's text.
pub const BULLETIN: &str = "bulletin.md.j2";

/// The built-in templates by name; an office's file of the same name in its profile folder replaces one.
pub const BUILT_IN: &[(&str, &str)] = &[
    (BULLETIN, include_str!("../../templates/county/bulletin.md.j2")),
    ("mail/unit.txt.j2", include_str!("../../templates/county/mail/unit.txt.j2")),
    ("mail/unit.html.j2", include_str!("../../templates/county/mail/unit.html.j2")),
    ("mail/county.txt.j2", include_str!("../../templates/county/mail/county.txt.j2")),
    ("mail/county.html.j2", include_str!("../../templates/county/mail/county.html.j2")),
    ("mail/reminder.txt.j2", include_str!("../../templates/county/mail/reminder.txt.j2")),
    ("mail/reminder.html.j2", include_str!("../../templates/county/mail/reminder.html.j2")),
];

/// The office's templates by name, in order: in the folder itself and one below.
pub(super) fn files(folder: &Path, faults: &mut Vec<TemplateFault>) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for (name, path) in entries(folder, faults) {
        if path.is_dir() {
            let within = entries(&path, faults).into_iter().map(|(inner, path)| (format!("{name}/{inner}"), path));
            found.extend(within.filter(|(name, path)| is_template(name, path)));
        } else if is_template(&name, &path) {
            found.push((name, path));
        }
    }
    found.sort();
    found
}

/// Files that an editor or the system keeps beside (`.bulletin.md.j2.swp`, `~$…`) are none.
fn is_template(name: &str, path: &Path) -> bool {
    let own = name.rsplit('/').next().unwrap_or(name);
    name.ends_with(ENDING) && !own.starts_with(['.', '~']) && path.is_file()
}

fn entries(folder: &Path, faults: &mut Vec<TemplateFault>) -> Vec<(String, PathBuf)> {
    let read = fs::read_dir(folder).and_then(|entries| {
        let named = |entry: fs::DirEntry| (entry.file_name().to_string_lossy().into_owned(), entry.path());
        entries.map(|entry| entry.map(named)).collect::<Result<Vec<_>, _>>()
    });
    read.unwrap_or_else(|error| {
        let message = say!("template-folder", error = error);
        faults.push(TemplateFault::of_file(folder.display().to_string(), message));
        Vec::new()
    })
}

/// A file's text, whatever editor wrote it.
pub(super) fn text_of(path: &Path) -> Result<String, String> {
    let text = crate::text::of_file(path).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => say!("template-encoding"),
        _ => say!("template-unread", error = error),
    })?;
    Ok(tidy(&text))
}

/// Without byte order mark, lines ended as everywhere here.
pub(super) fn tidy(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n")
}

/// What to do about a file that is no template of ours.
pub(super) fn no_such(name: &str) -> String {
    let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
    say!("template-unknown", name = name, known = lang::list(&known))
}

/// A number in Chinese numerals, as headings count: 1 is 一, 12 is 十二; from 100 on as it is.
pub(super) fn numeral(number: u32) -> String {
    crate::text::numeral(number)
}
