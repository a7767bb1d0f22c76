//! Whose key encrypts something.

use crate::facts::mapping::Derived;
use crate::facts::view::{Attr, Constant, INHERITED, Inherits, Presence, View, text};
use crate::model::{FactState, SetBy, Text, Unknown, Value};
use crate::source::aws::names::is_account;
use crate::source::terraform::{Attribute, References};

const PROVIDERS_OWN: Unknown =
    Unknown::NotCollected(Text::Static("whether the recorded key is the provider's own needs kms:DescribeKey"));

/// Types of resources that are a key of the customer, or lead to one.
const KEY_TYPES: &[&str] =
    &["aws_kms_key", "aws_kms_alias", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key"];

/// Whether the key that an attribute names is managed by the customer. Omitted, the account's default key of the service
/// is used, which AWS manages.
pub(super) fn customer_managed(view: &View<'_>, attribute: &str) -> Derived {
    match view.get(attribute) {
        Attribute::Known(value) => {
            (value.as_str().map_or(INVALID, |key| of_known(view, attribute, key)), SetBy::Derived)
        }
        Attribute::Sensitive => (FactState::Unknown(Unknown::Sensitive), SetBy::Source),
        Attribute::Referenced(references) => (of_references(references), SetBy::Derived),
        Attribute::Undetermined(_) | Attribute::Null | Attribute::Computed if view.inherits != Inherits::Nothing => {
            (INHERITED, SetBy::Inherited)
        }
        Attribute::Undetermined(why) => (FactState::Unknown(why.clone()), SetBy::Source),
        Attribute::Computed if !view.new => (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Source),
        Attribute::Null | Attribute::Computed => (FactState::Known(Value::Bool(false)), SetBy::Default),
    }
}

/// Whether an attribute names a key. A reference that something else decides on may name none.
pub(super) fn presence(view: &View<'_>, attribute: &str) -> Presence {
    match (view.get(attribute), view.presence(attribute)) {
        (Attribute::Referenced(references), Presence::Set) if references.led.undecided => Presence::Undetermined,
        (_, presence) => presence,
    }
}

/// Whether the key that a field of a block names is managed by the customer, once it is known that the field names one. What is
/// recorded there was chosen by somebody.
pub(super) fn customer_managed_in(view: &View<'_>, block: &str, field: &str) -> Derived {
    let named = view.blocks(block).first().and_then(|block| block.get(field)?.as_str()).filter(|key| !key.is_empty());
    let state = match (named, view.references(block)) {
        (Some(key), _) if view.running.is_some() => of_known(view, block, key),
        (Some(key), None) => FactState::Known(Value::Bool(!is_providers(key))),
        (Some(key), Some(_)) => of_known(view, block, key),
        (None, _) if view.sensitive_in_block(block, 0, field) => FactState::Unknown(Unknown::Sensitive),
        (None, Some(references)) => of_references(references),
        (None, None) => FactState::Unknown(Unknown::KnownAfterApply),
    };
    (state, SetBy::Derived)
}

/// The key that a field of a block names, as it is named.
pub(super) fn named_in(view: &View<'_>, block: &str, field: &str) -> FactState {
    let named = view.blocks(block).first().and_then(|block| block.get(field)?.as_str()).filter(|key| !key.is_empty());
    match named {
        Some(key) => FactState::Known(Value::from(key)),
        None if view.sensitive_in_block(block, 0, field) => FactState::Unknown(Unknown::Sensitive),
        None => FactState::Unknown(Unknown::KnownAfterApply),
    }
}

/// Keys that AWS manages have aliases below `aws/`, in every partition.
fn is_providers(key: &str) -> bool {
    key.starts_with("alias/aws/") || key.contains(":alias/aws/")
}

/// The key of some storage as it is named. Omitted, it is the account's default key of the service (RDS.md section 2.1).
pub(super) fn of_storage(view: &View<'_>, encrypted: Derived, attribute: &'static str) -> Derived {
    if view.inherits == Inherits::Restored && encrypted.0 == INHERITED {
        return encrypted;
    }
    of_encrypted(encrypted, named(view, attribute, "alias/aws/rds").inherited().state(view))
}

/// The key of some storage as it is named. Omitted, the provider encrypts it with a key that it shows to nobody.
pub(super) fn of_storage_or_unseen(view: &View<'_>, encrypted: Derived, attribute: &'static str) -> Derived {
    let key = text(attribute);
    let key = if view.new { key.or_missing(NO_KEY) } else { key.none_missing(NO_KEY) };
    of_encrypted(encrypted, key.inherited().state(view))
}

fn of_encrypted(encrypted: Derived, (key, set_by): Derived) -> Derived {
    match encrypted {
        (FactState::Known(Value::Bool(false)), set_by) => (FactState::Missing(NOT_ENCRYPTED), set_by),
        (FactState::Known(_), _) => (key, set_by),
        // Whoever names a key means it, even where it is not known yet whether the storage is encrypted.
        _ if set_by == SetBy::Source && key.known().is_some() => (key, set_by),
        open => open,
    }
}

const NO_KEY: &str = "no key of the key service encrypts it";

const NOT_ENCRYPTED: Text = Text::Static("the storage is not encrypted");

/// A key by the attribute that names it: a new resource that omits it gets the service's default one; one that exists without
/// it is encrypted with a key that the provider shows to nobody (RDS.md section 7).
pub(super) fn named(view: &View<'_>, attribute: &'static str, default: &'static str) -> Attr {
    match view.new {
        true => text(attribute).creates(Constant::Text(default)),
        false => text(attribute).none_missing(NO_KEY),
    }
}

const INVALID: FactState = FactState::Unknown(Unknown::Invalid(Text::Static("the key is not a text")));

/// The provider's own keys work in their account only (docs.aws.amazon.com/kms/latest/developerguide/concepts.html, "AWS
/// managed keys"), so that a key of another account is somebody's.
fn is_of_another_account(view: &View<'_>, key: &str) -> bool {
    const ARNS: [&str; 3] = ["arn", "db_snapshot_arn", "db_cluster_snapshot_arn"];
    let account = |arn: &str| arn.split(':').nth(4).filter(|account| is_account(account)).map(str::to_owned);
    let own = || ARNS.iter().find_map(|name| account(view.text(name)?));
    account(key).is_some_and(|of_key| own().is_some_and(|own| own != of_key))
}

/// A recorded key may be the one that AWS filled in; one that somebody wrote down is theirs.
fn of_known(view: &View<'_>, attribute: &str, key: &str) -> FactState {
    if is_providers(key) {
        return FactState::Known(Value::Bool(false));
    }
    if is_of_another_account(view, key) {
        return FactState::Known(Value::Bool(true));
    }
    match view.references(attribute) {
        // A data source may look up the provider's own key.
        Some(references) if references.led.others.iter().any(|other| other.split('.').any(|word| word == "data")) => {
            FactState::Unknown(PROVIDERS_OWN)
        }
        Some(_) => FactState::Known(Value::Bool(true)),
        None if view.new => FactState::Known(Value::Bool(true)),
        None => FactState::Unknown(PROVIDERS_OWN),
    }
}

/// Whether there are any of the resources that the references lead to, only `link` can tell.
fn of_references(references: &References) -> FactState {
    let mut named = references.led.resources.iter().chain(&*references.addresses);
    let managed = named.any(|address| names_key(address));
    if managed && !references.led.undecided {
        FactState::Known(Value::Bool(true))
    } else {
        FactState::Unknown(Unknown::KnownAfterApply)
    }
}

/// Whether an address is that of a managed key; a data source may as well find the provider's own key.
fn names_key(address: &str) -> bool {
    let mut before = "";
    for segment in address.split('.') {
        if KEY_TYPES.contains(&segment) && before != "data" {
            return true;
        }
        before = segment;
    }
    false
}

/// Types of resources that are databases.
const DATABASE_TYPES: &[&str] = &[
    "aws_db_instance",
    "aws_docdb_cluster",
    "aws_docdb_cluster_instance",
    "aws_neptune_cluster",
    "aws_neptune_cluster_instance",
    "aws_rds_cluster",
    "aws_rds_cluster_instance",
];

/// Whether an address is that of a database, looked up or managed.
pub(super) fn names_database(address: &str) -> bool {
    address.split('.').any(|segment| DATABASE_TYPES.contains(&segment))
}
