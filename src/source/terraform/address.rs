//! Addresses as Terraform writes them: `module.a["x"].aws_db_instance.db[0]`, `var.settings.key`.

use std::borrow::Cow;

/// One step of an address: a name, and the text between the brackets that follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step<'a> {
    /// The name.
    pub(super) name: &'a str,
    /// The instance key, as it is written: `0`, `"eu"`. With several keys in a row, the first.
    pub(super) key: Option<&'a str>,
    /// Where the step ends in the address, keys included.
    pub(super) end: usize,
}

/// The steps of an address. Keys may hold dots, brackets and escaped quotes.
pub(super) fn steps(address: &str) -> impl Iterator<Item = Step<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = address.get(start..).filter(|rest| !rest.is_empty())?;
        let name_end = rest.as_bytes().iter().position(|byte| matches!(byte, b'.' | b'[')).unwrap_or(rest.len());
        let mut step = Step { name: rest.get(..name_end)?, key: None, end: start + name_end };
        while let Some(bracket) = address.get(step.end..).filter(|rest| rest.starts_with('[')) {
            let length = key_length(bracket);
            let key = bracket.get(1..length.saturating_sub(1));
            step.key = step.key.or(key);
            step.end += length;
        }
        start = match address.as_bytes().get(step.end..) {
            Some([b'.', ..]) => step.end + 1,
            // Behind a key stands a dot; anything else would be no address, and is skipped to the next dot.
            Some(gap) => gap.iter().position(|byte| *byte == b'.').map_or(address.len(), |dot| step.end + dot + 1),
            None => address.len(),
        };
        Some(step)
    })
}

/// The length of `[…]`, brackets included.
fn key_length(bracket: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (index, byte) in bracket.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b']' if !quoted => return index + 1,
            _ => {}
        }
    }
    bracket.len()
}

/// The address without instance keys.
pub(crate) fn without_keys(address: &str) -> Cow<'_, str> {
    if !address.contains('[') {
        return Cow::Borrowed(address);
    }
    let mut bare = String::with_capacity(address.len());
    for (position, step) in steps(address).enumerate() {
        if position > 0 {
            bare.push('.');
        }
        bare.push_str(step.name);
    }
    Cow::Owned(bare)
}

/// A name inside a module; the root module has no path.
pub(super) fn inside(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}.{name}") }
}

/// The module's part of a resource address: `module.a["x"]`; empty in the root module.
pub(super) fn module_of(address: &str) -> &str {
    let mut end = 0;
    let mut steps = steps(address);
    while let Some(step) = steps.next()
        && step.name == "module"
    {
        let Some(name) = steps.next() else { break };
        end = name.end;
    }
    address.get(..end).unwrap_or_default()
}

/// An instance key as addresses have it: a number, or a string with the escapes of HCL.
///
/// Terraform's own addresses double the `$` and `%` of `${` and `%{`, escape quotes, backslashes and line ends, and
/// write what does not print as `\u…` (seen with Terraform 1.11).
pub(super) fn quoted(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 2);
    out.push('"');
    let mut chars = key.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '$' | '%' if chars.peek() == Some(&'{') => out.extend([char, char]),
            _ if is_printable(char) => out.push(char),
            _ => out.push_str(&format!("\\u{:04x}", u32::from(char))),
        }
    }
    out.push('"');
    out
}

/// Control characters and invisible format characters are not; good enough for keys that people choose.
fn is_printable(char: char) -> bool {
    !char.is_control() && !matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_see_through_keys() {
        let step = |name, key, end| Step { name, key, end };
        let address = r#"module.a["x.y\"]"].aws_db_instance.db[0].id"#;
        let expected = [
            step("module", None, 6),
            step("a", Some(r#""x.y\"]""#), 18),
            step("aws_db_instance", None, 34),
            step("db", Some("0"), 40),
            step("id", None, 43),
        ];
        assert_eq!(steps(address).collect::<Vec<_>>(), expected);
        assert_eq!(without_keys(address), "module.a.aws_db_instance.db.id");
        assert_eq!(module_of(address), r#"module.a["x.y\"]"]"#);
        assert_eq!(module_of("aws_db_instance.db"), "");
        assert_eq!(module_of("module.a.module.b[1].x.y"), "module.a.module.b[1]");
    }

    #[test]
    fn what_is_no_address_ends() {
        for text in ["", ".", "..", "[", "a[", "a[\"", "a[0]b.c", "module", "module.", "a[0][1].b"] {
            assert!(steps(text).count() <= 3, "{text}");
            let _ = (without_keys(text), module_of(text));
        }
        assert_eq!(without_keys("a[0][\"k\"].b"), "a.b");
    }

    #[test]
    fn keys_are_quoted_as_terraform_does() {
        // Left: the key; right: what Terraform 1.11 printed.
        for (key, address) in [
            ("eu.west", r#""eu.west""#),
            ("q\"x", r#""q\"x""#),
            ("back\\slash", r#""back\\slash""#),
            ("${x}", r#""$${x}""#),
            ("%{x}", r#""%%{x}""#),
            ("$x", r#""$x""#),
            ("a\nb", r#""a\nb""#),
            ("t\tb", r#""t\tb""#),
            ("c\u{1}d", r#""c\u0001d""#),
            ("é\u{200b}z", r#""é\u200bz""#),
            ("", r#""""#),
        ] {
            assert_eq!(quoted(key), address);
        }
    }
}
