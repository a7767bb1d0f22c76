//! Instances, endpoints and tasks of the Database Migration Service. Their tags come of another call.

use serde_json::{Value as Json, json};

use super::groups::by_another_call;
use crate::facts::api::{Api, Field, Object, Told, at, optional, plain, text_at, with};

pub(in crate::facts::aws) const REPLICATION_INSTANCE: Api = Api {
    object: "ReplicationInstance",
    silence: "the reply of dms:DescribeReplicationInstances does not hold it",
    fields: INSTANCE,
    direct: &[],
};

pub(in crate::facts::aws) const ENDPOINT: Api = Api {
    object: "Endpoint",
    silence: "the reply of dms:DescribeEndpoints does not hold it",
    fields: ENDPOINTS,
    direct: &[],
};

pub(in crate::facts::aws) const REPLICATION_TASK: Api = Api {
    object: "ReplicationTask",
    silence: "the reply of dms:DescribeReplicationTasks does not hold it",
    fields: TASK,
    direct: &[],
};

const INSTANCE: &[Field] = &[
    plain("arn", "ReplicationInstance.ReplicationInstanceArn"),
    plain("replication_instance_id", "ReplicationInstance.ReplicationInstanceIdentifier"),
    plain("kms_key_arn", "ReplicationInstance.KmsKeyId"),
    plain("auto_minor_version_upgrade", "ReplicationInstance.AutoMinorVersionUpgrade"),
    plain("preferred_maintenance_window", "ReplicationInstance.PreferredMaintenanceWindow"),
    plain("publicly_accessible", "ReplicationInstance.PubliclyAccessible"),
    plain("multi_az", "ReplicationInstance.MultiAZ"),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

const ENDPOINTS: &[Field] = &[
    plain("arn", "Endpoint.EndpointArn"),
    plain("endpoint_id", "Endpoint.EndpointIdentifier"),
    plain("engine_name", "Endpoint.EngineName"),
    plain("kms_key_arn", "Endpoint.KmsKeyId"),
    plain("ssl_mode", "Endpoint.SslMode"),
    with("mongodb_settings", "Endpoint.MongoDbSettings", |object| {
        block(object, "MongoDbSettings", &[("auth_type", "AuthType")])
    }),
    with("redis_settings", "Endpoint.RedisSettings", |object| {
        block(object, "RedisSettings", &[("auth_type", "AuthType"), ("ssl_security_protocol", "SslSecurityProtocol")])
    }),
    with("kafka_settings", "Endpoint.KafkaSettings", |object| {
        block(object, "KafkaSettings", &[("security_protocol", "SecurityProtocol")])
    }),
    optional("iam_auth_enabled", "Endpoint.NeptuneSettings.IamAuthEnabled"),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

const TASK: &[Field] = &[
    plain("arn", "ReplicationTask.ReplicationTaskArn"),
    plain("replication_task_id", "ReplicationTask.ReplicationTaskIdentifier"),
    plain("replication_task_settings", "ReplicationTask.ReplicationTaskSettings"),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

/// The settings of one engine as Terraform's block. An endpoint has those of its own engine only.
fn block(object: &Object<'_>, member: &str, fields: &[(&str, &str)]) -> Told {
    let Some(settings) = at(object, member) else { return Told::Off };
    let field = |(name, member): &(&str, &str)| Some(((*name).to_owned(), json!(text_at(settings, member)?)));
    Told::Value(json!([Json::Object(fields.iter().filter_map(field).collect())]))
}
