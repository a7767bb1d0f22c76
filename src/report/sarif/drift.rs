//! Drift as results: a rule for each fact that drifted, and a place for what has no file.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, Entry, Place, Sort, Subject, fingerprint_of, prose};
use crate::facts::FactDef;
use crate::model::{Drift, DriftClass, DriftSubject, DriftedResource, Provider, Results, Severity, SourceKind};
use crate::report::drift::{self as words, Effect};
use crate::report::text::capital;
use crate::report::uri;
use crate::source::terraform::without_keys;

/// A rule that drift is shown under.
pub(super) struct DriftRule {
    /// Its id.
    pub(super) id: String,
    /// The name that its own name is made from.
    pub(super) name: String,
    /// How much it matters, whatever drifted in this run.
    pub(super) severity: Severity,
    /// The good state.
    pub(super) title: String,
    /// What it is about.
    pub(super) description: String,
    /// What to do.
    pub(super) remedy: &'static str,
}

/// Facts whose drift opens a database to others, or loses its data. A result says by its own level what the drift does to a
/// verdict; the severity of a rule has to be the same in every run, or the alerts of a repository change with each other.
const GRAVE: &[&str] = &[
    "backup_retention_days",
    "customer_managed_key",
    "deletion_protection",
    "encrypted_at_rest",
    "iam_authentication",
    "ingress_cidrs",
    "key_enabled",
    "master_username",
    "publicly_accessible",
    "security_groups",
    "shared_with",
    "subnet_group",
    "subnets_with_internet_route",
    "tls_required",
];

/// Facts whose drift is a matter of order, not of risk.
const SLIGHT: &[&str] = &[
    "allocated_storage_gib",
    "backup_window",
    "copy_tags_to_snapshot",
    "engine_version",
    "enhanced_monitoring_seconds",
    "event_categories",
    "instance_class",
    "maintenance_window",
    "member_count",
    "performance_insights",
    "performance_insights_retention_days",
    "port",
    "promotion_tier",
    "storage_autoscaling_limit_gib",
    "storage_type",
    "tags",
];

/// The rules that the drift of a run is shown under, by id.
pub(super) fn rules(results: &Results) -> Vec<DriftRule> {
    let mut rules: BTreeMap<String, DriftRule> = BTreeMap::new();
    for drift in &results.drift.drifts {
        let id = drift.rule_id();
        rules.entry(id).or_insert_with_key(|id| DriftRule::of(id, drift));
    }
    rules.into_values().collect()
}

impl DriftRule {
    fn of(id: &str, drift: &Drift) -> Self {
        let (title, description, remedy) = match &drift.subject {
            DriftSubject::Fact(path) => of_fact(path.fact.def()),
            DriftSubject::Attribute(_) => (
                "Attributes run as declared".to_owned(),
                "An attribute that no fact stands for differs from what is declared.".to_owned(),
                DECLARE_OR_APPLY,
            ),
            DriftSubject::Name => (
                "Databases keep their identifiers".to_owned(),
                "A database runs under another identifier than the declared one.".to_owned(),
                DECLARE_OR_APPLY,
            ),
            DriftSubject::Resource => of_resource(drift.class),
        };
        Self {
            id: id.to_owned(),
            name: id.trim_start_matches("DBK-").to_ascii_lowercase().replace('-', "_"),
            severity: severity(drift),
            title,
            description,
            remedy,
        }
    }
}

const DECLARE_OR_APPLY: &str = "If what runs is right, declare it; if what is declared is right, apply it.";

fn of_fact(def: &FactDef) -> (String, String, &'static str) {
    let description = format!("What runs differs from what is declared. The fact: {}", def.meaning);
    (format!("'{}' runs as declared", def.name), description, DECLARE_OR_APPLY)
}

fn of_resource(class: DriftClass) -> (String, String, &'static str) {
    let (title, remedy) = match class {
        DriftClass::Missing => {
            ("What is declared runs", "Apply the configuration, or take out what nobody wants any more.")
        }
        DriftClass::Unmanaged => {
            ("What runs is declared", "Import it with an import block, or delete it where nobody needs it.")
        }
        DriftClass::Replaced => (
            "The database that runs is the one that is recorded",
            "Find out who made the other database, then import it or restore the recorded one.",
        ),
        _ => ("Resources run as declared", DECLARE_OR_APPLY),
    };
    (title.to_owned(), format!("A resource as a whole: {}.", class.meaning()), remedy)
}

/// The severity of the rule that a drift is shown under: by what drifted, never by the values.
fn severity(drift: &Drift) -> Severity {
    match &drift.subject {
        DriftSubject::Fact(path) if GRAVE.contains(&path.fact.def().name) => Severity::High,
        DriftSubject::Fact(path) if SLIGHT.contains(&path.fact.def().name) => Severity::Low,
        DriftSubject::Fact(_) | DriftSubject::Name => Severity::Medium,
        DriftSubject::Attribute(_) => Severity::Low,
        DriftSubject::Resource => match drift.class {
            DriftClass::Missing | DriftClass::Replaced => Severity::High,
            _ => Severity::Medium,
        },
    }
}

// ---- results

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
            _ => Sort::Fail(match Effect::of(drift) {
                Some(Effect::Worse) => drift.severity().unwrap_or(Severity::Info),
                Some(Effect::Better | Effect::Cosmetic) => Severity::Info,
                None => self.rules.get(rule).map_or(Severity::Medium, |rule| rule.severity),
            }),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::find;

    #[test]
    fn the_tables_name_facts_of_the_catalogue_and_each_once() {
        for name in GRAVE.iter().chain(SLIGHT) {
            assert!(find(name).is_some(), "{name}");
        }
        assert!(GRAVE.is_sorted() && SLIGHT.is_sorted());
        assert!(!GRAVE.iter().any(|name| SLIGHT.contains(name)));
    }
}
