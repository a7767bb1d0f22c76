//! What is written is read back; what was cut, changed or made by others is refused.

mod damage;
mod journals;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::*;
use crate::source::SourceError;
use crate::source::aws::operations::find;
use crate::source::aws::{CallStatus, Item};

fn header() -> Header {
    let Json::Object(request) = json!({"accounts": ["111122223333"]}) else { unreachable!() };
    Header { tool: "dbkeel 0.1.0".into(), ..Header::new(Origin::Aws, "2026-11-22T01:00:00Z", request) }
}

fn manifest() -> Manifest {
    Manifest { finished_at: "2026-11-22T01:30:00Z".into(), missing: Vec::new() }
}

fn call(name: &str, of: Option<&str>, items: u64, status: CallStatus) -> CallOutcome {
    CallOutcome { operation: find(name).unwrap(), of: of.map(Arc::from), requests: 1, items, status }
}

fn item(name: &str, of: Option<&str>, value: Json) -> Item {
    Item { operation: find(name).unwrap(), of: of.map(Arc::from), value }
}

/// A region with some instances; one call of it was denied.
fn replies(account: &str, region: &str, instances: u64) -> ScopeReplies {
    let scope = Scope { account: Some(account.into()), region: Some(region.into()) };
    let parameters = json!({"Parameters": [{"ParameterName": "rds.force_ssl", "ParameterValue": "1"}]});
    let mut items = vec![item("rds:DescribeDBParameters", Some("main"), parameters)];
    items.extend((0..instances).map(|number| {
        let value =
            json!({"DBInstanceIdentifier": format!("db-{number}"), "MultiAZ": true, "Size": 0.5, "Name": "ä\n"});
        item("rds:DescribeDBInstances", None, value)
    }));
    let calls = vec![
        call("kms:DescribeKey", Some("key/a"), 0, CallStatus::Denied("AccessDenied".into())),
        call("rds:DescribeDBParameters", Some("main"), 1, CallStatus::Complete),
        call("rds:DescribeDBInstances", None, instances, CallStatus::Complete),
    ];
    ScopeReplies { scope, collected_at: "2026-11-22T01:10:00Z".into(), items, calls }
}

fn fleet() -> Vec<ScopeReplies> {
    vec![
        replies("111122223333", "eu-west-1", 3),
        replies("111122223333", "us-east-1", 0),
        replies("444455556666", "eu-west-1", 2),
    ]
}

/// An inventory file of these, in a folder that goes with it.
fn sealed(name: &str, scopes: &[ScopeReplies], manifest: &Manifest) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let mut journal = Journal::create(&path, header()).unwrap();
    scopes.iter().for_each(|scope| journal.append(scope).unwrap());
    journal.seal(manifest).unwrap();
    (folder, path)
}

fn bytes() -> Vec<u8> {
    let (_folder, path) = sealed("i.jsonl", &fleet(), &manifest());
    fs::read(path).unwrap()
}

type Whole = (InventoryInfo, Vec<ScopeReplies>);

fn read_bytes(bytes: &[u8]) -> Result<Whole, SourceError> {
    let mut scopes: Vec<ScopeReplies> = Vec::new();
    let info =
        read("i.jsonl", bytes, |head, mut items| match scopes.last_mut().filter(|last| last.scope == head.scope) {
            Some(last) => last.items.append(&mut items),
            None => {
                let ScopeHead { scope, collected_at, calls } = head.clone();
                scopes.push(ScopeReplies { scope, collected_at, items, calls });
            }
        })?;
    Ok((info, scopes))
}

fn read_file(path: &Path) -> Whole {
    read_bytes(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn what_was_written_is_read_back_sorted_by_scope() {
    let mut shuffled = fleet();
    shuffled.rotate_left(1);
    for name in ["i.jsonl", "i.jsonl.zst"] {
        let (_folder, path) = sealed(name, &shuffled, &manifest());
        let (info, scopes) = read_file(&path);
        assert_eq!(scopes, fleet());
        assert_eq!((info.items, info.requests, &info.header), (8, 9, &header()));
        assert_eq!(&*info.finished_at, "2026-11-22T01:30:00Z");
        assert_eq!(info.scopes, fleet().iter().map(|scope| scope.scope.clone()).collect::<Vec<_>>());
        assert!(is_inventory(&fs::read(path).unwrap()));
    }
}

#[test]
fn the_order_of_finishing_changes_no_byte() {
    let mut shuffled = fleet();
    shuffled.reverse();
    for name in ["i.jsonl", "i.jsonl.zst"] {
        let [one, other] = [fleet(), shuffled.clone()].map(|scopes| {
            let (_folder, path) = sealed(name, &scopes, &manifest());
            fs::read(path).unwrap()
        });
        assert_eq!(one, other);
    }
}

#[test]
fn a_large_scope_comes_in_batches_and_in_order() {
    let big = vec![replies("1", "r", 50_000)];
    let (_folder, path) = sealed("i.jsonl", &big, &manifest());
    let (mut batches, mut seen) = (0, 0);
    read("i.jsonl", fs::File::open(&path).unwrap(), |_, items| {
        batches += 1;
        for item in items.into_iter().filter(|item| item.of.is_none()) {
            assert_eq!(item.value["DBInstanceIdentifier"], format!("db-{seen}"));
            seen += 1;
        }
    })
    .unwrap();
    assert!(batches > 1 && seen == 50_000, "{batches} {seen}");
}

#[test]
fn what_was_not_seen_is_a_gap_that_says_what_to_do() {
    let mut scope = replies("1", "r", 1);
    let with = |name: &str, of, status| call(name, of, 0, status);
    scope.calls = vec![
        with("kms:DescribeKey", Some("b"), CallStatus::Denied("AccessDenied".into())),
        with("kms:DescribeKey", Some("a"), CallStatus::Denied("AccessDenied".into())),
        with("kms:DescribeKey", Some("c"), CallStatus::Throttled),
        with("tagging:GetResources", None, CallStatus::Denied("AccessDeniedException".into())),
        with("rds:DescribeDBParameters", Some("main"), CallStatus::Complete),
        with("rds:DescribeDBSnapshots", None, CallStatus::OverBudget),
        with("rds:DescribeDBClusters", None, CallStatus::NotImported),
        with("rds:DescribeDBInstances", None, CallStatus::Incomplete("a `Marker` is in it".into())),
    ];
    let missing = vec![Missing { account: Some("2".into()), region: None, why: "the role cannot be assumed".into() }];
    let (_folder, path) = sealed("i.jsonl", &[scope], &Manifest { missing, ..manifest() });
    let (info, _) = read_file(&path);
    let gaps: Vec<String> = info.gaps.iter().map(|gap| format!("{}: {}", gap.place, gap.reason.as_str())).collect();
    insta::assert_snapshot!(gaps.join("\n"));
    assert_eq!(
        info.notes,
        ["the import holds replies of 5 of 6 calls; what the others tell is unknown: `rds:DescribeDBClusters`"]
    );
}

#[test]
fn an_inventory_of_nothing_is_a_gap() {
    let (_folder, path) = sealed("i.jsonl", &[], &manifest());
    let (info, scopes) = read_file(&path);
    assert!(scopes.is_empty());
    assert_eq!(info.gaps.len(), 1);
    let nothing_asked = ScopeReplies { calls: Vec::new(), items: Vec::new(), ..replies("1", "r", 0) };
    let (_folder, path) = sealed("i.jsonl", &[nothing_asked], &manifest());
    assert_eq!(read_file(&path).0.gaps.len(), 1);
}
