//! What calls tell of data warehouses beside their lists: parameters of groups, audit logging, tags.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json, json};

use super::calls::Calls;
use super::kept::More;
use super::objects;
use super::parameters;
use crate::facts::api::{self, at, items, text_at};
use crate::facts::mapped::{Mapped, Target};
use crate::source::aws::Item;

/// Everything that was told; by name or ARN, lower case.
#[derive(Default)]
pub(super) struct Told {
    parameters: FxHashMap<String, Vec<Json>>,
    logging: FxHashMap<String, bool>,
    tags: FxHashMap<String, Json>,
}

impl Told {
    /// Takes in what an object tells; `false` for one that is a resource itself, or of another service.
    pub(super) fn add(&mut self, item: &Item) -> bool {
        let of = item.of.as_deref().unwrap_or_default().to_lowercase();
        match (item.operation.service, item.operation.action) {
            ("redshift", "DescribeClusterParameters") => {
                let blocks = parameters::of_reply(&item.value).iter().filter_map(parameters::block);
                self.parameters.entry(of).or_default().extend(blocks);
            }
            ("redshift", "DescribeLoggingStatus") => {
                let on = at(&item.value, "LoggingEnabled").and_then(Json::as_bool);
                self.logging.extend(on.map(|on| (of, on)));
            }
            ("redshift-serverless", "ListTagsForResource") => {
                let tags = items(&item.value, "tags").iter();
                let pairs = tags.filter_map(|tag| Some((text_at(tag, "key")?.to_owned(), tag.get("value")?.clone())));
                self.tags.insert(of, Json::Object(pairs.collect::<Map<String, Json>>()));
            }
            _ => return false,
        }
        true
    }

    /// The resource that an object is: its type, the object, what else is told of it.
    pub(super) fn resource<'o>(&self, item: &'o Item, calls: &Calls<'_>) -> Option<(&'static str, &'o Json, More)> {
        let object = &item.value;
        let name = |member: &str| text_at(object, member).unwrap_or_default().to_lowercase();
        Some(match (item.operation.service, item.operation.action) {
            ("redshift", "DescribeClusters") => {
                let logging = self.logging(&name("ClusterIdentifier"), calls);
                ("aws_redshift_cluster", object, vec![("logging", logging)])
            }
            ("redshift", "DescribeClusterParameterGroups") => {
                let parameters = self.parameters(&name("ParameterGroupName"), calls);
                ("aws_redshift_parameter_group", object, vec![("parameter", parameters)])
            }
            ("redshift", "DescribeClusterSubnetGroups") => ("aws_redshift_subnet_group", object, Vec::new()),
            ("redshift", "DescribeSnapshotCopyGrants") => ("aws_redshift_snapshot_copy_grant", object, Vec::new()),
            ("redshift-serverless", "ListNamespaces") => {
                ("aws_redshiftserverless_namespace", object, self.tags(&name("namespaceArn"), calls))
            }
            ("redshift-serverless", "ListWorkgroups") => {
                ("aws_redshiftserverless_workgroup", object, self.tags(&name("workgroupArn"), calls))
            }
            _ => return None,
        })
    }

    fn logging(&self, cluster: &str, calls: &Calls<'_>) -> api::Told {
        match self.logging.get(cluster) {
            Some(on) => api::Told::Value(json!([{"enable": on}])),
            None => api::Told::Nothing(calls.why_not_of("redshift:DescribeLoggingStatus", cluster)),
        }
    }

    /// The parameters of AWS's own groups that no cluster uses are not asked.
    fn parameters(&self, group: &str, calls: &Calls<'_>) -> api::Told {
        match self.parameters.get(group) {
            Some(parameters) => api::Told::Value(json!(parameters)),
            None => api::Told::Nothing(calls.why_not_of("redshift:DescribeClusterParameters", group)),
        }
    }

    fn tags(&self, arn: &str, calls: &Calls<'_>) -> More {
        let told = match self.tags.get(arn) {
            Some(tags) => api::Told::Value(tags.clone()),
            None => api::Told::Nothing(calls.why_not_of("redshift-serverless:ListTagsForResource", arn)),
        };
        vec![("tags_all", told)]
    }
}

/// Says of a cluster's parameters that they are not in force, when they are not.
pub(super) fn put_in_force(mapped: &mut Mapped, object: &Json) {
    if mapped.ties.target == Some(Target::Warehouse) {
        objects::put_in_force(mapped, parameters::in_force_at_warehouse(object));
    }
}
