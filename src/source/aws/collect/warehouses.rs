//! What the data warehouses of a scope, provisioned and serverless, make it necessary to ask, and what of it concerns them.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::seen::{Seen, list, text};

/// The call that lists clusters.
pub(super) const CLUSTERS: &str = "redshift:DescribeClusters";

/// The call that lists workgroups.
pub(super) const WORKGROUPS: &str = "redshift-serverless:ListWorkgroups";

const NAMESPACES: &str = "redshift-serverless:ListNamespaces";
const SUBNET_GROUPS: &str = "redshift:DescribeClusterSubnetGroups";

/// The parameter groups in use, and those that somebody made. The parameters of AWS's own groups are asked too: they are the
/// engine's defaults, and no other call tells them.
pub(super) fn groups(seen: &Seen) -> BTreeSet<Arc<str>> {
    let used = seen.values(CLUSTERS).flat_map(|cluster| list(cluster, "ClusterParameterGroups"));
    let made = seen.texts("redshift:DescribeClusterParameterGroups", "ParameterGroupName");
    let made = made.into_iter().filter(|name| !name.starts_with("default."));
    made.chain(used.filter_map(|group| text(group, "ParameterGroupName")).map(Arc::from)).collect()
}

/// The ARNs of namespaces and workgroups.
pub(super) fn serverless(seen: &Seen) -> BTreeSet<Arc<str>> {
    seen.texts(NAMESPACES, "namespaceArn").into_iter().chain(seen.texts(WORKGROUPS, "workgroupArn")).collect()
}

/// The keys of clusters, of what is copied of them, and of namespaces; one that AWS owns has no name.
pub(super) fn keys(seen: &Seen) -> impl Iterator<Item = &str> {
    let clusters = seen.values(CLUSTERS).filter_map(|cluster| text(cluster, "KmsKeyId"));
    let grants = seen.values("redshift:DescribeSnapshotCopyGrants").filter_map(|grant| text(grant, "KmsKeyId"));
    let namespaces = seen.values(NAMESPACES).filter_map(|namespace| text(namespace, "kmsKeyId"));
    clusters.chain(grants).chain(namespaces.filter(|key| key.starts_with("arn:")))
}

/// The security groups of clusters and workgroups.
pub(super) fn security_groups(seen: &Seen) -> impl Iterator<Item = &str> {
    let clusters = seen.values(CLUSTERS).flat_map(|cluster| list(cluster, "VpcSecurityGroups"));
    let workgroups = seen.values(WORKGROUPS).flat_map(|workgroup| list(workgroup, "securityGroupIds"));
    clusters.filter_map(|group| text(group, "VpcSecurityGroupId")).chain(workgroups.filter_map(Json::as_str))
}

/// The subnets that clusters may be in, and those of workgroups.
pub(super) fn subnets(seen: &Seen) -> impl Iterator<Item = &str> {
    let groups = seen.values(SUBNET_GROUPS).flat_map(|group| list(group, "Subnets"));
    let workgroups = seen.values(WORKGROUPS).flat_map(|workgroup| list(workgroup, "subnetIds"));
    groups.filter_map(|subnet| text(subnet, "SubnetIdentifier")).chain(workgroups.filter_map(Json::as_str))
}

/// The networks of these subnets.
pub(super) fn networks(seen: &Seen) -> impl Iterator<Item = &str> {
    let groups = seen.values(SUBNET_GROUPS).filter_map(|group| text(group, "VpcId"));
    let endpoints = seen.values(WORKGROUPS).filter_map(|workgroup| workgroup.get("endpoint"));
    let workgroups = endpoints.flat_map(|endpoint| list(endpoint, "vpcEndpoints"));
    groups.chain(workgroups.filter_map(|endpoint| text(endpoint, "vpcId")))
}
