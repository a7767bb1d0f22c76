//! Parameter groups of instances and of clusters (RDS.md section 2.4). RDS, DocumentDB and Neptune share one API and so one
//! space of names for each of the two.

use crate::facts::aws::api;
use crate::facts::catalogue::*;
use crate::facts::mapped::Target;
use crate::facts::mapping::{EMPTY, Mapping, Row, change, given, map};
use crate::facts::parameters::{of_group, static_changes};
use crate::facts::view::lower;
use crate::model::Kind;

pub(super) static DB_PARAMETER_GROUP: Mapping = Mapping { resource_type: "aws_db_parameter_group", ..OF_INSTANCES };

pub(super) static NEPTUNE_PARAMETER_GROUP: Mapping =
    Mapping { resource_type: "aws_neptune_parameter_group", ..OF_INSTANCES };

pub(super) static RDS_CLUSTER_PARAMETER_GROUP: Mapping =
    Mapping { resource_type: "aws_rds_cluster_parameter_group", ..OF_CLUSTERS };

pub(super) static DOCDB_CLUSTER_PARAMETER_GROUP: Mapping =
    Mapping { resource_type: "aws_docdb_cluster_parameter_group", ..OF_CLUSTERS };

pub(super) static NEPTUNE_CLUSTER_PARAMETER_GROUP: Mapping =
    Mapping { resource_type: "aws_neptune_cluster_parameter_group", ..OF_CLUSTERS };

const OF_INSTANCES: Mapping = Mapping {
    kind: Some(|_| Kind::ParameterGroup),
    ids: &["id", "arn", "name"],
    target: Some(Target::ParameterGroup),
    rows: ROWS,
    api: &api::PARAMETER_GROUP,
    ..EMPTY
};

const OF_CLUSTERS: Mapping =
    Mapping { target: Some(Target::ClusterParameterGroup), api: &api::PARAMETER_GROUP_OF_CLUSTERS, ..OF_INSTANCES };

const ROWS: &[Row] = &[
    map(PARAMETERS, &["parameter", "family"], of_group),
    given(PARAMETER_GROUP_FAMILY, lower("family")),
    change(STATIC_PARAMETERS_CHANGED, "parameter", static_changes),
];
