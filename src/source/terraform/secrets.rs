//! Drops secrets where they come in: nothing behind this module ever sees one.
//!
//! A value is dropped when the document marks it sensitive, at any depth, or when its name says that it is a secret. The
//! mark that stays tells that a value was set: a null password stays null, so that *omitted* and *secret* differ.

use serde_json::{Map, Value as Json};

use super::fields::{Field, Fields};
use super::json::any_true;

/// Attributes that hold a secret in text, by name, whatever the marks say: a schema that forgets a mark, or a provider
/// older than the mark, must not leak.
///
/// Sources: the provider documentation of `aws_db_instance` (`password`, `password_wo`), `aws_rds_cluster`
/// (`master_password`, `master_password_wo`), `aws_elasticache_replication_group` (`auth_token`),
/// `aws_secretsmanager_secret_version` (`secret_string`, `secret_string_wo`, `secret_binary`), `aws_iam_access_key`
/// (`secret`), the `aws` provider block (`access_key`, `secret_key`, `token`), `tls_private_key` (`private_key_pem`, …),
/// `azurerm_mssql_server` (`administrator_login_password`), `google_sql_user` (`password`).
const SECRET_NAMES: &[&str] = &[
    "access_key",
    "auth_token",
    "client_secret",
    "passphrase",
    "private_key",
    "private_key_openssh",
    "private_key_pem",
    "private_key_pem_pkcs8",
    "secret",
    "secret_binary",
    "secret_key",
    "secret_string",
    "token",
];

/// Endings of such names: `master_user_password`, `primary_access_key`, `session_token`. `password_auth_type` and
/// `manage_master_user_password` (a truth value) are none.
const SECRET_ENDINGS: &[&str] = &["password", "_token", "_secret", "_secret_key", "_access_key", "connection_string"];

/// Whether an attribute, or a parameter of that name, holds a secret when its value is text.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.strip_suffix("_wo").unwrap_or(name);
    let ends = |ending: &&str| {
        let start = name.len().checked_sub(ending.len());
        start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    SECRET_ENDINGS.iter().any(ends) || SECRET_NAMES.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

/// Whether a line of a file may give a secret as plain text: `password = "…"`, `token: …`.
pub(crate) fn may_hold_secret(line: &str) -> bool {
    let is_text = || line.contains(['"', '\'']) || line.contains("<<") || line.contains(": ");
    let mut words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
    (words.any(is_secret_name) && is_text()) || has_credentials(line)
}

/// Whether a text has an address with a password in it: `postgres://admin:…@host/db`.
fn has_credentials(text: &str) -> bool {
    text.split("://").skip(1).any(|rest| {
        let authority = rest.split(['/', '"', '\'', ' ']).next().unwrap_or_default();
        authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
    })
}

/// Replaces secrets by null, and marks those that were dropped.
///
/// Of a change, both sides are given both sides' marks: what is secret now was hardly public before.
pub(super) fn withhold(fields: &mut Fields, all_marks: [&Json; 2]) {
    let names_secret = fields.get("name").and_then(|field| field.value.as_str()).is_some_and(is_secret_name);
    for field in fields.iter_mut().filter(|field| !field.value.is_null()) {
        withhold_one(field, names_secret, all_marks);
    }
}

/// The same for one attribute. `names_secret` says that the attribute `name` beside it is the name of a secret.
pub(super) fn withhold_one(field: &mut Field, names_secret: bool, all_marks: [&Json; 2]) {
    let by_name =
        field.value.is_string() && (is_secret_name(&field.name) || (names_secret && field.name.as_str() == "value"));
    for marks in all_marks {
        let mark = if by_name { &Json::Bool(true) } else { mark_of(&field.name, marks) };
        if let Some(dropped) = value_of(&mut field.value, mark) {
            merge(&mut field.sensitive, dropped);
        }
    }
}

/// Whether marks concern an attribute, in whole or in part.
pub(super) fn is_marked(name: &str, marks: &Json) -> bool {
    any_true(mark_of(name, marks))
}

fn mark_of<'m>(name: &str, marks: &'m Json) -> &'m Json {
    match marks {
        Json::Object(marks) => marks.get(name).unwrap_or(&Json::Null),
        // Marks of another shape than the values: rather too little is shown than too much.
        marks if any_true(marks) => &Json::Bool(true),
        _ => &Json::Null,
    }
}

fn merge(marks: &mut Json, more: Json) {
    match (marks, more) {
        (Json::Object(marks), Json::Object(more)) => {
            for (name, more) in more {
                merge(marks.entry(name).or_insert(Json::Null), more);
            }
        }
        (Json::Array(marks), Json::Array(more)) => {
            marks.resize(marks.len().max(more.len()), Json::Bool(false));
            marks.iter_mut().zip(more).for_each(|(mark, more)| merge(mark, more));
        }
        (Json::Bool(true), _) | (_, Json::Bool(false)) => {}
        (marks, more) => *marks = more,
    }
}

fn object(fields: &mut Map<String, Json>, marks: &Json) -> Option<Json> {
    // A parameter or option: `{"name": "AGENT_REGISTRATION_PASSWORD", "value": "…"}`.
    let names_secret = fields.get("name").and_then(Json::as_str).is_some_and(is_secret_name);
    let mut dropped = Map::new();
    for (name, value) in fields.iter_mut() {
        let by_name = value.is_string() && (is_secret_name(name) || (names_secret && name == "value"));
        let mark = if by_name { &Json::Bool(true) } else { marks.get(name).unwrap_or(&Json::Null) };
        if let Some(mark) = value_of(value, mark) {
            dropped.insert(name.clone(), mark);
        }
    }
    (!dropped.is_empty()).then_some(Json::Object(dropped))
}

fn array(items: &mut [Json], marks: &[Json]) -> Option<Json> {
    let mut dropped = Vec::new();
    for (index, item) in items.iter_mut().enumerate() {
        if let Some(mark) = value_of(item, marks.get(index).unwrap_or(&Json::Null)) {
            dropped.resize(index, Json::Bool(false));
            dropped.push(mark);
        }
    }
    (!dropped.is_empty()).then_some(Json::Array(dropped))
}

fn value_of(value: &mut Json, mark: &Json) -> Option<Json> {
    match (&mut *value, mark) {
        (Json::Null, _) => None,
        (_, Json::Bool(true)) => whole(value),
        (Json::Object(fields), Json::Object(_)) => object(fields, mark),
        (Json::Array(items), Json::Array(marks)) if marks.len() == items.len() => array(items, marks),
        (_, mark) if any_true(mark) => whole(value),
        (Json::Object(fields), _) => object(fields, &Json::Null),
        (Json::Array(items), _) => array(items, &[]),
        _ => None,
    }
}

fn whole(value: &mut Json) -> Option<Json> {
    *value = Json::Null;
    Some(Json::Bool(true))
}

/// The marks of a raw state's `sensitive_attributes`, as nested marks: a list of paths, each a list of steps
/// `{"type": "get_attr", "value": "password"}` or `{"type": "index", "value": {"value": 0, "type": "number"}}`.
pub(super) fn marks_of_paths(values: &Map<String, Json>, paths: &Json) -> Json {
    let mut marks = Json::Object(Map::new());
    for path in paths.as_array().into_iter().flatten() {
        let steps = path.as_array().map(Vec::as_slice).unwrap_or_default();
        let name = steps.first().and_then(step_value).and_then(Json::as_str);
        // A path to an attribute that is not there has nothing to hide.
        if name.is_none_or(|name| values.contains_key(name)) {
            mark_object(values, steps, &mut marks);
        }
    }
    marks
}

/// The names of the attributes that such paths begin with.
pub(super) fn first_names(paths: &Json) -> impl Iterator<Item = &str> {
    let paths = paths.as_array().into_iter().flatten();
    paths.filter_map(|path| step_value(path.as_array()?.first()?)?.as_str())
}

/// Sets the mark at the end of a path. A path that leads nowhere marks the last value that it reaches.
fn mark(value: &Json, steps: &[Json], marks: &mut Json) {
    match value {
        Json::Object(fields) if !steps.is_empty() => mark_object(fields, steps, marks),
        Json::Array(items) if !steps.is_empty() => mark_array(items, steps, marks),
        _ => *marks = Json::Bool(true),
    }
}

fn mark_object(fields: &Map<String, Json>, steps: &[Json], marks: &mut Json) {
    let inner = steps.split_first().and_then(|(step, rest)| {
        let (name, value) = fields.get_key_value(step_value(step)?.as_str()?)?;
        Some((name, value, rest))
    });
    match (inner, marks) {
        (_, Json::Bool(true)) => {}
        (Some((name, value, rest)), Json::Object(marks)) => {
            mark(value, rest, marks.entry(name.clone()).or_insert_with(|| empty_like(value)));
        }
        (_, marks) => *marks = Json::Bool(true),
    }
}

fn mark_array(items: &[Json], steps: &[Json], marks: &mut Json) {
    let inner = steps.split_first().and_then(|(step, rest)| {
        let index = usize::try_from(step_value(step)?.as_u64()?).ok()?;
        Some((index, items.get(index)?, rest))
    });
    match (inner, marks) {
        (_, Json::Bool(true)) => {}
        (Some((index, value, rest)), Json::Array(marks)) => {
            marks.resize_with(items.len(), || Json::Null);
            if let Some(slot) = marks.get_mut(index) {
                if slot.is_null() {
                    *slot = empty_like(value);
                }
                mark(value, rest, slot);
            }
        }
        (_, marks) => *marks = Json::Bool(true),
    }
}

fn empty_like(value: &Json) -> Json {
    match value {
        Json::Object(_) => Json::Object(Map::new()),
        Json::Array(_) => Json::Array(Vec::new()),
        _ => Json::Null,
    }
}

fn step_value(step: &Json) -> Option<&Json> {
    let value = step.get("value")?;
    if value.is_object() { value.get("value") } else { Some(value) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn withheld(values: Json, marks: &Json) -> (Json, Json) {
        withheld_by(values, [marks, &Json::Null])
    }

    fn withheld_by(values: Json, marks: [&Json; 2]) -> (Json, Json) {
        let Json::Object(values) = values else { panic!("an object") };
        let mut fields = Fields::from(values);
        withhold(&mut fields, marks);
        let values = fields.iter().map(|field| (field.name.to_string(), field.value.clone()));
        let dropped = fields.iter().filter(|field| !field.sensitive.is_null());
        (values.collect(), dropped.map(|field| (field.name.to_string(), field.sensitive.clone())).collect())
    }

    #[test]
    fn marks_drop_only_what_they_mark() {
        let values = json!({"tags": {"x": "s", "y": "ok"}, "list": ["s", "ok", {"z": "s"}], "id": "i", "none": null});
        let marks = json!({"tags": {"x": true}, "list": [true, false, {"z": true}], "none": true, "absent": true});
        let (values, dropped) = withheld(values, &marks);
        assert_eq!(
            values,
            json!({"tags": {"x": null, "y": "ok"}, "list": [null, "ok", {"z": null}], "id": "i", "none": null})
        );
        assert_eq!(dropped, json!({"tags": {"x": true}, "list": [true, false, {"z": true}]}));
    }

    #[test]
    fn empty_marks_mean_nothing() {
        let values = json!({"tags": {"x": "s"}, "list": ["a"]});
        for marks in
            [json!({"tags": {}, "list": []}), json!(false), json!(null), json!({"list": [false], "tags": false})]
        {
            assert_eq!(withheld(values.clone(), &marks), (values.clone(), json!({})));
        }
    }

    #[test]
    fn a_mark_on_the_whole_drops_every_value() {
        let (values, dropped) = withheld(json!({"a": 1, "b": null, "c": {"d": 2}}), &json!(true));
        assert_eq!((values, dropped), (json!({"a": null, "b": null, "c": null}), json!({"a": true, "c": true})));
    }

    #[test]
    fn marks_that_do_not_fit_drop_the_whole_value() {
        let marks = json!({"a": [true], "b": {"c": true}, "d": [{"e": true}]});
        let (values, dropped) = withheld(json!({"a": ["s", "t"], "b": ["s"], "d": {"e": "s"}}), &marks);
        assert_eq!(
            (values, dropped),
            (json!({"a": null, "b": null, "d": null}), json!({"a": true, "b": true, "d": true}))
        );
    }

    #[test]
    fn marks_of_both_sides_count() {
        let values = json!({"a": {"x": "s", "y": "t"}, "b": ["u", "v", "w"], "c": "z"});
        let (one, two) = (
            json!({"a": {"x": true}, "b": [true, false, false]}),
            json!({"a": {"y": true}, "b": [false, true, false]}),
        );
        let (values, dropped) = withheld_by(values, [&one, &two]);
        assert_eq!(values, json!({"a": {"x": null, "y": null}, "b": [null, null, "w"], "c": "z"}));
        assert_eq!(dropped, json!({"a": {"x": true, "y": true}, "b": [true, true]}));
    }

    #[test]
    fn names_of_secrets_need_no_mark() {
        let values = json!({
            "password": "s", "master_password": "s", "password_wo": "s", "MasterUserPassword": "s", "auth_token": "s",
            "manage_master_user_password": true, "password_wo_version": 3, "client_password_auth_type": "SCRAM",
            "admin_password": null,
            "nested": [{"secret_key": "s"}],
            "option_settings": [{"name": "AGENT_REGISTRATION_PASSWORD", "value": "s"}, {"name": "x", "value": "ok"}],
        });
        let (values, dropped) = withheld(values, &json!({}));
        assert!(!values.to_string().contains("\"s\""), "{values}");
        assert_eq!(values["client_password_auth_type"], "SCRAM");
        assert_eq!(values["option_settings"][1]["value"], "ok");
        assert_eq!(dropped["option_settings"], json!([{"value": true}]));
        assert_eq!((dropped.get("admin_password"), dropped.get("manage_master_user_password")), (None, None));
    }

    #[test]
    fn lines_with_secrets_are_known_by_their_names() {
        for line in
            ["  password = \"hunter2\"", "master_password: hunter2", "\"auth_token\": \"x\",", "secret_string = <<EOT"]
        {
            assert!(may_hold_secret(line), "{line}");
        }
        for line in ["password = var.password", "manage_master_user_password = true", "engine = \"postgres\"", ""] {
            assert!(!may_hold_secret(line), "{line}");
        }
    }

    #[test]
    fn paths_of_a_raw_state_become_marks() {
        let Json::Object(values) = json!({"a": {"b": [{"c": "s"}, "ok"]}, "d": "s", "e": {"f": "s"}}) else { panic!() };
        let attr = |name: &str| json!({"type": "get_attr", "value": name});
        let index = |index: u8| json!({"type": "index", "value": {"value": index, "type": "number"}});
        let key = |key: &str| json!({"type": "index", "value": {"value": key, "type": "string"}});
        let paths =
            json!([[attr("a"), key("b"), index(0), attr("c")], [attr("d")], [attr("e"), attr("value"), attr("f")],]);
        assert_eq!(marks_of_paths(&values, &paths), json!({"a": {"b": [{"c": true}, null]}, "d": true, "e": true}));
        assert_eq!(marks_of_paths(&values, &json!([[attr("absent")]])), json!({}));
        assert_eq!(marks_of_paths(&values, &json!([["unreadable"]])), json!(true));
        assert_eq!(marks_of_paths(&values, &json!([[attr("a")], [attr("a"), attr("b")]])), json!({"a": true}));
        assert_eq!(marks_of_paths(&values, &json!([])), json!({}));
    }
}
