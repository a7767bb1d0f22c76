//! Reads back from JSON what rules are made of: values, and the paths of facts.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error};

use super::{FactPath, Value};
use crate::facts;

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// The forms of a parameter's value, in the order in which they are tried.
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Form {
            Bool(bool),
            Integer(i64),
            String(Arc<str>),
            List(Arc<[Value]>),
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Bool(value) => Self::Bool(value),
            Form::Integer(value) => Self::Integer(value),
            Form::String(text) => Self::String(text),
            Form::List(values) => Self::List(values),
        })
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
        for text in ["true", "-7", "\"a\"", "[\"a\",\"b\"]", "[]"] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), text);
        }
    }
}
