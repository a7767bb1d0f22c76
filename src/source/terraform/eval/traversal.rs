//! Steps into values: attributes, elements, splats.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::convert::{to_number, to_text};
use super::expression::Outcome;
use super::fault::Fault;
use super::run::Run;
use super::scope::{Step, StepKind};
use super::types::Type;
use super::unsettled::{mark, unmark, unsettled_in};
use super::value::{MapKind, SequenceKind, Unsettled, Val};

/// Goes some steps into a value.
pub(crate) fn walk(run: &mut Run<'_>, value: Val, steps: &[Step<'_>]) -> Outcome {
    let mut value = value;
    for (position, step) in steps.iter().enumerate() {
        let rest = steps.get(position + 1..).unwrap_or_default();
        if is_unknown(&value) {
            run.doubt();
        }
        value = match &step.kind {
            StepKind::Attribute(name) => attribute(value, name),
            StepKind::Index(key) => index(value, key),
            StepKind::FullSplat => return of_each(run, splat(value), rest),
            StepKind::AttributeSplat => {
                let end = rest.iter().position(|step| !matches!(step.kind, StepKind::Attribute(_)));
                let (each, behind) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, &[]));
                let elements = of_each(run, splat(value), each)?;
                return walk(run, elements, behind);
            }
        }
        .map_err(|message| Fault::new(message).at_bytes(step.span.clone()))?;
    }
    Ok(value)
}

fn is_unknown(value: &Val) -> bool {
    match value {
        Val::Unknown(_) => true,
        Val::Sensitive(inner) => is_unknown(inner),
        _ => false,
    }
}

/// Goes some steps into each element of a sequence.
pub(crate) fn of_each(run: &mut Run<'_>, value: Val, steps: &[Step<'_>]) -> Outcome {
    let (value, sensitive) = unmark(value);
    let value = match value {
        Val::Sequence(kind, items) if steps.is_empty() => Val::Sequence(splatted(kind), items),
        Val::Sequence(kind, items) => {
            run.charge(items.len())?;
            let each = items.iter().map(|item| run.nested(|run| walk(run, item.clone(), steps)));
            Val::Sequence(splatted(kind), Arc::new(each.collect::<Result<_, _>>()?))
        }
        other => walk(run, other, steps)?,
    };
    Ok(mark(value, sensitive))
}

/// What a splat makes of a sequence: elements of one type stay of one.
fn splatted(kind: SequenceKind) -> SequenceKind {
    match kind {
        SequenceKind::Tuple => SequenceKind::Tuple,
        SequenceKind::List | SequenceKind::Set => SequenceKind::List,
    }
}

/// What a splat goes through: a list, nothing for `null`, and anything else once.
fn splat(value: Val) -> Val {
    let (value, sensitive) = unmark(value);
    let value = match value {
        Val::Null => Val::Sequence(SequenceKind::Tuple, Arc::default()),
        value @ (Val::Sequence(..) | Val::Unknown(_)) => value,
        value => Val::Sequence(SequenceKind::Tuple, Arc::new(vec![value])),
    };
    mark(value, sensitive)
}

fn attribute(value: Val, name: &str) -> Result<Val, String> {
    let (value, sensitive) = unmark(value);
    let found = match &value {
        Val::Unknown(unsettled) => part_of_unknown(unsettled),
        Val::Mapping(kind, fields) => {
            field(*kind, fields, name).ok_or_else(|| format!("{} has no attribute `{name}`", Type::of(&value)))?
        }
        Val::Null => return Err(format!("null has no attribute `{name}`")),
        other => return Err(format!("{} has no attributes, and so no `{name}`", Type::of(other))),
    };
    Ok(mark(found, sensitive))
}

fn field(kind: MapKind, fields: &BTreeMap<Arc<str>, Val>, name: &str) -> Option<Val> {
    let rest = || fields.get("").filter(|_| kind == MapKind::Resource);
    fields.get(name).or_else(rest).cloned()
}

/// An element or attribute of an unknown value. Of what several resources make up, one of them may have no part in it.
fn part_of_unknown(unsettled: &Arc<Unsettled>) -> Val {
    match unsettled.resources.len() {
        0 | 1 => Val::Unknown(Arc::clone(unsettled)),
        _ => Unsettled::clone(unsettled).undecided().into_val(),
    }
}

fn index(value: Val, key: &Val) -> Result<Val, String> {
    let ((value, one), (key, other)) = (unmark(value), unmark(key.clone()));
    let found = match (&value, &key) {
        (Val::Unknown(unsettled), Val::Unknown(_)) => part_by_unknown(&key, Some(Unsettled::clone(unsettled))),
        (Val::Unknown(unsettled), _) => part_of_unknown(unsettled),
        (Val::Null, _) => return Err("null has no elements".to_owned()),
        (_, Val::Null) => return Err("null is no index".to_owned()),
        (value, Val::Unknown(_)) => part_by_unknown(&key, unsettled_in(value)),
        (Val::Sequence(SequenceKind::Set, _), _) => return Err("the elements of a set have no index".to_owned()),
        (Val::Sequence(_, items), key) => {
            let index = to_number(key)?.as_i64().and_then(|index| usize::try_from(index).ok());
            let item = index.and_then(|index| items.get(index));
            item.cloned().ok_or_else(|| format!("there is no such element: the list has {}", items.len()))?
        }
        (Val::Mapping(kind, fields), key) => {
            let key = to_text(key)?;
            field(*kind, fields, &key).ok_or_else(|| format!("{} has no such element", Type::of(&value)))?
        }
        (other, _) => return Err(format!("{} has no elements", Type::of(other))),
    };
    Ok(mark(found, one || other))
}

fn part_by_unknown(key: &Val, of_value: Option<Unsettled>) -> Val {
    let mut all = unsettled_in(key).unwrap_or_default();
    all.join(&of_value.unwrap_or_default());
    all.undecided().into_val()
}
