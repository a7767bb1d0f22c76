//! The `configuration` of a plan: which attributes each resource sets, and by what references.
//!
//! The tree of modules is read once, borrowed; a resource's own expressions stay unparsed until it is asked for.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::address::{inside, without_keys};
use super::attributes::{ProviderSettings, References};
use super::entry::Identity;
use super::expression::Expression;
use super::follow::follow;
use super::json::{Pairs, Sorted, Str, null_as_default};
use super::providers::{ProviderConfig, Providers};

/// What the configuration says of one resource.
#[derive(Default)]
pub(super) struct Configured {
    /// Per attribute or block that is set: what it refers to. `None` when the configuration does not hold the resource.
    pub(super) expressions: Option<Arc<Expressions>>,
    /// The provider configuration that manages it.
    pub(super) provider: Arc<ProviderSettings>,
}

/// Per attribute or block that the configuration sets: what it refers to.
pub(super) type Expressions = BTreeMap<Arc<str>, References>;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    provider_config: Pairs<'a, ProviderConfig<'a>>,
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    root_module: RawModule<'a>,
}

#[derive(Default, Deserialize)]
struct RawModule<'a> {
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    resources: Vec<ConfiguredResource<'a>>,
    #[serde(borrow, default)]
    module_calls: Pairs<'a, RawCall<'a>>,
    #[serde(borrow, default)]
    outputs: Pairs<'a, RawOutput<'a>>,
    #[serde(borrow, default)]
    variables: Pairs<'a, Variable>,
}

#[derive(Deserialize)]
struct ConfiguredResource<'a> {
    #[serde(borrow, default)]
    mode: Option<Str<'a>>,
    #[serde(borrow, rename = "type")]
    ty: Str<'a>,
    #[serde(borrow)]
    name: Str<'a>,
    #[serde(borrow, default)]
    provider_config_key: Option<Str<'a>>,
    #[serde(borrow, default)]
    expressions: Option<&'a RawValue>,
    #[serde(borrow, default)]
    count_expression: Option<&'a RawValue>,
    #[serde(borrow, default)]
    for_each_expression: Option<Expression<'a>>,
    /// The parsed expressions, kept only for a resource of which there may be many instances.
    #[serde(skip)]
    shared: OnceLock<Option<Arc<Expressions>>>,
}

#[derive(Deserialize)]
struct RawCall<'a> {
    #[serde(borrow, default)]
    expressions: Pairs<'a, Expression<'a>>,
    #[serde(borrow, default)]
    count_expression: Option<&'a RawValue>,
    #[serde(borrow, default)]
    for_each_expression: Option<Expression<'a>>,
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    module: RawModule<'a>,
}

#[derive(Deserialize)]
struct RawOutput<'a> {
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    expression: Expression<'a>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Variable {
    /// `"default": null`, which is there only for an optional variable.
    #[serde(default, rename = "default", deserialize_with = "is_null")]
    pub(super) defaults_to_null: bool,
}

fn is_null<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::<serde::de::IgnoredAny>::deserialize(deserializer)?.is_none())
}

/// A module of the configuration: all instances of one call, or the root.
pub(super) struct Module<'a> {
    /// `module.a.module.b`, without instance keys; empty for the root.
    pub(super) path: String,
    /// The module that calls it; the root has none.
    pub(super) parent: Option<usize>,
    /// What the caller sets.
    pub(super) inputs: Sorted<'a, Expression<'a>>,
    /// The caller's `for_each`.
    pub(super) for_each: Option<Expression<'a>>,
    /// Its variables.
    pub(super) variables: Sorted<'a, Variable>,
    /// Its outputs.
    pub(super) outputs: Sorted<'a, Expression<'a>>,
    /// The modules that it calls: positions in [`Configuration::modules`].
    pub(super) calls: Sorted<'a, usize>,
    /// Whether there may be several instances of it.
    repeated: bool,
    /// Managed resources. INVARIANT: sorted by type and name.
    resources: Vec<ConfiguredResource<'a>>,
}

/// The configuration of a plan.
pub(super) struct Configuration<'a> {
    /// The root first, every module after its caller.
    pub(super) modules: Vec<Module<'a>>,
    by_path: HashMap<String, usize>,
    providers: Providers<'a>,
}

impl<'a> Configuration<'a> {
    /// Reads a plan's `configuration`.
    pub(super) fn parse(raw: &'a RawValue) -> Result<Self, serde_json::Error> {
        let document: Document<'a> = serde_json::from_str(raw.get())?;
        let mut modules = Vec::new();
        add_module(&mut modules, Origin::default(), document.root_module);
        let by_path = modules.iter().enumerate().map(|(id, module)| (module.path.clone(), id)).collect();
        Ok(Self { modules, by_path, providers: Providers::new(document.provider_config) })
    }

    /// What the configuration says of a resource.
    pub(super) fn of(&self, resource: &Identity<'_>) -> Configured {
        let found = self.find(resource.module_address, resource.resource_type, resource.name);
        let key = found.and_then(|(_, resource)| resource.provider_config_key.as_ref());
        Configured {
            expressions: found.and_then(|(module, resource)| self.expressions(module, resource)),
            provider: self.providers.get(key.map(|key| key.0.as_ref()), resource.provider_name),
        }
    }

    fn find(&self, module_address: &str, ty: &str, name: &str) -> Option<(usize, &ConfiguredResource<'a>)> {
        let id = *self.by_path.get(without_keys(module_address).as_ref())?;
        let resources = &self.modules.get(id)?.resources;
        let order =
            |resource: &ConfiguredResource<'a>| (resource.ty.0.as_ref(), resource.name.0.as_ref()).cmp(&(ty, name));
        let position = resources.binary_search_by(order).ok()?;
        Some((id, resources.get(position)?))
    }

    fn expressions(&self, module: usize, resource: &ConfiguredResource<'a>) -> Option<Arc<Expressions>> {
        let repeated = self.modules.get(module).is_some_and(|module| module.repeated)
            || resource.count_expression.is_some()
            || resource.for_each_expression.is_some();
        if repeated {
            resource.shared.get_or_init(|| self.parse_expressions(module, resource)).clone()
        } else {
            self.parse_expressions(module, resource)
        }
    }

    fn parse_expressions(&self, module: usize, resource: &ConfiguredResource<'a>) -> Option<Arc<Expressions>> {
        // A resource that sets nothing has no `expressions`, or an empty object.
        let raw = resource.expressions.map_or("{}", RawValue::get);
        let pairs: Pairs<'a, Expression<'a>> = serde_json::from_str(raw).ok()?;
        let set = pairs.0.iter().filter(|(_, expression)| !self.is_omitted(module, expression));
        let each = resource.for_each_expression.as_ref();
        Some(Arc::new(
            set.map(|(name, expression)| (name.as_ref().into(), follow(self, module, each, expression))).collect(),
        ))
    }

    /// Whether an attribute is effectively left out: null, or set only to variables that come to null.
    fn is_omitted(&self, module: usize, expression: &Expression<'_>) -> bool {
        // A module calls another, so the chain of callers is short; the bound is for a document that was tampered with.
        const MOST_CALLERS: usize = 64;
        let mut open = vec![(module, expression)];
        for _ in 0..MOST_CALLERS {
            let Some((module, expression)) = open.pop() else { return true };
            if expression.is_null {
                continue;
            }
            if !expression.is_attribute || expression.references.is_empty() {
                return false;
            }
            for head in expression.heads() {
                match self.variable(module, head) {
                    VariableValue::Null => {}
                    VariableValue::Set(caller, input) => open.push((caller, input)),
                    VariableValue::Other => return false,
                }
            }
        }
        false
    }

    /// What a reference to a whole variable, `var.x`, stands for.
    fn variable(&self, module: usize, head: &str) -> VariableValue<'_, 'a> {
        let name = head.strip_prefix("var.").filter(|name| !name.contains(['.', '[']));
        let module = self.modules.get(module);
        // The variables of the root module come from outside: they count as set.
        let (Some(name), Some(module), Some(parent)) = (name, module, module.and_then(|module| module.parent)) else {
            return VariableValue::Other;
        };
        match module.inputs.get(name) {
            Some(input) => VariableValue::Set(parent, input),
            None if module.variables.get(name).is_some_and(|variable| variable.defaults_to_null) => VariableValue::Null,
            None => VariableValue::Other,
        }
    }
}

enum VariableValue<'c, 'a> {
    /// The caller leaves it out, and its default is null.
    Null,
    /// The caller, at this position, sets it.
    Set(usize, &'c Expression<'a>),
    /// Anything else.
    Other,
}

/// Where a module comes from.
#[derive(Default)]
struct Origin<'a> {
    path: String,
    parent: Option<usize>,
    inputs: Pairs<'a, Expression<'a>>,
    for_each: Option<Expression<'a>>,
    repeated: bool,
}

fn add_module<'a>(modules: &mut Vec<Module<'a>>, origin: Origin<'a>, mut raw: RawModule<'a>) -> usize {
    let id = modules.len();
    raw.resources.retain(|resource| resource.mode.as_ref().is_none_or(|mode| mode.0 == "managed"));
    raw.resources.sort_by(|one, other| (&one.ty.0, &one.name.0).cmp(&(&other.ty.0, &other.name.0)));
    let outputs = Pairs(raw.outputs.0.into_iter().map(|(name, output)| (name, output.expression)).collect());
    let (path, repeated) = (origin.path.clone(), origin.repeated);
    modules.push(Module {
        path: origin.path,
        parent: origin.parent,
        inputs: origin.inputs.sorted(),
        for_each: origin.for_each,
        variables: raw.variables.sorted(),
        outputs: outputs.sorted(),
        calls: Pairs::default().sorted(),
        repeated,
        resources: raw.resources,
    });
    let mut calls = Pairs::default();
    for (name, call) in raw.module_calls.0 {
        let origin = Origin {
            path: inside(&path, &format!("module.{name}")),
            parent: Some(id),
            repeated: repeated || call.count_expression.is_some() || call.for_each_expression.is_some(),
            inputs: call.expressions,
            for_each: call.for_each_expression,
        };
        calls.0.push((name, add_module(modules, origin, call.module)));
    }
    if let Some(module) = modules.get_mut(id) {
        module.calls = calls.sorted();
    }
    id
}
