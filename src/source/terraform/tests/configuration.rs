//! Providers, and references in configurations that Terraform does not write.

use super::*;

fn with_configuration(
    resource: serde_json::Value,
    configuration: serde_json::Value,
) -> TerraformDocument<TerraformResource> {
    let mut resource = resource;
    resource["change"] = json!({"actions": ["create"], "after": {}, "after_unknown": {"key": true, "name": true}});
    read_json(&json!({"format_version": "1.2", "resource_changes": [resource], "configuration": configuration}))
}

fn db(module: &str) -> serde_json::Value {
    json!({
        "address": format!("{module}aws_db_instance.db"), "module_address": module.trim_end_matches('.'),
        "mode": "managed", "type": "aws_db_instance", "name": "db",
        "provider_name": "registry.terraform.io/hashicorp/aws",
    })
}

fn configured_db(key: &str) -> serde_json::Value {
    json!({"mode": "managed", "type": "aws_db_instance", "name": "db", "provider_config_key": key, "expressions": {}})
}

fn provider(extra: serde_json::Value) -> serde_json::Value {
    let mut config = json!({"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws"});
    config.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    config
}

fn region(region: &str) -> serde_json::Value {
    json!({"region": {"constant_value": region}})
}

#[test]
fn constants_of_the_provider_are_read_and_nothing_else() {
    let expressions = json!({
        "region": {"constant_value": "eu-central-1"},
        "allowed_account_ids": {"constant_value": ["123456789012"]},
        "default_tags": [{"tags": {"constant_value": {"owner": "team-a", "level": 1}}}],
        "secret_key": {"constant_value": "hunter2"},
    });
    let configuration = json!({
        "provider_config": {"aws": provider(json!({"version_constraint": "~> 5.0", "expressions": expressions}))},
        "root_module": {"resources": [configured_db("aws")]},
    });
    let read = with_configuration(db(""), configuration);
    let expected = ProviderSettings {
        region: Some("eu-central-1".into()),
        account: Some("123456789012".into()),
        default_tags: Some([("owner".into(), "team-a".into()), ("level".into(), "1".into())].into()),
        version_constraint: Some("~> 5.0".into()),
    };
    assert_eq!(*read.resources[0].provider, expected);
    assert!(!format!("{read:?}").contains("hunter2"));
}

#[test]
fn what_is_not_constant_is_not_known() {
    let settings = |expressions: serde_json::Value| {
        let configuration = json!({
            "provider_config": {"aws": provider(json!({"expressions": expressions}))},
            "root_module": {"resources": [configured_db("aws")]},
        });
        ProviderSettings::clone(&with_configuration(db(""), configuration).resources[0].provider)
    };
    let none = ProviderSettings { default_tags: Some([].into()), ..ProviderSettings::default() };
    assert_eq!(settings(json!({})), none);
    assert_eq!(settings(json!({"region": {"references": ["var.region"]}})), none);
    assert_eq!(settings(json!({"allowed_account_ids": {"constant_value": ["1", "2"]}})), none);
    let tags = json!({"default_tags": [{"tags": {"references": ["var.tags"]}}]});
    assert_eq!(settings(tags).default_tags, None);
}

#[test]
fn the_provider_configuration_is_found_by_its_key_or_unambiguously() {
    let regions = |key: &str, extra: serde_json::Value| {
        let mut configs = json!({
            "aws": provider(json!({"expressions": region("root")})),
            "aws.east": provider(json!({"alias": "east", "expressions": region("east")})),
            "module.m:aws.own": provider(json!({"alias": "own", "module_address": "module.m", "expressions": region("own")})),
        });
        configs.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let call = json!({"m": {"module": {"resources": [configured_db(key)]}}});
        let configuration = json!({"provider_config": configs, "root_module": {"module_calls": call}});
        let read = with_configuration(db("module.m[0]."), configuration);
        read.resources[0].provider.region.as_deref().map(str::to_owned)
    };
    let none = json!({});
    assert_eq!(regions("aws.east", none.clone()).as_deref(), Some("east"));
    assert_eq!(regions("module.m:aws.own", none.clone()).as_deref(), Some("own"));
    assert_eq!(regions("m:aws", none.clone()).as_deref(), Some("root"));
    // An alias that is not listed is passed into the module: it could be any.
    assert_eq!(regions("m:aws.primary", none), None);
    let second = json!({"aws2": provider(json!({"expressions": region("second")}))});
    assert_eq!(regions("m:aws", second), None);
}

#[test]
fn a_configuration_that_cannot_be_read_is_a_gap() {
    let read = with_configuration(db(""), json!({"root_module": {"resources": "hunter2"}}));
    assert_eq!(read.resources.len(), 1);
    assert!(read.resources[0].after.as_ref().unwrap().expressions().is_none());
    let [gap] = read.gaps.as_slice() else { panic!("{:?}", read.gaps) };
    assert_eq!(gap.place.as_ref(), "plan.json configuration");
    assert!(gap.reason.as_str().contains("expected a sequence") && !gap.reason.as_str().contains("hunter2"), "{gap:?}");
}

/// Modules m0, m1, … each of whose outputs refers twice to an input, which the root takes from two outputs of the one
/// before: a naive walk doubles at every step.
fn doubling(modules: usize) -> serde_json::Value {
    let inner = json!({
        "variables": {"in": {}},
        "outputs": {
            "a": {"expression": {"references": ["var.in", "aws_kms_key.k.arn", "aws_kms_key.k"]}},
            "b": {"expression": {"references": ["var.in"]}},
        },
    });
    let call = |index: usize| {
        let before = (index + modules - 1) % modules;
        let references = json!([format!("module.m{before}.a"), format!("module.m{before}.b")]);
        (format!("m{index}"), json!({"expressions": {"in": {"references": references}}, "module": inner}))
    };
    let calls: serde_json::Map<_, _> = (0..modules).map(call).collect();
    let mut resource = configured_db("aws");
    resource["expressions"]["key"] = json!({"references": ["module.m0.a"]});
    json!({"root_module": {"resources": [resource], "module_calls": calls}})
}

#[test]
fn references_in_a_circle_end() {
    let found = |modules: usize| {
        let read = with_configuration(db(""), doubling(modules));
        let after = read.resources[0].after.clone().unwrap();
        let Attribute::Referenced(references) = after.get("key") else { panic!("not referenced") };
        references.clone()
    };
    let small = found(3);
    let expected = ["module.m0.aws_kms_key.k", "module.m1.aws_kms_key.k", "module.m2.aws_kms_key.k"];
    assert_eq!((texts(&small.led.resources), texts(&small.led.others)), (expected.to_vec(), vec![]));
    // Too long to follow to the end: what remains is named.
    let long = found(2_000);
    assert!(!long.led.others.is_empty() && !long.is_known_while_planning());
}

#[test]
fn variables_that_call_each_other_in_a_circle_end() {
    // A tampered tree: the variable of a module refers to the module's own output, which refers to the variable.
    let module = json!({
        "variables": {"in": {}},
        "outputs": {"out": {"expression": {"references": ["var.in"]}}},
        "resources": [{"type": "aws_db_instance", "name": "db", "expressions": {"key": {"references": ["var.in"]}}}],
    });
    let call = json!({"m": {"expressions": {"in": {"references": ["module.m.out", "module.m"]}}, "module": module}});
    let read = with_configuration(db("module.m."), json!({"root_module": {"module_calls": call}}));
    let after = read.resources[0].after.as_ref().unwrap();
    assert_eq!(texts(&after.references("key").unwrap().led.resources), Vec::<&str>::new());
}

/// One worker reads all of them, one after the other.
#[test]
fn resources_that_are_written_alike_lead_where_their_own_modules_do() {
    let module = json!({
        "variables": {"key": {"default": null}},
        "resources": [
            {"type": "aws_db_instance", "name": "db", "expressions": {"key": {"references": ["var.key"]}}},
            {"type": "aws_db_instance", "name": "replica", "expressions": {"key": {"references": ["var.key"]}}},
        ],
    });
    let call = |key: &str| {
        let expressions = match key {
            "" => json!({}),
            key => json!({"key": {"references": [format!("aws_kms_key.{key}.arn"), format!("aws_kms_key.{key}")]}}),
        };
        json!({"expressions": expressions, "module": module})
    };
    let calls = json!({"a": call("one"), "b": call("two"), "c": call("")});
    let changes: Vec<serde_json::Value> = ["module.a.", "module.b.", "module.c.", "module.a."]
        .iter()
        .flat_map(|module| {
            let (mut one, mut replica) = (db(module), db(module));
            replica["name"] = json!("replica");
            replica["address"] = json!(format!("{module}aws_db_instance.replica"));
            [&mut one, &mut replica].map(|it| {
                it["change"] = json!({"actions": ["create"], "after": {}, "after_unknown": {"key": true}});
                it.clone()
            })
        })
        .collect();
    let plan = json!({"format_version": "1.2", "resource_changes": changes,
        "configuration": {"root_module": {"module_calls": calls}}});
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let read = pool.install(|| read_json(&plan));
    let led = |resource: &TerraformResource| {
        let references = resource.after.as_ref().unwrap().references("key");
        references.map(|references| references.led.resources.join(" ")).unwrap_or("omitted".to_owned())
    };
    let led: Vec<String> = read.resources.iter().map(led).collect();
    let (one, two) = ("aws_kms_key.one", "aws_kms_key.two");
    assert_eq!(led, [one, one, two, two, "omitted", "omitted", one, one]);
}

#[test]
fn keys_in_module_paths_are_kept_where_the_configuration_states_them() {
    let key = json!({
        "outputs": {"arn": {"expression": {"references": ["aws_kms_key.k[0].arn", "aws_kms_key.k[0]", "aws_kms_key.k"]}},
                    "up": {"expression": {"references": ["var.in"]}}},
        "variables": {"in": {}},
    });
    let calls = json!({"keys": {
        "for_each_expression": {"references": ["var.names"]},
        "expressions": {"in": {"references": ["aws_kms_key.root[\"x.y\"].arn", "aws_kms_key.root[\"x.y\"]", "aws_kms_key.root"]}},
        "module": key,
    }});
    let mut resource = configured_db("aws");
    resource["expressions"]["key"] = json!({"references": ["module.keys[\"eu\"].arn", "module.keys[\"eu\"]"]});
    resource["expressions"]["name"] = json!({"references": ["module.keys[\"eu\"].up", "module.keys[\"eu\"]"]});
    let read = with_configuration(db(""), json!({"root_module": {"resources": [resource], "module_calls": calls}}));
    let after = read.resources[0].after.as_ref().unwrap();
    let key = after.references("key").unwrap();
    assert_eq!(texts(&key.led.resources), ["module.keys.aws_kms_key.k"]);
    assert_eq!(texts(&key.led.instances), [r#"module.keys["eu"].aws_kms_key.k[0]"#]);
    assert_eq!(texts(&after.references("name").unwrap().led.instances), [r#"aws_kms_key.root["x.y"]"#]);
}

#[test]
fn a_resource_knows_where_its_modules_come_from() {
    let inner = json!({"resources": [{"type": "aws_db_instance", "name": "db", "expressions": {}}]});
    let outer = json!({"module_calls": {
        "rds": {"source": "git::https://bot:s3cret@git.example/rds.git//db?ref=v1", "module": inner},
        "untold": {"module": inner},
    }});
    let calls = json!({"team": {"source": "./modules/team", "module": outer}});
    let sources = |module: &str| {
        let configuration = json!({"root_module": {"module_calls": calls}});
        with_configuration(db(module), configuration).resources[0].module_sources.clone()
    };
    let told = sources("module.team[\"a\"].module.rds[0].").unwrap();
    assert_eq!(texts(&told), ["./modules/team", "git::https://bot@git.example/rds.git//db?ref=v1"]);
    assert_eq!(sources("").as_deref(), Some([].as_slice()));
    assert_eq!(sources("module.team.module.untold."), None);
    assert_eq!(sources("module.gone."), None);
}
