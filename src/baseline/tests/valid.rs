//! What a valid baseline gives.

use super::*;

fn parameters<'b>(baseline: &'b Baseline, tier: &str) -> &'b BTreeMap<Arc<str>, Value> {
    &baseline.tiers().iter().find(|found| *found.name == *tier).unwrap().parameters
}

#[test]
fn a_parameter_is_the_tiers_else_the_baselines_else_the_rules() {
    let text =
        GOOD.replace("tiers:", "parameters: {min_backup_retention_days: 14, require_multi_az: false}\ntiers:").replace(
            "strict: {}",
            "strict: {parameters: {min_backup_retention_days: 35, required_tags: [owner, service]}}",
        );
    let baseline = good(&text);
    let strict = parameters(&baseline, "strict");
    assert_eq!(strict["min_backup_retention_days"], Value::Integer(35));
    assert_eq!(strict["require_multi_az"], Value::Bool(false));
    assert_eq!(strict["required_tags"], Value::List([Value::from("owner"), Value::from("service")].into()));
    assert_eq!(strict["min_tls"], Value::from("1.2"));
    let usual = parameters(&baseline, "usual");
    assert_eq!(usual["min_backup_retention_days"], Value::Integer(14));
    assert_eq!(usual["required_tags"], Value::List(Vec::new().into()));
}

#[test]
fn all_rules_are_used_unless_lists_say_otherwise() {
    let used = |rules_line: &str| -> Vec<String> {
        let baseline = good(&format!("{rules_line}\n{GOOD}"));
        let mut ids: Vec<String> =
            rules().iter().filter(|rule| baseline.uses(rule)).map(|rule| rule.id.to_string()).collect();
        ids.sort();
        ids
    };
    let all = ["DBK-AVA-002", "DBK-OWN-001", "DBK-PAR-001", "DBK-RET-001"];
    assert_eq!(used(""), all);
    assert_eq!(used("rules: all"), all);
    assert_eq!(used("rules: {exclude: [ownership/*, DBK-PAR-001]}"), ["DBK-AVA-002", "DBK-RET-001"]);
    assert_eq!(
        used("rules: {include: [\"*/*a*\"], exclude: [\"{parameters,retention}/*\"]}"),
        ["DBK-AVA-002", "DBK-OWN-001"]
    );
    assert_eq!(used("rules: {include: [retention/backup_retention]}"), ["DBK-RET-001"]);
}

#[test]
fn only_parameters_of_used_rules_are_resolved() {
    let baseline = good(&format!("rules: {{include: [retention/*]}}\n{GOOD}"));
    let names: Vec<&str> = parameters(&baseline, "usual").keys().map(AsRef::as_ref).collect();
    assert_eq!(names, ["min_backup_retention_days"]);
}

#[test]
fn a_parameter_of_a_rule_that_is_left_out_may_stay() {
    let text = GOOD.replace("tiers:", "parameters: {require_multi_az: false}\ntiers:");
    good(&format!("rules: {{exclude: [availability/*]}}\n{text}"));
}

#[test]
fn an_earlier_id_is_taken_and_noted() {
    let baseline = good(&format!("rules: {{exclude: [OLD-DBK-OWN-001]}}\n{GOOD}"));
    assert!(!rules().iter().any(|rule| *rule.id == *"DBK-OWN-001" && baseline.uses(rule)));
    assert_eq!(
        joined(baseline.notes()),
        "rule `OLD-DBK-OWN-001` has a new id\n  --> b.yaml:1:19\n   = help: write `DBK-OWN-001`"
    );
}

#[test]
fn the_digest_is_of_the_bytes() {
    let digest = good(GOOD).sha256().to_owned();
    assert_eq!(digest.len(), 64);
    assert_ne!(good(&format!("{GOOD}# x\n")).sha256(), digest);
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    assert_eq!(errors(&format!("\u{feff}{GOOD}")), "no error");
    assert_eq!(errors(&GOOD.replace('\n', "\r\n")), "no error");
}

#[test]
fn engine_versions_in_the_baseline_join_those_in_the_binary() {
    let plain = good(GOOD);
    assert_eq!(plain.engines()["postgres"]["16"]["standard_support_ends"], "2029-02-28");
    assert!(plain.engines()["postgres"].get("99").is_none());
    let text = format!(
        "engines: {{postgres: {{99: {{released: 2099-01-01}}}}, ours: {{8.0: {{newest_minor: \"8.0.1\"}}}}}}\n{GOOD}"
    );
    let engines = good(&text);
    assert_eq!(engines.engines()["postgres"]["99"]["released"], "2099-01-01");
    assert_eq!(engines.engines()["postgres"]["16"], plain.engines()["postgres"]["16"]);
    assert_eq!(engines.engines()["ours"]["8.0"]["newest_minor"], "8.0.1");
}

#[test]
fn engine_versions_know_every_engine_of_the_aws_mappings() {
    let baseline = good(GOOD);
    for (engine, major) in [
        ("postgres", "16"),
        ("mysql", "8.4"),
        ("mariadb", "10.11"),
        ("aurora-postgresql", "17"),
        ("aurora-mysql", "3"),
        ("neptune", "1.4"),
    ] {
        let ends = &baseline.engines()[engine][major]["standard_support_ends"];
        assert!(ends.as_str().is_some_and(|date| date.len() == 10), "{engine} {major}: {ends}");
    }
    // Not announced: no key, rather than a date that somebody made up.
    assert!(baseline.engines()["docdb"]["5.0"].is_object());
    assert!(baseline.engines()["docdb"]["5.0"].get("standard_support_ends").is_none());
}

#[test]
fn the_description_shows_the_tiers_side_by_side() {
    let text = GOOD
        .replace("strict: {}", "strict: {description: Strict., parameters: {min_backup_retention_days: 35}}")
        .replace("tiers:", "description: For tests.\nrules: {include: [retention/*, ownership/*]}\ntiers:");
    let baseline = good(&text);
    let shown = baseline.describe(NOW).to_string().replace(baseline.sha256(), "[sha256]");
    insta::assert_snapshot!(shown);
}

#[test]
fn the_description_has_the_same_matter_as_json() {
    let baseline = good(GOOD);
    let json = serde_json::to_value(baseline.describe(NOW)).unwrap();
    assert_eq!(json["assign"][0], serde_json::json!({"tier": "strict", "when": "tag tier=gold"}));
    assert_eq!(json["assign"][1], serde_json::json!({"tier": "usual", "when": "everything else"}));
    assert_eq!(
        json["parameters"][0],
        serde_json::json!({
            "name": "min_backup_retention_days", "type": "integer", "unit": "days", "description": null,
            "rules": ["backup_retention"], "values": [7, 7], "origins": [null, null]
        })
    );
    assert_eq!(json["rules"][0]["id"], "DBK-AVA-002");
}

#[test]
fn the_description_says_who_set_what_and_what_will_change() {
    let text = "\
name: ours
extends: standard
severity: {ownership/*: high, DBK-OWN-003: info}
parameters: {require_multi_az: true}
tiers:
  tier-2: {parameters: {min_backup_retention_days: 14}, severity: {DBK-RET-001: critical}}
upcoming:
  - {from: 2026-01-01, parameters: {max_minor_version_age_days: 60}}
  - from: 2027-01-01
    reason: the audit
    tiers: {tier-3: {parameters: {min_backup_retention_days: 7}}}
    severity: {DBK-RET-001: low}
    rules: {exclude: [DBK-OWN-003]}
";
    let policies = crate::policy::load_embedded().unwrap();
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| Arc::clone(&policy.rule)).collect();
    let baseline = parse("conf/ours.yaml", text, &rules).unwrap();
    let shown = baseline.describe(NOW).to_string();
    for expected in [
        "extends baselines/standard.yaml\n",
        "(standard.yaml:17 | ours.yaml:6 | standard.yaml:34)\n",
        "  require_multi_az                           true  (ours.yaml:4)\n",
        "(ours.yaml:8 since 2026-01-01)\n",
        "  DBK-RET-001  high/critical/high ",
        "(own severity | ours.yaml:6 | own severity)\n",
        "\nFrom 2027-01-01: the audit\n  min_backup_retention_days  1 -> 7           tier-3\n  \
         DBK-RET-001                high -> low      tier-1, tier-3\n  \
         DBK-RET-001                critical -> low  tier-2\n  \
         DBK-OWN-003                is used no more\n",
    ] {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed(&shown).contains(&squeezed(expected)), "{expected}\n{shown}");
    }
    let remarks: Vec<String> = baseline.remarks(NOW).iter().map(|remark| remark.to_string()).collect();
    assert_eq!(
        remarks,
        ["the change of 2026-01-01 is not upcoming any more\n  --> conf/ours.yaml:8:12\n   \
             = help: write what it sets where it holds always, and take it out of `upcoming`"]
    );
    assert!(baseline.remarks("2025-12-31T00:00:00Z").is_empty());
}

#[test]
fn what_no_used_rule_reads_is_odd() {
    let text = GOOD.replace(
        "tiers:\n",
        "rules: {exclude: [retention/*]}\nparameters: {min_backup_retention_days: 3}\n\
         severity: {retention/*: low, '*/*': high}\ntiers:\n",
    );
    let baseline = good(&text);
    let remarks: Vec<String> = baseline.remarks(NOW).iter().map(|remark| remark.to_string()).collect();
    assert_eq!(
        remarks,
        ["no rule that the baseline uses takes `min_backup_retention_days`\n  --> b.yaml:3:14\n   \
          = help: take it out, or use the rule"]
    );
}

#[test]
fn the_description_shows_what_a_scorecard_is_held_against() {
    let text = format!("targets: {{patch_compliance: 95, rpo_p95: 60, waivers_expired: 0}}\n{GOOD}");
    let baseline = good(&text);
    let shown = baseline.describe(NOW).to_string();
    let section =
        "\nTargets of the scorecard\n  patch_compliance  95%\n  rpo_p95           60 min\n  waivers_expired   0\n";
    assert!(shown.contains(section), "{shown}");
    let json = serde_json::to_value(baseline.describe(NOW)).unwrap();
    assert_eq!(json["targets"][1], serde_json::json!({"name": "rpo_p95", "value": 60, "unit": "min"}));
    assert!(!good(GOOD).describe(NOW).to_string().contains("Targets"));
}
