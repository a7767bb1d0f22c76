//! Collecting where something goes wrong: whatever it is, it becomes the outcome of its call, and touches nothing else.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use dbkeel::source::aws::collect::{Limits, Request};
use dbkeel::source::aws::{CallStatus, ScopeReplies};
use serde_json::Value;

use super::{Moto, Proxy, is_gone_here, limits, lost, moto, outcomes, request, run, still};

const REGION: &str = "eu-west-1";
const INSTANCES: &str = "rds:DescribeDBInstances";

/// How a call is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Complete,
    Denied,
    Throttled,
    Credentials,
    NotSupported,
    Gone,
    Malformed,
    Failed,
}

fn end(status: &CallStatus) -> Option<Ends> {
    Some(match status {
        CallStatus::Complete => Ends::Complete,
        CallStatus::Denied(_) => Ends::Denied,
        CallStatus::Throttled => Ends::Throttled,
        CallStatus::Credentials(_) => Ends::Credentials,
        CallStatus::NotSupported(_) => Ends::NotSupported,
        CallStatus::Gone(_) => Ends::Gone,
        CallStatus::Malformed(_) => Ends::Malformed,
        CallStatus::Failed(_) => Ends::Failed,
        CallStatus::OverBudget
        | CallStatus::Incomplete(_)
        | CallStatus::Recorded(_)
        | CallStatus::NotAsked
        | CallStatus::NotImported => {
            return None;
        }
    })
}

/// The region as it is when nothing goes wrong.
fn undisturbed(moto: &Moto) -> &'static ScopeReplies {
    static REPLIES: OnceLock<ScopeReplies> = OnceLock::new();
    REPLIES.get_or_init(|| {
        let (_, mut scopes) = run(&request(&Proxy::new(moto.port, &[]), &[REGION])).unwrap();
        scopes.remove(0)
    })
}

/// The calls that have their subjects from another.
fn named_by(call: &str, other: &str) -> bool {
    match other {
        "rds:DescribeDBInstances" => true,
        "kms:DescribeKey" => matches!(call, "kms:GetKeyRotationStatus" | "kms:GetKeyPolicy"),
        "backup:ListBackupVaults" => call.starts_with("backup:GetBackupVault"),
        "backup:ListBackupPlans" => call == "backup:GetBackupPlan",
        "guardduty:ListDetectors" => call == "guardduty:GetDetector",
        "backup:ListProtectedResources" => call == "backup:ListRecoveryPointsByResource",
        _ => false,
    }
}

fn values(replies: &ScopeReplies, call: &str) -> Vec<Value> {
    let of_call = replies.items.iter().filter(|item| item.operation.to_string() == call);
    of_call.map(|item| still(&item.value)).collect()
}

/// Runs under rules, and holds the outcome of the call that they break against the region as it is.
fn holds(moto: &Moto, rules: &[&str], call: &str, ends: Ends, limits: Limits) {
    let expected = undisturbed(moto);
    let proxy = Proxy::new(moto.port, rules);
    let start = Instant::now();
    let (_, scopes) = run(&Request { limits, ..request(&proxy, &[REGION]) }).unwrap();
    let found = &scopes[0];
    let what = format!("{rules:?}: {:?}", lost(found));
    assert!(start.elapsed() < Duration::from_secs(40), "{what}");
    assert!(!format!("{:?}", found.calls).contains("Planted"), "no text of a reply is told: {what}");
    assert!(!outcomes(found, call).is_empty(), "{what}");
    let broken_before: BTreeSet<String> = lost(expected).into_iter().collect();
    for made in &found.calls {
        let name = made.operation.to_string();
        let is_target = name == call;
        let was_broken = broken_before.iter().any(|lost| lost.starts_with(&name));
        if is_target && !(was_broken && ends == Ends::Complete) {
            assert_eq!(end(&made.status), Some(ends), "{what}");
        } else if !was_broken && !is_target {
            assert!(made.status.is_complete(), "{name} {what}");
        }
    }
    if rules.iter().any(|rule| rule.ends_with("=loop")) {
        assert!(what.contains("already read"), "{what}");
    }
    let calls: BTreeSet<String> = expected.calls.iter().map(|made| made.operation.to_string()).collect();
    for name in &calls {
        let (found, expected) = (values(found, name), values(expected, name));
        if name == call && ends != Ends::Complete {
            assert!(found.iter().all(|value| expected.contains(value)), "{name} has something of nowhere: {what}");
        } else if !named_by(name, call) || ends == Ends::Complete {
            assert_eq!(found, expected, "{name} {what}");
        }
    }
}

fn each(cases: &[(&str, &str, Ends)], limits: &Limits) {
    let Some(moto) = moto() else { return };
    for (rule, call, ends) in cases {
        let (_, action) = call.split_once(':').unwrap();
        let rule = format!("{action}@{REGION}={rule}");
        holds(moto, &[&rule], call, *ends, limits.clone());
    }
}

fn of_instances(faults: &[(&'static str, Ends)]) -> Vec<(&'static str, &'static str, Ends)> {
    faults.iter().map(|(fault, ends)| (*fault, INSTANCES, *ends)).collect()
}

#[test]
fn what_a_service_refuses_is_told_with_the_kind_of_refusal() {
    each(
        &of_instances(&[
            ("denied", Ends::Denied),
            ("throttle", Ends::Throttled),
            ("limit", Ends::Throttled),
            ("429", Ends::Throttled),
            ("wait", Ends::Throttled),
            ("500", Ends::Failed),
            ("503", Ends::Failed),
            ("500html", Ends::Failed),
            ("502html", Ends::Failed),
            ("403html", Ends::Failed),
            ("404html", Ends::Failed),
            ("302", Ends::Failed),
            ("code:InvalidAction", Ends::NotSupported),
            ("code:OptInRequired", Ends::NotSupported),
            ("code:InvalidParameterValue", Ends::Failed),
            ("code:<b>Planted</b>", Ends::Failed),
        ]),
        &limits(),
    );
}

#[test]
fn what_is_no_whole_reply_never_counts_as_one() {
    each(
        &of_instances(&[
            ("html", Ends::Malformed),
            ("204", Ends::Malformed),
            ("empty", Ends::Malformed),
            ("emptyobject", Ends::Malformed),
            ("null", Ends::Malformed),
            ("garbage", Ends::Malformed),
            ("cut", Ends::Malformed),
            ("mismatched", Ends::Malformed),
            ("trailing", Ends::Malformed),
            ("otherroot", Ends::Malformed),
            ("noresult", Ends::Malformed),
            ("nolist", Ends::Malformed),
            ("wrongtype", Ends::Malformed),
            ("entity", Ends::Malformed),
            ("doctype", Ends::Malformed),
            ("deep", Ends::Malformed),
            ("loop", Ends::Malformed),
            ("truncate", Ends::Malformed),
            ("headonly", Ends::Malformed),
            ("huge", Ends::Malformed),
            ("hugelength", Ends::Malformed),
        ]),
        &limits(),
    );
}

/// Limits that a server which says nothing runs into soon.
fn impatient() -> Limits {
    Limits { read: Duration::from_millis(700), attempt: Duration::from_millis(900), attempts: 2, ..limits() }
}

#[test]
fn a_connection_that_breaks_or_hangs_ends_in_time() {
    each(
        &of_instances(&[
            ("reset", Ends::Failed),
            ("nohttp", Ends::Failed),
            ("hang", Ends::Failed),
            ("drip", Ends::Failed),
            ("late:1500", Ends::Failed),
        ]),
        &impatient(),
    );
}

#[test]
fn what_passes_is_waited_for_and_leaves_nothing_behind() {
    each(
        &of_instances(&[
            ("throttlex3", Ends::Complete),
            ("limitx2", Ends::Complete),
            ("429x2", Ends::Complete),
            ("waitx2", Ends::Complete),
            ("waitsecondsx1", Ends::Complete),
            ("500x2", Ends::Complete),
            ("503x2", Ends::Complete),
            ("500htmlx2", Ends::Complete),
            ("502htmlx1", Ends::Complete),
            ("code:RequestTimeoutx1", Ends::Complete),
            ("resetx2", Ends::Complete),
            ("truncatex2", Ends::Complete),
            ("headonlyx1", Ends::Complete),
            ("late:300", Ends::Complete),
        ]),
        &limits(),
    );
    each(&[("hangx1", INSTANCES, Ends::Complete), ("dripx1", INSTANCES, Ends::Complete)], &impatient());
}

#[test]
fn every_service_is_held_to_the_same() {
    each(
        &[
            ("unauthorized", "ec2:DescribeSecurityGroups", Ends::Denied),
            ("throttle", "ec2:DescribeSubnets", Ends::Throttled),
            ("cut", "ec2:DescribeSecurityGroups", Ends::Malformed),
            ("html", "ec2:DescribeRouteTables", Ends::Malformed),
            ("loop", "ec2:DescribeSecurityGroups", Ends::Malformed),
            ("empty", "ec2:DescribeSubnets", Ends::Malformed),
            ("503x2", "ec2:DescribeRouteTables", Ends::Complete),
            ("deniedjson", "kms:DescribeKey", Ends::Denied),
            ("emptyobject", "kms:DescribeKey", Ends::Malformed),
            ("html", "kms:DescribeKey", Ends::Malformed),
            ("double", "kms:GetKeyRotationStatus", Ends::Malformed),
            ("code:KMSInvalidStateException", "kms:GetKeyRotationStatus", Ends::NotSupported),
            ("code:NotFoundException", "kms:GetKeyRotationStatus", Ends::Gone),
            ("cut", "kms:GetKeyRotationStatus", Ends::Malformed),
            ("deniedjson", "secretsmanager:ListSecrets", Ends::Denied),
            ("emptyobject", "secretsmanager:ListSecrets", Ends::Malformed),
            ("loop", "secretsmanager:ListSecrets", Ends::Malformed),
            ("500", "secretsmanager:ListSecrets", Ends::Failed),
            ("deniedjson", "tagging:GetResources", Ends::Denied),
            ("loop", "tagging:GetResources", Ends::Malformed),
            ("null", "tagging:GetResources", Ends::Malformed),
            ("deniedjson", "backup:ListProtectedResources", Ends::Denied),
            ("404html", "backup:ListRestoreJobs", Ends::Failed),
            ("cut", "backup:ListProtectedResources", Ends::Malformed),
            ("loop", "backup:ListRecoveryPointsByResource", Ends::Malformed),
            ("throttlex2", "backup:ListRestoreJobs", Ends::Complete),
            ("deniedjson", "backup:ListBackupVaults", Ends::Denied),
            ("deniedjson", "backup:GetBackupVaultAccessPolicy", Ends::Denied),
            ("cut", "backup:ListBackupPlans", Ends::Malformed),
            ("emptyobject", "backup:GetBackupPlan", Ends::Malformed),
            ("deniedjson", "backup:DescribeRegionSettings", Ends::Denied),
            ("deniedjson", "kms:GetKeyPolicy", Ends::Denied),
            ("emptyobject", "kms:GetKeyPolicy", Ends::Malformed),
            ("deniedjson", "secretsmanager:GetResourcePolicy", Ends::Denied),
            ("code:ResourceNotFoundException", "secretsmanager:GetResourcePolicy", Ends::Gone),
            ("deniedjson", "logs:DescribeLogGroups", Ends::Denied),
            ("html", "logs:DescribeLogGroups", Ends::Malformed),
            ("throttlex2", "logs:DescribeLogGroups", Ends::Complete),
            ("deniedjson", "guardduty:ListDetectors", Ends::Denied),
            ("null", "guardduty:ListDetectors", Ends::Malformed),
            ("deniedjson", "guardduty:GetDetector", Ends::Denied),
        ],
        &limits(),
    );
}

#[test]
fn calls_about_one_thing_fail_by_themselves() {
    each(
        &[
            ("denied", "rds:DescribeDBParameters", Ends::Denied),
            ("code:DBParameterGroupNotFound", "rds:DescribeDBParameters", Ends::Gone),
            ("code:DBSnapshotNotFound", "rds:DescribeDBSnapshotAttributes", Ends::Gone),
            ("throttle", "rds:DescribeDBSnapshotAttributes", Ends::Throttled),
            ("cut", "rds:DescribeDBProxyTargets", Ends::Malformed),
            ("loop", "rds:DescribeDBSnapshots", Ends::Malformed),
            ("500", "rds:DescribeEngineDefaultParameters", Ends::Failed),
            ("denied", "rds:DescribeOptionGroups", Ends::Denied),
            ("denied", "rds:DescribePendingMaintenanceActions", Ends::Denied),
        ],
        &limits(),
    );
}

#[test]
fn a_page_in_the_middle_that_fails_keeps_the_ones_before_and_is_told() {
    let Some(moto) = moto() else { return };
    for (fault, ends) in [
        ("denied+1", Ends::Denied),
        ("throttle+1", Ends::Throttled),
        ("cut+1", Ends::Malformed),
        ("empty+1", Ends::Malformed),
        ("500html+2", Ends::Failed),
        ("reset+1", Ends::Failed),
        ("code:InvalidParameterValue+1", Ends::Failed),
    ] {
        let rule = format!("DescribeDBInstances@{REGION}={fault}");
        let proxy = Proxy::paging(moto.port, &[&rule], 5);
        let (_, scopes) = run(&request(&proxy, &[REGION])).unwrap();
        let made = outcomes(&scopes[0], INSTANCES)[0];
        assert_eq!(end(&made.status), Some(ends), "{fault}");
        assert_eq!(made.items, if fault.ends_with('2') { 10 } else { 5 }, "{fault}");
        assert_eq!(lost(&scopes[0]).iter().filter(|call| !is_gone_here(call)).count(), 1, "{fault}");
    }
}

#[test]
fn a_region_that_fails_leaves_the_other_as_it_is() {
    let Some(moto) = moto() else { return };
    for fault in ["denied", "throttle", "html", "reset", "code:UnrecognizedClientException"] {
        let proxy = Proxy::new(moto.port, &[&format!("*@us-east-1={fault}")]);
        let (collected, scopes) = run(&request(&proxy, &[REGION, "us-east-1"])).unwrap();
        let expected = undisturbed(moto);
        assert!(scopes[0].items == expected.items, "{fault}");
        assert_eq!(scopes[0].calls, expected.calls, "{fault}");
        assert!(scopes[1].items.is_empty(), "{fault}");
        assert!(scopes[1].calls.iter().all(|made| !made.status.is_complete()), "{fault}");
        assert!(collected.incomplete >= scopes[1].calls.len());
    }
}

#[test]
fn credentials_that_end_in_the_middle_stop_the_account_and_keep_what_came() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &["DescribeDBSnapshots@*=expired"]);
    let (_, scopes) = run(&Request { calls_per_service: 1, ..request(&proxy, &[REGION]) }).unwrap();
    let found = &scopes[0];
    let after = |name: &str| found.calls.iter().find(|made| made.operation.to_string() == name).unwrap();
    assert_eq!(after("rds:DescribeDBSnapshots").status, CallStatus::Credentials("ExpiredToken".into()));
    assert_eq!(after("ec2:DescribeSecurityGroups").status, CallStatus::Credentials("ExpiredToken".into()));
    assert_eq!(after("ec2:DescribeSecurityGroups").requests, 0);
    assert!(after("rds:DescribeDBParameterGroups").status.is_complete());
    assert!(!values(found, "rds:DescribeDBParameterGroups").is_empty());
    let expired = proxy.log().iter().filter(|asked| asked.action == "DescribeDBSnapshots").count();
    assert_eq!(expired, 1, "it is not asked again");
}

#[test]
fn a_storm_of_throttling_ends_and_spares_what_is_not_throttled() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &["*@us-east-1=throttle"]);
    let start = Instant::now();
    let (_, scopes) = run(&request(&proxy, &[REGION, "us-east-1"])).unwrap();
    assert!(start.elapsed() < Duration::from_secs(60));
    assert_eq!(scopes[0].calls, undisturbed(moto).calls);
    let others: Vec<_> = scopes[1].calls.iter().filter(|made| made.status != CallStatus::Throttled).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn throttling_is_waited_for_longer_than_a_failure() {
    let Some(moto) = moto() else { return };
    for (fault, attempts) in
        [("throttle", 4), ("limit", 4), ("429", 4), ("500", 3), ("reset", 3), ("denied", 1), ("cut", 1)]
    {
        let proxy = Proxy::new(moto.port, &[&format!("DescribeDBInstances@*={fault}")]);
        let (_, scopes) = run(&request(&proxy, &[REGION])).unwrap();
        let sent = proxy.log().iter().filter(|asked| asked.action == "DescribeDBInstances").count();
        assert_eq!(
            (sent, outcomes(&scopes[0], INSTANCES)[0].requests),
            (attempts, u32::try_from(attempts).unwrap()),
            "{fault}"
        );
    }
}

#[test]
fn nobody_there_is_told_for_every_call() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &[]);
    let request = Request { endpoint_url: Some(format!("http://{nobody}")), ..request(&proxy, &[REGION]) };
    let error = run(&request).unwrap_err().to_string();
    assert_eq!(
        error,
        "`sts:GetCallerIdentity` failed, so the accounts are not known: there was no connection, or it broke"
    );
}
