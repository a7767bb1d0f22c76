//! The outcomes of one rule, each once, in the order in which resources first show them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Run;
use super::columns::Column;
use super::decide::Decider;
use super::hashed::Hashed;
use crate::model::{FactPath, FactState, Outcome, Tier, Value, Verdict};
use crate::policy::Policy;

/// What a rule says: its verdict and its messages.
type Said = (Verdict, Vec<Arc<str>>);

/// The outcomes so far.
pub(super) struct Outcomes<'a> {
    pub(super) list: Vec<Outcome>,
    /// By the classes of the facts, then the number of what is said. Two tiers, or two kinds, may lead to the same outcome.
    numbers: FxHashMap<Hashed<Box<[u32]>>, u32>,
    said: Vec<Said>,
    said_numbers: FxHashMap<Said, u32>,
    /// What is said, by all that it depends on; only of a rule that looks into maps.
    seen: FxHashMap<Box<[Seen]>, u32>,
    /// Of `Rule::reads`, in that order; with the keys that matter in each tier, when it is a map that the rule looks into.
    columns: Vec<(&'a Column, Option<Vec<Vec<&'a str>>>)>,
    decider: Decider<'a>,
}

/// What a rule sees of a fact. INVARIANT: all that a rule sees begins with the tier, so that the keys are known by it.
#[derive(PartialEq, Eq, Hash)]
enum Seen {
    /// The state of this class, whatever is in it; or the tier of this number.
    Class(u32),
    /// The value at a key that it looks at.
    At(Option<Value>),
}

impl<'a> Outcomes<'a> {
    pub(super) fn new(run: &Run<'a>, policy: &'a Policy, columns: &[&'a Column]) -> Self {
        let keys = |path: &FactPath| {
            let lookup = policy.lookups.iter().find(|lookup| lookup.path == *path)?;
            Some(run.tiers.iter().map(|tier: &'a Tier| lookup.keys(tier).collect()).collect())
        };
        Self {
            list: Vec::new(),
            numbers: FxHashMap::default(),
            said: Vec::new(),
            said_numbers: FxHashMap::default(),
            seen: FxHashMap::default(),
            columns: columns.iter().copied().zip(policy.rule.reads.iter().map(keys)).collect(),
            decider: Decider::new(policy, run.data),
        }
    }

    /// The number of the outcome of a resource, by its tier and the classes of its facts.
    pub(super) fn of(&mut self, tier: usize, classes: Vec<u32>) -> u32 {
        let states = self.columns.iter().zip(&classes).map(|((column, _), class)| column.state(*class));
        let states: Vec<FactState> = states.collect();
        let said = self.said(tier, &classes, &states);
        let next = self.list.len() as u32;
        let same = Hashed::new(classes.into_iter().chain([said]).collect());
        *self.numbers.entry(same).or_insert_with(|| {
            let (verdict, messages) = self.said.get(said as usize).cloned().unwrap_or((Verdict::Error, Vec::new()));
            self.list.push(Outcome { verdict, messages, waived_by: None, facts: states });
            next
        })
    }

    /// The number of what the rule says.
    fn said(&mut self, tier: usize, classes: &[u32], states: &[FactState]) -> u32 {
        if self.columns.iter().all(|(_, keys)| keys.is_none()) {
            return self.decide(tier, classes, states);
        }
        let mut seen = vec![Seen::Class(tier as u32)];
        for (((_, keys), class), state) in self.columns.iter().zip(classes).zip(states) {
            match (keys.as_ref().and_then(|keys| keys.get(tier)), state) {
                (Some(keys), FactState::Known(Value::Map(map))) => {
                    seen.extend(keys.iter().map(|key| Seen::At(map.get(*key).cloned())));
                }
                _ => seen.push(Seen::Class(*class)),
            }
        }
        if let Some(said) = self.seen.get(seen.as_slice()) {
            return *said;
        }
        let said = self.decide(tier, classes, states);
        self.seen.insert(seen.into(), said);
        said
    }

    fn decide(&mut self, tier: usize, classes: &[u32], states: &[FactState]) -> u32 {
        let said = self.decider.decide(tier, classes, states);
        let next = self.said.len() as u32;
        *self.said_numbers.entry(said).or_insert_with_key(|said| {
            self.said.push(said.clone());
            next
        })
    }
}
