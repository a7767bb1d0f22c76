//! What a baseline says of waivers: how long they may hold, by severity, and how many resources one may select.

use crate::model::Severity;
use crate::waiver::WaiverLimits;
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::Problems;
use crate::yaml::{Node, Tree};

/// Ten years: a waiver that holds longer is no exception any more.
const MAX_DAYS: i64 = 3650;

/// Reads `waivers`; what is wrong with it goes to `problems`.
pub(super) fn read(node: &Node, problems: &mut Problems) -> WaiverLimits {
    let mut limits = WaiverLimits::default();
    let Some(fields) = Fields::read(node, "`waivers`", &["max_days", "max_resources"], problems) else {
        return limits;
    };
    if let Some(node) = fields.get("max_resources") {
        limits.max_resources = number(node, "`max_resources`", 1_000_000, problems).unwrap_or(limits.max_resources);
    }
    let severities: Vec<&str> = Severity::ALL.iter().map(|severity| severity.as_str()).collect();
    let by_severity = fields.get("max_days").map(|node| fields::entries(node, "`max_days`", problems));
    for (name, value) in by_severity.into_iter().flatten() {
        let Ok(severity) = name.value.parse() else {
            let title = format!("there is no severity `{}`", name.value);
            problems.add_with_help(name.place, title, fields::did_you_mean(&name.value, &severities));
            continue;
        };
        if let Some(days) = number(value, &format!("`max_days` of `{severity}`"), MAX_DAYS, problems) {
            limits.max_days.insert(severity, days);
        }
    }
    limits
}

fn number<N: TryFrom<i64>>(node: &Node, what: &str, most: i64, problems: &mut Problems) -> Option<N> {
    match &node.value {
        Tree::Integer(value) if (1..=most).contains(value) => N::try_from(*value).ok(),
        Tree::Integer(value) => {
            problems.add(node.place, format!("{what} is {value}; it takes 1 to {most}"));
            None
        }
        other => {
            let title = format!("{what} is {}", other.kind());
            problems.add_with_help(node.place, title, format!("write an integer from 1 to {most}"));
            None
        }
    }
}
