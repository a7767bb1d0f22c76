//! `dbkeel policy explain`: says the same as a scan, and why.

use serde_json::Value;

use super::command::{AS_OF, Ran, Scanned, dbkeel, list, text};
use super::inputs::SAMPLE;

const RUNNING: &str = "testdata/drift/sample/running.json";

fn explain(words: &[&str]) -> Ran {
    dbkeel(["policy", "explain", "--as-of", AS_OF].iter().chain(words))
}

fn explained(words: &[&str]) -> Value {
    let ran = explain(&[words, &["--json"]].concat());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    serde_json::from_slice(&ran.stdout).expect("the explanation is JSON")
}

fn sample(words: &[&str]) -> Ran {
    explain(&[words, &["--on", SAMPLE, "--source", "testdata/sample"]].concat())
}

#[test]
fn a_failure_in_a_plan_has_its_lines_through_the_module() {
    let ran = sample(&["backup_retention", "--resource", "module.orders.*"]);
    insta::assert_snapshot!(ran.text());
}

#[test]
fn a_fact_of_another_resource_has_the_line_of_that() {
    let ran = sample(&["DBK-ACC-002", "--resource", "aws_db_instance.sandbox"]);
    insta::assert_snapshot!(ran.text());
}

#[test]
fn what_runs_has_the_calls_that_told() {
    let ran = explain(&["backup_retention", "--on", RUNNING, "--resource", "orders"]);
    insta::assert_snapshot!(ran.text());
}

#[test]
fn what_is_missing_or_not_known_has_its_reason_and_the_rule_is_not_asked() {
    let ran = sample(&["connection_logging", "--resource", "aws_db_instance.legacy"]);
    assert!(ran.text().contains("    engine: missing: the plan deletes it\n"), "{}", ran.text());
    assert!(
        ran.text().ends_with("  rule: not asked, because not all that it needs is there and known\n"),
        "{}",
        ran.text()
    );
}

#[test]
fn every_source_that_a_scan_takes_is_explained() {
    for path in [SAMPLE, "testdata/sample", "testdata/drift/sample/state.tfstate", RUNNING] {
        let document = explained(&["multi_az", "--on", path]);
        let resources = list(&document["resources"]);
        assert!(!resources.is_empty(), "{path}");
        for resource in resources {
            assert_eq!(resource["source"], path, "{resource:#}");
            let facts = list(&resource["facts"]);
            let named: Vec<&str> = facts.iter().map(|fact| text(&fact["name"])).collect();
            assert!(named.contains(&"multi_az"), "{path}: {named:?}");
        }
    }
}

/// The verdicts and messages are those of a scan: every rule, on a plan.
#[test]
fn an_explanation_says_what_a_scan_says() {
    let ran = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--no-source", "--output", "json"]).judged();
    let scanned = Scanned::read(&ran.stdout);
    let mut compared = 0;
    for rule in list(&scanned.document["rules"]) {
        let name = text(&rule["name"]);
        let verdicts: Vec<(&str, &str)> = scanned.of_rule(name).collect();
        if verdicts.is_empty() {
            continue;
        }
        let document = explained(&[name, "--on", SAMPLE, "--no-source"]);
        let explained = list(&document["resources"]);
        let explained: Vec<(&str, &str)> =
            explained.iter().map(|resource| (text(&resource["id"]), text(&resource["verdict"]))).collect();
        assert_eq!(explained, verdicts, "{name}");
        compared += explained.len();
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn the_trace_ends_where_the_verdict_comes_from() {
    let document = explained(&["backup_retention", "--on", SAMPLE, "--no-source"]);
    for resource in list(&document["resources"]).iter().filter(|resource| !resource["trace"].is_null()) {
        let definitions = list(&resource["trace"]["definitions"]);
        let violations = definitions.iter().find(|definition| definition["name"] == "violations").expect("it is asked");
        let steps = list(&violations["steps"]);
        let holds = steps.iter().all(|step| step["held"] == "holds");
        assert_eq!(holds, resource["verdict"] == "fail", "{resource:#}");
    }
}

#[test]
fn a_waived_failure_is_shown_as_waived() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("waivers.yaml");
    let waiver = "waivers:\n  - {id: W-1, rule: DBK-ACC-001, resource: aws_db_instance.sandbox, reason: known, expires: 2027-01-01}\n";
    std::fs::write(&file, waiver).expect("written");
    let waivers = file.to_str().expect("a path");
    let ran = sample(&["DBK-ACC-001", "--resource", "aws_db_instance.sandbox", "--waivers", waivers]);
    assert!(ran.text().contains("  verdict  waived\n") && ran.text().contains("W-1"), "{}{}", ran.text(), ran.stderr);
}

#[test]
fn no_secret_is_explained() {
    let ran = explain(&["DBK-ACC-011", "--on", SAMPLE, "--source", "testdata/sample", "--json"]);
    let plan = std::fs::read_to_string(SAMPLE).expect("the sample is here");
    let plan: Value = serde_json::from_str(&plan).expect("JSON");
    let variable = |name: &str| plan["variables"][name]["value"].as_str().unwrap_or("hunter2").to_owned();
    for secret in [variable("billing_password"), variable("sandbox_password")] {
        assert!(!ran.text().contains(&secret));
    }
}

#[test]
fn what_cannot_be_explained_is_said_with_the_remedy() {
    for (words, error) in [
        (
            &["multi_az", "--on", SAMPLE, "--resource", "aws_db_instance.sandbx"][..],
            "error: no resource is called `aws_db_instance.sandbx`\n   = help: did you mean `aws_db_instance.sandbox`?\n",
        ),
        (
            &["multi_az", "--on", SAMPLE, "--resource", "aws_db_subnet_group.private"][..],
            "error: `multi_az` does not judge `aws_db_subnet_group.private`, which is of kind `subnet group`\n   = help: it \
             judges instances, clusters, replication instances; a resource of kind `subnet group` has no `is_replica`, \
             `multi_az`\n",
        ),
        (
            &["multi_azz", "--on", SAMPLE][..],
            "error: no rule is called `multi_azz`\n   = help: did you mean `multi_az`? `dbkeel policy list` lists the rules\n",
        ),
        (
            &["secret_rotation", "--on", "testdata/locate/tfplan.json"][..],
            "error: nothing in `testdata/locate/tfplan.json` is of a kind that `secret_rotation` judges\n   = help: it judges \
             proxies, secrets, and none is there\n",
        ),
    ] {
        let ran = explain(words).refused();
        assert_eq!(ran.stderr, error);
    }
}

#[test]
fn a_rule_that_the_baseline_leaves_out_is_not_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("few.yaml");
    let text = "name: few\nrules: {include: [DBK-RET-001]}\ntiers: {all: {}}\nassign: [{tier: all, default: true}]\n";
    std::fs::write(&file, text).expect("written");
    let baseline = file.to_str().expect("a path");
    let ran = explain(&["multi_az", "--on", SAMPLE, "--baseline", baseline]).refused();
    assert!(ran.stderr.starts_with("error: baseline `few` does not use rule `multi_az`\n"), "{}", ran.stderr);
}
