//! Values as text of a template: HTML escaped, marks of a bulletin taken their meaning, or as they are.

use minijinja::{AutoEscape, Error, Output, State, Value, escape_formatter};

use super::ENDING;

/// The characters that mean something in a `.md` template; a backslash before one makes it a character again.
pub const MARKS: [char; 8] = ['\\', '#', '|', '*', '>', '^', '+', '~'];

/// How the values of a template are escaped, by its name.
pub(super) fn of_name(name: &str) -> AutoEscape {
    let name = name.strip_suffix(ENDING).unwrap_or(name);
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => AutoEscape::Html,
        Some("md") => AutoEscape::Custom("marks".into()),
        _ => AutoEscape::None,
    }
}

/// Writes a value; one that is there but empty (none) is no text at all.
pub(super) fn write(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    match state.auto_escape() {
        AutoEscape::Custom(_) if value.is_undefined() || value.is_safe() => plain(out, value),
        AutoEscape::Custom(_) => Ok(out.write_str(&without_marks(&value.to_string()))?),
        _ => escape_formatter(out, state, value),
    }
}

fn plain(out: &mut Output, value: &Value) -> Result<(), Error> {
    Ok(write!(out, "{value}")?)
}

/// A value on one line in which no character is a mark.
fn without_marks(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if MARKS.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c });
    }
    escaped
}
