//! Finds what a reply is about when it does not say so itself: of which parameter group are these parameters?
//!
//! The file's name tells, if it has a name in it that the import knows (`describe-db-parameters-main.json`,
//! `main/parameters.json`); or what lies beside it, if there is only one thing that it can be about.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::Reply;
use super::detect::text;
use super::place::folder_of;
use crate::source::aws::operations::find;
use crate::source::aws::{Operation, Per};

/// Gives every reply of one thing that thing; those of which it cannot be told are dropped and noted.
pub(super) fn settle(replies: &mut Vec<Reply>, notes: &mut Vec<String>) {
    let known: Vec<Known> = replies.iter().flat_map(names).collect();
    let mut failed = BTreeSet::new();
    for reply in replies.iter_mut().filter(|reply| reply.of.is_none()) {
        if is_of_table(reply, &known) {
            reply.operation = find(TAGS_OF_TABLES).unwrap_or(reply.operation);
        }
        let Some(kind) = Kind::of(reply.operation) else { continue };
        let beside = || known.iter().filter(|(file, ..)| folder_of(file) == folder_of(&reply.file));
        // Another account has the same names.
        reply.of = by_file_name(reply, kind, beside())
            .or_else(|| by_file_name(reply, kind, known.iter()))
            .or_else(|| only_one(beside(), kind))
            .or_else(|| only_one(known.iter(), kind))
            .or_else(|| rest_of_file_name(reply));
        if reply.of.is_none() {
            failed.insert((Arc::clone(&reply.file), kind));
        }
    }
    replies.retain(|reply| reply.of.is_some() || Kind::of(reply.operation).is_none());
    notes.extend(failed.into_iter().map(|(file, kind)| {
        let thing = kind.thing();
        format!("{file}: not imported: it does not say of which {thing} it is; put the {thing}'s name into its own")
    }));
}

const TAGS_OF_TABLES: &str = "dynamodb:ListTagsOfResource";

/// Whether tags that look like those of DAX are of a table: the file is called after the call, or there is no DAX at all.
fn is_of_table(reply: &Reply, known: &[Known]) -> bool {
    let is_called_so = || {
        let name = reply.file.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        name.replace(['-', '_'], "").contains("listtagsofresource")
    };
    let has = |kind: Kind, service: &str| known.iter().any(|(_, of, arn)| *of == kind && arn.contains(service));
    reply.operation.to_string() == "dax:ListTags"
        && (is_called_so() || (has(Kind::TableArn, "") && !has(Kind::Cache, ":dax:")))
}

/// A file, and what it gives a name to.
type Known = (Arc<str>, Kind, Arc<str>);

/// What a call may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Group,
    ClusterGroup,
    CacheGroup,
    Cache,
    Proxy,
    Key,
    WarehouseGroup,
    Warehouse,
    Serverless,
    Table,
    TableArn,
    Detector,
    Other,
}

impl Kind {
    fn of(operation: &Operation) -> Option<Self> {
        match (operation.action, operation.per) {
            ("DescribeDBParameters", _) => Some(Self::Group),
            ("DescribeDBClusterParameters", _) => Some(Self::ClusterGroup),
            ("DescribeCacheParameters", _) => Some(Self::CacheGroup),
            ("ListTagsForResource", _) if operation.service == "redshift-serverless" => Some(Self::Serverless),
            ("ListTagsForResource" | "ListTags", _) => Some(Self::Cache),
            ("DescribeDBProxyTargets", _) => Some(Self::Proxy),
            ("DescribeClusterParameters", _) => Some(Self::WarehouseGroup),
            ("DescribeLoggingStatus", _) => Some(Self::Warehouse),
            ("DescribeContinuousBackups", _) => Some(Self::Table),
            ("ListTagsOfResource", _) => Some(Self::TableArn),
            ("GetResourcePolicy", _) if operation.service == "dynamodb" => Some(Self::TableArn),
            ("GetKeyRotationStatus" | "GetKeyPolicy", _) => Some(Self::Key),
            ("GetDetector", _) => Some(Self::Detector),
            (_, Per::Each(_)) => Some(Self::Other),
            _ => None,
        }
    }

    fn thing(self) -> &'static str {
        match self {
            Self::Group => "parameter group",
            Self::ClusterGroup => "cluster parameter group",
            Self::CacheGroup => "parameter group",
            Self::Cache => "cache or group",
            Self::Proxy => "proxy",
            Self::Key => "key",
            Self::WarehouseGroup => "parameter group",
            Self::Warehouse => "cluster",
            Self::Serverless => "namespace or workgroup",
            Self::Table | Self::TableArn => "table",
            Self::Detector => "detector",
            Self::Other => "thing",
        }
    }
}

/// The names that a reply gives to things, and its file.
fn names(reply: &Reply) -> Vec<Known> {
    let of = |value: &Json| -> Vec<(Kind, Arc<str>)> {
        let one = |kind, name: Option<Arc<str>>| name.map(|name| (kind, name)).into_iter().collect();
        match reply.operation.action {
            "DescribeDBParameterGroups" => one(Kind::Group, text(value, "DBParameterGroupName")),
            "DescribeDBClusterParameterGroups" => one(Kind::ClusterGroup, text(value, "DBClusterParameterGroupName")),
            "DescribeDBClusters" => one(Kind::ClusterGroup, text(value, "DBClusterParameterGroup")),
            "DescribeDBProxies" => one(Kind::Proxy, text(value, "DBProxyName")),
            "DescribeClusterParameterGroups" if reply.operation.service == "redshift" => {
                one(Kind::WarehouseGroup, text(value, "ParameterGroupName"))
            }
            "DescribeClusters" if reply.operation.service == "redshift" => {
                one(Kind::Warehouse, text(value, "ClusterIdentifier"))
            }
            "ListNamespaces" => one(Kind::Serverless, text(value, "namespaceArn")),
            "ListWorkgroups" => one(Kind::Serverless, text(value, "workgroupArn")),
            "DescribeTable" => {
                let of = |member| value.get("Table").and_then(|table| text(table, member));
                let names = one(Kind::Table, of("TableName")).into_iter().chain(one(Kind::TableArn, of("TableArn")));
                names.collect()
            }
            "DescribeCacheParameterGroups" => {
                let group = text(value, "CacheParameterGroupName").map(|name| (Kind::CacheGroup, name));
                group.into_iter().chain(one(Kind::Cache, text(value, "ARN"))).collect()
            }
            "DescribeReplicationGroups"
            | "DescribeCacheClusters"
            | "DescribeServerlessCaches"
            | "DescribeCacheSubnetGroups"
            | "DescribeClusters"
            | "DescribeSnapshots"
            | "DescribeSubnetGroups" => one(Kind::Cache, text(value, "ARN").or_else(|| text(value, "ClusterArn"))),
            "ListDetectors" => one(Kind::Detector, value.as_str().map(Arc::from)),
            "DescribeKey" => one(Kind::Key, value.get("KeyMetadata").and_then(|key| text(key, "Arn"))),
            "DescribeDBInstances" => {
                let groups = value.get("DBParameterGroups").and_then(Json::as_array).into_iter().flatten();
                groups.filter_map(|group| Some((Kind::Group, text(group, "DBParameterGroupName")?))).collect()
            }
            _ => Vec::new(),
        }
    };
    reply.values.iter().flat_map(of).map(|(kind, name)| (Arc::clone(&reply.file), kind, name)).collect()
}

/// The longest known name that the file's own name or that of its folder has in it, unless several things go by it.
fn by_file_name<'k>(reply: &Reply, kind: Kind, known: impl Iterator<Item = &'k Known>) -> Option<Arc<str>> {
    // A key's id and a cache's name are the last part of their ARN.
    let word = |name: &Arc<str>| name.rsplit(['/', ':']).next().unwrap_or(name).to_owned();
    let is_in = |name: &&Arc<str>| reply.file.rsplit('/').take(2).any(|part| has_word(part, &word(name)));
    let of_kind = known.filter(|(_, of, _)| *of == kind).map(|(.., name)| name);
    let named: BTreeSet<&Arc<str>> = of_kind.filter(is_in).collect();
    let longest = named.iter().map(|name| word(name).len()).max()?;
    let mut found = named.into_iter().filter(|name| word(name).len() == longest);
    found.next().filter(|_| found.next().is_none()).cloned()
}

/// Whether a text has a word in it that does not go on on either side.
fn has_word(text: &str, word: &str) -> bool {
    let goes_on = |c: char| c.is_ascii_alphanumeric();
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let (before, after) = (text.get(..at), text.get(at + word.len()..));
            !before.is_some_and(|before| before.ends_with(goes_on))
                && !after.is_some_and(|after| after.starts_with(goes_on))
        })
}

fn only_one<'k>(known: impl Iterator<Item = &'k Known>, kind: Kind) -> Option<Arc<str>> {
    // AWS's own groups cannot be changed, so nobody asks for their parameters.
    let of_kind = known.filter(|(_, of, name)| *of == kind && !name.starts_with("default."));
    let names: BTreeSet<&Arc<str>> = of_kind.map(|(.., name)| name).collect();
    match names.len() {
        1 => names.first().map(|name| Arc::clone(name)),
        _ => None,
    }
}

/// `main` of `describe-db-parameters-main.json`.
fn rest_of_file_name(reply: &Reply) -> Option<Arc<str>> {
    let name = reply.file.rsplit('/').next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let starts = [
        "describe-db-cluster-parameters",
        "describe-db-parameters",
        "describe-cache-parameters",
        "describe-db-proxy-targets",
    ];
    let rest = starts.iter().find_map(|start| stem.strip_prefix(start))?;
    let rest = rest.trim_matches(['-', '_', '.']);
    rest.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| rest.into())
}
