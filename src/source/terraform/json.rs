//! Borrowed pieces of JSON: texts, maps as pairs, and errors that quote no value.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value as Json;
use serde_json::value::RawValue;

/// A string, borrowed from the document unless it has escapes. (`Option<Cow>` would always be copied.)
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Str<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

impl<'a> Str<'a> {
    /// The string that a piece of JSON is; `None` for anything else.
    pub(super) fn of(raw: Raw<'a>) -> Option<Self> {
        let plain = || raw.get().strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains('\\'));
        match plain() {
            Some(plain) => Some(Self(Cow::Borrowed(plain))),
            None => serde_json::from_str(raw.get()).ok(),
        }
    }
}

/// A piece of JSON, unparsed. It is whole: whoever made it has looked at every byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Raw<'a>(&'a str);

impl<'a> Raw<'a> {
    /// A piece that [`super::skip`] has walked.
    pub(super) fn walked(text: &'a str) -> Self {
        Self(text)
    }

    /// Its text.
    pub(super) fn get(self) -> &'a str {
        self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&RawValue>::deserialize(deserializer).map(|raw| Self(raw.get()))
    }
}

/// A JSON object as pairs, in the document's order; null is an empty one. Duplicate keys stay: the last one counts.
#[derive(Debug)]
pub(super) struct Pairs<'a, V>(pub(super) Vec<(Cow<'a, str>, V)>);

impl<V> Default for Pairs<'_, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de: 'a, 'a, V: Deserialize<'de>> Deserialize<'de> for Pairs<'a, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PairsVisitor(PhantomData))
    }
}

struct PairsVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for PairsVisitor<V> {
    type Value = Pairs<'de, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Pairs::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some((key, value)) = map.next_entry::<Str<'de>, V>()? {
            pairs.push((key.0, value));
        }
        Ok(Pairs(pairs))
    }
}

impl<'a, V> Pairs<'a, V> {
    /// The value of a key; with duplicates, the last.
    pub(super) fn get(&self, key: &str) -> Option<&V> {
        self.0.iter().rev().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// The same, sorted by key and ready for [`Sorted::get`].
    pub(super) fn sorted(mut self) -> Sorted<'a, V> {
        self.0.sort_by(|one, other| one.0.cmp(&other.0));
        self.0.shrink_to_fit();
        Sorted(self.0)
    }
}

/// Pairs sorted by key.
#[derive(Debug)]
pub(super) struct Sorted<'a, V>(Vec<(Cow<'a, str>, V)>);

impl<V> Sorted<'_, V> {
    /// The value of a key; with duplicates, the last.
    pub(super) fn get(&self, key: &str) -> Option<&V> {
        let end = self.0.partition_point(|(name, _)| name.as_ref() <= key);
        self.0.get(end.checked_sub(1)?).and_then(|(name, value)| (name == key).then_some(value))
    }

    /// All of them, by key.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

/// For `deserialize_with`: null is the default, as is absence with `#[serde(default)]`.
pub(super) fn null_as_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// What was wrong with a piece of JSON, without the value that serde names: it may be a secret.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => message.to_owned(),
    }
}

/// Whether a mark (`after_unknown`, `after_sensitive`) is set anywhere inside.
pub(super) fn any_true(mark: &Json) -> bool {
    match mark {
        Json::Bool(set) => *set,
        Json::Array(items) => items.iter().any(any_true),
        Json::Object(fields) => fields.values().any(any_true),
        _ => false,
    }
}

/// The elements of a list, unparsed; null is an empty one.
pub(super) fn elements(raw: Raw<'_>) -> Result<Vec<Raw<'_>>, serde_json::Error> {
    Ok(serde_json::from_str::<Option<Vec<Raw<'_>>>>(raw.get())?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_escapes_and_duplicates_are_found() {
        let pairs: Pairs<'_, u8> = serde_json::from_str(r#"{"b": 1, "a\"": 2, "b": 3}"#).unwrap();
        assert_eq!(pairs.get("b"), Some(&3));
        let sorted = pairs.sorted();
        assert_eq!(
            (sorted.get("a\""), sorted.get("b"), sorted.get("c"), sorted.get("")),
            (Some(&2), Some(&3), None, None)
        );
    }

    #[test]
    fn a_string_is_taken_without_its_quotes_and_escapes_and_nothing_else_is() {
        let of = |text| Str::of(Raw::walked(text)).map(|text| text.0);
        for (text, plain) in [(r#""""#, ""), (r#""db""#, "db"), (r#""ü/[0]""#, "ü/[0]")] {
            assert!(matches!(of(text), Some(Cow::Borrowed(found)) if found == plain), "{text}");
        }
        for (text, plain) in [(r#""a[\"b\"]""#, r#"a["b"]"#), (r#""\\""#, "\\"), (r#""\u0061""#, "a")] {
            assert_eq!(of(text).as_deref(), Some(plain), "{text}");
        }
        for text in ["null", "1", "true", "[]", r#"["a"]"#, r#"{"a":"b"}"#, r#""\ud800""#] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn a_reason_never_quotes_the_value() {
        let error = serde_json::from_str::<Vec<u8>>(r#""hunter2, expected tears""#).unwrap_err();
        assert_eq!(reason(&error), "expected a sequence");
        let error = serde_json::from_str::<Vec<u8>>("[1").unwrap_err();
        assert_eq!(reason(&error), "EOF while parsing a list");
    }
}
