//! Evaluates a root module: every managed resource instance of it and of the modules that it calls.

use std::sync::Arc;

use rayon::prelude::*;

use super::functions::Files;
use super::inputs::Inputs;
use super::instance::Instance;
use super::names::ModuleScope;
use super::problem::Problem;
use super::program::Program;
use super::resource::Wanted;
use super::run::Run;
use crate::source::terraform::TerraformResource;
use crate::source::terraform::hcl::{Configuration, Tree};

/// What a root module declares.
#[derive(Debug)]
pub(crate) struct Evaluated {
    /// Every managed resource instance of a wanted type: the root module's first, each module by type, name and key.
    pub(crate) resources: Vec<TerraformResource>,
    /// Every managed resource instance, wanted or not.
    pub(crate) resources_seen: usize,
    /// What is wrong, or not known, and where.
    pub(crate) problems: Vec<Problem>,
}

/// Evaluates a root module. `wanted` says which resource types matter; `files` reads what its functions ask for, by paths
/// relative to its folder.
pub(crate) fn evaluate(
    configuration: &Configuration,
    tree: &Tree,
    inputs: &Inputs,
    files: &(dyn Files + Sync),
    wanted: &(dyn Fn(&str) -> bool + Sync),
) -> Evaluated {
    let mut program = Program::new(configuration, tree, inputs, files);
    program.read_inputs();
    let Some(root) = tree.nodes.first() else {
        return Evaluated { resources: Vec::new(), resources_seen: 0, problems: program.problems() };
    };
    let root = Instance::new(&program, root, Arc::from(""), None);
    let mut instances = Vec::new();
    gather(&program, &root, &mut instances);
    let mut resources_seen = 0;
    let mut all = Vec::new();
    for instance in &instances {
        let run = &mut Run::new(&program.total);
        for (key, resource) in &instance.resources {
            let scope = ModuleScope::of(&program, instance);
            let found = scope.resource_instances(run, resource, &format!("{}.{}", key.0, key.1));
            resources_seen += found.all.len();
            if wanted(&key.0) {
                let each = found.all.iter().map(|(_, found)| &found.repetition);
                all.extend(each.map(|repetition| Wanted { instance, key, resource, repetition }));
            }
        }
    }
    let resources = all.par_iter().map(|wanted| wanted.evaluate(&program)).collect();
    drop(all);
    drop(instances);
    drop(root);
    Evaluated { resources, resources_seen, problems: program.problems() }
}

/// An instance of a module, and those of the modules that it calls.
fn gather<'c>(program: &Program<'c>, instance: &Arc<Instance<'c>>, all: &mut Vec<Arc<Instance<'c>>>) {
    let mut open = vec![Arc::clone(instance)];
    while let Some(instance) = open.pop() {
        let run = &mut Run::new(&program.total);
        let mut called = Vec::new();
        for (name, call) in &instance.calls {
            let scope = ModuleScope::of(program, &instance);
            if let Err(reason) = &call.target {
                let message = format!("`{}` is not evaluated: {reason}", instance.address(&format!("module.{name}")));
                let note = Problem::note(Some(call.block.header), message);
                program.report(note.help("its outputs are unknown; `terraform init` downloads modules"));
            }
            called.extend(scope.call_instances(run, call, name).all.iter().map(|(_, child)| Arc::clone(child)));
        }
        all.push(instance);
        open.extend(called.into_iter().rev());
    }
}
