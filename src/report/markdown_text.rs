//! Text from a source, made safe inside GitHub-flavoured Markdown.

use super::text::clean;

/// Escapes everything that Markdown, HTML or GitHub would give a meaning: no link, no image, no table cell, no tag, no
/// mention that notifies somebody, no issue number. ASCII punctuation may always be escaped with a backslash (CommonMark,
/// section 2.4); `@` and `#` become character references, since GitHub looks for mentions after unescaping.
pub(super) fn escape(text: &str) -> String {
    let text = clean(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // A mention, an issue number; the word joiner in between keeps them from being found.
            '@' => escaped.push_str("&#64;\u{2060}"),
            '#' => escaped.push_str("&#35;\u{2060}"),
            // `https://` and `www.` become links by themselves.
            ':' => escaped.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '|' | '~' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            character => escaped.push(character),
        }
    }
    escaped
}
