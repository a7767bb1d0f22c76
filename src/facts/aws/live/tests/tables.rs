//! DynamoDB.

use serde_json::json;

use super::*;
use crate::facts::catalogue::*;
use crate::facts::testing::{key, known, missing, set};
use crate::model::{FactState, Kind};

const ARN: &str = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders";
const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/k";

fn table(changes: Json) -> Replies {
    let table = json!({"TableName": "Orders", "TableArn": ARN, "TableStatus": "ACTIVE", "ItemCount": 0,
        "CreationDateTime": "2026-01-02T03:04:05+00:00", "DeletionProtectionEnabled": true,
        "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6}});
    let backups = json!({"ContinuousBackupsDescription": {"ContinuousBackupsStatus": "ENABLED",
        "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 14}}});
    replies()
        .with("dynamodb:ListTables", json!("Orders"))
        .of("dynamodb:DescribeTable", "Orders", json!({"Table": changed(table, changes)}))
        .of("dynamodb:DescribeContinuousBackups", "Orders", backups)
        .of("dynamodb:ListTagsOfResource", ARN, json!({"Tags": [{"Key": "owner", "Value": "shop"}]}))
}

#[test]
fn a_table_is_told_by_its_description_and_by_what_is_told_of_it() {
    let table = table(json!({})).one("table/Orders");
    assert_eq!((&*table.id, table.kind, table.name.as_deref()), (ARN, Kind::Table, Some("Orders")));
    for (fact, expected) in [
        (ENGINE, known("dynamodb")),
        (ENCRYPTED_AT_REST, known(true)),
        (CUSTOMER_MANAGED_KEY, known(false)),
        (BACKUP_RETENTION_DAYS, known(14)),
        (DELETION_PROTECTION, known(true)),
        (CAPACITY_MODE, known("provisioned")),
        (CAPACITY_SCALES, known(false)),
        (READ_CAPACITY_UNITS, known(5)),
        (WRITE_CAPACITY_UNITS, known(6)),
        (ITEM_COUNT, known(0)),
        (CREATED_AT, known("2026-01-02T03:04:05Z")),
        (OBSERVED_AT, known("2026-11-22T08:00:00Z")),
        (IN_BACKUP_PLAN, known(false)),
    ] {
        assert_eq!(state(&table, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(key(&table, TAGS, "owner"), known("shop"));
    assert_eq!(
        missing(&state(&table, REPLICAS_WITHOUT_BACKUPS)),
        "each replica is a table of its region, and is judged there"
    );
    assert_eq!(missing(&state(&table, STORAGE_KEY)), "no key of the key service encrypts it");
}

#[test]
fn the_key_of_a_table_is_the_customers_when_the_key_service_says_so() {
    let encrypted =
        || table(json!({"SSEDescription": {"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": KEY}}));
    for (manager, expected) in [("CUSTOMER", true), ("AWS", false)] {
        let described = json!({"KeyMetadata": {"Arn": KEY, "KeyId": "k", "KeyManager": manager, "Enabled": true}});
        let table = encrypted().of("kms:DescribeKey", KEY, described).one("table/Orders");
        assert_eq!((state(&table, CUSTOMER_MANAGED_KEY), state(&table, STORAGE_KEY)), (known(expected), known(KEY)));
    }
    let refused = encrypted().denied("kms:DescribeKey").one("table/Orders");
    assert_eq!(state(&refused, CUSTOMER_MANAGED_KEY), denied("kms:DescribeKey"));
}

#[test]
fn capacity_scales_by_request_or_by_targets_of_both_directions() {
    let on_demand = json!({"BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"}});
    let table_on_demand =
        table(on_demand).denied("application-autoscaling:DescribeScalableTargets").one("table/Orders");
    assert_eq!(state(&table_on_demand, CAPACITY_SCALES), known(true));
    assert!(matches!(state(&table_on_demand, READ_CAPACITY_UNITS), FactState::Missing(_)));
    let target = |dimension: &str| json!({"ServiceNamespace": "dynamodb", "ResourceId": "table/Orders", "ScalableDimension": dimension});
    let read = target("dynamodb:table:ReadCapacityUnits");
    let half = table(json!({})).with("application-autoscaling:DescribeScalableTargets", read.clone());
    assert_eq!(state(&half.one("table/Orders"), CAPACITY_SCALES), known(false));
    let both = table(json!({}))
        .with("application-autoscaling:DescribeScalableTargets", read)
        .with("application-autoscaling:DescribeScalableTargets", target("dynamodb:table:WriteCapacityUnits"));
    assert_eq!(state(&both.one("table/Orders"), CAPACITY_SCALES), known(true));
    let refused = table(json!({})).denied("application-autoscaling:DescribeScalableTargets").one("table/Orders");
    assert_eq!(state(&refused, CAPACITY_SCALES), denied("application-autoscaling:DescribeScalableTargets"));
}

#[test]
fn what_a_call_was_denied_for_is_not_known() {
    let described = json!({"Table": {"TableName": "Orders", "TableArn": ARN}});
    let table = replies()
        .of("dynamodb:DescribeTable", "Orders", described)
        .denied("dynamodb:DescribeContinuousBackups")
        .denied("dynamodb:ListTagsOfResource")
        .one("table/Orders");
    assert_eq!(state(&table, BACKUP_RETENTION_DAYS), denied("dynamodb:DescribeContinuousBackups"));
    assert_eq!(key(&table, TAGS, "owner"), denied("dynamodb:ListTagsOfResource"));
    assert!(matches!(state(&table, DELETION_PROTECTION), FactState::Unknown(Unknown::NotCollected(_))));
}

#[test]
fn the_policy_of_a_table_says_whom_it_lets_in() {
    let policy = |principal: &str| {
        let statement =
            json!({"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "dynamodb:GetItem", "Resource": ARN});
        json!({"Policy": json!({"Version": "2012-10-17", "Statement": [statement]}).to_string(), "RevisionId": "1"})
    };
    let told = |replies: Replies| {
        let table = replies.one("table/Orders");
        (state(&table, POLICY_PUBLIC), state(&table, POLICY_FOREIGN_ACCOUNTS))
    };
    let with = |principal: &str| told(table(json!({})).of("dynamodb:GetResourcePolicy", ARN, policy(principal)));
    assert_eq!(with("*"), (known(true), FactState::Known(set(&[]))));
    assert_eq!(with("arn:aws:iam::999999999999:root"), (known(false), FactState::Known(set(&["999999999999"]))));
    assert_eq!(with("arn:aws:iam::123456789012:role/app"), (known(false), FactState::Known(set(&[]))));
    let mut none = table(json!({}));
    let operation =
        crate::source::aws::operations::find("dynamodb:GetResourcePolicy").expect("the call is in the table");
    let status = CallStatus::Gone("PolicyNotFoundException".into());
    none.replies.calls.push(CallOutcome { operation, of: Some(ARN.into()), requests: 1, items: 0, status });
    assert_eq!(told(none), (known(false), FactState::Known(set(&[]))));
    let refused = denied("dynamodb:GetResourcePolicy");
    assert_eq!(told(table(json!({})).denied("dynamodb:GetResourcePolicy")), (refused.clone(), refused));
}
