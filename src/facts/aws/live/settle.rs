//! Settles, once every call has ended, what could not be told before: what other calls say of a resource, why something that
//! it refers to may not be found, and where the names that it goes by are unique.

use std::sync::Arc;

use serde_json::Value as Json;

use super::calls::{Calls, Each};
use super::kept::Kept;
use super::objects::Mapper;
use super::told::Teller;
use crate::facts::FactId;
use crate::facts::aws::MAPPINGS;
use crate::facts::catalogue::SHARED_WITH;
use crate::facts::mapped::{ELSEWHERE, Mapped, SeenIn, Target};
use crate::model::{Fact, FactState, Kind, Resource, Value};

/// What is known at the end.
pub(super) struct Settle<'a> {
    kept: &'a Kept,
    calls: &'a Calls<'a>,
    mapper: &'a Mapper<'a>,
    teller: Teller<'a>,
    seen_in: Arc<SeenIn>,
}

impl<'a> Settle<'a> {
    pub(super) fn new(kept: &'a Kept, calls: &'a Calls<'a>, mapper: &'a Mapper<'a>, observed_at: &str) -> Self {
        let teller = Teller::new(&kept.told, observed_at, calls);
        Self { kept, calls, mapper, teller, seen_in: Arc::new(seen_in(mapper.place(), calls)) }
    }

    pub(super) fn settle(&self, mapped: &mut Mapped) {
        if let Some(resource) = &mut mapped.resource {
            self.share(resource);
            self.tell(resource, &mapped.ties.ids);
        }
        mapped.ties.seen_in = Some(Arc::clone(&self.seen_in));
    }

    /// Who may restore a snapshot, unless its own object tells.
    fn share(&self, resource: &mut Resource) {
        let (action, call) = match resource.resource_type {
            "aws_db_snapshot" => ("DescribeDBSnapshotAttributes", "rds:DescribeDBSnapshotAttributes"),
            "aws_db_cluster_snapshot" | "aws_docdb_cluster_snapshot" | "aws_neptune_cluster_snapshot" => {
                ("DescribeDBClusterSnapshotAttributes", "rds:DescribeDBClusterSnapshotAttributes")
            }
            _ => return,
        };
        if resource.facts.known(SHARED_WITH).is_some() {
            return;
        }
        let name = resource.name.as_deref().unwrap_or_default();
        let state = match self.kept.shared(action, name) {
            Some(accounts) => FactState::Known(Value::set(accounts.iter().filter_map(Json::as_str).map(Value::from))),
            None => FactState::Unknown(self.calls.why_not_of(call, name).unwrap_or(ELSEWHERE)),
        };
        self.set(resource, SHARED_WITH, state);
    }

    /// What calls tell that are not about the resource alone.
    fn tell(&self, resource: &mut Resource, ids: &[Arc<str>]) {
        if !matches!(resource.kind, Kind::Instance | Kind::Cluster | Kind::ClusterMember | Kind::Table) {
            return;
        }
        let mut told = Vec::with_capacity(OF_DATABASE);
        self.teller.tell(resource, ids, |fact, state| told.push((fact, state)));
        told.into_iter().for_each(|(fact, state)| self.set(resource, fact, state));
    }

    /// Sets what a fact of a resource was left open.
    fn set(&self, resource: &mut Resource, id: FactId, state: FactState) {
        if let Some(open) = resource.facts.get(id) {
            let fact = Fact::new(state, open.origin.clone());
            resource.facts.set(id, self.mapper.document().shared.fact(id, fact));
        }
    }
}

/// About how many facts are told of a database.
const OF_DATABASE: usize = 10;

/// Where something was seen, and why what is referred to there may not be found.
fn seen_in(place: String, calls: &Calls<'_>) -> SeenIn {
    let relations = MAPPINGS.iter().flat_map(|mapping| mapping.relations);
    let targets = relations.filter_map(|relation| relation.targets.first()).copied();
    let unlisted = targets.filter_map(|target| Some((target, calls.why_not(lists(target)?)?))).collect();
    let Each { of, others } = calls.why_not_of_each("kms:DescribeKey");
    SeenIn { place, unlisted, unseen_keys: of, other_keys: others }
}

/// The call that lists what a relation leads to; keys are asked about one by one.
fn lists(target: Target) -> Option<&'static str> {
    Some(match target {
        Target::Instance => "rds:DescribeDBInstances",
        Target::Cluster => "rds:DescribeDBClusters",
        Target::Snapshot => "rds:DescribeDBSnapshots",
        Target::ParameterGroup => "rds:DescribeDBParameterGroups",
        Target::ClusterParameterGroup => "rds:DescribeDBClusterParameterGroups",
        Target::SubnetGroup => "rds:DescribeDBSubnetGroups",
        Target::CacheSubnetGroup => "elasticache:DescribeCacheSubnetGroups",
        Target::ReplicationGroup => "elasticache:DescribeReplicationGroups",
        Target::CacheParameterGroup => "elasticache:DescribeCacheParameterGroups",
        Target::MemoryDbCluster => "memorydb:DescribeClusters",
        Target::MemoryDbSubnetGroup => "memorydb:DescribeSubnetGroups",
        Target::MemoryDbParameterGroup => "memorydb:DescribeParameterGroups",
        Target::DaxSubnetGroup => "dax:DescribeSubnetGroups",
        Target::SecurityGroup => "ec2:DescribeSecurityGroups",
        Target::Subnet => "ec2:DescribeSubnets",
        Target::RouteTable => "ec2:DescribeRouteTables",
        Target::Secret => "secretsmanager:ListSecrets",
        Target::BackupVault => "backup:ListBackupVaults",
        Target::Proxy => "rds:DescribeDBProxies",
        Target::Detector => "guardduty:ListDetectors",
        Target::Warehouse => "redshift:DescribeClusters",
        Target::WarehouseParameterGroup => "redshift:DescribeClusterParameterGroups",
        Target::WarehouseSubnetGroup => "redshift:DescribeClusterSubnetGroups",
        Target::Table => "dynamodb:ListTables",
        Target::Key => return None,
    })
}
