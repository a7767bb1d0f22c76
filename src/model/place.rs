//! Where a finding is in the source that declares its resource.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Serialize;

use super::{Finding, Fix, Location, Results, Rule, RuleVerdicts, Text, Verdict};

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

/// Finds the places of findings in the source of their resources.
pub(crate) trait Locate: fmt::Debug + Send + Sync {
    /// The places of findings that are all about one resource; `None` when it is of another source.
    fn places(&self, findings: &[Finding<'_>]) -> Vec<Option<Place>>;

    /// A line, from 1, of a file that places may be in, without its line break.
    fn line(&self, file: &str, number: u32) -> Option<&str>;
}

/// The verdicts that a person looks into, so that they have places.
pub(crate) const FOR_PEOPLE: [Verdict; 4] = [Verdict::Fail, Verdict::Unknown, Verdict::Error, Verdict::Waived];

/// The places of the findings of a run, each of which is looked for when a report asks for it: most show few of them.
/// Empty when no source was read.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// What finds them, each in sources of its own.
    locators: Vec<Arc<dyn Locate>>,
    /// By index into `Results::rules`.
    found: Vec<OnceLock<OfRule>>,
    /// The fixes of findings that are certain and verified, by indices of rule and resource.
    fixes: BTreeMap<(usize, u32), Arc<Fix>>,
}

/// The places of one rule's findings, as far as somebody asked for them.
#[derive(Clone, Debug)]
struct OfRule {
    /// The resources of the findings, by index into `Results::resources`. INVARIANT: sorted.
    resources: Vec<u32>,
    /// In the same order.
    places: Vec<OnceLock<Option<Place>>>,
}

impl OfRule {
    fn new(of_rule: &RuleVerdicts) -> Self {
        let resources: Vec<u32> = for_people(of_rule).map(|(resource, _)| resource).collect();
        Self { places: vec![OnceLock::new(); resources.len()], resources }
    }
}

/// The verdicts of a rule that have places: the index of the resource, that of the outcome.
fn for_people(of_rule: &RuleVerdicts) -> impl Iterator<Item = (u32, u32)> {
    let is_wanted: Vec<bool> = of_rule.outcomes.iter().map(|one| FOR_PEOPLE.contains(&one.verdict)).collect();
    of_rule.verdicts.iter().copied().filter(move |(_, outcome)| is_wanted.get(*outcome as usize) == Some(&true))
}

impl Places {
    /// The places that a locator finds for the findings of so many rules.
    pub(crate) fn sought(locator: Arc<dyn Locate>, rules: usize) -> Self {
        Self { locators: vec![locator], found: vec![OnceLock::new(); rules], fixes: BTreeMap::new() }
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
        let number = location.region?.start_line;
        self.locators.iter().find_map(|locator| locator.line(&location.file, number))
    }

    /// Adds the places of other resources. Nothing is found yet in either.
    pub(crate) fn add(&mut self, others: Self) {
        self.locators.extend(others.locators);
        self.found = vec![OnceLock::new(); self.found.len().max(others.found.len())];
        self.fixes.extend(others.fixes);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.locators.is_empty()
    }

    /// The place of a finding, at indices of its rule and its resource.
    pub(super) fn of(&self, results: &Results, finding: &Finding<'_>, rule: usize, resource: u32) -> Option<&Place> {
        let of_rule = self.of_rule(results, rule)?;
        let position = of_rule.resources.binary_search(&resource).ok()?;
        let find = || self.find(std::slice::from_ref(finding)).pop().flatten();
        of_rule.places.get(position)?.get_or_init(find).as_ref()
    }

    fn of_rule(&self, results: &Results, rule: usize) -> Option<&OfRule> {
        let of_rule = results.verdicts.get(rule)?;
        Some(self.found.get(rule)?.get_or_init(|| OfRule::new(of_rule)))
    }

    /// The places of findings about one resource.
    fn find(&self, findings: &[Finding<'_>]) -> Vec<Option<Place>> {
        let mut places = vec![None; findings.len()];
        for locator in &self.locators {
            for (place, found) in places.iter_mut().zip(locator.places(findings)) {
                *place = place.take().or(found);
            }
        }
        places
    }
}

/// A finding whose place is to be found: the index of the rule, that of the outcome, and its position among the findings of
/// the rule.
type Sought = (u32, u32, u32);

impl Results {
    /// Finds the places of all findings of some rules and verdicts at once, which is faster than one by one.
    pub(crate) fn find_places(&self, is_wanted: impl Fn(&Rule, Verdict) -> bool) {
        if self.places.is_empty() {
            return;
        }
        // Findings of one resource have most of the work in common.
        let mut of_resource: Vec<Vec<Sought>> = vec![Vec::new(); self.resources.len()];
        for (rule, of_rule) in (0u32..).zip(&self.verdicts) {
            let Some(judged_by) = self.rules.get(of_rule.rule) else { continue };
            let wanted: Vec<bool> = of_rule.outcomes.iter().map(|one| is_wanted(judged_by, one.verdict)).collect();
            for (position, (resource, outcome)) in (0u32..).zip(for_people(of_rule)) {
                if wanted.get(outcome as usize) == Some(&true)
                    && let Some(sought) = of_resource.get_mut(resource as usize)
                {
                    sought.push((rule, outcome, position));
                }
            }
        }
        of_resource.par_iter().enumerate().for_each(|(resource, sought)| self.find_of_resource(resource, sought));
    }

    fn find_of_resource(&self, resource: usize, sought: &[Sought]) {
        let Ok(resource) = u32::try_from(resource) else { return };
        let found = |(rule, outcome, position): &Sought| {
            let of_rule = self.verdicts.get(*rule as usize)?;
            let finding = self.finding(of_rule.rule, resource, of_rule.outcomes.get(*outcome as usize)?)?;
            let place = self.places.of_rule(self, *rule as usize)?.places.get(*position as usize)?;
            place.get().is_none().then_some((finding, place))
        };
        let (findings, places): (Vec<Finding<'_>>, Vec<_>) = sought.iter().filter_map(found).unzip();
        for (place, found) in places.into_iter().zip(self.places.find(&findings)) {
            // Another report may have been faster, and has found the same.
            place.get_or_init(|| found);
        }
    }

    /// Every place: the index of the rule, that of the resource, the place.
    pub fn places(&self) -> impl Iterator<Item = (usize, u32, &Place)> {
        self.find_places(|_, _| true);
        let of_rule = |rule: usize| self.places.of_rule(self, rule).map(|of_rule| (rule, of_rule));
        let rules = (0..self.places.found.len()).filter_map(of_rule);
        rules.flat_map(|(rule, of_rule)| {
            let places = of_rule.resources.iter().zip(&of_rule.places);
            places.filter_map(move |(resource, place)| Some((rule, *resource, place.get()?.as_ref()?)))
        })
    }
}

/// Alike are those that are found in the same source, with the same fixes.
impl PartialEq for Places {
    fn eq(&self, other: &Self) -> bool {
        let mut locators = self.locators.iter().zip(&other.locators);
        self.fixes == other.fixes
            && self.locators.len() == other.locators.len()
            && locators.all(|(one, other)| Arc::ptr_eq(one, other))
    }
}

impl Eq for Places {}

/// Places that are known, for tests of reports: by index of the rule, then of the resource.
#[cfg(test)]
#[derive(Debug)]
struct Known(Vec<Vec<(u32, Place)>>, BTreeMap<Arc<str>, Arc<str>>);

#[cfg(test)]
impl Locate for Known {
    fn places(&self, findings: &[Finding<'_>]) -> Vec<Option<Place>> {
        let place = |finding: &Finding<'_>| {
            let (rule, resource) = finding.indices();
            let places = self.0.get(rule)?;
            places.iter().find(|(of, _)| *of == resource).map(|(_, place)| place.clone())
        };
        findings.iter().map(place).collect()
    }

    fn line(&self, file: &str, number: u32) -> Option<&str> {
        self.1.get(file)?.lines().nth(number as usize - 1)
    }
}

#[cfg(test)]
impl Places {
    /// The places of each rule's findings, in the order of `Results::rules`, and the texts of files by name.
    pub(crate) fn known(by_rule: Vec<Vec<(u32, Place)>>, texts: &[(Arc<str>, Arc<str>)]) -> Self {
        let rules = by_rule.len();
        Self::sought(Arc::new(Known(by_rule, texts.iter().cloned().collect())), rules)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::report::testing::everything;

    /// Finds a place for everything, and counts for how many findings it was asked.
    #[derive(Debug, Default)]
    struct Counting(AtomicUsize);

    impl Locate for Counting {
        fn places(&self, findings: &[Finding<'_>]) -> Vec<Option<Place>> {
            self.0.fetch_add(findings.len(), Ordering::Relaxed);
            let place = |finding: &Finding<'_>| {
                let note = format!("{} {}", finding.rule.id, finding.resource.id);
                Some(Place { note: Some(note.into()), ..Place::default() })
            };
            findings.iter().map(place).collect()
        }

        fn line(&self, _: &str, _: u32) -> Option<&str> {
            None
        }
    }

    fn results() -> (Results, Arc<Counting>) {
        let (mut results, counting) = (everything(), Arc::new(Counting::default()));
        results.places = Places::sought(Arc::clone(&counting) as Arc<dyn Locate>, results.rules.len());
        (results, counting)
    }

    #[test]
    fn a_place_is_looked_for_when_somebody_asks_and_once() {
        let (results, counting) = results();
        let asked = || counting.0.load(Ordering::Relaxed);
        assert_eq!(asked(), 0);
        let finding = results.findings(&[Verdict::Fail]).next().unwrap();
        assert_eq!((finding.place(), asked()), (finding.place(), 1));
        let failures = results.findings(&[Verdict::Fail]).count();
        results.find_places(|_, verdict| verdict == Verdict::Fail);
        assert_eq!(asked(), failures);
        let all = results.places().count();
        assert_eq!((asked(), all), (all, results.findings(&FOR_PEOPLE).count()));
        assert!(results.findings(&[Verdict::Pass, Verdict::NotApplicable]).all(|finding| finding.place().is_none()));
        assert_eq!(asked(), all);
    }

    #[test]
    fn places_found_at_once_are_those_found_one_by_one() {
        let (one_by_one, _) = results();
        let (at_once, _) = results();
        let one_by_one: Vec<&Place> = one_by_one.findings(&FOR_PEOPLE).filter_map(|finding| finding.place()).collect();
        assert_eq!(at_once.places().map(|(_, _, place)| place).collect::<Vec<_>>(), one_by_one);
    }
}
