//! The states of facts as columns of small numbers: equal states of one fact share a class.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::facts::{self, FactType};
use crate::model::{FactPath, FactState, Kind, Resource, Rule, Text, Unknown, Value};

/// How many tasks read the resources: enough to share the work among threads, few enough that most states are numbered once.
const TASKS: usize = 16;

/// The state of a resource that no rule reading the fact concerns.
const NOT_CONCERNED: FactState = FactState::Missing(Text::Static("no rule asks for it"));

/// One column for each fact that a rule reads.
pub(super) struct Columns<'a> {
    columns: BTreeMap<&'a FactPath, Column>,
    none: Column,
}

/// The classes of one fact, by resource.
pub(super) struct Column {
    // INVARIANT: not empty; the first is that of resources that no rule asks for the fact.
    states: Vec<FactState>,
    classes: Vec<u32>,
}

/// A fact to be read, and of which kinds.
struct Wanted<'a> {
    path: &'a FactPath,
    kinds: Kinds,
}

/// A set of kinds, one bit each.
#[derive(Clone, Copy, Default)]
struct Kinds(u32);

impl Kinds {
    fn add(&mut self, kind: Kind) {
        self.0 |= 1 << kind as u32;
    }

    fn contains(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }
}

impl<'a> Columns<'a> {
    /// Reads every fact that the rules need from every resource that they concern.
    pub(super) fn new(resources: &[Resource], rules: impl Iterator<Item = &'a Rule>) -> Self {
        let wanted = wanted(rules);
        // A resource's facts are read all at once, while they are in the processor's cache.
        let size = resources.len().div_ceil(TASKS).max(1);
        let chunks: Vec<Vec<Column>> = resources.par_chunks(size).map(|chunk| read(chunk, &wanted)).collect();
        let join = |(index, wanted): (usize, &Wanted<'a>)| {
            (wanted.path, Column::join(chunks.iter().filter_map(|chunk| chunk.get(index))))
        };
        Self { columns: wanted.par_iter().enumerate().map(join).collect(), none: Column::empty() }
    }

    /// The column of a fact that some rule reads.
    pub(super) fn of(&self, path: &FactPath) -> &Column {
        self.columns.get(path).unwrap_or(&self.none)
    }
}

fn wanted<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<Wanted<'a>> {
    let mut kinds_of: BTreeMap<&FactPath, Kinds> = BTreeMap::new();
    for rule in rules {
        for path in &rule.reads {
            let kinds = kinds_of.entry(path).or_default();
            rule.kinds.iter().for_each(|kind| kinds.add(*kind));
        }
    }
    kinds_of.into_iter().map(|(path, kinds)| Wanted { path, kinds }).collect()
}

/// The columns of some resources, each numbered by itself.
fn read(resources: &[Resource], wanted: &[Wanted<'_>]) -> Vec<Column> {
    let mut columns: Vec<Numbered> = wanted.iter().map(|_| Numbered::new()).collect();
    for resource in resources {
        for (Wanted { path, kinds }, column) in wanted.iter().zip(&mut columns) {
            if kinds.contains(resource.kind) {
                column.push(&facts::state_of(resource, path), |state| checked(path, state));
            } else {
                column.column.classes.push(0);
            }
        }
    }
    columns.into_iter().map(|numbered| numbered.column).collect()
}

/// A column that is being built.
struct Numbered {
    column: Column,
    numbers: FxHashMap<FactState, u32>,
    /// The state of the resource before, as it was read, and its class: neighbours are often alike.
    latest: Option<(FactState, u32)>,
}

impl Numbered {
    fn new() -> Self {
        Self { column: Column::empty(), numbers: FxHashMap::default(), latest: None }
    }

    /// Adds one resource's state; `admit` is what becomes of a state that is new.
    fn push(&mut self, state: &FactState, admit: impl FnOnce(&FactState) -> FactState) {
        let class = match &self.latest {
            Some((latest, class)) if latest == state => *class,
            _ => self.number(state, admit),
        };
        self.column.classes.push(class);
    }

    fn number(&mut self, state: &FactState, admit: impl FnOnce(&FactState) -> FactState) -> u32 {
        let class = match self.numbers.get(state) {
            Some(class) => *class,
            None => {
                let class = self.column.states.len() as u32;
                self.column.states.push(admit(state));
                self.numbers.insert(state.clone(), class);
                class
            }
        };
        self.latest = Some((state.clone(), class));
        class
    }
}

impl Column {
    fn empty() -> Self {
        Self { states: vec![NOT_CONCERNED], classes: Vec::new() }
    }

    /// One column of several that follow each other.
    fn join<'c>(chunks: impl Iterator<Item = &'c Self>) -> Self {
        let mut joined = Numbered::new();
        joined.numbers.insert(NOT_CONCERNED, 0);
        for chunk in chunks {
            let start = joined.column.classes.len();
            for state in &chunk.states {
                joined.push(state, FactState::clone);
            }
            let renumbered = joined.column.classes.split_off(start);
            let class = |old: &u32| renumbered.get(*old as usize).copied().unwrap_or(0);
            joined.column.classes.extend(chunk.classes.iter().map(class));
        }
        joined.column
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
    pub(super) fn state(&self, resource: u32) -> FactState {
        self.states.get(self.class(resource) as usize).cloned().unwrap_or(NOT_CONCERNED)
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
