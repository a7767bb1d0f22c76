//! Compares two inventories: joins them, compares what is in both, and says what only one of them has.

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{
    Against, Comparison, Drift, DriftClass, DriftSubject, DriftedResource, Gap, Inventory, Kind, Resource, ScopeSeen,
    Text, Value,
};

use super::classify::is_scaled;
use super::facts::{self, Found, Sides};
use super::join::{Joined, Pair, Running, is_to_be_made, join, join_environments, leaves, may_be_same_place};

/// How two inventories are compared.
#[derive(Clone, Debug)]
pub struct How {
    /// What the first one is.
    pub against: Against,
    /// The instant from which windows are counted.
    pub now: jiff::Timestamp,
}

/// A drift, and the resources on both sides of it.
#[derive(Clone, Debug)]
pub struct DriftOf<'a> {
    /// The drift.
    pub drift: Drift,
    /// What declares the resource.
    pub declared: Option<&'a Resource>,
    /// What runs.
    pub running: Option<&'a Resource>,
}

/// What came of comparing two inventories.
#[derive(Debug, Default)]
pub struct Compared<'a> {
    /// Every drift, in the order of resources and facts.
    pub drifts: Vec<DriftOf<'a>>,
    /// What could not be joined without guessing.
    pub gaps: Vec<Gap>,
    /// What was compared.
    pub comparison: Comparison,
    /// Everything that runs, with what declares it.
    pub running: Vec<(&'a Resource, Option<&'a Resource>)>,
}

/// The kinds that own data: only of these is it a finding that nothing declares them. Snapshots, default groups and networks
/// come and go without anybody's configuration.
const DATABASES: &[Kind] = &[Kind::Instance, Kind::Cluster, Kind::ClusterMember, Kind::GlobalCluster];

/// Compares what is declared, or was, with what runs.
pub fn compare<'a>(declared: &'a Inventory, running: &'a Inventory, how: &How) -> Compared<'a> {
    of_joined(join(declared, running), declared, running, how)
}

/// Compares two environments, whose resources belong together by the value of a tag.
pub fn compare_environments<'a>(first: &'a Inventory, second: &'a Inventory, key: &str, how: &How) -> Compared<'a> {
    of_joined(join_environments(first, second, key), first, second, how)
}

fn of_joined<'a>(joined: Joined<'a>, declared: &'a Inventory, running: &'a Inventory, how: &How) -> Compared<'a> {
    let one = |pair: &Pair<'a>| One { pair, how, running }.compare();
    let found: Vec<Found> = joined.pairs.par_iter().map(one).collect();
    let mut compared = Compared { gaps: joined.gaps.clone(), ..Compared::default() };
    compared.comparison = Comparison {
        declared: joined.pairs.len(),
        running: joined.running.len(),
        joined: joined
            .pairs
            .iter()
            .filter(|pair| pair.runs().is_some() && !pair.declared().is_some_and(leaves))
            .count(),
        compared: found.iter().map(|found| found.compared).sum(),
        ..Comparison::default()
    };
    for (pair, found) in joined.pairs.iter().zip(found) {
        let (declared, running) = (pair.declared(), pair.runs());
        compared.drifts.extend(found.drifts.into_iter().map(|drift| DriftOf { drift, declared, running }));
    }
    let alone = joined.alone.iter().filter_map(|resource| {
        let drift = only_running(resource, declared, how)?;
        Some(DriftOf { drift, declared: None, running: Some(*resource) })
    });
    compared.drifts.extend(alone);
    compared.running = coverage(joined);
    compared
}

/// What declares everything that runs.
fn coverage<'a>(joined: Joined<'a>) -> Vec<(&'a Resource, Option<&'a Resource>)> {
    let declares = |pair: &Pair<'a>| Some((pair.runs()?.id.as_ref(), pair.declared().filter(|by| !leaves(by))?));
    let by_id: rustc_hash::FxHashMap<&str, &Resource> = joined.pairs.iter().filter_map(declares).collect();
    let running = joined.running.into_iter();
    running.map(|resource| (resource, by_id.get(resource.id.as_ref()).copied())).collect()
}

/// One declared resource.
struct One<'p, 'a> {
    pair: &'p Pair<'a>,
    how: &'p How,
    running: &'a Inventory,
}

impl One<'_, '_> {
    fn compare(&self) -> Found {
        let Some(declared) = self.pair.declared().filter(|declared| !leaves(declared)) else { return Found::default() };
        match self.pair.running {
            Running::Nothing => self.missing(declared),
            // The gap says so.
            Running::Several => Found::default(),
            Running::Unclear(why) => self.whole(declared, DriftClass::Unverifiable, Some(Text::Static(why))),
            Running::Found(running) => self.both(declared, running),
            // What was recorded of another database says nothing of this one.
            Running::Replaced(_) if self.how.against == Against::Earlier => {
                self.whole(declared, DriftClass::Replaced, None)
            }
            Running::Replaced(running) => {
                let mut found = self.whole(declared, DriftClass::Replaced, None);
                if let Some(drift) = found.drifts.first_mut() {
                    // A folder beside the state knows no id.
                    let recorded = self.pair.recorded.unwrap_or(declared);
                    drift.recorded = recorded.identity.resource_id.as_deref().map(Value::from);
                    drift.running = running.identity.resource_id.as_deref().map(Value::from);
                }
                let both = self.both(declared, running);
                found.compared += both.compared;
                found.drifts.extend(both.drifts);
                found
            }
        }
    }

    fn both(&self, declared: &Resource, running: &Resource) -> Found {
        let resource = std::cell::OnceCell::new();
        let drifted = || Arc::clone(resource.get_or_init(|| Arc::new(drifted(declared, Some(running)))));
        let sides = Sides { against: self.how.against, now: self.how.now, pair: self.pair, running, drifted: &drifted };
        let mut found = facts::compare(&sides);
        let is_same_name = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
        if let (Some(one), Some(other)) = (&declared.name, &running.name)
            && !is_same_name(one, other)
            && self.how.against != Against::Environment
        {
            let class = DriftClass::Changed;
            let (was, is) = (Value::from(one.as_ref()), Value::from(other.as_ref()));
            found.drifts.push(Drift {
                subject: DriftSubject::Name,
                declared: Some(was),
                running: Some(is),
                ..of_resource(drifted(), class, self.how.against)
            });
        }
        found
    }

    /// Nothing of its identity runs: it is missing if everything was seen where it should be.
    fn missing(&self, declared: &Resource) -> Found {
        if is_to_be_made(declared) || !is_kept_track_of(declared) {
            return Found::default();
        }
        if is_scaled(declared) && self.how.against == Against::Earlier {
            let why = "Aurora Auto Scaling took it away";
            return self.whole(declared, DriftClass::Expected, Some(Text::Static(why)));
        }
        let is_known = declared.name.is_some() || declared.identity.arn.is_some();
        if !is_known {
            let why = "its identifier is not known: it is generated, or needs a value that was not given";
            return self.whole(declared, DriftClass::Unverifiable, Some(Text::Static(why)));
        }
        if declared.id.contains("[*]") {
            let why = "whether there is one depends on a value that was not given";
            return self.whole(declared, DriftClass::Unverifiable, Some(Text::Static(why)));
        }
        // Another environment is in another place.
        let is_elsewhere = self.how.against == Against::Environment;
        let here = |seen: &&ScopeSeen| is_elsewhere || may_be_same_place(&declared.scope, &seen.scope);
        let mut seen = self.running.scopes.iter().filter(here).peekable();
        if seen.peek().is_none() {
            let place = |part: &Option<Arc<str>>| part.as_deref().unwrap_or("?").to_owned();
            let (account, region) = (place(&declared.scope.account), place(&declared.scope.region));
            let why = Text::from(format!("nothing was collected of {account}/{region}"));
            return self.whole(declared, DriftClass::Unverifiable, Some(why));
        }
        match seen.find_map(|seen| seen.why_not_seen(declared)) {
            Some(why) => self.whole(declared, DriftClass::Unverifiable, Some(Text::from(why.to_string()))),
            None => self.whole(declared, DriftClass::Missing, None),
        }
    }

    fn whole(&self, declared: &Resource, class: DriftClass, reason: Option<Text>) -> Found {
        let resource = Arc::new(drifted(declared, self.pair.runs()));
        let drift = Drift { reason, ..of_resource(resource, class, self.how.against) };
        Found { drifts: vec![drift], compared: 0 }
    }
}

/// The services around databases: they are asked for only where databases are, so that what is not seen of them may be there.
const AROUND: &[Kind] = &[
    Kind::SecurityGroup,
    Kind::Secret,
    Kind::BackupVault,
    Kind::BackupPlan,
    Kind::BackupSettings,
    Kind::LogGroup,
    Kind::Detector,
];

/// Automated snapshots come and go every night.
fn is_kept_track_of(resource: &Resource) -> bool {
    if AROUND.contains(&resource.kind) {
        return false;
    }
    let manual = crate::facts::catalogue::MANUAL_SNAPSHOT;
    resource.kind != Kind::Snapshot || resource.facts.known(manual) != Some(&Value::Bool(false))
}

/// Something that runs, and that nothing declares; or that is new since the earlier inventory.
fn only_running(resource: &Resource, declared: &Inventory, how: &How) -> Option<Drift> {
    let is_of_interest = match how.against {
        Against::Environment => true,
        Against::Earlier => is_kept_track_of(resource),
        _ => DATABASES.contains(&resource.kind) && !is_clusters_own(resource),
    };
    if !is_of_interest {
        return None;
    }
    let drift =
        |class, reason| Some(Drift { reason, ..of_resource(Arc::new(drifted_running(resource)), class, how.against) });
    if is_scaled(resource) {
        return drift(DriftClass::Expected, Some(Text::Static("Aurora Auto Scaling added it")));
    }
    if how.against == Against::Earlier {
        let was_seen = declared
            .scopes
            .iter()
            .any(|seen| may_be_same_place(&resource.scope, &seen.scope) && seen.why_not_seen(resource).is_none());
        if !was_seen {
            let why = "it was not seen whether it ran before";
            return drift(DriftClass::Unverifiable, Some(Text::Static(why)));
        }
    }
    // Whether this is it nothing tells; to say that nobody declares it would be a guess.
    let may_be_it =
        how.against == Against::Declared && declared.resources.iter().any(|one| may_be_generated(one, resource));
    match may_be_it {
        true => drift(DriftClass::Unverifiable, Some(Text::Static(GENERATED))),
        false => drift(DriftClass::Unmanaged, None),
    }
}

const GENERATED: &str = "a resource of its type is declared whose identifier is generated, and this may be it";

/// Whether a declared resource exists under an identifier that its source does not know, and could be what runs.
fn may_be_generated(declared: &Resource, running: &Resource) -> bool {
    let is_nameless =
        declared.name.is_none() && declared.identity.arn.is_none() && declared.identity.resource_id.is_none();
    is_nameless
        && declared.resource_type == running.resource_type
        && !is_to_be_made(declared)
        && may_be_same_place(&declared.scope, &running.scope)
}

/// The members of a Multi-AZ DB cluster are made with it, and no type of resource declares them (RDS.md section 2.2); so are
/// the nodes of a replication group, unless somebody declares one beside it.
fn is_clusters_own(resource: &Resource) -> bool {
    let engine = resource.facts.known(crate::facts::catalogue::ENGINE).and_then(Value::as_str);
    let is_made_with_it =
        matches!(engine, Some("mysql" | "postgres")) || resource.resource_type == "aws_elasticache_cluster";
    resource.kind == Kind::ClusterMember && is_made_with_it
}

/// A drift of a resource as a whole.
pub(super) fn of_resource(resource: Arc<DriftedResource>, class: DriftClass, against: Against) -> Drift {
    Drift::new(class, against, resource, DriftSubject::Resource)
}

/// A resource as reports name it.
pub(super) fn drifted(declared: &Resource, running: Option<&Resource>) -> DriftedResource {
    let scope = running.map_or(&declared.scope, |running| &running.scope);
    DriftedResource {
        id: Arc::clone(&declared.id),
        running_id: running.map(|running| Arc::clone(&running.id)),
        resource_type: Arc::from(declared.resource_type),
        kind: Some(declared.kind),
        provider: declared.provider,
        name: declared.name.clone().or_else(|| running.and_then(|running| running.name.clone())),
        scope: scope.clone(),
        tier: Arc::from(""),
        location: declared.location.clone(),
    }
}

/// What runs, as reports name it.
pub(super) fn drifted_running(running: &Resource) -> DriftedResource {
    DriftedResource { running_id: Some(Arc::clone(&running.id)), ..drifted(running, None) }
}
