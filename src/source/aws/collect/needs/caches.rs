//! What ElastiCache, MemoryDB and DAX need to be asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::super::seen::{Seen, list, text};
use super::{Needed, each};
use crate::source::aws::Operation;

/// The calls that list clusters and caches.
pub(in crate::source::aws::collect) const CACHES: [&str; 5] = [
    "elasticache:DescribeReplicationGroups",
    "elasticache:DescribeServerlessCaches",
    "elasticache:DescribeCacheClusters",
    "memorydb:DescribeClusters",
    "dax:DescribeClusters",
];

/// Whether, and about what, a call of one of the services is to be made.
pub(super) fn needed(operation: &Operation, seen: &Seen) -> Needed {
    match operation.action {
        "DescribeCacheParameterGroups" | "DescribeCacheSubnetGroups" | "DescribeSubnetGroups" => {
            if seen.may_have(&of_service(operation.service)) { Needed::Once } else { Needed::Unasked }
        }
        "DescribeCacheParameters" => each(own_groups(seen)),
        "ListTagsForResource" | "ListTags" => each(tagged(operation.service, seen)),
        _ => Needed::Once,
    }
}

fn of_service(service: &str) -> Vec<&'static str> {
    CACHES.into_iter().filter(|call| call.split(':').next() == Some(service)).collect()
}

/// The parameter groups that somebody may have set: all but AWS's own, which cannot be changed.
fn own_groups(seen: &Seen) -> BTreeSet<Arc<str>> {
    let listed = seen.texts("elasticache:DescribeCacheParameterGroups", "CacheParameterGroupName");
    let clusters = seen.values("elasticache:DescribeCacheClusters");
    let in_use = clusters.filter_map(|cluster| text(cluster.get("CacheParameterGroup")?, "CacheParameterGroupName"));
    listed.into_iter().chain(in_use.map(Arc::from)).filter(|name| !name.starts_with("default.")).collect()
}

/// What has tags, by the calls that list it, with the members that name it and hold its ARN.
const TAGGED: &[(&str, &str, &str)] = &[
    ("elasticache:DescribeReplicationGroups", "ReplicationGroupId", "ARN"),
    ("elasticache:DescribeServerlessCaches", "ServerlessCacheName", "ARN"),
    ("elasticache:DescribeCacheClusters", "CacheClusterId", "ARN"),
    ("elasticache:DescribeCacheParameterGroups", "CacheParameterGroupName", "ARN"),
    ("elasticache:DescribeCacheSubnetGroups", "CacheSubnetGroupName", "ARN"),
    ("memorydb:DescribeClusters", "Name", "ARN"),
    ("memorydb:DescribeSnapshots", "Name", "ARN"),
    ("memorydb:DescribeSubnetGroups", "Name", "ARN"),
    ("dax:DescribeClusters", "ClusterName", "ClusterArn"),
];

/// The ARNs of what has tags. Nodes have the tags of their replication group, and nobody tags what is AWS's own.
fn tagged(service: &str, seen: &Seen) -> BTreeSet<Arc<str>> {
    let is_node =
        |object: &Json| object.get("CacheClusterId").is_some() && text(object, "ReplicationGroupId").is_some();
    let is_own = |name: &str| name != "default" && !name.starts_with("default.");
    let mut arns = BTreeSet::new();
    for (call, name, arn) in TAGGED.iter().filter(|(call, ..)| call.split(':').next() == Some(service)) {
        let has_tags = |object: &&Json| !is_node(object) && text(object, name).is_some_and(is_own);
        arns.extend(seen.values(call).filter(has_tags).filter_map(|object| text(object, arn)).map(Arc::from));
    }
    arns
}

/// The keys of caches and of snapshots.
pub(super) fn keys(seen: &Seen) -> impl Iterator<Item = &str> {
    let holders = CACHES.into_iter().chain(["memorydb:DescribeSnapshots"]);
    holders.flat_map(|call| seen.values(call)).filter_map(|cache| text(cache, "KmsKeyId"))
}

/// The security groups of caches.
pub(in crate::source::aws::collect) fn security_groups(seen: &Seen) -> impl Iterator<Item = &str> {
    let clusters = CACHES.into_iter().flat_map(|call| seen.values(call));
    let clusters = clusters.flat_map(|cluster| list(cluster, "SecurityGroups"));
    let id = |group| text(group, "SecurityGroupId").or_else(|| text(group, "SecurityGroupIdentifier"));
    let serverless = seen.values("elasticache:DescribeServerlessCaches");
    let serverless = serverless.flat_map(|cache| list(cache, "SecurityGroupIds")).filter_map(Json::as_str);
    clusters.filter_map(id).chain(serverless)
}

/// The calls that list the subnet groups of caches.
const SUBNET_GROUPS: [&str; 3] =
    ["elasticache:DescribeCacheSubnetGroups", "memorydb:DescribeSubnetGroups", "dax:DescribeSubnetGroups"];

/// The subnet groups of caches.
pub(in crate::source::aws::collect) fn subnet_groups(seen: &Seen) -> impl Iterator<Item = &Json> {
    SUBNET_GROUPS.into_iter().flat_map(|call| seen.values(call))
}

/// The subnets that caches may be in.
pub(in crate::source::aws::collect) fn subnets(seen: &Seen) -> impl Iterator<Item = &str> {
    let groups = subnet_groups(seen).flat_map(|group| list(group, "Subnets"));
    let id = |subnet| text(subnet, "SubnetIdentifier").or_else(|| text(subnet, "Identifier"));
    let serverless = seen.values("elasticache:DescribeServerlessCaches").flat_map(|cache| list(cache, "SubnetIds"));
    groups.filter_map(id).chain(serverless.filter_map(Json::as_str))
}
