//! Calls that did not tell everything: what rests on them is not known, and says why.

use serde_json::json;

use super::*;
use crate::facts::catalogue::*;
use crate::facts::scope_seen;
use crate::facts::testing::{key, known};
use crate::model::{FactState, Kind};

fn group(replies: Replies) -> Replies {
    replies.with(
        "rds:DescribeDBParameterGroups",
        json!({"DBParameterGroupName": "pg", "DBParameterGroupFamily": "postgres16"}),
    )
}

#[test]
fn denied_parameters_are_unknown_at_the_group_and_at_the_database() {
    let all = group(replies()).instance(json!({})).denied("rds:DescribeDBParameters").linked();
    assert_eq!(all.len(), 2);
    for resource in &all {
        assert_eq!(key(resource, PARAMETERS, "rds.force_ssl"), denied("rds:DescribeDBParameters"), "{}", resource.id);
    }
    let db = all.iter().find(|resource| resource.kind == Kind::Instance).unwrap();
    assert_eq!(state(db, TLS_REQUIRED), denied("rds:DescribeDBParameters"));
}

#[test]
fn denied_engine_defaults_leave_what_is_documented() {
    let db = group(replies())
        .of("rds:DescribeDBParameters", "pg", json!({"Parameters": []}))
        .instance(json!({}))
        .denied("rds:DescribeEngineDefaultParameters")
        .one(":db:db");
    assert_eq!(state(&db, TLS_REQUIRED), known(true));
    assert_eq!(key(&db, PARAMETERS, "password_encryption"), denied("rds:DescribeEngineDefaultParameters"));
}

#[test]
fn a_default_group_needs_no_parameters_of_its_own() {
    let group = json!([{"DBParameterGroupName": "default.postgres16", "ParameterApplyStatus": "in-sync"}]);
    let db = replies()
        .instance(json!({"DBParameterGroups": group}))
        .denied("rds:DescribeDBParameterGroups")
        .denied("rds:DescribeDBParameters")
        .one(":db:db");
    assert_eq!(state(&db, TLS_REQUIRED), known(true));
}

#[test]
fn denied_networks_leave_it_open_who_reaches_a_database() {
    let group = json!({"DBSubnetGroupName": "private", "Subnets": [{"SubnetIdentifier": "subnet-a"}]});
    let subnet = json!({"SubnetId": "subnet-a", "VpcId": "vpc-1", "AvailabilityZone": "eu-west-1a"});
    let db = |call: &str| {
        replies()
            .with("rds:DescribeDBSubnetGroups", group.clone())
            .with("ec2:DescribeSubnets", subnet.clone())
            .instance(json!({}))
            .denied(call)
            .one(":db:db")
    };
    assert_eq!(state(&db("ec2:DescribeSecurityGroups"), INGRESS_CIDRS), denied("ec2:DescribeSecurityGroups"));
    let routes = |call| state(&db(call), SUBNETS_WITH_INTERNET_ROUTE);
    assert_eq!(routes("ec2:DescribeRouteTables"), denied("ec2:DescribeRouteTables"));
    assert!(matches!(routes("ec2:DescribeSecurityGroups"), FactState::Unknown(_)));
    let without = |call: &str| replies().instance(json!({})).denied(call).one(":db:db");
    assert_eq!(
        state(&without("rds:DescribeDBSubnetGroups"), SUBNETS_WITH_INTERNET_ROUTE),
        denied("rds:DescribeDBSubnetGroups")
    );
    let no_subnets = replies()
        .with("rds:DescribeDBSubnetGroups", group.clone())
        .instance(json!({}))
        .denied("ec2:DescribeSubnets")
        .one(":db:db");
    assert_eq!(state(&no_subnets, SUBNETS_WITH_INTERNET_ROUTE), denied("ec2:DescribeSubnets"));
}

#[test]
fn a_subnet_without_a_table_of_its_own_needs_every_table() {
    let group = json!({"DBSubnetGroupName": "private", "Subnets": [{"SubnetIdentifier": "subnet-a"}]});
    let subnet = json!({"SubnetId": "subnet-a", "VpcId": "vpc-1"});
    let main = json!({"RouteTableId": "rtb", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": []});
    let db = replies()
        .with("rds:DescribeDBSubnetGroups", group)
        .with("ec2:DescribeSubnets", subnet)
        .with("ec2:DescribeRouteTables", main)
        .instance(json!({}))
        .ends("ec2:DescribeRouteTables", CallStatus::Throttled)
        .one(":db:db");
    assert_eq!(why(&db, SUBNETS_WITH_INTERNET_ROUTE), "not collected: ec2:DescribeRouteTables was throttled");
}

#[test]
fn denied_keys_leave_it_open_whose_they_are() {
    let db = replies().instance(json!({})).denied("kms:DescribeKey").one(":db:db");
    for fact in [CUSTOMER_MANAGED_KEY, KEY_ROTATION, KEY_ENABLED] {
        assert_eq!(state(&db, fact), denied("kms:DescribeKey"), "{}", fact.def().name);
    }
    let arn = "arn:aws:kms:eu-west-1:123456789012:key/k";
    let key = json!({"KeyMetadata": {"Arn": arn, "KeyId": "k", "KeyManager": "CUSTOMER", "Enabled": true}});
    let db =
        replies().of("kms:DescribeKey", arn, key).instance(json!({})).denied("kms:GetKeyRotationStatus").one(":db:db");
    assert_eq!((state(&db, CUSTOMER_MANAGED_KEY), state(&db, KEY_ENABLED)), (known(true), known(true)));
    assert_eq!(state(&db, KEY_ROTATION), denied("kms:GetKeyRotationStatus"));
}

#[test]
fn denied_tags_snapshots_and_secrets_are_unknown() {
    let group = json!({"OptionGroupName": "o", "OptionGroupArn": "arn:aws:rds:eu-west-1:1:og:o", "Options": []});
    let group = replies().with("rds:DescribeOptionGroups", group).denied("tagging:GetResources").one("og:o");
    assert_eq!(key(&group, TAGS, "owner"), denied("tag:GetResources"));
    let snapshot = json!({"DBSnapshotIdentifier": "s", "DBSnapshotArn": "arn:aws:rds:eu-west-1:1:snapshot:s", "SnapshotType": "manual"});
    let snapshot =
        replies().with("rds:DescribeDBSnapshots", snapshot).denied("rds:DescribeDBSnapshotAttributes").one(":s");
    assert_eq!(state(&snapshot, SHARED_WITH), denied("rds:DescribeDBSnapshotAttributes"));
    let proxy = json!({"DBProxyName": "p", "DBProxyArn": "arn:aws:rds:eu-west-1:1:db-proxy:p", "Auth": [{"SecretArn": "arn:aws:secretsmanager:eu-west-1:1:secret:s-AbCdEf", "IAMAuth": "DISABLED"}]});
    let proxy = replies().with("rds:DescribeDBProxies", proxy).denied("secretsmanager:ListSecrets").one(":p");
    assert_eq!(state(&proxy, SECRET_ROTATION), denied("secretsmanager:ListSecrets"));
}

#[test]
fn a_call_that_ended_otherwise_says_how() {
    let db = |status| group(replies()).instance(json!({})).ends("rds:DescribeDBParameters", status).one(":db:db");
    for (status, expected) in [
        (CallStatus::Throttled, "not collected: rds:DescribeDBParameters was throttled"),
        (
            CallStatus::Credentials("ExpiredToken".into()),
            "not collected: the credentials were refused at rds:DescribeDBParameters: ExpiredToken",
        ),
        (
            CallStatus::Malformed("cut off".into()),
            "not collected: the reply of rds:DescribeDBParameters was not whole: cut off",
        ),
        (
            CallStatus::Failed("no reply in time".into()),
            "not collected: rds:DescribeDBParameters failed: no reply in time",
        ),
        (
            CallStatus::OverBudget,
            "not collected: rds:DescribeDBParameters was left out, as the budget of calls was used up",
        ),
    ] {
        assert_eq!(why(&db(status), TLS_REQUIRED), expected);
    }
}

#[test]
fn what_nobody_asks_for_does_not_make_a_look_incomplete() {
    let replies = replies().replies;
    let seen = scope_seen(&replies.scope, &replies.calls);
    assert_eq!(seen.not_whole, []);
    assert!(seen.never_asked.iter().any(|unseen| unseen.types == ["aws_keyspaces_"]));
    let denied = super::replies().ends("dynamodb:ListTables", CallStatus::Denied("no".into())).replies;
    let seen = scope_seen(&denied.scope, &denied.calls);
    assert!(seen.not_whole.iter().all(|unseen| unseen.types == ["aws_dynamodb_"]) && !seen.not_whole.is_empty());
    let tables = |status: CallStatus| {
        let table = json!({"Table": {"TableName": "t"}});
        let mut replies = super::replies().of("dynamodb:DescribeTable", "t", table).replies;
        replies.calls.iter_mut().filter(|call| call.of.is_some()).for_each(|call| call.status = status.clone());
        scope_seen(&replies.scope, &replies.calls).not_whole.len()
    };
    assert_eq!(tables(CallStatus::Complete), 0);
    assert_eq!(tables(CallStatus::Gone("ResourceNotFoundException".into())), 0);
    assert_eq!(tables(CallStatus::Throttled), 1);
}
