//! From the files of a baseline as they are written to one that is valid: every name is looked up, every value is checked,
//! and what a file says is laid over what the file says that it extends.

use std::path::Path;
use std::sync::Arc;

use super::drift::DriftRules;
use super::engines::{self, Engines};
use super::layers::{self, Layer};
use super::parameters::Takers;
use super::phase::{Overlay, Settings, TierHead, phases};
use super::raw::{RawEngines, RawRules, RawSettings, RawTier};
use super::rules::Names;
use super::{Baseline, ENGINES_FILE, Files, assignments, decode, golden, remarks, severity};
use crate::diagnostic::Diagnostic;
use crate::drift::golden::GoldenSet;
use crate::model::{BaselineFile, Rule};
use crate::nearest::nearest;
use crate::waiver::WaiverLimits;
use crate::yaml::At;
use crate::yaml::fields::did_you_mean;
use crate::yaml::problems::{Place, Problems};

/// Reads a baseline from its text; `files` has those that it refers to.
pub(super) fn baseline(
    source: &str,
    text: &str,
    files: Files<'_>,
    loaded: &[Arc<Rule>],
) -> Result<Baseline, Vec<Diagnostic>> {
    let mut layers = layers::read(source, text, files)?;
    let baseline = build(&mut layers, files, loaded);
    layers::finish(layers, baseline)
}

/// Gives a baseline its meaning. The layers come from the one that extends nothing to the one that was asked for.
fn build(layers: &mut [Layer], files: Files<'_>, loaded: &[Arc<Rule>]) -> Option<Baseline> {
    let tiers = Tiers::of(layers);
    let mut names = Names::new(loaded);
    let takers = Takers::new(loaded);
    let mut overlays = Vec::new();
    for layer in layers.iter_mut() {
        overlays.extend(Checker { tiers: &tiers, takers: &takers, names: &mut names }.overlays(layer));
    }
    let (first, dated) = phases(&overlays, &tiers.heads, loaded);
    let assigner = assignments::assigner(layers, &tiers);
    let (engines, engine_files) = engines(layers, files)?;
    let last = layers.last()?;
    let remarks = remarks::of(last, &overlays, [&first].into_iter().chain(&dated));
    let of_layer = |layer: &Layer| BaselineFile { path: layer.file.clone(), sha256: layer.sha256.as_str().into() };
    let digests: Vec<BaselineFile> = layers.iter().rev().map(of_layer).chain(engine_files).collect();
    Some(Baseline {
        name: last.raw.name.value.as_str().into(),
        description: description(layers),
        sha256: layers::digest(digests.iter().map(|file| file.sha256.as_ref())),
        files: layers.iter().rev().map(|layer| layer.file.clone()).collect(),
        digests,
        first,
        dated,
        notes: names.notes,
        remarks,
        engines,
        assigner: assigner?,
        waiver_limits: limits(layers),
        golden: golden(layers, &tiers),
        drift: drift(layers),
        targets: layers.iter().flat_map(|layer| layer.raw.targets.clone()).collect(),
    })
}

/// The nearest file that says what it is for.
fn description(layers: &[Layer]) -> Arc<str> {
    let said = layers.iter().rev().find_map(|layer| layer.raw.description.as_ref());
    text_of(said)
}

fn text_of(text: Option<&At<String>>) -> Arc<str> {
    text.map_or("", |text| text.value.trim()).into()
}

/// The tiers of all files: those of the file that extends nothing first.
pub(super) struct Tiers {
    pub(super) heads: Vec<TierHead>,
    /// Where each is first written: the layer, the place.
    pub(super) places: Vec<(usize, Place)>,
    /// Whether every one could be read, so that one which is missing was never there.
    is_complete: bool,
}

impl Tiers {
    fn of(layers: &[Layer]) -> Self {
        let is_complete = layers.iter().all(|layer| layer.raw.tiers_complete);
        let mut tiers = Self { heads: Vec::new(), places: Vec::new(), is_complete };
        for (number, layer) in layers.iter().enumerate() {
            for raw in &layer.raw.tiers {
                tiers.add(number, raw);
            }
        }
        tiers
    }

    fn add(&mut self, layer: usize, raw: &RawTier) {
        let description = text_of(raw.description.as_ref());
        match self.heads.iter_mut().find(|head| *head.name == *raw.name.value) {
            Some(head) if raw.description.is_some() => head.description = description,
            Some(_) => {}
            None => {
                self.heads.push(TierHead { name: raw.name.value.as_str().into(), description });
                self.places.push((layer, raw.name.place));
            }
        }
    }

    /// The position of a tier.
    pub(super) fn find(&self, name: &str) -> Option<u16> {
        (0u16..).zip(&self.heads).find(|(_, head)| *head.name == *name).map(|(position, _)| position)
    }

    /// The names.
    pub(super) fn names(&self) -> Vec<&str> {
        self.heads.iter().map(|head| head.name.as_ref()).collect()
    }

    /// The position of a tier that must be there.
    pub(super) fn known(&self, name: &At<String>, problems: &mut Problems) -> Option<u16> {
        let found = self.find(&name.value);
        if found.is_none() && self.is_complete {
            let title = format!("there is no tier `{}`", name.value);
            problems.add_with_help(name.place, title, did_you_mean(&name.value, &self.names()));
        }
        found
    }

    /// The tier of another layer that was probably meant.
    pub(super) fn near(&self, position: usize) -> Option<&str> {
        let name = &self.heads.get(position)?.name;
        let others = self.heads.iter().map(|head| head.name.as_ref()).filter(|other| *other != name.as_ref());
        nearest(name, others)
    }
}

/// Looks up what a file sets.
struct Checker<'a, 'r> {
    tiers: &'a Tiers,
    takers: &'a Takers<'r>,
    names: &'a mut Names<'r>,
}

impl Checker<'_, '_> {
    /// What a file sets without a day, then what it sets from a day on.
    fn overlays(&mut self, layer: &mut Layer) -> Vec<Overlay> {
        let Layer { file, problems, raw, .. } = layer;
        if let (None, Some(place)) = (&raw.extends, raw.rules.add_place) {
            let help = "write `include`, or say with `extends` which baseline it adds to";
            problems.add_with_help(place, "`add` has nothing to add to", help);
        }
        let who = format!("baseline `{}`", raw.name.value);
        let mut overlays = vec![Overlay {
            file: file.clone(),
            from: None,
            reason: None,
            ..self.overlay(&who, (&raw.rules, &raw.settings, &raw.tiers), problems)
        }];
        for change in &raw.upcoming {
            let who = format!("the change of {}", change.from.value);
            overlays.push(Overlay {
                file: file.clone(),
                from: Some(change.from.value),
                reason: change.reason.as_ref().map(|reason| reason.value.trim().into()),
                ..self.overlay(&who, (&change.rules, &change.settings, &change.tiers), problems)
            });
        }
        overlays
    }

    fn overlay(
        &mut self,
        who: &str,
        (rules, every_tier, tiers): (&RawRules, &RawSettings, &[RawTier]),
        problems: &mut Problems,
    ) -> Overlay {
        let rules = self.names.change(rules, problems);
        let every_tier = self.settings(who, every_tier, problems);
        let of_tier = |raw: &RawTier| {
            let position = self.tiers.known(&raw.name, problems);
            let settings = self.settings(&format!("tier `{}`", raw.name.value), &raw.settings, problems);
            Some((usize::from(position?), settings))
        };
        let tiers = tiers.iter().filter_map(of_tier).collect();
        Overlay { file: "".into(), from: None, reason: None, rules, every_tier, tiers }
    }

    fn settings(&mut self, who: &str, raw: &RawSettings, problems: &mut Problems) -> Settings {
        Settings {
            parameters: self.takers.check(who, &raw.parameters, problems),
            severity: severity::set(&raw.severity, self.names, problems),
        }
    }
}

/// The engine versions, and the files that they were read from.
fn engines(layers: &mut [Layer], files: Files<'_>) -> Option<(Engines, Vec<BaselineFile>)> {
    let mut digests = Vec::new();
    let file = layers.iter().rposition(|layer| matches!(layer.raw.engines, Some(RawEngines::File(_))));
    let mut engines = match file.and_then(|position| layers.get_mut(position)) {
        None => engines::read(ENGINES_FILE, files.library.engines).ok()?,
        Some(Layer { problems, raw, .. }) => {
            let Some(RawEngines::File(name)) = &raw.engines else { return None };
            let (engines, file) = engine_file(name, files, problems)?;
            digests.push(file);
            engines
        }
    };
    // What stands in a file that is extended by the one that names another table does not hold any more.
    for Layer { problems, raw, .. } in layers.iter_mut().skip(file.map_or(0, |position| position + 1)) {
        if let Some(RawEngines::Inline(node)) = &raw.engines {
            engines::overlay(&mut engines, node, problems);
        }
    }
    Some((engines, digests))
}

fn engine_file(name: &At<String>, files: Files<'_>, problems: &mut Problems) -> Option<(Engines, BaselineFile)> {
    let path = Path::new(problems.file()).with_file_name(&name.value);
    let path = path.to_string_lossy();
    let text = match (files.read)(&path) {
        Ok(bytes) => decode(&path, bytes),
        Err(error) => {
            let title = format!("`{path}` cannot be read: {error}");
            problems.add_with_help(name.place, title, "name a file beside this one, or leave `engines` out");
            return None;
        }
    };
    let file = |text: &str| BaselineFile { path: path.as_ref().into(), sha256: layers::sha256(text).into() };
    let read = text.and_then(|text| Ok((engines::read(&path, &text)?, file(&text))));
    read.map_err(|found| problems.adopt(found)).ok()
}

fn limits(layers: &[Layer]) -> WaiverLimits {
    let mut limits = WaiverLimits::default();
    layers.iter().for_each(|layer| layer.raw.waivers.apply(&mut limits));
    limits
}

/// Lists: what the nearest file says comes first.
fn drift(layers: &mut [Layer]) -> DriftRules {
    let mut all = DriftRules::default();
    for layer in layers.iter_mut().rev() {
        all.join(std::mem::take(&mut layer.raw.drift));
    }
    all
}

fn golden(layers: &mut [Layer], tiers: &Tiers) -> Vec<GoldenSet> {
    let of_layer =
        |Layer { raw, problems, .. }: &mut Layer| golden::build(std::mem::take(&mut raw.golden), tiers, problems);
    layers.iter_mut().rev().flat_map(of_layer).collect()
}
