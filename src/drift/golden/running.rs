//! The parameters that take effect on what runs, and who sets them.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::catalogue::{
    ENGINE, ENGINE_MAJOR_VERSION, ENGINE_VERSION, MEMBER_PARAMETERS, PARAMETER_GROUP, PARAMETER_GROUP_FAMILY,
    PARAMETERS,
};
use crate::facts::parameters::family_of;
use crate::facts::{FactId, state_of, version};
use crate::model::{Fact, FactPath, FactState, Kind, Resource, SetBy, Text, Unknown, Value};

const NO_CLUSTER: FactState = FactState::Unknown(Unknown::Unresolved(Text::Static(
    "the cluster, whose parameters stand over the engine's defaults, was not seen",
)));

/// The fact that holds the parameters of a kind of database.
pub(super) fn parameters_of(kind: Kind) -> Option<FactId> {
    match kind {
        Kind::Instance | Kind::Cluster => Some(PARAMETERS),
        Kind::ClusterMember => Some(MEMBER_PARAMETERS),
        _ => None,
    }
}

/// What is known of one parameter of one database.
pub(super) enum Setting<'a> {
    /// This, with where it came from.
    Told(&'a Fact),
    /// Nothing but this.
    Rest(FactState),
}

impl Setting<'_> {
    pub(super) fn state(&self) -> &FactState {
        match self {
            Self::Told(fact) => &fact.state,
            Self::Rest(state) => state,
        }
    }

    pub(super) fn fact(&self) -> Option<&Fact> {
        match self {
            Self::Told(fact) => Some(fact),
            Self::Rest(_) => None,
        }
    }
}

/// Everything that runs, to be looked up.
pub(super) struct Fleet<'a> {
    clusters: FxHashMap<&'a str, &'a Resource>,
    families: FxHashMap<&'a str, &'a str>,
    /// The parameters that members tell of, by their clusters.
    of_members: FxHashMap<&'a str, FxHashSet<&'a str>>,
}

impl<'a> Fleet<'a> {
    pub(super) fn new(running: impl IntoIterator<Item = &'a Resource>) -> Self {
        let mut fleet =
            Self { clusters: FxHashMap::default(), families: FxHashMap::default(), of_members: FxHashMap::default() };
        for resource in running {
            match resource.kind {
                Kind::Cluster => drop(fleet.clusters.insert(&resource.id, resource)),
                Kind::ParameterGroup => {
                    let family = text(resource, PARAMETER_GROUP_FAMILY);
                    fleet.families.extend(family.map(|family| (resource.id.as_ref(), family)));
                }
                Kind::ClusterMember => {
                    let named = resource.facts.map(MEMBER_PARAMETERS).into_iter().flat_map(|map| map.entries.keys());
                    if let Some(cluster) = cluster_of(resource) {
                        fleet.of_members.entry(cluster).or_default().extend(named.map(AsRef::as_ref));
                    }
                }
                _ => {}
            }
        }
        fleet
    }

    /// The family of the parameter group that a database has; that of its engine and version, when the group is not here.
    pub(super) fn family(&self, resource: &Resource, fact: FactId) -> Option<String> {
        let group = resource.facts.map(fact)?.origin.resource.as_deref();
        let of_group = || group.and_then(|group| self.families.get(group)).map(|family| (*family).to_owned());
        let of_default = || text(resource, PARAMETER_GROUP)?.strip_prefix("default.").map(str::to_owned);
        let of_engine = || {
            let engine = text(resource, ENGINE)?;
            let of_version = || version::major(engine, text(resource, ENGINE_VERSION)?);
            let major = text(resource, ENGINE_MAJOR_VERSION).map(str::to_owned).or_else(of_version)?;
            Some(family_of(engine, &major))
        };
        of_group().or_else(of_default).or_else(of_engine)
    }

    /// A parameter as it takes effect; `None` when it is told with another resource.
    pub(super) fn setting(&self, resource: &'a Resource, fact: FactId, name: &Arc<str>) -> Option<Setting<'a>> {
        let entry = resource.facts.map(fact)?.entries.get(name);
        let path = FactPath { before: false, fact, key: Some(Arc::clone(name)) };
        let rest = || Setting::Rest(state_of(resource, &path).into_owned());
        match (resource.kind, entry) {
            (Kind::ClusterMember, Some(entry)) if entry.origin.set_by != SetBy::Default => Some(Setting::Told(entry)),
            (Kind::ClusterMember, entry) => match (cluster_of(resource).and_then(|id| self.clusters.get(id)), entry) {
                (Some(cluster), _) if parameter(cluster, PARAMETERS, name).is_some() => None,
                (Some(_), Some(entry)) => Some(Setting::Told(entry)),
                // The cluster says that it is not known.
                (Some(_), None) => None,
                (None, _) => Some(Setting::Rest(NO_CLUSTER)),
            },
            (_, Some(entry)) => Some(Setting::Told(entry)),
            (Kind::Cluster, None) if self.members_tell(resource, name) => None,
            (_, None) => Some(rest()),
        }
    }

    fn members_tell(&self, cluster: &Resource, name: &str) -> bool {
        self.of_members.get(cluster.id.as_ref()).is_some_and(|named| named.contains(name))
    }

    /// Who sets a parameter, and what that overrules.
    pub(super) fn who(&self, resource: &Resource, name: &str, setting: &Setting<'_>) -> Option<String> {
        let entry = setting.fact()?;
        if entry.origin.set_by == SetBy::Default {
            return Some("the engine's default".to_owned());
        }
        let who = format!("set by {}", group_of(resource));
        let cluster = cluster_of(resource).and_then(|id| self.clusters.get(id));
        let under = cluster.and_then(|cluster| Some((cluster, parameter(cluster, PARAMETERS, name)?)));
        let Some((cluster, under)) = under.filter(|_| resource.kind == Kind::ClusterMember) else { return Some(who) };
        let whose = match under.origin.set_by {
            SetBy::Default => "the engine's default".to_owned(),
            _ => group_of(cluster),
        };
        let value = under.state.known().or(under.pending.as_deref().map(|pending| &pending.value));
        Some(match value {
            Some(value) => format!("{who}, over \"{value}\" of {whose}"),
            None => format!("{who}, over {whose}"),
        })
    }
}

fn group_of(resource: &Resource) -> String {
    let what = match resource.kind {
        Kind::Cluster => "the cluster's parameter group",
        Kind::ClusterMember => "the member's own parameter group",
        _ => "parameter group",
    };
    text(resource, PARAMETER_GROUP).map_or_else(|| what.to_owned(), |name| format!("{what} `{name}`"))
}

/// The id of a member's cluster: a member always runs its cluster's version.
fn cluster_of(member: &Resource) -> Option<&str> {
    let version = member.facts.get(ENGINE_VERSION).filter(|_| member.kind == Kind::ClusterMember)?;
    version.origin.resource.as_deref().filter(|_| version.origin.set_by == SetBy::Inherited)
}

fn parameter<'r>(resource: &'r Resource, fact: FactId, name: &str) -> Option<&'r Fact> {
    resource.facts.map(fact)?.entries.get(name)
}

fn text(resource: &Resource, fact: FactId) -> Option<&str> {
    resource.facts.known(fact).and_then(Value::as_str)
}
