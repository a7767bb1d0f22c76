//! Amazon Web Services: one file a resource type, or a few types that differ in words only.

pub(crate) mod engine;
mod key;
mod shared;

mod cluster_instance;
mod db_instance;
mod rds_cluster;

use crate::facts::mapping::Mapping;

/// Every mapped type. INVARIANT: sorted by type.
pub(crate) static MAPPINGS: &[&Mapping] =
    &[&db_instance::DB_INSTANCE, &rds_cluster::RDS_CLUSTER, &cluster_instance::RDS_CLUSTER_INSTANCE];
