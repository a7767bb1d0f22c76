//! Global clusters, proxies, event subscriptions, copies of backups; keys and secrets.

use serde_json::{Value as Json, json};

use super::groups::by_another_call;
use super::{encrypted, encryption_type, key, tags, tags_of};
use crate::facts::api::{Api, Field, Object, Told, at, instant_at, list, optional, plain, text_at, with};
use crate::facts::aws::schedule;
use crate::facts::catalogue::*;
use crate::facts::view::{boolean, integer, strings, to_integer};

pub(in crate::facts::aws) const GLOBAL_CLUSTER: Api = Api {
    object: "GlobalCluster",
    silence: "the reply of rds:DescribeGlobalClusters does not hold it",
    fields: GLOBAL,
    direct: &[],
};

pub(in crate::facts::aws) const PROXY: Api = Api {
    object: "DBProxy",
    silence: "the reply of rds:DescribeDBProxies does not hold it",
    fields: PROXY_FIELDS,
    direct: &[(PROXY_TARGETS, strings("proxy_targets"))],
};

pub(in crate::facts::aws) const EVENT_SUBSCRIPTION: Api = Api {
    object: "EventSubscription",
    silence: "the reply of rds:DescribeEventSubscriptions does not hold it",
    fields: SUBSCRIPTION,
    direct: &[],
};

pub(in crate::facts::aws) const BACKUP_REPLICATION: Api = Api {
    object: "DBInstanceAutomatedBackup",
    silence: "the reply of rds:DescribeDBInstanceAutomatedBackups does not hold it",
    fields: REPLICATION,
    direct: &[],
};

pub(in crate::facts::aws) const KEY: Api = Api {
    object: "KeyMetadata",
    silence: "the reply of kms:DescribeKey does not hold it",
    fields: KEY_FIELDS,
    direct: &[],
};

pub(in crate::facts::aws) const SECRET: Api = Api {
    object: "SecretListEntry",
    silence: "the reply of secretsmanager:ListSecrets does not hold it",
    fields: SECRET_FIELDS,
    direct: &[
        (SECRET_ROTATION, boolean("rotation_enabled").default(false)),
        (ROTATION_PERIOD_DAYS, integer("rotation_rules").or_missing("it is not rotated")),
        (POLICY_PUBLIC, boolean("policy")),
        (POLICY_FOREIGN_ACCOUNTS, strings("policy_foreign_accounts")),
    ],
};

const GLOBAL: &[Field] = &[
    plain("arn", "GlobalCluster.GlobalClusterArn"),
    plain("global_cluster_identifier", "GlobalCluster.GlobalClusterIdentifier"),
    plain("engine", "GlobalCluster.Engine"),
    plain("engine_version", "GlobalCluster.EngineVersion"),
    plain("engine_lifecycle_support", "GlobalCluster.EngineLifecycleSupport"),
    with("storage_encrypted", "GlobalCluster.StorageEncrypted", |object| encrypted(object, "StorageEncrypted")),
    with("storage_encryption_type", "GlobalCluster.StorageEncryptionType", encryption_type),
    plain("deletion_protection", "GlobalCluster.DeletionProtection"),
    with("tags_all", "GlobalCluster.TagList", tags),
];

const PROXY_FIELDS: &[Field] = &[
    plain("arn", "DBProxy.DBProxyArn"),
    plain("name", "DBProxy.DBProxyName"),
    plain("require_tls", "DBProxy.RequireTLS"),
    plain("debug_logging", "DBProxy.DebugLogging"),
    plain("idle_client_timeout", "DBProxy.IdleClientTimeout"),
    plain("role_arn", "DBProxy.RoleArn"),
    plain("default_auth_scheme", "DBProxy.DefaultAuthScheme"),
    with("auth", "DBProxy.Auth", auth),
    with("auth.secret_arn", "DBProxy.Auth.SecretArn", by_another_call),
    with("auth.iam_auth", "DBProxy.Auth.IAMAuth", by_another_call),
    with("proxy_targets", "DBProxyTarget.RdsResourceId", by_another_call),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

const SUBSCRIPTION: &[Field] = &[
    plain("arn", "EventSubscription.EventSubscriptionArn"),
    plain("name", "EventSubscription.CustSubscriptionId"),
    // Without a source type, a subscription is for all of them (catalogue row rds-events-instance).
    optional("source_type", "EventSubscription.SourceType"),
    list("event_categories", "EventSubscription.EventCategoriesList"),
    list("source_ids", "EventSubscription.SourceIdsList"),
    plain("sns_topic", "EventSubscription.SnsTopicArn"),
    plain("enabled", "EventSubscription.Enabled"),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

const REPLICATION: &[Field] = &[
    plain("arn", "DBInstanceAutomatedBackup.DBInstanceAutomatedBackupsArn"),
    plain("id", "DBInstanceAutomatedBackup.DBInstanceAutomatedBackupsArn"),
    plain("source_db_instance_arn", "DBInstanceAutomatedBackup.DBInstanceArn"),
    with("kms_key_id", "DBInstanceAutomatedBackup.KmsKeyId", |object| key(object, "Encrypted")),
];

const KEY_FIELDS: &[Field] = &[
    plain("arn", "KeyMetadata.Arn"),
    plain("key_id", "KeyMetadata.KeyId"),
    plain("is_enabled", "KeyMetadata.Enabled"),
    plain("key_manager", "KeyMetadata.KeyManager"),
    with("enable_key_rotation", "GetKeyRotationStatus.KeyRotationEnabled", by_another_call),
    with("policy_public", "GetKeyPolicy.Policy", by_another_call),
];

const SECRET_FIELDS: &[Field] = &[
    plain("arn", "SecretListEntry.ARN"),
    plain("name", "SecretListEntry.Name"),
    with("rotation_enabled", "SecretListEntry.RotationEnabled", rotated),
    with("rotation_rules", "SecretListEntry.RotationRules", rotation_period),
    // API_SecretListEntry: "if the secret is encrypted with the AWS managed key aws/secretsmanager, this field is omitted".
    optional("kms_key_id", "SecretListEntry.KmsKeyId"),
    with("set_at", "SecretListEntry.LastRotatedDate", |object| {
        let rotated = at(object, "LastRotatedDate").is_some();
        instant_at(object, if rotated { "LastRotatedDate" } else { "CreatedDate" })
    }),
    with("last_used_at", "SecretListEntry.LastAccessedDate", |object| {
        let used = at(object, "LastAccessedDate").is_some();
        instant_at(object, if used { "LastAccessedDate" } else { "CreatedDate" })
    }),
    optional("owning_service", "SecretListEntry.OwningService"),
    with("policy", "GetResourcePolicy.ResourcePolicy", by_another_call),
    with("policy_foreign_accounts", "GetResourcePolicy.ResourcePolicy", by_another_call),
    with("tags_all", "SecretListEntry.Tags", |object| tags_of(object, "Tags")),
];

/// Secrets Manager returns null for a secret whose rotation was never configured
/// (docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html).
fn rotated(object: &Object<'_>) -> Told {
    match at(object, "RotationEnabled") {
        None => Told::Off,
        Some(on) => Told::from(on.as_bool().map(|on| json!(on))),
    }
}

/// After how many days the secret is rotated; off without rules.
fn rotation_period(object: &Object<'_>) -> Told {
    let Some(rules) = at(object, "RotationRules") else { return Told::Off };
    let days = rules.get("AutomaticallyAfterDays").and_then(to_integer).filter(|days| *days > 0);
    let days = days.or_else(|| schedule::longest_days(text_at(rules, "ScheduleExpression")?));
    Told::from(days.map(|days| json!(days)))
}

fn auth(object: &Object<'_>) -> Told {
    let blocks = at(object, "Auth").and_then(Json::as_array);
    let block = |auth: &Json| Some(json!({"secret_arn": auth.get("SecretArn"), "iam_auth": text_at(auth, "IAMAuth")?}));
    let blocks = blocks.and_then(|blocks| blocks.iter().map(block).collect::<Option<Vec<_>>>());
    Told::from(blocks.map(Json::Array))
}
