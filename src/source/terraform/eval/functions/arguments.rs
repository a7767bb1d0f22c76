//! The arguments of a call: what a function takes, and how it gets at them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::number::Number;
use super::super::value::Val;
use super::types::{Type, convert, list, map, set};
use super::{Surroundings, text};

/// What a function takes in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    Number,
    Text,
    /// Anything but null.
    Value,
    /// Anything.
    Nullable,
    /// A list, tuple or set; it becomes a list of one type.
    List,
    /// The same; it becomes a set.
    Set,
    /// A list, tuple or set of what can be a text; each element may be null.
    Texts,
    /// The same of what can be a bool.
    Bools,
    /// A map or object of `Texts`.
    TextsByName,
}

impl Takes {
    /// The argument as the function wants it, as far as it is known.
    pub(super) fn convert(self, value: &Val) -> Result<Val, String> {
        let bare = if let Val::Sensitive(inner) = value { inner } else { value };
        if self != Self::Nullable && *bare == Val::Null {
            return Err("it is null".to_owned());
        }
        match self {
            Self::Number => convert(value, &Type::Number),
            Self::Text => convert(value, &Type::String),
            Self::Value | Self::Nullable => Ok(value.clone()),
            Self::List => list(value),
            Self::Set => set(value),
            Self::Texts => convert(value, &Type::List(Box::new(Type::String))),
            Self::Bools => convert(value, &Type::List(Box::new(Type::Bool))),
            Self::TextsByName => {
                map(value).and_then(|map| convert(&map, &Type::Map(Box::new(Type::List(Box::new(Type::String))))))
            }
        }
    }
}

/// The converted arguments of a call.
///
/// The getters fail only when a row of the table of functions says something else than the function: they are errors and no
/// panics all the same.
pub(super) struct Arguments<'a> {
    pub(super) values: Vec<Val>,
    pub(super) surroundings: &'a Surroundings<'a>,
}

impl Arguments<'_> {
    pub(super) fn all(&self) -> &[Val] {
        &self.values
    }

    /// The argument in a place, the first being 0.
    pub(super) fn value(&self, index: usize) -> Result<&Val, String> {
        self.values.get(index).ok_or_else(|| format!("argument {} is missing", index.saturating_add(1)))
    }

    pub(super) fn text(&self, index: usize) -> Result<&str, String> {
        match self.value(index)? {
            Val::String(text) => Ok(text),
            _ => Err(self.wrong(index, "a text")),
        }
    }

    pub(super) fn number(&self, index: usize) -> Result<&Number, String> {
        match self.value(index)? {
            Val::Number(number) => Ok(number),
            _ => Err(self.wrong(index, "a number")),
        }
    }

    pub(super) fn numbers(&self) -> Result<Vec<&Number>, String> {
        (0..self.values.len()).map(|index| self.number(index)).collect()
    }

    /// A whole number that fits.
    pub(super) fn integer(&self, index: usize) -> Result<i64, String> {
        self.number(index)?.as_i64().ok_or_else(|| self.wrong(index, "a whole number"))
    }

    /// The elements of a list, tuple or set.
    pub(super) fn elements(&self, index: usize) -> Result<&[Val], String> {
        match self.value(index)? {
            Val::Sequence(_, elements) => Ok(elements),
            _ => Err(self.wrong(index, "a list")),
        }
    }

    /// The elements of a map or object.
    pub(super) fn mapping(&self, index: usize) -> Result<&BTreeMap<Arc<str>, Val>, String> {
        match self.value(index)? {
            Val::Mapping(_, elements) => Ok(elements),
            _ => Err(self.wrong(index, "a map")),
        }
    }

    /// The texts of a list in which nothing is null.
    pub(super) fn texts(&self, index: usize) -> Result<Vec<&str>, String> {
        texts(self.elements(index)?).ok_or_else(|| format!("argument {} holds a null", index.saturating_add(1)))
    }

    pub(super) fn wrong(&self, index: usize, wanted: &str) -> String {
        format!("argument {} is not {wanted}", index.saturating_add(1))
    }
}

/// The texts, unless something else is among them.
pub(super) fn texts(values: &[Val]) -> Option<Vec<&str>> {
    let each = values.iter().map(|value| if let Val::String(text) = value { Some(text.as_ref()) } else { None });
    each.collect()
}

/// Texts as a list.
pub(super) fn list_of_texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Val {
    use super::super::value::SequenceKind::List;
    Val::Sequence(List, Arc::new(texts.into_iter().map(|each| text::value(each.as_ref())).collect()))
}
