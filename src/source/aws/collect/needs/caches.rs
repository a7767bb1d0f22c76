//! What caches need to be asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::super::seen::{Seen, list, text};
use super::{Needed, each};
use crate::source::aws::Operation;

/// The calls that list caches.
pub(in crate::source::aws::collect) const CACHES: [&str; 3] = [
    "elasticache:DescribeReplicationGroups",
    "elasticache:DescribeServerlessCaches",
    "elasticache:DescribeCacheClusters",
];

/// Whether, and about what, a call about caches is to be made.
pub(super) fn needed(operation: &Operation, seen: &Seen) -> Needed {
    match operation.action {
        "DescribeCacheParameterGroups" | "DescribeCacheSubnetGroups" if !seen.may_have(&CACHES) => Needed::Unasked,
        "DescribeCacheParameters" => each(own_groups(seen)),
        "ListTagsForResource" => each(tagged(seen)),
        _ => Needed::Once,
    }
}

/// The parameter groups that somebody may have set: all but AWS's own, which cannot be changed.
fn own_groups(seen: &Seen) -> BTreeSet<Arc<str>> {
    let listed = seen.texts("elasticache:DescribeCacheParameterGroups", "CacheParameterGroupName");
    let clusters = seen.values("elasticache:DescribeCacheClusters");
    let in_use = clusters.filter_map(|cluster| text(cluster.get("CacheParameterGroup")?, "CacheParameterGroupName"));
    listed.into_iter().chain(in_use.map(Arc::from)).filter(|name| !name.starts_with("default.")).collect()
}

/// The ARNs of caches and of their groups. Nodes have the tags of their replication group, and nobody tags what is AWS's own.
fn tagged(seen: &Seen) -> BTreeSet<Arc<str>> {
    let calls = [
        ("elasticache:DescribeReplicationGroups", "ReplicationGroupId"),
        ("elasticache:DescribeServerlessCaches", "ServerlessCacheName"),
        ("elasticache:DescribeCacheClusters", "CacheClusterId"),
        ("elasticache:DescribeCacheParameterGroups", "CacheParameterGroupName"),
        ("elasticache:DescribeCacheSubnetGroups", "CacheSubnetGroupName"),
    ];
    let is_node =
        |object: &Json| object.get("CacheClusterId").is_some() && text(object, "ReplicationGroupId").is_some();
    let is_own = |name: &str| name != "default" && !name.starts_with("default.");
    let is_tagged = move |object: &&Json, name| !is_node(object) && text(object, name).is_some_and(is_own);
    let objects = calls.iter().flat_map(|(call, name)| seen.values(call).filter(move |object| is_tagged(object, name)));
    objects.filter_map(|object| text(object, "ARN")).map(Arc::from).collect()
}

/// The keys of caches.
pub(super) fn keys(seen: &Seen) -> impl Iterator<Item = &str> {
    CACHES.iter().flat_map(|call| seen.values(call)).filter_map(|cache| text(cache, "KmsKeyId"))
}

/// The security groups of caches.
pub(in crate::source::aws::collect) fn security_groups(seen: &Seen) -> impl Iterator<Item = &str> {
    let clusters = seen.values("elasticache:DescribeCacheClusters").flat_map(|cluster| list(cluster, "SecurityGroups"));
    let serverless = seen.values("elasticache:DescribeServerlessCaches");
    let serverless = serverless.flat_map(|cache| list(cache, "SecurityGroupIds")).filter_map(Json::as_str);
    clusters.filter_map(|group| text(group, "SecurityGroupId")).chain(serverless)
}

/// The subnets that caches may be in.
pub(in crate::source::aws::collect) fn subnets(seen: &Seen) -> impl Iterator<Item = &str> {
    let groups = seen.values("elasticache:DescribeCacheSubnetGroups").flat_map(|group| list(group, "Subnets"));
    let serverless = seen.values("elasticache:DescribeServerlessCaches").flat_map(|cache| list(cache, "SubnetIds"));
    groups.filter_map(|subnet| text(subnet, "SubnetIdentifier")).chain(serverless.filter_map(Json::as_str))
}
