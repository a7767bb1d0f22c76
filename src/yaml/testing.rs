//! What tests of YAML files share.

use serde_json::json;

use super::{Node, Tree};

/// The tree as JSON, for schemas.
pub(crate) fn as_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Tree::Null => json!(null),
        Tree::Bool(value) => json!(value),
        Tree::Integer(value) => json!(value),
        Tree::Number(value) => json!(value.parse::<f64>().unwrap()),
        Tree::Text(value) => json!(value),
        Tree::List(items) => items.iter().map(as_json).collect(),
        Tree::Map(entries) => entries.iter().map(|(key, value)| (key.value.clone(), as_json(value))).collect(),
    }
}
