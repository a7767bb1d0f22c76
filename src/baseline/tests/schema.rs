//! The published schema and the reader agree.

use super::*;
use crate::yaml;
use crate::yaml::testing::as_json;

fn fits(text: &str) -> bool {
    let mut problems = Problems::new("b.yaml", text);
    let root = yaml::read(text, &mut problems).unwrap();
    let schema = serde_json::from_str(include_str!("../../../docs/schema/baseline-v1.json")).unwrap();
    jsonschema::draft202012::new(&schema).unwrap().is_valid(&as_json(&root))
}

#[test]
fn the_baselines_in_the_binary_fit_the_schema() {
    for (name, text) in EMBEDDED {
        assert!(fits(text), "{name}");
    }
}

#[test]
fn a_baseline_that_extends_another_needs_only_a_name() {
    assert!(fits("name: ours\nextends: standard\n") && !fits("extends: standard\n"));
}

#[test]
fn what_the_reader_takes_the_schema_takes() {
    for text in [
        GOOD.to_owned(),
        GOOD.replace("strict: {}", "strict:"),
        GOOD.replace("tags: {tier: gold}", "tags: [{a: x}, {b: [y, z], c: w}], account: \"1*\", name: [x], engine: y"),
        format!("rules: {{include: [retention/*], exclude: [DBK-RET-001]}}\n{GOOD}"),
        format!("severity: {{DBK-RET-001: low, 'ownership/*': critical}}\n{GOOD}"),
        GOOD.replace("strict: {}", "strict: {severity: {OLD-DBK-RET-001: info}}"),
        GOOD.replace("  - {tier: usual, default: true}\n", "  - {tier: usual, name: x}\nuntiered: usual\n"),
        format!(
            "upcoming:\n  - {{from: 2027-01-01, reason: audit, rules: {{add: retention/*}}, severity: {{DBK-RET-001: low}}}}\n  \
             - {{from: 2026-12-01, tiers: {{strict: {{parameters: {{min_backup_retention_days: 9}}}}, usual: }}}}\n{GOOD}"
        ),
        format!("waivers: {{max_days: {{critical: 30}}, max_resources: 5}}\n{GOOD}"),
        format!("drift: {{ignore: [{{fact: tags.*, resource: [a, b*], reason: r, expires: 2027-01-31}}]}}\n{GOOD}"),
        format!(
            "golden_parameters: [{{family: [postgres16, 'aurora-*'], tiers: strict, \
             parameters: {{a: 1, b: x, c: true, d: 1.5, e: ''}}}}]\n{GOOD}"
        ),
        format!("golden_parameters: []\n{GOOD}"),
        format!("drift: {{ignore: [], approved_modules: [acme/rds/aws]}}\n{GOOD}"),
        format!("rules: {{include: [retention/*], exclude: DBK-OWN-001}}\ndescription: x\n{GOOD}"),
        format!("engines: {{postgres: {{\"16\": {{released: 2023-11-17, ended: true}}}}}}\n{GOOD}"),
        format!(
            "parameters: {{min_backup_retention_days: 3, require_multi_az: true, required_tags: [], min_tls: x}}\n{GOOD}"
        ),
    ] {
        assert_eq!(errors(&text), "no error");
        assert!(fits(&text), "{text}");
    }
}

#[test]
fn what_the_reader_refuses_for_its_form_the_schema_refuses() {
    for text in [
        GOOD.replace("name: good", "name: \"a b\""),
        GOOD.replace("tiers:", "tires: {}\ntiers:"),
        GOOD.replace("strict: {}", "strict: {wombat: 1}"),
        GOOD.replace("tier: gold", ""),
        GOOD.replace("gold", "[]"),
        GOOD.replace("gold", "8.0"),
        GOOD.replace("default: true", "default: yes"),
        GOOD.replace("tier: strict, ", ""),
        GOOD.replace("name: good", ""),
        "name: x\ntiers: {}\nassign: []\n".to_owned(),
        format!("rules: some\n{GOOD}"),
        GOOD.replace("strict: {}", "strict: {severity: {DBK-RET-001: urgent}}"),
        format!("extends: [standard]\n{GOOD}"),
        format!("upcoming: {{}}\n{GOOD}"),
        format!("upcoming: [{{from: 2027-01-01}}]\n{GOOD}"),
        format!("upcoming: [{{severity: {{DBK-RET-001: low}}}}]\n{GOOD}"),
        format!("upcoming: [{{from: 2027-01-01, assign: []}}]\n{GOOD}"),
        format!("rules: {{only: [retention/*]}}\n{GOOD}"),
        format!("waivers: {{max_days: {{urgent: 30}}}}\n{GOOD}"),
        format!("waivers: {{max_resources: 0}}\n{GOOD}"),
        format!("drift: {{ignored: []}}\n{GOOD}"),
        format!("golden_parameters: {{}}\n{GOOD}"),
        format!("golden_parameters: [{{family: postgres16}}]\n{GOOD}"),
        format!("golden_parameters: [{{parameters: {{a: 1}}}}]\n{GOOD}"),
        format!("golden_parameters: [{{family: postgres16, parameters: {{}}}}]\n{GOOD}"),
        format!("golden_parameters: [{{family: postgres16, parameters: {{a: [b]}}}}]\n{GOOD}"),
        format!("drift: {{approved_modules: []}}\n{GOOD}"),
        format!("drift: {{ignore: [{{reason: r, expires: 2027-01-31}}]}}\n{GOOD}"),
        format!("drift: {{ignore: [{{class: other, reason: r, expires: 2027-01-31}}]}}\n{GOOD}"),
        format!("engines: {{postgres: {{\"16\": {{eol: 2023-11-17}}}}}}\n{GOOD}"),
        format!("engines: {{postgres: {{\"16\": {{released: soon}}}}}}\n{GOOD}"),
    ] {
        assert_ne!(errors(&text), "no error", "{text}");
        assert!(!fits(&text), "{text}");
    }
}
