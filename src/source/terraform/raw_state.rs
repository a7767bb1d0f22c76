//! A state file of version 4, as Terraform keeps it: `resources` with their `instances`.

use std::borrow::Cow;

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::attributes::TerraformResource;
use super::change::attributes;
use super::entry::{Identity, address_of};
use super::fields::Marks;
use super::json::{Raw, Str, elements, null_as_default};
use super::reader::{Entry, Reader, Yield};
use super::secrets::marks_of_paths;
use crate::model::Gap;
use crate::source::SourceError;

/// Terraform before 0.12 wrote `attributes_flat`, which a later version keeps until it next writes the resource.
const NO_ATTRIBUTES: &str = "the instance has no `attributes`; `terraform apply -refresh-only` writes them";

#[derive(Deserialize)]
struct RawResource<'a> {
    #[serde(borrow, default)]
    module: Option<Str<'a>>,
    #[serde(borrow)]
    mode: Str<'a>,
    #[serde(borrow, rename = "type")]
    ty: Str<'a>,
    #[serde(borrow)]
    name: Str<'a>,
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    instances: Vec<Raw<'a>>,
}

#[derive(Deserialize)]
struct RawInstance<'a> {
    #[serde(default)]
    index_key: Option<Json>,
    #[serde(borrow, default)]
    deposed: Option<Str<'a>>,
    #[serde(default)]
    attributes: Option<Map<String, Json>>,
    #[serde(default)]
    sensitive_attributes: Json,
}

/// Reads the resources of a state file.
pub(super) fn read<T, M>(reader: &Reader<'_, '_, M>) -> Result<Yield<T>, SourceError>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync,
{
    let mut out = Yield::default();
    let Some(raw) = reader.document.part("resources") else { return Ok(out) };
    let resources = elements(raw).map_err(|error| reader.document.layout("resources", raw, &error))?;
    for instances in reader.each("resources", &resources, |raw| read_resource(reader, raw)) {
        out.add(instances.unwrap_or_else(|gap| vec![Err(gap)]));
    }
    Ok(out)
}

fn read_resource<T, M>(reader: &Reader<'_, '_, M>, raw: Raw<'_>) -> Result<Vec<Result<Entry<T>, Gap>>, String>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync,
{
    let resource: RawResource<'_> = reader.parse(raw)?;
    if resource.mode.0 != "managed" {
        return Ok(Vec::new());
    }
    if !reader.wants(&resource.ty.0) {
        return Ok(resource.instances.iter().map(|_| Ok(Entry::NotWanted)).collect());
    }
    let one = |(position, raw): (usize, &Raw<'_>)| {
        read_instance(reader, &resource, *raw).map_err(|reason| Gap {
            place: format!("{} instance {position}", resource.address(None)).into(),
            reason: reason.into(),
        })
    };
    Ok(resource.instances.par_iter().enumerate().map(one).collect())
}

fn read_instance<T, M>(reader: &Reader<'_, '_, M>, resource: &RawResource<'_>, raw: Raw<'_>) -> Result<Entry<T>, String>
where
    M: Fn(TerraformResource) -> T + Sync,
{
    let instance: RawInstance<'_> = reader.parse(raw)?;
    let values = instance.attributes.ok_or(NO_ATTRIBUTES)?;
    let marks = marks_of_paths(&values, &instance.sensitive_attributes);
    let after = attributes(values.into(), Marks::default(), [&marks, &Json::Null], None);
    let index = instance.index_key.filter(|key| !key.is_null());
    let identity = Identity {
        address: Cow::Owned(resource.address(index.as_ref())),
        module_address: resource.module(),
        resource_type: &resource.ty.0,
        name: &resource.name.0,
        index,
        provider_name: "",
        deposed: instance.deposed.as_ref().map(|key| key.0.as_ref()),
    };
    Ok(reader.map(identity.resource(None, Some(after), None, Default::default())))
}

impl RawResource<'_> {
    fn module(&self) -> &str {
        self.module.as_ref().map_or("", |module| module.0.as_ref())
    }

    fn address(&self, index: Option<&Json>) -> String {
        address_of(self.module(), &self.ty.0, &self.name.0, index)
    }
}
