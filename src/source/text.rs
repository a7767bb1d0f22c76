//! From bytes to text, and from offsets in the text to lines and columns.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Problem, SourceError};

/// The text of a file: UTF-8 with or without a byte order mark, or UTF-16, which PowerShell's redirection writes.
pub(crate) fn decode<'a>(path: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, SourceError> {
    if let Some(problem) = archive(bytes) {
        return Err(SourceError::new(path, problem));
    }
    let (encoding, mark) = encoding_of(bytes);
    let content = bytes.get(mark..).unwrap_or_default();
    let text = if encoding == UTF_8 {
        std::str::from_utf8(content).map(Cow::Borrowed).map_err(|error| not_text(path, content, error.valid_up_to()))?
    } else {
        let decoded = encoding.decode_without_bom_handling_and_without_replacement(content);
        decoded.ok_or_else(|| SourceError::new(path, Problem::NotText))?
    };
    if text.trim_ascii().is_empty() { Err(SourceError::new(path, Problem::Empty)) } else { Ok(text) }
}

/// The encoding, and how many bytes its mark takes. UTF-16 without a mark shows by the zero byte beside a brace.
fn encoding_of(bytes: &[u8]) -> (&'static Encoding, usize) {
    match (Encoding::for_bom(bytes), bytes) {
        (Some(known), _) => known,
        (None, [b'{', 0, ..]) => (UTF_16LE, 0),
        (None, [0, b'{', ..]) => (UTF_16BE, 0),
        (None, _) => (UTF_8, 0),
    }
}

/// What `terraform plan -out` writes is a zip archive.
fn archive(bytes: &[u8]) -> Option<Problem> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => Some(Problem::BinaryPlan),
        [0x1f, 0x8b, ..] => Some(Problem::Compressed),
        _ => None,
    }
}

fn not_text(path: &str, content: &[u8], valid_up_to: usize) -> SourceError {
    let valid = content.get(..valid_up_to).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or_default();
    SourceError::at(path, place(valid, valid_up_to), Problem::NotText)
}

/// Line and column, from 1, of a byte offset; columns count Unicode code points.
pub(crate) fn place(text: &str, offset: usize) -> (u32, u32) {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let is_start_of_char = |byte: &&u8| **byte & 0xC0 != 0x80;
    let column = before.iter().skip(line_start).filter(is_start_of_char).count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// Where a slice of a text begins in it, in bytes.
pub(crate) fn offset_of(text: &str, slice: &str) -> usize {
    (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// The byte offset that a JSON error about a slice speaks of.
pub(crate) fn offset_of_error(slice: &str, error: &serde_json::Error) -> usize {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => slice.match_indices('\n').nth(line - 2).map_or(slice.len(), |(newline, _)| newline + 1),
    };
    // serde_json counts the bytes that it took from the line, so the culprit is the last of them.
    (line_start + error.column().saturating_sub(1)).min(slice.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(bytes: &[u8]) -> Problem {
        decode("f", bytes).unwrap_err().problem
    }

    #[test]
    fn every_encoding_that_a_shell_writes_is_read() {
        let utf16 = |big: bool, mark: bool| -> Vec<u8> {
            let text = if mark { "\u{feff}{\"ä\":1}" } else { "{\"ä\":1}" };
            let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            text.encode_utf16().flat_map(bytes).collect()
        };
        for bytes in [
            "{\"ä\":1}".as_bytes().to_vec(),
            "\u{feff}{\"ä\":1}".as_bytes().to_vec(),
            utf16(false, true),
            utf16(true, true),
            utf16(false, false),
            utf16(true, false),
        ] {
            assert_eq!(decode("f", &bytes).unwrap(), "{\"ä\":1}");
        }
    }

    #[test]
    fn what_is_not_text_is_named() {
        assert!(matches!(problem(b""), Problem::Empty));
        assert!(matches!(problem(b"\xef\xbb\xbf \n"), Problem::Empty));
        assert!(matches!(problem(b"PK\x03\x04\x14\x00\xff\xfe"), Problem::BinaryPlan));
        assert!(matches!(problem(b"\x1f\x8b\x08\x00"), Problem::Compressed));
        assert!(matches!(problem(b"{\"a\": \"\xff\"}"), Problem::NotText));
        // Half of a UTF-16 unit is missing.
        assert!(matches!(problem(b"\xff\xfe{\x00\""), Problem::NotText));
    }

    #[test]
    fn places_count_code_points() {
        assert_eq!(place("ab\ncäd", 0), (1, 1));
        assert_eq!(place("ab\ncäd", 3), (2, 1));
        assert_eq!(place("ab\ncäd", 6), (2, 3));
        assert_eq!(place("ab", 99), (1, 3));
        assert_eq!(decode("f", b"{\n \xff").unwrap_err().place, Some((2, 2)));
    }
}
