//! What the AWS provider 6 records of an object of the API right after it made it: every attribute (RDS.md section 2).

use serde_json::{Map, Value, json};

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The collector withholds what a tag with a telling key says; the provider does not.
fn tags(of: &Value) -> Map<String, Value> {
    let real = |tag: &Value| match text(&tag["Key"]) {
        "api-token" => json!("Planted-Token-2"),
        _ => tag["Value"].clone(),
    };
    list(of).iter().map(|tag| (text(&tag["Key"]).to_owned(), real(tag))).collect()
}

fn each(of: &Value, member: &str) -> Value {
    list(of).iter().map(|one| one[member].clone()).collect()
}

/// What a member of the API that the reply leaves out is recorded as.
fn or(value: &Value, absent: Value) -> Value {
    if value.is_null() { absent } else { value.clone() }
}

pub(crate) fn security_group(group: &Value) -> Value {
    let rule = |of: &Value| {
        json!({
            "protocol": of["IpProtocol"], "from_port": or(&of["FromPort"], json!(0)), "to_port": or(&of["ToPort"], json!(0)),
            "cidr_blocks": each(&of["IpRanges"], "CidrIp"), "ipv6_cidr_blocks": each(&of["Ipv6Ranges"], "CidrIpv6"),
            "prefix_list_ids": [], "security_groups": each(&of["UserIdGroupPairs"], "GroupId"), "self": false,
            "description": list(&of["IpRanges"]).first().map_or(json!(""), |range| or(&range["Description"], json!(""))),
        })
    };
    let rules = |of: &Value| -> Value { list(of).iter().map(rule).collect() };
    json!({
        "id": group["GroupId"], "arn": group["SecurityGroupArn"], "name": group["GroupName"], "name_prefix": "",
        "description": group["Description"], "owner_id": group["OwnerId"], "vpc_id": group["VpcId"],
        "ingress": rules(&group["IpPermissions"]), "egress": rules(&group["IpPermissionsEgress"]),
        "revoke_rules_on_delete": false, "tags": {}, "tags_all": {}, "timeouts": null,
    })
}

pub(crate) fn kms_key(key: &Value, rotates: bool) -> Value {
    json!({
        "id": key["KeyId"], "key_id": key["KeyId"], "arn": key["Arn"], "description": key["Description"],
        "enable_key_rotation": rotates, "is_enabled": key["Enabled"], "key_usage": "ENCRYPT_DECRYPT",
        "customer_master_key_spec": "SYMMETRIC_DEFAULT", "deletion_window_in_days": null, "multi_region": false,
        "bypass_policy_lockout_safety_check": false, "tags": {}, "tags_all": {},
    })
}

pub(crate) fn subnet_group(group: &Value) -> Value {
    json!({
        "id": group["DBSubnetGroupName"], "arn": group["DBSubnetGroupArn"], "name": group["DBSubnetGroupName"],
        "name_prefix": "", "description": group["DBSubnetGroupDescription"], "vpc_id": group["VpcId"],
        "subnet_ids": each(&group["Subnets"], "SubnetIdentifier"), "supported_network_types": ["IPV4"],
        "tags": {}, "tags_all": {},
    })
}

pub(crate) fn parameter_group(group: &Value, name: &Value, arn: &Value, parameters: &Value) -> Value {
    let parameter = |of: &Value| json!({"name": of["ParameterName"], "value": of["ParameterValue"], "apply_method": of["ApplyMethod"]});
    let parameters: Vec<Value> = list(parameters).iter().map(parameter).collect();
    json!({
        "id": name, "name": name, "name_prefix": "", "arn": arn, "family": group["DBParameterGroupFamily"],
        "description": group["Description"], "parameter": parameters, "skip_destroy": false, "tags": {}, "tags_all": {},
    })
}

pub(crate) fn event_subscription(subscription: &Value) -> Value {
    json!({
        "id": subscription["CustSubscriptionId"], "name": subscription["CustSubscriptionId"], "name_prefix": "",
        "arn": subscription["EventSubscriptionArn"], "sns_topic": subscription["SnsTopicArn"],
        "source_type": subscription["SourceType"], "source_ids": subscription["SourceIdsList"],
        "event_categories": subscription["EventCategoriesList"], "enabled": subscription["Enabled"],
        "customer_aws_id": null, "tags": {}, "tags_all": {}, "timeouts": null,
    })
}

pub(crate) fn proxy(proxy: &Value) -> Value {
    let auth = |of: &Value| {
        json!({
            "auth_scheme": of["AuthScheme"], "client_password_auth_type": "", "description": "", "username": "",
            "iam_auth": of["IAMAuth"], "secret_arn": of["SecretArn"],
        })
    };
    json!({
        "id": proxy["DBProxyName"], "name": proxy["DBProxyName"], "arn": proxy["DBProxyArn"],
        "auth": list(&proxy["Auth"]).iter().map(auth).collect::<Value>(), "debug_logging": proxy["DebugLogging"],
        "default_auth_scheme": "NONE", "endpoint": proxy["Endpoint"], "engine_family": proxy["EngineFamily"],
        "idle_client_timeout": proxy["IdleClientTimeout"], "require_tls": proxy["RequireTLS"],
        "role_arn": proxy["RoleArn"], "vpc_security_group_ids": proxy["VpcSecurityGroupIds"],
        "vpc_subnet_ids": proxy["VpcSubnetIds"], "tags": {}, "tags_all": {}, "timeouts": null,
    })
}

/// A database that stands by itself (RDS.md section 2.1).
pub(crate) fn instance(of: &Value) -> Value {
    let tags = tags(&of["TagList"]);
    let manages = of["MasterUserSecret"].is_object();
    let secret: Vec<Value> = manages.then(|| secret(&of["MasterUserSecret"])).into_iter().collect();
    json!({
        "address": of["Endpoint"]["Address"], "allocated_storage": of["AllocatedStorage"],
        "allow_major_version_upgrade": null, "apply_immediately": false, "arn": of["DBInstanceArn"],
        "auto_minor_version_upgrade": of["AutoMinorVersionUpgrade"], "availability_zone": of["AvailabilityZone"],
        "backup_retention_period": of["BackupRetentionPeriod"], "backup_target": or(&of["BackupTarget"], json!(null)),
        "backup_window": of["PreferredBackupWindow"], "blue_green_update": [],
        "ca_cert_identifier": of["CACertificateIdentifier"], "character_set_name": or(&of["CharacterSetName"], json!("")),
        "copy_tags_to_snapshot": of["CopyTagsToSnapshot"], "custom_iam_instance_profile": "",
        "customer_owned_ip_enabled": false, "database_insights_mode": of["DatabaseInsightsMode"],
        "db_name": or(&of["DBName"], json!("")), "db_subnet_group_name": of["DBSubnetGroup"]["DBSubnetGroupName"],
        "dedicated_log_volume": or(&of["DedicatedLogVolume"], json!(false)), "delete_automated_backups": true,
        "deletion_protection": of["DeletionProtection"], "domain": "", "domain_auth_secret_arn": "", "domain_dns_ips": [],
        "domain_fqdn": "", "domain_iam_role_name": "", "domain_ou": "",
        "enabled_cloudwatch_logs_exports": of["EnabledCloudwatchLogsExports"],
        "endpoint": format!("{}:{}", text(&of["Endpoint"]["Address"]), of["Endpoint"]["Port"]),
        "engine": of["Engine"], "engine_lifecycle_support": of["EngineLifecycleSupport"],
        "engine_version": of["EngineVersion"], "engine_version_actual": of["EngineVersion"],
        "final_snapshot_identifier": null, "hosted_zone_id": or(&of["Endpoint"]["HostedZoneId"], json!("")),
        "iam_database_authentication_enabled": of["IAMDatabaseAuthenticationEnabled"], "id": of["DbiResourceId"],
        "identifier": of["DBInstanceIdentifier"], "identifier_prefix": "", "instance_class": of["DBInstanceClass"],
        "iops": or(&of["Iops"], json!(0)), "kms_key_id": or(&of["KmsKeyId"], json!("")), "latest_restorable_time": "",
        "license_model": of["LicenseModel"], "listener_endpoint": [], "maintenance_window": of["PreferredMaintenanceWindow"],
        "manage_master_user_password": if manages { json!(true) } else { json!(null) }, "master_user_secret": secret,
        "master_user_secret_kms_key_id": of["MasterUserSecret"]["KmsKeyId"],
        "max_allocated_storage": or(&of["MaxAllocatedStorage"], json!(0)), "monitoring_interval": of["MonitoringInterval"],
        "monitoring_role_arn": or(&of["MonitoringRoleArn"], json!("")), "multi_az": of["MultiAZ"],
        "nchar_character_set_name": "", "network_type": of["NetworkType"],
        "option_group_name": of["OptionGroupMemberships"][0]["OptionGroupName"],
        "parameter_group_name": of["DBParameterGroups"][0]["DBParameterGroupName"],
        "password": if manages { json!(null) } else { json!("Planted-Password-1") }, "password_wo": null,
        "password_wo_version": null, "performance_insights_enabled": or(&of["PerformanceInsightsEnabled"], json!(false)),
        "performance_insights_kms_key_id": insights(of, "PerformanceInsightsKMSKeyId", json!("")), "performance_insights_retention_period": insights(of, "PerformanceInsightsRetentionPeriod", json!(0)), "port": of["Endpoint"]["Port"],
        "publicly_accessible": of["PubliclyAccessible"], "replica_mode": "", "replicas": [], "replicate_source_db": "",
        "resource_id": of["DbiResourceId"], "restore_to_point_in_time": [], "s3_import": [], "skip_final_snapshot": true,
        "snapshot_identifier": null, "status": "available", "storage_encrypted": of["StorageEncrypted"],
        "storage_throughput": or(&of["StorageThroughput"], json!(0)), "storage_type": of["StorageType"],
        "tags": tags, "tags_all": tags, "timeouts": null, "timezone": "", "upgrade_storage_config": null,
        "username": of["MasterUsername"], "vpc_security_group_ids": each(&of["VpcSecurityGroups"], "VpcSecurityGroupId"),
    })
}

/// A setting of Performance Insights: none where they are off, not known where they are on and the reply does not tell.
fn insights(of: &Value, member: &str, none: Value) -> Value {
    let is_on = of["PerformanceInsightsEnabled"] == true;
    or(&of[member], if is_on { Value::Null } else { none })
}

fn secret(of: &Value) -> Value {
    json!({"secret_arn": of["SecretArn"], "secret_status": of["SecretStatus"], "kms_key_id": or(&of["KmsKeyId"], json!(""))})
}

/// An Aurora cluster (RDS.md section 2.2).
pub(crate) fn cluster(of: &Value) -> Value {
    let tags = tags(&of["TagList"]);
    json!({
        "allocated_storage": of["AllocatedStorage"], "allow_major_version_upgrade": null, "apply_immediately": null,
        "arn": of["DBClusterArn"], "auto_minor_version_upgrade": of["AutoMinorVersionUpgrade"],
        "availability_zones": of["AvailabilityZones"], "backtrack_window": of["BacktrackWindow"],
        "backup_retention_period": of["BackupRetentionPeriod"], "ca_certificate_identifier": "",
        "ca_certificate_valid_till": "", "cluster_identifier": of["DBClusterIdentifier"], "cluster_identifier_prefix": "",
        "cluster_members": each(&of["DBClusterMembers"], "DBInstanceIdentifier"),
        "cluster_resource_id": of["DbClusterResourceId"], "cluster_scalability_type": "",
        "copy_tags_to_snapshot": of["CopyTagsToSnapshot"], "database_insights_mode": of["DatabaseInsightsMode"],
        "database_name": or(&of["DatabaseName"], json!("")), "db_cluster_instance_class": "",
        "db_cluster_parameter_group_name": of["DBClusterParameterGroup"], "db_instance_parameter_group_name": null,
        "db_subnet_group_name": of["DBSubnetGroup"], "db_system_id": "", "delete_automated_backups": true,
        "deletion_protection": of["DeletionProtection"], "domain": "", "domain_iam_role_name": "",
        "enable_global_write_forwarding": false, "enable_http_endpoint": of["HttpEndpointEnabled"],
        "enable_local_write_forwarding": false, "enabled_cloudwatch_logs_exports": of["EnabledCloudwatchLogsExports"],
        "endpoint": of["Endpoint"], "engine": of["Engine"], "engine_lifecycle_support": of["EngineLifecycleSupport"],
        "engine_mode": of["EngineMode"], "engine_version": of["EngineVersion"], "engine_version_actual": of["EngineVersion"],
        "final_snapshot_identifier": null, "global_cluster_identifier": "", "hosted_zone_id": of["HostedZoneId"],
        "iam_database_authentication_enabled": of["IAMDatabaseAuthenticationEnabled"], "iam_roles": [],
        "id": of["DBClusterIdentifier"], "iops": 0, "kms_key_id": or(&of["KmsKeyId"], json!("")),
        "manage_master_user_password": null, "master_password": "Planted-Password-1", "master_user_secret": [],
        "master_user_secret_kms_key_id": null, "master_username": of["MasterUsername"], "monitoring_interval": 0,
        "monitoring_role_arn": "", "network_type": of["NetworkType"], "performance_insights_enabled": false,
        "performance_insights_kms_key_id": "", "performance_insights_retention_period": 0, "port": of["Port"],
        "preferred_backup_window": of["PreferredBackupWindow"],
        "preferred_maintenance_window": of["PreferredMaintenanceWindow"], "reader_endpoint": of["ReaderEndpoint"],
        "replication_source_identifier": "", "restore_to_point_in_time": [], "s3_import": [],
        "scaling_configuration": [], "serverlessv2_scaling_configuration": [], "skip_final_snapshot": true,
        "snapshot_identifier": null, "source_region": null, "storage_encrypted": of["StorageEncrypted"],
        "storage_type": of["StorageType"], "tags": tags, "tags_all": tags, "timeouts": null,
        "vpc_security_group_ids": each(&of["VpcSecurityGroups"], "VpcSecurityGroupId"),
    })
}

/// A member of an Aurora cluster (RDS.md section 2.3).
pub(crate) fn member(of: &Value) -> Value {
    let tags = tags(&of["TagList"]);
    json!({
        "apply_immediately": null, "arn": of["DBInstanceArn"], "auto_minor_version_upgrade": of["AutoMinorVersionUpgrade"],
        "availability_zone": of["AvailabilityZone"], "ca_cert_identifier": of["CACertificateIdentifier"],
        "cluster_identifier": of["DBClusterIdentifier"], "copy_tags_to_snapshot": of["CopyTagsToSnapshot"],
        "custom_iam_instance_profile": "", "db_parameter_group_name": of["DBParameterGroups"][0]["DBParameterGroupName"],
        "db_subnet_group_name": or(&of["DBSubnetGroup"]["DBSubnetGroupName"], json!("")),
        "dbi_resource_id": of["DbiResourceId"], "endpoint": of["Endpoint"]["Address"], "engine": of["Engine"],
        "engine_version": of["EngineVersion"], "engine_version_actual": of["EngineVersion"], "force_destroy": false,
        "id": of["DBInstanceIdentifier"], "identifier": of["DBInstanceIdentifier"], "identifier_prefix": "",
        "instance_class": of["DBInstanceClass"], "kms_key_id": or(&of["KmsKeyId"], json!("")),
        "monitoring_interval": of["MonitoringInterval"], "monitoring_role_arn": "", "network_type": of["NetworkType"],
        "performance_insights_enabled": or(&of["PerformanceInsightsEnabled"], json!(false)),
        "performance_insights_kms_key_id": "", "performance_insights_retention_period": 0, "port": of["Endpoint"]["Port"],
        "preferred_backup_window": of["PreferredBackupWindow"],
        "preferred_maintenance_window": of["PreferredMaintenanceWindow"], "promotion_tier": of["PromotionTier"],
        "publicly_accessible": of["PubliclyAccessible"], "storage_encrypted": of["StorageEncrypted"], "tags": tags,
        "tags_all": tags, "timeouts": null, "writer": false,
    })
}
