//! Whether the capacity of a table follows what is asked of it: by itself, or by targets that are declared for it.

use rustc_hash::FxHashMap;

use crate::facts::catalogue::{CAPACITY_MODE, CAPACITY_SCALES};
use crate::facts::mapped::{Capacity, Feed, Role};
use crate::model::{FactState, Unknown, Value};

use super::index::{Index, is_elsewhere, not_here};
use super::{Context, Joined, Telling};

/// The tables that have targets.
pub(super) struct Scaling {
    of: FxHashMap<usize, Scaled>,
    /// Why some target may be of any table.
    doubt: Option<Unknown>,
}

/// The targets of one table.
#[derive(Clone, Copy, Default)]
struct Scaled {
    reads: Option<usize>,
    writes: Option<usize>,
    /// Whether it is not known of some target what it scales.
    doubt: bool,
}

impl Scaling {
    pub(super) fn new(telling: &Telling<'_>, index: &Index<'_>) -> Self {
        let mut scaling = Self { of: FxHashMap::default(), doubt: None };
        for (position, of) in telling.feeds.iter().copied().filter(|(_, of)| of.stays) {
            let Some(Feed::Scaling(capacity)) = of.feed else { continue };
            let Some(relation) = of.relation(Role::Source).filter(|_| capacity != Capacity::Other) else { continue };
            match index.resolve_one(of, relation) {
                Ok(table) => scaling.of.entry(table).or_default().add(capacity, position),
                Err(reason) if is_elsewhere(of, &reason) => {}
                Err(reason) => scaling.doubt = Some(reason),
            }
        }
        scaling
    }

    pub(super) fn join(&self, context: &Context<'_>, joined: &mut Joined) {
        if !context.wants(CAPACITY_SCALES) {
            return;
        }
        let (state, by) = match context.resource.facts.get(CAPACITY_MODE).map(|mode| &mode.state) {
            Some(FactState::Known(mode)) if mode.as_str() == Some("provisioned") => self.of_targets(context),
            Some(FactState::Unknown(reason)) => (FactState::Unknown(reason.clone()), None),
            _ => (FactState::Known(Value::Bool(true)), None),
        };
        joined.set(context, CAPACITY_SCALES, state, by);
    }

    fn of_targets(&self, context: &Context<'_>) -> (FactState, Option<usize>) {
        let scaled = self.of.get(&context.position).copied().unwrap_or_default();
        let state = match (scaled.reads.is_some() && scaled.writes.is_some(), &self.doubt) {
            (true, _) => FactState::Known(Value::Bool(true)),
            (false, Some(reason)) => FactState::Unknown(reason.clone()),
            (false, None) if scaled.doubt => FactState::Unknown(Unknown::KnownAfterApply),
            // Nothing outside the plan can scale what the plan is yet to make.
            (false, None) if context.of.only_here => FactState::Known(Value::Bool(false)),
            (false, None) => FactState::Unknown(not_here("targets that scale it may be declared elsewhere")),
        };
        (state, scaled.reads.or(scaled.writes))
    }
}

impl Scaled {
    fn add(&mut self, capacity: Capacity, position: usize) {
        match capacity {
            Capacity::Read => self.reads = Some(position),
            Capacity::Write => self.writes = Some(position),
            Capacity::Undetermined => self.doubt = true,
            Capacity::Other => {}
        }
    }
}
