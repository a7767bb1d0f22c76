//! ElastiCache, MemoryDB and DAX: replication groups are told by their nodes too, and tags by a call for each.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json, json};

use super::kept::{Made, Making};
use super::objects::put_in_force;
use super::parameters;
use crate::facts::api::{Object, Told, text_at};
use crate::facts::aws::api::{security_groups_of_cache, unapplied_groups_of_cache};
use crate::facts::mapped::Mapped;
use crate::source::aws::Item;

/// The nodes of replication groups, and the groups, by the groups' names.
#[derive(Default)]
pub(super) struct Nodes<'a> {
    /// The first node of each.
    first: FxHashMap<&'a str, &'a Json>,
    /// The ARN of each.
    arn: FxHashMap<&'a str, &'a str>,
}

impl<'a> Nodes<'a> {
    pub(super) fn new(objects: &'a [Item]) -> Self {
        let mut nodes = Self::default();
        for item in objects.iter().filter(|item| item.operation.service == "elasticache") {
            let object = &item.value;
            match item.operation.action {
                "DescribeCacheClusters" => nodes.add_node(object),
                "DescribeReplicationGroups" => {
                    nodes.arn.extend(text_at(object, "ReplicationGroupId").zip(text_at(object, "ARN")));
                }
                _ => {}
            }
        }
        nodes
    }

    fn add_node(&mut self, node: &'a Json) {
        let Some(group) = text_at(node, "ReplicationGroupId") else { return };
        let name = |node: &'a Json| text_at(node, "CacheClusterId");
        let first = self.first.entry(group).or_insert(node);
        if name(node) < name(first) {
            *first = node;
        }
    }
}

/// The tags of a reply about one thing.
pub(super) fn tags_of_reply(reply: &Json) -> Option<Json> {
    let tags = ["TagList", "Tags"].iter().find_map(|list| reply.get(*list)?.as_array())?.iter();
    // A tag of ElastiCache may have no value.
    let pairs = tags.filter_map(|tag| {
        let value = tag.get("Value").and_then(Json::as_str).unwrap_or_default();
        Some((text_at(tag, "Key")?.to_owned(), json!(value)))
    });
    Some(Json::Object(pairs.collect::<Map<String, Json>>()))
}

impl Making<'_> {
    /// The resource of an object of one of these services.
    pub(super) fn cache(&self, item: &Item) -> Option<Made> {
        let object = &item.value;
        let (service, action) = (item.operation.service, item.operation.action);
        let tagged = |resource_type| self.with_tags(service, resource_type, object, Vec::new());
        let made = match (service, action) {
            ("elasticache", "DescribeReplicationGroups") => self.replication_group(object),
            ("elasticache", "DescribeCacheClusters") => self.cache_cluster(object),
            ("elasticache", "DescribeServerlessCaches") => tagged("aws_elasticache_serverless_cache"),
            ("elasticache", "DescribeCacheSubnetGroups") => tagged("aws_elasticache_subnet_group"),
            ("elasticache", "DescribeCacheParameterGroups") => {
                let own = vec![("parameter", self.cache_parameters(object))];
                self.with_tags(service, "aws_elasticache_parameter_group", object, own)
            }
            ("memorydb", "DescribeClusters") => self.memorydb_cluster(object),
            ("memorydb", "DescribeSnapshots") => tagged("aws_memorydb_snapshot"),
            ("memorydb", "DescribeSubnetGroups") => tagged("aws_memorydb_subnet_group"),
            ("dax", "DescribeClusters") => tagged("aws_dax_cluster"),
            ("dax", "DescribeSubnetGroups") => self.mapper.make("aws_dax_subnet_group", object, Vec::new()),
            _ => return None,
        };
        Some(made.ok_or(action))
    }

    fn memorydb_cluster(&self, object: &Json) -> Option<Mapped> {
        let mut mapped = self.with_tags("memorydb", "aws_memorydb_cluster", object, Vec::new())?;
        put_in_force(&mut mapped, parameters::in_force_at_memorydb(object));
        Some(mapped)
    }

    fn with_tags(
        &self,
        service: &str,
        resource_type: &'static str,
        object: &Json,
        mut more: Vec<(&'static str, Told)>,
    ) -> Option<Mapped> {
        let arn = ["ARN", "ClusterArn"].iter().find_map(|member| text_at(object, member)).unwrap_or_default();
        more.push(("tags_all", self.cache_tags(service, arn)));
        self.mapper.make(resource_type, object, more)
    }

    fn cache_tags(&self, service: &str, arn: &str) -> Told {
        let call = match service {
            "memorydb" => "memorydb:ListTags",
            "dax" => "dax:ListTags",
            _ => "elasticache:ListTagsForResource",
        };
        match self.kept.tags_by_arn(arn) {
            Some(tags) => Told::Value(tags.clone()),
            None => Told::Nothing(self.calls.why_not_of(call, arn)),
        }
    }

    /// A group's nodes are alike: the first tells for all of them.
    fn replication_group(&self, object: &Json) -> Option<Mapped> {
        let node = text_at(object, "ReplicationGroupId").and_then(|id| self.nodes.first.get(id)).copied();
        let told = |member: &str| match node.and_then(|node| text_at(node, member)) {
            Some(text) => Told::Value(json!(text)),
            None => Told::Nothing(self.calls.why_not("elasticache:DescribeCacheClusters")),
        };
        let listed = |of: fn(&Object<'_>) -> Told| match node {
            Some(node) => of(&Object::parsed(node)),
            None => Told::Nothing(self.calls.why_not("elasticache:DescribeCacheClusters")),
        };
        let mut more = vec![
            ("engine_version", told("EngineVersion")),
            ("maintenance_window", told("PreferredMaintenanceWindow")),
            ("subnet_group_name", told("CacheSubnetGroupName")),
            ("parameter_group_name", told("CacheParameterGroup.CacheParameterGroupName")),
            ("security_group_ids", listed(security_groups_of_cache)),
            ("unapplied_groups", listed(unapplied_groups_of_cache)),
        ];
        if text_at(object, "Engine").is_none() {
            more.push(("engine", told("Engine")));
        }
        let mut mapped = self.with_tags("elasticache", "aws_elasticache_replication_group", object, more)?;
        put_in_force(&mut mapped, node.and_then(parameters::in_force_at_cache));
        Some(mapped)
    }

    /// Whoever tags a replication group tags its nodes
    /// (docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_Tag.html), so nobody asks for theirs.
    fn cache_cluster(&self, object: &Json) -> Option<Mapped> {
        let group = text_at(object, "ReplicationGroupId").and_then(|id| self.nodes.arn.get(id)).copied();
        let arn = group.or_else(|| text_at(object, "ARN")).unwrap_or_default();
        let tags = vec![("tags_all", self.cache_tags("elasticache", arn))];
        let mut mapped = self.mapper.make("aws_elasticache_cluster", object, tags)?;
        put_in_force(&mut mapped, parameters::in_force_at_cache(object));
        Some(mapped)
    }

    /// What a group sets. Nobody can edit a default group, so nobody asks what was set in it.
    fn cache_parameters(&self, object: &Json) -> Told {
        let name = text_at(object, "CacheParameterGroupName").unwrap_or_default().to_lowercase();
        let why_not = self.calls.why_not_of("elasticache:DescribeCacheParameters", &name);
        match why_not.filter(|_| !name.starts_with("default.")) {
            None => Told::Value(json!(self.kept.parameters("DescribeCacheParameters", &name))),
            Some(why) => Told::Nothing(Some(why)),
        }
    }
}
