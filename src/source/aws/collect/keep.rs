//! What of the replies concerns databases. A region's other secrets, networks and engine versions are nobody's business
//! here, and would be most of an inventory.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::needs::{
    databases_by_arn, secrets, security_groups_of_caches, subnet_groups_of_caches, subnets_of_caches, versions,
};
use super::seen::{Seen, list, text};
use super::warehouses;
use crate::source::aws::Operation;

/// What the databases of a scope use.
pub(super) struct Used {
    security_groups: BTreeSet<String>,
    subnets: BTreeSet<String>,
    networks: BTreeSet<String>,
    secrets: BTreeSet<String>,
    versions: BTreeSet<(String, String)>,
    databases: BTreeSet<String>,
}

impl Used {
    pub(super) fn of(seen: &Seen) -> Self {
        let own = |texts: BTreeSet<&str>| texts.into_iter().map(str::to_owned).collect();
        let owned = |texts: BTreeSet<Cow<'_, str>>| texts.into_iter().map(Cow::into_owned).collect();
        Self {
            security_groups: own(security_groups(seen)),
            subnets: own(subnets(seen)),
            networks: own(networks(seen)),
            secrets: own(secrets(seen)),
            versions: versions(seen).into_iter().map(|(engine, version)| (engine.into(), version.into())).collect(),
            databases: owned(databases_by_arn(seen)),
        }
    }

    /// Whether an object is to be kept. Every default of an engine is: which of them a rule or a golden set will ask for is
    /// not known while collecting, and they are the same few pages for all databases of a family.
    pub(super) fn keeps(&self, operation: &Operation, value: &Json) -> bool {
        let has = |set: &BTreeSet<String>, member| text(value, member).is_some_and(|text| set.contains(text));
        match operation.action {
            "DescribeSecurityGroups" => has(&self.security_groups, "GroupId"),
            "DescribeSubnets" => has(&self.subnets, "SubnetId"),
            "DescribeRouteTables" => has(&self.networks, "VpcId"),
            "ListSecrets" => has(&self.secrets, "ARN"),
            "DescribeDBEngineVersions" => {
                let found = text(value, "Engine").zip(text(value, "EngineVersion"));
                found.is_some_and(|(engine, version)| self.versions.contains(&(engine.into(), version.into())))
            }
            "ListProtectedResources" => has(&self.databases, "ResourceArn"),
            // The types of what a database is restored to: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRestoreJobs.html
            "ListRestoreJobs" => {
                matches!(
                    text(value, "ResourceType"),
                    Some("RDS" | "Aurora" | "DocumentDB" | "Neptune" | "DynamoDB" | "Redshift")
                )
            }
            _ => true,
        }
    }
}

/// Those of databases, options and proxies, and those that these let in.
fn security_groups(seen: &Seen) -> BTreeSet<&str> {
    let databases =
        ["rds:DescribeDBInstances", "rds:DescribeDBClusters"].into_iter().flat_map(|call| seen.values(call));
    let of_databases = databases.flat_map(|database| list(database, "VpcSecurityGroups"));
    let options = seen.values("rds:DescribeOptionGroups").flat_map(|group| list(group, "Options"));
    let of_options = options.flat_map(|option| list(option, "VpcSecurityGroupMemberships"));
    let by_object = of_databases.chain(of_options).filter_map(|group| text(group, "VpcSecurityGroupId"));
    let proxies = seen.values("rds:DescribeDBProxies").flat_map(|proxy| list(proxy, "VpcSecurityGroupIds"));
    let of_others = proxies.filter_map(Json::as_str).chain(security_groups_of_caches(seen));
    let of_others = of_others.chain(warehouses::security_groups(seen));
    let mut found: BTreeSet<&str> = by_object.chain(of_others).collect();
    let groups = seen.values("ec2:DescribeSecurityGroups");
    let ours = groups.filter(|group| text(group, "GroupId").is_some_and(|id| found.contains(id)));
    let rules = ours.flat_map(|group| list(group, "IpPermissions"));
    let let_in: Vec<&str> =
        rules.flat_map(|rule| list(rule, "UserIdGroupPairs")).filter_map(|pair| text(pair, "GroupId")).collect();
    found.extend(let_in);
    found
}

fn subnets(seen: &Seen) -> BTreeSet<&str> {
    let groups = seen.values("rds:DescribeDBSubnetGroups").flat_map(|group| list(group, "Subnets"));
    let proxies = seen.values("rds:DescribeDBProxies").flat_map(|proxy| list(proxy, "VpcSubnetIds"));
    let of_databases =
        groups.filter_map(|subnet| text(subnet, "SubnetIdentifier")).chain(proxies.filter_map(Json::as_str));
    of_databases.chain(subnets_of_caches(seen)).chain(warehouses::subnets(seen)).collect()
}

/// The networks (VPCs) of subnets that databases may be in.
fn networks(seen: &Seen) -> BTreeSet<&str> {
    let groups = seen.values("rds:DescribeDBSubnetGroups").chain(seen.values("rds:DescribeDBProxies"));
    let groups = groups.chain(subnet_groups_of_caches(seen));
    // A serverless cache names its subnets, and they their network.
    let used = subnets(seen);
    let subnets = seen.values("ec2:DescribeSubnets");
    let subnets = subnets.filter(move |subnet| text(subnet, "SubnetId").is_some_and(|id| used.contains(id)));
    groups.chain(subnets).filter_map(|network| text(network, "VpcId")).chain(warehouses::networks(seen)).collect()
}
