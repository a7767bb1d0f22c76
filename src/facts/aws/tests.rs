//! What omitted, explicit, unknown, referenced, sensitive and mistyped attributes become, for each type.

mod caches;
mod dms;
mod memory;

use serde_json::json;

use crate::facts::catalogue::*;
use crate::facts::testing::*;
use crate::facts::view::INHERITED;
use crate::model::{ChangeAction, FactState, Kind, Unknown};

const AFTER_APPLY: FactState = FactState::Unknown(Unknown::KnownAfterApply);

#[test]
fn an_instance_that_omits_everything_gets_what_the_provider_sends() {
    let db = creates("aws_db_instance.db", json!({"engine": "postgres", "instance_class": "db.t4g.micro"}))
        .unknown(json!({"backup_retention_period": true, "multi_az": true, "port": true, "engine_version": true,
            "kms_key_id": true, "parameter_group_name": true, "ca_cert_identifier": true, "snapshot_identifier": true}))
        .alone();
    for (fact, expected) in [
        (BACKUP_RETENTION_DAYS, known(0)),
        (MULTI_AZ, known(false)),
        (PORT, known(5432)),
        (ENCRYPTED_AT_REST, known(false)),
        (CUSTOMER_MANAGED_KEY, known(false)),
        (PUBLICLY_ACCESSIBLE, known(false)),
        (DELETION_PROTECTION, known(false)),
        (AUTO_MINOR_VERSION_UPGRADE, known(true)),
        (COPY_TAGS_TO_SNAPSHOT, known(false)),
        (FINAL_SNAPSHOT, known(true)),
        (KEEPS_AUTOMATED_BACKUPS, known(false)),
        (IAM_AUTHENTICATION, known(false)),
        (STORAGE_AUTOSCALING_LIMIT_GIB, known(0)),
        (ENHANCED_MONITORING_SECONDS, known(0)),
        (PERFORMANCE_INSIGHTS, known(false)),
        (LOG_EXPORTS, FactState::Known(set(&[]))),
        (EXTENDED_SUPPORT, known(true)),
        (DEFAULT_PARAMETER_GROUP, known(true)),
        (SUBNET_GROUP, known("default")),
        (MASTER_PASSWORD_IN_STATE, known(false)),
        (MASTER_PASSWORD_MANAGED, known(false)),
        (IS_REPLICA, known(false)),
        (RESTORED, known(false)),
        (APPLY_IMMEDIATELY, known(false)),
        (ENGINE_VERSION, AFTER_APPLY),
        (ENGINE_MAJOR_VERSION, AFTER_APPLY),
        (CA_CERTIFICATE, AFTER_APPLY),
    ] {
        assert_eq!(state(&db, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(missing(&state(&db, PERFORMANCE_INSIGHTS_RETENTION_DAYS)), "Performance Insights is off");
    assert_eq!(missing(&state(&db, PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY)), "Performance Insights is off");
}

#[test]
fn explicit_values_are_taken_as_they_are_also_when_written_as_text() {
    let db = creates(
        "aws_db_instance.db",
        json!({"engine": "Postgres", "engine_version": "16.3", "backup_retention_period": "35", "multi_az": "true",
            "storage_encrypted": true, "kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/abc", "port": 6000.0,
            "maintenance_window": "Sun:04:00-Sun:05:00", "performance_insights_enabled": true,
            "enabled_cloudwatch_logs_exports": ["upgrade", "postgresql"], "skip_final_snapshot": true,
            "delete_automated_backups": false, "engine_lifecycle_support": "open-source-rds-extended-support-disabled"}),
    )
    .alone();
    for (fact, expected) in [
        (ENGINE, known("postgres")),
        (ENGINE_MAJOR_VERSION, known("16")),
        (BACKUP_RETENTION_DAYS, known(35)),
        (MULTI_AZ, known(true)),
        (ENCRYPTED_AT_REST, known(true)),
        (CUSTOMER_MANAGED_KEY, known(true)),
        (PORT, known(6000)),
        (MAINTENANCE_WINDOW, known("sun:04:00-sun:05:00")),
        (PERFORMANCE_INSIGHTS_RETENTION_DAYS, known(7)),
        (PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, known(false)),
        (LOG_EXPORTS, FactState::Known(set(&["postgresql", "upgrade"]))),
        (FINAL_SNAPSHOT, known(false)),
        (KEEPS_AUTOMATED_BACKUPS, known(true)),
        (EXTENDED_SUPPORT, known(false)),
    ] {
        assert_eq!(state(&db, fact), expected, "{}", fact.def().name);
    }
}

#[test]
fn references_and_unconfigured_unknowns_are_unknown_and_defaults_are_not() {
    let base = creates("aws_db_instance.db", json!({"engine": "mysql"}));
    let referred = base.clone().refers("backup_retention_period", &["data.x.y.days"], &[]).alone();
    assert_eq!(state(&referred, BACKUP_RETENTION_DAYS), AFTER_APPLY);
    let computed = base.clone().unknown(json!({"backup_retention_period": true}));
    assert_eq!(state(&computed.alone(), BACKUP_RETENTION_DAYS), known(0));
    assert_eq!(state(&computed.without_configuration().alone(), BACKUP_RETENTION_DAYS), AFTER_APPLY);
}

#[test]
fn a_value_of_the_wrong_type_is_unknown_and_not_shown() {
    let db = creates(
        "aws_db_instance.db",
        json!({"storage_encrypted": "hunter2", "backup_retention_period": [7],
        "vpc_security_group_ids": "sg-1", "enabled_cloudwatch_logs_exports": "audit"}),
    )
    .alone();
    for fact in [ENCRYPTED_AT_REST, BACKUP_RETENTION_DAYS, LOG_EXPORTS] {
        let FactState::Unknown(Unknown::Invalid(what)) = state(&db, fact) else { panic!("{}", fact.def().name) };
        assert!(!what.as_str().contains("hunter2"), "{what}");
    }
}

#[test]
fn a_sensitive_value_is_unknown_and_a_sensitive_password_is_still_a_password() {
    let db = creates("aws_db_instance.db", json!({"username": null, "password": null, "multi_az": null}))
        .sensitive(json!({"username": true, "password": true, "multi_az": true}))
        .alone();
    assert_eq!(state(&db, MASTER_USERNAME), FactState::Unknown(Unknown::Sensitive));
    assert_eq!(state(&db, MULTI_AZ), FactState::Unknown(Unknown::Sensitive));
    assert_eq!(state(&db, MASTER_PASSWORD_IN_STATE), known(true));
}

#[test]
fn a_password_by_reference_passes_through_the_state_and_a_write_only_one_does_not() {
    let base = creates("aws_db_instance.db", json!({"engine": "mysql"}));
    let referred = base.clone().refers("password", &["random_password.db.result"], &["random_password.db"]).alone();
    assert_eq!(state(&referred, MASTER_PASSWORD_IN_STATE), known(true));
    let write_only = creates("aws_db_instance.db", json!({"password_wo": null, "password_wo_version": 1})).alone();
    assert_eq!(state(&write_only, MASTER_PASSWORD_IN_STATE), known(false));
    assert_eq!(state(&write_only, MASTER_PASSWORD_EPHEMERAL), known(false));
    let secret = ["ephemeral.aws_secretsmanager_secret_version.db.secret_string"];
    let fetched = creates("aws_db_instance.db", json!({"password_wo": null})).configured("password_wo", &secret, &[]);
    assert_eq!(state(&fetched.alone(), MASTER_PASSWORD_EPHEMERAL), known(true));
    let managed = creates("aws_db_instance.db", json!({"manage_master_user_password": true})).alone();
    assert_eq!(state(&managed, MASTER_PASSWORD_MANAGED), known(true));
}

#[test]
fn aws_keeps_no_password_of_a_cluster_that_replicates_or_is_of_a_global_database() {
    let cluster = |attributes: serde_json::Value| {
        let mut own = json!({"engine": "aurora-postgresql"});
        own.as_object_mut().unwrap().extend(attributes.as_object().unwrap().clone());
        creates("aws_rds_cluster.c", own)
    };
    let of = |sketch: &Sketch| state(&sketch.alone(), MASTER_PASSWORD_MANAGED);
    let of_global = "no cluster of a global database leaves its administrator's password to AWS";
    assert_eq!(missing(&of(&cluster(json!({"global_cluster_identifier": "world"})))), of_global);
    let global = ["aws_rds_global_cluster.world.id", "aws_rds_global_cluster.world"];
    let referred = cluster(json!({})).refers("global_cluster_identifier", &global, &global[1..]);
    assert_eq!(missing(&of(&referred)), of_global);
    let undecided = cluster(json!({})).refers("global_cluster_identifier", &["local.global"], &[]);
    assert_eq!(of(&undecided), AFTER_APPLY);
    let replica = cluster(json!({"replication_source_identifier": "arn:aws:rds:r:1:cluster:main"}));
    assert_eq!(missing(&of(&replica)), "a replica has its source's administrator");
    assert_eq!(missing(&of(&cluster(json!({"engine_mode": "serverless"})))), "Serverless v1 leaves no password to AWS");
    let managed = cluster(json!({"global_cluster_identifier": "world", "manage_master_user_password": true}));
    assert_eq!(of(&managed), known(true));
    assert_eq!(of(&cluster(json!({}))), known(false));
}

#[test]
fn a_key_is_the_customers_when_the_plan_makes_it_or_somebody_wrote_it_down() {
    let base = creates("aws_db_instance.db", json!({"storage_encrypted": true}));
    let of = |sketch: &Sketch| state(&sketch.alone(), CUSTOMER_MANAGED_KEY);
    assert_eq!(of(&base.clone().refers("kms_key_id", &["aws_kms_key.db.arn"], &["aws_kms_key.db"])), known(true));
    assert_eq!(
        of(&base.clone().refers("kms_key_id", &["module.kms.arn"], &["module.kms.aws_kms_key.this"])),
        known(true)
    );
    assert_eq!(of(&base.clone().refers("kms_key_id", &["data.aws_kms_key.rds.arn"], &[])), AFTER_APPLY);
    assert_eq!(of(&base.clone().refers("kms_key_id", &["local.key"], &[])), AFTER_APPLY);
    // A root variable is known while planning: an attribute that is unknown nevertheless was given null.
    assert_eq!(of(&base.clone().refers("kms_key_id", &["var.key"], &[])), known(false));
    assert_eq!(of(&base.clone().unknown(json!({"kms_key_id": true}))), known(false));
    let own = creates("aws_db_instance.db", json!({"storage_encrypted": true, "kms_key_id": "alias/aws/rds"}));
    assert_eq!(of(&own), known(false));
    let recorded =
        records("aws_db_instance.db", json!({"storage_encrypted": true, "kms_key_id": "arn:aws:kms:r:1:key/x"}));
    assert!(matches!(of(&recorded), FactState::Unknown(Unknown::NotCollected(_))));
    let unencrypted = creates("aws_db_instance.db", json!({"storage_encrypted": false, "kms_key_id": "arn:k"}));
    assert_eq!(of(&unencrypted), known(false));
}

#[test]
fn a_replica_inherits_what_it_omits_and_a_key_encrypts_it_across_regions() {
    let replica =
        creates("aws_db_instance.r", json!({"replicate_source_db": "main", "instance_class": "db.t4g.micro"}));
    let alone = replica.alone();
    for fact in
        [ENGINE, ENGINE_VERSION, ENGINE_MAJOR_VERSION, ENCRYPTED_AT_REST, CUSTOMER_MANAGED_KEY, MASTER_USERNAME, PORT]
    {
        assert_eq!(state(&alone, fact), INHERITED, "{}", fact.def().name);
    }
    assert_eq!(state(&alone, IS_REPLICA), known(true));
    assert_eq!(state(&alone, BACKUP_RETENTION_DAYS), known(0));
    assert_eq!(missing(&state(&alone, MASTER_PASSWORD_MANAGED)), "a replica has its source's administrator");
    let keyed =
        creates("aws_db_instance.r", json!({"replicate_source_db": "arn:aws:rds:r:1:db:main", "kms_key_id": "arn:k"}));
    assert_eq!(state(&keyed.alone(), ENCRYPTED_AT_REST), known(true));
}

#[test]
fn a_restored_database_does_not_take_the_defaults_of_a_new_one() {
    let restored = creates("aws_db_instance.r", json!({"engine": "mysql", "snapshot_identifier": "rds:x"})).alone();
    for fact in [ENCRYPTED_AT_REST, CUSTOMER_MANAGED_KEY, BACKUP_RETENTION_DAYS, IAM_AUTHENTICATION, LOG_EXPORTS] {
        assert_eq!(state(&restored, fact), INHERITED, "{}", fact.def().name);
    }
    assert_eq!(state(&restored, RESTORED), known(true));
    let in_time =
        creates("aws_db_instance.r", json!({"restore_to_point_in_time": [{"use_latest_restorable_time": true}]}));
    assert_eq!(state(&in_time.alone(), ENCRYPTED_AT_REST), INHERITED);
    let not = creates("aws_db_instance.r", json!({"restore_to_point_in_time": [], "s3_import": []})).alone();
    assert_eq!(state(&not, ENCRYPTED_AT_REST), known(false));
}

#[test]
fn a_copy_is_encrypted_as_its_source_whatever_it_says() {
    let of = |resource_type: &str, values: serde_json::Value| {
        let made = creates(&format!("{resource_type}.r"), values).alone();
        [ENCRYPTED_AT_REST, CUSTOMER_MANAGED_KEY, STORAGE_KEY].map(|fact| state(&made, fact))
    };
    let as_source = [INHERITED, INHERITED, INHERITED];
    let instance = "aws_db_instance";
    for says in [true, false] {
        let snapshot = json!({"snapshot_identifier": "s", "storage_encrypted": says, "kms_key_id": "arn:k"});
        assert_eq!(of(instance, snapshot), as_source);
        assert_eq!(of(instance, json!({"replicate_source_db": "main", "storage_encrypted": says})), as_source);
        for cluster in ["aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"] {
            let key = if cluster == "aws_neptune_cluster" { "kms_key_arn" } else { "kms_key_id" };
            let restored = json!({"snapshot_identifier": "s", "storage_encrypted": says});
            assert_eq!(of(cluster, restored.clone()), as_source, "{cluster}");
            let mut keyed = restored;
            keyed[key] = json!("arn:k");
            assert_eq!(of(cluster, keyed)[..2], [known(true), known(true)], "{cluster}");
        }
    }
    let bucket = json!({"s3_import": [{"bucket_name": "b"}], "storage_encrypted": true});
    assert_eq!(of(instance, bucket)[0], known(true));
    let recorded = records("aws_db_instance.r", json!({"snapshot_identifier": "s", "storage_encrypted": true}));
    assert_eq!(state(&recorded.alone(), ENCRYPTED_AT_REST), known(true));
    let may = creates("aws_db_instance.r", json!({"replicate_source_db": "arn:aws:rds:r:1:db:main"}));
    let may = may.may_refer("kms_key_id", &["var.own", "aws_kms_key.k.arn"], &["aws_kms_key.k"]);
    assert_eq!(state(&may.alone(), ENCRYPTED_AT_REST), FactState::Unknown(Unknown::KnownAfterApply));
    // Whether something that is looked up while applying names a snapshot at all is not known.
    for resource_type in [instance, "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"] {
        let perhaps = creates(&format!("{resource_type}.r"), json!({"storage_encrypted": true}));
        let perhaps =
            perhaps.refers("snapshot_identifier", &["data.aws_db_snapshot.s.id", "data.aws_db_snapshot.s"], &[]);
        let encrypted = state(&perhaps.alone(), ENCRYPTED_AT_REST);
        assert_eq!(encrypted, FactState::Unknown(Unknown::KnownAfterApply), "{resource_type}");
    }
}

#[test]
fn recorded_values_are_not_replaced_by_defaults_of_new_resources() {
    let db = records(
        "aws_db_instance.db",
        json!({"engine": "mysql", "storage_encrypted": null, "deletion_protection": null}),
    )
    .alone();
    assert_eq!(state(&db, ENCRYPTED_AT_REST), known(false));
    assert_eq!(state(&db, DELETION_PROTECTION), known(false));
    assert!(matches!(state(&db, BACKUP_RETENTION_DAYS), FactState::Unknown(Unknown::NotCollected(_))));
    let replica =
        records("aws_db_instance.r", json!({"replicate_source_db": "main", "storage_encrypted": true})).alone();
    assert_eq!(state(&replica, ENCRYPTED_AT_REST), known(true));
}

#[test]
fn only_a_plan_tells_what_is_planned() {
    let db = records("aws_db_instance.db", json!({"engine": "mysql", "apply_immediately": true})).alone();
    for fact in [PLANNED_ACTION, REPLACE_ATTRIBUTES, CHANGED_ATTRIBUTES, APPLY_IMMEDIATELY, ALLOW_MAJOR_VERSION_UPGRADE]
    {
        assert_eq!(missing(&state(&db, fact)), "only a plan tells, and the source is not one");
    }
    assert_eq!(missing(&before(&db, MULTI_AZ)), "the source is not a plan");
}

#[test]
fn an_update_has_facts_before_and_after() {
    let db = updates("aws_db_instance.db", json!({"multi_az": true}), json!({"multi_az": false}))
        .change(|change| change.changed_attributes = vec!["multi_az".into()])
        .alone();
    assert_eq!(before(&db, MULTI_AZ), known(true));
    assert_eq!(state(&db, MULTI_AZ), known(false));
    assert_eq!(state(&db, CHANGED_ATTRIBUTES), FactState::Known(set(&["multi_az"])));
    assert_eq!(state(&db, REPLACE_ATTRIBUTES), FactState::Known(set(&[])));
    assert_eq!(missing(&before(&db, PLANNED_ACTION)), "what is planned was not there before the plan");
}

#[test]
fn what_is_set_but_not_known_yet_may_change_and_what_is_computed_anew_does_not() {
    let update = || updates("aws_db_instance.db", json!({"port": 1}), json!({}));
    let computed = update().unknown(json!({"latest_restorable_time": true})).alone();
    assert_eq!(state(&computed, CHANGED_ATTRIBUTES), FactState::Known(set(&[])));
    let set_by_reference = update().unknown(json!({})).refers("port", &["terraform_data.port"], &[]).alone();
    assert_eq!(state(&set_by_reference, CHANGED_ATTRIBUTES), FactState::Partial(set(&[]), Unknown::KnownAfterApply));
}

#[test]
fn a_version_that_is_named_in_part_was_the_one_that_ran() {
    let was = |named: &str, actual: &str| {
        let before = json!({"engine": "postgres", "engine_version": named, "engine_version_actual": actual});
        let after = json!({"engine": "postgres", "engine_version": "16.3", "engine_version_actual": actual});
        let db = updates("aws_db_instance.db", before, after).alone();
        assert_eq!(state(&db, ENGINE_VERSION), known("16.3"));
        super::super::testing::before(&db, ENGINE_VERSION)
    };
    assert_eq!(was("16", "16.4"), known("16.4"));
    assert_eq!(was("16.2", "16.2"), known("16.2"));
    // A record that is older than the name tells nothing.
    assert_eq!(was("16", "15.7"), known("16"));
    assert_eq!(was("1", "16.4"), known("1"));
}

#[test]
fn an_unchanged_resource_was_before_what_it_is() {
    let db =
        updates("aws_db_instance.db", json!({"multi_az": true}), json!({"multi_az": true})).action(ChangeAction::NoOp);
    let db = db.alone();
    assert_eq!(before(&db, MULTI_AZ), known(true));
    assert_eq!(missing(&before(&db, APPLY_IMMEDIATELY)), "what is planned was not there before the plan");
}

#[test]
fn a_replacement_is_a_new_resource_and_says_why() {
    let db = updates("aws_db_instance.db", json!({"kms_key_id": "a"}), json!({"kms_key_id": "b"}))
        .unknown(json!({"backup_retention_period": true}))
        .action(ChangeAction::DeleteThenCreate)
        .change(|change| change.replace_attributes = vec!["kms_key_id".into()])
        .alone();
    assert_eq!(state(&db, BACKUP_RETENTION_DAYS), known(0));
    assert_eq!(state(&db, PLANNED_ACTION), known("delete-then-create"));
    assert_eq!(state(&db, REPLACE_ATTRIBUTES), FactState::Known(set(&["kms_key_id"])));
}

#[test]
fn what_is_deleted_keeps_only_what_decides_how_it_goes() {
    let was =
        json!({"engine": "mysql", "skip_final_snapshot": true, "delete_automated_backups": false, "multi_az": true});
    let gone = deletes("aws_db_instance.db", was.clone()).alone();
    assert_eq!(state(&gone, PLANNED_ACTION), known("delete"));
    assert_eq!(state(&gone, FINAL_SNAPSHOT), known(false));
    assert_eq!(state(&gone, KEEPS_AUTOMATED_BACKUPS), known(true));
    assert_eq!(missing(&state(&gone, MULTI_AZ)), "the plan deletes it");
    assert_eq!(missing(&key(&gone, TAGS, "owner")), "the plan deletes it");
    assert_eq!(before(&gone, MULTI_AZ), known(true));
    let forgotten = deletes("aws_db_instance.db", was).action(ChangeAction::Forget).alone();
    assert_eq!(state(&forgotten, PLANNED_ACTION), known("forget"));
    assert_eq!(missing(&state(&forgotten, FINAL_SNAPSHOT)), "the plan forgets it");
}

#[test]
fn an_instance_of_a_clustered_engine_is_a_member() {
    let member =
        records("aws_db_instance.m", json!({"engine": "aurora-postgresql", "publicly_accessible": true})).alone();
    assert_eq!(member.kind, Kind::ClusterMember);
    assert_eq!(state(&member, PUBLICLY_ACCESSIBLE), known(true));
    assert_eq!(missing(&state(&member, BACKUP_RETENTION_DAYS)), "it is the cluster's, not its members'");
}

#[test]
fn a_cluster_that_omits_everything_gets_what_aws_gives() {
    let cluster = creates("aws_rds_cluster.c", json!({"engine": "aurora-mysql"}))
        .unknown(json!({"backup_retention_period": true, "storage_encrypted": true, "storage_type": true, "port": true,
            "auto_minor_version_upgrade": true, "monitoring_interval": true}))
        .alone();
    for (fact, expected) in [
        (BACKUP_RETENTION_DAYS, known(1)),
        (ENCRYPTED_AT_REST, known(false)),
        (STORAGE_TYPE, known("aurora")),
        (PORT, known(3306)),
        (BACKTRACK_WINDOW_SECONDS, known(0)),
        (DATA_API, known(false)),
        (SERVERLESS_V1, known(false)),
    ] {
        assert_eq!(state(&cluster, fact), expected, "{}", fact.def().name);
    }
    for fact in [AUTO_MINOR_VERSION_UPGRADE, ENHANCED_MONITORING_SECONDS, PERFORMANCE_INSIGHTS] {
        assert_eq!(missing(&state(&cluster, fact)), "an Aurora cluster leaves it to its members");
    }
}

#[test]
fn a_multi_az_cluster_of_rds_sets_everything_itself() {
    let cluster =
        creates("aws_rds_cluster.c", json!({"engine": "mysql", "db_cluster_instance_class": "db.r6gd.large"})).alone();
    for (fact, expected) in [
        (MULTI_AZ, known(true)),
        (MEMBER_COUNT, known(3)),
        (AUTO_MINOR_VERSION_UPGRADE, known(true)),
        (ENHANCED_MONITORING_SECONDS, known(0)),
        (PERFORMANCE_INSIGHTS, known(false)),
        (STORAGE_TYPE, known("io1")),
    ] {
        assert_eq!(state(&cluster, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(missing(&state(&cluster, BACKTRACK_WINDOW_SECONDS)), "only Aurora MySQL can be wound back in place");
}

#[test]
fn serverless_v1_is_encrypted_and_has_no_members() {
    let cluster =
        creates("aws_rds_cluster.c", json!({"engine": "aurora-postgresql", "engine_mode": "serverless"})).alone();
    assert_eq!(state(&cluster, SERVERLESS_V1), known(true));
    assert_eq!(state(&cluster, ENCRYPTED_AT_REST), known(true));
    assert_eq!(missing(&state(&cluster, MULTI_AZ)), "Serverless v1 has no members");
}

#[test]
fn an_aurora_cluster_that_speaks_for_its_members_has_the_fact() {
    let cluster = creates(
        "aws_rds_cluster.c",
        json!({"engine": "aurora-mysql", "monitoring_interval": 30,
        "performance_insights_enabled": true, "performance_insights_retention_period": 31}),
    )
    .alone();
    assert_eq!(state(&cluster, ENHANCED_MONITORING_SECONDS), known(30));
    assert_eq!(state(&cluster, PERFORMANCE_INSIGHTS_RETENTION_DAYS), known(31));
    let recorded = records("aws_rds_cluster.c", json!({"engine": "aurora-mysql", "monitoring_interval": 0})).alone();
    assert_eq!(missing(&state(&recorded, ENHANCED_MONITORING_SECONDS)), "an Aurora cluster leaves it to its members");
}

#[test]
fn a_member_that_omits_public_access_is_not_public() {
    let member = creates("aws_rds_cluster_instance.m", json!({"engine": "aurora-mysql", "cluster_identifier": "c"}))
        .unknown(json!({"publicly_accessible": true, "performance_insights_enabled": true}))
        .alone();
    assert_eq!(state(&member, PUBLICLY_ACCESSIBLE), known(false));
    assert_eq!(state(&member, AUTO_MINOR_VERSION_UPGRADE), known(true));
    assert_eq!(state(&member, PROMOTION_TIER), known(0));
    assert_eq!(state(&member, PERFORMANCE_INSIGHTS), known(false));
}

#[test]
fn document_and_graph_clusters_have_their_own_words_and_gaps() {
    let docdb = creates("aws_docdb_cluster.c", json!({"engine_version": "5.0.0"})).alone();
    assert_eq!(state(&docdb, ENGINE), known("docdb"));
    assert_eq!(state(&docdb, ENGINE_MAJOR_VERSION), known("5.0"));
    assert_eq!(state(&docdb, BACKUP_RETENTION_DAYS), known(1));
    assert_eq!(state(&docdb, PORT), known(27017));
    assert_eq!(missing(&state(&docdb, IAM_AUTHENTICATION)), "DocumentDB has no switch for IAM authentication");
    let neptune = creates(
        "aws_neptune_cluster.c",
        json!({"kms_key_arn": "arn:k", "storage_encrypted": true,
        "enable_cloudwatch_logs_exports": ["audit"]}),
    )
    .alone();
    assert_eq!(state(&neptune, CUSTOMER_MANAGED_KEY), known(true));
    assert_eq!(state(&neptune, LOG_EXPORTS), FactState::Known(set(&["audit"])));
}

#[test]
fn snapshots_of_databases_elsewhere_are_unknown_and_recorded_ones_are_not() {
    let planned = creates("aws_db_snapshot.s", json!({"db_instance_identifier": "db"}))
        .unknown(json!({"encrypted": true}))
        .alone();
    assert_eq!(state(&planned, ENCRYPTED_AT_REST), INHERITED);
    assert_eq!(state(&planned, SHARED_WITH), FactState::Known(set(&[])));
    let recorded = records("aws_db_snapshot.s", json!({"encrypted": false, "shared_accounts": ["all"]})).alone();
    assert_eq!(state(&recorded, ENCRYPTED_AT_REST), known(false));
    assert_eq!(state(&recorded, CUSTOMER_MANAGED_KEY), known(false));
    assert_eq!(state(&recorded, SHARED_WITH), FactState::Known(set(&["all"])));
    let copy =
        creates("aws_db_snapshot_copy.s", json!({"source_db_snapshot_identifier": "x", "kms_key_id": "arn:k"})).alone();
    assert_eq!(state(&copy, ENCRYPTED_AT_REST), known(true));
    assert_eq!(state(&copy, CUSTOMER_MANAGED_KEY), known(true));
}

#[test]
fn a_proxy_requires_iam_only_when_every_login_does() {
    let of = |auth: serde_json::Value| {
        state(&creates("aws_db_proxy.p", json!({"auth": auth})).alone(), PROXY_IAM_AUTHENTICATION)
    };
    assert_eq!(of(json!([{"iam_auth": "REQUIRED"}])), known(true));
    assert_eq!(of(json!([{"iam_auth": "REQUIRED"}, {"iam_auth": "DISABLED"}])), known(false));
    assert_eq!(of(json!([{"iam_auth": null}])), known(false));
    assert_eq!(missing(&of(json!([]))), "the proxy names no way to authenticate");
    let unknown =
        creates("aws_db_proxy.p", json!({"auth": [{}]})).unknown(json!({"auth": [{"iam_auth": true}]})).alone();
    assert_eq!(state(&unknown, PROXY_IAM_AUTHENTICATION), AFTER_APPLY);
}

#[test]
fn a_subscription_that_omits_its_filter_hears_everything() {
    let all = creates("aws_db_event_subscription.s", json!({"event_categories": []})).alone();
    assert_eq!(state(&all, EVENT_SOURCE_TYPE), known("all"));
    assert_eq!(state(&all, EVENT_CATEGORIES), FactState::Known(set(&["all"])));
    assert_eq!(state(&all, SUBSCRIPTION_ENABLED), known(true));
}

#[test]
fn options_are_known_in_part_when_a_name_is_not() {
    let group = creates("aws_db_option_group.o", json!({"option": [{"option_name": "TDE"}, {}]}))
        .unknown(json!({"option": [{}, {"option_name": true}]}))
        .alone();
    assert_eq!(state(&group, OPTIONS), FactState::Partial(set(&["TDE"]), Unknown::KnownAfterApply));
}

#[test]
fn account_and_region_come_from_the_arn_else_from_the_provider() {
    let recorded =
        records("aws_db_instance.db", json!({"arn": "arn:aws:rds:eu-west-1:111122223333:db:x", "identifier": "x"}))
            .alone();
    assert_eq!(recorded.scope.account.as_deref(), Some("111122223333"));
    assert_eq!(recorded.scope.region.as_deref(), Some("eu-west-1"));
    assert_eq!(recorded.name.as_deref(), Some("x"));
    let settings =
        crate::source::terraform::ProviderSettings { region: Some("us-east-1".into()), ..Default::default() };
    let planned = creates("aws_db_instance.db", json!({"region": "eu-north-1"})).provider(settings.clone()).alone();
    assert_eq!(planned.scope.region.as_deref(), Some("eu-north-1"));
    let default = creates("aws_db_instance.db", json!({})).provider(settings).alone();
    assert_eq!(default.scope.region.as_deref(), Some("us-east-1"));
    assert_eq!(default.scope.account, None);
}

#[test]
fn a_resource_stays_small() {
    let db = creates("aws_db_instance.db", json!({"engine": "postgres", "engine_version": "16.3"})).alone();
    let facts = db.facts.scalars().count() * std::mem::size_of::<(crate::facts::FactId, crate::model::Fact)>();
    // Were every fact its own; equal ones are kept once.
    assert!(facts < 10 * 1024, "{facts} bytes of facts");
}

#[test]
fn the_registry_is_sorted_so_that_every_type_is_found() {
    assert!(super::MAPPINGS.is_sorted_by(|left, right| left.resource_type < right.resource_type));
}

#[test]
fn what_is_compared_is_what_creation_gives_or_not_known_before_it() {
    let db = creates(
        "aws_db_instance.db",
        json!({"engine": "postgres", "storage_encrypted": true, "performance_insights_enabled": true,
            "manage_master_user_password": true}),
    );
    let db = db.alone();
    for (fact, expected) in [
        (STORAGE_KEY, known("alias/aws/rds")),
        (INSIGHTS_KEY, known("alias/aws/rds")),
        (MASTER_SECRET_KEY, known("alias/aws/secretsmanager")),
        (BACKUP_TARGET, known("region")),
        (DATABASE_INSIGHTS_MODE, known("standard")),
        (DEDICATED_LOG_VOLUME, known(false)),
        (DIRECTORY, known("")),
    ] {
        assert_eq!(state(&db, fact), expected, "{}", fact.def().name);
    }
    for fact in [IOPS, STORAGE_THROUGHPUT_MIBPS, LICENSE_MODEL, NETWORK_TYPE, AVAILABILITY_ZONE, CHARACTER_SET] {
        assert_eq!(state(&db, fact), AFTER_APPLY, "{}", fact.def().name);
    }
    assert_eq!(missing(&state(&db, SECONDARY_AVAILABILITY_ZONE)), "only what runs tells, and the source does not");
    let joined = creates("aws_db_instance.db", json!({"engine": "sqlserver-se", "domain_fqdn": "corp.example.com"}));
    assert_eq!(state(&joined.alone(), DIRECTORY), AFTER_APPLY);
    let replica = creates("aws_db_instance.r", json!({"replicate_source_db": "main"})).alone();
    assert_eq!(state(&replica, STORAGE_KEY), INHERITED);
    assert_eq!(state(&replica, REPLICATES), known("main"));
    let cluster = creates("aws_rds_cluster.c", json!({"engine": "aurora-mysql"})).alone();
    assert_eq!(state(&cluster, IAM_ROLES), FactState::Known(set(&[])));
    assert_eq!(state(&cluster, GLOBAL_CLUSTER), AFTER_APPLY);
    assert_eq!(missing(&state(&cluster, STORAGE_KEY)), "the storage is not encrypted");
}

#[test]
fn a_state_that_does_not_name_an_attribute_does_not_say_that_there_is_none() {
    let old = records("aws_db_instance.db", json!({"engine": "postgres"})).alone();
    let new = records("aws_db_instance.db", json!({"engine": "postgres", "iops": null, "timezone": ""})).alone();
    for fact in [IOPS, TIME_ZONE] {
        assert!(matches!(state(&old, fact), FactState::Unknown(Unknown::NotCollected(_))), "{}", fact.def().name);
    }
    assert_eq!(state(&new, IOPS), known(0));
    assert_eq!(missing(&state(&new, TIME_ZONE)), "the engine was made without a choice of it");
}

#[test]
fn capacity_comes_in_halves_of_a_unit() {
    let of = |values: serde_json::Value| {
        let cluster = creates("aws_rds_cluster.c", values).alone();
        (state(&cluster, SERVERLESS_MIN_CAPACITY_HALF_UNITS), state(&cluster, SERVERLESS_MAX_CAPACITY_HALF_UNITS))
    };
    let range = |range: serde_json::Value| of(json!({"serverlessv2_scaling_configuration": [range]}));
    assert_eq!(range(json!({"min_capacity": 0, "max_capacity": 2.5})), (known(0), known(5)));
    assert_eq!(range(json!({"min_capacity": "0.5", "max_capacity": 256})), (known(1), known(512)));
    let (odd, none) = range(json!({"min_capacity": 0.3, "max_capacity": null}));
    assert!(matches!(odd, FactState::Unknown(Unknown::Invalid(_))));
    assert!(matches!(none, FactState::Missing(_)));
    let first = of(json!({"engine_mode": "serverless", "scaling_configuration": [{}]}));
    assert_eq!(first, (known(2), known(32)));
    let graph = creates("aws_neptune_cluster.c", json!({"serverless_v2_scaling_configuration": [{}]})).alone();
    assert_eq!(state(&graph, SERVERLESS_MIN_CAPACITY_HALF_UNITS), known(5));
    assert_eq!(state(&graph, SERVERLESS_MAX_CAPACITY_HALF_UNITS), known(256));
}

#[test]
fn a_recorded_key_of_another_account_is_somebodys() {
    let recorded = |key: &str| {
        let arn = "arn:aws:rds:eu-west-1:111122223333:db:d";
        let db = records("aws_db_instance.d", json!({"arn": arn, "storage_encrypted": true, "kms_key_id": key}));
        state(&db.alone(), CUSTOMER_MANAGED_KEY)
    };
    assert_eq!(recorded("arn:aws:kms:eu-west-1:444455556666:key/k"), known(true));
    assert!(matches!(recorded("arn:aws:kms:eu-west-1:111122223333:key/k"), FactState::Unknown(_)));
    assert!(matches!(recorded("k"), FactState::Unknown(_)));
}
