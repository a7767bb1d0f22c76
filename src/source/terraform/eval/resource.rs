//! A resource instance, evaluated, as the mappings of facts read it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::instance::{Instance, Resource};
use super::instances::is_meta;
use super::item::Item;
use super::names::ModuleScope;
use super::program::Program;
use super::repetition::Repetition;
use super::run::Run;
use super::shape::{Shape, insert_mark};
use super::unsettled::{unsettled_in, weight};
use super::value::Val;
use crate::source::terraform::address::{inside, without_keys};
use crate::source::terraform::change::attributes;
use crate::source::terraform::fields::Marks;
use crate::source::terraform::hcl::ResourceKey;
use crate::source::terraform::{Expressions, Led, References, TerraformResource};

/// One instance of a resource that is to be evaluated.
pub(super) struct Wanted<'i, 'c> {
    pub(super) instance: &'i Arc<Instance<'c>>,
    pub(super) key: &'c ResourceKey,
    pub(super) resource: &'i Resource<'c>,
    pub(super) repetition: &'i Repetition,
}

/// What is gathered of a resource's attributes and nested blocks.
#[derive(Default)]
struct Gathered {
    values: Map<String, Json>,
    unknown: Map<String, Json>,
    sensitive: Map<String, Json>,
    expressions: Expressions,
}

impl<'c> Wanted<'_, 'c> {
    /// The resource. What is wrong with an attribute is reported, and leaves it unknown.
    pub(super) fn evaluate(&self, program: &Program<'c>) -> TerraformResource {
        let run = &mut Run::new(&program.total);
        let scope = ModuleScope { program, instance: self.instance, repetition: self.repetition };
        let (resource_type, name) = self.key;
        let local = format!("{resource_type}.{name}");
        let own = format!("{local}{}", self.repetition.key.suffix());
        let mut gathered = Gathered::default();
        let body = &self.resource.block.body;
        for attribute in body.attributes.iter().filter(|attribute| !is_meta(&attribute.name)) {
            let item =
                Item { module: self.instance.id, name: self.instance.address(&format!("{own}.{}", attribute.name)) };
            let (value, read) = run.item(item, |run| scope.evaluate_or_report(run, attribute, &own));
            gathered.add(&attribute.name, &self.bounded(program, value, attribute.value), &read);
        }
        let mut kinds: Vec<&str> =
            body.blocks.iter().map(super::block::kind_of).filter(|kind| !is_meta(kind)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let item = Item { module: self.instance.id, name: self.instance.address(&format!("{own}.{kind}")) };
            let (value, read) = run.item(item, |run| scope.blocks_named(run, body, kind, &own));
            gathered.add(kind, &self.bounded(program, value, self.resource.block.header), &read);
        }
        let after = attributes(
            gathered.values.into(),
            Marks::from(Json::Object(gathered.unknown)),
            [&Json::Object(gathered.sensitive), &Json::Null],
            Some(Arc::new(gathered.expressions)),
        );
        TerraformResource {
            address: inside(&self.instance.path, &own).into(),
            module_address: Arc::clone(&self.instance.path),
            resource_type: Arc::clone(resource_type),
            name: Arc::clone(name),
            index: self.repetition.key.json(),
            change: None,
            declared: true,
            after: Some(after),
            before: None,
            provider: scope.provider_settings(run, self.resource.block),
            module_sources: self.instance.sources(),
        }
    }

    /// A value, unless it is too large to be written out.
    fn bounded(&self, program: &Program<'c>, value: Val, span: crate::source::terraform::hcl::Span) -> Val {
        const LARGEST: usize = 500_000;
        if weight(&value, LARGEST) <= LARGEST {
            return value;
        }
        let fault = super::fault::Fault::limit(format!("the value has more than {LARGEST} parts"));
        program.report_fault(&fault, span);
        self.instance.unknown(&format!("{}.{} (too large)", self.key.0, self.key.1))
    }
}

impl Gathered {
    fn add(&mut self, name: &str, value: &Val, read: &BTreeSet<Arc<str>>) {
        let Shape { value: json, unknown, sensitive } = Shape::of(value);
        // What is set to null is left out.
        if json.is_null() && unknown == Json::Bool(false) {
            return;
        }
        if unknown != Json::Bool(true) {
            self.values.insert(name.to_owned(), json);
        }
        insert_mark(&mut self.unknown, name, unknown);
        insert_mark(&mut self.sensitive, name, sensitive);
        self.expressions.insert(name, references(value, read));
    }
}

/// What a value refers to: the resources whose known attributes were read, and what the unknown parts rest on.
fn references(value: &Val, read: &BTreeSet<Arc<str>>) -> References {
    let unsettled = unsettled_in(value).unwrap_or_default();
    let mut keyed: BTreeMap<String, Vec<Arc<str>>> = BTreeMap::new();
    let mut whole: BTreeSet<String> = BTreeSet::new();
    for address in unsettled.resources.iter().chain(read) {
        match without_keys(address) {
            bare if bare == address.as_ref() => drop(whole.insert(bare.into_owned())),
            bare => keyed.entry(bare.into_owned()).or_default().push(Arc::clone(address)),
        }
    }
    let mut instances: Vec<Arc<str>> =
        keyed.iter().filter(|(bare, _)| !whole.contains(*bare)).flat_map(|(_, keyed)| keyed.iter().cloned()).collect();
    instances.sort();
    instances.dedup();
    let resources: BTreeSet<String> = keyed.into_keys().chain(whole).collect();
    let led = Led {
        resources: resources.into_iter().map(Arc::from).collect(),
        instances,
        undecided: !unsettled.others.is_empty(),
        others: unsettled.others.into_iter().collect(),
    };
    References { addresses: Arc::default(), led: Arc::new(led) }
}
