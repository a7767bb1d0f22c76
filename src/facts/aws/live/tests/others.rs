//! Snapshots, groups, networks, keys, secrets, proxies, global clusters, subscriptions, copies of backups.

use serde_json::json;

use super::*;
use crate::facts::catalogue::*;
use crate::facts::testing::{key, known, missing, set};
use crate::model::{FactState, Kind, Scope};

const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/k";

fn with_key(manager: &str) -> Replies {
    let key = json!({"KeyMetadata": {"Arn": KEY, "KeyId": "k", "KeyManager": manager, "Enabled": true}});
    replies().of("kms:DescribeKey", KEY, key)
}

#[test]
fn a_key_is_the_customers_when_kms_says_so() {
    let db = with_key("CUSTOMER")
        .of("kms:GetKeyRotationStatus", KEY, json!({"KeyRotationEnabled": false}))
        .instance(json!({}))
        .one(":db:db");
    for (fact, expected) in [(CUSTOMER_MANAGED_KEY, true), (KEY_ROTATION, false), (KEY_ENABLED, true)] {
        assert_eq!(state(&db, fact), known(expected), "{}", fact.def().name);
    }
    let db = with_key("AWS").instance(json!({})).one(":db:db");
    assert_eq!(state(&db, CUSTOMER_MANAGED_KEY), known(false));
    assert_eq!(missing(&state(&db, KEY_ROTATION)), "the storage has no customer managed key");
}

#[test]
fn the_key_of_the_query_load_is_told_as_that_of_the_storage() {
    let with_insights = json!({"PerformanceInsightsEnabled": true, "PerformanceInsightsKMSKeyId": KEY});
    let db = |replies: Replies| replies.instance(with_insights.clone()).one(":db:db");
    for (manager, expected) in [("CUSTOMER", true), ("AWS", false)] {
        assert_eq!(state(&db(with_key(manager)), PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY), known(expected));
    }
    let refused = db(replies().denied("kms:DescribeKey"));
    assert_eq!(state(&refused, PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY), denied("kms:DescribeKey"));
}

fn network(replies: Replies) -> Replies {
    replies
        .with("ec2:DescribeSecurityGroups", json!({"GroupId": "sg-1", "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]},
        ]}))
        .with("ec2:DescribeSubnets", json!({"SubnetId": "subnet-a", "VpcId": "vpc-1", "AvailabilityZone": "eu-west-1a"}))
        .with("ec2:DescribeSubnets", json!({"SubnetId": "subnet-b", "VpcId": "vpc-1", "AvailabilityZone": "eu-west-1b"}))
        .with("ec2:DescribeRouteTables", json!({"RouteTableId": "rtb-main", "VpcId": "vpc-1", "Associations": [{"Main": true}],
            "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}]}))
        .with("ec2:DescribeRouteTables", json!({"RouteTableId": "rtb-b", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-b"}],
            "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}]}))
        .with("rds:DescribeDBSubnetGroups", json!({"DBSubnetGroupName": "private",
            "DBSubnetGroupArn": "arn:aws:rds:eu-west-1:123456789012:subgrp:private", "Subnets": [
            {"SubnetIdentifier": "subnet-a", "SubnetAvailabilityZone": {"Name": "eu-west-1a"}},
            {"SubnetIdentifier": "subnet-b", "SubnetAvailabilityZone": {"Name": "eu-west-1b"}},
        ]}))
}

#[test]
fn the_way_from_the_internet_to_a_database_is_followed() {
    let all = network(replies()).instance(json!({})).linked();
    let db = all.iter().find(|resource| resource.kind == Kind::Instance).unwrap();
    assert_eq!(state(db, INGRESS_CIDRS), known(set(&["0.0.0.0/0", "::/0"])));
    assert_eq!(state(db, SUBNETS_WITH_INTERNET_ROUTE), known(set(&["subnet-a"])));
    let group = all.iter().find(|resource| resource.kind == Kind::SubnetGroup).unwrap();
    assert_eq!(state(group, SUBNET_ZONES), known(set(&["eu-west-1a", "eu-west-1b"])));
}

#[test]
fn a_group_that_is_being_removed_counts_no_more() {
    let groups = json!([{"VpcSecurityGroupId": "sg-1", "Status": "removing"}, {"VpcSecurityGroupId": "sg-2", "Status": "active"}]);
    let db = network(replies())
        .with("ec2:DescribeSecurityGroups", json!({"GroupId": "sg-2", "IpPermissions": []}))
        .instance(json!({"VpcSecurityGroups": groups}))
        .one(":db:db");
    assert_eq!(state(&db, INGRESS_CIDRS), known(set(&[])));
}

#[test]
fn equal_names_are_joined_within_their_account_and_region_only() {
    let group = |value: &str| {
        (
            json!({"DBParameterGroupName": "pg", "DBParameterGroupFamily": "postgres16"}),
            json!({"Parameters": [{"ParameterName": "rds.force_ssl", "ParameterValue": value}]}),
        )
    };
    let scope = |account: &str, region: &str, value: Option<&str>| {
        let arn = format!("arn:aws:rds:{region}:{account}:db:db");
        let replies = replies_of(account, region).instance(json!({"DBInstanceArn": arn}));
        match value.map(group) {
            Some((group, parameters)) => replies
                .with("rds:DescribeDBParameterGroups", group)
                .of("rds:DescribeDBParameters", "pg", parameters)
                .of("rds:DescribeEngineDefaultParameters", "postgres16", json!({"EngineDefaults": {"Parameters": []}})),
            None => replies.denied("rds:DescribeDBParameterGroups"),
        }
    };
    let (all, _) = linked(vec![
        scope("111111111111", "eu-west-1", Some("1")),
        scope("222222222222", "eu-west-1", Some("0")),
        scope("222222222222", "us-east-1", None),
    ]);
    let tls: Vec<FactState> =
        all.iter().filter(|db| db.kind == Kind::Instance).map(|db| state(db, TLS_REQUIRED)).collect();
    assert_eq!(tls, [known(true), known(false), denied("rds:DescribeDBParameterGroups")]);
}

#[test]
fn a_snapshot_is_shared_with_whom_its_attributes_say() {
    let arn = |name: &str| format!("arn:aws:rds:eu-west-1:123456789012:snapshot:{name}");
    let snapshot = |name: &str, kind: &str| json!({"DBSnapshotIdentifier": name, "DBSnapshotArn": arn(name), "SnapshotType": kind, "Engine": "mysql", "Encrypted": false});
    let attributes = |accounts: Json| json!({"DBSnapshotAttributesResult": {"DBSnapshotAttributes": [{"AttributeName": "restore", "AttributeValues": accounts}]}});
    let all = replies()
        .of("rds:DescribeDBSnapshotAttributes", "open", attributes(json!(["all"])))
        .of("rds:DescribeDBSnapshotAttributes", "own", attributes(json!([])))
        .with("rds:DescribeDBSnapshots", snapshot("auto", "automated"))
        .with("rds:DescribeDBSnapshots", snapshot("open", "manual"))
        .with("rds:DescribeDBSnapshots", snapshot("own", "manual"))
        .with("rds:DescribeDBSnapshots", snapshot("unasked", "manual"))
        .linked();
    let shared: Vec<FactState> = all.iter().map(|snapshot| state(snapshot, SHARED_WITH)).collect();
    assert_eq!(shared.get(..3).unwrap(), [known(set(&[])), known(set(&["all"])), known(set(&[]))]);
    assert_eq!(why(&all[3], SHARED_WITH), "not collected: rds:DescribeDBSnapshotAttributes was not called");
}

#[test]
fn a_proxys_secrets_are_found_by_whole_and_partial_arn() {
    let secret = |name: &str, rotated: Json| json!({"ARN": format!("arn:aws:secretsmanager:eu-west-1:123456789012:secret:{name}-AbCdEf"), "Name": name, "RotationEnabled": rotated});
    let proxy = |arns: &[&str]| {
        let auth: Vec<Json> = arns.iter().map(|arn| json!({"SecretArn": format!("arn:aws:secretsmanager:eu-west-1:123456789012:secret:{arn}"), "IAMAuth": "REQUIRED"})).collect();
        let proxy = json!({"DBProxyName": "p", "DBProxyArn": "arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-1", "RequireTLS": true, "DebugLogging": false, "Auth": auth});
        replies()
            .with("secretsmanager:ListSecrets", secret("rotated", json!(true)))
            .with("secretsmanager:ListSecrets", secret("never", Json::Null))
            .with("rds:DescribeDBProxies", proxy)
            .one("prx-1")
    };
    let rotated = proxy(&["rotated-AbCdEf", "rotated"]);
    assert_eq!(
        (state(&rotated, SECRET_ROTATION), state(&rotated, PROXY_IAM_AUTHENTICATION)),
        (known(true), known(true))
    );
    assert_eq!(state(&proxy(&["rotated", "never-AbCdEf"]), SECRET_ROTATION), known(false));
    assert!(matches!(state(&proxy(&["rotated", "gone"]), SECRET_ROTATION), FactState::Unknown(_)));
}

#[test]
fn tags_of_groups_come_of_the_call_that_lists_tags() {
    let group = |name: &str| json!({"OptionGroupName": name, "OptionGroupArn": format!("arn:aws:rds:eu-west-1:123456789012:og:{name}"), "Options": [{"OptionName": "TDE"}]});
    let all = replies()
        .with(
            "tagging:GetResources",
            json!({"ResourceARN": "arn:aws:rds:eu-west-1:123456789012:og:a", "Tags": [{"Key": "owner", "Value": "x"}]}),
        )
        .with("rds:DescribeOptionGroups", group("a"))
        .with("rds:DescribeOptionGroups", group("b"))
        .linked();
    assert_eq!(key(&all[0], TAGS, "owner"), known("x"));
    assert_eq!(missing(&key(&all[1], TAGS, "owner")), "the tag is not set");
    assert_eq!(state(&all[0], OPTIONS), known(set(&["TDE"])));
}

#[test]
fn a_global_cluster_that_two_regions_list_is_one_of_no_region() {
    let global = json!({"GlobalClusterIdentifier": "g", "GlobalClusterArn": "arn:aws:rds::123456789012:global-cluster:g", "Engine": "aurora-mysql", "StorageEncrypted": true, "DeletionProtection": false});
    let scope = |region| replies_of("123456789012", region).with("rds:DescribeGlobalClusters", global.clone());
    let (all, _) = linked(vec![scope("eu-west-1"), scope("us-east-1")]);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].scope, Scope { account: Some("123456789012".into()), region: None });
    assert_eq!(state(&all[0], DELETION_PROTECTION), known(false));
}

#[test]
fn only_automated_backups_of_another_region_are_copies() {
    let backup = |region: &str| json!({"DBInstanceArn": format!("arn:aws:rds:{region}:123456789012:db:db"), "DBInstanceAutomatedBackupsArn": format!("arn:aws:rds:eu-west-1:123456789012:auto-backup:ab-{region}"), "KmsKeyId": KEY});
    let all = with_key("CUSTOMER")
        .with("rds:DescribeDBInstanceAutomatedBackups", backup("eu-west-1"))
        .with("rds:DescribeDBInstanceAutomatedBackups", backup("us-east-1"))
        .linked();
    assert_eq!(all.iter().map(|copy| copy.kind).collect::<Vec<_>>(), [Kind::BackupReplication]);
    assert_eq!(state(&all[0], CUSTOMER_MANAGED_KEY), known(true));
}

#[test]
fn a_subscription_without_source_type_is_for_everything() {
    let e = json!({"CustSubscriptionId": "e", "EventSubscriptionArn": "arn:aws:rds:eu-west-1:1:es:e", "Enabled": true, "EventCategoriesList": []});
    let e = replies().with("rds:DescribeEventSubscriptions", e).one("es:e");
    assert_eq!((state(&e, EVENT_SOURCE_TYPE), state(&e, EVENT_CATEGORIES)), (known("all"), known(set(&["all"]))));
    assert_eq!(state(&e, SUBSCRIPTION_ENABLED), known(true));
}

#[test]
fn an_object_without_an_identifier_is_a_gap() {
    let (all, gaps) =
        linked(vec![replies().with("rds:DescribeDBInstances", json!({"Engine": "mysql"})).instance(json!({}))]);
    assert_eq!(all.len(), 1);
    let gap = gaps.first().unwrap();
    assert_eq!(&*gap.place, "123456789012/eu-west-1");
    assert_eq!(gap.reason.as_str(), "1 of the objects that DescribeDBInstances returned have no identifier");
}

#[test]
fn what_was_withheld_is_unknown_and_not_unset() {
    let withheld = json!("(withheld)");
    let all = replies()
        .with(
            "rds:DescribeDBParameterGroups",
            json!({"DBParameterGroupName": "pg", "DBParameterGroupFamily": "postgres16"}),
        )
        .of(
            "rds:DescribeDBParameters",
            "pg",
            json!({"Parameters": [{"ParameterName": "rds.force_ssl", "ParameterValue": withheld}]}),
        )
        .instance(json!({"TagList": [{"Key": "owner", "Value": withheld}], "MasterUsername": withheld}))
        .linked();
    let db = all.iter().find(|resource| resource.kind == Kind::Instance).unwrap();
    let sensitive = FactState::Unknown(Unknown::Sensitive);
    for told in [state(db, MASTER_USERNAME), state(db, TLS_REQUIRED), key(db, TAGS, "owner")] {
        assert_eq!(told, sensitive);
    }
}
