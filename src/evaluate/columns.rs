//! The states of facts as columns of small numbers: equal states of one fact share a class.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::facts::{self, FactType};
use crate::model::{FactPath, FactState, Kind, Resource, Rule, Unknown, Value};

/// One column for each fact that a rule reads.
pub(super) struct Columns<'a> {
    columns: BTreeMap<&'a FactPath, Column>,
    none: Column,
}

/// The classes of one fact, by resource.
pub(super) struct Column {
    states: Vec<FactState>,
    classes: Vec<u32>,
}

impl<'a> Columns<'a> {
    /// Reads every fact that the rules need from every resource that they concern.
    pub(super) fn new(resources: &[Resource], rules: impl Iterator<Item = &'a Rule>) -> Self {
        let mut wanted: BTreeMap<&FactPath, BTreeSet<Kind>> = BTreeMap::new();
        for rule in rules {
            for path in &rule.reads {
                wanted.entry(path).or_default().extend(&rule.kinds);
            }
        }
        let wanted: Vec<(&FactPath, BTreeSet<Kind>)> = wanted.into_iter().collect();
        let columns = wanted.into_par_iter().map(|(path, kinds)| (path, Column::new(resources, path, &kinds)));
        Self { columns: columns.collect(), none: Column { states: Vec::new(), classes: Vec::new() } }
    }

    /// The column of a fact that some rule reads.
    pub(super) fn of(&self, path: &FactPath) -> &Column {
        self.columns.get(path).unwrap_or(&self.none)
    }
}

/// The state of a resource that no rule reading the fact concerns.
static NOT_CONCERNED: FactState = FactState::Missing(crate::model::Text::Static("no rule asks for it"));

impl Column {
    fn new(resources: &[Resource], path: &FactPath, kinds: &BTreeSet<Kind>) -> Self {
        let mut numbers: FxHashMap<FactState, u32> = FxHashMap::default();
        let mut states = vec![NOT_CONCERNED.clone()];
        let classes = resources.iter().map(|resource| {
            if !kinds.contains(&resource.kind) {
                return 0;
            }
            let state = facts::state_of(resource, path);
            numbers.get(state.as_ref()).copied().unwrap_or_else(|| {
                let number = states.len() as u32;
                states.push(checked(path, state.as_ref()));
                numbers.insert(state.into_owned(), number);
                number
            })
        });
        let classes = classes.collect();
        Self { states, classes }
    }

    /// How many classes there are.
    pub(super) fn classes(&self) -> u64 {
        self.states.len() as u64
    }

    /// The class of a resource.
    pub(super) fn class(&self, resource: u32) -> u32 {
        self.classes.get(resource as usize).copied().unwrap_or(0)
    }

    /// The state of a resource.
    pub(super) fn state(&self, resource: u32) -> &FactState {
        self.states.get(self.class(resource) as usize).unwrap_or(&NOT_CONCERNED)
    }
}

/// A value of another type than the catalogue's would be compared by Rego without a word, so it is not known instead.
fn checked(path: &FactPath, state: &FactState) -> FactState {
    let ty = match (path.fact.def().ty, &path.key) {
        (FactType::Map, Some(_)) => FactType::String,
        (ty, _) => ty,
    };
    match state {
        FactState::Known(value) | FactState::Partial(value, _) if !is_of_type(value, ty) => {
            FactState::Unknown(Unknown::Invalid(format!("it is not of type {}", ty.as_str()).into()))
        }
        state => state.clone(),
    }
}

fn is_of_type(value: &Value, ty: FactType) -> bool {
    match (ty, value) {
        (FactType::Boolean, Value::Bool(_))
        | (FactType::Integer, Value::Integer(_))
        | (FactType::String, Value::String(_)) => true,
        (FactType::Strings, Value::List(values)) => values.iter().all(|value| value.as_str().is_some()),
        (FactType::Map, Value::Map(values)) => values.values().all(|value| value.as_str().is_some()),
        _ => false,
    }
}
