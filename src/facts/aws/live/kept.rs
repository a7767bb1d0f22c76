//! What tells about databases: kept until every call has ended, then mapped in its turn.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json, json};

use super::around::{self, Around};
use super::calls::Calls;
use super::objects::{Mapper, of_engine};
use super::{caches, parameters, tables, told, warehouses};
use crate::facts::api::{Told, at, items, text_at};
use crate::facts::mapped::Mapped;
use crate::facts::view::lower_case;
use crate::model::{Text, Unknown};
use crate::source::aws::Item;

/// A resource, or the call whose object has no identifier.
pub(super) type Made = Result<Mapped, &'static str>;

/// Attributes that other calls tell.
pub(super) type More = Vec<(&'static str, Told)>;

/// Objects that are few, and what calls tell about something else than the objects that they give.
#[derive(Default)]
pub(super) struct Kept {
    /// Those that become resources.
    objects: Vec<Item>,
    /// The parameters that groups set, and those of engines by family; by call and name, lower case.
    parameters: FxHashMap<(&'static str, String), Vec<Json>>,
    /// Tags by ARN, lower case.
    tags: FxHashMap<String, Json>,
    /// Whether keys are rotated, by what they were asked by.
    rotation: FxHashMap<String, bool>,
    /// Policies by call and by what they are of, lower case; nothing where there is none.
    policies: FxHashMap<(String, String), Option<String>>,
    /// Who may restore snapshots, by call and identifier, lower case.
    shared: FxHashMap<(&'static str, String), Vec<Json>>,
    /// What is told of databases.
    pub(super) told: told::Facts,
    /// What is told of data warehouses.
    warehouses: warehouses::Told,
    /// What is told of tables.
    tables: tables::Told,
}

impl Kept {
    pub(super) fn add(&mut self, item: Item) {
        if self.told.add(&item) {
            return;
        }
        if self.warehouses.add(&item) || self.tables.add(&item) {
            return;
        }
        let of = around::subject(&item);
        let action = item.operation.action;
        match action {
            "DescribeDBParameters"
            | "DescribeCacheParameters"
            | "DescribeDBClusterParameters"
            | "DescribeEngineDefaultParameters"
            | "DescribeEngineDefaultClusterParameters" => {
                let blocks = parameters::of_reply(&item.value).iter().filter_map(parameters::block);
                self.parameters.entry((action, of)).or_default().extend(blocks);
            }
            "GetResources" => self.add_tags(&item.value),
            "ListTagsForResource" | "ListTags" => {
                self.tags.extend(caches::tags_of_reply(&item.value).map(|tags| (of, tags)))
            }
            "GetKeyRotationStatus" => {
                let on = at(&item.value, "KeyRotationEnabled").and_then(Json::as_bool);
                self.rotation.extend(on.map(|on| (of, on)));
            }
            "GetKeyPolicy" | "GetBackupVaultAccessPolicy" | "GetResourcePolicy" => {
                let member = if action == "GetResourcePolicy" { "ResourcePolicy" } else { "Policy" };
                let policy = text_at(&item.value, member).map(str::to_owned);
                self.policies.insert((item.operation.to_string(), of), policy);
            }
            "DescribeDBSnapshotAttributes" => {
                self.add_shared(action, of, &item.value, "DBSnapshotAttributesResult.DBSnapshotAttributes");
            }
            "DescribeDBClusterSnapshotAttributes" => {
                self.add_shared(
                    action,
                    of,
                    &item.value,
                    "DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes",
                );
            }
            _ => self.objects.push(item),
        }
    }

    fn add_tags(&mut self, object: &Json) {
        let Some(arn) = text_at(object, "ResourceARN") else { return };
        let pairs = items(object, "Tags").iter();
        let pairs = pairs.filter_map(|tag| Some((text_at(tag, "Key")?.to_owned(), json!(tag.get("Value")?.as_str()?))));
        self.tags.insert(arn.to_lowercase(), Json::Object(pairs.collect::<Map<String, Json>>()));
    }

    /// The attribute `restore` lists the accounts; `all` is everybody.
    fn add_shared(&mut self, action: &'static str, of: String, reply: &Json, path: &str) {
        let Some(Json::Array(attributes)) = at(reply, path) else { return };
        // A reply that does not name the attribute says nothing of it; one without accounts names it with an empty list.
        let restore = attributes.iter().find(|attribute| text_at(attribute, "AttributeName") == Some("restore"));
        if let Some(restore) = restore {
            self.shared.insert((action, of), items(restore, "AttributeValues").to_vec());
        }
    }

    /// The tags of something, by its ARN.
    pub(super) fn tags_by_arn(&self, arn: &str) -> Option<&Json> {
        self.tags.get(lower_case(arn).as_ref())
    }

    /// The objects of a call.
    pub(super) fn of(&self, action: &'static str) -> impl Iterator<Item = &Item> {
        self.objects.iter().filter(move |item| item.operation.action == action)
    }

    /// The policy of something; `None` when no call told of it.
    pub(super) fn policy(&self, call: &str, of: &str) -> Option<Option<&str>> {
        self.policies.get(&(call.to_owned(), of.to_lowercase())).map(Option::as_deref)
    }

    /// The tags of what an object's ARN names.
    pub(super) fn tags_of(&self, object: &Json, arn: &str, calls: &Calls<'_>) -> Told {
        let of_arn = text_at(object, arn).and_then(|arn| self.tags_by_arn(arn));
        match of_arn {
            Some(tags) => Told::Value(tags.clone()),
            // The call lists what has tags.
            None => {
                calls.why_not("tagging:GetResources").map_or(Told::Value(json!({})), |why| Told::Nothing(Some(why)))
            }
        }
    }

    pub(super) fn parameters(&self, action: &'static str, of: &str) -> &[Json] {
        self.parameters.get(&(action, of.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Who may restore a snapshot; `None` when the call gave nothing about it.
    pub(super) fn shared(&self, action: &'static str, snapshot: &str) -> Option<&[Json]> {
        self.shared.get(&(action, snapshot.to_lowercase())).map(Vec::as_slice)
    }

    /// The resources that the objects are.
    pub(super) fn map(&self, mapper: &Mapper<'_>, calls: &Calls<'_>, databases: &[Mapped]) -> Vec<Made> {
        let around = Around { kept: self, mapper, calls };
        let making = Making { kept: self, mapper, calls, around, nodes: caches::Nodes::new(&self.objects) };
        let mut made: Vec<Made> = self.objects.par_iter().filter_map(|item| making.make(item)).collect();
        made.extend(making.associations());
        made.extend(making.around.others(databases));
        made
    }
}

/// Everything that a kept object becomes a resource with.
pub(super) struct Making<'a> {
    pub(super) kept: &'a Kept,
    pub(super) mapper: &'a Mapper<'a>,
    pub(super) calls: &'a Calls<'a>,
    pub(super) nodes: caches::Nodes<'a>,
    around: Around<'a>,
}

impl Making<'_> {
    /// `None` for an object that no resource is made of.
    fn make(&self, item: &Item) -> Option<Made> {
        if matches!(item.operation.service, "elasticache" | "memorydb" | "dax") {
            return self.cache(item);
        }
        let object = &item.value;
        if let Some((resource_type, object, more)) = self.of_other_services(item) {
            let mut made = self.mapper.make(resource_type, object, more);
            made.iter_mut().for_each(|mapped| warehouses::put_in_force(mapped, object));
            return Some(made.ok_or(item.operation.action));
        }
        if let Some(made) = self.around.make(item) {
            return Some(made);
        }
        let tags = |arn| vec![("tags_all", self.kept.tags_of(object, arn, self.calls))];
        let (resource_type, object, more) = match item.operation.action {
            "DescribeDBParameterGroups" => return Some(self.parameter_group(object, &OF_INSTANCES)),
            "DescribeDBClusterParameterGroups" => return Some(self.parameter_group(object, &OF_CLUSTERS)),
            "DescribeOptionGroups" => ("aws_db_option_group", object, tags("OptionGroupArn")),
            "DescribeDBSubnetGroups" => ("aws_db_subnet_group", object, tags("DBSubnetGroupArn")),
            "DescribeEventSubscriptions" => ("aws_db_event_subscription", object, tags("EventSubscriptionArn")),
            "DescribeDBProxies" => {
                let mut more = tags("DBProxyArn");
                more.push(("proxy_targets", self.targets(text_at(object, "DBProxyName").unwrap_or_default())));
                ("aws_db_proxy", object, more)
            }
            "DescribeGlobalClusters" => (global_cluster(object), object, Vec::new()),
            "DescribeReplicationInstances" => ("aws_dms_replication_instance", object, tags("ReplicationInstanceArn")),
            "DescribeEndpoints" => ("aws_dms_endpoint", object, tags("EndpointArn")),
            "DescribeReplicationTasks" => ("aws_dms_replication_task", object, tags("ReplicationTaskArn")),
            "DescribeSecurityGroups" => ("aws_security_group", object, Vec::new()),
            "DescribeSubnets" => ("aws_subnet", object, Vec::new()),
            "DescribeRouteTables" => ("aws_route_table", object, Vec::new()),
            "DescribeKey" => {
                let key = object.get("KeyMetadata").unwrap_or(object);
                let names = names_of_key(item, key);
                let public = around::key_policy(self.kept, self.calls, &names);
                ("aws_kms_key", key, vec![("enable_key_rotation", self.rotation(&names)), ("policy_public", public)])
            }
            "DescribeDBInstanceAutomatedBackups" if self.is_copy(object) => {
                ("aws_db_instance_automated_backups_replication", object, Vec::new())
            }
            _ => return None,
        };
        Some(self.mapper.make(resource_type, object, more).ok_or(item.operation.action))
    }

    /// Objects of services whose calls may have the names of those of RDS.
    fn of_other_services<'o>(&self, item: &'o Item) -> Option<(&'static str, &'o Json, More)> {
        self.kept.warehouses.resource(item, self.calls).or_else(|| self.kept.tables.resource(item, self.calls))
    }

    /// The databases behind a proxy.
    fn targets(&self, proxy: &str) -> Told {
        let replies = self.kept.of("DescribeDBProxyTargets").filter(|item| item.of.as_deref() == Some(proxy));
        let replies: Vec<&Json> = replies.map(|item| &item.value).collect();
        match self.calls.why_not_of("rds:DescribeDBProxyTargets", proxy) {
            Some(why) if replies.is_empty() => Told::Nothing(Some(why)),
            _ => Told::Value(json!(around::targets(&replies))),
        }
    }

    fn parameter_group(&self, object: &Json, of: &Groups) -> Made {
        let name = text_at(object, of.name).unwrap_or_default().to_lowercase();
        let family = text_at(object, "DBParameterGroupFamily").unwrap_or_default().to_lowercase();
        // Nobody can edit a default group, so nobody asks what was set in it.
        let own = match self.calls.why_not_of(of.call, &name).filter(|_| !name.starts_with("default.")) {
            None => Told::Value(json!(self.kept.parameters(of.parameters, &name))),
            Some(why) => Told::Nothing(Some(why)),
        };
        let defaults = match self.calls.why_not_of(of.default_call, &family) {
            None => Told::Value(json!(self.kept.parameters(of.defaults, &family))),
            Some(why) => Told::Nothing(Some(why)),
        };
        let more = vec![
            ("parameter", own),
            ("engine_default", defaults),
            ("tags_all", self.kept.tags_of(object, of.arn, self.calls)),
        ];
        let resource_type = by_family(&family, of.types);
        self.mapper.make(resource_type, object, more).ok_or(of.groups)
    }

    fn rotation(&self, names: &[String]) -> Told {
        match names.iter().find_map(|name| self.kept.rotation.get(name)) {
            Some(on) => Told::Value(json!(on)),
            None => {
                let asked = names.first().map(String::as_str).unwrap_or_default();
                Told::Nothing(self.calls.why_not_of("kms:GetKeyRotationStatus", asked))
            }
        }
    }

    /// Whether an automated backup is the copy of one of another region.
    fn is_copy(&self, object: &Json) -> bool {
        let region = |arn: &'static str| text_at(object, arn).and_then(|arn| arn.split(':').nth(3));
        match (region("DBInstanceAutomatedBackupsArn"), region("DBInstanceArn")) {
            (Some(here), Some(there)) => here != there,
            _ => false,
        }
    }

    /// The route table of each subnet: the one that it is tied to, else its network's main one.
    fn associations(&self) -> Vec<Made> {
        let of = |action: &'static str| self.kept.of(action).map(|item| &item.value);
        let tables = Tables::new(of("DescribeRouteTables"));
        let unseen = self.calls.why_not("ec2:DescribeRouteTables");
        let associate = |subnet: &Json| {
            let id = text_at(subnet, "SubnetId")?;
            let table = match (tables.of(id, subnet), &unseen) {
                (Some((table, true)), _) | (Some((table, false)), None) => Told::Value(json!(table)),
                (_, Some(why)) => Told::Nothing(Some(why.clone())),
                (None, None) => Told::Nothing(Some(NO_TABLE)),
            };
            let more =
                vec![("id", Told::Value(json!(id))), ("subnet_id", Told::Value(json!(id))), ("route_table_id", table)];
            self.mapper.make("aws_route_table_association", &Json::Null, more).map(Ok)
        };
        of("DescribeSubnets").filter_map(associate).collect()
    }
}

const NO_TABLE: Unknown =
    Unknown::NotCollected(Text::Static("ec2:DescribeRouteTables returned no table of the subnet's network"));

/// The words of a kind of parameter group.
struct Groups {
    groups: &'static str,
    name: &'static str,
    arn: &'static str,
    parameters: &'static str,
    call: &'static str,
    defaults: &'static str,
    default_call: &'static str,
    types: &'static [&'static str; 3],
}

const OF_INSTANCES: Groups = Groups {
    groups: "DescribeDBParameterGroups",
    name: "DBParameterGroupName",
    arn: "DBParameterGroupArn",
    parameters: "DescribeDBParameters",
    call: "rds:DescribeDBParameters",
    defaults: "DescribeEngineDefaultParameters",
    default_call: "rds:DescribeEngineDefaultParameters",
    // DocumentDB has groups of clusters only.
    types: &["aws_db_parameter_group", "aws_neptune_parameter_group", "aws_db_parameter_group"],
};

const OF_CLUSTERS: Groups = Groups {
    groups: "DescribeDBClusterParameterGroups",
    name: "DBClusterParameterGroupName",
    arn: "DBClusterParameterGroupArn",
    parameters: "DescribeDBClusterParameters",
    call: "rds:DescribeDBClusterParameters",
    defaults: "DescribeEngineDefaultClusterParameters",
    default_call: "rds:DescribeEngineDefaultClusterParameters",
    types: &[
        "aws_docdb_cluster_parameter_group",
        "aws_neptune_cluster_parameter_group",
        "aws_rds_cluster_parameter_group",
    ],
};

fn by_family(family: &str, types: &[&'static str; 3]) -> &'static str {
    let engine = family.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    of_engine(engine, types)
}

fn global_cluster(object: &Json) -> &'static str {
    let engine = text_at(object, "Engine").unwrap_or_default().to_lowercase();
    of_engine(&engine, &["aws_docdb_global_cluster", "aws_neptune_global_cluster", "aws_rds_global_cluster"])
}

/// What a key may be asked by, lower case.
fn names_of_key(item: &Item, key: &Json) -> Vec<String> {
    let names = [item.of.as_deref(), text_at(key, "Arn"), text_at(key, "KeyId")];
    names.into_iter().flatten().map(str::to_lowercase).collect()
}

/// The route tables of subnets and of networks.
struct Tables<'a> {
    of_subnet: FxHashMap<&'a str, &'a str>,
    main_of_network: FxHashMap<&'a str, &'a str>,
}

impl<'a> Tables<'a> {
    fn new(tables: impl Iterator<Item = &'a Json>) -> Self {
        let mut all = Self { of_subnet: FxHashMap::default(), main_of_network: FxHashMap::default() };
        for table in tables {
            let Some(id) = text_at(table, "RouteTableId") else { continue };
            for association in items(table, "Associations") {
                if at(association, "Main") == Some(&Json::Bool(true)) {
                    all.main_of_network.extend(text_at(table, "VpcId").map(|network| (network, id)));
                }
                all.of_subnet.extend(text_at(association, "SubnetId").map(|subnet| (subnet, id)));
            }
        }
        all
    }

    /// The table of a subnet, and whether it is tied to it.
    fn of(&self, id: &str, subnet: &Json) -> Option<(&'a str, bool)> {
        let tied = self.of_subnet.get(id).map(|table| (*table, true));
        tied.or_else(|| self.main_of_network.get(text_at(subnet, "VpcId")?).map(|table| (*table, false)))
    }
}
