//! The instances of resources, data sources and module calls.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::expression::Outcome;
use super::instance::{Call, Caller, Data, Instance, Instances, Resource, ResourceInstance};
use super::names::ModuleScope;
use super::problem::Problem;
use super::program::{Slot, lock};
use super::repetition::{Extent, Repetition};
use super::run::Run;
use super::unsettled::unsettled_in;
use super::value::{MapKind, Unsettled, Val};
use crate::source::terraform::hcl::{Block, source_of};
use crate::source::terraform::module_sources::called;

/// The most instances of modules in one root module.
const MOST_MODULES: usize = 50_000;

impl<'c> ModuleScope<'_, 'c> {
    /// How often a block of this module is repeated. What is wrong with `count` or `for_each` is reported, and leaves it open.
    fn extent(&self, run: &mut Run<'_>, block: &Block, local: &str) -> Extent {
        let scope = ModuleScope::of(self.program, self.instance);
        let body = &block.body;
        let Some(attribute) = body.attribute("count").or_else(|| body.attribute("for_each")) else {
            return Extent::Single;
        };
        let read = if attribute.name.as_ref() == "count" { Extent::of_count } else { Extent::of_each };
        let item = self.item(&format!("{local}.{}", attribute.name));
        if run.chain.contains(&item) {
            self.program.cycle(&run.chain, &item, attribute.value);
            return Extent::Open(Unsettled::on_other(format!("{} (depends on itself)", item.name)));
        }
        let evaluated = run.nested(|run| Ok(run.item(item, |run| scope.evaluate(run, attribute)).0));
        let extent = evaluated.and_then(|value| value).and_then(|value| Ok(read(value)?));
        extent.unwrap_or_else(|fault| {
            self.program.report_fault(&fault, attribute.value);
            Extent::Open(Unsettled::on_other(self.instance.address(&format!("{local}.{} (not valid)", attribute.name))))
        })
    }

    pub(super) fn resource_instances<'s>(
        &self,
        run: &mut Run<'_>,
        resource: &'s Resource<'c>,
        local: &str,
    ) -> &'s Instances<ResourceInstance> {
        kept(&resource.instances, || {
            let make = |repetition| ResourceInstance { repetition, kept: Default::default() };
            instances(self.extent(run, resource.block, local), make)
        })
    }

    pub(super) fn data_instances<'s>(
        &self,
        run: &mut Run<'_>,
        data: &'s Data<'c>,
        local: &str,
    ) -> &'s Instances<Repetition> {
        kept(&data.instances, || instances(self.extent(run, data.block, local), |repetition| repetition))
    }

    /// The instances of a module that is called; none when the call leads nowhere.
    pub(super) fn call_instances<'s>(
        &self,
        run: &mut Run<'_>,
        call: &'s Call<'c>,
        name: &str,
    ) -> &'s Instances<Arc<Instance<'c>>> {
        kept(&call.instances, || {
            let local = format!("module.{name}");
            let Ok(node) = &call.target else { return Instances { extent: Extent::Count(0), all: Vec::new() } };
            let mut extent = self.extent(run, call.block, &local);
            if self.program.instances() + extent.size() > MOST_MODULES {
                let message = format!("`{local}` makes more than {MOST_MODULES} instances of modules");
                self.program
                    .report(Problem::error(Some(call.block.header), message).help("what it declares is left out"));
                extent = Extent::Count(0);
            }
            let source = source_of(call.block);
            let sources = self.instance.sources().zip(source).map(|(callers, source)| called(&callers, &source));
            instances(extent, |repetition: Repetition| {
                let path = self.instance.address(&format!("{local}{}", repetition.key.suffix()));
                let caller = Caller {
                    instance: Arc::downgrade(self.instance),
                    block: call.block,
                    repetition,
                    sources: sources.clone(),
                };
                Instance::new(self.program, node, path, Some(caller))
            })
        })
    }

    /// What an attribute or nested block of a resource is, for those that refer to it: as it is configured, else unknown.
    pub(super) fn resource_attribute(
        &self,
        run: &mut Run<'_>,
        resource: &Resource<'c>,
        instance: &ResourceInstance,
        local: &str,
        name: &str,
    ) -> Outcome {
        let address = self.instance.address(&format!("{local}{}", instance.repetition.key.suffix()));
        let computed = || Unsettled::on_resource(Arc::clone(&address)).into_val();
        let attribute = resource.block.body.attribute(name).filter(|_| !is_meta(name));
        if attribute.is_none() && !has_block(resource.block, name) {
            return Ok(computed());
        }
        let slot = {
            let mut kept = lock(&instance.kept);
            Arc::clone(kept.entry(name.into()).or_insert_with(|| Arc::new(Slot::new())))
        };
        let scope = ModuleScope { program: self.program, instance: self.instance, repetition: &instance.repetition };
        let label = || {
            let item = self.item(&format!("{local}{}.{name}", instance.repetition.key.suffix()));
            let address = Arc::clone(&item.name);
            (item, address, attribute.map_or(resource.block.header, |attribute| attribute.value))
        };
        let kept = self.program.keep(run, &slot, label, |run| match attribute {
            Some(attribute) => scope.evaluate(run, attribute),
            None => Ok(scope.blocks_named(run, &resource.block.body, name, local)),
        })?;
        let value = kept.read(run, false);
        Ok(match value {
            Val::Null => computed(),
            value => {
                // A mark or an unknown part tells by itself what it rests on.
                if unsettled_in(&value).is_none() {
                    run.read.insert(address);
                }
                value
            }
        })
    }

    /// A resource as a whole: what its configuration sets, and everything else unknown.
    pub(super) fn resource_whole(
        &self,
        run: &mut Run<'_>,
        resource: &Resource<'c>,
        instance: &ResourceInstance,
        local: &str,
    ) -> Outcome {
        let address = self.instance.address(&format!("{local}{}", instance.repetition.key.suffix()));
        let attributes = resource.block.body.attributes.iter().map(|attribute| &attribute.name);
        let mut fields = BTreeMap::from([(Arc::from(""), Unsettled::on_resource(address).into_val())]);
        for name in attributes.filter(|name| !is_meta(name)) {
            fields.insert(Arc::clone(name), self.resource_attribute(run, resource, instance, local, name)?);
        }
        run.built(Val::Mapping(MapKind::Resource, Arc::new(fields)))
    }
}

/// What was made first, by whichever thread.
fn kept<T>(slot: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    // Not `get_or_init` alone: what is made may lead back here, and two threads may wait for each other.
    match slot.get() {
        Some(made) => made,
        None => {
            let made = make();
            slot.get_or_init(|| made)
        }
    }
}

fn instances<T>(extent: Extent, mut make: impl FnMut(Repetition) -> T) -> Instances<T> {
    let all = extent.repetitions().into_iter().map(|repetition| (repetition.key.clone(), make(repetition))).collect();
    Instances { extent, all }
}

/// Arguments of a block that are the language's, not the provider's.
pub(super) fn is_meta(name: &str) -> bool {
    matches!(
        name,
        "count" | "for_each" | "provider" | "depends_on" | "lifecycle" | "provisioner" | "connection" | "providers"
    )
}

/// Whether a body has nested blocks of a kind, or makes some by `dynamic`.
fn has_block(block: &Block, kind: &str) -> bool {
    !is_meta(kind) && block.body.blocks.iter().any(|block| super::block::kind_of(block) == kind)
}
