//! Picks the tier of a resource: the entries of `assign` in order, the first that matches.
//!
//! A condition on something that is not known can be neither met nor refuted. Then no later entry may decide either,
//! since the unknown one would have come first: the resource gets the default tier, and the reason says so.
//!
//! Without a default, what no entry matches is untiered: it is judged by the fallback tier, and that it has no tier is a
//! finding of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pattern::Patterns;
use crate::facts::catalogue::{ENGINE, TAGS};
use crate::model::{Before, ChangeAction, FactMap, FactState, Facts, Resource, TierAssignment, Unknown, Value};

/// The compiled `assign`.
#[derive(Debug)]
pub(super) struct Assigner {
    pub(super) entries: Vec<Entry>,
    pub(super) otherwise: Otherwise,
    /// The tiers of accounts, for what no entry claims, with the reason.
    pub(super) accounts: BTreeMap<Arc<str>, (u16, Arc<str>)>,
    reasons: Reasons,
}

/// The tier of what no entry matches.
#[derive(Clone, Copy, Debug)]
pub(super) enum Otherwise {
    /// It belongs to it.
    Default(u16),
    /// It belongs to none and is judged by it.
    Untiered(u16),
}

impl Otherwise {
    /// The tier that it is judged by.
    pub(super) fn tier(self) -> u16 {
        match self {
            Self::Default(tier) | Self::Untiered(tier) => tier,
        }
    }
}

/// Whether a resource belongs to the tier that it is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// An entry matches, or the default takes it.
    Yes,
    /// No entry matches, and there is no default.
    No,
    /// What decides is not known; why.
    Unknown(&'static str),
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

/// Reasons for the tier of what no entry matches.
#[derive(Debug)]
struct Reasons {
    default: Arc<str>,
    tags_after_apply: Arc<str>,
    tags_withheld: Arc<str>,
    tags: Arc<str>,
    account: Arc<str>,
    engine_after_apply: Arc<str>,
    engine: Arc<str>,
}

impl Reasons {
    fn new(otherwise: Otherwise, tier: &str) -> Self {
        let by = match otherwise {
            Otherwise::Default(_) => "default tier".to_owned(),
            Otherwise::Untiered(_) => format!("untiered, judged as {tier}"),
        };
        let because = |why: &str| format!("{by}: {why}").into();
        Self {
            default: match otherwise {
                Otherwise::Default(_) => by.as_str().into(),
                Otherwise::Untiered(_) => because("no entry of `assign` matches"),
            },
            tags_after_apply: because(TAGS_AFTER_APPLY),
            tags_withheld: because(TAGS_WITHHELD),
            tags: because(TAGS_UNKNOWN),
            account: because(ACCOUNT_UNKNOWN),
            engine_after_apply: because(ENGINE_AFTER_APPLY),
            engine: because(ENGINE_UNKNOWN),
        }
    }
}

const TAGS_AFTER_APPLY: &str = "tags are known after apply";
const TAGS_WITHHELD: &str = "tags are withheld because they are sensitive";
const TAGS_UNKNOWN: &str = "tags are not known";
const ACCOUNT_UNKNOWN: &str = "the account is not known";
const ENGINE_AFTER_APPLY: &str = "the engine is known after apply";
const ENGINE_UNKNOWN: &str = "the engine is not known";

/// Whether a condition holds.
enum Match<'a> {
    Yes(&'a Arc<str>),
    No,
    /// Not known; the reason for the default tier, and why by itself.
    Unknown(Why<'a>),
}

/// Why something is not known: in the words for the tier, and by itself.
type Why<'a> = (&'a Arc<str>, &'static str);

/// The tags of a resource side by side: each condition goes through all of them.
struct Tags<'r> {
    named: Vec<(&'r str, &'r FactState)>,
    /// What holds for the others.
    rest: &'r FactState,
}

impl<'r> Tags<'r> {
    fn of(tags: &'r FactMap) -> Self {
        let named = tags.entries.iter().map(|(name, fact)| (name.as_ref(), &fact.state));
        Self { named: named.collect(), rest: &tags.rest }
    }
}

impl Assigner {
    pub(super) fn new(entries: Vec<Entry>, otherwise: Otherwise, tier: &str) -> Self {
        Self { entries, otherwise, accounts: BTreeMap::new(), reasons: Reasons::new(otherwise, tier) }
    }

    /// The tier of a resource, and why; whether it belongs to it.
    pub(super) fn assign(&self, resource: &Resource) -> (TierAssignment, Belongs) {
        let of = |tier: u16, reason: &Arc<str>| TierAssignment { tier, reason: reason.clone() };
        let left = self.otherwise.tier();
        let tags = facts(resource).map(TAGS).map(Tags::of);
        for entry in &self.entries {
            match self.matches(entry, resource, tags.as_ref()) {
                Match::Yes(reason) => return (of(entry.tier, reason), Belongs::Yes),
                Match::Unknown((reason, why)) => {
                    // The default takes whatever is not claimed, known or not.
                    let belongs = match self.otherwise {
                        Otherwise::Default(_) => Belongs::Yes,
                        Otherwise::Untiered(_) => Belongs::Unknown(why),
                    };
                    return (of(left, reason), belongs);
                }
                Match::No => {}
            }
        }
        match (resource.scope.account.as_ref().and_then(|account| self.accounts.get(account)), self.otherwise) {
            (Some((tier, reason)), _) => (of(*tier, reason), Belongs::Yes),
            (None, Otherwise::Default(_)) => (of(left, &self.reasons.default), Belongs::Yes),
            (None, Otherwise::Untiered(_)) => (of(left, &self.reasons.default), Belongs::No),
        }
    }

    fn matches<'a>(&'a self, entry: &'a Entry, resource: &Resource, tags: Option<&Tags<'_>>) -> Match<'a> {
        let results = entry.conditions.iter().map(|condition| self.holds(condition, resource, tags));
        all(results, entry.conditions.len(), &entry.reason)
    }

    fn holds<'a>(&'a self, condition: &'a Condition, resource: &Resource, tags: Option<&Tags<'_>>) -> Match<'a> {
        match condition {
            Condition::Tags(sets) => self.tags(sets, tags),
            Condition::Account(patterns) => match &resource.scope.account {
                Some(account) => found(patterns.find(account)),
                None => Match::Unknown((&self.reasons.account, ACCOUNT_UNKNOWN)),
            },
            Condition::Name(patterns) => {
                let by_name = resource.name.as_ref().and_then(|name| patterns.find(name));
                found(by_name.or_else(|| patterns.find(&resource.id)))
            }
            Condition::Engine(patterns) => self.engine(patterns, facts(resource)),
        }
    }

    fn tags<'a>(&'a self, sets: &'a [TagSet], tags: Option<&Tags<'_>>) -> Match<'a> {
        let Some(tags) = tags else { return Match::No };
        any(sets.iter().map(|set| {
            let results = set.tags.iter().map(|(key, patterns)| self.tag(key, patterns, tags));
            all(results, set.tags.len(), &set.reason)
        }))
    }

    /// Keys match whatever their case: `Environment` and `environment` mean the same to those who write them.
    fn tag<'a>(&'a self, key: &str, patterns: &'a Patterns, tags: &Tags<'_>) -> Match<'a> {
        let mut named = tags.named.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key)).peekable();
        if named.peek().is_none() {
            return self.tag_state(patterns, tags.rest);
        }
        any(named.map(|(_, state)| self.tag_state(patterns, state)))
    }

    fn tag_state<'a>(&'a self, patterns: &'a Patterns, state: &FactState) -> Match<'a> {
        match state {
            FactState::Known(Value::String(value)) => found(patterns.find(value)),
            FactState::Known(_) | FactState::Missing(_) => Match::No,
            FactState::Unknown(why) | FactState::Partial(_, why) => Match::Unknown(match why {
                Unknown::KnownAfterApply => (&self.reasons.tags_after_apply, TAGS_AFTER_APPLY),
                Unknown::Sensitive => (&self.reasons.tags_withheld, TAGS_WITHHELD),
                _ => (&self.reasons.tags, TAGS_UNKNOWN),
            }),
        }
    }

    fn engine<'a>(&'a self, patterns: &'a Patterns, facts: &Facts) -> Match<'a> {
        match facts.get(ENGINE).map(|fact| &fact.state) {
            Some(FactState::Known(Value::String(engine))) => found(patterns.find(engine)),
            Some(FactState::Unknown(Unknown::KnownAfterApply)) => {
                Match::Unknown((&self.reasons.engine_after_apply, ENGINE_AFTER_APPLY))
            }
            Some(FactState::Unknown(_) | FactState::Partial(..)) => {
                Match::Unknown((&self.reasons.engine, ENGINE_UNKNOWN))
            }
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
