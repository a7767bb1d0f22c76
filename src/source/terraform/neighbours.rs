//! Attributes that resources share: what a worker has read of one resource, it need not read again of the next.
//!
//! The resources of a fleet differ in a dozen attributes; the others are written alike, byte by byte. So a worker keeps, by
//! resource type, the names of the attributes in their order, and with each the values that it has last seen there. The
//! attributes of the next resource are walked along these: where a known name and a known value stand, the attribute is
//! the same [`Field`], and nothing is parsed or allocated.
//!
//! Nothing here changes what is read. Whatever is unusual (names out of order or with escapes, a mark of another shape,
//! what cannot be parsed) is `None`, and the resource is then read in the general way.

use std::cmp::Ordering;
use std::sync::{Arc, Mutex, MutexGuard};

use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use super::fields::{Field, Fields, Marks, Slot, start_of};
use super::json::any_true;
use super::secrets::{is_marked, is_secret_name, withhold_one};
use crate::source::skip::Cursor;

/// What the workers have read, one for each, so that none waits for another.
pub(super) struct Neighbours<'a>(Box<[Mutex<ByType<'a>>]>);

/// What one worker has read.
#[derive(Default)]
pub(super) struct ByType<'a>(FxHashMap<Box<str>, Neighbour<'a>>);

/// What a worker has read of one resource type.
#[derive(Default)]
pub(super) struct Neighbour<'a> {
    /// Every attribute that was seen. INVARIANT: sorted by name, each once.
    attributes: Vec<Attribute<'a>>,
    unknown: Recent<'a, Arc<UnknownMarks>>,
    sensitive: Recent<'a, Arc<SensitiveMarks>>,
}

/// An attribute of a type.
struct Attribute<'a> {
    start: u64,
    name: &'a str,
    /// The name as it was written, with its quotes, the colon, and the blanks up to the value.
    key: &'a str,
    values: Recent<'a, Arc<Field>>,
}

/// An attribute of a resource as the document gives it.
pub(super) struct Given<'a> {
    start: u64,
    name: &'a str,
    value: &'a str,
    known: Option<Arc<Field>>,
}

impl<'a> Given<'a> {
    /// The name.
    pub(super) fn name(&self) -> &'a str {
        self.name
    }

    /// The value as it is written.
    pub(super) fn value(&self) -> &'a str {
        self.value
    }
}

/// What `after_unknown` marks.
pub(super) struct UnknownMarks {
    /// `true` instead of an object.
    pub(super) whole: bool,
    /// By attribute, as [`Fields`] keep what is only marked.
    each: Option<Arc<Vec<Slot>>>,
}

/// What `after_sensitive` and the like mark.
pub(super) struct SensitiveMarks {
    marks: Json,
    is_any: bool,
}

impl<'a> Neighbours<'a> {
    /// Nothing was read yet.
    pub(super) fn new() -> Self {
        Self((0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect())
    }

    /// Each resource is read alone.
    #[cfg(test)]
    pub(super) fn none() -> Self {
        Self(Box::default())
    }

    /// Those of this worker. They must not be held while anything runs in parallel, which may bring the worker back here.
    pub(super) fn of_this_worker(&self) -> Option<MutexGuard<'_, ByType<'a>>> {
        let worker = rayon::current_thread_index().map_or(0, |index| index + 1);
        self.0.get(worker)?.try_lock().ok()
    }
}

impl<'a> ByType<'a> {
    /// Types that are kept at once: more than there are of databases and what belongs to them.
    const MOST: usize = 256;

    /// The neighbour of a type.
    pub(super) fn get(&mut self, resource_type: &str) -> Option<&mut Neighbour<'a>> {
        // The entry API would make a text of the type each time.
        if !self.0.contains_key(resource_type) {
            if self.0.len() == Self::MOST {
                self.0.clear();
            }
            self.0.insert(resource_type.into(), Neighbour::default());
        }
        self.0.get_mut(resource_type)
    }
}

impl<'a> Neighbour<'a> {
    /// Attributes that are kept: far more than any resource type has.
    const MOST: usize = 1024;

    /// Walks the attributes of a resource.
    pub(super) fn walk(&mut self, cursor: &mut Cursor<'a>) -> Option<Vec<Given<'a>>> {
        let mut given: Vec<Given<'a>> = Vec::with_capacity(self.attributes.len());
        cursor.enter(b'{')?;
        let mut next = 0;
        while cursor.item(given.is_empty(), b'}')? {
            let position = self.name(cursor, next)?;
            let attribute = self.attributes.get_mut(position)?;
            let (start, name) = (attribute.start, attribute.name);
            given.push(match attribute.values.take(cursor) {
                Some((value, field)) => Given { start, name, value, known: Some(Arc::clone(field)) },
                None => Given { start, name, value: cursor.value()?, known: None },
            });
            next = position + 1;
        }
        Some(given)
    }

    /// Takes the name that is next, which is expected at a position or later, and says its position.
    fn name(&mut self, cursor: &mut Cursor<'a>, next: usize) -> Option<usize> {
        let is_next = |attribute: &Attribute<'a>| cursor.clone().take_prefix(attribute.key);
        if let Some(attribute) = self.attributes.get(next).filter(|attribute| is_next(attribute)) {
            cursor.take_prefix(attribute.key);
            return Some(next);
        }
        let (name, key) = cursor.key()?;
        let start = start_of(name);
        let before = |attribute: &Attribute<'a>| (attribute.start, attribute.name) < (start, name);
        let position = self.attributes.partition_point(before);
        let is_known = self.attributes.get(position).is_some_and(|attribute| attribute.name == name);
        // Names that come in another order, or twice.
        if position < next || (!is_known && self.attributes.len() == Self::MOST) {
            return None;
        }
        if !is_known {
            self.attributes.insert(position, Attribute { start, name, key, values: Recent::default() });
        }
        Some(position)
    }

    /// The attributes, without their secrets, and with what is unknown marked.
    pub(super) fn fields(
        &mut self,
        given: Vec<Given<'a>>,
        unknown: &UnknownMarks,
        sensitive: [&SensitiveMarks; 2],
    ) -> Option<Fields> {
        let names_secret = names_secret(&given);
        let marked = unknown.each.as_ref();
        let mut marks = marked.map(|marked| marked.as_slice()).unwrap_or_default();
        let mut both = 0;
        let mut slots = Vec::with_capacity(given.len());
        let is_any_own = names_secret || sensitive.iter().any(|marks| marks.is_any);
        for one in given {
            let mark = mark_of(&mut marks, &one);
            both += usize::from(mark.is_some());
            let start = one.start;
            let field = match one.known {
                // As `field` says; but nearly all are known and marked by nothing.
                Some(known) if mark.is_none() && !is_any_own && known.unknown.is_null() => known,
                known => self.field(Given { known, ..one }, mark, names_secret, sensitive)?,
            };
            slots.push(Slot { start, field });
        }
        let marked = match both {
            0 => marked.cloned(),
            _ => only_marked(&slots, marked.map(|marked| marked.as_slice()).unwrap_or_default()),
        };
        Some(Fields::of_slots(slots, marked))
    }

    fn field(
        &mut self,
        given: Given<'a>,
        unknown: Option<&Json>,
        names_secret: bool,
        sensitive: [&SensitiveMarks; 2],
    ) -> Option<Arc<Field>> {
        let unknown = unknown.unwrap_or(&Json::Null);
        // What a mark, or a name beside it, makes a secret is made for this resource alone.
        let is_own = (names_secret && given.name == "value")
            || sensitive.iter().any(|marks| marks.is_any && is_marked(given.name, &marks.marks));
        if let Some(known) = given.known.filter(|known| !is_own && known.unknown == *unknown) {
            return Some(known);
        }
        let order = |attribute: &Attribute<'a>| (attribute.start, attribute.name).cmp(&(given.start, given.name));
        let position = self.attributes.binary_search_by(order).ok()?;
        let values = &mut self.attributes.get_mut(position)?.values;
        if !is_own && let Some(known) = values.find(given.value, |known| known.unknown == *unknown) {
            return Some(known);
        }
        let mut field = Field::new(given.name.into(), serde_json::from_str(given.value).ok()?);
        field.unknown = unknown.clone();
        withhold_one(&mut field, names_secret, sensitive.map(|marks| &marks.marks));
        let shares = !is_own && field.sensitive.is_null();
        let field = Arc::new(field);
        if shares {
            values.remember(given.value, Arc::clone(&field));
        }
        Some(field)
    }

    /// Takes the marks of what is unknown.
    pub(super) fn unknown(&mut self, cursor: &mut Cursor<'a>) -> Option<Arc<UnknownMarks>> {
        self.unknown.take_or(cursor, |raw| serde_json::from_str::<Marks>(raw).ok().map(UnknownMarks::from))
    }

    /// Takes the marks of what is sensitive.
    pub(super) fn sensitive(&mut self, cursor: &mut Cursor<'a>) -> Option<Arc<SensitiveMarks>> {
        self.sensitive.take_or(cursor, |raw| serde_json::from_str::<Json>(raw).ok().map(SensitiveMarks::from))
    }
}

/// Whether the attribute `name` says that the one named `value` beside it is a secret.
fn names_secret(given: &[Given<'_>]) -> bool {
    let find = |name: &str| given.iter().find(|one| one.name == name);
    let text = || serde_json::from_str::<String>(find("name")?.value).ok();
    find("value").is_some() && text().is_some_and(|name| is_secret_name(&name))
}

/// The mark of an attribute. Both sides come sorted, so `marks` begins where the last search ended.
fn mark_of<'m>(marks: &mut &'m [Slot], given: &Given<'_>) -> Option<&'m Json> {
    while let Some((first, rest)) = marks.split_first() {
        match (first.start, first.field.name.as_str()).cmp(&(given.start, given.name)) {
            Ordering::Less => *marks = rest,
            Ordering::Equal => return Some(&first.field.unknown),
            Ordering::Greater => return None,
        }
    }
    None
}

/// Of the marks, those of attributes that are not given.
fn only_marked(given: &[Slot], marked: &[Slot]) -> Option<Arc<Vec<Slot>>> {
    let is_given = |mark: &Slot| {
        let order = |slot: &Slot| (slot.start, &slot.field.name).cmp(&(mark.start, &mark.field.name));
        given.binary_search_by(order).is_ok()
    };
    let marked: Vec<Slot> = marked.iter().filter(|mark| !is_given(mark)).cloned().collect();
    (!marked.is_empty()).then(|| Arc::new(marked))
}

/// The names of the attributes that differ, sorted; null and absent are the same.
pub(super) fn differing<'a>(before: &[Given<'a>], after: &[Given<'a>]) -> Option<Vec<&'a str>> {
    const ABSENT: &str = "null";
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    let mut names = Vec::new();
    loop {
        let order = match (before.peek(), after.peek()) {
            (Some(was), Some(is)) => (was.start, was.name).cmp(&(is.start, is.name)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return Some(names),
        };
        let was = if order.is_le() { before.next() } else { None };
        let is = if order.is_ge() { after.next() } else { None };
        let Some(name) = was.or(is).map(|one| one.name) else { return Some(names) };
        let (was, is) = (was.map_or(ABSENT, |was| was.value), is.map_or(ABSENT, |is| is.value));
        // Two texts may say the same: `1.0` and `1.00`.
        if was != is && serde_json::from_str::<Json>(was).ok()? != serde_json::from_str::<Json>(is).ok()? {
            names.push(name);
        }
    }
}

impl From<Marks> for UnknownMarks {
    fn from(marks: Marks) -> Self {
        match marks {
            Marks::Whole(whole) => Self { whole, each: None },
            Marks::Each(marks) => {
                let mut fields = Fields::default();
                fields.mark(marks.into_iter(), |field| &mut field.unknown);
                Self { whole: false, each: fields.into_marked() }
            }
        }
    }
}

impl UnknownMarks {
    /// The same for every attribute.
    pub(super) fn whole(whole: bool) -> Self {
        Self { whole, each: None }
    }

    /// Whether anything in an attribute is marked by its name.
    pub(super) fn marks(&self, name: &str) -> bool {
        self.each.iter().any(|each| each.iter().any(|slot| slot.field.name == name))
    }
}

impl From<Json> for SensitiveMarks {
    fn from(marks: Json) -> Self {
        Self { is_any: any_true(&marks), marks }
    }
}

/// What was seen, by its text.
struct Recent<'a, T> {
    /// The last ones: so few that each is compared with what is next in a text before anyone knows where that ends.
    last: Vec<(&'a str, T)>,
    /// The one of these that makes place next.
    next: usize,
    /// The first ones, some hundreds: the tags of a fleet are so many.
    first: FxHashMap<&'a str, T>,
    made: u32,
    found: u32,
}

impl<T> Default for Recent<'_, T> {
    fn default() -> Self {
        Self { last: Vec::new(), next: 0, first: FxHashMap::default(), made: 0, found: 0 }
    }
}

impl<'a, T: Clone> Recent<'a, T> {
    const LAST: usize = 8;
    const FIRST: usize = 512;

    /// Takes what is next in a text, if it is one of the last.
    fn take(&mut self, cursor: &mut Cursor<'a>) -> Option<(&'a str, &T)> {
        let position = self.last.iter().position(|(text, _)| cursor.take(text))?;
        self.found = self.found.saturating_add(1);
        // What was seen last is likely to come next.
        self.last.swap(0, position);
        self.last.first().map(|(text, known)| (*text, known))
    }

    /// What was made of a text.
    fn find(&mut self, text: &'a str, is: impl Fn(&T) -> bool) -> Option<T> {
        let of_last = || self.last.iter().find(|(known, value)| *known == text && is(value)).map(|(_, value)| value);
        let known = self.first.get(text).filter(|value| is(value)).or_else(of_last)?.clone();
        self.found = self.found.saturating_add(1);
        self.keep(text, known.clone());
        Some(known)
    }

    fn remember(&mut self, text: &'a str, value: T) {
        self.made = self.made.saturating_add(1);
        if self.is_always_new() {
            self.last.clear();
            self.first.clear();
            return;
        }
        if self.first.len() < Self::FIRST {
            self.first.insert(text, value.clone());
        }
        self.keep(text, value);
    }

    fn keep(&mut self, text: &'a str, value: T) {
        if self.last.len() < Self::LAST {
            self.last.push((text, value));
            return;
        }
        if let Some(slot) = self.last.get_mut(self.next) {
            *slot = (text, value);
        }
        self.next = (self.next + 1) % Self::LAST;
    }

    /// An identifier, say: to remember it takes memory and time, and finds nothing.
    fn is_always_new(&self) -> bool {
        self.made > 100 && self.found < self.made / 8
    }
}

impl<'a, T> Recent<'a, Arc<T>> {
    /// Takes what is next in a text: what is known, or what `make` makes of it.
    fn take_or(&mut self, cursor: &mut Cursor<'a>, make: impl FnOnce(&'a str) -> Option<T>) -> Option<Arc<T>> {
        if let Some((_, known)) = self.take(cursor) {
            return Some(Arc::clone(known));
        }
        let text = cursor.value()?;
        let made = Arc::new(make(text)?);
        self.remember(text, Arc::clone(&made));
        Some(made)
    }
}
