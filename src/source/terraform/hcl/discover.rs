//! Finds the root modules under a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::configuration::{Configuration, is_local, source_of};
use super::files::normal;
use super::folder;
use super::module::Module;

/// How deep folders are looked into.
const MAX_DEPTH: usize = 64;

/// Every folder under `top` that holds configuration, `top` itself included, sorted. Hidden folders (`.terraform`, `.git`)
/// are not looked into, nor are links that lead out of `base`; a folder that several symbolic links lead to counts once.
/// Folders that cannot be listed come second, with the reason.
pub(crate) fn folders(top: &Path, base: &Path) -> (Vec<PathBuf>, Vec<(PathBuf, io::Error)>) {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut refused = Vec::new();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let mut level: Vec<PathBuf> = top.canonicalize().into_iter().collect();
    for _ in 0..MAX_DEPTH {
        level.retain(|folder| seen.insert(folder.clone()));
        let looked: Vec<_> = level.par_iter().map(|folder| look(folder, base)).collect();
        let mut next = Vec::new();
        for (folder, looked) in level.into_iter().zip(looked) {
            match looked {
                Ok((has_files, inside)) => {
                    found.extend(has_files.then_some(folder));
                    next.extend(inside);
                }
                Err(error) => refused.push((folder, error)),
            }
        }
        level = next;
    }
    found.sort();
    (found, refused)
}

/// Whether a folder holds configuration, and the folders in it.
fn look(folder: &Path, base: &Path) -> io::Result<(bool, Vec<PathBuf>)> {
    let (mut has_files, mut inside) = (false, Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if kind.is_file() {
            has_files |= folder::kind_of(&name).is_some();
        } else if !name.starts_with('.') && (kind.is_dir() || entry.path().is_dir()) {
            let real = entry.path().canonicalize()?;
            inside.extend((!kind.is_symlink() || real.starts_with(base)).then_some(real));
        } else if kind.is_symlink() {
            has_files |= folder::kind_of(&name).is_some();
        }
    }
    inside.sort();
    Ok((has_files, inside))
}

impl Configuration {
    /// Reads every folder under `top`, and says which are root modules: those that no other one calls by its path. Where
    /// modules only call each other in a circle, the first of them by its path counts, so that none is left out.
    pub(crate) fn discover(&mut self, top: &Path) -> Vec<PathBuf> {
        let (folders, refused) = folders(top, self.base());
        for (folder, error) in refused {
            self.refuse(&folder, &error);
        }
        self.read(&folders);
        let calls: BTreeMap<&Path, Vec<PathBuf>> =
            self.modules().map(|(_, module)| (module.folder.as_path(), called_by(module))).collect();
        let called: BTreeSet<&Path> = calls.values().flatten().map(PathBuf::as_path).collect();
        let (inner, mut roots): (Vec<&PathBuf>, Vec<&PathBuf>) =
            folders.iter().partition(|folder| called.contains(folder.as_path()));
        let mut reached: BTreeSet<&Path> = BTreeSet::new();
        roots.iter().for_each(|root| reach(root, &calls, &mut reached));
        for folder in inner {
            if !reached.contains(folder.as_path()) {
                reach(folder, &calls, &mut reached);
                roots.push(folder);
            }
        }
        roots.sort();
        roots.into_iter().cloned().collect()
    }
}

/// The folders that a module calls by their paths, without itself.
fn called_by(module: &Module) -> Vec<PathBuf> {
    let local = module.calls.values().filter_map(source_of).filter(|source| is_local(source));
    local
        .map(|source| normal(&module.folder.join(source)))
        .filter(|target| *target != module.folder)
        .map(|target| target.canonicalize().unwrap_or(target))
        .collect()
}

/// Adds a folder, and all that it calls, directly or not.
fn reach<'c>(folder: &'c Path, calls: &'c BTreeMap<&Path, Vec<PathBuf>>, reached: &mut BTreeSet<&'c Path>) {
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        if reached.insert(folder) {
            open.extend(calls.get(folder).into_iter().flatten().map(PathBuf::as_path));
        }
    }
}
