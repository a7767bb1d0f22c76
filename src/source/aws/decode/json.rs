//! Replies of services that speak JSON.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value as Json};

use super::shape::{Shape, Type};
use super::{Flaw, time};

pub(super) fn reply(shape: &Shape, body: &[u8]) -> Result<Json, Flaw> {
    let Unambiguous(read) = serde_json::from_slice(body).map_err(|error| match error.classify() {
        serde_json::error::Category::Eof => Flaw::CUT,
        _ => Flaw::SYNTAX,
    })?;
    match read {
        Json::Object(members) => structure(shape, members),
        _ => Err(Flaw::OTHER),
    }
}

/// A member without a value is left out, as the CLI does.
fn structure(shape: &Shape, members: Map<String, Json>) -> Result<Json, Flaw> {
    let mut kept = Map::new();
    for (wire, value) in members.into_iter().filter(|(_, value)| !value.is_null()) {
        match shape.member(&wire) {
            Some((name, kind)) => kept.insert(name.to_owned(), typed(name, kind, value)?),
            None => kept.insert(wire, value),
        };
    }
    Ok(Json::Object(kept))
}

fn typed(name: &str, kind: &Type, value: Json) -> Result<Json, Flaw> {
    match (kind, value) {
        (Type::Any, value)
        | (Type::Text | Type::Time, value @ Json::String(_))
        | (Type::Bool, value @ Json::Bool(_))
        | (Type::Real, value @ Json::Number(_)) => Ok(value),
        (Type::Whole, Json::Number(number)) if number.is_i64() => Ok(Json::Number(number)),
        (Type::Time, Json::Number(seconds)) => {
            time::from_epoch(&seconds).map(Json::String).ok_or_else(|| Flaw::at(name, "is no instant"))
        }
        (Type::Of(shape), Json::Object(members)) => structure(shape, members),
        (Type::List(of), Json::Array(items)) => {
            items.into_iter().map(|item| typed(name, of, item)).collect::<Result<_, _>>().map(Json::Array)
        }
        _ => Err(Flaw::at(name, "has another type than the service's model says")),
    }
}

/// JSON in which no member stands twice: of two, readers take one or the other.
struct Unambiguous(Json);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reading).map(Self)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut read = Vec::new();
        while let Some(Unambiguous(item)) = items.next_element()? {
            read.push(item);
        }
        Ok(Json::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let mut read = Map::new();
        while let Some((name, Unambiguous(value))) = members.next_entry::<String, _>()? {
            if read.insert(name, value).is_some() {
                return Err(A::Error::custom("a member stands there twice"));
            }
        }
        Ok(Json::Object(read))
    }
}
