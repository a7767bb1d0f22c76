//! How each service is spoken to: its protocol, its names, what each call is asked with and how its pages hang together.
//!
//! Names are those of the service models that botocore ships; limits of pages are those of AWS's API references.

use super::Operation;

/// How requests and replies are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    /// A form in, XML with a result element out.
    Query {
        /// The version of the API.
        version: &'static str,
    },
    /// A form in, XML out.
    Ec2 {
        /// The version of the API.
        version: &'static str,
    },
    /// JSON 1.1 in and out.
    Json {
        /// What stands before the action in the header `x-amz-target`.
        target: &'static str,
    },
    /// JSON 1.0 in and out.
    Json10 {
        /// What stands before the action in the header `x-amz-target`.
        target: &'static str,
    },
    /// A path and a query in, JSON out.
    Rest,
}

/// A service.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Service {
    /// Its prefix in IAM; it is also the name in signatures.
    pub(super) name: &'static str,
    /// Its host's first label.
    pub(super) host: &'static str,
    /// The name that configures it: `AWS_ENDPOINT_URL_<ID>`, `services` sections of profiles.
    pub(super) id: &'static str,
    pub(super) protocol: Protocol,
    /// The parameter that asks for the next page, and the member of a reply that names it.
    pub(super) pages: Option<(&'static str, &'static str)>,
}

const fn service(
    name: &'static str,
    id: &'static str,
    protocol: Protocol,
    pages: Option<(&'static str, &'static str)>,
) -> Service {
    Service { name, host: name, id, protocol, pages }
}

const NEXT_TOKEN: Option<(&str, &str)> = Some(("NextToken", "NextToken"));

/// Every service, RDS first.
static SERVICES: &[Service] = &[
    service("rds", "RDS", Protocol::Query { version: "2014-10-31" }, Some(("Marker", "Marker"))),
    service("elasticache", "ElastiCache", Protocol::Query { version: "2015-02-02" }, Some(("Marker", "Marker"))),
    Service {
        host: "memory-db",
        ..service("memorydb", "MemoryDB", Protocol::Json { target: "AmazonMemoryDB" }, NEXT_TOKEN)
    },
    service("dax", "DAX", Protocol::Json { target: "AmazonDAXV3" }, NEXT_TOKEN),
    service("ec2", "EC2", Protocol::Ec2 { version: "2016-11-15" }, NEXT_TOKEN),
    service("kms", "KMS", Protocol::Json { target: "TrentService" }, None),
    service("secretsmanager", "Secrets Manager", Protocol::Json { target: "secretsmanager" }, NEXT_TOKEN),
    service(
        "tagging",
        "Resource Groups Tagging API",
        Protocol::Json { target: "ResourceGroupsTaggingAPI_20170126" },
        Some(("PaginationToken", "PaginationToken")),
    ),
    service("backup", "Backup", Protocol::Rest, Some(("nextToken", "NextToken"))),
    service(
        "dms",
        "Database Migration Service",
        Protocol::Json { target: "AmazonDMSv20160101" },
        Some(("Marker", "Marker")),
    ),
    service("guardduty", "GuardDuty", Protocol::Rest, Some(("nextToken", "NextToken"))),
    service("logs", "CloudWatch Logs", Protocol::Json { target: "Logs_20140328" }, Some(("nextToken", "nextToken"))),
    service("redshift", "Redshift", Protocol::Query { version: "2012-12-01" }, Some(("Marker", "Marker"))),
    service(
        "redshift-serverless",
        "Redshift Serverless",
        Protocol::Json { target: "RedshiftServerless" },
        Some(("nextToken", "nextToken")),
    ),
    service(
        "dynamodb",
        "DynamoDB",
        Protocol::Json10 { target: "DynamoDB_20120810" },
        Some(("ExclusiveStartTableName", "LastEvaluatedTableName")),
    ),
    service(
        "application-autoscaling",
        "Application Auto Scaling",
        Protocol::Json { target: "AnyScaleFrontendService" },
        NEXT_TOKEN,
    ),
    service("organizations", "Organizations", Protocol::Json { target: "AWSOrganizationsV20161128" }, NEXT_TOKEN),
    service("sts", "STS", Protocol::Query { version: "2011-06-15" }, None),
];

/// The service of a call; a call of none of them, which a test rules out, would be sent to RDS and refused there.
pub(super) fn service_of(operation: &Operation) -> &'static Service {
    static RDS: Service = service("rds", "RDS", Protocol::Query { version: "2014-10-31" }, Some(("Marker", "Marker")));
    SERVICES.iter().find(|service| service.name == operation.service).unwrap_or(&RDS)
}

/// The parameter that asks for the next page of a call, and the member of a reply that names it.
pub(super) fn pages(operation: &Operation) -> Option<(&'static str, &'static str)> {
    match (operation.service, operation.action) {
        // Only the names of tables are paged by the last of them.
        ("dynamodb", "ListTagsOfResource") => NEXT_TOKEN,
        ("elasticache", "DescribeServerlessCaches") => NEXT_TOKEN,
        _ => service_of(operation).pages,
    }
}

/// How a call's requests and replies are written.
pub(super) fn protocol(operation: &Operation) -> Protocol {
    service_of(operation).protocol
}

/// What a call is asked with, whatever it is asked about.
pub(super) fn constants(operation: &Operation) -> &'static [(&'static str, &'static str)] {
    match (operation.service, operation.action) {
        // Deprecated versions are left out otherwise.
        ("rds", "DescribeDBEngineVersions") => &[("IncludeAll", "true")],
        // What the group sets itself; the rest is the engine's default, which is asked once a family.
        ("rds", "DescribeDBParameters" | "DescribeDBClusterParameters") => &[("Source", "user")],
        ("elasticache", "DescribeCacheParameters") => &[("Source", "user")],
        // The ports of single nodes are told with them.
        ("elasticache", "DescribeCacheClusters") => &[("ShowCacheNodeInfo", "true")],
        // The replicas of a shard are told with it, and when a snapshot was taken with its shards.
        ("memorydb", "DescribeClusters") => &[("ShowShardDetails", "true")],
        ("memorydb", "DescribeSnapshots") => &[("ShowDetail", "true")],
        // The largest page that each service gives; RDS gives its largest, 100, when nothing is said.
        ("ec2", "DescribeSecurityGroups" | "DescribeSubnets") => &[("MaxResults", "1000")],
        ("ec2", "DescribeRouteTables") => &[("MaxResults", "100")],
        // The only name that there is; older endpoints want to be told it.
        ("kms", "GetKeyPolicy") => &[("PolicyName", "default")],
        ("secretsmanager", "ListSecrets") => &[("MaxResults", "100")],
        ("logs", _) => &[("limit", "50")],
        ("guardduty", "ListDetectors") => &[("maxResults", "50")],
        ("tagging", _) => &[("ResourcesPerPage", "100")],
        ("backup", _) if paged(operation).is_some() => &[("maxResults", "1000")],
        ("application-autoscaling", _) => &[("ServiceNamespace", "dynamodb"), ("MaxResults", "50")],
        _ => &[],
    }
}

/// The types of resources whose tags no call of their service prints; `rds` would add every snapshot.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html#amazonrds-resources-for-iam-policies>
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsdatabasemigrationservice.html>
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html>
pub(super) const TAGGED: [&str; 11] = [
    "rds:pg",
    "rds:cluster-pg",
    "rds:og",
    "rds:subgrp",
    "rds:es",
    "rds:db-proxy",
    "dms:rep",
    "dms:endpoint",
    "dms:task",
    "backup:backup-vault",
    "backup:backup-plan",
];

/// Whether the tags of a service's resources are told with those of others.
pub(crate) fn is_tagged(service: &str) -> bool {
    TAGGED.iter().any(|of| of.split(':').next() == Some(service))
}

/// The parameter that names what a call is asked about.
pub(super) fn subject(operation: &Operation) -> Option<&'static str> {
    Some(match (operation.service, operation.action) {
        ("rds", "DescribeDBEngineVersions") => "Engine",
        ("rds", "DescribeEngineDefaultParameters" | "DescribeEngineDefaultClusterParameters") => {
            "DBParameterGroupFamily"
        }
        ("rds", "DescribeDBParameters") => "DBParameterGroupName",
        ("rds", "DescribeDBClusterParameters") => "DBClusterParameterGroupName",
        ("rds", "DescribeDBSnapshotAttributes") => "DBSnapshotIdentifier",
        ("rds", "DescribeDBClusterSnapshotAttributes") => "DBClusterSnapshotIdentifier",
        ("rds", "DescribeDBProxyTargets") => "DBProxyName",
        ("redshift", "DescribeClusterParameters") => "ParameterGroupName",
        ("redshift", "DescribeLoggingStatus") => "ClusterIdentifier",
        ("redshift-serverless", "ListTagsForResource") => "resourceArn",
        ("dynamodb", "DescribeTable" | "DescribeContinuousBackups") => "TableName",
        ("dynamodb", "GetResourcePolicy" | "ListTagsOfResource") => "ResourceArn",
        ("elasticache", "DescribeCacheParameters") => "CacheParameterGroupName",
        ("elasticache", "ListTagsForResource") | ("dax", "ListTags") => "ResourceName",
        ("memorydb", "ListTags") => "ResourceArn",
        ("kms", _) => "KeyId",
        ("secretsmanager", "GetResourcePolicy") => "SecretId",
        ("logs", "DescribeLogGroups") => "logGroupNamePrefix",
        ("organizations", "ListAccountsForParent" | "ListOrganizationalUnitsForParent") => "ParentId",
        _ => return None,
    })
}

/// The path of a call of a REST service. `of` is percent-encoded.
pub(super) fn path(operation: &Operation, of: &str) -> String {
    match operation.action {
        "ListProtectedResources" => "/resources/".to_owned(),
        "ListRecoveryPointsByResource" => format!("/resources/{of}/recovery-points/"),
        "ListRestoreJobs" => "/restore-jobs/".to_owned(),
        "ListBackupVaults" => "/backup-vaults/".to_owned(),
        "GetBackupVaultAccessPolicy" => format!("/backup-vaults/{of}/access-policy"),
        "GetBackupVaultNotifications" => format!("/backup-vaults/{of}/notification-configuration"),
        "ListBackupPlans" => "/backup/plans/".to_owned(),
        "GetBackupPlan" => format!("/backup/plans/{of}/"),
        "DescribeRegionSettings" => "/account-settings".to_owned(),
        "ListDetectors" => "/detector".to_owned(),
        "GetDetector" => format!("/detector/{of}"),
        _ => "/".to_owned(),
    }
}

/// Where the pages of a call keep their list: the member around it, if there is one, and its own name. `None` for a call
/// without pages.
pub(super) fn paged(operation: &Operation) -> Option<(Option<&'static str>, &'static str)> {
    if let Some(list) = operation.list {
        return Some((None, list));
    }
    Some(match operation.action {
        "ListTagsOfResource" => (None, "Tags"),
        "ListTags" if operation.service == "dax" => (None, "Tags"),
        "DescribeDBParameters"
        | "DescribeDBClusterParameters"
        | "DescribeCacheParameters"
        | "DescribeClusterParameters" => (None, "Parameters"),
        "DescribeEngineDefaultParameters" | "DescribeEngineDefaultClusterParameters" => {
            (Some("EngineDefaults"), "Parameters")
        }
        "DescribeDBProxyTargets" => (None, "Targets"),
        "ListRecoveryPointsByResource" => (None, "RecoveryPoints"),
        "DescribeLogGroups" => (None, "logGroups"),
        _ => return None,
    })
}

/// What a reply without pages says; a reply without it says nothing.
pub(super) fn essence(operation: &Operation) -> Option<&'static str> {
    Some(match operation.action {
        "DescribeLoggingStatus" => "LoggingEnabled",
        "DescribeTable" => "Table",
        "GetResourcePolicy" if operation.service == "dynamodb" => "Policy",
        "DescribeContinuousBackups" => "ContinuousBackupsDescription",
        "ListTagsForResource" if operation.service == "redshift-serverless" => "tags",
        "DescribeKey" => "KeyMetadata",
        "GetKeyRotationStatus" => "KeyRotationEnabled",
        "DescribeDBSnapshotAttributes" => "DBSnapshotAttributesResult",
        "DescribeDBClusterSnapshotAttributes" => "DBClusterSnapshotAttributesResult",
        "ListTagsForResource" => "TagList",
        "ListTags" if operation.service == "memorydb" => "TagList",
        "GetCallerIdentity" => "Account",
        "GetKeyPolicy" | "GetBackupVaultAccessPolicy" => "Policy",
        // A secret without a policy has no other member than its names.
        "GetResourcePolicy" => "Name",
        "GetBackupVaultNotifications" => "BackupVaultEvents",
        "GetBackupPlan" => "BackupPlan",
        "DescribeRegionSettings" => "ResourceTypeOptInPreference",
        "GetDetector" => "Status",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::aws::operations::{DISCOVERY, OPERATIONS, Per};

    #[test]
    fn every_call_belongs_to_a_service() {
        for operation in OPERATIONS.iter().chain(DISCOVERY.iter().copied()) {
            assert_eq!(service_of(operation).name, operation.service, "{operation}");
        }
    }

    #[test]
    fn every_reply_has_something_that_it_must_say() {
        for operation in OPERATIONS.iter().chain(DISCOVERY.iter().copied()) {
            assert!(paged(operation).is_some() != essence(operation).is_some(), "{operation}");
        }
    }

    #[test]
    fn a_call_that_is_asked_about_something_can_say_so() {
        for operation in OPERATIONS.iter().filter(|operation| matches!(operation.per, Per::Each(_))) {
            let says = subject(operation).is_some() || path(operation, "the-subject").contains("the-subject");
            assert!(says, "{operation}");
        }
    }
}
