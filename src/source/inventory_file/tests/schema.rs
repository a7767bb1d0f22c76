//! The published schema and what is written agree.

use super::*;

fn schema() -> jsonschema::Validator {
    let schema = serde_json::from_str(include_str!("../../../../docs/schema/inventory-v1.json")).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn every_line_fits_the_schema() {
    let schema = schema();
    let mut scope = replies("1", "r", 1);
    let status = |status| call("rds:DescribeDBClusters", Some("x"), 0, status);
    scope.calls.extend([
        status(CallStatus::Throttled),
        status(CallStatus::Credentials("ExpiredToken".into())),
        status(CallStatus::NotSupported("x".into())),
        status(CallStatus::Malformed("x".into())),
        status(CallStatus::Failed("x".into())),
        status(CallStatus::OverBudget),
        status(CallStatus::Incomplete("x".into())),
        status(CallStatus::Recorded("AWS Config".into())),
        status(CallStatus::NotAsked),
        status(CallStatus::NotImported),
    ]);
    let nowhere = ScopeReplies { scope: Scope::default(), ..replies("", "", 1) };
    let missing = vec![Missing { account: Some("2".into()), region: None, why: "no role".into() }];
    let (_folder, path) = sealed("i.jsonl", &[scope, nowhere], &Manifest { missing, ..manifest() });
    let text = fs::read_to_string(path).unwrap();
    for line in text.lines() {
        let line: Json = serde_json::from_str(line).unwrap();
        let errors: Vec<String> = schema.iter_errors(&line).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{line}: {errors:?}");
    }
}

#[test]
fn other_lines_do_not() {
    let schema = schema();
    for line in [
        json!({}),
        json!([]),
        json!({"scope": {"account": "1", "region": "r"}}),
        json!({"item": "rds:DescribeDBInstances"}),
        json!({"item": "DescribeDBInstances", "value": {}}),
        json!({"item": "rds:DescribeDBInstances", "value": {}, "end": {"items": 0, "sha256": "0"}}),
        json!({"call": "rds:DescribeDBInstances", "requests": 1, "items": 1, "status": {"is": "denied"}}),
        json!({"call": "rds:DescribeDBInstances", "requests": 1, "items": 1, "status": {"is": "good"}}),
        json!({"end": {"items": 0, "sha256": "short"}}),
        json!({"inventory": {"version": 2}}),
    ] {
        assert!(!schema.is_valid(&line), "{line}");
    }
}
