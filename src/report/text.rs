//! Text from a source, made safe to show to a person.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Replaces what a terminal or a viewer would obey instead of showing: control characters, marks that turn the writing
/// direction (the "Trojan Source" trick, CVE-2021-42574), invisible characters, line breaks, and what begins a command to the
/// agent of a pipeline. What is replaced stays visible as `\u{202e}`.
pub fn clean(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| (0x20..0x7f).contains(&byte);
    let text = match text.contains("##") {
        true => without_commands(text),
        false => Cow::Borrowed(text),
    };
    if text.bytes().all(is_plain) || !text.contains(is_unsafe) {
        return text;
    }
    let mut clean = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => clean.push_str("\\n"),
            '\r' => clean.push_str("\\r"),
            '\t' => clean.push(' '),
            character if is_unsafe(character) => {
                // Writing to a string cannot fail.
                let _ = write!(clean, "\\u{{{:x}}}", u32::from(character));
            }
            character => clean.push(character),
        }
    }
    Cow::Owned(clean)
}

/// Opens the bracket of `##vso[` and `##[` otherwise: Azure Pipelines' agent looks for the first anywhere in a line, in a table
/// that somebody prints too (`Command.TryParse`), and GitHub's runner for the second (`ActionCommand.TryParse`).
fn without_commands(text: &str) -> Cow<'_, str> {
    let mut safe = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices('[') {
        let before = text.get(..at).unwrap_or_default();
        let word = before.get(at.saturating_sub(3)..).filter(|word| word.eq_ignore_ascii_case("vso"));
        let before = before.get(..at - word.map_or(0, str::len)).unwrap_or_default();
        if before.ends_with("##") {
            safe.push_str(text.get(done..at).unwrap_or_default());
            safe.push_str("\\u{5b}");
            done = at + 1;
        }
    }
    match done {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(safe + text.get(done..).unwrap_or_default()),
    }
}

fn is_unsafe(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            // soft hyphen, Arabic letter mark, Mongolian vowel separator
            | '\u{ad}' | '\u{61c}' | '\u{180e}'
            // zero width, direction marks; line and paragraph separators, embeddings and overrides; isolates
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            // byte order mark, interlinear annotation, non-characters, invisible tag letters
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// `1 resource`, `2 resources`.
pub fn count(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    }
}

/// A text up to the end of its first sentence.
pub fn first_sentence(text: &str) -> &str {
    match text.find(". ") {
        Some(end) => text.get(..=end).unwrap_or(text),
        None => text,
    }
}

/// A text that begins a sentence.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Cuts a text to at most so many characters, with `…` in place of the rest.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.chars().take(most.saturating_sub(1)).chain(['…']).collect()),
    }
}

/// Numbers in ascending order, those that follow one another as a range: `16-21, 26`.
pub fn ranges(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    let range = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(clean("aws_db_instance.größe[\"a\"]"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_a_terminal_would_obey_becomes_visible() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\nd\u{0}\u{85}"), "a\\u{1b}[31mb\\u{202e}c\\nd\\u{0}\\u{85}");
    }

    #[test]
    fn what_a_pipeline_would_obey_becomes_visible() {
        assert_eq!(clean("x##vso[task.complete]##[error]"), "x##vso\\u{5b}task.complete]##\\u{5b}error]");
        assert_eq!(clean("é##VsO[a"), "é##VsO\\u{5b}a");
        assert!(matches!(clean("## a[0] #[b]"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_sentence_ends_at_a_full_stop_and_a_space() {
        assert_eq!(first_sentence("Raise 16.3 first. Then test."), "Raise 16.3 first.");
        assert_eq!(first_sentence("set a.b = 1"), "set a.b = 1");
    }

    #[test]
    fn a_long_text_is_cut_at_a_character() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
    }
}
