//! Snapshots of instances and of clusters.

use serde_json::json;

use super::{encrypted, encryption_type, key, tags};
use crate::facts::api::{Api, Field, Object, Told, instant_at, plain, text_at, with};

pub(in crate::facts::aws) const SNAPSHOT: Api = Api {
    object: "DBSnapshot",
    silence: "the reply of rds:DescribeDBSnapshots does not hold it",
    fields: OF_INSTANCE,
    direct: &[],
};

pub(in crate::facts::aws) const CLUSTER_SNAPSHOT: Api = Api {
    object: "DBClusterSnapshot",
    silence: "the reply of rds:DescribeDBClusterSnapshots does not hold it",
    fields: OF_CLUSTER,
    direct: &[],
};

const OF_INSTANCE: &[Field] = &[
    plain("arn", "DBSnapshot.DBSnapshotArn"),
    plain("db_snapshot_arn", "DBSnapshot.DBSnapshotArn"),
    plain("db_snapshot_identifier", "DBSnapshot.DBSnapshotIdentifier"),
    plain("db_instance_identifier", "DBSnapshot.DBInstanceIdentifier"),
    plain("engine", "DBSnapshot.Engine"),
    with("encrypted", "DBSnapshot.Encrypted", |object| encrypted(object, "Encrypted")),
    with("kms_key_id", "DBSnapshot.KmsKeyId", |object| key(object, "Encrypted")),
    with("shared_accounts", "DBSnapshotAttributesResult.DBSnapshotAttributes", shared),
    with("tags_all", "DBSnapshot.TagList", tags),
    with("snapshot_create_time", "DBSnapshot.SnapshotCreateTime", |object| instant_at(object, "SnapshotCreateTime")),
    plain("snapshot_type", "DBSnapshot.SnapshotType"),
];

const OF_CLUSTER: &[Field] = &[
    plain("arn", "DBClusterSnapshot.DBClusterSnapshotArn"),
    plain("db_cluster_snapshot_arn", "DBClusterSnapshot.DBClusterSnapshotArn"),
    plain("db_cluster_snapshot_identifier", "DBClusterSnapshot.DBClusterSnapshotIdentifier"),
    plain("db_cluster_identifier", "DBClusterSnapshot.DBClusterIdentifier"),
    plain("engine", "DBClusterSnapshot.Engine"),
    with("storage_encrypted", "DBClusterSnapshot.StorageEncrypted", |object| encrypted(object, "StorageEncrypted")),
    with("storage_encryption_type", "DBClusterSnapshot.StorageEncryptionType", encryption_type),
    with("kms_key_id", "DBClusterSnapshot.KmsKeyId", |object| key(object, "StorageEncrypted")),
    with("shared_accounts", "DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes", shared),
    with("tags_all", "DBClusterSnapshot.TagList", tags),
    with("snapshot_create_time", "DBClusterSnapshot.SnapshotCreateTime", |object| {
        instant_at(object, "SnapshotCreateTime")
    }),
    plain("snapshot_type", "DBClusterSnapshot.SnapshotType"),
];

/// An automated snapshot cannot be shared, only a manual copy of it can
/// (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html). Of others a call of their own tells.
fn shared(object: &Object<'_>) -> Told {
    match text_at(object, "SnapshotType") {
        Some("automated") => Told::Value(json!([])),
        _ => Told::Nothing(None),
    }
}
