//! Values as a plan shows them: JSON, with marks where something is unknown or sensitive.

use serde_json::{Map, Number as JsonNumber, Value as Json};

use super::number::Number;
use super::value::{MapKind, Val};

/// A value as a plan shows it.
#[derive(Debug, PartialEq)]
pub(crate) struct Shape {
    /// The value; null where it is unknown.
    pub(crate) value: Json,
    /// `true` where it is unknown, nested like the value; false when nothing is.
    pub(crate) unknown: Json,
    /// `true` where it is sensitive, nested like the value; false when nothing is.
    pub(crate) sensitive: Json,
}

impl Shape {
    /// The shape of a value.
    pub(crate) fn of(value: &Val) -> Self {
        match value {
            Val::Null => Self::known(Json::Null),
            Val::Bool(value) => Self::known(Json::Bool(*value)),
            Val::Number(number) => Self::known(json_number(number)),
            Val::String(text) => Self::known(Json::String(text.as_ref().to_owned())),
            Val::Unknown(_) | Val::Mapping(MapKind::Resource, _) => {
                Self { value: Json::Null, unknown: Json::Bool(true), sensitive: Json::Bool(false) }
            }
            Val::Sensitive(inner) => Self { sensitive: Json::Bool(true), ..Self::of(inner) },
            Val::Sequence(_, items) => Self::of_items(items),
            Val::Mapping(_, fields) => Self::of_fields(fields.iter().map(|(name, field)| (name.as_ref(), field))),
        }
    }

    fn known(value: Json) -> Self {
        Self { value, unknown: Json::Bool(false), sensitive: Json::Bool(false) }
    }

    fn of_items(items: &[Val]) -> Self {
        let mut all = (Vec::with_capacity(items.len()), Vec::new(), Vec::new());
        for item in items {
            let Self { value, unknown, sensitive } = Self::of(item);
            all.0.push(value);
            all.1.push(unknown);
            all.2.push(sensitive);
        }
        Self { value: Json::Array(all.0), unknown: marks(all.1), sensitive: marks(all.2) }
    }

    fn of_fields<'v>(fields: impl Iterator<Item = (&'v str, &'v Val)>) -> Self {
        let mut all = (Map::new(), Map::new(), Map::new());
        for (name, field) in fields {
            let Self { value, unknown, sensitive } = Self::of(field);
            if unknown != Json::Bool(true) {
                all.0.insert(name.to_owned(), value);
            }
            insert_mark(&mut all.1, name, unknown);
            insert_mark(&mut all.2, name, sensitive);
        }
        let whole = |marks: Map<String, Json>| if marks.is_empty() { Json::Bool(false) } else { Json::Object(marks) };
        Self { value: Json::Object(all.0), unknown: whole(all.1), sensitive: whole(all.2) }
    }
}

/// Adds a mark, if it marks anything.
pub(crate) fn insert_mark(marks: &mut Map<String, Json>, name: &str, mark: Json) {
    if mark != Json::Bool(false) {
        marks.insert(name.to_owned(), mark);
    }
}

fn marks(marks: Vec<Json>) -> Json {
    if marks.iter().all(|mark| *mark == Json::Bool(false)) { Json::Bool(false) } else { Json::Array(marks) }
}

/// A number that JSON readers cannot hold exactly is the nearest that they can.
fn json_number(number: &Number) -> Json {
    match number.as_i64() {
        Some(integer) => Json::from(integer),
        None => JsonNumber::from_f64(number.as_f64()).map_or(Json::Null, Json::Number),
    }
}
