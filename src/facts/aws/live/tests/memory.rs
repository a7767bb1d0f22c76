//! MemoryDB and DAX.

use serde_json::json;

use super::*;
use crate::facts::catalogue::*;
use crate::facts::testing::{key, known, set};
use crate::model::Kind;

const CLUSTER: &str = "arn:aws:memorydb:eu-west-1:123456789012:cluster/m";
const DAX: &str = "arn:aws:dax:eu-west-1:123456789012:cache/d";

fn cluster() -> Json {
    json!({
        "Name": "m", "ARN": CLUSTER, "Engine": "redis", "EngineVersion": "7.1", "NodeType": "db.r7g.large",
        "NumberOfShards": 2, "Shards": [{"NumberOfNodes": 2}, {"NumberOfNodes": 2}], "AvailabilityMode": "MultiAZ",
        "ClusterEndpoint": {"Port": 6379}, "ParameterGroupName": "default.memorydb-redis7", "ParameterGroupStatus": "in-sync",
        "SecurityGroups": [{"SecurityGroupId": "sg-1", "Status": "active"}], "SubnetGroupName": "private", "TLSEnabled": true,
        "SnapshotRetentionLimit": 7, "MaintenanceWindow": "sun:05:00-sun:06:00", "SnapshotWindow": "03:00-04:00",
        "ACLName": "open-access", "AutoMinorVersionUpgrade": true,
    })
}

#[test]
fn a_cluster_of_memorydb_is_told_whole() {
    let cluster = replies()
        .with("memorydb:DescribeClusters", cluster())
        .with(
            "memorydb:DescribeSubnetGroups",
            json!({"Name": "private", "Subnets": [
            {"Identifier": "subnet-a", "AvailabilityZone": {"Name": "eu-west-1a"}}]}),
        )
        .with(
            "ec2:DescribeSubnets",
            json!({"SubnetId": "subnet-a", "VpcId": "vpc-1", "AvailabilityZone": "eu-west-1a"}),
        )
        .with(
            "ec2:DescribeRouteTables",
            json!({"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}],
            "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}]}),
        )
        .with("ec2:DescribeSecurityGroups", json!({"GroupId": "sg-1", "IpPermissions": []}))
        .of("memorydb:ListTags", CLUSTER, json!({"TagList": [{"Key": "owner", "Value": "team-a"}]}))
        .one(":cluster/m");
    assert_eq!((cluster.kind, cluster.resource_type), (Kind::Cluster, "aws_memorydb_cluster"));
    for (fact, expected) in [
        (ENCRYPTED_AT_REST, true),
        (CUSTOMER_MANAGED_KEY, false),
        (TLS_REQUIRED, true),
        (AUTHENTICATION_REQUIRED, false),
        (MULTI_AZ, true),
        (DEFAULT_PARAMETER_GROUP, true),
        (AUTO_MINOR_VERSION_UPGRADE, true),
    ] {
        assert_eq!(state(&cluster, fact), known(expected), "{}", fact.def().name);
    }
    assert_eq!(state(&cluster, MEMBER_COUNT), known(4));
    assert_eq!(state(&cluster, BACKUP_RETENTION_DAYS), known(7));
    assert_eq!(state(&cluster, SUBNETS_WITH_INTERNET_ROUTE), known(set(&["subnet-a"])));
    assert_eq!(state(&cluster, INGRESS_CIDRS), known(set(&[])));
    assert_eq!(key(&cluster, TAGS, "owner"), known("team-a"));
}

#[test]
fn one_zone_without_details_means_no_replicas() {
    let mut one = cluster();
    one["Shards"] = json!(null);
    one["AvailabilityMode"] = json!("SingleAZ");
    let one = replies().with("memorydb:DescribeClusters", one).one(":cluster/m");
    assert_eq!(state(&one, MULTI_AZ), known(false));
}

#[test]
fn a_snapshot_of_memorydb_says_when_and_by_whom_it_was_taken() {
    let snapshot = json!({"Name": "s", "ARN": "arn:aws:memorydb:eu-west-1:123456789012:snapshot/s", "Source": "manual",
        "ClusterConfiguration": {"Name": "m", "Engine": "redis", "Shards": [{"SnapshotCreationTime": "2026-01-02T03:04:05+00:00"}]}});
    let snapshot = replies().with("memorydb:DescribeSnapshots", snapshot).one(":snapshot/s");
    assert_eq!(state(&snapshot, MANUAL_SNAPSHOT), known(true));
    assert_eq!(state(&snapshot, SNAPSHOT_CREATED_AT), known("2026-01-02T03:04:05Z"));
    assert_eq!(state(&snapshot, CUSTOMER_MANAGED_KEY), known(false));
    assert_eq!(state(&snapshot, ENGINE), known("redis"));
}

#[test]
fn a_cluster_of_dax_is_told_whole() {
    let cluster = |changes: Json| {
        let object = json!({"ClusterName": "d", "ClusterArn": DAX, "TotalNodes": 2, "NodeType": "dax.r5.large", "SubnetGroup": "private",
            "Nodes": [{"AvailabilityZone": "eu-west-1a"}, {"AvailabilityZone": "eu-west-1b"}], "IamRoleArn": "arn:aws:iam::1:role/r",
            "SecurityGroups": [{"SecurityGroupIdentifier": "sg-1"}], "PreferredMaintenanceWindow": "sun:05:00-sun:06:00",
            "ParameterGroup": {"ParameterGroupName": "default.dax1.0", "ParameterApplyStatus": "in-sync"},
            "SSEDescription": {"Status": "ENABLED"}, "ClusterEndpointEncryptionType": "TLS", "ClusterDiscoveryEndpoint": {"Port": 9111}});
        replies()
            .with("dax:DescribeClusters", changed(object, changes))
            .of("dax:ListTags", DAX, json!({"Tags": [{"Key": "owner", "Value": "team-a"}]}))
            .one(":cache/d")
    };
    let safe = cluster(json!({}));
    for fact in [ENCRYPTED_AT_REST, TLS_REQUIRED, MULTI_AZ, AUTOMATIC_FAILOVER] {
        assert_eq!(state(&safe, fact), known(true), "{}", fact.def().name);
    }
    assert_eq!(state(&safe, PORT), known(9111));
    assert_eq!(state(&safe, SECURITY_GROUPS), known(set(&["sg-1"])));
    assert_eq!(key(&safe, TAGS, "owner"), known("team-a"));
    let open = cluster(json!({"SSEDescription": {"Status": "DISABLED"}, "ClusterEndpointEncryptionType": null,
        "Nodes": [{"AvailabilityZone": "eu-west-1a"}, {"AvailabilityZone": "eu-west-1a"}]}));
    for fact in [ENCRYPTED_AT_REST, TLS_REQUIRED, MULTI_AZ] {
        assert_eq!(state(&open, fact), known(false), "{}", fact.def().name);
    }
}
