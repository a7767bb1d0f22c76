//! Which resources a waiver is for.

use std::sync::Arc;

use crate::facts::catalogue::TAGS;
use crate::model::{Before, ChangeAction, FactMap, Resource};
use crate::selection::{Patterns, TagPatterns};

/// Which resources a waiver is for: all that is given must match.
#[derive(Debug, Default)]
pub(crate) struct Selector {
    /// Addresses or ids, of which one must match.
    pub(super) resources: Option<Patterns>,
    /// Tags, all of which must be known and match.
    pub(super) tags: TagPatterns,
    /// Names of tiers, of which one must be the resource's.
    pub(super) tiers: Vec<Arc<str>>,
}

impl Selector {
    /// Whether it asks anything of a resource.
    pub(super) fn is_empty(&self) -> bool {
        self.resources.is_none() && self.tags.is_empty() && self.tiers.is_empty()
    }

    /// Whether a resource of a tier is selected. What is not known selects nothing: a waiver must not reach further than
    /// the person who approved it could see.
    pub(super) fn matches(&self, resource: &Resource, tier: &str) -> bool {
        self.resources.as_ref().is_none_or(|patterns| patterns.matches(&resource.id))
            && (self.tiers.is_empty() || self.tiers.iter().any(|name| **name == *tier))
            && (self.tags.is_empty() || tags(resource).is_some_and(|tags| self.tags.match_all(tags)))
    }
}

/// What a plan deletes or forgets has no tags of its own left; it is selected by those that it had.
fn tags(resource: &Resource) -> Option<&FactMap> {
    let action = resource.change.as_ref().map(|change| change.action);
    match (&resource.before, action) {
        (Before::Facts(before), Some(ChangeAction::Delete | ChangeAction::Forget)) => before.map(TAGS),
        _ => resource.facts.map(TAGS),
    }
}
