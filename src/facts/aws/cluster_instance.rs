//! `aws_rds_cluster_instance`: a server that belongs to an Aurora cluster (RDS.md section 2.3). Retention, deletion
//! protection, encryption and security groups are the cluster's.

use crate::facts::aws::{api, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, Row, derived, given, map, planned, relation};
use crate::facts::parameters::unjoined;
use crate::facts::view::{Attr, Constant, boolean, integer, lower, text};
use crate::model::Kind;

pub(super) static RDS_CLUSTER_INSTANCE: Mapping = Mapping {
    resource_type: "aws_rds_cluster_instance",
    kind: Some(|_| Kind::ClusterMember),
    name: "identifier",
    ids: &["id", "arn", "identifier", "dbi_resource_id"],
    target: Some(Target::Instance),
    rows: ROWS,
    relations: &[
        relation(Role::Cluster, &[Target::Cluster], "cluster_identifier"),
        relation(Role::Parameters, &[Target::ParameterGroup], "db_parameter_group_name"),
        relation(Role::InsightsKey, &[Target::Key], "performance_insights_kms_key_id"),
    ],
    feed: Some(shared::member),
    api: &api::INSTANCE,
    ..EMPTY
};

const INSIGHTS: Attr = boolean("performance_insights_enabled").creates(Constant::Boolean(false));

const ROWS: &[Row] = &[
    given(ENGINE, lower("engine")),
    // The provider does nothing with a member's own version; `link` takes the cluster's (RDS.md section 2.3).
    given(ENGINE_VERSION, text("engine_version")),
    given(INSTANCE_CLASS, text("instance_class")),
    given(CA_CERTIFICATE, text("ca_cert_identifier")),
    derived(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, &["performance_insights_kms_key_id"], |view| {
        shared::insights_key(view, INSIGHTS.state(view))
    }),
    derived(INSIGHTS_KEY, &["performance_insights_kms_key_id"], |view| {
        shared::key_of_insights(view, INSIGHTS.state(view))
    }),
    given(AUTO_MINOR_VERSION_UPGRADE, boolean("auto_minor_version_upgrade").default(true)),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    // Omitted, the provider sends false (RDS.md section 5).
    given(PUBLICLY_ACCESSIBLE, boolean("publicly_accessible").creates(Constant::Boolean(false))),
    given(AVAILABILITY_ZONE, text("availability_zone")),
    given(PROMOTION_TIER, integer("promotion_tier").means(Constant::Integer(0))),
    given(ENHANCED_MONITORING_SECONDS, integer("monitoring_interval").means(Constant::Integer(0))),
    given(MONITORING_ROLE, text("monitoring_role_arn").or_missing(shared::NO_MONITORING_ROLE)),
    given(PERFORMANCE_INSIGHTS, INSIGHTS),
    derived(PERFORMANCE_INSIGHTS_RETENTION_DAYS, &["performance_insights_retention_period"], |view| {
        shared::insights_retention(view, INSIGHTS.state(view))
    }),
    map(MEMBER_PARAMETERS, &["db_parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, lower("db_parameter_group_name")),
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").default(false)),
];
