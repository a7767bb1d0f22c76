//! What a baseline says of drift.

use super::*;

#[test]
fn a_baseline_without_drift_ignores_nothing() {
    assert_eq!(good(GOOD).ignores().len(), 0);
    assert_eq!(good(&format!("drift: {{}}\n{GOOD}")).ignores().len(), 0);
}

#[test]
fn ignore_rules_are_read() {
    let text = format!("drift:\n  ignore:\n    - {{class: pending, reason: r, expires: 2027-01-31}}\n{GOOD}");
    let baseline = good(&text);
    let told: Vec<_> = baseline.ignores().iter().map(|rule| (rule.what(), rule.reason(), rule.expires())).collect();
    assert_eq!(told, [("class pending", "r", jiff::civil::date(2027, 1, 31))]);
}

#[test]
fn what_is_wrong_with_drift_has_its_place_among_the_baselines_errors() {
    let text = format!("drift:\n  ignore:\n    - {{fact: mulit_az, reason: r}}\n{GOOD}").replace("gold", "''");
    assert_eq!(
        errors(&text),
        "an ignore rule has no `expires`\n  --> b.yaml:3:7\n\
         there is no fact `mulit_az`\n  --> b.yaml:3:14\n   = help: did you mean `multi_az`?\n\
         tag `tier` is empty\n  --> b.yaml:9:33"
    );
    assert_eq!(
        errors(&format!("drift: {{wombat: []}}\n{GOOD}")),
        "`drift` has no key `wombat`\n  --> b.yaml:1:9\n   = help: expected one of `ignore`, `approved_modules`"
    );
    assert_eq!(
        errors(&format!("drift: []\n{GOOD}")),
        "`drift` is a list, not a mapping\n  --> b.yaml:1:8\n   = help: it takes `ignore`, `approved_modules`"
    );
}

#[test]
fn approved_modules_are_read() {
    assert!(good(GOOD).approved_modules().is_empty());
    let baseline = good(&format!("drift: {{approved_modules: [acme/rds/aws, './modules/*']}}\n{GOOD}"));
    assert_eq!(baseline.approved_modules().texts(), ["acme/rds/aws", "./modules/*"]);
    assert_eq!(
        errors(&format!("drift: {{approved_modules: []}}\n{GOOD}")),
        "`approved_modules` is empty\n  --> b.yaml:1:27"
    );
}
