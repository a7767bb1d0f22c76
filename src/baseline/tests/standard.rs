//! The baselines in the binary ask for what they say; the standard one puts databases where their owners expect them.

use super::assignment::{facts, pair, resource, tagged, tier};
use super::*;
use crate::model::{Facts, Resource};

/// The standard baseline for the rules in the binary.
fn standard() -> Baseline {
    let policies = crate::policy::load_embedded().unwrap();
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| Arc::clone(&policy.rule)).collect();
    let nowhere = |_: &str| Err(io::Error::from(io::ErrorKind::NotFound));
    load("standard", &nowhere, &rules).unwrap_or_else(|found| panic!("{}", joined(&found)))
}

fn named(name: &str) -> Resource {
    Resource { name: Some(name.into()), ..resource("aws_db_instance.this", Facts::default()) }
}

#[test]
fn a_tag_of_the_tier_decides() {
    let standard = standard();
    assert_eq!(tier(&standard, &tagged(&[("Tier", "Tier-1")])), pair("tier-1", "tag tier=tier-1"));
    assert_eq!(
        tier(&standard, &tagged(&[("criticality", "silver"), ("tier", "gold")])),
        pair("tier-1", "tag tier=gold")
    );
    // What the tag of the tier says beats the environment and the name.
    let mut lax = tagged(&[("tier", "tier-3"), ("environment", "production")]);
    lax.name = Some("orders-prod".into());
    assert_eq!(tier(&standard, &lax), pair("tier-3", "tag tier=tier-3"));
    let ordinary = tagged(&[("tier", "standard"), ("env", "dev")]);
    assert_eq!(tier(&standard, &ordinary), pair("tier-2", "tag tier=standard"));
}

#[test]
fn an_environment_decides_where_no_tier_is_said() {
    let standard = standard();
    for (value, expected) in
        [("Production", "tier-1"), ("prd", "tier-1"), ("dev", "tier-3"), ("non-prod", "tier-3"), ("uat", "tier-2")]
    {
        assert_eq!(tier(&standard, &tagged(&[("Environment", value)])).0, expected, "{value}");
        assert_eq!(tier(&standard, &tagged(&[("env", value)])).0, expected, "{value}");
    }
    assert_eq!(tier(&standard, &tagged(&[("environment", "acme-corp")])), pair("tier-2", "default tier"));
}

#[test]
fn names_count_only_as_whole_words() {
    let standard = standard();
    for (name, expected) in [
        ("orders-prod", "tier-1"),
        ("prod-orders", "tier-1"),
        ("orders-production-db", "tier-1"),
        ("orders-dev", "tier-3"),
        ("dev-orders", "tier-3"),
        ("orders-test-1", "tier-3"),
        ("orders-nonprod", "tier-3"),
        ("orders-non-prod", "tier-3"),
        ("orders-pre-prod", "tier-2"),
        ("preprod-orders", "tier-2"),
        ("product-catalogue", "tier-2"),
        ("device-registry", "tier-2"),
        ("latest-orders", "tier-2"),
        ("reproduction", "tier-2"),
        ("orders", "tier-2"),
    ] {
        assert_eq!(tier(&standard, &named(name)).0, expected, "{name}");
    }
}

#[test]
fn addresses_count_like_names() {
    let standard = standard();
    for (address, expected) in [
        ("aws_db_instance.prod", "tier-1"),
        ("aws_db_instance.orders_prod", "tier-1"),
        ("aws_db_instance.orders_prod[0]", "tier-1"),
        ("module.prod-orders.aws_db_instance.this", "tier-1"),
        ("module.orders[\"prod\"].aws_db_instance.this", "tier-1"),
        ("aws_db_instance.dev[0]", "tier-3"),
        ("aws_db_instance.default", "tier-2"),
        ("module.device_test_data.aws_db_instance.this", "tier-3"),
    ] {
        assert_eq!(tier(&standard, &resource(address, Facts::default())).0, expected, "{address}");
    }
}

#[test]
fn tags_that_are_known_after_apply_lead_to_the_default() {
    let unknown = crate::model::FactState::Unknown(crate::model::Unknown::KnownAfterApply);
    let mut database = resource("aws_db_instance.prod", facts(super::assignment::tags(&[], unknown)));
    database.name = Some("orders-dev".into());
    assert_eq!(tier(&standard(), &database), pair("tier-2", "default tier: tags are known after apply"));
}

#[test]
fn it_fits_the_rules_in_the_binary() {
    let policies = crate::policy::load(&crate::policy::embedded()).unwrap_or_else(|found| panic!("{}", joined(&found)));
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| policy.rule.clone()).collect();
    let standard = load("standard", &|_| Ok(Vec::new()), &rules).unwrap_or_else(|found| panic!("{}", joined(&found)));
    assert!(rules.iter().all(|rule| standard.uses(rule)));
    assert!(standard.notes().is_empty());
    let per_tier =
        |name: &str| -> Vec<String> { standard.tiers().iter().map(|tier| tier.parameters[name].to_string()).collect() };
    assert_eq!(per_tier("min_backup_retention_days"), ["35", "7", "1"]);
    assert_eq!(per_tier("require_multi_az"), ["true", "true", "false"]);
    assert_eq!(per_tier("require_deletion_protection"), ["true", "true", "false"]);
    assert_eq!(per_tier("warn_days_before_end_of_support"), ["180", "90", "30"]);
    assert_eq!(per_tier("required_tags"), ["owner, service", "owner", "owner"]);
}

/// A baseline in the binary, for the rules in the binary.
fn embedded(name: &str) -> Baseline {
    let policies = crate::policy::load_embedded().unwrap();
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| Arc::clone(&policy.rule)).collect();
    let nowhere = |_: &str| Err(io::Error::from(io::ErrorKind::NotFound));
    load(name, &nowhere, &rules).unwrap_or_else(|found| panic!("{}", joined(&found)))
}

#[test]
fn every_baseline_in_the_binary_is_called_by_its_name_and_says_nothing_odd() {
    for (name, _) in EMBEDDED {
        let baseline = embedded(name);
        assert_eq!(baseline.name(), *name);
        assert!(!baseline.description().is_empty());
        assert!(baseline.remarks(NOW).is_empty(), "{name}: {:?}", baseline.remarks(NOW));
        assert!(baseline.coming(NOW).is_empty());
    }
}

#[test]
fn what_a_framework_asks_for_it_asks_for_in_every_tier() {
    for name in ["pci-dss-4.0", "hipaa"] {
        let (baseline, standard) = (embedded(name), standard());
        for tier in baseline.tiers() {
            for log in ["required_aurora_mysql_logs", "required_postgresql_logs", "required_oracle_logs"] {
                assert_ne!(tier.parameters[log], Value::List([].into()), "{name} {} {log}", tier.name);
            }
            assert_eq!(tier.parameters["allow_database_deletion"], false.into());
            assert_eq!(tier.parameters["require_customer_managed_key"], true.into());
        }
        let days = |of: &Baseline| of.tiers()[0].parameters["min_backup_retention_days"].as_integer().unwrap();
        assert!(days(&baseline) >= days(&standard), "{name}");
        // No severity is lower than the rule's own.
        let phase = baseline.on(NOW);
        for rule in &phase.rules {
            assert!(phase.tiers().iter().all(|tier| tier.severity_of(rule) >= rule.severity), "{name} {}", rule.id);
        }
    }
}
