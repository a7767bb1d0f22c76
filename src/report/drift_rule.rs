//! The rules that drift is shown under, where a report knows findings by rule: one for each fact that drifted, and one for
//! each way in which a resource as a whole can.

use std::collections::BTreeMap;

use super::drift::Effect;
use crate::facts::FactDef;
use crate::model::{Drift, DriftClass, DriftSubject, Results, Severity};

/// A rule that drift is shown under.
pub(super) struct DriftRule {
    /// Its id.
    pub(super) id: String,
    /// The name that its own name is made from.
    pub(super) name: String,
    /// How much it matters, whatever drifted in this run.
    pub(super) severity: Severity,
    /// The good state.
    pub(super) title: String,
    /// What it is about.
    pub(super) description: String,
    /// What to do.
    pub(super) remedy: &'static str,
}

/// Facts whose drift opens a database to others, or loses its data. A result says by its own level what the drift does to a
/// verdict; the severity of a rule has to be the same in every run, or the alerts of a repository change with each other.
const GRAVE: &[&str] = &[
    "backup_retention_days",
    "customer_managed_key",
    "deletion_protection",
    "encrypted_at_rest",
    "iam_authentication",
    "ingress_cidrs",
    "key_enabled",
    "master_username",
    "publicly_accessible",
    "security_groups",
    "shared_with",
    "subnet_group",
    "subnets_with_internet_route",
    "tls_required",
];

/// Facts whose drift is a matter of order, not of risk.
const SLIGHT: &[&str] = &[
    "allocated_storage_gib",
    "backup_window",
    "copy_tags_to_snapshot",
    "engine_version",
    "enhanced_monitoring_seconds",
    "event_categories",
    "instance_class",
    "maintenance_window",
    "member_count",
    "performance_insights",
    "performance_insights_retention_days",
    "port",
    "promotion_tier",
    "storage_autoscaling_limit_gib",
    "storage_type",
    "tags",
];

/// The rules that the drift of a run is shown under, by id.
pub(super) fn rules(results: &Results) -> Vec<DriftRule> {
    let mut rules: BTreeMap<String, DriftRule> = BTreeMap::new();
    for drift in &results.drift.drifts {
        let id = drift.rule_id();
        rules.entry(id).or_insert_with_key(|id| DriftRule::of(id, drift));
    }
    rules.into_values().collect()
}

impl DriftRule {
    fn of(id: &str, drift: &Drift) -> Self {
        let (title, description, remedy) = match &drift.subject {
            DriftSubject::Fact(path) => of_fact(path.fact.def()),
            DriftSubject::Attribute(_) => (
                "Attributes run as declared".to_owned(),
                "An attribute that no fact stands for differs from what is declared.".to_owned(),
                DECLARE_OR_APPLY,
            ),
            DriftSubject::Name => (
                "Databases keep their identifiers".to_owned(),
                "A database runs under another identifier than the declared one.".to_owned(),
                DECLARE_OR_APPLY,
            ),
            DriftSubject::Resource => of_resource(drift.class),
        };
        Self {
            id: id.to_owned(),
            name: id.trim_start_matches("DBK-").to_ascii_lowercase().replace('-', "_"),
            severity: severity(drift),
            title,
            description,
            remedy,
        }
    }
}

const DECLARE_OR_APPLY: &str = "If what runs is right, declare it; if what is declared is right, apply it.";

fn of_fact(def: &FactDef) -> (String, String, &'static str) {
    let description = format!("What runs differs from what is declared. The fact: {}", def.meaning);
    (format!("'{}' runs as declared", def.name), description, DECLARE_OR_APPLY)
}

fn of_resource(class: DriftClass) -> (String, String, &'static str) {
    let (title, remedy) = match class {
        DriftClass::Missing => {
            ("What is declared runs", "Apply the configuration, or take out what nobody wants any more.")
        }
        DriftClass::Unmanaged => {
            ("What runs is declared", "Import it with an import block, or delete it where nobody needs it.")
        }
        DriftClass::Replaced => (
            "The database that runs is the one that is recorded",
            "Find out who made the other database, then import it or restore the recorded one.",
        ),
        _ => ("Resources run as declared", DECLARE_OR_APPLY),
    };
    (title.to_owned(), format!("A resource as a whole: {}.", class.meaning()), remedy)
}

/// The severity of the rule that a drift is shown under: by what drifted, never by the values.
fn severity(drift: &Drift) -> Severity {
    match &drift.subject {
        DriftSubject::Fact(path) if GRAVE.contains(&path.fact.def().name) => Severity::High,
        DriftSubject::Fact(path) if SLIGHT.contains(&path.fact.def().name) => Severity::Low,
        DriftSubject::Fact(_) | DriftSubject::Name => Severity::Medium,
        DriftSubject::Attribute(_) => Severity::Low,
        DriftSubject::Resource => match drift.class {
            DriftClass::Missing | DriftClass::Replaced => Severity::High,
            _ => Severity::Medium,
        },
    }
}

/// How much a drift of such a rule matters: what it does to a verdict, else what such a drift matters by itself.
pub(super) fn matters(drift: &Drift, rule: Option<&DriftRule>) -> Severity {
    match Effect::of(drift) {
        Some(Effect::Worse) => drift.severity().unwrap_or(Severity::Info),
        Some(Effect::Better | Effect::Cosmetic) => Severity::Info,
        None => rule.map_or(Severity::Medium, |rule| rule.severity),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::find;

    #[test]
    fn the_tables_name_facts_of_the_catalogue_and_each_once() {
        for name in GRAVE.iter().chain(SLIGHT) {
            assert!(find(name).is_some(), "{name}");
        }
        assert!(GRAVE.is_sorted() && SLIGHT.is_sorted());
        assert!(!GRAVE.iter().any(|name| SLIGHT.contains(name)));
    }
}
