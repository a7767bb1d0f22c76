//! One Terraform resource as a plan or a state shows it: the view that the fact mappings read.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::model::Change;

/// One managed resource of a plan or a state.
#[derive(Clone, Debug)]
pub struct TerraformResource {
    /// The full address, with module path and instance key; a deposed object's key is appended in parentheses.
    pub address: Arc<str>,
    /// The address of its module, `module.a["x"].module.b`; empty in the root module.
    pub module_address: Arc<str>,
    /// The type: `aws_db_instance`.
    pub resource_type: Arc<str>,
    /// The name in the configuration: `main` of `aws_db_instance.main`.
    pub name: Arc<str>,
    /// The instance key as JSON text: `0`, `"eu"`; `None` without `count` and `for_each`.
    pub index: Option<Arc<str>>,
    /// What the plan does; `None` in a state, and in configuration alone.
    pub change: Option<Change>,
    /// Whether it comes from configuration alone: nothing is planned or recorded, and it is judged as if it were made anew.
    pub declared: bool,
    /// The attributes as they will be; `None` when the plan deletes or forgets the resource.
    pub after: Option<Attributes>,
    /// The attributes before the change; `None` when the plan creates it, and in a state.
    pub before: Option<Attributes>,
    /// The settings of the provider configuration that manages it.
    pub provider: Arc<ProviderSettings>,
}

/// What a provider block sets for all of its resources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderSettings {
    /// The region, when the configuration says it as a constant.
    pub region: Option<Arc<str>>,
    /// The one account of `allowed_account_ids`, when it names exactly one as a constant.
    pub account: Option<Arc<str>>,
    /// The constant tags of `default_tags`; `None` when there are default tags that are not constant.
    pub default_tags: Option<BTreeMap<Arc<str>, Arc<str>>>,
    /// The provider version constraint, as written: `~> 5.0`.
    pub version_constraint: Option<Arc<str>>,
}

/// What an attribute's expression refers to, from the plan's `configuration`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// Addresses without instance keys, relative to the resource's own module as in the configuration, longest first per
    /// chain: `aws_kms_key.main.arn`, `aws_kms_key.main`, `module.network.subnet_ids`, `var.key`, `local.x`, `each.value`.
    pub addresses: Vec<Arc<str>>,
    /// The resources that the references lead to once modules' variables and outputs are followed, as full addresses
    /// without instance keys of the last segment: `module.net.aws_subnet.private`. Sorted, without duplicates.
    pub resources: Vec<Arc<str>>,
    /// Those of `resources` whose instances the configuration names by constant keys, with these keys wherever it states
    /// them: `module.net["eu"].aws_subnet.private[0]`; a step without a key may be any instance. A resource that is also
    /// referred to as a whole is not here. Sorted, without duplicates.
    pub instances: Vec<Arc<str>>,
    /// What else the references lead to: `var.key` of the root module, `module.net.local.ids`, `data.aws_kms_key.main`,
    /// `each.value`, … A module's variable that its caller sets to a constant leads to nothing. Sorted, without duplicates.
    pub others: Vec<Arc<str>>,
}

impl References {
    /// Whether everything referred to is known while planning: root variables, constants, keys of `count` and `for_each`.
    ///
    /// An attribute that is unknown nevertheless was given null, so that the provider's default applies, unless its
    /// expression calls an impure function such as `timestamp()` or `uuid()`, which the plan does not show.
    pub fn is_known_while_planning(&self) -> bool {
        let known = |place: &Arc<str>| {
            ["var.", "count.", "path.", "terraform."].iter().any(|prefix| place.starts_with(prefix))
                || place.as_ref() == "each.key"
        };
        !self.addresses.is_empty() && self.resources.is_empty() && self.others.iter().all(known)
    }
}

/// The attributes of one resource at one time (before or after the change, or as recorded in a state).
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    /// The values; sensitive ones are already replaced by null and named in `sensitive`.
    pub values: Map<String, Json>,
    /// `after_unknown`: `true` where a value is known only after apply, nested like the values; `true` as a whole when
    /// every attribute that `values` does not hold is unknown (`planned_values` leaves unknown attributes out).
    pub unknown: Json,
    /// `after_sensitive`: `true` where a value was dropped because it is sensitive, nested like the values.
    pub sensitive: Json,
    /// Per top-level attribute or block that the configuration sets: what it refers to (nothing for a constant).
    /// An attribute that is set to null, or only to optional variables of its module that the caller leaves out, is not
    /// here. Neither is a block that `dynamic` makes: the plan's configuration leaves those out, so the absence of a block
    /// (`ingress`, `parameter`, …) proves nothing. `None` when the source has no configuration, or it does not hold this resource (states, partial plans).
    pub expressions: Option<Arc<BTreeMap<Arc<str>, References>>>,
}

/// What is known of one top-level attribute.
#[derive(Clone, Copy, Debug)]
pub enum Attribute<'a> {
    /// It has this value, which is not null.
    Known(&'a Json),
    /// It is null or absent: omitted, or set to null.
    Null,
    /// It is known after apply and the configuration omits it: the provider's default for new resources applies.
    Computed,
    /// It is known after apply and the configuration sets it, by these references.
    Referenced(&'a References),
    /// It is known after apply, and nothing tells whether the configuration sets it.
    Undetermined,
    /// It has a value, which was dropped because it is sensitive.
    Sensitive,
}

impl Attributes {
    /// What is known of a top-level attribute.
    pub fn get(&self, name: &str) -> Attribute<'_> {
        if self.sensitive.get(name).is_some_and(|mark| *mark == Json::Bool(true)) {
            return Attribute::Sensitive;
        }
        if self.is_unknown(name) {
            return match &self.expressions {
                None => Attribute::Undetermined,
                Some(expressions) => expressions.get(name).map_or(Attribute::Computed, Attribute::Referenced),
            };
        }
        match self.values.get(name) {
            None | Some(Json::Null) => Attribute::Null,
            Some(value) => Attribute::Known(value),
        }
    }

    fn is_unknown(&self, name: &str) -> bool {
        match &self.unknown {
            Json::Bool(all_others) => *all_others && !self.values.contains_key(name),
            marks => marks.get(name).is_some_and(|mark| *mark == Json::Bool(true)),
        }
    }

    /// What the configuration's expression of an attribute refers to, whether or not its value is known.
    pub fn references(&self, name: &str) -> Option<&References> {
        self.expressions.as_ref()?.get(name)
    }

    /// Whether any part of a nested attribute is known only after apply.
    pub fn is_unknown_inside(&self, name: &str) -> bool {
        self.is_unknown(name) || self.unknown.get(name).is_some_and(any_true)
    }

    /// Whether any part of a nested attribute was dropped because it is sensitive.
    pub fn is_sensitive_inside(&self, name: &str) -> bool {
        self.sensitive == Json::Bool(true) || self.sensitive.get(name).is_some_and(any_true)
    }
}

fn any_true(mark: &Json) -> bool {
    match mark {
        Json::Bool(marked) => *marked,
        Json::Array(items) => items.iter().any(any_true),
        Json::Object(fields) => fields.values().any(any_true),
        _ => false,
    }
}
