//! What the functions of a configuration may read of the world: files of the repository, and no others.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::eval::Files;
use super::hcl::normal;

/// The largest file that a function reads. Terraform has no limit; templates and policies are a few kilobytes.
const MAX_BYTES: u64 = 16 << 20;

/// How many paths a listing may have.
const MAX_PATHS: usize = 100_000;

/// The files that a root module's functions may read.
#[derive(Debug)]
pub(crate) struct RootFiles {
    /// The root module's folder, which paths are relative to.
    folder: PathBuf,
    /// The repository. A configuration from elsewhere must not bring what lies outside of it into a report.
    base: PathBuf,
}

impl RootFiles {
    /// The files of a root module in a repository; both paths are absolute and without symbolic links.
    pub(crate) fn new(folder: &Path, base: &Path) -> Self {
        Self { folder: folder.to_owned(), base: base.to_owned() }
    }

    /// Where a path leads, if that is inside the repository.
    fn inside(&self, path: &str) -> Option<PathBuf> {
        let path = normal(&self.folder.join(path)).canonicalize().ok()?;
        path.starts_with(&self.base).then_some(path)
    }
}

impl Files for RootFiles {
    fn read(&self, path: &str) -> Option<Arc<[u8]>> {
        let path = self.inside(path)?;
        let about = path.metadata().ok().filter(|about| about.is_file() && about.len() <= MAX_BYTES);
        about.and_then(|_| std::fs::read(path).ok()).map(Arc::from)
    }

    fn list(&self, directory: &str) -> Option<Vec<String>> {
        let top = self.inside(directory)?;
        let mut found = Vec::new();
        let mut open = vec![top.clone()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder).ok()?.flatten() {
                // Links are not followed: they may lead out, or round in a circle.
                let kind = entry.file_type().ok()?;
                if kind.is_dir() {
                    open.push(entry.path());
                } else if kind.is_file() {
                    let path = entry.path();
                    let relative = path.strip_prefix(&top).ok()?;
                    found.push(relative.to_str()?.replace('\\', "/"));
                }
                if found.len() > MAX_PATHS {
                    return None;
                }
            }
        }
        found.sort();
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_repository_are_read_and_no_others() {
        let outside = tempfile::tempdir().unwrap();
        let base = outside.path().canonicalize().unwrap().join("repository");
        let folder = base.join("live");
        std::fs::create_dir_all(folder.join("policies")).unwrap();
        std::fs::write(outside.path().join("secret"), "hunter2").unwrap();
        std::fs::write(base.join("shared.json"), "{}").unwrap();
        std::fs::write(folder.join("policies/a.json"), "[]").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path().join("secret"), folder.join("link")).unwrap();
        let files = RootFiles::new(&folder, &base);
        assert_eq!(files.read("policies/a.json").as_deref(), Some(b"[]".as_slice()));
        assert_eq!(files.read("../shared.json").as_deref(), Some(b"{}".as_slice()));
        for path in ["../../secret", "link", "policies", "absent"] {
            assert_eq!(files.read(path), None, "{path}");
        }
        assert_eq!(files.list(".").unwrap(), ["policies/a.json"]);
        assert_eq!(files.list("../.."), None);
    }
}
