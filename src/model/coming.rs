//! What a baseline announces: failures that do not count yet.

use std::sync::Arc;

use super::{Results, Rule, Severity};

/// Resources that will fail a rule, or fail it more gravely, when a change of the baseline begins to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// The first day of the change, UTC.
    pub from: Arc<str>,
    /// Why the baseline changes, in its own words.
    pub reasons: Vec<Arc<str>>,
    /// The rule; it may be one that is not used yet.
    pub rule: Arc<Rule>,
    /// How much it will matter.
    pub severity: Severity,
    /// How much it matters today, when it fails already; `None` when it does not fail yet.
    pub today: Option<Severity>,
    /// What the rule will say; sorted.
    pub messages: Vec<Arc<str>>,
    /// Indices into `Results::resources`. INVARIANT: ascending, not empty.
    pub resources: Vec<u32>,
}

impl Coming {
    /// What will happen, in a few words.
    pub fn effect(&self) -> String {
        match self.today {
            None => format!("{} failure", self.severity),
            Some(today) => format!("{} instead of {today}", self.severity),
        }
    }

    /// The ids of its resources.
    pub fn ids<'r>(&'r self, results: &'r Results) -> impl Iterator<Item = &'r Arc<str>> {
        self.resources.iter().filter_map(|resource| Some(&results.resources.get(*resource as usize)?.id))
    }
}
