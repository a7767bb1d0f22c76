//! Sets: the order of their elements, and what the functions on sets do.
//!
//! The order is go-cty's, and shows in what is printed, joined and iterated: texts by their bytes, numbers by size, `false` before
//! `true`; everything else by a text that stands for the value (`appendSetHashBytes` in
//! <https://github.com/zclconf/go-cty/blob/main/cty/set_internals.go>). `null` comes after those, unknown values last.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::super::value::{MapKind, SequenceKind, Val};
use super::arguments::Arguments;
use super::types::{Type, convert, type_of, unify};
use super::{format, survey};

/// A set of elements of one type.
pub(crate) fn build(elements: Vec<Val>) -> Val {
    let mut keyed: Vec<(String, Val)> = elements.into_iter().map(|element| (key(&element), element)).collect();
    keyed.sort_by(|(left_key, left), (right_key, right)| compare(left, right).then_with(|| left_key.cmp(right_key)));
    // An unknown value may be equal to another or not, so both stay.
    keyed.dedup_by(|(_, later), (_, first)| later == first && !survey::holds_unknown(later));
    Val::Sequence(SequenceKind::Set, Arc::new(keyed.into_iter().map(|(_, element)| element).collect()))
}

fn compare(left: &Val, right: &Val) -> Ordering {
    match (left, right) {
        (Val::String(left), Val::String(right)) => left.cmp(right),
        (Val::Number(left), Val::Number(right)) => left.cmp(right),
        (Val::Bool(left), Val::Bool(right)) => left.cmp(right),
        _ => rank(left).cmp(&rank(right)),
    }
}

fn rank(value: &Val) -> u8 {
    match value {
        Val::Unknown(_) => 2,
        Val::Null => 1,
        Val::Sensitive(inner) => rank(inner),
        _ => 0,
    }
}

/// The text that stands for a value; nothing for those that are compared as they are.
fn key(value: &Val) -> String {
    let mut text = String::new();
    if !matches!(value, Val::String(_) | Val::Number(_) | Val::Bool(_)) {
        append_key(&mut text, value);
    }
    text
}

fn append_key(text: &mut String, value: &Val) {
    match value {
        Val::Unknown(_) => text.push('?'),
        Val::Null => text.push('~'),
        Val::Bool(true) => text.push('T'),
        Val::Bool(false) => text.push('F'),
        Val::Number(number) => text.push_str(&format::general(number, 10)),
        Val::String(string) => {
            let _ = write!(text, "{string:?}");
        }
        Val::Sensitive(inner) => append_key(text, inner),
        Val::Sequence(kind, elements) => {
            let (open, close) = if *kind == SequenceKind::Tuple { ('<', '>') } else { ('[', ']') };
            text.push(open);
            for element in elements.iter() {
                append_key(text, element);
                text.push(';');
            }
            text.push(close);
        }
        Val::Mapping(kind, elements) => append_mapping_key(text, *kind, elements),
    }
}

fn append_mapping_key(text: &mut String, kind: MapKind, elements: &BTreeMap<Arc<str>, Val>) {
    text.push(if kind == MapKind::Object { '<' } else { '{' });
    for (name, element) in elements {
        match kind {
            MapKind::Object | MapKind::Resource => text.push_str(name),
            MapKind::Map => {
                let _ = write!(text, "{name:?}");
            }
        }
        text.push(':');
        append_key(text, element);
        text.push(';');
    }
    text.push(if kind == MapKind::Object { '>' } else { '}' });
}

/// Which values have been seen, by the texts that stand for them.
#[derive(Default)]
pub(super) struct Seen(BTreeMap<String, Vec<Val>>);

impl Seen {
    pub(super) fn is_new(&mut self, value: &Val) -> bool {
        let mut text = String::new();
        append_key(&mut text, value);
        let alike = self.0.entry(text).or_default();
        let new = !alike.contains(value);
        if new {
            alike.push(value.clone());
        }
        new
    }
}

/// All sets with elements of one type.
fn alike(arguments: &Arguments<'_>) -> Result<Vec<Vec<Val>>, String> {
    let types = arguments.all().iter().map(|set| match type_of(set) {
        Type::Set(element) => *element,
        _ => Type::Any,
    });
    let element = Box::new(unify(types).ok_or("the sets have elements of types that have nothing in common")?);
    let target = Type::Set(element);
    let converted = arguments.all().iter().map(|set| match convert(set, &target)? {
        Val::Sequence(_, elements) => Ok(elements.to_vec()),
        _ => Ok(Vec::new()),
    });
    converted.collect()
}

pub(super) fn union(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(build(alike(arguments)?.into_iter().flatten().collect()))
}

pub(super) fn intersection(arguments: &Arguments<'_>) -> Result<Val, String> {
    let mut sets = alike(arguments)?.into_iter();
    let first = sets.next().unwrap_or_default();
    Ok(build(sets.fold(first, |kept, other| kept.into_iter().filter(|element| includes(&other, element)).collect())))
}

pub(super) fn subtract(arguments: &Arguments<'_>) -> Result<Val, String> {
    let mut sets = alike(arguments)?.into_iter();
    let first = sets.next().unwrap_or_default();
    Ok(build(sets.fold(first, |kept, other| kept.into_iter().filter(|element| !includes(&other, element)).collect())))
}

/// Whether a set, whose elements are sorted, has one.
pub(super) fn includes(set: &[Val], element: &Val) -> bool {
    let order = |other: &Val| compare(other, element).then_with(|| key(other).cmp(&key(element)));
    let start = set.partition_point(|other| order(other) == Ordering::Less);
    let equals = set.iter().skip(start).take_while(|other| order(other) == Ordering::Equal);
    equals.into_iter().any(|other| other == element)
}

/// Every way to take one element of each.
pub(super) fn product(arguments: &Arguments<'_>) -> Result<Val, String> {
    let mut is_set = false;
    let mut factors = Vec::new();
    for argument in arguments.all() {
        is_set |= matches!(argument, Val::Sequence(SequenceKind::Set, _));
        match super::types::list(argument)? {
            Val::Sequence(_, elements) => factors.push(elements),
            _ => factors.push(Arc::default()),
        }
    }
    if factors.len() < 2 {
        return Err("too few arguments: a product needs two or more".to_owned());
    }
    let size = factors.iter().try_fold(1usize, |size, factor| size.checked_mul(factor.len()));
    if size.is_none_or(|size| size.saturating_mul(factors.len()) > super::MAX_ELEMENTS) {
        return Err(super::too_many_elements());
    }
    let mut rows: Vec<Vec<Val>> = vec![Vec::new()];
    for factor in &factors {
        rows = rows
            .iter()
            .flat_map(|row| factor.iter().map(|element| [row.as_slice(), std::slice::from_ref(element)].concat()))
            .collect();
    }
    let rows = rows.into_iter().map(|row| Val::Sequence(SequenceKind::Tuple, Arc::new(row))).collect();
    Ok(if is_set { build(rows) } else { Val::Sequence(SequenceKind::List, Arc::new(rows)) })
}
