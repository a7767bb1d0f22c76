//! What a mapping yields for one resource: the resource with its own facts, and what `link` needs to join it to others.

mod relations;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{FactState, Kind, Resource, Text, Unknown};
use crate::source::terraform::TerraformResource;

pub(crate) use relations::Relations;

/// One resource of a document, mapped but not yet joined. Both parts are boxed, since a fleet of them is moved from stage to
/// stage.
#[derive(Debug)]
pub struct Mapped {
    /// The resource with its own facts; `None` when it only tells something about others.
    pub(crate) resource: Option<Box<Resource>>,
    /// What joins it to others.
    pub(crate) ties: Box<Ties>,
}

/// What joins a resource to others.
#[derive(Debug)]
pub(crate) struct Ties {
    /// Where it stands in the configuration.
    pub(crate) place: Place,
    /// What it is, if it is judged.
    pub(crate) kind: Option<Kind>,
    /// What it is to those that refer to it; `None` when nothing does.
    pub(crate) target: Option<Target>,
    /// The region, which tells equal names apart.
    pub(crate) region: Option<Arc<str>>,
    /// Whether it runs, so that what it names is known whole, and is elsewhere when the document does not hold it.
    pub(crate) runs: bool,
    /// The account and region that it was seen in, once all of it was seen; `None` for what is declared or recorded.
    pub(crate) seen_in: Option<Arc<SeenIn>>,
    /// Every known id, ARN and name, lower case.
    pub(crate) ids: Vec<Arc<str>>,
    /// What it refers to.
    pub(crate) relations: Vec<Arc<Relation>>,
    /// Why the parameters that it refers to are not in force.
    pub(crate) not_in_force: Option<Box<NotInForce>>,
    /// What it tells about others.
    pub(crate) feed: Option<Feed>,
    /// What it told about others before the plan changes it or takes it away, where the others may still record that.
    pub(crate) told: Option<Box<Told>>,
    /// Whether the plan makes it.
    pub(crate) new: bool,
    /// Whether nothing outside the document can refer to it, since only this plan makes it.
    pub(crate) only_here: bool,
    /// Whether it is there once the plan is applied.
    pub(crate) stays: bool,
    /// Whether the plan deletes it, and makes none in its place.
    pub(crate) is_deleted: bool,
    /// Whether it is there before the plan is applied, and if it is, under which ids.
    pub(crate) was: Option<Vec<Arc<str>>>,
}

/// An account and region, as joining sees it: all that was seen in one shares this.
#[derive(Debug)]
pub(crate) struct SeenIn {
    /// `123456789012/eu-west-1`: what is no ARN is a name that is unique in it only.
    pub(crate) place: String,
    /// Why what was referred to may not be found, by what it is; what is not here was listed whole.
    pub(crate) unlisted: BTreeMap<Target, Unknown>,
    /// The same of keys, which are asked about one by one: by what they were asked by, lower case.
    pub(crate) unseen_keys: FxHashMap<String, Option<Unknown>>,
    /// Of keys that were not asked about.
    pub(crate) other_keys: Option<Unknown>,
}

impl SeenIn {
    /// Why what a relation leads to was not seen.
    pub(crate) fn why_not(&self, relation: &Relation) -> Unknown {
        let why = match relation.targets.first() {
            Some(Target::Key) => {
                let asked = relation.known.first().map(AsRef::as_ref).unwrap_or_default();
                self.unseen_keys.get(asked).unwrap_or(&self.other_keys).as_ref()
            }
            Some(target) => self.unlisted.get(target),
            None => None,
        };
        why.cloned().unwrap_or(ELSEWHERE)
    }
}

/// What a complete list does not hold.
pub(crate) const ELSEWHERE: Unknown =
    Unknown::NotCollected(Text::Static("what it refers to is of another account or region, or is no more"));

/// Where a resource stands in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The full address.
    pub(crate) address: Arc<str>,
    /// Where the address without the resource's own instance key ends, unless that is another one.
    base_end: usize,
    other_base: Option<Arc<str>>,
    /// The address of its module.
    pub(crate) module: Arc<str>,
    /// Its instance key.
    pub(crate) index: Option<Arc<str>>,
}

/// What a resource is to those that refer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Target {
    /// A database instance.
    Instance,
    /// A database cluster.
    Cluster,
    /// A database snapshot.
    Snapshot,
    /// Parameters of instances.
    ParameterGroup,
    /// Parameters of clusters.
    ClusterParameterGroup,
    /// The subnets that a database may use.
    SubnetGroup,
    /// The subnets that a cache may use: ElastiCache has names of its own for them.
    CacheSubnetGroup,
    /// Parameters of caches.
    CacheParameterGroup,
    /// A replication group of caches.
    ReplicationGroup,
    /// A cluster of MemoryDB.
    MemoryDbCluster,
    /// The subnets of MemoryDB.
    MemoryDbSubnetGroup,
    /// Parameters of MemoryDB.
    MemoryDbParameterGroup,
    /// The subnets of DAX.
    DaxSubnetGroup,
    /// Network rules.
    SecurityGroup,
    /// A part of a network.
    Subnet,
    /// Where a network's traffic goes.
    RouteTable,
    /// An encryption key.
    Key,
    /// A stored secret.
    Secret,
    /// A cluster of a data warehouse; its names and those of its groups are a service's of their own.
    Warehouse,
    /// Parameters of data warehouses.
    WarehouseParameterGroup,
    /// The subnets that a data warehouse may use.
    WarehouseSubnetGroup,
    /// A table that the provider runs by itself.
    Table,
    /// A backup vault.
    BackupVault,
    /// A connection proxy.
    Proxy,
    /// What watches for attacks.
    Detector,
}

/// What another resource is to the one that refers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// What it copies: the primary of a replica, the snapshot of a restored database, the database of a snapshot.
    Source,
    /// The cluster that it belongs to.
    Cluster,
    /// Its parameters.
    Parameters,
    /// Its subnet group.
    SubnetGroup,
    /// Its security groups, or the group that a rule belongs to.
    SecurityGroups,
    /// Its subnets.
    Subnets,
    /// The route table of a subnet, or of a route.
    RouteTable,
    /// The key of its storage.
    Key,
    /// The key of its query load.
    InsightsKey,
    /// The key of its activity stream.
    StreamKey,
    /// The secrets that it logs in with, or the secret that a rotation is for.
    Secrets,
    /// What it says more about: the vault of a vault's policy, the cluster of an activity stream.
    Whole,
}

impl Role {
    /// Whether it is one resource, in an attribute that the provider fills in where it is null. So what decides whether the
    /// resource is meant leaves it unknown either way.
    pub(crate) fn is_of_one(self) -> bool {
        matches!(self, Self::Parameters | Self::SubnetGroup | Self::Key | Self::InsightsKey | Self::StreamKey)
    }
}

/// A relation of one resource to others, as far as the resource itself tells.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    /// What the others are to it.
    pub(crate) role: Role,
    /// What they may be.
    pub(crate) targets: &'static [Target],
    /// Known ids, ARNs or names, lower case.
    pub(crate) known: Vec<Arc<str>>,
    /// Resources of the configuration that the attribute refers to.
    pub(crate) references: Vec<Reference>,
    /// Why there may be others still.
    pub(crate) rest: Option<Unknown>,
    /// Whether some of the value is known only after apply, so that the references have to tell.
    pub(crate) by_reference: bool,
}

/// Why settings that a resource refers to are not in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotInForce {
    /// The reason.
    pub(crate) why: Unknown,
    /// What they wait for, when they are to come into force.
    pub(crate) waits_for: Option<Text>,
}

impl Ties {
    /// The relation in some role; of several, the first that is not omitted.
    pub(crate) fn relation(&self, role: Role) -> Option<&Relation> {
        let mut in_role = self.relations.iter().filter(|relation| relation.role == role);
        in_role.find(|relation| !relation.is_omitted()).map(AsRef::as_ref)
    }

    /// Where an id, of this resource or of one that it refers to, means one thing; empty for what means it everywhere.
    pub(crate) fn place_of(&self, id: &str) -> &str {
        self.seen_in.as_ref().filter(|_| !id.starts_with("arn:")).map_or("", |seen_in| &seen_in.place)
    }
}

impl Relation {
    /// Whether the resource names nothing at all.
    pub(crate) fn is_omitted(&self) -> bool {
        self.known.is_empty() && !self.by_reference && self.rest.is_none()
    }
}

/// A resource of the configuration that an attribute refers to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Reference {
    /// The full address without the resource's own instance key, with the keys of modules that the configuration states.
    pub(crate) base: Arc<str>,
    /// Which of its instances are meant.
    pub(crate) instances: Instances,
}

/// Which instances of a resource a reference means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Instances {
    /// The one with this key.
    Key(Arc<str>),
    /// One, and the configuration does not say which: `aws_subnet.a[each.key].id`.
    One,
    /// All: `aws_subnet.private[*].id`.
    All,
}

/// What a resource told about another one before the plan.
#[derive(Debug)]
pub(crate) struct Told {
    /// The one that it was a part of.
    pub(crate) part_of: Arc<Relation>,
    /// What it told.
    pub(crate) feed: Feed,
}

/// What a resource tells about those that refer to it, beside its facts.
#[derive(Clone, Debug)]
pub(crate) enum Feed {
    /// The zone of a cluster's member, when it is known.
    Member(Option<Arc<str>>),
    /// How many members a cluster records.
    RecordedMembers(usize),
    /// The rules of a security group, or one rule of it.
    Ingress(Ingress),
    /// The zone of a subnet.
    Subnet(FactState),
    /// Where a route table, or one route of it, leads.
    Route(Routes),
    /// Ties a subnet to a route table.
    RouteTableAssociation,
    /// Whose a key is, and whether it is rotated and enabled.
    Key {
        /// Whether the customer manages it.
        customers: FactState,
        /// Whether it is rotated automatically.
        rotation: FactState,
        /// Whether it can be used.
        enabled: FactState,
        /// Whether its policy lets everyone in.
        public: FactState,
    },
    /// Another name of a key.
    KeyAlias,
    /// The audit logging of a data warehouse, which is on.
    AuditLogging,
    /// What lets a capacity of a table grow.
    Scaling(Capacity),
    /// The policy of a key that is declared by itself; whether it lets everyone in.
    KeyPolicy(FactState),
    /// A secret.
    Secret {
        /// Whether it records its own rotation.
        rotated: Option<bool>,
        /// Its policy, when it tells of it.
        policy: Option<Policy>,
    },
    /// A secret's rotation; after how many days.
    SecretRotation(FactState),
    /// What a secret holds; whether that leads to a database.
    SecretVersion(bool),
    /// The policy of a secret or vault that is declared by itself.
    Policy(Policy),
    /// The lock of a vault, which keeps everybody from deleting its recovery points.
    VaultLock,
    /// The events of a vault that somebody is told about.
    VaultEvents(FactState),
    /// A backup plan.
    BackupPlan,
    /// An activity stream of a cluster; whether a key of the customer encrypts it.
    ActivityStream(FactState),
    /// Whether a detector watches logins to databases.
    LoginMonitoring(FactState),
    /// A database behind a proxy.
    ProxyTarget(FactState),
}

/// A capacity that can grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capacity {
    /// That of a table to be read.
    Read,
    /// That of a table to be written.
    Write,
    /// Of something else.
    Other,
    /// Nothing tells.
    Undetermined,
}

/// What the policy of a resource says.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// Whether it lets everyone in.
    pub(crate) public: FactState,
    /// The other accounts that it lets in.
    pub(crate) foreign: FactState,
    /// Whether it keeps everybody from deleting recovery points.
    pub(crate) undeletable: FactState,
}

/// Where a route table, or one route of it, leads what no other route takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Routes {
    /// To `0.0.0.0/0`.
    pub(crate) ipv4: Leads,
    /// To `::/0`.
    pub(crate) ipv6: Leads,
    /// To what may be either of these.
    pub(crate) unsure: Leads,
    /// Whether these are all routes that the table is recorded with, those that are resources of their own among them.
    pub(crate) recorded: bool,
}

/// Whether traffic gets to the internet by a route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Leads {
    /// To an internet gateway.
    ToInternet,
    /// Elsewhere.
    #[default]
    Elsewhere,
    /// Nothing tells.
    Undetermined,
}

/// What a security group, or one of its rules, lets in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ingress {
    /// Address ranges with the ports that they reach.
    pub(crate) rules: Vec<IngressRule>,
    /// Why there may be more.
    pub(crate) rest: Option<Unknown>,
    /// Whether these are all rules that the group is recorded with, those that are resources of their own among them.
    pub(crate) recorded: bool,
}

/// An address range and the ports that it reaches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct IngressRule {
    /// The address range.
    pub(crate) cidr: Arc<str>,
    /// First and last port; `None` when the rule is for all traffic.
    pub(crate) ports: Option<(i64, i64)>,
}

impl Place {
    /// What runs stands in no configuration, so that nobody refers to it by an address.
    pub(crate) fn of(resource: &TerraformResource, runs: bool) -> Self {
        let (address, module) = (&resource.address, &resource.module_address);
        let within = match module.is_empty() {
            true => Some(address.as_ref()),
            false => address.strip_prefix(module.as_ref()).and_then(|rest| rest.strip_prefix('.')),
        };
        let of_type = within.and_then(|rest| rest.strip_prefix(resource.resource_type.as_ref())?.strip_prefix('.'));
        let after = of_type.and_then(|rest| rest.strip_prefix(resource.name.as_ref()));
        let (base_end, other_base) = match after {
            _ if runs => (address.len(), None),
            Some(after) => (address.len() - after.len(), None),
            None => (0, Some(base_of(resource))),
        };
        Self {
            address: Arc::clone(address),
            base_end,
            other_base,
            module: Arc::clone(module),
            index: resource.index.clone(),
        }
    }

    /// Some place of that base.
    #[cfg(test)]
    pub(crate) fn sketch(module: &str, base: &str, index: Option<&str>) -> Self {
        let index = index.map(Arc::from);
        Self { address: "".into(), base_end: 0, other_base: Some(base.into()), module: module.into(), index }
    }

    /// The address without the resource's own instance key.
    pub(crate) fn base(&self) -> &str {
        match &self.other_base {
            Some(base) => base,
            None => self.address.get(..self.base_end).unwrap_or_default(),
        }
    }
}

fn base_of(resource: &TerraformResource) -> Arc<str> {
    let base = format!("{}.{}", resource.resource_type, resource.name);
    let base = if resource.module_address.is_empty() { base } else { format!("{}.{base}", resource.module_address) };
    base.into()
}
