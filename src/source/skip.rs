//! Walks JSON without building anything: where values begin and end.
//!
//! It takes nothing that serde_json refuses, and leaves what is rare (deep nesting, keys with escapes) to it: `None` always
//! means that serde_json has to look, which then also says what is wrong, and where.

/// The deepest nesting that is walked; serde_json builds values of at most 127 levels, and some are around these.
const MOST_DEPTH: u32 = 100;

/// A place in a JSON text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(in crate::source) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Enters the object (`{`) or list (`[`) that is next.
    pub(in crate::source) fn enter(&mut self, bracket: u8) -> Option<()> {
        self.blank();
        (self.peek()? == bracket).then(|| self.at += 1)
    }

    /// What the next value begins with.
    pub(in crate::source) fn begins(&mut self) -> Option<u8> {
        self.blank();
        self.peek()
    }

    /// Goes to the value of the next pair of an object, and says its key; an empty option at the end of the object.
    pub(in crate::source) fn pair(&mut self, is_first: bool) -> Option<Option<&'a str>> {
        if self.item(is_first, b'}')? { self.key().map(|(key, _)| Some(key)) } else { Some(None) }
    }

    /// Goes from the key of a pair to its value, and says the key, and how all before the value is written.
    pub(in crate::source) fn key(&mut self) -> Option<(&'a str, &'a str)> {
        let start = self.at;
        let end = plain_string(self.bytes(), start)?;
        self.at = end;
        self.blank();
        if self.peek()? != b':' {
            return None;
        }
        self.at += 1;
        self.blank();
        Some((self.text.get(start + 1..end - 1)?, self.text.get(start..self.at)?))
    }

    /// Goes to the next item of a list, or pair of an object; false at its end, which the bracket tells.
    pub(in crate::source) fn item(&mut self, is_first: bool, bracket: u8) -> Option<bool> {
        self.blank();
        let next = self.peek()?;
        if next == bracket {
            self.at += 1;
            return Some(false);
        }
        if !is_first {
            if next != b',' {
                return None;
            }
            self.at += 1;
            self.blank();
        }
        Some(true)
    }

    /// Takes the next value.
    pub(in crate::source) fn value(&mut self) -> Option<&'a str> {
        self.blank();
        let start = self.at;
        self.at = value(self.bytes(), start, 0)?;
        self.text.get(start..self.at)
    }

    /// Takes a text that is known to begin and end like a value, if it is next.
    pub(in crate::source) fn take(&mut self, known: &str) -> bool {
        let end = self.at + known.len();
        let is_same = self.bytes().get(self.at..end) == Some(known.as_bytes());
        // A number may go on behind a known one.
        let takes = is_same && matches!(self.bytes().get(end), Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'));
        if takes {
            self.at = end;
        }
        takes
    }

    /// Takes a text, whatever follows.
    pub(in crate::source) fn take_prefix(&mut self, known: &str) -> bool {
        let end = self.at + known.len();
        let is_same = self.bytes().get(self.at..end) == Some(known.as_bytes());
        if is_same {
            self.at = end;
        }
        is_same
    }

    /// The text between an earlier place and this one.
    pub(in crate::source) fn since(&self, earlier: &Self) -> Option<&'a str> {
        self.text.get(earlier.at..self.at)
    }

    /// Goes to an offset.
    pub(in crate::source) fn go_to(&mut self, offset: usize) {
        self.at = offset;
    }

    /// Whether this is the place of an offset.
    pub(in crate::source) fn is_at(&self, offset: usize) -> bool {
        self.at == offset
    }

    /// Whether nothing more follows.
    pub(in crate::source) fn is_at_end(&mut self) -> bool {
        self.blank();
        self.at == self.text.len()
    }

    fn blank(&mut self) {
        self.at = blank(self.bytes(), self.at);
    }

    fn peek(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }
}

fn blank(bytes: &[u8], mut at: usize) -> usize {
    // Nearly always there is none.
    if bytes.get(at).is_some_and(|byte| *byte > b' ') {
        return at;
    }
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Where the value that begins here ends.
fn value(bytes: &[u8], at: usize, depth: u32) -> Option<usize> {
    match bytes.get(at)? {
        b'"' => string(bytes, at),
        b'{' if depth < MOST_DEPTH => object(bytes, at + 1, depth + 1),
        b'[' if depth < MOST_DEPTH => list(bytes, at + 1, depth + 1),
        b't' => literal(bytes, at, b"true"),
        b'f' => literal(bytes, at, b"false"),
        b'n' => literal(bytes, at, b"null"),
        b'-' | b'0'..=b'9' => number(bytes, at),
        _ => None,
    }
}

fn object(bytes: &[u8], at: usize, depth: u32) -> Option<usize> {
    let mut at = blank(bytes, at);
    if *bytes.get(at)? == b'}' {
        return Some(at + 1);
    }
    loop {
        at = blank(bytes, string(bytes, at)?);
        if *bytes.get(at)? != b':' {
            return None;
        }
        at = blank(bytes, value(bytes, blank(bytes, at + 1), depth)?);
        match bytes.get(at)? {
            b',' => at = blank(bytes, at + 1),
            b'}' => return Some(at + 1),
            _ => return None,
        }
    }
}

fn list(bytes: &[u8], at: usize, depth: u32) -> Option<usize> {
    let mut at = blank(bytes, at);
    if *bytes.get(at)? == b']' {
        return Some(at + 1);
    }
    loop {
        at = blank(bytes, value(bytes, at, depth)?);
        match bytes.get(at)? {
            b',' => at = blank(bytes, at + 1),
            b']' => return Some(at + 1),
            _ => return None,
        }
    }
}

fn literal(bytes: &[u8], at: usize, literal: &[u8]) -> Option<usize> {
    bytes.get(at..)?.starts_with(literal).then_some(at + literal.len())
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let at = if *bytes.get(at)? == b'-' { at + 1 } else { at };
    let mut at = if *bytes.get(at)? == b'0' { at + 1 } else { digits(bytes, at)? };
    if bytes.get(at) == Some(&b'.') {
        at = digits(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at = digits(bytes, if let Some(b'+' | b'-') = bytes.get(at + 1) { at + 2 } else { at + 1 })?;
    }
    // After a leading zero.
    (!bytes.get(at).is_some_and(u8::is_ascii_digit)).then_some(at)
}

fn digits(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    (at > start).then_some(at)
}

fn string(bytes: &[u8], at: usize) -> Option<usize> {
    if *bytes.get(at)? != b'"' {
        return None;
    }
    let at = special(bytes, at + 1);
    if bytes.get(at) == Some(&b'"') { Some(at + 1) } else { escaped(bytes, at) }
}

/// The rest of a string from its first special character on. By itself, so that strings without escapes, which are nearly
/// all, are walked by few instructions.
#[cold]
#[inline(never)]
fn escaped(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at = special(bytes, escape(bytes, at + 1)?),
            // Control characters have to be escaped.
            _ => return None,
        }
    }
}

/// A string without escapes.
fn plain_string(bytes: &[u8], at: usize) -> Option<usize> {
    if *bytes.get(at)? != b'"' {
        return None;
    }
    let end = special(bytes, at + 1);
    (*bytes.get(end)? == b'"').then_some(end + 1)
}

fn escape(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 1),
        b'u' => bytes.get(at + 1..at + 5)?.iter().all(u8::is_ascii_hexdigit).then_some(at + 5),
        _ => None,
    }
}

/// The next quote, backslash or control character, eight bytes at a time.
fn special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let found = specials(u64::from_le_bytes(*eight));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| *byte >= 0x20 && *byte != b'"' && *byte != b'\\') {
        at += 1;
    }
    at
}

/// The high bit of each byte that is a quote, a backslash or a control character. A subtraction may carry into the bytes
/// behind such a one, so only the first counts.
fn specials(eight: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    // With this bit flipped, control characters are below 0x20 as they were, a quote is 0x20, and nothing else is at or below it.
    let quotes_and_controls = below(eight ^ (ONES * 0x02), 0x21);
    let backslashes = below(eight ^ (ONES * u64::from(b'\\')), 1);
    (quotes_and_controls | backslashes) & (ONES * 0x80)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    /// What serde_json takes for one value, and the rest of the text.
    fn expected(text: &str) -> Option<(&str, usize)> {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        let first = values.next()?.ok()?;
        Some((first.get(), values.byte_offset()))
    }

    fn json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            Just("true".to_owned()),
            Just("false".to_owned()),
            "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,2})?([eE][+-]?[0-9])?",
            "\"([a-z ü\u{7f}/\u{20ac}]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4}){0,20}\"",
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            let blank = "[ \n\t\r]{0,1}";
            let list = (prop::collection::vec(inner.clone(), 0..5), blank)
                .prop_map(|(items, blank)| format!("[{blank}{}{blank}]", items.join(&format!("{blank},"))));
            let pair =
                ("[a-z]{0,10}", inner, blank).prop_map(|(key, value, blank)| format!("\"{key}\"{blank}:{value}"));
            let object = prop::collection::vec(pair, 0..5).prop_map(|pairs| format!("{{{}}}", pairs.join(",")));
            prop_oneof![list, object]
        })
    }

    /// A text of which one byte was replaced, left out or put in.
    fn broken() -> impl Strategy<Value = String> {
        (json(), any::<prop::sample::Index>(), "[\"\\\\{}\\[\\]:,0-9.eE+\\-ntu \u{1}x]?", any::<bool>()).prop_map(
            |(text, place, new, replaces)| {
                let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
                let at = place.get(&places);
                let rest = text.get(*at..).unwrap();
                let rest = if replaces {
                    rest.chars().as_str().get(rest.chars().next().unwrap().len_utf8()..).unwrap()
                } else {
                    rest
                };
                format!("{}{new}{rest}", text.get(..*at).unwrap())
            },
        )
    }

    fn same(text: &str) {
        let mut cursor = Cursor::new(text);
        let found = cursor.value();
        match (found, expected(text)) {
            (Some(found), Some((value, _))) => assert_eq!(found, value, "{text}"),
            // serde_json's stream wants a number to end, which the walker leaves to whatever looks at what follows.
            (Some(found), None) => {
                assert!(serde_json::from_str::<&RawValue>(found).is_ok(), "{text}");
                assert!(!cursor.is_at_end(), "{text}");
            }
            (None, found) => assert_eq!(found, None, "{text}"),
        }
        let whole = Cursor::new(text);
        let mut whole = whole;
        let takes_all = whole.value().is_some() && whole.is_at_end();
        assert_eq!(takes_all, serde_json::from_str::<&RawValue>(text).is_ok(), "{text}");
    }

    proptest! {
        #[test]
        fn valid_values_end_where_serde_json_says(text in json()) {
            same(&text);
        }

        #[test]
        fn broken_values_are_refused_as_serde_json_does(text in broken()) {
            same(&text);
        }
    }

    #[test]
    fn odd_texts_are_taken_as_serde_json_takes_them() {
        for text in [
            "",
            "  ",
            "\"",
            "\"\\",
            "\"\\u12",
            "\"\\u12G4\"",
            "\"\\ud800\"",
            "\"\\x\"",
            "\"\u{0}\"",
            "\"a\u{1f}\"",
            "\"\u{80}ü\"",
            "01",
            "-",
            "-0",
            "-01",
            "1.",
            ".5",
            "1e",
            "1e+",
            "1E5",
            "tru",
            "nul",
            "trueish",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{1:1}",
            "[",
            "{",
            "[[[[]]]",
            "{\"a\\n\":1}",
            "[1]x",
            "{} {}",
            "\u{feff}1",
            "\"abcdefghijklmnop\\\"qrstuv\u{7f}\"",
            "\"1234567\"",
            "\"12345678\"",
            "\"123456789\"",
        ] {
            same(text);
        }
    }

    #[test]
    fn every_byte_that_ends_plain_text_is_found_and_no_other() {
        for byte in 0..=u8::MAX {
            let ends = byte < 0x20 || byte == b'"' || byte == b'\\';
            for (place, around) in (0..24).flat_map(|place| [(place, b' '), (place, b'~'), (place, 0xff)]) {
                let mut bytes = [around; 24];
                bytes[place] = byte;
                assert_eq!(special(&bytes, 0), if ends { place } else { bytes.len() }, "{byte:#x} at {place}");
            }
        }
    }

    #[test]
    fn deep_nesting_is_left_to_serde_json() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(Cursor::new(&nested(100)).value().is_some());
        assert!(Cursor::new(&nested(101)).value().is_none());
    }

    #[test]
    fn pairs_and_items_are_walked() {
        let mut cursor = Cursor::new(" { \"a\" : [1 , 2], \"b\":{} } ");
        cursor.enter(b'{').unwrap();
        assert_eq!(cursor.pair(true), Some(Some("a")));
        cursor.enter(b'[').unwrap();
        let mut items = Vec::new();
        while cursor.item(items.is_empty(), b']').unwrap() {
            items.push(cursor.value().unwrap());
        }
        assert_eq!(items, ["1", "2"]);
        assert_eq!((cursor.pair(false), cursor.value(), cursor.pair(false)), (Some(Some("b")), Some("{}"), Some(None)));
        assert!(cursor.is_at_end());
        // A trailing comma, and a key with an escape.
        for text in ["{\"a\":1,}", "{\"a\":1 \"b\":2}"] {
            let mut cursor = Cursor::new(text);
            cursor.enter(b'{').unwrap();
            assert_eq!((cursor.pair(true), cursor.value(), cursor.pair(false)), (Some(Some("a")), Some("1"), None));
        }
        let mut cursor = Cursor::new("{\"a\\u0062\":1}");
        cursor.enter(b'{').unwrap();
        assert_eq!(cursor.pair(true), None);
    }

    #[test]
    fn a_known_number_does_not_hide_a_longer_one() {
        let mut cursor = Cursor::new("50,5");
        assert!(!cursor.take("5"));
        assert!(cursor.take("50"));
    }
}
