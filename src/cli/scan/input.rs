//! Reads the paths of the command line into one inventory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::CliError;
use crate::cli::running;
use crate::diagnostic::Diagnostic;
use crate::facts::{self, Document, Mapped, SharedFacts};
use crate::link::link;
use crate::model::{Inventory, Resource, Results, SourceInfo, SourceKind};
use crate::source::aws::s3::{self, Access, Uri};
use crate::source::import::{ImportOptions, import_bytes};
use crate::source::{
    self, Content, Digests, Opened, Problem, SourceError,
    terraform::{self, Folder, Given, InSource, NoModule, Roots, Severity},
};

/// What the paths of the command line hold.
#[derive(Debug, Default)]
pub(in crate::cli) struct Input {
    /// All of it.
    pub(in crate::cli) inventory: Inventory,
    /// The folders among the paths, for the places of findings.
    folders: Vec<FolderRead>,
    /// What is wrong with the configuration, or not known.
    pub(in crate::cli) diagnostics: Vec<(Severity, Diagnostic)>,
    /// The resources of plans as they were before; empty when nobody asked.
    before: Vec<Resource>,
}

/// A folder whose resources are in the inventory.
#[derive(Debug)]
struct FolderRead {
    folder: Folder<()>,
    /// The index of its first root module among the sources.
    first_source: u32,
}

impl Input {
    /// The same sources as they were before the plans that they are; no drift, and no gaps, are theirs.
    pub(in crate::cli) fn take_before(&mut self) -> Inventory {
        Inventory {
            sources: self.inventory.sources.clone(),
            resources: std::mem::take(&mut self.before),
            ..Inventory::default()
        }
    }

    /// Adds what was read of other paths, whose sources come after these.
    pub(in crate::cli) fn add(&mut self, one: Self) {
        append(&mut self.inventory, one.inventory);
        self.folders.extend(one.folders);
        self.diagnostics.extend(one.diagnostics);
    }

    /// What the folders say of the findings about what they declare.
    pub(in crate::cli) fn in_source(&mut self, results: &Results) -> InSource {
        let mut in_source = InSource::default();
        for FolderRead { folder, first_source } in std::mem::take(&mut self.folders) {
            let roots = (first_source..).zip(folder.modules.iter().map(|module| &module.root)).collect();
            in_source.add(terraform::in_source(results, folder.configuration, &roots).0);
        }
        in_source
    }

    /// Calls back with each folder's configuration and its root modules, by index of their source.
    pub(in crate::cli) fn each_folder(&mut self, mut each: impl FnMut(&mut terraform::hcl::Configuration, &Roots<'_>)) {
        for FolderRead { folder, first_source } in &mut self.folders {
            let roots = (*first_source..).zip(folder.modules.iter().map(|module| &module.root)).collect();
            each(&mut folder.configuration, &roots);
        }
    }

    /// Whether all of these sources are root modules of folders, or run, so that no finding is left to be looked for in
    /// configuration elsewhere.
    pub(in crate::cli) fn is_settled(&self, sources: &[SourceInfo]) -> bool {
        let in_folders: usize = self.folders.iter().map(|read| read.folder.modules.len()).sum();
        let running = sources.iter().filter(|source| source.kind == SourceKind::Inventory).count();
        in_folders + running == sources.len()
    }
}

/// One inventory of all paths, or every error that stands in the way: a run that leaves out a file that was asked for
/// proves less than it seems to.
pub(in crate::cli) fn read_all(paths: &[String], given: &Given, as_of: &Arc<str>) -> Result<Input, CliError> {
    read(paths, given, as_of, Want { side: Side::After, digests: Digests::Taken })
}

/// The same, as far as it is wanted.
pub(in crate::cli) fn read(paths: &[String], given: &Given, as_of: &Arc<str>, want: Want) -> Result<Input, CliError> {
    read_wanted(paths, given, as_of, (0, want), &Access::default())
}

/// What runs: inventories, each by itself, and replies of the AWS CLI, in files and folders, all of them together. Paths that
/// hold something else are read as they are, so that whoever asked can say what they are.
pub(in crate::cli) fn read_running(paths: &[String], given: &Given, as_of: &Arc<str>) -> Result<Input, CliError> {
    // One file is read once.
    if matches!(paths, [one] if !Path::new(one).is_dir()) {
        return read_all(paths, given, as_of);
    }
    let (replies, others): (Vec<String>, Vec<String>) =
        each_once(paths).cloned().partition(|path| may_be_replies(path));
    if replies.len() < 2 && !replies.iter().any(|path| Path::new(path).is_dir()) {
        return read_all(paths, given, as_of);
    }
    let mut input = read_all(&others, given, as_of)?;
    let source = u32::try_from(input.inventory.sources.len()).unwrap_or(u32::MAX);
    let (inventory, notes) = running::all_replies(&replies, source, as_of)?;
    append(&mut input.inventory, inventory);
    input.diagnostics.extend(notes.into_iter().map(|note| (Severity::Note, Diagnostic::new(note))));
    Ok(input)
}

/// What is named twice, also under two names, is read once: what it holds is not there twice.
fn each_once(paths: &[String]) -> impl Iterator<Item = &String> {
    let mut seen = BTreeSet::new();
    paths.iter().filter(move |path| {
        let place = match *path == "-" || s3::is_uri(path) {
            true => None,
            false => Path::new(path).canonicalize().ok(),
        };
        seen.insert(place.unwrap_or_else(|| PathBuf::from(path)))
    })
}

/// A folder is one of replies; a file is, unless it is an inventory or something of Terraform's.
fn may_be_replies(path: &str) -> bool {
    if Path::new(path).is_dir() {
        return true;
    }
    if path == "-" || s3::is_uri(path) {
        return false;
    }
    let Ok(Opened::Whole(bytes)) = source::open(path) else { return false };
    let options = ImportOptions::default();
    import_bytes(path, &bytes, &options).is_ok()
}

/// The same, where so many sources come before, and with what states in S3 are reached by.
pub(in crate::cli) fn read_from(
    paths: &[String],
    given: &Given,
    as_of: &Arc<str>,
    first_source: u32,
    access: &Access,
) -> Result<Input, CliError> {
    let want = Want { side: Side::After, digests: Digests::Taken };
    read_wanted(paths, given, as_of, (first_source, want), access)
}

/// What is read of the paths.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Want {
    pub(in crate::cli) side: Side,
    /// Whether the digests of plans and states are taken; those of other sources always are.
    pub(in crate::cli) digests: Digests,
}

/// What of a plan is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Side {
    /// Its resources as they will be.
    After,
    /// As they were before, too. Anything but a plan is then an error.
    Both,
}

fn read_wanted(
    paths: &[String],
    given: &Given,
    as_of: &Arc<str>,
    (first_source, want): (u32, Want),
    access: &Access,
) -> Result<Input, CliError> {
    let mut input = Input::default();
    let mut errors: Vec<Diagnostic> = Vec::new();
    let mut objects = objects(paths, access)?;
    for path in each_once(paths) {
        let source = u32::try_from(input.inventory.sources.len()).unwrap_or(u32::MAX).saturating_add(first_source);
        if Path::new(path).is_dir() {
            if want.side == Side::Both {
                errors.push(no_plan(path));
                continue;
            }
            match folder(Path::new(path), source, given) {
                Ok(read) => add_folder(&mut input, read, source),
                Err(NoModule(reasons)) if !reasons.is_empty() => errors.extend(reasons),
                Err(NoModule(_)) => errors.push(
                    Diagnostic::new(format!("no `.tf` or `.tf.json` file is in `{path}` or in a folder under it"))
                        .help(
                            "give a folder with Terraform configuration, a plan in JSON, a state, or an inventory file",
                        ),
                ),
            }
            continue;
        }
        match file(path, objects.remove(path), source, (as_of, want)) {
            Ok((one, notes, before)) => {
                append(&mut input.inventory, one);
                input.before.extend(before);
                let notes = notes.into_iter().map(|note| (Severity::Note, Diagnostic::new(note)));
                input.diagnostics.extend(notes);
            }
            Err(found) => errors.extend(found),
        }
    }
    if errors.is_empty() { Ok(input) } else { Err(errors.into()) }
}

/// An inventory, what people should know of it, and the resources as they were before a plan, when these are asked for.
type Read = (Inventory, Vec<String>, Vec<Resource>);

fn no_plan(path: &str) -> Diagnostic {
    let title = format!("`{path}` is no plan, and only a plan says how things were before");
    Diagnostic::new(title).help("give plans as `terraform show -json tfplan` prints them, or leave out `--gate delta`")
}

/// Reads a file of any kind. What the AWS CLI printed is JSON too, so it is asked for when JSON is none of Terraform's.
fn file(
    path: &str,
    object: Option<Object>,
    source: u32,
    (as_of, Want { side, digests }): (&Arc<str>, Want),
) -> Result<Read, Vec<Diagnostic>> {
    let opened = match object {
        Some(object) => object.and_then(|bytes| source::of_bytes(path, bytes)),
        None => source::open(path),
    };
    let mut bytes = match opened.map_err(one)? {
        Opened::Inventory(_) if side == Side::Both => return Err(vec![no_plan(path)]),
        Opened::Inventory(input) => {
            let read = running::inventory(path, input, source, as_of).map_err(one);
            return read.map(|(inventory, notes)| (inventory, notes, Vec::new()));
        }
        Opened::Whole(bytes) => bytes,
    };
    let before = match side {
        Side::After => Ok(Vec::new()),
        Side::Both => resources_before(path, &bytes, source),
    };
    match document(path, &mut bytes, digests, source) {
        Err(error) if matches!(error.problem, Problem::NotTerraform) => match side {
            Side::After => {
                let read = running::replies(path, &bytes, source, as_of).ok_or_else(|| one(error));
                read.map(|(inventory, notes)| (inventory, notes, Vec::new()))
            }
            Side::Both => Err(vec![no_plan(path)]),
        },
        Err(error) => Err(one(error)),
        Ok(inventory) => Ok((inventory, Vec::new(), before?)),
    }
}

/// The resources of a plan as they were before it.
fn resources_before(path: &str, bytes: &[u8], source: u32) -> Result<Vec<Resource>, Vec<Diagnostic>> {
    let document = Document { file: Arc::from(path.replace('\\', "/")), source, shared: SharedFacts::new() };
    let map = |resource| facts::map_terraform(&resource, &document);
    let read = terraform::read_before(path, bytes, &facts::is_mapped, map).map_err(one)?;
    let mapped = read.ok_or_else(|| vec![no_plan(path)])?;
    Ok(link(mapped.into_iter().flatten().collect(), &document.shared))
}

/// What stands in S3, or why it could not be read.
type Object = Result<Vec<u8>, SourceError>;

/// Fetches what stands in S3, all of it together.
fn objects(paths: &[String], access: &Access) -> Result<BTreeMap<String, Object>, CliError> {
    let uris = paths.iter().filter(|path| s3::is_uri(path)).map(|path| Uri::parse(path));
    let (uris, errors): (Vec<_>, Vec<_>) = uris.partition(Result::is_ok);
    let errors: Vec<Diagnostic> = errors.into_iter().filter_map(Result::err).map(Diagnostic::from).collect();
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let uris: Vec<Uri> = uris.into_iter().filter_map(Result::ok).collect();
    let fetched = s3::fetch(&uris, access, &s3::limits());
    Ok(uris.iter().map(|uri| uri.text().to_owned()).zip(fetched).collect())
}

fn one(error: SourceError) -> Vec<Diagnostic> {
    vec![error.into()]
}

/// Reads a plan or a state, and takes its text when it was one.
fn document(path: &str, bytes: &mut Content, digests: Digests, source: u32) -> Result<Inventory, SourceError> {
    let document = Document { file: Arc::from(path.replace('\\', "/")), source, shared: SharedFacts::new() };
    let map = |resource| facts::map_terraform(&resource, &document);
    let read = terraform::read(path, bytes, digests, &facts::is_mapped, map)?;
    // The text is the largest thing in memory; the facts hold no part of it. To give it back takes the system a while.
    let text = std::mem::take(bytes);
    let mapped = read.resources.into_iter().flatten().collect();
    let ((), resources) = rayon::join(|| drop(text), || link(mapped, &document.shared));
    Ok(Inventory {
        sources: vec![read.source],
        resources,
        scopes: Vec::new(),
        gaps: read.gaps,
        drift: read.drift,
        resources_seen: read.resources_seen,
    })
}

/// A folder, with the resources of each root module as they are joined.
type FolderOfMapped = (Folder<Option<Mapped>>, SharedFacts);

fn folder(path: &Path, first_source: u32, given: &Given) -> Result<FolderOfMapped, NoModule> {
    let shared = SharedFacts::new();
    let map = |position: usize, module: &Arc<str>, resource| {
        let source = first_source + u32::try_from(position).unwrap_or(u32::MAX);
        facts::map_terraform(&resource, &Document { file: Arc::clone(module), source, shared: shared.clone() })
    };
    Ok((terraform::read_folder(path, given, &facts::is_mapped, map)?, shared))
}

fn add_folder(input: &mut Input, (folder, shared): FolderOfMapped, first_source: u32) {
    let Folder { configuration, modules, diagnostics } = folder;
    let mut roots = Vec::new();
    for module in modules {
        let (mapped, module) = module.take_resources();
        append(
            &mut input.inventory,
            Inventory {
                sources: vec![module.source.clone()],
                resources: link(mapped.into_iter().flatten().collect(), &shared),
                scopes: Vec::new(),
                gaps: module.gaps.clone(),
                drift: Vec::new(),
                resources_seen: module.resources_seen,
            },
        );
        roots.push(module);
    }
    input.diagnostics.extend(diagnostics);
    let folder = Folder { configuration, modules: roots, diagnostics: Vec::new() };
    input.folders.push(FolderRead { folder, first_source });
}

fn append(inventory: &mut Inventory, mut one: Inventory) {
    if inventory.sources.is_empty() {
        *inventory = one;
        return;
    }
    inventory.sources.append(&mut one.sources);
    inventory.resources.append(&mut one.resources);
    inventory.scopes.append(&mut one.scopes);
    inventory.gaps.append(&mut one.gaps);
    inventory.drift.append(&mut one.drift);
    inventory.resources_seen += one.resources_seen;
}
