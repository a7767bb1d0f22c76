//! Compares `results.json` with what judging again gives: both are read in the same way, and every verdict of every rule on
//! every resource must be the same, with what it says and what waived it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value as Json;

use super::folder;

/// How many differences are told.
const TOLD: usize = 10;

/// What of `dbkeel.results/v1` was judged, and so can be judged again.
#[derive(Deserialize)]
pub(super) struct Document {
    schema: String,
    run: BTreeMap<String, Json>,
    summary: Summary,
    sources: Json,
    tiers: Json,
    rules: Vec<BTreeMap<String, Json>>,
    resources: Vec<BTreeMap<String, Json>>,
    verdicts: Vec<Row>,
    gaps: Json,
    #[serde(default)]
    coming: Json,
    #[serde(default)]
    waivers: Json,
    #[serde(default)]
    frameworks: Json,
}

#[derive(Deserialize)]
struct Summary {
    total: Json,
}

#[derive(Deserialize, PartialEq)]
struct Row {
    rule: String,
    verdict: String,
    #[serde(default)]
    severity: Json,
    #[serde(default)]
    messages: Vec<String>,
    #[serde(default)]
    waiver: Json,
    facts: BTreeMap<String, BTreeMap<String, Json>>,
    resources: Vec<(u32, u32)>,
}

impl Document {
    /// Reads a document.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        if folder::is_too_much(bytes) {
            return Err("results.json has more than 50,000,000 values".into());
        }
        let document: Self = serde_json::from_slice(bytes).map_err(|error| format!("results.json: {error}"))?;
        if document.schema != "dbkeel.results/v1" {
            return Err("results.json is not of form `dbkeel.results/v1`".into());
        }
        Ok(document)
    }

    /// The version of dbkeel that wrote it.
    pub(super) fn version(&self) -> &str {
        self.of_run("version")
    }

    /// What it says of its run.
    pub(super) fn of_run(&self, name: &str) -> &str {
        self.run.get(name).and_then(Json::as_str).unwrap_or_default()
    }

    /// How many rules, resources and verdicts it has.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let ranges = self.verdicts.iter().flat_map(|row| &row.resources);
        let verdicts = ranges.map(|(first, last)| (last.saturating_sub(*first) as usize).saturating_add(1));
        (self.rules.len(), self.resources.len(), verdicts.fold(0, usize::saturating_add))
    }
}

/// What differs, the first few of it in words. `told` is what the bundle says, `derived` what judging again gives.
pub(super) fn differences(told: &Document, derived: &Document) -> Vec<String> {
    let mut found = Differences { same_version: told.version() == derived.version(), texts: Vec::new(), more: 0 };
    found.members(told, derived);
    found.rules(told, derived);
    if found.resources(told, derived) {
        found.verdicts(told, derived);
    }
    found.finish()
}

struct Differences {
    /// Another version may say why something is not known in other words.
    same_version: bool,
    texts: Vec<String>,
    more: usize,
}

impl Differences {
    fn add(&mut self, text: impl FnOnce() -> String) {
        match self.texts.len() {
            ..TOLD => self.texts.push(text()),
            _ => self.more += 1,
        }
    }

    fn finish(mut self) -> Vec<String> {
        if self.more > 0 {
            self.texts.push(format!("{} more differences", self.more));
        }
        self.texts
    }

    fn members(&mut self, told: &Document, derived: &Document) {
        for (name, value) in derived.run.iter().filter(|(name, _)| name.as_str() != "version") {
            let other = told.run.get(name).unwrap_or(&Json::Null);
            if other != value {
                self.add(|| format!("`run.{name}` is {}, judging again gives {}", short(other), short(value)));
            }
        }
        for (name, told, derived) in [
            ("sources", &told.sources, &derived.sources),
            ("tiers", &told.tiers, &derived.tiers),
            ("gaps", &told.gaps, &derived.gaps),
            ("summary.total", &told.summary.total, &derived.summary.total),
            ("coming", &told.coming, &derived.coming),
            ("waivers", &told.waivers, &derived.waivers),
            ("frameworks", &told.frameworks, &derived.frameworks),
        ] {
            if told != derived {
                self.add(|| format!("`{name}` of results.json is not what judging again gives"));
            }
        }
    }

    fn rules(&mut self, told: &Document, derived: &Document) {
        let id = |rule: &BTreeMap<String, Json>| rule.get("id").cloned();
        let is_same = match self.same_version {
            true => told.rules == derived.rules,
            false => told.rules.iter().map(id).eq(derived.rules.iter().map(id)),
        };
        if !is_same {
            self.add(|| "`rules` of results.json are not those that were used".to_owned());
        }
    }

    /// Whether the resources are the same, so that verdicts can be compared.
    fn resources(&mut self, told: &Document, derived: &Document) -> bool {
        if told.resources.len() != derived.resources.len() {
            let (told, derived) = (told.resources.len(), derived.resources.len());
            self.add(|| format!("results.json has {told} resources, and {derived} are judged again"));
            return false;
        }
        let mut is_same = true;
        for (told, derived) in told.resources.iter().zip(&derived.resources) {
            // Where a resource is declared decides nothing.
            let names = told.keys().chain(derived.keys()).filter(|name| name.as_str() != "location");
            for name in names.filter(|name| told.get(*name) != derived.get(*name)).collect::<BTreeSet<_>>() {
                let value = |of: &BTreeMap<String, Json>| short(of.get(name).unwrap_or(&Json::Null));
                let id = derived.get("id").map(short).unwrap_or_default();
                self.add(|| format!("`{name}` of {id} is {}, judging again gives {}", value(told), value(derived)));
                is_same &= name != "id";
            }
        }
        is_same
    }

    fn verdicts(&mut self, told: &Document, derived: &Document) {
        let ids: Vec<String> =
            derived.resources.iter().map(|resource| resource.get("id").map(short).unwrap_or_default()).collect();
        let (mut told, mut derived) = (by_rule(&told.verdicts), by_rule(&derived.verdicts));
        let all: BTreeSet<&str> = told.keys().chain(derived.keys()).copied().collect();
        for rule in all {
            let (told, derived) = (told.remove(rule).unwrap_or_default(), derived.remove(rule).unwrap_or_default());
            self.of_rule(rule, &Spread::of(&told, ids.len()), &Spread::of(&derived, ids.len()), &ids);
        }
    }

    fn of_rule(&mut self, rule: &str, told: &Spread<'_>, derived: &Spread<'_>, ids: &[String]) {
        if told.is_broken || derived.is_broken {
            self.add(|| format!("{rule} has several verdicts on one resource, or one on a resource that is not there"));
        }
        let mut known: BTreeMap<(u32, u32), bool> = BTreeMap::new();
        for ((told_row, derived_row), id) in told.rows.iter().zip(&derived.rows).zip(ids) {
            let (old, new) = (told.row(*told_row), derived.row(*derived_row));
            let is_same = *known.entry((*told_row, *derived_row)).or_insert_with(|| match (old, new) {
                (Some(old), Some(new)) => self.is_same(old, new),
                (old, new) => old.is_none() && new.is_none(),
            });
            if !is_same {
                self.add(|| match (old.map(words), new.map(words)) {
                    (Some(old), Some(new)) if old == new => {
                        format!(
                            "{rule} on {id} says {old}, of other facts or by another waiver than judging again gives"
                        )
                    }
                    (old, new) => {
                        let none = || "no verdict".to_owned();
                        let (old, new) = (old.unwrap_or_else(none), new.unwrap_or_else(none));
                        format!("{rule} on {id}: results.json says {old}, judging again gives {new}")
                    }
                });
            }
        }
    }

    fn is_same(&self, told: &Row, derived: &Row) -> bool {
        let speaks = matches!(told.verdict.as_str(), "fail" | "waived");
        let says_same = told.messages == derived.messages || !(speaks || self.same_version);
        told.verdict == derived.verdict
            && told.severity == derived.severity
            && told.waiver == derived.waiver
            && says_same
            && (!self.same_version || facts(told) == facts(derived))
    }
}

/// The facts of a row, without where they came from.
fn facts(row: &Row) -> BTreeMap<&str, BTreeMap<&str, &Json>> {
    let is_judged = |name: &str| !matches!(name, "attribute" | "attribute_of" | "set_by");
    let mut facts = BTreeMap::new();
    for (name, fact) in &row.facts {
        let fields = fact.iter().map(|(name, value)| (name.as_str(), value));
        facts.insert(name.as_str(), fields.filter(|(name, _)| is_judged(name)).collect());
    }
    facts
}

fn by_rule(rows: &[Row]) -> BTreeMap<&str, Vec<&Row>> {
    let mut by_rule: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_rule.entry(row.rule.as_str()).or_default().push(row);
    }
    by_rule
}

/// The row of each resource.
struct Spread<'a> {
    list: Vec<&'a Row>,
    /// By resource: one more than the position of its row; 0 is none.
    rows: Vec<u32>,
    is_broken: bool,
}

impl<'a> Spread<'a> {
    fn of(list: &[&'a Row], resources: usize) -> Self {
        let mut spread = Self { list: list.to_vec(), rows: vec![0; resources], is_broken: false };
        for (number, row) in (1u32..).zip(list) {
            for (first, last) in &row.resources {
                let range = (*first as usize)..(*last as usize).saturating_add(1);
                match spread.rows.get_mut(range) {
                    Some(slots) if !slots.is_empty() && slots.iter().all(|slot| *slot == 0) => slots.fill(number),
                    _ => spread.is_broken = true,
                }
            }
        }
        spread
    }

    fn row(&self, number: u32) -> Option<&'a Row> {
        self.list.get((number as usize).checked_sub(1)?).copied()
    }
}

fn words(row: &Row) -> String {
    match row.messages.first() {
        Some(first) => format!("{} ({})", row.verdict, short(&Json::String(first.clone()))),
        None => row.verdict.clone(),
    }
}

/// A value in a few words.
fn short(value: &Json) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = crate::report::text::clean(&text).into_owned();
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
