use super::super::{TestOutcome, check, test};
use super::*;
use crate::policy::PolicyFile;

fn new(domain: Domain, facts: &[&str]) -> NewRule {
    NewRule {
        domain,
        name: "fresh".to_owned(),
        id: "ACME-RET-001".to_owned(),
        severity: Severity::Medium,
        title: "It: is \"fresh\" # always".to_owned(),
        facts: facts.iter().map(|text| fact(text).unwrap()).collect(),
    }
}

/// Nothing is found, every test passes, every line is run.
fn is_sound(rule: &NewRule) {
    let taken = ["min_backup_retention_days"].into();
    let Scaffold { rule: text, test: tests } = rule.scaffold(&taken);
    let file = |suffix: &str, text: &str| PolicyFile {
        path: format!("acme/{}/fresh{suffix}.rego", rule.domain).into(),
        text: text.into(),
        user: true,
    };
    let files = [file("", &text), file("_test", &tests)];
    let problems: Vec<String> = check(&files).iter().map(|problem| problem.render(false)).collect();
    assert!(problems.is_empty(), "{text}\n{tests}\n{}", problems.join("\n"));
    let report = test(&files, Some("fresh_test."), true).unwrap();
    assert!(report.results.len() >= 3);
    let failed: Vec<_> = report.results.iter().filter(|result| result.outcome != TestOutcome::Passed).collect();
    assert!(failed.is_empty(), "{text}\n{tests}\n{failed:#?}");
    assert_eq!(report.coverage_percent(), 100);
}

#[test]
fn a_rule_of_every_type_of_fact_is_sound() {
    for facts in [
        &["backup_retention_days"][..],
        &["multi_az"],
        &["engine"],
        &["log_exports"],
        &["tags.owner"],
        &["parameters[\"rds.force_ssl\"]"],
        &["before.multi_az", "multi_az"],
        &["before.tags.owner", "tags.owner", "tags[\"a.b c\"]"],
        &["backup_retention_days", "multi_az", "log_exports", "engine_version", "tags.owner"],
    ] {
        is_sound(&new(Domain::Retention, facts));
    }
}

/// Also of kinds that have no engine.
#[test]
fn a_rule_of_every_fact_is_sound() {
    for def in facts::CATALOGUE.iter().filter(|def| def.ty != FactType::Map) {
        is_sound(&new(Domain::Access, &[def.name]));
    }
}

#[test]
fn what_is_written_reads_well() {
    let taken = ["min_backup_retention_days"].into();
    let Scaffold { rule, test } = new(Domain::Retention, &["backup_retention_days"]).scaffold(&taken);
    insta::assert_snapshot!(format!("{rule}\n--\n{test}"));
}

#[test]
fn a_fact_that_cannot_be_read_so_is_refused_with_the_remedy() {
    let refused = |text: &str| fact(text).map(|path| path.to_string()).unwrap_err();
    assert_eq!(refused("multi_ay").1, "did you mean `multi_az`? `dbkeel facts` lists them all");
    assert_eq!(refused("tags").1, "name the key: `tags.owner`, or `tags[\"a.b\"]` for one with dots");
    assert_eq!(refused("engine.name").0, "`engine` has nothing inside");
    assert_eq!(fact("input.before.tags.owner").unwrap().to_string(), "before.tags.owner");
}

#[test]
fn the_next_id_is_the_first_that_is_free() {
    let taken = ["ACME-RET-001", "ACME-RET-003", "ACME-ENC-002", "DBK-RET-002"];
    assert_eq!(next_id("ACME", Domain::Retention, taken.into_iter()), "ACME-RET-002");
    assert_eq!(next_id("ACME", Domain::Ownership, taken.into_iter()), "ACME-OWN-001");
}
