//! What calls tell of databases that other calls list: maintenance that waits, support of the engine, snapshots, backups.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value as Json;

use super::calls::{Calls, Each};
use crate::facts::FactId;
use crate::facts::api::{Object, Told, instant_at, items, text_at};
use crate::facts::catalogue::*;
use crate::facts::view::lower_case;
use crate::model::{FactState, Kind, Resource, Text, Unknown, Value};
use crate::source::aws::{Item, Operation};

/// Everything that was told, by what it is about; ids and ARNs are in lower case.
#[derive(Default)]
pub(super) struct Facts {
    maintenance: FxHashMap<String, Maintenance>,
    /// When standard support ends, by engine: the major version as the provider counts it, and the end.
    support: FxHashMap<String, Vec<(String, Option<Value>)>>,
    /// Whether versions are offered, by engine.
    versions: FxHashMap<String, FxHashMap<String, bool>>,
    /// The newest complete snapshot, by kind and by identifier or resource id of what was taken.
    snapshots: FxHashMap<Kind, FxHashMap<String, String>>,
    protected: FxHashSet<String>,
    /// By ARN of the source, when the first of its blue/green deployments was made.
    blue_green: FxHashMap<String, String>,
    /// By ARN of the database, when the newest of its recovery points in air-gapped vaults was made.
    air_gapped: FxHashMap<String, String>,
    /// The database of each recovery point.
    recovery_points: FxHashMap<String, String>,
    restores: Vec<Restore>,
}

/// The maintenance that waits for one resource.
#[derive(Default)]
struct Maintenance {
    actions: BTreeSet<String>,
    forced: Option<String>,
}

/// A complete snapshot, as far as it tells of the database that it was taken of.
pub(super) struct Snapshot {
    kind: Kind,
    of: String,
    taken: String,
}

impl Snapshot {
    /// `None` for what is no snapshot, or is none yet.
    pub(super) fn of(operation: &Operation, object: &Object<'_>) -> Option<Self> {
        let (kind, names) = match operation.action {
            "DescribeDBSnapshots" => (Kind::Instance, ["DbiResourceId", "DBInstanceIdentifier"]),
            "DescribeDBClusterSnapshots" => (Kind::Cluster, ["DbClusterResourceId", "DBClusterIdentifier"]),
            _ => return None,
        };
        if text_at(object, "Status") != Some("available") {
            return None;
        }
        let Told::Value(Json::String(taken)) = instant_at(object, "SnapshotCreateTime") else { return None };
        // An identifier may have been another database's before; the resource id is never used again.
        let name = names.iter().find_map(|name| text_at(object, name))?;
        Some(Self { kind, of: name.to_lowercase(), taken })
    }
}

/// A restore that was done.
struct Restore {
    source: Option<String>,
    recovery_point: String,
    done: String,
}

/// Last restores, by ARN of the database.
#[derive(Default)]
struct LastRestores {
    by_database: FxHashMap<String, String>,
    /// Whether it is not known of some restore what it restored.
    doubt: bool,
}

impl Facts {
    /// Takes in what an object tells; `false` for one that tells nothing of databases.
    pub(super) fn add(&mut self, item: &Item) -> bool {
        let object = &item.value;
        match item.operation.action {
            "DescribePendingMaintenanceActions" => self.add_maintenance(object),
            "DescribeDBMajorEngineVersions" => self.add_support(object),
            "DescribeDBEngineVersions" => self.add_version(object),
            "ListProtectedResources" => {
                self.protected.extend(text_at(object, "ResourceArn").map(str::to_lowercase));
            }
            "ListRecoveryPointsByResource" => {
                let database = item.of.as_deref().unwrap_or_default().to_lowercase();
                let points = items(object, "RecoveryPoints").iter().chain(std::iter::once(object));
                points.clone().for_each(|point| self.add_air_gapped(&database, point));
                let arns = points.filter_map(|point| text_at(point, "RecoveryPointArn"));
                self.recovery_points.extend(arns.map(|arn| (arn.to_lowercase(), database.clone())));
            }
            "ListRestoreJobs" => self.add_restore(object),
            "DescribeBlueGreenDeployments" => self.add_blue_green(object),
            _ => return false,
        }
        true
    }

    /// Takes note of a snapshot, which is a resource of its own.
    pub(super) fn note(&mut self, Snapshot { kind, of, taken }: Snapshot) {
        let newest = self.snapshots.entry(kind).or_default().entry(of).or_default();
        if *newest < taken {
            *newest = taken;
        }
    }

    fn add_maintenance(&mut self, object: &Json) {
        let Some(arn) = text_at(object, "ResourceIdentifier") else { return };
        let waiting = self.maintenance.entry(arn.to_lowercase()).or_default();
        for action in items(object, "PendingMaintenanceActionDetails") {
            waiting.actions.insert(text_at(action, "Action").unwrap_or("unnamed").to_owned());
            if let Told::Value(Json::String(forced)) = instant_at(action, "ForcedApplyDate") {
                waiting.forced = waiting.forced.take().map_or(Some(forced.clone()), |first| Some(first.min(forced)));
            }
        }
    }

    fn add_support(&mut self, object: &Json) {
        let (Some(engine), Some(major)) = (text_at(object, "Engine"), text_at(object, "MajorEngineVersion")) else {
            return;
        };
        let standard = items(object, "SupportedEngineLifecycles").iter().find(|lifecycle| {
            text_at(lifecycle, "LifecycleSupportName").is_some_and(|name| name.ends_with("standard-support"))
        });
        let end = standard.and_then(|standard| match instant_at(standard, "LifecycleSupportEndDate") {
            Told::Value(Json::String(end)) => Some(Value::from(end)),
            _ => None,
        });
        self.support.entry(engine.to_lowercase()).or_default().push((major.to_owned(), end));
    }

    fn add_version(&mut self, object: &Json) {
        let (Some(engine), Some(version)) = (text_at(object, "Engine"), text_at(object, "EngineVersion")) else {
            return;
        };
        // An older reply has no status; it lists what is offered.
        let offered = text_at(object, "Status").is_none_or(|status| status == "available");
        self.versions.entry(engine.to_lowercase()).or_default().insert(version.to_owned(), offered);
    }

    fn add_blue_green(&mut self, object: &Json) {
        let source = text_at(object, "Source").filter(|_| text_at(object, "DeleteTime").is_none());
        let (Some(source), Told::Value(Json::String(made))) = (source, instant_at(object, "CreateTime")) else {
            return;
        };
        let first = self.blue_green.entry(source.to_lowercase()).or_insert_with(|| made.clone());
        if made < *first {
            *first = made;
        }
    }

    fn add_air_gapped(&mut self, database: &str, point: &Json) {
        if text_at(point, "VaultType") != Some("LOGICALLY_AIR_GAPPED_BACKUP_VAULT") {
            return;
        }
        let Told::Value(Json::String(made)) = instant_at(point, "CreationDate") else { return };
        let newest = self.air_gapped.entry(database.to_owned()).or_default();
        if *newest < made {
            *newest = made;
        }
    }

    fn add_restore(&mut self, object: &Json) {
        let Told::Value(Json::String(done)) = instant_at(object, "CompletionDate") else { return };
        if text_at(object, "Status") != Some("COMPLETED") {
            return;
        }
        let lower = |member: &str| text_at(object, member).map(str::to_lowercase);
        let recovery_point = lower("RecoveryPointArn").unwrap_or_default();
        self.restores.push(Restore { source: lower("SourceResourceArn"), recovery_point, done });
    }

    /// The last restore of each database.
    fn last_restores(&self) -> LastRestores {
        let mut last = LastRestores::default();
        for restore in &self.restores {
            let source = restore.source.as_ref().or_else(|| self.recovery_points.get(&restore.recovery_point));
            let Some(source) = source else {
                last.doubt = true;
                continue;
            };
            let done = last.by_database.entry(source.clone()).or_default();
            if *done < restore.done {
                done.clone_from(&restore.done);
            }
        }
        last
    }
}

/// What is told of databases once every call has ended. Databases are many, so what is the same for all of them is found out
/// once.
pub(super) struct Teller<'a> {
    told: &'a Facts,
    restores: LastRestores,
    observed_at: Value,
    why_not: WhyNot,
}

/// Why calls did not tell of everything.
struct WhyNot {
    maintenance: Option<Unknown>,
    support: Option<Unknown>,
    versions: Each,
    instance_snapshots: Option<Unknown>,
    cluster_snapshots: Option<Unknown>,
    protected: Option<Unknown>,
    recovery_points: Each,
    blue_green: Option<Unknown>,
    restores: Option<Unknown>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(told: &'a Facts, observed_at: &str, calls: &Calls<'_>) -> Self {
        let why_not = WhyNot {
            maintenance: calls.why_not("rds:DescribePendingMaintenanceActions"),
            support: calls.why_not("rds:DescribeDBMajorEngineVersions"),
            versions: calls.why_not_of_each("rds:DescribeDBEngineVersions"),
            instance_snapshots: calls.why_not("rds:DescribeDBSnapshots"),
            cluster_snapshots: calls.why_not("rds:DescribeDBClusterSnapshots"),
            protected: calls.why_not("backup:ListProtectedResources"),
            recovery_points: calls.why_not_of_each("backup:ListRecoveryPointsByResource"),
            blue_green: calls.why_not("rds:DescribeBlueGreenDeployments"),
            restores: calls.why_not("backup:ListRestoreJobs"),
        };
        Self { told, restores: told.last_restores(), observed_at: Value::from(observed_at), why_not }
    }

    /// What is told of a database, a cluster or a member.
    pub(super) fn tell(&self, resource: &Resource, ids: &[Arc<str>], mut tell: impl FnMut(FactId, FactState)) {
        let arn = lower_case(&resource.id);
        let maintenance = self.told.maintenance.get(arn.as_ref());
        tell(PENDING_MAINTENANCE, actions(maintenance, self.why_not.maintenance.as_ref()));
        tell(MAINTENANCE_FORCED_AT, forced(maintenance, self.why_not.maintenance.as_ref()));
        if resource.kind != Kind::ClusterMember {
            let text = |fact| resource.facts.known(fact).and_then(Value::as_str);
            let engine = text(ENGINE).zip(text(ENGINE_VERSION));
            tell(ENGINE_SUPPORT_END, self.support_end(engine));
            tell(ENGINE_VERSION_OFFERED, self.offered(engine));
            tell(OBSERVED_AT, FactState::Known(self.observed_at.clone()));
            tell(LAST_SNAPSHOT_TIME, self.last_snapshot(resource.kind, ids));
            let is_protected = self.is_protected(&arn);
            tell(BLUE_GREEN_SINCE, self.blue_green_since(&arn));
            tell(LAST_AIR_GAPPED_BACKUP, self.air_gapped(&arn, &is_protected));
            tell(IN_BACKUP_PLAN, is_protected);
            tell(LAST_RESTORE_TEST, self.last_restore(&arn));
        }
    }

    /// The major version is the one whose every segment the version begins with: `8.0` of `8.0.36`.
    fn support_end(&self, engine: Option<(&str, &str)>) -> FactState {
        let Some((engine, version)) = engine else { return FactState::Unknown(NO_VERSION) };
        let majors = self.told.support.get(engine).map_or(&[][..], Vec::as_slice);
        let begins =
            |major: &str| version.strip_prefix(major).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let major = majors.iter().filter(|(major, _)| begins(major)).max_by_key(|(major, _)| major.len());
        match (major, &self.why_not.support) {
            (Some((_, Some(end))), _) => FactState::Known(end.clone()),
            (_, Some(why)) => FactState::Unknown(why.clone()),
            (_, None) => FactState::Missing(Text::Static("the provider names no end of support for the version")),
        }
    }

    fn offered(&self, engine: Option<(&str, &str)>) -> FactState {
        let Some((engine, version)) = engine else { return FactState::Unknown(NO_VERSION) };
        let offered = self.told.versions.get(engine).and_then(|versions| versions.get(version));
        match (offered, self.why_not.versions.why_not(engine)) {
            (Some(offered), _) => FactState::Known(Value::Bool(*offered)),
            (None, Some(why)) => FactState::Unknown(why.clone()),
            (None, None) => FactState::Known(Value::Bool(false)),
        }
    }

    fn last_snapshot(&self, kind: Kind, ids: &[Arc<str>]) -> FactState {
        let WhyNot { instance_snapshots, cluster_snapshots, .. } = &self.why_not;
        // A list that was cut off may lack the newest one.
        if let Some(why) = if kind == Kind::Cluster { cluster_snapshots } else { instance_snapshots } {
            return FactState::Unknown(why.clone());
        }
        let of_kind = self.told.snapshots.get(&kind);
        let taken = ids.iter().filter_map(|id| of_kind?.get(id.as_ref())).max();
        taken.map_or(FactState::Missing(Text::Static("it has no snapshot")), |taken| {
            FactState::Known(Value::from(taken.as_str()))
        })
    }

    fn blue_green_since(&self, arn: &str) -> FactState {
        match (self.told.blue_green.get(arn), &self.why_not.blue_green) {
            (Some(since), _) => FactState::Known(Value::from(since.as_str())),
            (None, Some(why)) => FactState::Unknown(why.clone()),
            (None, None) => FactState::Missing(Text::Static("no blue/green deployment is under way")),
        }
    }

    /// What AWS Backup does not protect has no recovery points to ask for.
    fn air_gapped(&self, arn: &str, is_protected: &FactState) -> FactState {
        let why_not = match is_protected {
            FactState::Known(Value::Bool(true)) => self.why_not.recovery_points.why_not(arn),
            FactState::Unknown(why) => Some(why),
            _ => None,
        };
        match (self.told.air_gapped.get(arn), why_not) {
            (_, Some(why)) => FactState::Unknown(why.clone()),
            (newest, None) => FactState::Known(Value::from(newest.map_or("", String::as_str))),
        }
    }

    fn is_protected(&self, arn: &str) -> FactState {
        match (self.told.protected.contains(arn), &self.why_not.protected) {
            (false, Some(why)) => FactState::Unknown(why.clone()),
            (protected, _) => FactState::Known(Value::Bool(protected)),
        }
    }

    fn last_restore(&self, arn: &str) -> FactState {
        match (self.restores.by_database.get(arn), &self.why_not.restores) {
            (_, Some(why)) => FactState::Unknown(why.clone()),
            (Some(done), None) => FactState::Known(Value::from(done.as_str())),
            (None, None) if self.restores.doubt => {
                FactState::Unknown(not_collected("a restore does not say what it restored"))
            }
            (None, None) => FactState::Missing(Text::Static("no restore of it is on record")),
        }
    }
}

const NO_VERSION: Unknown = not_collected("the engine's version is not known");

fn actions(maintenance: Option<&Maintenance>, why_not: Option<&Unknown>) -> FactState {
    let actions = maintenance.map(|waiting| waiting.actions.iter().map(|action| Value::from(action.as_str())));
    match (actions.map(Value::set), why_not) {
        (Some(actions), Some(why)) => FactState::Partial(actions, why.clone()),
        (None, Some(why)) => FactState::Unknown(why.clone()),
        (actions, None) => FactState::Known(actions.unwrap_or_else(|| Value::set([]))),
    }
}

/// A list that was cut off may lack an earlier date.
fn forced(maintenance: Option<&Maintenance>, why_not: Option<&Unknown>) -> FactState {
    match (maintenance.and_then(|waiting| waiting.forced.as_deref()), why_not) {
        (_, Some(why)) => FactState::Unknown(why.clone()),
        (Some(forced), None) => FactState::Known(Value::from(forced)),
        (None, None) => FactState::Missing(Text::Static("no maintenance is forced")),
    }
}

const fn not_collected(why: &'static str) -> Unknown {
    Unknown::NotCollected(Text::Static(why))
}
