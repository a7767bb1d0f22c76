//! The services around databases: what several resources say together.

use serde_json::{Value as Json, json};

use crate::facts::catalogue::*;
use crate::facts::testing::{Sketch, creates, deletes, known, linked, linked_one, missing, records, set, state};
use crate::model::{FactState, Kind, Resource, Unknown};

fn cluster(values: Json) -> Sketch {
    creates("aws_rds_cluster.c", values)
}

fn member(name: &str, changes: Json) -> Sketch {
    let mut values = json!({"cluster_identifier": "c", "identifier": name, "publicly_accessible": false,
        "auto_minor_version_upgrade": true, "monitoring_interval": 60, "performance_insights_enabled": true});
    values.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    creates(&format!("aws_rds_cluster_instance.{name}"), values)
}

fn named() -> Json {
    json!({"cluster_identifier": "c", "engine": "aurora-postgresql"})
}

fn everyone(service: &str) -> String {
    json!({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": format!("{service}:*"), "Resource": "*"}]})
        .to_string()
}

fn account(account: &str) -> String {
    json!({"Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "*", "Resource": "*"}]})
        .to_string()
}

#[test]
fn members_that_are_alike_differ_in_nothing() {
    let all = [cluster(named()), member("a", json!({})), member("b", json!({}))];
    assert_eq!(state(&linked_one(&all, "aws_rds_cluster.c"), MEMBER_DIFFERENCES), known(set(&[])));
}

#[test]
fn members_differ_in_what_they_set_differently() {
    let other = json!({"publicly_accessible": true, "monitoring_interval": 0, "ca_cert_identifier": "rds-ca-2019"});
    let all = [cluster(named()), member("a", json!({"ca_cert_identifier": "rds-ca-rsa2048-g1"})), member("b", other)];
    assert_eq!(
        state(&linked_one(&all, "aws_rds_cluster.c"), MEMBER_DIFFERENCES),
        known(set(&["ca_certificate", "enhanced_monitoring_seconds", "publicly_accessible"]))
    );
}

#[test]
fn what_is_not_known_of_a_member_leaves_the_rest_open() {
    let open = member("b", json!({"publicly_accessible": true})).unknown(json!({"monitoring_interval": true}));
    let all = [cluster(named()), member("a", json!({})), open.refers("monitoring_interval", &["data.x.y.z"], &[])];
    let told = state(&linked_one(&all, "aws_rds_cluster.c"), MEMBER_DIFFERENCES);
    assert!(matches!(told, FactState::Partial(_, Unknown::KnownAfterApply)), "{told:?}");
}

#[test]
fn a_cluster_without_members_here_says_nothing_of_them() {
    let told = state(&linked_one(&[cluster(named())], "aws_rds_cluster.c"), MEMBER_DIFFERENCES);
    assert!(matches!(told, FactState::Unknown(Unknown::NotCollected(_))), "{told:?}");
    let multi_az =
        cluster(json!({"cluster_identifier": "c", "engine": "postgres", "db_cluster_instance_class": "db.m6gd.large"}));
    let told = state(&linked_one(&[multi_az], "aws_rds_cluster.c"), MEMBER_DIFFERENCES);
    assert_eq!(missing(&told), "its members are made with it, and alike");
}

fn stream(values: Json) -> Sketch {
    creates("aws_rds_cluster_activity_stream.s", values).refers(
        "resource_arn",
        &["aws_rds_cluster.c.arn"],
        &["aws_rds_cluster.c"],
    )
}

#[test]
fn an_activity_stream_is_its_clusters_with_its_key() {
    let key = creates("aws_kms_key.k", json!({}));
    let with_key = stream(json!({"mode": "async"})).refers("kms_key_id", &["aws_kms_key.k.key_id"], &["aws_kms_key.k"]);
    let own = linked_one(&[cluster(named()), key, with_key], "aws_rds_cluster.c");
    assert_eq!(state(&own, ACTIVITY_STREAM), known(true));
    assert_eq!(state(&own, ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY), known(true));
    let aws = linked_one(&[cluster(named()), stream(json!({"kms_key_id": "alias/aws/rds"}))], "aws_rds_cluster.c");
    assert_eq!(state(&aws, ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY), known(false));
}

#[test]
fn a_new_cluster_without_a_stream_has_none_and_an_old_one_may_have() {
    let new = linked_one(&[cluster(named())], "aws_rds_cluster.c");
    assert_eq!(state(&new, ACTIVITY_STREAM), known(false));
    assert_eq!(missing(&state(&new, ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY)), "no activity stream runs");
    let old = linked_one(&[records("aws_rds_cluster.c", named())], "aws_rds_cluster.c");
    assert!(matches!(state(&old, ACTIVITY_STREAM), FactState::Unknown(_)));
    let gone = deletes("aws_rds_cluster_activity_stream.s", json!({"resource_arn": "arn"}));
    let left = linked_one(&[cluster(named()), gone], "aws_rds_cluster.c");
    assert_eq!(state(&left, ACTIVITY_STREAM), known(false));
}

#[test]
fn terraform_starts_no_stream_of_an_instance() {
    let one = linked_one(&[creates("aws_db_instance.d", json!({"engine": "oracle-ee"}))], "aws_db_instance.d");
    assert!(matches!(state(&one, ACTIVITY_STREAM), FactState::Unknown(_)), "somebody else may have started one");
    assert!(matches!(state(&one, ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY), FactState::Unknown(_)));
    let one = linked_one(&[creates("aws_db_instance.d", json!({"engine": "postgres"}))], "aws_db_instance.d");
    assert_eq!(missing(&state(&one, ACTIVITY_STREAM)), "the engine has no activity streams");
}

fn encrypted_with(key: Json) -> Vec<Sketch> {
    let db = creates("aws_db_instance.d", json!({"storage_encrypted": true}));
    vec![db.refers("kms_key_id", &["aws_kms_key.k.arn"], &["aws_kms_key.k"]), creates("aws_kms_key.k", key)]
}

#[test]
fn a_key_is_public_by_its_policy_and_private_without_one() {
    let public = |all: &[Sketch]| state(&linked_one(all, "aws_db_instance.d"), KEY_POLICY_PUBLIC);
    assert_eq!(public(&encrypted_with(json!({}))), known(false));
    assert_eq!(public(&encrypted_with(json!({"policy": account("111122223333")}))), known(false));
    assert_eq!(public(&encrypted_with(json!({"policy": everyone("kms")}))), known(true));
    let mut apart = encrypted_with(json!({}));
    let policy = creates("aws_kms_key_policy.p", json!({"policy": everyone("kms")}));
    apart.push(policy.refers("key_id", &["aws_kms_key.k.id"], &["aws_kms_key.k"]));
    assert_eq!(public(&apart), known(true));
    let provider = creates("aws_db_instance.d", json!({"storage_encrypted": true}));
    assert_eq!(missing(&public(&[provider])), "the storage has no customer managed key");
    let broken = encrypted_with(json!({"policy": "{"}));
    assert!(matches!(public(&broken), FactState::Unknown(Unknown::Invalid(_))));
}

fn proxy() -> Sketch {
    let auth = json!([{"auth_scheme": "SECRETS", "iam_auth": "REQUIRED"}]);
    let proxy =
        creates("aws_db_proxy.p", json!({"name": "p", "auth": auth})).unknown(json!({"auth": [{"secret_arn": true}]}));
    proxy.configured("auth", &["aws_secretsmanager_secret.s.arn"], &["aws_secretsmanager_secret.s"])
}

fn secret(values: Json) -> Sketch {
    creates("aws_secretsmanager_secret.s", values)
}

fn of_secret(address: &str, attribute: &str, values: Json) -> Sketch {
    let target = "aws_secretsmanager_secret.s";
    creates(address, values).refers(attribute, &["aws_secretsmanager_secret.s.id"], &[target])
}

fn secrets(all: &[Sketch]) -> Vec<Resource> {
    linked(all).into_iter().filter(|resource| resource.kind == Kind::Secret).collect()
}

#[test]
fn only_secrets_of_databases_are_judged() {
    assert!(secrets(&[secret(json!({}))]).is_empty());
    assert_eq!(secrets(&[secret(json!({})), proxy()]).len(), 1);
    let token = of_secret("aws_secretsmanager_secret_version.v", "secret_id", json!({}));
    assert!(secrets(&[secret(json!({})), token.clone()]).is_empty());
    let login = token.configured("secret_string", &["aws_db_instance.d.address"], &["aws_db_instance.d"]);
    assert_eq!(secrets(&[secret(json!({})), login, creates("aws_db_instance.d", json!({}))]).len(), 1);
}

#[test]
fn a_secret_has_its_rotation_and_its_policy() {
    let rules = json!([{"automatically_after_days": 30}]);
    let rotation = of_secret("aws_secretsmanager_secret_rotation.r", "secret_id", json!({"rotation_rules": rules}));
    let policy =
        of_secret("aws_secretsmanager_secret_policy.p", "secret_arn", json!({"policy": everyone("secretsmanager")}));
    let found = secrets(&[secret(json!({})), proxy(), rotation, policy]);
    assert_eq!(state(&found[0], SECRET_ROTATION), known(true));
    assert_eq!(state(&found[0], ROTATION_PERIOD_DAYS), known(30));
    assert_eq!(state(&found[0], POLICY_PUBLIC), known(true));
    assert_eq!(state(&found[0], CUSTOMER_MANAGED_KEY), known(false));
    let scheduled = json!({"rotation_rules": [{"schedule_expression": "cron(0 8 ? * SUN *)"}]});
    let rotation = of_secret("aws_secretsmanager_secret_rotation.r", "secret_id", scheduled);
    let found = secrets(&[secret(json!({"kms_key_id": "arn:aws:kms:eu-west-1:1:key/1"})), proxy(), rotation]);
    assert_eq!(state(&found[0], ROTATION_PERIOD_DAYS), known(7));
    assert_eq!(state(&found[0], CUSTOMER_MANAGED_KEY), known(true));
}

#[test]
fn a_new_secret_with_nothing_beside_it_is_neither_rotated_nor_shared() {
    let found = secrets(&[secret(json!({})), proxy()]);
    assert_eq!(state(&found[0], SECRET_ROTATION), known(false));
    assert_eq!(missing(&state(&found[0], ROTATION_PERIOD_DAYS)), "it is not rotated");
    assert_eq!(state(&found[0], POLICY_PUBLIC), known(false));
    assert_eq!(state(&found[0], POLICY_FOREIGN_ACCOUNTS), known(set(&[])));
}

#[test]
fn a_recorded_secret_tells_of_its_policy_and_not_of_its_rotation() {
    let proxy =
        records("aws_db_proxy.p", json!({"name": "p", "auth": [{"secret_arn": "arn:s", "iam_auth": "REQUIRED"}]}));
    let own = json!({"id": "arn:s", "arn": "arn:s", "policy": account("444455556666")});
    let found = secrets(&[records("aws_secretsmanager_secret.s", own), proxy.clone()]);
    assert!(matches!(state(&found[0], SECRET_ROTATION), FactState::Unknown(_)));
    assert_eq!(state(&found[0], POLICY_PUBLIC), known(false));
    let none = json!({"id": "arn:s", "arn": "arn:s", "policy": ""});
    let found = secrets(&[records("aws_secretsmanager_secret.s", none), proxy]);
    assert_eq!(state(&found[0], POLICY_PUBLIC), known(false));
}

fn vault() -> Sketch {
    creates("aws_backup_vault.v", json!({"name": "v"}))
}

fn of_vault(address: &str, mut values: Json) -> Sketch {
    values["backup_vault_name"] = json!("v");
    creates(address, values)
}

fn facts_of_vault(all: &[Sketch]) -> [FactState; 4] {
    let vault = linked_one(all, "aws_backup_vault.v");
    [CUSTOMER_MANAGED_KEY, POLICY_PUBLIC, RECOVERY_POINTS_UNDELETABLE, BACKUP_EVENTS].map(|fact| state(&vault, fact))
}

#[test]
fn a_new_vault_alone_keeps_nothing_and_tells_nobody() {
    assert_eq!(facts_of_vault(&[vault()]), [known(false), known(false), known(false), known(set(&[]))]);
}

#[test]
fn a_vault_has_its_lock_its_policy_and_its_notifications() {
    let lock = of_vault("aws_backup_vault_lock_configuration.l", json!({"min_retention_days": 7}));
    let events = json!({"backup_vault_events": ["BACKUP_JOB_COMPLETED"], "sns_topic_arn": "arn"});
    let events = of_vault("aws_backup_vault_notifications.n", events);
    let told = facts_of_vault(&[vault(), lock, events]);
    assert_eq!(told[2..], [known(true), known(set(&["BACKUP_JOB_COMPLETED"]))]);
    let deny = json!({"Statement": {"Effect": "Deny", "Principal": "*", "Resource": "*", "Action": [
        "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"]}});
    let policy = of_vault("aws_backup_vault_policy.p", json!({"policy": deny.to_string()}));
    assert_eq!(facts_of_vault(&[vault(), policy])[1..3], [known(false), known(true)]);
    let open = of_vault("aws_backup_vault_policy.p", json!({"policy": everyone("backup")}));
    assert_eq!(facts_of_vault(&[vault(), open])[1..3], [known(true), known(false)]);
}

#[test]
fn a_vault_that_exists_may_have_more_elsewhere() {
    let told = facts_of_vault(&[records("aws_backup_vault.v", json!({"name": "v", "kms_key_arn": "arn:aws:kms:k"}))]);
    assert!(told.iter().all(|state| matches!(state, FactState::Unknown(_))), "{told:?}");
}

#[test]
fn an_air_gapped_vault_is_locked_from_the_start() {
    let vault = creates("aws_backup_logically_air_gapped_vault.v", json!({"name": "v", "min_retention_days": 7}));
    let vault = linked_one(&[vault], "aws_backup_logically_air_gapped_vault.v");
    assert_eq!(state(&vault, RECOVERY_POINTS_UNDELETABLE), known(true));
    assert_eq!(state(&vault, CUSTOMER_MANAGED_KEY), known(false));
}

#[test]
fn a_plan_keeps_what_its_best_daily_rule_keeps() {
    let days = |rules: Json| {
        state(&creates("aws_backup_plan.p", json!({"name": "p", "rule": rules})).alone(), DAILY_BACKUP_RETENTION_DAYS)
    };
    let rule = |schedule: &str, days: Json| json!({"schedule": schedule, "lifecycle": [{"delete_after": days}]});
    assert_eq!(days(json!([rule("cron(0 5 ? * * *)", json!(35))])), known(35));
    assert_eq!(days(json!([rule("cron(0 5 ? * SUN *)", json!(365)), rule("rate(12 hours)", json!(7))])), known(7));
    assert_eq!(days(json!([rule("cron(0 5 ? * SUN *)", json!(365))])), known(0));
    assert_eq!(days(json!([{"schedule": "cron(0 5 ? * * *)", "lifecycle": []}])), known(36_500));
    assert_eq!(days(json!([{"schedule": null, "lifecycle": [{"delete_after": 14}]}])), known(14));
    assert!(matches!(days(json!([rule("sometimes", json!(14))])), FactState::Unknown(Unknown::Invalid(_))));
    let open = creates("aws_backup_plan.p", json!({"rule": [{"lifecycle": [{}]}]}));
    let open = open.unknown(json!({"rule": [{"lifecycle": [{"delete_after": true}]}]})).alone();
    assert_eq!(state(&open, DAILY_BACKUP_RETENTION_DAYS), FactState::Unknown(Unknown::KnownAfterApply));
}

#[test]
fn the_settings_of_a_region_count_the_plans_beside_them() {
    let types = json!({"resource_type_opt_in_preference": {"Aurora": true, "RDS": "true", "EFS": false}});
    let settings = || creates("aws_backup_region_settings.s", types.clone());
    let alone = linked_one(&[settings()], "aws_backup_region_settings.s");
    assert_eq!(state(&alone, BACKUP_OPT_IN), known(set(&["Aurora", "RDS"])));
    assert!(matches!(state(&alone, BACKUP_PLANS), FactState::Unknown(Unknown::NotCollected(_))));
    let with_plan = [settings(), creates("aws_backup_plan.p", json!({"name": "p"}))];
    assert_eq!(state(&linked_one(&with_plan, "aws_backup_region_settings.s"), BACKUP_PLANS), known(1));
}

#[test]
fn a_detector_watches_logins_when_its_feature_says_so() {
    let feature = |name: &str, status: &str| {
        let feature = creates("aws_guardduty_detector_feature.f", json!({"name": name, "status": status}));
        feature.refers("detector_id", &["aws_guardduty_detector.d.id"], &["aws_guardduty_detector.d"])
    };
    let watches = |features: &[Sketch]| {
        let mut all = vec![creates("aws_guardduty_detector.d", json!({"enable": true}))];
        all.extend_from_slice(features);
        state(&linked_one(&all, "aws_guardduty_detector.d"), LOGIN_MONITORING)
    };
    assert_eq!(watches(&[feature("RDS_LOGIN_EVENTS", "ENABLED")]), known(true));
    assert_eq!(watches(&[feature("RDS_LOGIN_EVENTS", "DISABLED")]), known(false));
    assert!(matches!(watches(&[feature("S3_DATA_EVENTS", "ENABLED")]), FactState::Unknown(Unknown::NotCollected(_))));
    assert!(matches!(watches(&[]), FactState::Unknown(Unknown::NotCollected(_))));
    let all = [creates("aws_guardduty_detector.d", json!({"enable": false})), feature("RDS_LOGIN_EVENTS", "ENABLED")];
    assert_eq!(state(&linked_one(&all, "aws_guardduty_detector.d"), LOGIN_MONITORING), known(false));
}

#[test]
fn log_groups_of_databases_are_judged_and_others_are_not() {
    let judged = |values: Json| creates("aws_cloudwatch_log_group.g", values).map().resource;
    let of_db = judged(json!({"name": "/aws/rds/instance/main/postgresql"})).unwrap();
    assert_eq!(state(&of_db, LOG_RETENTION_DAYS), known(0));
    assert_eq!(state(&of_db, CUSTOMER_MANAGED_KEY), known(false));
    let kept = judged(json!({"name_prefix": "/aws/docdb/", "retention_in_days": 365, "kms_key_id": "arn:k"})).unwrap();
    assert_eq!(state(&kept, LOG_RETENTION_DAYS), known(365));
    assert_eq!(state(&kept, CUSTOMER_MANAGED_KEY), known(true));
    assert!(judged(json!({"name": "/aws/lambda/x"})).is_none());
    assert!(judged(json!({})).is_none());
    let by_reference = creates("aws_cloudwatch_log_group.g", json!({}));
    let by_reference = by_reference.refers("name", &["aws_rds_cluster.c.cluster_identifier"], &["aws_rds_cluster.c"]);
    assert!(by_reference.map().resource.is_some());
}

#[test]
fn a_proxy_has_the_databases_that_are_tied_to_it() {
    let target = |name: &str, values: Json| creates(&format!("aws_db_proxy_target.{name}"), values);
    let targets = |all: &[Sketch]| state(&linked_one(all, "aws_db_proxy.p"), PROXY_TARGETS);
    let proxy = || creates("aws_db_proxy.p", json!({"name": "p"}));
    let of_cluster = target("a", json!({"db_proxy_name": "p", "db_cluster_identifier": "C"}));
    let of_instance = target("b", json!({"db_proxy_name": "p", "db_instance_identifier": "d"}));
    assert_eq!(targets(&[proxy(), of_cluster, of_instance]), known(set(&["c", "d"])));
    assert_eq!(targets(&[proxy()]), known(set(&[])));
}

#[test]
fn a_group_of_ec2_classic_lets_in_its_ranges() {
    let rules = json!([{"cidr": "0.0.0.0/0"}, {"security_group_name": "x"}]);
    let group = creates("aws_db_security_group.g", json!({"name": "office", "ingress": rules})).alone();
    assert_eq!(state(&group, INGRESS_CIDRS), known(set(&["0.0.0.0/0"])));
    assert_eq!(state(&group, CLASSIC_SECURITY_GROUPS), known(set(&["office"])));
}

#[test]
fn an_instance_is_in_a_network_when_it_names_one() {
    let in_vpc = |values: Json| state(&creates("aws_db_instance.d", values).alone(), IN_VPC);
    assert_eq!(in_vpc(json!({"db_subnet_group_name": "g"})), known(true));
    assert_eq!(in_vpc(json!({"vpc_security_group_ids": ["sg-1"]})), known(true));
    assert_eq!(in_vpc(json!({})), known(true), "nothing is made outside of one any more");
    let recorded = records("aws_db_instance.d", json!({})).alone();
    assert!(matches!(state(&recorded, IN_VPC), FactState::Unknown(Unknown::NotCollected(_))));
}
