//! DynamoDB (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html).

use serde_json::{Value as Json, json};

use super::groups::by_another_call;
use crate::facts::api::{Api, Field, Object, Told, at, instant_at, plain, text_at, with};
use crate::facts::catalogue::{CAPACITY_SCALES, POLICY_FOREIGN_ACCOUNTS, POLICY_PUBLIC};
use crate::facts::view::{boolean, strings};

pub(in crate::facts::aws) const TABLE: Api = Api {
    object: "Table",
    silence: "the reply of dynamodb:DescribeTable does not hold it",
    fields: FIELDS,
    direct: &[
        (CAPACITY_SCALES, boolean("capacity_scales")),
        (POLICY_PUBLIC, boolean("policy_public")),
        (POLICY_FOREIGN_ACCOUNTS, strings("policy_foreign_accounts")),
    ],
};

const FIELDS: &[Field] = &[
    plain("arn", "Table.TableArn"),
    plain("name", "Table.TableName"),
    with("created_at", "Table.CreationDateTime", |object| instant_at(object, "CreationDateTime")),
    plain("item_count", "Table.ItemCount"),
    with("tags_all", "ListTagsOfResource.Tags", by_another_call),
    with("server_side_encryption", "Table.SSEDescription", encryption),
    with("point_in_time_recovery", "ContinuousBackupsDescription.PointInTimeRecoveryDescription", by_another_call),
    // What runs has each replica in its own region.
    with("replica", "Table.Replicas", by_another_call),
    plain("deletion_protection_enabled", "Table.DeletionProtectionEnabled"),
    with("billing_mode", "Table.BillingModeSummary.BillingMode", billing_mode),
    with("capacity_scales", "ScalableTarget.ScalableDimension", by_another_call),
    with("policy_public", "GetResourcePolicy.Policy", by_another_call),
    with("policy_foreign_accounts", "GetResourcePolicy.Policy", by_another_call),
    plain("read_capacity", "Table.ProvisionedThroughput.ReadCapacityUnits"),
    plain("write_capacity", "Table.ProvisionedThroughput.WriteCapacityUnits"),
];

/// API_TableDescription: the description is there for a key of the key service; without it, DynamoDB's own key encrypts.
fn encryption(object: &Object<'_>) -> Told {
    let Some(description) = at(object, "SSEDescription") else { return Told::Off };
    let enabled = match text_at(description, "Status") {
        Some("ENABLED" | "UPDATING") => true,
        Some("DISABLED") => false,
        _ => return Told::Nothing(None),
    };
    Told::Value(json!([{"enabled": enabled, "kms_key_arn": text_at(description, "KMSMasterKeyArn")}]))
}

/// API_BillingModeSummary: left out of a table that has been provisioned from the beginning.
fn billing_mode(object: &Object<'_>) -> Told {
    let mode = text_at(object, "BillingModeSummary.BillingMode");
    let is_provisioned = || at(object, "ProvisionedThroughput.ReadCapacityUnits").is_some();
    Told::from(mode.or_else(|| is_provisioned().then_some("PROVISIONED")).map(Json::from))
}
