//! Whole documents through [`super::read`].

use serde_json::json;

use super::*;
use crate::model::ChangeAction;
use crate::source::Problem;

fn read_json(document: &serde_json::Value) -> TerraformDocument<TerraformResource> {
    read("plan.json", document.to_string().as_bytes(), &|ty| ty.starts_with("aws_"), |resource| resource).unwrap()
}

fn only(document: &serde_json::Value) -> TerraformResource {
    let read = read_json(document);
    assert_eq!(read.gaps, []);
    let [resource] = <[_; 1]>::try_from(read.resources).unwrap();
    resource
}

fn error(text: &str) -> SourceError {
    read("f.json", text.as_bytes(), &|_| true, |_| ()).unwrap_err()
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
    assert_eq!(texts(&change.changed_attributes), ["id", "password", "port"]);
    let (before, after) = (resource.before.unwrap(), resource.after.unwrap());
    assert!(matches!(before.get("password"), Attribute::Sensitive));
    assert!(matches!(after.get("password"), Attribute::Sensitive));
    assert!(matches!(after.get("id"), Attribute::Undetermined));
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
    assert!(matches!(after.get("auth"), Attribute::Undetermined));
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
