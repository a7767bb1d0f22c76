//! The databases of a made-up fleet: most in good order, some not.

use serde_json::{Value, json};

use super::dice::Dice;
use super::planned::Planned;

/// What the teams share, in the root module.
pub(super) fn shared() -> Vec<Planned> {
    let tags = json!({"owner": "team-platform"});
    let group = json!([{"cidr_blocks": ["10.0.0.0/8"], "description": "applications", "from_port": 3306, "ipv6_cidr_blocks": [],
        "prefix_list_ids": [], "protocol": "tcp", "security_groups": [], "self": false, "to_port": 5432}]);
    vec![
        Planned::new("aws_db_subnet_group", "private")
            .known(json!({"name": "private", "description": "Managed by Terraform", "tags": tags, "tags_all": tags,
                "subnet_ids": ["subnet-0a11c0ffee0000001", "subnet-0a11c0ffee0000002"]}))
            .after_apply(&["arn", "id", "name_prefix", "supported_network_types", "vpc_id"])
            .set_by(json!({"name": {"constant_value": "private"}, "subnet_ids": {"references": ["var.subnet_ids"]}})),
        Planned::new("aws_kms_key", "databases")
            .known(json!({"enable_key_rotation": true, "is_enabled": true, "deletion_window_in_days": 30, "tags": tags, "tags_all": tags}))
            .after_apply(&["arn", "id", "key_id", "multi_region", "policy"])
            .set_by(json!({"enable_key_rotation": {"constant_value": true}})),
        Planned::new("aws_security_group", "databases")
            .known(json!({"name": "databases", "ingress": group, "tags": tags, "tags_all": tags, "vpc_id": "vpc-0d15ea5e000000001"}))
            .after_apply(&["arn", "id", "owner_id", "egress"])
            .set_by(json!({"name": {"constant_value": "databases"}, "ingress": {"constant_value": []}})),
    ]
}

/// A database and, for two in three, a parameter group of its own.
pub(super) fn an_instance(team: &'static str, number: u64, key: &'static str, dice: &mut Dice) -> Vec<Planned> {
    let (engine, version, family, port) = dice.pick(&[
        ("postgres", "16.14", "postgres16", 5432),
        ("postgres", "17.10", "postgres17", 5432),
        ("postgres", "13.15", "postgres13", 5432),
        ("mysql", "8.4.8", "mysql8.4", 3306),
        ("mysql", "8.0.39", "mysql8.0", 3306),
        ("mariadb", "11.4.12", "mariadb11.4", 3306),
    ]);
    let name = format!("{team}-{number:05}-{key}");
    let own_group = dice.chance(66);
    let tags = tags(team, dice);
    let mut after = json!({
        "allocated_storage": 100 + dice.below(9) * 50, "allow_major_version_upgrade": null, "apply_immediately": dice.chance(10),
        "auto_minor_version_upgrade": !dice.chance(8), "backup_retention_period": dice.pick(&[35, 35, 14, 14, 14, 7, 1, 0]),
        "backup_window": "02:30-03:00", "blue_green_update": [], "copy_tags_to_snapshot": !dice.chance(12), "custom_iam_instance_profile": null,
        "customer_owned_ip_enabled": null, "dedicated_log_volume": false, "delete_automated_backups": dice.chance(50),
        "deletion_protection": !dice.chance(15), "domain": null, "enabled_cloudwatch_logs_exports": logs(engine, dice),
        "engine": engine, "engine_version": version, "final_snapshot_identifier": format!("{name}-final"),
        "iam_database_authentication_enabled": dice.chance(70), "identifier": name, "instance_class": dice.pick(&["db.r6g.large", "db.m6g.xlarge", "db.t3.medium"]),
        "maintenance_window": "sun:04:00-sun:05:00", "manage_master_user_password": true, "max_allocated_storage": 1000,
        "monitoring_interval": dice.pick(&[60, 60, 30, 0]), "multi_az": dice.chance(80), "password": null,
        "performance_insights_enabled": dice.chance(80), "port": port, "publicly_accessible": dice.chance(4), "region": "eu-central-1",
        "replicate_source_db": null, "restore_to_point_in_time": [], "s3_import": [], "skip_final_snapshot": dice.chance(10),
        "storage_encrypted": !dice.chance(5), "storage_type": dice.pick(&["gp3", "gp3", "io2"]), "tags": tags, "tags_all": tags,
        "timeouts": null, "upgrade_storage_config": null, "username": dice.pick(&["app", "app", "admin"]), "db_subnet_group_name": "private",
    });
    if dice.chance(10) {
        after["manage_master_user_password"] = Value::Null;
        after["password"] = format!("made-up-{}", dice.below(1_000_000)).into();
    }
    if own_group {
        after["parameter_group_name"] = name.as_str().into();
    }
    let mut unknown = vec![
        "address",
        "arn",
        "availability_zone",
        "backup_target",
        "ca_cert_identifier",
        "character_set_name",
        "db_name",
        "endpoint",
        "engine_version_actual",
        "hosted_zone_id",
        "id",
        "identifier_prefix",
        "iops",
        "kms_key_id",
        "latest_restorable_time",
        "license_model",
        "listener_endpoint",
        "master_user_secret",
        "monitoring_role_arn",
        "network_type",
        "option_group_name",
        "performance_insights_retention_period",
        "replica_mode",
        "replicas",
        "resource_id",
        "snapshot_identifier",
        "status",
        "storage_throughput",
        "vpc_security_group_ids",
    ];
    if !own_group {
        unknown.push("parameter_group_name");
    }
    let mut database = Planned::new("aws_db_instance", "this")
        .known(after)
        .after_apply(&unknown)
        .set_by(instance_expressions(own_group));
    if dice.chance(15) {
        database = database.updated(dice);
    }
    let mut resources = vec![database];
    if own_group {
        resources.push(a_parameter_group(&name, family, engine, &tags, dice));
    }
    resources
}

fn instance_expressions(own_group: bool) -> Value {
    let mut expressions = json!({"identifier": {"references": ["var.name"]}, "kms_key_id": {"references": ["var.kms_key_arn"]},
        "db_subnet_group_name": {"references": ["var.subnet_group_name"]}, "vpc_security_group_ids": {"references": ["var.security_group_ids"]},
        "tags": {"references": ["var.tags"]}, "storage_encrypted": {"constant_value": true}, "region": {}});
    for name in [
        "engine",
        "engine_version",
        "instance_class",
        "allocated_storage",
        "backup_retention_period",
        "multi_az",
        "deletion_protection",
        "publicly_accessible",
        "monitoring_interval",
        "username",
        "port",
        "storage_type",
    ] {
        expressions[name] = json!({"references": [format!("var.settings.{name}"), "var.settings"]});
    }
    if own_group {
        expressions["parameter_group_name"] =
            json!({"references": ["aws_db_parameter_group.this.name", "aws_db_parameter_group.this"]});
    }
    expressions
}

fn a_parameter_group(name: &str, family: &str, engine: &str, tags: &Value, dice: &mut Dice) -> Planned {
    let tls = if engine == "postgres" { "rds.force_ssl" } else { "require_secure_transport" };
    let parameter =
        |name: &str, value: &str, method: &str| json!({"apply_method": method, "name": name, "value": value});
    Planned::new("aws_db_parameter_group", "this")
        .known(json!({"name": name, "family": family, "description": "Managed by Terraform", "skip_destroy": false,
            "parameter": [parameter(tls, dice.pick(&["1", "1", "1", "0"]), "pending-reboot"), parameter("log_connections", "1", "immediate")],
            "tags": tags, "tags_all": tags}))
        .after_apply(&["arn", "id", "name_prefix"])
        .set_by(json!({"name": {"references": ["var.name"]}, "family": {"references": ["var.settings.family", "var.settings"]},
            "parameter": [{"apply_method": {"constant_value": "pending-reboot"}, "name": {"constant_value": tls},
                "value": {"references": ["var.settings.force_tls", "var.settings"]}}]}))
}

/// A cluster and its two members.
pub(super) fn a_cluster(team: &'static str, number: u64, key: &'static str, dice: &mut Dice) -> Vec<Planned> {
    let (engine, version, port) = dice.pick(&[
        ("aurora-postgresql", "16.13", 5432),
        ("aurora-postgresql", "13.12", 5432),
        ("aurora-mysql", "8.0.mysql_aurora.3.08.0", 3306),
    ]);
    let name = format!("{team}-{number:05}-{key}");
    let tags = tags(team, dice);
    let cluster = Planned::new("aws_rds_cluster", "this")
        .known(json!({
            "allow_major_version_upgrade": null, "backtrack_window": null, "backup_retention_period": dice.pick(&[35, 35, 14, 7, 1]),
            "cluster_identifier": name, "copy_tags_to_snapshot": !dice.chance(12), "database_name": "app", "db_subnet_group_name": "private",
            "delete_automated_backups": true, "deletion_protection": !dice.chance(15), "domain": null, "enable_http_endpoint": dice.chance(5),
            "enabled_cloudwatch_logs_exports": logs(engine, dice), "engine": engine, "engine_mode": "provisioned", "engine_version": version,
            "final_snapshot_identifier": format!("{name}-final"), "global_cluster_identifier": null, "iam_database_authentication_enabled": dice.chance(70),
            "manage_master_user_password": true, "master_password": null, "master_username": dice.pick(&["app", "app", "admin"]),
            "monitoring_interval": 0, "port": port, "preferred_backup_window": "02:00-03:00", "preferred_maintenance_window": "sun:04:00-sun:05:00",
            "region": "eu-central-1", "replication_source_identifier": null, "restore_to_point_in_time": [], "s3_import": [],
            "scaling_configuration": [], "serverlessv2_scaling_configuration": [], "skip_final_snapshot": dice.chance(8),
            "snapshot_identifier": null, "source_region": null, "storage_encrypted": !dice.chance(5), "tags": tags, "tags_all": tags, "timeouts": null,
        }))
        .after_apply(&["allocated_storage", "apply_immediately", "arn", "availability_zones", "ca_certificate_identifier", "cluster_identifier_prefix",
            "cluster_members", "cluster_resource_id", "db_cluster_parameter_group_name", "endpoint", "engine_version_actual", "hosted_zone_id",
            "iam_roles", "id", "kms_key_id", "master_user_secret", "network_type", "reader_endpoint", "storage_type", "vpc_security_group_ids"])
        .set_by(json!({"cluster_identifier": {"references": ["var.name"]}, "kms_key_id": {"references": ["var.kms_key_arn"]},
            "engine": {"references": ["var.settings.engine", "var.settings"]}, "engine_version": {"references": ["var.settings.engine_version", "var.settings"]},
            "backup_retention_period": {"references": ["var.settings.retention", "var.settings"]}, "storage_encrypted": {"constant_value": true},
            "vpc_security_group_ids": {"references": ["var.security_group_ids"]}, "tags": {"references": ["var.tags"]}}));
    let mut resources = vec![cluster];
    for role in ["reader", "writer"] {
        resources.push(a_member(&name, role, engine, version, &tags, dice));
    }
    resources
}

fn a_member(cluster: &str, role: &'static str, engine: &str, version: &str, tags: &Value, dice: &mut Dice) -> Planned {
    let mut member = Planned::new("aws_rds_cluster_instance", "member")
        .known(json!({
            "auto_minor_version_upgrade": !dice.chance(8), "ca_cert_identifier": "rds-ca-rsa2048-g1", "copy_tags_to_snapshot": false,
            "custom_iam_instance_profile": null, "db_subnet_group_name": "private", "engine": engine, "engine_version": version,
            "force_destroy": false, "identifier": format!("{cluster}-{role}"), "instance_class": "db.r6g.large",
            "monitoring_interval": dice.pick(&[60, 60, 0]), "performance_insights_enabled": dice.chance(85), "promotion_tier": u8::from(role == "reader"),
            "publicly_accessible": dice.chance(3), "region": "eu-central-1", "tags": tags, "tags_all": tags, "timeouts": null,
        }))
        .after_apply(&["apply_immediately", "arn", "availability_zone", "cluster_identifier", "db_parameter_group_name", "dbi_resource_id", "endpoint",
            "engine_version_actual", "id", "identifier_prefix", "kms_key_id", "monitoring_role_arn", "network_type", "performance_insights_kms_key_id",
            "performance_insights_retention_period", "port", "preferred_backup_window", "preferred_maintenance_window", "storage_encrypted", "writer"])
        .set_by(json!({"cluster_identifier": {"references": ["aws_rds_cluster.this.id", "aws_rds_cluster.this"]},
            "engine": {"references": ["aws_rds_cluster.this.engine", "aws_rds_cluster.this"]}, "identifier": {"references": ["var.name", "each.key"]},
            "instance_class": {"references": ["var.settings.instance_class", "var.settings"]}, "ca_cert_identifier": {"constant_value": "rds-ca-rsa2048-g1"}}));
    member.index = Some(role);
    member
}

fn tags(team: &str, dice: &mut Dice) -> Value {
    let mut tags =
        json!({"service": team, "environment": dice.pick(&["production", "production", "staging", "development"])});
    if !dice.chance(10) {
        tags["owner"] = format!("team-{team}").into();
    }
    if dice.chance(60) {
        tags["tier"] = dice.pick(&["tier-1", "tier-2", "tier-3"]).into();
    }
    tags
}

fn logs(engine: &str, dice: &mut Dice) -> Value {
    match engine {
        _ if dice.chance(20) => Value::Null,
        "postgres" => json!(["postgresql", "upgrade"]),
        "aurora-postgresql" => json!(["postgresql"]),
        _ => json!(["audit", "error", "slowquery"]),
    }
}
