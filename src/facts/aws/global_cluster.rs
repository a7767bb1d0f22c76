//! `aws_rds_global_cluster` and its like: clusters of several regions joined.

use crate::facts::aws::{api, engine, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, RelationRow, Row, derived, given, relation};
use crate::facts::view::{Constant, boolean, lower, text};
use crate::model::Kind;

pub(super) static RDS_GLOBAL_CLUSTER: Mapping = Mapping { resource_type: "aws_rds_global_cluster", ..GLOBAL_CLUSTER };

pub(super) static DOCDB_GLOBAL_CLUSTER: Mapping =
    Mapping { resource_type: "aws_docdb_global_cluster", ..GLOBAL_CLUSTER };

pub(super) static NEPTUNE_GLOBAL_CLUSTER: Mapping =
    Mapping { resource_type: "aws_neptune_global_cluster", ..GLOBAL_CLUSTER };

const GLOBAL_CLUSTER: Mapping = Mapping {
    kind: Some(|_| Kind::GlobalCluster),
    name: "global_cluster_identifier",
    restores: &["source_db_cluster_identifier"],
    rows: ROWS,
    relations: RELATIONS,
    api: &api::GLOBAL_CLUSTER,
    ..EMPTY
};

const RELATIONS: &[RelationRow] = &[relation(Role::Source, &[Target::Cluster], "source_db_cluster_identifier")];

// A global cluster made of an existing cluster takes over its engine and its encryption (catalogue row
// rds-global-cluster-encrypted).
const ROWS: &[Row] = &[
    given(ENGINE, lower("engine").inherited()),
    derived(HOLDS_DATA, &["engine"], shared::yes),
    given(ENGINE_VERSION, text("engine_version").inherited()),
    derived(ENGINE_MAJOR_VERSION, &["engine_version", "engine"], engine::major_version),
    given(ENCRYPTED_AT_REST, boolean("storage_encrypted").creates(Constant::Boolean(false)).inherited()),
    derived(EXTENDED_SUPPORT, &["engine_lifecycle_support"], engine::extended_support),
    given(DELETION_PROTECTION, boolean("deletion_protection").default(false)),
];
