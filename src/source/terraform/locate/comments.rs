//! Which findings stand under which comment that names a waiver.
//!
//! A comment above a `resource` block is for the findings of that resource; one above anything else (an attribute, a nested
//! block, a `module` block) for the findings whose line is in it. Only files of the repository count: whoever writes a
//! module that is downloaded has no say in this team's waivers.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Locator, Source};
use crate::model::{Finding, Results, RuleVerdicts, SourceComment, Verdict};
use crate::source::terraform::hcl::{Above, Comment, Configuration, ModuleId, SourceFile, comments};

type Place = (u32, u32);

/// The comments of the configuration, by place, with the failing findings under them.
pub(super) fn find(results: &Results, source: &Source) -> Vec<SourceComment> {
    let configuration = &source.configuration;
    let mut reach = Reach::default();
    let mut found: Vec<SourceComment> = Vec::new();
    for (module, file, comment) in of_configuration(configuration) {
        let Some(location) = configuration.files.location(comment.span) else { continue };
        reach.add(module, file, &comment, found.len());
        let covers = comment.above.map(|_| Vec::new());
        found.push(SourceComment { waiver: comment.waiver, location, covers });
    }
    if found.is_empty() {
        return found;
    }
    let covered: Vec<Vec<(usize, u32)>> =
        results.verdicts.par_iter().map(|one| reach.of_rule(results, one, source)).collect();
    for (rule, of_rule) in (0u32..).zip(covered) {
        for (comment, resource) in of_rule {
            let covers = found.get_mut(comment).and_then(|comment| comment.covers.as_mut());
            covers.into_iter().for_each(|covers| covers.push((rule, resource)));
        }
    }
    let mut sorted = Vec::new();
    merge(&mut sorted, found);
    sorted
}

/// Adds the comments of another configuration, which may have read some of the same files.
pub(super) fn merge(all: &mut Vec<SourceComment>, others: Vec<SourceComment>) {
    all.extend(others);
    all.sort_by(|a, b| (&a.location, &a.waiver).cmp(&(&b.location, &b.waiver)));
    all.dedup_by(|later, first| {
        let is_same = later.location == first.location && later.waiver == first.waiver;
        if let (true, Some(more)) = (is_same, &later.covers) {
            let covers = first.covers.get_or_insert_default();
            covers.extend(more);
            covers.sort_unstable();
        }
        is_same
    });
}

fn of_configuration(configuration: &Configuration) -> impl Iterator<Item = (ModuleId, &SourceFile, Comment)> {
    configuration.files.iter().flat_map(move |(id, file)| {
        let found = comments(file, id);
        let module = match found.is_empty() {
            true => None,
            false => configuration.modules().find(|(_, module)| file.path.parent() == Some(module.folder.as_path())),
        };
        let module = module.map(|(id, _)| id).filter(|id| configuration.is_own(*id));
        found.into_iter().filter_map(move |comment| Some((module?, file, comment)))
    })
}

/// How far comments reach; a comment is its position in the list.
#[derive(Default)]
struct Reach {
    resources: HashMap<(ModuleId, Arc<str>, Arc<str>), Vec<usize>>,
    stretches: HashMap<Arc<str>, Vec<(Place, Place, usize)>>,
}

impl Reach {
    fn add(&mut self, module: ModuleId, file: &SourceFile, comment: &Comment, position: usize) {
        match &comment.above {
            None => {}
            Some(Above::Resource(resource_type, name)) => {
                let key = (module, Arc::clone(resource_type), Arc::clone(name));
                self.resources.entry(key).or_default().push(position);
            }
            Some(Above::Stretch(span)) => {
                let stretch = (file.place(span.start), file.place(span.end), position);
                self.stretches.entry(Arc::clone(&file.name)).or_default().push(stretch);
            }
        }
    }

    /// The failing findings of a rule that stand under comments: the comment, the resource.
    fn of_rule(&self, results: &Results, of_rule: &RuleVerdicts, source: &Source) -> Vec<(usize, u32)> {
        let mut covered = Vec::new();
        for (resource, outcome) in &of_rule.verdicts {
            let outcome = of_rule.outcomes.get(*outcome as usize).filter(|outcome| outcome.verdict == Verdict::Fail);
            let finding = outcome.and_then(|outcome| results.finding(of_rule.rule, *resource, outcome));
            let Some(finding) = finding else { continue };
            let Some(locator) = source.locator(finding.resource.source) else { continue };
            covered.extend(self.over(&locator, &finding).into_iter().map(|comment| (comment, *resource)));
        }
        covered
    }

    /// The comments that a finding stands under.
    fn over<'a>(&self, locator: &Locator<'a>, finding: &Finding<'a>) -> Vec<usize> {
        let mut over = Vec::new();
        if !self.resources.is_empty()
            && let Ok(declared) = locator.find(&finding.resource.id).as_ref()
            && let Some(target) = declared.targets.last()
        {
            let key = (target.module, Arc::from(declared.names.resource_type), Arc::from(declared.names.name));
            over.extend(self.resources.get(&key).into_iter().flatten());
        }
        if !self.stretches.is_empty()
            && let Some(location) = locator.place(finding).location
            && let Some(region) = location.region
            && let Some(stretches) = self.stretches.get(&location.file)
        {
            let place = (region.start_line, region.start_column);
            let around = stretches.iter().filter(|(start, end, _)| (*start..*end).contains(&place));
            over.extend(around.map(|(_, _, position)| *position));
        }
        over
    }
}
