//! Text in the forms that OSCAL has for it: values of one line, tokens, Markdown.

use crate::report::text::{clean, cut};

/// A value (`StringDatatype`): one line without space around it, as it is; `None` when nothing is left of it.
pub(super) fn value(text: &str) -> Option<String> {
    let text = clean(text);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Words from a source inside Markdown (`MarkupLineDatatype`), where none of them means anything: no HTML, no link, no
/// `{{ insert: param, … }}`. ASCII punctuation may always be escaped with a backslash (CommonMark 0.31, section 2.4).
pub(super) fn markup(text: &str) -> String {
    let text = clean(text);
    let mut markup = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_inside_word = |next: Option<&char>| {
            before.is_ascii_alphanumeric() && next.is_some_and(|next| next.is_ascii_alphanumeric())
        };
        let is_escaped = match character {
            // Inside a word it emphasizes nothing (section 6.2).
            '_' => !is_inside_word(characters.peek()),
            other => "\\`*{}[]<>&!|~^$\"#".contains(other),
        };
        if is_escaped {
            markup.push('\\');
        }
        markup.push(character);
        before = character;
    }
    markup
}

/// A name as code, inside Markdown.
pub(super) fn code(text: &str) -> String {
    let text = clean(text);
    match text.trim() {
        "" => "(no name)".to_owned(),
        // What ends the code would be in the name itself.
        _ if text.contains('`') => markup(&text),
        _ => format!("`{text}`"),
    }
}

/// A token (`TokenDatatype`): a letter, then letters, digits, `.`, `-` and `_`. What cannot stand in one becomes a `.`, and
/// several of them one.
pub(super) fn token(text: &str) -> String {
    let mut token = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '_' => token.push(character),
            _ if token.ends_with('.') => {}
            _ => token.push('.'),
        }
    }
    let token = token.trim_matches('.');
    match token.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        true => token.to_owned(),
        false => format!("_{token}"),
    }
}

/// How much of a value a sentence shows; a set may have hundreds of elements.
const MAX_VALUE: usize = 200;

/// A value of a fact; texts in quotes, so that they are told from words of ours.
pub(super) fn shown(value: &crate::model::Value) -> String {
    let text = serde_json::to_string(value).unwrap_or_else(|_| value.to_string());
    cut(&text, MAX_VALUE).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_framework_becomes_a_token() {
        assert_eq!(token("164.312(a)(2)(iv)"), "_164.312.a.2.iv");
        assert_eq!(token("Art. 32"), "Art.32");
        assert_eq!(token("pci-dss-4.0"), "pci-dss-4.0");
        assert_eq!(token("|`"), "_");
    }

    #[test]
    fn a_value_is_one_line_or_none() {
        assert_eq!(value(" a\nb\u{0}\u{a0}"), Some("a\\nb\\u{0}".to_owned()));
        assert_eq!(value(" \u{3000}"), None);
    }

    #[test]
    fn no_name_means_anything_in_markdown() {
        assert_eq!(
            markup("a_b <b>{{ insert: param, x }}</b> _c_"),
            "a_b \\<b\\>\\{\\{ insert: param, x \\}\\}\\</b\\> \\_c\\_"
        );
        assert_eq!(code("a_b[\"x\"]"), "`a_b[\"x\"]`");
        assert_eq!(code("a`<b>"), "a\\`\\<b\\>");
    }
}
