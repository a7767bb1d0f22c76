//! The collector against a fake that counts what it is asked.

mod fake;

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::*;
use crate::source::aws::operations::{OPERATIONS, Per, find};
use crate::source::aws::{CallOutcome, Family};
use fake::{Fake, OWN, database, quiet};

fn regions(names: &[&str]) -> RegionChoice {
    RegionChoice::Listed(names.iter().map(|name| Arc::from(*name)).collect())
}

fn request(names: &[&str]) -> Request {
    Request { regions: regions(names), ..Request::default() }
}

/// Runs, and gives the scopes in order.
fn ran(fake: &Arc<Fake>, request: &Request) -> Result<Vec<ScopeReplies>, CollectError> {
    let mut scopes = Vec::new();
    let mut sink = |replies| {
        scopes.push(replies);
        Ok(())
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(run::run(Arc::clone(fake) as _, request, &Silent, &mut sink))?;
    scopes.sort_by(|a, b| a.scope.cmp(&b.scope));
    Ok(scopes)
}

fn outcome<'r>(replies: &'r ScopeReplies, call: &str) -> Vec<&'r CallOutcome> {
    let operation = find(call).unwrap();
    replies.calls.iter().filter(|made| made.operation == operation).collect()
}

fn values<'r>(replies: &'r ScopeReplies, call: &str) -> Vec<&'r Json> {
    let operation = find(call).unwrap();
    replies.items.iter().filter(|item| item.operation == operation).map(|item| &item.value).collect()
}

fn statuses(replies: &ScopeReplies) -> Vec<String> {
    let lost = replies.calls.iter().filter(|made| !matches!(made.status, CallStatus::Complete | CallStatus::NotAsked));
    lost.map(|made| format!("{} {:?}", made.operation, made.status)).collect()
}

#[test]
fn an_empty_region_is_asked_for_the_lists_and_nothing_else() {
    let fake = Fake::new(|_, _| None);
    let scopes = ran(&fake, &request(&["eu-west-1"])).unwrap();
    let lists = OPERATIONS.iter().filter(|operation| needs::is_asked_always(operation)).count() as u64;
    assert_eq!(fake.requests(), 1 + lists, "the caller, and one page of each list");
    assert_eq!(statuses(&scopes[0]), Vec::<String>::new());
    let asked: Vec<_> = OPERATIONS.iter().filter(|operation| !matches!(operation.per, Per::Each(_))).collect();
    assert_eq!(scopes[0].calls.iter().map(|made| made.operation).collect::<Vec<_>>(), asked);
}

#[test]
fn what_databases_use_is_asked_once_however_many_use_it() {
    let requests = |databases: usize| {
        let fake = Fake::new(move |_, asked| match asked.operation.action {
            "DescribeDBInstances" => Some(json!({"DBInstances": (0..databases).map(database).collect::<Vec<_>>()})),
            "DescribeDBParameterGroups" => Some(json!({"DBParameterGroups": [
                {"DBParameterGroupName": "own", "DBParameterGroupFamily": "postgres16"}]})),
            "DescribeKey" => Some(json!({"KeyMetadata": {"Arn": asked.of, "KeyManager": "CUSTOMER"}})),
            _ => None,
        });
        let scopes = ran(&fake, &request(&["eu-west-1"])).unwrap();
        assert_eq!(statuses(&scopes[0]), Vec::<String>::new());
        assert_eq!(outcome(&scopes[0], "rds:DescribeDBParameters").len(), 1);
        assert_eq!(values(&scopes[0], "kms:GetKeyRotationStatus").len(), 1);
        fake.requests()
    };
    assert_eq!(requests(2), requests(90));
}

#[test]
fn every_page_is_read_and_the_last_names_no_other() {
    let fake = Fake::new(|_, asked| {
        (asked.operation.action == "DescribeDBInstances").then(|| match asked.page.as_deref() {
            None => json!({"DBInstances": [database(1)], "Marker": "two"}),
            Some("two") => json!({"DBInstances": [database(2)], "Marker": ""}),
            other => panic!("page {other:?}"),
        })
    });
    let scopes = ran(&fake, &request(&["eu-west-1"])).unwrap();
    let made = outcome(&scopes[0], "rds:DescribeDBInstances");
    assert_eq!((made[0].requests, made[0].items, &made[0].status), (2, 2, &CallStatus::Complete));
}

#[test]
fn a_page_that_comes_again_is_malformed_and_what_came_is_kept() {
    let fake = Fake::new(|_, asked| {
        (asked.operation.action == "DescribeDBInstances")
            .then(|| json!({"DBInstances": [database(1)], "Marker": "same"}))
    });
    let scopes = ran(&fake, &request(&["eu-west-1"])).unwrap();
    let made = outcome(&scopes[0], "rds:DescribeDBInstances");
    assert!(matches!(made[0].status, CallStatus::Malformed(_)), "{:?}", made[0]);
    assert_eq!(made[0].items, 2);
}

#[test]
fn a_reply_without_its_list_is_malformed() {
    let fake = Fake::new(|_, asked| (asked.operation.action == "DescribeDBClusters").then(|| json!({})));
    let scopes = ran(&fake, &request(&["eu-west-1"])).unwrap();
    let what = "Malformed(\"the reply has no `DBClusters`\")";
    assert_eq!(statuses(&scopes[0]), [format!("rds:DescribeDBClusters {what}")]);
}

#[test]
fn pages_of_one_object_are_joined_and_only_named_defaults_stay() {
    let fake = Fake::new(|_, asked| match (asked.operation.action, asked.page.as_deref()) {
        ("DescribeDBInstances", _) => Some(json!({"DBInstances": [database(1)]})),
        ("DescribeEngineDefaultParameters", None) => Some(json!({"EngineDefaults": {
            "DBParameterGroupFamily": "postgres16", "Marker": "2",
            "Parameters": [{"ParameterName": "rds.force_ssl"}, {"ParameterName": "work_mem"}]}})),
        ("DescribeEngineDefaultParameters", Some("2")) => {
            Some(json!({"EngineDefaults": {"Parameters": [{"ParameterName": "log_connections"}]}}))
        }
        ("DescribeDBParameterGroups", _) => Some(json!({"DBParameterGroups": [
            {"DBParameterGroupName": "own", "DBParameterGroupFamily": "postgres16"}]})),
        _ => None,
    });
    let scopes = ran(&fake, &request(&["eu-west-1"])).unwrap();
    let expected = json!({"EngineDefaults": {
        "DBParameterGroupFamily": "postgres16",
        "Parameters": [
            {"ParameterName": "rds.force_ssl"}, {"ParameterName": "work_mem"}, {"ParameterName": "log_connections"}]}});
    assert_eq!(values(&scopes[0], "rds:DescribeEngineDefaultParameters"), [&expected]);
}

#[test]
fn what_no_database_uses_is_not_kept() {
    let fake = Fake::new(|_, asked| match asked.operation.action {
        "DescribeDBInstances" => Some(json!({"DBInstances": [database(1)]})),
        "DescribeSecurityGroups" => Some(json!({"SecurityGroups": [
            {"GroupId": "sg-db", "IpPermissions": [{"UserIdGroupPairs": [{"GroupId": "sg-app"}]}]},
            {"GroupId": "sg-app"}, {"GroupId": "sg-other"}]})),
        "ListSecrets" => Some(json!({"SecretList": [{"ARN": "arn:mine"}, {"ARN": "arn:other"}]})),
        "DescribeDBEngineVersions" => Some(json!({"DBEngineVersions": [
            {"Engine": "postgres", "EngineVersion": "16.3"}, {"Engine": "postgres", "EngineVersion": "17.1"}]})),
        _ => None,
    });
    let scopes = ran(&fake, &request(&["eu-west-1"])).unwrap();
    let ids = |call, member: &str| -> Vec<String> {
        values(&scopes[0], call).iter().map(|value| value[member].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("ec2:DescribeSecurityGroups", "GroupId"), ["sg-db", "sg-app"]);
    assert_eq!(ids("secretsmanager:ListSecrets", "ARN"), ["arn:mine"]);
    assert_eq!(ids("rds:DescribeDBEngineVersions", "EngineVersion"), ["16.3"]);
}

#[test]
fn a_denied_list_of_databases_still_asks_what_databases_would_need() {
    let fake = Fake::failing("DescribeDBInstances", CallStatus::Denied(Arc::from("AccessDenied")));
    let scopes = ran(&fake, &request(&["eu-west-1"])).unwrap();
    assert_eq!(statuses(&scopes[0]), ["rds:DescribeDBInstances Denied(\"AccessDenied\")"]);
    assert_eq!(outcome(&scopes[0], "ec2:DescribeSecurityGroups")[0].requests, 1);
}

#[test]
fn expired_credentials_end_the_account_and_no_other() {
    let fake = Fake::expiring("111111111111", "DescribeDBSnapshots");
    let role = || Some(Role { name: "Reader".to_owned(), external_id: None });
    let account = |id: &str| Account { id: Arc::from(id), role: role(), regions: None };
    let accounts = AccountChoice::Listed(vec![account("111111111111"), account("222222222222")]);
    let request = Request { accounts, scopes_at_once: 1, calls_per_service: 1, ..request(&["eu-west-1", "us-east-1"]) };
    let scopes = ran(&fake, &request).unwrap();
    assert_eq!(scopes.len(), 4);
    for replies in &scopes {
        let of_first = replies.scope.account.as_deref() == Some("111111111111");
        assert_eq!(statuses(replies).is_empty(), !of_first, "{:?}", statuses(replies));
        assert!(statuses(replies).iter().all(|status| status.ends_with("Credentials(\"ExpiredToken\")")));
    }
    let second = scopes.iter().filter(|replies| replies.scope.account.as_deref() == Some("111111111111")).nth(1);
    let asked: u32 = second.unwrap().calls.iter().map(|made| made.requests).sum();
    assert_eq!(asked, 0, "nothing is asked any more");
}

#[test]
fn a_token_that_one_region_refuses_ends_that_region() {
    let fake = Fake::answering(|_, asked| match asked.region.as_ref() {
        "me-south-1" if asked.operation.per != Per::Discovery => {
            Err(CallStatus::Credentials(Arc::from("UnrecognizedClientException")))
        }
        _ => quiet(asked),
    });
    let scopes = ran(&fake, &request(&["eu-west-1", "me-south-1"])).unwrap();
    assert_eq!(statuses(&scopes[0]), Vec::<String>::new());
    assert!(scopes[1].calls.iter().any(|made| made.requests == 0 && !made.status.is_complete()));
}

#[test]
fn a_role_that_cannot_be_assumed_is_told_for_every_region() {
    let fake = Fake::new(|_, _| None).without_role("333333333333");
    let role = Some(Role { name: "Reader".to_owned(), external_id: None });
    let accounts = AccountChoice::Listed(vec![Account { id: Arc::from("333333333333"), role, regions: None }]);
    let scopes = ran(&fake, &Request { accounts: accounts.clone(), ..request(&["eu-west-1", "us-east-1"]) }).unwrap();
    assert_eq!(scopes.len(), 2);
    assert!(scopes.iter().all(|replies| !replies.calls.is_empty()));
    assert!(
        scopes.iter().flat_map(|replies| &replies.calls).all(|made| matches!(made.status, CallStatus::Credentials(_)))
    );

    let scopes = ran(&fake, &Request { accounts, ..Request::default() }).unwrap();
    assert_eq!(scopes[0].scope.region, None);
    assert_eq!(scopes[0].calls.len(), 1);
}

#[test]
fn credentials_of_another_account_are_never_taken_for_this_one() {
    let fake = Fake::new(|_, _| None);
    let accounts = AccountChoice::Listed(vec![Account { id: Arc::from("444444444444"), role: None, regions: None }]);
    let scopes = ran(&fake, &Request { accounts, ..request(&["eu-west-1"]) }).unwrap();
    assert!(scopes[0].items.is_empty());
    assert!(scopes[0].calls.iter().all(|made| matches!(made.status, CallStatus::Credentials(_))));
    assert_eq!(fake.requests(), 1, "only whose credentials these are was asked");
}

#[test]
fn an_organization_is_walked_by_unit_and_excludes_count() {
    let accounts = |ids: &[&str]| -> Vec<Json> {
        ids.iter()
            .map(|id| json!({"Id": id, "Status": if id.starts_with('9') { "SUSPENDED" } else { "ACTIVE" }}))
            .collect()
    };
    let fake = Fake::new(move |_, asked| match (asked.operation.action, asked.of.as_deref()) {
        ("ListAccountsForParent", Some("ou-prod")) => Some(json!({"Accounts": accounts(&["1", "2", "9"])})),
        ("ListAccountsForParent", Some("ou-prod-eu")) => Some(json!({"Accounts": accounts(&["3", "4"])})),
        ("ListAccountsForParent", Some("ou-prod-old")) => Some(json!({"Accounts": accounts(&["5"])})),
        ("ListOrganizationalUnitsForParent", Some("ou-prod")) => {
            Some(json!({"OrganizationalUnits": [{"Id": "ou-prod-eu"}, {"Id": "ou-prod-old"}]}))
        }
        ("ListOrganizationalUnitsForParent", _) => Some(json!({"OrganizationalUnits": []})),
        _ => None,
    });
    let organization = Organization {
        units: vec!["ou-prod".to_owned()],
        except: vec!["2".to_owned(), "ou-prod-old".to_owned()],
        role: Some(Role { name: "Reader".to_owned(), external_id: None }),
        accounts: vec![],
    };
    let request = Request { accounts: AccountChoice::Organization(organization), ..request(&["eu-west-1"]) };
    let scopes = ran(&fake, &request).unwrap();
    let found: Vec<_> = scopes.iter().map(|replies| replies.scope.account.as_deref().unwrap()).collect();
    assert_eq!(found, ["1", "3", "4"]);
}

#[test]
fn the_shards_of_an_organization_share_out_all_of_it_and_what_is_listed_is_in_one_of_them() {
    let ids: Vec<String> = (0..30).map(|number| format!("{number:012}")).collect();
    let all = json!({"Accounts": ids.iter().map(|id| json!({"Id": id, "Status": "ACTIVE"})).collect::<Vec<_>>()});
    let fake = Fake::new(move |_, asked| (asked.operation.action == "ListAccounts").then(|| all.clone()));
    let role = || Some(Role { name: "Reader".to_owned(), external_id: None });
    let listed = |id: &str| Account { id: Arc::from(id), role: role(), regions: None };
    // One that the organization has too, and one that it has not.
    let accounts = vec![listed("000000000007"), listed("999999999999")];
    let organization = Organization { units: vec![], except: vec![], role: role(), accounts };
    let mut found = Vec::new();
    for index in 0..64 {
        let accounts = AccountChoice::Organization(organization.clone());
        let shard = Some(Shard::new(index, 64).unwrap());
        let scopes = ran(&fake, &Request { accounts, shard, ..request(&["eu-west-1"]) }).unwrap();
        found.extend(scopes.into_iter().map(|replies| replies.scope.account.unwrap().to_string()));
    }
    found.sort();
    assert_eq!(found, [&ids[..], &["999999999999".to_owned()]].concat());
}

#[test]
fn an_organization_that_cannot_be_read_is_an_error() {
    let fake = Fake::failing("ListAccounts", CallStatus::Denied(Arc::from("AccessDeniedException")));
    let role = Role { name: "Reader".to_owned(), external_id: None };
    let organization = Organization { units: vec![], except: vec![], role: Some(role), accounts: vec![] };
    let request = Request { accounts: AccountChoice::Organization(organization), ..request(&["eu-west-1"]) };
    let error = ran(&fake, &request).unwrap_err().to_string();
    assert_eq!(error, "`organizations:ListAccounts` failed, so the accounts are not known: AccessDeniedException");
}

#[test]
fn scopes_that_are_done_are_not_collected_again() {
    let fake = Fake::new(|_, _| None);
    let done = Scope { account: Some(Arc::from(OWN)), region: Some(Arc::from("eu-west-1")) };
    let request = Request { done: [done].into(), ..request(&["eu-west-1", "us-east-1"]) };
    let scopes = ran(&fake, &request).unwrap();
    assert_eq!(scopes.len(), 1);
    assert_eq!(scopes[0].scope.region.as_deref(), Some("us-east-1"));
}

#[test]
fn the_same_answers_give_the_same_replies() {
    let once = || {
        let fake = Fake::new(|_, asked| {
            (asked.operation.action == "DescribeDBInstances")
                .then(|| json!({"DBInstances": (0..40).map(database).collect::<Vec<_>>()}))
        });
        let scopes = ran(&fake, &request(&["eu-west-1", "us-east-1"])).unwrap();
        scopes.into_iter().map(|replies| (replies.scope, replies.items, replies.calls)).collect::<Vec<_>>()
    };
    assert_eq!(once(), once());
}

#[test]
fn a_sink_that_fails_ends_the_run() {
    let fake = Fake::new(|_, _| None);
    let mut sink = |_| Err("the disk is full".into());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let request = request(&["eu-west-1"]);
    let ran = runtime.block_on(run::run(fake as _, &request, &Silent, &mut sink));
    assert_eq!(ran.unwrap_err().to_string(), "the disk is full");
}

#[test]
fn a_task_that_breaks_is_no_smaller_inventory() {
    let fake = Fake::new(|_, asked| (asked.operation.action == "DescribeDBClusters").then(|| panic!("a bug")));
    assert!(matches!(ran(&fake, &request(&["eu-west-1"])), Err(CollectError::Broken)));
}

#[test]
fn a_plan_names_every_call_and_the_least_number_of_requests() {
    let plan = planned_calls(&request(&["eu-west-1", "us-east-1"]));
    assert_eq!(plan.scopes, Some(2));
    assert_eq!(plan.calls.len(), OPERATIONS.len() + 1);
    let lists = OPERATIONS.iter().filter(|operation| needs::is_asked_always(operation)).count() as u64;
    assert_eq!(plan.at_least(), Some(1 + 2 * lists));
    assert_eq!(planned_calls(&Request::default()).at_least(), None);
}

#[test]
fn a_service_that_is_left_out_is_not_asked_and_is_no_gap() {
    let fake = Fake::new(|_, _| None);
    let request = Request { services: std::collections::BTreeSet::new(), ..request(&["eu-west-1"]) };
    let scopes = ran(&fake, &request).unwrap();
    assert_eq!(fake.requests(), 1, "whose credentials these are, and nothing else");
    let of_families = scopes[0].calls.iter().filter(|made| Family::of(made.operation).is_some());
    assert!(of_families.clone().count() > 0);
    assert!(of_families.clone().all(|made| made.status == CallStatus::NotAsked && !made.status.is_gap()));
    assert!(planned_calls(&request).calls.iter().all(|call| Family::of(call.operation).is_none()));
}
