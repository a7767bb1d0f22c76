//! Source locations: from a finding about a plan to the line of the configuration that decides it.
//!
//! A resource is found by its **whole module call path**, so modules of one name in different parents never mix. From the
//! attribute that set the fact, variables are followed outwards through the `module` blocks to the line that the team owns;
//! a module that is not part of the repository is anchored at the nearest `module` block that is. What cannot be found
//! keeps its logical location, with the reason: a file is never guessed.

mod choose;
mod comments;
mod find;
mod follow;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::address::{module_of, steps};
use super::hcl::{Block, Configuration, FileId, NotFound, Root, Target};
use crate::diagnostic::Diagnostic;
use crate::facts::origin_of;
use crate::model::{
    Before, ChangeAction, FOR_PEOPLE, Facts, Finding, Locate, Origin, Place, Places, Related, Resource, Results,
    SourceComment, Text,
};

/// What came of looking for locations.
#[derive(Debug, Default)]
pub(crate) struct Located {
    /// What the source says; nothing when the folder does not hold the configuration of any of the documents.
    pub(crate) in_source: InSource,
    /// For each document that was left out, in order, what it names and the folder does not declare.
    pub(crate) unmatched: Vec<String>,
    /// What is wrong with the source that was read.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What the source says of the findings.
#[derive(Debug, Default)]
pub(crate) struct InSource {
    /// Where they are.
    pub(crate) places: Places,
    /// The comments that name waivers, by place; `None` when no source was read.
    pub(crate) comments: Option<Vec<SourceComment>>,
}

impl InSource {
    /// Adds what another source says, of other findings.
    pub(crate) fn add(&mut self, other: Self) {
        self.places.add(other.places);
        if let Some(others) = other.comments {
            comments::merge(self.comments.get_or_insert_default(), others);
        }
    }
}

/// How sure a folder must be to hold a document's configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// The user says so: one name in common will do.
    Any,
    /// Nobody says so: every name that the document keeps must be there.
    All,
}

/// A folder without any configuration.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoConfiguration;

/// The configuration of a folder, of which its root module is read.
#[derive(Debug)]
pub(crate) struct Opened {
    configuration: Configuration,
    root: Root,
}

/// Reads the root module of a folder.
pub(crate) fn open(folder: &Path) -> Result<Opened, NoConfiguration> {
    let mut configuration = Configuration::new(&repository_of(folder)).in_outline();
    let root = configuration.root(folder).ok_or(NoConfiguration)?;
    Ok(Opened { configuration, root })
}

/// Prepares to find the places of findings in the configuration of a folder.
pub(crate) fn locate(results: &Results, Opened { configuration, root }: Opened, needed: Match) -> Located {
    let sources = matches(results, &configuration, &root);
    let matching = (0u32..).zip(&sources).filter(|(_, source)| source.is_enough(needed));
    let matching: Roots<'_> = matching.map(|(source, _)| (source, &root)).collect();
    let (in_source, diagnostics) = in_source(results, configuration, &matching);
    let left_out = sources.into_iter().filter(|source| !source.is_enough(needed));
    let unmatched = left_out.filter_map(|source| source.missing).collect();
    Located { in_source, unmatched, diagnostics }
}

/// What the source says of the findings about sources whose root modules are known, and what is wrong with it.
pub(crate) fn in_source(
    results: &Results,
    mut configuration: Configuration,
    roots: &Roots<'_>,
) -> (InSource, Vec<Diagnostic>) {
    let modules = modules(results, roots);
    let follow = |(source, root): (&u32, &&Root)| {
        let of_source = modules.get(source).into_iter().flatten();
        (*source, follow_calls(of_source, &mut configuration, root))
    };
    let calls: BTreeMap<u32, Calls> = roots.iter().map(follow).collect();
    let diagnostics = std::mem::take(&mut configuration.diagnostics);
    let source = Source { configuration, calls, names: OnceLock::new() };
    let comments = (!roots.is_empty()).then(|| comments::find(results, &source));
    if modules.is_empty() {
        // Taking thousands of blocks apart takes time, which nobody need wait for.
        rayon::spawn(move || drop(source));
        return (InSource { places: Places::default(), comments }, diagnostics);
    }
    (InSource { places: Places::sought(Arc::new(source), results.rules.len()), comments }, diagnostics)
}

/// The configuration of some sources.
#[derive(Debug)]
struct Source {
    configuration: Configuration,
    /// Where the calls lead, in each of the sources.
    calls: BTreeMap<u32, Calls>,
    /// The files by their names, when somebody asks for lines.
    names: OnceLock<FxHashMap<Arc<str>, FileId>>,
}

impl Source {
    fn locator(&self, source: u32) -> Option<Locator<'_>> {
        Some(Locator::new(&self.configuration, self.calls.get(&source)?))
    }
}

impl Locate for Source {
    fn places(&self, findings: &[Finding<'_>]) -> Vec<Option<Place>> {
        let source = findings.first().map(|finding| finding.resource.source);
        match source.and_then(|source| self.locator(source)) {
            Some(locator) => findings.iter().map(|finding| Some(locator.place(finding))).collect(),
            None => Vec::new(),
        }
    }

    fn line(&self, file: &str, number: u32) -> Option<&str> {
        let files = &self.configuration.files;
        let by_name = || files.iter().map(|(id, file)| (Arc::clone(&file.name), id)).collect();
        let id = self.names.get_or_init(by_name).get(file)?;
        files.get(*id)?.line(number)
    }
}

/// The root modules of sources, by index into `Results::sources`.
pub(crate) type Roots<'a> = BTreeMap<u32, &'a Root>;

/// The folder that paths in reports start from: the nearest one that is a Git repository, since code hosts count from
/// there; else the working directory, if the source is in it; else the source.
pub(super) fn repository_of(folder: &Path) -> PathBuf {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if let Some(repository) = folder.ancestors().find(|ancestor| ancestor.join(".git").exists()) {
        return repository.to_owned();
    }
    let working = std::env::current_dir().and_then(|working| working.canonicalize()).ok();
    working.filter(|working| folder.starts_with(working)).unwrap_or(folder)
}

/// What a document and the root module have in common.
#[derive(Clone, Debug, Default)]
struct Common {
    /// Whether the module declares anything that the document names.
    any: bool,
    /// The first name that the document keeps and the module does not declare.
    missing: Option<String>,
}

impl Common {
    fn is_enough(&self, needed: Match) -> bool {
        self.any && (needed == Match::Any || self.missing.is_none())
    }
}

/// For each source, what it has in common with the root module.
fn matches(results: &Results, configuration: &Configuration, root: &Root) -> Vec<Common> {
    let module = configuration.module(root.module);
    let mut common = vec![Common::default(); results.sources.len()];
    for resource in &results.resources {
        let Some(source) = common.get_mut(resource.source as usize) else { continue };
        let names = Names::of(&resource.id);
        let (is_declared, name) = match names.path.first() {
            Some(call) => (module.calls.contains_key(call), format!("module.{call}")),
            None => {
                let block = module.resource(names.resource_type, names.name);
                (block.is_some(), format!("{}.{}", names.resource_type, names.name))
            }
        };
        // What a plan removes is often no longer written.
        let leaves = resource
            .change
            .as_ref()
            .is_some_and(|change| matches!(change.action, ChangeAction::Delete | ChangeAction::Forget));
        source.any |= is_declared;
        if !is_declared && !leaves && source.missing.is_none() {
            source.missing = Some(name);
        }
    }
    common
}

/// An address in parts, without instance keys.
pub(crate) struct Names<'a> {
    /// The names of the calls.
    pub(crate) path: Vec<Arc<str>>,
    /// The type of the resource.
    pub(crate) resource_type: &'a str,
    /// The name of the resource.
    pub(crate) name: &'a str,
    /// The instance key of each call, and of the resource.
    keys: Vec<Option<&'a str>>,
}

impl<'a> Names<'a> {
    /// The parts of an address.
    pub(crate) fn of(address: &'a str) -> Self {
        let mut names = Self { path: Vec::new(), resource_type: "", name: "", keys: Vec::new() };
        let mut steps = steps(address);
        while let Some(step) = steps.next() {
            let Some(named) = steps.next() else { break };
            names.keys.push(named.key);
            if step.name == "module" {
                names.path.push(Arc::from(named.name));
            } else {
                (names.resource_type, names.name) = (step.name, named.name);
                break;
            }
        }
        names
    }
}

type Calls = HashMap<Vec<Arc<str>>, (Vec<Target>, Option<NotFound>)>;

/// Addresses of modules, by the source that they belong to.
type Modules<'r> = BTreeMap<u32, FxHashSet<&'r str>>;

/// The modules of the resources that have findings, and of those that the facts of these findings came from.
fn modules<'r>(results: &'r Results, roots: &Roots<'_>) -> Modules<'r> {
    let mut concerned = vec![false; results.resources.len()];
    for of_rule in &results.verdicts {
        let is_wanted: Vec<bool> = of_rule.outcomes.iter().map(|one| FOR_PEOPLE.contains(&one.verdict)).collect();
        for (resource, outcome) in &of_rule.verdicts {
            if let Some(concerned) = concerned.get_mut(*resource as usize) {
                *concerned |= is_wanted.get(*outcome as usize).copied().unwrap_or(false);
            }
        }
    }
    let mut modules = Modules::new();
    let concerned = results.resources.iter().zip(concerned).filter(|(_, is_concerned)| *is_concerned);
    let concerned: Vec<&Resource> = concerned.map(|(resource, _)| resource).collect();
    for resource in concerned.iter().filter(|resource| roots.contains_key(&resource.source)) {
        modules.entry(resource.source).or_default().insert(module_of(&resource.id));
    }
    let leads_on = |resource: &&Resource| {
        let known = modules.get(&resource.source);
        known.is_some_and(|known| origins(resource).any(|origin| !known.contains(module_of(origin))))
    };
    if concerned.iter().any(leads_on) {
        for finding in results.findings(&FOR_PEOPLE) {
            let Some(modules) = modules.get_mut(&finding.resource.source) else { continue };
            let origins = finding.rule.reads.iter().filter_map(|path| origin_of(finding.resource, path));
            modules.extend(origins.filter_map(|origin| origin.resource.as_deref()).map(module_of));
        }
    }
    modules
}

/// The other resources that the facts of a resource came from, what it was before included.
fn origins(resource: &Resource) -> impl Iterator<Item = &str> {
    let before = match &resource.before {
        Before::Facts(facts) => Some(facts),
        _ => None,
    };
    let facts = std::iter::once(&resource.facts).chain(before.map(|facts| &**facts));
    facts.flat_map(origins_of_facts).filter_map(|origin| origin.resource.as_deref())
}

fn origins_of_facts(facts: &Facts) -> impl Iterator<Item = &Origin> {
    let scalars = facts.scalars().map(|(_, fact)| &fact.origin);
    scalars.chain(facts.maps().flat_map(|(_, map)| {
        let entries = map.entries.values().map(|fact| &fact.origin);
        entries.chain([&map.origin])
    }))
}

/// Reads modules.
fn follow_calls<'m>(
    modules: impl Iterator<Item = &'m &'m str>,
    configuration: &mut Configuration,
    root: &Root,
) -> Calls {
    // In order, so that files are read, and told of, in the same order in every run.
    let paths: BTreeSet<Vec<Arc<str>>> = modules.map(|module| Names::of(module).path).collect();
    paths.into_iter().map(|path| (path.clone(), configuration.follow(root, &path))).collect()
}

/// Finds the places of findings about one resource, in a configuration that is read.
struct Locator<'a> {
    configuration: &'a Configuration,
    calls: &'a Calls,
    /// The resources that were looked for.
    known: RefCell<Vec<(&'a str, Found<'a>)>>,
}

/// A resource, if the configuration declares it.
type Found<'a> = Rc<Result<Declared<'a>, NotDeclared<'a>>>;

/// A resource in the configuration.
struct Declared<'a> {
    block: &'a Block,
    names: Names<'a>,
    /// The modules on the way to it, the root module first.
    targets: &'a [Target],
}

/// Why a resource is not found, and how far its calls lead.
struct NotDeclared<'a> {
    reason: String,
    names: Names<'a>,
    targets: &'a [Target],
}

impl<'a> Locator<'a> {
    fn new(configuration: &'a Configuration, calls: &'a Calls) -> Self {
        Self { configuration, calls, known: RefCell::default() }
    }

    /// Finds a resource; most have many findings.
    fn find(&self, address: &'a str) -> Found<'a> {
        if let Some((_, found)) = self.known.borrow().iter().find(|(known, _)| *known == address) {
            return Rc::clone(found);
        }
        let found = Rc::new(declared(self.configuration, self.calls, address));
        self.known.borrow_mut().push((address, Rc::clone(&found)));
        found
    }

    fn place(&self, finding: &Finding<'a>) -> Place {
        let Some(wanted) = choose::wanted(finding, self) else {
            return self.of_resource(&finding.resource.id, None);
        };
        let mut place = self.of_resource(wanted.holder, Some(&wanted));
        let Some((own, attribute)) = wanted.through else { return place };
        if place.location.is_none() {
            return self.of_resource(own, None);
        }
        let reference = choose::Wanted::plain(own, attribute);
        let refers = self.find(own).as_ref().as_ref().ok().and_then(|declared| {
            let set = find::find(self.configuration, declared.block, &reference)?;
            let target = declared.targets.last()?;
            let own = self.configuration.is_own(target.module);
            own.then(|| self.configuration.files.location(set.span)).flatten()
        });
        let message = Text::from(format!("`{own}` refers to it here"));
        place.related.extend(refers.map(|location| Related { location, message }));
        place
    }

    fn of_resource(&self, address: &'a str, wanted: Option<&choose::Wanted<'_>>) -> Place {
        match self.find(address).as_ref() {
            Ok(declared) => follow::place(self.configuration, declared, wanted),
            Err(lost) => self.nearest_call(lost),
        }
    }

    /// The `module` block of the repository that leads nearest to a resource that is not found.
    fn nearest_call(&self, lost: &NotDeclared<'_>) -> Place {
        let note = Some(Text::from(lost.reason.clone()));
        // The deepest module of the repository must hold the call that leads on; if it does not, the source is another's.
        let deepest = lost.targets.iter().rposition(|target| self.configuration.is_own(target.module));
        let call = deepest.and_then(|index| {
            let module = self.configuration.module(lost.targets.get(index)?.module);
            module.calls.get(lost.names.path.get(index)?)
        });
        let location = call.and_then(|call| self.configuration.files.location(call.header));
        Place { location, related: Vec::new(), note }
    }
}

/// Finds a resource.
fn declared<'a>(
    configuration: &'a Configuration,
    calls: &'a Calls,
    address: &'a str,
) -> Result<Declared<'a>, NotDeclared<'a>> {
    let names = Names::of(address);
    let Some((targets, missing)) = calls.get(&names.path) else {
        let reason = format!("`{address}` is not in the configuration");
        return Err(NotDeclared { reason, names, targets: &[] });
    };
    if let Some(NotFound(reason)) = missing {
        let call = names.path.get(..targets.len()).unwrap_or_default();
        let reason = format!("the source of `module.{}` is not here: {reason}", call.join(".module."));
        return Err(NotDeclared { reason, names, targets });
    }
    let module = targets.last().map(|target| configuration.module(target.module));
    match module.and_then(|module| module.resource(names.resource_type, names.name)) {
        Some(block) => Ok(Declared { block, names, targets }),
        None => {
            let place = module.map_or("", |module| &module.name);
            let reason = format!("`{place}` declares no `{}.{}`", names.resource_type, names.name);
            Err(NotDeclared { reason, names, targets })
        }
    }
}
