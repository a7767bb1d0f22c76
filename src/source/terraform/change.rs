//! What a plan does to one resource: an entry of `resource_changes`.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value as Json;

use super::attributes::{Attributes, Expressions, TerraformResource};
use super::entry::{Identity, RawEntry};
use super::fields::{Fields, Marks};
use super::json::{Raw, Str, any_true};
use super::reader::Reader;
use super::secrets::withhold;
use crate::model::{Change, ChangeAction};

/// The `change` of an entry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawChange<'a> {
    #[serde(borrow)]
    actions: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow)]
    pub(super) before: Option<Raw<'a>>,
    pub(super) after: Option<Fields>,
    after_unknown: Marks,
    pub(super) before_sensitive: Json,
    pub(super) after_sensitive: Json,
    replace_paths: Json,
    importing: Option<IgnoredAny>,
}

/// The resource of an entry. The error says which actions are not known, or what is wrong with the attributes.
pub(super) fn resource<'a, M: Sync>(
    reader: &Reader<'_, '_, M>,
    entry: &RawEntry<'a>,
    identity: &Identity<'_>,
    mut change: RawChange<'a>,
) -> Result<TerraformResource, String> {
    // A fragment without actions only declares the resource.
    let action = change.actions.as_deref().map(action).transpose()?;
    let stays = !matches!(action, Some(ChangeAction::Delete | ChangeAction::Forget));
    // What the plan leaves as it is was the same before, and most of a large plan is left as it is.
    let is_left = action == Some(ChangeAction::NoOp) && change.after.is_some();
    let before = change.before.filter(|_| !is_left).map(|before| reader.parse(before)).transpose()?.flatten();
    let changed = || changed_attributes(before.as_ref(), &change);
    let planned = action.map(|action| Change {
        changed_attributes: if compares(action) { changed() } else { Vec::new() },
        ..planned(action, entry, identity, change.importing.is_some(), &change.replace_paths)
    });
    let configured = reader.configured(identity);
    let marks = [&change.before_sensitive, &change.after_sensitive];
    let of_after = |values| attributes(values, change.after_unknown, marks, configured.expressions);
    let after = change.after.take().filter(|_| stays).map(of_after);
    let before = before.map(|values| attributes(values, Marks::default(), marks, None));
    Ok(identity.resource(planned, after, before, (configured.provider, configured.module_sources)))
}

/// The resource of an entry as it was before the plan, in the way of a state; `None` for one that was not there.
pub(super) fn resource_before<'a, M: Sync>(
    reader: &Reader<'_, '_, M>,
    identity: &Identity<'_>,
    change: RawChange<'a>,
) -> Result<Option<TerraformResource>, String> {
    let before: Option<Fields> = change.before.map(|before| reader.parse(before)).transpose()?.flatten();
    let configured = reader.configured(identity);
    let marks = [&change.before_sensitive, &change.after_sensitive];
    let was = before.map(|values| attributes(values, Marks::default(), marks, None));
    let place = (configured.provider, configured.module_sources);
    Ok(was.filter(|_| identity.deposed.is_none()).map(|was| identity.resource(None, Some(was), None, place)))
}

/// Attributes without their secrets.
pub(super) fn attributes(
    mut values: Fields,
    unknown: Marks,
    marks: [&Json; 2],
    expressions: Option<Arc<Expressions>>,
) -> Attributes {
    // A mark stays only where a value was dropped, so what is unknown, and thus null, stays unknown.
    withhold(&mut values, marks);
    Attributes::of(values, unknown, expressions)
}

pub(super) fn action(actions: &[Cow<'_, str>]) -> Result<ChangeAction, String> {
    let actions: Vec<&str> = actions.iter().map(AsRef::as_ref).collect();
    match actions.as_slice() {
        ["create"] => Ok(ChangeAction::Create),
        ["update"] => Ok(ChangeAction::Update),
        ["delete"] => Ok(ChangeAction::Delete),
        ["read"] => Ok(ChangeAction::Read),
        ["no-op"] => Ok(ChangeAction::NoOp),
        ["forget"] => Ok(ChangeAction::Forget),
        ["delete", "create"] => Ok(ChangeAction::DeleteThenCreate),
        ["create", "delete"] => Ok(ChangeAction::CreateThenDelete),
        ["forget", "create"] => Ok(ChangeAction::ForgetThenCreate),
        ["create", "forget"] => Ok(ChangeAction::CreateThenForget),
        _ => Err(format!("the planned actions `{}` are not known", actions.join(", "))),
    }
}

/// Whether it says which attributes change.
pub(super) fn compares(action: ChangeAction) -> bool {
    action == ChangeAction::Update || action.is_replace()
}

/// What is planned, without the attributes that change.
pub(super) fn planned(
    action: ChangeAction,
    entry: &RawEntry<'_>,
    identity: &Identity<'_>,
    importing: bool,
    replace_paths: &Json,
) -> Change {
    let text = |field: &Option<Str<'_>>| field.as_ref().map(|text| Arc::from(text.0.as_ref()));
    Change {
        action,
        importing,
        reason: text(&entry.action_reason),
        replace_attributes: replace_attributes(replace_paths),
        changed_attributes: Vec::new(),
        previous_address: text(&entry.previous_address),
        deposed: identity.deposed.map(Arc::from),
    }
}

/// `[["restore_to_point_in_time", 0, "use_latest"]]` as `restore_to_point_in_time.0.use_latest`.
fn replace_attributes(paths: &Json) -> Vec<Arc<str>> {
    let step = |step: &Json| step.as_str().map_or_else(|| step.to_string(), str::to_owned);
    let path = |path: &Json| Some(path.as_array()?.iter().map(step).collect::<Vec<_>>().join("."));
    let mut paths: Vec<Arc<str>> = paths.as_array().into_iter().flatten().filter_map(path).map(Arc::from).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Top-level attributes that differ for certain. Terraform leaves what is unknown out of `after`, where it may become what
/// it was.
fn changed_attributes(before: Option<&Fields>, change: &RawChange<'_>) -> Vec<Arc<str>> {
    let is_unknown = |name: &str| match &change.after_unknown {
        Marks::Whole(_) => false,
        Marks::Each(marks) => marks.iter().any(|(marked, mark)| marked == name && any_true(mark)),
    };
    let mut names = differing(before, change.after.as_ref());
    names.retain(|name| !is_unknown(name));
    names.into_iter().map(Arc::from).collect()
}

/// The names of the attributes that differ; null and absent are the same. Sorted.
pub(super) fn differing<'v>(before: Option<&'v Fields>, after: Option<&'v Fields>) -> Vec<&'v str> {
    let value = |values: Option<&'v Fields>, name: &str| {
        values.and_then(|values| values.get(name)).map(|field| &field.value).filter(|value| !value.is_null())
    };
    let all = before.into_iter().chain(after).flat_map(Fields::iter).map(|field| field.name.as_str());
    let mut names: Vec<&str> = all.filter(|name| value(before, name) != value(after, name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}
