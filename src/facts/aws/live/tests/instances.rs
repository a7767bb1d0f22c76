//! Instances, clusters and members.

use serde_json::{Value as Json, json};

use super::*;
use crate::facts::catalogue::*;
use crate::facts::testing::{key, known, missing, set};
use crate::facts::{origin_of, state_of};
use crate::model::{FactPath, FactState, Kind, SetBy};

fn path(fact: FactId) -> FactPath {
    FactPath { before: false, fact, key: None }
}

fn pending(resource: &Resource, fact: FactId) -> Option<(String, String)> {
    let pending = resource.facts.get(fact)?.pending.as_ref()?;
    Some((pending.value.to_string(), pending.waits_for.to_string()))
}

#[test]
fn an_instance_is_what_the_api_says_in_the_apis_words() {
    let db = replies().instance(json!({})).one(":db:db");
    assert_eq!((db.kind, db.resource_type, db.name.as_deref()), (Kind::Instance, "aws_db_instance", Some("db")));
    assert_eq!(db.scope, Scope { account: Some("123456789012".into()), region: Some("eu-west-1".into()) });
    for (fact, expected) in [
        (ENGINE, known("postgres")),
        (ENGINE_MAJOR_VERSION, known("16")),
        (ENCRYPTED_AT_REST, known(true)),
        (BACKUP_RETENTION_DAYS, known(7)),
        (MULTI_AZ, known(true)),
        (PORT, known(5432)),
        (PUBLICLY_ACCESSIBLE, known(false)),
        (EXTENDED_SUPPORT, known(false)),
        (IS_REPLICA, known(false)),
        (MASTER_PASSWORD_MANAGED, known(false)),
        (STORAGE_AUTOSCALING_LIMIT_GIB, known(0)),
        (ENHANCED_MONITORING_SECONDS, known(0)),
        (LOG_EXPORTS, known(set(&[]))),
        (BACKUPS_REPLICATED, known(false)),
    ] {
        assert_eq!(state(&db, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(key(&db, TAGS, "owner"), known("team-a"));
    assert_eq!(missing(&key(&db, TAGS, "tier")), "the tag is not set");
    let origin = origin_of(&db, &path(PORT)).unwrap();
    assert_eq!((origin.attribute, origin.set_by), ("DBInstance.Endpoint.Port", SetBy::Source));
    assert_eq!(origin_of(&db, &path(TAGS)).unwrap().attribute, "DBInstance.TagList");
}

#[test]
fn an_absent_member_never_becomes_a_default() {
    let bare = json!({"DBInstanceIdentifier": "bare", "Engine": "postgres"});
    let cluster = json!({"DBClusterIdentifier": "bare", "Engine": "aurora-mysql"});
    let all = replies()
        .with("rds:DescribeDBInstances", bare.clone())
        .with(
            "rds:DescribeDBInstances",
            changed(bare, json!({"DBInstanceIdentifier": "m", "DBClusterIdentifier": "x"})),
        )
        .with("rds:DescribeDBClusters", cluster.clone())
        .with(
            "rds:DescribeDBClusters",
            changed(cluster.clone(), json!({"Engine": "docdb", "DBClusterIdentifier": "d"})),
        )
        .with("rds:DescribeDBClusters", changed(cluster, json!({"Engine": "neptune", "DBClusterIdentifier": "n"})))
        .with("rds:DescribeDBSnapshots", json!({"DBSnapshotIdentifier": "s"}))
        .with("rds:DescribeDBClusterSnapshots", json!({"DBClusterSnapshotIdentifier": "s"}))
        .with("rds:DescribeDBProxies", json!({"DBProxyName": "p"}))
        .with("rds:DescribeGlobalClusters", json!({"GlobalClusterIdentifier": "g"}))
        .with("rds:DescribeOptionGroups", json!({"OptionGroupName": "o"}))
        .with("rds:DescribeDBSubnetGroups", json!({"DBSubnetGroupName": "s"}))
        .with("rds:DescribeDBParameterGroups", json!({"DBParameterGroupName": "p"}))
        .with("rds:DescribeEventSubscriptions", json!({"CustSubscriptionId": "e"}))
        .linked();
    assert_eq!(all.len(), 13);
    // What the API leaves out when it is off (RDS.md section 3.2 and what `optional` and `list` cite), what one engine
    // only has, and what every object of a type is.
    let may_be_known = [
        ENGINE,
        OBSERVED_AT,
        IS_REPLICA,
        HOLDS_DATA,
        MASTER_PASSWORD_MANAGED,
        STORAGE_AUTOSCALING_LIMIT_GIB,
        ENHANCED_MONITORING_SECONDS,
        LOG_EXPORTS,
        BACKUPS_REPLICATED,
        SERVERLESS_V1,
        TLS_REQUIRED,
        BACKTRACK_WINDOW_SECONDS,
        STORAGE_TYPE,
        EVENT_SOURCE_TYPE,
        EVENT_CATEGORIES,
        EVENT_SOURCES,
        DIRECTORY,
        IAM_ROLES,
        IOPS,
        STORAGE_THROUGHPUT_MIBPS,
        ACTIVITY_STREAM,
        INTERNET_ACCESS_GATEWAY,
        // Of these a list tells that is complete, and does not name the database.
        PENDING_MAINTENANCE,
        IN_BACKUP_PLAN,
        LAST_AIR_GAPPED_BACKUP,
    ];
    for resource in &all {
        for (fact, told) in resource.facts.scalars().filter(|(fact, _)| !may_be_known.contains(fact)) {
            assert_eq!(told.state.known(), None, "{} of {}", fact.def().name, resource.id);
            assert_ne!(told.state, FactState::Unknown(Unknown::KnownAfterApply), "{}", fact.def().name);
        }
        for (fact, map) in resource.facts.maps() {
            assert!(
                map.entries.is_empty() && !matches!(map.rest, FactState::Missing(_))
                    || fact == PARAMETERS
                    || resource.kind == Kind::ParameterGroup
                    || !resource.id.starts_with("arn"),
                "{} of {}",
                fact.def().name,
                resource.id
            );
        }
    }
    let of = |kind: Kind| all.iter().find(|resource| resource.kind == kind).unwrap();
    assert!(matches!(key(of(Kind::Instance), TAGS, "owner"), FactState::Unknown(_)));
    assert_eq!(
        why(of(Kind::Cluster), DELETION_PROTECTION),
        "not collected: the reply of rds:DescribeDBClusters does not hold it"
    );
}

#[test]
fn what_only_terraform_settles_is_missing() {
    let db = replies().instance(json!({})).one(":db:db");
    for fact in [FINAL_SNAPSHOT, KEEPS_AUTOMATED_BACKUPS, MASTER_PASSWORD_IN_STATE, RESTORED] {
        assert!(missing(&state(&db, fact)).starts_with("only Terraform"), "{}", fact.def().name);
    }
    assert_eq!(missing(&state(&db, PLANNED_ACTION)), "only a plan tells, and the source is not one");
    assert_eq!(missing(&state(&db, APPLY_IMMEDIATELY)), "only a plan tells, and the source is not one");
}

#[test]
fn the_engine_tells_documentdb_and_neptune_from_the_databases_of_rds() {
    let member =
        |name: &str, engine: &str| json!({"DBInstanceIdentifier": name, "Engine": engine, "DBClusterIdentifier": "c"});
    let all = replies()
        .cluster(json!({"DBClusterIdentifier": "d", "Engine": "docdb"}))
        .cluster(json!({"DBClusterIdentifier": "n", "Engine": "neptune"}))
        .cluster(json!({"DBClusterIdentifier": "p", "Engine": "postgres"}))
        .instance(member("dm", "docdb"))
        .instance(member("nm", "neptune"))
        .instance(member("am", "aurora-mysql"))
        .instance(member("pm", "postgres"))
        .linked();
    let types: Vec<(&str, Kind)> = all.iter().map(|resource| (resource.resource_type, resource.kind)).collect();
    assert_eq!(
        types,
        [
            ("aws_docdb_cluster", Kind::Cluster),
            ("aws_neptune_cluster", Kind::Cluster),
            ("aws_rds_cluster", Kind::Cluster),
            ("aws_rds_cluster_instance", Kind::ClusterMember),
            ("aws_docdb_cluster_instance", Kind::ClusterMember),
            ("aws_neptune_cluster_instance", Kind::ClusterMember),
            ("aws_rds_cluster_instance", Kind::ClusterMember),
        ]
    );
}

#[test]
fn storage_that_the_provider_encrypts_with_its_own_key_is_encrypted_and_has_no_key() {
    let of = |on: bool, word: &str| {
        let key = (word == "sse-kms").then_some("arn:aws:kms:eu-west-1:123456789012:key/k");
        replies()
            .cluster(json!({"StorageEncrypted": on, "StorageEncryptionType": word, "KmsKeyId": key}))
            .one("cluster:c")
    };
    let own = of(false, "sse-rds");
    assert_eq!((state(&own, ENCRYPTED_AT_REST), state(&own, CUSTOMER_MANAGED_KEY)), (known(true), known(false)));
    assert_eq!(missing(&state(&own, KEY_ROTATION)), "the storage has no customer managed key");
    assert_eq!(state(&of(false, "none"), ENCRYPTED_AT_REST), known(false));
    assert_eq!(state(&of(true, "sse-kms"), ENCRYPTED_AT_REST), known(true));
    assert!(why(&of(true, "none"), ENCRYPTED_AT_REST).contains("contradict"));
    let silent = replies().cluster(json!({"StorageEncrypted": false, "KmsKeyId": null})).one("cluster:c");
    assert_eq!(state(&silent, ENCRYPTED_AT_REST), known(false));
}

#[test]
fn what_waits_stands_beside_what_is() {
    let db = replies()
        .instance(json!({
            "EnabledCloudwatchLogsExports": ["postgresql"],
            "PendingModifiedValues": {
                "BackupRetentionPeriod": 35, "EngineVersion": "17.1", "MultiAZ": true, "MasterUserPassword": "****",
                "PendingCloudwatchLogsExports": {"LogTypesToEnable": ["upgrade"], "LogTypesToDisable": ["postgresql"]},
            },
        }))
        .one(":db:db");
    let window = || "next maintenance window".to_owned();
    assert_eq!(state(&db, BACKUP_RETENTION_DAYS), known(7));
    assert_eq!(pending(&db, BACKUP_RETENTION_DAYS), Some(("35".into(), window())));
    assert_eq!(pending(&db, ENGINE_VERSION), Some(("17.1".into(), window())));
    assert_eq!(pending(&db, ENGINE_MAJOR_VERSION), Some(("17".into(), window())));
    assert_eq!(pending(&db, LOG_EXPORTS), Some(("upgrade".into(), window())));
    assert_eq!(pending(&db, MULTI_AZ), None, "it is so already");
    assert_eq!(pending(&db, ALLOCATED_STORAGE_GIB), None);
    let busy = replies()
        .instance(
            json!({"DBInstanceStatus": "modifying", "PendingModifiedValues": {"DBInstanceClass": "db.r6g.large"}}),
        )
        .one(":db:db");
    assert_eq!(pending(&busy, INSTANCE_CLASS), Some(("db.r6g.large".into(), "change under way".into())));
}

fn with_group(status: &str) -> Resource {
    let groups = json!([{"DBParameterGroupName": "pg", "ParameterApplyStatus": status}]);
    replies()
        .with(
            "rds:DescribeDBParameterGroups",
            json!({"DBParameterGroupName": "pg", "DBParameterGroupFamily": "postgres16"}),
        )
        .of(
            "rds:DescribeDBParameters",
            "pg",
            json!({"Parameters": [
                {"ParameterName": "rds.force_ssl", "ParameterValue": "0", "ApplyType": "dynamic", "Source": "user"},
            ]}),
        )
        .of(
            "rds:DescribeEngineDefaultParameters",
            "postgres16",
            json!({"EngineDefaults": {"Parameters": [
                {"ParameterName": "rds.force_ssl", "ParameterValue": "1"},
                {"ParameterName": "password_encryption", "ParameterValue": "scram-sha-256"},
                {"ParameterName": "shared_preload_libraries"},
            ]}}),
        )
        .instance(json!({"DBParameterGroups": groups}))
        .one(":db:db")
}

#[test]
fn a_groups_own_parameters_stand_over_the_engines() {
    let db = with_group("in-sync");
    assert_eq!(state(&db, TLS_REQUIRED), known(false));
    assert_eq!(key(&db, PARAMETERS, "rds.force_ssl"), known("0"));
    assert_eq!(key(&db, PARAMETERS, "password_encryption"), known("scram-sha-256"));
    assert_eq!(key(&db, PARAMETERS, "log_statement"), known("none"), "documented");
    assert!(matches!(key(&db, PARAMETERS, "shared_preload_libraries"), FactState::Unknown(_)));
    let path = FactPath { before: false, fact: PARAMETERS, key: Some("rds.force_ssl".into()) };
    assert_eq!(origin_of(&db, &path).unwrap().attribute, "Parameter.ParameterValue");
}

#[test]
fn parameters_that_wait_for_a_reboot_are_not_in_force() {
    let db = with_group("pending-reboot");
    assert!(why(&db, TLS_REQUIRED).contains("waits for a reboot"));
    assert_eq!(pending(&db, TLS_REQUIRED), Some(("false".into(), "reboot".into())));
    let path = FactPath { before: false, fact: PARAMETERS, key: Some("rds.force_ssl".into()) };
    assert!(matches!(state_of(&db, &path).as_ref(), FactState::Unknown(_)));
    let entry = db.facts.map(PARAMETERS).unwrap().entries.get("rds.force_ssl").unwrap();
    assert_eq!(entry.pending.as_ref().unwrap().value, "0".into());
    let failed = with_group("failed-to-apply");
    assert_eq!(pending(&failed, TLS_REQUIRED), None);
    assert!(why(&failed, TLS_REQUIRED).contains("could not be applied"));
}

#[test]
fn a_cluster_has_its_parameters_when_every_member_has_them() {
    let of = |statuses: &[&str]| {
        let members: Vec<Json> = statuses
            .iter()
            .map(|status| json!({"DBInstanceIdentifier": "m", "DBClusterParameterGroupStatus": status}))
            .collect();
        let cluster = replies()
            .with(
                "rds:DescribeDBClusterParameterGroups",
                json!({"DBClusterParameterGroupName": "cpg", "DBParameterGroupFamily": "aurora-postgresql16"}),
            )
            .of(
                "rds:DescribeDBClusterParameters",
                "cpg",
                json!({"Parameters": [{"ParameterName": "rds.force_ssl", "ParameterValue": "1"}]}),
            )
            .of(
                "rds:DescribeEngineDefaultClusterParameters",
                "aurora-postgresql16",
                json!({"EngineDefaults": {"Parameters": []}}),
            )
            .cluster(json!({"DBClusterMembers": members}))
            .one("cluster:c");
        state(&cluster, TLS_REQUIRED)
    };
    assert_eq!(of(&["in-sync", "in-sync"]), known(true));
    assert_eq!(of(&[]), known(true));
    assert!(matches!(of(&["in-sync", "pending-reboot"]), FactState::Unknown(_)));
}

#[test]
fn a_cluster_tells_its_members_and_their_zones_itself() {
    let cluster = replies().cluster(json!({"MultiAZ": false})).one("cluster:c");
    assert_eq!((state(&cluster, MEMBER_COUNT), state(&cluster, MULTI_AZ)), (known(2), known(false)));
    assert_eq!(origin_of(&cluster, &path(MEMBER_COUNT)).unwrap().attribute, "DBCluster.DBClusterMembers");
}

#[test]
fn the_default_group_has_the_engines_parameters() {
    let group = json!([{"DBParameterGroupName": "default.postgres14", "ParameterApplyStatus": "in-sync"}]);
    let documented = replies().instance(json!({"DBParameterGroups": group, "EngineVersion": "14.9"})).one(":db:db");
    assert_eq!(state(&documented, TLS_REQUIRED), known(false));
    let told = replies()
        .with(
            "rds:DescribeDBParameterGroups",
            json!({"DBParameterGroupName": "default.postgres14", "DBParameterGroupFamily": "postgres14"}),
        )
        .of(
            "rds:DescribeEngineDefaultParameters",
            "postgres14",
            json!({"EngineDefaults": {"Parameters": [
            {"ParameterName": "rds.force_ssl", "ParameterValue": "1"}]}}),
        )
        .instance(json!({"DBParameterGroups": group}))
        .one(":db:db");
    assert_eq!(state(&told, TLS_REQUIRED), known(true));
}

/// Members whose absence means something: what they are about is off, or the list is empty (RDS.md section 3.2 and what
/// `optional` and `list` cite); or another member tells the same.
const MAY_BE_LEFT_OUT: [&str; 11] = [
    "DBInstanceAutomatedBackupsReplications",
    "MasterUserSecret",
    "MaxAllocatedStorage",
    "MonitoringInterval",
    "ReadReplicaSourceDBInstanceIdentifier",
    "EnabledCloudwatchLogsExports",
    "ReplicationSourceIdentifier",
    "BacktrackWindow",
    "StorageType",
    "PerformanceInsightsEnabled",
    "PendingModifiedValues",
];

/// Takes every member of an object away in turn: what is known then was known before, and is the same.
fn take_away(object: &Json, linked: impl Fn(Json) -> Resource) {
    let whole = linked(object.clone());
    for member in object.as_object().unwrap().keys() {
        let part = linked(changed(object.clone(), json!({member.as_str(): null})));
        for (fact, told) in part.facts.scalars().filter(|(_, told)| told.state.known().is_some()) {
            // Without its engine, an object has no property that only one engine lacks.
            let may_differ = MAY_BE_LEFT_OUT.contains(&member.as_str()) || member == "Engine";
            let before = whole.facts.known(fact);
            assert!(may_differ || told.state.known() == before, "{} without {member}", fact.def().name);
        }
    }
}

#[test]
fn what_is_taken_away_from_a_reply_is_not_replaced_by_a_default() {
    let object = instance(json!({
        "MasterUserSecret": {"SecretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:s"},
        "MaxAllocatedStorage": 1000,
        "MonitoringInterval": 60,
        "EnabledCloudwatchLogsExports": ["postgresql"],
        "PerformanceInsightsEnabled": true,
        "PerformanceInsightsRetentionPeriod": 465,
        "DBInstanceAutomatedBackupsReplications": [{"DBInstanceAutomatedBackupsArn": "arn:aws:rds:us-east-1:1:auto-backup:a"}],
        "PubliclyAccessible": true,
        "AutoMinorVersionUpgrade": false,
        "StorageEncrypted": false,
        "StorageEncryptionType": "none",
    }));
    take_away(&object, |object| {
        let mut all = replies().with("rds:DescribeDBInstances", object).linked();
        all.retain(|one| one.kind == Kind::Instance);
        all.pop().unwrap()
    });
    for engine in ["aurora-mysql", "docdb", "neptune", "mysql"] {
        let object = cluster(json!({
            "Engine": engine, "BacktrackWindow": 3600, "StorageType": "iopt1", "MonitoringInterval": 60,
            "PerformanceInsightsEnabled": true, "EnabledCloudwatchLogsExports": ["audit"], "DeletionProtection": false,
        }));
        take_away(&object, |object| replies().with("rds:DescribeDBClusters", object).linked().pop().unwrap());
    }
}

#[test]
fn what_another_service_recorded_lacks_members_for_no_reason() {
    let recorded = json!({crate::source::aws::RECORDER: "AWS Config", "MaxAllocatedStorage": null});
    let db = replies().instance(recorded).one(":db:db");
    for fact in [MASTER_PASSWORD_MANAGED, BACKUPS_REPLICATED, STORAGE_AUTOSCALING_LIMIT_GIB, LOG_EXPORTS] {
        assert_eq!(why(&db, fact), "not collected: AWS Config does not record it", "{}", fact.def().name);
    }
}
