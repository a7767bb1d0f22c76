//! The calls that an inventory is made of. INVARIANT: in the order in which an inventory file holds their replies: what
//! tells about databases first, then snapshots, clusters and instances, so that a reader can join in one pass.
//!
//! Names of actions, members and permissions are those of the service models that botocore ships, and of the Service
//! Authorization Reference (docs.aws.amazon.com/service-authorization/latest/reference).

use std::fmt;

/// How often a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// Once an account and region, page by page.
    Region,
    /// Once for each of some things that other calls named; what they are.
    Each(&'static str),
    /// To learn which accounts and regions there are; it yields no items.
    Discovery,
}

/// One call of the API.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The service's prefix in IAM: `rds`.
    pub service: &'static str,
    /// The action: `DescribeDBInstances`.
    pub action: &'static str,
    /// The member of the reply that holds the objects; `None` when the reply is the object.
    pub list: Option<&'static str>,
    /// How often it is made.
    pub per: Per,
    /// The IAM permission, when it is not `service:action`.
    pub permission: Option<&'static str>,
    /// What the inventory learns by it, for people.
    pub tells: &'static str,
}

impl Operation {
    /// The IAM permission that the call needs.
    pub fn permission(&self) -> String {
        self.permission.map_or_else(|| self.to_string(), str::to_owned)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.action)
    }
}

/// Finds a call by `service:Action`, those of [`DISCOVERY`] too.
pub fn find(name: &str) -> Option<&'static Operation> {
    let (service, action) = name.split_once(':')?;
    let mut all = DISCOVERY.iter().copied().chain(OPERATIONS);
    all.find(|operation| operation.service == service && operation.action == action)
}

/// Where a call stands in [`OPERATIONS`].
pub fn position(operation: &Operation) -> usize {
    OPERATIONS.iter().position(|other| other == operation).unwrap_or(OPERATIONS.len())
}

const fn list(service: &'static str, action: &'static str, list: &'static str, tells: &'static str) -> Operation {
    Operation { service, action, list: Some(list), per: Per::Region, permission: None, tells }
}

const fn each(service: &'static str, action: &'static str, each: &'static str, tells: &'static str) -> Operation {
    Operation { service, action, list: None, per: Per::Each(each), permission: None, tells }
}

/// Every call.
pub static OPERATIONS: &[Operation] = &[
    // What a region offers
    list("rds", "DescribeDBMajorEngineVersions", "DBMajorEngineVersions", "until when engines are supported"),
    Operation {
        list: Some("DBEngineVersions"),
        ..each("rds", "DescribeDBEngineVersions", "engine in use", "engine versions, deprecated ones too")
    },
    list("rds", "DescribeCertificates", "Certificates", "certificate authorities and their end"),
    // Networks and keys
    list("ec2", "DescribeSecurityGroups", "SecurityGroups", "who may connect"),
    list("ec2", "DescribeSubnets", "Subnets", "the zones and networks of databases"),
    list("ec2", "DescribeRouteTables", "RouteTables", "which subnets lead to the internet"),
    each("kms", "DescribeKey", "key in use", "who manages a key, and whether it is enabled"),
    each("kms", "GetKeyRotationStatus", "customer managed key in use", "whether a key is rotated"),
    each("kms", "GetKeyPolicy", "customer managed key in use", "who may use a key"),
    list("secretsmanager", "ListSecrets", "SecretList", "whether secrets are rotated"),
    each("secretsmanager", "GetResourcePolicy", "secret in use", "who may read a secret"),
    each("logs", "DescribeLogGroups", "kind of databases", "how long exported logs are kept"),
    list("guardduty", "ListDetectors", "DetectorIds", "whether anything watches for attacks"),
    each("guardduty", "GetDetector", "detector", "whether logins to databases are watched"),
    // Groups
    Operation {
        permission: Some("tag:GetResources"),
        ..list("tagging", "GetResources", "ResourceTagMappingList", "tags of groups, proxies and subscriptions")
    },
    each("rds", "DescribeEngineDefaultParameters", "family of instances in use", "the engine's own parameter values"),
    each(
        "rds",
        "DescribeEngineDefaultClusterParameters",
        "family of clusters in use",
        "the engine's own parameter values",
    ),
    each("rds", "DescribeDBParameters", "parameter group", "the parameters that a group sets"),
    each("rds", "DescribeDBClusterParameters", "cluster parameter group", "the parameters that a group sets"),
    list("rds", "DescribeDBParameterGroups", "DBParameterGroups", "parameter groups"),
    list("rds", "DescribeDBClusterParameterGroups", "DBClusterParameterGroups", "parameter groups of clusters"),
    list("rds", "DescribeOptionGroups", "OptionGroupsList", "option groups"),
    list("rds", "DescribeDBSubnetGroups", "DBSubnetGroups", "subnet groups"),
    each("elasticache", "DescribeCacheParameters", "cache parameter group", "the parameters that a group sets"),
    list("elasticache", "DescribeCacheParameterGroups", "CacheParameterGroups", "parameter groups of caches"),
    list("elasticache", "DescribeCacheSubnetGroups", "CacheSubnetGroups", "subnet groups of caches"),
    each("elasticache", "ListTagsForResource", "cache, and group of caches", "tags of caches"),
    list("memorydb", "DescribeSubnetGroups", "SubnetGroups", "subnet groups of MemoryDB"),
    each("memorydb", "ListTags", "cluster, snapshot, and subnet group of MemoryDB", "tags of MemoryDB"),
    list("dax", "DescribeSubnetGroups", "SubnetGroups", "subnet groups of DAX"),
    each("dax", "ListTags", "cluster of DAX", "tags of DAX"),
    list("rds", "DescribeEventSubscriptions", "EventSubscriptionsList", "who is told about events"),
    // Warehouses and tables: what is told of them
    each("redshift", "DescribeClusterParameters", "parameter group of warehouses", "the parameters of a group"),
    list("redshift", "DescribeClusterParameterGroups", "ParameterGroups", "parameter groups of warehouses"),
    list("redshift", "DescribeClusterSubnetGroups", "ClusterSubnetGroups", "subnet groups of warehouses"),
    each("redshift", "DescribeLoggingStatus", "warehouse", "whether a warehouse delivers audit logs"),
    list("redshift", "DescribeSnapshotCopyGrants", "SnapshotCopyGrants", "keys of snapshots copied to other regions"),
    each("redshift-serverless", "ListTagsForResource", "namespace or workgroup", "tags of serverless warehouses"),
    each("dynamodb", "DescribeContinuousBackups", "table", "how far back a table can be restored"),
    each("dynamodb", "GetResourcePolicy", "table", "whom a table lets in by its own policy"),
    each("dynamodb", "ListTagsOfResource", "table", "tags of tables"),
    list("application-autoscaling", "DescribeScalableTargets", "ScalableTargets", "what scales the capacity of tables"),
    // What happens to databases
    list("rds", "DescribePendingMaintenanceActions", "PendingMaintenanceActions", "maintenance that waits"),
    list("rds", "DescribeBlueGreenDeployments", "BlueGreenDeployments", "blue/green deployments"),
    list(
        "rds",
        "DescribeDBInstanceAutomatedBackups",
        "DBInstanceAutomatedBackups",
        "automated backups, and their copies",
    ),
    list("rds", "DescribeDBClusterAutomatedBackups", "DBClusterAutomatedBackups", "automated backups of clusters"),
    list("backup", "ListProtectedResources", "Results", "what AWS Backup protects"),
    each("backup", "ListRecoveryPointsByResource", "database that AWS Backup protects", "recovery points"),
    list("backup", "ListRestoreJobs", "RestoreJobs", "restores, the last test of a backup"),
    list("backup", "ListBackupVaults", "BackupVaultList", "backup vaults, their keys and locks"),
    each("backup", "GetBackupVaultAccessPolicy", "backup vault", "who may delete recovery points"),
    each("backup", "GetBackupVaultNotifications", "backup vault", "who is told of failed backups"),
    list("backup", "ListBackupPlans", "BackupPlansList", "backup plans"),
    each("backup", "GetBackupPlan", "backup plan", "how long backups are kept"),
    Operation {
        per: Per::Region,
        ..each("backup", "DescribeRegionSettings", "", "what AWS Backup backs up in a region")
    },
    // Snapshots
    each("rds", "DescribeDBSnapshotAttributes", "manual snapshot", "who may restore a snapshot"),
    each("rds", "DescribeDBClusterSnapshotAttributes", "manual cluster snapshot", "who may restore a snapshot"),
    list("rds", "DescribeDBSnapshots", "DBSnapshots", "snapshots of instances"),
    list("rds", "DescribeDBClusterSnapshots", "DBClusterSnapshots", "snapshots of clusters"),
    list("memorydb", "DescribeSnapshots", "Snapshots", "snapshots of MemoryDB"),
    // Databases
    list("rds", "DescribeGlobalClusters", "GlobalClusters", "global clusters"),
    list("rds", "DescribeDBClusters", "DBClusters", "clusters"),
    list("rds", "DescribeDBInstances", "DBInstances", "instances and cluster members"),
    each("rds", "DescribeDBProxyTargets", "proxy", "the databases behind a proxy"),
    list("rds", "DescribeDBProxies", "DBProxies", "proxies"),
    list("redshift", "DescribeClusters", "Clusters", "warehouses"),
    list("redshift-serverless", "ListNamespaces", "namespaces", "the data of serverless warehouses"),
    list("redshift-serverless", "ListWorkgroups", "workgroups", "the compute of serverless warehouses"),
    list("dynamodb", "ListTables", "TableNames", "the names of tables"),
    each("dynamodb", "DescribeTable", "table", "tables"),
    list("elasticache", "DescribeReplicationGroups", "ReplicationGroups", "replication groups of caches"),
    list("elasticache", "DescribeServerlessCaches", "ServerlessCaches", "serverless caches"),
    list(
        "elasticache",
        "DescribeCacheClusters",
        "CacheClusters",
        "cache clusters, and the nodes of replication groups",
    ),
    list("memorydb", "DescribeClusters", "Clusters", "clusters of MemoryDB"),
    list("dax", "DescribeClusters", "Clusters", "clusters of DAX"),
    // Migrations
    list("dms", "DescribeReplicationInstances", "ReplicationInstances", "servers that copy data"),
    list("dms", "DescribeEndpoints", "Endpoints", "the databases that data is copied between"),
    list("dms", "DescribeReplicationTasks", "ReplicationTasks", "what is copied, and what is logged of it"),
];

const fn discovery(
    service: &'static str,
    action: &'static str,
    list: Option<&'static str>,
    tells: &'static str,
) -> Operation {
    Operation { service, action, list, per: Per::Discovery, permission: None, tells }
}

pub(super) static CALLER: Operation = discovery("sts", "GetCallerIdentity", None, "whose credentials these are");
pub(super) static REGIONS: Operation =
    discovery("ec2", "DescribeRegions", Some("Regions"), "the regions that an account has enabled");
pub(super) static ACCOUNTS: Operation =
    discovery("organizations", "ListAccounts", Some("Accounts"), "the accounts of the organization");
pub(super) static ACCOUNTS_OF: Operation =
    discovery("organizations", "ListAccountsForParent", Some("Accounts"), "the accounts of an organizational unit");
pub(super) static UNITS_OF: Operation = discovery(
    "organizations",
    "ListOrganizationalUnitsForParent",
    Some("OrganizationalUnits"),
    "the organizational units in another",
);

/// The calls that find accounts and regions. Only those that failed come up in an inventory.
pub static DISCOVERY: &[&Operation] = &[&CALLER, &REGIONS, &ACCOUNTS, &ACCOUNTS_OF, &UNITS_OF];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_found_by_its_name() {
        let found = find("rds:DescribeDBInstances").expect("the table has it");
        assert_eq!((found.list, found.permission().as_str()), (Some("DBInstances"), "rds:DescribeDBInstances"));
        assert_eq!(find("rds:DeleteDBInstance"), None);
    }

    #[test]
    fn only_reads_are_in_the_table() {
        let verbs = ["Describe", "List", "Get"];
        assert!(OPERATIONS.iter().all(|operation| verbs.iter().any(|verb| operation.action.starts_with(verb))));
    }
}
