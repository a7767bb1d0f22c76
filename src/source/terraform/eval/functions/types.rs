//! Types, as far as functions need them: what a value is, what several values have in common, and how one becomes the other.
//!
//! Values carry no types here, so a type is read off the value: `null` and what is unknown may be of any.
//! The rules are those of go-cty's `convert` (<https://github.com/zclconf/go-cty/blob/main/docs/convert.md>).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::value::{MapKind, SequenceKind, Val};
use super::sets;

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// Nothing is known of it.
    Any,
    Bool,
    Number,
    String,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    Tuple(Vec<Type>),
    Object(BTreeMap<Arc<str>, Type>),
}

/// The type of a value, as far as it shows.
pub(crate) fn type_of(value: &Val) -> Type {
    match value {
        Val::Null | Val::Unknown(_) | Val::Mapping(MapKind::Resource, _) => Type::Any,
        Val::Bool(_) => Type::Bool,
        Val::Number(_) => Type::Number,
        Val::String(_) => Type::String,
        Val::Sensitive(inner) => type_of(inner),
        Val::Sequence(SequenceKind::Tuple, elements) => Type::Tuple(elements.iter().map(type_of).collect()),
        Val::Sequence(SequenceKind::List, elements) => Type::List(Box::new(common(elements.iter()))),
        Val::Sequence(SequenceKind::Set, elements) => Type::Set(Box::new(common(elements.iter()))),
        Val::Mapping(MapKind::Map, elements) => Type::Map(Box::new(common(elements.values()))),
        Val::Mapping(MapKind::Object, elements) => {
            Type::Object(elements.iter().map(|(name, element)| (name.clone(), type_of(element))).collect())
        }
    }
}

/// The type of the elements of a list or map, which all have the same.
fn common<'a>(elements: impl Iterator<Item = &'a Val>) -> Type {
    unify(elements.map(type_of)).unwrap_or(Type::Any)
}

/// The type to which values of all these types can be converted.
pub(crate) fn unify(types: impl IntoIterator<Item = Type>) -> Option<Type> {
    types.into_iter().try_fold(Type::Any, both)
}

fn both(left: Type, right: Type) -> Option<Type> {
    use Type::{Any, Bool, List, Map, Number, Object, Set, String, Tuple};
    Some(match (left, right) {
        (Any, other) | (other, Any) => other,
        (left, right) if left == right => left,
        (String, Bool | Number) | (Bool | Number, String) => String,
        (List(left), List(right)) | (List(left), Set(right)) | (Set(left), List(right)) => {
            List(Box::new(both(*left, *right)?))
        }
        (Set(left), Set(right)) => Set(Box::new(both(*left, *right)?)),
        (Map(left), Map(right)) => Map(Box::new(both(*left, *right)?)),
        (Tuple(left), Tuple(right)) if left.len() == right.len() => {
            Tuple(left.into_iter().zip(right).map(|(left, right)| both(left, right)).collect::<Option<_>>()?)
        }
        (Tuple(left), Tuple(right)) => List(Box::new(unify(left.into_iter().chain(right))?)),
        (List(element) | Set(element), Tuple(elements)) | (Tuple(elements), List(element) | Set(element)) => {
            List(Box::new(unify(elements.into_iter().chain([*element]))?))
        }
        (Object(left), Object(right)) => objects(left, right)?,
        (Map(element), Object(attributes)) | (Object(attributes), Map(element)) => {
            Map(Box::new(unify(attributes.into_values().chain([*element]))?))
        }
        _ => return None,
    })
}

/// Objects with the same attributes are an object; others, a map.
fn objects(left: BTreeMap<Arc<str>, Type>, mut right: BTreeMap<Arc<str>, Type>) -> Option<Type> {
    if !left.keys().eq(right.keys()) {
        return Some(Type::Map(Box::new(unify(left.into_values().chain(right.into_values()))?)));
    }
    let attribute = |(name, kind): (Arc<str>, Type)| {
        let other = right.remove(&name).unwrap_or(Type::Any);
        Some((name, both(kind, other)?))
    };
    left.into_iter().map(attribute).collect::<Option<_>>().map(Type::Object)
}

/// The value as one of another type; `null` and what is unknown stay what they are.
pub(crate) fn convert(value: &Val, target: &Type) -> Result<Val, String> {
    if let Val::Sensitive(inner) = value {
        return convert(inner, target).map(super::marked);
    }
    match (value, target) {
        (Val::Null | Val::Unknown(_), _) | (_, Type::Any) => Ok(value.clone()),
        (_, Type::Bool) => bool_of(value),
        (_, Type::Number) => number_of(value),
        (_, Type::String) => string_of(value),
        (Val::Sequence(_, elements), Type::List(element)) => {
            Ok(Val::Sequence(SequenceKind::List, Arc::new(each(elements, element)?)))
        }
        (Val::Sequence(_, elements), Type::Set(element)) => Ok(sets::build(each(elements, element)?)),
        (Val::Sequence(_, elements), Type::Tuple(types)) if elements.len() == types.len() => {
            let converted = elements.iter().zip(types).map(|(element, kind)| convert(element, kind));
            Ok(Val::Sequence(SequenceKind::Tuple, Arc::new(converted.collect::<Result<_, _>>()?)))
        }
        (Val::Mapping(_, elements), Type::Map(element)) => {
            let converted = elements.iter().map(|(name, value)| Ok((name.clone(), convert(value, element)?)));
            Ok(Val::Mapping(MapKind::Map, Arc::new(converted.collect::<Result<_, String>>()?)))
        }
        (Val::Mapping(_, elements), Type::Object(types)) => object(elements, types),
        _ => Err(format!("{} is not {}", kind_of(value), target.name())),
    }
}

fn each(elements: &[Val], kind: &Type) -> Result<Vec<Val>, String> {
    elements.iter().map(|element| convert(element, kind)).collect()
}

fn object(elements: &BTreeMap<Arc<str>, Val>, types: &BTreeMap<Arc<str>, Type>) -> Result<Val, String> {
    let attribute = |(name, kind): (&Arc<str>, &Type)| {
        let value = elements.get(name).ok_or_else(|| format!("an object has no attribute `{name}`"))?;
        Ok((name.clone(), convert(value, kind)?))
    };
    Ok(Val::Mapping(MapKind::Object, Arc::new(types.iter().map(attribute).collect::<Result<_, String>>()?)))
}

fn bool_of(value: &Val) -> Result<Val, String> {
    match value {
        Val::Bool(_) => Ok(value.clone()),
        // `"1"` and `"0"` are relics of Terraform 0.11 that still hold.
        Val::String(text) if matches!(text.as_ref(), "true" | "1") => Ok(Val::Bool(true)),
        Val::String(text) if matches!(text.as_ref(), "false" | "0") => Ok(Val::Bool(false)),
        Val::String(_) => Err("a text other than `true` and `false` is not a bool".to_owned()),
        _ => Err(format!("{} is not a bool", kind_of(value))),
    }
}

fn number_of(value: &Val) -> Result<Val, String> {
    match value {
        Val::Number(_) => Ok(value.clone()),
        Val::String(text) => text.parse().map(Val::Number).map_err(|_| "the text is not a number".to_owned()),
        _ => Err(format!("{} is not a number", kind_of(value))),
    }
}

fn string_of(value: &Val) -> Result<Val, String> {
    match value {
        Val::String(_) => Ok(value.clone()),
        Val::Number(number) => Ok(Val::String(number.to_string().into())),
        Val::Bool(value) => Ok(Val::String(value.to_string().into())),
        _ => Err(format!("{} is not a text", kind_of(value))),
    }
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

impl Type {
    fn name(&self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Bool => "a bool",
            Self::Number => "a number",
            Self::String => "a text",
            Self::List(_) => "a list",
            Self::Set(_) => "a set",
            Self::Map(_) => "a map",
            Self::Tuple(_) => "a tuple of that length",
            Self::Object(_) => "an object",
        }
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
        _ => return Err(format!("{} is not {}", kind_of(value), target(Box::new(Type::Any)).name())),
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
