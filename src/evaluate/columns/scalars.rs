//! The facts that are not maps, read of one resource after the other.

use super::read::{Memo, Read, Reading};
use crate::facts::address;
use crate::model::{FactPath, Facts, Resource};

/// The columns of facts of one time: as they are, or before the planned change.
///
/// A resource shares most of its facts with its neighbour, in one piece of memory. What they have in common is looked up once
/// for all of them, and of each resource only what it has of its own.
pub(super) struct Scalars<'a> {
    /// The facts of that time; `None` when a resource has none.
    of: fn(&Resource) -> Option<&Facts>,
    /// INVARIANT: sorted by fact.
    columns: Vec<Scalar<'a>>,
    /// The circumstances of the last resource, and the address of the facts that it shares.
    last: Option<(u32, usize)>,
}

struct Scalar<'a> {
    column: Reading<'a>,
    /// By the number of the circumstances and the address of the fact; 0 when the resource has no such fact.
    memo: Memo<(u32, usize)>,
    /// The class of those that share the facts of the last resource and have none of their own, once one came by.
    shared: Option<u32>,
}

impl<'a> Scalars<'a> {
    pub(super) fn new(
        of: fn(&Resource) -> Option<&Facts>,
        wanted: impl Iterator<Item = (usize, &'a FactPath)>,
    ) -> Self {
        let column = |(index, path)| Scalar { column: Reading::new(index, path), memo: Memo::default(), shared: None };
        let mut columns: Vec<Scalar<'a>> = wanted.map(column).collect();
        columns.sort_by_key(|scalar| scalar.column.path.fact);
        Self { of, columns, last: None }
    }

    /// Adds a resource, in the circumstances of a number.
    pub(super) fn push(&mut self, resource: &Resource, circumstances: u32) {
        let facts = (self.of)(resource);
        let last = Some((circumstances, facts.map_or(0, Facts::shared_address)));
        if self.last != last {
            self.last = last;
            self.columns.iter_mut().for_each(|scalar| scalar.shared = None);
        }
        let mut own = facts.map_or(&[][..], Facts::own);
        for Scalar { column, memo, shared } in &mut self.columns {
            let fact = column.path.fact;
            while let [(id, _), rest @ ..] = own
                && *id < fact
            {
                own = rest;
            }
            let mut class = |basis: usize| memo.number((circumstances, basis), || column.read(resource));
            let class = match own {
                [(id, own), ..] if *id == fact => class(own.as_deref().map_or(0, address)),
                _ => *shared.get_or_insert_with(|| class(facts.and_then(|of| of.get(fact)).map_or(0, address))),
            };
            column.classes.push(class);
        }
    }

    /// The columns, of resources whose facts are read one by one.
    pub(super) fn columns(&mut self) -> impl Iterator<Item = &mut Reading<'a>> {
        self.columns.iter_mut().map(|scalar| &mut scalar.column)
    }

    /// What was read.
    pub(super) fn finish(self) -> impl Iterator<Item = Read> {
        self.columns.into_iter().map(|scalar| scalar.column.finish())
    }
}
