//! Functions that look at the elements of lists, tuples, sets and maps.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::number::Number;
use super::super::value::{MapKind, SequenceKind, Val};
use super::arguments::{Arguments, list_of_texts, texts};
use super::sets::{Seen, build, includes};
use super::survey::{holds_unknown, unsettled};
use super::types::{convert, list, type_of, unify};

pub(super) fn alltrue(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(Val::Bool(arguments.elements(0)?.iter().all(|element| *element == Val::Bool(true))))
}

pub(super) fn anytrue(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(Val::Bool(arguments.elements(0)?.contains(&Val::Bool(true))))
}

pub(super) fn coalesce(arguments: &Arguments<'_>) -> Result<Val, String> {
    let common =
        unify(arguments.all().iter().map(type_of)).ok_or("the arguments are of types that have nothing in common")?;
    for argument in arguments.all() {
        match convert(argument, &common)? {
            Val::Null => {}
            Val::String(text) if text.is_empty() => {}
            Val::Unknown(_) => return Ok(unsettled(arguments.all())),
            found => return Ok(found),
        }
    }
    Err("no argument is other than null and empty".to_owned())
}

pub(super) fn coalescelist(arguments: &Arguments<'_>) -> Result<Val, String> {
    for (index, argument) in arguments.all().iter().enumerate() {
        match argument {
            Val::Unknown(_) => return Ok(unsettled(arguments.all())),
            Val::Sequence(SequenceKind::List | SequenceKind::Tuple, elements) if elements.is_empty() => {}
            Val::Sequence(SequenceKind::List | SequenceKind::Tuple, _) => return Ok(argument.clone()),
            _ => return Err(arguments.wrong(index, "a list or tuple")),
        }
    }
    Err("no list has an element".to_owned())
}

pub(super) fn compact(arguments: &Arguments<'_>) -> Result<Val, String> {
    let filled =
        arguments.elements(0)?.iter().filter(|element| matches!(element, Val::String(text) if !text.is_empty()));
    Ok(Val::Sequence(SequenceKind::List, Arc::new(filled.cloned().collect())))
}

pub(super) fn contains(arguments: &Arguments<'_>) -> Result<Val, String> {
    let (container, wanted) = (arguments.value(0)?, arguments.value(1)?);
    let elements = match container {
        Val::Unknown(_) => return Ok(unsettled(arguments.all())),
        Val::Sequence(_, elements) => elements,
        _ => return Err(arguments.wrong(0, "a list, tuple or set")),
    };
    if *wanted == Val::Null {
        return Err("null cannot be looked for".to_owned());
    }
    if holds_unknown(wanted) {
        return Ok(unsettled(arguments.all()));
    }
    if elements.contains(wanted) {
        return Ok(Val::Bool(true));
    }
    let open: Vec<&Val> = elements.iter().filter(|element| holds_unknown(element)).collect();
    Ok(if open.is_empty() { Val::Bool(false) } else { unsettled(open) })
}

pub(super) fn distinct(arguments: &Arguments<'_>) -> Result<Val, String> {
    let elements = arguments.elements(0)?;
    let mut seen = Seen::default();
    let kept = elements.iter().filter(|element| seen.is_new(element)).cloned().collect();
    Ok(Val::Sequence(SequenceKind::List, Arc::new(kept)))
}

pub(super) fn index(arguments: &Arguments<'_>) -> Result<Val, String> {
    let (container, wanted) = (arguments.value(0)?, arguments.value(1)?);
    let elements = match container {
        Val::Sequence(SequenceKind::List | SequenceKind::Tuple, elements) => elements,
        Val::Unknown(_) => return Ok(unsettled(arguments.all())),
        _ => return Err(arguments.wrong(0, "a list or tuple")),
    };
    for (place, element) in (0i64..).zip(elements.iter()) {
        // An element that may be equal comes first, so no later one is the answer for certain.
        if holds_unknown(element) || holds_unknown(wanted) {
            return Ok(unsettled(arguments.all()));
        }
        if element == wanted {
            return Ok(Val::Number(Number::from(place)));
        }
    }
    Err("the list does not hold that value".to_owned())
}

pub(super) fn matchkeys(arguments: &Arguments<'_>) -> Result<Val, String> {
    let values = arguments.elements(0)?;
    if values.len() != arguments.elements(1)?.len() {
        return Err("there are not as many keys as values".to_owned());
    }
    let both = unify([type_of(arguments.value(1)?), type_of(arguments.value(2)?)]);
    let both = both.ok_or("the keys and those looked for are of types that have nothing in common")?;
    let (keys, wanted) = (convert(arguments.value(1)?, &both)?, convert(arguments.value(2)?, &both)?);
    if holds_unknown(&keys) || holds_unknown(&wanted) {
        return Ok(unsettled([&keys, &wanted]));
    }
    let (Val::Sequence(_, keys), Val::Sequence(_, wanted)) = (keys, wanted) else { return list(arguments.value(0)?) };
    let Val::Sequence(_, wanted) = build(wanted.to_vec()) else { return list(arguments.value(0)?) };
    let found = values.iter().zip(keys.iter()).filter(|(_, key)| includes(&wanted, key));
    Ok(Val::Sequence(SequenceKind::List, Arc::new(found.map(|(value, _)| value.clone()).collect())))
}

pub(super) fn sort(arguments: &Arguments<'_>) -> Result<Val, String> {
    let elements = arguments.elements(0)?;
    if elements.iter().any(holds_unknown) {
        // Which element comes first is open, how many there are is not.
        let each = vec![unsettled(elements); elements.len()];
        return Ok(Val::Sequence(SequenceKind::List, Arc::new(each)));
    }
    let mut sorted = arguments.texts(0)?;
    sorted.sort_unstable();
    Ok(list_of_texts(sorted))
}

pub(super) fn transpose(arguments: &Arguments<'_>) -> Result<Val, String> {
    let mut turned: BTreeMap<Arc<str>, Vec<Val>> = BTreeMap::new();
    for (name, elements) in arguments.mapping(0)? {
        let Val::Sequence(_, elements) = elements else { return Err("a list of the map is null".to_owned()) };
        for text in texts(elements).ok_or("a list of the map holds a null")? {
            turned.entry(text.into()).or_default().push(Val::String(name.clone()));
        }
    }
    let lists = turned.into_iter().map(|(name, names)| (name, Val::Sequence(SequenceKind::List, Arc::new(names))));
    Ok(Val::Mapping(MapKind::Map, Arc::new(lists.collect())))
}
