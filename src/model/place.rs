//! Where a finding is in the source that declares its resource.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::{Fix, Location, Text};

/// Where to look, and what leads there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The line to change; `None` when it could not be found without guessing, which `note` explains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The lines between the resource and the place, from the outermost to the resource's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// What the line does not say by itself: that an attribute is absent, that a module is not part of the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A line that has to do with a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// The line.
    pub location: Location,
    /// What it has to do with it.
    pub message: Text,
}

/// The places of the findings of a run; empty when no source was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// By index into `Results::rules`: the places, by index into `Results::resources`.
    // INVARIANT: the inner lists are sorted by resource.
    by_rule: Vec<Vec<(u32, Place)>>,
    /// The texts of the files that the places are in, by name, for those who show lines of them.
    texts: BTreeMap<Arc<str>, Arc<str>>,
    /// The fixes of findings that are certain and verified, by indices of rule and resource.
    fixes: BTreeMap<(usize, u32), Arc<Fix>>,
}

impl Places {
    /// The places of each rule's findings, in the order of `Results::rules`; those of a rule by ascending resource.
    pub(crate) fn new(by_rule: Vec<Vec<(u32, Place)>>) -> Self {
        Self { by_rule, ..Self::default() }
    }

    /// Adds the texts of the files that the places are in, out of those of many files by name.
    pub(crate) fn with_texts<'t>(mut self, texts: impl IntoIterator<Item = (&'t Arc<str>, &'t Arc<str>)>) -> Self {
        let places = self.by_rule.iter().flatten().map(|(_, place)| place);
        let locations =
            places.flat_map(|place| place.location.iter().chain(place.related.iter().map(|related| &related.location)));
        let named: BTreeSet<&Arc<str>> = locations.map(|location| &location.file).collect();
        let of_places = texts.into_iter().filter(|(name, _)| named.contains(name));
        self.texts = of_places.map(|(name, text)| (Arc::clone(name), Arc::clone(text))).collect();
        self
    }

    /// Adds the fixes of findings, by indices of rule and resource.
    pub(crate) fn add_fixes(&mut self, fixes: impl IntoIterator<Item = ((usize, u32), Arc<Fix>)>) {
        self.fixes.extend(fixes);
    }

    /// What mends a rule's finding on a resource for certain.
    pub fn fix(&self, rule: usize, resource: u32) -> Option<&Fix> {
        self.fixes.get(&(rule, resource)).map(AsRef::as_ref)
    }

    /// The first line of a location, without its line break; `None` when no text is here.
    pub fn line(&self, location: &Location) -> Option<&str> {
        let number = location.region?.start_line.checked_sub(1)?;
        self.texts.get(&location.file)?.lines().nth(number as usize)
    }

    /// Adds the places of other resources.
    pub(crate) fn add(&mut self, others: Self) {
        self.by_rule.resize_with(self.by_rule.len().max(others.by_rule.len()), Vec::new);
        for (places, others) in self.by_rule.iter_mut().zip(others.by_rule) {
            places.extend(others);
            places.sort_by_key(|(resource, _)| *resource);
        }
        self.texts.extend(others.texts);
        self.fixes.extend(others.fixes);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_rule.iter().all(Vec::is_empty)
    }

    /// The place of a rule's finding on a resource.
    pub fn of(&self, rule: usize, resource: u32) -> Option<&Place> {
        let places = self.by_rule.get(rule)?;
        let position = places.binary_search_by_key(&resource, |(resource, _)| *resource).ok()?;
        places.get(position).map(|(_, place)| place)
    }

    /// All of them: rule, resource, place.
    pub fn iter(&self) -> impl Iterator<Item = (usize, u32, &Place)> {
        let rules = self.by_rule.iter().enumerate();
        rules.flat_map(|(rule, places)| places.iter().map(move |(resource, place)| (rule, *resource, place)))
    }
}
