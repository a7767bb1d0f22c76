//! What a baseline says of waivers: how long they may hold, by severity, and how many resources one may select.

use std::collections::BTreeMap;

use crate::model::Severity;
use crate::waiver::WaiverLimits;
use crate::yaml::Node;
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::Problems;

/// Ten years: a waiver that holds longer is no exception any more.
const MAX_DAYS: i64 = 3650;

/// What one file says of waivers.
#[derive(Default)]
pub(super) struct RawLimits {
    max_days: BTreeMap<Severity, u16>,
    max_resources: Option<usize>,
}

impl RawLimits {
    /// Changes what the file says that is extended: severity by severity.
    pub(super) fn apply(&self, limits: &mut WaiverLimits) {
        limits.max_days.extend(&self.max_days);
        limits.max_resources = self.max_resources.unwrap_or(limits.max_resources);
    }
}

/// Reads `waivers`; what is wrong with it goes to `problems`.
pub(super) fn read(node: &Node, problems: &mut Problems) -> RawLimits {
    let mut limits = RawLimits::default();
    let Some(fields) = Fields::read(node, "`waivers`", &["max_days", "max_resources"], problems) else {
        return limits;
    };
    if let Some(node) = fields.get("max_resources") {
        limits.max_resources = fields::number(node, "`max_resources`", 1_000_000, problems);
    }
    let severities: Vec<&str> = Severity::ALL.iter().map(|severity| severity.as_str()).collect();
    let by_severity = fields.get("max_days").map(|node| fields::entries(node, "`max_days`", problems));
    for (name, value) in by_severity.into_iter().flatten() {
        let Ok(severity) = name.value.parse() else {
            let title = format!("there is no severity `{}`", name.value);
            problems.add_with_help(name.place, title, fields::did_you_mean(&name.value, &severities));
            continue;
        };
        if let Some(days) = fields::number(value, &format!("`max_days` of `{severity}`"), MAX_DAYS, problems) {
            limits.max_days.insert(severity, days);
        }
    }
    limits
}
