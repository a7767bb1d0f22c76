//! Thirty deviations of what runs, of every class, each with the one drift that it is.

use super::api::Account::{self, Other, Own};
use super::world::Told;

const HERE: (Account, &str) = (Own, "us-east-1");
const WEST: (Account, &str) = (Own, "eu-west-1");
const THERE: (Account, &str) = (Other, "us-east-1");
const FAR: (Account, &str) = (Other, "eu-west-1");

/// The parameters of a call. `OPEN`, `CLOSED` and `UNROTATED` stand for what `server.py` calls so, and a `ResourceName` for the
/// ARN that ends so.
pub(super) type Calls = &'static [(&'static str, &'static str)];

/// How something is made different.
pub(super) enum Made {
    /// Calls of the API.
    Called(&'static [(&'static str, Calls)]),
    /// Members of the object with such an ARN, which no call of moto's changes.
    Told(&'static str, &'static [(&'static str, &'static str)]),
    /// A rule of the proxy's.
    Refused(&'static str),
}

use Made::{Called, Refused, Told as IsTold};

/// A deviation.
pub(super) struct Deviation {
    /// The class of its drift, and what drifts of what.
    pub(super) class: &'static str,
    pub(super) subject: &'static str,
    pub(super) resource: &'static str,
    pub(super) place: (Account, &'static str),
    pub(super) made: Made,
}

const fn of(
    class: &'static str,
    subject: &'static str,
    resource: &'static str,
    place: (Account, &'static str),
    made: Made,
) -> Deviation {
    Deviation { class, subject, resource, place, made }
}

const ID: &str = "DBInstanceIdentifier";
const NOW: (&str, &str) = ("ApplyImmediately", "true");
const MODIFY: &str = "ModifyDBInstance";

/// What the fleet needs before anything is recorded.
pub(super) const SETTINGS: &[((Account, &str), &str, Calls)] =
    &[(HERE, MODIFY, &[(ID, "db-12"), ("MaxAllocatedStorage", "100"), NOW])];

/// What is told of the undisturbed fleet already.
pub(super) const TOLD: &[((Account, &str), &str, &str, &str)] =
    &[(WEST, "db:db-06", "SecondaryAvailabilityZone", "eu-west-1b")];

pub(super) const DEVIATIONS: [Deviation; 30] = [
    // At the console.
    of(
        "changed",
        "backup_retention_days",
        "db-03",
        HERE,
        Called(&[(MODIFY, &[(ID, "db-03"), ("BackupRetentionPeriod", "1"), NOW])]),
    ),
    of(
        "changed",
        "deletion_protection",
        "db-05",
        HERE,
        Called(&[(MODIFY, &[(ID, "db-05"), ("DeletionProtection", "false"), NOW])]),
    ),
    of(
        "changed",
        "publicly_accessible",
        "db-02",
        HERE,
        Called(&[(MODIFY, &[(ID, "db-02"), ("PubliclyAccessible", "true"), NOW])]),
    ),
    of(
        "changed",
        "security_groups",
        "db-06",
        HERE,
        Called(&[(MODIFY, &[(ID, "db-06"), ("VpcSecurityGroupIds.VpcSecurityGroupId.1", "OPEN"), NOW])]),
    ),
    of(
        "changed",
        "tags.env",
        "db-07",
        HERE,
        Called(&[(
            "AddTagsToResource",
            &[("ResourceName", "db:db-07"), ("Tags.Tag.1.Key", "env"), ("Tags.Tag.1.Value", "dev")],
        )]),
    ),
    of("changed", "multi_az", "db-02", WEST, Called(&[(MODIFY, &[(ID, "db-02"), ("MultiAZ", "false"), NOW])])),
    of(
        "changed",
        "instance_class",
        "db-04",
        WEST,
        Called(&[(MODIFY, &[(ID, "db-04"), ("DBInstanceClass", "db.r6g.2xlarge"), NOW])]),
    ),
    of(
        "changed",
        "iam_authentication",
        "db-05",
        WEST,
        Called(&[(MODIFY, &[(ID, "db-05"), ("EnableIAMDatabaseAuthentication", "true"), NOW])]),
    ),
    of(
        "changed",
        "log_exports",
        "db-07",
        WEST,
        Called(&[(
            MODIFY,
            &[(ID, "db-07"), ("CloudwatchLogsExportConfiguration.EnableLogTypes.member.1", "error"), NOW],
        )]),
    ),
    of(
        "changed",
        "parameters[\"rds.force_ssl\"]",
        "own-postgres16",
        WEST,
        Called(&[(
            "ModifyDBParameterGroup",
            &[
                ("DBParameterGroupName", "own-postgres16"),
                ("Parameters.Parameter.1.ParameterName", "rds.force_ssl"),
                ("Parameters.Parameter.1.ParameterValue", "0"),
                ("Parameters.Parameter.1.ApplyMethod", "immediate"),
            ],
        )]),
    ),
    of(
        "changed",
        "deletion_protection",
        "cluster-0",
        HERE,
        Called(&[("ModifyDBCluster", &[("DBClusterIdentifier", "cluster-0"), ("DeletionProtection", "false"), NOW])]),
    ),
    of(
        "changed",
        "instance_class",
        "db-21",
        HERE,
        Called(&[(MODIFY, &[(ID, "db-21"), ("DBInstanceClass", "db.t3.micro"), NOW])]),
    ),
    of(
        "changed",
        "identifier",
        "db-15",
        HERE,
        Called(&[(MODIFY, &[(ID, "db-15"), ("NewDBInstanceIdentifier", "db-15-old"), NOW])]),
    ),
    // Where Terraform is blind.
    of("undeclared", "multi_az", "db-01", THERE, Called(&[(MODIFY, &[(ID, "db-01"), ("MultiAZ", "true"), NOW])])),
    of(
        "undeclared",
        "backup_retention_days",
        "db-20",
        HERE,
        Called(&[(MODIFY, &[(ID, "db-20"), ("BackupRetentionPeriod", "5"), NOW])]),
    ),
    of(
        "undeclared",
        "parameters.max_connections",
        "own-mariadb10-6",
        WEST,
        Called(&[(
            "ModifyDBParameterGroup",
            &[
                ("DBParameterGroupName", "own-mariadb10-6"),
                ("Parameters.Parameter.1.ParameterName", "max_connections"),
                ("Parameters.Parameter.1.ParameterValue", "5000"),
                ("Parameters.Parameter.1.ApplyMethod", "immediate"),
            ],
        )]),
    ),
    // What waits.
    of(
        "pending",
        "instance_class",
        "db-10",
        HERE,
        IsTold("db:db-10", &[("PendingModifiedValues", "<DBInstanceClass>db.r6g.large</DBInstanceClass>")]),
    ),
    of(
        "pending",
        "backup_retention_days",
        "db-11",
        THERE,
        IsTold(
            "db:db-11",
            &[
                ("BackupRetentionPeriod", "1"),
                ("PendingModifiedValues", "<BackupRetentionPeriod>35</BackupRetentionPeriod>"),
            ],
        ),
    ),
    of(
        "pending",
        "unapplied_groups",
        "db-08",
        WEST,
        IsTold(
            "db:db-08",
            &[(
                "DBParameterGroups",
                "<DBParameterGroup>\
        <DBParameterGroupName>own-mariadb10-6</DBParameterGroupName><ParameterApplyStatus>pending-reboot</ParameterApplyStatus></DBParameterGroup>",
            )],
        ),
    ),
    // What the provider does by itself.
    of(
        "expected",
        "engine_version",
        "db-00",
        FAR,
        Called(&[(MODIFY, &[(ID, "db-00"), ("EngineVersion", "16.4"), NOW])]),
    ),
    of(
        "expected",
        "allocated_storage_gib",
        "db-12",
        HERE,
        Called(&[(MODIFY, &[(ID, "db-12"), ("AllocatedStorage", "45"), NOW])]),
    ),
    of(
        "expected",
        "availability_zone",
        "db-06",
        WEST,
        IsTold("db:db-06", &[("AvailabilityZone", "eu-west-1b"), ("SecondaryAvailabilityZone", "eu-west-1a")]),
    ),
    of(
        "expected",
        "resource",
        "application-autoscaling-5b0fdd0e-4a64-4d0e-93b7-3a9d2a6f2a51",
        HERE,
        Called(&[(
            "CreateDBInstance",
            &[
                (ID, "application-autoscaling-5b0fdd0e-4a64-4d0e-93b7-3a9d2a6f2a51"),
                ("DBInstanceClass", "db.r6g.large"),
                ("Engine", "aurora-postgresql"),
                ("DBClusterIdentifier", "cluster-1"),
            ],
        )]),
    ),
    // What came and went.
    of(
        "missing",
        "resource",
        "db-14",
        HERE,
        Called(&[("DeleteDBInstance", &[(ID, "db-14"), ("SkipFinalSnapshot", "true")])]),
    ),
    of(
        "missing",
        "resource",
        "cluster-0-reader",
        WEST,
        Called(&[("DeleteDBInstance", &[(ID, "cluster-0-reader"), ("SkipFinalSnapshot", "true")])]),
    ),
    of(
        "unmanaged",
        "resource",
        "made-at-the-console",
        HERE,
        Called(&[(
            "CreateDBInstance",
            &[
                (ID, "made-at-the-console"),
                ("DBInstanceClass", "db.t3.micro"),
                ("Engine", "postgres"),
                ("EngineVersion", "16.3"),
                ("AllocatedStorage", "20"),
                ("MasterUsername", "root"),
                ("MasterUserPassword", "Planted-Password-1"),
                ("DBSubnetGroupName", "databases"),
                ("PubliclyAccessible", "true"),
            ],
        )]),
    ),
    of(
        "unmanaged",
        "resource",
        "somebodys-cluster",
        FAR,
        Called(&[(
            "CreateDBCluster",
            &[
                ("DBClusterIdentifier", "somebodys-cluster"),
                ("Engine", "aurora-postgresql"),
                ("EngineVersion", "16.2"),
                ("MasterUsername", "root"),
                ("MasterUserPassword", "Planted-Password-1"),
                ("DBSubnetGroupName", "databases"),
            ],
        )]),
    ),
    of(
        "replaced",
        "resource",
        "db-16",
        HERE,
        Called(&[
            ("DeleteDBInstance", &[(ID, "db-16"), ("SkipFinalSnapshot", "true")]),
            (
                "CreateDBInstance",
                &[
                    (ID, "db-16"),
                    ("DBInstanceClass", "db.t3.medium"),
                    ("Engine", "mysql"),
                    ("EngineVersion", "8.0.36"),
                    ("AllocatedStorage", "36"),
                    ("MasterUsername", "root"),
                    ("MasterUserPassword", "Planted-Password-1"),
                    ("DBSubnetGroupName", "databases"),
                ],
            ),
        ]),
    ),
    // The plan's configuration says what the new one is to be, and it is.
    of(
        "replaced",
        "resource",
        "db-08",
        THERE,
        Called(&[
            ("DeleteDBInstance", &[(ID, "db-08"), ("SkipFinalSnapshot", "true")]),
            (
                "CreateDBInstance",
                &[
                    (ID, "db-08"),
                    ("DBInstanceClass", "db.t3.medium"),
                    ("Engine", "mariadb"),
                    ("EngineVersion", "10.6.14"),
                    ("AllocatedStorage", "28"),
                    ("MasterUsername", "root"),
                    ("MasterUserPassword", "Planted-Password-1"),
                    ("Port", "3306"),
                    ("DBSubnetGroupName", "databases"),
                    ("VpcSecurityGroupIds.VpcSecurityGroupId.1", "CLOSED"),
                    ("PubliclyAccessible", "true"),
                    ("StorageEncrypted", "true"),
                    ("KmsKeyId", "UNROTATED"),
                    ("MultiAZ", "true"),
                    ("BackupRetentionPeriod", "0"),
                    ("CopyTagsToSnapshot", "true"),
                    ("StorageType", "gp3"),
                    ("DBParameterGroupName", "own-mariadb10-6"),
                    ("Tags.Tag.1.Key", "env"),
                    ("Tags.Tag.1.Value", "dev"),
                    ("Tags.Tag.2.Key", "api-token"),
                    ("Tags.Tag.2.Value", "Planted-Token-2"),
                ],
            ),
        ]),
    ),
    // What may not be looked at.
    of("unverifiable", "resource", "proxy", WEST, Refused("DescribeDBProxies@eu-west-1=denied")),
];

/// What is told of an object, in the world's words.
pub(super) fn told(
    accounts: &[String; 2],
    (account, region): (Account, &str),
    of: &str,
    member: &'static str,
    inner: &str,
) -> Told {
    Told { arn: format!(":{region}:{}:{of}", accounts[account as usize]), member, inner: inner.to_owned() }
}

impl Deviation {
    /// What replies are to tell of it.
    pub(super) fn told(&self, accounts: &[String; 2]) -> Vec<Told> {
        match &self.made {
            IsTold(of, members) => {
                members.iter().map(|(member, inner)| told(accounts, self.place, of, member, inner)).collect()
            }
            Called(_) | Refused(_) => Vec::new(),
        }
    }
}
