//! One instance of a module: its path, what calls it, and what has been evaluated of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, Weak};

use super::program::{Program, Slot};
use super::repetition::{Extent, Key, Repetition};
use super::value::{Unsettled, Val};
use crate::model::ModuleSources;
use crate::source::terraform::ProviderSettings;
use crate::source::terraform::address::inside;
use crate::source::terraform::hcl::{Block, Module, Node, ResourceKey};

/// One instance of a module.
pub(crate) struct Instance<'c> {
    /// Its number in the evaluation.
    pub(super) id: usize,
    /// What it is an instance of.
    pub(super) module: &'c Module,
    /// Its path: `module.a["x"].module.b`; empty for the root.
    pub(super) path: Arc<str>,
    /// Who calls it; the root module has nobody.
    pub(super) caller: Option<Caller<'c>>,
    pub(super) locals: BTreeMap<&'c str, Slot>,
    pub(super) variables: BTreeMap<&'c str, Slot>,
    pub(super) outputs: BTreeMap<&'c str, Slot>,
    pub(super) resources: BTreeMap<&'c ResourceKey, Resource<'c>>,
    pub(super) data: BTreeMap<&'c ResourceKey, Data<'c>>,
    pub(super) calls: BTreeMap<&'c str, Call<'c>>,
    pub(super) providers: Mutex<BTreeMap<String, Arc<ProviderSettings>>>,
}

/// Who calls a module.
pub(crate) struct Caller<'c> {
    pub(super) instance: Weak<Instance<'c>>,
    pub(super) block: &'c Block,
    pub(super) repetition: Repetition,
    /// Where the module and its callers come from.
    pub(super) sources: Option<ModuleSources>,
}

/// A `resource` block in an instance of its module.
pub(crate) struct Resource<'c> {
    pub(super) block: &'c Block,
    pub(super) instances: OnceLock<Instances<ResourceInstance>>,
}

/// A `data` block in an instance of its module.
pub(crate) struct Data<'c> {
    pub(super) block: &'c Block,
    pub(super) instances: OnceLock<Instances<Repetition>>,
}

/// A `module` block in an instance of its module.
pub(crate) struct Call<'c> {
    pub(super) block: &'c Block,
    /// The node of the module that is called; why there is none.
    pub(super) target: Result<&'c Node, Arc<str>>,
    pub(super) instances: OnceLock<Instances<Arc<Instance<'c>>>>,
}

/// The instances of a block.
pub(crate) struct Instances<T> {
    pub(super) extent: Extent,
    pub(super) all: Vec<(Key, T)>,
}

/// One instance of a resource.
pub(crate) struct ResourceInstance {
    pub(super) repetition: Repetition,
    /// What its attributes and nested blocks are, by name, as far as something refers to them.
    pub(super) kept: Mutex<BTreeMap<Arc<str>, Arc<Slot>>>,
}

impl<T> Instances<T> {
    /// The instance of a key.
    pub(super) fn get(&self, key: &Key) -> Option<&T> {
        let position = match key {
            Key::Index(index) => *index,
            key => self.all.binary_search_by(|(known, _)| order(known).cmp(order(key))).ok()?,
        };
        self.all.get(position).map(|(_, instance)| instance)
    }
}

/// INVARIANT of `Instances::all`: keys are of one kind, and sorted.
fn order(key: &Key) -> &str {
    match key {
        Key::Text(key) => key,
        _ => "",
    }
}

impl<'c> Instance<'c> {
    /// An instance of which nothing is evaluated yet.
    pub(super) fn new(program: &Program<'c>, node: &'c Node, path: Arc<str>, caller: Option<Caller<'c>>) -> Arc<Self> {
        let module = program.configuration.module(node.module);
        let target = |name: &str| {
            let found = node.calls.iter().find(|(call, _)| call.as_ref() == name).map(|(_, found)| found);
            match found {
                Some(Ok(node)) => {
                    program.tree.nodes.get(*node).ok_or_else(|| Arc::from("it is not in the tree of calls"))
                }
                Some(Err(reason)) => Err(Arc::clone(&reason.0)),
                None => Err("it is not in the tree of calls".into()),
            }
        };
        let call = |name: &str, block| Call { block, target: target(name), instances: OnceLock::new() };
        Arc::new(Self {
            id: program.next_instance(),
            module,
            path,
            caller,
            locals: slots(&module.locals),
            variables: slots(&module.variables),
            outputs: slots(&module.outputs),
            resources: module
                .resources
                .iter()
                .map(|(key, block)| (key, Resource { block, instances: OnceLock::new() }))
                .collect(),
            data: module.data.iter().map(|(key, block)| (key, Data { block, instances: OnceLock::new() })).collect(),
            calls: module.calls.iter().map(|(name, block)| (name.as_ref(), call(name, block))).collect(),
            providers: Mutex::default(),
        })
    }

    /// Where the module and its callers come from.
    pub(super) fn sources(&self) -> Option<ModuleSources> {
        self.caller.as_ref().map_or_else(|| Some(ModuleSources::default()), |caller| caller.sources.clone())
    }

    /// A name in this module, as a full address.
    pub(super) fn address(&self, name: &str) -> Arc<str> {
        if self.path.is_empty() { name.into() } else { inside(&self.path, name).into() }
    }

    /// Unknown, because of something in this module.
    pub(super) fn unknown(&self, name: &str) -> Val {
        Unsettled::on_other(self.address(name)).into_val()
    }
}

fn slots<V>(declared: &BTreeMap<Arc<str>, V>) -> BTreeMap<&str, Slot> {
    declared.keys().map(|name| (name.as_ref(), Slot::new())).collect()
}

/// The value of a block whose number of instances is not known: whatever is taken of it may not be there.
pub(super) fn of_open(unsettled: &Unsettled, address: &str) -> Val {
    let mut all = unsettled.clone().undecided();
    all.others.insert(address.into());
    all.into_val()
}
