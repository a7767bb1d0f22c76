//! The specification of a rule's parameter: `{type: integer, unit: days, default: 7, minimum: 0}`,
//! `{type: strings, default: [sat], values: [sat, sun]}`.

use std::sync::Arc;

use crate::model::{ParameterSpec, ParameterType, Value};
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{At, Node, Tree};

const KEYS: &[&str] = &["type", "unit", "default", "minimum", "maximum", "values", "description"];

/// Reads one specification.
pub(super) fn read(node: &Node, name: &At<String>, problems: &mut Problems) -> Option<ParameterSpec> {
    if !is_snake_case(&name.value) {
        problems.add(name.place, format!("parameter `{}` is not in snake case", name.value));
    }
    let keys = Fields::read(node, &format!("parameter `{}`", name.value), KEYS, problems)?;
    let ty = keys.required("type", problems).and_then(|node| parameter_type(node, problems));
    let unit = text(&keys, "unit", problems);
    let description = text(&keys, "description", problems);
    let bounds = ["minimum", "maximum"].map(|key| bound(&keys, key, problems));
    let default = keys.required("default", problems);
    let ty = ty?;
    let default = default_value(default?, ty, problems)?;
    let [minimum, maximum] = bounds.each_ref().map(|bound| bound.as_ref().map(|bound| bound.value));
    let values = keys.get("values").map(|node| fields::texts(node, "`values`", problems)).unwrap_or_default();
    let place = values.first().map(|value| value.place);
    let values = values.into_iter().map(|value| value.value.into()).collect();
    let spec = ParameterSpec { ty, unit, default, minimum, maximum, values, description };
    check_bounds(&spec, &bounds, name.place, problems);
    check_values(&spec, place, problems);
    Some(spec)
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
}

fn parameter_type(node: &Node, problems: &mut Problems) -> Option<ParameterType> {
    let word = fields::text(node, "`type`", problems)?;
    word.value.parse().map_err(|why: String| problems.add(word.place, why)).ok()
}

fn text(keys: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<Arc<str>> {
    fields::text(keys.get(key)?, &format!("`{key}`"), problems).map(|text| text.value.into())
}

fn bound(keys: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<At<i64>> {
    let node = keys.get(key)?;
    match node.value {
        Tree::Integer(value) => Some(At { place: node.place, value }),
        _ => {
            problems.add(node.place, format!("`{key}` is {}, not an integer", node.value.kind()));
            None
        }
    }
}

fn default_value(node: &Node, ty: ParameterType, problems: &mut Problems) -> Option<Value> {
    let value = match (ty, &node.value) {
        (ParameterType::Boolean, Tree::Bool(value)) => Some(Value::Bool(*value)),
        (ParameterType::Integer, Tree::Integer(value)) => Some(Value::Integer(*value)),
        (ParameterType::String, Tree::Text(text)) => Some(Value::from(text.as_str())),
        (ParameterType::Strings, Tree::List(items)) => texts(items),
        _ => None,
    };
    if value.is_none() {
        problems.add(node.place, format!("the default is {}, not of type `{ty}`", node.value.kind()));
    }
    value
}

fn texts(items: &[Node]) -> Option<Value> {
    let text = |item: &Node| match &item.value {
        Tree::Text(text) => Some(Value::from(text.as_str())),
        _ => None,
    };
    let texts: Option<Vec<Value>> = items.iter().map(text).collect();
    texts.map(|texts| Value::List(texts.into()))
}

/// The default is one of the values, or holds no others.
fn check_values(spec: &ParameterSpec, place: Option<Place>, problems: &mut Problems) {
    let Some(place) = place else { return };
    let texts: Vec<&str> = match (spec.ty, &spec.default) {
        (ParameterType::String, Value::String(text)) => vec![text],
        (ParameterType::Strings, Value::List(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => return problems.add(place, format!("a parameter of type `{}` has no `values`", spec.ty)),
    };
    for text in texts.iter().filter(|text| !spec.values.iter().any(|value| **value == ***text)) {
        problems.add(place, format!("`{text}` of the default is not among `values`"));
    }
}

fn check_bounds(spec: &ParameterSpec, bounds: &[Option<At<i64>>], place: Place, problems: &mut Problems) {
    let Some(default) = spec.default.as_integer() else {
        for bound in bounds.iter().flatten() {
            problems.add(bound.place, format!("a parameter of type `{}` has no bounds", spec.ty));
        }
        return;
    };
    let inside = spec.minimum.is_none_or(|least| least <= default) && spec.maximum.is_none_or(|most| default <= most);
    if !inside {
        problems.add(place, format!("the default {default} is outside its bounds"));
    }
}
