//! A configuration: modules by folder, and the calls that lead from one to another.
//!
//! Folders are read when somebody asks for them, each once. A call is resolved by its **whole path** from a root module:
//! two modules of the same name in different parents are different modules.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hcl_edit::expr::Expression;
use rayon::prelude::*;

use super::body::{Block, Span};
use super::files::{Files, normal, relative};
use super::folder::{self, Listed, Parsed, Reading};
use super::manifest::Manifest;
use super::module::{Module, ModuleId};
use crate::diagnostic::Diagnostic;

/// How many calls may stand inside of one another. Terraform has no limit, but nobody writes this.
const MAX_CALLS: usize = 64;

/// How many modules a tree of calls may have: modules that call each other twice at each level double with each.
const MAX_NODES: usize = 20_000;

/// Modules by folder.
#[derive(Debug)]
pub(crate) struct Configuration {
    /// The folder that names of files are relative to; absolute and free of symbolic links.
    base: PathBuf,
    /// Every file that was read.
    pub(crate) files: Files,
    modules: Vec<Module>,
    by_folder: HashMap<PathBuf, ModuleId>,
    /// What is wrong with the files.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Texts that stand for those of files, by path.
    texts: Arc<BTreeMap<PathBuf, Arc<str>>>,
    reading: Reading,
}

/// A root module: where calls begin.
#[derive(Debug)]
pub(crate) struct Root {
    /// Its module.
    pub(crate) module: ModuleId,
    /// Its folder.
    folder: PathBuf,
    manifest: Manifest,
}

/// Where a call path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The module.
    pub(crate) module: ModuleId,
    /// Its folder as the calls name it, which relative paths in it start from.
    folder: PathBuf,
}

/// A call that does not lead to a module; why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotFound(pub(crate) Arc<str>);

/// One module of a tree of calls.
#[derive(Debug)]
pub(crate) struct Node {
    /// The names of the calls that lead here from the root module.
    pub(crate) path: Vec<Arc<str>>,
    /// Its module.
    pub(crate) module: ModuleId,
    /// The node that calls it; `None` for the root module.
    pub(crate) parent: Option<usize>,
    /// Where its own calls lead: indices into [`Tree::nodes`], by the names of the calls, sorted.
    pub(crate) calls: Vec<(Arc<str>, Result<usize, NotFound>)>,
}

/// A root module and every module that it calls, directly or not. The first node is the root module; each node stands
/// after the one that calls it.
#[derive(Debug)]
pub(crate) struct Tree {
    /// The modules.
    pub(crate) nodes: Vec<Node>,
}

impl Configuration {
    /// A configuration of which nothing is read yet. `base` is the folder that reports name files from: the repository.
    pub(crate) fn new(base: &Path) -> Self {
        let base = base.canonicalize().unwrap_or_else(|_| normal(base));
        Self {
            base,
            files: Files::default(),
            modules: Vec::new(),
            by_folder: HashMap::new(),
            diagnostics: Vec::new(),
            texts: Arc::default(),
            reading: Reading::Whole,
        }
    }

    /// The same, of which only the outlines of files are read, and more when somebody asks for it.
    pub(crate) fn in_outline(mut self) -> Self {
        self.reading = Reading::Outline;
        self
    }

    /// The same, with texts that stand for those of files that are not read yet.
    pub(crate) fn with_texts(mut self, texts: Arc<BTreeMap<PathBuf, Arc<str>>>) -> Self {
        self.texts = texts;
        self
    }

    /// A module.
    pub(crate) fn module(&self, id: ModuleId) -> &Module {
        static NOTHING: std::sync::LazyLock<Module> = std::sync::LazyLock::new(Module::default);
        // INVARIANT: an id is only made when its module is added.
        self.modules.get(id.0 as usize).unwrap_or(&NOTHING)
    }

    /// Every module that was read, in the order of reading.
    pub(crate) fn modules(&self) -> impl Iterator<Item = (ModuleId, &Module)> {
        (0u32..).map(ModuleId).zip(&self.modules)
    }

    /// The folder that names of files are relative to.
    pub(crate) fn base(&self) -> &Path {
        &self.base
    }

    /// Whether a module is part of the repository: under its folder, and not put there by `terraform init`.
    pub(crate) fn is_own(&self, id: ModuleId) -> bool {
        self.module(id).is_own
    }

    /// Reads folders, all at once, those that are not read yet.
    pub(crate) fn read(&mut self, folders: &[PathBuf]) {
        let mut new: Vec<PathBuf> = folders.iter().map(|folder| real(folder)).collect();
        new.sort();
        new.dedup();
        new.retain(|folder| !self.by_folder.contains_key(folder));
        let listed: Vec<Vec<Listed>> = new.iter().map(|folder| self.list(folder)).collect();
        let first = self.files.next().0;
        let files: Vec<(&Listed, u32)> = listed.iter().flatten().zip(first..).collect();
        let (base, texts, reading) = (&self.base, &self.texts, self.reading);
        let mut parsed: std::vec::IntoIter<Parsed> = files
            .par_iter()
            .map(|(listed, id)| {
                let name = Arc::from(relative(&listed.path, base));
                folder::read(listed, (base, reading), texts.get(&listed.path), name, super::body::FileId(*id))
            })
            .collect::<Vec<_>>()
            .into_iter();
        for (folder, listed) in new.into_iter().zip(&listed) {
            self.add(folder, parsed.by_ref().take(listed.len()).collect());
        }
    }

    fn list(&mut self, folder: &Path) -> Vec<Listed> {
        folder::list(folder).unwrap_or_else(|error| {
            self.refuse(folder, &error);
            Vec::new()
        })
    }

    /// Tells why a folder is not read. The base is named whole: `.` says nothing to whoever gave its path from elsewhere.
    pub(super) fn refuse(&mut self, folder: &Path, error: &io::Error) {
        let name = match folder == self.base {
            true => folder.to_string_lossy().into_owned(),
            false => relative(folder, &self.base),
        };
        let title = format!("the folder `{name}` cannot be read: {error}");
        self.diagnostics.push(Diagnostic::new(title).help("give dbkeel a folder that it may read"));
    }

    fn add(&mut self, folder: PathBuf, parsed: Vec<Parsed>) {
        let (mut bodies, mut overriding) = (Vec::new(), Vec::new());
        for parsed in parsed {
            self.files.push(parsed.file);
            self.diagnostics.extend(parsed.diagnostics);
            match parsed.overrides {
                true => overriding.extend(parsed.body),
                false => bodies.extend(parsed.body),
            }
        }
        let (mut module, diagnostics) = Module::of(bodies, overriding, &self.files);
        self.diagnostics.extend(diagnostics);
        module.name = relative(&folder, &self.base).into();
        module.is_own = is_inside(&folder, &self.base);
        module.folder.clone_from(&folder);
        let id = ModuleId(u32::try_from(self.modules.len()).unwrap_or(u32::MAX));
        self.modules.push(module);
        self.by_folder.insert(folder, id);
    }

    /// A configuration of one file, given its name and its bytes; nothing is read, and nothing that it calls is there.
    pub(crate) fn of_bytes(name: &str, bytes: &[u8]) -> (Self, Tree) {
        let mut configuration = Self::new(Path::new(""));
        let parsed = folder::of_bytes(name, bytes, configuration.files.next());
        configuration.add(PathBuf::new(), parsed.into_iter().collect());
        let lost = |name: &Arc<str>| (Arc::clone(name), Err(NotFound("only this file is read".into())));
        let module = ModuleId(0);
        let calls = configuration.module(module).calls.keys().map(lost).collect();
        (configuration, Tree { nodes: vec![Node { path: Vec::new(), module, parent: None, calls }] })
    }

    /// The module of a folder, read if it is not yet; `None` when the folder is not there or has no configuration.
    pub(crate) fn open(&mut self, folder: &Path) -> Option<ModuleId> {
        let folder = real(folder);
        if !self.by_folder.contains_key(&folder) {
            // A folder that is not there is the caller's to report, with the call that names it.
            if !folder.is_dir() || folder::list(&folder).ok()?.is_empty() {
                return None;
            }
            self.read(std::slice::from_ref(&folder));
        }
        self.by_folder.get(&folder).copied().filter(|id| {
            let module = self.module(*id);
            !module.is_empty() || self.files.iter().any(|(_, file)| file.path.parent() == Some(&folder))
        })
    }

    /// The root module of a folder; `None` when the folder has no configuration.
    pub(crate) fn root(&mut self, folder: &Path) -> Option<Root> {
        let module = self.open(folder)?;
        let folder = std::path::absolute(folder).map_or_else(|_| folder.to_owned(), |folder| normal(&folder));
        let manifest = Manifest::of(&folder);
        Some(Root { module, folder, manifest })
    }

    /// Where a call path leads from a root module, step by step: the first target is the root module itself. Ends early,
    /// with the reason, at a call that leads nowhere.
    pub(crate) fn follow(&mut self, root: &Root, path: &[Arc<str>]) -> (Vec<Target>, Option<NotFound>) {
        let mut targets = vec![Target { module: root.module, folder: root.folder.clone() }];
        for length in 1..=path.len() {
            let (Some(from), Some(path)) = (targets.last(), path.get(..length)) else { break };
            let from = from.clone();
            match self.step(root, &from, path) {
                Ok(target) => targets.push(target),
                Err(reason) => return (targets, Some(reason)),
            }
        }
        (targets, None)
    }

    /// Where the last call of a path leads; the calls before it have led to `from`.
    fn step(&mut self, root: &Root, from: &Target, path: &[Arc<str>]) -> Result<Target, NotFound> {
        let not_found = |reason: String| NotFound(reason.into());
        let name = path.last().cloned().unwrap_or_default();
        let module = self.module(from.module);
        let Some(call) = module.calls.get(&name) else {
            return Err(not_found(format!("`{}` has no `module \"{name}\"`", module.name)));
        };
        let source = source_of(call).ok_or_else(|| not_found(format!("`module.{name}` has no plain `source`")))?;
        let folder = match is_local(&source) {
            true => normal(&from.folder.join(&source)),
            false => normal(root.manifest.folder(path).map_err(NotFound)?),
        };
        let module = self.open(&folder).ok_or_else(|| {
            let place = relative(&folder, &self.base);
            not_found(format!("its folder `{place}` is not there or holds no configuration"))
        })?;
        Ok(Target { module, folder })
    }

    /// The tree of calls of a root module. What is wrong with it goes to the diagnostics.
    pub(crate) fn tree(&mut self, root: &Root) -> Tree {
        let first = Node { path: Vec::new(), module: root.module, parent: None, calls: Vec::new() };
        let mut nodes = vec![first];
        let mut folders = vec![root.folder.clone()];
        let mut next = 0;
        while let (Some(node), Some(folder)) = (nodes.get(next), folders.get(next)) {
            let (from, path) = (Target { module: node.module, folder: folder.clone() }, node.path.clone());
            let names: Vec<Arc<str>> = self.module(node.module).calls.keys().cloned().collect();
            let mut calls = Vec::new();
            for name in names {
                let mut path = path.clone();
                path.push(Arc::clone(&name));
                let found = match self.step(root, &from, &path) {
                    Ok(target) => self.admit(&nodes, next, &name, target),
                    Err(reason) => Err(reason),
                };
                let found = found.map(|target| {
                    nodes.push(Node { path, module: target.module, parent: Some(next), calls: Vec::new() });
                    folders.push(target.folder);
                    nodes.len() - 1
                });
                calls.push((name, found));
            }
            if let Some(node) = nodes.get_mut(next) {
                node.calls = calls;
            }
            next += 1;
        }
        Tree { nodes }
    }

    /// Lets a call into a tree unless it leads back to where it came from, or the tree would have no end.
    fn admit(&mut self, nodes: &[Node], from: usize, name: &str, target: Target) -> Result<Target, NotFound> {
        let mut ancestor = Some(from);
        let mut depth = 0;
        let mut problem = None;
        while let Some(node) = ancestor.and_then(|index| nodes.get(index)) {
            if node.module == target.module {
                problem =
                    Some(format!("module `{name}` calls itself: its `source` leads back to a module that calls it"));
                break;
            }
            depth += 1;
            ancestor = node.parent;
        }
        let too_many = nodes.len() >= MAX_NODES || depth >= MAX_CALLS;
        let problem = problem.or_else(|| too_many.then(|| format!("module `{name}` is one call too many to follow")));
        let Some(title) = problem else { return Ok(target) };
        let caller = nodes.get(from).map(|node| self.module(node.module));
        if let Some(call) = caller.and_then(|module| module.calls.get(name)) {
            let diagnostic = self.files.diagnostic(title.clone(), source_span(call));
            let diagnostic = diagnostic.help("what it declares is left out");
            if !self.diagnostics.contains(&diagnostic) {
                self.diagnostics.push(diagnostic);
            }
        }
        Err(NotFound(title.into()))
    }
}

/// Whether a folder is a repository's own: under it, and not downloaded.
fn is_inside(folder: &Path, base: &Path) -> bool {
    let is_download = |name: &std::ffi::OsStr| name == ".terraform" || name == ".terragrunt-cache";
    let inside = folder.strip_prefix(base);
    inside.is_ok_and(|path| !path.components().any(|component| is_download(component.as_os_str())))
}

/// The `source` of a `module` block, when it is plain text.
pub(crate) fn source_of(call: &Block) -> Option<String> {
    literal(&call.body.attribute("source")?.expression)
}

/// Where the `source` of a `module` block stands, or the block when it has none.
fn source_span(call: &Block) -> Span {
    call.body.attribute("source").map_or(call.header, |source| source.span)
}

/// The text of an expression that is plain text.
pub(crate) fn literal(expression: &Expression) -> Option<String> {
    expression.as_str().map(str::to_owned)
}

/// Whether a module's source is a folder of the same repository.
pub(crate) fn is_local(source: &str) -> bool {
    ["./", "../", ".\\", "..\\"].iter().any(|prefix| source.starts_with(prefix)) || source == "." || source == ".."
}

/// A folder, absolute and free of symbolic links; as it is when it is not there.
fn real(folder: &Path) -> PathBuf {
    folder
        .canonicalize()
        .unwrap_or_else(|_| std::path::absolute(folder).map_or_else(|_| folder.to_owned(), |folder| normal(&folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_read_is_named_so_that_it_can_be_found() {
        let base = PathBuf::from("/no/such/base");
        let mut configuration = Configuration::new(&base);
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        configuration.refuse(&base, &error);
        configuration.refuse(&base.join("a/b"), &error);
        let titles: Vec<&str> = configuration.diagnostics.iter().map(|one| one.title.as_str()).collect();
        let title = |name: &str| format!("the folder `{name}` cannot be read: {error}");
        assert_eq!(titles, [title("/no/such/base"), title("a/b")]);
    }
}
