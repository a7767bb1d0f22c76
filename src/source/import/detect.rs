//! Sees by a document's content which replies it holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::place::arn_of;
use super::{Reply, config};
use crate::model::Scope;
use crate::source::aws::operations::find;
use crate::source::aws::services::is_tagged;
use crate::source::aws::{OPERATIONS, Operation};

/// Members that say that there are more pages.
const TOKENS: &[&str] = &["Marker", "NextToken", "PaginationToken", "NextMarker", "nextToken"];

/// Calls whose reply is one object: the member that shows it.
const OBJECTS: &[(&str, &str)] = &[
    ("EngineDefaults", "rds:DescribeEngineDefaultParameters"),
    ("CacheNodeTypeSpecificParameters", "elasticache:DescribeCacheParameters"),
    ("Parameters", "rds:DescribeDBParameters"),
    ("LoggingEnabled", "redshift:DescribeLoggingStatus"),
    ("tags", "redshift-serverless:ListTagsForResource"),
    ("Table", "dynamodb:DescribeTable"),
    ("RevisionId", "dynamodb:GetResourcePolicy"),
    ("ContinuousBackupsDescription", "dynamodb:DescribeContinuousBackups"),
    ("DBSnapshotAttributesResult", "rds:DescribeDBSnapshotAttributes"),
    ("DBClusterSnapshotAttributesResult", "rds:DescribeDBClusterSnapshotAttributes"),
    ("KeyMetadata", "kms:DescribeKey"),
    ("KeyRotationEnabled", "kms:GetKeyRotationStatus"),
    ("RecoveryPoints", "backup:ListRecoveryPointsByResource"),
    ("Targets", "rds:DescribeDBProxyTargets"),
    ("FindingPublishingFrequency", "guardduty:GetDetector"),
    // Of MemoryDB it is the same.
    ("TagList", "elasticache:ListTagsForResource"),
    ("Tags", "dax:ListTags"),
    ("ResourcePolicy", "secretsmanager:GetResourcePolicy"),
    ("BackupVaultEvents", "backup:GetBackupVaultNotifications"),
    ("BackupPlan", "backup:GetBackupPlan"),
    ("ResourceTypeOptInPreference", "backup:DescribeRegionSettings"),
    ("logGroups", "logs:DescribeLogGroups"),
    // Each of these has a member `Policy`; only that of a key says its name.
    ("PolicyName", "kms:GetKeyPolicy"),
    ("Policy", "backup:GetBackupVaultAccessPolicy"),
];

/// The replies of a document; or what it is instead.
pub(super) fn replies(document: Json, file: &Arc<str>) -> Result<Vec<Reply>, String> {
    match document {
        Json::Object(members) if config::is_config(&members) => config::replies(members, file),
        Json::Object(members) => of_object(members, file),
        Json::Array(values) => of_list(values, file),
        _ => Err("it is neither an object nor a list".to_owned()),
    }
}

fn of_object(mut members: Map<String, Json>, file: &Arc<str>) -> Result<Vec<Reply>, String> {
    let cut = TOKENS
        .iter()
        .copied()
        .find(|token| members.get(*token).and_then(Json::as_str).is_some_and(|token| !token.is_empty()));
    let inner_cut = members.get("EngineDefaults").and_then(|defaults| defaults.get("Marker")).map(|_| "Marker");
    if let Some(list) = empty_and_shared(&members) {
        let Some(operation) = by_file_name(list, file) else {
            return Err(format!(
                "`{list}` is empty, and does not say which service's it is; a file's name may, as `redshift-describe-clusters.json` does"
            ));
        };
        return Ok(by_subject(Reply { cut, ..reply(operation, Vec::new(), file) }));
    }
    let lists = OPERATIONS.iter().filter(|operation| {
        let values = operation.list.and_then(|list| members.get(list)).and_then(Json::as_array);
        values.is_some_and(|values| values.iter().all(|value| fits(operation, value)))
    });
    if let Some((operation, list)) = lists.filter_map(|operation| Some((operation, operation.list?))).next() {
        let Some(Json::Array(mut values)) = members.remove(list) else { return Ok(Vec::new()) };
        if operation.service == "tagging" {
            let is_told = |arn: Arc<str>| arn.split(':').nth(2).is_some_and(is_tagged);
            values.retain(|value| text(value, "ResourceARN").is_some_and(is_told));
        }
        let reply = Reply { cut, ..reply(operation, values, file) };
        return Ok(by_subject(reply));
    }
    let object = OBJECTS.iter().find(|(member, _)| members.contains_key(*member));
    let object = if is_without_policy(&members, file) { Some(NO_POLICY) } else { object };
    let of_warehouse = object.is_some_and(|(member, _)| *member == "Parameters") && is_of_warehouse(&members);
    let object = if of_warehouse { Some(&("Parameters", "redshift:DescribeClusterParameters")) } else { object };
    let Some(operation) = object.and_then(|(_, name)| find(&of_clusters(name, file))) else {
        return Err(why_not(&members));
    };
    TOKENS.iter().for_each(|token| drop(members.remove(*token)));
    let reply = Reply { cut: cut.or(inner_cut), ..reply(operation, vec![Json::Object(members)], file) };
    Ok(vec![Reply { of: subject(&reply), ..reply }])
}

/// What `get-resource-policy` prints of a secret that has none: its ARN and its name. So do calls that change one, so the
/// file's name has to tell.
fn is_without_policy(members: &Map<String, Json>, file: &str) -> bool {
    let file_name = file.rsplit('/').next().unwrap_or(file).to_ascii_lowercase();
    let is_bare = members.keys().all(|member| matches!(member.as_str(), "ARN" | "Name" | "ResponseMetadata"));
    is_bare && members.contains_key("ARN") && file_name.contains("get-resource-policy")
}

const NO_POLICY: &(&str, &str) = &("ResourcePolicy", "secretsmanager:GetResourcePolicy");

/// A list without objects whose name several services have: nothing tells whose it is.
fn empty_and_shared(members: &Map<String, Json>) -> Option<&'static str> {
    let is_empty = |list: &&str| members.get(*list).and_then(Json::as_array).is_some_and(Vec::is_empty);
    let is_shared = |list: &&str| OPERATIONS.iter().filter(|operation| operation.list == Some(*list)).count() > 1;
    OPERATIONS.iter().filter_map(|operation| operation.list).filter(is_empty).find(is_shared)
}

/// The call that gives a list and whose service the file's name names; `None` when none does, or several do.
fn by_file_name(list: &str, file: &str) -> Option<&'static Operation> {
    let file_name = file.rsplit('/').next().unwrap_or(file).to_ascii_lowercase();
    let mut named =
        OPERATIONS.iter().filter(|operation| operation.list == Some(list) && file_name.contains(operation.service));
    named.next().filter(|_| named.next().is_none())
}

/// Whether the parameters of a group are those of a data warehouse: every family of Redshift has this one.
fn is_of_warehouse(members: &Map<String, Json>) -> bool {
    let parameters = members.get("Parameters").and_then(Json::as_array).into_iter().flatten();
    parameters.filter_map(|parameter| text(parameter, "ParameterName")).any(|name| &*name == "require_ssl")
}

/// The parameters of clusters look like those of instances: the file's name tells.
fn of_clusters(name: &str, file: &str) -> String {
    let file_name = file.rsplit('/').next().unwrap_or(file).to_ascii_lowercase();
    match name {
        "rds:DescribeDBParameters" if file_name.contains("cluster") => "rds:DescribeDBClusterParameters".to_owned(),
        "rds:DescribeEngineDefaultParameters" if file_name.contains("cluster") => {
            "rds:DescribeEngineDefaultClusterParameters".to_owned()
        }
        other => other.to_owned(),
    }
}

/// What `--query 'DBInstances[]'` leaves: the objects say by their ARN what they are.
fn of_list(values: Vec<Json>, file: &Arc<str>) -> Result<Vec<Reply>, String> {
    // What also stands in objects of other calls does not tell.
    let telling = [
        ("DBInstanceClass", "rds:DescribeDBInstances"),
        ("DBClusterMembers", "rds:DescribeDBClusters"),
        ("DBSnapshotArn", "rds:DescribeDBSnapshots"),
        ("DBClusterSnapshotArn", "rds:DescribeDBClusterSnapshots"),
        ("DBParameterGroupArn", "rds:DescribeDBParameterGroups"),
        ("DBClusterParameterGroupArn", "rds:DescribeDBClusterParameterGroups"),
        ("DBSubnetGroupArn", "rds:DescribeDBSubnetGroups"),
        ("MemberClusters", "elasticache:DescribeReplicationGroups"),
        ("CacheClusterStatus", "elasticache:DescribeCacheClusters"),
        ("ServerlessCacheName", "elasticache:DescribeServerlessCaches"),
        ("CacheSubnetGroupDescription", "elasticache:DescribeCacheSubnetGroups"),
        ("IpPermissionsEgress", "ec2:DescribeSecurityGroups"),
    ];
    let has = |member: &str| !values.is_empty() && values.iter().all(|value| value.get(member).is_some());
    let found = telling.iter().find(|(member, _)| has(member)).and_then(|(_, name)| find(name));
    if found.is_none() && has("ParameterName") {
        let parameters = [("Parameters".to_owned(), Json::Array(values))];
        return of_object(parameters.into_iter().collect(), file);
    }
    let operation = found.ok_or("a list alone does not say which call it answers; leave out `--query`")?;
    Ok(by_subject(reply(operation, values, file)))
}

fn reply(operation: &'static Operation, values: Vec<Json>, file: &Arc<str>) -> Reply {
    Reply { operation, of: None, values, cut: None, recorder: None, scope: Scope::default(), file: Arc::clone(file) }
}

/// Whether an object may be of a call: other services have lists of the same name.
fn fits(operation: &Operation, value: &Json) -> bool {
    match (operation.service, operation.action) {
        ("redshift", "DescribeClusters") => value.get("ClusterNamespaceArn").or(value.get("ClusterVersion")).is_some(),
        ("redshift", "DescribeClusterParameterGroups") => value.get("ParameterGroupFamily").is_some(),
        ("redshift-serverless", "ListNamespaces") => value.get("namespaceArn").is_some(),
        ("redshift-serverless", "ListWorkgroups") => value.get("workgroupArn").is_some(),
        ("dynamodb", "ListTables") | ("guardduty", "ListDetectors") => value.is_string(),
        ("application-autoscaling", _) => value.get("ScalableDimension").is_some(),
        (_, "ListProtectedResources") => value.get("ResourceArn").is_some(),
        // MemoryDB and DAX have lists of equal names.
        ("memorydb" | "dax", _) => is_of_service(operation.service, value),
        ("rds" | "dms", _) => {
            let service = format!(":{}:", operation.service);
            value.is_object() && arn_of(operation, value).is_none_or(|arn| arn.contains(&service))
        }
        _ => value.is_object(),
    }
}

/// Whether an object is of MemoryDB, or else of DAX: by its ARN, and where it has none, by what only one of them calls so.
fn is_of_service(service: &str, value: &Json) -> bool {
    let arn = ["ARN", "ClusterArn"].iter().find_map(|member| value.get(*member)?.as_str());
    match arn {
        Some(arn) => arn.split(':').nth(2) == Some(service),
        None => (service == "dax") == value.get("SubnetGroupName").is_some(),
    }
}

/// One reply for each thing that the call is asked about.
fn by_subject(mut reply: Reply) -> Vec<Reply> {
    if reply.operation.action != "DescribeDBEngineVersions" {
        return vec![reply];
    }
    let mut engines: BTreeMap<Option<Arc<str>>, Vec<Json>> = BTreeMap::new();
    for value in std::mem::take(&mut reply.values) {
        engines.entry(text(&value, "Engine")).or_default().push(value);
    }
    engines.into_iter().map(|(of, values)| Reply { of, values, ..reply.clone() }).collect()
}

/// What a reply of one object is about, as far as it tells.
fn subject(reply: &Reply) -> Option<Arc<str>> {
    let value = reply.values.first()?;
    let inner = |member: &str, name: &str| text(value.get(member)?, name);
    match reply.operation.action {
        "DescribeEngineDefaultParameters" | "DescribeEngineDefaultClusterParameters" => {
            inner("EngineDefaults", "DBParameterGroupFamily")
        }
        "DescribeDBSnapshotAttributes" => inner("DBSnapshotAttributesResult", "DBSnapshotIdentifier"),
        "DescribeDBClusterSnapshotAttributes" => {
            inner("DBClusterSnapshotAttributesResult", "DBClusterSnapshotIdentifier")
        }
        "DescribeTable" => inner("Table", "TableName"),
        "DescribeKey" => inner("KeyMetadata", "Arn"),
        "GetKeyRotationStatus" => text(value, "KeyId"),
        "GetResourcePolicy" => text(value, "ARN"),
        "GetBackupVaultAccessPolicy" | "GetBackupVaultNotifications" => text(value, "BackupVaultName"),
        "GetBackupPlan" => text(value, "BackupPlanId"),
        // Whatever was asked for: the groups of databases are told by their names.
        "DescribeLogGroups" => Some(Arc::from("/aws/")),
        "ListRecoveryPointsByResource" => text(value.get("RecoveryPoints")?.get(0)?, "ResourceArn"),
        _ => None,
    }
}

pub(super) fn text(value: &Json, member: &str) -> Option<Arc<str>> {
    value.get(member)?.as_str().map(Arc::from)
}

/// What an object is that is no reply.
fn why_not(members: &Map<String, Json>) -> String {
    if members.contains_key("Error") || members.contains_key("error") {
        return "it holds an error of the API, not a reply".to_owned();
    }
    if members.contains_key("inventory") {
        return "it is an inventory already; give it to `dbkeel scan`".to_owned();
    }
    if members.contains_key("format_version") || members.contains_key("terraform_version") {
        return "it is a Terraform plan or state; give it to `dbkeel scan`".to_owned();
    }
    let is_plain = |name: &&String| name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match members.keys().filter(|name| *name != "ResponseMetadata").find(is_plain) {
        Some(name) => {
            format!("it is not the reply of a call that an inventory is made of (its first member is `{name}`)")
        }
        None => "it is not the reply of a call that an inventory is made of".to_owned(),
    }
}

/// The reply that holds the sharing attributes of a snapshot.
pub(super) fn attributes(is_cluster: bool, name: &str, attributes: Json) -> (Option<&'static Operation>, Json) {
    match is_cluster {
        true => (
            find("rds:DescribeDBClusterSnapshotAttributes"),
            json!({"DBClusterSnapshotAttributesResult": {"DBClusterSnapshotIdentifier": name, "DBClusterSnapshotAttributes": attributes}}),
        ),
        false => (
            find("rds:DescribeDBSnapshotAttributes"),
            json!({"DBSnapshotAttributesResult": {"DBSnapshotIdentifier": name, "DBSnapshotAttributes": attributes}}),
        ),
    }
}
