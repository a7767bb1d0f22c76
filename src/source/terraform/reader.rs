//! Turns the entries of a document into what the caller makes of them, in parallel.
//!
//! Each resource's JSON lives only while it is mapped, so the memory that a scan takes hardly depends on the document.

use rayon::prelude::*;
use serde::Deserialize;

use super::attributes::TerraformResource;
use super::configuration::{Configuration, Configured};
use super::document::Document;
use super::entry::{Identity, address_in};
use super::json::Raw;
use super::neighbours::Neighbours;
use crate::model::{Gap, PlanDrift};

/// What becomes of one resource entry.
pub(super) enum Entry<T> {
    /// Not a managed resource.
    NotManaged,
    /// A managed resource of a type that nobody asked for.
    NotWanted,
    /// What the caller made of it.
    Read(T),
}

/// What the parts of a document yield.
pub(super) struct Yield<T> {
    pub(super) resources: Vec<T>,
    pub(super) resources_seen: usize,
    pub(super) drift: Vec<PlanDrift>,
    pub(super) gaps: Vec<Gap>,
}

impl<T> Default for Yield<T> {
    fn default() -> Self {
        Self { resources: Vec::new(), resources_seen: 0, drift: Vec::new(), gaps: Vec::new() }
    }
}

impl<T> Yield<T> {
    /// Adds entries in their order. One that cannot be read may well be a managed resource, so it counts as one.
    pub(super) fn add(&mut self, entries: Vec<Result<Entry<T>, Gap>>) {
        for entry in entries {
            match entry {
                Ok(Entry::NotManaged) => continue,
                Ok(Entry::NotWanted) => {}
                Ok(Entry::Read(resource)) => self.resources.push(resource),
                Err(gap) => self.gaps.push(gap),
            }
            self.resources_seen += 1;
        }
    }
}

/// What reading an entry needs.
pub(super) struct Reader<'r, 'a, M> {
    pub(super) document: &'r Document<'a>,
    pub(super) configuration: Option<Configuration<'a>>,
    pub(super) neighbours: Neighbours<'a>,
    wanted: &'r (dyn Fn(&str) -> bool + Sync),
    map: M,
}

impl<'r, 'a, M: Sync> Reader<'r, 'a, M> {
    pub(super) fn new(document: &'r Document<'a>, wanted: &'r (dyn Fn(&str) -> bool + Sync), map: M) -> Self {
        Self { document, configuration: None, neighbours: Neighbours::new(), wanted, map }
    }

    /// Whether the caller asks for a type.
    pub(super) fn wants(&self, resource_type: &str) -> bool {
        (self.wanted)(resource_type)
    }

    /// Hands a resource to the caller.
    pub(super) fn map<T>(&self, resource: TerraformResource) -> Entry<T>
    where
        M: Fn(TerraformResource) -> T,
    {
        Entry::Read((self.map)(resource))
    }

    /// Hands the resource of an entry to the caller.
    pub(super) fn map_entry<T>(&self, entry: Entry<TerraformResource>) -> Entry<T>
    where
        M: Fn(TerraformResource) -> T,
    {
        match entry {
            Entry::Read(resource) => self.map(resource),
            Entry::NotWanted => Entry::NotWanted,
            Entry::NotManaged => Entry::NotManaged,
        }
    }

    /// What the configuration says of a resource.
    pub(super) fn configured(&self, identity: &Identity<'_>) -> Configured {
        self.configuration.as_ref().map(|configuration| configuration.of(identity)).unwrap_or_default()
    }

    /// Reads entries in parallel, in order. One that fails becomes a gap named after its address or its position.
    pub(super) fn each<V: Send>(
        &self,
        part: &str,
        entries: &[Raw<'a>],
        read: impl Fn(Raw<'a>) -> Result<V, String> + Sync,
    ) -> Vec<Result<V, Gap>> {
        let one = |(position, entry): (usize, &Raw<'a>)| {
            read(*entry).map_err(|reason| Gap {
                place: address_in(*entry)
                    .unwrap_or_else(|| format!("{} {part}[{position}]", self.document.path))
                    .into(),
                reason: reason.into(),
            })
        };
        // So few at a time that no worker is left with many at the end.
        const AT_A_TIME: usize = 256;
        entries.par_iter().enumerate().with_max_len(AT_A_TIME).map(one).collect()
    }

    /// Parses a piece of the document; the error says what was expected, and where.
    pub(super) fn parse<'s, V: Deserialize<'s>>(&self, slice: Raw<'s>) -> Result<V, String> {
        serde_json::from_str(slice.get()).map_err(|error| self.document.reason(slice, &error))
    }
}
