use serde_json::json;

use crate::facts::catalogue::*;
use crate::facts::testing::*;
use crate::facts::view::INHERITED;
use crate::model::{FactState, Kind, Unknown};
use crate::source::terraform::ProviderSettings;

fn cluster(after: serde_json::Value) -> Sketch {
    creates("aws_redshift_cluster.dwh", after)
}

fn with_version(sketch: Sketch, constraint: &str) -> Sketch {
    let settings = ProviderSettings { version_constraint: Some(constraint.into()), ..ProviderSettings::default() };
    sketch.provider(settings)
}

#[test]
fn a_cluster_that_omits_everything_gets_what_the_provider_sends() {
    let dwh = cluster(json!({"cluster_identifier": "dwh", "node_type": "ra3.large"}))
        .unknown(json!({"kms_key_id": true, "database_name": true, "cluster_subnet_group_name": true, "logging": true,
            "enhanced_vpc_routing": true, "cluster_parameter_group_name": true, "iam_roles": true}));
    let dwh = linked_one(&[dwh], "aws_redshift_cluster.dwh");
    for (fact, expected) in [
        (ENGINE, known("redshift")),
        (ENGINE_VERSION, known("1.0")),
        (IS_REPLICA, known(false)),
        (DATABASE_NAME, known("dev")),
        (PORT, known(5439)),
        (SUBNET_GROUP, known("default")),
        (BACKUP_RETENTION_DAYS, known(1)),
        (AUTO_MINOR_VERSION_UPGRADE, known(true)),
        (MULTI_AZ, known(false)),
        (ROUTES_THROUGH_NETWORK, known(false)),
        (FINAL_SNAPSHOT, known(true)),
        (MASTER_PASSWORD_MANAGED, known(false)),
        (DEFAULT_PARAMETER_GROUP, known(true)),
        (MEMBER_COUNT, known(1)),
        // Nobody but this plan can log a cluster that it is yet to make, and it does not.
        (AUDIT_LOGGING, known(false)),
        // The default group of new clusters requires TLS.
        (TLS_REQUIRED, known(true)),
    ] {
        assert_eq!(state(&dwh, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(key(&dwh, PARAMETERS, "enable_user_activity_logging"), known("0"));
    assert_eq!(missing(&state(&dwh, DELETION_PROTECTION)), "Redshift has no deletion protection");
}

#[test]
fn what_changed_with_version_6_of_the_provider_depends_on_the_version() {
    let omits = || cluster(json!({"cluster_identifier": "dwh"}));
    let old = with_version(omits(), "~> 5.0").alone();
    assert_eq!((state(&old, ENCRYPTED_AT_REST), state(&old, PUBLICLY_ACCESSIBLE)), (known(false), known(true)));
    let new = with_version(omits(), ">= 6.0").alone();
    assert_eq!((state(&new, ENCRYPTED_AT_REST), state(&new, PUBLICLY_ACCESSIBLE)), (known(true), known(false)));
    for either in [with_version(omits(), ">= 4.0"), omits()] {
        assert!(matches!(state(&either.alone(), ENCRYPTED_AT_REST), FactState::Unknown(Unknown::Unresolved(_))));
    }
    let said = with_version(cluster(json!({"encrypted": "true", "publicly_accessible": true})), "~> 5.0").alone();
    assert_eq!((state(&said, ENCRYPTED_AT_REST), state(&said, PUBLICLY_ACCESSIBLE)), (known(true), known(true)));
}

#[test]
fn a_restored_cluster_has_what_its_snapshot_had() {
    let dwh = cluster(json!({"snapshot_identifier": "last"})).alone();
    assert_eq!(state(&dwh, RESTORED), known(true));
    for fact in [ENCRYPTED_AT_REST, MASTER_USERNAME, DATABASE_NAME] {
        assert_eq!(state(&dwh, fact), INHERITED, "{}", fact.def().name);
    }
}

#[test]
fn groups_of_another_service_with_the_same_names_are_not_taken_for_its_own() {
    let of_rds = creates(
        "aws_rds_cluster_parameter_group.p",
        json!({"name": "p", "family": "aurora-mysql8.0",
        "parameter": [{"name": "require_ssl", "value": "true"}]}),
    );
    let own = creates(
        "aws_redshift_parameter_group.p",
        json!({"name": "p", "family": "redshift-1.0",
        "parameter": [{"name": "Enable_User_Activity_Logging", "value": "TRUE"}]}),
    );
    let dwh = cluster(json!({"cluster_identifier": "dwh", "cluster_parameter_group_name": "p"}));
    let dwh = linked_one(&[of_rds, own, dwh], "aws_redshift_cluster.dwh");
    assert_eq!(key(&dwh, PARAMETERS, "enable_user_activity_logging"), known("1"));
    assert_eq!((state(&dwh, TLS_REQUIRED), state(&dwh, DEFAULT_PARAMETER_GROUP)), (known(false), known(false)));
}

#[test]
fn default_groups_of_either_family_are_known() {
    for (group, required) in [("default.redshift-1.0", false), ("default.redshift-2.0", true)] {
        let dwh = cluster(json!({"cluster_identifier": "dwh", "cluster_parameter_group_name": group}));
        let dwh = linked_one(&[dwh], "aws_redshift_cluster.dwh");
        assert_eq!(state(&dwh, TLS_REQUIRED), known(required), "{group}");
    }
}

#[test]
fn audit_logging_is_told_by_its_own_resource_or_by_the_block_of_older_providers() {
    let dwh = || cluster(json!({"cluster_identifier": "dwh"}));
    let logging = creates("aws_redshift_logging.l", json!({"cluster_identifier": "dwh"}));
    let logged = linked_one(&[dwh(), logging], "aws_redshift_cluster.dwh");
    assert_eq!(state(&logged, AUDIT_LOGGING), known(true));
    for on in [true, false] {
        let block = cluster(json!({"cluster_identifier": "dwh", "logging": [{"enable": on}]}));
        assert_eq!(state(&linked_one(&[block], "aws_redshift_cluster.dwh"), AUDIT_LOGGING), known(on));
    }
    let other = creates("aws_redshift_logging.l", json!({"cluster_identifier": "other"}));
    assert_eq!(state(&linked_one(&[dwh(), other], "aws_redshift_cluster.dwh"), AUDIT_LOGGING), known(false));
    let recorded = records("aws_redshift_cluster.dwh", json!({"cluster_identifier": "dwh", "logging": []}));
    let recorded = linked_one(&[recorded], "aws_redshift_cluster.dwh");
    assert!(matches!(state(&recorded, AUDIT_LOGGING), FactState::Unknown(Unknown::NotCollected(_))));
}

#[test]
fn a_grant_to_copy_snapshots_names_its_key() {
    let grant = |values| creates("aws_redshift_snapshot_copy_grant.g", values);
    let own =
        grant(json!({"snapshot_copy_grant_name": "g", "kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/abc"}));
    assert_eq!((own.alone().kind, state(&own.alone(), CUSTOMER_MANAGED_KEY)), (Kind::BackupReplication, known(true)));
    let default = grant(json!({"snapshot_copy_grant_name": "g"})).unknown(json!({"kms_key_id": true})).alone();
    assert_eq!(state(&default, CUSTOMER_MANAGED_KEY), known(false));
}

#[test]
fn the_password_of_the_administrator_is_kept_by_the_provider_or_by_hand() {
    let managed = cluster(json!({"manage_master_password": true}));
    assert_eq!(state(&managed.alone(), MASTER_PASSWORD_MANAGED), known(true));
    assert_eq!(state(&managed.alone(), MASTER_SECRET_KEY), known("alias/aws/secretsmanager"));
    let by_hand = cluster(json!({"master_password": "x"})).sensitive(json!({"master_password": true})).alone();
    assert_eq!(state(&by_hand, MASTER_PASSWORD_MANAGED), known(false));
    assert_eq!(state(&by_hand, MASTER_PASSWORD_IN_STATE), known(true));
    let secret = json!({"master_password_secret_arn": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x"});
    assert_eq!(state(&records("aws_redshift_cluster.dwh", secret).alone(), MASTER_PASSWORD_MANAGED), known(true));
}
