//! Every recording of AWS's replies in `../shared/corpus/live`, read in place: nothing stops the mapping, and nothing of a
//! recording is lost.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::*;
use crate::model::Kind;

/// The calls whose objects become resources of one kind each; an automated backup is one only as a copy.
const JUDGED: &[&str] = &[
    "rds:DescribeDBInstances",
    "rds:DescribeDBClusters",
    "rds:DescribeDBSnapshots",
    "rds:DescribeDBClusterSnapshots",
    "rds:DescribeDBParameterGroups",
    "rds:DescribeDBClusterParameterGroups",
    "rds:DescribeDBSubnetGroups",
    "rds:DescribeOptionGroups",
    "rds:DescribeEventSubscriptions",
    "rds:DescribeDBProxies",
    "rds:DescribeGlobalClusters",
];

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/live");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not here, so no recording was mapped", folder.display());
        return None;
    }
    Some(folder)
}

/// Every object in a recording that is a reply: of the CLI, or as a recorder of boto wraps it.
fn replies_in(folder: &Path, found: &mut Vec<Json>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            replies_in(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read(&path).expect("a file");
            found.extend(serde_json::from_slice::<Json>(&text));
        }
    }
}

/// The objects of a reply that some call of the table lists.
fn items_of(reply: &Json) -> Vec<Item> {
    let reply = reply.get("data").unwrap_or(reply);
    let listed = |operation: &'static crate::source::aws::Operation| {
        let list = reply.get(operation.list?)?.as_array()?;
        Some(list.iter().map(move |value| Item { operation, of: None, value: value.clone() }))
    };
    OPERATIONS.iter().filter_map(listed).flatten().collect()
}

#[test]
fn every_recording_is_mapped_and_none_of_its_objects_is_lost() {
    let Some(folder) = corpus() else { return };
    let mut found = Vec::new();
    replies_in(&folder, &mut found);
    let mut mapped_objects = 0;
    for reply in &found {
        let items = items_of(reply);
        let wanted: BTreeMap<&str, usize> = JUDGED.iter().fold(BTreeMap::new(), |mut wanted, call| {
            let of_call = items.iter().filter(|item| item.operation.to_string() == *call).count();
            *wanted.entry(kind_of(call)).or_default() += of_call;
            wanted
        });
        let mut replies = replies();
        replies.replies.items = items;
        let document = Document { file: "inventory.jsonl".into(), source: 0, shared: SharedFacts::new() };
        let (mapped, gaps) = map_aws(replies.replies, &document);
        assert!(gaps.is_empty(), "{gaps:?}");
        let mut made: BTreeMap<&str, usize> = wanted.keys().map(|kind| (*kind, 0)).collect();
        for resource in mapped.iter().filter_map(|mapped| mapped.resource.as_ref()) {
            *made.entry(group_of(resource.kind)).or_default() += 1;
        }
        made.remove("copies");
        assert_eq!(made, wanted);
        mapped_objects += wanted.values().sum::<usize>();
        let resources = link(mapped, &document.shared);
        assert_known_is_said(&resources, reply);
    }
    eprintln!("corpus: {} replies, {mapped_objects} objects mapped", found.len());
    assert!(mapped_objects > 100, "the recordings hold databases");
}

fn kind_of(call: &str) -> &'static str {
    match call {
        "rds:DescribeDBInstances" => "instances",
        "rds:DescribeDBClusters" => "clusters",
        "rds:DescribeGlobalClusters" => "global clusters",
        "rds:DescribeDBSnapshots" | "rds:DescribeDBClusterSnapshots" => "snapshots",
        "rds:DescribeDBProxies" => "proxies",
        "rds:DescribeEventSubscriptions" => "subscriptions",
        "rds:DescribeOptionGroups" => "option groups",
        "rds:DescribeDBSubnetGroups" => "subnet groups",
        _ => "parameter groups",
    }
}

fn group_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Instance | Kind::ClusterMember => "instances",
        Kind::Cluster => "clusters",
        Kind::GlobalCluster => "global clusters",
        Kind::Snapshot => "snapshots",
        Kind::Proxy => "proxies",
        Kind::EventSubscription => "subscriptions",
        Kind::OptionGroup => "option groups",
        Kind::SubnetGroup => "subnet groups",
        Kind::ParameterGroup => "parameter groups",
        _ => "copies",
    }
}

/// Whatever is known of encryption, exposure, protection and backups stands in the reply itself.
fn assert_known_is_said(resources: &[Resource], reply: &Json) {
    use crate::facts::catalogue::*;
    let said = reply.to_string();
    for resource in resources {
        for (fact, member) in [
            (ENCRYPTED_AT_REST, "ncrypt"),
            (PUBLICLY_ACCESSIBLE, "PubliclyAccessible"),
            (DELETION_PROTECTION, "DeletionProtection"),
            (BACKUP_RETENTION_DAYS, "BackupRetentionPeriod"),
            (AUTO_MINOR_VERSION_UPGRADE, "AutoMinorVersionUpgrade"),
            (IAM_AUTHENTICATION, "IAMDatabaseAuthenticationEnabled"),
            (COPY_TAGS_TO_SNAPSHOT, "CopyTagsToSnapshot"),
        ] {
            let known = resource.facts.known(fact).is_some();
            assert!(!known || said.contains(member), "{} of {} is known of nothing", fact.def().name, resource.id);
        }
    }
}
