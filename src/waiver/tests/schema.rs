//! The published schema and the reader agree.

use super::*;
use crate::yaml;
use crate::yaml::problems::Problems;
use crate::yaml::testing::as_json;

fn fits(text: &str) -> bool {
    let mut problems = Problems::new("w.yaml", text);
    let root = yaml::read(text, &mut problems).unwrap();
    let schema = serde_json::from_str(include_str!("../../../docs/schema/waivers-v1.json")).unwrap();
    jsonschema::draft202012::new(&schema).unwrap().is_valid(&as_json(&root))
}

#[test]
fn the_example_is_taken_and_fits_the_schema() {
    let text = include_str!("../../../testdata/waivers/waivers.yaml");
    let policies = crate::policy::load(&crate::policy::embedded()).unwrap();
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| policy.rule.clone()).collect();
    let baseline = crate::baseline::load("standard", &|_| unreachable!(), &rules).unwrap();
    assert!(parse("waivers.yaml", text, &rules, baseline.tiers()).is_ok_and(|waivers| waivers.len() == 3));
    assert!(fits(text));
}

#[test]
fn what_the_reader_takes_the_schema_takes() {
    for text in [
        GOOD.to_owned(),
        "waivers: []".to_owned(),
        GOOD.replace("resource: aws_db_instance.a", "tags: {a: x, b: [y, z*]}\n    tier: [tier-1]"),
        GOOD.replace("resource: aws_db_instance.a", "source_comment: required"),
        GOOD.replace("    reason", "    owner: a\n    approver: b\n    ticket: c\n    created: 2026-01-01\n    reason"),
    ] {
        assert_eq!(errors(&text), "no error", "{text}");
        assert!(fits(&text), "{text}");
    }
}

#[test]
fn what_the_reader_refuses_for_its_form_the_schema_refuses() {
    for text in [
        GOOD.replace("waivers:", "wavers:"),
        GOOD.replace("W-1", "\"a b\""),
        GOOD.replace("    resource: aws_db_instance.a\n", ""),
        GOOD.replace("aws_db_instance.a", "[]"),
        GOOD.replace("aws_db_instance.a", "7"),
        GOOD.replace("resource: aws_db_instance.a", "source_comment: true"),
        GOOD.replace("resource: aws_db_instance.a", "tags: {}"),
        GOOD.replace("    reason: the vendor needs it\n", ""),
        GOOD.replace("the vendor needs it", "\" \""),
        GOOD.replace("2027-01-31", "soon"),
        GOOD.replace("reason", "raeson"),
        "waivers: {}".to_owned(),
    ] {
        assert_ne!(errors(&text), "no error", "{text}");
        assert!(!fits(&text), "{text}");
    }
}
