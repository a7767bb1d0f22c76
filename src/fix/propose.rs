//! From findings to the changes that would mend them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use super::certain::{Found, Holder, Open};
use super::{Change, File, Key, Proposals, Suggestion};
use crate::facts::origin_of;
use crate::model::{ChangeAction, Finding, Results, Verdict};
use crate::report::remediation::{self, Setting};
use crate::source::terraform::hcl::{Configuration, Target};
use crate::source::terraform::{Names, Roots};

/// What could be done about the failures of `results` whose key is wanted, in the configuration that they were judged by.
pub(crate) fn propose(
    results: &Results,
    configuration: &mut Configuration,
    roots: &Roots<'_>,
    wanted: &BTreeSet<Key>,
    exists: &dyn Fn(&Key) -> bool,
) -> Proposals {
    let findings: Vec<(Key, Finding<'_>)> = results
        .findings(&[Verdict::Fail])
        .filter(|finding| roots.contains_key(&finding.resource.source))
        .map(|finding| (key(&finding), finding))
        .filter(|(key, _)| wanted.contains(key))
        .collect();
    let calls = follow(&findings, configuration, roots);
    let mut proposing = Proposing { configuration, calls, proposals: Proposals::default(), places: HashMap::new() };
    for (key, finding) in &findings {
        proposing.finding(key, finding, exists(key));
    }
    proposing.proposals
}

/// The key of a finding.
pub(crate) fn key(finding: &Finding<'_>) -> Key {
    Key {
        source: finding.resource.source,
        resource: Arc::clone(&finding.resource.id),
        rule: Arc::clone(&finding.rule.id),
    }
}

type Calls = BTreeMap<(u32, Vec<Arc<str>>), Vec<Target>>;

/// The modules of the resources that could be changed.
fn follow(findings: &[(Key, Finding<'_>)], configuration: &mut Configuration, roots: &Roots<'_>) -> Calls {
    let holders = findings.iter().flat_map(|(_, finding)| {
        let origins = finding.rule.reads.iter().filter_map(|path| origin_of(finding.resource, path));
        let givers = origins.filter_map(|origin| origin.resource.as_deref());
        let all = givers.chain(std::iter::once(finding.resource.id.as_ref()));
        all.map(|address| (finding.resource.source, Names::of(address).path))
    });
    let paths: BTreeSet<(u32, Vec<Arc<str>>)> = holders.collect();
    let followed = paths.into_iter().filter_map(|(source, path)| {
        let (targets, missing) = configuration.follow(roots.get(&source)?, &path);
        missing.is_none().then_some(((source, path), targets))
    });
    followed.collect()
}

/// What the place of a change is told by.
type Place = (PathBuf, usize, usize, Arc<str>);

struct Proposing<'a> {
    configuration: &'a Configuration,
    calls: Calls,
    proposals: Proposals,
    /// The changes, by place.
    places: HashMap<Place, usize>,
}

impl Proposing<'_> {
    fn finding(&mut self, key: &Key, finding: &Finding<'_>, exists: bool) {
        let Some((holder, settings)) = holder(finding) else { return };
        let what = settings.iter().map(|setting| format!("{} = {}", setting.attribute, setting.value));
        let what = format!("set {}", what.collect::<Vec<_>>().join(", "));
        match self.changes(finding, holder, &settings, exists) {
            Ok(changes) => changes.into_iter().for_each(|change| self.add(change, key)),
            Err(Open { why, location }) => {
                let location = location.or_else(|| finding.place().and_then(|place| place.location.clone()));
                self.proposals.suggestions.push(Suggestion { finding: key.clone(), location, what, why });
            }
        }
    }

    fn changes(
        &self,
        finding: &Finding<'_>,
        holder: &str,
        settings: &[Setting],
        exists: bool,
    ) -> Result<Vec<Change>, Open> {
        let nowhere = |why: &str| Open { why: why.to_owned(), location: None };
        let names = Names::of(holder);
        let targets = self.calls.get(&(finding.resource.source, names.path.clone()));
        let targets = targets.ok_or_else(|| nowhere("the source of its module is not here"))?;
        let module = targets.last().map(|target| self.configuration.module(target.module));
        let block = module.and_then(|module| module.resource(names.resource_type, names.name));
        let block = block.ok_or_else(|| nowhere("the source does not declare it"))?;
        let holder = Holder { configuration: self.configuration, block, path: &names.path, targets };
        let mut changes = Vec::new();
        for setting in settings {
            let value = &setting.value;
            if !is_plain(value) {
                return Err(holder.not_plain(value));
            }
            if exists && super::caution::is_for_creation(&setting.attribute) {
                return Err(holder.replaces(&setting.attribute));
            }
            let found = holder.find(&setting.attribute, value)?;
            if found.now.as_deref() != Some(value.as_str()) {
                changes.extend(self.change(found, value));
            }
        }
        if changes.is_empty() {
            return Err(nowhere("the source says so already; something else decides"));
        }
        Ok(changes)
    }

    fn change(&self, found: Found, value: &str) -> Option<Change> {
        let file = self.configuration.files.get(found.span.file)?;
        let Found { span, site, shape, name, cautions, .. } = found;
        Some(Change {
            file: File { name: Arc::clone(&file.name), path: file.path.clone(), text: Arc::clone(&file.text) },
            site,
            shape,
            attribute: name,
            values: vec![value.into()],
            findings: Vec::new(),
            location: self.configuration.files.location(span),
            cautions,
        })
    }

    fn add(&mut self, change: Change, key: &Key) {
        let changes = &mut self.proposals.changes;
        let position = *self.places.entry(change.place()).or_insert_with(|| {
            changes.push(Change { values: Vec::new(), ..change.clone() });
            changes.len() - 1
        });
        if let Some(known) = changes.get_mut(position) {
            known.ask(change.values, key);
        }
    }
}

impl Change {
    /// Adds what a finding asks for.
    fn ask(&mut self, values: Vec<Arc<str>>, key: &Key) {
        self.values.extend(values);
        self.values.sort_by_key(|value| std::cmp::Reverse(value.parse::<i64>().ok()));
        self.values.dedup();
        if !self.findings.contains(key) {
            self.findings.push(key.clone());
        }
    }
}

impl Proposals {
    /// Adds those of another folder; an attribute that both change is changed once.
    pub(crate) fn add(&mut self, other: Self) {
        for change in other.changes {
            match self.changes.iter_mut().find(|known| known.place() == change.place()) {
                Some(known) => change.findings.iter().for_each(|key| known.ask(change.values.clone(), key)),
                None => self.changes.push(change),
            }
        }
        self.suggestions.extend(other.suggestions);
    }

    /// Gives up changes whose findings ask for different values that are no numbers: no value is right for all of them.
    pub(crate) fn settle(&mut self) {
        let numbers = |change: &Change| change.values.iter().all(|value| value.parse::<i64>().is_ok());
        let torn = |change: &Change| change.values.len() > 1 && !numbers(change);
        let (torn, changes) = std::mem::take(&mut self.changes).into_iter().partition(torn);
        self.changes = changes;
        let torn: Vec<Change> = torn;
        for change in torn {
            let why = format!("its findings ask for different values: {}", change.values.join(", "));
            self.suggestions.extend(change.suggest(&why));
        }
    }
}

impl Change {
    /// The change as suggestions, one for each finding.
    pub(super) fn suggest<'c>(&'c self, why: &'c str) -> impl Iterator<Item = Suggestion> + 'c {
        let what = format!("set {} = {}", self.attribute, self.value());
        self.findings.iter().map(move |finding| Suggestion {
            finding: finding.clone(),
            location: self.location.clone(),
            what: what.clone(),
            why: why.to_owned(),
        })
    }
}

/// The resource to change, and what to set on it: that which the facts came from, when the rule says how to mend it, else
/// the resource itself.
fn holder<'a>(finding: &Finding<'a>) -> Option<(&'a str, Vec<Setting>)> {
    let own = finding.resource.id.as_ref();
    let origins = finding.rule.reads.iter().filter_map(|path| origin_of(finding.resource, path));
    let givers: Vec<&str> = origins.filter_map(|origin| origin.resource.as_deref()).collect();
    let mut candidates = givers.into_iter().chain(std::iter::once(own));
    candidates.find_map(|holder| {
        let settings = remediation::settings(finding.rule, Names::of(holder).resource_type, finding.tier);
        (!settings.is_empty()).then_some((holder, settings))
    })
}

/// Whether a value is written as itself: a truth value, a whole number, a text in quotes.
fn is_plain(value: &str) -> bool {
    let text = value.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let is_text = text.is_some_and(|text| !text.contains(['"', '\\', '$', '%']) && !text.contains(char::is_control));
    matches!(value, "true" | "false") || value.parse::<i64>().is_ok() || is_text
}

impl Holder<'_> {
    fn not_plain(&self, value: &str) -> Open {
        let why = match value.starts_with('[') {
            true => "a list may have to hold more than the rule asks for".to_owned(),
            false => format!("`{value}` is an example, not a plain value"),
        };
        self.open(why, self.block.header)
    }

    fn replaces(&self, attribute: &str) -> Open {
        let why = format!("`{attribute}` is decided when a database is made, and this one exists");
        self.open(why, self.block.header)
    }
}

/// Whether a plan finds a database there already.
pub(crate) fn exists(action: Option<ChangeAction>) -> bool {
    !matches!(action, Some(ChangeAction::Create))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_plain_or_it_is_not() {
        for plain in ["true", "35", "-1", "\"rds-ca-rsa2048-g1\""] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in ["aws_kms_key.database.arn", "rds.force_ssl = 1", "[\"audit\"]", "\"${var.x}\"", "{{ days }}", ""]
        {
            assert!(!is_plain(other), "{other}");
        }
    }

    #[test]
    fn only_what_a_plan_makes_is_new() {
        assert!(exists(Some(ChangeAction::Update)) && exists(None) && !exists(Some(ChangeAction::Create)));
    }
}
