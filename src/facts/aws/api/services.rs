//! The services around databases: backups, log groups, detection of attacks.

use serde_json::{Value as Json, json};

use super::groups::by_another_call;
use crate::facts::api::{Api, Field, Object, Told, at, items, optional, plain, text_at, with};
use crate::facts::catalogue::*;
use crate::facts::view::{boolean, integer, strings};

pub(in crate::facts::aws) const BACKUP_VAULT: Api = Api {
    object: "BackupVaultListMember",
    silence: "the reply of backup:ListBackupVaults does not hold it",
    fields: VAULT,
    direct: &[
        (POLICY_PUBLIC, boolean("policy_public")),
        (POLICY_FOREIGN_ACCOUNTS, strings("policy_foreign_accounts")),
        (RECOVERY_POINTS_UNDELETABLE, boolean("locked")),
        (BACKUP_EVENTS, strings("backup_vault_events")),
    ],
};

pub(in crate::facts::aws) const BACKUP_PLAN: Api = Api {
    object: "GetBackupPlanOutput",
    silence: "the reply of backup:GetBackupPlan does not hold it",
    fields: PLAN,
    direct: &[],
};

pub(in crate::facts::aws) const BACKUP_SETTINGS: Api = Api {
    object: "DescribeRegionSettingsOutput",
    silence: "the reply of backup:DescribeRegionSettings does not hold it",
    fields: SETTINGS,
    direct: &[(BACKUP_PLANS, integer("backup_plans"))],
};

pub(in crate::facts::aws) const LOG_GROUP: Api = Api {
    object: "LogGroup",
    silence: "the reply of logs:DescribeLogGroups does not hold it",
    fields: LOGS,
    direct: &[],
};

pub(in crate::facts::aws) const DETECTOR: Api = Api {
    object: "GetDetectorResponse",
    silence: "the reply of guardduty:GetDetector does not hold it",
    fields: WATCHES,
    direct: &[(LOGIN_MONITORING, boolean("login_monitoring"))],
};

const VAULT: &[Field] = &[
    plain("arn", "BackupVaultListMember.BackupVaultArn"),
    plain("name", "BackupVaultListMember.BackupVaultName"),
    with("kms_key_arn", "BackupVaultListMember.EncryptionKeyArn", vault_key),
    with("encryption_key_arn", "BackupVaultListMember.EncryptionKeyArn", vault_key),
    plain("locked", "BackupVaultListMember.Locked"),
    with("policy_public", "GetBackupVaultAccessPolicy.Policy", by_another_call),
    with("policy_foreign_accounts", "GetBackupVaultAccessPolicy.Policy", by_another_call),
    with("backup_vault_events", "GetBackupVaultNotifications.BackupVaultEvents", by_another_call),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

const PLAN: &[Field] = &[
    plain("arn", "GetBackupPlanOutput.BackupPlanArn"),
    plain("name", "GetBackupPlanOutput.BackupPlan.BackupPlanName"),
    with("rule", "GetBackupPlanOutput.BackupPlan.Rules", rules),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

const SETTINGS: &[Field] =
    &[plain("resource_type_opt_in_preference", "DescribeRegionSettingsOutput.ResourceTypeOptInPreference")];

const LOGS: &[Field] = &[
    // `arn` is the same with the streams of the group, `:*`, and older.
    with("arn", "LogGroup.logGroupArn", |object| {
        let streams = text_at(object, "arn").map(|arn| arn.trim_end_matches(":*"));
        Told::from(text_at(object, "logGroupArn").or(streams).map(|arn| json!(arn)))
    }),
    plain("name", "LogGroup.logGroupName"),
    // API_LogGroup: a group without a retention keeps its events for ever; one without a key is encrypted with CloudWatch's.
    optional("retention_in_days", "LogGroup.retentionInDays"),
    optional("kms_key_id", "LogGroup.kmsKeyId"),
];

const WATCHES: &[Field] = &[
    with("id", "GetDetectorResponse.DetectorId", by_another_call),
    with("enable", "GetDetectorResponse.Status", |object| {
        Told::from(text_at(object, "Status").map(|status| json!(status == "ENABLED")))
    }),
    with("login_monitoring", "GetDetectorResponse.Features", watches_logins),
];

/// A vault of the service's own is encrypted with a key of the service that nobody is shown.
fn vault_key(object: &Object<'_>) -> Told {
    match (text_at(object, "EncryptionKeyArn"), text_at(object, "EncryptionKeyType")) {
        (Some(key), _) => Told::Value(json!(key)),
        (None, Some("AWS_OWNED_KMS_KEY")) => Told::Off,
        (None, _) => Told::Nothing(None),
    }
}

/// The rules of a plan as Terraform's blocks.
fn rules(object: &Object<'_>) -> Told {
    let Some(Json::Array(rules)) = at(object, "BackupPlan.Rules") else { return Told::Nothing(None) };
    let block = |rule: &Json| {
        let deleted = at(rule, "Lifecycle.DeleteAfterDays");
        json!({"schedule": rule.get("ScheduleExpression"), "lifecycle": [{"delete_after": deleted}]})
    };
    Told::Value(Json::Array(rules.iter().map(block).collect()))
}

/// A detector that is suspended watches nothing; one that does not know the feature is in a region without it.
fn watches_logins(object: &Object<'_>) -> Told {
    if text_at(object, "Status").is_some_and(|status| status != "ENABLED") {
        return Told::Value(json!(false));
    }
    if at(object, "Features").is_none_or(|features| !features.is_array()) {
        return Told::Nothing(None);
    }
    let feature = items(object, "Features").iter().find(|feature| text_at(feature, "Name") == Some("RDS_LOGIN_EVENTS"));
    Told::Value(json!(feature.is_some_and(|feature| text_at(feature, "Status") == Some("ENABLED"))))
}
