//! One database, as Terraform records it and as the API tells of it: what both know is the same.

use serde_json::{Value as Json, json};

use super::*;
use crate::facts::testing::{linked as linked_of_terraform, records};

/// What both know of a fact, and on which of them they differ.
fn compare(recorded: &Resource, running: &Resource) -> (usize, Vec<&'static str>) {
    let both = recorded.facts.scalars().filter_map(|(fact, told)| {
        Some((fact.def().name, told.state.known()?, running.facts.get(fact)?.state.known()?))
    });
    let both: Vec<_> = both.collect();
    (both.len(), both.iter().filter(|(_, one, other)| one != other).map(|(name, ..)| *name).collect())
}

fn agree(address: &str, recorded: Json, running: Replies) {
    let recorded = linked_of_terraform(&[records(address, recorded)]).pop().unwrap();
    let running = running.linked().into_iter().find(|one| one.kind == recorded.kind).unwrap();
    let (known, different) = compare(&recorded, &running);
    assert_eq!(different, Vec::<&str>::new(), "{address}");
    assert!(known >= 10, "{address}: only {known} facts are known of both");
    assert_eq!(recorded.resource_type, running.resource_type);
}

#[test]
fn an_instance_is_the_same_recorded_and_running() {
    let recorded = json!({
        "identifier": "db", "arn": "arn:aws:rds:eu-west-1:123456789012:db:db", "engine": "postgres",
        "engine_version": "16.3", "engine_lifecycle_support": "open-source-rds-extended-support-disabled",
        "instance_class": "db.m6g.large", "username": "dba", "port": 5432, "allocated_storage": 100, "storage_type": "gp3",
        "storage_encrypted": true, "kms_key_id": "arn:aws:kms:eu-west-1:123456789012:key/k",
        "backup_retention_period": 7, "backup_window": "02:00-03:00", "maintenance_window": "sun:05:00-sun:06:00",
        "multi_az": true, "auto_minor_version_upgrade": true, "publicly_accessible": false,
        "ca_cert_identifier": "rds-ca-rsa2048-g1", "copy_tags_to_snapshot": true, "deletion_protection": true,
        "iam_database_authentication_enabled": false, "performance_insights_enabled": false,
        "parameter_group_name": "pg", "option_group_name": "default:postgres-16", "db_subnet_group_name": "private",
        "vpc_security_group_ids": ["sg-1"], "max_allocated_storage": 0, "monitoring_interval": 0,
        "replicate_source_db": "", "enabled_cloudwatch_logs_exports": null, "tags": {"owner": "team-a"},
    });
    agree("aws_db_instance.db", recorded, replies().instance(json!({})));
}

#[test]
fn a_cluster_is_the_same_recorded_and_running() {
    let recorded = json!({
        "cluster_identifier": "c", "arn": "arn:aws:rds:eu-west-1:123456789012:cluster:c", "engine": "aurora-postgresql",
        "engine_version": "16.2", "engine_mode": "provisioned", "port": 5432, "master_username": "dba",
        "engine_lifecycle_support": "open-source-rds-extended-support-disabled", "storage_encrypted": true,
        "storage_type": "", "backup_retention_period": 7, "preferred_backup_window": "02:00-03:00",
        "preferred_maintenance_window": "sun:05:00-sun:06:00", "deletion_protection": true,
        "copy_tags_to_snapshot": true, "iam_database_authentication_enabled": true, "enable_http_endpoint": false,
        "db_cluster_parameter_group_name": "cpg", "db_subnet_group_name": "private",
        "vpc_security_group_ids": ["sg-1"], "cluster_members": ["c-1", "c-2"], "enabled_cloudwatch_logs_exports": [],
    });
    agree("aws_rds_cluster.c", recorded, replies().cluster(json!({})));
}

#[test]
fn a_member_is_the_same_recorded_and_running() {
    let recorded = json!({
        "identifier": "m", "cluster_identifier": "c", "engine": "aurora-postgresql", "engine_version": "16.3",
        "instance_class": "db.m6g.large", "publicly_accessible": false, "promotion_tier": 1,
        "auto_minor_version_upgrade": true, "preferred_maintenance_window": "sun:05:00-sun:06:00",
        "ca_cert_identifier": "rds-ca-rsa2048-g1", "performance_insights_enabled": false, "monitoring_interval": 0,
        "db_parameter_group_name": "pg",
    });
    let running = replies().instance(json!({
        "DBInstanceIdentifier": "m", "DBClusterIdentifier": "c", "Engine": "aurora-postgresql", "PromotionTier": 1,
    }));
    agree("aws_rds_cluster_instance.m", recorded, running);
}
