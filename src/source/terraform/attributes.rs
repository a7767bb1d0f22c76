//! One Terraform resource as a plan or a state shows it: the view that the fact mappings read.

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;
use serde_json::{Map, Value as Json};

use super::fields::{Field, Fields, Marks, Slot};
use super::json::any_true;
use crate::model::{Change, ModuleSources, Unknown};

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
    /// The attributes before the change; `None` when the plan creates it or leaves it as it is, and in a state.
    pub before: Option<Attributes>,
    /// The settings of the provider configuration that manages it.
    pub provider: Arc<ProviderSettings>,
    /// Where the modules that it stands in come from; `None` when the document does not tell, as a state.
    pub module_sources: Option<ModuleSources>,
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
    pub addresses: Arc<[Arc<str>]>,
    /// Where they lead. Many attributes of a resource, and many resources of a module, share it: half of what a module sets
    /// may come from one of its variables.
    pub led: Arc<Led>,
}

/// Where references lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Led {
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
    /// Whether an expression on the way refers to something else beside resources, as `var.own ? aws_kms_key.a.arn : null`
    /// does: that may decide against all of them.
    pub undecided: bool,
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
        !self.addresses.is_empty() && self.led.resources.is_empty() && self.led.others.iter().all(known)
    }
}

/// Per top-level attribute or block that the configuration sets: what it refers to (nothing for a constant).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expressions(
    // INVARIANT: sorted by name, each once.
    Vec<(CompactString, References)>,
);

impl Expressions {
    /// What the expression of an attribute refers to; `None` when the configuration does not set it.
    pub fn get(&self, name: &str) -> Option<&References> {
        let position = self.0.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        self.0.get(position).map(|(_, references)| references)
    }

    /// Tells what differs from the expressions of another resource.
    fn differ(&self, other: &Self, mut tell: impl FnMut(&str, Difference)) {
        let mut others = other.0.iter().peekable();
        for (name, references) in &self.0 {
            while let Some((name, _)) = others.next_if(|(other, _)| other < name) {
                tell(name, Difference::Configuration);
            }
            match others.next_if(|(other, _)| other == name) {
                Some((_, other)) if other == references => {}
                Some(_) => tell(name, Difference::References),
                None => tell(name, Difference::Configuration),
            }
        }
        others.for_each(|(name, _)| tell(name, Difference::Configuration));
    }

    /// The names of the attributes that are set, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Sets what an attribute refers to.
    pub fn insert(&mut self, name: &str, references: References) {
        match self.0.binary_search_by(|(known, _)| known.as_str().cmp(name)) {
            Ok(position) => {
                if let Some(slot) = self.0.get_mut(position) {
                    slot.1 = references;
                }
            }
            Err(position) => self.0.insert(position, (name.into(), references)),
        }
    }
}

/// Of several with one name, the last counts.
impl<N: Into<CompactString>> FromIterator<(N, References)> for Expressions {
    fn from_iter<I: IntoIterator<Item = (N, References)>>(items: I) -> Self {
        let mut all: Vec<_> = items.into_iter().map(|(name, references)| (name.into(), references)).collect();
        if !all.is_sorted_by(|(one, _), (next, _)| one < next) {
            all.reverse();
            all.sort_by(|(one, _), (other, _)| one.cmp(other));
            all.dedup_by(|(later, _), (kept, _)| later == kept);
        }
        Self(all)
    }
}

/// The attributes of one resource at one time (before or after the change, or as recorded in a state).
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    fields: Fields,
    /// Why attributes that are not given are not known; `None` where they are null.
    untold: Untold,
    /// An attribute that is set to null, or only to optional variables of its module that the caller leaves out, is not
    /// here. Neither is a block that `dynamic` makes: the plan's configuration leaves those out, so the absence of a block
    /// (`ingress`, `parameter`, …) proves nothing.
    expressions: Option<Arc<Expressions>>,
}

/// Why attributes are not known.
#[derive(Clone, Debug, Default)]
struct Untold {
    /// Some of them, each for its own reason; a few, so that a search is not worth an index.
    each: Vec<(&'static str, Unknown)>,
    /// All others that are not given.
    others: Option<Unknown>,
}

static AFTER_APPLY: Unknown = Unknown::KnownAfterApply;

impl Untold {
    fn why(&self, name: &str) -> &Unknown {
        let of_its_own = self.each.iter().find(|(known, _)| *known == name).map(|(_, why)| why);
        of_its_own.or(self.others.as_ref()).unwrap_or(&AFTER_APPLY)
    }
}

/// In what an attribute of two resources differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// In its value or its marks.
    Cell,
    /// In whether the configuration sets it, or why it is not known.
    Configuration,
    /// In what the configuration's expression refers to, and in nothing else.
    References,
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
    /// It is not known, for this reason, and nothing tells whether the configuration sets it.
    Undetermined(&'a Unknown),
    /// It has a value, which was dropped because it is sensitive.
    Sensitive,
}

impl Attributes {
    /// Attributes from their values. `unknown` and `sensitive` hold `true` where a value is known only after apply, or was
    /// dropped because it is sensitive, nested like the values; `true` alone for `unknown` says that every attribute that
    /// `values` does not hold is unknown. `expressions` is `None` when the source has no configuration, or it does not hold
    /// this resource (states, partial plans).
    pub fn new(
        values: Map<String, Json>,
        unknown: Json,
        sensitive: Json,
        expressions: Option<Arc<Expressions>>,
    ) -> Self {
        let mut fields = Fields::from(values);
        if let Json::Object(marks) = sensitive {
            fields.mark(marks.into_iter().map(|(name, mark)| (name.into(), mark)), |field| &mut field.sensitive);
        }
        Self::of(fields, Marks::from(unknown), expressions)
    }

    /// Attributes whose secrets have been dropped.
    pub(super) fn of(mut fields: Fields, unknown: Marks, expressions: Option<Arc<Expressions>>) -> Self {
        let others = match unknown {
            // `planned_values` leaves unknown attributes out.
            Marks::Whole(all) => all.then_some(Unknown::KnownAfterApply),
            Marks::Each(marks) => {
                fields.mark(marks.into_iter(), |field| &mut field.unknown);
                None
            }
        };
        Self { fields, untold: Untold { each: Vec::new(), others }, expressions }
    }

    /// Attributes whose secrets have been dropped, and whose marks are set. `all_unknown` says that every attribute that is
    /// not given is unknown.
    pub(super) fn made(fields: Fields, all_unknown: bool, expressions: Option<Arc<Expressions>>) -> Self {
        let others = all_unknown.then_some(Unknown::KnownAfterApply);
        Self { fields, untold: Untold { each: Vec::new(), others }, expressions }
    }

    /// Attributes of something that runs, as far as a reply of its API tells. What `values` does not hold is not known: for
    /// its own reason in `each`, else for the reason of all `others`.
    pub fn observed(values: Vec<(&'static str, Json)>, each: Vec<(&'static str, Unknown)>, others: Unknown) -> Self {
        let untold = Untold { each, others: Some(others) };
        Self { fields: Fields::from(values), untold, expressions: None }
    }

    /// The same, of values that are sorted by name, each once.
    pub(crate) fn observed_sorted(values: Vec<Slot>, each: Vec<(&'static str, Unknown)>, others: Unknown) -> Self {
        let untold = Untold { each, others: Some(others) };
        Self { fields: Fields::of_sorted(values), untold, expressions: None }
    }

    /// The same attributes, some of them with other values.
    pub fn with(&self, values: Map<String, Json>) -> Self {
        let kept = self.fields.iter().filter(|field| !values.contains_key(field.name.as_str()));
        let kept = kept.map(|field| (field.name.to_string(), field.value.clone()));
        let values: Map<String, Json> = kept.chain(values.clone()).collect();
        Self { fields: Fields::from(values), untold: self.untold.clone(), expressions: self.expressions.clone() }
    }

    /// What is known of a top-level attribute.
    pub fn get(&self, name: &str) -> Attribute<'_> {
        let field = self.fields.get(name);
        if field.is_some_and(|field| field.sensitive == Json::Bool(true)) {
            return Attribute::Sensitive;
        }
        if self.is_unknown(name, field) {
            return match &self.expressions {
                None => Attribute::Undetermined(self.untold.why(name)),
                Some(expressions) => expressions.get(name).map_or(Attribute::Computed, Attribute::Referenced),
            };
        }
        match field.map(|field| &field.value) {
            None | Some(Json::Null) => Attribute::Null,
            Some(value) => Attribute::Known(value),
        }
    }

    fn is_unknown(&self, name: &str, field: Option<&Arc<Field>>) -> bool {
        field.is_some_and(|field| field.unknown == Json::Bool(true))
            || (self.untold.others.is_some() && !self.has(name))
    }

    /// What holds an attribute that the document gives or marks.
    pub(crate) fn cell(&self, name: &str) -> Option<&Arc<Field>> {
        self.fields.get(name)
    }

    /// Whether the document names an attribute at all, be it null.
    pub fn has(&self, name: &str) -> bool {
        self.fields.given(name).is_some()
    }

    /// The value of an attribute, without what was dropped; `None` when the document does not name it.
    pub fn value(&self, name: &str) -> Option<&Json> {
        self.fields.given(name).map(|field| &field.value)
    }

    /// Where an attribute's value is known only after apply: `true`, nested like the value.
    pub fn unknown_in(&self, name: &str) -> &Json {
        self.fields.get(name).map_or(&Json::Null, |field| &field.unknown)
    }

    /// Where parts of an attribute's value were dropped because they are sensitive: `true`, nested like the value.
    pub fn sensitive_in(&self, name: &str) -> &Json {
        self.fields.get(name).map_or(&Json::Null, |field| &field.sensitive)
    }

    /// Every attribute that the document names, sorted, then every one that it only marks, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().chain(self.fields.only_marked()).map(|field| field.name.as_str())
    }

    /// What the configuration sets; `None` when the source has no configuration, or it does not hold this resource.
    pub fn expressions(&self) -> Option<&Expressions> {
        self.expressions.as_deref()
    }

    /// What the configuration's expression of an attribute refers to, whether or not its value is known.
    pub fn references(&self, name: &str) -> Option<&References> {
        self.expressions.as_ref()?.get(name)
    }

    /// About how many attributes are not the same one in memory as those of another resource.
    pub(crate) fn distance(&self, other: &Self) -> usize {
        self.fields.distance(&other.fields)
    }

    /// Tells the attributes of which something differs from another resource's of the type; false when the two cannot be
    /// compared by attribute, because their sources leave out attributes for different reasons.
    pub(crate) fn differ(&self, other: &Self, mut tell: impl FnMut(&str, Difference)) -> bool {
        if self.untold.others != other.untold.others {
            return false;
        }
        self.fields.differ(&other.fields, &mut |name| tell(name, Difference::Cell));
        let untold = self.untold.each.iter().chain(&other.untold.each);
        untold.for_each(|(name, _)| tell(name, Difference::Configuration));
        match (&self.expressions, &other.expressions) {
            (None, None) => true,
            (Some(own), Some(others)) => {
                if !Arc::ptr_eq(own, others) {
                    own.differ(others, tell);
                }
                true
            }
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    /// Whether any part of a nested attribute is known only after apply.
    pub fn is_unknown_inside(&self, name: &str) -> bool {
        let field = self.fields.get(name);
        self.is_unknown(name, field) || field.is_some_and(|field| any_true(&field.unknown))
    }

    /// Whether any part of a nested attribute was dropped because it is sensitive.
    pub fn is_sensitive_inside(&self, name: &str) -> bool {
        any_true(self.sensitive_in(name))
    }
}

#[cfg(test)]
impl Attributes {
    /// The same attributes, with other marks of what is unknown.
    pub(crate) fn set_unknown(&mut self, unknown: Json) {
        let fields = self.fields.without_unknown();
        *self = Self::of(fields, Marks::from(unknown), self.expressions.take());
    }

    /// The same attributes, one more of them unknown.
    pub(crate) fn add_unknown(&mut self, name: &str) {
        self.fields.mark(std::iter::once((name.into(), Json::Bool(true))), |field| &mut field.unknown);
    }

    /// The same attributes, with other marks of what was dropped.
    pub(crate) fn set_sensitive(&mut self, sensitive: &Json) {
        let marks = sensitive.as_object().expect("marks are an object").clone();
        self.fields.mark(marks.into_iter().map(|(name, mark)| (name.into(), mark)), |field| &mut field.sensitive);
    }

    /// The same attributes, with another configuration.
    pub(crate) fn set_expressions(&mut self, expressions: Option<Expressions>) {
        self.expressions = expressions.map(Arc::new);
    }
}
