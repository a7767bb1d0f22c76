use serde_json::{Value as Json, json};

use crate::facts::catalogue::*;
use crate::facts::testing::*;
use crate::model::{FactState, Kind, Resource, Unknown};

const AFTER_APPLY: FactState = FactState::Unknown(Unknown::KnownAfterApply);
const KEY_ARN: &str = "arn:aws:kms:eu-west-1:111122223333:key/abc";

fn table(after: Json) -> Sketch {
    creates("aws_dynamodb_table.t", after)
}

fn joined(sketches: &[Sketch]) -> Resource {
    linked_one(sketches, "aws_dynamodb_table.t")
}

#[test]
fn a_table_that_omits_everything_gets_what_the_provider_sends() {
    let table = table(json!({"name": "orders", "hash_key": "id", "billing_mode": "PROVISIONED", "read_capacity": 5}))
        .unknown(json!({"point_in_time_recovery": true, "server_side_encryption": true, "write_capacity": true}));
    let table = joined(&[table]);
    assert_eq!(table.kind, Kind::Table);
    for (fact, expected) in [
        (ENGINE, known("dynamodb")),
        (IS_REPLICA, known(false)),
        (ENCRYPTED_AT_REST, known(true)),
        (CUSTOMER_MANAGED_KEY, known(false)),
        (BACKUP_RETENTION_DAYS, known(0)),
        (REPLICAS_WITHOUT_BACKUPS, FactState::Known(set(&[]))),
        (DELETION_PROTECTION, known(false)),
        (CAPACITY_MODE, known("provisioned")),
        (CAPACITY_SCALES, known(false)),
        (READ_CAPACITY_UNITS, known(5)),
    ] {
        assert_eq!(state(&table, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(missing(&state(&table, STORAGE_KEY)), "no key of the key service encrypts it");
    assert_eq!(missing(&state(&table, KEY_ROTATION)), "the storage has no customer managed key");
}

#[test]
fn point_in_time_recovery_is_so_many_days_of_backups() {
    let days = |block: Json| state(&table(json!({"point_in_time_recovery": block})).alone(), BACKUP_RETENTION_DAYS);
    assert_eq!(days(json!([{"enabled": true, "recovery_period_in_days": 7}])), known(7));
    assert_eq!(days(json!([{"enabled": true}])), known(35));
    assert_eq!(days(json!([{"enabled": false, "recovery_period_in_days": 7}])), known(0));
    assert_eq!(days(json!([])), known(0));
    let open =
        |marks: Json| table(json!({"point_in_time_recovery": [{}]})).unknown(json!({"point_in_time_recovery": marks}));
    assert_eq!(state(&open(json!([{"enabled": true}])).alone(), BACKUP_RETENTION_DAYS), AFTER_APPLY);
    let computed = table(json!({"point_in_time_recovery": [{"enabled": true}]}))
        .unknown(json!({"point_in_time_recovery": [{"recovery_period_in_days": true}]}));
    assert_eq!(state(&computed.alone(), BACKUP_RETENTION_DAYS), known(35));
    // A folder of configuration computes nothing: what is open there was chosen.
    assert_eq!(state(&computed.clone().in_configuration_alone().alone(), BACKUP_RETENTION_DAYS), AFTER_APPLY);
    let chosen = computed.configured("point_in_time_recovery", &["var.days"], &[]);
    assert_eq!(state(&chosen.alone(), BACKUP_RETENTION_DAYS), AFTER_APPLY);
}

#[test]
fn a_table_is_encrypted_with_the_key_that_its_block_names() {
    let encrypted = |block: Json| table(json!({"name": "t", "server_side_encryption": block}));
    let told = |block: Json| {
        let table = encrypted(block).alone();
        (state(&table, CUSTOMER_MANAGED_KEY), state(&table, STORAGE_KEY))
    };
    assert_eq!(told(json!([{"enabled": true, "kms_key_arn": KEY_ARN}])), (known(true), known(KEY_ARN)));
    assert_eq!(told(json!([{"enabled": true}])), (known(false), known("alias/aws/dynamodb")));
    assert_eq!(told(json!([{"enabled": true, "kms_key_arn": ""}])), (known(false), known("alias/aws/dynamodb")));
    assert_eq!(told(json!([{"enabled": false}])).0, known(false));
    let default = "arn:aws:kms:eu-west-1:111122223333:alias/aws/dynamodb";
    assert_eq!(told(json!([{"enabled": true, "kms_key_arn": default}])), (known(false), known(default)));
    let made = encrypted(json!([{"enabled": true}]))
        .unknown(json!({"server_side_encryption": [{"kms_key_arn": true}]}))
        .configured("server_side_encryption", &["aws_kms_key.k.arn"], &["aws_kms_key.k"]);
    assert_eq!(state(&made.alone(), CUSTOMER_MANAGED_KEY), known(true));
    let key = creates("aws_kms_key.k", json!({"enable_key_rotation": true})).unknown(json!({"arn": true}));
    let table = joined(&[made, key]);
    assert_eq!((state(&table, KEY_ROTATION), state(&table, KEY_ENABLED)), (known(true), known(true)));
    let recorded =
        records("aws_dynamodb_table.t", json!({"server_side_encryption": [{"enabled": true, "kms_key_arn": KEY_ARN}]}));
    assert_eq!(state(&recorded.alone(), CUSTOMER_MANAGED_KEY), known(true));
}

#[test]
fn replicas_that_are_declared_with_a_table_are_told_when_they_have_no_backups() {
    let of = |replicas: Json| state(&table(json!({"replica": replicas})).alone(), REPLICAS_WITHOUT_BACKUPS);
    let both = json!([{"region_name": "eu-west-1", "point_in_time_recovery": true}, {"region_name": "us-east-1"}]);
    assert_eq!(of(both), FactState::Known(set(&["us-east-1"])));
    assert_eq!(of(json!([])), FactState::Known(set(&[])));
    let partly = table(json!({"replica": [{"region_name": "us-east-1"}, {"region_name": "eu-west-1"}]}))
        .unknown(json!({"replica": [{}, {"point_in_time_recovery": true}]}));
    assert_eq!(
        state(&partly.alone(), REPLICAS_WITHOUT_BACKUPS),
        FactState::Partial(set(&["us-east-1"]), Unknown::KnownAfterApply)
    );
}

#[test]
fn a_replica_that_is_declared_by_itself_is_a_table_of_its_own() {
    let replica =
        creates("aws_dynamodb_table_replica.r", json!({"point_in_time_recovery": true, "kms_key_arn": KEY_ARN}));
    let replica = replica.alone();
    assert_eq!((replica.kind, state(&replica, BACKUP_RETENTION_DAYS)), (Kind::Table, known(35)));
    assert_eq!((state(&replica, CUSTOMER_MANAGED_KEY), state(&replica, STORAGE_KEY)), (known(true), known(KEY_ARN)));
    let bare = creates("aws_dynamodb_table_replica.r", json!({}))
        .unknown(json!({"deletion_protection_enabled": true}))
        .alone();
    assert_eq!((state(&bare, BACKUP_RETENTION_DAYS), state(&bare, DELETION_PROTECTION)), (known(0), known(false)));
    assert_eq!((state(&bare, CUSTOMER_MANAGED_KEY), state(&bare, STORAGE_KEY)), (known(false), AFTER_APPLY));
}

fn target(name: &str, table: &str, dimension: &str) -> Sketch {
    let values = json!({"service_namespace": "dynamodb", "resource_id": table, "scalable_dimension": dimension});
    creates(&format!("aws_appautoscaling_target.{name}"), values)
}

const READ: &str = "dynamodb:table:ReadCapacityUnits";
const WRITE: &str = "dynamodb:table:WriteCapacityUnits";

#[test]
fn capacity_scales_by_itself_or_by_targets_for_both_directions() {
    let orders = |mode: &str| table(json!({"name": "Orders", "billing_mode": mode}));
    let scales = |sketches: &[Sketch]| state(&joined(sketches), CAPACITY_SCALES);
    assert_eq!(scales(&[orders("PAY_PER_REQUEST")]), known(true));
    let reads = || target("r", "table/Orders", READ);
    assert_eq!(scales(&[orders("PROVISIONED"), reads()]), known(false));
    assert_eq!(scales(&[orders("PROVISIONED"), reads(), target("w", "table/Orders", WRITE)]), known(true));
    let others = [
        target("o", "table/other", WRITE),
        target("i", "table/Orders/index/by-day", "dynamodb:index:WriteCapacityUnits"),
        target("s", "service/main/orders", "ecs:service:DesiredCount"),
    ];
    for other in others {
        assert_eq!(scales(&[orders("PROVISIONED"), reads(), other]), known(false));
    }
    let recorded = records("aws_dynamodb_table.t", json!({"name": "orders", "billing_mode": "PROVISIONED"}));
    assert!(matches!(scales(&[recorded]), FactState::Unknown(Unknown::NotCollected(_))));
    assert_eq!(missing(&state(&joined(&[orders("PAY_PER_REQUEST")]), READ_CAPACITY_UNITS)), super::ON_DEMAND.as_str());
}

#[test]
fn a_target_whose_table_is_not_known_yet_leaves_doubt() {
    let orders = table(json!({"name": "orders", "billing_mode": "PROVISIONED"}));
    let open = |name: &str, dimension: &str| {
        target(name, "table/x", dimension).refers(
            "resource_id",
            &["aws_dynamodb_table.t.name"],
            &["aws_dynamodb_table.t"],
        )
    };
    assert_eq!(state(&joined(&[orders.clone(), open("r", READ), open("w", WRITE)]), CAPACITY_SCALES), known(true));
    let stray = target("w", "table/x", WRITE).refers("resource_id", &["data.x.y.table"], &[]);
    assert_eq!(state(&joined(&[orders, open("r", READ), stray]), CAPACITY_SCALES), AFTER_APPLY);
}

#[test]
fn the_policy_of_a_table_is_declared_by_itself() {
    let orders = || table(json!({"name": "orders"})).unknown(json!({"arn": true}));
    let policy = |principal: &str| {
        let statement =
            json!({"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "dynamodb:*", "Resource": "*"});
        let document = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
        creates("aws_dynamodb_resource_policy.p", json!({"policy": document, "resource_arn": null})).refers(
            "resource_arn",
            &["aws_dynamodb_table.t.arn"],
            &["aws_dynamodb_table.t"],
        )
    };
    let told = |all: &[Sketch]| state(&joined(all), POLICY_PUBLIC);
    assert_eq!(told(&[orders(), policy("*")]), known(true));
    assert_eq!(told(&[orders(), policy("arn:aws:iam::999999999999:root")]), known(false));
    assert_eq!(told(&[orders()]), known(false));
    let recorded = records("aws_dynamodb_table.t", json!({"name": "orders"}));
    assert!(matches!(told(&[recorded]), FactState::Unknown(Unknown::NotCollected(_))));
}

#[test]
fn other_accounts_are_those_that_the_table_is_not_of() {
    let arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
    let principals = ["111122223333", "arn:aws:iam::999999999999:root"];
    let statement =
        json!({"Effect": "Allow", "Principal": {"AWS": principals}, "Action": "dynamodb:*", "Resource": "*"});
    let document = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    let policy = records("aws_dynamodb_resource_policy.p", json!({"policy": document, "resource_arn": arn}));
    let orders = records("aws_dynamodb_table.t", json!({"name": "orders", "arn": arn}));
    assert_eq!(state(&joined(&[orders, policy]), POLICY_FOREIGN_ACCOUNTS), FactState::Known(set(&["999999999999"])));
}
