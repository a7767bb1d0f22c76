//! The shapes of the replies. Written by tools/aws-shapes.py from the service models of botocore
//! 1.44.5, which are Copyright Amazon.com, Inc. or its affiliates and licensed under the Apache License 2.0;
//! reduced to the names and types of what the collector reads. Do not edit.

use super::shape::Shape;
use super::shape::Type::*;

/// By call. INVARIANT: sorted.
pub(super) static REPLIES: &[(&str, &Shape)] = &[
    ("application-autoscaling:DescribeScalableTargets", &APPLICATION_AUTOSCALING_DESCRIBE_SCALABLE_TARGETS_RESPONSE),
    ("backup:DescribeRegionSettings", &BACKUP_DESCRIBE_REGION_SETTINGS_OUTPUT),
    ("backup:GetBackupPlan", &BACKUP_GET_BACKUP_PLAN_OUTPUT),
    ("backup:GetBackupVaultAccessPolicy", &BACKUP_GET_BACKUP_VAULT_ACCESS_POLICY_OUTPUT),
    ("backup:GetBackupVaultNotifications", &BACKUP_GET_BACKUP_VAULT_NOTIFICATIONS_OUTPUT),
    ("backup:ListBackupPlans", &BACKUP_LIST_BACKUP_PLANS_OUTPUT),
    ("backup:ListBackupVaults", &BACKUP_LIST_BACKUP_VAULTS_OUTPUT),
    ("backup:ListProtectedResources", &BACKUP_LIST_PROTECTED_RESOURCES_OUTPUT),
    ("backup:ListRecoveryPointsByResource", &BACKUP_LIST_RECOVERY_POINTS_BY_RESOURCE_OUTPUT),
    ("backup:ListRestoreJobs", &BACKUP_LIST_RESTORE_JOBS_OUTPUT),
    ("dax:DescribeClusters", &DAX_DESCRIBE_CLUSTERS_RESPONSE),
    ("dax:DescribeSubnetGroups", &DAX_DESCRIBE_SUBNET_GROUPS_RESPONSE),
    ("dax:ListTags", &DAX_LIST_TAGS_RESPONSE),
    ("dms:DescribeEndpoints", &DMS_DESCRIBE_ENDPOINTS_RESPONSE),
    ("dms:DescribeReplicationInstances", &DMS_DESCRIBE_REPLICATION_INSTANCES_RESPONSE),
    ("dms:DescribeReplicationTasks", &DMS_DESCRIBE_REPLICATION_TASKS_RESPONSE),
    ("dynamodb:DescribeContinuousBackups", &DYNAMODB_DESCRIBE_CONTINUOUS_BACKUPS_OUTPUT),
    ("dynamodb:DescribeTable", &DYNAMODB_DESCRIBE_TABLE_OUTPUT),
    ("dynamodb:GetResourcePolicy", &DYNAMODB_GET_RESOURCE_POLICY_OUTPUT),
    ("dynamodb:ListTables", &DYNAMODB_LIST_TABLES_OUTPUT),
    ("dynamodb:ListTagsOfResource", &DYNAMODB_LIST_TAGS_OF_RESOURCE_OUTPUT),
    ("ec2:DescribeRegions", &EC2_DESCRIBE_REGIONS_RESULT),
    ("ec2:DescribeRouteTables", &EC2_DESCRIBE_ROUTE_TABLES_RESULT),
    ("ec2:DescribeSecurityGroups", &EC2_DESCRIBE_SECURITY_GROUPS_RESULT),
    ("ec2:DescribeSubnets", &EC2_DESCRIBE_SUBNETS_RESULT),
    ("elasticache:DescribeCacheClusters", &ELASTICACHE_CACHE_CLUSTER_MESSAGE),
    ("elasticache:DescribeCacheParameterGroups", &ELASTICACHE_CACHE_PARAMETER_GROUPS_MESSAGE),
    ("elasticache:DescribeCacheParameters", &ELASTICACHE_CACHE_PARAMETER_GROUP_DETAILS),
    ("elasticache:DescribeCacheSubnetGroups", &ELASTICACHE_CACHE_SUBNET_GROUP_MESSAGE),
    ("elasticache:DescribeReplicationGroups", &ELASTICACHE_REPLICATION_GROUP_MESSAGE),
    ("elasticache:DescribeServerlessCaches", &ELASTICACHE_DESCRIBE_SERVERLESS_CACHES_RESPONSE),
    ("elasticache:ListTagsForResource", &ELASTICACHE_TAG_LIST_MESSAGE),
    ("guardduty:GetDetector", &GUARDDUTY_GET_DETECTOR_RESPONSE),
    ("guardduty:ListDetectors", &GUARDDUTY_LIST_DETECTORS_RESPONSE),
    ("kms:DescribeKey", &KMS_DESCRIBE_KEY_RESPONSE),
    ("kms:GetKeyPolicy", &KMS_GET_KEY_POLICY_RESPONSE),
    ("kms:GetKeyRotationStatus", &KMS_GET_KEY_ROTATION_STATUS_RESPONSE),
    ("logs:DescribeLogGroups", &LOGS_DESCRIBE_LOG_GROUPS_RESPONSE),
    ("memorydb:DescribeClusters", &MEMORYDB_DESCRIBE_CLUSTERS_RESPONSE),
    ("memorydb:DescribeSnapshots", &MEMORYDB_DESCRIBE_SNAPSHOTS_RESPONSE),
    ("memorydb:DescribeSubnetGroups", &MEMORYDB_DESCRIBE_SUBNET_GROUPS_RESPONSE),
    ("memorydb:ListTags", &MEMORYDB_LIST_TAGS_RESPONSE),
    ("organizations:ListAccounts", &ORGANIZATIONS_LIST_ACCOUNTS_RESPONSE),
    ("organizations:ListAccountsForParent", &ORGANIZATIONS_LIST_ACCOUNTS_FOR_PARENT_RESPONSE),
    ("organizations:ListOrganizationalUnitsForParent", &ORGANIZATIONS_LIST_ORGANIZATIONAL_UNITS_FOR_PARENT_RESPONSE),
    ("rds:DescribeBlueGreenDeployments", &RDS_DESCRIBE_BLUE_GREEN_DEPLOYMENTS_RESPONSE),
    ("rds:DescribeCertificates", &RDS_CERTIFICATE_MESSAGE),
    ("rds:DescribeDBClusterAutomatedBackups", &RDS_DB_CLUSTER_AUTOMATED_BACKUP_MESSAGE),
    ("rds:DescribeDBClusterParameterGroups", &RDS_DB_CLUSTER_PARAMETER_GROUPS_MESSAGE),
    ("rds:DescribeDBClusterParameters", &RDS_DB_CLUSTER_PARAMETER_GROUP_DETAILS),
    ("rds:DescribeDBClusterSnapshotAttributes", &RDS_DESCRIBE_DB_CLUSTER_SNAPSHOT_ATTRIBUTES_RESULT),
    ("rds:DescribeDBClusterSnapshots", &RDS_DB_CLUSTER_SNAPSHOT_MESSAGE),
    ("rds:DescribeDBClusters", &RDS_DB_CLUSTER_MESSAGE),
    ("rds:DescribeDBEngineVersions", &RDS_DB_ENGINE_VERSION_MESSAGE),
    ("rds:DescribeDBInstanceAutomatedBackups", &RDS_DB_INSTANCE_AUTOMATED_BACKUP_MESSAGE),
    ("rds:DescribeDBInstances", &RDS_DB_INSTANCE_MESSAGE),
    ("rds:DescribeDBMajorEngineVersions", &RDS_DESCRIBE_DB_MAJOR_ENGINE_VERSIONS_RESPONSE),
    ("rds:DescribeDBParameterGroups", &RDS_DB_PARAMETER_GROUPS_MESSAGE),
    ("rds:DescribeDBParameters", &RDS_DB_PARAMETER_GROUP_DETAILS),
    ("rds:DescribeDBProxies", &RDS_DESCRIBE_DB_PROXIES_RESPONSE),
    ("rds:DescribeDBProxyTargets", &RDS_DESCRIBE_DB_PROXY_TARGETS_RESPONSE),
    ("rds:DescribeDBSnapshotAttributes", &RDS_DESCRIBE_DB_SNAPSHOT_ATTRIBUTES_RESULT),
    ("rds:DescribeDBSnapshots", &RDS_DB_SNAPSHOT_MESSAGE),
    ("rds:DescribeDBSubnetGroups", &RDS_DB_SUBNET_GROUP_MESSAGE),
    ("rds:DescribeEngineDefaultClusterParameters", &RDS_DESCRIBE_ENGINE_DEFAULT_CLUSTER_PARAMETERS_RESULT),
    ("rds:DescribeEngineDefaultParameters", &RDS_DESCRIBE_ENGINE_DEFAULT_PARAMETERS_RESULT),
    ("rds:DescribeEventSubscriptions", &RDS_EVENT_SUBSCRIPTIONS_MESSAGE),
    ("rds:DescribeGlobalClusters", &RDS_GLOBAL_CLUSTERS_MESSAGE),
    ("rds:DescribeOptionGroups", &RDS_OPTION_GROUPS),
    ("rds:DescribePendingMaintenanceActions", &RDS_PENDING_MAINTENANCE_ACTIONS_MESSAGE),
    ("redshift-serverless:ListNamespaces", &REDSHIFT_SERVERLESS_LIST_NAMESPACES_RESPONSE),
    ("redshift-serverless:ListTagsForResource", &REDSHIFT_SERVERLESS_LIST_TAGS_FOR_RESOURCE_RESPONSE),
    ("redshift-serverless:ListWorkgroups", &REDSHIFT_SERVERLESS_LIST_WORKGROUPS_RESPONSE),
    ("redshift:DescribeClusterParameterGroups", &REDSHIFT_CLUSTER_PARAMETER_GROUPS_MESSAGE),
    ("redshift:DescribeClusterParameters", &REDSHIFT_CLUSTER_PARAMETER_GROUP_DETAILS),
    ("redshift:DescribeClusterSubnetGroups", &REDSHIFT_CLUSTER_SUBNET_GROUP_MESSAGE),
    ("redshift:DescribeClusters", &REDSHIFT_CLUSTERS_MESSAGE),
    ("redshift:DescribeLoggingStatus", &REDSHIFT_LOGGING_STATUS),
    ("redshift:DescribeSnapshotCopyGrants", &REDSHIFT_SNAPSHOT_COPY_GRANT_MESSAGE),
    ("secretsmanager:GetResourcePolicy", &SECRETSMANAGER_GET_RESOURCE_POLICY_RESPONSE),
    ("secretsmanager:ListSecrets", &SECRETSMANAGER_LIST_SECRETS_RESPONSE),
    ("sts:GetCallerIdentity", &STS_GET_CALLER_IDENTITY_RESPONSE),
    ("tagging:GetResources", &TAGGING_GET_RESOURCES_OUTPUT),
];

static APPLICATION_AUTOSCALING_DESCRIBE_SCALABLE_TARGETS_RESPONSE: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("ScalableTargets", "ScalableTargets", List(&Of(&APPLICATION_AUTOSCALING_SCALABLE_TARGET))),
]);

static APPLICATION_AUTOSCALING_SCALABLE_TARGET: Shape = Shape(&[
    ("CreationTime", "CreationTime", Time),
    ("MaxCapacity", "MaxCapacity", Whole),
    ("MinCapacity", "MinCapacity", Whole),
    ("PredictedCapacity", "PredictedCapacity", Whole),
    ("ResourceId", "ResourceId", Text),
    ("RoleARN", "RoleARN", Text),
    ("ScalableDimension", "ScalableDimension", Text),
    ("ScalableTargetARN", "ScalableTargetARN", Text),
    ("ServiceNamespace", "ServiceNamespace", Text),
    ("SuspendedState", "SuspendedState", Of(&APPLICATION_AUTOSCALING_SUSPENDED_STATE)),
]);

static APPLICATION_AUTOSCALING_SUSPENDED_STATE: Shape = Shape(&[
    ("DynamicScalingInSuspended", "DynamicScalingInSuspended", Bool),
    ("DynamicScalingOutSuspended", "DynamicScalingOutSuspended", Bool),
    ("ScheduledScalingSuspended", "ScheduledScalingSuspended", Bool),
]);

static BACKUP_ADVANCED_BACKUP_SETTING: Shape = Shape(&[
    ("BackupOptions", "BackupOptions", Any),
    ("ResourceType", "ResourceType", Text),
]);

static BACKUP_AGGREGATED_SCAN_RESULT: Shape = Shape(&[
    ("FailedScan", "FailedScan", Bool),
    ("Findings", "Findings", List(&Text)),
    ("LastComputed", "LastComputed", Time),
]);

static BACKUP_BACKUP_PLAN: Shape = Shape(&[
    ("AdvancedBackupSettings", "AdvancedBackupSettings", List(&Of(&BACKUP_ADVANCED_BACKUP_SETTING))),
    ("BackupPlanName", "BackupPlanName", Text),
    ("Rules", "Rules", List(&Of(&BACKUP_BACKUP_RULE))),
    ("ScanSettings", "ScanSettings", List(&Of(&BACKUP_SCAN_SETTING))),
]);

static BACKUP_BACKUP_PLANS_LIST_MEMBER: Shape = Shape(&[
    ("AdvancedBackupSettings", "AdvancedBackupSettings", List(&Of(&BACKUP_ADVANCED_BACKUP_SETTING))),
    ("BackupPlanArn", "BackupPlanArn", Text),
    ("BackupPlanId", "BackupPlanId", Text),
    ("BackupPlanName", "BackupPlanName", Text),
    ("CreationDate", "CreationDate", Time),
    ("CreatorRequestId", "CreatorRequestId", Text),
    ("DeletionDate", "DeletionDate", Time),
    ("LastExecutionDate", "LastExecutionDate", Time),
    ("VersionId", "VersionId", Text),
]);

static BACKUP_BACKUP_RULE: Shape = Shape(&[
    ("CompletionWindowMinutes", "CompletionWindowMinutes", Whole),
    ("CopyActions", "CopyActions", List(&Of(&BACKUP_COPY_ACTION))),
    ("EnableContinuousBackup", "EnableContinuousBackup", Bool),
    ("IndexActions", "IndexActions", List(&Of(&BACKUP_INDEX_ACTION))),
    ("Lifecycle", "Lifecycle", Of(&BACKUP_LIFECYCLE)),
    ("RecoveryPointTags", "RecoveryPointTags", Any),
    ("RuleId", "RuleId", Text),
    ("RuleName", "RuleName", Text),
    ("ScanActions", "ScanActions", List(&Of(&BACKUP_SCAN_ACTION))),
    ("ScheduleExpression", "ScheduleExpression", Text),
    ("ScheduleExpressionTimezone", "ScheduleExpressionTimezone", Text),
    ("StartWindowMinutes", "StartWindowMinutes", Whole),
    ("TargetBackupVaultName", "TargetBackupVaultName", Text),
    ("TargetLogicallyAirGappedBackupVaultArn", "TargetLogicallyAirGappedBackupVaultArn", Text),
]);

static BACKUP_BACKUP_VAULT_LIST_MEMBER: Shape = Shape(&[
    ("BackupVaultArn", "BackupVaultArn", Text),
    ("BackupVaultName", "BackupVaultName", Text),
    ("CreationDate", "CreationDate", Time),
    ("CreatorRequestId", "CreatorRequestId", Text),
    ("EncryptionKeyArn", "EncryptionKeyArn", Text),
    ("EncryptionKeyType", "EncryptionKeyType", Text),
    ("LockDate", "LockDate", Time),
    ("Locked", "Locked", Bool),
    ("MaxRetentionDays", "MaxRetentionDays", Whole),
    ("MinRetentionDays", "MinRetentionDays", Whole),
    ("NumberOfRecoveryPoints", "NumberOfRecoveryPoints", Whole),
    ("VaultState", "VaultState", Text),
    ("VaultType", "VaultType", Text),
]);

static BACKUP_COPY_ACTION: Shape = Shape(&[
    ("DestinationBackupVaultArn", "DestinationBackupVaultArn", Text),
    ("Lifecycle", "Lifecycle", Of(&BACKUP_LIFECYCLE)),
]);

static BACKUP_DESCRIBE_REGION_SETTINGS_OUTPUT: Shape = Shape(&[
    ("ResourceTypeManagementPreference", "ResourceTypeManagementPreference", Any),
    ("ResourceTypeOptInPreference", "ResourceTypeOptInPreference", Any),
]);

static BACKUP_GET_BACKUP_PLAN_OUTPUT: Shape = Shape(&[
    ("AdvancedBackupSettings", "AdvancedBackupSettings", List(&Of(&BACKUP_ADVANCED_BACKUP_SETTING))),
    ("BackupPlan", "BackupPlan", Of(&BACKUP_BACKUP_PLAN)),
    ("BackupPlanArn", "BackupPlanArn", Text),
    ("BackupPlanId", "BackupPlanId", Text),
    ("CreationDate", "CreationDate", Time),
    ("CreatorRequestId", "CreatorRequestId", Text),
    ("DeletionDate", "DeletionDate", Time),
    ("LastExecutionDate", "LastExecutionDate", Time),
    ("ScheduledRunsPreview", "ScheduledRunsPreview", List(&Of(&BACKUP_SCHEDULED_PLAN_EXECUTION_MEMBER))),
    ("VersionId", "VersionId", Text),
]);

static BACKUP_GET_BACKUP_VAULT_ACCESS_POLICY_OUTPUT: Shape = Shape(&[
    ("BackupVaultArn", "BackupVaultArn", Text),
    ("BackupVaultName", "BackupVaultName", Text),
    ("Policy", "Policy", Text),
]);

static BACKUP_GET_BACKUP_VAULT_NOTIFICATIONS_OUTPUT: Shape = Shape(&[
    ("BackupVaultArn", "BackupVaultArn", Text),
    ("BackupVaultEvents", "BackupVaultEvents", List(&Text)),
    ("BackupVaultName", "BackupVaultName", Text),
    ("SNSTopicArn", "SNSTopicArn", Text),
]);

static BACKUP_INDEX_ACTION: Shape = Shape(&[
    ("ResourceTypes", "ResourceTypes", List(&Text)),
]);

static BACKUP_LIFECYCLE: Shape = Shape(&[
    ("DeleteAfterDays", "DeleteAfterDays", Whole),
    ("DeleteAfterEvent", "DeleteAfterEvent", Text),
    ("MoveToColdStorageAfterDays", "MoveToColdStorageAfterDays", Whole),
    ("OptInToArchiveForSupportedResources", "OptInToArchiveForSupportedResources", Bool),
]);

static BACKUP_LIST_BACKUP_PLANS_OUTPUT: Shape = Shape(&[
    ("BackupPlansList", "BackupPlansList", List(&Of(&BACKUP_BACKUP_PLANS_LIST_MEMBER))),
    ("NextToken", "NextToken", Text),
]);

static BACKUP_LIST_BACKUP_VAULTS_OUTPUT: Shape = Shape(&[
    ("BackupVaultList", "BackupVaultList", List(&Of(&BACKUP_BACKUP_VAULT_LIST_MEMBER))),
    ("NextToken", "NextToken", Text),
]);

static BACKUP_LIST_PROTECTED_RESOURCES_OUTPUT: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("Results", "Results", List(&Of(&BACKUP_PROTECTED_RESOURCE))),
]);

static BACKUP_LIST_RECOVERY_POINTS_BY_RESOURCE_OUTPUT: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("RecoveryPoints", "RecoveryPoints", List(&Of(&BACKUP_RECOVERY_POINT_BY_RESOURCE))),
]);

static BACKUP_LIST_RESTORE_JOBS_OUTPUT: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("RestoreJobs", "RestoreJobs", List(&Of(&BACKUP_RESTORE_JOBS_LIST_MEMBER))),
]);

static BACKUP_PROTECTED_RESOURCE: Shape = Shape(&[
    ("LastBackupTime", "LastBackupTime", Time),
    ("LastBackupVaultArn", "LastBackupVaultArn", Text),
    ("LastRecoveryPointArn", "LastRecoveryPointArn", Text),
    ("ResourceArn", "ResourceArn", Text),
    ("ResourceName", "ResourceName", Text),
    ("ResourceType", "ResourceType", Text),
]);

static BACKUP_RECOVERY_POINT_BY_RESOURCE: Shape = Shape(&[
    ("AggregatedScanResult", "AggregatedScanResult", Of(&BACKUP_AGGREGATED_SCAN_RESULT)),
    ("BackupSizeBytes", "BackupSizeBytes", Whole),
    ("BackupVaultName", "BackupVaultName", Text),
    ("CreationDate", "CreationDate", Time),
    ("EncryptionKeyArn", "EncryptionKeyArn", Text),
    ("EncryptionKeyType", "EncryptionKeyType", Text),
    ("IndexStatus", "IndexStatus", Text),
    ("IndexStatusMessage", "IndexStatusMessage", Text),
    ("IsParent", "IsParent", Bool),
    ("ParentRecoveryPointArn", "ParentRecoveryPointArn", Text),
    ("RecoveryPointArn", "RecoveryPointArn", Text),
    ("ResourceName", "ResourceName", Text),
    ("Status", "Status", Text),
    ("StatusMessage", "StatusMessage", Text),
    ("VaultType", "VaultType", Text),
]);

static BACKUP_RESTORE_JOB_CREATOR: Shape = Shape(&[
    ("RestoreTestingPlanArn", "RestoreTestingPlanArn", Text),
]);

static BACKUP_RESTORE_JOBS_LIST_MEMBER: Shape = Shape(&[
    ("AccountId", "AccountId", Text),
    ("BackupSizeInBytes", "BackupSizeInBytes", Whole),
    ("BackupVaultArn", "BackupVaultArn", Text),
    ("CompletionDate", "CompletionDate", Time),
    ("CreatedBy", "CreatedBy", Of(&BACKUP_RESTORE_JOB_CREATOR)),
    ("CreatedResourceArn", "CreatedResourceArn", Text),
    ("CreationDate", "CreationDate", Time),
    ("DeletionStatus", "DeletionStatus", Text),
    ("DeletionStatusMessage", "DeletionStatusMessage", Text),
    ("ExpectedCompletionTimeMinutes", "ExpectedCompletionTimeMinutes", Whole),
    ("IamRoleArn", "IamRoleArn", Text),
    ("IsParent", "IsParent", Bool),
    ("ParentJobId", "ParentJobId", Text),
    ("PercentDone", "PercentDone", Text),
    ("RecoveryPointArn", "RecoveryPointArn", Text),
    ("RecoveryPointCreationDate", "RecoveryPointCreationDate", Time),
    ("ResourceType", "ResourceType", Text),
    ("RestoreJobId", "RestoreJobId", Text),
    ("SourceResourceArn", "SourceResourceArn", Text),
    ("Status", "Status", Text),
    ("StatusMessage", "StatusMessage", Text),
    ("ValidationStatus", "ValidationStatus", Text),
    ("ValidationStatusMessage", "ValidationStatusMessage", Text),
]);

static BACKUP_SCAN_ACTION: Shape = Shape(&[
    ("MalwareScanner", "MalwareScanner", Text),
    ("ScanMode", "ScanMode", Text),
]);

static BACKUP_SCAN_SETTING: Shape = Shape(&[
    ("MalwareScanner", "MalwareScanner", Text),
    ("ResourceTypes", "ResourceTypes", List(&Text)),
    ("ScannerRoleArn", "ScannerRoleArn", Text),
]);

static BACKUP_SCHEDULED_PLAN_EXECUTION_MEMBER: Shape = Shape(&[
    ("ExecutionTime", "ExecutionTime", Time),
    ("RuleExecutionType", "RuleExecutionType", Text),
    ("RuleId", "RuleId", Text),
]);

static DAX_CLUSTER: Shape = Shape(&[
    ("ActiveNodes", "ActiveNodes", Whole),
    ("ClusterArn", "ClusterArn", Text),
    ("ClusterDiscoveryEndpoint", "ClusterDiscoveryEndpoint", Of(&DAX_ENDPOINT)),
    ("ClusterEndpointEncryptionType", "ClusterEndpointEncryptionType", Text),
    ("ClusterName", "ClusterName", Text),
    ("Description", "Description", Text),
    ("IamRoleArn", "IamRoleArn", Text),
    ("NetworkType", "NetworkType", Text),
    ("NodeIdsToRemove", "NodeIdsToRemove", List(&Text)),
    ("NodeType", "NodeType", Text),
    ("Nodes", "Nodes", List(&Of(&DAX_NODE))),
    ("NotificationConfiguration", "NotificationConfiguration", Of(&DAX_NOTIFICATION_CONFIGURATION)),
    ("ParameterGroup", "ParameterGroup", Of(&DAX_PARAMETER_GROUP_STATUS)),
    ("PreferredMaintenanceWindow", "PreferredMaintenanceWindow", Text),
    ("SSEDescription", "SSEDescription", Of(&DAX_SSE_DESCRIPTION)),
    ("SecurityGroups", "SecurityGroups", List(&Of(&DAX_SECURITY_GROUP_MEMBERSHIP))),
    ("Status", "Status", Text),
    ("SubnetGroup", "SubnetGroup", Text),
    ("TotalNodes", "TotalNodes", Whole),
]);

static DAX_DESCRIBE_CLUSTERS_RESPONSE: Shape = Shape(&[
    ("Clusters", "Clusters", List(&Of(&DAX_CLUSTER))),
    ("NextToken", "NextToken", Text),
]);

static DAX_DESCRIBE_SUBNET_GROUPS_RESPONSE: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("SubnetGroups", "SubnetGroups", List(&Of(&DAX_SUBNET_GROUP))),
]);

static DAX_ENDPOINT: Shape = Shape(&[
    ("Address", "Address", Text),
    ("Port", "Port", Whole),
    ("URL", "URL", Text),
]);

static DAX_LIST_TAGS_RESPONSE: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("Tags", "Tags", List(&Of(&DAX_TAG))),
]);

static DAX_NODE: Shape = Shape(&[
    ("AvailabilityZone", "AvailabilityZone", Text),
    ("Endpoint", "Endpoint", Of(&DAX_ENDPOINT)),
    ("NodeCreateTime", "NodeCreateTime", Time),
    ("NodeId", "NodeId", Text),
    ("NodeStatus", "NodeStatus", Text),
    ("ParameterGroupStatus", "ParameterGroupStatus", Text),
]);

static DAX_NOTIFICATION_CONFIGURATION: Shape = Shape(&[
    ("TopicArn", "TopicArn", Text),
    ("TopicStatus", "TopicStatus", Text),
]);

static DAX_PARAMETER_GROUP_STATUS: Shape = Shape(&[
    ("NodeIdsToReboot", "NodeIdsToReboot", List(&Text)),
    ("ParameterApplyStatus", "ParameterApplyStatus", Text),
    ("ParameterGroupName", "ParameterGroupName", Text),
]);

static DAX_SSE_DESCRIPTION: Shape = Shape(&[
    ("Status", "Status", Text),
]);

static DAX_SECURITY_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("SecurityGroupIdentifier", "SecurityGroupIdentifier", Text),
    ("Status", "Status", Text),
]);

static DAX_SUBNET: Shape = Shape(&[
    ("SubnetAvailabilityZone", "SubnetAvailabilityZone", Text),
    ("SubnetIdentifier", "SubnetIdentifier", Text),
    ("SupportedNetworkTypes", "SupportedNetworkTypes", List(&Text)),
]);

static DAX_SUBNET_GROUP: Shape = Shape(&[
    ("Description", "Description", Text),
    ("SubnetGroupName", "SubnetGroupName", Text),
    ("Subnets", "Subnets", List(&Of(&DAX_SUBNET))),
    ("SupportedNetworkTypes", "SupportedNetworkTypes", List(&Text)),
    ("VpcId", "VpcId", Text),
]);

static DAX_TAG: Shape = Shape(&[
    ("Key", "Key", Text),
    ("Value", "Value", Text),
]);

static DMS_AVAILABILITY_ZONE: Shape = Shape(&[
    ("Name", "Name", Text),
]);

static DMS_DESCRIBE_ENDPOINTS_RESPONSE: Shape = Shape(&[
    ("Endpoints", "Endpoints", List(&Of(&DMS_ENDPOINT))),
    ("Marker", "Marker", Text),
]);

static DMS_DESCRIBE_REPLICATION_INSTANCES_RESPONSE: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("ReplicationInstances", "ReplicationInstances", List(&Of(&DMS_REPLICATION_INSTANCE))),
]);

static DMS_DESCRIBE_REPLICATION_TASKS_RESPONSE: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("ReplicationTasks", "ReplicationTasks", List(&Of(&DMS_REPLICATION_TASK))),
]);

static DMS_DMS_TRANSFER_SETTINGS: Shape = Shape(&[
    ("BucketName", "BucketName", Text),
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
]);

static DMS_DOC_DB_SETTINGS: Shape = Shape(&[
    ("DatabaseName", "DatabaseName", Text),
    ("DocsToInvestigate", "DocsToInvestigate", Whole),
    ("ExtractDocId", "ExtractDocId", Bool),
    ("KmsKeyId", "KmsKeyId", Text),
    ("NestingLevel", "NestingLevel", Text),
    ("Password", "Password", Text),
    ("Port", "Port", Whole),
    ("ReplicateShardCollections", "ReplicateShardCollections", Bool),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("ServerName", "ServerName", Text),
    ("UseUpdateLookUp", "UseUpdateLookUp", Bool),
    ("Username", "Username", Text),
]);

static DMS_DYNAMO_DB_SETTINGS: Shape = Shape(&[
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
]);

static DMS_ELASTICSEARCH_SETTINGS: Shape = Shape(&[
    ("EndpointUri", "EndpointUri", Text),
    ("ErrorRetryDuration", "ErrorRetryDuration", Whole),
    ("FullLoadErrorPercentage", "FullLoadErrorPercentage", Whole),
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
    ("UseNewMappingType", "UseNewMappingType", Bool),
]);

static DMS_ENDPOINT: Shape = Shape(&[
    ("CertificateArn", "CertificateArn", Text),
    ("DatabaseName", "DatabaseName", Text),
    ("DmsTransferSettings", "DmsTransferSettings", Of(&DMS_DMS_TRANSFER_SETTINGS)),
    ("DocDbSettings", "DocDbSettings", Of(&DMS_DOC_DB_SETTINGS)),
    ("DynamoDbSettings", "DynamoDbSettings", Of(&DMS_DYNAMO_DB_SETTINGS)),
    ("ElasticsearchSettings", "ElasticsearchSettings", Of(&DMS_ELASTICSEARCH_SETTINGS)),
    ("EndpointArn", "EndpointArn", Text),
    ("EndpointIdentifier", "EndpointIdentifier", Text),
    ("EndpointType", "EndpointType", Text),
    ("EngineDisplayName", "EngineDisplayName", Text),
    ("EngineName", "EngineName", Text),
    ("ExternalId", "ExternalId", Text),
    ("ExternalTableDefinition", "ExternalTableDefinition", Text),
    ("ExtraConnectionAttributes", "ExtraConnectionAttributes", Text),
    ("GcpMySQLSettings", "GcpMySQLSettings", Of(&DMS_GCP_MY_SQL_SETTINGS)),
    ("IBMDb2Settings", "IBMDb2Settings", Of(&DMS_IBM_DB2_SETTINGS)),
    ("IsReadOnly", "IsReadOnly", Bool),
    ("KafkaSettings", "KafkaSettings", Of(&DMS_KAFKA_SETTINGS)),
    ("KinesisSettings", "KinesisSettings", Of(&DMS_KINESIS_SETTINGS)),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LakehouseSettings", "LakehouseSettings", Of(&DMS_LAKEHOUSE_SETTINGS)),
    ("MicrosoftSQLServerSettings", "MicrosoftSQLServerSettings", Of(&DMS_MICROSOFT_SQL_SERVER_SETTINGS)),
    ("MongoDbSettings", "MongoDbSettings", Of(&DMS_MONGO_DB_SETTINGS)),
    ("MySQLSettings", "MySQLSettings", Of(&DMS_MY_SQL_SETTINGS)),
    ("NeptuneSettings", "NeptuneSettings", Of(&DMS_NEPTUNE_SETTINGS)),
    ("OracleSettings", "OracleSettings", Of(&DMS_ORACLE_SETTINGS)),
    ("Port", "Port", Whole),
    ("PostgreSQLSettings", "PostgreSQLSettings", Of(&DMS_POSTGRE_SQL_SETTINGS)),
    ("RedisSettings", "RedisSettings", Of(&DMS_REDIS_SETTINGS)),
    ("RedshiftSettings", "RedshiftSettings", Of(&DMS_REDSHIFT_SETTINGS)),
    ("S3Settings", "S3Settings", Of(&DMS_S3_SETTINGS)),
    ("ServerName", "ServerName", Text),
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
    ("SslMode", "SslMode", Text),
    ("Status", "Status", Text),
    ("SybaseSettings", "SybaseSettings", Of(&DMS_SYBASE_SETTINGS)),
    ("TimestreamSettings", "TimestreamSettings", Of(&DMS_TIMESTREAM_SETTINGS)),
    ("Username", "Username", Text),
]);

static DMS_GCP_MY_SQL_SETTINGS: Shape = Shape(&[
    ("AfterConnectScript", "AfterConnectScript", Text),
    ("CleanSourceMetadataOnMismatch", "CleanSourceMetadataOnMismatch", Bool),
    ("DatabaseName", "DatabaseName", Text),
    ("EventsPollInterval", "EventsPollInterval", Whole),
    ("MaxFileSize", "MaxFileSize", Whole),
    ("ParallelLoadThreads", "ParallelLoadThreads", Whole),
    ("Password", "Password", Text),
    ("Port", "Port", Whole),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("ServerName", "ServerName", Text),
    ("ServerTimezone", "ServerTimezone", Text),
    ("TargetDbType", "TargetDbType", Text),
    ("Username", "Username", Text),
]);

static DMS_IBM_DB2_SETTINGS: Shape = Shape(&[
    ("CurrentLsn", "CurrentLsn", Text),
    ("DatabaseName", "DatabaseName", Text),
    ("KeepCsvFiles", "KeepCsvFiles", Bool),
    ("LoadTimeout", "LoadTimeout", Whole),
    ("MaxFileSize", "MaxFileSize", Whole),
    ("MaxKBytesPerRead", "MaxKBytesPerRead", Whole),
    ("Password", "Password", Text),
    ("Port", "Port", Whole),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("ServerName", "ServerName", Text),
    ("SetDataCaptureChanges", "SetDataCaptureChanges", Bool),
    ("Username", "Username", Text),
    ("WriteBufferSize", "WriteBufferSize", Whole),
]);

static DMS_KAFKA_SETTINGS: Shape = Shape(&[
    ("Broker", "Broker", Text),
    ("IncludeControlDetails", "IncludeControlDetails", Bool),
    ("IncludeNullAndEmpty", "IncludeNullAndEmpty", Bool),
    ("IncludePartitionValue", "IncludePartitionValue", Bool),
    ("IncludeTableAlterOperations", "IncludeTableAlterOperations", Bool),
    ("IncludeTransactionDetails", "IncludeTransactionDetails", Bool),
    ("MessageFormat", "MessageFormat", Text),
    ("MessageMaxBytes", "MessageMaxBytes", Whole),
    ("NoHexPrefix", "NoHexPrefix", Bool),
    ("PartitionIncludeSchemaTable", "PartitionIncludeSchemaTable", Bool),
    ("SaslMechanism", "SaslMechanism", Text),
    ("SaslPassword", "SaslPassword", Text),
    ("SaslUsername", "SaslUsername", Text),
    ("SecurityProtocol", "SecurityProtocol", Text),
    ("SslCaCertificateArn", "SslCaCertificateArn", Text),
    ("SslClientCertificateArn", "SslClientCertificateArn", Text),
    ("SslClientKeyArn", "SslClientKeyArn", Text),
    ("SslClientKeyPassword", "SslClientKeyPassword", Text),
    ("SslEndpointIdentificationAlgorithm", "SslEndpointIdentificationAlgorithm", Text),
    ("Topic", "Topic", Text),
    ("UseLargeIntegerValue", "UseLargeIntegerValue", Bool),
]);

static DMS_KERBEROS_AUTHENTICATION_SETTINGS: Shape = Shape(&[
    ("KeyCacheSecretIamArn", "KeyCacheSecretIamArn", Text),
    ("KeyCacheSecretId", "KeyCacheSecretId", Text),
    ("Krb5FileContents", "Krb5FileContents", Text),
]);

static DMS_KINESIS_SETTINGS: Shape = Shape(&[
    ("IncludeControlDetails", "IncludeControlDetails", Bool),
    ("IncludeNullAndEmpty", "IncludeNullAndEmpty", Bool),
    ("IncludePartitionValue", "IncludePartitionValue", Bool),
    ("IncludeTableAlterOperations", "IncludeTableAlterOperations", Bool),
    ("IncludeTransactionDetails", "IncludeTransactionDetails", Bool),
    ("MessageFormat", "MessageFormat", Text),
    ("NoHexPrefix", "NoHexPrefix", Bool),
    ("PartitionIncludeSchemaTable", "PartitionIncludeSchemaTable", Bool),
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
    ("StreamArn", "StreamArn", Text),
    ("UseLargeIntegerValue", "UseLargeIntegerValue", Bool),
]);

static DMS_LAKEHOUSE_SETTINGS: Shape = Shape(&[
    ("Arn", "Arn", Text),
]);

static DMS_MICROSOFT_SQL_SERVER_SETTINGS: Shape = Shape(&[
    ("AuthenticationMethod", "AuthenticationMethod", Text),
    ("BcpPacketSize", "BcpPacketSize", Whole),
    ("ControlTablesFileGroup", "ControlTablesFileGroup", Text),
    ("DatabaseName", "DatabaseName", Text),
    ("ForceLobLookup", "ForceLobLookup", Bool),
    ("Password", "Password", Text),
    ("Port", "Port", Whole),
    ("QuerySingleAlwaysOnNode", "QuerySingleAlwaysOnNode", Bool),
    ("ReadBackupOnly", "ReadBackupOnly", Bool),
    ("SafeguardPolicy", "SafeguardPolicy", Text),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("ServerName", "ServerName", Text),
    ("TlogAccessMode", "TlogAccessMode", Text),
    ("TrimSpaceInChar", "TrimSpaceInChar", Bool),
    ("UseBcpFullLoad", "UseBcpFullLoad", Bool),
    ("UseThirdPartyBackupDevice", "UseThirdPartyBackupDevice", Bool),
    ("Username", "Username", Text),
]);

static DMS_MONGO_DB_SETTINGS: Shape = Shape(&[
    ("AuthMechanism", "AuthMechanism", Text),
    ("AuthSource", "AuthSource", Text),
    ("AuthType", "AuthType", Text),
    ("DatabaseName", "DatabaseName", Text),
    ("DocsToInvestigate", "DocsToInvestigate", Text),
    ("ExtractDocId", "ExtractDocId", Text),
    ("KmsKeyId", "KmsKeyId", Text),
    ("NestingLevel", "NestingLevel", Text),
    ("Password", "Password", Text),
    ("Port", "Port", Whole),
    ("ReplicateShardCollections", "ReplicateShardCollections", Bool),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("ServerName", "ServerName", Text),
    ("UseUpdateLookUp", "UseUpdateLookUp", Bool),
    ("Username", "Username", Text),
]);

static DMS_MY_SQL_SETTINGS: Shape = Shape(&[
    ("AfterConnectScript", "AfterConnectScript", Text),
    ("AuthenticationMethod", "AuthenticationMethod", Text),
    ("CleanSourceMetadataOnMismatch", "CleanSourceMetadataOnMismatch", Bool),
    ("DatabaseName", "DatabaseName", Text),
    ("EventsPollInterval", "EventsPollInterval", Whole),
    ("ExecuteTimeout", "ExecuteTimeout", Whole),
    ("MaxFileSize", "MaxFileSize", Whole),
    ("ParallelLoadThreads", "ParallelLoadThreads", Whole),
    ("Password", "Password", Text),
    ("Port", "Port", Whole),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("ServerName", "ServerName", Text),
    ("ServerTimezone", "ServerTimezone", Text),
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
    ("TargetDbType", "TargetDbType", Text),
    ("Username", "Username", Text),
]);

static DMS_NEPTUNE_SETTINGS: Shape = Shape(&[
    ("ErrorRetryDuration", "ErrorRetryDuration", Whole),
    ("IamAuthEnabled", "IamAuthEnabled", Bool),
    ("MaxFileSize", "MaxFileSize", Whole),
    ("MaxRetryCount", "MaxRetryCount", Whole),
    ("S3BucketFolder", "S3BucketFolder", Text),
    ("S3BucketName", "S3BucketName", Text),
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
]);

static DMS_ORACLE_SETTINGS: Shape = Shape(&[
    ("AccessAlternateDirectly", "AccessAlternateDirectly", Bool),
    ("AddSupplementalLogging", "AddSupplementalLogging", Bool),
    ("AdditionalArchivedLogDestId", "AdditionalArchivedLogDestId", Whole),
    ("AllowSelectNestedTables", "AllowSelectNestedTables", Bool),
    ("ArchivedLogDestId", "ArchivedLogDestId", Whole),
    ("ArchivedLogsOnly", "ArchivedLogsOnly", Bool),
    ("AsmPassword", "AsmPassword", Text),
    ("AsmServer", "AsmServer", Text),
    ("AsmUser", "AsmUser", Text),
    ("AuthenticationMethod", "AuthenticationMethod", Text),
    ("CharLengthSemantics", "CharLengthSemantics", Text),
    ("ConvertTimestampWithZoneToUTC", "ConvertTimestampWithZoneToUTC", Bool),
    ("DatabaseName", "DatabaseName", Text),
    ("DirectPathNoLog", "DirectPathNoLog", Bool),
    ("DirectPathParallelLoad", "DirectPathParallelLoad", Bool),
    ("EnableHomogenousTablespace", "EnableHomogenousTablespace", Bool),
    ("ExtraArchivedLogDestIds", "ExtraArchivedLogDestIds", List(&Whole)),
    ("FailTasksOnLobTruncation", "FailTasksOnLobTruncation", Bool),
    ("NumberDatatypeScale", "NumberDatatypeScale", Whole),
    ("OpenTransactionWindow", "OpenTransactionWindow", Whole),
    ("OraclePathPrefix", "OraclePathPrefix", Text),
    ("ParallelAsmReadThreads", "ParallelAsmReadThreads", Whole),
    ("Password", "Password", Text),
    ("Port", "Port", Whole),
    ("ReadAheadBlocks", "ReadAheadBlocks", Whole),
    ("ReadTableSpaceName", "ReadTableSpaceName", Bool),
    ("ReplacePathPrefix", "ReplacePathPrefix", Bool),
    ("RetryInterval", "RetryInterval", Whole),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerOracleAsmAccessRoleArn", "SecretsManagerOracleAsmAccessRoleArn", Text),
    ("SecretsManagerOracleAsmSecretId", "SecretsManagerOracleAsmSecretId", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("SecurityDbEncryption", "SecurityDbEncryption", Text),
    ("SecurityDbEncryptionName", "SecurityDbEncryptionName", Text),
    ("ServerName", "ServerName", Text),
    ("SpatialDataOptionToGeoJsonFunctionName", "SpatialDataOptionToGeoJsonFunctionName", Text),
    ("StandbyDelayTime", "StandbyDelayTime", Whole),
    ("TrimSpaceInChar", "TrimSpaceInChar", Bool),
    ("UseAlternateFolderForOnline", "UseAlternateFolderForOnline", Bool),
    ("UseBFile", "UseBFile", Bool),
    ("UseDirectPathFullLoad", "UseDirectPathFullLoad", Bool),
    ("UseLogminerReader", "UseLogminerReader", Bool),
    ("UsePathPrefix", "UsePathPrefix", Text),
    ("Username", "Username", Text),
]);

static DMS_POSTGRE_SQL_SETTINGS: Shape = Shape(&[
    ("AfterConnectScript", "AfterConnectScript", Text),
    ("AuthenticationMethod", "AuthenticationMethod", Text),
    ("BabelfishDatabaseName", "BabelfishDatabaseName", Text),
    ("CaptureDdls", "CaptureDdls", Bool),
    ("DatabaseMode", "DatabaseMode", Text),
    ("DatabaseName", "DatabaseName", Text),
    ("DdlArtifactsSchema", "DdlArtifactsSchema", Text),
    ("DisableUnicodeSourceFilter", "DisableUnicodeSourceFilter", Bool),
    ("ExecuteTimeout", "ExecuteTimeout", Whole),
    ("FailTasksOnLobTruncation", "FailTasksOnLobTruncation", Bool),
    ("HeartbeatEnable", "HeartbeatEnable", Bool),
    ("HeartbeatFrequency", "HeartbeatFrequency", Whole),
    ("HeartbeatSchema", "HeartbeatSchema", Text),
    ("MapBooleanAsBoolean", "MapBooleanAsBoolean", Bool),
    ("MapJsonbAsClob", "MapJsonbAsClob", Bool),
    ("MapLongVarcharAs", "MapLongVarcharAs", Text),
    ("MaxFileSize", "MaxFileSize", Whole),
    ("Password", "Password", Text),
    ("PluginName", "PluginName", Text),
    ("Port", "Port", Whole),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("ServerName", "ServerName", Text),
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
    ("SlotName", "SlotName", Text),
    ("TrimSpaceInChar", "TrimSpaceInChar", Bool),
    ("Username", "Username", Text),
]);

static DMS_REDIS_SETTINGS: Shape = Shape(&[
    ("AuthPassword", "AuthPassword", Text),
    ("AuthType", "AuthType", Text),
    ("AuthUserName", "AuthUserName", Text),
    ("Port", "Port", Whole),
    ("ServerName", "ServerName", Text),
    ("SslCaCertificateArn", "SslCaCertificateArn", Text),
    ("SslSecurityProtocol", "SslSecurityProtocol", Text),
]);

static DMS_REDSHIFT_SETTINGS: Shape = Shape(&[
    ("AcceptAnyDate", "AcceptAnyDate", Bool),
    ("AfterConnectScript", "AfterConnectScript", Text),
    ("BucketFolder", "BucketFolder", Text),
    ("BucketName", "BucketName", Text),
    ("CaseSensitiveNames", "CaseSensitiveNames", Bool),
    ("CompUpdate", "CompUpdate", Bool),
    ("ConnectionTimeout", "ConnectionTimeout", Whole),
    ("DatabaseName", "DatabaseName", Text),
    ("DateFormat", "DateFormat", Text),
    ("EmptyAsNull", "EmptyAsNull", Bool),
    ("EncryptionMode", "EncryptionMode", Text),
    ("ExplicitIds", "ExplicitIds", Bool),
    ("FileTransferUploadStreams", "FileTransferUploadStreams", Whole),
    ("LoadTimeout", "LoadTimeout", Whole),
    ("MapBooleanAsBoolean", "MapBooleanAsBoolean", Bool),
    ("MaxFileSize", "MaxFileSize", Whole),
    ("Password", "Password", Text),
    ("Port", "Port", Whole),
    ("RemoveQuotes", "RemoveQuotes", Bool),
    ("ReplaceChars", "ReplaceChars", Text),
    ("ReplaceInvalidChars", "ReplaceInvalidChars", Text),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("ServerName", "ServerName", Text),
    ("ServerSideEncryptionKmsKeyId", "ServerSideEncryptionKmsKeyId", Text),
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
    ("TimeFormat", "TimeFormat", Text),
    ("TrimBlanks", "TrimBlanks", Bool),
    ("TruncateColumns", "TruncateColumns", Bool),
    ("Username", "Username", Text),
    ("WriteBufferSize", "WriteBufferSize", Whole),
]);

static DMS_REPLICATION_INSTANCE: Shape = Shape(&[
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade", Bool),
    ("AvailabilityZone", "AvailabilityZone", Text),
    ("DnsNameServers", "DnsNameServers", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("FreeUntil", "FreeUntil", Time),
    ("InstanceCreateTime", "InstanceCreateTime", Time),
    ("KerberosAuthenticationSettings", "KerberosAuthenticationSettings", Of(&DMS_KERBEROS_AUTHENTICATION_SETTINGS)),
    ("KmsKeyId", "KmsKeyId", Text),
    ("MultiAZ", "MultiAZ", Bool),
    ("NetworkType", "NetworkType", Text),
    ("PendingModifiedValues", "PendingModifiedValues", Of(&DMS_REPLICATION_PENDING_MODIFIED_VALUES)),
    ("PreferredMaintenanceWindow", "PreferredMaintenanceWindow", Text),
    ("PubliclyAccessible", "PubliclyAccessible", Bool),
    ("ReplicationInstanceArn", "ReplicationInstanceArn", Text),
    ("ReplicationInstanceClass", "ReplicationInstanceClass", Text),
    ("ReplicationInstanceIdentifier", "ReplicationInstanceIdentifier", Text),
    ("ReplicationInstanceIpv6Addresses", "ReplicationInstanceIpv6Addresses", List(&Text)),
    ("ReplicationInstancePrivateIpAddress", "ReplicationInstancePrivateIpAddress", Text),
    ("ReplicationInstancePrivateIpAddresses", "ReplicationInstancePrivateIpAddresses", List(&Text)),
    ("ReplicationInstancePublicIpAddress", "ReplicationInstancePublicIpAddress", Text),
    ("ReplicationInstancePublicIpAddresses", "ReplicationInstancePublicIpAddresses", List(&Text)),
    ("ReplicationInstanceStatus", "ReplicationInstanceStatus", Text),
    ("ReplicationSubnetGroup", "ReplicationSubnetGroup", Of(&DMS_REPLICATION_SUBNET_GROUP)),
    ("SecondaryAvailabilityZone", "SecondaryAvailabilityZone", Text),
    ("VpcSecurityGroups", "VpcSecurityGroups", List(&Of(&DMS_VPC_SECURITY_GROUP_MEMBERSHIP))),
]);

static DMS_REPLICATION_PENDING_MODIFIED_VALUES: Shape = Shape(&[
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("EngineVersion", "EngineVersion", Text),
    ("MultiAZ", "MultiAZ", Bool),
    ("NetworkType", "NetworkType", Text),
    ("ReplicationInstanceClass", "ReplicationInstanceClass", Text),
]);

static DMS_REPLICATION_SUBNET_GROUP: Shape = Shape(&[
    ("IsReadOnly", "IsReadOnly", Bool),
    ("ReplicationSubnetGroupDescription", "ReplicationSubnetGroupDescription", Text),
    ("ReplicationSubnetGroupIdentifier", "ReplicationSubnetGroupIdentifier", Text),
    ("SubnetGroupStatus", "SubnetGroupStatus", Text),
    ("Subnets", "Subnets", List(&Of(&DMS_SUBNET))),
    ("SupportedNetworkTypes", "SupportedNetworkTypes", List(&Text)),
    ("VpcId", "VpcId", Text),
]);

static DMS_REPLICATION_TASK: Shape = Shape(&[
    ("CdcStartPosition", "CdcStartPosition", Text),
    ("CdcStopPosition", "CdcStopPosition", Text),
    ("LastFailureMessage", "LastFailureMessage", Text),
    ("MigrationType", "MigrationType", Text),
    ("RecoveryCheckpoint", "RecoveryCheckpoint", Text),
    ("ReplicationInstanceArn", "ReplicationInstanceArn", Text),
    ("ReplicationTaskArn", "ReplicationTaskArn", Text),
    ("ReplicationTaskCreationDate", "ReplicationTaskCreationDate", Time),
    ("ReplicationTaskIdentifier", "ReplicationTaskIdentifier", Text),
    ("ReplicationTaskSettings", "ReplicationTaskSettings", Text),
    ("ReplicationTaskStartDate", "ReplicationTaskStartDate", Time),
    ("ReplicationTaskStats", "ReplicationTaskStats", Of(&DMS_REPLICATION_TASK_STATS)),
    ("SourceEndpointArn", "SourceEndpointArn", Text),
    ("Status", "Status", Text),
    ("StopReason", "StopReason", Text),
    ("TableMappings", "TableMappings", Text),
    ("TargetEndpointArn", "TargetEndpointArn", Text),
    ("TargetReplicationInstanceArn", "TargetReplicationInstanceArn", Text),
    ("TaskData", "TaskData", Text),
]);

static DMS_REPLICATION_TASK_STATS: Shape = Shape(&[
    ("ElapsedTimeMillis", "ElapsedTimeMillis", Whole),
    ("FreshStartDate", "FreshStartDate", Time),
    ("FullLoadFinishDate", "FullLoadFinishDate", Time),
    ("FullLoadProgressPercent", "FullLoadProgressPercent", Whole),
    ("FullLoadStartDate", "FullLoadStartDate", Time),
    ("StartDate", "StartDate", Time),
    ("StopDate", "StopDate", Time),
    ("TablesErrored", "TablesErrored", Whole),
    ("TablesLoaded", "TablesLoaded", Whole),
    ("TablesLoading", "TablesLoading", Whole),
    ("TablesQueued", "TablesQueued", Whole),
]);

static DMS_S3_SETTINGS: Shape = Shape(&[
    ("AddColumnName", "AddColumnName", Bool),
    ("AddTrailingPaddingCharacter", "AddTrailingPaddingCharacter", Bool),
    ("BucketFolder", "BucketFolder", Text),
    ("BucketName", "BucketName", Text),
    ("CannedAclForObjects", "CannedAclForObjects", Text),
    ("CdcInsertsAndUpdates", "CdcInsertsAndUpdates", Bool),
    ("CdcInsertsOnly", "CdcInsertsOnly", Bool),
    ("CdcMaxBatchInterval", "CdcMaxBatchInterval", Whole),
    ("CdcMinFileSize", "CdcMinFileSize", Whole),
    ("CdcPath", "CdcPath", Text),
    ("CompressionType", "CompressionType", Text),
    ("CsvDelimiter", "CsvDelimiter", Text),
    ("CsvNoSupValue", "CsvNoSupValue", Text),
    ("CsvNullValue", "CsvNullValue", Text),
    ("CsvRowDelimiter", "CsvRowDelimiter", Text),
    ("DataFormat", "DataFormat", Text),
    ("DataPageSize", "DataPageSize", Whole),
    ("DatePartitionDelimiter", "DatePartitionDelimiter", Text),
    ("DatePartitionEnabled", "DatePartitionEnabled", Bool),
    ("DatePartitionSequence", "DatePartitionSequence", Text),
    ("DatePartitionTimezone", "DatePartitionTimezone", Text),
    ("DictPageSizeLimit", "DictPageSizeLimit", Whole),
    ("EnableStatistics", "EnableStatistics", Bool),
    ("EncodingType", "EncodingType", Text),
    ("EncryptionMode", "EncryptionMode", Text),
    ("ExpectedBucketOwner", "ExpectedBucketOwner", Text),
    ("ExternalTableDefinition", "ExternalTableDefinition", Text),
    ("GlueCatalogGeneration", "GlueCatalogGeneration", Bool),
    ("IgnoreHeaderRows", "IgnoreHeaderRows", Whole),
    ("IncludeOpForFullLoad", "IncludeOpForFullLoad", Bool),
    ("MaxFileSize", "MaxFileSize", Whole),
    ("ParquetTimestampInMillisecond", "ParquetTimestampInMillisecond", Bool),
    ("ParquetVersion", "ParquetVersion", Text),
    ("PreserveTransactions", "PreserveTransactions", Bool),
    ("Rfc4180", "Rfc4180", Bool),
    ("RowGroupLength", "RowGroupLength", Whole),
    ("ServerSideEncryptionKmsKeyId", "ServerSideEncryptionKmsKeyId", Text),
    ("ServiceAccessRoleArn", "ServiceAccessRoleArn", Text),
    ("TimestampColumnName", "TimestampColumnName", Text),
    ("UseCsvNoSupValue", "UseCsvNoSupValue", Bool),
    ("UseTaskStartTimeForFullLoadTimestamp", "UseTaskStartTimeForFullLoadTimestamp", Bool),
]);

static DMS_SUBNET: Shape = Shape(&[
    ("SubnetAvailabilityZone", "SubnetAvailabilityZone", Of(&DMS_AVAILABILITY_ZONE)),
    ("SubnetIdentifier", "SubnetIdentifier", Text),
    ("SubnetStatus", "SubnetStatus", Text),
]);

static DMS_SYBASE_SETTINGS: Shape = Shape(&[
    ("DatabaseName", "DatabaseName", Text),
    ("Password", "Password", Text),
    ("Port", "Port", Whole),
    ("SecretsManagerAccessRoleArn", "SecretsManagerAccessRoleArn", Text),
    ("SecretsManagerSecretId", "SecretsManagerSecretId", Text),
    ("ServerName", "ServerName", Text),
    ("Username", "Username", Text),
]);

static DMS_TIMESTREAM_SETTINGS: Shape = Shape(&[
    ("CdcInsertsAndUpdates", "CdcInsertsAndUpdates", Bool),
    ("DatabaseName", "DatabaseName", Text),
    ("EnableMagneticStoreWrites", "EnableMagneticStoreWrites", Bool),
    ("MagneticDuration", "MagneticDuration", Whole),
    ("MemoryDuration", "MemoryDuration", Whole),
]);

static DMS_VPC_SECURITY_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("Status", "Status", Text),
    ("VpcSecurityGroupId", "VpcSecurityGroupId", Text),
]);

static DYNAMODB_ARCHIVAL_SUMMARY: Shape = Shape(&[
    ("ArchivalBackupArn", "ArchivalBackupArn", Text),
    ("ArchivalDateTime", "ArchivalDateTime", Time),
    ("ArchivalReason", "ArchivalReason", Text),
]);

static DYNAMODB_ATTRIBUTE_DEFINITION: Shape = Shape(&[
    ("AttributeName", "AttributeName", Text),
    ("AttributeType", "AttributeType", Text),
]);

static DYNAMODB_BILLING_MODE_SUMMARY: Shape = Shape(&[
    ("BillingMode", "BillingMode", Text),
    ("LastUpdateToPayPerRequestDateTime", "LastUpdateToPayPerRequestDateTime", Time),
]);

static DYNAMODB_CONTINUOUS_BACKUPS_DESCRIPTION: Shape = Shape(&[
    ("ContinuousBackupsStatus", "ContinuousBackupsStatus", Text),
    ("PointInTimeRecoveryDescription", "PointInTimeRecoveryDescription", Of(&DYNAMODB_POINT_IN_TIME_RECOVERY_DESCRIPTION)),
]);

static DYNAMODB_DESCRIBE_CONTINUOUS_BACKUPS_OUTPUT: Shape = Shape(&[
    ("ContinuousBackupsDescription", "ContinuousBackupsDescription", Of(&DYNAMODB_CONTINUOUS_BACKUPS_DESCRIPTION)),
]);

static DYNAMODB_DESCRIBE_TABLE_OUTPUT: Shape = Shape(&[
    ("Table", "Table", Of(&DYNAMODB_TABLE_DESCRIPTION)),
]);

static DYNAMODB_GET_RESOURCE_POLICY_OUTPUT: Shape = Shape(&[
    ("Policy", "Policy", Text),
    ("RevisionId", "RevisionId", Text),
]);

static DYNAMODB_GLOBAL_SECONDARY_INDEX_DESCRIPTION: Shape = Shape(&[
    ("Backfilling", "Backfilling", Bool),
    ("IndexArn", "IndexArn", Text),
    ("IndexName", "IndexName", Text),
    ("IndexSizeBytes", "IndexSizeBytes", Whole),
    ("IndexStatus", "IndexStatus", Text),
    ("ItemCount", "ItemCount", Whole),
    ("KeySchema", "KeySchema", List(&Of(&DYNAMODB_KEY_SCHEMA_ELEMENT))),
    ("OnDemandThroughput", "OnDemandThroughput", Of(&DYNAMODB_ON_DEMAND_THROUGHPUT)),
    ("Projection", "Projection", Of(&DYNAMODB_PROJECTION)),
    ("ProvisionedThroughput", "ProvisionedThroughput", Of(&DYNAMODB_PROVISIONED_THROUGHPUT_DESCRIPTION)),
    ("WarmThroughput", "WarmThroughput", Of(&DYNAMODB_GLOBAL_SECONDARY_INDEX_WARM_THROUGHPUT_DESCRIPTION)),
]);

static DYNAMODB_GLOBAL_SECONDARY_INDEX_WARM_THROUGHPUT_DESCRIPTION: Shape = Shape(&[
    ("ReadUnitsPerSecond", "ReadUnitsPerSecond", Whole),
    ("Status", "Status", Text),
    ("WriteUnitsPerSecond", "WriteUnitsPerSecond", Whole),
]);

static DYNAMODB_GLOBAL_TABLE_WITNESS_DESCRIPTION: Shape = Shape(&[
    ("RegionName", "RegionName", Text),
    ("WitnessStatus", "WitnessStatus", Text),
]);

static DYNAMODB_KEY_SCHEMA_ELEMENT: Shape = Shape(&[
    ("AttributeName", "AttributeName", Text),
    ("KeyType", "KeyType", Text),
]);

static DYNAMODB_LIST_TABLES_OUTPUT: Shape = Shape(&[
    ("LastEvaluatedTableName", "LastEvaluatedTableName", Text),
    ("TableNames", "TableNames", List(&Text)),
]);

static DYNAMODB_LIST_TAGS_OF_RESOURCE_OUTPUT: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("Tags", "Tags", List(&Of(&DYNAMODB_TAG))),
]);

static DYNAMODB_LOCAL_SECONDARY_INDEX_DESCRIPTION: Shape = Shape(&[
    ("IndexArn", "IndexArn", Text),
    ("IndexName", "IndexName", Text),
    ("IndexSizeBytes", "IndexSizeBytes", Whole),
    ("ItemCount", "ItemCount", Whole),
    ("KeySchema", "KeySchema", List(&Of(&DYNAMODB_KEY_SCHEMA_ELEMENT))),
    ("Projection", "Projection", Of(&DYNAMODB_PROJECTION)),
]);

static DYNAMODB_ON_DEMAND_THROUGHPUT: Shape = Shape(&[
    ("MaxReadRequestUnits", "MaxReadRequestUnits", Whole),
    ("MaxWriteRequestUnits", "MaxWriteRequestUnits", Whole),
]);

static DYNAMODB_ON_DEMAND_THROUGHPUT_OVERRIDE: Shape = Shape(&[
    ("MaxReadRequestUnits", "MaxReadRequestUnits", Whole),
]);

static DYNAMODB_POINT_IN_TIME_RECOVERY_DESCRIPTION: Shape = Shape(&[
    ("EarliestRestorableDateTime", "EarliestRestorableDateTime", Time),
    ("LatestRestorableDateTime", "LatestRestorableDateTime", Time),
    ("PointInTimeRecoveryStatus", "PointInTimeRecoveryStatus", Text),
    ("RecoveryPeriodInDays", "RecoveryPeriodInDays", Whole),
]);

static DYNAMODB_PROJECTION: Shape = Shape(&[
    ("NonKeyAttributes", "NonKeyAttributes", List(&Text)),
    ("ProjectionType", "ProjectionType", Text),
]);

static DYNAMODB_PROVISIONED_THROUGHPUT_DESCRIPTION: Shape = Shape(&[
    ("LastDecreaseDateTime", "LastDecreaseDateTime", Time),
    ("LastIncreaseDateTime", "LastIncreaseDateTime", Time),
    ("NumberOfDecreasesToday", "NumberOfDecreasesToday", Whole),
    ("ReadCapacityUnits", "ReadCapacityUnits", Whole),
    ("WriteCapacityUnits", "WriteCapacityUnits", Whole),
]);

static DYNAMODB_PROVISIONED_THROUGHPUT_OVERRIDE: Shape = Shape(&[
    ("ReadCapacityUnits", "ReadCapacityUnits", Whole),
]);

static DYNAMODB_REPLICA_DESCRIPTION: Shape = Shape(&[
    ("GlobalSecondaryIndexes", "GlobalSecondaryIndexes", List(&Of(&DYNAMODB_REPLICA_GLOBAL_SECONDARY_INDEX_DESCRIPTION))),
    ("GlobalTableSettingsReplicationMode", "GlobalTableSettingsReplicationMode", Text),
    ("KMSMasterKeyId", "KMSMasterKeyId", Text),
    ("OnDemandThroughputOverride", "OnDemandThroughputOverride", Of(&DYNAMODB_ON_DEMAND_THROUGHPUT_OVERRIDE)),
    ("ProvisionedThroughputOverride", "ProvisionedThroughputOverride", Of(&DYNAMODB_PROVISIONED_THROUGHPUT_OVERRIDE)),
    ("RegionName", "RegionName", Text),
    ("ReplicaArn", "ReplicaArn", Text),
    ("ReplicaInaccessibleDateTime", "ReplicaInaccessibleDateTime", Time),
    ("ReplicaStatus", "ReplicaStatus", Text),
    ("ReplicaStatusDescription", "ReplicaStatusDescription", Text),
    ("ReplicaStatusPercentProgress", "ReplicaStatusPercentProgress", Text),
    ("ReplicaTableClassSummary", "ReplicaTableClassSummary", Of(&DYNAMODB_TABLE_CLASS_SUMMARY)),
    ("WarmThroughput", "WarmThroughput", Of(&DYNAMODB_TABLE_WARM_THROUGHPUT_DESCRIPTION)),
]);

static DYNAMODB_REPLICA_GLOBAL_SECONDARY_INDEX_DESCRIPTION: Shape = Shape(&[
    ("IndexName", "IndexName", Text),
    ("OnDemandThroughputOverride", "OnDemandThroughputOverride", Of(&DYNAMODB_ON_DEMAND_THROUGHPUT_OVERRIDE)),
    ("ProvisionedThroughputOverride", "ProvisionedThroughputOverride", Of(&DYNAMODB_PROVISIONED_THROUGHPUT_OVERRIDE)),
    ("WarmThroughput", "WarmThroughput", Of(&DYNAMODB_GLOBAL_SECONDARY_INDEX_WARM_THROUGHPUT_DESCRIPTION)),
]);

static DYNAMODB_RESTORE_SUMMARY: Shape = Shape(&[
    ("RestoreDateTime", "RestoreDateTime", Time),
    ("RestoreInProgress", "RestoreInProgress", Bool),
    ("SourceBackupArn", "SourceBackupArn", Text),
    ("SourceTableArn", "SourceTableArn", Text),
]);

static DYNAMODB_SSE_DESCRIPTION: Shape = Shape(&[
    ("InaccessibleEncryptionDateTime", "InaccessibleEncryptionDateTime", Time),
    ("KMSMasterKeyArn", "KMSMasterKeyArn", Text),
    ("SSEType", "SSEType", Text),
    ("Status", "Status", Text),
]);

static DYNAMODB_SEARCH_SCHEMA_ELEMENT: Shape = Shape(&[
    ("AttributeName", "AttributeName", Text),
    ("SearchSchemaElementType", "SearchSchemaElementType", Text),
]);

static DYNAMODB_STREAM_SPECIFICATION: Shape = Shape(&[
    ("StreamEnabled", "StreamEnabled", Bool),
    ("StreamViewType", "StreamViewType", Text),
]);

static DYNAMODB_TABLE_CLASS_SUMMARY: Shape = Shape(&[
    ("LastUpdateDateTime", "LastUpdateDateTime", Time),
    ("TableClass", "TableClass", Text),
]);

static DYNAMODB_TABLE_DESCRIPTION: Shape = Shape(&[
    ("ArchivalSummary", "ArchivalSummary", Of(&DYNAMODB_ARCHIVAL_SUMMARY)),
    ("AttributeDefinitions", "AttributeDefinitions", List(&Of(&DYNAMODB_ATTRIBUTE_DEFINITION))),
    ("BillingModeSummary", "BillingModeSummary", Of(&DYNAMODB_BILLING_MODE_SUMMARY)),
    ("CreationDateTime", "CreationDateTime", Time),
    ("DeletionProtectionEnabled", "DeletionProtectionEnabled", Bool),
    ("DisassociationProtectionEnabled", "DisassociationProtectionEnabled", Bool),
    ("GlobalSecondaryIndexes", "GlobalSecondaryIndexes", List(&Of(&DYNAMODB_GLOBAL_SECONDARY_INDEX_DESCRIPTION))),
    ("GlobalTableSettingsReplicationMode", "GlobalTableSettingsReplicationMode", Text),
    ("GlobalTableVersion", "GlobalTableVersion", Text),
    ("GlobalTableWitnesses", "GlobalTableWitnesses", List(&Of(&DYNAMODB_GLOBAL_TABLE_WITNESS_DESCRIPTION))),
    ("ItemCount", "ItemCount", Whole),
    ("KeySchema", "KeySchema", List(&Of(&DYNAMODB_KEY_SCHEMA_ELEMENT))),
    ("LatestStreamArn", "LatestStreamArn", Text),
    ("LatestStreamLabel", "LatestStreamLabel", Text),
    ("LocalSecondaryIndexes", "LocalSecondaryIndexes", List(&Of(&DYNAMODB_LOCAL_SECONDARY_INDEX_DESCRIPTION))),
    ("MultiRegionConsistency", "MultiRegionConsistency", Text),
    ("OnDemandThroughput", "OnDemandThroughput", Of(&DYNAMODB_ON_DEMAND_THROUGHPUT)),
    ("ProvisionedThroughput", "ProvisionedThroughput", Of(&DYNAMODB_PROVISIONED_THROUGHPUT_DESCRIPTION)),
    ("Replicas", "Replicas", List(&Of(&DYNAMODB_REPLICA_DESCRIPTION))),
    ("RestoreSummary", "RestoreSummary", Of(&DYNAMODB_RESTORE_SUMMARY)),
    ("SSEDescription", "SSEDescription", Of(&DYNAMODB_SSE_DESCRIPTION)),
    ("StreamSpecification", "StreamSpecification", Of(&DYNAMODB_STREAM_SPECIFICATION)),
    ("TableArn", "TableArn", Text),
    ("TableClassSummary", "TableClassSummary", Of(&DYNAMODB_TABLE_CLASS_SUMMARY)),
    ("TableId", "TableId", Text),
    ("TableName", "TableName", Text),
    ("TableSizeBytes", "TableSizeBytes", Whole),
    ("TableStatus", "TableStatus", Text),
    ("VectorIndexes", "VectorIndexes", List(&Of(&DYNAMODB_VECTOR_INDEX_DESCRIPTION))),
    ("WarmThroughput", "WarmThroughput", Of(&DYNAMODB_TABLE_WARM_THROUGHPUT_DESCRIPTION)),
]);

static DYNAMODB_TABLE_WARM_THROUGHPUT_DESCRIPTION: Shape = Shape(&[
    ("ReadUnitsPerSecond", "ReadUnitsPerSecond", Whole),
    ("Status", "Status", Text),
    ("WriteUnitsPerSecond", "WriteUnitsPerSecond", Whole),
]);

static DYNAMODB_TAG: Shape = Shape(&[
    ("Key", "Key", Text),
    ("Value", "Value", Text),
]);

static DYNAMODB_VECTOR_ATTRIBUTE_DEFINITION: Shape = Shape(&[
    ("AttributeName", "AttributeName", Text),
]);

static DYNAMODB_VECTOR_INDEX_DESCRIPTION: Shape = Shape(&[
    ("Backfilling", "Backfilling", Bool),
    ("Dimensions", "Dimensions", Whole),
    ("DistanceFunction", "DistanceFunction", Text),
    ("IndexArn", "IndexArn", Text),
    ("IndexName", "IndexName", Text),
    ("IndexSizeBytes", "IndexSizeBytes", Whole),
    ("IndexStatus", "IndexStatus", Text),
    ("ItemCount", "ItemCount", Whole),
    ("Projection", "Projection", Of(&DYNAMODB_PROJECTION)),
    ("SearchSchema", "SearchSchema", List(&Of(&DYNAMODB_SEARCH_SCHEMA_ELEMENT))),
    ("VectorAttribute", "VectorAttribute", Of(&DYNAMODB_VECTOR_ATTRIBUTE_DEFINITION)),
]);

static EC2_BLOCK_PUBLIC_ACCESS_STATES: Shape = Shape(&[
    ("internetGatewayBlockMode", "InternetGatewayBlockMode", Text),
]);

static EC2_DESCRIBE_REGIONS_RESULT: Shape = Shape(&[
    ("regionInfo", "Regions", List(&Of(&EC2_REGION))),
]);

static EC2_DESCRIBE_ROUTE_TABLES_RESULT: Shape = Shape(&[
    ("nextToken", "NextToken", Text),
    ("routeTableSet", "RouteTables", List(&Of(&EC2_ROUTE_TABLE))),
]);

static EC2_DESCRIBE_SECURITY_GROUPS_RESULT: Shape = Shape(&[
    ("nextToken", "NextToken", Text),
    ("securityGroupInfo", "SecurityGroups", List(&Of(&EC2_SECURITY_GROUP))),
]);

static EC2_DESCRIBE_SUBNETS_RESULT: Shape = Shape(&[
    ("nextToken", "NextToken", Text),
    ("subnetSet", "Subnets", List(&Of(&EC2_SUBNET))),
]);

static EC2_IP_PERMISSION: Shape = Shape(&[
    ("fromPort", "FromPort", Whole),
    ("groups", "UserIdGroupPairs", List(&Of(&EC2_USER_ID_GROUP_PAIR))),
    ("ipProtocol", "IpProtocol", Text),
    ("ipRanges", "IpRanges", List(&Of(&EC2_IP_RANGE))),
    ("ipv6Ranges", "Ipv6Ranges", List(&Of(&EC2_IPV6_RANGE))),
    ("prefixListIds", "PrefixListIds", List(&Of(&EC2_PREFIX_LIST_ID))),
    ("toPort", "ToPort", Whole),
]);

static EC2_IP_RANGE: Shape = Shape(&[
    ("cidrIp", "CidrIp", Text),
    ("description", "Description", Text),
]);

static EC2_IPV6_RANGE: Shape = Shape(&[
    ("cidrIpv6", "CidrIpv6", Text),
    ("description", "Description", Text),
]);

static EC2_PREFIX_LIST_ID: Shape = Shape(&[
    ("description", "Description", Text),
    ("prefixListId", "PrefixListId", Text),
]);

static EC2_PRIVATE_DNS_NAME_OPTIONS_ON_LAUNCH: Shape = Shape(&[
    ("enableResourceNameDnsAAAARecord", "EnableResourceNameDnsAAAARecord", Bool),
    ("enableResourceNameDnsARecord", "EnableResourceNameDnsARecord", Bool),
    ("hostnameType", "HostnameType", Text),
]);

static EC2_PROPAGATING_VGW: Shape = Shape(&[
    ("gatewayId", "GatewayId", Text),
]);

static EC2_REGION: Shape = Shape(&[
    ("geographySet", "Geography", List(&Of(&EC2_REGION_GEOGRAPHY))),
    ("optInStatus", "OptInStatus", Text),
    ("regionEndpoint", "Endpoint", Text),
    ("regionName", "RegionName", Text),
]);

static EC2_REGION_GEOGRAPHY: Shape = Shape(&[
    ("name", "Name", Text),
]);

static EC2_ROUTE: Shape = Shape(&[
    ("carrierGatewayId", "CarrierGatewayId", Text),
    ("coreNetworkArn", "CoreNetworkArn", Text),
    ("destinationCidrBlock", "DestinationCidrBlock", Text),
    ("destinationIpv6CidrBlock", "DestinationIpv6CidrBlock", Text),
    ("destinationPrefixListId", "DestinationPrefixListId", Text),
    ("egressOnlyInternetGatewayId", "EgressOnlyInternetGatewayId", Text),
    ("gatewayId", "GatewayId", Text),
    ("instanceId", "InstanceId", Text),
    ("instanceOwnerId", "InstanceOwnerId", Text),
    ("ipAddress", "IpAddress", Text),
    ("localGatewayId", "LocalGatewayId", Text),
    ("natGatewayId", "NatGatewayId", Text),
    ("networkInterfaceId", "NetworkInterfaceId", Text),
    ("odbNetworkArn", "OdbNetworkArn", Text),
    ("origin", "Origin", Text),
    ("state", "State", Text),
    ("transitGatewayId", "TransitGatewayId", Text),
    ("vpcPeeringConnectionId", "VpcPeeringConnectionId", Text),
]);

static EC2_ROUTE_TABLE: Shape = Shape(&[
    ("associationSet", "Associations", List(&Of(&EC2_ROUTE_TABLE_ASSOCIATION))),
    ("ownerId", "OwnerId", Text),
    ("propagatingVgwSet", "PropagatingVgws", List(&Of(&EC2_PROPAGATING_VGW))),
    ("routeSet", "Routes", List(&Of(&EC2_ROUTE))),
    ("routeTableId", "RouteTableId", Text),
    ("tagSet", "Tags", List(&Of(&EC2_TAG))),
    ("vpcId", "VpcId", Text),
]);

static EC2_ROUTE_TABLE_ASSOCIATION: Shape = Shape(&[
    ("associationState", "AssociationState", Of(&EC2_ROUTE_TABLE_ASSOCIATION_STATE)),
    ("gatewayId", "GatewayId", Text),
    ("main", "Main", Bool),
    ("publicIpv4Pool", "PublicIpv4Pool", Text),
    ("routeTableAssociationId", "RouteTableAssociationId", Text),
    ("routeTableId", "RouteTableId", Text),
    ("subnetId", "SubnetId", Text),
]);

static EC2_ROUTE_TABLE_ASSOCIATION_STATE: Shape = Shape(&[
    ("state", "State", Text),
    ("statusMessage", "StatusMessage", Text),
]);

static EC2_SECURITY_GROUP: Shape = Shape(&[
    ("groupDescription", "Description", Text),
    ("groupId", "GroupId", Text),
    ("groupName", "GroupName", Text),
    ("ipPermissions", "IpPermissions", List(&Of(&EC2_IP_PERMISSION))),
    ("ipPermissionsEgress", "IpPermissionsEgress", List(&Of(&EC2_IP_PERMISSION))),
    ("ownerId", "OwnerId", Text),
    ("securityGroupArn", "SecurityGroupArn", Text),
    ("tagSet", "Tags", List(&Of(&EC2_TAG))),
    ("vpcId", "VpcId", Text),
]);

static EC2_SUBNET: Shape = Shape(&[
    ("assignIpv6AddressOnCreation", "AssignIpv6AddressOnCreation", Bool),
    ("availabilityZone", "AvailabilityZone", Text),
    ("availabilityZoneId", "AvailabilityZoneId", Text),
    ("availableIpAddressCount", "AvailableIpAddressCount", Whole),
    ("blockPublicAccessStates", "BlockPublicAccessStates", Of(&EC2_BLOCK_PUBLIC_ACCESS_STATES)),
    ("cidrBlock", "CidrBlock", Text),
    ("customerOwnedIpv4Pool", "CustomerOwnedIpv4Pool", Text),
    ("defaultForAz", "DefaultForAz", Bool),
    ("enableDns64", "EnableDns64", Bool),
    ("enableLniAtDeviceIndex", "EnableLniAtDeviceIndex", Whole),
    ("ipv6CidrBlockAssociationSet", "Ipv6CidrBlockAssociationSet", List(&Of(&EC2_SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION))),
    ("ipv6Native", "Ipv6Native", Bool),
    ("mapCustomerOwnedIpOnLaunch", "MapCustomerOwnedIpOnLaunch", Bool),
    ("mapPublicIpOnLaunch", "MapPublicIpOnLaunch", Bool),
    ("outpostArn", "OutpostArn", Text),
    ("ownerId", "OwnerId", Text),
    ("privateDnsNameOptionsOnLaunch", "PrivateDnsNameOptionsOnLaunch", Of(&EC2_PRIVATE_DNS_NAME_OPTIONS_ON_LAUNCH)),
    ("state", "State", Text),
    ("subnetArn", "SubnetArn", Text),
    ("subnetId", "SubnetId", Text),
    ("tagSet", "Tags", List(&Of(&EC2_TAG))),
    ("type", "Type", Text),
    ("vpcId", "VpcId", Text),
]);

static EC2_SUBNET_CIDR_BLOCK_STATE: Shape = Shape(&[
    ("state", "State", Text),
    ("statusMessage", "StatusMessage", Text),
]);

static EC2_SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION: Shape = Shape(&[
    ("associationId", "AssociationId", Text),
    ("ipSource", "IpSource", Text),
    ("ipv6AddressAttribute", "Ipv6AddressAttribute", Text),
    ("ipv6CidrBlock", "Ipv6CidrBlock", Text),
    ("ipv6CidrBlockState", "Ipv6CidrBlockState", Of(&EC2_SUBNET_CIDR_BLOCK_STATE)),
]);

static EC2_TAG: Shape = Shape(&[
    ("key", "Key", Text),
    ("value", "Value", Text),
]);

static EC2_USER_ID_GROUP_PAIR: Shape = Shape(&[
    ("description", "Description", Text),
    ("groupId", "GroupId", Text),
    ("groupName", "GroupName", Text),
    ("peeringStatus", "PeeringStatus", Text),
    ("userId", "UserId", Text),
    ("vpcId", "VpcId", Text),
    ("vpcPeeringConnectionId", "VpcPeeringConnectionId", Text),
]);

static ELASTICACHE_AVAILABILITY_ZONE: Shape = Shape(&[
    ("Name", "Name", Text),
]);

static ELASTICACHE_CACHE_CLUSTER: Shape = Shape(&[
    ("ARN", "ARN", Text),
    ("AtRestEncryptionEnabled", "AtRestEncryptionEnabled", Bool),
    ("AuthTokenEnabled", "AuthTokenEnabled", Bool),
    ("AuthTokenLastModifiedDate", "AuthTokenLastModifiedDate", Time),
    ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade", Bool),
    ("CacheClusterCreateTime", "CacheClusterCreateTime", Time),
    ("CacheClusterId", "CacheClusterId", Text),
    ("CacheClusterStatus", "CacheClusterStatus", Text),
    ("CacheNodeType", "CacheNodeType", Text),
    ("CacheNodes", "CacheNodes", List(&Of(&ELASTICACHE_CACHE_NODE))),
    ("CacheParameterGroup", "CacheParameterGroup", Of(&ELASTICACHE_CACHE_PARAMETER_GROUP_STATUS)),
    ("CacheSecurityGroups", "CacheSecurityGroups", List(&Of(&ELASTICACHE_CACHE_SECURITY_GROUP_MEMBERSHIP))),
    ("CacheSubnetGroupName", "CacheSubnetGroupName", Text),
    ("ClientDownloadLandingPage", "ClientDownloadLandingPage", Text),
    ("ConfigurationEndpoint", "ConfigurationEndpoint", Of(&ELASTICACHE_ENDPOINT)),
    ("Engine", "Engine", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("IpDiscovery", "IpDiscovery", Text),
    ("LogDeliveryConfigurations", "LogDeliveryConfigurations", List(&Of(&ELASTICACHE_LOG_DELIVERY_CONFIGURATION))),
    ("NetworkType", "NetworkType", Text),
    ("NotificationConfiguration", "NotificationConfiguration", Of(&ELASTICACHE_NOTIFICATION_CONFIGURATION)),
    ("NumCacheNodes", "NumCacheNodes", Whole),
    ("PendingModifiedValues", "PendingModifiedValues", Of(&ELASTICACHE_PENDING_MODIFIED_VALUES)),
    ("PreferredAvailabilityZone", "PreferredAvailabilityZone", Text),
    ("PreferredMaintenanceWindow", "PreferredMaintenanceWindow", Text),
    ("PreferredOutpostArn", "PreferredOutpostArn", Text),
    ("ReplicationGroupId", "ReplicationGroupId", Text),
    ("ReplicationGroupLogDeliveryEnabled", "ReplicationGroupLogDeliveryEnabled", Bool),
    ("SecurityGroups", "SecurityGroups", List(&Of(&ELASTICACHE_SECURITY_GROUP_MEMBERSHIP))),
    ("SnapshotRetentionLimit", "SnapshotRetentionLimit", Whole),
    ("SnapshotWindow", "SnapshotWindow", Text),
    ("TransitEncryptionEnabled", "TransitEncryptionEnabled", Bool),
    ("TransitEncryptionMode", "TransitEncryptionMode", Text),
]);

static ELASTICACHE_CACHE_CLUSTER_MESSAGE: Shape = Shape(&[
    ("CacheClusters", "CacheClusters", List(&Of(&ELASTICACHE_CACHE_CLUSTER))),
    ("Marker", "Marker", Text),
]);

static ELASTICACHE_CACHE_NODE: Shape = Shape(&[
    ("CacheNodeCreateTime", "CacheNodeCreateTime", Time),
    ("CacheNodeId", "CacheNodeId", Text),
    ("CacheNodeStatus", "CacheNodeStatus", Text),
    ("CustomerAvailabilityZone", "CustomerAvailabilityZone", Text),
    ("CustomerOutpostArn", "CustomerOutpostArn", Text),
    ("Endpoint", "Endpoint", Of(&ELASTICACHE_ENDPOINT)),
    ("ParameterGroupStatus", "ParameterGroupStatus", Text),
    ("SourceCacheNodeId", "SourceCacheNodeId", Text),
]);

static ELASTICACHE_CACHE_NODE_TYPE_SPECIFIC_PARAMETER: Shape = Shape(&[
    ("AllowedValues", "AllowedValues", Text),
    ("CacheNodeTypeSpecificValues", "CacheNodeTypeSpecificValues", List(&Of(&ELASTICACHE_CACHE_NODE_TYPE_SPECIFIC_VALUE))),
    ("ChangeType", "ChangeType", Text),
    ("DataType", "DataType", Text),
    ("Description", "Description", Text),
    ("IsModifiable", "IsModifiable", Bool),
    ("MinimumEngineVersion", "MinimumEngineVersion", Text),
    ("ParameterName", "ParameterName", Text),
    ("Source", "Source", Text),
]);

static ELASTICACHE_CACHE_NODE_TYPE_SPECIFIC_VALUE: Shape = Shape(&[
    ("CacheNodeType", "CacheNodeType", Text),
    ("Value", "Value", Text),
]);

static ELASTICACHE_CACHE_PARAMETER_GROUP: Shape = Shape(&[
    ("ARN", "ARN", Text),
    ("CacheParameterGroupFamily", "CacheParameterGroupFamily", Text),
    ("CacheParameterGroupName", "CacheParameterGroupName", Text),
    ("Description", "Description", Text),
    ("IsGlobal", "IsGlobal", Bool),
]);

static ELASTICACHE_CACHE_PARAMETER_GROUP_DETAILS: Shape = Shape(&[
    ("CacheNodeTypeSpecificParameters", "CacheNodeTypeSpecificParameters", List(&Of(&ELASTICACHE_CACHE_NODE_TYPE_SPECIFIC_PARAMETER))),
    ("Marker", "Marker", Text),
    ("Parameters", "Parameters", List(&Of(&ELASTICACHE_PARAMETER))),
]);

static ELASTICACHE_CACHE_PARAMETER_GROUP_STATUS: Shape = Shape(&[
    ("CacheNodeIdsToReboot", "CacheNodeIdsToReboot", List(&Text)),
    ("CacheParameterGroupName", "CacheParameterGroupName", Text),
    ("ParameterApplyStatus", "ParameterApplyStatus", Text),
]);

static ELASTICACHE_CACHE_PARAMETER_GROUPS_MESSAGE: Shape = Shape(&[
    ("CacheParameterGroups", "CacheParameterGroups", List(&Of(&ELASTICACHE_CACHE_PARAMETER_GROUP))),
    ("Marker", "Marker", Text),
]);

static ELASTICACHE_CACHE_SECURITY_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("CacheSecurityGroupName", "CacheSecurityGroupName", Text),
    ("Status", "Status", Text),
]);

static ELASTICACHE_CACHE_SUBNET_GROUP: Shape = Shape(&[
    ("ARN", "ARN", Text),
    ("CacheSubnetGroupDescription", "CacheSubnetGroupDescription", Text),
    ("CacheSubnetGroupName", "CacheSubnetGroupName", Text),
    ("Subnets", "Subnets", List(&Of(&ELASTICACHE_SUBNET))),
    ("SupportedNetworkTypes", "SupportedNetworkTypes", List(&Text)),
    ("VpcId", "VpcId", Text),
]);

static ELASTICACHE_CACHE_SUBNET_GROUP_MESSAGE: Shape = Shape(&[
    ("CacheSubnetGroups", "CacheSubnetGroups", List(&Of(&ELASTICACHE_CACHE_SUBNET_GROUP))),
    ("Marker", "Marker", Text),
]);

static ELASTICACHE_CACHE_USAGE_LIMITS: Shape = Shape(&[
    ("DataStorage", "DataStorage", Of(&ELASTICACHE_DATA_STORAGE)),
    ("ECPUPerSecond", "ECPUPerSecond", Of(&ELASTICACHE_ECPU_PER_SECOND)),
]);

static ELASTICACHE_CLOUD_WATCH_LOGS_DESTINATION_DETAILS: Shape = Shape(&[
    ("LogGroup", "LogGroup", Text),
]);

static ELASTICACHE_DATA_STORAGE: Shape = Shape(&[
    ("Maximum", "Maximum", Whole),
    ("Minimum", "Minimum", Whole),
    ("Unit", "Unit", Text),
]);

static ELASTICACHE_DESCRIBE_SERVERLESS_CACHES_RESPONSE: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("ServerlessCaches", "ServerlessCaches", List(&Of(&ELASTICACHE_SERVERLESS_CACHE))),
]);

static ELASTICACHE_DESTINATION_DETAILS: Shape = Shape(&[
    ("CloudWatchLogsDetails", "CloudWatchLogsDetails", Of(&ELASTICACHE_CLOUD_WATCH_LOGS_DESTINATION_DETAILS)),
    ("KinesisFirehoseDetails", "KinesisFirehoseDetails", Of(&ELASTICACHE_KINESIS_FIREHOSE_DESTINATION_DETAILS)),
]);

static ELASTICACHE_ECPU_PER_SECOND: Shape = Shape(&[
    ("Maximum", "Maximum", Whole),
    ("Minimum", "Minimum", Whole),
]);

static ELASTICACHE_ENDPOINT: Shape = Shape(&[
    ("Address", "Address", Text),
    ("Port", "Port", Whole),
]);

static ELASTICACHE_GLOBAL_REPLICATION_GROUP_INFO: Shape = Shape(&[
    ("GlobalReplicationGroupId", "GlobalReplicationGroupId", Text),
    ("GlobalReplicationGroupMemberRole", "GlobalReplicationGroupMemberRole", Text),
]);

static ELASTICACHE_INTEGRATION: Shape = Shape(&[
    ("IntegrationType", "IntegrationType", Text),
    ("Status", "Status", Text),
]);

static ELASTICACHE_KINESIS_FIREHOSE_DESTINATION_DETAILS: Shape = Shape(&[
    ("DeliveryStream", "DeliveryStream", Text),
]);

static ELASTICACHE_LOG_DELIVERY_CONFIGURATION: Shape = Shape(&[
    ("DestinationDetails", "DestinationDetails", Of(&ELASTICACHE_DESTINATION_DETAILS)),
    ("DestinationType", "DestinationType", Text),
    ("LogFormat", "LogFormat", Text),
    ("LogType", "LogType", Text),
    ("Message", "Message", Text),
    ("Status", "Status", Text),
]);

static ELASTICACHE_MIGRATION_SUMMARY: Shape = Shape(&[
    ("CutoverMode", "CutoverMode", Text),
    ("MigrationEndpoint", "MigrationEndpoint", Of(&ELASTICACHE_ENDPOINT)),
    ("Status", "Status", Text),
]);

static ELASTICACHE_NODE_GROUP: Shape = Shape(&[
    ("NodeGroupId", "NodeGroupId", Text),
    ("NodeGroupMembers", "NodeGroupMembers", List(&Of(&ELASTICACHE_NODE_GROUP_MEMBER))),
    ("PrimaryEndpoint", "PrimaryEndpoint", Of(&ELASTICACHE_ENDPOINT)),
    ("ReaderEndpoint", "ReaderEndpoint", Of(&ELASTICACHE_ENDPOINT)),
    ("Slots", "Slots", Text),
    ("Status", "Status", Text),
]);

static ELASTICACHE_NODE_GROUP_MEMBER: Shape = Shape(&[
    ("CacheClusterId", "CacheClusterId", Text),
    ("CacheNodeId", "CacheNodeId", Text),
    ("CurrentRole", "CurrentRole", Text),
    ("PreferredAvailabilityZone", "PreferredAvailabilityZone", Text),
    ("PreferredOutpostArn", "PreferredOutpostArn", Text),
    ("ReadEndpoint", "ReadEndpoint", Of(&ELASTICACHE_ENDPOINT)),
]);

static ELASTICACHE_NOTIFICATION_CONFIGURATION: Shape = Shape(&[
    ("TopicArn", "TopicArn", Text),
    ("TopicStatus", "TopicStatus", Text),
]);

static ELASTICACHE_PARAMETER: Shape = Shape(&[
    ("AllowedValues", "AllowedValues", Text),
    ("ChangeType", "ChangeType", Text),
    ("DataType", "DataType", Text),
    ("Description", "Description", Text),
    ("IsModifiable", "IsModifiable", Bool),
    ("MinimumEngineVersion", "MinimumEngineVersion", Text),
    ("ParameterName", "ParameterName", Text),
    ("ParameterValue", "ParameterValue", Text),
    ("Source", "Source", Text),
]);

static ELASTICACHE_PENDING_LOG_DELIVERY_CONFIGURATION: Shape = Shape(&[
    ("DestinationDetails", "DestinationDetails", Of(&ELASTICACHE_DESTINATION_DETAILS)),
    ("DestinationType", "DestinationType", Text),
    ("LogFormat", "LogFormat", Text),
    ("LogType", "LogType", Text),
]);

static ELASTICACHE_PENDING_MODIFIED_VALUES: Shape = Shape(&[
    ("AuthTokenStatus", "AuthTokenStatus", Text),
    ("CacheNodeIdsToRemove", "CacheNodeIdsToRemove", List(&Text)),
    ("CacheNodeType", "CacheNodeType", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("LogDeliveryConfigurations", "LogDeliveryConfigurations", List(&Of(&ELASTICACHE_PENDING_LOG_DELIVERY_CONFIGURATION))),
    ("NumCacheNodes", "NumCacheNodes", Whole),
    ("ScaleConfig", "ScaleConfig", Of(&ELASTICACHE_SCALE_CONFIG)),
    ("TransitEncryptionEnabled", "TransitEncryptionEnabled", Bool),
    ("TransitEncryptionMode", "TransitEncryptionMode", Text),
]);

static ELASTICACHE_REPLICATION_GROUP: Shape = Shape(&[
    ("ARN", "ARN", Text),
    ("AtRestEncryptionEnabled", "AtRestEncryptionEnabled", Bool),
    ("AuthTokenEnabled", "AuthTokenEnabled", Bool),
    ("AuthTokenLastModifiedDate", "AuthTokenLastModifiedDate", Time),
    ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade", Bool),
    ("AutomaticFailover", "AutomaticFailover", Text),
    ("CacheNodeType", "CacheNodeType", Text),
    ("ClusterEnabled", "ClusterEnabled", Bool),
    ("ClusterMode", "ClusterMode", Text),
    ("ConfigurationEndpoint", "ConfigurationEndpoint", Of(&ELASTICACHE_ENDPOINT)),
    ("DataTiering", "DataTiering", Text),
    ("Description", "Description", Text),
    ("Durability", "Durability", Text),
    ("EffectiveDurability", "EffectiveDurability", Text),
    ("Engine", "Engine", Text),
    ("GlobalReplicationGroupInfo", "GlobalReplicationGroupInfo", Of(&ELASTICACHE_GLOBAL_REPLICATION_GROUP_INFO)),
    ("IpDiscovery", "IpDiscovery", Text),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LogDeliveryConfigurations", "LogDeliveryConfigurations", List(&Of(&ELASTICACHE_LOG_DELIVERY_CONFIGURATION))),
    ("MemberClusters", "MemberClusters", List(&Text)),
    ("MemberClustersOutpostArns", "MemberClustersOutpostArns", List(&Text)),
    ("MultiAZ", "MultiAZ", Text),
    ("NetworkType", "NetworkType", Text),
    ("NodeGroups", "NodeGroups", List(&Of(&ELASTICACHE_NODE_GROUP))),
    ("PendingModifiedValues", "PendingModifiedValues", Of(&ELASTICACHE_REPLICATION_GROUP_PENDING_MODIFIED_VALUES)),
    ("ReplicationGroupCreateTime", "ReplicationGroupCreateTime", Time),
    ("ReplicationGroupId", "ReplicationGroupId", Text),
    ("SnapshotRetentionLimit", "SnapshotRetentionLimit", Whole),
    ("SnapshotWindow", "SnapshotWindow", Text),
    ("SnapshottingClusterId", "SnapshottingClusterId", Text),
    ("Status", "Status", Text),
    ("StorageEncryptionType", "StorageEncryptionType", Text),
    ("TransitEncryptionEnabled", "TransitEncryptionEnabled", Bool),
    ("TransitEncryptionMode", "TransitEncryptionMode", Text),
    ("UserGroupIds", "UserGroupIds", List(&Text)),
]);

static ELASTICACHE_REPLICATION_GROUP_MESSAGE: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("ReplicationGroups", "ReplicationGroups", List(&Of(&ELASTICACHE_REPLICATION_GROUP))),
]);

static ELASTICACHE_REPLICATION_GROUP_PENDING_MODIFIED_VALUES: Shape = Shape(&[
    ("AuthTokenStatus", "AuthTokenStatus", Text),
    ("AutomaticFailoverStatus", "AutomaticFailoverStatus", Text),
    ("ClusterMode", "ClusterMode", Text),
    ("LogDeliveryConfigurations", "LogDeliveryConfigurations", List(&Of(&ELASTICACHE_PENDING_LOG_DELIVERY_CONFIGURATION))),
    ("PrimaryClusterId", "PrimaryClusterId", Text),
    ("Resharding", "Resharding", Of(&ELASTICACHE_RESHARDING_STATUS)),
    ("TransitEncryptionEnabled", "TransitEncryptionEnabled", Bool),
    ("TransitEncryptionMode", "TransitEncryptionMode", Text),
    ("UserGroups", "UserGroups", Of(&ELASTICACHE_USER_GROUPS_UPDATE_STATUS)),
]);

static ELASTICACHE_RESHARDING_STATUS: Shape = Shape(&[
    ("SlotMigration", "SlotMigration", Of(&ELASTICACHE_SLOT_MIGRATION)),
]);

static ELASTICACHE_SCALE_CONFIG: Shape = Shape(&[
    ("ScaleIntervalMinutes", "ScaleIntervalMinutes", Whole),
    ("ScalePercentage", "ScalePercentage", Whole),
]);

static ELASTICACHE_SECURITY_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("SecurityGroupId", "SecurityGroupId", Text),
    ("Status", "Status", Text),
]);

static ELASTICACHE_SERVERLESS_CACHE: Shape = Shape(&[
    ("ARN", "ARN", Text),
    ("CacheUsageLimits", "CacheUsageLimits", Of(&ELASTICACHE_CACHE_USAGE_LIMITS)),
    ("ConnectionType", "ConnectionType", Text),
    ("CreateTime", "CreateTime", Time),
    ("DailySnapshotTime", "DailySnapshotTime", Text),
    ("Description", "Description", Text),
    ("Endpoint", "Endpoint", Of(&ELASTICACHE_ENDPOINT)),
    ("Engine", "Engine", Text),
    ("FullEngineVersion", "FullEngineVersion", Text),
    ("Integrations", "Integrations", List(&Of(&ELASTICACHE_INTEGRATION))),
    ("KmsKeyId", "KmsKeyId", Text),
    ("MajorEngineVersion", "MajorEngineVersion", Text),
    ("Migration", "Migration", Of(&ELASTICACHE_MIGRATION_SUMMARY)),
    ("NetworkType", "NetworkType", Text),
    ("ReaderEndpoint", "ReaderEndpoint", Of(&ELASTICACHE_ENDPOINT)),
    ("SecurityGroupIds", "SecurityGroupIds", List(&Text)),
    ("ServerlessCacheName", "ServerlessCacheName", Text),
    ("SnapshotRetentionLimit", "SnapshotRetentionLimit", Whole),
    ("Status", "Status", Text),
    ("StorageEncryptionType", "StorageEncryptionType", Text),
    ("SubnetIds", "SubnetIds", List(&Text)),
    ("UserGroupId", "UserGroupId", Text),
]);

static ELASTICACHE_SLOT_MIGRATION: Shape = Shape(&[
    ("ProgressPercentage", "ProgressPercentage", Real),
]);

static ELASTICACHE_SUBNET: Shape = Shape(&[
    ("SubnetAvailabilityZone", "SubnetAvailabilityZone", Of(&ELASTICACHE_AVAILABILITY_ZONE)),
    ("SubnetIdentifier", "SubnetIdentifier", Text),
    ("SubnetOutpost", "SubnetOutpost", Of(&ELASTICACHE_SUBNET_OUTPOST)),
    ("SupportedNetworkTypes", "SupportedNetworkTypes", List(&Text)),
]);

static ELASTICACHE_SUBNET_OUTPOST: Shape = Shape(&[
    ("SubnetOutpostArn", "SubnetOutpostArn", Text),
]);

static ELASTICACHE_TAG: Shape = Shape(&[
    ("Key", "Key", Text),
    ("Value", "Value", Text),
]);

static ELASTICACHE_TAG_LIST_MESSAGE: Shape = Shape(&[
    ("TagList", "TagList", List(&Of(&ELASTICACHE_TAG))),
]);

static ELASTICACHE_USER_GROUPS_UPDATE_STATUS: Shape = Shape(&[
    ("UserGroupIdsToAdd", "UserGroupIdsToAdd", List(&Text)),
    ("UserGroupIdsToRemove", "UserGroupIdsToRemove", List(&Text)),
]);

static GUARDDUTY_CLOUD_TRAIL_CONFIGURATION_RESULT: Shape = Shape(&[
    ("status", "Status", Text),
]);

static GUARDDUTY_DNS_LOGS_CONFIGURATION_RESULT: Shape = Shape(&[
    ("status", "Status", Text),
]);

static GUARDDUTY_DATA_SOURCE_CONFIGURATIONS_RESULT: Shape = Shape(&[
    ("cloudTrail", "CloudTrail", Of(&GUARDDUTY_CLOUD_TRAIL_CONFIGURATION_RESULT)),
    ("dnsLogs", "DNSLogs", Of(&GUARDDUTY_DNS_LOGS_CONFIGURATION_RESULT)),
    ("flowLogs", "FlowLogs", Of(&GUARDDUTY_FLOW_LOGS_CONFIGURATION_RESULT)),
    ("kubernetes", "Kubernetes", Of(&GUARDDUTY_KUBERNETES_CONFIGURATION_RESULT)),
    ("malwareProtection", "MalwareProtection", Of(&GUARDDUTY_MALWARE_PROTECTION_CONFIGURATION_RESULT)),
    ("s3Logs", "S3Logs", Of(&GUARDDUTY_S3_LOGS_CONFIGURATION_RESULT)),
]);

static GUARDDUTY_DETECTOR_ADDITIONAL_CONFIGURATION_RESULT: Shape = Shape(&[
    ("managedBy", "ManagedBy", Text),
    ("name", "Name", Text),
    ("status", "Status", Text),
    ("updatedAt", "UpdatedAt", Time),
]);

static GUARDDUTY_DETECTOR_FEATURE_CONFIGURATION_RESULT: Shape = Shape(&[
    ("additionalConfiguration", "AdditionalConfiguration", List(&Of(&GUARDDUTY_DETECTOR_ADDITIONAL_CONFIGURATION_RESULT))),
    ("managedBy", "ManagedBy", Text),
    ("name", "Name", Text),
    ("status", "Status", Text),
    ("updatedAt", "UpdatedAt", Time),
]);

static GUARDDUTY_EBS_VOLUMES_RESULT: Shape = Shape(&[
    ("reason", "Reason", Text),
    ("status", "Status", Text),
]);

static GUARDDUTY_FLOW_LOGS_CONFIGURATION_RESULT: Shape = Shape(&[
    ("status", "Status", Text),
]);

static GUARDDUTY_GET_DETECTOR_RESPONSE: Shape = Shape(&[
    ("createdAt", "CreatedAt", Text),
    ("dataSources", "DataSources", Of(&GUARDDUTY_DATA_SOURCE_CONFIGURATIONS_RESULT)),
    ("features", "Features", List(&Of(&GUARDDUTY_DETECTOR_FEATURE_CONFIGURATION_RESULT))),
    ("findingPublishingFrequency", "FindingPublishingFrequency", Text),
    ("serviceRole", "ServiceRole", Text),
    ("status", "Status", Text),
    ("tags", "Tags", Any),
    ("updatedAt", "UpdatedAt", Text),
]);

static GUARDDUTY_KUBERNETES_AUDIT_LOGS_CONFIGURATION_RESULT: Shape = Shape(&[
    ("status", "Status", Text),
]);

static GUARDDUTY_KUBERNETES_CONFIGURATION_RESULT: Shape = Shape(&[
    ("auditLogs", "AuditLogs", Of(&GUARDDUTY_KUBERNETES_AUDIT_LOGS_CONFIGURATION_RESULT)),
]);

static GUARDDUTY_LIST_DETECTORS_RESPONSE: Shape = Shape(&[
    ("detectorIds", "DetectorIds", List(&Text)),
    ("nextToken", "NextToken", Text),
]);

static GUARDDUTY_MALWARE_PROTECTION_CONFIGURATION_RESULT: Shape = Shape(&[
    ("scanEc2InstanceWithFindings", "ScanEc2InstanceWithFindings", Of(&GUARDDUTY_SCAN_EC2_INSTANCE_WITH_FINDINGS_RESULT)),
    ("serviceRole", "ServiceRole", Text),
]);

static GUARDDUTY_S3_LOGS_CONFIGURATION_RESULT: Shape = Shape(&[
    ("status", "Status", Text),
]);

static GUARDDUTY_SCAN_EC2_INSTANCE_WITH_FINDINGS_RESULT: Shape = Shape(&[
    ("ebsVolumes", "EbsVolumes", Of(&GUARDDUTY_EBS_VOLUMES_RESULT)),
]);

static KMS_DESCRIBE_KEY_RESPONSE: Shape = Shape(&[
    ("KeyMetadata", "KeyMetadata", Of(&KMS_KEY_METADATA)),
]);

static KMS_GET_KEY_POLICY_RESPONSE: Shape = Shape(&[
    ("Policy", "Policy", Text),
    ("PolicyName", "PolicyName", Text),
]);

static KMS_GET_KEY_ROTATION_STATUS_RESPONSE: Shape = Shape(&[
    ("KeyId", "KeyId", Text),
    ("KeyRotationEnabled", "KeyRotationEnabled", Bool),
    ("NextRotationDate", "NextRotationDate", Time),
    ("OnDemandRotationStartDate", "OnDemandRotationStartDate", Time),
    ("RotationPeriodInDays", "RotationPeriodInDays", Whole),
]);

static KMS_KEY_METADATA: Shape = Shape(&[
    ("AWSAccountId", "AWSAccountId", Text),
    ("Arn", "Arn", Text),
    ("CloudHsmClusterId", "CloudHsmClusterId", Text),
    ("CreationDate", "CreationDate", Time),
    ("CurrentKeyMaterialId", "CurrentKeyMaterialId", Text),
    ("CustomKeyStoreId", "CustomKeyStoreId", Text),
    ("CustomerMasterKeySpec", "CustomerMasterKeySpec", Text),
    ("DeletionDate", "DeletionDate", Time),
    ("Description", "Description", Text),
    ("Enabled", "Enabled", Bool),
    ("EncapsulationAlgorithms", "EncapsulationAlgorithms", List(&Text)),
    ("EncryptionAlgorithms", "EncryptionAlgorithms", List(&Text)),
    ("ExpirationModel", "ExpirationModel", Text),
    ("KeyAgreementAlgorithms", "KeyAgreementAlgorithms", List(&Text)),
    ("KeyId", "KeyId", Text),
    ("KeyManager", "KeyManager", Text),
    ("KeySpec", "KeySpec", Text),
    ("KeyState", "KeyState", Text),
    ("KeyUsage", "KeyUsage", Text),
    ("MacAlgorithms", "MacAlgorithms", List(&Text)),
    ("MultiRegion", "MultiRegion", Bool),
    ("MultiRegionConfiguration", "MultiRegionConfiguration", Of(&KMS_MULTI_REGION_CONFIGURATION)),
    ("Origin", "Origin", Text),
    ("PendingDeletionWindowInDays", "PendingDeletionWindowInDays", Whole),
    ("SigningAlgorithms", "SigningAlgorithms", List(&Text)),
    ("ValidTo", "ValidTo", Time),
    ("XksKeyConfiguration", "XksKeyConfiguration", Of(&KMS_XKS_KEY_CONFIGURATION_TYPE)),
]);

static KMS_MULTI_REGION_CONFIGURATION: Shape = Shape(&[
    ("MultiRegionKeyType", "MultiRegionKeyType", Text),
    ("PrimaryKey", "PrimaryKey", Of(&KMS_MULTI_REGION_KEY)),
    ("ReplicaKeys", "ReplicaKeys", List(&Of(&KMS_MULTI_REGION_KEY))),
]);

static KMS_MULTI_REGION_KEY: Shape = Shape(&[
    ("Arn", "Arn", Text),
    ("Region", "Region", Text),
]);

static KMS_XKS_KEY_CONFIGURATION_TYPE: Shape = Shape(&[
    ("Id", "Id", Text),
]);

static LOGS_DESCRIBE_LOG_GROUPS_RESPONSE: Shape = Shape(&[
    ("logGroups", "logGroups", List(&Of(&LOGS_LOG_GROUP))),
    ("nextToken", "nextToken", Text),
]);

static LOGS_LOG_GROUP: Shape = Shape(&[
    ("arn", "arn", Text),
    ("bearerTokenAuthenticationEnabled", "bearerTokenAuthenticationEnabled", Bool),
    ("creationTime", "creationTime", Whole),
    ("dataProtectionStatus", "dataProtectionStatus", Text),
    ("deletionProtectionEnabled", "deletionProtectionEnabled", Bool),
    ("inheritedProperties", "inheritedProperties", List(&Text)),
    ("kmsKeyId", "kmsKeyId", Text),
    ("logGroupArn", "logGroupArn", Text),
    ("logGroupClass", "logGroupClass", Text),
    ("logGroupName", "logGroupName", Text),
    ("metricFilterCount", "metricFilterCount", Whole),
    ("retentionInDays", "retentionInDays", Whole),
    ("retentionPolicyName", "retentionPolicyName", Text),
    ("storedBytes", "storedBytes", Whole),
]);

static MEMORYDB_AC_LSUPDATE_STATUS: Shape = Shape(&[
    ("ACLToApply", "ACLToApply", Text),
]);

static MEMORYDB_AVAILABILITY_ZONE: Shape = Shape(&[
    ("Name", "Name", Text),
]);

static MEMORYDB_CLUSTER: Shape = Shape(&[
    ("ACLName", "ACLName", Text),
    ("ARN", "ARN", Text),
    ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade", Bool),
    ("AvailabilityMode", "AvailabilityMode", Text),
    ("ClusterEndpoint", "ClusterEndpoint", Of(&MEMORYDB_ENDPOINT)),
    ("DataTiering", "DataTiering", Text),
    ("Description", "Description", Text),
    ("Engine", "Engine", Text),
    ("EnginePatchVersion", "EnginePatchVersion", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("IpDiscovery", "IpDiscovery", Text),
    ("KmsKeyId", "KmsKeyId", Text),
    ("MaintenanceWindow", "MaintenanceWindow", Text),
    ("MultiRegionClusterName", "MultiRegionClusterName", Text),
    ("Name", "Name", Text),
    ("NetworkType", "NetworkType", Text),
    ("NodeType", "NodeType", Text),
    ("NumberOfShards", "NumberOfShards", Whole),
    ("ParameterGroupName", "ParameterGroupName", Text),
    ("ParameterGroupStatus", "ParameterGroupStatus", Text),
    ("PendingUpdates", "PendingUpdates", Of(&MEMORYDB_CLUSTER_PENDING_UPDATES)),
    ("SecurityGroups", "SecurityGroups", List(&Of(&MEMORYDB_SECURITY_GROUP_MEMBERSHIP))),
    ("Shards", "Shards", List(&Of(&MEMORYDB_SHARD))),
    ("SnapshotRetentionLimit", "SnapshotRetentionLimit", Whole),
    ("SnapshotWindow", "SnapshotWindow", Text),
    ("SnsTopicArn", "SnsTopicArn", Text),
    ("SnsTopicStatus", "SnsTopicStatus", Text),
    ("Status", "Status", Text),
    ("SubnetGroupName", "SubnetGroupName", Text),
    ("TLSEnabled", "TLSEnabled", Bool),
]);

static MEMORYDB_CLUSTER_CONFIGURATION: Shape = Shape(&[
    ("Description", "Description", Text),
    ("Engine", "Engine", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("MaintenanceWindow", "MaintenanceWindow", Text),
    ("MultiRegionClusterName", "MultiRegionClusterName", Text),
    ("MultiRegionParameterGroupName", "MultiRegionParameterGroupName", Text),
    ("Name", "Name", Text),
    ("NodeType", "NodeType", Text),
    ("NumShards", "NumShards", Whole),
    ("ParameterGroupName", "ParameterGroupName", Text),
    ("Port", "Port", Whole),
    ("Shards", "Shards", List(&Of(&MEMORYDB_SHARD_DETAIL))),
    ("SnapshotRetentionLimit", "SnapshotRetentionLimit", Whole),
    ("SnapshotWindow", "SnapshotWindow", Text),
    ("SubnetGroupName", "SubnetGroupName", Text),
    ("TopicArn", "TopicArn", Text),
    ("VpcId", "VpcId", Text),
]);

static MEMORYDB_CLUSTER_PENDING_UPDATES: Shape = Shape(&[
    ("ACLs", "ACLs", Of(&MEMORYDB_AC_LSUPDATE_STATUS)),
    ("Resharding", "Resharding", Of(&MEMORYDB_RESHARDING_STATUS)),
    ("ServiceUpdates", "ServiceUpdates", List(&Of(&MEMORYDB_PENDING_MODIFIED_SERVICE_UPDATE))),
]);

static MEMORYDB_DESCRIBE_CLUSTERS_RESPONSE: Shape = Shape(&[
    ("Clusters", "Clusters", List(&Of(&MEMORYDB_CLUSTER))),
    ("NextToken", "NextToken", Text),
]);

static MEMORYDB_DESCRIBE_SNAPSHOTS_RESPONSE: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("Snapshots", "Snapshots", List(&Of(&MEMORYDB_SNAPSHOT))),
]);

static MEMORYDB_DESCRIBE_SUBNET_GROUPS_RESPONSE: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("SubnetGroups", "SubnetGroups", List(&Of(&MEMORYDB_SUBNET_GROUP))),
]);

static MEMORYDB_ENDPOINT: Shape = Shape(&[
    ("Address", "Address", Text),
    ("Port", "Port", Whole),
]);

static MEMORYDB_LIST_TAGS_RESPONSE: Shape = Shape(&[
    ("TagList", "TagList", List(&Of(&MEMORYDB_TAG))),
]);

static MEMORYDB_NODE: Shape = Shape(&[
    ("AvailabilityZone", "AvailabilityZone", Text),
    ("CreateTime", "CreateTime", Time),
    ("Endpoint", "Endpoint", Of(&MEMORYDB_ENDPOINT)),
    ("Name", "Name", Text),
    ("Status", "Status", Text),
]);

static MEMORYDB_PENDING_MODIFIED_SERVICE_UPDATE: Shape = Shape(&[
    ("ServiceUpdateName", "ServiceUpdateName", Text),
    ("Status", "Status", Text),
]);

static MEMORYDB_RESHARDING_STATUS: Shape = Shape(&[
    ("SlotMigration", "SlotMigration", Of(&MEMORYDB_SLOT_MIGRATION)),
]);

static MEMORYDB_SECURITY_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("SecurityGroupId", "SecurityGroupId", Text),
    ("Status", "Status", Text),
]);

static MEMORYDB_SHARD: Shape = Shape(&[
    ("Name", "Name", Text),
    ("Nodes", "Nodes", List(&Of(&MEMORYDB_NODE))),
    ("NumberOfNodes", "NumberOfNodes", Whole),
    ("Slots", "Slots", Text),
    ("Status", "Status", Text),
]);

static MEMORYDB_SHARD_CONFIGURATION: Shape = Shape(&[
    ("ReplicaCount", "ReplicaCount", Whole),
    ("Slots", "Slots", Text),
]);

static MEMORYDB_SHARD_DETAIL: Shape = Shape(&[
    ("Configuration", "Configuration", Of(&MEMORYDB_SHARD_CONFIGURATION)),
    ("Name", "Name", Text),
    ("Size", "Size", Text),
    ("SnapshotCreationTime", "SnapshotCreationTime", Time),
]);

static MEMORYDB_SLOT_MIGRATION: Shape = Shape(&[
    ("ProgressPercentage", "ProgressPercentage", Real),
]);

static MEMORYDB_SNAPSHOT: Shape = Shape(&[
    ("ARN", "ARN", Text),
    ("ClusterConfiguration", "ClusterConfiguration", Of(&MEMORYDB_CLUSTER_CONFIGURATION)),
    ("DataTiering", "DataTiering", Text),
    ("KmsKeyId", "KmsKeyId", Text),
    ("Name", "Name", Text),
    ("Source", "Source", Text),
    ("Status", "Status", Text),
]);

static MEMORYDB_SUBNET: Shape = Shape(&[
    ("AvailabilityZone", "AvailabilityZone", Of(&MEMORYDB_AVAILABILITY_ZONE)),
    ("Identifier", "Identifier", Text),
    ("SupportedNetworkTypes", "SupportedNetworkTypes", List(&Text)),
]);

static MEMORYDB_SUBNET_GROUP: Shape = Shape(&[
    ("ARN", "ARN", Text),
    ("Description", "Description", Text),
    ("Name", "Name", Text),
    ("Subnets", "Subnets", List(&Of(&MEMORYDB_SUBNET))),
    ("SupportedNetworkTypes", "SupportedNetworkTypes", List(&Text)),
    ("VpcId", "VpcId", Text),
]);

static MEMORYDB_TAG: Shape = Shape(&[
    ("Key", "Key", Text),
    ("Value", "Value", Text),
]);

static ORGANIZATIONS_ACCOUNT: Shape = Shape(&[
    ("Arn", "Arn", Text),
    ("Email", "Email", Text),
    ("Id", "Id", Text),
    ("JoinedMethod", "JoinedMethod", Text),
    ("JoinedTimestamp", "JoinedTimestamp", Time),
    ("Name", "Name", Text),
    ("Paths", "Paths", List(&Text)),
    ("State", "State", Text),
    ("Status", "Status", Text),
]);

static ORGANIZATIONS_LIST_ACCOUNTS_FOR_PARENT_RESPONSE: Shape = Shape(&[
    ("Accounts", "Accounts", List(&Of(&ORGANIZATIONS_ACCOUNT))),
    ("NextToken", "NextToken", Text),
]);

static ORGANIZATIONS_LIST_ACCOUNTS_RESPONSE: Shape = Shape(&[
    ("Accounts", "Accounts", List(&Of(&ORGANIZATIONS_ACCOUNT))),
    ("NextToken", "NextToken", Text),
]);

static ORGANIZATIONS_LIST_ORGANIZATIONAL_UNITS_FOR_PARENT_RESPONSE: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("OrganizationalUnits", "OrganizationalUnits", List(&Of(&ORGANIZATIONS_ORGANIZATIONAL_UNIT))),
]);

static ORGANIZATIONS_ORGANIZATIONAL_UNIT: Shape = Shape(&[
    ("Arn", "Arn", Text),
    ("Id", "Id", Text),
    ("Name", "Name", Text),
    ("Path", "Path", Text),
]);

static RDS_ADDITIONAL_STORAGE_VOLUME: Shape = Shape(&[
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("IOPS", "IOPS", Whole),
    ("MaxAllocatedStorage", "MaxAllocatedStorage", Whole),
    ("StorageThroughput", "StorageThroughput", Whole),
    ("StorageType", "StorageType", Text),
    ("VolumeName", "VolumeName", Text),
]);

static RDS_ADDITIONAL_STORAGE_VOLUME_OUTPUT: Shape = Shape(&[
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("IOPS", "IOPS", Whole),
    ("MaxAllocatedStorage", "MaxAllocatedStorage", Whole),
    ("StorageOperationPercentProgress", "StorageOperationPercentProgress", Whole),
    ("StorageOperationStatus", "StorageOperationStatus", Text),
    ("StorageThroughput", "StorageThroughput", Whole),
    ("StorageType", "StorageType", Text),
    ("StorageVolumeStatus", "StorageVolumeStatus", Text),
    ("VolumeName", "VolumeName", Text),
]);

static RDS_AVAILABILITY_ZONE: Shape = Shape(&[
    ("Name", "Name", Text),
]);

static RDS_BLUE_GREEN_DEPLOYMENT: Shape = Shape(&[
    ("BlueGreenDeploymentIdentifier", "BlueGreenDeploymentIdentifier", Text),
    ("BlueGreenDeploymentName", "BlueGreenDeploymentName", Text),
    ("CreateTime", "CreateTime", Time),
    ("DeleteTime", "DeleteTime", Time),
    ("Source", "Source", Text),
    ("Status", "Status", Text),
    ("StatusDetails", "StatusDetails", Text),
    ("SwitchoverDetails", "SwitchoverDetails", List(&Of(&RDS_SWITCHOVER_DETAIL))),
    ("TagList", "TagList", List(&Of(&RDS_TAG))),
    ("Target", "Target", Text),
    ("Tasks", "Tasks", List(&Of(&RDS_BLUE_GREEN_DEPLOYMENT_TASK))),
]);

static RDS_BLUE_GREEN_DEPLOYMENT_TASK: Shape = Shape(&[
    ("Name", "Name", Text),
    ("Status", "Status", Text),
]);

static RDS_CERTIFICATE: Shape = Shape(&[
    ("CertificateArn", "CertificateArn", Text),
    ("CertificateIdentifier", "CertificateIdentifier", Text),
    ("CertificateType", "CertificateType", Text),
    ("CustomerOverride", "CustomerOverride", Bool),
    ("CustomerOverrideValidTill", "CustomerOverrideValidTill", Time),
    ("Thumbprint", "Thumbprint", Text),
    ("ValidFrom", "ValidFrom", Time),
    ("ValidTill", "ValidTill", Time),
]);

static RDS_CERTIFICATE_DETAILS: Shape = Shape(&[
    ("CAIdentifier", "CAIdentifier", Text),
    ("ValidTill", "ValidTill", Time),
]);

static RDS_CERTIFICATE_MESSAGE: Shape = Shape(&[
    ("Certificates", "Certificates", List(&Of(&RDS_CERTIFICATE))),
    ("DefaultCertificateForNewLaunches", "DefaultCertificateForNewLaunches", Text),
    ("Marker", "Marker", Text),
]);

static RDS_CHARACTER_SET: Shape = Shape(&[
    ("CharacterSetDescription", "CharacterSetDescription", Text),
    ("CharacterSetName", "CharacterSetName", Text),
]);

static RDS_CLUSTER_PENDING_MODIFIED_VALUES: Shape = Shape(&[
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("BackupRetentionPeriod", "BackupRetentionPeriod", Whole),
    ("CertificateDetails", "CertificateDetails", Of(&RDS_CERTIFICATE_DETAILS)),
    ("DBClusterIdentifier", "DBClusterIdentifier", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("IAMDatabaseAuthenticationEnabled", "IAMDatabaseAuthenticationEnabled", Bool),
    ("Iops", "Iops", Whole),
    ("MasterUserPassword", "MasterUserPassword", Text),
    ("PendingCloudwatchLogsExports", "PendingCloudwatchLogsExports", Of(&RDS_PENDING_CLOUDWATCH_LOGS_EXPORTS)),
    ("RdsCustomClusterConfiguration", "RdsCustomClusterConfiguration", Of(&RDS_RDS_CUSTOM_CLUSTER_CONFIGURATION)),
    ("StorageType", "StorageType", Text),
]);

static RDS_CUSTOM_DB_ENGINE_VERSION_AMI: Shape = Shape(&[
    ("ImageId", "ImageId", Text),
    ("Status", "Status", Text),
]);

static RDS_DB_CLUSTER: Shape = Shape(&[
    ("ActivityStreamKinesisStreamName", "ActivityStreamKinesisStreamName", Text),
    ("ActivityStreamKmsKeyId", "ActivityStreamKmsKeyId", Text),
    ("ActivityStreamMode", "ActivityStreamMode", Text),
    ("ActivityStreamStatus", "ActivityStreamStatus", Text),
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("AssociatedRoles", "AssociatedRoles", List(&Of(&RDS_DB_CLUSTER_ROLE))),
    ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade", Bool),
    ("AutomaticRestartTime", "AutomaticRestartTime", Time),
    ("AvailabilityZones", "AvailabilityZones", List(&Text)),
    ("AwsBackupRecoveryPointArn", "AwsBackupRecoveryPointArn", Text),
    ("BacktrackConsumedChangeRecords", "BacktrackConsumedChangeRecords", Whole),
    ("BacktrackWindow", "BacktrackWindow", Whole),
    ("BackupRetentionPeriod", "BackupRetentionPeriod", Whole),
    ("Capacity", "Capacity", Whole),
    ("CertificateDetails", "CertificateDetails", Of(&RDS_CERTIFICATE_DETAILS)),
    ("CharacterSetName", "CharacterSetName", Text),
    ("CloneGroupId", "CloneGroupId", Text),
    ("ClusterCreateTime", "ClusterCreateTime", Time),
    ("ClusterScalabilityType", "ClusterScalabilityType", Text),
    ("CopyTagsToSnapshot", "CopyTagsToSnapshot", Bool),
    ("CrossAccountClone", "CrossAccountClone", Bool),
    ("CustomEndpoints", "CustomEndpoints", List(&Text)),
    ("DBClusterArn", "DBClusterArn", Text),
    ("DBClusterIdentifier", "DBClusterIdentifier", Text),
    ("DBClusterInstanceClass", "DBClusterInstanceClass", Text),
    ("DBClusterMembers", "DBClusterMembers", List(&Of(&RDS_DB_CLUSTER_MEMBER))),
    ("DBClusterOptionGroupMemberships", "DBClusterOptionGroupMemberships", List(&Of(&RDS_DB_CLUSTER_OPTION_GROUP_STATUS))),
    ("DBClusterParameterGroup", "DBClusterParameterGroup", Text),
    ("DBSubnetGroup", "DBSubnetGroup", Text),
    ("DBSystemId", "DBSystemId", Text),
    ("DatabaseInsightsMode", "DatabaseInsightsMode", Text),
    ("DatabaseName", "DatabaseName", Text),
    ("DbClusterResourceId", "DbClusterResourceId", Text),
    ("DeletionProtection", "DeletionProtection", Bool),
    ("DomainMemberships", "DomainMemberships", List(&Of(&RDS_DOMAIN_MEMBERSHIP))),
    ("EarliestBacktrackTime", "EarliestBacktrackTime", Time),
    ("EarliestRestorableTime", "EarliestRestorableTime", Time),
    ("EnabledCloudwatchLogsExports", "EnabledCloudwatchLogsExports", List(&Text)),
    ("Endpoint", "Endpoint", Text),
    ("Engine", "Engine", Text),
    ("EngineLifecycleSupport", "EngineLifecycleSupport", Text),
    ("EngineMode", "EngineMode", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("GlobalClusterIdentifier", "GlobalClusterIdentifier", Text),
    ("GlobalWriteForwardingRequested", "GlobalWriteForwardingRequested", Bool),
    ("GlobalWriteForwardingStatus", "GlobalWriteForwardingStatus", Text),
    ("HostedZoneId", "HostedZoneId", Text),
    ("HttpEndpointEnabled", "HttpEndpointEnabled", Bool),
    ("IAMDatabaseAuthenticationEnabled", "IAMDatabaseAuthenticationEnabled", Bool),
    ("IOOptimizedNextAllowedModificationTime", "IOOptimizedNextAllowedModificationTime", Time),
    ("InternetAccessGatewayEnabled", "InternetAccessGatewayEnabled", Bool),
    ("Iops", "Iops", Whole),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LatestRestorableTime", "LatestRestorableTime", Time),
    ("LimitlessDatabase", "LimitlessDatabase", Of(&RDS_LIMITLESS_DATABASE)),
    ("LocalWriteForwardingStatus", "LocalWriteForwardingStatus", Text),
    ("MasterUserSecret", "MasterUserSecret", Of(&RDS_MASTER_USER_SECRET)),
    ("MasterUsername", "MasterUsername", Text),
    ("MonitoringInterval", "MonitoringInterval", Whole),
    ("MonitoringRoleArn", "MonitoringRoleArn", Text),
    ("MultiAZ", "MultiAZ", Bool),
    ("NetworkType", "NetworkType", Text),
    ("PendingModifiedValues", "PendingModifiedValues", Of(&RDS_CLUSTER_PENDING_MODIFIED_VALUES)),
    ("PercentProgress", "PercentProgress", Text),
    ("PerformanceInsightsEnabled", "PerformanceInsightsEnabled", Bool),
    ("PerformanceInsightsKMSKeyId", "PerformanceInsightsKMSKeyId", Text),
    ("PerformanceInsightsRetentionPeriod", "PerformanceInsightsRetentionPeriod", Whole),
    ("Port", "Port", Whole),
    ("PreferredBackupWindow", "PreferredBackupWindow", Text),
    ("PreferredMaintenanceWindow", "PreferredMaintenanceWindow", Text),
    ("PubliclyAccessible", "PubliclyAccessible", Bool),
    ("RdsCustomClusterConfiguration", "RdsCustomClusterConfiguration", Of(&RDS_RDS_CUSTOM_CLUSTER_CONFIGURATION)),
    ("ReadReplicaIdentifiers", "ReadReplicaIdentifiers", List(&Text)),
    ("ReaderEndpoint", "ReaderEndpoint", Text),
    ("ReplicationSourceIdentifier", "ReplicationSourceIdentifier", Text),
    ("ScalingConfigurationInfo", "ScalingConfigurationInfo", Of(&RDS_SCALING_CONFIGURATION_INFO)),
    ("ServerlessV2PlatformVersion", "ServerlessV2PlatformVersion", Text),
    ("ServerlessV2ScalingConfiguration", "ServerlessV2ScalingConfiguration", Of(&RDS_SERVERLESS_V2_SCALING_CONFIGURATION_INFO)),
    ("Status", "Status", Text),
    ("StatusInfos", "StatusInfos", List(&Of(&RDS_DB_CLUSTER_STATUS_INFO))),
    ("StorageEncrypted", "StorageEncrypted", Bool),
    ("StorageEncryptionType", "StorageEncryptionType", Text),
    ("StorageThroughput", "StorageThroughput", Whole),
    ("StorageType", "StorageType", Text),
    ("TagList", "TagList", List(&Of(&RDS_TAG))),
    ("UpgradeRolloutOrder", "UpgradeRolloutOrder", Text),
    ("VPCNetworkingEnabled", "VPCNetworkingEnabled", Bool),
    ("VpcSecurityGroups", "VpcSecurityGroups", List(&Of(&RDS_VPC_SECURITY_GROUP_MEMBERSHIP))),
]);

static RDS_DB_CLUSTER_AUTOMATED_BACKUP: Shape = Shape(&[
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("AvailabilityZones", "AvailabilityZones", List(&Text)),
    ("AwsBackupRecoveryPointArn", "AwsBackupRecoveryPointArn", Text),
    ("BackupRetentionPeriod", "BackupRetentionPeriod", Whole),
    ("ClusterCreateTime", "ClusterCreateTime", Time),
    ("DBClusterArn", "DBClusterArn", Text),
    ("DBClusterAutomatedBackupsArn", "DBClusterAutomatedBackupsArn", Text),
    ("DBClusterIdentifier", "DBClusterIdentifier", Text),
    ("DbClusterResourceId", "DbClusterResourceId", Text),
    ("Engine", "Engine", Text),
    ("EngineMode", "EngineMode", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("IAMDatabaseAuthenticationEnabled", "IAMDatabaseAuthenticationEnabled", Bool),
    ("Iops", "Iops", Whole),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LicenseModel", "LicenseModel", Text),
    ("MasterUsername", "MasterUsername", Text),
    ("Port", "Port", Whole),
    ("PreferredBackupWindow", "PreferredBackupWindow", Text),
    ("Region", "Region", Text),
    ("RestoreWindow", "RestoreWindow", Of(&RDS_RESTORE_WINDOW)),
    ("Status", "Status", Text),
    ("StorageEncrypted", "StorageEncrypted", Bool),
    ("StorageEncryptionType", "StorageEncryptionType", Text),
    ("StorageThroughput", "StorageThroughput", Whole),
    ("StorageType", "StorageType", Text),
    ("TagList", "TagList", List(&Of(&RDS_TAG))),
    ("VpcId", "VpcId", Text),
]);

static RDS_DB_CLUSTER_AUTOMATED_BACKUP_MESSAGE: Shape = Shape(&[
    ("DBClusterAutomatedBackups", "DBClusterAutomatedBackups", List(&Of(&RDS_DB_CLUSTER_AUTOMATED_BACKUP))),
    ("Marker", "Marker", Text),
]);

static RDS_DB_CLUSTER_MEMBER: Shape = Shape(&[
    ("DBClusterParameterGroupStatus", "DBClusterParameterGroupStatus", Text),
    ("DBInstanceIdentifier", "DBInstanceIdentifier", Text),
    ("IsClusterWriter", "IsClusterWriter", Bool),
    ("PromotionTier", "PromotionTier", Whole),
]);

static RDS_DB_CLUSTER_MESSAGE: Shape = Shape(&[
    ("DBClusters", "DBClusters", List(&Of(&RDS_DB_CLUSTER))),
    ("Marker", "Marker", Text),
]);

static RDS_DB_CLUSTER_OPTION_GROUP_STATUS: Shape = Shape(&[
    ("DBClusterOptionGroupName", "DBClusterOptionGroupName", Text),
    ("Status", "Status", Text),
]);

static RDS_DB_CLUSTER_PARAMETER_GROUP: Shape = Shape(&[
    ("DBClusterParameterGroupArn", "DBClusterParameterGroupArn", Text),
    ("DBClusterParameterGroupName", "DBClusterParameterGroupName", Text),
    ("DBParameterGroupFamily", "DBParameterGroupFamily", Text),
    ("Description", "Description", Text),
]);

static RDS_DB_CLUSTER_PARAMETER_GROUP_DETAILS: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("Parameters", "Parameters", List(&Of(&RDS_PARAMETER))),
]);

static RDS_DB_CLUSTER_PARAMETER_GROUPS_MESSAGE: Shape = Shape(&[
    ("DBClusterParameterGroups", "DBClusterParameterGroups", List(&Of(&RDS_DB_CLUSTER_PARAMETER_GROUP))),
    ("Marker", "Marker", Text),
]);

static RDS_DB_CLUSTER_ROLE: Shape = Shape(&[
    ("FeatureName", "FeatureName", Text),
    ("RoleArn", "RoleArn", Text),
    ("Status", "Status", Text),
]);

static RDS_DB_CLUSTER_SNAPSHOT: Shape = Shape(&[
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("AvailabilityZones", "AvailabilityZones", List(&Text)),
    ("BackupRetentionPeriod", "BackupRetentionPeriod", Whole),
    ("ClusterCreateTime", "ClusterCreateTime", Time),
    ("DBClusterIdentifier", "DBClusterIdentifier", Text),
    ("DBClusterSnapshotArn", "DBClusterSnapshotArn", Text),
    ("DBClusterSnapshotIdentifier", "DBClusterSnapshotIdentifier", Text),
    ("DBSystemId", "DBSystemId", Text),
    ("DbClusterResourceId", "DbClusterResourceId", Text),
    ("Engine", "Engine", Text),
    ("EngineMode", "EngineMode", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("IAMDatabaseAuthenticationEnabled", "IAMDatabaseAuthenticationEnabled", Bool),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LicenseModel", "LicenseModel", Text),
    ("MasterUsername", "MasterUsername", Text),
    ("PercentProgress", "PercentProgress", Whole),
    ("Port", "Port", Whole),
    ("PreferredBackupWindow", "PreferredBackupWindow", Text),
    ("SnapshotCreateTime", "SnapshotCreateTime", Time),
    ("SnapshotType", "SnapshotType", Text),
    ("SourceDBClusterSnapshotArn", "SourceDBClusterSnapshotArn", Text),
    ("Status", "Status", Text),
    ("StorageEncrypted", "StorageEncrypted", Bool),
    ("StorageEncryptionType", "StorageEncryptionType", Text),
    ("StorageThroughput", "StorageThroughput", Whole),
    ("StorageType", "StorageType", Text),
    ("TagList", "TagList", List(&Of(&RDS_TAG))),
    ("VpcId", "VpcId", Text),
]);

static RDS_DB_CLUSTER_SNAPSHOT_ATTRIBUTE: Shape = Shape(&[
    ("AttributeName", "AttributeName", Text),
    ("AttributeValues", "AttributeValues", List(&Text)),
]);

static RDS_DB_CLUSTER_SNAPSHOT_ATTRIBUTES_RESULT: Shape = Shape(&[
    ("DBClusterSnapshotAttributes", "DBClusterSnapshotAttributes", List(&Of(&RDS_DB_CLUSTER_SNAPSHOT_ATTRIBUTE))),
    ("DBClusterSnapshotIdentifier", "DBClusterSnapshotIdentifier", Text),
]);

static RDS_DB_CLUSTER_SNAPSHOT_MESSAGE: Shape = Shape(&[
    ("DBClusterSnapshots", "DBClusterSnapshots", List(&Of(&RDS_DB_CLUSTER_SNAPSHOT))),
    ("Marker", "Marker", Text),
]);

static RDS_DB_CLUSTER_STATUS_INFO: Shape = Shape(&[
    ("Message", "Message", Text),
    ("Normal", "Normal", Bool),
    ("Status", "Status", Text),
    ("StatusType", "StatusType", Text),
]);

static RDS_DB_ENGINE_VERSION: Shape = Shape(&[
    ("CreateTime", "CreateTime", Time),
    ("CustomDBEngineVersionManifest", "CustomDBEngineVersionManifest", Text),
    ("DBEngineDescription", "DBEngineDescription", Text),
    ("DBEngineMediaType", "DBEngineMediaType", Text),
    ("DBEngineVersionArn", "DBEngineVersionArn", Text),
    ("DBEngineVersionDescription", "DBEngineVersionDescription", Text),
    ("DBParameterGroupFamily", "DBParameterGroupFamily", Text),
    ("DatabaseInstallationFiles", "DatabaseInstallationFiles", List(&Text)),
    ("DatabaseInstallationFilesS3BucketName", "DatabaseInstallationFilesS3BucketName", Text),
    ("DatabaseInstallationFilesS3Prefix", "DatabaseInstallationFilesS3Prefix", Text),
    ("DefaultCharacterSet", "DefaultCharacterSet", Of(&RDS_CHARACTER_SET)),
    ("Engine", "Engine", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("ExportableLogTypes", "ExportableLogTypes", List(&Text)),
    ("FailureReason", "FailureReason", Text),
    ("Image", "Image", Of(&RDS_CUSTOM_DB_ENGINE_VERSION_AMI)),
    ("KMSKeyId", "KMSKeyId", Text),
    ("MajorEngineVersion", "MajorEngineVersion", Text),
    ("ServerlessV2FeaturesSupport", "ServerlessV2FeaturesSupport", Of(&RDS_SERVERLESS_V2_FEATURES_SUPPORT)),
    ("Status", "Status", Text),
    ("SupportedCACertificateIdentifiers", "SupportedCACertificateIdentifiers", List(&Text)),
    ("SupportedCharacterSets", "SupportedCharacterSets", List(&Of(&RDS_CHARACTER_SET))),
    ("SupportedEngineModes", "SupportedEngineModes", List(&Text)),
    ("SupportedFeatureNames", "SupportedFeatureNames", List(&Text)),
    ("SupportedNcharCharacterSets", "SupportedNcharCharacterSets", List(&Of(&RDS_CHARACTER_SET))),
    ("SupportedTimezones", "SupportedTimezones", List(&Of(&RDS_TIMEZONE))),
    ("SupportsBabelfish", "SupportsBabelfish", Bool),
    ("SupportsCertificateRotationWithoutRestart", "SupportsCertificateRotationWithoutRestart", Bool),
    ("SupportsGlobalDatabases", "SupportsGlobalDatabases", Bool),
    ("SupportsIntegrations", "SupportsIntegrations", Bool),
    ("SupportsLimitlessDatabase", "SupportsLimitlessDatabase", Bool),
    ("SupportsLocalWriteForwarding", "SupportsLocalWriteForwarding", Bool),
    ("SupportsLogExportsToCloudwatchLogs", "SupportsLogExportsToCloudwatchLogs", Bool),
    ("SupportsParallelQuery", "SupportsParallelQuery", Bool),
    ("SupportsReadReplica", "SupportsReadReplica", Bool),
    ("TagList", "TagList", List(&Of(&RDS_TAG))),
    ("ValidUpgradeTarget", "ValidUpgradeTarget", List(&Of(&RDS_UPGRADE_TARGET))),
]);

static RDS_DB_ENGINE_VERSION_MESSAGE: Shape = Shape(&[
    ("DBEngineVersions", "DBEngineVersions", List(&Of(&RDS_DB_ENGINE_VERSION))),
    ("Marker", "Marker", Text),
]);

static RDS_DB_INSTANCE: Shape = Shape(&[
    ("ActivityStreamEngineNativeAuditFieldsIncluded", "ActivityStreamEngineNativeAuditFieldsIncluded", Bool),
    ("ActivityStreamKinesisStreamName", "ActivityStreamKinesisStreamName", Text),
    ("ActivityStreamKmsKeyId", "ActivityStreamKmsKeyId", Text),
    ("ActivityStreamMode", "ActivityStreamMode", Text),
    ("ActivityStreamPolicyStatus", "ActivityStreamPolicyStatus", Text),
    ("ActivityStreamStatus", "ActivityStreamStatus", Text),
    ("AdditionalStorageVolumes", "AdditionalStorageVolumes", List(&Of(&RDS_ADDITIONAL_STORAGE_VOLUME_OUTPUT))),
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("AssociatedRoles", "AssociatedRoles", List(&Of(&RDS_DB_INSTANCE_ROLE))),
    ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade", Bool),
    ("AutomaticRestartTime", "AutomaticRestartTime", Time),
    ("AutomationMode", "AutomationMode", Text),
    ("AvailabilityZone", "AvailabilityZone", Text),
    ("AwsBackupRecoveryPointArn", "AwsBackupRecoveryPointArn", Text),
    ("BackupRetentionPeriod", "BackupRetentionPeriod", Whole),
    ("BackupTarget", "BackupTarget", Text),
    ("CACertificateIdentifier", "CACertificateIdentifier", Text),
    ("CertificateDetails", "CertificateDetails", Of(&RDS_CERTIFICATE_DETAILS)),
    ("CharacterSetName", "CharacterSetName", Text),
    ("CopyTagsToSnapshot", "CopyTagsToSnapshot", Bool),
    ("CustomIamInstanceProfile", "CustomIamInstanceProfile", Text),
    ("CustomerOwnedIpEnabled", "CustomerOwnedIpEnabled", Bool),
    ("DBCapacityReservationIdentifier", "DBCapacityReservationIdentifier", Text),
    ("DBClusterIdentifier", "DBClusterIdentifier", Text),
    ("DBInstanceArn", "DBInstanceArn", Text),
    ("DBInstanceAutomatedBackupsReplications", "DBInstanceAutomatedBackupsReplications", List(&Of(&RDS_DB_INSTANCE_AUTOMATED_BACKUPS_REPLICATION))),
    ("DBInstanceClass", "DBInstanceClass", Text),
    ("DBInstanceIdentifier", "DBInstanceIdentifier", Text),
    ("DBInstanceStatus", "DBInstanceStatus", Text),
    ("DBName", "DBName", Text),
    ("DBParameterGroups", "DBParameterGroups", List(&Of(&RDS_DB_PARAMETER_GROUP_STATUS))),
    ("DBSecurityGroups", "DBSecurityGroups", List(&Of(&RDS_DB_SECURITY_GROUP_MEMBERSHIP))),
    ("DBSubnetGroup", "DBSubnetGroup", Of(&RDS_DB_SUBNET_GROUP)),
    ("DBSystemId", "DBSystemId", Text),
    ("DatabaseInsightsMode", "DatabaseInsightsMode", Text),
    ("DbInstancePort", "DbInstancePort", Whole),
    ("DbiResourceId", "DbiResourceId", Text),
    ("DedicatedLogVolume", "DedicatedLogVolume", Bool),
    ("DeletionProtection", "DeletionProtection", Bool),
    ("DomainMemberships", "DomainMemberships", List(&Of(&RDS_DOMAIN_MEMBERSHIP))),
    ("EnabledCloudwatchLogsExports", "EnabledCloudwatchLogsExports", List(&Text)),
    ("Endpoint", "Endpoint", Of(&RDS_ENDPOINT)),
    ("Engine", "Engine", Text),
    ("EngineLifecycleSupport", "EngineLifecycleSupport", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("EnhancedMonitoringResourceArn", "EnhancedMonitoringResourceArn", Text),
    ("IAMDatabaseAuthenticationEnabled", "IAMDatabaseAuthenticationEnabled", Bool),
    ("InstanceCreateTime", "InstanceCreateTime", Time),
    ("Iops", "Iops", Whole),
    ("IsStorageConfigUpgradeAvailable", "IsStorageConfigUpgradeAvailable", Bool),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LatestRestorableTime", "LatestRestorableTime", Time),
    ("LicenseModel", "LicenseModel", Text),
    ("ListenerEndpoint", "ListenerEndpoint", Of(&RDS_ENDPOINT)),
    ("MasterUserSecret", "MasterUserSecret", Of(&RDS_MASTER_USER_SECRET)),
    ("MasterUsername", "MasterUsername", Text),
    ("MaxAllocatedStorage", "MaxAllocatedStorage", Whole),
    ("MonitoringInterval", "MonitoringInterval", Whole),
    ("MonitoringRoleArn", "MonitoringRoleArn", Text),
    ("MultiAZ", "MultiAZ", Bool),
    ("MultiTenant", "MultiTenant", Bool),
    ("NcharCharacterSetName", "NcharCharacterSetName", Text),
    ("NetworkType", "NetworkType", Text),
    ("OptionGroupMemberships", "OptionGroupMemberships", List(&Of(&RDS_OPTION_GROUP_MEMBERSHIP))),
    ("PendingModifiedValues", "PendingModifiedValues", Of(&RDS_PENDING_MODIFIED_VALUES)),
    ("PercentProgress", "PercentProgress", Text),
    ("PerformanceInsightsEnabled", "PerformanceInsightsEnabled", Bool),
    ("PerformanceInsightsKMSKeyId", "PerformanceInsightsKMSKeyId", Text),
    ("PerformanceInsightsRetentionPeriod", "PerformanceInsightsRetentionPeriod", Whole),
    ("PreferredBackupWindow", "PreferredBackupWindow", Text),
    ("PreferredMaintenanceWindow", "PreferredMaintenanceWindow", Text),
    ("ProcessorFeatures", "ProcessorFeatures", List(&Of(&RDS_PROCESSOR_FEATURE))),
    ("PromotionTier", "PromotionTier", Whole),
    ("PubliclyAccessible", "PubliclyAccessible", Bool),
    ("ReadReplicaDBClusterIdentifiers", "ReadReplicaDBClusterIdentifiers", List(&Text)),
    ("ReadReplicaDBInstanceIdentifiers", "ReadReplicaDBInstanceIdentifiers", List(&Text)),
    ("ReadReplicaSourceDBClusterIdentifier", "ReadReplicaSourceDBClusterIdentifier", Text),
    ("ReadReplicaSourceDBInstanceIdentifier", "ReadReplicaSourceDBInstanceIdentifier", Text),
    ("ReplicaMode", "ReplicaMode", Text),
    ("ResumeFullAutomationModeTime", "ResumeFullAutomationModeTime", Time),
    ("SecondaryAvailabilityZone", "SecondaryAvailabilityZone", Text),
    ("StatusInfos", "StatusInfos", List(&Of(&RDS_DB_INSTANCE_STATUS_INFO))),
    ("StorageEncrypted", "StorageEncrypted", Bool),
    ("StorageEncryptionType", "StorageEncryptionType", Text),
    ("StorageOperationPercentProgress", "StorageOperationPercentProgress", Whole),
    ("StorageOperationStatus", "StorageOperationStatus", Text),
    ("StorageThroughput", "StorageThroughput", Whole),
    ("StorageType", "StorageType", Text),
    ("StorageVolumeStatus", "StorageVolumeStatus", Text),
    ("TagList", "TagList", List(&Of(&RDS_TAG))),
    ("TdeCredentialArn", "TdeCredentialArn", Text),
    ("Timezone", "Timezone", Text),
    ("UpgradeRolloutOrder", "UpgradeRolloutOrder", Text),
    ("VpcSecurityGroups", "VpcSecurityGroups", List(&Of(&RDS_VPC_SECURITY_GROUP_MEMBERSHIP))),
]);

static RDS_DB_INSTANCE_AUTOMATED_BACKUP: Shape = Shape(&[
    ("AdditionalStorageVolumes", "AdditionalStorageVolumes", List(&Of(&RDS_ADDITIONAL_STORAGE_VOLUME))),
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("AvailabilityZone", "AvailabilityZone", Text),
    ("AwsBackupRecoveryPointArn", "AwsBackupRecoveryPointArn", Text),
    ("BackupRetentionPeriod", "BackupRetentionPeriod", Whole),
    ("BackupTarget", "BackupTarget", Text),
    ("DBInstanceArn", "DBInstanceArn", Text),
    ("DBInstanceAutomatedBackupsArn", "DBInstanceAutomatedBackupsArn", Text),
    ("DBInstanceAutomatedBackupsReplications", "DBInstanceAutomatedBackupsReplications", List(&Of(&RDS_DB_INSTANCE_AUTOMATED_BACKUPS_REPLICATION))),
    ("DBInstanceIdentifier", "DBInstanceIdentifier", Text),
    ("DbiResourceId", "DbiResourceId", Text),
    ("DedicatedLogVolume", "DedicatedLogVolume", Bool),
    ("Encrypted", "Encrypted", Bool),
    ("Engine", "Engine", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("IAMDatabaseAuthenticationEnabled", "IAMDatabaseAuthenticationEnabled", Bool),
    ("InstanceCreateTime", "InstanceCreateTime", Time),
    ("Iops", "Iops", Whole),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LicenseModel", "LicenseModel", Text),
    ("MasterUsername", "MasterUsername", Text),
    ("MultiTenant", "MultiTenant", Bool),
    ("OptionGroupName", "OptionGroupName", Text),
    ("Port", "Port", Whole),
    ("PreferredBackupWindow", "PreferredBackupWindow", Text),
    ("Region", "Region", Text),
    ("RestoreWindow", "RestoreWindow", Of(&RDS_RESTORE_WINDOW)),
    ("Status", "Status", Text),
    ("StorageEncryptionType", "StorageEncryptionType", Text),
    ("StorageThroughput", "StorageThroughput", Whole),
    ("StorageType", "StorageType", Text),
    ("TagList", "TagList", List(&Of(&RDS_TAG))),
    ("TdeCredentialArn", "TdeCredentialArn", Text),
    ("Timezone", "Timezone", Text),
    ("VpcId", "VpcId", Text),
]);

static RDS_DB_INSTANCE_AUTOMATED_BACKUP_MESSAGE: Shape = Shape(&[
    ("DBInstanceAutomatedBackups", "DBInstanceAutomatedBackups", List(&Of(&RDS_DB_INSTANCE_AUTOMATED_BACKUP))),
    ("Marker", "Marker", Text),
]);

static RDS_DB_INSTANCE_AUTOMATED_BACKUPS_REPLICATION: Shape = Shape(&[
    ("DBInstanceAutomatedBackupsArn", "DBInstanceAutomatedBackupsArn", Text),
]);

static RDS_DB_INSTANCE_MESSAGE: Shape = Shape(&[
    ("DBInstances", "DBInstances", List(&Of(&RDS_DB_INSTANCE))),
    ("Marker", "Marker", Text),
]);

static RDS_DB_INSTANCE_ROLE: Shape = Shape(&[
    ("FeatureName", "FeatureName", Text),
    ("RoleArn", "RoleArn", Text),
    ("Status", "Status", Text),
]);

static RDS_DB_INSTANCE_STATUS_INFO: Shape = Shape(&[
    ("Message", "Message", Text),
    ("Normal", "Normal", Bool),
    ("Status", "Status", Text),
    ("StatusType", "StatusType", Text),
]);

static RDS_DB_MAJOR_ENGINE_VERSION: Shape = Shape(&[
    ("Engine", "Engine", Text),
    ("MajorEngineVersion", "MajorEngineVersion", Text),
    ("SupportedEngineLifecycles", "SupportedEngineLifecycles", List(&Of(&RDS_SUPPORTED_ENGINE_LIFECYCLE))),
]);

static RDS_DB_PARAMETER_GROUP: Shape = Shape(&[
    ("DBParameterGroupArn", "DBParameterGroupArn", Text),
    ("DBParameterGroupFamily", "DBParameterGroupFamily", Text),
    ("DBParameterGroupName", "DBParameterGroupName", Text),
    ("Description", "Description", Text),
]);

static RDS_DB_PARAMETER_GROUP_DETAILS: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("Parameters", "Parameters", List(&Of(&RDS_PARAMETER))),
]);

static RDS_DB_PARAMETER_GROUP_STATUS: Shape = Shape(&[
    ("DBParameterGroupName", "DBParameterGroupName", Text),
    ("ParameterApplyStatus", "ParameterApplyStatus", Text),
]);

static RDS_DB_PARAMETER_GROUPS_MESSAGE: Shape = Shape(&[
    ("DBParameterGroups", "DBParameterGroups", List(&Of(&RDS_DB_PARAMETER_GROUP))),
    ("Marker", "Marker", Text),
]);

static RDS_DB_PROXY: Shape = Shape(&[
    ("Auth", "Auth", List(&Of(&RDS_USER_AUTH_CONFIG_INFO))),
    ("CreatedDate", "CreatedDate", Time),
    ("DBProxyArn", "DBProxyArn", Text),
    ("DBProxyName", "DBProxyName", Text),
    ("DebugLogging", "DebugLogging", Bool),
    ("DefaultAuthScheme", "DefaultAuthScheme", Text),
    ("Endpoint", "Endpoint", Text),
    ("EndpointNetworkType", "EndpointNetworkType", Text),
    ("EngineFamily", "EngineFamily", Text),
    ("IdleClientTimeout", "IdleClientTimeout", Whole),
    ("RequireTLS", "RequireTLS", Bool),
    ("RoleArn", "RoleArn", Text),
    ("Status", "Status", Text),
    ("TargetConnectionNetworkType", "TargetConnectionNetworkType", Text),
    ("UpdatedDate", "UpdatedDate", Time),
    ("VpcId", "VpcId", Text),
    ("VpcSecurityGroupIds", "VpcSecurityGroupIds", List(&Text)),
    ("VpcSubnetIds", "VpcSubnetIds", List(&Text)),
]);

static RDS_DB_PROXY_TARGET: Shape = Shape(&[
    ("Endpoint", "Endpoint", Text),
    ("Port", "Port", Whole),
    ("RdsResourceId", "RdsResourceId", Text),
    ("Role", "Role", Text),
    ("TargetArn", "TargetArn", Text),
    ("TargetHealth", "TargetHealth", Of(&RDS_TARGET_HEALTH)),
    ("TrackedClusterId", "TrackedClusterId", Text),
    ("Type", "Type", Text),
]);

static RDS_DB_SECURITY_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("DBSecurityGroupName", "DBSecurityGroupName", Text),
    ("Status", "Status", Text),
]);

static RDS_DB_SNAPSHOT: Shape = Shape(&[
    ("AdditionalStorageVolumes", "AdditionalStorageVolumes", List(&Of(&RDS_ADDITIONAL_STORAGE_VOLUME))),
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("AvailabilityZone", "AvailabilityZone", Text),
    ("BackupRetentionPeriod", "BackupRetentionPeriod", Whole),
    ("DBInstanceIdentifier", "DBInstanceIdentifier", Text),
    ("DBSnapshotArn", "DBSnapshotArn", Text),
    ("DBSnapshotIdentifier", "DBSnapshotIdentifier", Text),
    ("DBSystemId", "DBSystemId", Text),
    ("DbiResourceId", "DbiResourceId", Text),
    ("DedicatedLogVolume", "DedicatedLogVolume", Bool),
    ("Encrypted", "Encrypted", Bool),
    ("Engine", "Engine", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("FullSnapshotSizeInBytes", "FullSnapshotSizeInBytes", Whole),
    ("IAMDatabaseAuthenticationEnabled", "IAMDatabaseAuthenticationEnabled", Bool),
    ("InstanceCreateTime", "InstanceCreateTime", Time),
    ("Iops", "Iops", Whole),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LicenseModel", "LicenseModel", Text),
    ("MasterUsername", "MasterUsername", Text),
    ("MultiTenant", "MultiTenant", Bool),
    ("OptionGroupName", "OptionGroupName", Text),
    ("OriginalSnapshotCreateTime", "OriginalSnapshotCreateTime", Time),
    ("PercentProgress", "PercentProgress", Whole),
    ("Port", "Port", Whole),
    ("PreferredBackupWindow", "PreferredBackupWindow", Text),
    ("ProcessorFeatures", "ProcessorFeatures", List(&Of(&RDS_PROCESSOR_FEATURE))),
    ("SnapshotAvailabilityZone", "SnapshotAvailabilityZone", Text),
    ("SnapshotCreateTime", "SnapshotCreateTime", Time),
    ("SnapshotDatabaseTime", "SnapshotDatabaseTime", Time),
    ("SnapshotTarget", "SnapshotTarget", Text),
    ("SnapshotType", "SnapshotType", Text),
    ("SourceDBSnapshotIdentifier", "SourceDBSnapshotIdentifier", Text),
    ("SourceRegion", "SourceRegion", Text),
    ("Status", "Status", Text),
    ("StorageEncryptionType", "StorageEncryptionType", Text),
    ("StorageThroughput", "StorageThroughput", Whole),
    ("StorageType", "StorageType", Text),
    ("TagList", "TagList", List(&Of(&RDS_TAG))),
    ("TdeCredentialArn", "TdeCredentialArn", Text),
    ("Timezone", "Timezone", Text),
    ("VpcId", "VpcId", Text),
]);

static RDS_DB_SNAPSHOT_ATTRIBUTE: Shape = Shape(&[
    ("AttributeName", "AttributeName", Text),
    ("AttributeValues", "AttributeValues", List(&Text)),
]);

static RDS_DB_SNAPSHOT_ATTRIBUTES_RESULT: Shape = Shape(&[
    ("DBSnapshotAttributes", "DBSnapshotAttributes", List(&Of(&RDS_DB_SNAPSHOT_ATTRIBUTE))),
    ("DBSnapshotIdentifier", "DBSnapshotIdentifier", Text),
]);

static RDS_DB_SNAPSHOT_MESSAGE: Shape = Shape(&[
    ("DBSnapshots", "DBSnapshots", List(&Of(&RDS_DB_SNAPSHOT))),
    ("Marker", "Marker", Text),
]);

static RDS_DB_SUBNET_GROUP: Shape = Shape(&[
    ("DBSubnetGroupArn", "DBSubnetGroupArn", Text),
    ("DBSubnetGroupDescription", "DBSubnetGroupDescription", Text),
    ("DBSubnetGroupName", "DBSubnetGroupName", Text),
    ("SubnetGroupStatus", "SubnetGroupStatus", Text),
    ("Subnets", "Subnets", List(&Of(&RDS_SUBNET))),
    ("SupportedNetworkTypes", "SupportedNetworkTypes", List(&Text)),
    ("VpcId", "VpcId", Text),
]);

static RDS_DB_SUBNET_GROUP_MESSAGE: Shape = Shape(&[
    ("DBSubnetGroups", "DBSubnetGroups", List(&Of(&RDS_DB_SUBNET_GROUP))),
    ("Marker", "Marker", Text),
]);

static RDS_DESCRIBE_BLUE_GREEN_DEPLOYMENTS_RESPONSE: Shape = Shape(&[
    ("BlueGreenDeployments", "BlueGreenDeployments", List(&Of(&RDS_BLUE_GREEN_DEPLOYMENT))),
    ("Marker", "Marker", Text),
]);

static RDS_DESCRIBE_DB_CLUSTER_SNAPSHOT_ATTRIBUTES_RESULT: Shape = Shape(&[
    ("DBClusterSnapshotAttributesResult", "DBClusterSnapshotAttributesResult", Of(&RDS_DB_CLUSTER_SNAPSHOT_ATTRIBUTES_RESULT)),
]);

static RDS_DESCRIBE_DB_MAJOR_ENGINE_VERSIONS_RESPONSE: Shape = Shape(&[
    ("DBMajorEngineVersions", "DBMajorEngineVersions", List(&Of(&RDS_DB_MAJOR_ENGINE_VERSION))),
    ("Marker", "Marker", Text),
]);

static RDS_DESCRIBE_DB_PROXIES_RESPONSE: Shape = Shape(&[
    ("DBProxies", "DBProxies", List(&Of(&RDS_DB_PROXY))),
    ("Marker", "Marker", Text),
]);

static RDS_DESCRIBE_DB_PROXY_TARGETS_RESPONSE: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("Targets", "Targets", List(&Of(&RDS_DB_PROXY_TARGET))),
]);

static RDS_DESCRIBE_DB_SNAPSHOT_ATTRIBUTES_RESULT: Shape = Shape(&[
    ("DBSnapshotAttributesResult", "DBSnapshotAttributesResult", Of(&RDS_DB_SNAPSHOT_ATTRIBUTES_RESULT)),
]);

static RDS_DESCRIBE_ENGINE_DEFAULT_CLUSTER_PARAMETERS_RESULT: Shape = Shape(&[
    ("EngineDefaults", "EngineDefaults", Of(&RDS_ENGINE_DEFAULTS)),
]);

static RDS_DESCRIBE_ENGINE_DEFAULT_PARAMETERS_RESULT: Shape = Shape(&[
    ("EngineDefaults", "EngineDefaults", Of(&RDS_ENGINE_DEFAULTS)),
]);

static RDS_DOMAIN_MEMBERSHIP: Shape = Shape(&[
    ("AuthSecretArn", "AuthSecretArn", Text),
    ("DnsIps", "DnsIps", List(&Text)),
    ("Domain", "Domain", Text),
    ("FQDN", "FQDN", Text),
    ("IAMRoleName", "IAMRoleName", Text),
    ("OU", "OU", Text),
    ("Status", "Status", Text),
]);

static RDS_ENDPOINT: Shape = Shape(&[
    ("Address", "Address", Text),
    ("HostedZoneId", "HostedZoneId", Text),
    ("Port", "Port", Whole),
]);

static RDS_ENGINE_DEFAULTS: Shape = Shape(&[
    ("DBParameterGroupFamily", "DBParameterGroupFamily", Text),
    ("Marker", "Marker", Text),
    ("Parameters", "Parameters", List(&Of(&RDS_PARAMETER))),
]);

static RDS_EVENT_SUBSCRIPTION: Shape = Shape(&[
    ("CustSubscriptionId", "CustSubscriptionId", Text),
    ("CustomerAwsId", "CustomerAwsId", Text),
    ("Enabled", "Enabled", Bool),
    ("EventCategoriesList", "EventCategoriesList", List(&Text)),
    ("EventSubscriptionArn", "EventSubscriptionArn", Text),
    ("SnsTopicArn", "SnsTopicArn", Text),
    ("SourceIdsList", "SourceIdsList", List(&Text)),
    ("SourceType", "SourceType", Text),
    ("Status", "Status", Text),
    ("SubscriptionCreationTime", "SubscriptionCreationTime", Text),
]);

static RDS_EVENT_SUBSCRIPTIONS_MESSAGE: Shape = Shape(&[
    ("EventSubscriptionsList", "EventSubscriptionsList", List(&Of(&RDS_EVENT_SUBSCRIPTION))),
    ("Marker", "Marker", Text),
]);

static RDS_FAILOVER_STATE: Shape = Shape(&[
    ("FromDbClusterArn", "FromDbClusterArn", Text),
    ("IsDataLossAllowed", "IsDataLossAllowed", Bool),
    ("Status", "Status", Text),
    ("ToDbClusterArn", "ToDbClusterArn", Text),
]);

static RDS_GLOBAL_CLUSTER: Shape = Shape(&[
    ("DatabaseName", "DatabaseName", Text),
    ("DeletionProtection", "DeletionProtection", Bool),
    ("Endpoint", "Endpoint", Text),
    ("Engine", "Engine", Text),
    ("EngineLifecycleSupport", "EngineLifecycleSupport", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("FailoverState", "FailoverState", Of(&RDS_FAILOVER_STATE)),
    ("GlobalClusterArn", "GlobalClusterArn", Text),
    ("GlobalClusterIdentifier", "GlobalClusterIdentifier", Text),
    ("GlobalClusterMembers", "GlobalClusterMembers", List(&Of(&RDS_GLOBAL_CLUSTER_MEMBER))),
    ("GlobalClusterResourceId", "GlobalClusterResourceId", Text),
    ("Status", "Status", Text),
    ("StorageEncrypted", "StorageEncrypted", Bool),
    ("StorageEncryptionType", "StorageEncryptionType", Text),
    ("TagList", "TagList", List(&Of(&RDS_TAG))),
]);

static RDS_GLOBAL_CLUSTER_MEMBER: Shape = Shape(&[
    ("DBClusterArn", "DBClusterArn", Text),
    ("GlobalWriteForwardingStatus", "GlobalWriteForwardingStatus", Text),
    ("IsWriter", "IsWriter", Bool),
    ("Readers", "Readers", List(&Text)),
    ("SynchronizationStatus", "SynchronizationStatus", Text),
]);

static RDS_GLOBAL_CLUSTERS_MESSAGE: Shape = Shape(&[
    ("GlobalClusters", "GlobalClusters", List(&Of(&RDS_GLOBAL_CLUSTER))),
    ("Marker", "Marker", Text),
]);

static RDS_LIMITLESS_DATABASE: Shape = Shape(&[
    ("MinRequiredACU", "MinRequiredACU", Real),
    ("Status", "Status", Text),
]);

static RDS_MASTER_USER_SECRET: Shape = Shape(&[
    ("KmsKeyId", "KmsKeyId", Text),
    ("SecretArn", "SecretArn", Text),
    ("SecretStatus", "SecretStatus", Text),
]);

static RDS_OPTION: Shape = Shape(&[
    ("DBSecurityGroupMemberships", "DBSecurityGroupMemberships", List(&Of(&RDS_DB_SECURITY_GROUP_MEMBERSHIP))),
    ("OptionDescription", "OptionDescription", Text),
    ("OptionName", "OptionName", Text),
    ("OptionSettings", "OptionSettings", List(&Of(&RDS_OPTION_SETTING))),
    ("OptionVersion", "OptionVersion", Text),
    ("Permanent", "Permanent", Bool),
    ("Persistent", "Persistent", Bool),
    ("Port", "Port", Whole),
    ("VpcSecurityGroupMemberships", "VpcSecurityGroupMemberships", List(&Of(&RDS_VPC_SECURITY_GROUP_MEMBERSHIP))),
]);

static RDS_OPTION_GROUP: Shape = Shape(&[
    ("AllowsVpcAndNonVpcInstanceMemberships", "AllowsVpcAndNonVpcInstanceMemberships", Bool),
    ("CopyTimestamp", "CopyTimestamp", Time),
    ("EngineName", "EngineName", Text),
    ("MajorEngineVersion", "MajorEngineVersion", Text),
    ("OptionGroupArn", "OptionGroupArn", Text),
    ("OptionGroupDescription", "OptionGroupDescription", Text),
    ("OptionGroupName", "OptionGroupName", Text),
    ("Options", "Options", List(&Of(&RDS_OPTION))),
    ("SourceAccountId", "SourceAccountId", Text),
    ("SourceOptionGroup", "SourceOptionGroup", Text),
    ("SourceRegion", "SourceRegion", Text),
    ("VpcId", "VpcId", Text),
]);

static RDS_OPTION_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("OptionGroupName", "OptionGroupName", Text),
    ("Status", "Status", Text),
]);

static RDS_OPTION_GROUPS: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("OptionGroupsList", "OptionGroupsList", List(&Of(&RDS_OPTION_GROUP))),
]);

static RDS_OPTION_SETTING: Shape = Shape(&[
    ("AllowedValues", "AllowedValues", Text),
    ("ApplyType", "ApplyType", Text),
    ("DataType", "DataType", Text),
    ("DefaultValue", "DefaultValue", Text),
    ("Description", "Description", Text),
    ("IsCollection", "IsCollection", Bool),
    ("IsModifiable", "IsModifiable", Bool),
    ("Name", "Name", Text),
    ("Value", "Value", Text),
]);

static RDS_OUTPOST: Shape = Shape(&[
    ("Arn", "Arn", Text),
]);

static RDS_PARAMETER: Shape = Shape(&[
    ("AllowedValues", "AllowedValues", Text),
    ("ApplyMethod", "ApplyMethod", Text),
    ("ApplyType", "ApplyType", Text),
    ("DataType", "DataType", Text),
    ("Description", "Description", Text),
    ("IsModifiable", "IsModifiable", Bool),
    ("MinimumEngineVersion", "MinimumEngineVersion", Text),
    ("ParameterName", "ParameterName", Text),
    ("ParameterValue", "ParameterValue", Text),
    ("Source", "Source", Text),
    ("SupportedEngineModes", "SupportedEngineModes", List(&Text)),
]);

static RDS_PENDING_CLOUDWATCH_LOGS_EXPORTS: Shape = Shape(&[
    ("LogTypesToDisable", "LogTypesToDisable", List(&Text)),
    ("LogTypesToEnable", "LogTypesToEnable", List(&Text)),
]);

static RDS_PENDING_MAINTENANCE_ACTION: Shape = Shape(&[
    ("Action", "Action", Text),
    ("AutoAppliedAfterDate", "AutoAppliedAfterDate", Time),
    ("CurrentApplyDate", "CurrentApplyDate", Time),
    ("Description", "Description", Text),
    ("ForcedApplyDate", "ForcedApplyDate", Time),
    ("OptInStatus", "OptInStatus", Text),
]);

static RDS_PENDING_MAINTENANCE_ACTIONS_MESSAGE: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("PendingMaintenanceActions", "PendingMaintenanceActions", List(&Of(&RDS_RESOURCE_PENDING_MAINTENANCE_ACTIONS))),
]);

static RDS_PENDING_MODIFIED_VALUES: Shape = Shape(&[
    ("AdditionalStorageVolumes", "AdditionalStorageVolumes", List(&Of(&RDS_ADDITIONAL_STORAGE_VOLUME))),
    ("AllocatedStorage", "AllocatedStorage", Whole),
    ("AutomationMode", "AutomationMode", Text),
    ("BackupRetentionPeriod", "BackupRetentionPeriod", Whole),
    ("CACertificateIdentifier", "CACertificateIdentifier", Text),
    ("DBCapacityReservationIdentifier", "DBCapacityReservationIdentifier", Text),
    ("DBInstanceClass", "DBInstanceClass", Text),
    ("DBInstanceIdentifier", "DBInstanceIdentifier", Text),
    ("DBSubnetGroupName", "DBSubnetGroupName", Text),
    ("DedicatedLogVolume", "DedicatedLogVolume", Bool),
    ("Engine", "Engine", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("IAMDatabaseAuthenticationEnabled", "IAMDatabaseAuthenticationEnabled", Bool),
    ("Iops", "Iops", Whole),
    ("LicenseModel", "LicenseModel", Text),
    ("MasterUserPassword", "MasterUserPassword", Text),
    ("MultiAZ", "MultiAZ", Bool),
    ("MultiTenant", "MultiTenant", Bool),
    ("PendingCloudwatchLogsExports", "PendingCloudwatchLogsExports", Of(&RDS_PENDING_CLOUDWATCH_LOGS_EXPORTS)),
    ("Port", "Port", Whole),
    ("ProcessorFeatures", "ProcessorFeatures", List(&Of(&RDS_PROCESSOR_FEATURE))),
    ("ResumeFullAutomationModeTime", "ResumeFullAutomationModeTime", Time),
    ("StorageThroughput", "StorageThroughput", Whole),
    ("StorageType", "StorageType", Text),
]);

static RDS_PROCESSOR_FEATURE: Shape = Shape(&[
    ("Name", "Name", Text),
    ("Value", "Value", Text),
]);

static RDS_RDS_CUSTOM_CLUSTER_CONFIGURATION: Shape = Shape(&[
    ("InterconnectSubnetId", "InterconnectSubnetId", Text),
    ("ReplicaMode", "ReplicaMode", Text),
    ("TransitGatewayMulticastDomainId", "TransitGatewayMulticastDomainId", Text),
]);

static RDS_RESOURCE_PENDING_MAINTENANCE_ACTIONS: Shape = Shape(&[
    ("PendingMaintenanceActionDetails", "PendingMaintenanceActionDetails", List(&Of(&RDS_PENDING_MAINTENANCE_ACTION))),
    ("ResourceIdentifier", "ResourceIdentifier", Text),
]);

static RDS_RESTORE_WINDOW: Shape = Shape(&[
    ("EarliestTime", "EarliestTime", Time),
    ("LatestTime", "LatestTime", Time),
]);

static RDS_SCALING_CONFIGURATION_INFO: Shape = Shape(&[
    ("AutoPause", "AutoPause", Bool),
    ("MaxCapacity", "MaxCapacity", Whole),
    ("MinCapacity", "MinCapacity", Whole),
    ("SecondsBeforeTimeout", "SecondsBeforeTimeout", Whole),
    ("SecondsUntilAutoPause", "SecondsUntilAutoPause", Whole),
    ("TimeoutAction", "TimeoutAction", Text),
]);

static RDS_SERVERLESS_V2_FEATURES_SUPPORT: Shape = Shape(&[
    ("MaxCapacity", "MaxCapacity", Real),
    ("MinCapacity", "MinCapacity", Real),
]);

static RDS_SERVERLESS_V2_SCALING_CONFIGURATION_INFO: Shape = Shape(&[
    ("MaxCapacity", "MaxCapacity", Real),
    ("MinCapacity", "MinCapacity", Real),
    ("SecondsUntilAutoPause", "SecondsUntilAutoPause", Whole),
]);

static RDS_SUBNET: Shape = Shape(&[
    ("SubnetAvailabilityZone", "SubnetAvailabilityZone", Of(&RDS_AVAILABILITY_ZONE)),
    ("SubnetIdentifier", "SubnetIdentifier", Text),
    ("SubnetOutpost", "SubnetOutpost", Of(&RDS_OUTPOST)),
    ("SubnetStatus", "SubnetStatus", Text),
]);

static RDS_SUPPORTED_ENGINE_LIFECYCLE: Shape = Shape(&[
    ("LifecycleSupportEndDate", "LifecycleSupportEndDate", Time),
    ("LifecycleSupportName", "LifecycleSupportName", Text),
    ("LifecycleSupportStartDate", "LifecycleSupportStartDate", Time),
]);

static RDS_SWITCHOVER_DETAIL: Shape = Shape(&[
    ("SourceMember", "SourceMember", Text),
    ("Status", "Status", Text),
    ("TargetMember", "TargetMember", Text),
]);

static RDS_TAG: Shape = Shape(&[
    ("Key", "Key", Text),
    ("Value", "Value", Text),
]);

static RDS_TARGET_HEALTH: Shape = Shape(&[
    ("Description", "Description", Text),
    ("Reason", "Reason", Text),
    ("State", "State", Text),
]);

static RDS_TIMEZONE: Shape = Shape(&[
    ("TimezoneName", "TimezoneName", Text),
]);

static RDS_UPGRADE_TARGET: Shape = Shape(&[
    ("AutoUpgrade", "AutoUpgrade", Bool),
    ("Description", "Description", Text),
    ("Engine", "Engine", Text),
    ("EngineVersion", "EngineVersion", Text),
    ("IsMajorVersionUpgrade", "IsMajorVersionUpgrade", Bool),
    ("SupportedEngineModes", "SupportedEngineModes", List(&Text)),
    ("SupportsBabelfish", "SupportsBabelfish", Bool),
    ("SupportsGlobalDatabases", "SupportsGlobalDatabases", Bool),
    ("SupportsIntegrations", "SupportsIntegrations", Bool),
    ("SupportsLimitlessDatabase", "SupportsLimitlessDatabase", Bool),
    ("SupportsLocalWriteForwarding", "SupportsLocalWriteForwarding", Bool),
    ("SupportsParallelQuery", "SupportsParallelQuery", Bool),
]);

static RDS_USER_AUTH_CONFIG_INFO: Shape = Shape(&[
    ("AuthScheme", "AuthScheme", Text),
    ("ClientPasswordAuthType", "ClientPasswordAuthType", Text),
    ("Description", "Description", Text),
    ("IAMAuth", "IAMAuth", Text),
    ("SecretArn", "SecretArn", Text),
    ("UserName", "UserName", Text),
]);

static RDS_VPC_SECURITY_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("Status", "Status", Text),
    ("VpcSecurityGroupId", "VpcSecurityGroupId", Text),
]);

static REDSHIFT_AQUA_CONFIGURATION: Shape = Shape(&[
    ("AquaConfigurationStatus", "AquaConfigurationStatus", Text),
    ("AquaStatus", "AquaStatus", Text),
]);

static REDSHIFT_AVAILABILITY_ZONE: Shape = Shape(&[
    ("Name", "Name", Text),
    ("SupportedPlatforms", "SupportedPlatforms", List(&Of(&REDSHIFT_SUPPORTED_PLATFORM))),
]);

static REDSHIFT_CLUSTER: Shape = Shape(&[
    ("AllowVersionUpgrade", "AllowVersionUpgrade", Bool),
    ("AquaConfiguration", "AquaConfiguration", Of(&REDSHIFT_AQUA_CONFIGURATION)),
    ("AutomatedSnapshotRetentionPeriod", "AutomatedSnapshotRetentionPeriod", Whole),
    ("AvailabilityZone", "AvailabilityZone", Text),
    ("AvailabilityZoneRelocationStatus", "AvailabilityZoneRelocationStatus", Text),
    ("CatalogArn", "CatalogArn", Text),
    ("ClusterAvailabilityStatus", "ClusterAvailabilityStatus", Text),
    ("ClusterCreateTime", "ClusterCreateTime", Time),
    ("ClusterIdentifier", "ClusterIdentifier", Text),
    ("ClusterNamespaceArn", "ClusterNamespaceArn", Text),
    ("ClusterNodes", "ClusterNodes", List(&Of(&REDSHIFT_CLUSTER_NODE))),
    ("ClusterParameterGroups", "ClusterParameterGroups", List(&Of(&REDSHIFT_CLUSTER_PARAMETER_GROUP_STATUS))),
    ("ClusterPublicKey", "ClusterPublicKey", Text),
    ("ClusterRevisionNumber", "ClusterRevisionNumber", Text),
    ("ClusterSecurityGroups", "ClusterSecurityGroups", List(&Of(&REDSHIFT_CLUSTER_SECURITY_GROUP_MEMBERSHIP))),
    ("ClusterSnapshotCopyStatus", "ClusterSnapshotCopyStatus", Of(&REDSHIFT_CLUSTER_SNAPSHOT_COPY_STATUS)),
    ("ClusterStatus", "ClusterStatus", Text),
    ("ClusterSubnetGroupName", "ClusterSubnetGroupName", Text),
    ("ClusterVersion", "ClusterVersion", Text),
    ("CustomDomainCertificateArn", "CustomDomainCertificateArn", Text),
    ("CustomDomainCertificateExpiryDate", "CustomDomainCertificateExpiryDate", Time),
    ("CustomDomainName", "CustomDomainName", Text),
    ("DBName", "DBName", Text),
    ("DataTransferProgress", "DataTransferProgress", Of(&REDSHIFT_DATA_TRANSFER_PROGRESS)),
    ("DefaultIamRoleArn", "DefaultIamRoleArn", Text),
    ("DeferredMaintenanceWindows", "DeferredMaintenanceWindows", List(&Of(&REDSHIFT_DEFERRED_MAINTENANCE_WINDOW))),
    ("ElasticIpStatus", "ElasticIpStatus", Of(&REDSHIFT_ELASTIC_IP_STATUS)),
    ("ElasticResizeNumberOfNodeOptions", "ElasticResizeNumberOfNodeOptions", Text),
    ("Encrypted", "Encrypted", Bool),
    ("Endpoint", "Endpoint", Of(&REDSHIFT_ENDPOINT)),
    ("EnhancedVpcRouting", "EnhancedVpcRouting", Bool),
    ("ExpectedNextSnapshotScheduleTime", "ExpectedNextSnapshotScheduleTime", Time),
    ("ExpectedNextSnapshotScheduleTimeStatus", "ExpectedNextSnapshotScheduleTimeStatus", Text),
    ("ExtraComputeForAutomaticOptimization", "ExtraComputeForAutomaticOptimization", Text),
    ("HsmStatus", "HsmStatus", Of(&REDSHIFT_HSM_STATUS)),
    ("IamRoles", "IamRoles", List(&Of(&REDSHIFT_CLUSTER_IAM_ROLE))),
    ("IpAddressType", "IpAddressType", Text),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LakehouseRegistrationStatus", "LakehouseRegistrationStatus", Text),
    ("LoggingPublishStatus", "LoggingPublishStatus", Of(&REDSHIFT_LOGGING_PUBLISH_STATUS)),
    ("MaintenanceTrackName", "MaintenanceTrackName", Text),
    ("ManualSnapshotRetentionPeriod", "ManualSnapshotRetentionPeriod", Whole),
    ("MasterPasswordSecretArn", "MasterPasswordSecretArn", Text),
    ("MasterPasswordSecretKmsKeyId", "MasterPasswordSecretKmsKeyId", Text),
    ("MasterUsername", "MasterUsername", Text),
    ("ModifyStatus", "ModifyStatus", Text),
    ("MultiAZ", "MultiAZ", Text),
    ("MultiAZSecondary", "MultiAZSecondary", Of(&REDSHIFT_SECONDARY_CLUSTER_INFO)),
    ("NextMaintenanceWindowStartTime", "NextMaintenanceWindowStartTime", Time),
    ("NodeType", "NodeType", Text),
    ("NumberOfNodes", "NumberOfNodes", Whole),
    ("PendingActions", "PendingActions", List(&Text)),
    ("PendingModifiedValues", "PendingModifiedValues", Of(&REDSHIFT_PENDING_MODIFIED_VALUES)),
    ("PreferredMaintenanceWindow", "PreferredMaintenanceWindow", Text),
    ("PubliclyAccessible", "PubliclyAccessible", Bool),
    ("ReservedNodeExchangeStatus", "ReservedNodeExchangeStatus", Of(&REDSHIFT_RESERVED_NODE_EXCHANGE_STATUS)),
    ("ResizeInfo", "ResizeInfo", Of(&REDSHIFT_RESIZE_INFO)),
    ("RestoreStatus", "RestoreStatus", Of(&REDSHIFT_RESTORE_STATUS)),
    ("SnapshotScheduleIdentifier", "SnapshotScheduleIdentifier", Text),
    ("SnapshotScheduleState", "SnapshotScheduleState", Text),
    ("Tags", "Tags", List(&Of(&REDSHIFT_TAG))),
    ("TotalStorageCapacityInMegaBytes", "TotalStorageCapacityInMegaBytes", Whole),
    ("VpcId", "VpcId", Text),
    ("VpcSecurityGroups", "VpcSecurityGroups", List(&Of(&REDSHIFT_VPC_SECURITY_GROUP_MEMBERSHIP))),
]);

static REDSHIFT_CLUSTER_IAM_ROLE: Shape = Shape(&[
    ("ApplyStatus", "ApplyStatus", Text),
    ("IamRoleArn", "IamRoleArn", Text),
]);

static REDSHIFT_CLUSTER_NODE: Shape = Shape(&[
    ("NodeRole", "NodeRole", Text),
    ("PrivateIPAddress", "PrivateIPAddress", Text),
    ("PublicIPAddress", "PublicIPAddress", Text),
]);

static REDSHIFT_CLUSTER_PARAMETER_GROUP: Shape = Shape(&[
    ("Description", "Description", Text),
    ("ParameterGroupFamily", "ParameterGroupFamily", Text),
    ("ParameterGroupName", "ParameterGroupName", Text),
    ("Tags", "Tags", List(&Of(&REDSHIFT_TAG))),
]);

static REDSHIFT_CLUSTER_PARAMETER_GROUP_DETAILS: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("Parameters", "Parameters", List(&Of(&REDSHIFT_PARAMETER))),
]);

static REDSHIFT_CLUSTER_PARAMETER_GROUP_STATUS: Shape = Shape(&[
    ("ClusterParameterStatusList", "ClusterParameterStatusList", List(&Of(&REDSHIFT_CLUSTER_PARAMETER_STATUS))),
    ("ParameterApplyStatus", "ParameterApplyStatus", Text),
    ("ParameterGroupName", "ParameterGroupName", Text),
]);

static REDSHIFT_CLUSTER_PARAMETER_GROUPS_MESSAGE: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("ParameterGroups", "ParameterGroups", List(&Of(&REDSHIFT_CLUSTER_PARAMETER_GROUP))),
]);

static REDSHIFT_CLUSTER_PARAMETER_STATUS: Shape = Shape(&[
    ("ParameterApplyErrorDescription", "ParameterApplyErrorDescription", Text),
    ("ParameterApplyStatus", "ParameterApplyStatus", Text),
    ("ParameterName", "ParameterName", Text),
]);

static REDSHIFT_CLUSTER_SECURITY_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("ClusterSecurityGroupName", "ClusterSecurityGroupName", Text),
    ("Status", "Status", Text),
]);

static REDSHIFT_CLUSTER_SNAPSHOT_COPY_STATUS: Shape = Shape(&[
    ("DestinationRegion", "DestinationRegion", Text),
    ("ManualSnapshotRetentionPeriod", "ManualSnapshotRetentionPeriod", Whole),
    ("RetentionPeriod", "RetentionPeriod", Whole),
    ("SnapshotCopyGrantName", "SnapshotCopyGrantName", Text),
]);

static REDSHIFT_CLUSTER_SUBNET_GROUP: Shape = Shape(&[
    ("ClusterSubnetGroupName", "ClusterSubnetGroupName", Text),
    ("Description", "Description", Text),
    ("SubnetGroupStatus", "SubnetGroupStatus", Text),
    ("Subnets", "Subnets", List(&Of(&REDSHIFT_SUBNET))),
    ("SupportedClusterIpAddressTypes", "SupportedClusterIpAddressTypes", List(&Text)),
    ("Tags", "Tags", List(&Of(&REDSHIFT_TAG))),
    ("VpcId", "VpcId", Text),
]);

static REDSHIFT_CLUSTER_SUBNET_GROUP_MESSAGE: Shape = Shape(&[
    ("ClusterSubnetGroups", "ClusterSubnetGroups", List(&Of(&REDSHIFT_CLUSTER_SUBNET_GROUP))),
    ("Marker", "Marker", Text),
]);

static REDSHIFT_CLUSTERS_MESSAGE: Shape = Shape(&[
    ("Clusters", "Clusters", List(&Of(&REDSHIFT_CLUSTER))),
    ("Marker", "Marker", Text),
]);

static REDSHIFT_DATA_TRANSFER_PROGRESS: Shape = Shape(&[
    ("CurrentRateInMegaBytesPerSecond", "CurrentRateInMegaBytesPerSecond", Real),
    ("DataTransferredInMegaBytes", "DataTransferredInMegaBytes", Whole),
    ("ElapsedTimeInSeconds", "ElapsedTimeInSeconds", Whole),
    ("EstimatedTimeToCompletionInSeconds", "EstimatedTimeToCompletionInSeconds", Whole),
    ("Status", "Status", Text),
    ("TotalDataInMegaBytes", "TotalDataInMegaBytes", Whole),
]);

static REDSHIFT_DEFERRED_MAINTENANCE_WINDOW: Shape = Shape(&[
    ("DeferMaintenanceEndTime", "DeferMaintenanceEndTime", Time),
    ("DeferMaintenanceIdentifier", "DeferMaintenanceIdentifier", Text),
    ("DeferMaintenanceStartTime", "DeferMaintenanceStartTime", Time),
]);

static REDSHIFT_ELASTIC_IP_STATUS: Shape = Shape(&[
    ("ElasticIp", "ElasticIp", Text),
    ("Status", "Status", Text),
]);

static REDSHIFT_ENDPOINT: Shape = Shape(&[
    ("Address", "Address", Text),
    ("Port", "Port", Whole),
    ("VpcEndpoints", "VpcEndpoints", List(&Of(&REDSHIFT_VPC_ENDPOINT))),
]);

static REDSHIFT_HSM_STATUS: Shape = Shape(&[
    ("HsmClientCertificateIdentifier", "HsmClientCertificateIdentifier", Text),
    ("HsmConfigurationIdentifier", "HsmConfigurationIdentifier", Text),
    ("Status", "Status", Text),
]);

static REDSHIFT_LOGGING_PUBLISH_STATUS: Shape = Shape(&[
    ("S3Tables", "S3Tables", Of(&REDSHIFT_S3_TABLE_PUBLISH_STATUS)),
]);

static REDSHIFT_LOGGING_STATUS: Shape = Shape(&[
    ("BucketName", "BucketName", Text),
    ("LastFailureMessage", "LastFailureMessage", Text),
    ("LastFailureTime", "LastFailureTime", Time),
    ("LastSuccessfulDeliveryTime", "LastSuccessfulDeliveryTime", Time),
    ("LogDestinationType", "LogDestinationType", Text),
    ("LogExports", "LogExports", List(&Text)),
    ("LoggingEnabled", "LoggingEnabled", Bool),
    ("S3KeyPrefix", "S3KeyPrefix", Text),
    ("S3Tables", "S3Tables", Of(&REDSHIFT_S3_TABLE_PUBLISH_STATUS)),
]);

static REDSHIFT_NETWORK_INTERFACE: Shape = Shape(&[
    ("AvailabilityZone", "AvailabilityZone", Text),
    ("Ipv6Address", "Ipv6Address", Text),
    ("NetworkInterfaceId", "NetworkInterfaceId", Text),
    ("PrivateIpAddress", "PrivateIpAddress", Text),
    ("SubnetId", "SubnetId", Text),
]);

static REDSHIFT_PARAMETER: Shape = Shape(&[
    ("AllowedValues", "AllowedValues", Text),
    ("ApplyType", "ApplyType", Text),
    ("DataType", "DataType", Text),
    ("Description", "Description", Text),
    ("IsModifiable", "IsModifiable", Bool),
    ("MinimumEngineVersion", "MinimumEngineVersion", Text),
    ("ParameterName", "ParameterName", Text),
    ("ParameterValue", "ParameterValue", Text),
    ("Source", "Source", Text),
]);

static REDSHIFT_PENDING_MODIFIED_VALUES: Shape = Shape(&[
    ("AutomatedSnapshotRetentionPeriod", "AutomatedSnapshotRetentionPeriod", Whole),
    ("ClusterIdentifier", "ClusterIdentifier", Text),
    ("ClusterType", "ClusterType", Text),
    ("ClusterVersion", "ClusterVersion", Text),
    ("EncryptionType", "EncryptionType", Text),
    ("EnhancedVpcRouting", "EnhancedVpcRouting", Bool),
    ("MaintenanceTrackName", "MaintenanceTrackName", Text),
    ("MasterUserPassword", "MasterUserPassword", Text),
    ("NodeType", "NodeType", Text),
    ("NumberOfNodes", "NumberOfNodes", Whole),
    ("PubliclyAccessible", "PubliclyAccessible", Bool),
]);

static REDSHIFT_RESERVED_NODE_EXCHANGE_STATUS: Shape = Shape(&[
    ("RequestTime", "RequestTime", Time),
    ("ReservedNodeExchangeRequestId", "ReservedNodeExchangeRequestId", Text),
    ("SourceReservedNodeCount", "SourceReservedNodeCount", Whole),
    ("SourceReservedNodeId", "SourceReservedNodeId", Text),
    ("SourceReservedNodeType", "SourceReservedNodeType", Text),
    ("Status", "Status", Text),
    ("TargetReservedNodeCount", "TargetReservedNodeCount", Whole),
    ("TargetReservedNodeOfferingId", "TargetReservedNodeOfferingId", Text),
    ("TargetReservedNodeType", "TargetReservedNodeType", Text),
]);

static REDSHIFT_RESIZE_INFO: Shape = Shape(&[
    ("AllowCancelResize", "AllowCancelResize", Bool),
    ("ResizeType", "ResizeType", Text),
]);

static REDSHIFT_RESTORE_STATUS: Shape = Shape(&[
    ("CurrentRestoreRateInMegaBytesPerSecond", "CurrentRestoreRateInMegaBytesPerSecond", Real),
    ("ElapsedTimeInSeconds", "ElapsedTimeInSeconds", Whole),
    ("EstimatedTimeToCompletionInSeconds", "EstimatedTimeToCompletionInSeconds", Whole),
    ("ProgressInMegaBytes", "ProgressInMegaBytes", Whole),
    ("SnapshotSizeInMegaBytes", "SnapshotSizeInMegaBytes", Whole),
    ("Status", "Status", Text),
]);

static REDSHIFT_S3_TABLE_PUBLISH_STATUS: Shape = Shape(&[
    ("EnabledAll", "EnabledAll", Bool),
    ("LastIngestionTimes", "LastIngestionTimes", Any),
    ("S3TableGranularity", "S3TableGranularity", Text),
    ("S3TableNamespace", "S3TableNamespace", Text),
    ("S3Tables", "S3Tables", List(&Text)),
]);

static REDSHIFT_SECONDARY_CLUSTER_INFO: Shape = Shape(&[
    ("AvailabilityZone", "AvailabilityZone", Text),
    ("ClusterNodes", "ClusterNodes", List(&Of(&REDSHIFT_CLUSTER_NODE))),
]);

static REDSHIFT_SNAPSHOT_COPY_GRANT: Shape = Shape(&[
    ("KmsKeyId", "KmsKeyId", Text),
    ("SnapshotCopyGrantName", "SnapshotCopyGrantName", Text),
    ("Tags", "Tags", List(&Of(&REDSHIFT_TAG))),
]);

static REDSHIFT_SNAPSHOT_COPY_GRANT_MESSAGE: Shape = Shape(&[
    ("Marker", "Marker", Text),
    ("SnapshotCopyGrants", "SnapshotCopyGrants", List(&Of(&REDSHIFT_SNAPSHOT_COPY_GRANT))),
]);

static REDSHIFT_SUBNET: Shape = Shape(&[
    ("SubnetAvailabilityZone", "SubnetAvailabilityZone", Of(&REDSHIFT_AVAILABILITY_ZONE)),
    ("SubnetIdentifier", "SubnetIdentifier", Text),
    ("SubnetStatus", "SubnetStatus", Text),
]);

static REDSHIFT_SUPPORTED_PLATFORM: Shape = Shape(&[
    ("Name", "Name", Text),
]);

static REDSHIFT_TAG: Shape = Shape(&[
    ("Key", "Key", Text),
    ("Value", "Value", Text),
]);

static REDSHIFT_VPC_ENDPOINT: Shape = Shape(&[
    ("NetworkInterfaces", "NetworkInterfaces", List(&Of(&REDSHIFT_NETWORK_INTERFACE))),
    ("VpcEndpointId", "VpcEndpointId", Text),
    ("VpcId", "VpcId", Text),
]);

static REDSHIFT_VPC_SECURITY_GROUP_MEMBERSHIP: Shape = Shape(&[
    ("Status", "Status", Text),
    ("VpcSecurityGroupId", "VpcSecurityGroupId", Text),
]);

static REDSHIFT_SERVERLESS_CONFIG_PARAMETER: Shape = Shape(&[
    ("parameterKey", "parameterKey", Text),
    ("parameterValue", "parameterValue", Text),
]);

static REDSHIFT_SERVERLESS_ENDPOINT: Shape = Shape(&[
    ("address", "address", Text),
    ("port", "port", Whole),
    ("vpcEndpoints", "vpcEndpoints", List(&Of(&REDSHIFT_SERVERLESS_VPC_ENDPOINT))),
]);

static REDSHIFT_SERVERLESS_LIST_NAMESPACES_RESPONSE: Shape = Shape(&[
    ("namespaces", "namespaces", List(&Of(&REDSHIFT_SERVERLESS_NAMESPACE))),
    ("nextToken", "nextToken", Text),
]);

static REDSHIFT_SERVERLESS_LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape = Shape(&[
    ("tags", "tags", List(&Of(&REDSHIFT_SERVERLESS_TAG))),
]);

static REDSHIFT_SERVERLESS_LIST_WORKGROUPS_RESPONSE: Shape = Shape(&[
    ("nextToken", "nextToken", Text),
    ("workgroups", "workgroups", List(&Of(&REDSHIFT_SERVERLESS_WORKGROUP))),
]);

static REDSHIFT_SERVERLESS_NAMESPACE: Shape = Shape(&[
    ("adminPasswordSecretArn", "adminPasswordSecretArn", Text),
    ("adminPasswordSecretKmsKeyId", "adminPasswordSecretKmsKeyId", Text),
    ("adminUsername", "adminUsername", Text),
    ("catalogArn", "catalogArn", Text),
    ("creationDate", "creationDate", Time),
    ("dbName", "dbName", Text),
    ("defaultIamRoleArn", "defaultIamRoleArn", Text),
    ("iamRoles", "iamRoles", List(&Text)),
    ("kmsKeyId", "kmsKeyId", Text),
    ("lakehouseRegistrationStatus", "lakehouseRegistrationStatus", Text),
    ("logExports", "logExports", List(&Text)),
    ("namespaceArn", "namespaceArn", Text),
    ("namespaceId", "namespaceId", Text),
    ("namespaceName", "namespaceName", Text),
    ("s3TablePublishStatus", "s3TablePublishStatus", Of(&REDSHIFT_SERVERLESS_S3_TABLE_PUBLISH_STATUS)),
    ("status", "status", Text),
]);

static REDSHIFT_SERVERLESS_NETWORK_INTERFACE: Shape = Shape(&[
    ("availabilityZone", "availabilityZone", Text),
    ("ipv6Address", "ipv6Address", Text),
    ("networkInterfaceId", "networkInterfaceId", Text),
    ("privateIpAddress", "privateIpAddress", Text),
    ("subnetId", "subnetId", Text),
]);

static REDSHIFT_SERVERLESS_PERFORMANCE_TARGET: Shape = Shape(&[
    ("level", "level", Whole),
    ("status", "status", Text),
]);

static REDSHIFT_SERVERLESS_S3_TABLE_PUBLISH_STATUS: Shape = Shape(&[
    ("enabledAll", "enabledAll", Bool),
    ("lastIngestionTimes", "lastIngestionTimes", Any),
    ("s3TableGranularity", "s3TableGranularity", Text),
    ("s3TableNamespace", "s3TableNamespace", Text),
    ("s3Tables", "s3Tables", List(&Text)),
]);

static REDSHIFT_SERVERLESS_TAG: Shape = Shape(&[
    ("key", "key", Text),
    ("value", "value", Text),
]);

static REDSHIFT_SERVERLESS_VPC_ENDPOINT: Shape = Shape(&[
    ("networkInterfaces", "networkInterfaces", List(&Of(&REDSHIFT_SERVERLESS_NETWORK_INTERFACE))),
    ("vpcEndpointId", "vpcEndpointId", Text),
    ("vpcId", "vpcId", Text),
]);

static REDSHIFT_SERVERLESS_WORKGROUP: Shape = Shape(&[
    ("baseCapacity", "baseCapacity", Whole),
    ("configParameters", "configParameters", List(&Of(&REDSHIFT_SERVERLESS_CONFIG_PARAMETER))),
    ("creationDate", "creationDate", Time),
    ("crossAccountVpcs", "crossAccountVpcs", List(&Text)),
    ("customDomainCertificateArn", "customDomainCertificateArn", Text),
    ("customDomainCertificateExpiryTime", "customDomainCertificateExpiryTime", Time),
    ("customDomainName", "customDomainName", Text),
    ("endpoint", "endpoint", Of(&REDSHIFT_SERVERLESS_ENDPOINT)),
    ("enhancedVpcRouting", "enhancedVpcRouting", Bool),
    ("extraComputeForAutomaticOptimization", "extraComputeForAutomaticOptimization", Bool),
    ("ipAddressType", "ipAddressType", Text),
    ("maxCapacity", "maxCapacity", Whole),
    ("namespaceName", "namespaceName", Text),
    ("patchVersion", "patchVersion", Text),
    ("pendingTrackName", "pendingTrackName", Text),
    ("port", "port", Whole),
    ("pricePerformanceTarget", "pricePerformanceTarget", Of(&REDSHIFT_SERVERLESS_PERFORMANCE_TARGET)),
    ("publiclyAccessible", "publiclyAccessible", Bool),
    ("securityGroupIds", "securityGroupIds", List(&Text)),
    ("status", "status", Text),
    ("subnetIds", "subnetIds", List(&Text)),
    ("trackName", "trackName", Text),
    ("workgroupArn", "workgroupArn", Text),
    ("workgroupId", "workgroupId", Text),
    ("workgroupName", "workgroupName", Text),
    ("workgroupVersion", "workgroupVersion", Text),
]);

static SECRETSMANAGER_EXTERNAL_SECRET_ROTATION_METADATA_ITEM: Shape = Shape(&[
    ("Key", "Key", Text),
    ("Value", "Value", Text),
]);

static SECRETSMANAGER_GET_RESOURCE_POLICY_RESPONSE: Shape = Shape(&[
    ("ARN", "ARN", Text),
    ("Name", "Name", Text),
    ("PolicyName", "PolicyName", Text),
    ("ResourcePolicy", "ResourcePolicy", Text),
]);

static SECRETSMANAGER_LIST_SECRETS_RESPONSE: Shape = Shape(&[
    ("NextToken", "NextToken", Text),
    ("SecretList", "SecretList", List(&Of(&SECRETSMANAGER_SECRET_LIST_ENTRY))),
]);

static SECRETSMANAGER_ROTATION_RULES_TYPE: Shape = Shape(&[
    ("AutomaticallyAfterDays", "AutomaticallyAfterDays", Whole),
    ("Duration", "Duration", Text),
    ("ScheduleExpression", "ScheduleExpression", Text),
]);

static SECRETSMANAGER_SECRET_LIST_ENTRY: Shape = Shape(&[
    ("ARN", "ARN", Text),
    ("CreatedDate", "CreatedDate", Time),
    ("DeletedDate", "DeletedDate", Time),
    ("Description", "Description", Text),
    ("ExternalSecretRotationMetadata", "ExternalSecretRotationMetadata", List(&Of(&SECRETSMANAGER_EXTERNAL_SECRET_ROTATION_METADATA_ITEM))),
    ("ExternalSecretRotationRoleArn", "ExternalSecretRotationRoleArn", Text),
    ("KmsKeyId", "KmsKeyId", Text),
    ("LastAccessedDate", "LastAccessedDate", Time),
    ("LastChangedDate", "LastChangedDate", Time),
    ("LastRotatedDate", "LastRotatedDate", Time),
    ("Name", "Name", Text),
    ("NextRotationDate", "NextRotationDate", Time),
    ("OwningService", "OwningService", Text),
    ("PrimaryRegion", "PrimaryRegion", Text),
    ("RotationEnabled", "RotationEnabled", Bool),
    ("RotationLambdaARN", "RotationLambdaARN", Text),
    ("RotationRules", "RotationRules", Of(&SECRETSMANAGER_ROTATION_RULES_TYPE)),
    ("SecretVersionsToStages", "SecretVersionsToStages", Any),
    ("Tags", "Tags", List(&Of(&SECRETSMANAGER_TAG))),
    ("Type", "Type", Text),
]);

static SECRETSMANAGER_TAG: Shape = Shape(&[
    ("Key", "Key", Text),
    ("Value", "Value", Text),
]);

static STS_GET_CALLER_IDENTITY_RESPONSE: Shape = Shape(&[
    ("Account", "Account", Text),
    ("Arn", "Arn", Text),
    ("UserId", "UserId", Text),
]);

static TAGGING_COMPLIANCE_DETAILS: Shape = Shape(&[
    ("ComplianceStatus", "ComplianceStatus", Bool),
    ("KeysWithNoncompliantValues", "KeysWithNoncompliantValues", List(&Text)),
    ("MissingTagKeys", "MissingTagKeys", List(&Text)),
    ("NoncompliantKeys", "NoncompliantKeys", List(&Text)),
]);

static TAGGING_GET_RESOURCES_OUTPUT: Shape = Shape(&[
    ("PaginationToken", "PaginationToken", Text),
    ("ResourceTagMappingList", "ResourceTagMappingList", List(&Of(&TAGGING_RESOURCE_TAG_MAPPING))),
]);

static TAGGING_RESOURCE_TAG_MAPPING: Shape = Shape(&[
    ("ComplianceDetails", "ComplianceDetails", Of(&TAGGING_COMPLIANCE_DETAILS)),
    ("ResourceARN", "ResourceARN", Text),
    ("Tags", "Tags", List(&Of(&TAGGING_TAG))),
]);

static TAGGING_TAG: Shape = Shape(&[
    ("Key", "Key", Text),
    ("Value", "Value", Text),
]);
