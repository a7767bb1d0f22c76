//! The states of facts as columns of small numbers, kind by kind: equal states of one fact share a class.
//!
//! Databases of a fleet share most of their facts, and the facts are shared in memory too. So a fact is told by its address
//! first: its state is looked at once, however many resources have it. Addresses decide only how long that takes: equal
//! states get one class wherever they stand.

mod kinds;
mod read;
mod scalars;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::classes::Classes;
use crate::model::{FactPath, FactState, Kind, Resource, Rule, Text};
pub(super) use kinds::{Kinds, Members};
use read::{Numbered, Read};

/// The state of a resource that no rule reading the fact concerns.
const NOT_CONCERNED: FactState = FactState::Missing(Text::Static("no rule asks for it"));

/// One column for each fact that a rule reads.
pub(super) struct Columns<'a> {
    columns: BTreeMap<&'a FactPath, Column>,
    none: Column,
}

/// The classes of one fact.
#[derive(Default)]
pub(super) struct Column {
    states: Vec<FactState>,
    /// By kind, of the kinds that a rule reading the fact concerns; by the rows of [`Members`].
    classes: Vec<(Kind, Classes)>,
}

/// A fact to be read, and of which kinds.
struct Wanted<'a> {
    path: &'a FactPath,
    kinds: Kinds,
}

/// Some rows of a column.
struct Part {
    kind: Kind,
    numbered: Numbered,
    classes: Classes,
}

impl<'a> Columns<'a> {
    /// Reads every fact that the rules need from every resource that they concern.
    pub(super) fn new(resources: &[Resource], members: &Members, rules: impl Iterator<Item = &'a Rule>) -> Self {
        let wanted = wanted(rules);
        // A resource's facts are read all at once, while they are in the processor's cache.
        // A few parts for each thread, since kinds differ in what there is to read.
        let size = resources.len().div_ceil(4 * rayon::current_num_threads()).max(1);
        let parts = Kind::ALL.iter().flat_map(|kind| members.of_kind(*kind).chunks(size).map(|part| (*kind, part)));
        let parts: Vec<(Kind, &[u32])> = parts.collect();
        let read = |(kind, part): (Kind, &[u32])| {
            let resources = part.iter().filter_map(|position| resources.get(*position as usize));
            let wanted: Vec<_> = wanted.iter().enumerate().filter(|(_, wanted)| wanted.kinds.contains(kind)).collect();
            (kind, read::read(resources, &wanted))
        };
        let read: Vec<(Kind, Vec<Read>)> = parts.into_par_iter().map(read).collect();
        let mut columns: Vec<Vec<Part>> = wanted.iter().map(|_| Vec::new()).collect();
        for (kind, part) in read {
            for (index, numbered, classes) in part {
                if let Some(parts) = columns.get_mut(index) {
                    parts.push(Part { kind, numbered, classes });
                }
            }
        }
        let columns: Vec<Column> = columns.into_par_iter().map(Column::join).collect();
        Self { columns: wanted.iter().map(|wanted| wanted.path).zip(columns).collect(), none: Column::default() }
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

impl Column {
    /// One column of parts that follow each other.
    fn join(parts: Vec<Part>) -> Self {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else { return Self::default() };
        let mut numbered = first.numbered;
        let mut joined: Vec<(Kind, Classes)> = vec![(first.kind, first.classes)];
        for Part { kind, numbered: others, classes } in parts {
            let renumbered = numbered.take_in(others);
            match joined.last_mut() {
                Some((last, rows)) if *last == kind => rows.append(classes, &renumbered),
                _ => {
                    let mut rows = Classes::new();
                    rows.append(classes, &renumbered);
                    joined.push((kind, rows));
                }
            }
        }
        Self { states: numbered.states, classes: joined }
    }

    /// How many classes there are.
    pub(super) fn classes(&self) -> usize {
        self.states.len()
    }

    /// The classes of a kind.
    pub(super) fn of_kind(&self, kind: Kind) -> Option<&Classes> {
        self.classes.iter().find(|(of, _)| *of == kind).map(|(_, classes)| classes)
    }

    /// The class of a row of a kind.
    pub(super) fn class(&self, kind: Kind, row: usize) -> u32 {
        self.of_kind(kind).map_or(0, |classes| classes.get(row))
    }

    /// The state of a class.
    pub(super) fn state(&self, class: u32) -> FactState {
        self.states.get(class as usize).cloned().unwrap_or(NOT_CONCERNED)
    }
}
