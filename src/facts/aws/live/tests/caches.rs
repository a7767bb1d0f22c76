//! Caches.

use serde_json::json;

use super::*;
use crate::facts::catalogue::*;
use crate::facts::testing::{key, known, missing, set};
use crate::model::Kind;

const GROUP: &str = "arn:aws:elasticache:eu-west-1:123456789012:replicationgroup:sessions";
const NODE: &str = "arn:aws:elasticache:eu-west-1:123456789012:cluster:sessions-001";

fn group() -> Json {
    json!({
        "ReplicationGroupId": "sessions", "ARN": GROUP, "Engine": "redis", "CacheNodeType": "cache.r7g.large",
        "MemberClusters": ["sessions-001", "sessions-002"], "AutomaticFailover": "enabled", "MultiAZ": "enabled",
        "NodeGroups": [{"PrimaryEndpoint": {"Port": 6380}}], "SnapshotRetentionLimit": 5, "SnapshotWindow": "03:00-04:00",
        "AuthTokenEnabled": true, "TransitEncryptionEnabled": true, "TransitEncryptionMode": "preferred",
        "AtRestEncryptionEnabled": true, "AutoMinorVersionUpgrade": true, "NetworkType": "ipv4",
        "LogDeliveryConfigurations": [{"LogType": "slow-log", "Status": "active"}, {"LogType": "engine-log", "Status": "error"}],
    })
}

fn node(status: &str) -> Json {
    json!({
        "CacheClusterId": "sessions-001", "ARN": NODE, "ReplicationGroupId": "sessions", "Engine": "redis",
        "EngineVersion": "7.1.0", "CacheSubnetGroupName": "private", "PreferredMaintenanceWindow": "sun:05:00-sun:06:00",
        "SecurityGroups": [{"SecurityGroupId": "sg-1", "Status": "active"}], "NumCacheNodes": 1,
        "CacheParameterGroup": {"CacheParameterGroupName": "own", "ParameterApplyStatus": status},
        "CacheNodes": [{"Endpoint": {"Port": 6380}}], "PreferredAvailabilityZone": "eu-west-1a",
    })
}

fn whole(status: &str) -> Replies {
    let tags = json!({"TagList": [{"Key": "owner", "Value": "team-a"}, {"Key": "empty"}]});
    untagged(status).of("elasticache:ListTagsForResource", GROUP, tags)
}

fn untagged(status: &str) -> Replies {
    replies()
        .with("elasticache:DescribeReplicationGroups", group())
        .with("elasticache:DescribeCacheClusters", node(status))
        .with("elasticache:DescribeCacheSubnetGroups", json!({"CacheSubnetGroupName": "private", "ARN": "arn:aws:elasticache:eu-west-1:123456789012:subnetgroup:private",
            "Subnets": [{"SubnetIdentifier": "subnet-a", "SubnetAvailabilityZone": {"Name": "eu-west-1a"}}]}))
        .with("elasticache:DescribeCacheParameterGroups", json!({"CacheParameterGroupName": "own", "CacheParameterGroupFamily": "redis7",
            "ARN": "arn:aws:elasticache:eu-west-1:123456789012:parametergroup:own"}))
        .of("elasticache:DescribeCacheParameters", "own", json!({"Parameters": [{"ParameterName": "maxmemory-policy", "ParameterValue": "noeviction", "Source": "user"}]}))
        .with("ec2:DescribeSecurityGroups", json!({"GroupId": "sg-1", "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 6380, "ToPort": 6380, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}))
        .with("ec2:DescribeSubnets", json!({"SubnetId": "subnet-a", "VpcId": "vpc-1", "AvailabilityZone": "eu-west-1a"}))
        .with("ec2:DescribeRouteTables", json!({"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}],
            "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}]}))
}

#[test]
fn a_replication_group_is_told_by_itself_and_by_its_nodes() {
    let group = whole("in-sync").one(":replicationgroup:sessions");
    assert_eq!((group.kind, group.resource_type), (Kind::Cluster, "aws_elasticache_replication_group"));
    for (fact, expected) in [
        (ENCRYPTED_AT_REST, true),
        (TLS_REQUIRED, false),
        (AUTHENTICATION_REQUIRED, true),
        (MULTI_AZ, true),
        (AUTOMATIC_FAILOVER, true),
        (AUTO_MINOR_VERSION_UPGRADE, true),
        (CUSTOMER_MANAGED_KEY, false),
        (IS_REPLICA, false),
        (DEFAULT_PARAMETER_GROUP, false),
    ] {
        assert_eq!(state(&group, fact), known(expected), "{}", fact.def().name);
    }
    assert_eq!(state(&group, ENGINE_MAJOR_VERSION), known("7"));
    assert_eq!(state(&group, SUBNET_GROUP), known("private"));
    assert_eq!(state(&group, MAINTENANCE_WINDOW), known("sun:05:00-sun:06:00"));
    assert_eq!(state(&group, BACKUP_RETENTION_DAYS), known(5));
    assert_eq!(state(&group, PORT), known(6380));
    assert_eq!(state(&group, MEMBER_COUNT), known(2));
    assert_eq!(state(&group, LOG_EXPORTS), known(set(&["slow-log"])));
    assert_eq!(state(&group, INGRESS_CIDRS), known(set(&["0.0.0.0/0"])));
    assert_eq!(state(&group, SUBNETS_WITH_INTERNET_ROUTE), known(set(&["subnet-a"])));
    assert_eq!(state(&group, UNAPPLIED_GROUPS), known(set(&[])));
    assert_eq!(key(&group, PARAMETERS, "maxmemory-policy"), known("noeviction"));
    assert_eq!(key(&group, TAGS, "owner"), known("team-a"));
    assert_eq!(key(&group, TAGS, "empty"), known(""));
    assert_eq!(
        missing(&state(&group, FINAL_SNAPSHOT)),
        "only Terraform settles it beforehand; whoever deletes what runs chooses then"
    );
    assert_eq!(
        missing(&state(&group, IN_BACKUP_PLAN)),
        "the provider's backup service protects no in-memory databases"
    );
}

#[test]
fn a_node_is_a_member_with_the_tags_of_its_group() {
    let node = whole("in-sync").one(":cluster:sessions-001");
    assert_eq!(node.kind, Kind::ClusterMember);
    assert_eq!(key(&node, TAGS, "owner"), known("team-a"));
    assert_eq!(missing(&state(&node, AUTO_MINOR_VERSION_UPGRADE)), "the replication group sets it for its nodes");
}

#[test]
fn parameters_that_are_not_in_force_are_not_those_of_the_cache() {
    let group = whole("pending-reboot").one(":replicationgroup:sessions");
    assert_eq!(state(&group, UNAPPLIED_GROUPS), known(set(&["parameter group own: pending-reboot"])));
    assert!(matches!(key(&group, PARAMETERS, "maxmemory-policy"), FactState::Unknown(_)));
}

#[test]
fn what_a_denied_call_would_tell_of_a_cache_is_unknown() {
    let group = untagged("in-sync").denied("elasticache:ListTagsForResource").one(":replicationgroup:sessions");
    assert_eq!(key(&group, TAGS, "owner"), denied("elasticache:ListTagsForResource"));
    let nodeless = replies()
        .with("elasticache:DescribeReplicationGroups", group_of_other_engine())
        .denied("elasticache:DescribeCacheClusters")
        .one(":replicationgroup:sessions");
    assert_eq!(state(&nodeless, SECURITY_GROUPS), denied("elasticache:DescribeCacheClusters"));
    assert_eq!(state(&nodeless, ENGINE_VERSION), denied("elasticache:DescribeCacheClusters"));
    assert_eq!(state(&nodeless, TLS_REQUIRED), known(true), "a group without a mode takes TLS only");
}

fn group_of_other_engine() -> Json {
    let mut valkey = group();
    let members = valkey.as_object_mut().unwrap();
    members.remove("TransitEncryptionMode");
    members.insert("Engine".to_owned(), json!("valkey"));
    valkey
}

#[test]
fn the_type_of_encryption_tells_more_than_the_switch() {
    let encrypted = |kind: Json| {
        let mut group = group();
        group["AtRestEncryptionEnabled"] = json!(false);
        group["StorageEncryptionType"] = kind;
        state(&replies().with("elasticache:DescribeReplicationGroups", group).one(":sessions"), ENCRYPTED_AT_REST)
    };
    assert_eq!(encrypted(json!("sse-elasticache")), known(true));
    assert_eq!(encrypted(json!("none")), known(false));
    assert_eq!(encrypted(json!(null)), known(false));
}

#[test]
fn a_secondary_of_a_global_datastore_is_a_replica() {
    let role = |role: &str| {
        let mut group = group();
        group["GlobalReplicationGroupInfo"] =
            json!({"GlobalReplicationGroupId": "abcde-sessions", "GlobalReplicationGroupMemberRole": role});
        let group = replies().with("elasticache:DescribeReplicationGroups", group).one(":sessions");
        (state(&group, IS_REPLICA), state(&group, GLOBAL_CLUSTER))
    };
    assert_eq!(role("SECONDARY"), (known(true), known("abcde-sessions")));
    assert_eq!(role("PRIMARY"), (known(false), known("abcde-sessions")));
}

#[test]
fn single_clusters_and_serverless_caches_stand_by_themselves() {
    let memcached = json!({"CacheClusterId": "pages", "ARN": "arn:aws:elasticache:eu-west-1:123456789012:cluster:pages", "Engine": "memcached",
        "EngineVersion": "1.6.22", "NumCacheNodes": 3, "TransitEncryptionEnabled": false, "ConfigurationEndpoint": {"Port": 11211}});
    let memcached = replies().with("elasticache:DescribeCacheClusters", memcached).one(":cluster:pages");
    assert_eq!(memcached.kind, Kind::Cluster);
    assert_eq!(state(&memcached, PORT), known(11211));
    assert_eq!(state(&memcached, TLS_REQUIRED), known(false));
    assert!(missing(&state(&memcached, BACKUP_RETENTION_DAYS)).starts_with("Memcached keeps nothing"));
    let serverless = json!({"ServerlessCacheName": "less", "ARN": "arn:aws:elasticache:eu-west-1:123456789012:serverlesscache:less",
        "Engine": "valkey", "MajorEngineVersion": "8", "SecurityGroupIds": ["sg-1"], "SubnetIds": ["subnet-a"], "UserGroupId": "apps"});
    let serverless = replies().with("elasticache:DescribeServerlessCaches", serverless).one(":serverlesscache:less");
    for fact in [ENCRYPTED_AT_REST, TLS_REQUIRED, MULTI_AZ, AUTHENTICATION_REQUIRED] {
        assert_eq!(state(&serverless, fact), known(true), "{}", fact.def().name);
    }
    assert_eq!(state(&serverless, BACKUP_RETENTION_DAYS), known(0));
}
