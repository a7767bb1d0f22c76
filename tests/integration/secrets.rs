//! Planted secrets: values that a plan or a state marks sensitive, or that the provider knows as secret, are in no byte
//! of any output, whatever goes right or wrong.

use serde_json::{Value, json};

use super::command::{dbkeel, dbkeel_reading, reports};
use super::inputs::{change_of, sample};

const BILLING: &str = "aws_db_instance.billing";
const SANDBOX: &str = "aws_db_instance.sandbox";
const REPORTS: &str = "aws_db_instance.reports";
const LEGACY: &str = "aws_db_instance.legacy";
const ORDERS: &str = "module.orders.aws_rds_cluster.this";

/// Puts a canary somewhere in a plan.
type Plant = fn(&mut Value, &str);

/// Every place in which a secret may stand, most with no mark but the one that the place's name tells of.
const PLACES: &[(&str, Plant)] = &[
    ("password, with Terraform's mark", |plan, canary| after(plan, SANDBOX, "password", canary.into(), json!(true))),
    ("password, with no mark at all", |plan, canary| after(plan, SANDBOX, "password", canary.into(), json!(false))),
    ("password of the wrong type", |plan, canary| {
        after(plan, SANDBOX, "password", json!({"value": [canary]}), json!(false))
    }),
    ("password_wo", |plan, canary| after(plan, SANDBOX, "password_wo", canary.into(), json!(false))),
    ("master_password of a cluster", |plan, canary| {
        after(plan, ORDERS, "master_password", canary.into(), json!(false))
    }),
    ("one tag, marked", |plan, canary| after(plan, SANDBOX, "tags", json!({"owner": canary}), json!({"owner": true}))),
    ("all tags, marked as a whole", |plan, canary| {
        after(plan, SANDBOX, "tags", json!({"owner": canary, "tier": canary}), json!(true))
    }),
    ("tags_all, marked", |plan, canary| {
        after(plan, SANDBOX, "tags_all", json!({"owner": canary}), json!({"owner": true}))
    }),
    ("engine parameters, marked as a whole", |plan, canary| {
        let parameters = json!([{"name": "rds.force_ssl", "value": canary, "apply_method": "immediate"}]);
        after(plan, "aws_db_parameter_group.billing", "parameter", parameters, json!(true));
    }),
    ("one engine parameter, marked", |plan, canary| {
        let parameters = json!([{"name": "rds.force_ssl", "value": canary, "apply_method": "immediate"}]);
        after(plan, "aws_db_parameter_group.billing", "parameter", parameters, json!([{"value": true}]));
    }),
    ("a nested block, marked", |plan, canary| {
        let restore = json!([{"source_db_instance_identifier": canary, "use_latest_restorable_time": true}]);
        after(plan, SANDBOX, "restore_to_point_in_time", restore, json!([{"source_db_instance_identifier": true}]));
    }),
    ("the identifier, sensitive by mark only", |plan, canary| {
        after(plan, SANDBOX, "identifier", canary.into(), json!(true))
    }),
    ("the user name, sensitive by mark only", |plan, canary| {
        after(plan, SANDBOX, "username", canary.into(), json!(true))
    }),
    ("the engine version, sensitive by mark only", |plan, canary| {
        after(plan, SANDBOX, "engine_version", canary.into(), json!(true))
    }),
    ("the parameter group, sensitive by mark only", |plan, canary| {
        after(plan, BILLING, "parameter_group_name", canary.into(), json!(true))
    }),
    ("a source database, sensitive by mark only", |plan, canary| {
        after(plan, SANDBOX, "replicate_source_db", canary.into(), json!(true))
    }),
    ("ingress ranges, sensitive by mark only", |plan, canary| {
        after(plan, "aws_vpc_security_group_ingress_rule.sandbox", "cidr_ipv4", canary.into(), json!(true));
    }),
    ("the whole resource, marked", |plan, canary| {
        let change = &mut change_of(plan, SANDBOX)["change"];
        change["after"]["identifier"] = canary.into();
        change["after"]["maintenance_window"] = canary.into();
        change["after_sensitive"] = true.into();
    }),
    ("password before the change only", |plan, canary| before(plan, BILLING, "password", canary.into(), json!(true))),
    ("password before a replacement, with no mark", |plan, canary| {
        before(plan, REPORTS, "password", canary.into(), json!(false))
    }),
    ("password of a deleted database", |plan, canary| before(plan, LEGACY, "password", canary.into(), json!(true))),
    ("a tag before the change, marked", |plan, canary| {
        before(plan, BILLING, "tags", json!({"owner": canary}), json!({"owner": true}))
    }),
    ("prior state", |plan, canary| {
        let resources = plan["prior_state"]["values"]["root_module"]["resources"].as_array_mut().expect("resources");
        for resource in resources.iter_mut().filter(|resource| resource["type"] == "aws_db_instance") {
            resource["values"]["password"] = canary.into();
        }
    }),
    ("drift, password with its mark", |plan, canary| drift(plan, "password", canary, json!(true))),
    ("drift, password with no mark", |plan, canary| drift(plan, "password", canary, json!(false))),
    ("drift, another attribute with a mark", |plan, canary| drift(plan, "maintenance_window", canary, json!(true))),
    ("variables", |plan, canary| plan["variables"]["billing_password"]["value"] = canary.into()),
    ("planned outputs", |plan, canary| plan["planned_values"]["outputs"]["billing_dsn"]["value"] = canary.into()),
    ("output changes", |plan, canary| plan["output_changes"]["billing_dsn"]["after"] = canary.into()),
    ("planned values", |plan, canary| {
        let resources = plan["planned_values"]["root_module"]["resources"].as_array_mut().expect("resources");
        for resource in resources.iter_mut().filter(|resource| resource["type"] == "aws_db_instance") {
            resource["values"]["password"] = canary.into();
        }
    }),
    ("a constant in the provider's configuration", |plan, canary| {
        plan["configuration"]["provider_config"]["aws"]["expressions"]["secret_key"] =
            json!({"constant_value": canary});
    }),
    ("a constant password in the configuration", |plan, canary| {
        let resources = plan["configuration"]["root_module"]["resources"].as_array_mut().expect("resources");
        for resource in resources.iter_mut().filter(|resource| resource["type"] == "aws_db_instance") {
            resource["expressions"]["password"] = json!({"constant_value": canary});
        }
    }),
    ("a module's argument", |plan, canary| {
        plan["configuration"]["root_module"]["module_calls"]["orders"]["expressions"]["password"] =
            json!({"constant_value": canary});
    }),
    ("a module's output", |plan, canary| {
        plan["configuration"]["root_module"]["module_calls"]["orders"]["module"]["outputs"]["password"] =
            json!({"sensitive": true, "expression": {"constant_value": canary}});
    }),
    ("a secret string, with no mark", |plan, canary| {
        other(plan, "aws_secretsmanager_secret_version", json!({"secret_string": canary}))
    }),
    ("user data of an unrelated resource", |plan, canary| other(plan, "aws_instance", json!({"user_data": canary}))),
    ("the message of a failed check", |plan, canary| {
        plan["checks"][0]["instances"][0]["problems"] = json!([{"message": canary}]);
    }),
];

#[test]
fn a_planted_secret_is_in_no_byte_of_any_output() {
    assert!(PLACES.len() >= 20);
    for (number, (place, plant)) in PLACES.iter().enumerate() {
        let canary = format!("CANARY{number:02}x7f3a");
        let mut plan = sample();
        plant(&mut plan, &canary);
        let plan = plan.to_string();
        assert!(plan.contains(&canary), "{place}: planted");
        assert_silent(place, plan.as_bytes(), &canary);
    }
}

/// A plan with a canary, which begins with `CANARY`, in every place.
pub(crate) fn planted() -> Value {
    let mut plan = sample();
    for (number, (_, plant)) in PLACES.iter().enumerate() {
        plant(&mut plan, &format!("CANARY{number:02}x7f3a"));
    }
    plan
}

#[test]
fn all_planted_secrets_together_are_in_no_byte_of_any_format() {
    let plan = planted();
    assert_silent("all places", plan.to_string().as_bytes(), "CANARY");
}

#[test]
fn the_sample_gives_none_of_its_passwords_away() {
    assert_silent("the sample", sample().to_string().as_bytes(), "PLANTED");
}

#[test]
fn a_state_gives_no_secret_away() {
    let instance = |canary: &str| {
        json!({"identifier": "main", "engine": "postgres", "engine_version": "16.3", "password": canary, "username": "app",
            "master_user_secret": [], "tags": {"owner": canary}, "maintenance_window": canary})
    };
    let shown = json!({"format_version": "1.0", "terraform_version": "1.11.4", "values": {
        "outputs": {"dsn": {"sensitive": true, "value": "CANARY-output", "type": "string"}},
        "root_module": {"resources": [{"address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance", "name": "main",
            "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 2, "values": instance("CANARY-shown"),
            "sensitive_values": {"tags": {"owner": true}, "maintenance_window": true}}]}}});
    let path = |name: &str| json!([{"type": "get_attr", "value": name}]);
    let raw = json!({"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "f00", "outputs": {"dsn": {"value": "CANARY-output", "type": "string", "sensitive": true}},
        "resources": [{"mode": "managed", "type": "aws_db_instance", "name": "main", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
            "instances": [{"schema_version": 2, "attributes": instance("CANARY-raw"), "private": "CANARY-private",
                "sensitive_attributes": [path("maintenance_window"), [{"type": "get_attr", "value": "tags"}, {"type": "index", "value": {"value": "owner", "type": "string"}}]]}]}],
        "check_results": null});
    assert_silent("a state that Terraform showed", shown.to_string().as_bytes(), "CANARY");
    assert_silent("a raw state", raw.to_string().as_bytes(), "CANARY");
}

#[test]
fn drift_gives_no_secret_away() {
    let arn = "arn:aws:rds:eu-central-1:111122223333:db:main";
    let path = |name: &str| json!([{"type": "get_attr", "value": name}]);
    let tag = json!([{"type": "get_attr", "value": "tags_all"}, {"type": "index", "value": {"value": "owner", "type": "string"}}]);
    let state = json!({"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "f00", "outputs": {},
        "resources": [{"mode": "managed", "type": "aws_db_instance", "name": "main", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
            "instances": [{"schema_version": 2, "attributes": {"arn": arn, "identifier": "main", "engine": "postgres", "engine_version": "16.3",
                "password": "CANARY-state", "username": "app", "backup_retention_period": 7, "multi_az": true,
                "tags_all": {"owner": "CANARY-marked", "db_password": "CANARY-tag"}, "maintenance_window": "CANARY-window"},
                "private": "CANARY-private", "sensitive_attributes": [path("maintenance_window"), tag]}]}],
        "check_results": null});
    let running = json!({"DBInstances": [{"DBInstanceIdentifier": "main", "DBInstanceArn": arn, "DbiResourceId": "db-A",
        "DBInstanceStatus": "available", "Engine": "postgres", "EngineVersion": "15.1", "MasterUsername": "app2", "BackupRetentionPeriod": 1,
        "MultiAZ": false, "PreferredMaintenanceWindow": "sun:01:00-sun:02:00",
        "TagList": [{"Key": "owner", "Value": "somebody"}, {"Key": "db_password", "Value": "CANARY-live"}, {"Key": "api_key", "Value": "CANARY-key"}],
        "PendingModifiedValues": {"MasterUserPassword": "CANARY-pending", "EngineVersion": "16.3"}}]});
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, content: &Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, content.to_string()).expect("a file");
        path.display().to_string()
    };
    let (state, running) = (file("state.json", &state), file("running.json", &running));
    let formats = [
        "table",
        "json",
        "sarif",
        "sarif-full",
        "sarif-github",
        "markdown",
        "pr-comment",
        "junit",
        "csv",
        "html",
        "oscal",
        "gitlab-code-quality",
        "github-annotations",
        "azure-annotations",
    ];
    for format in formats {
        let ran = dbkeel(["drift", "--declared", &state, "--running", &running, "--output", format]);
        assert_eq!(ran.status, 1, "{format}: {}", ran.stderr);
        assert!(
            ran.text().replace('\\', "").to_lowercase().replace('-', "_").contains("backup_retention"),
            "{format} tells of drift: {}",
            ran.text()
        );
        assert!(!ran.text().contains("CANARY") && !ran.stderr.contains("CANARY"), "{format}: {}", ran.text());
    }
}

#[test]
fn an_error_near_a_secret_does_not_quote_it() {
    let mut plan = sample();
    for (_, plant) in PLACES {
        plant(&mut plan, "CANARY");
    }
    let text = plan.to_string();
    for (position, _) in text.match_indices("CANARY").step_by(2) {
        for broken in [
            text[..position + 3].to_owned(),
            text[..position + "CANARY".len()].to_owned(),
            format!("{}\u{1}{}", &text[..position], &text[position..]),
            format!("{}\" CANARY {}", &text[..position], &text[position..]),
        ] {
            let ran = dbkeel_reading(["scan", "-"], broken.as_bytes());
            assert_eq!(ran.status, 2, "{}", ran.stderr);
            assert!(!ran.stderr.contains("CAN"), "{}", ran.stderr);
        }
    }
    for malformed in [
        json!({"format_version": "1.2", "resource_changes": "CANARY"}),
        json!({"format_version": "CANARY", "resource_changes": []}),
        json!({"format_version": "1.2", "resource_changes": [{"address": "a.b", "type": "aws_db_instance", "mode": "managed", "name": "b", "change": {"actions": ["create"], "after": "CANARY"}}]}),
        json!({"format_version": "1.2", "resource_changes": [{"address": "a.b", "type": "aws_db_instance", "mode": "managed", "name": "b", "change": {"actions": "create", "after": {"password": "CANARY"}}}]}),
        json!({"format_version": "1.2", "resource_changes": [{"address": "a.b", "type": "aws_db_instance", "mode": "managed", "name": "b", "change": {"actions": ["create"], "after": {"password": "CANARY"}, "after_sensitive": "CANARY"}}]}),
        json!({"version": 4, "resources": [{"mode": "managed", "type": "aws_db_instance", "name": "b", "instances": [{"attributes": "CANARY"}]}]}),
    ] {
        let ran = dbkeel_reading(["scan", "-", "--output", "json"], malformed.to_string().as_bytes());
        assert!(!ran.stderr.contains("CANARY") && !ran.text().contains("CANARY"), "{malformed}: {}", ran.stderr);
    }
}

fn assert_silent(place: &str, plan: &[u8], canary: &str) {
    let (ran, mut written) = reports(plan, &[]);
    written.extend([("stdout", ran.text()), ("stderr", ran.stderr)]);
    for (output, text) in written {
        if let Some(position) = text.find(canary) {
            let line = text[..position].lines().count();
            let before: Vec<char> = text[..position].chars().rev().take(160).collect();
            let before: String = before.into_iter().rev().collect();
            panic!("{place}: {output}, line {line}: …{before}{canary}");
        }
    }
}

fn after(plan: &mut Value, address: &str, attribute: &str, value: Value, mark: Value) {
    let change = &mut change_of(plan, address)["change"];
    change["after"][attribute] = value;
    put_mark(&mut change["after_sensitive"], attribute, mark);
    if let Some(unknown) = change["after_unknown"].as_object_mut() {
        unknown.remove(attribute);
    }
}

fn before(plan: &mut Value, address: &str, attribute: &str, value: Value, mark: Value) {
    let change = &mut change_of(plan, address)["change"];
    change["before"][attribute] = value;
    put_mark(&mut change["before_sensitive"], attribute, mark);
}

fn drift(plan: &mut Value, attribute: &str, canary: &str, mark: Value) {
    let change = &mut plan["resource_drift"][0]["change"];
    for (values, marks) in [("before", "before_sensitive"), ("after", "after_sensitive")] {
        change[values][attribute] = format!("{values}{canary}").into();
        put_mark(&mut change[marks], attribute, mark.clone());
    }
}

fn put_mark(marks: &mut Value, attribute: &str, mark: Value) {
    // A later plant may find the whole resource marked already.
    if let Some(marks) = marks.as_object_mut() {
        marks.insert(attribute.to_owned(), mark);
    }
}

fn other(plan: &mut Value, kind: &str, values: Value) {
    let change = json!({"actions": ["create"], "before": null, "after": values, "after_unknown": {"id": true}, "before_sensitive": false, "after_sensitive": {}});
    let row = json!({"address": format!("{kind}.other"), "mode": "managed", "type": kind, "name": "other",
        "provider_name": "registry.terraform.io/hashicorp/aws", "change": change});
    plan["resource_changes"].as_array_mut().expect("changes").push(row);
}
