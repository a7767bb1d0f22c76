//! Small Terraform resources for the tests of the mappings and of `link`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::facts::{Document, FactId, Mapped, map_terraform, state_of};
use crate::model::{Change, ChangeAction, FactPath, FactState, Resource, Value};
use crate::source::terraform::{Attributes, Expressions, Led, ProviderSettings, References, TerraformResource};

/// A resource that a plan creates with these attributes, all of them constants of its configuration.
pub(crate) fn creates(address: &str, after: Json) -> Sketch {
    let mut sketch = Sketch::new(address, ChangeAction::Create);
    let constants = after.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let expressions = constants.map(|(name, _)| (name.as_str(), References::default())).collect();
    sketch.resource.after = Some(attributes(after));
    sketch.with_expressions(expressions)
}

/// A resource that a plan changes in place.
pub(crate) fn updates(address: &str, before: Json, after: Json) -> Sketch {
    let mut sketch = creates(address, after).action(ChangeAction::Update);
    sketch.resource.before = Some(attributes(before));
    sketch
}

/// A resource that a plan takes away.
pub(crate) fn deletes(address: &str, before: Json) -> Sketch {
    let mut sketch = Sketch::new(address, ChangeAction::Delete);
    sketch.resource.before = Some(attributes(before));
    sketch
}

/// A resource of a state.
pub(crate) fn records(address: &str, values: Json) -> Sketch {
    let mut sketch = Sketch::new(address, ChangeAction::NoOp);
    sketch.resource.change = None;
    sketch.resource.after = Some(attributes(values));
    sketch
}

fn attributes(values: Json) -> Attributes {
    let Json::Object(values) = values else { panic!("attributes are an object") };
    Attributes::new(values, json!({}), json!({}), None)
}

/// A resource in the making.
#[derive(Clone)]
pub(crate) struct Sketch {
    resource: TerraformResource,
}

impl Sketch {
    fn new(address: &str, action: ChangeAction) -> Self {
        let (base, index) = match address.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
            Some((base, index)) => (base, Some(Arc::from(index))),
            None => (address, None),
        };
        let (rest, name) = base.rsplit_once('.').expect("an address has a name");
        let (module, resource_type) = rest.rsplit_once('.').unwrap_or(("", rest));
        let change = Change {
            action,
            importing: false,
            reason: None,
            replace_attributes: Vec::new(),
            changed_attributes: Vec::new(),
            previous_address: None,
            deposed: None,
        };
        let provider = ProviderSettings { default_tags: Some(BTreeMap::new()), ..ProviderSettings::default() };
        Self {
            resource: TerraformResource {
                address: address.into(),
                module_address: module.into(),
                resource_type: resource_type.into(),
                name: name.into(),
                index,
                change: Some(change),
                declared: false,
                after: None,
                before: None,
                provider: Arc::new(provider),
                module_sources: None,
            },
        }
    }

    fn after(&mut self) -> &mut Attributes {
        self.resource.after.as_mut().expect("the resource stays")
    }

    fn with_expressions(mut self, expressions: Expressions) -> Self {
        self.after().set_expressions(Some(expressions));
        self
    }

    pub(crate) fn action(mut self, action: ChangeAction) -> Self {
        self.resource.change.as_mut().expect("the source is a plan").action = action;
        self
    }

    pub(crate) fn change(mut self, edit: impl FnOnce(&mut Change)) -> Self {
        edit(self.resource.change.as_mut().expect("the source is a plan"));
        self
    }

    pub(crate) fn provider(mut self, settings: ProviderSettings) -> Self {
        self.resource.provider = Arc::new(settings);
        self
    }

    /// What is known only after apply.
    pub(crate) fn unknown(mut self, marks: Json) -> Self {
        self.after().set_unknown(marks);
        self
    }

    /// What was dropped because it is sensitive.
    pub(crate) fn sensitive(mut self, marks: Json) -> Self {
        self.after().set_sensitive(&marks);
        self
    }

    /// The source is configuration, and nothing else.
    pub(crate) fn in_configuration_alone(mut self) -> Self {
        self.resource.declared = true;
        self
    }

    /// The source has no configuration of the resource.
    pub(crate) fn without_configuration(mut self) -> Self {
        self.after().set_expressions(None);
        self
    }

    /// An attribute that is known only after apply and refers to this.
    pub(crate) fn refers(mut self, attribute: &str, addresses: &[&str], resources: &[&str]) -> Self {
        let after = self.after();
        if after.unknown_in(attribute).is_null() {
            after.add_unknown(attribute);
        }
        self.configured(attribute, addresses, resources)
    }

    /// An attribute that has a value, which the configuration does not set.
    pub(crate) fn omits(mut self, attribute: &str) -> Self {
        let set = self.after().expressions().cloned().unwrap_or_default();
        let kept = set.names().filter(|name| *name != attribute);
        let kept = kept.filter_map(|name| Some((name.to_owned(), set.get(name)?.clone()))).collect();
        self.with_expressions(kept)
    }

    /// The same, where something else decides whether it is any of the resources.
    pub(crate) fn may_refer(self, attribute: &str, addresses: &[&str], resources: &[&str]) -> Self {
        let mut sketch = self.refers(attribute, addresses, resources);
        let mut expressions = sketch.after().expressions().cloned().unwrap_or_default();
        let mut references = expressions.get(attribute).cloned().unwrap_or_default();
        references.led = Led { undecided: true, ..Led::clone(&references.led) }.into();
        expressions.insert(attribute, references);
        sketch.with_expressions(expressions)
    }

    /// What an attribute's expression refers to. Resources with keys are instances; addresses that lead nowhere are others.
    pub(crate) fn configured(mut self, attribute: &str, addresses: &[&str], resources: &[&str]) -> Self {
        let texts = |texts: &[&str]| texts.iter().map(|text| Arc::from(*text)).collect();
        let bare = resources.iter().map(|resource| Arc::from(crate::source::terraform::without_keys(resource)));
        let keyed: Vec<&str> = resources.iter().copied().filter(|resource| resource.contains('[')).collect();
        let in_module = !self.resource.module_address.is_empty();
        let neither = |address: &&&str| {
            let heads = ["var.", "local.", "data.", "each.", "count."];
            heads.iter().any(|head| address.starts_with(head)) && !(address.starts_with("var.") && in_module)
        };
        let others: Vec<&str> = addresses.iter().filter(neither).copied().collect();
        let led = Led { resources: bare.collect(), instances: texts(&keyed), others: texts(&others), undecided: false };
        let references = References { addresses: texts(addresses).into(), led: led.into() };
        let mut expressions = self.after().expressions().cloned().unwrap_or_default();
        expressions.insert(attribute, references);
        self.with_expressions(expressions)
    }

    pub(crate) fn map(&self) -> Mapped {
        self.map_in(&Document { file: "plan.json".into(), source: 0, shared: crate::facts::SharedFacts::new() })
    }

    /// The resource as a source gives it.
    pub(crate) fn resource(&self) -> &TerraformResource {
        &self.resource
    }

    /// The same, in a document with others.
    pub(crate) fn map_in(&self, document: &Document) -> Mapped {
        map_terraform(&self.resource, document).expect("the type is mapped")
    }

    /// The resource with its own facts.
    pub(crate) fn alone(&self) -> Resource {
        *self.map().resource.expect("the type is judged")
    }
}

/// The judged resources of a document, joined.
pub(crate) fn linked(sketches: &[Sketch]) -> Vec<Resource> {
    crate::link::link(sketches.iter().map(Sketch::map).collect(), &crate::facts::SharedFacts::new())
}

/// One of the joined resources.
pub(crate) fn linked_one(sketches: &[Sketch], id: &str) -> Resource {
    linked(sketches).into_iter().find(|resource| &*resource.id == id).expect("the resource is judged")
}

pub(crate) fn state(resource: &Resource, fact: FactId) -> FactState {
    state_of(resource, &FactPath { before: false, fact, key: None }).into_owned()
}

pub(crate) fn before(resource: &Resource, fact: FactId) -> FactState {
    state_of(resource, &FactPath { before: true, fact, key: None }).into_owned()
}

pub(crate) fn key(resource: &Resource, fact: FactId, key: &str) -> FactState {
    state_of(resource, &FactPath { before: false, fact, key: Some(key.into()) }).into_owned()
}

pub(crate) fn known(value: impl Into<Value>) -> FactState {
    FactState::Known(value.into())
}

pub(crate) fn set(texts: &[&str]) -> Value {
    Value::set(texts.iter().map(|text| Value::from(*text)))
}

/// Why a fact is missing.
pub(crate) fn missing(state: &FactState) -> &str {
    match state {
        FactState::Missing(reason) => reason.as_str(),
        other => panic!("{other:?} is not missing"),
    }
}
