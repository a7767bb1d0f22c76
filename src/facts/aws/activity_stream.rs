//! `aws_rds_cluster_activity_stream`: what happens in a database, as a stream that its administrators cannot switch off
//! unseen.

use crate::facts::aws::key;
use crate::facts::mapped::{Feed, Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, relation};

pub(super) static RDS_CLUSTER_ACTIVITY_STREAM: Mapping = Mapping {
    resource_type: "aws_rds_cluster_activity_stream",
    relations: &[
        relation(Role::Whole, &[Target::Cluster], "resource_arn"),
        relation(Role::Key, &[Target::Key], "kms_key_id"),
    ],
    feed: Some(|view| Feed::ActivityStream(key::customer_managed(view, "kms_key_id").0)),
    ..EMPTY
};
