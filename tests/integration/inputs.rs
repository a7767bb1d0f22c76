//! Plans for tests: the sample, and what can be made of it.

use serde_json::{Map, Value};

use super::command::root;
use super::fleet::dice::Dice;

/// The sample plan's path, relative to the project's root, where tests run.
pub(crate) const SAMPLE: &str = "testdata/sample/tfplan.json";

/// The sample plan.
pub(crate) fn sample() -> Value {
    serde_json::from_slice(&sample_bytes()).expect("the sample is JSON")
}

/// The sample plan's bytes.
pub(crate) fn sample_bytes() -> Vec<u8> {
    std::fs::read(root().join(SAMPLE)).expect("the sample is here")
}

/// The `resource_changes` row of an address.
pub(crate) fn change_of<'a>(plan: &'a mut Value, address: &str) -> &'a mut Value {
    let changes = plan["resource_changes"].as_array_mut().expect("changes");
    changes
        .iter_mut()
        .find(|change| change["address"] == address)
        .unwrap_or_else(|| panic!("no `{address}` in the plan"))
}

/// The same document with the order of every object's keys, and of every list that stands for a set of resources,
/// changed. The order of other lists means something and stays.
pub(crate) fn shuffled(value: &Value, dice: &mut Dice, out: &mut String) {
    shuffle(value, false, dice, out);
}

const SETS: [&str; 4] = ["resource_changes", "resource_drift", "resources", "child_modules"];

fn shuffle(value: &Value, is_set: bool, dice: &mut Dice, out: &mut String) {
    match value {
        Value::Object(fields) => shuffle_fields(fields, dice, out),
        Value::Array(items) => {
            let mut items: Vec<&Value> = items.iter().collect();
            if is_set {
                mix(&mut items, dice);
            }
            out.push('[');
            for (position, item) in items.into_iter().enumerate() {
                out.push_str(if position > 0 { "," } else { "" });
                shuffle(item, false, dice, out);
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}

fn shuffle_fields(fields: &Map<String, Value>, dice: &mut Dice, out: &mut String) {
    let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
    mix(&mut fields, dice);
    out.push('{');
    for (position, (name, value)) in fields.into_iter().enumerate() {
        out.push_str(if position > 0 { "," } else { "" });
        out.push_str(&Value::from(name.as_str()).to_string());
        out.push(':');
        shuffle(value, SETS.contains(&name.as_str()), dice, out);
    }
    out.push('}');
}

/// Fisher and Yates.
fn mix<T>(items: &mut [T], dice: &mut Dice) {
    for last in (1..items.len()).rev() {
        items.swap(last, dice.below(last as u64 + 1) as usize);
    }
}
