//! Policy files: those in the binary, and those of a user's folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/policies");

/// One `.rego` file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// Its path: `policies/retention/backup_retention.rego`, or as the user gave it; forward slashes.
    pub path: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
    /// Whether it came with `--policy` rather than in the binary.
    pub user: bool,
}

impl PolicyFile {
    /// Whether it holds tests.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("_test.rego")
    }

    /// Its folder and its name without `.rego`: `retention`, `backup_retention`.
    pub(super) fn folder_and_stem(&self) -> (&str, &str) {
        let path = self.path.strip_suffix(".rego").unwrap_or(&self.path);
        let (parent, stem) = path.rsplit_once('/').unwrap_or(("", path));
        (parent.rsplit_once('/').map_or(parent, |(_, folder)| folder), stem)
    }
}

/// The policies in the binary, tests included; sorted by path.
pub fn embedded() -> Vec<PolicyFile> {
    embedded_where(|_| true)
}

/// The policies in the binary without their tests; sorted by path.
pub(super) fn embedded_rules() -> Vec<PolicyFile> {
    embedded_where(|name| !name.ends_with("_test.rego"))
}

fn embedded_where(wanted: fn(&str) -> bool) -> Vec<PolicyFile> {
    let mut files = Vec::new();
    collect_embedded(&EMBEDDED, wanted, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect_embedded(dir: &Dir<'_>, wanted: fn(&str) -> bool, files: &mut Vec<PolicyFile>) {
    for file in dir.files() {
        let name = file.path().to_str().unwrap_or("");
        if name.ends_with(".rego")
            && wanted(name)
            && let Some(text) = file.contents_utf8()
        {
            let path = format!("policies/{}", forward_slashes(file.path()));
            files.push(PolicyFile { path: path.into(), text: text.into(), user: false });
        }
    }
    for dir in dir.dirs() {
        collect_embedded(dir, wanted, files);
    }
}

/// Why a folder of policies could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}`")]
pub struct ReadError {
    /// The file or folder.
    pub path: String,
    /// Why.
    #[source]
    pub source: io::Error,
}

/// Reads every `.rego` file under a folder, or the one file that the path names; sorted by path.
pub fn read(path: &Path) -> Result<Vec<PolicyFile>, ReadError> {
    let mut paths = Vec::new();
    find_rego(path, &mut paths)?;
    let mut files = paths.iter().map(|path| read_file(path)).collect::<Result<Vec<_>, _>>()?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn find_rego(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    if !path.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(|source| read_error(path, source))? {
        let entry = entry.map_err(|source| read_error(path, source))?;
        let kind = entry.file_type().map_err(|source| read_error(&entry.path(), source))?;
        // A link may lead back up; only files are followed.
        if kind.is_dir() {
            find_rego(&entry.path(), found)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "rego") {
            found.push(entry.path());
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> Result<PolicyFile, ReadError> {
    let text = fs::read_to_string(path).map_err(|source| read_error(path, source))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(PolicyFile { path: forward_slashes(path).into(), text: text.into(), user: true })
}

fn read_error(path: &Path, source: io::Error) -> ReadError {
    ReadError { path: forward_slashes(path), source }
}

fn forward_slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
