//! Which sources can answer a rule, by the facts that it reads and how each mapping gives them. For the documentation.

use std::collections::BTreeSet;

use crate::facts::api::only_terraform;
use crate::facts::aws::MAPPINGS;
use crate::facts::mapping::{How, Mapping};
use crate::facts::matrix::kinds;
use crate::model::{FactPath, Rule};
use crate::source::aws::calls_that_give;

/// The sources, in the order of the documentation. What is imported are replies of the calls that a collection makes.
pub(crate) const SOURCES: [&str; 5] = ["plan", "state", "HCL", "live", "import"];

const PLAN: [bool; 5] = [true, false, false, false, false];
const TERRAFORM: [bool; 5] = [true, true, true, false, false];
const RUNNING: [bool; 5] = [false, false, false, true, true];
const ALL: [bool; 5] = [true; 5];

/// The sources that can answer a rule about resources of these types; about any type, when the rule concerns none of them.
pub(crate) fn sources(rule: &Rule, types: &[String]) -> BTreeSet<usize> {
    let concerned = |mapping: &&&Mapping| kinds(mapping).iter().any(|kind| rule.kinds.contains(kind));
    let all: Vec<&Mapping> = MAPPINGS.iter().filter(concerned).copied().collect();
    let named: Vec<&Mapping> =
        all.iter().filter(|of| types.iter().any(|name| name == of.resource_type)).copied().collect();
    let mappings = if named.is_empty() { all } else { named };
    let of_mappings: Vec<[bool; 5]> = mappings.iter().filter_map(|mapping| of_type(rule, mapping)).collect();
    (0..SOURCES.len()).filter(|source| of_mappings.iter().any(|can| can[*source])).collect()
}

/// The sources that give all the facts that a rule needs of a type; `None` when the type has one of them never.
fn of_type(rule: &Rule, mapping: &Mapping) -> Option<[bool; 5]> {
    let mut can = ALL;
    for path in rule.reads.iter().filter(|path| !rule.optional.contains(path)) {
        let of_fact = of_fact(path, mapping)?;
        can = std::array::from_fn(|source| can[source] && of_fact[source]);
    }
    Some(can)
}

fn of_fact(path: &FactPath, mapping: &Mapping) -> Option<[bool; 5]> {
    let row = mapping.all_rows().find(|row| row.fact == path.fact)?;
    // An object that no call of the collector gives is read by no source yet.
    let is_running = !mapping.api.object.is_empty() && !calls_that_give(mapping.api.object).is_empty();
    let both = |attribute: &str| if is_running && only_terraform(attribute).is_none() { ALL } else { TERRAFORM };
    let can = match &row.how {
        How::Absent(_) => return None,
        How::Planned(_) | How::Change(..) => PLAN,
        How::Observed(..) if is_running => RUNNING,
        How::Observed(..) => return None,
        How::Attribute(attribute) => both(attribute.name),
        How::Derived(attributes, _) | How::Map(attributes, _) => both(attributes.first()?),
        How::Joined(attribute) => both(attribute),
    };
    // What was before is told by a plan only.
    Some(if path.before { PLAN } else { can })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn of(id: &str) -> Vec<&'static str> {
        let policies = crate::policy::load_embedded().unwrap();
        let rule = Arc::clone(&policies.find(id).unwrap().rule);
        sources(&rule, &[]).into_iter().map(|source| SOURCES[source]).collect()
    }

    #[test]
    fn what_only_a_plan_or_only_a_running_database_tells_is_answered_by_no_other_source() {
        assert_eq!(of("storage_encrypted"), SOURCES);
        assert_eq!(of("database_kept"), ["plan"]);
        assert_eq!(of("no_overdue_maintenance"), ["live", "import"]);
        assert_eq!(of("final_snapshot"), ["plan", "state", "HCL"]);
    }
}
