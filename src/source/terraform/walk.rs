//! Reads an entry along its neighbours (see `neighbours`), without looking twice at any byte.
//!
//! `None` is for what is unusual, or not as it should be: it is read in the general way, which also says what is wrong.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::attributes::{Attributes, TerraformResource};
use super::change::{action, compares, planned};
use super::entry::{Identity, RawEntry};
use super::fields::Fields;
use super::json::{Raw, Str};
use super::neighbours::{Given, Neighbour, SensitiveMarks, UnknownMarks, differing};
use super::reader::{Entry, Reader};
use super::secrets::{first_names, marks_of_paths};
use crate::model::{Change, ChangeAction};
use crate::source::skip::Cursor;

/// Reads an entry of `resource_changes`.
pub(super) fn change<'a, M: Sync>(reader: &Reader<'_, 'a, M>, raw: Raw<'a>) -> Option<Entry<TerraformResource>> {
    let mut cursor = Cursor::new(raw.get());
    let mut entry = RawEntry::default();
    let mut change = None;
    let mut is_first = true;
    cursor.enter(b'{')?;
    while let Some(key) = cursor.pair(std::mem::take(&mut is_first))? {
        match key {
            "change" => once(&mut change, changed(reader, &entry, &mut cursor)?)?,
            key => entry.set(key, Raw::walked(cursor.value()?))?,
        }
    }
    if !entry.is_managed() {
        return Some(Entry::NotManaged);
    }
    let identity = entry.identity()?;
    if !reader.wants(identity.resource_type) {
        return Some(Entry::NotWanted);
    }
    Some(Entry::Read(change??.resource(reader, &entry, &identity)))
}

/// Reads an entry of the `resources` of a module in `values`. `all_unknown` says that what the values leave out is unknown.
pub(super) fn values<'a, M: Sync>(
    reader: &Reader<'_, 'a, M>,
    raw: Raw<'a>,
    all_unknown: bool,
) -> Option<Entry<TerraformResource>> {
    let mut cursor = Cursor::new(raw.get());
    let mut entry = RawEntry::default();
    let (mut values, mut sensitive) = (None, None);
    let mut is_first = true;
    let mut neighbours = reader.neighbours.of_this_worker()?;
    cursor.enter(b'{')?;
    while let Some(key) = cursor.pair(std::mem::take(&mut is_first))? {
        match key {
            "values" => match wanted(reader, &entry) {
                Some(resource_type) => once(&mut values, neighbours.get(resource_type)?.walk(&mut cursor)?)?,
                None => drop(cursor.value()?),
            },
            "sensitive_values" => match wanted(reader, &entry) {
                Some(resource_type) => once(&mut sensitive, neighbours.get(resource_type)?.sensitive(&mut cursor)?)?,
                None => drop(cursor.value()?),
            },
            key => entry.set(key, Raw::walked(cursor.value()?))?,
        }
    }
    if !entry.is_managed() {
        return Some(Entry::NotManaged);
    }
    let identity = entry.identity()?;
    if !reader.wants(identity.resource_type) {
        return Some(Entry::NotWanted);
    }
    let neighbour = neighbours.get(wanted(reader, &entry)?)?;
    let none = SensitiveMarks::from(Json::Null);
    let marks = [sensitive.as_deref().unwrap_or(&none), &none];
    let fields = neighbour.fields(values?, &UnknownMarks::whole(all_unknown), marks)?;
    drop(neighbours);
    let configured = reader.configured(&identity);
    let after = Attributes::made(fields, all_unknown, configured.expressions);
    let place = (configured.provider, configured.module_sources);
    Some(Entry::Read(identity.resource(None, Some(after), None, place)))
}

/// The resource type that the address of an entry tells, if it is wanted.
fn wanted<'e, M: Sync>(reader: &Reader<'_, '_, M>, entry: &'e RawEntry<'_>) -> Option<&'e str> {
    entry.type_in_address().filter(|resource_type| reader.wants(resource_type))
}

/// An instance of a resource in a raw state.
pub(super) struct Instance<'a> {
    pub(super) index_key: Option<Json>,
    pub(super) deposed: Option<Cow<'a, str>>,
    pub(super) attributes: Attributes,
}

/// Reads an instance of a resource in a raw state.
pub(super) fn instance<'a, M: Sync>(
    reader: &Reader<'_, 'a, M>,
    resource_type: &str,
    raw: Raw<'a>,
) -> Option<Instance<'a>> {
    let mut cursor = Cursor::new(raw.get());
    let (mut index_key, mut deposed, mut attributes, mut sensitive) = (None, None, None, None);
    let mut is_first = true;
    let mut neighbours = reader.neighbours.of_this_worker()?;
    let neighbour = neighbours.get(resource_type)?;
    cursor.enter(b'{')?;
    while let Some(key) = cursor.pair(std::mem::take(&mut is_first))? {
        match key {
            "attributes" => once(&mut attributes, neighbour.walk(&mut cursor)?)?,
            "index_key" => once(&mut index_key, serde_json::from_str::<Json>(cursor.value()?).ok()?)?,
            "deposed" => once(&mut deposed, serde_json::from_str::<Str<'a>>(cursor.value()?).ok()?.0)?,
            "sensitive_attributes" => once(&mut sensitive, cursor.value()?)?,
            _ => drop(cursor.value()?),
        }
    }
    let given = attributes?;
    let none = SensitiveMarks::from(Json::Null);
    let marks = match sensitive {
        None | Some("[]") => SensitiveMarks::from(Json::Null),
        Some(paths) => marks_of(&given, &serde_json::from_str(paths).ok()?)?,
    };
    let fields = neighbour.fields(given, &UnknownMarks::whole(false), [&marks, &none])?;
    Some(Instance { index_key, deposed, attributes: Attributes::made(fields, false, None) })
}

/// The marks of paths. They begin with the names of attributes, so of the values only those of these attributes matter.
fn marks_of(given: &[Given<'_>], paths: &Json) -> Option<SensitiveMarks> {
    let mut values = Map::new();
    for name in first_names(paths) {
        if let Some(value) = given.iter().find(|one| one.name() == name) {
            values.insert(name.to_owned(), serde_json::from_str(value.value()).ok()?);
        }
    }
    Some(SensitiveMarks::from(marks_of_paths(&values, paths)))
}

/// Reads a `change`, if the address before it tells that it is wanted.
fn changed<'a, M: Sync>(
    reader: &Reader<'_, 'a, M>,
    entry: &RawEntry<'a>,
    cursor: &mut Cursor<'a>,
) -> Option<Option<Changed>> {
    let Some(resource_type) = wanted(reader, entry) else {
        cursor.value()?;
        return Some(None);
    };
    let mut neighbours = reader.neighbours.of_this_worker()?;
    let neighbour = neighbours.get(resource_type)?;
    Parts::walk(neighbour, cursor)?.read(neighbour).map(Some)
}

/// The parts of a `change`, as far as they were there. What is null is there, but holds nothing.
#[derive(Default)]
struct Parts<'a> {
    actions: Option<Option<ChangeAction>>,
    before: Option<Cursor<'a>>,
    after: Option<Option<Vec<Given<'a>>>>,
    unknown: Option<Arc<UnknownMarks>>,
    before_sensitive: Option<Arc<SensitiveMarks>>,
    after_sensitive: Option<Arc<SensitiveMarks>>,
    replace_paths: Option<Json>,
    importing: Option<bool>,
}

impl<'a> Parts<'a> {
    fn walk(neighbour: &mut Neighbour<'a>, cursor: &mut Cursor<'a>) -> Option<Self> {
        let mut parts = Self::default();
        let mut after = "";
        let mut is_first = true;
        cursor.enter(b'{')?;
        while let Some(key) = cursor.pair(std::mem::take(&mut is_first))? {
            match key {
                "actions" => once(&mut parts.actions, actions(cursor.value()?)?)?,
                "before" => {
                    once(&mut parts.before, *cursor)?;
                    // What stays as it is is written twice.
                    if after.is_empty() || !cursor.take(after) {
                        cursor.value()?;
                    }
                }
                "after" => {
                    let start = *cursor;
                    once(&mut parts.after, attributes(neighbour, cursor)?)?;
                    after = cursor.since(&start)?;
                }
                "after_unknown" => once(&mut parts.unknown, neighbour.unknown(cursor)?)?,
                "before_sensitive" => once(&mut parts.before_sensitive, neighbour.sensitive(cursor)?)?,
                "after_sensitive" => once(&mut parts.after_sensitive, neighbour.sensitive(cursor)?)?,
                "replace_paths" => once(&mut parts.replace_paths, serde_json::from_str(cursor.value()?).ok()?)?,
                "importing" => once(&mut parts.importing, cursor.value()? != "null")?,
                _ => drop(cursor.value()?),
            }
        }
        Some(parts)
    }

    fn read(self, neighbour: &mut Neighbour<'a>) -> Option<Changed> {
        let (action, after) = (self.actions.flatten(), self.after.flatten());
        if after.is_some() && matches!(action, Some(ChangeAction::Delete | ChangeAction::Forget)) {
            return None;
        }
        // What the plan leaves as it is was the same before, and most of a large plan is left as it is.
        let is_left = action == Some(ChangeAction::NoOp) && after.is_some();
        let before = match self.before.filter(|_| !is_left) {
            Some(mut before) => attributes(neighbour, &mut before)?,
            None => None,
        };
        let unknown = self.unknown.unwrap_or_else(|| Arc::new(UnknownMarks::whole(false)));
        let mut changed = Vec::new();
        if action.is_some_and(compares) {
            changed = differing(before.as_deref().unwrap_or_default(), after.as_deref().unwrap_or_default())?;
            changed.retain(|name| !unknown.marks(name));
        }
        let none = SensitiveMarks::from(Json::Null);
        let marks = [&self.before_sensitive, &self.after_sensitive].map(|marks| marks.as_deref().unwrap_or(&none));
        let mut read = |given: Option<Vec<Given<'a>>>, unknown: &UnknownMarks| match given {
            Some(given) => neighbour.fields(given, unknown, marks).map(Some),
            None => Some(None),
        };
        Some(Changed {
            action,
            importing: self.importing.unwrap_or_default(),
            replace_paths: self.replace_paths.unwrap_or_default(),
            changed: changed.into_iter().map(Arc::from).collect(),
            after: read(after, &unknown)?,
            all_unknown: unknown.whole,
            before: read(before, &UnknownMarks::whole(false))?,
        })
    }
}

/// A `change` without its secrets.
struct Changed {
    action: Option<ChangeAction>,
    importing: bool,
    replace_paths: Json,
    changed: Vec<Arc<str>>,
    after: Option<Fields>,
    all_unknown: bool,
    before: Option<Fields>,
}

impl Changed {
    fn resource<M: Sync>(
        self,
        reader: &Reader<'_, '_, M>,
        entry: &RawEntry<'_>,
        identity: &Identity<'_>,
    ) -> TerraformResource {
        let planned = self.action.map(|action| Change {
            changed_attributes: self.changed,
            ..planned(action, entry, identity, self.importing, &self.replace_paths)
        });
        let configured = reader.configured(identity);
        let after = self.after.map(|after| Attributes::made(after, self.all_unknown, configured.expressions));
        let before = self.before.map(|before| Attributes::made(before, false, None));
        identity.resource(planned, after, before, (configured.provider, configured.module_sources))
    }
}

/// Attributes, or null.
fn attributes<'a>(neighbour: &mut Neighbour<'a>, cursor: &mut Cursor<'a>) -> Option<Option<Vec<Given<'a>>>> {
    match cursor.begins()? {
        b'{' => neighbour.walk(cursor).map(Some),
        _ => (cursor.value()? == "null").then_some(None),
    }
}

fn actions(raw: &str) -> Option<Option<ChangeAction>> {
    let actions: Option<Vec<Cow<'_, str>>> = serde_json::from_str(raw).ok()?;
    actions.map(|actions| action(&actions).ok()).map_or(Some(None), |action| action.map(Some))
}

/// Sets what is not set yet: serde refuses what comes twice.
pub(super) fn once<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.is_none().then(|| *slot = Some(value))
}
