//! The columns of some resources of one kind.

use std::collections::hash_map::Entry;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::Wanted;
use super::scalars::Scalars;
use crate::evaluate::classes::Classes;
use crate::evaluate::hashed::Hashed;
use crate::facts::{self, Circumstances, FactType, Time};
use crate::model::{FactPath, FactState, Resource, Unknown, Value};

/// The states of one fact, numbered in the order in which resources first show them.
#[derive(Default)]
pub(super) struct Numbered {
    pub(super) states: Vec<FactState>,
    /// By state.
    hashes: Vec<u64>,
    numbers: FxHashMap<Hashed<FactState>, u32>,
}

impl Numbered {
    /// The class of a state.
    pub(super) fn number(&mut self, state: &FactState) -> u32 {
        self.hashed(Hashed::new(state.clone()))
    }

    /// Takes the states of others in; the new class of each of theirs.
    pub(super) fn take_in(&mut self, others: Self) -> Vec<u32> {
        // Either nearly all are new, or they are few.
        self.numbers.reserve(others.states.len());
        let hashed = others.hashes.into_iter().zip(others.states);
        hashed.map(|(hash, state)| self.hashed(Hashed::known(hash, state))).collect()
    }

    fn hashed(&mut self, state: Hashed<FactState>) -> u32 {
        let Self { states, hashes, numbers } = self;
        match numbers.entry(state) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let next = states.len() as u32;
                states.push(new.key().key().clone());
                hashes.push(new.key().hashed_to());
                *new.insert(next)
            }
        }
    }
}

/// Numbers that are remembered by what they were found from: neighbours mostly share it, and the others came by earlier.
pub(super) struct Memo<B> {
    latest: Option<(B, u32)>,
    known: FxHashMap<B, u32>,
}

impl<B> Default for Memo<B> {
    fn default() -> Self {
        Self { latest: None, known: FxHashMap::default() }
    }
}

impl<B: Copy + Eq + Hash> Memo<B> {
    pub(super) fn number(&mut self, basis: B, find: impl FnOnce() -> u32) -> u32 {
        match &self.latest {
            Some((latest, number)) if *latest == basis => *number,
            _ => {
                let number = *self.known.entry(basis).or_insert_with(find);
                self.latest = Some((basis, number));
                number
            }
        }
    }
}

/// One column that is being read.
pub(super) struct Reading<'a> {
    /// Its index among all columns.
    index: usize,
    pub(super) path: &'a FactPath,
    numbered: Numbered,
    pub(super) classes: Classes,
}

impl<'a> Reading<'a> {
    pub(super) fn new(index: usize, path: &'a FactPath) -> Self {
        Self { index, path, numbered: Numbered::default(), classes: Classes::new() }
    }

    pub(super) fn read(&mut self, resource: &Resource) -> u32 {
        let state = facts::state_of(resource, self.path);
        match invalid(self.path, &state) {
            Some(invalid) => self.numbered.number(&invalid),
            None => self.numbered.number(&state),
        }
    }

    pub(super) fn finish(self) -> Read {
        (self.index, self.numbered, self.classes)
    }
}

/// The keys of one map that rules read, and the map as a whole when they read that too.
struct OfMap<'a> {
    columns: Vec<Reading<'a>>,
    /// By the number of the circumstances and the addresses that decide: which of the rows of classes.
    memo: Memo<(u32, [usize; 3])>,
    /// The classes of all columns, row after row.
    rows: Vec<u32>,
}

impl OfMap<'_> {
    fn push(&mut self, resource: &Resource, circumstances: u32) {
        let Self { columns, memo, rows } = self;
        let Some(first) = columns.first() else { return };
        let basis = (circumstances, facts::basis_of_map(resource, first.path));
        let width = columns.len();
        let row = memo.number(basis, || {
            rows.extend(columns.iter_mut().map(|column| column.read(resource)));
            (rows.len() / width) as u32 - 1
        });
        let classes = rows.iter().skip(row as usize * width);
        columns.iter_mut().zip(classes).for_each(|(column, class)| column.classes.push(*class));
    }
}

/// What is read of one column: its index, its states, and the class of each resource.
pub(super) type Read = (usize, Numbered, Classes);

/// Reads what is wanted of resources of one kind.
pub(super) fn read<'a>(resources: impl Iterator<Item = &'a Resource>, wanted: &[(usize, &Wanted<'_>)]) -> Vec<Read> {
    let (mut scalars, mut of_maps) = (scalars(wanted), maps(wanted));
    let mut known: Vec<Circumstances<'a>> = Vec::new();
    for resource in resources {
        let Some(circumstances) = Circumstances::of(resource).map(|one| position(&mut known, one)) else {
            let of_maps = of_maps.iter_mut().flat_map(|of| &mut of.columns);
            scalars.iter_mut().flat_map(Scalars::columns).chain(of_maps).for_each(|column| {
                let class = column.read(resource);
                column.classes.push(class);
            });
            continue;
        };
        scalars.iter_mut().for_each(|of| of.push(resource, circumstances));
        of_maps.iter_mut().for_each(|of| of.push(resource, circumstances));
    }
    let of_maps = of_maps.into_iter().flat_map(|of| of.columns).map(Reading::finish);
    scalars.into_iter().flat_map(Scalars::finish).chain(of_maps).collect()
}

/// There are few circumstances: a type or two, and what a plan may do to a resource.
fn position<'a>(known: &mut Vec<Circumstances<'a>>, one: Circumstances<'a>) -> u32 {
    let position = known.iter().position(|known| *known == one).unwrap_or_else(|| {
        known.push(one);
        known.len() - 1
    });
    position as u32
}

fn scalars<'a>(wanted: &[(usize, &Wanted<'a>)]) -> [Scalars<'a>; 3] {
    let of = |time: Time| {
        let scalars = wanted.iter().filter(|(_, wanted)| wanted.path.fact.def().ty != FactType::Map);
        scalars.map(|(index, wanted)| (*index, wanted.path)).filter(move |(_, path)| Time::of(path) == time)
    };
    [
        Scalars::new(|resource| Some(&resource.facts), of(Time::Now)),
        Scalars::new(facts::before, of(Time::Before)),
        Scalars::new(|_| None, of(Time::Never)),
    ]
}

fn maps<'a>(wanted: &[(usize, &Wanted<'a>)]) -> Vec<OfMap<'a>> {
    let mut of_maps: Vec<OfMap<'a>> = Vec::new();
    for (index, Wanted { path, .. }) in wanted.iter().filter(|(_, wanted)| wanted.path.fact.def().ty == FactType::Map) {
        let column = Reading::new(*index, path);
        let is_same = |of: &&mut OfMap<'_>| {
            of.columns.first().is_some_and(|first| (first.path.before, first.path.fact) == (path.before, path.fact))
        };
        match of_maps.iter_mut().find(is_same) {
            Some(of) => of.columns.push(column),
            None => of_maps.push(OfMap { columns: vec![column], memo: Memo::default(), rows: Vec::new() }),
        }
    }
    of_maps
}

/// A value of another type than the catalogue's would be compared by Rego without a word, so it is not known instead.
fn invalid(path: &FactPath, state: &FactState) -> Option<FactState> {
    let ty = match (path.fact.def().ty, &path.key) {
        (FactType::Map, Some(_)) => FactType::String,
        (ty, _) => ty,
    };
    match state {
        FactState::Known(value) | FactState::Partial(value, _) if !is_of_type(value, ty) => {
            Some(FactState::Unknown(Unknown::Invalid(format!("it is not of type {}", ty.as_str()).into())))
        }
        _ => None,
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
