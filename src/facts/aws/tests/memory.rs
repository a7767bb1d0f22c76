//! MemoryDB and DAX, from Terraform.

use serde_json::json;

use crate::facts::catalogue::*;
use crate::facts::testing::{creates, key, known, linked_one, missing, records, set, state};
use crate::model::{FactState, Kind, Unknown};

fn memorydb(values: serde_json::Value) -> crate::model::Resource {
    creates("aws_memorydb_cluster.m", values).alone()
}

fn dax(values: serde_json::Value) -> crate::model::Resource {
    creates("aws_dax_cluster.d", values).alone()
}

#[test]
fn memorydb_is_safe_by_default_but_for_its_backups_and_its_users() {
    let cluster =
        memorydb(json!({"acl_name": "open-access", "engine": "valkey", "engine_version": "7.2", "num_shards": 2}));
    assert_eq!(cluster.kind, Kind::Cluster);
    for (fact, expected) in [
        (ENCRYPTED_AT_REST, true),
        (TLS_REQUIRED, true),
        (MULTI_AZ, true),
        (AUTOMATIC_FAILOVER, true),
        (AUTO_MINOR_VERSION_UPGRADE, true),
        (AUTHENTICATION_REQUIRED, false),
        (CUSTOMER_MANAGED_KEY, false),
        (FINAL_SNAPSHOT, false),
        (IS_REPLICA, false),
    ] {
        assert_eq!(state(&cluster, fact), known(expected), "{}", fact.def().name);
    }
    assert_eq!(state(&cluster, BACKUP_RETENTION_DAYS), known(0));
    assert_eq!(state(&cluster, PORT), known(6379));
    assert_eq!(state(&cluster, MEMBER_COUNT), known(4));
    assert_eq!(missing(&state(&cluster, STORAGE_KEY)), "no key of the key service encrypts it");
    assert!(missing(&state(&cluster, ENGINE_MAJOR_VERSION)).contains("no calendar"));
}

#[test]
fn what_is_chosen_for_memorydb_counts() {
    let cluster = memorydb(json!({"acl_name": "apps", "tls_enabled": false, "num_replicas_per_shard": 0,
        "snapshot_retention_limit": 14, "final_snapshot_name": "last", "auto_minor_version_upgrade": false}));
    assert_eq!(state(&cluster, AUTHENTICATION_REQUIRED), known(true));
    assert_eq!(state(&cluster, FINAL_SNAPSHOT), known(true));
    assert_eq!(state(&cluster, BACKUP_RETENTION_DAYS), known(14));
    for fact in [TLS_REQUIRED, MULTI_AZ, AUTOMATIC_FAILOVER, AUTO_MINOR_VERSION_UPGRADE] {
        assert_eq!(state(&cluster, fact), known(false), "{}", fact.def().name);
    }
    let own = creates("aws_memorydb_cluster.m", json!({})).refers(
        "acl_name",
        &["aws_memorydb_acl.a.name"],
        &["aws_memorydb_acl.a"],
    );
    assert_eq!(state(&own.alone(), AUTHENTICATION_REQUIRED), known(true));
    let later = creates("aws_memorydb_cluster.m", json!({})).refers("acl_name", &["data.x.y.name"], &[]);
    assert_eq!(state(&later.alone(), AUTHENTICATION_REQUIRED), FactState::Unknown(Unknown::KnownAfterApply));
}

#[test]
fn a_snapshot_of_memorydb_has_its_own_key_or_its_clusters() {
    let cluster = creates(
        "aws_memorydb_cluster.m",
        json!({"name": "m", "engine": "redis", "kms_key_arn": "arn:aws:kms:x:1:key/k"}),
    );
    let snapshot = creates("aws_memorydb_snapshot.s", json!({"cluster_name": "m", "name": "s"}));
    let taken = linked_one(&[cluster, snapshot.clone()], "aws_memorydb_snapshot.s");
    assert_eq!(taken.kind, Kind::Snapshot);
    assert_eq!(state(&taken, CUSTOMER_MANAGED_KEY), known(true));
    assert_eq!(state(&taken, ENCRYPTED_AT_REST), known(true));
    assert!(matches!(state(&snapshot.alone(), CUSTOMER_MANAGED_KEY), FactState::Unknown(Unknown::Unresolved(_))));
    let own = creates("aws_memorydb_snapshot.s", json!({"cluster_name": "m", "kms_key_arn": "arn:aws:kms:x:1:key/k"}));
    assert_eq!(state(&own.alone(), CUSTOMER_MANAGED_KEY), known(true));
    let recorded = json!({"cluster_name": "m", "cluster_configuration": [{"engine": "redis"}]});
    assert_eq!(state(&records("aws_memorydb_snapshot.s", recorded).alone(), ENGINE), known("redis"));
}

#[test]
fn dax_is_open_by_default() {
    let cluster = dax(
        json!({"cluster_name": "d", "node_type": "dax.r5.large", "replication_factor": 1, "iam_role_arn": "arn:aws:iam::1:role/r"}),
    );
    for fact in [ENCRYPTED_AT_REST, TLS_REQUIRED, MULTI_AZ, AUTOMATIC_FAILOVER, IS_REPLICA] {
        assert_eq!(state(&cluster, fact), known(false), "{}", fact.def().name);
    }
    assert_eq!(state(&cluster, ENGINE), known("dax"));
    assert_eq!(state(&cluster, PORT), known(8111));
    assert_eq!(state(&cluster, IAM_ROLES), known(set(&["arn:aws:iam::1:role/r"])));
    assert!(missing(&state(&cluster, BACKUP_RETENTION_DAYS)).starts_with("what DAX holds is DynamoDB's"));
}

#[test]
fn what_is_chosen_for_dax_counts() {
    let cluster = dax(json!({"server_side_encryption": [{"enabled": true}], "cluster_endpoint_encryption_type": "TLS",
        "replication_factor": 3}));
    for fact in [ENCRYPTED_AT_REST, TLS_REQUIRED, MULTI_AZ, AUTOMATIC_FAILOVER] {
        assert_eq!(state(&cluster, fact), known(true), "{}", fact.def().name);
    }
    assert_eq!(state(&cluster, PORT), known(9111));
    assert_eq!(state(&dax(json!({"server_side_encryption": [{"enabled": null}]})), ENCRYPTED_AT_REST), known(false));
    let crowded = dax(json!({"replication_factor": 3, "availability_zones": ["eu-west-1a"]}));
    assert_eq!(state(&crowded, MULTI_AZ), known(false));
    let recorded = json!({"replication_factor": 2, "availability_zones": [], "nodes": [
        {"availability_zone": "eu-west-1a"}, {"availability_zone": "eu-west-1a"}]});
    assert_eq!(state(&records("aws_dax_cluster.d", recorded).alone(), MULTI_AZ), known(false));
}

#[test]
fn groups_of_equal_names_belong_to_their_own_service() {
    let sketches = [
        creates("aws_memorydb_cluster.m", json!({"name": "m", "engine": "redis", "parameter_group_name": "main"})),
        creates(
            "aws_memorydb_parameter_group.g",
            json!({"name": "main", "family": "memorydb_redis7", "parameter": [
            {"name": "activedefrag", "value": "yes"}]}),
        ),
        creates(
            "aws_elasticache_parameter_group.g",
            json!({"name": "main", "family": "redis7", "parameter": [
            {"name": "activedefrag", "value": "no"}]}),
        ),
    ];
    assert_eq!(key(&linked_one(&sketches, "aws_memorydb_cluster.m"), PARAMETERS, "activedefrag"), known("yes"));
}
