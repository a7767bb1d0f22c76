//! What unknown and sensitive values rest on, and how they pass that on.

use std::sync::Arc;

use super::value::{Unsettled, Val};

impl Unsettled {
    /// It rests on something that is no resource.
    pub(crate) fn on_other(other: impl Into<Arc<str>>) -> Self {
        Self { others: [other.into()].into(), ..Self::default() }
    }

    /// It is what a resource's attribute will be.
    pub(crate) fn on_resource(address: impl Into<Arc<str>>) -> Self {
        Self { resources: [address.into()].into(), ..Self::default() }
    }

    /// Takes in what something else rests on.
    pub(crate) fn join(&mut self, other: &Self) {
        self.resources.extend(other.resources.iter().cloned());
        self.others.extend(other.others.iter().cloned());
    }

    /// The same, when these resources only decide what the value is: they are no values of it, and it may be null.
    pub(crate) fn undecided(mut self) -> Self {
        self.others.extend(std::mem::take(&mut self.resources));
        self
    }

    /// The unknown value.
    pub(crate) fn into_val(self) -> Val {
        Val::Unknown(Arc::new(self))
    }
}

/// What all unknown parts of a value rest on; `None` when it is wholly known.
pub(crate) fn unsettled_in(value: &Val) -> Option<Unsettled> {
    let mut found = None;
    gather(value, &mut found);
    found
}

/// What the unknown parts of several values rest on.
pub(crate) fn unsettled_in_all<'v>(values: impl IntoIterator<Item = &'v Val>) -> Option<Unsettled> {
    let mut found = None;
    values.into_iter().for_each(|value| gather(value, &mut found));
    found
}

fn gather(value: &Val, found: &mut Option<Unsettled>) {
    match value {
        Val::Unknown(unsettled) => found.get_or_insert_default().join(unsettled),
        Val::Sensitive(inner) => gather(inner, found),
        Val::Sequence(_, items) => items.iter().for_each(|item| gather(item, found)),
        Val::Mapping(_, fields) => fields.values().for_each(|field| gather(field, found)),
        Val::Null | Val::Bool(_) | Val::Number(_) | Val::String(_) => {}
    }
}

/// A value without its own mark, and whether it had one.
pub(crate) fn unmark(value: Val) -> (Val, bool) {
    match value {
        Val::Sensitive(inner) => (Arc::unwrap_or_clone(inner), true),
        value => (value, false),
    }
}

/// A value with a mark, if it shall have one.
pub(crate) fn mark(value: Val, sensitive: bool) -> Val {
    match value {
        value if !sensitive => value,
        Val::Sensitive(inner) => Val::Sensitive(inner),
        value => Val::Sensitive(Arc::new(value)),
    }
}

/// A value without any mark, and whether it had one.
pub(crate) fn unmark_deep(value: &Val) -> (Val, bool) {
    let mut marked = false;
    let value = strip(value, &mut marked);
    (value, marked)
}

fn strip(value: &Val, marked: &mut bool) -> Val {
    match value {
        Val::Sensitive(inner) => {
            *marked = true;
            strip(inner, marked)
        }
        Val::Sequence(kind, items) if items.iter().any(has_mark) => {
            Val::Sequence(*kind, Arc::new(items.iter().map(|item| strip(item, marked)).collect()))
        }
        Val::Mapping(kind, fields) if fields.values().any(has_mark) => {
            let fields = fields.iter().map(|(name, field)| (Arc::clone(name), strip(field, marked)));
            Val::Mapping(*kind, Arc::new(fields.collect()))
        }
        other => other.clone(),
    }
}

/// Whether a value, or a part of it, is sensitive.
pub(crate) fn has_mark(value: &Val) -> bool {
    match value {
        Val::Sensitive(_) => true,
        Val::Sequence(_, items) => items.iter().any(has_mark),
        Val::Mapping(_, fields) => fields.values().any(has_mark),
        _ => false,
    }
}

/// How many values a value is made of, as far as that is below a limit; text counts by its length.
pub(crate) fn weight(value: &Val, limit: usize) -> usize {
    let mut total = 0;
    weigh(value, limit, &mut total);
    total
}

fn weigh(value: &Val, limit: usize, total: &mut usize) {
    const BYTES_A_STEP: usize = 64;
    *total += 1;
    if *total > limit {
        return;
    }
    match value {
        Val::String(text) => *total += text.len() / BYTES_A_STEP,
        Val::Sensitive(inner) => weigh(inner, limit, total),
        Val::Sequence(_, items) => {
            for item in items.iter() {
                weigh(item, limit, total);
                if *total > limit {
                    return;
                }
            }
        }
        Val::Mapping(_, fields) => {
            for field in fields.values() {
                weigh(field, limit, total);
                if *total > limit {
                    return;
                }
            }
        }
        Val::Null | Val::Bool(_) | Val::Number(_) | Val::Unknown(_) => {}
    }
}
