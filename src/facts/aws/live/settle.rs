//! Settles, once every call has ended, what could not be told before: what other calls say of a resource, why something that
//! it refers to may not be found, and the names that are unique in its account and region only.

use std::sync::Arc;

use serde_json::Value as Json;

use super::calls::Calls;
use super::kept::Kept;
use super::objects::Mapper;
use super::told::LastRestores;
use crate::facts::FactId;
use crate::facts::catalogue::SHARED_WITH;
use crate::facts::mapped::{Mapped, Relation, Target};
use crate::model::{Fact, FactState, Kind, Resource, Text, Unknown, Value};

/// What is known at the end.
pub(super) struct Settle<'a> {
    kept: &'a Kept,
    calls: &'a Calls<'a>,
    mapper: &'a Mapper<'a>,
    place: String,
    observed_at: &'a str,
    restores: LastRestores,
}

/// What a complete list does not hold.
const ELSEWHERE: Unknown =
    Unknown::NotCollected(Text::Static("what it refers to is of another account or region, or is no more"));

impl<'a> Settle<'a> {
    pub(super) fn new(kept: &'a Kept, calls: &'a Calls<'a>, mapper: &'a Mapper<'a>, observed_at: &'a str) -> Self {
        Self { kept, calls, mapper, place: mapper.place(), observed_at, restores: kept.told.last_restores() }
    }

    pub(super) fn settle(&self, mapped: &mut Mapped) {
        if let Some(resource) = &mut mapped.resource {
            self.share(resource);
            self.tell(resource, &mapped.ties.ids);
        }
        let place = &self.place;
        for relation in &mut mapped.ties.relations {
            relation.elsewhere = Some(self.elsewhere(relation));
            relation.known.iter_mut().for_each(|id| qualify(id, place));
        }
        mapped.ties.ids.iter_mut().for_each(|id| qualify(id, place));
    }

    /// Why what a relation names may not be found.
    fn elsewhere(&self, relation: &Relation) -> Unknown {
        let action = match relation.targets.first() {
            Some(Target::Instance) => "rds:DescribeDBInstances",
            Some(Target::Cluster) => "rds:DescribeDBClusters",
            Some(Target::Snapshot) => "rds:DescribeDBSnapshots",
            Some(Target::ParameterGroup) => "rds:DescribeDBParameterGroups",
            Some(Target::ClusterParameterGroup) => "rds:DescribeDBClusterParameterGroups",
            Some(Target::SubnetGroup) => "rds:DescribeDBSubnetGroups",
            Some(Target::CacheSubnetGroup) => "elasticache:DescribeCacheSubnetGroups",
            Some(Target::ReplicationGroup) => "elasticache:DescribeReplicationGroups",
            Some(Target::CacheParameterGroup) => "elasticache:DescribeCacheParameterGroups",
            Some(Target::MemoryDbCluster) => "memorydb:DescribeClusters",
            Some(Target::MemoryDbSubnetGroup) => "memorydb:DescribeSubnetGroups",
            Some(Target::MemoryDbParameterGroup) => "memorydb:DescribeParameterGroups",
            Some(Target::DaxSubnetGroup) => "dax:DescribeSubnetGroups",
            Some(Target::SecurityGroup) => "ec2:DescribeSecurityGroups",
            Some(Target::Subnet) => "ec2:DescribeSubnets",
            Some(Target::RouteTable) => "ec2:DescribeRouteTables",
            Some(Target::Secret) => "secretsmanager:ListSecrets",
            Some(Target::BackupVault) => "backup:ListBackupVaults",
            Some(Target::Proxy) => "rds:DescribeDBProxies",
            Some(Target::Detector) => "guardduty:ListDetectors",
            Some(Target::Key) => {
                let asked = relation.known.first().map(AsRef::as_ref).unwrap_or_default();
                return self.calls.why_not_of("kms:DescribeKey", asked).unwrap_or(ELSEWHERE);
            }
            Some(Target::Warehouse) => "redshift:DescribeClusters",
            Some(Target::WarehouseParameterGroup) => "redshift:DescribeClusterParameterGroups",
            Some(Target::WarehouseSubnetGroup) => "redshift:DescribeClusterSubnetGroups",
            Some(Target::Table) => "dynamodb:ListTables",
            None => return ELSEWHERE,
        };
        self.calls.why_not(action).unwrap_or(ELSEWHERE)
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
        for (fact, state) in self.kept.told.of(resource, ids, self.observed_at, &self.restores, self.calls) {
            self.set(resource, fact, state);
        }
    }

    /// Sets what a fact of a resource was left open.
    fn set(&self, resource: &mut Resource, id: FactId, state: FactState) {
        if let Some(open) = resource.facts.get(id) {
            let fact = Fact::new(state, open.origin.clone());
            resource.facts.set(id, self.mapper.document().shared.fact(id, fact));
        }
    }
}

/// Makes a name, which is unique in its account and region only, unique everywhere; an ARN is.
fn qualify(id: &mut Arc<str>, place: &str) {
    if !id.starts_with("arn:") {
        *id = format!("{place}/{id}").into();
    }
}
