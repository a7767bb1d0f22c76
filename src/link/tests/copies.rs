//! Replicas and restored databases: what they take over from their source once that is joined, and what they do not.

use serde_json::json;

use super::db;
use crate::facts::catalogue::*;
use crate::facts::testing::*;
use crate::model::{FactState, Resource, Value};

/// A database with a key, a subnet group and a parameter group of its own, and a copy of it.
fn copy(copy: serde_json::Value) -> Resource {
    let source =
        db(json!({"identifier": "main", "engine": "postgres", "engine_version": "16", "storage_encrypted": true,
        "db_subnet_group_name": "own", "parameter_group_name": "own"}))
        .refers("kms_key_id", &["aws_kms_key.k.arn", "aws_kms_key.k"], &["aws_kms_key.k"]);
    let all = [
        source,
        creates("aws_db_instance.copy", copy)
            .unknown(json!({"parameter_group_name": true, "db_subnet_group_name": true,
            "kms_key_id": true, "engine": true, "engine_version": true})),
        creates("aws_kms_key.k", json!({"enable_key_rotation": true})).unknown(json!({"arn": true})),
        creates(
            "aws_db_parameter_group.own",
            json!({"name": "own", "family": "postgres16",
            "parameter": [{"name": "rds.force_ssl", "value": "0"}]}),
        ),
        creates("aws_db_subnet_group.own", json!({"name": "own", "subnet_ids": ["subnet-1"]})),
        creates("aws_subnet.s", json!({"id": "subnet-1"})),
        creates("aws_route_table.t", json!({"id": "rtb-1", "route": []})),
        creates("aws_route_table_association.a", json!({"subnet_id": "subnet-1", "route_table_id": "rtb-1"})),
    ];
    linked_one(&all, "aws_db_instance.copy")
}

fn known(value: bool) -> FactState {
    FactState::Known(Value::Bool(value))
}

#[test]
fn a_replica_has_its_sources_key_subnets_and_parameters() {
    let replica = copy(json!({"replicate_source_db": "main"}));
    for (fact, expected) in [
        (CUSTOMER_MANAGED_KEY, known(true)),
        (KEY_ROTATION, known(true)),
        (SUBNET_GROUP, FactState::Known(Value::from("own"))),
        (SUBNETS_WITH_INTERNET_ROUTE, FactState::Known(set(&[]))),
        (DEFAULT_PARAMETER_GROUP, known(false)),
        (TLS_REQUIRED, known(false)),
    ] {
        assert_eq!(state(&replica, fact), expected, "{}", fact.def().name);
    }
}

#[test]
fn what_is_restored_to_a_point_in_time_has_its_sources_key_and_the_default_groups() {
    let restored = copy(json!({"restore_to_point_in_time": [{"source_db_instance_identifier": "main"}]}));
    for (fact, expected) in [
        (CUSTOMER_MANAGED_KEY, known(true)),
        (KEY_ROTATION, known(true)),
        (SUBNET_GROUP, FactState::Known(Value::from("default"))),
        (DEFAULT_PARAMETER_GROUP, known(true)),
        (TLS_REQUIRED, known(true)),
    ] {
        assert_eq!(state(&restored, fact), expected, "{}", fact.def().name);
    }
    assert!(matches!(state(&restored, SUBNETS_WITH_INTERNET_ROUTE), FactState::Unknown(_)));
}

#[test]
fn what_is_restored_from_a_snapshot_has_the_default_parameters_and_nobody_knows_its_subnets() {
    let restored = copy(json!({"snapshot_identifier": "elsewhere"}));
    assert_eq!(state(&restored, DEFAULT_PARAMETER_GROUP), known(true));
    for fact in [SUBNET_GROUP, SUBNETS_WITH_INTERNET_ROUTE, CUSTOMER_MANAGED_KEY, KEY_ROTATION] {
        assert!(matches!(state(&restored, fact), FactState::Unknown(_)), "{}", fact.def().name);
    }
}

#[test]
fn what_is_restored_from_a_snapshot_without_a_key_has_none() {
    let all = [
        db(json!({"snapshot_identifier": "s"})),
        records("aws_db_snapshot.s", json!({"db_snapshot_identifier": "s", "encrypted": false})),
    ];
    let restored = linked_one(&all, "aws_db_instance.db");
    assert_eq!(state(&restored, CUSTOMER_MANAGED_KEY), known(false));
    assert!(matches!(state(&restored, KEY_ROTATION), FactState::Missing(_)), "{:?}", state(&restored, KEY_ROTATION));
}
