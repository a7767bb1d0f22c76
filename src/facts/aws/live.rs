//! What runs: the replies of one account and region, made into resources with facts.
//!
//! Databases and snapshots are many and are mapped as they arrive, in parallel. What tells about them (groups, networks,
//! keys, what other calls say of a database) is kept until the end, when it is known how each call ended: a call that was
//! refused makes the facts that rest on it unknown, and says so. Names are unique within an account and a region only, so
//! all of them are joined together with it.

mod around;
mod caches;
mod calls;
mod kept;
mod objects;
mod parameters;
mod settle;
mod tables;
#[cfg(test)]
mod tests;
mod told;
mod warehouses;

use std::sync::Arc;

use rayon::prelude::*;

use crate::facts::api::Object;
use crate::facts::mapped::Mapped;
use crate::facts::terraform::Document;
use crate::model::{Gap, Kind, Scope, ScopeSeen, Text, Unseen};
use crate::source::aws::operations::find;
use crate::source::aws::{CallOutcome, CallStatus, Item, Member, Operation, Per, RawItem, ScopeReplies};

use calls::Calls;
use kept::Kept;
use objects::Mapper;

/// The resources of one account and region while its replies arrive.
pub struct AwsScope<'a> {
    observed_at: Arc<str>,
    mapper: Mapper<'a>,
    mapped: Vec<Mapped>,
    kept: Kept,
    /// Objects that cannot be told from others.
    nameless: Vec<&'static str>,
}

/// What one object of a reply is kept as until it is known how each call ended.
pub struct Arrived(Form);

enum Form {
    /// The resource that it is, or the call when it has no identifier; and what it tells of the database that it is of.
    Mapped(Result<Mapped, &'static str>, Option<told::Snapshot>),
    /// Itself.
    Kept(Item),
}

/// Maps everything that the calls of one account and region yielded. The gaps are objects that no resource was made of;
/// how calls ended is for whoever reads the replies to report.
pub fn map_aws(replies: ScopeReplies, document: &Document) -> (Vec<Mapped>, Vec<Gap>) {
    let mut scope = AwsScope::new(&replies.scope, &replies.collected_at, document);
    scope.add(replies.items);
    scope.finish(&replies.calls)
}

impl<'a> AwsScope<'a> {
    /// Nothing yet. `collected_at` is when the collection of the account and region began; RFC 3339, UTC.
    pub fn new(scope: &Scope, collected_at: &Arc<str>, document: &'a Document) -> Self {
        let mapper = Mapper::new(scope, document);
        Self {
            observed_at: Arc::clone(collected_at),
            mapper,
            mapped: Vec::new(),
            kept: Kept::default(),
            nameless: Vec::new(),
        }
    }

    /// Takes in some of the objects; all of them have to come, in whatever order and portions.
    pub fn add(&mut self, items: Vec<Item>) {
        let arrived: Vec<Arrived> = items.into_par_iter().map(|item| self.make(item)).collect();
        self.take(arrived);
    }

    /// What one object is kept as until the end; on any thread.
    pub fn make(&self, item: Item) -> Arrived {
        Arrived(match objects::are_many(item.operation) {
            true => self.map(item.operation, &Object::parsed(&item.value)),
            false => Form::Kept(item),
        })
    }

    /// The same of one that is not parsed; `None` for one that has to be.
    pub(crate) fn make_raw(&self, item: &RawItem<'_>) -> Option<Arrived> {
        if !objects::are_many(item.operation) {
            return None;
        }
        let members = self.mapper.document().shared.of_this_worker()?.members(item)?;
        let form = self.map(item.operation, &Object::of(&members));
        (!members.iter().any(Member::is_broken)).then_some(Arrived(form))
    }

    fn map(&self, operation: &'static Operation, object: &Object<'_>) -> Form {
        Form::Mapped(self.mapper.map(operation, object), told::Snapshot::of(operation, object))
    }

    /// Takes in what [`AwsScope::make`] gave; of all objects, in whatever portions.
    pub fn take(&mut self, arrived: impl IntoIterator<Item = Arrived>) {
        for Arrived(kind) in arrived {
            match kind {
                Form::Kept(item) => self.kept.add(item),
                Form::Mapped(mapped, snapshot) => {
                    snapshot.into_iter().for_each(|snapshot| self.kept.told.note(snapshot));
                    self.push(mapped);
                }
            }
        }
    }

    fn push(&mut self, made: Result<Mapped, &'static str>) {
        match made {
            Ok(mapped) => self.mapped.push(mapped),
            Err(object) => self.nameless.push(object),
        }
    }

    /// The resources, once all objects are in and it is known how each call ended; with what could not be made one.
    pub fn finish(mut self, outcomes: &[CallOutcome]) -> (Vec<Mapped>, Vec<Gap>) {
        let calls = Calls::new(outcomes);
        for made in self.kept.map(&self.mapper, &calls, &self.mapped) {
            self.push(made);
        }
        let settle = settle::Settle::new(&self.kept, &calls, &self.mapper, &self.observed_at);
        self.mapped.par_iter_mut().for_each(|mapped| settle.settle(mapped));
        (self.mapped, gaps(&self.mapper.place(), &self.nameless))
    }
}

/// The calls that list the resources of a kind, of one service.
struct Lists {
    kind: Kind,
    /// How the words for their types begin.
    types: &'static [&'static str],
    calls: &'static [&'static str],
}

impl Lists {
    /// Whether a collection makes any of the calls.
    fn are_asked(&self) -> bool {
        self.calls.iter().any(|call| find(call).is_some())
    }
}

const fn of_rds(kind: Kind, calls: &'static [&'static str]) -> Lists {
    Lists { kind, types: &["aws_db_", "aws_docdb_", "aws_neptune_", "aws_rds_"], calls }
}

const fn of_dms(kind: Kind, calls: &'static [&'static str]) -> Lists {
    Lists { kind, types: &["aws_dms_"], calls }
}

const fn of_caches(kind: Kind, calls: &'static [&'static str]) -> Lists {
    Lists { kind, types: &["aws_elasticache_"], calls }
}

const fn of_memorydb(kind: Kind, calls: &'static [&'static str]) -> Lists {
    Lists { kind, types: &["aws_memorydb_"], calls }
}

const fn of_dax(kind: Kind, calls: &'static [&'static str]) -> Lists {
    Lists { kind, types: &["aws_dax_"], calls }
}

/// One service alone has resources of the kind.
const fn in_any(kind: Kind, calls: &'static [&'static str]) -> Lists {
    Lists { kind, types: &["aws_"], calls }
}

const LISTS: &[Lists] = &[
    of_rds(Kind::Instance, &["rds:DescribeDBInstances"]),
    of_rds(Kind::ClusterMember, &["rds:DescribeDBInstances"]),
    of_rds(Kind::Cluster, &["rds:DescribeDBClusters"]),
    of_rds(Kind::GlobalCluster, &["rds:DescribeGlobalClusters"]),
    of_rds(Kind::Snapshot, &["rds:DescribeDBSnapshots", "rds:DescribeDBClusterSnapshots"]),
    of_rds(Kind::ParameterGroup, &["rds:DescribeDBParameterGroups", "rds:DescribeDBClusterParameterGroups"]),
    of_rds(Kind::OptionGroup, &["rds:DescribeOptionGroups"]),
    of_rds(Kind::SubnetGroup, &["rds:DescribeDBSubnetGroups"]),
    of_rds(Kind::Proxy, &["rds:DescribeDBProxies"]),
    of_rds(Kind::BackupReplication, &["rds:DescribeDBInstanceAutomatedBackups"]),
    of_rds(Kind::EventSubscription, &["rds:DescribeEventSubscriptions"]),
    of_dms(Kind::ReplicationInstance, &["dms:DescribeReplicationInstances"]),
    of_dms(Kind::Endpoint, &["dms:DescribeEndpoints"]),
    of_dms(Kind::ReplicationTask, &["dms:DescribeReplicationTasks"]),
    Lists { kind: Kind::Cluster, types: REDSHIFT, calls: &["redshift:DescribeClusters"] },
    Lists { kind: Kind::ParameterGroup, types: REDSHIFT, calls: &["redshift:DescribeClusterParameterGroups"] },
    Lists { kind: Kind::SubnetGroup, types: REDSHIFT, calls: &["redshift:DescribeClusterSubnetGroups"] },
    Lists { kind: Kind::BackupReplication, types: REDSHIFT, calls: &["redshift:DescribeSnapshotCopyGrants"] },
    Lists {
        kind: Kind::Namespace,
        types: &["aws_redshiftserverless_"],
        calls: &["redshift-serverless:ListNamespaces"],
    },
    Lists {
        kind: Kind::Workgroup,
        types: &["aws_redshiftserverless_"],
        calls: &["redshift-serverless:ListWorkgroups"],
    },
    Lists { kind: Kind::Table, types: &["aws_dynamodb_"], calls: &["dynamodb:ListTables", "dynamodb:DescribeTable"] },
    // Nobody calls these two: Terraform alone tells of Keyspaces and of Timestream.
    Lists { kind: Kind::Table, types: &["aws_keyspaces_"], calls: &["cassandra:ListTables"] },
    Lists { kind: Kind::Namespace, types: &["aws_timestreamwrite_"], calls: &["timestream:ListDatabases"] },
    of_caches(
        Kind::Cluster,
        &[
            "elasticache:DescribeReplicationGroups",
            "elasticache:DescribeCacheClusters",
            "elasticache:DescribeServerlessCaches",
        ],
    ),
    // Nobody calls it: a replication group says whether it belongs to one.
    of_caches(Kind::GlobalCluster, &["elasticache:DescribeGlobalReplicationGroups"]),
    of_caches(Kind::ClusterMember, &["elasticache:DescribeCacheClusters"]),
    of_caches(Kind::ParameterGroup, &["elasticache:DescribeCacheParameterGroups"]),
    of_caches(Kind::SubnetGroup, &["elasticache:DescribeCacheSubnetGroups"]),
    of_memorydb(Kind::Cluster, &["memorydb:DescribeClusters"]),
    of_memorydb(Kind::Snapshot, &["memorydb:DescribeSnapshots"]),
    of_memorydb(Kind::SubnetGroup, &["memorydb:DescribeSubnetGroups"]),
    // Nobody calls it: it would tell every value of every group, and not which of them somebody chose.
    of_memorydb(Kind::ParameterGroup, &["memorydb:DescribeParameterGroups"]),
    of_dax(Kind::Cluster, &["dax:DescribeClusters"]),
    of_dax(Kind::SubnetGroup, &["dax:DescribeSubnetGroups"]),
    in_any(Kind::Secret, &["secretsmanager:ListSecrets"]),
    in_any(Kind::BackupVault, &["backup:ListBackupVaults"]),
    in_any(Kind::BackupPlan, &["backup:ListBackupPlans"]),
    in_any(Kind::Detector, &["guardduty:ListDetectors"]),
];

const REDSHIFT: &[&str] = &["aws_redshift_"];

/// What was seen of an account and region, by how its calls ended: of which kinds not every resource, and why. Where a
/// region does not offer something, there is none of it.
pub fn scope_seen(scope: &Scope, outcomes: &[CallOutcome]) -> ScopeSeen {
    let offered = |outcome: &&CallOutcome| !matches!(outcome.status, CallStatus::NotSupported(_));
    let none_of = |call: &str| outcomes.iter().any(|of| of.operation.to_string() == call && !offered(&of));
    let calls = Calls::new(outcomes);
    let why_not = |lists: &[&'static str]| {
        lists.iter().filter(|call| !none_of(call)).find_map(|call| {
            let is_of_each = find(call).is_some_and(|operation| operation.per != Per::Region);
            if is_of_each { calls.why_not_of_any(call) } else { calls.why_not(call) }
        })
    };
    let unseen = |lists: &Lists| Some(Unseen { kind: lists.kind, types: lists.types, why: why_not(lists.calls)? });
    let (asked, never): (Vec<&Lists>, Vec<&Lists>) = LISTS.iter().partition(|lists| lists.are_asked());
    let of = |lists: Vec<&Lists>| lists.into_iter().filter_map(unseen).collect();
    ScopeSeen { scope: scope.clone(), not_whole: of(asked), never_asked: of(never) }
}

fn gaps(place: &str, nameless: &[&'static str]) -> Vec<Gap> {
    let mut objects: Vec<&str> = nameless.to_vec();
    objects.sort_unstable();
    let reason = |object: &[&str]| {
        let name = object.first().copied().unwrap_or_default();
        Text::from(format!("{} of the objects that {name} returned have no identifier", object.len()))
    };
    objects
        .chunk_by(|one, next| one == next)
        .map(|same| Gap { place: Arc::from(place), reason: reason(same) })
        .collect()
}
