//! Types, as far as functions need them: what a value is, what several values have in common, and how one becomes the other.
//!
//! Values carry no types here, so a type is read off the value: `null` and what is unknown may be of any.
//! The rules are those of go-cty's `convert` (<https://github.com/zclconf/go-cty/blob/main/docs/convert.md>).

use super::super::value::{MapKind, SequenceKind, Val};

pub(crate) use super::super::types::Type;

/// The type of a value, as far as it shows.
pub(crate) fn type_of(value: &Val) -> Type {
    Type::of(value)
}

/// The type to which values of all these types can be converted.
pub(crate) fn unify(types: impl IntoIterator<Item = Type>) -> Option<Type> {
    Type::unify_all(types)
}

/// The value as one of another type; `null` and what is unknown stay what they are.
pub(crate) fn convert(value: &Val, target: &Type) -> Result<Val, String> {
    super::super::convert::convert(value.clone(), target)
}

/// What a value is, in a message.
pub(crate) fn kind_of(value: &Val) -> &'static str {
    match value {
        Val::Null => "null",
        Val::Bool(_) => "a bool",
        Val::Number(_) => "a number",
        Val::String(_) => "a text",
        Val::Sequence(SequenceKind::List, _) => "a list",
        Val::Sequence(SequenceKind::Tuple, _) => "a tuple",
        Val::Sequence(SequenceKind::Set, _) => "a set",
        Val::Mapping(MapKind::Map, _) => "a map",
        Val::Mapping(MapKind::Object | MapKind::Resource, _) => "an object",
        Val::Unknown(_) => "an unknown value",
        Val::Sensitive(_) => "a sensitive value",
    }
}

/// The elements of a sequence as a list of one type.
pub(crate) fn list(value: &Val) -> Result<Val, String> {
    sequence(value, Type::List)
}

/// The elements of a sequence as a set of one type.
pub(crate) fn set(value: &Val) -> Result<Val, String> {
    sequence(value, Type::Set)
}

fn sequence(value: &Val, target: fn(Box<Type>) -> Type) -> Result<Val, String> {
    let elements = match value {
        Val::Sequence(_, elements) => elements,
        Val::Null | Val::Unknown(_) => return Ok(value.clone()),
        Val::Sensitive(inner) => return sequence(inner, target).map(super::marked),
        _ => return Err(format!("{} is not {}", kind_of(value), target(Box::new(Type::Any)))),
    };
    let element = unify(elements.iter().map(type_of)).ok_or("the elements are of types that have nothing in common")?;
    convert(value, &target(Box::new(element)))
}

/// The elements of a mapping as a map of one type.
pub(crate) fn map(value: &Val) -> Result<Val, String> {
    let elements = match value {
        Val::Mapping(_, elements) => elements,
        Val::Null | Val::Unknown(_) => return Ok(value.clone()),
        Val::Sensitive(inner) => return map(inner).map(super::marked),
        _ => return Err(format!("{} is not a map", kind_of(value))),
    };
    let element =
        unify(elements.values().map(type_of)).ok_or("the elements are of types that have nothing in common")?;
    convert(value, &Type::Map(Box::new(element)))
}
