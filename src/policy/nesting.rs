//! How deeply brackets are nested in a Rego text.
//!
//! regorus (0.14.1) tries `[` and `{` as a comprehension first and as a literal after that, so its time doubles with each
//! level: twenty levels take a second, thirty would take a quarter of an hour.

/// The deepest nesting that is read; the rules in the binary and their tests stay below eight.
pub(super) const MAX_NESTING: usize = 16;

/// The byte offset of the first bracket that is nested too deeply.
pub(super) fn too_deep(text: &str) -> Option<u32> {
    let mut depth = 0usize;
    let mut bytes = text.bytes().enumerate();
    while let Some((offset, byte)) = bytes.next() {
        match byte {
            b'#' => drop(bytes.find(|(_, byte)| *byte == b'\n')),
            b'`' => drop(bytes.find(|(_, byte)| *byte == b'`')),
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' | b'(' => {
                depth += 1;
                if depth > MAX_NESTING {
                    return u32::try_from(offset).ok();
                }
            }
            b']' | b'}' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Reads to the end of a string; a string does not span lines.
fn skip_string(bytes: &mut impl Iterator<Item = (usize, u8)>) {
    while let Some((_, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'"' | b'\n' => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seventeenth_level_is_too_deep() {
        assert_eq!(too_deep(&format!("x := {}{}", "[".repeat(16), "]".repeat(16))), None);
        assert_eq!(too_deep(&format!("x := {}{}", "{[".repeat(8), "(")), Some(21));
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let text = format!("x := \"\\\"{0}\"\ny := `{0}`\n# {0}\nz := 1", "[".repeat(30));
        assert_eq!(too_deep(&text), None);
    }
}
