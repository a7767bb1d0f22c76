//! The one way to read a fact of a resource, whatever makes it known, unknown or missing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::catalogue::{
    ALLOW_MAJOR_VERSION_UPGRADE, APPLY_IMMEDIATELY, CHANGED_ATTRIBUTES, ENGINE, MEMBER_PARAMETERS,
    PARAMETER_GROUP_FAMILY, PARAMETERS, PLANNED_ACTION, REPLACE_ATTRIBUTES, STATIC_PARAMETERS_CHANGED, TIER_ASSIGNED,
};
use crate::facts::parameters::{may_have, of_family};
use crate::facts::terraform::mapping_of;
use crate::facts::{FactId, FactType};
use crate::model::{
    Before, ChangeAction, FactMap, FactPath, FactState, Facts, Kind, Origin, Recorded, Resource, Text, Unknown, Value,
};

/// The facts that only a plan gives.
const PLAN_ONLY: &[FactId] = &[
    PLANNED_ACTION,
    REPLACE_ATTRIBUTES,
    CHANGED_ATTRIBUTES,
    APPLY_IMMEDIATELY,
    ALLOW_MAJOR_VERSION_UPGRADE,
    STATIC_PARAMETERS_CHANGED,
];

/// What is known of a fact of a resource: now, or before the planned change; of one key of a map, or of the whole map.
pub fn state_of<'a>(resource: &'a Resource, path: &FactPath) -> Cow<'a, FactState> {
    if let Some(recorded) = resource.facts.recorded() {
        return of_record(resource, recorded, path);
    }
    let facts = match facts_at(resource, path) {
        Ok(facts) => facts,
        Err(reason) => return Cow::Owned(FactState::Missing(reason)),
    };
    let state = match (path.fact.def().ty, &path.key) {
        (FactType::Map, Some(key)) => facts.map(path.fact).map(|map| state_of_key(facts, path.fact, map, key)),
        (FactType::Map, None) => facts.map(path.fact).map(|map| Cow::Owned(state_of_whole(map))),
        _ => facts.get(path.fact).map(|fact| Cow::Borrowed(&fact.state)),
    };
    state.unwrap_or_else(|| Cow::Owned(FactState::Missing(why_missing(resource, path))))
}

/// Why a fact that a record does not hold is not known.
const NOT_RECORDED: FactState =
    FactState::Unknown(Unknown::NotCollected(Text::Static("the evidence does not hold it: no rule read it then")));

/// What a record says of a fact. Whether a tier was assigned is found out by every judgement anew.
fn of_record<'a>(resource: &'a Resource, recorded: &'a Recorded, path: &FactPath) -> Cow<'a, FactState> {
    let judged = || resource.facts.get(path.fact).filter(|_| path.fact == TIER_ASSIGNED && !path.before);
    let state = judged().map(|fact| &fact.state).or_else(|| recorded.state(path));
    state.map_or(Cow::Owned(NOT_RECORDED), Cow::Borrowed)
}

/// All that decides the states of a resource's facts besides the facts themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Circumstances<'a> {
    kind: Kind,
    resource_type: &'static str,
    action: Option<ChangeAction>,
    /// Why there are no facts before, when there are none.
    no_before: Option<&'a Text>,
}

impl<'a> Circumstances<'a> {
    /// Those of a resource; `None` when its facts are recorded, since then they alone decide.
    pub(crate) fn of(resource: &'a Resource) -> Option<Self> {
        let no_before = match &resource.before {
            Before::None(reason) => Some(reason),
            Before::Facts(_) | Before::Unchanged => None,
        };
        let action = resource.change.as_ref().map(|change| change.action);
        let Resource { kind, resource_type, .. } = *resource;
        resource.facts.recorded().is_none().then_some(Self { kind, resource_type, action, no_before })
    }
}

/// When a path's facts are those that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    /// As they are, or will be.
    Now,
    /// Before the planned change.
    Before,
    /// At no time: what is planned was not there before the plan.
    Never,
}

impl Time {
    /// That of a path.
    pub(crate) fn of(path: &FactPath) -> Self {
        match path.before {
            false => Self::Now,
            true if PLAN_ONLY.contains(&path.fact) => Self::Never,
            true => Self::Before,
        }
    }
}

/// The facts of a resource before the planned change; `None` when it was not there.
pub(crate) fn before(resource: &Resource) -> Option<&Facts> {
    match &resource.before {
        Before::Facts(facts) => Some(facts),
        Before::Unchanged => Some(&resource.facts),
        Before::None(_) => None,
    }
}

/// What the states of all keys of a map, and of the map as a whole, are read from, with what tells which engine a parameter is
/// of: of resources in the same circumstances that have the same addresses here, the states are equal. 0 stands for what the
/// resource has not. Addresses tell facts apart only while they are borrowed.
pub(crate) fn basis_of_map(resource: &Resource, path: &FactPath) -> [usize; 3] {
    let Ok(facts) = facts_at(resource, path) else { return [0; 3] };
    let map = facts.map(path.fact).map_or(0, address);
    let of = |fact| facts.get(fact).filter(|_| is_of_parameters(path.fact)).map_or(0, address);
    [map, of(ENGINE), of(PARAMETER_GROUP_FAMILY)]
}

/// By what facts that are one in memory are known from others, while they are borrowed.
pub(crate) fn address<T>(thing: &T) -> usize {
    std::ptr::from_ref(thing).addr()
}

/// Where a fact of a resource came from; `None` when the resource has no such fact.
pub fn origin_of<'a>(resource: &'a Resource, path: &FactPath) -> Option<&'a Origin> {
    let facts = facts_at(resource, path).ok()?;
    if path.fact.def().ty != FactType::Map {
        return facts.get(path.fact).map(|fact| &fact.origin);
    }
    let map = facts.map(path.fact)?;
    let entry = path.key.as_ref().and_then(|key| map.entries.get(key));
    Some(entry.map_or(&map.origin, |fact| &fact.origin))
}

/// Why resources of a type do not have a fact.
pub fn missing_reason(resource_type: &str, fact: FactId) -> Text {
    let reason = mapping_of(resource_type).and_then(|mapping| mapping.missing_reason(fact));
    Text::Static(reason.unwrap_or("this type of resource has no such property"))
}

fn facts_at<'a>(resource: &'a Resource, path: &FactPath) -> Result<&'a Facts, Text> {
    match (Time::of(path), &resource.before) {
        (Time::Now, _) => Ok(&resource.facts),
        (Time::Never, _) => Err(Text::Static("what is planned was not there before the plan")),
        (Time::Before, Before::None(reason)) => Err(reason.clone()),
        (Time::Before, Before::Facts(facts)) => Ok(facts),
        (Time::Before, Before::Unchanged) => Ok(&resource.facts),
    }
}

fn state_of_key<'a>(facts: &Facts, fact: FactId, map: &'a FactMap, key: &str) -> Cow<'a, FactState> {
    match map.entries.get(key) {
        Some(fact) => Cow::Borrowed(&fact.state),
        None if is_of_parameters(fact) && is_of_another_engine(facts, key) => {
            Cow::Owned(FactState::Missing(Text::Static("another engine's parameter")))
        }
        None => Cow::Borrowed(&map.rest),
    }
}

fn is_of_parameters(fact: FactId) -> bool {
    matches!(fact, PARAMETERS | MEMBER_PARAMETERS)
}

fn is_of_another_engine(facts: &Facts, parameter: &str) -> bool {
    let text = |fact| facts.known(fact).and_then(Value::as_str);
    let of_group = || text(PARAMETER_GROUP_FAMILY).map(|family| of_family(family).0);
    let engine = text(ENGINE).map(str::to_owned).or_else(of_group);
    engine.is_some_and(|engine| !may_have(&engine, parameter))
}

/// A map is known as a whole when its source names every key and every value is known.
fn state_of_whole(map: &FactMap) -> FactState {
    let mut values: BTreeMap<Arc<str>, Value> = BTreeMap::new();
    for (key, fact) in &map.entries {
        match &fact.state {
            FactState::Known(value) => drop(values.insert(Arc::clone(key), value.clone())),
            FactState::Partial(_, reason) | FactState::Unknown(reason) => return FactState::Unknown(reason.clone()),
            FactState::Missing(_) => {}
        }
    }
    match &map.rest {
        FactState::Missing(_) => FactState::Known(Value::Map(values.into())),
        FactState::Partial(_, reason) | FactState::Unknown(reason) => FactState::Unknown(reason.clone()),
        FactState::Known(_) => FactState::Unknown(Unknown::Invalid(Text::Static("keys without a name have a value"))),
    }
}

fn why_missing(resource: &Resource, path: &FactPath) -> Text {
    match resource.change.as_ref().map(|change| change.action) {
        Some(ChangeAction::Delete) if !path.before => Text::Static("the plan deletes it"),
        Some(ChangeAction::Forget) if !path.before => Text::Static("the plan forgets it"),
        _ if !path.fact.def().kinds.contains(&resource.kind) => Text::Static(not_of_kind(resource.kind)),
        None if PLAN_ONLY.contains(&path.fact) => Text::Static("only a plan tells, and the source is not one"),
        _ => missing_reason(resource.resource_type, path.fact),
    }
}

const fn not_of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Instance => "an instance has no such property",
        Kind::Cluster => "a cluster has no such property",
        Kind::ClusterMember => "it is the cluster's, not its members'",
        Kind::GlobalCluster => "a global cluster has no such property",
        Kind::Snapshot => "a snapshot has no such property",
        Kind::ParameterGroup => "a parameter group has no such property",
        Kind::OptionGroup => "an option group has no such property",
        Kind::SubnetGroup => "a subnet group has no such property",
        Kind::Proxy => "a proxy has no such property",
        Kind::BackupReplication => "a backup replication has no such property",
        Kind::EventSubscription => "an event subscription has no such property",
        Kind::ReplicationInstance => "a replication instance has no such property",
        Kind::Endpoint => "an endpoint has no such property",
        Kind::ReplicationTask => "a replication task has no such property",
        Kind::SecurityGroup => "a security group has no such property",
        Kind::Subnet => "a subnet has no such property",
        Kind::Key => "a key has no such property",
        Kind::Secret => "a secret has no such property",
        Kind::Table => "a table has no such property",
        Kind::Namespace => "a namespace has no such property",
        Kind::Workgroup => "a workgroup has no such property",
        Kind::BackupVault => "a backup vault has no such property",
        Kind::BackupPlan => "a backup plan has no such property",
        Kind::BackupSettings => "the settings of a backup service have no such property",
        Kind::LogGroup => "a log group has no such property",
        Kind::Detector => "a detector has no such property",
    }
}
