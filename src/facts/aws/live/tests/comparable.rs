//! What is compared and no rule reads: the same as a state records it right after creation and as the API tells of it, both
//! where the configuration omits it and where it sets it. The recorded values are those of RDS.md section 2.

use serde_json::{Value as Json, json};

use super::*;
use crate::facts::catalogue::*;
use crate::facts::testing::{key, linked as linked_of_terraform, records, set};
use crate::model::Value;

/// A fact that both sides have with this value; without one, that both miss for the same reason.
type Row = (FactId, Option<Value>);

fn same(address: &str, recorded: Json, running: Replies, rows: &[Row]) {
    let recorded = linked_of_terraform(&[records(address, recorded)]).pop().unwrap();
    let running = running.linked().into_iter().find(|one| one.kind == recorded.kind).unwrap();
    for (fact, expected) in rows {
        let (told, runs) = (state(&recorded, *fact), state(&running, *fact));
        assert_eq!(told, runs, "{} of {address}", fact.def().name);
        match expected {
            Some(value) => assert_eq!(told, FactState::Known(value.clone()), "{} of {address}", fact.def().name),
            None => assert!(matches!(told, FactState::Missing(_)), "{} of {address}: {told:?}", fact.def().name),
        }
    }
}

fn is(value: impl Into<Value>) -> Option<Value> {
    Some(value.into())
}

const KEY_ARN: &str = "arn:aws:kms:eu-west-1:123456789012:key/k";
const ROLE_ARN: &str = "arn:aws:iam::123456789012:role/monitoring";

#[test]
fn an_instance_that_omits_everything() {
    let recorded = json!({
        "engine": "postgres", "storage_encrypted": false, "kms_key_id": "", "performance_insights_enabled": false,
        "performance_insights_kms_key_id": "", "manage_master_user_password": null, "master_user_secret": [],
        "master_user_secret_kms_key_id": null, "availability_zone": "eu-west-1a", "iops": 0, "storage_throughput": 0,
        "dedicated_log_volume": false, "license_model": "postgresql-license", "network_type": "IPV4",
        "character_set_name": "", "nchar_character_set_name": "", "timezone": "", "db_name": null,
        "backup_target": "region", "database_insights_mode": "standard", "monitoring_role_arn": "", "domain": "",
        "domain_fqdn": "", "domain_iam_role_name": "", "replicate_source_db": "", "replica_mode": "",
    });
    let running = replies().instance(json!({
        "StorageEncrypted": false, "StorageEncryptionType": "none", "KmsKeyId": null, "DedicatedLogVolume": false,
        "LicenseModel": "postgresql-license", "NetworkType": "IPV4", "BackupTarget": "region",
        "DatabaseInsightsMode": "standard", "DomainMemberships": [],
    }));
    same(
        "aws_db_instance.db",
        recorded,
        running,
        &[
            (STORAGE_KEY, None),
            (INSIGHTS_KEY, None),
            (MASTER_SECRET_KEY, None),
            (AVAILABILITY_ZONE, is("eu-west-1a")),
            (IOPS, is(0)),
            (STORAGE_THROUGHPUT_MIBPS, is(0)),
            (DEDICATED_LOG_VOLUME, is(false)),
            (LICENSE_MODEL, is("postgresql-license")),
            (NETWORK_TYPE, is("ipv4")),
            (CHARACTER_SET, None),
            (NATIONAL_CHARACTER_SET, None),
            (TIME_ZONE, None),
            (DATABASE_NAME, None),
            (BACKUP_TARGET, is("region")),
            (DATABASE_INSIGHTS_MODE, is("standard")),
            (MONITORING_ROLE, None),
            (DIRECTORY, is("")),
            (DIRECTORY_IAM_ROLE, None),
            (REPLICATES, None),
            (REPLICA_MODE, None),
        ],
    );
}

#[test]
fn an_instance_that_sets_everything() {
    let recorded = json!({
        "engine": "oracle-ee", "storage_encrypted": true, "kms_key_id": KEY_ARN, "performance_insights_enabled": true,
        "performance_insights_kms_key_id": KEY_ARN, "manage_master_user_password": true,
        "master_user_secret": [{"secret_arn": "arn:s", "secret_status": "active", "kms_key_id": KEY_ARN}],
        "master_user_secret_kms_key_id": KEY_ARN, "availability_zone": "eu-west-1a", "iops": 12000,
        "storage_throughput": 500, "dedicated_log_volume": true, "license_model": "bring-your-own-license",
        "network_type": "DUAL", "character_set_name": "AL32UTF8", "nchar_character_set_name": "UTF8",
        "timezone": "UTC", "db_name": "ORCL", "backup_target": "outposts", "database_insights_mode": "advanced",
        "monitoring_role_arn": ROLE_ARN, "domain": "d-1234567890", "domain_iam_role_name": "directory",
        "replicate_source_db": "", "replica_mode": "mounted",
    });
    let running = replies().instance(json!({
        "Engine": "oracle-ee", "KmsKeyId": KEY_ARN, "PerformanceInsightsEnabled": true,
        "PerformanceInsightsKMSKeyId": KEY_ARN, "MasterUserSecret": {"SecretArn": "arn:s", "KmsKeyId": KEY_ARN},
        "Iops": 12000, "StorageThroughput": 500, "DedicatedLogVolume": true,
        "LicenseModel": "bring-your-own-license", "NetworkType": "DUAL", "CharacterSetName": "AL32UTF8",
        "NcharCharacterSetName": "UTF8", "Timezone": "UTC", "DBName": "ORCL", "BackupTarget": "outposts",
        "DatabaseInsightsMode": "advanced", "MonitoringRoleArn": ROLE_ARN, "ReplicaMode": "mounted",
        "DomainMemberships": [{"Domain": "d-1234567890", "Status": "joined", "IAMRoleName": "directory"}],
        "SecondaryAvailabilityZone": "eu-west-1b",
    }));
    same(
        "aws_db_instance.db",
        recorded,
        running,
        &[
            (STORAGE_KEY, is(KEY_ARN)),
            (INSIGHTS_KEY, is(KEY_ARN)),
            (MASTER_SECRET_KEY, is(KEY_ARN)),
            (IOPS, is(12000)),
            (STORAGE_THROUGHPUT_MIBPS, is(500)),
            (DEDICATED_LOG_VOLUME, is(true)),
            (LICENSE_MODEL, is("bring-your-own-license")),
            (NETWORK_TYPE, is("dual")),
            (CHARACTER_SET, is("AL32UTF8")),
            (NATIONAL_CHARACTER_SET, is("UTF8")),
            (TIME_ZONE, is("UTC")),
            (DATABASE_NAME, is("ORCL")),
            (BACKUP_TARGET, is("outposts")),
            (DATABASE_INSIGHTS_MODE, is("advanced")),
            (MONITORING_ROLE, is(ROLE_ARN)),
            (DIRECTORY, is("d-1234567890")),
            (DIRECTORY_IAM_ROLE, is("directory")),
            (REPLICA_MODE, is("mounted")),
        ],
    );
}

#[test]
fn a_replica_names_what_it_replicates() {
    for source in ["main", "arn:aws:rds:us-east-1:123456789012:db:main"] {
        let running = replies().instance(json!({"ReadReplicaSourceDBInstanceIdentifier": source}));
        let recorded = json!({"engine": "postgres", "replicate_source_db": source});
        same("aws_db_instance.r", recorded, running, &[(REPLICATES, is(source))]);
    }
    let recorded = json!({"engine": "aurora-mysql", "replication_source_identifier": "arn:c"});
    let running = replies().cluster(json!({"Engine": "aurora-mysql", "ReplicationSourceIdentifier": "arn:c"}));
    same("aws_rds_cluster.r", recorded, running, &[(REPLICATES, is("arn:c"))]);
    let recorded = json!({"engine": "neptune", "replication_source_identifier": "arn:c"});
    let running = replies().cluster(json!({"Engine": "neptune", "ReplicationSourceIdentifier": "arn:c"}));
    same("aws_neptune_cluster.r", recorded, running, &[(REPLICATES, is("arn:c"))]);
}

#[test]
fn the_key_of_a_managed_secret_is_that_of_the_recorded_secret_where_nobody_chose_one() {
    let secret = json!([{"secret_arn": "arn:s", "kms_key_id": KEY_ARN}]);
    let managed = json!({"MasterUserSecret": {"SecretArn": "arn:s", "KmsKeyId": KEY_ARN}});
    let recorded = json!({"engine": "postgres", "manage_master_user_password": true, "master_user_secret": secret});
    let rows = [(MASTER_SECRET_KEY, is(KEY_ARN))];
    same("aws_db_instance.db", recorded, replies().instance(managed.clone()), &rows);
    let recorded = json!({"engine": "aurora-mysql", "manage_master_user_password": true, "master_user_secret": secret});
    same("aws_rds_cluster.c", recorded, replies().cluster(managed), &rows);
}

#[test]
fn an_aurora_cluster_that_omits_everything() {
    let recorded = json!({
        "engine": "aurora-postgresql", "engine_mode": "provisioned", "storage_encrypted": false, "kms_key_id": "",
        "performance_insights_enabled": false, "manage_master_user_password": null, "master_user_secret": [],
        "availability_zones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"], "iops": 0, "allocated_storage": 1,
        "network_type": "IPV4", "database_name": "", "database_insights_mode": "standard", "monitoring_role_arn": "",
        "iam_roles": [], "domain": "", "domain_iam_role_name": "", "replication_source_identifier": "",
        "global_cluster_identifier": "", "serverlessv2_scaling_configuration": [], "scaling_configuration": [],
        "db_cluster_instance_class": "",
    });
    let zones = ["eu-west-1c", "eu-west-1a", "eu-west-1b"];
    let told = json!({
        "StorageEncrypted": false, "StorageEncryptionType": "sse-rds", "KmsKeyId": null, "AvailabilityZones": zones,
        "AllocatedStorage": 1, "NetworkType": "IPV4", "DatabaseInsightsMode": "standard", "AssociatedRoles": [],
        "DomainMemberships": [],
    });
    same(
        "aws_rds_cluster.c",
        recorded.clone(),
        replies().cluster(told.clone()),
        &[
            (AVAILABILITY_ZONES, Some(set(&zones))),
            (NETWORK_TYPE, is("ipv4")),
            (DATABASE_INSIGHTS_MODE, is("standard")),
            (MONITORING_ROLE, None),
            (IAM_ROLES, Some(set(&[]))),
            (DIRECTORY, is("")),
            (DIRECTORY_IAM_ROLE, None),
            (REPLICATES, None),
            (ENGINE_MODE, is("provisioned")),
            (SERVERLESS_MIN_CAPACITY_HALF_UNITS, None),
            (SERVERLESS_MAX_CAPACITY_HALF_UNITS, None),
            (CLUSTER_INSTANCE_CLASS, None),
            (IOPS, None),
            (CLUSTER_ALLOCATED_STORAGE_GIB, None),
            (INSIGHTS_KEY, None),
            (MASTER_SECRET_KEY, None),
        ],
    );
    // Neither side names a key, though only the API tells that the provider's own one encrypts (RDS.md section 7).
    let running = replies().cluster(told).one(":cluster:c");
    assert!(matches!(state(&running, STORAGE_KEY), FactState::Missing(_)));
    // What the API may leave out tells nothing (RDS.md section 2.2).
    let recorded = linked_of_terraform(&[records("aws_rds_cluster.c", recorded)]).pop().unwrap();
    for fact in [DATABASE_NAME, GLOBAL_CLUSTER] {
        assert!(matches!(state(&recorded, fact), FactState::Missing(_)), "{}", fact.def().name);
        assert!(matches!(state(&running, fact), FactState::Unknown(_)), "{}", fact.def().name);
    }
}

#[test]
fn an_aurora_cluster_that_sets_everything() {
    let zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
    let recorded = json!({
        "engine": "aurora-postgresql", "engine_mode": "", "storage_encrypted": true, "kms_key_id": KEY_ARN,
        "performance_insights_enabled": true, "performance_insights_kms_key_id": KEY_ARN,
        "manage_master_user_password": true, "master_user_secret_kms_key_id": KEY_ARN, "availability_zones": zones,
        "network_type": "DUAL", "database_name": "app", "database_insights_mode": "advanced",
        "monitoring_interval": 60, "monitoring_role_arn": ROLE_ARN, "iam_roles": [ROLE_ARN, "arn:role/export"],
        "domain": "d-1234567890", "domain_iam_role_name": "directory", "global_cluster_identifier": "World",
        "serverlessv2_scaling_configuration": [{"min_capacity": 0.5, "max_capacity": 16, "seconds_until_auto_pause": 0}],
    });
    let running = replies().cluster(json!({
        "PerformanceInsightsEnabled": true, "PerformanceInsightsKMSKeyId": KEY_ARN,
        "MasterUserSecret": {"SecretArn": "arn:s", "KmsKeyId": KEY_ARN}, "AvailabilityZones": zones,
        "NetworkType": "DUAL", "DatabaseName": "app", "DatabaseInsightsMode": "advanced", "MonitoringInterval": 60,
        "MonitoringRoleArn": ROLE_ARN, "GlobalClusterIdentifier": "world",
        "AssociatedRoles": [{"RoleArn": "arn:role/export", "Status": "ACTIVE"}, {"RoleArn": ROLE_ARN}],
        "DomainMemberships": [{"Domain": "d-1234567890", "IAMRoleName": "directory"}],
        "ServerlessV2ScalingConfiguration": {"MinCapacity": 0.5, "MaxCapacity": 16.0},
    }));
    same(
        "aws_rds_cluster.c",
        recorded,
        running,
        &[
            (STORAGE_KEY, is(KEY_ARN)),
            (INSIGHTS_KEY, is(KEY_ARN)),
            (MASTER_SECRET_KEY, is(KEY_ARN)),
            (AVAILABILITY_ZONES, Some(set(&zones))),
            (NETWORK_TYPE, is("dual")),
            (DATABASE_NAME, is("app")),
            (DATABASE_INSIGHTS_MODE, is("advanced")),
            (MONITORING_ROLE, is(ROLE_ARN)),
            (IAM_ROLES, Some(set(&[ROLE_ARN, "arn:role/export"]))),
            (DIRECTORY, is("d-1234567890")),
            (DIRECTORY_IAM_ROLE, is("directory")),
            (GLOBAL_CLUSTER, is("world")),
            (ENGINE_MODE, is("provisioned")),
            (SERVERLESS_MIN_CAPACITY_HALF_UNITS, is(1)),
            (SERVERLESS_MAX_CAPACITY_HALF_UNITS, is(32)),
        ],
    );
}

#[test]
fn a_multi_az_cluster_and_the_first_serverless_mode() {
    let recorded = json!({
        "engine": "mysql", "engine_mode": "provisioned", "db_cluster_instance_class": "db.m6gd.large", "iops": 3000,
        "allocated_storage": 100, "storage_type": "io1",
    });
    let running = replies().cluster(json!({
        "Engine": "mysql", "DBClusterInstanceClass": "db.m6gd.large", "Iops": 3000, "AllocatedStorage": 100,
        "StorageType": "io1",
    }));
    let rows = [
        (CLUSTER_INSTANCE_CLASS, is("db.m6gd.large")),
        (IOPS, is(3000)),
        (CLUSTER_ALLOCATED_STORAGE_GIB, is(100)),
        (STORAGE_TYPE, is("io1")),
    ];
    same("aws_rds_cluster.c", recorded, running, &rows);
    let recorded = json!({
        "engine": "aurora-mysql", "engine_mode": "serverless", "serverlessv2_scaling_configuration": [],
        "scaling_configuration": [{"auto_pause": true, "min_capacity": 1, "max_capacity": 16}],
    });
    let running = replies().cluster(json!({
        "Engine": "aurora-mysql", "EngineMode": "serverless",
        "ScalingConfigurationInfo": {"AutoPause": true, "MinCapacity": 1, "MaxCapacity": 16},
    }));
    let rows = [
        (ENGINE_MODE, is("serverless")),
        (SERVERLESS_MIN_CAPACITY_HALF_UNITS, is(2)),
        (SERVERLESS_MAX_CAPACITY_HALF_UNITS, is(32)),
    ];
    same("aws_rds_cluster.c", recorded, running, &rows);
}

#[test]
fn clusters_of_documentdb_and_neptune() {
    let zones = ["eu-west-1a", "eu-west-1b"];
    let capacity = json!([{"min_capacity": 1, "max_capacity": 2.5}]);
    let recorded = json!({
        "engine": "docdb", "storage_encrypted": true, "kms_key_id": KEY_ARN, "availability_zones": zones,
        "network_type": "IPV4", "global_cluster_identifier": "world", "serverless_v2_scaling_configuration": capacity,
    });
    let told = json!({
        "Engine": "docdb", "AvailabilityZones": zones, "NetworkType": "IPV4", "GlobalClusterIdentifier": "world",
        "ServerlessV2ScalingConfiguration": {"MinCapacity": 1.0, "MaxCapacity": 2.5},
        "AssociatedRoles": [{"RoleArn": ROLE_ARN}],
    });
    let mut rows = vec![
        (STORAGE_KEY, is(KEY_ARN)),
        (AVAILABILITY_ZONES, Some(set(&zones))),
        (GLOBAL_CLUSTER, is("world")),
        (SERVERLESS_MIN_CAPACITY_HALF_UNITS, is(2)),
        (SERVERLESS_MAX_CAPACITY_HALF_UNITS, is(5)),
        (DIRECTORY, None),
        (IOPS, None),
        (DATABASE_INSIGHTS_MODE, None),
        (NETWORK_TYPE, is("ipv4")),
    ];
    same("aws_docdb_cluster.c", recorded, replies().cluster(told.clone()), &rows);
    let recorded = json!({
        "engine": "neptune", "storage_encrypted": true, "kms_key_arn": KEY_ARN, "availability_zones": zones,
        "iam_roles": [ROLE_ARN], "global_cluster_identifier": "world", "serverless_v2_scaling_configuration": capacity,
    });
    rows.pop();
    rows.push((IAM_ROLES, Some(set(&[ROLE_ARN]))));
    same("aws_neptune_cluster.c", recorded, replies().cluster(changed(told, json!({"Engine": "neptune"}))), &rows);
    let nothing = json!({
        "KmsKeyId": null, "StorageEncrypted": false, "AvailabilityZones": zones, "AssociatedRoles": [],
    });
    for (engine, address) in [("docdb", "aws_docdb_cluster.c"), ("neptune", "aws_neptune_cluster.c")] {
        let recorded = json!({
            "engine": engine, "storage_encrypted": false, "kms_key_id": "", "kms_key_arn": "", "availability_zones": zones,
            "serverless_v2_scaling_configuration": [], "iam_roles": null, "replication_source_identifier": null,
        });
        let running = replies().cluster(changed(nothing.clone(), json!({"Engine": engine})));
        let rows = [(STORAGE_KEY, None), (REPLICATES, None), (SERVERLESS_MIN_CAPACITY_HALF_UNITS, None)];
        same(address, recorded, running, &rows);
    }
}

#[test]
fn members_omit_and_set() {
    let types = [
        ("aws_rds_cluster_instance.m", "aurora-mysql", "performance_insights_enabled"),
        ("aws_docdb_cluster_instance.m", "docdb", "enable_performance_insights"),
        ("aws_neptune_cluster_instance.m", "neptune", ""),
        ("aws_db_instance.m", "aurora-mysql", "performance_insights_enabled"),
    ];
    for (address, engine, insights) in types {
        let recorded = json!({
            "engine": engine, "cluster_identifier": "c", "availability_zone": "eu-west-1a", (insights): false,
            "performance_insights_kms_key_id": "", "monitoring_role_arn": "",
        });
        let member = json!({"DBClusterIdentifier": "c", "Engine": engine});
        let rows = [(AVAILABILITY_ZONE, is("eu-west-1a")), (INSIGHTS_KEY, None), (MONITORING_ROLE, None)];
        same(address, recorded, replies().instance(member.clone()), &rows);
        let recorded = json!({
            "engine": engine, "cluster_identifier": "c", "availability_zone": "eu-west-1b", (insights): true,
            "performance_insights_kms_key_id": KEY_ARN, "monitoring_role_arn": ROLE_ARN,
        });
        let set = json!({
            "AvailabilityZone": "eu-west-1b", "PerformanceInsightsEnabled": true,
            "PerformanceInsightsKMSKeyId": KEY_ARN, "MonitoringRoleArn": ROLE_ARN,
        });
        let insights = is(KEY_ARN).filter(|_| engine != "neptune");
        let monitoring = is(ROLE_ARN).filter(|_| engine == "aurora-mysql");
        let rows = [(AVAILABILITY_ZONE, is("eu-west-1b")), (INSIGHTS_KEY, insights), (MONITORING_ROLE, monitoring)];
        same(address, recorded, replies().instance(changed(member, set)), &rows);
    }
}

#[test]
fn snapshots_name_their_key() {
    let snapshot = |encrypted: bool, key: Option<&str>| {
        replies().with(
            "rds:DescribeDBSnapshots",
            json!({"DBSnapshotIdentifier": "s", "Encrypted": encrypted, "KmsKeyId": key, "SnapshotType": "manual"}),
        )
    };
    let of_cluster = |engine: &str, encrypted: bool, key: Option<&str>| {
        let snapshot = json!({
            "DBClusterSnapshotIdentifier": "s", "Engine": engine, "StorageEncrypted": encrypted, "KmsKeyId": key,
        });
        replies().with("rds:DescribeDBClusterSnapshots", snapshot)
    };
    for (encrypted, key, expected) in [(true, Some(KEY_ARN), is(KEY_ARN)), (false, None, None)] {
        let rows = [(STORAGE_KEY, expected)];
        let recorded =
            json!({"encrypted": encrypted, "storage_encrypted": encrypted, "kms_key_id": key.unwrap_or_default()});
        same("aws_db_snapshot.s", recorded.clone(), snapshot(encrypted, key), &rows);
        same("aws_db_snapshot_copy.s", recorded.clone(), snapshot(encrypted, key), &rows);
        for (engine, address) in [
            ("aurora-mysql", "aws_db_cluster_snapshot.s"),
            ("docdb", "aws_docdb_cluster_snapshot.s"),
            ("neptune", "aws_neptune_cluster_snapshot.s"),
        ] {
            same(address, recorded.clone(), of_cluster(engine, encrypted, key), &rows);
        }
    }
}

#[test]
fn subnet_groups_subscriptions_and_proxies() {
    let subnets = json!([{"SubnetIdentifier": "subnet-2"}, {"SubnetIdentifier": "subnet-1"}]);
    for address in ["aws_db_subnet_group.s", "aws_docdb_subnet_group.s", "aws_neptune_subnet_group.s"] {
        let group = json!({"DBSubnetGroupName": "s", "Subnets": subnets});
        let running = replies().with("rds:DescribeDBSubnetGroups", group);
        let recorded = json!({"name": "s", "subnet_ids": ["subnet-1", "subnet-2"]});
        same(address, recorded, running, &[(SUBNETS, Some(set(&["subnet-1", "subnet-2"])))]);
    }
    for sources in [vec![], vec!["db-1", "db-2"]] {
        let subscription =
            json!({"CustSubscriptionId": "e", "SourceIdsList": sources, "SnsTopicArn": "arn:aws:sns:eu-west-1:1:t"});
        let running = replies().with("rds:DescribeEventSubscriptions", subscription);
        let recorded = json!({"name": "e", "source_ids": sources, "sns_topic": "arn:aws:sns:eu-west-1:1:t"});
        let rows = [(EVENT_SOURCES, Some(set(&sources))), (EVENT_TOPIC, is("arn:aws:sns:eu-west-1:1:t"))];
        same("aws_db_event_subscription.e", recorded, running, &rows);
    }
    for seconds in [1800, 60] {
        let proxy = json!({"DBProxyName": "p", "IdleClientTimeout": seconds, "RoleArn": ROLE_ARN});
        let recorded = json!({"name": "p", "idle_client_timeout": seconds, "role_arn": ROLE_ARN});
        let rows = [(PROXY_IDLE_TIMEOUT_SECONDS, is(seconds)), (PROXY_ROLE, is(ROLE_ARN))];
        same("aws_db_proxy.p", recorded, replies().with("rds:DescribeDBProxies", proxy), &rows);
    }
}

#[test]
fn what_waits_stands_beside_what_is() {
    let db = replies()
        .instance(json!({
            "Iops": 3000, "StorageThroughput": 125, "LicenseModel": "license-included", "DedicatedLogVolume": false,
            "PendingModifiedValues": {
                "Iops": 6000, "StorageThroughput": 250, "LicenseModel": "bring-your-own-license", "DedicatedLogVolume": true,
            },
        }))
        .one(":db:db");
    let cluster = replies()
        .cluster(json!({
            "Engine": "mysql", "Iops": 3000, "AllocatedStorage": 100,
            "PendingModifiedValues": {"Iops": 4000, "AllocatedStorage": 200},
        }))
        .one(":cluster:c");
    let waits = |resource: &Resource, fact: FactId| {
        resource.facts.get(fact).and_then(|fact| fact.pending.as_ref()).map(|pending| pending.value.clone())
    };
    assert_eq!(waits(&db, IOPS), is(6000));
    assert_eq!(waits(&db, STORAGE_THROUGHPUT_MIBPS), is(250));
    assert_eq!(waits(&db, LICENSE_MODEL), is("bring-your-own-license"));
    assert_eq!(waits(&db, DEDICATED_LOG_VOLUME), is(true));
    assert_eq!(waits(&db, STORAGE_KEY), None);
    assert_eq!(waits(&cluster, IOPS), is(4000));
    assert_eq!(waits(&cluster, CLUSTER_ALLOCATED_STORAGE_GIB), is(200));
}

#[test]
fn only_what_runs_tells_where_the_standby_is() {
    let with_standby = replies().instance(json!({"SecondaryAvailabilityZone": "eu-west-1b"})).one(":db:db");
    assert_eq!(state(&with_standby, SECONDARY_AVAILABILITY_ZONE), FactState::Known("eu-west-1b".into()));
    let alone = replies().instance(json!({"MultiAZ": false})).one(":db:db");
    assert!(matches!(state(&alone, SECONDARY_AVAILABILITY_ZONE), FactState::Missing(_)));
}

#[test]
fn a_member_runs_with_the_parameters_of_its_own_group() {
    let group = json!({
        "DBParameterGroupName": "pg", "DBParameterGroupFamily": "aurora-mysql8.0",
        "DBParameterGroupArn": "arn:aws:rds:eu-west-1:123456789012:pg:pg",
    });
    let parameter = json!({"ParameterName": "general_log", "ParameterValue": "1", "ApplyMethod": "immediate"});
    let running = |status: &str| {
        replies()
            .with("rds:DescribeDBParameterGroups", group.clone())
            .of("rds:DescribeDBParameters", "pg", json!({"Parameters": [parameter]}))
            .instance(json!({
                "DBInstanceIdentifier": "m", "DBClusterIdentifier": "c", "Engine": "aurora-mysql",
                "DBParameterGroups": [{"DBParameterGroupName": "pg", "ParameterApplyStatus": status}],
            }))
            .one(":db:m")
    };
    let recorded = linked_of_terraform(&[
        records("aws_rds_cluster_instance.m", json!({"engine": "aurora-mysql", "db_parameter_group_name": "pg"})),
        records(
            "aws_db_parameter_group.pg",
            json!({"name": "pg", "family": "aurora-mysql8.0", "parameter": [{"name": "general_log", "value": "ON"}]}),
        ),
    ]);
    let recorded = recorded.into_iter().find(|one| one.kind == crate::model::Kind::ClusterMember).unwrap();
    let in_sync = running("in-sync");
    for member in [&recorded, &in_sync] {
        assert_eq!(key(member, MEMBER_PARAMETERS, "general_log"), FactState::Known("1".into()), "{}", member.id);
    }
    let waiting = running("pending-reboot");
    let parameters = waiting.facts.map(MEMBER_PARAMETERS).unwrap();
    let general_log = parameters.entries.get("general_log").unwrap();
    assert!(matches!(general_log.state, FactState::Unknown(_)));
    let pending = general_log.pending.as_ref().unwrap();
    assert_eq!((pending.value.clone(), pending.waits_for.as_str()), ("1".into(), "reboot"));
}
