//! Drift as results, and a place for what has no file.

use std::collections::BTreeSet;

use super::{At, Entry, Place, Sort, Subject, fingerprint_of, prose};
use crate::model::{Drift, DriftClass, DriftedResource, Provider, Results, Severity, SourceKind};
use crate::report::drift as words;
use crate::report::drift_rule::{self, DriftRule};
use crate::report::text::capital;
use crate::report::uri;
use crate::source::terraform::without_keys;

/// Makes entries of drifts.
pub(super) struct Maker<'a> {
    results: &'a Results,
    rules: &'a [DriftRule],
    /// The files of what runs: a person cannot open them at a line.
    inventories: BTreeSet<&'a str>,
    /// The only plan, for drift that it reports of resources that it holds nothing else of.
    plan: Option<&'a str>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(results: &'a Results, rules: &'a [DriftRule]) -> Self {
        let of_kind = |kind| {
            let sources = results.sources.iter().filter(move |source| source.kind == kind);
            sources.map(|source| source.path.as_ref())
        };
        let mut plans = of_kind(SourceKind::TerraformPlan);
        let plan = plans.next().filter(|_| plans.next().is_none());
        Self { results, rules, inventories: of_kind(SourceKind::Inventory).collect(), plan }
    }

    /// Every drift by itself.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'a>> + '_ {
        self.results.drift.drifts.iter().map(|drift| self.entry(drift))
    }

    fn entry(&self, drift: &'a Drift) -> Entry<'a> {
        let rule = self.rules.binary_search_by(|rule| rule.id.cmp(&drift.rule_id())).unwrap_or_default();
        Entry {
            rule: self.results.rules.len() + rule,
            sort: self.sort(drift, rule),
            place: self.place(drift),
            message: message(drift),
            fingerprint: drift.fingerprint(),
            subject: Subject::Drift(drift),
        }
    }

    fn sort(&self, drift: &Drift, rule: usize) -> Sort {
        match drift.class {
            DriftClass::Pending => Sort::Review,
            DriftClass::Expected => Sort::Informational,
            DriftClass::Unverifiable => Sort::Open,
            _ => Sort::Fail(drift_rule::matters(drift, self.rules.get(rule))),
        }
    }

    /// The line that declares it, else the file that does; what has neither gets a path that says where it runs.
    fn place(&self, drift: &Drift) -> Place {
        let location = drift.location();
        let file = match location.file.as_ref() {
            "" => self.plan,
            file => Some(file).filter(|file| !self.inventories.contains(file)),
        };
        match file {
            Some(file) => Place { uri: uri::relative(file), region: location.region },
            None => Place { uri: live(&drift.resource), region: None },
        }
    }

    /// What code scanning shows: the drifts that may fail a gate, those of one rule and place together.
    pub(super) fn groups(&self) -> Vec<Group<'a>> {
        let can_fail = self.results.drift.drifts.iter().filter(|drift| drift.class.can_fail());
        let mut entries: Vec<(Entry<'a>, &'a Drift)> = can_fail.map(|drift| (self.entry(drift), drift)).collect();
        // The order within a place is that of the run, the worst first.
        entries.sort_by(|(one, _), (other, _)| (one.rule, At::of(&one.place)).cmp(&(other.rule, At::of(&other.place))));
        let mut groups: Vec<Group<'a>> = Vec::new();
        for (entry, drift) in entries {
            match groups.last_mut().filter(|group| group.is_of(&entry)) {
                Some(group) => group.add(drift),
                None => groups.push(Group::new(entry, drift, self.title(drift))),
            }
        }
        groups
    }

    fn title(&self, drift: &Drift) -> &'a str {
        let rule = self.rules.binary_search_by(|rule| rule.id.cmp(&drift.rule_id())).ok();
        rule.and_then(|rule| self.rules.get(rule)).map_or("", |rule| &rule.title)
    }
}

/// The drifts of one rule at one place.
pub(super) struct Group<'a> {
    entry: Entry<'a>,
    title: &'a str,
    /// Those that the message names.
    first: Vec<&'a Drift>,
    count: usize,
}

impl<'a> Group<'a> {
    fn new(entry: Entry<'a>, drift: &'a Drift, title: &'a str) -> Self {
        Self { entry, title, first: vec![drift], count: 1 }
    }

    fn is_of(&self, entry: &Entry<'_>) -> bool {
        self.entry.rule == entry.rule && At::of(&self.entry.place) == At::of(&entry.place)
    }

    fn add(&mut self, drift: &'a Drift) {
        self.count += 1;
        if self.first.len() < prose::MAX_NAMED {
            self.first.push(drift);
        }
    }

    pub(super) fn severity(&self) -> Option<Severity> {
        self.entry.sort.severity()
    }

    pub(super) fn entry(&self) -> Option<Entry<'a>> {
        let first = self.first.first()?;
        let mut entry = self.entry.clone();
        if self.count > 1 {
            entry.message = message_of_many(self.title, &self.first, self.count);
            entry.subject = Subject::Several;
        }
        let (rule, uri) = (first.rule_id(), &entry.place.uri);
        entry.fingerprint = match entry.place.region {
            None => fingerprint_of("file", "", &rule, uri),
            // Two tags of one resource are of one rule, and stand on two lines.
            Some(_) => {
                let what = format!("{} {}", without_keys(&first.resource.id), first.subject);
                fingerprint_of("line", &what, &rule, uri)
            }
        };
        Some(entry)
    }
}

/// The path of something that runs and has no file: code scanning takes a path that is not in the repository, and shows no
/// preview of it.
fn live(resource: &DriftedResource) -> String {
    let arn = resource.running_id.as_deref().unwrap_or(&resource.id);
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let scope = |part: &'_ str, of_scope: &Option<std::sync::Arc<str>>| match (part, of_scope) {
        ("", Some(of_scope)) => of_scope.to_string(),
        ("", None) => "-".to_owned(),
        (part, _) => part.to_owned(),
    };
    let (account, region) = (&resource.scope.account, &resource.scope.region);
    let provider = match resource.provider {
        Provider::Aws => "aws",
        other => other.as_str(),
    };
    match parts.as_slice() {
        ["arn", _, service, of_region, of_account, of_resource] => {
            let (sort, id) = of_resource.split_once([':', '/']).unwrap_or(("resource", of_resource));
            let (account, region) = (scope(of_account, account), scope(of_region, region));
            uri::of_segments(&["live", provider, &account, &region, service, sort, id])
        }
        _ => {
            let (account, region) = (scope("", account), scope("", region));
            uri::of_segments(&["live", provider, &account, &region, &resource.resource_type, arn])
        }
    }
}

// ---- words

/// What a result says: who, what, and which rules fail by it. The first sentence is what GitHub shows as the title. Nothing
/// in it changes by itself, so it does not tell when a window opens.
fn message(drift: &Drift) -> String {
    let mut sentences = vec![format!("'{}': {}: {}", drift.resource.id, drift.class, words::what(drift))];
    sentences.extend(drift.effects.iter().map(|effect| format!("It {}", predicate(drift, effect))));
    sentences.extend(words::coming(drift, false));
    sentences.extend(words::moved(drift).map(|moved| capital(&moved)));
    sentences.extend(drift.reason.as_ref().map(|reason| format!("Reason: {reason}")));
    let note = drift.place.as_ref().and_then(|place| place.note.as_ref());
    sentences.extend(note.map(|note| format!("Place: {note}")));
    let sentences = sentences.iter().map(|sentence| prose::plain(&prose::sentence(&prose::quoted(sentence))));
    sentences.collect::<Vec<_>>().join(" ")
}

/// What it does to a rule, as a predicate.
fn predicate(drift: &Drift, effect: &crate::model::DriftEffect) -> String {
    let text = words::effect_on_rule(drift, effect);
    match text.starts_with("fails ") || text.starts_with("does not ") {
        true => text,
        false => format!("changes a verdict: {text}"),
    }
}

fn message_of_many(title: &str, first: &[&Drift], count: usize) -> String {
    let named: Vec<String> =
        first.iter().map(|drift| format!("'{}': {}: {}", drift.resource.id, drift.class, words::what(drift))).collect();
    let more = match count.saturating_sub(first.len()) {
        0 => ".".to_owned(),
        more => format!("; and {more} more."),
    };
    let title = title.replace('\'', "");
    prose::plain(&prose::quoted(&format!("'{title}' does not hold. {}{more}", named.join("; "))))
}
