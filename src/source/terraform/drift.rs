//! `resource_drift`: what changed outside Terraform, as the plan itself reports it.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::change::{RawChange, differing};
use super::entry::Identity;
use super::secrets::withhold;
use crate::model::PlanDrift;

/// One line for each attribute that differs, or one for a resource that is gone.
pub(super) fn drift(identity: &Identity<'_>, mut change: RawChange) -> Vec<PlanDrift> {
    if change.before.is_some() && change.after.is_none() {
        return vec![line(identity, "", None, None, true)];
    }
    // The names are taken while the secrets are still there, so that a changed password is named.
    let names: Vec<String> =
        differing(change.before.as_ref(), change.after.as_ref()).into_iter().map(str::to_owned).collect();
    let marks = [&change.before_sensitive, &change.after_sensitive];
    for values in [&mut change.before, &mut change.after].into_iter().flatten() {
        withhold(values, marks);
    }
    names.iter().map(|name| attribute(identity, name, &change)).collect()
}

fn attribute(identity: &Identity<'_>, name: &str, change: &RawChange) -> PlanDrift {
    let (recorded, running) = (shown(change.before.as_ref(), name), shown(change.after.as_ref(), name));
    // Without their secrets both look alike: showing them would say that nothing differs.
    if recorded == running {
        return line(identity, name, None, None, false);
    }
    line(identity, name, recorded, running, false)
}

fn shown(values: Option<&Map<String, Json>>, name: &str) -> Option<Arc<str>> {
    values?.get(name).filter(|value| !value.is_null()).map(|value| value.to_string().into())
}

fn line(
    identity: &Identity<'_>,
    attribute: &str,
    recorded: Option<Arc<str>>,
    running: Option<Arc<str>>,
    deleted: bool,
) -> PlanDrift {
    PlanDrift {
        resource: identity.full_address(),
        resource_type: identity.resource_type.into(),
        attribute: attribute.into(),
        recorded,
        running,
        deleted,
    }
}
