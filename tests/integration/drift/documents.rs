//! The recorded resources in each of the forms in which somebody may give them.

use serde_json::{Map, Value, json};

use super::declared::Recorded;

const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";

/// A state as Terraform stores it, version 4.
pub(super) fn raw_state(resources: &[Recorded]) -> Value {
    let mut kinds: Vec<&str> = resources.iter().map(|one| one.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let of_kind = |kind: &str| {
        let instance = |one: &Recorded| {
            json!({"index_key": one.key, "schema_version": 2, "attributes": one.values,
                "sensitive_attributes": [[{"type": "get_attr", "value": "password"}]], "private": "bnVsbA=="})
        };
        let instances: Vec<Value> = resources.iter().filter(|one| one.kind == kind).map(instance).collect();
        json!({"mode": "managed", "type": kind, "name": "fleet", "provider": format!("provider[\"{PROVIDER}\"]"),
            "instances": instances})
    };
    json!({"version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "2c8a4a0e-5a51-4c5b-8d0c-4d1f5e7a9b30",
        "outputs": {}, "resources": kinds.into_iter().map(of_kind).collect::<Value>(), "check_results": null})
}

/// What `terraform show -json` makes of a state whose resources a module has.
pub(super) fn shown_state(resources: &[Recorded]) -> Value {
    let resource = |one: &Recorded| {
        json!({"address": format!("module.databases.{}.fleet[\"{}\"]", one.kind, one.key), "mode": "managed",
            "type": one.kind, "name": "fleet", "index": one.key, "provider_name": PROVIDER, "schema_version": 2,
            "values": one.values, "sensitive_values": {"password": true}})
    };
    let resources: Value = resources.iter().map(resource).collect();
    json!({"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"child_modules": [
        {"address": "module.databases", "resources": resources}]}}})
}

/// A plan that changes nothing, with the configuration that it was made from.
pub(super) fn plan(resources: &[Recorded], region: &str) -> Value {
    let changed = |one: &Recorded| {
        json!({"address": address(one), "mode": "managed", "type": one.kind, "name": name(&one.key), "provider_name": PROVIDER,
            "change": {"actions": ["no-op"], "before": one.values, "after": one.values, "after_unknown": {},
                "before_sensitive": {"password": true}, "after_sensitive": {"password": true}}})
    };
    let valued = |one: &Recorded| {
        json!({"address": address(one), "mode": "managed", "type": one.kind, "name": name(&one.key),
            "provider_name": PROVIDER, "schema_version": 2, "values": one.values, "sensitive_values": {"password": true}})
    };
    let configured = |one: &Recorded| {
        let expressions = written(one).into_iter().map(|(name, value)| (name.to_owned(), expression(value)));
        json!({"address": address(one), "mode": "managed", "type": one.kind, "name": name(&one.key),
            "provider_config_key": "aws", "expressions": expressions.collect::<Map<_, _>>(), "schema_version": 2})
    };
    let values = json!({"root_module": {"resources": resources.iter().map(valued).collect::<Value>()}});
    json!({"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": values,
        "resource_changes": resources.iter().map(changed).collect::<Value>(),
        "prior_state": {"format_version": "1.0", "terraform_version": "1.11.4", "values": values},
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": PROVIDER, "version_constraint": "~> 6.0",
                "expressions": {"region": {"constant_value": region}}}},
            "root_module": {"resources": resources.iter().map(configured).collect::<Value>()}},
        "timestamp": "2026-11-20T09:12:44Z", "applyable": false, "complete": true, "errored": false})
}

/// A folder's `main.tf`.
pub(super) fn configuration(resources: &[Recorded], account: &str, region: &str) -> String {
    let mut text = format!(
        "provider \"aws\" {{\n  region              = \"{region}\"\n  allowed_account_ids = [\"{account}\"]\n}}\n\n\
         variable \"password\" {{\n  type      = string\n  sensitive = true\n}}\n"
    );
    for one in resources {
        text.push_str(&format!("\nresource \"{}\" \"{}\" {{\n", one.kind, name(&one.key)));
        for (name, value) in written(one) {
            match name {
                "password" => text.push_str("  password = var.password\n"),
                _ => text.push_str(&format!("  {name} = {value}\n")),
            }
        }
        text.push_str("}\n");
    }
    text
}

fn address(one: &Recorded) -> String {
    format!("{}.{}", one.kind, name(&one.key))
}

fn name(key: &str) -> String {
    key.replace('-', "_")
}

fn expression(value: Value) -> Value {
    match value {
        Value::Array(_) | Value::Object(_) => json!({"references": ["local.settings"]}),
        value => json!({"constant_value": value}),
    }
}

/// The arguments that somebody wrote; what creation gives anyway, nobody did.
fn written(one: &Recorded) -> Vec<(&'static str, Value)> {
    let names: &[&str] = match one.kind {
        "aws_db_instance" => &[
            "identifier",
            "engine",
            "engine_version",
            "instance_class",
            "allocated_storage",
            "storage_type",
            "username",
            "db_subnet_group_name",
            "vpc_security_group_ids",
            "copy_tags_to_snapshot",
            "deletion_protection",
            "publicly_accessible",
            "storage_encrypted",
            "skip_final_snapshot",
            "maintenance_window",
            "tags",
            "kms_key_id",
            "multi_az",
            "backup_retention_period",
            "parameter_group_name",
            "manage_master_user_password",
            "password",
        ],
        "aws_rds_cluster" => &[
            "cluster_identifier",
            "engine",
            "engine_version",
            "master_username",
            "master_password",
            "db_subnet_group_name",
            "vpc_security_group_ids",
            "storage_encrypted",
            "db_cluster_parameter_group_name",
            "deletion_protection",
            "skip_final_snapshot",
            "kms_key_id",
        ],
        "aws_rds_cluster_instance" => &["identifier", "cluster_identifier", "engine", "instance_class"],
        "aws_security_group" => &["name", "description", "vpc_id", "ingress", "egress"],
        "aws_kms_key" => &["description", "enable_key_rotation"],
        "aws_db_subnet_group" => &["name", "description", "subnet_ids"],
        _ => &["name", "family", "description", "parameter"],
    };
    let given = |name: &&&'static str| match (**name, &one.values[**name]) {
        (_, Value::Null) => false,
        ("multi_az", value) => *value == true,
        ("backup_retention_period", value) => *value != 0,
        ("kms_key_id", value) => *value != "" && *value != "default_kms_key_id",
        ("parameter_group_name", value) => value.as_str().is_some_and(|name| name.starts_with("own-")),
        ("parameter", value) => *value != json!([]),
        _ => true,
    };
    names.iter().filter(given).map(|name| (*name, one.values[*name].clone())).collect()
}
