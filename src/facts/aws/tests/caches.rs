//! Caches, from Terraform.

use serde_json::json;

use crate::facts::FactId;
use crate::facts::catalogue::*;
use crate::facts::testing::{Sketch, creates, key, known, linked_one, missing, records, set, state};
use crate::model::{FactState, Kind, Resource, Unknown};

fn group(values: serde_json::Value) -> Sketch {
    creates("aws_elasticache_replication_group.sessions", values)
}

fn cluster(values: serde_json::Value) -> Sketch {
    creates("aws_elasticache_cluster.sessions", values)
}

fn booleans(resource: &Resource, facts: &[FactId]) -> Vec<FactState> {
    facts.iter().map(|fact| state(resource, *fact)).collect()
}

#[test]
fn a_redis_group_that_says_nothing_is_as_open_as_aws_makes_it() {
    let group = group(json!({"replication_group_id": "sessions", "node_type": "cache.t4g.small"}))
        .unknown(json!({"engine": true, "at_rest_encryption_enabled": true, "transit_encryption_enabled": true,
            "transit_encryption_mode": true, "auto_minor_version_upgrade": true, "subnet_group_name": true,
            "parameter_group_name": true, "global_replication_group_id": true, "num_cache_clusters": true}))
        .alone();
    assert_eq!(group.kind, Kind::Cluster);
    assert_eq!(state(&group, ENGINE), known("redis"));
    let off = [ENCRYPTED_AT_REST, CUSTOMER_MANAGED_KEY, TLS_REQUIRED, AUTHENTICATION_REQUIRED, MULTI_AZ];
    assert_eq!(booleans(&group, &off), vec![known(false); 5]);
    assert_eq!(booleans(&group, &[AUTOMATIC_FAILOVER, FINAL_SNAPSHOT, IS_REPLICA]), vec![known(false); 3]);
    assert_eq!(booleans(&group, &[AUTO_MINOR_VERSION_UPGRADE, DEFAULT_PARAMETER_GROUP]), vec![known(true); 2]);
    assert_eq!(state(&group, BACKUP_RETENTION_DAYS), known(0));
    assert_eq!(state(&group, PORT), known(6379));
    assert_eq!(state(&group, SUBNET_GROUP), known("default"));
    assert_eq!(state(&group, LOG_EXPORTS), known(set(&[])));
    assert_eq!(state(&group, MEMBER_COUNT), known(1));
    assert_eq!(missing(&state(&group, STORAGE_KEY)), "the storage is not encrypted");
    assert_eq!(missing(&state(&group, DELETION_PROTECTION)), "in-memory databases have no deletion protection");
}

#[test]
fn valkey_is_encrypted_unless_somebody_says_otherwise() {
    let valkey = |encrypted: serde_json::Value| {
        let group = group(json!({"engine": "valkey", "at_rest_encryption_enabled": encrypted}));
        state(&group.alone(), ENCRYPTED_AT_REST)
    };
    assert_eq!(valkey(json!(null)), known(true));
    assert_eq!(valkey(json!("false")), known(false));
}

#[test]
fn tls_that_is_only_preferred_is_not_required() {
    let tls = |mode: serde_json::Value| {
        let group = group(json!({"transit_encryption_enabled": true, "transit_encryption_mode": mode}));
        state(&group.alone(), TLS_REQUIRED)
    };
    assert_eq!(tls(json!("preferred")), known(false));
    assert_eq!(tls(json!("required")), known(true));
    assert_eq!(tls(json!(null)), known(true));
    let later = group(json!({"transit_encryption_enabled": true})).refers(
        "transit_encryption_mode",
        &["random_shuffle.mode.result"],
        &["random_shuffle.mode"],
    );
    assert_eq!(state(&later.alone(), TLS_REQUIRED), FactState::Unknown(Unknown::KnownAfterApply));
}

#[test]
fn a_password_or_users_are_an_authentication() {
    let asks = |sketch: Sketch| state(&sketch.alone(), AUTHENTICATION_REQUIRED);
    let secret = group(json!({"auth_token": null})).sensitive(json!({"auth_token": true}));
    assert_eq!(asks(secret), known(true));
    let generated = group(json!({})).refers("auth_token", &["random_password.x.result"], &["random_password.x"]);
    assert_eq!(asks(generated), known(true));
    assert_eq!(asks(group(json!({"user_group_ids": ["application"]}))), known(true));
    let users = group(json!({})).refers(
        "user_group_ids",
        &["aws_elasticache_user_group.a.id"],
        &["aws_elasticache_user_group.a"],
    );
    assert_eq!(asks(users), known(true));
    assert_eq!(asks(group(json!({"user_group_ids": []}))), known(false));
    let serverless = creates("aws_elasticache_serverless_cache.s", json!({"engine": "valkey"}));
    assert_eq!(asks(serverless), known(false));
}

#[test]
fn what_joins_a_global_datastore_takes_its_primarys_settings() {
    let secondary = group(json!({"global_replication_group_id": "abcde-sessions"})).alone();
    assert_eq!(state(&secondary, IS_REPLICA), known(true));
    assert!(matches!(state(&secondary, ENCRYPTED_AT_REST), FactState::Unknown(Unknown::Unresolved(_))));
    let recorded = records(
        "aws_elasticache_replication_group.s",
        json!({"global_replication_group_id": "abcde-sessions", "engine": "redis"}),
    );
    assert!(matches!(state(&recorded.alone(), IS_REPLICA), FactState::Unknown(Unknown::NotCollected(_))));
}

#[test]
fn versions_and_nodes_are_told_as_far_as_they_are_said() {
    let six =
        group(json!({"engine": "redis", "engine_version": "6.x", "num_node_groups": 2, "replicas_per_node_group": 1}));
    let six = six.alone();
    assert_eq!(state(&six, ENGINE_VERSION), known("6"));
    assert_eq!(state(&six, ENGINE_MAJOR_VERSION), known("6"));
    assert_eq!(state(&six, MEMBER_COUNT), known(4));
    let logs = group(json!({"log_delivery_configuration": [
        {"log_type": "slow-log", "destination": "a"}, {"log_type": "engine-log", "destination": "a"}]}));
    assert_eq!(state(&logs.alone(), LOG_EXPORTS), known(set(&["engine-log", "slow-log"])));
}

#[test]
fn a_node_of_a_group_is_a_member_and_its_settings_are_the_groups() {
    let node = cluster(json!({"cluster_id": "sessions-1"})).refers(
        "replication_group_id",
        &["aws_elasticache_replication_group.sessions.id"],
        &["aws_elasticache_replication_group.sessions"],
    );
    let node = node.alone();
    assert_eq!(node.kind, Kind::ClusterMember);
    assert_eq!(missing(&state(&node, AUTO_MINOR_VERSION_UPGRADE)), "the replication group sets it for its nodes");
    let alone = cluster(json!({"cluster_id": "c", "engine": "redis"})).unknown(json!({"replication_group_id": true}));
    assert_eq!(alone.alone().kind, Kind::Cluster);
}

#[test]
fn memcached_keeps_nothing_and_asks_nobody() {
    let memcached = cluster(json!({"engine": "memcached", "num_cache_nodes": 2})).alone();
    for fact in [ENCRYPTED_AT_REST, BACKUP_RETENTION_DAYS, FINAL_SNAPSHOT, MULTI_AZ] {
        assert!(missing(&state(&memcached, fact)).starts_with("Memcached keeps nothing"), "{}", fact.def().name);
    }
    assert_eq!(missing(&state(&memcached, AUTHENTICATION_REQUIRED)), "Memcached of ElastiCache knows no users");
    assert_eq!(state(&memcached, PORT), known(11211));
    assert_eq!(state(&memcached, TLS_REQUIRED), known(false));
    let redis = cluster(json!({"engine": "redis"})).alone();
    assert_eq!(booleans(&redis, &[ENCRYPTED_AT_REST, AUTHENTICATION_REQUIRED, MULTI_AZ]), vec![known(false); 3]);
}

#[test]
fn a_serverless_cache_is_encrypted_and_spread_by_the_provider() {
    let cache = creates(
        "aws_elasticache_serverless_cache.s",
        json!({"engine": "redis", "name": "s", "major_engine_version": "7"}),
    );
    let cache = cache.alone();
    assert_eq!(
        booleans(&cache, &[ENCRYPTED_AT_REST, TLS_REQUIRED, MULTI_AZ, AUTOMATIC_FAILOVER]),
        vec![known(true); 4]
    );
    assert_eq!(booleans(&cache, &[CUSTOMER_MANAGED_KEY, AUTHENTICATION_REQUIRED]), vec![known(false); 2]);
    assert_eq!(state(&cache, BACKUP_RETENTION_DAYS), known(0));
    assert_eq!(state(&cache, ENGINE_MAJOR_VERSION), known("7"));
}

#[test]
fn a_cache_is_joined_to_its_groups_and_subnets_and_to_no_databases_of_the_same_names() {
    let net = |name: &str| {
        creates(
            &format!("aws_subnet.{name}"),
            json!({"id": format!("subnet-{name}"), "availability_zone": "eu-west-1a"}),
        )
    };
    let route = creates(
        "aws_route.out",
        json!({"route_table_id": "rtb-1", "destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}),
    );
    let sketches = [
        group(
            json!({"replication_group_id": "s", "engine": "redis", "engine_version": "7.1", "subnet_group_name": "main",
            "parameter_group_name": "main", "security_group_ids": ["sg-1"]}),
        ),
        creates("aws_elasticache_subnet_group.main", json!({"name": "main", "subnet_ids": ["subnet-a"]})),
        creates("aws_db_subnet_group.main", json!({"name": "main", "subnet_ids": ["subnet-b"]})),
        creates(
            "aws_elasticache_parameter_group.main",
            json!({"name": "main", "family": "redis7",
            "parameter": [{"name": "maxmemory-policy", "value": "noeviction"}]}),
        ),
        creates("aws_db_parameter_group.main", json!({"name": "main", "family": "postgres16"})),
        creates(
            "aws_security_group.c",
            json!({"id": "sg-1", "ingress": [
            {"from_port": 6379, "to_port": 6379, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"]},
            {"from_port": 5432, "to_port": 5432, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}]}),
        ),
        net("a"),
        net("b"),
        creates("aws_route_table.t", json!({"id": "rtb-1"})),
        route,
        creates("aws_route_table_association.a", json!({"subnet_id": "subnet-a", "route_table_id": "rtb-1"})),
        creates(
            "aws_elasticache_serverless_cache.less",
            json!({"name": "less", "engine": "redis", "subnet_ids": ["subnet-a"]}),
        ),
    ];
    let group = linked_one(&sketches, "aws_elasticache_replication_group.sessions");
    assert_eq!(state(&group, INGRESS_CIDRS), known(set(&["10.0.0.0/8"])));
    assert_eq!(state(&group, SUBNETS_WITH_INTERNET_ROUTE), known(set(&["subnet-a"])));
    assert_eq!(key(&group, PARAMETERS, "maxmemory-policy"), known("noeviction"));
    let serverless = linked_one(&sketches, "aws_elasticache_serverless_cache.less");
    assert_eq!(state(&serverless, SUBNETS_WITH_INTERNET_ROUTE), known(set(&["subnet-a"])));
}

#[test]
fn what_a_plan_without_its_configuration_leaves_open_is_closed_by_what_excludes_it() {
    let group = group(json!({"node_type": "cache.t4g.small", "engine": "redis"}))
        .unknown(json!({"global_replication_group_id": true}))
        .without_configuration()
        .alone();
    assert_eq!(state(&group, IS_REPLICA), known(false));
    let cluster = cluster(json!({"engine": "redis"})).unknown(json!({"replication_group_id": true}));
    assert_eq!(cluster.without_configuration().alone().kind, Kind::Cluster);
}

#[test]
fn a_global_datastore_is_as_its_primary() {
    let primary = group(json!({"replication_group_id": "p", "engine": "valkey", "engine_version": "8.0"}));
    let global = creates("aws_elasticache_global_replication_group.g", json!({"primary_replication_group_id": "p"}))
        .unknown(json!({"engine": true, "engine_version": true, "at_rest_encryption_enabled": true}));
    let global = linked_one(&[primary, global], "aws_elasticache_global_replication_group.g");
    assert_eq!(global.kind, Kind::GlobalCluster);
    assert_eq!(state(&global, ENGINE), known("valkey"));
    assert_eq!(state(&global, ENCRYPTED_AT_REST), known(true));
}
