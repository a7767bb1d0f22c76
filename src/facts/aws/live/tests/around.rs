//! The services around databases.

use super::*;
use crate::facts::catalogue::*;
use crate::facts::testing::{known, missing, set};
use crate::model::Kind;

const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/k";
const DB: &str = "arn:aws:rds:eu-west-1:123456789012:db:db";

fn policy(principal: &Json) -> Json {
    json!({"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"}]})
        .to_string()
        .into()
}

fn with_key(policy: &Json) -> Replies {
    let key = json!({"KeyMetadata": {"Arn": KEY, "KeyId": "k", "KeyManager": "CUSTOMER", "Enabled": true}});
    let own = replies().instance(json!({})).of("kms:DescribeKey", KEY, key);
    own.of("kms:GetKeyPolicy", KEY, json!({"Policy": policy}))
}

#[test]
fn a_keys_policy_is_told_of_the_databases_that_use_it() {
    assert_eq!(state(&with_key(&policy(&json!("*"))).one(":db:db"), KEY_POLICY_PUBLIC), known(true));
    let own = policy(&json!({"AWS": "arn:aws:iam::123456789012:root"}));
    assert_eq!(state(&with_key(&own).one(":db:db"), KEY_POLICY_PUBLIC), known(false));
    let denied_one = with_key(&own).ends("kms:GetKeyPolicy", CallStatus::Denied("AccessDenied".into()));
    assert!(matches!(state(&denied_one.one(":db:db"), KEY_POLICY_PUBLIC), FactState::Known(_)), "what came is kept");
    let key = json!({"KeyMetadata": {"Arn": KEY, "KeyManager": "CUSTOMER", "Enabled": true}});
    let unread = replies().instance(json!({})).of("kms:DescribeKey", KEY, key).denied("kms:GetKeyPolicy");
    assert_eq!(state(&unread.one(":db:db"), KEY_POLICY_PUBLIC), denied("kms:GetKeyPolicy"));
}

const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf";

fn secrets(changes: Json) -> Replies {
    let secret = json!({
        "ARN": SECRET, "Name": "app", "CreatedDate": "2026-01-01T00:00:00Z", "RotationEnabled": true,
        "RotationRules": {"AutomaticallyAfterDays": 30}, "LastRotatedDate": "2026-11-01T10:00:00.5Z",
        "LastAccessedDate": "2026-11-20T00:00:00Z", "Tags": [{"Key": "owner", "Value": "team-a"}],
    });
    let proxy = json!({"DBProxyName": "p", "DBProxyArn": "arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-1",
        "Auth": [{"SecretArn": SECRET, "IAMAuth": "REQUIRED"}]});
    replies().with("secretsmanager:ListSecrets", changed(secret, changes)).with("rds:DescribeDBProxies", proxy)
}

#[test]
fn a_secret_tells_of_its_rotation_its_use_and_its_policy() {
    let open = json!({"ARN": SECRET, "Name": "app", "ResourcePolicy": policy(&json!({"AWS": "444455556666"}))});
    let one = secrets(json!({})).of("secretsmanager:GetResourcePolicy", SECRET, open).one("app-AbCdEf");
    assert_eq!(one.kind, Kind::Secret);
    assert_eq!((state(&one, SECRET_ROTATION), state(&one, ROTATION_PERIOD_DAYS)), (known(true), known(30)));
    assert_eq!(state(&one, SECRET_SET_AT), known("2026-11-01T10:00:00Z"));
    assert_eq!(state(&one, SECRET_LAST_USED_AT), known("2026-11-20T00:00:00Z"));
    assert_eq!(state(&one, CUSTOMER_MANAGED_KEY), known(false));
    assert_eq!(
        (state(&one, POLICY_PUBLIC), state(&one, POLICY_FOREIGN_ACCOUNTS)),
        (known(false), known(set(&["444455556666"])))
    );
}

#[test]
fn a_secret_that_was_never_rotated_is_as_old_as_it_is() {
    let never =
        json!({"RotationEnabled": null, "RotationRules": null, "LastRotatedDate": null, "LastAccessedDate": null});
    let none = json!({"ARN": SECRET, "Name": "app"});
    let one = secrets(never).of("secretsmanager:GetResourcePolicy", SECRET, none).one("app-AbCdEf");
    assert_eq!(state(&one, SECRET_ROTATION), known(false));
    assert_eq!(missing(&state(&one, ROTATION_PERIOD_DAYS)), "it is not rotated");
    assert_eq!(state(&one, SECRET_SET_AT), known("2026-01-01T00:00:00Z"));
    assert_eq!(state(&one, SECRET_LAST_USED_AT), known("2026-01-01T00:00:00Z"));
    assert_eq!(state(&one, POLICY_PUBLIC), known(false));
}

#[test]
fn a_secret_that_rds_keeps_is_its_own() {
    let all = secrets(json!({"OwningService": "rds"})).linked();
    assert!(all.iter().all(|resource| resource.kind != Kind::Secret));
}

#[test]
fn a_denied_policy_is_not_known() {
    let one = secrets(json!({})).denied("secretsmanager:GetResourcePolicy").one("app-AbCdEf");
    assert_eq!(state(&one, POLICY_PUBLIC), denied("secretsmanager:GetResourcePolicy"));
}

fn vault(changes: Json) -> Replies {
    let vault = json!({"BackupVaultName": "v", "BackupVaultArn": "arn:aws:backup:eu-west-1:123456789012:backup-vault:v",
        "EncryptionKeyArn": KEY, "Locked": false, "VaultType": "BACKUP_VAULT"});
    replies().with("backup:ListBackupVaults", changed(vault, changes))
}

const GONE: &str = "ResourceNotFoundException";

fn with_nothing(vault: Replies) -> Replies {
    let gone = |replies: Replies, call| replies.ended(call, "v", CallStatus::Gone(GONE.into()));
    gone(gone(vault, "backup:GetBackupVaultAccessPolicy"), "backup:GetBackupVaultNotifications")
}

#[test]
fn a_vault_without_a_policy_and_notifications_says_so_with_errors() {
    let one = with_nothing(vault(json!({}))).one("backup-vault:v");
    assert_eq!((state(&one, POLICY_PUBLIC), state(&one, RECOVERY_POINTS_UNDELETABLE)), (known(false), known(false)));
    assert_eq!(state(&one, BACKUP_EVENTS), known(set(&[])));
    let locked = with_nothing(vault(json!({"Locked": true}))).one("backup-vault:v");
    assert_eq!(state(&locked, RECOVERY_POINTS_UNDELETABLE), known(true));
}

#[test]
fn a_vault_tells_of_its_key_its_policy_and_its_events() {
    let deny = json!({"Statement": {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "backup:*"}}).to_string();
    let key = json!({"KeyMetadata": {"Arn": KEY, "KeyManager": "CUSTOMER", "Enabled": true}});
    let one = vault(json!({}))
        .of("backup:GetBackupVaultAccessPolicy", "v", json!({"Policy": deny}))
        .of("backup:GetBackupVaultNotifications", "v", json!({"BackupVaultEvents": ["BACKUP_JOB_FAILED"]}))
        .of("kms:DescribeKey", KEY, key)
        .one("backup-vault:v");
    assert_eq!(state(&one, RECOVERY_POINTS_UNDELETABLE), known(true));
    assert_eq!(state(&one, BACKUP_EVENTS), known(set(&["BACKUP_JOB_FAILED"])));
    assert_eq!(state(&one, CUSTOMER_MANAGED_KEY), known(true));
}

#[test]
fn an_air_gapped_vault_has_a_key_of_the_service() {
    let own = json!({"VaultType": "LOGICALLY_AIR_GAPPED_BACKUP_VAULT", "EncryptionKeyArn": null,
        "EncryptionKeyType": "AWS_OWNED_KMS_KEY", "Locked": true});
    let one = with_nothing(vault(own)).one("backup-vault:v");
    assert_eq!(one.resource_type, "aws_backup_logically_air_gapped_vault");
    assert_eq!(
        (state(&one, CUSTOMER_MANAGED_KEY), state(&one, RECOVERY_POINTS_UNDELETABLE)),
        (known(false), known(true))
    );
}

#[test]
fn a_plan_and_the_settings_of_the_region_are_told() {
    let plan = json!({"BackupPlanArn": "arn:aws:backup:eu-west-1:123456789012:backup-plan:1", "BackupPlan": {
        "BackupPlanName": "p", "Rules": [
            {"ScheduleExpression": "cron(0 5 ? * * *)", "Lifecycle": {"DeleteAfterDays": 35}},
            {"ScheduleExpression": "cron(0 5 1 * ? *)"}]}});
    let types = json!({"ResourceTypeOptInPreference": {"Aurora": true, "RDS": true, "EFS": false}});
    let all = replies()
        .with("backup:ListBackupPlans", json!({"BackupPlanId": "1"}))
        .of("backup:GetBackupPlan", "1", plan)
        .with("backup:DescribeRegionSettings", types)
        .linked();
    let of = |kind| all.iter().find(|resource| resource.kind == kind).unwrap();
    assert_eq!(state(of(Kind::BackupPlan), DAILY_BACKUP_RETENTION_DAYS), known(35));
    assert_eq!(state(of(Kind::BackupSettings), BACKUP_OPT_IN), known(set(&["Aurora", "RDS"])));
    assert_eq!(state(of(Kind::BackupSettings), BACKUP_PLANS), known(1));
    assert_eq!(of(Kind::BackupSettings).name.as_deref(), Some("eu-west-1"));
}

#[test]
fn log_groups_come_several_at_a_time() {
    let group = |name: &str, days: Json| {
        json!({"logGroupName": name, "logGroupArn": format!("arn:aws:logs:eu-west-1:123456789012:log-group:{name}"),
            "retentionInDays": days, "kmsKeyId": if days.is_null() { Json::Null } else { KEY.into() }})
    };
    let groups = json!({"logGroups": [group("/aws/rds/instance/db/postgresql", json!(30)), group("/aws/rds/instance/db/upgrade", Json::Null)]});
    let all = replies().of("logs:DescribeLogGroups", "/aws/rds/", groups).linked();
    let told: Vec<_> =
        all.iter().map(|group| (state(group, LOG_RETENTION_DAYS), state(group, CUSTOMER_MANAGED_KEY))).collect();
    assert_eq!(told[1], (known(0), known(false)));
    assert!(
        matches!(&told[0], (days, FactState::Unknown(_)) if *days == known(30)),
        "the key was not asked about: {told:?}"
    );
}

#[test]
fn what_watches_logins_is_told_and_so_is_that_nothing_does() {
    let watches = |replies: Replies| {
        let all = replies.instance(json!({})).linked();
        let detectors: Vec<FactState> =
            all.iter().filter(|one| one.kind == Kind::Detector).map(|one| state(one, LOGIN_MONITORING)).collect();
        detectors
    };
    let detector = |status: &str, logins: &str| {
        let features =
            json!([{"Name": "CLOUD_TRAIL", "Status": "ENABLED"}, {"Name": "RDS_LOGIN_EVENTS", "Status": logins}]);
        replies().of("guardduty:GetDetector", "d1", json!({"Status": status, "Features": features}))
    };
    assert_eq!(watches(detector("ENABLED", "ENABLED")), [known(true)]);
    assert_eq!(watches(detector("ENABLED", "DISABLED")), [known(false)]);
    assert_eq!(watches(detector("DISABLED", "ENABLED")), [known(false)]);
    let mut none = replies();
    none.replies.items.clear();
    assert_eq!(watches(none), [known(false)]);
    let mut unseen = replies().denied("guardduty:ListDetectors");
    unseen.replies.items.clear();
    assert_eq!(watches(unseen), []);
    let mut mysql = replies();
    mysql.replies.items.clear();
    let all = mysql.instance(json!({"Engine": "mysql"})).linked();
    assert!(all.iter().all(|one| one.kind != Kind::Detector), "GuardDuty does not watch MySQL");
    let snapshot = json!({"DBSnapshotArn": "arn:aws:rds:eu-west-1:123456789012:snapshot:s", "DBSnapshotIdentifier": "s",
        "Engine": "postgres", "Status": "available"});
    let mut snapshots = replies();
    snapshots.replies.items.clear();
    let all = snapshots.with("rds:DescribeDBSnapshots", snapshot).linked();
    assert_eq!(all.iter().map(|one| one.kind).collect::<Vec<_>>(), [Kind::Snapshot], "nobody logs in to a snapshot");
}

#[test]
fn a_stream_is_told_with_its_key() {
    let on = json!({"ActivityStreamStatus": "started", "ActivityStreamKmsKeyId": KEY});
    let key = json!({"KeyMetadata": {"Arn": KEY, "KeyManager": "AWS", "Enabled": true}});
    let one = replies().cluster(on).of("kms:DescribeKey", KEY, key).one("cluster:c");
    assert_eq!(
        (state(&one, ACTIVITY_STREAM), state(&one, ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY)),
        (known(true), known(false))
    );
    let off = replies().instance(json!({"ActivityStreamStatus": "stopped"})).one(":db:db");
    assert_eq!(state(&off, ACTIVITY_STREAM), known(false));
    assert_eq!(missing(&state(&off, ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY)), "no activity stream runs");
}

#[test]
fn what_is_left_behind_is_told() {
    let deployment = |time: &str| json!({"BlueGreenDeploymentIdentifier": "bgd-1", "Source": DB, "CreateTime": time, "Status": "AVAILABLE"});
    let one = replies()
        .instance(json!({"DBInstanceStatus": "stopped", "AutomaticRestartTime": "2026-11-25T08:00:00Z"}))
        .with("rds:DescribeBlueGreenDeployments", deployment("2026-10-02T00:00:00Z"))
        .with("rds:DescribeBlueGreenDeployments", deployment("2026-10-01T00:00:00Z"))
        .one(":db:db");
    assert_eq!(state(&one, BLUE_GREEN_SINCE), known("2026-10-01T00:00:00Z"));
    assert_eq!(state(&one, STOPPED_SINCE), known("2026-11-18T08:00:00Z"));
    let plain = replies().instance(json!({})).one(":db:db");
    assert_eq!(missing(&state(&plain, BLUE_GREEN_SINCE)), "no blue/green deployment is under way");
    assert_eq!(missing(&state(&plain, STOPPED_SINCE)), "it is not stopped");
}

#[test]
fn the_newest_recovery_point_in_an_air_gapped_vault_is_told() {
    let points = |kind: &str| {
        json!({"RecoveryPoints": [
        {"RecoveryPointArn": "arn:1", "VaultType": kind, "CreationDate": "2026-11-20T05:00:00Z"},
        {"RecoveryPointArn": "arn:2", "VaultType": kind, "CreationDate": "2026-11-21T05:00:00Z"},
        {"RecoveryPointArn": "arn:3", "VaultType": "BACKUP_VAULT", "CreationDate": "2026-11-22T05:00:00Z"}]})
    };
    let protected = || replies().instance(json!({})).with("backup:ListProtectedResources", json!({"ResourceArn": DB}));
    let call = "backup:ListRecoveryPointsByResource";
    let told = |replies: Replies| state(&replies.one(":db:db"), LAST_AIR_GAPPED_BACKUP);
    assert_eq!(
        told(protected().of(call, DB, points("LOGICALLY_AIR_GAPPED_BACKUP_VAULT"))),
        known("2026-11-21T05:00:00Z")
    );
    assert_eq!(told(protected().of(call, DB, points("BACKUP_VAULT"))), known(""));
    assert_eq!(told(replies().instance(json!({}))), known(""));
    assert!(matches!(told(protected().denied(call)), FactState::Unknown(Unknown::Denied(_))));
}

#[test]
fn classic_networks_and_gateways_are_told() {
    let vpc = replies()
        .instance(json!({"DBSubnetGroup": {"DBSubnetGroupName": "g", "VpcId": "vpc-1"}, "DBSecurityGroups": []}));
    let vpc = vpc.one(":db:db");
    assert_eq!((state(&vpc, IN_VPC), state(&vpc, CLASSIC_SECURITY_GROUPS)), (known(true), known(set(&[]))));
    let groups = json!([{"DBSecurityGroupName": "default"}, {"DBSecurityGroupName": "office"}]);
    let classic = replies().instance(json!({"DBSubnetGroup": null, "DBSecurityGroups": groups})).one(":db:db");
    assert_eq!(
        (state(&classic, IN_VPC), state(&classic, CLASSIC_SECURITY_GROUPS)),
        (known(false), known(set(&["office"])))
    );
    let open = replies().cluster(json!({"InternetAccessGatewayEnabled": true})).one("cluster:c");
    assert_eq!(state(&open, INTERNET_ACCESS_GATEWAY), known(true));
    assert_eq!(state(&replies().cluster(json!({})).one("cluster:c"), INTERNET_ACCESS_GATEWAY), known(false));
    let documents = replies().cluster(json!({"Engine": "docdb"})).one("cluster:c");
    assert_eq!(missing(&state(&documents, INTERNET_ACCESS_GATEWAY)), "only Aurora can have one");
}

#[test]
fn members_that_are_not_as_far_as_their_cluster_differ() {
    let member = |name: &str, version: &str| {
        json!({"DBInstanceIdentifier": name, "DBClusterIdentifier": "c",
        "Engine": "aurora-postgresql", "EngineVersion": version})
    };
    let differ = |replies: Replies| state(&replies.cluster(json!({})).one("cluster:c"), MEMBER_DIFFERENCES);
    assert_eq!(
        differ(replies().instance(member("c-1", "16.2")).instance(member("c-2", "16.1"))),
        known(set(&["engine_version"]))
    );
    assert_eq!(differ(replies().instance(member("c-1", "16.2")).instance(member("c-2", "16.2"))), known(set(&[])));
    let one_missing = differ(replies().instance(member("c-1", "16.2")));
    assert!(matches!(one_missing, FactState::Unknown(_)), "{one_missing:?}");
}

#[test]
fn a_proxys_targets_are_its_databases() {
    let proxy = json!({"DBProxyName": "p", "DBProxyArn": "arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-1"});
    let targets = json!({"Targets": [{"Type": "TRACKED_CLUSTER", "RdsResourceId": "C"},
        {"Type": "RDS_INSTANCE", "RdsResourceId": "c-1", "TrackedClusterId": "C"}, {"Type": "RDS_INSTANCE", "RdsResourceId": "d"}]});
    let with = |replies: Replies| replies.with("rds:DescribeDBProxies", proxy.clone());
    let one = with(replies().of("rds:DescribeDBProxyTargets", "p", targets)).one("prx-1");
    assert_eq!(state(&one, PROXY_TARGETS), known(set(&["c", "d"])));
    let unread = with(replies().denied("rds:DescribeDBProxyTargets")).one("prx-1");
    assert_eq!(state(&unread, PROXY_TARGETS), denied("rds:DescribeDBProxyTargets"));
}
