//! Answers to the calls that moto 5.2.5 lacks or gets wrong.

use super::fault::http;
use super::proxy::Asked;

/// The reply, if the call is one of those.
pub(crate) fn answer(asked: &Asked) -> Option<Vec<u8>> {
    let result = match (asked.service.as_str(), asked.action.as_str()) {
        ("rds", "DescribeDBEngineVersions") => engine_versions(asked),
        ("rds", "DescribeDBMajorEngineVersions") => major_versions(),
        ("rds", "DescribeCertificates") => certificates(),
        ("rds", "DescribePendingMaintenanceActions") => maintenance(asked),
        ("rds", "DescribeEngineDefaultParameters" | "DescribeEngineDefaultClusterParameters") => defaults(asked),
        ("rds", "DescribeOptionGroups") => option_groups(),
        ("rds", "DescribeDBClusterAutomatedBackups") => "<DBClusterAutomatedBackups/>".to_owned(),
        ("rds", "DescribeDBProxyTargets") => "<Targets><member><Type>RDS_INSTANCE</Type><RdsResourceId>db-00</RdsResourceId><Port>5432</Port></member></Targets>".to_owned(),
        ("elasticache", "DescribeServerlessCaches") => "<ServerlessCaches/>".to_owned(),
        ("elasticache", "DescribeCacheParameterGroups") => cache_parameter_groups(),
        ("elasticache", "DescribeCacheParameters") => cache_parameters(),
        ("dax", "DescribeSubnetGroups") => {
            return Some(http("200 OK", "", "application/x-amz-json-1.1", br#"{"SubnetGroups":[]}"#));
        }
        ("backup", "ListBackupVaults" | "ListBackupPlans" | "GetBackupPlan") => return None,
        // What a vault does not have, the service says with an error.
        ("backup", "GetBackupVaultNotifications") => {
            let code = "x-amzn-errortype: ResourceNotFoundException\r\n";
            return Some(http("400 Bad Request", code, "application/json", br#"{"message":"none"}"#));
        }
        ("redshift-serverless", action) => {
            let body = serverless(action, asked);
            return Some(http("200 OK", "", "application/x-amz-json-1.1", body.as_bytes()));
        }
        ("backup", action) => return Some(http("200 OK", "", "application/json", backup(action, asked).as_bytes())),
        _ => return None,
    };
    let action = &asked.action;
    let body = format!(
        "<{action}Response xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><{action}Result>{result}</{action}Result><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></{action}Response>"
    );
    Some(http("200 OK", "", "text/xml", body.as_bytes()))
}

/// Two pages, so that pages are followed.
fn engine_versions(asked: &Asked) -> String {
    let engine = asked.parameter("Engine").unwrap_or_default();
    let versions: &[&str] = match (engine.as_str(), asked.parameter("Marker").is_some()) {
        ("postgres", false) => &["15.7", "16.3"],
        ("postgres", true) => &["17.1"],
        ("mysql", false) => &["8.0.36"],
        ("mariadb", false) => &["10.6.14"],
        ("aurora-postgresql", false) => &["16.2"],
        _ => &[],
    };
    let version = |version: &&str| {
        format!(
            "<DBEngineVersion><Engine>{engine}</Engine><EngineVersion>{version}</EngineVersion><Status>available</Status></DBEngineVersion>"
        )
    };
    let marker = if asked.parameter("Marker").is_none() { "<Marker>second</Marker>" } else { "" };
    format!("<DBEngineVersions>{}</DBEngineVersions>{marker}", versions.iter().map(version).collect::<String>())
}

fn major_versions() -> String {
    "<DBMajorEngineVersions><DBMajorEngineVersion><Engine>postgres</Engine><MajorEngineVersion>16</MajorEngineVersion>\
     <SupportedEngineLifecycles><SupportedEngineLifecycle><LifecycleSupportName>open-source-rds-standard-support</LifecycleSupportName>\
     <LifecycleSupportStartDate>2023-11-13T00:00:00Z</LifecycleSupportStartDate><LifecycleSupportEndDate>2029-02-28T23:59:59.999Z</LifecycleSupportEndDate>\
     </SupportedEngineLifecycle></SupportedEngineLifecycles></DBMajorEngineVersion></DBMajorEngineVersions>"
        .to_owned()
}

fn certificates() -> String {
    "<DefaultCertificateForNewLaunches>rds-ca-rsa2048-g1</DefaultCertificateForNewLaunches><Certificates><Certificate>\
     <CertificateIdentifier>rds-ca-rsa2048-g1</CertificateIdentifier><CertificateType>CA</CertificateType>\
     <ValidTill>2061-05-25T22:34:57Z</ValidTill><CustomerOverride>false</CustomerOverride></Certificate></Certificates>"
        .to_owned()
}

fn maintenance(asked: &Asked) -> String {
    format!(
        "<PendingMaintenanceActions><ResourcePendingMaintenanceActions><ResourceIdentifier>arn:aws:rds:{}:123456789012:db:db-01</ResourceIdentifier>\
         <PendingMaintenanceActionDetails><PendingMaintenanceAction><Action>system-update</Action>\
         <CurrentApplyDate>2027-01-01T00:00:00Z</CurrentApplyDate></PendingMaintenanceAction></PendingMaintenanceActionDetails>\
         </ResourcePendingMaintenanceActions></PendingMaintenanceActions>",
        asked.region
    )
}

fn defaults(asked: &Asked) -> String {
    let family = asked.parameter("DBParameterGroupFamily").unwrap_or_default();
    let parameter = |name: &str, value: &str| {
        format!(
            "<Parameter><ParameterName>{name}</ParameterName><ParameterValue>{value}</ParameterValue><Source>engine-default</Source><IsModifiable>true</IsModifiable></Parameter>"
        )
    };
    let both = parameter("rds.force_ssl", "1") + &parameter("work_mem", "4096");
    format!(
        "<EngineDefaults><DBParameterGroupFamily>{family}</DBParameterGroupFamily><Parameters>{both}</Parameters></EngineDefaults>"
    )
}

fn option_groups() -> String {
    "<OptionGroupsList><OptionGroup><OptionGroupName>default:mysql-8-0</OptionGroupName><EngineName>mysql</EngineName>\
     <MajorEngineVersion>8.0</MajorEngineVersion><Options/></OptionGroup></OptionGroupsList>"
        .to_owned()
}

fn cache_parameter_groups() -> String {
    "<CacheParameterGroups><CacheParameterGroup><CacheParameterGroupName>own-redis7</CacheParameterGroupName>\
     <CacheParameterGroupFamily>redis7</CacheParameterGroupFamily><IsGlobal>false</IsGlobal></CacheParameterGroup></CacheParameterGroups>"
        .to_owned()
}

fn cache_parameters() -> String {
    "<Parameters><Parameter><ParameterName>maxmemory-policy</ParameterName><ParameterValue>noeviction</ParameterValue>\
     <Source>user</Source></Parameter></Parameters><CacheNodeTypeSpecificParameters/>"
        .to_owned()
}

fn serverless(action: &str, asked: &Asked) -> String {
    let arn = |what: &str| format!("arn:aws:redshift-serverless:{}:123456789012:{what}", asked.region);
    let is_seeded = matches!(asked.region.as_str(), "eu-west-1" | "us-east-1");
    match action {
        "ListNamespaces" if !is_seeded => r#"{"namespaces":[]}"#.to_owned(),
        "ListWorkgroups" if !is_seeded => r#"{"workgroups":[]}"#.to_owned(),
        "ListNamespaces" => format!(
            r#"{{"namespaces":[{{"namespaceArn":"{}","namespaceId":"1","namespaceName":"bi","dbName":"dev","adminUsername":"admin","kmsKeyId":"AWS_OWNED_KMS_KEY","logExports":["userlog"],"iamRoles":[],"creationDate":1763000000.5,"status":"AVAILABLE"}}]}}"#,
            arn("namespace/1")
        ),
        "ListWorkgroups" => format!(
            r#"{{"workgroups":[{{"workgroupArn":"{}","workgroupId":"2","workgroupName":"bi","namespaceName":"bi","publiclyAccessible":false,"enhancedVpcRouting":true,"port":5439,"baseCapacity":8,"configParameters":[{{"parameterKey":"require_ssl","parameterValue":"true"}}],"securityGroupIds":[],"subnetIds":[],"endpoint":{{"address":"x","port":5439,"vpcEndpoints":[]}},"status":"AVAILABLE"}}]}}"#,
            arn("workgroup/2")
        ),
        _ => r#"{"tags":[{"key":"owner","value":"team-a"},{"key":"api-token","value":"Planted-Token-2"}]}"#.to_owned(),
    }
}

fn backup(action: &str, asked: &Asked) -> String {
    let arn = |name: &str| format!("arn:aws:rds:{}:123456789012:db:{name}", asked.region);
    match action {
        "ListProtectedResources" => format!(
            r#"{{"Results":[{{"ResourceArn":"{}","ResourceType":"RDS","LastBackupTime":1763000000.5}},{{"ResourceArn":"{}","ResourceType":"RDS"}},{{"ResourceArn":"arn:aws:ec2:x:1:volume/v","ResourceType":"EBS"}}]}}"#,
            arn("db-01"),
            arn("deleted-long-ago")
        ),
        "ListRecoveryPointsByResource" => {
            r#"{"RecoveryPoints":[{"RecoveryPointArn":"arn:aws:rds:x:1:snapshot:awsbackup:1","Status":"COMPLETED","CreationDate":1763000000}]}"#.to_owned()
        }
        "GetBackupVaultAccessPolicy" => {
            let deny = r#"{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"backup:*\",\"Resource\":\"*\"}}"#;
            format!(r#"{{"BackupVaultName":"databases","Policy":"{deny}"}}"#)
        }
        "DescribeRegionSettings" => r#"{"ResourceTypeOptInPreference":{"Aurora":true,"EFS":false,"RDS":true}}"#.to_owned(),
        _ => format!(
            r#"{{"RestoreJobs":[{{"RestoreJobId":"1","ResourceType":"RDS","Status":"COMPLETED","CompletionDate":1763000000,"CreatedResourceArn":"{}"}},{{"RestoreJobId":"2","ResourceType":"EBS"}}]}}"#,
            arn("restored")
        ),
    }
}
