//! What several database types tell in the same way.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::facts::aws::key;
use crate::facts::mapped::Feed;
use crate::facts::mapping::Derived;
use crate::facts::view::{
    Attr, Constant, INHERITED, Inherits, Presence, View, boolean, integer, lower, text, to_bool, to_integer,
};
use crate::model::{FactState, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

/// The engine of a type that has one only.
pub(super) fn engine(name: &'static str) -> Derived {
    (FactState::Known(Value::from(name)), SetBy::Derived)
}

/// What no resource of the type is.
pub(super) fn no(_: &View<'_>) -> Derived {
    (FactState::Known(Value::Bool(false)), SetBy::Derived)
}

/// What every resource of the type is.
pub(super) fn yes(_: &View<'_>) -> Derived {
    (FactState::Known(Value::Bool(true)), SetBy::Derived)
}

/// Whether any of some attributes is set.
pub(super) fn any_set(view: &View<'_>, attributes: &[&str]) -> Derived {
    let presences: Vec<Presence> = attributes.iter().map(|attribute| view.presence(attribute)).collect();
    let state = if presences.contains(&Presence::Set) {
        FactState::Known(Value::Bool(true))
    } else if presences.contains(&Presence::Undetermined) {
        FactState::Unknown(Unknown::KnownAfterApply)
    } else {
        FactState::Known(Value::Bool(false))
    };
    (state, SetBy::Derived)
}

/// Whether a password passes through the configuration. It does even when its value is not known: only that it is set counts,
/// and what is never computed is unknown only when it is set.
pub(super) fn password_in_state(view: &View<'_>, attribute: &str) -> Derived {
    let set = !matches!(view.get(attribute), Attribute::Null);
    (FactState::Known(Value::Bool(set)), SetBy::Derived)
}

/// Whether the password comes of an ephemeral resource, which Terraform reads at every apply and keeps nowhere. The attribute
/// is write-only, so that its value is never told; only its expression shows it.
pub(super) fn password_ephemeral(view: &View<'_>, attribute: &str) -> Derived {
    let is_ephemeral = |address: &str| address.split('.').any(|word| word == "ephemeral");
    let references = view.references(attribute);
    let mut named =
        references.into_iter().flat_map(|references| references.addresses.iter().chain(&references.led.others));
    (FactState::Known(Value::Bool(named.any(|address| is_ephemeral(address)))), SetBy::Derived)
}

/// Whether the provider manages the administrator's password. The attribute is not read back (RDS.md section 5), but the
/// secret that it leads to is recorded.
pub(super) fn password_managed(view: &View<'_>) -> Derived {
    if !view.new && !view.blocks("master_user_secret").is_empty() && !gives_up_secret(view) {
        return (FactState::Known(Value::Bool(true)), SetBy::Derived);
    }
    boolean("manage_master_user_password").default(false).state(view)
}

/// Whether the plan takes the password back from the provider. The secret stays recorded in such a plan: it is computed.
fn gives_up_secret(view: &View<'_>) -> bool {
    const MANAGE: &str = "manage_master_user_password";
    match view.get(MANAGE) {
        Attribute::Known(value) => to_bool(value) == Some(false),
        Attribute::Null => {
            let before = view.resource().before.as_ref();
            before.and_then(|before| to_bool(before.value(MANAGE)?)) == Some(true)
        }
        _ => false,
    }
}

/// The key of the secret that holds the administrator's password. The attribute is not read back (RDS.md section 5), but the
/// secret that is recorded names its key. Omitted, it is the account's default key of the secret store (RDS.md section 2.1).
pub(super) fn key_of_master_secret(view: &View<'_>) -> Derived {
    match password_managed(view) {
        (FactState::Known(Value::Bool(true)), _) => {}
        (FactState::Known(_), set_by) => return (FactState::Missing(PASSWORD_NOT_MANAGED), set_by),
        open => return open,
    }
    let secret = view.blocks("master_user_secret").first().and_then(|secret| secret.get("kms_key_id")?.as_str());
    let secret = secret.filter(|key| !key.is_empty());
    match (
        text("master_user_secret_kms_key_id").creates(Constant::Text("alias/aws/secretsmanager")).state(view),
        secret,
    ) {
        ((FactState::Unknown(_), SetBy::Default), Some(key)) if !view.new => {
            (FactState::Known(Value::from(key)), SetBy::Source)
        }
        (told, _) => told,
    }
}

/// The key of a secret that holds the administrator's password and that the resource itself names. Omitted, it is the account's
/// default key of the secret store.
pub(super) fn key_of_secret(view: &View<'_>, managed: Derived, attribute: &'static str) -> Derived {
    match managed {
        (FactState::Known(Value::Bool(true)), _) => {
            text(attribute).creates(Constant::Text("alias/aws/secretsmanager")).state(view)
        }
        (FactState::Known(_), set_by) => (FactState::Missing(PASSWORD_NOT_MANAGED), set_by),
        open => open,
    }
}

const PASSWORD_NOT_MANAGED: Text = Text::Static("the provider does not keep the administrator's password");

/// Whether the storage of a new copy of another database is encrypted: as that one is, whatever `storage_encrypted` says, since
/// no call that makes a copy takes that (`CreateDBInstanceReadReplica`, `RestoreDBInstanceFromDBSnapshot`,
/// `RestoreDBClusterFromSnapshot` in docs.aws.amazon.com/AmazonRDS/latest/APIReference; hashicorp/terraform-provider-aws#2635).
/// Where the call takes a key, which the attribute `honours` names, that encrypts the copy. `None` for what is no copy.
pub(super) fn encryption_of_copy(view: &View<'_>, copies: &[&str], honours: Option<&str>) -> Option<Derived> {
    // What is read in from a bucket is encrypted as it says itself.
    let sources = copies.iter().filter(|name| **name != "s3_import").map(|name| view.presence(name));
    let source = sources.fold(Presence::Omitted, |told, of| match (told, of) {
        (Presence::Set, _) | (_, Presence::Set) => Presence::Set,
        (Presence::Undetermined, _) | (_, Presence::Undetermined) => Presence::Undetermined,
        (Presence::Omitted, Presence::Omitted) => Presence::Omitted,
    });
    match source {
        _ if !view.new => return None,
        Presence::Omitted => return None,
        Presence::Undetermined => return Some((FactState::Unknown(Unknown::KnownAfterApply), SetBy::Derived)),
        Presence::Set => {}
    }
    Some(match honours.map(|attribute| key::presence(view, attribute)) {
        Some(Presence::Set) => (FactState::Known(Value::Bool(true)), SetBy::Derived),
        Some(Presence::Undetermined) => (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Derived),
        Some(Presence::Omitted) | None => (INHERITED, SetBy::Inherited),
    })
}

/// Whether the storage is encrypted with a customer's key; storage that is not encrypted has no key, and what is restored
/// as it was has the key that it had.
pub(super) fn storage_key(view: &View<'_>, encrypted: Derived, key: &str) -> Derived {
    match encrypted {
        (state, _) if view.inherits == Inherits::Restored && state == INHERITED => (INHERITED, SetBy::Inherited),
        (FactState::Known(Value::Bool(false)), set_by) => (FactState::Known(Value::Bool(false)), set_by),
        _ => key::customer_managed(view, key),
    }
}

const INSIGHTS_OFF: &str = "Performance Insights is off";

/// A fact about Performance Insights, which has a meaning only while it is on.
fn when_insights_on(enabled: Derived, fact: impl FnOnce() -> Derived) -> Derived {
    match enabled {
        (FactState::Known(Value::Bool(true)), _) => fact(),
        (FactState::Known(_), set_by) => (FactState::Missing(Text::Static(INSIGHTS_OFF)), set_by),
        (other, set_by) => (other, set_by),
    }
}

/// How long query load is kept; 7 days unless somebody chooses (RDS.md section 2.1).
pub(super) fn insights_retention(view: &View<'_>, enabled: Derived) -> Derived {
    let days = integer("performance_insights_retention_period").creates(Constant::Integer(7));
    when_insights_on(enabled, || match days.state(view) {
        // AWS records 0 for what was never chosen.
        (FactState::Known(Value::Integer(0)), _) => (FactState::Known(Value::Integer(7)), SetBy::Default),
        other => other,
    })
}

/// Whether query load is encrypted with a customer's key.
pub(super) fn insights_key(view: &View<'_>, enabled: Derived) -> Derived {
    when_insights_on(enabled, || key::customer_managed(view, "performance_insights_kms_key_id"))
}

/// The key that query load is encrypted with, as it is named; the account's default key of RDS unless somebody chooses
/// (RDS.md section 2.1).
pub(super) fn key_of_insights(view: &View<'_>, enabled: Derived) -> Derived {
    const KEY: Attr = text("performance_insights_kms_key_id").creates(Constant::Text("alias/aws/rds"));
    when_insights_on(enabled, || KEY.state(view))
}

/// Why nobody chooses whether a relational database asks who its clients are.
pub(super) const ALWAYS_ASKS: &str = "the engine always asks for a user and a password or a token";

/// Why nobody chooses whether a cluster with shared storage fails over.
pub(super) const FAILS_OVER: &str = "a cluster fails over by itself as soon as it has a second member";
/// Why nothing is loaded past the network.
pub(super) const LOADS_NOTHING: &str = "only a data warehouse loads and unloads on a way of its own";

/// Why audit logging is no switch.
pub(super) const LOGS_BY_NAME: &str = "it exports each log by name (`log_exports`)";

/// Why what is no replica names no source.
pub(super) const REPLICATES_NOTHING: &str = "it replicates no other database";

/// Why a resource names no role for operating system metrics.
pub(super) const NO_MONITORING_ROLE: &str = "no role sends operating system metrics";

/// Why a resource names no role for a directory.
pub(super) const NO_DIRECTORY_ROLE: &str = "it calls no directory with a role";

/// The directory; an empty text tells that there is none, so that one that is joined later shows.
pub(super) const DIRECTORY_ID: Attr = text("domain").means(Constant::Text(""));

/// The global cluster. One that is made of an existing cluster takes it in without its configuration saying so, hence nothing
/// is known of a new cluster that names none (provider documentation of aws_rds_global_cluster).
pub(super) const GLOBAL_CLUSTER_ID: Attr =
    lower("global_cluster_identifier").none_missing("it belongs to no global cluster");

/// A bound of the capacity that serverless members have, in halves of a unit: by block, and by what the block means that omits
/// the bound. A block that is missing is no opinion (RDS.md section 3.5).
pub(super) fn capacity(view: &View<'_>, blocks: &[(&str, Option<i64>)], field: &str) -> Derived {
    for (block, omitted) in blocks {
        match view.get(block) {
            Attribute::Known(Json::Array(ranges)) if !ranges.is_empty() => {
                return bound(view, block, ranges, field, *omitted);
            }
            Attribute::Known(_) | Attribute::Null => {}
            Attribute::Undetermined(why) => return (FactState::Unknown(why.clone()), SetBy::Source),
            Attribute::Sensitive => return (FactState::Unknown(Unknown::Sensitive), SetBy::Source),
            Attribute::Referenced(_) | Attribute::Computed => {
                return (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Source);
            }
        }
    }
    (FactState::Missing(NO_CAPACITY), SetBy::Default)
}

const NO_CAPACITY: Text = Text::Static("the cluster names no range of serverless capacity");

fn bound(view: &View<'_>, block: &str, ranges: &[Json], field: &str, omitted: Option<i64>) -> Derived {
    let value = ranges.first().and_then(|range| range.get(field)).filter(|value| !value.is_null());
    let state = match (value, omitted) {
        _ if view.unknown_in_block(block, 0, field) => FactState::Unknown(Unknown::KnownAfterApply),
        _ if view.sensitive_in_block(block, 0, field) => FactState::Unknown(Unknown::Sensitive),
        (Some(value), _) => {
            halves(value).map_or(FactState::Unknown(NO_HALVES), |it| FactState::Known(Value::Integer(it)))
        }
        (None, Some(omitted)) => return (FactState::Known(Value::Integer(omitted)), SetBy::Default),
        (None, None) => FactState::Missing(NO_CAPACITY),
    };
    (state, SetBy::Source)
}

const NO_HALVES: Unknown = Unknown::Invalid(Text::Static("the capacity is no multiple of half a unit"));

/// A number of units in halves; capacity comes in half-steps
/// (docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html).
fn halves(units: &Json) -> Option<i64> {
    let units = units.as_f64().or_else(|| units.as_str()?.trim().parse().ok())?;
    to_integer(&Json::from(units * 2.0))
}

/// Whether the parameter group is the engine's default one, whose name begins with `default.`.
pub(super) fn default_parameter_group(view: &View<'_>, group: Attr) -> Derived {
    match view.get(group.name) {
        Attribute::Known(Json::String(name)) => {
            (FactState::Known(Value::Bool(name.to_lowercase().starts_with("default."))), SetBy::Derived)
        }
        // A group that a configuration makes cannot be a default one: AWS reserves the prefix.
        Attribute::Referenced(references) if !references.led.resources.is_empty() && !references.led.undecided => {
            (FactState::Known(Value::Bool(false)), SetBy::Derived)
        }
        Attribute::Null | Attribute::Computed if view.new && !group.inherits(view) => {
            (FactState::Known(Value::Bool(true)), SetBy::Default)
        }
        _ => group.state(view),
    }
}

/// What a member tells its cluster.
pub(super) fn member(view: &View<'_>) -> Feed {
    Feed::Member(view.text("availability_zone").map(Arc::from))
}

/// What a cluster that runs records of its members.
pub(super) fn recorded_members(view: &View<'_>) -> Feed {
    Feed::RecordedMembers(if view.new { 0 } else { view.blocks("cluster_members").len() })
}
