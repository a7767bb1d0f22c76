//! What names mean in a module: `var`, `local`, `module`, `data`, resources, `each`, `count`, `path`, `terraform`.

use std::sync::Arc;

use super::expression::{Evaluator, Outcome};
use super::fault::Fault;
use super::functions::{self, Surroundings};
use super::instance::{Instance, Instances, of_open};
use super::item::Item;
use super::program::Program;
use super::repetition::{Extent, Key, Repetition};
use super::run::Run;
use super::scope::{Resolved, Scope, Step, StepKind};
use super::unsettled::{mark, unmark, unsettled_in};
use super::value::{MapKind, SequenceKind, Unsettled, Val};
use crate::source::terraform::hcl::{Attribute, Block};

/// The names of a module, in a block that may be repeated.
#[derive(Clone, Copy)]
pub(crate) struct ModuleScope<'p, 'c> {
    pub(super) program: &'p Program<'c>,
    pub(super) instance: &'p Arc<Instance<'c>>,
    pub(super) repetition: &'p Repetition,
}

impl<'p, 'c> ModuleScope<'p, 'c> {
    /// The names outside any repeated block.
    pub(super) fn of(program: &'p Program<'c>, instance: &'p Arc<Instance<'c>>) -> Self {
        Self { program, instance, repetition: &Repetition::ONLY }
    }

    /// The value of an attribute's expression.
    pub(super) fn evaluate(&self, run: &mut Run<'_>, attribute: &Attribute) -> Outcome {
        Evaluator::new(self).value(run, &attribute.expression)
    }

    /// The value of an attribute's expression; what is wrong with it is reported and makes it unknown.
    pub(super) fn evaluate_or_report(&self, run: &mut Run<'_>, attribute: &Attribute, of: &str) -> Val {
        self.evaluate(run, attribute).unwrap_or_else(|fault| {
            self.program.report_fault(&fault, attribute.value);
            self.instance.unknown(&format!("{of} (not valid)"))
        })
    }

    pub(super) fn item(&self, name: &str) -> Item {
        Item { module: self.instance.id, name: self.instance.address(name) }
    }

    fn local(&self, run: &mut Run<'_>, name: &str, whole: bool) -> Outcome {
        let (Some(slot), Some(attribute)) = (self.instance.locals.get(name), self.instance.module.locals.get(name))
        else {
            return Err(Fault::new(format!("there is no local value `{name}` in this module")));
        };
        let label = || {
            let item = self.item(&format!("local.{name}"));
            let address = Arc::clone(&item.name);
            (item, address, attribute.value)
        };
        let scope = ModuleScope::of(self.program, self.instance);
        let kept = self.program.keep(run, slot, label, |run| scope.evaluate(run, attribute))?;
        Ok(kept.read(run, whole))
    }

    fn each(&self, steps: &[Step<'_>]) -> Result<Resolved, Fault> {
        let Some((key, value)) = &self.repetition.each else {
            return Err(Fault::new("`each` has a value only in a block with `for_each`"));
        };
        match attribute_at(steps, 0) {
            Some("key") => Ok(Resolved::of(key.clone(), 1)),
            Some("value") => Ok(Resolved::of(value.clone(), 1)),
            _ => Err(Fault::new("`each` has the attributes `key` and `value` only")),
        }
    }

    fn count(&self, steps: &[Step<'_>]) -> Result<Resolved, Fault> {
        match (&self.repetition.count, attribute_at(steps, 0)) {
            (Some(index), Some("index")) => Ok(Resolved::of(index.clone(), 1)),
            (None, _) => Err(Fault::new("`count` has a value only in a block with `count`")),
            _ => Err(Fault::new("`count` has the attribute `index` only")),
        }
    }

    fn path(&self, steps: &[Step<'_>]) -> Result<Resolved, Fault> {
        let text = |text: &str| Ok(Resolved::of(Val::String(text.into()), 1));
        match attribute_at(steps, 0) {
            Some("root") => text("."),
            Some("module") => {
                text(&crate::source::terraform::hcl::relative(&self.instance.module.folder, self.program.folder()))
            }
            Some("cwd") => Ok(Resolved::of(Unsettled::on_other("path.cwd").into_val(), 1)),
            _ => Err(Fault::new("`path` has the attributes `module`, `root` and `cwd` only")),
        }
    }

    fn terraform(&self, steps: &[Step<'_>]) -> Result<Resolved, Fault> {
        match attribute_at(steps, 0) {
            Some("workspace") => {
                let workspace = self.program.inputs.workspace.clone().unwrap_or_else(|| "default".into());
                Ok(Resolved::of(Val::String(workspace), 1))
            }
            Some("applying") => Ok(Resolved::of(Val::Bool(false), 1)),
            _ => Err(Fault::new("`terraform` has the attribute `workspace` only")),
        }
    }

    /// A resource: `name` is its type, and the step at `offset` its name.
    fn resource(&self, run: &mut Run<'_>, name: &str, steps: &[Step<'_>], offset: usize) -> Result<Resolved, Fault> {
        let Some(own) = attribute_at(steps, offset) else {
            return Err(Fault::new(format!("nothing is called `{name}`")));
        };
        let key = (Arc::from(name), Arc::from(own));
        let local = format!("{name}.{own}");
        let Some(resource) = self.instance.resources.get(&key) else {
            return Err(Fault::new(format!("there is no resource `{local}` in this module")));
        };
        let instances = self.resource_instances(run, resource, &local);
        let pick = Pick { instances, address: self.instance.address(&local) };
        pick.resolve(run, steps, offset + 1, &mut |run, instance, attribute| match attribute {
            Some(attribute) => self.resource_attribute(run, resource, instance, &local, attribute),
            None => self.resource_whole(run, resource, instance, &local),
        })
    }

    fn data(&self, run: &mut Run<'_>, steps: &[Step<'_>]) -> Result<Resolved, Fault> {
        let (Some(ty), Some(name)) = (attribute_at(steps, 0), attribute_at(steps, 1)) else {
            return Err(Fault::new("`data` is followed by the type and the name of a data source"));
        };
        let local = format!("data.{ty}.{name}");
        let Some(data) = self.instance.data.get(&(Arc::from(ty), Arc::from(name))) else {
            return Err(Fault::new(format!("there is no data source `{ty}.{name}` in this module")));
        };
        let instances = self.data_instances(run, data, &local);
        let pick = Pick { instances, address: self.instance.address(&local) };
        // What a data source will read is not known, whatever is asked of it.
        pick.resolve(run, steps, 2, &mut |_, _, _| Ok(self.instance.unknown(&local)))
    }

    fn module(&self, run: &mut Run<'_>, steps: &[Step<'_>]) -> Result<Resolved, Fault> {
        let Some(name) = attribute_at(steps, 0) else {
            return Err(Fault::new("`module` is followed by the name of a module call"));
        };
        let local = format!("module.{name}");
        let Some(call) = self.instance.calls.get(name) else {
            return Err(Fault::new(format!("there is no module call `{name}` in this module")));
        };
        if call.target.is_err() {
            return Ok(Resolved::of(self.instance.unknown(&format!("{local} (not there)")), steps.len()));
        }
        let instances = self.call_instances(run, call, name);
        let pick = Pick { instances, address: self.instance.address(&local) };
        let last = steps.last().and_then(|_| attribute_at(steps, steps.len() - 1));
        pick.resolve(run, steps, 1, &mut |run, child, attribute| {
            let scope = ModuleScope::of(self.program, child);
            match attribute {
                Some(output) => scope.output(run, output, last == Some(output)),
                None => {
                    let outputs = child.outputs.keys();
                    let each = outputs.map(|name| Ok((Arc::from(*name), scope.output(run, name, false)?)));
                    let outputs = each.collect::<Result<_, Fault>>()?;
                    run.built(Val::Mapping(MapKind::Object, Arc::new(outputs)))
                }
            }
        })
    }

    /// An output of this module, as its caller sees it.
    pub(super) fn output(&self, run: &mut Run<'_>, name: &str, whole: bool) -> Outcome {
        let (Some(slot), Some(block)) = (self.instance.outputs.get(name), self.instance.module.outputs.get(name))
        else {
            return Err(Fault::new(format!("the module has no output `{name}`")));
        };
        let label = || {
            let item = self.item(&format!("output.{name}"));
            let address = Arc::clone(&item.name);
            (item, address, block.body.attribute("value").map_or(block.header, |value| value.value))
        };
        let kept = self.program.keep(run, slot, label, |run| {
            let value =
                block.body.attribute("value").ok_or_else(|| Fault::new(format!("output `{name}` has no `value`")))?;
            Ok(mark(self.evaluate(run, value)?, is_true(block, "sensitive")))
        })?;
        Ok(kept.read(run, whole))
    }
}

/// Whether an attribute is the literal `true`.
pub(super) fn is_true(block: &Block, name: &str) -> bool {
    block.body.attribute(name).is_some_and(|attribute| attribute.expression.as_bool() == Some(true))
}

/// The instances of a block that is referred to.
struct Pick<'i, T> {
    instances: &'i Instances<T>,
    address: Arc<str>,
}

impl<T> Pick<'_, T> {
    /// What the steps from `offset` on take of the instances. `read` gives an attribute of one, or it as a whole.
    fn resolve(
        &self,
        run: &mut Run<'_>,
        steps: &[Step<'_>],
        offset: usize,
        read: &mut dyn FnMut(&mut Run<'_>, &T, Option<&str>) -> Outcome,
    ) -> Result<Resolved, Fault> {
        let step = steps.get(offset).map(|step| &step.kind);
        match (&self.instances.extent, step) {
            (Extent::Open(unsettled), _) => Ok(Resolved::of(of_open(unsettled, &self.address), steps.len())),
            (Extent::Single, _) => match self.instances.all.first() {
                Some((_, only)) => self.one(run, only, steps, offset, read),
                None => Ok(Resolved::of(of_open(&Unsettled::default(), &self.address), steps.len())),
            },
            (_, Some(StepKind::Index(key))) => {
                let (key, sensitive) = unmark(key.clone());
                if let Some(mut unsettled) = unsettled_in(&key) {
                    unsettled.others.insert(Arc::clone(&self.address));
                    return Ok(Resolved::of(unsettled.undecided().into_val(), steps.len()));
                }
                let instance = self.key(&key).and_then(|key| self.instances.get(&key));
                let instance = instance.ok_or_else(|| {
                    let fault = Fault::new(format!("`{}` has no instance with this key", self.address));
                    fault.at_bytes(steps.get(offset).and_then(|step| step.span.clone()))
                })?;
                let mut resolved = self.one(run, instance, steps, offset + 1, read)?;
                resolved.value = mark(resolved.value, sensitive);
                Ok(resolved)
            }
            (Extent::Count(_), Some(StepKind::FullSplat | StepKind::AttributeSplat)) => {
                self.splat(run, steps, offset, read)
            }
            (_, Some(StepKind::Attribute(name))) => Err(Fault::new(format!(
                "`{}` has several instances: a key must say of which one `{name}` is",
                self.address
            ))),
            _ => self.all(run, offset, read),
        }
    }

    fn key(&self, key: &Val) -> Option<Key> {
        match (&self.instances.extent, key) {
            (Extent::Count(_), key) => {
                let index = super::convert::to_number(key).ok()?.as_i64()?;
                Some(Key::Index(usize::try_from(index).ok()?))
            }
            (_, key) => Some(Key::Text(super::convert::to_text(key).ok()?)),
        }
    }

    fn one(
        &self,
        run: &mut Run<'_>,
        instance: &T,
        steps: &[Step<'_>],
        offset: usize,
        read: &mut dyn FnMut(&mut Run<'_>, &T, Option<&str>) -> Outcome,
    ) -> Result<Resolved, Fault> {
        match attribute_at(steps, offset) {
            Some(name) => Ok(Resolved::of(read(run, instance, Some(name))?, offset + 1)),
            None => Ok(Resolved::of(read(run, instance, None)?, offset)),
        }
    }

    /// `aws_subnet.private[*].id` reads the one attribute only: to read all could lead back to where it started.
    fn splat(
        &self,
        run: &mut Run<'_>,
        steps: &[Step<'_>],
        offset: usize,
        read: &mut dyn FnMut(&mut Run<'_>, &T, Option<&str>) -> Outcome,
    ) -> Result<Resolved, Fault> {
        let Some(name) = attribute_at(steps, offset + 1) else { return self.all(run, offset, read) };
        let behind = steps.get(offset + 2..).unwrap_or_default();
        let full = matches!(steps.get(offset).map(|step| &step.kind), Some(StepKind::FullSplat));
        let only_attributes = behind.iter().all(|step| matches!(step.kind, StepKind::Attribute(_)));
        if !full && !only_attributes && attribute_at(behind, 0).is_some() {
            return self.all(run, offset, read);
        }
        run.charge(self.instances.all.len())?;
        let items = self.instances.all.iter().map(|(_, instance)| read(run, instance, Some(name)));
        let value = Val::Sequence(SequenceKind::Tuple, Arc::new(items.collect::<Result<_, _>>()?));
        Ok(Resolved { value, taken: offset + 2, of_each: full || only_attributes })
    }

    fn all(
        &self,
        run: &mut Run<'_>,
        offset: usize,
        read: &mut dyn FnMut(&mut Run<'_>, &T, Option<&str>) -> Outcome,
    ) -> Result<Resolved, Fault> {
        run.charge(self.instances.all.len())?;
        let mut each = Vec::with_capacity(self.instances.all.len());
        for (key, instance) in &self.instances.all {
            each.push((key, read(run, instance, None)?));
        }
        let value = match self.instances.extent {
            Extent::Each(_) => {
                let name = |key: &Key| if let Key::Text(key) = key { Arc::clone(key) } else { Arc::default() };
                let fields = each.into_iter().map(|(key, value)| (name(key), value));
                Val::Mapping(MapKind::Object, Arc::new(fields.collect()))
            }
            _ => Val::Sequence(SequenceKind::Tuple, Arc::new(each.into_iter().map(|(_, value)| value).collect())),
        };
        Ok(Resolved::of(run.built(value)?, offset))
    }
}

/// The attribute that a step takes.
fn attribute_at<'s>(steps: &[Step<'s>], position: usize) -> Option<&'s str> {
    match steps.get(position).map(|step| &step.kind) {
        Some(StepKind::Attribute(name)) => Some(name),
        _ => None,
    }
}

impl Scope for ModuleScope<'_, '_> {
    fn resolve(&self, run: &mut Run<'_>, name: &str, steps: &[Step<'_>]) -> Result<Resolved, Fault> {
        let named =
            |kind: &str| attribute_at(steps, 0).ok_or_else(|| Fault::new(format!("`{kind}` is followed by a name")));
        match name {
            "var" => Ok(Resolved::of(self.variable(run, named("var")?, steps.len() == 1)?, 1)),
            "local" => Ok(Resolved::of(self.local(run, named("local")?, steps.len() == 1)?, 1)),
            "module" => self.module(run, steps),
            "data" => self.data(run, steps),
            "each" => self.each(steps),
            "count" => self.count(steps),
            "path" => self.path(steps),
            "terraform" => self.terraform(steps),
            "self" => Ok(Resolved::of(Unsettled::on_other("self").into_val(), steps.len())),
            "ephemeral" => {
                let (ty, name) =
                    (attribute_at(steps, 0).unwrap_or_default(), attribute_at(steps, 1).unwrap_or_default());
                Ok(Resolved::of(self.instance.unknown(&format!("ephemeral.{ty}.{name}")), steps.len()))
            }
            "resource" => self.resource(run, named("resource")?, steps, 1),
            _ => self.resource(run, name, steps, 0),
        }
    }

    fn call(&self, name: &str, arguments: &[Val]) -> Option<Result<Val, String>> {
        functions::call(name, arguments, &Surroundings { files: self.program.files })
    }

    fn template(&self, path: &str) -> Option<String> {
        String::from_utf8(self.program.files.read(path)?.to_vec()).ok()
    }
}
