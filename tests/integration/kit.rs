//! The test kit: one database, described once, told by every source.
//!
//! `testdata/kit` has one YAML file a resource type, with variants of it. Each variant is written as a plan, as a state in both
//! of its forms, as configuration, and as the replies of the provider's API, and all of them are judged. The verdicts are the
//! same, or `unknown`; where a source cannot answer, a line of `exceptions.yaml` says why. `testdata/kit/README.md` says how
//! to add a type.

mod description;
mod template;
mod terraform;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use globset::{Glob, GlobMatcher};
use serde::Deserialize;

use super::command::root;
use description::{Kit, World};
use verdicts::{SOURCES, Subject, Verdicts, judge};

/// Why a source says something else than the others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    rules: Globs,
    /// Of every type when there is none.
    #[serde(default)]
    types: Globs,
    /// `type/variant`; of every variant when there is none.
    #[serde(default)]
    variants: Globs,
    sources: Vec<String>,
    /// What the sources say instead.
    #[serde(default)]
    says: Vec<String>,
    /// What they cannot say: they leave it at `unknown`.
    #[serde(default)]
    never: Vec<String>,
    why: String,
}

impl Exception {
    fn is_of(&self, rule: &str, source: &str) -> bool {
        self.sources.iter().any(|of| of == source) && self.rules.fit(rule)
    }

    fn is_about(&self, world: &World<'_>, address: &str) -> bool {
        let kind = address.split('.').next().unwrap_or_default();
        let variant = format!("{}/{}", world.main.trim_end_matches(".main"), world.variant_name);
        self.types.fit_or_are_none(kind) && self.variants.fit_or_are_none(&variant)
    }

    /// Whether it excuses a source from ever giving a verdict on a rule.
    fn excuses(&self, rule: &str, source: &str, verdict: &str) -> bool {
        let is_total = self.types.texts.is_empty() && self.variants.texts.is_empty();
        let is_it = if self.never.is_empty() { is_total } else { self.never.iter().any(|one| one == verdict) };
        is_it && self.is_of(rule, source)
    }
}

/// Globs, read once: they are asked often.
#[derive(Default, Deserialize)]
#[serde(from = "Vec<String>")]
struct Globs {
    texts: Vec<String>,
    matchers: Vec<GlobMatcher>,
}

impl From<Vec<String>> for Globs {
    fn from(texts: Vec<String>) -> Self {
        let matchers = texts.iter().map(|text| Glob::new(text).expect("a glob").compile_matcher());
        Self { matchers: matchers.collect(), texts }
    }
}

impl Globs {
    fn fit(&self, text: &str) -> bool {
        self.matchers.iter().any(|matcher| matcher.is_match(text))
    }

    fn fit_or_are_none(&self, text: &str) -> bool {
        self.matchers.is_empty() || self.fit(text)
    }
}

fn exceptions() -> Vec<Exception> {
    let text = std::fs::read_to_string(root().join("testdata/kit/exceptions.yaml")).expect("the file is here");
    serde_saphyr::from_str(&text).expect("the exceptions are well-formed")
}

#[test]
fn one_database_has_the_same_verdicts_whatever_tells_of_it() {
    let kit = Kit::read();
    let worlds = kit.worlds();
    let verdicts = judge(&worlds);
    let exceptions = exceptions();
    let mut complaints: Vec<String> =
        verdicts.strange.iter().map(|one| format!("no description has this resource: {one}")).collect();
    complaints.extend(disagreements(&worlds, &verdicts, &exceptions));
    complaints.extend(unexpected(&worlds, &verdicts));
    complaints.extend(unreached(&verdicts, &exceptions));
    complaints.extend(stale(&worlds, &verdicts));
    eprintln!(
        "kit: {} types, {} variants, {} resources, {} rules",
        kit.types.len(),
        worlds.len(),
        verdicts.of.len(),
        verdicts.rules.len()
    );
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn every_type_that_is_judged_has_a_description_with_variants() {
    let kit = Kit::read();
    let judged: BTreeSet<&str> =
        dbkeel::facts::CATALOGUE.iter().flat_map(|def| def.terraform.iter().map(|(of, _)| *of)).collect();
    let is_described = |of: &&str| kit.types.get(*of).is_some_and(|of| of.variants.contains_key("good"));
    let missing: Vec<&str> = judged.into_iter().filter(|of| !is_described(of)).collect();
    assert!(missing.is_empty(), "testdata/kit has no description of {missing:?}, or no variant `good`");
}

/// Where sources contradict each other.
fn disagreements(worlds: &[World<'_>], verdicts: &Verdicts, exceptions: &[Exception]) -> Vec<String> {
    let (mut complaints, mut used) = (Vec::new(), BTreeSet::new());
    for (Subject { world, address }, rules) in &verdicts.of {
        let world = &worlds[*world];
        for (rule, of_sources) in rules {
            let mut said = said(world, of_sources);
            if said.len() > 1 {
                for (position, one) in exceptions.iter().enumerate().filter(|(_, one)| one.is_about(world, address)) {
                    let excepts = |verdict: &str, source: &str| {
                        one.is_of(rule, source) && one.says.iter().any(|says| says == verdict)
                    };
                    for (verdict, sources) in &mut said {
                        let before = sources.len();
                        sources.retain(|source| !excepts(verdict, source));
                        used.extend((sources.len() < before).then_some(position));
                    }
                }
                said.retain(|_, sources| !sources.is_empty());
            }
            if said.len() > 1 || said.contains_key("error") {
                complaints.push(format!("{} {address}: {rule} is {said:?}", world.name));
            }
        }
    }
    let is_unused = |(position, one): &(usize, &Exception)| one.never.is_empty() && !used.contains(position);
    let unused = exceptions.iter().enumerate().filter(is_unused);
    complaints.extend(
        unused.map(|(_, one)| format!("this exception excepts nothing: {:?} {:?}", one.rules.texts, one.sources)),
    );
    complaints.extend(
        exceptions.iter().filter(|one| one.why.is_empty()).map(|one| format!("{:?} has no reason", one.rules.texts)),
    );
    complaints
}

/// The sources by what they say; one that leaves it open says nothing.
fn said<'v>(world: &World<'_>, of_sources: &'v [String; SOURCES.len()]) -> BTreeMap<&'v str, Vec<&'static str>> {
    let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (source, verdict) in SOURCES.iter().zip(of_sources) {
        let is_gone = *source != "plan" && !terraform::is_left(world);
        if verdict != "unknown" && !(is_gone && verdict == "none") {
            said.entry(verdict).or_default().push(source);
        }
    }
    said
}

/// Variants that do not fail exactly what their description says.
fn unexpected(worlds: &[World<'_>], verdicts: &Verdicts) -> Vec<String> {
    let failing = |number: usize, world: &World<'_>| -> BTreeSet<String> {
        let subject = Subject { world: number, address: world.main.clone() };
        let rules = verdicts.of.get(&subject).into_iter().flatten();
        rules.filter(|(_, of)| of.iter().any(|verdict| verdict == "fail")).map(|(rule, _)| rule.clone()).collect()
    };
    let differs = |(number, world): (usize, &World<'_>)| {
        let fails = failing(number, world);
        let only =
            |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect::<Vec<_>>();
        let (more, less) = (only(&fails, &world.variant.fails), only(&world.variant.fails, &fails));
        let told = format!("{}: fails beyond its description {more:?}, and does not fail {less:?}", world.name);
        (fails != world.variant.fails).then_some(told)
    };
    worlds.iter().enumerate().filter_map(differs).collect()
}

/// Rules that no description makes pass, or fail, in a source that can answer.
fn unreached(verdicts: &Verdicts, exceptions: &[Exception]) -> Vec<String> {
    let is_seen = |rule: &str, position: usize, wanted: &str| {
        let is_it = |of: &[String; SOURCES.len()]| of[position] == wanted;
        verdicts.of.values().any(|rules| rules.get(rule).is_some_and(is_it))
    };
    let mut complaints = Vec::new();
    for rule in &verdicts.rules {
        for wanted in ["pass", "fail"] {
            let mut missing = Vec::new();
            for (position, source) in SOURCES.iter().enumerate() {
                let is_excused = exceptions.iter().any(|one| one.excuses(rule, source, wanted));
                match is_seen(rule, position, wanted) {
                    true if is_excused => {
                        complaints.push(format!("{rule} is `{wanted}` in the {source}, which an exception denies"));
                    }
                    false if !is_excused => missing.push(*source),
                    _ => {}
                }
            }
            if !missing.is_empty() {
                complaints.push(format!("{rule}: no variant makes it `{wanted}` in {}", missing.join(", ")));
            }
        }
    }
    complaints
}

/// Golden files that are not what is judged now; `DBKEEL_WRITE_KIT=1` writes them again.
fn stale(worlds: &[World<'_>], verdicts: &Verdicts) -> Vec<String> {
    let mut by_type: BTreeMap<&str, String> = BTreeMap::new();
    let mut good: BTreeMap<&str, &BTreeMap<String, [String; SOURCES.len()]>> = BTreeMap::new();
    let empty = BTreeMap::new();
    let order =
        |(_, world): &(usize, &World<'_>)| (world.main.clone(), world.variant_name != "good", world.name.clone());
    let mut in_order: Vec<(usize, &World<'_>)> = worlds.iter().enumerate().collect();
    in_order.sort_by_key(order);
    for (number, world) in in_order {
        let kind = world.main.split('.').next().unwrap_or_default();
        let of = verdicts.of.get(&Subject { world: number, address: world.main.clone() }).unwrap_or(&empty);
        let base = *good.entry(kind).or_insert(of);
        let text = by_type.entry(kind).or_insert_with(|| {
            format!(
                "# Verdicts on {kind}: those of the first variant, and where the others differ from it. Generated.\n"
            )
        });
        let why = world.variant.why.trim_end();
        write!(text, "\n## {}: {why}\n", world.variant_name).expect("a string takes every byte");
        for (rule, of_sources) in of {
            if std::ptr::eq(base, of) || base.get(rule) != Some(of_sources) {
                writeln!(text, "{rule}: {}", shortened(of_sources)).expect("a string takes every byte");
            }
        }
    }
    let mut complaints = Vec::new();
    for (kind, text) in by_type {
        let path = root().join("testdata/kit/verdicts").join(format!("{kind}.txt"));
        if std::env::var_os("DBKEEL_WRITE_KIT").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(&path, text).expect("written");
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            complaints
                .push(format!("testdata/kit/verdicts/{kind}.txt is not what is judged; DBKEEL_WRITE_KIT=1 writes it"));
        }
    }
    complaints
}

/// `pass`, or `pass (plan, state), unknown (folder)`.
fn shortened(of_sources: &[String; SOURCES.len()]) -> String {
    let mut sources: Vec<(&str, Vec<&str>)> = Vec::new();
    for (source, verdict) in SOURCES.iter().zip(of_sources) {
        match sources.iter_mut().find(|(of, _)| of == verdict) {
            Some((_, named)) => named.push(source),
            None => sources.push((verdict, vec![source])),
        }
    }
    match sources.as_slice() {
        [(verdict, _)] => (*verdict).to_owned(),
        several => several
            .iter()
            .map(|(verdict, sources)| format!("{verdict} ({})", sources.join(", ")))
            .collect::<Vec<_>>()
            .join(", "),
    }
}
