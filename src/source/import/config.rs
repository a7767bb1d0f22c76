//! What AWS Config records: snapshots and histories (`configurationItems`), and results of advanced queries.
//!
//! Its `configuration` is the API's object with the first letters of names in lower case. It lacks some members and knows
//! nothing of when they are absent, so what comes of it is [`recorded`](crate::source::aws::CallStatus::Recorded).

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::Reply;
use super::detect::{attributes, text};
use super::place::arn_of;
use crate::model::Scope;
use crate::source::aws::Operation;
use crate::source::aws::operations::find;

/// What such calls are said to come from.
const RECORDER: &str = "AWS Config";

/// Types of resources, by the call that would give their object.
/// <https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html>
const TYPES: &[(&str, &str)] = &[
    ("AWS::RDS::DBInstance", "rds:DescribeDBInstances"),
    ("AWS::RDS::DBCluster", "rds:DescribeDBClusters"),
    ("AWS::RDS::DBSnapshot", "rds:DescribeDBSnapshots"),
    ("AWS::RDS::DBClusterSnapshot", "rds:DescribeDBClusterSnapshots"),
    ("AWS::RDS::DBSubnetGroup", "rds:DescribeDBSubnetGroups"),
    ("AWS::RDS::EventSubscription", "rds:DescribeEventSubscriptions"),
    ("AWS::RDS::GlobalCluster", "rds:DescribeGlobalClusters"),
    ("AWS::RDS::OptionGroup", "rds:DescribeOptionGroups"),
    ("AWS::EC2::SecurityGroup", "ec2:DescribeSecurityGroups"),
    ("AWS::EC2::Subnet", "ec2:DescribeSubnets"),
    ("AWS::EC2::RouteTable", "ec2:DescribeRouteTables"),
    ("AWS::KMS::Key", "kms:DescribeKey"),
];

/// Names that begin with more than one capital, which Config lowers in one way or another: `dBInstanceIdentifier`,
/// `dbclusterIdentifier`, `iamdatabaseAuthenticationEnabled`. From the models of RDS that botocore ships.
const ACRONYMS: &[&str] = &[
    "CACertificateIdentifier",
    "DBClusterArn",
    "DBClusterIdentifier",
    "DBClusterInstanceClass",
    "DBClusterMembers",
    "DBClusterOptionGroupMemberships",
    "DBClusterOptionGroupName",
    "DBClusterOptionGroupStatus",
    "DBClusterParameterGroup",
    "DBClusterParameterGroupStatus",
    "DBClusterSnapshotArn",
    "DBClusterSnapshotIdentifier",
    "DBInstanceArn",
    "DBInstanceAutomatedBackupsReplications",
    "DBInstanceClass",
    "DBInstanceIdentifier",
    "DBInstanceStatus",
    "DBName",
    "DBParameterGroupName",
    "DBParameterGroups",
    "DBSecurityGroupName",
    "DBSecurityGroups",
    "DBSnapshotArn",
    "DBSnapshotIdentifier",
    "DBSubnetGroup",
    "DBSubnetGroupArn",
    "DBSubnetGroupDescription",
    "DBSubnetGroupName",
    "DBSystemId",
    "FQDN",
    "IAMDatabaseAuthenticationEnabled",
    "IAMRoleName",
];

/// Whether a document is of AWS Config.
pub(super) fn is_config(members: &Map<String, Json>) -> bool {
    let is_query = || {
        let results = members.get("Results").and_then(Json::as_array);
        results.is_some_and(|results| members.contains_key("QueryInfo") || results.iter().any(Json::is_string))
    };
    ["configurationItems", "baseConfigurationItems"].iter().any(|list| members.contains_key(*list)) || is_query()
}

/// The replies that a document of AWS Config stands for.
pub(super) fn replies(mut members: Map<String, Json>, file: &Arc<str>) -> Result<Vec<Reply>, String> {
    let lists = ["configurationItems", "baseConfigurationItems", "Results"];
    let mut items: Vec<Json> = lists.iter().filter_map(|list| members.remove(*list)).flat_map(elements).collect();
    // Of a history, the last state counts.
    items.sort_by_key(|item| text(item, "configurationItemCaptureTime"));
    let replies: Vec<Reply> = items.iter().flat_map(|item| replies_of(item, file)).collect();
    match items.len() {
        0 => Err("it holds no item of AWS Config".to_owned()),
        _ if replies.is_empty() => Err("it holds no database of AWS Config's; a query must select `resourceType`, \
             `accountId`, `awsRegion`, `arn`, `configuration` and `tags`"
            .to_owned()),
        _ => Ok(replies),
    }
}

/// The elements of a list; those of a query are JSON in text.
fn elements(list: Json) -> Vec<Json> {
    let Json::Array(elements) = list else { return Vec::new() };
    elements.into_iter().map(unfold).collect()
}

/// JSON in text as JSON.
fn unfold(value: Json) -> Json {
    let inner = value.as_str().and_then(|text| serde_json::from_str(text).ok());
    inner.unwrap_or(value)
}

fn replies_of(item: &Json, file: &Arc<str>) -> Vec<Reply> {
    let is_gone = text(item, "configurationItemStatus").is_some_and(|status| {
        ["ResourceDeleted", "ResourceDeletedNotRecorded", "ResourceNotRecorded"].contains(&&*status)
    });
    let configuration = item.get("configuration").cloned().map(unfold).unwrap_or_default();
    let Json::Object(_) = configuration else { return Vec::new() };
    let operation = match text(item, "resourceType") {
        Some(kind) => TYPES.iter().find(|(name, _)| *name == &*kind).and_then(|(_, name)| find(name)),
        None => by_arn(&configuration),
    };
    let (Some(operation), false) = (operation, is_gone) else { return Vec::new() };
    let scope = Scope {
        account: text(item, "awsAccountId").or_else(|| text(item, "accountId")),
        region: text(item, "awsRegion"),
    };
    let of = |operation: &'static Operation, of: Option<Arc<str>>, value: Json| Reply {
        operation,
        of,
        values: vec![value],
        cut: None,
        recorder: Some(RECORDER),
        scope: scope.clone(),
        file: Arc::clone(file),
    };
    let mut replies = Vec::new();
    let value = as_the_api_says(operation, configuration, item);
    if let Some((operation, name, shared)) = sharing(operation, &value, item) {
        replies.push(of(operation, Some(name), shared));
    }
    match operation.action {
        "DescribeKey" => replies.push(of(
            operation,
            text(&value, "Arn"),
            json!({ "KeyMetadata": value, crate::source::aws::RECORDER: RECORDER }),
        )),
        _ => replies.push(of(operation, None, value)),
    }
    replies
}

/// The call that would give an object, by the ARN that it has: a query need not select the type.
fn by_arn(configuration: &Json) -> Option<&'static Operation> {
    let value = capitalised(configuration.clone());
    let mut operations = TYPES.iter().filter_map(|(_, name)| find(name));
    operations.find(|operation| arn_of(operation, &value).is_some())
}

/// The object as the API gives it.
fn as_the_api_says(operation: &Operation, configuration: Json, item: &Json) -> Json {
    let mut value = capitalised(configuration);
    let Some(members) = value.as_object_mut() else { return value };
    if operation.action == "DescribeSecurityGroups" {
        for (_, permissions) in members.iter_mut().filter(|(name, _)| name.starts_with("IpPermissions")) {
            permissions.as_array_mut().into_iter().flatten().for_each(ranges_as_objects);
        }
    }
    members.insert(crate::source::aws::RECORDER.to_owned(), RECORDER.into());
    // It moves every few minutes, and Config records it only when something else changes.
    members.remove("LatestRestorableTime");
    let list = if operation.service == "rds" { "TagList" } else { "Tags" };
    if let Some(tags) = item.get("tags").and_then(tags).filter(|_| !members.contains_key(list)) {
        members.insert(list.to_owned(), tags);
    }
    value
}

/// Config gives IPv4 ranges twice: `ipv4Ranges` as the API's objects, `ipRanges` as texts.
fn ranges_as_objects(permission: &mut Json) {
    let Some(permission) = permission.as_object_mut() else { return };
    if let Some(ranges) = permission.remove("Ipv4Ranges") {
        permission.insert("IpRanges".to_owned(), ranges);
    } else if let Some(ranges) = permission.get_mut("IpRanges").and_then(Json::as_array_mut) {
        ranges.iter_mut().filter(|range| range.is_string()).for_each(|range| *range = json!({ "CidrIp": range }));
    }
}

/// Tags, a mapping in an item and a list in the result of a query, as the API lists them.
fn tags(tags: &Json) -> Option<Json> {
    match tags {
        Json::Object(tags) => Some(tags.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect()),
        Json::Array(tags) => Some(
            tags.iter()
                .map(|tag| json!({"Key": tag.get("key")?, "Value": tag.get("value")?}).into())
                .collect::<Option<_>>()?,
        ),
        _ => None,
    }
}

/// Who may restore a snapshot, which the API tells in a call of its own.
fn sharing(operation: &Operation, value: &Json, item: &Json) -> Option<(&'static Operation, Arc<str>, Json)> {
    let (is_cluster, list, name) = match operation.action {
        "DescribeDBSnapshots" => (false, "DBSnapshotAttributes", "DBSnapshotIdentifier"),
        "DescribeDBClusterSnapshots" => (true, "DBClusterSnapshotAttributes", "DBClusterSnapshotIdentifier"),
        _ => return None,
    };
    let shared = item.get("supplementaryConfiguration")?.get(list)?.clone();
    let name = text(value, name)?;
    let (operation, value) = attributes(is_cluster, &name, capitalised(unfold(shared)));
    Some((operation?, name, value))
}

/// Names with their capitals back.
fn capitalised(value: Json) -> Json {
    match value {
        Json::Object(members) => Json::Object(
            members.into_iter().map(|(name, value)| (capitalised_name(&name), capitalised(value))).collect(),
        ),
        Json::Array(items) => items.into_iter().map(capitalised).collect(),
        other => other,
    }
}

fn capitalised_name(name: &str) -> String {
    if let Some(acronym) = ACRONYMS.iter().find(|acronym| acronym.eq_ignore_ascii_case(name)) {
        return (*acronym).to_owned();
    }
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
