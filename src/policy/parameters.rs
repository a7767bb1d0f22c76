//! The specification of a rule's parameter: `{type: integer, unit: days, default: 7, minimum: 0}`.

use super::fields::Fields;
use super::metadata::At;
use super::text::Places;
use super::yaml::{Node, Yaml};
use crate::diagnostic::Diagnostic;
use crate::model::{ParameterSpec, ParameterType, Value};

/// Reads one specification.
pub(super) fn read(
    node: Node,
    name: &str,
    place: (u32, u32),
    places: &Places,
    problems: &mut Vec<Diagnostic>,
) -> Option<ParameterSpec> {
    if !is_snake_case(name) {
        problems.push(places.error_at(place.0, place.1, format!("parameter `{name}` is not in snake case")));
    }
    let mut fields = Fields::new(node, "a parameter", places, problems)?;
    let ty = fields.required_text_at("type");
    let unit = fields.optional_text("unit");
    let default = fields.required("default");
    let minimum = fields.optional_integer("minimum");
    let maximum = fields.optional_integer("maximum");
    let description = fields.optional_text("description");
    fields.finish();
    let ty = parameter_type(ty?, places, problems)?;
    let default = default_value(default?, ty, places, problems)?;
    let spec = ParameterSpec {
        ty,
        unit,
        default,
        minimum: minimum.as_ref().map(|bound| bound.value),
        maximum: maximum.as_ref().map(|bound| bound.value),
        description,
    };
    bounds(&spec, [minimum, maximum], place, places, problems);
    Some(spec)
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
}

fn parameter_type(
    word: At<std::sync::Arc<str>>,
    places: &Places,
    problems: &mut Vec<Diagnostic>,
) -> Option<ParameterType> {
    let parsed = word.value.parse();
    parsed.map_err(|why: String| problems.push(places.error_at(word.line, word.column, why))).ok()
}

fn default_value(node: Node, ty: ParameterType, places: &Places, problems: &mut Vec<Diagnostic>) -> Option<Value> {
    let described = node.value.described();
    let value = match (ty, node.value) {
        (ParameterType::Boolean, Yaml::Bool(value)) => Some(Value::Bool(value)),
        (ParameterType::Integer, Yaml::Integer(value)) => Some(Value::Integer(value)),
        (ParameterType::String, Yaml::String(text)) => Some(Value::from(text)),
        (ParameterType::Strings, Yaml::List(items)) => texts(items),
        _ => None,
    };
    if value.is_none() {
        let title = format!("the default is {described}, which is not of type `{ty}`");
        problems.push(places.error_at(node.line, node.column, title));
    }
    value
}

fn texts(items: Vec<Node>) -> Option<Value> {
    let texts: Option<Vec<Value>> = items
        .into_iter()
        .map(|item| match item.value {
            Yaml::String(text) => Some(Value::from(text)),
            _ => None,
        })
        .collect();
    texts.map(|texts| Value::List(texts.into()))
}

fn bounds(
    spec: &ParameterSpec,
    given: [Option<At<i64>>; 2],
    place: (u32, u32),
    places: &Places,
    problems: &mut Vec<Diagnostic>,
) {
    if spec.ty != ParameterType::Integer {
        for bound in given.into_iter().flatten() {
            let title = format!("a parameter of type `{}` has no bounds", spec.ty);
            problems.push(places.error_at(bound.line, bound.column, title));
        }
        return;
    }
    let Some(default) = spec.default.as_integer() else { return };
    let inside = spec.minimum.is_none_or(|least| least <= default) && spec.maximum.is_none_or(|most| default <= most);
    if !inside {
        problems.push(places.error_at(place.0, place.1, format!("the default {default} is outside its bounds")));
    }
}
