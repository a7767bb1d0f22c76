//! Replies of services that speak JSON.

use serde_json::{Map, Value as Json};

use super::shape::{Shape, Type};
use super::{Flaw, time};

pub(super) fn reply(shape: &Shape, body: &[u8]) -> Result<Json, Flaw> {
    let read: Json = serde_json::from_slice(body).map_err(|error| match error.classify() {
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
