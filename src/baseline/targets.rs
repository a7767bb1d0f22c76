//! What a baseline aims at: numbers that a scorecard holds the fleet against.
//!
//! They judge nothing: a rule fails a database, a target tells whether the fleet is where somebody promised it would be.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::yaml::Node;
use crate::yaml::fields::{self, did_you_mean};
use crate::yaml::problems::Problems;

/// The targets that there are, each with its unit: shares in percent, ages and times in days, recovery points and times in
/// minutes, plain numbers.
pub(crate) const TARGETS: &[(&str, &str)] = &[
    ("access_review", "%"),
    ("access_review_age_days", "days"),
    ("backup_coverage", "%"),
    ("backup_plan_coverage", "%"),
    ("days_behind_median", "days"),
    ("days_behind_p95", "days"),
    ("declared", "%"),
    ("drift_rate", "%"),
    ("drift_reconcile_days", "days"),
    ("encryption", "%"),
    ("engine_support", "%"),
    ("gaps", ""),
    ("patch_compliance", "%"),
    ("pending_maintenance", "%"),
    ("remediation_days_critical", "days"),
    ("remediation_days_high", "days"),
    ("remediation_days_low", "days"),
    ("remediation_days_medium", "days"),
    ("remediation_in_time_critical", "%"),
    ("remediation_in_time_high", "%"),
    ("remediation_in_time_low", "%"),
    ("remediation_in_time_medium", "%"),
    ("restore_test_age_days", "days"),
    ("restore_test_coverage", "%"),
    ("rpo_in_time", "%"),
    ("rpo_median", "min"),
    ("rpo_p95", "min"),
    ("rpo_worst", "min"),
    ("rto_worst", "min"),
    ("scan_coverage", "%"),
    ("self_service", "%"),
    ("verdicts_decided", "%"),
    ("waivers_expired", ""),
    ("waivers_open", ""),
];

/// A hundred years in minutes: beyond it a number is a slip.
const MOST: i64 = 52_560_000;

/// What one file aims at.
pub(super) type Targets = BTreeMap<Arc<str>, i64>;

/// Reads `targets`; what is wrong with it goes to `problems`.
pub(super) fn read(node: &Node, problems: &mut Problems) -> Targets {
    let mut targets = Targets::new();
    for (name, value) in fields::entries(node, "`targets`", problems) {
        let Some((_, unit)) = TARGETS.iter().find(|(known, _)| *known == name.value) else {
            let known: Vec<&str> = TARGETS.iter().map(|(known, _)| *known).collect();
            let title = format!("there is no target `{}`", name.value);
            problems.add_with_help(name.place, title, did_you_mean(&name.value, &known));
            continue;
        };
        let most = if *unit == "%" { 100 } else { MOST };
        // None at all is an aim, too: no waiver that is over, no gap.
        if let Some(number) = fields::number_in(value, &format!("`{}`", name.value), &(0..=most), problems) {
            targets.insert(name.value.as_str().into(), number);
        }
    }
    targets
}
