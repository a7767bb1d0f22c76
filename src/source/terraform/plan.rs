//! A plan: `resource_changes` with what `configuration` says of them, or else `planned_values`.

use serde::Deserialize;

use super::attributes::TerraformResource;
use super::change::{self, RawChange};
use super::configuration::Configuration;
use super::document::Document;
use super::drift::drift;
use super::entry::{Identity, RawEntry};
use super::json::{Raw, Str};
use super::reader::{Entry, Reader, Yield};
use super::{values, walk};
use crate::model::{Gap, PlanDrift};
use crate::source::SourceError;

const NO_CHANGE: &str = "the entry has no `change`";

/// Reads the resources of a plan, and what it says of changes outside Terraform.
pub(super) fn read<T, M>(mut reader: Reader<'_, '_, M>) -> Result<Yield<T>, SourceError>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync,
{
    let document = reader.document;
    let mut out = Yield::default();
    let (configuration, changes) = rayon::join(|| configuration(document), || document.list("resource_changes"));
    let changes = changes?;
    match configuration {
        Ok(configuration) => reader.configuration = configuration,
        Err(gap) => out.gaps.push(gap),
    }
    if changes.is_empty() {
        // A refresh-only plan changes nothing, and Terraform leaves the empty list out.
        out.add(values::read(&reader, "planned_values", document.part("planned_values"))?);
    } else {
        out.add(reader.each("resource_changes", &changes, |raw| read_change(&reader, raw)));
    }
    for drift in reader.each("resource_drift", &document.list("resource_drift")?, |raw| read_drift(&reader, raw)) {
        match drift {
            Ok(drift) => out.drift.extend(drift),
            Err(gap) => out.gaps.push(gap),
        }
    }
    out.gaps.extend(incomplete(&reader)?);
    Ok(out)
}

/// Reads the resources of a plan as they were before it.
pub(super) fn read_before<T, M>(mut reader: Reader<'_, '_, M>) -> Result<Yield<T>, SourceError>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync,
{
    let document = reader.document;
    let mut out = Yield::default();
    let changes = document.list("resource_changes")?;
    // What is wrong with the configuration, reading what shall be says.
    reader.configuration = configuration(document).ok().flatten();
    if !changes.is_empty() {
        out.add(reader.each("resource_changes", &changes, |raw| {
            read_entry(&reader, raw, |_, identity, change| change::resource_before(&reader, identity, change))
        }));
    } else if let Some(state) = document.part("prior_state") {
        // A refresh-only plan changes nothing, and Terraform leaves the empty list out; what there was stands in the state.
        out.add(values::read(&reader, "prior_state", values_of(document, state)?)?);
    }
    Ok(out)
}

/// The values of a state within a plan.
fn values_of<'a>(document: &Document<'a>, state: Raw<'a>) -> Result<Option<Raw<'a>>, SourceError> {
    let state: PriorState<'a> =
        serde_json::from_str(state.get()).map_err(|error| document.layout("prior_state", state, &error))?;
    Ok(state.values)
}

#[derive(Deserialize)]
struct PriorState<'a> {
    #[serde(borrow, default)]
    values: Option<Raw<'a>>,
}

/// Why the plan does not say everything, if so.
fn incomplete<M: Sync>(reader: &Reader<'_, '_, M>) -> Result<Vec<Gap>, SourceError> {
    let document = reader.document;
    let whole = |reason: &'static str| Gap { place: document.path.into(), reason: reason.into() };
    let deferred = document.list("deferred_changes")?;
    let read = reader.each("deferred_changes", &deferred, |raw| read_deferred(reader, raw));
    let mut gaps: Vec<Gap> = read.into_iter().filter_map(|gap| gap.unwrap_or_else(Some)).collect();
    if document.flag("errored") == Some(true) {
        gaps.push(whole("the plan is incomplete: Terraform stopped with an error while it planned"));
    } else if document.flag("complete") == Some(false) {
        gaps.push(whole("the plan is incomplete: it was made with `-target`, or Terraform deferred some changes"));
    }
    Ok(gaps)
}

fn configuration<'a>(document: &Document<'a>) -> Result<Option<Configuration<'a>>, Gap> {
    let Some(raw) = document.part("configuration") else { return Ok(None) };
    Configuration::parse(raw).map(Some).map_err(|error| Gap {
        place: format!("{} configuration", document.path).into(),
        reason: document.reason(raw, &error).into(),
    })
}

fn read_change<'a, T, M>(reader: &Reader<'_, 'a, M>, raw: Raw<'a>) -> Result<Entry<T>, String>
where
    M: Fn(TerraformResource) -> T + Sync,
{
    if let Some(walked) = walk::change(reader, raw) {
        return Ok(reader.map_entry(walked));
    }
    read_entry(reader, raw, |entry, identity, change| change::resource(reader, entry, identity, change).map(Some))
}

/// Reads an entry, if it is one of a managed resource of a type that is asked for, as the resource that `read` makes of it.
fn read_entry<'a, T, M>(
    reader: &Reader<'_, '_, M>,
    raw: Raw<'a>,
    read: impl Fn(&RawEntry<'a>, &Identity<'_>, RawChange<'a>) -> Result<Option<TerraformResource>, String>,
) -> Result<Entry<T>, String>
where
    M: Fn(TerraformResource) -> T + Sync,
{
    let entry: RawEntry<'a> = reader.parse(raw)?;
    if !entry.is_managed() {
        return Ok(Entry::NotManaged);
    }
    let identity = identity(&entry)?;
    if !reader.wants(identity.resource_type) {
        return Ok(Entry::NotWanted);
    }
    let change = reader.parse(entry.change.ok_or(NO_CHANGE)?)?;
    Ok(read(&entry, &identity, change)?.map_or(Entry::NotManaged, |resource| reader.map(resource)))
}

fn read_drift<M: Sync>(reader: &Reader<'_, '_, M>, raw: Raw<'_>) -> Result<Vec<PlanDrift>, String> {
    let entry: RawEntry<'_> = reader.parse(raw)?;
    let identity = identity(&entry)?;
    if !entry.is_managed() || !reader.wants(identity.resource_type) {
        return Ok(Vec::new());
    }
    let change: RawChange<'_> = reader.parse(entry.change.ok_or(NO_CHANGE)?)?;
    let before = change.before.map(|before| reader.parse(before)).transpose()?.flatten();
    Ok(drift(&identity, before, change))
}

#[derive(Deserialize)]
struct Deferred<'a> {
    #[serde(borrow, default)]
    reason: Option<Str<'a>>,
    #[serde(borrow)]
    resource_change: RawEntry<'a>,
}

fn read_deferred<M: Sync>(reader: &Reader<'_, '_, M>, raw: Raw<'_>) -> Result<Option<Gap>, String> {
    let deferred: Deferred<'_> = reader.parse(raw)?;
    let identity = identity(&deferred.resource_change)?;
    let why = deferred.reason.as_ref().map_or("no reason given", |reason| reason.0.as_ref());
    let concerns = deferred.resource_change.is_managed() && reader.wants(identity.resource_type);
    Ok(concerns.then(|| Gap {
        place: identity.full_address(),
        reason: format!("Terraform defers the change, so the plan does not say what it will be (`{why}`)").into(),
    }))
}

fn identity<'e>(entry: &'e RawEntry<'_>) -> Result<Identity<'e>, String> {
    entry.identity().ok_or_else(|| "the entry has neither a `type` nor an `address`".to_owned())
}
