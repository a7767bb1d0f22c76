//! The back matter: what the document refers to, with digests.

use super::form::{Hash, Properties, Resource, ResourceLink};
use super::run::Run;
use super::words::{code, markup};
use crate::model::{BaselineFile, Rule};
use crate::report::uri;

/// All of it: the baseline, the rules, the frameworks, the waiver file, the sources.
pub(super) fn resources<'r>(run: &'r Run<'_>) -> impl Iterator<Item = Resource> + 'r {
    let rules = run.results.rules.iter().map(|one| rule(run, one));
    let sources = (0u32..).zip(&run.results.sources).map(|(at, source)| Resource {
        uuid: run.source(at),
        title: format!("Source {}", code(&source.path)),
        description: format!("What was read: {}.", source.kind),
        props: Properties::default()
            .with("source-kind", source.kind.as_str())
            .with_some("tool-version", source.tool_version.as_deref()),
        rlinks: vec![ResourceLink { href: uri::relative(&source.path), hashes: Hash::sha256(source.digest()) }],
    });
    std::iter::once(baseline(run)).chain(rules).chain(frameworks(run)).chain(waivers(run)).chain(sources)
}

fn baseline(run: &Run<'_>) -> Resource {
    let info = &run.results.run;
    Resource {
        uuid: run.baseline(),
        title: format!("Baseline {}", code(&info.baseline)),
        description: "The plan of the assessment: which rules hold for which databases, with which parameters."
            .to_owned(),
        // The digest of a baseline of several files is that of their digests, so no file has it.
        props: Properties::default()
            .with("baseline", &info.baseline)
            .with("baseline-sha256", &info.baseline_sha256)
            .with("policies-sha256", &info.policies_sha256),
        rlinks: run.results.baseline_files.iter().map(link).collect(),
    }
}

fn link(file: &BaselineFile) -> ResourceLink {
    ResourceLink { href: uri::relative(&file.path), hashes: Hash::sha256(&file.sha256) }
}

fn rule(run: &Run<'_>, rule: &Rule) -> Resource {
    let properties = Properties::default()
        .with("rule", &rule.id)
        .with("name", &rule.name)
        .with("domain", rule.domain.as_str())
        .with("severity", rule.severity.as_str());
    let properties = rule.covers.iter().fold(properties, |properties, control| properties.with("covers", control));
    // What each tier asks, since that is what was tested.
    let asked = run.results.tiers.iter().flat_map(|tier| {
        let of_rule = tier.parameters.iter().filter(|(name, _)| rule.parameters.contains_key(*name));
        of_rule.map(|(name, value)| format!("{}: {name} = {value}", tier.name))
    });
    Resource {
        uuid: run.rule(&rule.id),
        title: format!("Rule {}: {}", markup(&rule.id), markup(&rule.title)),
        description: markup(&rule.description),
        props: asked.fold(properties, |properties, asked| properties.with("parameter", &asked)),
        rlinks: vec![ResourceLink { href: uri::relative(&rule.path), hashes: Vec::new() }],
    }
}

fn frameworks<'r>(run: &'r Run<'_>) -> impl Iterator<Item = Resource> + 'r {
    run.results.frameworks.iter().zip(0u32..).map(|(framework, at)| Resource {
        uuid: run.ids.id("framework", &[&at.to_string()]),
        title: format!("{} {}", markup(&framework.name), markup(&framework.edition)),
        description: "Which rules give evidence for which of its controls.".to_owned(),
        props: Properties::default().with("framework", &framework.id),
        rlinks: vec![ResourceLink {
            href: uri::of_segments(&["baselines", "frameworks", &format!("{}.yaml", framework.id)]),
            hashes: Hash::sha256(&framework.sha256),
        }],
    })
}

fn waivers(run: &Run<'_>) -> Option<Resource> {
    let waivers = run.results.waivers.as_ref()?;
    Some(Resource {
        uuid: run.waivers(),
        title: format!("Waivers {}", code(&waivers.file)),
        description: "Failures that somebody accepted, for a reason and for a time.".to_owned(),
        props: Properties::default(),
        rlinks: vec![ResourceLink { href: uri::relative(&waivers.file), hashes: Hash::sha256(&waivers.sha256) }],
    })
}
