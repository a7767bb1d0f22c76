//! A state file of version 4, as Terraform keeps it: `resources` with their `instances`.

use std::borrow::Cow;

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::attributes::TerraformResource;
use super::change::attributes;
use super::entry::{Identity, address_of};
use super::fields::Marks;
use super::json::{Raw, Str, null_as_default};
use super::reader::{Entry, Reader, Yield};
use super::secrets::marks_of_paths;
use super::walk::{self, Instance};
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
    let resources = reader.document.list("resources")?;
    for instances in reader.each("resources", &resources, |raw| read_resource(reader, raw)) {
        out.add(instances.unwrap_or_else(|gap| vec![Err(gap)]));
    }
    Ok(out)
}

fn read_resource<'a, T, M>(reader: &Reader<'_, 'a, M>, raw: Raw<'a>) -> Result<Vec<Result<Entry<T>, Gap>>, String>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync,
{
    let resource: RawResource<'a> = reader.parse(raw)?;
    if resource.mode.0 != "managed" {
        return Ok(Vec::new());
    }
    if !reader.wants(&resource.ty.0) {
        return Ok(resource.instances.iter().map(|_| Ok(Entry::NotWanted)).collect());
    }
    let one = |(position, raw): (usize, &Raw<'a>)| {
        read_instance(reader, &resource, *raw).map_err(|reason| Gap {
            place: format!("{} instance {position}", resource.address(None)).into(),
            reason: reason.into(),
        })
    };
    Ok(resource.instances.par_iter().enumerate().map(one).collect())
}

fn read_instance<'a, T, M>(
    reader: &Reader<'_, 'a, M>,
    resource: &RawResource<'_>,
    raw: Raw<'a>,
) -> Result<Entry<T>, String>
where
    M: Fn(TerraformResource) -> T + Sync,
{
    let instance = match walk::instance(reader, &resource.ty.0, raw) {
        Some(instance) => instance,
        None => instance_of(reader.parse(raw)?)?,
    };
    let index = instance.index_key.filter(|key| !key.is_null());
    let identity = Identity {
        address: Cow::Owned(resource.address(index.as_ref())),
        module_address: resource.module(),
        resource_type: &resource.ty.0,
        name: &resource.name.0,
        index,
        provider_name: "",
        deposed: instance.deposed.as_deref(),
    };
    Ok(reader.map(identity.resource(None, Some(instance.attributes), None, Default::default())))
}

fn instance_of(raw: RawInstance<'_>) -> Result<Instance<'_>, String> {
    let values = raw.attributes.ok_or(NO_ATTRIBUTES)?;
    let marks = marks_of_paths(&values, &raw.sensitive_attributes);
    Ok(Instance {
        index_key: raw.index_key,
        deposed: raw.deposed.map(|key| key.0),
        attributes: attributes(values.into(), Marks::default(), [&marks, &Json::Null], None),
    })
}

impl RawResource<'_> {
    fn module(&self) -> &str {
        self.module.as_ref().map_or("", |module| module.0.as_ref())
    }

    fn address(&self, index: Option<&Json>) -> String {
        address_of(self.module(), &self.ty.0, &self.name.0, index)
    }
}
