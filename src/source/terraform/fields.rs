//! The attributes of a resource while they are read: one entry a name, with its value and its marks side by side.
//!
//! A plan has some eighty attributes a resource, and the mappings ask for most of them: one search must tell all about one.

use std::fmt;

use compact_str::CompactString;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::json::any_true;

/// Attributes by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields(
    // INVARIANT: sorted by name, each once.
    Vec<Field>,
);

/// One attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    /// The name.
    pub(super) name: CompactString,
    /// The value; null also when it was dropped, or is not known.
    pub(super) value: Json,
    /// Whether the document gives a value, be it null.
    pub(super) given: bool,
    /// `true` where the value is known only after apply, nested like it.
    pub(super) unknown: Json,
    /// `true` where the value was dropped because it is sensitive, nested like it.
    pub(super) sensitive: Json,
}

impl Field {
    fn given(name: CompactString, value: Json) -> Self {
        Self { name, value, given: true, unknown: Json::Null, sensitive: Json::Null }
    }

    fn only_marked(name: CompactString) -> Self {
        Self { given: false, ..Self::given(name, Json::Null) }
    }
}

impl Fields {
    /// The attribute of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Field> {
        let position = self.0.binary_search_by(|field| field.name.as_str().cmp(name)).ok()?;
        self.0.get(position)
    }

    /// All of them, by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Field> {
        self.0.iter()
    }

    /// All of them, by name.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        self.0.iter_mut()
    }

    /// Sets marks by name. A name that no value has gets an entry of its own, so that the mark is found.
    pub(super) fn mark(
        &mut self,
        marks: impl Iterator<Item = (CompactString, Json)>,
        place: impl Fn(&mut Field) -> &mut Json,
    ) {
        let mut others = Vec::new();
        for (name, mark) in marks.filter(|(_, mark)| any_true(mark)) {
            match self.0.binary_search_by(|field| field.name.cmp(&name)) {
                Ok(position) => {
                    if let Some(field) = self.0.get_mut(position) {
                        *place(field) = mark;
                    }
                }
                Err(_) => {
                    let mut field = Field::only_marked(name);
                    *place(&mut field) = mark;
                    others.push(field);
                }
            }
        }
        if !others.is_empty() {
            self.0.append(&mut others);
            self.sort();
        }
    }

    /// With duplicates, the last counts.
    fn sort(&mut self) {
        if self.0.is_sorted_by(|one, next| one.name < next.name) {
            return;
        }
        self.0.reverse();
        self.0.sort_by(|one, other| one.name.cmp(&other.name));
        self.0.dedup_by(|later, kept| later.name == kept.name);
    }

    #[cfg(test)]
    pub(super) fn without_unknown(&self) -> Self {
        let given = self.0.iter().filter(|field| field.given).cloned();
        Self(given.map(|field| Field { unknown: Json::Null, ..field }).collect())
    }
}

impl From<Map<String, Json>> for Fields {
    fn from(values: Map<String, Json>) -> Self {
        let mut fields = Self(values.into_iter().map(|(name, value)| Field::given(name.into(), value)).collect());
        fields.sort();
        fields
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        // About as many as a database instance has.
        let mut fields = Fields(Vec::with_capacity(96));
        while let Some((name, value)) = map.next_entry()? {
            fields.0.push(Field::given(name, value));
        }
        fields.sort();
        Ok(fields)
    }
}

/// The marks of a whole resource: `after_unknown`.
#[derive(Debug)]
pub(super) enum Marks {
    /// The same for every attribute.
    Whole(bool),
    /// By attribute.
    Each(Vec<(CompactString, Json)>),
}

impl Default for Marks {
    fn default() -> Self {
        Self::Whole(false)
    }
}

impl From<Json> for Marks {
    fn from(marks: Json) -> Self {
        match marks {
            Json::Object(marks) => Self::Each(marks.into_iter().map(|(name, mark)| (name.into(), mark)).collect()),
            other => Self::Whole(other == Json::Bool(true)),
        }
    }
}

impl<'de> Deserialize<'de> for Marks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MarksVisitor)
    }
}

/// What is neither an object nor `true` marks nothing.
struct MarksVisitor;

impl<'de> Visitor<'de> for MarksVisitor {
    type Value = Marks;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of marks")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Marks, A::Error> {
        let mut marks = Vec::with_capacity(64);
        while let Some(mark) = map.next_entry()? {
            marks.push(mark);
        }
        Ok(Marks::Each(marks))
    }

    fn visit_bool<E>(self, all: bool) -> Result<Marks, E> {
        Ok(Marks::Whole(all))
    }

    fn visit_unit<E>(self) -> Result<Marks, E> {
        Ok(Marks::Whole(false))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Marks, E> {
        Ok(Marks::Whole(false))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Marks, E> {
        Ok(Marks::Whole(false))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Marks, E> {
        Ok(Marks::Whole(false))
    }

    fn visit_str<E>(self, _: &str) -> Result<Marks, E> {
        Ok(Marks::Whole(false))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Marks, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Marks::Whole(false))
    }
}
