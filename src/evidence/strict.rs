//! JSON in which no object says one thing twice: of two members with one name some readers take the first and some the last, so
//! that an auditor's would show what was not judged.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Reads a value; an object with two members of one name is an error wherever it is.
pub(super) fn from_slice<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> serde_json::Result<T> {
    let Single = serde_json::from_slice(bytes)?;
    serde_json::from_slice(bytes)
}

/// A value in which every name is there once.
struct Single;

impl<'de> Deserialize<'de> for Single {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Once)
    }
}

struct Once;

impl<'de> Visitor<'de> for Once {
    type Value = Single;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Single, E> {
        Ok(Single)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Single, E> {
        Ok(Single)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Single, E> {
        Ok(Single)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Single, E> {
        Ok(Single)
    }

    fn visit_str<E>(self, _: &str) -> Result<Single, E> {
        Ok(Single)
    }

    fn visit_unit<E>(self) -> Result<Single, E> {
        Ok(Single)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Single, A::Error> {
        while let Some(Single) = items.next_element()? {}
        Ok(Single)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Single, A::Error> {
        let mut names: BTreeSet<Cow<'de, str>> = BTreeSet::new();
        while let Some(Name(name)) = members.next_key()? {
            if names.contains(&name) {
                let name: String = name.chars().take(200).collect();
                return Err(A::Error::custom(format!("an object has `{name}` twice")));
            }
            names.insert(name);
            let Single = members.next_value()?;
        }
        Ok(Single)
    }
}

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_members_of_one_name_are_refused_wherever_they_are() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"[{"b":{"a":[],"c":null,"a":{}}}]"#,
            r#"{"a":{"a":1},"b":{"x":1.5,"y":true,"x":-1}}"#,
        ] {
            let error = from_slice::<serde_json::Value>(text.as_bytes()).unwrap_err();
            assert!(error.to_string().contains("twice"), "{text}: {error}");
        }
        let text = r#"{"a":{"a":[{"a":1},{"a":2}]},"b":18446744073709551615,"A":-1.5e3}"#;
        let plain: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(from_slice::<serde_json::Value>(text.as_bytes()).unwrap(), plain);
    }
}
