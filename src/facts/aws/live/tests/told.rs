//! What other calls tell of a database.

use serde_json::{Value as Json, json};

use super::*;
use crate::facts::catalogue::*;
use crate::facts::testing::{known, missing, set};
use crate::model::{FactState, Kind};

const DB: &str = "arn:aws:rds:eu-west-1:123456789012:db:db";

fn told() -> Replies {
    let action = |name: &str, forced: Json| json!({"Action": name, "ForcedApplyDate": forced});
    let point = json!({"RecoveryPoints": [{"RecoveryPointArn": "arn:aws:rds:eu-west-1:123456789012:snapshot:awsbackup:job-1"}]});
    let restore = |done: &str, status: &str| {
        json!({"Status": status, "CompletionDate": done,
            "RecoveryPointArn": "arn:aws:rds:eu-west-1:123456789012:snapshot:awsbackup:job-1"})
    };
    let snapshot = |name: &str, taken: &str, status: &str| {
        json!({"DBSnapshotIdentifier": name, "DBInstanceIdentifier": "db", "DbiResourceId": "db-DB",
            "SnapshotCreateTime": taken, "Status": status, "SnapshotType": "manual"})
    };
    replies()
        .with("rds:DescribeDBMajorEngineVersions", json!({"Engine": "postgres", "MajorEngineVersion": "16",
            "SupportedEngineLifecycles": [
                {"LifecycleSupportName": "open-source-rds-extended-support", "LifecycleSupportEndDate": "2032-02-28T23:59:59Z"},
                {"LifecycleSupportName": "open-source-rds-standard-support", "LifecycleSupportEndDate": "2029-02-28T23:59:59.999Z"}]}))
        .of("rds:DescribeDBEngineVersions", "postgres", json!({"Engine": "postgres", "EngineVersion": "16.3", "Status": "deprecated"}))
        .with("rds:DescribePendingMaintenanceActions", json!({"ResourceIdentifier": DB, "PendingMaintenanceActionDetails": [
            action("system-update", Json::Null), action("db-upgrade", json!("2027-01-02T00:00:00+00:00")),
            action("ca-certificate-rotation", json!("2026-12-24T00:00:00Z"))]}))
        .with("backup:ListProtectedResources", json!({"ResourceArn": DB}))
        .of("backup:ListRecoveryPointsByResource", DB, point)
        .with("backup:ListRestoreJobs", restore("2026-10-01T00:00:00Z", "COMPLETED"))
        .with("backup:ListRestoreJobs", restore("2026-11-01T00:00:00Z", "FAILED"))
        .with("rds:DescribeDBSnapshots", snapshot("a", "2026-11-01T00:00:00Z", "available"))
        .with("rds:DescribeDBSnapshots", snapshot("b", "2026-11-02T00:00:00.123Z", "available"))
        .with("rds:DescribeDBSnapshots", snapshot("c", "2026-11-03T00:00:00Z", "creating"))
}

fn database(replies: Replies) -> Resource {
    replies.instance(json!({})).linked().into_iter().find(|one| one.kind == Kind::Instance).unwrap()
}

const TOLD: [FactId; 7] = [
    ENGINE_SUPPORT_END,
    ENGINE_VERSION_OFFERED,
    PENDING_MAINTENANCE,
    MAINTENANCE_FORCED_AT,
    LAST_SNAPSHOT_TIME,
    IN_BACKUP_PLAN,
    LAST_RESTORE_TEST,
];

#[test]
fn other_calls_tell_of_a_database_by_its_arn_its_engine_and_its_resource_id() {
    let db = database(told());
    let expected = [
        known("2029-02-28T23:59:59Z"),
        known(false),
        known(set(&["ca-certificate-rotation", "db-upgrade", "system-update"])),
        known("2026-12-24T00:00:00Z"),
        known("2026-11-02T00:00:00Z"),
        known(true),
        known("2026-10-01T00:00:00Z"),
    ];
    for (fact, expected) in TOLD.into_iter().zip(expected) {
        assert_eq!(state(&db, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(state(&db, CERTIFICATE_VALID_TILL), known("2027-05-01T00:00:00Z"));
    assert_eq!(state(&db, LATEST_RESTORABLE_TIME), known("2026-11-22T07:55:00Z"));
    assert_eq!(state(&db, STORAGE_ENCRYPTION_TYPE), known("sse-kms"));
    assert_eq!(state(&db, UNAPPLIED_GROUPS), known(set(&[])));
    let origin =
        crate::facts::origin_of(&db, &crate::model::FactPath { before: false, fact: IN_BACKUP_PLAN, key: None });
    assert_eq!(origin.unwrap().attribute, "ProtectedResource.ResourceArn");
}

#[test]
fn calls_that_are_complete_and_name_no_database_say_that_there_is_nothing() {
    let offered = json!({"Engine": "postgres", "EngineVersion": "17.1", "Status": "available"});
    let db = database(replies().of("rds:DescribeDBEngineVersions", "postgres", offered));
    assert_eq!(state(&db, PENDING_MAINTENANCE), known(set(&[])));
    assert_eq!(missing(&state(&db, MAINTENANCE_FORCED_AT)), "no maintenance is forced");
    assert_eq!((state(&db, IN_BACKUP_PLAN), state(&db, ENGINE_VERSION_OFFERED)), (known(false), known(false)));
    assert_eq!(missing(&state(&db, LAST_SNAPSHOT_TIME)), "it has no snapshot");
    assert_eq!(missing(&state(&db, LAST_RESTORE_TEST)), "no restore of it is on record");
}

#[test]
fn denied_calls_leave_open_what_they_would_have_told() {
    for (call, facts) in [
        ("rds:DescribeDBMajorEngineVersions", &[ENGINE_SUPPORT_END][..]),
        ("rds:DescribeDBEngineVersions", &[ENGINE_VERSION_OFFERED]),
        ("rds:DescribePendingMaintenanceActions", &[PENDING_MAINTENANCE, MAINTENANCE_FORCED_AT]),
        ("rds:DescribeDBSnapshots", &[LAST_SNAPSHOT_TIME]),
        ("backup:ListProtectedResources", &[IN_BACKUP_PLAN]),
        ("backup:ListRestoreJobs", &[LAST_RESTORE_TEST]),
    ] {
        let db = database(replies().denied(call));
        for fact in facts {
            assert_eq!(state(&db, *fact), denied(call), "{}", fact.def().name);
        }
    }
}

#[test]
fn a_restore_of_nobody_knows_what_leaves_the_last_restore_open() {
    let restore =
        json!({"Status": "COMPLETED", "CompletionDate": "2026-10-01T00:00:00Z", "RecoveryPointArn": "arn:aws:x"});
    assert_eq!(
        why(&database(replies().with("backup:ListRestoreJobs", restore)), LAST_RESTORE_TEST),
        "not collected: a restore does not say what it restored"
    );
}

#[test]
fn without_backups_there_is_no_moment_to_restore_to_and_a_group_that_waits_is_named() {
    let db = replies()
        .instance(json!({"LatestRestorableTime": null, "BackupRetentionPeriod": 0,
            "DBParameterGroups": [{"DBParameterGroupName": "pg", "ParameterApplyStatus": "pending-reboot"}],
            "OptionGroupMemberships": [{"OptionGroupName": "old", "Status": "pending-removal"}, {"OptionGroupName": "new", "Status": "pending-apply"}],
            "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1", "Status": "removing"}, {"VpcSecurityGroupId": "sg-2", "Status": "adding"}, {"VpcSecurityGroupId": "sg-3", "Status": "active"}],
        }))
        .one(":db:db");
    assert_eq!(missing(&state(&db, LATEST_RESTORABLE_TIME)), "automated backups are off, or it is stopped");
    let groups =
        ["option group new: pending-apply", "option group old: pending-removal", "parameter group pg: pending-reboot"];
    assert_eq!(state(&db, UNAPPLIED_GROUPS), known(set(&groups)));
    assert_eq!((state(&db, OPTION_GROUP), state(&db, SECURITY_GROUPS)), (known("old"), known(set(&["sg-3"]))));
    let to_come = |fact| db.facts.get(fact).unwrap().pending.as_ref().unwrap().value.to_string();
    assert_eq!((to_come(OPTION_GROUP), to_come(SECURITY_GROUPS)), ("new".into(), "sg-2, sg-3".into()));
}

#[test]
fn the_latest_restorable_moment_of_a_stopped_database_stands_still_and_is_not_judged() {
    let db = replies()
        .instance(json!({"DBInstanceStatus": "stopped", "LatestRestorableTime": "2026-11-01T00:00:00Z", "BackupRetentionPeriod": 7}))
        .one(":db:db");
    assert_eq!(missing(&state(&db, LATEST_RESTORABLE_TIME)), "automated backups are off, or it is stopped");
}

#[test]
fn what_only_runs_is_missing_of_what_is_declared_or_recorded() {
    use crate::facts::testing::{creates, records};
    let values = json!({"identifier": "db", "engine": "mysql", "latest_restorable_time": "2020-01-01T00:00:00Z"});
    for db in [creates("aws_db_instance.db", values.clone()).alone(), records("aws_db_instance.db", values).alone()] {
        for fact in TOLD.into_iter().chain([LATEST_RESTORABLE_TIME, CERTIFICATE_VALID_TILL, STORAGE_ENCRYPTION_TYPE]) {
            assert!(matches!(state(&db, fact), FactState::Missing(_)), "{}", fact.def().name);
        }
    }
}
