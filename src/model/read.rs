//! Reads back from JSON what rules are made of: values, and the paths of facts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{FactPath, Value};
use crate::facts;

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// Takes whatever form a value is written in.
struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a truth value, a whole number, a text, a list or values by name")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        i64::try_from(value).map(Value::Integer).map_err(|_| E::custom("the number is too large"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut values: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        while let Some((key, value)) = entries.next_entry()? {
            values.insert(key, value);
        }
        Ok(Value::Map(values.into()))
    }
}

impl<'de> Deserialize<'de> for FactPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        path(&text).ok_or_else(|| D::Error::custom(format!("`{text}` names no fact")))
    }
}

/// The path that is written so: `multi_az`, `before.tags.owner`, `parameters["rds.force_ssl"]`.
fn path(text: &str) -> Option<FactPath> {
    let (before, text) = text.strip_prefix("before.").map_or((false, text), |rest| (true, rest));
    let (name, key) = match text.split_once(['.', '[']) {
        None => (text, None),
        Some((name, rest)) => match rest.strip_suffix("\"]") {
            Some(quoted) => (name, Some(quoted.strip_prefix('"')?)),
            None => (name, Some(rest)),
        },
    };
    Some(FactPath { before, fact: facts::find(name)?, key: key.map(Arc::from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_it_is_written() {
        for text in ["multi_az", "before.multi_az", "tags", "before.tags.owner", "parameters[\"rds.force_ssl\"]"] {
            assert_eq!(path(text).map(|path| path.to_string()).as_deref(), Some(text));
        }
        assert_eq!(path("no_such_fact"), None);
    }

    #[test]
    fn a_value_is_read_as_it_is_written() {
        for text in ["true", "-7", "\"a\"", "[\"a\",\"b\"]", "[]", "{\"a\":1}"] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), text);
        }
    }
}
