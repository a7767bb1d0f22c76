#!/usr/bin/env python3
"""A moto server on a free port of loopback, seeded with a fleet; it ends when its standard input does.

Prints one line of JSON when it is ready: {"port": …, "accounts": [own, other], "said": {call: objects}}, the last for the
own account in eu-west-1. What is in it depends on nothing but this file. Account `other` is reached by assuming the role DbkeelReadOnly in it.
"""

import json
import os
import sys
from datetime import datetime, timezone

# Every database that is made has an automated snapshot in moto.
os.environ["MOTO_RDS_SNAPSHOT_LIMIT"] = "100000"

import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402
from moto.moto_api import state_manager  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

# What is made is there, however often it was looked at.
state_manager.set_transition("dax::cluster", {"progression": "immediate"})

# No reply and no report may hold these.
PASSWORD, TOKEN = "Planted-Password-1", "Planted-Token-2"
ROLE = "DbkeelReadOnly"
# (engine, version, family, port)
ENGINES = [
    ("postgres", "16.3", "postgres16", 5432),
    ("mysql", "8.0.36", "mysql8.0", 3306),
    ("mariadb", "10.6.14", "mariadb10.6", 3306),
]
# (own account?, region, instances, clusters)
FLEET = [(True, "us-east-1", 24, 2), (True, "eu-west-1", 12, 1), (False, "us-east-1", 12, 1), (False, "eu-west-1", 6, 0)]


class Place:
    """An account and region."""

    def __init__(self, url, keys, region):
        session = boto3.Session(region_name=region, **keys)
        config = Config(retries={"max_attempts": 1})
        self.region = region
        self.client = lambda service: session.client(service, endpoint_url=url, config=config)

    def fill(self, account, instances, clusters):
        self.network()
        self.keys()
        self.groups()
        for number in range(instances):
            self.instance(number)
        for number in range(clusters):
            self.cluster(number)
        self.snapshots(min(4, instances), clusters)
        self.around(account)
        self.warehouses()
        self.tables()
        self.caches(account)

    def network(self):
        ec2 = self.client("ec2")
        network = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        zones = [self.region + zone for zone in "ab"]
        made = [ec2.create_subnet(VpcId=network, CidrBlock=f"10.0.{at}.0/24", AvailabilityZone=zone)
                for at, zone in enumerate(zones)]
        self.subnets = [each["Subnet"]["SubnetId"] for each in made]
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=network)
        table = ec2.create_route_table(VpcId=network)["RouteTable"]["RouteTableId"]
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        ec2.associate_route_table(RouteTableId=table, SubnetId=self.subnets[0])
        group = lambda name: ec2.create_security_group(GroupName=name, Description=name, VpcId=network)["GroupId"]
        self.open, self.closed = group("open"), group("closed")
        group("unused")
        port = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432}
        ec2.authorize_security_group_ingress(GroupId=self.open, IpPermissions=[
            port | {"IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "anyone"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}])
        ec2.authorize_security_group_ingress(GroupId=self.closed, IpPermissions=[
            port | {"UserIdGroupPairs": [{"GroupId": self.open}]}])
        self.client("rds").create_db_subnet_group(
            DBSubnetGroupName="databases", DBSubnetGroupDescription="d", SubnetIds=self.subnets)

    def keys(self):
        kms = self.client("kms")
        self.rotated, self.unrotated = (kms.create_key(Description=text)["KeyMetadata"]["Arn"] for text in ("a", "b"))
        kms.enable_key_rotation(KeyId=self.rotated)
        kms.create_key(Description="of something else")

    def groups(self):
        rds = self.client("rds")
        for _, _, family, _ in ENGINES:
            rds.create_db_parameter_group(DBParameterGroupName="own-" + family.replace(".", "-"),
                                          DBParameterGroupFamily=family, Description="d",
                                          Tags=[{"Key": "owner", "Value": "team-a"}])
        rds.modify_db_parameter_group(DBParameterGroupName="own-postgres16", Parameters=[
            {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"}])
        rds.create_db_cluster_parameter_group(
            DBClusterParameterGroupName="own-aurora", DBParameterGroupFamily="aurora-postgresql16", Description="d")
        rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName="own-aurora", Parameters=[
            {"ParameterName": "rds.force_ssl", "ParameterValue": "0", "ApplyMethod": "immediate"}])

    def instance(self, number):
        engine, version, family, port = ENGINES[number % len(ENGINES)]
        asked = dict(
            DBInstanceIdentifier=f"db-{number:02d}", DBInstanceClass="db.t3.medium", Engine=engine, EngineVersion=version,
            AllocatedStorage=20 + number, MasterUsername="root", DBSubnetGroupName="databases", Port=port,
            VpcSecurityGroupIds=[self.open if number % 5 == 0 else self.closed], PubliclyAccessible=number % 4 == 0,
            StorageEncrypted=number % 3 != 0, MultiAZ=number % 2 == 0, BackupRetentionPeriod=[0, 1, 7, 35][number % 4],
            DeletionProtection=number % 2 == 1, CopyTagsToSnapshot=number % 2 == 0, StorageType="gp3",
            Tags=[{"Key": "env", "Value": "prod" if number % 2 else "dev"}, {"Key": "api-token", "Value": TOKEN}])
        if number % 2 == 0:
            asked["DBParameterGroupName"] = "own-" + family.replace(".", "-")
        if number % 3 != 0:
            asked["KmsKeyId"] = self.rotated if number % 2 else self.unrotated
        if number % 6 == 1:
            asked["ManageMasterUserPassword"] = True
        else:
            asked["MasterUserPassword"] = PASSWORD
        self.client("rds").create_db_instance(**asked)

    def cluster(self, number):
        rds = self.client("rds")
        name = f"cluster-{number}"
        rds.create_db_cluster(
            DBClusterIdentifier=name, Engine="aurora-postgresql", EngineVersion="16.2", MasterUsername="root",
            MasterUserPassword=PASSWORD, DBSubnetGroupName="databases", VpcSecurityGroupIds=[self.closed],
            StorageEncrypted=number == 0, DBClusterParameterGroupName="own-aurora", DeletionProtection=number == 0)
        for role in ("writer", "reader"):
            rds.create_db_instance(DBInstanceIdentifier=f"{name}-{role}", DBInstanceClass="db.r6g.large",
                                   Engine="aurora-postgresql", DBClusterIdentifier=name)

    def snapshots(self, instances, clusters):
        rds = self.client("rds")
        for number in range(instances):
            rds.create_db_snapshot(DBSnapshotIdentifier=f"kept-{number}", DBInstanceIdentifier=f"db-{number:02d}")
        rds.modify_db_snapshot_attribute(DBSnapshotIdentifier="kept-0", AttributeName="restore", ValuesToAdd=["all"])
        rds.modify_db_snapshot_attribute(
            DBSnapshotIdentifier="kept-1", AttributeName="restore", ValuesToAdd=["999999999999"])
        for number in range(clusters):
            rds.create_db_cluster_snapshot(
                DBClusterSnapshotIdentifier=f"cluster-kept-{number}", DBClusterIdentifier=f"cluster-{number}")

    def around(self, account):
        rds, secrets = self.client("rds"), self.client("secretsmanager")
        secret = secrets.create_secret(Name="proxy/login", SecretString=PASSWORD)["ARN"]
        secrets.create_secret(Name="of/something/else", SecretString=TOKEN)
        rds.create_event_subscription(
            SubscriptionName="events", SnsTopicArn=f"arn:aws:sns:{self.region}:{account}:t", SourceType="db-instance",
            EventCategories=["failure"], Enabled=True)
        rds.create_db_proxy(
            DBProxyName="proxy", EngineFamily="POSTGRESQL", RoleArn=f"arn:aws:iam::{account}:role/p", RequireTLS=False,
            VpcSubnetIds=self.subnets, VpcSecurityGroupIds=[self.closed],
            Auth=[{"AuthScheme": "SECRETS", "SecretArn": secret, "IAMAuth": "DISABLED"}])
        anyone = {"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}
        secrets.put_resource_policy(SecretId=secret, ResourcePolicy=json.dumps({"Version": "2012-10-17", "Statement": [anyone]}))
        self.services()

    def services(self):
        backup, logs = self.client("backup"), self.client("logs")
        backup.create_backup_vault(BackupVaultName="databases", EncryptionKeyArn=self.rotated)
        rule = {"RuleName": "daily", "TargetBackupVaultName": "databases", "ScheduleExpression": "cron(0 5 ? * * *)",
                "Lifecycle": {"DeleteAfterDays": 14}}
        backup.create_backup_plan(BackupPlan={"BackupPlanName": "daily", "Rules": [rule]})
        for name, days in [("/aws/rds/instance/db-00/postgresql", 30), ("/aws/lambda/other", 7)]:
            logs.create_log_group(logGroupName=name, kmsKeyId=self.unrotated)
            logs.put_retention_policy(logGroupName=name, retentionInDays=days)
        self.client("guardduty").create_detector(Enable=True, Features=[{"Name": "RDS_LOGIN_EVENTS", "Status": "DISABLED"}])


    def caches(self, account):
        caches = self.client("elasticache")
        caches.create_cache_subnet_group(
            CacheSubnetGroupName="caches", CacheSubnetGroupDescription="d", SubnetIds=self.subnets)
        caches.create_replication_group(
            ReplicationGroupId="sessions", ReplicationGroupDescription="d", Engine="redis", EngineVersion="7.1",
            CacheNodeType="cache.t4g.small", NumCacheClusters=2, AutomaticFailoverEnabled=True, MultiAZEnabled=True,
            CacheSubnetGroupName="caches", SecurityGroupIds=[self.closed], AtRestEncryptionEnabled=True,
            KmsKeyId=self.rotated, TransitEncryptionEnabled=True, AuthToken=PASSWORD,
            Tags=[{"Key": "owner", "Value": "team-a"}, {"Key": "api-token", "Value": TOKEN}])
        caches.create_cache_cluster(
            CacheClusterId="pages", Engine="memcached", CacheNodeType="cache.t4g.small", NumCacheNodes=2,
            SecurityGroupIds=[self.open], CacheSubnetGroupName="caches")

        memory = self.client("memorydb")
        memory.create_subnet_group(SubnetGroupName="memory", SubnetIds=self.subnets)
        memory.create_cluster(
            ClusterName="ledger", NodeType="db.t4g.small", ACLName="open-access", SubnetGroupName="memory",
            SecurityGroupIds=[self.closed], KmsKeyId=self.unrotated, SnapshotRetentionLimit=1, EngineVersion="7.0",
            Tags=[{"Key": "api-token", "Value": TOKEN}])
        memory.create_snapshot(ClusterName="ledger", SnapshotName="ledger-kept")
        self.client("dax").create_cluster(
            ClusterName="hot", NodeType="dax.t3.small", ReplicationFactor=3, SSESpecification={"Enabled": True},
            IamRoleArn=f"arn:aws:iam::{account}:role/dax", ClusterEndpointEncryptionType="TLS",
            Tags=[{"Key": "owner", "Value": "team-b"}])


    def warehouses(self):
        redshift = self.client("redshift")
        redshift.create_cluster_subnet_group(
            ClusterSubnetGroupName="warehouses", Description="d", SubnetIds=self.subnets)
        redshift.create_cluster_parameter_group(
            ParameterGroupName="own-redshift", ParameterGroupFamily="redshift-1.0", Description="d")
        redshift.create_snapshot_copy_grant(SnapshotCopyGrantName="copies", KmsKeyId=self.unrotated)
        redshift.create_cluster(
            ClusterIdentifier="dwh", NodeType="ra3.large", ClusterType="single-node", DBName="sales",
            MasterUsername="sales_owner", MasterUserPassword=PASSWORD, ClusterSubnetGroupName="warehouses",
            ClusterParameterGroupName="own-redshift", VpcSecurityGroupIds=[self.closed], Encrypted=True,
            KmsKeyId=self.rotated, PubliclyAccessible=False, EnhancedVpcRouting=True,
            Tags=[{"Key": "owner", "Value": "team-b"}, {"Key": "api-token", "Value": TOKEN}])

    def tables(self):
        dynamodb, scaling = self.client("dynamodb"), self.client("application-autoscaling")
        keys = dict(KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
        dynamodb.create_table(
            TableName="Orders", ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
            SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": self.rotated},
            DeletionProtectionEnabled=True, Tags=[{"Key": "owner", "Value": "team-a"}, {"Key": "api-token", "Value": TOKEN}],
            **keys)
        dynamodb.update_continuous_backups(
            TableName="Orders", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
        dynamodb.create_table(TableName="visits", BillingMode="PAY_PER_REQUEST", **keys)
        for dimension in ("Read", "Write"):
            scaling.register_scalable_target(
                ServiceNamespace="dynamodb", ResourceId="table/Orders", MinCapacity=5, MaxCapacity=50,
                ScalableDimension=f"dynamodb:table:{dimension}CapacityUnits")


def instant(told):
    """A time as it came, and seconds since 1970 as the collector writes them: to the millisecond."""
    if isinstance(told, str):
        return told
    text = datetime.fromtimestamp(round(told * 1000) / 1000, timezone.utc).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "").rstrip("0").rstrip(".") + "Z" if "." in text else text


def said(url, keys):
    """What botocore, and so the AWS CLI, makes of the replies; instants as they came."""
    session = boto3.Session(region_name="eu-west-1", **keys)
    factory = session._session.get_component("response_parser_factory")
    factory.set_parser_defaults(timestamp_parser=instant)
    services = ("rds", "ec2", "elasticache", "memorydb", "dax", "redshift", "dynamodb", "application-autoscaling")
    rds, ec2, caches, memory, dax, redshift, dynamodb, scaling = (
        session.client(service, endpoint_url=url) for service in services)
    return {
        "rds:DescribeDBInstances": rds.describe_db_instances()["DBInstances"],
        "rds:DescribeDBClusters": rds.describe_db_clusters()["DBClusters"],
        "rds:DescribeDBSnapshots": rds.describe_db_snapshots()["DBSnapshots"],
        "rds:DescribeDBClusterSnapshots": rds.describe_db_cluster_snapshots()["DBClusterSnapshots"],
        "rds:DescribeDBParameterGroups": rds.describe_db_parameter_groups()["DBParameterGroups"],
        "rds:DescribeDBSubnetGroups": rds.describe_db_subnet_groups()["DBSubnetGroups"],
        "rds:DescribeEventSubscriptions": rds.describe_event_subscriptions()["EventSubscriptionsList"],
        "rds:DescribeDBProxies": rds.describe_db_proxies()["DBProxies"],
        "elasticache:DescribeReplicationGroups": caches.describe_replication_groups()["ReplicationGroups"],
        "elasticache:DescribeCacheClusters": caches.describe_cache_clusters(ShowCacheNodeInfo=True)["CacheClusters"],
        "elasticache:DescribeCacheSubnetGroups": caches.describe_cache_subnet_groups()["CacheSubnetGroups"],
        "memorydb:DescribeSubnetGroups": memory.describe_subnet_groups()["SubnetGroups"],
        "dax:DescribeClusters": dax.describe_clusters()["Clusters"],
        "redshift:DescribeClusters": redshift.describe_clusters()["Clusters"],
        "redshift:DescribeClusterParameterGroups": redshift.describe_cluster_parameter_groups()["ParameterGroups"],
        "redshift:DescribeClusterSubnetGroups": redshift.describe_cluster_subnet_groups()["ClusterSubnetGroups"],
        "redshift:DescribeSnapshotCopyGrants": redshift.describe_snapshot_copy_grants()["SnapshotCopyGrants"],
        "dynamodb:ListTables": dynamodb.list_tables()["TableNames"],
        "dynamodb:DescribeTable": [{"Table": dynamodb.describe_table(TableName=name)["Table"]} for name in ("Orders", "visits")],
        "application-autoscaling:DescribeScalableTargets":
            scaling.describe_scalable_targets(ServiceNamespace="dynamodb")["ScalableTargets"],
        "ec2:DescribeSecurityGroups": ec2.describe_security_groups()["SecurityGroups"],
        "ec2:DescribeSubnets": ec2.describe_subnets()["Subnets"],
        "ec2:DescribeRouteTables": ec2.describe_route_tables()["RouteTables"],
    }


def main():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    url = f"http://127.0.0.1:{port}"
    own_keys = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "x" * 40}
    home = Place(url, own_keys, "us-east-1")
    home.client("organizations").create_organization(FeatureSet="ALL")
    own = home.client("sts").get_caller_identity()["Account"]
    made = home.client("organizations").create_account(Email="other@example.com", AccountName="other")
    other = made["CreateAccountStatus"]["AccountId"]
    assumed = home.client("sts").assume_role(RoleArn=f"arn:aws:iam::{other}:role/{ROLE}", RoleSessionName="seed")
    other_keys = {
        "aws_access_key_id": assumed["Credentials"]["AccessKeyId"],
        "aws_secret_access_key": assumed["Credentials"]["SecretAccessKey"],
        "aws_session_token": assumed["Credentials"]["SessionToken"],
    }
    for is_own, region, instances, clusters in FLEET:
        Place(url, own_keys if is_own else other_keys, region).fill(own if is_own else other, instances, clusters)
    print(json.dumps({"port": port, "accounts": [own, other], "said": said(url, own_keys)}), flush=True)
    sys.stdin.read()
    os._exit(0)


main()
