//! A folder of Terraform configuration, judged without a plan: every root module under it, evaluated apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::attributes::TerraformResource;
use super::eval::{Evaluated, Files, Inputs, Problem, Severity, VariableFile, automatic_rank, evaluate};
use super::hcl::{self, Configuration, FileId, Root, Tree};
use super::locate::repository_of;
use super::root_files::RootFiles;
use crate::diagnostic::Diagnostic;
use crate::model::{Gap, SourceInfo, SourceKind};

/// What the command line and the environment give to every root module.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// Variables of the environment: `TF_VAR_*`, `TF_WORKSPACE`.
    pub(crate) environment: BTreeMap<String, String>,
    /// The files of `--var-file`, in this order.
    pub(crate) var_files: Vec<VariableFile>,
    /// Those of `--var NAME=TEXT`, in this order.
    pub(crate) vars: Vec<(String, String)>,
    /// Texts that stand for those of files, by path.
    pub(crate) texts: Arc<BTreeMap<PathBuf, Arc<str>>>,
}

/// The root modules under one folder.
#[derive(Debug)]
pub(crate) struct Folder<T> {
    /// Everything that was read, for the places of findings.
    pub(crate) configuration: Configuration,
    /// The root modules, by path.
    pub(crate) modules: Vec<RootModule<T>>,
    /// What is wrong with the files, and with what they say. Each [`Severity::Error`] is a gap of its module too.
    pub(crate) diagnostics: Vec<(Severity, Diagnostic)>,
}

/// One root module.
#[derive(Debug)]
pub(crate) struct RootModule<T> {
    /// Where calls begin.
    pub(crate) root: Root,
    /// Its files.
    pub(crate) source: SourceInfo,
    /// What the caller made of the managed resources of its wanted types.
    pub(crate) resources: Vec<T>,
    /// Every managed resource, wanted or not.
    pub(crate) resources_seen: usize,
    /// What could not be read or evaluated.
    pub(crate) gaps: Vec<Gap>,
}

impl<T> RootModule<T> {
    /// Takes out the resources.
    pub(crate) fn take_resources(self) -> (Vec<T>, RootModule<()>) {
        let Self { root, source, resources, resources_seen, gaps } = self;
        (resources, RootModule { root, source, resources: Vec::new(), resources_seen, gaps })
    }
}

/// A folder in which no file is Terraform configuration, or none that can be seen; with what stands in the way.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoModule(pub(crate) Vec<Diagnostic>);

/// The root modules under a folder, as paths from it; a folder that cannot be read has none.
pub(crate) fn root_modules(folder: &Path) -> Vec<String> {
    let top = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let mut configuration = Configuration::new(&top);
    configuration.discover(&top).iter().map(|root| hcl::relative(root, &top)).collect()
}

/// Reads and evaluates every root module under `folder`. `map` is called with the position of the module among them, and
/// its path from the repository.
pub(crate) fn read_folder<T: Send>(
    folder: &Path,
    given: &Given,
    wanted: &(dyn Fn(&str) -> bool + Sync),
    map: impl Fn(usize, &Arc<str>, TerraformResource) -> T + Sync,
) -> Result<Folder<T>, NoModule> {
    let mut configuration = Configuration::new(&repository_of(folder)).with_texts(Arc::clone(&given.texts));
    let folders = configuration.discover(folder);
    let mut roots: Vec<(Root, Tree)> = Vec::new();
    for folder in &folders {
        if let Some(root) = configuration.root(folder) {
            let tree = configuration.tree(&root);
            roots.push((root, tree));
        }
    }
    if roots.is_empty() {
        return Err(NoModule(configuration.diagnostics));
    }
    let by_folder = by_folder(&configuration.files);
    let evaluated: Vec<(SourceInfo, Evaluated, Vec<T>)> = roots
        .par_iter()
        .enumerate()
        .map(|(position, (root, tree))| {
            let path = &configuration.module(root.module).folder;
            let files = RootFiles::new(path, configuration.base());
            let mut found = evaluate(&configuration, tree, &inputs(path, configuration.base(), given), &files, wanted);
            let resources = std::mem::take(&mut found.resources);
            let source = source(&configuration, tree, path, &by_folder);
            let mapped = resources.into_par_iter().map(|resource| map(position, &source.path, resource)).collect();
            (source, found, mapped)
        })
        .collect();
    let mut diagnostics: Vec<(Severity, Diagnostic)> = Vec::new();
    let mut unread: Vec<Gap> = Vec::new();
    for diagnostic in std::mem::take(&mut configuration.diagnostics) {
        unread.push(gap(&diagnostic, ""));
        diagnostics.push((Severity::Error, diagnostic));
    }
    // Modules that several root modules call have the same problems in each.
    let mut told: BTreeSet<(Arc<str>, String)> = BTreeSet::new();
    let mut modules = Vec::new();
    for ((root, _), (source, found, resources)) in roots.into_iter().zip(evaluated) {
        // Files belong to no module in particular; the first one tells of all that could not be read.
        let mut gaps = std::mem::take(&mut unread);
        for problem in found.problems {
            let severity = problem.severity;
            let diagnostic = diagnostic(&configuration.files, problem);
            let gap = gap(&diagnostic, &source.path);
            if told.insert((Arc::clone(&gap.place), diagnostic.title.clone())) {
                diagnostics.push((severity, diagnostic));
            }
            gaps.extend((severity == Severity::Error).then_some(gap));
        }
        modules.push(RootModule { root, source, resources, resources_seen: found.resources_seen, gaps });
    }
    Ok(Folder { configuration, modules, diagnostics })
}

/// What is wrong with a module of one file. It sees no other file, and no module that it calls.
pub(super) fn diagnose(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    struct Nothing;
    impl Files for Nothing {
        fn read(&self, _: &str) -> Option<Arc<[u8]>> {
            None
        }

        fn list(&self, _: &str) -> Option<Vec<String>> {
            None
        }
    }
    let (configuration, tree) = Configuration::of_bytes(name, bytes);
    let found = evaluate(&configuration, &tree, &Inputs::default(), &Nothing, &|_| true);
    let evaluated = found.problems.into_iter().map(|problem| diagnostic(&configuration.files, problem));
    configuration.diagnostics.iter().cloned().chain(evaluated).collect()
}

fn by_folder(files: &hcl::Files) -> HashMap<&Path, Vec<FileId>> {
    let mut by_folder: HashMap<&Path, Vec<FileId>> = HashMap::new();
    for (id, file) in files.iter() {
        if let Some(folder) = file.path.parent() {
            by_folder.entry(folder).or_default().push(id);
        }
    }
    by_folder
}

/// The root module as a source. Its digest is that of all files of its modules: each one's name, length and text.
fn source(
    configuration: &Configuration,
    tree: &Tree,
    folder: &Path,
    by_folder: &HashMap<&Path, Vec<FileId>>,
) -> SourceInfo {
    let mut folders: Vec<&PathBuf> = tree.nodes.iter().map(|node| &configuration.module(node.module).folder).collect();
    folders.sort();
    folders.dedup();
    let mut files: Vec<_> = folders
        .into_iter()
        .filter_map(|folder| by_folder.get(folder.as_path()))
        .flatten()
        .filter_map(|id| configuration.files.get(*id))
        .collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    let mut digest = Sha256::new();
    for file in files {
        digest.update(format!("{}\0{}\0", file.name, file.text.len()));
        digest.update(file.text.as_bytes());
    }
    SourceInfo {
        path: hcl::relative(folder, configuration.base()).into(),
        kind: SourceKind::TerraformConfiguration,
        tool_version: None,
        sha256: Some(crate::source::hexadecimal(&digest.finalize())),
    }
}

/// What a root module is given: its own files of variables first, as Terraform reads them.
fn inputs(folder: &Path, base: &Path, given: &Given) -> Inputs {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| automatic_rank(name).is_some())
        .collect();
    names.sort_by(|one, other| automatic_rank(one).cmp(&automatic_rank(other)));
    let own = names.into_iter().map(|name| {
        let path = folder.join(name);
        // Several root modules may have a file of the same name.
        let name = hcl::relative(&path, base).into();
        VariableFile { name, text: hcl::text_of(&path, base).map_err(|(reason, _)| reason.into()) }
    });
    let chosen = || hcl::text_of(&folder.join(".terraform/environment"), base).ok();
    let workspace = given.environment.get("TF_WORKSPACE").map(|name| name.as_str().into()).or_else(chosen);
    Inputs {
        environment: given.environment.clone(),
        var_files: own.chain(given.var_files.iter().cloned()).collect(),
        vars: given.vars.clone(),
        workspace: workspace.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).map(Arc::from),
    }
}

fn diagnostic(files: &hcl::Files, problem: Problem) -> Diagnostic {
    let diagnostic = match problem.span {
        Some(span) => files.diagnostic(problem.message, span),
        None => Diagnostic::new(problem.message),
    };
    match problem.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// What a problem leaves unread; `module` is where it is when it names no file.
fn gap(diagnostic: &Diagnostic, module: &str) -> Gap {
    let file = diagnostic.source.as_ref().map_or(module, |source| source.name.as_ref());
    let place = match diagnostic.place {
        Some((line, column)) => format!("{file}:{line}:{column}"),
        None => file.to_owned(),
    };
    Gap { place: place.into(), reason: diagnostic.title.clone().into() }
}
