//! `collect aws --shard` and `merge`, as a user runs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dbkeel::model::Scope;
use dbkeel::source::aws::collect::{Account, Shard};
use dbkeel::source::aws::{CallOutcome, CallStatus, Item, OPERATIONS, Operation, ScopeReplies};
use dbkeel::source::inventory_file::{Header, Manifest, Origin, write};
use serde_json::{Value, json};

use super::audit::{aws, fleet, still};
use super::collect::{Proxy, moto};
use super::command::{AS_OF, Ran, Scanned, dbkeel, list, run, text};

/// The accounts of the fleet of the tests without a server.
const ACCOUNTS: usize = 40;

fn id(number: usize) -> String {
    format!("{:012}", 100_000_000_000 + number * 7919)
}

fn instances() -> &'static Operation {
    OPERATIONS.iter().find(|operation| operation.to_string() == "rds:DescribeDBInstances").unwrap()
}

/// What a region of an account holds: a few databases, whose texts and numbers are of every sort.
fn replies(number: usize, region: &str) -> ScopeReplies {
    let value = |at| json!({"DBInstanceIdentifier": format!("db-{at}"), "Size": 0.1 + number as f64, "Name": "ä\u{7f}\n\"", "Big": u64::MAX});
    let items: Vec<Item> =
        (0..number % 5).map(|at| Item { operation: instances(), of: None, value: value(at) }).collect();
    let status = if number == 7 { CallStatus::Denied("AccessDenied".into()) } else { CallStatus::Complete };
    let call = CallOutcome { operation: instances(), of: None, requests: 1, items: items.len() as u64, status };
    let scope = Scope { account: Some(id(number).into()), region: Some(region.into()) };
    ScopeReplies { scope, collected_at: format!("2026-11-22T01:00:{number:02}Z").into(), items, calls: vec![call] }
}

fn header(shard: Option<Shard>) -> Header {
    let accounts: Vec<Value> = (0..ACCOUNTS).map(|number| json!({"id": id(number)})).collect();
    let mut request = json!({"accounts": accounts, "profile": null, "regions": "enabled"});
    if let Some(shard) = shard {
        request["shard"] = json!(shard);
    }
    let Value::Object(request) = request else { unreachable!() };
    Header::new(Origin::Aws, "2026-11-22T01:00:00Z", request)
}

fn manifest() -> Manifest {
    Manifest { finished_at: "2026-11-22T01:30:00Z".into(), missing: Vec::new() }
}

/// The whole collection.
fn whole(file: &Path) {
    let scopes: Vec<_> = (0..ACCOUNTS).flat_map(both_regions).collect();
    write(file, &header(None), &scopes, &manifest()).unwrap();
}

fn both_regions(number: usize) -> impl Iterator<Item = ScopeReplies> {
    ["eu-west-1", "us-east-1"].into_iter().map(move |region| replies(number, region))
}

/// The file of one shard of the same collection.
fn shard(folder: &Path, index: u32, of: u32, header: impl Fn(Shard) -> Header, extension: &str) -> String {
    let shard = Shard::new(index, of).unwrap();
    let accounts: Vec<Account> =
        (0..ACCOUNTS).map(|number| Account { id: Arc::from(id(number)), role: None, regions: None }).collect();
    let ours = shard.listed(&accounts);
    let numbers = (0..ACCOUNTS).filter(|number| ours.iter().any(|account| *account.id == id(*number)));
    let scopes: Vec<_> = numbers.flat_map(both_regions).collect();
    let file = folder.join(format!("{index}-of-{of}.{extension}"));
    write(&file, &header(shard), &scopes, &manifest()).unwrap();
    file.display().to_string()
}

fn plain(folder: &Path, index: u32, of: u32) -> String {
    shard(folder, index, of, |shard| header(Some(shard)), "jsonl")
}

fn merge(files: &[String], to: &Path) -> Ran {
    let to = to.display().to_string();
    dbkeel(["merge"].into_iter().chain(files.iter().map(String::as_str)).chain(["--output", &to]))
}

#[test]
fn two_shards_and_sixteen_merged_are_one_whole_run_byte_for_byte_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    for extension in ["jsonl", "jsonl.zst"] {
        let expected = folder.path().join(format!("whole.{extension}"));
        whole(&expected);
        let merged = folder.path().join(format!("merged.{extension}"));
        for of in [1, 2, 16, 64] {
            let mut files: Vec<String> = (0..of)
                .map(|index| {
                    let extension = if index % 2 == 0 { "jsonl" } else { "jsonl.zst" };
                    shard(folder.path(), index, of, |shard| header(Some(shard)), extension)
                })
                .collect();
            for turn in 0..3 {
                files.rotate_left(turn % of as usize);
                files.reverse();
                let ran = merge(&files, &merged);
                // One call of the fleet was denied, in both regions.
                assert_eq!(ran.status, 3, "{}", ran.stderr);
                assert!(ran.stderr.contains(&format!("{of} of {of} shard")), "{}", ran.stderr);
                assert!(fs::read(&merged).unwrap() == fs::read(&expected).unwrap(), "{of} shards, turn {turn}");
            }
        }
    }
}

#[test]
fn the_instants_of_a_merged_file_are_those_of_the_first_shard_to_begin_and_the_last_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let late = |shard| Header { started_at: "2026-11-22T13:00:00Z".into(), ..header(Some(shard)) };
    let files = [shard(folder.path(), 0, 2, late, "jsonl"), plain(folder.path(), 1, 2)];
    let merged = folder.path().join("merged.jsonl");
    assert_eq!(merge(&files, &merged).status, 3);
    let first = fs::read_to_string(&merged).unwrap();
    assert!(first.starts_with("{\"inventory\":") && first.contains("\"started_at\":\"2026-11-22T01:00:00Z\""));
}

#[test]
fn a_missing_shard_is_a_gap_of_each_of_its_accounts_and_exit_status_3() {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<String> = (0..16).filter(|index| *index != 3).map(|index| plain(folder.path(), index, 16)).collect();
    let merged = folder.path().join("merged.jsonl");
    let ran = merge(&files, &merged);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("15 of 16 shards"), "{}", ran.stderr);
    assert!(ran.stderr.contains("shard 3/16 is not among the files"), "{}", ran.stderr);
    let file = merged.display().to_string();
    let scanned = dbkeel(["scan", &file, "--as-of", AS_OF, "--output", "json"]);
    assert_eq!(scanned.status, 3, "{}", scanned.stderr);
    let document = Scanned::read(&scanned.stdout).document;
    let gaps = list(&document["gaps"]).iter().filter(|gap| text(&gap["reason"]).contains("--shard 3/16"));
    let places: Vec<&str> = gaps.map(|gap| text(&gap["place"])).collect();
    // The accounts are dealt out in the order of their ids.
    assert_eq!(places, [3, 19, 35].map(id));
    let allowed =
        dbkeel(["merge", &files[0], "--output", &folder.path().join("one").display().to_string(), "--allow-partial"]);
    assert_eq!(allowed.status, 0, "{}", allowed.stderr);
}

#[test]
fn a_missing_shard_of_an_organization_is_one_gap_for_what_only_the_organization_knows() {
    let folder = tempfile::tempdir().unwrap();
    let of_organization = |shard| {
        let mut header = header(Some(shard));
        let listed = json!([{"id": id(0)}, {"id": id(1)}]);
        header
            .request
            .insert("accounts".to_owned(), json!({"organization": {"units": [], "except": []}, "listed": listed}));
        header
    };
    let merged = folder.path().join("merged.jsonl");
    let ran = merge(&[shard(folder.path(), 0, 2, of_organization, "jsonl")], &merged);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let manifest = fs::read_to_string(&merged).unwrap();
    let manifest: Value = manifest
        .lines()
        .find(|line| line.starts_with("{\"manifest\""))
        .map(|line| serde_json::from_str(line).unwrap())
        .unwrap();
    let missing = list(&manifest["manifest"]["missing"]);
    assert_eq!(missing.iter().map(|one| one["account"].clone()).collect::<Vec<_>>(), [Value::Null, json!(id(1))]);
    let scanned = dbkeel(["scan", &merged.display().to_string(), "--as-of", AS_OF, "--output", "json"]);
    let document = Scanned::read(&scanned.stdout).document;
    assert!(list(&document["gaps"]).iter().any(|gap| gap["place"] == "accounts of the organization"));
}

#[test]
fn a_shard_of_another_night_is_left_out_and_its_accounts_are_gaps() {
    let folder = tempfile::tempdir().unwrap();
    let tonight = |shard| Header { started_at: "2026-11-23T01:00:00Z".into(), ..header(Some(shard)) };
    let files = [shard(folder.path(), 0, 2, tonight, "jsonl"), plain(folder.path(), 1, 2)];
    // A glob that no shell expanded, as in a container without one.
    let (pattern, merged) = (folder.path().join("*.jsonl"), folder.path().join("merged.out"));
    let ran = merge(&[pattern.display().to_string()], &merged);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let told = format!("shard 1/2 is of another night (`{}` was begun at 2026-11-22T01:00:00Z)", files[1]);
    assert!(ran.stderr.contains(&told) && ran.stderr.contains("1 of 2 shards"), "{}", ran.stderr);
    let merged = fs::read_to_string(&merged).unwrap();
    assert_eq!(merged.matches("is of another night").count(), ACCOUNTS / 2);
}

#[test]
fn a_shard_alone_is_a_part_of_a_fleet_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let one = plain(folder.path(), 0, 2);
    let scanned = dbkeel(["scan", &one, "--as-of", AS_OF, "--output", "json"]);
    assert_eq!(scanned.status, 3);
    let document = Scanned::read(&scanned.stdout).document;
    assert!(list(&document["gaps"]).iter().any(|gap| text(&gap["reason"]).contains("dbkeel merge")));
}

#[test]
fn files_that_are_not_the_shards_of_one_collection_are_refused_and_leave_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    let shards: Vec<String> = (0..2).map(|index| plain(folder.path(), index, 2)).collect();
    let named = |name: &str| place(name).display().to_string();
    let merged = place("merged.jsonl");

    fs::create_dir(place("other")).unwrap();
    let changed = |change: fn(&mut Header)| {
        shard(
            &place("other"),
            1,
            2,
            |shard| {
                let mut header = header(Some(shard));
                change(&mut header);
                header
            },
            "jsonl",
        )
    };
    let refused = |files: &[String], told: &[&str]| {
        let ran = merge(files, &merged).refused();
        told.iter().for_each(|told| assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr));
        assert!(!merged.exists());
    };
    fs::copy(&shards[0], place("copy.jsonl")).unwrap();
    refused(&[shards[0].clone(), named("copy.jsonl")], &["are both shard 0/2", "name each shard once"]);
    let third = plain(folder.path(), 1, 3);
    refused(&[shards[0].clone(), third], &["different collections: one is of 2, the other of 3"]);
    let other = changed(|header| drop(header.request.insert("regions".to_owned(), json!(["eu-west-1"]))));
    refused(&[shards[0].clone(), other], &["they asked for something else"]);
    let other = changed(|header| header.tool = "dbkeel 9.9.9".into());
    refused(&[shards[0].clone(), other], &["the other by dbkeel 9.9.9"]);
    let other = changed(|header| header.started_at = "yesterday".into());
    refused(&[shards[0].clone(), other], &["not written as RFC 3339 has it"]);
    let other = changed(|header| drop(header.request.insert("shard".to_owned(), json!({"index": 2, "of": 2}))));
    refused(&[shards[0].clone(), other], &["is no shard"]);

    let both = PathBuf::from(changed(|_| {}));
    write(&both, &header(Some(Shard::new(1, 2).unwrap())), &[replies(0, "eu-north-1")], &manifest()).unwrap();
    let both = both.display().to_string();
    refused(&[shards[0].clone(), both], &["both hold 100000000000/eu-north-1", "an account in common"]);

    whole(&place("whole.jsonl"));
    refused(&[shards[0].clone(), named("whole.jsonl")], &["whole.jsonl` is no shard"]);
    let bytes = fs::read(&shards[1]).unwrap();
    fs::write(place("cut.jsonl"), &bytes[..bytes.len() / 2]).unwrap();
    refused(&[shards[0].clone(), named("cut.jsonl")], &["cut.jsonl", "not sealed", "--resume"]);
    let edited = String::from_utf8(bytes).unwrap().replacen("db-0", "db-9", 1);
    fs::write(place("edited.jsonl"), edited).unwrap();
    refused(&[named("edited.jsonl"), shards[0].clone()], &["edited.jsonl", "was changed"]);
    fs::write(place("other.txt"), "not an inventory").unwrap();
    refused(&[named("other.txt")], &["other.txt", "give a file that `dbkeel collect` wrote"]);
    refused(&[shards[0].clone(), named("nowhere.jsonl")], &["nowhere.jsonl"]);

    refused(&["-".to_owned()], &["standard input cannot be merged"]);
    refused(&[named("*.nothing")], &["no file matches"]);

    let before = fs::read(&shards[0]).unwrap();
    let ran = merge(&shards, Path::new(&shards[0])).refused();
    assert!(ran.stderr.contains("would be written over"), "{}", ran.stderr);
    assert!(fs::read(&shards[0]).unwrap() == before);
    let ran = merge(&shards, &place("no/such/folder.jsonl")).refused();
    assert!(ran.stderr.contains("cannot be written"), "{}", ran.stderr);
}

#[test]
fn a_shard_needs_accounts_to_share_out() {
    let refused = |words: &[&str]| dbkeel(["collect", "aws", "--to", "never.jsonl"].iter().chain(words));
    let ran = refused(&["--shard", "0/2"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("`--shard` shares out accounts"), "{}", ran.stderr);
    let ran = refused(&["--account", "111122223333", "--shard", "2/2"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("the last of 2 is `1/2`"), "{}", ran.stderr);
    let words = ["collect", "aws", "--dry-run", "--region", "eu-west-1", "--account", "111122223333"];
    let ran = dbkeel(words.iter().chain(&["--account", "444455556666", "--role", "r", "--shard", "0/2"]));
    assert!(ran.text().starts_with("1 scope in 1 account"), "{}", ran.text());
}

#[test]
fn shards_that_were_collected_from_a_server_are_merged_into_what_one_collection_wrote() {
    let Some(moto) = moto() else { return };
    let folder = tempfile::tempdir().unwrap();
    let fleet = fleet(folder.path(), moto, "");
    let proxy = Proxy::new(moto.port, &[]);
    let collect = |to: &Path, more: &[&str]| {
        let to = to.display().to_string();
        let ran = run(aws(&proxy, ["collect", "aws", "--fleet", &fleet, "--to", &to].iter().chain(more)), b"");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        (to, ran.stderr)
    };
    let whole = folder.path().join("whole.jsonl");
    collect(&whole, &[]);
    for of in [2, 16] {
        let collected = |index| {
            let file = folder.path().join(format!("{index}-of-{of}.jsonl.zst"));
            collect(&file, &["--shard", &format!("{index}/{of}")])
        };
        let (files, told): (Vec<String>, Vec<String>) = (0..of).rev().map(collected).unzip();
        let empty = told.iter().filter(|told| told.contains("no account is in the share of this shard")).count();
        assert_eq!(empty, of - 2, "each of the two accounts is in one shard");
        let merged = folder.path().join(format!("{of}.jsonl"));
        let ran = merge(&files, &merged);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let (merged, whole) = (still(&merged), still(&whole));
        assert_eq!(merged.len(), whole.len());
        for (line, undisturbed) in merged.iter().zip(&whole) {
            assert_eq!(line, undisturbed);
        }
    }
    let asked = proxy.log().len();
    let audit_of = |fleet: &str, file: &str, as_of: &str| {
        let inventory = folder.path().join(file).display().to_string();
        let words =
            ["audit", "--fleet", fleet, "--inventory", &inventory, "--collected", "--as-of", as_of, "--output", "json"];
        run(aws(&proxy, words), b"")
    };
    let audit = |fleet: &str, file: &str| audit_of(fleet, file, AS_OF);
    let [of_whole, of_merged] = ["whole.jsonl", "16.jsonl"].map(|file| Scanned::read(&audit(&fleet, file).stdout));
    assert!(of_whole.verdicts == of_merged.verdicts && of_whole.verdicts.len() > 1000);
    let late = audit_of(&fleet, "16.jsonl", "2099-01-01");
    assert_eq!(late.status, 3, "last night's file passes for tonight's: {}", late.stderr);
    let gaps = &Scanned::read(&late.stdout).document["gaps"];
    assert!(gaps.to_string().contains("it is of another night"), "{gaps}");
    let other = folder.path().join("other.yaml");
    fs::write(&other, "accounts: [{id: \"999999999999\"}]").unwrap();
    let refused = audit(&other.display().to_string(), "16.jsonl").refused();
    assert!(refused.stderr.contains("of other accounts or regions than the fleet file names"), "{}", refused.stderr);
    assert_eq!(proxy.log().len(), asked, "an audit of what is collected asks nobody");
}
