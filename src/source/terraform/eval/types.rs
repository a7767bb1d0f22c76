//! Types of Terraform's language: what `type = …` says, and what values have.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::value::{MapKind, SequenceKind, Val};

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// Any type at all: `any`, and that of `null` and of unknown values.
    Any,
    /// `bool`
    Bool,
    /// `number`
    Number,
    /// `string`
    String,
    /// `list(…)`
    List(Box<Type>),
    /// `set(…)`
    Set(Box<Type>),
    /// `map(…)`
    Map(Box<Type>),
    /// `tuple([…])`
    Tuple(Vec<Type>),
    /// `object({…})`
    Object(BTreeMap<Arc<str>, Field>),
}

/// An attribute of an object type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    /// Its type.
    pub(crate) ty: Type,
    /// Of an attribute that may be left out, what it then is.
    pub(crate) default: Option<Val>,
}

impl Type {
    /// The type of a value.
    pub(crate) fn of(value: &Val) -> Self {
        match value {
            Val::Null | Val::Unknown(_) | Val::Mapping(MapKind::Resource, _) => Self::Any,
            Val::Bool(_) => Self::Bool,
            Val::Number(_) => Self::Number,
            Val::String(_) => Self::String,
            Val::Sensitive(inner) => Self::of(inner),
            Val::Sequence(SequenceKind::Tuple, items) => Self::Tuple(items.iter().map(Self::of).collect()),
            Val::Sequence(SequenceKind::List, items) => Self::List(Box::new(Self::of_elements(items.iter()))),
            Val::Sequence(SequenceKind::Set, items) => Self::Set(Box::new(Self::of_elements(items.iter()))),
            Val::Mapping(MapKind::Map, fields) => Self::Map(Box::new(Self::of_elements(fields.values()))),
            Val::Mapping(MapKind::Object, fields) => {
                let field = |value| Field { ty: Self::of(value), default: None };
                Self::Object(fields.iter().map(|(name, value)| (Arc::clone(name), field(value))).collect())
            }
        }
    }

    /// Elements of a list have one type, of which each may show a part only.
    fn of_elements<'v>(items: impl Iterator<Item = &'v Val>) -> Self {
        Self::unify_all(items.map(Self::of)).unwrap_or(Self::Any)
    }

    /// The type that values of several types convert to; `None` when there is none.
    pub(crate) fn unify_all(types: impl IntoIterator<Item = Self>) -> Option<Self> {
        types.into_iter().try_fold(Self::Any, Self::unify)
    }

    /// The type that values of both types convert to.
    pub(crate) fn unify(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Any, ty) | (ty, Self::Any) => Some(ty),
            (one, other) if one == other => Some(one),
            (Self::String, Self::Number | Self::Bool) | (Self::Number | Self::Bool, Self::String) => Some(Self::String),
            (Self::Tuple(one), Self::Tuple(other)) => unify_tuples(one, other),
            (Self::Object(one), Self::Object(other)) => unify_objects(one, other),
            (Self::Map(one), Self::Map(other)) => map(one.unify(*other)?),
            (Self::Map(one), Self::Object(other)) | (Self::Object(other), Self::Map(one)) => {
                map(Self::unify_all(types_of(other).chain([*one]))?)
            }
            (Self::Set(one), Self::Set(other)) => Some(Self::Set(Box::new(one.unify(*other)?))),
            (Self::Set(one), Self::Tuple(others)) | (Self::Tuple(others), Self::Set(one)) => {
                Some(Self::Set(Box::new(Self::unify_all(others.into_iter().chain([*one]))?)))
            }
            (one, other) => list(Self::unify_all(one.elements()?.into_iter().chain(other.elements()?))?),
        }
    }

    /// The types of a sequence's elements.
    fn elements(self) -> Option<Vec<Self>> {
        match self {
            Self::List(element) | Self::Set(element) => Some(vec![*element]),
            Self::Tuple(elements) => Some(elements),
            _ => None,
        }
    }
}

fn list(element: Type) -> Option<Type> {
    Some(Type::List(Box::new(element)))
}

fn map(element: Type) -> Option<Type> {
    Some(Type::Map(Box::new(element)))
}

fn types_of(fields: BTreeMap<Arc<str>, Field>) -> impl Iterator<Item = Type> {
    fields.into_values().map(|field| field.ty)
}

fn unify_tuples(one: Vec<Type>, other: Vec<Type>) -> Option<Type> {
    if one.len() == other.len() {
        let each = one.iter().zip(&other).map(|(one, other)| one.clone().unify(other.clone()));
        if let Some(elements) = each.collect() {
            return Some(Type::Tuple(elements));
        }
    }
    list(Type::unify_all(one.into_iter().chain(other))?)
}

fn unify_objects(one: BTreeMap<Arc<str>, Field>, other: BTreeMap<Arc<str>, Field>) -> Option<Type> {
    if one.keys().eq(other.keys()) {
        let each = one.iter().zip(other.values()).map(|((name, one), other)| {
            let ty = one.ty.clone().unify(other.ty.clone())?;
            Some((Arc::clone(name), Field { ty, default: None }))
        });
        if let Some(fields) = each.collect() {
            return Some(Type::Object(fields));
        }
    }
    map(Type::unify_all(types_of(one).chain(types_of(other)))?)
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "any value",
            Self::Bool => "a bool",
            Self::Number => "a number",
            Self::String => "a string",
            Self::List(_) => "a list",
            Self::Set(_) => "a set",
            Self::Map(_) => "a map",
            Self::Tuple(_) => "a tuple",
            Self::Object(_) => "an object",
        })
    }
}
