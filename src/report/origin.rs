//! Where the facts that a rule read came from.

use crate::facts::FactType;
use crate::model::{Before, FactPath, Facts, Origin, Resource};

/// Where a fact of a resource came from; `None` when the resource does not have it.
pub(super) fn origin_of<'a>(resource: &'a Resource, path: &FactPath) -> Option<&'a Origin> {
    let facts = facts_of(resource, path.before)?;
    if path.fact.def().ty != FactType::Map {
        return facts.get(path.fact).map(|fact| &fact.origin);
    }
    let map = facts.map(path.fact)?;
    let entry = path.key.as_ref().and_then(|key| map.entries.get(key));
    Some(entry.map_or(&map.origin, |fact| &fact.origin))
}

fn facts_of(resource: &Resource, before: bool) -> Option<&Facts> {
    match &resource.before {
        _ if !before => Some(&resource.facts),
        Before::Facts(facts) => Some(facts),
        Before::None(_) => None,
    }
}
