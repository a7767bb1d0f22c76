//! What is still to be asked of a scope, computed from what it has answered so far.
//!
//! The lists of the databases' own services are asked first. What they name decides about the rest: one call for each parameter group, engine,
//! family, key … that is there, however many databases use it, and none at all for what no database needs.

mod caches;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::seen::{Seen, list, text};
use super::{tables, warehouses};
use caches::CACHES;
pub(super) use caches::{
    security_groups as security_groups_of_caches, subnet_groups as subnet_groups_of_caches,
    subnets as subnets_of_caches,
};

use crate::source::aws::Family;
use crate::source::aws::names::arn_of_warehouse;
use crate::source::aws::operations::{OPERATIONS, Operation, Per};

/// Calls that are made together; each stage needs what the ones before it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Lists,
    Described,
    Named,
    NamedByThose,
    Keys,
}

/// In order.
pub(super) const STAGES: [Stage; 5] = [Stage::Lists, Stage::Described, Stage::Named, Stage::NamedByThose, Stage::Keys];

/// What a call is to be asked about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Needed {
    /// Once, about nothing in particular.
    Once,
    /// Once for each of these.
    Each(BTreeSet<Arc<str>>),
    /// Not at all: nothing that is there would have use of it.
    Nothing,
    /// Not at all, and so nothing is known of what it lists.
    Unasked,
}

/// The calls of a stage, in the table's order.
pub(super) fn calls(stage: Stage) -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().filter(move |operation| stage_of(operation) == stage)
}

fn stage_of(operation: &Operation) -> Stage {
    match (operation.service, operation.action) {
        ("kms", "DescribeKey") => Stage::NamedByThose,
        ("kms", _) => Stage::Keys,
        ("backup" | "guardduty", _) if operation.per != Per::Region => Stage::NamedByThose,
        // The vaults and plans that it tells the tags of are listed in the stage before.
        ("tagging", _) => Stage::NamedByThose,
        ("elasticache", "DescribeCacheParameters" | "ListTagsForResource") => Stage::NamedByThose,
        ("memorydb" | "dax", "ListTags") => Stage::NamedByThose,
        ("memorydb" | "dax", "DescribeSubnetGroups") => Stage::Named,
        ("elasticache", "DescribeCacheParameterGroups" | "DescribeCacheSubnetGroups") => Stage::Named,
        ("rds", "DescribeDBMajorEngineVersions" | "DescribeCertificates") => Stage::Named,
        // The list of tables holds nothing but their names.
        ("dynamodb", "DescribeTable") => Stage::Described,
        ("application-autoscaling", _) => Stage::Named,
        _ if Family::of(operation).is_some() && operation.per == Per::Region => Stage::Lists,
        _ => Stage::Named,
    }
}

/// Whether a call is made in every scope, whatever there is.
pub(super) fn is_asked_always(operation: &Operation) -> bool {
    stage_of(operation) == Stage::Lists
}

/// Whether, and about what, a call is to be made.
pub(super) fn needed(operation: &Operation, seen: &Seen) -> Needed {
    if is_asked_always(operation) {
        return Needed::Once;
    }
    if matches!(operation.service, "elasticache" | "memorydb" | "dax") {
        return caches::needed(operation, seen);
    }
    let action = operation.action;
    match action {
        "DescribeClusterParameters" => each(warehouses::groups(seen)),
        "DescribeLoggingStatus" => each(seen.texts(warehouses::CLUSTERS, "ClusterIdentifier")),
        "ListTagsForResource" if operation.service == "redshift-serverless" => each(warehouses::serverless(seen)),
        "DescribeTable" | "DescribeContinuousBackups" => each(tables::names(seen)),
        "ListTagsOfResource" => each(tables::arns(seen)),
        "GetResourcePolicy" if operation.service == "dynamodb" => each(tables::arns(seen)),
        "DescribeScalableTargets" => once(seen.may_have(&[tables::NAMES])),
        "DescribeDBMajorEngineVersions" | "DescribeCertificates" => once(seen.may_have(&DATABASES)),
        "ListProtectedResources"
        | "ListRestoreJobs"
        | "ListBackupVaults"
        | "ListBackupPlans"
        | "DescribeRegionSettings" => once(seen.may_have(&PROTECTED)),
        "ListDetectors" => once(!seen.has_whole(&DATABASES) || engines(seen).iter().any(|engine| is_watched(engine))),
        "DescribeSecurityGroups" | "DescribeSubnets" | "DescribeRouteTables" => {
            once(IN_NETWORKS.iter().any(|calls| seen.may_have(calls)))
        }
        "ListSecrets" => once(!secrets(seen).is_empty() || !seen.has_whole(&NETWORKED)),
        "GetResources" => once(has_groups(seen)),
        "DescribeDBEngineVersions" => each(engines(seen)),
        "DescribeKey" => each(keys(seen)),
        "GetKeyRotationStatus" | "GetKeyPolicy" => each(customers_keys(seen)),
        "GetResourcePolicy" => each(open_secrets(seen)),
        "DescribeLogGroups" => each(prefixes_of_logs(seen)),
        "GetDetector" => each(seen.values("guardduty:ListDetectors").filter_map(Json::as_str).map(Arc::from)),
        "GetBackupVaultAccessPolicy" | "GetBackupVaultNotifications" => {
            each(seen.texts("backup:ListBackupVaults", "BackupVaultName"))
        }
        "GetBackupPlan" => each(seen.texts("backup:ListBackupPlans", "BackupPlanId")),
        "DescribeEngineDefaultParameters" => each(families(seen, &INSTANCE_GROUPS)),
        "DescribeEngineDefaultClusterParameters" => each(families(seen, &CLUSTER_GROUPS)),
        "DescribeDBParameters" => each(own_groups(seen, &INSTANCE_GROUPS)),
        "DescribeDBClusterParameters" => each(own_groups(seen, &CLUSTER_GROUPS)),
        "DescribeDBSnapshotAttributes" => each(manual(seen, "rds:DescribeDBSnapshots", "DBSnapshotIdentifier")),
        "DescribeDBClusterSnapshotAttributes" => {
            each(manual(seen, "rds:DescribeDBClusterSnapshots", "DBClusterSnapshotIdentifier"))
        }
        "DescribeDBProxyTargets" => each(seen.texts("rds:DescribeDBProxies", "DBProxyName")),
        "ListRecoveryPointsByResource" => each(protected(seen)),
        _ => Needed::Once,
    }
}

const DATABASES: [&str; 2] = ["rds:DescribeDBInstances", "rds:DescribeDBClusters"];
/// What the backup service can protect.
const PROTECTED: [&str; 4] = ["rds:DescribeDBInstances", "rds:DescribeDBClusters", warehouses::CLUSTERS, tables::NAMES];
const NETWORKED: [&str; 5] = [
    "rds:DescribeDBInstances",
    "rds:DescribeDBClusters",
    "rds:DescribeDBProxies",
    warehouses::CLUSTERS,
    warehouses::WORKGROUPS,
];
const IN_NETWORKS: [&[&str]; 2] = [&NETWORKED, &CACHES];

fn once(is_needed: bool) -> Needed {
    if is_needed { Needed::Once } else { Needed::Nothing }
}

fn each(things: impl IntoIterator<Item = Arc<str>>) -> Needed {
    Needed::Each(things.into_iter().collect())
}

/// The engines of databases.
fn engines(seen: &Seen) -> BTreeSet<Arc<str>> {
    DATABASES.iter().flat_map(|call| seen.texts(call, "Engine")).collect()
}

/// What is to be known of parameter groups of instances, and of those of clusters.
struct Groups {
    groups: &'static str,
    name: &'static str,
    databases: &'static str,
    /// Where a database names its group: the member, and the member of each of its items, if they are objects.
    used: (&'static str, Option<&'static str>),
}

static INSTANCE_GROUPS: Groups = Groups {
    groups: "rds:DescribeDBParameterGroups",
    name: "DBParameterGroupName",
    databases: "rds:DescribeDBInstances",
    used: ("DBParameterGroups", Some("DBParameterGroupName")),
};
static CLUSTER_GROUPS: Groups = Groups {
    groups: "rds:DescribeDBClusterParameterGroups",
    name: "DBClusterParameterGroupName",
    databases: "rds:DescribeDBClusters",
    used: ("DBClusterParameterGroup", None),
};

impl Groups {
    /// The groups that databases use.
    fn in_use<'s>(&self, seen: &'s Seen) -> BTreeSet<&'s str> {
        let (member, inner) = self.used;
        let named = seen.values(self.databases).flat_map(move |database| match inner {
            Some(inner) => list(database, member).filter_map(|group| text(group, inner)).collect::<Vec<_>>(),
            None => text(database, member).into_iter().collect(),
        });
        named.collect()
    }
}

/// The groups whose parameters somebody may have set: all but AWS's own, which cannot be changed.
fn own_groups(seen: &Seen, groups: &Groups) -> BTreeSet<Arc<str>> {
    let all = seen.texts(groups.groups, groups.name);
    let in_use = groups.in_use(seen).into_iter().map(Arc::from);
    all.into_iter().chain(in_use).filter(|name| !name.starts_with("default.")).collect()
}

/// The families of the groups in use. A default group is named after its family.
fn families(seen: &Seen, groups: &Groups) -> BTreeSet<Arc<str>> {
    let in_use = groups.in_use(seen);
    let listed = seen
        .values(groups.groups)
        .filter(|group| text(group, groups.name).is_some_and(|name| in_use.contains(name)))
        .filter_map(|group| text(group, "DBParameterGroupFamily"));
    let by_name = in_use.iter().filter_map(|name| name.strip_prefix("default."));
    listed.chain(by_name).map(Arc::from).collect()
}

/// The engines whose logins GuardDuty watches (control catalogue, row guardduty-rds-protection).
pub(crate) fn is_watched(engine: &str) -> bool {
    matches!(engine, "aurora-mysql" | "aurora-postgresql" | "postgres")
}

/// What the names of the log groups begin with that the databases of a scope may write to.
fn prefixes_of_logs(seen: &Seen) -> BTreeSet<Arc<str>> {
    let prefix = |engine: &Arc<str>| match engine.as_ref() {
        "docdb" => "/aws/docdb/",
        "neptune" => "/aws/neptune/",
        _ => "/aws/rds/",
    };
    engines(seen).iter().map(prefix).map(Arc::from).collect()
}

/// The secrets that people wrote and so may have opened to others. RDS keeps its own to itself.
fn open_secrets(seen: &Seen) -> BTreeSet<Arc<str>> {
    let of_proxies = secrets_of_proxies(seen).filter(|arn| is_here(arn, seen));
    let managed: BTreeSet<&str> = managed_secrets(seen).collect();
    of_proxies.filter(|arn| !managed.contains(arn)).map(Arc::from).collect()
}

/// The keys of databases, snapshots and of what is around them, as these name them. A key of another region cannot be asked
/// for here.
fn keys(seen: &Seen) -> BTreeSet<Arc<str>> {
    let holders = ["DescribeDBInstances", "DescribeDBClusters", "DescribeDBSnapshots", "DescribeDBClusterSnapshots"];
    let members = ["KmsKeyId", "PerformanceInsightsKMSKeyId", "ActivityStreamKmsKeyId"];
    let mut found = BTreeSet::new();
    for value in holders.iter().flat_map(|action| seen.values_of("rds", action)) {
        let managed = value.get("MasterUserSecret").and_then(|secret| text(secret, "KmsKeyId"));
        found.extend(members.iter().filter_map(|member| text(value, member)).chain(managed));
    }
    for call in ["dms:DescribeReplicationInstances", "dms:DescribeEndpoints"] {
        found.extend(seen.values(call).filter_map(|value| text(value, "KmsKeyId")));
    }
    found.extend(warehouses::keys(seen).chain(tables::keys(seen)));
    found.extend(caches::keys(seen));
    let around = [("backup:ListBackupVaults", "EncryptionKeyArn"), ("secretsmanager:ListSecrets", "KmsKeyId")];
    let secrets = secrets(seen);
    let concerns = |value: &&Json| text(value, "ARN").is_none_or(|arn| secrets.contains(arn));
    for (call, member) in around {
        found.extend(seen.values(call).filter(concerns).filter_map(|value| text(value, member)));
    }
    let groups = seen.values("logs:DescribeLogGroups").flat_map(|reply| list(reply, "logGroups"));
    found.extend(groups.filter_map(|group| text(group, "kmsKeyId")));
    found.into_iter().filter(|key| is_here(key, seen)).map(Arc::from).collect()
}

fn is_here(key: &str, seen: &Seen) -> bool {
    match (key.split(':').nth(3), seen.region.as_deref()) {
        (Some(region), Some(here)) => region == here,
        _ => true,
    }
}

/// The keys whose owner can have them rotated and say who may use them, by ARN.
fn customers_keys(seen: &Seen) -> BTreeSet<Arc<str>> {
    let keys = seen.values("kms:DescribeKey").filter_map(|reply| reply.get("KeyMetadata"));
    let customers = keys.filter(|key| text(key, "KeyManager") == Some("CUSTOMER"));
    customers.filter_map(|key| text(key, "Arn")).map(Arc::from).collect()
}

/// Snapshots that can be shared: automated ones cannot, and those of AWS Backup are shared with their vault.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html>
fn manual(seen: &Seen, call: &str, name: &str) -> BTreeSet<Arc<str>> {
    let manual = seen.values(call).filter(|snapshot| text(snapshot, "SnapshotType") == Some("manual"));
    manual.filter_map(|snapshot| text(snapshot, name)).map(Arc::from).collect()
}

/// The databases among what AWS Backup protects, as far as they still exist.
fn protected(seen: &Seen) -> BTreeSet<Arc<str>> {
    let arns = databases_by_arn(seen);
    let protected = seen.values("backup:ListProtectedResources").filter_map(|resource| text(resource, "ResourceArn"));
    protected.filter(|arn| arns.contains(*arn)).map(Arc::from).collect()
}

/// The ARNs of instances, clusters and tables.
pub(super) fn databases_by_arn(seen: &Seen) -> BTreeSet<Cow<'_, str>> {
    let instances = seen.values("rds:DescribeDBInstances").filter_map(|database| text(database, "DBInstanceArn"));
    let clusters = seen.values("rds:DescribeDBClusters").filter_map(|database| text(database, "DBClusterArn"));
    let of_warehouses = seen.values(warehouses::CLUSTERS).filter_map(arn_of_warehouse).map(Cow::Owned);
    instances.chain(clusters).chain(tables::of(seen, "TableArn")).map(Cow::Borrowed).chain(of_warehouses).collect()
}

/// The ARNs of the secrets with which databases and proxies log people in.
pub(super) fn secrets(seen: &Seen) -> BTreeSet<&str> {
    managed_secrets(seen).chain(secrets_of_proxies(seen)).collect()
}

fn managed_secrets(seen: &Seen) -> impl Iterator<Item = &str> {
    let databases = DATABASES.iter().flat_map(|call| seen.values(call));
    databases.filter_map(|database| text(database.get("MasterUserSecret")?, "SecretArn"))
}

fn secrets_of_proxies(seen: &Seen) -> impl Iterator<Item = &str> {
    let proxies = seen.values("rds:DescribeDBProxies").flat_map(|proxy| list(proxy, "Auth"));
    proxies.filter_map(|auth| text(auth, "SecretArn"))
}

/// Whether there is anything whose tags only the tagging API tells.
fn has_groups(seen: &Seen) -> bool {
    let calls = [
        ("rds:DescribeDBParameterGroups", "DBParameterGroupName"),
        ("rds:DescribeDBClusterParameterGroups", "DBClusterParameterGroupName"),
        ("rds:DescribeOptionGroups", "OptionGroupName"),
        ("rds:DescribeDBSubnetGroups", "DBSubnetGroupName"),
        ("rds:DescribeEventSubscriptions", "CustSubscriptionId"),
        ("rds:DescribeDBProxies", "DBProxyName"),
        ("dms:DescribeReplicationInstances", "ReplicationInstanceArn"),
        ("dms:DescribeEndpoints", "EndpointArn"),
        ("dms:DescribeReplicationTasks", "ReplicationTaskArn"),
    ];
    let of_backups = [("backup:ListBackupVaults", "BackupVaultName"), ("backup:ListBackupPlans", "BackupPlanId")];
    let is_own = |name: &Arc<str>| !name.starts_with("default");
    calls.iter().any(|(call, name)| !seen.is_whole(call) || seen.texts(call, name).iter().any(is_own))
        || of_backups.iter().any(|(call, name)| !seen.texts(call, name).is_empty())
}

/// The versions of engines that databases run, by engine and version.
pub(super) fn versions(seen: &Seen) -> BTreeSet<(&str, &str)> {
    let databases = DATABASES.iter().flat_map(|call| seen.values(call));
    databases.filter_map(|database: &Json| text(database, "Engine").zip(text(database, "EngineVersion"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_that_is_asked_about_something_knows_about_what() {
        for operation in OPERATIONS.iter().filter(|operation| matches!(operation.per, Per::Each(_))) {
            assert!(matches!(needed(operation, &Seen::default()), Needed::Each(_)), "{operation}");
        }
    }
}
