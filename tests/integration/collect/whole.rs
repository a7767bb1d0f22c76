//! Collecting where nothing goes wrong.

use std::collections::{BTreeMap, BTreeSet};

use dbkeel::source::aws::collect::{CollectError, Keys, Organization, RegionChoice, Request, Role};
use dbkeel::source::aws::{AccountChoice, Family, OPERATIONS, Per, iam_policy};
use serde_json::Value;

use crate::integration::command::root;

use super::{Proxy, both, is_gone_here, items, lost, moto, outcomes, request, run};

fn texts(replies: &dbkeel::source::aws::ScopeReplies, call: &str, member: &str) -> Vec<String> {
    items(replies, call).iter().map(|item| item.value[member].as_str().unwrap().to_owned()).collect()
}

#[test]
fn two_accounts_and_regions_are_collected_whole() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &[]);
    let request = Request { accounts: both(moto), ..request(&proxy, &["us-east-1", "eu-west-1"]) };
    let (collected, scopes) = run(&request).unwrap();
    for replies in &scopes {
        assert_eq!(lost(replies).iter().filter(|call| !is_gone_here(call)).count(), 0, "{replies:#?}");
    }
    let found: Vec<(String, usize, usize)> = scopes
        .iter()
        .map(|replies| {
            let count = |call| items(replies, call).len();
            let account = replies.scope.account.as_deref().unwrap();
            let who = if account == moto.accounts[0] { "own" } else { "other" };
            let place = format!("{who} {}", replies.scope.region.as_deref().unwrap());
            (place, count("rds:DescribeDBInstances"), count("rds:DescribeDBClusters"))
        })
        .collect();
    let found: BTreeSet<_> = found.iter().map(|(place, one, two)| (place.as_str(), *one, *two)).collect();
    let expected =
        [("other eu-west-1", 6, 0), ("other us-east-1", 14, 1), ("own eu-west-1", 14, 1), ("own us-east-1", 28, 2)];
    assert_eq!(found, expected.into());
    // What was sent is what was counted: the log has the roles that were assumed besides.
    let sent = proxy.log().iter().filter(|asked| asked.action != "AssumeRole").count() as u64;
    assert_eq!(collected.requests, sent);
    let counted: u64 = scopes.iter().flat_map(|replies| &replies.calls).map(|made| u64::from(made.requests)).sum();
    assert_eq!(counted + 1, sent, "one to learn whose credentials these are");
}

#[test]
fn replies_are_derived_and_reduced_to_what_databases_use() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &[]);
    let request = request(&proxy, &["eu-west-1"]);
    let (_, scopes) = run(&request).unwrap();
    let replies = &scopes[0];
    let of = |call: &str| -> Vec<String> {
        outcomes(replies, call).iter().filter_map(|made| made.of.as_deref().map(str::to_owned)).collect()
    };
    assert_eq!(of("rds:DescribeDBParameters"), ["own-mariadb10-6", "own-mysql8-0", "own-postgres16"]);
    assert_eq!(of("rds:DescribeDBClusterParameters"), ["own-aurora"]);
    assert_eq!(of("rds:DescribeDBSnapshotAttributes"), ["kept-0", "kept-1", "kept-2", "kept-3"]);
    assert_eq!(of("rds:DescribeDBEngineVersions"), ["aurora-postgresql", "mariadb", "mysql", "postgres"]);
    assert_eq!(texts(replies, "rds:DescribeDBEngineVersions", "EngineVersion"), ["16.2", "10.6.14", "8.0.36", "16.3"]);
    assert_eq!(of("rds:DescribeDBProxyTargets"), ["proxy"]);
    let rotated = items(replies, "kms:GetKeyRotationStatus");
    let is_rotated = |yes: bool| rotated.iter().filter(|item| item.value["KeyRotationEnabled"] == yes).count();
    // One of each, and the one that moto makes for the secrets it manages.
    assert_eq!((is_rotated(true), is_rotated(false)), (1, 2));
    assert_eq!(of("backup:ListRecoveryPointsByResource"), ["arn:aws:rds:eu-west-1:123456789012:db:db-01"]);
    let groups = texts(replies, "ec2:DescribeSecurityGroups", "GroupName");
    assert_eq!(groups.iter().map(String::as_str).collect::<BTreeSet<_>>(), ["closed", "open"].into());
    assert!(texts(replies, "secretsmanager:ListSecrets", "Name").iter().all(|name| !name.contains("something/else")));
    let defaults = &items(replies, "rds:DescribeEngineDefaultParameters")[0].value["EngineDefaults"]["Parameters"];
    assert_eq!(defaults.as_array().unwrap().len(), 2, "every default is kept, whatever rules read today");
    let restored = items(replies, "backup:ListRestoreJobs");
    assert_eq!(restored.len(), 1);
    assert_eq!(restored[0].value["CompletionDate"], Value::from("2025-11-13T02:13:20Z"));
}

/// What the collector lets anybody see of an object.
fn without_secrets(mut value: Value) -> Value {
    dbkeel::source::aws::redact(&mut value);
    value
}

#[test]
fn replies_are_read_as_botocore_reads_them() {
    let Some(moto) = moto() else { return };
    let (_, scopes) = run(&request(&Proxy::new(moto.port, &[]), &["eu-west-1"])).unwrap();
    for (call, said) in moto.said.as_object().unwrap() {
        let said: Vec<Value> = said.as_array().unwrap().iter().map(super::still).map(without_secrets).collect();
        let found: Vec<Value> = items(&scopes[0], call).iter().map(|item| super::still(&item.value)).collect();
        // Networks are reduced to what databases use.
        let is_all = call.starts_with("rds:");
        assert!(!found.is_empty() && (!is_all || found.len() == said.len()), "{call}");
        for value in found {
            assert!(said.contains(&value), "{call} has another {value:#}");
        }
    }
}

#[test]
fn items_and_calls_stand_in_the_order_of_the_table() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &[]);
    let (_, scopes) = run(&request(&proxy, &["eu-west-1"])).unwrap();
    let place = |operation: &dbkeel::source::aws::Operation| {
        OPERATIONS.iter().position(|each| each == operation).expect("the table has it")
    };
    assert!(scopes[0].items.is_sorted_by_key(|item| (place(item.operation), item.of.clone())));
    assert!(scopes[0].calls.is_sorted_by_key(|made| (place(made.operation), made.of.clone())));
    let (_, again) = run(&request(&Proxy::new(moto.port, &[]), &["eu-west-1"])).unwrap();
    assert!(again[0].items == scopes[0].items);
    assert_eq!(again[0].calls, scopes[0].calls);
}

#[test]
fn requests_grow_with_pages_and_distinct_groups_not_with_databases() {
    let Some(moto) = moto() else { return };
    // Both regions have the same groups, engines and snapshots of instances; one has twice the databases.
    let by_call = |region: &str| -> BTreeMap<String, usize> {
        let proxy = Proxy::new(moto.port, &[]);
        run(&request(&proxy, &[region])).unwrap();
        let mut counts = BTreeMap::new();
        for asked in proxy.log().iter().filter(|asked| asked.service != "sts") {
            *counts.entry(format!("{}:{}", asked.service, asked.action)).or_default() += 1;
        }
        counts
    };
    let (mut small, mut large) = (by_call("eu-west-1"), by_call("us-east-1"));
    let documented = std::fs::read_to_string(root().join("docs/collecting.md")).unwrap();
    let all: usize = large.values().sum();
    assert!(
        documented.contains(&format!("costs {all};")),
        "docs/collecting.md states another number than {all}: {large:?}"
    );
    // Whom a cluster's snapshot is shared with is asked once a snapshot, and there is one cluster more.
    let snapshots = |counts: &mut BTreeMap<String, usize>| counts.remove("rds:DescribeDBClusterSnapshotAttributes");
    assert_eq!((snapshots(&mut small), snapshots(&mut large)), (Some(1), Some(2)));
    assert_eq!(small, large);
}

#[test]
fn pages_are_followed_to_the_last() {
    let Some(moto) = moto() else { return };
    let whole = Proxy::new(moto.port, &[]);
    let paged = Proxy::paging(moto.port, &[], 5);
    let (_, expected) = run(&request(&whole, &["us-east-1"])).unwrap();
    let (_, found) = run(&request(&paged, &["us-east-1"])).unwrap();
    assert_eq!(outcomes(&found[0], "rds:DescribeDBInstances")[0].requests, 6, "28 by fives");
    let without_clock = |replies| -> Vec<Value> {
        items(replies, "rds:DescribeDBInstances").iter().map(|item| super::still(&item.value)).collect()
    };
    assert_eq!(without_clock(&found[0]), without_clock(&expected[0]));
}

#[test]
fn an_organization_is_collected_by_role_and_its_regions_are_asked_for() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &[]);
    let role = Role { name: "DbkeelReadOnly".to_owned(), external_id: None };
    let organization =
        Organization { units: vec![], except: vec![moto.accounts[0].clone()], role: Some(role), accounts: vec![] };
    let accounts = AccountChoice::Organization(organization);
    let all = Request { accounts, regions: RegionChoice::Enabled, ..request(&proxy, &[]) };
    let (_, scopes) = run(&all).unwrap();
    assert!(scopes.len() > 10, "moto has all commercial regions");
    assert!(scopes.iter().all(|replies| replies.scope.account.as_deref() == Some(moto.accounts[1].as_str())));
    let requests = |region: &str| -> u32 {
        let replies = scopes.iter().find(|replies| replies.scope.region.as_deref() == Some(region)).unwrap();
        replies.calls.iter().map(|made| made.requests).sum()
    };
    assert_eq!(requests("sa-east-1"), 31, "the lists, and nothing else where nothing is");
}

#[test]
fn no_secret_of_the_seed_is_in_what_was_collected() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &[]);
    let (_, scopes) = run(&request(&proxy, &["eu-west-1"])).unwrap();
    let text = format!("{scopes:?}");
    assert!(text.contains("api-token") && !text.contains("Planted"), "the tag is there and its value is not");
}

#[test]
fn every_call_is_allowed_by_the_published_policy() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &[]);
    let _ = run(&request(&proxy, &["eu-west-1"])).unwrap();
    let policy = iam_policy(&Family::all());
    let statements = policy["Statement"].as_array().unwrap().iter();
    let allowed: BTreeSet<&str> = statements
        .flat_map(|statement| statement["Action"].as_array().unwrap())
        .map(|action| action.as_str().unwrap())
        .collect();
    for asked in proxy.log() {
        let permission = format!("{}:{}", asked.service.replace("tagging", "tag"), asked.action);
        assert!(allowed.contains(permission.as_str()), "{permission}");
    }
    assert!(OPERATIONS.iter().all(|operation| operation.per != Per::Discovery));
}

#[test]
fn a_budget_is_never_exceeded_and_what_was_not_asked_is_told() {
    let Some(moto) = moto() else { return };
    for most in [1, 7, 30] {
        let proxy = Proxy::new(moto.port, &["DescribeDBClusters@eu-west-1=throttlex2"]);
        let request = Request { max_requests: Some(most), ..request(&proxy, &["eu-west-1"]) };
        let (collected, scopes) = run(&request).unwrap();
        assert_eq!(proxy.log().len() as u64, most);
        assert_eq!(collected.requests, most);
        assert!(lost(&scopes[0]).iter().any(|call| call.ends_with("OverBudget")), "{:?}", lost(&scopes[0]));
    }
}

#[test]
fn credentials_that_do_not_work_are_an_error_before_anything_is_collected() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &["GetCallerIdentity@*=code:InvalidClientTokenId"]);
    let error = run(&request(&proxy, &["eu-west-1"])).unwrap_err();
    assert_eq!(error.to_string(), "AWS does not accept the credentials: InvalidClientTokenId");
    assert!(matches!(error, CollectError::Credentials(_)));
    let keys = Keys { id: "A".to_owned(), secret: "Planted-Secret-4".to_owned(), token: None };
    assert!(!format!("{:?}", Request { keys: Some(keys), ..Request::default() }).contains("Planted"));
}

#[test]
fn a_role_that_is_refused_is_told_with_the_reason() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &["AssumeRole@*=denied"]);
    let request = Request { accounts: both(moto), ..request(&proxy, &["eu-west-1"]) };
    let (_, scopes) = run(&request).unwrap();
    let other =
        scopes.iter().find(|replies| replies.scope.account.as_deref() == Some(moto.accounts[1].as_str())).unwrap();
    let expected = "Credentials(\"the credentials were refused: AccessDenied\")";
    assert!(!lost(other).is_empty() && lost(other).iter().all(|call| call.ends_with(expected)), "{:?}", lost(other));
    let own =
        scopes.iter().find(|replies| replies.scope.account.as_deref() == Some(moto.accounts[0].as_str())).unwrap();
    assert_eq!(items(own, "rds:DescribeDBInstances").len(), 14);
}

#[test]
fn a_role_that_is_throttled_is_assumed_in_the_end() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &["AssumeRole@*=throttlex2"]);
    let request = Request { accounts: both(moto), ..request(&proxy, &["eu-west-1"]) };
    let (_, scopes) = run(&request).unwrap();
    assert!(scopes.iter().all(|replies| !items(replies, "rds:DescribeDBInstances").is_empty()));
}
