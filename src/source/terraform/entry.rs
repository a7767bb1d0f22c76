//! One entry of a document: which resource it is about, and its parts, unparsed.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value as Json;

use super::address::{inside, module_of, quoted, steps};
use super::attributes::{Attributes, ProviderSettings, TerraformResource};
use super::json::{Pairs, Raw, Str};
use crate::model::{Change, ModuleSources};

/// An element of `resource_changes`, `resource_drift`, or the `resources` of a module in `values`.
///
/// Everything is optional: test fixtures of other tools leave much out, and a plan is judged by what it has.
#[derive(Debug, Default, Deserialize)]
pub(super) struct RawEntry<'a> {
    #[serde(borrow, default)]
    address: Option<Str<'a>>,
    #[serde(borrow, default)]
    module_address: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) previous_address: Option<Str<'a>>,
    #[serde(borrow, default)]
    mode: Option<Str<'a>>,
    #[serde(borrow, default, rename = "type")]
    ty: Option<Str<'a>>,
    #[serde(borrow, default)]
    name: Option<Str<'a>>,
    #[serde(borrow, default)]
    index: Option<Raw<'a>>,
    #[serde(borrow, default)]
    provider_name: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) deposed: Option<Str<'a>>,
    #[serde(borrow, default)]
    deposed_key: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) action_reason: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) change: Option<Raw<'a>>,
    #[serde(borrow, default)]
    pub(super) values: Option<Raw<'a>>,
    #[serde(borrow, default)]
    pub(super) sensitive_values: Option<Raw<'a>>,
}

/// Which resource an entry is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity<'e> {
    /// The address without the key of a deposed object.
    pub(super) address: Cow<'e, str>,
    /// The module's address, with instance keys.
    pub(super) module_address: &'e str,
    pub(super) resource_type: &'e str,
    pub(super) name: &'e str,
    /// The instance key.
    pub(super) index: Option<Json>,
    pub(super) provider_name: &'e str,
    pub(super) deposed: Option<&'e str>,
}

impl<'a> RawEntry<'a> {
    /// Sets a part by its key, as serde does. `None` where serde refuses, and for null, which is rare: who sets it twice
    /// cannot be told from who sets it once.
    pub(super) fn set(&mut self, key: &str, value: Raw<'a>) -> Option<()> {
        let texts = match key {
            "address" => &mut self.address,
            "module_address" => &mut self.module_address,
            "previous_address" => &mut self.previous_address,
            "mode" => &mut self.mode,
            "type" => &mut self.ty,
            "name" => &mut self.name,
            "provider_name" => &mut self.provider_name,
            "deposed" => &mut self.deposed,
            "deposed_key" => &mut self.deposed_key,
            "action_reason" => &mut self.action_reason,
            "index" => return once(&mut self.index, (value.get() != "null").then_some(value)?),
            "change" | "values" | "sensitive_values" => return None,
            _ => return Some(()),
        };
        once(texts, Str::of(value)?)
    }

    /// The resource type that the address tells.
    pub(super) fn type_in_address(&self) -> Option<&str> {
        let address = text(&self.address)?;
        steps(resource_part(address)).next().map(|step| step.name)
    }

    /// Whether Terraform manages the resource; a data source it only reads.
    pub(super) fn is_managed(&self) -> bool {
        match (&self.mode, &self.address) {
            (Some(mode), _) => mode.0 == "managed",
            (None, Some(address)) => !resource_part(&address.0).starts_with("data."),
            (None, None) => true,
        }
    }

    /// Which resource it is about, as far as the entry tells; `None` without a type and an address.
    pub(super) fn identity(&self) -> Option<Identity<'_>> {
        let given_address = text(&self.address);
        let in_address = || steps(given_address.map(resource_part).unwrap_or_default()).map(|step| step.name);
        let resource_type = text(&self.ty).or_else(|| in_address().next())?;
        let name = text(&self.name).or_else(|| in_address().nth(1)).unwrap_or_default();
        let index: Option<Json> = self.index.and_then(|index| serde_json::from_str(index.get()).ok());
        let module_address = text(&self.module_address).or_else(|| given_address.map(module_of)).unwrap_or_default();
        let address = given_address
            .map_or_else(|| Cow::Owned(address_of(module_address, resource_type, name, index.as_ref())), Cow::Borrowed);
        Some(Identity {
            address,
            module_address,
            resource_type,
            name,
            index: index.filter(|index| !index.is_null()),
            provider_name: text(&self.provider_name).unwrap_or_default(),
            deposed: text(&self.deposed).or(text(&self.deposed_key)),
        })
    }
}

impl Identity<'_> {
    /// The address, with the key of a deposed object: both objects are in the document under one address.
    pub(super) fn full_address(&self) -> Arc<str> {
        match self.deposed {
            Some(key) => format!("{} (deposed {key})", self.address).into(),
            None => self.address.as_ref().into(),
        }
    }

    /// The resource with these contents.
    pub(super) fn resource(
        &self,
        change: Option<Change>,
        after: Option<Attributes>,
        before: Option<Attributes>,
        (provider, module_sources): (Arc<ProviderSettings>, Option<ModuleSources>),
    ) -> TerraformResource {
        TerraformResource {
            address: self.full_address(),
            module_address: self.module_address.into(),
            resource_type: self.resource_type.into(),
            name: self.name.into(),
            index: self.index.as_ref().map(|index| index.to_string().into()),
            change,
            declared: false,
            after,
            before,
            provider,
            // No document has to say where the root module comes from.
            module_sources: module_sources.or_else(|| self.module_address.is_empty().then(ModuleSources::default)),
        }
    }
}

/// Sets what is not set yet.
fn once<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.is_none().then(|| *slot = Some(value))
}

fn text<'e>(field: &'e Option<Str<'_>>) -> Option<&'e str> {
    field.as_ref().map(|text| text.0.as_ref()).filter(|text| !text.is_empty())
}

/// An address without its modules.
fn resource_part(address: &str) -> &str {
    address.get(module_of(address).len()..).unwrap_or_default().trim_start_matches('.')
}

/// The address of a resource, put together from its parts.
pub(super) fn address_of(module: &str, resource_type: &str, name: &str, index: Option<&Json>) -> String {
    let key = match index {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(key)) => format!("[{}]", quoted(key)),
        Some(other) => format!("[{other}]"),
    };
    inside(module, &format!("{resource_type}.{name}{key}"))
}

/// The address that an entry gives, though the rest of it may be unreadable.
pub(super) fn address_in(raw: Raw<'_>) -> Option<String> {
    if let Ok(entry) = serde_json::from_str::<RawEntry<'_>>(raw.get()) {
        return Some(entry.identity()?.full_address().to_string());
    }
    let fields: Pairs<'_, Raw<'_>> = serde_json::from_str(raw.get()).ok()?;
    Some(serde_json::from_str::<Str<'_>>(fields.get("address")?.get()).ok()?.0.into_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn identity(json: &str, check: impl Fn(&RawEntry<'_>, Identity<'_>)) {
        let entry: RawEntry<'_> = serde_json::from_str(json).unwrap();
        check(&entry, entry.identity().unwrap());
    }

    #[test]
    fn a_full_entry_says_everything() {
        let json = r#"{"address": "module.a[\"x\"].aws_db_instance.db[0]", "module_address": "module.a[\"x\"]",
            "mode": "managed", "type": "aws_db_instance", "name": "db", "index": 0, "deposed": "abc",
            "provider_name": "registry.terraform.io/hashicorp/aws"}"#;
        identity(json, |entry, identity| {
            assert!(entry.is_managed());
            assert_eq!(identity.module_address, r#"module.a["x"]"#);
            assert_eq!(identity.index, Some(json!(0)));
            assert_eq!(identity.full_address().as_ref(), r#"module.a["x"].aws_db_instance.db[0] (deposed abc)"#);
        });
    }

    #[test]
    fn what_a_fragment_leaves_out_follows_from_the_rest() {
        identity(r#"{"address": "module.a.aws_db_instance.db"}"#, |entry, identity| {
            assert!(entry.is_managed());
            assert_eq!(
                (identity.module_address, identity.resource_type, identity.name),
                ("module.a", "aws_db_instance", "db")
            );
        });
        identity(r#"{"type": "aws_db_instance", "name": "db", "index": "a\"b"}"#, |_, identity| {
            assert_eq!(identity.address, r#"aws_db_instance.db["a\"b"]"#);
        });
        let data: RawEntry<'_> = serde_json::from_str(r#"{"address": "module.a.data.aws_vpc.v"}"#).unwrap();
        assert!(!data.is_managed());
        assert!(serde_json::from_str::<RawEntry<'_>>("{}").unwrap().identity().is_none());
    }
}
