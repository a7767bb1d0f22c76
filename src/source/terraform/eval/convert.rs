//! Conversions between types.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::functions::sets;
use super::number::Number;
use super::types::{Field, Type};
use super::unsettled::{mark, unmark};
use super::value::{MapKind, SequenceKind, Val};

/// A known value as a boolean.
pub(crate) fn to_bool(value: &Val) -> Result<bool, String> {
    match value {
        Val::Bool(value) => Ok(*value),
        Val::String(text) => match text.as_ref() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err("a bool is required, not a string".to_owned()),
        },
        other => Err(required("a bool", other)),
    }
}

/// A known value as a number.
pub(crate) fn to_number(value: &Val) -> Result<Number, String> {
    match value {
        Val::Number(number) => Ok(number.clone()),
        Val::String(text) => text.parse().map_err(|_| "a number is required, not a string".to_owned()),
        other => Err(required("a number", other)),
    }
}

/// A known value as text.
pub(crate) fn to_text(value: &Val) -> Result<Arc<str>, String> {
    match value {
        Val::String(text) => Ok(Arc::clone(text)),
        Val::Number(number) => Ok(number.to_string().into()),
        Val::Bool(value) => Ok(if *value { "true" } else { "false" }.into()),
        other => Err(required("a string", other)),
    }
}

fn required(wanted: &str, value: &Val) -> String {
    match value {
        Val::Null => format!("{wanted} is required, not null"),
        value => format!("{wanted} is required, not {}", Type::of(value)),
    }
}

/// A value as a type wants it. Null and unknown values are of every type.
pub(crate) fn convert(value: Val, ty: &Type) -> Result<Val, String> {
    let (value, sensitive) = unmark(value);
    let converted = match (value, ty) {
        (value @ (Val::Null | Val::Unknown(_)), _) => value,
        (value, Type::Any) => value,
        (Val::Mapping(MapKind::Resource, fields), Type::Object(types)) => resource(&fields, types)?,
        (value @ Val::Mapping(MapKind::Resource, _), _) => closed(value),
        (value, Type::Bool) => Val::Bool(to_bool(&value)?),
        (value, Type::Number) => Val::Number(to_number(&value)?),
        (value, Type::String) => Val::String(to_text(&value)?),
        (Val::Sequence(_, items), Type::List(element)) => {
            Val::Sequence(SequenceKind::List, Arc::new(elements(&items, element)?))
        }
        (Val::Sequence(_, items), Type::Set(element)) => sets::build(elements(&items, element)?),
        (Val::Sequence(_, items), Type::Tuple(types)) => tuple(&items, types)?,
        (Val::Mapping(_, fields), Type::Map(element)) => map(&fields, element)?,
        (Val::Mapping(_, fields), Type::Object(types)) => object(&fields, types)?,
        (value, ty) => return Err(required(&ty.to_string(), &value)),
    };
    Ok(mark(converted, sensitive))
}

fn one_type<'v>(values: impl Iterator<Item = &'v Val>, element: &Type) -> Result<Type, String> {
    match element {
        Type::Any => {
            Type::unify_all(values.map(Type::of)).ok_or_else(|| "all elements must have the same type".to_owned())
        }
        element => Ok(element.clone()),
    }
}

fn elements(items: &[Val], element: &Type) -> Result<Vec<Val>, String> {
    let element = one_type(items.iter(), element)?;
    let each = items
        .iter()
        .enumerate()
        .map(|(index, item)| convert(item.clone(), &element).map_err(|error| format!("element {index}: {error}")));
    each.collect()
}

fn tuple(items: &[Val], types: &[Type]) -> Result<Val, String> {
    if items.len() != types.len() {
        return Err(format!("a tuple of {} elements is required, not of {}", types.len(), items.len()));
    }
    let each = items.iter().zip(types).map(|(item, ty)| convert(item.clone(), ty));
    Ok(Val::Sequence(SequenceKind::Tuple, Arc::new(each.collect::<Result<_, _>>()?)))
}

fn map(fields: &BTreeMap<Arc<str>, Val>, element: &Type) -> Result<Val, String> {
    let element = one_type(fields.values(), element)?;
    let each = fields.iter().map(|(name, value)| {
        let value = convert(value.clone(), &element).map_err(|error| format!("element `{name}`: {error}"))?;
        Ok((Arc::clone(name), value))
    });
    Ok(Val::Mapping(MapKind::Map, Arc::new(each.collect::<Result<_, String>>()?)))
}

fn object(fields: &BTreeMap<Arc<str>, Val>, types: &BTreeMap<Arc<str>, Field>) -> Result<Val, String> {
    let each = types.iter().map(|(name, field)| {
        let value = match (fields.get(name), &field.default) {
            (Some(Val::Null) | None, Some(default)) => default.clone(),
            (Some(value), _) => {
                convert(value.clone(), &field.ty).map_err(|error| format!("attribute `{name}`: {error}"))?
            }
            (None, None) => return Err(format!("attribute `{name}` is required")),
        };
        Ok((Arc::clone(name), value))
    });
    Ok(Val::Mapping(MapKind::Object, Arc::new(each.collect::<Result<_, String>>()?)))
}

fn resource(fields: &BTreeMap<Arc<str>, Val>, types: &BTreeMap<Arc<str>, Field>) -> Result<Val, String> {
    let rest = fields.get("");
    let each = types.iter().map(|(name, field)| {
        let value = fields.get(name).or(rest).cloned().unwrap_or(Val::Null);
        Ok((Arc::clone(name), convert(value, &field.ty).map_err(|error| format!("attribute `{name}`: {error}"))?))
    });
    Ok(Val::Mapping(MapKind::Object, Arc::new(each.collect::<Result<_, String>>()?)))
}

/// A value without resources as a whole: what takes in all attributes of one is unknown.
pub(crate) fn closed(value: Val) -> Val {
    match &value {
        Val::Mapping(MapKind::Resource, fields) => fields.get("").cloned().unwrap_or(Val::Null),
        Val::Sensitive(inner) if holds_resource(inner) => mark(closed(Val::clone(inner)), true),
        Val::Sequence(kind, items) if items.iter().any(holds_resource) => {
            Val::Sequence(*kind, Arc::new(items.iter().cloned().map(closed).collect()))
        }
        Val::Mapping(kind, fields) if fields.values().any(holds_resource) => {
            let fields = fields.iter().map(|(name, field)| (Arc::clone(name), closed(field.clone())));
            Val::Mapping(*kind, Arc::new(fields.collect()))
        }
        _ => value,
    }
}

fn holds_resource(value: &Val) -> bool {
    match value {
        Val::Mapping(MapKind::Resource, _) => true,
        Val::Mapping(_, fields) => fields.values().any(holds_resource),
        Val::Sequence(_, items) => items.iter().any(holds_resource),
        Val::Sensitive(inner) => holds_resource(inner),
        _ => false,
    }
}
