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
        "an ignore rule has no `expires`\n  --> b.yaml:3:7\n   = help: add `expires`, which must be there\n\
         there is no fact `mulit_az`\n  --> b.yaml:3:14\n   = help: did you mean `multi_az`?\n\
         tag `tier` is empty\n  --> b.yaml:9:33\n   = help: write a text"
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
        "`approved_modules` is empty\n  --> b.yaml:1:27\n   = help: name at least one, or leave it out"
    );
}

/// The text of a baseline with this under `golden_parameters`.
fn golden(entry: &str) -> String {
    format!("golden_parameters:\n  - {entry}\n{GOOD}")
}

#[test]
fn golden_parameters_are_read_and_normalised() {
    assert_eq!(good(GOOD).golden_parameters().len(), 0);
    let baseline = good(&golden(
        "{family: [postgres16, 'aurora-*'], tiers: strict, parameters: {RDS.Force_SSL: true, work_mem: 4096, a: 1.50, b: X}}",
    ));
    let [set] = baseline.golden_parameters() else { panic!("one set") };
    assert_eq!((set.families(), set.tiers()), (vec!["postgres16", "aurora-*"], ["strict".into()].as_slice()));
    let parameters: Vec<_> = set.parameters().iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(parameters, ["a=1.50", "b=x", "rds.force_ssl=1", "work_mem=4096"]);
}

#[test]
fn what_is_wrong_with_golden_parameters_has_its_place_and_its_remedy() {
    for (entry, expected) in [
        (
            "{parameters: {a: 1}}",
            "a set of golden parameters has no `family`\n  --> b.yaml:2:5\n   = help: add `family`, which must be there",
        ),
        (
            "{family: postgres16}",
            "a set of golden parameters has no `parameters`\n  --> b.yaml:2:5\n   = help: add `parameters`, which must be there",
        ),
        ("{family: postgres16, parameters: {}}", "`parameters` is empty\n  --> b.yaml:2:38"),
        (
            "{family: postgres16, parameters: {a: [x]}}",
            "parameter `a` is a list\n  --> b.yaml:2:42\n   \
             = help: write a text, a number, or true or false; a list as one text: `\"a,b\"`",
        ),
        (
            "{family: postgres16, parameters: {a: 1, A: 2}}",
            "parameter `a` is given twice\n  --> b.yaml:2:45\n   = help: the first is at line 2",
        ),
        (
            "{family: postgres16, tiers: [strikt], parameters: {a: 1}}",
            "there is no tier `strikt`\n  --> b.yaml:2:34\n   = help: did you mean `strict`?",
        ),
        (
            "{famly: postgres16, family: x, parameters: {a: 1}}",
            "a set of golden parameters has no key `famly`\n  --> b.yaml:2:6\n   = help: did you mean `family`?",
        ),
    ] {
        assert_eq!(errors(&golden(entry)), expected);
    }
    assert_eq!(
        errors(&format!("golden_parameters: {{}}\n{GOOD}")),
        "`golden_parameters` is a mapping, not a list\n  --> b.yaml:1:20\n   \
         = help: list sets of `family`, `tiers` and `parameters`"
    );
}

#[test]
fn a_baseline_shows_what_it_says_of_drift() {
    let text = format!(
        "golden_parameters:\n  - {{family: [postgres16, 'aurora-*'], parameters: {{work_mem: 4096, a: x}}}}\n  \
         - {{family: mysql8.0, tiers: [strict, usual], parameters: {{b: on}}}}\n\
         drift:\n  approved_modules: [./modules/*]\n  \
         ignore: [{{fact: tags.*, resource: a, reason: r, expires: 2027-01-31}}]\n{GOOD}"
    );
    let shown = good(&text).describe(NOW).to_string();
    let expected = "
Golden parameters of postgres16, aurora-* in every tier
  a         x
  work_mem  4096

Golden parameters of mysql8.0 in strict, usual
  b  on

Approved modules
  ./modules/*

Drift that is ignored
  fact tags.* and resource a  until 2027-01-31  r
";
    assert!(shown.contains(expected), "{shown}");
    let json = serde_json::to_value(good(&text).describe(NOW)).unwrap();
    assert_eq!(json["drift"]["ignore"][0]["expires"], "2027-01-31");
    assert_eq!(json["golden_parameters"][1]["parameters"]["b"], "on");
    assert!(!good(GOOD).describe(NOW).to_string().contains("olden"));
}
