//! `resource_drift`: what changed outside Terraform, as the plan itself reports it.

use std::sync::Arc;

use super::change::{RawChange, differing};
use super::entry::Identity;
use super::fields::Fields;
use super::secrets::withhold;
use crate::model::PlanDrift;

/// One line for each attribute that differs, or one for a resource that is gone.
pub(super) fn drift(identity: &Identity<'_>, mut before: Option<Fields>, mut change: RawChange<'_>) -> Vec<PlanDrift> {
    if before.is_some() && change.after.is_none() {
        return vec![line(identity, "", None, None, true)];
    }
    // The names are taken while the secrets are still there, so that a changed password is named.
    let names: Vec<String> = differing(before.as_ref(), change.after.as_ref()).into_iter().map(str::to_owned).collect();
    let marks = [&change.before_sensitive, &change.after_sensitive];
    for values in [&mut before, &mut change.after].into_iter().flatten() {
        withhold(values, marks);
    }
    names.iter().map(|name| attribute(identity, name, before.as_ref(), change.after.as_ref())).collect()
}

fn attribute(identity: &Identity<'_>, name: &str, before: Option<&Fields>, after: Option<&Fields>) -> PlanDrift {
    let (recorded, running) = (shown(before, name), shown(after, name));
    // Without their secrets both look alike: showing them would say that nothing differs.
    if recorded == running {
        return line(identity, name, None, None, false);
    }
    line(identity, name, recorded, running, false)
}

fn shown(values: Option<&Fields>, name: &str) -> Option<Arc<str>> {
    let value = &values?.get(name)?.value;
    (!value.is_null()).then(|| value.to_string().into())
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
