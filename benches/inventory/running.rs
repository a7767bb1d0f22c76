//! A generated fleet that runs: accounts and regions with instances, and the groups, networks and keys that they use.

use std::sync::Arc;

use dbkeel::model::Scope;
use dbkeel::source::aws::operations::find;
use dbkeel::source::aws::{CallOutcome, CallStatus, Item, OPERATIONS, Per, ScopeReplies};
use serde_json::{Value as Json, json};

use crate::integration::fleet::dice::Dice;

const REGIONS: [&str; 3] = ["eu-central-1", "eu-west-1", "us-east-1"];
const ENGINES: [(&str, &str, &str); 4] = [
    ("postgres", "16.4", "postgres16"),
    ("mysql", "8.0.39", "mysql8.0"),
    ("mariadb", "10.11.8", "mariadb10.11"),
    ("sqlserver-se", "15.00.4385.2.v1", "sqlserver-se-15.0"),
];
/// How many databases an account has in a region.
const IN_A_SCOPE: usize = 3_000;
/// How many databases share a parameter group, a security group and a key.
const SHARE: usize = 40;

/// So many databases, with what they use; the same for the same seed.
pub(crate) fn fleet(databases: usize, seed: u64, now: &str) -> Vec<ScopeReplies> {
    let scopes = databases.div_ceil(IN_A_SCOPE);
    (0..scopes).map(|scope| replies(scope, IN_A_SCOPE.min(databases - scope * IN_A_SCOPE), seed, now)).collect()
}

struct Place {
    account: String,
    region: &'static str,
}

impl Place {
    fn arn(&self, service: &str, rest: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{rest}", self.region, self.account)
    }
}

fn replies(number: usize, databases: usize, seed: u64, now: &str) -> ScopeReplies {
    let place = Place { account: format!("{:012}", 100_000_000_000 + number / 3), region: REGIONS[number % 3] };
    let mut dice = Dice::new(seed, number as u64);
    let mut given = Given::default();
    for shared in 0..databases.div_ceil(SHARE) {
        share(&mut given, &mut dice, &place, shared);
    }
    given.list("ec2:DescribeSubnets", (0..3).map(|zone| subnet(&place, zone)).collect());
    given.list("rds:DescribeDBSubnetGroups", vec![subnet_group(&place)]);
    given.list("rds:DescribeDBInstances", (0..databases).map(|at| instance(&mut dice, &place, at)).collect());
    let scope = Scope { account: Some(place.account.as_str().into()), region: Some(place.region.into()) };
    given.finish(scope, now)
}

/// What the calls gave.
#[derive(Default)]
struct Given {
    items: Vec<Item>,
    calls: Vec<CallOutcome>,
}

impl Given {
    fn list(&mut self, call: &str, values: Vec<Json>) {
        let operation = find(call).expect("the call is in the table");
        self.items.extend(values.into_iter().map(|value| Item { operation, of: None, value }));
    }

    fn one(&mut self, call: &str, of: &str, value: Json) {
        let operation = find(call).expect("the call is in the table");
        let of: Arc<str> = of.into();
        self.items.push(Item { operation, of: Some(Arc::clone(&of)), value });
        let status = CallStatus::Complete;
        self.calls.push(CallOutcome { operation, of: Some(of), requests: 1, items: 1, status });
    }

    fn finish(mut self, scope: Scope, now: &str) -> ScopeReplies {
        let place = |operation| OPERATIONS.iter().position(|other| std::ptr::eq(other, operation));
        self.calls.extend(OPERATIONS.iter().filter(|operation| operation.per == Per::Region).map(|operation| {
            let items = self.items.iter().filter(|item| std::ptr::eq(item.operation, operation)).count() as u64;
            CallOutcome { operation, of: None, requests: 1, items, status: CallStatus::Complete }
        }));
        self.calls.sort_by(|a, b| (place(a.operation), &a.of).cmp(&(place(b.operation), &b.of)));
        self.items.sort_by(|a, b| (place(a.operation), &a.of).cmp(&(place(b.operation), &b.of)));
        ScopeReplies { scope, collected_at: now.into(), items: self.items, calls: self.calls }
    }
}

/// A parameter group, a security group and a key.
fn share(given: &mut Given, dice: &mut Dice, place: &Place, shared: usize) {
    let (engine, _, family) = ENGINES[shared % ENGINES.len()];
    let group = format!("team-{shared}-{engine}");
    let arn = place.arn("rds", &format!("pg:{group}"));
    given.list(
        "rds:DescribeDBParameterGroups",
        vec![json!({
            "DBParameterGroupName": group, "DBParameterGroupFamily": family, "Description": "of a team",
            "DBParameterGroupArn": arn,
        })],
    );
    let parameter = |name: &str, value: &str| {
        json!({
            "ParameterName": name, "ParameterValue": value, "Description": "what it is for", "Source": "user",
            "ApplyType": "dynamic", "DataType": "boolean", "AllowedValues": "0,1", "IsModifiable": true,
            "ApplyMethod": "immediate",
        })
    };
    let force = dice.pick(&["0", "1"]);
    let parameters: Vec<Json> = ["rds.force_ssl", "require_secure_transport", "log_connections", "log_disconnections"]
        .iter()
        .map(|name| parameter(name, force))
        .collect();
    given.one("rds:DescribeDBParameters", &group, json!({ "Parameters": parameters }));
    let open = if dice.chance(5) { "0.0.0.0/0" } else { "10.0.0.0/8" };
    given.list(
        "ec2:DescribeSecurityGroups",
        vec![json!({
            "GroupId": format!("sg-{shared:08x}"), "GroupName": format!("team-{shared}"), "OwnerId": place.account,
            "VpcId": "vpc-1", "Description": "databases of a team", "IpPermissionsEgress": [],
            "IpPermissions": [{
                "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": open}],
                "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": [],
            }],
        })],
    );
    let key = place.arn("kms", &format!("key/{shared}"));
    let metadata = json!({
        "KeyId": shared.to_string(), "Arn": key, "KeyManager": "CUSTOMER", "KeyState": "Enabled", "Enabled": true,
    });
    given.one("kms:DescribeKey", &key, json!({ "KeyMetadata": metadata }));
    given.one("kms:GetKeyRotationStatus", &key, json!({"KeyRotationEnabled": dice.chance(80)}));
}

fn subnet(place: &Place, zone: usize) -> Json {
    json!({
        "SubnetId": format!("subnet-{zone}"), "VpcId": "vpc-1", "AvailabilityZone": format!("{}{}", place.region, ["a", "b", "c"][zone]),
        "OwnerId": place.account, "CidrBlock": format!("10.0.{zone}.0/24"), "MapPublicIpOnLaunch": false,
    })
}

fn subnet_group(place: &Place) -> Json {
    json!({
        "DBSubnetGroupName": "databases", "VpcId": "vpc-1", "SubnetGroupStatus": "Complete",
        "DBSubnetGroupArn": place.arn("rds", "subgrp:databases"), "Subnets": subnets(place),
    })
}

fn subnets(place: &Place) -> Vec<Json> {
    let subnet = |(zone, letter)| {
        json!({
            "SubnetIdentifier": format!("subnet-{zone}"), "SubnetStatus": "Active", "SubnetOutpost": {},
            "SubnetAvailabilityZone": {"Name": format!("{}{letter}", place.region)},
        })
    };
    ["a", "b", "c"].iter().enumerate().map(subnet).collect()
}

fn instance(dice: &mut Dice, place: &Place, number: usize) -> Json {
    let shared = number / SHARE;
    let (engine, version, family) = ENGINES[shared % ENGINES.len()];
    let name = format!("{}-{engine}-{number}", dice.pick(&["orders", "billing", "search", "ledger", "catalog"]));
    let key = dice.chance(95).then(|| place.arn("kms", &format!("key/{shared}")));
    let mut instance = json!({
        "DBInstanceIdentifier": name,
        "DBInstanceClass": dice.pick(&["db.t4g.medium", "db.r6g.large", "db.r6g.4xlarge", "db.m5.2xlarge"]),
        "Engine": engine,
        "DBInstanceStatus": "available",
        "MasterUsername": dice.pick(&["dbadmin", "postgres", "admin"]),
        "DBName": "app",
        "Endpoint": {"Address": format!("{name}.c9abcdefghij.{}.rds.amazonaws.com", place.region), "Port": 5432, "HostedZoneId": "Z1ABCDEFGHIJKL"},
        "AllocatedStorage": 100,
        "MaxAllocatedStorage": 1000,
        "InstanceCreateTime": "2024-03-04T05:06:07.890Z",
        "PreferredBackupWindow": "03:00-03:30",
        "BackupRetentionPeriod": dice.pick(&[0, 7, 14, 35]),
        "DBSecurityGroups": [],
        "VpcSecurityGroups": [{"VpcSecurityGroupId": format!("sg-{shared:08x}"), "Status": "active"}],
        "DBParameterGroups": [{"DBParameterGroupName": format!("team-{shared}-{engine}"), "ParameterApplyStatus": "in-sync"}],
        "AvailabilityZone": format!("{}a", place.region),
        "DBSubnetGroup": {
            "DBSubnetGroupName": "databases", "DBSubnetGroupDescription": "databases", "VpcId": "vpc-1",
            "SubnetGroupStatus": "Complete", "Subnets": subnets(place),
        },
        "PreferredMaintenanceWindow": "sat:05:03-sat:05:33",
        "PendingModifiedValues": {},
        "LatestRestorableTime": "2026-11-21T23:55:00Z",
        "MultiAZ": dice.chance(60),
        "EngineVersion": version,
        "AutoMinorVersionUpgrade": dice.chance(80),
        "ReadReplicaDBInstanceIdentifiers": [],
        "LicenseModel": "license-included",
        "Iops": 3000,
        "StorageThroughput": 125,
        "OptionGroupMemberships": [{"OptionGroupName": format!("default:{family}"), "Status": "in-sync"}],
        "PubliclyAccessible": dice.chance(5),
        "StorageType": "gp3",
        "DbInstancePort": 0,
        "StorageEncrypted": key.is_some(),
        "DbiResourceId": format!("db-{number:026}"),
        "CACertificateIdentifier": "rds-ca-rsa2048-g1",
        "DomainMemberships": [],
        "CopyTagsToSnapshot": dice.chance(70),
        "MonitoringInterval": dice.pick(&[0, 60]),
        "EnhancedMonitoringResourceArn": place.arn("logs", &format!("log-group:RDSOSMetrics:log-stream:db-{number:026}")),
        "MonitoringRoleArn": format!("arn:aws:iam::{}:role/rds-monitoring", place.account),
        "DBInstanceArn": place.arn("rds", &format!("db:{name}")),
        "IAMDatabaseAuthenticationEnabled": dice.chance(50),
        "PerformanceInsightsEnabled": dice.chance(50),
        "EnabledCloudwatchLogsExports": ["postgresql", "upgrade"],
        "DeletionProtection": dice.chance(80),
        "AssociatedRoles": [],
        "TagList": [
            {"Key": "owner", "Value": format!("team-{shared}")},
            {"Key": "tier", "Value": dice.pick(&["tier-1", "tier-2", "tier-3"])},
            {"Key": "environment", "Value": dice.pick(&["production", "staging"])},
            {"Key": "Name", "Value": name.clone()},
            {"Key": "cost-center", "Value": format!("cc-{}", shared % 50)},
        ],
        "CustomerOwnedIpEnabled": false,
        "ActivityStreamStatus": "stopped",
        "BackupTarget": "region",
        "NetworkType": "IPV4",
        "CertificateDetails": {"CAIdentifier": "rds-ca-rsa2048-g1", "ValidTill": "2027-06-01T00:00:00Z"},
        "DedicatedLogVolume": false,
        "IsStorageConfigUpgradeAvailable": false,
        "EngineLifecycleSupport": "open-source-rds-extended-support-disabled",
    });
    if let Some(key) = key {
        instance["KmsKeyId"] = key.into();
    }
    instance
}
