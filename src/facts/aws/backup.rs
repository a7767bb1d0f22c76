//! AWS Backup: vaults, what protects their recovery points, plans, and what the service does in a region.

use serde_json::Value as Json;

use crate::facts::aws::{api, key, policy_document, schedule, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Feed, Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, RelationRow, derived, joined, relation};
use crate::facts::view::{View, strings, to_bool, to_integer};
use crate::model::{FactState, Kind, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

/// Omitted, the key is the provider's own `aws/backup` (catalogue row backup-vault-encrypted-cmk).
pub(super) static BACKUP_VAULT: Mapping = Mapping {
    resource_type: "aws_backup_vault",
    rows: &[
        derived(CUSTOMER_MANAGED_KEY, &["kms_key_arn"], |view| key::customer_managed(view, "kms_key_arn")),
        joined(POLICY_PUBLIC, "name"),
        joined(POLICY_FOREIGN_ACCOUNTS, "name"),
        joined(RECOVERY_POINTS_UNDELETABLE, "name"),
        joined(BACKUP_EVENTS, "name"),
    ],
    relations: &[relation(Role::Key, &[Target::Key], "kms_key_arn")],
    ..VAULT
};

/// A vault that belongs to the backup service: it is locked from the start, and what is in it is encrypted with a key of the
/// service unless another is named (docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html).
pub(super) static BACKUP_LOGICALLY_AIR_GAPPED_VAULT: Mapping = Mapping {
    rows: &[
        derived(CUSTOMER_MANAGED_KEY, &["encryption_key_arn"], |view| {
            key::customer_managed(view, "encryption_key_arn")
        }),
        joined(POLICY_PUBLIC, "name"),
        joined(POLICY_FOREIGN_ACCOUNTS, "name"),
        derived(RECOVERY_POINTS_UNDELETABLE, &["name"], shared::yes),
        joined(BACKUP_EVENTS, "name"),
    ],
    relations: &[relation(Role::Key, &[Target::Key], "encryption_key_arn")],
    resource_type: "aws_backup_logically_air_gapped_vault",
    ..VAULT
};

const VAULT: Mapping = Mapping {
    kind: Some(|_| Kind::BackupVault),
    ids: &["id", "arn", "name"],
    target: Some(Target::BackupVault),
    api: &api::BACKUP_VAULT,
    ..EMPTY
};

const OF_VAULT: &[RelationRow] = &[relation(Role::Whole, &[Target::BackupVault], "backup_vault_name")];

pub(super) static BACKUP_VAULT_POLICY: Mapping = Mapping {
    resource_type: "aws_backup_vault_policy",
    relations: OF_VAULT,
    feed: Some(|view| Feed::Policy(policy_document::of(view))),
    ..EMPTY
};

pub(super) static BACKUP_VAULT_LOCK_CONFIGURATION: Mapping = Mapping {
    resource_type: "aws_backup_vault_lock_configuration",
    relations: OF_VAULT,
    feed: Some(|_| Feed::VaultLock),
    ..EMPTY
};

pub(super) static BACKUP_VAULT_NOTIFICATIONS: Mapping = Mapping {
    resource_type: "aws_backup_vault_notifications",
    relations: OF_VAULT,
    feed: Some(|view| Feed::VaultEvents(strings("backup_vault_events").state(view).0)),
    ..EMPTY
};

pub(super) static BACKUP_PLAN: Mapping = Mapping {
    resource_type: "aws_backup_plan",
    kind: Some(|_| Kind::BackupPlan),
    rows: &[derived(DAILY_BACKUP_RETENTION_DAYS, &["rule"], daily_retention)],
    feed: Some(|_| Feed::BackupPlan),
    api: &api::BACKUP_PLAN,
    ..EMPTY
};

pub(super) static BACKUP_REGION_SETTINGS: Mapping = Mapping {
    resource_type: "aws_backup_region_settings",
    kind: Some(|_| Kind::BackupSettings),
    name: "id",
    ids: &["id"],
    rows: &[
        derived(BACKUP_OPT_IN, &["resource_type_opt_in_preference"], opted_in),
        joined(BACKUP_PLANS, "resource_type_opt_in_preference"),
    ],
    api: &api::BACKUP_SETTINGS,
    ..EMPTY
};

/// What is kept until somebody deletes it, in days: a hundred years, the longest that the service keeps anything for.
pub(in crate::facts::aws) const FOR_EVER: i64 = 36_500;

/// When a rule without a schedule runs (docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html): once a day.
const DEFAULT_SCHEDULE: &str = "cron(0 5 ? * * *)";

/// The longest retention of the rules that run at least daily; 0 when none does.
fn daily_retention(view: &View<'_>) -> Derived {
    let rules = view.blocks("rule");
    let state = match view.get("rule") {
        Attribute::Sensitive => FactState::Unknown(Unknown::Sensitive),
        Attribute::Undetermined(why) => FactState::Unknown(why.clone()),
        Attribute::Known(_) => of_rules(view, rules),
        _ => FactState::Unknown(Unknown::KnownAfterApply),
    };
    (state, SetBy::Derived)
}

fn of_rules(view: &View<'_>, rules: &[Json]) -> FactState {
    let mut longest = 0;
    for (position, rule) in rules.iter().enumerate() {
        match retention(view, position, rule) {
            Ok(days) => longest = longest.max(days),
            Err(why) => return FactState::Unknown(why),
        }
    }
    FactState::Known(Value::Integer(longest))
}

/// For how long a rule keeps what it backs up daily; 0 for one that runs less often.
fn retention(view: &View<'_>, position: usize, rule: &Json) -> Result<i64, Unknown> {
    if ["schedule", "lifecycle"].iter().any(|field| view.unknown_in_block("rule", position, field)) {
        return Err(Unknown::KnownAfterApply);
    }
    let schedule = rule.get("schedule").and_then(Json::as_str).filter(|schedule| !schedule.is_empty());
    let days = schedule::longest_days(schedule.unwrap_or(DEFAULT_SCHEDULE));
    if days.ok_or(Unknown::Invalid(Text::Static("the schedule of a rule cannot be read")))? > 1 {
        return Ok(0);
    }
    let lifecycle = rule.get("lifecycle").and_then(|lifecycle| lifecycle.get(0));
    let deleted = lifecycle.and_then(|lifecycle| to_integer(lifecycle.get("delete_after")?)).filter(|days| *days > 0);
    Ok(deleted.unwrap_or(FOR_EVER))
}

/// The types of resources that the service backs up by plans.
fn opted_in(view: &View<'_>) -> Derived {
    let state = match view.get("resource_type_opt_in_preference") {
        Attribute::Known(Json::Object(_)) if view.is_unknown_inside("resource_type_opt_in_preference") => {
            FactState::Unknown(Unknown::KnownAfterApply)
        }
        Attribute::Known(Json::Object(types)) => {
            let on = types.iter().filter(|(_, on)| to_bool(on) == Some(true));
            FactState::Known(Value::set(on.map(|(name, _)| Value::from(name.as_str()))))
        }
        Attribute::Sensitive => FactState::Unknown(Unknown::Sensitive),
        Attribute::Undetermined(why) => FactState::Unknown(why.clone()),
        _ => FactState::Unknown(Unknown::KnownAfterApply),
    };
    (state, SetBy::Source)
}
