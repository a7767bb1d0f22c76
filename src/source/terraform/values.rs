//! The tree of modules in `planned_values` and in a state's `values`.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value as Json;

use super::attributes::TerraformResource;
use super::change::attributes;
use super::document::{Document, DocumentKind};
use super::entry::RawEntry;
use super::fields::{Fields, Marks};
use super::json::{Raw, null_as_default};
use super::reader::{Entry, Reader};
use super::walk;
use crate::model::Gap;
use crate::source::SourceError;

#[derive(Default, Deserialize)]
struct Values<'a> {
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    root_module: Module<'a>,
}

#[derive(Default, Deserialize)]
struct Module<'a> {
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    resources: Vec<Raw<'a>>,
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    child_modules: Vec<Module<'a>>,
}

impl<'a> Module<'a> {
    fn gather(self, into: &mut Vec<Raw<'a>>) {
        into.extend(self.resources);
        for child in self.child_modules {
            child.gather(into);
        }
    }
}

/// Reads the resources of all modules.
pub(super) fn read<'a, T, M>(
    reader: &Reader<'_, 'a, M>,
    part: &'static str,
    raw: Option<Raw<'a>>,
) -> Result<Vec<Result<Entry<T>, Gap>>, SourceError>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync,
{
    let Some(raw) = raw else { return Ok(Vec::new()) };
    let entries = entries(reader.document, part, raw)?;
    // `planned_values` leaves out what is known only after apply; a state holds every attribute.
    let leaves_out = reader.document.kind == DocumentKind::Plan && part == "planned_values";
    Ok(reader.each(part, &entries, |raw| read_entry(reader, raw, leaves_out)))
}

/// The resources of all modules: those of a module before those of the modules in it.
fn entries<'d, 'a>(
    document: &'d Document<'a>,
    part: &'static str,
    raw: Raw<'a>,
) -> Result<Cow<'d, [Raw<'a>]>, SourceError> {
    if let Some(entries) = document.entries(part) {
        return Ok(Cow::Borrowed(entries));
    }
    let values: Values<'_> = serde_json::from_str(raw.get()).map_err(|error| document.layout(part, raw, &error))?;
    let mut entries = Vec::new();
    values.root_module.gather(&mut entries);
    Ok(Cow::Owned(entries))
}

fn read_entry<'a, T, M>(reader: &Reader<'_, 'a, M>, raw: Raw<'a>, leaves_out: bool) -> Result<Entry<T>, String>
where
    M: Fn(TerraformResource) -> T + Sync,
{
    if let Some(walked) = walk::values(reader, raw, leaves_out) {
        return Ok(reader.map_entry(walked));
    }
    let entry: RawEntry<'_> = reader.parse(raw)?;
    if !entry.is_managed() {
        return Ok(Entry::NotManaged);
    }
    let identity = entry.identity().ok_or("the entry has neither a `type` nor an `address`")?;
    if !reader.wants(identity.resource_type) {
        return Ok(Entry::NotWanted);
    }
    let values: Fields = entry.values.map(|values| reader.parse(values)).transpose()?.unwrap_or_default();
    let marks: Json = entry.sensitive_values.map(|marks| reader.parse(marks)).transpose()?.unwrap_or_default();
    let configured = reader.configured(&identity);
    let unknown = Marks::Whole(leaves_out);
    let after = attributes(values, unknown, [&marks, &Json::Null], configured.expressions);
    Ok(reader.map(identity.resource(None, Some(after), None, (configured.provider, configured.module_sources))))
}
