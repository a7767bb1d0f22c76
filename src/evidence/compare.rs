//! Compares `results.json` with what judging again gives: both are read in the same way, and every verdict of every rule on
//! every resource must be the same, with what it says and what waived it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value as Json;

use super::read::ReadProblem;
use super::{folder, strict};
use crate::model::Results;
use crate::report::{Format, ReportOptions};

/// How many differences are told.
const TOLD: usize = 10;

/// Members by name, each once.
type Members = BTreeMap<String, Json>;

/// `dbkeel.results/v1`, every member of it: what is read over says what nobody judged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    schema: String,
    run: Members,
    summary: Members,
    sources: Json,
    tiers: Json,
    #[serde(default)]
    accounts: Json,
    rules: Vec<Members>,
    resources: Vec<Members>,
    verdicts: Vec<Row>,
    #[serde(default)]
    coming: Json,
    #[serde(default)]
    places: Vec<PlaceRow>,
    gaps: Json,
    drift: Vec<Members>,
    #[serde(default)]
    comparison: Json,
    #[serde(default)]
    waivers: Json,
    #[serde(default)]
    frameworks: Json,
    #[serde(default)]
    history: Json,
    #[serde(default)]
    ages: Json,
}

#[derive(Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Row {
    rule: String,
    verdict: String,
    #[serde(default)]
    severity: Json,
    #[serde(default)]
    standing: Json,
    #[serde(default)]
    messages: Vec<String>,
    #[serde(default)]
    waiver: Json,
    facts: BTreeMap<String, Members>,
    resources: Vec<(u32, u32)>,
}

/// Where a finding is in the source, which is not in the bundle: only what it is about can be held to the verdicts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceRow {
    rule: String,
    resource: u32,
    #[serde(default, rename = "location")]
    _location: Option<Location>,
    #[serde(default, rename = "related")]
    _related: Vec<Related>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Related {
    #[serde(rename = "location")]
    _location: Location,
    #[serde(rename = "message")]
    _message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Location {
    file: String,
    #[serde(default, rename = "region")]
    _region: Option<Region>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    #[serde(rename = "start_line")]
    _start_line: u32,
    #[serde(rename = "start_column")]
    _start_column: u32,
    #[serde(rename = "end_line")]
    _end_line: u32,
    #[serde(rename = "end_column")]
    _end_column: u32,
}

impl Document {
    /// Reads a document that anybody may have written.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ReadProblem> {
        let broken = |why: &str| ReadProblem::Broken(why.into());
        if folder::is_too_much(bytes) {
            return Err(broken("results.json has more than 50,000,000 values"));
        }
        let document: Self = strict::from_slice(bytes).map_err(|error| {
            let why = format!("results.json: {error}");
            // JSON of another shape may be that of another version.
            if error.is_data() { ReadProblem::Unknown(why) } else { ReadProblem::Broken(why) }
        })?;
        if document.schema != "dbkeel.results/v1" {
            return Err(broken("results.json is not of form `dbkeel.results/v1`"));
        }
        Ok(document)
    }

    /// What is written of results.
    pub(super) fn of(results: &Results) -> Result<Self, String> {
        let json: Format = "json".parse()?;
        let mut bytes = Vec::new();
        json.write(results, &ReportOptions::default(), &mut bytes).map_err(|error| error.to_string())?;
        serde_json::from_slice(&bytes).map_err(|error| error.to_string())
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

/// What of a document is not what judging again gives.
#[derive(Default)]
pub(super) struct Compared {
    /// What differs, the first few of it in words.
    pub(super) differences: Vec<String>,
    /// What another version wrote and this one does not know.
    pub(super) unknown: Vec<String>,
}

/// Compares what the bundle says, `told`, with what judging again gives, `derived`.
pub(super) fn compare(told: &Document, derived: &Document) -> Compared {
    let mut found = Differences { same_version: told.version() == derived.version(), ..Differences::default() };
    // What people ask first comes first: the numbers follow from the verdicts.
    found.object("run", &told.run, &derived.run, &["as_of", "baseline_sha256", "policies_sha256", "fail_on"]);
    found.rules(told, derived);
    if found.resources(told, derived) {
        found.verdicts(told, derived);
    }
    found.object("summary", &told.summary, &derived.summary, &["total", "by_severity", "resources", "gaps"]);
    found.members(told, derived);
    found.drift(told, derived);
    found.finish()
}

#[derive(Default)]
struct Differences {
    /// Another version may say why something is not known in other words.
    same_version: bool,
    compared: Compared,
    more: usize,
}

impl Differences {
    fn add(&mut self, text: impl FnOnce() -> String) {
        match self.compared.differences.len() {
            ..TOLD => self.compared.differences.push(text()),
            _ => self.more += 1,
        }
    }

    fn finish(mut self) -> Compared {
        if self.more > 0 {
            self.compared.differences.push(format!("{} more differences", self.more));
        }
        self.compared
    }

    fn object(&mut self, name: &str, told: &Members, derived: &Members, needed: &[&str]) {
        // Which version wrote it is held to the manifest.
        for member in different(told, derived).into_iter().filter(|member| *member != "version") {
            self.of_member((told, derived), member, needed.contains(&member), |old, new| {
                format!("`{name}.{member}` of results.json is {old}, judging again gives {new}")
            });
        }
    }

    fn members(&mut self, told: &Document, derived: &Document) {
        for (name, told, derived) in [
            ("sources", &told.sources, &derived.sources),
            ("tiers", &told.tiers, &derived.tiers),
            ("accounts", &told.accounts, &derived.accounts),
            ("gaps", &told.gaps, &derived.gaps),
            ("coming", &told.coming, &derived.coming),
            ("comparison", &told.comparison, &derived.comparison),
            ("waivers", &told.waivers, &derived.waivers),
            ("frameworks", &told.frameworks, &derived.frameworks),
            ("history", &told.history, &derived.history),
            ("ages", &told.ages, &derived.ages),
        ] {
            if told != derived {
                self.add(|| format!("`{name}` of results.json is not what judging again gives"));
            }
        }
    }

    /// Tells of a member that differs. Another version may have more members, and fewer of those that are not `needed`.
    fn of_member(
        &mut self,
        (told, derived): (&Members, &Members),
        member: &str,
        needed: bool,
        words: impl FnOnce(&str, &str) -> String,
    ) {
        match (told.get(member), derived.get(member)) {
            (None, Some(_)) if !self.same_version && !needed => {}
            (Some(_), None) if !self.same_version => {
                let unknown = || format!("results.json has a member `{}`", short(&Json::from(member)));
                if self.compared.unknown.len() < TOLD {
                    self.compared.unknown.push(unknown());
                }
            }
            (old, new) => {
                let text = |of: Option<&Json>| of.map_or_else(|| "nothing".to_owned(), short);
                self.add(|| words(&text(old), &text(new)));
            }
        }
    }

    fn rules(&mut self, told: &Document, derived: &Document) {
        if told.rules.len() != derived.rules.len() {
            self.add(|| "`rules` of results.json are not those that were used".to_owned());
        }
        for (told, derived) in told.rules.iter().zip(&derived.rules) {
            let id = derived.get("id").map(short).unwrap_or_default();
            for member in different(told, derived) {
                let needed = matches!(member, "id" | "title" | "severity");
                self.of_member((told, derived), member, needed, |old, new| {
                    format!("`rules` of results.json: `{member}` of {id} is {old}, and {new} in the rule that was used")
                });
            }
        }
    }

    fn drift(&mut self, told: &Document, derived: &Document) {
        let rows = |of: &Document| -> Vec<Members> { of.drift.iter().map(drift_row).collect() };
        if rows(told) != rows(derived) {
            self.add(|| "`drift` of results.json is not what the facts say".to_owned());
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
            let id = || derived.get("id").map(short).unwrap_or_default();
            for member in different(told, derived) {
                // The line on which it is declared decides nothing, and is not recorded.
                if member == "location" && file_of(told).is_some() && file_of(told) == file_of(derived) {
                    continue;
                }
                self.of_member((told, derived), member, true, |old, new| {
                    format!("`{member}` of {} is {old}, judging again gives {new}", id())
                });
                is_same &= member != "id";
            }
        }
        is_same
    }

    fn verdicts(&mut self, told: &Document, derived: &Document) {
        let ids: Vec<String> =
            derived.resources.iter().map(|resource| resource.get("id").map(short).unwrap_or_default()).collect();
        let mut places: BTreeMap<&str, Vec<&PlaceRow>> = BTreeMap::new();
        for place in &told.places {
            places.entry(place.rule.as_str()).or_default().push(place);
        }
        let (mut told, mut derived) = (by_rule(&told.verdicts), by_rule(&derived.verdicts));
        let all: BTreeSet<&str> = told.keys().chain(derived.keys()).chain(places.keys()).copied().collect();
        for rule in all {
            let (told, derived) = (told.remove(rule).unwrap_or_default(), derived.remove(rule).unwrap_or_default());
            let derived = Spread::of(&derived, ids.len());
            self.of_rule(rule, &Spread::of(&told, ids.len()), &derived, &ids);
            for place in places.remove(rule).unwrap_or_default() {
                self.of_place(place, &derived);
            }
        }
    }

    /// A place is that of a finding that a person looks into.
    fn of_place(&mut self, place: &PlaceRow, derived: &Spread<'_>) {
        let row = derived.rows.get(place.resource as usize).and_then(|row| derived.row(*row));
        if row.is_none_or(|row| matches!(row.verdict.as_str(), "pass" | "not_applicable")) {
            let (rule, resource) = (short(&Json::from(place.rule.as_str())), place.resource);
            self.add(|| {
                format!("`places` of results.json has one of {rule} on resource {resource}, which is no finding")
            });
        }
    }

    fn of_rule(&mut self, rule: &str, told: &Spread<'_>, derived: &Spread<'_>, ids: &[String]) {
        if told.is_broken || derived.is_broken {
            self.add(|| format!("{rule} has several verdicts on one resource, or one on a resource that is not there"));
            return;
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
            && told.standing == derived.standing
            && says_same
            && facts(told, self.same_version) == facts(derived, self.same_version)
    }
}

/// The members that are not the same in both.
fn different<'a>(told: &'a Members, derived: &'a Members) -> BTreeSet<&'a str> {
    let all = told.keys().chain(derived.keys()).map(String::as_str);
    all.filter(|name| told.get(*name) != derived.get(*name)).collect()
}

/// The file that a row is declared in; `None` when it does not say where.
fn file_of(row: &Members) -> Option<String> {
    let location = Location::deserialize(row.get("location")?).ok()?;
    Some(location.file)
}

/// A row of drift without the line on which its resource is declared, which is not recorded.
fn drift_row(row: &Members) -> Members {
    let mut row = row.clone();
    if let Some(file) = file_of(&row) {
        row.insert("location".to_owned(), file.into());
    }
    if let Some(Json::Object(resource)) = row.get_mut("resource") {
        let location = resource.get("location").and_then(|of| Location::deserialize(of).ok());
        if let Some(location) = location {
            resource.insert("location".to_owned(), location.file.into());
        }
    }
    row
}

/// The facts of a row, without where they came from, and without words that versions have of their own.
fn facts(row: &Row, same_version: bool) -> BTreeMap<&str, BTreeMap<&str, &Json>> {
    let is_judged = |name: &str| match name {
        "attribute" | "attribute_of" | "set_by" => false,
        "reason" => same_version,
        _ => true,
    };
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
                    // Whoever made this up must not have every other range looked through as well.
                    _ => return Self { is_broken: true, ..spread },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_overlap_are_not_each_looked_through() {
        let (count, last) = (200_000, 199_999);
        let mut ranges = vec![(last, last)];
        ranges.resize(count, (0, last));
        let row = Row {
            rule: "DBK-ACC-001".into(),
            verdict: "pass".into(),
            severity: Json::Null,
            standing: Json::Null,
            messages: Vec::new(),
            waiver: Json::Null,
            facts: BTreeMap::new(),
            resources: ranges,
        };
        let started = std::time::Instant::now();
        assert!(Spread::of(&[&row], count).is_broken);
        // Forty thousand million slots take minutes.
        assert!(started.elapsed().as_secs() < 10);
    }
}
