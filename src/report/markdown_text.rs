//! Text from a source, made safe inside GitHub-flavoured Markdown.

use super::text::{clean, cut};

/// Escapes everything that Markdown, HTML or GitHub would give a meaning: no link, no image, no table cell, no tag, no
/// mention that notifies somebody, no reference to an issue.
///
/// Character references cannot stand for symbols of structure (CommonMark 0.31, section 2.5), and ASCII punctuation may always
/// be escaped with a backslash (section 2.4). GitHub looks for mentions and issue numbers in the rendered text, so those need
/// something invisible in between.
pub(super) fn escape(text: &str) -> String {
    let text = clean(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '|' => escaped.push_str("&#124;"),
            '`' => escaped.push_str("&#96;"),
            '@' => escaped.push_str("&#64;\u{2060}"),
            '#' => escaped.push_str("&#35;\u{2060}"),
            // A URL becomes a link by itself (GitHub Flavored Markdown, section 6.9).
            ':' if characters.peek() == Some(&'/') => escaped.push_str("&#58;\u{2060}"),
            '\\' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '~' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            character => escaped.push(character),
        }
    }
    escaped.replace("www.", "www&#46;")
}

/// A name, shown as code: in backticks when nothing in it could end them or a table cell.
pub(super) fn code(text: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "_-./[]\"' =,:".contains(character);
    match !text.is_empty() && text.trim() == text && text.chars().all(is_plain) {
        true => format!("`{text}`"),
        false => format!("<code>{}</code>", escape(text)),
    }
}

/// How much of a text a table cell shows.
const MAX_CELL: usize = 600;

/// A name in a table cell.
pub(super) fn code_cell(text: &str) -> String {
    code(&cut(text, MAX_CELL))
}

/// Words in a table cell.
pub(super) fn cell(text: &str) -> String {
    escape(&cut(text, MAX_CELL))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::testing::HOSTILE;

    #[test]
    fn a_plain_name_is_code() {
        assert_eq!(code("module.a[\"eu\"].aws_db_instance.db[0]"), "`module.a[\"eu\"].aws_db_instance.db[0]`");
    }

    #[test]
    fn a_hostile_name_is_text() {
        let text = code(HOSTILE);
        assert!(text.starts_with("<code>aws\\_db\\_instance.x\\[\"&lt;/td&gt;&lt;script&gt;alert"), "{text}");
        assert!(text.contains("&#64;\u{2060}octocat\\]\\(https&#58;\u{2060}//evil.example\\)"), "{text}");
    }

    proptest! {
        #[test]
        fn nothing_escapes(text in "\\PC*|[<>&|`@#:/\\[\\]()\\\\\n\r\t*_~!$w. a]*") {
            let escaped = escape(&text);
            for forbidden in ['<', '>', '|', '`', '@', '\n', '\r'] {
                prop_assert!(!escaped.contains(forbidden), "{escaped}");
            }
            prop_assert!(!escaped.contains("://") && !escaped.contains("www."));
            // Every bracket has an odd number of backslashes before it.
            let characters: Vec<char> = escaped.chars().collect();
            for (position, _) in characters.iter().enumerate().filter(|(_, character)| matches!(character, '[' | ']' | '(' | ')' | '_' | '*')) {
                let slashes = characters[..position].iter().rev().take_while(|character| **character == '\\').count();
                prop_assert_eq!(slashes % 2, 1, "{}", &escaped);
            }
        }
    }
}
