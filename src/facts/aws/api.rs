//! The words of AWS's own API for what the mappings know in Terraform's: members of the objects that the `describe` and
//! `list` calls return. Names are those of the service models that botocore ships; what an absent member means is said
//! by RDS.md section 3.2 and, where cited, by the API reference.

mod cache;
mod cluster;
mod dms;
mod groups;
mod instance;
mod memory;
mod network;
mod others;
mod services;
mod snapshot;
mod table;
mod warehouse;

pub(super) use cache::{
    CACHE_CLUSTER, CACHE_PARAMETER_GROUP, CACHE_SUBNET_GROUP, REPLICATION_GROUP, SERVERLESS_CACHE,
    security_groups as security_groups_of_cache, unapplied_groups as unapplied_groups_of_cache,
};
pub(super) use cluster::CLUSTER;
pub(super) use dms::{ENDPOINT, REPLICATION_INSTANCE, REPLICATION_TASK};
pub(super) use groups::{OPTION_GROUP, PARAMETER_GROUP, PARAMETER_GROUP_OF_CLUSTERS, SUBNET_GROUP};
pub(super) use instance::{INSTANCE, option_group_to_come};
pub(super) use memory::{DAX_CLUSTER, DAX_SUBNET_GROUP, MEMORYDB_CLUSTER, MEMORYDB_SNAPSHOT, MEMORYDB_SUBNET_GROUP};
pub(super) use network::{ROUTE_TABLE, SECURITY_GROUP, SUBNET};
pub(super) use others::{BACKUP_REPLICATION, EVENT_SUBSCRIPTION, GLOBAL_CLUSTER, KEY, PROXY, SECRET};
pub(super) use services::{BACKUP_PLAN, BACKUP_SETTINGS, BACKUP_VAULT, DETECTOR, LOG_GROUP};
pub(super) use snapshot::{CLUSTER_SNAPSHOT, SNAPSHOT};
pub(super) use table::TABLE;
pub(super) use warehouse::{
    NAMESPACE, SNAPSHOT_COPY_GRANT, WAREHOUSE, WAREHOUSE_PARAMETER_GROUP, WAREHOUSE_SUBNET_GROUP, WORKGROUP,
};

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::facts::api::{Object, Told, at, items, text_at};
use crate::model::{Text, Unknown};

/// Tags as a map: the API lists them.
pub(super) fn tags(object: &Object<'_>) -> Told {
    tags_of(object, "TagList")
}

/// Tags as a map, from the member that lists them.
pub(super) fn tags_of(object: &Object<'_>, member: &str) -> Told {
    if let Some(tags) = object.unparsed(member).and_then(|text| serde_json::from_str::<Vec<Tag<'_>>>(text).ok()) {
        let pairs = tags.into_iter().filter(|tag| !tag.key.is_empty());
        let pairs = pairs.map(|tag| (tag.key.into_owned(), Json::String(tag.value.into_owned())));
        return Told::Value(Json::Object(pairs.collect::<Map<String, Json>>()));
    }
    // A list that is not there at all is an import's that left it out: the services return an empty one.
    let Some(Json::Array(tags)) = object.get(member) else { return Told::Nothing(None) };
    let pairs =
        tags.iter().filter_map(|tag| Some((text_at(tag, "Key")?.to_owned(), json!(tag.get("Value")?.as_str()?))));
    Told::Value(Json::Object(pairs.collect::<Map<String, Json>>()))
}

/// A tag as the services write it. Most resources have tags of their own, so that a tree of JSON for each takes its time; one
/// that is written in any other way is looked at as such a tree.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Tag<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
}

/// Whether storage is encrypted: the type of encryption tells more than the switch, which means keys of KMS only
/// (RDS.md section 7).
fn encrypted(object: &Object<'_>, switch: &str) -> Told {
    let switch = at(object, switch).and_then(Json::as_bool);
    match (text_at(object, "StorageEncryptionType"), switch) {
        (Some("none"), Some(true)) => contradiction(),
        (Some("none"), _) => Told::Value(json!(false)),
        (Some("sse-rds" | "sse-kms"), _) => Told::Value(json!(true)),
        (_, switch) => Told::from(switch.map(|on| json!(on))),
    }
}

fn contradiction() -> Told {
    let what = "`StorageEncrypted` and `StorageEncryptionType` contradict each other";
    Told::Nothing(Some(Unknown::Invalid(Text::Static(what))))
}

/// The type of encryption, `none` when the object says that there is none and nothing else.
fn encryption_type(object: &Object<'_>) -> Told {
    let on = at(object, "StorageEncrypted").and_then(Json::as_bool);
    match (text_at(object, "StorageEncryptionType"), on) {
        (Some("none"), Some(true)) => contradiction(),
        (Some(word), _) => Told::Value(json!(word)),
        (None, Some(false)) => Told::Value(json!("none")),
        (None, Some(true)) if text_at(object, "KmsKeyId").is_some() => Told::Value(json!("sse-kms")),
        _ => Told::Nothing(None),
    }
}

/// The key of the storage. Where no key of KMS is used there is none; otherwise an object that names none tells nothing.
fn key(object: &Object<'_>, switch: &str) -> Told {
    match (text_at(object, "KmsKeyId"), at(object, switch).and_then(Json::as_bool)) {
        (Some(key), _) => Told::Value(json!(key)),
        (None, Some(false)) => Told::Off,
        (None, _) => Told::Nothing(None),
    }
}

/// Whether the provider keeps the administrator's password: exactly when the object names its secret (RDS.md section 2.1).
fn password_managed(object: &Object<'_>) -> Told {
    at(object, "MasterUserSecret").map_or(Told::Off, |_| Told::Value(json!(true)))
}

/// What the object tells of the directory that it is joined to; it is joined to one at most, and to none when it names none
/// (RDS.md sections 2.1 and 3.2).
fn membership(object: &Object<'_>, member: &str) -> Told {
    let directory = items(object, "DomainMemberships").first();
    directory.and_then(|directory| text_at(directory, member)).map_or(Told::Off, |it| Told::Value(json!(it)))
}

/// Whether an activity stream runs; one that is starting records nothing yet.
fn activity_stream(object: &Object<'_>) -> Told {
    text_at(object, "ActivityStreamStatus").map_or(Told::Off, |status| Told::Value(json!(status == "started")))
}

/// Since when it has been stopped: it is started again a week after it was
/// (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html).
fn stopped_since(object: &Object<'_>, status: &str) -> Told {
    const A_WEEK: i64 = 7 * 24 * 60 * 60;
    let restarts = || text_at(object, "AutomaticRestartTime")?.parse::<jiff::Timestamp>().ok();
    let stopped = || jiff::Timestamp::from_second(restarts()?.as_second() - A_WEEK).ok();
    match text_at(object, status) {
        Some("stopped") => Told::from(stopped().map(|stopped| json!(stopped.to_string()))),
        Some(_) => Told::Off,
        None => Told::Nothing(None),
    }
}

/// The security groups in force; one that is being removed is none of them any more, one that is being added not yet
/// (RDS.md section 2.1).
fn security_groups(object: &Object<'_>) -> Told {
    groups_with(object, |status| status != "removing" && status != "adding")
}

fn groups_with(object: &Object<'_>, wanted: impl Fn(&str) -> bool) -> Told {
    let Some(Json::Array(groups)) = object.get("VpcSecurityGroups") else { return Told::Nothing(None) };
    let in_force = groups.iter().filter(|group| wanted(text_at(group, "Status").unwrap_or_default()));
    let ids: Option<Vec<&str>> = in_force.map(|group| text_at(group, "VpcSecurityGroupId")).collect();
    Told::from(ids.map(|ids| json!(ids)))
}

/// The security groups once those that wait are there; `None` when none waits.
pub(super) fn security_groups_to_come(object: &Object<'_>) -> Option<Json> {
    let waits = |group: &Json| text_at(group, "Status") == Some("adding");
    if !items(object, "VpcSecurityGroups").iter().any(waits) {
        return None;
    }
    match groups_with(object, |status| status != "removing") {
        Told::Value(groups) => Some(groups),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::aws::Member;

    #[test]
    fn tags_are_the_same_parsed_as_pairs_and_as_json() {
        for text in [
            r#"[]"#,
            r#"[{"Key":"owner","Value":"team"},{"Value":"","Key":"b\u00e9"}]"#,
            r#"[{"Key":"a","Value":"1"},{"Key":"a","Value":"2"}]"#,
            r#"[{"Key":"","Value":"1"},{"Key":"b","Value":"2"}]"#,
            r#"[{"Key":"a","Value":"1","Key":"b"}]"#,
            r#"[{"Key":"a","Value":null},{"Key":null,"Value":"1"},{"Key":"c"},{"Value":"d"},{}]"#,
            r#"[{"Key":"a","Value":1},{"Key":2,"Value":"b"},{"Key":"c","Value":"d","ResourceId":[{"x":1}]}]"#,
            r#"["a",null,{"Key":"b","Value":"c"}]"#,
            r#"null"#,
            r#"{"a":"b"}"#,
        ] {
            let told = |object: &Object<'_>| match tags(object) {
                Told::Value(tags) => Some(tags),
                Told::Off | Told::Nothing(_) => None,
            };
            let parsed = json!({"TagList": serde_json::from_str::<Json>(text).unwrap()});
            let members = [Member::new("TagList", text)];
            assert_eq!(told(&Object::of(&members)), told(&Object::parsed(&parsed)), "{text}");
            // What was parsed before is not parsed in another way.
            let read = Object::of(&members);
            assert_eq!(read.get("TagList"), parsed.get("TagList"));
            assert_eq!(told(&read), told(&Object::parsed(&parsed)), "{text}");
        }
        assert!(matches!(tags(&Object::of(&[])), Told::Nothing(None)));
    }

    #[test]
    fn a_list_of_tags_that_is_no_json_is_found_out() {
        let members = [Member::new("TagList", r#"[{"Key":"a","Value":"\ud800"}]"#)];
        assert!(matches!(tags(&Object::of(&members)), Told::Nothing(None)));
        assert!(members.iter().all(Member::is_broken));
    }
}
