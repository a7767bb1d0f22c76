//! Amazon DynamoDB: tables, their replicas in other regions, and what lets their capacity grow.
//!
//! Unless something else is named, defaults are those of the catalogue's column `when_omitted` and of the provider's
//! documentation of the resource type.

use serde_json::Value as Json;

use crate::facts::aws::{api, key, policy_document, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Capacity, Feed, Role, Target};
use crate::facts::mapping::{
    Derived, EMPTY, Mapping, Row, absent, derived, given, joined, observed, relation, relation_below, relation_in,
};
use crate::facts::view::{Constant, View, boolean, integer, lower, text, to_bool, to_integer, to_text};
use crate::model::{FactState, Kind, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

pub(super) static TABLE: Mapping = Mapping {
    resource_type: "aws_dynamodb_table",
    kind: Some(|_| Kind::Table),
    ids: &["id", "arn", "name"],
    target: Some(Target::Table),
    rows: TABLE_ROWS,
    relations: &[relation_in(Role::Key, &[Target::Key], ENCRYPTION, "kms_key_arn")],
    api: &api::TABLE,
    ..EMPTY
};

const ENCRYPTION: &str = "server_side_encryption";
const RECOVERY: &str = "point_in_time_recovery";
const ONLY_WHAT_RUNS: &str = "only what runs tells, and the source does not";
const ON_DEMAND: Text = Text::Static("the table is charged by what it serves, and has no capacity of its own");

const TABLE_ROWS: &[Row] = &[
    // Identity
    derived(ENGINE, &["name"], |_| shared::engine("dynamodb")),
    // Every replica of a global table is written to, is backed up, and can be deleted by itself.
    derived(IS_REPLICA, &["name"], shared::no),
    derived(HOLDS_DATA, &["name"], shared::yes),
    // Encryption. docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html: always, with a key of DynamoDB's
    // own where none is asked for.
    derived(ENCRYPTED_AT_REST, &["name"], |_| (FactState::Known(Value::Bool(true)), SetBy::Derived)),
    derived(CUSTOMER_MANAGED_KEY, &[ENCRYPTION], customer_managed_key),
    derived(STORAGE_KEY, &[ENCRYPTION], storage_key),
    joined(KEY_ROTATION, ENCRYPTION),
    joined(KEY_ENABLED, ENCRYPTION),
    // Retention
    derived(BACKUP_RETENTION_DAYS, &[RECOVERY], recovery_days),
    derived(REPLICAS_WITHOUT_BACKUPS, &["replica"], replicas_without_backups),
    // Availability
    given(DELETION_PROTECTION, boolean("deletion_protection_enabled").default(false)),
    given(CAPACITY_MODE, CAPACITY_MODE_NAME),
    joined(CAPACITY_SCALES, "billing_mode"),
    derived(READ_CAPACITY_UNITS, &["read_capacity"], |view| units(view, "read_capacity")),
    derived(WRITE_CAPACITY_UNITS, &["write_capacity"], |view| units(view, "write_capacity")),
    // Access
    joined(POLICY_PUBLIC, "arn"),
    joined(POLICY_FOREIGN_ACCOUNTS, "arn"),
    observed(CREATED_AT, text("created_at"), ONLY_WHAT_RUNS),
    observed(ITEM_COUNT, integer("item_count"), ONLY_WHAT_RUNS),
];

const CAPACITY_MODE_NAME: crate::facts::view::Attr = lower("billing_mode").means(Constant::Text("provisioned"));

/// What encrypts a table.
enum Encryption {
    /// A key that DynamoDB owns and shows to nobody.
    Unseen,
    /// The account's default key of DynamoDB.
    Default,
    /// The key that the block names.
    Named,
    /// Nothing tells.
    Open(Unknown),
}

fn encryption(view: &View<'_>) -> Encryption {
    match view.get(ENCRYPTION) {
        Attribute::Sensitive => return Encryption::Open(Unknown::Sensitive),
        Attribute::Undetermined(why) => return Encryption::Open(why.clone()),
        Attribute::Referenced(_) => return Encryption::Open(Unknown::KnownAfterApply),
        Attribute::Computed if !view.new => return Encryption::Open(Unknown::KnownAfterApply),
        Attribute::Known(_) | Attribute::Null | Attribute::Computed => {}
    }
    let Some(block) = view.blocks(ENCRYPTION).first() else { return Encryption::Unseen };
    if view.unknown_in_block(ENCRYPTION, 0, "enabled") {
        return Encryption::Open(Unknown::KnownAfterApply);
    }
    let key = block.get("kms_key_arn").and_then(Json::as_str).filter(|key| !key.is_empty());
    let is_named = key.is_some()
        || view.unknown_in_block(ENCRYPTION, 0, "kms_key_arn")
        || view.sensitive_in_block(ENCRYPTION, 0, "kms_key_arn");
    match block.get("enabled").and_then(to_bool) {
        Some(true) if is_named => Encryption::Named,
        Some(true) => Encryption::Default,
        Some(false) => Encryption::Unseen,
        None => Encryption::Open(Unknown::KnownAfterApply),
    }
}

/// A state never holds the account's default key: the provider leaves it out ("This attribute will not be populated with the
/// ARN of default keys", documentation of `server_side_encryption`).
fn customer_managed_key(view: &View<'_>) -> Derived {
    match encryption(view) {
        Encryption::Named => key::customer_managed_in(view, ENCRYPTION, "kms_key_arn"),
        Encryption::Unseen | Encryption::Default => (FactState::Known(Value::Bool(false)), set_by(view, ENCRYPTION)),
        Encryption::Open(why) => (FactState::Unknown(why), SetBy::Source),
    }
}

fn storage_key(view: &View<'_>) -> Derived {
    let state = match encryption(view) {
        Encryption::Unseen => FactState::Missing(Text::Static("no key of the key service encrypts it")),
        Encryption::Default => FactState::Known(Value::from("alias/aws/dynamodb")),
        Encryption::Named => key::named_in(view, ENCRYPTION, "kms_key_arn"),
        Encryption::Open(why) => FactState::Unknown(why),
    };
    (state, set_by(view, ENCRYPTION))
}

/// Whether a block was there to tell.
fn set_by(view: &View<'_>, block: &str) -> SetBy {
    if view.blocks(block).is_empty() { SetBy::Default } else { SetBy::Source }
}

/// How far back point-in-time recovery reaches: 35 days unless somebody chooses less
/// (API_PointInTimeRecoverySpecification, `RecoveryPeriodInDays`), and not at all where it is off.
fn recovery_days(view: &View<'_>) -> Derived {
    let state = match view.get(RECOVERY) {
        Attribute::Sensitive => FactState::Unknown(Unknown::Sensitive),
        Attribute::Undetermined(why) => FactState::Unknown(why.clone()),
        Attribute::Referenced(_) => FactState::Unknown(Unknown::KnownAfterApply),
        Attribute::Computed if !view.new => FactState::Unknown(Unknown::KnownAfterApply),
        Attribute::Known(_) | Attribute::Null | Attribute::Computed => match view.blocks(RECOVERY).first() {
            None => FactState::Known(Value::Integer(0)),
            Some(block) => days_of(view, block),
        },
    };
    (state, set_by(view, RECOVERY))
}

fn days_of(view: &View<'_>, block: &Json) -> FactState {
    let days = block.get("recovery_period_in_days").and_then(to_integer).filter(|days| *days > 0);
    let is_open = || view.unknown_in_block(RECOVERY, 0, "recovery_period_in_days");
    match (block.get("enabled").and_then(to_bool), days) {
        (None, _) => FactState::Unknown(Unknown::KnownAfterApply),
        (Some(false), _) => FactState::Known(Value::Integer(0)),
        (Some(true), Some(days)) => FactState::Known(Value::Integer(days)),
        (Some(true), None) if is_open() && view.sets_to_unknown(RECOVERY) => {
            FactState::Unknown(Unknown::KnownAfterApply)
        }
        (Some(true), None) => FactState::Known(Value::Integer(35)),
    }
}

/// The regions of the replicas that the table declares itself and that are not backed up.
fn replicas_without_backups(view: &View<'_>) -> Derived {
    if view.running.is_some() {
        return (FactState::Missing(OF_ITS_REGION), SetBy::Source);
    }
    let state = match view.get("replica") {
        Attribute::Sensitive => FactState::Unknown(Unknown::Sensitive),
        Attribute::Undetermined(why) => FactState::Unknown(why.clone()),
        Attribute::Referenced(_) | Attribute::Computed => FactState::Unknown(Unknown::KnownAfterApply),
        Attribute::Known(_) | Attribute::Null => without_backups(view),
    };
    (state, SetBy::Source)
}

const OF_ITS_REGION: Text = Text::Static("each replica is a table of its region, and is judged there");

fn without_backups(view: &View<'_>) -> FactState {
    let (mut regions, mut open) = (Vec::new(), None);
    for (position, replica) in view.blocks("replica").iter().enumerate() {
        let unknown = |field| view.unknown_in_block("replica", position, field);
        let region = replica.get("region_name").and_then(to_text);
        match (region, replica.get(RECOVERY).and_then(to_bool)) {
            _ if unknown("region_name") || unknown(RECOVERY) => open = Some(Unknown::KnownAfterApply),
            (_, Some(true)) => {}
            (Some(region), _) => regions.push(Value::from(region)),
            (None, _) => open = Some(Unknown::Invalid(Text::Static("a replica does not name its region"))),
        }
    }
    match open {
        Some(why) if regions.is_empty() => FactState::Unknown(why),
        Some(why) => FactState::Partial(Value::set(regions), why),
        None => FactState::Known(Value::set(regions)),
    }
}

/// Units that are set aside; a table without any is charged by what it serves.
fn units(view: &View<'_>, attribute: &'static str) -> Derived {
    match CAPACITY_MODE_NAME.state(view) {
        (FactState::Known(mode), set_by) if mode.as_str() != Some("provisioned") => {
            (FactState::Missing(ON_DEMAND), set_by)
        }
        (FactState::Known(_), _) => integer(attribute).state(view),
        open => open,
    }
}

pub(super) static TABLE_REPLICA: Mapping = Mapping {
    resource_type: "aws_dynamodb_table_replica",
    kind: Some(|_| Kind::Table),
    name: "id",
    target: Some(Target::Table),
    rows: REPLICA_ROWS,
    relations: &[relation(Role::Key, &[Target::Key], "kms_key_arn")],
    ..EMPTY
};

const OF_TABLE: &str = "a replica shares it with the table that it is declared for";

const REPLICA_ROWS: &[Row] = &[
    derived(ENGINE, &["global_table_arn"], |_| shared::engine("dynamodb")),
    derived(IS_REPLICA, &["global_table_arn"], shared::no),
    derived(HOLDS_DATA, &["global_table_arn"], shared::yes),
    derived(ENCRYPTED_AT_REST, &["global_table_arn"], |_| (FactState::Known(Value::Bool(true)), SetBy::Derived)),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_arn"], |view| key::customer_managed(view, "kms_key_arn")),
    given(STORAGE_KEY, text("kms_key_arn").none_missing("no key of the key service encrypts it")),
    joined(KEY_ROTATION, "kms_key_arn"),
    joined(KEY_ENABLED, "kms_key_arn"),
    derived(BACKUP_RETENTION_DAYS, &[RECOVERY], replica_recovery_days),
    absent(REPLICAS_WITHOUT_BACKUPS, "it is a replica itself"),
    given(DELETION_PROTECTION, boolean("deletion_protection_enabled").creates(Constant::Boolean(false))),
    absent(CAPACITY_MODE, OF_TABLE),
    absent(CAPACITY_SCALES, OF_TABLE),
    absent(READ_CAPACITY_UNITS, OF_TABLE),
    absent(WRITE_CAPACITY_UNITS, OF_TABLE),
    joined(POLICY_PUBLIC, "arn"),
    joined(POLICY_FOREIGN_ACCOUNTS, "arn"),
    observed(CREATED_AT, text("created_at"), ONLY_WHAT_RUNS),
    observed(ITEM_COUNT, integer("item_count"), ONLY_WHAT_RUNS),
];

/// A replica has a switch only, and reaches back as far as DynamoDB does when nobody chooses.
fn replica_recovery_days(view: &View<'_>) -> Derived {
    match boolean(RECOVERY).default(false).state(view) {
        (FactState::Known(Value::Bool(on)), set_by) => {
            (FactState::Known(Value::Integer(if on { 35 } else { 0 })), set_by)
        }
        open => open,
    }
}

pub(super) static RESOURCE_POLICY: Mapping = Mapping {
    resource_type: "aws_dynamodb_resource_policy",
    relations: &[relation(Role::Whole, &[Target::Table], "resource_arn")],
    feed: Some(|view| Feed::Policy(policy_document::of(view))),
    ..EMPTY
};

/// Lets the capacity of something grow: of tables, and of what other services run.
pub(super) static SCALABLE_TARGET: Mapping = Mapping {
    resource_type: "aws_appautoscaling_target",
    relations: &[relation_below(Role::Source, &[Target::Table], "resource_id", "table/")],
    feed: Some(|view| Feed::Scaling(capacity(view))),
    ..EMPTY
};

/// Which capacity of a table a dimension is; that of indexes and of other services is none.
fn capacity(view: &View<'_>) -> Capacity {
    match view.text("scalable_dimension") {
        Some("dynamodb:table:ReadCapacityUnits") => Capacity::Read,
        Some("dynamodb:table:WriteCapacityUnits") => Capacity::Write,
        Some(_) => Capacity::Other,
        None => Capacity::Undetermined,
    }
}

#[cfg(test)]
mod tests;
