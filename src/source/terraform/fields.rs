//! The attributes of a resource while they are read: one entry a name, with its value and its marks side by side.
//!
//! A plan has some eighty attributes a resource, and the mappings ask for most of them: one search must tell all about one.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use compact_str::CompactString;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::json::any_true;

/// Attributes by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields {
    /// Those that the document gives a value. INVARIANT: sorted by name, each once.
    given: Vec<Slot>,
    /// Those that it only marks, if any. INVARIANT: the same, and none of them is given. Resources of one type mostly share
    /// them: a plan marks the same attributes of each.
    marked: Option<Arc<Vec<Slot>>>,
}

/// One attribute in its place. Equal attributes of different resources may be one in memory.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slot {
    /// The start of the name, in the order of the names: nearly every comparison of a search ends with it.
    pub(super) start: u64,
    pub(super) field: Arc<Field>,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    /// The name.
    pub(super) name: CompactString,
    /// The value; null also when it was dropped, or is not known.
    pub(super) value: Json,
    /// `true` where the value is known only after apply, nested like it.
    pub(super) unknown: Json,
    /// `true` where the value was dropped because it is sensitive, nested like it.
    pub(super) sensitive: Json,
}

impl Field {
    pub(super) fn new(name: CompactString, value: Json) -> Self {
        Self { name, value, unknown: Json::Null, sensitive: Json::Null }
    }
}

impl Slot {
    /// An attribute that is given a value, be it null.
    pub(crate) fn given(name: &'static str, value: Json) -> Self {
        Field::new(CompactString::const_new(name), value).into()
    }

    fn is_before(&self, other: &Self) -> bool {
        !Arc::ptr_eq(&self.field, &other.field) && (self.start, &self.field.name) < (other.start, &other.field.name)
    }
}

impl From<Field> for Slot {
    fn from(field: Field) -> Self {
        Self { start: start_of(&field.name), field: Arc::new(field) }
    }
}

impl Fields {
    /// An attribute that the document gives a value, be it null.
    pub(super) fn given(&self, name: &str) -> Option<&Arc<Field>> {
        find(&self.given, name).ok().and_then(|position| self.given.get(position)).map(|slot| &slot.field)
    }

    /// An attribute that the document gives or marks.
    pub(super) fn get(&self, name: &str) -> Option<&Arc<Field>> {
        let marked = || find(self.marked(), name).ok().and_then(|position| self.marked().get(position));
        self.given(name).or_else(|| marked().map(|slot| &slot.field))
    }

    /// Those that the document gives a value, by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Field> {
        self.given.iter().map(|slot| slot.field.as_ref())
    }

    /// Those that the document gives a value, by name.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        self.given.iter_mut().map(|slot| Arc::make_mut(&mut slot.field))
    }

    /// Those that it only marks, by name.
    pub(super) fn only_marked(&self) -> impl Iterator<Item = &Field> {
        self.marked().iter().map(|slot| slot.field.as_ref())
    }

    fn marked(&self) -> &[Slot] {
        self.marked.as_deref().map_or(&[], Vec::as_slice)
    }

    /// Sets marks by name.
    pub(super) fn mark(
        &mut self,
        marks: impl Iterator<Item = (CompactString, Json)>,
        place: impl Fn(&mut Field) -> &mut Json,
    ) {
        for (name, mark) in marks.filter(|(_, mark)| any_true(mark)) {
            if let Some(slot) = find(&self.given, &name).ok().and_then(|position| self.given.get_mut(position)) {
                *place(Arc::make_mut(&mut slot.field)) = mark;
                continue;
            }
            let marked = Arc::make_mut(self.marked.get_or_insert_default());
            // Marks mostly come sorted, so the place is nearly always the end.
            let position = find(marked, &name).unwrap_or_else(|position| {
                marked.insert(position, Field::new(name, Json::Null).into());
                position
            });
            if let Some(slot) = marked.get_mut(position) {
                *place(Arc::make_mut(&mut slot.field)) = mark;
            }
        }
    }

    /// Attributes in their places. The caller keeps what [`Fields`] promises of both lists.
    pub(super) fn of_slots(given: Vec<Slot>, marked: Option<Arc<Vec<Slot>>>) -> Self {
        Self { given, marked }
    }

    /// What [`Fields::mark`] made of marks alone.
    pub(super) fn into_marked(self) -> Option<Arc<Vec<Slot>>> {
        self.marked
    }

    /// About how many attributes are not the same one in memory as in another resource.
    pub(super) fn distance(&self, other: &Self) -> usize {
        let apart = |(one, other): &(&Slot, &Slot)| !Arc::ptr_eq(&one.field, &other.field);
        self.given.iter().zip(&other.given).filter(apart).count() + self.given.len().abs_diff(other.given.len())
    }

    /// Tells the names of the attributes that are not the same in another resource.
    pub(super) fn differ(&self, other: &Self, tell: &mut dyn FnMut(&str)) {
        differ(&self.given, &other.given, tell);
        let (own, others) = (self.marked(), other.marked());
        // Resources of one type mostly have the same marks.
        if !std::ptr::eq(own, others) {
            differ(own, others, tell);
        }
    }

    #[cfg(test)]
    pub(super) fn without_unknown(&self) -> Self {
        self.iter().cloned().map(|field| Field { unknown: Json::Null, ..field }).collect()
    }
}

fn differ(own: &[Slot], others: &[Slot], tell: &mut dyn FnMut(&str)) {
    // Resources of a type mostly have the same attributes.
    let mut alike = 0;
    for (slot, other) in own.iter().zip(others) {
        if !Arc::ptr_eq(&slot.field, &other.field) {
            if slot.field.name != other.field.name {
                break;
            }
            if slot.field != other.field {
                tell(&slot.field.name);
            }
        }
        alike += 1;
    }
    let mut others = others.iter().skip(alike).peekable();
    for slot in own.iter().skip(alike) {
        while let Some(other) = others.next_if(|other| other.is_before(slot)) {
            tell(&other.field.name);
        }
        match others.next_if(|other| !slot.is_before(other)) {
            Some(other) if Arc::ptr_eq(&slot.field, &other.field) || slot.field == other.field => {}
            _ => tell(&slot.field.name),
        }
    }
    others.for_each(|slot| tell(&slot.field.name));
}

fn find(fields: &[Slot], name: &str) -> Result<usize, usize> {
    let start = start_of(name);
    // Starts lie side by side, names elsewhere: few of these are looked at.
    let mut position = fields.partition_point(|slot| slot.start < start);
    while let Some(slot) = fields.get(position).filter(|slot| slot.start == start) {
        match slot.field.name.as_str().cmp(name) {
            Ordering::Less => position += 1,
            Ordering::Equal => return Ok(position),
            Ordering::Greater => break,
        }
    }
    Err(position)
}

/// The first eight bytes, such that smaller ones belong to earlier names.
pub(super) fn start_of(name: &str) -> u64 {
    if let Some(start) = name.as_bytes().first_chunk() {
        return u64::from_be_bytes(*start);
    }
    let mut start = [0; 8];
    start.iter_mut().zip(name.bytes()).for_each(|(slot, byte)| *slot = byte);
    u64::from_be_bytes(start)
}

/// With duplicates, the last counts.
impl FromIterator<Field> for Fields {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        let mut given: Vec<Slot> = fields.into_iter().map(Slot::from).collect();
        if !given.is_sorted_by(|one, next| one.field.name < next.field.name) {
            given.reverse();
            given.sort_by(|one, other| one.field.name.cmp(&other.field.name));
            given.dedup_by(|later, kept| later.field.name == kept.field.name);
        }
        Self { given, marked: None }
    }
}

impl From<Map<String, Json>> for Fields {
    fn from(values: Map<String, Json>) -> Self {
        values.into_iter().map(|(name, value)| Field::new(name.into(), value)).collect()
    }
}

impl Fields {
    /// Attributes that are sorted by name, each once.
    pub(super) fn of_sorted(given: Vec<Slot>) -> Self {
        debug_assert!(given.is_sorted_by(|one, next| one.field.name < next.field.name), "sorted, each once");
        Self { given, marked: None }
    }
}

/// With duplicates, the last counts.
impl From<Vec<(&'static str, Json)>> for Fields {
    fn from(values: Vec<(&'static str, Json)>) -> Self {
        let keyed = (0u32..).zip(values).map(|(position, (name, value))| (start_of(name), name, position, value));
        let mut given: Vec<_> = keyed.collect();
        given.sort_unstable_by(|(start, name, position, _), (other, other_name, other_position, _)| {
            (start, name, other_position).cmp(&(other, other_name, position))
        });
        given.dedup_by(|(_, earlier, ..), (_, kept, ..)| earlier == kept);
        let field = |(start, name, _, value)| Slot {
            start,
            field: Arc::new(Field::new(CompactString::const_new(name), value)),
        };
        Self { given: given.into_iter().map(field).collect(), marked: None }
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
        let mut fields = Vec::with_capacity(96);
        while let Some((name, value)) = map.next_entry()? {
            fields.push(Field::new(name, value));
        }
        Ok(fields.into_iter().collect())
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
