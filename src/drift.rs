//! Drift: a difference in facts between two inventories that should agree, classified, and ranked by what it does to a
//! verdict.
//!
//! `join` finds what runs for each resource that is declared, by identity and never by guessing. `table` says for every fact
//! how two values of it are compared, and `differ` compares them; `facts` and `entries` do so for one resource, and `classify` says
//! what a difference is: somebody's change, one that waits, one that the provider is expected to make. A value that is not
//! known on the declared side declares nothing, and is no drift. `effect` asks the rules what a drift does to their verdicts.

mod classify;
mod compare;
pub mod coverage;
mod differ;
mod effect;
mod entries;
mod facts;
pub mod golden;
pub mod ignore;
mod join;
mod places;
mod plan;
mod table;
#[cfg(test)]
mod tests;

pub use compare::{Compared, DriftOf, How, compare, compare_environments};
pub(crate) use differ::opens_next;
pub use effect::{Judges, find as find_effects};
pub use places::{as_findings, take_places};
pub use plan::of_plans;
pub use table::{compared_facts, why_not_compared};

use crate::model::{Drift, DriftClass};

/// Sorts drift by what matters most: what makes a grave rule fail, then by class, resource and subject.
pub fn rank(drifts: &mut [Drift]) {
    drifts.sort_by_cached_key(|drift| {
        (
            std::cmp::Reverse(drift.severity()),
            order(drift.class),
            std::sync::Arc::clone(&drift.resource.id),
            drift.subject.to_string(),
            drift.reason.clone(),
        )
    });
}

fn order(class: DriftClass) -> u8 {
    match class {
        DriftClass::Replaced => 0,
        DriftClass::Missing => 1,
        DriftClass::Unmanaged => 2,
        DriftClass::Changed => 3,
        DriftClass::Undeclared => 4,
        DriftClass::Pending => 5,
        DriftClass::Expected => 6,
        DriftClass::Unverifiable => 7,
    }
}
