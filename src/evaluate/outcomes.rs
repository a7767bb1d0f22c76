//! The outcomes of one rule, each once, in the order in which resources first show them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Run;
use super::columns::Column;
use super::decide::Decider;
use crate::model::{FactState, Outcome, Verdict};
use crate::policy::{Data, Policy};

/// What a rule says: its verdict and its messages.
type Said = (Verdict, Vec<Arc<str>>);

/// The outcomes so far.
pub(super) struct Outcomes<'a> {
    pub(super) list: Vec<Outcome>,
    /// By the classes of the facts, then the number of what is said. Two tiers, or two kinds, may lead to the same outcome.
    numbers: FxHashMap<Box<[u32]>, u32>,
    said: FxHashMap<Said, u32>,
    decider: Decider<'a>,
    /// Of `Rule::reads`, in that order.
    columns: Vec<&'a Column>,
}

impl<'a> Outcomes<'a> {
    pub(super) fn new(policy: &'a Policy, data: &'a [Data], columns: Vec<&'a Column>) -> Self {
        let (list, numbers, said) = Default::default();
        Self { list, numbers, said, decider: Decider::new(policy, data), columns }
    }

    /// The number of a resource's outcome.
    pub(super) fn of(&mut self, run: &Run<'_>, tier: usize, resource: u32) -> u32 {
        let Some((kind, row)) = run.members.row(resource) else { return 0 };
        let classes: Vec<u32> = self.columns.iter().map(|column| column.class(kind, row)).collect();
        let states: Vec<FactState> =
            self.columns.iter().zip(&classes).map(|(column, class)| column.state(*class)).collect();
        let said = self.decider.decide(tier, &states);
        let next = self.said.len() as u32;
        let number = *self.said.entry(said.clone()).or_insert(next);
        let next = self.list.len() as u32;
        let same = classes.into_iter().chain([number]).collect();
        *self.numbers.entry(same).or_insert_with(|| {
            let (verdict, messages) = said;
            self.list.push(Outcome { verdict, messages, waived_by: None, facts: states });
            next
        })
    }
}
