//! The `configuration` of a plan: which attributes each resource sets, and by what references.
//!
//! The tree of modules is read once, borrowed; a resource's own expressions stay unparsed until it is asked for.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Deserialize;

use super::address::{inside, without_keys};
use super::attributes::{Expressions, ProviderSettings};
use super::entry::Identity;
use super::expression::Expression;
use super::expressions::{Recent, RecentExpressions};
use super::json::{Pairs, Raw, Sorted, Str, null_as_default};
use super::module_sources::called;
use super::providers::{ProviderConfig, Providers};
use super::walk::once;
use crate::model::ModuleSources;
use crate::source::skip::Cursor;

/// What the configuration says of one resource.
#[derive(Default)]
pub(super) struct Configured {
    /// Per attribute or block that is set: what it refers to. `None` when the configuration does not hold the resource.
    pub(super) expressions: Option<Arc<Expressions>>,
    /// The provider configuration that manages it.
    pub(super) provider: Arc<ProviderSettings>,
    /// Where the modules that it stands in come from.
    pub(super) module_sources: Option<ModuleSources>,
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    provider_config: Pairs<'a, ProviderConfig<'a>>,
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    root_module: RawModule<'a>,
}

impl<'a> Document<'a> {
    /// Reads the calls of the root module, which are most of a large configuration, in parallel. `None` when something is
    /// unusual or not as it should be.
    fn walked(text: &'a str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let (mut provider_config, mut root_module) = (None, None);
        let mut is_first = true;
        cursor.enter(b'{')?;
        while let Some(key) = cursor.pair(std::mem::take(&mut is_first))? {
            match key {
                "provider_config" => once(&mut provider_config, parsed(cursor.value()?)?)?,
                "root_module" => once(&mut root_module, RawModule::walked(&mut cursor)?)?,
                _ => drop(cursor.value()?),
            }
        }
        let provider_config = provider_config.unwrap_or_default();
        cursor.is_at_end().then(|| Self { provider_config, root_module: root_module.unwrap_or_default() })
    }
}

impl<'a> RawModule<'a> {
    fn walked(cursor: &mut Cursor<'a>) -> Option<Self> {
        let (mut resources, mut calls, mut outputs, mut variables) = (None, None, None, None);
        let mut is_first = true;
        cursor.enter(b'{')?;
        while let Some(key) = cursor.pair(std::mem::take(&mut is_first))? {
            match key {
                "resources" => once(&mut resources, parsed(cursor.value()?)?)?,
                "module_calls" => once(&mut calls, walked_calls(cursor)?)?,
                "outputs" => once(&mut outputs, parsed(cursor.value()?)?)?,
                "variables" => once(&mut variables, parsed(cursor.value()?)?)?,
                _ => drop(cursor.value()?),
            }
        }
        Some(Self {
            resources: resources.unwrap_or_default(),
            module_calls: calls.unwrap_or_default(),
            outputs: outputs.unwrap_or_default(),
            variables: variables.unwrap_or_default(),
        })
    }
}

fn walked_calls<'a>(cursor: &mut Cursor<'a>) -> Option<Pairs<'a, RawCall<'a>>> {
    let mut calls = Vec::new();
    cursor.enter(b'{')?;
    while let Some(name) = cursor.pair(calls.is_empty())? {
        calls.push((name, cursor.value()?));
    }
    let call = |(name, call): (&'a str, &'a str)| Some((Cow::Borrowed(name), parsed(call)?));
    calls.into_par_iter().map(call).collect::<Option<Vec<_>>>().map(Pairs)
}

fn parsed<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::from_str(text).ok()
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
    variables: Option<Raw<'a>>,
}

impl RawModule<'_> {
    /// How many modules there are: itself, and all that are called from it.
    fn size(&self) -> usize {
        1 + self.module_calls.0.iter().map(|(_, call)| call.module.size()).sum::<usize>()
    }
}

#[derive(Deserialize)]
struct ConfiguredResource<'a> {
    #[serde(borrow, default)]
    mode: Option<Str<'a>>,
    #[serde(borrow, default)]
    address: Option<Str<'a>>,
    #[serde(borrow, default, rename = "type")]
    ty: Option<Str<'a>>,
    #[serde(borrow, default)]
    name: Option<Str<'a>>,
    #[serde(borrow, default)]
    provider_config_key: Option<Str<'a>>,
    #[serde(borrow, default)]
    expressions: Option<Raw<'a>>,
    #[serde(borrow, default)]
    for_each_expression: Option<Expression<'a>>,
}

impl ConfiguredResource<'_> {
    /// Type and name; fixtures of other tools give only the address.
    fn key(&self) -> (&str, &str) {
        match (&self.ty, &self.name) {
            (Some(ty), Some(name)) => (ty.0.as_ref(), name.0.as_ref()),
            _ => self.address.as_ref().and_then(|address| address.0.split_once('.')).unwrap_or_default(),
        }
    }
}

#[derive(Deserialize)]
struct RawCall<'a> {
    #[serde(borrow, default)]
    source: Option<Str<'a>>,
    #[serde(borrow, default)]
    expressions: Pairs<'a, Expression<'a>>,
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

#[derive(Deserialize)]
struct Variable {
    /// `"default": null`, which is there only for an optional variable.
    #[serde(default, rename = "default", deserialize_with = "is_null")]
    defaults_to_null: bool,
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
    /// Where it and its callers come from.
    sources: Option<ModuleSources>,
    /// What the caller sets.
    pub(super) inputs: Sorted<'a, Expression<'a>>,
    /// The caller's `for_each`.
    pub(super) for_each: Option<Expression<'a>>,
    /// Its variables, read only when a caller leaves one out.
    variables: Option<Raw<'a>>,
    /// The names of those whose default is null, all in one text, each between two line ends.
    null_defaults: OnceLock<String>,
    /// Its outputs.
    pub(super) outputs: Sorted<'a, Expression<'a>>,
    /// The modules that it calls: positions in [`Configuration::modules`].
    pub(super) calls: Sorted<'a, usize>,
    /// Managed resources. INVARIANT: sorted by type and name.
    resources: Vec<ConfiguredResource<'a>>,
}

impl Module<'_> {
    /// Whether a variable is optional, with null as its default.
    fn defaults_to_null(&self, name: &str) -> bool {
        let names = self.null_defaults.get_or_init(|| {
            let raw = self.variables.map_or("{}", Raw::get);
            let variables: Pairs<'_, Variable> = serde_json::from_str(raw).unwrap_or_default();
            let null = variables.0.iter().filter(|(_, variable)| variable.defaults_to_null);
            null.fold("\n".to_owned(), |names, (name, _)| names + name + "\n")
        });
        // Most configurations have a few dozen variables, and each is asked for once: no table pays for itself.
        names.match_indices(name).any(|(start, _)| {
            let around = names.get(start.wrapping_sub(1)..start + name.len() + 1);
            around.is_some_and(|around| around.starts_with('\n') && around.ends_with('\n'))
        })
    }
}

/// The configuration of a plan.
pub(super) struct Configuration<'a> {
    /// The root first, every module after its caller.
    pub(super) modules: Vec<Module<'a>>,
    /// Positions in `modules`. INVARIANT: sorted by path.
    by_path: Vec<usize>,
    providers: Providers<'a>,
    recent: Recent<'a>,
}

/// A resource of the configuration.
#[derive(Clone, Copy)]
struct Found<'c, 'a> {
    module: usize,
    /// Where it stands among the module's resources.
    position: usize,
    resource: &'c ConfiguredResource<'a>,
}

impl<'a> Configuration<'a> {
    /// Reads a plan's `configuration`.
    pub(super) fn parse(raw: Raw<'a>) -> Result<Self, serde_json::Error> {
        let document = match Document::walked(raw.get()) {
            Some(document) => document,
            None => serde_json::from_str(raw.get())?,
        };
        let root = Origin { sources: Some(ModuleSources::default()), ..Origin::default() };
        let modules = modules_of(0, root, document.root_module);
        let providers = Providers::new(document.provider_config);
        let by_path = (0..modules.len()).collect();
        let mut configuration = Self { by_path, modules, providers, recent: Recent::new() };
        let Self { modules, by_path, .. } = &mut configuration;
        by_path.sort_by_key(|id| modules.get(*id).map(|module| module.path.as_str()));
        Ok(configuration)
    }

    /// What the configuration says of a resource.
    pub(super) fn of(&self, resource: &Identity<'_>) -> Configured {
        let mut alone = RecentExpressions::default();
        let mut recent = self.recent.of_this_thread();
        let recent = recent.as_deref_mut().unwrap_or(&mut alone);
        let module = recent.module(resource.module_address, || self.module(resource.module_address));
        let found = module.and_then(|module| self.find(module, resource.resource_type, resource.name));
        let key = found.and_then(|found| found.resource.provider_config_key.as_ref());
        Configured {
            expressions: found.and_then(|found| self.expressions(found, recent)),
            provider: self.providers.get(key.map(|key| key.0.as_ref()), resource.provider_name),
            module_sources: module.and_then(|module| self.modules.get(module)?.sources.clone()),
        }
    }

    /// The position of the module of an address, among `modules`.
    fn module(&self, address: &str) -> Option<usize> {
        let path = without_keys(address);
        let position = self.by_path.binary_search_by(|id| self.path(*id).cmp(path.as_ref())).ok()?;
        self.by_path.get(position).copied()
    }

    fn find(&self, module: usize, ty: &str, name: &str) -> Option<Found<'_, 'a>> {
        let resources = &self.modules.get(module)?.resources;
        let position = resources.binary_search_by(|resource| resource.key().cmp(&(ty, name))).ok()?;
        Some(Found { module, position, resource: resources.get(position)? })
    }

    fn expressions(&self, found: Found<'_, 'a>, recent: &mut RecentExpressions<'a>) -> Option<Arc<Expressions>> {
        let place = (found.module, found.position);
        // A resource that sets nothing has no `expressions`, or an empty object.
        let raw = found.resource.expressions.map_or("{}", Raw::get);
        recent.of(self, place, found.resource.for_each_expression.as_ref(), raw)
    }

    /// Whether an attribute is effectively left out: null, empty, or set only to variables that come to null.
    pub(super) fn is_omitted(&self, module: usize, expression: &Expression<'_>) -> bool {
        // A module calls another, so the chain of callers is short; the bound is for a document that was tampered with.
        const MOST_CALLERS: usize = 64;
        let mut open = Vec::new();
        let mut next = Some((module, expression));
        for _ in 0..MOST_CALLERS {
            let Some((module, expression)) = next.take().or_else(|| open.pop()) else { return true };
            if expression.is_unset {
                continue;
            }
            if !expression.is_attribute || expression.references.is_empty() {
                return false;
            }
            for head in expression.heads() {
                match self.variable(module, head) {
                    VariableValue::Null => {}
                    VariableValue::Set(caller, input) => open.extend(next.replace((caller, input))),
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
            None if module.defaults_to_null(name) => VariableValue::Null,
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
    sources: Option<ModuleSources>,
    inputs: Pairs<'a, Expression<'a>>,
    for_each: Option<Expression<'a>>,
}

/// Modules that are called, each with the position that it comes to.
type Below<'a> = Vec<(usize, Origin<'a>, RawModule<'a>)>;

/// The positions by name of what a module calls, and what is there.
fn calls_of<'a>(id: usize, caller: &Origin<'a>, raw: Pairs<'a, RawCall<'a>>) -> (Pairs<'a, usize>, Below<'a>) {
    let (mut calls, mut below, mut next) = (Pairs::default(), Vec::new(), id + 1);
    for (name, call) in raw.0 {
        let origin = Origin {
            path: inside(&caller.path, &format!("module.{name}")),
            parent: Some(id),
            sources: caller.sources.as_ref().zip(call.source).map(|(callers, source)| called(callers, &source.0)),
            inputs: call.expressions,
            for_each: call.for_each_expression,
        };
        let size = call.module.size();
        calls.0.push((name, next));
        below.push((next, origin, call.module));
        next += size;
    }
    (calls, below)
}

/// A module and all that it calls, which stand behind it in the order of the document. `id` is the position that it comes to.
fn modules_of<'a>(id: usize, origin: Origin<'a>, mut raw: RawModule<'a>) -> Vec<Module<'a>> {
    // So many calls are worth telling another thread about.
    const MANY: usize = 16;
    raw.resources.retain(|resource| resource.mode.as_ref().is_none_or(|mode| mode.0 == "managed"));
    raw.resources.shrink_to_fit();
    raw.resources.sort_by(|one, other| one.key().cmp(&other.key()));
    let outputs = Pairs(raw.outputs.0.into_iter().map(|(name, output)| (name, output.expression)).collect());
    let (calls, below) = calls_of(id, &origin, raw.module_calls);
    let mut modules = vec![Module {
        path: origin.path,
        parent: origin.parent,
        sources: origin.sources,
        inputs: origin.inputs.sorted(),
        for_each: origin.for_each,
        variables: raw.variables,
        null_defaults: OnceLock::new(),
        outputs: outputs.sorted(),
        calls: calls.sorted(),
        resources: raw.resources,
    }];
    let of_call = |(id, origin, module)| modules_of(id, origin, module);
    if below.len() < MANY {
        modules.extend(below.into_iter().flat_map(of_call));
    } else {
        let below: Vec<Vec<Module<'_>>> = below.into_par_iter().map(of_call).collect();
        modules.extend(below.into_iter().flatten());
    }
    modules
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a document says: of each module its path, its resources, outputs, inputs and calls.
    fn told(document: Document<'_>) -> Vec<String> {
        let modules = modules_of(0, Origin::default(), document.root_module);
        let of_module = |module: &Module<'_>| {
            let resources: Vec<_> = module.resources.iter().map(|of| (of.key(), of.expressions)).collect();
            let (outputs, inputs): (Vec<_>, Vec<_>) = (module.outputs.iter().collect(), module.inputs.iter().collect());
            let calls: Vec<_> = module.calls.iter().collect();
            format!("{} {resources:?} {outputs:?} {inputs:?} {calls:?} {:?}", module.path, module.variables)
        };
        let providers = document.provider_config.0.iter().map(|(name, _)| name.to_string());
        modules.iter().map(of_module).chain(providers).collect()
    }

    #[test]
    fn a_configuration_that_is_walked_says_what_it_says_when_it_is_parsed() {
        let plan = include_str!("../../../testdata/locate/tfplan.json");
        let plan: serde_json::Value = serde_json::from_str(plan).unwrap();
        let text = plan["configuration"].to_string();
        let walked = told(Document::walked(&text).unwrap());
        assert!(walked.len() > 3, "{walked:?}");
        assert_eq!(walked, told(serde_json::from_str(&text).unwrap()));
    }

    #[test]
    fn modules_stand_in_the_order_of_the_document_however_many_there_are() {
        let calls = |names: Vec<String>, within: &str| {
            let calls = names.iter().map(|name| format!(r#""{name}":{{"source":"./m","module":{within}}}"#));
            format!(r#"{{"module_calls":{{{}}}}}"#, calls.collect::<Vec<_>>().join(","))
        };
        let within = calls(vec!["x".to_owned(), "y".to_owned()], "{}");
        let names: Vec<String> = (0..40).rev().map(|number| format!("m{number:02}")).collect();
        let text = format!(r#"{{"root_module":{}}}"#, calls(names.clone(), &within));
        let modules = modules_of(0, Origin::default(), Document::walked(&text).unwrap().root_module);
        let expected = names.iter().flat_map(|name| {
            let path = format!("module.{name}");
            [path.clone(), format!("{path}.module.x"), format!("{path}.module.y")]
        });
        let paths: Vec<&str> = modules.iter().map(|module| module.path.as_str()).collect();
        assert_eq!(paths, [String::new()].into_iter().chain(expected).collect::<Vec<_>>());
        for (position, module) in modules.iter().enumerate() {
            for (name, id) in module.calls.iter() {
                assert_eq!(modules[*id].parent, Some(position));
                assert_eq!(modules[*id].path, inside(&module.path, &format!("module.{name}")));
            }
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_the_parser() {
        for text in [
            "null",
            r#"{"root_module":null}"#,
            r#"{"root_module":{"resources":null}}"#,
            r#"{"root_module":{"module_calls":null}}"#,
            r#"{"root_module":{"module_calls":{"a":{"module":{"resources":1}}}}}"#,
            r#"{"root_module":{},"root_module":{}}"#,
            r#"{"root_module":{"outputs":{},"outputs":{}}}"#,
            r#"{"root_module":{}} x"#,
            r#"{"root_module":{"module_calls":{"a\u0062":{}}}}"#,
        ] {
            assert!(Document::walked(text).is_none(), "{text}");
        }
    }
}
