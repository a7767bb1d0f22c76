//! Picks the tier of a resource: the entries of `assign` in order, the first that matches.
//!
//! A condition on something that is not known can be neither met nor refuted. Then no later entry may decide either,
//! since the unknown one would have come first: the resource gets the default tier, and the reason says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pattern::Patterns;
use crate::facts::catalogue::{ENGINE, TAGS};
use crate::model::{Before, ChangeAction, FactMap, FactState, Facts, Resource, TierAssignment, Unknown, Value};

/// The compiled `assign`.
#[derive(Debug)]
pub(super) struct Assigner {
    pub(super) entries: Vec<Entry>,
    pub(super) default: u16,
    /// The tiers of accounts, for what no entry claims, with the reason.
    pub(super) accounts: BTreeMap<Arc<str>, (u16, Arc<str>)>,
    pub(super) reasons: Reasons,
}

/// One entry: every condition must hold.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) tier: u16,
    pub(super) conditions: Vec<Condition>,
    /// The reason when several conditions hold together.
    pub(super) reason: Arc<str>,
}

/// What is asked of a resource. A condition keeps its reasons ready, since it may hold for thousands of resources.
#[derive(Debug)]
pub(super) enum Condition {
    /// One of these sets of tags is present.
    Tags(Vec<TagSet>),
    /// The account is one of these.
    Account(Patterns),
    /// The identifier or the address is one of these.
    Name(Patterns),
    /// The engine is one of these.
    Engine(Patterns),
}

/// Tags that must all be present.
#[derive(Debug)]
pub(super) struct TagSet {
    pub(super) tags: Vec<(Arc<str>, Patterns)>,
    /// The reason when several tags hold together.
    pub(super) reason: Arc<str>,
}

/// Reasons for the default tier.
#[derive(Debug)]
pub(super) struct Reasons {
    default: Arc<str>,
    tags_after_apply: Arc<str>,
    tags_withheld: Arc<str>,
    tags: Arc<str>,
    account: Arc<str>,
    engine_after_apply: Arc<str>,
    engine: Arc<str>,
}

impl Default for Reasons {
    fn default() -> Self {
        Self {
            default: "default tier".into(),
            tags_after_apply: "default tier: tags are known after apply".into(),
            tags_withheld: "default tier: tags are withheld because they are sensitive".into(),
            tags: "default tier: tags are not known".into(),
            account: "default tier: the account is not known".into(),
            engine_after_apply: "default tier: the engine is known after apply".into(),
            engine: "default tier: the engine is not known".into(),
        }
    }
}

/// Whether a condition holds.
enum Match<'a> {
    Yes(&'a Arc<str>),
    No,
    /// Not known; the reason for the default tier.
    Unknown(&'a Arc<str>),
}

impl Assigner {
    /// The tier of a resource, and why.
    pub(super) fn assign(&self, resource: &Resource) -> TierAssignment {
        for entry in &self.entries {
            match self.matches(entry, resource) {
                Match::Yes(reason) => return TierAssignment { tier: entry.tier, reason: reason.clone() },
                Match::Unknown(reason) => return TierAssignment { tier: self.default, reason: reason.clone() },
                Match::No => {}
            }
        }
        match resource.scope.account.as_ref().and_then(|account| self.accounts.get(account)) {
            Some((tier, reason)) => TierAssignment { tier: *tier, reason: reason.clone() },
            None => TierAssignment { tier: self.default, reason: self.reasons.default.clone() },
        }
    }

    fn matches<'a>(&'a self, entry: &'a Entry, resource: &Resource) -> Match<'a> {
        let results = entry.conditions.iter().map(|condition| self.holds(condition, resource));
        all(results, entry.conditions.len(), &entry.reason)
    }

    fn holds<'a>(&'a self, condition: &'a Condition, resource: &Resource) -> Match<'a> {
        match condition {
            Condition::Tags(sets) => self.tags(sets, facts(resource).map(TAGS)),
            Condition::Account(patterns) => match &resource.scope.account {
                Some(account) => found(patterns.find(account)),
                None => Match::Unknown(&self.reasons.account),
            },
            Condition::Name(patterns) => {
                let by_name = resource.name.as_ref().and_then(|name| patterns.find(name));
                found(by_name.or_else(|| patterns.find(&resource.id)))
            }
            Condition::Engine(patterns) => self.engine(patterns, facts(resource)),
        }
    }

    fn tags<'a>(&'a self, sets: &'a [TagSet], tags: Option<&FactMap>) -> Match<'a> {
        let Some(tags) = tags else { return Match::No };
        any(sets.iter().map(|set| {
            let results = set.tags.iter().map(|(key, patterns)| self.tag(key, patterns, tags));
            all(results, set.tags.len(), &set.reason)
        }))
    }

    /// Keys match whatever their case: `Environment` and `environment` mean the same to those who write them.
    fn tag<'a>(&'a self, key: &str, patterns: &'a Patterns, tags: &FactMap) -> Match<'a> {
        let mut named = tags.entries.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key)).peekable();
        if named.peek().is_none() {
            return self.tag_state(patterns, &tags.rest);
        }
        any(named.map(|(_, fact)| self.tag_state(patterns, &fact.state)))
    }

    fn tag_state<'a>(&'a self, patterns: &'a Patterns, state: &FactState) -> Match<'a> {
        match state {
            FactState::Known(Value::String(value)) => found(patterns.find(value)),
            FactState::Known(_) | FactState::Missing(_) => Match::No,
            FactState::Unknown(why) | FactState::Partial(_, why) => Match::Unknown(match why {
                Unknown::KnownAfterApply => &self.reasons.tags_after_apply,
                Unknown::Sensitive => &self.reasons.tags_withheld,
                _ => &self.reasons.tags,
            }),
        }
    }

    fn engine<'a>(&'a self, patterns: &'a Patterns, facts: &Facts) -> Match<'a> {
        match facts.get(ENGINE).map(|fact| &fact.state) {
            Some(FactState::Known(Value::String(engine))) => found(patterns.find(engine)),
            Some(FactState::Unknown(Unknown::KnownAfterApply)) => Match::Unknown(&self.reasons.engine_after_apply),
            Some(FactState::Unknown(_) | FactState::Partial(..)) => Match::Unknown(&self.reasons.engine),
            Some(FactState::Known(_) | FactState::Missing(_)) | None => Match::No,
        }
    }
}

/// What a plan deletes or forgets has no facts of its own left; its tier is the one that it had.
fn facts(resource: &Resource) -> &Facts {
    let action = resource.change.as_ref().map(|change| change.action);
    match (&resource.before, action) {
        (Before::Facts(before), Some(ChangeAction::Delete | ChangeAction::Forget)) => before,
        _ => &resource.facts,
    }
}

fn found(reason: Option<&Arc<str>>) -> Match<'_> {
    reason.map_or(Match::No, Match::Yes)
}

/// One that holds is enough, whatever the others.
fn any<'a>(results: impl Iterator<Item = Match<'a>>) -> Match<'a> {
    let mut unknown = None;
    for result in results {
        match result {
            Match::Yes(_) => return result,
            Match::Unknown(reason) => unknown = unknown.or(Some(reason)),
            Match::No => {}
        }
    }
    unknown.map_or(Match::No, Match::Unknown)
}

/// One that does not hold is enough to refute, whatever the others. A single result keeps its own, more exact reason.
fn all<'a>(results: impl Iterator<Item = Match<'a>>, count: usize, together: &'a Arc<str>) -> Match<'a> {
    let mut unknown = None;
    let mut single = together;
    for result in results {
        match result {
            Match::No => return Match::No,
            Match::Unknown(reason) => unknown = unknown.or(Some(reason)),
            Match::Yes(reason) if count == 1 => single = reason,
            Match::Yes(_) => {}
        }
    }
    unknown.map_or(Match::Yes(single), Match::Unknown)
}
