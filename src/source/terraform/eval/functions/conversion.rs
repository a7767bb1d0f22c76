//! Functions that make one type of another, and those on marks.

use super::super::value::Val;
use super::arguments::Arguments;
use super::marked;
use super::types::{Type, convert, list, map, set};

pub(super) fn tobool(arguments: &Arguments<'_>) -> Result<Val, String> {
    convert(arguments.value(0)?, &Type::Bool)
}

pub(super) fn tonumber(arguments: &Arguments<'_>) -> Result<Val, String> {
    convert(arguments.value(0)?, &Type::Number)
}

pub(super) fn tostring(arguments: &Arguments<'_>) -> Result<Val, String> {
    convert(arguments.value(0)?, &Type::String)
}

pub(super) fn tolist(arguments: &Arguments<'_>) -> Result<Val, String> {
    list(arguments.value(0)?)
}

pub(super) fn toset(arguments: &Arguments<'_>) -> Result<Val, String> {
    set(arguments.value(0)?)
}

pub(super) fn tomap(arguments: &Arguments<'_>) -> Result<Val, String> {
    map(arguments.value(0)?)
}

pub(super) fn sensitive(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(marked(arguments.value(0)?.clone()))
}

/// Takes the mark off the value as a whole; elements of it keep theirs.
pub(super) fn nonsensitive(arguments: &Arguments<'_>) -> Result<Val, String> {
    match arguments.value(0)? {
        Val::Sensitive(inner) => Ok(Val::clone(inner)),
        value => Ok(value.clone()),
    }
}

pub(super) fn issensitive(arguments: &Arguments<'_>) -> Result<Val, String> {
    match arguments.value(0)? {
        Val::Sensitive(_) => Ok(Val::Bool(true)),
        value @ Val::Unknown(_) => Ok(value.clone()),
        _ => Ok(Val::Bool(false)),
    }
}

/// Nothing that a configuration declares is ephemeral here: those values are unknown from the start.
pub(super) fn ephemeralasnull(arguments: &Arguments<'_>) -> Result<Val, String> {
    arguments.value(0).cloned()
}
