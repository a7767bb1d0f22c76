//! Finds the account and region of every imported object.
//!
//! Most objects have an ARN. Those that have none (security groups, parameters) are where the path says (a folder named
//! `eu-west-1` or `111122223333`), else where everything else in the file is, else in the folder; else what was given on
//! the command line counts, else where everything else in the import is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;

use super::Reply;
use super::detect::text;
use crate::model::Scope;
use crate::source::aws::Operation;
use crate::source::aws::names::{is_account, is_region};

/// A reply with its objects and where each of them is.
pub(super) struct Placed {
    pub(super) reply: Reply,
    /// INVARIANT: as long as the reply's values.
    pub(super) scopes: Vec<Scope>,
    /// Where the reply itself is, for one without objects.
    pub(super) scope: Scope,
}

/// Places every object.
pub(super) fn place(replies: Vec<Reply>, given: &Scope, notes: &mut Vec<String>) -> Vec<Placed> {
    let tells_of = |reply: &Reply, value| match is_shared(reply.operation) {
        true => reply.scope.clone(),
        false => merged(&reply.scope, &tells(reply.operation, value)),
    };
    let told: Vec<Vec<Scope>> =
        replies.iter().map(|reply| reply.values.iter().map(|value| tells_of(reply, value)).collect()).collect();
    let mut around = Around::default();
    for (reply, scopes) in replies.iter().zip(&told) {
        scopes.iter().for_each(|scope| around.add(&reply.file, scope));
    }
    let mut unplaced = BTreeSet::new();
    let placed = replies.into_iter().zip(told).map(|(reply, told)| {
        let fallback = around.fallback(&reply.file, given);
        let of_value = |(scope, value)| merged(&merged(scope, &fallback), &tells(reply.operation, value));
        let scopes: Vec<Scope> = told.iter().zip(&reply.values).map(of_value).collect();
        let scope = merged(&reply.scope, &fallback);
        let is_placed = |scope: &Scope| scope.account.is_some() && scope.region.is_some();
        if !(scopes.iter().all(is_placed) && (is_placed(&scope) || !scopes.is_empty())) {
            unplaced.insert(Arc::clone(&reply.file));
        }
        Placed { reply, scopes, scope }
    });
    let mut placed: Vec<Placed> = placed.collect();
    // An empty list that is nowhere says nothing about what is somewhere.
    if placed.iter().any(|placed| !placed.scopes.is_empty()) {
        placed.retain(|placed| {
            !placed.scopes.is_empty() || (placed.scope.account.is_some() && placed.scope.region.is_some())
        });
    }
    notes.extend(unplaced.into_iter().map(|file| {
        format!("{file}: it does not say its account and region; give `--account` and `--region`, or put it into a folder named after them")
    }));
    placed
}

/// Whether an object may be of another account than the databases that use it: a key belongs to what is around it, and its
/// ARN tells where it is from.
fn is_shared(operation: &Operation) -> bool {
    matches!(operation.action, "DescribeKey" | "GetKeyRotationStatus")
}

/// What one scope says, and another where it says nothing.
fn merged(scope: &Scope, other: &Scope) -> Scope {
    Scope {
        account: scope.account.clone().or_else(|| other.account.clone()),
        region: scope.region.clone().or_else(|| other.region.clone()),
    }
}

/// Where an object says that it is.
fn tells(operation: &Operation, value: &Json) -> Scope {
    // A snapshot of somebody else is listed where it may be used, and its ARN tells where it is from.
    if text(value, "SnapshotType").is_some_and(|kind| matches!(&*kind, "shared" | "public")) {
        return Scope::default();
    }
    let of_arn = arn_of(operation, value).map(|arn| scope_of_arn(&arn)).unwrap_or_default();
    let owner = ["OwnerId", "AccountId", "AWSAccountId"].iter().find_map(|member| text(value, member));
    let zone = text(value, "AvailabilityZone").and_then(|zone| region_of_zone(&zone));
    merged(&of_arn, &Scope { account: owner, region: zone })
}

/// The ARN that tells where an object of a call is.
pub(super) fn arn_of(operation: &Operation, value: &Json) -> Option<Arc<str>> {
    let members: &[&str] = match operation.action {
        "DescribeClusters" if operation.service == "redshift" => &["ClusterNamespaceArn"],
        "ListNamespaces" => &["namespaceArn"],
        "ListWorkgroups" => &["workgroupArn"],
        "DescribeTable" => return text(value.get("Table")?, "TableArn"),
        "DescribeScalableTargets" => &["ScalableTargetARN"],
        "DescribeDBInstances" => &["DBInstanceArn"],
        "DescribeDBClusters" => &["DBClusterArn"],
        "DescribeDBSnapshots" => &["DBSnapshotArn"],
        "DescribeDBClusterSnapshots" => &["DBClusterSnapshotArn"],
        "DescribeDBParameterGroups" => &["DBParameterGroupArn"],
        "DescribeDBClusterParameterGroups" => &["DBClusterParameterGroupArn"],
        "DescribeOptionGroups" => &["OptionGroupArn"],
        "DescribeDBSubnetGroups" => &["DBSubnetGroupArn"],
        "DescribeEventSubscriptions" => &["EventSubscriptionArn"],
        "DescribeCertificates" => &["CertificateArn"],
        "DescribeGlobalClusters" => &["GlobalClusterArn"],
        "DescribeBlueGreenDeployments" => &["Source"],
        "DescribePendingMaintenanceActions" => &["ResourceIdentifier"],
        "DescribeDBInstanceAutomatedBackups" => &["DBInstanceAutomatedBackupsArn", "DBInstanceArn"],
        "DescribeDBClusterAutomatedBackups" => &["DBClusterAutomatedBackupsArn", "DBClusterArn"],
        "DescribeDBProxies" => &["DBProxyArn"],
        "DescribeReplicationInstances" => &["ReplicationInstanceArn"],
        "DescribeEndpoints" => &["EndpointArn"],
        "DescribeReplicationTasks" => &["ReplicationTaskArn"],
        "DescribeReplicationGroups"
        | "DescribeCacheClusters"
        | "DescribeServerlessCaches"
        | "DescribeCacheSubnetGroups"
        | "DescribeCacheParameterGroups"
        | "DescribeClusters"
        | "DescribeSnapshots"
        | "DescribeSubnetGroups" => &["ARN", "ClusterArn"],
        "DescribeSecurityGroups" => &["SecurityGroupArn"],
        "DescribeSubnets" => &["SubnetArn"],
        "ListSecrets" => &["ARN"],
        "GetResources" => &["ResourceARN"],
        "ListProtectedResources" => &["ResourceArn"],
        "ListRestoreJobs" => &["CreatedResourceArn", "RecoveryPointArn"],
        "DescribeKey" => return text(value.get("KeyMetadata")?, "Arn"),
        "GetKeyRotationStatus" => &["KeyId"],
        "ListRecoveryPointsByResource" => return text(value.get("RecoveryPoints")?.get(0)?, "BackupVaultArn"),
        _ => &[],
    };
    members.iter().find_map(|member| text(value, member).filter(|arn| arn.starts_with("arn:")))
}

/// `arn:aws:rds:eu-west-1:111122223333:db:main`; either part may be empty.
fn scope_of_arn(arn: &str) -> Scope {
    let mut parts = arn.split(':').skip(3).map(|part| (!part.is_empty()).then(|| Arc::from(part)));
    Scope { region: parts.next().flatten(), account: parts.next().flatten().filter(|account| is_account(account)) }
}

/// `eu-west-1` of `eu-west-1a`. Local zones have longer names, and so they tell nothing here.
fn region_of_zone(zone: &str) -> Option<Arc<str>> {
    let region = zone.strip_suffix(|c: char| c.is_ascii_lowercase())?;
    is_region(region).then(|| region.into())
}

/// The folder of a file, as part of its name.
pub(super) fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What the objects that tell say of those around them.
#[derive(Default)]
struct Around {
    by_file: BTreeMap<Arc<str>, Seen>,
    by_folder: BTreeMap<Arc<str>, Seen>,
    all: Seen,
}

#[derive(Default)]
struct Seen {
    accounts: BTreeSet<Arc<str>>,
    regions: BTreeSet<Arc<str>>,
}

impl Seen {
    fn add(&mut self, scope: &Scope) {
        self.accounts.extend(scope.account.clone());
        self.regions.extend(scope.region.clone());
    }

    /// What all agree on.
    fn agreed(&self) -> Scope {
        let only = |set: &BTreeSet<Arc<str>>| if set.len() == 1 { set.first().cloned() } else { None };
        Scope { account: only(&self.accounts), region: only(&self.regions) }
    }
}

impl Around {
    fn add(&mut self, file: &Arc<str>, scope: &Scope) {
        self.by_file.entry(Arc::clone(file)).or_default().add(scope);
        self.by_folder.entry(folder_of(file).into()).or_default().add(scope);
        self.all.add(scope);
    }

    /// Where what does not tell is.
    fn fallback(&self, file: &str, given: &Scope) -> Scope {
        let agreed = |seen: Option<&Seen>| seen.map(Seen::agreed).unwrap_or_default();
        let steps = [
            of_path(file),
            agreed(self.by_file.get(file)),
            agreed(self.by_folder.get(folder_of(file))),
            given.clone(),
            self.all.agreed(),
        ];
        steps.iter().fold(Scope::default(), |scope, step| merged(&scope, step))
    }
}

/// What the words of a path say.
fn of_path(file: &str) -> Scope {
    let mut scope = Scope::default();
    for part in file.rsplit('/') {
        let words = || part.split(['.', '_', ' ', '=']);
        scope.account = scope.account.or_else(|| words().find(|word| is_account(word)).map(Arc::from));
        scope.region = scope.region.or_else(|| words().find(|word| is_region(word)).map(Arc::from));
    }
    scope
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_may_tell_accounts_and_regions() {
        let of = |path| of_path(path);
        let scope = |account: &str, region: &str| Scope {
            account: (!account.is_empty()).then(|| account.into()),
            region: (!region.is_empty()).then(|| region.into()),
        };
        assert_eq!(of("x/111122223333/eu-west-1/describe-db-instances.json"), scope("111122223333", "eu-west-1"));
        assert_eq!(of("account=111122223333/region=us-gov-east-1/x.json"), scope("111122223333", "us-gov-east-1"));
        assert_eq!(
            of("111122223333_Config_ap-southeast-2_ConfigSnapshot.json"),
            scope("111122223333", "ap-southeast-2")
        );
        assert_eq!(of("describe-db-instances-1.json"), Scope::default());
        assert_eq!(of("my-db-1/x.json"), Scope::default());
        assert_eq!(region_of_zone("eu-west-1a").as_deref(), Some("eu-west-1"));
        assert_eq!(region_of_zone("us-west-2-lax-1a"), None);
    }
}
