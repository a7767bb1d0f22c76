//! Redshift, provisioned and serverless.

use serde_json::json;

use super::*;
use crate::facts::catalogue::*;
use crate::facts::testing::{key, known, missing, set};
use crate::model::{FactState, Kind};

const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/k";

fn warehouse(changes: Json) -> Replies {
    let cluster = json!({"ClusterIdentifier": "dwh", "ClusterVersion": "1.0", "NodeType": "ra3.large", "NumberOfNodes": 2,
        "ClusterNamespaceArn": "arn:aws:redshift:eu-west-1:123456789012:namespace:0e0e", "DBName": "dev",
        "MasterUsername": "awsuser", "Encrypted": true, "AllowVersionUpgrade": true, "PubliclyAccessible": false,
        "EnhancedVpcRouting": true, "Endpoint": {"Address": "x", "Port": 5439}, "MultiAZ": "Disabled",
        "PreferredMaintenanceWindow": "sun:04:00-sun:04:30", "AutomatedSnapshotRetentionPeriod": 1,
        "ClusterSubnetGroupName": "dwh", "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1", "Status": "active"}],
        "IamRoles": [], "Tags": [{"Key": "owner", "Value": "bi"}],
        "ClusterParameterGroups": [{"ParameterGroupName": "own", "ParameterApplyStatus": "in-sync"}]});
    let parameter = |name: &str, value: &str, source: &str| json!({"ParameterName": name, "ParameterValue": value, "Source": source});
    let parameters = json!({"Parameters": [parameter("require_ssl", "true", "user"),
        parameter("enable_user_activity_logging", "false", "engine-default")]});
    replies()
        .with("redshift:DescribeClusters", changed(cluster, changes))
        .with(
            "redshift:DescribeClusterParameterGroups",
            json!({"ParameterGroupName": "own", "ParameterGroupFamily": "redshift-1.0", "Tags": []}),
        )
        .of("redshift:DescribeClusterParameters", "own", parameters)
        .of("redshift:DescribeLoggingStatus", "dwh", json!({"LoggingEnabled": true}))
        .with(
            "ec2:DescribeSecurityGroups",
            json!({"GroupId": "sg-1", "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 5439, "ToPort": 5439, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}),
        )
        .with(
            "redshift:DescribeClusterSubnetGroups",
            json!({"ClusterSubnetGroupName": "dwh", "VpcId": "vpc-1", "Subnets": [
            {"SubnetIdentifier": "subnet-a", "SubnetAvailabilityZone": {"Name": "eu-west-1a"}}], "Tags": []}),
        )
}

#[test]
fn a_cluster_is_told_by_its_description_and_by_what_is_told_of_it() {
    let dwh = warehouse(json!({})).one("cluster:dwh");
    assert_eq!(&*dwh.id, "arn:aws:redshift:eu-west-1:123456789012:cluster:dwh");
    assert_eq!((dwh.kind, dwh.resource_type), (Kind::Cluster, "aws_redshift_cluster"));
    for (fact, expected) in [
        (ENGINE, known("redshift")),
        (ENCRYPTED_AT_REST, known(true)),
        (CUSTOMER_MANAGED_KEY, known(false)),
        (PUBLICLY_ACCESSIBLE, known(false)),
        (ROUTES_THROUGH_NETWORK, known(true)),
        (AUTO_MINOR_VERSION_UPGRADE, known(true)),
        (BACKUP_RETENTION_DAYS, known(1)),
        (MULTI_AZ, known(false)),
        (PORT, known(5439)),
        (MEMBER_COUNT, known(2)),
        (DATABASE_NAME, known("dev")),
        (MASTER_USERNAME, known("awsuser")),
        (MASTER_PASSWORD_MANAGED, known(false)),
        (AUDIT_LOGGING, known(true)),
        (TLS_REQUIRED, known(true)),
        (DEFAULT_PARAMETER_GROUP, known(false)),
        (SUBNET_GROUP, known("dwh")),
        (IN_BACKUP_PLAN, known(false)),
        (INGRESS_CIDRS, FactState::Known(set(&["10.0.0.0/8"]))),
        (UNAPPLIED_GROUPS, FactState::Known(set(&[]))),
        (IAM_ROLES, FactState::Known(set(&[]))),
    ] {
        assert_eq!(state(&dwh, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(key(&dwh, PARAMETERS, "enable_user_activity_logging"), known("0"));
    assert_eq!(key(&dwh, TAGS, "owner"), known("bi"));
    assert_eq!(
        missing(&state(&dwh, FINAL_SNAPSHOT)),
        "only Terraform settles it beforehand; whoever deletes what runs chooses then"
    );
}

#[test]
fn parameters_that_wait_for_a_reboot_are_not_in_force() {
    let waiting =
        json!({"ClusterParameterGroups": [{"ParameterGroupName": "own", "ParameterApplyStatus": "pending-reboot"}]});
    let dwh = warehouse(waiting).one("cluster:dwh");
    assert!(matches!(state(&dwh, TLS_REQUIRED), FactState::Unknown(Unknown::NotCollected(_))));
    assert_eq!(state(&dwh, UNAPPLIED_GROUPS), FactState::Known(set(&["parameter group own: pending-reboot"])));
}

#[test]
fn what_a_call_was_denied_for_is_not_known() {
    let dwh = warehouse(json!({"ClusterIdentifier": "other",
        "ClusterParameterGroups": [{"ParameterGroupName": "third", "ParameterApplyStatus": "in-sync"}]}));
    let dwh = dwh
        .denied("redshift:DescribeLoggingStatus")
        .denied("redshift:DescribeClusterParameterGroups")
        .one("cluster:other");
    assert_eq!(state(&dwh, AUDIT_LOGGING), denied("redshift:DescribeLoggingStatus"));
    assert_eq!(state(&dwh, TLS_REQUIRED), denied("redshift:DescribeClusterParameterGroups"));
}

#[test]
fn a_key_of_the_customer_and_a_managed_password_are_told() {
    let described = json!({"KeyMetadata": {"Arn": KEY, "KeyId": "k", "KeyManager": "CUSTOMER", "Enabled": true}});
    let secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:redshift!dwh-abcdef";
    let dwh =
        warehouse(json!({"KmsKeyId": KEY, "MasterPasswordSecretArn": secret, "MasterPasswordSecretKmsKeyId": KEY}));
    let dwh = dwh.of("kms:DescribeKey", KEY, described).one("cluster:dwh");
    assert_eq!((state(&dwh, CUSTOMER_MANAGED_KEY), state(&dwh, STORAGE_KEY)), (known(true), known(KEY)));
    assert_eq!((state(&dwh, MASTER_PASSWORD_MANAGED), state(&dwh, MASTER_SECRET_KEY)), (known(true), known(KEY)));
}

#[test]
fn a_serverless_warehouse_is_a_namespace_and_a_workgroup() {
    let namespace = "arn:aws:redshift-serverless:eu-west-1:123456789012:namespace/1";
    let workgroup = "arn:aws:redshift-serverless:eu-west-1:123456789012:workgroup/2";
    let all = replies()
        .with(
            "redshift-serverless:ListNamespaces",
            json!({"namespaceArn": namespace, "namespaceId": "1", "namespaceName": "n",
            "dbName": "dev", "adminUsername": "admin", "kmsKeyId": "AWS_OWNED_KMS_KEY", "logExports": ["userlog"],
            "iamRoles": ["IamRole(applyStatus=in-sync, iamRoleArn=arn:aws:iam::123456789012:role/load)"]}),
        )
        .with(
            "redshift-serverless:ListWorkgroups",
            json!({"workgroupArn": workgroup, "workgroupId": "2", "workgroupName": "w",
            "namespaceName": "n", "publiclyAccessible": true, "enhancedVpcRouting": false, "port": 5439,
            "securityGroupIds": ["sg-1"], "subnetIds": ["subnet-a"],
            "configParameters": [{"parameterKey": "require_ssl", "parameterValue": "false"}]}),
        )
        .of("redshift-serverless:ListTagsForResource", namespace, json!({"tags": [{"key": "owner", "value": "bi"}]}))
        .denied("redshift-serverless:ListTagsForResource")
        .linked();
    let one = |id: &str| all.iter().find(|resource| &*resource.id == id).expect("it is there");
    let (namespace, workgroup) = (one(namespace), one(workgroup));
    for (fact, expected) in [
        (DATABASE_NAME, known("dev")),
        (MASTER_USERNAME, known("admin")),
        (MASTER_PASSWORD_MANAGED, known(false)),
        (ENCRYPTED_AT_REST, known(true)),
        (CUSTOMER_MANAGED_KEY, known(false)),
        (LOG_EXPORTS, FactState::Known(set(&["userlog"]))),
        (IAM_ROLES, FactState::Known(set(&["arn:aws:iam::123456789012:role/load"]))),
    ] {
        assert_eq!(state(namespace, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(key(namespace, TAGS, "owner"), known("bi"));
    assert_eq!(key(workgroup, TAGS, "owner"), denied("redshift-serverless:ListTagsForResource"));
    for (fact, expected) in [
        (PUBLICLY_ACCESSIBLE, known(true)),
        (ROUTES_THROUGH_NETWORK, known(false)),
        (TLS_REQUIRED, known(false)),
        (PORT, known(5439)),
        (SECURITY_GROUPS, FactState::Known(set(&["sg-1"]))),
    ] {
        assert_eq!(state(workgroup, fact), expected, "{}", fact.def().name);
    }
}
