//! What people have on disk, as the replies that it stands for.

mod config;
mod corpus;

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::*;
use crate::source::aws::CallStatus;

fn options() -> ImportOptions {
    ImportOptions { scope: Scope::default(), collected_at: "2026-11-22T00:00:00Z".into() }
}

/// Imports a folder with these files; messages name files by their path in it.
fn imported_with(files: &[(&str, String)], options: &ImportOptions) -> Result<Import, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let root = folder.path().to_str().unwrap().to_owned();
    let inside = |text: String| text.replace(&format!("{root}/"), "").replace(&root, ".");
    let read = import(std::slice::from_ref(&root), options);
    let read = read.map_err(|errors| errors.into_iter().map(|error| inside(error.to_string())).collect::<Vec<_>>())?;
    Ok(Import { notes: read.notes.into_iter().map(inside).collect(), ..read })
}

fn imported(files: &[(&str, Json)]) -> Result<Import, Vec<String>> {
    let files: Vec<(&str, String)> = files.iter().map(|(name, json)| (*name, json.to_string())).collect();
    imported_with(&files, &options())
}

/// Everything but the calls of which nothing was imported, one line each.
fn told(import: &Import) -> String {
    let mut lines: Vec<String> = import.notes.iter().map(|note| format!("note: {note}")).collect();
    for replies in &import.scopes {
        let part = |part: &Option<Arc<str>>| part.as_deref().unwrap_or("?").to_owned();
        lines.push(format!("{}/{}", part(&replies.scope.account), part(&replies.scope.region)));
        let of = |of: &Option<Arc<str>>| of.as_deref().map(|of| format!(" of {of}")).unwrap_or_default();
        for call in replies.calls.iter().filter(|call| call.status != CallStatus::NotImported) {
            lines.push(format!("  {}{}: {}, {:?}", call.operation, of(&call.of), call.items, call.status));
        }
        lines.extend(
            replies.items.iter().map(|item| format!("  {}{} {}", item.operation.action, of(&item.of), item.value)),
        );
    }
    lines.join("\n")
}

fn instance(region: &str, name: &str) -> Json {
    json!({
        "DBInstanceIdentifier": name,
        "DBInstanceArn": format!("arn:aws:rds:{region}:111122223333:db:{name}"),
        "InstanceCreateTime": "2020-01-02T03:04:05+00:00",
        "DBParameterGroups": [{"DBParameterGroupName": "main"}],
        "PendingModifiedValues": {"MasterUserPassword": "****"},
    })
}

#[test]
fn a_folder_of_replies_becomes_the_accounts_and_regions_that_its_arns_name() {
    let import = imported(&[
        ("a.json", json!({"DBInstances": [instance("eu-west-1", "a"), instance("us-east-1", "b")]})),
        ("cluster.json", json!({"DBClusters": []})),
        (
            "eu-west-1/parameters.json",
            json!({"Parameters": [{"ParameterName": "rds.force_ssl", "ParameterValue": "1"}]}),
        ),
        (
            "eu-west-1/sg.json",
            json!({"SecurityGroups": [{"GroupId": "sg-1", "OwnerId": "111122223333", "IpPermissions": []}]}),
        ),
        (
            "eu-west-1/versions.json",
            json!({"DBEngineVersions": [{"Engine": "postgres", "EngineVersion": "16.3"}, {"Engine": "mysql", "EngineVersion": "8.0.36"}]}),
        ),
        ("README.txt", json!("notes")),
        ("other.json", json!({"Buckets": []})),
    ]);
    insta::assert_snapshot!(told(&import.unwrap()));
}

#[test]
fn a_list_with_more_pages_is_not_whole() {
    let page = |name, token: Option<&str>| match token {
        Some(token) => json!({"DBInstances": [instance("eu-west-1", name)], "Marker": token}),
        None => json!({"DBInstances": [instance("eu-west-1", name)]}),
    };
    let status = |files: &[(&str, Json)]| {
        let import = imported(files).unwrap();
        let calls = import.scopes.into_iter().flat_map(|replies| replies.calls);
        calls.filter(|call| call.operation.action == "DescribeDBInstances").map(|call| (call.items, call.status)).next()
    };
    let cut = CallStatus::Incomplete("`Marker` is in it".into());
    assert_eq!(status(&[("1.json", page("a", Some("x")))]), Some((1, cut.clone())));
    assert_eq!(status(&[("1.json", page("a", Some("x"))), ("2.json", page("b", Some("y")))]), Some((2, cut)));
    let pages = [("1.json", page("a", Some("x"))), ("2.json", page("b", None))];
    assert_eq!(status(&pages), Some((2, CallStatus::Complete)));
    assert_eq!(status(&[("1.json", page("a", Some("")))]), Some((1, CallStatus::Complete)));
}

#[test]
fn one_engine_version_alone_does_not_say_that_the_others_were_withdrawn() {
    let version = |version: &str| json!({"Engine": "postgres", "EngineVersion": version, "Status": "available"});
    let status = |versions: Vec<Json>| {
        let versions = json!({ "DBEngineVersions": versions });
        let import = imported(&[("i.json", instance("eu-west-1", "a")), ("versions.json", versions)]).unwrap();
        let calls = import.scopes.iter().flat_map(|scope| &scope.calls);
        let mut calls = calls.filter(|call| call.operation.action == "DescribeDBEngineVersions");
        calls.next().map(|call| call.status.clone()).unwrap()
    };
    assert_eq!(status(vec![version("17.1")]), CallStatus::Recorded("a reply with one version".into()));
    assert_eq!(status(vec![version("17.1"), version("16.5")]), CallStatus::Complete);
}

#[test]
fn pages_of_parameters_are_joined() {
    let page = |name: &str, marker: Option<&str>| {
        let mut page = json!({"Parameters": [{"ParameterName": name, "ParameterValue": "1"}]});
        if let Some(marker) = marker {
            page["Marker"] = marker.into();
        }
        page
    };
    let import = imported(&[
        (
            "groups.json",
            json!({"DBClusterParameterGroups": [{"DBClusterParameterGroupName": "c", "DBClusterParameterGroupArn": "arn:aws:rds:eu-west-1:111122223333:cluster-pg:c"}]}),
        ),
        ("describe-db-cluster-parameters-1.json", page("a", Some("m"))),
        ("describe-db-cluster-parameters-2.json", page("b", None)),
    ]);
    insta::assert_snapshot!(told(&import.unwrap()));
}

#[test]
fn the_group_of_parameters_is_told_by_the_name_of_the_file_or_by_what_lies_beside_it() {
    let parameters = || json!({"Parameters": []});
    let of = |files: &[(&str, Json)]| {
        let group = |name| {
            let arn = format!("arn:aws:rds:eu-west-1:111122223333:pg:{name}");
            json!({"DBParameterGroupName": name, "DBParameterGroupArn": arn})
        };
        let groups = json!({"DBParameterGroups": [group("main"), group("main-2"), group("default.postgres16")]});
        let files: Vec<(&str, Json)> = files.iter().cloned().chain([("x/groups.json", groups)]).collect();
        let import = imported(&files).unwrap();
        let calls = import.scopes.iter().flat_map(|replies| &replies.calls);
        let of =
            calls.filter(|call| call.operation.action == "DescribeDBParameters").filter_map(|call| call.of.clone());
        (of.map(|of| of.to_string()).collect::<Vec<_>>(), import.notes.len())
    };
    let one = |name: &str| (vec![name.to_owned()], 0);
    assert_eq!(of(&[("parameters-of-main.json", parameters())]), one("main"));
    assert_eq!(of(&[("main-2/parameters.json", parameters())]), one("main-2"));
    assert_eq!(of(&[("describe-db-parameters-other.json", parameters())]), one("other"));
    assert_eq!(of(&[("parameters.json", parameters())]), (vec![], 1));
    let beside = json!({"DBInstances": [instance("eu-west-1", "a")]});
    assert_eq!(of(&[("y/parameters.json", parameters()), ("y/instances.json", beside)]), one("main"));
}

#[test]
fn what_does_not_tell_its_account_and_region_takes_those_that_were_given() {
    let files = [("x.json", json!({"DBInstances": [{"DBInstanceIdentifier": "a"}]}).to_string())];
    let import = imported_with(&files, &options()).unwrap();
    assert_eq!((import.notes.len(), &import.scopes[0].scope), (1, &Scope::default()));
    let scope = Scope { account: Some("1".into()), region: Some("r".into()) };
    let given = ImportOptions { scope: scope.clone(), ..options() };
    let import = imported_with(&files, &given).unwrap();
    assert_eq!((import.notes.len(), &import.scopes[0].scope), (0, &scope));
}

#[test]
fn an_object_that_comes_up_twice_is_there_once() {
    let mut other = instance("eu-west-1", "a");
    other["MultiAZ"] = true.into();
    let two = |second: &Json| {
        let first = json!({"DBInstances": [instance("eu-west-1", "a")]});
        let import = imported(&[("1.json", first), ("2.json", json!({"DBInstances": [second]}))]).unwrap();
        (import.scopes[0].items.len(), import.scopes[0].items[0].value.get("MultiAZ").is_some(), import.notes.len())
    };
    assert_eq!(two(&instance("eu-west-1", "a")), (1, false, 0));
    assert_eq!(two(&other), (1, true, 1));
}

#[test]
fn what_is_broken_is_an_error_and_what_is_something_else_is_noted() {
    let good = ("good.json", json!({"DBInstances": [instance("eu-west-1", "a")]}).to_string());
    let errors = |text: &str| imported_with(&[good.clone(), ("bad.json", text.to_owned())], &options());
    assert_eq!(errors("{\"DBInstances\": [").unwrap_err(), ["bad.json: this is not valid JSON"]);
    assert_eq!(errors("").unwrap_err(), ["bad.json: the file is empty"]);
    assert_eq!(errors("DBInstances: []").unwrap_err(), ["bad.json: this is not valid JSON"]);
    assert_eq!(errors("{\"format_version\": \"1.2\"}").unwrap().notes.len(), 1);
    assert_eq!(errors("[]").unwrap().notes.len(), 1);
    assert_eq!(imported(&[]).unwrap_err().len(), 1);
    assert!(import(&["no/such/file.json".to_owned()], &options()).is_err());
}

#[test]
fn several_documents_in_one_file_are_all_read() {
    let [one, two] = ["a", "b"].map(|name| json!({"DBInstances": [instance("eu-west-1", name)]}).to_string());
    let import = imported_with(&[("x.json", format!("{one}\n{two}\n"))], &options()).unwrap();
    assert_eq!(import.scopes[0].items.len(), 2);
}

#[test]
fn a_list_alone_is_known_by_its_objects() {
    let mut database = instance("eu-west-1", "a");
    database["DBInstanceClass"] = "db.t3.micro".into();
    assert_eq!(imported(&[("x.json", json!([database]))]).unwrap().scopes[0].items.len(), 1);
}

#[test]
fn the_order_of_files_changes_nothing_but_what_counts_last() {
    let one = ("1.json", json!({"DBInstances": [instance("eu-west-1", "a")]}));
    let two = ("2.json", json!({"DBInstances": [instance("eu-west-1", "b")]}));
    let [forth, back] = [[one.clone(), two.clone()], [two, one]].map(|files| imported(&files).unwrap());
    assert_eq!((forth.scopes, forth.notes, forth.files.len()), (back.scopes, back.notes, back.files.len()));
}

#[test]
fn an_import_is_an_inventory_that_reads_back() {
    let import =
        imported(&[("a.json", json!({"DBInstances": [instance("eu-west-1", "a"), instance("us-east-1", "b")]}))])
            .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("i.jsonl");
    let header = crate::source::inventory_file::Header::new(
        crate::source::inventory_file::Origin::Import,
        "2026-11-22T00:00:00Z",
        serde_json::Map::new(),
    );
    crate::source::inventory_file::write(&path, &header, &import.scopes, &Default::default()).unwrap();
    let mut items = Vec::new();
    let file = fs::File::open(&path).unwrap();
    let info = crate::source::inventory_file::read("i.jsonl", file, |_, batch| items.extend(batch)).unwrap();
    assert_eq!(items, import.scopes.iter().flat_map(|replies| replies.items.clone()).collect::<Vec<_>>());
    assert!(info.gaps.is_empty());
    assert_eq!(info.notes.len(), 1);
    assert!(Path::new(&path).exists());
}

#[test]
fn what_the_cli_prints_of_caches_is_told_apart_by_its_arns() {
    let group = "arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:sessions";
    let dax = "arn:aws:dax:eu-west-1:111122223333:cache/hot";
    let import = imported(&[
        ("groups.json", json!({"ReplicationGroups": [{"ReplicationGroupId": "sessions", "ARN": group}]})),
        (
            "nodes.json",
            json!({"CacheClusters": [{"CacheClusterId": "sessions-001",
            "ARN": "arn:aws:elasticache:eu-west-1:111122223333:cluster:sessions-001"}]}),
        ),
        (
            "parameters-own.json",
            json!({"Parameters": [{"ParameterName": "timeout"}], "CacheNodeTypeSpecificParameters": []}),
        ),
        (
            "parameter-groups.json",
            json!({"CacheParameterGroups": [{"CacheParameterGroupName": "own",
            "ARN": "arn:aws:elasticache:eu-west-1:111122223333:parametergroup:own"}]}),
        ),
        ("tags-sessions.json", json!({"TagList": [{"Key": "owner", "Value": "a"}]})),
        (
            "memory.json",
            json!({"Clusters": [{"Name": "m", "ARN": "arn:aws:memorydb:eu-west-1:111122223333:cluster/m"}]}),
        ),
        ("dax.json", json!({"Clusters": [{"ClusterName": "hot", "ClusterArn": dax}]})),
        ("tags-hot.json", json!({"Tags": [{"Key": "owner", "Value": "b"}]})),
    ])
    .unwrap();
    let made: Vec<String> =
        import.scopes.iter().flat_map(|replies| &replies.items).map(|item| item.operation.to_string()).collect();
    assert_eq!(import.scopes.len(), 1);
    assert_eq!(
        made,
        [
            "elasticache:DescribeCacheParameters",
            "elasticache:DescribeCacheParameterGroups",
            "elasticache:ListTagsForResource",
            "dax:ListTags",
            "elasticache:DescribeReplicationGroups",
            "elasticache:DescribeCacheClusters",
            "memorydb:DescribeClusters",
            "dax:DescribeClusters",
        ]
    );
    let of = |call: &str| {
        let items = import.scopes[0].items.iter();
        items.filter(|item| item.operation.to_string() == call).find_map(|item| item.of.clone())
    };
    assert_eq!(of("elasticache:ListTagsForResource").as_deref(), Some(group));
    assert_eq!(of("dax:ListTags").as_deref(), Some(dax));
    assert_eq!(of("elasticache:DescribeCacheParameters").as_deref(), Some("own"));
}

#[test]
fn an_empty_list_is_of_the_service_that_its_files_name_tells() {
    let imported = imported(&[
        ("redshift-describe-clusters.json", json!({"Clusters": []})),
        ("instances.json", json!({"DBInstances": [instance("eu-west-1", "a")]})),
    ]);
    let imported = imported.unwrap();
    assert!(imported.notes.is_empty(), "{:?}", imported.notes);
}

#[test]
fn an_empty_list_that_may_be_of_several_services_is_of_none() {
    let notes = imported(&[
        ("clusters.json", json!({"Clusters": []})),
        ("instances.json", json!({"DBInstances": [instance("eu-west-1", "a")]})),
    ]);
    let notes = notes.unwrap().notes.join("; ");
    assert!(notes.contains("`Clusters` is empty, and does not say which service's it is"), "{notes}");
}

#[test]
fn services_around_databases_are_told_by_what_they_print() {
    let detector = json!({"Status": "ENABLED", "FindingPublishingFrequency": "SIX_HOURS", "Tags": {}, "Features": []});
    let secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf";
    let vault = "arn:aws:backup:eu-west-1:111122223333:backup-vault:main";
    let tags = json!([{"ResourceARN": vault, "Tags": []}, {"ResourceARN": "arn:aws:sqs:eu-west-1:111122223333:q", "Tags": []}]);
    let read = imported(&[
        ("111122223333/eu-west-1/list-detectors.json", json!({"DetectorIds": ["12abc34d"]})),
        ("111122223333/eu-west-1/get-detector.json", detector),
        ("111122223333/eu-west-1/get-resource-policy.json", json!({"ARN": secret, "Name": "app"})),
        ("111122223333/eu-west-1/get-resources.json", json!({"ResourceTagMappingList": tags})),
    ]);
    insta::assert_snapshot!(told(&read.unwrap()));
}

#[test]
fn a_key_of_another_account_stays_with_the_databases_that_it_is_described_with() {
    let key = json!({"KeyMetadata": {"Arn": "arn:aws:kms:eu-west-1:444455556666:key/k", "KeyManager": "CUSTOMER"}});
    let read = imported(&[
        ("databases.json", json!({"DBInstances": [instance("eu-west-1", "main")]})),
        ("key.json", key.clone()),
    ]);
    let read = read.unwrap();
    let accounts: Vec<_> = read.scopes.iter().filter_map(|replies| replies.scope.account.as_deref()).collect();
    assert_eq!(accounts, ["111122223333"]);
    let alone = imported(&[("key.json", key)]).unwrap();
    let accounts: Vec<_> = alone.scopes.iter().filter_map(|replies| replies.scope.account.as_deref()).collect();
    assert_eq!(accounts, ["444455556666"]);
}

fn table(account: &str, name: &str) -> Json {
    let arn = format!("arn:aws:dynamodb:eu-west-1:{account}:table/{name}");
    json!({"Table": {"TableName": name, "TableArn": arn}})
}

/// The tags of an import: the call, what they are of, the owner.
fn owners(import: &Import) -> Vec<(String, String, String)> {
    let items = import.scopes.iter().flat_map(|replies| &replies.items);
    let tags = items.filter(|item| item.operation.action.starts_with("ListTags"));
    let owner = |item: &crate::source::aws::Item| item.value["Tags"][0]["Value"].as_str().unwrap().to_owned();
    tags.map(|item| (item.operation.to_string(), item.of.as_deref().unwrap().to_owned(), owner(item))).collect()
}

#[test]
fn the_tags_of_tables_are_not_taken_for_those_of_dax() {
    let tags = |owner: &str| json!({"Tags": [{"Key": "owner", "Value": owner}]});
    let call = "dynamodb:ListTagsOfResource".to_owned();
    let orders = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders".to_owned();
    let expected = vec![(call, orders, "a".to_owned())];
    let alone = [("table.json", table("111122223333", "orders")), ("tags-orders.json", tags("a"))];
    assert_eq!(owners(&imported(&alone).unwrap()), expected);
    // A cluster of the same name stands before the table.
    let dax = json!({"Clusters": [{"ClusterName": "orders", "ClusterArn": "arn:aws:dax:eu-west-1:111122223333:cache/orders"}]});
    let beside = [
        ("dax.json", dax),
        ("table.json", table("111122223333", "orders")),
        ("list-tags-of-resource-orders.json", tags("a")),
    ];
    assert_eq!(owners(&imported(&beside).unwrap()), expected);
}

#[test]
fn what_lies_beside_a_reply_is_what_it_is_about_when_another_account_has_the_name_too() {
    let tags = |owner: &str| json!({"Tags": [{"Key": "owner", "Value": owner}]});
    let read = imported(&[
        ("111122223333/eu-west-1/table.json", table("111122223333", "orders")),
        ("111122223333/eu-west-1/other.json", table("111122223333", "other")),
        ("111122223333/eu-west-1/tags-orders.json", tags("a")),
        ("444455556666/eu-west-1/table.json", table("444455556666", "orders")),
        ("444455556666/eu-west-1/other.json", table("444455556666", "other")),
        ("444455556666/eu-west-1/tags-orders.json", tags("b")),
    ]);
    let read = read.unwrap();
    assert!(read.notes.is_empty(), "{:?}", read.notes);
    let told: Vec<(String, String)> = owners(&read).into_iter().map(|(_, of, owner)| (of, owner)).collect();
    let orders = |account: &str| format!("arn:aws:dynamodb:eu-west-1:{account}:table/orders");
    assert_eq!(told, [(orders("111122223333"), "a".to_owned()), (orders("444455556666"), "b".to_owned())]);
}
