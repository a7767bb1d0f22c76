//! What several database types tell in the same way.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::facts::aws::key;
use crate::facts::mapped::Feed;
use crate::facts::mapping::Derived;
use crate::facts::view::{Constant, INHERITED, Inherits, Presence, View, boolean, integer, lower};
use crate::model::{FactState, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

/// What no resource of the type is.
pub(super) fn no(_: &View<'_>) -> Derived {
    (FactState::Known(Value::Bool(false)), SetBy::Derived)
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

/// Whether the provider manages the administrator's password. The attribute is not read back (RDS.md section 5), but the
/// secret that it leads to is recorded.
pub(super) fn password_managed(view: &View<'_>) -> Derived {
    if !view.new && !view.blocks("master_user_secret").is_empty() {
        return (FactState::Known(Value::Bool(true)), SetBy::Derived);
    }
    boolean("manage_master_user_password").default(false).state(view)
}

/// Whether the storage is encrypted with a customer's key; storage that is not encrypted has no key.
pub(super) fn storage_key(view: &View<'_>, encrypted: Derived, key: &str) -> Derived {
    match encrypted {
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

/// Whether the parameter group is the engine's default one, whose name begins with `default.`.
pub(super) fn default_parameter_group(view: &View<'_>, attribute: &'static str) -> Derived {
    match view.get(attribute) {
        Attribute::Known(Json::String(name)) => {
            (FactState::Known(Value::Bool(name.to_lowercase().starts_with("default."))), SetBy::Derived)
        }
        // A group that a configuration makes cannot be a default one: AWS reserves the prefix.
        Attribute::Referenced(references) if !references.resources.is_empty() => {
            (FactState::Known(Value::Bool(false)), SetBy::Derived)
        }
        Attribute::Null | Attribute::Computed if view.inherits != Inherits::Nothing => (INHERITED, SetBy::Inherited),
        Attribute::Null | Attribute::Computed if view.new => (FactState::Known(Value::Bool(true)), SetBy::Default),
        _ => lower(attribute).state(view),
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
