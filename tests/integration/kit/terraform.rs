//! All worlds in one plan, one state, and one folder of configuration: each world is a module.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::description::{Piece, REGION, World, references};

const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";
const VERSION: &str = "1.13.4";

/// The plan that makes, changes or takes away what every world has.
pub(super) fn plan(worlds: &[World<'_>]) -> Value {
    let mut changes = Vec::new();
    let mut calls = Map::new();
    for world in worlds {
        let mut configured = Vec::new();
        for (address, piece) in &world.pieces {
            let mut row = named(world, address, piece);
            row.insert("provider_name".to_owned(), json!(PROVIDER));
            row.insert("change".to_owned(), change(world, address, piece));
            if *address == world.main && world.variant.action.as_deref() == Some("replace") {
                row.insert("action_reason".to_owned(), json!("replace_because_cannot_update"));
            }
            changes.push(Value::Object(row));
            let is_gone =
                *address == world.main && matches!(world.variant.action.as_deref(), Some("delete" | "forget"));
            if !is_gone {
                configured.push(json!({
                    "address": address, "mode": "managed", "type": piece.of.resource, "name": piece.label,
                    "provider_config_key": "aws", "schema_version": 0, "expressions": expressions(world, piece),
                }));
            }
        }
        let source = format!("./{}", world.name);
        calls.insert(world.name.clone(), json!({"source": source, "module": {"resources": configured}}));
    }
    json!({
        "format_version": "1.2", "terraform_version": VERSION, "applyable": true, "complete": true, "errored": false,
        "planned_values": {"root_module": {}},
        "resource_changes": changes,
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": PROVIDER,
                "expressions": {"region": {"constant_value": REGION}}}},
            "root_module": {"module_calls": calls},
        },
    })
}

fn named(world: &World<'_>, address: &str, piece: &Piece<'_>) -> Map<String, Value> {
    let row = json!({
        "address": format!("module.{}.{address}", world.name), "module_address": format!("module.{}", world.name),
        "mode": "managed", "type": piece.of.resource, "name": piece.label,
    });
    row.as_object().cloned().unwrap_or_default()
}

fn change(world: &World<'_>, address: &str, piece: &Piece<'_>) -> Value {
    let is_changed = !world.variant.was.is_empty() || world.variant.action.is_some();
    let action = world.variant.action.as_deref().filter(|_| address == world.main);
    if !is_changed {
        let (after, unknown) = planned(world, piece);
        return row(&["create"], Value::Null, after, unknown, piece);
    }
    let before = Value::Object(world.recorded(world.piece_before(address)));
    let now = Value::Object(world.recorded(piece));
    match action {
        Some("delete") => row(&["delete"], before, Value::Null, json!({}), piece),
        Some("forget") => row(&["forget"], before, Value::Null, json!({}), piece),
        Some("replace") => {
            let (after, unknown) = planned(world, piece);
            let mut row = row(&["delete", "create"], before, after, unknown, piece);
            row["replace_paths"] = world.variant.replaced_by.iter().map(|name| json!([name])).collect();
            row
        }
        Some(other) => panic!("{}: `{other}` is no action", world.name),
        None if before == now => row(&["no-op"], before, now, json!({}), piece),
        None => row(&["update"], before, now, json!({}), piece),
    }
}

fn row(actions: &[&str], before: Value, after: Value, unknown: Value, piece: &Piece<'_>) -> Value {
    let marks: Map<String, Value> = piece.of.sensitive.iter().map(|name| (name.clone(), json!(true))).collect();
    json!({"actions": actions, "before": before, "after": after, "after_unknown": unknown,
        "before_sensitive": marks, "after_sensitive": marks})
}

/// What a plan that makes the resource knows of it, and what it does not.
fn planned(world: &World<'_>, piece: &Piece<'_>) -> (Value, Value) {
    let (mut after, mut unknown) = (Map::new(), Map::new());
    for (name, value) in &piece.sets {
        let (known, mark) = split(world, value);
        after.extend(known.map(|known| (name.clone(), known)));
        unknown.extend((mark != json!(false)).then(|| (name.clone(), mark)));
    }
    after.extend(piece.defaults().map(|(name, value)| (name.clone(), value.clone())));
    unknown.extend(piece.computed().map(|name| (name.clone(), json!(true))));
    for name in piece.empty() {
        let none = if piece.of.blocks.contains(name) { json!([]) } else { Value::Null };
        after.insert(name.clone(), none);
    }
    if piece.has_tags() {
        match after.get("tags").cloned() {
            Some(tags) => drop(after.insert("tags_all".to_owned(), tags)),
            None => drop(unknown.insert("tags_all".to_owned(), json!(true))),
        }
        after.entry("tags").or_insert(Value::Null);
    }
    (Value::Object(after), Value::Object(unknown))
}

/// What is known of a value, and the marks of what is not: a set with one unknown element is unknown as a whole.
fn split(world: &World<'_>, value: &Value) -> (Option<Value>, Value) {
    match value {
        Value::String(text) if world.is_known(text) => (Some(world.resolved(value)), json!(false)),
        Value::String(_) => (None, json!(true)),
        Value::Array(items) => {
            let parts: Vec<_> = items.iter().map(|item| split(world, item)).collect();
            if parts.iter().any(|(known, _)| known.is_none()) {
                return (None, json!(true));
            }
            let is_known = parts.iter().all(|(_, mark)| *mark == json!(false));
            let (known, marks): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
            let marks = if is_known { json!(false) } else { json!(marks) };
            (Some(known.into_iter().flatten().collect()), marks)
        }
        Value::Object(fields) => {
            let (mut known, mut marks) = (Map::new(), Map::new());
            for (name, value) in fields {
                let (part, mark) = split(world, value);
                known.extend(part.map(|part| (name.clone(), part)));
                marks.extend((mark != json!(false)).then(|| (name.clone(), mark)));
            }
            let marks = if marks.is_empty() { json!(false) } else { Value::Object(marks) };
            (Some(Value::Object(known)), marks)
        }
        other => (Some(other.clone()), json!(false)),
    }
}

fn expressions(world: &World<'_>, piece: &Piece<'_>) -> Value {
    let expression = |name: &String, value: &Value| match (value, piece.of.blocks.contains(name)) {
        (Value::Array(blocks), true) => blocks.iter().map(|block| of_block(world, block)).collect(),
        _ => expression(world, value),
    };
    piece.sets.iter().map(|(name, value)| (name.clone(), expression(name, value))).collect()
}

fn of_block(world: &World<'_>, block: &Value) -> Value {
    let fields = block.as_object().expect("a block has arguments");
    fields.iter().map(|(name, value)| (name.clone(), expression(world, value))).collect()
}

fn expression(world: &World<'_>, value: &Value) -> Value {
    let text = value.to_string();
    let found = references(&text);
    if found.is_empty() {
        return json!({"constant_value": world.resolved(value)});
    }
    let mut addresses = Vec::new();
    for (path, _) in found {
        let (address, _) = path.rsplit_once('.').expect("a reference has an attribute");
        addresses.extend([path, address]);
    }
    json!({"references": addresses})
}

/// Whether the world is there after the plan, so that other sources tell of it.
pub(super) fn is_left(world: &World<'_>) -> bool {
    !matches!(world.variant.action.as_deref(), Some("delete" | "forget"))
}

/// The state, as its file is written.
pub(super) fn state(worlds: &[World<'_>]) -> Value {
    let resources = worlds.iter().filter(|world| is_left(world)).flat_map(|world| {
        world.pieces.values().map(|piece| {
            json!({
                "module": format!("module.{}", world.name), "mode": "managed", "type": piece.of.resource,
                "name": piece.label, "provider": format!("provider[\"{PROVIDER}\"]"),
                "instances": [{"schema_version": 0, "attributes": world.recorded(piece), "sensitive_attributes": []}],
            })
        })
    });
    json!({"version": 4, "terraform_version": VERSION, "serial": 1, "lineage": "kit", "outputs": {},
        "resources": resources.collect::<Vec<_>>(), "check_results": null})
}

/// The state, as `terraform show -json` tells it.
pub(super) fn shown(worlds: &[World<'_>]) -> Value {
    let modules = worlds.iter().filter(|world| is_left(world)).map(|world| {
        let resources = world.pieces.iter().map(|(address, piece)| {
            json!({
                "address": format!("module.{}.{address}", world.name), "mode": "managed", "type": piece.of.resource,
                "name": piece.label, "provider_name": PROVIDER, "schema_version": 0,
                "values": world.recorded(piece), "sensitive_values": {},
            })
        });
        json!({"address": format!("module.{}", world.name), "resources": resources.collect::<Vec<_>>()})
    });
    json!({"format_version": "1.0", "terraform_version": VERSION,
        "values": {"root_module": {"child_modules": modules.collect::<Vec<_>>()}}})
}

/// The configuration: the root module's file, and one of each world.
pub(super) fn configuration(worlds: &[World<'_>]) -> (String, Vec<(String, String)>) {
    let mut main = format!("provider \"aws\" {{\n  region = \"{REGION}\"\n}}\n");
    let mut modules = Vec::new();
    for world in worlds.iter().filter(|world| is_left(world)) {
        write!(main, "\nmodule \"{0}\" {{\n  source = \"./{0}\"\n}}\n", world.name).expect("a string takes every byte");
        let mut text = String::new();
        for piece in world.pieces.values() {
            writeln!(text, "resource \"{}\" \"{}\" {{", piece.of.resource, piece.label).expect("written");
            arguments(&mut text, &piece.sets, &piece.of.blocks, 1);
            text.push_str("}\n\n");
        }
        modules.push((world.name.clone(), text));
    }
    (main, modules)
}

fn arguments(text: &mut String, fields: &Map<String, Value>, blocks: &[String], depth: usize) {
    let indent = "  ".repeat(depth);
    for (name, value) in fields {
        match value {
            Value::Array(items) if blocks.contains(name) => {
                for item in items {
                    writeln!(text, "{indent}{name} {{").expect("written");
                    arguments(text, item.as_object().expect("a block has arguments"), blocks, depth + 1);
                    writeln!(text, "{indent}}}").expect("written");
                }
            }
            value => writeln!(text, "{indent}{name} = {}", written(value)).expect("written"),
        }
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => match references(text).as_slice() {
            [(path, whole)] if *whole == text.as_str() => (*path).to_owned(),
            _ => value.to_string(),
        },
        Value::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| format!("{} = {}", json!(name), written(value));
            format!("{{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
