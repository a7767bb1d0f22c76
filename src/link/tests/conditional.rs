//! References that something else decides on, and references to what is not there.

use serde_json::json;

use super::db;
use crate::facts::catalogue::*;
use crate::facts::testing::*;
use crate::model::{FactState, Value};

const KEY_OF: [&str; 3] = ["var.own", "aws_kms_key.k.arn", "aws_kms_key.k"];
const GROUP_OF: [&str; 3] = ["var.own", "aws_db_parameter_group.g.name", "aws_db_parameter_group.g"];

fn database() -> Sketch {
    db(json!({"engine": "postgres", "engine_version": "16.3", "storage_encrypted": true,
        "performance_insights_enabled": true}))
}

fn key_and_group() -> [Sketch; 2] {
    let key = creates("aws_kms_key.k", json!({"enable_key_rotation": true})).unknown(json!({"arn": true, "id": true}));
    let parameters = json!([{"name": "rds.force_ssl", "value": "1", "apply_method": "immediate"}]);
    [
        key,
        creates(
            "aws_db_parameter_group.g",
            json!({"name_prefix": "g", "family": "postgres16", "parameter": parameters}),
        ),
    ]
}

fn states(all: &[Sketch]) -> [FactState; 5] {
    let facts = [
        CUSTOMER_MANAGED_KEY,
        KEY_ROTATION,
        PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY,
        DEFAULT_PARAMETER_GROUP,
        TLS_REQUIRED,
    ];
    let database = linked_one(all, "aws_db_instance.db");
    facts.map(|fact| state(&database, fact))
}

fn is_unknown(state: &FactState) -> bool {
    matches!(state, FactState::Unknown(_))
}

fn known(value: bool) -> FactState {
    FactState::Known(Value::Bool(value))
}

#[test]
fn what_a_condition_decides_on_is_not_known() {
    let may = database()
        .may_refer("kms_key_id", &KEY_OF, &["aws_kms_key.k"])
        .may_refer("performance_insights_kms_key_id", &KEY_OF, &["aws_kms_key.k"])
        .may_refer("parameter_group_name", &GROUP_OF, &["aws_db_parameter_group.g"]);
    let [key, group] = key_and_group();
    let found = states(&[may, key, group]);
    assert!(found.iter().all(is_unknown), "{found:?}");
}

#[test]
fn what_nothing_else_decides_on_is_known() {
    let does = database()
        .refers("kms_key_id", &KEY_OF[1..], &["aws_kms_key.k"])
        .refers("performance_insights_kms_key_id", &KEY_OF[1..], &["aws_kms_key.k"])
        .refers("parameter_group_name", &GROUP_OF[1..], &["aws_db_parameter_group.g"]);
    let [key, group] = key_and_group();
    let [customers, rotation, insights, default, tls] = states(&[does.clone(), key, group]);
    assert_eq!([customers, rotation, insights, default, tls], [true, true, true, false, true].map(known));
    // With a `count` of 0 there is nothing to refer to.
    let found = states(&[does]);
    assert!(found.iter().all(is_unknown), "{found:?}");
}

#[test]
fn a_copy_is_encrypted_by_a_key_only_where_there_is_one() {
    let source = || {
        db(json!({"identifier": "main", "engine": "postgres", "engine_version": "16.3", "storage_encrypted": false}))
    };
    let copies = [
        ("aws_db_instance.copy", json!({"replicate_source_db": "main", "storage_encrypted": true})),
        ("aws_rds_cluster.copy", json!({"snapshot_identifier": "s", "storage_encrypted": true})),
        ("aws_docdb_cluster.copy", json!({"snapshot_identifier": "s", "storage_encrypted": true})),
        ("aws_db_snapshot_copy.copy", json!({"source_db_snapshot_identifier": "s"})),
    ];
    for (address, values) in copies {
        let encrypted = |copy: Sketch, key: Option<Sketch>| {
            let all: Vec<Sketch> = [source(), copy].into_iter().chain(key).collect();
            state(&linked_one(&all, address), ENCRYPTED_AT_REST)
        };
        let copy = || creates(address, values.clone());
        let does = || copy().refers("kms_key_id", &KEY_OF[1..], &["aws_kms_key.k"]);
        let [key, _] = key_and_group();
        assert_eq!(encrypted(does(), Some(key.clone())), known(true), "{address}");
        let without = encrypted(does(), None);
        assert!(is_unknown(&without), "{address}: {without:?}");
        let may = encrypted(copy().may_refer("kms_key_id", &KEY_OF, &["aws_kms_key.k"]), Some(key));
        assert!(is_unknown(&may), "{address}: {may:?}");
    }
}
