//! Text on its way into XML: nothing in it is taken for markup, and what XML cannot hold stays out.

use std::borrow::Cow;

/// Text as the content of an element; characters that XML forbids are left out.
pub fn escape_text(text: &str) -> Cow<'_, str> {
    escaped(text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        // Written plainly, a reader would take it for a line end.
        '\r' => Some("&#13;"),
        _ => None,
    })
}

/// Text as an attribute's value between double quotes; characters that XML forbids are left out.
pub fn escape_attribute(text: &str) -> Cow<'_, str> {
    escaped(text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        '\t' => Some("&#9;"),
        _ => None,
    })
}

fn escaped(text: &str, entity: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    if text.chars().all(|c| entity(c).is_none() && allowed(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars().filter(|&c| allowed(c)) {
        match entity(c) {
            Some(entity) => out.push_str(entity),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// What XML 1.0 may hold.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_markup() {
        assert_eq!(escape_text("a<b> & \"c\"\u{0}\u{b}\u{ffff}"), "a&lt;b&gt; &amp; \"c\"");
        assert_eq!(escape_attribute("a\"\n<"), "a&quot;&#10;&lt;");
        assert!(matches!(escape_text("云山县\n"), Cow::Borrowed(_)));
    }
}
