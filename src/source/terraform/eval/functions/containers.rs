//! Functions that move elements about without looking at them: unknown elements and sensitive ones stay what they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::number::Number;
use super::super::value::{MapKind, SequenceKind, Val};
use super::arguments::Arguments;
use super::types::{Type, convert, kind_of, list, type_of, unify};
use super::{MAX_ELEMENTS, survey, text, too_many_elements};

fn sequence(kind: SequenceKind, elements: Vec<Val>) -> Val {
    Val::Sequence(kind, Arc::new(elements))
}

pub(super) fn chunklist(arguments: &Arguments<'_>) -> Result<Val, String> {
    let elements = arguments.elements(0)?;
    let size =
        usize::try_from(arguments.integer(1)?).map_err(|_| "the size of a chunk is less than zero".to_owned())?;
    // A size of zero is one chunk of all.
    let size = if size == 0 { elements.len().max(1) } else { size };
    let chunks = elements.chunks(size).map(|chunk| sequence(SequenceKind::List, chunk.to_vec()));
    Ok(sequence(SequenceKind::List, chunks.collect()))
}

pub(super) fn concat(arguments: &Arguments<'_>) -> Result<Val, String> {
    if arguments.all().is_empty() {
        return Err("too few arguments: nothing to put together".to_owned());
    }
    let mut all_lists = true;
    let mut elements: Vec<Val> = Vec::new();
    for (index, argument) in arguments.all().iter().enumerate() {
        match argument {
            Val::Sequence(SequenceKind::Set, _) => return Err(arguments.wrong(index, "a list or tuple")),
            Val::Sequence(kind, _) => all_lists &= *kind == SequenceKind::List,
            _ => return Err(arguments.wrong(index, "a list or tuple")),
        }
        elements.extend_from_slice(arguments.elements(index)?);
        if elements.len() > MAX_ELEMENTS {
            return Err(too_many_elements());
        }
    }
    let tuple = sequence(SequenceKind::Tuple, elements);
    // Lists whose elements have a type in common make a list; all else, a tuple.
    if all_lists { list(&tuple).or(Ok(tuple)) } else { Ok(tuple) }
}

pub(super) fn element(arguments: &Arguments<'_>) -> Result<Val, String> {
    let kind = ordered_kind(arguments)?;
    let elements = arguments.elements(0)?;
    let index = arguments.integer(1)?;
    let count = i64::try_from(elements.len()).unwrap_or(i64::MAX);
    if index < 0 && kind == SequenceKind::Tuple {
        return Err(arguments.wrong(1, "zero or more"));
    }
    let place = index.checked_rem_euclid(count).ok_or("the list is empty, and has no element")?;
    usize::try_from(place)
        .ok()
        .and_then(|place| elements.get(place))
        .cloned()
        .ok_or_else(|| "no such element".to_owned())
}

/// The kind of a list or tuple; a set has no order.
fn ordered_kind(arguments: &Arguments<'_>) -> Result<SequenceKind, String> {
    match arguments.value(0)? {
        Val::Sequence(kind @ (SequenceKind::List | SequenceKind::Tuple), _) => Ok(*kind),
        _ => Err(arguments.wrong(0, "a list or tuple")),
    }
}

pub(super) fn flatten(arguments: &Arguments<'_>) -> Result<Val, String> {
    let mut flat = Flat { elements: Vec::new(), sensitive: false };
    flat.append(arguments.elements(0)?)?;
    let Flat { elements, sensitive } = flat;
    // An unknown element may be a list, of any length.
    let all = if elements.iter().any(is_unknown) {
        survey::unsettled(&elements)
    } else {
        sequence(SequenceKind::Tuple, elements)
    };
    Ok(if sensitive { super::marked(all) } else { all })
}

/// The elements of nested lists so far.
struct Flat {
    elements: Vec<Val>,
    /// Whether one of the lists was sensitive as a whole: how many elements it had, if any, is then as secret as they are.
    sensitive: bool,
}

impl Flat {
    fn append(&mut self, elements: &[Val]) -> Result<(), String> {
        for element in elements {
            match element {
                Val::Sequence(_, inner) => self.append(inner)?,
                Val::Sensitive(inner) if let Val::Sequence(_, inner) = inner.as_ref() => {
                    self.sensitive = true;
                    self.append(inner)?;
                }
                _ => self.elements.push(element.clone()),
            }
            if self.elements.len() > MAX_ELEMENTS {
                return Err(too_many_elements());
            }
        }
        Ok(())
    }
}

fn is_unknown(value: &Val) -> bool {
    match value {
        Val::Unknown(_) => true,
        Val::Sensitive(inner) => is_unknown(inner),
        _ => false,
    }
}

pub(super) fn keys(arguments: &Arguments<'_>) -> Result<Val, String> {
    let names = arguments.mapping(0)?.keys().map(|name| Val::String(name.clone())).collect();
    Ok(sequence(like_mapping(arguments)?, names))
}

pub(super) fn values(arguments: &Arguments<'_>) -> Result<Val, String> {
    let elements = arguments.mapping(0)?.values().cloned().collect();
    Ok(sequence(like_mapping(arguments)?, elements))
}

/// What a mapping of that kind is made of: a map, of lists; an object, of tuples.
fn like_mapping(arguments: &Arguments<'_>) -> Result<SequenceKind, String> {
    match arguments.value(0)? {
        Val::Mapping(MapKind::Map, _) => Ok(SequenceKind::List),
        Val::Mapping(MapKind::Object, _) => Ok(SequenceKind::Tuple),
        _ => Err(arguments.wrong(0, "a map or object")),
    }
}

pub(super) fn length(arguments: &Arguments<'_>) -> Result<Val, String> {
    let count = match arguments.value(0)? {
        // Unknown elements of a set may turn out to be equal to others.
        Val::Sequence(SequenceKind::Set, elements)
            if elements.len() > 1 && elements.iter().any(survey::holds_unknown) =>
        {
            return Ok(survey::unsettled(elements.iter()));
        }
        Val::Sequence(_, elements) => elements.len(),
        Val::Mapping(_, elements) => elements.len(),
        Val::String(body) => text::width(body),
        other => return Err(format!("{} has no length", kind_of(other))),
    };
    Ok(Val::Number(Number::from(i64::try_from(count).unwrap_or(i64::MAX))))
}

pub(super) fn lookup(arguments: &Arguments<'_>) -> Result<Val, String> {
    if arguments.all().len() > 3 {
        return Err("too many arguments: a map, a key and a default are all".to_owned());
    }
    let Val::Mapping(kind, elements) = arguments.value(0)? else { return Err(arguments.wrong(0, "a map or object")) };
    let key = arguments.text(1)?;
    let default = arguments.all().get(2);
    let default = match (kind, default, elements.values().next()) {
        (MapKind::Map, Some(default), Some(element)) => Some(like(default, element)?),
        (_, default, _) => default.cloned(),
    };
    elements.get(key).cloned().or(default).ok_or_else(|| format!("the map has no key `{key}`, and there is no default"))
}

/// The default of a map is of the type of its elements.
fn like(default: &Val, element: &Val) -> Result<Val, String> {
    survey::Survey::of(&[default.clone(), element.clone()])?;
    convert(default, &type_of(element))
        .map_err(|what| format!("the default does not fit the elements of the map: {what}"))
}

pub(super) fn merge(arguments: &Arguments<'_>) -> Result<Val, String> {
    let mut merged: BTreeMap<Arc<str>, Val> = BTreeMap::new();
    let mut types: Vec<Type> = Vec::new();
    let mut all_maps = true;
    for (index, argument) in arguments.all().iter().enumerate() {
        let Val::Mapping(kind, elements) = argument else {
            if *argument == Val::Null {
                continue;
            }
            return Err(arguments.wrong(index, "a map or object"));
        };
        all_maps &= *kind == MapKind::Map;
        if all_maps {
            types.push(type_of(argument));
        }
        merged.extend(elements.iter().map(|(name, element)| (name.clone(), element.clone())));
        if merged.len() > MAX_ELEMENTS {
            return Err(too_many_elements());
        }
    }
    let kind = if all_maps && same(types) { MapKind::Map } else { MapKind::Object };
    Ok(Val::Mapping(kind, Arc::new(merged)))
}

/// Whether there are types, and one of them is that of all.
fn same(types: Vec<Type>) -> bool {
    let fits = |common: &Type| types.iter().all(|kind| kind == common || *kind == Type::Map(Box::new(Type::Any)));
    !types.is_empty() && unify(types.iter().cloned()).is_some_and(|common| fits(&common))
}

pub(super) fn one(arguments: &Arguments<'_>) -> Result<Val, String> {
    match arguments.elements(0)? {
        [] => Ok(Val::Null),
        [only] => Ok(only.clone()),
        elements => Err(format!("the list has {} elements, not one or none", elements.len())),
    }
}

pub(super) fn reverse(arguments: &Arguments<'_>) -> Result<Val, String> {
    let Val::Sequence(kind, elements) = arguments.value(0)? else { return Err(arguments.wrong(0, "a list")) };
    // A set, turned round, is a list.
    let kind = if *kind == SequenceKind::Set { SequenceKind::List } else { *kind };
    Ok(sequence(kind, elements.iter().rev().cloned().collect()))
}

pub(super) fn slice(arguments: &Arguments<'_>) -> Result<Val, String> {
    let kind = ordered_kind(arguments)?;
    let elements = arguments.elements(0)?;
    let place =
        |index: usize| usize::try_from(arguments.integer(index)?).map_err(|_| arguments.wrong(index, "zero or more"));
    let (start, end) = (place(1)?, place(2)?);
    let part = elements
        .get(start..end)
        .ok_or_else(|| format!("the list has {} elements, not those from {start} to {end}", elements.len()))?;
    Ok(sequence(kind, part.to_vec()))
}

pub(super) fn zipmap(arguments: &Arguments<'_>) -> Result<Val, String> {
    let kind = match arguments.value(1)? {
        Val::Sequence(SequenceKind::List, _) => MapKind::Map,
        Val::Sequence(SequenceKind::Tuple, _) => MapKind::Object,
        _ => return Err(arguments.wrong(1, "a list or tuple")),
    };
    let (names, elements) = (arguments.elements(0)?, arguments.elements(1)?);
    if names.len() != elements.len() {
        return Err(format!("{} keys do not fit {} values", names.len(), elements.len()));
    }
    if names.iter().any(is_unknown) {
        return Ok(survey::unsettled(arguments.all()));
    }
    let mut marked = false;
    let mut zipped = BTreeMap::new();
    for (name, element) in names.iter().zip(elements) {
        marked |= matches!(name, Val::Sensitive(_));
        let Val::String(name) = survey::unmarked(name) else { return Err("a key is null".to_owned()) };
        zipped.insert(name, element.clone());
    }
    let zipped = Val::Mapping(kind, Arc::new(zipped));
    Ok(if marked { super::marked(zipped) } else { zipped })
}
