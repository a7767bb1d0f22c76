//! Whole documents through [`super::read`].

mod configuration;
mod properties;
mod recorded;
mod walked;

use serde_json::json;

use super::*;
use crate::model::ChangeAction;
use crate::source::Problem;

fn read_json(document: &serde_json::Value) -> TerraformDocument<TerraformResource> {
    read("plan.json", document.to_string().as_bytes(), Digests::Taken, &|ty| ty.starts_with("aws_"), |resource| {
        resource
    })
    .unwrap()
}

fn only(document: &serde_json::Value) -> TerraformResource {
    let read = read_json(document);
    assert_eq!(read.gaps, []);
    let [resource] = <[_; 1]>::try_from(read.resources).unwrap();
    resource
}

fn error(text: &str) -> SourceError {
    read("f.json", text.as_bytes(), Digests::Taken, &|_| true, |_| ()).unwrap_err()
}

fn change(change: serde_json::Value) -> serde_json::Value {
    json!({"format_version": "1.2", "terraform_version": "1.9.5", "resource_changes": [{
        "address": "aws_db_instance.db", "mode": "managed", "type": "aws_db_instance", "name": "db", "change": change,
    }]})
}

fn texts(texts: &[Arc<str>]) -> Vec<&str> {
    texts.iter().map(AsRef::as_ref).collect()
}

#[test]
fn a_replacement_names_what_changes_and_what_forces_it() {
    let resource = only(&change(json!({
        "actions": ["delete", "create"],
        "before": {"id": "i", "engine": "mysql", "password": "old", "port": 1, "tags": null},
        "after": {"engine": "mysql", "password": "new", "port": 2},
        "after_unknown": {"id": true, "port": false, "list": [false]},
        "before_sensitive": {"password": true}, "after_sensitive": {"password": true},
        "replace_paths": [["restore_to_point_in_time", 0, "use_latest"], ["port"]],
    })));
    let change = resource.change.unwrap();
    assert_eq!(change.action, ChangeAction::DeleteThenCreate);
    assert_eq!(texts(&change.replace_attributes), ["port", "restore_to_point_in_time.0.use_latest"]);
    assert_eq!(texts(&change.changed_attributes), ["password", "port"]);
    let (before, after) = (resource.before.unwrap(), resource.after.unwrap());
    assert!(matches!(before.get("password"), Attribute::Sensitive));
    assert!(matches!(after.get("password"), Attribute::Sensitive));
    assert!(matches!(after.get("id"), Attribute::Undetermined(_)));
    assert!(matches!(after.get("tags"), Attribute::Null));
    assert!(matches!(after.get("port"), Attribute::Known(port) if *port == json!(2)));
}

#[test]
fn what_is_deleted_or_forgotten_has_no_after() {
    for (actions, action) in [(json!(["delete"]), ChangeAction::Delete), (json!(["forget"]), ChangeAction::Forget)] {
        let resource = only(&change(json!({"actions": actions, "before": {"id": "i"}, "after": null})));
        assert_eq!(resource.change.unwrap().action, action);
        assert!(resource.after.is_none());
        assert!(resource.before.is_some());
    }
}

#[test]
fn unknown_wins_over_sensitive_and_null_over_both() {
    let resource = only(&change(json!({
        "actions": ["create"], "before": null, "after": {"master_user_secret": null, "password": null},
        "after_unknown": {"auth": true}, "before_sensitive": false, "after_sensitive": {"auth": true, "password": true},
    })));
    let after = resource.after.unwrap();
    assert!(matches!(after.get("auth"), Attribute::Undetermined(_)));
    assert!(matches!(after.get("password"), Attribute::Null));
}

#[test]
fn an_entry_that_cannot_be_read_is_a_gap_and_the_rest_goes_on() {
    let document = json!({"resource_changes": [
        {"address": "aws_db_instance.a", "type": "aws_db_instance", "change": {"actions": ["create"], "after": "hunter2"}},
        {"address": "aws_db_instance.b", "type": "aws_db_instance", "change": {"actions": ["destroy"]}},
        {"address": "aws_db_instance.c", "type": "aws_db_instance"},
        {"type": 7}, "hunter2", {"type": "other", "change": 7}, {"mode": "data", "type": "aws_db_instance"},
        {"address": "aws_db_instance.d", "change": {"actions": ["no-op"], "after": {}}},
    ]});
    let read = read_json(&document);
    assert_eq!((read.resources.len(), read.resources_seen), (1, 7));
    let gaps: Vec<String> = read.gaps.iter().map(|gap| format!("{}: {}", gap.place, gap.reason)).collect();
    assert_eq!(gaps.len(), 5);
    assert!(gaps[0].starts_with("aws_db_instance.a: not laid out"), "{gaps:?}");
    assert_eq!(gaps[1], "aws_db_instance.b: the planned actions `destroy` are not known");
    assert_eq!(gaps[2], "aws_db_instance.c: the entry has no `change`");
    assert!(gaps[3].starts_with("plan.json resource_changes[3]: not laid out"), "{gaps:?}");
    assert!(!gaps.concat().contains("hunter2"), "{gaps:?}");
}

#[test]
fn text_that_is_no_plan_is_refused_with_its_place() {
    let problem = |text: &str| error(text).problem;
    assert!(matches!(problem("{\"resource_changes\": [{\"a\""), Problem::Truncated));
    assert!(matches!(problem("{\"resource_changes\": []} x"), Problem::TextAfter));
    assert!(matches!(problem("[]"), Problem::NotTerraform));
    assert!(matches!(problem("{\"a\": 1}"), Problem::NotTerraform));
    assert!(["null", "7", "\"x\""].iter().all(|text| matches!(problem(text), Problem::NotTerraform)));
    assert!(matches!(problem("nul"), Problem::OtherText { what: "text" }));
    assert!(matches!(problem("{\"scope\":{}}\n{\"call\":\"a\"}"), Problem::NotInventory { .. }));
    assert!(matches!(problem("{\"plan\": {\"resource_changes\": []}}"), Problem::Nested { .. }));
    assert!(matches!(problem("resource \"aws_x\" \"y\" {\n}"), Problem::OtherText { .. }));
    assert!(matches!(problem("info: go\n{\"resource_changes\": []}"), Problem::TextBefore { line: 2 }));
    assert!(matches!(problem("[command]terraform show\n{\"resource_changes\": []}"), Problem::TextBefore { line: 2 }));
    assert!(matches!(problem("{\"@level\":\"info\"}\n{\"@level\":\"info\"}"), Problem::EventStream));
    assert!(matches!(problem("{\"format_version\": \"2.0\", \"values\": {}}"), Problem::FormatVersion { .. }));
    assert!(matches!(problem("{\"version\": 3, \"modules\": []}"), Problem::StateVersion { version: 3 }));
    assert!(matches!(problem("{\"resource_changes\": {}}"), Problem::Layout { .. }));
    assert_eq!(error("{\n \"resource_changes\": 7}").place, Some((2, 22)));
}

#[test]
fn drift_names_each_attribute_once_and_shows_no_secret() {
    let drift = |change: serde_json::Value, ty: &str| {
        let entry = json!({"address": "x.y", "mode": "managed", "type": ty, "name": "y", "change": change});
        let read = read_json(&json!({"format_version": "1.2", "planned_values": {}, "resource_drift": [entry]}));
        let line = |line: &PlanDrift| {
            let (recorded, running) = (line.recorded.as_deref(), line.running.as_deref());
            format!("{} {} -> {} {}", line.attribute, recorded.unwrap_or("?"), running.unwrap_or("?"), line.deleted)
        };
        read.drift.iter().map(line).collect::<Vec<_>>()
    };
    let update = json!({
        "actions": ["update"],
        "before": {"retention": 7, "same": [1], "password": "old", "tags": {"a": "hunter2", "b": "x"}, "gone": "g"},
        "after": {"retention": 1, "same": [1], "password": "new", "tags": {"a": "hunter3", "b": "x"}, "came": {"k": true}},
        "before_sensitive": {"tags": {"a": true}}, "after_sensitive": false,
    });
    let expected = [
        "came ? -> {\"k\":true} false",
        "gone \"g\" -> ? false",
        "password ? -> ? false",
        "retention 7 -> 1 false",
        "tags ? -> ? false",
    ];
    assert_eq!(drift(update.clone(), "aws_db_instance"), expected);
    assert!(drift(update, "other").is_empty());
    let gone = json!({"actions": ["delete"], "before": {"id": "i"}, "after": null});
    assert_eq!(drift(gone, "aws_db_instance"), [" ? -> ? true"]);
}

#[test]
fn a_raw_state_yields_its_instances() {
    let read = read_json(&json!({
        "version": 4, "terraform_version": "1.5.7", "serial": 1, "lineage": "x", "outputs": {},
        "resources": [
            {"module": "module.a[\"k\"]", "mode": "managed", "type": "aws_db_instance", "name": "db",
             "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]", "instances": [
                {"index_key": 0, "schema_version": 2, "attributes": {"id": "i", "password": "hunter2", "tags": {"x": "hunter2", "y": "z"}},
                 "sensitive_attributes": [[{"type": "get_attr", "value": "tags"}, {"type": "index", "value": {"value": "x", "type": "string"}}]],
                 "private": "aHVudGVyMg=="},
                {"index_key": 0, "deposed": "0123abcd", "status": "tainted", "attributes": {"id": "old"}},
                {"index_key": "b", "attributes_flat": {"id": "flat"}},
             ]},
            {"mode": "data", "type": "aws_db_instance", "name": "d", "instances": [{"attributes": {}}]},
            {"mode": "managed", "type": "other", "name": "o", "instances": [{}, {}]},
            {"mode": "managed"},
        ],
    }));
    let addresses: Vec<&str> = read.resources.iter().map(|resource| resource.address.as_ref()).collect();
    let base = r#"module.a["k"].aws_db_instance.db[0]"#;
    assert_eq!(addresses, [base, &format!("{base} (deposed 0123abcd)")]);
    assert_eq!((read.resources_seen, read.gaps.len()), (6, 2));
    assert_eq!(read.source.kind, SourceKind::TerraformState);
    assert!(!format!("{read:?}").contains("hunter2"));
    let after = read.resources[0].after.as_ref().unwrap();
    assert!(matches!(after.get("password"), Attribute::Sensitive));
    assert_eq!(*after.value("tags").unwrap(), json!({"x": null, "y": "z"}));
    assert!(read.resources[0].change.is_none() && after.expressions().is_none());
    assert!(read.gaps[0].place.starts_with(r#"module.a["k"].aws_db_instance.db instance 2"#), "{:?}", read.gaps);
}

#[test]
fn empty_documents_are_fine() {
    for (text, kind) in [
        ("{\"format_version\":\"1.0\"}", SourceKind::TerraformState),
        ("{\"format_version\":\"1.0\",\"terraform_version\":\"1.9.0\",\"values\":null}", SourceKind::TerraformState),
        ("{\"values\":{}}", SourceKind::TerraformState),
        ("{\"version\":4,\"serial\":1,\"resources\":null,\"lineage\":\"\"}", SourceKind::TerraformState),
        (
            "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":{}},\"configuration\":{\"root_module\":{}}}",
            SourceKind::TerraformPlan,
        ),
        ("{\"resource_changes\":null}", SourceKind::TerraformPlan),
        ("{\"resource_changes\":[]}", SourceKind::TerraformPlan),
    ] {
        let read = read("e", text.as_bytes(), Digests::Taken, &|_| true, |_| ()).unwrap();
        assert_eq!((read.source.kind, read.resources_seen, read.gaps.len()), (kind, 0, 0), "{text}");
    }
}

#[test]
fn an_incomplete_plan_says_so() {
    let gaps = |extra: serde_json::Value| {
        let mut document = json!({"format_version": "1.2", "resource_changes": []});
        document.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let gaps = read_json(&document).gaps;
        gaps.iter().map(|gap| format!("{}: {}", gap.place, gap.reason)).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(gaps(json!({"errored": false, "complete": true})), "");
    assert!(
        gaps(json!({"errored": true, "complete": false}))
            .starts_with("plan.json: the plan is incomplete: Terraform stopped")
    );
    assert!(gaps(json!({"complete": false})).contains("-target"));
    let deferred = |ty: &str| {
        let entry = json!({"address": "aws_db_instance.db", "type": ty, "mode": "managed"});
        json!({"deferred_changes": [{"reason": "instance_count_unknown", "resource_change": entry}]})
    };
    let told = gaps(deferred("aws_db_instance"));
    assert!(told.starts_with("aws_db_instance.db: ") && told.contains("`instance_count_unknown`"), "{told}");
    assert_eq!(gaps(deferred("other")), "");
}

#[test]
fn a_deposed_object_is_told_from_the_current_one() {
    let mut document = change(json!({"actions": ["delete"], "before": {"id": "i"}, "after": null}));
    document["resource_changes"][0]["deposed"] = json!("0123abcd");
    let resource = only(&document);
    assert_eq!(resource.address.as_ref(), "aws_db_instance.db (deposed 0123abcd)");
    assert_eq!(resource.change.unwrap().deposed.as_deref(), Some("0123abcd"));
}

#[test]
fn a_replacement_that_forgets_the_old_object_is_a_replacement() {
    for (actions, action) in [
        (json!(["create", "forget"]), ChangeAction::CreateThenForget),
        (json!(["forget", "create"]), ChangeAction::ForgetThenCreate),
    ] {
        let resource = only(&change(json!({"actions": actions, "before": {"id": "i"}, "after": {}})));
        assert_eq!(resource.change.unwrap().action, action);
        assert!(resource.after.is_some());
    }
}

#[test]
fn the_source_is_described() {
    let bytes = b"{\"resource_changes\":[],\"terraform_version\":\"1.9\\u002e5\"}";
    let read = read("dir/plan.json", bytes, Digests::Taken, &|_| true, |_| ()).unwrap();
    assert_eq!(read.source.path.as_ref(), "dir/plan.json");
    assert_eq!(read.source.tool_version.as_deref(), Some("1.9.5"));
    let of_nothing = sha256(b"");
    assert_eq!(of_nothing.as_ref(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn resources_keep_the_order_of_the_document() {
    let entries: Vec<_> = (0..500)
        .map(|index| json!({"address": format!("aws_x.y[{index}]"), "type": "aws_x", "change": {"after": {}}}))
        .collect();
    let read = read_json(&json!({"resource_changes": entries}));
    assert!(
        read.resources
            .iter()
            .enumerate()
            .all(|(index, resource)| resource.address.as_ref() == format!("aws_x.y[{index}]"))
    );
}
