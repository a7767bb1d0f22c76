//! Redshift, provisioned and serverless. What an absent member means is said by the API references of the two services
//! (docs.aws.amazon.com/redshift/latest/APIReference/API_Cluster.html,
//! docs.aws.amazon.com/redshift-serverless/latest/APIReference).

use serde_json::{Map, Value as Json, json};

use super::groups::{by_another_call, each_of};
use super::{security_groups, tags_of};
use crate::facts::api::{Api, Field, Object, Told, at, items, list, optional, plain, text_at, with};
use crate::facts::catalogue::SUBNET_ZONES;
use crate::facts::view::strings;
use crate::source::aws::arn_of_warehouse;

pub(in crate::facts::aws) const WAREHOUSE: Api = Api {
    object: "Cluster",
    silence: "the reply of redshift:DescribeClusters does not hold it",
    fields: CLUSTER,
    direct: &[],
};

pub(in crate::facts::aws) const WAREHOUSE_PARAMETER_GROUP: Api = Api {
    object: "ClusterParameterGroup",
    silence: "the reply of redshift:DescribeClusterParameterGroups does not hold it",
    fields: PARAMETER_GROUP,
    direct: &[],
};

pub(in crate::facts::aws) const WAREHOUSE_SUBNET_GROUP: Api = Api {
    object: "ClusterSubnetGroup",
    silence: "the reply of redshift:DescribeClusterSubnetGroups does not hold it",
    fields: SUBNET_GROUP,
    direct: &[(SUBNET_ZONES, strings("subnet_zones"))],
};

pub(in crate::facts::aws) const SNAPSHOT_COPY_GRANT: Api = Api {
    object: "SnapshotCopyGrant",
    silence: "the reply of redshift:DescribeSnapshotCopyGrants does not hold it",
    fields: GRANT,
    direct: &[],
};

pub(in crate::facts::aws) const NAMESPACE: Api = Api {
    object: "Namespace",
    silence: "the reply of redshift-serverless:ListNamespaces does not hold it",
    fields: NAMESPACE_FIELDS,
    direct: &[],
};

pub(in crate::facts::aws) const WORKGROUP: Api = Api {
    object: "Workgroup",
    silence: "the reply of redshift-serverless:ListWorkgroups does not hold it",
    fields: WORKGROUP_FIELDS,
    direct: &[],
};

const CLUSTER: &[Field] = &[
    with("arn", "Cluster.ClusterNamespaceArn", |object| Told::from(arn_of_warehouse(object).map(Json::from))),
    plain("cluster_identifier", "Cluster.ClusterIdentifier"),
    plain("cluster_version", "Cluster.ClusterVersion"),
    plain("node_type", "Cluster.NodeType"),
    plain("number_of_nodes", "Cluster.NumberOfNodes"),
    plain("database_name", "Cluster.DBName"),
    with("tags_all", "Cluster.Tags", tags),
    plain("encrypted", "Cluster.Encrypted"),
    with("kms_key_id", "Cluster.KmsKeyId", key),
    plain("allow_version_upgrade", "Cluster.AllowVersionUpgrade"),
    plain("preferred_maintenance_window", "Cluster.PreferredMaintenanceWindow"),
    plain("publicly_accessible", "Cluster.PubliclyAccessible"),
    plain("enhanced_vpc_routing", "Cluster.EnhancedVpcRouting"),
    with("vpc_security_group_ids", "Cluster.VpcSecurityGroups", security_groups),
    plain("cluster_subnet_group_name", "Cluster.ClusterSubnetGroupName"),
    plain("port", "Cluster.Endpoint.Port"),
    with("iam_roles", "Cluster.IamRoles.IamRoleArn", |object| each_of(object, "IamRoles", "IamRoleArn")),
    plain("master_username", "Cluster.MasterUsername"),
    with("manage_master_password", "Cluster.MasterPasswordSecretArn", |object| kept(object, "MasterPasswordSecretArn")),
    plain("master_password_secret_kms_key_id", "Cluster.MasterPasswordSecretKmsKeyId"),
    plain("automated_snapshot_retention_period", "Cluster.AutomatedSnapshotRetentionPeriod"),
    with("multi_az", "Cluster.MultiAZ", multi_az),
    with("logging", "LoggingStatus.LoggingEnabled", by_another_call),
    with("cluster_parameter_group_name", "Cluster.ClusterParameterGroups.ParameterGroupName", parameter_group),
    with("unapplied_groups", "Cluster.ClusterParameterGroups.ParameterApplyStatus", unapplied_groups),
];

const PARAMETER_GROUP: &[Field] = &[
    plain("name", "ClusterParameterGroup.ParameterGroupName"),
    plain("family", "ClusterParameterGroup.ParameterGroupFamily"),
    with("parameter", "Parameter.ParameterValue", by_another_call),
    with("tags_all", "ClusterParameterGroup.Tags", tags),
];

const SUBNET_GROUP: &[Field] = &[
    plain("name", "ClusterSubnetGroup.ClusterSubnetGroupName"),
    with("subnet_ids", "ClusterSubnetGroup.Subnets", |object| each_of(object, "Subnets", "SubnetIdentifier")),
    with("subnet_zones", "ClusterSubnetGroup.Subnets", |object| {
        each_of(object, "Subnets", "SubnetAvailabilityZone.Name")
    }),
    with("tags_all", "ClusterSubnetGroup.Tags", tags),
];

const GRANT: &[Field] = &[
    plain("snapshot_copy_grant_name", "SnapshotCopyGrant.SnapshotCopyGrantName"),
    plain("kms_key_id", "SnapshotCopyGrant.KmsKeyId"),
    with("tags_all", "SnapshotCopyGrant.Tags", tags),
];

const NAMESPACE_FIELDS: &[Field] = &[
    plain("arn", "Namespace.namespaceArn"),
    plain("namespace_id", "Namespace.namespaceId"),
    plain("namespace_name", "Namespace.namespaceName"),
    plain("db_name", "Namespace.dbName"),
    // Left out, AWS owns the key.
    optional("kms_key_id", "Namespace.kmsKeyId"),
    plain("admin_username", "Namespace.adminUsername"),
    with("manage_admin_password", "Namespace.adminPasswordSecretArn", |object| kept(object, "adminPasswordSecretArn")),
    plain("admin_password_secret_kms_key_id", "Namespace.adminPasswordSecretKmsKeyId"),
    with("iam_roles", "Namespace.iamRoles", iam_roles),
    list("log_exports", "Namespace.logExports"),
    with("tags_all", "ListTagsForResource.tags", by_another_call),
];

const WORKGROUP_FIELDS: &[Field] = &[
    plain("arn", "Workgroup.workgroupArn"),
    plain("workgroup_id", "Workgroup.workgroupId"),
    plain("workgroup_name", "Workgroup.workgroupName"),
    plain("publicly_accessible", "Workgroup.publiclyAccessible"),
    plain("enhanced_vpc_routing", "Workgroup.enhancedVpcRouting"),
    plain("security_group_ids", "Workgroup.securityGroupIds"),
    plain("subnet_ids", "Workgroup.subnetIds"),
    plain("port", "Workgroup.port"),
    with("config_parameter", "Workgroup.configParameters", config_parameters),
    with("tags_all", "ListTagsForResource.tags", by_another_call),
];

fn tags(object: &Object<'_>) -> Told {
    tags_of(object, "Tags")
}

/// The key of the storage; where it is encrypted and none is named, AWS owns the key.
fn key(object: &Object<'_>) -> Told {
    match (text_at(object, "KmsKeyId"), at(object, "Encrypted")) {
        (Some(key), _) => Told::Value(json!(key)),
        (None, Some(_)) => Told::Off,
        (None, None) => Told::Nothing(None),
    }
}

/// Whether the provider keeps the administrator's password: exactly when the object names its secret.
fn kept(object: &Object<'_>, secret: &str) -> Told {
    Told::Value(json!(text_at(object, secret).is_some()))
}

/// `Enabled`, `Disabled`; a reply of before there was a choice does not hold it.
fn multi_az(object: &Object<'_>) -> Told {
    match text_at(object, "MultiAZ").map(str::to_lowercase).as_deref() {
        Some("enabled" | "true") => Told::Value(json!(true)),
        Some("disabled" | "false") => Told::Value(json!(false)),
        _ => Told::Nothing(None),
    }
}

fn parameter_group(object: &Object<'_>) -> Told {
    let group = items(object, "ClusterParameterGroups").first();
    Told::from(group.and_then(|group| text_at(group, "ParameterGroupName")).map(Json::from))
}

fn unapplied_groups(object: &Object<'_>) -> Told {
    let Some(Json::Array(groups)) = at(object, "ClusterParameterGroups") else { return Told::Nothing(None) };
    let mut unapplied = Vec::new();
    for group in groups {
        let (Some(name), Some(status)) = (text_at(group, "ParameterGroupName"), text_at(group, "ParameterApplyStatus"))
        else {
            return Told::Nothing(None);
        };
        unapplied.extend((status != "in-sync").then(|| format!("parameter group {name}: {status}")));
    }
    Told::Value(json!(unapplied))
}

/// The API prints each role as `IamRole(applyStatus=in-sync, iamRoleArn=arn:aws:iam::111122223333:role/load)`.
fn iam_roles(object: &Object<'_>) -> Told {
    let arn = |role: &Json| {
        let text = role.as_str()?;
        let arn = text.get(text.find("arn:")?..)?;
        Some(Json::from(arn.split([',', ')']).next()?))
    };
    let roles = object.get("iamRoles").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    Told::from(roles.iter().map(arn).collect::<Option<Vec<_>>>().map(Json::from))
}

fn config_parameters(object: &Object<'_>) -> Told {
    let Some(Json::Array(parameters)) = object.get("configParameters") else { return Told::Nothing(None) };
    let block = |parameter: &Json| -> Option<Json> {
        let mut block = Map::new();
        block.insert("parameter_key".to_owned(), parameter.get("parameterKey")?.clone());
        block.insert("parameter_value".to_owned(), parameter.get("parameterValue")?.clone());
        Some(Json::Object(block))
    };
    Told::from(parameters.iter().map(block).collect::<Option<Vec<_>>>().map(Json::from))
}
