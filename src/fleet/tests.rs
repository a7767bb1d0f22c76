//! Fleet files that are taken, those that are not and why, and the schema that says the same.

use super::*;
use crate::yaml;
use crate::yaml::problems::Problems;
use crate::yaml::testing::as_json;

const EXAMPLE: &str = include_str!("../../testdata/fleet/fleet.yaml");

/// One that is taken, to be spoilt in one place.
const GOOD: &str = "defaults: {role: dbkeel-read, external_id: secret-handshake}
organization: {units: [ou-ab12-prod0001], exclude: [\"444455556666\"]}
accounts:
  - id: \"111122223333\"
    role: arn:aws:iam::111122223333:role/audit/dbkeel
    regions: [us-east-1, eu-west-1]
    tier: tier-1
";

fn errors(text: &str) -> String {
    match parse("fleet.yaml", text) {
        Ok(_) => "no error".to_owned(),
        Err(found) => found.iter().map(|diagnostic| diagnostic.render(false)).collect::<Vec<_>>().join("\n"),
    }
}

fn fits(text: &str) -> bool {
    let mut problems = Problems::new("fleet.yaml", text);
    let root = yaml::read(text, &mut problems).unwrap();
    let schema = serde_json::from_str(include_str!("../../docs/schema/fleet-v1.json")).unwrap();
    jsonschema::draft202012::new(&schema).unwrap().is_valid(&as_json(&root))
}

fn role(name: &str, external_id: Option<&str>) -> Option<AssumedRole> {
    Some(AssumedRole { name: name.into(), external_id: external_id.map(Arc::from) })
}

#[test]
fn the_example_is_taken_and_fits_the_schema() {
    let fleet = parse("fleet.yaml", EXAMPLE).unwrap();
    assert!(fits(EXAMPLE));
    assert_eq!((fleet.accounts.len(), fleet.concurrency, fleet.max_calls), (2, Some(8), Some(50_000)));
    let payments = fleet.settings("111122223333");
    assert_eq!(payments.role, role("dbkeel-read", Some("7c9e6679-dbkeel")));
    assert_eq!(payments.regions, FleetRegions::Listed(vec!["eu-central-1".into(), "eu-west-1".into()]));
    assert_eq!((payments.tier.as_deref(), payments.owner.as_deref()), (Some("tier-1"), Some("team-payments")));
    assert_eq!(payments.declared, ["infra/payments".into()]);
    let other = fleet.settings("000000000000");
    assert_eq!(other, &fleet.defaults);
    assert_eq!((other.tier.as_deref(), &other.regions), (Some("tier-2"), &FleetRegions::AllEnabled));
}

#[test]
fn the_external_id_of_the_defaults_is_not_told_to_another_role() {
    let fleet = parse("fleet.yaml", GOOD).unwrap();
    let settings = fleet.settings("111122223333");
    assert_eq!(settings.role, role("arn:aws:iam::111122223333:role/audit/dbkeel", None));
    assert_eq!(settings.regions, FleetRegions::Listed(vec!["eu-west-1".into(), "us-east-1".into()]));
}

#[test]
fn what_the_reader_takes_the_schema_takes() {
    for text in [
        GOOD.to_owned(),
        "accounts: [{id: \"000011112222\"}]".to_owned(),
        "{defaults: {role: path/to/x}, organization: {}}".to_owned(),
        "accounts: [{id: \"000011112222\", regions: eu-west-1, declared: a.json}]".to_owned(),
        "accounts: [{id: \"000011112222\", regions: [us-gov-east-1]}]".to_owned(),
        GOOD.replace("[ou-ab12-prod0001]", "r-ab12"),
        GOOD.replace("    tier: tier-1\n", "    external_id: a:b\n    owner: a team\n    baseline: x.yaml\n"),
    ] {
        assert_eq!(errors(&text), "no error", "{text}");
        assert!(fits(&text), "{text}");
    }
}

#[test]
fn what_the_reader_refuses_for_its_form_the_schema_refuses() {
    for text in [
        GOOD.replace("accounts:", "acounts:"),
        GOOD.replace("defaults:", "default:"),
        GOOD.replace("\"111122223333\"", "111122223333"),
        GOOD.replace("\"111122223333\"", "\"1111\""),
        GOOD.replace("id: \"111122223333\"\n    role", "role"),
        GOOD.replace("role: dbkeel-read", "role: arn:aws:iam::111122223333:role/x"),
        GOOD.replace("role/audit/dbkeel", "user/x"),
        GOOD.replace("secret-handshake", "x"),
        GOOD.replace("us-east-1", "us-esat-1"),
        GOOD.replace("[us-east-1, eu-west-1]", "all"),
        GOOD.replace("[us-east-1, eu-west-1]", "[]"),
        GOOD.replace("[us-east-1, eu-west-1]", "[us-east-1, us-east-1]"),
        GOOD.replace("ou-ab12-prod0001", "prod"),
        GOOD.replace("444455556666", "sandbox"),
        GOOD.replace("tier: tier-1", "tier: \"tier 1\""),
        GOOD.replace("accounts:", "concurrency: 0\naccounts:"),
        GOOD.replace("accounts:", "max_calls: lots\naccounts:"),
        GOOD.replace("accounts:", "services: [rds, mongodb]\naccounts:"),
        "accounts: []".to_owned(),
        "profile: x".to_owned(),
    ] {
        assert_ne!(errors(&text), "no error", "{text}");
        assert!(!fits(&text), "{text}");
    }
}

#[test]
fn each_mistake_is_told_with_its_place_and_its_remedy() {
    let text = "profile: audit
defaults: {external_id: hush-hush, regions: all-enabeld, teir: tier-1}
organization: {units: [production]}
accounts:
  - id: 111122223333
  - {id: \"111122223333\", role: arn:aws:iam::999999999999:role/x, regions: [eu-wset-1]}
  - {id: \"111122223333\", external_id: \"?\"}
  - {name: nobody}
max_calls: many
";
    insta::assert_snapshot!(errors(text));
}

#[test]
fn an_account_that_is_listed_cannot_be_excluded() {
    let found = errors(&GOOD.replace("444455556666", "111122223333"));
    assert!(found.contains("excluded from the organization"), "{found}");
    let nobody = GOOD.replace("defaults: {role: dbkeel-read, external_id: secret-handshake}\n", "");
    assert!(errors(&nobody).contains("how the organization's accounts are entered"));
}

#[test]
fn an_empty_file_is_an_error() {
    assert!(errors("").contains("the fleet file is empty"));
    assert!(errors("- x").contains("not a mapping"));
}
