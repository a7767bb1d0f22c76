//! Amazon Keyspaces: tables of Cassandra. Terraform tells of them; no collection asks for them.
//!
//! Defaults are those of docs.aws.amazon.com/keyspaces/latest/APIReference/API_CreateTable.html.

use serde_json::Value as Json;

use crate::facts::aws::{key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, Row, absent, derived, joined, relation_in};
use crate::facts::view::{View, to_integer};
use crate::model::{FactState, Kind, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

pub(super) static TABLE: Mapping = Mapping {
    resource_type: "aws_keyspaces_table",
    kind: Some(|_| Kind::Table),
    name: "table_name",
    rows: ROWS,
    relations: &[relation_in(Role::Key, &[Target::Key], ENCRYPTION, KEY)],
    ..EMPTY
};

const ENCRYPTION: &str = "encryption_specification";
const KEY: &str = "kms_key_identifier";
const CAPACITY: &str = "capacity_specification";
const RECOVERY: &str = "point_in_time_recovery";

const NO_POLICY: &str = "tables of Keyspaces have no policy of their own";
const NOT_ASKED: &str = "a collection does not ask for tables of Keyspaces";

const ROWS: &[Row] = &[
    derived(ENGINE, &["table_name"], |_| shared::engine("keyspaces")),
    derived(IS_REPLICA, &["table_name"], shared::no),
    derived(HOLDS_DATA, &["table_name"], shared::yes),
    // docs.aws.amazon.com/keyspaces/latest/devguide/EncryptionAtRest.html: always.
    derived(ENCRYPTED_AT_REST, &["table_name"], shared::yes),
    derived(CUSTOMER_MANAGED_KEY, &[ENCRYPTION], customer_managed_key),
    derived(STORAGE_KEY, &[ENCRYPTION], storage_key),
    joined(KEY_ROTATION, ENCRYPTION),
    joined(KEY_ENABLED, ENCRYPTION),
    derived(BACKUP_RETENTION_DAYS, &[RECOVERY], recovery_days),
    absent(REPLICAS_WITHOUT_BACKUPS, "a table of Keyspaces and its replicas share the switch"),
    absent(DELETION_PROTECTION, "Keyspaces has no deletion protection"),
    derived(CAPACITY_MODE, &[CAPACITY], mode),
    derived(CAPACITY_SCALES, &[CAPACITY], scales),
    derived(READ_CAPACITY_UNITS, &[CAPACITY], |view| units(view, "read_capacity_units")),
    derived(WRITE_CAPACITY_UNITS, &[CAPACITY], |view| units(view, "write_capacity_units")),
    absent(POLICY_PUBLIC, NO_POLICY),
    absent(POLICY_FOREIGN_ACCOUNTS, NO_POLICY),
    absent(CREATED_AT, NOT_ASKED),
    absent(ITEM_COUNT, NOT_ASKED),
];

/// The field of a block that there is one of at most; nothing where it is left out, so that the default holds.
fn field<'v>(view: &'v View<'_>, block: &str, field: &str) -> Result<Option<&'v Json>, Unknown> {
    match view.get(block) {
        Attribute::Sensitive => return Err(Unknown::Sensitive),
        Attribute::Undetermined(why) => return Err(why.clone()),
        Attribute::Referenced(_) => return Err(Unknown::KnownAfterApply),
        Attribute::Computed if !view.new => return Err(Unknown::KnownAfterApply),
        Attribute::Known(_) | Attribute::Null | Attribute::Computed => {}
    }
    let told = view.blocks(block).first().and_then(|block| block.get(field)).filter(|told| !told.is_null());
    match told {
        None if view.unknown_in_block(block, 0, field) && view.sets_to_unknown(block) => Err(Unknown::KnownAfterApply),
        told => Ok(told),
    }
}

/// A word of a block, lower case, or what holds without it.
fn word(view: &View<'_>, block: &str, name: &str, default: &'static str) -> Derived {
    let set_by = if view.blocks(block).is_empty() { SetBy::Default } else { SetBy::Source };
    let word = |told: Option<&Json>| told.and_then(Json::as_str).map_or(default.to_owned(), str::to_lowercase);
    match field(view, block, name) {
        Ok(told) => (FactState::Known(Value::from(word(told))), set_by),
        Err(why) => (FactState::Unknown(why), SetBy::Source),
    }
}

/// Whether a key of the customer is named; AWS owns the key otherwise. The name is never computed: one that is not known yet is
/// named all the same.
fn names_key(view: &View<'_>) -> Derived {
    let is_hidden = || view.unknown_in_block(ENCRYPTION, 0, KEY) || view.sensitive_in_block(ENCRYPTION, 0, KEY);
    let is_block = !view.blocks(ENCRYPTION).is_empty();
    match field(view, ENCRYPTION, KEY) {
        Err(why) if !is_block => (FactState::Unknown(why), SetBy::Source),
        Ok(_) if !is_block => (FactState::Known(Value::Bool(false)), SetBy::Default),
        told => {
            let is_named = told.ok().flatten().and_then(Json::as_str).is_some_and(|key| !key.is_empty());
            (FactState::Known(Value::Bool(is_named || is_hidden())), SetBy::Source)
        }
    }
}

fn customer_managed_key(view: &View<'_>) -> Derived {
    match names_key(view) {
        (FactState::Known(Value::Bool(true)), _) => key::customer_managed_in(view, ENCRYPTION, KEY),
        told => told,
    }
}

fn storage_key(view: &View<'_>) -> Derived {
    match names_key(view) {
        (FactState::Known(Value::Bool(true)), set_by) => (key::named_in(view, ENCRYPTION, KEY), set_by),
        (FactState::Known(_), set_by) => (FactState::Missing(UNSEEN), set_by),
        open => open,
    }
}

const UNSEEN: Text = Text::Static("no key of the key service encrypts it");

/// 35 days where it is on (docs.aws.amazon.com/keyspaces/latest/devguide/PointInTimeRecovery_HowItWorks.html).
fn recovery_days(view: &View<'_>) -> Derived {
    match word(view, RECOVERY, "status", "disabled") {
        (FactState::Known(status), set_by) => {
            let days = if status.as_str() == Some("enabled") { 35 } else { 0 };
            (FactState::Known(Value::Integer(days)), set_by)
        }
        open => open,
    }
}

fn mode(view: &View<'_>) -> Derived {
    word(view, CAPACITY, "throughput_mode", "pay_per_request")
}

fn is_provisioned(view: &View<'_>) -> Result<(bool, SetBy), Derived> {
    match mode(view) {
        (FactState::Known(mode), set_by) => Ok((mode.as_str() == Some("provisioned"), set_by)),
        open => Err(open),
    }
}

fn scales(view: &View<'_>) -> Derived {
    const NOT_LOOKED_UP: Unknown =
        Unknown::NotCollected(Text::Static("what scales the capacity of Keyspaces is not looked up"));
    match is_provisioned(view) {
        Ok((false, set_by)) => (FactState::Known(Value::Bool(true)), set_by),
        Ok((true, set_by)) => (FactState::Unknown(NOT_LOOKED_UP), set_by),
        Err(open) => open,
    }
}

fn units(view: &View<'_>, name: &str) -> Derived {
    const ON_DEMAND: Text = Text::Static("the table is charged by what it serves, and has no capacity of its own");
    match (is_provisioned(view), field(view, CAPACITY, name)) {
        (Err(open), _) => open,
        (Ok((false, set_by)), _) => (FactState::Missing(ON_DEMAND), set_by),
        (_, Err(why)) => (FactState::Unknown(why), SetBy::Source),
        (_, Ok(units)) => {
            let units = units.and_then(to_integer).map(|units| FactState::Known(Value::Integer(units)));
            (units.unwrap_or(FactState::Unknown(Unknown::KnownAfterApply)), SetBy::Source)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::facts::testing::{Sketch, creates, known, missing, records, state};

    fn table(values: Json) -> Sketch {
        creates("aws_keyspaces_table.t", values)
    }

    #[test]
    fn a_table_that_says_nothing_has_what_aws_gives() {
        let computed =
            json!({"encryption_specification": true, "point_in_time_recovery": true, "capacity_specification": true});
        let table = table(json!({"table_name": "orders"})).unknown(computed).alone();
        assert_eq!(state(&table, ENCRYPTED_AT_REST), known(true));
        assert_eq!(state(&table, CUSTOMER_MANAGED_KEY), known(false));
        assert_eq!(missing(&state(&table, STORAGE_KEY)), "no key of the key service encrypts it");
        assert_eq!(state(&table, BACKUP_RETENTION_DAYS), known(0));
        assert_eq!(state(&table, CAPACITY_MODE), known("pay_per_request"));
        assert_eq!(state(&table, CAPACITY_SCALES), known(true));
    }

    #[test]
    fn a_key_that_is_not_known_yet_is_named_all_the_same() {
        let table = table(json!({"encryption_specification": [{"type": "CUSTOMER_MANAGED_KMS_KEY"}]}))
            .unknown(json!({"encryption_specification": [{"kms_key_identifier": true}]}))
            .refers("encryption_specification", &["aws_kms_key.main.arn"], &["aws_kms_key.main"])
            .alone();
        assert_eq!(state(&table, CUSTOMER_MANAGED_KEY), known(true));
        assert_eq!(state(&table, STORAGE_KEY), FactState::Unknown(Unknown::KnownAfterApply));
    }

    #[test]
    fn what_is_recorded_counts() {
        let table = records(
            "aws_keyspaces_table.t",
            json!({"encryption_specification": [{"type": "AWS_OWNED_KMS_KEY", "kms_key_identifier": ""}],
                "point_in_time_recovery": [{"status": "ENABLED"}],
                "capacity_specification": [{"throughput_mode": "PROVISIONED", "read_capacity_units": 5, "write_capacity_units": 6}]}),
        );
        let table = table.alone();
        assert_eq!(state(&table, CUSTOMER_MANAGED_KEY), known(false));
        assert_eq!(state(&table, BACKUP_RETENTION_DAYS), known(35));
        assert_eq!((state(&table, READ_CAPACITY_UNITS), state(&table, WRITE_CAPACITY_UNITS)), (known(5), known(6)));
        assert!(matches!(state(&table, CAPACITY_SCALES), FactState::Unknown(_)));
    }
}
