//! The services around RDS, from one end to the other: collected of a server, and declared in a plan.

use std::collections::BTreeMap;

use super::audit::aws;
use super::collect::{Proxy, moto};
use super::command::{AS_OF, Scanned, dbkeel, run};

const STRICT: &str = "testdata/strict-baseline.yaml";

/// The verdicts of some rules, by rule and by the end of the resource's id.
fn verdicts(scanned: &Scanned, rules: &[&str]) -> BTreeMap<(String, String), String> {
    let of = |rule: &str| -> Vec<((String, String), String)> {
        let last = |id: &str| id.rsplit(['/', ':']).next().unwrap_or(id).to_owned();
        scanned.of_rule(rule).map(|(id, verdict)| ((rule.to_owned(), last(id)), verdict.to_owned())).collect()
    };
    rules.iter().flat_map(|rule| of(rule)).collect()
}

#[track_caller]
fn assert_has(found: &BTreeMap<(String, String), String>, rule: &str, id: &str, verdict: &str) {
    let of_rule: Vec<_> = found.iter().filter(|((of, name), _)| of == rule && name.starts_with(id)).collect();
    assert!(!of_rule.is_empty(), "{rule} of {id}: {found:#?}");
    assert!(of_rule.iter().all(|(_, is)| *is == verdict), "{rule} of {id} is not {verdict}: {of_rule:?}");
}

#[test]
fn what_stands_around_databases_is_collected_and_judged() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let inventory = folder.path().join("region.jsonl").display().to_string();
    let collected = run(aws(&proxy, ["collect", "aws", "--region", "eu-west-1", "--to", &inventory]), b"");
    assert_eq!(collected.status, 0, "{}", collected.stderr);
    let scanned = dbkeel(["scan", &inventory, "--baseline", STRICT, "--as-of", AS_OF, "--output", "json", "--quiet"]);
    let scanned = Scanned::read(&scanned.judged().stdout);
    let rules = [
        "resource_policy_not_public",
        "recovery_points_undeletable",
        "backup_notifications",
        "backup_plan_retention",
        "backup_plan_exists",
        "backup_opt_in",
        "log_group_retention",
        "login_monitoring",
        "customer_managed_key",
        "key_policy_not_public",
    ];
    let found = verdicts(&scanned, &rules);
    assert_has(&found, "resource_policy_not_public", "login", "fail");
    assert_has(&found, "resource_policy_not_public", "databases", "pass");
    assert_has(&found, "recovery_points_undeletable", "databases", "pass");
    assert_has(&found, "backup_notifications", "databases", "fail");
    assert_has(&found, "backup_plan_exists", "eu-west-1", "pass");
    assert_has(&found, "backup_opt_in", "eu-west-1", "pass");
    assert_has(&found, "log_group_retention", "postgresql", "fail");
    assert_has(&found, "customer_managed_key", "postgresql", "pass");
    let of =
        |rule: &'static str| found.iter().filter(move |((of, _), _)| of == rule).map(|(_, verdict)| verdict.as_str());
    assert_eq!(of("backup_plan_retention").collect::<Vec<_>>(), ["fail"]);
    assert_eq!(of("login_monitoring").collect::<Vec<_>>(), ["fail"]);
    assert!(
        of("key_policy_not_public").any(|verdict| verdict == "pass"),
        "{:?}",
        scanned.of_rule("key_policy_not_public").collect::<Vec<_>>()
    );
    assert!(!of("log_group_retention").any(|verdict| verdict == "unknown"), "no other group is judged: {found:?}");
}

#[test]
fn a_denied_service_leaves_its_facts_unknown_and_the_rest_as_it_is() {
    let Some(moto) = moto() else { return };
    let folder = tempfile::tempdir().unwrap();
    let denied = ["GetKeyPolicy", "ListBackupVaults", "DescribeLogGroups", "ListDetectors", "GetResourcePolicy"];
    let rules: Vec<String> = denied.iter().map(|action| format!("{action}@*=deniedjson")).collect();
    let proxy = Proxy::new(moto.port, &rules.iter().map(String::as_str).collect::<Vec<_>>());
    let inventory = folder.path().join("region.jsonl").display().to_string();
    let collected = run(aws(&proxy, ["collect", "aws", "--region", "eu-west-1", "--to", &inventory]), b"");
    assert_eq!(collected.status, 3, "part of the scope has gaps: {}", collected.stderr);
    let scanned = dbkeel(["scan", &inventory, "--baseline", STRICT, "--as-of", AS_OF, "--output", "json", "--quiet"]);
    let scanned = Scanned::read(&scanned.judged().stdout);
    let found = verdicts(
        &scanned,
        &["resource_policy_not_public", "log_group_retention", "login_monitoring", "backup_plan_exists"],
    );
    assert_has(&found, "resource_policy_not_public", "login", "unknown");
    assert_has(&found, "backup_plan_exists", "eu-west-1", "pass");
    let judged = |rule: &str| found.keys().filter(|(of, _)| of == rule).count();
    assert_eq!((judged("log_group_retention"), judged("login_monitoring")), (0, 0), "nothing was seen of them");
    let keys: Vec<&str> = scanned.of_rule("key_policy_not_public").map(|(_, verdict)| verdict).collect();
    assert!(keys.contains(&"unknown") && !keys.contains(&"fail"), "{keys:?}");
}
