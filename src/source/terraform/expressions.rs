//! What resources set, by their `expressions` in a plan's configuration: parsed once where it is written alike, and followed
//! once where it is the same module's.
//!
//! A module that is called a hundred times stands a hundred times in the configuration, with the same resources each time.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use compact_str::CompactString;
use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};

use super::attributes::{Expressions, References};
use super::configuration::Configuration;
use super::expression::Expression;
use super::follow::{Variables, addresses, follow};
use super::json::Str;

/// The expressions that each worker has last parsed: the instances of a resource stand close together in a plan, and to
/// keep the expressions of all resources would take more memory than the document.
pub(super) struct Recent<'a>(Vec<Mutex<RecentExpressions<'a>>>);

impl<'a> Recent<'a> {
    pub(super) fn new() -> Self {
        Self((0..rayon::current_num_threads()).map(|_| Mutex::default()).collect())
    }

    /// Those of this worker. They must not be held while anything runs in parallel, which may bring the worker back here.
    pub(super) fn of_this_thread(&self) -> Option<MutexGuard<'_, RecentExpressions<'a>>> {
        self.0.get(rayon::current_thread_index()?)?.lock().ok()
    }
}

/// Where a resource stands in the configuration: its module, and its position in it.
pub(super) type Place = (usize, usize);

/// The expressions that one worker has last parsed.
#[derive(Default)]
pub(super) struct RecentExpressions<'a> {
    /// Of the last resources, those that were asked for first in front.
    of: VecDeque<(Place, Option<Arc<Expressions>>)>,
    /// By the text. What comes up again stands last.
    parsed: Vec<(&'a str, Arc<Parsed<'a>>)>,
    /// Of the module that was last asked for.
    variables: (usize, Variables),
    /// The module of the address that was last asked for: the resources of a module stand side by side.
    module: Option<(String, Option<usize>)>,
}

/// What a resource sets, not followed yet.
struct Parsed<'a>(Vec<Set<'a>>);

/// An attribute or block that a resource sets.
struct Set<'a> {
    name: CompactString,
    expression: Expression<'a>,
    addresses: Arc<[Arc<str>]>,
}

impl<'a> RecentExpressions<'a> {
    /// Resources that are kept.
    const EACH: usize = 16;

    /// The module of an address, found again or with `find`.
    pub(super) fn module(&mut self, address: &str, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        match &self.module {
            Some((known, module)) if known == address => *module,
            _ => self.module.insert((address.to_owned(), find())).1,
        }
    }

    /// What a resource sets, given its place in the configuration, its `for_each`, and its `expressions`; `None` when these are
    /// not what they should be.
    pub(super) fn of(
        &mut self,
        configuration: &Configuration<'a>,
        place: Place,
        each: Option<&Expression<'a>>,
        raw: &'a str,
    ) -> Option<Arc<Expressions>> {
        if let Some((_, known)) = self.of.iter().find(|(known, _)| *known == place) {
            return known.clone();
        }
        let parsed = self.parsed(raw);
        let (module, _) = place;
        if self.variables.0 != module {
            self.variables = (module, Variables::new());
        }
        let variables = &mut self.variables.1;
        let made = parsed.map(|parsed| Arc::new(parsed.followed(configuration, module, each, variables)));
        if self.of.len() == Self::EACH {
            self.of.pop_front();
        }
        self.of.push_back((place, made.clone()));
        made
    }

    fn parsed(&mut self, raw: &'a str) -> Option<Arc<Parsed<'a>>> {
        if let Some(position) = self.parsed.iter().rposition(|(text, _)| *text == raw) {
            let last = self.parsed.len() - 1;
            self.parsed.swap(position, last);
            return self.parsed.last().map(|(_, parsed)| Arc::clone(parsed));
        }
        let parsed = serde_json::Deserializer::from_str(raw).deserialize_map(OfResource).ok().map(Arc::new)?;
        if self.parsed.len() == Self::EACH {
            self.parsed.remove(0);
        }
        self.parsed.push((raw, Arc::clone(&parsed)));
        Some(parsed)
    }
}

impl<'a> Parsed<'a> {
    fn followed(
        &self,
        configuration: &Configuration<'a>,
        module: usize,
        each: Option<&Expression<'a>>,
        variables: &mut Variables,
    ) -> Expressions {
        let nowhere = Arc::default();
        let mut lead = |set: &Set<'a>| match set.addresses.is_empty() {
            true => Arc::clone(&nowhere),
            false => follow(configuration, module, each, &set.expression, variables),
        };
        let set = self.0.iter().filter(|set| !configuration.is_omitted(module, &set.expression));
        set.map(|set| {
            let references = References { addresses: Arc::clone(&set.addresses), led: lead(set) };
            (set.name.clone(), references)
        })
        .collect()
    }
}

/// Reads a resource's `expressions`.
struct OfResource;

impl<'de> Visitor<'de> for OfResource {
    type Value = Parsed<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expressions")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parsed<'de>, A::Error> {
        let mut found = Vec::with_capacity(32);
        while let Some((name, expression)) = map.next_entry::<Str<'de>, Expression<'de>>()? {
            found.push(Set { name: name.0.into(), addresses: addresses(&expression), expression });
        }
        Ok(Parsed(found))
    }
}
