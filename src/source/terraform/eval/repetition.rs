//! `count` and `for_each`: how many instances a block has, and what each of them is given.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::convert::{to_number, to_text};
use super::unsettled::{unmark, unsettled_in};
use super::value::{MapKind, SequenceKind, Unsettled, Val};
use crate::source::terraform::address::quoted;

/// The most instances of one block. Terraform has no limit; a plan of so many would take hours.
pub(crate) const MOST_INSTANCES: usize = 20_000;

/// Which instance of a block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    /// The only one, of a block without `count` and `for_each`.
    Only,
    /// One of `count`.
    Index(usize),
    /// One of `for_each`.
    Text(Arc<str>),
    /// Any: how many there are is not known. What is judged of it holds for each of them, if there are any, because what
    /// depends on the key is unknown. Its address ends with `[*]`, which no real key looks like.
    Any,
}

impl Key {
    /// What stands behind the name in an address.
    pub(crate) fn suffix(&self) -> String {
        match self {
            Self::Only => String::new(),
            Self::Index(index) => format!("[{index}]"),
            Self::Text(key) => format!("[{}]", quoted(key)),
            Self::Any => "[*]".to_owned(),
        }
    }

    /// The key as JSON text; `*` for any.
    pub(crate) fn json(&self) -> Option<Arc<str>> {
        match self {
            Self::Only => None,
            Self::Index(index) => Some(index.to_string().into()),
            Self::Text(key) => Some(serde_json::Value::from(key.as_ref()).to_string().into()),
            Self::Any => Some("*".into()),
        }
    }
}

/// One instance of a block: its key, and what `each` and `count` are in it.
#[derive(Clone, Debug)]
pub(crate) struct Repetition {
    /// Which one.
    pub(crate) key: Key,
    /// `each.key` and `each.value`.
    pub(crate) each: Option<(Val, Val)>,
    /// `count.index`.
    pub(crate) count: Option<Val>,
}

impl Repetition {
    /// The only instance.
    pub(crate) const ONLY: Self = Self { key: Key::Only, each: None, count: None };

    fn index(index: usize) -> Self {
        let number = Val::Number(i64::try_from(index).unwrap_or(i64::MAX).into());
        Self { key: Key::Index(index), each: None, count: Some(number) }
    }

    fn each(key: &Arc<str>, value: Val) -> Self {
        Self { key: Key::Text(Arc::clone(key)), each: Some((Val::String(Arc::clone(key)), value)), count: None }
    }

    fn any(unsettled: &Unsettled) -> Self {
        let unknown = |name: &str| {
            let mut all = unsettled.clone();
            all.others.insert(name.into());
            all.into_val()
        };
        Self {
            key: Key::Any,
            each: Some((unknown("each.key"), unknown("each.value"))),
            count: Some(unknown("count.index")),
        }
    }
}

/// How often a block is repeated.
#[derive(Clone, Debug)]
pub(crate) enum Extent {
    /// Not at all.
    Single,
    /// By `count`.
    Count(usize),
    /// By `for_each`: keys and values.
    Each(BTreeMap<Arc<str>, Val>),
    /// What decides is not known.
    Open(Unsettled),
}

impl Extent {
    /// What `count` says.
    pub(crate) fn of_count(value: Val) -> Result<Self, String> {
        let (value, _) = unmark(value);
        if let Some(unsettled) = unsettled_in(&value) {
            return Ok(Self::Open(unsettled.undecided()));
        }
        let number = to_number(&value).map_err(|error| format!("`count`: {error}"))?;
        let whole = number.as_i64().ok_or("`count` must be a whole number")?;
        let count = usize::try_from(whole).map_err(|_| "`count` must not be negative")?;
        within_limit(count)?;
        Ok(Self::Count(count))
    }

    /// What `for_each` says.
    pub(crate) fn of_each(value: Val) -> Result<Self, String> {
        let (value, sensitive) = unmark(value);
        if sensitive {
            return Err("`for_each` must not be sensitive: its keys become part of addresses".to_owned());
        }
        match value {
            Val::Unknown(unsettled) => Ok(Self::Open(Unsettled::clone(&unsettled).undecided())),
            Val::Mapping(MapKind::Resource, _) => Ok(Self::Open(unsettled_in(&value).unwrap_or_default().undecided())),
            Val::Mapping(_, fields) => {
                within_limit(fields.len())?;
                Ok(Self::Each(Arc::unwrap_or_clone(fields)))
            }
            Val::Sequence(SequenceKind::Set, items) => of_set(&items),
            Val::Null => Err("`for_each` must not be null".to_owned()),
            _ => Err("`for_each` takes a map or a set of strings; `toset` makes a set of a list".to_owned()),
        }
    }

    /// How many instances it means.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Single | Self::Open(_) => 1,
            Self::Count(count) => *count,
            Self::Each(fields) => fields.len(),
        }
    }

    /// The instances.
    pub(crate) fn repetitions(&self) -> Vec<Repetition> {
        match self {
            Self::Single => vec![Repetition::ONLY],
            Self::Count(count) => (0..*count).map(Repetition::index).collect(),
            Self::Each(fields) => fields.iter().map(|(key, value)| Repetition::each(key, value.clone())).collect(),
            Self::Open(unsettled) => vec![Repetition::any(unsettled)],
        }
    }
}

fn of_set(items: &[Val]) -> Result<Extent, String> {
    within_limit(items.len())?;
    if let Some(unsettled) = items.iter().find_map(unsettled_in) {
        return Ok(Extent::Open(unsettled.undecided()));
    }
    let each = items.iter().map(|item| {
        let item = unmark(item.clone()).0;
        let key = to_text(&item).map_err(|_| "`for_each` takes a set of strings, not of other values")?;
        Ok((key, item))
    });
    Ok(Extent::Each(each.collect::<Result<_, String>>()?))
}

fn within_limit(count: usize) -> Result<(), String> {
    if count > MOST_INSTANCES {
        return Err(format!("{count} instances of one block are more than the {MOST_INSTANCES} that are looked at"));
    }
    Ok(())
}
